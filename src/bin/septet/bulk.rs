//! Many lines: on all cores, in order, in constant memory.

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

/// What a line gave: the bytes for each output, in the order of the outputs.
pub(crate) struct Results {
    pub(crate) outputs: Vec<Vec<u8>>,
    /// Whether a line could not be read.
    pub(crate) failed: bool,
}

impl Results {
    fn new(outputs: usize) -> Self {
        Self {
            outputs: vec![Vec::new(); outputs],
            failed: false,
        }
    }
}

/// Works on each line of the sources on all cores. `work` gets the line's number, from 1 in each
/// source, and the line without its end.
pub(crate) fn parallel(
    sources: &[Source],
    outputs: Vec<Output>,
    work: impl Fn(usize, &[u8], &mut Results) + Sync,
) -> Result<Status, Failure> {
    let count = outputs.len();
    batches(sources, outputs, |first, lines| {
        let shares = lines.par_chunks(SHARE).enumerate().map(|(share, lines)| {
            let mut results = Results::new(count);
            for (at, line) in lines.iter().enumerate() {
                work(first + share * SHARE + at, line, &mut results);
            }
            results
        });
        shares.collect()
    })
}

/// Works on each line of the sources one after the other, and once more at the end, without a line.
pub(crate) fn sequential(
    sources: &[Source],
    outputs: Vec<Output>,
    mut work: impl FnMut(usize, Option<&[u8]>, &mut Results),
) -> Result<Status, Failure> {
    let count = outputs.len();
    batches(sources, outputs, |first, lines| {
        let mut results = Results::new(count);
        for (at, line) in lines.iter().enumerate() {
            work(first + at, Some(line), &mut results);
        }
        if lines.is_empty() {
            work(first, None, &mut results);
        }
        vec![results]
    })
}

/// Reads batches of whole lines ahead of the work, and writes what it returns in order. The last
/// batch of all has no lines.
fn batches(
    sources: &[Source],
    mut outputs: Vec<Output>,
    mut work: impl FnMut(usize, &[&[u8]]) -> Vec<Results>,
) -> Result<Status, Failure> {
    let mut status = Status::Clean;
    let mut take = |first: usize, lines: &[&[u8]], outputs: &mut [Output]| {
        for results in work(first, lines) {
            if results.failed {
                status = Status::Incomplete;
            }
            for (output, bytes) in outputs.iter_mut().zip(results.outputs) {
                if !output.write(&bytes)? {
                    return Ok(false);
                }
            }
        }
        for output in outputs {
            output.flush()?;
        }
        Ok(true)
    };
    let terminal = outputs.iter().any(|output| output.terminal);
    // A source that cannot be read does not keep the others from being done.
    let mut unreadable = None;
    'sources: for source in sources {
        let (reader, length) = match source.open() {
            Ok(opened) => opened,
            Err(failure) => {
                unreadable = Some(failure);
                continue;
            }
        };
        let progress = progress(length, terminal);
        let mut first = 1;
        let result = thread::scope(|scope| {
            let (sender, receiver) = sync_channel(1);
            scope.spawn(move || read_ahead(reader, |batch| sender.send(batch).is_ok()));
            each_batch(receiver, |batch| {
                let batch = batch.map_err(|error| source.failure(&error))?;
                progress.inc(batch.len() as u64);
                let whole = batch.strip_suffix(b"\n").unwrap_or(&batch);
                let lines: Vec<&[u8]> = whole.split(|byte| *byte == b'\n').collect();
                let go_on = take(first, &lines, &mut outputs);
                first += lines.len();
                go_on
            })
        });
        progress.finish_and_clear();
        match result {
            Ok(true) => {}
            Ok(false) => break 'sources,
            Err(failure) => unreadable = Some(failure),
        }
    }
    take(0, &[], &mut outputs)?;
    unreadable.map_or(Ok(status), Err)
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
