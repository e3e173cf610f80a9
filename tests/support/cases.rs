//! How many cases a property is tried with.

use proptest::prelude::ProptestConfig;

/// So many, unless `PROPTEST_CASES` says otherwise. Nothing is written to the tree.
pub(crate) fn cases(number: u32) -> ProptestConfig {
    let mut config = ProptestConfig {
        failure_persistence: None,
        max_global_rejects: 1 << 20,
        ..ProptestConfig::default()
    };
    // The default has read the variable already.
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = number;
    }
    config
}
