//! The JSON schema of a configuration, for editors.

/// Its keys and names are those that are read: the tests compare them.
pub(crate) const SCHEMA: &str = include_str!("septet.schema.json");

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::PathBuf;

    use clap::ValueEnum;
    use septet::NationalLanguage;
    use septet::telephony::Region;
    use septet::template::{Profile, Syntax};
    use serde_json::{Map, Value as Json, json};
    use toml::de::{DeTable, DeValue};

    use super::super::{Config, overrides, price, settings, source};
    use super::SCHEMA;
    use crate::inspect::{CutOption, Reference};
    use crate::rule::Rule;

    /// All keys there are, each with a value that it takes.
    const FULL: &str = r#"
base-locale = "en"
locales = ["de", "pt-BR"]
ucs2-locales = ["ru", "ja"]
baseline = "septet-baseline.json"

syntax = "dollar-brace"
profile = "okta"
budget = 1
nearly = 5
require = ["code"]
know = ["code", "org.name"]
code = "code"
brand = "Example"
origin-bound-host = "example.com"
retriever-hash = "FA+9qCX9VSu"
repeats = 3
reference = "8"
ucs2-reference = "none"
cut = "word"
national = ["turkish"]
suggest-national = "all"

[values]
code = { characters = "digits", length = 6 }
"org.name" = { characters = "gsm7", min = 0, max = 30, typical = "Example" }
word = { characters-given = "abc ", max = 4 }
minutes = ["5", "10", "15"]
place = { list = ["Oslo", ""], typical = "Oslo" }

[severity]
forces-ucs2 = "error"
SMS902 = "off"

[[source]]
files = ["locales/{locale}.json", "!locales/old/**"]
format = "json"
keys = ["sms.**"]
locale = "fr"

[[source]]
files = ["texts/*.csv"]
format = "csv"
key-columns = ["Area", "Name"]
text-columns = { "Text DE" = "de", "Text FR" = "fr" }
locale-column = "Language"
delimiter = ";"

[[source]]
files = ["src/**/*.{java,kt}"]
format = "regex"
pattern = 'send\("(?P<key>\w+)", "(?P<text>[^"]*)"\)'
escapes = "backslash"

[[override]]
files = ["marketing/**"]
keys = ["promo.*"]
locales = ["pl", "zh-*"]
budget = 3
expect-ucs2 = true
reason = "promotions may be longer"
syntax = "double-brace"
profile = "3gpp"
nearly = 0
require = ["name"]
know = ["name"]
code = "name"
brand = "Example Shop"
origin-bound-host = "shop.example.com"
retriever-hash = "FA+9qCX9VSv"
repeats = 1
reference = "16"
ucs2-reference = "16"
cut = "grapheme"
national = "none"
suggest-national = ["spanish"]
values = { code = ["1", "2"] }
severity = { forces-ucs2 = "off" }

