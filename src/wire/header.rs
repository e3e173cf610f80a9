//! What does a user data header say? (TS 23.040 §9.2.3.24)

use core::fmt;

use crate::alphabet::{Alphabet, NationalLanguage};
use crate::capacity;
use crate::segment::{InformationElement, InformationElements};

/// A user data header (UDH): its length octet, UDHL, and information elements that fill it exactly.
///
/// ```
/// use septet::{InformationElement, UserDataHeader};
/// let mut octets = [0; 140];
/// let header = UserDataHeader::write([InformationElement::new(0x00, &[0xA5, 2, 1])], &mut octets)?;
/// assert_eq!(header.as_octets(), [0x05, 0x00, 0x03, 0xA5, 0x02, 0x01]);
/// let place = header.concatenation().unwrap();
/// assert_eq!((place.reference(), place.total(), place.sequence()), (0xA5, 2, 1));
/// # Ok::<_, septet::HeaderTooLong>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "UDH")]
pub struct UserDataHeader<'a> {
    octets: &'a [u8],
}

impl<'a> UserDataHeader<'a> {
    /// Reads the header at the start of user data.
    ///
    /// # Errors
    ///
    /// Where the octets end before the header does, or where the elements do not fill it exactly: a
    /// receiver then ignores the contents of the header and only skips its octets.
    ///
    /// ```
    /// use septet::{InvalidHeader, UserDataHeader};
    /// let header = UserDataHeader::read(&[0x03, 0x24, 0x01, 0x01, b'h', b'i'])?;
    /// assert_eq!(header.alphabet().single_shift(), Some(septet::NationalLanguage::Turkish));
    /// let error = UserDataHeader::read(&[0x03, 0x24, 0x02, 0x01]).unwrap_err();
    /// assert_eq!(error.to_string(), "the element at octet 1 does not end where the header ends, behind octet 3");
    /// # Ok::<_, InvalidHeader>(())
    /// ```
    pub fn read(user_data: &'a [u8]) -> Result<Self, InvalidHeader> {
        let length = user_data.first().copied().ok_or(InvalidHeader::Truncated {
            needed: 1,
            given: 0,
        })?;
        let needed = usize::from(length) + 1;
        let octets = user_data.get(..needed).ok_or(InvalidHeader::Truncated {
            needed,
            given: user_data.len(),
        })?;
        let header = Self { octets };
        let filled = 1 + header
            .elements()
            .map(InformationElement::octets)
            .sum::<usize>();
        if filled == needed {
            Ok(header)
        } else {
            Err(InvalidHeader::NotFilled {
                at: filled,
                end: needed - 1,
            })
        }
    }

