//! SARIF 2.1.0, for services that keep findings from one run to the next (code scanning).

use core::fmt::Write as _;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::fingerprint::Fingerprints;
use super::{end, label, message, named, place};
use crate::json::line;
use crate::results::{FileEdit, FileResult, Found, Mend, Results, TextResult};
use crate::rule::Rule;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

#[derive(Serialize)]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    runs: [Run<'r>; 1],
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'r> {
    column_kind: &'static str,
    original_uri_base_ids: Value,
    results: Findings<'r>,
    tool: Value,
}

/// The findings, each made when it is written: all of them as values take tens of times the room.
struct Findings<'r>(&'r Results);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rules: Vec<_> = Rule::all().collect();
        let mut fingerprints = Fingerprints::default();
        let files = self.0.files.iter();
        let all = files.flat_map(|file| file.findings.iter().map(move |found| (file, found)));
        serializer.collect_seq(all.map(|(file, found)| {
            let index = rules.iter().position(|rule| *rule == found.rule);
            result(file, found, index, fingerprints.of(file, found))
        }))
    }
}

pub(super) fn write(results: &Results) -> Vec<u8> {
    let log = Log {
        schema: SCHEMA,
        runs: [Run {
            column_kind: "unicodeCodePoints",
            // Where it is on this machine is nobody's business.
            original_uri_base_ids: json!({BASE: {
                "description": {"text": "the folder that paths are relative to"},
            }}),
            results: Findings(results),
            tool: json!({"driver": {
                "name": "septet",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://docs.rs/septet",
                "rules": Rule::all().map(descriptor).collect::<Vec<_>>(),
            }}),
        }],
        version: "2.1.0",
    };
    let mut out = Vec::new();
    line(&log, &mut out);
    out
}

/// What is said of a rule.
fn descriptor(rule: Rule) -> Value {
    let [summary, why] = [rule.summary(), rule.why()].map(literal);
    let [example, remedy] = [rule.example(), rule.remedy()].map(literal);
    json!({
        "id": rule.code(),
        "name": pascal_case(rule.name()),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": why},
        "help": {
            "text": format!("{why}\n\nExample: {example}\n\n{remedy}"),
            "markdown": format!("{why}\n\n**Example:** {example}\n\n{remedy}"),
        },
        "defaultConfiguration": {"level": rule.severity().name()},
        "properties": {"tags": ["sms", match rule {
            Rule::Template(_) => "template",
            Rule::Source(_) => "source",
        }]},
    })
}

/// `forces-ucs2` as `ForcesUcs2`.
fn pascal_case(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut characters = word.chars();
        let first = characters.next().map(|first| first.to_ascii_uppercase());
        first.into_iter().chain(characters)
    });
    words.flatten().collect()
}

fn result(file: &FileResult, found: &Found, rule: Option<usize>, fingerprint: String) -> Value {
    let (path, line, column) = place(file, found);
    let region = match end(file, found) {
        Some((end_line, end_column)) => json!({
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        }),
        None => json!({"startLine": line}),
    };
    let about = file.text_of(found);
    let logical: Vec<_> = about.map(logical_location).into_iter().collect();
    // What only hands a text on is not what is to be edited.
    let fixes: Vec<_> = match about.map(|text| &text.text.origin) {
        Some(Some(_)) => Vec::new(),
        _ => found
            .mends
            .iter()
            .filter(|mend| mend.edits.len() <= MAX_EDITS)
            .filter_map(|mend| fix(file, mend))
            .collect(),
    };
    json!({
        "ruleId": found.rule.code(),
        "ruleIndex": rule,
        "level": found.severity.name(),
        "message": {"text": literal(&message(found))},
        "locations": [{
            "physicalLocation": {"artifactLocation": artifact(path), "region": region},
            "logicalLocations": logical,
        }],
        "partialFingerprints": {"septet/v1": fingerprint},
        "fixes": fixes,
    })
}

fn logical_location(text: &TextResult) -> Value {
    json!({
        "name": text.key,
        "fullyQualifiedName": label(text),
        "kind": "resource",
        "properties": {"locale": text.locale},
    })
}

/// Edits of a fix that each finding it mends still repeats. Of more, `septet fix` tells.
const MAX_EDITS: usize = 64;

/// A set of edits, where the file can have all of them.
fn fix(file: &FileResult, mend: &Mend) -> Option<Value> {
    let replacements: Option<Vec<_>> = mend
        .edits
        .iter()
        .map(|edit| replacement(file, edit))
        .collect();
    let replacements = replacements.filter(|replacements| !replacements.is_empty())?;
    let description = if mend.safe {
        "The text reads as before."
    } else {
        "The text reads differently: look at it before it is sent."
    };
    Some(json!({
        "description": {"text": description},
        "artifactChanges": [{
            "artifactLocation": artifact(named(&file.path)),
            "replacements": replacements,
        }],
    }))
}

