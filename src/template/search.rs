//! The search for the values that make a message longest, or shortest, in one encoding.
//!
//! A [`Plan`] is a template seen in one encoding with one goal: its literals as runs, and for each
//! placeholder the few values that can be extreme. A walk over it keeps the best state at each
//! place, or two of them under UCS-2: one of the texts that nothing has forced out of GSM-7 yet, one
//! of those that something has. Only placeholders that occur more than once need to be tried value
//! by value, since each occurrence has the same value.

use alloc::borrow::Cow;
use alloc::vec;
use alloc::vec::Vec;
use core::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::fill::{Fill, Room, Run};
use super::parse::{ControlKind, Piece, Template};
use super::syntax::Syntax;
use super::values::{Kind, Set, ValueSet, Values};
use crate::alphabet::Alphabet;
use crate::alphabet::Septets;
use crate::alphabet::default_cost;
use crate::encoding::tally;
use crate::segment::Cut;
use crate::segment::SegmentOptions;
use crate::segment::Shape;

/// The most combinations of values of repeated placeholders that are tried.
pub(super) const COMBINATIONS: usize = 4096;

/// The most pieces that are looked at in one search.
const STEPS: usize = 1 << 22;

/// The most values of a repeated placeholder that are compared with each other.
const COMPARED: usize = 256;

/// How the text is coded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    /// GSM-7 with this alphabet.
    Septets(Alphabet),
    /// UCS-2, where the default alphabet does not hold the text.
    CodeUnits,
}

