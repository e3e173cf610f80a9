//! `septet matrix`: what each text costs at worst, keys by locales.

use std::collections::BTreeMap;

use clap::ValueEnum;
use septet::Encoding;
use septet::template::{Count, LanguageKey};
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::check;
use crate::judge::Before;
use crate::locale::folded;
use crate::output::{self, Color, Form, FormatOption, Look};
use crate::report::escape::{csv_field, markdown};
use crate::results::{Results, TextResult};
use crate::scope::Scope;
use crate::terminal::seen;
use crate::{Failure, Status, json};

/// Show what each text costs at worst: keys by locales, in segments.
///
/// `?` is a count that is not known, since nothing is declared of a placeholder; `u` marks UCS-2. The
/// last row and column are sums of the counts that are known. A text without a locale stands in the
/// column of the base locale, which is the first.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    scope: Scope,

    /// Where the matrix goes and how: human, json, csv or markdown, with =PATH into a file; repeatable
    #[arg(long, value_name = "FORMAT[=PATH]")]
    format: Vec<FormatOption<MatrixFormat>>,

    /// When to colour; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  septet matrix
  septet matrix locales/ --format csv=costs.csv";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
enum MatrixFormat {
    Human,
    Json,
    Csv,
    Markdown,
}

impl Form for MatrixFormat {
    fn is_json(self) -> bool {
        self == Self::Json
    }
}

/// Which text a row is about: the file without the locale is told apart where keys repeat.
type RowKey<'r> = (&'r str, &'r str);

/// A cell: what a text costs at worst.
#[derive(Clone, Copy)]
struct Cell {
    segments: Count,
    encoding: Option<Encoding>,
}

struct Matrix<'r> {
    /// The base locale, then the others in the order in which they are met.
    locales: Vec<&'r str>,
    rows: Vec<(RowKey<'r>, Vec<Option<Cell>>)>,
}

pub(crate) fn run(args: Args) -> Result<Status, Failure> {
    let tree = args.scope.read()?;
    let incomplete = tree.complain();
    let mut outputs = output::open(
        &args.format,
        MatrixFormat::Human,
        args.color,
        &tree.inputs(),
    )?;
    let base = tree.config.base_locale;
    let results = check::results(tree, &Before::default());
    let matrix = Matrix::of(&results, base.as_ref().map_or("base", LanguageKey::as_str));
    for output in &mut outputs {
        let bytes = match output.format {
            MatrixFormat::Human => matrix.human(output.look).into_bytes(),
            MatrixFormat::Json => matrix.json(),
            MatrixFormat::Csv => matrix.csv().into_bytes(),
            MatrixFormat::Markdown => matrix.markdown().into_bytes(),
        };
        output.write(&bytes);
        output.flush();
    }
    Ok(
        if incomplete || outputs.iter().any(|output| output.has_failed()) {
            Status::Incomplete
        } else {
            Status::Clean
        },
    )
}

