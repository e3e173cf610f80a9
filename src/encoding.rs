//! Which encoding does a text need, what does a character cost in it, and which characters are to
//! blame?

use core::fmt;
use core::iter::FusedIterator;
use core::str::CharIndices;

use crate::alphabet::{Alphabet, NationalTables, Septets, default_cost};

/// How the text of a message is coded: the choice that TP-DCS states (TS 23.038 §4).
///
/// ```
/// use septet::{Encoding, Message};
/// assert_eq!(Message::new("plain").encoding(), Encoding::Gsm7);
/// assert_eq!(Message::new("“curly”").encoding(), Encoding::Ucs2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a text message has no third encoding"
)]
pub enum Encoding {
    /// GSM 7 bit: a unit is a septet.
    #[doc(alias = "GSM 03.38")]
    Gsm7,
    /// UCS-2, counted and sent as UTF-16BE, as handsets do: a unit is a 16-bit code unit.
    #[doc(alias = "Unicode")]
    Ucs2,
}

impl Encoding {
    /// Returns the name that data and the command line use: `gsm7` or `ucs2`.
    ///
    /// ```
    /// assert_eq!(septet::Encoding::Ucs2.name(), "ucs2");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gsm7 => "gsm7",
            Self::Ucs2 => "ucs2",
        }
    }
}

/// The name that people read: `GSM-7` or `UCS-2`.
impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Gsm7 => "GSM-7",
            Self::Ucs2 => "UCS-2",
        })
    }
}

/// A character that GSM-7 cannot hold, and where it stands.
///
/// As an error it says why GSM-7 was refused; see
/// [`Message::try_with_encoding`](crate::Message::try_with_encoding).
///
/// ```
/// let blame = septet::Message::new("Grüße 👋").forced_by().unwrap();
/// assert_eq!((blame.character(), blame.at()), ('👋', 8));
/// assert_eq!(blame.to_string(), "U+1F44B at byte 8 is in no table that may be used");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[error("U+{:04X} at byte {at} {}", u32::from(*character), if *in_some_table {
    "is in a table that cannot be used together with what the text before it needs"
} else {
    "is in no table that may be used"
})]
pub struct Unmappable {
    character: char,
    at: usize,
    in_some_table: bool,
}

impl Unmappable {
    pub(crate) const fn new(character: char, at: usize, in_some_table: bool) -> Self {
        Self {
            character,
            at,
            in_some_table,
        }
    }

    /// Returns the character.
    #[must_use]
    pub const fn character(self) -> char {
        self.character
    }

    /// Returns the offset of the character, in bytes of the text.
    #[must_use]
    pub const fn at(self) -> usize {
        self.at
    }

    /// Says whether some allowed table holds the character, so that it is the combination that no
    /// pair of tables holds.
    ///
    /// It is then the character at which the pair that reaches furthest into the text gives up.
    ///
    /// ```
    /// use septet::{Encoding, Message, NationalTables, SegmentOptions};
    /// let options = SegmentOptions::new().national_tables(NationalTables::ALL);
    /// // Hindi has a locking table, which takes the place of the basic one with its Delta.
    /// let refused = Message::try_with_encoding("हिन Δ", options, Encoding::Gsm7).unwrap_err();
    /// assert_eq!((refused.character(), refused.is_in_some_table()), ('Δ', true));
    /// ```
    #[must_use]
    pub const fn is_in_some_table(self) -> bool {
        self.in_some_table
    }
}

/// Why a message has the encoding it has.
///
/// ```
/// use septet::{Message, Reason};
/// assert_eq!(Message::new("plain").reason(), Reason::DefaultAlphabet);
/// assert!(matches!(Message::new("naïve").reason(), Reason::Unmappable(blame) if blame.character() == 'ï'));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Reason {
    /// GSM-7: the default alphabet and its extension table hold every character and no allowed pair
    /// of tables is cheaper.
    DefaultAlphabet,
    /// GSM-7: an allowed pair of national tables holds every character and is the cheapest way.
    NationalTables,
    /// UCS-2: this character, the first of its kind, is in no table that may be used.
    Unmappable(Unmappable),
    /// UCS-2: every character is in some allowed table, but no single pair of tables holds all of
    /// them.
    NoSinglePair,
    /// UCS-2: a pair of national tables holds every character, but needs no fewer segments.
    NotCheaper,
    /// The caller demanded the encoding.
    Demanded,
}

