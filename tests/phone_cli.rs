//! `septet phone`, as its users meet it: arguments, lines, JSON Lines, tables, output and exit status.

#![cfg(feature = "cli")]

#[path = "support/binary.rs"]
mod binary;

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use binary::{Folder, Run, septet_in};
use serde_json::{Value, json};
use snapbox::{Data, assert_data_eq};

/// Compares a run with the transcript of its name; `SNAPSHOTS=overwrite` writes it anew.
#[track_caller]
fn assert_transcript(name: &str, run: &Run) {
    let path = format!(
        "{}/tests/transcripts/phone-{name}.txt",
        env!("CARGO_MANIFEST_DIR")
    );
    assert_data_eq!(
        run.transcript(),
        Data::read_from(Path::new(&path), None).raw()
    );
}

fn phone(arguments: &[&str], input: &[u8]) -> Run {
    let mut all = vec!["phone"];
    all.extend(arguments);
    septet_in(Folder::new().path(), &all, input)
}

fn json_lines(run: &Run) -> Vec<Value> {
    let lines = run.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

/// What is said of one number, as JSON.
#[track_caller]
fn answer(number: &str, arguments: &[&str]) -> Value {
    let mut all = vec!["--format", "jsonl"];
    all.extend(arguments);
    all.extend(["--", number]);
    let run = phone(&all, b"");
    assert_eq!(run.status, 0, "{}", run.transcript());
    json_lines(&run).remove(0)
}

/// Whether a message and a call are accepted, and the reason if not.
#[track_caller]
fn told(number: &str, arguments: &[&str]) -> (bool, bool, Option<String>) {
    let answer = answer(number, arguments);
    (
        answer["sms"] == "accept",
        answer["voice"] == "accept",
        answer["reason"].as_str().map(str::to_owned),
    )
}

const MOBILE: &str = "+447911123456"; // Guernsey
const AMERICAN: &str = "+16502530000";
const LANDLINE: &str = "+442079460018";
const VOIP: &str = "+445600000000";
const PERSONAL: &str = "+447000000000";
const JAMAICAN: &str = "+18762101234";

// For people

#[test]
fn numbers_are_a_table_with_the_reasons_below() {
    let run = phone(
        &[
            "--region",
            "US",
            "(650) 253-0000",
            "+44 20 7946 0018",
            "1-800-555-1234",
            "900 555 1234",
            "911",
            "12",
            "650-253-FLOW",
            "call 650 253 0000",
            "650 253 0000 x12",
            "+881 6 1234 5678",
            "",
        ],
        b"",
    );
    assert_eq!(run.status, 0);
    assert_transcript("table", &run);
}

#[test]
fn one_number_is_told_in_full() {
    let folder = Folder::new();
    folder.write("table.csv", CSV);
    let run = folder.septet(&[
        "phone",
        "--home",
        "US",
        "--monitor",
        "US",
        "--coverage",
        "table.csv",
        "+1 (650) 253-0000",
    ]);
    assert_transcript("one", &run);
    let run = phone(&["020 7946 0018 ext. 12", "--region", "GB"], b"");
    assert_transcript("one-refused", &run);
}

#[test]
fn lines_are_numbers_and_blank_ones_are_left_out() {
    let input = "\u{FEFF}+16502530000\r\n\n \t\r\n+442079460018\n\n0\n";
    let run = phone(&["--home", "US,CA"], input.as_bytes());
    assert_eq!(run.status, 0);
    assert_transcript("lines", &run);
    let dash = phone(&["--home", "US", "--home", "CA", "-"], input.as_bytes());
    assert_eq!((dash.stdout, dash.status), (run.stdout.clone(), 0));
    let folder = Folder::new();
    folder.write("numbers.txt", input);
    let file = folder.septet(&["phone", "--home", "US,CA", "--file", "numbers.txt"]);
    assert_eq!((file.stdout, file.status), (run.stdout, 0));
}

#[test]
fn a_byte_order_mark_alone_is_a_blank_line() {
    for input in ["\u{FEFF}", "\u{FEFF}\n", "\u{FEFF}\r\n\r\n"] {
        let run = phone(&["--format", "jsonl"], input.as_bytes());
        assert_eq!((&*run.stdout, run.status), ("", 0), "{input:?}");
    }
}

#[test]
fn a_summary_stands_below_several_numbers_only() {
    for (input, summary) in [
        ("", false),
        ("1\n", false),
        ("1\n2\n", true),
        ("+16502530000", false),
    ] {
        let run = phone(&[], input.as_bytes());
        assert_eq!(run.stdout.contains("numbers:"), summary, "{input:?}");
        assert_eq!(run.status, 0);
    }
}

#[test]
fn lines_that_are_no_text_are_told_by_their_number() {
    let run = phone(&[], b"+16502530000\n\n\xFF\xFE\n+16502530000\n");
    assert_eq!(run.status, 2);
    assert!(run.stdout.contains("\nline 3: invalid UTF-8 at byte 0\n"));
    let summary = "\n2 numbers: 2 may receive SMS, 2 a call; 1 line could not be read\n";
    assert!(run.stdout.ends_with(summary), "{}", run.stdout);
}

#[test]
fn no_row_is_wider_than_a_terminal_of_80_columns_and_the_columns_are_aligned() {
    let wide = "電話番号は".repeat(10);
    let long = "1".repeat(300);
    let run = phone(
        &[
            "--home",
            "US",
            &wide,
            &long,
            "+16502530000",
            "++++++++++++++++++++++++1",
        ],
        b"",
    );
    let column = run.stdout.find("KIND").expect("a heading");
    for line in run.stdout.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "{line}");
        if line.ends_with("accept") || line.ends_with("reject") {
            let rest = line.find("unknown").or(line.find("fixed")).expect("a kind");
            let before = unicode_width::UnicodeWidthStr::width(&line[..rest]);
            assert_eq!(before, column, "{line}");
        }
    }
}

