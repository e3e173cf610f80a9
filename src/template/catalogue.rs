//! Which text does a language get, and what does an update make of the texts there are?

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::language::{FoldedKey, InvalidLanguageKey, LanguageKey};

/// A template and its translations: the base text, and texts by key in the order they were given.
///
/// A key is any string, and kept as it was spelled: real files hold `nl_NL`, and now and then
/// `english` or one language twice. [`problems`](Self::problems) lists those. Keys are compared as
/// [`LanguageKey`]s are, unreadable ones too: without case, and with `_` for `-`.
///
/// ```
/// use septet::template::{Catalogue, SelectedBy};
/// let catalogue = Catalogue::new("Your code is ${code}")
///     .with_translation("es", "Tu código es ${code}")
///     .with_translation("nl_NL", "Je code is ${code}");
/// let selected = catalogue.select("es-MX".parse()?);
/// assert_eq!((selected.by(), selected.text()), (SelectedBy::LanguagePart, "Tu código es ${code}"));
/// # Ok::<_, septet::template::InvalidLanguageKey>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[doc(alias("translations", "bundle"))]
pub struct Catalogue {
    text: String,
    translations: Vec<(String, String)>,
}

impl Catalogue {
    /// Creates a set of the base text alone.
    ///
    /// ```
    /// use septet::template::Catalogue;
    /// assert_eq!(Catalogue::new("Your code is ${code}").text(), "Your code is ${code}");
    /// ```
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            translations: Vec::new(),
        }
    }

    /// Adds a translation behind those there are.
    ///
    /// None is replaced, even where it has the same key: what was read twice is there twice, for
    /// [`problems`](Self::problems) to say so. [`updated`](Self::updated) replaces.
    ///
    /// ```
    /// use septet::template::Catalogue;
    /// let catalogue = Catalogue::new("").with_translation("nl", "a").with_translation("NL", "b");
    /// assert_eq!(catalogue.translations().len(), 2);
    /// ```
    #[must_use]
    pub fn with_translation(mut self, key: impl Into<String>, text: impl Into<String>) -> Self {
        self.translations.push((key.into(), text.into()));
        self
    }

    /// Returns the base text: what a language without a translation gets.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the key and the text of every translation, in order and as they were given.
    ///
    /// ```
    /// use septet::template::Catalogue;
    /// let catalogue = Catalogue::new("").with_translation("nl_NL", "Je code is ${code}");
    /// assert_eq!(catalogue.translations().next(), Some(("nl_NL", "Je code is ${code}")));
    /// ```
    pub fn translations(
        &self,
    ) -> impl DoubleEndedIterator<Item = (&str, &str)> + ExactSizeIterator {
        let translations = self.translations.iter();
        translations.map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// Returns the text of a key, the first of them where it is there more than once. Keys that no
    /// language has can be asked for too.
    ///
    /// ```
    /// use septet::template::Catalogue;
    /// let catalogue = Catalogue::new("").with_translation("nl_NL", "Je code is ${code}");
    /// assert_eq!(catalogue.get("nl-nl"), Some("Je code is ${code}"));
    /// assert_eq!(catalogue.get("nl"), None); // `select` would take it
    /// ```
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.translations()
            .find(|(known, _)| FoldedKey(known) == FoldedKey(key))
            .map(|(_, text)| text)
    }

    /// Returns the text that a language gets: that of the key itself, else of its language part,
    /// else the base text.
    ///
    /// Okta documents these three steps. Two conventions of this library fill gaps: a key with
    /// a script loses its region first, then its script (as the lookup of RFC 4647, section 3.4),
    /// and before the base text the same is tried with
    /// [`LANGUAGE_ALIASES`](super::LANGUAGE_ALIASES). Where a key is there twice, the first counts.
    ///
    /// ```
    /// use septet::template::{Catalogue, SelectedBy};
    /// let catalogue = Catalogue::new("base").with_translation("id", "ID").with_translation("zh-Hant", "ZH");
    /// let by = |wanted: &str| wanted.parse().map(|wanted| catalogue.select(wanted).by());
    /// assert_eq!(by("ID")?, SelectedBy::Exact);
    /// assert_eq!(by("zh-Hant-TW")?, SelectedBy::LanguagePart);
    /// assert_eq!(by("in")?, SelectedBy::Alias);
    /// assert_eq!(by("zh-TW")?, SelectedBy::Base);
    /// # Ok::<_, septet::template::InvalidLanguageKey>(())
    /// ```
    #[must_use]
    pub fn select(&self, wanted: LanguageKey) -> Selection<'_> {
        let documented = wanted.ever_shorter().find_map(|shorter| {
            let by = if shorter == wanted {
                SelectedBy::Exact
            } else {
                SelectedBy::LanguagePart
            };
            self.select_where(by, |key| key == shorter)
        });
        // The wanted key is replaced before it is made shorter: `pt-PT` must not find `pt-BR`.
        let alias = || {
            wanted.canonical().ever_shorter().find_map(|shorter| {
                self.select_where(SelectedBy::Alias, |key| key.canonical() == shorter)
            })
        };
        documented.or_else(alias).unwrap_or(Selection {
            by: SelectedBy::Base,
            key: None,
            text: &self.text,
        })
    }

    fn select_where(
        &self,
        by: SelectedBy,
        is: impl Fn(LanguageKey) -> bool,
    ) -> Option<Selection<'_>> {
        self.translations()
            .find(|(key, _)| key.parse().is_ok_and(&is))
            .map(|(key, text)| Selection {
                by,
                key: Some(key),
                text,
            })
    }

    /// Returns the keys that are no language, and those that were there before, in order.
    ///
    /// ```
    /// use septet::template::Catalogue;
    /// let catalogue = Catalogue::new("")
    ///     .with_translation("nl_NL", "a")
    ///     .with_translation("english", "b")
    ///     .with_translation("nl-nl", "c");
    /// let problems: Vec<String> =
    ///     catalogue.problems().map(|problem| format!("{}: {problem}", problem.key())).collect();
    /// assert_eq!(problems, [
    ///     "english: not a language of two or three letters at byte 0",
    ///     "nl-nl: the same key as translation 0; keep one",
    /// ]);
    /// ```
    pub fn problems(&self) -> impl Iterator<Item = KeyProblem<'_>> {
        let mut seen = BTreeMap::new();
        self.translations()
            .enumerate()
            .flat_map(move |(index, (key, _))| {
                let first = *seen.entry(FoldedKey(key)).or_insert(index);
                let unreadable = key.parse::<LanguageKey>().err();
                let repeated = (first != index).then_some(KeyProblemKind::Repeated { first });
                unreadable
                    .map(KeyProblemKind::Unreadable)
                    .into_iter()
                    .chain(repeated)
                    .map(move |kind| KeyProblem { index, key, kind })
            })
    }

    /// Returns what a partial update makes of the set; nothing is saved.
    ///
    /// A translation whose key is updated keeps its place and the spelling of its key; one that is
    /// new goes to the end, in the order of the update. Where the set has a key more than once, all
    /// of them are updated: which one counts is not known. Of several entries of an update for one
    /// key the last counts. (Okta does not say how it compares keys: an update is safest where
    /// it spells them as they are saved.)
    ///
    /// ```
    /// use septet::template::{Catalogue, Update};
    /// let saved = Catalogue::new("Code: ${code}")
    ///     .with_translation("nl_NL", "Kode: ${code}")
    ///     .with_translation("es", "Clave: ${code}");
    /// let update = Update::new()
    ///     .translation("fr", "Code : ${code}")
    ///     .translation("nl-nl", "Code: ${code}")
    ///     .removal("es");
    /// let expected = Catalogue::new("Code: ${code}")
    ///     .with_translation("nl_NL", "Code: ${code}")
    ///     .with_translation("fr", "Code : ${code}");
    /// assert!(saved.updated(&update) == expected);
    /// ```
    #[must_use]
    pub fn updated(&self, update: &Update) -> Self {
        let effective = update.effective();
        let mut unmatched = effective.clone();
        let kept = self.translations().filter_map(|(key, text)| {
            unmatched.remove(&FoldedKey(key));
            match effective.get(&FoldedKey(key)) {
                Some((_, text)) => text.map(|text| (key, text)),
                None => Some((key, text)),
            }
        });
        let mut translations: Vec<_> = kept.collect();
        let mut added: Vec<_> = unmatched.into_values().collect();
        added.sort_unstable_by_key(|(index, _)| *index);
        translations.extend(added.into_iter().filter_map(|(index, text)| {
            let (key, _) = update.translations.get(index)?;
            Some((key.as_str(), text?))
        }));
        Self::from_parts(update.text.as_deref().unwrap_or(&self.text), translations)
    }

    /// Returns the set that a full replacement with this body leaves, of which nothing before it is
    /// part; `None` where it has no base text, without which there is none. Nothing is saved.
    ///
    /// ```
    /// use septet::template::{Catalogue, Update};
    /// let body = Update::new().text("Code: ${code}").translation("es", "Clave: ${code}");
    /// let replaced = Catalogue::replaced(&body).unwrap();
    /// assert_eq!(replaced.get("es"), Some("Clave: ${code}"));
    /// assert_eq!(Catalogue::replaced(&Update::new()), None);
    /// ```
    #[must_use]
    pub fn replaced(body: &Update) -> Option<Self> {
        let text = body.get_text()?;
        Some(Self::new(text).updated(body))
    }

    /// Returns what there is to say of each text on the way from this set to another: of the base
    /// text first, then of the other's translations in their order, then of those removed.
    ///
    /// A checker that leaves alone what was saved before it looks only at what was
    /// [added or changed](Change::is_new). Spelling is not a change: `nl_NL` and `nl-nl` are one key.
    /// Where a set has a key more than once, the first is held against the first, and so on.
    ///
    /// ```
    /// use septet::template::{Catalogue, ChangeKind};
    /// let before = Catalogue::new("a").with_translation("nl_NL", "b").with_translation("es", "c");
    /// let after = Catalogue::new("a").with_translation("nl-NL", "d");
    /// let changes: Vec<_> = before.changes(&after).map(|change| (change.key(), change.kind())).collect();
    /// assert_eq!(changes, [
    ///     (None, ChangeKind::Unchanged),
    ///     (Some("nl-NL"), ChangeKind::Changed),
    ///     (Some("es"), ChangeKind::Removed),
    /// ]);
    /// ```
    pub fn changes<'a>(&'a self, after: &'a Self) -> impl Iterator<Item = Change<'a>> {
        let base = Change {
            key: None,
            before: Some(&self.text),
            after: Some(&after.text),
        };
        let mut left: BTreeMap<_, _> = self.numbered().collect();
        let mut changes = Vec::with_capacity(1 + after.translations.len());
        changes.push(base);
        changes.extend(after.numbered().map(|(key, text)| Change {
            key: Some(key.0.0),
            before: left.remove(&key),
            after: Some(text),
        }));
        let removed = self.numbered().filter(|(key, _)| left.contains_key(key));
        changes.extend(removed.map(|(key, text)| Change {
            key: Some(key.0.0),
            before: Some(text),
            after: None,
        }));
        changes.into_iter()
    }

    /// The translations, each key with how many of its kind come before it.
    fn numbered(&self) -> impl Iterator<Item = ((FoldedKey<'_>, usize), &str)> {
        let mut seen = BTreeMap::new();
        self.translations().map(move |(key, text)| {
            let count = seen.entry(FoldedKey(key)).or_insert(0_usize);
            let number = *count;
            *count += 1;
            ((FoldedKey(key), number), text)
        })
    }

    fn from_parts(text: &str, translations: Vec<(&str, &str)>) -> Self {
        let translations = translations.into_iter();
        Self {
            text: text.into(),
            translations: translations
                .map(|(key, text)| (key.into(), text.into()))
                .collect(),
        }
    }
}

