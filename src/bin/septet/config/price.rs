//! What a segment costs, by country, and which countries a locale's texts go to.

use septet::telephony::{Currency, Date, Price, Region};
use septet::template::LanguageKey;

use super::reader::{Keys, Reader, Value};
use crate::market;
use crate::results::CountryPrice;

/// What is said of prices.
#[derive(Default)]
pub(super) struct Prices {
    currency: Option<Currency>,
    /// Millionths of the currency's unit.
    segment: Option<Vec<(Region, u64)>>,
    locales: Vec<(LanguageKey, Vec<Region>)>,
}

pub(super) const KEYS: Keys<Prices> = &[
    ("currency", |reader, value, prices| {
        prices.currency = reader.word(value, market::word);
    }),
    // The day on which the prices held is for people who read the configuration: no report has it.
    ("date", |reader, value, _| {
        reader.word(value, market::word::<Date>);
    }),
    ("segment", |reader, value, prices| {
        prices.segment = segment(reader, value);
    }),
    ("locales", locales),
];

fn segment(reader: &mut Reader, value: &Value<'_>) -> Option<Vec<(Region, u64)>> {
    let table = reader.table(value)?;
    if table.is_empty() {
        reader.mistake(
            value.span(),
            "there is no price here",
            "write one for each country, such as US = \"0.0079\"",
        );
    }
    let mut prices = Vec::new();
    for (key, price) in table {
        let region = reader.key(key, market::region);
        let micros = reader.amount(price);
        prices.extend(region.map(|region| (region, micros.unwrap_or_default())));
    }
    Some(prices)
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
        let countries = reader.each(countries, |reader, country| {
            reader.word(country, market::region)
        });
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
    pub(super) fn of(&self, locale: LanguageKey) -> Vec<CountryPrice> {
        let (Some(currency), Some(priced)) = (self.currency, &self.segment) else {
            return Vec::new();
        };
        let listed = |wanted: LanguageKey| {
            let found = self.locales.iter().find(|(locale, _)| *locale == wanted);
            found.map(|(_, countries)| countries.clone())
        };
        // A region of digits is a part of the world, and some of two letters are no country's.
        let region = locale.region().filter(|region| region.len() == 2);
        let countries = listed(locale)
            .or_else(|| Some(Region::new(region?).into_iter().collect()))
            .or_else(|| listed(locale.language().parse().ok()?));
        let prices = countries.into_iter().flatten().filter_map(|country| {
            let (region, micros) = *priced.iter().find(|(known, _)| *known == country)?;
            let price = Price::from_micros(micros, currency);
            Some(CountryPrice { region, price })
        });
        prices.collect()
    }
}
