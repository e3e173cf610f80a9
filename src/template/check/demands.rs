//! What do the brand's owner and the profile ask for beside limits?

use alloc::borrow::ToOwned;
use core::ops::Range;

use super::Checker;
use crate::template::code_format::{Dialect, OriginBoundCode};
use crate::template::finding::Detail;
use crate::template::lint::Lint;
use crate::template::parse::{Literal, Piece};
use crate::template::profile::Demand;
use crate::template::rendering::Rendering;
use crate::template::values::Kind;

/// India's variable that does not say what it holds.
const UNTYPED: &str = "var";

impl<'c> Checker<'c> {
    /// What the brand's owner and the profile ask for beside limits.
    pub(super) fn demands(&mut self, typical: &Rendering) {
        if let Some(brand) = &self.rules.brand {
            let text = typical.text.to_lowercase();
            if !text.contains(&brand.to_lowercase()) {
                let detail = Detail::Brand {
                    brand: brand.clone(),
                };
                self.find(Lint::MissingBrand, self.whole(), detail);
            }
        }
        let Some(profile) = self.rules.profile.as_ref() else {
            return;
        };
        for demand in profile.demands() {
            match demand {
                Demand::Expiry if !self.names_a_time() => {
                    self.find(Lint::MissingExpiry, self.whole(), Detail::None);
                }
                Demand::Signature if !is_signed(typical) => {
                    self.find(Lint::MissingSignature, self.whole(), Detail::None);
                }
                Demand::NoLinks => self.links(typical),
                Demand::FixedText => {
                    let fixed = self
                        .literals()
                        .any(|(literal, _)| literal.text().chars().any(char::is_alphanumeric));
                    if !fixed {
                        self.find(Lint::MissingFixedText, self.whole(), Detail::None);
                    }
                }
                Demand::SeparatePlaceholders => self.adjacent_placeholders(),
                Demand::VariableLength(allowed) => {
                    self.long_variables(false, usize::from(*allowed));
                }
                Demand::TypedVariableLength(allowed) => {
                    self.long_variables(true, usize::from(*allowed));
                }
                Demand::TypedVariables => self.untyped_variables(),
                // The brand is the caller's to name; the formats are checked with the others.
                _ => {}
            }
        }
    }

    /// A number in the fixed text, or a placeholder named after a time: words differ by language.
    fn names_a_time(&self) -> bool {
        const TIMES: [&str; 6] = ["expir", "valid", "minute", "second", "ttl", "time"];
        let named = |name: &&str| {
            let name = name.to_ascii_lowercase();
            TIMES.iter().any(|time| name.contains(time))
        };
        let numbered = |(literal, _): (Literal<'_>, usize)| {
            literal
                .text()
                .chars()
                .any(|character| character.is_ascii_digit())
        };
        self.template.names().iter().any(named) || self.literals().any(numbered)
    }

    fn links(&mut self, typical: &Rendering) {
        let mut line = None;
        if let Ok(bound) = OriginBoundCode::parse(&typical.text, Dialect::Apple) {
            let range = bound.line_range();
            let span = typical.source_of(range.start)..typical.source_of(range.end);
            self.find(Lint::Link, span.clone(), Detail::None);
            line = Some(span);
        }
        for link in self.urls() {
            let in_line = |line: &Range<usize>| line.start <= link.start && link.end <= line.end;
            if !line.as_ref().is_some_and(in_line) {
                self.find(Lint::Link, link, Detail::None);
            }
        }
    }

    fn adjacent_placeholders(&mut self) {
        let mut before = false;
        for piece in self.template.pieces() {
            match piece {
                Piece::Placeholder(placeholder) => {
                    if before {
                        let detail = Detail::Placeholder {
                            name: placeholder.name().to_owned(),
                            nearest: None,
                        };
                        self.find(Lint::AdjacentPlaceholders, placeholder.span(), detail);
                    }
                    before = true;
                }
                Piece::Literal(literal) if literal.text().trim().is_empty() => {}
                _ => before = false,
            }
        }
    }

    /// Of variables that say what they hold, or of those that do not.
    fn long_variables(&mut self, typed: bool, allowed: usize) {
        for (name, place) in self.first_places() {
            let declared = match self.rules.values.get(name).map(|set| set.kind()) {
                Some(Kind::List(values)) => values.iter().map(|value| value.chars().count()).max(),
                Some(Kind::Characters { greatest, .. }) => Some(usize::from(*greatest)),
                // That nothing is declared is said by another lint.
                None => None,
            };
            if let Some(declared) = declared.filter(|declared| *declared > allowed)
                && typed == (name != UNTYPED)
            {
                let detail = Detail::Length {
                    name: name.to_owned(),
                    declared,
                    allowed,
                };
                self.find(Lint::OverLongVariable, place, detail);
            }
        }
    }

    fn untyped_variables(&mut self) {
        for placeholder in self.template.placeholders() {
            if placeholder.name() == UNTYPED {
                let detail = Detail::Placeholder {
                    name: placeholder.name().to_owned(),
                    nearest: None,
                };
                self.find(Lint::UntypedVariable, placeholder.span(), detail);
            }
        }
    }
}

/// Whether a message begins or ends with a signature: brackets that hold something, and no code.
fn is_signed(typical: &Rendering) -> bool {
    let text = typical.text.trim();
    let offset = typical.text.len() - typical.text.trim_start().len();
    let is_signature = |range: Range<usize>| {
        let content = text.get(range.clone()).unwrap_or_default();
        let (start, end) = (offset + range.start, offset + range.end);
        let has_value = typical.parts.iter().any(|part| {
            part.placeholder.is_some() && part.range.start < end && start < part.range.end
        });
        !content.trim().is_empty() && !has_value
    };
    let (open, close) = ('【'.len_utf8(), '】'.len_utf8());
    let first = text.find('】').filter(|_| text.starts_with('【'));
    let last = text.rfind('【').filter(|_| text.ends_with('】'));
    first.is_some_and(|end| is_signature(open..end))
        || last.is_some_and(|start| is_signature(start + open..text.len() - close))
}
