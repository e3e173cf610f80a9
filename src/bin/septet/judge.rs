//! What is wrong with the texts of files, and what do they cost?

use core::sync::atomic::{AtomicUsize, Ordering};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use septet::repair::Edit;
use septet::template::{
    Catalogue, Detail, Finding, Fix, LanguageKey, Lint, Report, Rules, Severity, Verdict,
};

use crate::allow::Allows;
use crate::baseline::{Baseline, Identity};
use crate::config::Config;
use crate::locale::folded;
use crate::project::{File, Keyed, Plan};
use crate::results::{FileEdit, FileResult, Found, Held, Mend, Results, TextResult, Totals};
use crate::rule::{Rule, SourceLint};
use crate::text::{Fault, Text};

/// Texts that are not checked, or were there before.
#[derive(Default)]
pub(crate) struct Before {
    pub(crate) baseline: Option<Baseline>,
    pub(crate) revision: Option<OldTexts>,
    /// Whether single files were named, so that nothing is known of the translations beside them.
    pub(crate) is_partial: bool,
}

/// The texts of a revision.
#[derive(Default)]
pub(crate) struct OldTexts {
    /// The first text of a path, key and locale.
    by_place: HashMap<(String, String, Option<String>), String>,
    /// Paths by key, locale and text, to know a file again that was moved.
    by_text: HashMap<(String, Option<String>, String), Paths>,
    known: Vec<Known>,
    /// What could not be read, by path and in words.
    faults: HashSet<(String, String)>,
}

/// Where the same text was.
#[derive(Default)]
struct Paths {
    all: HashSet<String>,
    /// Whether one of them is gone. It is looked for once, since many texts may be the same.
    moved: OnceLock<bool>,
}

/// A text that was there before: its path, its set (source, path without the locale, and key), and
/// its locale.
type Known = (String, Set, String);
type Set = (Option<usize>, String, String);

impl OldTexts {
    pub(crate) fn of(files: Vec<File>) -> Self {
        let mut old = Self::default();
        for file in files {
            let faults = file.faults.into_iter();
            let faults = faults.map(|fault| (file.name.clone(), fault.message));
            old.faults.extend(faults);
            for Keyed {
                text,
                key,
                locale,
                group: (source, group),
            } in file.texts
            {
                let locale = locale.as_deref().map(folded);
                let text = text.decoded.text().to_owned();
                if let Some(locale) = &locale {
                    let set = (source, group, key.clone());
                    old.known.push((file.name.clone(), set, locale.clone()));
                }
                old.by_text
                    .entry((key.clone(), locale.clone(), text.clone()))
                    .or_default()
                    .all
                    .insert(file.name.clone());
                let place = (file.name.clone(), key, locale);
                old.by_place.entry(place).or_insert(text);
            }
        }
        old
    }

    /// What a text was before: the same, another, or not there.
    fn verdict(
        &self,
        text: Identity<'_>,
        is_there: &dyn Fn(&str) -> bool,
    ) -> (Verdict, Option<&str>) {
        let locale = text.locale.map(folded);
        let same = (text.key.to_owned(), locale.clone(), text.text.to_owned());
        let same = self.by_text.get(&same);
        if same.is_some_and(|paths| paths.all.contains(text.path)) {
            return (Verdict::UnchangedLegacy, None);
        }
        let place = (text.path.to_owned(), text.key.to_owned(), locale);
        if let Some(before) = self.by_place.get(&place) {
            return (Verdict::Changed, Some(before));
        }
        let is_gone = |path: &String| !is_there(path);
        let moved =
            same.is_some_and(|paths| *paths.moved.get_or_init(|| paths.all.iter().any(is_gone)));
        let verdict = match moved {
            true => Verdict::UnchangedLegacy,
            false => Verdict::New,
        };
        (verdict, None)
    }
}

/// One text of a set: which file, and which of its texts.
type Place = (usize, usize);

/// What was said of a text.
struct Said {
    place: Place,
    verdict: Verdict,
    held: Option<Held>,
    budget: Option<usize>,
    before: Option<septet::template::Costs>,
    report: Option<Report>,
    /// Findings about the set, which are shown here.
    of_set: Vec<Finding>,
}

