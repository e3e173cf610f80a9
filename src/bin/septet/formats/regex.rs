//! Texts in code, or in a format that has no reader here, found by a regular expression.

use core::ops::Range;

use crate::text::{Comment, Decoded, Encode, Fault, Parsed, Text};

/// A regular expression with a group `text`, and perhaps `key` and `locale`.
#[derive(Clone)]
pub(crate) struct Pattern {
    pub(crate) regex: ::regex::Regex,
    pub(crate) escapes: Escapes,
}

/// How characters are escaped within the group `text`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Escapes {
    /// Not at all.
    None,
    /// As in C, Java, JavaScript, Python and their kin: `\n`, `\"`, `\xE9`, `\u2019`, `\u{2019}`,
    /// `\U0001F44B`.
    Backslash,
    /// A quotation mark is doubled, as in SQL and Visual Basic.
    Doubled,
    /// As in XML and HTML: `&amp;`, `&#8217;`.
    Xml,
}

/// A text without a key is called by its line.
pub(super) fn read(source: &str, pattern: &Pattern) -> Parsed {
    let mut parsed = Parsed::default();
    let (mut line, mut counted) = (1, 0);
    let mut behind = 0;
    for captures in pattern.regex.captures_iter(source) {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        comments(source, behind..whole.start(), &mut parsed.comments);
        behind = whole.end();
        let Some(group) = captures.name("text") else {
            continue;
        };
        let between = source.get(counted..group.start()).unwrap_or_default();
        line += between.bytes().filter(|byte| *byte == b'\n').count();
        counted = group.start();
        let named = |name| captures.name(name).map(|group| group.as_str().to_owned());
        let key = named("key").filter(|key| !key.is_empty());
        // What quotes the text, if it is that.
        let before = source.get(..group.start()).unwrap_or_default();
        let quote = before.chars().next_back();
        let quote = quote.filter(|quote| matches!(quote, '"' | '\'' | '`'));
        let decoded = match decode(source, group.range(), pattern.escapes, quote) {
            Ok(decoded) => decoded,
            Err(fault) => {
                parsed.faults.push(fault);
                continue;
            }
        };
        let value = reading(group.as_str(), pattern.escapes, quote);
        let text = Text {
            path: vec![key.unwrap_or_else(|| format!("line {line}"))],
            locale: named("locale"),
            is_base: false,
            decoded,
            literal: group.range(),
            encode: encoder(pattern.escapes, quote),
            origin: None,
            id: None,
        };
        parsed.take(text, &value);
    }
    comments(source, behind..source.len(), &mut parsed.comments);
    parsed
}

/// What begins a comment that is for us, whatever the marks before it are.
const ALLOW: &str = "septet: allow";

/// Finds comments outside matches. Which of it is code is not known here.
fn comments(source: &str, outside: Range<usize>, found: &mut Vec<Comment>) {
    let mut start = outside.start;
    for line in source
        .get(outside)
        .unwrap_or_default()
        .split_inclusive('\n')
    {
        if let Some(at) = line.find(ALLOW) {
            let text = line.get(at..).unwrap_or_default().trim_end();
            let marks = ["*/}", "*/", "-->"];
            let text = marks
                .iter()
                .find_map(|mark| text.strip_suffix(mark))
                .unwrap_or(text);
            let text = text.trim_end();
            found.push(Comment {
                at: start + at..start + at + text.len(),
                text: text.to_owned(),
            });
        }
        start += line.len();
    }
}

/// What stands at a mark of an escape: a character, and how many bytes it is written in; nothing
/// where the mark is text; or how many bytes cannot be read.
type Escape = Result<Option<(char, usize)>, usize>;

