//! The sender in octets: the address field of TP-OA and TP-DA (TS 23.040 §9.1.2.5, Release 17).

use core::fmt;
use core::iter::FusedIterator;

use super::id::SenderId;
use crate::alphabet::{Alphabet, ESCAPE};
use crate::telephony::SenderKind;

/// The whole field, and the semi-octets that its value has at most.
const FIELD: usize = 12;
const SEMI_OCTETS: u8 = 20;

const SEMI_OCTET_BITS: u8 = 4;
const SEPTET_BITS: u8 = 7;

/// The filler behind an odd number of digits.
const FILLER: u8 = 0xF;

/// Bit 8 of the type of address, which is always set, and the numbering plan of telephones (E.164).
const TYPE_OF_ADDRESS: u8 = 0x80;
const TELEPHONE_PLAN: u8 = 1;

/// An address field in octets: TP-OA, the sender, or TP-DA, the receiver (TS 23.040 §9.1.2.5).
///
/// | octet | holds |
/// |---|---|
/// | 1 | how many semi-octets of the value are used |
/// | 2 | the type of address: 1, three bits for the [`TypeOfNumber`], four for the numbering plan |
/// | 3 to 12 | the value: digits, a semi-octet each, or septets of the GSM 7 bit default alphabet, packed |
///
/// A name of n characters is 7n bits, and so counts as `(7 * n).div_ceil(4)` semi-octets. `Debug` shows
/// the type and the count, not the address. Two are equal if their octets are.
///
/// ```
/// use septet::sender::{OriginatingAddress, TypeOfNumber};
/// let tp_oa = [0x0B, 0x91, 0x44, 0x97, 0x11, 0x21, 0x43, 0xF5, 0x00, 0x00]; // and what follows
/// let address = OriginatingAddress::decode(&tp_oa)?;
/// assert_eq!(address.as_octets().len(), 8);
/// assert_eq!(address.type_of_number(), TypeOfNumber::International);
/// assert_eq!(address.characters().collect::<String>(), "44791112345");
/// assert_eq!(address.sender_id().unwrap().as_str(), "+44791112345");
/// # Ok::<_, septet::sender::InvalidAddress>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[doc(alias = "TP-OA")]
#[doc(alias = "TP-DA")]
pub struct OriginatingAddress {
    /// Zero behind the octets that are used.
    octets: [u8; FIELD],
}

/// What an address is, by bits 7 to 5 of its type (TS 23.040 §9.1.2.5).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(clippy::exhaustive_enums, reason = "three bits")]
#[doc(alias = "TON")]
pub enum TypeOfNumber {
    /// As it would be dialled, prefixes included; short codes too.
    Unknown,
    /// Calling code first, without `+`.
    International,
    /// Without calling code and prefix.
    National,
    /// A service of the network.
    NetworkSpecific,
    /// A short form that a service centre knows.
    Subscriber,
    /// A name.
    Alphanumeric,
    /// Abbreviated.
    Abbreviated,
    /// Reserved for extension.
    Reserved,
}