#[test]
fn colours_are_those_that_are_asked_for() {
    let colored = phone(&["--color", "always", AMERICAN, "1"], b"").stdout;
    assert!(colored.contains("\u{1b}[32maccept\u{1b}[0m"), "{colored}");
    assert!(colored.contains("\u{1b}[31mreject\u{1b}[0m"), "{colored}");
    for color in ["auto", "never"] {
        let plain = phone(&["--color", color, AMERICAN, "1"], b"").stdout;
        assert!(!plain.contains('\u{1b}'), "{plain}");
    }
}

// JSON Lines

#[test]
fn json_lines_are_answered_in_their_order_with_errors_in_place() {
    let input = [
        r#""+16502530000""#,
        r#"{"number": "020 7946 0018", "region": "GB", "id": {"a": [1, null]}}"#,
        r#"{"id": null, "number": "07911 123456 x12", "region": "gb", "colour": "\ud800"}"#,
        r#"{"number": "650 253 0000"}"#,
        r#"{"number": "650 253 0000", "region": null}"#,
        r#"{"number": "650 253 0000", "region": "UK"}"#,
        r#"{"number": "650 253 0000", "region": 1}"#,
        r#"{"number": 16502530000}"#,
        r#"{"region": "US"}"#,
        r#"{"number": "1", "number": "2"}"#,
        r#"{"number": "1", "id": "\udc00"}"#,
        r#""\ud83d""#,
        r#"["+16502530000"]"#,
        r#"+16502530000"#,
        r#""+16502530000"#,
        "",
        r#""""#,
        r#""+18005551234""#,
    ];
    let run = phone(
        &["--input", "jsonl", "--region", "US"],
        input.join("\n").as_bytes(),
    );
    assert_eq!(run.status, 2);
    assert_eq!(json_lines(&run).len(), input.len());
    assert_transcript("json-lines", &run);
    for line in json_lines(&run) {
        let error = line["error"].as_str().unwrap_or_default();
        assert!(!error.contains("650"), "{error}");
    }
}

