//! Word cuts: never more segments than scalar cuts, and as few cut words as that allows.

use core::ops::Range;

use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

use super::fill::{Clusters, Piece, fill};
use crate::capacity::MAX_SEGMENTS;
use crate::encoding::Cost;

/// The state of word cuts.
///
/// A cut is allowed where the rest fits the segments left. How much fits the last `k` segments is
/// known from one pass from the end: filled backwards, each segment takes its full capacity, or one
/// unit less where a character of two units does not fit. So one bit a segment is all there is to
/// remember. (Filling backwards is the most that `k` segments can hold, by the same argument that
/// makes greedy filling forwards the fewest segments.)
#[derive(Clone)]
pub(super) struct WordCutter<'a> {
    words: Words<'a>,
    clusters: Clusters<'a>,
    urls: Urls<'a>,
    short: Bits,
    /// Segments behind the next one.
    left: usize,
    /// Units that fit these segments.
    fits: usize,
    /// Units from the start of the next segment to the end of the text.
    rest: usize,
}

impl<'a> WordCutter<'a> {
    pub(super) fn new(text: &'a str, cost: Cost, capacity: usize, units: usize, total: u8) -> Self {
        let left = usize::from(total).saturating_sub(1);
        let mut short = Bits::default();
        let mut fits = 0;
        let mut characters = text.chars().rev().peekable();
        for segment in 0..left {
            let mut filled = 0;
            while let Some(character) =
                characters.next_if(|character| filled + cost.of(*character) <= capacity)
            {
                filled += cost.of(character);
            }
            if filled < capacity {
                short.set(segment);
            }
            fits += filled;
        }
        Self {
            words: Words::new(text),
            clusters: Clusters::new(text),
            urls: Urls::new(text),
            short,
            left,
            fits,
            rest: units,
        }
    }

    pub(super) fn next(&mut self, text: &str, start: usize, cost: Cost, capacity: usize) -> Piece {
        let full = fill(text, Piece::empty(start), text.len(), cost, capacity);
        let end = if full.end < text.len() {
            self.cut(text, start, full.end, cost)
        } else {
            full.end
        };
        let piece = if end == full.end {
            full
        } else {
            fill(text, Piece::empty(start), end, cost, capacity)
        };
        self.rest -= piece.units;
        self.left = self.left.saturating_sub(1);
        // The first of the segments left has become the next one; what it holds fits no longer.
        let next = capacity - usize::from(self.short.get(self.left));
        self.fits = self.fits.saturating_sub(next);
        self.words.pass(end);
        self.clusters.pass(end);
        self.urls.pass(end);
        piece
    }

    /// Chooses the cut between `start` and `full`, the end of a scalar cut.
    fn cut(&self, text: &str, start: usize, full: usize, cost: Cost) -> usize {
        let least = self.least_cut(text, start, cost);
        let allowed = least..=full;

        let mut urls = self.urls.clone();
        let mut words = self.words.clone();
        let mut clusters = self.clusters.clone();
        let mut word_cut = None;
        let mut cluster_cut = None;
        while clusters.end <= full {
            let at = clusters.end;
            words.reach(at);
            urls.reach(at);
            if allowed.contains(&at) {
                cluster_cut = Some(at);
                if words.next == at && !urls.inside(at) {
                    word_cut = Some(at);
                }
            }
            if !clusters.advance() {
                break;
            }
        }
        let mut urls = self.urls.clone();
        let mut url_cut = None;
        while let Some(url) = urls.current.clone().filter(|url| url.start <= full) {
            let edges = [url.start, url.end]
                .into_iter()
                .filter(|edge| allowed.contains(edge));
            url_cut = edges.max().max(url_cut);
            if url.end > full {
                break;
            }
            urls.advance();
        }
        word_cut.max(url_cut).or(cluster_cut).unwrap_or(full)
    }

    /// The first cut behind `start` from which the rest fits the segments left.
    fn least_cut(&self, text: &str, start: usize, cost: Cost) -> usize {
        let mut at = start;
        let mut rest = self.rest;
        for character in text.get(start..).unwrap_or_default().chars() {
            at += character.len_utf8();
            rest -= cost.of(character);
            if rest <= self.fits {
                break;
            }
        }
        at
    }
}

/// One bit for each segment of a message.
#[derive(Clone, Copy, Default)]
struct Bits([u64; MAX_SEGMENTS.div_ceil(64)]);

impl Bits {
    fn set(&mut self, bit: usize) {
        if let Some(word) = self.0.get_mut(bit / 64) {
            *word |= 1 << (bit % 64);
        }
    }

    fn get(&self, bit: usize) -> bool {
        self.0
            .get(bit / 64)
            .is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }
}

/// The word boundaries of a text, forward only.
#[derive(Clone)]
struct Words<'a> {
    rest: UWordBoundIndices<'a>,
    /// The first boundary not passed, in bytes.
    next: usize,
}

impl<'a> Words<'a> {
    fn new(text: &'a str) -> Self {
        let mut words = Self {
            rest: text.split_word_bound_indices(),
            next: 0,
        };
        words.pass(0);
        words
    }

    /// Goes on to the first boundary at or behind `at`.
    fn reach(&mut self, at: usize) {
        while self.next < at && self.advance() {}
    }

    /// Goes on to the first boundary behind `at`.
    fn pass(&mut self, at: usize) {
        while self.next <= at && self.advance() {}
    }

    fn advance(&mut self) -> bool {
        let Some((start, word)) = self.rest.next() else {
            return false;
        };
        self.next = start + word.len();
        true
    }
}

/// The URLs of a text, forward only: from a scheme (RFC 3986 §3.1) with `://` behind it to white
/// space.
#[derive(Clone)]
struct Urls<'a> {
    text: &'a str,
    /// The first URL not passed, in bytes.
    current: Option<Range<usize>>,
}

impl<'a> Urls<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            current: find_url(text, 0),
        }
    }

    /// Goes on to the first URL that ends at or behind `at`.
    fn reach(&mut self, at: usize) {
        while self.current.as_ref().is_some_and(|url| url.end < at) {
            self.advance();
        }
    }

    /// Goes on to the first URL that ends behind `at`.
    fn pass(&mut self, at: usize) {
        while self.current.as_ref().is_some_and(|url| url.end <= at) {
            self.advance();
        }
    }

    fn advance(&mut self) {
        self.current = self
            .current
            .take()
            .and_then(|url| find_url(self.text, url.end));
    }

    /// Whether a cut at `at`, which was reached, would be inside a URL.
    fn inside(&self, at: usize) -> bool {
        self.current
            .as_ref()
            .is_some_and(|url| url.start < at && at < url.end)
    }
}

/// Finds the first URL at or behind the byte `from`.
fn find_url(text: &str, from: usize) -> Option<Range<usize>> {
    let mut from = from;
    loop {
        let rest = text.get(from..)?;
        let colon = rest.find("://")?;
        let before = rest.as_bytes().get(..colon).unwrap_or_default();
        let run = before
            .iter()
            .rev()
            .take_while(|byte| is_scheme_byte(**byte))
            .count();
        let scheme = before.get(colon - run..).unwrap_or_default();
        if let Some(letter) = scheme.iter().position(u8::is_ascii_alphabetic) {
            let start = from + colon - run + letter;
            let length = text.get(start..)?.find(char::is_whitespace);
            return Some(start..length.map_or(text.len(), |length| start + length));
        }
        from += colon + 1;
    }
}

/// RFC 3986 §3.1: letters, digits, `+`, `.` and `-`.
fn is_scheme_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'.' | b'-')
}
