//! May this sender be used there?

use core::fmt;

use super::id::SenderId;
use super::rules::RULES;
use crate::telephony::{Date, Region, SenderKind};

/// Yields every rule that is known, by region, those without one last.
///
/// They are what providers and registers said on a day ([`SenderRule::stated`]), not law, and they age:
/// look at the day, and ask your provider about a destination that matters. What has no row is not
/// known to be refused, which is not the same as being sure to arrive.
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

/// What a destination demands of a kind of sender, who said so, and when.
///
/// `Display` says it in words, without source and day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct SenderRule {
    region: Option<Region>,
    kind: SenderKind,
    demand: SenderDemand,
    since: Option<Date>,
    source: &'static str,
    stated: Date,
}

/// What is demanded of a sender.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum SenderDemand {
    /// Senders of this kind do not arrive, or arrive as another one.
    NotSupported,
    /// It has so many characters, or digits where it is a number.
    Length {
        /// The fewest.
        least: u8,
        /// The most.
        most: u8,
    },
    /// The sender is registered beforehand, by a form of the provider or in a register of the country.
    Registration,
    /// The brand and the campaign are registered beforehand (10DLC), which only a number of +1 and ten
    /// digits can have.
    Campaign,
    /// The use of the number is verified beforehand.
    Verification,
    /// The code is leased in the very country that the message goes to; the digits do not tell which
    /// one that is.
    Lease,
}

impl SenderRule {
    pub(super) const fn new(
        region: Option<Region>,
        kind: SenderKind,
        demand: SenderDemand,
        source: &'static str,
        stated: Date,
    ) -> Self {
        Self {
            region,
            kind,
            demand,
            since: None,
            source,
            stated,
        }
    }

    pub(super) const fn in_force(mut self, since: Date) -> Self {
        self.since = Some(since);
        self
    }

    /// Returns the destination; `None` is each that has no rule of its own for this kind.
    pub const fn region(&self) -> Option<Region> {
        self.region
    }

    /// Returns the kind of sender that is spoken of.
    pub const fn kind(&self) -> SenderKind {
        self.kind
    }

    /// Returns what is demanded.
    pub const fn demand(&self) -> SenderDemand {
        self.demand
    }

    /// Returns the day from which it is demanded, where that is known.
    pub const fn since(&self) -> Option<Date> {
        self.since
    }

    /// Returns who says so.
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// Returns the day on which the source was read.
    pub const fn stated(&self) -> Date {
        self.stated
    }
}

impl SenderDemand {
    /// Whether a sender can do nothing to meet it.
    fn refuses(self, sender: &SenderId) -> bool {
        match self {
            Self::NotSupported => true,
            Self::Length { least, most } => {
                let digits = sender.as_str().trim_start_matches('+');
                !(usize::from(least)..=usize::from(most)).contains(&digits.len())
            }
            // No other number has a campaign.
            Self::Campaign => {
                let national = sender.as_str().strip_prefix("+1");
                national.is_none_or(|national| national.len() != 10)
            }
            Self::Registration | Self::Verification | Self::Lease => false,
        }
    }

    const fn is_registration(self) -> bool {
        match self {
            Self::Registration | Self::Campaign | Self::Verification | Self::Lease => true,
            Self::NotSupported | Self::Length { .. } => false,
        }
    }
}

impl fmt::Display for SenderDemand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotSupported => "not supported",
            Self::Length { least, most } => {
                return write!(f, "{least} to {most} characters");
            }
            Self::Registration => "must be registered",
            Self::Campaign => "needs a registered brand and campaign (10DLC)",
            Self::Verification => "must be verified",
            Self::Lease => "must be leased in this very country",
        })
    }
}

impl fmt::Display for SenderRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let region = self.region.map_or("elsewhere", Region::code);
        write!(f, "{region}, {}: {}", self.kind, self.demand)?;
        match self.since {
            Some(since) => write!(f, ", since {since}"),
            None => Ok(()),
        }
    }
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
    /// assert_eq!(rule.to_string(), "elsewhere, short-code: must be leased in this very country");
    /// # Ok::<_, septet::sender::InvalidSenderId>(())
    /// ```
    pub fn verdict(&self, destination: Region) -> SenderVerdict {
        let of = |region: Option<Region>| {
            RULES
                .iter()
                .filter(move |rule| rule.region == region && rule.kind == self.kind())
        };
        let own = Some(destination);
        let region = own.filter(|_| of(own).next().is_some());
        if let Some(rule) = of(region).find(|rule| rule.demand.refuses(self)) {
            return SenderVerdict::Refused(rule);
        }
        let registration = of(region).find(|rule| rule.demand.is_registration());
        registration.map_or(SenderVerdict::Accepted, SenderVerdict::NeedsRegistration)
    }
}
