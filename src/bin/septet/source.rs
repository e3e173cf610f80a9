//! Where input comes from: an argument, a file, or standard input.

use core::str;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use same_file::Handle;

use crate::Failure;
use crate::terminal::visible_path;

/// Bytes that are read at once, and so the lines that are worked on together: a few thousand.
const BUFFER: usize = 1 << 20;

/// One input, and what to call it in complaints.
pub(crate) enum Source {
    Argument(OsString),
    File(PathBuf),
    Standard,
}

impl Source {
    /// A path, where `-` is standard input.
    pub(crate) fn path(path: PathBuf) -> Self {
        if path == OsStr::new("-") {
            Self::Standard
        } else {
            Self::File(path)
        }
    }

    pub(crate) fn name(&self) -> String {
        match self {
            Self::Argument(_) => "the argument".to_owned(),
            Self::File(path) => visible_path(path),
            Self::Standard => "standard input".to_owned(),
        }
    }

    /// The file that is read, by whatever name or redirection, to know it again.
    pub(crate) fn handle(&self) -> Option<Handle> {
        match self {
            Self::File(path) => file_handle(path),
            Self::Standard => Handle::stdin().ok(),
            Self::Argument(_) => None,
        }
    }

    /// Opens it; the length is known of files and arguments.
    pub(crate) fn open(&self) -> Result<(Box<dyn BufRead + Send>, Option<u64>), Failure> {
        match self {
            Self::Argument(text) => {
                let bytes = text.as_encoded_bytes().to_vec();
                let length = bytes.len() as u64;
                Ok((Box::new(Cursor::new(bytes)), Some(length)))
            }
            Self::File(path) => {
                let file = File::open(path).map_err(|error| self.failure(&error))?;
                let metadata = file.metadata().map_err(|error| self.failure(&error))?;
                if metadata.is_dir() {
                    return Err(Failure::new(format!("{}: is a directory", self.name())));
                }
                Ok((
                    Box::new(BufReader::with_capacity(BUFFER, file)),
                    metadata.is_file().then_some(metadata.len()),
                ))
            }
            Self::Standard => Ok((
                Box::new(BufReader::with_capacity(BUFFER, io::stdin())),
                None,
            )),
        }
    }

    /// Reads all of it as text.
    pub(crate) fn text(&self) -> Result<String, Failure> {
        let mut bytes = Vec::new();
        self.open()?
            .0
            .read_to_end(&mut bytes)
            .map_err(|error| self.failure(&error))?;
        String::from_utf8(bytes).map_err(|error| {
            let (at, text) = (error.utf8_error().valid_up_to(), error.as_bytes());
            let line = text.iter().take(at).filter(|byte| **byte == b'\n').count() + 1;
            Failure::new(format!(
                "{}: invalid UTF-8 at byte {at} (line {line}); convert the text to UTF-8 first",
                self.name()
            ))
        })
    }

    pub(crate) fn failure(&self, error: &io::Error) -> Failure {
        Failure::new(format!("{}: {error}", self.name()))
    }
}

/// Which file a path names. A pipe is not opened, which its writer would notice.
pub(crate) fn file_handle(path: &Path) -> Option<Handle> {
    path.is_file().then(|| Handle::from_path(path).ok())?
}

/// The line of a JSON Lines input, as text.
pub(crate) fn line_text(line: &[u8]) -> Result<&str, String> {
    let text = str::from_utf8(line)
        .map_err(|error| format!("invalid UTF-8 at byte {} of the line", error.valid_up_to()))?;
    if text.trim_ascii().is_empty() {
        return Err("the line is blank; remove it".to_owned());
    }
    if text.starts_with('\u{FEFF}') {
        return Err("a byte-order mark starts the line; save the input without it".to_owned());
    }
    Ok(text)
}

/// The path of a file that may not be there yet, without links and detours: then its folder is.
pub(crate) fn real_path(path: &Path) -> PathBuf {
    let of_new_file = || {
        let folder = folder(path).canonicalize().ok()?;
        Some(folder.join(path.file_name()?))
    };
    let real = path.canonicalize().ok().or_else(of_new_file);
    real.unwrap_or_else(|| path.to_owned())
}

/// The folder of a file.
pub(crate) fn folder(path: &Path) -> &Path {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    folder.unwrap_or(Path::new("."))
}
