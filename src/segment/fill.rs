//! Filling a segment: by scalar values, or by grapheme clusters.

use unicode_segmentation::{GraphemeIndices, UnicodeSegmentation};

use crate::encoding::Cost;

/// The text of one segment: where it ends, in bytes of the whole text, and its units.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    pub(super) end: usize,
    pub(super) units: usize,
}

impl Piece {
    /// A segment that starts here and holds nothing yet.
    pub(super) const fn empty(start: usize) -> Self {
        Self {
            end: start,
            units: 0,
        }
    }
}

/// Adds scalar values to a segment while they fit, up to the byte `limit`.
pub(super) fn fill(
    text: &str,
    mut piece: Piece,
    limit: usize,
    cost: Cost,
    capacity: usize,
) -> Piece {
    for character in text.get(piece.end..limit).unwrap_or_default().chars() {
        let units = piece.units + cost.of(character);
        if units > capacity {
            break;
        }
        piece = Piece {
            end: piece.end + character.len_utf8(),
            units,
        };
    }
    piece
}

/// Adds whole clusters while they fit. A cluster that no segment can hold is filled in by scalar
/// values from where it stands.
pub(super) fn fill_clusters(
    clusters: &mut Clusters<'_>,
    text: &str,
    start: usize,
    cost: Cost,
    capacity: usize,
) -> Piece {
    let mut piece = Piece::empty(start);
    while piece.end < text.len() {
        clusters.pass(piece.end);
        let whole = fill(text, piece, clusters.end, cost, capacity);
        if whole.end == clusters.end {
            piece = whole;
            continue;
        }
        // It does not fit here. In a segment of its own it does, unless it was begun already or is
        // too large for any.
        let begun = clusters.start < piece.end;
        let alone = Piece::empty(clusters.start);
        let too_large = begun || fill(text, alone, clusters.end, cost, capacity).end < clusters.end;
        return if too_large { whole } else { piece };
    }
    piece
}

/// The grapheme clusters of a text, one at a time, forward only: each is looked at once however
/// long it is.
#[derive(Clone)]
pub(super) struct Clusters<'a> {
    rest: GraphemeIndices<'a>,
    /// Where the current cluster starts, in bytes.
    pub(super) start: usize,
    /// Where the current cluster ends: the first boundary behind what was passed.
    pub(super) end: usize,
}

impl<'a> Clusters<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut clusters = Self {
            rest: text.grapheme_indices(true),
            start: 0,
            end: 0,
        };
        clusters.advance();
        clusters
    }

    /// Goes on to the cluster that holds the byte `at`, or to the end.
    pub(super) fn pass(&mut self, at: usize) {
        while self.end <= at && self.advance() {}
    }

    /// Goes on to the next cluster; at the end of the text there is none.
    pub(super) fn advance(&mut self) -> bool {
        let Some((start, cluster)) = self.rest.next() else {
            return false;
        };
        (self.start, self.end) = (start, start + cluster.len());
        true
    }
}
