//! Where does each character of a YAML scalar stand?

use core::ops::Range;

use saphyr_parser::ScalarStyle;

use crate::lines::{behind_line_end, line_end};
use crate::text::Decoded;

/// A scalar that was found at a place.
pub(super) struct Scalar<'a> {
    pub(super) decoded: Decoded,
    /// Where what is written of it ends.
    pub(super) end: usize,
    /// What the parser read.
    pub(super) value: &'a str,
}

/// What becomes of the first of some line ends that follow each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum First {
    Kept,
    /// A space where it is the only one, otherwise nothing.
    Folded,
    /// Nothing: it was escaped.
    Escaped,
}

/// Reads a scalar that begins at a byte. `plain_end` is where it ends if it is plain, which only
/// the parser knows.
pub(super) fn read<'a>(
    source: &str,
    start: usize,
    style: ScalarStyle,
    plain_end: usize,
    value: &'a str,
) -> Scalar<'a> {
    let (decoded, end) = match style {
        ScalarStyle::Plain => (plain(source, start..plain_end), plain_end),
        ScalarStyle::SingleQuoted => quoted(source, start, false),
        ScalarStyle::DoubleQuoted => quoted(source, start, true),
        ScalarStyle::Literal | ScalarStyle::Folded => return block(source, start, value),
    };
    Scalar {
        decoded,
        end,
        value,
    }
}

fn plain(source: &str, range: Range<usize>) -> Decoded {
    let source = source.get(..range.end).unwrap_or_default();
    let mut decoded = Decoded::default();
    let mut at = range.start;
    while at < source.len() {
        let word = find(source, at, &[' ', '\t', '\r', '\n']);
        decoded.verbatim(source, at..word);
        at = fold(&mut decoded, source, word, First::Folded);
    }
    decoded
}

/// What stands between quotation marks, and where the last of them ends.
fn quoted(source: &str, start: usize, double: bool) -> (Decoded, usize) {
    let mut decoded = Decoded::default();
    let quote = if double { '"' } else { '\'' };
    let mut at = start + 1;
    loop {
        let word = find(source, at, &[quote, '\\', ' ', '\t', '\r', '\n']);
        decoded.verbatim(source, at..word);
        at = match byte(source, word) {
            None => return (decoded, word),
            Some(b'\\') if double => escape(&mut decoded, source, word),
            Some(b'\\') => {
                decoded.verbatim(source, word..word + 1);
                word + 1
            }
            Some(b'\'') if byte(source, word + 1) == Some(b'\'') => {
                decoded.escape('\'', word..word + 2);
                word + 2
            }
            Some(b'"' | b'\'') => return (decoded, word + 1),
            Some(_) => fold(&mut decoded, source, word, First::Folded),
        };
    }
}

/// Reads what a backslash begins, and says where that ends. The parser has refused what is no
/// escape.
fn escape(decoded: &mut Decoded, source: &str, at: usize) -> usize {
    let behind = at + 2;
    let (character, end) = match byte(source, at + 1) {
        None => return at + 1,
        Some(b'\r' | b'\n') => return fold(decoded, source, at, First::Escaped),
        Some(b'0') => ('\0', behind),
        Some(b'a') => ('\x07', behind),
        Some(b'b') => ('\x08', behind),
        Some(b't') => ('\t', behind),
        Some(b'n') => ('\n', behind),
        Some(b'v') => ('\x0B', behind),
        Some(b'f') => ('\x0C', behind),
        Some(b'r') => ('\r', behind),
        Some(b'e') => ('\x1B', behind),
        Some(b'N') => ('\u{85}', behind),
        Some(b'_') => ('\u{A0}', behind),
        Some(b'L') => ('\u{2028}', behind),
        Some(b'P') => ('\u{2029}', behind),
        Some(letter @ (b'x' | b'u' | b'U')) => {
            let digits = match letter {
                b'x' => 2,
                b'u' => 4,
                _ => 8,
            };
            let end = behind + digits;
            let number = source.get(behind..end);
            let number = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
            match number.and_then(char::from_u32) {
                Some(character) => (character, end),
                None => return behind,
            }
        }
        // A space, a tab, `"`, `/`, `\`.
        Some(itself) => (char::from(itself), behind),
    };
    decoded.escape(character, at..end);
    end
}

/// Reads blanks and line ends from a place on, and says where they end. Blanks beside a line end
/// are no part of the scalar; without a line end they are. With [`First::Escaped`] there is a
/// backslash and a line end at the place.
fn fold(decoded: &mut Decoded, source: &str, from: usize, first: First) -> usize {
    let mut at = from + usize::from(first == First::Escaped);
    let mut ends = Vec::new();
    loop {
        match byte(source, at) {
            Some(b' ' | b'\t') => at += 1,
            Some(b'\r' | b'\n') => {
                at = behind_line_end(source, at);
                ends.push(at);
            }
            _ => break,
        }
    }
    if ends.is_empty() {
        decoded.verbatim(source, from..at);
    } else {
        line_feeds(decoded, from..at, &ends, first);
    }
    at
}

