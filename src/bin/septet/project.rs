//! Which files hold texts, and which texts do they hold?
use crate::config::{Config, Source};
use crate::formats::Format;
use crate::lines::Lines;
use crate::locale;
use crate::terminal::{seen, visible_path};
use crate::text::{Comment, Fault, Text};
use core::ops::Range;
use core::str;
use ignore::WalkBuilder;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// A file that is to be read, and by which sources.
#[derive(Clone)]
pub(crate) struct Planned {
    /// Where it is; nothing is standard input, or a file of a revision.
    disk: Option<PathBuf>,
    /// What patterns and the baseline call it: relative to the configuration, with `/`.
    pub(crate) name: String,
    readings: Vec<Reading>,
}

/// How a file is read for one source.
#[derive(Clone)]
struct Reading {
    /// The number of the source, or nothing where none is configured.
    source: Option<usize>,
    format: Format,
    /// Where the path holds the locale.
    locale: Option<Range<usize>>,
    /// Whether only keys are taken that speak of messages.
    only_likely_keys: bool,
}

impl Reading {
    /// The path without the locale. `messages_fr.properties` is `messages.properties`, which may hold
    /// the base texts, and `values-fr` is `values`; `fr.json` is `{locale}.json`.
    fn group(&self, name: &str) -> String {
        let mut group = name.to_owned();
        if let Some(range) = self.locale.clone() {
            let before = name.get(..range.start).unwrap_or_default();
            if before.ends_with(['.', '_', '-']) {
                group.replace_range(range.start - 1..range.end, "");
            } else {
                group.replace_range(range, "{locale}");
            }
        }
        group
    }
}

/// The files to be read, in the order of their paths.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) files: Vec<Planned>,
    /// Paths that could not be looked at, in words.
    pub(crate) complaints: Vec<String>,
    pub(crate) assumptions: Vec<String>,
}

/// A file that was read.
#[derive(Clone)]
pub(crate) struct File {
    /// What patterns and the baseline call it.
    pub(crate) name: String,
    /// What reports call it: relative to the working directory, as CI systems want it.
    pub(crate) shown: String,
    pub(crate) disk: Option<PathBuf>,
    /// Without a byte-order mark.
    pub(crate) source: String,
    /// Whether one was there.
    pub(crate) has_bom: bool,
    pub(crate) lines: Lines,
    /// In the order of the file.
    pub(crate) texts: Vec<Keyed>,
    pub(crate) faults: Vec<Fault>,
    pub(crate) comments: Vec<Comment>,
}

/// A text, and what tells it from others.
#[derive(Clone)]
pub(crate) struct Keyed {
    pub(crate) text: Text,
    pub(crate) key: String,
    /// As it is spelled.
    pub(crate) locale: Option<String>,
    /// What the texts of one set share: the number of the source, and the path without the locale.
    pub(crate) group: (Option<usize>, String),
}

/// Where texts are looked for when no source is configured: in files of a known format one of whose
/// folders, or whose own name, has one of these words in it.
const LIKELY: [&str; 6] = [
    "sms",
    "otp",
    "template",
    "text-message",
    "text_message",
    "textmessage",
];

/// Files that tell of texts in some of their keys, where these have one of the words.
const CATALOGUES: [&str; 8] = [
    "locale",
    "i18n",
    "l10n",
    "lang",
    "translation",
    "messages",
    "strings",
    "intl",
];

impl Plan {
    /// Plans what is to be read of some paths; none is all that is configured.
    pub(crate) fn new(config: &Config, paths: &[PathBuf]) -> Self {
        let mut plan = Self::default();
        let mut found = BTreeMap::new();
        let root = [config.root.clone()];
        for path in if paths.is_empty() { &root[..] } else { paths } {
            match fs::metadata(path) {
                Ok(metadata) if metadata.is_dir() => plan.walk(config, path, &mut found),
                Ok(_) => {
                    let name = relative(&config.root, path);
                    let readings = named(config, &name);
                    if readings.is_empty() {
                        plan.complaints.push(format!(
                            "{}: no source of the configuration has it, and its extension is of no known \
                             format",
                            visible_path(path)
                        ));
                    }
                    plan.put(&mut found, name, path, readings);
                }
                Err(error) => plan
                    .complaints
                    .push(format!("{}: {error}", visible_path(path))),
            }
        }
        plan.files = found.into_values().collect();
        if config.sources.is_empty() {
            plan.assume(config);
        } else if paths.is_empty() {
            plan.tell_idle_sources(config);
        }
        plan
    }

