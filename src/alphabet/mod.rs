//! Which septets is a character, and which character is a septet? Characters and septets, both
//! ways, for the default alphabet and the thirteen national languages (TS 23.038 §6.2.1 and Annex
//! A, Release 17).

mod default;
mod national;
mod table;

use core::fmt;
use core::str::FromStr;

use table::{__, Page, Table};
pub(crate) use table::{TableSet, default_cost, memberships};

/// The septet that announces a character of the extension or single shift table (TS 23.038 §6.2.1).
///
/// It is never a character itself: a text that holds U+001B cannot be encoded in GSM-7.
///
/// ```
/// use septet::{Alphabet, ESCAPE};
/// assert_eq!(Alphabet::DEFAULT.basic(ESCAPE), None);
/// assert_eq!(Alphabet::DEFAULT.encode('\u{1b}'), None);
/// ```
pub const ESCAPE: u8 = 0x1B;

/// A language with national shift tables (TS 23.038 Annex A), in the order of its identifiers.
///
/// ```
/// use septet::NationalLanguage;
/// assert_eq!(NationalLanguage::Turkish.identifier(), 1);
/// assert_eq!("Urdu".parse(), Ok(NationalLanguage::Urdu)); // in any case
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
#[repr(u8)]
pub enum NationalLanguage {
    /// Identifier 1.
    Turkish = 1,
    /// Identifier 2. It has a single shift table only.
    Spanish = 2,
    /// Identifier 3.
    Portuguese = 3,
    /// Identifier 4, for Assamese too.
    Bengali = 4,
    /// Identifier 5.
    Gujarati = 5,
    /// Identifier 6.
    Hindi = 6,
    /// Identifier 7.
    Kannada = 7,
    /// Identifier 8.
    Malayalam = 8,
    /// Identifier 9.
    Oriya = 9,
    /// Identifier 10.
    Punjabi = 10,
    /// Identifier 11.
    Tamil = 11,
    /// Identifier 12.
    Telugu = 12,
    /// Identifier 13.
    Urdu = 13,
}

impl NationalLanguage {
    /// Every language, by rising identifier.
    ///
    /// ```
    /// use septet::NationalLanguage;
    /// assert_eq!(NationalLanguage::ALL.iter().filter(|l| l.has_locking_table()).count(), 12);
    /// ```
    pub const ALL: [Self; 13] = [
        Self::Turkish,
        Self::Spanish,
        Self::Portuguese,
        Self::Bengali,
        Self::Gujarati,
        Self::Hindi,
        Self::Kannada,
        Self::Malayalam,
        Self::Oriya,
        Self::Punjabi,
        Self::Tamil,
        Self::Telugu,
        Self::Urdu,
    ];

    /// Returns the national language identifier, 1 to 13 (TS 23.040 §9.2.3.24.15 and .16).
    ///
    /// ```
    /// assert_eq!(septet::NationalLanguage::Urdu.identifier(), 13);
    /// ```
    #[must_use]
    pub const fn identifier(self) -> u8 {
        self as u8
    }

    /// Returns the language of an identifier, or nothing for 0 (the default table) and the reserved
    /// values from 14.
    ///
    /// ```
    /// use septet::NationalLanguage;
    /// assert_eq!(NationalLanguage::from_identifier(6), Some(NationalLanguage::Hindi));
    /// assert_eq!(NationalLanguage::from_identifier(14), None);
    /// ```
    #[must_use]
    pub const fn from_identifier(identifier: u8) -> Option<Self> {
        Some(match identifier {
            1 => Self::Turkish,
            2 => Self::Spanish,
            3 => Self::Portuguese,
            4 => Self::Bengali,
            5 => Self::Gujarati,
            6 => Self::Hindi,
            7 => Self::Kannada,
            8 => Self::Malayalam,
            9 => Self::Oriya,
            10 => Self::Punjabi,
            11 => Self::Tamil,
            12 => Self::Telugu,
            13 => Self::Urdu,
            _ => return None,
        })
    }

    /// Returns the English name in lower case, as the command line spells it.
    ///
    /// ```
    /// assert_eq!(septet::NationalLanguage::Oriya.name(), "oriya");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Turkish => "turkish",
            Self::Spanish => "spanish",
            Self::Portuguese => "portuguese",
            Self::Bengali => "bengali",
            Self::Gujarati => "gujarati",
            Self::Hindi => "hindi",
            Self::Kannada => "kannada",
            Self::Malayalam => "malayalam",
            Self::Oriya => "oriya",
            Self::Punjabi => "punjabi",
            Self::Tamil => "tamil",
            Self::Telugu => "telugu",
            Self::Urdu => "urdu",
        }
    }

    /// Says whether the language has a locking shift table: all but Spanish have.
    ///
    /// ```
    /// assert!(!septet::NationalLanguage::Spanish.has_locking_table());
    /// ```
    #[must_use]
    pub const fn has_locking_table(self) -> bool {
        !matches!(self, Self::Spanish)
    }
}

