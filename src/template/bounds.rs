//! What does a template cost at least, at most and typically?

use alloc::string::ToString as _;
use core::fmt;

use super::fill::{Fill, Room};
use super::neutral::{self, NotNeutral};
use super::parse::{ControlKind, Piece, Template};
use super::search::{Goal, Nothing, Question, View, search};
use super::values::Values;
use super::witness::Witness;
use crate::alphabet::Alphabet;
use crate::encoding::Encoding;
use crate::message::Message;
use crate::segment::Cut;
use crate::segment::SegmentOptions;
use crate::segment::Shape;

/// The longest typical message that is written out, in bytes.
const LONGEST: usize = 1 << 24;

/// A count of segments, and how far it can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "a bound holds from above, from below, from both sides or not at all"
)]
pub enum Count {
    /// Some values need so many, and none need more (or fewer, of the best). Of the typical cost: the
    /// message with these values needs so many.
    Exact(usize),
    /// No values need more; perhaps none need so many.
    AtMost(usize),
    /// No values need fewer; perhaps all need more.
    AtLeast(usize),
    /// Some placeholder or loop has no bound.
    Unknown,
}

impl Count {
    /// Returns the number, or `None` where it is unknown.
    ///
    /// ```
    /// use septet::template::Count;
    /// assert_eq!((Count::AtMost(3).get(), Count::Unknown.get()), (Some(3), None));
    /// ```
    #[must_use]
    pub const fn get(self) -> Option<usize> {
        match self {
            Self::Exact(segments) | Self::AtMost(segments) | Self::AtLeast(segments) => {
                Some(segments)
            }
            Self::Unknown => None,
        }
    }

    /// Says whether values are known that need exactly so many.
    #[must_use]
    pub const fn is_exact(self) -> bool {
        matches!(self, Self::Exact(_))
    }
}

/// Writes `2`, `at most 2`, `at least 2` or `unknown`.
impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(segments) => f.pad(&segments.to_string()),
            Self::AtMost(segments) => f.pad(&alloc::format!("at most {segments}")),
            Self::AtLeast(segments) => f.pad(&alloc::format!("at least {segments}")),
            Self::Unknown => f.pad("unknown"),
        }
    }
}

/// What a template costs, over all values that its placeholders can take.
///
/// Nothing is sampled: the counts hold for every value, and a [`Witness`] shows values that reach
/// them. Bounds borrow the template and the values; [`Costs`](super::Costs) are the numbers to keep.
///
/// # When a count is not exact
///
/// - Where a placeholder is not declared or a loop has no limit (or one that cannot be walked through
///   in four million steps), the worst is [`Count::Unknown`] and
///   the best is [`Count::AtLeast`], with nothing in their place.
/// - Where the template has branches or loops, counts are [`Count::AtMost`] and [`Count::AtLeast`]:
///   which arms can be taken together is not known. A branch counts as its dearest arm for the
///   worst and its cheapest, or nothing, for the best.
/// - Where national tables are allowed, the worst is that without them, as [`Count::AtMost`], since
///   they never raise a count.
/// - Where several placeholders with listed values occur more than once, up to 4,096 combinations are
///   tried (after leaving out values that cannot matter); beyond that, each occurrence is counted on
///   its own, which is no less extreme, unless values turn out to reach that.
///
/// ```
/// use septet::Encoding;
/// use septet::template::{CharacterSet, Count, Syntax, Template, Values};
/// let template = Template::parse("${org.name}: your code is ${code}", Syntax::DollarBrace)?;
/// let values = Values::new()
///     .with("code", CharacterSet::DIGITS.exactly(6))
///     .with("org.name", CharacterSet::BMP.up_to(60));
/// let bounds = template.bounds(&values)?;
/// assert_eq!(bounds.best().segments(), Count::Exact(1));
/// assert_eq!(bounds.worst().segments(), Count::Exact(2)); // one letter outside GSM-7 is enough
/// assert_eq!(bounds.worst_in(Encoding::Gsm7).unwrap().segments(), Count::Exact(1));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Bounds<'t> {
    question: Question<'t>,
    /// Whether the template has branches or loops.
    control: bool,
    /// Whether some placeholder is not declared.
    undeclared: bool,
    /// Of GSM-7 and UCS-2.
    best: [Result<Reached, Nothing>; 2],
    worst: [Result<Reached, Nothing>; 2],
    /// The best with national tables, where they are allowed and make it cheaper.
    national: Option<(Alphabet, Reached)>,
}

