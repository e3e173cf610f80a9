//! Where results go: `--format FORMAT[=PATH]`, as often as wanted.

use core::str::FromStr;
use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;

use crate::Failure;
use crate::terminal::visible_path;

/// The form of results.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    Human,
    /// JSON Lines, one result a line.
    Jsonl,
}

/// A format, and the file it goes to in place of standard output.
#[derive(Clone)]
pub(crate) struct FormatOption {
    format: Format,
    path: Option<PathBuf>,
}

impl FromStr for FormatOption {
    type Err = String;

    fn from_str(option: &str) -> Result<Self, String> {
        let (name, path) = match option.split_once('=') {
            Some((name, path)) => (name, Some(PathBuf::from(path))),
            None => (option, None),
        };
        if path.as_deref() == Some(Path::new("")) {
            return Err("a path is missing behind `=`".to_owned());
        }
        let format = Format::from_str(name, false).map_err(|_| {
            format!("no format `{name}`; there are human and jsonl, each with or without `=PATH`")
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
pub(crate) struct Output {
    pub(crate) format: Format,
    /// Whether it may be coloured, and how wide it is.
    pub(crate) look: Look,
    /// Whether results appear on a terminal, where a progress bar would be in their way.
    pub(crate) terminal: bool,
    name: String,
    writer: Box<dyn Write>,
}

/// How results for people are drawn.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub(crate) color: bool,
    pub(crate) width: usize,
}

/// Opens the outputs, or standard output in the default format where none is named.
pub(crate) fn open(
    options: &[FormatOption],
    default: Format,
    color: Color,
) -> Result<Vec<Output>, Failure> {
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
    let paths: Vec<_> = options
        .iter()
        .filter_map(|option| option.path.as_deref())
        .collect();
    if let Some((_, path)) = paths
        .iter()
        .enumerate()
        .find(|(at, path)| paths[..*at].contains(path))
    {
        let path = visible_path(path);
        return Err(Failure::new(format!(
            "--format names {path} twice; give each its own file"
        )));
    }
    options
        .iter()
        .map(|option| Output::open(option, color))
        .collect()
}

impl Output {
    fn open(option: &FormatOption, color: Color) -> Result<Self, Failure> {
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
            writer,
        })
    }

    /// Writes; says `false` where the reader has gone away, which is no failure.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<bool, Failure> {
        match self.writer.write_all(bytes) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
            Err(error) => Err(Failure::new(format!("{}: {error}", self.name))),
        }
    }

    /// Hands on what was written.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        match self.writer.flush() {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            Err(error) => Err(Failure::new(format!("{}: {error}", self.name))),
        }
    }
}
