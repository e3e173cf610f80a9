//! Where does a text stand in its segments? The state that bounds are computed with.
//!
//! A text that is longer than one message is laid into segments of capacity C one after the other.
//! Its state is the pair of what is laid out, in units, the gaps included (p), and of its own units
//! (T). A character of cost 1 takes p to p + 1. One of cost c takes it to p + c, or, where fewer
//! than c units are left in the segment, first to the segment's end.
//!
//! Why extremes of states give extremes of counts:
//!
//! - Each such map is monotone in p: within a segment it adds the same to all, those that are moved
//!   land behind those that are not, and they do not pass each other at the segment's end, since all
//!   that are moved land at the same place. A dearer character maps every p at least as far as a
//!   cheaper one. So the dearest character at the greatest length gives the greatest p, the cheapest
//!   at the least length the least, and of two states of the same place in a template the further
//!   one stays the further one, whatever follows.
//! - T only adds up, and is needed to tell whether one message is enough: with T up to its capacity
//!   S there is one segment, else ⌈p / C⌉. States compare by p, then by T. A state with the greater p
//!   and the lesser T than another would have to have a gap more; with characters of up to two units
//!   one gap is one unit, and two segments hold more than one message (2C − 1 > S), so that no text of
//!   one message has two gaps: p would be the same, at most. Where clusters make wider gaps, all
//!   values cost one unit a character, and the longer one has both the greater p and the greater T.

use crate::segment::Shape;

/// What one message holds, and what each segment of several.
#[derive(Clone, Copy)]
pub(super) struct Room {
    single: u64,
    segment: u64,
}

/// So many characters, or clusters, of one cost behind each other.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) cost: u64,
    pub(super) count: u64,
}

/// Where a text stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Fill {
    /// Units laid out, gaps included.
    pub(super) laid: u64,
    /// Units of the text.
    pub(super) units: u64,
}

impl Room {
    pub(super) const fn new(shape: Shape<'_>) -> Self {
        Self {
            single: shape.capacity(1) as u64,
            segment: shape.capacity(2) as u64,
        }
    }

    /// Units of each of several segments.
    pub(super) const fn segment(self) -> u64 {
        self.segment
    }

    /// How many segments a text that stands here needs.
    pub(super) const fn segments(self, fill: Fill) -> u64 {
        if fill.units <= self.single {
            1
        } else {
            fill.laid.div_ceil(self.segment)
        }
    }

    /// Units that are free in the last segment.
    pub(super) const fn free(self, fill: Fill) -> u64 {
        if fill.units <= self.single {
            self.single - fill.units
        } else {
            self.segments(fill) * self.segment - fill.laid
        }
    }

    /// Units to take off the end so that a segment less is enough; 0 where there is only one.
    pub(super) const fn to_go(self, fill: Fill) -> u64 {
        match self.segments(fill) {
            ..=1 => 0,
            2 => fill.units - self.single,
            segments => fill.laid - (segments - 1) * self.segment,
        }
    }

    /// Lays a run behind a text.
    pub(super) const fn add(self, fill: Fill, run: Run) -> Fill {
        let Run { cost, count } = run;
        let units = fill.units + cost * count;
        let laid = if cost <= 1 {
            fill.laid + cost * count
        } else {
            self.lay(fill.laid, cost, count)
        };
        Fill { laid, units }
    }

    const fn lay(self, laid: u64, cost: u64, count: u64) -> u64 {
        let left = match laid % self.segment {
            0 => 0,
            used => self.segment - used,
        };
        if count <= left / cost {
            return laid + cost * count;
        }
        let count = count - left / cost;
        let start = laid + left;
        // A segment holds at least one: see `HeaderElements` for pairs; dearer clusters are refused.
        let each = match self.segment / cost {
            0 => 1,
            each => each,
        };
        let full = (count - 1) / each;
        start + full * self.segment + (count - full * each) * cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_in_one_step_is_the_run_step_by_step() {
        for segment in 2..12 {
            let room = Room {
                single: segment + 1,
                segment,
            };
            for cost in 1..=segment {
                for laid in 0..2 * segment {
                    let mut walked = Fill { laid, units: laid };
                    for count in 0..40 {
                        let start = Fill { laid, units: laid };
                        assert!(room.add(start, Run { cost, count }) == walked);
                        let used = walked.laid % segment;
                        if used + cost > segment {
                            walked.laid += segment - used;
                        }
                        walked.laid += cost;
                        walked.units += cost;
                    }
                }
            }
        }
    }
}
