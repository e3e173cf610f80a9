//! Where a number is used: regions, sets of them, and what is at home.

use core::fmt;
use core::str::FromStr;

/// A constant for each region, and the table of their codes in order.
macro_rules! regions {
    ($($code:ident)+) => {
        #[expect(missing_docs, reason = "their names are their codes")]
        impl Region {
            $(pub const $code: Self = Self(Index::$code as u8);)+
        }

        enum Index {
            $($code),+
        }

        /// In order of the alphabet; a region is its place here.
        const CODES: &[&str] = &[$(stringify!($code)),+];
    };
}

regions! {
    AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC
    EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK
    HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB
    LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
    NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU
    RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD TF TG TH TJ TK TL TM
    TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
}

/// A country or territory, by its two-letter code of ISO 3166-1 (alpha-2).
///
/// Besides the codes that are assigned there are three that have phone numbers of their own: `AC`
/// (Ascension) and `TA` (Tristan da Cunha), which ISO reserves, and `XK` (Kosovo), which it leaves to
/// its users. What is no region is refused, so that a list does not name the United Kingdom `UK` and block
/// nothing. There are regions to which no number leads, since they have no numbers of their own
/// (Antarctica) or the numbering plans do not tell them from a neighbour (Western Sahara, mostly).
///
/// ```
/// use septet::telephony::Region;
/// let region: Region = "PR".parse()?;
/// assert_eq!((region, region.code()), (Region::PR, "PR"));
/// assert!("UK".parse::<Region>().is_err());
/// # Ok::<_, septet::telephony::UnknownRegion>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region(u8);

impl Region {
    /// Returns the region with a code of two letters, in either case.
    ///
    /// ```
    /// use septet::telephony::Region;
    /// assert_eq!(Region::new("gb"), Some(Region::GB));
    /// assert_eq!(Region::new("GBR"), None);
    /// ```
    pub fn new(code: &str) -> Option<Self> {
        let &[first, second] = code.as_bytes() else {
            return None;
        };
        let wanted = [first.to_ascii_uppercase(), second.to_ascii_uppercase()];
        let at = CODES.binary_search_by(|code| code.as_bytes().cmp(&wanted));
        Some(Self(u8::try_from(at.ok()?).ok()?))
    }

