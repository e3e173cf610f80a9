//! Which scalars of a YAML file are texts?
//!
//! The parser gives what is in the file in its order; nothing is expanded, so that an alias costs
//! no more than its name.

mod encode;
mod scalar;

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

use crate::lines::line_end;
use crate::text::{Comment, Fault, Parsed, Text};

/// How deep maps and sequences may be nested.
const MAX_DEPTH: usize = 128;

/// How many bytes the keys that lead to a text may have: each text has a copy of them.
const MAX_PATH: usize = 4096;

pub(super) fn read(file: &str) -> Parsed {
    // YAML has no null characters, and the parser takes one for the end.
    let (source, null) = match file.find('\0') {
        Some(at) => (file.get(..at).unwrap_or_default(), Some(at)),
        None => (file, None),
    };
    let mut reader = Reader {
        source,
        marks: Marks::default(),
        at: 0,
        open: Vec::new(),
        path: Vec::new(),
        ignored: None,
        documents: Vec::new(),
        parsed: Parsed::default(),
    };
    for event in Parser::new_from_str(reader.source) {
        let read = match event {
            Ok((event, span)) => reader.event(event, span),
            Err(error) => Err(reader.fault(error.marker().index(), in_words(&error))),
        };
        if let Err(fault) = read {
            reader.parsed.faults.push(fault);
            break;
        }
    }
    if let Some(at) = null {
        reader.parsed.faults.push(Fault {
            at: at..at + 1,
            message: "a null character; nothing from here on was read".to_owned(),
        });
    }
    reader.comments_until(source.len());
    number_documents(&mut reader.parsed.texts, &reader.documents);
    reader.parsed
}

struct Reader<'a> {
    source: &'a str,
    marks: Marks,
    /// Before it everything is read.
    at: usize,
    /// Maps and sequences that are not at their end.
    open: Vec<Level>,
    /// The keys and indexes that lead to what is being read.
    path: Vec<String>,
    /// How many levels are open where something is that no path leads to, while that is being read.
    ignored: Option<usize>,
    /// How many texts there are before each document.
    documents: Vec<usize>,
    parsed: Parsed,
}

/// A map or a sequence, and what comes next in it.
#[derive(Clone, Copy)]
enum Level {
    Element(usize),
    Key,
    Value,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(_) => self.documents.push(self.parsed.texts.len()),
            Event::Scalar(value, style, anchor, tag) => {
                let is_marked = anchor != 0 || tag.is_some();
                self.begin();
                self.scalar(&value, style, span, is_marked, tag.as_deref());
                self.end(Some(&value), span)?;
            }
            Event::Alias(_) => {
                self.begin();
                let start = self.marks.byte(self.source, span.start.index());
                self.comments_until(start);
                self.at = self.marks.byte(self.source, span.end.index());
                self.end(None, span)?;
            }
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                self.begin();
                if self.open.len() == MAX_DEPTH {
                    return Err(self.fault(span.start.index(), too_deep()));
                }
                self.open.push(match event {
                    Event::SequenceStart(..) => Level::Element(0),
                    _ => Level::Key,
                });
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.open.pop();
                self.end(None, span)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Something begins: an element, a key, a value or what a document is.
    fn begin(&mut self) {
        match self.open.last_mut() {
            Some(Level::Element(index)) => {
                self.path.push(index.to_string());
                *index += 1;
            }
            // Until it is at its end, and is found to be a scalar.
            Some(Level::Key) if self.ignored.is_none() => self.ignored = Some(self.open.len()),
            _ => {}
        }
    }

    /// It ends. It has a name if it is a scalar.
    fn end(&mut self, name: Option<&str>, span: Span) -> Result<(), Fault> {
        let depth = self.open.len();
        match self.open.last_mut() {
            Some(Level::Element(_)) => {
                self.path.pop();
            }
            Some(level @ Level::Key) => {
                *level = Level::Value;
                self.path.push(name.unwrap_or_default().to_owned());
                if self.path.iter().map(String::len).sum::<usize>() > MAX_PATH {
                    let message = format!(
                        "the keys that lead here have more than {MAX_PATH} bytes; nothing from \
                         here on was read"
                    );
                    return Err(self.fault(span.start.index(), message));
                }
                if name.is_some() {
                    self.ignored = self.ignored.filter(|ignored| *ignored != depth);
                }
            }
            Some(level @ Level::Value) => {
                *level = Level::Key;
                self.path.pop();
                self.ignored = self.ignored.filter(|ignored| *ignored != depth);
            }
            None => {}
        }
        Ok(())
    }

    fn scalar(
        &mut self,
        value: &str,
        style: ScalarStyle,
        span: Span,
        is_marked: bool,
        tag: Option<&Tag>,
    ) {
        let is_plain = style == ScalarStyle::Plain;
        if is_plain && value.is_empty() {
            // Nothing is written of it.
            return;
        }
        let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let start = if is_block {
            // The parser tells where its first line of content is.
            scalar_start(self.source, self.at, true)
        } else {
            let start = self.marks.byte(self.source, span.start.index());
            if is_marked {
                scalar_start(self.source, start, false)
            } else {
                start
            }
        };
        let plain_end = if is_plain {
            self.marks.byte(self.source, span.end.index())
        } else {
            start
        };
        self.comments_until(start);
        if is_block {
            self.comments_until(line_end(self.source, start));
        }
        let scalar = scalar::read(self.source, start, style, plain_end, value);
        self.at = scalar.end;
        if self.ignored.is_none() && is_text(value, style, tag) {
            let literal = self.source.get(start..scalar.end).unwrap_or_default();
            let text = Text {
                path: self.path.clone(),
                locale: None,
                is_base: false,
                encode: encode::of(style, literal, scalar.value),
                decoded: scalar.decoded,
                literal: start..scalar.end,
                origin: None,
                id: None,
            };
            self.parsed.take(text, scalar.value);
        }
    }

