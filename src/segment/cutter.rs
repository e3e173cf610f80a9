//! Where the next segment ends: one state machine for each [`Cut`](super::Cut), used to count and
//! to iterate alike.

use super::fill::{Clusters, Piece, fill, fill_clusters};
use super::word::WordCutter;
use crate::encoding::Cost;

#[derive(Clone)]
pub(super) enum Cutter<'a> {
    /// A text of one segment, whose units are known.
    Whole {
        units: usize,
    },
    Scalar,
    Grapheme(Clusters<'a>),
    Word(WordCutter<'a>),
}

impl<'a> Cutter<'a> {
    pub(super) fn grapheme(text: &'a str) -> Self {
        Self::Grapheme(Clusters::new(text))
    }

    pub(super) fn word(
        text: &'a str,
        cost: Cost,
        capacity: usize,
        units: usize,
        total: u8,
    ) -> Self {
        Self::Word(WordCutter::new(text, cost, capacity, units, total))
    }

    /// Returns the segment that starts at `start`, where the one before ended.
    pub(super) fn next(&mut self, text: &str, start: usize, cost: Cost, capacity: usize) -> Piece {
        match self {
            Self::Whole { units } => Piece {
                end: text.len(),
                units: *units,
            },
            Self::Scalar => fill(text, Piece::empty(start), text.len(), cost, capacity),
            Self::Grapheme(clusters) => fill_clusters(clusters, text, start, cost, capacity),
            Self::Word(word) => word.next(text, start, cost, capacity),
        }
    }
}
