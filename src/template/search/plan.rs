//! A template seen in one encoding with one goal.

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::picks::{Pick, Picks};
use super::{Choice, Goal, Question, View};
use crate::segment::Cut;
use crate::template::fill::{Fill, Room, Run};
use crate::template::parse::{ControlKind, Piece};
use crate::template::values::{Kind, Set, ValueSet};

/// Runs, and whether they make the text UCS-2.
#[derive(Clone)]
pub(super) struct Candidate {
    pub(super) runs: Range<usize>,
    pub(super) units: u64,
    pub(super) forces: bool,
    pub(super) choice: Choice,
}

#[derive(Clone)]
pub(super) enum Step {
    /// A literal that is measured with the one before it.
    Joined,
    /// A literal: `None` where it cannot be coded so.
    Text(Option<Candidate>),
    /// A placeholder, by its index.
    Value(usize),
    Control(ControlKind),
}

pub(super) struct Plan {
    pub(super) view: View,
    pub(super) goal: Goal,
    pub(super) room: Room,
    pub(super) repeats: u32,
    pub(super) steps: Vec<Step>,
    pub(super) runs: Vec<Run>,
    /// The values of each placeholder that can be extreme.
    pub(super) candidates: Vec<Vec<Candidate>>,
    /// How often each placeholder occurs, and whether one place is in a loop.
    pub(super) uses: Vec<(usize, bool)>,
    /// Whether some values, or repeats of a loop, have no bound. What is found is then only whether
    /// the encoding is possible.
    pub(super) unbounded: bool,
    /// Whether the literals alone make the text UCS-2.
    pub(super) forced: bool,
}

impl Plan {
    pub(super) fn new(question: Question<'_>, view: View, goal: Goal) -> Self {
        let Question {
            template,
            values,
            options,
            ..
        } = question;
        let names = template.names().len();
        let mut plan = Self {
            view,
            goal,
            room: Room::new(view.shape(options)),
            // To be forced out of GSM-7, or not, one pass is enough.
            repeats: match goal {
                Goal::Least => values.repeats().unwrap_or(1).min(1),
                Goal::Greatest => values.repeats().unwrap_or(1),
            },
            steps: Vec::with_capacity(template.pieces().len()),
            runs: Vec::with_capacity(template.pieces().len() + names),
            candidates: Vec::with_capacity(names),
            uses: vec![(0, false); names],
            unbounded: false,
            forced: false,
        };
        plan.take_steps(question);
        for (index, name) in template.names().iter().enumerate() {
            let candidates = plan.values_of(index, values.get(name), question);
            plan.candidates.push(candidates);
        }
        plan
    }

