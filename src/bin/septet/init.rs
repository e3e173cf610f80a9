//! `septet init`: which configuration fits what is there?

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use septet::template::{LanguageKey, Syntax, Template};

use crate::config::{Config, FILE_NAME, SCHEMA};
use crate::formats::Format;
use crate::project::{self, Plan};
use crate::terminal::is_hidden;
use crate::{Failure, Status};

/// Write a septet.toml for the texts that are found here.
///
/// Takes files of known formats whose path speaks of sms, otp or templates, and of other catalogues (a
/// path with locale, i18n, lang, messages or strings in it) the keys that do. Other files, and texts in
/// code, are added by hand. Nothing is overwritten.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Show the configuration in place of writing it
    #[arg(long)]
    stdout: bool,

    /// Show the JSON schema of configurations, for editors
    #[arg(long, conflicts_with = "stdout")]
    schema: bool,
}

const EXAMPLES: &str = "\
Examples:
  septet init --stdout                        look first
  septet init && septet check --write-baseline
                                              start, and accept what is there today
  septet init --schema > septet.schema.json   for an editor";

pub(crate) fn run(args: &Args) -> Result<Status, Failure> {
    if args.schema {
        return print(SCHEMA);
    }
    let here = std::env::current_dir()
        .map_err(|error| Failure::new(format!("the working directory: {error}")))?;
    let path = here.join(FILE_NAME);
    if !args.stdout && path.symlink_metadata().is_ok() {
        return Err(is_there());
    }
    let config = Config::none(here);
    let plan = Plan::new(&config, &[]);
    let (files, unread) = project::read(&config, &plan.files);
    let complaints: Vec<_> = plan.complaints.into_iter().chain(unread).collect();
    let is_incomplete = !complaints.is_empty();
    for complaint in complaints {
        Failure::new(complaint).complain();
    }
    let found = Found::of(&files);
    let text = configuration(&found);
    let status = if args.stdout {
        print(&text)?
    } else {
        write(&path, &text)?;
        print(&summary(&found))?
    };
    Ok(if is_incomplete {
        Status::Incomplete
    } else {
        status
    })
}

fn summary(found: &Found) -> String {
    if found.sources.is_empty() {
        return format!(
            "{FILE_NAME} is written, but no text was found; name the files in it, then run `septet \
             check`\n"
        );
    }
    let texts: usize = found.sources.iter().map(|source| source.texts).sum();
    let files: usize = found.sources.iter().map(|source| source.files).sum();
    format!(
        "{FILE_NAME} is written, for {} in {}; look through it, then run `septet check`\n",
        counted(texts, "text"),
        counted(files, "file"),
    )
}

fn is_there() -> Failure {
    Failure::new(format!(
        "{FILE_NAME} is there already and stays as it is; `septet init --stdout` shows what would be \
         written"
    ))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let file = File::options().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => is_there(),
        _ => Failure::new(format!("{FILE_NAME}: {error}")),
    })
}

fn print(text: &str) -> Result<Status, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {error}")))
        }
        _ => Ok(Status::Clean),
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) sources: Vec<FoundSource>,
    /// The one that all placeholders are written in.
    pub(crate) syntax: Option<Syntax>,
    /// Their names.
    pub(crate) placeholders: BTreeSet<String>,
    pub(crate) locales: BTreeSet<LanguageKey>,
}

/// Files of a format.
pub(crate) struct FoundSource {
    /// Globs.
    pub(crate) patterns: BTreeSet<String>,
    pub(crate) format: &'static str,
    /// Patterns of keys; none is all.
    pub(crate) keys: BTreeSet<String>,
    /// Whether they are template objects of Okta.
    pub(crate) okta: bool,
    pub(crate) files: usize,
    pub(crate) texts: usize,
}

/// Files that differ in their locale alone.
struct Group<'f> {
    files: Vec<&'f project::File>,
    format: &'static str,
    /// Parts of all keys without their locale, and whether the text was taken.
    paths: Vec<(Vec<String>, bool)>,
    locale_in_keys: bool,
    locale_in_path: bool,
    okta: bool,
}