#[test]
fn invalid_bytes_are_an_error_line_and_the_rest_is_done() {
    let run = phone(
        &["--input", "jsonl"],
        b"\"\xFF\"\n\"+16502530000\"\n\xEF\xBB\xBF\"1\"\n",
    );
    assert_eq!(run.status, 2);
    let lines = json_lines(&run);
    assert_eq!(
        lines[0],
        json!({"error": "line 1: invalid UTF-8 at byte 1 of the line"})
    );
    assert_eq!(lines[1]["e164"], AMERICAN);
    assert!(lines[2]["error"].is_string());
}

#[test]
fn a_result_is_one_line_however_its_id_is_written() {
    let argument = "{\"number\": \"+16502530000\", \"id\": [1,\r\n\t\"\\n\"]}";
    let run = phone(&["--input", "jsonl", argument], b"");
    assert_eq!(run.status, 0);
    let line = run.stdout.strip_suffix('\n').expect("a line");
    assert!(!line.contains(['\n', '\r']), "{line:?}");
    assert_eq!(json_lines(&run)[0]["id"], json!([1, "\n"]));
    let run = phone(
        &["--input", "jsonl"],
        b"{\"number\":\"1\",\"id\":[1,\r2]}\n",
    );
    assert!(!run.stdout.contains('\r'), "{:?}", run.stdout);
}

#[test]
fn thousands_of_lines_keep_their_order() {
    let numbers: Vec<_> = (0..5_000)
        .map(|number| format!("{{\"id\":{number},\"number\":\"+1650253{:04}\"}}\n", number))
        .collect();
    let run = phone(&["--input", "jsonl"], numbers.concat().as_bytes());
    assert_eq!(run.status, 0);
    for (at, line) in json_lines(&run).iter().enumerate() {
        assert_eq!(line["id"], at);
        assert_eq!(line["e164"], format!("+1650253{at:04}"));
    }
}

#[test]
fn an_argument_may_be_json_too() {
    let run = phone(
        &[
            "--input",
            "jsonl",
            r#"{"number": "+16502530000", "id": 7}"#,
            "x",
        ],
        b"",
    );
    assert_eq!(run.status, 2);
    let lines = json_lines(&run);
    assert_eq!(
        (&lines[0]["id"], &lines[0]["region"]),
        (&json!(7), &json!("US"))
    );
    assert_eq!(
        lines[1]["error"],
        "argument 2: neither a JSON string nor an object with `number`"
    );
}

#[test]
fn several_formats_come_of_one_run() {
    let folder = Folder::new();
    let run = folder.septet(&[
        "phone",
        "--format",
        "human",
        "--format",
        "jsonl=out.jsonl",
        AMERICAN,
    ]);
    assert_eq!(run.status, 0);
    assert!(run.stdout.starts_with(AMERICAN), "{}", run.stdout);
    let line: Value = serde_json::from_str(&folder.read("out.jsonl")).unwrap();
    assert_eq!(line["e164"], AMERICAN);
    let input = b"\"+16502530000\"\n5\n";
    let run = septet_in(
        folder.path(),
        &["phone", "--input", "jsonl", "--format", "human"],
        input,
    );
    assert_eq!(run.status, 2);
    assert_transcript("json-lines-human", &run);
}

// What numbers are held to

#[test]
fn a_number_without_calling_code_is_one_of_the_region() {
    assert_eq!(answer("020 7946 0018", &[])["reason"], "no-country");
    assert_eq!(
        answer("020 7946 0018", &["--region", "GB"])["e164"],
        LANDLINE
    );
    assert_eq!(
        answer("020 7946 0018", &["--region", "gb"])["e164"],
        LANDLINE
    );
}

#[test]
fn what_is_at_home_is_told_and_can_be_all_that_is_taken() {
    let home = &["--home", "US,CA"][..];
    assert_eq!(answer(AMERICAN, home)["scope"], "domestic");
    assert_eq!(answer(JAMAICAN, home)["scope"], "international");
    assert_eq!(answer("x", home)["scope"], "unknown");
    assert_eq!(answer(AMERICAN, &[]).get("scope"), None);
    assert_eq!(told(JAMAICAN, home), (true, true, None));
    let only = &["--home", "US,CA", "--domestic-only"][..];
    assert_eq!(told(AMERICAN, only), (true, true, None));
    let refused = (false, false, Some("international".to_owned()));
    assert_eq!(told(JAMAICAN, only), refused);
    assert_eq!(answer(JAMAICAN, only)["code"], "E0000099");
    assert_eq!(phone(&["--domestic-only", AMERICAN], b"").status, 2);
}

