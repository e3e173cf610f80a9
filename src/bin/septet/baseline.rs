//! Which texts were there before they were checked, and are left alone until they change?

use core::fmt::Display;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::OnceLock;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::error::Category;
use sha2::{Digest, Sha256};

use crate::locale::folded;
use crate::source::folder;
use crate::terminal::visible_path;
use crate::{Failure, json, write};

/// What tells a text from others.
#[derive(Clone, Copy)]
pub(crate) struct Identity<'a> {
    /// Relative to the configuration, with `/` between its parts.
    pub(crate) path: &'a str,
    pub(crate) key: &'a str,
    pub(crate) locale: Option<&'a str>,
    pub(crate) text: &'a str,
}

/// Texts by path, key, locale and the SHA-256 of the text. Spellings of a locale that differ in
/// case and separator are one.
pub(crate) struct Baseline {
    /// Sorted, no two the same.
    entries: Vec<Entry>,
    places: HashMap<Content, Places>,
}

/// A line of the file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    key: String,
    locale: Option<String>,
    #[serde(deserialize_with = "hash")]
    sha256: String,
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: u64,
    texts: Vec<Entry>,
}

/// What of a file is looked at that has another schema.
#[derive(Deserialize)]
struct Head {
    schema: u64,
}

const SCHEMA: u64 = 1;

/// What makes a file anew, said wherever one cannot be read.
const ANEW: &str = "`septet check --write-baseline`";

/// What stays the same where a file is moved: key, locale and hash.
type Content = (String, Option<String>, String);

/// Where the same content is.
#[derive(Default)]
struct Places {
    /// Sorted.
    paths: Vec<String>,
    /// Whether one of them is gone. It is looked for once: else many texts that are the same would
    /// each look through all places.
    moved: OnceLock<bool>,
}

impl Places {
    fn has(&self, path: &str) -> bool {
        let found = self
            .paths
            .binary_search_by(|place| place.as_str().cmp(path));
        found.is_ok()
    }
}

/// Reads a hash as `digest` writes it.
fn hash<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let hash = String::deserialize(deserializer)?;
    let is_digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if hash.len() == 64 && hash.bytes().all(is_digit) {
        Ok(hash)
    } else {
        Err(D::Error::custom("not a SHA-256"))
    }
}

impl Entry {
    fn of(text: Identity<'_>) -> Self {
        Self {
            path: text.path.to_owned(),
            key: text.key.to_owned(),
            locale: text.locale.map(str::to_owned),
            sha256: digest(text.text),
        }
    }

    fn content(&self) -> Content {
        let locale = self.locale.as_deref().map(folded);
        (self.key.clone(), locale, self.sha256.clone())
    }
}

fn digest(text: &str) -> String {
    json::hex_digits(&Sha256::digest(text))
}

