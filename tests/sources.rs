//! Files of every format through the binary: each finding stands where its characters are written,
//! and `septet fix` changes these and nothing else.
//!
//! Files are generated from texts character by character, so that the bytes of each are known; what is
//! written is read by small decoders that share nothing with the binary.

#![cfg(feature = "cli")]

#[path = "support/binary.rs"]
mod binary;
#[path = "support/cases.rs"]
mod cases;

use core::fmt;
use core::ops::Range;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use binary::{Folder, Run};
use cases::cases;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use septet::template::{Catalogue, CharacterSet, Rules, Syntax, Values, Verdict};
use serde_json::Value;

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Json,
    Jsonc,
    Okta,
    StringCatalogue,
    Arb,
    YamlPlain,
    YamlSingle,
    YamlDouble,
    YamlLiteral,
    YamlFolded,
    HclQuoted,
    HclHereDocument,
    HclIndented,
    Properties,
    Fluent,
    CsvQuoted,
    CsvPlain,
    Tsv,
    Plain,
    JsonLines,
    CodeDouble,
    CodeBacktick,
    Sql,
    Xml,
    Bare,
}

use Kind::*;

const KINDS: [Kind; 25] = [
    Json,
    Jsonc,
    Okta,
    StringCatalogue,
    Arb,
    YamlPlain,
    YamlSingle,
    YamlDouble,
    YamlLiteral,
    YamlFolded,
    HclQuoted,
    HclHereDocument,
    HclIndented,
    Properties,
    Fluent,
    CsvQuoted,
    CsvPlain,
    Tsv,
    Plain,
    JsonLines,
    CodeDouble,
    CodeBacktick,
    Sql,
    Xml,
    Bare,
];

const CONFIG: &str = r#"
base-locale = "en"
syntax = "dollar-brace"

[values]
code = { characters = "digits", length = 6 }

[[source]]
files = ["{Json,Jsonc,Arb,Plain}/**", "Properties/**", "Fluent/{locale}/*"]

[[source]]
files = ["{Okta,StringCatalogue,CsvQuoted,CsvPlain,Tsv,JsonLines}/**", "Hcl*/**"]

[[source]]
files = ["Yaml*/**"]
keys = ["{locale}.**"]

[[source]]
files = ["CodeDouble/**"]
format = "regex"
escapes = "backslash"
pattern = '''sms\((?<key>\w+), (?<locale>\w+), "(?<text>(?:[^"\\]|\\.)*)"\)'''

[[source]]
files = ["CodeBacktick/**"]
format = "regex"
escapes = "backslash"
pattern = '''(?s)sms\((?<key>\w+), (?<locale>\w+), `(?<text>(?:[^`\\]|\\.)*)`\)'''

[[source]]
files = ["Sql/**"]
format = "regex"
escapes = "doubled"
pattern = '''\('(?<key>\w+)', '(?<locale>\w+)', '(?<text>(?:[^']|'')*)'\)'''

[[source]]
files = ["Xml/**"]
format = "regex"
escapes = "xml"
pattern = '''<string name="(?<key>\w+)" lang="(?<locale>\w+)">(?<text>[^<]*)</string>'''

[[source]]
files = ["Bare/**"]
format = "regex"
pattern = '''(?m)^(?<key>\w+) (?<locale>\w+) "(?<text>[^"\\\n]*)"'''
"#;

/// The same rules, for the library.
fn rules() -> Rules<'static> {
    let code = CharacterSet::DIGITS.exactly(6);
    Rules::new()
        .syntax(Syntax::DollarBrace)
        .values(Values::new().with("code", code))
        .base_language("en".parse().expect("a language"))
}

/// Words of texts: those that GSM-7 has, those that it has not and that can be repaired, and signs that
/// mean something in one of the formats.
const WORDS: &[&str] = &[
    "Your ",
    "code ",
    "is valid ",
    "for ten minutes ",
    "Example ",
    "team ",
    "now ",
    "please ",
    "do not share ",
    "with anyone ",
    "${code} ",
    "because ",
    "of ",
    "it ",
];
const SPECIAL: &[&str] = &[
    "’", "“", "” ", "…", "\u{200B}", "\u{A0}", "é", "e\u{301}", "–", "ﬁ", "´", "→", "‚",
    "\u{2028}", "‹", "：", "\u{AD}", "\u{2003}", "》", "，", "＃",
];
const SIGNS: &[&str] = &[
    "\n", "\n\n", "\"", "'", "\\", "`", "&", "<b> ", ", ", "; ", "\t", ": ", " #", "= ", "!", "| ",
    "- ", "%", "$", "[x] ", "~", "%{", "&amp; ", "\\n", "//", "/* ", "*", "@", "?", "€", "{", "} ",
    ". ", "  ",
];
const BEYOND: &[&str] = &["👋 ", "ж", "漢", "\r", "\u{85}"];

/// A text, and for each character which of its spellings is taken.
type Spelled = Vec<(char, u8)>;

fn words(with_misspelt: bool) -> impl Strategy<Value = Spelled> {
    let signs = SIGNS.iter().copied();
    let signs =
        signs.filter(|sign| with_misspelt || !sign.contains(['{', '$', '%', '@', '#', '<']));
    let word = prop_oneof![
        12 => select(WORDS),
        2 => select(SPECIAL),
        2 => select(signs.collect::<Vec<_>>()),
    ];
    let beyond = prop_oneof![4 => Just(None), 1 => (select(BEYOND), any::<u8>()).prop_map(Some)];
    (vec((word, any::<u8>()), 1..30), beyond).prop_map(|(words, beyond)| {
        let words = words.into_iter().chain(beyond);
        let characters = words.flat_map(|(word, spelling)| {
            let spelled = word.chars().zip(0..);
            spelled.map(move |(character, at)| (character, spelling.wrapping_add(at) % 8))
        });
        characters.collect()
    })
}

/// A text in a file.
#[derive(Clone, Debug)]
struct Placed {
    /// Which texts are translations of each other.
    set: String,
    key: String,
    locale: Option<String>,
    is_base: bool,
    text: String,
    /// The bytes of each character.
    places: Vec<Range<usize>>,
    /// From the first character to the last one.
    content: Range<usize>,
}

#[derive(Clone)]
struct Made {
    kind: Kind,
    path: String,
    has_bom: bool,
    source: String,
    texts: Vec<Placed>,
}

/// A tree is too long to be shown; what fails shows its file.
impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)
    }
}

impl Made {
    fn bytes(&self) -> String {
        let bom = if self.has_bom { "\u{FEFF}" } else { "" };
        format!("{bom}{}", self.source)
    }

    /// What stands around the texts.
    fn around(&self) -> Vec<&str> {
        let mut at = 0;
        let mut parts = Vec::new();
        for text in &self.texts {
            parts.push(&self.source[at..text.content.start]);
            at = text.content.end;
        }
        parts.push(&self.source[at..]);
        parts
    }

    /// What stands in the place of each text in another version of the file, which is the same around
    /// them.
    fn contents<'s>(&self, bytes: &'s str) -> Option<Vec<&'s str>> {
        let source = match self.has_bom {
            true => bytes.strip_prefix('\u{FEFF}')?,
            false => bytes,
        };
        let around = self.around();
        let (last, before) = around.split_last()?;
        let (first, between) = before.split_first()?;
        let mut rest = source.strip_prefix(first)?.strip_suffix(last)?;
        let mut contents = Vec::new();
        for part in between {
            let (content, behind) = rest.split_once(part)?;
            contents.push(content);
            rest = behind;
        }
        contents.push(rest);
        Some(contents)
    }
}

