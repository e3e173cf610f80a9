//! May this number receive a code?

use super::classification::Classification;
use super::country::CountryControl;
use super::coverage::Coverage;
use crate::telephony::{
    Channel, Eligibility, ExtensionFault, NumberKind, Purpose, PurposeSet, Refusal, RegionSet,
};

/// The longest extension that Okta's schema takes, in digits.
const EXTENSION: usize = 15;

/// What may receive a code. The default is the table of the [module](super#who-gets-a-code), for every
/// country.
///
/// ```
/// use septet::phone::{EligibilityPolicy, classify};
/// use septet::telephony::{Channel, Eligibility, Purpose, PurposeSet, Refusal, Region, RegionSet};
///
/// // A code for signing in may go to a VoIP number, one for a new password may not; nothing goes abroad.
/// let policy = EligibilityPolicy::new()
///     .voip(PurposeSet::NONE.with(Purpose::SignIn))
///     .domestic_only(RegionSet::of(&[Region::GB]));
/// let number = classify("056 0000 0000", Some(Region::GB));
/// let answer = |purpose| policy.eligibility(&number, Channel::Sms, purpose);
/// assert_eq!(answer(Purpose::SignIn), Eligibility::Accept);
/// assert_eq!(answer(Purpose::PasswordReset).refusal().unwrap().name(), "voip");
///
/// let abroad = classify("+44 7781 123456", None); // Guernsey
/// let answer = policy.eligibility(&abroad, Channel::Sms, Purpose::SignIn);
/// assert_eq!(answer, Eligibility::Reject(Refusal::International));
/// ```
///
/// As data (feature `serde`), with everything optional:
///
/// ```
/// # #[cfg(feature = "serde")] {
/// use septet::phone::EligibilityPolicy;
/// let json = r#"{
///     "voip": ["sign-in"],
///     "personal-numbers": [],
///     "domestic-only": ["US", "CA"],
///     "countries": {
///         "list": { "allow-all-but": ["CU"] },
///         "monitor": ["CA"],
///         "safe": ["+1650253"]
///     },
///     "coverage": {
///         "US": { "channels": "both", "segment": { "micros": 7900, "currency": "USD" }, "date": "2026-10-01" }
///     }
/// }"#;
/// let policy: EligibilityPolicy = serde_json::from_str(json)?;
/// assert_ne!(policy, EligibilityPolicy::new());
/// # }
/// # Ok::<_, Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(rename_all = "kebab-case", default, deny_unknown_fields)
)]
pub struct EligibilityPolicy {
    voip: PurposeSet,
    personal_numbers: PurposeSet,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    domestic_only: Option<RegionSet>,
    countries: CountryControl,
    coverage: Coverage,
}

impl EligibilityPolicy {
    /// Returns the default policy.
    pub const fn new() -> Self {
        Self {
            voip: PurposeSet::NONE,
            personal_numbers: PurposeSet::NONE,
            domestic_only: None,
            countries: CountryControl::new(super::CountryList::AllowAllBut(RegionSet::EMPTY)),
            coverage: Coverage::new(),
        }
    }

    /// Returns the policy with the purposes for which VoIP numbers are taken. NIST SP 800-63B forbids
    /// them for out-of-band codes in revision 3; revision 4 no longer says so.
    #[must_use]
    pub fn voip(self, purposes: PurposeSet) -> Self {
        Self {
            voip: purposes,
            ..self
        }
    }

    /// Returns the policy with the purposes for which personal numbers are taken. Calls to them can
    /// cost as much as to premium lines.
    #[must_use]
    pub fn personal_numbers(self, purposes: PurposeSet) -> Self {
        Self {
            personal_numbers: purposes,
            ..self
        }
    }

    /// Returns the policy that takes numbers of these regions alone, and those that are
    /// [safe](CountryControl::safe).
    #[must_use]
    pub fn domestic_only(self, home: RegionSet) -> Self {
        Self {
            domestic_only: Some(home),
            ..self
        }
    }

    /// Returns the policy with the countries that codes are sent to.
    #[must_use]
    pub fn countries(self, countries: CountryControl) -> Self {
        Self { countries, ..self }
    }

    /// Returns the policy that refuses the channels which a region does not take. What the table does
    /// not say is no reason to refuse.
    #[must_use]
    pub fn coverage(self, coverage: Coverage) -> Self {
        Self { coverage, ..self }
    }

    /// Returns whether a code may be sent to a number, and if not, the first reason: that it is no
    /// number, its kind, how it is written, its extension, its country, the channel.
    pub fn eligibility(
        &self,
        number: &Classification,
        channel: Channel,
        purpose: Purpose,
    ) -> Eligibility {
        self.decide(number, channel, purpose)
            .unwrap_or_else(Eligibility::Reject)
    }

    fn decide(
        &self,
        number: &Classification,
        channel: Channel,
        purpose: Purpose,
    ) -> Result<Eligibility, Refusal> {
        let kind = number.kind();
        let taken = match (kind, number.validity().fault()) {
            (NumberKind::Unknown, Some(fault)) => return Err(Refusal::Number(fault)),
            (NumberKind::Mobile | NumberKind::FixedLineOrMobile, _) => true,
            (NumberKind::FixedLine, _) => channel == Channel::Voice,
            (NumberKind::Voip, _) => self.voip.contains(purpose),
            (NumberKind::PersonalNumber, _) => self.personal_numbers.contains(purpose),
            _ => false,
        };
        let Some(e164) = number.e164().filter(|_| taken) else {
            return Err(Refusal::Kind(kind));
        };
        let Some(region) = number.region() else {
            return Err(Refusal::GlobalNetwork);
        };
        if number.has_surplus() {
            return Err(Refusal::Surplus);
        }
        if number.has_letters() {
            return Err(Refusal::Letters);
        }
        match (channel, number.extension()) {
            (Channel::Sms, Some(_)) => return Err(Refusal::Extension(ExtensionFault::NotForSms)),
            (Channel::Voice, Some(extension)) if extension.len() > EXTENSION => {
                return Err(Refusal::Extension(ExtensionFault::TooLong));
            }
            _ => {}
        }
        let is_abroad = self
            .domestic_only
            .is_some_and(|home| !home.contains(region));
        // What is safe wins over every list of regions, and over nothing else.
        let answer = if self.countries.is_safe(e164) {
            Eligibility::Accept
        } else if is_abroad {
            return Err(Refusal::International);
        } else {
            self.countries.answer(region)
        };
        if let Some(refusal) = answer.refusal() {
            return Err(refusal);
        }
        if self.coverage.takes(region, channel) == Some(false) {
            return Err(Refusal::Unavailable);
        }
        Ok(answer)
    }
}