struct Judge<'a> {
    config: &'a Config,
    before: &'a Before,
    files: &'a [File],
    paths: HashSet<&'a str>,
    /// Translations that were there before: the sets, and the locales that these lost.
    lost: HashSet<(Set, String)>,
}

/// Checks all texts of files, on all cores. `progress` is told how many texts are done.
pub(crate) fn judge(
    config: &Config,
    files: Vec<File>,
    before: &Before,
    progress: &(dyn Fn(usize) + Sync),
) -> Results {
    let mut judge = Judge {
        config,
        before,
        files: &files,
        paths: files.iter().map(|file| file.name.as_str()).collect(),
        lost: HashSet::new(),
    };
    judge.lost = judge.lost();
    let done = AtomicUsize::new(0);
    let sets = judge.sets();
    let said: Vec<Vec<Said>> = sets
        .par_iter()
        .map(|set| {
            let said = judge.set(set);
            progress(done.fetch_add(set.len(), Ordering::Relaxed) + set.len());
            said
        })
        .collect();
    let mut of_files: Vec<Vec<Said>> = files.iter().map(|_| Vec::new()).collect();
    for said in said.into_iter().flatten() {
        if let Some(of_file) = of_files.get_mut(said.place.0) {
            of_file.push(said);
        }
    }
    let pairs: Vec<_> = files.into_iter().zip(of_files).collect();
    let checked: Vec<_> = pairs
        .into_par_iter()
        .map(|(mut file, said)| {
            if let Some(old) = &before.revision {
                let place = |fault: &Fault| (file.name.clone(), fault.message.clone());
                file.faults
                    .retain(|fault| !old.faults.contains(&place(fault)));
            }
            assemble(config, file, said)
        })
        .collect();
    let mut results = Results {
        files: Vec::new(),
        totals: Totals::default(),
        assumptions: Vec::new(),
    };
    for (file, allowed) in checked {
        results.totals.add(&file, allowed);
        results.files.push(file);
    }
    results
}

impl<'a> Judge<'a> {
    fn keyed(&self, (file, text): Place) -> Option<(&'a File, &'a Keyed)> {
        let file = self.files.get(file)?;
        Some((file, file.texts.get(text)?))
    }

    /// The texts that belong together, by source, path without locale, and key.
    fn sets(&self) -> Vec<Vec<Place>> {
        let mut sets: Vec<Vec<Place>> = Vec::new();
        let mut by_key = BTreeMap::new();
        for (number, file) in self.files.iter().enumerate() {
            for (at, keyed) in file.texts.iter().enumerate() {
                let next = sets.len();
                let set = *by_key.entry((&keyed.group, &keyed.key)).or_insert(next);
                if set == next {
                    sets.push(Vec::new());
                }
                if let Some(set) = sets.get_mut(set) {
                    set.push((number, at));
                }
            }
        }
        sets
    }

    fn verdict(&self, file: &File, keyed: &'a Keyed) -> (Verdict, Option<Held>, Option<&'a str>) {
        let identity = keyed.identity(&file.name);
        let is_there =
            |path: &str| self.paths.contains(path) || self.config.root.join(path).exists();
        let baseline = self.before.baseline.as_ref();
        if baseline.is_some_and(|baseline| baseline.holds(identity, &is_there)) {
            return (Verdict::UnchangedLegacy, Some(Held::Baseline), None);
        }
        match &self.before.revision {
            None => (Verdict::New, None, None),
            Some(old) => match old.verdict(identity, &is_there) {
                (Verdict::UnchangedLegacy, _) => {
                    (Verdict::UnchangedLegacy, Some(Held::Unchanged), None)
                }
                (verdict, before) => (verdict, None, before),
            },
        }
    }

    fn start(&self, place: Place) -> Option<(Said, Arc<Rules<'static>>, &'a Keyed)> {
        let (file, keyed) = self.keyed(place)?;
        let locale = keyed.locale.as_deref();
        let rules = self.config.rules(&file.name, &keyed.key, locale);
        let (verdict, held, before) = self.verdict(file, keyed);
        let said = Said {
            place,
            verdict,
            held,
            budget: rules.get_budget(),
            before: before.map(|text| rules.check(text).costs()),
            report: None,
            of_set: Vec::new(),
        };
        Some((said, rules, keyed))
    }

