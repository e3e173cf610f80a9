//! What is wrong with a set of translations, and with a change to one?

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::catalogue::{Catalogue, Change, ChangeKind, KeyProblemKind, SelectedBy, Update};
use super::check::Context;
use super::finding::{Costs, Detail, Finding};
use super::language::{FoldedKey, LanguageKey};
use super::lint::{Lint, Severity};
use super::parse::Template;
use super::profile::Measure;
use super::report::Report;
use super::rules::Rules;
use super::syntax::Syntax;

/// What the saving rules say of one text.
///
/// A text that was saved before it was checked is left alone until it changes; then it is checked in
/// full.
///
/// # Deviation
///
/// Okta's page enforces the check only where the changed text has characters outside
/// GSM-7. Here it is enforced for both encodings, since a text of two segments costs as much in
/// either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a text that is saved was there before or not, and is the same or not"
)]
pub enum Verdict {
    /// It was not there before, and is checked.
    New,
    /// It was saved before and has not changed: it is not checked.
    UnchangedLegacy,
    /// It is another one than before, and is checked.
    Changed,
}

impl Verdict {
    /// Returns the verdict on a text, given the one saved before it.
    ///
    /// ```
    /// use septet::template::Verdict;
    /// assert_eq!(Verdict::of(None, "Code: ${code}"), Verdict::New);
    /// assert_eq!(Verdict::of(Some("Code: ${code}"), "Code: ${code}"), Verdict::UnchangedLegacy);
    /// assert_eq!(Verdict::of(Some("Code: ${code}"), "Code ${code}"), Verdict::Changed);
    /// ```
    #[must_use]
    pub fn of(before: Option<&str>, after: &str) -> Self {
        match before {
            None => Self::New,
            Some(before) if before == after => Self::UnchangedLegacy,
            Some(_) => Self::Changed,
        }
    }

    /// Says whether the text is checked.
    #[must_use]
    pub const fn is_checked(self) -> bool {
        !matches!(self, Self::UnchangedLegacy)
    }
}

/// What was said of one text of a set.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct TextReport {
    key: Option<String>,
    #[cfg_attr(feature = "serde", serde(skip))]
    text: String,
    verdict: Verdict,
    report: Option<Report>,
}

impl TextReport {
    /// Returns the key of the translation as it is spelled, or `None` for the base text.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        self.key.as_deref()
    }

    /// Returns the text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether it is new, changed or left alone.
    #[must_use]
    pub const fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Returns what the check said, or `None` where the text was left alone.
    #[must_use]
    pub const fn report(&self) -> Option<&Report> {
        self.report.as_ref()
    }
}

/// Shows the key and counts, no text.
impl fmt::Debug for TextReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextReport")
            .field("key", &self.key)
            .field("verdict", &self.verdict)
            .finish_non_exhaustive()
    }
}

/// What was said of a set: of each text, and of the set itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct CatalogueReport {
    texts: Vec<TextReport>,
    findings: Vec<Finding>,
}

impl CatalogueReport {
    /// Returns what was said of the base text, then of the translations in their order.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &TextReport> {
        self.texts.iter()
    }

    /// Returns what was said of one text: of the base text for `None`, else of the first
    /// translation whose key is the same but for case and separator.
    #[must_use]
    pub fn text(&self, key: Option<&str>) -> Option<&TextReport> {
        self.texts()
            .find(|text| text.key().map(FoldedKey) == key.map(FoldedKey))
    }

    /// Returns what the text of a language costs, or `None` where it has none of its own or was left
    /// alone.
    #[must_use]
    pub fn costs(&self, key: Option<&str>) -> Option<Costs> {
        Some(self.text(key)?.report()?.costs())
    }

    /// Returns the findings about the set: keys, missing translations, placeholders that no longer
    /// match. They have no place in a text, and an empty span.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = &Finding> {
        self.findings.iter()
    }

    /// Returns all findings, those about the set first, and each of the others with the text it is
    /// about.
    pub fn all_findings(&self) -> impl Iterator<Item = (Option<&TextReport>, &Finding)> {
        let of_set = self.findings().map(|finding| (None, finding));
        let of_texts = self.texts().flat_map(|text| {
            let findings = text.report().into_iter().flat_map(Report::findings);
            findings.map(move |finding| (Some(text), finding))
        });
        of_set.chain(of_texts)
    }

    /// Returns how much the weightiest finding weighs, or `None` where there is none.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        let severities = self.all_findings().map(|(_, finding)| finding.severity());
        severities.max()
    }

    /// Returns how many texts were left alone.
    #[must_use]
    pub fn unchecked(&self) -> usize {
        let unchecked = self.texts().filter(|text| !text.verdict().is_checked());
        unchecked.count()
    }
}

