//! Patterns of paths and of keys, with a place for the locale.

use core::ops::Range;

/// Globs of paths. `{locale}` stands for a locale within a part of a path; a pattern that begins with
/// `!` takes files out.
#[derive(Clone)]
pub(crate) struct FilePatterns {}

impl FilePatterns {
    /// Reads patterns; an error names the number of the one at fault and says what is wrong.
    pub(crate) fn new(_patterns: &[String]) -> Result<Self, (usize, String)> {
        Ok(Self {})
    }

    /// Whether a path, with `/` between its parts, is meant; and if so which bytes of it are the
    /// locale.
    pub(crate) fn matches(&self, _path: &str) -> Option<Option<Range<usize>>> {
        None
    }
}

/// A pattern of keys: parts joined by `.`, of which `*` is any one, `**` any number, and `{locale}` is
/// one that is a locale. A `*` within a part is any characters.
#[derive(Clone)]
pub(crate) struct KeyPattern {}

impl KeyPattern {
    pub(crate) fn new(_pattern: &str) -> Result<Self, String> {
        Ok(Self {})
    }

    /// Whether keys are meant, outermost first; and if so which of them is the locale.
    pub(crate) fn matches(&self, _path: &[String]) -> Option<Option<usize>> {
        None
    }
}
