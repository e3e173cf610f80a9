//! May a code be sent there, and if not, why?

use core::fmt;

use super::NumberKind;

/// The answer to "may a code be sent to this number?".
///
/// ```
/// use septet::telephony::{Eligibility, NumberKind, Refusal};
/// let answer = Eligibility::Reject(Refusal::Kind(NumberKind::TollFree));
/// assert!(!answer.is_accepted());
/// assert_eq!(answer.refusal().unwrap().vendor_code(), Some("E0000098"));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[must_use]
#[expect(
    clippy::exhaustive_enums,
    reason = "who forgets one of these sends codes where none may go"
)]
pub enum Eligibility {
    /// It may be sent.
    Accept,
    /// It may be sent, to a country that is watched: count it, and look at what comes back.
    Monitor,
    /// It may not be sent.
    Reject(Refusal),
}

impl Eligibility {
    /// Whether the code may be sent: accepted or monitored.
    pub const fn is_accepted(self) -> bool {
        matches!(self, Self::Accept | Self::Monitor)
    }

    /// Returns why it may not be sent.
    pub const fn refusal(self) -> Option<Refusal> {
        match self {
            Self::Reject(refusal) => Some(refusal),
            Self::Accept | Self::Monitor => None,
        }
    }
}

/// Why a code may not be sent to a number.
///
/// `Display` says it in words, without the number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// What was given is no valid number.
    Number(NumberFault),
    /// The number is of a kind that never gets a code, or not by this channel, or not by this policy.
    Kind(NumberKind),
    /// The number belongs to a global network, which has no country: a satellite's for the most part.
    GlobalNetwork,
    /// The number is written with letters (a vanity number, 1-800-FLOWERS).
    Letters,
    /// Something stands beside the number that is no part of it: words, or a second number.
    Surplus,
    /// The extension is at fault.
    Extension(ExtensionFault),
    /// The number is abroad, and only domestic numbers are taken.
    International,
    /// The number's country is blocked, or is not on the list of those that are allowed.
    Country,
    /// The channel is not to be had in the number's country.
    Unavailable,
}

/// What is wrong with a number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum NumberFault {
    /// There are too few digits, or the area code is missing.
    TooShort,
    /// There are too many digits, or too many bytes.
    TooLong,
    /// No number of this region has so many digits, though some have fewer and others more.
    WrongLength,
    /// The length is right, but no range that was given out holds the number.
    Unassigned,
    /// What was given does not have the form of a number.
    NotANumber,
    /// There is neither a calling code behind `+` nor a region to take it from.
    NoCountry,
    /// No country and no network has this calling code.
    UnknownCallingCode,
}

/// What is wrong with an extension.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum ExtensionFault {
    /// A message cannot be sent to an extension.
    NotForSms,
    /// It is longer than 15 digits.
    TooLong,
}

impl NumberFault {
    /// Returns the name, such as `too-short`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::TooShort => "too-short",
            Self::TooLong => "too-long",
            Self::WrongLength => "wrong-length",
            Self::Unassigned => "unassigned",
            Self::NotANumber => "not-a-number",
            Self::NoCountry => "no-country",
            Self::UnknownCallingCode => "unknown-calling-code",
        }
    }
}

impl fmt::Display for NumberFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooShort => "too few digits for a number; is the area code missing?",
            Self::TooLong => "too long for a number",
            Self::WrongLength => "no number of its region has so many digits",
            Self::Unassigned => "in no range that is known to be given out",
            Self::NotANumber => "not the form of a number",
            Self::NoCountry => "no country: write it with + and the calling code, or give a region",
            Self::UnknownCallingCode => "no country has this calling code",
        })
    }
}

impl Refusal {
    /// Returns the name, such as `toll-free`, `too-short` or `country`: that of the kind or fault,
    /// where there is one.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Number(fault) => fault.name(),
            Self::Kind(kind) => kind.name(),
            Self::GlobalNetwork => "global-network",
            Self::Letters => "letters",
            Self::Surplus => "surplus",
            Self::Extension(ExtensionFault::NotForSms) => "extension",
            Self::Extension(ExtensionFault::TooLong) => "extension-too-long",
            Self::International => "international",
            Self::Country => "country",
            Self::Unavailable => "unavailable",
        }
    }

    /// Returns the error code that Okta's API answers with, where it refuses the same: toll-free,
    /// premium and unrecognised numbers are invalid to it (`E0000098`), extensions have a code of
    /// their own (`E0000121`), as have countries (`E0000099`).
    ///
    /// Kinds that its documentation does not speak of have none: shared cost, pagers, universal
    /// access numbers, voicemail, VoIP, personal numbers and global networks, and fixed lines for SMS.
    pub const fn vendor_code(self) -> Option<&'static str> {
        match self {
            Self::Number(_)
            | Self::Letters
            | Self::Surplus
            | Self::Kind(
                NumberKind::TollFree
                | NumberKind::PremiumRate
                | NumberKind::ShortCode
                | NumberKind::Unknown,
            ) => Some("E0000098"),
            Self::International | Self::Country | Self::Unavailable => Some("E0000099"),
            Self::Extension(_) => Some("E0000121"),
            Self::Kind(_) | Self::GlobalNetwork => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Number(fault) => return fmt::Display::fmt(fault, f),
            Self::Kind(kind) => return write!(f, "{}", OfKind(*kind)),
            Self::GlobalNetwork => "a satellite or global network, which has no country",
            Self::Letters => "written with letters; write the digits",
            Self::Surplus => "something beside one number; give the number alone",
            Self::Extension(ExtensionFault::NotForSms) => {
                "an extension, which no message can be sent to; call it, or leave it out"
            }
            Self::Extension(ExtensionFault::TooLong) => "an extension of more than 15 digits",
            Self::International => "abroad, and only domestic numbers are taken",
            Self::Country => "in a country to which nothing is sent",
            Self::Unavailable => "in a country where this channel is not to be had",
        })
    }
}

/// A kind that is refused, in words: those that are accepted everywhere too, since what refuses may be
/// another policy than ours.
struct OfKind(NumberKind);

impl fmt::Display for OfKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            NumberKind::Mobile => "a mobile line",
            NumberKind::FixedLine => "a fixed line, which takes calls and no messages",
            NumberKind::FixedLineOrMobile => "a fixed or mobile line",
            NumberKind::TollFree => "a toll-free number, which never gets a code",
            NumberKind::PremiumRate => "a premium-rate number, which never gets a code",
            NumberKind::SharedCost => "a shared-cost number, which never gets a code",
            NumberKind::Voip => "a VoIP number, which this policy does not take",
            NumberKind::PersonalNumber => "a personal number, which this policy does not take",
            NumberKind::Pager => "a pager, which never gets a code",
            NumberKind::Uan => "a universal access number, which never gets a code",
            NumberKind::Voicemail => "a voicemail number, which never gets a code",
            NumberKind::ShortCode => "a short code, which is no one's phone",
            NumberKind::Unknown => "of no known kind",
        })
    }
}

#[cfg(feature = "serde")]
macro_rules! serialized_by_name {
    ($($word:ty),+) => {$(
        impl serde::Serialize for $word {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    )+};
}

#[cfg(feature = "serde")]
serialized_by_name!(Refusal, NumberFault);