    /// Checks the texts of a set against each other; without a base text, each alone.
    fn set(&self, places: &[Place]) -> Vec<Said> {
        let language = self.config.base_locale;
        let mut texts: Vec<_> = places
            .iter()
            .filter_map(|place| self.start(*place))
            .collect();
        let base = texts
            .iter()
            .position(|(_, _, keyed)| keyed.text.is_base)
            .or_else(|| {
                texts.iter().position(|(_, _, keyed)| {
                    is_base(&keyed.text, keyed.locale.as_deref(), language)
                })
            });
        let Some(base) = base else {
            for (said, rules, keyed) in &mut texts {
                if said.verdict.is_checked() {
                    said.report = Some(alone(rules, keyed));
                }
            }
            return texts.into_iter().map(|(said, ..)| said).collect();
        };
        texts.swap(0, base);
        if let Some(rest) = texts.get_mut(1..) {
            rest.sort_by_key(|(said, ..)| said.place);
        }
        let Some((first, rules_of_set, base)) = texts.first() else {
            return Vec::new();
        };
        let rules_of_set = Arc::clone(rules_of_set);
        let base_is_checked = first.verdict.is_checked();
        let mut catalogue = Catalogue::new(base.text.decoded.text());
        let language = language.as_ref().map_or("", LanguageKey::as_str);
        let mut by_key: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, (_, _, keyed)) in texts.iter().enumerate().skip(1) {
            // A second base text is one of the base language.
            let key = keyed.locale.as_deref().unwrap_or(language);
            catalogue = catalogue.with_translation(key, keyed.text.decoded.text());
            by_key.entry(key).or_default().push(at);
        }
        let (source, group) = base.group.clone();
        let set = (source, group, base.key.clone());
        let report = {
            let mut each = texts.iter();
            rules_of_set.check_each(&catalogue, |_| match each.next() {
                Some((said, rules, _)) => (said.verdict, &**rules),
                None => (Verdict::UnchangedLegacy, &*rules_of_set),
            })
        };
        for (finding, (said, ..)) in report.texts().zip(&mut texts) {
            said.report = finding.report().cloned();
        }
        // Where keys are repeated or cannot be read, the findings are as many as the last of these.
        let mut problems: HashMap<&str, usize> = HashMap::new();
        for finding in report.findings() {
            if let Detail::RepeatedKey { key, .. } | Detail::InvalidKey { key, .. } =
                finding.detail()
            {
                *problems.entry(key).or_default() += 1;
            }
        }
        for finding in report.findings() {
            let at = match finding.detail() {
                Detail::RepeatedKey { key, .. } | Detail::InvalidKey { key, .. } => {
                    let left = problems.entry(key).or_default();
                    let of_key = by_key.get(&**key).map_or(&[][..], Vec::as_slice);
                    // A key may be both.
                    let at = of_key.get(of_key.len().saturating_sub(*left)).copied();
                    *left = left.saturating_sub(1);
                    let is_checked = at.and_then(|at| texts.get(at));
                    if is_checked.is_some_and(|(said, ..)| !said.verdict.is_checked()) {
                        continue;
                    }
                    at
                }
                Detail::Mismatch { key, .. } => {
                    by_key.get(&**key).and_then(|of_key| of_key.last().copied())
                }
                Detail::Language { .. } if self.before.is_partial => continue,
                // Of a set that was there before, only a translation that was lost is news.
                Detail::Language { key: language, .. }
                    if !base_is_checked
                        && !self.lost.contains(&(set.clone(), folded(language))) =>
                {
                    continue;
                }
                _ => None,
            };
            if let Some((said, ..)) = texts.get_mut(at.unwrap_or(0)) {
                said.of_set.push(finding.clone());
            }
        }
        texts.into_iter().map(|(said, ..)| said).collect()
    }

    /// What was there before and is not now. Of a file that was not read and is still there nothing
    /// is known.
    fn lost(&self) -> HashSet<(Set, String)> {
        let mut known = Vec::new();
        if let Some(baseline) = &self.before.baseline {
            let mut groups = ("", Vec::new());
            for (path, key, locale) in baseline.known() {
                let Some(locale) = locale else { continue };
                if groups.0 != path || groups.1.is_empty() {
                    groups = (path, Plan::groups_of(self.config, path));
                }
                for (source, group) in &groups.1 {
                    let set = (*source, group.clone(), key.to_owned());
                    known.push((path.to_owned(), set, folded(locale)));
                }
            }
        }
        if let Some(old) = &self.before.revision {
            known.extend_from_slice(&old.known);
        }
        if known.is_empty() {
            return HashSet::new();
        }
        let mut present = HashSet::new();
        for file in self.files {
            for keyed in &file.texts {
                let locale = keyed.locale.as_deref().map(folded).unwrap_or_default();
                present.insert((&*file.name, &*keyed.key, locale));
            }
        }
        let is_lost = |(path, (_, _, key), locale): &Known| {
            let is_present = present.contains(&(&**path, &**key, locale.clone()));
            let is_unread =
                || !self.paths.contains(&**path) && self.config.root.join(path).exists();
            !is_present && !is_unread()
        };
        known.retain(is_lost);
        known
            .into_iter()
            .map(|(_, set, locale)| (set, locale))
            .collect()
    }
}