    /// Tells of sources that have no file: one that was moved would no longer be checked, and nobody
    /// would know.
    fn tell_idle_sources(&mut self, config: &Config) {
        let readings = self.files.iter().flat_map(|planned| &planned.readings);
        let busy: BTreeSet<_> = readings.filter_map(|reading| reading.source).collect();
        let idle = (0..config.sources.len()).filter(|number| !busy.contains(number));
        for number in idle {
            self.assumptions.push(format!(
                "source {} of septet.toml has no file: none that it names is here, or none of a known \
                 format",
                number + 1
            ));
        }
    }

    /// Plans how a file of a revision is read, by the path that reports give it.
    pub(crate) fn of_name(config: &Config, name: String) -> Option<Planned> {
        let readings = if config.sources.is_empty() {
            named(config, &name)
        } else {
            configured(config, &name)
        };
        (!readings.is_empty()).then_some(Planned {
            disk: None,
            name,
            readings,
        })
    }

    /// What the texts of a file that is gone may have shared with others (`Keyed::group`).
    pub(crate) fn groups_of(config: &Config, name: &str) -> Vec<(Option<usize>, String)> {
        let readings = named(config, name).into_iter();
        let groups = readings.map(|reading| (reading.source, reading.group(name)));
        // JSON Lines have the name of their file.
        groups.chain([(None, name.to_owned())]).collect()
    }

    /// Whether a file of a revision would be read.
    pub(crate) fn is_read(config: &Config, name: &str) -> bool {
        Self::of_name(config, name.to_owned()).is_some()
    }

    fn walk(&mut self, config: &Config, folder: &Path, found: &mut BTreeMap<String, Planned>) {
        let walk = WalkBuilder::new(folder)
            .require_git(false)
            .parents(true)
            .build();
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    let name = relative(&config.root, entry.path());
                    let readings = if config.sources.is_empty() {
                        guessed(&name)
                    } else {
                        configured(config, &name)
                    };
                    self.put(found, name, entry.path(), readings);
                }
                Ok(_) => {}
                Err(error) => {
                    let error = seen(&error.to_string());
                    self.complaints.push(error);
                }
            }
        }
    }

    fn put(
        &mut self,
        found: &mut BTreeMap<String, Planned>,
        name: String,
        path: &Path,
        readings: Vec<Reading>,
    ) {
        if !readings.is_empty() {
            let planned = found.entry(name.clone()).or_insert_with(|| Planned {
                disk: Some(path.to_owned()),
                name,
                readings,
            });
            // One file may be named in many ways, but not two files in one.
            if planned.disk.as_deref() != Some(path) && path.to_str().is_none() {
                self.complaints.push(format!(
                    "{}: not read, since its name, which is not UTF-8, looks like that of another \
                     file; rename it",
                    visible_path(path)
                ));
            }
        }
    }

    fn assume(&mut self, config: &Config) {
        let missing = match &config.path {
            Some(path) => format!("{} names no source", visible_path(path)),
            None => "no septet.toml was found".to_owned(),
        };
        self.assumptions.push(format!(
            "{missing}: took files of known formats whose path speaks of sms, otp or templates, and of \
             other catalogues the keys that do; placeholders and languages were guessed; `septet init` \
             writes a configuration"
        ));
    }
}

/// Plans to read JSON Lines: from files, or from standard input where none is named.
pub(crate) fn json_lines(config: &Config, paths: &[PathBuf]) -> Vec<Planned> {
    let planned = |disk: Option<&PathBuf>| Planned {
        name: disk.map_or_else(|| "-".to_owned(), |path| relative(&config.root, path)),
        disk: disk.cloned(),
        readings: vec![Reading {
            source: None,
            format: Format::JsonLines,
            locale: None,
            only_likely_keys: false,
        }],
    };
    let named = |path: &PathBuf| planned(Some(path).filter(|path| path.as_os_str() != "-"));
    if paths.is_empty() {
        vec![planned(None)]
    } else {
        paths.iter().map(named).collect()
    }
}

/// A path as it is called from a folder, with `/` between its parts.
pub(crate) fn relative(folder: &Path, path: &Path) -> String {
    let plain = |path: &Path| {
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        without_detours(&absolute)
    };
    let (folder, path) = (plain(folder), plain(path));
    let pairs = folder.components().zip(path.components());
    let shared = pairs.take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(shared).map(|_| "..".into());
    let down = path.components().skip(shared);
    let parts = up.chain(down.map(|part| match part {
        Component::RootDir => "".into(),
        part => part.as_os_str().to_string_lossy(),
    }));
    let parts = parts.collect::<Vec<_>>().join("/");
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts
    }
}

/// Without `.` and `..`, by words alone: what a link leads to is not asked.
fn without_detours(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            component => plain.push(component),
        }
    }
    plain
}

