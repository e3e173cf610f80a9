//! A `[[source]]` of a configuration: which files hold texts, and how they are read.

use core::ops::Range;

use regex::Regex;
use septet::template::LanguageKey;
use toml::de::{DeTable, DeValue};

use super::reader::{Keys, Reader, Value};
use super::{FilePatterns, KeyPattern, LOCALE_HELP, Source};
use crate::formats::{BY_EXTENSION, Columns, Escapes, Format, Pattern};

/// What is said of a source.
#[derive(Default)]
pub(super) struct Draft {
    files: Option<FilePatterns>,
    /// Whether all patterns end as those of files do whose columns are parted by tabulators.
    tabs: bool,
    format: Option<&'static str>,
    keys: Vec<KeyPattern>,
    locale: Option<String>,
    columns: Columns,
    delimiter: Option<u8>,
    pattern: Option<Regex>,
    escapes: Option<Escapes>,
}

pub(super) const KEYS: Keys<Draft> = &[
    ("files", |reader, value, draft| {
        let patterns = reader.strings(value);
        let taken = || {
            let patterns = patterns.iter().flatten();
            patterns.filter(|pattern| !pattern.starts_with('!'))
        };
        draft.tabs = taken().all(|pattern| pattern.ends_with(".tsv")) && taken().next().is_some();
        draft.files = files(reader, value);
    }),
    ("format", |reader, value, draft| {
        let names: Vec<_> = format_names().map(|name| (name, name)).collect();
        draft.format = reader.choice(value, "format", &names);
    }),
    ("keys", |reader, value, draft| {
        draft.keys = keys(reader, value).unwrap_or_default();
    }),
    ("locale", |reader, value, draft| {
        let locale = reader.parsed::<LanguageKey>(value, LOCALE_HELP);
        draft.locale = locale.map(|locale| locale.as_str().to_owned());
    }),
    ("key-columns", |reader, value, draft| {
        draft.columns.key = reader.strings(value).unwrap_or_default();
    }),
    ("text-columns", |reader, value, draft| {
        draft.columns.texts = text_columns(reader, value).unwrap_or_default();
    }),
    ("locale-column", |reader, value, draft| {
        draft.columns.locale = reader.owned(value);
    }),
    ("delimiter", |reader, value, draft| {
        draft.delimiter = delimiter(reader, value);
    }),
    ("pattern", |reader, value, draft| {
        draft.pattern = regex(reader, value);
    }),
    ("escapes", |reader, value, draft| {
        draft.escapes = reader.choice(value, "kind of escapes", &ESCAPES);
    }),
];

const REGEX: &str = "regex";

/// Keys of one format.
const CSV_KEYS: &[&str] = &["key-columns", "text-columns", "locale-column", "delimiter"];
const REGEX_KEYS: &[&str] = &["pattern", "escapes"];

const PATTERN_HELP: &str = "write a regular expression with a group for the text, such as \
     pattern = 'send\\(\"(?P<text>[^\"]*)\"\\)'; groups `key` and `locale` may be there too";

pub(super) const ESCAPES: [(&str, Escapes); 4] = [
    ("none", Escapes::None),
    ("backslash", Escapes::Backslash),
    ("doubled", Escapes::Doubled),
    ("xml", Escapes::Xml),
];

/// The names that `format` takes.
pub(super) fn format_names() -> impl Iterator<Item = &'static str> {
    let names = BY_EXTENSION.iter().map(|(name, _)| *name);
    names.chain([REGEX])
}

/// Patterns of paths.
pub(super) fn files(reader: &mut Reader, value: &Value<'_>) -> Option<FilePatterns> {
    let patterns = reader.strings(value)?;
    match FilePatterns::new(&patterns) {
        Ok(patterns) => Some(patterns),
        Err(errors) => {
            for (number, what) in errors {
                let one = value.get_ref().get(number);
                reader.mistake(
                    one.map_or(value.span(), Value::span),
                    what,
                    "paths begin in the folder of this file and have `/` between their parts; `*` \
                     is within a part, `**` is any folders, `{locale}` is the locale, `!` takes \
                     files out",
                );
            }
            None
        }
    }
}

/// Patterns of keys.
pub(super) fn keys(reader: &mut Reader, value: &Value<'_>) -> Option<Vec<KeyPattern>> {
    reader.each(value, |reader, value| {
        let pattern = KeyPattern::new(reader.string(value)?);
        if let Err(what) = &pattern {
            reader.mistake(
                value.span(),
                what,
                "keys have `.` between their parts; `*` is any part, `**` is any number of parts, \
                 `{locale}` is the part that is the locale",
            );
        }
        pattern.ok()
    })
}

