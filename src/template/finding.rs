//! What was found in a text, where, and what can be written instead.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use super::bounds::{Bounds, Count, Extreme};
use super::code_format::{OriginBoundError, RetrieverError};
use super::detect::AmbiguousSyntax;
use super::language::InvalidLanguageKey;
use super::lint::{Lint, Severity};
use super::parse::MalformedTemplate;
use super::profile::Limit;
use crate::encoding::Encoding;
use crate::repair::{Edit, Loss};

/// What a template costs at best, typically or at worst, in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Cost {
    segments: Count,
    encoding: Option<Encoding>,
    units: Option<usize>,
}

impl Cost {
    fn of(extreme: Extreme<'_>) -> Self {
        Self {
            segments: extreme.segments(),
            encoding: extreme.encoding(),
            units: extreme.units(),
        }
    }

    /// Returns the count of segments.
    #[must_use]
    pub const fn segments(self) -> Count {
        self.segments
    }

    /// Returns the encoding of the message that has it, or `None` where the count is unknown.
    #[must_use]
    pub const fn encoding(self) -> Option<Encoding> {
        self.encoding
    }

    /// Returns the units of that message: septets or code units, as [`encoding`](Self::encoding)
    /// says.
    #[must_use]
    pub const fn units(self) -> Option<usize> {
        self.units
    }
}

/// What a template costs at best, typically and at worst. See [`Bounds`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Costs {
    best: Cost,
    typical: Cost,
    worst: Cost,
}

impl Costs {
    /// Takes the numbers of bounds.
    ///
    /// ```
    /// use septet::template::{Costs, Count, Syntax, Template, Values};
    /// let template = Template::parse("Your code is ${code}", Syntax::DollarBrace)?;
    /// let values = Values::new();
    /// let costs = Costs::of(&template.bounds(&values)?);
    /// assert_eq!((costs.typical().segments(), costs.worst().segments()), (Count::Exact(1), Count::Unknown));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn of(bounds: &Bounds<'_>) -> Self {
        Self {
            best: Cost::of(bounds.best()),
            typical: Cost::of(bounds.typical()),
            worst: Cost::of(bounds.worst()),
        }
    }

    /// Takes the numbers of bounds with other cuts than those that are asked for, of which only the
    /// lower one holds.
    pub(super) fn from_below(bounds: &Bounds<'_>, typical: Extreme<'_>) -> Self {
        let best = Cost::of(bounds.best());
        Self {
            best: Cost {
                segments: best.segments.get().map_or(Count::Unknown, Count::AtLeast),
                ..best
            },
            typical: Cost::of(typical),
            worst: Cost {
                segments: Count::Unknown,
                encoding: None,
                units: None,
            },
        }
    }

    /// Returns the least cost.
    #[must_use]
    pub const fn best(self) -> Cost {
        self.best
    }

    /// Returns the cost with typical values.
    #[must_use]
    pub const fn typical(self) -> Cost {
        self.typical
    }

    /// Returns the greatest cost.
    #[must_use]
    pub const fn worst(self) -> Cost {
        self.worst
    }

    /// Segments at worst, typically and at best; an unknown count is beyond all others.
    pub(super) fn counts(self) -> [usize; 3] {
        [self.worst, self.typical, self.best].map(|cost| cost.segments.get().unwrap_or(usize::MAX))
    }
}

/// Edits of a template that go together, and what it costs before and after.
///
/// They lower the worst, the typical or the best count, and raise none.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Fix {
    edits: Vec<Edit>,
    before: Costs,
    after: Costs,
}

impl Fix {
    pub(super) const fn new(edits: Vec<Edit>, before: Costs, after: Costs) -> Self {
        Self {
            edits,
            before,
            after,
        }
    }

    /// Returns the edits, in order; their ranges are in bytes of the template's source.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Says whether all edits are safe: the text reads as before.
    #[must_use]
    pub fn is_safe(&self) -> bool {
        self.edits.iter().all(Edit::is_safe)
    }

    /// Returns what the template costs as it is.
    #[must_use]
    pub const fn before(&self) -> Costs {
        self.before
    }

    /// Returns what it costs with the edits made.
    #[must_use]
    pub const fn after(&self) -> Costs {
        self.after
    }

    /// Says whether the worst count gets lower.
    #[must_use]
    pub fn lowers_worst(&self) -> bool {
        self.lowers(0)
    }

    /// Says whether the typical count gets lower.
    #[must_use]
    pub fn lowers_typical(&self) -> bool {
        self.lowers(1)
    }

