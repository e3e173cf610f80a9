//! What is wrong with the placeholders?

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::Checker;
use crate::encoding::Encoding;
use crate::encoding::tally;
use crate::template::bounds::Count;
use crate::template::finding::Detail;
use crate::template::lint::Lint;
use crate::template::parse::{ControlKind, Piece};
use crate::template::values::Kind;

impl<'c> Checker<'c> {
    pub(super) fn placeholders(&mut self) {
        let rules = self.rules;
        let names = self.template.names();
        let present: BTreeSet<&str> = names.iter().copied().collect();
        let near_misses = self.template.near_misses();
        for required in rules.required() {
            // One that is misspelt is there; another lint says how it is written.
            let is_said = rules.severity_of(Lint::MisspeltPlaceholder).is_some()
                && near_misses.iter().any(|near| near.name() == required);
            if !present.contains(required) && !is_said {
                let detail = Detail::Placeholder {
                    name: required.to_owned(),
                    nearest: None,
                };
                self.find(Lint::MissingPlaceholder, self.whole(), detail);
            }
        }
        let known: Vec<&str> = rules.known().collect();
        let declared = rules.values.iter().map(|(declared, _)| declared);
        let unused: Vec<&str> = declared.filter(|name| !present.contains(name)).collect();
        for (name, span) in self.first_places() {
            if !known.is_empty() && !known.contains(&name) {
                let detail = Detail::Placeholder {
                    name: name.to_owned(),
                    nearest: nearest(name, &known).map(ToOwned::to_owned),
                };
                self.find(Lint::UnknownPlaceholder, span, detail);
            } else if rules.values.get(name).is_none() {
                let detail = Detail::Placeholder {
                    name: name.to_owned(),
                    // Declared under another name?
                    nearest: nearest(name, &unused).map(ToOwned::to_owned),
                };
                self.find(Lint::UnboundedPlaceholder, span, detail);
            }
        }
        let undeclared = names.iter().any(|name| rules.values.get(name).is_none());
        let worst = self.bounds.worst().segments();
        let too_high = !undeclared && worst == Count::Unknown;
        if rules.values.repeats().is_none() || too_high {
            let is = |piece: &Piece<'_>, kind| matches!(piece, Piece::Control(control) if control.kind() == kind);
            // One with nothing in it adds nothing.
            let mut pairs = self.template.pieces().windows(2);
            let first_loop = pairs.find_map(|pair| match pair {
                [start, next]
                    if is(start, ControlKind::LoopStart) && !is(next, ControlKind::LoopEnd) =>
                {
                    Some(start.span())
                }
                _ => None,
            });
            if let Some(span) = first_loop {
                let detail = Detail::Placeholder {
                    name: String::new(),
                    nearest: None,
                };
                self.find(Lint::UnboundedPlaceholder, span, detail);
            }
        }
        // Any word in braces could be meant as it stands; one that is known is not.
        let declared = rules.values.iter().map(|(name, _)| name);
        let expected: BTreeSet<&str> = declared
            .chain(rules.required())
            .chain(rules.known())
            .chain(names.iter().copied())
            .chain(self.context.names.iter().map(String::as_str))
            .collect();
        let mut misspelt: Vec<Range<usize>> = Vec::new();
        for near in near_misses {
            if expected.contains(near.name()) {
                misspelt.push(near.span());
                let detail = Detail::Spelling {
                    name: near.name().to_owned(),
                    spelling: near.spelling().to_owned(),
                };
                self.find(Lint::MisspeltPlaceholder, near.span(), detail);
            }
        }
        // What is said to be misspelt need not be said to be malformed.
        let is_misspelt = |span: &Range<usize>| {
            let after = misspelt.partition_point(|near| near.end < span.end);
            let near = misspelt.get(after);
            near.is_some_and(|near| near.start <= span.start && span.end <= near.end)
        };
        if rules.severity_of(Lint::MisspeltPlaceholder).is_some() {
            self.report.findings.retain(|finding| {
                finding.lint != Lint::MalformedPlaceholder || !is_misspelt(&finding.span)
            });
        }
    }

    pub(super) fn forcing_placeholders(&mut self) {
        let worst = |encoding| self.bounds.worst_in(encoding);
        let (Some(gsm7), Some(ucs2)) = (worst(Encoding::Gsm7), worst(Encoding::Ucs2)) else {
            return;
        };
        let (gsm7, ucs2) = (gsm7.segments(), ucs2.segments());
        let dearer = gsm7
            .get()
            .zip(ucs2.get())
            .is_some_and(|(gsm7, ucs2)| ucs2 > gsm7);
        if !dearer || self.context.ucs2_expected {
            return;
        }
        for (name, place) in self.first_places() {
            let can_force = match self.rules.values.get(name).map(|set| set.kind()) {
                Some(Kind::List(values)) => values.iter().any(|value| tally(value).fault.is_some()),
                Some(Kind::Characters { set, greatest, .. }) => *greatest > 0 && set.forces_ucs2(),
                None => false,
            };
            if can_force {
                let detail = Detail::Forced {
                    name: name.to_owned(),
                    gsm7,
                    ucs2,
                };
                self.find(Lint::PlaceholderMayForceUcs2, place, detail);
            }
        }
    }
}

/// The name spelled most like another, with up to two letters changed.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let length = name.chars().count();
    // Others are further away than that.
    let near = known
        .iter()
        .filter(|known| known.chars().count().abs_diff(length) <= 2);
    let distances = near.map(|known| (distance(name, known), *known));
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= 2).then_some(nearest)
}

/// How many letters have to be added, left out or changed. Names are cut at 64 letters.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).flat_map(char::to_lowercase).collect();
    let b: Vec<char> = b.chars().take(64).flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (number, from) in a.iter().enumerate() {
        let mut diagonal = number;
        let mut left = number + 1;
        for (to, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = diagonal + usize::from(from != to);
            diagonal = *cell;
            left = changed.min(*cell + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = number + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