impl fmt::Display for NationalLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The name is none of the thirteen national languages.
///
/// ```
/// let error = "german".parse::<septet::NationalLanguage>().unwrap_err();
/// assert!(error.to_string().starts_with("not a language with national shift tables; there are turkish, spanish"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "not a language with national shift tables; there are turkish, spanish, portuguese, bengali, gujarati, hindi, \
     kannada, malayalam, oriya, punjabi, tamil, telugu and urdu"
)]
#[non_exhaustive]
pub struct UnknownLanguage;

impl FromStr for NationalLanguage {
    type Err = UnknownLanguage;

    fn from_str(name: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL
            .into_iter()
            .find(|language| language.name().eq_ignore_ascii_case(name))
            .ok_or(UnknownLanguage)
    }
}

/// The septets of one character: one, or the escape and another.
///
/// ```
/// use septet::{Alphabet, Septets};
/// assert_eq!(Alphabet::DEFAULT.encode('a'), Some(Septets::Basic(0x61)));
/// assert_eq!(Alphabet::DEFAULT.encode('€'), Some(Septets::Shifted(0x65)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "TS 23.038 has no third kind")]
pub enum Septets {
    /// A character of the basic or locking table: this code alone.
    Basic(u8),
    /// A character of the extension or single shift table: the escape, then this code.
    Shifted(u8),
}

impl Septets {
    /// Returns how many septets these are, 1 or 2.
    ///
    /// ```
    /// assert_eq!(septet::Septets::Shifted(0x65).count(), 2);
    /// ```
    #[must_use]
    pub const fn count(self) -> usize {
        match self {
            Self::Basic(_) => 1,
            Self::Shifted(_) => 2,
        }
    }
}

/// The two tables that are in force in a GSM-7 text: a basic or locking table, and an extension or
/// single shift table behind the escape (TS 23.038 §6.2.1.2).
///
/// The two shifts are independent of each other and may even be of different languages. Each costs
/// an information element in the header of every segment.
///
/// ```
/// use septet::{Alphabet, NationalLanguage, Septets};
/// let turkish = Alphabet::new(None, Some(NationalLanguage::Turkish));
/// assert_eq!(turkish.encode('ğ'), Some(Septets::Shifted(0x67)));
/// assert_eq!(Alphabet::DEFAULT.encode('ğ'), None);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Alphabet {
    locking: Option<NationalLanguage>,
    single_shift: Option<NationalLanguage>,
}

impl Alphabet {
    /// The GSM 7 bit default alphabet and its extension table, known as GSM-7 or GSM 03.38: what
    /// every phone reads.
    ///
    /// ```
    /// use septet::Alphabet;
    /// assert_eq!(Alphabet::DEFAULT.basic(0x09), Some('Ç'));
    /// ```
    #[doc(alias = "GSM 03.38")]
    pub const DEFAULT: Self = Self {
        locking: None,
        single_shift: None,
    };

    /// Creates the alphabet of a locking and a single shift table; `None` is the basic or the
    /// extension table.
    ///
    /// Spanish has no locking table: asked for, it is the basic one (TS 23.038 §A.3.2).
    ///
    /// ```
    /// use septet::{Alphabet, NationalLanguage};
    /// let alphabet = Alphabet::new(Some(NationalLanguage::Spanish), None);
    /// assert_eq!(alphabet, Alphabet::DEFAULT);
    /// ```
    #[must_use]
    pub const fn new(
        locking: Option<NationalLanguage>,
        single_shift: Option<NationalLanguage>,
    ) -> Self {
        let locking = match locking {
            Some(language) if language.has_locking_table() => Some(language),
            _ => None,
        };
        Self {
            locking,
            single_shift,
        }
    }

    /// Returns the language of the locking table, or `None` for the basic table.
    ///
    /// ```
    /// assert_eq!(septet::Alphabet::DEFAULT.locking(), None);
    /// ```
    #[must_use]
    pub const fn locking(self) -> Option<NationalLanguage> {
        self.locking
    }

