//! CSV with a header: which column holds what.

use core::ops::Range;
use std::collections::BTreeSet;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use crate::locale::is_locale;
use crate::nearest::nearest;
use crate::text::{Decoded, Encode, Fault, Parsed, Text};

/// Which columns hold the key, the text and the locale.
#[derive(Clone)]
pub(crate) struct Columns {
    /// ASCII.
    pub(crate) delimiter: u8,
    /// The headers of columns whose values together are the key; empty is the first column that
    /// holds no text.
    pub(crate) key: Vec<String>,
    /// The headers of columns that hold texts, with the locale of each; empty is each column whose
    /// header is a locale, else the column `text`.
    pub(crate) texts: Vec<(String, Option<String>)>,
    /// The header of the column that names the locale of a row; none is the column `locale`, if there
    /// is one.
    pub(crate) locale: Option<String>,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            delimiter: b',',
            key: Vec::new(),
            texts: Vec::new(),
            locale: None,
        }
    }
}

/// Headers of a column of texts whose locale is not its header.
const TEXT_HEADERS: [&str; 3] = ["text", "message", "template"];

const NO_TEXTS: &str = "no column is known to hold texts; name one `text` or by a locale, or tell \
                        the delimiter and the columns in septet.toml";

const LOCALE_HEADERS: [&str; 2] = ["locale", "language"];

/// Rows without a key are called by their number, where the header is row 1. Cells that are empty or
/// white space are no texts.
pub(super) fn read(source: &str, columns: &Columns) -> Parsed {
    let mut parsed = Parsed::default();
    let mut rows = Rows::new(source, columns.delimiter);
    let Some(header) = rows.next() else {
        return parsed;
    };
    if let Some(fault) = unclosed(source, &header) {
        parsed.faults.push(fault);
        return parsed;
    }
    let layout = match Layout::new(&header, columns) {
        Ok(layout) => layout,
        Err(faults) => {
            parsed.faults = faults;
            return parsed;
        }
    };
    for (index, row) in rows.enumerate() {
        if let Some(fault) = unclosed(source, &row) {
            parsed.faults.push(fault);
            break;
        }
        if row.iter().all(|cell| cell.value.trim().is_empty()) {
            continue;
        }
        if row.len() != header.len() {
            let is_short = row.len() < header.len();
            let which = if is_short { "fewer" } else { "more" };
            parsed.faults.push(Fault {
                at: extent(&row),
                message: format!(
                    "this row has {which} fields than the header; quote a text that holds the \
                     delimiter, a quotation mark or a line end"
                ),
            });
            continue;
        }
        let value = |column: &usize| row.get(*column).map_or("", |cell| cell.value.trim());
        let mut path: Vec<_> = layout.key.iter().map(|key| value(key).to_owned()).collect();
        if path.iter().all(String::is_empty) {
            path = vec![format!("row {}", index + 2)];
        }
        let row_locale = layout.locale.as_ref().map(value);
        let row_locale = row_locale.filter(|locale| !locale.is_empty());
        for (column, locale) in &layout.texts {
            let Some(cell) = row.get(*column) else {
                continue;
            };
            if cell.value.trim().is_empty() {
                continue;
            }
            let decoded = match decode(source, &cell.raw) {
                Ok(decoded) => decoded,
                Err(fault) => {
                    parsed.faults.push(fault);
                    continue;
                }
            };
            let text = Text {
                path: path.clone(),
                locale: locale.clone().or_else(|| row_locale.map(str::to_owned)),
                is_base: false,
                decoded,
                literal: cell.raw.clone(),
                encode: encoder(source, cell, columns.delimiter),
                origin: None,
                id: None,
            };
            parsed.take(text, &cell.value);
        }
    }
    parsed
}

/// Columns by their place.
struct Layout {
    key: Vec<usize>,
    texts: Vec<(usize, Option<String>)>,
    locale: Option<usize>,
}

