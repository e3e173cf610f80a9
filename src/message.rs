//! What does a text cost? A text, its encoding, its counts.

use core::fmt;

use crate::alphabet::{Alphabet, NationalLanguage, NationalTables, TableSet, memberships};
use crate::encoding::{Encoding, Reason, Tally, Unmappable, Unmappables, tally};
use crate::segment::{Count, Cut, SegmentOptions, Segments, Shape, TooManySegments};

/// A text, the encoding it needs, and what it costs in it.
///
/// Encoding, units and segments are counted when it is made, without allocation: in one pass over the
/// text, and another where it is longer than a message and holds characters of two units.
///
/// ```
/// use septet::{Encoding, Message};
/// let sms = Message::new("Grüße 👋");
/// assert_eq!(sms.encoding(), Encoding::Ucs2);
/// assert_eq!((sms.units(), sms.segment_count(), sms.free_units()), (8, 1, 62));
/// assert_eq!(sms.forced_by().map(|blame| (blame.character(), blame.at())), Some(('👋', 8)));
/// ```
#[derive(Clone, Copy)]
#[doc(alias("SMS", "text message"))]
pub struct Message<'a> {
    text: &'a str,
    shape: Shape<'a>,
    units: usize,
    count: Count,
    reason: Reason,
    forced_by: Option<Unmappable>,
}

impl<'a> Message<'a> {
    /// Counts a text with the default options: an 8-bit reference, cuts between scalar values, no
    /// national tables.
    ///
    /// ```
    /// assert_eq!(septet::Message::new(&"€".repeat(153)).segment_count(), 3); // not 306 septets in 2 × 153
    /// ```
    #[must_use]
    #[inline]
    pub fn new(text: &'a str) -> Self {
        Self::with_options(text, SegmentOptions::new())
    }

    /// Counts a text.
    ///
    /// ```
    /// use septet::{Concatenation, Message, SegmentOptions};
    /// let options = SegmentOptions::new().concatenation(Concatenation::Bits16);
    /// assert_eq!(Message::with_options(&"a".repeat(305), options).segment_count(), 3);
    /// ```
    #[must_use]
    #[inline]
    pub fn with_options(text: &'a str, options: SegmentOptions<'a>) -> Self {
        let tally = tally(text);
        if !options.get_national_tables().is_empty() {
            return Self::with_national_tables(text, options, &tally);
        }
        match tally.fault {
            None => {
                let plan = Plan::default_alphabet(text, options, &tally);
                Self::planned(text, plan, Reason::DefaultAlphabet)
            }
            Some(fault) => {
                let plan = Plan::ucs2(text, options, &tally);
                Self::planned(text, plan, Reason::Unmappable(fault)).forced(Some(fault))
            }
        }
    }

    fn with_national_tables(text: &'a str, options: SegmentOptions<'a>, tally: &Tally) -> Self {
        let ucs2 = Plan::ucs2(text, options, tally);
        match Plan::cheapest(text, options, tally) {
            Ok(gsm7) if gsm7.shape.alphabet == Some(Alphabet::DEFAULT) => {
                Self::planned(text, gsm7, Reason::DefaultAlphabet)
            }
            Ok(gsm7) if tally.fault.is_none() || gsm7.count.segments < ucs2.count.segments => {
                Self::planned(text, gsm7, Reason::NationalTables)
            }
            Ok(_) => Self::planned(text, ucs2, Reason::NotCheaper),
            Err(_) => match Unmappables::new(text, options.get_national_tables()).next() {
                None => Self::planned(text, ucs2, Reason::NoSinglePair),
                Some(fault) => {
                    Self::planned(text, ucs2, Reason::Unmappable(fault)).forced(Some(fault))
                }
            },
        }
    }

