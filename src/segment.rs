//! Where do the segments of a message end?

mod cutter;
mod elements;
mod fill;
mod options;
mod word;

use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

use crate::alphabet::Alphabet;
use crate::capacity;
use crate::encoding::{Cost, Encoding};
use cutter::Cutter;
pub use elements::{
    HeaderElements, InformationElement, InformationElements, InvalidHeaderElements,
};
pub use options::{Concatenation, Cut, SegmentOptions};

/// How the segments of a message are coded and what each holds: its alphabet, its header, its room.
#[derive(Clone, Copy)]
pub(crate) struct Shape<'a> {
    /// `None` under UCS-2.
    pub(crate) alphabet: Option<Alphabet>,
    options: SegmentOptions<'a>,
}

impl<'a> Shape<'a> {
    /// `None` for the alphabet is UCS-2.
    pub(crate) const fn new(alphabet: Option<Alphabet>, options: SegmentOptions<'a>) -> Self {
        Self { alphabet, options }
    }

    pub(crate) const fn encoding(self) -> Encoding {
        match self.alphabet {
            Some(_) => Encoding::Gsm7,
            None => Encoding::Ucs2,
        }
    }

    pub(crate) const fn options(self) -> SegmentOptions<'a> {
        self.options
    }

    pub(crate) const fn cost(self) -> Cost {
        match self.alphabet {
            Some(Alphabet::DEFAULT) => Cost::DefaultSeptets,
            Some(alphabet) => Cost::Septets(alphabet),
            None => Cost::CodeUnits,
        }
    }

    const fn concatenation(self) -> Concatenation {
        self.options.get_concatenation(self.encoding())
    }

    /// Octets of the header of each segment, its length octet included, where the message has so
    /// many segments.
    pub(crate) const fn header_octets(self, segments: usize) -> usize {
        let own = match self.options.get_header_elements() {
            Some(elements) => elements.octets(),
            None => 0,
        };
        let shifts = match self.alphabet {
            Some(alphabet) => 3 * alphabet.shift_elements(),
            None => 0,
        };
        let concatenation = if segments > 1 {
            self.concatenation().element_octets()
        } else {
            0
        };
        match own + shifts + concatenation {
            0 => 0,
            elements => 1 + elements,
        }
    }

    /// Units of each segment, where the message has so many.
    pub(crate) const fn capacity(self, segments: usize) -> usize {
        let header = self.header_octets(segments);
        match self.encoding() {
            Encoding::Gsm7 => capacity::septets(header),
            Encoding::Ucs2 => capacity::code_units(header),
        }
    }

    /// Counts segments and the units left free in the last one.
    ///
    /// `pairs` says whether the text holds a character of two units. Word cuts give the count of
    /// scalar cuts, by definition; the room they leave is found by walking them.
    #[inline]
    pub(crate) fn count(self, text: &str, units: usize, pairs: bool) -> Count {
        let single = self.capacity(1);
        if units <= single {
            return Count {
                segments: 1,
                free: single - units,
            };
        }
        let capacity = self.capacity(2);
        if !pairs && !matches!(self.options.get_cut(), Cut::Grapheme) {
            let segments = units.div_ceil(capacity);
            return Count {
                segments,
                free: segments * capacity - units,
            };
        }
        self.count_by_cutting(text, capacity)
    }

    #[inline(never)]
    fn count_by_cutting(self, text: &str, capacity: usize) -> Count {
        let mut cutter = match self.options.get_cut() {
            Cut::Grapheme => Cutter::grapheme(text),
            Cut::Scalar | Cut::Word => Cutter::Scalar,
        };
        let mut count = Count {
            segments: 0,
            free: 0,
        };
        let mut start = 0;
        while start < text.len() {
            let piece = cutter.next(text, start, self.cost(), capacity);
            count = Count {
                segments: count.segments + 1,
                free: capacity - piece.units,
            };
            start = piece.end;
        }
        count
    }
}

/// How many segments, and how many units of the last are free.
#[derive(Clone, Copy)]
pub(crate) struct Count {
    pub(crate) segments: usize,
    pub(crate) free: usize,
}

/// A text needs more than 255 segments, which a header cannot number (TS 23.040 §9.2.3.24.1). Independent
/// messages are held to the same limit.
///
/// ```
/// let text = "a".repeat(40_000);
/// let error = septet::Message::new(&text).segments().unwrap_err();
/// assert_eq!(error.needed(), 262);
/// assert_eq!(error.to_string(), "the text needs 262 segments; a message has at most 255");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "the text needs {needed} segments; a message has at most {}",
    capacity::MAX_SEGMENTS
)]
pub struct TooManySegments {
    needed: usize,
}

impl TooManySegments {
    /// Returns how many segments the text needs.
    #[must_use]
    pub const fn needed(self) -> usize {
        self.needed
    }
}

/// The segments of a message, in order, each cut when it is asked for.
///
/// Borrows the text and the caller's header elements, not the [`Message`](crate::Message) that made
/// it.
///
/// ```
/// let text = "a".repeat(161);
/// let segments = septet::Message::new(&text).segments()?;
/// assert_eq!(segments.len(), 2);
/// assert_eq!(segments.map(|segment| segment.units()).collect::<Vec<_>>(), [153, 8]);
/// # Ok::<_, septet::TooManySegments>(())
/// ```
#[derive(Clone)]
pub struct Segments<'a> {
    text: &'a str,
    shape: Shape<'a>,
    cutter: Cutter<'a>,
    start: usize,
    given: u8,
    total: u8,
}

