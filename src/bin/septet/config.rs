//! `septet.toml`: which files hold texts, and what these are held to.

mod overrides;
mod pattern;
mod price;
pub(crate) mod reader;
mod schema;
mod settings;
mod source;

use core::fmt::Write as _;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use septet::template::{LanguageKey, Rules, Severity};
use toml::de::{DeTable, DeValue};

pub(crate) use pattern::{FilePatterns, KeyPattern};
pub(crate) use schema::SCHEMA;

use self::overrides::Override;
use self::price::Prices;
use self::reader::{Beside, Keys, Mistake, Reader, Value};
use self::settings::Settings;
use crate::Failure;
use crate::formats::Format;
use crate::lines::Lines;
use crate::locale::folded;
use crate::output::Look;
use crate::results::CountryPrice;
use crate::rule::{Rule, SourceLint};
use crate::snippet::{self, Notice};
use crate::terminal::visible_path;

/// The name of a configuration.
pub(crate) const FILE_NAME: &str = "septet.toml";

const LOCALE_HELP: &str = "write a language, perhaps with a region, such as \"fr\" or \"pt-BR\"";

/// What texts are held to, and where they are.
pub(crate) struct Config {
    /// Paths of the configuration, of the baseline and of reports are relative to this folder: the
    /// one that holds the configuration, or the working directory without one.
    pub(crate) root: PathBuf,
    /// The configuration itself, where there is one.
    pub(crate) path: Option<PathBuf>,
    /// Empty where nothing is configured: then texts are looked for.
    pub(crate) sources: Vec<Source>,
    pub(crate) base_locale: Option<LanguageKey>,
    /// Relative to the root.
    pub(crate) baseline: Option<PathBuf>,
    /// What holds for all texts.
    settings: Settings,
    /// A translation is expected for each.
    locales: Vec<LanguageKey>,
    ucs2_locales: Vec<LanguageKey>,
    overrides: Vec<Override>,
    prices: Prices,
    /// By the numbers of the overrides that are in them.
    rules: RwLock<HashMap<Vec<usize>, Arc<Rules<'static>>>>,
}

/// Files that hold texts.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) files: FilePatterns,
    /// By the extension unless set.
    pub(crate) format: Option<Format>,
    /// Which keys hold texts; empty is all.
    pub(crate) keys: Vec<KeyPattern>,
    /// The locale of all texts that say nothing of their own.
    pub(crate) locale: Option<String>,
}

/// The keys at the top, beside those about texts.
const KEYS: Keys<Config> = &[
    ("base-locale", |reader, value, config| {
        config.base_locale = reader.parsed(value, LOCALE_HELP);
    }),
    ("locales", |reader, value, config| {
        config.locales = languages(reader, value);
    }),
    ("ucs2-locales", |reader, value, config| {
        config.ucs2_locales = languages(reader, value);
    }),
    ("baseline", |reader, value, config| {
        config.baseline = reader.string(value).map(PathBuf::from);
    }),
    ("source", |reader, value, config| {
        for (table, at) in sections(reader, value, "source") {
            let mut draft = source::Draft::default();
            reader.walk(table, source::KEYS, &mut draft);
            config.sources.extend(draft.finish(reader, table, at));
        }
    }),
    ("override", |reader, value, config| {
        for (table, at) in sections(reader, value, "override") {
            let mut draft = Override::default();
            let about_texts: Beside<Override, Settings> =
                (settings::KEYS, |draft| &mut draft.settings);
            reader.walk_with(table, overrides::KEYS, Some(about_texts), &mut draft);
            draft.check(reader, table, at);
            config.overrides.push(draft);
        }
    }),
    ("price", |reader, value, config| {
        if let Some(table) = reader.table(value) {
            reader.walk(table, price::KEYS, &mut config.prices);
            config.prices.check(reader, value);
        }
    }),
];

fn languages(reader: &mut Reader, value: &Value<'_>) -> Vec<LanguageKey> {
    let mut all = Vec::new();
    let read = reader.each(value, |reader, value| {
        let language: LanguageKey = reader.parsed(value, LOCALE_HELP)?;
        if all.contains(&language) {
            reader.mistake(
                value.span(),
                "this locale is there twice",
                "keep one of the two",
            );
        }
        all.push(language);
        Some(language)
    });
    read.unwrap_or_default()
}

/// The tables of a section that may be there more than once, and where each begins.
fn sections<'t, 'v>(
    reader: &mut Reader,
    value: &'t Value<'v>,
    name: &str,
) -> Vec<(&'t DeTable<'v>, core::ops::Range<usize>)> {
    if let DeValue::Table(_) = value.get_ref() {
        reader.mistake(
            value.span(),
            "a list of tables is expected here, and this is one table",
            format!("write [[{name}]] with two brackets on each side"),
        );
        return Vec::new();
    }
    let values = reader.list(value).unwrap_or_default().iter();
    let tables = values.filter_map(|value| Some((reader.table(value)?, value.span())));
    tables.collect()
}

impl Config {
    /// What holds without a configuration.
    pub(crate) fn none(root: PathBuf) -> Self {
        Self {
            root,
            path: None,
            sources: Vec::new(),
            base_locale: "en".parse().ok(),
            baseline: None,
            settings: Settings::default(),
            locales: Vec::new(),
            ucs2_locales: Vec::new(),
            overrides: Vec::new(),
            prices: Prices::default(),
            rules: RwLock::default(),
        }
    }