    /// Finds the comments up to a place; there is no scalar before it that was not read.
    fn comments_until(&mut self, to: usize) {
        while let Some(found) = self.source.get(self.at..to).and_then(|gap| gap.find('#')) {
            let hash = self.at + found;
            self.at = hash + 1;
            // Names of anchors and tags may have one inside.
            let before = self
                .source
                .get(..hash)
                .and_then(|text| text.chars().next_back());
            if before.is_some_and(|before| !matches!(before, ' ' | '\t' | '\r' | '\n')) {
                continue;
            }
            self.at = line_end(self.source, hash);
            let text = self.source.get(hash + 1..self.at).unwrap_or_default();
            self.parsed.comments.push(Comment {
                at: hash..self.at,
                text: text.trim_start_matches('#').trim().to_owned(),
            });
        }
        self.at = self.at.max(to);
    }

    /// A fault at a character of the file.
    fn fault(&mut self, index: usize, message: String) -> Fault {
        let start = self.marks.byte(self.source, index);
        let rest = self.source.get(start..).unwrap_or_default();
        let length = rest.chars().next().map_or(0, char::len_utf8);
        Fault {
            at: start..start + length,
            message,
        }
    }
}

/// Turns the parser's count of characters into one of bytes.
#[derive(Default)]
struct Marks {
    characters: usize,
    bytes: usize,
}

impl Marks {
    /// The byte of a character. Fast where the one before was asked for.
    fn byte(&mut self, source: &str, character: usize) -> usize {
        if character < self.characters {
            *self = Self::default();
        }
        let rest = source.get(self.bytes..).unwrap_or_default();
        let further = rest.char_indices().nth(character - self.characters);
        self.bytes += further.map_or(rest.len(), |(at, _)| at);
        self.characters = character;
        self.bytes
    }
}

/// Where a scalar begins of which only what is before it is known: blanks, comments, tags and
/// anchors. In front of a block scalar there can be indicators and the ends of other things, too.
fn scalar_start(source: &str, from: usize, is_block: bool) -> usize {
    let mut at = from;
    while let Some(byte) = source.as_bytes().get(at) {
        at = match byte {
            b'|' | b'>' if is_block => return at,
            b'#' | b'%' => line_end(source, at),
            b'&' | b'!' => {
                let word = source.bytes().skip(at);
                at + word
                    .take_while(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n'))
                    .count()
            }
            b' ' | b'\t' | b'\r' | b'\n' => at + 1,
            _ if is_block => at + 1,
            _ => return at,
        };
    }
    at
}

/// Whether a scalar is a string by the core schema of YAML 1.2 (chapter 10.3).
fn is_text(value: &str, style: ScalarStyle, tag: Option<&Tag>) -> bool {
    match tag.map(|tag| (tag.handle.as_str(), tag.suffix.as_str())) {
        Some(("tag:yaml.org,2002:", "str") | ("", "tag:yaml.org,2002:str" | "!")) => true,
        Some(_) => false,
        None => style != ScalarStyle::Plain || !is_other(value),
    }
}

/// Whether a plain scalar is null, a boolean or a number.
fn is_other(value: &str) -> bool {
    let unsigned = value.strip_prefix(['-', '+']).unwrap_or(value);
    let is_based = |prefix, radix| {
        let digits = value.strip_prefix(prefix).unwrap_or_default();
        !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix))
    };
    WORDS.contains(&value)
        || matches!(unsigned, ".inf" | ".Inf" | ".INF")
        || is_based("0o", 8)
        || is_based("0x", 16)
        || is_decimal(unsigned)
}

/// What is null, a boolean or not a number.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "", "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE",
    ".nan", ".NaN", ".NAN",
];

/// Whether something is a decimal number, with a fraction or an exponent or without.
fn is_decimal(unsigned: &str) -> bool {
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (
            mantissa,
            exponent.strip_prefix(['-', '+']).unwrap_or(exponent),
        ),
        None => (unsigned, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    !(whole.is_empty() && fraction.is_empty() || exponent.is_empty())
        && [whole, fraction, exponent].into_iter().all(all_digits)
}

/// Texts of a document that are found under keys that lead to a text of another document before get
/// the number of theirs, from 1.
fn number_documents(texts: &mut [Text], documents: &[usize]) {
    if documents.len() < 2 {
        return;
    }
    let number = |at: usize| documents.partition_point(|start| *start <= at);
    let mut first: HashMap<&[String], usize> = HashMap::new();
    let mut repeated = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        if *first.entry(&text.path).or_insert(number(at)) != number(at) {
            repeated.push(at);
        }
    }
    for at in repeated {
        if let Some(text) = texts.get_mut(at) {
            text.path.push(number(at).to_string());
        }
    }
}

fn too_deep() -> String {
    format!("nested deeper than {MAX_DEPTH} levels; nothing from here on was read")
}

