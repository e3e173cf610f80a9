//! What is this number?

use alloc::string::String;
use core::fmt;

use super::plan;
use super::written::{Written, holds};
use crate::telephony::{E164, NumberFault, NumberKind, Region};

/// The longest input that reaches the parser, in bytes. No number needs more, and time is bounded.
const LONGEST: usize = 250;

/// The digits of a short code.
const SHORT_CODE: core::ops::RangeInclusive<usize> = 3..=6;

/// What the numbering plans make of an input.
///
/// One number can be written in many ways, and two classifications are equal only if all that is said
/// of them is: compare and count numbers by [`e164`](Self::e164).
///
/// `Debug` shows no digit.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Classification {
    validity: Validity,
    kind: NumberKind,
    region: Option<Region>,
    calling_code: Option<u16>,
    e164: Option<E164>,
    extension: Option<String>,
    letters: bool,
    surplus: bool,
}

/// Whether there can be such a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "who forgets one of these trusts what is no number"
)]
pub enum Validity {
    /// It is in a range that was given out.
    Valid,
    /// It was read as a number, and there is none like it.
    Invalid(NumberFault),
    /// It could not be read as a number.
    Unparseable(NumberFault),
}

impl Validity {
    /// Returns `valid`, `invalid` or `unparseable`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Invalid(_) => "invalid",
            Self::Unparseable(_) => "unparseable",
        }
    }

    /// Returns what is wrong, unless it is valid.
    pub const fn fault(self) -> Option<NumberFault> {
        match self {
            Self::Valid => None,
            Self::Invalid(fault) | Self::Unparseable(fault) => Some(fault),
        }
    }
}

/// Returns what the numbering plans make of an input.
///
/// It is read as people write numbers: with spaces, brackets, dashes, digits of any script, as a `tel:`
/// URI, with an extension. Behind `+`, or behind the digits that are dialed before an international
/// number, stands the calling code; else the number is one of `region`, if that is given.
///
/// Input of more than 250 bytes is too long for a number, and one with `;phone-context=` is none: both
/// are answered at once, and do not reach the parser.
///
/// ```
/// use septet::phone::{Validity, classify};
/// use septet::telephony::{NumberFault, NumberKind, Region};
///
/// let number = classify("011 44 7911 123456", Some(Region::US));
/// assert_eq!(number.validity(), Validity::Valid);
/// assert_eq!((number.kind(), number.region()), (NumberKind::Mobile, Some(Region::GG)));
/// assert_eq!(number.calling_code(), Some(44));
///
/// let number = classify("tel:+1-650-253-0000;ext=12", None);
/// assert_eq!(number.e164().unwrap().as_str(), "+16502530000");
/// assert_eq!(number.extension(), Some("12"));
///
/// let fault = |input| classify(input, None).validity().fault();
/// assert_eq!(fault("+1 650 253"), Some(NumberFault::TooShort));
/// assert_eq!(fault("650 253 0000"), Some(NumberFault::NoCountry));
/// assert_eq!(fault("+44 7700 900123"), Some(NumberFault::Unassigned)); // kept for fiction
/// assert_eq!(fault("hello"), Some(NumberFault::NotANumber));
/// ```
pub fn classify(input: &str, region: Option<Region>) -> Classification {
    let unparseable = |fault| Classification {
        validity: Validity::Unparseable(fault),
        kind: NumberKind::Unknown,
        region: None,
        calling_code: None,
        e164: None,
        extension: None,
        letters: false,
        surplus: false,
    };
    if input.len() > LONGEST {
        return unparseable(NumberFault::TooLong);
    }
    if holds(input, ";phone-context=") {
        return unparseable(NumberFault::NotANumber);
    }
    let written = Written::new(input);
    let number = match plan::read(input, region) {
        Ok(number) => number,
        // The parser calls both the same.
        Err(NumberFault::UnknownCallingCode)
            if !written.has_plus() && !region.is_some_and(plan::has_plan) =>
        {
            return unparseable(NumberFault::NoCountry);
        }
        Err(fault) => return unparseable(fault),
    };
    // A plan may have longer numbers than the world can dial (Germany's has).
    let e164 = number.international.parse().ok();
    let found = number
        .kind
        .and_then(|kind| Ok((kind, e164.ok_or(NumberFault::TooLong)?)));
    let (validity, kind, e164) = match found {
        Ok((kind, e164)) => (Validity::Valid, kind, Some(e164)),
        Err(fault) => {
            let alone = region.filter(|_| number.extension.is_none());
            let digits = alone.and_then(|_| written.bare_digits());
            let kind = match digits {
                Some(digits) if SHORT_CODE.contains(&digits) => NumberKind::ShortCode,
                _ => NumberKind::Unknown,
            };
            (Validity::Invalid(fault), kind, None)
        }
    };
    let extension = number.extension.as_deref().unwrap_or_default();
    let kept = number.international.len() - 1 + extension.len();
    Classification {
        validity,
        kind,
        region: number.region.filter(|_| e164.is_some()),
        calling_code: Some(number.calling_code),
        e164,
        letters: written.has_letters(number.written_extension.as_deref()),
        surplus: written.surplus
            || written.is_second_number(extension)
            || written.drops_digits(kept),
        extension: number.extension,
    }
}

