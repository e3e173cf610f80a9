//! A line a finding, as compilers write them: what is searched, and clicked on.

use super::{message, place, summary};
use crate::results::{FileResult, Found, Results};
use crate::terminal::visible;

pub(super) fn write(results: &Results) -> Vec<u8> {
    let mut out = String::new();
    for file in &results.files {
        for found in &file.findings {
            out.extend(line(file, found).chars().map(visible));
            out.push('\n');
        }
    }
    out += &summary(&results.totals);
    out.push('\n');
    out.into_bytes()
}

/// `path:line:column: severity[name] message (saving)`, with the characters of the input as they are.
pub(super) fn line(file: &FileResult, found: &Found) -> String {
    let (path, line, column) = place(file, found);
    format!(
        "{path}:{line}:{column}: {}[{}] {}",
        found.severity,
        found.rule,
        message(found)
    )
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;
    use crate::terminal::is_hidden;

    #[test]
    fn each_finding_is_a_line_and_the_totals_are_the_last() {
        let results = samples::hostile();
        let report = String::from_utf8(write(&results)).unwrap();
        let findings = samples::findings(&results);
        assert_eq!(samples::counts(&report, findings), vec![1; findings]);
        assert_eq!(report.lines().count(), findings + 1);
        assert!(!report.chars().any(|c| c != '\n' && is_hidden(c)));
        assert!(report.ends_with("; 2 findings allowed\n"));
    }

    #[test]
    fn a_line_says_where_what_and_how_much() {
        let text = "It’s a long text, just so that its 71 code units do not fit one message";
        let sample = samples::Sample {
            key: "key",
            locale: None,
            text,
        };
        let file = samples::file("a.json", &[sample]);
        let lines: Vec<_> = file
            .findings
            .iter()
            .map(|found| line(&file, found))
            .collect();
        let forced = "a.json:1:4: warning[forces-ucs2] U+2019 makes the message UCS-2; write `'` \
                      (2 segments at worst, 1 if this changes)";
        assert!(lines.iter().any(|line| line == forced), "{lines:#?}");
    }

    #[test]
    fn nothing_found_is_one_line() {
        assert_eq!(
            String::from_utf8(write(&samples::nothing())).unwrap(),
            "0 errors, 0 warnings, 0 notes in 0 texts of 0 files; 2 findings allowed\n"
        );
    }
}