/// Shows lengths, no text.
impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue")
            .field("text_bytes", &self.text.len())
            .field("translations", &self.translations.len())
            .finish_non_exhaustive()
    }
}

/// The text that a language gets, and why. See [`Catalogue::select`].
///
/// ```
/// use septet::template::{Catalogue, SelectedBy};
/// let catalogue = Catalogue::new("base").with_translation("pt_BR", "Código");
/// let selected = catalogue.select("pt".parse()?);
/// assert_eq!(selected.by(), SelectedBy::Alias);
/// assert_eq!((selected.key(), selected.text()), (Some("pt_BR"), "Código"));
/// # Ok::<_, septet::template::InvalidLanguageKey>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Selection<'a> {
    by: SelectedBy,
    key: Option<&'a str>,
    text: &'a str,
}

impl<'a> Selection<'a> {
    /// Returns which step found the text.
    #[must_use]
    pub const fn by(&self) -> SelectedBy {
        self.by
    }

    /// Returns the key of the translation, as the set spells it; `None` for the base text.
    #[must_use]
    pub const fn key(&self) -> Option<&'a str> {
        self.key
    }

    /// Returns the text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }
}

/// Shows the length of the text, not the text.
impl fmt::Debug for Selection<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Selection")
            .field("by", &self.by)
            .field("key", &self.key)
            .field("text_bytes", &self.text.len())
            .finish()
    }
}