#[test]
fn voip_and_personal_numbers_are_taken_where_that_is_asked_for() {
    for (number, option, reason) in [
        (VOIP, "--voip", "voip"),
        (PERSONAL, "--personal-numbers", "personal-number"),
    ] {
        let refused = (false, false, Some(reason.to_owned()));
        assert_eq!(told(number, &[]), refused);
        assert_eq!(told(number, &[option]), (true, true, None));
        let reset = ["--purpose", "password-reset"];
        assert_eq!(told(number, &reset), refused);
        assert_eq!(
            told(number, &[&reset[..], &[option]].concat()),
            (true, true, None)
        );
    }
    let purpose = phone(&["--purpose", "signin", AMERICAN], b"");
    assert_eq!(purpose.status, 2);
    assert!(purpose.stderr.contains("sign-in"), "{}", purpose.stderr);
}

#[test]
fn countries_are_allowed_or_blocked_or_watched() {
    let country = (false, false, Some("country".to_owned()));
    let accepted = (true, true, None);
    assert_eq!(told(AMERICAN, &["--allow", "US,CA"]), accepted);
    assert_eq!(told(MOBILE, &["--allow", "US,CA"]), country);
    assert_eq!(told(MOBILE, &["--block", "GG"]), country);
    assert_eq!(told(AMERICAN, &["--block", "GG"]), accepted);
    let watched = answer(MOBILE, &["--monitor", "GG"]);
    assert_eq!(
        (&watched["sms"], &watched["monitor"]),
        (&json!("accept"), &json!(true))
    );
    assert_eq!(answer(AMERICAN, &["--monitor", "GG"]).get("monitor"), None);
    assert_eq!(told(MOBILE, &["--block", "GG", "--monitor", "GG"]), country);
    let safe = ["--allow", "US", "--safe", "+4479", "--safe", "+33"];
    assert_eq!(told(MOBILE, &safe), accepted);
    assert_eq!(told("+46701234567", &safe), country);
    // What is watched has to be let through, and what is safe is neither refused nor watched.
    let unlisted = ["--allow", "US", "--monitor", "GG"];
    assert_eq!(told(MOBILE, &unlisted), country);
    let abroad = ["--home", "US", "--domestic-only", "--safe", "+4479"];
    assert_eq!(told(MOBILE, &abroad), accepted);
    let safe = answer(MOBILE, &["--monitor", "GG", "--safe", "+4479"]);
    assert_eq!(safe.get("monitor"), None);
    let toll_free = told("+18005551234", &["--safe", "+1800"]);
    assert_eq!(toll_free, (false, false, Some("toll-free".to_owned())));
    let both = phone(&["--allow", "US", "--block", "GB", AMERICAN], b"");
    assert_eq!(both.status, 2);
}

// The table

/// A table whose columns are in an order of its own.
const CSV: &str = "date,region,channels,segment,call,currency\n\
    2026-10-01,US,both,0.0079,0.014,USD\n\n\
    ,\"GB\",voice,0.04,,GBP\n\
    ,CN,none,,,\r\n";

const TOML: &str = "currency = \"USD\"\ndate = \"2026-10-01\"\n\n[regions]\n\
    US = { channels = \"both\", segment = \"0.0079\", call = 0.014 }\n\
    CN = { channels = \"none\", date = \"2026-01-31\" }\n\n\
    [regions.GB]\nchannels = \"voice\"\nsegment = \"0.04\"\ncurrency = \"GBP\"\n";

