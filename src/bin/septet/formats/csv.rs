//! CSV with a header: which column holds what.

use crate::text::Parsed;

/// Which columns hold the key, the text and the locale.
#[derive(Clone)]
pub(crate) struct Columns {
    pub(crate) delimiter: u8,
    /// The headers of columns whose values together are the key; empty is the first column that
    /// holds no text.
    pub(crate) key: Vec<String>,
    /// The headers of columns that hold texts, with the locale of each; empty is each column whose
    /// header is a locale, else the column `text`.
    pub(crate) texts: Vec<(String, Option<String>)>,
    /// The header of the column that names the locale of a row; none is the column `locale`, if there
    /// is one.
    pub(crate) locale: Option<String>,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            delimiter: b',',
            key: Vec::new(),
            texts: Vec::new(),
            locale: None,
        }
    }
}

pub(super) fn read(_source: &str, _columns: &Columns) -> Parsed {
    Parsed::default()
}
