//! Where a file is not the JSON that it should be.

use jsonc_parser::ParseStringErrorKind;
use jsonc_parser::errors::{ParseError, ParseErrorKind as Kind};

use super::Dialect;
use super::literal::unescape;
use crate::text::{Comment, Fault};

/// How deep values may be nested: each level is one of recursion.
const MAX_DEPTH: usize = 128;

const TOO_DEEP: &str = "nested deeper than 128 levels";
const UNCLOSED: &str = "this is not closed before the file ends; close it";
const BROKEN_ESCAPE: &str = "a broken escape, or half a surrogate pair; write the character itself";

/// Finds the comments of a file, and the first fault that the parser forgives or finds too late:
/// other white space than JSON has, strings over several lines, control characters and broken
/// escapes in strings, values nested too deep.
pub(super) fn scan(source: &str, dialect: Dialect) -> (Vec<Comment>, Option<Fault>) {
    let mut comments = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(rest) = source.get(at..) {
        let Some(character) = rest.chars().next() else {
            break;
        };
        let fault = |length, message: &str| {
            Some(Fault {
                at: at..at + length,
                message: message.to_owned(),
            })
        };
        let mut end = at + character.len_utf8();
        match character {
            '"' => match string(source, at) {
                Ok(behind) => end = behind,
                Err(fault) => return (comments, Some(fault)),
            },
            '{' | '[' => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return (comments, fault(1, TOO_DEEP));
                }
            }
            '}' | ']' => depth = depth.saturating_sub(1),
            '/' if dialect == Dialect::WithComments => {
                if let Some((length, text)) = comment(rest) {
                    end = at + length;
                    comments.push(Comment {
                        at: at..end,
                        text: text.to_owned(),
                    });
                }
            }
            ' ' | '\t' | '\n' | '\r' => {}
            _ if character.is_whitespace() => {
                let message = "white space that JSON does not know; put a space instead";
                return (comments, fault(character.len_utf8(), message));
            }
            _ => {}
        }
        at = end;
    }
    (comments, None)
}

/// Where a string ends that starts at a place, behind its quotation mark.
fn string(source: &str, start: usize) -> Result<usize, Fault> {
    let mut at = start + 1;
    loop {
        let rest = source.get(at..).unwrap_or_default();
        let special = |byte| matches!(byte, b'"' | b'\\' | ..b' ');
        let plain = rest.bytes().position(special).unwrap_or(rest.len());
        at += plain;
        let rest = rest.get(plain..).unwrap_or_default();
        let (at, message) = match rest.bytes().next() {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => match unescape(rest) {
                Some((_, length)) => {
                    at += length;
                    continue;
                }
                None => (at..at + broken(rest), BROKEN_ESCAPE),
            },
            None | Some(b'\n' | b'\r') => (
                start..at,
                "this string is not closed in its line; close it, or write a line end as `\\n`",
            ),
            Some(_) => (
                at..at + 1,
                "a control character in a string; write it as an escape, like `\\t`",
            ),
        };
        return Err(Fault {
            at,
            message: message.to_owned(),
        });
    }
}

/// How many bytes of a broken escape belong to it.
fn broken(escape: &str) -> usize {
    let digits = escape.strip_prefix("\\u").unwrap_or_default().bytes();
    let digits = digits.take(4).take_while(u8::is_ascii_hexdigit).count();
    let letter = escape.chars().nth(1).filter(|letter| !letter.is_control());
    '\\'.len_utf8() + letter.map_or(0, char::len_utf8) + digits
}

/// The comment that a text starts with: its length, and what it says.
fn comment(text: &str) -> Option<(usize, &str)> {
    if let Some(line) = text.strip_prefix("//") {
        let line = line.split(['\n', '\r']).next().unwrap_or_default();
        return Some(("//".len() + line.len(), line));
    }
    let (inner, _) = text.strip_prefix("/*")?.split_once("*/")?;
    Some(("/**/".len() + inner.len(), inner))
}