#[test]
fn a_table_of_either_form_tells_channels_and_prices() {
    let folder = Folder::new();
    folder.write("table.csv", CSV).write("table.TOML", TOML);
    for (name, date) in [
        ("table.csv", json!(null)),
        ("table.TOML", json!("2026-10-01")),
    ] {
        let run = folder.septet(&[
            "phone",
            "--format",
            "jsonl",
            "--coverage",
            name,
            AMERICAN,
            LANDLINE,
            MOBILE,
            "+8613800138000",
            "x",
        ]);
        assert_eq!(run.status, 0, "{}", run.transcript());
        let lines = json_lines(&run);
        let usd = |micros| json!({"micros": micros, "currency": "USD"});
        assert_eq!(lines[0]["sms_price"], usd(7_900));
        assert_eq!(lines[0]["voice_price"], usd(14_000));
        assert_eq!(lines[0]["price_date"], "2026-10-01");
        assert_eq!(lines[1]["voice"], "accept");
        assert_eq!(
            lines[1]["sms_price"],
            json!({"micros": 40_000, "currency": "GBP"})
        );
        assert_eq!(lines[1]["voice_price"], json!(null));
        assert_eq!(lines[1]["price_date"], date);
        // What the table does not say is not known, and refuses nothing.
        assert_eq!(lines[2]["sms"], "accept");
        assert_eq!(lines[2]["sms_price"], json!(null));
        assert_eq!(lines[3]["reason"], "unavailable");
        assert_eq!(lines[4]["price_date"], json!(null));
    }
    assert_eq!(answer(AMERICAN, &[]).get("sms_price"), None);
}

#[test]
fn prices_stand_below_the_rows_of_numbers_that_are_accepted() {
    let folder = Folder::new();
    folder.write("table.csv", CSV);
    let run = folder.septet(&[
        "phone",
        "--coverage",
        "table.csv",
        "--monitor",
        "US",
        AMERICAN,
        LANDLINE,
        "+8613800138000",
        MOBILE,
    ]);
    assert_transcript("prices", &run);
}

#[test]
fn all_mistakes_in_a_table_are_told_at_once() {
    let folder = Folder::new();
    folder
        .write(
            "rows.csv",
            "region,channels,segment,call,currency,date\n\
             UK,both,0.04,,GBP,\n\
             us,bth,\"0,01\",,usd,2026-02-30\n\
             US,both,0.0079,0.0000001,,\n\
             FR,sms\n\
             US,sms,,,,\n\
             ,,,,,\n\
             ,sms,,,,\n\
             IT,,,,,\n\
             DE,\"sms,,,,\n",
        )
        .write(
            "header.csv",
            "region,chanels,segmnt,date,date\nUS,both,1,1,1\n",
        )
        .write(
            "table.toml",
            "date = 2026-10-01\nregion = 1\n[regions]\n\
             US = { channels = \"both\", segment = \"0.0079\", calls = 0.014 }\n\
             UK = { channels = \"voise\", segment = true }\nFR = {}\nDE = 5\n\
             JP = { channels = \"sms\", segment = -1, currency = \"JPY\" }\n",
        )
        .write("twice.toml", "[regions]\nUS = {}\nUS = {}\n");
    for name in ["rows.csv", "header.csv", "table.toml", "twice.toml"] {
        let run = folder.septet(&["phone", "--coverage", name, AMERICAN]);
        assert_eq!((run.status, &*run.stdout), (2, ""));
        assert_transcript(&format!("coverage-{}", name.replace('.', "-")), &run);
    }
}

#[test]
fn what_is_no_table_is_refused_and_not_shown() {
    let folder = Folder::new();
    folder
        .write("numbers.csv", "+16502530000\n+16502530000\n")
        .write("empty.csv", "")
        .write("header.csv", "region,channels\n\n")
        .write("empty.toml", "# nothing\n")
        .write("numbers.toml", "+16502530000\n+16502530000\n")
        .write("keys.toml", "16502530000 = 1\n")
        .write("bytes.csv", b"region,\xFF\n")
        .write("table.txt", CSV);
    for (name, told) in [
        ("numbers.csv", "no header is known in it"),
        ("empty.csv", "no header is known in it"),
        ("header.csv", "there is no region in it"),
        ("empty.toml", "there is no region in it"),
        ("numbers.toml", "there is no region in it"),
        ("keys.toml", "there is no region in it"),
        ("bytes.csv", "invalid UTF-8 at byte 7"),
        ("table.txt", "name it .csv or .toml"),
        ("none.csv", "none.csv: "),
        (".", "name it .csv or .toml"),
    ] {
        let run = folder.septet(&["phone", "--coverage", name, "--", AMERICAN]);
        assert_eq!((run.status, &*run.stdout), (2, ""), "{name}");
        assert!(run.stderr.contains(told), "{name}: {}", run.stderr);
        assert!(!run.stderr.contains("650"), "{}", run.stderr);
    }
    let run = folder.septet(&[
        "phone",
        "--coverage",
        "table.txt",
        "--format",
        "jsonl=table.txt",
    ]);
    assert_eq!(run.status, 2);
    assert_eq!(folder.read("table.txt"), CSV);
}

