//! What texts are held to: the keys that stand at the top of a configuration and in its overrides.

use core::fmt::Display;
use std::collections::BTreeMap;

use septet::template::code_format::{Origin, RetrieverLimit, RetrieverMessage};
use septet::template::{
    CharacterSet, InvalidValues, Profile, Rules, Severity, Syntax, ValueSet, Values,
};
use septet::{Concatenation, Cut, Encoding, NationalLanguage, NationalTables, SegmentOptions};
use toml::de::DeValue;

use super::reader::{Keys, Reader, Value};
use crate::inspect::{CutOption, Reference, national_tables};
use crate::rule::Rule;

/// What is said in one place; what is not said is left to others.
#[derive(Default)]
pub(super) struct Settings {
    syntax: Option<Syntax>,
    profile: Option<&'static Profile>,
    budget: Option<usize>,
    nearly: Option<usize>,
    require: Option<Vec<String>>,
    know: Option<Vec<String>>,
    code: Option<String>,
    brand: Option<String>,
    host: Option<String>,
    hash: Option<String>,
    repeats: Option<u32>,
    reference: Option<Concatenation>,
    ucs2_reference: Option<Concatenation>,
    cut: Option<Cut>,
    national: Option<NationalTables>,
    suggest_national: Option<NationalTables>,
    values: BTreeMap<String, ValueSet>,
    /// `None` is silenced.
    pub(super) severities: BTreeMap<Rule, Option<Severity>>,
    pub(super) expect_ucs2: Option<bool>,
}

/// In the order in which they are told of.
pub(super) const KEYS: Keys<Settings> = &[
    ("syntax", |reader, value, settings| {
        let names: Vec<_> = Syntax::ALL
            .iter()
            .map(|syntax| (syntax.name(), *syntax))
            .collect();
        settings.syntax = reader.choice(value, "syntax of placeholders", &names);
    }),
    ("profile", |reader, value, settings| {
        let names: Vec<_> = Profile::ALL
            .iter()
            .map(|profile| (profile.name(), profile))
            .collect();
        settings.profile = reader.choice(value, "profile", &names);
    }),
    ("budget", |reader, value, settings| {
        let most = Profile::PLAIN.segments().unwrap_or(usize::MAX);
        settings.budget = reader.integer(value, 1..=most as u64);
    }),
    ("nearly", |reader, value, settings| {
        settings.nearly = reader.integer(value, 0..=u64::from(u16::MAX));
    }),
    ("require", |reader, value, settings| {
        settings.require = reader.strings(value);
    }),
    ("know", |reader, value, settings| {
        settings.know = reader.strings(value);
    }),
    ("code", |reader, value, settings| {
        settings.code = reader.owned(value);
    }),
    ("brand", |reader, value, settings| {
        settings.brand = reader.owned(value);
    }),
    ("origin-bound-host", |reader, value, settings| {
        let host = reader.owned(value);
        if let Some(Err(error)) = host.as_deref().map(Origin::parse) {
            reader.mistake(
                value.span(),
                error.to_string(),
                "write a host alone, such as \"example.com\"",
            );
        }
        settings.host = host;
    }),
    ("retriever-hash", |reader, value, settings| {
        let hash = reader.owned(value);
        if hash.as_deref().is_some_and(|hash| !is_hash(hash)) {
            reader.mistake(
                value.span(),
                "this is no hash of an app",
                format!(
                    "write the {} characters of A to Z, a to z, 0 to 9, + and / that Android \
                     makes from the app's package and certificate",
                    RetrieverMessage::HASH_CHARACTERS
                ),
            );
        }
        settings.hash = hash;
    }),
    ("repeats", |reader, value, settings| {
        settings.repeats = reader.integer(value, 0..=u64::from(u32::MAX));
    }),
    ("reference", |reader, value, settings| {
        let reference = reader.variant::<Reference>(value, "width of references");
        settings.reference = reference.map(Concatenation::from);
    }),
    ("ucs2-reference", |reader, value, settings| {
        let reference = reader.variant::<Reference>(value, "width of references");
        settings.ucs2_reference = reference.map(Concatenation::from);
    }),
    ("cut", |reader, value, settings| {
        settings.cut = reader.variant::<CutOption>(value, "cut").map(Cut::from);
    }),
    ("national", |reader, value, settings| {
        settings.national = tables(reader, value);
    }),
    ("suggest-national", |reader, value, settings| {
        settings.suggest_national = tables(reader, value);
    }),
    ("values", |reader, value, settings| {
        for (name, values) in reader.table(value).into_iter().flatten() {
            if let Some(set) = value_set(reader, values) {
                settings.values.insert(name.get_ref().to_string(), set);
            }
        }
    }),
    ("severity", |reader, value, settings| {
        severities(reader, value, settings);
    }),
];

fn is_hash(hash: &str) -> bool {
    let message = format!("- {hash}");
    RetrieverMessage::parse(&message, RetrieverLimit::Unlimited)
        .is_ok_and(|message| message.hash() == hash)
}

