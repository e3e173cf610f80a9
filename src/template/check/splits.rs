//! What can the end of a segment fall within?

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::Checker;
use crate::encoding::Encoding;
use crate::encoding::tally;
use crate::segment::Cut;
use crate::template::fill::Room;
use crate::template::finding::Detail;
use crate::template::lint::Lint;
use crate::template::parse::Piece;
use crate::template::rendering::text_range;
use crate::template::search::{View, extents};

impl<'c> Checker<'c> {
    /// What the end of a segment can fall within.
    pub(super) fn splits(&mut self) {
        let mut found: Vec<(Lint, Range<usize>, Detail)> = Vec::new();
        for encoding in [Encoding::Gsm7, Encoding::Ucs2] {
            // Where there is no bound anything can be cut; another lint says so.
            let worst = self.bounds.worst_in(encoding);
            if worst.and_then(|worst| worst.segments().get()) <= Some(1) {
                continue;
            }
            let view = View::of(encoding);
            let segment = Room::new(view.shape(self.options)).segment();
            let extents = extents(self.bounds.question(), view);
            self.splits_in(encoding, segment, &extents, &mut found);
        }
        // What is cut in both encodings is said once.
        let mut said = BTreeSet::new();
        for (lint, span, detail) in found {
            if said.insert((lint, span.start, span.end)) {
                self.find(lint, span, detail);
            }
        }
    }

    fn splits_in(
        &self,
        encoding: Encoding,
        segment: u64,
        extents: &[Option<(u64, u64)>],
        found: &mut Vec<(Lint, Range<usize>, Detail)>,
    ) {
        let words = matches!(self.options.get_cut(), Cut::Word);
        let clusters = matches!(self.options.get_cut(), Cut::Grapheme);
        let within = |least: u64, greatest: u64| {
            let boundary = (least / segment + 1) * segment;
            boundary < greatest
        };
        let urls = if words { Vec::new() } else { self.urls() };
        let mut urls = urls.into_iter().peekable();
        let mut named = BTreeSet::new();
        // Where a link starts at least, once its first literal has been met.
        let mut link_start: Option<(usize, u64)> = None;
        for (number, piece) in self.template.pieces().iter().enumerate() {
            let at = |number: usize| extents.get(number).copied().flatten();
            let (Some((least, greatest)), Some((_, end))) = (at(number), at(number + 1)) else {
                continue;
            };
            match piece {
                Piece::Placeholder(placeholder) => {
                    let name = placeholder.name();
                    if within(least, end) && !words && named.insert(name) {
                        let detail = Detail::Split {
                            name: Some(name.to_owned()),
                            encoding,
                        };
                        found.push((Lint::ValueSplit, placeholder.span(), detail));
                    }
                }
                Piece::Literal(literal) => {
                    let start = text_range(self.template, *literal).start;
                    let text = literal.text();
                    let mut counted = (0, 0);
                    let mut units = |to: usize| {
                        let (at, before) = counted;
                        let more = text.get(at..to).unwrap_or_default();
                        counted = (to.max(at), before + units_of(more, encoding));
                        counted.1
                    };
                    let here = start..start + text.len();
                    while let Some(url) = urls.peek() {
                        if here.contains(&url.start) {
                            link_start = Some((url.start, least + units(url.start - start)));
                        }
                        if url.end > here.end {
                            break;
                        }
                        if let Some((begin, least)) = link_start
                            && begin == url.start
                            && url.end > here.start
                            && within(least, greatest + units(url.end - start))
                        {
                            let detail = Detail::Split {
                                name: None,
                                encoding,
                            };
                            found.push((Lint::UrlSplit, url.clone(), detail));
                        }
                        urls.next();
                    }
                    if clusters || text.is_ascii() {
                        continue;
                    }
                    let mut before = 0;
                    for (at, cluster) in text.grapheme_indices(true) {
                        let here = before;
                        before += units_of(cluster, encoding);
                        let mut characters = cluster.chars();
                        let (Some(character), Some(_)) = (characters.next(), characters.next())
                        else {
                            continue;
                        };
                        if within(least + here, greatest + before) {
                            let detail = Detail::Character {
                                character,
                                replacement: None,
                            };
                            let span = start + at..start + at + cluster.len();
                            found.push((Lint::GraphemeSplit, span, detail));
                        }
                    }
                }
                Piece::Control(_) => {}
            }
        }
    }
}

/// The units of a text that the encoding holds.
fn units_of(text: &str, encoding: Encoding) -> u64 {
    let tally = tally(text);
    match encoding {
        Encoding::Gsm7 => tally.septets as u64,
        Encoding::Ucs2 => tally.code_units as u64,
    }
}
