//! Where do the segments of a message end? Options, and the iterator over segments.

mod cutter;
mod word;

use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

use crate::alphabet::{Alphabet, NationalTables};
use crate::capacity;
use crate::encoding::{Cost, Encoding};
use cutter::Cutter;

/// Whether and how segments are marked as belonging together (TS 23.040 §9.2.3.24.1 and .8).
///
/// ```
/// use septet::{Concatenation, Message, SegmentOptions};
/// let text = "a".repeat(306);
/// let count = |concatenation| {
///     Message::with_options(&text, SegmentOptions::new().concatenation(concatenation)).segment_count()
/// };
/// assert_eq!(count(Concatenation::Bits8), 2); // 153 septets each
/// assert_eq!(count(Concatenation::Bits16), 3); // 152 septets each
/// assert_eq!(count(Concatenation::None), 2); // independent messages of 160
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "the standard has these two elements"
)]
#[doc(alias("multipart", "long SMS"))]
pub enum Concatenation {
    /// Not at all: a long text becomes independent messages.
    None,
    /// An 8-bit reference number: 6 octets of header.
    #[default]
    Bits8,
    /// A 16-bit reference number: 7 octets of header.
    Bits16,
}

impl Concatenation {
    /// Octets of the information element, its identifier and length included.
    const fn element_octets(self) -> usize {
        match self {
            Self::None => 0,
            Self::Bits8 => 5,
            Self::Bits16 => 6,
        }
    }
}

/// Where a long text may be cut.
///
/// An escape pair and a surrogate pair are never cut.
///
/// ```
/// use septet::{Cut, Message, SegmentOptions};
/// let text = "a".repeat(150) + " world and more";
/// let first = |cut| {
///     let message = Message::with_options(&text, SegmentOptions::new().cut(cut));
///     message.segments().map(|mut segments| segments.next().map(|first| first.units()))
/// };
/// assert_eq!(first(Cut::Scalar), Ok(Some(153)));
/// assert_eq!(first(Cut::Word), Ok(Some(151)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "scalars, clusters and words are what UAX #29 offers below sentences"
)]
pub enum Cut {
    /// Between any two scalar values: the fewest segments.
    #[default]
    Scalar,
    /// Between extended grapheme clusters (UAX #29), so that no flag, joined emoji or combining
    /// mark is cut.
    ///
    /// A cluster that no segment can hold is cut between scalar values, from where it stands. May
    /// need more segments.
    Grapheme,
    /// Between words (UAX #29) where that needs no more segments than [`Cut::Scalar`], else between
    /// clusters, else between scalar values. A URL, from its scheme to white space, counts as one
    /// word.
    Word,
}

/// An element of the user data header: an identifier and its data (TS 23.040 §9.2.3.24).
///
/// ```
/// use septet::InformationElement;
/// let ports = InformationElement::ports_16_bit(2948, 9200);
/// let element = InformationElement::new(InformationElement::PORTS_16_BIT, &ports);
/// assert_eq!(element.data(), [0x0B, 0x84, 0x23, 0xF0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InformationElement<'a> {
    identifier: u8,
    data: &'a [u8],
}

impl<'a> InformationElement<'a> {
    /// Concatenation with an 8-bit reference number: 3 octets of data (§9.2.3.24.1).
    pub const CONCATENATION_8_BIT: u8 = 0x00;
    /// Application ports of 8 bits: 2 octets of data (§9.2.3.24.3).
    pub const PORTS_8_BIT: u8 = 0x04;
    /// Application ports of 16 bits: 4 octets of data (§9.2.3.24.4).
    pub const PORTS_16_BIT: u8 = 0x05;
    /// Concatenation with a 16-bit reference number: 4 octets of data (§9.2.3.24.8).
    pub const CONCATENATION_16_BIT: u8 = 0x08;
    /// National language single shift: 1 octet of data (§9.2.3.24.15).
    pub const SINGLE_SHIFT: u8 = 0x24;
    /// National language locking shift: 1 octet of data (§9.2.3.24.16).
    pub const LOCKING_SHIFT: u8 = 0x25;

