//! Which channels does the user's table say that regions have, and what do they cost?

mod csv;
mod toml;

use core::ops::Range;
use std::path::Path;

use septet::phone::{Channels, Coverage, Service};
use septet::telephony::{Currency, Date, Price, Region};

use crate::Failure;
use crate::config::reader::Reader;
use crate::config::{read_text, told};
use crate::terminal::visible_path;

/// Reads a table, in CSV or TOML by the extension of its file.
///
/// # Errors
///
/// All mistakes in it are told at once, each with its line and a caret.
pub(crate) fn read(path: &Path) -> Result<Coverage, Failure> {
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    let read: fn(&str, &mut Table) -> Result<(), Nothing> = match extension.to_str() {
        Some("csv") => csv::read,
        Some("toml") => toml::read,
        _ => {
            // The name may be a number.
            return Err(Failure::new(
                "--coverage: a table in CSV or TOML is expected; name it .csv or .toml",
            ));
        }
    };
    let text = read_text(path)?;
    let mut table = Table::default();
    read(&text, &mut table)
        .map_err(|Nothing(what)| Failure::new(format!("{}: {what}", visible_path(path))))?;
    let mut mistakes = table.reader.mistakes;
    if mistakes.is_empty() {
        return Ok(table.coverage);
    }
    mistakes.sort_by_key(|mistake| mistake.at.start);
    Err(told(&mistakes, path, &text))
}

/// There is nothing of a table. The file may be any other, of numbers, say: it is not shown.
struct Nothing(&'static str);

/// What is read of a table.
struct Table {
    coverage: Coverage,
    /// Keeps what is wrong.
    reader: Reader,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            coverage: Coverage::new(),
            reader: Reader::new(core::iter::empty()),
        }
    }
}

/// What is said of a region; nothing where it is not said, or is wrong.
#[derive(Default)]
struct Row {
    channels: Option<Channels>,
    /// In millionths, and where it stands.
    segment: Option<(u64, Range<usize>)>,
    call: Option<(u64, Range<usize>)>,
    /// Whether a currency is written, be it a wrong one.
    has_currency: bool,
    currency: Option<Currency>,
    date: Option<Date>,
}