/// Whether a text is one of those that others are translations of.
pub(crate) fn is_base(text: &Text, locale: Option<&str>, language: Option<LanguageKey>) -> bool {
    let Some(locale) = locale else {
        return true;
    };
    let key = locale.parse::<LanguageKey>().ok();
    text.is_base || (key.is_some() && key == language)
}

/// Checks a text that is a translation of none, as what its locale says it is.
fn alone(rules: &Rules<'static>, keyed: &Keyed) -> Report {
    let text = keyed.text.decoded.text();
    let language = keyed.locale.as_ref().and_then(|locale| locale.parse().ok());
    let Some(language) = language else {
        return rules.check(text);
    };
    let rules = rules.clone().base_language(language);
    let report = Rules::new().check_each(&Catalogue::new(text), |_| (Verdict::New, &rules));
    let report = report.text(None).and_then(|text| text.report().cloned());
    report.unwrap_or_else(|| rules.check(text))
}

impl Keyed {
    pub(crate) fn identity<'k>(&'k self, path: &'k str) -> Identity<'k> {
        Identity {
            path,
            key: &self.key,
            locale: self.locale.as_deref(),
            text: self.text.decoded.text(),
        }
    }
}

/// Puts what was said of its texts into a file. Gives also how many findings were allowed.
fn assemble(config: &Config, file: File, mut said: Vec<Said>) -> (FileResult, usize) {
    said.sort_by_key(|said| said.place);
    let texts: Vec<&Text> = file.texts.iter().map(|keyed| &keyed.text).collect();
    let mut allows = Allows::of(&file.comments, &texts, &file.source, &file.lines);
    let mut findings = Vec::new();
    let mut allowed = 0;
    let mut results = Vec::new();
    for (at, (said, keyed)) in said.iter().zip(&file.texts).enumerate() {
        let first = findings.len();
        let of_text = said.report.iter().flat_map(Report::findings);
        let (excused, reported): (Vec<_>, Vec<_>) = said
            .of_set
            .iter()
            .chain(of_text)
            .partition(|finding| allows.take(at, Rule::Template(finding.lint())));
        allowed += excused.len();
        // What is allowed is not mended either.
        let is_excused = |fix: &Fix| {
            let spans = excused.iter().map(|finding| finding.span());
            let mut narrow = spans.filter(|span| span.len() < keyed.text.decoded.text().len());
            narrow.any(|span| {
                let mut edits = fix.edits().iter().map(Edit::range);
                edits.any(|edit| edit.start < span.end && span.start < edit.end)
            })
        };
        let fixes = said.report.iter().flat_map(Report::fixes);
        let fixes: Vec<_> = fixes
            .filter(|fix| !is_excused(fix))
            .map(|fix| (fix, Arc::new(mend(fix, &keyed.text))))
            .collect();
        for finding in reported {
            let mends = said
                .report
                .iter()
                .flat_map(|report| report.fixes_of(finding));
            let mends = mends.filter_map(|wanted| {
                let found = fixes.iter().find(|(fix, _)| core::ptr::eq(*fix, wanted));
                found.map(|(_, mend)| Arc::clone(mend))
            });
            findings.push(found(finding, at, &keyed.text, mends.collect()));
        }
        results.push(TextResult {
            key: keyed.key.clone(),
            locale: keyed.locale.clone(),
            group: keyed.group.1.clone(),
            text: keyed.text.clone(),
            verdict: said.verdict,
            held: said.held,
            costs: said.report.as_ref().map(Report::costs),
            budget: said.budget,
            before: said.before,
            prices: config.prices(keyed.locale.as_deref()),
            mends: fixes
                .into_iter()
                .map(|(_, mend)| mend)
                .filter(|mend| {
                    let of_text = findings.get(first..).unwrap_or_default().iter();
                    let mut mends = of_text.flat_map(|found: &Found| &found.mends);
                    mends.any(|other| Arc::ptr_eq(mend, other))
                })
                .collect(),
        });
    }
    let unused = allows.unused(|text| {
        let result: Option<&TextResult> = results.get(text);
        result.is_some_and(|result| result.verdict.is_checked())
    });
    let of_source = [
        (SourceLint::UnreadableSource, file.faults),
        (SourceLint::MalformedAllow, allows.malformed),
        (SourceLint::UnusedAllow, unused),
    ];
    for (lint, faults) in of_source {
        if let Some(severity) = config.severity_of(lint, &file.name) {
            findings.extend(
                faults
                    .into_iter()
                    .map(|fault| of_file(lint, severity, fault)),
            );
        }
    }
    findings.sort_by_key(|found| (found.span.start, found.span.end, found.rule));
    let result = FileResult {
        path: file.shown,
        name: file.name,
        source: file.source,
        lines: file.lines,
        texts: results,
        findings,
    };
    (result, allowed)
}

