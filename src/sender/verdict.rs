//! May this sender be used there?

use super::id::SenderId;
use super::rule::SenderRule;
use super::rules::RULES;
use crate::telephony::Region;

/// Yields every rule that is known, by region, those without one last.
///
/// They are what providers and registers said on a day ([`SenderRule::stated`]), not law, and they age:
/// look at the day, and ask your provider about a destination that matters. What has no row is not
/// known to be refused, which is not the same as being sure to arrive. A territory has rows of its own:
/// those of the United States are not Guam's.
///
/// ```
/// use septet::sender::{SenderDemand, rules};
/// use septet::telephony::{Region, SenderKind};
/// let mut here = rules().filter(|rule| rule.region() == Some(Region::SG));
/// let rule = here.next().unwrap();
/// assert_eq!((rule.kind(), rule.demand()), (SenderKind::Alphanumeric, SenderDemand::Registration));
/// assert_eq!(rule.to_string(), "SG, alphanumeric: must be registered, since 2023-01-31");
/// assert_eq!(rule.source(), "SGNIC, SMS Sender ID Registry");
/// ```
pub fn rules() -> impl Iterator<Item = &'static SenderRule> {
    RULES.iter()
}

/// The answer to "may this sender be used there?", with the rule that decides.
///
/// ```
/// use septet::sender::{SenderDemand, SenderId};
/// use septet::telephony::Region;
/// let verdict = "AB".parse::<SenderId>()?.verdict(Region::TR);
/// assert!(verdict.is_refused());
/// let (least, most) = (3, 11);
/// assert_eq!(verdict.rule().unwrap().demand(), SenderDemand::Length { least, most });
/// # Ok::<_, septet::sender::InvalidSenderId>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[must_use]
#[expect(
    clippy::exhaustive_enums,
    reason = "who forgets one of these sends what does not arrive"
)]
pub enum SenderVerdict {
    /// No rule that is known stands against it.
    Accepted,
    /// It may be used once something is done beforehand: the rule says what.
    NeedsRegistration(&'static SenderRule),
    /// It may not be used.
    Refused(&'static SenderRule),
}

impl SenderVerdict {
    /// Whether the sender may not be used, whatever is done beforehand.
    pub const fn is_refused(self) -> bool {
        matches!(self, Self::Refused(_))
    }

    /// Returns the rule that decides, where there is one.
    pub const fn rule(self) -> Option<&'static SenderRule> {
        match self {
            Self::Accepted => None,
            Self::NeedsRegistration(rule) | Self::Refused(rule) => Some(rule),
        }
    }
}

impl SenderId {
    /// Returns whether a destination takes this sender, by the [`rules`] that are known.
    ///
    /// ```
    /// use septet::sender::{SenderDemand, SenderId, SenderVerdict};
    /// use septet::telephony::Region;
    /// let name: SenderId = "Example".parse()?;
    /// assert_eq!(name.verdict(Region::DE), SenderVerdict::Accepted);
    /// let SenderVerdict::Refused(rule) = name.verdict(Region::CN) else { unreachable!() };
    /// assert_eq!(rule.demand(), SenderDemand::NotSupported);
    /// let code: SenderId = "24365".parse()?;
    /// let SenderVerdict::NeedsRegistration(rule) = code.verdict(Region::DE) else { unreachable!() };
    /// assert_eq!(rule.to_string(), "any other region, short-code: must be leased in this very country");
    /// # Ok::<_, septet::sender::InvalidSenderId>(())
    /// ```
    pub fn verdict(&self, destination: Region) -> SenderVerdict {
        let of = |region: Option<Region>| {
            RULES
                .iter()
                .filter(move |rule| rule.region() == region && rule.kind() == self.kind())
        };
        let own = Some(destination);
        let region = own.filter(|_| of(own).next().is_some());
        if let Some(rule) = of(region).find(|rule| rule.demand().refuses(self)) {
            return SenderVerdict::Refused(rule);
        }
        let registration = of(region).find(|rule| rule.demand().is_registration());
        registration.map_or(SenderVerdict::Accepted, SenderVerdict::NeedsRegistration)
    }
}
