//! The checks behind the lints.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeSet;
use alloc::string::String;
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::bounds::Bounds;
use super::code_format::{
    Dialect, Origin, OriginBoundCode, OriginBoundProblem, RetrieverError, RetrieverLimit,
    RetrieverMessage, RetrieverPrefix, consent_code,
};
use super::fill::Room;
use super::finding::{Conflict, ConsentProblem, Costs, Detail, Finding, Fix};
use super::fixes;
use super::lengths::{Lengths, Unit};
use super::lint::{Lint, Severity};
use super::parse::{ControlKind, Literal, Piece, Template};
use super::profile::{Demand, Measure};
use super::rendering::{Part, Rendering, text_range};
use super::rules::Rules;
use super::search::{View, extents};
use super::syntax::Syntax;
use super::values::{Kind, Set};
use crate::alphabet::Alphabet;
use crate::alphabet::default_cost;
use crate::encoding::Encoding;
use crate::encoding::tally;
use crate::repair::national_alternatives;
use crate::repair::{Loss, NationalAlternative, Replacement, Span, spans};
use crate::segment::Cut;
use crate::segment::SegmentOptions;

/// What a check of one text says: what it costs, and what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Report {
    costs: Costs,
    findings: Vec<Finding>,
    fixes: Vec<Fix>,
    alternatives: Vec<NationalAlternative>,
}

impl Report {
    /// Returns what the text costs. Where it cannot be read, what cannot be is counted as it stands.
    #[must_use]
    pub const fn costs(&self) -> Costs {
        self.costs
    }

    /// Returns the findings, in order of place; what is about the whole text comes first.
    pub fn findings(&self) -> impl ExactSizeIterator<Item = &Finding> {
        self.findings.iter()
    }

    /// Returns how much the weightiest finding weighs, or `None` where there is none.
    #[must_use]
    pub fn severity(&self) -> Option<Severity> {
        self.findings().map(Finding::severity).max()
    }

    /// Returns sets of edits that lower the worst, the typical or the best count and raise none, the
    /// best first: by segments at worst, typically and at best, then by unsafe edits, edits and
    /// units. A fix is left out where another one costs no more and takes no more edits.
    ///
    /// They are the best sets for the worst, the typical and the best message, as
    /// [`repairs`](crate::repair::repairs) finds them, and the template with the edits made is counted
    /// anew. That none is better for all values is not proved.
    pub fn fixes(&self) -> impl ExactSizeIterator<Item = &Fix> {
        self.fixes.iter()
    }

    /// Returns those of the fixes that have an edit where a finding of this report is, the best
    /// first.
    ///
    /// ```
    /// use septet::template::{Rules, Syntax};
    /// let text = "It’s a long text, just so that its 71 code units do not fit one message";
    /// let report = Rules::new().syntax(Syntax::None).check(text);
    /// let finding = report.findings().next().unwrap();
    /// let fix = report.fixes_of(finding).next().unwrap();
    /// assert_eq!((finding.span(), fix.edits()[0].replacement()), (2..5, "'"));
    /// ```
    pub fn fixes_of(&self, finding: &Finding) -> impl Iterator<Item = &Fix> {
        let fixes = finding.fixes().iter();
        fixes.filter_map(|number| self.fixes.get(*number))
    }

    /// Returns the national tables, of those that the rules [may suggest](Rules::suggest_tables), that
    /// would lower the typical count, the best first.
    ///
    /// ```
    /// use septet::{NationalLanguage, NationalTables};
    /// use septet::template::{Rules, Syntax};
    /// let turkish = NationalTables::NONE.allow_single_shift(NationalLanguage::Turkish);
    /// let rules = Rules::new().syntax(Syntax::None).suggest_tables(turkish);
    /// let report = rules.check("Doğrulama kodunuzu kimseyle paylaşmayın. Kodunuz birazdan gönderilecektir.");
    /// let said: Vec<_> = report.alternatives().map(|alternative| alternative.to_string()).collect();
    /// assert_eq!(said, ["with the Turkish single shift table: 1 segment"]);
    /// ```
    pub fn alternatives(&self) -> impl ExactSizeIterator<Item = NationalAlternative> {
        self.alternatives.iter().copied()
    }

    pub(super) fn push(
        &mut self,
        rules: &Rules<'_>,
        lint: Lint,
        span: Range<usize>,
        detail: Detail,
    ) {
        if let Some(severity) = rules.severity_of(lint) {
            self.findings.push(Finding {
                lint,
                severity,
                span,
                detail,
                fixes: Vec::new(),
            });
        }
    }

    pub(super) fn sort(&mut self) {
        // What is about the whole text comes before what is about its start.
        let place =
            |finding: &Finding| (finding.span.start, Reverse(finding.span.end), finding.lint);
        self.findings.sort_by_key(place);
    }
}