/// Puts a file together.
struct Maker {
    end: &'static str,
    made: Made,
}

impl Maker {
    fn new(kind: Kind, path: String, how: How) -> Self {
        let made = Made {
            kind,
            path,
            has_bom: how.has_bom,
            source: String::new(),
            texts: Vec::new(),
        };
        Self {
            end: if how.has_cr { "\r\n" } else { "\n" },
            made,
        }
    }

    fn raw(&mut self, text: &str) {
        self.made.source += &text.replace('\n', self.end);
    }

    fn text(&mut self, set: &str, key: &str, locale: &str, is_base: bool, spelled: &Spelled) {
        let spelled = holds(self.made.kind, spelled, self.end);
        let source = &mut self.made.source;
        let start = source.len();
        let mut places = Vec::new();
        for (before, written) in pieces(self.made.kind, &spelled, self.end) {
            *source += &before;
            places.push(source.len()..source.len() + written.len());
            *source += &written;
        }
        self.made.texts.push(Placed {
            set: set.to_owned(),
            key: key.to_owned(),
            locale: Some(locale.to_owned()).filter(|locale| !locale.is_empty()),
            is_base,
            text: spelled.iter().map(|(character, _)| character).collect(),
            places,
            content: start..source.len(),
        });
    }
}

/// How a file is written, apart from its texts.
#[derive(Clone, Copy, Debug)]
struct How {
    has_cr: bool,
    has_bom: bool,
}

/// Writes a text of a file by its number.
type WriteText<'a> = &'a dyn Fn(&mut Maker, usize);

/// The files of some texts and their translations.
fn files(kind: Kind, number: usize, how: How, pairs: &[(Spelled, Spelled)]) -> Vec<Made> {
    let folder = format!("{kind:?}");
    let languages = ["en", "fr"];
    let of = |pair: &(Spelled, Spelled), at: usize| [&pair.0, &pair.1][at].clone();
    let by_path = |name: &dyn Fn(&str) -> String,
                   write: &dyn Fn(&mut Maker, &str, WriteText<'_>)| {
        let files = languages.iter().enumerate().map(|(at, locale)| {
            let mut maker = Maker::new(kind, format!("{folder}/{}", name(locale)), how);
            write(&mut maker, locale, &|maker, text| {
                let (key, set) = match kind {
                    Plain => (number.to_string(), format!("{folder}/{number}")),
                    _ => (format!("k{text}"), format!("{folder}/{number}/k{text}")),
                };
                maker.text(&set, &key, locale, at == 0, &of(&pairs[text], at));
            });
            maker.made
        });
        files.collect::<Vec<_>>()
    };
    let mut maker = Maker::new(kind, String::new(), how);
    let mut one = |extension: &str, write: &dyn Fn(&mut Maker)| {
        maker.made.path = format!("{folder}/{number}.{extension}");
        write(&mut maker);
        vec![maker.made.clone()]
    };
    let set = |at: usize| format!("{folder}/{number}/k{at}");
    let both = |maker: &mut Maker, at: usize, locale: usize| {
        let spelled = of(&pairs[at], locale);
        maker.text(
            &set(at),
            &format!("k{at}"),
            languages[locale],
            locale == 0,
            &spelled,
        );
    };
    let all = 0..pairs.len();
    match kind {
        Json | Jsonc => {
            let extension = if kind == Json { "json" } else { "jsonc" };
            let (before, behind) = match kind {
                Json => ("", ""),
                _ => ("  // A \"comment\"\n", ",\n  /* \"x\": */\n"),
            };
            by_path(
                &|locale| format!("{number}.{locale}.{extension}"),
                &|maker, _, text| {
                    maker.raw(&format!("{{\n{before}"));
                    for at in all.clone() {
                        maker.raw(&format!(
                            "{}  \"k{at}\": \"",
                            if at > 0 { ",\n" } else { "" }
                        ));
                        text(maker, at);
                        maker.raw("\"");
                    }
                    maker.raw(&format!("{behind}\n}}\n"));
                },
            )
        }
        Arb => by_path(
            &|locale| format!("{number}_{locale}.arb"),
            &|maker, locale, text| {
                maker.raw(&format!("{{\"@@locale\": \"{locale}\""));
                for at in all.clone() {
                    maker.raw(&format!(",\n\t\"k{at}\" : \""));
                    text(maker, at);
                    maker.raw(&format!("\", \"@k{at}\": {{\"description\": \"it’s\"}}"));
                }
                maker.raw("}");
            },
        ),
        Properties => by_path(
            &|locale| format!("{number}_{locale}.properties"),
            &|maker, _, text| {
                maker.raw("# A comment=x\n");
                for at in all.clone() {
                    maker.raw(&format!("k{at} = "));
                    text(maker, at);
                    maker.raw("\n");
                }
            },
        ),
        Fluent => by_path(
            &|locale| format!("{locale}/{number}.ftl"),
            &|maker, _, text| {
                maker.raw("# A comment = x\n-term = it’s\n");
                for at in all.clone() {
                    maker.raw(&format!("k{at} = "));
                    text(maker, at);
                    maker.raw("\n");
                }
            },
        ),
        Plain => by_path(
            &|locale| format!("{number}.{locale}.txt"),
            &|maker, _, text| {
                text(maker, 0);
                maker.raw("\n");
            },
        ),
        Okta => one("json", &|maker| {
            maker.raw("[");
            for at in all.clone() {
                let comma = if at > 0 { "," } else { "" };
                maker.raw(&format!(
                    "{comma}\n {{\"name\": \"k{at}\", \"type\": \"SMS\", \"template\": \""
                ));
                maker.text(&set(at), &format!("k{at}"), "", true, &of(&pairs[at], 0));
                maker.raw(&format!(
                    "\",\n  \"note{at}\": \"it’s\", \"translations\": {{\"fr\": \""
                ));
                maker.text(&set(at), &format!("k{at}"), "fr", false, &of(&pairs[at], 1));
                maker.raw("\"}}");
            }
            maker.raw("\n]\n");
        }),
        StringCatalogue => one("xcstrings", &|maker| {
            maker.raw("{\"sourceLanguage\": \"en\", \"strings\": {");
            for at in all.clone() {
                let comma = if at > 0 { "," } else { "" };
                maker.raw(&format!("{comma}\n\"k{at}\": {{\"localizations\": {{"));
                for (locale, name) in languages.iter().enumerate() {
                    let comma = if locale > 0 { ", " } else { "" };
                    maker.raw(&format!(
                        "{comma}\"{name}\": {{\"stringUnit\": {{\"value\": \""
                    ));
                    both(maker, at, locale);
                    maker.raw(&format!("\", \"state\": \"{at}\"}}}}"));
                }
                maker.raw("}}");
            }
            maker.raw("},\n\"version\": \"1.0\"}\n");
        }),
        YamlPlain | YamlSingle | YamlDouble | YamlLiteral | YamlFolded => one("yaml", &|maker| {
            let (open, close) = match kind {
                YamlSingle => ("'", "'"),
                YamlDouble => ("\"", "\""),
                YamlLiteral => (
                    if number.is_multiple_of(2) {
                        "|-\n    "
                    } else {
                        "|2- # it’s\n    "
                    },
                    "",
                ),
                YamlFolded => (">-\n    ", ""),
                _ => ("", ""),
            };
            maker.raw("# it’s\n");
            for (locale, name) in languages.iter().enumerate() {
                maker.raw(&format!("{name}:\n"));
                for at in all.clone() {
                    maker.raw(&format!("  k{at}: {open}"));
                    both(maker, at, locale);
                    maker.raw(&format!("{close}\n"));
                }
            }
        }),
        HclQuoted | HclHereDocument | HclIndented => one("tf", &|maker| {
            let (open, close) = match kind {
                HclQuoted => ("\"", "\""),
                HclHereDocument => ("<<EOT\n", "EOT"),
                _ => ("<<-EOT\n      ", "    EOT"),
            };
            for at in all.clone() {
                maker.raw(&format!(
                    "resource \"okta_template_sms\" \"k{at}\" {{\n  template = {open}"
                ));
                maker.text(&set(at), &format!("k{at}"), "", true, &of(&pairs[at], 0));
                maker.raw(&format!(
                    "{close}\n  # it’s {at}\n  translations {{\n    language = \"fr\"\n    template = {open}"
                ));
                maker.text(&set(at), &format!("k{at}"), "fr", false, &of(&pairs[at], 1));
                maker.raw(&format!("{close}\n  }}\n}}\n"));
            }
        }),
        CsvQuoted | CsvPlain => one("csv", &|maker| {
            let mark = if kind == CsvQuoted { "\"" } else { "" };
            maker.raw("id,en,note,fr\n");
            for at in all.clone() {
                maker.raw(&format!("k{at},{mark}"));
                both(maker, at, 0);
                maker.raw(&format!("{mark},it’s {at},{mark}"));
                both(maker, at, 1);
                maker.raw(&format!("{mark}\n"));
            }
        }),
        Tsv => one("tsv", &|maker| {
            maker.raw("id\tlocale\ttext\tnote\n");
            for at in all.clone() {
                for (locale, name) in languages.iter().enumerate() {
                    maker.raw(&format!("k{at}\t{name}\t"));
                    both(maker, at, locale);
                    maker.raw("\tit’s\n");
                }
            }
        }),
        JsonLines => one("jsonl", &|maker| {
            for at in all.clone() {
                for (locale, name) in languages.iter().enumerate() {
                    maker.raw(&format!(
                        "{{\"id\": \"k{at}\", \"locale\": \"{name}\", \"text\": \""
                    ));
                    both(maker, at, locale);
                    maker.raw("\"}\n");
                }
            }
        }),
        CodeDouble | CodeBacktick | Sql | Xml | Bare => one("txt", &|maker| {
            for at in all.clone() {
                for (locale, name) in languages.iter().enumerate() {
                    let (before, behind) = match kind {
                        CodeDouble => (format!("  sms(k{at}, {name}, \""), "\"); // it’s\n"),
                        CodeBacktick => (format!("  sms(k{at}, {name}, `"), "`);\n"),
                        Sql => (format!("('k{at}', '{name}', '"), "'),\n"),
                        Xml => (
                            format!("<string name=\"k{at}\" lang=\"{name}\">"),
                            "</string>\n",
                        ),
                        _ => (format!("k{at} {name} \""), "\"\n"),
                    };
                    maker.raw(&before);
                    both(maker, at, locale);
                    maker.raw(behind);
                }
            }
        }),
    }
}

