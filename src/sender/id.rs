//! What a message comes from, as it is written.

use core::fmt;
use core::str::FromStr;

use crate::telephony::{E164, SenderKind};

/// The most characters of a name: more do not fit the address field (TS 23.040 §9.1.2.5).
const NAME: usize = 11;
/// The digits of a short code.
const SHORT_CODE: core::ops::RangeInclusive<usize> = 3..=8;
/// The longest sender ID, `+` and 15 digits.
const LONGEST: usize = 16;
/// What toll-free numbers of the North American plan begin with, behind +1.
const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];

/// A sender ID: what a phone shows as the sender of a message.
///
/// | kind | form |
/// |---|---|
/// | alphanumeric | 1 to 11 of `A` to `Z`, `a` to `z`, `0` to `9` and space, at least one letter, no space in front or behind |
/// | short code | 3 to 8 digits |
/// | long code | a number in full, with `+` ([`E164`]) |
/// | toll-free | such a number of the North American plan: +1, one of 800, 833, 844, 855, 866, 877 and 888, and 7 digits |
///
/// This is what every provider takes; some take a few signs more in a name. The form is all that is
/// checked. Toll-free numbers of other plans cannot send, and are long codes
/// here. Names are compared with case, as registers do.
///
/// `Debug` shows kind and length, and there is no `Display`: [`as_str`](Self::as_str) is the one way to
/// what is written.
///
/// ```
/// use septet::sender::SenderId;
/// use septet::telephony::SenderKind;
/// let sender: SenderId = "+18005550123".parse()?;
/// assert_eq!((sender.kind(), sender.as_str()), (SenderKind::TollFree, "+18005550123"));
/// assert_eq!(format!("{sender:?}"), "SenderId(toll-free, 11 digits)");
/// assert!("My-Shop".parse::<SenderId>().is_err());
/// # Ok::<_, septet::sender::InvalidSenderId>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "header")]
pub struct SenderId {
    /// ASCII, zero octets behind.
    written: [u8; LONGEST],
    length: u8,
    kind: SenderKind,
}

impl SenderId {
    /// What is written is checked: ASCII, and at most as long as its place.
    fn of(sender: &str, kind: SenderKind) -> Self {
        let mut written = [0; LONGEST];
        for (place, byte) in written.iter_mut().zip(sender.bytes()) {
            *place = byte;
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most 16")]
        let length = sender.len() as u8;
        Self {
            written,
            length,
            kind,
        }
    }

    /// Returns what it is: a name, a short code, a long code or a toll-free number.
    ///
    /// ```
    /// use septet::{sender::SenderId, telephony::SenderKind};
    /// assert_eq!("24365".parse::<SenderId>()?.kind(), SenderKind::ShortCode);
    /// assert_eq!("24 7".parse::<SenderId>().ok(), None);
    /// assert_eq!("247 Taxi".parse::<SenderId>()?.kind(), SenderKind::Alphanumeric);
    /// # Ok::<_, septet::sender::InvalidSenderId>(())
    /// ```
    pub const fn kind(&self) -> SenderKind {
        self.kind
    }

    /// Returns the sender ID as it is written; a number with `+` in front.
    pub fn as_str(&self) -> &str {
        let written = self.written.get(..usize::from(self.length));
        // It is ASCII, and never longer than its place.
        written.map_or("", |written| {
            core::str::from_utf8(written).unwrap_or_default()
        })
    }

    /// Returns the number of a long code or a toll-free sender.
    ///
    /// ```
    /// use septet::sender::SenderId;
    /// let sender: SenderId = "+447911123456".parse()?;
    /// assert_eq!(sender.e164().unwrap().digits(), "447911123456");
    /// assert_eq!("60070".parse::<SenderId>()?.e164(), None);
    /// # Ok::<_, septet::sender::InvalidSenderId>(())
    /// ```
    pub fn e164(&self) -> Option<E164> {
        self.as_str().parse().ok()
    }
}

impl FromStr for SenderId {
    type Err = InvalidSenderId;

