//! What looks like a placeholder and is none?

use alloc::vec::Vec;
use core::ops::Range;

use super::{NearMiss, Piece, Template, slice};
use crate::template::syntax::Syntax;

pub(super) fn misses<'a>(template: &Template<'a>) -> Vec<NearMiss<'a>> {
    let mut misses = Vec::new();
    let source = template.source;
    for piece in &template.pieces {
        let Piece::Literal(literal) = piece else {
            continue;
        };
        if literal.escaped {
            misses.extend(elision(template, literal.span()));
            continue;
        }
        let mut at = literal.start;
        while let Some(offset) = slice(source, at..literal.end)
            .bytes()
            .position(|byte| b"${%@<#".contains(&byte))
        {
            at += offset;
            let rest = slice(source, at..literal.end);
            let before = slice(source, literal.start..at).chars().next_back();
            let Some((name, length)) = looks_like(rest, before, template.syntax) else {
                at += 1;
                continue;
            };
            let found = slice(rest, 0..length);
            if let Some(spelling) = template.syntax.spell(name)
                && spelling != found
            {
                misses.push(NearMiss {
                    start: at,
                    end: at + length,
                    name,
                    spelling,
                });
            }
            at += length;
        }
    }
    misses
}

/// Looks at ICU's quotation behind a letter: `l'{org}`.
fn elision<'a>(template: &Template<'a>, span: Range<usize>) -> Option<NearMiss<'a>> {
    let source = template.source;
    let before = slice(source, 0..span.start).chars().next_back()?;
    let quoted = slice(source, span.clone()).strip_prefix('\'')?;
    if template.syntax != Syntax::Brace || !before.is_alphanumeric() || !quoted.starts_with('{') {
        return None;
    }
    let (name, length) = braces(quoted, quoted, false)?;
    Some(NearMiss {
        start: span.start,
        end: span.start + 1 + length,
        name,
        spelling: ["''", &template.syntax.spell(name)?].concat(),
    })
}

/// Reads what may be meant for a placeholder: its name, and the length of it all.
fn looks_like(rest: &str, before: Option<char>, own: Syntax) -> Option<(&str, usize)> {
    let (sigils, inner) = split(rest, 3, |c| matches!(c, '$' | '%' | '#' | '@'));
    let joined = before.is_some_and(char::is_alphanumeric);
    match sigils {
        "$" | "$$" | "%" | "%%" | "#" | "@" => {
            let spaced = inner.strip_prefix(' ').unwrap_or(inner);
            let braced = if sigils.starts_with(['$', '%']) {
                spaced
            } else {
                inner
            };
            if braced.starts_with('{') {
                return braces(rest, braced, true);
            }
            if let Some(inner) = inner.strip_prefix('(') {
                let (name, behind) = identifier(inner)?;
                let behind = behind.strip_prefix(')')?;
                let behind = match sigils {
                    "%" => behind.strip_prefix('s').unwrap_or(behind),
                    _ => behind,
                };
                return Some((name, rest.len() - behind.len()));
            }
            let (name, behind) = identifier(inner)?;
            match sigils {
                "$" if !joined => Some((name, rest.len() - behind.len())),
                "%" if !joined => {
                    let behind = behind.strip_prefix('%')?;
                    Some((name, rest.len() - behind.len()))
                }
                _ => None,
            }
        }
        "@@" => {
            let (name, behind) = identifier(inner)?;
            let closed = behind.strip_prefix("@@");
            let behind = closed.or((own == Syntax::DoubleAt).then_some(behind))?;
            Some((name, rest.len() - behind.len()))
        }
        "" if rest.starts_with('{') => {
            let own_brace = matches!(own, Syntax::Brace | Syntax::Fluent);
            braces(rest, rest, rest.starts_with("{{") || own_brace)
        }
        "" => {
            let (name, behind) = identifier(rest.strip_prefix('<')?)?;
            let behind = behind.strip_prefix('>')?;
            Some((name, rest.len() - behind.len()))
        }
        _ => None,
    }
}

/// Reads one to three braces around a name, closed by at least as many, if at all.
fn braces<'a>(rest: &str, braced: &'a str, may_be_unclosed: bool) -> Option<(&'a str, usize)> {
    let (opened, inner) = split(braced, 4, |c| c == '{');
    let inner = inner.trim_start_matches(' ');
    let (sigils, inner) = split(inner, 2, |c| matches!(c, '$' | '#' | '.' | '%'));
    let (name, behind) = identifier(inner)?;
    if opened.len() > 3 || sigils.len() > 1 {
        return None;
    }
    let end = behind.trim_start_matches([' ', '#']);
    let closed = end.len() - end.trim_start_matches('}').len();
    if closed == 0 {
        return may_be_unclosed.then_some((name, rest.len() - behind.len()));
    }
    let behind = end.len() - closed.min(opened.len());
    Some((name, rest.len() - behind))
}

/// Splits off some ASCII characters, at most so many: a run of them is not searched from each of them.
fn split(text: &str, most: usize, is_part: impl Fn(char) -> bool) -> (&str, &str) {
    let end = text.chars().take(most).take_while(|c| is_part(*c)).count();
    (slice(text, 0..end), slice(text, end..text.len()))
}

/// An identifier, maybe with dots, and what is behind it. Longer than 64 bytes it is none.
fn identifier(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(|first: char| first.is_alphabetic() || first == '_') {
        return None;
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let end = text.find(|c| !is_part(c)).unwrap_or(text.len());
    let name = slice(text, 0..end).trim_end_matches('.');
    let is_one = name.len() <= 64 && !name.contains("..");
    is_one.then(|| (name, slice(text, name.len()..text.len())))
}