impl Found {
    fn of(files: &[project::File]) -> Self {
        let mut found = Self::default();
        let mut syntaxes = BTreeSet::new();
        let mut groups: BTreeMap<String, Group<'_>> = BTreeMap::new();
        for file in files {
            let Some((first, format)) = file.texts.first().zip(format_of(&file.name)) else {
                continue;
            };
            for keyed in &file.texts {
                let text = keyed.text.decoded.text();
                if let Ok(Some(syntax)) = Syntax::detect(text) {
                    syntaxes.insert(syntax);
                    let (template, _) = Template::parse_lossy(text, syntax);
                    let names = template.names().iter().map(|name| (*name).to_owned());
                    found.placeholders.extend(names);
                }
                let locale = keyed.locale.as_deref();
                found
                    .locales
                    .extend(locale.and_then(|locale| locale.parse::<LanguageKey>().ok()));
            }
            // What the files of a group share is their path with the locale taken out.
            let (_, shared) = &first.group;
            let pattern = match shared.split_once("{locale}") {
                Some((before, behind)) if *shared != file.name => {
                    format!("{}{{locale}}{}", escaped(before), escaped(behind))
                }
                _ => escaped(shared),
            };
            let group = groups.entry(pattern).or_insert_with(|| Group {
                files: Vec::new(),
                format: format.name(),
                paths: Vec::new(),
                locale_in_keys: false,
                locale_in_path: *shared != file.name,
                okta: true,
            });
            group.take(file, &format);
        }
        found.syntax = syntaxes.pop_first().filter(|_| syntaxes.is_empty());
        found.sources = sources(groups);
        found
    }
}

fn format_of(shown: &str) -> Option<Format> {
    let (_, extension) = shown.rsplit('/').next()?.rsplit_once('.')?;
    Format::of_extension(extension)
}

impl<'f> Group<'f> {
    fn take(&mut self, file: &'f project::File, format: &Format) {
        self.files.push(file);
        self.okta &= file.source.contains("SMS_VERIFY_CODE");
        let taken = file.texts.iter().map(|keyed| keyed.text.literal.start);
        let taken: HashSet<usize> = taken.collect();
        // Where the locale is the outermost key, it is that of all texts.
        let first = file.texts.first();
        self.locale_in_keys |= first.is_some_and(|keyed| keyed.text.path.join(".") != keyed.key);
        for text in format.read(&file.source, "").texts {
            let keys = text.path.iter().skip(usize::from(self.locale_in_keys));
            // A key with dots is like nested ones: so are patterns read.
            let parts = keys.flat_map(|key| key.split('.')).map(str::to_owned);
            let is_taken = taken.contains(&text.literal.start);
            self.paths.push((parts.collect(), is_taken));
        }
    }

    /// Where files lie that are read whole, the end of their names, and whether they are of Okta.
    fn place(&self, keys: &BTreeSet<String>) -> Option<(&'f str, &'f str, bool)> {
        let is_whole = keys.is_empty() && !self.locale_in_path;
        let shown = &self.files.first().filter(|_| is_whole)?.name;
        let name = shown.rfind('/').map_or(0, |at| at + 1);
        let (folder, name) = shown.split_at_checked(name)?;
        let (_, end) = name.rsplit_once('.')?;
        Some((folder, end, self.okta))
    }

    /// Patterns of the keys that were taken, or none where all were.
    fn keys(&self) -> BTreeSet<String> {
        if self.paths.iter().all(|(_, is_taken)| *is_taken) {
            return BTreeSet::new();
        }
        let with_locale = |pattern| match self.locale_in_keys {
            true => format!("{{locale}}.{pattern}"),
            false => pattern,
        };
        covering(&self.paths).into_iter().map(with_locale).collect()
    }
}

