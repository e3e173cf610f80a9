//! Know exactly what a text costs as an SMS before it is sent.
//!
//! ```
//! use septet::{Encoding, Message};
//!
//! let sms = Message::new("Your code is 482913 👋");
//! assert_eq!(sms.encoding(), Encoding::Ucs2);
//! assert_eq!((sms.units(), sms.segment_count()), (22, 1));
//! // One character is to blame; without it 160 septets would fit in place of 70 code units.
//! let blame = sms.forced_by().unwrap();
//! assert_eq!((blame.character(), blame.at()), ('👋', 20));
//! ```
//!
//! # How a text becomes segments
//!
//! | step | GSM-7 | UCS-2 |
//! |---|---|---|
//! | when | the default alphabet and its extension table hold every character, or an allowed pair of national tables does and saves segments | otherwise |
//! | a unit is | a septet | a UTF-16 code unit |
//! | a character costs | 1, or 2 behind an escape: `^{}\[~]\|€` and form feed | 1, or 2 beyond U+FFFF |
//! | one message holds | 160 | 70 |
//! | each of several holds, 8-bit reference | 153 | 67 |
//! | each of several holds, 16-bit reference | 152 | 66 |
//!
//! A pair of units is never cut in two: it moves to the next segment and leaves a unit free. So the
//! count of segments is not `units / 153`, rounded up: 153 euro signs need three.
//!
//! # Data goes one way
//!
//! 1. A [`Message`] is a text, its [`Encoding`] and its counts; [`SegmentOptions`] say how it may be
//!    cut ([`Cut`], [`Concatenation`]) and which [`NationalTables`] may be used.
//! 2. [`Segments`] yields each [`Segment`] as it is asked for, borrowed from the text.
//! 3. [`UserData`] is a segment in octets, packed for the network or unpacked for SMPP.
//! 4. [`ReceivedUserData`] reads octets back, and says what it forgave ([`Deviation`]).
#![cfg_attr(
    feature = "alloc",
    doc = "5. [`Reassembler`] joins the segments of a message, in whatever order they come."
)]
//!
#![cfg_attr(
    feature = "alloc",
    doc = "

[`repair`](mod@repair) finds what can be written in place of a character that forces UCS-2, and
[`template`] computes what a text with placeholders costs for every value that they can take. They
stand beside this stream: they use [`Message`], and nothing above uses them.
"
)]
//!
//! Nothing but the last step and owned strings allocates; [`Message`], [`Segments`], [`UserData`] and
//! [`Characters`] run without an allocator.
//!
//! # Who it goes to, and from whom
//!
//! Thin modules stand on top, and no step above knows of them: [`sender`] has sender IDs, where they may
//! be used, and their octets; [`telephony`] the words that are shared, such as
//! [`Region`](telephony::Region) and the exact [`Price`](telephony::Price).
#![cfg_attr(
    feature = "phone",
    doc = "[`phone`] says what a number is and whether it may receive a code: toll-free, premium and unrecognised
numbers never do.
"
)]
#![cfg_attr(
    not(feature = "phone"),
    doc = "`phone` (a feature) says what a number is and whether it may receive a code: toll-free, premium and
