//! How is text of the input written where some characters have a meaning?
//!
//! Every report may be shown on a terminal. So nothing but CSV, which is for files, leaves a character
//! that one obeys: it is written as the format writes it otherwise, or written out.

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
pub(crate) fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        // In the middle of a line these mean nothing.
        let plain = matches!(
            character,
            '%' | '\'' | '(' | ')' | '+' | ',' | '-' | '/' | ';' | '=' | '?' | '{' | '}'
        );
        if character.is_ascii_punctuation() && !plain {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::samples::{self, names};
    use super::*;

    #[test]
    fn what_has_a_meaning_in_a_command_is_escaped() {
        assert_eq!(github_data("50%: a,\r\nb"), "50%25: a,%0D%0Ab");
        assert_eq!(github_property("50%: a,\r\nb"), "50%25%3A a%2C%0D%0Ab");
        assert_eq!(github_data("\u{1b}[31m\u{202E}"), "⟨U+001B⟩[31m⟨U+202E⟩");
    }

    #[test]
    fn every_character_of_ascii_is_xml_or_written_out() {
        for byte in 0..=0x7F_u8 {
            let character = char::from(byte);
            let escaped = xml(&character.to_string());
            match character {
                '&' | '<' | '>' | '"' => assert!(escaped.starts_with('&'), "{escaped}"),
                '\t' | '\n' | '\r' => assert_eq!(escaped, format!("&#{byte};")),
                '\u{7F}' => assert_eq!(escaped, "&#x7F;"),
                _ if character.is_control() => assert_eq!(escaped, format!("⟨U+{byte:04X}⟩")),
                _ => assert_eq!(escaped, character.to_string()),
            }
        }
        assert_eq!(xml("\u{202E}\u{FFFF}é"), "&#x202E;⟨U+FFFF⟩é");
    }

    #[test]
    fn a_formula_is_a_text() {
        for (field, written) in [
            ("plain", "plain"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("say \"a\"", "\"say \"\"a\"\"\""),
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@a", "'@a"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("=a(\"b\",\n1)", "\"'=a(\"\"b\"\",\n1)\""),
            ("a=1", "a=1"),
        ] {
            assert_eq!(csv_field(field), written);
        }
    }

    proptest! {
        #![proptest_config(samples::cases(256))]

        #[test]
        fn a_field_is_read_back(field in names()) {
            // A mark of the byte order is skipped at the start.
            let line = format!("a,{}\n", csv_field(&field));
            let mut reader = csv_core::Reader::new();
            let mut out = vec![0; line.len()];
            let (_, read, _) = reader.read_field(line.as_bytes(), &mut out);
            let (_, _, length) = reader.read_field(&line.as_bytes()[read..], &mut out);
            let read = core::str::from_utf8(&out[..length]).unwrap();
            let read = read.strip_prefix('\'').filter(|_| !field.starts_with('\'')).unwrap_or(read);
            prop_assert_eq!(read, field);
        }
    }
}
