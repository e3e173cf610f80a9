//! How a text is written as a JSON string, and read from one.

use core::iter;
use core::ops::Range;

use crate::text::Decoded;

/// Reads a string at a range of bytes, which has its quotation marks. It ends at a broken escape,
/// which parsers refuse.
pub(in crate::formats) fn decode(source: &str, literal: Range<usize>) -> Decoded {
    let mut decoded = Decoded::default();
    let end = literal.end.saturating_sub(1);
    let mut at = literal.start + 1;
    while let Some(rest) = source.get(at..end).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        decoded.verbatim(source, at..at + plain);
        at += plain;
        let Some((character, length)) = rest.get(plain..).and_then(unescape) else {
            break;
        };
        decoded.escape(character, at..at + length);
        at += length;
    }
    decoded
}

/// Reads the escape that a text starts with, and how many bytes it has. Two halves of a surrogate
/// pair are one.
pub(super) fn unescape(text: &str) -> Option<(char, usize)> {
    let character = match text.strip_prefix('\\')?.bytes().next()? {
        quoted @ (b'"' | b'\\' | b'/') => char::from(quoted),
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let mut units = iter::once(unit(text)?).chain(text.get(UNIT..).and_then(unit));
            let character = char::decode_utf16(&mut units).next()?.ok()?;
            return Some((character, UNIT * character.len_utf16()));
        }
        _ => return None,
    };
    Some((character, 2))
}

/// How many bytes `\u0000` has.
const UNIT: usize = 6;

fn unit(text: &str) -> Option<u16> {
    let digits = text.get(..UNIT)?.strip_prefix("\\u")?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_number.then(|| u16::from_str_radix(digits, 16).ok())?
}

/// Writes characters as a JSON string has them.
pub(in crate::formats) fn encode(text: &str) -> Option<String> {
    let string = serde_json::to_string(text).ok()?;
    let content = string.strip_prefix('"')?.strip_suffix('"')?;
    Some(content.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What serde_json reads in the same place.
    fn expected(escape: &str) -> Option<(char, usize)> {
        let text: String = serde_json::from_str(&format!("\"{escape}\"")).ok()?;
        let mut characters = text.chars();
        Some((characters.next()?, escape.len())).filter(|_| characters.next().is_none())
    }

    #[test]
    fn every_escape_of_one_letter_is_known() {
        let escapes = (' '..='\u{ff}').map(|letter| format!("\\{letter}"));
        let known = escapes.filter(|escape| {
            assert_eq!(unescape(escape), expected(escape), "{escape}");
            unescape(escape).is_some()
        });
        assert_eq!(known.count(), 8);
        assert_eq!(unescape("\\"), None);
        assert_eq!(unescape("n"), None);
    }

    #[test]
    fn every_code_unit_is_known_and_no_half_of_a_pair() {
        for unit in 0..=u16::MAX {
            let lower = format!("\\u{unit:04x}");
            assert_eq!(unescape(&lower), expected(&lower), "{lower}");
            assert_eq!(unescape(&lower).is_none(), (0xD800..0xE000).contains(&unit));
            assert_eq!(unescape(&format!("\\u{unit:04X}\\u0041")), unescape(&lower));
        }
        for broken in [
            "\\u", "\\u12", "\\u+123", "\\u 123", "\\u12é", "\\U0041", "\\u-001",
        ] {
            assert_eq!(unescape(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_surrogate_pair_is_one_escape() {
        let edges = [
            0xD7FF, 0xD800, 0xD801, 0xDBFF, 0xDC00, 0xDC01, 0xDFFF, 0xE000,
        ];
        for high in 0xD800..0xDC00 {
            for low in edges {
                let pair = format!("\\u{high:04x}\\u{low:04X}");
                assert_eq!(unescape(&pair), expected(&pair), "{pair}");
            }
        }
        assert_eq!(unescape("\\ud83d\\udc4b and more"), Some(('👋', 12)));
        for broken in [
            "\\ud83d",
            "\\ud83d\\udc4",
            "\\ud83dudc4b",
            "\\udc4b\\ud83d",
            "\\ud83d👋",
        ] {
            assert_eq!(unescape(broken), None, "{broken}");
        }
    }

    #[test]
    fn only_what_has_to_be_is_escaped() {
        let plain: String = (' '..=char::MAX).collect();
        let escaped = plain.replace('\\', r"\\").replace('"', r#"\""#);
        assert!(encode(&plain) == Some(escaped));
        let controls: String = ('\0'..' ').collect();
        let encoded = encode(&controls).expect("every text can be written");
        assert!(encoded.chars().all(|character| character >= ' '));
        let read: String = serde_json::from_str(&format!("\"{encoded}\"")).expect("a string");
        assert_eq!(read, controls);
        assert_eq!(
            encode("\"\\/\u{8}\u{c}\n\r\t\0\u{1f}\u{7f}").as_deref(),
            Some("\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u{7f}")
        );
    }

    #[test]
    fn a_text_ends_at_a_broken_escape() {
        let source = r#"["ab\n\x", "c"]"#;
        assert_eq!(decode(source, 1..9).text(), "ab\n");
        assert_eq!(decode(source, 11..14).text(), "c");
        assert_eq!(decode(source, 11..99).text(), "");
        assert_eq!(decode(source, 0..0).text(), "");
    }
}