impl Baseline {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let failure = |what: &dyn Display| Failure::new(format!("{}: {what}", visible_path(path)));
        let metadata = fs::metadata(path).map_err(|error| match error.kind() {
            ErrorKind::NotFound => failure(&format!("there is no such baseline; {ANEW} makes it")),
            _ => failure(&error),
        })?;
        // A pipe or a device may never end.
        if !metadata.is_file() {
            return Err(failure(&"is no regular file"));
        }
        let bytes = fs::read(path).map_err(|error| failure(&error))?;
        let document: Document =
            serde_json::from_slice(&bytes).map_err(|error| failure(&complaint(&bytes, &error)))?;
        if document.schema != SCHEMA {
            return Err(failure(&other_schema(document.schema)));
        }
        Ok(Self::new(document.texts))
    }

    pub(crate) fn of<'a>(texts: impl Iterator<Item = Identity<'a>>) -> Self {
        Self::new(texts.map(Entry::of).collect())
    }

    fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_unstable();
        entries.dedup();
        let mut places: HashMap<_, Places> = HashMap::new();
        for entry in &entries {
            let content = entry.content();
            let places = places.entry(content).or_default();
            places.paths.push(entry.path.clone());
        }
        Self { entries, places }
    }

    /// Writes it, sorted, in place of a file that may be there. A text is a line, so that versions
    /// of the file differ, and merge, text by text.
    pub(crate) fn write(&self, path: &Path) -> Result<(), Failure> {
        write::atomically(path, folder(path), self.to_json().as_bytes())
            .map_err(|error| Failure::new(format!("{}: {error}", visible_path(path))))
    }

    fn to_json(&self) -> String {
        let mut lines = format!("{{\n  \"schema\": {SCHEMA},\n  \"texts\": [");
        for (at, entry) in self.entries.iter().enumerate() {
            lines += if at == 0 { "\n    " } else { ",\n    " };
            // Strings alone: this does not fail.
            lines += &serde_json::to_string(entry).unwrap_or_default();
        }
        lines += "\n  ]\n}\n";
        // A path or a key may turn the direction of what a reviewer sees.
        json::without_controls(&lines)
    }

    /// Whether a text is held back: it is there with this path, key and locale; or, where nothing
    /// in the tree has the path that it is there with (`is_there` says so, and always the same),
    /// with this key, locale and hash under another path.
    pub(crate) fn holds(&self, text: Identity<'_>, is_there: &dyn Fn(&str) -> bool) -> bool {
        let locale = text.locale.map(folded);
        let content = (text.key.to_owned(), locale, digest(text.text));
        self.places.get(&content).is_some_and(|places| {
            let is_gone = |path: &String| !is_there(path);
            places.has(text.path)
                || *places
                    .moved
                    .get_or_init(|| places.paths.iter().any(is_gone))
        })
    }

    /// Without the texts that are gone or have changed. It only ever shrinks: a text of a file that
    /// was moved stays under its old path. Gives also how many were taken out.
    /// Texts of paths that are `unread` stay.
    pub(crate) fn pruned<'a>(
        &self,
        present: impl Iterator<Item = Identity<'a>>,
        unread: &dyn Fn(&str) -> bool,
    ) -> (Self, usize) {
        let present = Self::of(present);
        let paths = present.entries.iter().map(|entry| entry.path.as_str());
        let paths: HashSet<_> = paths.collect();
        let is_present = |entry: &&Entry| {
            let places = present.places.get(&entry.content());
            unread(&entry.path)
                || places.is_some_and(|places| {
                    places.has(&entry.path) || !paths.contains(entry.path.as_str())
                })
        };
        let left = Self::new(self.entries.iter().filter(is_present).cloned().collect());
        let taken = self.len() - left.len();
        (left, taken)
    }

    /// The path, key and locale of each text, in the order of the paths.
    pub(crate) fn known(&self) -> impl Iterator<Item = (&str, &str, Option<&str>)> {
        let entries = self.entries.iter();
        entries.map(|entry| (&*entry.path, &*entry.key, entry.locale.as_deref()))
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// What is wrong with a file, without any of its content: another file may have been named that
/// holds texts.
fn complaint(bytes: &[u8], error: &serde_json::Error) -> String {
    const MARKERS: [&[u8]; 4] = [b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>"];
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let conflict = lines.position(|line| MARKERS.iter().any(|marker| line.starts_with(marker)));
    if let Some(at) = conflict {
        return format!(
            "line {}: a merge left a conflict here; resolve it, or write the file anew with {ANEW}",
            at + 1
        );
    }
    let what = match error.classify() {
        Category::Data => {
            let head: Option<Head> = serde_json::from_slice(bytes).ok();
            if let Some(head) = head.filter(|head| head.schema != SCHEMA) {
                return other_schema(head.schema);
            }
            "not what a baseline holds"
        }
        _ => "not JSON",
    };
    format!(
        "line {}: {what}; name a baseline, or write it anew with {ANEW}",
        error.line()
    )
}

fn other_schema(schema: u64) -> String {
    format!(
        "has schema {schema}, and this version knows {SCHEMA} alone; use the version that wrote it, \
         or write it anew with {ANEW}"
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cases::cases;

    /// A path, a key, a locale and a text.
    type Owned = (String, String, Option<String>, String);

    fn identity(text: &Owned) -> Identity<'_> {
        Identity {
            path: &text.0,
            key: &text.1,
            locale: text.2.as_deref(),
            text: &text.3,
        }
    }

    fn owned(path: &str, key: &str, locale: Option<&str>, text: &str) -> Owned {
        (
            path.to_owned(),
            key.to_owned(),
            locale.map(str::to_owned),
            text.to_owned(),
        )
    }

    fn of(texts: &[Owned]) -> Baseline {
        Baseline::of(texts.iter().map(identity))
    }

    /// Reads a file with such bytes: the baseline, or what is said without the path.
    fn read(bytes: impl AsRef<[u8]>) -> Result<Baseline, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.json");
        fs::write(&path, bytes).unwrap();
        Baseline::read(&path).map_err(|failure| {
            let prefix = format!("{}: ", visible_path(&path));
            failure.0.strip_prefix(&prefix).unwrap().to_owned()
        })
    }

    fn complaint(bytes: impl AsRef<[u8]>) -> String {
        read(bytes).err().unwrap()
    }

    fn example() -> Vec<Owned> {
        vec![
            owned("b.json", "otp", Some("de"), "Ihr Code ist {code}"),
            owned("a.json", "otp", None, "Your code is {code}"),
            owned("a.json", "a\"b\\", Some("pt_BR"), ""),
        ]
    }

    const EXAMPLE: &str = r#"{
  "schema": 1,
  "texts": [
    {"path":"a.json","key":"a\"b\\","locale":"pt_BR","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"path":"a.json","key":"otp","locale":null,"sha256":"460faf6fd7f37b8d29a5d745c4f2a81ff416cef2efa27c6316dc771860d604a5"},
    {"path":"b.json","key":"otp","locale":"de","sha256":"7793599a0bb30a75311456013908f20119aa1d97767dd341302804c50ee616e0"}
  ]
}
"#;

    #[test]
    fn a_text_is_a_line_and_lines_are_sorted() {
        let written = of(&example()).to_json();
        assert_eq!(written, EXAMPLE);
        assert_eq!(read(&written).unwrap().to_json(), written);
        let empty = "{\n  \"schema\": 1,\n  \"texts\": [\n  ]\n}\n";
        assert_eq!(of(&[]).to_json(), empty);
        assert_eq!(read(empty).unwrap().len(), 0);
    }

    #[test]
    fn a_file_may_be_laid_out_otherwise() {
        let written = of(&example()).to_json();
        let crlf = written.replace('\n', "\r\n");
        let one_line = written.replace('\n', "");
        let lines: Vec<_> = written.lines().collect();
        let twice = written.replace(lines[3], &format!("{0}\n{0}", lines[3]));
        let no_null = written.replace("\"locale\":null,", "");
        for other in [crlf, one_line, twice, no_null] {
            assert_ne!(other, written);
            assert_eq!(read(&other).unwrap().to_json(), written, "{other}");
        }
    }

    #[test]
    fn what_a_terminal_obeys_is_escaped() {
        let odd = owned("\u{202E}a\u{1b}", "\u{200B}\u{E0001}\u{7f}", Some("\n"), "");
        let baseline = of(&[odd]);
        let written = baseline.to_json();
        let hidden = |character| character != '\n' && crate::terminal::is_hidden(character);
        assert!(!written.contains(hidden), "{written}");
        assert!(read(&written).unwrap().entries == baseline.entries);
    }

    #[test]
    fn a_file_is_written_in_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.json");
        for texts in [&example()[..], &example()[..1]] {
            of(texts).write(&path).ok().unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), of(texts).to_json());
        }
        let missing = of(&[]).write(&folder.path().join("missing").join("b.json"));
        assert!(
            missing
                .err()
                .unwrap()
                .0
                .starts_with(&visible_path(folder.path()))
        );
    }

    #[test]
    fn a_file_that_is_not_there_is_told_how_to_make() {
        let folder = tempfile::tempdir().unwrap();
        let missing = Baseline::read(&folder.path().join("b\u{1b}.json"))
            .err()
            .unwrap()
            .0;
        let expected =
            "b⟨U+001B⟩.json: there is no such baseline; `septet check --write-baseline` makes it";
        assert!(missing.ends_with(expected), "{missing}");
        let no_file = Baseline::read(folder.path()).err().unwrap().0;
        assert!(no_file.ends_with(": is no regular file"), "{no_file}");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_none_of_its_content() {
        let good = EXAMPLE;
        let name = good.lines().nth(4).unwrap();
        for (line, expected, bytes) in [
            (1, "not JSON", String::new()),
            (1, "not JSON", "\u{FEFF}".to_owned() + good),
            (1, "not JSON", "secret".to_owned()),
            (
                4,
                "not JSON",
                good.replace("\"key\":\"a\\\"", "\"secret\\q\":\""),
            ),
            (
                6,
                "not JSON",
                good.replace("\"schema\": 1,\n", "\"schema\": 1,\n\n")
                    .replace(
                        "},\n    {\"path\":\"a.json\",\"key\":\"otp\"",
                        "}\n    {\"path\":\"secret\",\"key\":\"otp\"",
                    ),
            ),
            (9, "not JSON", good.trim_end().to_owned() + "\nsecret"),
            (
                8,
                "not JSON",
                good.trim_end().trim_end_matches('}').to_owned(),
            ),
            (
                5,
                "not what a baseline holds",
                good.replace(name, &name.replace("\"key\"", "\"secret\"")),
            ),
            (
                5,
                "not what a baseline holds",
                good.replace(name, &name.replace("\"otp\"", "{\"secret\":1}")),
            ),
            (
                5,
                "not what a baseline holds",
                good.replace(name, &name.replace("\"otp\"", "1234")),
            ),
            (
                5,
                "not what a baseline holds",
                good.replace(name, &name.replace("\"otp\"", "\"otp\",\"secret\":1")),
            ),
            (
                5,
                "not what a baseline holds",
                good.replace(name, &name.replace("\"otp\"", "\"otp\",\"key\":\"secret\"")),
            ),
            (
                5,
                "not what a baseline holds",
                good.replace(name, &name.replace("\"key\":\"otp\",", "")),
            ),
            (
                3,
                "not what a baseline holds",
                good.replace("texts", "secret"),
            ),
            (
                2,
                "not what a baseline holds",
                good.replace("1,", "\"secret\","),
            ),
            (2, "not what a baseline holds", good.replace("1,", "-1,")),
            (
                2,
                "not what a baseline holds",
                good.replace("1,", "1,\"secret\":2,"),
            ),
            (1, "not what a baseline holds", "[]".to_owned()),
            (1, "not what a baseline holds", "\"secret\"".to_owned()),
            (
                1,
                "not what a baseline holds",
                "{\"otp\":\"secret 1234\"}".to_owned(),
            ),
        ] {
            let complaint = complaint(&bytes);
            let expected =
                format!("line {line}: {expected}; name a baseline, or write it anew with {ANEW}");
            assert_eq!(complaint, expected, "{bytes}");
        }
        assert!(
            complaint(b"{\"schema\":1,\"texts\":[\n\"\xFF\"]}").starts_with("line 2: not JSON")
        );
    }

    #[test]
    fn a_hash_is_sixty_four_digits() {
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        for other in [
            String::new(),
            hash.to_uppercase(),
            hash[1..].to_owned(),
            format!("{hash}0"),
            hash.replace('e', "g"),
            "é".repeat(32),
        ] {
            let complaint = complaint(EXAMPLE.replace(hash, &other));
            assert!(
                complaint.starts_with("line 4: not what"),
                "{other}: {complaint}"
            );
        }
    }

    #[test]
    fn another_schema_is_told_whatever_else_the_file_holds() {
        for other in [
            EXAMPLE.replace("1,", "2,"),
            EXAMPLE.replace("1,", "0,\"more\":[{}],"),
            "{\"texts\":{},\"schema\":18446744073709551615}".to_owned(),
        ] {
            let complaint = complaint(&other);
            assert!(complaint.starts_with("has schema "), "{complaint}");
            assert!(
                complaint.ends_with("`septet check --write-baseline`"),
                "{complaint}"
            );
        }
    }

    #[test]
    fn a_conflict_of_a_merge_is_told_with_its_line() {
        let lines: Vec<_> = EXAMPLE.lines().collect();
        for (at, marker) in ["<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs"]
            .into_iter()
            .enumerate()
        {
            let mut lines = lines.clone();
            lines.insert(at, marker);
            for end in ["\n", "\r\n"] {
                let expected = format!("line {}: a merge left a conflict here; ", at + 1);
                let complaint = complaint(lines.join(end));
                assert!(complaint.starts_with(&expected), "{complaint}");
            }
        }
    }

    #[test]
    fn a_text_is_held_until_it_changes() {
        let baseline = of(&example());
        let everything = |_: &str| true;
        for text in &example() {
            assert!(baseline.holds(identity(text), &everything));
        }
        for changed in [
            owned("a.json", "otp", None, "Your code is {code}."),
            owned("a.json", "otp", Some("de"), "Your code is {code}"),
            owned("b.json", "otp", None, "Your code is {code}"),
            owned("b.json", "otp", Some("fr"), "Ihr Code ist {code}"),
            owned("b.json", "otq", Some("de"), "Ihr Code ist {code}"),
            owned("b.jsonotp", "", Some("de"), "Ihr Code ist {code}"),
        ] {
            assert!(
                !baseline.holds(identity(&changed), &everything),
                "{changed:?}"
            );
        }
        let respelt = owned("a.json", "a\"b\\", Some("PT-br"), "");
        assert!(baseline.holds(identity(&respelt), &everything));
    }

    #[test]
    fn a_text_of_a_moved_file_is_held_and_a_copy_is_not() {
        let texts = [
            owned("old.json", "otp", Some("de"), "x"),
            owned("also.json", "otp", Some("de"), "x"),
        ];
        let moved = owned("new.json", "otp", Some("de"), "x");
        let changed = owned("new.json", "otp", Some("de"), "y");
        for (tree, is_held) in [
            (&["old.json", "also.json", "new.json"][..], false),
            (&["also.json", "new.json"], true),
            (&["old.json", "new.json"], true),
            (&["new.json"], true),
        ] {
            let baseline = of(&texts);
            let is_there = |path: &str| tree.contains(&path);
            assert_eq!(
                baseline.holds(identity(&moved), &is_there),
                is_held,
                "{tree:?}"
            );
            assert!(!baseline.holds(identity(&changed), &is_there));
        }
    }

    #[test]
    fn many_texts_that_are_the_same_are_looked_through_once() {
        let texts: Vec<_> = (0..1_000)
            .map(|at| owned(&format!("{at}.json"), "k", None, "x"))
            .collect();
        let baseline = of(&texts);
        let asked = core::cell::Cell::new(0);
        let is_there = |_: &str| {
            asked.set(asked.get() + 1);
            true
        };
        for at in 0..1_000 {
            let other = owned(&format!("other/{at}.json"), "k", None, "x");
            assert!(!baseline.holds(identity(&other), &is_there));
        }
        assert_eq!(asked.get(), texts.len());
    }

    /// Few of each, so that they meet.
    fn text() -> impl Strategy<Value = Owned> {
        let path = prop::sample::select(vec!["a", "a/b", "b", "c"]);
        let key = prop::sample::select(vec!["k", "l", ""]);
        let locale = prop::sample::select(vec![None, Some("de"), Some("pt_BR"), Some("pt-br")]);
        let text = prop::sample::select(vec!["", "x", "y"]);
        (path, key, locale, text)
            .prop_map(|(path, key, locale, text)| owned(path, key, locale, text))
    }

    fn texts() -> impl Strategy<Value = Vec<Owned>> {
        prop::collection::vec(text(), 0..12)
    }

    /// Word for word what `holds` promises.
    fn is_held(baseline: &[Owned], text: &Owned, tree: &HashSet<&str>) -> bool {
        let is_same = |old: &Owned| {
            let locales = (old.2.as_deref().map(folded), text.2.as_deref().map(folded));
            old.1 == text.1 && locales.0 == locales.1 && old.3 == text.3
        };
        let mut same = baseline.iter().filter(|old| is_same(old));
        same.any(|old| old.0 == text.0 || !tree.contains(old.0.as_str()))
    }

    proptest! {
        #![proptest_config(cases(512))]

        #[test]
        fn the_order_of_texts_does_not_matter(
            (texts, shuffled) in texts()
                .prop_flat_map(|texts| (Just(texts.clone()), Just(texts).prop_shuffle())),
        ) {
            let twice = [&shuffled[..], &texts[..]].concat();
            let written = of(&texts).to_json();
            prop_assert_eq!(&of(&twice).to_json(), &written);
            let back = read(&written).map_err(TestCaseError::fail)?;
            prop_assert_eq!(back.to_json(), written);
        }

        #[test]
        fn any_names_are_read_back(
            texts in prop::collection::vec(any::<Owned>(), 0..4),
        ) {
            let baseline = of(&texts);
            let back = read(baseline.to_json()).map_err(TestCaseError::fail)?;
            prop_assert!(back.entries == baseline.entries);
        }

        #[test]
        fn a_text_is_held_where_the_rule_says_so(old in texts(), new in texts()) {
            let tree: HashSet<_> = new.iter().map(|text| text.0.as_str()).collect();
            let baseline = of(&old);
            for text in &new {
                let holds = baseline.holds(identity(text), &|path| tree.contains(path));
                prop_assert_eq!(holds, is_held(&old, text, &tree), "{:?}", text);
            }
        }

        #[test]
        fn pruning_only_takes_out_and_holds_back_the_same(old in texts(), new in texts()) {
            let tree: HashSet<_> = new.iter().map(|text| text.0.as_str()).collect();
            let is_there = |path: &str| tree.contains(path);
            let baseline = of(&old);
            let (pruned, taken) = baseline.pruned(new.iter().map(identity), &|_| false);
            prop_assert_eq!(pruned.len() + taken, baseline.len());
            prop_assert!(pruned.entries.iter().all(|entry| baseline.entries.contains(entry)));
            for text in &new {
                let before = baseline.holds(identity(text), &is_there);
                prop_assert_eq!(pruned.holds(identity(text), &is_there), before, "{:?}", text);
            }
            // What is left has a text that it holds back, and stays.
            for entry in &pruned.entries {
                let is_its_own = |text: &Owned| {
                    (digest(&text.3), &text.1) == (entry.sha256.clone(), &entry.key)
                        && (text.0 == entry.path || !is_there(&entry.path))
                };
                prop_assert!(new.iter().any(is_its_own));
            }
            prop_assert_eq!(pruned.pruned(new.iter().map(identity), &|_| false).1, 0);
        }

        #[test]
        fn no_file_is_read_with_a_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..64),
            at in any::<prop::sample::Index>(),
        ) {
            let mut broken = EXAMPLE.as_bytes().to_vec();
            let at = at.index(broken.len());
            broken.splice(at..at, bytes.iter().copied());
            for bytes in [bytes, broken] {
                if let Err(complaint) = read(bytes) {
                    prop_assert!(complaint.ends_with("`septet check --write-baseline`"));
                }
            }
        }
    }
}
