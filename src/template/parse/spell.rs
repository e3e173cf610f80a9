//! Placeholders written in a syntax.

use alloc::string::String;

use super::delimited::is_dlt_tag;
use super::{Piece, Syntax, Template};

impl Syntax {
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
            Self::Dlt if !is_dlt_tag(name) => return Some("{#var#}".into()),
            Self::Dlt => ("{#", "#}"),
            Self::Printf | Self::None => return None,
        };
        let spelled = [open, name, close].concat();
        let template = Template::parse(&spelled, self).ok()?;
        let is_it = matches!(template.pieces(), [Piece::Placeholder(it)] if it.name() == name);
        is_it.then_some(spelled)
    }
}