impl Layout {
    fn new(header: &[Cell], columns: &Columns) -> Result<Self, Vec<Fault>> {
        let names: Vec<_> = header.iter().map(|cell| cell.value.trim()).collect();
        let mut faults = Vec::new();
        let mut named = |wanted: &str| {
            let place = names.iter().position(|name| *name == wanted);
            if place.is_none() {
                let nearest = nearest(wanted, names.iter().copied());
                let nearest = nearest.map(|name| format!("; is `{name}` meant?"));
                faults.push(Fault {
                    at: extent(header),
                    message: format!("no column `{wanted}`{}", nearest.unwrap_or_default()),
                });
            }
            place
        };
        let mut key: Vec<_> = columns.key.iter().filter_map(|name| named(name)).collect();
        let mut texts: Vec<_> = columns
            .texts
            .iter()
            .filter_map(|(name, locale)| Some((named(name)?, locale.clone())))
            .collect();
        let mut locale = columns.locale.as_ref().and_then(|name| named(name));
        if !faults.is_empty() {
            return Err(faults);
        }
        let one_of = |known: &[&str]| {
            let is_known = |name: &&str| known.iter().any(|known| known.eq_ignore_ascii_case(name));
            names.iter().position(is_known)
        };
        if columns.locale.is_none() {
            locale = one_of(&LOCALE_HEADERS);
        }
        if texts.is_empty() {
            let text = one_of(&TEXT_HEADERS).map(|column| (column, None));
            texts = names
                .iter()
                .enumerate()
                .filter(|(column, name)| is_locale_header(*column, name))
                .map(|(column, name)| (column, Some((*name).to_owned())))
                .collect();
            // A column of locales says that those of the texts are not headers.
            if texts.is_empty() || (locale.is_some() && text.is_some()) {
                texts = text.into_iter().collect();
            }
        }
        if texts.is_empty() {
            return Err(vec![Fault {
                at: extent(header),
                message: NO_TEXTS.to_owned(),
            }]);
        }
        if key.is_empty() {
            let taken: BTreeSet<_> = texts
                .iter()
                .map(|(column, _)| *column)
                .chain(locale)
                .collect();
            key.extend((0..header.len()).find(|column| !taken.contains(column)));
        }
        Ok(Self { key, texts, locale })
    }
}

/// Whether a column is named by the locale of its texts. `id` is a language, and the commonest name
/// of a first column that is none.
fn is_locale_header(column: usize, name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    is_locale(&name) && (column > 0 || name != "id")
}

/// A field of a row.
pub(crate) struct Cell {
    /// Bytes of the file, with the quotation marks.
    pub(crate) raw: Range<usize>,
    /// As the parser reads it.
    pub(crate) value: String,
}

pub(crate) fn extent(row: &[Cell]) -> Range<usize> {
    let start = row.first().map_or(0, |cell| cell.raw.start);
    start..row.last().map_or(start, |cell| cell.raw.end)
}

/// The rows of a file, without blank lines.
pub(crate) struct Rows<'a> {
    source: &'a str,
    reader: Reader,
    at: usize,
}

impl<'a> Rows<'a> {
    pub(crate) fn new(source: &'a str, delimiter: u8) -> Self {
        Self {
            source,
            reader: ReaderBuilder::new().delimiter(delimiter).build(),
            at: 0,
        }
    }

