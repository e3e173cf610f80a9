//! How is text of the input written where some characters have a meaning?
//!
//! Every report may be shown on a terminal. So nothing here leaves a character that one obeys: it is
//! written as the format writes it otherwise, or written out.

use core::fmt::Write as _;

use crate::terminal::{is_hidden, visible};

/// The message of a workflow command of GitHub's.
pub(super) fn github_data(text: &str) -> String {
    github(text, &['%', '\r', '\n'])
}

/// A property of a workflow command. A path stays the one that it is, as far as that goes.
pub(super) fn github_property(text: &str) -> String {
    github(text, &['%', '\r', '\n', ':', ','])
}

fn github(text: &str, escaped: &[char]) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if escaped.contains(&character) {
            let _ = write!(out, "%{:02X}", u32::from(character));
        } else if is_hidden(character) {
            out += &visible(character);
        } else {
            out.push(character);
        }
    }
    out
}

/// Text of an element, or the value of an attribute between quotation marks. What XML cannot hold is
/// written out.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            '\t' | '\n' | '\r' => {
                let _ = write!(out, "&#{};", u32::from(character));
            }
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {
                let _ = write!(out, "⟨U+{:04X}⟩", u32::from(character));
            }
            _ if is_hidden(character) => {
                let _ = write!(out, "&#x{:X};", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out
}

/// Text of Markdown as GitHub reads it, in one line and in a cell of a table: no mark of it has a
/// meaning, nor is a person told, or an issue, a picture or an address made of it.
pub(super) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_ascii_punctuation() {
            // A backslash would not do: GitHub looks for `@name`, `#1` and `:smile:` in what is
            // shown. An element between the two parts them.
            let _ = write!(out, "&#{};", u32::from(character));
            if matches!(character, '@' | '#' | ':') {
                out += "<wbr>";
            }
        } else {
            out += &visible(character);
        }
    }
    out
}

/// A field of CSV (RFC 4180). One that a spreadsheet would take for a formula gets an apostrophe.
pub(crate) fn csv_field(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        "'"
    } else {
        ""
    };
    if text.contains(['"', ',', '\r', '\n']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}