/// `"all"`, `"none"`, or a list of languages.
fn tables(reader: &mut Reader, value: &Value<'_>) -> Option<NationalTables> {
    if let DeValue::String(names) = value.get_ref() {
        let tables = national_tables(names);
        if let Err(error) = &tables {
            let help = "write \"all\", \"none\", or a list such as [\"turkish\", \"spanish\"]";
            reader.mistake(value.span(), error.to_string(), help);
        }
        return tables.ok();
    }
    let names = NationalLanguage::ALL.map(|language| (language.name(), language));
    let languages = reader.each(value, |reader, value| {
        reader.choice(value, "national language table", &names)
    })?;
    let tables = languages.into_iter();
    Some(tables.fold(NationalTables::NONE, |tables, language| {
        tables.allow(language)
    }))
}

pub(super) const SEVERITIES: [(&str, Option<Severity>); 4] = [
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
    ("off", None),
];

fn severities(reader: &mut Reader, value: &Value<'_>, settings: &mut Settings) {
    let Some(table) = reader.table(value) else {
        return;
    };
    for (key, severity) in table {
        let rule = key.get_ref().parse::<Rule>();
        if let Err(error) = &rule {
            let help = "write the name or the code of a lint, such as forces-ucs2 or SMS101";
            reader.mistake(key.span(), error, help);
        }
        let severity = reader.choice(severity, "severity", &SEVERITIES);
        if let (Ok(rule), Some(severity)) = (rule, severity)
            && settings.severities.insert(rule, severity).is_some()
        {
            reader.mistake(
                key.span(),
                format!("`{rule}` is there twice, by its name and by its code"),
                "keep one of the two",
            );
        }
    }
}

/// What is said of the values of a placeholder.
#[derive(Default)]
pub(super) struct Declared {
    characters: Option<CharacterSet>,
    /// Which keys say what characters there are.
    sets: usize,
    length: Option<u16>,
    least: Option<u16>,
    greatest: Option<u16>,
    list: Option<Vec<String>>,
    typical: Option<String>,
}

pub(super) const VALUE_KEYS: Keys<Declared> = &[
    ("characters", |reader, value, declared| {
        let names: Vec<_> = NAMED_SETS.iter().map(|set| (set.name(), set)).collect();
        let set = reader.choice(value, "set of characters", &names);
        declared.characters = set.cloned();
        declared.sets += 1;
    }),
    ("characters-given", |reader, value, declared| {
        // A space is a character like others.
        declared.characters = match value.get_ref().as_str() {
            Some(characters) => CharacterSet::given(characters)
                .map_err(|error| refused(reader, value, error))
                .ok(),
            None => reader.unexpected(value, "a string", "write all characters as one string"),
        };
        declared.sets += 1;
    }),
    ("length", |reader, value, declared| {
        declared.length = reader.integer(value, LENGTHS);
    }),
    ("min", |reader, value, declared| {
        declared.least = reader.integer(value, LENGTHS);
    }),
    ("max", |reader, value, declared| {
        declared.greatest = reader.integer(value, LENGTHS);
    }),
    ("list", |reader, value, declared| {
        declared.list = list(reader, value);
    }),
    ("typical", |reader, value, declared| {
        declared.typical = any_string(reader, value);
    }),
];

const LENGTHS: core::ops::RangeInclusive<u64> = 0..=u16::MAX as u64;

pub(super) const NAMED_SETS: [CharacterSet; 6] = [
    CharacterSet::DIGITS,
    CharacterSet::ASCII_ALPHANUMERIC,
    CharacterSet::GSM7_BASIC,
    CharacterSet::GSM7,
    CharacterSet::BMP,
    CharacterSet::ANY,
];

fn refused(reader: &mut Reader, value: &Value<'_>, error: impl Display) {
    let help = "write { characters = \"digits\", length = 6 }, { characters = \"gsm7\", max = 30 } \
                or a list of all values";
    reader.mistake(value.span(), error.to_string(), help);
}

/// A value, which may be empty.
fn any_string(reader: &mut Reader, value: &Value<'_>) -> Option<String> {
    match value.get_ref().as_str() {
        Some(string) => Some(string.to_owned()),
        None => reader.unexpected(value, "a string", "write it in quotation marks"),
    }
}

fn list(reader: &mut Reader, value: &Value<'_>) -> Option<Vec<String>> {
    reader.each(value, any_string)
}

/// A list of all values, or a table.
fn value_set(reader: &mut Reader, value: &Value<'_>) -> Option<ValueSet> {
    let mistakes = reader.mistakes.len();
    let mut declared = Declared::default();
    match value.get_ref() {
        DeValue::Array(_) => declared.list = list(reader, value),
        DeValue::Table(table) => reader.walk(table, VALUE_KEYS, &mut declared),
        _ => return reader.unexpected(value, "a list or a table", "say what the values are"),
    }
    if reader.mistakes.len() > mistakes {
        return None;
    }
    declared
        .values()
        .map_err(|error| refused(reader, value, error))
        .ok()
}