    /// Reads a field that is the first one of a row or not, and whether it is the last one.
    fn field(&mut self, is_first: bool) -> Option<(Cell, bool)> {
        let bytes = self.source.as_bytes();
        let mut start = self.at;
        let mut value = Vec::new();
        let mut buffer = [0; 512];
        loop {
            // Nothing left tells the reader that it is the end.
            let rest = bytes.get(self.at..).unwrap_or_default();
            let (result, read, written) = self.reader.read_field(rest, &mut buffer);
            value.extend(buffer.iter().take(written));
            self.at += read;
            let is_last = match result {
                ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
                ReadFieldResult::Field { record_end } => record_end,
                ReadFieldResult::End => return None,
            };
            // The delimiter or line end is read with the field; the end of the file is nothing.
            let end = self.at - usize::from(read > 0);
            // So are the blank lines before a row, and the rest of the line end before them.
            let is_line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
            while is_first && start < end && bytes.get(start).is_some_and(is_line_end) {
                start += 1;
            }
            let cell = Cell {
                raw: start..end,
                value: String::from_utf8_lossy(&value).into_owned(),
            };
            return Some((cell, is_last));
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = Vec<Cell>;

    fn next(&mut self) -> Option<Vec<Cell>> {
        let (cell, mut is_last) = self.field(true)?;
        let mut row = vec![cell];
        while !is_last && let Some((cell, end)) = self.field(false) {
            row.push(cell);
            is_last = end;
        }
        Some(row)
    }
}

/// A quotation mark that is not closed takes all that follows for one field, which is then the last.
pub(crate) fn unclosed(source: &str, row: &[Cell]) -> Option<Fault> {
    let raw = &row.last()?.raw;
    let inner = source.get(raw.clone())?.strip_prefix('"')?;
    closing_mark(inner).is_none().then(|| Fault {
        at: raw.start..raw.start + 1,
        message: "this quotation mark is not closed".to_owned(),
    })
}

/// Where the quotation mark is that ends what another one began. A doubled one is text.
fn closing_mark(inner: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += inner.get(at..)?.find('"')?;
        if !inner.get(at + 1..)?.starts_with('"') {
            return Some(at);
        }
        at += 2;
    }
}

fn decode(source: &str, raw: &Range<usize>) -> Result<Decoded, Fault> {
    let mut decoded = Decoded::default();
    let text = source.get(raw.clone()).unwrap_or_default();
    let Some(inner) = text.strip_prefix('"') else {
        decoded.verbatim(source, raw.clone());
        return Ok(decoded);
    };
    let mut at = raw.start + 1;
    let end = at + closing_mark(inner).unwrap_or(inner.len());
    if end + 1 < raw.end {
        return Err(Fault {
            at: end + 1..raw.end,
            message: "characters stand between the quotation mark that ends this field and the \
                      delimiter; double a mark that is text"
                .to_owned(),
        });
    }
    while let Some(length) = source.get(at..end).and_then(|rest| rest.find('"')) {
        let mark = at + length;
        decoded.verbatim(source, at..mark);
        at = mark + 2;
        decoded.escape('"', mark..at);
    }
    decoded.verbatim(source, at..end);
    Ok(decoded)
}

fn encoder(source: &str, cell: &Cell, delimiter: u8) -> Encode {
    let is_quoted = source.as_bytes().get(cell.raw.start) == Some(&b'"');
    match delimiter {
        _ if is_quoted => |text| Some(text.replace('"', "\"\"")),
        b',' | b';' | b'\t' | b'|' => |text| {
            let has_meaning = text.contains([',', ';', '\t', '|', '"', '\r', '\n']);
            (!has_meaning).then(|| text.to_owned())
        },
        // It may be in the text, which cannot be told from here.
        _ => |_| None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::formats::testing::{check_bounds, check_places, config, faults, one_of, texts};

    fn all(source: &str) -> Vec<(String, Option<String>, String)> {
        let parsed = read(source, &Columns::default());
        let texts = texts(&parsed).into_iter();
        texts
            .map(|(key, locale, text)| (key, locale.map(str::to_owned), text.to_owned()))
            .collect()
    }

    fn text(key: &str, locale: &str, text: &str) -> (String, Option<String>, String) {
        let locale = (!locale.is_empty()).then(|| locale.to_owned());
        (key.to_owned(), locale, text.to_owned())
    }

    #[test]
    fn columns_named_by_a_locale_hold_its_texts() {
        let source = "key,en,note, pt-BR \nhi,Hello,greets,Olá\nbye,Bye,,\n";
        let expected = [
            text("hi", "en", "Hello"),
            text("hi", "pt-BR", "Olá"),
            text("bye", "en", "Bye"),
        ];
        assert_eq!(all(source), expected);
    }

    #[test]
    fn a_first_column_named_id_is_the_key_and_another_one_indonesian() {
        assert_eq!(all("id,EN\na,Hi"), [text("a", "EN", "Hi")]);
        assert_eq!(all("key,id\na,Hai"), [text("a", "id", "Hai")]);
        assert_eq!(
            all("en,fr\nHi,\n,Salut"),
            [text("row 2", "en", "Hi"), text("row 3", "fr", "Salut"),]
        );
    }

    #[test]
    fn a_column_of_texts_has_its_locales_in_another_one() {
        let source = "Language,name,Text\nde,hi,Hallo\n,hi,Hello\nfr,,Salut\n";
        let expected = [
            text("hi", "de", "Hallo"),
            text("hi", "", "Hello"),
            text("row 4", "fr", "Salut"),
        ];
        assert_eq!(all(source), expected);
        // Tongan is what the other columns say that it is not.
        assert_eq!(
            all("to,locale,message\n1,de,Hallo"),
            [text("1", "de", "Hallo")]
        );
        assert_eq!(all("message,de\nhi,Hallo"), [text("hi", "de", "Hallo")]);
        assert_eq!(all("text\nHi"), [text("row 2", "", "Hi")]);
    }

    #[test]
    fn columns_can_be_named() {
        let columns = Columns {
            delimiter: b';',
            key: vec!["group".to_owned(), "what".to_owned()],
            texts: vec![
                ("German".to_owned(), Some("de".to_owned())),
                ("any".to_owned(), None),
            ],
            locale: Some("of".to_owned()),
        };
        let source = "any;what;German;of;group\nA;b;C;fr;g\n";
        let parsed = read(source, &columns);
        assert_eq!(
            texts(&parsed),
            [
                ("g.b".to_owned(), Some("de"), "C"),
                ("g.b".to_owned(), Some("fr"), "A"),
            ]
        );

        let source = "an;what;Germans;of;group\nA;b;C;fr;g\n";
        let parsed = read(source, &columns);
        assert!(parsed.texts.is_empty());
        assert_eq!(
            faults(&parsed, source),
            [
                (
                    "an;what;Germans;of;group",
                    "no column `German`; is `Germans` meant?"
                ),
                (
                    "an;what;Germans;of;group",
                    "no column `any`; is `an` meant?"
                ),
            ]
        );
    }

    #[test]
    fn a_header_without_texts_is_a_fault() {
        let source = "key;value\na;b";
        let parsed = read(source, &Columns::default());
        assert!(parsed.texts.is_empty());
        assert_eq!(faults(&parsed, source)[0].0, "key;value");
        assert_eq!(all(""), []);
        assert_eq!(all("\r\n\n"), []);
        assert_eq!(all("key,text"), []);
    }

    #[test]
    fn fields_are_quoted_and_rows_end_in_every_way() {
        let source = "\"key\",en\r\n\r\na,\"x \"\"y\"\",\r\n z\"\r\nb,x\ry \n\n,,\nc,\"\"\n";
        let parsed = read(source, &Columns::default());
        // A carriage return alone ends a row, which is then one of one field.
        assert_eq!(faults(&parsed, source).len(), 1);
        assert_eq!(faults(&parsed, source)[0].0, "y ");
        let texts: Vec<_> = parsed
            .texts
            .iter()
            .map(|text| text.decoded.text())
            .collect();
        assert_eq!(texts, ["x \"y\",\r\n z", "x"]);
        let literals = parsed
            .texts
            .iter()
            .map(|text| &source[text.literal.clone()]);
        assert_eq!(
            literals.collect::<Vec<_>>(),
            ["\"x \"\"y\"\",\r\n z\"", "x"]
        );
    }

    #[test]
    fn what_is_at_fault_in_a_row_leaves_the_others() {
        let source = "key,en\na\nb,x,y\nc,\"x\" y\nd,ok\ne,\"x\"y\"z\nf,\"no,\ng,x\n";
        let parsed = read(source, &Columns::default());
        let found: Vec<_> = faults(&parsed, source)
            .into_iter()
            .map(|(at, _)| at)
            .collect();
        assert_eq!(found, ["a", "b,x,y", " y", "y\"z", "\""]);
        assert_eq!(parsed.texts.len(), 1);
        assert_eq!(parsed.texts[0].decoded.text(), "ok");
        let unclosed = read("key,\"en\na,b", &Columns::default());
        assert_eq!(unclosed.faults[0].at, 4..5);
    }

    #[test]
    fn what_would_end_a_field_is_written_in_quotation_marks_only() {
        let source = "key,en,fr\na,\"x\",y";
        let parsed = read(source, &Columns::default());
        let [quoted, bare] = [0, 1].map(|text: usize| parsed.texts[text].encode);
        assert_eq!(quoted("a\"b,\n"), Some("a\"\"b,\n".to_owned()));
        assert_eq!(bare("a'b"), Some("a'b".to_owned()));
        for character in [",", ";", "\t", "|", "\"", "\r", "\n"] {
            assert_eq!(bare(character), None);
        }
        let columns = Columns {
            delimiter: b':',
            ..Columns::default()
        };
        let other = read("key:en\na:x", &columns);
        assert_eq!((other.texts[0].encode)("y"), None);
    }

    proptest! {
        #![proptest_config(config())]

        #[test]
        fn every_character_stands_where_it_is_said_to(
            cells in prop::collection::vec(
                prop::collection::vec(
                    one_of(&["\"", ",", "\n", "\r", " ", "a", "é", "€", "👋"]),
                    0..12,
                ),
                1..8,
            ),
            end in one_of(&["\n", "\r\n"]),
        ) {
            let cells: Vec<_> = cells.iter().map(|cell| cell.concat()).collect();
            let mut source = format!("key,text{end}");
            for (number, cell) in cells.iter().enumerate() {
                if cell.contains(['"', ',', '\n', '\r']) {
                    source += &format!("{number},\"{}\"{end}", cell.replace('"', "\"\""));
                } else {
                    source += &format!("{number},{cell}{end}");
                }
            }
            let parsed = read(&source, &Columns::default());
            let expected: Vec<_> = cells.iter().filter(|cell| !cell.trim().is_empty()).collect();
            let read: Vec<_> = texts(&parsed).into_iter().map(|(.., text)| text).collect();
            prop_assert_eq!(read, expected);
            for text in &parsed.texts {
                check_places(&source, text, |cut| cut.replace("\"\"", "\""));
            }
        }

        #[test]
        fn no_file_is_too_strange(
            source in prop::collection::vec(
                one_of(&[
                    "key,text\n", "\"", "\"\"", ",", ";", "\n", "\r", "\r\n", " ", "en", "é", "\u{feff}",
                ]),
                0..24,
            ),
            delimiter in 0_u8..128,
        ) {
            let source = source.concat();
            for delimiter in [b',', delimiter] {
                let columns = Columns { delimiter, ..Columns::default() };
                check_bounds(&read(&source, &columns), &source);
            }
        }
    }

    #[test]
    fn a_long_field_is_read_in_parts() {
        let long = "é".repeat(10_000);
        assert_eq!(
            all(&format!("key,en\na,\"{long}\"")),
            [text("a", "en", &long)]
        );
    }
}
