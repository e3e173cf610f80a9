//! Which channels does a country have, and what do they cost?

use alloc::collections::BTreeMap;
use core::str::FromStr;

use crate::telephony::{Channel, Date, Price, Region};

/// What a provider has in each region: the table is the user's, since prices are a matter of contract.
/// Rows are given to it, or serde values; `septet phone` reads it from CSV and TOML.
///
/// What the table does not say is not known: `None`, never "no" and never nothing.
///
/// ```
/// use septet::Message;
/// use septet::phone::{Channels, Coverage, Service};
/// use septet::telephony::{Channel, Currency, Price, Region};
///
/// let usd = Currency::new("USD").unwrap();
/// let coverage = Coverage::new()
///     .with(Region::US, Service::new(Channels::Both).with_segment_price(Price::parse("0.0079", usd)?))
///     .with(Region::CN, Service::new(Channels::Voice));
/// assert_eq!(coverage.takes(Region::CN, Channel::Sms), Some(false));
/// assert_eq!(coverage.takes(Region::FR, Channel::Sms), None);
///
/// let segments = Message::new(&"code ".repeat(40)).segment_count();
/// let price = coverage.price(Region::US, Channel::Sms).and_then(|price| price.times(segments as u64));
/// assert_eq!(price.unwrap().to_string(), "0.0158 USD");
/// # Ok::<_, septet::telephony::InvalidPrice>(())
/// ```
#[derive(Clone, PartialEq, Eq, Debug, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Coverage(BTreeMap<Region, Service>);

impl Coverage {
    /// Returns a table that knows nothing.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Returns the table with what is to be had in a region, in place of what was said of it before.
    #[must_use]
    pub fn with(mut self, region: Region, service: Service) -> Self {
        self.0.insert(region, service);
        self
    }

    /// Returns what is to be had in a region.
    pub fn service(&self, region: Region) -> Option<&Service> {
        self.0.get(&region)
    }

    /// Returns whether a region takes a channel: `None` where the table does not name the region.
    pub fn takes(&self, region: Region, channel: Channel) -> Option<bool> {
        Some(self.service(region)?.channels.takes(channel))
    }

    /// Returns what a segment costs, or a call: `None` where the table does not say.
    pub fn price(&self, region: Region, channel: Channel) -> Option<Price> {
        self.service(region)?.price(channel)
    }

    /// Yields what the table says, in order of regions.
    pub fn iter(&self) -> impl Iterator<Item = (Region, &Service)> {
        self.0.iter().map(|(region, service)| (*region, service))
    }
}

/// What is to be had in a region.
#[derive(Clone, PartialEq, Eq, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Service {
    channels: Channels,
    #[cfg_attr(feature = "serde", serde(default))]
    segment: Option<Price>,
    #[cfg_attr(feature = "serde", serde(default))]
    call: Option<Price>,
    #[cfg_attr(feature = "serde", serde(default))]
    date: Option<Date>,
}

impl Service {
    /// Returns a service by these channels, without prices.
    pub const fn new(channels: Channels) -> Self {
        Self {
            channels,
            segment: None,
            call: None,
            date: None,
        }
    }

    /// Returns the service with the price of a segment.
    #[must_use]
    pub const fn with_segment_price(self, price: Price) -> Self {
        Self {
            segment: Some(price),
            ..self
        }
    }

    /// Returns the service with the price of a call.
    #[must_use]
    pub const fn with_call_price(self, price: Price) -> Self {
        Self {
            call: Some(price),
            ..self
        }
    }

    /// Returns the service with the day on which all this held.
    #[must_use]
    pub const fn with_date(self, date: Date) -> Self {
        Self {
            date: Some(date),
            ..self
        }
    }

    /// Returns the channels.
    pub const fn channels(&self) -> Channels {
        self.channels
    }

    /// Returns what a segment costs, or a call, where that is known.
    pub const fn price(&self, channel: Channel) -> Option<Price> {
        match channel {
            Channel::Sms => self.segment,
            Channel::Voice => self.call,
        }
    }

    /// Returns the day on which the channels and prices held.
    pub const fn date(&self) -> Option<Date> {
        self.date
    }
}

/// The channels that a region takes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "there are two channels, each there or not"
)]
pub enum Channels {
    /// Neither.
    None,
    /// Messages alone.
    Sms,
    /// Calls alone.
    Voice,
    /// Messages and calls.
    Both,
}

impl Channels {
    /// Returns whether a channel is one of them.
    pub const fn takes(self, channel: Channel) -> bool {
        match channel {
            Channel::Sms => matches!(self, Self::Sms | Self::Both),
            Channel::Voice => matches!(self, Self::Voice | Self::Both),
        }
    }
}

impl FromStr for Channels {
    type Err = UnknownChannels;

    /// Reads `sms`, `voice`, `both` or `none`.
    fn from_str(name: &str) -> Result<Self, UnknownChannels> {
        match name {
            "none" => Ok(Self::None),
            "sms" => Ok(Self::Sms),
            "voice" => Ok(Self::Voice),
            "both" => Ok(Self::Both),
            _ => Err(UnknownChannels),
        }
    }
}

/// A string does not name channels.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no channels; write sms, voice, both or none")]
#[non_exhaustive]
pub struct UnknownChannels;