fn decode(
    source: &str,
    range: Range<usize>,
    escapes: Escapes,
    quote: Option<char>,
) -> Result<Decoded, Fault> {
    let is_mark = |character: char| match escapes {
        Escapes::None => false,
        Escapes::Backslash => character == '\\',
        Escapes::Doubled => match quote {
            Some(quote) => character == quote,
            None => matches!(character, '"' | '\''),
        },
        Escapes::Xml => character == '&',
    };
    let mut decoded = Decoded::default();
    let mut at = range.start;
    loop {
        let rest = source.get(at..range.end).unwrap_or_default();
        let Some(length) = rest.find(is_mark) else {
            decoded.verbatim(source, at..range.end);
            return Ok(decoded);
        };
        decoded.verbatim(source, at..at + length);
        at += length;
        let rest = rest.get(length..).unwrap_or_default();
        let escape = match escapes {
            Escapes::None => Ok(None),
            Escapes::Backslash => backslash(rest),
            Escapes::Doubled => doubled(rest, quote.is_some()),
            Escapes::Xml => reference(rest),
        };
        match escape {
            Ok(Some((character, length))) => {
                decoded.escape(character, at..at + length);
                at += length;
            }
            Ok(None) => {
                decoded.verbatim(source, at..at + 1);
                at += 1;
            }
            Err(length) => {
                let escape = rest.get(..length).unwrap_or_default();
                return Err(Fault {
                    at: at..at + length,
                    message: match escapes {
                        Escapes::Doubled => {
                            "this quotation mark is not doubled and ends the text; \
                                             correct the regular expression"
                                .to_owned()
                        }
                        _ => format!(
                            "`{escape}` is no escape that all languages read alike; write the \
                             character itself"
                        ),
                    },
                });
            }
        }
    }
}

/// Reads what a backslash begins. Octal digits and `\a`, `\e`, `\s` are not the same everywhere.
fn backslash(rest: &str) -> Escape {
    let mut characters = rest.chars().skip(1);
    let kind = characters.next().ok_or(1_usize)?;
    let length = 1 + kind.len_utf8();
    let character = match kind {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{C}',
        'v' => '\u{B}',
        '0' if !characters.next().is_some_and(|next| next.is_ascii_digit()) => '\0',
        '\\' | '"' | '\'' | '`' | '/' | '$' => kind,
        'x' => return scalar(rest, 2..4),
        'U' => return scalar(rest, 2..10),
        'u' if rest.get(2..).is_some_and(|rest| rest.starts_with('{')) => {
            let end = rest
                .find('}')
                .filter(|end| (4..=9).contains(end))
                .ok_or(3_usize)?;
            let (character, _) = scalar(rest, 3..end).map_err(|_| end + 1)?.ok_or(end + 1)?;
            return Ok(Some((character, end + 1)));
        }
        'u' => {
            let unit = hex(rest, 2..6).ok_or(2_usize)?;
            let low = rest
                .get(6..8)
                .filter(|begin| *begin == "\\u")
                .and(hex(rest, 8..12));
            return match (unit, low) {
                (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) => {
                    let code = 0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                    char::from_u32(code).map(|pair| Some((pair, 12))).ok_or(12)
                }
                _ => scalar(rest, 2..6),
            };
        }
        _ => return Err(length),
    };
    Ok(Some((character, length)))
}

/// Reads a scalar value in hexadecimal digits, up to their end.
fn scalar(rest: &str, digits: Range<usize>) -> Escape {
    let end = digits.end;
    let code = hex(rest, digits).ok_or(2_usize)?;
    let character = char::from_u32(code).ok_or(end)?;
    Ok(Some((character, end)))
}

fn hex(rest: &str, digits: Range<usize>) -> Option<u32> {
    let digits = rest.get(digits)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)
}

/// Reads what a quotation mark begins, which in the text that it quotes has to be doubled.
fn doubled(rest: &str, must_be: bool) -> Escape {
    let mut characters = rest.chars();
    match (characters.next(), characters.next()) {
        (Some(mark), Some(next)) if mark == next => Ok(Some((mark, 2 * mark.len_utf8()))),
        _ if must_be => Err(1),
        _ => Ok(None),
    }
}

/// The references of XML, and those of HTML that are common in messages.
const REFERENCES: [(&str, char); 14] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", '\u{A0}'),
    ("ndash", '\u{2013}'),
    ("mdash", '\u{2014}'),
    ("lsquo", '\u{2018}'),
    ("rsquo", '\u{2019}'),
    ("ldquo", '\u{201C}'),
    ("rdquo", '\u{201D}'),
    ("hellip", '\u{2026}'),
    ("euro", '\u{20AC}'),
];

