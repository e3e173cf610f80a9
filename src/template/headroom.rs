//! How long may a value become before the message needs another segment?

use core::fmt;
use core::ops::RangeInclusive;

use super::bounds::Bounds;
use super::search::{Goal, Nothing, Question, View, search};
use super::values::Kind;
use crate::encoding::Encoding;

/// The greatest count of a template as one placeholder grows, all others at their worst.
///
/// It never falls as the value grows, overall and within each encoding. Lengths are in characters
/// (scalar values), within the lengths declared. Where [`Bounds::worst`](super::Bounds::worst) is
/// not exact, counts here are upper bounds too, and a length that fits does fit.
///
/// To learn how long a value may be at all, declare it up to `u16::MAX`. Each length that is asked for
/// takes time linear in the template, and each cliff some twenty of those. Of India's variables, which
/// share a name, all grow together.
///
/// ```
/// use septet::Encoding;
/// use septet::template::{CharacterSet, Syntax, Template, Values};
/// let text = "a".repeat(100) + "${name}";
/// let template = Template::parse(&text, Syntax::DollarBrace)?;
/// let values = Values::new().with("name", CharacterSet::ANY.up_to(30));
/// let bounds = template.bounds(&values)?;
/// let headroom = bounds.headroom("name")?;
/// // One emoji makes it UCS-2, in two segments, and 18 need a third.
/// let cliffs: Vec<_> = headroom.cliffs().map(|cliff| (cliff.length(), cliff.segments())).collect();
/// assert_eq!(cliffs, [(1, 2), (18, 3)]);
/// assert_eq!((headroom.within(1), headroom.within(2)), (Some(0), Some(17)));
/// assert_eq!(headroom.within_in(Encoding::Gsm7, 1), Some(30));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Headroom<'b> {
    question: Question<'b>,
    placeholder: usize,
    least: u16,
    greatest: u16,
}

/// A length at which the count of segments goes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Cliff {
    length: u16,
    before: usize,
    segments: usize,
}

impl Cliff {
    /// Returns the length, in characters.
    #[must_use]
    pub const fn length(self) -> u16 {
        self.length
    }

    /// Returns the count of segments with one character less.
    #[must_use]
    pub const fn before(self) -> usize {
        self.before
    }

    /// Returns the count of segments from this length on. It can be more than one above the count
    /// before.
    #[must_use]
    pub const fn segments(self) -> usize {
        self.segments
    }
}

/// Why a placeholder has no headroom to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum NoHeadroom {
    /// The template has no placeholder of this name.
    #[error("the template has no placeholder of this name")]
    UnknownPlaceholder,
    /// The values of the placeholder are listed, so that it has no length to grow.
    #[error("the placeholder has a list of values; ask for the count of each value")]
    List,
    /// The placeholder has no list of values.
    #[error("the placeholder has no list of values; ask for its headroom")]
    NoList,
    /// The placeholder, another one, or a loop has no bound.
    #[error("a placeholder is not declared or a loop has no limit, so that the worst is unknown")]
    Unbounded,
}

impl<'t> Bounds<'t> {
    /// Returns how the worst count grows with the length of a placeholder.
    ///
    /// # Errors
    ///
    /// Where there is no such placeholder, its values are listed, or the worst is unknown.
    pub fn headroom(&self, name: &str) -> Result<Headroom<'t>, NoHeadroom> {
        let question = self.question();
        let placeholder = position(question, name)?;
        let set = question.values.get(name).ok_or(NoHeadroom::Unbounded)?;
        match set.kind() {
            Kind::List(_) => Err(NoHeadroom::List),
            Kind::Characters {
                least, greatest, ..
            } => {
                let headroom = Headroom {
                    question,
                    placeholder,
                    least: *least,
                    greatest: *greatest,
                };
                match headroom.count(*least) {
                    Ok(_) => Ok(headroom),
                    Err(_) => Err(NoHeadroom::Unbounded),
                }
            }
        }
    }

    /// Returns the greatest count of segments for each value of a placeholder's list, in the list's
    /// order, all others at their worst.
    ///
    /// # Errors
    ///
    /// Where there is no such placeholder, it has no list, or the worst is unknown.
    ///
    /// ```
    /// use septet::template::{Syntax, Template, Values, ValueSet};
    /// let template = Template::parse("${city}", Syntax::DollarBrace)?;
    /// let values = Values::new().with("city", ValueSet::list(["Oslo".repeat(20), "Łódź".repeat(20)])?);
    /// let bounds = template.bounds(&values)?;
    /// let counts: Vec<_> = bounds.count_by_value("city")?.map(|(_, segments)| segments).collect();
    /// assert_eq!(counts, [1, 2]);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn count_by_value(
        &self,
        name: &str,
    ) -> Result<impl Iterator<Item = (&'t str, usize)>, NoHeadroom> {
        let question = self.question();
        let placeholder = position(question, name)?;
        let set = question.values.get(name).ok_or(NoHeadroom::Unbounded)?;
        if matches!(set.kind(), Kind::Characters { .. }) {
            return Err(NoHeadroom::NoList);
        }
        if self.worst().segments().get().is_none() {
            return Err(NoHeadroom::Unbounded);
        }
        Ok(set.values().enumerate().map(move |(number, value)| {
            let question = Question {
                value: Some((placeholder, number)),
                ..question
            };
            (value, greatest(question).unwrap_or_default())
        }))
    }
}

