//! `septet check` and its kin, as their users meet them: arguments, files, output and exit status.

#![cfg(feature = "cli")]

#[path = "support/binary.rs"]
mod binary;

use std::path::Path;

use binary::{Folder, Run, septet_in};
use snapbox::{Data, assert_data_eq};

/// The catalogues that the README shows.
fn examples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/templates"))
}

/// Compares a run with the transcript of its name; `SNAPSHOTS=overwrite` writes it anew.
#[track_caller]
fn assert_transcript(name: &str, run: &Run) {
    let path = format!(
        "{}/tests/transcripts/{name}.txt",
        env!("CARGO_MANIFEST_DIR")
    );
    assert_data_eq!(
        run.transcript(),
        Data::read_from(Path::new(&path), None).raw()
    );
}

/// A configuration for flat JSON files by locale.
const PLAIN: &str = "base-locale = \"en\"\nbudget = 1\nsyntax = \"dollar-brace\"\n\n[values]\n\
    code = { characters = \"digits\", length = 6 }\n\n[[source]]\nfiles = [\"{locale}.json\"]\n";

/// A text of more than 70 characters that a curly apostrophe makes two segments.
const CURLY: &str =
    "It’s your code: ${code}. Do not share it with anyone, we will never ask for it.";
const STRAIGHT: &str =
    "It's your code: ${code}. Do not share it with anyone, we will never ask for it.";

fn catalogue(texts: &[(&str, &str)]) -> String {
    let texts = texts
        .iter()
        .map(|(key, text)| format!("  \"{key}\": \"{text}\""));
    format!("{{\n{}\n}}\n", texts.collect::<Vec<_>>().join(",\n"))
}

// Reports

#[test]
fn the_examples_explain_themselves() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let run = septet_in(root, &["check", "examples/templates"], b"");
    assert_eq!(run.status, 1);
    assert_transcript("check-human", &run);
}

