//! What a check found, as all reports read it.

use core::ops::Range;
use std::sync::Arc;

use septet::telephony::{Price, Region};
use septet::template::{Costs, Severity, Verdict};

use crate::baseline::Identity;
use crate::lines::Lines;
use crate::rule::Rule;
use crate::text::Text;

/// All that was checked, in the order of paths.
pub(crate) struct Results {
    pub(crate) files: Vec<FileResult>,
    pub(crate) totals: Totals,
    /// What was assumed where nothing was configured, a sentence each.
    pub(crate) assumptions: Vec<String>,
}

/// A file with its texts and what was found in it.
pub(crate) struct FileResult {
    /// Relative to the working directory, with `/` between its parts; `-` is standard input.
    pub(crate) path: String,
    /// What the baseline calls it: relative to the configuration.
    pub(crate) name: String,
    /// The file without a byte-order mark. Empty where it could not be read as text.
    pub(crate) source: String,
    pub(crate) lines: Lines,
    pub(crate) texts: Vec<TextResult>,
    /// In order of place.
    pub(crate) findings: Vec<Found>,
}

/// A text, and what it costs.
pub(crate) struct TextResult {
    /// Without the locale; parts are joined by `.`.
    pub(crate) key: String,
    /// As it is spelled; `None` where nothing tells.
    pub(crate) locale: Option<String>,
    /// The path without the locale: what the texts of one set share beside the key.
    pub(crate) group: String,
    pub(crate) text: Text,
    /// Whether it was checked, and why.
    pub(crate) verdict: Verdict,
    /// Why a text is held back that was not checked.
    pub(crate) held: Option<Held>,
    /// `None` where it was not checked.
    pub(crate) costs: Option<Costs>,
    /// The most segments that are allowed.
    pub(crate) budget: Option<usize>,
    /// What it cost before the change, where a revision was given and it was there.
    pub(crate) before: Option<Costs>,
    /// What a segment costs where it is sent: one entry a country that has a price.
    pub(crate) prices: Vec<CountryPrice>,
    /// All sets of edits that make it cheaper, the best first.
    pub(crate) mends: Vec<Arc<Mend>>,
}

/// Why a text was not checked.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Held {
    /// It is in the baseline.
    Baseline,
    /// It is as it was in the revision.
    Unchanged,
}

/// What a segment costs in a country.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct CountryPrice {
    pub(crate) region: Region,
    pub(crate) price: Price,
}

impl CountryPrice {
    /// What so many segments come to, in units of the currency; `?` where that cannot be counted.
    pub(crate) fn amount(self, segments: usize) -> String {
        let sum = u64::try_from(segments).ok();
        let sum = sum.and_then(|segments| self.price.times(segments));
        let shown = sum.map_or("?".to_owned(), |sum| sum.to_string());
        shown.split(' ').take(1).collect()
    }
}

/// A finding, at its place in the file.
pub(crate) struct Found {
    pub(crate) rule: Rule,
    pub(crate) severity: Severity,
    /// Bytes of the file.
    pub(crate) span: Range<usize>,
    /// Which of the file's texts it is about.
    pub(crate) text: Option<usize>,
    /// One sentence without a full stop. Names and characters in it are those of the input: they are
    /// to be made visible, or escaped, by who writes them.
    pub(crate) message: String,
    /// Sets of edits that mend it, the best first.
    pub(crate) mends: Vec<Arc<Mend>>,
    /// What to write in its place, where a placeholder is misspelt.
    pub(crate) respelling: Option<FileEdit>,
}

/// Edits that lower a cost.
#[derive(Clone)]
pub(crate) struct Mend {
    pub(crate) edits: Vec<FileEdit>,
    /// Whether the text reads as before.
    pub(crate) safe: bool,
    pub(crate) before: Costs,
    pub(crate) after: Costs,
}

/// An edit of a file.
#[derive(Clone)]
pub(crate) struct FileEdit {
    /// Bytes of the file.
    pub(crate) span: Range<usize>,
    /// The character or characters replaced, and what replaces them, decoded.
    pub(crate) before: String,
    pub(crate) after: String,
    /// What replaces them as the file writes it; nothing where that cannot be done in place.
    pub(crate) written: Option<String>,
}

/// What it all came to.
#[derive(Clone, Default, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct Totals {
    pub(crate) files: usize,
    pub(crate) texts: usize,
    /// Texts that were not checked, by the reason.
    pub(crate) held_by_baseline: usize,
    pub(crate) held_by_revision: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    pub(crate) notes: usize,
    /// Findings that a comment allowed.
    pub(crate) allowed: usize,
    /// Texts over their budget at worst.
    pub(crate) over_budget: usize,
    /// Texts that safe edits would make cheaper.
    pub(crate) mendable: usize,
    /// Segments of all checked texts whose worst count is known: as they are, and with safe edits.
    pub(crate) segments: usize,
    pub(crate) segments_mended: usize,
    /// Checked texts whose worst count is not known.
    pub(crate) unknown: usize,
}

impl FileResult {
    /// The line and column of a finding, both from 1: those of the file, or of the file that a line of
    /// JSON Lines names.
    pub(crate) fn place(&self, found: &Found) -> (&str, usize, usize) {
        let origin = found
            .text
            .and_then(|text| self.texts.get(text)?.text.origin.as_ref());
        match origin {
            Some((path, line)) => (path, *line, 1),
            None => {
                let (line, column) = self.lines.place(&self.source, found.span.start);
                (&self.path, line, column)
            }
        }
    }

    /// The text that a finding is about.
    pub(crate) fn text_of(&self, found: &Found) -> Option<&TextResult> {
        self.texts.get(found.text?)
    }
}

impl TextResult {
    pub(crate) fn identity<'t>(&'t self, path: &'t str) -> Identity<'t> {
        Identity {
            path,
            key: &self.key,
            locale: self.locale.as_deref(),
            text: self.text.decoded.text(),
        }
    }
}

impl Found {
    /// What the text costs and what it would if this changed, in one clause: `3 segments at worst, 1
    /// if this changes`. Nothing where no edit lowers a cost.
    pub(crate) fn saving(&self) -> Option<String> {
        let mend = self.mends.first()?;
        let [before, after] = [mend.before, mend.after];
        let counts = [
            ("at worst", before.worst(), after.worst()),
            ("with typical values", before.typical(), after.typical()),
            ("at best", before.best(), after.best()),
        ];
        let (when, before, after) = counts
            .into_iter()
            .find(|(_, before, after)| before.segments() != after.segments())?;
        let plural = if before.segments().get() == Some(1) {
            ""
        } else {
            "s"
        };
        Some(format!(
            "{} segment{plural} {when}, {} if this changes",
            before.segments(),
            after.segments()
        ))
    }
}
