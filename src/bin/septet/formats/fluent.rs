//! Project Fluent: the patterns of messages and of their attributes, with placeables as they are
//! written. Terms are parts of messages, not messages.

use core::ops::Range;
use std::borrow::Cow;

use fluent_syntax::ast::{Entry, Pattern, PatternElement};
use fluent_syntax::parser::{ErrorKind, parse_runtime};

use super::{character_at, is_but_for_indentation, stays_visible, visible};
use crate::text::{Comment, Decoded, Encode, Fault, Parsed, Text};

pub(super) fn read(source: &str) -> Parsed {
    let mut parsed = Parsed {
        comments: comments(source),
        ..Parsed::default()
    };
    // One by one, so that a fault takes no other entry with it.
    let (mut start, mut at) = (0, 0);
    for line in source.split_inclusive('\n') {
        if begins_entry(line) {
            entry(source, start..at, &mut parsed);
            start = at;
        }
        at += line.len();
    }
    entry(source, start..at, &mut parsed);
    parsed.faults.sort_by_key(|fault| fault.at.start);
    parsed
}

/// Whether a line ends what comes before it, whatever that is.
fn begins_entry(line: &str) -> bool {
    let name = line.strip_prefix('-').unwrap_or(line);
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let behind = name.trim_start_matches(is_part).trim_start_matches(' ');
    let is_named = name.starts_with(|c: char| c.is_ascii_alphabetic()) && behind.starts_with('=');
    is_named || line.starts_with('#')
}

fn entry(source: &str, range: Range<usize>, parsed: &mut Parsed) {
    let entry = source.get(range.clone()).unwrap_or_default();
    if let Some(at) = too_deep(entry) {
        parsed.faults.push(Fault {
            at: character_at(source, range.start + at),
            message: "placeables nest too deep here, or one is too long, to be read".to_owned(),
        });
        return;
    }
    let entry = without_cut(entry);
    let (resource, errors) = match parse_runtime(&*entry) {
        Ok(resource) => (resource, Vec::new()),
        Err(partly) => partly,
    };
    for error in errors {
        let mut message = match error.kind {
            ErrorKind::InvalidUnicodeEscapeSequence(_) => "invalid Unicode escape".to_owned(),
            kind => kind.to_string(),
        };
        if let Some(first) = message.get_mut(..1) {
            first.make_ascii_lowercase();
        }
        parsed.faults.push(Fault {
            at: character_at(source, range.start + error.pos.start),
            message: format!("this cannot be read as Fluent: {message}"),
        });
    }
    let place = |part: &str| {
        let offset = part.as_ptr().addr().checked_sub(entry.as_ptr().addr());
        range.start + offset.unwrap_or_default()
    };
    for entry in &resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let id = message.id.name;
        let value = message.value.iter().map(|value| (id, vec![id], value));
        let attributes = message.attributes.iter().map(|attribute| {
            let name = attribute.id.name;
            (name, vec![id, name], &attribute.value)
        });
        for (name, path, pattern) in value.chain(attributes) {
            let behind = source.get(place(name)..).unwrap_or_default();
            let start = place(name) + behind.find('=').map_or(0, |equals| equals + 1);
            let Block {
                decoded,
                literal,
                encode,
            } = block(source, start);
            let mut value = reading(source, start, pattern, place);
            // The parser leaves spaces in blank lines, and takes all of them from before a placeable.
            if is_but_for_indentation(&value, decoded.text()) {
                value = decoded.text().to_owned();
            }
            let text = Text {
                path: path.into_iter().map(str::to_owned).collect(),
                locale: None,
                is_base: false,
                decoded,
                literal,
                encode,
                origin: None,
                id: None,
            };
            parsed.take(text, &value);
        }
    }
}

