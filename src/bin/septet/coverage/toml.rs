//! A table in TOML: a currency and a day for all, and a table for each region.

use core::ops::Range;

use septet::telephony::{Currency, Date, Region};

use super::{Nothing, Row, Table};
use crate::config::reader::{Keys, Reader, Value};
use crate::market;

/// What is written, before it is known what holds for all.
#[derive(Default)]
struct Draft {
    has_currency: bool,
    currency: Option<Currency>,
    date: Option<Date>,
    rows: Vec<(Region, Range<usize>, Row)>,
}

const KEYS: Keys<Draft> = &[
    ("currency", |reader, value, draft| {
        draft.has_currency = true;
        draft.currency = reader.word(value, market::word);
    }),
    ("date", |reader, value, draft| {
        draft.date = reader.word(value, market::word);
    }),
    ("regions", regions),
];

const ROW_KEYS: Keys<Row> = &[
    ("channels", |reader, value, row| {
        row.channels = reader.word(value, market::word);
    }),
    ("segment", |reader, value, row| {
        row.segment = price(reader, value)
    }),
    ("call", |reader, value, row| row.call = price(reader, value)),
    ("currency", |reader, value, row| {
        row.has_currency = true;
        row.currency = reader.word(value, market::word);
    }),
    ("date", |reader, value, row| {
        row.date = reader.word(value, market::word);
    }),
];

fn price(reader: &mut Reader, value: &Value<'_>) -> Option<(u64, Range<usize>)> {
    Some((reader.amount(value)?, value.span()))
}

fn regions(reader: &mut Reader, value: &Value<'_>, draft: &mut Draft) {
    let Some(table) = reader.table(value) else {
        return;
    };
    for (key, value) in table {
        let region = reader.key(key, market::region);
        let Some(table) = reader.table(value) else {
            continue;
        };
        let mut row = Row::default();
        reader.walk(table, ROW_KEYS, &mut row);
        if !table.contains_key("channels") {
            let name = key.get_ref();
            reader.mistake(
                key.span(),
                format!("`{name}` has no `channels`"),
                "write channels = \"both\", or \"sms\", \"voice\" or \"none\"",
            );
        }
        draft
            .rows
            .extend(region.map(|region| (region, key.span(), row)));
    }
}

const NOTHING: Nothing =
    Nothing("there is no region in it; write [regions] and below it US = { channels = \"both\" }");

pub(super) fn read(source: &str, table: &mut Table) -> Result<(), Nothing> {
    // `region` may be a slip.
    if !source.contains("region") {
        return Err(NOTHING);
    }
    let Some(root) = table.reader.parse(source) else {
        return Ok(());
    };
    let mut draft = Draft::default();
    table.reader.walk(&root, KEYS, &mut draft);
    if table.reader.mistakes.is_empty() && draft.rows.is_empty() {
        return Err(NOTHING);
    }
    for (region, at, mut row) in draft.rows {
        if !row.has_currency {
            (row.has_currency, row.currency) = (draft.has_currency, draft.currency);
        }
        row.date = row.date.or(draft.date);
        let help = "write currency = \"USD\" at the top, or in the region";
        table.take(region, at, row, help);
    }
    Ok(())
}