fn replacement(file: &FileResult, edit: &FileEdit) -> Option<Value> {
    let (line, column) = file.lines.place(&file.source, edit.span.start);
    let (end_line, end_column) = file.lines.place(&file.source, edit.span.end);
    Some(json!({
        "deletedRegion": {
            "startLine": line,
            "startColumn": column,
            "endLine": end_line,
            "endColumn": end_column,
        },
        "insertedContent": {"text": edit.written.as_ref()?},
    }))
}

/// The name of the folder that paths are relative to, as GitHub knows it.
const BASE: &str = "%SRCROOT%";

/// A file. One outside the folder, as JSON Lines may name it, is left as it is: `..` may not be
/// resolved against a base.
fn artifact(path: &str) -> Value {
    let uri = uri(path);
    if path.split('/').any(|part| part == "..") {
        json!({"uri": uri})
    } else {
        json!({"uri": uri, "uriBaseId": BASE})
    }
}

/// A path as a relative reference. A slash at its start would make it another machine's or the root's,
/// a colon would make a scheme of what is before it.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for (at, byte) in path.bytes().enumerate() {
        match byte {
            b'/' if at > 0 => uri.push('/'),
            b'-' | b'.' | b'_' | b'~' => uri.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => uri.push(byte.into()),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

/// Text in which nothing is a placeholder for an argument, nor a link.
fn literal(text: &str) -> String {
    let linked = text.contains("](");
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '{' | '}' => out.push(character),
            '[' | ']' | '\\' if linked => out.push('\\'),
            _ => {}
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::path::Path;
    use std::process::Command;
    use std::sync::Arc;
    use std::sync::LazyLock;

    use jsonschema::Validator;
    use proptest::prelude::*;

    use super::super::samples::{self, HOSTILE, Sample, names};
    use super::*;
    use crate::lines::Lines;

    /// The published schema, out of the package that brings it; Cargo knows where that is.
    static SCHEMA: LazyLock<Validator> = LazyLock::new(|| {
        let versions = run(Command::new("rustc").arg("-vV"));
        let host = versions
            .lines()
            .find_map(|line| line.strip_prefix("host: "));
        let metadata = run(Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--offline"])
            .args(["--filter-platform", host.unwrap()])
            .current_dir(env!("CARGO_MANIFEST_DIR")));
        let metadata: Value = serde_json::from_str(&metadata).unwrap();
        let mut packages = metadata["packages"].as_array().unwrap().iter();
        let package = packages.find(|package| package["name"] == "serde-sarif");
        let manifest = Path::new(package.unwrap()["manifest_path"].as_str().unwrap());
        let schema = manifest.with_file_name("src").join("schema.json");
        let schema = std::fs::read_to_string(schema).unwrap();
        let mut schema: Value = serde_json::from_str(&schema).unwrap();
        for part in ["run", "toolComponent"] {
            // Its pattern is no regular expression, an error that was corrected later.
            let properties = &mut schema["definitions"][part]["properties"];
            properties["language"] = json!({"type": "string"});
        }
        let options = jsonschema::options().should_validate_formats(true);
        options.build(&schema).unwrap()
    });

    fn run(command: &mut Command) -> String {
        let output = command.output().unwrap();
        let complaints = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{complaints}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn complaints(log: &Value) -> Vec<String> {
        let errors = SCHEMA.iter_errors(log);
        errors.map(|error| error.to_string()).collect()
    }

    fn log(results: &Results) -> Value {
        let log = serde_json::from_slice(&write(results)).unwrap();
        assert_eq!(complaints(&log), [""; 0]);
        log
    }

    fn found(log: &Value) -> &Vec<Value> {
        log["runs"][0]["results"].as_array().unwrap()
    }

    /// A message as a reader shows it, who has no arguments for it.
    fn shown(message: &Value) -> String {
        let message = message["text"].as_str().unwrap();
        assert!(!message.contains("](") || message.contains("\\]("));
        let escaped = message.contains("\\](");
        let mut plain = String::new();
        let mut characters = message.chars();
        while let Some(character) = characters.next() {
            match character {
                '{' | '}' => assert_eq!(characters.next(), Some(character), "{message}"),
                '\\' if escaped => {
                    plain.extend(characters.next());
                    continue;
                }
                _ => {}
            }
            plain.push(character);
        }
        plain
    }

    #[test]
    fn every_finding_is_a_result_with_its_rule_and_a_fingerprint_of_its_own() {
        let results = samples::hostile();
        let log = log(&results);
        let rules = &log["runs"][0]["tool"]["driver"]["rules"];
        let all = results.files.iter().flat_map(|file| &file.findings);
        assert_eq!(found(&log).len(), all.clone().count());
        let mut fingerprints = HashSet::new();
        for (result, found) in found(&log).iter().zip(all) {
            assert_eq!(result["ruleId"], found.rule.code());
            let index = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[index]["id"], found.rule.code());
            assert_eq!(result["level"], found.severity.name());
            assert_eq!(shown(&result["message"]), message(found));
            fingerprints.insert(result["partialFingerprints"]["septet/v1"].as_str().unwrap());
        }
        assert_eq!(fingerprints.len(), found(&log).len());
        let messages: String = found(&log)
            .iter()
            .map(|result| shown(&result["message"]))
            .collect();
        let findings = samples::findings(&results);
        assert_eq!(samples::counts(&messages, findings), vec![1; findings]);
    }

    #[test]
    fn all_rules_are_told_whether_found_or_not() {
        let log = log(&samples::nothing());
        let rules = log["runs"][0]["tool"]["driver"]["rules"]
            .as_array()
            .unwrap();
        assert_eq!(rules.len(), Rule::all().count());
        let names: HashSet<_> = rules
            .iter()
            .map(|rule| rule["name"].as_str().unwrap())
            .collect();
        assert_eq!(names.len(), rules.len());
        let forced = rules.iter().find(|rule| rule["id"] == "SMS101").unwrap();
        assert_eq!(forced["name"], "ForcesUcs2");
        assert_eq!(forced["defaultConfiguration"]["level"], "warning");
        for rule in rules {
            for text in ["shortDescription", "fullDescription", "help"] {
                assert!(!shown(&rule[text]).is_empty());
            }
        }
        assert!(found(&log).is_empty());
    }

    #[test]
    fn a_text_is_named_by_key_and_locale() {
        for name in HOSTILE {
            let log = log(&samples::named("a", name, Some(name), "message"));
            let location = &found(&log)[0]["locations"][0]["logicalLocations"][0];
            assert_eq!(location["name"], name);
            assert_eq!(location["properties"]["locale"], name);
            assert_eq!(location["fullyQualifiedName"], format!("{name}[{name}]"));
        }
    }

    #[test]
    fn a_link_in_a_message_is_none() {
        assert_eq!(literal("{0} of [a] \\"), "{{0}} of [a] \\");
        assert_eq!(literal("[a](b) \\"), "\\[a\\](b) \\\\");
    }

    #[test]
    fn paths_are_relative_references() {
        let base = json!(BASE);
        for (path, uri, resolved) in [
            ("a b/c.json", "a%20b/c.json", true),
            ("100%/#1?x=ü", "100%25/%231%3Fx%3D%C3%BC", true),
            ("/root", "%2Froot", true),
            ("//host/x", "%2F/host/x", true),
            ("c:/x", "c%3A/x", true),
            ("javascript:x", "javascript%3Ax", true),
            ("back\\slash", "back%5Cslash", true),
            ("../x", "../x", false),
            ("a/..b", "a/..b", true),
            ("-", "stdin", true),
        ] {
            let log = log(&samples::named(path, "key", None, "message"));
            let location = &found(&log)[0]["locations"][0]["physicalLocation"]["artifactLocation"];
            assert_eq!(location["uri"], uri);
            assert_eq!(
                location.get("uriBaseId"),
                resolved.then_some(&base),
                "{path}"
            );
        }
        let base = &log(&samples::nothing())["runs"][0]["originalUriBaseIds"][BASE];
        assert_eq!(base.get("uri"), None);
    }

    #[test]
    fn columns_are_characters_and_the_end_is_behind_the_last() {
        let mut results = samples::named("a", "key", None, "message");
        let file = &mut results.files[0];
        file.source = "ab\r\n😀é’x\n".to_owned();
        file.lines = Lines::of(&file.source);
        for (span, region) in [
            ("😀é", [2, 1, 2, 3]),
            ("’", [2, 3, 2, 4]),
            ("b\r\n😀", [1, 2, 2, 2]),
            ("", [1, 1, 1, 1]),
        ] {
            let start = file.source.find(span).unwrap();
            file.findings[0].span = start..start + span.len();
            let result = result(file, &file.findings[0], None, String::new());
            let region = json!({
                "startLine": region[0], "startColumn": region[1],
                "endLine": region[2], "endColumn": region[3],
            });
            assert_eq!(result["locations"][0]["physicalLocation"]["region"], region);
        }
        file.texts[0].text.origin = Some(("b".to_owned(), 7));
        let location = &log(&results)["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(location["region"], json!({"startLine": 7}));
        assert_eq!(location["artifactLocation"]["uri"], "b");
    }

    #[test]
    fn fixes_make_the_texts_that_they_promise() {
        let text = "It’s “your” code é – ${code} – keep it,\r\nwe’ll never ask you for it by phone";
        let sample = |text| Sample {
            key: "key",
            locale: None,
            text,
        };
        let mut file = samples::file("-", &[sample("first"), sample(text)]);
        let mut fixes = 0;
        for found in &file.findings {
            let result = result(&file, found, None, String::new());
            let written = result["fixes"].as_array().unwrap();
            assert_eq!(written.len(), found.mends.len());
            for (fix, mend) in written.iter().zip(&found.mends) {
                fixes += 1;
                let change = &fix["artifactChanges"][0];
                assert_eq!(change["artifactLocation"]["uri"], "stdin");
                let mut edited = file.source.clone();
                for replacement in change["replacements"].as_array().unwrap().iter().rev() {
                    let region = &replacement["deletedRegion"];
                    let at = |line: &str, column: &str| {
                        let [line, column] =
                            [line, column].map(|key| region[key].as_u64().unwrap() as usize);
                        let start: usize = file
                            .source
                            .split_inclusive('\n')
                            .take(line - 1)
                            .map(str::len)
                            .sum();
                        let characters = file.source[start..].chars().take(column - 1);
                        start + characters.map(char::len_utf8).sum::<usize>()
                    };
                    let range = at("startLine", "startColumn")..at("endLine", "endColumn");
                    let inserted = replacement["insertedContent"]["text"].as_str().unwrap();
                    edited.replace_range(range, inserted);
                }
                let mut expected = file.source.clone();
                for edit in mend.edits.iter().rev() {
                    expected.replace_range(edit.span.clone(), &edit.after);
                }
                assert_eq!(edited, expected);
                assert_ne!(edited, file.source);
            }
        }
        assert!(fixes > 0);
        // What cannot be written in place is not proposed.
        let edits = file.findings.iter_mut().flat_map(|found| &mut found.mends);
        edits.for_each(|mend| Arc::make_mut(mend).edits[0].written = None);
        for found in &file.findings {
            assert_eq!(
                result(&file, found, None, String::new())["fixes"],
                json!([])
            );
        }
    }

    #[test]
    fn the_schema_refuses_what_is_no_log() {
        let good = log(&samples::hostile());
        let refused = |pointer: &str, value: Value| {
            let mut broken = good.clone();
            *broken.pointer_mut(pointer).unwrap() = value;
            !complaints(&broken).is_empty()
        };
        assert!(refused("/version", json!("2.0.0")));
        assert!(refused("/runs/0/tool", json!({})));
        assert!(refused("/runs/0/columnKind", json!("characters")));
        assert!(refused(
            "/runs/0/results/0",
            json!({"message": {"text": "a"}, "sevirity": 1})
        ));
        assert!(refused("/runs/0/results/0/level", json!("info")));
        assert!(refused("/runs/0/results/0/ruleIndex", json!("0")));
        let location = "/runs/0/results/0/locations/0/physicalLocation";
        assert!(refused(&format!("{location}/region/startLine"), json!(0)));
        assert!(refused(
            &format!("{location}/artifactLocation/uri"),
            json!("a b")
        ));
    }

    proptest! {
        #![proptest_config(samples::cases(256))]

        #[test]
        fn any_path_is_read_back_and_never_has_a_scheme_or_a_host(path in names()) {
            let uri = uri(&path);
            prop_assert!(!uri.starts_with('/') && !uri.contains([':', '?', '#']));
            let mut bytes = Vec::new();
            let mut rest = uri.as_bytes();
            while let [first, behind @ ..] = rest {
                rest = behind;
                bytes.push(match first {
                    b'%' => {
                        let (digits, behind) = rest.split_at(2);
                        rest = behind;
                        u8::from_str_radix(core::str::from_utf8(digits).unwrap(), 16).unwrap()
                    }
                    _ => *first,
                });
            }
            prop_assert_eq!(bytes, path.as_bytes());
        }

        #[test]
        fn any_name_makes_a_log_that_the_schema_takes(path in names(), key in names(), said in names()) {
            let results = samples::named(&path, &key, None, &said);
            let log = log(&results);
            let said = message(&results.files[0].findings[0]);
            prop_assert_eq!(shown(&found(&log)[0]["message"]), said);
        }
    }
}
