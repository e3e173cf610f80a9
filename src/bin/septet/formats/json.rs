//! JSON: template objects, flat and nested catalogues, Apple's string catalogues, ARB.

mod literal;
mod syntax;

use std::collections::HashSet;

use jsonc_parser::ast::{Object, ObjectPropName, StringLit, Value};
use jsonc_parser::{CollectOptions, ParseOptions, ParseResult, parse_to_ast};

use crate::text::{Encode, Parsed, Text};

pub(super) use literal::{decode, encode};

/// What a file may hold beside JSON.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Strict,
    WithComments,
}

/// Reads the strings of a file that are texts; which are is known by what stands around them.
pub(super) fn read(source: &str, dialect: Dialect, name: &str) -> Parsed {
    let (comments, forgiven) = syntax::scan(source, dialect);
    let beside = dialect == Dialect::WithComments;
    let options = ParseOptions {
        allow_comments: beside,
        allow_trailing_commas: beside,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let (value, refused) = match parse_to_ast(source, &CollectOptions::default(), &options) {
        Ok(ParseResult { value, .. }) => (value, None),
        Err(error) => (None, Some(syntax::fault(&error, source))),
    };
    // Behind the first fault one reading may take for a string what the other does not.
    let faults = forgiven.into_iter().chain(refused);
    let value = match (faults.min_by_key(|fault| fault.at.start), value) {
        (None, Some(value)) => value,
        (None, None) => {
            return Parsed::fault(0..0, "the file is empty; a catalogue without texts is `{}`");
        }
        (Some(fault), _) => return Parsed::fault(fault.at, fault.message),
    };
    let mut reader = Reader {
        source,
        name,
        locale: None,
        path: Vec::new(),
        parsed: Parsed {
            comments,
            ..Parsed::default()
        },
    };
    reader.document(&value);
    let mut parsed = reader.parsed;
    parsed.texts.sort_by_key(|text| text.literal.start);
    parsed
}

struct Reader<'a> {
    source: &'a str,
    /// The stem of the file's name.
    name: &'a str,
    /// Of all texts, where the document says so.
    locale: Option<&'a str>,
    /// The keys that lead to where the reader is.
    path: Vec<String>,
    parsed: Parsed,
}

impl<'a> Reader<'a> {
    fn document(&mut self, value: &'a Value<'a>) {
        let Value::Object(object) = value else {
            if value.as_string_lit().is_some() {
                self.path.push(self.name.to_owned());
            }
            return self.value(value);
        };
        if let Some(language) = object.get_string("sourceLanguage")
            && object.get_object("strings").is_some()
        {
            for strings in objects(object, "strings") {
                self.string_catalogue(&language.value, strings);
            }
            return;
        }
        self.locale = object.get_string("@@locale").map(|locale| &*locale.value);
        self.object(object);
    }

    // Recursion is as deep as the document, of which the scan allows so much.
    fn value(&mut self, value: &Value<'_>) {
        match value {
            Value::StringLit(string) => self.text(string, self.locale, false, encode),
            Value::Object(object) => self.object(object),
            Value::Array(array) => {
                let mut names = HashSet::new();
                for (index, element) in array.elements.iter().enumerate() {
                    let index = index.to_string();
                    match element.as_object().and_then(Template::of) {
                        Some(template) => {
                            let is_first = template.name.is_some_and(|name| names.insert(name));
                            let index = (!is_first).then_some(&*index);
                            self.within(template.name.into_iter().chain(index), |reader| {
                                reader.template(&template);
                            });
                        }
                        None => self.within([&*index], |reader| reader.value(element)),
                    }
                }
            }
            Value::NumberLit(_) | Value::BooleanLit(_) | Value::NullKeyword(_) => {}
        }
    }

    fn object(&mut self, object: &Object<'_>) {
        let is_document = self.path.is_empty();
        if let Some(template) = Template::of(object) {
            let name = template.name.or(is_document.then_some(self.name));
            self.within(name, |reader| reader.template(&template));
        } else if is_message(object) && !is_document {
            for message in strings(object, MESSAGE) {
                self.text(message, self.locale, false, encode);
            }
        } else {
            for member in &object.properties {
                let key = member.name.as_str();
                if !(is_document && self.is_metadata(key, &member.value)) {
                    self.within([key], |reader| reader.value(&member.value));
                }
            }
        }
    }