fn position(question: Question<'_>, name: &str) -> Result<usize, NoHeadroom> {
    let names = question.template.names();
    let position = names.iter().position(|known| *known == name);
    position.ok_or(NoHeadroom::UnknownPlaceholder)
}

fn greatest_in(question: Question<'_>, encoding: Encoding) -> Result<usize, Nothing> {
    let found = search(question, View::of(encoding), Goal::Greatest, false)?;
    Ok(found.room.segments(found.fill) as usize)
}

fn greatest(question: Question<'_>) -> Result<usize, Nothing> {
    let counts = [Encoding::Gsm7, Encoding::Ucs2].map(|encoding| greatest_in(question, encoding));
    match counts {
        [Err(Nothing::Unbounded), _] | [_, Err(Nothing::Unbounded)] => Err(Nothing::Unbounded),
        [Err(Nothing::Impossible), other] => other,
        [one, Err(Nothing::Impossible)] => one,
        [Ok(gsm7), Ok(ucs2)] => Ok(gsm7.max(ucs2)),
    }
}

impl<'b> Headroom<'b> {
    fn of_length(&self, length: u16) -> Question<'b> {
        Question {
            length: Some((self.placeholder, length)),
            ..self.question
        }
    }

    fn count(&self, length: u16) -> Result<usize, Nothing> {
        greatest(self.of_length(length))
    }

    /// Returns the lengths declared, in characters.
    #[must_use]
    pub const fn lengths(&self) -> RangeInclusive<u16> {
        self.least..=self.greatest
    }

    /// Returns the greatest count of segments with a value of exactly so many characters, or `None`
    /// outside the lengths declared.
    #[must_use]
    pub fn segments(&self, length: u16) -> Option<usize> {
        let declared = (self.least..=self.greatest).contains(&length);
        declared.then(|| self.count(length).ok()).flatten()
    }

    /// Returns the greatest length, in characters, with which the message never needs more than so
    /// many segments, or `None` where every length may need more.
    #[must_use]
    pub fn within(&self, segments: usize) -> Option<u16> {
        self.last(|length| self.count(length).is_ok_and(|count| count <= segments))
    }

    /// Returns the greatest length, in characters, with which the message never needs more than so
    /// many segments as long as it has this encoding, or `None` where every length may need more or
    /// none can have the encoding.
    #[must_use]
    pub fn within_in(&self, encoding: Encoding, segments: usize) -> Option<u16> {
        let count = |length| greatest_in(self.of_length(length), encoding);
        // A longer value can force UCS-2 where a shorter one cannot, not the other way round.
        let fits = |length| match count(length) {
            Ok(count) => count <= segments,
            Err(_) => encoding == Encoding::Ucs2,
        };
        self.last(fits).filter(|length| count(*length).is_ok())
    }

    /// Returns each length at which the count goes up, the least first, found as they are asked for.
    pub fn cliffs(&self) -> impl Iterator<Item = Cliff> {
        let this = *self;
        let mut at = this.count(this.least).ok().map(|count| (this.least, count));
        core::iter::from_fn(move || {
            let (_, before) = at?;
            let last = this.last(|length| this.count(length).is_ok_and(|count| count <= before))?;
            let length = last
                .checked_add(1)
                .filter(|length| *length <= this.greatest)?;
            let segments = this.count(length).ok()?;
            at = Some((length, segments));
            Some(Cliff {
                length,
                before,
                segments,
            })
        })
    }

    /// The last length that holds, of those that hold up to some length and not beyond.
    fn last(&self, holds: impl Fn(u16) -> bool) -> Option<u16> {
        if !holds(self.least) {
            return None;
        }
        if holds(self.greatest) {
            return Some(self.greatest);
        }
        let (mut yes, mut no) = (self.least, self.greatest);
        while no - yes > 1 {
            let middle = yes + (no - yes) / 2;
            if holds(middle) {
                yes = middle;
            } else {
                no = middle;
            }
        }
        Some(yes)
    }
}

/// Shows lengths, no text.
impl fmt::Debug for Headroom<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Headroom")
            .field("lengths", &(self.least..=self.greatest))
            .finish_non_exhaustive()
    }
}
