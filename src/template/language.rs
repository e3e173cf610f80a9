//! Which language does a key name, however it is spelled?

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter;
use core::str::FromStr;

/// The languages that Okta's product is displayed in, as Okta spells them
/// (help page "Supported display languages").
///
/// ```
/// use septet::template::PRODUCT_LANGUAGES;
/// assert!(PRODUCT_LANGUAGES.contains(&"pt-BR"));
/// ```
pub const PRODUCT_LANGUAGES: [&str; 27] = [
    "cs", "da", "de", "el", "en", "es", "fi", "fr", "hu", "id", "it", "ja", "ko", "ms", "nb",
    "nl-NL", "pl", "pt-BR", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
];

/// Keys that stand for another one: the key met, and the key it is taken for.
///
/// This is a convention of this library; Okta documents none. A language that stands for a
/// language does so with any script and region: `in-ID` is `id-ID`. A language that stands for one
/// with a region does so only where it is the whole key: `pt` is `pt-BR`, and `pt-PT` is itself.
///
/// `in` and `iw` are the codes of 1988 that Java's locales kept; BCP 47's registry has them as
/// deprecated in favour of `id` and `he`. `no` is the macrolanguage of which `nb` is what is
/// written nearly always; CLDR too takes one for the other.
///
/// ```
/// use septet::template::LANGUAGE_ALIASES;
/// assert!(LANGUAGE_ALIASES.contains(&("in", "id")));
/// ```
pub const LANGUAGE_ALIASES: [(&str, &str); 5] = [
    ("in", "id"),
    ("iw", "he"),
    ("no", "nb"),
    ("nl", "nl-NL"),
    ("pt", "pt-BR"),
];

/// `xxx-Xxxx-999`.
const MAX_BYTES: usize = 12;

/// The language of a translation: a language, and perhaps a script and a region (BCP 47, section
/// 2.1).
///
/// Okta documents two letters of ISO 639-1, and real data has `nl_NL`: `_` and `-` both
/// separate. The spelling read is kept, and does not count in a comparison: not the case of a
/// letter, and not which separator it is. A language has two or three letters; the longer ones that
/// BCP 47 reserves have never been assigned, so that `english` is a mistake and not a language.
///
/// ```
/// use septet::template::LanguageKey;
/// let key: LanguageKey = "nl_NL".parse()?;
/// assert_eq!((key.as_str(), key.language(), key.region()), ("nl_NL", "nl", Some("NL")));
/// assert_eq!(key, "NL-nl".parse()?);
/// # Ok::<_, septet::template::InvalidLanguageKey>(())
/// ```
#[derive(Clone, Copy)]
#[doc(alias("locale", "language tag"))]
pub struct LanguageKey {
    /// ASCII, up to the length.
    bytes: [u8; MAX_BYTES],
    length: u8,
}

