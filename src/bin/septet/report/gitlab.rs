//! Findings beside a merge request, as GitLab reads them: its report of code quality.

use septet::template::Severity;
use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{end, message, place};
use crate::json::line;
use crate::results::Results;

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn write(results: &Results) -> Vec<u8> {
    let mut fingerprints = Fingerprints::default();
    let mut entries = Vec::new();
    for file in &results.files {
        for found in &file.findings {
            let (path, begin, _) = place(file, found);
            let end = end(file, found).map_or(begin, |(line, _)| line);
            entries.push(Entry {
                description: message(found),
                check_name: found.rule.name(),
                fingerprint: fingerprints.of(file, found),
                severity: match found.severity {
                    Severity::Error => "major",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                location: Location {
                    path,
                    lines: Lines { begin, end },
                },
            });
        }
    }
    let mut out = Vec::new();
    line(&entries, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use serde_json::{Value, json};

    use super::super::samples;
    use super::*;

    fn entries(results: &Results) -> Vec<Value> {
        serde_json::from_slice(&write(results)).unwrap()
    }

    #[test]
    fn each_finding_is_an_entry_with_a_fingerprint_of_its_own() {
        let results = samples::hostile();
        let entries = entries(&results);
        let messages: String = entries
            .iter()
            .map(|entry| entry["description"].as_str().unwrap())
            .collect();
        let findings = samples::findings(&results);
        assert_eq!(entries.len(), findings);
        assert_eq!(samples::counts(&messages, findings), vec![1; findings]);
        let fingerprints: HashSet<_> = entries
            .iter()
            .map(|entry| entry["fingerprint"].as_str().unwrap())
            .collect();
        assert_eq!(fingerprints.len(), findings);
        assert!(entries.iter().all(|entry| {
            entry["location"]["lines"]["begin"].as_u64() >= Some(1)
                && entry["location"]["lines"]["end"].as_u64()
                    >= entry["location"]["lines"]["begin"].as_u64()
        }));
    }

    #[test]
    fn an_entry_has_what_gitlab_asks_for() {
        let entries = entries(&samples::named("-", "key", None, "message"));
        let fingerprint = entries[0]["fingerprint"].clone();
        assert_eq!(
            entries,
            [json!({
                "description": format!("message {}", samples::marker(0)),
                "check_name": "unreadable-source",
                "fingerprint": fingerprint,
                "severity": "major",
                "location": {"path": "stdin", "lines": {"begin": 1, "end": 1}},
            })]
        );
        let severities = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
            super::tests::entries(&samples::many(1, severity))[0]["severity"].clone()
        });
        assert_eq!(severities, ["major", "minor", "info"]);
    }

    #[test]
    fn nothing_found_is_an_empty_list() {
        assert_eq!(write(&samples::nothing()), b"[]\n");
    }
}
