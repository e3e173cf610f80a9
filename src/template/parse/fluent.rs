//! Placeables of Project Fluent.

use super::{MalformedReason, Tape, slice};

pub(super) fn parse(tape: &mut Tape<'_>) {
    // How many braces a selector, whose fault is told already, still has to close.
    let mut selector = 0_usize;
    let mut at = 0;
    while let Some(place) = tape.find(at, b"{}") {
        let rest = tape.rest(place);
        if selector > 0 {
            selector = if rest.starts_with('{') {
                selector + 1
            } else {
                selector - 1
            };
            at = place + 1;
            continue;
        }
        if rest.starts_with('}') {
            tape.fault(place..place + 1, MalformedReason::StrayBrace);
            at = place + 1;
            continue;
        }
        let (found, length) = read(rest);
        let span = place..place + length;
        at = span.end;
        match found {
            Ok(Placeable::Variable(name)) => tape.placeholder(span, name),
            Ok(Placeable::Text(text)) => tape.escape(span, text),
            Err(reason) => {
                let is_whole = slice(rest, 0..length).ends_with('}');
                if reason == MalformedReason::Unsupported && !is_whole {
                    selector = 1;
                }
                tape.fault(span, reason);
            }
        }
    }
}

enum Placeable<'a> {
    Variable(&'a str),
    Text(&'a str),
}

/// Reads what stands at a brace, and how long it is.
fn read(rest: &str) -> (Result<Placeable<'_>, MalformedReason>, usize) {
    let inner = slice(rest, 1..rest.len());
    let start = rest.len() - inner.trim_start().len();
    let trimmed = slice(rest, start..rest.len());
    if let Some(quoted) = trimmed.strip_prefix('"') {
        // No line end can stand in a string, nor an escape whose text is a slice of the source.
        let end = quoted.find(['"', '\n', '\\']).unwrap_or(quoted.len());
        let behind = slice(quoted, end..quoted.len());
        if let Some(behind) = behind.strip_prefix('"')
            && let Some(behind) = behind.trim_start().strip_prefix('}')
        {
            let text = Placeable::Text(slice(quoted, 0..end));
            return (Ok(text), rest.len() - behind.len());
        }
    }
    let end = inner.find(['{', '}']).unwrap_or(inner.len());
    if !slice(inner, end..inner.len()).starts_with('}') {
        let sigil = usize::from(trimmed.starts_with('$'));
        let name = identifier(slice(trimmed, sigil..trimmed.len()));
        let length = if name > 0 { start + sigil + name } else { 1 };
        // A selector holds patterns, which hold placeables.
        let content = slice(inner, 0..end);
        let reason = if content.contains("->") {
            MalformedReason::Unsupported
        } else {
            MalformedReason::Unclosed
        };
        return (Err(reason), length);
    }
    (expression(slice(inner, 0..end).trim()), end + 2)
}

fn expression(content: &str) -> Result<Placeable<'_>, MalformedReason> {
    if content.is_empty() || content == "$" {
        return Err(MalformedReason::EmptyName);
    }
    let arguments = ["NUMBER", "DATETIME"].iter().find_map(|function| {
        let arguments = content.strip_prefix(function)?.trim_start();
        arguments.strip_prefix('(')?.strip_suffix(')')
    });
    let variable = match arguments {
        Some(arguments) => arguments.split(',').next().unwrap_or_default().trim(),
        None => content,
    };
    match variable.strip_prefix('$') {
        Some(name) if identifier(name) == name.len() && !name.is_empty() => {
            Ok(Placeable::Variable(name))
        }
        Some(_) if arguments.is_none() && !content.contains("->") => Err(MalformedReason::BadName),
        _ => Err(MalformedReason::Unsupported),
    }
}

/// Fluent's `Identifier`: an ASCII letter, then ASCII letters, digits, `_` and `-`.
fn identifier(text: &str) -> usize {
    if !text.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return 0;
    }
    text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(text.len())
}

/// Finds a variable at the start of a text, and how long it is.
pub(super) fn matched(rest: &str) -> Option<usize> {
    match read(rest) {
        (Ok(Placeable::Variable(_)), length) => Some(length),
        _ => None,
    }
}
