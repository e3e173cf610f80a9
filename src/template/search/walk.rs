//! One way through a plan, with the best states at each place.

use alloc::vec::Vec;

use super::plan::{Candidate, Plan, Step};
use super::{Choice, Chosen, Goal, Nothing, View};
use crate::template::fill::Fill;
use crate::template::parse::ControlKind;

/// The most pieces that are looked at in one search.
pub(super) const STEPS: usize = 1 << 22;

/// Adds nothing.
const NOTHING: Candidate = Candidate {
    runs: 0..0,
    units: 0,
    forces: false,
    choice: Choice::Literal,
};

impl Plan {
    /// What a walk without loops can need.
    pub(super) fn one_pass(&self) -> usize {
        let candidates = |step: &Step| match step {
            Step::Value(variable) => self.candidates.get(*variable).map_or(0, Vec::len),
            _ => 0,
        };
        let pass: usize = self.steps.iter().map(|step| 1 + candidates(step)).sum();
        pass.max(STEPS)
    }

    /// Goes through the template once, with the values fixed that are given and the best of the others.
    pub(super) fn walk(
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

    pub(super) fn go(
        &self,
        fixed: &[Option<usize>],
        walk: &mut Walk<'_>,
    ) -> Result<Tracks, Nothing> {
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
    pub(super) fn chosen(&self, log: &[Logged], end: usize) -> Vec<(usize, usize)> {
        let path = path(log, end);
        let variable = |logged: Logged| match self.steps.get(logged.step) {
            Some(Step::Value(variable)) => Some((*variable, logged.number)),
            _ => None,
        };
        path.into_iter().filter_map(variable).collect()
    }

    pub(super) fn record(&self, log: &[Logged], end: usize) -> Vec<Chosen> {
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
pub(super) struct Logged {
    pub(super) before: usize,
    pub(super) step: usize,
    pub(super) number: usize,
}

/// A state, and the last entry of its log, counted from 1.
#[derive(Clone, Copy, Default)]
pub(super) struct At {
    pub(super) fill: Fill,
    pub(super) log: usize,
}

/// The best states of a place.
#[derive(Clone, Copy, Default)]
pub(super) struct Tracks {
    /// Of the texts that GSM-7 holds so far.
    pub(super) plain: Option<At>,
    /// Of those that something forced out of it.
    pub(super) forced: Option<At>,
}

impl Tracks {
    pub(super) fn or(self, other: Self, goal: Goal) -> Self {
        let better = |a: Option<At>, b: Option<At>| match (a, b) {
            (Some(a), Some(b)) if goal.prefers(b.fill, a.fill) => Some(b),
            (a, b) => a.or(b),
        };
        Self {
            plain: better(self.plain, other.plain),
            forced: better(self.forced, other.forced),
        }
    }

    pub(super) const fn at_end(self, view: View) -> Option<At> {
        match view {
            View::Septets(_) => self.plain,
            View::CodeUnits => self.forced,
        }
    }
}

/// What a walk may spend, and what it writes down.
pub(super) struct Walk<'w> {
    /// How many more pieces and values may be looked at.
    pub(super) budget: usize,
    pub(super) log: Option<&'w mut Vec<Logged>>,
    /// The extreme start of each piece, in units laid out.
    pub(super) starts: Option<&'w mut Vec<Option<u64>>>,
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
