//! A text of a file, and where each of its characters stands there.

use core::ops::Range;

/// A text without the escapes of its format, with the bytes of the file that each of its characters
/// was read from.
#[derive(Clone, Default)]
pub(crate) struct Decoded {
    text: String,
    /// In order. Each run is of characters that stand in the file as they are, or of one escape.
    runs: Vec<Run>,
}

#[derive(Clone)]
struct Run {
    /// Where it begins in the text.
    at: usize,
    source: Range<usize>,
    /// Whether bytes of the text and of the file are the same. An escape is one unit.
    verbatim: bool,
}

impl Decoded {
    /// Puts characters behind that stand in the file as they are, at a range of its bytes.
    pub(crate) fn verbatim(&mut self, source: &str, range: Range<usize>) {
        let Some(characters) = source.get(range.clone()).filter(|text| !text.is_empty()) else {
            return;
        };
        let at = self.text.len();
        self.text.push_str(characters);
        match self.runs.last_mut() {
            Some(last) if last.verbatim && last.source.end == range.start => {
                last.source.end = range.end;
            }
            _ => self.runs.push(Run {
                at,
                source: range,
                verbatim: true,
            }),
        }
    }

    /// Puts a character behind that is written otherwise in the file: an escape, a folded line end.
    pub(crate) fn escape(&mut self, character: char, range: Range<usize>) {
        let at = self.text.len();
        self.text.push(character);
        self.runs.push(Run {
            at,
            source: range,
            verbatim: false,
        });
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the file that hold the characters at a range of bytes of the text: from the start
    /// of the first one to the end of the last. An empty range is a place between two characters:
    /// before the one it stands at, or behind the last.
    pub(crate) fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = match self.run(range.start) {
            Some(run) if run.verbatim => run.source.start + (range.start - run.at),
            Some(run) => run.source.start,
            None => self.runs.last().map_or(0, |run| run.source.end),
        };
        if range.is_empty() {
            return start..start;
        }
        let end = match self.run(range.end - 1) {
            Some(run) if run.verbatim => run.source.start + (range.end - run.at),
            Some(run) => run.source.end,
            None => start,
        };
        start..end.max(start)
    }

    /// The text with characters replaced that stand at ranges of bytes of the file, each from the start
    /// of one character to the end of another.
    pub(crate) fn with<'e>(
        &self,
        edits: impl Iterator<Item = (&'e Range<usize>, &'e str)>,
    ) -> String {
        let mut edits: Vec<_> = edits
            .map(|(span, replacement)| (self.at(span.start)..self.at(span.end), replacement))
            .collect();
        edits.sort_by_key(|(range, _)| range.start);
        let mut text = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, replacement) in edits {
            text += self.text.get(at..range.start).unwrap_or_default();
            text += replacement;
            at = range.end;
        }
        text += self.text.get(at..).unwrap_or_default();
        text
    }

    /// Where in the text the first character is that was read from a byte of the file or from behind
    /// it.
    fn at(&self, source: usize) -> usize {
        let behind = self.runs.partition_point(|run| run.source.end <= source);
        match self.runs.get(behind) {
            Some(run) if run.verbatim => run.at + source.saturating_sub(run.source.start),
            Some(run) => run.at,
            None => self.text.len(),
        }
    }

    /// The run that holds a byte of the text.
    fn run(&self, at: usize) -> Option<&Run> {
        if at >= self.text.len() {
            return None;
        }
        let behind = self.runs.partition_point(|run| run.at <= at);
        self.runs.get(behind.checked_sub(1)?)
    }
}

/// Writes characters as the literal of a text has them; nothing where that cannot be done in place.
pub(crate) type Encode = fn(&str) -> Option<String>;

/// A text that a format found in a file.
#[derive(Clone)]
pub(crate) struct Text {
    /// The keys that lead to it, outermost first. What the format itself knows to be a language is
    /// not among them.
    pub(crate) path: Vec<String>,
    /// The locale as the document spells it, where the format has a place for it.
    pub(crate) locale: Option<String>,
    /// Whether the document says that this is the text of which the others are translations.
    pub(crate) is_base: bool,
    pub(crate) decoded: Decoded,
    /// The bytes of the literal, with its quotation marks.
    pub(crate) literal: Range<usize>,
    pub(crate) encode: Encode,
    /// Where the text is from, when this file only hands it on (JSON Lines): a path and a line.
    pub(crate) origin: Option<(String, usize)>,
    /// What was said of it in JSON Lines to know it again: JSON as it was written.
    pub(crate) id: Option<String>,
}

/// Something in a file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Bytes of the file.
    pub(crate) at: Range<usize>,
    /// In words, without content of texts: lower case, no full stop.
    pub(crate) message: String,
}

/// A comment of a file, without the marks that make it one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Comment {
    /// Bytes of the file, with its marks.
    pub(crate) at: Range<usize>,
    pub(crate) text: String,
}

/// Texts of one file: so many that memory may not do.
const MAX_TEXTS: usize = 1_000_000;

/// What was read from a file, each in the order of the file.
#[derive(Clone, Default)]
pub(crate) struct Parsed {
    pub(crate) texts: Vec<Text>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) comments: Vec<Comment>,
    /// Whether there were more texts than are read.
    pub(crate) is_full: bool,
}

impl Parsed {
    /// Nothing but a fault.
    pub(crate) fn fault(at: Range<usize>, message: impl Into<String>) -> Self {
        let fault = Fault {
            at,
            message: message.into(),
        };
        Self {
            faults: vec![fault],
            ..Self::default()
        }
    }

    /// Takes a text whose decoding agrees with the value that the format's parser has for it; any
    /// other would be reported and mended at wrong places, and becomes a fault.
    pub(crate) fn take(&mut self, text: Text, value: &str) {
        if self.texts.len() >= MAX_TEXTS {
            if !self.is_full {
                self.is_full = true;
                self.faults.push(Fault {
                    at: text.literal,
                    message: format!("a file is read up to {MAX_TEXTS} texts; split it"),
                });
            }
        } else if text.decoded.text() == value {
            self.texts.push(text);
        } else {
            self.faults.push(Fault {
                at: text.literal,
                message: "two readings of this text differ, so that it was not checked; please \
                          report how it is written"
                    .to_owned(),
            });
        }
    }
}