    /// Creates an element of an identifier (IEI) and its data.
    #[must_use]
    pub const fn new(identifier: u8, data: &'a [u8]) -> Self {
        Self { identifier, data }
    }

    /// Returns the information element identifier (IEI).
    #[must_use]
    pub const fn identifier(self) -> u8 {
        self.identifier
    }

    /// Returns the octets of the element's data.
    #[must_use]
    pub const fn data(self) -> &'a [u8] {
        self.data
    }

    /// Returns the data of an element with 8-bit application ports.
    #[must_use]
    pub const fn ports_8_bit(destination: u8, originator: u8) -> [u8; 2] {
        [destination, originator]
    }

    /// Returns the data of an element with 16-bit application ports.
    #[must_use]
    pub const fn ports_16_bit(destination: u16, originator: u16) -> [u8; 4] {
        let ([a, b], [c, d]) = (destination.to_be_bytes(), originator.to_be_bytes());
        [a, b, c, d]
    }

    /// Octets in a header, identifier and length included.
    pub(crate) const fn octets(self) -> usize {
        2 + self.data.len()
    }
}

/// The elements of a user data header, in order. See [`HeaderElements::iter`] and
/// [`UserDataHeader::elements`](crate::UserDataHeader::elements).
#[derive(Clone, Copy, Debug)]
pub struct InformationElements<'a> {
    rest: &'a [u8],
}

impl<'a> InformationElements<'a> {
    /// Takes octets as far as they are whole elements.
    pub(crate) const fn new(octets: &'a [u8]) -> Self {
        Self { rest: octets }
    }
}

impl<'a> Iterator for InformationElements<'a> {
    type Item = InformationElement<'a>;

    fn next(&mut self) -> Option<InformationElement<'a>> {
        let [identifier, length, rest @ ..] = self.rest else {
            return None;
        };
        let (data, rest) = rest.split_at_checked(usize::from(*length))?;
        self.rest = rest;
        Some(InformationElement {
            identifier: *identifier,
            data,
        })
    }
}

impl FusedIterator for InformationElements<'_> {}

/// The most octets that a caller's own elements may take up: behind them a pair of units still fits
/// beside a 16-bit reference and both shift elements, and two segments hold more than one message.
const MAX_ELEMENT_OCTETS: usize = 123;

/// Further elements for the header of every segment: application ports, or any other.
///
/// septet writes concatenation and national language shifts itself, behind these.
///
/// ```
/// use septet::{HeaderElements, InformationElement, Message, SegmentOptions};
/// let ports = InformationElement::ports_16_bit(2948, 9200);
/// let elements = HeaderElements::new(&[InformationElement::new(InformationElement::PORTS_16_BIT, &ports)])?;
/// let options = SegmentOptions::new().header_elements(&elements);
/// assert_eq!(Message::with_options("plain", options).segment_capacity(), 152);
/// # Ok::<_, septet::InvalidHeaderElements>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct HeaderElements {
    octets: [u8; MAX_ELEMENT_OCTETS],
    length: u8,
}

impl HeaderElements {
    /// Creates the elements in the order given.
    ///
    /// # Errors
    ///
    /// Where one is an element that septet writes itself (`00`, `08`, `24`, `25`), or where all
    /// take up more than 123 octets, identifiers and lengths included.
    pub fn new(elements: &[InformationElement<'_>]) -> Result<Self, InvalidHeaderElements> {
        let mut octets = [0; MAX_ELEMENT_OCTETS];
        let mut length = 0;
        for element in elements {
            if matches!(
                element.identifier,
                InformationElement::CONCATENATION_8_BIT
                    | InformationElement::CONCATENATION_16_BIT
                    | InformationElement::SINGLE_SHIFT
                    | InformationElement::LOCKING_SHIFT
            ) {
                return Err(InvalidHeaderElements::Reserved {
                    identifier: element.identifier,
                });
            }
            let end = length + element.octets();
            let (Some(slot), Ok(data_length)) = (
                octets.get_mut(length..end),
                u8::try_from(element.data.len()),
            ) else {
                let needed = elements.iter().map(|element| element.octets()).sum();
                return Err(InvalidHeaderElements::TooLong { needed });
            };
            let head = [element.identifier, data_length];
            for (slot, octet) in slot.iter_mut().zip(head.iter().chain(element.data)) {
                *slot = *octet;
            }
            length = end;
        }
        // At most 123.
        Ok(Self {
            octets,
            length: length as u8,
        })
    }

    /// Returns how many octets the elements take up, identifiers and lengths included: 0 to 123.
    #[must_use]
    pub const fn octets(&self) -> usize {
        self.length as usize
    }

    /// Returns the elements in the order given.
    #[must_use]
    pub fn iter(&self) -> InformationElements<'_> {
        InformationElements::new(self.as_octets())
    }

