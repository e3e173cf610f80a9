//! Do phones find the code?

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::ops::Range;

use super::Checker;
use crate::encoding::tally;
use crate::template::code_format::{
    Dialect, Origin, OriginBoundCode, OriginBoundProblem, RetrieverError, RetrieverLimit,
    RetrieverMessage, RetrieverPrefix, consent_code,
};
use crate::template::finding::{Conflict, ConsentProblem, Detail};
use crate::template::lengths::Unit;
use crate::template::lint::Lint;
use crate::template::profile::Demand;
use crate::template::rendering::{Part, Rendering};
use crate::template::rules::Rules;
use crate::template::values::{Kind, Set};

impl<'c> Checker<'c> {
    /// The formats in which phones find a code.
    pub(super) fn formats(&mut self, typical: &Rendering) {
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
        let prefix = RetrieverPrefix::ZeroWidthSpaces.as_str();
        let rest = self.template.source().strip_prefix(prefix);
        if rest.is_some_and(|rest| tally(rest).fault.is_none()) {
            let detail = Detail::Conflict(Conflict::InvisiblePrefix);
            self.find(Lint::FormatConflict, 0..prefix.len(), detail);
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
