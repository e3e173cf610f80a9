//! What services and countries demand of a text: data, each with its source and date.

use alloc::borrow::Cow;
use core::fmt;

use super::syntax::Syntax;
use crate::segment::Concatenation;

/// What a limit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Measure {
    /// Characters (scalar values) of the template as it is written, placeholders included.
    TemplateCharacters,
    /// Characters (scalar values) of the message, with the longest values for the upper limit and
    /// the shortest for the lower.
    MessageCharacters,
    /// Bytes of the message in UTF-8, likewise.
    MessageBytes,
    /// Characters (scalar values) of the template's name, where it has one.
    NameCharacters,
}

impl Measure {
    /// What is counted, as a sentence has it.
    pub(super) const fn unit(self) -> &'static str {
        match self {
            Self::TemplateCharacters => "characters of the template",
            Self::MessageCharacters => "characters of the message",
            Self::MessageBytes => "bytes of the message",
            Self::NameCharacters => "characters of the name",
        }
    }
}

/// A hard limit of a profile: what breaks it is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    name: Cow<'static, str>,
    measure: Measure,
    least: usize,
    greatest: usize,
}

impl Limit {
    /// Creates a limit: what is measured has to be from `least` to `greatest`, both included.
    #[must_use]
    pub const fn new(
        name: Cow<'static, str>,
        measure: Measure,
        least: usize,
        greatest: usize,
    ) -> Self {
        Self {
            name,
            measure,
            least,
            greatest,
        }
    }

    const fn built_in(name: &'static str, measure: Measure, least: usize, greatest: usize) -> Self {
        Self::new(Cow::Borrowed(name), measure, least, greatest)
    }

    /// Returns the name, in kebab-case.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns what it measures.
    #[must_use]
    pub const fn measure(&self) -> Measure {
        self.measure
    }

    /// Returns the least value that is taken.
    #[must_use]
    pub const fn least(&self) -> usize {
        self.least
    }

    /// Returns the greatest value that is taken.
    #[must_use]
    pub const fn greatest(&self) -> usize {
        self.greatest
    }
}

/// What a profile asks of a text beside limits. Each has a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Demand {
    /// The brand, where the caller names one: `missing-brand`.
    Brand,
    /// How long the code is valid: `missing-expiry`.
    Expiry,
    /// A signature in brackets at the start or the end: `missing-signature`.
    Signature,
    /// No links: `link`.
    NoLinks,
    /// Fixed text beside the placeholders: `missing-fixed-text`.
    FixedText,
    /// An origin-bound last line: `origin-bound-line`.
    OriginBoundLine,
    /// A code that phones find: `user-consent-code`.
    ConsentCode,
    /// Fixed text between placeholders: `adjacent-placeholders`.
    SeparatePlaceholders,
    /// Values of up to so many characters, of variables that do not say what they hold:
    /// `over-long-variable`.
    VariableLength(u16),
    /// Values of up to so many characters, of variables that say what they hold:
    /// `over-long-variable`.
    TypedVariableLength(u16),
    /// Variables that say what kind of value they hold: `untyped-variable`.
    TypedVariables,
}

/// What a service or a country demands of a text, with source and date.
///
/// ```
/// use septet::template::{Demand, Limit, Measure, Profile};
/// assert_eq!(Profile::COGNITO.limits()[0].greatest(), 140);
/// assert_eq!(Profile::named("us-10dlc").map(Profile::demands), Some(&[Demand::Brand, Demand::Expiry][..]));
/// // A profile of one's own, and one without a limit that does not apply.
/// let ours = Profile::new("ours", "our gateway's manual, 2026")
///     .with_limit(Limit::new("length".into(), Measure::MessageCharacters, 1, 480))
///     .with_segments(3);
/// assert_eq!(ours.segments(), Some(3));
/// let api = Profile::OKTA.clone().without_limit("console");
/// assert!(api.limits().iter().all(|limit| limit.name() != "console"));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Profile {
    name: Cow<'static, str>,
    source: Cow<'static, str>,
    date: Cow<'static, str>,
    syntax: Option<Syntax>,
    concatenation: Option<Concatenation>,
    segments: Option<usize>,
    required: Cow<'static, [Cow<'static, str>]>,
    placeholders: Cow<'static, [Cow<'static, str>]>,
    limits: Cow<'static, [Limit]>,
    demands: Cow<'static, [Demand]>,
}

const fn names<const N: usize>(
    names: &'static [Cow<'static, str>; N],
) -> Cow<'static, [Cow<'static, str>]> {
    Cow::Borrowed(names)
}

/// When the sources were read.
const READ: &str = "2026-11-24";

impl Profile {
    const EMPTY: Self = Self {
        name: Cow::Borrowed(""),
        source: Cow::Borrowed(""),
        date: Cow::Borrowed(READ),
        syntax: None,
        concatenation: None,
        segments: None,
        required: Cow::Borrowed(&[]),
        placeholders: Cow::Borrowed(&[]),
        limits: Cow::Borrowed(&[]),
        demands: Cow::Borrowed(&[]),
    };