impl OriginatingAddress {
    /// Writes a sender: a name as alphanumeric (`0xD0`), a number in full as international (`0x91`),
    /// a short code as unknown (`0x81`), the last two by the numbering plan of telephones.
    ///
    /// ```
    /// use septet::sender::OriginatingAddress;
    /// let address = OriginatingAddress::encode(&"24365".parse()?);
    /// assert_eq!(address.as_octets(), [5, 0x81, 0x42, 0x63, 0xF5]);
    /// # Ok::<_, septet::sender::InvalidSenderId>(())
    /// ```
    pub fn encode(sender: &SenderId) -> Self {
        let written = sender.as_str();
        let digits = written.trim_start_matches('+');
        let (type_of_number, plan) = match sender.kind() {
            SenderKind::Alphanumeric => (TypeOfNumber::Alphanumeric, 0),
            SenderKind::ShortCode => (TypeOfNumber::Unknown, TELEPHONE_PLAN),
            SenderKind::LongCode | SenderKind::TollFree => {
                (TypeOfNumber::International, TELEPHONE_PLAN)
            }
        };
        let (semi_octets, value) = if type_of_number == TypeOfNumber::Alphanumeric {
            // Letters, digits and the space have the septets that they have in ASCII.
            let septets = written.bytes();
            let bits = septets.len() * usize::from(SEPTET_BITS);
            (
                bits.div_ceil(usize::from(SEMI_OCTET_BITS)),
                pack(septets, SEPTET_BITS),
            )
        } else {
            let filler = (digits.len() % 2 == 1).then_some(FILLER);
            let units = digits.bytes().map(|digit| digit - b'0').chain(filler);
            (digits.len(), pack(units, SEMI_OCTET_BITS))
        };
        let type_of_address = TYPE_OF_ADDRESS | (type_of_number as u8) << 4 | plan;
        #[expect(clippy::cast_possible_truncation, reason = "at most 20")]
        let header = [semi_octets as u8, type_of_address];
        Self::of(header, value.to_le_bytes())
    }

    /// Reads an address field from the front of octets; [`as_octets`](Self::as_octets) tells how many
    /// they are.
    ///
    /// Every type and plan is read. What has no meaning is not looked at: bit 8 of the type, the bits
    /// behind the last septet, and the semi-octet behind an odd number of digits.
    ///
    /// # Errors
    ///
    /// There are fewer octets than the first says, or it says that there are more than 20 semi-octets.
    ///
    /// ```
    /// use septet::sender::{InvalidAddress, OriginatingAddress};
    /// assert_eq!(OriginatingAddress::decode(&[0, 0x80]).unwrap().characters().count(), 0);
    /// let error = OriginatingAddress::decode(&[13, 0xD0, 0xE4]).unwrap_err();
    /// assert_eq!(error, InvalidAddress::Truncated { needed: 9, given: 3 });
    /// ```
    pub fn decode(octets: &[u8]) -> Result<Self, InvalidAddress> {
        let given = octets.len();
        let [semi_octets, type_of_address, value @ ..] = octets else {
            let needed = 2;
            return Err(InvalidAddress::Truncated { needed, given });
        };
        let semi_octets = *semi_octets;
        if semi_octets > SEMI_OCTETS {
            return Err(InvalidAddress::TooLong { semi_octets });
        }
        let count = usize::from(semi_octets.div_ceil(2));
        let Some(value) = value.get(..count) else {
            let needed = 2 + count;
            return Err(InvalidAddress::Truncated { needed, given });
        };
        Ok(Self::of(
            [semi_octets, *type_of_address],
            value.iter().copied(),
        ))
    }

    fn of(header: [u8; 2], value: impl IntoIterator<Item = u8>) -> Self {
        let mut octets = [0; FIELD];
        for (place, octet) in octets.iter_mut().zip(header.into_iter().chain(value)) {
            *place = octet;
        }
        Self { octets }
    }

    /// Returns the octets of the field, 2 to 12, as they were read or written.
    pub fn as_octets(&self) -> &[u8] {
        let count = 2 + usize::from(self.semi_octets().div_ceil(2));
        self.octets.get(..count).unwrap_or(&self.octets)
    }

    /// Returns how many semi-octets of the value are used, 0 to 20.
    pub const fn semi_octets(&self) -> u8 {
        let [semi_octets, ..] = self.octets;
        semi_octets
    }

    /// Returns what the address is.
    pub const fn type_of_number(&self) -> TypeOfNumber {
        let [_, type_of_address, ..] = self.octets;
        match type_of_address >> 4 & 7 {
            0 => TypeOfNumber::Unknown,
            1 => TypeOfNumber::International,
            2 => TypeOfNumber::National,
            3 => TypeOfNumber::NetworkSpecific,
            4 => TypeOfNumber::Subscriber,
            5 => TypeOfNumber::Alphanumeric,
            6 => TypeOfNumber::Abbreviated,
            _ => TypeOfNumber::Reserved,
        }
    }

