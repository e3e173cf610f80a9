//! Placeholders that hold a name between two delimiters, and nothing else.

use super::{MalformedReason, Tape, is_name, name_length, slice};
use crate::template::syntax::Syntax;

/// What a name stands between.
struct Delimiters {
    open: &'static str,
    close: &'static str,
    /// Where the search for the end gives up, beside line ends: what may open another one, so that no
    /// byte is searched twice.
    stop: char,
}

const DOLLAR: Delimiters = Delimiters {
    open: "${",
    close: "}",
    stop: '{',
};
const DOLLAR_DOLLAR: Delimiters = Delimiters {
    open: "$${",
    ..DOLLAR
};
const PERCENT: Delimiters = Delimiters {
    open: "%{",
    ..DOLLAR
};
const AT: Delimiters = Delimiters {
    open: "@@",
    close: "@@",
    stop: '@',
};

/// What stands at an opening delimiter, and the length of it all.
enum Found<'a> {
    Name(&'a str, usize),
    Fault(MalformedReason, usize),
}

impl Delimiters {
    /// Reads what follows the opening delimiter, with which `rest` starts.
    fn read<'a>(&self, rest: &'a str) -> Found<'a> {
        let inner = slice(rest, self.open.len()..rest.len());
        let stops = |c: char| c == '\n' || c == self.stop || self.close.starts_with(c);
        let end = inner.find(stops).unwrap_or(inner.len());
        let (content, behind) = (slice(inner, 0..end), slice(inner, end..inner.len()));
        if !behind.starts_with(self.close) {
            let named = name_length(inner.trim_start_matches(' '));
            let spaces = inner.len() - inner.trim_start_matches(' ').len();
            let length = if named > 0 { spaces + named } else { 0 };
            return Found::Fault(MalformedReason::Unclosed, self.open.len() + length);
        }
        let length = self.open.len() + end + self.close.len();
        if is_name(content) {
            Found::Name(content, length)
        } else if content.trim().is_empty() {
            Found::Fault(MalformedReason::EmptyName, length)
        } else {
            Found::Fault(MalformedReason::BadName, length)
        }
    }
}

pub(super) fn parse(tape: &mut Tape<'_>) {
    let specials: &[u8] = match tape.syntax {
        Syntax::DollarBrace => b"$",
        Syntax::DollarDollarBrace => b"$%",
        Syntax::PercentBrace => b"%",
        Syntax::DoubleAt => b"@",
        Syntax::Colon => b":",
        _ => b"{",
    };
    let mut at = 0;
    while let Some(place) = tape.find(at, specials) {
        let rest = tape.rest(place);
        at = match tape.syntax {
            Syntax::DollarBrace if rest.starts_with("${") => delimited(tape, place, &DOLLAR),
            Syntax::DollarDollarBrace => hcl(tape, place, rest),
            Syntax::PercentBrace if rest.starts_with("%%") => {
                tape.escape(place..place + 2, slice(rest, 0..1));
                place + 2
            }
            Syntax::PercentBrace if rest.starts_with("%{") => delimited(tape, place, &PERCENT),
            Syntax::DoubleAt if rest.starts_with("@@") => delimited(tape, place, &AT),
            Syntax::Hashes | Syntax::Dlt => fixed(tape, place, rest),
            Syntax::Colon => colon(tape, place, rest),
            _ => place + 1,
        };
    }
}

fn delimited(tape: &mut Tape<'_>, at: usize, delimiters: &Delimiters) -> usize {
    match delimiters.read(tape.rest(at)) {
        Found::Name(name, length) => {
            tape.placeholder(at..at + length, name);
            at + length
        }
        Found::Fault(reason, length) => {
            tape.fault(at..at + length, reason);
            at + length
        }
    }
}

/// In a template of HCL, `${` and `%{` are HCL's own, and doubled they are text.
fn hcl<'a>(tape: &mut Tape<'a>, at: usize, rest: &'a str) -> usize {
    if rest.starts_with("$${") {
        return delimited(tape, at, &DOLLAR_DOLLAR);
    }
    if rest.starts_with("%%{") {
        tape.escape(at..at + 3, slice(rest, 1..3));
        return at + 3;
    }
    let delimiters = match rest {
        _ if rest.starts_with("${") => &DOLLAR,
        _ if rest.starts_with("%{") => &PERCENT,
        _ => return at + 1,
    };
    let (Found::Name(_, length) | Found::Fault(_, length)) = delimiters.read(rest);
    tape.fault(at..at + length, MalformedReason::Evaluated);
    at + length
}