/// What the parser refuses: parts of what it says, and our words for them.
const REFUSED: &[(&[&str], &str)] = &[
    (
        &[
            "unexpected end of stream",
            "unexpected document indicator",
            "indentation in quoted scalar",
        ],
        "no quotation mark ends the text that begins here",
    ),
    (
        &["mapping values are not allowed"],
        "there can be no key before this colon; put a text with `: ` in it between quotation marks",
    ),
    (
        &["trailing content after double-quoted"],
        "something follows a closing quotation mark; mind the marks that are part of the text",
    ),
    (
        &["unknown escape character"],
        "this text has a backslash that begins no escape of YAML; double it",
    ),
    (
        &["hexadecimal number"],
        "this text has an escape with too few hexadecimal digits",
    ),
    (
        &["character escape code"],
        "this text has an escape with the number of no character; half a surrogate pair is none",
    ),
    (
        &["unknown anchor"],
        "no anchor before this alias has its name",
    ),
    (
        &["unexpected character"],
        "no plain text begins with this character; put the text between quotation marks",
    ),
    (
        &["indicator equal to 0"],
        "the number behind `|` or `>` is one from 1 to 9",
    ),
    (
        &["found a tab"],
        "a tab follows this text where only spaces may indent",
    ),
    (
        &["with a tab", "tab cannot", "tabs disallowed"],
        "a tab where only spaces may indent",
    ),
    (
        &["parsing a flow"],
        "a comma is missing before this, or a bracket or brace is not closed",
    ),
    (
        &["simple key"],
        "a key with a colon and a space behind it is expected before here",
    ),
    (
        &["indent", "parsing a block", "expected <document start>"],
        "indented otherwise than what it belongs to",
    ),
];

fn in_words(error: &ScanError) -> String {
    let info = error.info();
    if info.contains("recursion limit") {
        return too_deep();
    }
    let refused = REFUSED
        .iter()
        .find(|(parts, _)| parts.iter().any(|part| info.contains(part)));
    match refused {
        Some((_, words)) => (*words).to_owned(),
        None => format!("not YAML: {info}"),
    }
}

#[cfg(test)]
mod tests {
    use core::ops::Range;

    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use septet::repair::replacements;

    use super::*;

    /// The texts of a file without faults, with their keys.
    fn texts(source: &str) -> Vec<(String, String)> {
        let parsed = read(source);
        assert_eq!(parsed.faults, [], "{source:?}");
        let texts = parsed.texts.iter();
        texts
            .map(|text| (text.path.join("."), text.decoded.text().to_owned()))
            .collect()
    }

    /// The only text of a file.
    fn text(source: &str) -> String {
        match texts(source).as_slice() {
            [(_, text)] => text.clone(),
            other => panic!("{other:?} in {source:?}"),
        }
    }

    fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> Vec<(String, String)> {
        pairs
            .map(|(path, text)| (path.to_owned(), text.to_owned()))
            .into()
    }

    /// The characters of the first text, each with what it was read from.
    fn places(source: &str) -> Vec<(char, &str)> {
        let parsed = read(source);
        assert_eq!(parsed.faults, [], "{source:?}");
        let decoded = &parsed.texts[0].decoded;
        let characters = decoded.text().char_indices();
        characters
            .map(|(at, character)| {
                let range = decoded.source(at..at + character.len_utf8());
                (character, &source[range])
            })
            .collect()
    }

    /// That what each character was read from gives it, in order and inside of the literal.
    fn check_places(source: &str, text: &Text) {
        let mut at = text.literal.start;
        for (index, character) in text.decoded.text().char_indices() {
            let range = text.decoded.source(index..index + character.len_utf8());
            let is_inside = at <= range.start && range.end <= text.literal.end;
            assert!(is_inside, "{range:?} in {source:?}");
            at = range.end;
            let written = &source[range];
            let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r' | '\n' | '\\');
            let is_line_end = written.contains(['\r', '\n']) && written.chars().all(is_blank);
            let gives = written.chars().eq([character])
                || (written.starts_with('\\') && written.len() > 1)
                || (character == '\'' && written == "''")
                || (matches!(character, ' ' | '\n') && is_line_end);
            assert!(gives, "{character:?} from {written:?} in {source:?}");
        }
    }

    #[test]
    fn keys_and_indexes_lead_to_a_text() {
        let source = "en:\n  a: Hi\n  b:\n    c: 'x'\n  list:\n  - one\n  - k: two\n    l: [three, \
                      {m: four}]\n\"q\": five\n";
        let expected = pairs([
            ("en.a", "Hi"),
            ("en.b.c", "x"),
            ("en.list.0", "one"),
            ("en.list.1.k", "two"),
            ("en.list.1.l.0", "three"),
            ("en.list.1.l.1.m", "four"),
            ("q", "five"),
        ]);
        assert_eq!(texts(source), expected);
    }