/// Reads what an ampersand begins. One that begins no reference is text, as in HTML.
fn reference(rest: &str) -> Escape {
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '#';
    let name = rest.get(1..).unwrap_or_default();
    let name = name
        .get(..name.find(|c| !is_name(c)).unwrap_or(name.len()))
        .unwrap_or_default();
    let is_closed = rest
        .get(1 + name.len()..)
        .is_some_and(|behind| behind.starts_with(';'));
    let length = 1 + name.len() + usize::from(is_closed);
    match referenced(name) {
        Some(character) if is_closed => Ok(Some((character, length))),
        _ if name.starts_with('#') || (is_closed && !name.is_empty()) => Err(length),
        _ => Ok(None),
    }
}

fn referenced(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let known = REFERENCES.iter().find(|(known, _)| *known == name);
        return known.map(|(_, character)| *character);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    // HTML takes some control characters for those of Windows, and XML knows no NUL.
    char::from_u32(code).filter(|character| !matches!(character, '\0' | '\u{80}'..='\u{9F}'))
}

/// Reads a literal without fault once more, in another way.
fn reading(literal: &str, escapes: Escapes, quote: Option<char>) -> String {
    let halved = |text: &str, mark: char| text.replace(&format!("{mark}{mark}"), &mark.to_string());
    match (escapes, quote) {
        (Escapes::None, _) => literal.to_owned(),
        (Escapes::Backslash, _) => by_code_units(literal),
        (Escapes::Doubled, Some(mark)) => halved(literal, mark),
        (Escapes::Doubled, None) => halved(&halved(literal, '"'), '\''),
        (Escapes::Xml, _) => {
            let mut parts = literal.split('&');
            let mut text = parts.next().unwrap_or_default().to_owned();
            for part in parts {
                let (name, rest) = part.split_once(';').unwrap_or_default();
                match referenced(name) {
                    Some(character) => text.extend([&character.to_string(), rest]),
                    None => text.extend(["&", part]),
                }
            }
            text
        }
    }
}

fn by_code_units(literal: &str) -> String {
    let mut parts = literal.split('\\');
    let mut units: Vec<u16> = parts.next().unwrap_or_default().encode_utf16().collect();
    while let Some(part) = parts.next() {
        // Nothing stands between two backslashes.
        let escape = part.split_at_checked(1);
        let (kind, rest) = escape.unwrap_or_else(|| ("\\", parts.next().unwrap_or_default()));
        let first = |length| rest.split_at_checked(length).unwrap_or((rest, ""));
        let (digits, rest) = match kind {
            "0" => ("0", rest),
            "b" => ("8", rest),
            "t" => ("9", rest),
            "n" => ("A", rest),
            "v" => ("B", rest),
            "f" => ("C", rest),
            "r" => ("D", rest),
            "x" => first(2),
            "U" => first(8),
            "u" => match rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
                Some(braced) => braced,
                None => first(4),
            },
            itself => {
                units.extend(itself.encode_utf16());
                ("", rest)
            }
        };
        let code = u32::from_str_radix(digits, 16).ok();
        match code.map(|code| u16::try_from(code).map_err(|_| char::from_u32(code))) {
            Some(Ok(unit)) => units.push(unit),
            Some(Err(Some(character))) => units.extend(character.encode_utf16(&mut [0; 2]).iter()),
            Some(Err(None)) | None => {}
        }
        units.extend(rest.encode_utf16());
    }
    String::from_utf16_lossy(&units)
}

/// Writes a text within its quotation marks, which are not known to be ones where they stand apart
/// from it.
fn encoder(escapes: Escapes, quote: Option<char>) -> Encode {
    match (escapes, quote) {
        (Escapes::None, Some('"')) => verbatim::<'"'>,
        (Escapes::None, Some('\'')) => verbatim::<'\''>,
        (Escapes::None, Some('`')) => verbatim::<'`'>,
        (Escapes::None, _) => verbatim::<NOT_KNOWN>,
        (Escapes::Backslash, Some('"')) => with_backslashes::<'"'>,
        (Escapes::Backslash, Some('\'')) => with_backslashes::<'\''>,
        (Escapes::Backslash, Some('`')) => with_backslashes::<'`'>,
        (Escapes::Backslash, _) => with_backslashes::<NOT_KNOWN>,
        (Escapes::Doubled, Some('"')) => with_doubled::<'"'>,
        (Escapes::Doubled, Some('\'')) => with_doubled::<'\''>,
        (Escapes::Doubled, _) => with_doubled::<NOT_KNOWN>,
        (Escapes::Xml, _) => with_references,
    }
}