/// Puts line ends behind that follow each other in a range and end at `ends`. The last that leaves
/// a character has the indentation behind it too, so that the lines around it can be joined there.
fn line_feeds(decoded: &mut Decoded, range: Range<usize>, ends: &[usize], first: First) {
    let kept = match (first, ends) {
        (First::Folded, [_]) => return decoded.escape(' ', range),
        (First::Folded | First::Escaped, [_, kept @ ..]) => kept,
        _ => ends,
    };
    let mut from = range.start;
    for (rest, end) in (0..kept.len()).rev().zip(kept) {
        let to = if rest == 0 { range.end } else { *end };
        decoded.escape('\n', from..to);
        from = to;
    }
}

/// Reads a literal or folded scalar from its `|` or `>` on.
fn block<'a>(source: &str, header: usize, mut value: &'a str) -> Scalar<'a> {
    let mut decoded = Decoded::default();
    let folded = byte(source, header) == Some(b'>');
    let indicators = source.bytes().skip(header + 1);
    let mut indicators = indicators.take_while(|byte| matches!(byte, b'+' | b'-' | b'1'..=b'9'));
    let chomping = indicators.find(|byte| !byte.is_ascii_digit());
    let mut end = line_end(source, header);
    let mut at = behind_line_end(source, end);
    let indent = indentation(source, at, value);
    // Line ends that leave a character only if content follows, or by the chomping, and where the
    // first of them begins.
    let (mut from, mut ends) = (at, Vec::new());
    // Whether the line of content before begins with a blank; nothing before there is one.
    let mut before: Option<bool> = None;
    loop {
        let begin = at + spaces(source, at, indent.unwrap_or(usize::MAX));
        let blank = match byte(source, begin) {
            Some(b'\r' | b'\n') => {
                at = behind_line_end(source, begin);
                ends.push(at);
                continue;
            }
            None => {
                // Where the file ends in a line of the scalar, the parser ends that line for it.
                let added = match before {
                    None => chomping == Some(b'+') && ends.is_empty() && at < begin,
                    Some(_) if chomping == Some(b'-') => false,
                    Some(_) => ends.is_empty() || (at < begin && indent == Some(begin - at)),
                };
                if added {
                    value = value.strip_suffix('\n').unwrap_or(value);
                }
                break;
            }
            Some(byte) => matches!(byte, b' ' | b'\t'),
        };
        if indent != Some(begin - at) || is_outside(source, begin, at == begin) {
            break;
        }
        let first = match before {
            Some(false) if folded && !blank => First::Folded,
            _ => First::Kept,
        };
        line_feeds(&mut decoded, from..begin, &ends, first);
        ends.clear();
        before = Some(blank);
        end = find(source, begin, &['\r', '\n', '\u{FEFF}']);
        decoded.verbatim(source, begin..end);
        (from, at) = (end, behind_line_end(source, end));
        if at > end {
            ends.push(at);
        }
    }
    match chomping {
        Some(b'-') => ends.clear(),
        None => ends.truncate(usize::from(before.is_some())),
        Some(_) => {}
    }
    if let Some(last) = ends.last() {
        line_feeds(&mut decoded, from..*last, &ends, First::Kept);
        end = *last;
    }
    Scalar {
        decoded,
        end,
        value,
    }
}

/// How far the lines of a block are indented; nothing if none holds anything. The parser does not
/// tell, and an indicator counts from the indentation of what is around; but its value does: of the
/// spaces before the first line of content, those that are not in the value are indentation.
fn indentation(source: &str, first: usize, value: &str) -> Option<usize> {
    let content = value.trim_start_matches('\n');
    if content.is_empty() {
        return None;
    }
    let mut at = first;
    for _ in 0..value.len() - content.len() {
        at = behind_line_end(source, line_end(source, at));
    }
    let written = spaces(source, at, usize::MAX);
    Some(written.saturating_sub(spaces(content, 0, usize::MAX)))
}

/// Whether something begins at a place that is in no scalar: a byte-order mark, or at the start of
/// a line what ends the document or begins another.
fn is_outside(source: &str, at: usize, is_line_start: bool) -> bool {
    let line = source.get(at..).unwrap_or_default();
    let marker = line.strip_prefix("---").or(line.strip_prefix("..."));
    let ends = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t', '\r', '\n']);
    line.starts_with('\u{FEFF}') || is_line_start && marker.is_some_and(ends)
}

fn byte(source: &str, at: usize) -> Option<u8> {
    source.as_bytes().get(at).copied()
}

/// Where one of some characters is from a place on; the end of the file where none is.
fn find(source: &str, from: usize, characters: &[char]) -> usize {
    let rest = source.get(from..).unwrap_or_default();
    rest.find(characters)
        .map_or(source.len(), |found| from + found)
}

/// How many spaces there are from a place on, at most.
fn spaces(source: &str, at: usize, limit: usize) -> usize {
    let rest = source.bytes().skip(at).take(limit);
    rest.take_while(|byte| *byte == b' ').count()
}
