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
            return Err(Failure::new(format!(
                "--coverage {}: a table in CSV or TOML is expected; name it .csv or .toml",
                visible_path(path)
            )));
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
        let prices: [(_, fn(Service, Price) -> Service); 2] =
            [(row.segment, Service::segment), (row.call, Service::call)];
        for (price, set) in prices {
            let Some((micros, at)) = price else { continue };
            if let Some(currency) = row.currency {
                service = set(service, Price::from_micros(micros, currency));
            } else if !row.has_currency {
                self.reader.mistake(at, "this price has no currency", help);
            }
        }
        if let Some(date) = row.date {
            service = service.date(date);
        }
        self.coverage = core::mem::take(&mut self.coverage).with(region, service);
    }
}