impl Declared {
    fn values(self) -> Result<ValueSet, String> {
        let invalid = |error: InvalidValues| error.to_string();
        let lengths = (self.length, self.least, self.greatest);
        let set = match (self.list, self.characters, lengths) {
            (Some(list), None, (None, None, None)) => ValueSet::list(list).map_err(invalid)?,
            (Some(_), ..) => return Err("a list says all of its values".to_owned()),
            (None, Some(_), _) if self.sets > 1 => {
                return Err("`characters` and `characters-given` exclude each other".to_owned());
            }
            (None, Some(characters), (Some(length), None, None)) => characters.exactly(length),
            (None, Some(characters), (None, least, Some(greatest))) => characters
                .between(least.unwrap_or_default(), greatest)
                .map_err(invalid)?,
            (None, Some(_), (Some(_), ..)) => {
                return Err("`length` and `min` or `max` exclude each other".to_owned());
            }
            (None, Some(_), _) => return Err("the greatest length is missing".to_owned()),
            (None, None, _) => return Err("the characters of the values are missing".to_owned()),
        };
        Ok(match self.typical {
            Some(typical) => set.typical(typical),
            None => set,
        })
    }
}

impl Settings {
    /// The rules named that are about files and not about single texts.
    pub(super) fn rules_of_files(&self) -> impl Iterator<Item = Rule> {
        let rules = self.severities.keys().copied();
        rules.filter(|rule| matches!(rule, Rule::Source(_)))
    }

    pub(super) fn silences(&self) -> bool {
        self.severities.values().any(Option::is_none)
    }

    /// The rules that several come to: of each key, what the last says that has it.
    pub(super) fn rules(layers: &[&Self]) -> Rules<'static> {
        fn last<'s, T>(
            layers: &[&'s Settings],
            get: impl Fn(&'s Settings) -> Option<T>,
        ) -> Option<T> {
            layers.iter().rev().find_map(|settings| get(settings))
        }
        let last_of = |get: fn(&Self) -> Option<&String>| last(layers, get);
        let names =
            |get: fn(&Self) -> Option<&Vec<String>>| last(layers, get).into_iter().flatten();

        let reference = last(layers, |s| s.reference).unwrap_or_default();
        let ucs2_reference = last(layers, |s| s.ucs2_reference).unwrap_or(reference);
        let options = SegmentOptions::new()
            .concatenation(reference)
            .concatenation_for(Encoding::Ucs2, ucs2_reference)
            .cut(last(layers, |s| s.cut).unwrap_or_default())
            .national_tables(last(layers, |s| s.national).unwrap_or_default());
        let mut values = Values::new();
        for (name, set) in layers.iter().flat_map(|settings| &settings.values) {
            values = values.with(name, set.clone());
        }
        if let Some(repeats) = last(layers, |s| s.repeats) {
            values = values.with_repeats(repeats);
        }
        let mut rules = Rules::new()
            .options(options)
            .values(values)
            .suggest_tables(last(layers, |s| s.suggest_national).unwrap_or_default());
        if let Some(syntax) = last(layers, |s| s.syntax) {
            rules = rules.syntax(syntax);
        }
        if let Some(profile) = last(layers, |s| s.profile) {
            rules = rules.profile(profile.clone());
        }
        if let Some(budget) = last(layers, |s| s.budget) {
            rules = rules.budget(budget);
        } else if rules.get_budget().is_none()
            && let Some(most) = Profile::PLAIN.segments()
        {
            // More cannot be sent.
            rules = rules.budget(most);
        }
        if let Some(nearly) = last(layers, |s| s.nearly) {
            rules = rules.nearly(nearly);
        }
        rules = names(|s| s.require.as_ref()).fold(rules, |rules, name| rules.require(name));
        rules = names(|s| s.know.as_ref()).fold(rules, |rules, name| rules.know(name));
        if let Some(code) = last_of(|s| s.code.as_ref()) {
            rules = rules.code(code);
        }
        if let Some(brand) = last_of(|s| s.brand.as_ref()) {
            rules = rules.brand(brand);
        }
        if let Some(host) = last_of(|s| s.host.as_ref()) {
            rules = rules.origin_bound_host(host);
        }
        if let Some(hash) = last_of(|s| s.hash.as_ref()) {
            rules = rules.retriever_hash(hash);
        }
        if last(layers, |s| s.expect_ucs2) == Some(true) {
            rules = rules.expect_ucs2();
        }
        for (rule, severity) in layers.iter().flat_map(|settings| &settings.severities) {
            rules = match (rule, severity) {
                (Rule::Template(lint), Some(severity)) => rules.severity(*lint, *severity),
                (Rule::Template(lint), None) => rules.allow(*lint),
                (Rule::Source(_), _) => rules,
            };
        }
        rules
    }
}