impl Rules<'_> {
    /// Checks a template and all its translations, as if all were new.
    ///
    /// ```
    /// use septet::template::{Catalogue, Lint, Rules, Syntax};
    /// let catalogue = Catalogue::new("Your code is ${code}")
    ///     .with_translation("es", "Su clave es ${codigo}")
    ///     .with_translation("english", "Your code is ${code}");
    /// let rules = Rules::new().syntax(Syntax::DollarBrace).allow(Lint::UnboundedPlaceholder);
    /// let report = rules.check_catalogue(&catalogue);
    /// let of_set: Vec<_> = report.findings().map(|finding| finding.lint()).collect();
    /// assert_eq!(of_set, [Lint::TranslationKey]);
    /// let es = report.text(Some("es")).unwrap();
    /// let of_text: Vec<_> = es.report().unwrap().findings().map(|finding| finding.lint()).collect();
    /// assert_eq!(of_text, [Lint::PlaceholderMismatch]);
    /// ```
    #[must_use]
    pub fn check_catalogue(&self, catalogue: &Catalogue) -> CatalogueReport {
        let texts = core::iter::once((None, catalogue.text()));
        let translations = catalogue
            .translations()
            .map(|(key, text)| (Some(key), text));
        let all = texts.chain(translations);
        self.check_set(
            catalogue,
            all.map(|(key, text)| (key, text, Verdict::New, self)),
        )
    }

    /// Checks a set of which each text may have rules of its own, or be left alone. These rules are
    /// those of the set itself: which languages are expected, and what its findings weigh.
    ///
    /// `of_text` is asked by key, of the base text (`None`) and then of each translation in its order.
    ///
    /// ```
    /// use septet::template::{Catalogue, Lint, Rules, Syntax, Verdict};
    /// let catalogue = Catalogue::new("Code").with_translation("el", "Ο κωδικός σας είναι έτοιμος. ".repeat(3));
    /// let strict = Rules::new().syntax(Syntax::None).budget(1);
    /// let lenient = strict.clone().budget(2);
    /// let report = strict.check_each(&catalogue, |key| match key {
    ///     Some("el") => (Verdict::New, &lenient),
    ///     _ => (Verdict::UnchangedLegacy, &strict),
    /// });
    /// let el = report.text(Some("el")).unwrap().report().unwrap();
    /// assert!(el.findings().all(|finding| finding.lint() != Lint::OverBudget));
    /// assert_eq!(report.unchecked(), 1);
    /// ```
    #[must_use]
    pub fn check_each<'r>(
        &self,
        catalogue: &Catalogue,
        mut of_text: impl FnMut(Option<&str>) -> (Verdict, &'r Rules<'r>),
    ) -> CatalogueReport {
        let texts = core::iter::once((None, catalogue.text()));
        let translations = catalogue
            .translations()
            .map(|(key, text)| (Some(key), text));
        let all = texts.chain(translations).map(|(key, text)| {
            let (verdict, rules) = of_text(key);
            (key, text, verdict, rules)
        });
        self.check_set(catalogue, all)
    }

    /// Checks what is to be saved in place of a set: texts that are new or changed, in full, and no
    /// others; of the set itself, what was not wrong with it before. Nothing is saved.
    ///
    /// ```
    /// use septet::template::{Catalogue, Profile, Rules, Verdict};
    /// let saved = Catalogue::new("¡Su código es ${code}!".repeat(9)).with_translation("de", "${code}");
    /// let changed = saved.clone().with_translation("fr", "${code}");
    /// let report = Rules::new().profile(Profile::OKTA).check_change(&saved, &changed);
    /// let verdicts: Vec<_> = report.texts().map(|text| (text.key(), text.verdict())).collect();
    /// assert_eq!(verdicts, [
    ///     (None, Verdict::UnchangedLegacy), // too long, and left alone
    ///     (Some("de"), Verdict::UnchangedLegacy),
    ///     (Some("fr"), Verdict::New),
    /// ]);
    /// assert_eq!(report.unchecked(), 2);
    /// ```
    #[must_use]
    pub fn check_change(&self, before: &Catalogue, after: &Catalogue) -> CatalogueReport {
        let changes: Vec<Change<'_>> = before.changes(after).collect();
        let kept = changes.iter().filter_map(|change| {
            let verdict = match change.kind() {
                ChangeKind::Added => Verdict::New,
                ChangeKind::Changed => Verdict::Changed,
                ChangeKind::Unchanged => Verdict::UnchangedLegacy,
                ChangeKind::Removed => return None,
            };
            Some((change.key(), change.after()?, verdict, self))
        });
        let mut report = self.check_set(after, kept);
        // What was wrong with the set as it was saved stops no change either.
        let mut saved = self.keys(before);
        saved.extend(self.missing_translations(before));
        report.findings.retain(|finding| !saved.contains(finding));
        report
    }

    /// Gives the set that a partial update leaves, and checks what is new or changed in it. Nothing
    /// is saved.
    ///
    /// ```
    /// use septet::template::{Catalogue, Profile, Rules, Update, Verdict};
    /// let saved = Catalogue::new("Code: ${code}").with_translation("es", "Clave: ${code}");
    /// let update = Update::new().removal("es").translation("fr", "Code : ${code}");
    /// let (set, report) = Rules::new().profile(Profile::OKTA).check_update(&saved, &update);
    /// assert_eq!((set.get("es"), set.get("fr")), (None, Some("Code : ${code}")));
    /// assert_eq!(report.text(Some("fr")).unwrap().verdict(), Verdict::New);
    /// ```
    #[must_use]
    pub fn check_update(&self, saved: &Catalogue, update: &Update) -> (Catalogue, CatalogueReport) {
        let set = saved.updated(update);
        let report = self.check_change(saved, &set);
        (set, report)
    }

    /// Gives the set that a full replacement leaves, and checks what is new or changed in it; `None`
    /// where the body has no base text. Nothing is saved.
    #[must_use]
    pub fn check_replacement(
        &self,
        saved: &Catalogue,
        body: &Update,
    ) -> Option<(Catalogue, CatalogueReport)> {
        let set = Catalogue::replaced(body)?;
        let report = self.check_change(saved, &set);
        Some((set, report))
    }

    /// Checks the name of a template against the limits of the profile.
    ///
    /// ```
    /// use septet::template::{Profile, Rules};
    /// let rules = Rules::new().profile(Profile::OKTA);
    /// assert!(rules.check_name("Custom").is_empty());
    /// let said = rules.check_name(&"x".repeat(51))[0].to_string();
    /// assert_eq!(said, "1 to 50 characters of the name are taken (limit `name`); there are 51");
    /// ```
    #[must_use]
    pub fn check_name(&self, name: &str) -> Vec<Finding> {
        let measured = name.chars().count();
        let limits = self.profile.iter().flat_map(|profile| profile.limits());
        let findings = limits.filter_map(|limit| {
            let within = (limit.least()..=limit.greatest()).contains(&measured);
            let broken = limit.measure() == Measure::NameCharacters && !within;
            let detail = Detail::Limit {
                limit: limit.clone(),
                measured,
            };
            let severity = self.severity_of(Lint::ProfileLimit).filter(|_| broken)?;
            Some(Finding::of_set(Lint::ProfileLimit, severity, detail))
        });
        findings.collect()
    }

    /// Checks several templates with their translations, and gives what each text costs: a matrix of
    /// languages by templates.
    ///
    /// ```
    /// use septet::template::{Catalogue, CharacterSet, Count, Rules, Syntax, Values};
    /// let enroll = Catalogue::new("Your code is ${code}").with_translation("ru", "Ваш код: ${code}");
    /// let reset = Catalogue::new("${code} resets your password").with_translation("RU", "${code} для нового пароля. ".repeat(3));
    /// let rules = Rules::new()
    ///     .syntax(Syntax::DollarBrace)
    ///     .values(Values::new().with("code", CharacterSet::DIGITS.exactly(6)));
    /// let matrix = rules.check_all([("enroll", &enroll), ("reset", &reset)]);
    /// assert_eq!(matrix.languages().collect::<Vec<_>>(), [None, Some("ru")]);
    /// let worst = |template, language| matrix.costs(template, language).unwrap().worst().segments();
    /// assert_eq!((worst("enroll", Some("ru")), worst("reset", Some("ru"))), (Count::Exact(1), Count::Exact(2)));
    /// ```
    #[must_use]
    pub fn check_all<'c, N: Into<String>>(
        &self,
        templates: impl IntoIterator<Item = (N, &'c Catalogue)>,
    ) -> Matrix {
        let templates = templates.into_iter();
        Matrix {
            templates: templates
                .map(|(name, catalogue)| (name.into(), self.check_catalogue(catalogue)))
                .collect(),
        }
    }

    fn check_set<'c, 'r>(
        &self,
        catalogue: &'c Catalogue,
        texts: impl Iterator<Item = (Option<&'c str>, &'c str, Verdict, &'r Rules<'r>)>,
    ) -> CatalogueReport {
        let mut set = CatalogueReport {
            texts: Vec::new(),
            findings: self.keys(catalogue),
        };
        let syntax = self.syntax_of(catalogue);
        let base = names_of(catalogue.text(), syntax);
        let mut base_is_checked = false;
        for (key, text, verdict, rules) in texts {
            let syntax = rules.get_syntax().or(syntax);
            let context = Context {
                syntax,
                ucs2_expected: rules.ucs2_expected || rules.expects_ucs2_in(key),
                names: &base,
            };
            let mut report = verdict.is_checked().then(|| rules.check_in(text, context));
            let mismatch = key.and_then(|key| {
                let names = names_of(text, syntax);
                let is_said = |name: &str| {
                    report.is_some()
                        && rules.severity_of(Lint::MissingPlaceholder).is_some()
                        && rules.required().any(|required| required == name)
                };
                mismatch(key, &base, &names, is_said)
            });
            match (&mut report, mismatch) {
                (_, None) => {}
                (Some(report), Some(detail)) => {
                    report.push(rules, Lint::PlaceholderMismatch, 0..text.len(), detail);
                    report.sort();
                }
                // It is the base text that moved away from a translation left alone.
                (None, Some(detail)) if base_is_checked => {
                    set.find(self, Lint::PlaceholderMismatch, detail);
                }
                (None, Some(_)) => {}
            }
            base_is_checked |= key.is_none() && verdict.is_checked();
            set.texts.push(TextReport {
                key: key.map(ToOwned::to_owned),
                text: text.to_owned(),
                verdict,
                report,
            });
        }
        set.findings.extend(self.missing_translations(catalogue));
        set
    }

    fn missing_translations(&self, catalogue: &Catalogue) -> Vec<Finding> {
        let Some(severity) = self.severity_of(Lint::MissingTranslation) else {
            return Vec::new();
        };
        let missing = self.languages.iter().filter(|language| {
            let base = self.base_language;
            let is_base = base.is_some_and(|base| base.same_language_as(**language));
            !is_base && catalogue.select(**language).by() == SelectedBy::Base
        });
        let findings = missing.map(|language| {
            let key = language.as_str().to_owned();
            Finding::of_set(Lint::MissingTranslation, severity, Detail::Language { key })
        });
        findings.collect()
    }

    fn keys(&self, catalogue: &Catalogue) -> Vec<Finding> {
        let Some(severity) = self.severity_of(Lint::TranslationKey) else {
            return Vec::new();
        };
        let problems = catalogue.problems().map(|problem| {
            let key = problem.key().to_owned();
            let detail = match problem.kind() {
                KeyProblemKind::Unreadable(error) => Detail::InvalidKey { key, error },
                KeyProblemKind::Repeated { .. } => Detail::RepeatedKey { key },
            };
            Finding::of_set(Lint::TranslationKey, severity, detail)
        });
        problems.collect()
    }

    /// One syntax for all texts of a set: that of the base text, else of the first that has one.
    fn syntax_of(&self, catalogue: &Catalogue) -> Option<Syntax> {
        let translations = catalogue.translations().map(|(_, text)| text);
        let texts = core::iter::once(catalogue.text()).chain(translations);
        let mut detected = texts.filter_map(|text| Syntax::detect(text).ok().flatten());
        self.get_syntax().or_else(|| detected.next())
    }

    fn expects_ucs2_in(&self, key: Option<&str>) -> bool {
        let language = match key {
            Some(key) => key.parse().ok(),
            None => self.base_language,
        };
        let expected = |language: LanguageKey| {
            let mut shorter = language.ever_shorter();
            shorter.any(|shorter| self.ucs2_languages.contains(&shorter))
        };
        language.is_some_and(expected)
    }
}