/// Says in our words what the parser refuses.
pub(super) fn fault(error: &ParseError, source: &str) -> Fault {
    let message = match error.kind() {
        Kind::CommentsNotAllowed => "JSON has no comments; remove it, or read the file as `jsonc`",
        Kind::TrailingCommasNotAllowed => "a comma with nothing behind it; remove it",
        Kind::ExpectedComma => "a comma is missing",
        Kind::ExpectedColonAfterObjectKey => "a colon is missing behind the key",
        Kind::ExpectedStringObjectProperty | Kind::UnexpectedTokenInObject => {
            "a key in double quotation marks is expected"
        }
        Kind::ExpectedObjectValue
        | Kind::SingleQuotedStringsNotAllowed
        | Kind::UnexpectedCloseBrace
        | Kind::UnexpectedCloseBracket
        | Kind::UnexpectedColon
        | Kind::UnexpectedComma
        | Kind::UnexpectedToken
        | Kind::UnexpectedWord => "a value is expected; a text stands in double quotation marks",
        Kind::MultipleRootJsonValues => {
            "the file goes on behind its value; one value a line is the format `json-lines`"
        }
        Kind::BareDecimalPointNumbersNotAllowed
        | Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral
        | Kind::HexadecimalNumbersNotAllowed
        | Kind::NonFiniteNumbersNotAllowed
        | Kind::UnaryPlusNumbersNotAllowed => "not a number that JSON knows",
        Kind::String(ParseStringErrorKind::UnterminatedStringLiteral)
        | Kind::UnterminatedArray
        | Kind::UnterminatedCommentBlock
        | Kind::UnterminatedObject => UNCLOSED,
        Kind::String(_) => BROKEN_ESCAPE,
        Kind::NestingDepthExceeded => TOO_DEEP,
    };
    let range = error.range();
    let shown = source.get(range.start..range.end).unwrap_or_default();
    let line = shown.lines().next().unwrap_or_default();
    Fault {
        at: range.start..range.start + line.len(),
        message: message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::super::read;
    use super::*;
    use crate::text::Parsed;

    fn strict(source: &str) -> Parsed {
        read(source, Dialect::Strict, "file")
    }

    /// Files that are no JSON, with the place of the fault between `‹` and `›`.
    const REFUSED: &[(&str, &str)] = &[
        ("‹›", "empty"),
        ("‹› \r\n\t", "empty"),
        ("[‹\u{b}›]", "white space"),
        ("[‹\u{c}›]", "white space"),
        ("{\"a\":‹\u{a0}›\"b\"}", "white space"),
        ("‹\u{2028}›[]", "white space"),
        ("‹\u{feff}›{}", "a value is expected"),
        ("[‹\0›]", "a value is expected"),
        ("‹{›", "not closed before"),
        ("[‹[1›", "not closed before"),
        ("{\"a\":‹[›\n1,", "not closed before"),
        ("{\"a\": ‹›", "a value is expected"),
        ("{\"a\": ‹}›", "a value is expected"),
        ("{‹]›", "a key"),
        ("{\"a\":1‹,›}", "a comma with nothing"),
        ("[1‹,› ]", "a comma with nothing"),
        ("[‹,›1]", "a value is expected"),
        ("[1,‹,›2]", "a value is expected"),
        ("{‹,›}", "a key"),
        ("[1‹› 2]", "a comma is missing"),
        ("[0‹›1]", "a comma is missing"),
        ("{\"a\": 1‹›\n\"b\": 2}", "a comma is missing"),
        ("{\"a\" ‹1›}", "a colon"),
        ("{\"a\"‹}›", "a colon"),
        ("{\"a\"‹,›}", "a colon"),
        ("{‹a›: 1}", "a key"),
        ("{‹1›: 1}", "a key"),
        ("{‹null›: 1}", "a key"),
        ("{‹'›a': 1}", "a value is expected"),
        ("[‹'›a']", "a value is expected"),
        ("‹:›", "a value is expected"),
        ("‹]›", "a value is expected"),
        ("[‹True›]", "a value is expected"),
        ("[‹truee›]", "a value is expected"),
        ("[‹nul›]", "a value is expected"),
        ("[‹undefined›]", "a value is expected"),
        ("[‹NaN›]", "a value is expected"),
        ("[‹Infinity›]", "a value is expected"),
        ("[‹-Infinity›]", "not a number"),
        ("[‹0›x10]", "not a number"),
        ("[‹+›1]", "not a number"),
        ("[‹.›5]", "not a number"),
        ("[‹5.›]", "not a number"),
        ("[‹5.›e1]", "not a number"),
        ("[-‹]›", "not a number"),
        ("[1e‹]›", "not a number"),
        ("[1e+‹]›", "not a number"),
        ("{} ‹{›}", "goes on"),
        ("\"a\" ‹\"b\"›", "goes on"),
        ("[1]‹,›", "goes on"),
        ("0‹1›", "goes on"),
        ("‹// a›\n{}", "no comments"),
        ("{} ‹/* a */›", "no comments"),
        ("{}‹/›", "a value is expected"),
        ("[\"a‹\t›\"]", "a control character"),
        ("[\"a‹\u{1}›\"]", "a control character"),
        ("[‹\"a›\n\"]", "not closed in its line"),
        ("[‹\"a›\r\n\"]", "not closed in its line"),
        ("[‹\"a›", "not closed in its line"),
        ("[‹\"\\\"›", "not closed in its line"),
        ("[‹\"\\›", "not closed before"),
        ("[\"‹\\›\n\"]", "a broken escape"),
        ("[\"‹\\v›\"]", "a broken escape"),
        ("[\"‹\\'›\"]", "a broken escape"),
        ("[\"‹\\0›\"]", "a broken escape"),
        ("[\"‹\\é›\"]", "a broken escape"),
        ("[\"‹\\x›41\"]", "a broken escape"),
        ("[\"‹\\u12›\"]", "a broken escape"),
        ("[\"‹\\u›+123\"]", "a broken escape"),
        ("[\"a‹\\ud800›\"]", "a broken escape"),
        ("[\"a‹\\udc00›\"]", "a broken escape"),
        ("[\"a‹\\ud800›x\"]", "a broken escape"),
        ("[\"a‹\\ud800›\\u0041\"]", "a broken escape"),
        ("[\"a‹\\uD83D›\\\", \"]", "a broken escape"),
        ("{\"‹\\ud800›\": 1}", "a broken escape"),
        // The first of several.
        ("{\"a\": ‹b›\", \"c\": \"\t\"}", "a value is expected"),
        ("{\"a\": \"‹\t›\", b}", "a control character"),
    ];

    #[test]
    fn what_serde_json_refuses_is_refused_at_its_place() {
        for (marked, message) in REFUSED {
            let source = marked.replace(['‹', '›'], "");
            assert!(
                serde_json::from_str::<serde_json::Value>(&source).is_err(),
                "{marked}"
            );
            let start = marked.find('‹').expect("a mark");
            let end = marked.find('›').expect("a mark") - '‹'.len_utf8();
            let parsed = strict(&source);
            assert_eq!(parsed.texts.len(), 0, "{marked}");
            assert_eq!(parsed.faults.len(), 1, "{marked}");
            let fault = &parsed.faults[0];
            assert_eq!(
                (fault.at.clone(), marked),
                (start..end, marked),
                "{}",
                fault.message
            );
            assert!(
                fault.message.contains(message),
                "{marked}: {}",
                fault.message
            );
        }
    }

    #[test]
    fn with_comments_only_comments_and_last_commas_are_forgiven() {
        for (marked, message) in REFUSED {
            let source = marked.replace(['‹', '›'], "");
            let is_forgiven = ["no comments", "a comma with nothing"].contains(message);
            let faults = read(&source, Dialect::WithComments, "file").faults;
            assert_eq!(faults.is_empty(), is_forgiven, "{marked}");
        }
        for unclosed in ["{} /* a", "{} /*/", "{} /**"] {
            let faults = read(unclosed, Dialect::WithComments, "file").faults;
            assert_eq!(faults[0].at, 3..unclosed.len());
            assert_eq!(faults[0].message, UNCLOSED);
        }
    }

    #[test]
    fn the_message_on_depth_names_the_limit() {
        assert!(TOO_DEEP.contains(&format!(" {MAX_DEPTH} ")));
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn what_is_refused_is_what_serde_json_refuses(
            tokens in vec(prop::sample::select(TOKENS), 0..24),
            document in prop::sample::select(DOCUMENTS),
            cut in any::<prop::sample::Index>(),
        ) {
            let cut = cut.index(document.len());
            let damaged = document.split_at_checked(cut).map(|(before, behind)| {
                [before, tokens.first().unwrap_or(&""), behind].concat()
            });
            for source in damaged.into_iter().chain([tokens.concat()]) {
                agrees(&source)?;
            }
        }
    }

    /// Documents that are damaged by a token in some place.
    const DOCUMENTS: &[&str] = &[
        r#"{"a": [1, "b\n\ud83d\udc4b", {"c": null}], "d": -1.5e+3, "": {}}"#,
        "[\r\n\t[], [true ,false] , \"é👋\" ]\n",
        r#""\u0041\"\\""#,
    ];

    const TOKENS: &[&str] = &[
        "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "{\"a\":", "\\", "\\u", "\\n", "\\ud83d",
        "\\udc4b", "12", "0", "-", "+", ".", "e", "1.5", "true", "nul", "null", "NaN", "a", "'",
        "/", "//", "/*", "*/", " ", "\n", "\r", "\t", "\u{b}", "\u{a0}", "\u{feff}", "\u{1}", "é",
        "👋", "_", "$",
    ];

    fn agrees(source: &str) -> Result<(), TestCaseError> {
        let expected = serde_json::from_str::<serde_json::Value>(source);
        // How large a number may be is no matter of syntax.
        let is_range = |error: &serde_json::Error| error.to_string().contains("out of range");
        if !expected.as_ref().is_err_and(is_range) {
            prop_assert_eq!(
                strict(source).faults.is_empty(),
                expected.is_ok(),
                "{}",
                source
            );
        }
        for dialect in [Dialect::Strict, Dialect::WithComments] {
            let parsed = read(source, dialect, "file");
            prop_assert!(parsed.faults.len() <= 1);
            let places = parsed.faults.iter().map(|fault| &fault.at);
            for at in places.chain(parsed.comments.iter().map(|comment| &comment.at)) {
                prop_assert!(source.get(at.clone()).is_some());
            }
        }
        Ok(())
    }
}
