//! What a segment costs, by country, and which countries a locale's texts go to.

use core::ops::Range;

use septet::template::LanguageKey;
use toml::de::DeValue;

use super::reader::{Keys, Reader, Value};
use crate::results::Price;

/// What is said of prices.
#[derive(Default)]
pub(super) struct Prices {
    currency: Option<String>,
    /// Millionths of the currency's unit.
    segment: Option<Vec<(String, u64)>>,
    locales: Vec<(LanguageKey, Vec<String>)>,
}

/// How finely prices are counted.
const DECIMALS: usize = 6;

pub(super) const KEYS: Keys<Prices> = &[
    ("currency", |reader, value, prices| {
        prices.currency = code(reader, value, 3, "a currency of ISO 4217, such as \"USD\"");
    }),
    ("date", |reader, value, _| date(reader, value)),
    ("segment", |reader, value, prices| {
        prices.segment = segment(reader, value);
    }),
    ("locales", locales),
];

/// So many capital letters.
fn code(reader: &mut Reader, value: &Value<'_>, length: usize, wanted: &str) -> Option<String> {
    let string = reader.string(value)?;
    if string.len() == length && string.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Some(string.to_owned());
    }
    let what = format!("not {length} capital letters");
    reader.mistake(value.span(), what, format!("write {wanted}"));
    None
}

fn country(reader: &mut Reader, value: &Value<'_>) -> Option<String> {
    code(reader, value, 2, "a country of ISO 3166, such as \"US\"")
}

/// The day on which the prices held is for people who read the configuration: no report has it.
fn date(reader: &mut Reader, value: &Value<'_>) {
    let Some(date) = reader.string(value) else {
        return;
    };
    let number = |range: Range<usize>| date.get(range).and_then(|digits| digits.parse::<u8>().ok());
    let is_date = date.len() == 10
        && date.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
        && number(5..7).is_some_and(|month| (1..=12).contains(&month))
        && number(8..10).is_some_and(|day| (1..=31).contains(&day));
    if !is_date {
        reader.mistake(value.span(), "this is no date", "write it as YYYY-MM-DD");
    }
}

fn segment(reader: &mut Reader, value: &Value<'_>) -> Option<Vec<(String, u64)>> {
    let mut prices = Vec::new();
    for (key, price) in reader.table(value)? {
        let name: &str = key.get_ref();
        if name.len() != 2 || !name.bytes().all(|byte| byte.is_ascii_uppercase()) {
            reader.mistake(
                key.span(),
                format!("`{name}` is not two capital letters"),
                "write a country of ISO 3166, such as US",
            );
        }
        let written = match price.get_ref() {
            DeValue::String(written) => Some(&**written),
            DeValue::Float(number) => Some(number.as_str()),
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            _ => reader.unexpected(price, "a price", "write it as \"0.0079\""),
        };
        let micros = written.and_then(|written| {
            let micros = micros(written);
            if micros.is_none() {
                reader.mistake(
                    price.span(),
                    format!("this is no price of up to {DECIMALS} decimals"),
                    "write digits with a point, such as \"0.0079\"",
                );
            }
            micros
        });
        prices.push((name.to_owned(), micros.unwrap_or_default()));
    }
    if prices.is_empty() {
        reader.mistake(
            value.span(),
            "there is no price here",
            "write one for each country, such as US = \"0.0079\"",
        );
    }
    Some(prices)
}

/// Millionths, exactly as they are written.
fn micros(written: &str) -> Option<u64> {
    let (whole, fraction) = written.split_once('.').unwrap_or((written, "0"));
    let is_number =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) || fraction.len() > DECIMALS {
        return None;
    }
    format!("{whole}{fraction:0<DECIMALS$}").parse().ok()
}

fn locales(reader: &mut Reader, value: &Value<'_>, prices: &mut Prices) {
    let Some(table) = reader.table(value) else {
        return;
    };
    for (key, countries) in table {
        let locale = key.get_ref().parse::<LanguageKey>();
        if let Err(error) = locale {
            reader.mistake(key.span(), error.to_string(), super::LOCALE_HELP);
        }
        let countries = reader.each(countries, country);
        if let (Ok(locale), Some(countries)) = (locale, countries) {
            if prices.locales.iter().any(|(known, _)| *known == locale) {
                reader.mistake(
                    key.span(),
                    "this locale is there twice",
                    "keep one of the two",
                );
            }
            prices.locales.push((locale, countries));
        }
    }
}

impl Prices {
    /// Checks what was read as a whole.
    pub(super) fn check(&self, reader: &mut Reader, value: &Value<'_>) {
        let Some(table) = value.get_ref().as_table() else {
            return;
        };
        for key in ["currency", "segment"] {
            if !table.contains_key(key) {
                reader.mistake(
                    value.span(),
                    format!("prices need `{key}`"),
                    "write currency = \"USD\" and segment = { US = \"0.0079\" }",
                );
            }
        }
        let Some(priced) = &self.segment else { return };
        for (locale, countries) in &self.locales {
            for country in countries {
                if !priced.iter().any(|(known, _)| known == country) {
                    reader.mistake(
                        table.get("locales").map_or(value.span(), Value::span),
                        format!("`{locale}` goes to {country}, for which there is no price"),
                        "add one to `segment`, or take the country out",
                    );
                }
            }
        }
    }

    /// What a segment costs where a locale is spoken: where it is listed, else in its own region,
    /// else where its language is listed.
    pub(super) fn of(&self, locale: LanguageKey) -> Vec<Price> {
        let (Some(currency), Some(priced)) = (&self.currency, &self.segment) else {
            return Vec::new();
        };
        let listed = |wanted: LanguageKey| {
            let found = self.locales.iter().find(|(locale, _)| *locale == wanted);
            found.map(|(_, countries)| countries.clone())
        };
        // A region of digits is a part of the world.
        let region = locale.region().filter(|region| region.len() == 2);
        let countries = listed(locale)
            .or_else(|| Some(vec![region?.to_ascii_uppercase()]))
            .or_else(|| listed(locale.language().parse().ok()?));
        let prices = countries.into_iter().flatten().filter_map(|country| {
            let (country, micros) = priced.iter().find(|(known, _)| *known == country)?;
            Some(Price {
                country: country.clone(),
                currency: currency.clone(),
                micros: *micros,
            })
        });
        prices.collect()
    }
}
