//! Which segments make up a message, and what does it say?

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::characters::{CodeUnitReader, Gsm7Decoder};
use super::data_coding::{Coding, DataCoding};
use super::deviation::{Deviation, Forgiven, Log};
use super::header::{ApplicationPorts, ConcatenationElement, UserDataHeader};
use super::received::{Decoded, NotText, ReceivedUserData, StrictError};
use crate::alphabet::Alphabet;

/// What a [`Reassembler`] keeps, and for how long.
///
/// ```
/// use septet::ReassemblyLimits;
/// const DAY: u64 = 24 * 60 * 60 * 1000;
/// let limits = ReassemblyLimits::new().lifetime_ms(3 * DAY).max_octets(64 << 20);
/// # let _ = limits;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReassemblyLimits {
    lifetime_ms: u64,
    remember_ms: u64,
    max_octets: usize,
}

impl ReassemblyLimits {
    /// What a stored segment counts for beside its octets.
    pub const SEGMENT_OVERHEAD: usize = 128;

    /// Creates the defaults: a day for what is incomplete, ten minutes for what is complete, and a
    /// mebioctet.
    #[must_use]
    pub const fn new() -> Self {
        const MINUTE_MS: u64 = 60 * 1000;
        Self {
            lifetime_ms: 24 * 60 * MINUTE_MS,
            remember_ms: 10 * MINUTE_MS,
            max_octets: 1 << 20,
        }
    }

    /// Sets how long an incomplete set is kept, in milliseconds from its first segment. References
    /// are used again: hours to days are usual.
    #[must_use]
    pub const fn lifetime_ms(mut self, lifetime_ms: u64) -> Self {
        self.lifetime_ms = lifetime_ms;
        self
    }

    /// Sets how long a complete set is remembered, in milliseconds from its first segment, so that a
    /// segment which comes again is known as a duplicate and does not wait for the next message with
    /// its reference. A message that is sent again word for word with the same reference within that
    /// time is taken for a duplicate; 0 remembers nothing.
    #[must_use]
    pub const fn remember_ms(mut self, remember_ms: u64) -> Self {
        self.remember_ms = remember_ms;
        self
    }

    /// Sets how many octets of sets are kept, each segment counted with
    /// [`SEGMENT_OVERHEAD`](Self::SEGMENT_OVERHEAD) more. Memory that a sender key owns is not
    /// counted.
    ///
    /// When it is reached, complete sets are forgotten, then the sets that began first are given up,
    /// and handed back. The set that
    /// the latest segment belongs to is kept even if it alone is larger, at most 255 segments.
    #[must_use]
    pub const fn max_octets(mut self, max_octets: usize) -> Self {
        self.max_octets = max_octets;
        self
    }
}

impl ReassemblyLimits {
    fn is_over(self, set: &Set, now_ms: u64) -> bool {
        let kept_ms = if set.complete {
            self.remember_ms
        } else {
            self.lifetime_ms
        };
        now_ms.saturating_sub(set.began_ms) >= kept_ms
    }
}

impl Default for ReassemblyLimits {
    fn default() -> Self {
        Self::new()
    }
}