    /// What the standard itself demands: at most 255 segments (TS 23.040 §9.2.3.24.1).
    pub const PLAIN: Self = Self {
        name: Cow::Borrowed("3gpp"),
        source: Cow::Borrowed("TS 23.040, Release 17"),
        segments: Some(crate::capacity::MAX_SEGMENTS),
        ..Self::EMPTY
    };

    /// Okta's SMS templates: `${code}` in every text, one segment, and limits that its pages and its
    /// interface description tell apart.
    ///
    /// `raw-schema` is that of the interface, `console` what the console takes, `rendered` what may
    /// be left after substitution; the one segment of 160 septets or 70 code units is the budget.
    /// What happens beyond `rendered` is told in two ways: the built-in text is sent instead, or
    /// nothing is. Whether the interface itself holds texts outside GSM-7 to 70 is not said; the
    /// console does.
    pub const OKTA: Self = Self {
        name: Cow::Borrowed("okta"),
        source: Cow::Borrowed(
            "Okta management OpenAPI 5.1.0; Okta developer guide and help on custom SMS messages",
        ),
        syntax: Some(Syntax::DollarBrace),
        segments: Some(1),
        required: names(&[Cow::Borrowed("code")]),
        placeholders: names(&[Cow::Borrowed("code"), Cow::Borrowed("org.name")]),
        limits: Cow::Borrowed(&[
            Limit::built_in("raw-schema", Measure::TemplateCharacters, 1, 161),
            Limit::built_in("console", Measure::TemplateCharacters, 1, 159),
            Limit::built_in("rendered", Measure::MessageCharacters, 1, 160),
            Limit::built_in("name", Measure::NameCharacters, 1, 50),
        ]),
        ..Self::EMPTY
    };

    /// Amazon Cognito's verification texts: 6 to 140 characters with `{####}`.
    pub const COGNITO: Self = Self {
        name: Cow::Borrowed("cognito"),
        source: Cow::Borrowed("AWS documentation of Cognito user pools (secondary)"),
        syntax: Some(Syntax::Hashes),
        required: names(&[Cow::Borrowed("####")]),
        placeholders: names(&[Cow::Borrowed("####")]),
        limits: Cow::Borrowed(&[Limit::built_in(
            "length",
            Measure::TemplateCharacters,
            6,
            140,
        )]),
        ..Self::EMPTY
    };

    /// Toll-free senders in the US and Canada: segments of 152 septets or 66 code units, by a 16-bit
    /// reference.
    pub const TOLL_FREE: Self = Self {
        name: Cow::Borrowed("toll-free"),
        source: Cow::Borrowed("carriers' pages on toll-free messaging (secondary)"),
        concatenation: Some(Concatenation::Bits16),
        ..Self::EMPTY
    };

    /// India's registry (DLT): fixed text that names the brand, variables apart from each other, of up
    /// to 30 characters (some say 40), or of 40 where they are typed, as they have to be since
    /// 2026-01-14.
    pub const INDIA_DLT: Self = Self {
        name: Cow::Borrowed("india-dlt"),
        source: Cow::Borrowed("MSG91, StartMessaging and Fast2SMS help pages (secondary)"),
        syntax: Some(Syntax::Dlt),
        demands: Cow::Borrowed(&[
            Demand::FixedText,
            Demand::Brand,
            Demand::SeparatePlaceholders,
            Demand::VariableLength(30),
            Demand::TypedVariableLength(40),
            Demand::TypedVariables,
        ]),
        ..Self::EMPTY
    };

    /// China: a registered text with its signature in brackets.
    pub const CHINA: Self = Self {
        name: Cow::Borrowed("china"),
        source: Cow::Borrowed("AWS End User Messaging registration pages (secondary)"),
        demands: Cow::Borrowed(&[Demand::Signature]),
        ..Self::EMPTY
    };

    /// US 10DLC, campaigns for codes: the brand and the expiry in the text, under 160 characters.
    pub const US_10DLC: Self = Self {
        name: Cow::Borrowed("us-10dlc"),
        source: Cow::Borrowed("Telnyx 10DLC pages (secondary)"),
        limits: Cow::Borrowed(&[Limit::built_in(
            "length",
            Measure::MessageCharacters,
            1,
            159,
        )]),
        demands: Cow::Borrowed(&[Demand::Brand, Demand::Expiry]),
        ..Self::EMPTY
    };

    /// Türkiye: from 2026-04-01 carriers may block or mask messages with links; an origin-bound line
    /// may be taken for one (our inference).
    pub const TURKIYE: Self = Self {
        name: Cow::Borrowed("turkiye"),
        source: Cow::Borrowed("AWS End User Messaging registration pages (secondary)"),
        demands: Cow::Borrowed(&[Demand::NoLinks]),
        ..Self::EMPTY
    };

