//! What the tests of formats share.

use core::fmt::Debug;

use proptest::prelude::ProptestConfig;
use proptest::strategy::{Just, Strategy, Union};

use crate::text::{Parsed, Text};

/// As many cases as `PROPTEST_CASES` says, or 256. Nothing is written to the tree.
pub(super) fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        max_global_rejects: 1 << 20,
        ..ProptestConfig::default()
    }
}

/// One of some values.
pub(super) fn one_of<T: Clone + Debug + 'static>(
    values: &[T],
) -> impl Strategy<Value = T> + use<T> {
    Union::new(values.iter().cloned().map(Just))
}

/// Texts as key, locale and text, where nothing was at fault.
pub(super) fn texts(parsed: &Parsed) -> Vec<(String, Option<&str>, &str)> {
    assert_eq!(parsed.faults, []);
    let texts = parsed.texts.iter();
    let texts = texts.map(|text| {
        (
            text.path.join("."),
            text.locale.as_deref(),
            text.decoded.text(),
        )
    });
    texts.collect()
}

/// Each fault as what stands at its place, and the message.
pub(super) fn faults<'a>(parsed: &'a Parsed, source: &'a str) -> Vec<(&'a str, &'a str)> {
    let faults = parsed.faults.iter();
    let faults = faults.map(|fault| (&source[fault.at.clone()], fault.message.as_str()));
    faults.collect()
}

/// Cuts out where each character of a text was read from, and reads that for itself.
pub(super) fn check_places(source: &str, text: &Text, decode: impl Fn(&str) -> String) {
    for (at, character) in text.decoded.text().char_indices() {
        let place = text.decoded.source(at..at + character.len_utf8());
        assert!(text.literal.start <= place.start && place.end <= text.literal.end);
        assert_eq!(decode(&source[place]), character.to_string());
    }
}

/// Checks that whatever was read lies within the file.
pub(super) fn check_bounds(parsed: &Parsed, source: &str) {
    let literals = parsed.texts.iter().map(|text| &text.literal);
    let faults = parsed.faults.iter().map(|fault| &fault.at);
    let comments = parsed.comments.iter().map(|comment| &comment.at);
    for place in literals.chain(faults).chain(comments) {
        assert!(source.get(place.clone()).is_some(), "{place:?}");
    }
}
