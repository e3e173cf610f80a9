//! The placeholders whose values are chosen for all their places at once.

use alloc::vec;
use alloc::vec::Vec;

use super::plan::{Candidate, Plan};
use super::walk::{At, STEPS};
use super::{Choice, Goal, Nothing};
use crate::template::fill::Fill;

/// The most combinations of values of repeated placeholders that are tried.
const COMBINATIONS: usize = 4096;

/// The most values of a repeated placeholder that are compared with each other.
const COMPARED: usize = 256;

impl Plan {
    /// Finds the placeholders whose values have to be chosen for all their places at once, and prunes
    /// what is worse wherever it stands.
    pub(super) fn join(&mut self) -> Joint {
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

    /// Tries every combination of the values of repeated placeholders, if there are not too many.
    pub(super) fn best_combination(&self, joint: &Joint) -> Result<Vec<Option<usize>>, Nothing> {
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
    pub(super) fn agreed(&self, joint: &Joint) -> Result<Option<Vec<Option<usize>>>, Nothing> {
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
}

/// The placeholders whose values are chosen for all their places at once.
#[derive(Default)]
pub(super) struct Joint {
    variables: Vec<usize>,
    /// Lists, and how many candidates each has.
    lists: Vec<(usize, usize)>,
    /// Sets of characters: the first candidate is the cheapest, the others force UCS-2. More than one
    /// that does is never needed.
    characters: Vec<usize>,
    forcing: Vec<(usize, usize)>,
}

impl Joint {
    pub(super) const fn is_empty(&self) -> bool {
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