impl LanguageKey {
    /// Returns the key as it was spelled: 2 to 12 bytes of ASCII.
    ///
    /// ```
    /// use septet::template::LanguageKey;
    /// assert_eq!("ZH_hant".parse::<LanguageKey>()?.as_str(), "ZH_hant");
    /// # Ok::<_, septet::template::InvalidLanguageKey>(())
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        let bytes = self.bytes.get(..usize::from(self.length));
        // Always ASCII.
        str::from_utf8(bytes.unwrap_or_default()).unwrap_or_default()
    }

    /// Returns the language, two or three letters (ISO 639).
    ///
    /// ```
    /// use septet::template::LanguageKey;
    /// assert_eq!("pt-BR".parse::<LanguageKey>()?.language(), "pt");
    /// # Ok::<_, septet::template::InvalidLanguageKey>(())
    /// ```
    #[must_use]
    pub fn language(&self) -> &str {
        self.subtags().next().unwrap_or_default()
    }

    /// Returns the script, four letters (ISO 15924), if there is one.
    ///
    /// ```
    /// use septet::template::LanguageKey;
    /// assert_eq!("zh-Hant-TW".parse::<LanguageKey>()?.script(), Some("Hant"));
    /// assert_eq!("zh-TW".parse::<LanguageKey>()?.script(), None);
    /// # Ok::<_, septet::template::InvalidLanguageKey>(())
    /// ```
    #[must_use]
    pub fn script(&self) -> Option<&str> {
        self.subtags().skip(1).find(|subtag| is_script(subtag))
    }

    /// Returns the region, two letters (ISO 3166-1) or three digits (UN M.49), if there is one.
    ///
    /// ```
    /// use septet::template::LanguageKey;
    /// assert_eq!("zh-Hant-TW".parse::<LanguageKey>()?.region(), Some("TW"));
    /// assert_eq!("es-419".parse::<LanguageKey>()?.region(), Some("419"));
    /// # Ok::<_, septet::template::InvalidLanguageKey>(())
    /// ```
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.subtags().skip(1).find(|subtag| is_region(subtag))
    }

    /// Returns the key that this one stands for by [`LANGUAGE_ALIASES`], else the key itself.
    ///
    /// ```
    /// use septet::template::LanguageKey;
    /// let canonical = |key: &str| key.parse::<LanguageKey>().map(LanguageKey::canonical);
    /// assert_eq!(canonical("in_ID")?.as_str(), "id_ID");
    /// assert_eq!(canonical("pt")?.as_str(), "pt-BR");
    /// assert_eq!(canonical("pt-PT")?.as_str(), "pt-PT");
    /// # Ok::<_, septet::template::InvalidLanguageKey>(())
    /// ```
    #[must_use]
    pub fn canonical(self) -> Self {
        let language = self.language();
        let alias = LANGUAGE_ALIASES
            .iter()
            .find(|(met, _)| met.eq_ignore_ascii_case(language));
        match alias {
            Some((met, meant)) if met.len() == meant.len() => {
                let mut canonical = self;
                for (byte, meant) in canonical.bytes.iter_mut().zip(meant.bytes()) {
                    *byte = meant;
                }
                canonical
            }
            Some((_, meant)) if language.len() == self.as_str().len() => {
                meant.parse().unwrap_or(self)
            }
            _ => self,
        }
    }

    /// Says whether both keys are one language by [`LANGUAGE_ALIASES`]: equal, or one standing for
    /// the other.
    ///
    /// ```
    /// use septet::template::LanguageKey;
    /// let key = |key: &str| key.parse::<LanguageKey>();
    /// assert!(key("in")?.same_language_as(key("id")?));
    /// assert!(key("nl")?.same_language_as(key("NL_nl")?));
    /// assert!(!key("nl")?.same_language_as(key("nl-BE")?));
    /// # Ok::<_, septet::template::InvalidLanguageKey>(())
    /// ```
    #[must_use]
    pub fn same_language_as(self, other: Self) -> bool {
        self.canonical() == other.canonical()
    }

    /// Says whether the key names one of [`PRODUCT_LANGUAGES`], by its own name or by one that
    /// stands for it. A region of such a language is none itself.
    ///
    /// ```
    /// use septet::template::LanguageKey;
    /// let key = |key: &str| key.parse::<LanguageKey>();
    /// assert!(key("pt_br")?.is_product_language() && key("pt")?.is_product_language());
    /// assert!(!key("pt-PT")?.is_product_language());
    /// # Ok::<_, septet::template::InvalidLanguageKey>(())
    /// ```
    #[must_use]
    pub fn is_product_language(self) -> bool {
        let canonical = self.canonical();
        PRODUCT_LANGUAGES
            .iter()
            .any(|language| FoldedKey(language) == FoldedKey(canonical.as_str()))
    }

    /// The key, then the key without its last subtag, and so on to the language.
    pub(super) fn ever_shorter(self) -> impl Iterator<Item = Self> {
        iter::successors(Some(self), |key| {
            let length = key.as_str().rfind(is_separator)?;
            let mut shorter = *key;
            shorter.length = u8::try_from(length).ok()?;
            Some(shorter)
        })
    }

    fn subtags(&self) -> impl Iterator<Item = &str> {
        self.as_str().split(is_separator)
    }
}

impl FromStr for LanguageKey {
    type Err = InvalidLanguageKey;

    /// Reads a key.
    ///
    /// # Errors
    ///
    /// Where it is not a language, perhaps a script, perhaps a region, in this order and separated
    /// by one `-` or `_` each.
    fn from_str(key: &str) -> Result<Self, InvalidLanguageKey> {
        let mut expected = LanguageKeyFault::Language;
        let mut at = 0;
        for subtag in key.split(is_separator) {
            let next = match expected {
                LanguageKeyFault::Language if is_language(subtag) => LanguageKeyFault::Subtag,
                LanguageKeyFault::Subtag if is_script(subtag) => LanguageKeyFault::Region,
                LanguageKeyFault::Subtag | LanguageKeyFault::Region if is_region(subtag) => {
                    LanguageKeyFault::Excess
                }
                fault => return Err(InvalidLanguageKey { at, fault }),
            };
            expected = next;
            at += subtag.len() + 1;
        }
        let mut bytes = [0; MAX_BYTES];
        for (slot, byte) in bytes.iter_mut().zip(key.bytes()) {
            *slot = byte;
        }
        // At most 12.
        let length = key.len() as u8;
        Ok(Self { bytes, length })
    }
}