    #[test]
    fn plain_scalars_that_the_core_schema_reads_as_something_else_are_no_texts() {
        let others = "~ null Null NULL true True TRUE false False FALSE 0 -1 +12 0o17 0xFf 1.5 -.5 \
                      +1. 1e3 1.5E-3 .inf -.Inf +.INF .nan .NaN .NAN";
        let strings = "nulL tRUE yes no on off 0o8 0o 0xg 0x -0x1 1_000 1.2.3 e5 1e . +. + -.nan \
                       .iNF 1e+ ++1 1e1.5 12:30 2020-01-01";
        for other in others.split_whitespace() {
            assert_eq!(texts(&format!("a: {other}\n")), [], "{other}");
            assert_eq!(text(&format!("a: '{other}'\n")), other);
            assert_eq!(text(&format!("a: \"{other}\"\n")), other);
            assert_eq!(text(&format!("a: |-\n  {other}\n")), other);
            assert_eq!(text(&format!("a: !!str {other}\n")), other);
            assert_eq!(text(&format!("a: ! {other}\n")), other);
        }
        for string in strings.split_whitespace() {
            assert_eq!(text(&format!("a: {string}\n")), string);
        }
        assert_eq!(texts("a:\nb:\n- \n- # c\n"), []);
        assert_eq!(text("a: ''"), "");
    }

    #[test]
    fn a_tag_other_than_that_of_strings_makes_a_scalar_no_text() {
        let source =
            "a: !!binary SGk=\nb: !mine \"x\"\nc: !<tag:yaml.org,2002:str> y\nd: !!int '1'";
        assert_eq!(texts(source), pairs([("c", "y")]));
        assert_eq!(texts("!!map\na: !!seq\n- x\n"), pairs([("a.0", "x")]));
    }

    #[test]
    fn what_a_key_leads_to_that_is_no_scalar_is_not_read() {
        let source = "? [a, b]\n: c\n? {k: v}\n: {l: [m]}\n? - n\n: - o\nkey: text\n&x y: z\n*x : w\n\
                      ? |\n  long\n: p\n[q]: r\ns: t\n";
        let expected = pairs([("key", "text"), ("y", "z"), ("long\n", "p"), ("s", "t")]);
        assert_eq!(texts(source), expected);
        let source = "{[a]: {b: c}, d: e, ? f : g, h}";
        assert_eq!(texts(source), pairs([("d", "e"), ("f", "g")]));
        // Further in, and behind it, keys lead to texts as ever.
        let source = "a:\n  ? [b]\n  : {c: d}\n  e: f\ng: h\n";
        assert_eq!(texts(source), pairs([("a.e", "f"), ("g", "h")]));
    }

    #[test]
    fn all_documents_are_read_and_a_path_that_repeats_is_numbered() {
        let source = "a: 1st\nb: x\n---\na: 2nd\nc: y\n...\n%YAML 1.2\n---\na: 3rd\n--- only\n";
        let expected = pairs([
            ("a", "1st"),
            ("b", "x"),
            ("a.2", "2nd"),
            ("c", "y"),
            ("a.3", "3rd"),
            ("", "only"),
        ]);
        assert_eq!(texts(source), expected);
        // In one document, who reads it has to choose.
        assert_eq!(texts("a: x\na: y\n"), pairs([("a", "x"), ("a", "y")]));
    }

    #[test]
    fn an_anchored_text_is_read_once_and_nothing_is_expanded() {
        let source = "a: &t Hi\nb: *t\nc: &m {d: e}\nf:\n  <<: *m\n  g: h\n";
        let expected = pairs([("a", "Hi"), ("c.d", "e"), ("f.g", "h")]);
        assert_eq!(texts(source), expected);
        assert_eq!(texts("&a [*a, b, *a]"), pairs([("1", "b")]));
        assert_eq!(text("a: &t !!str # why\n  Hi\n"), "Hi");
        assert_eq!(text("a: !!str &t|> >-\n  Hi\n"), "Hi");
        let mut laughs = "a0: &a0 lol\n".to_owned();
        for level in 1..60 {
            let alias = format!("*a{}", level - 1);
            laughs += &format!("a{level}: &a{level} [{}]\n", [alias.as_str(); 9].join(", "));
        }
        assert_eq!(texts(&laughs), pairs([("a0", "lol")]));
    }

    #[test]
    fn each_escape_of_double_quotes_is_one_character_at_its_place() {
        let letters =
            "0\0a\u{7}b\u{8}t\tn\nv\u{B}f\u{C}r\re\u{1B}\"\"//\\\\N\u{85}_\u{A0}L\u{2028}P\u{2029}";
        let letters: Vec<char> = letters.chars().chain([' ', ' ', '\t', '\t']).collect();
        let mut escapes: Vec<(char, String)> = letters
            .chunks(2)
            .map(|pair| (pair[1], format!("\\{}", pair[0])))
            .collect();
        assert_eq!(escapes.len(), 18);
        escapes.extend((0..=0xFF).map(|n| (char::from(n), format!("\\x{n:02x}"))));
        for character in ['\u{1}', 'A', 'é', '\u{D7FF}', '\u{E000}', '\u{FFFF}'] {
            escapes.push((character, format!("\\u{:04X}", u32::from(character))));
        }
        for character in ['A', '\u{FFFF}', '\u{1F600}', '\u{10FFFF}'] {
            escapes.push((character, format!("\\U{:08x}", u32::from(character))));
        }
        for (character, written) in &escapes {
            let source = format!("a: \"é{written}x\"");
            let expected = [('é', "é"), (*character, written.as_str()), ('x', "x")];
            assert_eq!(places(&source), expected);
        }
        let written = escapes.iter().map(|(_, written)| written.as_str());
        let characters: String = escapes.iter().map(|(character, _)| *character).collect();
        assert_eq!(
            text(&format!("\"{}\"", written.collect::<String>())),
            characters
        );
    }

