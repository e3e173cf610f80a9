//! Where are the links of a template?

use alloc::vec::Vec;
use core::ops::Range;

use super::Checker;
use crate::template::parse::Piece;
use crate::template::rendering::text_range;

impl<'c> Checker<'c> {
    /// Links, from their scheme or `www.` to white space, values within them included.
    pub(super) fn urls(&self) -> Vec<Range<usize>> {
        let mut urls: Vec<Range<usize>> = Vec::new();
        let mut open: Option<Range<usize>> = None;
        for piece in self.template.pieces() {
            match piece {
                Piece::Literal(literal) => {
                    let start = text_range(self.template, *literal).start;
                    let mut at = start;
                    for word in literal.text().split_inclusive(char::is_whitespace) {
                        let kept = word.trim_end_matches(char::is_whitespace);
                        let begin = match open.take() {
                            Some(link) => Some(link.start),
                            None => link_start(kept).map(|found| at + found),
                        };
                        if let Some(begin) = begin {
                            let link = begin..at + kept.len();
                            if kept.len() < word.len() {
                                urls.push(link);
                            } else {
                                open = Some(link);
                            }
                        }
                        at += word.len();
                    }
                }
                Piece::Placeholder(placeholder) => {
                    if let Some(link) = &mut open {
                        link.end = placeholder.span().end;
                    }
                }
                Piece::Control(_) => urls.extend(open.take()),
            }
        }
        urls.extend(open);
        // A sentence's own punctuation is not the link's.
        for url in &mut urls {
            let text = self.template.source().get(url.clone()).unwrap_or_default();
            let kept = text.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
            url.end = url.start + kept.len();
        }
        urls
    }
}

/// Where in a word a link starts: its scheme, `www.`, or a host with a path.
fn link_start(word: &str) -> Option<usize> {
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-');
    if let Some(at) = word.find("://") {
        let before = word.get(..at)?;
        let start = before.trim_end_matches(is_scheme).len();
        let letter = before
            .get(start..)?
            .find(|c: char| c.is_ascii_alphabetic())?;
        return Some(start + letter);
    }
    let start = word.find(|c: char| c.is_alphanumeric())?;
    let rest = word.get(start..)?;
    let is_www = rest
        .get(..4)
        .is_some_and(|www| www.eq_ignore_ascii_case("www."));
    let host = rest.split_once('/').map(|(host, _)| host);
    let has_domain = host.is_some_and(|host| {
        let is_label = |label: &str| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let top = host.rsplit('.').next().unwrap_or_default();
        let is_top = top.chars().count() > 1 && top.chars().all(char::is_alphabetic);
        host.contains('.') && is_top && host.split('.').all(is_label)
    });
    ((is_www && rest.len() > 4) || has_domain).then_some(start)
}
