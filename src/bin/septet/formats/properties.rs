//! Which values does a file of Java properties hold?
//!
//! The format is that of `java.util.Properties.load`, in UTF-8. No parser of it is well kept, so
//! that a second reading here, which knows nothing of places, has to come to the same text.

use core::iter::Peekable;
use core::ops::Range;

use crate::lines::{behind_line_end, line_end};
use crate::text::{Comment, Decoded, Encode, Fault, Parsed, Text};

const BLANKS: [char; 3] = [' ', '\t', '\x0C'];

pub(super) fn read(source: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut at = 0;
    while at < source.len() {
        let start = behind_blanks(source, at);
        let end = line_end(source, start);
        if let Some(comment) = source
            .get(start..end)
            .and_then(|line| line.strip_prefix(['#', '!']))
        {
            parsed.comments.push(Comment {
                at: start..end,
                text: comment.trim_start_matches(['#', '!']).trim().to_owned(),
            });
            at = behind_line_end(source, end);
        } else {
            let pieces;
            (pieces, at) = logical_line(source, start);
            if pieces.iter().any(|piece| !piece.is_empty()) {
                entry(source, &pieces, &mut parsed);
            }
        }
    }
    parsed
}

/// The pieces of a line that goes on where a backslash is its last character, without the
/// backslashes and the blanks that the others begin with; and where the next one begins.
fn logical_line(source: &str, start: usize) -> (Vec<Range<usize>>, usize) {
    let mut pieces = Vec::new();
    let mut at = start;
    loop {
        let end = line_end(source, at);
        let piece = source.get(at..end).unwrap_or_default();
        let backslashes = piece
            .bytes()
            .rev()
            .take_while(|byte| *byte == b'\\')
            .count();
        let goes_on = backslashes % 2 == 1;
        pieces.push(at..end - usize::from(goes_on));
        let next = behind_line_end(source, end);
        // A line of nothing but a backslash is as good as an empty one.
        let is_empty = pieces.iter().all(Range::is_empty);
        if !goes_on || next == end || is_empty {
            return (pieces, next);
        }
        at = behind_blanks(source, next);
    }
}

/// Reads a key and its value.
fn entry(source: &str, pieces: &[Range<usize>], parsed: &mut Parsed) {
    let end = pieces.last().map_or(0, |last| last.end);
    let mut characters = pieces
        .iter()
        .flat_map(|piece| {
            let text = source.get(piece.clone()).unwrap_or_default();
            let start = piece.start;
            text.char_indices()
                .map(move |(at, character)| (start + at, character))
        })
        .peekable();
    let result = key(source, &mut characters).and_then(|key| {
        let start = characters.peek().map_or(end, |(at, _)| *at);
        let mut decoded = Decoded::default();
        while next(source, &mut characters, &mut decoded)? {}
        Ok((key, decoded, start))
    });
    match result {
        Err(fault) => parsed.faults.push(fault),
        Ok((key, decoded, start)) => {
            let stays = decoded.text().starts_with(char::is_alphanumeric);
            let in_one_line = pieces.last().is_some_and(|last| last.start <= start);
            let encode: Encode = if stays && in_one_line {
                encode
            } else {
                encode_at_start
            };
            let value = second_reading(source.get(start..end).unwrap_or_default());
            let text = Text {
                path: vec![key],
                locale: None,
                is_base: false,
                decoded,
                literal: start..end,
                encode,
                origin: None,
                id: None,
            };
            parsed.take(text, &value);
        }
    }
}

/// Reads a key and what separates it from its value: blanks, `=` or `:`, blanks.
fn key(
    source: &str,
    characters: &mut Peekable<impl Iterator<Item = (usize, char)> + Clone>,
) -> Result<String, Fault> {
    let mut key = Decoded::default();
    let is_end = |character: char| BLANKS.contains(&character) || matches!(character, '=' | ':');
    while characters.peek().is_some_and(|(_, next)| !is_end(*next)) {
        next(source, characters, &mut key)?;
    }
    while characters
        .next_if(|(_, next)| BLANKS.contains(next))
        .is_some()
    {}
    if characters
        .next_if(|(_, next)| matches!(next, '=' | ':'))
        .is_some()
    {
        while characters
            .next_if(|(_, next)| BLANKS.contains(next))
            .is_some()
        {}
    }
    Ok(key.text().to_owned())
}