impl Table {
    /// Takes what is said of a region, and sees to it that each price has a currency; `help` says
    /// where one is written.
    fn take(&mut self, region: Region, at: Range<usize>, row: Row, help: &str) {
        if self.coverage.service(region).is_some() {
            let what = format!("`{region}` is there twice");
            self.reader.mistake(at, what, "keep one of the two");
            return;
        }
        // What is wrong is told, and then nothing of the table is used.
        let mut service = Service::new(row.channels.unwrap_or(Channels::None));
        let mut price = |amount: Option<(u64, Range<usize>)>| {
            let (micros, at) = amount?;
            if !row.has_currency {
                self.reader.mistake(at, "this price has no currency", help);
            }
            Some(Price::from_micros(micros, row.currency?))
        };
        if let Some(price) = price(row.segment) {
            service = service.with_segment_price(price);
        }
        if let Some(price) = price(row.call) {
            service = service.with_call_price(price);
        }
        if let Some(date) = row.date {
            service = service.with_date(date);
        }
        self.coverage = core::mem::take(&mut self.coverage).with(region, service);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use septet::telephony::Channel;

    use super::*;
    use crate::cases::cases;

    fn table(read: fn(&str, &mut Table) -> Result<(), Nothing>, text: &str) -> Option<Table> {
        let mut table = Table::default();
        read(text, &mut table).ok().map(|()| table)
    }

    /// What a table says of all regions, without mistakes.
    fn coverage(read: fn(&str, &mut Table) -> Result<(), Nothing>, text: &str) -> Coverage {
        let table = table(read, text).unwrap();
        let mistakes: Vec<_> = table.reader.mistakes.iter().map(|one| &one.what).collect();
        assert_eq!(mistakes, [""; 0], "{text}");
        table.coverage
    }

    #[test]
    fn every_combination_of_what_is_known_is_read_alike_in_both_forms() {
        let channels = ["none", "sms", "voice", "both"];
        let mut csv = "call,currency,channels,date,region,segment\n".to_owned();
        let mut toml = "[regions]\n".to_owned();
        let mut expected = Coverage::new();
        for (number, region) in Region::all().enumerate().take(4 * 8) {
            let [has_segment, has_call, has_date] = [1, 2, 4].map(|bit| (number / 4) & bit > 0);
            let name = channels[number % 4];
            let (segment, call, date) = (format!("0.{number:06}"), number, "2026-02-28");
            let said = |has, words: String| if has { words } else { String::new() };
            csv += &format!(
                "{},{},{name},{},{region},\"{}\"\n",
                said(has_call, call.to_string()),
                said(has_call || has_segment, "EUR".to_owned()),
                said(has_date, date.to_owned()),
                said(has_segment, segment.clone()),
            );
            toml += &format!(
                "{region} = {{ channels = '{name}'{}{}{}{} }}\n",
                said(has_segment, format!(", segment = {segment}")),
                said(has_call, format!(", call = '{call}'")),
                said(has_call || has_segment, ", currency = 'EUR'".to_owned()),
                said(has_date, format!(", date = '{date}'")),
            );
            let eur = Currency::new("EUR").unwrap();
            let mut service = Service::new(name.parse().unwrap());
            if has_segment {
                service = service.with_segment_price(Price::from_micros(number as u64, eur));
            }
            if has_call {
                service =
                    service.with_call_price(Price::from_micros(number as u64 * 1_000_000, eur));
            }
            if has_date {
                service = service.with_date(date.parse().unwrap());
            }
            expected = expected.with(region, service);
        }
        assert_eq!(coverage(csv::read, &csv), expected);
        assert_eq!(coverage(toml::read, &toml), expected);
    }

    #[test]
    fn what_a_region_says_wins_over_what_holds_for_all() {
        let both = coverage(
            toml::read,
            "currency = 'USD'\ndate = '2026-01-01'\n[regions]\nUS = { channels = 'sms', segment = 1 }\n\
             GB = { channels = 'sms', segment = 1, currency = 'GBP', date = '2026-01-02' }\n",
        );
        for (region, currency, date) in [
            (Region::US, "USD", "2026-01-01"),
            (Region::GB, "GBP", "2026-01-02"),
        ] {
            let price = both.price(region, Channel::Sms).unwrap();
            assert_eq!(price.currency().code(), currency);
            let date = date.parse().ok();
            assert_eq!(both.service(region).and_then(Service::date), date);
        }
    }

    #[test]
    fn a_wrong_currency_is_told_once() {
        for (read, text) in [
            (
                csv::read as fn(&str, &mut Table) -> Result<(), Nothing>,
                "region,channels,segment,call,currency\nUS,both,1,1,usd\n",
            ),
            (
                toml::read,
                "currency = 'usd'\nregions = { US = { channels = 'both', segment = 1, call = 1 } }",
            ),
        ] {
            let mistakes = table(read, text).unwrap().reader.mistakes;
            let told: Vec<_> = mistakes.iter().map(|one| &text[one.at.clone()]).collect();
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].contains("usd"), "{told:?}");
        }
    }

    /// Pieces that tables are made of, and some that they are not.
    fn piece() -> impl Strategy<Value = String> {
        const PIECES: &[&str] = &[
            "region,channels,segment,call,currency,date\n",
            "US,both,0.0079,0.014,USD,2026-10-01\n",
            "[regions]\n",
            "US = { channels = 'both' }\n",
            "region",
            "channels",
            "currency = 'USD'\n",
            "\"",
            ",",
            "\n",
            "\r\n",
            "=",
            "{",
            "}",
            "'",
            "UK",
            "0,1",
            "\u{202E}",
        ];
        prop_oneof![
            4 => prop::sample::select(PIECES).prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ]
    }

    proptest! {
        #![proptest_config(cases(512))]

        #[test]
        fn no_text_is_too_odd(pieces in prop::collection::vec(piece(), 0..24)) {
            let text = pieces.concat();
            for read in [csv::read, toml::read] {
                let Some(table) = table(read, &text) else { continue };
                let mistakes = table.reader.mistakes;
                for mistake in &mistakes {
                    prop_assert!(text.get(mistake.at.clone()).is_some(), "{:?}", mistake.at);
                    prop_assert!(!mistake.help.is_empty());
                }
                told(&mistakes, Path::new("table"), &text);
            }
        }
    }
}