    fn as_octets(&self) -> &[u8] {
        self.octets.get(..self.octets()).unwrap_or_default()
    }
}

impl<'a> IntoIterator for &'a HeaderElements {
    type Item = InformationElement<'a>;
    type IntoIter = InformationElements<'a>;

    fn into_iter(self) -> InformationElements<'a> {
        self.iter()
    }
}

impl fmt::Debug for HeaderElements {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self).finish()
    }
}

/// Header elements that cannot be used.
///
/// ```
/// use septet::{HeaderElements, InformationElement};
/// let error = HeaderElements::new(&[InformationElement::new(0x24, &[1])]).unwrap_err();
/// assert_eq!(error.to_string(), "element 24 is written by septet itself; leave it out");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidHeaderElements {
    /// Concatenation and shifts follow from the message.
    #[error("element {identifier:02X} is written by septet itself; leave it out")]
    #[non_exhaustive]
    Reserved {
        /// The information element identifier.
        identifier: u8,
    },
    /// So long a header leaves no room for text.
    #[error(
        "the elements take up {needed} octets with their identifiers and lengths; at most {MAX_ELEMENT_OCTETS} leave room for text"
    )]
    #[non_exhaustive]
    TooLong {
        /// Octets of all the elements.
        needed: usize,
    },
}

/// How a message is cut into segments, and what its header holds besides.
///
/// Copied and set by value; every setter returns the changed options.
///
/// ```
/// use septet::{Concatenation, Cut, Encoding, SegmentOptions};
/// const OPTIONS: SegmentOptions = SegmentOptions::new()
///     .concatenation(Concatenation::Bits16)
///     .concatenation_for(Encoding::Ucs2, Concatenation::None) // a network that joins GSM-7 only
///     .cut(Cut::Grapheme);
/// assert_eq!(OPTIONS.get_concatenation(Encoding::Gsm7), Concatenation::Bits16);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SegmentOptions<'a> {
    gsm7: Concatenation,
    ucs2: Concatenation,
    cut: Cut,
    tables: NationalTables,
    elements: Option<&'a HeaderElements>,
}