/// The fewest patterns of keys that have the paths that were taken, and no others.
fn covering(paths: &[(Vec<String>, bool)]) -> BTreeSet<String> {
    /// Deeper keys are named in full.
    const DEPTH: usize = 8;
    fn starts(path: &[String]) -> impl Iterator<Item = &[String]> {
        (1..path.len().min(DEPTH)).filter_map(|length| path.get(..length))
    }
    let mut with_others = HashSet::new();
    for (path, _) in paths.iter().filter(|(_, is_taken)| !is_taken) {
        with_others.extend(starts(path));
        with_others.insert(path.as_slice());
    }
    let taken = paths.iter().filter(|(_, is_taken)| *is_taken);
    let patterns = taken.map(|(path, _)| {
        let whole = starts(path).find(|start| !with_others.contains(start));
        let parts: Vec<_> = whole
            .unwrap_or(path)
            .iter()
            .map(|part| key_part(part))
            .collect();
        let mut pattern = parts.join(".");
        if whole.is_some() {
            pattern += ".**";
        }
        if pattern.starts_with('!') {
            pattern.replace_range(..1, "*");
        }
        pattern
    });
    patterns.collect()
}

/// A part of a key as a pattern has it; `*` stands for what cannot be written.
fn key_part(part: &str) -> String {
    match part {
        _ if part.trim().is_empty() || part == "**" => "*".to_owned(),
        _ => part.replace("{locale}", "*"),
    }
}

/// A path as a glob; `*` stands for what cannot be written.
fn escaped(path: &str) -> String {
    let mut glob = String::new();
    for character in path.chars() {
        match character {
            '\\' | '*' | '?' | '[' | ']' | '{' | '}' | ',' | '!' => glob.extend(['\\', character]),
            _ if character.is_control() => glob.push('*'),
            _ => glob.push(character),
        }
    }
    glob
}

/// One source for all files of a format that are read alike.
fn sources(groups: BTreeMap<String, Group<'_>>) -> Vec<FoundSource> {
    let groups = groups
        .into_iter()
        .map(|(pattern, group)| (pattern, group.keys(), group));
    let groups: Vec<_> = groups.collect();
    // Files beside each other, which one pattern may have.
    let mut folders: BTreeMap<_, Vec<&project::File>> = BTreeMap::new();
    for (_, keys, group) in &groups {
        if let Some(place) = group.place(keys) {
            folders.entry(place).or_default().extend(&group.files);
        }
    }
    folders.retain(|_, files| files.len() > 1 && is_all_of_folder(files));
    let mut sources: BTreeMap<_, FoundSource> = BTreeMap::new();
    for (pattern, keys, group) in &groups {
        let place = group
            .place(keys)
            .filter(|place| folders.contains_key(place));
        let pattern = match place {
            Some((folder, end, _)) => format!("{}*.{end}", escaped(folder)),
            None => pattern.clone(),
        };
        let source = sources
            .entry((group.format, group.okta, keys))
            .or_insert_with(|| FoundSource {
                patterns: BTreeSet::new(),
                format: group.format,
                keys: keys.clone(),
                okta: group.okta,
                files: 0,
                texts: 0,
            });
        source.files += group.files.len();
        source.texts += group
            .files
            .iter()
            .map(|file| file.texts.len())
            .sum::<usize>();
        source.patterns.insert(pattern);
    }
    sources.into_values().collect()
}

/// Whether there is no other file with the same end beside these.
fn is_all_of_folder(files: &[&project::File]) -> bool {
    let paths = || files.iter().filter_map(|file| file.disk.as_deref());
    let names: HashSet<_> = paths().filter_map(Path::file_name).collect();
    let Some(first) = paths().next() else {
        return false;
    };
    let Some(entries) = first.parent().and_then(|folder| fs::read_dir(folder).ok()) else {
        return false;
    };
    entries.flatten().all(|entry| {
        let name = entry.file_name();
        Path::new(&name).extension() != first.extension() || names.contains(&*name)
    })
}