fn of_file(lint: SourceLint, severity: Severity, fault: Fault) -> Found {
    Found {
        rule: Rule::Source(lint),
        severity,
        span: fault.at,
        text: None,
        message: fault.message,
        mends: Vec::new(),
        respelling: None,
    }
}

fn found(finding: &Finding, at: usize, text: &Text, mends: Vec<Arc<Mend>>) -> Found {
    let span = finding.span();
    let whole = 0..text.decoded.text().len();
    let respelling = (finding.lint() == Lint::MisspeltPlaceholder)
        .then(|| finding.replacement())
        .flatten()
        .map(|replacement| edit(text, span.clone(), replacement));
    let span = if text.decoded.text().is_empty() {
        text.literal.clone()
    } else if span.is_empty() && span.start == 0 {
        // A finding about the set.
        text.decoded.source(whole)
    } else {
        text.decoded.source(span)
    };
    Found {
        rule: Rule::Template(finding.lint()),
        severity: finding.severity(),
        span,
        text: Some(at),
        message: finding.to_string(),
        mends,
        respelling,
    }
}

fn edit(text: &Text, range: core::ops::Range<usize>, replacement: &str) -> FileEdit {
    let before = text.decoded.text().get(range.clone()).unwrap_or_default();
    FileEdit {
        span: text.decoded.source(range),
        before: before.to_owned(),
        after: replacement.to_owned(),
        written: (text.encode)(replacement),
    }
}

fn mend(fix: &Fix, text: &Text) -> Mend {
    let edits = fix.edits().iter();
    Mend {
        edits: edits
            .map(|made| edit(text, made.range(), made.replacement()))
            .collect(),
        safe: fix.is_safe(),
        before: fix.before(),
        after: fix.after(),
    }
}

impl Totals {
    fn add(&mut self, file: &FileResult, allowed: usize) {
        self.files += usize::from(!(file.texts.is_empty() && file.findings.is_empty()));
        self.texts += file.texts.len();
        self.allowed += allowed;
        for found in &file.findings {
            match found.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                _ => self.notes += 1,
            }
        }
        for text in &file.texts {
            match text.held {
                Some(Held::Baseline) => self.held_by_baseline += 1,
                Some(Held::Unchanged) => self.held_by_revision += 1,
                None => {}
            }
            let Some(costs) = text.costs else { continue };
            let Some(worst) = costs.worst().segments().get() else {
                self.unknown += 1;
                continue;
            };
            let mended = text.mends.iter().find(|mend| mend.safe);
            let after = mended.and_then(|mend| mend.after.worst().segments().get());
            self.segments += worst;
            self.segments_mended += after.unwrap_or(worst);
            self.mendable += usize::from(after.is_some_and(|after| after < worst));
            self.over_budget += usize::from(text.budget.is_some_and(|budget| worst > budget));
        }
    }
}