    /// Looks for a configuration in a folder and upwards, to the root of the repository at most (the
    /// folder that holds `.git`), else to the root of the file system.
    pub(crate) fn find(from: &Path) -> Option<PathBuf> {
        let from = std::path::absolute(from).ok()?;
        for folder in from.ancestors() {
            let path = folder.join(FILE_NAME);
            if path.is_file() {
                return Some(path);
            }
            if folder.join(".git").exists() {
                break;
            }
        }
        None
    }

    /// Reads a configuration. A mistake in it is told with its line and a caret, all of them at once.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = read_text(path)?;
        let root = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let mut config = Self::none(root.to_owned());
        config.path = Some(path.to_owned());
        match config.fill(&text) {
            mistakes if mistakes.is_empty() => Ok(config),
            mistakes => Err(told(&mistakes, path, &text)),
        }
    }

    /// Takes what is written, and gives what is wrong with it, in the order of the text.
    fn fill(&mut self, text: &str) -> Vec<Mistake> {
        let names = KEYS.iter().map(|(name, _)| *name);
        let mut reader = Reader::new(names.chain(settings::KEYS.iter().map(|(name, _)| *name)));
        if let Some(table) = reader.parse(text) {
            let about_texts: Beside<Self, Settings> =
                (settings::KEYS, |config| &mut config.settings);
            reader.walk_with(&table, KEYS, Some(about_texts), self);
            if let Some(baseline) = self.baseline.as_deref().and_then(Path::to_str) {
                // Its strings are no texts, whatever the patterns of the sources are.
                let baseline = baseline.strip_prefix("./").unwrap_or(baseline);
                for source in &mut self.sources {
                    source.files.leave_out(baseline);
                }
            }
        }
        reader.mistakes.sort_by_key(|mistake| mistake.at.start);
        reader.mistakes
    }

    /// What a text is held to. Rules that are the same are made once.
    pub(crate) fn rules(&self, path: &str, key: &str, locale: Option<&str>) -> Arc<Rules<'static>> {
        let base = || self.base_locale.as_ref().map(LanguageKey::as_str);
        let locale = folded(locale.or_else(base).unwrap_or_default());
        let overrides = self.overrides.iter().enumerate();
        let matching: Vec<usize> = overrides
            .filter(|(_, one)| one.matches(path, key, &locale))
            .map(|(number, _)| number)
            .collect();
        let known = self.rules.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(rules) = known.get(&matching) {
            return Arc::clone(rules);
        }
        drop(known);
        let mut known = self.rules.write().unwrap_or_else(PoisonError::into_inner);
        let rules = known.entry(matching).or_insert_with_key(|matching| {
            let overrides = matching.iter().filter_map(|at| self.overrides.get(*at));
            let overrides = overrides.map(|one| &one.settings);
            let layers: Vec<_> = core::iter::once(&self.settings).chain(overrides).collect();
            Arc::new(self.rules_of(&layers))
        });
        Arc::clone(rules)
    }

    fn rules_of(&self, layers: &[&Settings]) -> Rules<'static> {
        let mut rules = Settings::rules(layers);
        if let Some(base) = self.base_locale {
            rules = rules.base_language(base);
        }
        let rules = self
            .locales
            .iter()
            .copied()
            .fold(rules, Rules::expect_language);
        let ucs2 = self.ucs2_locales.iter().copied();
        ucs2.fold(rules, Rules::expect_ucs2_in)
    }

    /// How much a finding about a file weighs; `None` where it is silenced.
    pub(crate) fn severity_of(&self, lint: SourceLint, path: &str) -> Option<Severity> {
        let rule = Rule::Source(lint);
        let overrides = self.overrides.iter().rev();
        let overrides = overrides.filter(|one| one.is_about_files() && one.has_path(path));
        let mut layers = overrides.map(|one| &one.settings).chain([&self.settings]);
        let set = layers.find_map(|settings| settings.severities.get(&rule));
        set.copied().unwrap_or_else(|| Some(rule.severity()))
    }

    /// What a segment costs where a locale is spoken: one entry a country that has a price.
    pub(crate) fn prices(&self, locale: Option<&str>) -> Vec<CountryPrice> {
        let locale = match locale {
            Some(locale) => locale.parse().ok(),
            None => self.base_locale,
        };
        locale.map_or_else(Vec::new, |locale| self.prices.of(locale))
    }
}

/// Reads a file that the user names, as text without a byte-order mark.
pub(crate) fn read_text(path: &Path) -> Result<String, Failure> {
    let failure =
        |error: &dyn core::fmt::Display| Failure::new(format!("{}: {error}", visible_path(path)));
    let bytes = read_file(path).map_err(|error| failure(&error))?;
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        failure(&format_args!(
            "invalid UTF-8 at byte {at}; convert the file to UTF-8"
        ))
    })?;
    if text.starts_with('\u{FEFF}') {
        text.drain(..'\u{FEFF}'.len_utf8());
    }
    Ok(text)
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe or a device may never end.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("is no regular file"));
    }
    fs::read(path)
}

/// Mistakes that are told one by one.
const TOLD: usize = 100;

