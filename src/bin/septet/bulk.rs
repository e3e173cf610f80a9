//! Many lines: on all cores, in order, in memory that only the longest line adds to.

use core::fmt;
use std::io::{self, BufRead, IsTerminal};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;

use crate::output::Output;
use crate::source::Source;
use crate::{Failure, Status};

/// Lines that one core takes at a time.
const SHARE: usize = 256;

/// Lines whose results are in memory at a time: those of a short line are hundreds of times as long.
const AT_ONCE: usize = 32 * SHARE;

/// What a line gave: the bytes for each output, in the order of the outputs.
pub(crate) struct Results {
    pub(crate) outputs: Vec<Vec<u8>>,
    /// Whether a line could not be read.
    pub(crate) failed: bool,
}

impl Results {
    pub(crate) fn new(outputs: usize) -> Self {
        Self {
            outputs: vec![Vec::new(); outputs],
            failed: false,
        }
    }
}

/// Where a line stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// What to say before the line's number: the source, where there are several.
    source: &'a str,
    number: usize,
}

impl Place<'_> {
    const fn plus(self, lines: usize) -> Self {
        Self {
            number: self.number + lines,
            ..self
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}line {}", self.source, self.number)
    }
}

/// Works on each line of the sources, without its end, on all cores.
pub(crate) fn parallel(
    sources: &[Source],
    outputs: &mut [Output],
    work: impl Fn(Place<'_>, &[u8], &mut Results) + Sync,
) -> Status {
    let count = outputs.len();
    batches(sources, outputs, |first, lines| {
        let shares = lines.par_chunks(SHARE).enumerate().map(|(share, lines)| {
            let mut results = Results::new(count);
            for (at, line) in lines.iter().enumerate() {
                work(first.plus(share * SHARE + at), line, &mut results);
            }
            results
        });
        shares.collect()
    })
}

/// Works on each line of the sources one after the other, and once more at the end, without a line.
pub(crate) fn sequential(
    sources: &[Source],
    outputs: &mut [Output],
    mut work: impl FnMut(Place<'_>, Option<&[u8]>, &mut Results),
) -> Status {
    let count = outputs.len();
    batches(sources, outputs, |first, lines| {
        let mut results = Results::new(count);
        for (at, line) in lines.iter().enumerate() {
            work(first.plus(at), Some(line), &mut results);
        }
        if lines.is_empty() {
            work(first, None, &mut results);
        }
        vec![results]
    })
}

/// Writes what came of input that is no lines.
pub(crate) fn write(results: Results, outputs: &mut [Output]) -> Status {
    for (output, bytes) in outputs.iter_mut().zip(results.outputs) {
        output.write(&bytes);
    }
    if !results.failed {
        return Status::Clean;
    }
    complain();
    Status::Incomplete
}

fn complain() {
    Failure::new("some of the input could not be read or joined; an error stands in its place")
        .complain();
}

/// Reads batches of whole lines ahead of the work, and writes what it returns in order. The last
/// batch of all has no lines. What cannot be read or written does not keep the rest from being done.
fn batches(
    sources: &[Source],
    outputs: &mut [Output],
    mut work: impl FnMut(Place<'_>, &[&[u8]]) -> Vec<Results>,
) -> Status {
    let mut status = Status::Clean;
    let terminal = outputs.iter().any(|output| output.terminal);
    let mut take = |first: Place<'_>, lines: &[&[u8]], outputs: &mut [Output]| {
        for results in work(first, lines) {
            if results.failed {
                status = Status::Incomplete;
            }
            for (output, bytes) in outputs.iter_mut().zip(results.outputs) {
                output.write(&bytes);
            }
        }
        outputs.iter_mut().for_each(Output::flush);
        outputs.iter().any(Output::is_open)
    };
    let mut unreadable = false;
    for source in sources {
        let name = if sources.len() > 1 {
            format!("{}, ", source.name())
        } else {
            String::new()
        };
        let result = source.open().and_then(|(reader, length)| {
            let progress = progress(length, terminal);
            // Not waited for: it may hang in a read when nobody wants its batches any longer.
            let (sender, receiver) = sync_channel(1);
            thread::spawn(move || read_ahead(reader, |batch| sender.send(batch).is_ok()));
            let mut first = Place {
                source: &name,
                number: 1,
            };
            let result = each_batch(receiver, |batch| {
                let batch = batch.map_err(|error| source.failure(&error))?;
                progress.inc(batch.len() as u64);
                let whole = batch.strip_suffix(b"\n").unwrap_or(&batch);
                let lines: Vec<&[u8]> = whole.split(|byte| *byte == b'\n').collect();
                for lines in lines.chunks(AT_ONCE) {
                    if !take(first, lines, outputs) {
                        return Ok(false);
                    }
                    first = first.plus(lines.len());
                }
                Ok(true)
            });
            progress.finish_and_clear();
            result
        });
        match result {
            Ok(true) => {}
            Ok(false) => break,
            Err(failure) => {
                failure.complain();
                unreadable = true;
            }
        }
    }
    take(
        Place {
            source: "",
            number: 0,
        },
        &[],
        outputs,
    );
    if status == Status::Incomplete {
        complain();
    }
    if unreadable || outputs.iter().any(Output::has_failed) {
        Status::Incomplete
    } else {
        status
    }
}

/// Takes batches until there are none, or one says to stop.
fn each_batch(
    receiver: Receiver<io::Result<Vec<u8>>>,
    mut take: impl FnMut(io::Result<Vec<u8>>) -> Result<bool, Failure>,
) -> Result<bool, Failure> {
    for batch in receiver {
        if !take(batch)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Reads batches that end with a line, until the input ends or nobody wants them. A batch is what
/// one read gives, so that a slow writer's lines are answered as they come.
fn read_ahead(mut reader: Box<dyn BufRead + Send>, send: impl Fn(io::Result<Vec<u8>>) -> bool) {
    loop {
        let batch = read_batch(&mut *reader);
        let last = batch.as_ref().map_or(true, Vec::is_empty);
        if batch.as_ref().is_ok_and(Vec::is_empty) || !send(batch) || last {
            return;
        }
    }
}

fn read_batch(reader: &mut dyn BufRead) -> io::Result<Vec<u8>> {
    let mut batch = reader.fill_buf()?.to_vec();
    reader.consume(batch.len());
    if batch.last().is_some_and(|byte| *byte != b'\n') {
        reader.read_until(b'\n', &mut batch)?;
    }
    Ok(batch)
}

/// A progress bar where somebody watches standard error and no results go there.
fn progress(length: Option<u64>, terminal: bool) -> ProgressBar {
    if !io::stderr().is_terminal() || terminal {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::stderr());
    let template = match length {
        Some(_) => "{wide_bar} {bytes}/{total_bytes} {eta}",
        None => "{spinner} {bytes} {bytes_per_sec}",
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