/// The step that finds the text of a language. See [`Catalogue::select`].
///
/// ```
/// use septet::template::{Catalogue, SelectedBy};
/// assert_eq!(Catalogue::new("base").select("fr".parse()?).by(), SelectedBy::Base);
/// # Ok::<_, septet::template::InvalidLanguageKey>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum SelectedBy {
    /// The key itself has a translation.
    Exact,
    /// The key without its region, or without its script too, has one.
    LanguagePart,
    /// A key that stands for one of these, or for which one of these stands, has one. Okta
    /// documents no such step, so it may give the base text here.
    Alias,
    /// None has one.
    Base,
}

/// A key that is no language, or not the only one of its kind. See [`Catalogue::problems`].
///
/// ```
/// use septet::template::{Catalogue, KeyProblemKind};
/// let catalogue = Catalogue::new("").with_translation("es", "").with_translation("ES", "");
/// let problem = catalogue.problems().next().unwrap();
/// assert_eq!((problem.index(), problem.key()), (1, "ES"));
/// assert!(matches!(problem.kind(), KeyProblemKind::Repeated { first: 0, .. }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[error("{kind}")]
pub struct KeyProblem<'a> {
    index: usize,
    key: &'a str,
    kind: KeyProblemKind,
}

impl<'a> KeyProblem<'a> {
    /// Returns which of the translations it is, from 0.
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }

    /// Returns the key as it was given.
    #[must_use]
    pub const fn key(&self) -> &'a str {
        self.key
    }

    /// Returns what is wrong with it.
    #[must_use]
    pub const fn kind(&self) -> KeyProblemKind {
        self.kind
    }
}

