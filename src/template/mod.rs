//! What does a template cost, for every value that its placeholders can take?
//!
//! Nobody sends a template; they send what it becomes. So nothing here counts the raw text, and
//! nothing is tried with sample values: the counts hold for all of them.
//!
//! ```
//! use septet::template::{CharacterSet, Count, Syntax, Template, Values};
//! let template = Template::parse("${org.name}: your code is ${code}", Syntax::DollarBrace)?;
//! let values = Values::new()
//!     .with("code", CharacterSet::DIGITS.exactly(6))
//!     .with("org.name", CharacterSet::ANY.up_to(60));
//! let bounds = template.bounds(&values)?;
//! assert_eq!(bounds.best().segments(), Count::Exact(1));
//! assert_eq!(bounds.worst().segments(), Count::Exact(3)); // 60 emoji
//! assert_eq!(bounds.headroom("org.name")?.within(1), Some(24)); // characters of any kind
//! # Ok::<_, Box<dyn std::error::Error>>(())
//! ```
//!
//! # From a text to findings
//!
//! 1. [`Syntax`] says how placeholders are written; [`Template`] is a text taken apart, not evaluated.
//! 2. [`Values`] declare what each placeholder can become: so many characters of a [`CharacterSet`], or
//!    a list.
//! 3. [`Bounds`] are the best, the typical and the worst cost, each with a [`Witness`]; [`Headroom`]
//!    says how long a value may get, and where the cliffs are.
//! 4. [`Rules`] hold a text against a budget, a [`Profile`] and the [`Lint`]s; a [`Report`] has what
//!    was found, and each [`Fix`] that makes the text cheaper.
//! 5. [`Catalogue`] is a template with its translations. [`Rules::check_catalogue`] checks all of
//!    them, [`Rules::check_update`] only what a change touches, before it is saved, and
//!    [`Rules::check_all`] gives a [`Matrix`] of languages by templates.
//!
//! # What to write instead
//!
//! ```
//! use septet::template::{CharacterSet, Rules, Syntax, Values};
//! let rules = Rules::new()
//!     .syntax(Syntax::DollarBrace)
//!     .values(Values::new().with("code", CharacterSet::DIGITS.exactly(6)))
//!     .budget(1);
//! let text = "Don’t share this code with anyone – we’ll never ask you for it by phone: ${code}";
//! let report = rules.check(text);
//! let said: Vec<_> = report.findings().map(|finding| (&text[finding.span()], finding.lint().name())).collect();
//! assert_eq!(said[..2], [(text, "over-budget"), ("’", "forces-ucs2")]);
//! let fix = report.fixes().next().unwrap();
//! assert_eq!((fix.edits().len(), fix.is_safe(), fix.lowers_worst()), (3, true, true));
//! assert_eq!(fix.apply(text), "Don't share this code with anyone - we'll never ask you for it by phone: ${code}");
//! ```
//!
//! # Formats in which phones find a code
//!
//! [`code_format`] reads and writes the last line that binds a code to a site and the hash that hands a
//! message to an Android app, and finds the code as Android's User Consent and WebOTP do. [`Rules`]
//! check all three.
//!
//! # Words
//!
//! | here | means | elsewhere |
//! |---|---|---|
//! | placeholder | where a value is put | variable, macro, token |
//! | best, typical, worst | the least cost over all values, that of typical ones, the greatest | |
//! | witness | values that make a message as long as a bound says | example |
//! | headroom | how long a value may get within so many segments | |
//! | cliff | a length at which the message needs more | |
//! | catalogue | a template and its translations | |
//! | profile | what a service or a country demands of a text | |
//! | fix | edits of a template that go together; of a plain text, a [repair](crate::repair) | |
//!
//! # Secrets
//!
//! `Debug` of templates, values, witnesses and reports shows kinds, lengths and places, and what names
//! a character, a placeholder, a language or what the rules expect shows that; no texts and no values.

mod bounds;
mod catalogue;
mod check;
pub mod code_format;
mod detect;
mod fill;
mod finding;
mod fixes;
mod headroom;
mod language;
mod lengths;
mod lint;
mod neutral;
mod parse;
mod profile;
mod rendering;
mod report;
mod rules;
mod search;
mod syntax;
mod translations;
mod values;
#[cfg(feature = "serde")]
mod vendor;
mod witness;

pub use bounds::{Bounds, Count, Extreme};
pub use catalogue::{
    Catalogue, Change, ChangeKind, KeyProblem, KeyProblemKind, SelectedBy, Selection, Update,
};
pub use detect::AmbiguousSyntax;
pub use finding::{Conflict, ConsentProblem, Cost, Costs, Detail, Finding, Fix};
pub use headroom::{Cliff, Headroom, NoHeadroom};
pub use language::{
    InvalidLanguageKey, LANGUAGE_ALIASES, LanguageKey, LanguageKeyFault, PRODUCT_LANGUAGES,
};
pub use lint::{Lint, Severity, UnknownLint};
pub use neutral::NotNeutral;
pub use parse::{
    Control, ControlKind, Literal, MalformedReason, MalformedTemplate, NearMiss, Piece,
    Placeholder, Template,
};
pub use profile::{Demand, Limit, Measure, Profile};
pub use report::Report;
pub use rules::Rules;
pub use syntax::{Syntax, UnknownSyntax};
pub use translations::{CatalogueReport, Matrix, TextReport, Verdict};
pub use values::{CharacterSet, InvalidValues, ValueSet, Values};
#[cfg(feature = "serde")]
pub use vendor::{TemplateKind, TemplateObject, VendorError, VendorErrorKind};
pub use witness::Witness;