    /// Whether a member of the document tells about texts, as in ARB. Where nothing else says that
    /// it is ARB, a text may have such a key.
    fn is_metadata(&self, key: &str, value: &Value<'_>) -> bool {
        key.starts_with("@@")
            || key.starts_with('@') && (self.locale.is_some() || value.as_string_lit().is_none())
    }

    fn template(&mut self, template: &Template<'_>) {
        for text in strings(template.object, TEMPLATE) {
            self.text(text, None, true, encode);
        }
        for translation in objects(template.object, TRANSLATIONS).flat_map(|all| &all.properties) {
            if let Value::StringLit(text) = &translation.value {
                self.text(text, Some(translation.name.as_str()), false, encode);
            }
        }
    }

    /// Reads Apple's `.xcstrings`. A string that nobody has written in the source language is shown
    /// as its key.
    fn string_catalogue(&mut self, language: &str, strings: &Object<'_>) {
        for entry in &strings.properties {
            let Value::Object(object) = &entry.value else {
                continue;
            };
            let localizations = || objects(object, "localizations");
            let is_written = localizations().any(|all| all.get(language).is_some());
            self.within([entry.name.as_str()], |reader| {
                match &entry.name {
                    ObjectPropName::String(key) if !is_written && !key.value.is_empty() => {
                        // The code looks it up: another key would be another string.
                        reader.text(key, Some(language), true, |_| None);
                    }
                    _ => {}
                }
                for localization in localizations().flat_map(|all| &all.properties) {
                    if let Value::Object(unit) = &localization.value {
                        reader.string_unit(unit, localization.name.as_str(), language);
                    }
                }
            });
        }
    }

    /// Reads a string in one language, or its variations by number, by device, or by both.
    fn string_unit(&mut self, unit: &Object<'_>, locale: &str, language: &str) {
        for text in objects(unit, "stringUnit").flat_map(|unit| strings(unit, "value")) {
            self.text(text, Some(locale), locale == language, encode);
        }
        for variation in objects(unit, "variations").flat_map(|all| &all.properties) {
            let cases = variation.value.as_object();
            for case in cases.iter().flat_map(|cases| &cases.properties) {
                if let Value::Object(unit) = &case.value {
                    self.within([variation.name.as_str(), case.name.as_str()], |reader| {
                        reader.string_unit(unit, locale, language);
                    });
                }
            }
        }
    }

    /// Reads what stands under further keys.
    fn within<'k>(
        &mut self,
        keys: impl IntoIterator<Item = &'k str>,
        read: impl FnOnce(&mut Self),
    ) {
        let depth = self.path.len();
        self.path.extend(keys.into_iter().map(str::to_owned));
        read(self);
        self.path.truncate(depth);
    }

    fn text(
        &mut self,
        string: &StringLit<'_>,
        locale: Option<&str>,
        is_base: bool,
        encode: Encode,
    ) {
        let literal = string.range.start..string.range.end;
        let text = Text {
            path: self.path.clone(),
            locale: locale.map(str::to_owned),
            is_base,
            decoded: decode(self.source, literal.clone()),
            literal,
            encode,
            origin: None,
            id: None,
        };
        self.parsed.take(text, &string.value);
    }
}

const TEMPLATE: &str = "template";
const TRANSLATIONS: &str = "translations";
const MESSAGE: &str = "message";

/// Okta's template object.
struct Template<'a> {
    name: Option<&'a str>,
    object: &'a Object<'a>,
}

impl<'a> Template<'a> {
    fn of(object: &'a Object<'a>) -> Option<Self> {
        object.get_string(TEMPLATE)?;
        let string = |key| object.get_string(key).map(|string| &*string.value);
        let kind = string("type");
        if kind.is_none() && object.get_object(TRANSLATIONS).is_none() {
            return None;
        }
        let mut names = [string("name"), string("id"), kind].into_iter().flatten();
        Some(Self {
            name: names.find(|name| !name.is_empty()),
            object,
        })
    }
}

