//! `septet fix`: edits that make texts cheaper, in place.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use similar::TextDiff;

use crate::check;
use crate::config::Config;
use crate::inspect::counted;
use crate::judge::judge;
use crate::project::{File, Planned};
use crate::results::{FileEdit, FileResult, Mend};
use crate::scope::{Scope, Tree};
use crate::terminal::{is_hidden, seen, visible};
use crate::{Failure, Status, write};

/// Rounds after which no more is mended: an edit can make room for another one.
const MAX_ROUNDS: usize = 8;

/// Make texts cheaper: write what the findings of `septet check` propose.
///
/// Shows what would be written, as a unified diff, and leaves the files as they are; --write writes.
/// Only edits are made that lower a count of segments and raise none, and only the characters concerned
/// are touched: quotation marks, escapes, line ends and indentation stay as they are. A file whose
/// texts, read again, would not be the intended ones is not written.
///
/// The exit status is 0 when there is nothing to fix or all was written, 1 when there is and --write
/// was not given, 2 when something could not be read or written.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    scope: Scope,

    /// Write the files
    #[arg(long)]
    write: bool,

    /// Make edits as well that change how a text reads, such as `é` to `e`, and spell placeholders as
    /// the syntax of the text has them
    #[arg(long = "unsafe")]
    lossy: bool,

    /// Texts that are left alone until they change
    #[arg(long, value_name = "PATH")]
    baseline: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  septet fix                     what would be written
  septet fix --write             write it
  septet fix locales/fr.json --unsafe
                                 with edits that lose something";

/// A file, as it was and as it is to be.
struct Fixed {
    planned: Planned,
    file: File,
    original: String,
    /// Which of its texts were changed.
    changed: BTreeSet<usize>,
    /// Why it cannot be written, if it cannot.
    refused: Option<String>,
}

pub(crate) fn run(args: Args) -> Result<Status, Failure> {
    let tree = args.scope.read()?;
    let mut incomplete = tree.complain();
    let before = check::held(&tree.config, args.baseline.as_deref())?;
    let Tree {
        config,
        plan,
        files,
        ..
    } = tree;
    let read: BTreeSet<_> = files.iter().map(|file| file.name.clone()).collect();
    let planned = plan.into_iter().filter(|plan| read.contains(&plan.name));
    let mut fixed: Vec<_> = planned
        .zip(files)
        .map(|(planned, file)| Fixed {
            planned,
            original: file.source.clone(),
            file,
            changed: BTreeSet::new(),
            refused: None,
        })
        .collect();
    let mut segments = None;
    for _ in 0..MAX_ROUNDS {
        let files = fixed.iter().map(|fixed| fixed.file.clone()).collect();
        let results = judge(&config, files, &before, &|_| {});
        let now = results.totals.segments;
        segments = Some(segments.map_or((now, now), |(first, _)| (first, now)));
        let made: Vec<_> = fixed
            .par_iter_mut()
            .zip(&results.files)
            .map(|(fixed, result)| fixed.round(result, args.lossy, &config))
            .collect();
        if made.into_iter().all(|made| !made) {
            break;
        }
    }
    let (mut texts, mut files, mut diff) = (0, 0, String::new());
    for fixed in &fixed {
        if let Some(reason) = &fixed.refused {
            incomplete = true;
            let shown = seen(&fixed.file.shown);
            Failure::new(format!("{shown}: {reason}")).complain();
        }
        if fixed.file.source == fixed.original {
            continue;
        }
        if args.write
            && let Err(failure) = fixed.write(&config.root)
        {
            incomplete = true;
            failure.complain();
            continue;
        }
        texts += fixed.changed.len();
        files += 1;
        diff += &unified(fixed);
    }
    if let Err(error) = print(&diff)
        && error.kind() != ErrorKind::BrokenPipe
    {
        incomplete = true;
        Failure::new(format!("standard output: {error}")).complain();
    }
    let (from, to) = segments.unwrap_or_default();
    let what = if args.write {
        "changed"
    } else {
        "to change, with --write"
    };
    let _ = writeln!(
        io::stderr(),
        "septet: {} in {} {what}: {} at worst become {to}",
        counted(texts, "text"),
        counted(files, "file"),
        counted(from, "segment")
    );
    Ok(if incomplete {
        Status::Incomplete
    } else if files > 0 && !args.write {
        Status::Findings
    } else {
        Status::Clean
    })
}

impl Fixed {
    /// Makes the best edits of each text of the file, and reads it again. Returns whether there were
    /// any.
    fn round(&mut self, result: &FileResult, lossy: bool, config: &Config) -> bool {
        if self.refused.is_some() || self.file.disk.is_none() {
            return false;
        }
        let mut chosen: Vec<(usize, Vec<&FileEdit>)> = Vec::new();
        let mut respellings: HashMap<usize, Vec<&FileEdit>> = HashMap::new();
        for found in &result.findings {
            if let (Some(at), Some(edit)) = (found.text, &found.respelling)
                && lossy
                && edit.written.is_some()
            {
                respellings.entry(at).or_default().push(edit);
            }
        }
        for (at, text) in result.texts.iter().enumerate() {
            if text.text.origin.is_some() {
                continue;
            }
            let writable = |mend: &&Arc<Mend>| {
                (lossy || mend.safe) && mend.edits.iter().all(|edit| edit.written.is_some())
            };
            if let Some(respelled) = respellings.remove(&at) {
                chosen.push((at, respelled));
            } else if let Some(mend) = text.mends.iter().find(writable) {
                chosen.push((at, mend.edits.iter().collect()));
            }
        }
        if chosen.is_empty() {
            return false;
        }
        match self.edited(result, &chosen, config) {
            Ok(file) => {
                self.file = file;
                self.changed.extend(chosen.iter().map(|(at, _)| at));
                true
            }
            Err(reason) => {
                self.refused = Some(reason);
                false
            }
        }
    }

