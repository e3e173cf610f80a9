//! What a code is sent by, for what, to what, and from what.

use core::fmt;
use core::str::FromStr;

/// What a code is sent by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a telephone takes messages and calls"
)]
pub enum Channel {
    /// A short message.
    Sms,
    /// A call that speaks the code.
    Voice,
}

impl Channel {
    /// Returns `sms` or `voice`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Voice => "voice",
        }
    }
}

/// What a code is sent for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Purpose {
    /// To show that a number that is enrolled is the user's.
    Enrollment,
    /// A second factor at sign-in (MFA).
    SignIn,
    /// Recovery: a new password.
    PasswordReset,
    /// Recovery: an account that is locked.
    AccountUnlock,
    /// A link that sets up Okta Verify.
    OktaVerifyActivation,
    /// Anything else.
    Other,
}

impl Purpose {
    /// Every purpose, in order.
    pub const ALL: &[Self] = &[
        Self::Enrollment,
        Self::SignIn,
        Self::PasswordReset,
        Self::AccountUnlock,
        Self::OktaVerifyActivation,
        Self::Other,
    ];

    /// Returns the name: `enrollment`, `sign-in`, `password-reset`, `account-unlock`,
    /// `okta-verify-activation` or `other`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Enrollment => "enrollment",
            Self::SignIn => "sign-in",
            Self::PasswordReset => "password-reset",
            Self::AccountUnlock => "account-unlock",
            Self::OktaVerifyActivation => "okta-verify-activation",
            Self::Other => "other",
        }
    }
}

impl FromStr for Purpose {
    type Err = UnknownPurpose;

    /// Reads a name, as [`name`](Self::name) gives it.
    fn from_str(name: &str) -> Result<Self, UnknownPurpose> {
        let mut all = Self::ALL.iter().copied();
        all.find(|purpose| purpose.name() == name)
            .ok_or(UnknownPurpose)
    }
}

/// A string is the name of no purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "no purpose; write enrollment, sign-in, password-reset, account-unlock, okta-verify-activation or other"
)]
#[non_exhaustive]
pub struct UnknownPurpose;

/// A set of purposes.
///
/// ```
/// use septet::telephony::{Purpose, PurposeSet};
/// let recovery = PurposeSet::NONE.with(Purpose::PasswordReset).with(Purpose::AccountUnlock);
/// assert!(recovery.contains(Purpose::PasswordReset));
/// assert!(!recovery.contains(Purpose::SignIn));
/// assert!(PurposeSet::ALL.contains(Purpose::Other));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct PurposeSet(u8);

impl PurposeSet {
    /// No purpose.
    pub const NONE: Self = Self(0);

    /// Every purpose.
    pub const ALL: Self = {
        let mut set = Self::NONE;
        let mut rest = Purpose::ALL;
        while let [first, others @ ..] = rest {
            set = set.with(*first);
            rest = others;
        }
        set
    };

    /// Yields the purposes of the set, in order.
    pub fn iter(self) -> impl Iterator<Item = Purpose> {
        let purposes = Purpose::ALL.iter().copied();
        purposes.filter(move |purpose| self.contains(*purpose))
    }

    /// Returns the set with one purpose more.
    #[must_use]
    pub const fn with(self, purpose: Purpose) -> Self {
        Self(self.0 | 1 << purpose as u8)
    }

    /// Whether a purpose is in the set.
    pub const fn contains(self, purpose: Purpose) -> bool {
        self.0 >> purpose as u8 & 1 == 1
    }
}

impl fmt::Debug for PurposeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// A list of names.
#[cfg(feature = "serde")]
impl serde::Serialize for PurposeSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for PurposeSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(alloc::vec::Vec::<Purpose>::deserialize(deserializer)?
            .into_iter()
            .fold(Self::NONE, Self::with))
    }
}

/// What a numbering plan says that a number is for.
///
/// Plans say what a range was given out for, not what answers today: numbers are ported, and where one
/// range serves both fixed and mobile lines, as in North America, no one can tell from the number.
/// Do not store a kind: ranges change.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum NumberKind {
    /// A mobile line, in a range of its own.
    Mobile,
    /// A fixed line (landline).
    FixedLine,
    /// Either: the plan does not tell them apart.
    FixedLineOrMobile,
    /// Free for who calls it; who has it pays.
    TollFree,
    /// Dearer than other calls: who has it earns.
    PremiumRate,
    /// Paid by both.
    SharedCost,
    /// Voice over IP.
    Voip,
    /// A personal number, led on to wherever its owner is.
    PersonalNumber,
    /// A pager.
    Pager,
    /// A universal access number of a company.
    Uan,
    /// A mailbox for voice.
    Voicemail,
    /// A short code: three to six digits that mean something within one country only.
    ShortCode,
    /// In no range that is known.
    Unknown,
}

impl NumberKind {
    /// Returns the name, such as `fixed-line-or-mobile`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mobile => "mobile",
            Self::FixedLine => "fixed-line",
            Self::FixedLineOrMobile => "fixed-line-or-mobile",
            Self::TollFree => "toll-free",
            Self::PremiumRate => "premium-rate",
            Self::SharedCost => "shared-cost",
            Self::Voip => "voip",
            Self::PersonalNumber => "personal-number",
            Self::Pager => "pager",
            Self::Uan => "uan",
            Self::Voicemail => "voicemail",
            Self::ShortCode => "short-code",
            Self::Unknown => "unknown",
        }
    }
}

/// What a message comes from.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum SenderKind {
    /// A name, which cannot be answered.
    Alphanumeric,
    /// A few digits that belong to one country.
    ShortCode,
    /// An ordinary number (in the US a 10DLC, by its ten digits).
    LongCode,
    /// A toll-free number.
    TollFree,
}

impl SenderKind {
    /// Returns `alphanumeric`, `short-code`, `long-code` or `toll-free`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alphanumeric => "alphanumeric",
            Self::ShortCode => "short-code",
            Self::LongCode => "long-code",
            Self::TollFree => "toll-free",
        }
    }
}

macro_rules! shown_by_name {
    ($($word:ty),+) => {$(
        impl fmt::Display for $word {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }
    )+};
}

shown_by_name!(Channel, Purpose, NumberKind, SenderKind);

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;

    #[test]
    fn every_purpose_is_read_by_its_name_and_named_in_the_error() {
        let message = std::string::ToString::to_string(&UnknownPurpose);
        for &purpose in Purpose::ALL {
            assert_eq!(purpose.name().parse(), Ok(purpose));
            assert!(message.contains(purpose.name()), "{message}");
        }
        assert_eq!("Sign-In".parse::<Purpose>(), Err(UnknownPurpose));
    }

    #[test]
    fn a_set_of_purposes_holds_what_was_put_in() {
        for &purpose in Purpose::ALL {
            let set = PurposeSet::NONE.with(purpose);
            for &other in Purpose::ALL {
                assert_eq!(set.contains(other), other == purpose);
            }
            assert!(PurposeSet::ALL.contains(purpose));
            assert_eq!(format!("{set:?}"), format!("{{{purpose:?}}}"));
        }
        assert_eq!(PurposeSet::default(), PurposeSet::NONE);
    }
}