impl Rules<'_> {
    /// Checks a text: reads it, computes what it costs for all values, and says what is wrong.
    ///
    /// A text that cannot be read is checked as far as it can be. Where no syntax is chosen and none is
    /// seen, all of it is taken for text.
    ///
    /// ```
    /// use septet::template::{Lint, Rules, Syntax};
    /// let rules = Rules::new().syntax(Syntax::DollarBrace).require("code").budget(1);
    /// let report = rules.check("Your code is {code}");
    /// let lints: Vec<_> = report.findings().map(|finding| finding.lint().name()).collect();
    /// assert_eq!(lints, ["misspelt-placeholder"]);
    /// let misspelt = report.findings().next().unwrap();
    /// assert_eq!(misspelt.to_string(), "this is no placeholder here and is sent as it stands; write `${code}`");
    /// assert_eq!(misspelt.replacement(), Some("${code}"));
    /// ```
    #[must_use]
    pub fn check(&self, text: &str) -> Report {
        let context = Context {
            syntax: self.get_syntax(),
            ucs2_expected: self.ucs2_expected,
            names: &[],
        };
        self.check_in(text, context)
    }

    pub(super) fn check_in(&self, text: &str, context: Context<'_>) -> Report {
        let mut found = Vec::new();
        let syntax = match context.syntax {
            Some(syntax) => syntax,
            None => match Syntax::detect(text) {
                Ok(syntax) => syntax.unwrap_or(Syntax::None),
                Err(ambiguous) => {
                    let at = ambiguous.at();
                    found.push((Lint::AmbiguousSyntax, at..at, Detail::Ambiguous(ambiguous)));
                    Syntax::None
                }
            },
        };
        let (template, faults) = Template::parse_lossy(text, syntax);
        for fault in faults {
            let detail = Detail::Malformed(fault);
            found.push((Lint::MalformedPlaceholder, fault.span(), detail));
        }
        let options = self.get_options();
        let (bounds, costs) = match template.bounds_with_options(&self.values, options) {
            Ok(bounds) => {
                let costs = Costs::of(&bounds);
                (bounds, costs)
            }
            // Whole clusters that join with values: what holds for certain is the lower bound of
            // scalar cuts.
            Err(_) => {
                let joined = Bounds::unchecked(&template, &self.values, options);
                let scalar = options.cut(Cut::Scalar);
                let bounds = Bounds::unchecked(&template, &self.values, scalar);
                let costs = Costs::from_below(&bounds, joined.typical());
                (bounds, costs)
            }
        };
        let mut checker = Checker {
            rules: self,
            context,
            is_ambiguous: matches!(found.first(), Some((Lint::AmbiguousSyntax, ..))),
            template: &template,
            options,
            bounds: &bounds,
            costs,
            reaches_gsm7: false,
            fixes: None,
            report: Report {
                costs,
                findings: Vec::new(),
                fixes: Vec::new(),
                alternatives: Vec::new(),
            },
        };
        for (lint, span, detail) in found {
            checker.find(lint, span, detail);
        }
        checker.run();
        let mut report = checker.report;
        report.fixes = checker.fixes.unwrap_or_default();
        report.sort();
        report
    }
}

/// India's variable that does not say what it holds.
const UNTYPED: &str = "var";

/// What is known of a text from the set that it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Context<'x> {
    /// `None` where it is to be detected.
    pub(super) syntax: Option<Syntax>,
    /// Whether the text is meant to be UCS-2.
    pub(super) ucs2_expected: bool,
    /// The placeholders of the base text.
    pub(super) names: &'x [String],
}

struct Checker<'c> {
    rules: &'c Rules<'c>,
    context: Context<'c>,
    /// Whether it is not known what is a placeholder.
    is_ambiguous: bool,
    template: &'c Template<'c>,
    options: SegmentOptions<'c>,
    bounds: &'c Bounds<'c>,
    costs: Costs,
    /// Whether something can be written for every character of the literals that GSM-7 does not
    /// hold.
    reaches_gsm7: bool,
    /// Computed when they are first asked for.
    fixes: Option<Vec<Fix>>,
    report: Report,
}

impl<'c> Checker<'c> {
    fn run(&mut self) {
        let typical = self.bounds.typical();
        let typical = typical
            .witness()
            .map(|witness| Rendering::new(self.template, &witness));
        if !self.is_ambiguous {
            self.placeholders();
            self.limits();
        }
        self.characters();
        self.counts();
        self.line_endings();
        if let Some(typical) = typical {
            self.alternatives(&typical);
            self.formats(&typical);
            self.demands(&typical);
        }
        self.splits();
    }

    fn find(&mut self, lint: Lint, span: Range<usize>, detail: Detail) {
        self.report.push(self.rules, lint, span, detail);
    }

    /// Adds a finding with the fixes that have an edit within its span.
    fn find_fixable(&mut self, lint: Lint, span: Range<usize>, detail: Detail) {
        if self.rules.severity_of(lint).is_none() {
            return;
        }
        let fixes = self.fixes_within(&span);
        self.find(lint, span, detail);
        if let Some(finding) = self.report.findings.last_mut() {
            finding.fixes = fixes;
        }
    }

    fn fixes(&mut self) -> &[Fix] {
        let (bounds, rules, costs) = (self.bounds, self.rules, self.costs);
        let reaches_gsm7 = self.reaches_gsm7;
        self.fixes
            .get_or_insert_with(|| fixes::fixes(bounds, &rules.values, costs, reaches_gsm7))
    }

    /// The fixes that have an edit within a span, by number.
    fn fixes_within(&mut self, span: &Range<usize>) -> Vec<usize> {
        let within = |fix: &Fix| {
            let edits = fix.edits();
            let first = edits.partition_point(|edit| edit.range().end <= span.start);
            let edit = edits.get(first);
            edit.is_some_and(|edit| edit.range().start < span.end)
        };
        let fixes = self.fixes().iter().enumerate();
        let fixes = fixes.filter(|(_, fix)| within(fix));
        fixes.map(|(number, _)| number).collect()
    }

    fn whole(&self) -> Range<usize> {
        0..self.template.source().len()
    }

