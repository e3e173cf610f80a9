//! Conversions of `printf`, and Python's with a name.

use super::{MalformedReason, Tape, is_name, slice};
use crate::template::syntax::Syntax;

/// The most arguments that can be named without asking for memory.
pub(super) const MOST_ARGUMENTS: usize = 999;

/// `000`, `001` and so on: names of arguments that a template does not spell.
static NUMBERS: [u8; 3 * (MOST_ARGUMENTS + 1)] = {
    let mut numbers = [0; 3 * (MOST_ARGUMENTS + 1)];
    let mut rest: &mut [u8] = &mut numbers;
    let mut number = 0;
    while let [hundreds, tens, ones, behind @ ..] = rest {
        *hundreds = b'0' + (number / 100) as u8;
        *tens = b'0' + (number / 10 % 10) as u8;
        *ones = b'0' + (number % 10) as u8;
        number += 1;
        rest = behind;
    }
    numbers
};

/// Returns a number in decimal, where it is among those that can be named.
fn numeral(number: usize) -> Option<&'static str> {
    let digits = NUMBERS.get(3 * number..3 * number + 3)?;
    let digits = core::str::from_utf8(digits).ok()?;
    Some(digits.trim_start_matches('0'))
}

pub(super) fn parse(tape: &mut Tape<'_>) {
    let mut arguments = 0;
    let mut at = 0;
    while let Some(place) = tape.find(at, b"%") {
        let rest = tape.rest(place);
        if rest.starts_with("%%") {
            tape.escape(place..place + 2, slice(rest, 0..1));
            at = place + 2;
            continue;
        }
        at = match tape.syntax {
            Syntax::Printf => printf(tape, place, rest, &mut arguments),
            _ => percent_paren(tape, place, rest),
        };
    }
}

fn printf<'a>(tape: &mut Tape<'a>, at: usize, rest: &'a str, arguments: &mut usize) -> usize {
    let behind = slice(rest, 1..rest.len());
    let digits = run(behind, |byte| byte.is_ascii_digit());
    let is_position = !behind.starts_with('0')
        && digits > 0
        && slice(behind, digits..behind.len()).starts_with('$');
    let format = if is_position { digits + 1 } else { 0 };
    let name = is_position.then(|| slice(behind, 0..digits));
    match conversion(slice(behind, format..behind.len())) {
        Ok(length) => {
            let end = at + 1 + format + length;
            *arguments += usize::from(name.is_none());
            match name.or_else(|| numeral(*arguments)) {
                Some(name) => tape.placeholder(at..end, name),
                None => tape.fault(at..end, MalformedReason::TooManyArguments),
            }
            end
        }
        Err(length) => {
            let end = at + 1 + format + length;
            tape.fault(at..end, MalformedReason::UnknownConversion);
            end
        }
    }
}

fn percent_paren<'a>(tape: &mut Tape<'a>, at: usize, rest: &'a str) -> usize {
    let length = match named(rest) {
        Ok((name, length)) => {
            tape.placeholder(at..at + length, name);
            length
        }
        Err((reason, length)) => {
            tape.fault(at..at + length, reason);
            length
        }
    };
    at + length
}

/// Reads `%(name)` and a conversion, and how long they are; or what is wrong, and how long that is.
fn named(rest: &str) -> Result<(&str, usize), (MalformedReason, usize)> {
    let Some(inner) = rest.strip_prefix("%(") else {
        return Err((MalformedReason::UnknownConversion, 1));
    };
    let end = inner.find(['(', ')', '\n']).unwrap_or(inner.len());
    if !slice(inner, end..inner.len()).starts_with(')') {
        let name = super::name_length(inner);
        return Err((MalformedReason::Unclosed, 2 + name));
    }
    let close = 2 + end + 1;
    let name = slice(inner, 0..end);
    let length = match conversion(slice(rest, close..rest.len())) {
        Ok(length) => close + length,
        // What stands behind the parenthesis is prose.
        Err(_) => return Err((MalformedReason::UnknownConversion, close)),
    };
    if is_name(name) {
        Ok((name, length))
    } else if name.trim().is_empty() {
        Err((MalformedReason::EmptyName, length))
    } else {
        Err((MalformedReason::BadName, length))
    }
}

/// Reads flags, width, precision, length and the letter of a conversion; returns how long they are,
/// or how long what cannot be one is. C's flag of a space is not among them: see [`Syntax::Printf`].
fn conversion(text: &str) -> Result<usize, usize> {
    let flags = run(text, |byte| b"-+#0'".contains(&byte));
    let width = flags + run_at(text, flags, |byte| byte.is_ascii_digit());
    let precision = match text.as_bytes().get(width) {
        Some(b'.') => width + 1 + run_at(text, width + 1, |byte| byte.is_ascii_digit()),
        _ => width,
    };
    let length = precision + run_at(text, precision, |byte| b"hlLqjzt".contains(&byte));
    match text.as_bytes().get(length) {
        Some(letter) if b"@diouxXeEfFgGaAcCsSpbBrv".contains(letter) => Ok(length + 1),
        Some(letter) if letter.is_ascii_alphabetic() => Err(length + 1),
        _ => Err(length),
    }
}

fn run(text: &str, is_part: impl Fn(u8) -> bool) -> usize {
    text.bytes().take_while(|byte| is_part(*byte)).count()
}

fn run_at(text: &str, at: usize, is_part: impl Fn(u8) -> bool) -> usize {
    run(slice(text, at..text.len()), is_part)
}

/// Finds Python's conversion with a name at the start of a text, and how long it is.
pub(super) fn matched(rest: &str) -> Option<usize> {
    named(rest).ok().map(|(_, length)| length)
}
