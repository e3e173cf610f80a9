//! A table in CSV: a header that names the columns, and a row for each region.

use super::{Nothing, Row, Table};
use crate::config::reader::{Reader, meant};
use crate::formats::csv::{Cell, Rows, extent, unclosed};
use crate::market::{self, Slip};

/// The columns, in any order; the first two have to be there.
const COLUMNS: [&str; 6] = ["region", "channels", "segment", "call", "currency", "date"];
const NEEDED: usize = 2;

pub(super) fn read(source: &str, table: &mut Table) -> Result<(), Nothing> {
    let mut rows = Rows::new(source, b',');
    let header = rows.next().unwrap_or_default();
    let names = header.iter().map(|cell| cell.value.trim());
    if !names.into_iter().any(|name| COLUMNS.contains(&name)) {
        return Err(Nothing(
            "no header is known in it; write region,channels,segment,call,currency,date in its \
             first line",
        ));
    }
    let Some(columns) = columns(source, &header, table) else {
        return Ok(());
    };
    for row in rows {
        if is_unclosed(source, &row, table) {
            return Ok(());
        }
        if row.iter().all(|cell| cell.value.trim().is_empty()) {
            continue;
        }
        if row.len() != header.len() {
            let which = if row.len() < header.len() {
                "fewer"
            } else {
                "more"
            };
            table.reader.mistake(
                extent(&row),
                format!("this row has {which} fields than the header"),
                "write a comma for each field, also for one that is empty",
            );
            continue;
        }
        read_row(&row, columns, table);
    }
    if table.reader.mistakes.is_empty() && table.coverage.iter().next().is_none() {
        return Err(Nothing(
            "there is no region in it; write a row for each below the header",
        ));
    }
    Ok(())
}

/// The place of each column, where there is one. Rows are not read under a header that is wrong.
fn columns(source: &str, header: &[Cell], table: &mut Table) -> Option<[Option<usize>; 6]> {
    let columns = COLUMNS.map(|wanted| {
        let mut names = header.iter().map(|cell| cell.value.trim());
        names.position(|name| name == wanted)
    });
    let before = table.reader.mistakes.len();
    if is_unclosed(source, header, table) {
        return None;
    }
    for (column, cell) in header.iter().enumerate() {
        let name = cell.value.trim();
        let known = COLUMNS.iter().position(|known| *known == name);
        match known.and_then(|known| columns[known]) {
            None => table.reader.mistake(
                cell.raw.clone(),
                format!("no column `{name}` is known"),
                meant(name, &COLUMNS),
            ),
            Some(first) if first < column => table.reader.mistake(
                cell.raw.clone(),
                format!("the column `{name}` is there twice"),
                "keep one of the two",
            ),
            Some(_) => {}
        }
    }
    for (name, place) in COLUMNS.iter().zip(columns).take(NEEDED) {
        if place.is_none() {
            table.reader.mistake(
                extent(header),
                format!("there is no column `{name}`"),
                "add it to the header and to each row",
            );
        }
    }
    (table.reader.mistakes.len() == before).then_some(columns)
}

fn is_unclosed(source: &str, row: &[Cell], table: &mut Table) -> bool {
    let Some(fault) = unclosed(source, row) else {
        return false;
    };
    let help = "close it, or leave it out: no field needs one";
    table.reader.mistake(fault.at, fault.message, help);
    true
}

fn read_row(row: &[Cell], columns: [Option<usize>; 6], table: &mut Table) {
    let cells = columns.map(|column| row.get(column?));
    // What is empty is not known.
    let is_known = |cell: &&Cell| !cell.value.trim().is_empty();
    let [region, channels, segment, call, currency, date] = cells.map(|cell| cell.filter(is_known));
    let reader = &mut table.reader;
    for (cell, name) in [region, channels].iter().zip(COLUMNS) {
        if cell.is_none() {
            let what = format!("there is no `{name}` in this row");
            reader.mistake(extent(row), what, "write it, or take the row out");
        }
    }
    let price = |reader: &mut Reader, cell: Option<&Cell>| {
        Some((word(reader, cell, market::amount)?, cell?.raw.clone()))
    };
    let at = region.map(|cell| cell.raw.clone()).unwrap_or_default();
    let region = word(reader, region, market::region);
    let row = Row {
        channels: word(reader, channels, market::word),
        segment: price(reader, segment),
        call: price(reader, call),
        has_currency: currency.is_some(),
        currency: word(reader, currency, market::word),
        date: word(reader, date, market::word),
    };
    if let Some(region) = region {
        table.take(region, at, row, "write one in the column `currency`");
    }
}

/// Reads a cell that is there; its reader says what is wrong with it.
fn word<T>(
    reader: &mut Reader,
    cell: Option<&Cell>,
    read: fn(&str) -> Result<T, Slip>,
) -> Option<T> {
    let cell = cell?;
    reader.slips(cell.raw.clone(), read(cell.value.trim()))
}