#[test]
fn a_table_of_mistakes_is_told_up_to_a_hundred() {
    let folder = Folder::new();
    folder.write(
        "t.csv",
        "region,channels\n".to_owned() + &"UK,both\n".repeat(20_000),
    );
    let run = folder.septet(&["phone", "--coverage", "t.csv", AMERICAN]);
    assert!(run.stderr.starts_with("septet: t.csv has 20000 mistakes\n"));
    assert_eq!(run.stderr.matches("no region of").count(), 100);
    assert!(run.stderr.ends_with("and 19900 more\n"));
}

// What cannot be trusted

#[test]
fn nothing_of_the_input_is_obeyed_by_a_terminal() {
    let hostile = "\u{1b}[31m+1\u{202E}650\u{7}253\u{2066}0000\u{0}\u{85}\u{301}\n";
    let lines = hostile.repeat(3);
    let argument = hostile.replace('\0', "");
    let escaped = serde_json::to_string(hostile).unwrap() + "\n";
    for (arguments, input) in [
        (&["--region", "US"][..], lines.as_bytes()),
        (&["--region", "US", "--", &argument], b""),
        (
            &["--input", "jsonl", "--format", "human"],
            escaped.as_bytes(),
        ),
    ] {
        let run = phone(arguments, input);
        let controls = |text: &str| {
            let is_obeyed = |c: char| {
                (c.is_control() && c != '\n')
                    || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            };
            text.contains(is_obeyed)
        };
        assert_eq!(run.status, 0);
        assert!(!controls(&run.stdout), "{:?}", run.stdout);
        assert!(!controls(&run.stderr), "{:?}", run.stderr);
    }
}

#[test]
fn a_megabyte_is_too_long_for_a_number_and_is_not_shown_in_full() {
    let long = "1".repeat(1 << 20);
    let run = phone(
        &["--region", "US"],
        format!("{long}\n+16502530000\n").as_bytes(),
    );
    assert_eq!(run.status, 0);
    assert!(run.stdout.len() < 1_000, "{}", run.stdout.len());
    assert!(run.stdout.contains("1…"), "{}", run.stdout);
    let lines = format!("\"{long}\"\n{{\"number\":\"{long}\",\"id\":1}}\n{long}\n");
    let run = phone(&["--input", "jsonl"], lines.as_bytes());
    let lines = json_lines(&run);
    assert_eq!(run.status, 2);
    assert_eq!(lines[0]["reason"], "too-long");
    assert_eq!(
        (&lines[1]["id"], &lines[1]["reason"]),
        (&json!(1), &json!("too-long"))
    );
    assert!(lines[2]["error"].is_string());
    assert!(run.stderr.len() < 1_000);
}

