//! The vendor's template object: what is read is written back, and what cannot be read is named.

#![cfg(feature = "serde")]

#[path = "support/cases.rs"]
mod cases;

use cases::cases;
use proptest::prelude::*;
use proptest::sample::select;
use septet::template::{
    Catalogue, LanguageKey, TemplateKind, TemplateObject, Update, VendorError, VendorErrorKind,
};
use serde_json::{json, to_value};

/// As the vendor's API answers, with a field that is not known.
const ANSWER: &str = r#"{
  "id": "cstk2flOtuCMDJK4b0g3",
  "name": "Custom",
  "type": "SMS_VERIFY_CODE",
  "template": "${org.name}: your verification code is ${code}",
  "translations": {
    "es": "${org.name}: el código de verificación es ${code}",
    "nl_NL": "${org.name}: je code is ${code}"
  },
  "created": "2016-06-23T17:20:22.000Z",
  "lastUpdated": "2016-06-23T17:20:22.000Z",
  "_links": { "self": { "href": "https:\/\/example.com\/a b", "hints": [ 1.0, 1e400 ] } }
}"#;

#[track_caller]
fn read(json: &str) -> TemplateObject {
    TemplateObject::from_json(json).unwrap_or_else(|error| panic!("{error}\n{json}"))
}

#[track_caller]
fn refused(json: &str) -> VendorError {
    let error = TemplateObject::from_json(json).unwrap_err();
    // The traits of serde say the same.
    let serde = serde_json::from_str::<TemplateObject>(json).unwrap_err();
    if error.kind() != VendorErrorKind::Syntax {
        assert!(serde.to_string().contains(error.path()), "{serde}");
    }
    error
}

// ---------------------------------------------------------------------------------------------------- reading

#[test]
fn an_answer_is_read() {
    let object = read(ANSWER);
    assert_eq!(object.id(), Some("cstk2flOtuCMDJK4b0g3"));
    assert_eq!(object.name(), Some("Custom"));
    assert_eq!(object.kind(), Some(TemplateKind::SmsVerifyCode));
    assert_eq!(
        object.template(),
        Some("${org.name}: your verification code is ${code}")
    );
    assert_eq!(object.created(), Some("2016-06-23T17:20:22.000Z"));
    assert_eq!(object.last_updated(), Some("2016-06-23T17:20:22.000Z"));
    let links = r#"{"self":{"href":"https:\/\/example.com\/a b","hints":[1.0,1e400]}}"#;
    assert!(object.other_fields().eq([("_links", links)]));
    let catalogue = object.catalogue().unwrap();
    assert!(catalogue.translations().eq(object.translations()));
    let wanted: LanguageKey = "nl-NL".parse().unwrap();
    assert_eq!(
        catalogue.select(wanted).text(),
        "${org.name}: je code is ${code}"
    );
    assert_eq!(catalogue.problems().count(), 0);
}

#[test]
fn no_field_is_required() {
    let object = read("{}");
    assert_eq!(object.id(), None);
    assert_eq!(object.kind(), None);
    assert_eq!(object.template(), None);
    assert_eq!(object.catalogue(), None);
    assert_eq!(object.translations().len(), 0);
    assert_eq!(object.other_fields().count(), 0);
    assert_eq!(object.to_json(), "{}");
}