impl<'a> Segments<'a> {
    pub(crate) fn new(
        text: &'a str,
        shape: Shape<'a>,
        units: usize,
        count: usize,
    ) -> Result<Self, TooManySegments> {
        let total = u8::try_from(count).map_err(|_| TooManySegments { needed: count })?;
        let cutter = match shape.options.get_cut() {
            _ if total <= 1 => Cutter::Whole { units },
            Cut::Scalar => Cutter::Scalar,
            Cut::Grapheme => Cutter::grapheme(text),
            Cut::Word => Cutter::word(text, shape.cost(), shape.capacity(count), units, total),
        };
        Ok(Self {
            text,
            shape,
            cutter,
            start: 0,
            given: 0,
            total,
        })
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        if self.given == self.total {
            return None;
        }
        let start = self.start;
        let capacity = self.shape.capacity(usize::from(self.total));
        let piece = self
            .cutter
            .next(self.text, start, self.shape.cost(), capacity);
        self.start = piece.end;
        self.given += 1;
        Some(Segment {
            text: self.text.get(start..piece.end).unwrap_or_default(),
            start,
            units: piece.units,
            sequence: self.given,
            total: self.total,
            shape: self.shape,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = usize::from(self.total - self.given);
        (left, Some(left))
    }
}

impl ExactSizeIterator for Segments<'_> {}

impl FusedIterator for Segments<'_> {}

impl fmt::Debug for Segments<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segments")
            .field("encoding", &self.shape.encoding())
            .field("given", &self.given)
            .field("total", &self.total)
            .finish()
    }
}

/// One segment: a short message of its own, with its part of the text.
///
/// ```
/// let text = "a".repeat(153) + "bc" + &"d".repeat(100);
/// let segment = septet::Message::new(&text).segments()?.nth(1).unwrap();
/// assert!(segment.text().starts_with("bcd"));
/// assert_eq!((segment.range(), segment.units(), segment.free_units()), (153..255, 102, 51));
/// assert_eq!((segment.sequence(), segment.total()), (2, 2));
/// # Ok::<_, septet::TooManySegments>(())
/// ```
#[derive(Clone, Copy)]
#[doc(alias("part", "chunk"))]
pub struct Segment<'a> {
    text: &'a str,
    start: usize,
    units: usize,
    sequence: u8,
    total: u8,
    shape: Shape<'a>,
}

impl<'a> Segment<'a> {
    /// Returns the segment's part of the text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Returns where the part stands, in bytes of the message's text.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    /// Returns the units of the text: septets or code units, as [`encoding`](Self::encoding) says.
    #[must_use]
    pub const fn units(&self) -> usize {
        self.units
    }

    /// Returns how many more units would fit.
    #[must_use]
    pub const fn free_units(&self) -> usize {
        self.shape.capacity(self.total as usize) - self.units
    }

    /// Returns the number of this segment, from 1.
    #[must_use]
    pub const fn sequence(&self) -> u8 {
        self.sequence
    }

    /// Returns how many segments the message has.
    #[must_use]
    pub const fn total(&self) -> u8 {
        self.total
    }

    /// Returns the encoding, the same in all segments of a message.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.shape.encoding()
    }

    /// Returns the tables in force, or `None` under UCS-2.
    #[must_use]
    pub const fn alphabet(&self) -> Option<Alphabet> {
        self.shape.alphabet
    }

    /// Returns the octets of the segment's header, its length octet included; 0 where there is
    /// none.
    #[must_use]
    pub const fn header_octets(&self) -> usize {
        self.shape.header_octets(self.total as usize)
    }

    /// Returns how the segment's header marks its place; [`Concatenation::None`] where it does not,
    /// as in a message of one segment.
    #[must_use]
    pub const fn concatenation(&self) -> Concatenation {
        if self.total > 1 {
            self.shape.concatenation()
        } else {
            Concatenation::None
        }
    }

    /// How the header would mark the place, were there several segments.
    pub(crate) const fn concatenation_asked_for(&self) -> Concatenation {
        self.shape.concatenation()
    }

    /// Returns the caller's own header elements.
    pub(crate) const fn elements(&self) -> Option<&'a HeaderElements> {
        self.shape.options.get_header_elements()
    }
}

/// Shows lengths and kinds, no text.
impl fmt::Debug for Segment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segment")
            .field("encoding", &self.encoding())
            .field("range", &self.range())
            .field("units", &self.units)
            .field("sequence", &self.sequence)
            .field("total", &self.total)
            .finish()
    }
}

#[cfg(feature = "serde")]
mod data {
    use core::ops::Range;

    use super::Segment;

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct SegmentData<'a> {
        text: &'a str,
        range: Range<usize>,
        units: usize,
        free_units: usize,
        sequence: u8,
        total: u8,
    }

    impl serde::Serialize for Segment<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let data = SegmentData {
                text: self.text,
                range: self.range(),
                units: self.units,
                free_units: self.free_units(),
                sequence: self.sequence,
                total: self.total,
            };
            data.serialize(serializer)
        }
    }
}
