//! Which edits of a text lower its count, at the least loss?
//!
//! A text is filled into segments from its start. The state of the filling is the place reached, units
//! left free at the end of segments included, and the units so far; compared in this order, a lesser
//! state stays no greater whatever is added, so for each price the least state is all that need be
//! kept.

use alloc::vec;
use alloc::vec::Vec;

use super::{Replacement, Span, Survey};
use crate::alphabet::Alphabet;
use crate::encoding::Cost;
use crate::segment::{SegmentOptions, Shape};

/// Prices looked at together: at most so many steps a character.
const MOST_PRICES: usize = 4096;

/// A site of a [`Survey`], and the replacement chosen for it.
#[derive(Clone, Copy)]
pub(super) struct Pick {
    pub(super) site: usize,
    pub(super) replacement: usize,
}

/// Returns sets of edits, among them the best for each count that can be reached. They are not
/// compared with each other nor with the text as it is.
pub(super) fn sets(
    text: &str,
    survey: &Survey,
    options: SegmentOptions<'_>,
    searchable: bool,
) -> Vec<Vec<Pick>> {
    let gsm7 = Shape::new(Some(Alphabet::DEFAULT), options);
    let ucs2 = Shape::new(None, options);
    let mut sets = Vec::new();
    for shape in [gsm7, ucs2] {
        if shape.alphabet.is_some() && survey.blocked {
            continue;
        }
        let found = searchable
            .then(|| Route::new(text, survey, shape).search())
            .flatten();
        sets.extend(found.unwrap_or_else(|| all(text, survey, shape)));
    }
    sets.retain(|set| !set.is_empty());
    sets
}

/// For each site the first replacement that GSM-7 holds.
pub(super) fn least_loss(survey: &Survey) -> Vec<Pick> {
    let sites = survey.sites.iter().enumerate();
    sites
        .filter_map(|(site, span)| {
            let replacement = span.replacements.iter().position(Replacement::is_gsm7)?;
            Some(Pick { site, replacement })
        })
        .collect()
}

/// Without a search: all safe edits, and all edits, the cheapest at each site.
fn all(text: &str, survey: &Survey, shape: Shape<'_>) -> Vec<Vec<Pick>> {
    let mut safe = Vec::new();
    let mut every = Vec::new();
    for (site, span) in survey.sites.iter().enumerate() {
        let useful = useful(text, span, shape);
        let pick = |replacement| Pick { site, replacement };
        let cheapest = |way: &&Useful| way.least;
        let cheapest_safe = useful
            .iter()
            .filter(|way| !way.is_unsafe)
            .min_by_key(cheapest);
        let cheapest = useful.iter().min_by_key(cheapest);
        safe.extend(cheapest_safe.map(|way| pick(way.replacement)));
        every.extend(cheapest.map(|way| pick(way.replacement)));
        // In GSM-7 no site can be left out.
        if shape.alphabet.is_some() && cheapest_safe.is_none() {
            safe.extend(cheapest.map(|way| pick(way.replacement)));
        }
    }
    vec![safe, every]
}

/// A replacement that can make a difference.
struct Useful {
    replacement: usize,
    is_unsafe: bool,
    /// Units.
    least: usize,
    /// Units, and a free one before each pair.
    most: usize,
}

/// The replacements of a site that another one, or leaving it alone, does not make pointless.
fn useful(text: &str, span: &Span, shape: Shape<'_>) -> Vec<Useful> {
    let weigh = |text: &str| {
        let costs = text.chars().map(|character| shape.cost().of(character));
        costs.fold((0, 0), |(least, most), cost| {
            (least + cost, most + 2 * cost - 1)
        })
    };
    let (_, as_it_is) = weigh(text.get(span.range()).unwrap_or_default());
    let mut useful: Vec<Useful> = Vec::new();
    // The safe ones go first, so that none is beaten by an unsafe one; of two alike the first is kept.
    for (replacement, written) in span.replacements.iter().enumerate() {
        let (least, most) = weigh(written.text());
        let is_unsafe = !written.is_safe();
        let possible = match shape.alphabet {
            Some(_) => written.is_gsm7(),
            None => least < as_it_is,
        };
        let beaten = useful.iter().any(|other| other.most <= least);
        if possible && !beaten {
            useful.retain(|other| (is_unsafe && !other.is_unsafe) || other.least < most);
            useful.push(Useful {
                replacement,
                is_unsafe,
                least,
                most,
            });
        }
    }
    useful
}

/// A run of characters that cost the same.
#[derive(Clone, Copy)]
struct Run {
    cost: usize,
    count: usize,
}

fn add_run(runs: &mut Vec<Run>, cost: usize) {
    match runs.last_mut() {
        Some(run) if run.cost == cost => run.count += 1,
        _ => runs.push(Run { cost, count: 1 }),
    }
}

fn runs(text: &str, cost: Cost) -> Vec<Run> {
    let mut runs = Vec::new();
    for character in text.chars() {
        add_run(&mut runs, cost.of(character));
    }
    runs
}

/// What may be done at a site.
struct Way {
    /// `None` leaves it alone.
    replacement: Option<usize>,
    /// 1 where that is an unsafe edit that another way would not be.
    unsafe_edits: usize,
    /// 1 where that is an edit that another way would not be.
    edits: usize,
    runs: Vec<Run>,
}

enum Step {
    Runs(Vec<Run>),
    Site { site: usize, ways: Vec<Way> },
}

/// A text on its way into one encoding.
struct Route {
    single: usize,
    capacity: usize,
    steps: Vec<Step>,
}

