//! Octets as hexadecimal digits, in data.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Octets, written in lower case and read in either.
pub(crate) struct Hex(pub(crate) Vec<u8>);

impl Serialize for Hex {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = String::with_capacity(2 * self.0.len());
        for octet in &self.0 {
            // Writing to a string does not fail.
            let _ = write!(digits, "{octet:02x}");
        }
        serializer.serialize_str(&digits)
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = String::deserialize(deserializer)?;
        let (pairs, rest) = digits.as_bytes().as_chunks();
        if !rest.is_empty() {
            return Err(D::Error::custom("an odd number of hexadecimal digits"));
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let octets = pairs.iter().enumerate().map(|(at, [high, low])| {
            // Two digits make at most 255.
            digit(*high)
                .zip(digit(*low))
                .map(|(high, low)| (high * 16 + low) as u8)
                .ok_or(at * 2)
        });
        octets
            .collect::<Result<_, _>>()
            .map(Self)
            .map_err(|at| D::Error::custom(format_args!("not two hexadecimal digits at byte {at}")))
    }
}