    /// Reads a sender ID and tells its kind. Nothing is trimmed or changed.
    ///
    /// # Errors
    ///
    /// Says what is wrong and at which byte. The sender ID is not shown.
    fn from_str(sender: &str) -> Result<Self, InvalidSenderId> {
        let kind = if sender.starts_with('+') {
            let number = sender.parse::<E164>();
            number.map_or_else(
                |error| Err(SenderFault::Number.at(error.at())),
                |number| Ok(kind_of_number(number)),
            )
        } else if !sender.is_empty() && sender.bytes().all(|byte| byte.is_ascii_digit()) {
            if SHORT_CODE.contains(&sender.len()) {
                Ok(SenderKind::ShortCode)
            } else {
                Err(SenderFault::Digits.at(sender.len().min(*SHORT_CODE.end())))
            }
        } else {
            check_name(sender).map(|()| SenderKind::Alphanumeric)
        }?;
        Ok(Self::of(sender, kind))
    }
}

fn kind_of_number(number: E164) -> SenderKind {
    let national = number.digits().strip_prefix('1');
    match national.filter(|national| national.len() == 10) {
        Some(national) if TOLL_FREE.iter().any(|code| national.starts_with(code)) => {
            SenderKind::TollFree
        }
        _ => SenderKind::LongCode,
    }
}

fn check_name(name: &str) -> Result<(), InvalidSenderId> {
    if name.is_empty() {
        return Err(SenderFault::Empty.at(0));
    }
    for (at, character) in name.char_indices() {
        let fault = match character {
            _ if at == NAME => SenderFault::TooLong,
            ' ' if at == 0 || at + 1 == name.len() => SenderFault::OuterSpace,
            ' ' => continue,
            _ if character.is_ascii_alphanumeric() => continue,
            _ => SenderFault::Character,
        };
        return Err(fault.at(at));
    }
    if name.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Ok(());
    }
    // There are digits and, since it is no short code, a space between them.
    Err(SenderFault::NoLetter.at(name.find(' ').unwrap_or_default()))
}

impl fmt::Debug for SenderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (units, plus) = match self.kind {
            SenderKind::Alphanumeric => ("characters", 0),
            SenderKind::ShortCode => ("digits", 0),
            SenderKind::LongCode | SenderKind::TollFree => ("digits", 1),
        };
        write!(f, "SenderId({}, {} {units})", self.kind, self.length - plus)
    }
}

/// A string is no sender ID.
///
/// ```
/// use septet::sender::{SenderFault, SenderId};
/// let error = "My-Shop".parse::<SenderId>().unwrap_err();
/// assert_eq!((error.fault(), error.at()), (SenderFault::Character, 2));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{} at byte {at}; {}", .fault.what(), .fault.remedy())]
pub struct InvalidSenderId {
    fault: SenderFault,
    at: usize,
}

/// What is wrong with a sender ID.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum SenderFault {
    /// It is empty.
    Empty,
    /// A character is neither a letter nor a digit of ASCII, nor a space.
    Character,
    /// A space is in front or behind, where no one sees it.
    OuterSpace,
    /// A name has more than 11 characters.
    TooLong,
    /// There are digits and spaces only, and no letter makes them a name.
    NoLetter,
    /// There are digits only, and fewer than 3 or more than 8.
    Digits,
    /// What follows `+` is no number in full.
    Number,
}

impl SenderFault {
    const fn at(self, at: usize) -> InvalidSenderId {
        InvalidSenderId { fault: self, at }
    }

    const fn what(self) -> &'static str {
        match self {
            Self::Empty => "nothing",
            Self::Character => "a character that is not taken here",
            Self::OuterSpace => "a space in front or behind",
            Self::TooLong => "a character too many",
            Self::NoLetter => "a space between digits only",
            Self::Digits => "too few or too many digits",
            Self::Number => "no number in full",
        }
    }

    const fn remedy(self) -> &'static str {
        match self {
            Self::Empty => "write a name, a short code, or `+` and a number",
            Self::Character => "write letters A to Z, digits and spaces, or `+` and a number",
            Self::OuterSpace => "leave it out",
            Self::TooLong => "a name has at most 11, a number begins with `+`",
            Self::NoLetter => "write a letter, or the digits of a short code alone",
            Self::Digits => "a short code has 3 to 8, a number in full begins with `+`",
            Self::Number => {
                "write `+`, the calling code and the rest, 2 to 15 digits in all and nothing between them"
            }
        }
    }
}

impl InvalidSenderId {
    /// Returns what is wrong.
    pub const fn fault(self) -> SenderFault {
        self.fault
    }

    /// Returns the byte at which the string stops being a sender ID: its length, where it is too short.
    pub const fn at(self) -> usize {
        self.at
    }
}

impl From<E164> for SenderId {
    /// A number in full is a long code, or a toll-free sender.
    fn from(number: E164) -> Self {
        Self::of(number.as_str(), kind_of_number(number))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for SenderId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for SenderId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::telephony::parsed(deserializer)
    }
}
