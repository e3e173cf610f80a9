//! What may be written in place of characters of a YAML scalar, so that it is read as that?
//!
//! It is known what characters are replaced: those that [`replacements`] has something for.

use saphyr_parser::ScalarStyle;
use septet::repair::replacements;

use crate::formats::{stays_visible, visible};
use crate::text::Encode;

/// How characters are written in place of others of a scalar that is written like this.
pub(super) fn of(style: ScalarStyle, literal: &str, text: &str) -> Encode {
    let has_lines = literal.contains(['\r', '\n']);
    match style {
        ScalarStyle::Plain if !text.starts_with(stays_a_word) => plain_at_start,
        ScalarStyle::Plain if has_lines || text.contains([':', '#']) => plain_between_blanks,
        ScalarStyle::Plain if !text.ends_with(stays_visible) => plain_between_blanks,
        ScalarStyle::Plain => plain,
        ScalarStyle::SingleQuoted if has_lines => |text| single_quoted(visible(text)?),
        ScalarStyle::SingleQuoted => single_quoted,
        ScalarStyle::DoubleQuoted if has_lines => |text| double_quoted(visible(text)?),
        ScalarStyle::DoubleQuoted => double_quoted,
        ScalarStyle::Literal | ScalarStyle::Folded => {
            // Blanks at the start of a line would be indentation.
            let mut lines = literal.split(['\r', '\n']).skip(1);
            let indented = |line: &str| line.trim_start_matches(' ').chars().next();
            if lines.all(|line| indented(line).is_none_or(stays_visible)) {
                printable
            } else {
                |text| printable(visible(text)?)
            }
        }
    }
}

/// Whether a character, once repaired, begins a plain scalar still, whatever follows it.
fn stays_a_word(character: char) -> bool {
    let repaired = replacements(character);
    let is_indicator = matches!(character, '-' | '?');
    !is_indicator
        && repaired
            .iter()
            .all(|repaired| repaired.text().starts_with(char::is_alphanumeric))
}

/// What is neither another line nor a control character.
fn printable(text: &str) -> Option<String> {
    (!text.contains(char::is_control)).then(|| text.to_owned())
}

/// What stays plain between other words.
fn plain(text: &str) -> Option<String> {
    printable(text).filter(|text| !text.contains([':', '#', ',', '[', ']', '{', '}']))
}

fn plain_between_blanks(text: &str) -> Option<String> {
    plain(visible(text)?)
}

fn plain_at_start(text: &str) -> Option<String> {
    plain_between_blanks(text).filter(|text| text.starts_with(char::is_alphanumeric))
}

fn single_quoted(text: &str) -> Option<String> {
    Some(printable(text)?.replace('\'', "''"))
}

fn double_quoted(text: &str) -> Option<String> {
    Some(text.chars().map(escaped).collect())
}

fn escaped(character: char) -> String {
    match character {
        '"' | '\\' => format!("\\{character}"),
        '\n' => "\\n".to_owned(),
        '\r' => "\\r".to_owned(),
        '\t' => "\\t".to_owned(),
        // All control characters are below 100 in hexadecimal digits.
        _ if character.is_control() => format!("\\x{:02x}", u32::from(character)),
        _ => character.to_string(),
    }
}