    /// Each literal with where its text starts in the source.
    fn literals(&self) -> impl Iterator<Item = (Literal<'c>, usize)> + use<'c> {
        let template = self.template;
        template.pieces().iter().filter_map(|piece| match piece {
            Piece::Literal(literal) => Some((*literal, text_range(template, *literal).start)),
            _ => None,
        })
    }

    /// Where each placeholder stands first, by index.
    fn first_places(&self) -> Vec<(&'c str, Range<usize>)> {
        let mut places = Vec::with_capacity(self.template.names().len());
        for placeholder in self.template.placeholders() {
            if placeholder.index() == places.len() {
                places.push((placeholder.name(), placeholder.span()));
            }
        }
        places
    }

    /// Where a placeholder stands first.
    fn first_place(&self, name: &str) -> Range<usize> {
        let mut placeholders = self.template.placeholders();
        let first = placeholders.find(|placeholder| placeholder.name() == name);
        first.map_or(self.whole(), |placeholder| placeholder.span())
    }

    fn demanded(&self, demand: Demand) -> bool {
        let profile = self.rules.profile.as_ref();
        profile.is_some_and(|profile| profile.demands().contains(&demand))
    }

    fn placeholders(&mut self) {
        let rules = self.rules;
        let names = self.template.names();
        let present: BTreeSet<&str> = names.iter().copied().collect();
        let near_misses = self.template.near_misses();
        for required in rules.required() {
            // One that is misspelt is there; another lint says how it is written.
            let misspelt = || near_misses.iter().any(|near| near.name() == required);
            if !present.contains(required) && !misspelt() {
                let detail = Detail::Placeholder {
                    name: required.to_owned(),
                    nearest: None,
                };
                self.find(Lint::MissingPlaceholder, self.whole(), detail);
            }
        }
        let known: Vec<&str> = rules.known().collect();
        for (name, span) in self.first_places() {
            if !known.is_empty() && !known.contains(&name) {
                let detail = Detail::Placeholder {
                    name: name.to_owned(),
                    nearest: nearest(name, &known).map(ToOwned::to_owned),
                };
                self.find(Lint::UnknownPlaceholder, span, detail);
            } else if rules.values.get(name).is_none() {
                // Declared under another name?
                let unused = rules.values.iter().map(|(declared, _)| declared);
                let unused: Vec<&str> = unused.filter(|it| !names.contains(it)).collect();
                let detail = Detail::Placeholder {
                    name: name.to_owned(),
                    nearest: nearest(name, &unused).map(ToOwned::to_owned),
                };
                self.find(Lint::UnboundedPlaceholder, span, detail);
            }
        }
        if rules.values.repeats().is_none() {
            let is = |piece: &Piece<'_>, kind| matches!(piece, Piece::Control(control) if control.kind() == kind);
            // One with nothing in it adds nothing.
            let mut pairs = self.template.pieces().windows(2);
            let first_loop = pairs.find_map(|pair| match pair {
                [start, next]
                    if is(start, ControlKind::LoopStart) && !is(next, ControlKind::LoopEnd) =>
                {
                    Some(start.span())
                }
                _ => None,
            });
            if let Some(span) = first_loop {
                let detail = Detail::Placeholder {
                    name: String::new(),
                    nearest: None,
                };
                self.find(Lint::UnboundedPlaceholder, span, detail);
            }
        }
        // Any word in braces could be meant as it stands; one that is known is not.
        let declared = rules.values.iter().map(|(name, _)| name);
        let expected: BTreeSet<&str> = declared
            .chain(rules.required())
            .chain(rules.known())
            .chain(names.iter().copied())
            .chain(self.context.names.iter().map(String::as_str))
            .collect();
        let mut misspelt: Vec<Range<usize>> = Vec::new();
        for near in near_misses {
            if expected.contains(near.name()) {
                misspelt.push(near.span());
                let detail = Detail::Spelling {
                    name: near.name().to_owned(),
                    spelling: near.spelling().to_owned(),
                };
                self.find(Lint::MisspeltPlaceholder, near.span(), detail);
            }
        }
        // What is said to be misspelt need not be said to be malformed.
        let is_misspelt = |span: &Range<usize>| {
            let after = misspelt.partition_point(|near| near.end < span.end);
            let near = misspelt.get(after);
            near.is_some_and(|near| near.start <= span.start && span.end <= near.end)
        };
        self.report.findings.retain(|finding| {
            finding.lint != Lint::MalformedPlaceholder || !is_misspelt(&finding.span)
        });
    }

    fn counts(&mut self) {
        let worst = self.bounds.worst();
        // An unknown worst is said by another lint; what is known can be over the budget all the
        // same.
        let (cost, extreme) = match self.costs.worst() {
            cost if cost.segments().get().is_some() => (cost, worst),
            _ => (self.costs.typical(), self.bounds.typical()),
        };
        let (count, to_go) = (cost.segments().get(), extreme.units_to_go());
        let encoding = extreme.encoding().unwrap_or(Encoding::Gsm7);
        let budget = self.rules.get_budget();
        let over = budget.zip(count).filter(|(budget, count)| count > budget);
        if let Some((budget, _)) = over {
            let detail = Detail::Budget {
                budget,
                costs: self.costs,
                units_to_go: to_go,
                encoding,
            };
            self.find_fixable(Lint::OverBudget, self.whole(), detail);
        }
        if let (Some(segments @ 2..), Some(units)) = (count, to_go)
            && (1..=self.rules.nearly).contains(&units)
            && over.is_none()
        {
            let detail = Detail::UnitsToGo {
                units,
                segments,
                encoding,
            };
            let end = self.template.source().len();
            self.find(Lint::NearlyCheaper, end..end, detail);
        }
        self.forcing_placeholders();
    }

    fn forcing_placeholders(&mut self) {
        let worst = |encoding| self.bounds.worst_in(encoding);
        let (Some(gsm7), Some(ucs2)) = (worst(Encoding::Gsm7), worst(Encoding::Ucs2)) else {
            return;
        };
        let (gsm7, ucs2) = (gsm7.segments(), ucs2.segments());
        let dearer = gsm7
            .get()
            .zip(ucs2.get())
            .is_some_and(|(gsm7, ucs2)| ucs2 > gsm7);
        if !dearer || self.context.ucs2_expected {
            return;
        }
        for (name, place) in self.first_places() {
            let can_force = match self.rules.values.get(name).map(|set| set.kind()) {
                Some(Kind::List(values)) => values.iter().any(|value| tally(value).fault.is_some()),
                Some(Kind::Characters { set, greatest, .. }) => *greatest > 0 && set.forces_ucs2(),
                None => false,
            };
            if can_force {
                let detail = Detail::Forced {
                    name: name.to_owned(),
                    gsm7,
                    ucs2,
                };
                self.find(Lint::PlaceholderMayForceUcs2, place, detail);
            }
        }
    }

    /// What is said of single characters of the literals.
    fn characters(&mut self) {
        let mut forcing: Vec<(Range<usize>, &str, Span)> = Vec::new();
        let mut letters = Letters::default();
        for (literal, start) in self.literals() {
            let text = literal.text();
            letters.count(text);
            if tally(text).fault.is_none() {
                continue;
            }
            for span in spans(text) {
                let range = start + span.range().start..start + span.range().end;
                forcing.push((range, text, span));
            }
        }
        let reachable = forcing
            .iter()
            .all(|(_, _, span)| span.replacements().iter().any(Replacement::is_gsm7));
        self.reaches_gsm7 = reachable;
        let shortens = |(_, text, span): &(Range<usize>, &str, Span)| {
            let units = |text: &str| text.encode_utf16().count();
            let here = text.get(span.range()).map_or(0, units);
            let mut replacements = span.replacements().iter();
            replacements.any(|replacement| units(replacement.text()) < here)
        };
        if forcing.is_empty() || !(reachable || forcing.iter().any(shortens)) {
            // Nothing that could be written makes it cheaper.
            self.fixes = Some(Vec::new());
        }
        // Of a text that has to stay in UCS-2 a character is to blame only where that costs something.
        let count = self.costs.worst().segments().get();
        let count = count.or_else(|| self.costs.typical().segments().get());
        let dear = count.is_some_and(|count| count > 1);
        let should_be_gsm7 =
            (reachable || dear) && letters.are_latin() && !self.context.ucs2_expected;
        let has_prefix =
            RetrieverPrefix::of(self.template.source()) == Some(RetrieverPrefix::ZeroWidthSpaces);
        for (range, text, span) in &forcing {
            let piece = text.get(span.range()).unwrap_or_default();
            // Of a cluster the one that forces UCS-2, not a letter of GSM-7 before it.
            let forces = |character: &char| default_cost(*character) == 0;
            let Some(character) = piece.chars().find(forces).or(piece.chars().next()) else {
                continue;
            };
            let replacement = span.replacements().first();
            let detail = Detail::Character {
                character,
                replacement: replacement
                    .map(|replacement| (replacement.text().to_owned(), replacement.loss())),
            };
            let loss = replacement.map(Replacement::loss);
            match loss {
                // Those of the prefix are said to be in conflict.
                Some(Loss::Invisible) if has_prefix && range.start < 6 => {}
                Some(Loss::Invisible) => {
                    self.find_fixable(Lint::InvisibleCharacter, range.clone(), detail);
                }
                Some(Loss::Composed) => {
                    self.find_fixable(Lint::NotNormalised, range.clone(), detail);
                }
                _ => {
                    let homoglyph = span
                        .replacements()
                        .iter()
                        .any(|replacement| replacement.loss() == Loss::Homoglyph);
                    if homoglyph && in_latin_word(text, span.range()) {
                        self.find(Lint::Homoglyph, range.clone(), detail.clone());
                    }
                    let fixable = !self.fixes_within(range).is_empty();
                    if fixable || should_be_gsm7 {
                        self.find_fixable(Lint::ForcesUcs2, range.clone(), detail);
                    }
                }
            }
        }
        if forcing.is_empty() && !self.is_ambiguous {
            self.extension_characters();
        }
    }

    /// Each character of two septets where it stands first.
    fn extension_characters(&mut self) {
        let mut seen = Vec::new();
        // Braces of what should be a placeholder are no text.
        let slips = self.report.findings.iter().filter(|finding| {
            matches!(
                finding.lint,
                Lint::MisspeltPlaceholder | Lint::MalformedPlaceholder
            )
        });
        let mut slips: Vec<Range<usize>> = slips.map(Finding::span).collect();
        slips.sort_by_key(|slip| slip.start);
        let mut slips = slips.into_iter().peekable();
        for (literal, start) in self.literals() {
            for (at, character) in literal.text().char_indices() {
                if default_cost(character) == 2 && !seen.contains(&character) {
                    let at = start + at;
                    while slips.next_if(|slip| slip.end <= at).is_some() {}
                    if slips.peek().is_some_and(|slip| slip.contains(&at)) {
                        continue;
                    }
                    seen.push(character);
                    let detail = Detail::Character {
                        character,
                        replacement: None,
                    };
                    let span = at..at + character.len_utf8();
                    self.find(Lint::ExtensionCharacter, span, detail);
                }
            }
        }
    }

    fn limits(&mut self) {
        let Some(profile) = self.rules.profile.as_ref() else {
            return;
        };
        for limit in profile.limits() {
            let (least, greatest) = match limit.measure() {
                Measure::TemplateCharacters => {
                    let characters = self.template.source().chars().count();
                    (characters, Some(characters))
                }
                Measure::MessageCharacters => self.lengths(Unit::Characters),
                Measure::MessageBytes => self.lengths(Unit::Bytes),
                Measure::NameCharacters => continue,
            };
            // That a placeholder has no bound is said by another lint.
            let measured = match greatest {
                _ if least < limit.least() => least,
                Some(greatest) if greatest > limit.greatest() => greatest,
                None if least > limit.greatest() => least,
                _ => continue,
            };
            let detail = Detail::Limit {
                limit: limit.clone(),
                measured,
            };
            self.find(Lint::ProfileLimit, self.whole(), detail);
        }
    }

    fn lengths(&self, unit: Unit) -> (usize, Option<usize>) {
        let lengths = Lengths::of(self.template, &self.rules.values, unit);
        (lengths.least, lengths.greatest)
    }

    fn line_endings(&mut self) {
        let source = self.template.source();
        let lines: Vec<usize> = self
            .literals()
            .flat_map(|(literal, start)| {
                let ends = literal.text().match_indices("\r\n");
                ends.map(move |(at, _)| start + at)
            })
            .collect();
        let Some(first) = lines.first() else { return };
        let shorter = source.replace("\r\n", "\n");
        let (template, _) = Template::parse_lossy(&shorter, self.template.syntax());
        let bounds = Bounds::unchecked(&template, &self.rules.values, self.bounds.options());
        let (new, old) = (Costs::of(&bounds).counts(), Costs::of(self.bounds).counts());
        if new.iter().zip(&old).any(|(new, old)| new < old) {
            let detail = Detail::LineEndings { lines: lines.len() };
            self.find(Lint::LineEnding, *first..*first + 2, detail);
        }
    }

    fn alternatives(&mut self, typical: &Rendering) {
        let suggested = self.rules.suggested_tables;
        if suggested.is_empty() {
            return;
        }
        let mut alternatives = national_alternatives(&typical.text, self.options);
        alternatives.retain(|alternative| {
            let (locking, single) = {
                let alphabet = alternative.alphabet();
                (alphabet.locking(), alphabet.single_shift())
            };
            locking.is_none_or(|language| suggested.allows_locking(language))
                && single.is_none_or(|language| suggested.allows_single_shift(language))
        });
        self.report.alternatives = alternatives;
    }

    /// The formats in which phones find a code.
    fn formats(&mut self, typical: &Rendering) {
        let rules = self.rules;
        let text = typical.text.as_str();
        let place =
            |range: Range<usize>| typical.source_of(range.start)..typical.source_of(range.end);
        let expected = rules.host.is_some() || self.demanded(Demand::OriginBoundLine);
        let hash_expected = rules.hash.is_some();
        let hash = RetrieverMessage::parse(text, RetrieverLimit::Unlimited);
        let mut conflict = expected && hash_expected;
        match OriginBoundCode::parse(text, Dialect::Wicg) {
            Ok(line) => {
                let host = rules.host.as_deref();
                let host =
                    host.map(|host| Origin::parse(host).map_or(host, |origin| origin.host()));
                if let Some(host) = host.filter(|host| !line.host().eq_ignore_ascii_case(host)) {
                    let detail = Detail::Host {
                        host: host.to_owned(),
                    };
                    self.find(Lint::OriginBoundLine, place(line.host_range()), detail);
                }
                let index = self.code().and_then(|code| {
                    let mut names = self.template.names().iter();
                    Some((code, names.position(|name| *name == code)?))
                });
                if let Some((code, index)) = index {
                    let range = line.code_range();
                    let is_code =
                        |part: &Part| part.placeholder == Some(index) && part.range == range;
                    if !typical.parts.iter().any(is_code) {
                        let detail = Detail::LineCode {
                            name: code.to_owned(),
                        };
                        self.find(Lint::OriginBoundLine, place(range.clone()), detail);
                    }
                }
                conflict |= hash_expected;
            }
            Err(error) => {
                let before_hash = error.problem() == OriginBoundProblem::NotLast && hash.is_ok();
                conflict |= before_hash;
                if !conflict && (expected || error.is_near_miss()) {
                    let at = typical.source_of(error.at());
                    self.find(Lint::OriginBoundLine, at..at, Detail::OriginBound(error));
                }
            }
        }
        if conflict {
            let detail = Detail::Conflict(Conflict::HashAndOriginBoundLine);
            self.find(Lint::FormatConflict, self.whole(), detail);
        }
        let prefix = RetrieverPrefix::of(self.template.source());
        if prefix == Some(RetrieverPrefix::ZeroWidthSpaces) {
            let rest = self.template.source().get(6..).unwrap_or_default();
            if tally(rest).fault.is_none() {
                self.find(
                    Lint::FormatConflict,
                    0..6,
                    Detail::Conflict(Conflict::InvisiblePrefix),
                );
            }
        }
        if let Some(expected) = &rules.hash {
            if !hash.is_ok_and(|message| message.hash() == expected) {
                let detail = Detail::Hash {
                    hash: expected.clone(),
                };
                self.find(Lint::RetrieverHash, self.whole(), detail);
            }
            if let (_, Some(bytes)) = self.lengths(Unit::Bytes)
                && bytes > RetrieverMessage::MAX_BYTES
            {
                let detail = Detail::Retriever(RetrieverError::TooLong { bytes });
                self.find(Lint::RetrieverHash, self.whole(), detail);
            }
        }
        self.consent_code(typical);
    }

    /// The placeholder that holds the code: as the rules say, else, where the profile asks for one that
    /// phones find, the only one that is required.
    fn code(&self) -> Option<&'c str> {
        let rules: &'c Rules<'c> = self.rules;
        if let Some(code) = &rules.code {
            return Some(code);
        }
        let mut required = rules.required();
        let only = required.next().filter(|_| required.next().is_none());
        only.filter(|_| self.demanded(Demand::ConsentCode))
    }