impl PartialEq for LanguageKey {
    fn eq(&self, other: &Self) -> bool {
        FoldedKey(self.as_str()) == FoldedKey(other.as_str())
    }
}

impl Eq for LanguageKey {}

impl PartialOrd for LanguageKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// As lower-case texts with `-` are ordered.
impl Ord for LanguageKey {
    fn cmp(&self, other: &Self) -> Ordering {
        FoldedKey(self.as_str()).cmp(&FoldedKey(other.as_str()))
    }
}

impl Hash for LanguageKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        FoldedKey(self.as_str()).hash(state);
    }
}

/// The spelling read.
impl fmt::Display for LanguageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for LanguageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("LanguageKey").field(&self.as_str()).finish()
    }
}

/// A key, readable or not, compared as language keys are: without the case of ASCII letters, and
/// with `_` for `-`.
#[derive(Clone, Copy)]
pub(super) struct FoldedKey<'a>(pub(super) &'a str);

impl FoldedKey<'_> {
    fn bytes(&self) -> impl Iterator<Item = u8> {
        self.0.bytes().map(folded)
    }
}

impl PartialEq for FoldedKey<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes().eq(other.bytes())
    }
}

impl Eq for FoldedKey<'_> {}

impl PartialOrd for FoldedKey<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FoldedKey<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl Hash for FoldedKey<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes().for_each(|byte| state.write_u8(byte));
        // As `str` does, so that where it ends counts in what it is a part of.
        state.write_u8(0xFF);
    }
}

const fn folded(byte: u8) -> u8 {
    match byte {
        b'_' => b'-',
        _ => byte.to_ascii_lowercase(),
    }
}

const fn is_separator(character: char) -> bool {
    matches!(character, '-' | '_')
}

fn is_language(subtag: &str) -> bool {
    matches!(subtag.len(), 2 | 3) && subtag.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_script(subtag: &str) -> bool {
    subtag.len() == 4 && subtag.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_region(subtag: &str) -> bool {
    match subtag.len() {
        2 => subtag.bytes().all(|byte| byte.is_ascii_alphabetic()),
        3 => subtag.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// A text that is no language key, and where it stops being one.
///
/// ```
/// use septet::template::{LanguageKey, LanguageKeyFault};
/// let error = "pt-Brazil".parse::<LanguageKey>().unwrap_err();
/// assert_eq!((error.at(), error.fault()), (3, LanguageKeyFault::Subtag));
/// assert_eq!(
///     error.to_string(),
///     "neither a script of four letters nor a region of two letters or three digits at byte 3",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[error("{fault} at byte {at}")]
pub struct InvalidLanguageKey {
    at: usize,
    fault: LanguageKeyFault,
}

impl InvalidLanguageKey {
    /// Returns the offset of the subtag that is wrong, in bytes of the key.
    ///
    /// ```
    /// use septet::template::LanguageKey;
    /// assert_eq!("zh-TW-Hant".parse::<LanguageKey>().unwrap_err().at(), 6);
    /// ```
    #[must_use]
    pub const fn at(self) -> usize {
        self.at
    }

    /// Returns what is wrong there.
    ///
    /// ```
    /// use septet::template::{LanguageKey, LanguageKeyFault};
    /// let error = "english".parse::<LanguageKey>().unwrap_err();
    /// assert_eq!(error.fault(), LanguageKeyFault::Language);
    /// ```
    #[must_use]
    pub const fn fault(self) -> LanguageKeyFault {
        self.fault
    }
}

/// What is wrong with a language key: what its subtag should have been and is not.
///
/// ```
/// use septet::template::{LanguageKey, LanguageKeyFault};
/// let error = "zh-TW-Hant".parse::<LanguageKey>().unwrap_err();
/// assert_eq!(error.fault(), LanguageKeyFault::Excess);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum LanguageKeyFault {
    /// The first subtag is no language.
    Language,
    /// What follows the language is neither a script nor a region.
    Subtag,
    /// What follows the script is no region.
    Region,
    /// Something follows the region.
    Excess,
}

impl fmt::Display for LanguageKeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Language => "not a language of two or three letters",
            Self::Subtag => {
                "neither a script of four letters nor a region of two letters or three digits"
            }
            Self::Region => "not a region of two letters or three digits",
            Self::Excess => "more than a language, a script and a region",
        })
    }
}

#[cfg(feature = "serde")]
mod data {
    use alloc::string::String;

    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::LanguageKey;

    impl Serialize for LanguageKey {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    impl<'de> Deserialize<'de> for LanguageKey {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let key = String::deserialize(deserializer)?;
            key.parse().map_err(D::Error::custom)
        }
    }
}
