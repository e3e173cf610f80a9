//! Patterns of paths, keys and locales: which of them are meant, and where the locale stands.

use core::ops::Range;

use globset::GlobBuilder;
use regex::bytes::{Regex, RegexBuilder};

use crate::locale::folded;

/// What stands for a locale.
const LOCALE: &str = "{locale}";

/// Globs of paths. `{locale}` stands for a locale within a part of a path; a pattern that begins with
/// `!` takes files out, wherever it stands among the others. `*` and `?` stay within a part.
#[derive(Clone)]
pub(crate) struct FilePatterns {
    taken: Vec<Regex>,
    left_out: Vec<Regex>,
}

impl FilePatterns {
    /// Reads patterns; an error names the numbers of those at fault and says what is wrong with each.
    pub(crate) fn new(patterns: &[String]) -> Result<Self, Vec<(usize, String)>> {
        let (mut taken, mut left_out) = (Vec::new(), Vec::new());
        let mut errors = Vec::new();
        for (number, pattern) in patterns.iter().enumerate() {
            let (kept, glob) = match pattern.strip_prefix('!') {
                Some(glob) => (&mut left_out, glob),
                None => (&mut taken, pattern.as_str()),
            };
            match regex_of(glob) {
                Ok(regex) => kept.push(regex),
                Err(what) => errors.push((number, what)),
            }
        }
        if taken.is_empty() && errors.is_empty() {
            errors.push((0, "no pattern says which files are meant".to_owned()));
        }
        if errors.is_empty() {
            Ok(Self { taken, left_out })
        } else {
            Err(errors)
        }
    }

    /// Takes a path out.
    pub(super) fn leave_out(&mut self, path: &str) {
        let exactly = Regex::new(&format!("^{}$", regex::escape(path)));
        self.left_out.extend(exactly);
    }

    /// Whether a path, with `/` between its parts, is meant; and if so which bytes of it are the
    /// locale. The first pattern that has the path decides.
    pub(crate) fn matches(&self, path: &str) -> Option<Option<Range<usize>>> {
        let path = path.as_bytes();
        if self.left_out.iter().any(|pattern| pattern.is_match(path)) {
            return None;
        }
        let found = self
            .taken
            .iter()
            .find_map(|pattern| pattern.captures(path))?;
        Some(found.name("locale").map(|locale| locale.range()))
    }
}

/// The regular expression of a glob, with a group for the locale.
fn regex_of(glob: &str) -> Result<Regex, String> {
    // It comes out of the glob as it went in.
    const MARK: &str = "\u{1}";
    const IN_BRACKETS: &str = "`{locale}` stands within brackets";
    // Braces within braces are read by calls within calls.
    const MAX_BRACES: usize = 100;
    if glob.is_empty() {
        return Err("this pattern is empty".to_owned());
    }
    if glob.replace("\\{", "").matches('{').count() > MAX_BRACES {
        return Err(format!("this pattern has more than {MAX_BRACES} braces"));
    }
    if glob.contains(char::is_control) {
        return Err("this pattern holds a control character".to_owned());
    }
    let mut parts = glob.split('/');
    if glob.starts_with('/') || parts.any(|part| matches!(part, "." | "..")) {
        return Err("this pattern is not relative to the folder of the configuration".to_owned());
    }
    if glob.ends_with('/') {
        return Err("this pattern names a folder and no file".to_owned());
    }
    if glob.matches(LOCALE).count() > 1 {
        return Err("`{locale}` stands in this pattern twice".to_owned());
    }
    let marked = glob.replace(LOCALE, MARK);
    let parsed = GlobBuilder::new(&marked)
        .literal_separator(true)
        .backslash_escape(true)
        .empty_alternates(true)
        .build()
        .map_err(|error| format!("this pattern is no glob: {}", error.kind()))?;
    let group = "(?P<locale>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)";
    let regex = RegexBuilder::new(&parsed.regex().replace(MARK, group))
        .dot_matches_new_line(true)
        .build()
        .map_err(|error| match error {
            regex::Error::Syntax(_) if marked != glob => IN_BRACKETS.to_owned(),
            _ => "this pattern is too large".to_owned(),
        })?;
    let has_group = regex.capture_names().flatten().next().is_some();
    if has_group != (marked != glob) {
        return Err(IN_BRACKETS.to_owned());
    }
    Ok(regex)
}

