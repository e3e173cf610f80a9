//! Reports of a check: one function a format.

mod concise;
pub(crate) mod escape;
mod fingerprint;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
#[cfg(test)]
mod samples;
mod sarif;

use clap::ValueEnum;

use crate::inspect::counted;
use crate::output::{Form, Look};
use crate::results::{FileResult, Found, Results, TextResult, Totals};

/// The form of a report.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum ReportFormat {
    /// For people: the line, a caret, the cost, the repair.
    Human,
    /// One line a finding: `path:line:column: severity[name] message`.
    Concise,
    /// One document.
    Json,
    /// JSON Lines: one text a line, with its findings.
    Jsonl,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub's annotations, as workflow commands.
    Github,
    /// GitLab's code quality report.
    Gitlab,
    /// JUnit's XML: one test case a text.
    Junit,
    /// Markdown, for a job's summary.
    Markdown,
}

impl Form for ReportFormat {
    fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::Jsonl | Self::Sarif | Self::Gitlab)
    }
}

/// Writes a report.
pub(crate) fn write(format: ReportFormat, results: &Results, look: Look) -> Vec<u8> {
    match format {
        ReportFormat::Human => human::write(results, look),
        ReportFormat::Concise => concise::write(results),
        ReportFormat::Json => json::document(results),
        ReportFormat::Jsonl => json::lines(results),
        ReportFormat::Sarif => sarif::write(results),
        ReportFormat::Github => github::write(results),
        ReportFormat::Gitlab => gitlab::write(results),
        ReportFormat::Junit => junit::write(results),
        ReportFormat::Markdown => markdown::write(results),
    }
}

/// Where a finding begins, for reports that name files: path, line and column.
fn place<'a>(file: &'a FileResult, found: &Found) -> (&'a str, usize, usize) {
    let (path, line, column) = file.place(found);
    (named(path), line, column)
}

/// A path as reports name it: standard input has none.
fn named(path: &str) -> &str {
    if path == "-" { "stdin" } else { path }
}

/// The line and column behind the last character of a finding. Nothing where the text is from another
/// file, of which no more than a line is known.
fn end(file: &FileResult, found: &Found) -> Option<(usize, usize)> {
    let handed_on = file
        .text_of(found)
        .is_some_and(|text| text.text.origin.is_some());
    (!handed_on).then(|| file.lines.place(&file.source, found.span.end))
}

/// The message, and what would be saved.
fn message(found: &Found) -> String {
    match found.saving() {
        Some(saving) => format!("{} ({saving})", found.message),
        None => found.message.clone(),
    }
}

/// A text by its key and locale: `login.code[fr]`.
fn label(text: &TextResult) -> String {
    match &text.locale {
        Some(locale) => format!("{}[{locale}]", text.key),
        None => text.key.clone(),
    }
}

/// The findings about each text, and those about none, each in their order.
fn by_text(file: &FileResult) -> (Vec<Vec<&Found>>, Vec<&Found>) {
    let mut of_texts = vec![Vec::new(); file.texts.len()];
    let mut others = Vec::new();
    for found in &file.findings {
        match found.text.and_then(|text| of_texts.get_mut(text)) {
            Some(of_text) => of_text.push(found),
            None => others.push(found),
        }
    }
    (of_texts, others)
}

/// All that was found, in one line.
fn summary(totals: &Totals) -> String {
    let mut line = format!(
        "{}, {}, {} in {} of {}",
        counted(totals.errors, "error"),
        counted(totals.warnings, "warning"),
        counted(totals.notes, "note"),
        counted(totals.texts, "text"),
        counted(totals.files, "file"),
    );
    if totals.segments > 0 {
        line += &format!("; {} at worst", counted(totals.segments, "segment"));
    }
    if totals.segments_mended < totals.segments {
        line += &format!(", {} with safe edits", totals.segments_mended);
    }
    let parts = [
        (totals.over_budget, "text", "over budget"),
        (totals.unknown, "text", "without a known worst"),
        (totals.held_by_baseline, "text", "in the baseline"),
        (totals.held_by_revision, "text", "unchanged"),
        (totals.allowed, "finding", "allowed"),
    ];
    for (count, what, how) in parts.into_iter().filter(|(count, ..)| *count > 0) {
        line += &format!("; {} {how}", counted(count, what));
    }
    line
}