    /// WebOTP in Chrome: an origin-bound last line, a code of 4 to 10 letters and digits, at most 140
    /// characters.
    pub const WEB_OTP: Self = Self {
        name: Cow::Borrowed("webotp"),
        source: Cow::Borrowed("WICG sms-one-time-codes; web.dev on WebOTP (secondary)"),
        limits: Cow::Borrowed(&[Limit::built_in(
            "length",
            Measure::MessageCharacters,
            1,
            140,
        )]),
        demands: Cow::Borrowed(&[Demand::OriginBoundLine, Demand::ConsentCode]),
        ..Self::EMPTY
    };

    /// The built-in profiles, by name.
    pub const ALL: &[Self] = &[
        Self::PLAIN,
        Self::CHINA,
        Self::COGNITO,
        Self::INDIA_DLT,
        Self::OKTA,
        Self::TOLL_FREE,
        Self::TURKIYE,
        Self::US_10DLC,
        Self::WEB_OTP,
    ];

    /// Returns the built-in profile of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        Self::ALL.iter().find(|profile| profile.name == name)
    }

    /// Creates a profile that demands nothing yet. Its source says where the rules come from.
    #[must_use]
    pub fn new(name: impl Into<Cow<'static, str>>, source: impl Into<Cow<'static, str>>) -> Self {
        Self {
            name: name.into(),
            source: source.into(),
            date: Cow::Borrowed(""),
            ..Self::EMPTY
        }
    }

    /// Sets the date of the source, as `YYYY-MM-DD`.
    #[must_use]
    pub fn with_date(mut self, date: impl Into<Cow<'static, str>>) -> Self {
        self.date = date.into();
        self
    }

    /// Sets the syntax of placeholders.
    #[must_use]
    pub const fn with_syntax(mut self, syntax: Syntax) -> Self {
        self.syntax = Some(syntax);
        self
    }

    /// Sets how segments are joined.
    #[must_use]
    pub const fn with_concatenation(mut self, concatenation: Concatenation) -> Self {
        self.concatenation = Some(concatenation);
        self
    }

    /// Sets the most segments of a message.
    #[must_use]
    pub const fn with_segments(mut self, most: usize) -> Self {
        self.segments = Some(most);
        self
    }

    /// Adds a placeholder that every text must have.
    #[must_use]
    pub fn with_required(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.required.to_mut().push(name.into());
        self
    }

    /// Adds a placeholder that the service fills in. With none, all are taken to be known.
    #[must_use]
    pub fn with_placeholder(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.placeholders.to_mut().push(name.into());
        self
    }

    /// Adds a limit.
    #[must_use]
    pub fn with_limit(mut self, limit: Limit) -> Self {
        self.limits.to_mut().push(limit);
        self
    }

    /// Removes the limits of a name.
    #[must_use]
    pub fn without_limit(mut self, name: &str) -> Self {
        self.limits.to_mut().retain(|limit| limit.name != name);
        self
    }

    /// Adds a demand.
    #[must_use]
    pub fn with_demand(mut self, demand: Demand) -> Self {
        self.demands.to_mut().push(demand);
        self
    }

    /// Removes a demand.
    #[must_use]
    pub fn without_demand(mut self, demand: Demand) -> Self {
        self.demands.to_mut().retain(|kept| *kept != demand);
        self
    }

    /// Returns the name, in kebab-case.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns where the rules come from; `(secondary)` where the service's or the country's own text
    /// was not read.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Returns when the source was read, as `YYYY-MM-DD`; empty where that was not said.
    #[must_use]
    pub fn date(&self) -> &str {
        &self.date
    }

    /// Returns the syntax of placeholders.
    #[must_use]
    pub const fn syntax(&self) -> Option<Syntax> {
        self.syntax
    }

    /// Returns how segments are joined.
    #[must_use]
    pub const fn concatenation(&self) -> Option<Concatenation> {
        self.concatenation
    }

    /// Returns the most segments of a message.
    #[must_use]
    pub const fn segments(&self) -> Option<usize> {
        self.segments
    }

    /// Returns the names of the placeholders that every text must have.
    pub fn required(&self) -> impl ExactSizeIterator<Item = &str> {
        self.required.iter().map(|name| &**name)
    }

    /// Returns the names of the placeholders that the service fills in; none where that is not
    /// known.
    pub fn placeholders(&self) -> impl ExactSizeIterator<Item = &str> {
        self.placeholders.iter().map(|name| &**name)
    }

    /// Returns the limits.
    #[must_use]
    pub fn limits(&self) -> &[Limit] {
        &self.limits
    }

    /// Returns the demands.
    #[must_use]
    pub fn demands(&self) -> &[Demand] {
        &self.demands
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Profile")
            .field("name", &self.name)
            .field("date", &self.date)
            .finish_non_exhaustive()
    }
}