/// A pattern of keys: parts joined by `.`, of which `*` is any one, `**` any number, and `{locale}` is
/// one that is a locale. A `*` within a part is any characters.
///
/// A key that holds dots itself has the parts between them, so that flat and nested catalogues are
/// named alike.
#[derive(Clone)]
pub(crate) struct KeyPattern {
    parts: Vec<Part>,
}

#[derive(Clone, PartialEq, Eq)]
enum Part {
    /// `**`
    Several,
    Locale,
    /// With any number of `*`.
    One(String),
}

/// A part of a key.
struct Piece<'a> {
    text: &'a str,
    /// The number of the key that it is of, if it is all of it.
    whole: Option<usize>,
}

impl KeyPattern {
    pub(crate) fn new(pattern: &str) -> Result<Self, String> {
        if pattern.starts_with('!') {
            return Err("a pattern of keys takes none out".to_owned());
        }
        let parts: Vec<_> = pattern
            .split('.')
            .map(|part| match part {
                "" => Err("a part of this pattern is empty".to_owned()),
                "**" => Ok(Part::Several),
                LOCALE => Ok(Part::Locale),
                _ if part.contains(LOCALE) => {
                    Err("`{locale}` is not a whole part between dots".to_owned())
                }
                _ => Ok(Part::One(part.to_owned())),
            })
            .collect::<Result<_, _>>()?;
        if parts.iter().filter(|part| **part == Part::Locale).count() > 1 {
            return Err("`{locale}` stands in this pattern twice".to_owned());
        }
        Ok(Self { parts })
    }

    /// Whether keys are meant, outermost first; and if so which of them is the locale.
    pub(crate) fn matches(&self, path: &[String]) -> Option<Option<usize>> {
        let pieces: Vec<_> = path
            .iter()
            .enumerate()
            .flat_map(|(number, key)| {
                let whole = (!key.contains('.')).then_some(number);
                key.split('.').map(move |text| Piece { text, whole })
            })
            .collect();
        self.find(&pieces)
    }

    /// Whether a key is meant whose parts are joined, and from which the locale was taken.
    pub(super) fn matches_joined(&self, key: &str) -> bool {
        let pieces: Vec<_> = key
            .split('.')
            .map(|text| Piece { text, whole: None })
            .collect();
        self.find(&pieces).is_some()
    }

    pub(super) fn has_locale(&self) -> bool {
        self.parts.contains(&Part::Locale)
    }

