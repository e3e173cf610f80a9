//! JSON, as one document and as lines.

use crate::results::Results;

pub(super) fn document(_results: &Results) -> Vec<u8> {
    Vec::new()
}

pub(super) fn lines(_results: &Results) -> Vec<u8> {
    Vec::new()
}
