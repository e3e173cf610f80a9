//! Where may codes go at all?

use super::prefix::NumberPrefix;
use crate::telephony::{E164, Eligibility, Refusal, Region, RegionSet};
use alloc::vec::Vec;

/// Which countries codes are sent to, by the destination's region: nothing is decided by calling code.
///
/// There is one list, of the only regions that are allowed or of those that are blocked. A region that
/// the list lets through may be monitored: codes are sent, and the answer says that they are to be
/// watched. Numbers and prefixes that are safe are accepted whatever the list says, and not watched.
///
/// ```
/// use septet::phone::{CountryControl, CountryList, EligibilityPolicy, classify};
/// use septet::telephony::{Channel, Eligibility, Purpose, Refusal, Region, RegionSet};
///
/// let list = CountryList::AllowOnly(RegionSet::of(&[Region::US, Region::CA, Region::GB]));
/// let countries = CountryControl::new(list)
///     .monitor(RegionSet::of(&[Region::GB]))
///     .safe("+1876210".parse()?);
/// let policy = EligibilityPolicy::new().countries(countries);
/// let answer = |number| policy.eligibility(&classify(number, None), Channel::Sms, Purpose::SignIn);
/// assert_eq!(answer("+1 650 253 0000"), Eligibility::Accept);
/// assert_eq!(answer("+44 7400 123456"), Eligibility::Monitor);
/// assert_eq!(answer("+1 876 322 1234"), Eligibility::Reject(Refusal::Country)); // Jamaica
/// assert_eq!(answer("+1 876 210 1234"), Eligibility::Accept);
/// # Ok::<_, septet::phone::InvalidPrefix>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(rename_all = "kebab-case", default, deny_unknown_fields)
)]
pub struct CountryControl {
    list: CountryList,
    monitor: RegionSet,
    #[cfg_attr(feature = "serde", serde(deserialize_with = "super::prefix::prefixes"))]
    safe: Vec<NumberPrefix>,
}

/// The list that is active.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a list says who is in or who is out"
)]
pub enum CountryList {
    /// These and no others (allow-list).
    AllowOnly(RegionSet),
    /// All but these (block-list).
    AllowAllBut(RegionSet),
}

impl Default for CountryList {
    /// All countries.
    fn default() -> Self {
        Self::AllowAllBut(RegionSet::EMPTY)
    }
}

impl CountryControl {
    /// Returns the control with a list, and nothing monitored or safe.
    pub const fn new(list: CountryList) -> Self {
        Self {
            list,
            monitor: RegionSet::EMPTY,
            safe: Vec::new(),
        }
    }

    /// Returns the control with these regions monitored: sent to and watched, where the list lets them
    /// through.
    #[must_use]
    pub fn monitor(self, regions: RegionSet) -> Self {
        Self {
            monitor: regions,
            ..self
        }
    }

    /// Returns the control with one more number or prefix that is safe.
    #[must_use]
    pub fn safe(mut self, prefix: NumberPrefix) -> Self {
        self.safe.push(prefix);
        self
    }

    /// Whether a number is safe.
    pub(super) fn is_safe(&self, number: E164) -> bool {
        self.safe.iter().any(|prefix| prefix.is_of(number))
    }

    /// Returns what the lists say of a region.
    pub(super) const fn answer(&self, region: Region) -> Eligibility {
        let is_let_through = match self.list {
            CountryList::AllowOnly(allowed) => allowed.contains(region),
            CountryList::AllowAllBut(blocked) => !blocked.contains(region),
        };
        if !is_let_through {
            Eligibility::Reject(Refusal::Country)
        } else if self.monitor.contains(region) {
            Eligibility::Monitor
        } else {
            Eligibility::Accept
        }
    }
}