    fn take_steps(&mut self, question: Question<'_>) {
        let whole_clusters = matches!(question.options.get_cut(), Cut::Grapheme);
        let goes_on = |piece: &&Piece<'_>| match piece {
            Piece::Literal(_) => whole_clusters,
            Piece::Control(control) => whole_clusters && control.kind() == ControlKind::Silent,
            Piece::Placeholder(_) => false,
        };
        let mut pieces = question.template.pieces().iter().peekable();
        let mut depth = 0_usize;
        let mut loops = 0_usize;
        while let Some(piece) = pieces.next() {
            match piece {
                Piece::Literal(literal) => {
                    // Clusters go across the seams that escapes leave, and across comments and removed
                    // white space, where nothing stands.
                    let mut stretch = Cow::Borrowed(literal.text());
                    let mut seams = 0;
                    while let Some(next) = pieces.next_if(goes_on) {
                        if let Piece::Literal(next) = next {
                            stretch.to_mut().push_str(next.text());
                        }
                        seams += 1;
                    }
                    let text = self.text(&stretch, whole_clusters);
                    self.forced |= depth == 0 && text.as_ref().is_some_and(|text| text.forces);
                    self.steps.push(Step::Text(text));
                    self.steps.extend((0..seams).map(|_| Step::Joined));
                }
                Piece::Placeholder(placeholder) => {
                    if let Some((uses, in_loop)) = self.uses.get_mut(placeholder.index()) {
                        *uses += 1;
                        *in_loop |= loops > 0;
                    }
                    self.steps.push(Step::Value(placeholder.index()));
                }
                Piece::Control(control) => {
                    match control.kind() {
                        ControlKind::BranchStart => depth += 1,
                        ControlKind::BranchEnd { .. } => depth = depth.saturating_sub(1),
                        ControlKind::LoopStart => {
                            depth += 1;
                            loops += 1;
                            // One with nothing in it adds nothing, however often it runs.
                            let empty = matches!(pieces.peek(), Some(Piece::Control(next))
                                if next.kind() == ControlKind::LoopEnd);
                            let unlimited = question.values.repeats().is_none();
                            self.unbounded |= self.goal == Goal::Greatest && unlimited && !empty;
                        }
                        ControlKind::LoopEnd => {
                            depth = depth.saturating_sub(1);
                            loops = loops.saturating_sub(1);
                        }
                        ControlKind::NextArm | ControlKind::Silent => {}
                    }
                    self.steps.push(Step::Control(control.kind()));
                }
            }
        }
    }

    /// Measures a text, by scalar values or by clusters.
    fn text(&mut self, text: &str, whole_clusters: bool) -> Option<Candidate> {
        let start = self.runs.len();
        let mut units = 0;
        let mut forces = false;
        if whole_clusters {
            for cluster in text.graphemes(true) {
                let mut cost = 0;
                for character in cluster.chars() {
                    cost += self.view.cost(character)?;
                    forces |= self.view.forces(character);
                }
                units += cost;
                self.push(start, Run { cost, count: 1 });
            }
        } else if let Some((count, forced)) = self.view.single_units(text) {
            units = count;
            forces = forced;
            self.push(start, Run { cost: 1, count });
        } else {
            for character in text.chars() {
                let cost = self.view.cost(character)?;
                forces |= self.view.forces(character);
                units += cost;
                self.push(start, Run { cost, count: 1 });
            }
        }
        Some(Candidate {
            runs: start..self.runs.len(),
            units,
            forces,
            choice: Choice::Literal,
        })
    }

    /// Adds a run behind those from `start`.
    fn push(&mut self, start: usize, run: Run) {
        if run.count == 0 {
            return;
        }
        match self.runs.get_mut(start..).and_then(<[Run]>::last_mut) {
            Some(last) if last.cost == run.cost => last.count += run.count,
            _ => self.runs.push(run),
        }
    }

    /// The values of a placeholder that can be extreme.
    fn values_of(
        &mut self,
        index: usize,
        set: Option<&ValueSet>,
        question: Question<'_>,
    ) -> Vec<Candidate> {
        let anything = Kind::Characters {
            set: Set::Any,
            least: 0,
            greatest: u16::MAX,
        };
        let kind = set.map_or(&anything, ValueSet::kind);
        self.unbounded |= set.is_none() && self.goal == Goal::Greatest;
        match kind {
            Kind::List(values) => {
                let only = question.value.filter(|(of, _)| *of == index);
                let listed = values.iter().enumerate();
                let listed =
                    listed.filter(|(number, _)| only.is_none_or(|(_, only)| only == *number));
                let mut candidates = Vec::new();
                for (number, value) in listed {
                    let kept = self.runs.len();
                    match self.text(value, false) {
                        Some(candidate) => candidates.push(Candidate {
                            choice: Choice::Value(number),
                            ..candidate
                        }),
                        None => self.runs.truncate(kept),
                    }
                }
                self.prune_plain(candidates)
            }
            Kind::Characters {
                set,
                least,
                greatest,
            } => {
                let (least, greatest) = match question.length {
                    Some((of, length)) if of == index => (length, length),
                    _ => (*least, *greatest),
                };
                let picks = Picks::new(set, self.view);
                self.characters(picks, u64::from(least), u64::from(greatest))
            }
        }
    }

    /// Of values of single units only the longest or shortest counts, of those that force UCS-2 and
    /// of those that do not.
    fn prune_plain(&self, candidates: Vec<Candidate>) -> Vec<Candidate> {
        let is_plain = |candidate: &Candidate| match self.runs.get(candidate.runs.clone()) {
            Some([run]) => run.cost == 1,
            runs => runs.is_none_or(<[Run]>::is_empty),
        };
        let mut kept = candidates;
        for forces in [false, true] {
            let of_kind =
                |candidate: &&Candidate| candidate.forces == forces && is_plain(candidate);
            let units = kept.iter().filter(of_kind).map(|candidate| candidate.units);
            let mut best = match self.goal {
                Goal::Least => units.min(),
                Goal::Greatest => units.max(),
            };
            kept.retain(|candidate| {
                let mut is_best = || best.take_if(|best| *best == candidate.units).is_some();
                !of_kind(&candidate) || is_best()
            });
        }
        kept
    }

    /// The values of so many characters that can be extreme; the one that does not force UCS-2 first.
    fn characters(&mut self, picks: Picks, least: u64, greatest: u64) -> Vec<Candidate> {
        let mut candidates = Vec::new();
        match self.goal {
            Goal::Greatest => {
                // Of the dearest character as many as there can be. Whatever is dearest under UCS-2
                // also forces it, if anything does: all of GSM-7 is single code units.
                if let Some(pick) = picks.forcing_high.filter(|_| greatest > 0) {
                    candidates.push(self.value(pick, greatest, None));
                } else if let Some(pick) = picks.high {
                    candidates.push(self.value(pick, greatest, None));
                } else if least == 0 {
                    candidates.push(self.empty());
                }
            }
            Goal::Least => {
                match picks.low {
                    Some(pick) => candidates.push(self.value(pick, least, None)),
                    None if least == 0 => candidates.push(self.empty()),
                    None => {}
                }
                let count = least.max(1);
                let needless = self.forced && picks.low.is_some();
                let forcing = picks.forcing_low.filter(|_| greatest >= count && !needless);
                if let Some(forcing) = forcing {
                    match picks.low {
                        // One that forces, where it leaves the fewest gaps: there are no more
                        // places that differ than units in a segment.
                        Some(low) if low.cost < forcing.cost => {
                            for at in 0..count.min(self.room.segment()) {
                                candidates.push(self.value(low, count, Some((forcing, at))));
                            }
                        }
                        Some(low) => candidates.push(self.value(low, count, Some((forcing, 0)))),
                        None => candidates.push(self.value(forcing, count, None)),
                    }
                }
            }
        }
        candidates
    }

    fn empty(&self) -> Candidate {
        Candidate {
            runs: self.runs.len()..self.runs.len(),
            units: 0,
            forces: false,
            choice: Choice::Characters {
                character: ' ',
                count: 0,
                special: None,
            },
        }
    }

    pub(super) fn value(
        &mut self,
        pick: Pick,
        count: u64,
        special: Option<(Pick, u64)>,
    ) -> Candidate {
        let start = self.runs.len();
        let (before, after) = match special {
            Some((_, at)) => (at, count - 1 - at),
            None => (count, 0),
        };
        let Pick { character, cost } = pick;
        self.push(
            start,
            Run {
                cost,
                count: before,
            },
        );
        if let Some((Pick { cost, .. }, _)) = special {
            self.push(start, Run { cost, count: 1 });
        }
        self.push(start, Run { cost, count: after });
        let runs = start..self.runs.len();
        let added = self.runs.get(runs.clone()).unwrap_or_default();
        Candidate {
            units: added.iter().map(|run| run.cost * run.count).sum(),
            forces: special.is_some() || (count > 0 && self.view.forces(character)),
            choice: Choice::Characters {
                character,
                count: before + after,
                special: special.map(|(pick, at)| (pick.character, at)),
            },
            runs,
        }
    }

    pub(super) fn lay(&self, fill: Fill, candidate: &Candidate) -> Fill {
        let runs = self.runs.get(candidate.runs.clone()).unwrap_or_default();
        runs.iter()
            .fold(fill, |fill, run| self.room.add(fill, *run))
    }
}