    /// Says whether the best count gets lower.
    #[must_use]
    pub fn lowers_best(&self) -> bool {
        self.lowers(2)
    }

    fn lowers(&self, which: usize) -> bool {
        self.after.counts().get(which) < self.before.counts().get(which)
    }

    /// Makes the edits in the text that was checked. In another text they make no sense, and nothing is
    /// promised but that it does not panic.
    ///
    /// ```
    /// use septet::template::{CharacterSet, Rules, Syntax, Values};
    /// let text = "It’s your code: ${code}. Do not share it with anyone, we never ask for it.";
    /// let rules = Rules::new()
    ///     .syntax(Syntax::DollarBrace)
    ///     .values(Values::new().with("code", CharacterSet::DIGITS.exactly(6)));
    /// let report = rules.check(text);
    /// let fix = report.fixes().next().unwrap();
    /// assert!(fix.is_safe() && fix.lowers_worst());
    /// assert!(fix.apply(text).starts_with("It's your code: ${code}."));
    /// ```
    #[must_use]
    pub fn apply(&self, source: &str) -> String {
        apply(&self.edits, source)
    }
}

/// Makes edits, which are in order and apart from each other.
pub(super) fn apply(edits: &[Edit], source: &str) -> String {
    let mut edited = String::with_capacity(source.len());
    let mut at = 0;
    for edit in edits {
        let Range { start, end } = edit.range();
        edited.push_str(source.get(at..start).unwrap_or_default());
        edited.push_str(edit.replacement());
        at = end;
    }
    edited.push_str(source.get(at..).unwrap_or_default());
    edited
}

/// What a finding is about, beyond its place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Detail {
    /// Nothing more is to be said.
    None,
    /// The message can need more segments than it may.
    #[non_exhaustive]
    Budget {
        /// The most segments that are allowed.
        budget: usize,
        /// What the template costs.
        costs: Costs,
        /// Units to go from the end of that message for one segment less, where they are known.
        units_to_go: Option<usize>,
        /// The encoding of the worst message; of the typical one where the worst is unknown.
        encoding: Encoding,
    },
    /// A placeholder, by name, and the known one that is spelled most like it.
    #[non_exhaustive]
    Placeholder {
        /// The name.
        name: String,
        /// The name that was probably meant.
        nearest: Option<String>,
    },
    /// Why a placeholder or tag cannot be read.
    Malformed(MalformedTemplate),
    /// Which syntaxes the text mixes.
    Ambiguous(AmbiguousSyntax),
    /// How a placeholder is written in the syntax of the template.
    #[non_exhaustive]
    Spelling {
        /// The name.
        name: String,
        /// The placeholder, well written.
        spelling: String,
    },
    /// A key of a translation that cannot be read.
    #[non_exhaustive]
    InvalidKey {
        /// The key as it is spelled.
        key: String,
        /// What is wrong with it.
        error: InvalidLanguageKey,
    },
    /// A key that is there more than once.
    #[non_exhaustive]
    RepeatedKey {
        /// The key as it is spelled the second time.
        key: String,
    },
    /// A limit and what was measured.
    #[non_exhaustive]
    Limit {
        /// The limit.
        limit: Limit,
        /// What was measured.
        measured: usize,
    },
    /// A character, or a base and its marks, and what can stand for it at the least loss.
    #[non_exhaustive]
    Character {
        /// The first character.
        character: char,
        /// What can be written instead, and what it loses. Empty is a removal.
        replacement: Option<(String, Loss)>,
    },
    /// How far the text is from the next lower count.
    #[non_exhaustive]
    UnitsToGo {
        /// Units to go from the end.
        units: usize,
        /// Segments as it is.
        segments: usize,
        /// The encoding that both are counted in.
        encoding: Encoding,
    },
    /// A placeholder that can make the message UCS-2, and the worst count without and with that.
    #[non_exhaustive]
    Forced {
        /// The name.
        name: String,
        /// The worst while the message stays in GSM-7.
        gsm7: Count,
        /// The worst under UCS-2.
        ucs2: Count,
    },
    /// How the placeholders of a translation differ from those of the base text.
    #[non_exhaustive]
    Mismatch {
        /// The key of the translation.
        key: String,
        /// What the base text has and the translation has not.
        missing: Vec<String>,
        /// What the translation has and the base text has not.
        extra: Vec<String>,
    },
    /// A language, by its key.
    #[non_exhaustive]
    Language {
        /// The key.
        key: String,
    },
    /// Why the last line is no origin-bound one.
    OriginBound(OriginBoundError),
    /// Why phones do not find the code that a placeholder holds.
    #[non_exhaustive]
    ConsentCode {
        /// The name.
        name: String,
        /// What is wrong.
        problem: ConsentProblem,
    },
    /// The placeholder that the origin-bound line has to carry as its code.
    #[non_exhaustive]
    LineCode {
        /// The name.
        name: String,
    },
    /// The host that the origin-bound line has to name.
    #[non_exhaustive]
    Host {
        /// The host expected.
        host: String,
    },
    /// Why an app would not be handed the message.
    Retriever(RetrieverError),
    /// The hash that has to end the message.
    #[non_exhaustive]
    Hash {
        /// The hash expected.
        hash: String,
    },
    /// Which formats exclude each other.
    Conflict(Conflict),
    /// The brand that is not named.
    #[non_exhaustive]
    Brand {
        /// The brand expected.
        brand: String,
    },
    /// A length of a value, and the greatest that the profile allows, in characters.
    #[non_exhaustive]
    Length {
        /// The name of the placeholder.
        name: String,
        /// The greatest length declared.
        declared: usize,
        /// The greatest length allowed.
        allowed: usize,
    },
    /// A value or link that a segment's end can fall within, by encoding.
    #[non_exhaustive]
    Split {
        /// The name of the placeholder, where it is one.
        name: Option<String>,
        /// The encoding in which it can happen.
        encoding: Encoding,
    },
    /// CR LF that cost a segment: written as LF they would not.
    #[non_exhaustive]
    LineEndings {
        /// How many line ends are of two characters.
        lines: usize,
    },
}