    /// Returns the numbering plan, bits 4 to 1 of the type: 0 is unknown, 1 that of telephones (E.164),
    /// 3 data (X.121), 4 telex, 8 national, 9 private.
    #[doc(alias = "NPI")]
    pub const fn numbering_plan(&self) -> u8 {
        let [_, type_of_address, ..] = self.octets;
        type_of_address & 0xF
    }

    /// Yields the characters of a name, or the digits of a number: `0` to `9`, `*`, `#`, `a`, `b` and
    /// `c`, without `+`.
    ///
    /// Names are read as user data is, extension table included (TS 23.038 §6.2.1). A filler ends the
    /// digits, wherever it stands. Fourteen semi-octets hold eight septets; an eighth of zeros would be
    /// `@`, but is there because some count the octets of seven characters, and it is left out. No
    /// other count is in doubt.
    ///
    /// ```
    /// use septet::sender::OriginatingAddress;
    /// let seven = [13, 0xD0, 0x4F, 0x78, 0xD9, 0x2D, 0x9C, 0x0E, 0x01];
    /// let whole_octets = [14, 0xD0, 0x4F, 0x78, 0xD9, 0x2D, 0x9C, 0x0E, 0x01];
    /// for octets in [seven, whole_octets] {
    ///     let address = OriginatingAddress::decode(&octets)?;
    ///     assert_eq!(address.characters().collect::<String>(), "OpenBSC");
    /// }
    /// # Ok::<_, septet::sender::InvalidAddress>(())
    /// ```
    pub fn characters(&self) -> AddressCharacters {
        let [_, _, value @ ..] = self.octets;
        let bits = value
            .iter()
            .rev()
            .fold(0, |bits, octet| bits << 8 | u128::from(*octet));
        let semi_octets = self.semi_octets();
        if self.type_of_number() != TypeOfNumber::Alphanumeric {
            return AddressCharacters {
                bits,
                width: SEMI_OCTET_BITS,
                left: semi_octets,
            };
        }
        let septets = semi_octets * SEMI_OCTET_BITS / SEPTET_BITS;
        let spare = semi_octets == 14 && bits >> (7 * SEPTET_BITS) & 0x7F == 0;
        AddressCharacters {
            bits,
            width: SEPTET_BITS,
            left: if spare { 7 } else { septets },
        }
    }

    /// Returns the sender, if the address is one by the rules of [`SenderId`]: a name, a number in
    /// full (international, by the plan of telephones or none), or a short code (unknown,
    /// network-specific or abbreviated).
    ///
    /// National numbers are not taken for short codes; their calling code is not in the field.
    /// Names arrive with signs that [`SenderId`] does not take: [`characters`](Self::characters) has them.
    ///
    /// ```
    /// use septet::sender::OriginatingAddress;
    /// let address = OriginatingAddress::decode(&[13, 0xD0, 0xE4, 0x74, 0xD8, 0x1C, 0x0E, 0xBB, 0x01])?;
    /// assert_eq!(address.sender_id().unwrap().as_str(), "diafaan");
    /// let digits_as_a_name = OriginatingAddress::decode(&[6, 0xD0, 0xB1, 0x1B, 0x0C])?;
    /// assert_eq!(digits_as_a_name.characters().collect::<String>(), "170");
    /// assert_eq!(digits_as_a_name.sender_id(), None);
    /// # Ok::<_, septet::sender::InvalidAddress>(())
    /// ```
    pub fn sender_id(&self) -> Option<SenderId> {
        let plus = (self.type_of_number() == TypeOfNumber::International).then_some('+');
        let mut written = [0; 1 + SEMI_OCTETS as usize];
        let mut length = 0;
        let characters = plus.into_iter().chain(self.characters());
        for (place, character) in written.iter_mut().zip(characters) {
            *place = u8::try_from(character).ok()?;
            length += 1;
        }
        // A filler in the middle ended the digits before all that are counted.
        let is_name = self.type_of_number() == TypeOfNumber::Alphanumeric;
        let counted = usize::from(self.semi_octets()) + usize::from(plus.is_some());
        if !is_name && length + 1 < counted {
            return None;
        }
        // No sender has a character beyond ASCII, whatever these octets are then.
        let written = core::str::from_utf8(written.get(..length)?).ok()?;
        let sender: SenderId = written.parse().ok()?;
        let is_so_sent = match sender.kind() {
            SenderKind::Alphanumeric => self.type_of_number() == TypeOfNumber::Alphanumeric,
            SenderKind::ShortCode => matches!(
                self.type_of_number(),
                TypeOfNumber::Unknown | TypeOfNumber::NetworkSpecific | TypeOfNumber::Abbreviated
            ),
            SenderKind::LongCode | SenderKind::TollFree => {
                plus.is_some() && self.numbering_plan() <= TELEPHONE_PLAN
            }
        };
        is_so_sent.then_some(sender)
    }
}

