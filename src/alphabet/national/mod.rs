//! One file per language, data only. TS 23.038 Annex A; every cell compared with `tests/data/gsm7-tables.tsv`.

pub(super) mod bengali;
pub(super) mod gujarati;
pub(super) mod hindi;
pub(super) mod kannada;
pub(super) mod malayalam;
pub(super) mod oriya;
pub(super) mod portuguese;
pub(super) mod punjabi;
pub(super) mod spanish;
pub(super) mod tamil;
pub(super) mod telugu;
pub(super) mod turkish;
pub(super) mod urdu;
