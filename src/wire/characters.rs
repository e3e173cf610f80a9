//! Septets and code units to characters, one at a time, by the receiver's rules.

use core::fmt;
use core::iter::FusedIterator;

use super::deviation::{Deviation, DeviationAt, Forgiven, Log};
use super::septet::SeptetReader;
use crate::alphabet::{Alphabet, ESCAPE, Tables};

/// The characters of received text, read as they are asked for, without allocation.
///
/// ```
/// use septet::{Content, DataCoding, Deviation, ReceivedUserData};
/// let received = ReceivedUserData::packed(DataCoding::new(0), false, 2, &[0x9B, 0x30]); // the escape, then `a`
/// let Content::Text(mut characters) = received.content()? else { unreachable!() };
/// assert_eq!(characters.next(), Some('a'));
/// assert_eq!(characters.next(), None);
/// assert!(characters.forgiven().contains(Deviation::UnknownEscape));
/// # Ok::<_, septet::CompressedText>(())
/// ```
#[derive(Clone)]
pub struct Characters<'a> {
    source: Source<'a>,
    log: Log,
}

/// What the characters are read from.
#[derive(Clone)]
pub(super) enum Source<'a> {
    Gsm7(SeptetReader<'a>, Gsm7Decoder),
    Ucs2(CodeUnitReader<'a>),
}

impl<'a> Characters<'a> {
    pub(super) const fn new(source: Source<'a>, log: Log) -> Self {
        Self { source, log }
    }

    /// Returns what was forgiven so far, in the header and in the text read; all of it when there
    /// is no character left.
    #[must_use]
    pub const fn forgiven(&self) -> Forgiven {
        self.log.forgiven()
    }

    /// Returns the first thing that was forgiven so far, and where. If there is none once all
    /// characters are read, a strict reading succeeds.
    #[must_use]
    pub const fn first_deviation(&self) -> Option<DeviationAt> {
        self.log.first()
    }
}

impl Iterator for Characters<'_> {
    type Item = char;

    #[inline]
    fn next(&mut self) -> Option<char> {
        match &mut self.source {
            Source::Gsm7(septets, decoder) => loop {
                let Some((septet, at)) = septets.next() else {
                    return decoder.finish(&mut self.log);
                };
                if let Some(character) = decoder.push(septet, at, &mut self.log) {
                    return Some(character);
                }
            },
            Source::Ucs2(code_units) => code_units.next(&mut self.log),
        }
    }

    fn fold<T, F: FnMut(T, char) -> T>(self, init: T, fold: F) -> T {
        self.fold_and_log(init, fold).0
    }
}

impl Characters<'_> {
    /// Folds all characters that are left, and returns what was forgiven besides: the quicker way
    /// to what asking for one after the other gives.
    pub(super) fn fold_and_log<T>(self, init: T, mut fold: impl FnMut(T, char) -> T) -> (T, Log) {
        let mut log = self.log;
        let folded = match self.source {
            Source::Gsm7(septets, mut decoder) => {
                let folded = septets.fold(init, |folded, septet, at| {
                    match decoder.push(septet, at, &mut log) {
                        Some(character) => fold(folded, character),
                        None => folded,
                    }
                });
                match decoder.finish(&mut log) {
                    Some(character) => fold(folded, character),
                    None => folded,
                }
            }
            Source::Ucs2(mut code_units) => {
                let mut folded = init;
                while let Some(character) = code_units.next(&mut log) {
                    folded = fold(folded, character);
                }
                folded
            }
        };
        (folded, log)
    }
}

impl FusedIterator for Characters<'_> {}

/// Shows what was forgiven, no text.
impl fmt::Debug for Characters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Characters")
            .field("forgiven", &self.forgiven())
            .finish_non_exhaustive()
    }
}

/// Reads septets by the receiver's rules of TS 23.038 §6.2.1.
#[derive(Clone)]
pub(super) struct Gsm7Decoder {
    tables: Tables,
    /// An escape was read, at this octet; what follows it is still to come.
    escape: Option<usize>,
}

impl Gsm7Decoder {
    pub(super) fn new(alphabet: Alphabet) -> Self {
        Self {
            tables: alphabet.tables(),
            escape: None,
        }
    }

    /// Goes on to the next segment of a message. An escape at the end of the last one is carried
    /// over.
    #[cfg(feature = "alloc")]
    pub(super) fn next_segment(&mut self, alphabet: Alphabet, log: &mut Log) {
        self.tables = alphabet.tables();
        if let Some(at) = self.escape {
            log.note(Deviation::SplitEscape, at);
        }
    }

    /// Takes a septet and returns a character, unless it is an escape.
    #[inline]
    pub(super) fn push(&mut self, septet: u8, at: usize, log: &mut Log) -> Option<char> {
        if self.escape.take().is_some() {
            return Some(self.tables.shifted(septet).unwrap_or_else(|| {
                log.note(Deviation::UnknownEscape, at);
                // Two escapes announce a further table that nobody has defined: one space. Any
                // other code shows the letter that a phone without the table would show.
                if septet == ESCAPE {
                    ' '
                } else {
                    self.basic(septet, at, log)
                }
            }));
        }
        if septet == ESCAPE {
            self.escape = Some(at);
            return None;
        }
        Some(self.basic(septet, at, log))
    }

    #[inline]
    fn basic(&self, septet: u8, at: usize, log: &mut Log) -> char {
        self.tables.basic(septet).unwrap_or_else(|| {
            // Android sends the space as an unassigned code of some Indic locking tables.
            log.note(Deviation::UnassignedCode, at);
            ' '
        })
    }

    /// Ends the text. An escape with nothing behind it is shown as a space.
    pub(super) fn finish(&mut self, log: &mut Log) -> Option<char> {
        let at = self.escape.take()?;
        log.note(Deviation::TrailingEscape, at);
        Some(' ')
    }
}

/// Reads UTF-16BE, lone surrogates as U+FFFD.
#[derive(Clone)]
pub(super) struct CodeUnitReader<'a> {
    pub(super) octets: &'a [u8],
    /// Of the first octet, in the user data.
    pub(super) offset: usize,
}

impl CodeUnitReader<'_> {
    pub(super) fn next(&mut self, log: &mut Log) -> Option<char> {
        let at = self.offset;
        let Some((unit, rest)) = split_unit(self.octets) else {
            if !self.octets.is_empty() {
                log.note(Deviation::OddOctet, at);
                self.octets = &[];
            }
            return None;
        };
        (self.octets, self.offset) = (rest, at + 2);
        if let Some(character) = char::from_u32(u32::from(unit)) {
            return Some(character);
        }
        if let Some((low, rest)) = split_unit(rest)
            && let Some(Ok(character)) = char::decode_utf16([unit, low]).next()
        {
            (self.octets, self.offset) = (rest, at + 4);
            return Some(character);
        }
        log.note(Deviation::LoneSurrogate, at);
        Some(char::REPLACEMENT_CHARACTER)
    }
}

fn split_unit(octets: &[u8]) -> Option<(u16, &[u8])> {
    octets
        .split_first_chunk()
        .map(|(unit, rest)| (u16::from_be_bytes(*unit), rest))
}