/// A `#` that begins a line begins a comment, whatever comes before.
fn comments(source: &str) -> Vec<Comment> {
    let mut at = 0;
    let lines = source.split_inclusive('\n').filter_map(|line| {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        line.starts_with('#').then(|| Comment {
            at: start..start + line.len(),
            text: line.trim_start_matches('#').trim().to_owned(),
        })
    });
    lines.collect()
}

/// How deep placeables and calls may nest, for each of which the parser calls itself.
const MAX_DEPTH: usize = 64;

/// How long a placeable may be. The parser looks the name of each argument up among those before it.
const MAX_PLACEABLE: usize = 1 << 16;

/// Where the parser would call itself too often for its stack, or work too long.
fn too_deep(entry: &str) -> Option<usize> {
    let (mut depth, mut start) = (0_usize, 0);
    let (mut is_string, mut is_selector) = (false, false);
    let mut before = 0;
    let mut bytes = entry.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' if is_string => {
                bytes.next();
            }
            b'"' | b'\n' if is_string => is_string = false,
            _ if is_string => {}
            b'{' if depth == 0 => (depth, start) = (1, at),
            _ if depth == 0 => {}
            b'{' | b'(' => depth += 1,
            // A selector holds patterns, in which a quotation mark is text; from then on it is not
            // known what closes something.
            b'>' if before == b'-' => is_selector = true,
            b'"' if !is_selector => is_string = true,
            b'}' | b')' if !is_selector => depth -= 1,
            _ => {}
        }
        before = byte;
        if depth > MAX_DEPTH || (depth > 0 && at - start > MAX_PLACEABLE) {
            return Some(at);
        }
    }
    None
}

/// Where an escape has too few digits, the parser cuts an entry behind the byte that follows them:
/// what is of more bytes becomes as many others.
fn without_cut(entry: &str) -> Cow<'_, str> {
    let mut safe = Cow::Borrowed(entry);
    for (at, _) in entry.match_indices('\\') {
        let length = match entry.get(at + 1..at + 2) {
            Some("u") => 4,
            Some("U") => 6,
            _ => continue,
        };
        let rest = entry.get(at + 2..).unwrap_or_default().bytes();
        let digits = rest.take(length).take_while(u8::is_ascii_hexdigit).count();
        let place = character_at(entry, at + 2 + digits);
        if place.len() > 1 {
            let others = "?".repeat(place.len());
            safe.to_mut().replace_range(place, &others);
        }
    }
    safe
}

/// The pattern as the parser has it, by the places of its parts.
fn reading(
    source: &str,
    start: usize,
    pattern: &Pattern<&str>,
    place: impl Fn(&str) -> usize,
) -> String {
    let mut value = String::new();
    let mut at = start;
    for element in &pattern.elements {
        let start = match element {
            PatternElement::TextElement { value } => {
                let start = place(value);
                at = start + value.len();
                start
            }
            PatternElement::Placeable { .. } => {
                let rest = source.get(at..).unwrap_or_default();
                let start = at + rest.len() - rest.trim_start_matches([' ', '\r', '\n']).len();
                at = placeable_end(source, start);
                start
            }
        };
        value += source.get(start..at).unwrap_or_default();
    }
    value
}

/// A pattern.
struct Block {
    decoded: Decoded,
    literal: Range<usize>,
    encode: Encode,
}

enum Piece {
    LineEnd(Range<usize>),
    /// What stands in a line, and by how many spaces it is indented unless the name stands before it.
    Line(Range<usize>, Option<usize>),
}

