//! How are placeholders written, and which way does a text write them?

use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use super::parse::matched_at;

/// A way to write placeholders.
///
/// Names are kept as they are spelled: letters, digits, `_`, `-`, dots and subscripts. White space
/// around a name is part of the syntax for [`DoubleBrace`](Self::DoubleBrace),
/// [`Brace`](Self::Brace) and [`Fluent`](Self::Fluent) only; elsewhere it is a fault, as it is for
/// those who render it. Filters, formats and widths are read over: what is declared for a name is
/// what comes out of them.
///
/// ```
/// use septet::template::{Syntax, Template};
/// for syntax in Syntax::ALL {
///     assert_eq!(syntax.name().parse(), Ok(syntax));
///     assert!(Template::parse(syntax.example(), syntax).is_ok());
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Syntax {
    /// `${code}`. There is no escape: `$${code}` is a dollar sign and a placeholder.
    DollarBrace,
    /// `$${code}`: how `${code}` is written in a template of HCL (Terraform), where `${code}`
    /// itself would be evaluated and is a fault. `%%{` is `%{`.
    DollarDollarBrace,
    /// `{{code}}`: Mustache, Handlebars, Jinja, Liquid, Go.
    ///
    /// - Go's leading dot and `$.` are dropped: `{{ .Code }}` is named `Code`. `{{.}}` is named `.`.
    /// - `{{ code | upper }}` is named `code`. Calls and operators, whose text nobody can know
    ///   without evaluating them, are faults; so are partials and includes.
    /// - `{{#x}}`, `{{#each}}`, `{{range}}` and `{% for %}` are loops; `{{#if}}`, `{{#unless}}`,
    ///   `{{#with}}`, `{{^x}}`, `{{if}}`, `{{with}}`, `{% if %}`, `{% unless %}` and `{% case %}` are
    ///   branches. `{{end}}` and `{{else}}` are never names.
    /// - `\{{` is `{{`, and `\\{{` a backslash before a tag, as in Handlebars. `{{"{{"}}` is `{{`.
    ///   `{% raw %}` and `{% verbatim %}` hold plain text.
    /// - `{{-`, `{{~`, `{%-` and their like remove the ASCII white space beside them, and a tag of
    ///   Mustache or Handlebars alone on its line removes the line.
    #[doc(alias("Mustache", "Handlebars", "Jinja", "Liquid", "Go"))]
    DoubleBrace,
    /// `%{code}`: Ruby, gettext for Elixir. `%%` is a per cent sign.
    PercentBrace,
    /// `{code}` and `{0}`: ICU MessageFormat, and what Python and .NET share with it.
    ///
    /// - `plural`, `select` and `selectordinal` are branches; `#` in an arm of a plural is a
    ///   placeholder named as the number is.
    /// - An apostrophe quotes only directly before `{` or `}`, and before `#` in an arm of a plural;
    ///   `''` is an apostrophe. This is ICU's rule and not that of `java.text.MessageFormat`.
    /// - Doubled braces are an escape in Python and .NET and none in ICU: a fault. A lone `}` is text.
    /// - Formats are read over: `{0,number}`, `{when, date, short}`, `{0,-8:N2}`, `{code:>6}`.
    #[doc(alias("ICU MessageFormat"))]
    Brace,
    /// `%s`, `%1$s`, `%d`, `%@`, `%5.2f`. `%%` is a per cent sign.
    ///
    /// Names are positions: `1`, `2` and so on. A per cent sign before anything but a conversion is
    /// a fault, before a space too: C takes that for a flag and `100 % sure` for a conversion `s`.
    Printf,
    /// `%(code)s`: Python. `%%` is a per cent sign, a lone one is a fault.
    PercentParen,
    /// `{####}`: the code in a message of Amazon Cognito, named `####`; `{username}` beside it.
    #[doc(alias = "Cognito")]
    Hashes,
    /// `:code`, not behind a letter, a digit or another colon: `12:30`, `http://` and `a::b` are
    /// text. Laravel, SQL.
    Colon,
    /// `@@code@@`.
    DoubleAt,
    /// `{ $code }`: Project Fluent. `{ "{" }` is text; `NUMBER` and `DATETIME` are read over; terms,
    /// messages and selectors are faults.
    Fluent,
    /// `{#var#}`, `{#numeric#}`, `{#alphanumeric#}`, `{#url#}`, `{#urlott#}`, `{#cbn#}` and
    /// `{#email#}`: registered templates of India. Each stands for a value of its own, though they
    /// share a name.
    #[doc(alias = "DLT")]
    Dlt,
    /// No placeholders: all of it is text.
    None,
}

