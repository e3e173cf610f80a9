//! What can a placeholder become?

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::alphabet::default_cost;

/// The characters that a value can be made of.
///
/// ```
/// use septet::template::CharacterSet;
/// let code = CharacterSet::DIGITS.exactly(6);
/// let name = CharacterSet::GSM7.up_to(30);
/// let hex = CharacterSet::given("0123456789abcdef")?.between(8, 16)?;
/// # Ok::<_, septet::template::InvalidValues>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct CharacterSet(Set);

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Set {
    Digits,
    AsciiAlphanumeric,
    Gsm7Basic,
    Gsm7,
    Bmp,
    Any,
    /// Sorted, without repeats, at least one.
    Given(Vec<char>),
}

impl Set {
    /// Whether some character is outside GSM-7.
    pub(super) fn forces_ucs2(&self) -> bool {
        match self {
            Self::Digits | Self::AsciiAlphanumeric | Self::Gsm7Basic | Self::Gsm7 => false,
            Self::Bmp | Self::Any => true,
            Self::Given(characters) => characters.iter().any(|c| default_cost(*c) == 0),
        }
    }
}

impl CharacterSet {
    /// The digits `0` to `9`.
    pub const DIGITS: Self = Self(Set::Digits);
    /// ASCII letters and digits.
    pub const ASCII_ALPHANUMERIC: Self = Self(Set::AsciiAlphanumeric);
    /// The basic table of the GSM 7 bit default alphabet but line feed and carriage return: one
    /// septet a character.
    pub const GSM7_BASIC: Self = Self(Set::Gsm7Basic);
    /// The default alphabet and its extension table but line feed, carriage return and form feed: one
    /// or two septets a character.
    pub const GSM7: Self = Self(Set::Gsm7);
    /// Any character up to U+FFFF: one code unit under UCS-2.
    pub const BMP: Self = Self(Set::Bmp);
    /// Any character.
    pub const ANY: Self = Self(Set::Any);

    /// Creates a set of the characters given, in any order.
    ///
    /// # Errors
    ///
    /// Where there are none.
    pub fn given(characters: &str) -> Result<Self, InvalidValues> {
        let mut characters: Vec<char> = characters.chars().collect();
        characters.sort_unstable();
        characters.dedup();
        if characters.is_empty() {
            return Err(InvalidValues::NoCharacters);
        }
        Ok(Self(Set::Given(characters)))
    }

    /// Creates the values of exactly so many characters (scalar values).
    #[must_use]
    pub fn exactly(self, length: u16) -> ValueSet {
        ValueSet::new(Kind::Characters {
            set: self.0,
            least: length,
            greatest: length,
        })
    }

    /// Creates the values of up to so many characters (scalar values), the empty one included.
    #[must_use]
    pub fn up_to(self, greatest: u16) -> ValueSet {
        ValueSet::new(Kind::Characters {
            set: self.0,
            least: 0,
            greatest,
        })
    }

    /// Creates the values of `least` to `greatest` characters (scalar values).
    ///
    /// # Errors
    ///
    /// Where `least` is more than `greatest`.
    pub fn between(self, least: u16, greatest: u16) -> Result<ValueSet, InvalidValues> {
        if least > greatest {
            return Err(InvalidValues::Lengths { least, greatest });
        }
        Ok(ValueSet::new(Kind::Characters {
            set: self.0,
            least,
            greatest,
        }))
    }

    /// Returns the name that data and the command line use: `digits`, `ascii-alphanumeric`,
    /// `gsm7-basic`, `gsm7`, `bmp`, `any` or `given`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match &self.0 {
            Set::Digits => "digits",
            Set::AsciiAlphanumeric => "ascii-alphanumeric",
            Set::Gsm7Basic => "gsm7-basic",
            Set::Gsm7 => "gsm7",
            Set::Bmp => "bmp",
            Set::Any => "any",
            Set::Given(_) => "given",
        }
    }
}

impl fmt::Debug for CharacterSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The values that a placeholder can take: so many characters of a set, or one of a list; and a
/// typical one.
///
/// ```
/// use septet::template::{CharacterSet, ValueSet};
/// let name = CharacterSet::GSM7.up_to(30).typical("Example Bank");
/// let place = ValueSet::list(["Oslo", "Zürich", "İstanbul"])?;
/// assert_eq!(name.lengths(), Some(0..=30));
/// assert_eq!(place.values().count(), 3);
/// # Ok::<_, septet::template::InvalidValues>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct ValueSet {
    kind: Kind,
    typical: Option<String>,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Characters {
        set: Set,
        least: u16,
        greatest: u16,
    },
    /// At least one.
    List(Vec<String>),
}