/// Reads a character or an escape; whether there was one.
fn next(
    source: &str,
    characters: &mut Peekable<impl Iterator<Item = (usize, char)> + Clone>,
    decoded: &mut Decoded,
) -> Result<bool, Fault> {
    let Some((at, character)) = characters.next() else {
        return Ok(false);
    };
    if character != '\\' {
        decoded.verbatim(source, at..at + character.len_utf8());
        return Ok(true);
    }
    // A line does not end in a backslash that escapes nothing.
    let Some((letter_at, letter)) = characters.next() else {
        return Ok(false);
    };
    let mut end = letter_at + letter.len_utf8();
    let character = match letter {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\x0C',
        'u' => {
            let first = unit(characters, &mut end);
            let second = match first {
                Some(0xD800..=0xDBFF) => low_surrogate(characters, &mut end),
                _ => None,
            };
            let mut units = char::decode_utf16(first.into_iter().chain(second));
            match units.next() {
                Some(Ok(character)) => character,
                Some(Err(_)) => {
                    let message = "an escape of half a surrogate pair; write both halves, or the \
                                   character itself";
                    return Err(fault(at..end, message));
                }
                None => {
                    let message = "an escape with less than four hexadecimal digits";
                    return Err(fault(at..end, message));
                }
            }
        }
        itself => itself,
    };
    decoded.escape(character, at..end);
    Ok(true)
}

fn fault(at: Range<usize>, message: &str) -> Fault {
    Fault {
        at,
        message: message.to_owned(),
    }
}

/// Reads four hexadecimal digits, and moves the end behind those that are there.
fn unit(
    characters: &mut Peekable<impl Iterator<Item = (usize, char)>>,
    end: &mut usize,
) -> Option<u16> {
    let mut unit = 0;
    for _ in 0..4 {
        let (at, digit) = characters.next_if(|(_, next)| next.is_ascii_hexdigit())?;
        *end = at + 1;
        unit = unit << 4 | u16::try_from(digit.to_digit(16)?).ok()?;
    }
    Some(unit)
}

/// Reads an escape if it is that of the second half of a pair.
fn low_surrogate(
    characters: &mut Peekable<impl Iterator<Item = (usize, char)> + Clone>,
    end: &mut usize,
) -> Option<u16> {
    let mut ahead = characters.clone();
    let mut behind = *end;
    let begins = ahead
        .by_ref()
        .take(2)
        .map(|(_, next)| next)
        .eq("\\u".chars());
    match unit(&mut ahead, &mut behind).filter(|_| begins) {
        low @ Some(0xDC00..=0xDFFF) => {
            (*characters, *end) = (ahead, behind);
            low
        }
        _ => None,
    }
}

/// Reads a value without regard to places: what is written as one line, then its escapes.
fn second_reading(written: &str) -> String {
    let lines = written.replace("\r\n", "\n").replace('\r', "\n");
    let mut line = String::new();
    for (number, piece) in lines.split('\n').enumerate() {
        if number > 0 {
            // The backslash that the line before ends in.
            line.pop();
            line.push_str(piece.trim_start_matches(BLANKS));
        } else {
            line.push_str(piece);
        }
    }
    let mut units = Vec::new();
    let mut rest = line.chars();
    while let Some(character) = rest.next() {
        let escaped = match character {
            '\\' => rest.next(),
            _ => None,
        };
        let character = match escaped {
            None => character,
            Some('u') => {
                let digits: String = rest.by_ref().take(4).collect();
                units.extend(u16::from_str_radix(&digits, 16));
                continue;
            }
            Some('t') => '\t',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('f') => '\x0C',
            Some(itself) => itself,
        };
        units.extend_from_slice(character.encode_utf16(&mut [0; 2]));
    }
    String::from_utf16_lossy(&units)
}