    #[test]
    fn single_quotes_know_one_escape() {
        let expected = [
            ('\'', "''"),
            ('\\', "\\"),
            ('n', "n"),
            ('\'', "''"),
            ('\'', "''"),
        ];
        assert_eq!(places(r"a: '''\n'''''"), expected);
    }

    #[test]
    fn a_line_end_between_words_is_a_space_with_the_blanks_around_it() {
        for end in ["\n", "\r\n", "\r"] {
            let fold = format!(" \t{end}  ");
            let [first, second, third] = [
                format!("{end} {end}"),
                format!(" {end}"),
                format!("{end}  "),
            ];
            for quote in ["", "'", "\""] {
                let source = format!("a: {quote}x{fold}y{quote}{end}");
                assert_eq!(
                    places(&source),
                    [('x', "x"), (' ', fold.as_str()), ('y', "y")]
                );
                let source = format!("a: {quote}x{first}{second}{third}y{quote}{end}");
                let feeds = [&first, &second, &third].map(|feed| ('\n', feed.as_str()));
                assert_eq!(
                    places(&source),
                    [&[('x', "x")], &feeds[..], &[('y', "y")]].concat()
                );
            }
        }
    }

    #[test]
    fn an_escaped_line_end_is_nothing() {
        let expected = [('x', "x"), (' ', " "), (' ', "\\ "), ('y', "y")];
        assert_eq!(places("a: \"x \\\n   \\ y\""), expected);
        let expected = [('x', "x"), ('\n', "\\\r\n\r\n \t"), ('y', "y")];
        assert_eq!(places("a: \"x\\\r\n\r\n \ty\""), expected);
        assert_eq!(text("a: \"\\\n\""), "");
        assert_eq!(text("a: \" \\\n \""), " ");
        assert_eq!(text("a: \"\n \n x \n \""), "\nx ");
    }

    #[test]
    fn a_line_end_of_a_block_has_the_indentation_behind_it() {
        let expected = [
            ('\n', "  \n  "),
            ('x', "x"),
            ('\n', "\n"),
            ('\n', "\n  "),
            (' ', " "),
            ('y', "y"),
            ('\n', "\n  "),
            ('z', "z"),
            ('\n', "\n"),
        ];
        assert_eq!(places("a: |\n  \n  x\n\n   y\n  z\n"), expected);
        let expected = [
            ('x', "x"),
            (' ', "\r\n  "),
            ('y', "y"),
            ('\n', "\r\n \r\n"),
            ('\n', "\r\n  "),
            ('z', "z"),
            ('\n', "\r\n"),
        ];
        assert_eq!(places("a: >\r\n  x\r\n  y\r\n \r\n\r\n  z\r\n"), expected);
    }

    /// What a block scalar reads by chapter 8.1 of YAML 1.2.2: its lines of content, how many blank
    /// ones follow, and whether the last of all has an end.
    fn block_value(
        lines: &[&str],
        is_folded: bool,
        chomping: &str,
        blank: usize,
        has_end: bool,
    ) -> String {
        let is_text = |line: &str| is_folded && !line.starts_with([' ', '\t']);
        let mut value = String::new();
        let mut before: Option<&str> = None;
        let mut empty = 0;
        for line in lines.iter().copied() {
            if line.is_empty() {
                empty += 1;
                continue;
            }
            value += &match before {
                None => "\n".repeat(empty),
                Some(before) if is_text(before) && is_text(line) && empty == 0 => " ".to_owned(),
                Some(before) if is_text(before) && is_text(line) => "\n".repeat(empty),
                Some(_) => "\n".repeat(empty + 1),
            };
            value += line;
            (before, empty) = (Some(line), 0);
        }
        let content = usize::from(before.is_some());
        let ends = content + empty + blank - usize::from(!has_end);
        let kept = match chomping {
            "-" => 0,
            "+" => ends,
            _ => ends.min(content),
        };
        value + &"\n".repeat(kept)
    }

    #[test]
    fn blocks_are_read_whatever_their_chomping_and_indentation() {
        let contents: &[&[&str]] = &[
            &["one"],
            &["one", "two", "", "", "three"],
            &["", "", "one"],
            &["one", " more", "two", "", "  more", "", "three"],
            &["one", "\ttab", "two"],
            &["é", "字 \u{1F600} ", "# no comment", "- none: 'either'"],
            &["one", "   ", "two"],
            &[],
        ];
        // Only with an indicator, the first line can begin with a blank.
        let indented: &[&[&str]] = &[&[" one", "two"], &["", "  ", "two"], &["  "]];
        let mut headers = Vec::new();
        for (style, is_folded) in [("|", false), (">", true)] {
            for chomping in ["", "-", "+"] {
                for (indicator, all) in [("", contents), ("2", contents), ("2", indented)] {
                    for header in [
                        format!("{style}{indicator}{chomping}"),
                        format!("{style}{chomping}{indicator} # why"),
                    ] {
                        headers.extend(
                            all.iter()
                                .map(|lines| (header.clone(), is_folded, chomping, *lines)),
                        );
                    }
                }
            }
        }
        for (header, is_folded, chomping, lines) in headers {
            for (end, blank) in ["\n", "\r\n", "\r"]
                .into_iter()
                .flat_map(|end| [(end, 0), (end, 1), (end, 2)])
            {
                let mut body: String = lines
                    .iter()
                    .map(|line| {
                        if line.is_empty() {
                            end.to_owned()
                        } else {
                            format!("  {line}{end}")
                        }
                    })
                    .collect();
                body += &[end, &format!(" {end}")][..blank].concat();
                let value = |has_end| block_value(lines, is_folded, chomping, blank, has_end);
                let source = format!("a: {header}{end}{body}");
                let longer = format!("{source}b: next{end}");
                assert_eq!(
                    texts(&longer),
                    pairs([("a", &value(true)), ("b", "next")]),
                    "{longer:?}"
                );
                read(&longer)
                    .texts
                    .iter()
                    .for_each(|text| check_places(&longer, text));
                assert_eq!(text(&source), value(true), "{source:?}");
                if !body.is_empty() {
                    let shorter = source.strip_suffix(end).expect("an end");
                    assert_eq!(text(shorter), value(false), "{shorter:?}");
                }
            }
        }
    }

