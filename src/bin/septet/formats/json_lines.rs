//! JSON Lines: objects of a text, its key, its locale, and where it is from.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::json::{decode, encode};
use crate::json;
use crate::source::line_text;
use crate::text::{Fault, Parsed, Text};

#[derive(Deserialize)]
struct Object<'a> {
    #[serde(borrow, default, deserialize_with = "json::any")]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    locale: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "json::any")]
    text: Option<&'a RawValue>,
    #[serde(borrow)]
    file: Option<&'a RawValue>,
    #[serde(borrow)]
    line: Option<&'a RawValue>,
}

/// Reads a text a line. A line that cannot be read is a fault, and the others are read.
pub(super) fn read(source: &str) -> Parsed {
    let mut parsed = Parsed::default();
    let mut at = 0;
    for (before, line) in source.split_inclusive('\n').enumerate() {
        let content = line.trim_end_matches(['\n', '\r']);
        match text(source, content, before + 1) {
            Ok((text, value)) => parsed.take(text, &value),
            Err(message) => parsed.faults.push(Fault {
                at: at..at + content.len(),
                message,
            }),
        }
        at += line.len();
    }
    parsed
}

/// The text of a line, and the value that it should have.
fn text<'a>(source: &str, line: &'a str, number: usize) -> Result<(Text, Cow<'a, str>), String> {
    let line = line_text(line.as_bytes())?;
    if !line.trim_ascii_start().starts_with('{') {
        return Err("not an object with `text`".to_owned());
    }
    let object: Object<'_> = serde_json::from_str(line).map_err(|error| json::complaint(&error))?;
    let value = json::string("text", object.text)?;
    json::check("id", object.id)?;
    let optional = |name, field: Option<&'a RawValue>| {
        field
            .map(|field| json::string(name, Some(field)))
            .transpose()
    };
    let file = optional("file", object.file)?.map(Cow::into_owned);
    let key = match object.id.map(RawValue::get) {
        // Without a key a text belongs to no other; two may be from one line of a file.
        None | Some("null") => format!("line {number}"),
        Some(id) if id.starts_with('"') => json::string("id", object.id)?.into_owned(),
        Some(id) => id.to_owned(),
    };
    let from = match object.line {
        None => 1,
        Some(line) => line
            .get()
            .parse()
            .ok()
            .filter(|line| *line > 0)
            .ok_or("`line` is not a whole number from 1")?,
    };
    let raw = object.text.map(RawValue::get).unwrap_or_default();
    let start = raw.as_ptr().addr().saturating_sub(source.as_ptr().addr());
    let literal = start..start + raw.len();
    let text = Text {
        path: vec![key],
        locale: optional("locale", object.locale)?.map(Cow::into_owned),
        is_base: false,
        decoded: decode(source, literal.clone()),
        literal,
        encode,
        origin: file.map(|file| (file, from)),
        id: object.id.map(|id| id.get().to_owned()),
    };
    Ok((text, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The only text of a line that can be read.
    fn only(line: &str) -> Text {
        let mut parsed = read(line);
        assert_eq!(parsed.faults, [], "{line}");
        assert_eq!(parsed.texts.len(), 1, "{line}");
        parsed.texts.remove(0)
    }

    #[test]
    fn a_line_has_a_text_with_its_key_and_locale_and_origin() {
        let text = only(
            r#"{"id": "a\u002eb", "locale": "de", "text": "Hallo", "file": "a.py", "line": 7, "x": []}"#,
        );
        assert_eq!(text.path, ["a.b"]);
        assert_eq!(text.locale.as_deref(), Some("de"));
        assert_eq!(text.decoded.text(), "Hallo");
        assert_eq!(text.origin, Some(("a.py".to_owned(), 7)));
        assert_eq!(text.id.as_deref(), Some(r#""a\u002eb""#));
        assert!(!text.is_base);
        let text = only(r#"{"text": "", "locale": null, "file": null, "line": null, "id": null}"#);
        assert_eq!(text.path, ["line 1"]);
        assert_eq!((text.locale, text.origin), (None, None));
        assert_eq!(text.id.as_deref(), Some("null"));
        assert_eq!(only(r#"{"text": "", "line": 3}"#).origin, None);
        let of_file = only(r#"{"text": "", "file": "a.py"}"#);
        assert_eq!(of_file.origin, Some(("a.py".to_owned(), 1)));
        assert_eq!(of_file.path, ["line 1"]);
    }

    #[test]
    fn any_value_is_a_key_as_it_is_written() {
        for id in ["7", "1e2", "true", r#"{ "a" : [1, 2] }"#, "[]", "-0.10"] {
            let text = only(&format!(r#"{{"text": "", "id": {id} }}"#));
            assert_eq!(
                (text.path, text.id),
                (vec![id.to_owned()], Some(id.to_owned()))
            );
        }
    }

    #[test]
    fn each_line_that_cannot_be_read_is_a_fault() {
        let broken = [
            ("", "blank"),
            (" \t", "blank"),
            ("{", "ends too early"),
            ("\"a\"", "not an object"),
            ("[null, null, \"a\", null, null]", "not an object"),
            ("{} {}", "column"),
            ("{}", "`text` is missing"),
            (r#"{"text": null}"#, "`text` is not a string"),
            (r#"{"text": 7}"#, "`text` is not a string"),
            (r#"{"text": "a", "text": "b"}"#, "duplicate field `text`"),
            (r#"{"text": "\ud800"}"#, "half a surrogate pair"),
            (
                r#"{"text": "a", "id": ["\udc00"]}"#,
                "half a surrogate pair",
            ),
            (r#"{"text": "a", "locale": 7}"#, "`locale` is not a string"),
            (r#"{"text": "a", "file": 7}"#, "`file` is not a string"),
            (
                r#"{"text": "a", "line": 0}"#,
                "`line` is not a whole number",
            ),
            (
                r#"{"text": "a", "line": 1.5}"#,
                "`line` is not a whole number",
            ),
            ("{\"text\": \"a\tb\"}", "column"),
            ("\u{feff}{\"text\": \"a\"}", "byte-order mark"),
            (r#"{"text": "secret", }"#, "column"),
        ];
        for end in ["\n", "\r\n"] {
            let mut source = String::new();
            let mut places = Vec::new();
            for (line, _) in broken {
                source += &format!("{{\"text\": \"fine é\"}}{end}");
                places.push(source.len()..source.len() + line.len());
                source += &format!("{line}{end}");
            }
            let parsed = read(&source);
            assert_eq!(parsed.texts.len(), broken.len());
            assert_eq!(parsed.faults.len(), broken.len());
            for ((fault, at), (line, message)) in parsed.faults.iter().zip(places).zip(broken) {
                assert_eq!(fault.at, at, "{line}");
                assert!(fault.message.contains(message), "{line}: {}", fault.message);
                assert!(!fault.message.contains("secret"));
            }
            let literals = parsed
                .texts
                .iter()
                .map(|text| &source[text.literal.clone()]);
            assert!(literals.into_iter().all(|literal| literal == "\"fine é\""));
            let keys: Vec<_> = parsed.texts.iter().map(|text| text.path.concat()).collect();
            assert_eq!(keys[..2], ["line 1", "line 3"]);
        }
        assert!(read("").faults.is_empty());
    }

    #[test]
    fn characters_are_known_by_their_place_in_the_file() {
        let source = "{\"text\":\"1\"}\r\n{\"id\":\"é\",\"text\" : \"a\\ud83d\\udc4b\\n€\" }";
        let parsed = read(source);
        let [_, text] = &parsed.texts[..] else {
            panic!("two lines");
        };
        let written = text
            .decoded
            .text()
            .char_indices()
            .map(|(at, character)| &source[text.decoded.source(at..at + character.len_utf8())]);
        assert_eq!(
            written.collect::<Vec<_>>(),
            ["a", "\\ud83d\\udc4b", "\\n", "€"]
        );
        assert_eq!((text.encode)("\"\n").as_deref(), Some("\\\"\\n"));
    }

    #[test]
    fn nothing_is_too_deep_or_too_long() {
        let deep = format!(
            "{{\"x\": {}{}, \"text\": \"a\", \"id\": {}{}}}\n",
            "[".repeat(1 << 20),
            "]".repeat(1 << 20),
            "[".repeat(1 << 20),
            "]".repeat(1 << 20),
        );
        assert_eq!(read(&deep).texts.len(), 1);
        let lines = 100_000;
        assert_eq!(
            read(&"{\"text\": \"a\"}\n".repeat(lines)).texts.len(),
            lines
        );
        assert_eq!(read(&"{\n".repeat(lines)).faults.len(), lines);
        assert_eq!(read(&"[".repeat(10 << 20)).faults.len(), 1);
    }
}
