//! How many characters or bytes can a message have?

use alloc::string::String;
use alloc::vec::Vec;

use super::parse::{ControlKind, Piece, Template};
use super::values::{Kind, Set, Values};

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Scalar values.
    Characters,
    /// Bytes of UTF-8.
    Bytes,
}

/// The least and the greatest length of the messages of a template.
#[derive(Clone, Copy)]
pub(super) struct Lengths {
    pub(super) least: usize,
    /// `None` where there is no bound.
    pub(super) greatest: Option<usize>,
}

impl Lengths {
    const NOTHING: Self = Self {
        least: 0,
        greatest: Some(0),
    };

    pub(super) fn of(template: &Template<'_>, values: &Values, unit: Unit) -> Self {
        let names = template.names().iter();
        let values_of: Vec<Self> = names
            .map(|name| Self::of_values(values, name, unit))
            .collect();
        // What stands before a branch or loop, and what its arms have come to.
        let mut frames: Vec<(Self, Option<Self>)> = Vec::new();
        let mut here = Self::NOTHING;
        for piece in template.pieces() {
            match piece {
                Piece::Literal(literal) => {
                    let length = unit.of(literal.text());
                    here = here.then(Self {
                        least: length,
                        greatest: Some(length),
                    });
                }
                Piece::Placeholder(placeholder) => {
                    let value = values_of.get(placeholder.index());
                    here = here.then(value.copied().unwrap_or(Self::NOTHING));
                }
                Piece::Control(control) => match control.kind() {
                    ControlKind::BranchStart | ControlKind::LoopStart => {
                        frames.push((here, None));
                        here = Self::NOTHING;
                    }
                    ControlKind::NextArm => {
                        if let Some((_, arms)) = frames.last_mut() {
                            *arms = Some(arms.map_or(here, |arms| arms.or(here)));
                        }
                        here = Self::NOTHING;
                    }
                    ControlKind::BranchEnd { exhaustive } => {
                        if let Some((before, arms)) = frames.pop() {
                            let mut arms = arms.map_or(here, |arms| arms.or(here));
                            if !exhaustive {
                                arms = arms.or(Self::NOTHING);
                            }
                            here = before.then(arms);
                        }
                    }
                    ControlKind::LoopEnd => {
                        if let Some((before, _)) = frames.pop() {
                            let repeats = values.repeats().map(|repeats| repeats as usize);
                            here = before.then(Self {
                                least: 0,
                                greatest: match (here.greatest, repeats) {
                                    (Some(0), _) => Some(0),
                                    (greatest, repeats) => {
                                        greatest.zip(repeats).map(|(greatest, repeats)| {
                                            greatest.saturating_mul(repeats)
                                        })
                                    }
                                },
                            });
                        }
                    }
                    ControlKind::Silent => {}
                },
            }
        }
        here
    }

    fn of_values(values: &Values, name: &str, unit: Unit) -> Self {
        let Some(set) = values.get(name) else {
            return Self {
                least: 0,
                greatest: None,
            };
        };
        match set.kind() {
            Kind::List(values) => {
                let lengths = || {
                    values
                        .iter()
                        .map(String::as_str)
                        .map(|value| unit.of(value))
                };
                Self {
                    least: lengths().min().unwrap_or_default(),
                    greatest: lengths().max(),
                }
            }
            Kind::Characters {
                set,
                least,
                greatest,
            } => {
                let (low, high) = unit.of_set(set);
                Self {
                    least: low * usize::from(*least),
                    greatest: Some(high * usize::from(*greatest)),
                }
            }
        }
    }

    fn then(self, next: Self) -> Self {
        Self {
            least: self.least.saturating_add(next.least),
            greatest: match (self.greatest, next.greatest) {
                (Some(here), Some(next)) => Some(here.saturating_add(next)),
                _ => None,
            },
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            greatest: match (self.greatest, other.greatest) {
                (Some(one), Some(other)) => Some(one.max(other)),
                _ => None,
            },
        }
    }
}

impl Unit {
    fn of(self, text: &str) -> usize {
        match self {
            Self::Characters => text.chars().count(),
            Self::Bytes => text.len(),
        }
    }

    /// The least and the greatest length of a character of a set.
    fn of_set(self, set: &Set) -> (usize, usize) {
        match (self, set) {
            (Self::Characters, _) | (_, Set::Digits | Set::AsciiAlphanumeric) => (1, 1),
            (Self::Bytes, Set::Gsm7Basic) => (1, 2),
            // The euro sign.
            (Self::Bytes, Set::Gsm7 | Set::Bmp) => (1, 3),
            (Self::Bytes, Set::Any) => (1, 4),
            (Self::Bytes, Set::Given(characters)) => {
                let lengths = || characters.iter().map(|character| character.len_utf8());
                (lengths().min().unwrap_or(1), lengths().max().unwrap_or(1))
            }
        }
    }
}
