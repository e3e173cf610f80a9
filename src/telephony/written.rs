//! Reads what is written as a string, and shows none of it where it is something else: serde's own errors
//! quote what they find, which may be a number.

use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;

use serde::de::{Deserializer, Error, Visitor};

/// Reads a string that parses.
pub(crate) fn parsed<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr<Err: fmt::Display>,
    D: Deserializer<'de>,
{
    // A format that says what it holds would quote that if it were asked for a string.
    if deserializer.is_human_readable() {
        deserializer.deserialize_any(Parsed(PhantomData))
    } else {
        deserializer.deserialize_str(Parsed(PhantomData))
    }
}

struct Parsed<T>(PhantomData<T>);

const A_STRING: &str = "something else than a string; write it between quotes";

impl<'de, T: FromStr<Err: fmt::Display>> Visitor<'de> for Parsed<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, written: &str) -> Result<T, E> {
        written.parse().map_err(E::custom)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<T, E> {
        Err(E::custom(A_STRING))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<T, E> {
        Err(E::custom(A_STRING))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<T, E> {
        Err(E::custom(A_STRING))
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<T, E> {
        Err(E::custom(A_STRING))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<T, E> {
        Err(E::custom(A_STRING))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<T, E> {
        Err(E::custom(A_STRING))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<T, E> {
        Err(E::custom(A_STRING))
    }
}