/// All mistakes, each with its line.
pub(crate) fn told(mistakes: &[Mistake], path: &Path, text: &str) -> Failure {
    const LOOK: Look = Look {
        color: false,
        width: 80,
    };
    let (path, lines) = (&*visible_path(path), Lines::of(text));
    let count = mistakes.len();
    let plural = if count == 1 { "" } else { "s" };
    let mut message = format!("{path} has {count} mistake{plural}");
    for Mistake { at, what, help } in mistakes.iter().take(TOLD) {
        let notice = Notice {
            severity: Severity::Error,
            rule: None,
            title: what,
            path,
            source: text,
            lines: &lines,
            span: at.clone(),
            label: None,
            notes: &[("help", help.clone())],
        };
        // Writing to a string does not fail.
        let _ = write!(message, "\n\n{}", snippet::render(&notice, LOOK).trim_end());
    }
    if count > TOLD {
        let _ = write!(message, "\n\nand {} more", count - TOLD);
    }
    Failure::new(message)
}

#[cfg(test)]
mod tests {
    use std::thread;

    use proptest::prelude::*;
    use septet::template::{Catalogue, Lint};
    use septet::{Concatenation, Cut, Encoding, NationalLanguage, NationalTables};

    use super::*;

    fn filled(text: &str) -> (Config, Vec<Mistake>) {
        let mut config = Config::none(PathBuf::new());
        let mistakes = config.fill(text);
        (config, mistakes)
    }

    fn config(text: &str) -> Config {
        let (config, mistakes) = filled(text);
        let mistakes: Vec<_> = mistakes.into_iter().map(|mistake| mistake.what).collect();
        assert_eq!(mistakes, [""; 0], "{text}");
        config
    }

    /// Whether a lint is found in a text.
    fn finds(config: &str, text: &str, lint: Lint) -> bool {
        let rules = self::config(config).rules("a.json", "sms", None);
        let report = rules.check(text);
        report.findings().any(|finding| finding.lint() == lint)
    }

    #[test]
    fn each_key_about_texts_changes_what_is_found() {
        let long = "a".repeat(163);
        let with_value = format!("{}${{n}}", "a".repeat(150));
        // A configuration in which the lint is found, and one in which it is not.
        let cases = [
            ("budget = 1", "budget = 2", &*long, Lint::OverBudget),
            ("", "nearly = 2", &*long, Lint::NearlyCheaper),
            (
                "syntax = \"dollar-brace\"",
                "syntax = \"none\"",
                "${a",
                Lint::MalformedPlaceholder,
            ),
            (
                "profile = \"turkiye\"",
                "",
                "https://example.com",
                Lint::Link,
            ),
            (
                "require = [\"code\"]",
                "require = [\"name\"]",
                "${name}",
                Lint::MissingPlaceholder,
            ),
            (
                "know = [\"code\"]",
                "know = [\"name\"]",
                "${name}",
                Lint::UnknownPlaceholder,
            ),
            (
                "brand = \"Example\"",
                "brand = \"Shop\"",
                "Shop",
                Lint::MissingBrand,
            ),
            (
                "origin-bound-host = \"example.com\"",
                "origin-bound-host = \"shop.example.com\"",
                "Code\n\n@shop.example.com #1",
                Lint::OriginBoundLine,
            ),
            (
                "retriever-hash = \"FA+9qCX9VSu\"",
                "retriever-hash = \"FA+9qCX9VSv\"",
                "Code\nFA+9qCX9VSv",
                Lint::RetrieverHash,
            ),
            (
                "",
                "repeats = 3",
                "{{#each x}}a{{/each}}",
                Lint::UnboundedPlaceholder,
            ),
            (
                "",
                "values = { n = [\"1\"] }",
                "${n}",
                Lint::UnboundedPlaceholder,
            ),
            (
                "budget = 1\nvalues = { n = { characters = \"digits\", length = 11 } }",
                "budget = 1\nvalues = { n = { characters = \"digits\", length = 10 } }",
                &*with_value,
                Lint::OverBudget,
            ),
            (
                "budget = 1\nvalues = { n = { characters-given = \"ab€\", max = 6 } }",
                "budget = 1\nvalues = { n = { characters-given = \"ab\", max = 6 } }",
                &*with_value,
                Lint::OverBudget,
            ),
            (
                "code = \"n\"\nvalues = { n = { list = [\"1 2\"] } }",
                "code = \"n\"\nvalues = { n = { list = [\"1234\"] } }",
                "${n}",
                Lint::UserConsentCode,
            ),
            (
                "",
                "severity = { SMS101 = \"off\" }",
                "“a”",
                Lint::ForcesUcs2,
            ),
        ];
        for (with, without, text, lint) in cases {
            assert!(finds(with, text, lint), "{lint}: {with}");
            assert!(!finds(without, text, lint), "{lint}: {without}");
        }
    }