#[test]
fn every_report_of_the_examples_is_as_it_was() {
    for format in [
        "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "markdown",
    ] {
        let run = septet_in(examples(), &["check", "--format", format], b"");
        assert_eq!(run.status, 1, "{format}");
        assert_transcript(&format!("check-{format}"), &run);
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for arguments in [
        &["check"][..],
        &["check", "--format", "json"],
        &["check", "--format", "sarif"],
        &["matrix"],
        &["fix"],
    ] {
        let first = septet_in(examples(), arguments, b"").transcript();
        assert_eq!(first, septet_in(examples(), arguments, b"").transcript());
    }
}

#[test]
fn several_reports_come_of_one_run() {
    let folder = Folder::new();
    folder
        .write("septet.toml", PLAIN)
        .write("en.json", catalogue(&[("sms", CURLY)]));
    let run = folder.septet(&[
        "check",
        "--format",
        "concise",
        "--format",
        "sarif=out.sarif",
        "--format",
        "junit=out.xml",
    ]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("forces-ucs2"), "{}", run.stdout);
    assert!(folder.read("out.sarif").contains("\"2.1.0\""));
    assert!(folder.read("out.xml").contains("<testsuite"));
    let twice = folder.septet(&["check", "--format", "json", "--format", "jsonl"]);
    assert_eq!(twice.status, 2);
    let onto = folder.septet(&["check", "--format", "json=en.json"]);
    assert_eq!(onto.status, 2);
    assert_eq!(folder.read("en.json"), catalogue(&[("sms", CURLY)]));
}

#[test]
fn the_status_is_what_is_asked_to_fail_on() {
    let folder = Folder::new();
    folder
        .write("septet.toml", PLAIN)
        .write("en.json", catalogue(&[("sms", "It’s ${code}")]));
    for (fail_on, status) in [("error", 0), ("warning", 1), ("note", 1), ("never", 0)] {
        let run = folder.septet(&["check", "--fail-on", fail_on]);
        assert_eq!(run.status, status, "{fail_on}: {}", run.transcript());
    }
    folder.write("en.json", catalogue(&[("sms", "Code: ${code}")]));
    let run = folder.septet(&["check", "--fail-on", "note"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{}", run.stdout);
}

#[test]
fn the_matrix_of_the_examples_is_as_it_was() {
    for format in ["human", "json", "csv", "markdown"] {
        let run = septet_in(examples(), &["matrix", "--format", format], b"");
        assert_eq!(run.status, 0, "{format}");
        assert_transcript(&format!("matrix-{format}"), &run);
    }
}

// JSON Lines

#[test]
fn json_lines_come_in_and_go_out() {
    let folder = Folder::new();
    folder.write("septet.toml", PLAIN);
    let lines = format!(
        "{}\n{}\n{}\nnot json\n\n{}\n",
        r#"{"id":1,"locale":"en","text":"Code: ${code}"}"#,
        serde_json::json!({"id": {"a": "b"}, "locale": "de", "text": CURLY, "file": "src/a.rs", "line": 7}),
        r#"{"text":"${x}","unknown":[1,2]}"#,
        r#"{"id":2,"text":"\ud83d"}"#,
    );
    let run = septet_in(
        folder.path(),
        &["check", "--input", "jsonl"],
        lines.as_bytes(),
    );
    assert_eq!(run.status, 2);
    assert_transcript("json-lines", &run);
    let good: String = lines
        .lines()
        .take(1)
        .map(|line| format!("{line}\n"))
        .collect();
    let run = septet_in(
        folder.path(),
        &["check", "--input", "jsonl"],
        good.as_bytes(),
    );
    assert_eq!(run.status, 0, "{}", run.transcript());
}

// Baseline

#[test]
fn a_text_in_the_baseline_is_left_alone_until_it_changes_and_only_it_comes_back() {
    let folder = Folder::new();
    folder.write("septet.toml", PLAIN).write(
        "en.json",
        catalogue(&[("a", CURLY), ("b", CURLY), ("c", "Code: ${code}")]),
    );
    assert_eq!(folder.septet(&["check"]).status, 1);
    let run = folder.septet(&["check", "--write-baseline"]);
    assert_eq!(run.status, 0, "{}", run.transcript());
    let held = &[
        "check",
        "--baseline",
        "septet-baseline.json",
        "--format",
        "json",
    ];
    let totals = |run: &binary::Run| {
        let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
        let totals = &document["totals"];
        (
            totals["held-by-baseline"].as_u64(),
            totals["errors"].as_u64(),
        )
    };
    let run = folder.septet(held);
    assert_eq!((run.status, totals(&run)), (0, (Some(2), Some(0))));

    // Order, indentation and lines do not count.
    let moved = format!(
        "\n\n\n{{\"c\": \"Code: ${{code}}\",\n\n\"b\":\n\"{CURLY}\",      \"a\":\"{}\"}}",
        CURLY.replace('’', "\\u2019")
    );
    folder.write("en.json", moved);
    assert_eq!(totals(&folder.septet(held)), (Some(2), Some(0)));

    // A file that is moved takes its texts with it.
    std::fs::rename(
        folder.path().join("en.json"),
        folder.path().join("en-GB.json"),
    )
    .expect("it is moved");
    folder.write("septet.toml", PLAIN.replace("{locale}.json", "*.json"));
    let run = folder.septet(held);
    assert_eq!(totals(&run).1, Some(2), "another locale is another text");
    std::fs::rename(
        folder.path().join("en-GB.json"),
        folder.path().join("sms.en.json"),
    )
    .expect("it is moved");
    assert_eq!(totals(&folder.septet(held)), (Some(2), Some(0)));

    // One character brings that text back, and only that.
    let changed = CURLY.replace("share", "shares");
    folder.write("sms.en.json", catalogue(&[("a", &changed), ("b", CURLY)]));
    let run = folder.septet(held);
    assert_eq!((run.status, totals(&run)), (1, (Some(1), Some(1))));

    // Pruning only shrinks.
    let run = folder.septet(&[
        "check",
        "--baseline",
        "septet-baseline.json",
        "--prune-baseline",
    ]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("1 text"), "{}", run.stderr);
    folder.write("sms.en.json", catalogue(&[("a", CURLY), ("b", CURLY)]));
    assert_eq!(totals(&folder.septet(held)), (Some(1), Some(1)));
}

#[test]
fn the_baseline_says_how_many_it_holds_back_in_every_report_for_people() {
    let folder = Folder::new();
    folder
        .write("septet.toml", format!("baseline = \"old.json\"\n{PLAIN}"))
        .write("en.json", catalogue(&[("a", CURLY)]));
    assert_eq!(folder.septet(&["check", "--write-baseline"]).status, 0);
    for format in ["human", "concise", "github", "markdown"] {
        let run = folder.septet(&["check", "--format", format]);
        assert_eq!(run.status, 0, "{format}");
        assert!(run.stdout.contains("baseline"), "{format}: {}", run.stdout);
    }
}

// Revisions

#[test]
fn only_texts_that_differ_from_a_revision_are_checked() {
    let folder = Folder::new();
    std::fs::remove_dir_all(folder.path().join(".git")).expect("it is there");
    folder.git(&["init", "-q"]);
    folder.write("septet.toml", PLAIN).write(
        "en.json",
        catalogue(&[("old", CURLY), ("a", STRAIGHT), ("b", "Code: ${code}")]),
    );
    folder.write("fr.json", catalogue(&[("a", "Code : ${code}")]));
    folder.git(&["add", "."]);
    folder.git(&["commit", "-qm", "one"]);
    let run = folder.septet(&["check", "--since", "HEAD"]);
    assert_eq!(run.status, 0, "{}", run.transcript());
    folder.write(
        "en.json",
        catalogue(&[("b", "Code: ${code}"), ("a", CURLY), ("old", CURLY)]),
    );
    let run = folder.septet(&["check", "--since", "HEAD"]);
    assert_eq!(run.status, 1, "{}", run.transcript());
    assert_transcript("since", &run);
    for (revision, said) in [
        ("nowhere", "nowhere"),
        ("--output=x", "--output=x"),
        ("HEAD:en.json", "HEAD:en.json"),
    ] {
        let run = folder.septet(&["check", &format!("--since={revision}")]);
        assert_eq!(run.status, 2, "{}", run.transcript());
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

// Comments

#[test]
fn a_comment_allows_with_a_reason_and_an_unused_one_is_found() {
    let folder = Folder::new();
    folder
        .write("septet.toml", PLAIN.replace("{locale}.json", "*.yml"))
        .write(
            "en.yml",
            format!(
                "# septet: allow forces-ucs2, over-budget -- the brand is spelled so\n\
             a: \"{CURLY}\"\n\
             b: \"{CURLY}\" # septet: allow forces-ucs2 -- as above\n\
             # septet: allow link -- nothing here\n\
             c: \"Code: ${{code}}\"\n\
             # septet: allow forces-ucs2\n\
             d: \"Code: ${{code}}\"\n"
            ),
        );
    let run = folder.septet(&["check", "--format", "concise", "--fail-on", "note"]);
    assert_transcript("allow", &run);
}

// Fix

#[test]
fn fix_shows_what_it_would_write_and_writes_only_that() {
    let folder = Folder::new();
    let before = format!(
        "\u{FEFF}{{\r\n\t\"a\" : \"\\u0049t’s\\/{}\",\r\n\"b\":\"x\"  }}\r\n",
        &CURLY["It’s".len()..]
    );
    folder.write("septet.toml", PLAIN).write("en.json", &before);
    let run = folder.septet(&["fix"]);
    assert_eq!(run.status, 1, "{}", run.transcript());
    assert_transcript("fix", &run);
    assert_eq!(folder.read("en.json"), before);
    let run = folder.septet(&["fix", "--write"]);
    assert_eq!(run.status, 0, "{}", run.transcript());
    assert_eq!(folder.read("en.json"), before.replace('’', "'"));
    let run = folder.septet(&["fix"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

#[test]
fn what_loses_something_is_written_only_when_asked() {
    let folder = Folder::new();
    let text = "Votre code est ${code}. Ne le partagez pas, même avec nous, s’il vous plaît merci.";
    folder
        .write("septet.toml", PLAIN)
        .write("en.json", catalogue(&[("a", text)]));
    let run = folder.septet(&["fix", "--write"]);
    assert_eq!(run.status, 0);
    assert_eq!(folder.read("en.json"), catalogue(&[("a", text)]));
    let run = folder.septet(&["fix", "--write", "--unsafe"]);
    assert_eq!(run.status, 0, "{}", run.transcript());
    let ascii = text.replace('ê', "e").replace('î', "i").replace('’', "'");
    assert_eq!(folder.read("en.json"), catalogue(&[("a", &ascii)]));
}

#[test]
fn the_examples_are_mended_in_every_format_and_then_have_nothing_to_mend() {
    let folder = Folder::new();
    copy(examples(), folder.path());
    let run = folder.septet(&["fix"]);
    assert_eq!(run.status, 1);
    assert_transcript("fix-examples", &run);
    for lossy in [&["fix", "--write"][..], &["fix", "--write", "--unsafe"]] {
        let run = folder.septet(lossy);
        assert_eq!(run.status, 0, "{}", run.transcript());
    }
    let run = folder.septet(&["fix", "--unsafe"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).expect("a folder can be read") {
        let entry = entry.expect("a folder can be read");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir_all(&target).expect("a folder is made");
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("a file is copied");
        }
    }
}

// Bad input

#[test]
fn bad_input_is_told_and_the_rest_is_checked() {
    let folder = Folder::new();
    folder
        .write("septet.toml", PLAIN.replace("{locale}.json", "**"))
        .write("a.json", catalogue(&[("a", CURLY)]))
        .write("binary.json", b"\x00\x01\x02")
        .write("broken.json", "{\"a\": \"b\",, }")
        .write("deep.json", "[".repeat(100_000))
        .write("deep.yaml", "[".repeat(100_000))
        .write("deep.tf", format!("a = {}", "[".repeat(100_000)))
        .write("empty.json", "")
        .write("empty.yaml", "")
        .write("cycle.yaml", "a: &a\n  b: *a\n  c: *a\n")
        .write("latin.properties", b"a = caf\xE9")
        .write("utf16.json", b"\xFF\xFE{\x00}\x00")
        .write(
            "escape.json",
            catalogue(&[("a", "\\u001b[31mred ’\\u0007\\u202e")]),
        )
        .write(
            "evil\u{1b}[31m\u{202e}name\n.json",
            catalogue(&[("a", "It’s")]),
        );
    let run = folder.septet(&["check", "missing.json", "."]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("missing.json"), "{}", run.stderr);
    for output in [&run.stdout, &run.stderr] {
        assert!(
            !output.contains(['\u{1b}', '\u{7}', '\u{202e}']),
            "{output}"
        );
    }
    assert_transcript("bad-input", &run);
}

#[cfg(unix)]
#[test]
fn a_loop_of_folders_and_a_fifo_do_not_stop_the_rest() {
    let folder = Folder::new();
    folder
        .write("septet.toml", PLAIN.replace("{locale}.json", "**/*.json"))
        .write("in/a.json", catalogue(&[("a", CURLY)]));
    std::os::unix::fs::symlink("..", folder.path().join("in/loop")).expect("a link is made");
    let fifo = std::process::Command::new("mkfifo")
        .arg(folder.path().join("pipe.json"))
        .status();
    assert!(fifo.is_ok_and(|status| status.success()));
    let run = folder.septet(&["check", "--format", "concise"]);
    assert_eq!(run.status, 1, "{}", run.transcript());
    assert!(run.stdout.contains("in/a.json:2:"), "{}", run.stdout);
    let run = folder.septet(&["check", "pipe.json"]);
    assert_eq!(run.status, 2, "{}", run.transcript());
}

#[test]
fn nothing_to_check_is_no_success() {
    let folder = Folder::new();
    let run = folder.septet(&["check"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("septet init"), "{}", run.stderr);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_septet"))
        .args(["check", "--fail-on", "never", "--format", "json"])
        .current_dir(examples())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the binary starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(
        (output.status.code(), output.stderr.as_slice()),
        (Some(0), &b""[..])
    );
}

// Without a configuration

#[test]
fn without_a_configuration_what_is_assumed_is_said() {
    let folder = Folder::new();
    folder
        .write("locales/en.json", r#"{"sms": {"code": "Code: {{code}}"}, "title": "It’s a title"}"#)
        .write("package.json", r#"{"name": "it’s", "description": "sms"}"#)
        .write("otp.yaml", "en:\n  code: \"It’s %{code}\"\n")
        .write(
            "okta/any.json",
            r#"{"name": "Custom", "type": "SMS_VERIFY_CODE", "template": "Code ${code}", "translations": {"fr": "Le code"}}"#,
        );
    let run = folder.septet(&["check"]);
    assert_eq!(run.status, 0, "{}", run.transcript());
    assert_transcript("no-configuration", &run);
}

#[test]
fn a_configuration_is_found_upwards_and_else_beside_the_path() {
    let folder = Folder::new();
    folder
        .write(
            "septet.toml",
            PLAIN.replace("{locale}.json", "deep/in/{locale}.json"),
        )
        .write("deep/in/en.json", catalogue(&[("a", CURLY)]));
    let inside = septet_in(
        &folder.path().join("deep/in"),
        &["check", "--format", "concise"],
        b"",
    );
    assert!(
        inside.stdout.starts_with("en.json:2:"),
        "{}",
        inside.transcript()
    );
    let other = Folder::new();
    let path = folder.path().join("deep/in");
    let run = other.septet(&["check", "--format", "concise", &path.to_string_lossy()]);
    assert!(
        run.stdout.contains("/deep/in/en.json:2:"),
        "{}",
        run.transcript()
    );
}

#[test]
fn mistakes_of_a_configuration_are_told_at_once_with_their_place() {
    let folder = Folder::new();
    folder.write(
        "septet.toml",
        "bugdet = 1\nprofile = \"okto\"\n[values]\ncode = { characters = \"digit\", length = 6 }\n\
         [severity]\nforces-ucs = \"error\"\n[[source]]\nfile = [\"*.json\"]\n",
    );
    let run = folder.septet(&["check"]);
    assert_eq!(run.status, 2);
    assert_transcript("configuration", &run);
}

#[test]
fn a_text_that_cannot_be_sent_is_an_error_without_a_budget() {
    let folder = Folder::new();
    folder
        .write("septet.toml", PLAIN.replace("budget = 1\n", ""))
        .write("en.json", catalogue(&[("a", &"x".repeat(50_000))]));
    let run = folder.septet(&["check", "--format", "concise"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.contains("327 segments"), "{}", run.stdout);
}

#[test]
fn the_usual_baseline_is_read_where_it_is() {
    let folder = Folder::new();
    folder
        .write("septet.toml", PLAIN)
        .write("en.json", catalogue(&[("a", CURLY)]));
    assert_eq!(folder.septet(&["check", "--write-baseline"]).status, 0);
    assert_eq!(folder.septet(&["check"]).status, 0);
    assert_eq!(folder.septet(&["fix"]).status, 0);
}

#[test]
fn of_a_single_file_no_translation_is_missing() {
    let folder = Folder::new();
    folder
        .write(
            "septet.toml",
            format!("locales = [\"fr\", \"de\"]\n{PLAIN}"),
        )
        .write("en.json", catalogue(&[("a", "Code: ${code}")]))
        .write("fr.json", catalogue(&[("a", "Code : ${code}")]));
    let missing = |arguments: &[&str]| {
        let run = folder.septet(arguments);
        run.stdout.matches("missing-translation").count()
    };
    assert_eq!(missing(&["check", "--format", "concise"]), 1);
    assert_eq!(missing(&["check", "--format", "concise", "en.json"]), 0);
}

#[test]
fn a_line_that_is_no_utf_8_does_not_take_the_others_with_it() {
    let folder = Folder::new();
    folder.write("septet.toml", PLAIN);
    let lines = b"{\"text\":\"a\"}\n{\"text\":\"\xE9\"}\n{\"text\":\"b\"}\n";
    let run = septet_in(folder.path(), &["check", "--input", "jsonl"], lines);
    assert_eq!(run.status, 2);
    let is_error: Vec<_> = run
        .stdout
        .lines()
        .map(|line| line.contains("\"error\""))
        .collect();
    assert_eq!(is_error, [false, true, false], "{}", run.stdout);
}

#[test]
fn a_source_without_a_file_is_told() {
    let folder = Folder::new();
    folder
        .write(
            "septet.toml",
            format!("{PLAIN}\n[[source]]\nfiles = [\"moved/*.json\"]\n"),
        )
        .write("en.json", catalogue(&[("a", "Code: ${code}")]));
    let run = folder.septet(&["check"]);
    assert_eq!(run.status, 0);
    assert!(
        run.stdout.contains("source 2 of septet.toml"),
        "{}",
        run.stdout
    );
    assert!(
        !folder
            .septet(&["check", "en.json"])
            .stdout
            .contains("source 2")
    );
}

#[test]
fn what_could_not_be_read_in_a_revision_is_not_told_again() {
    let folder = Folder::new();
    std::fs::remove_dir_all(folder.path().join(".git")).expect("it is there");
    folder.git(&["init", "-q"]);
    folder
        .write("septet.toml", PLAIN)
        .write("en.json", catalogue(&[("a", "Code: ${code}")]))
        .write("fr.json", "{,}");
    folder.git(&["add", "."]);
    folder.git(&["commit", "-qm", "one"]);
    assert_eq!(folder.septet(&["check"]).status, 1);
    let run = folder.septet(&["check", "--since", "HEAD"]);
    assert_eq!(run.status, 0, "{}", run.transcript());
    folder.write("en.json", "{\"a\"}");
    let run = folder.septet(&["check", "--since", "HEAD", "--format", "concise"]);
    assert_eq!(
        run.stdout.matches("unreadable-source").count(),
        1,
        "{}",
        run.stdout
    );
}

#[test]
fn what_a_comment_allows_is_not_edited() {
    let folder = Folder::new();
    let text = format!("# septet: allow forces-ucs2 -- ours\na: \"{CURLY}\"\nb: \"{CURLY}\"\n");
    folder
        .write("septet.toml", PLAIN.replace("{locale}.json", "*.yml"))
        .write("en.yml", &text);
    assert_eq!(folder.septet(&["fix", "--write"]).status, 0);
    assert_eq!(
        folder.read("en.yml"),
        text.replace(&format!("b: \"{CURLY}"), &format!("b: \"{STRAIGHT}"))
    );
}
