//! JSON Lines, in and out.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::error::Category;
use serde_json::value::RawValue;

/// A line in place of a result.
#[derive(Serialize)]
pub(crate) struct ErrorLine<'a> {
    pub(crate) error: &'a str,
}

/// Writes a value as one line.
pub(crate) fn line(value: &impl Serialize, out: &mut Vec<u8>) {
    // Writing to memory does not fail, and the values are ours.
    let _ = serde_json::to_writer(&mut *out, value);
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
        Category::Eof => "the JSON ends too early".to_owned(),
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

/// Checks the escapes in a value that is handed on as it is.
pub(crate) fn check(name: &str, field: Option<&RawValue>) -> Result<(), String> {
    match field.map(RawValue::get).filter(|raw| raw.contains('\\')) {
        Some(raw) => match serde_json::from_str::<serde_json::Value>(raw) {
            Ok(_) => Ok(()),
            Err(error) => Err(format!("`{name}`: {}", complaint(&error))),
        },
        None => Ok(()),
    }
}

/// A text without its escapes. Borrowed where there are none.
#[derive(Deserialize)]
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
    let (pairs, rest) = digits.as_bytes().as_chunks();
    if !rest.is_empty() {
        return Err(format!("`{name}` has an odd number of hexadecimal digits"));
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let octets = pairs.iter().enumerate().map(|(at, [high, low])| {
        let octet = digit(*high)
            .zip(digit(*low))
            .map(|(high, low)| (high * 16 + low) as u8);
        octet.ok_or_else(|| format!("`{name}` has no hexadecimal digits at {}", at * 2))
    });
    octets.collect()
}

/// Octets as lower-case hexadecimal digits.
pub(crate) fn hex_digits(octets: &[u8]) -> String {
    let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or_default();
    octets
        .iter()
        .flat_map(|octet| [digit(octet >> 4), digit(octet & 0xF)])
        .collect()
}