    /// Whether phones find the code: by what stands beside it in the typical message, and by the values
    /// declared.
    fn consent_code(&mut self, typical: &Rendering) {
        let Some(name) = self.code() else {
            return;
        };
        let names = self.template.names();
        let Some(index) = names.iter().position(|known| *known == name) else {
            return;
        };
        let text = typical.text.as_str();
        let is_part = |character: char| character.is_ascii_alphanumeric();
        // The origin-bound line has its own way to carry it.
        let line = OriginBoundCode::parse(text, Dialect::Wicg).map(|line| line.line_range().start);
        let end = line.unwrap_or(text.len());
        let places = || {
            let parts = typical.parts.iter();
            parts.filter(|part| part.placeholder == Some(index) && part.range.start < end)
        };
        let is_alone = |range: &Range<usize>| {
            let before = text.get(..range.start).unwrap_or_default();
            let after = text.get(range.end..).unwrap_or_default();
            !before.ends_with(is_part) && !after.starts_with(is_part)
        };
        let alone = places()
            .map(|part| &part.range)
            .find(|range| is_alone(range));
        let is_first = |range: &Range<usize>| {
            consent_code(text.get(..range.start).unwrap_or_default()).is_none()
        };
        let declared = self.rules.values.get(name).map(|set| set.kind());
        let problem = match (alone, declared.map(consent_problem)) {
            (_, Some(Some(problem))) => Some(problem),
            (None, _) if places().next().is_some() => Some(ConsentProblem::NotAlone),
            (Some(range), _) if !is_first(range) => Some(ConsentProblem::NotFirst),
            _ => None,
        };
        if let Some(problem) = problem {
            let detail = Detail::ConsentCode {
                name: name.to_owned(),
                problem,
            };
            self.find(Lint::UserConsentCode, self.first_place(name), detail);
        }
    }