impl ValueSet {
    const fn new(kind: Kind) -> Self {
        Self {
            kind,
            typical: None,
        }
    }

    /// Creates a set of these values and no others.
    ///
    /// # Errors
    ///
    /// Where there are none.
    pub fn list<I>(values: I) -> Result<Self, InvalidValues>
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        if values.is_empty() {
            return Err(InvalidValues::EmptyList);
        }
        Ok(Self::new(Kind::List(values)))
    }

    /// Sets a typical value. It need not be one of the set, and the typical cost is then not bounded by
    /// the best and the worst.
    #[must_use]
    pub fn typical(mut self, value: impl Into<String>) -> Self {
        self.typical = Some(value.into());
        self
    }

    /// Returns the typical value that was set.
    #[must_use]
    pub fn get_typical(&self) -> Option<&str> {
        self.typical.as_deref()
    }

    /// Returns the set's lengths in characters (scalar values), or `None` for a list.
    #[must_use]
    pub const fn lengths(&self) -> Option<core::ops::RangeInclusive<u16>> {
        match self.kind {
            Kind::Characters {
                least, greatest, ..
            } => Some(least..=greatest),
            Kind::List(_) => None,
        }
    }

    /// Returns the values of a list, in order; of other sets none.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &str> {
        let values: &[String] = match &self.kind {
            Kind::List(values) => values,
            Kind::Characters { .. } => &[],
        };
        values.iter().map(String::as_str)
    }

    pub(super) const fn kind(&self) -> &Kind {
        &self.kind
    }
}

/// Shows kinds and lengths, no values.
impl fmt::Debug for ValueSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Characters {
                set,
                least,
                greatest,
            } => f
                .debug_struct("ValueSet")
                .field("characters", &CharacterSet(set.clone()))
                .field("lengths", &(least..=greatest))
                .finish(),
            Kind::List(values) => f
                .debug_struct("ValueSet")
                .field("list", &values.len())
                .finish(),
        }
    }
}

/// A set of values that holds none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidValues {
    /// A set of given characters without any.
    #[error("a set of characters needs at least one")]
    NoCharacters,
    /// A list without values.
    #[error("a list of values needs at least one; the empty value is one")]
    EmptyList,
    /// A least length above the greatest.
    #[error("the least length is {least}, which is more than the greatest, {greatest}")]
    #[non_exhaustive]
    Lengths {
        /// The least length, in characters.
        least: u16,
        /// The greatest length, in characters.
        greatest: u16,
    },
}

/// What is known of the values of a template's placeholders, by name.
///
/// A placeholder has the same value wherever it stands. One that is not declared can be anything:
/// see [`Bounds`](super::Bounds).
///
/// ```
/// use septet::template::{CharacterSet, Values};
/// let values = Values::new()
///     .with("code", CharacterSet::DIGITS.exactly(6))
///     .with("org.name", CharacterSet::GSM7.up_to(30));
/// assert!(values.get("code").is_some());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Values {
    sets: BTreeMap<String, ValueSet>,
    repeats: Option<u32>,
}

impl Values {
    /// Creates an empty declaration.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            sets: BTreeMap::new(),
            repeats: None,
        }
    }

    /// Declares the values of a placeholder, in place of what was declared before.
    #[must_use]
    pub fn with(mut self, name: &str, set: ValueSet) -> Self {
        self.sets.insert(name.to_owned(), set);
        self
    }

    /// Declares how often each loop of the template runs at most. Undeclared, loops have no bound.
    #[must_use]
    pub const fn with_repeats(mut self, most: u32) -> Self {
        self.repeats = Some(most);
        self
    }

    /// Returns what is declared of a placeholder.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&ValueSet> {
        self.sets.get(name)
    }

    /// Returns how often each loop runs at most.
    #[must_use]
    pub const fn repeats(&self) -> Option<u32> {
        self.repeats
    }

    /// Returns the placeholders declared, by name, with their sets.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &ValueSet)> {
        self.sets.iter().map(|(name, set)| (name.as_str(), set))
    }
}