/// Whether a line end in a text stands in the file as it is, and is two characters there where all
/// line ends are.
fn has_own_line_ends(kind: Kind) -> bool {
    matches!(
        kind,
        HclHereDocument | HclIndented | CsvQuoted | Plain | Sql | Xml | CodeBacktick
    )
}

fn is_json(kind: Kind) -> bool {
    matches!(
        kind,
        Json | Jsonc | Okta | StringCatalogue | Arb | JsonLines
    )
}

/// What of a text such a literal can hold.
fn holds(kind: Kind, spelled: &Spelled, end: &str) -> Spelled {
    let has_escapes =
        is_json(kind) || matches!(kind, YamlDouble | HclQuoted | Properties | CodeDouble);
    let mut kept: Spelled = Vec::new();
    let is_word = |first: &(char, u8)| match first.0 {
        first if first.is_ascii() => first.is_ascii_alphanumeric(),
        first => !first.is_whitespace(),
    };
    if !spelled.first().is_some_and(is_word) {
        kept.push(('T', 0));
    }
    for (character, spelling) in spelled {
        let before = kept.last().map_or('\n', |(before, _)| *before);
        let is_line_start = before == '\n';
        let is_kept = match (kind, character) {
            (_, '\r') if !has_escapes => false,
            _ if has_escapes && !matches!(kind, HclQuoted) => true,
            (YamlPlain | CsvPlain | Tsv | Bare, '\n') => false,
            (YamlPlain | YamlSingle | YamlFolded, '\t') => false,
            // Whatever follows: no blank is behind it.
            (YamlPlain, ':' | '#') => false,
            (YamlSingle | YamlFolded | YamlLiteral | HclHereDocument | HclIndented | Fluent, _)
                if is_line_start && (character.is_whitespace() || "[*.}{".contains(*character)) =>
            {
                character == &'\n' && kind != HclIndented
            }
            (HclQuoted | HclHereDocument | HclIndented, '$' | '%') => before != *character,
            (Fluent, '{' | '}') => false,
            (CsvPlain, ',' | '"') | (Tsv, '\t' | '"') | (Bare, '"' | '\\') => false,
            _ => true,
        };
        if !is_kept {
            continue;
        }
        if *character == '\n' && (kind == YamlSingle || kind == YamlFolded || kind == Fluent) {
            // Blanks before a line end are no part of it.
            while kept
                .last()
                .is_some_and(|(last, _)| last.is_whitespace() && *last != '\n')
            {
                kept.pop();
            }
        }
        kept.push((*character, *spelling));
    }
    while kept.last().is_some_and(|(last, _)| last.is_whitespace()) {
        kept.pop();
    }
    if matches!(kind, HclHereDocument | HclIndented) {
        kept.push(('\n', 0));
    }
    if has_own_line_ends(kind) && end.len() > 1 {
        let both = |(character, spelling)| match character {
            '\n' => vec![('\r', 0), ('\n', 0)],
            _ => vec![(character, spelling)],
        };
        kept = kept.into_iter().flat_map(both).collect();
    }
    kept
}

fn units(character: char, write: impl Fn(u16) -> String) -> String {
    let mut units = [0; 2];
    let units = character.encode_utf16(&mut units).iter();
    units.map(|unit| write(*unit)).collect()
}

