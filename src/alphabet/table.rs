//! The look-ups, built from the printed pages at compile time.

use super::national::{
    bengali, gujarati, hindi, kannada, malayalam, oriya, portuguese, punjabi, spanish, tamil,
    telugu, turkish, urdu,
};
use super::{NationalLanguage, default};

/// A table as it is printed: sixteen rows (bits 4 to 1) of eight columns (bits 7 to 5).
pub(super) type Page = [[char; 8]; 16];

/// An unassigned cell. U+0000 is in no table.
pub(super) const __: char = '\0';

const CELLS: usize = 128;
const LATIN: usize = 0x100;

/// No septet: codes end at `0x7F`.
const NO_CODE: u8 = 0xFF;

/// A table in both directions.
pub(super) struct Table {
    cells: [char; CELLS],
    /// Codes of the characters below U+0100, which are most of most texts.
    latin: [u8; LATIN],
    /// The other characters, sorted, and their codes. The unused end holds U+FFFF, which is no
    /// character.
    others: [u16; CELLS],
    other_codes: [u8; CELLS],
}

impl Table {
    #[expect(
        clippy::indexing_slicing,
        reason = "evaluated at compile time only, where a panic is a build error"
    )]
    const fn new(page: &Page) -> Self {
        let mut table = Self {
            cells: [__; CELLS],
            latin: [NO_CODE; LATIN],
            others: [u16::MAX; CELLS],
            other_codes: [NO_CODE; CELLS],
        };
        let mut code = 0;
        while code < CELLS {
            let character = page[code % 16][code / 16];
            table.cells[code] = character;
            if character != __ {
                table.insert(character as usize, code as u8);
            }
            code += 1;
        }
        table
    }

    /// Codes come in rising order, so the lower code of a character that stands twice is kept.
    #[expect(
        clippy::indexing_slicing,
        reason = "evaluated at compile time only, where a panic is a build error"
    )]
    const fn insert(&mut self, character: usize, code: u8) {
        assert!(
            character < u16::MAX as usize,
            "the tables hold characters of the BMP only"
        );
        if character < LATIN {
            if self.latin[character] == NO_CODE {
                self.latin[character] = code;
            }
            return;
        }
        let mut at = CELLS;
        while at > 0 && self.others[at - 1] >= character as u16 {
            at -= 1;
        }
        if self.others[at] == character as u16 {
            return;
        }
        let mut last = CELLS - 1;
        while last > at {
            self.others[last] = self.others[last - 1];
            self.other_codes[last] = self.other_codes[last - 1];
            last -= 1;
        }
        self.others[at] = character as u16;
        self.other_codes[at] = code;
    }

    #[inline]
    pub(super) fn code(&self, character: char) -> Option<u8> {
        let code = match self.latin.get(character as usize) {
            Some(code) => *code,
            None => {
                let character = u16::try_from(u32::from(character)).ok()?;
                let at = self.others.binary_search(&character).ok()?;
                *self.other_codes.get(at)?
            }
        };
        (code != NO_CODE).then_some(code)
    }

    #[inline]
    pub(super) fn character(&self, septet: u8) -> Option<char> {
        self.cells
            .get(usize::from(septet))
            .copied()
            .filter(|character| *character != __)
    }
}

pub(super) static BASIC: Table = Table::new(&default::BASIC);
pub(super) static EXTENSION: Table = Table::new(&default::EXTENSION);

/// Where the characters of the default alphabet end, but for one.
const DEFAULT_END: usize = 0x400;

/// The one: the euro sign, U+20AC.
const BEYOND: char = '€';

/// What each character below [`DEFAULT_END`] costs in the default alphabet, in septets; 0 for none.
static DEFAULT_COSTS: [u8; DEFAULT_END] = default_costs();

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated at compile time only, where a panic is a build error"
)]
const fn default_costs() -> [u8; DEFAULT_END] {
    let mut costs = [0; DEFAULT_END];
    let mut code = 0;
    while code < CELLS {
        let (row, column) = (code % 16, code / 16);
        let (basic, extension) = (default::BASIC[row][column], default::EXTENSION[row][column]);
        if extension != __ && extension != BEYOND {
            costs[extension as usize] = 2;
        }
        if basic != __ {
            costs[basic as usize] = 1;
        }
        code += 1;
    }
    costs
}

/// Returns what a character costs in the default alphabet, in septets: 0 where it is not held.
#[inline]
pub(crate) fn default_cost(character: char) -> usize {
    match DEFAULT_COSTS.get(character as usize) {
        Some(cost) => usize::from(*cost),
        None if character == BEYOND => 2,
        None => 0,
    }
}

/// The pages of a language: its locking table, which stands for the basic one where there is none,
/// and its single shift table.
const fn pages(language: NationalLanguage) -> (&'static Page, &'static Page) {
    match language {
        NationalLanguage::Turkish => (&turkish::LOCKING, &turkish::SINGLE_SHIFT),
        NationalLanguage::Spanish => (&default::BASIC, &spanish::SINGLE_SHIFT),
        NationalLanguage::Portuguese => (&portuguese::LOCKING, &portuguese::SINGLE_SHIFT),
        NationalLanguage::Bengali => (&bengali::LOCKING, &bengali::SINGLE_SHIFT),
        NationalLanguage::Gujarati => (&gujarati::LOCKING, &gujarati::SINGLE_SHIFT),
        NationalLanguage::Hindi => (&hindi::LOCKING, &hindi::SINGLE_SHIFT),
        NationalLanguage::Kannada => (&kannada::LOCKING, &kannada::SINGLE_SHIFT),
        NationalLanguage::Malayalam => (&malayalam::LOCKING, &malayalam::SINGLE_SHIFT),
        NationalLanguage::Oriya => (&oriya::LOCKING, &oriya::SINGLE_SHIFT),
        NationalLanguage::Punjabi => (&punjabi::LOCKING, &punjabi::SINGLE_SHIFT),
        NationalLanguage::Tamil => (&tamil::LOCKING, &tamil::SINGLE_SHIFT),
        NationalLanguage::Telugu => (&telugu::LOCKING, &telugu::SINGLE_SHIFT),
        NationalLanguage::Urdu => (&urdu::LOCKING, &urdu::SINGLE_SHIFT),
    }
}

