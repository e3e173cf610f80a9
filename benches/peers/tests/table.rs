//! The table of `RIVALS.md` and the tests behind it hold the same names.

use std::collections::BTreeSet;

#[test]
fn every_row_has_its_test_and_every_test_its_row() {
    let tests: BTreeSet<_> = include_str!("rivals.rs")
        .split("#[test]\nfn ")
        .skip(1)
        .filter_map(|test| test.split_once('(').map(|(name, _)| name))
        .collect();
    let rows: BTreeSet<_> = include_str!("../RIVALS.md")
        .lines()
        .filter_map(|row| row.strip_suffix("` |"))
        .filter_map(|row| row.rsplit_once('`').map(|(_, name)| name))
        .collect();
    assert_eq!(rows, tests);
}

#[test]
fn the_readme_shows_rows_of_the_table() {
    let table = include_str!("../RIVALS.md");
    let rows: Vec<_> = include_str!("../../../README.md")
        .lines()
        .skip_while(|line| *line != "## What rivals get wrong")
        .take_while(|line| *line != "## What septet is not")
        .filter(|row| row.starts_with("| ") && row.ends_with("` |"))
        .collect();
    assert!(rows.len() > 10, "{} rows", rows.len());
    for row in rows {
        assert!(table.lines().any(|known| known == row), "{row}");
    }
}