impl Syntax {
    /// Every syntax, in order of declaration.
    pub const ALL: [Self; 13] = [
        Self::DollarBrace,
        Self::DollarDollarBrace,
        Self::DoubleBrace,
        Self::PercentBrace,
        Self::Brace,
        Self::Printf,
        Self::PercentParen,
        Self::Hashes,
        Self::Colon,
        Self::DoubleAt,
        Self::Fluent,
        Self::Dlt,
        Self::None,
    ];

    /// Returns the name that data and the command line use, in kebab case.
    ///
    /// ```
    /// assert_eq!(septet::template::Syntax::DollarBrace.name(), "dollar-brace");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DollarBrace => "dollar-brace",
            Self::DollarDollarBrace => "dollar-dollar-brace",
            Self::DoubleBrace => "double-brace",
            Self::PercentBrace => "percent-brace",
            Self::Brace => "brace",
            Self::Printf => "printf",
            Self::PercentParen => "percent-paren",
            Self::Hashes => "hashes",
            Self::Colon => "colon",
            Self::DoubleAt => "double-at",
            Self::Fluent => "fluent",
            Self::Dlt => "dlt",
            Self::None => "none",
        }
    }

    /// Returns a placeholder in this syntax, for help texts; for [`None`](Self::None) nothing.
    ///
    /// ```
    /// assert_eq!(septet::template::Syntax::PercentParen.example(), "%(code)s");
    /// ```
    #[must_use]
    pub const fn example(self) -> &'static str {
        match self {
            Self::DollarBrace => "${code}",
            Self::DollarDollarBrace => "$${code}",
            Self::DoubleBrace => "{{code}}",
            Self::PercentBrace => "%{code}",
            Self::Brace => "{code}",
            Self::Printf => "%s",
            Self::PercentParen => "%(code)s",
            Self::Hashes => "{####}",
            Self::Colon => ":code",
            Self::DoubleAt => "@@code@@",
            Self::Fluent => "{ $code }",
            Self::Dlt => "{#var#}",
            Self::None => "",
        }
    }

    /// Writes a placeholder of a name, or returns `None` where this syntax cannot: `Printf` has no
    /// names, and not every syntax takes a dot.
    ///
    /// Where names are fixed the one that fits best is taken: `{####}` for all but `username`.
    ///
    /// ```
    /// use septet::template::Syntax;
    /// assert_eq!(Syntax::DoubleBrace.spell("org.name").as_deref(), Some("{{org.name}}"));
    /// assert_eq!(Syntax::Colon.spell("org.name"), None);
    /// ```
    #[must_use]
    pub fn spell(self, name: &str) -> Option<String> {
        let (open, close) = match self {
            Self::DollarBrace => ("${", "}"),
            Self::DollarDollarBrace => ("$${", "}"),
            Self::DoubleBrace => ("{{", "}}"),
            Self::PercentBrace => ("%{", "}"),
            Self::Brace => ("{", "}"),
            Self::PercentParen => ("%(", ")s"),
            Self::Colon => (":", ""),
            Self::DoubleAt => ("@@", "@@"),
            Self::Fluent => ("{ $", " }"),
            Self::Hashes if name != "username" => return Some("{####}".into()),
            Self::Hashes => ("{", "}"),
            Self::Dlt if !super::parse::is_dlt_tag(name) => return Some("{#var#}".into()),
            Self::Dlt => ("{#", "#}"),
            Self::Printf | Self::None => return None,
        };
        let spelled = [open, name, close].concat();
        let template = super::Template::parse(&spelled, self).ok()?;
        let is_it =
            matches!(template.pieces(), [super::Piece::Placeholder(it)] if it.name() == name);
        is_it.then_some(spelled)
    }

    /// Finds the syntax in which a text writes its placeholders, or `None` where it has none.
    ///
    /// At each place the longest placeholder wins: `$${x}` is not taken for `${x}`, nor `{{x}}` for
    /// `{x}`. Control tags count as placeholders do. [`Colon`](Self::Colon) and
    /// [`Printf`](Self::Printf) look too much like prose and are never found.
    ///
    /// # Errors
    ///
    /// Where different places have different winners.
    ///
    /// ```
    /// use septet::template::Syntax;
    /// assert_eq!(Syntax::detect("Your code is {{ code }}"), Ok(Some(Syntax::DoubleBrace)));
    /// assert_eq!(Syntax::detect("At 12:30, 5 % off"), Ok(None));
    /// let both = Syntax::detect("${org}: {code}").unwrap_err();
    /// assert!(both.candidates().eq([Syntax::DollarBrace, Syntax::Brace]));
    /// ```
    pub fn detect(text: &str) -> Result<Option<Self>, AmbiguousSyntax> {
        let mut seen = Seen::default();
        // A user name belongs to `{####}` where there is one; else it is a name like any other.
        let mut user_name = None;
        let mut at = 0;
        while let Some(offset) = text
            .as_bytes()
            .get(at..)
            .and_then(|rest| rest.iter().position(|byte| b"${%@".contains(byte)))
        {
            at += offset;
            let Some((syntax, end)) = matched_at(text, at) else {
                at += 1;
                continue;
            };
            if syntax == Self::Brace && text.get(at..end) == Some("{username}") {
                user_name.get_or_insert(at);
            } else {
                seen.insert(syntax, at);
            }
            at = end;
        }
        if let (Some(at), false) = (user_name, seen.has(Self::Hashes)) {
            seen.insert(Self::Brace, at);
        }
        seen.verdict()
    }
}

