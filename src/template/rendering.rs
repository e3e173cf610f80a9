//! A message with given values, and where in the template each part of it comes from.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::parse::{Literal, Piece, Template};
use super::witness::Witness;

/// A message, and the parts it is made of.
pub(super) struct Rendering {
    pub(super) text: String,
    pub(super) parts: Vec<Part>,
}

/// A part of a message.
#[derive(Clone)]
pub(super) struct Part {
    /// Where it stands in the message.
    pub(super) range: Range<usize>,
    /// Where it comes from, in the template's source.
    pub(super) source: Range<usize>,
    /// The placeholder, by its index, that it is the value of.
    pub(super) placeholder: Option<usize>,
}

/// Where the text of a literal stands in the source: within its span, which can hold an escape's
/// characters besides.
pub(super) fn text_range(template: &Template<'_>, literal: Literal<'_>) -> Range<usize> {
    let span = literal.span();
    let source = template.source().get(span.clone()).unwrap_or_default();
    // The text is a slice of the source.
    let before = (literal.text().as_ptr().addr()).saturating_sub(source.as_ptr().addr());
    let start = span.start + before.min(source.len());
    start..start + literal.text().len()
}

impl Rendering {
    pub(super) fn new(template: &Template<'_>, witness: &Witness<'_>) -> Self {
        let mut rendering = Self {
            text: String::new(),
            parts: Vec::new(),
        };
        for (piece, value) in witness.parts() {
            let start = rendering.text.len();
            let (source, placeholder) = match piece {
                Piece::Literal(literal) => {
                    rendering.text.push_str(literal.text());
                    (text_range(template, *literal), None)
                }
                Piece::Placeholder(placeholder) => {
                    rendering.text.push_str(&value);
                    (placeholder.span(), Some(placeholder.index()))
                }
                Piece::Control(_) => continue,
            };
            rendering.parts.push(Part {
                range: start..rendering.text.len(),
                source,
                placeholder,
            });
        }
        rendering
    }

    /// The ranges of the message that come from literals, in order.
    pub(super) fn literals(&self) -> Vec<Range<usize>> {
        let literals = self.parts.iter().filter(|part| part.placeholder.is_none());
        literals.map(|part| part.range.clone()).collect()
    }

    /// Where in the source a place of the message comes from; of a value, its placeholder's start.
    pub(super) fn source_of(&self, at: usize) -> usize {
        let after = self.parts.partition_point(|part| part.range.end <= at);
        match self.parts.get(after) {
            Some(part) if part.placeholder.is_some() => part.source.start,
            Some(part) => part.source.start + at.saturating_sub(part.range.start),
            None => self.parts.last().map_or(0, |part| part.source.end),
        }
    }

    /// Where in the source a range comes from that lies within one literal.
    pub(super) fn source_range_of(&self, range: Range<usize>) -> Option<Range<usize>> {
        let after = self
            .parts
            .partition_point(|part| part.range.end <= range.start);
        let part = self.parts.get(after)?;
        let within = part.placeholder.is_none() && range.end <= part.range.end;
        let start = part.source.start + range.start.checked_sub(part.range.start)?;
        within.then_some(start..start + range.len())
    }
}
