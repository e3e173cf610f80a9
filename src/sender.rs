//! Who does a message come from, may it be used there, and what are its octets?
//!
//! A [`SenderId`] is a name, a short code, a long code or a toll-free number;
//! [`verdict`](SenderId::verdict) tells whether a destination takes it, by [`rules`] that are dated
//! data; a [`SenderPool`] picks the sender of an attempt; an [`OriginatingAddress`] is the sender in the
//! octets of TP-OA. Nothing here needs an allocator or a dependency.
//!
//! ```
//! use septet::sender::{OriginatingAddress, SenderId, SenderPool, SenderVerdict};
//! use septet::telephony::{Region, SenderKind};
//! let name: SenderId = "Example".parse()?;
//! assert_eq!(name.kind(), SenderKind::Alphanumeric);
//! assert!(name.verdict(Region::US).is_refused());
//! assert_eq!(name.verdict(Region::FR), SenderVerdict::Accepted);
//!
//! let senders = [name, "+18445550123".parse()?];
//! let pool = SenderPool::new(&senders);
//! assert_eq!(pool.next(Region::FR, 0, &[]), Some(name));
//! assert_eq!(pool.next(Region::US, 0, &[]).unwrap().kind(), SenderKind::TollFree);
//!
//! let address = OriginatingAddress::encode(&name);
//! assert_eq!(address.as_octets(), [13, 0xD0, 0x45, 0x7C, 0xB8, 0x0D, 0x67, 0x97, 0x01]);
//! # Ok::<_, septet::sender::InvalidSenderId>(())
//! ```

mod address;
mod id;
mod pool;
mod rule;
mod rules;
mod verdict;

pub use address::{AddressCharacters, InvalidAddress, OriginatingAddress, TypeOfNumber};
pub use id::{InvalidSenderId, SenderFault, SenderId};
pub use pool::SenderPool;
pub use rule::{SenderDemand, SenderRule};
pub use verdict::{SenderVerdict, rules};