/// What is wrong with the key of a translation.
///
/// ```
/// use septet::template::{Catalogue, KeyProblemKind};
/// let catalogue = Catalogue::new("").with_translation("english", "");
/// let kind = catalogue.problems().next().unwrap().kind();
/// assert!(matches!(kind, KeyProblemKind::Unreadable(error) if error.at() == 0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum KeyProblemKind {
    /// It is no language key, so no language ever gets its text.
    #[error(transparent)]
    Unreadable(InvalidLanguageKey),
    /// A translation before it has the same key.
    #[error("the same key as translation {first}; keep one")]
    #[non_exhaustive]
    Repeated {
        /// Which of the translations has it first, from 0.
        first: usize,
    },
}

/// A request to change a set in part: what it does not name stays as it is.
///
/// A text is added or replaces the one there is; an empty one removes a translation, as a removal
/// does. [`Catalogue::updated`] says what comes of it.
///
/// ```
/// use septet::template::{Catalogue, Update};
/// let saved = Catalogue::new("a").with_translation("es", "b");
/// assert_eq!(saved.updated(&Update::new()), saved);
/// assert_eq!(saved.updated(&Update::new().translation("es", "")), Catalogue::new("a"));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[doc(alias("patch", "partial update"))]
pub struct Update {
    text: Option<String>,
    translations: Vec<(String, Option<String>)>,
}