    /// Returns the language of the single shift table, or `None` for the extension table.
    ///
    /// ```
    /// assert_eq!(septet::Alphabet::DEFAULT.single_shift(), None);
    /// ```
    #[must_use]
    pub const fn single_shift(self) -> Option<NationalLanguage> {
        self.single_shift
    }

    /// Returns the septets of a character, or nothing where neither table holds it.
    ///
    /// The basic or locking table goes first. Where a table holds a character twice (`*` and `¡` in
    /// the Indic and Urdu single shift tables) the lower code is taken.
    ///
    /// ```
    /// use septet::{Alphabet, Septets};
    /// assert_eq!(Alphabet::DEFAULT.encode('Ç'), Some(Septets::Basic(0x09)));
    /// assert_eq!(Alphabet::DEFAULT.encode('ç'), None);
    /// ```
    #[must_use]
    #[inline]
    pub fn encode(self, character: char) -> Option<Septets> {
        self.tables().encode(character)
    }

    /// Returns the character of a septet that stands alone: its cell in the basic or locking table.
    ///
    /// Nothing for an unassigned cell, for the escape and beyond `0x7F`.
    ///
    /// ```
    /// assert_eq!(septet::Alphabet::DEFAULT.basic(0x00), Some('@'));
    /// ```
    #[must_use]
    #[inline]
    pub fn basic(self, septet: u8) -> Option<char> {
        self.basic_table().character(septet)
    }

    /// Returns the character of a septet behind an escape: its cell in the extension or single
    /// shift table.
    ///
    /// Nothing for an unassigned cell and beyond `0x7F`.
    ///
    /// ```
    /// assert_eq!(septet::Alphabet::DEFAULT.shifted(0x65), Some('€'));
    /// ```
    #[must_use]
    #[inline]
    pub fn shifted(self, septet: u8) -> Option<char> {
        self.shift_table().character(septet)
    }

    /// How many shift elements each segment's header carries.
    pub(crate) const fn shift_elements(self) -> usize {
        self.locking.is_some() as usize + self.single_shift.is_some() as usize
    }

    /// Finds the two tables. Worth doing once for a text.
    #[inline]
    pub(crate) fn tables(self) -> Tables {
        Tables {
            basic: self.basic_table(),
            shift: self.shift_table(),
        }
    }

    fn basic_table(self) -> &'static Table {
        match self.locking {
            None => &table::BASIC,
            Some(language) => table::locking(language),
        }
    }

    fn shift_table(self) -> &'static Table {
        match self.single_shift {
            None => &table::EXTENSION,
            Some(language) => table::single_shift(language),
        }
    }
}

/// The septet of a byte of ASCII that costs one septet in the default alphabet: three of them stand
/// elsewhere than in ASCII.
#[inline]
pub(crate) const fn plain_septet(byte: u8) -> u8 {
    match byte {
        b'@' => 0x00,
        b'$' => 0x02,
        b'_' => 0x11,
        _ => byte,
    }
}

/// The two tables of an [`Alphabet`].
#[derive(Clone, Copy)]
pub(crate) struct Tables {
    basic: &'static Table,
    shift: &'static Table,
}

impl Tables {
    /// See [`Alphabet::encode`].
    #[inline]
    pub(crate) fn encode(self, character: char) -> Option<Septets> {
        match self.basic.code(character) {
            Some(code) => Some(Septets::Basic(code)),
            None => self.shift.code(character).map(Septets::Shifted),
        }
    }

    /// See [`Alphabet::basic`].
    #[inline]
    pub(crate) fn basic(self, septet: u8) -> Option<char> {
        self.basic.character(septet)
    }

    /// See [`Alphabet::shifted`].
    #[inline]
    pub(crate) fn shifted(self, septet: u8) -> Option<char> {
        self.shift.character(septet)
    }
}

impl fmt::Debug for Alphabet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name =
            |table: Option<NationalLanguage>| table.map_or("default", NationalLanguage::name);
        f.debug_struct("Alphabet")
            .field("locking", &format_args!("{}", name(self.locking)))
            .field("single_shift", &format_args!("{}", name(self.single_shift)))
            .finish()
    }
}

/// The national tables that a sender may use. None unless allowed, since not every phone reads
/// them.
///
/// ```
/// use septet::{Message, NationalLanguage, NationalTables, SegmentOptions};
/// let turkish = NationalTables::NONE.allow(NationalLanguage::Turkish);
/// let options = SegmentOptions::new().national_tables(turkish);
/// let text = "Doğrulama kodunuzu kimseyle paylaşmayın. ".repeat(3);
/// assert_eq!(Message::new(&text).segment_count(), 2); // UCS-2, 123 code units
/// assert_eq!(Message::with_options(&text, options).segment_count(), 1); // GSM-7 with a Turkish table
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct NationalTables {
    locking: TableSet,
    single_shift: TableSet,
}