    /// Counts a text in the encoding demanded.
    ///
    /// # Errors
    ///
    /// Where GSM-7 is demanded and cannot be: the first character outside the default alphabet and
    /// every allowed table; where there is none, since no single pair of tables holds the whole
    /// text, the character at which the pair that reaches furthest gives up.
    ///
    /// ```
    /// use septet::{Encoding, Message, SegmentOptions};
    /// let options = SegmentOptions::new();
    /// assert_eq!(Message::try_with_encoding("plain", options, Encoding::Ucs2)?.units(), 5);
    /// let refused = Message::try_with_encoding("it’s", options, Encoding::Gsm7).unwrap_err();
    /// assert_eq!((refused.character(), refused.at()), ('’', 2));
    /// # Ok::<_, septet::Unmappable>(())
    /// ```
    pub fn try_with_encoding(
        text: &'a str,
        options: SegmentOptions<'a>,
        encoding: Encoding,
    ) -> Result<Self, Unmappable> {
        let tally = tally(text);
        let tables = options.get_national_tables();
        if encoding == Encoding::Ucs2 {
            let forced_by = match tally.fault {
                Some(_) => Unmappables::new(text, tables).next(),
                None => None,
            };
            return Ok(
                Self::planned(text, Plan::ucs2(text, options, &tally), Reason::Demanded)
                    .forced(forced_by),
            );
        }
        match Plan::cheapest(text, options, &tally) {
            Ok(plan) => Ok(Self::planned(text, plan, Reason::Demanded)),
            Err(gives_up) => Err(Unmappables::new(text, tables).next().unwrap_or(gives_up)),
        }
    }

    #[inline]
    const fn planned(text: &'a str, plan: Plan<'a>, reason: Reason) -> Self {
        Self {
            text,
            shape: plan.shape,
            units: plan.units,
            count: plan.count,
            reason,
            forced_by: None,
        }
    }

    #[inline]
    const fn forced(mut self, forced_by: Option<Unmappable>) -> Self {
        self.forced_by = forced_by;
        self
    }

    /// Returns the text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// Returns the options it was counted with.
    #[must_use]
    pub const fn options(&self) -> SegmentOptions<'a> {
        self.shape.options()
    }

    /// Returns the encoding.
    #[must_use]
    pub const fn encoding(&self) -> Encoding {
        self.shape.encoding()
    }

    /// Returns why it is this encoding.
    #[must_use]
    pub const fn reason(&self) -> Reason {
        self.reason
    }

    /// Returns the tables in force, or `None` under UCS-2.
    ///
    /// ```
    /// use septet::{Message, NationalLanguage, NationalTables, SegmentOptions};
    /// let options = SegmentOptions::new().national_tables(NationalTables::ALL);
    /// let text = "doğru ".repeat(20);
    /// let sms = Message::with_options(&text, options);
    /// assert_eq!(sms.alphabet().and_then(|alphabet| alphabet.locking()), Some(NationalLanguage::Turkish));
    /// ```
    #[must_use]
    pub const fn alphabet(&self) -> Option<Alphabet> {
        self.shape.alphabet
    }

    /// Returns the units of the text: septets or code units, as [`encoding`](Self::encoding) says.
    /// Headers are not counted.
    #[must_use]
    #[doc(alias("length", "character count"))]
    pub const fn units(&self) -> usize {
        self.units
    }

    /// Returns how many segments the text needs, 1 for an empty one. Counts beyond 255 too, where
    /// [`segments`](Self::segments) is an error.
    #[must_use]
    #[doc(alias = "parts")]
    pub const fn segment_count(&self) -> usize {
        self.count.segments
    }

    /// Returns the units that are free in the last segment.
    ///
    /// Under [`Cut::Word`] the whole text is cut to find out, each time; beyond 255 segments, where word cuts
    /// end, the answer is that of scalar cuts.
    ///
    /// ```
    /// assert_eq!(septet::Message::new("Your code is 482913").free_units(), 141);
    /// ```
    #[must_use]
    pub fn free_units(&self) -> usize {
        let words = matches!(self.options().get_cut(), Cut::Word) && self.count.segments > 1;
        let last = if words {
            self.segments().ok().and_then(Iterator::last)
        } else {
            None
        };
        last.map_or(self.count.free, |segment| segment.free_units())
    }

    /// Returns the units that one segment of this message holds: of a message of several segments,
    /// behind the header that joins them.
    ///
    /// ```
    /// use septet::Message;
    /// assert_eq!(Message::new(&"a".repeat(160)).segment_capacity(), 160);
    /// assert_eq!(Message::new(&"a".repeat(161)).segment_capacity(), 153);
    /// ```
    #[must_use]
    pub const fn segment_capacity(&self) -> usize {
        self.shape.capacity(self.count.segments)
    }

    /// Returns the octets of each segment's header, its length octet included; 0 where there is
    /// none.
    #[must_use]
    pub const fn header_octets(&self) -> usize {
        self.shape.header_octets(self.count.segments)
    }

    /// Returns the first character outside the default alphabet and every allowed table. There is
    /// none under GSM-7, and there can be none under UCS-2: [`reason`](Self::reason) says why then.
    #[must_use]
    pub const fn forced_by(&self) -> Option<Unmappable> {
        self.forced_by
    }

    /// Returns every character outside the default alphabet and every allowed table, in order.
    ///
    /// ```
    /// let sms = septet::Message::new("“It’s”");
    /// let blame: String = sms.unmappables().map(|blame| blame.character()).collect();
    /// assert_eq!(blame, "“’”");
    /// ```
    #[must_use]
    pub fn unmappables(&self) -> Unmappables<'a> {
        // Where there is no first one there are no others.
        let text = if self.forced_by.is_some() {
            self.text
        } else {
            ""
        };
        Unmappables::new(text, self.options().get_national_tables())
    }

    /// Returns the segments, which borrow the text and not this value.
    ///
    /// # Errors
    ///
    /// Where the text needs more than 255 segments.
    ///
    /// ```
    /// let text = "👋".repeat(36);
    /// let units: Vec<usize> = septet::Message::new(&text).segments()?.map(|segment| segment.units()).collect();
    /// assert_eq!(units, [66, 6]); // no surrogate pair is cut: the 67th unit stays free
    /// # Ok::<_, septet::TooManySegments>(())
    /// ```
    pub fn segments(&self) -> Result<Segments<'a>, TooManySegments> {
        Segments::new(self.text, self.shape, self.units, self.count.segments)
    }
}