    /// The file with the edits made, if its texts are then the intended ones.
    fn edited(
        &self,
        result: &FileResult,
        chosen: &[(usize, Vec<&FileEdit>)],
        config: &Config,
    ) -> Result<File, String> {
        let mut edits: Vec<_> = chosen.iter().flat_map(|(_, edits)| edits).collect();
        edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
        // What two sources read is edited once.
        edits.dedup_by(|one, other| one.span == other.span && one.written == other.written);
        let mut source = String::with_capacity(result.source.len());
        let mut at = 0;
        for edit in edits {
            let (Some(kept), Some(written)) = (
                result.source.get(at..edit.span.start),
                edit.written.as_deref(),
            ) else {
                return Err("two edits meet; make one of them by hand first".to_owned());
            };
            source += kept;
            source += written;
            at = edit.span.end;
        }
        source += result.source.get(at..).unwrap_or_default();
        let mut intended: Vec<String> = result
            .texts
            .iter()
            .map(|text| text.text.decoded.text().to_owned())
            .collect();
        for (at, edits) in chosen {
            if let (Some(intended), Some(text)) = (intended.get_mut(*at), result.texts.get(*at)) {
                *intended = text
                    .text
                    .decoded
                    .with(edits.iter().map(|edit| (&edit.span, &*edit.after)));
            }
        }
        let file = self
            .planned
            .file(config, self.with_bom(&source).into_bytes());
        let read = file.texts.iter().map(|keyed| keyed.text.decoded.text());
        let same_keys = file.texts.iter().map(|keyed| (&keyed.key, &keyed.locale));
        let keys = result.texts.iter().map(|text| (&text.key, &text.locale));
        if read.eq(intended.iter().map(String::as_str))
            && same_keys.eq(keys)
            && file.faults.len() == self.file.faults.len()
        {
            Ok(file)
        } else {
            Err(
                "not changed, since its texts, read again, would not be the intended ones; make the \
                 edits that `septet check` shows by hand"
                    .to_owned(),
            )
        }
    }

    fn with_bom(&self, source: &str) -> String {
        if self.file.has_bom {
            format!("\u{FEFF}{source}")
        } else {
            source.to_owned()
        }
    }

    fn write(&self, root: &Path) -> Result<(), Failure> {
        let Some(path) = &self.file.disk else {
            return Ok(());
        };
        let failure = |error: &dyn core::fmt::Display| {
            let shown = seen(&self.file.shown);
            Failure::new(format!("{shown}: {error}"))
        };
        let now = fs::read(path).map_err(|error| failure(&error))?;
        if now != self.with_bom(&self.original).into_bytes() {
            return Err(failure(
                &"it was changed by someone else meanwhile; run septet fix again",
            ));
        }
        let fixed = self.with_bom(&self.file.source);
        write::atomically(path, root, fixed.as_bytes()).map_err(|error| failure(&error))
    }
}

fn unified(fixed: &Fixed) -> String {
    let name = &fixed.file.shown;
    let (before, after) = (
        fixed.with_bom(&fixed.original),
        fixed.with_bom(&fixed.file.source),
    );
    // A carriage return alone ends no line for `git apply`.
    let [old, new] = [&before, &after].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    TextDiff::configure()
        .newline_terminated(true)
        .diff_slices(&old, &new)
        .unified_diff()
        .context_radius(1)
        .header(&quoted("a/", name), &quoted("b/", name))
        .to_string()
}

/// A path as git writes it in a diff: in quotation marks where it holds what would end it, or more.
fn quoted(side: &str, name: &str) -> String {
    let is_special = |byte: &u8| byte.is_ascii_control() || matches!(byte, b'"' | b'\\');
    if !name.as_bytes().iter().any(is_special) {
        return format!("{side}{name}");
    }
    let mut quoted = format!("\"{side}");
    for character in name.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            control if control.is_ascii_control() => {
                quoted += &format!("\\{:03o}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

/// Prints a diff: as it is, for `git apply`, but what a terminal would obey is written out on one.
fn print(diff: &str) -> io::Result<()> {
    let mut out = io::stdout();
    let shown: String = if out.is_terminal() {
        let show = |character| match character {
            '\n' => "\n".to_owned(),
            '\t' => "\t".to_owned(),
            character if is_hidden(character) => visible(character),
            character => character.to_string(),
        };
        diff.chars().map(show).collect()
    } else {
        diff.to_owned()
    };
    out.write_all(shown.as_bytes()).and_then(|()| out.flush())
}
