//! How a text may be cut, and what its header holds besides.

use super::elements::HeaderElements;
use crate::alphabet::NationalTables;
use crate::encoding::Encoding;

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
    pub(super) const fn element_octets(self) -> usize {
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

#[cfg(feature = "serde")]
mod data {
    use super::{Concatenation, Cut, NationalTables, SegmentOptions};

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

    /// Options borrow their header elements, so those are read apart, as [`HeaderElements`](crate::HeaderElements): where
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
}