    #[test]
    fn a_block_ends_with_its_indentation() {
        let source =
            "- |\n text\n# comment\n- - >2-\n     deep\n    more\n-\n  k: |\n   x\n  l: y\n";
        let expected = pairs([
            ("0", "text\n"),
            ("1.0", " deep\nmore"),
            ("2.k", "x\n"),
            ("2.l", "y"),
        ]);
        assert_eq!(texts(source), expected);
        let source = "|\ntop\n---\n>-\n....\n...\n";
        assert_eq!(texts(source), pairs([("", "top\n"), ("2", "....")]));
        // A file may end in spaces.
        for (source, value) in [
            ("a: |\n  x\n  ", "x\n"),
            ("a: |\n  x\n ", "x\n"),
            ("a: |+\n  x\n  ", "x\n"),
            ("a: |-\n  x\n  ", "x"),
            ("a: |\n  x\n   ", "x\n "),
            ("a: |+\n  ", ""),
            ("a: |+\n\n  ", "\n"),
            ("a: |", ""),
            ("a: >-2 #", ""),
        ] {
            assert_eq!(text(source), value, "{source:?}");
        }
    }

    #[test]
    fn comments_are_those_outside_of_scalars() {
        let source = "## one\na: b # two\nc: 'd # no' #three\ne: f#no\ng: \"h\n  # no\" # four\n\
                      i: | #  five \n  # no\n # six\nj: &k#no !l#no x\nm: *k#no\nn: [o, # seven\n p]\n\
                      ? q # eight\n: # nine\n  r\n---\t#ten\ns: >-\n\n  # no\n\n\n# eleven\r# twelve";
        let parsed = read(source);
        assert_eq!(parsed.faults, []);
        let found = parsed.comments.iter().map(|comment| comment.text.as_str());
        let words = "one two three four five six seven eight nine ten eleven twelve";
        assert_eq!(found.collect::<Vec<_>>().join(" "), words);
        for comment in &parsed.comments {
            let written = source[comment.at.clone()].trim_start_matches('#');
            assert_eq!(written.trim(), comment.text);
        }
    }

    #[test]
    fn files_without_texts_are_no_fault() {
        for source in [
            "",
            "\n",
            " \r\n\t",
            "# only",
            "---\n",
            "---\n...\n",
            "{}",
            "[]",
            "~",
            "a:",
        ] {
            assert_eq!(texts(source), [], "{source:?}");
        }
    }

    #[test]
    fn a_literal_is_what_is_written_of_a_text() {
        for (source, literals) in [
            ("a: b c # d", &["b c"] as &[&str]),
            ("a: &x !!str  'b'   # d", &["'b'"]),
            ("[\"b\" , c]", &["\"b\"", "c"]),
            ("é:\n- ü\n- >- # x\n  y\n\n- z", &["ü", ">- # x\n  y", "z"]),
            ("a: |\n  b\n\n# c", &["|\n  b\n"]),
            ("\"a\": 'b'\n\"c\": |+\n d\n\n", &["'b'", "|+\n d\n\n"]),
        ] {
            let parsed = read(source);
            assert_eq!(parsed.faults, []);
            let found = parsed
                .texts
                .iter()
                .map(|text| &source[text.literal.clone()]);
            assert_eq!(found.collect::<Vec<_>>(), literals);
        }
    }

    #[test]
    fn a_mistake_is_named_at_its_place_and_what_is_before_it_is_read() {
        for (source, rest, words) in [
            (
                "a: x\nb: 'y\nc: z\n",
                "'y\nc: z\n",
                "no quotation mark ends",
            ),
            (
                "a: x\nb: 'y\n---\n'\n",
                "'y\n---\n'\n",
                "no quotation mark ends",
            ),
            ("a: x\nb: y: z\n", ": z\n", "before this colon"),
            (
                "a: x\nb: 'y' z\n",
                "z\n",
                "follows a closing quotation mark",
            ),
            ("a: x\nb: \"\\y\"\n", "\"\\y\"\n", "backslash"),
            (
                "a: x\nb: \"\\u12\"\n",
                "\"\\u12\"\n",
                "too few hexadecimal digits",
            ),
            (
                "a: x\nb: \"\\ud83d\\ude00\"",
                "\"\\ud83d\\ude00\"",
                "the number of no character",
            ),
            ("a: x\nb: *c\n", "*c\n", "no anchor"),
            ("a: x\nb: @c\n", "@c\n", "no plain text begins"),
            ("a: x\nb: |\n\ty\n", "|\n\ty\n", "a tab where"),
            ("c: x\na:\n  b: y\n\tc: z\n", "y\n\tc: z\n", "a tab follows"),
            ("a: x\nb: |0\n  y\n", "|0\n  y\n", "from 1 to 9"),
            ("a: x\nb\nc: y\n", "c: y\n", "a key with a colon"),
            ("a:\n  b: x\n c: y\n", "c: y\n", "indented otherwise"),
            ("a: x\nb: é\0y", "\0y", "a null character"),
            ("a: x\nb: [y\n", "", "a comma is missing"),
            ("- x\nb: y\n", "b: y\n", "indented otherwise"),
            ("a: x\n... y\n", "y\n", "not YAML: "),
        ] {
            let parsed = read(source);
            let [fault] = parsed.faults.as_slice() else {
                panic!("{:?} in {source:?}", parsed.faults);
            };
            assert_eq!(&source[fault.at.start..], rest, "{fault:?}");
            assert!(fault.message.contains(words), "{fault:?} in {source:?}");
            assert_eq!(parsed.texts[0].decoded.text(), "x");
        }
    }

