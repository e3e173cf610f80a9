//! What is read although it should not be so.

use core::fmt;

/// Something that the standard or UTF-16 has otherwise, and that is read all the same.
///
/// ```
/// assert_eq!(septet::Deviation::FillBits.name(), "fill-bits");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Deviation {
    /// A septet that the table in force leaves unassigned: read as a space, as which some phones
    /// send it.
    UnassignedCode,
    /// A septet behind the escape that the table in force leaves unassigned: read as if it stood
    /// alone; a second escape as one space.
    UnknownEscape,
    /// The text ends in an escape: read as a space.
    TrailingEscape,
    /// A segment ends in an escape: carried over to the next segment when they are joined.
    SplitEscape,
    /// The fill bits between header and text are not zero: not looked at.
    FillBits,
    /// The header reaches beyond the octets, or its elements do not fill it: it is skipped and says
    /// nothing.
    MalformedHeader,
    /// An element that septet knows has a wrong length, an impossible or a reserved value, or a
    /// later one counts in its place: it has no effect. (An element that septet does not know is
    /// skipped, and that is no deviation.)
    IgnoredElement,
    /// There are fewer octets than the length promises: those that are there are read.
    Truncated,
    /// UCS-2 with half a code unit at the end: not looked at, or joined with the next segment's.
    OddOctet,
    /// Half a surrogate pair: read as U+FFFD.
    LoneSurrogate,
    /// A reserved data coding scheme, or a reserved bit in one: read as the default alphabet, or
    /// without the bit.
    ReservedCoding,
}

impl Deviation {
    /// Every deviation, in the order in which [`Forgiven::iter`] returns them.
    pub const ALL: [Self; 11] = [
        Self::UnassignedCode,
        Self::UnknownEscape,
        Self::TrailingEscape,
        Self::SplitEscape,
        Self::FillBits,
        Self::MalformedHeader,
        Self::IgnoredElement,
        Self::Truncated,
        Self::OddOctet,
        Self::LoneSurrogate,
        Self::ReservedCoding,
    ];

    /// Returns the name that data and the command line use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::UnassignedCode => "unassigned-code",
            Self::UnknownEscape => "unknown-escape",
            Self::TrailingEscape => "trailing-escape",
            Self::SplitEscape => "split-escape",
            Self::FillBits => "fill-bits",
            Self::MalformedHeader => "malformed-header",
            Self::IgnoredElement => "ignored-element",
            Self::Truncated => "truncated",
            Self::OddOctet => "odd-octet",
            Self::LoneSurrogate => "lone-surrogate",
            Self::ReservedCoding => "reserved-coding",
        }
    }

    const fn explanation(self) -> &'static str {
        match self {
            Self::UnassignedCode => "the table in force has no character for the septet",
            Self::UnknownEscape => {
                "the table in force has no character for the septet behind the escape"
            }
            Self::TrailingEscape => "the text ends in an escape",
            Self::SplitEscape => "the escape ends a segment",
            Self::FillBits => "the fill bits are not zero",
            Self::MalformedHeader => {
                "the elements do not fill the header exactly, or it reaches beyond the octets"
            }
            Self::IgnoredElement => "an element of the header has no effect",
            Self::Truncated => "the length promises more octets",
            Self::OddOctet => "the last octet is half a code unit",
            Self::LoneSurrogate => "half a surrogate pair",
            Self::ReservedCoding => "the data coding scheme is reserved",
        }
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A deviation and where it is, in octets of the user data; as an error, what a strict reading
/// refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{deviation} at octet {at}: {}", deviation.explanation())]
pub struct DeviationAt {
    deviation: Deviation,
    at: usize,
}

impl DeviationAt {
    /// Returns what it is.
    #[must_use]
    pub const fn deviation(self) -> Deviation {
        self.deviation
    }

    /// Returns the offset in octets of the user data given, header included; of a joined message, in
    /// the octets of its segments without headers.
    #[must_use]
    pub const fn at(self) -> usize {
        self.at
    }
}

/// The deviations that were forgiven.
///
/// ```
/// use septet::{DataCoding, ReceivedUserData};
/// let received = ReceivedUserData::packed(DataCoding::new(0x80), false, 9, &[0x41]);
/// let names: Vec<_> = received.forgiven().iter().map(|deviation| deviation.name()).collect();
/// assert_eq!(names, ["truncated", "reserved-coding"]);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Forgiven(u16);

impl Forgiven {
    /// Says whether a deviation was forgiven.
    #[must_use]
    pub const fn contains(self, deviation: Deviation) -> bool {
        self.0 >> deviation as u16 & 1 == 1
    }

    /// Says whether nothing was forgiven.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns what was forgiven, each once, in the order in which [`Deviation`] lists them.
    pub fn iter(self) -> impl Iterator<Item = Deviation> + Clone {
        Deviation::ALL
            .into_iter()
            .filter(move |deviation| self.contains(*deviation))
    }

    #[cfg(feature = "alloc")]
    pub(super) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl fmt::Debug for Forgiven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Forgiven {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

/// What was forgiven, and first of all.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Log {
    forgiven: Forgiven,
    first: Option<DeviationAt>,
}

impl Log {
    pub(super) const fn forgiven(&self) -> Forgiven {
        self.forgiven
    }

    pub(super) const fn first(&self) -> Option<DeviationAt> {
        self.first
    }

    pub(super) fn note(&mut self, deviation: Deviation, at: usize) {
        self.forgiven.0 |= 1 << deviation as u16;
        self.first.get_or_insert(DeviationAt { deviation, at });
    }
}