    /// Writes a header of the elements in the order given at the start of `out`, whatever they are.
    ///
    /// # Errors
    ///
    /// Where the header would be longer than `out` or than the 140 octets of user data; `out` may hold
    /// part of it then.
    pub fn write<'e>(
        elements: impl IntoIterator<Item = InformationElement<'e>>,
        out: &'a mut [u8],
    ) -> Result<Self, HeaderTooLong> {
        let room = out.len().min(capacity::OCTETS);
        let mut end = 1;
        for element in elements {
            let start = end;
            end += element.octets();
            if let Some(slot) = out.get_mut(start..end).filter(|_| end <= room) {
                // Shorter than the room, so the length fits an octet.
                let head = [element.identifier(), element.data().len() as u8];
                for (slot, octet) in slot.iter_mut().zip(head.iter().chain(element.data())) {
                    *slot = *octet;
                }
            }
        }
        match out.get_mut(..end).filter(|_| end <= room) {
            Some(octets) => {
                if let Some(length) = octets.first_mut() {
                    *length = (end - 1) as u8;
                }
                Ok(Self { octets })
            }
            None => Err(HeaderTooLong { needed: end, room }),
        }
    }

    /// Returns all octets of the header, the length octet included.
    #[must_use]
    pub const fn as_octets(self) -> &'a [u8] {
        self.octets
    }

    /// Returns the elements in their order, known or not.
    #[must_use]
    pub fn elements(self) -> InformationElements<'a> {
        InformationElements::new(self.octets.get(1..).unwrap_or_default())
    }

    /// Returns the place in a concatenated message, with 8-bit or 16-bit reference. The last of
    /// several elements counts; one whose sequence number is 0 or beyond its total is ignored.
    #[must_use]
    pub fn concatenation(self) -> Option<ConcatenationElement> {
        self.known().concatenation
    }

    /// Returns the tables that the shift elements put in force. The last of several counts; a
    /// reserved language identifier is ignored.
    #[must_use]
    pub fn alphabet(self) -> Alphabet {
        let known = self.known();
        Alphabet::new(known.locking.flatten(), known.single_shift.flatten())
    }

    /// Returns the application ports. A message with ports is for a program on the phone, not for
    /// its owner to read.
    ///
    /// ```
    /// use septet::UserDataHeader;
    /// let ports = UserDataHeader::read(&[0x06, 0x05, 0x04, 0x0B, 0x84, 0x23, 0xF0])?.ports().unwrap();
    /// assert_eq!((ports.destination(), ports.originator(), ports.bits()), (2948, 9200, 16));
    /// # Ok::<_, septet::InvalidHeader>(())
    /// ```
    #[must_use]
    pub fn ports(self) -> Option<ApplicationPorts> {
        self.known().ports
    }

    /// Reads the elements that septet knows.
    pub(super) fn known(self) -> Known {
        let mut known = Known::default();
        for element in self.elements() {
            known.take(element);
        }
        known
    }
}

/// Shows identifiers and lengths, no octets.
impl fmt::Debug for UserDataHeader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.elements()).finish()
    }
}

/// The elements of a header that septet knows.
#[derive(Clone, Copy, Default)]
pub(super) struct Known {
    pub(super) concatenation: Option<ConcatenationElement>,
    /// Outer `None`: no element. Inner `None`: the element says the basic table.
    pub(super) locking: Option<Option<NationalLanguage>>,
    pub(super) single_shift: Option<Option<NationalLanguage>>,
    ports: Option<ApplicationPorts>,
    /// Whether an element of these had no effect: of a wrong length, with an impossible or reserved
    /// value, or followed by another that counts in its place.
    pub(super) ignored: bool,
}

impl Known {
    fn take(&mut self, element: InformationElement<'_>) {
        match (element.identifier(), element.data()) {
            (InformationElement::CONCATENATION_8_BIT, [reference, total, sequence]) => {
                let element =
                    ConcatenationElement::new(u16::from(*reference), 8, *total, *sequence);
                replace(&mut self.concatenation, element, &mut self.ignored);
            }
            (InformationElement::CONCATENATION_16_BIT, [high, low, total, sequence]) => {
                let element = ConcatenationElement::new(
                    u16::from_be_bytes([*high, *low]),
                    16,
                    *total,
                    *sequence,
                );
                replace(&mut self.concatenation, element, &mut self.ignored);
            }
            (InformationElement::SINGLE_SHIFT, [identifier]) => {
                replace(
                    &mut self.single_shift,
                    language(*identifier),
                    &mut self.ignored,
                );
            }
            (InformationElement::LOCKING_SHIFT, [identifier]) => {
                replace(&mut self.locking, language(*identifier), &mut self.ignored);
            }
            (InformationElement::PORTS_8_BIT, [destination, originator]) => {
                let [destination, originator] = [*destination, *originator].map(u16::from);
                let ports = ApplicationPorts {
                    destination,
                    originator,
                    bits: 8,
                };
                replace(&mut self.ports, Some(ports), &mut self.ignored);
            }
            (InformationElement::PORTS_16_BIT, [a, b, c, d]) => {
                let [destination, originator] = [[*a, *b], [*c, *d]].map(u16::from_be_bytes);
                let ports = ApplicationPorts {
                    destination,
                    originator,
                    bits: 16,
                };
                replace(&mut self.ports, Some(ports), &mut self.ignored);
            }
            (
                InformationElement::CONCATENATION_8_BIT
                | InformationElement::CONCATENATION_16_BIT
                | InformationElement::SINGLE_SHIFT
                | InformationElement::LOCKING_SHIFT
                | InformationElement::PORTS_8_BIT
                | InformationElement::PORTS_16_BIT,
                _,
            ) => self.ignored = true,
            _ => {}
        }
    }
}

