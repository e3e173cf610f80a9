//! Where results go: `--format FORMAT[=PATH]`, as often as wanted.

use core::str::FromStr;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use serde::Serialize;

use crate::source::{Source, file_handle, real_path};
use crate::terminal::visible_path;
use crate::{Failure, json};

/// A set of forms that results can have.
pub(crate) trait Form: ValueEnum + Copy + Eq + Send + Sync + 'static {
    /// Whether it is JSON, in which a terminal would obey what stands in strings.
    fn is_json(self) -> bool;
}

/// The form of results.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// JSON Lines, one result a line.
    Jsonl,
}

impl Form for Format {
    fn is_json(self) -> bool {
        self == Self::Jsonl
    }
}

impl Format {
    /// Writes what stands in place of a result: a line of JSON, or the words alone.
    pub(crate) fn write_error(self, line: &impl Serialize, error: &str, out: &mut Vec<u8>) {
        match self {
            Self::Human => out.extend(format!("{error}\n\n").into_bytes()),
            Self::Jsonl => json::line(line, out),
        }
    }
}

/// A format, and the file it goes to in place of standard output.
#[derive(Clone)]
pub(crate) struct FormatOption<F = Format> {
    format: F,
    path: Option<PathBuf>,
}

impl<F: Form> FromStr for FormatOption<F> {
    type Err = String;

    fn from_str(option: &str) -> Result<Self, String> {
        let (name, path) = match option.split_once('=') {
            Some((name, "-")) => (name, None),
            Some((name, path)) => (name, Some(PathBuf::from(path))),
            None => (option, None),
        };
        if path.as_deref() == Some(Path::new("")) {
            return Err("a path is missing behind `=`".to_owned());
        }
        let format = F::from_str(name, false).map_err(|_| {
            let forms = F::value_variants().iter();
            let names: Vec<_> = forms
                .filter_map(|form| Some(form.to_possible_value()?.get_name().to_owned()))
                .collect();
            format!(
                "no such format; there are {}, each with or without `=PATH`",
                names.join(", ")
            )
        })?;
        Ok(Self { format, path })
    }
}

/// When to colour what people read. `NO_COLOR` is honoured.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal.
    Auto,
    Always,
    Never,
}

/// An opened output.
pub(crate) struct Output<F = Format> {
    pub(crate) format: F,
    /// Whether it may be coloured, and how wide it is.
    pub(crate) look: Look,
    /// Whether results appear on a terminal, where a progress bar would be in their way.
    pub(crate) terminal: bool,
    name: String,
    /// Nothing where it is closed.
    writer: Option<Box<dyn Write>>,
    failed: bool,
}

/// How results for people are drawn.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) color: bool,
    pub(crate) width: usize,
}

/// Opens the outputs, or standard output in the default format where none is named. No output may be
/// an input, or another output: it would be emptied before it is read.
pub(crate) fn open<F: Form>(
    options: &[FormatOption<F>],
    default: F,
    color: Color,
    inputs: &[Source],
) -> Result<Vec<Output<F>>, Failure> {
    let standard = [FormatOption {
        format: default,
        path: None,
    }];
    let options = if options.is_empty() {
        &standard
    } else {
        options
    };
    if options
        .iter()
        .filter(|option| option.path.is_none())
        .count()
        > 1
    {
        return Err(Failure::new(
            "--format names standard output twice; give one of the formats a path, as in \
             --format jsonl=results.jsonl",
        ));
    }
    let inputs: Vec<_> = inputs.iter().filter_map(Source::handle).collect();
    let mut taken: Vec<PathBuf> = Vec::new();
    for path in options.iter().filter_map(|option| option.path.as_deref()) {
        let real = real_path(path);
        let is_input = file_handle(path).is_some_and(|output| inputs.contains(&output));
        // What is no file, such as /dev/null, has nothing to lose.
        let is_taken = taken.contains(&real) && (real.is_file() || !real.exists());
        if is_input || is_taken {
            return Err(Failure::new(format!(
                "--format would overwrite {}, which is another input or output of this command",
                visible_path(path)
            )));
        }
        taken.push(real);
    }
    options
        .iter()
        .map(|option| Output::open(option, color))
        .collect()
}

impl<F: Form> Output<F> {
    fn open(option: &FormatOption<F>, color: Color) -> Result<Self, Failure> {
        let (name, writer, terminal): (_, Box<dyn Write>, _) = match &option.path {
            Some(path) => {
                let name = visible_path(path);
                let file =
                    File::create(path).map_err(|error| Failure::new(format!("{name}: {error}")))?;
                (name, Box::new(BufWriter::new(file)), false)
            }
            None => {
                let stdout = io::stdout();
                let terminal = stdout.is_terminal();
                (
                    "standard output".to_owned(),
                    Box::new(BufWriter::new(stdout)),
                    terminal,
                )
            }
        };
        let color = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        };
        let width = match terminal_size::terminal_size().filter(|_| terminal) {
            Some((width, _)) => usize::from(width.0).clamp(40, 120),
            None => 80,
        };
        Ok(Self {
            format: option.format,
            look: Look { color, width },
            terminal,
            name,
            writer: Some(writer),
            failed: false,
        })
    }

    /// Writes. An output that fails is complained of once and closed; one whose reader has gone away
    /// is closed without a word.
    pub(crate) fn write(&mut self, bytes: &[u8]) {
        let safe;
        let bytes = if self.terminal && self.format.is_json() {
            safe = json::without_controls(&String::from_utf8_lossy(bytes));
            safe.as_bytes()
        } else {
            bytes
        };
        self.attempt(|writer| writer.write_all(bytes));
    }

    /// Hands on what was written.
    pub(crate) fn flush(&mut self) {
        self.attempt(|writer| writer.flush());
    }

    pub(crate) fn is_open(&self) -> bool {
        self.writer.is_some()
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    fn attempt(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let Some(writer) = &mut self.writer else {
            return;
        };
        if let Err(error) = write(writer) {
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.failed = true;
                Failure::new(format!("{}: {error}", self.name)).complain();
            }
            // Forgotten and not dropped: dropping would try to write once more.
            core::mem::forget(self.writer.take());
        }
    }
}