impl Route {
    fn new(text: &str, survey: &Survey, shape: Shape<'_>) -> Self {
        let cost = shape.cost();
        let mut steps = Vec::new();
        let mut at = 0;
        for (site, span) in survey.sites.iter().enumerate() {
            let useful = useful(text, span, shape);
            if useful.is_empty() {
                continue;
            }
            let range = span.range();
            let between = text.get(at..range.start).unwrap_or_default();
            steps.push(Step::Runs(runs(between, cost)));
            at = range.end;
            // In GSM-7 every site is edited, so only what differs between its ways is a price.
            let must = shape.alphabet.is_some();
            let lost = must && useful.iter().all(|way| way.is_unsafe);
            let mut ways = Vec::new();
            if !must {
                ways.push(Way {
                    replacement: None,
                    unsafe_edits: 0,
                    edits: 0,
                    runs: runs(text.get(range).unwrap_or_default(), cost),
                });
            }
            ways.extend(useful.iter().map(|way| {
                let written = span.replacements.get(way.replacement);
                Way {
                    replacement: Some(way.replacement),
                    unsafe_edits: usize::from(way.is_unsafe && !lost),
                    edits: usize::from(!must),
                    runs: runs(written.map_or("", Replacement::text), cost),
                }
            }));
            steps.push(Step::Site { site, ways });
        }
        steps.push(Step::Runs(runs(text.get(at..).unwrap_or_default(), cost)));
        Self {
            single: shape.capacity(1),
            // Headers always leave room for more; 2 keeps divisions whole whatever happens.
            capacity: shape.capacity(2).max(2),
            steps,
        }
    }

    /// The sets of least price for each count, the dearest count first; nothing where there are too
    /// many prices.
    fn search(&self) -> Option<Vec<Vec<Pick>>> {
        let sites = || self.steps.iter().filter_map(Step::ways);
        let unsafe_sites = sites().filter(|ways| ways.iter().any(|way| way.unsafe_edits > 0));
        let edited_sites = sites().filter(|ways| ways.iter().any(|way| way.edits > 0));
        let width = edited_sites.count() + 1;
        let prices = width.checked_mul(unsafe_sites.count() + 1)?;
        if prices > MOST_PRICES {
            return None;
        }
        let mut states: Vec<Option<State>> = vec![None; prices];
        if let Some(nothing) = states.first_mut() {
            *nothing = Some(State::default());
        }
        let mut choices = Vec::new();
        for step in &self.steps {
            match step {
                Step::Runs(runs) => {
                    for state in states.iter_mut().flatten() {
                        *state = state.after(runs, self.capacity);
                    }
                }
                Step::Site { site, ways } => {
                    choices.push((*site, ways, self.choose(ways, width, &mut states)));
                }
            }
        }
        let mut found = Vec::new();
        let mut fewest = usize::MAX;
        for (price, state) in states.iter().enumerate() {
            let Some(state) = state else { continue };
            let segments = state.segments(self.single, self.capacity);
            if segments >= fewest {
                continue;
            }
            fewest = segments;
            let mut left = price;
            let mut picks = Vec::new();
            for (site, ways, chosen) in choices.iter().rev() {
                let way = chosen.get(left).and_then(|way| ways.get(usize::from(*way)));
                let Some(way) = way else { continue };
                left -= way.price(width);
                picks.extend(way.replacement.map(|replacement| Pick {
                    site: *site,
                    replacement,
                }));
            }
            picks.reverse();
            found.push(picks);
        }
        Some(found)
    }

    /// Takes, for each price, the way to the least state; says which it was.
    fn choose(&self, ways: &[Way], width: usize, states: &mut [Option<State>]) -> Vec<u8> {
        let mut chosen = vec![0; states.len()];
        // Downwards, so that the states of lower prices are those before this site.
        for (price, chosen) in chosen.iter_mut().enumerate().rev() {
            let reached = (0..).zip(ways).filter_map(|(number, way)| {
                if way.edits > price % width {
                    return None;
                }
                let from = price.checked_sub(way.price(width))?;
                let state = states.get(from).copied().flatten()?;
                Some((state.after(&way.runs, self.capacity), number))
            });
            let best = reached.min();
            if let Some((_, number)) = best {
                *chosen = number;
            }
            if let Some(state) = states.get_mut(price) {
                *state = best.map(|(state, _)| state);
            }
        }
        chosen
    }
}

impl Step {
    fn ways(&self) -> Option<&[Way]> {
        match self {
            Self::Runs(_) => None,
            Self::Site { ways, .. } => Some(ways),
        }
    }
}

impl Way {
    /// The prices are numbered by unsafe edits, then by edits.
    const fn price(&self, width: usize) -> usize {
        self.unsafe_edits * width + self.edits
    }
}

/// How far a text has filled its segments.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    /// Units, with those left free at the end of segments.
    place: usize,
    /// Units.
    units: usize,
}

impl State {
    fn after(self, runs: &[Run], capacity: usize) -> Self {
        runs.iter()
            .fold(self, |state, run| state.after_run(*run, capacity))
    }

    fn after_run(self, run: Run, capacity: usize) -> Self {
        let units = self.units + run.cost * run.count;
        if run.cost == 1 {
            let place = self.place + run.count;
            return Self { place, units };
        }
        let free = capacity - self.place % capacity;
        let here = run.count.min(free / run.cost);
        let rest = run.count - here;
        let place = if rest == 0 {
            self.place + run.cost * here
        } else {
            let a_segment = capacity / run.cost;
            let full = (rest - 1) / a_segment;
            self.place + free + full * capacity + run.cost * (rest - full * a_segment)
        };
        Self { place, units }
    }

    const fn segments(self, single: usize, capacity: usize) -> usize {
        if self.units <= single {
            1
        } else {
            self.place.div_ceil(capacity)
        }
    }
}
