//! github

use crate::results::Results;

pub(super) fn write(_results: &Results) -> Vec<u8> {
    Vec::new()
}