/// Reads a pattern behind its `=`: the rest of the line, and the lines that follow which are indented
/// or begin with a placeable. The indentation that all those have in common is none of the text, nor
/// are the blanks of blank lines and at both ends.
fn block(source: &str, start: usize) -> Block {
    let rest = |at: usize| source.get(at..).unwrap_or_default();
    let spaces = |at: usize| rest(at).len() - rest(at).trim_start_matches(' ').len();
    let mut pieces = Vec::new();
    let mut at = start + spaces(start);
    let mut indent = None;
    loop {
        let end = content_end(source, at);
        if end > at {
            pieces.push(Piece::Line(at..end, indent));
        }
        at = end;
        while let Some(length) = line_end(rest(at)) {
            pieces.push(Piece::LineEnd(at..at + length));
            at += length;
            let blank = spaces(at);
            at += line_end(rest(at + blank)).map_or(0, |_| blank);
        }
        let indented = spaces(at);
        at += indented;
        match rest(at).chars().next() {
            Some('{') => {}
            None | Some('[' | '*' | '.' | '}') => break,
            Some(_) if indented == 0 => break,
            Some(_) => {}
        }
        indent = Some(indented);
    }
    while let Some(last) = pieces.last_mut() {
        if let Piece::Line(place, _) = last {
            let content = source.get(place.clone()).unwrap_or_default();
            let content = content.trim_end_matches([' ', '\r']);
            place.end = place.start + content.len();
            if !content.is_empty() {
                break;
            }
        }
        pieces.pop();
    }
    let indents = pieces.iter().filter_map(|piece| match piece {
        Piece::Line(_, indent) => *indent,
        Piece::LineEnd(_) => None,
    });
    let common = indents.min().unwrap_or_default();
    let mut decoded = Decoded::default();
    let mut literal: Option<Range<usize>> = None;
    let mut encode: Encode = encode_in_line;
    let mut has_edge = false;
    for piece in pieces {
        match piece {
            Piece::LineEnd(_) if decoded.text().is_empty() => {}
            Piece::LineEnd(place) if place.len() > 1 => decoded.escape('\n', place),
            Piece::LineEnd(place) => decoded.verbatim(source, place),
            Piece::Line(place, indent) => {
                let kept = indent.map_or(0, |indent| indent - common);
                let place = place.start - kept..place.end;
                literal = Some(literal.map_or(place.start, |before| before.start)..place.end);
                let line = source.get(place.clone()).unwrap_or_default();
                let is_kept = |c: char| c.is_ascii_alphanumeric() || c == '{';
                if !(line.starts_with(stays_visible) && line.ends_with(stays_visible)) {
                    encode = encode_at_edge;
                    has_edge = true;
                } else if indent.is_some() && !line.starts_with(is_kept) && !has_edge {
                    encode = encode_at_start;
                }
                decoded.verbatim(source, place);
            }
        }
    }
    Block {
        decoded,
        literal: literal.unwrap_or(start..start),
        encode,
    }
}

fn line_end(rest: &str) -> Option<usize> {
    ["\n", "\r\n"]
        .iter()
        .find_map(|end| rest.starts_with(end).then_some(end.len()))
}

/// Where the line ends in which text and placeables stand; a placeable can have lines of its own.
fn content_end(source: &str, start: usize) -> usize {
    let mut at = start;
    loop {
        let rest = source.get(at..).unwrap_or_default();
        let Some(length) = rest.find(['{', '}', '\n']) else {
            return source.len();
        };
        let text = rest.get(..length).unwrap_or_default();
        match rest.as_bytes().get(length) {
            Some(b'{') => at = placeable_end(source, at + length),
            Some(b'\n') => return at + text.strip_suffix('\r').unwrap_or(text).len(),
            _ => return at + length,
        }
    }
}

/// Where the placeable ends that begins with a brace.
fn placeable_end(source: &str, start: usize) -> usize {
    let (mut depth, mut at) = (0_usize, start);
    // In a pattern within a selector a quotation mark is text; then none may close it in its line.
    let mut no_string_before = start;
    loop {
        let rest = source.get(at..).unwrap_or_default();
        let Some(length) = rest.find(['{', '}', '"']) else {
            return source.len();
        };
        let rest = rest.get(length..).unwrap_or_default();
        at += length + 1;
        match rest.as_bytes().first() {
            Some(b'{') => depth += 1,
            Some(b'}') if depth <= 1 => return at,
            Some(b'}') => depth -= 1,
            _ if at <= no_string_before => {}
            _ => match string_length(rest.get(1..).unwrap_or_default()) {
                Ok(length) => at += length,
                Err(length) => no_string_before = at + length,
            },
        }
    }
}

