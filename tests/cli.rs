//! The binary, as its users meet it: arguments, input, output and exit status.

#![cfg(feature = "cli")]

use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;

use serde_json::{Value, json};

/// Runs the binary with some input.
fn septet(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_septet"))
        .args(arguments)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let input = input.to_vec();
    // Written aside, since the binary may answer before it has read everything, or read nothing.
    let writer = thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the input is written");
    output
}

fn stdout(output: &Output) -> &str {
    core::str::from_utf8(&output.stdout).expect("output is UTF-8")
}

fn stderr(output: &Output) -> &str {
    core::str::from_utf8(&output.stderr).expect("complaints are UTF-8")
}

fn json_lines(output: &Output) -> Vec<Value> {
    stdout(output)
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

/// One text, inspected as JSON.
fn inspect(text: &str, arguments: &[&str]) -> Value {
    let mut all = vec!["inspect", "--format", "jsonl"];
    all.extend(arguments);
    all.push("--");
    all.push(text);
    let output = septet(&all, b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    json_lines(&output).remove(0)
}

/// A file for one test, gone when it is dropped.
struct TempFile(PathBuf);

impl TempFile {
    fn new(name: &str, content: &[u8]) -> Self {
        let name = format!("septet-test-{}-{name}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::write(&path, content).expect("a temporary file can be written");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("a temporary path is UTF-8")
    }
}

impl Drop for TempFile {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[test]
fn a_text_is_shown_with_its_boxes_and_the_character_to_blame() {
    let output = septet(&["inspect", "Your code is 482913 👋"], b"");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        stdout(&output),
        "\
UCS-2: 22 code units, 1 segment, 48 free
GSM-7 does not hold every character.

┌ 1 of 1 ────────────────────────────────────────────── 22 code units, 48 free ┐
│ Your code is 482913 👋                                                       │
└──────────────────────────────────────────────────────────────────────────────┘

Forced to UCS-2 by
  👋 U+1F44B WAVING HAND SIGN at line 1, column 21 (byte 20)
"
    );
}

#[test]
fn a_long_text_is_wrapped_in_its_boxes() {
    let output = septet(&["inspect", &"a".repeat(161)], b"");
    let lines: Vec<_> = stdout(&output).lines().collect();
    assert_eq!(
        lines[0],
        "GSM-7: 161 septets, 2 segments, 145 free in the last"
    );
    assert!(lines[3].starts_with("┌ 1 of 2 ─"), "{}", lines[3]);
    assert!(
        lines[3].ends_with("─ 153 septets, 0 free ┐"),
        "{}",
        lines[3]
    );
    assert!(lines.iter().all(|line| line.chars().count() <= 80));
    let rows = lines.iter().filter(|line| line.starts_with('│'));
    assert_eq!(rows.map(|row| row.matches('a').count()).sum::<usize>(), 161);
}

#[test]
fn nothing_of_the_text_moves_the_cursor_or_turns_the_direction() {
    let text = "\u{1b}[2J\u{202E}a\u{200B}\u{7f}\u{85}\r\tb";
    let output = septet(&["inspect", "--color", "never", text], b"");
    let shown = stdout(&output);
    for hidden in [
        '\u{1b}', '\u{202E}', '\u{200B}', '\u{7f}', '\u{85}', '\r', '\t',
    ] {
        assert!(!shown.contains(hidden), "{hidden:?} in {shown}");
        let written = format!("⟨U+{:04X}⟩", u32::from(hidden));
        assert!(shown.contains(&written), "{written} is missing in {shown}");
    }
}

#[test]
fn colour_is_only_where_it_is_asked_for() {
    let plain = septet(&["inspect", "👋"], b"");
    assert!(!stdout(&plain).contains('\u{1b}'), "a pipe is no terminal");
    let colored = septet(&["inspect", "--color", "always", "👋"], b"");
    assert!(stdout(&colored).contains("\u{1b}[31m👋\u{1b}[0m"));
}

#[test]
fn a_text_comes_from_the_argument_a_file_or_standard_input() {
    let file = TempFile::new("text", "Grüße".as_bytes());
    let expected = inspect("Grüße", &[]);
    for (arguments, input) in [
        (
            vec!["inspect", "--format", "jsonl", "--file", file.path()],
            "",
        ),
        (vec!["inspect", "--format", "jsonl"], "Grüße"),
        (vec!["inspect", "--format", "jsonl", "-"], "Grüße"),
        (vec!["inspect", "--format", "jsonl", "--file", "-"], "Grüße"),
    ] {
        let output = septet(&arguments, input.as_bytes());
        assert_eq!(json_lines(&output)[0], expected, "{arguments:?}");
    }
}

#[test]
fn a_line_feed_at_the_end_is_counted_and_said() {
    let output = septet(&["inspect"], b"Hello\n");
    assert!(stdout(&output).starts_with("GSM-7: 6 septets"));
    assert!(stdout(&output).ends_with("The line feed at the end is counted too.\n"));
}

#[test]
fn the_contract_of_inspect_holds() {
    assert_eq!(
        inspect("Grüße 👋", &[]),
        json!({
            "encoding": "ucs2", "locking": null, "single": null, "units": 8, "segment_count": 1,
            "free": 62, "segments": [{"text": "Grüße 👋", "units": 8}],
            "forced_by": {"at": 8, "char": "👋", "name": "WAVING HAND SIGN"},
        })
    );
    assert_eq!(
        inspect("", &["--octets"]),
        json!({
            "encoding": "gsm7", "locking": null, "single": null, "units": 0, "segment_count": 1,
            "free": 160, "forced_by": null,
            "segments": [
                {"text": "", "units": 0, "dcs": 0, "udl": 0, "udhi": false, "user_data": ""},
            ],
        })
    );
    let unnamed = inspect("\u{1b}", &[]);
    assert_eq!(
        unnamed["forced_by"],
        json!({"at": 0, "char": "\u{1b}", "name": null})
    );
}

#[test]
fn fields_come_in_the_order_of_the_contract() {
    let output = septet(
        &["inspect", "--input", "jsonl", "--octets"],
        b"{\"text\":\"a\",\"id\":7}",
    );
    assert_eq!(
        stdout(&output),
        "{\"id\":7,\"encoding\":\"gsm7\",\"locking\":null,\"single\":null,\"units\":1,\
         \"segment_count\":1,\"free\":159,\"segments\":[{\"text\":\"a\",\"units\":1,\"dcs\":0,\
         \"udl\":1,\"udhi\":false,\"user_data\":\"61\"}],\"forced_by\":null}\n"
    );
}

#[test]
fn octets_have_header_and_reference_number() {
    let text = "a".repeat(161);
    let report = inspect(&text, &["--octets", "--reference-number", "165"]);
    let last = &report["segments"][1];
    assert_eq!((&last["udl"], &last["udhi"]), (&json!(15), &json!(true)));
    assert!(
        last["user_data"]
            .as_str()
            .unwrap()
            .starts_with("050003a50202")
    );
    let wide = [
        "--octets",
        "--reference",
        "16",
        "--reference-number",
        "4660",
    ];
    let report = inspect(&text, &wide);
    assert!(
        report["segments"][0]["user_data"]
            .as_str()
            .unwrap()
            .starts_with("060804123402")
    );
}

#[test]
fn options_reach_the_library() {
    let text = "a".repeat(306);
    assert_eq!(inspect(&text, &[])["segment_count"], 2);
    assert_eq!(inspect(&text, &["--reference", "16"])["segment_count"], 3);
    assert_eq!(
        inspect(&text, &["--reference", "none"])["segments"][0]["units"],
        160
    );
    let cyrillic = "ж".repeat(71);
    let only_gsm7 = inspect(&cyrillic, &["--ucs2-reference", "none"]);
    assert_eq!(only_gsm7["segments"][0]["units"], 70);
    assert_eq!(
        inspect(&cyrillic, &["--reference", "none"])["segments"][0]["units"],
        70
    );
    let words = "a".repeat(150) + " world and more";
    assert_eq!(
        inspect(&words, &["--cut", "word"])["segments"][0]["units"],
        151
    );
    let flags = "ж".repeat(66) + "🇩🇪" + &"ж".repeat(60);
    assert_eq!(
        inspect(&flags, &["--cut", "grapheme"])["segments"][0]["units"],
        66
    );
    let turkish = "Doğrulama kodunuzu kimseyle paylaşmayın. ".repeat(3);
    for tables in ["all", "turkish", "spanish,turkish"] {
        let report = inspect(&turkish, &["--national", tables]);
        assert_eq!(
            (&report["encoding"], &report["locking"]),
            (&json!("gsm7"), &json!("turkish"))
        );
    }
    assert_eq!(
        inspect(&turkish, &["--national", "none"])["encoding"],
        "ucs2"
    );
}

#[test]
fn a_text_over_255_segments_is_a_result() {
    let report = inspect(&"a".repeat(153 * 255 + 1), &[]);
    assert_eq!(report["segment_count"], 256);
    assert_eq!(
        (&report["segments"], &report["too_many"]),
        (&Value::Null, &json!(true))
    );
    assert_eq!(inspect(&"a".repeat(153 * 255), &[]).get("too_many"), None);
    let output = septet(&["inspect", &"a".repeat(153 * 255 + 1)], b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).contains("needs 256 segments; a message has at most 255"));
}

#[test]
fn a_line_that_cannot_be_read_is_an_error_in_its_place() {
    let rows: [(&[u8], &str); 16] = [
        (b"", "the line is blank"),
        (b" \t\r", "the line is blank"),
        (b"\"a\xff\"", "invalid UTF-8 at byte 2 of the line"),
        (b"\"\\ud83d\"", "half a surrogate pair"),
        (b"{\"text\":\"\\udc4b\"}", "surrogate pair"),
        (
            b"{\"text\":\"a\",\"id\":\"\\ud83d\"}",
            "half a surrogate pair",
        ),
        (b"{\"text\":5}", "`text` is not a string"),
        (b"{\"text\":null}", "`text` is not a string"),
        (b"{\"id\":1}", "`text` is missing"),
        (b"{\"text\":\"a\",\"text\":\"b\"}", "duplicate field `text`"),
        (
            b"[\"a\"]",
            "neither a JSON string nor an object with `text`",
        ),
        (b"5", "neither a JSON string nor an object with `text`"),
        (b"\"a", "ends too early"),
        (b"{\"text\":\"a\"", "ends too early"),
        (b"\"a\" \"b\"", "trailing characters"),
        (b"{\"text\":\"a\tb\"}", "control character"),
    ];
    let mut input = Vec::new();
    for (line, _) in rows {
        input.extend(line);
        input.extend(b"\n\"fine\"\n");
    }
    let output = septet(&["inspect", "--input", "jsonl"], &input);
    assert_eq!(output.status.code(), Some(2));
    let results = json_lines(&output);
    assert_eq!(results.len(), 2 * rows.len());
    for (at, (line, complaint)) in rows.iter().enumerate() {
        let error = results[2 * at]["error"].as_str().expect("an error");
        assert!(
            error.contains(complaint),
            "{}: {error}",
            String::from_utf8_lossy(line)
        );
        assert!(
            error.starts_with(&format!("line {}: ", 2 * at + 1)),
            "{error}"
        );
        assert_eq!(results[2 * at + 1]["segments"][0]["text"], "fine");
    }
}

#[test]
fn errors_keep_the_content_to_themselves() {
    let input = b"{\"text\":482913}\n{\"text\":[\"482913\"]}\n\"482913\n{\"dcs\":482913}\n";
    for command in [&["inspect", "--input", "jsonl"][..], &["decode"]] {
        let output = septet(command, input);
        assert_eq!(output.status.code(), Some(2));
        assert!(!stdout(&output).contains("482913") && !stderr(&output).contains("482913"));
    }
}

#[test]
fn an_id_comes_back_as_it_was() {
    let ids = [
        "null",
        "1e400",
        "123456789012345678901234567890",
        "{\"b\":1,\"a\":[true]}",
        "\"é\"",
    ];
    let lines: Vec<_> = ids
        .map(|id| format!("{{\"text\":\"a\",\"id\":{id},\"other\":1}}"))
        .into();
    let output = septet(
        &["inspect", "--input", "jsonl"],
        lines.join("\n").as_bytes(),
    );
    assert_eq!(output.status.code(), Some(0));
    for (line, id) in stdout(&output).lines().zip(ids) {
        assert!(
            line.starts_with(&format!("{{\"id\":{id},\"encoding\"")),
            "{line}"
        );
    }
}

#[test]
fn lines_may_end_in_carriage_returns_and_the_last_in_nothing() {
    let output = septet(
        &["inspect", "--input", "jsonl"],
        b"\"a\"\r\n{\"text\":\"b\"}",
    );
    let texts: Vec<_> = json_lines(&output)
        .iter()
        .map(|report| report["segments"][0]["text"].clone())
        .collect();
    assert_eq!(texts, [json!("a"), json!("b")]);
}

#[test]
fn an_empty_input_has_no_lines() {
    let output = septet(&["inspect", "--input", "jsonl"], b"");
    assert_eq!((output.status.code(), stdout(&output)), (Some(0), ""));
}

#[test]
fn results_come_in_the_order_of_the_input() {
    let input: String = (0..20_000)
        .map(|id| format!("{{\"id\":{id},\"text\":\"{}\"}}\n", "ж".repeat(id % 90)))
        .collect();
    let output = septet(&["inspect", "--input", "jsonl"], input.as_bytes());
    let results = json_lines(&output);
    assert_eq!(results.len(), 20_000);
    for (id, report) in results.iter().enumerate() {
        assert_eq!(report["id"], id);
        let count = if id % 90 <= 70 { 1 } else { 2 };
        assert_eq!(report["segment_count"], count, "line {id}");
    }
}

#[test]
fn a_line_of_ten_megabytes_is_a_line() {
    let input = format!("\"{}\"\n\"b\"\n", "a".repeat(10_000_000));
    let output = septet(&["inspect", "--input", "jsonl"], input.as_bytes());
    let results = json_lines(&output);
    assert_eq!(results[0]["segment_count"], 65_360);
    assert_eq!(results[1]["segment_count"], 1);
}

#[test]
fn several_outputs_are_written_at_once() {
    let file = TempFile::new("results", b"");
    let format = format!("jsonl={}", file.path());
    let output = septet(
        &["inspect", "--format", "human", "--format", &format, "Hi"],
        b"",
    );
    assert_eq!(output.status.code(), Some(0));
    assert!(stdout(&output).starts_with("GSM-7: 2 septets, 1 segment, 158 free\n"));
    let written = fs::read_to_string(&file.0).expect("the file is there");
    assert_eq!(serde_json::from_str::<Value>(&written).unwrap()["units"], 2);
}

#[test]
fn wrong_usage_is_status_2_with_a_word_of_advice() {
    let twice = [
        "inspect",
        "--format",
        "human=same",
        "--format",
        "jsonl=same",
        "a",
    ];
    let rows: [(&[&str], &str); 11] = [
        (&twice, "would overwrite same"),
        (
            &["inspect", "--reference-number", "256", "a"],
            "does not fit 8 bits",
        ),
        (&["inspect", "--reference-number", "65536", "a"], "65536"),
        (
            &[
                "inspect",
                "--reference",
                "16",
                "--ucs2-reference",
                "8",
                "--reference-number",
                "256",
                "a",
            ],
            "does not fit 8 bits",
        ),
        (
            &["inspect", "--national", "german", "a"],
            "there are turkish",
        ),
        (
            &["inspect", "--format", "xml", "a"],
            "there are human, jsonl",
        ),
        (&["inspect", "--format", "jsonl=", "a"], "a path is missing"),
        (
            &["inspect", "--format", "human", "--format", "jsonl", "a"],
            "standard output twice",
        ),
        (&["inspect", "--file", "a", "text"], "cannot be used with"),
        (&["inspect", "--cut", "line", "a"], "scalar"),
        (&["inspekt"], "inspect"),
    ];
    for (arguments, advice) in rows {
        let output = septet(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert_eq!(stdout(&output), "", "{arguments:?}");
        assert!(
            stderr(&output).contains(advice),
            "{arguments:?}: {}",
            stderr(&output)
        );
    }
    let wide = [
        "inspect",
        "--reference",
        "16",
        "--reference-number",
        "256",
        "a",
    ];
    assert_eq!(septet(&wide, b"").status.code(), Some(0));
}

#[test]
fn input_that_cannot_be_read_is_status_2() {
    let output = septet(&["inspect"], b"ab\nc\xff");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("standard input: invalid UTF-8 at byte 4 (line 2)"));
    for (command, option) in [("inspect", Some("--file")), ("decode", None)] {
        for (path, complaint) in [("no-such-file", "o such file"), (".", "is a directory")] {
            let arguments: Vec<_> = [Some(command), option, Some(path)]
                .into_iter()
                .flatten()
                .collect();
            let output = septet(&arguments, b"");
            assert_eq!(output.status.code(), Some(2), "{arguments:?}");
            assert!(stderr(&output).contains(complaint), "{}", stderr(&output));
        }
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_not_utf_8_is_met_with_the_byte() {
    use std::os::unix::ffi::OsStrExt;
    let output = Command::new(env!("CARGO_BIN_EXE_septet"))
        .arg("inspect")
        .arg(std::ffi::OsStr::from_bytes(b"abc\xff"))
        .output()
        .expect("the binary starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("the argument: invalid UTF-8 at byte 3"));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let line = b"\"some text that is a little longer\"\n".repeat(100_000);
    let mut child = Command::new(env!("CARGO_BIN_EXE_septet"))
        .args(["inspect", "--input", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let writer = thread::spawn(move || {
        let _ = stdin.write_all(&line);
    });
    let mut first = [0; 10];
    child
        .stdout
        .take()
        .expect("it is piped")
        .read_exact(&mut first)
        .expect("there is output");
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the input is written or refused");
    assert_eq!(stderr(&output), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_slow_writer_is_answered_line_by_line() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_septet"))
        .args(["inspect", "--input", "jsonl"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("it is piped");
    let mut stdout = child.stdout.take().expect("it is piped");
    stdin.write_all(b"\"a\"\n").expect("the binary reads");
    let mut first = [0; 20];
    // The input is still open: this would wait for ever if lines were kept back.
    stdout.read_exact(&mut first).expect("there is an answer");
    drop(stdin);
    assert!(child.wait().expect("the binary ends").success());
}

/// The segments of a text, as `inspect` gives them and `decode` takes them.
fn segments(text: &str, from: &str, reference: &str) -> Vec<String> {
    let report = inspect(text, &["--octets", "--reference-number", reference]);
    let segments = report["segments"].as_array().expect("segments").iter();
    segments
        .map(|segment| {
            json!({
                "dcs": segment["dcs"], "udl": segment["udl"], "udhi": segment["udhi"],
                "user_data": segment["user_data"], "from": from,
            })
            .to_string()
        })
        .collect()
}

#[test]
fn decode_reads_what_inspect_writes() {
    let text = "Grüße 👋 ".repeat(12);
    let lines = segments(&text, "a", "7");
    let output = septet(&["decode"], lines.join("\n").as_bytes());
    assert_eq!(output.status.code(), Some(0));
    let results = json_lines(&output);
    let read: String = results
        .iter()
        .map(|report| report["text"].as_str().unwrap())
        .collect();
    assert_eq!(read, text);
    assert_eq!(
        results[1]["concat"],
        json!({"reference": 7, "bits": 8, "total": 2, "sequence": 2})
    );
    assert_eq!(results[1]["forgiven"], json!([]));
}

#[test]
fn the_contract_of_decode_holds() {
    let rows: [(&str, Value); 6] = [
        (
            r#"{"dcs":0,"udhi":false,"udl":5,"user_data":"C8329bfd06","other":1}"#,
            json!({"text": "Hello", "concat": null, "forgiven": []}),
        ),
        (
            r#"{"dcs":4,"udhi":false,"udl":2,"user_data":"CAFE"}"#,
            json!({"text": null, "data": "cafe", "concat": null, "forgiven": []}),
        ),
        (
            r#"{"dcs":0,"udhi":true,"udl":12,"user_data":"050003A50201916536FB0D"}"#,
            json!({
                "text": "Hello", "forgiven": ["fill-bits"],
                "concat": {"reference": 165, "bits": 8, "total": 2, "sequence": 1},
            }),
        ),
        (
            r#"{"dcs":8,"udhi":false,"udl":4,"user_data":"d83d00"}"#,
            json!({"text": "\u{FFFD}", "concat": null, "forgiven": ["truncated", "odd-octet", "lone-surrogate"]}),
        ),
        (
            r#"{"dcs":32,"udhi":false,"udl":1,"user_data":"00"}"#,
            json!({"error": "line 5: data coding scheme 0x20 says compressed text (TS 23.042), which is not supported"}),
        ),
        (
            r#"{"dcs":0,"udhi":false,"udl":0,"user_data":""}"#,
            json!({"text": "", "concat": null, "forgiven": []}),
        ),
    ];
    let input: Vec<_> = rows.iter().map(|(line, _)| *line).collect();
    let output = septet(&["decode", "--input", "jsonl"], input.join("\n").as_bytes());
    assert_eq!(output.status.code(), Some(2));
    for (result, (line, expected)) in json_lines(&output).iter().zip(&rows) {
        assert_eq!(result, expected, "{line}");
    }
}

#[test]
fn a_segment_that_cannot_be_read_is_an_error_in_its_place() {
    let rows = [
        (
            r#"{"udhi":false,"udl":0,"user_data":""}"#,
            "`dcs` is missing",
        ),
        (
            r#"{"dcs":256,"udhi":false,"udl":0,"user_data":""}"#,
            "`dcs` is not a whole number",
        ),
        (
            r#"{"dcs":-1,"udhi":false,"udl":0,"user_data":""}"#,
            "`dcs` is not a whole number",
        ),
        (
            r#"{"dcs":"0","udhi":false,"udl":0,"user_data":""}"#,
            "`dcs` is not a whole number",
        ),
        (
            r#"{"dcs":0,"udhi":1,"udl":0,"user_data":""}"#,
            "`udhi` is not true or false",
        ),
        (
            r#"{"dcs":0,"udhi":false,"udl":0.5,"user_data":""}"#,
            "`udl` is not a whole number",
        ),
        (
            r#"{"dcs":0,"udhi":false,"udl":0,"user_data":"0"}"#,
            "odd number of hexadecimal digits",
        ),
        (
            r#"{"dcs":0,"udhi":false,"udl":0,"user_data":"00 0"}"#,
            "no hexadecimal digit at byte 2",
        ),
        (
            r#"{"dcs":0,"udhi":false,"udl":0,"user_data":7}"#,
            "`user_data` is not a string",
        ),
        (r#""text""#, "not a JSON object"),
    ];
    for join in [&["decode"][..], &["decode", "--join"]] {
        let input: Vec<_> = rows.iter().map(|(line, _)| *line).collect();
        let output = septet(join, input.join("\n").as_bytes());
        assert_eq!(output.status.code(), Some(2));
        for (result, (line, complaint)) in json_lines(&output).iter().zip(rows) {
            let error = result["error"].as_str().expect("an error");
            assert!(error.contains(complaint), "{line}: {error}");
        }
    }
}

#[test]
fn joined_messages_stand_where_their_last_segment_came() {
    let (one, two) = ("Grüße 👋 ".repeat(12), "a".repeat(400));
    let (one_lines, two_lines) = (segments(&one, "a", "7"), segments(&two, "b", "7"));
    let single = r#"{"dcs":0,"udhi":false,"udl":5,"user_data":"C8329BFD06"}"#.to_owned();
    let input = [
        &two_lines[2],
        &one_lines[1],
        &two_lines[0],
        &two_lines[0],
        &single,
        &one_lines[0],
        &two_lines[1],
    ];
    let input: Vec<_> = input.iter().map(|line| line.as_str()).collect();
    let output = septet(&["decode", "--join"], input.join("\n").as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let results = json_lines(&output);
    let texts: Vec<_> = results
        .iter()
        .map(|result| result["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, ["Hello", &one, &two]);
    assert_eq!(
        results[1]["concat"],
        json!({"reference": 7, "bits": 8, "total": 2, "sequence": null})
    );
    assert_eq!(results[0]["concat"], Value::Null);
}

#[test]
fn senders_are_told_apart_by_any_value() {
    let text = "a".repeat(161);
    let first = segments(&text, "x", "1");
    let other = first[1].replace("\"x\"", "{\"n\":[1]}");
    let output = septet(
        &["decode", "--join"],
        format!("{}\n{other}\n", first[0]).as_bytes(),
    );
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(json_lines(&output).len(), 2, "two sets, both incomplete");
    let escaped = first[1].replace("\"x\"", "\"\\u0078\"");
    let output = septet(
        &["decode", "--join"],
        format!("{}\n{escaped}\n", first[0]).as_bytes(),
    );
    assert_eq!(json_lines(&output)[0]["text"], text.as_str());
}

#[test]
fn what_stays_incomplete_is_an_error_at_the_end() {
    let lines = segments(&"a".repeat(400), "a", "9");
    let single = r#"{"dcs":0,"udhi":false,"udl":5,"user_data":"C8329BFD06"}"#;
    let output = septet(
        &["decode", "--join"],
        format!("{}\n{single}\n", lines[1]).as_bytes(),
    );
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        json_lines(&output)[1],
        json!({
            "error": "incomplete: 1 of 3 segments came",
            "concat": {"reference": 9, "bits": 8, "total": 3, "sequence": null},
        })
    );
}

#[test]
fn a_join_goes_over_all_files_and_does_the_rest_where_one_is_missing() {
    let lines = segments(&"a".repeat(161), "a", "9");
    let first = TempFile::new("first", lines[0].as_bytes());
    let second = TempFile::new("second", lines[1].as_bytes());
    let both = septet(&["decode", "--join", first.path(), second.path()], b"");
    assert_eq!(json_lines(&both)[0]["text"], "a".repeat(161));
    let missing = septet(
        &[
            "decode",
            "--join",
            first.path(),
            "no-such-file",
            second.path(),
        ],
        b"",
    );
    assert_eq!(missing.status.code(), Some(2));
    assert_eq!(json_lines(&missing)[0]["text"], "a".repeat(161));
    assert!(stderr(&missing).contains("no-such-file"));
}

#[test]
fn decoded_text_is_safe_to_show() {
    let line = r#"{"dcs":8,"udhi":false,"udl":6,"user_data":"0041001b202e"}"#;
    let output = septet(&["decode", "--format", "human"], line.as_bytes());
    assert_eq!(stdout(&output), "A⟨U+001B⟩⟨U+202E⟩\n\n");
}

#[test]
fn help_is_the_manual() {
    for (arguments, words) in [
        (&["--help"][..], ["inspect", "decode", "exit status"]),
        (
            &["inspect", "--help"],
            ["forced_by", "--national", "multipart"],
        ),
        (&["decode", "--help"], ["forgiven", "--join", "udhi"]),
    ] {
        let output = septet(arguments, b"");
        assert_eq!(output.status.code(), Some(0));
        for word in words {
            assert!(stdout(&output).contains(word), "{word} in {arguments:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_status_2() {
    for arguments in [
        vec!["inspect", "--format", "jsonl=/dev/full", "a"],
        vec!["inspect", "--format", "jsonl=no-such-folder/file", "a"],
        vec![
            "inspect",
            "--input",
            "jsonl",
            "--format",
            "jsonl=/dev/full",
            "\"a\"",
        ],
    ] {
        let output = septet(&arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!stderr(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_file_name_cannot_move_the_cursor_either() {
    for arguments in [
        ["inspect", "--file", "no\u{1b}[2Jfile"],
        ["decode", "--join", "no\u{1b}[2Jfile"],
    ] {
        let output = septet(&arguments, b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(!stderr(&output).contains('\u{1b}'), "{}", stderr(&output));
        assert!(
            stderr(&output).contains("no⟨U+001B⟩[2Jfile"),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn deep_nesting_is_read_or_refused() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let input =
        format!("{{\"text\":\"a\",\"other\":{deep}}}\n{{\"text\":\"b\",\"id\":{deep}}}\n\"c\"\n");
    let output = septet(&["inspect", "--input", "jsonl"], input.as_bytes());
    let results = stdout(&output).lines().count();
    assert_eq!(results, 3);
    assert!(stdout(&output).ends_with("\"forced_by\":null}\n"));
    let input =
        format!("{{\"dcs\":0,\"udhi\":false,\"udl\":0,\"user_data\":\"\",\"from\":{deep}}}\n");
    let output = septet(&["decode", "--join"], input.as_bytes());
    assert_eq!(stdout(&output).lines().count(), 1);
}

#[test]
fn an_input_is_not_overwritten() {
    let file = TempFile::new("input", b"\"abc\"\n");
    let format = format!("jsonl={}", file.path());
    for arguments in [
        [
            "inspect",
            "--input",
            "jsonl",
            "--file",
            file.path(),
            "--format",
            &format,
        ]
        .as_slice(),
        &["decode", file.path(), "--format", &format],
    ] {
        let output = septet(arguments, b"");
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("would overwrite"),
            "{}",
            stderr(&output)
        );
        assert_eq!(fs::read(&file.0).expect("it is there"), b"\"abc\"\n");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_fails_does_not_keep_the_others_from_being_written() {
    let file = TempFile::new("whole", b"");
    let format = format!("jsonl={}", file.path());
    let input = b"\"a\"\n".repeat(5000);
    let arguments = [
        "inspect",
        "--input",
        "jsonl",
        "--format",
        "human=/dev/full",
        "--format",
        &format,
    ];
    let output = septet(&arguments, &input);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("/dev/full"));
    assert_eq!(
        fs::read_to_string(&file.0)
            .expect("it is there")
            .lines()
            .count(),
        5000
    );
}

#[test]
fn every_source_that_cannot_be_read_is_named() {
    let line = r#"{"dcs":0,"udhi":false,"udl":5,"user_data":"C8329BFD06"}"#;
    let (good, bad) = (
        TempFile::new("good", line.as_bytes()),
        TempFile::new("bad", b"{}"),
    );
    let output = septet(
        &["decode", "no-first", good.path(), bad.path(), "no-second"],
        b"",
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no-first") && stderr(&output).contains("no-second"));
    let error = json_lines(&output)[1]["error"]
        .as_str()
        .expect("an error")
        .to_owned();
    assert!(
        error.contains(bad.path()) && error.contains(", line 1: "),
        "{error}"
    );
}

#[test]
fn senders_with_long_numbers_are_told_apart() {
    let lines = segments(&"a".repeat(161), "x", "1");
    let [first, second] = [1, 2].map(|last| format!("10000000000000000000000{last}"));
    let other = [
        lines[0].replace("\"x\"", &first),
        lines[1].replace("\"x\"", &second),
    ];
    let output = septet(&["decode", "--join"], other.join("\n").as_bytes());
    assert_eq!(json_lines(&output).len(), 2, "two sets, both incomplete");
    let same = [
        lines[0].replace("\"x\"", "[1, \"é\"]"),
        lines[1].replace("\"x\"", "[1,\"\\u00e9\"]"),
    ];
    let output = septet(&["decode", "--join"], same.join("\n").as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
}

#[test]
fn a_segment_that_comes_after_its_message_is_a_duplicate() {
    let (one, two) = (
        segments(&"A".repeat(300), "x", "5"),
        segments(&"B".repeat(300), "x", "5"),
    );
    let input = [&one[0], &one[1], &one[1], &two[0], &two[1]].map(String::as_str);
    let output = septet(&["decode", "--join"], input.join("\n").as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    let results = json_lines(&output);
    assert_eq!(results.len(), 2);
    assert_eq!(results[1]["text"], "B".repeat(300));
}

#[cfg(target_os = "linux")]
#[test]
fn complaints_that_nobody_can_hear_are_no_panic() {
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("it is there");
    let status = Command::new(env!("CARGO_BIN_EXE_septet"))
        .args(["inspect", "--file", "no-such-file"])
        .stderr(full)
        .status()
        .expect("the binary starts");
    assert_eq!(status.code(), Some(2));
}

#[test]
fn an_option_that_is_none_is_not_taken_for_a_text() {
    let output = septet(&["inspect", "--octet", "--jsonl"], b"");
    assert_eq!(output.status.code(), Some(2));
    let output = septet(&["inspect", "--", "--octet"], b"");
    assert!(stdout(&output).starts_with("GSM-7: 7 septets"));
}

#[test]
fn what_cannot_be_seen_is_written_out() {
    let text = "a\u{200D}b ❤\u{FE0F} \u{2800}e\u{301}";
    let shown = septet(&["inspect", text], b"");
    let shown = stdout(&shown);
    for hidden in ['\u{200D}', '\u{FE0F}', '\u{2800}'] {
        assert!(!shown.contains(hidden), "{hidden:?} in {shown}");
    }
    assert!(shown.contains("│ a⟨U+200D⟩b ❤⟨U+FE0F⟩ ⟨U+2800⟩e\u{301} "));
    assert!(shown.contains("  ◌\u{301} U+0301 COMBINING ACUTE ACCENT"));
}

#[test]
fn long_names_are_wrapped() {
    let output = septet(&["inspect", "\u{FBF9}"], b"");
    assert!(
        stdout(&output)
            .lines()
            .all(|line| line.chars().count() <= 80),
        "{}",
        stdout(&output)
    );
    assert!(stdout(&output).contains("\n    ISOLATED FORM at line 1"));
}

#[test]
fn octets_are_shown_with_their_header_apart() {
    let output = septet(&["inspect", "--octets", &"ж".repeat(71)], b"");
    let shown = stdout(&output);
    assert!(
        shown.contains("\n  dcs 0x08, udl 140, udhi 1\n  header  050003000201\n  octets  0436")
    );
    assert!(shown.lines().all(|line| line.chars().count() <= 80));
}

#[test]
fn an_id_may_be_any_json_at_all() {
    let id = r#"["\\\"\n",1e400,{"a\u0062":123456789012345678901234567890}]"#;
    let line = format!("{{\"text\":\"a\",\"id\":{id}}}");
    let output = septet(&["inspect", "--input", "jsonl"], line.as_bytes());
    assert!(
        stdout(&output).starts_with(&format!("{{\"id\":{id},")),
        "{}",
        stdout(&output)
    );
    let line = r#"{"text":"a","id":["\\",{"\ud83d":1}]}"#;
    let output = septet(&["inspect", "--input", "jsonl"], line.as_bytes());
    assert!(stdout(&output).contains("`id`: a broken escape or half a surrogate pair"));
}

#[test]
fn a_byte_order_mark_is_named() {
    let output = septet(&["inspect", "--input", "jsonl"], "\u{FEFF}\"a\"".as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).contains("line 1: a byte-order mark"));
}

#[test]
fn hexadecimal_digits_are_missed_at_the_byte() {
    let input = [
        ("00é1", "at byte 2"),
        ("000g", "at byte 3"),
        ("000", "odd number of hexadecimal digits, 3"),
    ];
    for (digits, complaint) in input {
        let line = format!("{{\"dcs\":0,\"udhi\":false,\"udl\":1,\"user_data\":\"{digits}\"}}");
        let output = septet(&["decode"], line.as_bytes());
        assert!(stdout(&output).contains(complaint), "{}", stdout(&output));
    }
}

#[test]
fn senders_are_the_same_where_their_json_says_the_same() {
    let lines = segments(&"a".repeat(161), "x", "1");
    let joined = |one: &str, other: &str| {
        let input = format!(
            "{}\n{}\n",
            lines[0].replace("\"x\"", one),
            lines[1].replace("\"x\"", other)
        );
        let output = septet(&["decode", "--join"], input.as_bytes());
        output.status.code() == Some(0) && json_lines(&output).len() == 1
    };
    assert!(joined(
        "{\"a\":1,\"b\":[2, 3]}",
        "{\"b\": [2,3],\"\\u0061\":1}"
    ));
    assert!(joined("1e400", "1e400"));
    for (one, other) in [
        ("123456789012345678901", "123456789012345678902"),
        ("[9007199254740992.0]", "[9007199254740993.0]"),
        ("[1,[2]]", "[[1],2]"),
        ("\"1\"", "1"),
        ("null", "\"null\""),
    ] {
        assert!(!joined(one, other), "{one} is not {other}");
    }
}

#[test]
fn a_new_file_has_one_name_however_it_is_spelt() {
    let missing = TempFile::new("missing", b"");
    fs::remove_file(&missing.0).expect("it was there");
    let folder = missing.0.parent().expect("it is in a folder").display();
    let name = missing.0.file_name().expect("it has a name").display();
    let detour = format!("jsonl={folder}/./{name}");
    let straight = format!("human={}", missing.path());
    let output = septet(
        &["inspect", "--format", &straight, "--format", &detour, "a"],
        b"",
    );
    assert_eq!(output.status.code(), Some(2));
    assert!(
        !missing.0.exists(),
        "nothing is written before it is refused"
    );
}

#[test]
fn an_arrow_in_a_text_is_not_the_end_of_a_line() {
    let output = septet(&["inspect", "a↵b\nc"], b"");
    assert!(stdout(&output).contains("│ a↵b↵ "), "{}", stdout(&output));
}