    #[test]
    fn what_is_nested_too_deep_is_a_fault() {
        let within = "[".repeat(MAX_DEPTH) + "x" + &"]".repeat(MAX_DEPTH);
        assert_eq!(text(&within), "x");
        let mega = 1 << 20;
        let deep = [
            "[".repeat(MAX_DEPTH + 1) + &"]".repeat(MAX_DEPTH + 1),
            "[".repeat(mega),
            "{a: ".repeat(mega / 4),
            "- ".repeat(mega / 2),
            "? ".repeat(mega / 2),
            "- ? ".repeat(mega / 4),
            "[{".repeat(mega / 2),
            (0..1000).map(|depth| " ".repeat(depth) + "a:\n").collect(),
        ];
        for source in deep {
            let parsed = read(&source);
            let [fault] = parsed.faults.as_slice() else {
                panic!("{:?}", parsed.faults);
            };
            assert_eq!(fault.message, too_deep());
            assert_eq!(fault.at.len(), 1);
        }
    }

    #[test]
    fn keys_are_not_copied_without_a_limit() {
        let long = "k".repeat(MAX_PATH - 1);
        let source = format!("{{m: y, {long}: {{l: x, ll: z}}, n: z}}");
        let parsed = read(&source);
        let [fault] = parsed.faults.as_slice() else {
            panic!("{:?}", parsed.faults);
        };
        assert!(fault.message.starts_with("the keys"), "{fault:?}");
        assert!(source[fault.at.start..].starts_with("ll: z"), "{fault:?}");
        let found = parsed.texts.iter().map(|text| text.decoded.text());
        assert_eq!(found.collect::<Vec<_>>(), ["y", "x"]);
    }

