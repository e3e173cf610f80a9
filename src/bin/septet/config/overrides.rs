//! An `[[override]]` of a configuration: which texts are held to something else.

use core::ops::Range;

use toml::de::DeTable;

use super::pattern::LocalePattern;
use super::reader::{Keys, Reader};
use super::settings::Settings;
use super::{FilePatterns, KeyPattern, source};

/// Texts, and what is said of them. All that is given has to match.
#[derive(Default)]
pub(super) struct Override {
    files: Option<FilePatterns>,
    keys: Option<Vec<KeyPattern>>,
    locales: Option<Vec<LocalePattern>>,
    pub(super) settings: Settings,
}

pub(super) const KEYS: Keys<Override> = &[
    ("files", |reader, value, draft| {
        draft.files = source::files(reader, value);
    }),
    ("keys", |reader, value, draft| {
        draft.keys = source::keys(reader, value);
        if draft.keys.iter().flatten().any(KeyPattern::has_locale) {
            reader.mistake(
                value.span(),
                "`{locale}` has no place here: the keys of texts come without their locale",
                "leave that part out, and select by `locales`",
            );
        }
    }),
    ("locales", |reader, value, draft| {
        draft.locales = reader.each(value, |reader, value| {
            let pattern = LocalePattern::new(reader.string(value)?);
            if let Err(what) = &pattern {
                let help = "write a locale such as \"fr\", which has fr-CA with it, or \"zh-*\"";
                reader.mistake(value.span(), what, help);
            }
            pattern.ok()
        });
    }),
    ("expect-ucs2", |reader, value, draft| {
        draft.settings.expect_ucs2 = reader.boolean(value);
    }),
    // For people who read the configuration.
    ("reason", |reader, value, _| {
        reader.string(value);
    }),
];

/// What selects texts, and what says why.
const SELECTORS: [&str; 3] = ["files", "keys", "locales"];
const REASON: &str = "reason";

impl Override {
    /// Checks what was read as a whole. `at` is where it begins.
    pub(super) fn check(&self, reader: &mut Reader, table: &DeTable<'_>, at: Range<usize>) {
        let has = |key: &str| table.contains_key(key);
        if !SELECTORS.into_iter().any(has) {
            reader.mistake(
                at.clone(),
                "this override does not say which texts it is about",
                "add `files`, `keys` or `locales`; what holds for all texts stands at the top",
            );
        }
        let is_said = |name: &str| name != REASON && !SELECTORS.contains(&name);
        if !table.keys().any(|key| is_said(key.get_ref())) {
            reader.mistake(
                at.clone(),
                "this override changes nothing",
                "add what is to hold for its texts, such as budget = 2",
            );
        }
        if self.settings.silences() && !has(REASON) {
            reader.mistake(
                at.clone(),
                "this override silences a lint and does not say why",
                "add reason = \"…\" for those who read it in a year",
            );
        }
        if !self.is_about_files() {
            for rule in self.settings.rules_of_files() {
                reader.mistake(
                    at.clone(),
                    format!("`{rule}` is about files and not about single texts"),
                    "set its severity at the top, or in an override of `files` alone",
                );
            }
        }
    }

    /// Whether it selects by paths alone.
    pub(super) fn is_about_files(&self) -> bool {
        self.keys.is_none() && self.locales.is_none()
    }

    pub(super) fn has_path(&self, path: &str) -> bool {
        let files = self.files.as_ref();
        files.is_none_or(|files| files.matches(path).is_some())
    }

    /// Whether a text is meant; its locale is folded.
    pub(super) fn matches(&self, path: &str, key: &str, locale: &str) -> bool {
        let keys = self.keys.as_ref();
        let locales = self.locales.as_ref();
        locales.is_none_or(|locales| locales.iter().any(|pattern| pattern.matches(locale)))
            && keys.is_none_or(|keys| keys.iter().any(|pattern| pattern.matches_joined(key)))
            && self.has_path(path)
    }
}