/// Each character of a text as it is written, and what the format wants before it that is none of it.
fn pieces(kind: Kind, spelled: &Spelled, end: &str) -> Vec<(String, String)> {
    let mut pieces = Vec::new();
    // Whether it is in several lines, where it may be.
    let folds = spelled
        .first()
        .is_some_and(|(_, spelling)| spelling % 2 == 1);
    for (at, (character, spelling)) in spelled.iter().copied().enumerate() {
        let beside = |offset: isize| {
            let other = at.checked_add_signed(offset).and_then(|at| spelled.get(at));
            other.map_or('\0', |(other, _)| *other)
        };
        let (before, next) = (beside(-1), beside(1));
        let code = u32::from(character);
        let is_between_words =
            character == ' ' && !before.is_whitespace() && !next.is_whitespace() && next != '\0';
        let lower = || units(character, |unit| format!("\\u{unit:04x}"));
        let upper = || units(character, |unit| format!("\\u{unit:04X}"));
        let itself = || character.to_string();
        let mut gap = String::new();
        if kind == HclIndented && before == '\n' && !"\r\n".contains(character) {
            gap = "      ".to_owned();
        }
        let written = match kind {
            _ if is_json(kind) => match (character, spelling) {
                ('"' | '\\', 0..=5) => format!("\\{character}"),
                ('\n', 0..=5) => "\\n".to_owned(),
                ('\r', 0..=5) => "\\r".to_owned(),
                ('\t', 0..=5) => "\\t".to_owned(),
                ('/', 4 | 5) => "\\/".to_owned(),
                (_, 6) | ('"' | '\\' | '\0'..' ', _) => lower(),
                (_, 7) => upper(),
                _ => itself(),
            },
            YamlPlain | YamlFolded if folds && is_between_words && spelling > 5 => {
                format!("{end}    ")
            }
            YamlFolded if character == '\n' => match (before, next) {
                ('\n', '\n') => end.to_owned(),
                ('\n', _) => format!("{end}    "),
                (_, '\n') => format!("{end}{end}"),
                _ => format!("{end}{end}    "),
            },
            YamlSingle => match character {
                '\'' => "''".to_owned(),
                ' ' if folds && is_between_words && spelling > 5 => format!("{end}    "),
                '\n' => match (before, next) {
                    ('\n', '\n') => end.to_owned(),
                    ('\n', _) => format!("{end}    "),
                    (_, '\n') => format!("{end}{end}"),
                    _ => format!("{end}{end}    "),
                },
                _ => itself(),
            },
            YamlDouble => {
                if folds
                    && spelling == 5
                    && !before.is_whitespace()
                    && !character.is_whitespace()
                    && at > 0
                {
                    gap = format!("\\{end}    ");
                }
                match (character, spelling) {
                    ('"' | '\\' | '/', 0..=5) => format!("\\{character}"),
                    ('\n', 0..=5) => "\\n".to_owned(),
                    ('\r', _) => "\\r".to_owned(),
                    ('\t', 0..=5) => "\\t".to_owned(),
                    (' ', 4) if folds && is_between_words => format!("{end}    "),
                    ('\u{A0}', 4) => "\\_".to_owned(),
                    ('\u{85}', 4) => "\\N".to_owned(),
                    ('\u{2028}', 4) => "\\L".to_owned(),
                    (_, 6) | ('"' | '\\' | '\0'..' ', _) => format!("\\U{code:08X}"),
                    (_, 7) if code < 0x100 => format!("\\x{code:02x}"),
                    (_, 7) if code < 0x1_0000 => format!("\\u{code:04x}"),
                    _ => itself(),
                }
            }
            YamlLiteral => match (character, next) {
                ('\n', '\n') => end.to_owned(),
                ('\n', _) => format!("{end}    "),
                _ => itself(),
            },
            HclQuoted | HclHereDocument | HclIndented
                if "$%".contains(character) && next == '{' =>
            {
                [character, character].iter().collect()
            }
            HclQuoted => match (character, spelling) {
                ('"' | '\\', _) => format!("\\{character}"),
                ('\n', _) => "\\n".to_owned(),
                ('\r', _) => "\\r".to_owned(),
                ('\t', _) => "\\t".to_owned(),
                // An escape would not make `${` text.
                ('{' | '$' | '%', _) => itself(),
                (_, 6) => format!("\\U{code:08x}"),
                (_, 7) if code < 0x1_0000 => format!("\\u{code:04X}"),
                _ => itself(),
            },
            Properties => {
                if folds && spelling == 5 && at > 0 {
                    gap = format!("\\{end}\t ");
                }
                let starts = !gap.is_empty() || at == 0;
                match (character, spelling) {
                    ('\\', 0..=5) => "\\\\".to_owned(),
                    ('\n', 0..=5) => "\\n".to_owned(),
                    ('\r', 0..=5) => "\\r".to_owned(),
                    ('\t', 0..=5) => "\\t".to_owned(),
                    (' ', _) if starts => "\\ ".to_owned(),
                    (_, 6) | ('\\' | '\0'..' ', _) => lower(),
                    (_, 7) => upper(),
                    (':' | '=' | '#' | '!' | '\'' | '’' | '…', 4) => format!("\\{character}"),
                    _ => itself(),
                }
            }
            Fluent => {
                if before == '\n' && character != '\n' {
                    gap = "    ".to_owned();
                }
                match character {
                    '\n' => end.to_owned(),
                    _ => itself(),
                }
            }
            CsvQuoted if character == '"' => "\"\"".to_owned(),
            Sql if character == '\'' => "''".to_owned(),
            Xml => match (character, spelling) {
                ('\n' | '\r', _) => itself(),
                ('’', 4 | 5) => "&rsquo;".to_owned(),
                ('…', 4 | 5) => "&hellip;".to_owned(),
                ('\u{A0}', 4 | 5) => "&nbsp;".to_owned(),
                ('\'', 4 | 5) => "&apos;".to_owned(),
                ('&', _) if next == ' ' && spelling < 4 => itself(),
                ('&', _) => "&amp;".to_owned(),
                ('<', _) => "&lt;".to_owned(),
                ('>', 4 | 5) => "&gt;".to_owned(),
                ('\u{85}', _) => itself(),
                (_, 6) => format!("&#{code};"),
                (_, 7) => format!("&#x{code:X};"),
                _ => itself(),
            },
            CodeDouble | CodeBacktick => match (character, spelling) {
                ('\\', _) => "\\\\".to_owned(),
                ('"', _) if kind == CodeDouble => "\\\"".to_owned(),
                ('`', _) if kind == CodeBacktick => "\\`".to_owned(),
                ('\n', _) if kind == CodeBacktick => itself(),
                ('\r', _) if kind == CodeBacktick => itself(),
                ('\n', _) => "\\n".to_owned(),
                ('\r', _) => "\\r".to_owned(),
                ('\t', _) => "\\t".to_owned(),
                ('\'' | '/' | '$', 4) => format!("\\{character}"),
                (_, 4) if code < 0x100 => format!("\\x{code:02X}"),
                (_, 5) => format!("\\u{{{code:X}}}"),
                (_, 6) => format!("\\U{code:08x}"),
                (_, 7) => lower(),
                _ => itself(),
            },
            _ => itself(),
        };
        pieces.push((gap, written));
    }
    pieces
}

/// Reads escapes that begin with a mark: a function has the rest behind it, and gives what it is and
/// how long.
fn unescaped(content: &str, mark: char, read: impl Fn(&str) -> (String, usize)) -> String {
    let mut text = String::new();
    let mut rest = content;
    while let Some(at) = rest.find(mark) {
        text += &rest[..at];
        let (escaped, length) = read(&rest[at + mark.len_utf8()..]);
        text += &escaped;
        rest = &rest[at + mark.len_utf8() + length..];
    }
    text + rest
}

