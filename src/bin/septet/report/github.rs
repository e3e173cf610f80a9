//! Annotations beside the lines of a change, as commands in the log of GitHub's runner.

use core::fmt::Write as _;

use septet::template::Severity;

use super::escape::{github_data, github_property};
use super::{end, message, place, summary};
use crate::inspect::counted;
use crate::results::{FileResult, Found, Results};

/// So many of a kind are shown for each step of a job. All are in its log.
const SHOWN: usize = 10;

pub(super) fn write(results: &Results) -> Vec<u8> {
    let mut out = String::new();
    let totals = &results.totals;
    let counts = [
        (totals.errors, "error"),
        (totals.warnings, "warning"),
        (totals.notes, "note"),
    ];
    let hidden: Vec<_> = counts
        .into_iter()
        .filter(|(count, _)| *count > SHOWN)
        .map(|(count, what)| counted(count, what))
        .collect();
    if !hidden.is_empty() {
        // First, or it would itself be one too many.
        let _ = writeln!(
            out,
            "::notice title=septet::GitHub shows {SHOWN} annotations of each kind; there are {}, \
             all of them in the log of this step",
            hidden.join(" and "),
        );
    }
    for file in &results.files {
        for found in &file.findings {
            out += &command(file, found);
        }
    }
    out += &summary(totals);
    out.push('\n');
    out.into_bytes()
}

fn command(file: &FileResult, found: &Found) -> String {
    let kind = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let (path, line, column) = place(file, found);
    let path = github_property(path);
    let to = match end(file, found) {
        None => String::new(),
        Some((end, end_column)) if end == line => {
            format!(",endLine={line},col={column},endColumn={end_column}")
        }
        // Columns are refused where there is more than one line.
        Some((end, _)) => format!(",endLine={end}"),
    };
    let [code, name] = [found.rule.code(), found.rule.name()];
    let message = github_data(&message(found));
    format!("::{kind} file={path},line={line}{to},title={code} {name}::{message}\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{self, names};
    use super::*;
    use crate::terminal::is_hidden;

    type Command<'a> = (&'a str, Vec<(&'a str, String)>, String);

    /// A command as the runner reads it: its name, its properties and its message.
    fn read(line: &str) -> Option<Command<'_>> {
        let unescaped = |text: &str, pairs: &[(&str, &str)]| {
            let text = pairs
                .iter()
                .fold(text.to_owned(), |text, (code, character)| {
                    text.replace(code, character)
                });
            text.replace("%25", "%")
        };
        let data = [("%0D", "\r"), ("%0A", "\n")];
        let property = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ",")];
        let (command, message) = line.strip_prefix("::")?.split_once("::")?;
        let (name, properties) = command.split_once(' ')?;
        let properties = properties.split(',').map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name, unescaped(value, &property))
        });
        Some((name, properties.collect(), unescaped(message, &data)))
    }

    fn lines(results: &Results) -> Vec<String> {
        let report = String::from_utf8(write(results)).unwrap();
        assert!(!report.chars().any(|c| c != '\n' && is_hidden(c)));
        report.lines().map(str::to_owned).collect()
    }

    #[test]
    fn each_finding_is_a_command_that_the_runner_reads_back() {
        let results = samples::hostile();
        let lines = lines(&results);
        let (summary, commands) = lines.split_last().unwrap();
        assert_eq!(read(summary), None);
        let findings = results
            .files
            .iter()
            .flat_map(|file| file.findings.iter().map(move |found| (file, found)));
        // The first tells that there are more than are shown.
        assert_eq!(commands.len(), findings.clone().count() + 1);
        for ((file, found), line) in findings.zip(&commands[1..]) {
            let (name, properties, message) = read(line).unwrap();
            assert_eq!(name, found.severity.name().replace("note", "notice"));
            let shown = |text: &str| {
                let keep = |c: char| matches!(c, '\r' | '\n') || !is_hidden(c);
                let shown = text.chars().map(|c| match keep(c) {
                    true => c.to_string(),
                    false => crate::terminal::visible(c),
                });
                shown.collect::<String>()
            };
            let (path, line, _) = place(file, found);
            assert_eq!(properties[0], ("file", shown(path)));
            assert_eq!(properties[1], ("line", line.to_string()));
            assert_eq!(message, shown(&super::message(found)));
        }
    }

    proptest! {
        #![proptest_config(samples::cases(256))]

        #[test]
        fn no_name_ends_a_property_or_begins_a_command(path in names(), key in names(), said in names()) {
            let lines = lines(&samples::named(&path, &key, None, &said));
            prop_assert_eq!(lines.len(), 2, "{:?}", lines);
            let (_, properties, _) = read(&lines[0]).unwrap();
            let names: Vec<_> = properties.iter().map(|(name, _)| *name).collect();
            prop_assert_eq!(names, ["file", "line", "endLine", "col", "endColumn", "title"]);
            prop_assert_eq!(&properties[5].1, "SMS901 unreadable-source");
        }
    }

    #[test]
    fn columns_are_left_out_where_lines_differ_or_another_file_is_named() {
        let mut results = samples::named("a", "key", None, "message");
        results.files[0].findings[0].span = 0..results.files[0].source.len();
        let message = samples::marker(0);
        assert_eq!(
            lines(&results)[0],
            format!(
                "::error file=a,line=1,endLine=2,title=SMS901 unreadable-source::message {message}"
            )
        );
        results.files[0].texts[0].text.origin = Some(("b,c".to_owned(), 3));
        assert_eq!(
            lines(&results)[0],
            format!("::error file=b%2Cc,line=3,title=SMS901 unreadable-source::message {message}")
        );
    }

    #[test]
    fn what_github_does_not_show_is_told_first() {
        for (number, told) in [(10, false), (11, true)] {
            let lines = lines(&samples::many(number, Severity::Error));
            assert_eq!(lines.len(), number + 1 + usize::from(told));
            let notice = "::notice title=septet::GitHub shows 10 annotations of each kind; there are \
                          11 errors, all of them in the log of this step";
            assert_eq!(lines[0] == notice, told);
        }
    }
}