    /// What the brand's owner and the profile ask for beside limits.
    fn demands(&mut self, typical: &Rendering) {
        if let Some(brand) = &self.rules.brand {
            let text = typical.text.to_lowercase();
            if !text.contains(&brand.to_lowercase()) {
                let detail = Detail::Brand {
                    brand: brand.clone(),
                };
                self.find(Lint::MissingBrand, self.whole(), detail);
            }
        }
        let Some(profile) = self.rules.profile.as_ref() else {
            return;
        };
        for demand in profile.demands() {
            match demand {
                Demand::Expiry if !self.names_a_time() => {
                    self.find(Lint::MissingExpiry, self.whole(), Detail::None);
                }
                Demand::Signature if !is_signed(typical) => {
                    self.find(Lint::MissingSignature, self.whole(), Detail::None);
                }
                Demand::NoLinks => self.links(typical),
                Demand::FixedText => {
                    let fixed = self
                        .literals()
                        .any(|(literal, _)| literal.text().chars().any(char::is_alphanumeric));
                    if !fixed {
                        self.find(Lint::MissingFixedText, self.whole(), Detail::None);
                    }
                }
                Demand::SeparatePlaceholders => self.adjacent_placeholders(),
                Demand::VariableLength(allowed) => {
                    self.long_variables(false, usize::from(*allowed));
                }
                Demand::TypedVariableLength(allowed) => {
                    self.long_variables(true, usize::from(*allowed));
                }
                Demand::TypedVariables => self.untyped_variables(),
                // The brand is the caller's to name; the formats are checked with the others.
                _ => {}
            }
        }
    }

