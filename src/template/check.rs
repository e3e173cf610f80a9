//! The checks behind the lints.

mod characters;
mod demands;
mod formats;
mod links;
mod placeholders;
mod splits;

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::bounds::Bounds;
use super::finding::{Costs, Detail, Fix};
use super::fixes;
use super::lengths::{Lengths, Unit};
use super::lint::Lint;
use super::parse::{Literal, Piece, Template};
use super::profile::{Demand, Measure};
use super::rendering::{Rendering, text_range};
use super::report::Report;
use super::rules::Rules;
use super::syntax::Syntax;
use crate::encoding::Encoding;
use crate::repair::national_alternatives;
use crate::segment::Cut;
use crate::segment::SegmentOptions;

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
        let over = budget.zip(count).filter(|(budget, count)| {
            count > budget && self.rules.severity_of(Lint::OverBudget).is_some()
        });
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
}