const LANGUAGES: usize = NationalLanguage::ALL.len();

#[expect(
    clippy::indexing_slicing,
    reason = "evaluated at compile time only, where a panic is a build error"
)]
const fn tables(locking: bool) -> [Table; LANGUAGES] {
    let mut tables = [const { Table::new(&default::BASIC) }; LANGUAGES];
    let mut at = 0;
    while at < LANGUAGES {
        let (locking_page, single_shift_page) = pages(NationalLanguage::ALL[at]);
        tables[at] = Table::new(if locking {
            locking_page
        } else {
            single_shift_page
        });
        at += 1;
    }
    tables
}

static LOCKING: [Table; LANGUAGES] = tables(true);
static SINGLE_SHIFT: [Table; LANGUAGES] = tables(false);

pub(super) fn locking(language: NationalLanguage) -> &'static Table {
    LOCKING.get(language as usize - 1).unwrap_or(&BASIC)
}

pub(super) fn single_shift(language: NationalLanguage) -> &'static Table {
    SINGLE_SHIFT
        .get(language as usize - 1)
        .unwrap_or(&EXTENSION)
}

/// A set of tables of one kind: bit 0 is the basic or extension table, the others are national
/// language identifiers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct TableSet(u16);

impl TableSet {
    const EMPTY: Self = Self(0);
    /// The basic or extension table alone.
    pub(crate) const DEFAULT: Self = Self(1);

    pub(crate) const fn with(self, language: NationalLanguage) -> Self {
        Self(self.0 | 1 << language.identifier())
    }

    /// Whether the basic or extension table (`None`), or a national one, is in the set.
    pub(crate) const fn has(self, table: Option<NationalLanguage>) -> bool {
        let bit = match table {
            None => 0,
            Some(language) => language.identifier(),
        };
        self.0 >> bit & 1 == 1
    }

    pub(crate) const fn is_default(self) -> bool {
        self.0 == Self::DEFAULT.0
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == Self::EMPTY.0
    }

    pub(crate) const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The tables, `None` for the basic or extension table, by rising identifier.
    pub(crate) fn iter(self) -> impl Iterator<Item = Option<NationalLanguage>> {
        let tables = core::iter::once(None).chain(NationalLanguage::ALL.into_iter().map(Some));
        tables.filter(move |table| self.has(*table))
    }
}

impl Default for TableSet {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// How many characters the 27 tables hold together; the build fails where it is not so.
const MEMBERS: usize = 1072;

/// Every character of any table, sorted, with the tables that hold it.
struct Members {
    characters: [u16; MEMBERS],
    tables: [(TableSet, TableSet); MEMBERS],
}

static MEMBERS_INDEX: Members = Members::new();

impl Members {
    const fn new() -> Self {
        let mut members = Self {
            characters: [u16::MAX; MEMBERS],
            tables: [(TableSet::EMPTY, TableSet::EMPTY); MEMBERS],
        };
        let mut count = members.add(0, &default::BASIC, 1, 0);
        count = members.add(count, &default::EXTENSION, 0, 1);
        let mut identifier = 1;
        while let Some(language) = NationalLanguage::from_identifier(identifier) {
            let (locking, single_shift) = pages(language);
            if language.has_locking_table() {
                count = members.add(count, locking, 1 << identifier, 0);
            }
            count = members.add(count, single_shift, 0, 1 << identifier);
            identifier += 1;
        }
        assert!(
            count == MEMBERS,
            "MEMBERS is the number of characters in the tables"
        );
        members
    }

    /// Adds a page to the first `count` entries and returns how many there are then.
    #[expect(
        clippy::indexing_slicing,
        reason = "evaluated at compile time only, where a panic is a build error"
    )]
    const fn add(
        &mut self,
        mut count: usize,
        page: &Page,
        locking: u16,
        single_shift: u16,
    ) -> usize {
        let mut code = 0;
        while code < CELLS {
            let character = page[code % 16][code / 16];
            code += 1;
            if character == __ {
                continue;
            }
            let character = character as u16;
            let (mut low, mut high) = (0, count);
            while low < high {
                let middle = (low + high) / 2;
                if self.characters[middle] < character {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            if low == count || self.characters[low] != character {
                let mut last = count;
                while last > low {
                    self.characters[last] = self.characters[last - 1];
                    self.tables[last] = self.tables[last - 1];
                    last -= 1;
                }
                self.characters[low] = character;
                self.tables[low] = (TableSet::EMPTY, TableSet::EMPTY);
                count += 1;
            }
            let held = &mut self.tables[low];
            held.0.0 |= locking;
            held.1.0 |= single_shift;
        }
        count
    }
}

/// Returns the tables that hold a character: basic and locking ones, then extension and single
/// shift ones.
pub(crate) fn memberships(character: char) -> (TableSet, TableSet) {
    u16::try_from(u32::from(character))
        .ok()
        .and_then(|character| MEMBERS_INDEX.characters.binary_search(&character).ok())
        .and_then(|at| MEMBERS_INDEX.tables.get(at).copied())
        .unwrap_or((TableSet::EMPTY, TableSet::EMPTY))
}