/// The names of a text's placeholders, sorted.
fn names_of(text: &str, syntax: Option<Syntax>) -> Vec<String> {
    let (template, _) = Template::parse_lossy(text, syntax.unwrap_or(Syntax::None));
    let mut names: Vec<String> = template.names().iter().map(|name| (*name).into()).collect();
    names.sort_unstable();
    names
}

impl CatalogueReport {
    fn find(&mut self, rules: &Rules<'_>, lint: Lint, detail: Detail) {
        let severity = rules.severity_of(lint);
        let finding = severity.map(|severity| Finding::of_set(lint, severity, detail));
        self.findings.extend(finding);
    }
}

/// How the names of a translation differ, but for those that are said to be missing anyway.
fn mismatch(
    key: &str,
    base: &[String],
    translation: &[String],
    is_said: impl Fn(&str) -> bool,
) -> Option<Detail> {
    let without = |these: &[String], those: &[String]| -> Vec<String> {
        let missing = these
            .iter()
            .filter(|name| those.binary_search(name).is_err());
        missing.cloned().collect()
    };
    let mut missing = without(base, translation);
    missing.retain(|name| !is_said(name));
    let extra = without(translation, base);
    let differs = !missing.is_empty() || !extra.is_empty();
    differs.then(|| Detail::Mismatch {
        key: key.to_owned(),
        missing,
        extra,
    })
}

