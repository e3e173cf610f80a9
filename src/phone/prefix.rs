//! What do numbers begin with?

use core::fmt;
use core::str::FromStr;

#[cfg(feature = "serde")]
use alloc::vec::Vec;

#[cfg(feature = "serde")]
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::telephony::E164;

/// The digits that numbers begin with, in the form of E.164: a whole number, or what a thousand of
/// them share. Mind that a calling code alone is a prefix too.
///
/// `Debug` shows the number of digits.
///
/// ```
/// use septet::phone::NumberPrefix;
/// let prefix: NumberPrefix = "+1650253".parse()?;
/// assert!(prefix.is_of("+16502530000".parse().unwrap()));
/// assert!(!prefix.is_of("+16502540000".parse().unwrap()));
/// # Ok::<_, septet::phone::InvalidPrefix>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct NumberPrefix(E164);

impl NumberPrefix {
    /// Whether a number begins with it.
    pub fn is_of(&self, number: E164) -> bool {
        number.as_str().starts_with(self.0.as_str())
    }

    /// Returns the prefix with `+` in front.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for NumberPrefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NumberPrefix({} digits)", self.0.digits().len())
    }
}

impl FromStr for NumberPrefix {
    type Err = InvalidPrefix;

    fn from_str(prefix: &str) -> Result<Self, InvalidPrefix> {
        prefix.parse().map(Self).map_err(|_| InvalidPrefix)
    }
}

/// A string is no prefix of numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no number or prefix of numbers; write `+` and 2 to 15 digits, calling code first")]
#[non_exhaustive]
pub struct InvalidPrefix;

#[cfg(feature = "serde")]
impl serde::Serialize for NumberPrefix {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for NumberPrefix {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::telephony::parsed(deserializer)
    }
}

/// Reads a list of prefixes, and shows none of what is no list: serde's own errors quote what they find,
/// which may be a number.
#[cfg(feature = "serde")]
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

#[cfg(feature = "serde")]
struct List;

#[cfg(feature = "serde")]
const A_LIST: &str = "something else than a list; write it between brackets";

#[cfg(feature = "serde")]
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
