//! What a change costs, for people who look at the summary of a job.

use core::cmp::Reverse;

use septet::template::{Costs, Severity};

use super::escape::markdown;
use super::{place, summary};
use crate::inspect::counted;
use crate::results::{FileResult, Found, Results, TextResult, Totals};

/// GitHub takes so many bytes of a summary, and none of a longer one.
const LIMIT: usize = 1 << 20;

/// The lines that say what is left out fit in so many.
const CLOSING: usize = 256;

pub(super) fn write(results: &Results) -> Vec<u8> {
    let totals = &results.totals;
    let mut out = format!("### septet\n\n**{}**\n", markdown(&summary(totals)));
    table("", TOTALS, total_rows(totals), LIMIT, &mut out);
    let texts = results.files.iter().flat_map(|file| {
        let texts = file.texts.iter();
        texts.filter_map(move |text| text_row(file, text))
    });
    // Findings keep half of the room.
    table("What messages cost", COSTS, texts, LIMIT / 2, &mut out);
    let findings = results.files.iter().flat_map(|file| {
        let findings = file.findings.iter();
        findings.map(move |found| (file, found))
    });
    let mut findings: Vec<_> = findings.collect();
    findings.sort_by_key(|(_, found)| Reverse(found.severity));
    let findings = findings
        .into_iter()
        .map(|(file, found)| finding_row(file, found));
    table("Findings", FINDINGS, findings, LIMIT, &mut out);
    for assumption in &results.assumptions {
        let line = format!("\nAssumed: {}\n", markdown(assumption));
        if out.len() + line.len() <= LIMIT {
            out += &line;
        }
    }
    out.into_bytes()
}

const TOTALS: &[&str] = &["", "Count"];
const COSTS: &[&str] = &[
    "Where",
    "Key",
    "Locale",
    "At worst",
    "With typical values",
    "Price at worst",
];
const FINDINGS: &[&str] = &["Severity", "Where", "Key", "Locale", "What", "Saving"];

