//! By what does a service know a finding again?

use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::label;
use crate::json::hex_digits;
use crate::results::{FileResult, Found};

/// Makes fingerprints, no two of them the same.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: HashMap<[u8; 32], u64>,
}

impl Fingerprints {
    /// The fingerprint of a finding, as hexadecimal digits. It is of the rule, the path, the key, the
    /// locale and the text, and not of the place: lines that move keep it. Where the same repeats, a
    /// number tells one from the other.
    pub(super) fn of(&mut self, file: &FileResult, found: &Found) -> String {
        let (path, ..) = file.place(found);
        let about = file.text_of(found);
        let label = about.map(label).unwrap_or_default();
        let text = about.map_or(&*found.message, |text| text.text.decoded.text());
        let mut hash = Sha256::new();
        for part in [found.rule.name(), path, &label, text] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        let plain: [u8; 32] = hash.finalize().into();
        let before = self.seen.entry(plain).or_default();
        let digest = match *before {
            0 => plain,
            number => Sha256::new()
                .chain_update(plain)
                .chain_update(number.to_be_bytes())
                .finalize()
                .into(),
        };
        *before += 1;
        hex_digits(&digest)
    }
}

#[cfg(test)]
mod tests {
    use septet::template::Severity;

    use super::super::samples::{self, Sample};
    use super::*;
    use crate::lines::Lines;

    fn first(file: &FileResult) -> String {
        Fingerprints::default().of(file, &file.findings[0])
    }

    fn sample(path: &str, key: &str, locale: Option<&str>, text: &str) -> FileResult {
        let mut results = samples::named(path, key, locale, "message");
        let mut file = results.files.remove(0);
        file.texts = samples::file(path, &[Sample { key, locale, text }]).texts;
        file
    }

    #[test]
    fn lines_that_move_keep_it() {
        let mut file = sample("a", "key", Some("fr"), "text");
        let before = first(&file);
        assert_eq!(before.len(), 64);
        file.source.insert_str(0, "\n\n");
        file.lines = Lines::of(&file.source);
        file.findings[0].span = 4..5;
        assert_eq!(first(&file), before);
    }

    #[test]
    fn what_tells_findings_apart_changes_it() {
        let base = sample("a", "key", Some("fr"), "text");
        let mut others = vec![
            sample("b", "key", Some("fr"), "text"),
            sample("a", "kez", Some("fr"), "text"),
            sample("a", "key", Some("de"), "text"),
            sample("a", "key", None, "text"),
            sample("a", "key", Some("fr"), "texu"),
            // Parts do not run into each other.
            sample("ak", "ey", Some("fr"), "text"),
            sample("a", "key", Some("fr"), "text"),
        ];
        let other = others.last_mut().unwrap();
        other.findings[0].rule = crate::rule::Rule::all().next().unwrap();
        for other in others {
            assert_ne!(first(&base), first(&other));
        }
    }

    #[test]
    fn the_same_twice_is_told_apart_by_its_number() {
        let results = samples::many(3, Severity::Error);
        let make = || {
            let mut fingerprints = Fingerprints::default();
            let file = &results.files[0];
            let findings = file.findings.iter();
            findings
                .map(|found| fingerprints.of(file, found))
                .collect::<Vec<_>>()
        };
        let once = make();
        assert_eq!(once, make());
        assert!(once[0] != once[1] && once[1] != once[2] && once[0] != once[2]);
        assert_eq!(once[0], first(&results.files[0]));
    }
}