/// A state that the search ended in.
#[derive(Clone, Copy)]
struct Reached {
    fill: Fill,
    room: Room,
    exact: bool,
}

impl Reached {
    const fn segments(self) -> usize {
        self.room.segments(self.fill) as usize
    }
}

impl Template<'_> {
    /// Computes what the template costs with the default options, in time linear in the template
    /// and not in the lengths declared.
    ///
    /// # Errors
    ///
    /// None with the default options; see [`bounds_with_options`](Self::bounds_with_options).
    pub fn bounds<'t>(&'t self, values: &'t Values) -> Result<Bounds<'t>, NotNeutral> {
        self.bounds_with_options(values, SegmentOptions::new())
    }

    /// Computes what the template costs.
    ///
    /// # Errors
    ///
    /// With [`Cut::Grapheme`], where a value may join with what stands beside it, so that a longer
    /// value can need fewer segments: see [`NotNeutral`].
    ///
    /// ```
    /// use septet::{Concatenation, SegmentOptions};
    /// use septet::template::{CharacterSet, Count, Syntax, Template, Values};
    /// let text = "a".repeat(300) + "${code}";
    /// let template = Template::parse(&text, Syntax::DollarBrace)?;
    /// let values = Values::new().with("code", CharacterSet::DIGITS.exactly(5));
    /// let options = SegmentOptions::new().concatenation(Concatenation::Bits16);
    /// assert_eq!(template.bounds(&values)?.worst().segments(), Count::Exact(2));
    /// let bounds = template.bounds_with_options(&values, options)?;
    /// assert_eq!(bounds.worst().segments(), Count::Exact(3)); // 152 septets each
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn bounds_with_options<'t>(
        &'t self,
        values: &'t Values,
        options: SegmentOptions<'t>,
    ) -> Result<Bounds<'t>, NotNeutral> {
        if matches!(options.get_cut(), Cut::Grapheme) {
            neutral::check(self, values, options)?;
        }
        Ok(Bounds::unchecked(self, values, options))
    }
}

impl<'t> Bounds<'t> {
    /// With whole clusters they hold only where values are neutral.
    pub(super) fn unchecked(
        template: &'t Template<'t>,
        values: &'t Values,
        options: SegmentOptions<'t>,
    ) -> Self {
        Self::new(Question {
            template,
            values,
            options,
            length: None,
            value: None,
        })
    }

    fn new(question: Question<'t>) -> Self {
        let Question {
            template,
            values,
            options,
            ..
        } = question;
        let is_control = |piece: &Piece<'_>| matches!(piece, Piece::Control(control) if control.kind() != ControlKind::Silent);
        let reach = |view, goal| {
            search(question, view, goal, false).map(|found| Reached {
                fill: found.fill,
                room: found.room,
                exact: found.exact,
            })
        };
        let views = [Encoding::Gsm7, Encoding::Ucs2].map(View::of);
        let best = views.map(|view| reach(view, Goal::Least));
        let national = if options.get_national_tables().is_empty() {
            None
        } else {
            // Whole clusters of national letters can leave gaps of any width.
            let options = options.cut(Cut::Scalar);
            let question = Question {
                options,
                ..question
            };
            least_of_pairs(question, &best)
        };
        Self {
            question,
            control: template.pieces().iter().any(is_control),
            undeclared: template
                .names()
                .iter()
                .any(|name| values.get(name).is_none()),
            best,
            worst: views.map(|view| reach(view, Goal::Greatest)),
            national,
        }
    }

