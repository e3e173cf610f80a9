//! JSON Lines, in and out.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::error::Category;
use serde_json::value::RawValue;

use crate::terminal::is_hidden;

/// A line in place of a result.
#[derive(Serialize)]
pub(crate) struct ErrorLine<'a> {
    pub(crate) error: &'a str,
}

/// Writes a value as one line.
pub(crate) fn line(value: &impl Serialize, out: &mut Vec<u8>) {
    let start = out.len();
    // Writing to memory does not fail, and the values are ours.
    let _ = serde_json::to_writer(&mut *out, value);
    // What is handed on as it is may have line ends between its values, where they are white space.
    for byte in out.iter_mut().skip(start) {
        if matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
    out.push(b'\n');
}

/// What is wrong with a line of JSON, without any of its content: that may be a code or a number.
pub(crate) fn complaint(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    match error.classify() {
        Category::Data if !what.starts_with("duplicate field") => {
            format!(
                "not the JSON that is expected, at column {}",
                error.column()
            )
        }
        Category::Eof => "the JSON ends too early; a value is all in one line".to_owned(),
        _ if what.contains("hex escape") => {
            format!(
                "a broken escape or half a surrogate pair, at column {}",
                error.column()
            )
        }
        _ => format!("{what}, at column {}", error.column()),
    }
}

/// A field whatever its value is, `null` included; for `deserialize_with`.
pub(crate) fn any<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(Some)
}

/// Checks the strings in a value that is handed on as it is: half a surrogate pair is none.
pub(crate) fn check(name: &str, field: Option<&RawValue>) -> Result<(), String> {
    let Some(raw) = field.map(RawValue::get).filter(|raw| raw.contains('\\')) else {
        return Ok(());
    };
    for string in pieces(raw).filter(|piece| piece.starts_with('"')) {
        bare_string(string).map_err(|complaint| format!("`{name}`: {complaint}"))?;
    }
    Ok(())
}

/// How deep a value may be nested that is compared with others.
const MAX_DEPTH: usize = 128;

/// Writes a field so that equal values are equal: without spaces or needless escapes, keys in order.
/// Numbers stay as they are written, so that two long ones do not become the same.
pub(crate) fn canonical(name: &str, field: Option<&RawValue>) -> Result<String, String> {
    fn write(value: &str, depth: usize, out: &mut String) -> Result<(), String> {
        let failure = |error| complaint(&error);
        if depth > MAX_DEPTH {
            return Err(format!("nested deeper than {MAX_DEPTH} levels"));
        }
        match value.as_bytes().first() {
            Some(b'"') => *out += &serde_json::to_string(&bare_string(value)?).map_err(failure)?,
            Some(b'[') => {
                let items: Vec<&RawValue> = serde_json::from_str(value).map_err(failure)?;
                out.push('[');
                for item in items {
                    write(item.get(), depth + 1, out)?;
                    out.push(',');
                }
                out.push(']');
            }
            Some(b'{') => {
                let fields: BTreeMap<Text<'_>, &RawValue> =
                    serde_json::from_str(value).map_err(failure)?;
                out.push('{');
                for (key, value) in fields {
                    *out += &serde_json::to_string(&key.0).map_err(failure)?;
                    out.push(':');
                    write(value.get(), depth + 1, out)?;
                    out.push(',');
                }
                out.push('}');
            }
            _ => *out += value,
        }
        Ok(())
    }

    let mut out = String::new();
    write(field.map_or("null", RawValue::get), 0, &mut out)
        .map_err(|complaint| format!("`{name}`: {complaint}"))?;
    Ok(out)
}

/// The strings of a JSON value, with their quotation marks, and what is between them.
fn pieces(json: &str) -> impl Iterator<Item = &str> {
    let mut rest = json;
    core::iter::from_fn(move || {
        let end = match rest.as_bytes().first()? {
            b'"' => {
                let mut escaped = false;
                let close = rest.bytes().skip(1).position(|byte| {
                    let closes = byte == b'"' && !escaped;
                    escaped = byte == b'\\' && !escaped;
                    closes
                });
                close.map_or(rest.len(), |close| close + 2)
            }
            _ => rest.find('"').unwrap_or(rest.len()),
        };
        let (piece, behind) = rest.split_at(end);
        rest = behind;
        Some(piece)
    })
}

/// Lines of JSON that a terminal does not obey: controls and marks of direction, which stand in
/// strings only, are escaped. A reader of JSON sees no difference.
pub(crate) fn without_controls(lines: &str) -> String {
    let mut safe = String::with_capacity(lines.len());
    for character in lines.chars() {
        match character {
            '\n' => safe.push(character),
            // White space of a value that is handed on as it is.
            '\t' | '\r' => safe.push(' '),
            _ if is_hidden(character) => {
                let mut units = [0; 2];
                for unit in character.encode_utf16(&mut units) {
                    safe.push_str(&format!("\\u{unit:04x}"));
                }
            }
            _ => safe.push(character),
        }
    }
    safe
}

/// A text without its escapes. Borrowed where there are none.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads a field that holds a string.
pub(crate) fn string<'a>(name: &str, field: Option<&'a RawValue>) -> Result<Cow<'a, str>, String> {
    let raw = field.ok_or_else(|| format!("`{name}` is missing"))?.get();
    if !raw.starts_with('"') {
        return Err(format!("`{name}` is not a string"));
    }
    bare_string(raw).map_err(|complaint| format!("`{name}`: {complaint}"))
}

/// Reads a JSON string.
pub(crate) fn bare_string(json: &str) -> Result<Cow<'_, str>, String> {
    match serde_json::from_str::<Text<'_>>(json) {
        Ok(text) => Ok(text.0),
        Err(error) => Err(complaint(&error)),
    }
}

/// Reads a field that holds an octet.
pub(crate) fn octet(name: &str, field: Option<&RawValue>) -> Result<u8, String> {
    let raw = field.ok_or_else(|| format!("`{name}` is missing"))?;
    raw.get()
        .parse()
        .map_err(|_| format!("`{name}` is not a whole number from 0 to 255"))
}

/// Reads a field that holds `true` or `false`.
pub(crate) fn boolean(name: &str, field: Option<&RawValue>) -> Result<bool, String> {
    let raw = field.ok_or_else(|| format!("`{name}` is missing"))?;
    raw.get()
        .parse()
        .map_err(|_| format!("`{name}` is not true or false"))
}

/// Reads a field that holds octets as hexadecimal digits.
pub(crate) fn hex(name: &str, field: Option<&RawValue>) -> Result<Vec<u8>, String> {
    let digits = string(name, field)?;
    if let Some(at) = digits.bytes().position(|byte| !byte.is_ascii_hexdigit()) {
        return Err(format!("`{name}` has no hexadecimal digit at byte {at}"));
    }
    let (pairs, rest) = digits.as_bytes().as_chunks();
    if !rest.is_empty() {
        return Err(format!(
            "`{name}` has an odd number of hexadecimal digits, {}; an octet is two",
            digits.len()
        ));
    }
    let digit = |byte: u8| char::from(byte).to_digit(16).unwrap_or_default() as u8;
    let octets = pairs
        .iter()
        .map(|[high, low]| digit(*high) << 4 | digit(*low));
    Ok(octets.collect())
}

/// Octets as lower-case hexadecimal digits.
pub(crate) fn hex_digits(octets: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    octets
        .iter()
        .flat_map(|octet| [digit(octet >> 4), digit(octet & 0xF)])
        .collect()
}