fn coded(digits: &str) -> String {
    let code = u32::from_str_radix(digits, 16).expect("digits");
    char::from_u32(code).expect("a scalar value").to_string()
}

/// Reads `\u` and four digits, or two times that.
fn coded_unit(rest: &str) -> (String, usize) {
    let unit = |at: usize| u16::from_str_radix(&rest[at..at + 4], 16).expect("digits");
    let first = unit(1);
    if (0xD800..0xDC00).contains(&first) {
        (String::from_utf16(&[first, unit(7)]).expect("a pair"), 11)
    } else {
        (String::from_utf16(&[first]).expect("a scalar value"), 5)
    }
}

/// Joins lines as YAML does outside of literal blocks.
///
/// Blanks before a line end are text in a block and nowhere else.
fn folded(content: &str, is_block: bool) -> String {
    let blanks = [' ', '\t'];
    let content = content.replace("\r\n", "\n");
    let mut lines = content.split('\n').peekable();
    let mut text = String::new();
    let mut breaks = 0;
    let mut is_first = true;
    while let Some(line) = lines.next() {
        let line = match is_first {
            true => line,
            false => line.trim_start_matches(blanks),
        };
        let line = match lines.peek() {
            Some(_) if !is_block => line.trim_end_matches(blanks),
            _ => line,
        };
        breaks += usize::from(!is_first);
        is_first = false;
        if line.is_empty() && lines.peek().is_some() {
            continue;
        }
        match breaks {
            0 => {}
            1 => text.push(' '),
            _ => text.extend(core::iter::repeat_n('\n', breaks - 1)),
        }
        text += line;
        breaks = 0;
    }
    text
}

