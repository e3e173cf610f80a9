//! What stands in a configuration, and what is wrong with it: every mistake is kept with its place.

use core::fmt::Display;
use core::ops::{Range, RangeInclusive};
use core::str::FromStr;

use clap::ValueEnum;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::market::{self, Slip};
use crate::nearest::nearest;

pub(crate) type Value<'v> = Spanned<DeValue<'v>>;

/// Reads the value of a key.
pub(crate) type Set<T> = fn(&mut Reader, &Value<'_>, &mut T);

/// The keys that a table may have, and what reads the value of each. What a key means, whether it is
/// known, which one is meant by a slip, and what the schema must have, is all taken from here.
pub(crate) type Keys<T> = &'static [(&'static str, Set<T>)];

/// Something wrong at a place of the configuration.
pub(crate) struct Mistake {
    /// Bytes of the file.
    pub(crate) at: Range<usize>,
    pub(crate) what: String,
    /// What to do.
    pub(crate) help: String,
}

pub(crate) struct Reader {
    pub(crate) mistakes: Vec<Mistake>,
    /// The keys that stand before the first section.
    top: Vec<&'static str>,
}

/// Keys that a table has beside its own, and the part of what is read that they are about.
pub(crate) type Beside<T, S> = (Keys<S>, fn(&mut T) -> &mut S);

impl Reader {
    pub(crate) fn new(top: impl Iterator<Item = &'static str>) -> Self {
        Self {
            mistakes: Vec::new(),
            top: top.collect(),
        }
    }

    pub(crate) fn mistake(
        &mut self,
        at: Range<usize>,
        what: impl Into<String>,
        help: impl Into<String>,
    ) {
        let (what, help) = (what.into(), help.into());
        self.mistakes.push(Mistake { at, what, help });
    }

