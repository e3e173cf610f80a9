//! `septet explain`: what does a lint find, why does it matter, and what is to be done?

use core::fmt::Write as _;

use crate::output::{self, Color, Format, Look};
use crate::rule::Rule;
use crate::terminal::{seen, wrapped};
use crate::{Failure, Status};

/// Explain lints: what they find, why it matters and what to do
///
/// Without a lint, all of them are listed.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Names or codes, such as forces-ucs2 or SMS101
    #[arg(value_name = "LINT")]
    lints: Vec<String>,

    /// Write the list as a table in Markdown
    #[arg(long, conflicts_with = "lints")]
    markdown: bool,

    /// When to colour; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  septet explain                       all lints
  septet explain forces-ucs2 SMS105    what they mean, and how to allow them";

pub(crate) fn run(args: Args) -> Result<Status, Failure> {
    let rules: Result<Vec<Rule>, String> = args.lints.iter().map(|lint| lint.parse()).collect();
    let rules = rules.map_err(|unknown| {
        let unknown = seen(&unknown);
        Failure::new(format!("{unknown}; `septet explain` lists all"))
    })?;
    for mut output in output::open(&[], Format::Human, args.color, &[])? {
        let look = output.look;
        let words = if args.markdown {
            markdown()
        } else if rules.is_empty() {
            list(look)
        } else {
            let pages: Vec<_> = rules.iter().map(|rule| page(*rule, look)).collect();
            pages.join("\n")
        };
        output.write(words.as_bytes());
        output.flush();
        if output.has_failed() {
            return Ok(Status::Incomplete);
        }
    }
    Ok(Status::Clean)
}

/// All that is to be said of a rule.
fn page(rule: Rule, look: Look) -> String {
    let mut out = heading(rule, look);
    out.push('\n');
    let parts = [
        ("", rule.summary()),
        ("Why: ", rule.why()),
        ("Example: ", rule.example()),
        ("Remedy: ", rule.remedy()),
    ];
    for (name, words) in parts {
        let words = wrapped(&format!("{name}{words}"), 0, look.width);
        // Writing to a string does not fail.
        let _ = writeln!(out, "{words}\n");
    }
    let _ = writeln!(
        out,
        "In septet.toml, with `error`, `warning`, `note` or `off`:\n\n    [severity]\n    {rule} = \
         \"{}\"",
        rule.severity()
    );
    if let Rule::Template(_) = rule {
        let _ = writeln!(
            out,
            "\nFor one text, in a comment above it:\n\n    # septet: allow {rule} -- REASON"
        );
    }
    out
}

/// All rules with their summaries.
fn list(look: Look) -> String {
    let mut out = String::new();
    for rule in Rule::all() {
        let summary = wrapped(rule.summary(), 4, look.width);
        let _ = writeln!(out, "{}    {summary}", heading(rule, look));
    }
    out
}

/// A line with code, name and severity.
fn heading(rule: Rule, look: Look) -> String {
    let [start, end] = if look.color {
        ["\u{1b}[1m", "\u{1b}[0m"]
    } else {
        ["", ""]
    };
    let (code, severity) = (rule.code(), rule.severity());
    format!("{start}{code} {rule}{end} ({severity})\n")
}

/// The same as a table, as the README has it.
fn markdown() -> String {
    let mut out = "| code | lint | severity | what is wrong |\n|---|---|---|---|\n".to_owned();
    for rule in Rule::all() {
        let (code, severity, summary) = (rule.code(), rule.severity(), rule.summary());
        let _ = writeln!(out, "| {code} | `{rule}` | {severity} | {summary} |");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    use unicode_width::UnicodeWidthStr;

    const PLAIN: Look = Look {
        color: false,
        width: 60,
    };

    /// Words without line ends and runs of spaces.
    fn words(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_page_says_all_that_is_known_of_a_rule_in_its_width() {
        for rule in Rule::all() {
            let page = page(rule, PLAIN);
            let all = words(&page);
            let parts = [
                format!("{} {} ({})", rule.code(), rule.name(), rule.severity()),
                rule.summary().to_owned(),
                format!("Why: {}", rule.why()),
                format!("Example: {}", rule.example()),
                format!("Remedy: {}", rule.remedy()),
                format!("[severity] {} = \"{}\"", rule.name(), rule.severity()),
            ];
            for part in parts {
                assert!(all.contains(&words(&part)), "{part}\n{page}");
            }
            for line in page.lines() {
                let is_wide = line.width() > PLAIN.width && line.trim().contains(' ');
                assert!(!is_wide || line.starts_with("    #"), "{line}");
            }
        }
    }

    #[test]
    fn a_rule_about_files_is_not_allowed_above_a_text() {
        for rule in Rule::all() {
            let allow = format!("# septet: allow {rule} -- REASON\n");
            let is_about_text = matches!(rule, Rule::Template(_));
            assert_eq!(page(rule, PLAIN).contains(&allow), is_about_text, "{rule}");
        }
    }

    #[test]
    fn the_page_of_a_rule_is_as_it_should_be() {
        let rule: Rule = "SMS902".parse().unwrap();
        let expected = "\
SMS902 unused-allow (warning)

A comment allows what is not found.

Why: What it excused is gone; left in place it would hide
    the next one.

Example: `# septet: allow forces-ucs2 -- the name has an
    accent` before a text in GSM-7.

Remedy: Remove the comment, or the lint from it.

In septet.toml, with `error`, `warning`, `note` or `off`:

    [severity]
    unused-allow = \"warning\"
";
        assert_eq!(page(rule, PLAIN), expected);
    }

    #[test]
    fn lists_have_each_rule_once_and_a_table_has_four_cells_a_row() {
        let (list, table) = (words(&list(PLAIN)), markdown());
        let rows: Vec<_> = table.lines().collect();
        assert_eq!(rows.len(), 2 + Rule::all().count());
        for row in rows {
            assert_eq!(row.matches('|').count(), 5, "{row}");
        }
        for rule in Rule::all() {
            let entry = format!(
                "{} {rule} ({}) {}",
                rule.code(),
                rule.severity(),
                rule.summary()
            );
            assert_eq!(list.matches(&entry).count(), 1, "{entry}");
            assert_eq!(table.matches(&format!("| `{rule}` |")).count(), 1, "{rule}");
        }
    }

    #[test]
    fn an_unknown_lint_is_told_with_the_nearest_and_obeyed_by_no_terminal() {
        let args = |lint: &str| Args {
            lints: vec![lint.to_owned()],
            markdown: false,
            color: Color::Never,
        };
        let failure = |lint: &str| run(args(lint)).err().map(|failure| failure.0);
        let nearest = "no lint `forces-ucs`; is `forces-ucs2` meant?; `septet explain` lists all";
        assert_eq!(failure("forces-ucs"), Some(nearest.to_owned()));
        assert!(failure("\u{1b}[31m").is_some_and(|words| !words.contains('\u{1b}')));
    }
}