impl View {
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

/// Runs, and whether they make the text UCS-2.
#[derive(Clone)]
struct Candidate {
    runs: Range<usize>,
    units: u64,
    forces: bool,
    choice: Choice,
}

/// Adds nothing.
const NOTHING: Candidate = Candidate {
    runs: 0..0,
    units: 0,
    forces: false,
    choice: Choice::Literal,
};

#[derive(Clone)]
enum Step {
    /// A literal that is measured with the one before it.
    Joined,
    /// A literal: `None` where it cannot be coded so.
    Text(Option<Candidate>),
    /// A placeholder, by its index.
    Value(usize),
    Control(ControlKind),
}

struct Plan {
    view: View,
    goal: Goal,
    room: Room,
    repeats: u32,
    steps: Vec<Step>,
    runs: Vec<Run>,
    /// The values of each placeholder that can be extreme.
    candidates: Vec<Vec<Candidate>>,
    /// How often each placeholder occurs, and whether one place is in a loop.
    uses: Vec<(usize, bool)>,
    /// Whether some values, or repeats of a loop, have no bound. What is found is then only whether
    /// the encoding is possible.
    unbounded: bool,
    /// Whether the literals alone make the text UCS-2.
    forced: bool,
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

impl Plan {
    fn new(question: Question<'_>, view: View, goal: Goal) -> Self {
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

    fn value(&mut self, pick: Pick, count: u64, special: Option<(Pick, u64)>) -> Candidate {
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

    /// Finds the placeholders whose values have to be chosen for all their places at once, and prunes
    /// what is worse wherever it stands.
    fn join(&mut self) -> Joint {
        let mut joint = Joint::default();
        for variable in 0..self.candidates.len() {
            let repeated = matches!(self.uses.get(variable), Some((2.., false)));
            if !repeated {
                continue;
            }
            let Some(candidates) = self.candidates.get_mut(variable) else {
                continue;
            };
            let candidates = core::mem::take(candidates);
            let kept = self.prune(candidates);
            let is_list = |candidate: &Candidate| matches!(candidate.choice, Choice::Value(_));
            if kept.len() > 1 {
                joint.variables.push(variable);
                if kept.iter().all(is_list) {
                    joint.lists.push((variable, kept.len()));
                } else {
                    joint
                        .forcing
                        .extend((1..kept.len()).map(|candidate| (variable, candidate)));
                    joint.characters.push(variable);
                }
            }
            if let Some(candidates) = self.candidates.get_mut(variable) {
                *candidates = kept;
            }
        }
        joint
    }

    /// Leaves out each value that another one is no less extreme than wherever it stands.
    ///
    /// Where the further state after a value has also the greater number of units, for each place in
    /// a segment, whatever follows keeps it so.
    fn prune(&self, candidates: Vec<Candidate>) -> Vec<Candidate> {
        if candidates.len() > COMPARED {
            return candidates;
        }
        let ends: Vec<Vec<Fill>> = candidates
            .iter()
            .map(|candidate| {
                let from = |laid| self.lay(Fill { laid, units: 0 }, candidate);
                (0..self.room.segment()).map(from).collect()
            })
            .collect();
        let no_less = |a: &Fill, b: &Fill| match self.goal {
            Goal::Least => a.laid <= b.laid && a.units <= b.units,
            Goal::Greatest => a.laid >= b.laid && a.units >= b.units,
        };
        let covers = |a: usize, b: usize| -> bool {
            let forces = |number: usize| candidates.get(number).is_some_and(|c| c.forces);
            let (Some(ends_a), Some(ends_b)) = (ends.get(a), ends.get(b)) else {
                return false;
            };
            forces(a) >= forces(b) && ends_a.iter().zip(ends_b).all(|(a, b)| no_less(a, b))
        };
        let mut kept = vec![true; candidates.len()];
        for b in 0..candidates.len() {
            let covered = (0..candidates.len()).any(|a| {
                a != b && kept.get(a) == Some(&true) && covers(a, b) && (a < b || !covers(b, a))
            });
            if covered && let Some(kept) = kept.get_mut(b) {
                *kept = false;
            }
        }
        let mut kept = kept.into_iter();
        let mut candidates = candidates;
        candidates.retain(|_| kept.next() == Some(true));
        candidates
    }

    fn lay(&self, fill: Fill, candidate: &Candidate) -> Fill {
        let runs = self.runs.get(candidate.runs.clone()).unwrap_or_default();
        runs.iter()
            .fold(fill, |fill, run| self.room.add(fill, *run))
    }

    /// Tries every combination of the values of repeated placeholders, if there are not too many.
    fn best_combination(&self, joint: &Joint) -> Result<Vec<Option<usize>>, Nothing> {
        let combinations = joint
            .combinations()
            .filter(|number| *number <= COMBINATIONS);
        let combinations = combinations.ok_or(Nothing::Unbounded)?;
        let mut budget = STEPS;
        let mut fixed = vec![None; self.candidates.len()];
        let mut best: Option<(Fill, Vec<Option<usize>>)> = None;
        for number in 0..combinations {
            joint.fix(number, &mut fixed);
            let end = self.walk(&fixed, &mut budget, None)?.at_end(self.view);
            if let Some(at) = end
                && best
                    .as_ref()
                    .is_none_or(|(fill, _)| self.goal.prefers(at.fill, *fill))
            {
                best = Some((at.fill, fixed.clone()));
            }
        }
        best.map(|(_, fixed)| fixed).ok_or(Nothing::Impossible)
    }

    /// Finds values, one for each placeholder, that lead as far as a choice for each place on its own,
    /// which is no less extreme: if the values of the first places do, nothing was lost.
    fn agreed(&self, joint: &Joint) -> Result<Option<Vec<Option<usize>>>, Nothing> {
        let mut agreed = vec![None; self.candidates.len()];
        let mut log = Vec::new();
        let freed = self.walk(&agreed, &mut self.one_pass(), Some(&mut log))?;
        let freed = freed.at_end(self.view).ok_or(Nothing::Impossible)?;
        for (variable, candidate) in self.chosen(&log, freed.log) {
            if joint.variables.binary_search(&variable).is_ok()
                && let Some(agreed @ None) = agreed.get_mut(variable)
            {
                *agreed = Some(candidate);
            }
        }
        let consistent = self.walk(&agreed, &mut self.one_pass(), None)?;
        let segments = |at: At| self.room.segments(at.fill);
        let reached = consistent.at_end(self.view).map(segments) == Some(segments(freed));
        Ok(reached.then_some(agreed))
    }

    /// What a walk without loops can need.
    fn one_pass(&self) -> usize {
        let candidates = |step: &Step| match step {
            Step::Value(variable) => self.candidates.get(*variable).map_or(0, Vec::len),
            _ => 0,
        };
        let pass: usize = self.steps.iter().map(|step| 1 + candidates(step)).sum();
        pass.max(STEPS)
    }

    /// Goes through the template once, with the values fixed that are given and the best of the others.
    fn walk(
        &self,
        fixed: &[Option<usize>],
        budget: &mut usize,
        log: Option<&mut Vec<Logged>>,
    ) -> Result<Tracks, Nothing> {
        let mut walk = Walk {
            budget: *budget,
            log,
            starts: None,
        };
        let tracks = self.go(fixed, &mut walk);
        *budget = walk.budget;
        tracks
    }

    fn go(&self, fixed: &[Option<usize>], walk: &mut Walk<'_>) -> Result<Tracks, Nothing> {
        let mut tracks = Tracks {
            plain: Some(At::default()),
            forced: None,
        };
        let mut frames: Vec<Frame> = Vec::new();
        let mut next = 0;
        while let Some(step) = self.steps.get(next) {
            walk.spend()?;
            walk.start(next, tracks, self.goal);
            let here = next;
            next += 1;
            match step {
                // Measured with the one before it, but a piece of the message all the same.
                Step::Joined => tracks = self.take(tracks, &NOTHING, (here, 0), &mut walk.log),
                Step::Text(None) => tracks = Tracks::default(),
                Step::Text(Some(text)) => {
                    tracks = self.take(tracks, text, (here, 0), &mut walk.log);
                }
                Step::Value(variable) => {
                    let candidates = self
                        .candidates
                        .get(*variable)
                        .map_or(&[][..], Vec::as_slice);
                    let range = match fixed.get(*variable) {
                        Some(Some(one)) => *one..*one + 1,
                        _ => 0..candidates.len(),
                    };
                    let mut best = Tracks::default();
                    for number in range {
                        if let Some(candidate) = candidates.get(number) {
                            walk.spend()?;
                            let taken = self.take(tracks, candidate, (here, number), &mut walk.log);
                            best = best.or(taken, self.goal);
                        }
                    }
                    tracks = best;
                }
                Step::Control(kind) => match kind {
                    ControlKind::BranchStart => frames.push(Frame {
                        entry: tracks,
                        exit: Tracks::default(),
                        start: here,
                        left: 0,
                    }),
                    ControlKind::NextArm => {
                        if let Some(frame) = frames.last_mut() {
                            frame.exit = frame.exit.or(tracks, self.goal);
                            tracks = frame.entry;
                        }
                    }
                    ControlKind::BranchEnd { exhaustive } => {
                        if let Some(frame) = frames.pop() {
                            tracks = frame.exit.or(tracks, self.goal);
                            if !exhaustive {
                                tracks = tracks.or(frame.entry, self.goal);
                            }
                        }
                    }
                    ControlKind::LoopStart => {
                        frames.push(Frame {
                            entry: tracks,
                            exit: tracks,
                            start: here,
                            left: self.repeats,
                        });
                        if self.repeats == 0 {
                            // Nothing of the body is taken, whatever it holds.
                            tracks = Tracks::default();
                        }
                    }
                    ControlKind::LoopEnd => {
                        if let Some(frame) = frames.last_mut() {
                            frame.exit = frame.exit.or(tracks, self.goal);
                            frame.left = frame.left.saturating_sub(1);
                            if frame.left > 0 {
                                next = frame.start + 1;
                            } else {
                                tracks = frame.exit;
                                frames.pop();
                            }
                        }
                    }
                    ControlKind::Silent => {}
                },
            }
        }
        walk.start(next, tracks, self.goal);
        Ok(tracks)
    }

    fn take(
        &self,
        tracks: Tracks,
        candidate: &Candidate,
        (step, number): (usize, usize),
        log: &mut Option<&mut Vec<Logged>>,
    ) -> Tracks {
        let mut go = |at: At| At {
            fill: self.lay(at.fill, candidate),
            log: match log {
                Some(log) => {
                    log.push(Logged {
                        before: at.log,
                        step,
                        number,
                    });
                    log.len()
                }
                None => 0,
            },
        };
        let plain = tracks.plain.map(&mut go);
        let forced = tracks.forced.map(&mut go);
        if candidate.forces {
            Tracks {
                plain: None,
                forced,
            }
            .or(
                Tracks {
                    plain: None,
                    forced: plain,
                },
                self.goal,
            )
        } else {
            Tracks { plain, forced }
        }
    }

    /// The placeholders on the way to an entry of a log and the candidates they took, the first
    /// first.
    fn chosen(&self, log: &[Logged], end: usize) -> Vec<(usize, usize)> {
        let path = path(log, end);
        let variable = |logged: Logged| match self.steps.get(logged.step) {
            Some(Step::Value(variable)) => Some((*variable, logged.number)),
            _ => None,
        };
        path.into_iter().filter_map(variable).collect()
    }

    fn record(&self, log: &[Logged], end: usize) -> Vec<Chosen> {
        let choice = |logged: &Logged| match self.steps.get(logged.step) {
            Some(Step::Value(variable)) => {
                let candidate = self.candidates.get(*variable)?.get(logged.number)?;
                Some(candidate.choice)
            }
            _ => Some(Choice::Literal),
        };
        let chosen = |logged: Logged| {
            Some(Chosen {
                piece: logged.step,
                choice: choice(&logged)?,
            })
        };
        path(log, end).into_iter().filter_map(chosen).collect()
    }
}

/// The entries of a log on the way to one of them, the first first.
fn path(log: &[Logged], end: usize) -> Vec<Logged> {
    let mut path = Vec::new();
    let mut at = end;
    while let Some(logged) = at.checked_sub(1).and_then(|at| log.get(at)) {
        path.push(*logged);
        at = logged.before;
    }
    path.reverse();
    path
}

/// A step taken, and the entry of the step before it, counted from 1.
#[derive(Clone, Copy)]
struct Logged {
    before: usize,
    step: usize,
    number: usize,
}

/// A state, and the last entry of its log, counted from 1.
#[derive(Clone, Copy, Default)]
struct At {
    fill: Fill,
    log: usize,
}

/// The best states of a place.
#[derive(Clone, Copy, Default)]
struct Tracks {
    /// Of the texts that GSM-7 holds so far.
    plain: Option<At>,
    /// Of those that something forced out of it.
    forced: Option<At>,
}

impl Tracks {
    fn or(self, other: Self, goal: Goal) -> Self {
        let better = |a: Option<At>, b: Option<At>| match (a, b) {
            (Some(a), Some(b)) if goal.prefers(b.fill, a.fill) => Some(b),
            (a, b) => a.or(b),
        };
        Self {
            plain: better(self.plain, other.plain),
            forced: better(self.forced, other.forced),
        }
    }

    const fn at_end(self, view: View) -> Option<At> {
        match view {
            View::Septets(_) => self.plain,
            View::CodeUnits => self.forced,
        }
    }
}

/// What a walk may spend, and what it writes down.
struct Walk<'w> {
    /// How many more pieces and values may be looked at.
    budget: usize,
    log: Option<&'w mut Vec<Logged>>,
    /// The extreme start of each piece, in units laid out.
    starts: Option<&'w mut Vec<Option<u64>>>,
}

impl Walk<'_> {
    fn spend(&mut self) -> Result<(), Nothing> {
        self.budget = self.budget.checked_sub(1).ok_or(Nothing::Unbounded)?;
        Ok(())
    }

