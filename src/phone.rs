//! What is this number, and may it receive a code? (feature `phone`)
//!
//! [`classify`] reads whatever somebody typed and says what the world's numbering plans make of it;
//! [`EligibilityPolicy`] says whether a code may be sent there. Toll-free, premium and unrecognised
//! numbers never get one: that is how toll fraud earns.
//!
//! ```
//! use septet::phone::{EligibilityPolicy, classify};
//! use septet::telephony::{Channel, NumberKind, Purpose, Refusal, Region};
//!
//! let policy = EligibilityPolicy::new();
//! let number = classify("070 0000 0000", Some(Region::GB));
//! assert_eq!(number.kind(), NumberKind::PersonalNumber); // it looks like a mobile, and is billed like a premium line
//! let answer = policy.eligibility(&number, Channel::Sms, Purpose::SignIn);
//! assert_eq!(answer.refusal(), Some(Refusal::Kind(NumberKind::PersonalNumber)));
//!
//! let number = classify("+1 (650) 253-0000", None);
//! assert_eq!(number.kind(), NumberKind::FixedLineOrMobile); // no one can tell, in North America
//! assert_eq!(number.e164().unwrap().as_str(), "+16502530000");
//! assert!(policy.eligibility(&number, Channel::Sms, Purpose::SignIn).is_accepted());
//! ```
//!
//! # Who gets a code
//!
//! | kind | SMS | voice |
//! |---|---|---|
//! | mobile, fixed-line-or-mobile | accepted | accepted |
//! | fixed-line | refused | accepted |
//! | voip, personal-number | by policy: refused unless the purpose is named | the same |
//! | toll-free, premium-rate, shared-cost, pager, uan, voicemail, short-code, unknown | refused | refused |
//!
//! By voice, an extension of up to 15 digits is accepted with the number; by SMS, none is. Refused as
//! well: numbers of global networks, which are satellites' for the most part (+870, +881, +882, +883 and
//! the other calling codes without a country), numbers written with letters, and input that holds anything beside one number. The policy can
//! refuse more: what is abroad, countries ([`CountryControl`]), and channels that a country does not have
//! ([`Coverage`]).
//!
//! # What it cannot tell
//!
//! - A fixed line from a mobile one where the plan, or the data about it, has one range for both: the
//!   United States, Canada and several islands of +1, Mexico, Denmark, Chile. A message to a fixed line
//!   there is accepted and lost.
//! - Whether a number is in use, who has it, or which network it was ported to. A range says what its
//!   numbers were given out for.
//! - Whether traffic is fraud. Several countries that fraud warnings name have no premium ranges in
//!   public data: block countries, and count sends by number, prefix and country as well.
//! - Which numbers within a country's ordinary ranges are a satellite's, a machine's, or those of an
//!   exchange with services, such as 976 in North America: public data does not mark them.
//! - Ranges given out after the data was made (libphonenumber 9.0.42 at least, 2026): such a number is
//!   [`Unassigned`](crate::telephony::NumberFault::Unassigned) until the dependency is updated. So do
//!   not store a kind.
//! - Neighbours that share a calling code and a range. Toll-free and 5xx numbers of +1 count as the
//!   United States'; mobiles of Åland, Vatican City, Svalbard, Saint Martin and Saint Barthélemy as
//!   Finland's, Italy's, Norway's and Guadeloupe's; numbers of Western Sahara as Morocco's, of Northern
//!   Cyprus as Turkey's, of Abkhazia as Russia's.
//!
//! # Secrets
//!
//! `Debug` and errors show no digit, and nothing is logged here. The parser beneath
//! (`rlibphonenumber`) writes numbers to the `log` facade at level `trace`: a program that installs a
//! logger has to keep that target out of it, at run time or with `log`'s feature
//! `release_max_level_debug`.
//!
//! # Cost
//!
//! The first call reads the numbering plans, which takes a few milliseconds; call
//! [`prepare`] at start-up to have it behind. After that a number takes some microseconds; the figures,
//! how they are measured, and how the answers compare with the reference implementation are in
//! `docs/phone.md`.

mod classification;
mod country;
mod coverage;
mod plan;
mod policy;
mod prefix;
mod written;

pub use classification::{Classification, Validity, classify};
pub use country::{CountryControl, CountryList};
pub use coverage::{Channels, Coverage, Service, UnknownChannels};
pub use plan::prepare;
pub use policy::EligibilityPolicy;
pub use prefix::{InvalidPrefix, NumberPrefix};
