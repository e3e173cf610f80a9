//! What the README and the pages in `docs` say is so. `SNAPSHOTS=overwrite` writes what the binary
//! prints anew.

use std::fs;
use std::path::Path;

use septet::{Message, TooManySegments, UserData};

/// A fenced block of the README that holds what was printed.
#[track_caller]
fn assert_printed(printed: &str) {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.expect("the README can be read");
    assert!(
        readme.contains(&format!("```text\n{printed}```")),
        "{printed}"
    );
}

#[cfg(feature = "alloc")]
#[test]
fn the_check_of_a_template_prints_what_the_readme_says() {
    use septet::template::{CharacterSet, Rules, Syntax, Values};

    let values = Values::new()
        .with("code", CharacterSet::DIGITS.exactly(6))
        .with("org", CharacterSet::GSM7.up_to(30));
    let rules = Rules::new()
        .syntax(Syntax::DollarBrace)
        .values(values)
        .budget(1);
    let report = rules.check("${org}: it’s ${code}. Don’t share it, not even with us.");
    let mut printed = String::new();
    for finding in report.findings() {
        let (severity, lint) = (finding.severity(), finding.lint());
        printed += &format!("{severity} {lint}: {finding}\n");
    }
    for fix in report.fixes() {
        let (before, after) = (fix.before().worst(), fix.after().worst());
        printed += &format!(
            "{} edits, all safe: {}; {} segments become {}\n",
            fix.edits().len(),
            fix.is_safe(),
            before.segments(),
            after.segments()
        );
    }
    assert_printed(&printed);
}

#[cfg(feature = "phone")]
#[test]
fn the_policy_prints_what_the_readme_says() {
    use septet::phone::{CountryControl, CountryList, EligibilityPolicy, classify};
    use septet::telephony::{Channel, Eligibility, Purpose, Region, RegionSet};

    let countries = CountryList::AllowOnly(RegionSet::of(&[Region::US, Region::CA, Region::JM]));
    let countries = CountryControl::new(countries).monitor(RegionSet::of(&[Region::JM]));
    let policy = EligibilityPolicy::new().countries(countries);
    let number = classify("(876) 210-1234", Some(Region::US));
    assert_printed(
        &match policy.eligibility(&number, Channel::Sms, Purpose::SignIn) {
            Eligibility::Accept => "send\n".to_owned(),
            Eligibility::Monitor => {
                format!("send, and watch {}\n", number.region().expect("it has one"))
            }
            Eligibility::Reject(refusal) => format!("do not send: {refusal}\n"),
        },
    );
}

#[test]
fn the_eight_lines_print_what_the_readme_says() -> Result<(), TooManySegments> {
    let sms = Message::new("Your code is 482913 👋");
    let (encoding, units, segments) = (sms.encoding(), sms.units(), sms.segment_count());
    let mut printed = format!("{encoding}, units: {units}, segments: {segments}\n");
    for blame in sms.unmappables() {
        printed += &format!(
            "{} at byte {} forces UCS-2\n",
            blame.character(),
            blame.at()
        );
    }
    for segment in sms.segments()? {
        let user_data = UserData::encode(&segment, 7).expect("7 fits 8 bits");
        printed += &format!("octets: {}\n", user_data.as_octets().len());
    }
    assert_printed(&printed);
    Ok(())
}

/// What the binary printed stands in the README, behind a line.
#[cfg(feature = "cli")]
#[track_caller]
fn assert_in_readme(behind: &str, until: &str, printed: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("the README can be read");
    let (before, rest) = readme.split_once(behind).expect("the README has the line");
    let (said, after) = rest.split_once(until).expect("the README goes on");
    if std::env::var("SNAPSHOTS").is_ok_and(|snapshots| snapshots == "overwrite") {
        let anew = format!("{before}{behind}{printed}{until}{after}");
        fs::write(&path, anew).expect("the README can be written");
    } else {
        assert_eq!(said, printed);
    }
}

#[cfg(feature = "cli")]
fn septet(arguments: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_septet"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the binary runs");
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

#[cfg(feature = "cli")]
#[test]
fn the_first_command_prints_what_the_readme_says() {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let command = "cargo run --release --features cli -- check examples/templates\n";
    assert!(readme.expect("the README can be read").contains(command));
    let printed = septet(&["check", "examples/templates"]);
    assert!(printed.lines().count() <= 60, "it fits a screen");
    assert_in_readme(&format!("{command}```\n\n```text\n"), "```\n", &printed);
    let command = "cargo run --release --features cli -- phone --region GB --home GB \
                   \"07400 123456\" \"070 0000 0000\" \"+44 909 879 0000\" \"020 7946 0018\" \
                   \"+44 1481 256789\" \"+1 650 GOO GLES\"\n";
    // Between quotes stands a number, outside them a word.
    let (_, arguments) = command.split_once("-- ").expect("it has arguments");
    let quoted = arguments.trim_end().split('"').enumerate();
    let arguments: Vec<_> = quoted
        .flat_map(|(at, part)| match at % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        })
        .collect();
    let printed = septet(&arguments);
    assert_in_readme(&format!("{command}```\n\n```text\n"), "```\n", &printed);
    // One after the other, since both may write.
    let table = septet(&["explain", "--markdown"]);
    for lint in septet::template::Lint::ALL {
        let row = format!("| {} | `{}` |", lint.code(), lint.name());
        assert!(table.contains(&row), "{row}");
    }
    assert_in_readme("`SMS9xx` are about files.\n\n", "\n##", &table);
}

#[cfg(feature = "cli")]
#[test]
fn the_reference_has_every_key_of_the_configuration() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.md");
    let page = fs::read_to_string(page).expect("the page can be read");
    let schema = septet(&["init", "--schema"]);
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("it is JSON");
    let mut keys = Vec::new();
    names(&schema, &mut keys);
    assert!(keys.len() > 30, "{keys:?}");
    for key in keys {
        assert!(
            [format!("`{key}`"), format!("[{key}]"), format!("{key} = ")]
                .iter()
                .any(|key| page.contains(key)),
            "{key}"
        );
    }
}

/// The names of all properties in a schema.
#[cfg(feature = "cli")]
fn names(schema: &serde_json::Value, keys: &mut Vec<String>) {
    use serde_json::Value;
    match schema {
        Value::Object(object) => {
            for (name, value) in object {
                if name == "properties" {
                    keys.extend(
                        value
                            .as_object()
                            .into_iter()
                            .flatten()
                            .map(|(key, _)| key.clone()),
                    );
                }
                names(value, keys);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| names(item, keys)),
        _ => {}
    }
}