    fn start(&mut self, piece: usize, tracks: Tracks, goal: Goal) {
        let Some(start) = self
            .starts
            .as_mut()
            .and_then(|starts| starts.get_mut(piece))
        else {
            return;
        };
        for at in [tracks.plain, tracks.forced].into_iter().flatten() {
            let here = at.fill.laid;
            *start = Some(match (*start, goal) {
                (Some(before), Goal::Least) => before.min(here),
                (Some(before), Goal::Greatest) => before.max(here),
                (None, _) => here,
            });
        }
    }
}

struct Frame {
    entry: Tracks,
    exit: Tracks,
    start: usize,
    left: u32,
}

/// The placeholders whose values are chosen for all their places at once.
#[derive(Default)]
struct Joint {
    variables: Vec<usize>,
    /// Lists, and how many candidates each has.
    lists: Vec<(usize, usize)>,
    /// Sets of characters: the first candidate is the cheapest, the others force UCS-2. More than one
    /// that does is never needed.
    characters: Vec<usize>,
    forcing: Vec<(usize, usize)>,
}

impl Joint {
    const fn is_empty(&self) -> bool {
        self.variables.is_empty()
    }

    fn combinations(&self) -> Option<usize> {
        let mut lists = self.lists.iter().map(|(_, candidates)| *candidates);
        lists.try_fold(1 + self.forcing.len(), |product, candidates| {
            product.checked_mul(candidates)
        })
    }