    /// A number in the fixed text, or a placeholder named after a time: words differ by language.
    fn names_a_time(&self) -> bool {
        const TIMES: [&str; 6] = ["expir", "valid", "minute", "second", "ttl", "time"];
        let named = |name: &&str| {
            let name = name.to_ascii_lowercase();
            TIMES.iter().any(|time| name.contains(time))
        };
        let numbered = |(literal, _): (Literal<'_>, usize)| {
            literal
                .text()
                .chars()
                .any(|character| character.is_ascii_digit())
        };
        self.template.names().iter().any(named) || self.literals().any(numbered)
    }

    fn links(&mut self, typical: &Rendering) {
        let mut line = None;
        if let Ok(bound) = OriginBoundCode::parse(&typical.text, Dialect::Apple) {
            let range = bound.line_range();
            let span = typical.source_of(range.start)..typical.source_of(range.end);
            self.find(Lint::Link, span.clone(), Detail::None);
            line = Some(span);
        }
        for link in self.urls() {
            let in_line = |line: &Range<usize>| line.start <= link.start && link.end <= line.end;
            if !line.as_ref().is_some_and(in_line) {
                self.find(Lint::Link, link, Detail::None);
            }
        }
    }

    fn adjacent_placeholders(&mut self) {
        let mut before = false;
        for piece in self.template.pieces() {
            match piece {
                Piece::Placeholder(placeholder) => {
                    if before {
                        let detail = Detail::Placeholder {
                            name: placeholder.name().to_owned(),
                            nearest: None,
                        };
                        self.find(Lint::AdjacentPlaceholders, placeholder.span(), detail);
                    }
                    before = true;
                }
                Piece::Literal(literal) if literal.text().trim().is_empty() => {}
                _ => before = false,
            }
        }
    }

    /// Of variables that say what they hold, or of those that do not.
    fn long_variables(&mut self, typed: bool, allowed: usize) {
        for (name, place) in self.first_places() {
            let declared = match self.rules.values.get(name).map(|set| set.kind()) {
                Some(Kind::List(values)) => values.iter().map(|value| value.chars().count()).max(),
                Some(Kind::Characters { greatest, .. }) => Some(usize::from(*greatest)),
                // That nothing is declared is said by another lint.
                None => None,
            };
            if let Some(declared) = declared.filter(|declared| *declared > allowed)
                && typed == (name != UNTYPED)
            {
                let detail = Detail::Length {
                    name: name.to_owned(),
                    declared,
                    allowed,
                };
                self.find(Lint::OverLongVariable, place, detail);
            }
        }
    }

