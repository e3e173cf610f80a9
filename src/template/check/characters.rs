//! Which characters of the literals cost too much, or should not be there?

use alloc::borrow::ToOwned;
use alloc::vec::Vec;
use core::ops::Range;

use super::Checker;
use crate::alphabet::default_cost;
use crate::encoding::tally;
use crate::repair::{Loss, Replacement, Span, spans};
use crate::template::code_format::RetrieverPrefix;
use crate::template::finding::{Detail, Finding};
use crate::template::lint::Lint;

impl<'c> Checker<'c> {
    /// What is said of single characters of the literals.
    pub(super) fn characters(&mut self) {
        let mut forcing: Vec<(Range<usize>, &str, Span)> = Vec::new();
        let mut letters = Letters::default();
        for (literal, start) in self.literals() {
            let text = literal.text();
            letters.count(text);
            if tally(text).fault.is_none() {
                continue;
            }
            for span in spans(text) {
                let range = start + span.range().start..start + span.range().end;
                forcing.push((range, text, span));
            }
        }
        let reachable = forcing
            .iter()
            .all(|(_, _, span)| span.replacements().iter().any(Replacement::is_gsm7));
        self.reaches_gsm7 = reachable;
        let shortens = |(_, text, span): &(Range<usize>, &str, Span)| {
            let units = |text: &str| text.encode_utf16().count();
            let here = text.get(span.range()).map_or(0, units);
            let mut replacements = span.replacements().iter();
            replacements.any(|replacement| units(replacement.text()) < here)
        };
        if forcing.is_empty() || !(reachable || forcing.iter().any(shortens)) {
            // Nothing that could be written makes it cheaper.
            self.fixes = Some(Vec::new());
        }
        // Of a text that has to stay in UCS-2 a character is to blame only where that costs something.
        let count = self.costs.worst().segments().get();
        let count = count.or_else(|| self.costs.typical().segments().get());
        let dear = count.is_some_and(|count| count > 1);
        let should_be_gsm7 =
            (reachable || dear) && letters.are_latin() && !self.context.ucs2_expected;
        let invisible = RetrieverPrefix::ZeroWidthSpaces.as_str();
        let source = self.template.source();
        let prefix = if source.starts_with(invisible) {
            invisible.len()
        } else {
            0
        };
        for (range, text, span) in &forcing {
            let piece = text.get(span.range()).unwrap_or_default();
            // Of a cluster the one that forces UCS-2, not a letter of GSM-7 before it.
            let forces = |character: &char| default_cost(*character) == 0;
            let Some(character) = piece.chars().find(forces).or(piece.chars().next()) else {
                continue;
            };
            let replacement = span.replacements().first();
            let detail = Detail::Character {
                character,
                replacement: replacement
                    .map(|replacement| (replacement.text().to_owned(), replacement.loss())),
            };
            let loss = replacement.map(Replacement::loss);
            match loss {
                // Those of the prefix are said to be in conflict.
                Some(Loss::Invisible) if range.start < prefix => {}
                Some(Loss::Invisible) => {
                    self.find_fixable(Lint::InvisibleCharacter, range.clone(), detail);
                }
                Some(Loss::Composed) => {
                    self.find_fixable(Lint::NotNormalised, range.clone(), detail);
                }
                _ => {
                    let homoglyph = span
                        .replacements()
                        .iter()
                        .any(|replacement| replacement.loss() == Loss::Homoglyph);
                    if homoglyph && in_latin_word(text, span.range()) {
                        self.find(Lint::Homoglyph, range.clone(), detail.clone());
                    }
                    let fixable = !self.fixes_within(range).is_empty();
                    if fixable || should_be_gsm7 {
                        self.find_fixable(Lint::ForcesUcs2, range.clone(), detail);
                    }
                }
            }
        }
        if forcing.is_empty() && !self.is_ambiguous {
            self.extension_characters();
        }
    }

    /// Each character of two septets where it stands first.
    fn extension_characters(&mut self) {
        let mut seen = Vec::new();
        // Braces of what should be a placeholder are no text.
        let slips = self.report.findings.iter().filter(|finding| {
            matches!(
                finding.lint,
                Lint::MisspeltPlaceholder | Lint::MalformedPlaceholder
            )
        });
        let mut slips: Vec<Range<usize>> = slips.map(Finding::span).collect();
        slips.sort_by_key(|slip| slip.start);
        let mut slips = slips.into_iter().peekable();
        for (literal, start) in self.literals() {
            for (at, character) in literal.text().char_indices() {
                if default_cost(character) == 2 && !seen.contains(&character) {
                    let at = start + at;
                    while slips.next_if(|slip| slip.end <= at).is_some() {}
                    if slips.peek().is_some_and(|slip| slip.contains(&at)) {
                        continue;
                    }
                    seen.push(character);
                    let detail = Detail::Character {
                        character,
                        replacement: None,
                    };
                    let span = at..at + character.len_utf8();
                    self.find(Lint::ExtensionCharacter, span, detail);
                }
            }
        }
    }
}

/// Letters of a text, by script.
#[derive(Default)]
struct Letters {
    latin: usize,
    other: usize,
}

impl Letters {
    fn count(&mut self, text: &str) {
        for character in text.chars() {
            if is_latin(character) {
                self.latin += 1;
            } else if character.is_alphabetic() {
                self.other += 1;
            }
        }
    }

    /// A letter of another script among them may be a slip.
    const fn are_latin(&self) -> bool {
        self.latin > self.other
    }
}

/// Latin letters (Unicode, blocks Basic Latin to Latin Extended-B and the later extensions), with
/// ordinal signs and full width.
fn is_latin(character: char) -> bool {
    character.is_alphabetic()
        && matches!(u32::from(character),
            0..=0x24F | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xAB30..=0xAB6F
            | 0xFB00..=0xFB06 | 0xFF21..=0xFF5A)
}

/// Whether a Latin letter stands beside a range of a text.
fn in_latin_word(text: &str, range: Range<usize>) -> bool {
    let before = text
        .get(..range.start)
        .and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    before.is_some_and(is_latin) || after.is_some_and(is_latin)
}
