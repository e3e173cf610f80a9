//! What a text is checked against.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::language::LanguageKey;
use super::lint::{Lint, Severity};
use super::profile::Profile;
use super::syntax::Syntax;
use super::values::Values;
use crate::alphabet::NationalTables;
use crate::segment::SegmentOptions;

/// How few units to go make a text nearly cheaper, unless the caller says otherwise.
const NEARLY: usize = 5;

/// What a text is checked against: the syntax and values of its placeholders, its budget, and what
/// else it has to be.
///
/// Set by value; every setter returns the changed rules. What is not set is not checked: without a
/// budget no text is over it.
///
/// ```
/// use septet::template::{CharacterSet, Lint, Profile, Rules, Values};
/// let values = Values::new()
///     .with("code", CharacterSet::DIGITS.exactly(6))
///     .with("org.name", CharacterSet::GSM7.up_to(30));
/// let rules = Rules::new().profile(Profile::OKTA).values(values);
/// assert!(rules.check("${org.name}: your code is ${code}").findings().next().is_none());
///
/// let report = rules.check("${org.name}: el código de verificación es ${code}. No lo comparta.");
/// let lints: Vec<_> = report.findings().map(|finding| (finding.lint(), finding.span())).collect();
/// assert_eq!(lints, [
///     (Lint::OverBudget, 0..68), // up to 82 code units
///     (Lint::ForcesUcs2, 17..19),
///     (Lint::ForcesUcs2, 37..39),
/// ]);
/// assert_eq!(report.costs().worst().segments().get(), Some(2));
/// ```
#[derive(Clone)]
pub struct Rules<'a> {
    pub(super) options: SegmentOptions<'a>,
    pub(super) values: Values,
    pub(super) profile: Option<Profile>,
    syntax: Option<Syntax>,
    budget: Option<usize>,
    pub(super) required: Vec<String>,
    pub(super) known: Vec<String>,
    pub(super) code: Option<String>,
    pub(super) brand: Option<String>,
    pub(super) host: Option<String>,
    pub(super) hash: Option<String>,
    pub(super) nearly: usize,
    pub(super) ucs2_expected: bool,
    pub(super) ucs2_languages: Vec<LanguageKey>,
    pub(super) languages: Vec<LanguageKey>,
    pub(super) base_language: Option<LanguageKey>,
    pub(super) suggested_tables: NationalTables,
    severities: BTreeMap<Lint, Option<Severity>>,
}