    fn untyped_variables(&mut self) {
        for placeholder in self.template.placeholders() {
            if placeholder.name() == UNTYPED {
                let detail = Detail::Placeholder {
                    name: placeholder.name().to_owned(),
                    nearest: None,
                };
                self.find(Lint::UntypedVariable, placeholder.span(), detail);
            }
        }
    }

    /// Links, from their scheme or `www.` to white space, values within them included.
    fn urls(&self) -> Vec<Range<usize>> {
        let mut urls: Vec<Range<usize>> = Vec::new();
        let mut open: Option<Range<usize>> = None;
        for piece in self.template.pieces() {
            match piece {
                Piece::Literal(literal) => {
                    let start = text_range(self.template, *literal).start;
                    let mut at = start;
                    for word in literal.text().split_inclusive(char::is_whitespace) {
                        let kept = word.trim_end_matches(char::is_whitespace);
                        let begin = match open.take() {
                            Some(link) => Some(link.start),
                            None => link_start(kept).map(|found| at + found),
                        };
                        if let Some(begin) = begin {
                            let link = begin..at + kept.len();
                            if kept.len() < word.len() {
                                urls.push(link);
                            } else {
                                open = Some(link);
                            }
                        }
                        at += word.len();
                    }
                }
                Piece::Placeholder(placeholder) => {
                    if let Some(link) = &mut open {
                        link.end = placeholder.span().end;
                    }
                }
                Piece::Control(_) => urls.extend(open.take()),
            }
        }
        urls.extend(open);
        // A sentence's own punctuation is not the link's.
        for url in &mut urls {
            let text = self.template.source().get(url.clone()).unwrap_or_default();
            let kept = text.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'']);
            url.end = url.start + kept.len();
        }
        urls
    }

    /// What the end of a segment can fall within.
    fn splits(&mut self) {
        let mut found: Vec<(Lint, Range<usize>, Detail)> = Vec::new();
        for encoding in [Encoding::Gsm7, Encoding::Ucs2] {
            // Where there is no bound anything can be cut; another lint says so.
            let worst = self.bounds.worst_in(encoding);
            if worst.and_then(|worst| worst.segments().get()) <= Some(1) {
                continue;
            }
            let view = match encoding {
                Encoding::Gsm7 => View::Septets(Alphabet::DEFAULT),
                Encoding::Ucs2 => View::CodeUnits,
            };
            let segment = Room::new(view.shape(self.options)).segment();
            let extents = extents(self.bounds.question(), view);
            self.splits_in(encoding, segment, &extents, &mut found);
        }
        // What is cut in both encodings is said once.
        let mut said = BTreeSet::new();
        for (lint, span, detail) in found {
            if said.insert((lint, span.start, span.end)) {
                self.find(lint, span, detail);
            }
        }
    }

    fn splits_in(
        &self,
        encoding: Encoding,
        segment: u64,
        extents: &[Option<(u64, u64)>],
        found: &mut Vec<(Lint, Range<usize>, Detail)>,
    ) {
        let words = matches!(self.options.get_cut(), Cut::Word);
        let clusters = matches!(self.options.get_cut(), Cut::Grapheme);
        let within = |least: u64, greatest: u64| {
            let boundary = (least / segment + 1) * segment;
            boundary < greatest
        };
        let urls = if words { Vec::new() } else { self.urls() };
        let mut urls = urls.into_iter().peekable();
        let mut named = BTreeSet::new();
        // Where a link starts at least, once its first literal has been met.
        let mut link_start: Option<(usize, u64)> = None;
        for (number, piece) in self.template.pieces().iter().enumerate() {
            let at = |number: usize| extents.get(number).copied().flatten();
            let (Some((least, greatest)), Some((_, end))) = (at(number), at(number + 1)) else {
                continue;
            };
            match piece {
                Piece::Placeholder(placeholder) => {
                    let name = placeholder.name();
                    if within(least, end) && !words && named.insert(name) {
                        let detail = Detail::Split {
                            name: Some(name.to_owned()),
                            encoding,
                        };
                        found.push((Lint::ValueSplit, placeholder.span(), detail));
                    }
                }
                Piece::Literal(literal) => {
                    let start = text_range(self.template, *literal).start;
                    let text = literal.text();
                    let mut counted = (0, 0);
                    let mut units = |to: usize| {
                        let (at, before) = counted;
                        let more = text.get(at..to).unwrap_or_default();
                        counted = (to.max(at), before + units_of(more, encoding));
                        counted.1
                    };
                    let here = start..start + text.len();
                    while let Some(url) = urls.peek() {
                        if here.contains(&url.start) {
                            link_start = Some((url.start, least + units(url.start - start)));
                        }
                        if url.end > here.end {
                            break;
                        }
                        if let Some((begin, least)) = link_start
                            && begin == url.start
                            && url.end > here.start
                            && within(least, greatest + units(url.end - start))
                        {
                            let detail = Detail::Split {
                                name: None,
                                encoding,
                            };
                            found.push((Lint::UrlSplit, url.clone(), detail));
                        }
                        urls.next();
                    }
                    if clusters || text.is_ascii() {
                        continue;
                    }
                    let mut before = 0;
                    for (at, cluster) in text.grapheme_indices(true) {
                        let here = before;
                        before += units_of(cluster, encoding);
                        let mut characters = cluster.chars();
                        let (Some(character), Some(_)) = (characters.next(), characters.next())
                        else {
                            continue;
                        };
                        if within(least + here, greatest + before) {
                            let detail = Detail::Character {
                                character,
                                replacement: None,
                            };
                            let span = start + at..start + at + cluster.len();
                            found.push((Lint::GraphemeSplit, span, detail));
                        }
                    }
                }
                Piece::Control(_) => {}
            }
        }
    }
}