/// What sources of the configuration make of a path.
fn configured(config: &Config, name: &str) -> Vec<Reading> {
    let matching = config
        .sources
        .iter()
        .enumerate()
        .filter_map(|(number, source)| {
            let locale = source.files.matches(name)?;
            let format = match &source.format {
                Some(format) => format.clone(),
                None => by_extension(name)?,
            };
            Some(Reading {
                source: Some(number),
                format,
                locale: locale.or_else(|| guessed_locale(source, name)),
                only_likely_keys: false,
            })
        });
    matching.collect()
}

fn guessed_locale(source: &Source, name: &str) -> Option<Range<usize>> {
    // A configured locale is not guessed against.
    source.locale.is_none().then(|| locale::in_path(name))?
}

/// How a file is read that was named: as it is configured, else by its extension, all of it.
fn named(config: &Config, name: &str) -> Vec<Reading> {
    let readings = configured(config, name);
    if !readings.is_empty() {
        return readings;
    }
    let by_extension = by_extension(name).map(|format| Reading {
        source: None,
        format,
        locale: locale::in_path(name),
        only_likely_keys: false,
    });
    by_extension.into_iter().collect()
}

/// How a file is read that was met without a configuration.
fn guessed(name: &str) -> Vec<Reading> {
    let lower = name.to_ascii_lowercase();
    let is_likely = LIKELY.iter().any(|word| lower.contains(word));
    let is_catalogue = CATALOGUES.iter().any(|word| lower.contains(word));
    let format = by_extension(name);
    let format = format.filter(|format| match format {
        // Any file may be text, and any file that ends with `.tf` or `.json` may hold a template
        // object: they are looked into.
        Format::Plain | Format::JsonLines => is_likely,
        Format::Hcl | Format::Json => true,
        _ => is_likely || is_catalogue,
    });
    let reading = format.map(|format| Reading {
        source: None,
        format,
        locale: locale::in_path(name),
        only_likely_keys: !is_likely,
    });
    reading.into_iter().collect()
}

fn by_extension(name: &str) -> Option<Format> {
    let (_, extension) = name.rsplit('/').next()?.rsplit_once('.')?;
    Format::of_extension(extension)
}

/// Reads planned files on all cores. What cannot be read at all is complained of.
pub(crate) fn read(config: &Config, plan: &[Planned]) -> (Vec<File>, Vec<String>) {
    let read: Vec<_> = plan
        .par_iter()
        .map(|planned| {
            let bytes = match &planned.disk {
                Some(path) => read_file(path),
                None => read_standard_input(),
            };
            match bytes {
                Ok(bytes) => Ok(planned.file(config, bytes)),
                Err(error) => {
                    let shown = seen(&planned.shown());
                    Err(format!("{shown}: {error}"))
                }
            }
        })
        .collect();
    let (mut files, mut complaints) = (Vec::new(), Vec::new());
    for result in read {
        match result {
            Ok(file) => files.push(file),
            Err(complaint) => complaints.push(complaint),
        }
    }
    (files, complaints)
}

fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    // A pipe or a device may never end.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("is no regular file"));
    }
    fs::read(path)
}

fn read_standard_input() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut io::stdin(), &mut bytes)?;
    Ok(bytes)
}

impl Planned {
    /// What reports call it.
    fn shown(&self) -> String {
        match &self.disk {
            Some(path) => relative(Path::new("."), path),
            None => self.name.clone(),
        }
    }

    /// Reads the content of a file.
    pub(crate) fn file(&self, config: &Config, bytes: Vec<u8>) -> File {
        let are_lines = |reading: &Reading| matches!(reading.format, Format::JsonLines);
        let (source, has_bom, fault, bad_lines) = if self.readings.iter().all(are_lines) {
            let (source, has_bom, faults) = decoded_lines(bytes);
            (source, has_bom, None, faults)
        } else {
            let (source, has_bom, fault) = decoded(bytes);
            (source, has_bom, fault, Vec::new())
        };
        let mut file = File {
            name: self.name.clone(),
            shown: self.shown(),
            disk: self.disk.clone(),
            lines: Lines::of(&source),
            source,
            has_bom,
            texts: Vec::new(),
            faults: fault.into_iter().collect(),
            comments: Vec::new(),
        };
        if file.faults.is_empty() {
            for reading in &self.readings {
                self.take(reading, config, &mut file);
            }
        }
        if !bad_lines.is_empty() {
            let is_bad = |at: usize| {
                let next = bad_lines.partition_point(|fault| fault.at.start <= at);
                let line = next.checked_sub(1).and_then(|line| bad_lines.get(line));
                line.is_some_and(|fault| at <= fault.at.end)
            };
            file.texts.retain(|keyed| !is_bad(keyed.text.literal.start));
            file.faults.retain(|fault| !is_bad(fault.at.start));
            file.faults.extend(bad_lines);
        }
        file.texts.sort_by_key(|keyed| keyed.text.literal.start);
        file.faults.sort_by_key(|fault| fault.at.start);
        // Two sources that read one file see the same faults and comments.
        file.faults.dedup();
        file.comments.sort_by_key(|comment| comment.at.start);
        file.comments.dedup();
        file
    }

