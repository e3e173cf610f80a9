//! What did a check of one text find?

use alloc::vec::Vec;
use core::cmp::Reverse;
use core::ops::Range;

use super::finding::{Costs, Detail, Finding, Fix};
use super::lint::{Lint, Severity};
use super::rules::Rules;
use crate::repair::NationalAlternative;

/// What a check of one text says: what it costs, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Report {
    pub(super) costs: Costs,
    pub(super) findings: Vec<Finding>,
    pub(super) fixes: Vec<Fix>,
    pub(super) alternatives: Vec<NationalAlternative>,
}

impl Report {
    /// Returns what the text costs. Where it cannot be read, what cannot be is counted as it stands.
    #[must_use]
    pub const fn costs(&self) -> Costs {
        self.costs
    }

    /// Returns the findings, in order of place; what is about the whole text comes first.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = &Finding> {
        self.findings.iter()
    }

    /// Returns how much the weightiest finding weighs, or `None` where there is none.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.findings().map(Finding::severity).max()
    }

    /// Returns sets of edits that lower the worst, the typical or the best count and raise none, the
    /// best first: by segments at worst, typically and at best, then by unsafe edits, edits and
    /// units. A fix is left out where another one costs no more and takes no more edits.
    ///
    /// They are the best sets for the worst, the typical and the best message, as
    /// [`repairs`](crate::repair::repairs) finds them, and the template with the edits made is counted
    /// anew. That none is better for all values is not proved.
    pub fn fixes(&self) -> impl ExactSizeIterator<Item = &Fix> {
        self.fixes.iter()
    }

    /// Returns those of the fixes that have an edit where a finding of this report is, the best
    /// first.
    ///
    /// ```
    /// use septet::template::{Rules, Syntax};
    /// let text = "It’s a long text, just so that its 71 code units do not fit one message";
    /// let report = Rules::new().syntax(Syntax::None).check(text);
    /// let finding = report.findings().next().unwrap();
    /// let fix = report.fixes_of(finding).next().unwrap();
    /// assert_eq!((finding.span(), fix.edits()[0].replacement()), (2..5, "'"));
    /// ```
    pub fn fixes_of(&self, finding: &Finding) -> impl Iterator<Item = &Fix> {
        let fixes = finding.fixes().iter();
        fixes.filter_map(|number| self.fixes.get(*number))
    }

    /// Returns the national tables, of those that the rules [may suggest](Rules::suggest_tables), that
    /// would lower the typical count, the best first.
    ///
    /// ```
    /// use septet::{NationalLanguage, NationalTables};
    /// use septet::template::{Rules, Syntax};
    /// let turkish = NationalTables::NONE.allow_single_shift(NationalLanguage::Turkish);
    /// let rules = Rules::new().syntax(Syntax::None).suggest_tables(turkish);
    /// let report = rules.check("Doğrulama kodunuzu kimseyle paylaşmayın. Kodunuz birazdan gönderilecektir.");
    /// let said: Vec<_> = report.alternatives().map(|alternative| alternative.to_string()).collect();
    /// assert_eq!(said, ["with the Turkish single shift table: 1 segment"]);
    /// ```
    pub fn alternatives(&self) -> impl ExactSizeIterator<Item = NationalAlternative> {
        self.alternatives.iter().copied()
    }

    pub(super) fn push(
        &mut self,
        rules: &Rules<'_>,
        lint: Lint,
        span: Range<usize>,
        detail: Detail,
    ) {
        if let Some(severity) = rules.severity_of(lint) {
            self.findings.push(Finding {
                lint,
                severity,
                span,
                detail,
                fixes: Vec::new(),
            });
        }
    }

    pub(super) fn sort(&mut self) {
        // What is about the whole text comes before what is about its start.
        let place =
            |finding: &Finding| (finding.span.start, Reverse(finding.span.end), finding.lint);
        self.findings.sort_by_key(place);
    }
}