    #[test]
    fn how_a_message_is_cut_is_read() {
        let options = |text: &str| config(text).rules("", "", None).get_options();
        let plain = options("");
        assert_eq!(
            plain.get_concatenation(Encoding::Ucs2),
            Concatenation::Bits8
        );
        assert_eq!(plain.get_cut(), Cut::Scalar);
        assert_eq!(plain.get_national_tables(), NationalTables::NONE);
        // UCS-2 goes with the other unless it has a reference of its own.
        let both = options("reference = \"16\"");
        assert_eq!(
            both.get_concatenation(Encoding::Gsm7),
            Concatenation::Bits16
        );
        assert_eq!(
            both.get_concatenation(Encoding::Ucs2),
            Concatenation::Bits16
        );
        let one = options("ucs2-reference = \"none\"\ncut = \"word\"\nnational = \"all\"");
        assert_eq!(one.get_concatenation(Encoding::Gsm7), Concatenation::Bits8);
        assert_eq!(one.get_concatenation(Encoding::Ucs2), Concatenation::None);
        assert_eq!(one.get_cut(), Cut::Word);
        assert_eq!(one.get_national_tables(), NationalTables::ALL);
        let turkish = NationalTables::NONE.allow(NationalLanguage::Turkish);
        let listed = options("national = [\"turkish\"]").get_national_tables();
        assert_eq!(listed, turkish);
        let text = "Doğrulama kodunuzu kimseyle paylaşmayın. Kodunuz birazdan gönderilecektir.";
        let cases = [
            ("", false),
            ("suggest-national = ['spanish']", false),
            ("suggest-national = ['turkish']", true),
        ];
        for (tables, is_suggested) in cases {
            let report = config(tables).rules("", "", None).check(text);
            assert_eq!(report.alternatives().len() > 0, is_suggested, "{tables}");
        }
    }

    #[test]
    fn texts_of_a_locale_may_be_meant_to_be_ucs2() {
        let is_expected = |text: &str, locale: Option<&str>| {
            let rules = config(text).rules("a", "b", locale);
            let set = Catalogue::new("“a”");
            let set = match locale {
                Some(locale) => set.with_translation(locale, "“a”"),
                None => set,
            };
            let report = rules.check_catalogue(&set);
            let text = report.text(locale).unwrap().report().unwrap();
            text.findings()
                .all(|finding| finding.lint() != Lint::ForcesUcs2)
        };
        assert!(!is_expected("", Some("ru")));
        assert!(is_expected("ucs2-locales = [\"ru\"]", Some("ru-RU")));
        assert!(!is_expected("ucs2-locales = [\"ru\"]", None));
        assert!(is_expected(
            "ucs2-locales = [\"ru\"]\nbase-locale = \"ru\"",
            None
        ));
        let overrides = "[[override]]\nlocales = [\"ja\"]\nexpect-ucs2 = true\n\
                         [[override]]\nlocales = [\"ja-JP\"]\nexpect-ucs2 = false\n";
        assert!(is_expected(overrides, Some("ja")));
        assert!(!is_expected(overrides, Some("ja-JP")));
    }

    #[test]
    fn languages_are_expected_but_that_of_the_base_text() {
        let missing = |text: &str| {
            let rules = config(text).rules("", "", None);
            let set = Catalogue::new("a").with_translation("de", "b");
            let report = rules.check_catalogue(&set);
            let lints = report.findings().map(|finding| finding.lint());
            lints
                .filter(|lint| *lint == Lint::MissingTranslation)
                .count()
        };
        assert_eq!(missing(""), 0);
        assert_eq!(missing("locales = [\"de\", \"fr\", \"en\"]"), 1);
        assert_eq!(
            missing("locales = [\"de\", \"fr\"]\nbase-locale = \"fr\""),
            0
        );
    }

    const OVERRIDES: &str = r#"
budget = 1
brand = "Example"
severity = { forces-ucs2 = "error", link = "note" }
values = { a = ["1"], b = ["1"] }

[[override]]
files = ["marketing/**"]
budget = 2

[[override]]
files = ["marketing/**"]
keys = ["promo.*"]
locales = ["pl", "zh-*"]
budget = 3
values = { b = ["1", "22"] }

[[override]]
locales = ["fr"]
severity = { forces-ucs2 = "off" }
reason = "typography"
"#;

    #[test]
    fn the_last_override_wins_key_by_key() {
        let config = config(OVERRIDES);
        let budget = |path, key, locale| config.rules(path, key, locale).get_budget();
        assert_eq!(budget("a.json", "promo.a", Some("pl")), Some(1));
        assert_eq!(budget("marketing/a.json", "other", Some("pl")), Some(2));
        for locale in ["pl", "PL", "pl_PL", "zh-CN", "ZH_hant_tw"] {
            let budget = budget("marketing/x/a.json", "promo.a", Some(locale));
            assert_eq!(budget, Some(3), "{locale}");
        }
        for locale in [Some("zh"), Some("plx"), Some("de"), None] {
            let budget = budget("marketing/a.json", "promo.a", locale);
            assert_eq!(budget, Some(2), "{locale:?}");
        }
        let lints = |locale, text: &str| -> Vec<_> {
            let rules = config.rules("marketing/a.json", "promo.a", Some(locale));
            let report = rules.check(text);
            report.findings().map(|finding| finding.lint()).collect()
        };
        // What an override does not say is as before, values of other placeholders too.
        assert_eq!(lints("pl", "Example ${a}${b}"), []);
        assert_eq!(lints("pl", "${a}${b}"), [Lint::MissingBrand]);
        let over = |free: usize| {
            let text = format!("Example {}${{a}}${{b}}", "a".repeat(3 * 153 - 11 + free));
            lints("pl", &text).contains(&Lint::OverBudget)
        };
        assert_eq!([over(0), over(1)], [false, true]);
        let severity = |locale, lint| config.rules("a", "b", locale).severity_of(lint);
        assert_eq!(severity(None, Lint::ForcesUcs2), Some(Severity::Error));
        assert_eq!(severity(Some("fr_CA"), Lint::ForcesUcs2), None);
        assert_eq!(severity(Some("fr"), Lint::Link), Some(Severity::Note));
        assert_eq!(
            severity(Some("fr"), Lint::OverBudget),
            Some(Severity::Error)
        );
    }