unrecognised numbers never do.
"
)]
//!
//! # Words
//!
//! | here, as in the standards | elsewhere |
//! |---|---|
//! | GSM-7: GSM 7 bit default alphabet | GSM 03.38 |
//! | UCS-2, counted and sent as UTF-16BE, as handsets do | Unicode |
//! | segment | part, of a multipart or long SMS |
//! | units: septets or code units | characters |
//! | octet on the wire, byte in a text | byte |
//! | user data header, information element | UDH, IE |
//!
//! The standards are TS 23.038 (alphabets, data coding) and TS 23.040 (user data and its header) of
//! 3GPP, Release 17. Clauses are cited at the items that implement them.
//!
//! # Cookbook
//!
//! Which characters make it expensive?
//!
//! ```
//! let sms = septet::Message::new("It’s “here”");
//! let blame: Vec<_> = sms.unmappables().map(|blame| (blame.at(), blame.character())).collect();
//! assert_eq!(blame, [(2, '’'), (7, '“'), (14, '”')]);
//! ```
//!
//! Cut between words, with 16-bit references:
//!
//! ```
//! use septet::{Concatenation, Cut, Message, SegmentOptions};
//! let options = SegmentOptions::new().cut(Cut::Word).concatenation(Concatenation::Bits16);
//! let text = "All work and no play. ".repeat(10);
//! let mut segments = Message::with_options(&text, options).segments()?;
//! assert_eq!(segments.len(), 2);
//! assert!(segments.next().unwrap().text().ends_with("All work and no play"));
//! # Ok::<_, septet::TooManySegments>(())
//! ```
//!
//! Octets for the network, with everything that goes beside them:
//!
//! ```
//! use septet::{Message, UserData};
//! let reference = 7; // another one for each message, or phones join what does not belong together
//! for segment in Message::new("Hello").segments()? {
//!     let user_data = UserData::encode(&segment, reference)?;
//!     assert_eq!(user_data.as_octets(), [0xC8, 0x32, 0x9B, 0xFD, 0x06]);
//!     assert_eq!((user_data.length(), user_data.data_coding().value()), (5, 0x00));
//! }
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! Turkish without UCS-2, where the receiving phones are known to read it:
//!
//! ```
//! use septet::{Message, NationalLanguage, NationalTables, SegmentOptions};
//! let tables = NationalTables::NONE.allow_single_shift(NationalLanguage::Turkish);
//! let options = SegmentOptions::new().national_tables(tables);
//! let text = "Doğrulama kodunuzu kimseyle paylaşmayın. ".repeat(3);
//! assert_eq!(Message::with_options(&text, options).segment_count(), 1);
//! assert_eq!(Message::new(&text).segment_count(), 2);
//! ```
//!
//! A network that does not join UCS-2:
//!
//! ```
//! use septet::{Concatenation, Encoding, Message, SegmentOptions};
//! let options = SegmentOptions::new().concatenation_for(Encoding::Ucs2, Concatenation::None);
//! let sms = Message::with_options("Ваш код подтверждения отправлен в отдельном сообщении, подождите немного", options);
//! assert_eq!((sms.segment_count(), sms.segment_capacity()), (2, 70)); // two messages of their own
//! ```
//!
//! What can a template cost, and why?
//!
//! ```
//! # #[cfg(feature = "alloc")] {
//! use septet::template::{CharacterSet, Lint, Rules, Syntax, Values};
//! let values = Values::new().with("code", CharacterSet::DIGITS.exactly(6));
//! let rules = Rules::new().syntax(Syntax::DollarBrace).values(values).budget(1);
//! let report = rules.check("${code} est votre code. Il expire dans 10 minutes, ne le communiquez à personne, même pas à nous.");
//! let blame = report.findings().find(|finding| finding.lint() == Lint::ForcesUcs2).unwrap();
//! assert_eq!(blame.to_string(), "`ê` U+00EA makes the message UCS-2; `e` would not, but is not the same (accent-dropped)");
//! assert_eq!(report.costs().worst().segments().get(), Some(2));
//! # }
//! ```
//!
//! May this number get a code, and what does it cost there?
//!
//! ```
//! # #[cfg(feature = "phone")] {
//! use septet::Message;
//! use septet::phone::{Channels, Coverage, EligibilityPolicy, Service, classify};
//! use septet::telephony::{Channel, Currency, Price, Purpose, Region};
//! let usd = Currency::new("USD").unwrap();
//! let gb = Service::new(Channels::Both).with_segment_price(Price::from_micros(40_000, usd));
//! let coverage = Coverage::new().with(Region::GB, gb);
//! let policy = EligibilityPolicy::new().coverage(coverage.clone());
//!
//! let number = classify("07400 123456", Some(Region::GB));
//! assert!(policy.eligibility(&number, Channel::Sms, Purpose::SignIn).is_accepted());
//! let segments = Message::new("Your code is 482913. It’s valid for 10 minutes.").segment_count();
//! let price = coverage.price(number.region().unwrap(), Channel::Sms).unwrap();
//! assert_eq!(price.times(segments as u64).unwrap().to_string(), "0.04 USD");
//!
//! let premium = classify("0909 879 0000", Some(Region::GB));
//! let answer = policy.eligibility(&premium, Channel::Voice, Purpose::PasswordReset);
//! assert_eq!(answer.refusal().unwrap().to_string(), "a premium-rate number, which never gets a code");
//! # }
//! ```
//!
//! # What it does not do
//!
//! It sends nothing and stores nothing. Compressed text (TS 23.042), USSD and cell broadcast padding
//! are not read or written. A text is never changed: not normalised, not transliterated,
//! not trimmed; repairs are suggestions. Templates are not evaluated.
//!
//! # Features
//!
//! | feature | default | brings |
//! |---|---|---|
//! | `std` | yes | implies `alloc` |
//! | `alloc` | | owned results, the reassembler, repairs and templates (with unicode-normalization) |
//! | `serde` | no | results as data; options, policies, header elements, octets and Okta's template object, and what they are made of, read back, checked |
//! | `phone` | no | what a phone number is (with rlibphonenumber, which embeds the numbering plans) |
//! | `cli` | no | the binary `septet`; nothing for the library |
//!
//! No feature changes a result.
//!
//! # Secrets
//!
//! `Debug` of anything that holds a text, octets or a number shows lengths and kinds, not content. What
//! names a single character as the one to blame ([`Unmappable`], [`Reason`]) shows that one. The library
//! logs nothing; the parser beneath `phone` can, at level `trace`: its module says how to keep it quiet.

#![no_std]
#![cfg_attr(
    not(test),
    deny(
        clippy::indexing_slicing,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::print_stdout,
        clippy::print_stderr
    )
)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(test)]
extern crate std;

mod alphabet;
pub mod capacity;
mod encoding;
#[cfg(feature = "serde")]
mod hex;
mod message;
#[cfg(feature = "phone")]
pub mod phone;
#[cfg(feature = "alloc")]
pub mod repair;
mod segment;
pub mod sender;
pub mod telephony;
#[cfg(feature = "alloc")]
pub mod template;
mod wire;

pub use alphabet::{Alphabet, ESCAPE, NationalLanguage, NationalTables, Septets, UnknownLanguage};
pub use encoding::{Encoding, Reason, Unmappable, Unmappables};
pub use message::Message;
pub use segment::{
    Concatenation, Cut, HeaderElements, InformationElement, InformationElements,
    InvalidHeaderElements, Segment, SegmentOptions, Segments, TooManySegments,
};
pub use wire::{
    ApplicationPorts, Characters, Coding, CompressedText, ConcatenationElement, Content,
    DataCoding, Deviation, DeviationAt, Forgiven, HeaderTooLong, InvalidHeader, MessageClass,
    ReceivedUserData, ReferenceTooLarge, Sar, SarUnavailable, UnpackedUserData,
    UnsupportedDataCoding, UserData, UserDataHeader,
};
#[cfg(feature = "alloc")]
pub use wire::{
    Arrival, Assembled, Decoded, GivenUp, Incomplete, NotText, Outcome, Reassembler,
    ReassemblyLimits, StoredSegment, StrictError,
};

/// The README's examples, run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