    /// Each `**` is as short as can be; only the last one ever has to be made longer.
    fn find(&self, pieces: &[Piece<'_>]) -> Option<Option<usize>> {
        let (mut part, mut piece) = (0, 0);
        let mut longer = None;
        let mut locale = None;
        while let Some(Piece { text, whole }) = pieces.get(piece) {
            let fits = match self.parts.get(part) {
                Some(Part::Several) => {
                    part += 1;
                    longer = Some((part, piece));
                    continue;
                }
                Some(Part::One(pattern)) => wildcard(pattern, text),
                Some(Part::Locale) if whole.is_some() && is_locale(text) => {
                    locale = *whole;
                    true
                }
                _ => false,
            };
            if fits {
                (part, piece) = (part + 1, piece + 1);
            } else {
                let (behind, start) = longer?;
                (part, piece) = (behind, start + 1);
                longer = Some((part, piece));
            }
        }
        let mut rest = self.parts.iter().skip(part);
        rest.all(|part| *part == Part::Several).then_some(locale)
    }
}

/// A language, perhaps with more behind it.
fn is_locale(word: &str) -> bool {
    let mut subtags = word.split(['-', '_']);
    let language = subtags.next().unwrap_or_default();
    matches!(language.len(), 2 | 3)
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            !subtag.is_empty() && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// Whether a text is a pattern in which `*` is any characters.
fn wildcard(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let (between, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    let inner = text.strip_prefix(start);
    let Some(mut inner) = inner.and_then(|inner| inner.strip_suffix(end)) else {
        return false;
    };
    // The first place is as good as any: it leaves the most for the others.
    between.split('*').all(|piece| match inner.find(piece) {
        Some(at) => {
            inner = inner.get(at + piece.len()..).unwrap_or_default();
            true
        }
        None => false,
    })
}

/// Locales: one with all that is more special than it, or those of a pattern with `*`.
pub(super) struct LocalePattern(String);

impl LocalePattern {
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        let belongs = |character: char| {
            character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '*')
        };
        if !pattern.contains('*') && !is_locale(pattern) {
            return Err("this is no locale".to_owned());
        }
        if !pattern.chars().all(belongs) {
            return Err("this is no pattern of locales".to_owned());
        }
        Ok(Self(folded(pattern)))
    }

    /// Whether a folded locale is meant.
    pub(super) fn matches(&self, locale: &str) -> bool {
        if self.0.contains('*') {
            return wildcard(&self.0, locale);
        }
        let rest = locale.strip_prefix(self.0.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn files(patterns: &[&str]) -> FilePatterns {
        let patterns: Vec<_> = patterns.iter().map(|one| (*one).to_owned()).collect();
        FilePatterns::new(&patterns).unwrap_or_else(|errors| panic!("{patterns:?}: {errors:?}"))
    }

    #[test]
    fn paths_are_meant_and_tell_their_locale() {
        /// Patterns, and which locale a path has; `-` is none, and nothing is another path.
        type Case = (
            &'static [&'static str],
            &'static [(&'static str, &'static str)],
        );
        let cases: [Case; 12] = [
            (
                &["locales/{locale}.json"],
                &[
                    ("locales/fr.json", "fr"),
                    ("locales/pt-BR.json", "pt-BR"),
                    ("locales/zh_Hans_CN.json", "zh_Hans_CN"),
                    ("locales/fil.json", "fil"),
                    ("locales/english.json", ""),
                    ("locales/f.json", ""),
                    ("locales/fr-.json", ""),
                    ("locales/a/fr.json", ""),
                    ("x/locales/fr.json", ""),
                    ("locales/fr.json5", ""),
                ],
            ),
            (
                &["**/values-{locale}/sms.xml"],
                &[
                    ("values-fr/sms.xml", "fr"),
                    ("a/b/values-pt-rBR/sms.xml", "pt-rBR"),
                ],
            ),
            (
                &["{locale}/**"],
                &[("de/a/b.json", "de"), ("de", ""), ("x/de/a", "")],
            ),
            (
                &["é_{locale}_*.txt"],
                &[("é_de_a.txt", "de"), ("é_de_DE_a.txt", "de_DE")],
            ),
            (
                &["*.json"],
                &[("a.json", "-"), ("a/b.json", ""), (".json", "-")],
            ),
            (&["**/*.json"], &[("a.json", "-"), ("a/b/c.json", "-")]),
            (&["a/**/b"], &[("a/b", "-"), ("a/x/y/b", "-"), ("a/xb", "")]),
            (
                &["{a,b{c,d}}?.[jt]s"],
                &[("a1.js", "-"), ("bc2.ts", "-"), ("b2.ts", "")],
            ),
            (&["a{,.old}"], &[("a", "-"), ("a.old", "-"), ("a.", "")]),
            (
                &["\\{locale\\}", "[{]a[}]", "\\*"],
                &[("{locale}", "-"), ("{a}", "-"), ("*", "-"), ("de", "")],
            ),
            (
                &["!old/**", "**/*.json", "{locale}.json", "!*/{locale}.json"],
                // The first pattern that has it decides about the locale.
                &[
                    ("de.json", "-"),
                    ("old/de.json", ""),
                    ("x/de.json", ""),
                    ("x/y/de.json", "-"),
                ],
            ),
            (
                &["{x,{locale}}.json"],
                &[("x.json", "-"), ("de.json", "de"), ("y.json", "")],
            ),
        ];
        for (patterns, paths) in cases {
            let files = files(patterns);
            for (path, locale) in paths {
                let found = match files.matches(path) {
                    Some(Some(range)) => &path[range],
                    Some(None) => "-",
                    None => "",
                };
                assert_eq!(found, *locale, "{patterns:?} {path}");
            }
        }
    }

    #[test]
    fn patterns_of_paths_that_match_nothing_are_refused() {
        let refused = [
            ("", "this pattern is empty"),
            ("!", "this pattern is empty"),
            ("a\u{1}", "this pattern holds a control character"),
            (
                "/a",
                "this pattern is not relative to the folder of the configuration",
            ),
            (
                "./a",
                "this pattern is not relative to the folder of the configuration",
            ),
            (
                "a/../b",
                "this pattern is not relative to the folder of the configuration",
            ),
            ("locales/", "this pattern names a folder and no file"),
            (
                "{locale}/{locale}",
                "`{locale}` stands in this pattern twice",
            ),
            ("[{locale}]", "`{locale}` stands within brackets"),
            ("a{b", "this pattern is no glob: unclosed alternate group"),
            ("a}", "this pattern is no glob: unopened alternate group"),
            ("[a", "this pattern is no glob: unclosed character class"),
            ("[b-a]", "this pattern is no glob: invalid range"),
            ("!x", "no pattern says which files are meant"),
        ];
        for (pattern, start) in refused {
            let errors = FilePatterns::new(&[pattern.to_owned()]).err().unwrap();
            let [(0, what)] = &errors[..] else {
                panic!("{pattern}: {errors:?}");
            };
            assert!(what.starts_with(start), "{pattern}: {what}");
        }
        for braces in [101, 1_000_000] {
            let deep = "{".repeat(braces) + &"}".repeat(braces);
            let errors = FilePatterns::new(&[deep]).err().unwrap();
            assert_eq!(
                errors[0].1, "this pattern has more than 100 braces",
                "{braces}"
            );
        }
        let both = ["a{", "b", "c{"].map(str::to_owned);
        let errors = FilePatterns::new(&both).err().unwrap();
        let numbers: Vec<_> = errors.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, [0, 2]);
    }

    #[test]
    fn braces_within_braces_are_read_by_calls_that_end() {
        let deep = "{".repeat(100) + "a" + &"}".repeat(100);
        assert!(files(&[&deep]).matches("a").is_some());
    }

    #[test]
    fn a_path_is_left_out_as_it_is() {
        let mut files = files(&["**"]);
        files.leave_out("a+/[b]*.json");
        assert_eq!(files.matches("a+/[b]*.json"), None);
        for path in ["a+/[b]*.json5", "x/a+/[b]*.json", "aa/bx.json"] {
            assert_eq!(files.matches(path), Some(None), "{path}");
        }
    }

    fn path(keys: &[&str]) -> Vec<String> {
        keys.iter().map(|key| (*key).to_owned()).collect()
    }

    #[test]
    fn keys_are_meant_and_tell_their_locale() {
        /// Keys, and the number of the one that is the locale, if they are meant.
        type Case = (&'static [&'static str], Option<Option<usize>>);
        const MEANT: Option<Option<usize>> = Some(None);
        let cases: [(&str, &[Case]); 11] = [
            (
                "sms",
                &[
                    (&["sms"], MEANT),
                    (&["sms", "a"], None),
                    (&[], None),
                    (&["SMS"], None),
                ],
            ),
            ("*", &[(&["a"], MEANT), (&["a", "b"], None), (&[""], MEANT)]),
            ("**", &[(&[], MEANT), (&["a", "b", "c"], MEANT)]),
            (
                "sms.**",
                &[
                    (&["sms"], MEANT),
                    (&["sms", "a", "b"], MEANT),
                    (&["a", "sms"], None),
                ],
            ),
            (
                "**.text",
                &[
                    (&["text"], MEANT),
                    (&["text", "a", "text"], MEANT),
                    (&["text", "a"], None),
                ],
            ),
            (
                "a.**.b.*.c",
                &[
                    (&["a", "b", "b", "x", "c"], MEANT),
                    (&["a", "b", "x", "y", "c"], None),
                ],
            ),
            (
                "sms_*_x",
                &[
                    (&["sms_a_x"], MEANT),
                    (&["sms__x"], MEANT),
                    (&["sms_x"], None),
                ],
            ),
            (
                "{locale}.**",
                &[
                    (&["de", "a"], Some(Some(0))),
                    (&["pt_BR"], Some(Some(0))),
                    (&["english", "a"], None),
                ],
            ),
            (
                "**.{locale}.text",
                &[
                    (&["a", "de", "fr", "text"], Some(Some(2))),
                    (&["de", "text"], Some(Some(0))),
                ],
            ),
            // A key with dots is as good as nested ones, but no part of it can be taken out.
            (
                "sms.*.text",
                &[(&["sms.code.text"], MEANT), (&["sms.code", "text"], MEANT)],
            ),
            (
                "{locale}.a",
                &[(&["de.a"], None), (&["de", "a"], Some(Some(0)))],
            ),
        ];
        for (pattern, paths) in cases {
            let keys = KeyPattern::new(pattern).unwrap();
            for (keys_of, meant) in paths {
                assert_eq!(
                    keys.matches(&path(keys_of)),
                    *meant,
                    "{pattern} {keys_of:?}"
                );
            }
        }
        assert!(KeyPattern::new("a.**").unwrap().matches_joined("a.b.c"));
        assert!(!KeyPattern::new("a.*").unwrap().matches_joined("a.b.c"));
    }

