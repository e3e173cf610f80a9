//! Words that the modules about phone numbers and sender IDs share.
//!
//! A [`Region`] is where a number is used, an [`E164`] the number itself, a [`NumberKind`] what the
//! numbering plan says it is for; a [`Channel`] and a [`Purpose`] say what a code is sent by and for;
//! an [`Eligibility`] is the answer to "may it be sent there?", with a [`Refusal`] that says why not;
//! a [`Price`] is an exact amount of one currency. Nothing here needs an allocator or a dependency.
//!
//! ```
//! use septet::telephony::{Currency, Price, Region, RegionSet, Scope};
//! let home = RegionSet::of(&[Region::US, Region::CA]);
//! assert_eq!(Scope::of(Some(Region::JM), home), Scope::International); // +1 too, another country
//! let segment = Price::parse("0.0079", Currency::new("USD").unwrap())?;
//! assert_eq!(segment.times(3).unwrap().to_string(), "0.0237 USD");
//! # Ok::<_, septet::telephony::InvalidPrice>(())
//! ```

mod date;
mod e164;
mod eligibility;
mod price;
mod region;
mod words;
#[cfg(feature = "serde")]
mod written;

pub use date::{Date, InvalidDate};
pub use e164::{E164, InvalidE164};
pub use eligibility::{Eligibility, ExtensionFault, NumberFault, Refusal};
pub use price::{Currency, InvalidCurrency, InvalidPrice, Price, PriceSumError};
pub use region::{Region, RegionSet, RegionSetIter, Scope, UnknownRegion};
pub use words::{Channel, NumberKind, Purpose, PurposeSet, SenderKind, UnknownPurpose};
#[cfg(feature = "serde")]
pub(crate) use written::parsed;