/// The headers of columns that hold texts, in the order in which they are written.
fn text_columns(reader: &mut Reader, value: &Value<'_>) -> Option<Vec<(String, Option<String>)>> {
    let table = match value.get_ref() {
        DeValue::Array(_) => {
            let columns = reader.strings(value)?.into_iter();
            return Some(columns.map(|column| (column, None)).collect());
        }
        DeValue::Table(table) => table,
        _ => {
            let help = "write [\"text\"], or { \"Text DE\" = \"de\" } with the locale of each";
            return reader.unexpected(value, "a list or a table", help);
        }
    };
    let mut columns: Vec<_> = table.iter().collect();
    columns.sort_by_key(|(header, _)| header.span().start);
    let columns = columns.into_iter().map(|(header, locale)| {
        let locale = reader.parsed::<LanguageKey>(locale, LOCALE_HELP)?;
        Some((
            header.get_ref().to_string(),
            Some(locale.as_str().to_owned()),
        ))
    });
    // All are read, so that all mistakes are told.
    columns.collect::<Vec<_>>().into_iter().collect()
}

fn delimiter(reader: &mut Reader, value: &Value<'_>) -> Option<u8> {
    // A tabulator is white space, and a delimiter.
    let Some(written) = value.get_ref().as_str() else {
        return reader.unexpected(value, "a string", "write it in quotation marks");
    };
    match written.as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n' | 0) => Some(*byte),
        _ => {
            reader.mistake(
                value.span(),
                "this cannot part columns",
                "write one character of ASCII, such as \";\" or \"\\t\"",
            );
            None
        }
    }
}

fn regex(reader: &mut Reader, value: &Value<'_>) -> Option<Regex> {
    let regex = match Regex::new(reader.string(value)?) {
        Ok(regex) => regex,
        Err(error) => {
            let what = match error {
                regex::Error::CompiledTooBig(_) => "this expression is too large".to_owned(),
                // What is before the last line shows the expression again.
                error => {
                    let error = error.to_string();
                    let why = error.lines().last().unwrap_or_default();
                    let why = why.strip_prefix("error: ").unwrap_or(why);
                    format!("this is no regular expression: {why}")
                }
            };
            reader.mistake(value.span(), what, PATTERN_HELP);
            return None;
        }
    };
    if !regex.capture_names().flatten().any(|name| name == "text") {
        reader.mistake(value.span(), "no group is named `text`", PATTERN_HELP);
        return None;
    }
    Some(regex)
}

impl Draft {
    /// The source, if all of it is there. `at` is where it begins.
    pub(super) fn finish(
        mut self,
        reader: &mut Reader,
        table: &DeTable<'_>,
        at: Range<usize>,
    ) -> Option<Source> {
        let has_format = table.contains_key("format");
        for (format, keys) in [("csv", CSV_KEYS), (REGEX, REGEX_KEYS)] {
            for key in keys {
                let is_of_other = !has_format || self.format.is_some_and(|name| name != format);
                if let Some(value) = table.get(*key).filter(|_| is_of_other) {
                    reader.mistake(
                        value.span(),
                        format!("`{key}` is a key of the format {format}"),
                        format!("add format = \"{format}\", or take the key out"),
                    );
                }
            }
        }
        if !table.contains_key("files") {
            reader.mistake(
                at.clone(),
                "this source names no files",
                "add files = [\"locales/{locale}.json\"] with the paths of yours",
            );
        }
        if self.format == Some(REGEX) && !table.contains_key("pattern") {
            reader.mistake(at, "this source has no pattern", PATTERN_HELP);
        }
        if let Some(delimiter) = self.delimiter.or(self.tabs.then_some(b'\t')) {
            self.columns.delimiter = delimiter;
        }
        let format = match self.format {
            Some("csv") => Some(Format::Csv(self.columns)),
            Some(REGEX) => Some(Format::Regex(Pattern {
                regex: self.pattern?,
                escapes: self.escapes.unwrap_or(Escapes::None),
            })),
            name => name.and_then(Format::named),
        };
        Some(Source {
            files: self.files?,
            format,
            keys: self.keys,
            locale: self.locale,
        })
    }
}
