//! Reports of a check: one function a format.

mod concise;
pub(crate) mod escape;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;

use clap::ValueEnum;

use crate::output::{Form, Look};
use crate::results::Results;

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