/// Joins the segments of concatenated messages, in whatever order they come.
///
/// `S` tells senders apart: the address, with its type where that is known, and what else keeps
/// their references from meeting. A set is the segments of one sender with the same reference,
/// reference width and total. Time is the caller's, in milliseconds since any fixed moment.
///
/// Nothing is dropped in silence: what expires, is evicted, or makes room for a reference used
/// again is handed back with the segments that came. A completed set is remembered
/// for a while, so that its segments are known when they come again: see
/// [`ReassemblyLimits::remember_ms`].
///
/// ```
/// use septet::{Message, Outcome, Reassembler, ReassemblyLimits, ReceivedUserData, UserData};
/// let text = "word ".repeat(50);
/// let mut segments: Vec<_> = Message::new(&text).segments()?.collect();
/// segments.reverse();
/// let mut reassembler = Reassembler::new(ReassemblyLimits::new());
/// let mut read = None;
/// for segment in &segments {
///     let user_data = UserData::encode(segment, 7)?;
///     let arrival = reassembler.push("sender", ReceivedUserData::from(&user_data), 0);
///     if let Outcome::Complete(message) = arrival.outcome {
///         read = Some(message.decode()?.into_text());
///     }
/// }
/// assert_eq!(read.as_deref(), Some(text.as_str()));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[doc(alias = "multipart")]
pub struct Reassembler<S> {
    limits: ReassemblyLimits,
    sets: BTreeMap<Key<S>, Set>,
    /// The keys by age.
    ages: BTreeMap<u64, Key<S>>,
    next_age: u64,
    /// Of incomplete sets.
    octets: usize,
    /// Ages of complete sets.
    remembered: BTreeSet<u64>,
    remembered_octets: usize,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key<S> {
    sender: S,
    reference: u16,
    bits: u8,
    total: u8,
}

#[derive(Clone)]
struct Set {
    age: u64,
    began_ms: u64,
    octets: usize,
    /// Whether all segments came and were handed out: it is only remembered then.
    complete: bool,
    /// By sequence number.
    segments: Vec<StoredSegment>,
}

impl Set {
    /// Where the segment of a sequence number is, or where it would be.
    fn find(&self, sequence: u8) -> Result<usize, usize> {
        self.segments
            .binary_search_by_key(&sequence, StoredSegment::sequence)
    }
}

/// With the default limits.
impl<S: Ord + Clone> Default for Reassembler<S> {
    fn default() -> Self {
        Self::new(ReassemblyLimits::new())
    }
}

impl<S: Ord + Clone> Reassembler<S> {
    /// Creates a reassembler with nothing in it.
    #[must_use]
    pub const fn new(limits: ReassemblyLimits) -> Self {
        Self {
            limits,
            sets: BTreeMap::new(),
            ages: BTreeMap::new(),
            next_age: 0,
            octets: 0,
            remembered: BTreeSet::new(),
            remembered_octets: 0,
        }
    }

    /// Takes a segment and says what came of it.
    ///
    /// A segment without a place in a concatenated message, or of a total of 1, is complete at
    /// once. One that is there already with the same content is a duplicate; with different
    /// content, the reference was used again: the old set is given up and a new one begins.
    pub fn push(&mut self, sender: S, segment: ReceivedUserData<'_>, now_ms: u64) -> Arrival<S> {
        let stored = StoredSegment::new(&segment);
        let Some(place) = segment.concatenation().filter(|place| place.total() > 1) else {
            let message = Assembled {
                segments: alloc::vec![stored],
            };
            return Arrival::new(Outcome::Complete(message), Vec::new());
        };
        let (reference, bits, total) = (place.reference(), place.bits(), place.total());
        let key = Key {
            sender,
            reference,
            bits,
            total,
        };
        let mut given_up = Vec::new();
        if let Some(set) = self.sets.get(&key) {
            let known = set
                .find(place.sequence())
                .ok()
                .and_then(|at| set.segments.get(at));
            if self.limits.is_over(set, now_ms) {
                given_up.extend(self.give_up(set.age, GivenUp::Expired));
            } else if known.is_some_and(|known| *known == stored) {
                return Arrival::new(Outcome::Duplicate, given_up);
            } else if known.is_some() {
                given_up.extend(self.give_up(set.age, GivenUp::ReferenceReused));
            }
        }
        let next_age = &mut self.next_age;
        let ages = &mut self.ages;
        let set = self.sets.entry(key).or_insert_with_key(|key| {
            let age = *next_age;
            *next_age += 1;
            ages.insert(age, key.clone());
            Set {
                age,
                began_ms: now_ms,
                octets: 0,
                complete: false,
                segments: Vec::new(),
            }
        });
        let octets = stored.octets.len() + ReassemblyLimits::SEGMENT_OVERHEAD;
        // The place is free: a set in which it was taken has been given up.
        if let Err(at) = set.find(place.sequence()) {
            set.segments.insert(at, stored);
            set.octets += octets;
            self.octets += octets;
        }
        let age = set.age;
        let outcome = if set.segments.len() == usize::from(total) {
            set.complete = true;
            self.octets -= set.octets;
            self.remembered_octets += set.octets;
            self.remembered.insert(age);
            Outcome::Complete(Assembled {
                segments: set.segments.clone(),
            })
        } else {
            Outcome::Stored
        };
        if self.limits.remember_ms == 0 {
            self.forget();
        }
        while self.octets + self.remembered_octets > self.limits.max_octets {
            if self.forget() {
                continue;
            }
            let Some(oldest) = self.ages.keys().copied().find(|other| *other != age) else {
                break;
            };
            let Some((key, set)) = self.remove(oldest) else {
                break;
            };
            let over = self.limits.is_over(&set, now_ms);
            let cause = if over {
                GivenUp::Expired
            } else {
                GivenUp::Evicted
            };
            given_up.push(Incomplete::new(key, set, cause));
        }
        Arrival::new(outcome, given_up)
    }