    /// Returns the template.
    #[must_use]
    pub const fn template(&self) -> &'t Template<'t> {
        self.question.template
    }

    /// Returns the options it was counted with.
    #[must_use]
    pub const fn options(&self) -> SegmentOptions<'t> {
        self.question.options
    }

    pub(super) const fn question(&self) -> Question<'t> {
        self.question
    }

    /// Returns the greatest count of segments over all values, in either encoding.
    #[must_use]
    pub fn worst(&self) -> Extreme<'_> {
        let [gsm7, ucs2] = [Encoding::Gsm7, Encoding::Ucs2].map(|encoding| self.worst_in(encoding));
        match (gsm7, ucs2) {
            (Some(gsm7), Some(ucs2)) => match (gsm7.count.get(), ucs2.count.get()) {
                (Some(septets), Some(code_units)) if septets > code_units => gsm7,
                (None, _) => gsm7,
                _ => ucs2,
            },
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => self.nothing(),
        }
    }

    /// Returns the least count of segments over all values, in either encoding.
    #[must_use]
    pub fn best(&self) -> Extreme<'_> {
        let [gsm7, ucs2] = [Encoding::Gsm7, Encoding::Ucs2].map(|encoding| {
            let reached = self.best.get(encoding as usize).copied()?.ok()?;
            Some(self.extreme(encoding, Goal::Least, reached, self.certain_least(reached)))
        });
        let default = match (gsm7, ucs2) {
            (Some(gsm7), Some(ucs2)) if ucs2.count.get() < gsm7.count.get() => ucs2,
            (Some(one), _) | (None, Some(one)) => one,
            (None, None) => self.nothing(),
        };
        match self.national {
            Some((alphabet, reached)) if default.count.get() > Some(reached.segments()) => {
                Extreme {
                    source: Source::Search(View::Septets(alphabet), Goal::Least),
                    ..self.extreme(
                        Encoding::Gsm7,
                        Goal::Least,
                        reached,
                        self.certain_least(reached)
                            && !matches!(self.options().get_cut(), Cut::Grapheme),
                    )
                }
            }
            _ => default,
        }
    }

    /// Returns the greatest count of segments over the values that make the message this encoding,
    /// or `None` where no values do.
    ///
    /// GSM-7 is counted without national tables.
    #[must_use]
    pub fn worst_in(&self, encoding: Encoding) -> Option<Extreme<'_>> {
        match self.worst.get(encoding as usize).copied()? {
            Ok(reached) => {
                let certain = reached.exact
                    && !self.control
                    && self.options().get_national_tables().is_empty();
                Some(self.extreme(encoding, Goal::Greatest, reached, certain))
            }
            Err(Nothing::Impossible) => None,
            Err(Nothing::Unbounded) => Some(self.nothing()),
        }
    }

    /// Returns the least count of segments over the values that make the message this encoding, or
    /// `None` where no values do.
    ///
    /// GSM-7 is counted without national tables; where they are allowed, the count of either
    /// encoding is [`Count::AtLeast`], and [`best`](Self::best) is exact.
    #[must_use]
    pub fn best_in(&self, encoding: Encoding) -> Option<Extreme<'_>> {
        let reached = self.best.get(encoding as usize).copied()?.ok()?;
        let tables = !self.options().get_national_tables().is_empty();
        let mut reached = reached;
        if tables
            && encoding == Encoding::Gsm7
            && let Some((_, national)) = self.national
        {
            reached = national;
        }
        let certain = self.certain_least(reached) && !tables;
        Some(self.extreme(encoding, Goal::Least, reached, certain))
    }

    /// Returns what the message costs with typical values.
    ///
    /// A placeholder's typical value is the one that was set; else the first of its list; else 12
    /// characters of its set, or as near to that as its lengths allow, in GSM-7 if it can be. One
    /// that is not declared is 12 GSM-7 characters. Of a branch the first arm is taken, and a loop
    /// runs once. A message of over 16 megabytes is not written out to be counted: its cost is unknown.
    ///
    /// ```
    /// use septet::template::{Count, Syntax, Template, Values};
    /// let template = Template::parse("Hello ${name}", Syntax::DollarBrace)?;
    /// let values = Values::new();
    /// let bounds = template.bounds(&values)?;
    /// assert_eq!((bounds.typical().segments(), bounds.typical().units()), (Count::Exact(1), Some(18)));
    /// assert_eq!(bounds.worst().segments(), Count::Unknown);
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn typical(&self) -> Extreme<'_> {
        let witness = Witness::typical(self.question);
        if witness.bytes() > LONGEST {
            return self.nothing();
        }
        let text = witness.to_string();
        let message = Message::with_options(&text, self.options());
        let single = Shape::new(message.alphabet(), self.options()).capacity(1);
        let to_go = match message.segment_count() {
            ..=1 => 0,
            2 => message.units() - single,
            _ => message.segment_capacity() - message.free_units(),
        };
        Extreme {
            bounds: self,
            count: Count::Exact(message.segment_count()),
            encoding: Some(message.encoding()),
            units: Some(message.units()),
            free: Some(message.free_units()),
            to_go: Some(to_go),
            source: Source::Typical,
        }
    }

    fn certain_least(&self, reached: Reached) -> bool {
        reached.exact && !self.control && !self.undeclared
    }

    fn extreme(
        &self,
        encoding: Encoding,
        goal: Goal,
        reached: Reached,
        certain: bool,
    ) -> Extreme<'_> {
        let segments = reached.segments();
        Extreme {
            bounds: self,
            count: match goal {
                _ if certain => Count::Exact(segments),
                Goal::Least => Count::AtLeast(segments),
                Goal::Greatest => Count::AtMost(segments),
            },
            encoding: Some(encoding),
            units: Some(reached.fill.units as usize),
            free: Some(reached.room.free(reached.fill) as usize),
            to_go: Some(reached.room.to_go(reached.fill) as usize),
            source: Source::Search(View::of(encoding), goal),
        }
    }

    const fn nothing(&self) -> Extreme<'_> {
        Extreme {
            bounds: self,
            count: Count::Unknown,
            encoding: None,
            units: None,
            free: None,
            to_go: None,
            source: Source::Nothing,
        }
    }
}