    #[test]
    fn patterns_of_keys_that_mean_nothing_are_refused() {
        for pattern in [
            "",
            "a..b",
            ".a",
            "a.",
            "!a",
            "x{locale}",
            "{locale}.{locale}",
        ] {
            assert!(KeyPattern::new(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_locale_has_what_is_more_special() {
        let cases = [
            ("fr", "fr-CA", true),
            ("FR", "fr", true),
            ("fr", "fro", false),
            ("pt_BR", "pt-br", true),
            ("pt-BR", "pt", false),
            ("zh-Hant", "zh-hant-tw", true),
            ("zh-*", "zh-tw", true),
            ("zh-*", "zh", false),
            ("*-CH", "de-ch", true),
            ("*", "", true),
        ];
        for (pattern, locale, meant) in cases {
            let found = LocalePattern::new(pattern)
                .unwrap()
                .matches(&folded(locale));
            assert_eq!(found, meant, "{pattern} {locale}");
        }
        for pattern in ["", "e", "english", "fr-", "fr-{a}", "?*"] {
            assert!(LocalePattern::new(pattern).is_err(), "{pattern}");
        }
    }

    /// Slow, and plain to see.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['*', rest @ ..] => (0..=text.len()).any(|at| naive(rest, &text[at..])),
            [first, rest @ ..] => text.first() == Some(first) && naive(rest, &text[1..]),
        }
    }

    fn naive_keys(pattern: &[&str], keys: &[String]) -> bool {
        let chars = |text: &str| text.chars().collect::<Vec<_>>();
        match pattern {
            [] => keys.is_empty(),
            ["**", rest @ ..] => (0..=keys.len()).any(|at| naive_keys(rest, &keys[at..])),
            [first, rest @ ..] => keys.split_first().is_some_and(|(key, keys)| {
                naive(&chars(first), &chars(key)) && naive_keys(rest, keys)
            }),
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn wildcards_agree_with_a_naive_reading(pattern in "[ab*]{0,6}", text in "[ab]{0,8}") {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(wildcard(&pattern, &text), naive(&chars(&pattern), &chars(&text)));
        }

        #[test]
        fn keys_agree_with_a_naive_reading(
            parts in prop::collection::vec(prop::sample::select(vec!["a", "b", "*", "**", "a*"]), 1..6),
            keys in prop::collection::vec("[ab]{1,2}", 0..7),
        ) {
            let pattern = KeyPattern::new(&parts.join(".")).unwrap();
            prop_assert_eq!(pattern.matches(&keys).is_some(), naive_keys(&parts, &keys));
        }

        #[test]
        fn no_pattern_is_too_odd(pattern in "([a/*?!{}\\[\\],.é\\\\]|\\{locale\\}){0,12}", path in "[a/é.{}]{0,12}") {
            if let Ok(files) = FilePatterns::new(&[pattern]) {
                let locale = files.matches(&path).flatten();
                prop_assert!(locale.is_none_or(|range| is_locale(path.get(range).unwrap())));
            }
        }
    }
}