    /// Gives up the sets whose lifetime is over, oldest first. Call it now and then: nothing else
    /// looks at sets that no segment comes for.
    ///
    /// ```
    /// use septet::{GivenUp, Reassembler, ReassemblyLimits, ReceivedUserData};
    /// let mut reassembler = Reassembler::new(ReassemblyLimits::new().lifetime_ms(1000));
    /// let octets = [0x05, 0x00, 0x03, 0xA5, 0x02, 0x01, b'H', b'i'];
    /// let first = ReceivedUserData::unpacked(0, true, &octets)?;
    /// let _ = reassembler.push("sender", first, 0);
    /// let expired = reassembler.expire(1000);
    /// assert_eq!(expired[0].cause(), GivenUp::Expired);
    /// assert_eq!(expired[0].decode()?.text(), "Hi");
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    pub fn expire(&mut self, now_ms: u64) -> Vec<Incomplete<S>> {
        let limits = self.limits;
        self.give_up_where(GivenUp::Expired, |set| limits.is_over(set, now_ms))
    }

    /// Gives up all sets, oldest first, as at the end of an input.
    pub fn drain(&mut self) -> Vec<Incomplete<S>> {
        self.give_up_where(GivenUp::Drained, |_| true)
    }

    /// Returns how many incomplete sets there are.
    #[must_use]
    pub fn pending_sets(&self) -> usize {
        self.sets.len() - self.remembered.len()
    }

    /// Returns the octets of incomplete sets, as they count against
    /// [`ReassemblyLimits::max_octets`].
    #[must_use]
    pub const fn pending_octets(&self) -> usize {
        self.octets
    }

    fn give_up_where(&mut self, cause: GivenUp, over: impl Fn(&Set) -> bool) -> Vec<Incomplete<S>> {
        let is_over = |key| self.sets.get(key).is_some_and(&over);
        let over = self
            .ages
            .iter()
            .filter(|(_, key)| is_over(*key))
            .map(|(age, _)| *age);
        let over: Vec<u64> = over.collect();
        over.into_iter()
            .filter_map(|age| self.give_up(age, cause))
            .collect()
    }

    /// Takes a set out. One that is complete was handed out already, and is only forgotten.
    fn give_up(&mut self, age: u64, cause: GivenUp) -> Option<Incomplete<S>> {
        let (key, set) = self.remove(age)?;
        (!set.complete).then(|| Incomplete::new(key, set, cause))
    }

    /// Forgets the complete set that began first, if there is any.
    fn forget(&mut self) -> bool {
        let oldest = self.remembered.first().copied();
        oldest.is_some_and(|age| self.remove(age).is_some())
    }

    fn remove(&mut self, age: u64) -> Option<(Key<S>, Set)> {
        let key = self.ages.remove(&age)?;
        let set = self.sets.remove(&key)?;
        if self.remembered.remove(&age) {
            self.remembered_octets -= set.octets;
        } else {
            self.octets -= set.octets;
        }
        Some((key, set))
    }
}

/// Shows how much is there, no text and no sender.
impl<S> fmt::Debug for Reassembler<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reassembler")
            .field("limits", &self.limits)
            .field("sets", &self.sets.len())
            .field("pending_octets", &self.octets)
            .finish()
    }
}

/// What came of a segment, and which sets were given up for it.
#[derive(Debug)]
#[non_exhaustive]
#[must_use = "a message may be complete, and sets may have been given up"]
pub struct Arrival<S> {
    /// What came of the segment.
    pub outcome: Outcome,
    /// Sets that are not waited for any longer.
    pub given_up: Vec<Incomplete<S>>,
}

impl<S> Arrival<S> {
    const fn new(outcome: Outcome, given_up: Vec<Incomplete<S>>) -> Self {
        Self { outcome, given_up }
    }
}