/// Stands for a quotation mark: a character that none of the encoders lets through.
const NOT_KNOWN: char = '\0';

fn verbatim<const QUOTE: char>(text: &str) -> Option<String> {
    (!text.contains([QUOTE, '\\', '\r', '\n'])).then(|| text.to_owned())
}

fn with_backslashes<const QUOTE: char>(text: &str) -> Option<String> {
    let may_end = QUOTE == NOT_KNOWN && text.contains(['"', '\'', '`']);
    // Between two backticks `${` is evaluated.
    let may_begin = text.contains("${") || text.ends_with('$') || text.starts_with('{');
    if may_end || (QUOTE == '`' && may_begin) {
        return None;
    }
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            character if character.is_control() => return None,
            '\\' => written.push_str("\\\\"),
            character if character == QUOTE => written.extend(['\\', QUOTE]),
            character => written.push(character),
        }
    }
    Some(written)
}

fn with_doubled<const QUOTE: char>(text: &str) -> Option<String> {
    let may_end = QUOTE == NOT_KNOWN && text.contains(['"', '\'']);
    if may_end || text.contains(['\r', '\n', '\0']) {
        return None;
    }
    Some(text.replace(QUOTE, &format!("{QUOTE}{QUOTE}")))
}

fn with_references(text: &str) -> Option<String> {
    if text.contains(char::is_control) {
        return None;
    }
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\'' => written.push_str("&#39;"),
            character => written.push(character),
        }
    }
    Some(written)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::testing::{check_bounds, check_places, config, faults, one_of, texts};

    fn pattern(regex: &str, escapes: Escapes) -> Pattern {
        Pattern {
            regex: ::regex::Regex::new(regex).unwrap(),
            escapes,
        }
    }

    /// All of a line between quotation marks.
    fn quoted(escapes: Escapes) -> Pattern {
        pattern("(?m)^\"(?P<text>.*)\"$", escapes)
    }

    /// What a literal in quotation marks holds, or what of it is at fault.
    fn read_quoted(literal: &str, escapes: Escapes) -> Result<String, String> {
        let source = format!("\"{literal}\"");
        let parsed = read(&source, &quoted(escapes));
        match (&parsed.texts[..], &faults(&parsed, &source)[..]) {
            ([text], []) => Ok(text.decoded.text().to_owned()),
            ([], [(at, _)]) => Err((*at).to_owned()),
            _ => panic!("one text or one fault"),
        }
    }

    #[test]
    fn every_match_is_a_text_with_its_key_and_locale() {
        let regex = r#"(?s)(?:(?P<locale>\w\w):)?sms\((?P<key>[^,]*), "(?P<text>.*?)"\)"#;
        let source = "sms(a, \"x\") fr:sms(b, \"y\nz\")\n\nsms(, \"w\") sms(c, x)";
        let parsed = read(source, &pattern(regex, Escapes::None));
        let expected = [
            ("a".to_owned(), None, "x"),
            ("b".to_owned(), Some("fr"), "y\nz"),
            ("line 4".to_owned(), None, "w"),
        ];
        assert_eq!(texts(&parsed), expected);
        assert_eq!(&source[parsed.texts[1].literal.clone()], "y\nz");
        assert!(texts(&read("", &pattern(regex, Escapes::None))).is_empty());
    }

    #[test]
    fn a_match_without_the_group_is_no_text() {
        let parsed = read("a b", &pattern("(?P<text>a)|b", Escapes::Xml));
        assert_eq!(texts(&parsed), [("line 1".to_owned(), None, "a")]);
        // Empty matches stand between all characters.
        assert_eq!(
            texts(&read("é", &pattern("(?P<text>)", Escapes::Xml))).len(),
            2
        );
    }

    #[test]
    fn comments_outside_of_matches_are_found() {
        let source = "\"septet: allow a\"\n\
                      # septet: allow b -- c \r\n\
                      /* septet: allow d */\n\
                      {/* septet: allow e -- é */}\n\
                      <!-- septet: allow f -->\n\
                      \"x\"";
        let parsed = read(source, &quoted(Escapes::None));
        let found: Vec<_> = parsed
            .comments
            .iter()
            .map(|comment| comment.text.as_str())
            .collect();
        assert_eq!(
            found,
            [
                "septet: allow b -- c",
                "septet: allow d",
                "septet: allow e -- é",
                "septet: allow f",
            ]
        );
        for comment in &parsed.comments {
            assert_eq!(source[comment.at.clone()], comment.text);
        }
    }

    #[test]
    fn a_comment_ends_where_a_match_begins() {
        let source = "septet: allow a -- b \"x\"";
        let parsed = read(source, &pattern("\"(?P<text>.*)\"", Escapes::None));
        assert_eq!(parsed.comments[0].text, "septet: allow a -- b");
        assert_eq!(parsed.texts.len(), 1);
    }

    /// What stands in a literal, and what it is.
    const BACKSLASHES: [(&str, char); 26] = [
        ("a", 'a'),
        ("é", 'é'),
        ("€", '€'),
        ("👋", '👋'),
        ("'", '\''),
        ("{", '{'),
        (r"\n", '\n'),
        (r"\r", '\r'),
        (r"\t", '\t'),
        (r"\b", '\u{8}'),
        (r"\f", '\u{C}'),
        (r"\v", '\u{B}'),
        (r"\0", '\0'),
        (r"\\", '\\'),
        (r#"\""#, '"'),
        (r"\'", '\''),
        (r"\`", '`'),
        (r"\/", '/'),
        (r"\$", '$'),
        (r"\xE9", 'é'),
        (r"\u2019", '’'),
        (r"\u{e9}", 'é'),
        (r"\u{01F44B}", '👋'),
        (r"\uD83D\uDC4B", '👋'),
        (r"\U0001f44b", '👋'),
        (r"\x41", 'A'),
    ];

    const DOUBLED: [(&str, char); 5] = [
        ("a", 'a'),
        ("é", 'é'),
        ("''", '\''),
        ("👋", '👋'),
        ("\"", '"'),
    ];

    const XML: [(&str, char); 12] = [
        ("a", 'a'),
        ("é", 'é'),
        (";", ';'),
        ("#", '#'),
        ("&", '&'),
        ("&amp;", '&'),
        ("&nbsp;", '\u{A0}'),
        ("&#38;", '&'),
        ("&#8217;", '’'),
        ("&#x2019;", '’'),
        ("&#X1F44b;", '👋'),
        ("&#009;", '\t'),
    ];

    #[test]
    fn every_escape_is_its_character() {
        for (written, character) in BACKSLASHES {
            let read = read_quoted(written, Escapes::Backslash);
            assert_eq!(read, Ok(character.to_string()), "{written}");
        }
        for (name, character) in REFERENCES {
            assert_eq!(
                read_quoted(&format!("&{name};"), Escapes::Xml),
                Ok(character.to_string())
            );
        }
        assert_eq!(
            read_quoted(r"\n&amp;''", Escapes::None),
            Ok(r"\n&amp;''".to_owned())
        );
        assert_eq!(
            read_quoted(r#"a""b"#, Escapes::Doubled),
            Ok(r#"a"b"#.to_owned())
        );
        assert_eq!(read_quoted("a''b", Escapes::Doubled), Ok("a''b".to_owned()));
        let apart = pattern("=(?P<text>.*)", Escapes::Doubled);
        assert_eq!(
            read(r#"=a''b"c"""#, &apart).texts[0].decoded.text(),
            r#"a'b"c""#
        );
    }

    #[test]
    fn an_escape_that_is_none_is_a_fault_at_it() {
        let cases = [
            (r"a\qb", r"\q"),
            (r"a\é", r"\é"),
            (r"\a", r"\a"),
            (r"\101", r"\1"),
            (r"\012", r"\0"),
            (r"\x4", r"\x"),
            (r"\x+4", r"\x"),
            (r"\u12", r"\u"),
            (r"\u12é4", r"\u"),
            (r"\u{}", r"\u{"),
            (r"\u{12", r"\u{"),
            (r"\u{1234567}", r"\u{"),
            (r"\u{110000}", r"\u{110000}"),
            (r"\u{D83D}", r"\u{D83D}"),
            (r"\u{xyz}", r"\u{xyz}"),
            (r"\uD83D", r"\uD83D"),
            (r"\uDC4B", r"\uDC4B"),
            (r"\uDC4B\uD83D", r"\uDC4B"),
            (r"\uD83D\u0041", r"\uD83D"),
            (r"\U00110000", r"\U00110000"),
            (r"\U0001F44", r"\U"),
            (r"a\", r"\"),
            (r"\N{BULLET}", r"\N"),
        ];
        for (literal, fault) in cases {
            let read = read_quoted(literal, Escapes::Backslash);
            assert_eq!(read, Err(fault.to_owned()), "{literal}");
        }
        let cases = [
            ("a&eacute;b", "&eacute;"),
            ("&#0;", "&#0;"),
            ("&#146;", "&#146;"),
            ("&#xD83D;", "&#xD83D;"),
            ("&#x110000;", "&#x110000;"),
            ("&#99999999999;", "&#99999999999;"),
            ("&#;", "&#;"),
            ("&#12", "&#12"),
            ("&#12 ", "&#12"),
        ];
        for (literal, fault) in cases {
            assert_eq!(
                read_quoted(literal, Escapes::Xml),
                Err(fault.to_owned()),
                "{literal}"
            );
        }
        for text in ["R&D", "a & b", "&", "&;", "AT&T"] {
            assert_eq!(read_quoted(text, Escapes::Xml), Ok(text.to_owned()));
        }
        assert_eq!(
            read_quoted(r#"a"b"#, Escapes::Doubled),
            Err("\"".to_owned())
        );
        let message =
            "`\\q` is no escape that all languages read alike; write the character itself";
        assert_eq!(
            read("\"\\q\"", &quoted(Escapes::Backslash)).faults[0].message,
            message
        );
    }

    #[test]
    fn a_fault_leaves_the_other_texts() {
        let source = "\"a\"\n\"\\q\"\n\"b\"";
        let parsed = read(source, &quoted(Escapes::Backslash));
        let keys: Vec<_> = parsed
            .texts
            .iter()
            .map(|text| text.path[0].as_str())
            .collect();
        assert_eq!((keys, parsed.faults.len()), (vec!["line 1", "line 3"], 1));
    }

    #[test]
    fn a_replacement_is_written_for_the_marks_that_are_there() {
        let encode = |before: &str, escapes, text: &str| {
            let pattern = pattern(".=.?(?P<text>x)", escapes);
            let parsed = read(&format!("a={before}x"), &pattern);
            (parsed.texts[0].encode)(text)
        };
        let some = |text: &str| Some(text.to_owned());
        let all = "'\"`\\";
        assert_eq!(encode("\"", Escapes::Backslash, all), some("'\\\"`\\\\"));
        assert_eq!(encode("'", Escapes::Backslash, all), some("\\'\"`\\\\"));
        assert_eq!(encode("`", Escapes::Backslash, all), some("'\"\\`\\\\"));
        assert_eq!(encode("", Escapes::Backslash, all), None);
        assert_eq!(encode("", Escapes::Backslash, "a\\\n"), some("a\\\\\\n"));
        assert_eq!(encode("\"", Escapes::Backslash, "a\r\tb"), some("a\\r\\tb"));
        assert_eq!(encode("\"", Escapes::Backslash, "\u{7}"), None);
        assert_eq!(encode("\"", Escapes::Backslash, "${x}"), some("${x}"));
        for text in ["${x}", "a$", "{a"] {
            assert_eq!(encode("`", Escapes::Backslash, text), None);
        }
        assert_eq!(encode("\"", Escapes::Doubled, "'\""), some("'\"\""));
        assert_eq!(encode("'", Escapes::Doubled, "'\""), some("''\""));
        for text in ["'", "\"", "\n"] {
            assert_eq!(encode("", Escapes::Doubled, text), None);
        }
        assert_eq!(encode("'", Escapes::Doubled, "\r"), None);
        assert_eq!(encode("", Escapes::Doubled, "a`"), some("a`"));
        assert_eq!(
            encode("\"", Escapes::Xml, "<'&\">"),
            some("&lt;&#39;&amp;&quot;&gt;")
        );
        assert_eq!(encode("\"", Escapes::Xml, "\n"), None);
        for (before, mark) in [("'", "'"), ("\"", "\""), ("`", "`")] {
            assert_eq!(encode(before, Escapes::None, mark), None);
        }
        assert_eq!(encode("'", Escapes::None, "\""), some("\""));
        assert_eq!(encode("", Escapes::None, "'\"`"), some("'\"`"));
        for text in ["\\", "\n", "\r"] {
            assert_eq!(encode("", Escapes::None, text), None);
        }
    }

    /// Reads a text made of pieces back, with the place of each character.
    fn check_pieces(pieces: &[(&str, char)], quote: &str, escapes: Escapes) {
        let literal: String = pieces.iter().map(|(written, _)| *written).collect();
        let source = format!("é {quote}{literal}{quote} é");
        let regex = format!("(?s) {quote}(?P<text>.*){quote} ");
        let parsed = read(&source, &pattern(&regex, escapes));
        let found = texts(&parsed);
        let text: String = pieces.iter().map(|(_, character)| *character).collect();
        assert_eq!(found, [("line 1".to_owned(), None, text.as_str())]);
        check_places(&source, &parsed.texts[0], |cut| {
            let known = pieces.iter().find(|(written, _)| *written == cut);
            known.map(|(_, character)| character.to_string()).unwrap()
        });
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn every_character_stands_where_it_is_said_to(
            backslashes in prop::collection::vec(one_of(&BACKSLASHES), 0..24),
            doubled in prop::collection::vec(one_of(&DOUBLED), 0..24),
            xml in prop::collection::vec(one_of(&XML), 0..24),
        ) {
            check_pieces(&backslashes, "\"", Escapes::Backslash);
            check_pieces(&doubled, "'", Escapes::Doubled);
            // A name behind `&` may make it a reference.
            let follows_bare =
                |pair: &[(&str, char)]| pair[0].0 == "&" && !pair[1].0.starts_with('&');
            prop_assume!(!xml.windows(2).any(follows_bare));
            check_pieces(&xml, "\"", Escapes::Xml);
        }

        #[test]
        fn what_is_encoded_is_read_back(text in any::<String>()) {
            for (escapes, quote) in [
                (Escapes::None, "'"),
                (Escapes::Backslash, "'"),
                (Escapes::Backslash, "\""),
                (Escapes::Backslash, "`"),
                (Escapes::Doubled, "'"),
                (Escapes::Doubled, "\""),
                (Escapes::Xml, "\""),
            ] {
                if let Some(written) = encoder(escapes, quote.chars().next())(&text) {
                    let source = format!("{quote}{written}{quote}");
                    let whole = pattern(&format!("(?s)^{quote}(?P<text>.*){quote}$"), escapes);
                    let parsed = read(&source, &whole);
                    prop_assert_eq!(texts(&parsed)[0].2, &text);
                }
            }
        }

        #[test]
        fn no_file_is_too_strange(
            source in prop::collection::vec(
                one_of(&[
                    "\\", "u", "x", "{", "}", "D83D", "é", "0", "\"", "'", "&", "#", ";", "\n",
                    "septet: allow",
                ]),
                0..24,
            ),
        ) {
            let source = source.concat();
            for escapes in [Escapes::None, Escapes::Backslash, Escapes::Doubled, Escapes::Xml] {
                for regex in [
                    "(?P<text>.*)",
                    "\"(?P<text>[^\"]*)\"",
                    "(?P<text>)",
                    "(?P<key>u)|(?P<text>é)",
                ] {
                    check_bounds(&read(&source, &pattern(regex, escapes)), &source);
                }
            }
        }
    }
}