/// Whether a message begins or ends with a signature: brackets that hold something, and no code.
fn is_signed(typical: &Rendering) -> bool {
    let text = typical.text.trim();
    let offset = typical.text.len() - typical.text.trim_start().len();
    let is_signature = |range: Range<usize>| {
        let content = text.get(range.clone()).unwrap_or_default();
        let (start, end) = (offset + range.start, offset + range.end);
        let has_value = typical.parts.iter().any(|part| {
            part.placeholder.is_some() && part.range.start < end && start < part.range.end
        });
        !content.trim().is_empty() && !has_value
    };
    let (open, close) = ('【'.len_utf8(), '】'.len_utf8());
    let first = text.find('】').filter(|_| text.starts_with('【'));
    let last = text.rfind('【').filter(|_| text.ends_with('】'));
    first.is_some_and(|end| is_signature(open..end))
        || last.is_some_and(|start| is_signature(start + open..text.len() - close))
}

/// Why phones may not find a value.
fn consent_problem(values: &Kind) -> Option<ConsentProblem> {
    let is_part = |character: char| character.is_ascii_alphanumeric();
    match values {
        Kind::List(values) => {
            let is_run =
                |value: &String| (4..=10).contains(&value.len()) && value.chars().all(is_part);
            let has_digit = |value: &String| value.contains(|c: char| c.is_ascii_digit());
            if !values.iter().all(is_run) {
                Some(ConsentProblem::Shape)
            } else if !values.iter().all(has_digit) {
                Some(ConsentProblem::NoDigit)
            } else {
                None
            }
        }
        Kind::Characters {
            set,
            least,
            greatest,
        } => {
            let (alphanumeric, digits) = match set {
                Set::Digits => (true, true),
                Set::AsciiAlphanumeric => (true, false),
                Set::Given(characters) => (
                    characters.iter().copied().all(is_part),
                    characters.iter().all(char::is_ascii_digit),
                ),
                Set::Gsm7Basic | Set::Gsm7 | Set::Bmp | Set::Any => (false, false),
            };
            if !alphanumeric || *least < 4 || *greatest > 10 {
                Some(ConsentProblem::Shape)
            } else if !digits {
                Some(ConsentProblem::NoDigit)
            } else {
                None
            }
        }
    }
}

/// The units of a text that the encoding holds.
fn units_of(text: &str, encoding: Encoding) -> u64 {
    let tally = tally(text);
    match encoding {
        Encoding::Gsm7 => tally.septets as u64,
        Encoding::Ucs2 => tally.code_units as u64,
    }
}

/// Where in a word a link starts: its scheme, `www.`, or a host with a path.
fn link_start(word: &str) -> Option<usize> {
    let is_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-');
    if let Some(at) = word.find("://") {
        let before = word.get(..at)?;
        let start = before.trim_end_matches(is_scheme).len();
        let letter = before
            .get(start..)?
            .find(|c: char| c.is_ascii_alphabetic())?;
        return Some(start + letter);
    }
    let start = word.find(|c: char| c.is_alphanumeric())?;
    let rest = word.get(start..)?;
    let is_www = rest
        .get(..4)
        .is_some_and(|www| www.eq_ignore_ascii_case("www."));
    let host = rest.split_once('/').map(|(host, _)| host);
    let has_domain = host.is_some_and(|host| {
        let is_label = |label: &str| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let top = host.rsplit('.').next().unwrap_or_default();
        let is_top = top.chars().count() > 1 && top.chars().all(char::is_alphabetic);
        host.contains('.') && is_top && host.split('.').all(is_label)
    });
    ((is_www && rest.len() > 4) || has_domain).then_some(start)
}

/// Letters of a text, by script.
#[derive(Default)]
struct Letters {
    latin: usize,
    other: usize,
}

impl Letters {
    fn count(&mut self, text: &str) {
        for character in text.chars() {
            if is_latin(character) {
                self.latin += 1;
            } else if character.is_alphabetic() {
                self.other += 1;
            }
        }
    }

    /// A letter of another script among them may be a slip.
    const fn are_latin(&self) -> bool {
        self.latin > self.other
    }
}

/// Latin letters (Unicode, blocks Basic Latin to Latin Extended-B and the later extensions), with
/// ordinal signs and full width.
fn is_latin(character: char) -> bool {
    character.is_alphabetic()
        && matches!(u32::from(character),
            0..=0x24F | 0x1E00..=0x1EFF | 0x2C60..=0x2C7F | 0xA720..=0xA7FF | 0xAB30..=0xAB6F
            | 0xFB00..=0xFB06 | 0xFF21..=0xFF5A)
}

/// Whether a Latin letter stands beside a range of a text.
fn in_latin_word(text: &str, range: Range<usize>) -> bool {
    let before = text
        .get(..range.start)
        .and_then(|before| before.chars().next_back());
    let after = text.get(range.end..).and_then(|after| after.chars().next());
    before.is_some_and(is_latin) || after.is_some_and(is_latin)
}

/// The name spelled most like another, with up to two letters changed.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let length = name.chars().count();
    // Others are further away than that.
    let near = known
        .iter()
        .filter(|known| known.chars().count().abs_diff(length) <= 2);
    let distances = near.map(|known| (distance(name, known), *known));
    let (distance, nearest) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance <= 2).then_some(nearest)
}

/// How many letters have to be added, left out or changed. Names are cut at 64 letters.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).flat_map(char::to_lowercase).collect();
    let b: Vec<char> = b.chars().take(64).flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (number, from) in a.iter().enumerate() {
        let mut diagonal = number;
        let mut left = number + 1;
        for (to, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let changed = diagonal + usize::from(from != to);
            diagonal = *cell;
            left = changed.min(*cell + 1).min(left + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = number + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