/// Puts units behind each other, the first in the lowest bits.
fn pack(units: impl DoubleEndedIterator<Item = u8>, width: u8) -> u128 {
    units
        .rev()
        .fold(0, |bits, unit| bits << width | u128::from(unit))
}

/// Shows the type and how many semi-octets there are.
impl fmt::Debug for OriginatingAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OriginatingAddress")
            .field("type_of_number", &self.type_of_number())
            .field("numbering_plan", &self.numbering_plan())
            .field("semi_octets", &self.semi_octets())
            .finish_non_exhaustive()
    }
}

/// Yields the characters of an [`OriginatingAddress`].
#[derive(Clone)]
pub struct AddressCharacters {
    /// The units that are left, the next in the lowest bits.
    bits: u128,
    /// Four for digits, seven for septets.
    width: u8,
    left: u8,
}

impl AddressCharacters {
    fn unit(&mut self) -> Option<u8> {
        self.left = self.left.checked_sub(1)?;
        let unit = self.bits & ((1 << self.width) - 1);
        self.bits >>= self.width;
        u8::try_from(unit).ok()
    }
}

impl Iterator for AddressCharacters {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let unit = self.unit()?;
        if self.width == SEMI_OCTET_BITS {
            return Some(char::from(match unit {
                0..=9 => b'0' + unit,
                10 => b'*',
                11 => b'#',
                12..=14 => b'a' + (unit - 12),
                _ => {
                    self.left = 0;
                    return None;
                }
            }));
        }
        let alphabet = Alphabet::DEFAULT;
        if unit != ESCAPE {
            return alphabet.basic(unit);
        }
        // Two escapes, or one with nothing behind it, are a space; a code that the extension table
        // does not have is the letter that a phone without that table would show.
        let shown = match self.unit() {
            None | Some(ESCAPE) => None,
            Some(code) => alphabet.shifted(code).or_else(|| alphabet.basic(code)),
        };
        Some(shown.unwrap_or(' '))
    }
}

impl FusedIterator for AddressCharacters {}

/// Shows how many there may be, none of them.
impl fmt::Debug for AddressCharacters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddressCharacters")
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}

/// Octets hold no address field.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidAddress {
    /// The first octet counts more semi-octets than an address has.
    #[error(
        "an address of {semi_octets} semi-octets; there are at most 20, and the first octet counts digits, not octets"
    )]
    TooLong {
        /// The count in the first octet.
        semi_octets: u8,
    },
    /// There are fewer octets than the address has.
    #[error(
        "the address has {needed} octets, and {given} are given; give the field from its length on"
    )]
    Truncated {
        /// The number of octets, as far as it can be told.
        needed: usize,
        /// The number of those that were given.
        given: usize,
    },
}
