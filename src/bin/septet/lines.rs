//! Lines and columns of a file.

use core::ops::Range;

/// Bytes from one count of characters to the next: a file may be one long line.
const STEP: usize = 512;

/// Where the lines of a file begin.
#[derive(Clone)]
pub(crate) struct Lines {
    starts: Vec<usize>,
    /// How many characters begin before each multiple of [`STEP`].
    characters: Vec<usize>,
}

/// How many characters begin in some bytes of UTF-8, which may begin and end within one.
fn begin(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

impl Lines {
    /// A line ends with a line feed.
    pub(crate) fn of(source: &str) -> Self {
        let ends = source
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n');
        let starts = core::iter::once(0).chain(ends.map(|(at, _)| at + 1));
        let mut before = 0;
        let characters = source.as_bytes().chunks(STEP).map(|step| {
            let counted = before;
            before += begin(step);
            counted
        });
        Self {
            characters: characters.collect(),
            starts: starts.collect(),
        }
    }

    /// The line that holds a byte, and the column in it, both from 1. A column is a character
    /// (scalar value).
    pub(crate) fn place(&self, source: &str, at: usize) -> (usize, usize) {
        let at = at.min(source.len());
        let line = self.starts.partition_point(|start| *start <= at).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or_default();
        let column = self.characters(source, at) - self.characters(source, start) + 1;
        (line, column)
    }

    /// How many characters begin before a byte of the file.
    fn characters(&self, source: &str, at: usize) -> usize {
        let step = at / STEP;
        // At the very end of the file a step may begin that has no bytes.
        let (from, counted) = match self.characters.get(step) {
            Some(counted) => (step * STEP, *counted),
            None => match self.characters.last() {
                Some(counted) => ((self.characters.len() - 1) * STEP, *counted),
                None => (0, 0),
            },
        };
        counted + begin(source.as_bytes().get(from..at).unwrap_or_default())
    }

    /// The bytes of a line by its number from 1, without its end.
    pub(crate) fn range(&self, source: &str, line: usize) -> Range<usize> {
        let number = line.max(1);
        let start = self.starts.get(number - 1).copied().unwrap_or(source.len());
        let end = self
            .starts
            .get(number)
            .map_or(source.len(), |next| next - 1);
        let text = source.get(start..end).unwrap_or_default();
        start..start + text.strip_suffix('\r').unwrap_or(text).len()
    }
}

/// Where the line of a byte ends that a carriage return ends too, before its end.
pub(crate) fn line_end(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    at + rest.find(['\r', '\n']).unwrap_or(rest.len())
}

/// The byte behind such a line end, if there is one here.
pub(crate) fn behind_line_end(source: &str, at: usize) -> usize {
    match source.as_bytes().get(at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => at + 2,
        [b'\r' | b'\n', ..] => at + 1,
        _ => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_a_file_is_that_which_counting_finds() {
        let sources = [
            String::new(),
            "\n".to_owned(),
            "a\r\nb".to_owned(),
            "é漢👋\n".repeat(200),
            "é漢👋a".repeat(300),
            "x".repeat(STEP),
            "x".repeat(STEP * 2) + "\n",
        ];
        for source in sources {
            let lines = Lines::of(&source);
            for at in (0..=source.len()).filter(|at| source.is_char_boundary(*at)) {
                let before = &source[..at];
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
                assert_eq!(lines.place(&source, at), (line, column), "{at}");
            }
            for (number, text) in source.split('\n').enumerate() {
                let range = lines.range(&source, number + 1);
                assert_eq!(&source[range], text.strip_suffix('\r').unwrap_or(text));
            }
            assert!(lines.range(&source, usize::MAX).is_empty());
        }
    }
}
