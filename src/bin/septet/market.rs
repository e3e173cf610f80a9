//! How do files write regions, currencies, amounts and days?
//!
//! One spelling of each, so that a table cannot say the same thing twice in two ways.

use septet::phone::Channels;
use septet::telephony::{Currency, Date, Price, Region};

/// What is wrong with a word of a file.
pub(crate) struct Slip {
    pub(crate) what: String,
    /// What to do.
    pub(crate) help: String,
}

impl Slip {
    pub(crate) fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        let (what, help) = (what.into(), help.into());
        Self { what, help }
    }
}

/// The country that codes are mistaken for most often.
const UNITED_KINGDOM: &str = "UK";

pub(crate) fn region(written: &str) -> Result<Region, Slip> {
    let found = Region::new(written);
    match found {
        Some(region) if region.code() == written => Ok(region),
        Some(region) => Err(Slip::new(
            format!("`{written}` is not in capital letters"),
            format!("is `{region}` meant?"),
        )),
        None => Err(Slip::new(
            format!("`{written}` is no region of ISO 3166-1"),
            if written.eq_ignore_ascii_case(UNITED_KINGDOM) {
                "is `GB` meant? That is the United Kingdom".to_owned()
            } else {
                "write two capital letters, such as US".to_owned()
            },
        )),
    }
}

pub(crate) fn currency(written: &str) -> Result<Currency, Slip> {
    written.parse().map_err(|_| {
        let what = format!("`{written}` is no currency of ISO 4217");
        Slip::new(what, "write three capital letters, such as USD")
    })
}

/// Millionths of a currency that is written elsewhere.
pub(crate) fn amount(written: &str) -> Result<u64, Slip> {
    // ISO 4217 has a code for no currency at all.
    let none = Currency::new("XXX");
    let price = none.and_then(|none| Price::parse(written, none).ok());
    price.map(Price::micros).ok_or_else(|| {
        Slip::new(
            "this is no price of up to 6 decimals",
            "write digits with a point, such as 0.0079",
        )
    })
}

pub(crate) fn date(written: &str) -> Result<Date, Slip> {
    written.parse().map_err(|_| {
        let what = "this is no day of the calendar";
        Slip::new(what, "write it as YYYY-MM-DD")
    })
}

pub(crate) fn channels(written: &str) -> Result<Channels, Slip> {
    written.parse().map_err(|_| {
        let what = format!("`{written}` names no channels");
        Slip::new(what, "write sms, voice, both or none")
    })
}