#[test]
fn a_type_that_is_not_known_is_kept() {
    for (json, kind) in [
        (r#"{"type":"SMS_VERIFY_CODE"}"#, TemplateKind::SmsVerifyCode),
        (
            r#"{"type":"SMS_ENROLLMENT_CODE"}"#,
            TemplateKind::Other("SMS_ENROLLMENT_CODE"),
        ),
        (
            r#"{"type":"sms_verify_code"}"#,
            TemplateKind::Other("sms_verify_code"),
        ),
        (r#"{"type":""}"#, TemplateKind::Other("")),
    ] {
        assert_eq!(read(json).kind(), Some(kind));
        assert_eq!(read(json).to_json(), json);
    }
}

#[test]
fn keys_that_are_no_language_are_kept_for_the_catalogue_to_report() {
    let json =
        r#"{"template":"","translations":{"english":"a","nl_NL":"b","nl-nl":"c","":"d","💬":"e"}}"#;
    let object = read(json);
    assert_eq!(object.catalogue().unwrap().problems().count(), 4);
    assert_eq!(object.to_json(), json);
}

// ---------------------------------------------------------------------------------------------------- writing

#[test]
fn what_was_read_is_written() {
    for json in [
        // Nothing, null and an empty set are three things.
        r#"{"template":"a"}"#,
        r#"{"template":"a","translations":null}"#,
        r#"{"template":"a","translations":{}}"#,
        r#"{"id":null,"name":null,"type":null,"template":null,"created":null,"lastUpdated":null}"#,
        // The order of fields and of translations.
        r#"{"z":1,"translations":{"fr":"a","es":"b"},"a":null,"template":"c","m":[]}"#,
        // Numbers, digit by digit.
        r#"{"a":1.0,"b":1e400,"c":-0,"d":-0.0,"e":123456789012345678901234567890,"f":1E+2}"#,
        r#"{"a":{"b":[0.10,{"c":1.00}]}}"#,
        // Strings of fields that are not known, escape by escape; half a surrogate pair too.
        r#"{"a":"\u00e9\/\ud83d\udc4b","b":"\ud83d","c":"\\","d":"\" , \" ","e":"\\\" "}"#,
        // One name twice, where no choice is made.
        r#"{"a":{"b":1,"b":2}}"#,
        r#"{"":""}"#,
    ] {
        assert_eq!(read(json).to_json(), json);
        assert_eq!(serde_json::to_string(&read(json)).unwrap(), json);
        let by_serde: TemplateObject = serde_json::from_str(json).unwrap();
        assert!(by_serde == read(json), "{json}");
    }
}

#[test]
fn white_space_and_needless_escapes_of_known_strings_are_not_kept() {
    assert_eq!(
        read(" {\r\n\t\"n\\u0061me\" : \"\\u0061\\/\" , \"x\":[ 1 ,\n{ } , \" \" ] } ").to_json(),
        r#"{"name":"a/","x":[1,{}," "]}"#
    );
    assert_eq!(
        read("{\"template\": \"a\\nb\"}").to_json(),
        r#"{"template":"a\nb"}"#
    );
}

#[test]
fn a_nesting_that_would_exhaust_the_stack_is_kept() {
    let deep = "[".repeat(200_000) + &"]".repeat(200_000);
    let json = format!(r#"{{"a":{deep},"template":"b"}}"#);
    assert_eq!(read(&json).to_json(), json);
}

#[test]
fn a_request_has_no_field_that_is_the_vendor_s_to_set() {
    assert_eq!(
        read(ANSWER).to_request_json(),
        r#"{"name":"Custom","type":"SMS_VERIFY_CODE","template":"${org.name}: your verification code is ${code}","translations":{"es":"${org.name}: el código de verificación es ${code}","nl_NL":"${org.name}: je code is ${code}"},"_links":{"self":{"href":"https:\/\/example.com\/a b","hints":[1.0,1e400]}}}"#
    );
    let catalogue = Catalogue::new("a").with_translation("es", "b");
    let object = TemplateObject::new("Custom", &catalogue);
    let json =
        r#"{"name":"Custom","type":"SMS_VERIFY_CODE","template":"a","translations":{"es":"b"}}"#;
    assert_eq!(object.to_request_json(), json);
    assert_eq!(object.to_json(), json);
}

#[test]
fn texts_are_set_where_they_are() {
    let with = |json: &str, catalogue: &Catalogue| read(json).with_catalogue(catalogue).to_json();
    let base = Catalogue::new("new");
    let full = Catalogue::new("new").with_translation("es", "b");
    for (json, catalogue, expected) in [
        (
            r#"{"x":1,"template":"a","y":2}"#,
            &base,
            r#"{"x":1,"template":"new","y":2}"#,
        ),
        (
            r#"{"x":1}"#,
            &full,
            r#"{"x":1,"template":"new","translations":{"es":"b"}}"#,
        ),
        (
            r#"{"translations":null,"template":null}"#,
            &base,
            r#"{"translations":null,"template":"new"}"#,
        ),
        (
            r#"{"translations":null,"template":null}"#,
            &full,
            r#"{"translations":{"es":"b"},"template":"new"}"#,
        ),
        (
            r#"{"translations":{},"template":"a"}"#,
            &base,
            r#"{"translations":{},"template":"new"}"#,
        ),
        (
            r#"{"translations":{"fr":"c"},"template":"a"}"#,
            &base,
            r#"{"translations":{},"template":"new"}"#,
        ),
    ] {
        assert_eq!(with(json, catalogue), expected);
    }
    // Written so that it can be read again.
    let twice = full.with_translation("es", "c").with_translation("ES", "d");
    assert_eq!(
        with("{}", &twice),
        r#"{"template":"new","translations":{"es":"b","ES":"d"}}"#
    );
}

#[test]
fn an_object_is_a_part_of_other_data_under_serde_json() {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct File {
        templates: Vec<TemplateObject>,
    }
    let json = format!(
        r#"{{"templates":[{},{{"x":1.0}}]}}"#,
        read(ANSWER).to_json()
    );
    let file: File = serde_json::from_str(&json).unwrap();
    assert!(file.templates[0] == read(ANSWER));
    assert_eq!(serde_json::to_string(&file).unwrap(), json);
    let value = json!({"template": "a", "x": [1, {"y": null}]});
    let object: TemplateObject = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(to_value(object).unwrap(), value);
}

#[test]
fn what_serde_buffers_is_refused_and_not_read_with_losses() {
    #[derive(Debug, serde::Deserialize)]
    struct Flat {
        #[serde(flatten)]
        _object: TemplateObject,
    }
    #[derive(Debug, serde::Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Object { _object: TemplateObject },
    }
    let json = r#"{"template":"a"}"#;
    assert!(serde_json::from_str::<Flat>(json).is_err());
    let untagged = format!(r#"{{"_object":{json}}}"#);
    assert!(serde_json::from_str::<Untagged>(&untagged).is_err());
    assert!(serde_json::from_str::<TemplateObject>(json).is_ok());
}

#[test]
fn debug_shows_no_text() {
    let shown = format!("{:?}", read(r#"{"template":"secret","x":"secret"}"#));
    assert_eq!(
        shown,
        "TemplateObject { fields: 2, template_bytes: Some(6), translations: 0, .. }"
    );
}

#[test]
fn the_built_in_text_is_in_order() {
    use septet::template::{CharacterSet, Profile, Rules, Values};
    let values = Values::new().with("code", CharacterSet::DIGITS.exactly(6));
    let rules = Rules::new().profile(Profile::OKTA).values(values);
    let report = rules.check(TemplateObject::DEFAULT_TEXT);
    assert_eq!(report.findings().len(), 0);
}

// ---------------------------------------------------------------------------------------------------- errors

#[test]
fn a_value_of_another_type_is_named_with_its_place() {
    for (json, path, at, message) in [
        (
            "[]",
            "",
            0,
            "the document is an array where an object is expected, at byte 0",
        ),
        (
            r#" "secret""#,
            "",
            1,
            "the document is a string where an object is expected, at byte 1",
        ),
        (
            "null",
            "",
            0,
            "the document is null where an object is expected, at byte 0",
        ),
        (
            r#"{"name": 7}"#,
            "name",
            9,
            "`name` is a number where a string is expected, at byte 9",
        ),
        (
            r#"{"é":1,"type":{"secret":1}}"#,
            "type",
            15,
            "`type` is an object where a string is expected, at byte 15",
        ),
        (
            r#"{"template":["secret"]}"#,
            "template",
            12,
            "`template` is an array where a string is expected, at byte 12",
        ),
        (
            r#"{"translations":"secret"}"#,
            "translations",
            16,
            "`translations` is a string where an object is expected, at byte 16",
        ),
        (
            r#"{"translations":[]}"#,
            "translations",
            16,
            "`translations` is an array where an object is expected, at byte 16",
        ),
        (
            r#"{"translations":{"es":"a","nl_NL":true}}"#,
            "translations.nl_NL",
            34,
            "`translations.nl_NL` is a boolean where a string is expected, at byte 34",
        ),
        (
            r#"{"translations":{"es":null}}"#,
            "translations.es",
            22,
            "`translations.es` is null where a string is expected, at byte 22",
        ),
        (
            "{\"translations\":{\"e\\n.\u{202e}s\":1e400}}",
            "translations.\"e\\n.\\u{202e}s\"",
            28,
            "`translations.\"e\\n.\\u{202e}s\"` is a number where a string is expected, at byte 28",
        ),
        (
            r#"{"translations":{"":1}}"#,
            r#"translations."""#,
            20,
            r#"`translations.""` is a number where a string is expected, at byte 20"#,
        ),
    ] {
        let error = refused(json);
        assert_eq!(error.kind(), VendorErrorKind::WrongType, "{json}");
        assert_eq!((error.path(), error.at()), (path, at), "{json}");
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn a_name_twice_is_named_with_its_second_value() {
    for (json, path, at) in [
        (r#"{"name":"a","name":"a"}"#, "name", 19),
        (r#"{"template":"a","\u0074emplate":"b"}"#, "template", 32),
        (r#"{"x":1,"y":2,"x":1}"#, "x", 17),
        (
            r#"{"translations":{},"translations":{}}"#,
            "translations",
            34,
        ),
        (
            r#"{"translations":{"es":"a","fr":"b","es":"c"}}"#,
            "translations.es",
            40,
        ),
    ] {
        let error = refused(json);
        assert_eq!(error.kind(), VendorErrorKind::Repeated, "{json}");
        assert_eq!((error.path(), error.at()), (path, at), "{json}");
        assert_eq!(
            error.to_string(),
            format!("`{path}` is there a second time, with a value at byte {at}; keep one")
        );
    }
}

#[test]
fn what_is_no_json_is_named_with_its_place_and_without_its_content() {
    for (json, at) in [
        ("", 0),
        ("{", 1),
        ("secret", 0),
        ("\u{feff}{}", 0),
        ("{\"name\":\"a\"", 11),
        ("{\"name\":\"a\"}secret", 12),
        ("{\"name\":secret}", 8),
        ("{\n\n \"name\" 1}", 11),
        ("{\"name\":\"secret}", 16),
        ("{\"x\":01}", 6),
        ("{\"x\":\"\\q\"}", 7),
        ("{\"x\":\"\u{1}\"}", 6),
        ("{\"x\":[1,]}", 8),
        ("{\"é\":1,}", 8),
    ] {
        let error = refused(json);
        assert_eq!(error.kind(), VendorErrorKind::Syntax, "{json}");
        // Of some errors serde_json names the byte before, but never of an end that comes too early.
        let early = error.at() + 1 == at && at < json.len();
        assert!(error.at() == at || early, "{json}: {error}");
        let message = error.to_string();
        assert!(message.starts_with("not JSON: "), "{message}");
        let end = format!(" at byte {}", error.at());
        assert!(message.ends_with(&end), "{message}");
        assert!(!message.contains("secret"), "{message}");
    }
}

#[test]
fn half_a_surrogate_pair_in_a_known_string_is_refused() {
    for (json, path) in [
        (r#"{"template":"a\ud83d"}"#, "template"),
        (r#"{"translations":{"es":"\udc4b"}}"#, "translations.es"),
        (r#"{"\ud83d":1}"#, ""),
        (r#"{"translations":{"\ud83d":"a"}}"#, "translations"),
    ] {
        let error = refused(json);
        assert_eq!(error.kind(), VendorErrorKind::Syntax, "{json}");
        assert_eq!(error.path(), path, "{json}");
        assert!(json.as_bytes()[error.at()].is_ascii(), "{json}");
        assert!(error.at() >= json.find("\\u").unwrap(), "{json}: {error}");
    }
}

// ---------------------------------------------------------------------------------------------------- updates

#[test]
fn an_update_is_read_from_the_body_of_its_request() {
    for (json, expected) in [
        ("{}", Update::new()),
        (r#"{"template":"a"}"#, Update::new().text("a")),
        (r#"{"template":""}"#, Update::new().text("")),
        (r#"{"template":null,"translations":null}"#, Update::new()),
        (r#"{"translations":{}}"#, Update::new()),
        (
            r#"{"name":7,"translations":{"es":"b","fr":null,"de":""},"x":[1]}"#,
            Update::new()
                .translation("es", "b")
                .removal("fr")
                .translation("de", ""),
        ),
    ] {
        assert_eq!(Update::from_json(json).unwrap(), expected, "{json}");
        assert_eq!(serde_json::from_str::<Update>(json).unwrap(), expected);
    }
}

#[test]
fn an_update_that_cannot_be_read_is_named_with_its_place() {
    for (json, kind, path, at) in [
        ("", VendorErrorKind::Syntax, "", 0),
        ("7", VendorErrorKind::WrongType, "", 0),
        (
            r#"{"template":7}"#,
            VendorErrorKind::WrongType,
            "template",
            12,
        ),
        (
            r#"{"translations":[]}"#,
            VendorErrorKind::WrongType,
            "translations",
            16,
        ),
        (
            r#"{"translations":{"es":false}}"#,
            VendorErrorKind::WrongType,
            "translations.es",
            22,
        ),
        (
            r#"{"translations":{"es":"a","es":null}}"#,
            VendorErrorKind::Repeated,
            "translations.es",
            31,
        ),
        (r#"{"x":1,"x":1}"#, VendorErrorKind::Repeated, "x", 11),
    ] {
        let error = Update::from_json(json).unwrap_err();
        assert_eq!((error.kind(), error.path(), error.at()), (kind, path, at));
        assert!(serde_json::from_str::<Update>(json).is_err(), "{json}");
    }
}

#[test]
fn an_update_is_written_as_the_body_of_its_request() {
    for (update, json) in [
        (Update::new(), "{}"),
        (Update::new().text("a"), r#"{"template":"a"}"#),
        (
            Update::new()
                .removal("fr")
                .translation("es", "\"")
                .text("a"),
            r#"{"template":"a","translations":{"fr":null,"es":"\""}}"#,
        ),
        (
            Update::new().translation("es", ""),
            r#"{"translations":{"es":""}}"#,
        ),
        // The last of several counts, as it does for the catalogue.
        (
            Update::new()
                .translation("es", "a")
                .translation("fr", "b")
                .removal("es"),
            r#"{"translations":{"fr":"b","es":null}}"#,
        ),
    ] {
        assert_eq!(update.to_json(), json);
        assert_eq!(serde_json::to_string(&update).unwrap(), json);
    }
}

#[test]
fn a_language_key_is_a_string_that_is_checked() {
    let key: LanguageKey = serde_json::from_str(r#""nl_NL""#).unwrap();
    assert_eq!(serde_json::to_string(&key).unwrap(), r#""nl_NL""#);
    let error = serde_json::from_str::<LanguageKey>(r#""english""#).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("not a language of two or three letters at byte 0"),
        "{error}"
    );
}

#[test]
fn results_are_data() {
    let catalogue = Catalogue::new("a")
        .with_translation("es", "b")
        .with_translation("ES", "c");
    assert_eq!(
        to_value(catalogue.select("es-MX".parse().unwrap())).unwrap(),
        json!({"by": "language-part", "key": "es", "text": "b"})
    );
    assert_eq!(
        to_value(catalogue.problems().collect::<Vec<_>>()).unwrap(),
        json!([{"index": 1, "key": "ES", "kind": {"repeated": {"first": 0}}}])
    );
    assert_eq!(
        to_value("english".parse::<LanguageKey>().unwrap_err()).unwrap(),
        json!({"at": 0, "fault": "language"})
    );
}

// ---------------------------------------------------------------------------------------------------- properties

/// Tokens of JSON; between any two of them there may be white space.
type Tokens = Vec<String>;

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap()
}

fn token(token: impl Into<String>) -> Tokens {
    vec![token.into()]
}

fn object(members: Vec<(String, Tokens)>) -> Tokens {
    let mut tokens = token("{");
    for (index, (name, value)) in members.into_iter().enumerate() {
        if index > 0 {
            tokens.push(",".to_owned());
        }
        tokens.extend([name, ":".to_owned()]);
        tokens.extend(value);
    }
    tokens.push("}".to_owned());
    tokens
}

fn array(items: Vec<Tokens>) -> Tokens {
    let mut tokens = token("[");
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            tokens.push(",".to_owned());
        }
        tokens.extend(item);
    }
    tokens.push("]".to_owned());
    tokens
}

/// A string as anyone may write it, escaped or not, with pairs of surrogates and halves of them.
fn wild_strings() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        select(vec![
            "\\\\", "\\\"", "\\/", "\\n", "\\u0000", "\\ud83d", "\\udc4b", "\\u00E9", " ", ",",
            "{", "]", ":", "é", "👋", "\u{7f}",
        ])
        .prop_map(str::to_owned),
        "[ -!#-\\[\\]-~]{0,4}",
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

fn values() -> impl Strategy<Value = Tokens> {
    let leaf = prop_oneof![
        select(vec![
            "null", "true", "false", "-0", "1.0", "1e400", "1E-7", "0.10"
        ])
        .prop_map(token),
        "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,30})?([eE][-+]?[0-9]{1,5})?".prop_map(token),
        wild_strings().prop_map(token),
    ];
    leaf.prop_recursive(4, 24, 4, |value| {
        prop_oneof![
            prop::collection::vec(value.clone(), 0..4).prop_map(array),
            prop::collection::vec((wild_strings(), value), 0..4).prop_map(object),
        ]
    })
}

fn known_fields() -> impl Strategy<Value = (String, Tokens)> {
    let name = select(vec![
        "id",
        "name",
        "type",
        "template",
        "created",
        "lastUpdated",
    ]);
    let value = prop_oneof![
        Just("null".to_owned()),
        any::<String>().prop_map(|text| quoted(&text)),
    ];
    let translations = prop_oneof![
        Just(token("null")),
        prop::collection::btree_map(any::<String>(), any::<String>(), 0..5).prop_map(|map| {
            object(
                map.iter()
                    .map(|(key, text)| (quoted(key), token(quoted(text))))
                    .collect(),
            )
        }),
    ];
    prop_oneof![
        4 => (name, value).prop_map(|(name, value)| (name.to_owned(), token(value))),
        1 => translations.prop_map(|value| ("translations".to_owned(), value)),
    ]
}

/// Objects whose names are all different, known and unknown fields in any order.
fn objects() -> impl Strategy<Value = Tokens> {
    let field = prop_oneof![known_fields(), (any::<String>(), values())];
    prop::collection::vec(field, 0..8).prop_map(|fields| {
        let mut members: Vec<(String, Tokens)> = Vec::new();
        for (name, value) in fields {
            let name = quoted(&name);
            if members.iter().all(|(known, _)| *known != name) {
                members.push((name, value));
            }
        }
        object(members)
    })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_object_comes_back_up_to_white_space(
        tokens in objects(),
        spaces in prop::collection::vec(select(vec!["", "", " ", "\n", "\r\n\t"]), 1..9),
    ) {
        let spaces = spaces.iter().cycle();
        let spaced: String = tokens
            .iter()
            .zip(spaces)
            .flat_map(|(token, space)| [token.as_str(), *space])
            .collect();
        let object = read(&spaced);
        prop_assert_eq!(object.to_json(), tokens.concat());
        prop_assert!(read(&object.to_json()) == object);
        let by_serde: TemplateObject = serde_json::from_str(&spaced).unwrap();
        prop_assert!(by_serde == object);
    }

    #[test]
    fn a_catalogue_that_is_set_is_read_again(
        tokens in objects(),
        text in any::<String>(),
        translations in prop::collection::btree_map(any::<String>(), any::<String>(), 0..5),
    ) {
        let catalogue = translations
            .iter()
            .fold(Catalogue::new(text), |set, (key, text)| set.with_translation(key, text));
        let before = read(&tokens.concat());
        let object = before.clone().with_catalogue(&catalogue);
        prop_assert_eq!(read(&object.to_json()).catalogue(), Some(catalogue));
        prop_assert!(object.other_fields().eq(before.other_fields()));
        prop_assert_eq!(object.id(), before.id());
        prop_assert_eq!(object.name(), before.name());
    }

    #[test]
    fn an_update_comes_back(
        text in prop::option::of(any::<String>()),
        translations in prop::collection::btree_map(
            any::<String>(),
            prop::option::of(any::<String>()),
            0..5,
        ),
    ) {
        let update = text.into_iter().fold(Update::new(), Update::text);
        let update = translations.into_iter().fold(update, |update, (key, text)| match text {
            Some(text) => update.translation(key, text),
            None => update.removal(key),
        });
        prop_assert_eq!(Update::from_json(&update.to_json()).unwrap(), update);
    }

    #[test]
    fn no_string_panics_and_errors_lie_within(json in any::<String>()) {
        for error in [TemplateObject::from_json(&json).err(), Update::from_json(&json).err()] {
            let at = error.map_or(0, |error| error.at());
            prop_assert!(json.is_char_boundary(at));
        }
    }

    #[test]
    fn broken_objects_never_panic_and_errors_lie_within(
        tokens in objects(),
        at in any::<prop::sample::Index>(),
        put in select(vec!["", "\"", "\\", "{", "}", "é", ",", "0", "null", "\n", "\u{1}"]),
        cut in 0..4_usize,
    ) {
        let mut characters: Vec<char> = tokens.concat().chars().collect();
        let at = at.index(characters.len());
        let end = characters.len().min(at + cut);
        characters.splice(at..end, put.chars());
        let json: String = characters.into_iter().collect();
        // What serde_json refuses is refused, and what is refused beyond that has a reason.
        let syntax = serde_json::from_str::<serde::de::IgnoredAny>(&json);
        match TemplateObject::from_json(&json) {
            Ok(_) => prop_assert!(syntax.is_ok()),
            Err(error) => {
                prop_assert!(json.is_char_boundary(error.at()));
                prop_assert!(error.to_string().contains(&error.at().to_string()));
                if error.kind() != VendorErrorKind::Syntax {
                    prop_assert!(syntax.is_ok());
                }
            }
        }
        if Update::from_json(&json).is_ok() {
            prop_assert!(syntax.is_ok());
        }
    }
}