/// What templates cost in each language. See [`Rules::check_all`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    templates: Vec<(String, CatalogueReport)>,
}

impl Matrix {
    /// Returns the templates by name, in the order given, with what was said of them.
    pub fn templates(&self) -> impl ExactSizeIterator<Item = (&str, &CatalogueReport)> {
        let templates = self.templates.iter();
        templates.map(|(name, report)| (name.as_str(), report))
    }

    /// Returns the languages in the order in which they are first met, as they are spelled there;
    /// `None` is the base text.
    pub fn languages(&self) -> impl Iterator<Item = Option<&str>> {
        let reports = self.templates.iter().map(|(_, report)| report);
        let keys = reports
            .flat_map(CatalogueReport::texts)
            .map(TextReport::key);
        let mut met = BTreeSet::new();
        keys.filter(move |key| met.insert(key.map(FoldedKey)))
    }

    /// Returns what a template costs in a language, or `None` where it has no text of its own for it.
    /// Of templates of one name the first is meant; [`CatalogueReport::costs`] asks any of them.
    #[must_use]
    pub fn costs(&self, template: &str, language: Option<&str>) -> Option<Costs> {
        let (_, report) = self.templates().find(|(name, _)| *name == template)?;
        report.costs(language)
    }
}

#[cfg(feature = "serde")]
mod data {
    use super::{Costs, Matrix};
    use alloc::vec::Vec;

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Row<'m> {
        language: Option<&'m str>,
        costs: Vec<Option<Costs>>,
    }

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Data<'m> {
        templates: Vec<&'m str>,
        languages: Vec<Row<'m>>,
    }

    /// Writes the names of the templates, and for each language the costs of each.
    impl serde::Serialize for Matrix {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let templates: Vec<&str> = self.templates().map(|(name, _)| name).collect();
            let row = |language| Row {
                language,
                costs: self
                    .templates()
                    .map(|(_, report)| report.costs(language))
                    .collect(),
            };
            Data {
                languages: self.languages().map(row).collect(),
                templates: templates.clone(),
            }
            .serialize(serializer)
        }
    }
}