    /// Returns the two capital letters of ISO 3166-1.
    pub fn code(self) -> &'static str {
        CODES.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Yields every region, in order of its code.
    ///
    /// ```
    /// use septet::telephony::Region;
    /// assert_eq!(Region::all().count(), 252);
    /// ```
    pub fn all() -> impl Iterator<Item = Self> {
        (0..=u8::MAX).take(CODES.len()).map(Self)
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Region {
    type Err = UnknownRegion;

    fn from_str(code: &str) -> Result<Self, UnknownRegion> {
        Self::new(code).ok_or(UnknownRegion)
    }
}

/// A code is that of no region.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no region of ISO 3166; write two letters, such as US, or GB for the United Kingdom")]
#[non_exhaustive]
pub struct UnknownRegion;

/// A set of regions, in 32 bytes.
///
/// ```
/// use septet::telephony::{Region, RegionSet};
/// const NORTH_AMERICA: RegionSet = RegionSet::of(&[Region::US, Region::CA, Region::PR]);
/// assert!(NORTH_AMERICA.contains(Region::PR));
/// assert_eq!(NORTH_AMERICA.iter().map(Region::code).collect::<Vec<_>>(), ["CA", "PR", "US"]);
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct RegionSet([u128; 2]);

impl RegionSet {
    /// No region.
    pub const EMPTY: Self = Self([0; 2]);

    /// Returns the set of some regions.
    pub const fn of(regions: &[Region]) -> Self {
        let mut set = Self::EMPTY;
        let mut rest = regions;
        while let [first, others @ ..] = rest {
            set = set.with(*first);
            rest = others;
        }
        set
    }

    /// Returns the set with one region more.
    #[must_use]
    pub const fn with(self, region: Region) -> Self {
        let Self([mut low, mut high]) = self;
        let bit = 1 << (region.0 % 128);
        if region.0 < 128 {
            low |= bit;
        } else {
            high |= bit;
        }
        Self([low, high])
    }

    /// Whether a region is in the set.
    pub const fn contains(self, region: Region) -> bool {
        let Self([low, high]) = self;
        let bits = if region.0 < 128 { low } else { high };
        bits >> (region.0 % 128) & 1 == 1
    }

    /// Whether there is no region in the set.
    pub const fn is_empty(self) -> bool {
        matches!(self, Self([0, 0]))
    }

    /// Returns the number of regions in the set.
    pub const fn len(self) -> usize {
        let Self([low, high]) = self;
        (low.count_ones() + high.count_ones()) as usize
    }

    /// Yields the regions of the set, in order of their codes.
    pub const fn iter(self) -> RegionSetIter {
        RegionSetIter { set: self, next: 0 }
    }
}

impl FromIterator<Region> for RegionSet {
    fn from_iter<I: IntoIterator<Item = Region>>(regions: I) -> Self {
        regions.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl IntoIterator for RegionSet {
    type Item = Region;
    type IntoIter = RegionSetIter;

    fn into_iter(self) -> RegionSetIter {
        self.iter()
    }
}

impl fmt::Debug for RegionSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Yields the regions of a [`RegionSet`], in order of their codes.
#[derive(Clone, Debug)]
pub struct RegionSetIter {
    set: RegionSet,
    next: u8,
}

impl Iterator for RegionSetIter {
    type Item = Region;

    fn next(&mut self) -> Option<Region> {
        while usize::from(self.next) < CODES.len() {
            let region = Region(self.next);
            self.next += 1;
            if self.set.contains(region) {
                return Some(region);
            }
        }
        None
    }
}

/// Whether a number is at home.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a region is in the set, or not, or not known"
)]
pub enum Scope {
    /// Its region is one of the home set.
    Domestic,
    /// Its region is another one.
    International,
    /// It has no region: a global network, or no number that could be read.
    Unknown,
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl Scope {
    /// Returns whether a region is at home. What has no region is never domestic.
    ///
    /// The calling code does not decide: +1 is that of 25 regions, and Jamaica is not at home in the
    /// United States.
    ///
    /// ```
    /// use septet::telephony::{Region, RegionSet, Scope};
    /// let home = RegionSet::of(&[Region::RU]);
    /// assert_eq!(Scope::of(Some(Region::RU), home), Scope::Domestic);
    /// assert_eq!(Scope::of(Some(Region::KZ), home), Scope::International); // +7 as well
    /// assert_eq!(Scope::of(None, home), Scope::Unknown);
    /// ```
    pub const fn of(region: Option<Region>, home: RegionSet) -> Self {
        match region {
            None => Self::Unknown,
            Some(region) if home.contains(region) => Self::Domestic,
            Some(_) => Self::International,
        }
    }

    /// Returns `domestic`, `international` or `unknown`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Domestic => "domestic",
            Self::International => "international",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Region {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Region {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::written::parsed(deserializer)
    }
}

/// A list of codes.
#[cfg(feature = "serde")]
impl serde::Serialize for RegionSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for RegionSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(alloc::vec::Vec::<Region>::deserialize(deserializer)?
            .into_iter()
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use std::vec::Vec;

    use super::*;

    #[test]
    fn the_codes_are_in_order_and_each_is_found_again() {
        assert!(CODES.is_sorted_by(|a, b| a < b));
        for (region, code) in Region::all().zip(CODES) {
            assert_eq!((region.code(), Region::new(code)), (*code, Some(region)));
            assert_eq!(Region::new(&code.to_ascii_lowercase()), Some(region));
        }
        assert_eq!(Region::all().count(), CODES.len());
        assert_eq!((Region::AC.code(), Region::ZW.code()), ("AC", "ZW"));
    }

    #[test]
    fn every_other_string_of_two_ascii_characters_is_no_region() {
        let mut found = 0;
        for first in 0..128_u8 {
            for second in 0..128_u8 {
                let code = [first, second];
                let code = core::str::from_utf8(&code).unwrap();
                let known = CODES.contains(&code.to_ascii_uppercase().as_str());
                assert_eq!(Region::new(code).is_some(), known, "{code:?}");
                found += usize::from(known);
            }
        }
        assert_eq!(found, 4 * CODES.len());
        assert_eq!(
            [Region::new("é"), Region::new(""), Region::new("U")],
            [None; 3]
        );
    }

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        for region in Region::all() {
            let set = RegionSet::of(&[region]);
            assert_eq!(set.iter().collect::<Vec<_>>(), [region]);
            assert!(Region::all().all(|other| set.contains(other) == (other == region)));
            let others: RegionSet = Region::all().filter(|other| *other != region).collect();
            assert!(!others.contains(region));
            assert_eq!(others.len(), CODES.len() - 1);
        }
        assert!(RegionSet::EMPTY.is_empty());
        assert_eq!(RegionSet::default(), RegionSet::EMPTY);
    }
}
