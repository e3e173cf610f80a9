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