/// Reads what is written of a text, or of a part of it.
fn decoded(kind: Kind, content: &str) -> String {
    let without_line_ends = || content.replace("\r\n", "\n");
    match kind {
        _ if is_json(kind) => serde_json::from_str(&format!("\"{content}\"")).expect("JSON"),
        YamlPlain => folded(content, false),
        YamlFolded => folded(content, true),
        YamlSingle => {
            assert!(!content.replace("''", "").contains('\''), "{content}");
            folded(content, false).replace("''", "'")
        }
        YamlDouble => {
            // Escaped line ends first, then the others, then escapes.
            let content = without_line_ends();
            let mut joined = String::new();
            let mut rest = content.as_str();
            while let Some(at) = rest.find('\\') {
                joined += &rest[..at];
                rest = match rest[at..].strip_prefix("\\\n") {
                    Some(next) => next.trim_start_matches([' ', '\t']),
                    None => {
                        joined += &rest[at..at + 2];
                        &rest[at + 2..]
                    }
                };
            }
            joined += rest;
            unescaped(&folded(&joined, false), '\\', |rest| match &rest[..1] {
                "n" => ("\n".to_owned(), 1),
                "r" => ("\r".to_owned(), 1),
                "t" => ("\t".to_owned(), 1),
                "_" => ("\u{A0}".to_owned(), 1),
                "N" => ("\u{85}".to_owned(), 1),
                "L" => ("\u{2028}".to_owned(), 1),
                "x" => (coded(&rest[1..3]), 3),
                "u" => (coded(&rest[1..5]), 5),
                "U" => (coded(&rest[1..9]), 9),
                itself => (itself.to_owned(), 1),
            })
        }
        YamlLiteral => {
            let content = without_line_ends();
            let lines = content.split('\n').enumerate();
            let lines = lines.map(|(at, line)| match at {
                0 => line,
                _ => line.strip_prefix("    ").unwrap_or(line),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        HclQuoted => {
            let text = unescaped(content, '\\', |rest| match &rest[..1] {
                "n" => ("\n".to_owned(), 1),
                "r" => ("\r".to_owned(), 1),
                "t" => ("\t".to_owned(), 1),
                "u" => (coded(&rest[1..5]), 5),
                "U" => (coded(&rest[1..9]), 9),
                itself => (itself.to_owned(), 1),
            });
            text.replace("$${", "${").replace("%%{", "%{")
        }
        HclHereDocument => content.replace("$${", "${").replace("%%{", "%{"),
        HclIndented => {
            let content = content.replace("\n      ", "\n");
            content.replace("$${", "${").replace("%%{", "%{")
        }
        Properties => {
            let content = without_line_ends();
            let lines = content.split('\n').enumerate();
            let lines = lines.map(|(at, line)| match at {
                0 => line,
                _ => line.trim_start_matches([' ', '\t']),
            });
            let joined = lines.collect::<Vec<_>>().join("\n");
            unescaped(&joined, '\\', |rest| {
                match &rest[..rest.chars().next().map_or(0, char::len_utf8)] {
                    "n" => ("\n".to_owned(), 1),
                    "r" => ("\r".to_owned(), 1),
                    "t" => ("\t".to_owned(), 1),
                    "f" => ("\u{C}".to_owned(), 1),
                    "\n" => (String::new(), 1),
                    "u" => coded_unit(rest),
                    itself => (itself.to_owned(), itself.len()),
                }
            })
        }
        Fluent => {
            assert!(!content.contains(['{', '}']), "{content}");
            without_line_ends().replace("\n    ", "\n")
        }
        CsvQuoted => content.replace("\"\"", "\""),
        CsvPlain => {
            assert!(!content.contains([',', '"', '\n']), "{content}");
            content.to_owned()
        }
        Tsv => {
            assert!(!content.contains(['\t', '"', '\n']), "{content}");
            content.to_owned()
        }
        Sql => {
            assert!(!content.replace("''", "").contains('\''), "{content}");
            content.replace("''", "'")
        }
        Xml => {
            assert!(!content.contains('<'), "{content}");
            unescaped(content, '&', |rest| {
                let is_name =
                    |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#');
                let Some((name, _)) = rest.split_once(';').filter(|(name, _)| is_name(name)) else {
                    return ("&".to_owned(), 0);
                };
                let text = match name {
                    "amp" => "&".to_owned(),
                    "lt" => "<".to_owned(),
                    "gt" => ">".to_owned(),
                    "quot" => "\"".to_owned(),
                    "apos" => "'".to_owned(),
                    "rsquo" => "’".to_owned(),
                    "hellip" => "…".to_owned(),
                    "nbsp" => "\u{A0}".to_owned(),
                    _ => match name.strip_prefix("#x") {
                        Some(digits) => coded(digits),
                        None => {
                            let code = name.strip_prefix('#').expect("a reference").parse();
                            char::from_u32(code.expect("digits"))
                                .expect("a scalar value")
                                .to_string()
                        }
                    },
                };
                (text, name.len() + 1)
            })
        }
        CodeDouble | CodeBacktick => unescaped(content, '\\', |rest| match &rest[..1] {
            "n" => ("\n".to_owned(), 1),
            "r" => ("\r".to_owned(), 1),
            "t" => ("\t".to_owned(), 1),
            "x" => (coded(&rest[1..3]), 3),
            "U" => (coded(&rest[1..9]), 9),
            "u" if rest[1..].starts_with('{') => {
                let (digits, _) = rest[2..].split_once('}').expect("it is closed");
                (coded(digits), digits.len() + 3)
            }
            "u" => coded_unit(rest),
            itself => (itself.to_owned(), 1),
        }),
        _ => content.to_owned(),
    }
}

/// A tree of all kinds, with or without what looks like a placeholder and is none.
fn tree(with_misspelt: bool) -> impl Strategy<Value = Vec<Made>> {
    let file = move |kind: Kind| {
        let how = (any::<bool>(), prop::bool::weighted(0.2));
        (how, vec((words(with_misspelt), words(with_misspelt)), 1..4))
            .prop_map(move |((has_cr, has_bom), pairs)| (kind, How { has_cr, has_bom }, pairs))
    };
    let all: Vec<_> = KINDS
        .iter()
        .map(|kind| vec(file(*kind), FILES..=FILES))
        .collect();
    all.prop_map(|kinds| {
        let files_of = kinds
            .into_iter()
            .flat_map(|files| files.into_iter().enumerate());
        let made =
            files_of.flat_map(|(number, (kind, how, pairs))| files(kind, number, how, &pairs));
        let mut made: Vec<_> = made.collect();
        made.sort_by(|one, other| one.path.cmp(&other.path));
        made
    })
}

/// How many files of each kind a tree has, or pairs of files.
const FILES: usize = 4;

fn written(tree: &[Made]) -> Folder {
    let folder = Folder::new();
    folder.write("septet.toml", CONFIG);
    for made in tree {
        folder.write(&made.path, made.bytes());
    }
    folder
}

/// What `septet check --format json` says, by path.
fn checked(folder: &Folder, arguments: &[&str]) -> (BTreeMap<String, Value>, Run) {
    let all = [&["check", "--format", "json"], arguments].concat();
    let run = folder.septet(&all);
    let mut report: Value = serde_json::from_str(&run.stdout).expect(&run.stderr);
    let files = report["files"].as_array_mut().expect("files");
    let by_path = files
        .drain(..)
        .map(|file| (file["path"].as_str().expect("a path").to_owned(), file));
    (by_path.collect(), run)
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().expect("a number")).expect("a small one")
}

fn span(value: &Value) -> Range<usize> {
    number(&value["start"])..number(&value["end"])
}

fn array(value: &Value) -> &[Value] {
    value.as_array().expect("an array")
}

/// Line and column by counting.
fn place(source: &str, at: usize) -> (usize, usize) {
    let before = &source[..at];
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .unwrap_or_default()
        .chars()
        .count()
        + 1;
    (line, column)
}

/// Checks keys, locales, costs and findings of a tree against the library.
fn compare(tree: &[Made], files: &BTreeMap<String, Value>) {
    let mut sets: BTreeMap<&str, Vec<(&Made, usize)>> = BTreeMap::new();
    for made in tree {
        for (at, text) in made.texts.iter().enumerate() {
            assert_eq!(
                decoded(made.kind, &made.source[text.content.clone()]),
                text.text,
                "{}",
                made.source
            );
            sets.entry(&text.set).or_default().push((made, at));
        }
    }
    for made in tree {
        let file = files
            .get(&made.path)
            .unwrap_or_else(|| panic!("{} is missing", made.path));
        let told: Vec<_> = array(&file["texts"])
            .iter()
            .map(|text| {
                (
                    text["key"].as_str().map(str::to_owned),
                    text["locale"].as_str().map(str::to_owned),
                )
            })
            .collect();
        let expected: Vec<_> = made
            .texts
            .iter()
            .map(|text| (Some(text.key.clone()), text.locale.clone()))
            .collect();
        assert_eq!(
            told, expected,
            "{}\n{}\n{}",
            made.path, made.source, file["findings"]
        );
        for found in array(&file["findings"]) {
            let code = found["code"].as_str().expect("a code");
            assert!(
                !code.starts_with("SMS9"),
                "{}: {found}\n{}",
                made.path,
                made.source
            );
            let span = span(found);
            for (at, line, column) in [
                (span.start, "line", "column"),
                (span.end, "end-line", "end-column"),
            ] {
                let told = (number(&found[line]), number(&found[column]));
                assert_eq!(told, place(&made.source, at), "{}: {found}", made.path);
            }
        }
    }
    let rules = rules();
    for members in sets.values() {
        let base = members
            .iter()
            .position(|(made, at)| made.texts[*at].is_base)
            .expect("a base");
        let mut members = members.clone();
        members.swap(0, base);
        let text = |(made, at): (&Made, usize)| made.texts[at].text.clone();
        let mut catalogue = Catalogue::new(text(members[0]));
        for (made, at) in &members[1..] {
            let locale = made.texts[*at].locale.as_deref().expect("a locale");
            catalogue = catalogue.with_translation(locale, text((*made, *at)));
        }
        let report = rules.check_each(&catalogue, |_| (Verdict::New, &rules));
        for (said, (made, at)) in report.texts().zip(&members) {
            let said = said.report().expect("it was checked");
            let placed = &made.texts[*at];
            let file = &files[&made.path];
            assert_eq!(
                array(&file["texts"])[*at]["costs"],
                serde_json::to_value(said.costs()).expect("costs"),
                "{}: {:?}\n{}",
                made.path,
                placed.text,
                made.source
            );
            let starts: BTreeMap<usize, usize> = placed
                .text
                .char_indices()
                .enumerate()
                .map(|(number, (at, _))| (at, number))
                .collect();
            let character = |at: usize| starts.get(&at).copied().unwrap_or(placed.places.len());
            let mut expected: Vec<_> = said
                .findings()
                .map(|finding| {
                    let span = finding.span();
                    let (first, end) = (character(span.start), character(span.end));
                    let start = placed
                        .places
                        .get(first)
                        .map_or(placed.content.end, |place| place.start);
                    let place = match finding.span() {
                        span if span.is_empty() && span.start == 0 => placed.content.clone(),
                        span if span.is_empty() => start..start,
                        _ => start..placed.places[end - 1].end,
                    };
                    let cut = decoded(made.kind, &made.source[place.clone()]);
                    if !span.is_empty() {
                        assert_eq!(cut, placed.text[span], "{}", made.path);
                    }
                    (finding.lint().code().to_owned(), place.start, place.end)
                })
                .collect();
            let of_text = array(&file["findings"])
                .iter()
                .filter(|found| found["text"] == *at);
            let of_set: BTreeSet<_> = report
                .findings()
                .map(|finding| finding.lint().code())
                .collect();
            let mut told: Vec<_> = of_text
                .map(|found| {
                    let span = span(found);
                    (
                        found["code"].as_str().expect("a code").to_owned(),
                        span.start,
                        span.end,
                    )
                })
                .collect();
            expected.sort();
            told.sort();
            let whole = (placed.content.start, placed.content.end);
            let is_of_set = |(code, start, end): &(String, usize, usize)| {
                of_set.contains(code.as_str()) && (*start, *end) == whole
            };
            let extra = told.iter().filter(|one| !expected.contains(one));
            assert!(
                extra.clone().all(is_of_set),
                "{}: {extra:?}\n{}",
                made.path,
                made.source
            );
            let missing: Vec<_> = expected.iter().filter(|one| !told.contains(one)).collect();
            assert!(
                missing.is_empty(),
                "{}: {missing:?}\n{told:?}\n{}",
                made.path,
                made.source
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 64, ..cases(6) })]

    #[test]
    fn each_finding_stands_where_its_characters_are_written(tree in tree(true)) {
        let folder = written(&tree);
        let (files, run) = checked(&folder, &[]);
        prop_assert!(run.stderr.is_empty(), "{}", run.stderr);
        compare(&tree, &files);
    }
}

/// How `septet fix` is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Edits {
    Safe,
    All,
}

/// Makes the edits that `septet check` lists, as `septet fix` says it does, round by round. Gives the
/// files, and those of which an edit would make something else.
fn edited(
    tree: &[Made],
    folder: &Folder,
    edits: Edits,
) -> (BTreeMap<String, String>, BTreeSet<String>) {
    let mut now: BTreeMap<String, String> = tree
        .iter()
        .map(|made| (made.path.clone(), made.bytes()))
        .collect();
    let mut refused = BTreeSet::new();
    for _ in 0..8 {
        let (files, _) = checked(folder, &[]);
        let mut is_done = true;
        for made in tree {
            if refused.contains(&made.path) {
                continue;
            }
            let all = now[&made.path].clone();
            let source = all.strip_prefix('\u{FEFF}').unwrap_or(&all);
            let contents = made.contents(&all).expect("the same around texts");
            let mut chosen: Vec<(Range<usize>, &str)> = Vec::new();
            let mut intended = Vec::new();
            for (text, content) in array(&files[&made.path]["texts"]).iter().zip(contents) {
                let mut fixes = array(&text["fixes"]).iter();
                let fix = fixes.find(|fix| {
                    let is_safe = fix["safe"] == true || edits == Edits::All;
                    is_safe
                        && array(&fix["edits"])
                            .iter()
                            .all(|edit| edit["written"].is_string())
                });
                let begin = content.as_ptr().addr() - source.as_ptr().addr();
                let (mut at, mut is_to_be) = (begin, String::new());
                for edit in fix.iter().flat_map(|fix| array(&fix["edits"])) {
                    let span = span(edit);
                    let written = edit["written"].as_str().expect("it is written");
                    assert_eq!(
                        decoded(made.kind, &source[span.clone()]),
                        edit["before"],
                        "{edit}"
                    );
                    is_to_be += &decoded(made.kind, &source[at..span.start]);
                    is_to_be += edit["after"].as_str().expect("characters");
                    at = span.end;
                    chosen.push((span, written));
                }
                is_to_be += &decoded(made.kind, &source[at..begin + content.len()]);
                intended.push(is_to_be);
            }
            if chosen.is_empty() {
                continue;
            }
            let mut new = source.to_owned();
            for (span, written) in chosen.into_iter().rev() {
                new.replace_range(span, written);
            }
            let bom = if made.has_bom { "\u{FEFF}" } else { "" };
            let new = format!("{bom}{new}");
            let read = made.contents(&new).map(|contents| {
                let contents = contents.into_iter();
                contents
                    .map(|content| decoded(made.kind, content))
                    .collect::<Vec<_>>()
            });
            if read.as_ref() != Some(&intended) {
                eprintln!("{}: {read:?} is not {intended:?}\n{new}", made.path);
                refused.insert(made.path.clone());
                continue;
            }
            is_done = false;
            folder.write(&made.path, &new);
            now.insert(made.path.clone(), new);
        }
        if is_done {
            break;
        }
    }
    (now, refused)
}

/// The worst count of each text of a file.
fn worst(file: &Value) -> Vec<u64> {
    let texts = array(&file["texts"]).iter();
    let worst = texts.map(|text| text["costs"]["worst"]["segments"]["exact"].as_u64());
    worst.map(|worst| worst.expect("it is known")).collect()
}

fn fixed(tree: &[Made], edits: Edits) {
    let folder = written(tree);
    let before = checked(&folder, &[]).0;
    let arguments: &[&str] = match edits {
        Edits::Safe => &["fix", "--write"],
        Edits::All => &["fix", "--write", "--unsafe"],
    };
    let run = folder.septet(arguments);
    let (expected, refused) = edited(tree, &written(tree), edits);
    for complaint in run.stderr.lines().filter(|line| !line.contains(" become ")) {
        let is_expected = refused
            .iter()
            .any(|path| complaint.contains(&format!("{path}: ")));
        let path = complaint.split(": ").nth(1).unwrap_or_default();
        let shown = expected.get(path).map(String::as_str).unwrap_or_default();
        assert!(is_expected, "{complaint}\n{shown}");
    }
    for made in tree {
        let bytes = fs::read_to_string(folder.path().join(&made.path)).expect("a file");
        assert!(
            bytes == expected[&made.path],
            "{}\n{bytes}\n{}",
            made.path,
            expected[&made.path]
        );
    }
    let after = checked(&folder, &[]).0;
    for (path, file) in &before {
        let pairs = worst(file).into_iter().zip(worst(&after[path]));
        for (before, after) in pairs {
            assert!(after <= before, "{path}");
        }
    }
    let again = folder.septet(arguments);
    assert_eq!(
        again.status,
        if refused.is_empty() { 0 } else { 2 },
        "{}",
        again.stderr
    );
    assert_eq!(again.stdout, "");
    assert!(refused.is_empty(), "{refused:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 16, ..cases(3) })]

    #[test]
    fn safe_edits_are_made_and_nothing_else(tree in tree(true)) {
        fixed(&tree, Edits::Safe);
    }

    #[test]
    fn edits_that_lose_something_are_made_and_nothing_else(tree in tree(false)) {
        fixed(&tree, Edits::All);
    }
}

// Baselines

#[test]
fn a_baseline_holds_texts_however_they_are_written() {
    let folder = Folder::new();
    let config = "syntax = \"none\"\n[[source]]\nfiles = [\"*.json\", \"*.properties\"]\n";
    folder
        .write("septet.toml", config)
        .write(
            "a.json",
            "{\"a\": \"It’s\", \"b\": {\"c\": \"é “x”\", \"d\": \"a\\u200bb\"}}\n",
        )
        .write("b.properties", "a=It’s\nb=\\u201cx”\n");
    let names = |folder: &Folder| {
        let (files, _) = checked(folder, &["--baseline", "septet-baseline.json"]);
        let of_file = |(path, file): (&String, &Value)| {
            let found = array(&file["findings"]).iter();
            let keys = found.map(|found| file["texts"][number(&found["text"])]["key"].clone());
            let keys = keys.map(|key| format!("{path} {}", key.as_str().expect("a key")));
            keys.collect::<Vec<_>>()
        };
        let mut names: Vec<_> = files.iter().flat_map(of_file).collect();
        names.dedup();
        names
    };
    assert_eq!(folder.septet(&["check", "--write-baseline"]).status, 0);
    assert_eq!(names(&folder), [""; 0]);
    folder
        .write(
            "a.json",
            "\u{FEFF}{\r\n\t\"b\": {\"d\": \"\\u0061\u{200B}b\",\r\n\t\"c\": \"\\u00E9 \\u201cx\\u201D\"},\r\n\"a\" : \"It\\u2019s\"}",
        )
        .write("b.properties", "# Moved\n  b : “\\\n   x\\”\n\na = I\\t\\u2019s\n".replace("I\\t", "I\\\n t"));
    assert_eq!(names(&folder), [""; 0]);
    folder.write(
        "a.json",
        "{\"a\": \"It’s\", \"b\": {\"c\": \"é “y”\", \"d\": \"a\\u200bb\"}}\n",
    );
    assert_eq!(names(&folder), ["a.json b.c"]);
    folder.write("b.properties", "a=It’s.\nb=“x”\n");
    assert_eq!(names(&folder), ["a.json b.c", "b.properties a"]);
    // A file that is moved takes its texts with it.
    folder.write("c.properties", "a=It’s\nb=“x”\n");
    fs::remove_file(folder.path().join("b.properties")).expect("it is there");
    assert_eq!(names(&folder), ["a.json b.c"]);
}

// Files with a difficulty

/// The keys, the locales and the codes of what is found of each text.
fn told(folder: &Folder) -> Vec<String> {
    let (files, run) = checked(folder, &[]);
    assert!(run.stderr.is_empty(), "{}", run.stderr);
    let mut lines = Vec::new();
    for (path, file) in &files {
        for (at, text) in array(&file["texts"]).iter().enumerate() {
            let codes = array(&file["findings"])
                .iter()
                .filter(|found| found["text"] == at);
            let codes: Vec<_> = codes.filter_map(|found| found["code"].as_str()).collect();
            let locale = text["locale"].as_str().map(|locale| format!("[{locale}]"));
            let key = text["key"].as_str().expect("a key");
            lines.push(format!(
                "{path} {key}{} {}",
                locale.unwrap_or_default(),
                codes.join(" ")
            ));
        }
    }
    lines
}

fn json_tree(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    folder.write(
        "septet.toml",
        "base-locale = \"en\"\nsyntax = \"dollar-brace\"\n[values]\n\
         code = { characters = \"digits\", length = 6 }\n[[source]]\nfiles = [\"{locale}.json\"]\n",
    );
    for (name, content) in files {
        folder.write(name, content);
    }
    folder
}

#[test]
fn keys_that_are_there_twice_are_told_of_their_last_text() {
    type Case = (
        &'static [(&'static str, &'static str)],
        &'static [&'static str],
    );
    let cases: [Case; 4] = [
        (
            &[
                ("fr.json", r#"{"a": "x’", "a": "y"}"#),
                ("en.json", r#"{"a": "z"}"#),
            ],
            &[
                "en.json a[en] ",
                "fr.json a[fr] SMS101",
                "fr.json a[fr] SMS005",
            ],
        ),
        (
            &[
                ("en.json", r#"{"a": "x"}"#),
                ("pt_BR.json", r#"{"a": "z"}"#),
                ("pt-br.json", r#"{"a": "y"}"#),
            ],
            &[
                "en.json a[en] ",
                "pt-br.json a[pt-br] ",
                "pt_BR.json a[pt_BR] SMS005",
            ],
        ),
        // Dots in keys are as good as further keys.
        (
            &[
                ("en.json", r#"{"a": {"b": "x"}}"#),
                ("fr.json", r#"{"a.b": "x", "a": {"b": "y’"}}"#),
            ],
            &[
                "en.json a.b[en] ",
                "fr.json a.b[fr] ",
                "fr.json a.b[fr] SMS005 SMS101",
            ],
        ),
        // Without a base text each is checked alone.
        (
            &[("fr.json", r#"{"a": "", "b": "x’"}"#)],
            &["fr.json a[fr] ", "fr.json b[fr] SMS101"],
        ),
    ];
    for (files, expected) in cases {
        assert_eq!(told(&json_tree(files)), expected);
    }
}

#[test]
fn a_text_that_two_sources_take_is_mended_once() {
    let long = "x".repeat(80);
    let folder = json_tree(&[("en.json", &format!("{{\"a\": \"It’s {long}…\"}}"))]);
    let config = folder.read("septet.toml") + "[[source]]\nfiles = [\"en.json\"]\n";
    folder.write("septet.toml", config);
    let run = folder.septet(&["fix", "--write"]);
    assert_eq!(
        (
            run.status,
            &*run.stderr.matches("not changed").collect::<String>()
        ),
        (0, "")
    );
    assert_eq!(
        folder.read("en.json"),
        format!("{{\"a\": \"It's {long}...\"}}")
    );
}

#[cfg(unix)]
#[test]
fn the_mode_of_a_file_stays() {
    use std::os::unix::fs::PermissionsExt;
    let folder = json_tree(&[(
        "en.json",
        &format!("{{\"a\": \"It’s {}\"}}", "x".repeat(80)),
    )]);
    let path = folder.path().join("en.json");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("the mode is set");
    assert_eq!(folder.septet(&["fix", "--write"]).status, 0);
    assert!(folder.read("en.json").contains("It's"));
    let mode = fs::metadata(&path)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_text_of_a_megabyte_in_one_line_is_read() {
    let long = "x’\\u2019".repeat(100_000);
    let folder = json_tree(&[("en.json", &format!("{{\"a\": \"b\", \"c\": \"{long}’\"}}"))]);
    let (files, run) = checked(&folder, &[]);
    assert_eq!(run.stderr, "");
    let findings = array(&files["en.json"]["findings"]);
    // One of them is that it cannot be sent.
    assert_eq!(findings.len(), 200_002);
    assert_eq!(findings[0]["name"], "over-budget");
    let source = folder.read("en.json");
    for found in findings[1..].iter().step_by(20_000) {
        let told = (number(&found["line"]), number(&found["column"]));
        assert_eq!(told, place(&source, span(found).start));
        assert_eq!(decoded(Json, &source[span(found)]), "’");
    }
}

#[test]
fn a_file_without_a_locale_in_its_name_is_the_base_of_those_that_have_one() {
    let values = "[values]\ncode = { characters = \"digits\", length = 6 }\n";
    let cases = [
        (
            "a=x ${code}\n",
            "b/messages.properties",
            "b/messages_pt_BR.properties",
        ),
        (
            "<s n=\"a\">x ${code}</s>",
            "values/s.xml",
            "values-fr/s.xml",
        ),
        ("a: x ${code}\n", "sms.yaml", "sms.fr.yaml"),
        ("x ${code}\n", "sms.txt", "sms-fr.txt"),
    ];
    for (content, base, translation) in cases {
        let format = match base.ends_with(".xml") {
            true => "format = \"regex\"\npattern = '<s n=\"(?<key>a)\">(?<text>[^<]*)'\n",
            false => "",
        };
        let folder = Folder::new();
        folder
            .write(
                "septet.toml",
                format!("syntax = \"dollar-brace\"\n{values}[[source]]\nfiles = [\"**/*.*\", \"!*.toml\"]\n{format}"),
            )
            .write(base, content)
            .write(translation, content.replace("${code}", "y"));
        let (files, run) = checked(&folder, &[]);
        assert_eq!(run.stderr, "");
        let codes = array(&files[translation]["findings"])
            .iter()
            .map(|found| &found["name"]);
        assert_eq!(
            codes.collect::<Vec<_>>(),
            ["placeholder-mismatch"],
            "{translation}"
        );
        assert_eq!(array(&files[base]["findings"]).len(), 0, "{base}");
    }
}
