//! What does a template cost, for every value that its placeholders can take?

mod bounds;
mod catalogue;
mod check;
mod code_format;
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
pub use check::Report;
pub use code_format::{
    Dialect, EmbeddedHost, EmbeddedHosts, InvalidOrigin, Origin, OriginBoundCode, OriginBoundError,
    OriginBoundLineError, OriginBoundPart, OriginBoundProblem, RetrieverError, RetrieverLimit,
    RetrieverMessage, RetrieverPrefix, RetrieverWriteError, consent_code,
};
pub use finding::{Conflict, Cost, Costs, Detail, Finding, Fix};
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
pub use rules::Rules;
pub use syntax::{AmbiguousSyntax, Syntax, UnknownSyntax};
pub use translations::{CatalogueReport, Matrix, TextReport, Verdict};
pub use values::{CharacterSet, InvalidValues, ValueSet, Values};
#[cfg(feature = "serde")]
pub use vendor::{TemplateKind, TemplateObject, VendorError, VendorErrorKind};
pub use witness::Witness;