impl Default for Rules<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl<'a> Rules<'a> {
    /// Creates rules that demand nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            options: SegmentOptions::new(),
            values: Values::new(),
            profile: None,
            syntax: None,
            budget: None,
            required: Vec::new(),
            known: Vec::new(),
            code: None,
            brand: None,
            host: None,
            hash: None,
            nearly: NEARLY,
            ucs2_expected: false,
            ucs2_languages: Vec::new(),
            languages: Vec::new(),
            base_language: None,
            suggested_tables: NationalTables::NONE,
            severities: BTreeMap::new(),
        }
    }

    /// Sets the profile, in place of one set before. It brings its limits and demands, its syntax and
    /// budget where these rules set none, and its concatenation, which is taken in place of that of the
    /// [options](Self::options).
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.profile = Some(profile);
        self
    }

    /// Sets the syntax of placeholders; unset, the profile's, else it is [detected](Syntax::detect).
    #[must_use]
    pub const fn syntax(mut self, syntax: Syntax) -> Self {
        self.syntax = Some(syntax);
        self
    }

    /// Sets the values of placeholders.
    #[must_use]
    pub fn values(mut self, values: Values) -> Self {
        self.values = values;
        self
    }

    /// Sets how a message is cut, and which national tables may be used.
    #[must_use]
    pub const fn options<'b>(self, options: SegmentOptions<'b>) -> Rules<'b>
    where
        'a: 'b,
    {
        let mut rules: Rules<'b> = self;
        rules.options = options;
        rules
    }

    /// Sets which national tables a report may suggest where they would save a segment. Those that are
    /// in use are set in the [options](Self::options).
    #[must_use]
    pub const fn suggest_tables(mut self, tables: NationalTables) -> Self {
        self.suggested_tables = tables;
        self
    }

    /// Sets the most segments of a message; unset, the profile's.
    #[must_use]
    pub const fn budget(mut self, segments: usize) -> Self {
        self.budget = Some(segments);
        self
    }

    /// Adds a placeholder that every text must have, beside the profile's.
    #[must_use]
    pub fn require(mut self, placeholder: &str) -> Self {
        self.required.push(placeholder.to_owned());
        self
    }

    /// Adds a placeholder that the sender fills in, beside the profile's. With none in either, all
    /// are taken to be known.
    #[must_use]
    pub fn know(mut self, placeholder: &str) -> Self {
        self.known.push(placeholder.to_owned());
        self
    }

    /// Sets which placeholder holds the code: phones have to find it, and the origin-bound line has to
    /// carry it. A text without that placeholder is not looked at; [`require`](Self::require) it too.
    #[must_use]
    pub fn code(mut self, placeholder: &str) -> Self {
        self.code = Some(placeholder.to_owned());
        self
    }

    /// Sets the brand that the fixed text has to name, in whatever case.
    #[must_use]
    pub fn brand(mut self, brand: &str) -> Self {
        self.brand = Some(brand.to_owned());
        self
    }

    /// Sets the host that the origin-bound last line has to name; an origin such as
    /// `https://example.com` stands for its host.
    #[must_use]
    pub fn origin_bound_host(mut self, host: &str) -> Self {
        self.host = Some(host.to_owned());
        self
    }

    /// Sets the hash of the app that is to be handed the message by SMS Retriever.
    #[must_use]
    pub fn retriever_hash(mut self, hash: &str) -> Self {
        self.hash = Some(hash.to_owned());
        self
    }

    /// Sets how few units to go make a text nearly cheaper: 5 unless set.
    #[must_use]
    pub const fn nearly(mut self, units: usize) -> Self {
        self.nearly = units;
        self
    }

    /// Says that the text is meant to be UCS-2: characters that force it are named only where that
    /// saves a segment.
    #[must_use]
    pub const fn expect_ucs2(mut self) -> Self {
        self.ucs2_expected = true;
        self
    }

    /// Adds a language whose texts are meant to be UCS-2.
    #[must_use]
    pub fn expect_ucs2_in(mut self, language: LanguageKey) -> Self {
        self.ucs2_languages.push(language);
        self
    }

    /// Sets the language of the base text.
    #[must_use]
    pub const fn base_language(mut self, language: LanguageKey) -> Self {
        self.base_language = Some(language);
        self
    }

    /// Adds a language for which a translation is expected.
    #[must_use]
    pub fn expect_language(mut self, language: LanguageKey) -> Self {
        self.languages.push(language);
        self
    }

    /// Sets how much the findings of a lint weigh.
    #[must_use]
    pub fn severity(mut self, lint: Lint, severity: Severity) -> Self {
        self.severities.insert(lint, Some(severity));
        self
    }

    /// Silences a lint.
    #[must_use]
    pub fn allow(mut self, lint: Lint) -> Self {
        self.severities.insert(lint, None);
        self
    }

    /// Returns how much the findings of a lint weigh, or `None` where it is silenced.
    #[must_use]
    pub fn severity_of(&self, lint: Lint) -> Option<Severity> {
        match self.severities.get(&lint) {
            Some(severity) => *severity,
            None => Some(lint.severity()),
        }
    }

    /// Returns the syntax that texts are read in; `None` where it is detected.
    #[must_use]
    pub fn get_syntax(&self) -> Option<Syntax> {
        let profile = self.profile.as_ref();
        self.syntax.or(profile.and_then(Profile::syntax))
    }

    /// Returns the most segments of a message.
    #[must_use]
    pub fn get_budget(&self) -> Option<usize> {
        let profile = self.profile.as_ref();
        self.budget.or(profile.and_then(Profile::segments))
    }

    /// Returns how a message is cut: with the concatenation of the profile where it has one.
    #[must_use]
    pub fn get_options(&self) -> SegmentOptions<'a> {
        match self.profile.as_ref().and_then(Profile::concatenation) {
            Some(concatenation) => self.options.concatenation(concatenation),
            None => self.options,
        }
    }

    /// Returns the names of the placeholders that every text must have.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        let profile = self.profile.iter().flat_map(Profile::required);
        profile.chain(self.required.iter().map(String::as_str))
    }

    /// Returns the names of the placeholders that the sender fills in; none where all are taken to be
    /// known.
    pub fn known(&self) -> impl Iterator<Item = &str> {
        let profile = self.profile.iter().flat_map(Profile::placeholders);
        profile.chain(self.known.iter().map(String::as_str))
    }
}

/// Shows kinds and counts, no names and no values.
impl fmt::Debug for Rules<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rules")
            .field("profile", &self.profile)
            .field("syntax", &self.get_syntax())
            .field("budget", &self.get_budget())
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
