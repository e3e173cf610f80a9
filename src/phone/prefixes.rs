//! Reads a list of prefixes, and shows none of what is no list: serde's own errors quote what they find,
//! which may be a number.

use alloc::vec::Vec;
use core::fmt;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::country::NumberPrefix;

/// Reads a list of prefixes.
pub(super) fn prefixes<'de, D>(deserializer: D) -> Result<Vec<NumberPrefix>, D::Error>
where
    D: Deserializer<'de>,
{
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(List)
    } else {
        deserializer.deserialize_seq(List)
    }
}

struct List;

const A_LIST: &str = "something else than a list; write it between brackets";

impl<'de> Visitor<'de> for List {
    type Value = Vec<NumberPrefix>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<NumberPrefix>, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Vec<NumberPrefix>, A::Error> {
        Err(A::Error::custom(A_LIST))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Vec<NumberPrefix>, E> {
        Err(E::custom(A_LIST))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Vec<NumberPrefix>, E> {
        Err(E::custom(A_LIST))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Vec<NumberPrefix>, E> {
        Err(E::custom(A_LIST))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Vec<NumberPrefix>, E> {
        Err(E::custom(A_LIST))
    }
}