impl<'a> SegmentOptions<'a> {
    /// Creates the defaults: an 8-bit reference, cuts between scalar values, no national tables, no
    /// further elements.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            gsm7: Concatenation::Bits8,
            ucs2: Concatenation::Bits8,
            cut: Cut::Scalar,
            tables: NationalTables::NONE,
            elements: None,
        }
    }

    /// Sets the concatenation of both encodings.
    #[must_use]
    pub const fn concatenation(mut self, concatenation: Concatenation) -> Self {
        self.gsm7 = concatenation;
        self.ucs2 = concatenation;
        self
    }

    /// Sets the concatenation of one encoding: some networks join GSM-7 and not UCS-2.
    #[must_use]
    pub const fn concatenation_for(
        mut self,
        encoding: Encoding,
        concatenation: Concatenation,
    ) -> Self {
        match encoding {
            Encoding::Gsm7 => self.gsm7 = concatenation,
            Encoding::Ucs2 => self.ucs2 = concatenation,
        }
        self
    }

    /// Sets where a long text may be cut.
    #[must_use]
    pub const fn cut(mut self, cut: Cut) -> Self {
        self.cut = cut;
        self
    }

    /// Sets which national tables may be used. The cheapest pair of them is taken where it saves
    /// something.
    #[must_use]
    pub const fn national_tables(mut self, tables: NationalTables) -> Self {
        self.tables = tables;
        self
    }

    /// Sets further elements for the header of every segment.
    #[must_use]
    pub const fn header_elements<'b>(self, elements: &'b HeaderElements) -> SegmentOptions<'b>
    where
        'a: 'b,
    {
        SegmentOptions {
            elements: Some(elements),
            ..self
        }
    }

    /// Returns the concatenation of an encoding.
    #[must_use]
    pub const fn get_concatenation(self, encoding: Encoding) -> Concatenation {
        match encoding {
            Encoding::Gsm7 => self.gsm7,
            Encoding::Ucs2 => self.ucs2,
        }
    }

    /// Returns where a long text may be cut.
    #[must_use]
    pub const fn get_cut(self) -> Cut {
        self.cut
    }

    /// Returns which national tables may be used.
    #[must_use]
    pub const fn get_national_tables(self) -> NationalTables {
        self.tables
    }

    /// Returns the further header elements.
    #[must_use]
    pub const fn get_header_elements(self) -> Option<&'a HeaderElements> {
        self.elements
    }
}

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
        let own = match self.options.elements {
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
    pub(crate) fn count(self, text: &str, units: usize, pairs: bool) -> Count {
        let single = self.capacity(1);
        if units <= single {
            return Count {
                segments: 1,
                free: single - units,
            };
        }
        let capacity = self.capacity(2);
        if !pairs && self.options.cut != Cut::Grapheme {
            let segments = units.div_ceil(capacity);
            return Count {
                segments,
                free: segments * capacity - units,
            };
        }
        let mut cutter = match self.options.cut {
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

/// A text needs more than 255 segments, which a header cannot number (TS 23.040 §9.2.3.24.1).
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
        let cutter = match shape.options.cut {
            _ if total <= 1 => Cutter::Scalar,
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

    /// Returns the caller's own header elements.
    pub(crate) const fn elements(&self) -> Option<&'a HeaderElements> {
        self.shape.options.elements
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
    use alloc::vec::Vec;
    use core::ops::Range;

    use super::{
        Concatenation, Cut, HeaderElements, InformationElement, NationalTables, Segment,
        SegmentOptions,
    };
    use crate::hex::Hex;

    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    struct Element {
        identifier: u8,
        data: Hex,
    }

    impl serde::Serialize for HeaderElements {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(self.iter().map(|element| Element {
                identifier: element.identifier,
                data: Hex(element.data.to_vec()),
            }))
        }
    }

    impl<'de> serde::Deserialize<'de> for HeaderElements {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let elements = Vec::<Element>::deserialize(deserializer)?;
            let elements: Vec<_> = elements
                .iter()
                .map(|element| InformationElement::new(element.identifier, &element.data.0))
                .collect();
            Self::new(&elements).map_err(serde::de::Error::custom)
        }
    }

    #[derive(Default, serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
    struct PerEncoding {
        gsm7: Concatenation,
        ucs2: Concatenation,
    }

    /// `E` is what stands for the elements: written, never read.
    #[derive(Default, serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
    struct Options<E> {
        concatenation: PerEncoding,
        cut: Cut,
        national_tables: NationalTables,
        header_elements: Option<E>,
    }

    impl serde::Serialize for SegmentOptions<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let options = Options {
                concatenation: PerEncoding {
                    gsm7: self.gsm7,
                    ucs2: self.ucs2,
                },
                cut: self.cut,
                national_tables: self.tables,
                header_elements: self.elements,
            };
            options.serialize(serializer)
        }
    }

    /// Options borrow their header elements, so those are read apart, as [`HeaderElements`]: where
    /// any are given here, that is an error.
    impl<'de> serde::Deserialize<'de> for SegmentOptions<'_> {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let options = Options::<serde::de::IgnoredAny>::deserialize(deserializer)?;
            if options.header_elements.is_some() {
                return Err(serde::de::Error::custom(
                    "header elements are borrowed by options; read them as HeaderElements and set \
                     them with SegmentOptions::header_elements",
                ));
            }
            Ok(Self {
                gsm7: options.concatenation.gsm7,
                ucs2: options.concatenation.ucs2,
                cut: options.cut,
                tables: options.national_tables,
                elements: None,
            })
        }
    }

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