    /// Reads a whole file; nothing where it is no TOML.
    pub(crate) fn parse<'v>(&mut self, text: &'v str) -> Option<DeTable<'v>> {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            self.mistake(
                error.span().unwrap_or_default(),
                format!("this is no TOML: {}", error.message()),
                "mend this first; what the keys say is read after that",
            );
        }
        errors.is_empty().then(|| table.into_inner())
    }

    /// Says that a value is of another type than the key has.
    pub(crate) fn unexpected<T>(
        &mut self,
        value: &Value<'_>,
        wanted: &str,
        help: &str,
    ) -> Option<T> {
        let kind = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.mistake(
            value.span(),
            format!("{wanted} is expected here, and this is {kind}"),
            help,
        );
        None
    }

    /// Reads the keys of a table.
    pub(crate) fn walk<T>(&mut self, table: &DeTable<'_>, keys: Keys<T>, into: &mut T) {
        let beside: Option<Beside<T, T>> = None;
        self.walk_with(table, keys, beside, into);
    }

    /// Reads the keys of a table, which may have others beside its own.
    pub(crate) fn walk_with<T, S: 'static>(
        &mut self,
        table: &DeTable<'_>,
        keys: Keys<T>,
        beside: Option<Beside<T, S>>,
        into: &mut T,
    ) {
        for (key, value) in table {
            let name: &str = key.get_ref();
            let set = keys.iter().find(|(known, _)| *known == name);
            let of_beside = beside.and_then(|(keys, part)| {
                let set = keys.iter().find(|(known, _)| *known == name);
                Some((set?.1, part))
            });
            if let Some((_, set)) = set {
                set(self, value, into);
            } else if let Some((set, part)) = of_beside {
                set(self, value, part(into));
            } else {
                let more = beside.map_or(&[][..], |(keys, _)| keys).iter();
                let known = keys.iter().map(|(known, _)| *known);
                let known: Vec<_> = known.chain(more.map(|(known, _)| *known)).collect();
                let help = if self.top.contains(&name) {
                    "it belongs to the top, before the first section".to_owned()
                } else {
                    meant(name, &known)
                };
                self.mistake(key.span(), format!("no key `{name}` is known here"), help);
            }
        }
    }

    pub(crate) fn table<'t, 'v>(&mut self, value: &'t Value<'v>) -> Option<&'t DeTable<'v>> {
        let table = value.get_ref().as_table();
        table.or_else(|| {
            self.unexpected(
                value,
                "a table",
                "write it as `{ key = value }`, or as a section",
            )
        })
    }

    /// The values of a list, of which there has to be one at least.
    pub(crate) fn list<'t, 'v>(&mut self, value: &'t Value<'v>) -> Option<&'t [Value<'v>]> {
        match value.get_ref() {
            DeValue::Array(list) if list.is_empty() => {
                self.mistake(
                    value.span(),
                    "this list is empty",
                    "leave the key out where nothing is to be said",
                );
                None
            }
            DeValue::Array(list) => Some(list),
            _ => self.unexpected(value, "a list", "write it in brackets, as in `[\"…\"]`"),
        }
    }

    /// A string that holds something.
    pub(crate) fn string<'t>(&mut self, value: &'t Value<'_>) -> Option<&'t str> {
        match value.get_ref().as_str() {
            Some(string) if string.trim().is_empty() => {
                self.mistake(
                    value.span(),
                    "this string is empty",
                    "leave the key out where nothing is to be said",
                );
                None
            }
            Some(string) => Some(string),
            None => self.unexpected(value, "a string", "write it in quotation marks"),
        }
    }

    pub(crate) fn owned(&mut self, value: &Value<'_>) -> Option<String> {
        self.string(value).map(str::to_owned)
    }

    /// The strings of a list; nothing where one of them is wrong.
    pub(crate) fn strings(&mut self, value: &Value<'_>) -> Option<Vec<String>> {
        self.each(value, Self::owned)
    }

    /// The values of a list as a reader of one of them takes them, all or nothing.
    pub(crate) fn each<T>(
        &mut self,
        value: &Value<'_>,
        mut read: impl FnMut(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Option<Vec<T>> {
        // All are read, so that all mistakes are told.
        let read: Vec<_> = self
            .list(value)?
            .iter()
            .map(|value| read(self, value))
            .collect();
        read.into_iter().collect()
    }

    pub(crate) fn boolean(&mut self, value: &Value<'_>) -> Option<bool> {
        let boolean = value.get_ref().as_bool();
        boolean.or_else(|| self.unexpected(value, "true or false", "write it without quotes"))
    }

    /// A whole number within a range.
    pub(crate) fn integer<T: TryFrom<u64>>(
        &mut self,
        value: &Value<'_>,
        range: RangeInclusive<u64>,
    ) -> Option<T> {
        let Some(integer) = value.get_ref().as_integer() else {
            return self.unexpected(
                value,
                "a whole number",
                "write it in digits, without quotes",
            );
        };
        let number = u64::from_str_radix(integer.as_str(), integer.radix()).ok();
        let number = number.filter(|number| range.contains(number));
        let number = number.and_then(|number| T::try_from(number).ok());
        if number.is_none() {
            let (least, most) = (range.start(), range.end());
            self.mistake(
                value.span(),
                "this number is out of range",
                format!("write one from {least} to {most}"),
            );
        }
        number
    }

    /// A word of a string; its reader says what is wrong with it.
    pub(crate) fn word<T>(
        &mut self,
        value: &Value<'_>,
        read: fn(&str) -> Result<T, Slip>,
    ) -> Option<T> {
        let word = self.string(value)?;
        self.slips(value.span(), read(word))
    }

    /// The same of a key.
    pub(crate) fn key<T>(
        &mut self,
        key: &Spanned<DeString<'_>>,
        read: fn(&str) -> Result<T, Slip>,
    ) -> Option<T> {
        self.slips(key.span(), read(key.get_ref()))
    }

    /// What was read, or what is wrong there.
    pub(crate) fn slips<T>(&mut self, at: Range<usize>, read: Result<T, Slip>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(Slip { what, help }) => {
                self.mistake(at, what, help);
                None
            }
        }
    }

    /// An amount in millionths, which may be a number as well: its digits are taken as they are.
    pub(crate) fn amount(&mut self, value: &Value<'_>) -> Option<u64> {
        let written = match value.get_ref() {
            DeValue::String(written) => Some(&**written),
            DeValue::Float(number) => Some(number.as_str()),
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            _ => self.unexpected(value, "a price", "write it as \"0.0079\""),
        };
        self.slips(value.span(), market::amount(written?))
    }

    /// One of some names.
    pub(crate) fn choice<T: Clone>(
        &mut self,
        value: &Value<'_>,
        what: &str,
        names: &[(&str, T)],
    ) -> Option<T> {
        let wanted = self.string(value)?;
        let chosen = names.iter().find(|(name, _)| *name == wanted);
        if chosen.is_none() {
            let names: Vec<_> = names.iter().map(|(name, _)| *name).collect();
            let help = meant(wanted, &names);
            self.mistake(value.span(), format!("there is no {what} `{wanted}`"), help);
        }
        chosen.map(|(_, chosen)| chosen.clone())
    }

    /// One of the words that an option of the command line has too.
    pub(crate) fn variant<E: ValueEnum>(&mut self, value: &Value<'_>, what: &str) -> Option<E> {
        let words: Vec<_> = E::value_variants()
            .iter()
            .filter_map(|variant| Some((variant.to_possible_value()?, variant)))
            .collect();
        let names: Vec<_> = words
            .iter()
            .map(|(word, variant)| (word.get_name(), *variant))
            .collect();
        self.choice(value, what, &names).cloned()
    }

    /// What is read from a string; its error says what is wrong.
    pub(crate) fn parsed<T: FromStr<Err: Display>>(
        &mut self,
        value: &Value<'_>,
        help: &str,
    ) -> Option<T> {
        match self.string(value)?.parse() {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                self.mistake(value.span(), error.to_string(), help);
                None
            }
        }
    }
}

/// Which of the known names was probably meant, or else which there are.
pub(crate) fn meant(name: &str, known: &[&str]) -> String {
    if let Some(nearest) = nearest(name, known.iter().copied()) {
        return format!("is `{nearest}` meant?");
    }
    match known {
        [rest @ .., last] if !rest.is_empty() => {
            format!("there are {} and {last}", rest.join(", "))
        }
        _ => format!("there is {}", known.concat()),
    }
}
