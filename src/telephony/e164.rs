//! A phone number as the world dials it.

use core::fmt;
use core::str::FromStr;

/// The most digits a number has, its calling code included (ITU-T E.164 §6).
const DIGITS: usize = 15;

/// A number in the form of ITU-T E.164: `+` and 2 to 15 digits, the first of which is not 0.
///
/// The form is all that is checked; what the number is for, and whether there can be such a number, is
/// what `phone::classify` tells (feature `phone`).
///
/// `Debug` shows the number of digits, not the digits, and there is no `Display`: a number is personal
/// data, and [`as_str`](Self::as_str) is the one way to it.
///
/// ```
/// use septet::telephony::E164;
/// let number: E164 = "+447911123456".parse()?;
/// assert_eq!(number.as_str(), "+447911123456");
/// assert_eq!(format!("{number:?}"), "E164(12 digits)");
/// assert!("07911 123456".parse::<E164>().is_err());
/// # Ok::<_, septet::telephony::InvalidE164>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[doc(alias = "MSISDN")]
pub struct E164 {
    /// ASCII, `+` in front, zero octets behind.
    written: [u8; DIGITS + 1],
    digits: u8,
}

impl E164 {
    /// Returns the number with `+` in front.
    pub fn as_str(&self) -> &str {
        let written = self.written.get(..=usize::from(self.digits));
        // It is ASCII, and never longer than its place.
        written.map_or("", |written| {
            core::str::from_utf8(written).unwrap_or_default()
        })
    }

    /// Returns the digits, without `+`, calling code first.
    pub fn digits(&self) -> &str {
        self.as_str().get(1..).unwrap_or_default()
    }
}

impl FromStr for E164 {
    type Err = InvalidE164;

    /// Reads a number that is written in full, without spaces or signs between its digits.
    ///
    /// # Errors
    ///
    /// Says at which byte the string stops being such a number. It is not shown.
    fn from_str(number: &str) -> Result<Self, InvalidE164> {
        let error = |at| Err(InvalidE164 { at });
        let Some(digits) = number.strip_prefix('+') else {
            return error(0);
        };
        if digits.starts_with('0') {
            return error(1);
        }
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        if count < digits.len() || count < 2 {
            return error((1 + count).min(1 + DIGITS));
        }
        let mut written = [0; DIGITS + 1];
        let Some(place) = written.get_mut(..=count) else {
            return error(1 + DIGITS);
        };
        place.copy_from_slice(number.as_bytes());
        #[expect(clippy::cast_possible_truncation, reason = "at most 15")]
        let digits = count as u8;
        Ok(Self { written, digits })
    }
}

impl fmt::Debug for E164 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "E164({} digits)", self.digits)
    }
}

/// A string is no number in the form of E.164.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "no number in full at byte {at}; write `+`, the calling code and the rest, 2 to 15 digits in all and nothing between them"
)]
pub struct InvalidE164 {
    at: usize,
}

impl InvalidE164 {
    /// Returns the byte at which the string stops being a number: its length, where it is too short.
    pub const fn at(self) -> usize {
        self.at
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for E164 {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for E164 {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::written::parsed(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;

    #[test]
    fn every_length_from_2_to_15_digits_is_read_and_no_other() {
        for count in 0..40 {
            let number = format!("+{}", "9".repeat(count));
            let read = number.parse::<E164>();
            assert_eq!(read.is_ok(), (2..=15).contains(&count), "{count} digits");
            match read {
                Ok(read) => assert_eq!((read.as_str(), read.digits()), (&*number, &number[1..])),
                Err(error) => assert_eq!(error.at(), (1 + count).min(16)),
            }
        }
    }

    #[test]
    fn what_is_no_number_is_told_by_its_byte() {
        for (written, at) in [
            ("", 0),
            ("447911123456", 0),
            ("+0447911123456", 1),
            ("+44 7911123456", 3),
            ("+44791112345é", 12),
            ("+４４7911123456", 1),
            ("+4479111234567890123 x", 16),
        ] {
            assert_eq!(
                written.parse::<E164>(),
                Err(InvalidE164 { at }),
                "{written}"
            );
        }
    }

    #[test]
    fn digits_are_not_shown() {
        let number: E164 = "+16502530000".parse().unwrap();
        assert_eq!(format!("{number:?}"), "E164(11 digits)");
    }
}