/// The least over the allowed pairs of national tables, where it is less than without them.
fn least_of_pairs(
    question: Question<'_>,
    without: &[Result<Reached, Nothing>; 2],
) -> Option<(Alphabet, Reached)> {
    let tables = question.options.get_national_tables();
    let mut best: Option<(Alphabet, Reached)> = None;
    let mut least = without
        .iter()
        .flatten()
        .map(|reached| reached.segments())
        .min();
    for locking in tables.locking_set().iter() {
        for single_shift in tables.single_shift_set().iter() {
            if least == Some(1) {
                return best;
            }
            let alphabet = Alphabet::new(locking, single_shift);
            let found = search(question, View::Septets(alphabet), Goal::Least, false);
            let Ok(found) = found else { continue };
            let segments = found.room.segments(found.fill) as usize;
            if least.is_none_or(|least| segments < least) {
                least = Some(segments);
                let reached = Reached {
                    fill: found.fill,
                    room: found.room,
                    exact: found.exact,
                };
                best = Some((alphabet, reached));
            }
        }
    }
    best
}

/// Shows counts, no text.
impl fmt::Debug for Bounds<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bounds")
            .field("best", &self.best().segments())
            .field("worst", &self.worst().segments())
            .finish_non_exhaustive()
    }
}

/// The best, the worst or the typical cost of a template.
#[derive(Clone, Copy)]
pub struct Extreme<'b> {
    bounds: &'b Bounds<'b>,
    count: Count,
    encoding: Option<Encoding>,
    units: Option<usize>,
    free: Option<usize>,
    to_go: Option<usize>,
    source: Source,
}

#[derive(Clone, Copy)]
enum Source {
    Nothing,
    Search(View, Goal),
    Typical,
}