impl Classification {
    /// Returns whether there can be such a number, and if not, why.
    pub const fn validity(&self) -> Validity {
        self.validity
    }

    /// Whether there can be such a number.
    pub const fn is_valid(&self) -> bool {
        matches!(self.validity, Validity::Valid)
    }

    /// Returns what the number's range was given out for: unknown for what is not valid, unless it has
    /// the form of a short code.
    ///
    /// It is not called mobile where the plan has one range for both, as that of North America.
    pub const fn kind(&self) -> NumberKind {
        self.kind
    }

    /// Returns the region of a valid number: `None` for a global network, which has none.
    pub const fn region(&self) -> Option<Region> {
        self.region
    }

    /// Returns the calling code that was read, such as 44, also of a number that is not valid.
    pub const fn calling_code(&self) -> Option<u16> {
        self.calling_code
    }

    /// Returns a valid number as the world dials it, without its extension.
    pub const fn e164(&self) -> Option<E164> {
        self.e164
    }

    /// Returns the extension in ASCII digits, of which the parser takes up to 20.
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// Whether the number belongs to a global network, which has no region: satellites (+881) for the most
    /// part, but toll-free (+800) and premium (+979) numbers too.
    pub const fn is_global_network(&self) -> bool {
        self.is_valid() && self.region.is_none()
    }

    /// Whether it is written with letters, which were taken for the digits they stand for on a keypad.
    ///
    /// ```
    /// # use septet::phone::classify;
    /// assert!(classify("+1 800 FLOWERS", None).has_letters());
    /// assert!(!classify("+1 650 253 0000 ext. 12", None).has_letters());
    /// ```
    pub const fn has_letters(&self) -> bool {
        self.letters
    }

    /// Whether something stands beside the number that is no part of it: words before it, `*67`, a
    /// second number, the code of a carrier behind a calling code. What is classified is the number that
    /// the parser found among it.
    ///
    /// ```
    /// # use septet::phone::classify;
    /// assert!(classify("call +1 650 253 0000", None).has_surplus());
    /// assert!(classify("+1 650 253 0000, 650253000", None).has_surplus());
    /// ```
    pub const fn has_surplus(&self) -> bool {
        self.surplus
    }
}

impl fmt::Debug for Classification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Classification")
            .field("validity", &self.validity)
            .field("kind", &self.kind)
            .field("region", &self.region)
            .field("e164", &self.e164)
            .field(
                "extension_digits",
                &self.extension.as_ref().map(String::len),
            )
            .field("letters", &self.letters)
            .field("surplus", &self.surplus)
            .finish_non_exhaustive()
    }
}

/// `validity`, `fault`, `kind`, `region`, `e164`, `extension`, `letters` and `surplus`, null where there
/// is none. The digits are written out.
#[cfg(feature = "serde")]
impl serde::Serialize for Classification {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Classification", 8)?;
        fields.serialize_field("validity", self.validity.name())?;
        fields.serialize_field("fault", &self.validity.fault())?;
        fields.serialize_field("kind", &self.kind)?;
        fields.serialize_field("region", &self.region)?;
        fields.serialize_field("e164", &self.e164)?;
        fields.serialize_field("extension", &self.extension)?;
        fields.serialize_field("letters", &self.letters)?;
        fields.serialize_field("surplus", &self.surplus)?;
        fields.end()
    }
}