/// The configuration for what was found.
pub(crate) fn configuration(found: &Found) -> String {
    let all_okta = !found.sources.is_empty() && found.sources.iter().all(|source| source.okta);
    let mut lines = vec![
        "# What `septet check` holds the SMS texts of this project to.".to_owned(),
        String::new(),
    ];
    let mut add = |line: &str| lines.push(line.to_owned());

    add("# The language of the text of which the others are translations.");
    let english = found
        .locales
        .iter()
        .find(|locale| locale.language() == "en");
    match english.or(found.locales.first()) {
        Some(base) if english.is_some() => add(&format!("base-locale = {}", quoted(base.as_str()))),
        Some(base) => add(&format!("# base-locale = {}", quoted(base.as_str()))),
        None => add("# base-locale = \"en\""),
    }
    let others = found
        .locales
        .iter()
        .filter(|locale| Some(*locale) != english);
    let others = list(others.map(LanguageKey::as_str));
    if others != "[]" {
        add("# A translation is expected for each of these.");
        add(&format!("# locales = {others}").replace('\n', "\n# "));
    }
    add("");
    if all_okta {
        add("# What Okta demands: its placeholders, one segment, its limits.");
        add("profile = \"okta\"");
    } else {
        if let Some(syntax) = found.syntax {
            add("# How placeholders are written.");
            add(&format!("syntax = {}", quoted(syntax.name())));
            add("");
        }
        add("# The most segments that a text may need.");
        add("# budget = 1");
    }
    add("");
    add(
        "# What placeholders can become. The worst case is not known of those that are not declared.",
    );
    add("[values]");
    for name in &found.placeholders {
        let name_in_lower_case = name.to_lowercase();
        let is_code = ["code", "otp", "pin"]
            .iter()
            .any(|word| name_in_lower_case.contains(word));
        let values = match is_code {
            true => "{ characters = \"digits\", length = 6 }",
            false => "{ characters = \"gsm7\", max = 30 }",
        };
        add(&format!("# {} = {values}", key(name)));
    }
    for source in &found.sources {
        add("");
        let (files, texts) = (counted(source.files, "file"), counted(source.texts, "text"));
        add(&format!("# {}: {files}, {texts}", source.format));
        add("[[source]]");
        add(&format!(
            "files = {}",
            list(source.patterns.iter().map(String::as_str))
        ));
        if !source.keys.is_empty() {
            add(&format!(
                "keys = {}",
                list(source.keys.iter().map(String::as_str))
            ));
        }
    }
    if found.sources.is_empty() {
        add("");
        add("# Files that hold texts; none was found.");
        add("# [[source]]");
        add("# files = [\"locales/{locale}.json\"]");
    }
    let okta = found
        .sources
        .iter()
        .filter(|source| source.okta && !all_okta);
    let okta = list(okta.flat_map(|source| &source.patterns).map(String::as_str));
    if okta != "[]" {
        add("");
        add("# What Okta demands: its placeholders, one segment, its limits.");
        add("[[override]]");
        add(&format!("files = {okta}"));
        add("profile = \"okta\"");
    }
    lines.join("\n") + "\n"
}

/// A list of strings, on several lines where it is long.
fn list<'a>(strings: impl Iterator<Item = &'a str>) -> String {
    let strings: Vec<_> = strings.map(quoted).collect();
    let one_line = format!("[{}]", strings.join(", "));
    if one_line.len() > 80 {
        format!("[\n    {},\n]", strings.join(",\n    "))
    } else {
        one_line
    }
}