impl<'r> Matrix<'r> {
    fn of(results: &'r Results, base: &'r str) -> Self {
        let mut locales = vec![base];
        let mut rows: Vec<(RowKey<'_>, Vec<Option<Cell>>)> = Vec::new();
        let mut columns = BTreeMap::from([(folded(base), 0)]);
        let mut numbers = BTreeMap::new();
        for text in results.files.iter().flat_map(|file| &file.texts) {
            let locale = text.locale.as_deref().unwrap_or(base);
            let column = *columns.entry(folded(locale)).or_insert_with(|| {
                locales.push(locale);
                locales.len() - 1
            });
            let key = (text.group.as_str(), text.key.as_str());
            let row = *numbers.entry(key).or_insert_with(|| {
                rows.push((key, Vec::new()));
                rows.len() - 1
            });
            let Some((_, cells)) = rows.get_mut(row) else {
                continue;
            };
            if cells.len() <= column {
                cells.resize(column + 1, None);
            }
            if let Some(cell) = cells.get_mut(column) {
                // Of two texts with one key and locale the first counts, as in a catalogue.
                *cell = cell.or_else(|| Cell::of(text));
            }
        }
        for (_, cells) in &mut rows {
            cells.resize(locales.len(), None);
        }
        Self { locales, rows }
    }

    /// The sum of the counts that are known in a row.
    fn of_row(cells: &[Option<Cell>]) -> usize {
        let known = cells
            .iter()
            .flatten()
            .filter_map(|cell| cell.segments.get());
        known.sum()
    }

    fn of_column(&self, column: usize) -> usize {
        let cells = self.rows.iter().filter_map(|(_, cells)| cells.get(column));
        let known = cells.filter_map(|cell| cell.as_ref()?.segments.get());
        known.sum()
    }

    fn total(&self) -> usize {
        self.rows.iter().map(|(_, cells)| Self::of_row(cells)).sum()
    }

    /// Rows of as many columns as fit; the others follow in a table of their own.
    fn human(&self, look: Look) -> String {
        let heads: Vec<String> = self.locales.iter().map(|locale| seen(locale)).collect();
        let names: Vec<String> = self.rows.iter().map(|((_, key), _)| seen(key)).collect();
        let longest = names
            .iter()
            .map(|name| name.width())
            .max()
            .unwrap_or_default();
        let first = longest.clamp(5, look.width / 2);
        let widths = heads.iter().enumerate().map(|(column, head)| {
            let cells = self
                .rows
                .iter()
                .map(|(_, cells)| Cell::show(cells.get(column)));
            let cells = cells.map(|cell| cell.width());
            cells.max().unwrap_or_default().max(head.width()).max(3) + 1
        });
        let widths: Vec<usize> = widths.collect();
        let mut out = String::new();
        let mut start = 0;
        while start < widths.len() {
            let (mut end, mut width) = (start, first);
            while widths
                .get(end)
                .is_some_and(|next| end == start || width + next + 7 <= look.width)
            {
                width += widths.get(end).copied().unwrap_or_default();
                end += 1;
            }
            let is_last = end == widths.len();
            let line = |name: &str, cells: &dyn Fn(usize) -> String, sum: &str| {
                let mut line = fitted(name, first);
                for column in start..end {
                    let width = widths.get(column).copied().unwrap_or_default();
                    line += &right(&cells(column), width);
                }
                if is_last {
                    line += &right(sum, 7);
                }
                line.trim_end().to_owned() + "\n"
            };
            let head = |column| heads.get(column).cloned().unwrap_or_default();
            out += &line("", &head, "sum");
            let mut group = "";
            for (((of, _), cells), name) in self.rows.iter().zip(&names) {
                if *of != group {
                    group = of;
                    out += &seen(group);
                    out.push('\n');
                }
                let cell = |column: usize| Cell::show(cells.get(column));
                out += &line(name, &cell, &Self::of_row(cells).to_string());
            }
            let sum = |column| self.of_column(column).to_string();
            out += &line("sum", &sum, &self.total().to_string());
            if !is_last {
                out.push('\n');
            }
            start = end;
        }
        out
    }

    fn json(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Document<'a> {
            schema: u8,
            locales: &'a [&'a str],
            rows: Vec<Row<'a>>,
            sums: Vec<usize>,
            total: usize,
        }
        #[derive(Serialize)]
        struct Row<'a> {
            file: &'a str,
            key: &'a str,
            worst: Vec<Option<Worst>>,
            sum: usize,
        }
        #[derive(Serialize)]
        struct Worst {
            segments: Count,
            encoding: Option<Encoding>,
        }
        let rows = self.rows.iter().map(|((file, key), cells)| Row {
            file,
            key,
            worst: cells
                .iter()
                .map(|cell| {
                    cell.map(|cell| Worst {
                        segments: cell.segments,
                        encoding: cell.encoding,
                    })
                })
                .collect(),
            sum: Self::of_row(cells),
        });
        let document = Document {
            schema: 1,
            locales: &self.locales,
            rows: rows.collect(),
            sums: (0..self.locales.len())
                .map(|column| self.of_column(column))
                .collect(),
            total: self.total(),
        };
        let mut out = Vec::new();
        json::line(&document, &mut out);
        out
    }

    fn csv(&self) -> String {
        let mut out = String::new();
        let mut line = |cells: &mut dyn Iterator<Item = String>| {
            out += &cells
                .map(|cell| csv_field(&cell))
                .collect::<Vec<_>>()
                .join(",");
            out += "\r\n";
        };
        let heads = self.locales.iter().copied();
        let heads = ["file", "key"].into_iter().chain(heads).chain(["sum"]);
        line(&mut heads.map(str::to_owned));
        for ((file, key), cells) in &self.rows {
            let worst = cells.iter().map(|cell| match cell {
                Some(cell) => cell
                    .segments
                    .get()
                    .map_or("?".to_owned(), |count| count.to_string()),
                None => String::new(),
            });
            let names = [*file, *key].into_iter().map(str::to_owned);
            line(&mut names.chain(worst).chain([Self::of_row(cells).to_string()]));
        }
        let sums = (0..self.locales.len()).map(|column| self.of_column(column));
        let sums = sums.chain([self.total()]).map(|sum| sum.to_string());
        line(&mut ["sum", ""].into_iter().map(str::to_owned).chain(sums));
        out
    }

    fn markdown(&self) -> String {
        let mut out = String::new();
        let mut line = |cells: &mut dyn Iterator<Item = String>| {
            out += &format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "));
        };
        let heads = self.locales.iter().map(|locale| markdown(locale));
        let heads = [String::new()].into_iter().chain(heads);
        line(&mut heads.chain(["sum".to_owned()]));
        let rule = (0..self.locales.len() + 1).map(|_| "--:".to_owned());
        line(&mut [":--".to_owned()].into_iter().chain(rule));
        for ((file, key), cells) in &self.rows {
            let worst = cells.iter().map(|cell| Cell::show(Some(cell)));
            let name = format!("{} {}", markdown(file), markdown(key));
            line(
                &mut [name]
                    .into_iter()
                    .chain(worst)
                    .chain([Self::of_row(cells).to_string()]),
            );
        }
        let sums = (0..self.locales.len()).map(|column| self.of_column(column));
        let sums = sums.chain([self.total()]).map(|sum| sum.to_string());
        line(&mut ["sum".to_owned()].into_iter().chain(sums));
        out
    }
}