/// What came of a segment.
#[derive(Debug)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a segment completes a message, waits, or is there already"
)]
pub enum Outcome {
    /// All segments of the message are there.
    Complete(Assembled),
    /// Others are still missing.
    Stored,
    /// The same segment is there already, or was in a message that is complete.
    Duplicate,
}

/// A segment that waits for others, or did.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSegment {
    data_coding: DataCoding,
    coding: Coding,
    alphabet: Alphabet,
    concatenation: Option<ConcatenationElement>,
    ports: Option<ApplicationPorts>,
    forgiven: Forgiven,
    /// Septets one an octet, or the octets behind the header.
    octets: Vec<u8>,
}

impl StoredSegment {
    fn new(received: &ReceivedUserData<'_>) -> Self {
        let (coding, octets) = received.stored();
        Self {
            data_coding: received.data_coding(),
            coding,
            alphabet: received.alphabet(),
            concatenation: received.concatenation(),
            ports: received.header().and_then(UserDataHeader::ports),
            forgiven: received.forgiven(),
            octets,
        }
    }

    /// Returns the place in the message: from 1, or 1 for a message of one segment.
    #[must_use]
    pub fn sequence(&self) -> u8 {
        self.concatenation.map_or(1, ConcatenationElement::sequence)
    }

    /// Returns the data coding scheme.
    #[must_use]
    pub const fn data_coding(&self) -> DataCoding {
        self.data_coding
    }

    /// Returns the application ports of the header.
    #[must_use]
    pub const fn ports(&self) -> Option<ApplicationPorts> {
        self.ports
    }

    /// Returns what stood behind the header: for GSM-7 one septet an octet, else the octets as they
    /// came, compressed ones too.
    #[must_use]
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// Whether another segment is the next one, in the same coding.
    fn is_continued_by(&self, next: &Self) -> bool {
        self.coding == next.coding && self.sequence().checked_add(1) == Some(next.sequence())
    }

    /// Reads the text of this segment alone.
    ///
    /// # Errors
    ///
    /// As [`Assembled::decode`].
    pub fn decode(&self) -> Result<Decoded, NotText> {
        decode(core::slice::from_ref(self))
    }
}

/// Shows lengths and kinds, no text.
impl fmt::Debug for StoredSegment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredSegment")
            .field("sequence", &self.sequence())
            .field("coding", &self.coding)
            .field("octets", &self.octets.len())
            .finish()
    }
}

/// A message with all its segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assembled {
    segments: Vec<StoredSegment>,
}

impl Assembled {
    /// Returns the concatenation element of the first segment; none where the message came in one.
    #[must_use]
    pub fn concatenation(&self) -> Option<ConcatenationElement> {
        self.segments
            .first()
            .and_then(|segment| segment.concatenation)
    }

    /// Returns the segments by rising sequence number.
    #[must_use]
    pub fn segments(&self) -> &[StoredSegment] {
        &self.segments
    }

    /// Reads the text: septets segment by segment, each with its own tables, an escape at the end
    /// of one carried over to the next; UCS-2 from the joined octets, so that a surrogate pair that
    /// was cut is whole again.
    ///
    /// # Errors
    ///
    /// Where a segment is compressed or holds 8-bit data.
    pub fn decode(&self) -> Result<Decoded, NotText> {
        decode(&self.segments)
    }

    /// Reads the text, forgiving nothing.
    ///
    /// # Errors
    ///
    /// As [`decode`](Self::decode), and the first deviation found, at its offset in the
    /// [`octets`](StoredSegment::octets) of all segments, joined.
    pub fn decode_strict(&self) -> Result<String, StrictError> {
        let (text, log) = read(&self.segments)?;
        log.first()
            .map_or(Ok(text), |deviation| Err(deviation.into()))
    }

    /// Returns the application ports of the first segment: a message that has any is for a program.
    #[must_use]
    pub fn ports(&self) -> Option<ApplicationPorts> {
        self.segments.first().and_then(StoredSegment::ports)
    }

    /// Returns what was forgiven in the segments before any text was read.
    #[must_use]
    pub fn forgiven(&self) -> Forgiven {
        let forgiven = self.segments.iter().map(|segment| segment.forgiven);
        forgiven.fold(Forgiven::default(), Forgiven::union)
    }

