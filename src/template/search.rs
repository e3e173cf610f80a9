//! The search for the values that make a message longest, or shortest, in one encoding.
//!
//! A [`Plan`] is a template seen in one encoding with one goal: its literals as runs, and for each
//! placeholder the few values that can be extreme. A walk over it keeps the best state at each
//! place, or two of them under UCS-2: one of the texts that nothing has forced out of GSM-7 yet, one
//! of those that something has. Only placeholders that occur more than once need to be tried value
//! by value, since each occurrence has the same value.

mod joint;
mod picks;
mod plan;
mod walk;

use alloc::vec;
use alloc::vec::Vec;

pub(super) use picks::Picks;

use super::fill::{Fill, Room};
use super::parse::Template;
use super::syntax::Syntax;
use super::values::Values;
use crate::alphabet::Alphabet;
use crate::alphabet::Septets;
use crate::alphabet::default_cost;
use crate::encoding::Encoding;
use crate::encoding::tally;
use crate::segment::SegmentOptions;
use crate::segment::Shape;
use joint::Joint;
use plan::Plan;
use walk::Walk;

/// How the text is coded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// GSM-7 with this alphabet.
    Septets(Alphabet),
    /// UCS-2, where the default alphabet does not hold the text.
    CodeUnits,
}

impl View {
    /// An encoding without national tables.
    pub(super) const fn of(encoding: Encoding) -> Self {
        match encoding {
            Encoding::Gsm7 => Self::Septets(Alphabet::DEFAULT),
            Encoding::Ucs2 => Self::CodeUnits,
        }
    }

    /// The units of a character, or `None` where it cannot be coded so.
    fn cost(self, character: char) -> Option<u64> {
        match self {
            Self::Septets(Alphabet::DEFAULT) => match default_cost(character) {
                0 => None,
                cost => Some(cost as u64),
            },
            Self::Septets(alphabet) => alphabet.encode(character).map(|s| Septets::count(s) as u64),
            Self::CodeUnits => Some(character.len_utf16() as u64),
        }
    }

    /// The units of a text of which each character costs one, and whether it makes the text UCS-2; at
    /// the speed of a scan. `None` is no answer.
    fn single_units(self, text: &str) -> Option<(u64, bool)> {
        let tally = tally(text);
        let fault = tally.fault.is_some();
        match self {
            Self::Septets(Alphabet::DEFAULT) if !fault && tally.shifted == 0 => {
                Some((tally.septets as u64, false))
            }
            Self::CodeUnits if tally.surrogate_pairs == 0 => Some((tally.code_units as u64, fault)),
            _ => None,
        }
    }

    /// Whether a character makes the text UCS-2. Within GSM-7 that is no question.
    fn forces(self, character: char) -> bool {
        matches!(self, Self::CodeUnits) && default_cost(character) == 0
    }

    pub(super) const fn shape(self, options: SegmentOptions<'_>) -> Shape<'_> {
        match self {
            Self::Septets(alphabet) => Shape::new(Some(alphabet), options),
            Self::CodeUnits => Shape::new(None, options),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Goal {
    Least,
    Greatest,
}

/// What is to be searched.
#[derive(Clone, Copy)]
pub(super) struct Question<'t> {
    pub(super) template: &'t Template<'t>,
    pub(super) values: &'t Values,
    pub(super) options: SegmentOptions<'t>,
    /// A placeholder, by its index, that has exactly so many characters.
    pub(super) length: Option<(usize, u16)>,
    /// A placeholder, by its index, that has this value of its list.
    pub(super) value: Option<(usize, usize)>,
}

/// The best that was found.
pub(super) struct Found {
    pub(super) fill: Fill,
    pub(super) room: Room,
    /// Whether it is reached by one value for each placeholder, and by nothing further.
    pub(super) exact: bool,
    /// What was chosen at each piece that is rendered, in order: only where a record was asked for.
    pub(super) record: Vec<Chosen>,
}

/// A piece that is rendered, and the value that it has.
#[derive(Clone, Copy)]
pub(super) struct Chosen {
    pub(super) piece: usize,
    pub(super) choice: Choice,
}

/// The value of a placeholder.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Choice {
    /// The piece is no placeholder.
    Literal,
    /// This value of the list.
    Value(usize),
    /// The typical value that was declared.
    Typical,
    /// So many times the first character, with one of the second after so many of them.
    Characters {
        character: char,
        count: u64,
        special: Option<(char, u64)>,
    },
}

/// Why there is nothing found.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Nothing {
    /// No values lead to this encoding.
    Impossible,
    /// Some values have no bound, or it takes too long to find.
    Unbounded,
}

/// Finds the extreme of a template in one encoding.
pub(super) fn search(
    question: Question<'_>,
    view: View,
    goal: Goal,
    record: bool,
) -> Result<Found, Nothing> {
    let mut plan = Plan::new(question, view, goal);
    // Of India's variables each is another one, whatever its tag.
    let joint = match question.template.syntax() {
        Syntax::Dlt => Joint::default(),
        _ => plan.join(),
    };
    let mut fixed = vec![None; plan.candidates.len()];
    let mut exact = true;
    if !joint.is_empty() {
        match plan.best_combination(&joint) {
            Ok(best) => fixed = best,
            Err(Nothing::Impossible) => return Err(Nothing::Impossible),
            Err(Nothing::Unbounded) => match plan.agreed(&joint)? {
                Some(agreed) => fixed = agreed,
                None => exact = false,
            },
        }
    }
    let mut log = Vec::new();
    let tracks = plan.walk(&fixed, &mut plan.one_pass(), record.then_some(&mut log))?;
    let end = tracks.at_end(view).ok_or(Nothing::Impossible)?;
    if plan.unbounded {
        return Err(Nothing::Unbounded);
    }
    Ok(Found {
        fill: end.fill,
        room: plan.room,
        exact,
        record: plan.record(&log, end.log),
    })
}

/// Finds how far into the segments each piece can start, in units laid out: the least and the
/// greatest; and behind the last one, where the message ends. `None` for a piece that no way leads
/// to in this encoding.
///
/// Values are chosen for each place on its own, so that the range can be wider than what is reached.
pub(super) fn extents(question: Question<'_>, view: View) -> Vec<Option<(u64, u64)>> {
    let ends = [Goal::Least, Goal::Greatest].map(|goal| {
        let plan = Plan::new(question, view, goal);
        let fixed = vec![None; plan.candidates.len()];
        let mut starts = vec![None; plan.steps.len() + 1];
        let mut walk = Walk {
            budget: plan.one_pass(),
            log: None,
            starts: Some(&mut starts),
        };
        let walked = plan.go(&fixed, &mut walk).is_ok();
        (walked, starts)
    });
    let [(true, least), (true, greatest)] = ends else {
        return Vec::new();
    };
    let both = least.into_iter().zip(greatest);
    both.map(|(least, greatest)| Some((least?, greatest?)))
        .collect()
}

impl Goal {
    fn prefers(self, new: Fill, old: Fill) -> bool {
        match self {
            Self::Least => new < old,
            Self::Greatest => new > old,
        }
    }
}
