//! `septet check` and its kin with input that is large, hostile or odd.

#![cfg(feature = "cli")]

#[path = "support/binary.rs"]
mod binary;

use binary::{Folder, Run};

const CURLY: &str = "It’s a code. Do not share it with anyone, we will never ever ask you for it.";

/// Writes a baseline, and checks that nothing is found then.
#[track_caller]
fn assert_baseline_holds_all(folder: &Folder) {
    let check = || folder.septet(&["check", "--format", "concise", "--baseline", "b.json"]);
    folder.write("b.json", "{\"schema\":1,\"texts\":[]}");
    assert_ne!(findings(&check()), "", "something is found without");
    let run = folder.septet(&["check", "--write-baseline", "--baseline", "b.json"]);
    assert_eq!(run.status, 0, "{}", run.transcript());
    let run = check();
    assert_eq!(
        (run.status, findings(&run)),
        (0, ""),
        "{}",
        run.transcript()
    );
}

/// What the concise report says before its last line.
fn findings(run: &Run) -> &str {
    let all = run.stdout.trim_end();
    all.rsplit_once('\n').map_or("", |(findings, _)| findings)
}

#[test]
fn a_baseline_holds_a_missing_translation_that_another_set_has() {
    let folder = Folder::new();
    folder
        .write(
            "septet.toml",
            "locales = [\"fr\"]\n[[source]]\nfiles = [\"*/{locale}.json\"]\n",
        )
        .write("a/en.json", "{\"otp\": \"Your code\"}")
        .write("a/fr.json", "{\"otp\": \"Votre code’\"}")
        .write("b/en.json", "{\"otp\": \"Your code\"}");
    assert_baseline_holds_all(&folder);
    // What is lost is still told, of its own set alone.
    folder.write("a/fr.json", "{}");
    let run = folder.septet(&["check", "--format", "concise", "--baseline", "b.json"]);
    let found: Vec<_> = findings(&run).lines().collect();
    assert_eq!(found.len(), 1, "{}", run.transcript());
    assert!(found.concat().starts_with("a/en.json:"), "{found:?}");
}

#[test]
fn a_baseline_holds_a_mismatch_with_a_base_text_that_is_clean() {
    let folder = Folder::new();
    folder
        .write(
            "septet.toml",
            "syntax = \"dollar-brace\"\n[values]\nn = [\"1\"]\nm = [\"1\"]\n\
             [[source]]\nfiles = [\"{locale}.json\"]\n",
        )
        .write("en.json", "{\"a\": \"Hello ${n}\"}")
        .write("fr.json", "{\"a\": \"Bonjour ${m}\"}");
    assert_baseline_holds_all(&folder);
}

#[test]
fn a_baseline_holds_keys_that_are_repeated_or_no_language() {
    let folder = Folder::new();
    let rows =
        "a,,one\na,,two\na,en,three\na,fr,four\na,fr,five\na,FR,six\na,!!,seven\na,!!,eight\n";
    folder
        .write("septet.toml", "[[source]]\nfiles = [\"*.csv\"]\n")
        .write("sms.csv", format!("key,locale,text\n{rows}"));
    assert_baseline_holds_all(&folder);
}

#[test]
fn a_file_that_cannot_be_read_loses_nothing_of_its_baseline() {
    let folder = Folder::new();
    folder
        .write(
            "septet.toml",
            "baseline = \"b.json\"\n[[source]]\nfiles = [\"en.json\"]\n",
        )
        .write("en.json", "{\"a\": \"Code’\"}")
        .write("b.json", "{\"schema\":1,\"texts\":[]}");
    folder.septet(&["check", "--write-baseline"]);
    let baseline = folder.read("b.json");
    folder.write("en.json", "{\"a\": \"Code’\"");
    let run = folder.septet(&["check", "--prune-baseline"]);
    assert_eq!(folder.read("b.json"), baseline, "{}", run.transcript());
    folder.write("en.json", "{\"b\": \"Code\"}");
    folder.septet(&["check", "--prune-baseline"]);
    assert_ne!(folder.read("b.json"), baseline);
}

#[test]
fn what_two_sources_read_is_fixed_once() {
    let folder = Folder::new();
    let source = "[[source]]\nfiles = [\"*.json\"]\n";
    folder
        .write("septet.toml", format!("{source}{source}"))
        .write("en.json", format!("{{\"a\": \"{CURLY}\"}}"));
    let run = folder.septet(&["fix", "--write"]);
    assert_eq!(run.status, 0, "{}", run.transcript());
    assert!(!folder.read("en.json").contains('’'));
}

#[test]
fn no_report_overwrites_the_configuration_or_the_baseline() {
    let folder = Folder::new();
    let config = "baseline = \"b.json\"\n[[source]]\nfiles = [\"en.json\"]\n";
    let baseline = "{\"schema\":1,\"texts\":[]}";
    folder
        .write("septet.toml", config)
        .write("b.json", baseline)
        .write("en.json", "{\"a\": \"b\"}");
    for output in ["json=septet.toml", "json=b.json", "json=./x/../b.json"] {
        let run = folder.septet(&["check", "--format", output]);
        assert_eq!(run.status, 2, "{}", run.transcript());
    }
    assert_eq!(folder.read("septet.toml"), config);
    assert_eq!(folder.read("b.json"), baseline);
    let run = folder.septet(&["matrix", "--format", "json=septet.toml"]);
    assert_eq!(run.status, 2, "{}", run.transcript());
    assert_eq!(folder.read("septet.toml"), config);
}

