//! Can a value join with what stands beside it, so that whole clusters are no longer counted one by
//! one?

use core::fmt;
use core::ops::Range;

use alloc::string::String;

use unicode_segmentation::UnicodeSegmentation as _;

use super::parse::{ControlKind, Piece, Placeholder, Template};
use super::values::{Kind, Set, Values};
use crate::alphabet::default_cost;
use crate::capacity;
use crate::segment::SegmentOptions;

/// Bounds cannot be exact with [`Cut::Grapheme`](crate::Cut::Grapheme): a value may join with what
/// stands beside it, and a longer value may then need fewer segments.
///
/// They are exact where every value is of GSM-7 characters but line feed, carriage return and form
/// feed, a cluster ends at both edges of each placeholder whatever its value, no cluster exceeds a
/// segment, and there are no branches or loops. Elsewhere count with [`Cut::Scalar`](crate::Cut::Scalar): its best is a
/// lower bound; its worst is no upper bound.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NotNeutral {
    name: Option<String>,
    start: usize,
    end: usize,
    fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Fault {
    Undeclared,
    Values,
    Edge,
    Cluster,
    Control,
}

impl NotNeutral {
    /// Returns the name of the placeholder, or `None` where a control tag or a literal is at fault.
    #[must_use]
    pub fn placeholder(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns where it stands, in bytes of the template.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}

impl fmt::Display for NotNeutral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("with whole clusters the bounds are not exact: ")?;
        if let Some(name) = &self.name {
            write!(f, "the placeholder `{name}` at byte {} ", self.start)?;
        }
        match self.fault {
            Fault::Undeclared => f.write_str("is not declared"),
            Fault::Values => f.write_str("has values with line breaks or characters outside GSM-7"),
            Fault::Edge => f.write_str("joins with the text beside it"),
            Fault::Cluster => write!(f, "the cluster at byte {} exceeds a segment", self.start),
            Fault::Control => write!(f, "there is a branch or loop at byte {}", self.start),
        }?;
        f.write_str("; count with scalar cuts for a lower bound")
    }
}

impl fmt::Debug for NotNeutral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NotNeutral")
            .field("span", &self.span())
            .field("fault", &self.fault)
            .finish()
    }
}

impl core::error::Error for NotNeutral {}

/// A stretch of literals, and the placeholders since the one before it.
#[derive(Default)]
struct Seam<'t> {
    before: String,
    /// The last placeholder behind the stretch, and whether there was one.
    placeholder: Option<Placeholder<'t>>,
    /// Whether all placeholders behind the stretch can be empty.
    may_be_empty: bool,
}

pub(super) fn check(
    template: &Template<'_>,
    values: &Values,
    options: SegmentOptions<'_>,
) -> Result<(), NotNeutral> {
    let mut seam = Seam::default();
    let mut stretch = String::new();
    let mut start = 0;
    for piece in template.pieces() {
        match piece {
            Piece::Literal(literal) => {
                if stretch.is_empty() {
                    start = literal.span().start;
                }
                stretch.push_str(literal.text());
            }
            Piece::Placeholder(placeholder) => {
                if !stretch.is_empty() {
                    seam.check_edges(&stretch)?;
                    check_clusters(&stretch, start, options)?;
                    seam = Seam {
                        before: core::mem::take(&mut stretch),
                        placeholder: None,
                        may_be_empty: true,
                    };
                }
                let may_be_empty = check_values(*placeholder, values)?;
                seam.placeholder = Some(*placeholder);
                seam.may_be_empty &= may_be_empty;
                if !seam.before.is_empty() && !breaks(&seam.before, "a") {
                    return Err(fault(*placeholder, Fault::Edge));
                }
            }
            Piece::Control(control) => match control.kind() {
                ControlKind::Silent => {}
                _ => {
                    return Err(NotNeutral {
                        name: None,
                        start: control.span().start,
                        end: control.span().end,
                        fault: Fault::Control,
                    });
                }
            },
        }
    }
    if !stretch.is_empty() {
        seam.check_edges(&stretch)?;
        check_clusters(&stretch, start, options)?;
    }
    Ok(())
}

impl<'t> Seam<'t> {
    fn check_edges(&self, after: &str) -> Result<(), NotNeutral> {
        let Some(placeholder) = self.placeholder else {
            return Ok(());
        };
        let joins = !breaks("a", after)
            || (self.may_be_empty && !self.before.is_empty() && !breaks(&self.before, after));
        if joins {
            return Err(fault(placeholder, Fault::Edge));
        }
        Ok(())
    }
}

/// Says whether a cluster ends between two texts.
fn breaks(before: &str, after: &str) -> bool {
    let mut joined = String::from(before);
    joined.push_str(after);
    let mut clusters = joined.grapheme_indices(true);
    clusters.any(|(at, _)| at == before.len())
}

/// Says whether the empty value is among those of a placeholder.
fn check_values(placeholder: Placeholder<'_>, values: &Values) -> Result<bool, NotNeutral> {
    let Some(set) = values.get(placeholder.name()) else {
        return Err(fault(placeholder, Fault::Undeclared));
    };
    let is_neutral = |character: char| {
        default_cost(character) > 0 && !matches!(character, '\n' | '\r' | '\u{c}')
    };
    let (neutral, may_be_empty) = match set.kind() {
        Kind::List(values) => (
            values.iter().all(|value| value.chars().all(is_neutral)),
            values.iter().any(String::is_empty),
        ),
        Kind::Characters { set, least, .. } => {
            let neutral = match set {
                Set::Digits | Set::AsciiAlphanumeric | Set::Gsm7Basic | Set::Gsm7 => true,
                Set::Bmp | Set::Any => false,
                Set::Given(characters) => characters.iter().copied().all(is_neutral),
            };
            (neutral, *least == 0)
        }
    };
    if neutral {
        Ok(may_be_empty)
    } else {
        Err(fault(placeholder, Fault::Values))
    }
}

/// Refuses clusters that a segment cannot hold in either encoding.
fn check_clusters(
    stretch: &str,
    start: usize,
    options: SegmentOptions<'_>,
) -> Result<(), NotNeutral> {
    let own = options
        .get_header_elements()
        .map_or(0, |elements| elements.octets());
    // The widest header: its length octet, a 16-bit reference and what the caller adds.
    let room = capacity::code_units(1 + 6 + own);
    for (at, cluster) in stretch.grapheme_indices(true) {
        let units: usize = cluster.chars().map(char::len_utf16).sum();
        if units > room {
            return Err(NotNeutral {
                name: None,
                start: start + at,
                end: start + at + cluster.len(),
                fault: Fault::Cluster,
            });
        }
    }
    Ok(())
}

fn fault(placeholder: Placeholder<'_>, fault: Fault) -> NotNeutral {
    let span = placeholder.span();
    NotNeutral {
        name: Some(placeholder.name().into()),
        start: span.start,
        end: span.end,
        fault,
    }
}
