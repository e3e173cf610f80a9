//! Files that hold texts: which formats there are, and how each is read.
//!
//! A format's parser finds the literals; a decoder of our own maps each of their characters to the
//! bytes it was read from, and has to come to the same text (see [`Parsed::take`]).

pub(crate) mod csv;
mod fluent;
mod hcl;
mod json;
mod json_lines;
mod plain;
mod properties;
mod regex;
#[cfg(test)]
mod testing;
mod yaml;

pub(crate) use csv::Columns;
pub(crate) use regex::{Escapes, Pattern};

use core::ops::Range;

use septet::repair::replacements;

use crate::text::Parsed;

/// How a file is to be read.
#[derive(Clone)]
pub(crate) enum Format {
    /// Template objects, flat and nested catalogues, Apple's string catalogues, ARB.
    Json,
    /// The same, with comments and trailing commas.
    Jsonc,
    Yaml,
    Hcl,
    Properties,
    Fluent,
    Csv(Columns),
    /// One message a file.
    Plain,
    /// Objects of `text`, `id`, `locale`, `file` and `line`, one a line.
    JsonLines,
    /// Texts in anything else, by a regular expression with named groups.
    Regex(Pattern),
}

/// The names of formats that need nothing else to be known, and the ends of the names of files that are
/// taken for them.
pub(crate) const BY_EXTENSION: &[(&str, &[&str])] = &[
    ("json", &["json", "xcstrings", "arb"]),
    ("jsonc", &["jsonc"]),
    ("yaml", &["yaml", "yml"]),
    ("hcl", &["hcl", "tf", "tfvars"]),
    ("properties", &["properties"]),
    ("fluent", &["ftl"]),
    ("csv", &["csv", "tsv"]),
    ("plain", &["txt"]),
    ("json-lines", &["jsonl", "ndjson"]),
];

impl Format {
    /// The format of a name, where it needs nothing else to be known.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "json" => Self::Json,
            "jsonc" => Self::Jsonc,
            "yaml" => Self::Yaml,
            "hcl" => Self::Hcl,
            "properties" => Self::Properties,
            "fluent" => Self::Fluent,
            "csv" => Self::Csv(Columns::default()),
            "plain" => Self::Plain,
            "json-lines" => Self::JsonLines,
            _ => return None,
        })
    }

    /// The format that files with an extension are taken to have.
    pub(crate) fn of_extension(extension: &str) -> Option<Self> {
        let extension = extension.to_ascii_lowercase();
        let (name, _) = BY_EXTENSION
            .iter()
            .find(|(_, extensions)| extensions.contains(&extension.as_str()))?;
        match (extension.as_str(), *name) {
            ("tsv", _) => Some(Self::Csv(Columns {
                delimiter: b'\t',
                ..Columns::default()
            })),
            (_, name) => Self::named(name),
        }
    }

    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Jsonc => "jsonc",
            Self::Yaml => "yaml",
            Self::Hcl => "hcl",
            Self::Properties => "properties",
            Self::Fluent => "fluent",
            Self::Csv(_) => "csv",
            Self::Plain => "plain",
            Self::JsonLines => "json-lines",
            Self::Regex(_) => "regex",
        }
    }

    /// Reads a file, which has no byte-order mark any more. `name` is the stem of its name, which is
    /// the key of what has no other.
    pub(crate) fn read(&self, source: &str, name: &str) -> Parsed {
        match self {
            Self::Json => json::read(source, json::Dialect::Strict, name),
            Self::Jsonc => json::read(source, json::Dialect::WithComments, name),
            Self::Yaml => yaml::read(source),
            Self::Hcl => hcl::read(source),
            Self::Properties => properties::read(source),
            Self::Fluent => fluent::read(source),
            Self::Csv(columns) => csv::read(source, columns),
            Self::Plain => plain::read(source, name),
            Self::JsonLines => json_lines::read(source),
            Self::Regex(pattern) => regex::read(source, pattern),
        }
    }
}

/// The bytes of the character that holds a byte.
fn character_at(source: &str, at: usize) -> Range<usize> {
    let mut start = at.min(source.len());
    while !source.is_char_boundary(start) {
        start -= 1;
    }
    let character = source.get(start..).and_then(|rest| rest.chars().next());
    start..start + character.map_or(0, char::len_utf8)
}

/// Whether texts are the same but for white space at the start of lines, and for line ends.
fn is_but_for_indentation(one: &str, other: &str) -> bool {
    let lines = |text| str::lines(text).map(str::trim_start);
    lines(one).eq(lines(other))
}

/// Whether a character, once repaired, is seen.
fn stays_visible(character: char) -> bool {
    let repaired = replacements(character);
    repaired
        .iter()
        .all(|repaired| visible(repaired.text()).is_some())
}

/// What has no blank at its ends, where one beside a line end or a sign would be read otherwise.
fn visible(text: &str) -> Option<&str> {
    let is_blank = text.is_empty() || text.starts_with(' ') || text.ends_with(' ');
    (!is_blank).then_some(text)
}