/// Why phones do not find a code: SMS User Consent and WebOTP look for the first run of 4 to 10 ASCII
/// letters and digits with a digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ConsentProblem {
    /// Some values are shorter, longer or of other characters.
    Shape,
    /// Some values are of letters alone.
    NoDigit,
    /// A letter or digit stands beside the placeholder.
    NotAlone,
    /// A run before the placeholder is taken for the code.
    NotFirst,
}

/// Formats for codes that exclude each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Conflict {
    /// Both the app's hash and the origin-bound line have to be last.
    HashAndOriginBoundLine,
    /// The older prefix of SMS Retriever, U+200B twice, makes a GSM-7 text UCS-2.
    InvisiblePrefix,
}

/// What a lint found: where, how much it weighs, what can be written instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub(super) lint: Lint,
    pub(super) severity: Severity,
    pub(super) span: Range<usize>,
    pub(super) detail: Detail,
    pub(super) fixes: Vec<usize>,
}

impl Finding {
    /// A finding about a set, which has no place in a text.
    pub(super) const fn of_set(lint: Lint, severity: Severity, detail: Detail) -> Self {
        Self {
            lint,
            severity,
            span: 0..0,
            detail,
            fixes: Vec::new(),
        }
    }

    /// Returns the lint.
    #[must_use]
    pub const fn lint(&self) -> Lint {
        self.lint
    }

    /// Returns how much it weighs, by the rules.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.severity
    }

    /// Returns where it is, in bytes of the text; the whole text where it has no narrower place. A
    /// finding about a set of translations has no text: its span is empty.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.span.start..self.span.end
    }

    /// Returns the line and the column of its start in the text that was checked, both from 1. A line
    /// ends with a line feed, and a column is a character (scalar value).
    ///
    /// ```
    /// use septet::template::{Rules, Syntax};
    /// let text = "Hello,\nit’s time";
    /// let report = Rules::new().syntax(Syntax::None).check(text);
    /// assert_eq!(report.findings().next().unwrap().line_and_column(text), (2, 3));
    /// ```
    #[must_use]
    pub fn line_and_column(&self, text: &str) -> (usize, usize) {
        let before = text.get(..self.span.start).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let lines = before.matches('\n').count();
        (lines + 1, line.chars().count() + 1)
    }

    /// Returns what can be written in place of the [span](Self::span), where that is one thing: a
    /// placeholder well spelled, a character at the least loss, nothing for an invisible one.
    ///
    /// What lowers a count, and may take several edits together, is among the
    /// [fixes](super::Report::fixes_of).
    #[must_use]
    pub fn replacement(&self) -> Option<&str> {
        match &self.detail {
            Detail::Spelling { spelling, .. } => Some(spelling),
            Detail::Character { replacement, .. } => {
                replacement.as_ref().map(|(text, _)| text.as_str())
            }
            _ => None,
        }
    }

    /// Returns what it is about.
    #[must_use]
    pub const fn detail(&self) -> &Detail {
        &self.detail
    }

    /// Returns which of the [fixes of the report](super::Report::fixes) mend this, the best first.
    pub(super) fn fixes(&self) -> &[usize] {
        &self.fixes
    }
}