/// The names that registered templates of India may hold: `var` in all, the others in those made since
/// 2026-01-14.
const DLT: [&str; 7] = [
    "var",
    "numeric",
    "alphanumeric",
    "url",
    "urlott",
    "cbn",
    "email",
];

pub(super) fn is_dlt_tag(name: &str) -> bool {
    DLT.contains(&name)
}

fn fixed<'a>(tape: &mut Tape<'a>, at: usize, rest: &'a str) -> usize {
    let found = match tape.syntax {
        Syntax::Hashes => hashes(rest),
        _ => dlt(rest),
    };
    match found {
        Some(Found::Name(name, length)) => {
            tape.placeholder(at..at + length, name);
            at + length
        }
        Some(Found::Fault(reason, length)) => {
            tape.fault(at..at + length, reason);
            at + length
        }
        None => at + 1,
    }
}

fn hashes(rest: &str) -> Option<Found<'_>> {
    const USER_NAME: &str = "{username}";
    if rest.starts_with(USER_NAME) {
        return Some(Found::Name(
            slice(rest, 1..USER_NAME.len() - 1),
            USER_NAME.len(),
        ));
    }
    let inner = rest.strip_prefix("{#")?;
    let count = 1 + inner.len() - inner.trim_start_matches('#').len();
    let closed = slice(rest, 1 + count..rest.len()).starts_with('}');
    Some(match (count, closed) {
        (4, true) => Found::Name(slice(rest, 1..5), 6),
        (_, true) => Found::Fault(MalformedReason::BadName, count + 2),
        (_, false) => Found::Fault(MalformedReason::Unclosed, count + 1),
    })
}

fn dlt(rest: &str) -> Option<Found<'_>> {
    let inner = rest.strip_prefix("{#")?;
    let end = inner.find(['#', '{', '}', '\n']).unwrap_or(inner.len());
    let name = slice(inner, 0..end);
    Some(if !slice(inner, end..inner.len()).starts_with("#}") {
        Found::Fault(MalformedReason::Unclosed, 2 + name_length(name))
    } else if is_dlt_tag(name) {
        Found::Name(name, end + 4)
    } else if name.trim().is_empty() {
        Found::Fault(MalformedReason::EmptyName, end + 4)
    } else {
        Found::Fault(MalformedReason::BadName, end + 4)
    })
}

/// `:name`, and nothing that is not one is a fault.
fn colon<'a>(tape: &mut Tape<'a>, at: usize, rest: &'a str) -> usize {
    let inner = slice(rest, 1..rest.len());
    let before = slice(tape.source, 0..at).chars().next_back();
    let joined = before.is_some_and(|c| c.is_alphanumeric() || c == ':' || c == '_');
    let starts = inner.starts_with(|c: char| c.is_alphabetic() || c == '_');
    if joined || !starts {
        return at + 1;
    }
    let length = inner
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(inner.len());
    tape.placeholder(at..at + 1 + length, slice(inner, 0..length));
    at + 1 + length
}

/// Finds a placeholder at the start of a text, and how long it is.
pub(super) fn matched(rest: &str) -> Option<(Syntax, usize)> {
    let (syntax, found) = match rest {
        _ if rest.starts_with("$${") => (Syntax::DollarDollarBrace, DOLLAR_DOLLAR.read(rest)),
        _ if rest.starts_with("${") => (Syntax::DollarBrace, DOLLAR.read(rest)),
        _ if rest.starts_with("%{") => (Syntax::PercentBrace, PERCENT.read(rest)),
        _ if rest.starts_with("@@") => (Syntax::DoubleAt, AT.read(rest)),
        _ if rest.starts_with("{##") => (Syntax::Hashes, hashes(rest)?),
        _ if rest.starts_with("{#") => (Syntax::Dlt, dlt(rest)?),
        _ => return None,
    };
    match found {
        Found::Name(_, length) => Some((syntax, length)),
        Found::Fault(..) => None,
    }
}