[price]
currency = "USD"
date = "2026-11-01"
segment = { US = "0.0079", FR = 0.0725, ES = 1 }
locales = { fr = ["FR"], es = ["ES"] }
"#;

    fn schema() -> Json {
        serde_json::from_str(SCHEMA).unwrap()
    }

    fn validator() -> jsonschema::Validator {
        jsonschema::draft202012::new(&schema()).unwrap()
    }

    fn json_of(table: &DeTable<'_>) -> Json {
        let entries = table.iter().map(|(key, value)| {
            let value = value_of(value.get_ref());
            (key.get_ref().to_string(), value)
        });
        Json::Object(entries.collect())
    }

    fn value_of(value: &DeValue<'_>) -> Json {
        match value {
            DeValue::String(string) => json!(string),
            DeValue::Integer(integer) => json!(integer.as_str().parse::<i64>().unwrap()),
            DeValue::Float(float) => json!(float.as_str().parse::<f64>().unwrap()),
            DeValue::Boolean(boolean) => json!(boolean),
            DeValue::Datetime(date) => json!(date.to_string()),
            DeValue::Array(list) => {
                let values = list.iter().map(|value| value_of(value.get_ref()));
                Json::Array(values.collect())
            }
            DeValue::Table(table) => json_of(table),
        }
    }

    fn is_valid(text: &str) -> bool {
        let table = DeTable::parse(text).unwrap();
        validator().is_valid(&json_of(table.get_ref()))
    }

    fn mistakes(text: &str) -> Vec<String> {
        let mistakes = Config::none(PathBuf::new()).fill(text);
        mistakes.into_iter().map(|mistake| mistake.what).collect()
    }

    /// Each table: a way to write one, where the schema has it, and the keys that are read.
    fn tables() -> [(&'static str, &'static str, Vec<&'static str>); 5] {
        fn names<T>(keys: super::super::Keys<T>) -> Vec<&'static str> {
            keys.iter().map(|(name, _)| *name).collect()
        }
        let with_texts = |mut keys: Vec<_>| {
            keys.extend(names(settings::KEYS));
            keys
        };
        [
            ("", "/properties", with_texts(names(super::super::KEYS))),
            (
                "[[override]]\n",
                "/$defs/override/properties",
                with_texts(names(overrides::KEYS)),
            ),
            (
                "[[source]]\n",
                "/$defs/source/properties",
                names(source::KEYS),
            ),
            ("[price]\n", "/$defs/price/properties", names(price::KEYS)),
            (
                "[values.code]\n",
                "/$defs/value/anyOf/1/properties",
                names(settings::VALUE_KEYS),
            ),
        ]
    }

    #[test]
    fn the_schema_has_the_keys_that_are_read_each_with_a_description() {
        let schema = schema();
        let of_table = |table: &Json| table.as_object().cloned().unwrap_or_default();
        for (_, pointer, keys) in tables() {
            let properties: Map<_, _> = of_table(schema.pointer(pointer).unwrap());
            let known: BTreeSet<_> = properties.keys().map(String::as_str).collect();
            assert_eq!(known, keys.into_iter().collect(), "{pointer}");
            for (key, property) in &properties {
                let definition = property["$ref"].as_str();
                let definition = definition.and_then(|path| schema.pointer(path.get(1..)?));
                let told = [Some(property), definition].into_iter().flatten();
                let is_told = told.into_iter().any(|one| one["description"].is_string());
                assert!(is_told, "{pointer}/{key}");
            }
        }
    }

    #[test]
    fn the_schema_has_the_names_that_are_read() {
        fn variants<E: ValueEnum>() -> Vec<String> {
            let all = E::value_variants().iter();
            let names = all.map(|one| one.to_possible_value().unwrap().get_name().to_owned());
            names.collect()
        }
        fn owned<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
            names.into_iter().map(str::to_owned).collect()
        }
        let languages = NationalLanguage::ALL.map(NationalLanguage::name);
        let cases = [
            (
                "syntax",
                owned(Syntax::ALL.iter().map(|syntax| syntax.name())),
            ),
            ("profile", owned(Profile::ALL.iter().map(Profile::name))),
            ("reference", variants::<Reference>()),
            ("ucs2-reference", variants::<Reference>()),
            ("cut", variants::<CutOption>()),
            ("tables/anyOf/1/items", owned(languages)),
            (
                "value/anyOf/1/properties/characters",
                owned(settings::NAMED_SETS.iter().map(|set| set.name())),
            ),
            ("source/properties/format", owned(source::format_names())),
            (
                "source/properties/escapes",
                owned(source::ESCAPES.iter().map(|(name, _)| *name)),
            ),
            (
                "severity/additionalProperties",
                owned(settings::SEVERITIES.iter().map(|(name, _)| *name)),
            ),
            ("region", owned(Region::all().map(Region::code))),
            (
                "severity/propertyNames/anyOf/0",
                owned(Rule::all().map(Rule::name)),
            ),
        ];
        let schema = schema();
        for (path, names) in cases {
            let known = schema.pointer(&format!("/$defs/{path}/enum")).unwrap();
            assert_eq!(*known, json!(names), "{path}");
        }
    }

    #[test]
    fn all_keys_are_read_and_valid() {
        assert_eq!(mistakes(FULL), [""; 0]);
        let table = DeTable::parse(FULL).unwrap();
        let example = json_of(table.get_ref());
        let errors: Vec<_> = validator()
            .iter_errors(&example)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, [""; 0]);
        let all_of = |values: &Json| {
            let values = values.as_array().cloned().unwrap_or_default();
            let tables = values.into_iter().filter_map(|value| match value {
                Json::Object(table) => Some(table),
                _ => None,
            });
            tables
                .flatten()
                .map(|(key, _)| key)
                .collect::<BTreeSet<_>>()
        };
        let values: Vec<_> = example["values"].as_object().unwrap().values().collect();
        let used = [
            all_of(&json!([example])),
            all_of(&example["override"]),
            all_of(&example["source"]),
            all_of(&json!([example["price"]])),
            all_of(&json!(values)),
        ];
        for ((_, table, keys), used) in tables().into_iter().zip(used) {
            let keys = keys.into_iter().map(str::to_owned).collect();
            assert_eq!(used, keys, "{table}");
        }
    }

    #[test]
    fn a_value_of_a_wrong_kind_is_refused_for_each_key() {
        for (start, _, keys) in tables() {
            for key in keys {
                let text = format!("{start}{key} = {{ \"?\" = [] }}");
                let at = text.len() - "{ \"?\" = [] }".len();
                let mistakes = Config::none(PathBuf::new()).fill(&text);
                assert!(
                    mistakes.iter().any(|mistake| mistake.at.start >= at),
                    "{text}"
                );
                assert!(!is_valid(&text), "{text}");
            }
            let unknown = format!("{start}colour = 1");
            let told = mistakes(&unknown);
            assert!(
                told.contains(&"no key `colour` is known here".to_owned()),
                "{told:?}"
            );
            assert!(!is_valid(&unknown), "{unknown}");
        }
    }

    #[test]
    fn the_schema_and_the_reader_refuse_the_same() {
        let refused = [
            "budget = 0",
            "budget = 256",
            "budget = \"1\"",
            "nearly = -1",
            "syntax = \"dollar\"",
            "profile = \"Okta\"",
            "require = []",
            "require = [\"\"]",
            "locales = [\"english\"]",
            "base-locale = \"e\"",
            "retriever-hash = \"FA+9\"",
            "reference = \"7\"",
            "values = { code = [] }",
            "values = { code = { characters = \"digits\", max = 70000 } }",
            "severity = { forces-ucs2 = \"fatal\" }",
            "severity = { forced-ucs2 = \"off\" }",
            "source = [{ keys = [\"a\"] }]",
            "source = []",
            "override = [{ budget = 2 }]",
            "price = { currency = \"usd\", segment = { US = 1 } }",
            "price = { currency = \"USD\", segment = { USA = 1 } }",
            "price = { currency = \"USD\", segment = { UK = 1 } }",
            "price = { currency = \"USD\", segment = { us = 1 } }",
            "price = { currency = \"USD\", segment = { US = \"0.00791234\" } }",
            "price = { currency = \"USD\", segment = { US = \"1e3\" } }",
            "price = { currency = \"USD\", segment = { US = -1 } }",
            "price = { currency = \"USD\" }",
            "price = { segment = { US = 1 } }",
        ];
        for text in refused {
            assert_eq!(mistakes(text).len(), 1, "{text}");
            assert!(!is_valid(text), "{text}");
        }
    }
}
