//! What does a destination demand of a sender, who says so, and since when?

use core::fmt;

use super::id::SenderId;
use crate::telephony::{Date, Region, SenderKind};

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
    pub(super) fn refuses(self, sender: &SenderId) -> bool {
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

    pub(super) const fn is_registration(self) -> bool {
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
                return write!(f, "length {least} to {most}");
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
        let region = self.region.map_or("any other region", Region::code);
        write!(f, "{region}, {}: {}", self.kind, self.demand)?;
        match self.since {
            Some(since) => write!(f, ", since {since}"),
            None => Ok(()),
        }
    }
}