impl Cell {
    fn of(text: &TextResult) -> Option<Self> {
        let worst = text.costs?.worst();
        Some(Self {
            segments: worst.segments(),
            encoding: worst.encoding(),
        })
    }

    fn show(cell: Option<&Option<Self>>) -> String {
        let Some(cell) = cell.copied().flatten() else {
            return String::new();
        };
        let encoding = match cell.encoding {
            Some(Encoding::Ucs2) => "u",
            _ => "",
        };
        match cell.segments {
            Count::Exact(count) => format!("{count}{encoding}"),
            Count::AtMost(count) => format!("≤{count}{encoding}"),
            Count::AtLeast(count) => format!("≥{count}{encoding}"),
            _ => "?".to_owned(),
        }
    }
}

/// A word in a column of its own on the left; one that is too long loses its end.
fn fitted(word: &str, width: usize) -> String {
    let mut shown = String::new();
    if word.width() > width {
        for character in word.chars() {
            if shown.width() + character.to_string().width() >= width {
                break;
            }
            shown.push(character);
        }
        shown.push('…');
    } else {
        shown += word;
    }
    shown.clone() + &" ".repeat(width.saturating_sub(shown.width()))
}

fn right(word: &str, width: usize) -> String {
    " ".repeat(width.saturating_sub(word.width())) + word
}