    #[test]
    fn the_base_text_has_the_base_locale() {
        let text = "base-locale = \"fr-FR\"\n[[override]]\nlocales = [\"fr\"]\nbudget = 7";
        let config = config(text);
        assert_eq!(config.rules("", "", None).get_budget(), Some(7));
        // More than 255 segments cannot be sent.
        assert_eq!(config.rules("", "", Some("en")).get_budget(), Some(255));
        assert_eq!(self::config("").base_locale, "en".parse().ok());
    }

    #[test]
    fn rules_that_are_the_same_are_made_once_for_all_threads() {
        let config = config(OVERRIDES);
        let plain = config.rules("x.json", "y", Some("de"));
        thread::scope(|scope| {
            for thread in 0..4 {
                let (config, plain) = (&config, &plain);
                scope.spawn(move || {
                    for text in 0..250 {
                        let path = format!("{thread}/{text}.json");
                        let rules = config.rules(&path, "promo.x", Some("de-AT"));
                        assert!(Arc::ptr_eq(&rules, plain));
                        config.rules("marketing/a", &path, Some("fr"));
                    }
                });
            }
        });
        assert_eq!(config.rules.read().unwrap().len(), 2);
    }

    #[test]
    fn findings_about_files_weigh_what_is_set_for_paths_alone() {
        let config = config(
            "severity = { SMS902 = \"note\" }\n\
             [[override]]\nfiles = [\"old/**\"]\nseverity = { unused-allow = \"off\" }\nreason = \"r\"\n\
             [[override]]\nfiles = [\"old/new/**\"]\nseverity = { unused-allow = \"error\" }",
        );
        let cases = [
            ("a.json", Some(Severity::Note)),
            ("old/a.json", None),
            ("old/new/a.json", Some(Severity::Error)),
        ];
        for (path, severity) in cases {
            let found = config.severity_of(SourceLint::UnusedAllow, path);
            assert_eq!(found, severity, "{path}");
        }
        let unread = config.severity_of(SourceLint::UnreadableSource, "old/a.json");
        assert_eq!(unread, Some(Severity::Error));
    }

    /// A configuration, and what is said of its places.
    type Case = (&'static str, &'static [(&'static str, &'static str)]);