    #[test]
    fn large_files_of_anything_are_read() {
        for (start, rest) in [
            ("", "&a *a\n"),
            ("", "&a "),
            ("", "- &a x\n"),
            ("\"", "\\"),
            ("\"", "\\\n"),
            ("'", "''"),
            ("'", "\n "),
            ("", "\t"),
            ("", "\r"),
            ("", "#"),
            ("", "# "),
            ("a: ", "#"),
            ("a: ", "x #"),
            ("a: |\n", "\n"),
            ("a: |\n", " x\n"),
            ("a: >\n", " x\n\n"),
            ("a: >+\n", "     \n"),
            ("", "- |\n"),
            ("", "- |1+\n\n"),
            ("", "- !!str |\n  x\n"),
            ("", "- ! &a # |\n  x\n"),
            ("[", "a,"),
            ("{", "\"a\":b,"),
            ("[", "[a]: b, "),
            ("", "---\n"),
            ("", "\u{FEFF}"),
            ("a: |\n  ", "\u{FEFF}"),
            ("", "%é |\n"),
        ] {
            let source = start.to_owned() + &rest.repeat((1 << 19) / rest.len());
            let parsed = read(&source);
            assert!(parsed.faults.len() <= 1, "{start:?} {rest:?}");
            let texts = parsed.texts.iter().take(3);
            texts.for_each(|text| check_places(&source, text));
        }
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
        fn whatever_is_read_agrees_with_the_parser_and_stands_where_it_is_said_to(
            parts in vec(select(vec![
                "a", "b: ", "- ", "? ", ": ", "\n", "\n  ", "\n ", "\n   ", "\r\n", "\r", "  ", " ",
                "|", ">", "|-", ">+", "|2", ">1-", ": >-\n  ", "- |\n", "'", "\"", "''", "\\", "\\n",
                "\\x41", " # c", "&a ", "*a ", "!!str ", "!x ", "[", "]", "{", "}", ",", "---", "...",
                "é", "\u{1F600}", "\u{FEFF}", "\0", "x: 'it''s'\n", "k: |\n  l\n\n   m\n", "~", "12",
                "z: >\n  f\n  g\n",
            ]), 0..24),
        ) {
            let source = parts.concat();
            let parsed = read(&source);
            for text in &parsed.texts {
                check_places(&source, text);
            }
            for fault in &parsed.faults {
                prop_assert!(source.get(fault.at.clone()).is_some(), "{fault:?}");
                let agrees = !fault.message.contains("two readings");
                prop_assert!(agrees, "{fault:?} in {source:?}");
            }
        }

        #[test]
        fn every_character_stands_where_it_was_written((source, expected) in catalogue()) {
            let parsed = read(&source);
            prop_assert_eq!(&parsed.faults, &[], "{:?}", source);
            prop_assert_eq!(parsed.texts.len(), expected.len());
            for (text, expected) in parsed.texts.iter().zip(&expected) {
                let decoded = &text.decoded;
                let written = decoded.text().char_indices().map(|(at, character)| {
                    (character, decoded.source(at..at + character.len_utf8()))
                });
                prop_assert_eq!(&written.collect::<Vec<_>>(), expected, "{:?}", source);
                check_places(&source, text);
            }
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
    }

    /// What separates two words.
    #[derive(Clone, Debug)]
    enum Gap {
        Spaces(usize),
        /// A line end and so many blank lines. In quotation marks the first may be escaped.
        Lines(usize, bool),
    }

    type Places = Vec<(char, Range<usize>)>;

    /// A catalogue of scalars in all styles, and for each its characters and where they were put.
    fn catalogue() -> impl Strategy<Value = (String, Vec<Places>)> {
        let characters = "abé字\u{1F600}-'\"\\`#:,’“–…«ł№：（＃\u{A0}\u{200B}\u{2028}\u{AD}";
        let character = select(characters.chars().collect::<Vec<_>>());
        let gap = prop_oneof![
            3 => (1..3_usize).prop_map(Gap::Spaces),
            2 => (0..3_usize, any::<bool>()).prop_map(|(blank, flag)| Gap::Lines(blank, flag)),
        ];
        let words = vec((vec(character, 1..5), gap), 1..6);
        let scalars = vec((select(STYLES), words, any::<bool>()), 1..6);
        let end = select(vec!["\n", "\r\n", "\r"]);
        (scalars, end, any::<bool>()).prop_map(|(scalars, end, is_sequence)| {
            let mut source = format!("en:{end}");
            let mut all = Vec::new();
            for (number, (style, words, flag)) in scalars.into_iter().enumerate() {
                source += &match is_sequence {
                    true => "  - ".to_owned(),
                    false => format!("  k{number}: "),
                };
                all.push(write(&mut source, style, &words, end, flag));
                source += end;
            }
            (source, all)
        })
    }

    const STYLES: &[ScalarStyle] = &[
        ScalarStyle::Plain,
        ScalarStyle::SingleQuoted,
        ScalarStyle::DoubleQuoted,
        ScalarStyle::Literal,
        ScalarStyle::Folded,
    ];

    /// Writes a scalar without its last line end. Its lines are indented by four.
    fn write(
        out: &mut String,
        style: ScalarStyle,
        words: &[(Vec<char>, Gap)],
        end: &str,
        flag: bool,
    ) -> Places {
        use ScalarStyle::{DoubleQuoted, Folded, Literal, Plain, SingleQuoted};
        let is_block = matches!(style, Literal | Folded);
        let mut places = Vec::new();
        *out += match style {
            Plain => "",
            SingleQuoted => "'",
            DoubleQuoted => "\"",
            Literal => "|",
            Folded => ">",
        };
        if is_block {
            let chomping = if flag { "- # '|\"" } else { "+" };
            *out += &format!("{chomping}{end}    ");
        }
        for (number, (word, gap)) in words.iter().enumerate() {
            for (index, character) in word.iter().enumerate() {
                let start = out.len();
                // What would be no plain scalar, or end it, is left out.
                let (is_first, is_last) = (index == 0, index + 1 == word.len());
                let character = match (style, character) {
                    (Plain, '-' | '\'' | '"' | '`' | ',') if number == 0 && is_first => 'x',
                    (Plain, '#') if is_first => 'x',
                    (Plain, ':') if is_last => 'x',
                    (_, other) => *other,
                };
                *out += &match (style, character) {
                    (SingleQuoted, '\'') => "''".to_owned(),
                    (DoubleQuoted, '"' | '\\') => format!("\\{character}"),
                    (DoubleQuoted, _) if flag && !character.is_ascii() => {
                        format!("\\U{:08x}", u32::from(character))
                    }
                    _ => character.to_string(),
                };
                places.push((character, start..out.len()));
            }
            let start = out.len();
            match gap {
                _ if number + 1 == words.len() => {}
                Gap::Spaces(count) => {
                    *out += &" ".repeat(*count);
                    places.extend((start..out.len()).map(|at| (' ', at..at + 1)));
                }
                Gap::Lines(blank, escaped) => {
                    *out += match (style, escaped) {
                        (DoubleQuoted, true) => "\\",
                        (Plain | SingleQuoted, true) => " \t",
                        _ => "",
                    };
                    let mut ends = Vec::new();
                    for _ in 0..=*blank {
                        *out += end;
                        ends.push(out.len());
                    }
                    *out += "    ";
                    ends[*blank] = out.len();
                    if style != Literal {
                        ends.remove(0);
                    }
                    if ends.is_empty() && !(style == DoubleQuoted && *escaped) {
                        places.push((' ', start..out.len()));
                    }
                    let mut from = start;
                    for end in ends {
                        places.push(('\n', from..end));
                        from = end;
                    }
                }
            }
        }
        match style {
            SingleQuoted => out.push('\''),
            DoubleQuoted => out.push('"'),
            Literal | Folded if !flag => places.push(('\n', out.len()..out.len() + end.len())),
            _ => {}
        }
        places
    }
}
