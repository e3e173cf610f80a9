//! How are placeholders written?

use core::fmt;
use core::str::FromStr;

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
/// for syntax in Syntax::ALL.iter().copied() {
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
    pub const ALL: &[Self] = &[
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
            .iter()
            .copied()
            .find(|syntax| syntax.name().eq_ignore_ascii_case(name))
            .ok_or(UnknownSyntax)
    }
}