/// Shows lengths and kinds, no text.
impl fmt::Debug for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message")
            .field("text_bytes", &self.text.len())
            .field("encoding", &self.encoding())
            .field("units", &self.units)
            .field("segment_count", &self.count.segments)
            .finish_non_exhaustive()
    }
}

/// A way to send a text, and what it costs.
#[derive(Clone, Copy)]
struct Plan<'a> {
    shape: Shape<'a>,
    units: usize,
    /// Whether some character costs two units.
    pairs: bool,
    count: Count,
}

impl<'a> Plan<'a> {
    #[inline]
    fn new(text: &str, shape: Shape<'a>, units: usize, pairs: bool) -> Self {
        Self {
            shape,
            units,
            pairs,
            count: shape.count(text, units, pairs),
        }
    }

    #[inline]
    fn ucs2(text: &str, options: SegmentOptions<'a>, tally: &Tally) -> Self {
        Self::new(
            text,
            Shape::new(None, options),
            tally.code_units,
            tally.surrogate_pairs > 0,
        )
    }

    /// For a text without fault.
    #[inline]
    fn default_alphabet(text: &str, options: SegmentOptions<'a>, tally: &Tally) -> Self {
        Self::new(
            text,
            Shape::new(Some(Alphabet::DEFAULT), options),
            tally.septets,
            tally.shifted > 0,
        )
    }