/// The characters of a text that no table that may be used holds, in order. See
/// [`Message::unmappables`](crate::Message::unmappables).
#[derive(Clone)]
pub struct Unmappables<'a> {
    rest: CharIndices<'a>,
    tables: NationalTables,
}

impl<'a> Unmappables<'a> {
    pub(crate) fn new(text: &'a str, tables: NationalTables) -> Self {
        Self {
            rest: text.char_indices(),
            tables,
        }
    }
}

impl Iterator for Unmappables<'_> {
    type Item = Unmappable;

    fn next(&mut self) -> Option<Unmappable> {
        let tables = self.tables;
        let mut unheld = self.rest.by_ref().filter(|(_, character)| {
            default_cost(*character) == 0 && !tables.any_holds(*character)
        });
        unheld
            .next()
            .map(|(at, character)| Unmappable::new(character, at, false))
    }
}

impl FusedIterator for Unmappables<'_> {}

impl fmt::Debug for Unmappables<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unmappables")
            .field("rest_bytes", &self.rest.as_str().len())
            .finish()
    }
}

/// What a character costs, in units of an encoding.
#[derive(Clone, Copy)]
pub(crate) enum Cost {
    /// Septets, of texts that the default alphabet holds.
    DefaultSeptets,
    /// Septets, of texts that this alphabet holds.
    Septets(Alphabet),
    /// UTF-16 code units.
    CodeUnits,
}

impl Cost {
    /// The cost of a character: 1 or 2.
    #[inline]
    pub(crate) fn of(self, character: char) -> usize {
        match self {
            // Never none: an alphabet is chosen only for a text that it holds. At least 1 keeps the
            // greedy cuts going forward whatever happens.
            Self::DefaultSeptets => default_cost(character).max(1),
            Self::Septets(alphabet) => alphabet.encode(character).map_or(1, Septets::count),
            Self::CodeUnits => character.len_utf16(),
        }
    }
}

/// What one pass over a text finds.
pub(crate) struct Tally {
    /// Septets in the default alphabet, up to the fault if there is one.
    pub(crate) septets: usize,
    /// Characters of the extension table among them.
    pub(crate) shifted: usize,
    /// UTF-16 code units of the whole text.
    pub(crate) code_units: usize,
    /// Surrogate pairs among them.
    pub(crate) surrogate_pairs: usize,
    /// The first character outside the default alphabet and its extension table.
    pub(crate) fault: Option<Unmappable>,
}

impl Tally {
    /// Every character of the default alphabet is one code unit.
    #[inline]
    const fn without_fault(septets: usize, shifted: usize) -> Self {
        let code_units = septets - shifted;
        Self {
            septets,
            shifted,
            code_units,
            surrogate_pairs: 0,
            fault: None,
        }
    }
}

/// Bytes looked at together. At 32 the compiler checks a block in a handful of vector instructions
/// on every target of tier 1.
const BLOCK: usize = 32;

/// Counts a text in both encodings, by the default alphabet, in one pass.
///
/// This is the crate's only scan of a whole text for its encoding; `tests/alphabet.rs` and
/// `tests/properties.rs` hold a naive reading against it.
#[inline]
pub(crate) fn tally(text: &str) -> Tally {
    let plain = plain_prefix(text.as_bytes());
    if plain == text.len() {
        Tally::without_fault(plain, 0)
    } else {
        tally_from(text, plain)
    }
}