    fn fix(&self, number: usize, fixed: &mut [Option<usize>]) {
        let mut rest = number;
        for (variable, candidates) in &self.lists {
            if let Some(fixed) = fixed.get_mut(*variable) {
                *fixed = Some(rest % candidates);
            }
            rest /= candidates;
        }
        for variable in &self.characters {
            if let Some(fixed) = fixed.get_mut(*variable) {
                *fixed = Some(0);
            }
        }
        if let Some((variable, candidate)) = rest.checked_sub(1).and_then(|at| self.forcing.get(at))
            && let Some(fixed) = fixed.get_mut(*variable)
        {
            *fixed = Some(*candidate);
        }
    }
}

/// A character of a set and its cost.
#[derive(Clone, Copy)]
pub(super) struct Pick {
    pub(super) character: char,
    pub(super) cost: u64,
}

/// The characters of a set that can make an extreme.
#[derive(Clone, Copy, Default)]
pub(super) struct Picks {
    /// The cheapest and the dearest that do not force UCS-2.
    pub(super) low: Option<Pick>,
    high: Option<Pick>,
    /// The cheapest and the dearest that do.
    pub(super) forcing_low: Option<Pick>,
    forcing_high: Option<Pick>,
}

impl Picks {
    pub(super) fn new(set: &Set, view: View) -> Self {
        let mut picks = Self::default();
        match set {
            // These stand for all others of their set, in each alphabet: see the test below.
            Set::Digits => picks.add_all("0".chars(), view),
            Set::AsciiAlphanumeric | Set::Gsm7Basic => picks.add_all("x0".chars(), view),
            Set::Gsm7 => picks.add_all("x0€".chars(), view),
            Set::Bmp => picks.add_all("x0€ж".chars(), view),
            Set::Any => picks.add_all("x0€ж😀".chars(), view),
            Set::Given(characters) => picks.add_all(characters.iter().copied(), view),
        }
        picks
    }