#[test]
fn what_lies_outside_is_not_taken_for_new_in_a_revision() {
    let folder = Folder::new();
    std::fs::remove_dir(folder.path().join(".git")).unwrap();
    folder
        .write("locales/sms.en.json", format!("{{\"a\": \"{CURLY}\"}}"))
        .write("sub/x", "");
    folder.git(&["init", "-q"]);
    folder.git(&["add", "-A"]);
    folder.git(&["commit", "-qm", "x"]);
    let arguments = ["check", "--since", "HEAD", "../locales"];
    let run = binary::septet_in(&folder.path().join("sub"), &arguments, b"");
    assert_eq!((run.status, &*run.stdout), (2, ""), "{}", run.transcript());
    assert!(run.stderr.contains("lies outside of"), "{}", run.stderr);
}

#[test]
fn what_could_not_be_written_is_not_said_to_be_changed() {
    let folder = Folder::new();
    folder
        .write("septet.toml", "[[source]]\nfiles = [\"*.json\"]\n")
        .write("en.json", format!("{{\"a\": \"{CURLY}\"}}"));
    let path = folder.path().join("en.json");
    let mut permissions = std::fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).unwrap();
    let run = folder.septet(&["fix", "--write"]);
    assert_eq!((run.status, &*run.stdout), (2, ""), "{}", run.transcript());
    assert!(
        run.stderr.contains("0 texts in 0 files changed"),
        "{}",
        run.stderr
    );
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;
    use std::os::unix::ffi::OsStrExt;
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_diff_that_cannot_be_written_is_a_failure() {
        let folder = Folder::new();
        folder
            .write("septet.toml", "[[source]]\nfiles = [\"*.json\"]\n")
            .write("en.json", format!("{{\"a\": \"{CURLY}\"}}"));
        let full = File::options().write(true).open("/dev/full").unwrap();
        let status = Command::new(env!("CARGO_BIN_EXE_septet"))
            .arg("fix")
            .current_dir(folder.path())
            .stdout(full)
            .stderr(Stdio::null())
            .status();
        assert_eq!(status.unwrap().code(), Some(2));
    }

    #[test]
    fn git_applies_the_diff_whatever_files_are_called_and_hold() {
        let folder = Folder::new();
        std::fs::remove_dir(folder.path().join(".git")).unwrap();
        folder.git(&["init", "-q"]);
        folder
            .write(
                "septet.toml",
                "[[source]]\nfiles = [\"**/*\"]\nformat = \"json\"\n",
            )
            .write(".ignore", "septet.toml\ndiff\n");
        let text = format!("{{\"a\": \"{CURLY}\"}}\n");
        let names = [
            "a\nb",
            "-x",
            "q\"q",
            "b\\s",
            "s p",
            "t\tt",
            "é",
            "\u{202E}",
            "%0A",
            "\u{1B}[1m",
        ];
        for name in names {
            folder.write(name, &text);
        }
        folder
            .write("bom", format!("\u{FEFF}{text}"))
            .write("crlf", text.replace('\n', "\r\n"))
            .write("cr", text.replace(": ", ":\r"))
            .write("open", text.trim_end());
        let run = folder.septet(&["fix"]);
        assert_eq!(run.status, 1, "{}", run.transcript());
        folder.write("diff", &run.stdout);
        folder.git(&["apply", "diff"]);
        let run = folder.septet(&["fix"]);
        assert_eq!((run.status, &*run.stdout), (0, ""), "{}", run.transcript());
        assert_eq!(
            folder.read("bom"),
            format!("\u{FEFF}{}", text.replace('’', "'"))
        );
    }

    #[test]
    fn two_files_whose_names_look_alike_are_not_one() {
        let folder = Folder::new();
        folder.write("septet.toml", "[[source]]\nfiles = [\"*.json\"]\n");
        for name in [b"a\xFE.json", b"a\xFF.json"] {
            let path = folder.path().join(std::ffi::OsStr::from_bytes(name));
            if std::fs::write(path, "{\"a\": \"b\"}").is_err() {
                return;
            }
        }
        let run = folder.septet(&["check"]);
        assert_eq!(run.status, 2, "{}", run.transcript());
    }
}

#[test]
fn many_texts_of_one_file_are_checked_each_once() {
    let folder = Folder::new();
    let count = 4_000;
    let texts = (0..count).map(|at| format!("# septet: allow link -- x\nk{at}: \"{CURLY}\"\n"));
    folder
        .write("septet.toml", "[[source]]\nfiles = [\"*.yaml\"]\n")
        .write("en.yaml", texts.collect::<String>());
    let run = folder.septet(&["check", "--format", "concise"]);
    let of = |lint: &str| findings(&run).matches(lint).count();
    assert_eq!((of("[forces-ucs2]"), of("[unused-allow]")), (count, count));
    let run = folder.septet(&["fix", "--write"]);
    assert_eq!(run.status, 0);
    assert!(!folder.read("en.yaml").contains('’'));
}