/// Takes a valid element in place of the one before; says so where either was of no use.
fn replace<T>(slot: &mut Option<T>, element: Option<T>, ignored: &mut bool) {
    match element {
        Some(element) => *ignored |= slot.replace(element).is_some(),
        None => *ignored = true,
    }
}

/// The table of a language identifier: `Some(None)` is the default one, `None` a reserved value.
fn language(identifier: u8) -> Option<Option<NationalLanguage>> {
    match identifier {
        0 => Some(None),
        _ => NationalLanguage::from_identifier(identifier).map(Some),
    }
}

/// A segment's place in its message (TS 23.040 §9.2.3.24.1 and .8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct ConcatenationElement {
    reference: u16,
    bits: u8,
    total: u8,
    sequence: u8,
}

impl ConcatenationElement {
    /// Nothing where the sequence number is 0 or beyond the total: the standard has such an element
    /// ignored.
    pub(super) const fn new(reference: u16, bits: u8, total: u8, sequence: u8) -> Option<Self> {
        if sequence >= 1 && sequence <= total {
            Some(Self {
                reference,
                bits,
                total,
                sequence,
            })
        } else {
            None
        }
    }

    /// Returns the reference number, the same in all segments of a message.
    #[must_use]
    pub const fn reference(self) -> u16 {
        self.reference
    }

    /// Returns the width of the reference number in bits: 8 or 16.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.bits
    }

    /// Returns how many segments the message has, at least 1.
    #[must_use]
    pub const fn total(self) -> u8 {
        self.total
    }

    /// Returns the number of this segment, from 1 to the total.
    #[must_use]
    pub const fn sequence(self) -> u8 {
        self.sequence
    }
}

/// The programs that a message is from and for (TS 23.040 §9.2.3.24.3 and .4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct ApplicationPorts {
    destination: u16,
    originator: u16,
    bits: u8,
}

impl ApplicationPorts {
    /// Returns the port of the receiving program.
    #[must_use]
    pub const fn destination(self) -> u16 {
        self.destination
    }

    /// Returns the port of the sending program.
    #[must_use]
    pub const fn originator(self) -> u16 {
        self.originator
    }

    /// Returns the width of the ports in bits: 8 or 16.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.bits
    }
}

/// Octets that are not a header. Offsets count octets from the length octet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidHeader {
    /// The octets end too early.
    #[error("the header takes {needed} octets, but only {given} are there")]
    #[non_exhaustive]
    Truncated {
        /// Octets of the header, its length octet included.
        needed: usize,
        /// Octets given.
        given: usize,
    },
    /// An element reaches beyond the end of the header, or one octet is left before it.
    #[error("the element at octet {at} does not end where the header ends, behind octet {end}")]
    #[non_exhaustive]
    NotFilled {
        /// Where the element starts.
        at: usize,
        /// The last octet of the header.
        end: usize,
    },
}

/// The elements take up more octets than there is room for.
///
/// ```
/// use septet::{InformationElement, UserDataHeader};
/// let error = UserDataHeader::write([InformationElement::new(0x70, &[0; 9])], &mut [0; 8]).unwrap_err();
/// assert_eq!(error.to_string(), "the header takes 12 octets, but there is room for 8");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the header takes {needed} octets, but there is room for {room}")]
pub struct HeaderTooLong {
    needed: usize,
    room: usize,
}

impl HeaderTooLong {
    /// Returns how many octets the header takes, its length octet included.
    #[must_use]
    pub const fn needed(self) -> usize {
        self.needed
    }

    /// Returns how many octets there is room for: those of the buffer, at most 140.
    #[must_use]
    pub const fn room(self) -> usize {
        self.room
    }
}