    /// The cheapest pair of allowed tables that holds the whole text: fewest segments, then the
    /// smallest header, then fewest units, then the lowest language identifiers, locking first.
    /// The error is the character at which the pair that reaches furthest gives up.
    ///
    /// Units depend on the locking table alone, and so do the segments, but for the room that a
    /// second shift element takes. So each locking table needs two trials at most: with the
    /// extension table, and with the first single shift table that serves. (Not one: with whole
    /// clusters, less room can mean fewer segments.)
    fn cheapest(
        text: &str,
        options: SegmentOptions<'a>,
        tally: &Tally,
    ) -> Result<Self, Unmappable> {
        let default = match tally.fault {
            None => Ok(Self::default_alphabet(text, options, tally)),
            Some(fault) => Err(fault),
        };
        let tables = options.get_national_tables();
        // Where all units are single no pair needs fewer, none has a smaller header, and more room
        // means no more segments: of such characters only CR LF is a cluster, which fits any.
        let is_cheapest = |plan: &Self| plan.count.segments == 1 || !plan.pairs;
        if tables.is_empty() || default.as_ref().is_ok_and(is_cheapest) {
            return default;
        }
        let survey = Survey::of(text, tables)?;
        let trials = tables
            .locking_set()
            .iter()
            .zip(survey.locking)
            .flat_map(|(locking, held)| {
                let extension = held.singles.has(None).then_some(None);
                let national = held.singles.iter().find(|table| table.is_some());
                extension
                    .into_iter()
                    .chain(national)
                    .map(move |single_shift| {
                        let alphabet = Alphabet::new(locking, single_shift);
                        let units = 2 * survey.characters - held.characters;
                        let pairs = held.characters < survey.characters;
                        Self::new(text, Shape::new(Some(alphabet), options), units, pairs)
                    })
            });
        let cheapest = trials.min_by_key(|plan| {
            let alphabet = plan.shape.alphabet.unwrap_or_default();
            let identifier =
                |table: Option<NationalLanguage>| table.map_or(0, NationalLanguage::identifier);
            (
                plan.count.segments,
                plan.shape.header_octets(plan.count.segments),
                plan.units,
                identifier(alphabet.locking()),
                identifier(alphabet.single_shift()),
            )
        });
        cheapest.map_or(default, Ok)
    }
}

/// What each allowed locking table makes of a text.
struct Survey {
    /// Of the whole text.
    characters: usize,
    /// In the order of [`TableSet::iter`].
    locking: [Held; NationalLanguage::ALL.len() + 1],
}

/// A locking table's share of a text, and the single shift tables that hold all the rest.
#[derive(Clone, Copy)]
struct Held {
    characters: usize,
    singles: TableSet,
}

impl Survey {
    /// Looks at every character once. The error is where no pair of tables is left.
    fn of(text: &str, tables: NationalTables) -> Result<Self, Unmappable> {
        let unseen = Held {
            characters: 0,
            singles: tables.single_shift_set(),
        };
        let mut survey = Self {
            characters: 0,
            locking: [unseen; NationalLanguage::ALL.len() + 1],
        };
        let allowed = tables.locking_set();
        for (at, character) in text.char_indices() {
            survey.characters += 1;
            let (locking, singles) = memberships(character);
            let mut left = false;
            for (table, held) in allowed.iter().zip(&mut survey.locking) {
                if locking.has(table) {
                    held.characters += 1;
                } else {
                    held.singles = held.singles.intersection(singles);
                }
                left |= !held.singles.is_empty();
            }
            if !left {
                return Err(Unmappable::new(character, at, tables.any_holds(character)));
            }
        }
        Ok(survey)
    }
}

#[cfg(feature = "serde")]
mod data {
    use super::{Alphabet, Encoding, Message, Reason, Unmappable};

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Counts {
        encoding: Encoding,
        alphabet: Option<Alphabet>,
        units: usize,
        segment_count: usize,
        segment_capacity: usize,
        header_octets: usize,
        free_units: usize,
        reason: Reason,
        forced_by: Option<Unmappable>,
    }

    /// Writes the encoding and the counts, not the text. What [`Message::free_units`] costs, this
    /// does.
    impl serde::Serialize for Message<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let counts = Counts {
                encoding: self.encoding(),
                alphabet: self.alphabet(),
                units: self.units(),
                segment_count: self.segment_count(),
                segment_capacity: self.segment_capacity(),
                header_octets: self.header_octets(),
                free_units: self.free_units(),
                reason: self.reason(),
                forced_by: self.forced_by(),
            };
            counts.serialize(serializer)
        }
    }
}