    /// Returns the joined octets, where all segments hold 8-bit data.
    #[must_use]
    pub fn data(&self) -> Option<Vec<u8>> {
        let data = |segment: &StoredSegment| {
            segment.coding == Coding::Data && !segment.data_coding.is_compressed()
        };
        let all = self.segments.iter().all(data);
        all.then(|| {
            self.segments
                .iter()
                .flat_map(|segment| &segment.octets)
                .copied()
                .collect()
        })
    }
}

fn decode(segments: &[StoredSegment]) -> Result<Decoded, NotText> {
    read(segments).map(|(text, log)| Decoded {
        text,
        forgiven: log.forgiven(),
    })
}

/// Reads segments by rising sequence number, some of which may be missing.
fn read(segments: &[StoredSegment]) -> Result<(String, Log), NotText> {
    if segments
        .iter()
        .any(|segment| segment.data_coding.is_compressed())
    {
        return Err(NotText::Compressed);
    }
    if segments
        .iter()
        .any(|segment| segment.coding == Coding::Data)
    {
        return Err(NotText::Data);
    }
    let mut text = String::new();
    let mut log = Log::default();
    let mut start = 0;
    for run in segments.chunk_by(StoredSegment::is_continued_by) {
        let run_start = start;
        let mut decoder = Gsm7Decoder::new(Alphabet::DEFAULT);
        let mut octets = Vec::new();
        for segment in run {
            segment
                .forgiven
                .iter()
                .for_each(|deviation| log.note(deviation, start));
            if segment.coding == Coding::Ucs2 {
                if !octets.len().is_multiple_of(2) {
                    // Half a code unit at the end of a segment: read with the next one's first half.
                    log.note(Deviation::OddOctet, start - 1);
                }
                octets.extend_from_slice(&segment.octets);
            } else {
                decoder.next_segment(segment.alphabet, &mut log);
                for (at, septet) in segment.octets.iter().enumerate() {
                    text.extend(decoder.push(*septet, start + at, &mut log));
                }
            }
            start += segment.octets.len();
        }
        text.extend(decoder.finish(&mut log));
        let mut code_units = CodeUnitReader {
            octets: &octets,
            offset: run_start,
        };
        text.extend(core::iter::from_fn(|| code_units.next(&mut log)));
    }
    Ok((text, log))
}

/// Why a set was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum GivenUp {
    /// Its lifetime was over.
    Expired,
    /// It made room: it had begun before all others.
    Evicted,
    /// A segment came with the sequence number of another and different content.
    ReferenceReused,
    /// The caller drained the reassembler.
    Drained,
}

/// A set that is not waited for any longer, with the segments that came.
#[derive(Clone, PartialEq, Eq)]
pub struct Incomplete<S> {
    sender: S,
    cause: GivenUp,
    segments: Vec<StoredSegment>,
}

impl<S> Incomplete<S> {
    /// Reads what text there is: segments that follow each other are joined, missing ones leave no
    /// mark.
    ///
    /// # Errors
    ///
    /// As [`Assembled::decode`].
    pub fn decode(&self) -> Result<Decoded, NotText> {
        decode(&self.segments)
    }

    fn new(key: Key<S>, set: Set, cause: GivenUp) -> Self {
        Self {
            sender: key.sender,
            cause,
            segments: set.segments,
        }
    }

    /// Returns the sender key.
    #[must_use]
    pub const fn sender(&self) -> &S {
        &self.sender
    }

    /// Returns why it was given up.
    #[must_use]
    pub const fn cause(&self) -> GivenUp {
        self.cause
    }

    /// Returns the concatenation element of the first segment that came, by sequence number.
    #[must_use]
    pub fn concatenation(&self) -> Option<ConcatenationElement> {
        self.segments
            .first()
            .and_then(|segment| segment.concatenation)
    }

    /// Returns the segments that came, by rising sequence number.
    #[must_use]
    pub fn segments(&self) -> &[StoredSegment] {
        &self.segments
    }
}

/// Shows lengths and kinds, no text and no sender.
impl<S> fmt::Debug for Incomplete<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incomplete")
            .field("cause", &self.cause)
            .field("segments", &self.segments)
            .finish_non_exhaustive()
    }
}