impl NationalTables {
    /// No table: the default alphabet and its extension table only.
    pub const NONE: Self = Self {
        locking: TableSet::DEFAULT,
        single_shift: TableSet::DEFAULT,
    };

    /// Every table of every language.
    pub const ALL: Self = {
        let mut tables = Self::NONE;
        let mut identifier = 1;
        while let Some(language) = NationalLanguage::from_identifier(identifier) {
            tables = tables.allow(language);
            identifier += 1;
        }
        tables
    };

    /// Allows both tables of a language as well.
    #[must_use]
    pub const fn allow(self, language: NationalLanguage) -> Self {
        self.allow_locking(language).allow_single_shift(language)
    }

    /// Allows the locking table of a language as well. Spanish has none: nothing changes.
    #[must_use]
    pub const fn allow_locking(mut self, language: NationalLanguage) -> Self {
        if language.has_locking_table() {
            self.locking = self.locking.with(language);
        }
        self
    }

    /// Allows the single shift table of a language as well.
    #[must_use]
    pub const fn allow_single_shift(mut self, language: NationalLanguage) -> Self {
        self.single_shift = self.single_shift.with(language);
        self
    }

    /// Says whether no national table is allowed.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.locking.is_default() && self.single_shift.is_default()
    }

    /// Says whether the locking table of a language is allowed.
    #[must_use]
    pub const fn allows_locking(self, language: NationalLanguage) -> bool {
        self.locking.has(Some(language))
    }

    /// Says whether the single shift table of a language is allowed.
    #[must_use]
    pub const fn allows_single_shift(self, language: NationalLanguage) -> bool {
        self.single_shift.has(Some(language))
    }

    pub(crate) const fn locking_set(self) -> TableSet {
        self.locking
    }

    pub(crate) const fn single_shift_set(self) -> TableSet {
        self.single_shift
    }

    /// Whether the default alphabet or any allowed table holds the character.
    pub(crate) fn any_holds(self, character: char) -> bool {
        let (locking, single_shift) = memberships(character);
        let both = (
            locking.intersection(self.locking),
            single_shift.intersection(self.single_shift),
        );
        !(both.0.is_empty() && both.1.is_empty())
    }
}

impl fmt::Debug for NationalTables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        struct Names<F>(F);
        impl<F: Fn(NationalLanguage) -> bool> fmt::Debug for Names<F> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let allowed = NationalLanguage::ALL
                    .into_iter()
                    .filter(|language| (self.0)(*language));
                f.debug_list().entries(allowed).finish()
            }
        }
        f.debug_struct("NationalTables")
            .field("locking", &Names(|language| self.allows_locking(language)))
            .field(
                "single_shift",
                &Names(|language| self.allows_single_shift(language)),
            )
            .finish()
    }
}

#[cfg(feature = "serde")]
mod data {
    use alloc::vec::Vec;

    use super::{NationalLanguage, NationalTables};

    /// The names of the allowed tables.
    #[derive(serde::Serialize, serde::Deserialize)]
    #[serde(rename_all = "kebab-case", deny_unknown_fields)]
    struct Names {
        #[serde(default)]
        locking: Vec<NationalLanguage>,
        #[serde(default)]
        single_shift: Vec<NationalLanguage>,
    }

    impl serde::Serialize for NationalTables {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let all = NationalLanguage::ALL.into_iter();
            let locking = all
                .clone()
                .filter(|language| self.allows_locking(*language))
                .collect();
            let single_shift = all
                .filter(|language| self.allows_single_shift(*language))
                .collect();
            Names {
                locking,
                single_shift,
            }
            .serialize(serializer)
        }
    }

    impl<'de> serde::Deserialize<'de> for NationalTables {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let names = Names::deserialize(deserializer)?;
            if let Some(language) = names.locking.iter().find(|name| !name.has_locking_table()) {
                let message = format_args!("{language} has no locking table");
                return Err(serde::de::Error::custom(message));
            }
            let tables = names
                .locking
                .into_iter()
                .fold(Self::NONE, Self::allow_locking);
            Ok(names
                .single_shift
                .into_iter()
                .fold(tables, Self::allow_single_shift))
        }
    }
}
