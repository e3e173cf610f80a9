//! properties

use crate::text::Parsed;

pub(super) fn read(_source: &str) -> Parsed {
    Parsed::default()
}
