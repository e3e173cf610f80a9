//! `septet check` and its kin, as their users meet them: arguments, files, output and exit status.

#![cfg(feature = "cli")]

#[path = "support/binary.rs"]
mod binary;

use std::path::Path;

use binary::{Folder, Run, septet_in};
use snapbox::{Data, assert_data_eq};

/// The catalogues that the README shows.
fn examples() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/templates"))
}

/// Compares a run with the transcript of its name; `SNAPSHOTS=overwrite` writes it anew.
#[track_caller]
fn assert_transcript(name: &str, run: &Run) {
    let path = format!("{}/tests/transcripts/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    assert_data_eq!(run.transcript(), Data::read_from(Path::new(&path), None).raw());
}