impl<'b> Extreme<'b> {
    pub(super) const fn template(&self) -> &'b Template<'b> {
        self.bounds.template()
    }

    /// Returns the count of segments.
    #[must_use]
    pub const fn segments(&self) -> Count {
        self.count
    }

    /// Returns the encoding of the message that has it, or `None` where the count is unknown.
    #[must_use]
    pub const fn encoding(&self) -> Option<Encoding> {
        self.encoding
    }

    /// Returns the units of that message: septets or code units, as [`encoding`](Self::encoding)
    /// says. Other values may have more units and no more segments.
    #[must_use]
    pub const fn units(&self) -> Option<usize> {
        self.units
    }

    /// Returns how many units are free in the last segment of that message, cut between scalar
    /// values.
    #[must_use]
    pub const fn free_units(&self) -> Option<usize> {
        self.free
    }

    /// Returns how many units, septets or code units as [`encoding`](Self::encoding) says, have to go
    /// from the end of that message, cut between scalar values, for one segment less; 0 where it is one segment. Taken out elsewhere, so many may not be
    /// enough.
    ///
    /// ```
    /// use septet::template::{Syntax, Template, Values};
    /// let text = "a".repeat(163);
    /// let template = Template::parse(&text, Syntax::DollarBrace)?;
    /// let values = Values::new();
    /// assert_eq!(template.bounds(&values)?.worst().units_to_go(), Some(3));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub const fn units_to_go(&self) -> Option<usize> {
        self.to_go
    }

    /// Returns values that make the message this long, or `None` where the count is unknown or none
    /// are known to reach it.
    ///
    /// With branches or loops, the witness is of arms that may exclude each other.
    ///
    /// ```
    /// use septet::Message;
    /// use septet::template::{CharacterSet, Count, Syntax, Template, Values};
    /// let template = Template::parse("Hi ${name}, your code is ${code}", Syntax::DollarBrace)?;
    /// let values = Values::new()
    ///     .with("name", CharacterSet::ANY.up_to(40))
    ///     .with("code", CharacterSet::DIGITS.exactly(6));
    /// let bounds = template.bounds(&values)?;
    /// let witness = bounds.worst().witness().unwrap();
    /// assert_eq!(witness.value("name").unwrap(), "😀".repeat(40));
    /// assert_eq!(Message::new(&witness.to_string()).segment_count(), 2);
    /// assert_eq!(bounds.worst().segments(), Count::Exact(2));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn witness(&self) -> Option<Witness<'b>> {
        let question = self.bounds.question;
        let tables = !question.options.get_national_tables().is_empty();
        match self.source {
            Source::Nothing => None,
            Source::Typical => Some(Witness::typical(question)),
            Source::Search(_, Goal::Greatest) if tables => None,
            Source::Search(view, goal) => {
                let found = search(question, view, goal, true).ok()?;
                found.exact.then(|| Witness::new(question, found.record))
            }
        }
    }
}

/// Shows counts, no text.
impl fmt::Debug for Extreme<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extreme")
            .field("segments", &self.count)
            .field("encoding", &self.encoding)
            .field("units", &self.units)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "serde")]
mod data {
    use super::{Bounds, Count, Encoding, Extreme};

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct ExtremeData {
        segments: Count,
        encoding: Option<Encoding>,
        units: Option<usize>,
    }

    /// Writes the counts, not the values.
    impl serde::Serialize for Extreme<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let data = ExtremeData {
                segments: self.count,
                encoding: self.encoding,
                units: self.units,
            };
            data.serialize(serializer)
        }
    }

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct BoundsData<'b> {
        best: Extreme<'b>,
        typical: Extreme<'b>,
        worst: Extreme<'b>,
    }

    /// Writes the best, the typical and the worst.
    impl serde::Serialize for Bounds<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let data = BoundsData {
                best: self.best(),
                typical: self.typical(),
                worst: self.worst(),
            };
            data.serialize(serializer)
        }
    }
}