impl Update {
    /// Creates an update that changes nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            text: None,
            translations: Vec::new(),
        }
    }

    /// Sets the base text.
    ///
    /// ```
    /// use septet::template::{Catalogue, Update};
    /// assert_eq!(Catalogue::new("a").updated(&Update::new().text("b")).text(), "b");
    /// ```
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// Adds or replaces a translation; an empty text removes it.
    ///
    /// ```
    /// use septet::template::{Catalogue, Update};
    /// let updated = Catalogue::new("a").updated(&Update::new().translation("es", "b"));
    /// assert_eq!(updated.get("es"), Some("b"));
    /// ```
    #[must_use]
    pub fn translation(mut self, key: impl Into<String>, text: impl Into<String>) -> Self {
        self.translations.push((key.into(), Some(text.into())));
        self
    }

    /// Removes a translation, if there is one.
    ///
    /// ```
    /// use septet::template::{Catalogue, Update};
    /// let saved = Catalogue::new("a").with_translation("es_MX", "b");
    /// assert_eq!(saved.updated(&Update::new().removal("es-mx")), Catalogue::new("a"));
    /// ```
    #[must_use]
    pub fn removal(mut self, key: impl Into<String>) -> Self {
        self.translations.push((key.into(), None));
        self
    }

    /// Returns the base text that it sets.
    #[must_use]
    pub fn get_text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// Returns the keys that it names, each with its text, or `None` for a removal, in order and as
    /// they were given.
    ///
    /// ```
    /// use septet::template::Update;
    /// let update = Update::new().translation("es", "b").removal("fr");
    /// assert!(update.translations().eq([("es", Some("b")), ("fr", None)]));
    /// ```
    pub fn translations(
        &self,
    ) -> impl DoubleEndedIterator<Item = (&str, Option<&str>)> + ExactSizeIterator {
        let translations = self.translations.iter();
        translations.map(|(key, text)| (key.as_str(), text.as_deref()))
    }

    /// The last entry of each key: its place, and its text unless it removes.
    fn effective(&self) -> BTreeMap<FoldedKey<'_>, (usize, Option<&str>)> {
        let entries = self.translations().enumerate();
        entries
            .map(|(index, (key, text))| {
                let text = text.filter(|text| !text.is_empty());
                (FoldedKey(key), (index, text))
            })
            .collect()
    }
}

/// Shows lengths, no text.
impl fmt::Debug for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Update")
            .field("text_bytes", &self.text.as_ref().map(String::len))
            .field("translations", &self.translations.len())
            .finish_non_exhaustive()
    }
}

/// What became of one text. See [`Catalogue::changes`].
///
/// ```
/// use septet::template::{Catalogue, ChangeKind};
/// let (before, after) = (Catalogue::new("a"), Catalogue::new("b"));
/// let change = before.changes(&after).next().unwrap();
/// assert_eq!((change.key(), change.kind()), (None, ChangeKind::Changed));
/// assert_eq!((change.before(), change.after()), (Some("a"), Some("b")));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Change<'a> {
    key: Option<&'a str>,
    before: Option<&'a str>,
    after: Option<&'a str>,
}

impl<'a> Change<'a> {
    /// Returns the key, spelled as it is afterwards, or was before it was removed; `None` for the
    /// base text.
    #[must_use]
    pub const fn key(&self) -> Option<&'a str> {
        self.key
    }

    /// Returns what became of the text.
    #[must_use]
    pub fn kind(&self) -> ChangeKind {
        match (self.before, self.after) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Removed,
            (before, after) if before == after => ChangeKind::Unchanged,
            _ => ChangeKind::Changed,
        }
    }

    /// Says whether there is a text afterwards that was not there before: added or changed.
    ///
    /// ```
    /// use septet::template::Catalogue;
    /// let before = Catalogue::new("a").with_translation("es", "b");
    /// let after = before.clone().with_translation("fr", "c");
    /// let new: Vec<_> = before.changes(&after).filter(|change| change.is_new()).collect();
    /// assert_eq!(new.len(), 1);
    /// assert_eq!(new[0].after(), Some("c"));
    /// ```
    #[must_use]
    pub fn is_new(&self) -> bool {
        matches!(self.kind(), ChangeKind::Added | ChangeKind::Changed)
    }

    /// Returns the text before, if there was one.
    #[must_use]
    pub const fn before(&self) -> Option<&'a str> {
        self.before
    }

    /// Returns the text afterwards, if there is one.
    #[must_use]
    pub const fn after(&self) -> Option<&'a str> {
        self.after
    }
}

/// Shows lengths, no text.
impl fmt::Debug for Change<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change")
            .field("key", &self.key)
            .field("kind", &self.kind())
            .field("before_bytes", &self.before.map(str::len))
            .field("after_bytes", &self.after.map(str::len))
            .finish()
    }
}

/// What can become of a text.
///
/// ```
/// use septet::template::{Catalogue, ChangeKind};
/// let catalogue = Catalogue::new("a");
/// assert!(catalogue.changes(&catalogue).all(|change| change.kind() == ChangeKind::Unchanged));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a text is on one side, on the other, or on both"
)]
pub enum ChangeKind {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
    /// It is another one.
    Changed,
    /// It is the same.
    Unchanged,
}