/// A number of things, in the singular where it is one.
struct Number(usize, &'static str);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0 == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.0, self.1)
    }
}

/// The name of a unit of an encoding.
const fn unit(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Gsm7 => "septet",
        Encoding::Ucs2 => "code unit",
    }
}

/// A count of segments, in the singular where it is one.
struct Segments(Count);

impl fmt::Display for Segments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.0.get() == Some(1) { "" } else { "s" };
        write!(f, "{} segment{plural}", self.0)
    }
}

/// Names as a sentence has them.
struct Names<'a>(&'a [String]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, name) in self.0.iter().enumerate() {
            let separator = if number == 0 { "" } else { ", " };
            write!(f, "{separator}`{name}`")?;
        }
        Ok(())
    }
}

/// Writes what was found, in one sentence without full stop: names of placeholders and characters,
/// no other text.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Detail::Budget {
                budget,
                costs,
                units_to_go,
                encoding,
            } => {
                match costs.worst().segments() {
                    Count::Unknown => {
                        let typical = Segments(costs.typical().segments());
                        write!(f, "{typical} in {encoding} with typical values")?;
                    }
                    worst => write!(f, "{} in {encoding} at worst", Segments(worst))?,
                }
                write!(f, ", the budget is {budget}")?;
                match units_to_go {
                    Some(units) if *units > 0 => {
                        let units = Number(*units, unit(*encoding));
                        write!(f, "; {units} to go from the end for one segment less")
                    }
                    _ => Ok(()),
                }
            }
            Detail::Placeholder { name, nearest } => {
                match self.lint {
                    Lint::MissingPlaceholder => write!(f, "the placeholder `{name}` is missing")?,
                    Lint::UnknownPlaceholder => write!(f, "the placeholder `{name}` is not known")?,
                    Lint::UnboundedPlaceholder if name.is_empty() => {
                        f.write_str("the loop has no limit that can be counted, so that the worst case is unknown")?;
                    }
                    Lint::UnboundedPlaceholder => write!(
                        f,
                        "nothing is declared of the placeholder `{name}`, so that the worst case is unknown"
                    )?,
                    Lint::AdjacentPlaceholders => {
                        write!(f, "no fixed text stands before the placeholder `{name}`")?;
                    }
                    Lint::UntypedVariable => {
                        write!(f, "the variable `{name}` does not say what it holds")?;
                    }
                    _ => write!(f, "the placeholder `{name}` is at fault")?,
                }
                match nearest {
                    Some(nearest) => write!(f, "; is `{nearest}` meant?"),
                    None => Ok(()),
                }
            }
            Detail::Malformed(fault) => fault.fmt(f),
            Detail::Ambiguous(fault) => fault.fmt(f),
            Detail::Spelling { spelling, .. } => write!(
                f,
                "this is no placeholder here and is sent as it stands; write `{spelling}`"
            ),
            Detail::InvalidKey { key, error } => {
                write!(f, "the key `{key}` is not a language: {error}")
            }
            Detail::RepeatedKey { key } => {
                write!(
                    f,
                    "the key `{key}` names a language that is there already; keep one"
                )
            }
            Detail::Limit { limit, measured } => {
                let (least, greatest) = (limit.least(), limit.greatest());
                let (unit, name) = (limit.measure().unit(), limit.name());
                write!(
                    f,
                    "{least} to {greatest} {unit} are taken (limit `{name}`); there are {measured}"
                )
            }
            Detail::Character {
                character,
                replacement,
            } => {
                // What is seen is shown; the rest is a number only.
                if character.is_alphanumeric() {
                    write!(f, "`{character}` ")?;
                }
                write!(f, "U+{:04X} ", u32::from(*character))?;
                f.write_str(match self.lint {
                    Lint::ExtensionCharacter => "takes two septets",
                    Lint::InvisibleCharacter => "is not seen, and takes room",
                    Lint::NotNormalised => "is a mark of its own, where one character would do",
                    Lint::Homoglyph => "is of another script than its word",
                    Lint::GraphemeSplit => {
                        "begins a cluster that the end of a segment can fall within"
                    }
                    _ => "makes the message UCS-2",
                })?;
                match replacement {
                    Some((text, _)) if text.is_empty() => f.write_str("; remove it"),
                    Some((text, _)) if self.lint == Lint::Homoglyph => {
                        write!(f, "; is `{text}` meant?")
                    }
                    Some((text, loss)) if loss.is_safe() => write!(f, "; write `{text}`"),
                    Some((text, loss)) => {
                        write!(f, "; `{text}` would not, but is not the same ({loss})")
                    }
                    None if self.lint == Lint::ForcesUcs2 => {
                        f.write_str("; nothing in GSM-7 stands for it, leave it out")
                    }
                    None => Ok(()),
                }
            }
            Detail::UnitsToGo {
                units,
                segments,
                encoding,
            } => write!(
                f,
                "{} less at the end would make it {} of {segments} segments",
                Number(*units, unit(*encoding)),
                segments - 1
            ),
            Detail::Forced { name, gsm7, ucs2 } => write!(
                f,
                "a value of `{name}` can make the message UCS-2: {} at worst, {gsm7} in GSM-7",
                Segments(*ucs2)
            ),
            Detail::Mismatch {
                key,
                missing,
                extra,
            } => {
                write!(f, "`{key}` has other placeholders: ")?;
                if !missing.is_empty() {
                    write!(f, "the base text also has {}", Names(missing))?;
                }
                if !missing.is_empty() && !extra.is_empty() {
                    f.write_str("; ")?;
                }
                if !extra.is_empty() {
                    write!(f, "the base text has no {}", Names(extra))?;
                }
                Ok(())
            }
            Detail::Language { key } => write!(f, "there is no translation for `{key}`"),
            Detail::OriginBound(error) => error.fmt(f),
            Detail::ConsentCode { name, problem } => match problem {
                ConsentProblem::Shape => write!(
                    f,
                    "a value of `{name}` need not be 4 to 10 ASCII letters and digits, so that phones \
                     may not find it"
                ),
                ConsentProblem::NoDigit => write!(
                    f,
                    "a value of `{name}` may hold no digit, and phones look for a run with one"
                ),
                ConsentProblem::NotAlone => write!(
                    f,
                    "letters or digits touch `{name}`, so that phones do not find the code"
                ),
                ConsentProblem::NotFirst => {
                    write!(f, "phones take a run before `{name}` for the code")
                }
            },
            Detail::LineCode { name } => write!(
                f,
                "the origin-bound line carries something else than `{name}` as its code"
            ),
            Detail::Host { host } => {
                write!(f, "the origin-bound line names another host than `{host}`")
            }
            Detail::Retriever(error) => error.fmt(f),
            Detail::Hash { hash } => write!(f, "the message does not end with the hash `{hash}`"),
            Detail::Conflict(Conflict::HashAndOriginBoundLine) => {
                f.write_str("the app's hash and the origin-bound line both have to be last")
            }
            Detail::Conflict(Conflict::InvisiblePrefix) => {
                f.write_str("the prefix U+200B U+200B makes the message UCS-2; write `<#>`")
            }
            Detail::Brand { brand } => write!(f, "the brand `{brand}` is not named"),
            Detail::Length {
                name,
                declared,
                allowed,
            } => write!(
                f,
                "`{name}` can be {declared} characters long, {allowed} are allowed"
            ),
            Detail::Split { name, encoding } => {
                match name {
                    Some(name) => write!(f, "the value of `{name}`")?,
                    None => f.write_str("the link")?,
                }
                write!(f, " can stand across the end of a segment in {encoding}")
            }
            Detail::LineEndings { lines } => {
                let ends = Number(*lines, "line end");
                write!(f, "{ends} of CR LF; with LF alone a segment less is needed")
            }
            Detail::None => {
                let summary = self.lint.summary().trim_end_matches('.');
                let mut characters = summary.chars();
                let first = characters.next().map(|first| first.to_ascii_lowercase());
                write!(f, "{}{}", first.unwrap_or_default(), characters.as_str())
            }
        }
    }
}

#[cfg(feature = "serde")]
mod data {
    use alloc::string::{String, ToString as _};

    use super::Finding;
    use serde::ser::SerializeStruct as _;

    /// Writes `code`, `lint`, `severity`, `span`, `message`, `replacement`, and which of the report's
    /// fixes mend it.
    impl serde::Serialize for Finding {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let message: String = self.to_string();
            let mut data = serializer.serialize_struct("Finding", 7)?;
            data.serialize_field("code", self.lint.code())?;
            data.serialize_field("lint", self.lint.name())?;
            data.serialize_field("severity", &self.severity)?;
            data.serialize_field("span", &self.span)?;
            data.serialize_field("message", &message)?;
            data.serialize_field("replacement", &self.replacement())?;
            data.serialize_field("fixes", &self.fixes)?;
            data.end()
        }
    }
}