#[test]
fn no_complaint_shows_a_number() {
    let number = "+16502530000";
    let bare = &number[1..];
    let dashed = format!("-{bare}");
    let long_dash = format!("--{number}");
    for arguments in [
        &["--safe", bare][..],
        &["--safe", "+1650253x"],
        &["--safe", "650253"],
        &["--region", number],
        &["--home", number],
        &["--home", &format!("US,{bare}")],
        &["--allow", bare],
        &["--block", bare],
        &["--monitor", "１６５０"],
        &["--purpose", number],
        &["--color", number],
        &["--input", number],
        &["--format", number],
        &[&dashed],
        &[&long_dash],
        &[&format!("--tel:{number}")],
        &[&format!("--x{bare}")],
        &["--safe +1650253"],
        &["--file", number],
        &["--file", "650 253 0000 x12"],
        &["--file", "1-650-GOOGLES"],
        &["--file", "650.253.0000"],
        &["--coverage", bare],
        &["--coverage", "tel:+16502530000"],
        &["--", "-", number],
        &[number, "--file", "x"],
        &["--allow", "US", "--block", "GB", number],
    ] {
        let run = phone(arguments, b"");
        assert_eq!(run.status, 2, "{}", run.transcript());
        assert!(!run.stderr.is_empty());
        for digits in ["650", "253", "'-1'", "１６"] {
            assert!(!run.stderr.contains(digits), "{}", run.transcript());
        }
    }
    let folder = Folder::new();
    folder.write(bare, CSV);
    let named = folder.septet(&["phone", "--coverage", bare, "--", "1"]);
    assert_eq!(named.status, 2);
    assert!(!named.stderr.contains("650"), "{}", named.stderr);
    let before = septet_in(Folder::new().path(), &[&format!("--tel:{number}")], b"");
    assert_eq!(before.status, 2);
    assert!(!before.stderr.contains("650"), "{}", before.stderr);
    let behind = phone(&["--format", "jsonl", "--", &dashed], b"");
    assert_eq!(behind.status, 0, "{}", behind.stderr);
    // What is read is never complained of with what stands in it.
    for (arguments, input) in [
        (
            &["--input", "jsonl"][..],
            "+16502530000\n{\"number\":16502530000}\n{\"number\":\"+16502530000",
        ),
        (&[], "+16502530000\n"),
    ] {
        let run = phone(arguments, input.as_bytes());
        assert!(!run.stderr.contains("650"), "{}", run.stderr);
        let errors = run.stdout.lines().filter(|line| line.contains("\"error\""));
        assert!(errors.into_iter().all(|line| !line.contains("650")));
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_an_error_in_its_place() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::process::Command;

    let output = Command::new(env!("CARGO_BIN_EXE_septet"))
        .args(["phone", "--format", "jsonl", AMERICAN])
        .arg(OsStr::from_bytes(b"+1650\xFF"))
        .output()
        .expect("the binary runs");
    assert_eq!(output.status.code(), Some(2));
    let stdout = String::from_utf8(output.stdout).expect("output is UTF-8");
    let mut lines = stdout.lines();
    assert!(lines.next().expect("a result").contains(AMERICAN));
    assert_eq!(
        lines.next(),
        Some("{\"error\":\"argument 2: invalid UTF-8 at byte 5\"}")
    );
}

#[test]
fn standard_input_is_read_alone() {
    for arguments in [&["-", AMERICAN][..], &[AMERICAN, "-"]] {
        let run = phone(arguments, b"+16502530000\n");
        assert_eq!((run.status, &*run.stdout), (2, ""));
    }
}

#[test]
fn a_file_that_is_read_by_redirection_or_another_name_is_not_written_over() {
    let folder = Folder::new();
    folder.write("numbers.txt", "+16502530000\n");
    fs::hard_link(
        folder.path().join("numbers.txt"),
        folder.path().join("link.txt"),
    )
    .unwrap();
    for (arguments, input) in [
        (
            vec!["phone", "--format", "jsonl=numbers.txt"],
            Some("numbers.txt"),
        ),
        (
            vec!["phone", "--format", "jsonl=link.txt"],
            Some("numbers.txt"),
        ),
        (
            vec![
                "phone",
                "--file",
                "link.txt",
                "--format",
                "jsonl=numbers.txt",
            ],
            None,
        ),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_septet"));
        command.args(&arguments).current_dir(folder.path());
        command.stdin(match input {
            Some(name) => File::open(folder.path().join(name)).unwrap().into(),
            None => Stdio::null(),
        });
        let output = command.output().unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert!(
            complaint.contains("would overwrite"),
            "{arguments:?}: {complaint}"
        );
        assert_eq!(output.status.code(), Some(2));
        let kept = fs::read_to_string(folder.path().join("numbers.txt")).unwrap();
        assert_eq!(kept, "+16502530000\n");
    }
}