/// Writes a table with a heading, and after it how many rows are left out because there would be more
/// bytes than a limit. Without rows there is nothing.
fn table(
    heading: &str,
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    limit: usize,
    out: &mut String,
) {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut left_out = 0;
    let mut any = false;
    for row in rows {
        let mut next = String::new();
        if !any {
            if !heading.is_empty() {
                next += &format!("\n#### {heading}\n");
            }
            next += &format!(
                "\n| {} |\n|{}\n",
                columns.join(" | "),
                " --- |".repeat(columns.len())
            );
        }
        next += &line(&row);
        // Rows that would fit behind one that does not are left out too: the worst come first.
        if left_out == 0 && out.len() + next.len() + CLOSING <= limit {
            *out += &next;
            any = true;
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        *out += &format!(
            "\n{} left out here: a summary holds {} bytes. They are in the other reports.\n",
            counted(left_out, "row"),
            LIMIT
        );
    }
}

fn total_rows(totals: &Totals) -> impl Iterator<Item = Vec<String>> {
    let rows = [
        ("Texts", totals.texts),
        ("Over their budget", totals.over_budget),
        ("Cheaper with safe edits", totals.mendable),
        ("Segments at worst", totals.segments),
        ("Segments at worst, with safe edits", totals.segments_mended),
    ];
    rows.into_iter()
        .map(|(what, count)| vec![what.to_owned(), count.to_string()])
}

/// What a text costs, where that has changed, or has a price and is too much.
fn text_row(file: &FileResult, text: &TextResult) -> Option<Vec<String>> {
    let costs = text.costs?;
    let before = text.before.filter(|before| *before != costs);
    let worst = costs.worst().segments().get();
    let is_over_budget = text.budget.is_some_and(|budget| worst > Some(budget));
    let is_too_much = is_over_budget || !text.mends.is_empty();
    if before.is_none() && (text.prices.is_empty() || !is_too_much) {
        return None;
    }
    let change = |count: fn(Costs) -> String| match before.map(count) {
        Some(before) => format!("{before} → {}", count(costs)),
        None => count(costs),
    };
    let segments = |costs: Costs| costs.worst().segments().get();
    let prices = text.prices.iter().map(|price| {
        let amount = |costs| segments(costs).map_or("?".to_owned(), |count| price.amount(count));
        let before = before.map(|before| format!("{} → ", amount(before)));
        let before = before.unwrap_or_default();
        let (country, currency) = (price.region, price.price.currency());
        format!("{country}: {before}{} {currency}", amount(costs))
    });
    let (line, _) = file.lines.place(&file.source, text.text.literal.start);
    let (path, line) = match &text.text.origin {
        Some((path, line)) => (path, *line),
        None => (&file.path, line),
    };
    Some(vec![
        code(&format!("{}:{line}", super::named(path))),
        code(&text.key),
        code(text.locale.as_deref().unwrap_or_default()),
        change(|costs| costs.worst().segments().to_string()),
        change(|costs| costs.typical().segments().to_string()),
        prices.collect::<Vec<_>>().join("<br>"),
    ])
}

fn finding_row(file: &FileResult, found: &Found) -> Vec<String> {
    let (path, line, column) = place(file, found);
    let text = file.text_of(found);
    let key = text.map(|text| &*text.key).unwrap_or_default();
    let locale = text
        .and_then(|text| text.locale.as_deref())
        .unwrap_or_default();
    let severity = match found.severity {
        Severity::Error => "**error**",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    vec![
        severity.to_owned(),
        code(&format!("{path}:{line}:{column}")),
        code(key),
        code(locale),
        format!(
            "{}: {}",
            markdown(found.rule.name()),
            markdown(&found.message)
        ),
        markdown(&found.saving().unwrap_or_default()),
    ]
}

/// A name as it is written in a file. An element, since marks of code take a bar for the end of a cell.
fn code(name: &str) -> String {
    if name.is_empty() {
        return String::new();
    }
    format!("<code>{}</code>", markdown(name))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{self, HOSTILE, Sample, names};
    use super::*;
    use crate::terminal::{is_hidden, visible};

    /// The report as GitHub makes HTML of it.
    fn html(results: &Results) -> String {
        let report = String::from_utf8(write(results)).unwrap();
        assert!(!report.chars().any(|c| c != '\n' && is_hidden(c)));
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.autolink = true;
        options.extension.strikethrough = true;
        options.extension.tasklist = true;
        options.extension.footnotes = true;
        options.render.r#unsafe = true;
        comrak::markdown_to_html(&report, &options)
    }

    /// The rows of the tables under a heading, each cell without its tags.
    fn rows(html: &str, heading: &str) -> Vec<Vec<String>> {
        let Some((_, behind)) = html.split_once(&format!("{heading}</h4>")) else {
            return Vec::new();
        };
        let (table, _) = behind.split_once("</table>").unwrap();
        let body = table.split_once("<tbody>").unwrap().1;
        let rows = body.split("<tr>").skip(1);
        rows.map(|row| row.split("<td>").skip(1).map(text).collect())
            .collect()
    }

    /// What is seen of HTML.
    fn text(html: &str) -> String {
        let mut out = String::new();
        let mut rest = html.split_once("</td>").unwrap().0;
        while let Some((before, behind)) = rest.split_once('<') {
            out += before;
            let (tag, behind) = behind.split_once('>').unwrap();
            assert!(
                matches!(tag, "code" | "/code" | "wbr" | "br" | "strong" | "/strong"),
                "<{tag}>"
            );
            rest = behind;
        }
        out += rest;
        let entities = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&amp;", "&"),
        ];
        entities.iter().fold(out, |out, (entity, character)| {
            out.replace(entity, character)
        })
    }

    fn shown(text: &str) -> String {
        text.chars().map(visible).collect()
    }

    #[test]
    fn each_finding_is_a_row_whatever_its_names_are() {
        let results = samples::hostile();
        let html = html(&results);
        let rows = rows(&html, "Findings");
        let findings = samples::findings(&results);
        assert_eq!(rows.len(), findings);
        assert_eq!(samples::counts(&html, findings), vec![1; findings]);
        assert!(rows.iter().all(|row| row.len() == FINDINGS.len()));
        let severities: Vec<_> = rows.iter().map(|row| &*row[0]).collect();
        assert!(severities.is_sorted_by_key(|name| {
            ["error", "warning", "note"]
                .iter()
                .position(|other| other == name)
        }));
    }

    #[test]
    fn no_mark_of_the_input_has_a_meaning() {
        for name in HOSTILE {
            let results = samples::named(name, name, Some(name), name);
            let html = html(&results);
            let found = &results.files[0].findings[0];
            let row = &rows(&html, "Findings")[0];
            assert_eq!(row[1], shown(&format!("{name}:1:1")));
            assert_eq!([&row[2], &row[3]], [&shown(name); 2]);
            assert_eq!(
                row[4],
                shown(&format!("unreadable-source: {}", found.message))
            );
            for mark in [
                "@octocat", "#1", ":smile:", "<a ", "<img", "<em>", "<del>", "href",
            ] {
                assert!(!html.contains(mark), "{mark}: {html}");
            }
        }
    }

    #[test]
    fn a_change_is_told_with_its_price() {
        let mut results = samples::hostile();
        let rows = rows(&html(&results), "What messages cost");
        // One text of each file but the last has changed.
        assert_eq!(rows.len(), HOSTILE.len());
        assert_eq!(rows[0][2], "fr");
        assert_eq!(rows[0][3], "1 → unknown");
        assert_eq!(rows[0][5], "FR: 0.0759 → ? EUR");
        for text in results.files.iter_mut().flat_map(|file| &mut file.texts) {
            text.before = text.costs;
            text.prices.clear();
        }
        assert!(!html(&results).contains("What messages cost"));
    }

    #[test]
    fn a_long_report_is_cut_and_says_so() {
        let text = "Your code is ${code}";
        let key = "k".repeat(1_000);
        let mut results = samples::many(4_000, Severity::Warning);
        let sample = || Sample {
            key: &key,
            locale: None,
            text,
        };
        let mut texts = samples::file("b.json", &(0..2_000).map(|_| sample()).collect::<Vec<_>>());
        for text in &mut texts.texts {
            text.budget = Some(0);
            text.prices = vec![samples::price("US", "USD", 7_900)];
        }
        results.files[0].texts[0].key = key.clone();
        results.files.push(texts);
        let report = write(&results);
        assert!(
            report.len() <= LIMIT && report.len() > LIMIT - 4_000,
            "{}",
            report.len()
        );
        let html = html(&results);
        let left_out = |heading: &str| {
            let (_, behind) = html.split_once(heading).unwrap();
            let (number, _) = behind.split_once(" rows left out here").unwrap();
            let (_, number) = number.rsplit_once("<p>").unwrap();
            rows(&html, heading).len() + number.parse::<usize>().unwrap()
        };
        assert_eq!(left_out("What messages cost"), 2_000);
        assert_eq!(left_out("Findings"), samples::findings(&results));
    }

    #[test]
    fn nothing_found_has_no_table_of_findings() {
        let html = html(&samples::nothing());
        assert!(html.contains("0 errors, 0 warnings, 0 notes"));
        assert!(!html.contains("Findings"));
    }

    proptest! {
        #![proptest_config(samples::cases(256))]

        #[test]
        fn any_name_is_shown_as_it_is(path in names(), key in names(), said in names()) {
            let results = samples::named(&path, &key, None, &said);
            let row = rows(&html(&results), "Findings").remove(0);
            let found = &results.files[0].findings[0];
            prop_assert_eq!(&row[1], &shown(&format!("{}:1:1", super::super::named(&path))));
            prop_assert_eq!(&row[2], &shown(&key));
            prop_assert_eq!(&row[4], &shown(&format!("unreadable-source: {}", found.message)));
        }
    }
}
