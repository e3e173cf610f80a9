//! What does a TP-DCS octet say? (TS 23.038 §4)

use crate::encoding::Encoding;

/// The data coding scheme of a short message, TP-DCS (TS 23.038 §4).
///
/// ```
/// use septet::{Coding, DataCoding, MessageClass};
/// let flash = DataCoding::new(0x18);
/// assert_eq!((flash.coding(), flash.class()), (Coding::Ucs2, Some(MessageClass::Class0)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct DataCoding(u8);

/// How the octets behind the header are to be read.
///
/// ```
/// assert_eq!(septet::DataCoding::new(0x04).coding(), septet::Coding::Data);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "every octet is read as one of these"
)]
pub enum Coding {
    /// Septets of the GSM 7 bit alphabet.
    Gsm7,
    /// Octets that are no text, known as 8-bit data.
    Data,
    /// UCS-2, read as UTF-16BE.
    Ucs2,
}

/// What the receiving phone does with a message (TS 23.038 §4).
///
/// ```
/// use septet::{Message, MessageClass, UserData};
/// let segment = Message::new("Look now").segments()?.next().unwrap();
/// let flash = UserData::encode(&segment, 0)?.with_class(MessageClass::Class0);
/// assert_eq!(flash.data_coding().value(), 0x10);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(clippy::exhaustive_enums, reason = "two bits of the octet")]
pub enum MessageClass {
    /// Shown at once and not stored, known as a flash message.
    #[doc(alias = "flash")]
    Class0,
    /// Stored in the mobile equipment.
    Class1,
    /// Stored on the (U)SIM.
    Class2,
    /// Handed on to the terminal equipment.
    Class3,
}

impl MessageClass {
    const fn from_bits(bits: u8) -> Self {
        match bits & 0b11 {
            0 => Self::Class0,
            1 => Self::Class1,
            2 => Self::Class2,
            _ => Self::Class3,
        }
    }
}

impl DataCoding {
    /// Creates the scheme of an octet; every octet means something.
    #[must_use]
    pub const fn new(value: u8) -> Self {
        Self(value)
    }

    /// The scheme of a text without class: `0x00` or `0x08`.
    pub(super) const fn of(encoding: Encoding) -> Self {
        match encoding {
            Encoding::Gsm7 => Self(0b00_00),
            Encoding::Ucs2 => Self(0b10_00),
        }
    }

    /// The same alphabet in the general group, with a class.
    pub(super) const fn with_class(self, class: MessageClass) -> Self {
        Self(self.0 & 0b1100 | 0b1_0000 | class as u8)
    }

    /// Returns the octet.
    #[must_use]
    pub const fn value(self) -> u8 {
        self.0
    }

    /// Returns how the text is coded. A reserved coding is read as the default alphabet, as the
    /// standard demands of receivers.
    #[must_use]
    pub const fn coding(self) -> Coding {
        match (self.0 >> 4, self.0 >> 2 & 0b11) {
            (0b0000..=0b0111, 0b01) => Coding::Data,
            (0b0000..=0b0111, 0b10) => Coding::Ucs2,
            (0b1110, _) => Coding::Ucs2,
            (0b1111, 0b01 | 0b11) => Coding::Data,
            _ => Coding::Gsm7,
        }
    }

    /// Returns the message class, where the octet states one.
    #[must_use]
    pub const fn class(self) -> Option<MessageClass> {
        match (self.0 >> 4, self.0 >> 4 & 1) {
            (0b0000..=0b0111, 1) | (0b1111, _) => Some(MessageClass::from_bits(self.0)),
            _ => None,
        }
    }

    /// Says whether the text is compressed (TS 23.042), which septet does not read.
    #[must_use]
    pub const fn is_compressed(self) -> bool {
        self.0 & 0b1010_0000 == 0b0010_0000
    }

    /// Says whether the octet uses a reserved group, alphabet or bit.
    ///
    /// The bits 1 and 0 of the general group, which mean nothing without a class, are not looked
    /// at.
    #[must_use]
    pub const fn is_reserved(self) -> bool {
        match self.0 >> 4 {
            0b0000..=0b0111 => self.0 & 0b1100 == 0b1100,
            0b1000..=0b1011 => true,
            0b1100..=0b1110 => self.0 & 0b0100 != 0,
            _ => self.0 & 0b1000 != 0,
        }
    }

    /// Reads the `data_coding` of SMPP, where GSM 7 bit is the SMSC's default alphabet.
    pub(super) const fn from_smpp(data_coding: u8) -> Result<Self, UnsupportedDataCoding> {
        match data_coding {
            0x00 | 0x08 | 0xC0..=0xDF | 0xF0..=0xFF => Ok(Self(data_coding)),
            0x02 | 0x04 => Ok(Self(0x04)),
            _ => Err(UnsupportedDataCoding { data_coding }),
        }
    }
}

/// An SMPP `data_coding` that is neither GSM 7 bit, UCS-2 nor 8-bit data.
///
/// ```
/// let error = septet::ReceivedUserData::unpacked(0x03, false, b"caf\xe9").unwrap_err();
/// assert_eq!(error.to_string(), "data_coding 0x03 is no coding of a short message's text; septet reads 0x00, 0x02, 0x04, 0x08, 0xC0 to 0xDF and 0xF0 to 0xFF");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "data_coding {data_coding:#04X} is no coding of a short message's text; septet reads 0x00, 0x02, 0x04, 0x08, 0xC0 to 0xDF \
     and 0xF0 to 0xFF"
)]
pub struct UnsupportedDataCoding {
    data_coding: u8,
}

impl UnsupportedDataCoding {
    /// Returns the value given.
    #[must_use]
    pub const fn data_coding(self) -> u8 {
        self.data_coding
    }
}