    const MISTAKES: [Case; 34] = [
        (
            "bugdet = 1",
            &[(
                "bugdet",
                "no key `bugdet` is known here: is `budget` meant?",
            )],
        ),
        (
            "[price]\ncurrency = 'USD'\nsegment = { US = 1 }\nbudget = 1",
            &[(
                "budget",
                "no key `budget` is known here: it belongs to the top, before the first section",
            )],
        ),
        (
            "[values]\ncode = 6",
            &[(
                "6",
                "a list or a table is expected here, and this is a whole number",
            )],
        ),
        (
            "budget = '1'",
            &[(
                "'1'",
                "a whole number is expected here, and this is a string",
            )],
        ),
        (
            "budget = 1.5",
            &[(
                "1.5",
                "a whole number is expected here, and this is a number with a fraction",
            )],
        ),
        (
            "budget = 0x100",
            &[(
                "0x100",
                "this number is out of range: write one from 1 to 255",
            )],
        ),
        (
            "nearly = -1",
            &[(
                "-1",
                "this number is out of range: write one from 0 to 65535",
            )],
        ),
        (
            "repeats = 99999999999999999999",
            &[("99999999999999999999", "this number is out of range")],
        ),
        ("brand = ' '", &[("' '", "this string is empty")]),
        (
            "code = true",
            &[(
                "true",
                "a string is expected here, and this is true or false",
            )],
        ),
        (
            "require = 'code'",
            &[("'code'", "a list is expected here, and this is a string")],
        ),
        (
            "values = 2026-11-01",
            &[("2026-11-01", "a table is expected here, and this is a date")],
        ),
        (
            "syntax = 'dolar-brace'",
            &[(
                "'dolar-brace'",
                "there is no syntax of placeholders `dolar-brace`: is `dollar-brace` meant?",
            )],
        ),
        (
            "cut = 'syllable'",
            &[(
                "'syllable'",
                "there is no cut `syllable`: there are scalar, grapheme and word",
            )],
        ),
        (
            "national = ['turkich', 'klingon']",
            &[
                (
                    "'turkich'",
                    "there is no national language table `turkich`: is `turkish` meant?",
                ),
                (
                    "'klingon'",
                    "there is no national language table `klingon`: there are turkish,",
                ),
            ],
        ),
        (
            "national = 'klingon'",
            &[("'klingon'", "not a language with national shift tables")],
        ),
        (
            "locales = ['de', 'DE', 'english']",
            &[
                ("'DE'", "this locale is there twice"),
                (
                    "'english'",
                    "not a language of two or three letters at byte 0",
                ),
            ],
        ),
        (
            "severity = { forces-ucs = 'off' }",
            &[(
                "forces-ucs",
                "no lint `forces-ucs`; is `forces-ucs2` meant?",
            )],
        ),
        (
            "severity = { SMS101 = 'off', forces-ucs2 = 'note' }",
            &[("forces-ucs2", "`forces-ucs2` is there twice")],
        ),
        (
            "values = { a = { length = 6 } }",
            &[("{ length = 6 }", "the characters of the values are missing")],
        ),
        (
            "[values]\na = { characters = 'digits' }\n\
             b = { characters = 'digits', length = 1, max = 2 }\nc = { list = ['a'], max = 1 }",
            &[
                (
                    "{ characters = 'digits' }",
                    "the greatest length is missing",
                ),
                (
                    "{ characters = 'digits', length = 1, max = 2 }",
                    "`length` and `min` or `max` exclude each other",
                ),
                ("{ list = ['a'], max = 1 }", "a list says all of its values"),
            ],
        ),
        (
            "[values]\na = { characters = 'digits', characters-given = 'a', max = 1 }\n\
             b = { characters = 'digits', min = 2, max = 1 }",
            &[
                (
                    "{ characters = 'digits', characters-given = 'a', max = 1 }",
                    "`characters` and `characters-given` exclude each other",
                ),
                (
                    "{ characters = 'digits', min = 2, max = 1 }",
                    "the least length is 2, which is more than the greatest, 1",
                ),
            ],
        ),
        (
            "origin-bound-host = 'https://example.com/a'",
            &[(
                "'https://example.com/a'",
                "an origin is `https://` and a host",
            )],
        ),
        (
            "retriever-hash = 'FA+9qCX9VS'",
            &[("'FA+9qCX9VS'", "this is no hash of an app")],
        ),
        (
            "[source]\nfiles = ['a']",
            &[(
                "[source]",
                "a list of tables is expected here, and this is one table: write [[source]]",
            )],
        ),
        (
            "[[source]]\nfiles = ['a{b', '/a', 'x', '!y/']",
            &[
                ("'a{b'", "this pattern is no glob: unclosed alternate group"),
                (
                    "'/a'",
                    "this pattern is not relative to the folder of the configuration",
                ),
                ("'!y/'", "this pattern names a folder and no file"),
            ],
        ),
        (
            "[[source]]\nkeys = ['a..b', '!a']\nlocale = 'x'",
            &[
                ("[[source]]", "this source names no files"),
                ("'a..b'", "a part of this pattern is empty"),
                ("'!a'", "a pattern of keys takes none out"),
                ("'x'", "not a language of two or three letters at byte 0"),
            ],
        ),
        (
            "[[source]]\nfiles = ['a']\nformat = 'jason'\ndelimiter = ';'",
            &[("'jason'", "there is no format `jason`: is `json` meant?")],
        ),
        (
            "[[source]]\nfiles = ['a']\ndelimiter = ';;'\ntext-columns = { A = 'x' }\n\
             escapes = 'xml'",
            &[
                ("';;'", "this cannot part columns"),
                ("';;'", "`delimiter` is a key of the format csv"),
                ("{ A = 'x' }", "`text-columns` is a key of the format csv"),
                ("'x'", "not a language"),
                ("'xml'", "`escapes` is a key of the format regex"),
            ],
        ),
        (
            "[[source]]\nfiles = ['a']\nformat = 'regex'\n\
             [[source]]\nfiles = ['a']\nformat = 'regex'\npattern = '('\n\
             [[source]]\nfiles = ['a']\nformat = 'regex'\npattern = '(a)'",
            &[
                ("[[source]]", "this source has no pattern"),
                ("'('", "this is no regular expression: unclosed group"),
                ("'(a)'", "no group is named `text`"),
            ],
        ),
        (
            "[[override]]\nbudget = 1\n[[override]]\nkeys = ['{locale}.a']\n\
             [[override]]\nlocales = ['e', 'zh-*é']\nbudget = 1",
            &[
                (
                    "[[override]]",
                    "this override does not say which texts it is about",
                ),
                ("[[override]]", "this override changes nothing"),
                ("['{locale}.a']", "`{locale}` has no place here"),
                ("'e'", "this is no locale"),
                ("'zh-*é'", "this is no pattern of locales"),
            ],
        ),
        (
            "[[override]]\nkeys = ['a']\nseverity = { link = 'off', unused-allow = 'note' }",
            &[
                (
                    "[[override]]",
                    "this override silences a lint and does not say why",
                ),
                (
                    "[[override]]",
                    "`unused-allow` is about files and not about single texts",
                ),
            ],
        ),
        (
            "[price]\ncurrency = 'usd'\ndate = '2026-13-01'\n\
             segment = { us = '0.1', FR = '0,1', DE = 0x1, ES = '1' }\n\
             locales = { fr = ['CA'], 'FR' = ['ES'], x = ['ES', 'es'] }",
            &[
                ("'usd'", "no currency of ISO 4217: write three"),
                ("'2026-13-01'", "no day of the calendar: write it as"),
                ("us", "`us` is not in capital letters: is `US` meant?"),
                ("'0,1'", "no amount of up to 6 decimals: write digits"),
                (
                    "0x1",
                    "a price is expected here, and this is a whole number",
                ),
                (
                    "{ fr = ['CA'], 'FR' = ['ES'], x = ['ES', 'es'] }",
                    "`fr` goes to CA, for which there is no price",
                ),
                ("fr", "this locale is there twice"),
                ("x", "not a language"),
                ("'es'", "`es` is not in capital letters: is `ES` meant?"),
            ],
        ),
        (
            "[price]\ncurrency = 'EUR'\nsegment = { UK = '0.1', XX = 1, AC = 1 }\n\
             locales = { en = ['UK'] }",
            &[
                (
                    "UK",
                    "no region of ISO 3166: write two letters, such as US, or GB for",
                ),
                ("XX", "no region of ISO 3166: write two letters"),
                ("'UK'", "no region of ISO 3166: write two letters"),
            ],
        ),
    ];