/// How long a string is behind the mark that opens it, or how long a line that does not close it.
fn string_length(rest: &str) -> Result<usize, usize> {
    let mut characters = rest.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Ok(at + 1),
            '\n' => return Err(at),
            '\\' => {
                characters.next();
            }
            _ => {}
        }
    }
    Err(rest.len())
}

fn encode_in_line(text: &str) -> Option<String> {
    (!text.contains(['{', '}', '\r', '\n'])).then(|| text.to_owned())
}

/// At the start of a line some characters begin something else than text.
fn encode_at_start(text: &str) -> Option<String> {
    encode_in_line(text).filter(|text| !text.starts_with(['[', '*', '.']))
}

/// At both ends of a line blanks are none of the text.
fn encode_at_edge(text: &str) -> Option<String> {
    encode_at_start(visible(text)?)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use proptest::prelude::*;
    use septet::template::{Syntax, Template};

    use super::*;
    use crate::formats::testing::{check_bounds, check_places, config, faults, one_of, texts};

    fn all(source: &str) -> Vec<(String, String)> {
        let parsed = read(source);
        let texts = texts(&parsed).into_iter();
        texts.map(|(key, _, text)| (key, text.to_owned())).collect()
    }

    fn text(key: &str, text: &str) -> (String, String) {
        (key.to_owned(), text.to_owned())
    }

    #[test]
    fn messages_and_attributes_are_texts_and_terms_are_not() {
        let source = "-brand = Example\n    .gender = n\n\
                      hi = Hello, { $name }! \n    .title =\n        { -brand } \"x\"\n    .short=Hi\n\n\
                      only=\n .a = b\n";
        assert_eq!(
            all(source),
            [
                text("hi", "Hello, { $name }!"),
                text("hi.title", "{ -brand } \"x\""),
                text("hi.short", "Hi"),
                text("only.a", "b"),
            ]
        );
        assert_eq!(all(""), []);
        let parsed = read(source);
        let literals = parsed
            .texts
            .iter()
            .map(|text| &source[text.literal.clone()]);
        let expected = ["Hello, { $name }!", "{ -brand } \"x\"", "Hi", "b"];
        assert_eq!(literals.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn indentation_is_taken_from_lines_as_fluent_says() {
        let cases = [
            ("a = x", "x"),
            ("a =x ", "x"),
            ("a =   x\r\n", "x"),
            ("a =\n  x\n    y\n  z\n", "x\n  y\nz"),
            ("a = x\n  y\n   z", "x\ny\n z"),
            ("a =\r\n  x\r\n\r\n  y\r\n", "x\n\ny"),
            ("a =\n\n\n  x\n\n  \n  y  \n  \n\nb = x", "x\n\n\ny"),
            ("a = x\n{ $y } z\n  w", "x\n{ $y } z\n  w"),
            ("a = { $x ->\n  *[a] } b", ""),
            ("a = {\n $x\n} b\n  c", "{\n $x\n} b\nc"),
            ("a = { \"}\" }\n b", "{ \"}\" }\nb"),
            ("a = .x [y *z", ".x [y *z"),
            ("a = \n  x\n\ty", "x"),
            ("a =\n  x\n \n", "x"),
            ("a =\n  x\n   ", "x"),
            // Where the parser reads otherwise.
            ("a =\n    x\n      { $y }\n    z", "x\n  { $y }\nz"),
            ("a =\n    x\n  { $y }", "  x\n{ $y }"),
            ("a =\n    x\n        \n    y", "x\n\ny"),
        ];
        for (source, value) in cases {
            let parsed = read(source);
            let found = parsed.texts.first().map_or("", |text| text.decoded.text());
            assert_eq!(found, value, "{source:?}");
            let differ = parsed
                .faults
                .iter()
                .any(|fault| fault.message.contains("two readings"));
            assert!(!differ, "{source:?}");
        }
    }

    #[test]
    fn a_selector_is_read_and_left_to_who_reads_the_template() {
        let selector = "{ $n ->\n    [one] 5\" { $a }\n   *[other] \"no\" \\\"\\\" x\n  }";
        let source = format!("a = {selector} end\n    z\nb = y\n");
        assert_eq!(
            all(&source),
            [text("a", &format!("{selector} end\nz")), text("b", "y"),]
        );
    }

    #[test]
    fn what_is_no_fluent_is_a_fault_and_the_rest_is_read() {
        let source = "junk é\na = x\nb = { $y\nc = }\nd = { \"\\uü\" }\n e\nf = \"\\uü\"\n";
        let parsed = read(source);
        let found: Vec<_> = parsed
            .texts
            .iter()
            .map(|text| text.decoded.text())
            .collect();
        assert_eq!(found, ["x", "\"\\uü\""]);
        let prefix = "this cannot be read as Fluent: ";
        let expected = [
            ("é", "expected a token starting with \"=\""),
            ("c", "expected a token starting with \"}\""),
            ("}", "unbalanced closing brace"),
            ("ü", "invalid Unicode escape"),
        ];
        let expected = expected.map(|(at, message)| (at, format!("{prefix}{message}")));
        let expected = expected
            .each_ref()
            .map(|(at, message)| (*at, message.as_str()));
        assert_eq!(faults(&parsed, source), expected);
    }

    #[test]
    fn comments_of_all_levels_are_found() {
        let source = "### a\r\n## b\n#c é \n#\na = # no\n   # no\n#  d";
        let comments = read(source).comments;
        let found: Vec<_> = comments
            .iter()
            .map(|comment| comment.text.as_str())
            .collect();
        assert_eq!(found, ["a", "b", "c é", "", "d"]);
        let places = comments.iter().map(|comment| &source[comment.at.clone()]);
        let expected = ["### a", "## b", "#c é", "#", "#  d"];
        assert_eq!(places.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_is_nested_too_deep_is_a_fault_and_the_rest_is_read() {
        let deep = || {
            let ends = [
                "{",
                "{F(",
                "F(",
                "{ \"}}\" {",
                "{F(\")\",",
                "{ $a ->\n *[b] }\"{",
                "{ $a ->\n *[b] ",
            ];
            for open in ends {
                for depth in [16, 60, 100, 50_000] {
                    let source = format!("a = x\nb = {{ {}\nc = y\n", open.repeat(depth));
                    let parsed = read(&source);
                    let found: Vec<_> = parsed
                        .texts
                        .iter()
                        .map(|text| text.decoded.text())
                        .collect();
                    assert_eq!(found, ["x", "y"]);
                    assert_eq!(parsed.faults.len(), 1);
                }
            }
            let nested = format!("a = {}$x{}", "{".repeat(64), "}".repeat(64));
            assert_eq!(texts(&read(&nested)).len(), 1);
            let nested = format!("a = {}$x{}", "{".repeat(65), "}".repeat(65));
            assert_eq!(read(&nested).faults[0].at, 68..69);
            let long = format!("a = {{ F({}) }}\nb = x", "a: 1,".repeat(20_000));
            assert_eq!((read(&long).faults.len(), read(&long).texts.len()), (1, 1));
        };
        // As much as a thread of the pool has.
        let thread = thread::Builder::new()
            .stack_size(crate::STACK)
            .spawn(deep)
            .unwrap();
        thread.join().unwrap();
    }

    #[test]
    fn what_does_not_nest_is_never_too_deep() {
        let source = format!(
            "# {{{{\na = (((({}\n    {}\n",
            "(".repeat(200),
            "{ $x } ({ \"{{\" } { F(1) }) ".repeat(200)
        );
        assert_eq!(all(&source).len(), 1);
    }

    #[test]
    fn a_replacement_begins_nothing_else() {
        let encode = |source: &str, text: &str| (read(source).texts[0].encode)(text);
        let some = |text: &str| Some(text.to_owned());
        for source in ["a = …", "a = x\n  y …", "a =\n  x …\n  { $y }…"] {
            assert_eq!(encode(source, "..."), some("..."));
            for text in ["{", "}", "\n", "\r"] {
                assert_eq!(encode(source, text), None);
            }
        }
        // What is not seen at an edge leaves a blank there, which would be none of the text.
        for source in [
            "a = x \u{200B}",
            "a = \u{200B} x",
            "a = x\u{A0}\n  y",
            "a =\n  …\n  \u{A0}y",
        ] {
            assert_eq!(encode(source, "y"), some("y"));
            for text in ["", " ", " y", "y "] {
                assert_eq!(encode(source, text), None);
            }
        }
        assert_eq!(encode("a = x \u{200B} …", ""), some(""));
        for source in ["a =\n  …", "a = x\n  …"] {
            assert_eq!(encode(source, "a.*["), some("a.*["));
            for text in ["...", "*", "[", "{", "\n"] {
                assert_eq!(encode(source, text), None);
            }
        }
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn every_character_stands_where_it_is_said_to(
            first in prop::collection::vec(one_of(&["a", "é", " ", "{ $x }", "👋", "["]), 0..4),
            lines in prop::collection::vec(
                (
                    0_usize..4,
                    one_of(&["a", "é", "{ $x }", "👋", "{ \"{\" }"]),
                    prop::collection::vec(
                        one_of(&[
                            "a", " ", "é", "{ $x }", "{\n$x\n}", "{ \"}\" }", "*", "\\u12é", "\"",
                        ]),
                        0..6,
                    ),
                    0_usize..3,
                ),
                0..6,
            ),
            end in one_of(&["\n", "\r\n"]),
        ) {
            let mut source = format!("é\nkey = {}", first.concat());
            let mut expected = first.concat().trim_start_matches(' ').to_owned();
            let common = lines.iter().map(|(indent, ..)| indent).min().copied().unwrap_or_default();
            for (indent, start, rest, blank) in &lines {
                source += &format!("{end}  ").repeat(*blank);
                source += &format!("{end}{:1$}{start}{2}", "", indent + 1, rest.concat());
                expected += &"\n".repeat(blank + 1);
                expected += &format!("{:1$}{start}{2}", "", indent - common, rest.concat());
            }
            source += &format!("{end}next = x");
            let parsed = read(&source);
            let expected = expected.trim_start_matches('\n').trim_end_matches(' ');
            // The first line of all is junk, and so is a message of nothing.
            prop_assert_eq!(parsed.faults.len(), 1 + usize::from(expected.is_empty()));
            if !expected.is_empty() {
                prop_assert_eq!(parsed.texts[0].decoded.text(), expected);
                check_places(&source, &parsed.texts[0], |cut| cut.replace('\r', ""));
                prop_assert!(Template::parse(expected, Syntax::Fluent).is_ok());
            }
        }

        #[test]
        fn no_file_is_too_strange(
            source in prop::collection::vec(
                one_of(&[
                    "a", "a = ", "\n", "\r\n", "\r", " ", "  ", "{", "}", "$x", "\"", "\\", "\\u",
                    "\\U00", "é", "->", "[", "]", "*", ".", "-", "#", "##", "F(", ")", ":", ",", "1",
                    "👋", "\u{feff}",
                ]),
                0..40,
            ),
        ) {
            let source = source.concat();
            let parsed = read(&source);
            check_bounds(&parsed, &source);
            for text in &parsed.texts {
                check_places(&source, text, |cut| cut.replace("\r\n", "\n"));
            }
        }
    }
}