    fn add_all(&mut self, characters: impl Iterator<Item = char>, view: View) {
        for character in characters {
            let Some(cost) = view.cost(character) else {
                continue;
            };
            let pick = Pick { character, cost };
            let (low, high) = if view.forces(character) {
                (&mut self.forcing_low, &mut self.forcing_high)
            } else {
                (&mut self.low, &mut self.high)
            };
            if low.is_none_or(|low| pick.cost < low.cost) {
                *low = Some(pick);
            }
            if high.is_none_or(|high| pick.cost > high.cost) {
                *high = Some(pick);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alphabet::NationalLanguage;
    use alloc::vec::Vec;

    fn alphabets() -> impl Iterator<Item = Alphabet> {
        let tables: Vec<Option<NationalLanguage>> = core::iter::once(None)
            .chain(NationalLanguage::ALL.iter().copied().map(Some))
            .collect();
        let locking: Vec<_> = tables
            .iter()
            .copied()
            .filter(|table| table.is_none_or(NationalLanguage::has_locking_table))
            .collect();
        locking.into_iter().flat_map(move |locking| {
            let singles = tables.clone();
            singles
                .into_iter()
                .map(move |single| Alphabet::new(locking, single))
        })
    }

    /// The costs of all characters of a set: the least and the greatest, of those that force UCS-2
    /// and of those that do not.
    fn costs(characters: impl Iterator<Item = char>, view: View) -> [Option<u64>; 4] {
        let mut picks = Picks::default();
        picks.add_all(characters, view);
        costs_of(picks)
    }

    fn costs_of(picks: Picks) -> [Option<u64>; 4] {
        [picks.low, picks.high, picks.forcing_low, picks.forcing_high]
            .map(|pick| pick.map(|pick| pick.cost))
    }

    fn every() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    #[test]
    fn the_characters_that_stand_for_a_set_cost_what_the_cheapest_and_the_dearest_cost() {
        let is_line = |c: char| !matches!(c, '\n' | '\r' | '\u{c}');
        let views = [View::Septets(Alphabet::DEFAULT), View::CodeUnits];
        for view in views {
            let expected = [
                (Set::Digits, costs('0'..='9', view)),
                (
                    Set::AsciiAlphanumeric,
                    costs(every().filter(char::is_ascii_alphanumeric), view),
                ),
                (
                    Set::Gsm7Basic,
                    costs(
                        every().filter(|c| is_line(*c) && default_cost(*c) == 1),
                        view,
                    ),
                ),
                (
                    Set::Gsm7,
                    costs(
                        every().filter(|c| is_line(*c) && default_cost(*c) > 0),
                        view,
                    ),
                ),
                (Set::Bmp, costs('\0'..='\u{ffff}', view)),
                (Set::Any, costs(every(), view)),
            ];
            for (set, expected) in expected {
                assert_eq!(costs_of(Picks::new(&set, view)), expected);
            }
        }
    }

    #[test]
    fn with_each_pair_of_national_tables_they_cost_what_the_cheapest_costs() {
        for alphabet in alphabets() {
            let view = View::Septets(alphabet);
            for set in [
                Set::Digits,
                Set::AsciiAlphanumeric,
                Set::Gsm7Basic,
                Set::Gsm7,
                Set::Bmp,
                Set::Any,
            ] {
                let low = Picks::new(&set, view).low.map(|pick| pick.cost);
                assert_eq!(low, Some(1), "no character costs less");
            }
        }
    }
}