    #[test]
    fn mistakes_are_told_at_their_place_all_at_once() {
        for (text, expected) in MISTAKES {
            let (_, mistakes) = filled(text);
            let told: Vec<_> = mistakes
                .iter()
                .map(|one| (&text[one.at.clone()], format!("{}: {}", one.what, one.help)))
                .collect();
            assert_eq!(told.len(), expected.len(), "{text}\n{told:#?}");
            for ((at, what), (place, start)) in told.iter().zip(expected) {
                assert_eq!(at, place, "{text}\n{told:#?}");
                assert!(what.starts_with(start), "{text}\n{told:#?}");
            }
        }
    }

    #[test]
    fn what_is_no_toml_is_told_alone() {
        let (_, mistakes) = filled("bugdet = 1\nbudget = 1\nbudget = 2\n[values\n");
        let places: Vec<_> = mistakes.iter().map(|one| one.at.clone()).collect();
        assert_eq!(places, [22..28, 40..40]);
        let is_of_toml = |one: &Mistake| one.what.starts_with("this is no TOML: ");
        assert!(mistakes.iter().all(is_of_toml));
    }

    #[test]
    fn prices_are_exact_and_go_where_texts_go() {
        let of = |config: &Config, locale| -> Vec<_> {
            let prices = config.prices(locale).into_iter();
            prices
                .map(|CountryPrice { region, price }| {
                    (format!("{region}{}", price.currency()), price.micros())
                })
                .collect()
        };
        let plain = config(
            "base-locale = 'es'\n[price]\ncurrency = 'EUR'\n\
             segment = { US = '0.0079', FR = 0.0725, CA = 1, ES = '123.000001' }",
        );
        assert_eq!(of(&plain, Some("en-us")), [("USEUR".to_owned(), 7_900)]);
        assert_eq!(of(&plain, Some("fr_FR")), [("FREUR".to_owned(), 72_500)]);
        assert_eq!(of(&plain, Some("fr-CA")), [("CAEUR".to_owned(), 1_000_000)]);
        assert_eq!(
            of(&plain, Some("ca-Latn-ES")),
            [("ESEUR".to_owned(), 123_000_001)]
        );
        for locale in [
            None,
            Some("fr"),
            Some("pt-BR"),
            Some("es-419"),
            Some("english"),
        ] {
            assert_eq!(of(&plain, locale), [], "{locale:?}");
        }
        let listed = config(
            "base-locale = 'es'\n[price]\ncurrency = 'EUR'\nsegment = { US = 1, FR = 2, ES = 3 }\n\
             locales = { fr = ['FR', 'US'], es = ['ES'], pt-BR = ['US'] }",
        );
        let cases: [(_, &[(&str, u64)]); 8] = [
            (Some("fr"), &[("FREUR", 2_000_000), ("USEUR", 1_000_000)]),
            (
                Some("fr-Latn"),
                &[("FREUR", 2_000_000), ("USEUR", 1_000_000)],
            ),
            // Its own region goes before what is said of the language.
            (Some("fr-CA"), &[]),
            (Some("fr-FR"), &[("FREUR", 2_000_000)]),
            (Some("PT_br"), &[("USEUR", 1_000_000)]),
            (Some("es-419"), &[("ESEUR", 3_000_000)]),
            (None, &[("ESEUR", 3_000_000)]),
            (Some("de"), &[]),
        ];
        for (locale, expected) in cases {
            let expected = expected
                .iter()
                .map(|(place, micros)| ((*place).to_owned(), *micros));
            assert_eq!(
                of(&listed, locale),
                expected.collect::<Vec<_>>(),
                "{locale:?}"
            );
        }
    }

    #[test]
    fn sources_are_read_in_their_order() {
        let config = config(
            "[[source]]\nfiles = ['a/*']\n\
             [[source]]\nfiles = ['b.tsv', '!c']\nformat = 'csv'\n\
             text-columns = { Z = 'de', A = 'fr' }\nkey-columns = ['K']\nlocale-column = 'L'\n\
             [[source]]\nfiles = ['*.x']\nformat = 'csv'\ndelimiter = '|'\ntext-columns = ['T']\n\
             [[source]]\nfiles = ['*.java']\nformat = 'regex'\npattern = '(?P<text>a)'\n\
             escapes = 'xml'\nkeys = ['a', 'b.**']\nlocale = 'pt_BR'\n\
             [[source]]\nfiles = ['*.sql']\nformat = 'regex'\npattern = '(?<text>a)'",
        );
        let [plain, tabs, bars, code, sql] = &config.sources[..] else {
            panic!("{}", config.sources.len());
        };
        assert!(plain.format.is_none() && plain.keys.is_empty() && plain.locale.is_none());
        assert!(plain.files.matches("a/b").is_some());
        let Some(Format::Csv(columns)) = &tabs.format else {
            panic!("no CSV");
        };
        assert_eq!(columns.delimiter, b'\t');
        let texts = [("Z", "de"), ("A", "fr")];
        let texts = texts.map(|(header, locale)| (header.to_owned(), Some(locale.to_owned())));
        assert_eq!(columns.texts, texts);
        assert_eq!(
            (&*columns.key[0], columns.locale.as_deref()),
            ("K", Some("L"))
        );
        let Some(Format::Csv(columns)) = &bars.format else {
            panic!("no CSV");
        };
        assert_eq!(columns.delimiter, b'|');
        assert_eq!(columns.texts, [("T".to_owned(), None)]);
        assert_eq!(
            (code.keys.len(), code.locale.as_deref()),
            (2, Some("pt_BR"))
        );
        for (source, escapes) in [(code, source::ESCAPES[3].1), (sql, source::ESCAPES[0].1)] {
            let Some(Format::Regex(pattern)) = &source.format else {
                panic!("no regular expression");
            };
            assert_eq!(pattern.escapes, escapes);
        }
    }