/// Whether an object is a message as Chrome's extensions have them, with what is said of it.
fn is_message(object: &Object<'_>) -> bool {
    let known = [MESSAGE, "description", "placeholders"];
    let mut keys = object.properties.iter().map(|member| member.name.as_str());
    keys.all(|key| known.contains(&key)) && object.get_string(MESSAGE).is_some()
}

/// The members of a name that are strings. There is more than one where a key is repeated.
fn strings<'v>(object: &'v Object<'v>, name: &str) -> impl Iterator<Item = &'v StringLit<'v>> {
    let members = object.properties.iter();
    members.filter_map(move |member| match &member.value {
        Value::StringLit(string) if member.name.as_str() == name => Some(string),
        _ => None,
    })
}

/// The members of a name that are objects.
fn objects<'v>(object: &'v Object<'v>, name: &str) -> impl Iterator<Item = &'v Object<'v>> {
    let members = object.properties.iter();
    members.filter_map(move |member| match &member.value {
        Value::Object(object) if member.name.as_str() == name => Some(object),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn config() -> ProptestConfig {
        ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        }
    }

    /// The texts of a file: keys, `@` and the locale, `=` for a base text or `:`, and the text.
    fn texts(source: &str) -> Vec<String> {
        let parsed = read(source, Dialect::Strict, "file");
        assert_eq!(parsed.faults, []);
        let line = |text: &Text| {
            let locale = text.locale.iter().map(|locale| format!("@{locale}"));
            let is = if text.is_base { '=' } else { ':' };
            let text_of = text.decoded.text();
            format!(
                "{}{}{is} {text_of}",
                text.path.join("."),
                locale.collect::<String>()
            )
        };
        parsed.texts.iter().map(line).collect()
    }

    #[test]
    fn each_string_of_a_catalogue_is_a_text() {
        let source =
            r#"{"sms": {"a": "1", "b": ["2", 3, {"c": "4"}], "d": null}, "": true, "e.f": "5"}"#;
        assert_eq!(
            texts(source),
            ["sms.a: 1", "sms.b.0: 2", "sms.b.2.c: 4", "e.f: 5"]
        );
        assert_eq!(texts(r#" "alone" "#), ["file: alone"]);
        assert_eq!(texts(r#"["1", ["2"]]"#), ["0: 1", "1.0: 2"]);
        for nothing in ["{}", "[]", "null", "true", "7", r#"{"a": {}, "b": [[]]}"#] {
            assert!(texts(nothing).is_empty(), "{nothing}");
        }
    }

    #[test]
    fn repeated_keys_keep_all_their_texts_in_order() {
        assert_eq!(
            texts(r#"{"a": "1", "b": "2", "a": "3", "a": {"c": "4"}}"#),
            ["a: 1", "b: 2", "a: 3", "a.c: 4"]
        );
        let template = r#"{"translations": {"de": "1", "de": "2"}, "template": "3", "type": "t",
            "template": "4", "translations": {"fr": "5"}}"#;
        assert_eq!(
            texts(template),
            ["t@de: 1", "t@de: 2", "t= 3", "t= 4", "t@fr: 5"]
        );
        let message = r#"{"a": {"message": "1", "description": "2", "message": "3"}}"#;
        assert_eq!(texts(message), ["a: 1", "a: 3"]);
        let apple = r#"{"sourceLanguage": "en", "strings": {"a": {"localizations": {
            "en": {"stringUnit": {"value": "1", "value": "2"}, "stringUnit": {"value": "3"}},
            "en": {"stringUnit": {"value": "4"}}}}, "a": {}}}"#;
        assert_eq!(
            texts(apple),
            ["a@en= 1", "a@en= 2", "a@en= 3", "a@en= 4", "a@en= a"]
        );
    }

    #[test]
    fn a_template_object_has_its_text_and_translations() {
        let source = r#"{
            "id": "cst1", "name": "Custom", "type": "SMS_VERIFY_CODE", "template": "Code: ${code}",
            "translations": {"es": "Clave: ${code}", "fr": null, "de": 7}, "created": "2016",
            "_links": {"self": {"href": "https://example.com"}}
        }"#;
        assert_eq!(
            texts(source),
            ["Custom= Code: ${code}", "Custom@es: Clave: ${code}"]
        );
    }

    #[test]
    fn a_template_object_is_known_by_its_name_or_id_or_type_or_file() {
        for (source, expected) in [
            (
                r#"{"template": "t", "type": "k", "id": "i", "name": "n"}"#,
                "n= t",
            ),
            (
                r#"{"template": "t", "type": "k", "id": "i", "name": ""}"#,
                "i= t",
            ),
            (r#"{"template": "t", "type": "k", "name": null}"#, "k= t"),
            (r#"{"template": "t", "translations": {}}"#, "file= t"),
            // No template objects.
            (r#"{"template": "t"}"#, "template: t"),
            (
                r#"{"template": "t", "translations": null, "type": 1}"#,
                "template: t",
            ),
            (r#"{"template": {"template": "t"}}"#, "template.template: t"),
        ] {
            assert_eq!(texts(source), [expected], "{source}");
        }
    }

    #[test]
    fn template_objects_of_an_array_are_told_apart() {
        let source = r#"[
            {"name": "a", "type": "k", "template": "1", "translations": {"de": "2"}},
            {"name": "b", "type": "k", "template": "3"},
            {"name": "a", "type": "k", "template": "4", "translations": {"de": "5"}},
            {"template": "6", "translations": {"de": "7"}},
            "8"
        ]"#;
        assert_eq!(
            texts(source),
            [
                "a= 1",
                "a@de: 2",
                "b= 3",
                "a.2= 4",
                "a.2@de: 5",
                "3= 6",
                "3@de: 7",
                "4: 8"
            ]
        );
    }

    #[test]
    fn template_objects_stand_under_keys() {
        let source = r#"{
            "sms": {"verify": {"template": "1", "translations": {"de": "2"}}},
            "all": [{"name": "a", "type": "k", "template": "3"}],
            "other": "4"
        }"#;
        assert_eq!(
            texts(source),
            ["sms.verify= 1", "sms.verify@de: 2", "all.a= 3", "other: 4"]
        );
    }

    #[test]
    fn a_string_catalogue_has_the_locale_of_each_text() {
        let source = r#"{"sourceLanguage": "en", "version": "1.0", "strings": {
            "sms.code": {"comment": "no text", "extractionState": "manual", "localizations": {
                "de": {"stringUnit": {"state": "translated", "value": "Code: %@"}},
                "en": {"stringUnit": {"state": "new", "value": "Your code: %@"}}}},
            "Hello": {"localizations": {"de": {"stringUnit": {"value": "Hallo"}}}},
            "Bye \"you\"": {},
            "Quiet": {"shouldTranslate": false},
            "": {},
            "broken": null
        }}"#;
        assert_eq!(
            texts(source),
            [
                "sms.code@de: Code: %@",
                "sms.code@en= Your code: %@",
                "Hello@en= Hello",
                "Hello@de: Hallo",
                "Bye \"you\"@en= Bye \"you\"",
                "Quiet@en= Quiet",
            ]
        );
        let parsed = read(source, Dialect::Strict, "file");
        let is_writable = |text: &Text| (text.encode)("x").is_some();
        let writable: Vec<_> = parsed.texts.iter().map(is_writable).collect();
        assert_eq!(writable, [true, true, false, true, false, false]);
    }

    #[test]
    fn a_string_catalogue_has_variations() {
        let source = r#"{"sourceLanguage": "en", "strings": {"left": {"localizations": {
            "en": {"variations": {"plural": {
                "one": {"stringUnit": {"value": "1 left"}},
                "other": {"stringUnit": {"value": "%lld left"}}}}},
            "de": {"variations": {"device": {
                "iphone": {"variations": {"plural": {"one": {"stringUnit": {"value": "noch 1"}}}}},
                "mac": {"stringUnit": {"value": "noch %lld"}}}}}}}}}"#;
        assert_eq!(
            texts(source),
            [
                "left.plural.one@en= 1 left",
                "left.plural.other@en= %lld left",
                "left.device.iphone.plural.one@de: noch 1",
                "left.device.mac@de: noch %lld",
            ]
        );
    }

    #[test]
    fn an_arb_has_one_locale_and_metadata() {
        let source = r#"{"a": "1", "@@locale": "de_AT", "@a": {"description": "no text"},
            "@@last_modified": "2026", "@b": "neither", "b": {"@c": "2"}}"#;
        assert_eq!(texts(source), ["a@de_AT: 1", "b.@c@de_AT: 2"]);
        // The locale may be in the name of the file.
        let source =
            r#"{"a": "1", "@a": {"description": "no text"}, "@@x": "no", "@you: hi": "2"}"#;
        assert_eq!(texts(source), ["a: 1", "@you: hi: 2"]);
    }

    #[test]
    fn a_message_is_told_from_what_is_said_of_it() {
        let source = r#"{
            "hi": {"message": "1", "description": "no", "placeholders": {"a": {"content": "$1"}}},
            "bye": {"message": "2"},
            "form": {"message": "3", "title": "4"},
            "help": {"description": "5"}
        }"#;
        assert_eq!(
            texts(source),
            [
                "hi: 1",
                "bye: 2",
                "form.message: 3",
                "form.title: 4",
                "help.description: 5"
            ]
        );
        assert_eq!(texts(r#"{"message": "1"}"#), ["message: 1"]);
    }

    #[test]
    fn comments_and_last_commas_are_read_where_they_may_be() {
        let source = "// one\n{\"a\": \"// no\", /* two\n*/ \"b\": [\"/* no */\",],\r\n}//";
        let parsed = read(source, Dialect::WithComments, "file");
        assert_eq!(parsed.faults, []);
        let comments = parsed.comments.iter();
        let comments: Vec<_> = comments
            .map(|comment| (&source[comment.at.clone()], &*comment.text))
            .collect();
        assert_eq!(
            comments,
            [("// one", " one"), ("/* two\n*/", " two\n"), ("//", "")]
        );
        let texts: Vec<_> = parsed
            .texts
            .iter()
            .map(|text| text.decoded.text())
            .collect();
        assert_eq!(texts, ["// no", "/* no */"]);
        let strict = read(source, Dialect::Strict, "file");
        assert_eq!((strict.texts.len(), strict.comments.len()), (0, 0));
        assert_eq!(strict.faults[0].at, 0..6);
    }

    #[test]
    fn values_are_read_as_deep_as_128_levels() {
        let nested = |open: &str, depth: usize, close: &str| {
            format!("{}\"x\"{}", open.repeat(depth), close.repeat(depth))
        };
        assert_eq!(texts(&nested("[", 128, "]")).len(), 1);
        assert_eq!(texts(&nested("{\"k\":", 128, "}")).len(), 1);
        for (source, at) in [
            (nested("[", 129, "]"), 128),
            (nested("{\"k\":", 129, "}"), 128 * 5),
            ("[".repeat(100 << 20), 128),
            ("{\"k\":".repeat(1 << 20), 128 * 5),
        ] {
            let parsed = read(&source, Dialect::Strict, "file");
            assert_eq!(parsed.faults.len(), 1);
            assert_eq!(parsed.faults[0].at, at..at + 1);
            assert!(parsed.texts.is_empty());
        }
    }

    #[test]
    fn garbage_is_one_fault_however_long() {
        for garbage in [
            "", " ", "a", "\"", "\\", "\\\"", "/", "//", "/*", "*/", "\u{7f}", "}", "{\"", ",",
            "'", "\"a\" ", "\"\\u", "//\n", "\u{a0}", "1", "é",
        ] {
            for dialect in [Dialect::Strict, Dialect::WithComments] {
                let source = garbage.repeat((1 << 20) / garbage.len().max(1));
                let parsed = read(&source, dialect, "file");
                let is_number = garbage == "1";
                assert_eq!(parsed.faults.len(), usize::from(!is_number), "{garbage}");
            }
        }
    }

    /// A literal, and the text that it is of: each character written in one of the ways there are.
    fn literal() -> impl Strategy<Value = (String, String)> {
        let character = prop_oneof![
            any::<char>(),
            prop::char::range(' ', '~'),
            prop::sample::select(vec!['"', '\\', '/', '\n', '\t', '\0', '👋', 'é', '€']),
        ];
        vec((character, 0..4), 0..12).prop_map(|characters| {
            let mut literal = String::from("\"");
            for (character, way) in &characters {
                let short = "\"\"\\\\//\u{8}b\u{c}f\nn\rr\tt";
                let short = short.chars().collect::<Vec<_>>();
                let short = short.chunks(2).find(|pair| pair[0] == *character);
                let is_plain = *character >= ' ' && !matches!(character, '"' | '\\');
                match (way, short) {
                    (0, _) if is_plain => literal.push(*character),
                    (0 | 1, Some(pair)) => literal.extend(['\\', pair[1]]),
                    _ => {
                        for unit in character.encode_utf16(&mut [0; 2]) {
                            literal += &match way {
                                2 => format!("\\u{unit:04X}"),
                                _ => format!("\\u{unit:04x}"),
                            };
                        }
                    }
                }
            }
            literal.push('"');
            (
                literal,
                characters.iter().map(|(character, _)| character).collect(),
            )
        })
    }

    /// The strings of a value with their paths, read from what serde_json makes of it.
    fn naive(value: &serde_json::Value, path: &[String], out: &mut Vec<(Vec<String>, String)>) {
        let with = |key: &str| [path, &[key.to_owned()]].concat();
        match value {
            serde_json::Value::String(text) => out.push((path.to_owned(), text.clone())),
            serde_json::Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    naive(element, &with(&index.to_string()), out);
                }
            }
            serde_json::Value::Object(members) => {
                for (key, member) in members {
                    naive(member, &with(key), out);
                }
            }
            _ => {}
        }
    }

    fn value() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(json!(null)),
            any::<bool>().prop_map(|value| json!(value)),
            any::<f64>().prop_map(|value| json!(value)),
            any::<String>().prop_map(|value| json!(value)),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                vec(inner.clone(), 0..6).prop_map(|elements| json!(elements)),
                vec(("[a-c\"\\\\é]{0,3}", inner), 0..6)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn each_character_stands_where_its_text_says(
            literals in vec((literal(), "[ \t\r\n]{0,2}"), 0..6),
        ) {
            let members = literals.iter().map(|((literal, _), space)| format!("{literal}{space}"));
            let source = format!("[{}]", members.collect::<Vec<_>>().join(","));
            let parsed = read(&source, Dialect::Strict, "file");
            prop_assert_eq!(&parsed.faults, &[]);
            prop_assert_eq!(parsed.texts.len(), literals.len());
            for (text, ((literal, expected), _)) in parsed.texts.iter().zip(&literals) {
                prop_assert_eq!(&source[text.literal.clone()], literal);
                prop_assert_eq!(text.decoded.text(), expected);
                let mut end = text.literal.start + 1;
                for (at, character) in expected.char_indices() {
                    let range = text.decoded.source(at..at + character.len_utf8());
                    prop_assert_eq!(range.start, end);
                    end = range.end;
                    let alone = format!("\"{}\"", &source[range]);
                    let read: String = serde_json::from_str(&alone).expect("a JSON string");
                    prop_assert_eq!(read, character.to_string());
                }
                prop_assert_eq!(end, text.literal.end - 1);
            }
        }

        #[test]
        fn a_catalogue_has_the_texts_that_serde_json_reads(value in value(), pretty: bool) {
            let source = match pretty {
                true => serde_json::to_string_pretty(&value),
                false => serde_json::to_string(&value),
            }.expect("values can be written");
            let mut expected = Vec::new();
            let path = if value.is_string() { vec!["file".to_owned()] } else { Vec::new() };
            naive(&value, &path, &mut expected);
            for dialect in [Dialect::Strict, Dialect::WithComments] {
                let parsed = read(&source, dialect, "file");
                prop_assert_eq!(&parsed.faults, &[]);
                let texts = parsed.texts.into_iter();
                let texts: Vec<_> = texts
                    .map(|text| (text.path, text.decoded.text().to_owned()))
                    .collect();
                prop_assert_eq!(&texts, &expected);
            }
        }
    }
}