/// Writes characters inside of a value.
fn encode(text: &str) -> Option<String> {
    let mut written = String::new();
    for character in text.chars() {
        match character {
            '\\' => written.push_str("\\\\"),
            '\t' => written.push_str("\\t"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\x0C' => written.push_str("\\f"),
            _ if character.is_control() => return None,
            _ => written.push(character),
        }
    }
    Some(written)
}

/// The same where it may be at the start of the value or of a line that goes on: there, blanks and
/// what can separate a key from its value would not be part of it, and what follows may be such.
fn encode_at_start(text: &str) -> Option<String> {
    let separates = text.starts_with([' ', '=', ':']);
    let escape = if separates { "\\" } else { "" };
    (!text.is_empty()).then_some(format!("{escape}{}", encode(text)?))
}

fn behind_blanks(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    at + rest.len() - rest.trim_start_matches(BLANKS).len()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use septet::repair::replacements;

    use super::*;

    /// The keys and values of a file without faults.
    fn values(source: &str) -> Vec<(String, String)> {
        let parsed = read(source);
        assert_eq!(parsed.faults, [], "{source:?}");
        let texts = parsed.texts.iter();
        texts
            .map(|text| (text.path.concat(), text.decoded.text().to_owned()))
            .collect()
    }

    fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
        pairs
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into()
    }

    type Places = Vec<(char, Range<usize>)>;

    /// The characters of a text and what they were read from.
    fn places(text: &Text) -> Places {
        let characters = text.decoded.text().char_indices();
        characters
            .map(|(at, character)| {
                let range = text.decoded.source(at..at + character.len_utf8());
                (character, range)
            })
            .collect()
    }

    #[test]
    fn a_key_is_separated_from_its_value_by_blanks_and_one_sign() {
        for separator in [
            "=", ":", " ", "\t", "\x0C", " = ", "\t:\x0C ", "  ", "= ", " =",
        ] {
            for end in ["", "\n", "\r", "\r\n"] {
                let source = format!(" \ta.b{separator}= x: y {end}");
                // Blanks alone are followed by the sign that separates.
                let value = match separator.trim() {
                    "" => "x: y ",
                    _ => "= x: y ",
                };
                assert_eq!(values(&source), pairs([("a.b", value)]), "{source:?}");
            }
        }
        let source = "a\nb=\nc :\n= d\n:\ne\\ \\=\\:\\#f=g\n\\u00e9\\t=h\n";
        let expected = pairs([
            ("a", ""),
            ("b", ""),
            ("c", ""),
            ("", "d"),
            ("", ""),
            ("e =:#f", "g"),
            ("é\t", "h"),
        ]);
        assert_eq!(values(source), expected);
    }

    #[test]
    fn comments_are_lines_that_begin_with_their_sign() {
        let source = "#!# one\\\n  ! two \r\t#\ra=b # no\r\nc=d\\\n# no\n\\\n#three\n#";
        let parsed = read(source);
        let found = parsed.comments.iter().map(|comment| comment.text.as_str());
        assert_eq!(found.collect::<Vec<_>>(), ["one\\", "two", "", "three", ""]);
        let written = parsed
            .comments
            .iter()
            .map(|comment| &source[comment.at.clone()]);
        assert_eq!(
            written.collect::<Vec<_>>(),
            ["#!# one\\", "! two ", "#", "#three", "#"]
        );
        assert_eq!(values(source), pairs([("a", "b # no"), ("c", "d# no")]));
    }

    #[test]
    fn a_line_goes_on_behind_an_odd_number_of_backslashes() {
        for end in ["\n", "\r", "\r\n"] {
            for (source, expected) in [
                ("a=b\\|  c", ("a", "bc")),
                ("a=b\\\\|", ("a", "b\\")),
                ("a=b\\\\\\| \t\x0Cc", ("a", "b\\c")),
                ("a\\| = \\| b", ("a", "b")),
                ("a\\|b\\|:c", ("ab", "c")),
                ("a=\\|", ("a", "")),
                ("a=b\\|", ("a", "b")),
                ("a=b\\||", ("a", "b")),
                ("a=b\\|  \\|c", ("a", "bc")),
                ("\\||\\|a=b", ("a", "b")),
                ("a=\\u00\\| 41\\|\\| x\\", ("a", "Ax")),
            ] {
                let source = source.replace('|', end);
                assert_eq!(values(&source), pairs([expected]), "{source:?}");
                assert_eq!(
                    values(&format!("{source}{end}{end}c=d")).len(),
                    2,
                    "{source:?}"
                );
            }
        }
    }

    #[test]
    fn every_escape_is_one_character_at_its_place() {
        let mut escapes: Vec<(char, String)> = Vec::new();
        for byte in (b' '..=b'~').filter(|byte| *byte != b'u') {
            let letter = char::from(byte);
            let character = match letter {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                'f' => '\x0C',
                itself => itself,
            };
            escapes.push((character, format!("\\{letter}")));
        }
        escapes.push(('é', "\\é".to_owned()));
        for character in [
            '\0',
            'A',
            'é',
            '\u{D7FF}',
            '\u{E000}',
            '\u{FFFF}',
            '\u{10000}',
            '\u{10FFFF}',
        ] {
            let mut units = [0; 2];
            let units = character.encode_utf16(&mut units).iter();
            escapes.push((
                character,
                units.map(|unit| format!("\\u{unit:04x}")).collect(),
            ));
        }
        for (character, written) in escapes {
            let source = format!("k=é{written}x");
            assert_eq!(values(&source), pairs([("k", &format!("é{character}x"))]));
            let behind = 4 + written.len();
            let expected = [
                ('é', 2..4),
                (character, 4..behind),
                ('x', behind..behind + 1),
            ];
            assert_eq!(places(&read(&source).texts[0]), expected);
        }
    }

    #[test]
    fn what_is_no_character_is_a_fault_at_its_escape_and_the_next_line_is_read() {
        for escape in [
            "\\u",
            "\\u12",
            "\\u+123",
            "\\uD83D",
            "\\uDE00",
            "\\ud83d\\u00",
            "\\uDE00\\uD83D",
        ] {
            for source in [format!("a=x{escape}y\nb=c"), format!("x{escape}y=a\nb=c")] {
                let parsed = read(&source);
                let [fault] = parsed.faults.as_slice() else {
                    panic!("{:?} in {source:?}", parsed.faults);
                };
                assert!(source[fault.at.start..].starts_with(escape), "{fault:?}");
                assert!(fault.at.end <= fault.at.start + escape.len(), "{fault:?}");
                assert_eq!(parsed.texts.len(), 1);
                assert_eq!(parsed.texts[0].path, ["b"]);
            }
        }
    }

    #[test]
    fn a_literal_is_what_is_written_of_a_value() {
        let source = "a = b \r\nc=\nd = \\\n  e\\\n  f\\\n\n";
        let parsed = read(source);
        let found = parsed
            .texts
            .iter()
            .map(|text| &source[text.literal.clone()]);
        assert_eq!(found.collect::<Vec<_>>(), ["b ", "", "e\\\n  f\\\n"]);
    }

    #[test]
    fn files_without_values_are_no_fault() {
        for source in [
            "",
            "\n",
            " \t\x0C",
            "\\",
            "\\\n\\\r\\",
            "#",
            "# a=b\n\r!",
            " \\\n ",
        ] {
            assert_eq!(values(source), [], "{source:?}");
        }
    }

    #[test]
    fn large_files_of_anything_are_read() {
        for (start, rest) in [
            ("", "\\"),
            ("", "\\\n"),
            ("a=", "\\\n"),
            ("a=", "\\\n  \\\n"),
            ("a=", "\\u"),
            ("a=", "\\ud83d"),
            ("", "\r"),
            ("", "="),
            ("", "#\n"),
            ("", "a\n"),
            ("", " "),
        ] {
            let source = start.to_owned() + &rest.repeat((1 << 20) / rest.len());
            let parsed = read(&source);
            assert!(parsed.texts.len() + parsed.faults.len() <= 1 << 19);
        }
    }

    /// What can be written of a value.
    #[derive(Clone, Debug)]
    enum Piece {
        Verbatim(char),
        Backslashed(char),
        Numbered(char),
        LineEnd(&'static str),
    }

    /// A file of values, and for each its characters and where they were put.
    fn catalogue() -> impl Strategy<Value = (String, Vec<Places>)> {
        let characters = "abé字\u{1F600} \t=:#!'\"’“–…ł№：（＃\u{A0}\u{200B}\u{2028}";
        let character = move || select(characters.chars().collect::<Vec<_>>());
        let piece = prop_oneof![
            4 => character().prop_map(Piece::Verbatim),
            1 => character().prop_map(Piece::Backslashed),
            1 => character().prop_map(Piece::Numbered),
            1 => select(vec!["\n", "\r\n", "\r", "\n \t", "\r\n\x0C"]).prop_map(Piece::LineEnd),
        ];
        let separator = select(vec!["=", " : ", "= ", "=\\\n  "]);
        vec((separator, vec(piece, 0..12)), 1..5).prop_map(|values| {
            let mut source = String::new();
            let mut all = Vec::new();
            for (separator, pieces) in values {
                source += "key";
                source += separator;
                all.push(write(&mut source, &pieces));
                // Not a line feed: it may follow a carriage return.
                source.push('\r');
            }
            (source, all)
        })
    }

    fn write(out: &mut String, pieces: &[Piece]) -> Places {
        let mut places = Vec::new();
        // Whether blanks here would be none of the value's.
        let mut is_start = true;
        for piece in pieces {
            let start = out.len();
            let character = match piece {
                Piece::LineEnd(end) => {
                    out.push('\\');
                    *out += end;
                    is_start = true;
                    continue;
                }
                Piece::Verbatim(' ' | '\t') if is_start => '-',
                Piece::Verbatim(character)
                | Piece::Backslashed(character)
                | Piece::Numbered(character) => *character,
            };
            match piece {
                Piece::Numbered(_) => {
                    let mut units = [0; 2];
                    for unit in character.encode_utf16(&mut units) {
                        *out += &format!("\\u{unit:04X}");
                    }
                }
                Piece::Backslashed(_) if !character.is_ascii_lowercase() => {
                    *out += &format!("\\{character}");
                }
                _ => out.push(character),
            }
            is_start = false;
            places.push((character, start..out.len()));
        }
        places
    }

    fn config(cases: u32) -> ProptestConfig {
        ProptestConfig {
            cases,
            failure_persistence: None,
            ..ProptestConfig::default()
        }
    }

    proptest! {
        #![proptest_config(config(512))]

        #[test]
        fn every_character_stands_where_it_was_written((source, expected) in catalogue()) {
            let parsed = read(&source);
            prop_assert_eq!(&parsed.faults, &[], "{:?}", source);
            let found: Vec<Places> = parsed.texts.iter().map(places).collect();
            prop_assert_eq!(found, expected, "{:?}", source);
        }

        #[test]
        fn what_is_written_in_place_of_a_character_is_read_as_that((source, _) in catalogue()) {
            let parsed = read(&source);
            for (number, text) in parsed.texts.iter().enumerate() {
                for (at, character) in text.decoded.text().char_indices() {
                    let range = at..at + character.len_utf8();
                    for repaired in replacements(character) {
                        let Some(written) = (text.encode)(repaired.text()) else {
                            continue;
                        };
                        let mut edited = source.clone();
                        edited.replace_range(text.decoded.source(range.clone()), &written);
                        let mut expected = text.decoded.text().to_owned();
                        expected.replace_range(range.clone(), repaired.text());
                        let again = read(&edited);
                        prop_assert_eq!(&again.faults, &[], "{:?}", edited);
                        prop_assert_eq!(again.texts.len(), parsed.texts.len(), "{:?}", edited);
                        let found = again.texts[number].decoded.text();
                        prop_assert_eq!(found, expected, "{:?}", edited);
                    }
                }
            }
        }

        #[test]
        fn whatever_is_read_agrees_with_the_second_reading(
            parts in vec(select(vec![
                "a", "=", ":", " ", "\t", "\x0C", "\\", "\\", "\n", "\r", "\r\n", "\\u", "0041", "d83d",
                "\\ude00", "#", "!", "é", "\u{1F600}", "\\n", "n", "u00e9",
            ]), 0..24),
        ) {
            let source = parts.concat();
            let parsed = read(&source);
            for text in &parsed.texts {
                let mut at = text.literal.start;
                for (_, range) in places(text) {
                    prop_assert!(at <= range.start && range.end <= text.literal.end, "{:?}", source);
                    prop_assert!(source.get(range.clone()).is_some(), "{:?}", source);
                    at = range.end;
                }
            }
            for fault in &parsed.faults {
                prop_assert!(source.get(fault.at.clone()).is_some(), "{fault:?} in {source:?}");
                let agrees = !fault.message.contains("two readings");
                prop_assert!(agrees, "{fault:?} in {source:?}");
            }
        }
    }
}