/// Goes on behind the plain start of a text. Apart, so that a plain text, which most are, is counted
/// where it is asked for.
#[inline(never)]
fn tally_from(text: &str, plain: usize) -> Tally {
    let mut septets = 0;
    let mut shifted = 0;
    let mut plain = plain;
    let mut rest = text;
    loop {
        septets += plain;
        rest = rest.get(plain..).unwrap_or_default();
        let mut taken = 0;
        for (at, character) in rest.char_indices() {
            if at >= BLOCK {
                break;
            }
            match default_cost(character) {
                cost @ 1.. => {
                    septets += cost;
                    shifted += cost - 1;
                }
                0 => {
                    let at_of_text = text.len() - rest.len() + at;
                    let (code_units, surrogate_pairs) =
                        code_units(rest.as_bytes().get(at..).unwrap_or_default());
                    return Tally {
                        septets,
                        shifted,
                        // Every character of the default alphabet is one code unit.
                        code_units: septets - shifted + code_units,
                        surrogate_pairs,
                        fault: Some(Unmappable::new(character, at_of_text, false)),
                    };
                }
            }
            taken = at + character.len_utf8();
        }
        rest = rest.get(taken..).unwrap_or_default();
        if rest.is_empty() {
            return Tally::without_fault(septets, shifted);
        }
        plain = plain_prefix(rest.as_bytes());
    }
}

/// Counts the UTF-16 code units of UTF-8 text, and the surrogate pairs among them.
///
/// A lead byte starts each character; those from `0xF0` start a character of two code units.
pub(crate) fn code_units(utf8: &[u8]) -> (usize, usize) {
    let mut characters = 0;
    let mut pairs = 0;
    // Within a chunk a byte holds each count, so that the compiler adds whole vectors of them.
    for chunk in utf8.chunks(u8::MAX as usize) {
        let mut chunk_characters = 0_u8;
        let mut chunk_pairs = 0_u8;
        for byte in chunk {
            chunk_characters += u8::from(byte & 0xC0 != 0x80);
            chunk_pairs += u8::from(*byte >= 0xF0);
        }
        characters += usize::from(chunk_characters);
        pairs += usize::from(chunk_pairs);
    }
    (characters + pairs, pairs)
}

/// Whether a text holds only ASCII of one septet.
pub(crate) fn is_plain(text: &str) -> bool {
    plain_prefix(text.as_bytes()) == text.len()
}

/// Returns the length in bytes of a run, from the start, that holds only ASCII of one septet: all
/// bytes, or as many whole blocks as there are.
#[inline]
fn plain_prefix(bytes: &[u8]) -> usize {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    // Letters, digits and most punctuation take half the comparisons, and most blocks hold no more.
    let plain = |block: &[u8; BLOCK]| all(block, is_letter_like) || all(block, is_plain_byte);
    match blocks.iter().position(|block| !plain(block)) {
        Some(plain) => plain * BLOCK,
        None if all(rest, is_plain_byte) => bytes.len(),
        None => blocks.len() * BLOCK,
    }
}

/// Without an early end, so that the compiler compares whole vectors.
#[inline]
fn all(bytes: &[u8], is: impl Fn(u8) -> bool) -> bool {
    bytes.iter().fold(true, |all, byte| all & is(*byte))
}

/// Whether an ASCII byte is one of two runs of the basic table: space to `Z` and `a` to `z`.
#[inline]
const fn is_letter_like(byte: u8) -> bool {
    matches!(byte, b' '..=b'Z') | byte.is_ascii_lowercase()
}

/// Whether an ASCII byte is a character of the basic table: line feed, carriage return, space to
/// `Z`, `_` and `a` to `z`.
#[inline]
const fn is_plain_byte(byte: u8) -> bool {
    is_letter_like(byte) | matches!(byte, b'\n' | b'\r' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alphabet::plain_septet;

    #[test]
    fn a_byte_is_plain_where_the_basic_table_holds_it() {
        for byte in 0..=u8::MAX {
            let septets = Alphabet::DEFAULT
                .encode(char::from(byte))
                .filter(|_| byte.is_ascii());
            let basic = matches!(septets, Some(Septets::Basic(_)));
            assert_eq!(is_plain_byte(byte), basic, "{byte:#04x}");
            if basic {
                assert_eq!(
                    septets,
                    Some(Septets::Basic(plain_septet(byte))),
                    "{byte:#04x}"
                );
            }
        }
    }
}