    fn take(&self, reading: &Reading, config: &Config, file: &mut File) {
        let file_name = self.name.rsplit('/').next().unwrap_or_default();
        let stem = file_name
            .rsplit_once('.')
            .map_or(file_name, |(stem, _)| stem);
        let in_path = reading.locale.clone();
        let locale_of_path = in_path.and_then(|range| self.name.get(range));
        let mut parsed = reading
            .format
            .read(&file.source, locale::without(stem, locale_of_path));
        let source = reading.source.and_then(|number| config.sources.get(number));
        let keys = source.map_or(&[][..], |source| &source.keys);
        let first_key_is_locale = keys.is_empty() && locale::is_first_key(&parsed.texts);
        let group = reading.group(&self.name);
        for text in parsed.texts.drain(..) {
            let at = if keys.is_empty() {
                Some(first_key_is_locale.then_some(0))
            } else {
                keys.iter().find_map(|pattern| pattern.matches(&text.path))
            };
            let Some(at) = at else { continue };
            let mut path = text.path.clone();
            let in_key = at.filter(|at| *at < path.len()).map(|at| path.remove(at));
            let key = path.join(".");
            if reading.only_likely_keys && !text.is_base && text.locale.is_none() {
                let lower = key.to_ascii_lowercase();
                if !LIKELY.iter().any(|word| lower.contains(word)) {
                    continue;
                }
            }
            let locale = text.locale.clone().or(in_key);
            let locale = locale.or_else(|| match text.is_base {
                true => None,
                false => locale_of_path
                    .map(str::to_owned)
                    .or_else(|| source?.locale.clone()),
            });
            file.texts.push(Keyed {
                key,
                locale,
                group: (reading.source, group.clone()),
                text,
            });
        }
        if !(reading.only_likely_keys && file.texts.is_empty()) {
            file.faults.append(&mut parsed.faults);
            file.comments.append(&mut parsed.comments);
        }
    }
}

/// The text of a file without its byte-order mark, and what is wrong where it is none.
fn decoded(bytes: Vec<u8>) -> (String, bool, Option<Fault>) {
    let fault = |message: &str| {
        let fault = Fault {
            at: 0..0,
            message: message.to_owned(),
        };
        (String::new(), false, Some(fault))
    };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return fault("this file is UTF-16; convert it to UTF-8");
    }
    if bytes.contains(&0) {
        return fault("this file is binary (it holds a NUL); take it out of the sources");
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            let has_bom = text.starts_with('\u{FEFF}');
            if has_bom {
                text.drain(..'\u{FEFF}'.len_utf8());
            }
            (text, has_bom, None)
        }
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            // What comes before it is shown, so that a caret can be put behind it.
            let mut bytes = error.into_bytes();
            bytes.truncate(at);
            let text = String::from_utf8(bytes).unwrap_or_default();
            let at = Fault {
                at: text.len()..text.len(),
                message: format!("invalid UTF-8 at byte {at}; convert the file to UTF-8"),
            };
            (text, false, Some(at))
        }
    }
}

/// The text of JSON Lines, and the lines of it that are no UTF-8: the others are read all the same.
fn decoded_lines(mut bytes: Vec<u8>) -> (String, bool, Vec<Fault>) {
    let has_bom = bytes.starts_with("\u{FEFF}".as_bytes());
    if has_bom {
        bytes.drain(.."\u{FEFF}".len());
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, has_bom, Vec::new()),
        Err(error) => error.into_bytes(),
    };
    let (mut text, mut faults) = (String::with_capacity(bytes.len()), Vec::new());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let start = text.len();
        match str::from_utf8(line) {
            Ok(line) => text += line,
            Err(error) => {
                text += &String::from_utf8_lossy(line);
                let end = start + text.get(start..).unwrap_or_default().trim_end().len();
                faults.push(Fault {
                    at: start..end,
                    message: format!("invalid UTF-8 at byte {} of the line", error.valid_up_to()),
                });
            }
        }
    }
    (text, has_bom, faults)
}