/// A key of a table.
fn key(name: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    if !name.is_empty() && name.bytes().all(is_bare) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// A string of TOML, in which all can be seen.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            _ if is_hidden(character) => quoted += &format!("\\U{:08X}", u32::from(character)),
            _ => quoted.push(character),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use proptest::collection::{btree_set, vec};
    use proptest::prelude::*;

    use super::*;
    use crate::config::KeyPattern;

    /// What tells a text from others: its path, key and locale.
    type Place = (String, String, Option<String>);

    /// The texts that are found in a folder.
    fn places(config: &Config) -> (Vec<project::File>, Vec<Place>) {
        let plan = Plan::new(config, &[]);
        let (files, complaints) = project::read(config, &plan.files);
        assert_eq!(complaints, [""; 0]);
        let texts = files.iter().flat_map(|file| {
            let texts = file.texts.iter();
            texts.map(|text| (file.name.clone(), text.key.clone(), text.locale.clone()))
        });
        let mut places: Vec<_> = texts.collect();
        places.sort();
        (files, places)
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn read_back(folder: &Path, text: &str) -> Config {
        let path = folder.join(FILE_NAME);
        fs::write(&path, text).unwrap();
        match Config::read(&path) {
            Ok(config) => config,
            Err(failure) => panic!("{text}\n{}", failure.0),
        }
    }

    /// Writes a configuration for a folder, and checks that it finds what was found without.
    fn written(folder: &Path) -> String {
        let (files, before) = places(&Config::none(folder.to_owned()));
        let text = configuration(&Found::of(&files));
        let config = read_back(folder, &text);
        assert!(!config.sources.is_empty());
        assert_eq!(places(&config).1, before, "{text}");
        text
    }

    const OKTA: &str = r#"{"name": "Custom", "type": "SMS_VERIFY_CODE", "template": "Code ${code}",
        "translations": {"fr": "Le code ${code}"}}"#;

    #[test]
    fn a_configuration_finds_what_was_found_without_one() {
        let folder = folder(&[
            (
                "locales/en.json",
                r#"{"sms": {"a": "Hi {{name}}", "b": "Hi"}, "title": "No"}"#,
            ),
            (
                "locales/pt_BR.json",
                r#"{"sms": {"a": "Oi {{name}}"}, "more": {"sms-c": "Oi"}}"#,
            ),
            ("okta/one.json", OKTA),
            ("okta/two.json", OKTA),
            (
                "package.json",
                r#"{"name": "x", "scripts": {"sms.!x": "y", "z": "1"}}"#,
            ),
            ("otp/fr/it's [a] {b}.json", r#"{"a": "{{code}}"}"#),
            ("otp/!not*.json", r#"{"a": "b"}"#),
        ]);
        let text = written(folder.path());
        let start = r#"# What `septet check` holds the SMS texts of this project to.

# The language of the text of which the others are translations.
base-locale = "en"
# A translation is expected for each of these.
# locales = ["fr", "pt_BR"]

# The most segments that a text may need.
# budget = 1

# What placeholders can become. The worst case is not known of those that are not declared.
[values]
# code = { characters = "digits", length = 6 }
# name = { characters = "gsm7", max = 30 }

# json: 2 files, 2 texts
[[source]]
"#;
        assert!(text.starts_with(start), "{text}");
        for line in [
            r#"files = ["locales/{locale}.json"]"#,
            r#"keys = ["more.**", "sms.**"]"#,
            r#"files = ["otp/\\!not\\*.json", "otp/{locale}/it's \\[a\\] \\{b\\}.json"]"#,
            r#"files = ["package.json"]"#,
            r#"keys = ["scripts.sms.**"]"#,
            r#"files = ["okta/*.json"]"#,
            r#"profile = "okta""#,
        ] {
            assert!(text.lines().any(|one| one == line), "{line}\n{text}");
        }
    }

    #[test]
    fn a_folder_of_template_objects_alone_has_the_profile_at_the_top() {
        let folder = folder(&[("a/one.json", OKTA), ("a/two.json", OKTA)]);
        let text = written(folder.path());
        assert!(text.contains("\nprofile = \"okta\"\n"), "{text}");
        assert!(
            !text.contains("override") && !text.contains("budget"),
            "{text}"
        );
        let config = read_back(folder.path(), &text);
        assert_eq!(config.rules("a/one.json", "", None).get_budget(), Some(1));
    }

    #[test]
    fn files_beside_others_are_named_one_by_one() {
        let folder = folder(&[
            ("a/one.json", OKTA),
            ("a/two.json", OKTA),
            ("a/x.json", "{}"),
        ]);
        let text = written(folder.path());
        assert!(
            text.contains(r#"files = ["a/one.json", "a/two.json"]"#),
            "{text}"
        );
    }

    #[test]
    fn nothing_found_is_a_configuration_too() {
        let text = configuration(&Found::default());
        let folder = tempfile::tempdir().unwrap();
        assert!(read_back(folder.path(), &text).sources.is_empty());
        // What is commented out could be taken as it is.
        let all = text
            .replace("\n# [[", "\n[[")
            .replace("\n# files", "\nfiles");
        assert_eq!(read_back(folder.path(), &all).sources.len(), 1);
    }

    #[test]
    fn what_is_there_is_not_overwritten() {
        let folder = folder(&[(FILE_NAME, "budget = 3")]);
        let path = folder.path().join(FILE_NAME);
        let failure = write(&path, "budget = 1").err().unwrap();
        assert!(failure.0.contains("is there already"), "{}", failure.0);
        assert_eq!(fs::read_to_string(&path).unwrap(), "budget = 3");
        fs::remove_file(&path).unwrap();
        assert!(write(&path, "budget = 1").is_ok());
        assert_eq!(fs::read_to_string(&path).unwrap(), "budget = 1");
    }

    #[test]
    fn the_fewest_patterns_cover_what_was_taken() {
        type Path = (&'static [&'static str], bool);
        let cases: [(&[Path], &[&str]); 5] = [
            (
                &[(&["a", "b"], true), (&["a", "c"], true), (&["d"], false)],
                &["a.**"],
            ),
            (&[(&["a", "b"], true), (&["a", "c"], false)], &["a.b"]),
            (
                &[(&["a", "b", "c"], true), (&["a", "d"], false)],
                &["a.b.**"],
            ),
            (
                &[(&["!a"], true), (&["", "**"], true), (&["b"], false)],
                &["*.**", "*a"],
            ),
            (
                &[(&["x", "{locale}"], true), (&["x", "b"], false)],
                &["x.*"],
            ),
        ];
        for (paths, expected) in cases {
            let paths: Vec<_> = paths
                .iter()
                .map(|(path, is)| (path.iter().map(|part| (*part).to_owned()).collect(), *is))
                .collect();
            let patterns = covering(&paths);
            assert_eq!(
                patterns,
                expected.iter().map(|one| (*one).to_owned()).collect()
            );
        }
    }

    fn odd() -> impl Strategy<Value = String> {
        let characters = prop::sample::select(vec![
            'a', 'Z', '0', '.', '-', '_', ' ', '"', '\'', '\\', '{', '}', '[', ']', '!', '*', '?',
            ',', '#', '$', '\n', '\t', '\u{7f}', '\u{85}', '\u{202E}', 'é', '漢', '👋', '=', '^',
            '+', '(',
        ]);
        vec(prop_oneof![9 => characters, 1 => any::<char>()], 1..10)
            .prop_map(|characters| characters.into_iter().filter(|one| *one != '/').collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn odd_names_are_read_back(
            name in odd(),
            end in odd(),
            has_locale: bool,
            placeholders in btree_set(odd(), 0..4),
            keys in vec((vec(odd(), 1..4), any::<bool>()), 0..5),
            okta: bool,
        ) {
            let (before, behind) = (format!("sms/x{name}-"), format!("-{end}.json"));
            let [in_pattern, in_path] = if has_locale { ["{locale}", "fr"] } else { [""; 2] };
            let pattern = format!("{}{in_pattern}{}", escaped(&before), escaped(&behind));
            let path = format!("{before}{in_path}{behind}");
            let split: Vec<_> = keys
                .iter()
                .map(|(path, is_taken)| {
                    let parts = path.iter().flat_map(|key| key.split('.')).map(str::to_owned);
                    (parts.collect(), *is_taken)
                })
                .collect();
            let found = Found {
                sources: vec![FoundSource {
                    patterns: [pattern.clone()].into(),
                    format: "json",
                    keys: covering(&split),
                    okta,
                    files: 1,
                    texts: 2,
                }],
                syntax: Some(Syntax::Brace),
                placeholders,
                locales: ["de".parse().unwrap()].into(),
            };
            let text = configuration(&found);
            prop_assert!(!text.chars().any(|one| is_hidden(one) && one != '\n'));
            let folder = tempfile::tempdir().unwrap();
            let config = read_back(folder.path(), &text);
            let source = config.sources.first().unwrap();
            let locale = source.files.matches(&path);
            prop_assert_eq!(locale.map(|locale| locale.is_some()), Some(has_locale), "{}", pattern);
            for (path, _) in keys.iter().filter(|(_, is_taken)| *is_taken) {
                let is_meant = |pattern: &KeyPattern| pattern.matches(path).is_some();
                prop_assert!(source.keys.iter().any(is_meant), "{text}");
            }
            // What is proposed could be taken as it is.
            let all = text.replace("\n# ", "\n");
            let all = all.split_once("[values]").map_or("", |(_, all)| all);
            let (values, _) = all.split_once("\njson: ").unwrap();
            read_back(folder.path(), &format!("[values]{values}"));
        }
    }
}
