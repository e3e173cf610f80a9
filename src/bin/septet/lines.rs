//! Lines and columns of a file.

use core::ops::Range;

/// Where the lines of a file begin.
#[derive(Clone)]
pub(crate) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// A line ends with a line feed.
    pub(crate) fn of(source: &str) -> Self {
        let ends = source
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n');
        let starts = core::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        Self {
            starts: starts.collect(),
        }
    }

    /// The line that holds a byte, and the column in it, both from 1. A column is a character
    /// (scalar value).
    pub(crate) fn place(&self, source: &str, at: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let before = source.get(start..at.min(source.len())).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// The bytes of a line by its number from 1, without its end.
    pub(crate) fn range(&self, source: &str, line: usize) -> Range<usize> {
        let start = self
            .starts
            .get(line.max(1) - 1)
            .copied()
            .unwrap_or(source.len());
        let end = self
            .starts
            .get(line.max(1))
            .map_or(source.len(), |next| next - 1);
        let text = source.get(start..end).unwrap_or_default();
        start..start + text.strip_suffix('\r').unwrap_or(text).len()
    }

    /// How many lines there are; one more than there are line feeds.
    pub(crate) fn count(&self) -> usize {
        self.starts.len()
    }
}