    #[test]
    fn no_source_reads_the_baseline() {
        for baseline in ["a/b.json", "./a/b.json"] {
            let config = config(&format!(
                "baseline = '{baseline}'\n[[source]]\nfiles = ['**/*.json']\n\
                 [[source]]\nfiles = ['a/*']\n"
            ));
            for source in &config.sources {
                assert_eq!(source.files.matches("a/b.json"), None, "{baseline}");
                assert_eq!(source.files.matches("a/c.json"), Some(None), "{baseline}");
            }
        }
    }

    #[test]
    fn a_configuration_is_found_up_to_the_root_of_the_repository() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let inner = root.join("repository/a/b");
        fs::create_dir_all(&inner).unwrap();
        fs::write(root.join(FILE_NAME), "").unwrap();
        let outer = Some(root.join(FILE_NAME));
        assert_eq!(Config::find(&inner), outer);
        // A work tree has a file of that name, a repository a folder.
        fs::write(root.join("repository/.git"), "gitdir: x").unwrap();
        assert_eq!(Config::find(&inner), None);
        fs::remove_file(root.join("repository/.git")).unwrap();
        fs::create_dir(root.join("repository/.git")).unwrap();
        assert_eq!(Config::find(&inner), None);
        let path = root.join("repository").join(FILE_NAME);
        fs::write(&path, "").unwrap();
        assert_eq!(Config::find(&inner), Some(path.clone()));
        assert_eq!(Config::find(&root.join("repository")), Some(path));
        assert_eq!(Config::find(root), outer);
    }

    #[test]
    fn a_configuration_is_read_from_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        let failure = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            Config::read(&path).err().map(|failure| failure.0)
        };
        assert_eq!(failure(b"\xEF\xBB\xBFbudget = 1\r\n"), None);
        let config = Config::read(&path).ok().unwrap();
        assert_eq!(config.root, folder.path());
        assert_eq!(config.path.as_ref(), Some(&path));
        assert_eq!(config.rules("", "", None).get_budget(), Some(1));
        let told = failure(b"budget = 1 # \xFF").unwrap();
        let end = "invalid UTF-8 at byte 13; convert the file to UTF-8";
        assert!(told.ends_with(end), "{told}");
        let told = failure(b"a = 1\nb = 1\n").unwrap();
        assert!(told.contains("septet.toml has 2 mistakes"), "{told}");
        let told = failure(b"a = 1\n").unwrap();
        assert!(told.contains("septet.toml has 1 mistake\n"), "{told}");
        let read = |path: &Path| Config::read(path).err().unwrap().0;
        assert!(read(folder.path()).ends_with("is no regular file"));
        assert!(read(&folder.path().join("none.toml")).contains("none.toml: "));
    }

    /// Pieces that configurations are made of, and some that they are not.
    fn piece() -> impl Strategy<Value = String> {
        const PIECES: &[&str] = &[
            "[",
            "]",
            "[[",
            "]]",
            "{",
            "}",
            "=",
            ".",
            ",",
            "\n",
            "\"",
            "'",
            "\"\"\"",
            "'''",
            "#",
            "-",
            "1",
            "0.5",
            "true",
            "2026-11-01",
            "inf",
            "source",
            "override",
            "values",
            "price",
            "files",
            "keys",
            "locales",
            "pattern",
            "format",
            "'regex'",
            "severity",
            "segment",
            "{locale}",
            "**",
            "\\u00",
            "\u{202E}",
            "é",
            " ",
        ];
        let names = KEYS.iter().map(|(key, _)| *key);
        let names = names.chain(settings::KEYS.iter().map(|(key, _)| *key));
        prop_oneof![
            3 => prop::sample::select(PIECES).prop_map(str::to_owned),
            1 => prop::sample::select(names.collect::<Vec<_>>())
                .prop_map(|key| format!("\n{key} = ")),
            1 => any::<char>().prop_map(String::from),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn no_text_is_too_odd(pieces in prop::collection::vec(piece(), 0..40)) {
            let text = pieces.concat();
            let (_, mistakes) = filled(&text);
            prop_assert!(mistakes.is_sorted_by_key(|mistake| mistake.at.start));
            for mistake in &mistakes {
                prop_assert!(text.get(mistake.at.clone()).is_some(), "{:?}", mistake.at);
            }
            told(&mistakes, Path::new(FILE_NAME), &text);
        }
    }
}
