//! Information elements: what a user data header is made of.

use core::fmt;
use core::iter::FusedIterator;

/// An element of the user data header: an identifier and its data (TS 23.040 §9.2.3.24).
///
/// ```
/// use septet::InformationElement;
/// let ports = InformationElement::ports_16_bit(2948, 9200);
/// let element = InformationElement::new(InformationElement::PORTS_16_BIT, &ports);
/// assert_eq!(element.data(), [0x0B, 0x84, 0x23, 0xF0]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
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

/// Shows identifier and length, no data.
impl fmt::Debug for InformationElement<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02X}: {} octets", self.identifier, self.data.len())
    }
}

/// The elements of a user data header, in order. See [`HeaderElements::iter`] and
/// [`UserDataHeader::elements`](crate::UserDataHeader::elements).
#[derive(Clone, Copy)]
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

impl fmt::Debug for InformationElements<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(*self).finish()
    }
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
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

#[cfg(feature = "serde")]
mod data {
    use alloc::vec::Vec;

    use super::{HeaderElements, InformationElement};
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
}