/// The [`name`](Syntax::name).
impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name that is no [`Syntax`].
///
/// ```
/// let error = "curly".parse::<septet::template::Syntax>().unwrap_err();
/// assert!(error.to_string().starts_with("not a syntax of templates; there are dollar-brace, "));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "not a syntax of templates; there are dollar-brace, dollar-dollar-brace, double-brace, \
     percent-brace, brace, printf, percent-paren, hashes, colon, double-at, fluent, dlt and none"
)]
#[non_exhaustive]
pub struct UnknownSyntax;

impl FromStr for Syntax {
    type Err = UnknownSyntax;

    fn from_str(name: &str) -> Result<Self, UnknownSyntax> {
        Self::ALL
            .into_iter()
            .find(|syntax| syntax.name().eq_ignore_ascii_case(name))
            .ok_or(UnknownSyntax)
    }
}

/// Placeholders of more than one syntax stand in a text. See [`Syntax::detect`].
///
/// ```
/// let error = septet::template::Syntax::detect("${org}: {code}").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the placeholder at byte 8 is of another syntax than those before it (dollar-brace, brace); \
///      say which one is meant"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AmbiguousSyntax {
    candidates: Candidates,
    at: usize,
}

impl AmbiguousSyntax {
    /// Returns the syntaxes of which there are placeholders, at least two, in order of declaration.
    pub fn candidates(self) -> impl Iterator<Item = Syntax> + Clone {
        self.candidates.iter()
    }

    /// Returns the offset of the first placeholder of another syntax than the first one's, in bytes
    /// of the text.
    #[must_use]
    pub const fn at(self) -> usize {
        self.at
    }
}

impl fmt::Display for AmbiguousSyntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the placeholder at byte {} is of another syntax than those before it (",
            self.at
        )?;
        for (nth, candidate) in self.candidates().enumerate() {
            let comma = if nth == 0 { "" } else { ", " };
            write!(f, "{comma}{candidate}")?;
        }
        f.write_str("); say which one is meant")
    }
}

impl core::error::Error for AmbiguousSyntax {}

/// A set of syntaxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Candidates(u16);

impl Candidates {
    const fn bit(syntax: Syntax) -> u16 {
        1 << syntax as u16
    }

    const fn has(self, syntax: Syntax) -> bool {
        self.0 & Self::bit(syntax) != 0
    }

    fn iter(self) -> impl Iterator<Item = Syntax> + Clone {
        Syntax::ALL
            .into_iter()
            .filter(move |syntax| self.has(*syntax))
    }
}

/// What was seen of a text: which syntaxes, and where each came first.
#[derive(Default)]
struct Seen {
    candidates: Candidates,
    /// The least place and its syntax, and the least place of any other syntax.
    first: Option<(usize, Syntax)>,
    other: Option<usize>,
}

impl Seen {
    const fn has(&self, syntax: Syntax) -> bool {
        self.candidates.has(syntax)
    }

    fn insert(&mut self, syntax: Syntax, at: usize) {
        self.candidates.0 |= Candidates::bit(syntax);
        match self.first {
            None => self.first = Some((at, syntax)),
            Some((first, of)) if of != syntax => {
                let other = self
                    .other
                    .map_or(at.max(first), |other| other.min(at.max(first)));
                self.other = Some(other);
                if at < first {
                    self.first = Some((at, syntax));
                }
            }
            Some(_) => {}
        }
    }

    fn verdict(self) -> Result<Option<Syntax>, AmbiguousSyntax> {
        match (self.first, self.other) {
            (_, Some(at)) => Err(AmbiguousSyntax {
                candidates: self.candidates,
                at,
            }),
            (first, None) => Ok(first.map(|(_, syntax)| syntax)),
        }
    }
}
