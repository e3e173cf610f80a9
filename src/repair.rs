//! What can be written in place of a character that forces UCS-2, and what does that save?
//!
//! A text is never changed: what is found here are suggestions, each with its place and its price.
//!
//! ```
//! use septet::{Encoding, SegmentOptions, repair};
//! let text = format!("It’s {}", "a".repeat(100)); // UCS-2, 105 code units: 2 segments
//! let repairs = repair::repairs(&text, SegmentOptions::new());
//! let best = &repairs[0];
//! assert_eq!((best.segments_before(), best.segments_after()), (2, 1));
//! assert_eq!((best.encoding_after(), best.is_safe()), (Encoding::Gsm7, true));
//! assert_eq!((best.edits()[0].range(), best.edits()[0].replacement()), (2..5, "'"));
//! assert!(best.apply(&text).starts_with("It's a"));
//! ```

mod edits;
mod table;

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::iter::{FusedIterator, once};
use core::ops::Range;

use unicode_normalization::char::{
    canonical_combining_class, compose, decompose_canonical, decompose_compatible,
};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::alphabet::{Alphabet, NationalLanguage, NationalTables, default_cost};
use crate::encoding::Encoding;
use crate::message::Message;
use crate::segment::SegmentOptions;
use edits::Pick;

/// What a replacement loses, least first.
///
/// The safe ones leave the reading as it was; after the others somebody should look.
///
/// ```
/// use septet::repair::Loss;
/// assert!(Loss::Typographic.is_safe() && !Loss::AccentDropped.is_safe());
/// assert!(Loss::Typographic < Loss::AccentDropped);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Loss {
    /// Safe: a character that nothing is seen of was removed, such as a zero width space.
    Invisible,
    /// Safe: a letter and its marks became the one character that they are equivalent to (Unicode
    /// Normalization Form C, UAX #15).
    Composed,
    /// Safe: a typographic twin, such as a straight quotation mark for a curly one.
    Typographic,
    /// Safe: the same reading in another width or shape, such as a fullwidth letter or a ligature.
    Compatibility,
    /// Not safe: a character that nothing is seen of was removed, but that shapes or orders what
    /// stands beside it: a joiner, a mark of direction, a variation selector.
    Shaping,
    /// Not safe: a letter without its accent, stroke or hook: `c` for `ç`, `oe` for `œ`.
    AccentDropped,
    /// Not safe: a sign spelled out, such as `(c)` for `©` and `1/2` for `½`; a superscript that
    /// became an ordinary digit.
    Symbol,
    /// Not safe: another script's letter that looks the same, such as Latin `a` for Cyrillic `а`.
    /// A search for the word no longer finds it.
    Homoglyph,
}

impl Loss {
    /// Every loss, least first.
    ///
    /// ```
    /// assert!(septet::repair::Loss::ALL.is_sorted());
    /// ```
    pub const ALL: &[Self] = &[
        Self::Invisible,
        Self::Composed,
        Self::Typographic,
        Self::Compatibility,
        Self::Shaping,
        Self::AccentDropped,
        Self::Symbol,
        Self::Homoglyph,
    ];

    /// Returns the name that data and the command line use, in kebab-case.
    ///
    /// ```
    /// assert_eq!(septet::repair::Loss::AccentDropped.name(), "accent-dropped");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invisible => "invisible",
            Self::Composed => "composed",
            Self::Typographic => "typographic",
            Self::Compatibility => "compatibility",
            Self::Shaping => "shaping",
            Self::AccentDropped => "accent-dropped",
            Self::Symbol => "symbol",
            Self::Homoglyph => "homoglyph",
        }
    }

    /// Says whether the text reads as before.
    #[must_use]
    pub const fn is_safe(self) -> bool {
        matches!(
            self,
            Self::Invisible | Self::Composed | Self::Typographic | Self::Compatibility
        )
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What can be written in place of a character or cluster, and what that loses.
///
/// ```
/// let dash = septet::repair::replacements('–').remove(0);
/// assert_eq!((dash.text(), dash.loss().name()), ("-", "typographic"));
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Replacement {
    text: Cow<'static, str>,
    loss: Loss,
}

impl Replacement {
    /// Returns the text to write, which may be empty.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what is lost.
    #[must_use]
    pub const fn loss(&self) -> Loss {
        self.loss
    }

    /// Says whether the text reads as before.
    #[must_use]
    pub const fn is_safe(&self) -> bool {
        self.loss.is_safe()
    }

    /// Says whether the default alphabet and its extension table hold the replacement. Of a single
    /// character's replacements they do; of a cluster's there can be one that is only shorter.
    #[must_use]
    pub fn is_gsm7(&self) -> bool {
        is_gsm7(&self.text)
    }
}

/// Shows the length and the loss, no text.
impl fmt::Debug for Replacement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replacement")
            .field("bytes", &self.text.len())
            .field("loss", &self.loss)
            .finish()
    }
}

/// Returns what can be written in place of a character so that GSM-7 holds it, least loss first.
///
/// Nothing for a character that the default alphabet or its extension table holds, and for one that
/// nothing can stand for. Equivalents and accents come from the data of Unicode, the rest from small
/// tables.
///
/// ```
/// use septet::repair::{Loss, replacements};
/// let best = |character| replacements(character).into_iter().next().map(|best| (best.text().to_owned(), best.loss()));
/// assert_eq!(best('…'), Some(("...".to_owned(), Loss::Typographic)));
/// assert_eq!(best('ﬁ'), Some(("fi".to_owned(), Loss::Compatibility)));
/// assert_eq!(best('ç'), Some(("c".to_owned(), Loss::AccentDropped))); // GSM-7 has Ç only
/// assert_eq!(best('é'), None); // GSM-7 has it
/// assert_eq!(best('ж'), None);
/// ```
#[must_use]
pub fn replacements(character: char) -> Vec<Replacement> {
    let mut found = Vec::new();
    if default_cost(character) > 0 {
        return found;
    }
    let listed = [
        (table::TYPOGRAPHIC, Loss::Typographic),
        (table::LETTERS, Loss::AccentDropped),
        (table::SYMBOLS, Loss::Symbol),
        (table::HOMOGLYPHS, Loss::Homoglyph),
    ];
    let removed = [
        (table::INVISIBLE, Loss::Invisible),
        (table::SHAPING, Loss::Shaping),
        (table::ACCENTS, Loss::AccentDropped),
    ];
    for (ranges, loss) in removed {
        if holds(ranges, character) {
            add(&mut found, Cow::Borrowed(""), loss);
        }
    }
    for (rows, loss) in listed {
        if let Some(text) = look_up(rows, character) {
            add(&mut found, Cow::Borrowed(text), loss);
        }
    }
    if found.is_empty()
        && let Some(Replacement { text, loss }) = by_decomposition(character)
    {
        add(&mut found, text, loss);
    }
    found
}

/// Adds a replacement at its rank, unless the same text is there for no greater loss.
fn add(found: &mut Vec<Replacement>, text: Cow<'static, str>, loss: Loss) {
    let rank = found.partition_point(|other| other.loss <= loss);
    if found.iter().take(rank).any(|other| other.text == text) {
        return;
    }
    // Nearly always the only one, of which a long text can have very many.
    found.reserve_exact(1);
    found.insert(rank, Replacement { text, loss });
}

fn look_up(rows: &'static [table::Row], character: char) -> Option<&'static str> {
    let at = rows.binary_search_by_key(&character, |row| row.0).ok()?;
    rows.get(at).map(|row| row.1)
}

fn holds(ranges: &[table::Range], character: char) -> bool {
    let at = ranges.partition_point(|range| range.1 < character);
    ranges.get(at).is_some_and(|range| range.0 <= character)
}

fn is_gsm7(text: &str) -> bool {
    text.chars().all(|character| default_cost(character) > 0)
}

/// The first of a character's replacements.
fn least(character: char) -> Option<Replacement> {
    let mut found = replacements(character);
    (!found.is_empty()).then(|| found.swap_remove(0))
}

/// What the decompositions of a character (UAX #15) make of it: an equivalent, the letter without
/// its marks, or the compatibility form.
fn by_decomposition(character: char) -> Option<Replacement> {
    let mut decomposed = false;
    decompose_compatible(character, |part| decomposed |= part != character);
    if !decomposed {
        return None;
    }
    if once(character).nfc().ne(once(character)) {
        return spell(once(character).nfc(), Loss::Composed);
    }
    if let Some(letter) = without_accents(character) {
        return Some(letter);
    }
    if once(character).nfkc().eq(once(character)) {
        return None;
    }
    let loss = if holds(table::SAME_READING, character) {
        Loss::Compatibility
    } else {
        Loss::Symbol
    };
    // A spacing accent is a space and a mark: without the mark nothing is left of it.
    let mut parts = once(character).nfkc();
    if parts.any(|part| canonical_combining_class(part) != 0) {
        return None;
    }
    spell(once(character).nfkc(), loss)
}

/// Writes each character that GSM-7 does not hold by its first replacement. Ends: what comes from a
/// normal form is its own normal form.
fn spell(characters: impl Iterator<Item = char>, mut loss: Loss) -> Option<Replacement> {
    let mut text = String::new();
    for character in characters {
        if default_cost(character) > 0 {
            text.push(character);
        } else {
            let part = least(character)?;
            text.push_str(part.text());
            loss = loss.max(part.loss());
        }
    }
    let text = Cow::Owned(text);
    Some(Replacement { text, loss })
}

/// The letter with as many of its marks, from the inside, as GSM-7 has: `ü` for `ǜ`, `c` for `ç`.
fn without_accents(character: char) -> Option<Replacement> {
    let mut so_far = None;
    let mut letter = None;
    decompose_canonical(character, |part| {
        let Some(inner) = so_far else {
            (so_far, letter) = (Some(part), Some(part));
            return;
        };
        so_far = compose(inner, part).or(so_far);
        letter = so_far.filter(|letter| default_cost(*letter) > 0).or(letter);
    });
    let letter = letter.filter(|letter| letter.is_alphabetic());
    spell(
        once(letter.filter(|letter| *letter != character)?),
        Loss::AccentDropped,
    )
}

/// Characters of a text that GSM-7 does not hold and that are replaced together: one character, or a
/// base and the marks that belong to it.
///
/// ```
/// let cafe = "cafe\u{301}";
/// let span = septet::repair::spans(cafe).next().unwrap();
/// assert_eq!(span.range(), 3..6);
/// assert_eq!(span.replacements()[0].text(), "é");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Span {
    range: Range<usize>,
    replacements: Vec<Replacement>,
}

impl Span {
    /// Returns where the characters stand, in bytes of the text.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        self.range.start..self.range.end
    }

    /// Returns what can be written instead, least loss first. Where nothing is, or nothing that
    /// [is GSM-7](Replacement::is_gsm7), the text cannot be kept from UCS-2.
    #[must_use]
    pub fn replacements(&self) -> &[Replacement] {
        &self.replacements
    }
}

/// Shows the range and losses, no text.
impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Span")
            .field("range", &self.range)
            .field("replacements", &self.replacements)
            .finish()
    }
}

/// The spans of a text, in order. See [`spans`].
#[derive(Clone)]
pub struct Spans<'a> {
    text: &'a str,
    at: usize,
}

/// Returns the spans of a text that GSM-7 does not hold, in order and apart from each other.
///
/// A base and its combining marks are one span, as Normalization Form C sees them: what composes
/// with anything before it belongs to that.
///
/// ```
/// let ranges: Vec<_> = septet::repair::spans("“a” ж").map(|span| span.range()).collect();
/// assert_eq!(ranges, [0..3, 4..7, 8..10]);
/// ```
#[must_use]
pub const fn spans(text: &str) -> Spans<'_> {
    Spans { text, at: 0 }
}

impl Iterator for Spans<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let rest = self.text.get(self.at..)?;
        let mut start = self.at;
        let mut end = self.text.len();
        let mut forces = false;
        for (at, character) in rest.char_indices() {
            if starts_piece(character) {
                if forces {
                    end = self.at + at;
                    break;
                }
                start = self.at + at;
            }
            forces |= default_cost(character) == 0;
        }
        self.at = end;
        forces.then(|| Span {
            range: start..end,
            replacements: of_piece(self.text.get(start..end).unwrap_or_default()),
        })
    }
}

impl FusedIterator for Spans<'_> {}

/// Shows how much is left, no text.
impl fmt::Debug for Spans<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spans")
            .field("rest_bytes", &(self.text.len() - self.at))
            .finish()
    }
}

/// Whether a text can be cut before this character and each part normalised alone.
fn starts_piece(character: char) -> bool {
    // The first combining mark. Nothing below composes with what stands before it.
    if character < '\u{300}' {
        return true;
    }
    let mut first = None;
    decompose_canonical(character, |part| first = first.or(Some(part)));
    first.is_none_or(|first| {
        canonical_combining_class(first) == 0
            && !matches!(is_nfc_quick(once(first)), IsNormalized::Maybe)
    })
}

/// What can be written for a piece that [`starts_piece`] found.
fn of_piece(piece: &str) -> Vec<Replacement> {
    let mut characters = piece.chars();
    let mut found = match (characters.next(), characters.next()) {
        (Some(character), None) => replacements(character),
        _ => of_cluster(piece),
    };
    // Also where GSM-7 does not hold it: it can be shorter.
    if unicode_normalization::is_nfc(piece) {
        return found;
    }
    add(
        &mut found,
        Cow::Owned(piece.nfc().collect()),
        Loss::Composed,
    );
    found
}

/// What can be written for a base and its marks, other than the composed form.
fn of_cluster(piece: &str) -> Vec<Replacement> {
    let mut found = Vec::new();
    let is_accent = |character: &char| holds(table::ACCENTS, *character);
    let Some((mut spelled, loss)) = spell_base(piece) else {
        // This does not reach GSM-7, but the text gets shorter.
        if piece.nfc().any(|character| is_accent(&character)) {
            let bare = piece.nfc().filter(|character| !is_accent(character));
            add(&mut found, Cow::Owned(bare.collect()), Loss::AccentDropped);
        }
        return found;
    };
    // What is written for the base can compose with the marks.
    let composed: String = spelled.nfc().collect();
    if is_gsm7(&composed) {
        add(&mut found, Cow::Owned(composed), loss);
    } else {
        spelled.retain(|character| !is_accent(&character));
        add(
            &mut found,
            Cow::Owned(spelled),
            loss.max(Loss::AccentDropped),
        );
    }
    found
}

/// Writes what GSM-7 does not hold by its first replacement, but for accents, which stay.
fn spell_base(piece: &str) -> Option<(String, Loss)> {
    let mut spelled = String::new();
    let mut loss = Loss::Composed;
    for character in piece.nfc() {
        if default_cost(character) > 0 || holds(table::ACCENTS, character) {
            spelled.push(character);
        } else {
            let part = least(character)?;
            spelled.push_str(part.text());
            loss = loss.max(part.loss());
        }
    }
    Some((spelled, loss))
}

/// The spans of a text that may be edited, and whether GSM-7 can be reached by them.
struct Survey {
    sites: Vec<Span>,
    /// Whether some character is outside GSM-7 and stays so.
    blocked: bool,
}

impl Survey {
    fn of(text: &str, editable: &[Range<usize>]) -> Self {
        let mut survey = Self {
            sites: Vec::new(),
            blocked: false,
        };
        for span in spans(text) {
            if is_editable(editable, &span.range) {
                survey.add(span);
                continue;
            }
            // Those characters of it that may be edited, each alone.
            let piece = text.get(span.range()).unwrap_or_default();
            let unheld = piece
                .char_indices()
                .filter(|(_, held)| default_cost(*held) == 0);
            for (at, character) in unheld {
                let start = span.range.start + at;
                let range = start..start + character.len_utf8();
                if is_editable(editable, &range) {
                    let replacements = replacements(character);
                    survey.add(Span {
                        range,
                        replacements,
                    });
                } else {
                    survey.blocked = true;
                }
            }
        }
        survey
    }

    fn add(&mut self, span: Span) {
        self.blocked |= !span.replacements.iter().any(Replacement::is_gsm7);
        if !span.replacements.is_empty() {
            self.sites.push(span);
        }
    }
}

/// Whether one of the sorted ranges holds this one.
fn is_editable(editable: &[Range<usize>], range: &Range<usize>) -> bool {
    let at = editable.partition_point(|other| other.end < range.end);
    editable
        .get(at)
        .is_some_and(|other| other.start <= range.start && range.end <= other.end)
}

/// One change to a text: a range of it, and what to write there.
///
/// ```
/// use septet::{SegmentOptions, repair};
/// let repair = repair::to_gsm7("50 %\u{202f}…", SegmentOptions::new()).unwrap();
/// let edits: Vec<_> = repair.edits().iter().map(|edit| (edit.range(), edit.replacement(), edit.saves())).collect();
/// assert_eq!(edits, [(4..7, " ", 0), (7..10, "...", -2)]);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    range: Range<usize>,
    replacement: Replacement,
    saves: isize,
}

impl Edit {
    /// Returns what is replaced, in bytes of the text before any edit.
    #[must_use]
    pub const fn range(&self) -> Range<usize> {
        self.range.start..self.range.end
    }

    /// Returns the text to write there, which may be empty.
    #[must_use]
    pub fn replacement(&self) -> &str {
        self.replacement.text()
    }

    /// Returns what is lost.
    #[must_use]
    pub const fn loss(&self) -> Loss {
        self.replacement.loss()
    }

    /// Says whether the text reads as before.
    #[must_use]
    pub const fn is_safe(&self) -> bool {
        self.replacement.is_safe()
    }

    /// Returns by how many UTF-16 code units the text gets shorter; below 0 it gets longer. What
    /// GSM-7 saves is not in it: that is the doing of all edits together.
    #[must_use]
    pub const fn saves(&self) -> isize {
        self.saves
    }
}

impl Edit {
    /// The same edit of a text in which its range stands elsewhere.
    pub(crate) fn moved_to(&self, range: Range<usize>) -> Self {
        Self {
            range,
            ..self.clone()
        }
    }
}

/// Shows the range, lengths and the loss, no text.
impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Edit")
            .field("range", &self.range)
            .field("replacement_bytes", &self.replacement().len())
            .field("loss", &self.loss())
            .field("saves", &self.saves)
            .finish()
    }
}

/// Edits of one text that go together, and its count before and after.
///
/// ```
/// use septet::{Encoding, SegmentOptions, repair};
/// let text = format!("{}\u{200b}", "ж".repeat(70));
/// let repairs = repair::repairs(&text, SegmentOptions::new());
/// assert_eq!(repairs.len(), 1);
/// assert_eq!((repairs[0].edits().len(), repairs[0].segments_after()), (1, 1));
/// assert_eq!((repairs[0].encoding_after(), repairs[0].units_after()), (Encoding::Ucs2, 70));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct Repair {
    edits: Vec<Edit>,
    unsafe_edits: usize,
    segments_before: usize,
    segments_after: usize,
    encoding_after: Encoding,
    units_after: usize,
}

impl Repair {
    /// Makes the edits and counts again.
    fn counted(
        text: &str,
        survey: &Survey,
        picks: &[Pick],
        options: SegmentOptions<'_>,
        segments_before: usize,
    ) -> Self {
        let edits = picks.iter().filter_map(|pick| {
            let span = survey.sites.get(pick.site)?;
            let replacement = span.replacements.get(pick.replacement)?.clone();
            let before = text.get(span.range())?.encode_utf16().count();
            let after = replacement.text.encode_utf16().count();
            Some(Edit {
                range: span.range(),
                replacement,
                saves: before.cast_signed() - after.cast_signed(),
            })
        });
        let mut repair = Self {
            edits: edits.collect(),
            unsafe_edits: 0,
            segments_before,
            segments_after: 0,
            encoding_after: Encoding::Gsm7,
            units_after: 0,
        };
        let unsafe_edits = repair.edits.iter().filter(|edit| !edit.is_safe());
        repair.unsafe_edits = unsafe_edits.count();
        let after = repair.apply(text);
        let after = Message::with_options(&after, options);
        repair.segments_after = after.segment_count();
        repair.encoding_after = after.encoding();
        repair.units_after = after.units();
        repair
    }

    /// Returns the edits, in the order of the text.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Returns how many of the edits are not safe.
    #[must_use]
    pub const fn unsafe_edits(&self) -> usize {
        self.unsafe_edits
    }

    /// Says whether the text reads as before.
    #[must_use]
    pub const fn is_safe(&self) -> bool {
        self.unsafe_edits == 0
    }

    /// Returns the segments of the text as it is.
    #[must_use]
    pub const fn segments_before(&self) -> usize {
        self.segments_before
    }

    /// Returns the segments of the text after all edits.
    #[must_use]
    pub const fn segments_after(&self) -> usize {
        self.segments_after
    }

    /// Returns the encoding of the text after all edits.
    #[must_use]
    pub const fn encoding_after(&self) -> Encoding {
        self.encoding_after
    }

    /// Returns the units of the text after all edits: septets or code units, as
    /// [`encoding_after`](Self::encoding_after) says.
    #[must_use]
    pub const fn units_after(&self) -> usize {
        self.units_after
    }

    /// Makes the edits. The text is the one that the repair was found for; in another one, what lies
    /// across its characters is left out.
    ///
    /// ```
    /// use septet::{SegmentOptions, repair};
    /// let repair = repair::to_gsm7("“Hi”", SegmentOptions::new()).unwrap();
    /// assert_eq!(repair.apply("“Hi”"), "\"Hi\"");
    /// ```
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut repaired = String::with_capacity(text.len());
        let mut at = 0;
        for edit in &self.edits {
            repaired.push_str(text.get(at..edit.range.start).unwrap_or_default());
            repaired.push_str(edit.replacement());
            at = edit.range.end;
        }
        repaired.push_str(text.get(at..).unwrap_or_default());
        repaired
    }

    /// What is offered first: the fewest segments, then the least loss, the least work, the least
    /// text.
    const fn key(&self) -> (usize, usize, usize, usize) {
        let edits = self.edits.len();
        (
            self.segments_after,
            self.unsafe_edits,
            edits,
            self.units_after,
        )
    }
}

/// Returns the sets of edits that lower a text's segments, the lowest count first; none where
/// nothing lowers it.
///
/// For each count that can be reached it is the set with the fewest unsafe edits, then the fewest
/// edits, then the fewest units; a count is left out where a lower one takes no more than it does.
/// Either every character outside GSM-7 goes, or the text stays in UCS-2 and gets shorter.
///
/// The sets are the best there are, under [`Cut::Scalar`](crate::Cut::Scalar) and
/// [`Cut::Word`](crate::Cut::Word) and without national tables. Under
/// [`Cut::Grapheme`](crate::Cut::Grapheme) and with national tables, sets that are best without them
/// are counted anew, and those that lower the count are offered.
///
/// # Limits
///
/// The search takes at most 4,096 steps a character: with `u` the places where only an unsafe edit
/// shortens the text further and `k` the places where any does, it is exact up to
/// (`u` + 1) × (`k` + 1) = 4,096. Beyond that, and for a text over 255 segments, which cannot be
/// sent, two sets are tried on each way: all safe edits, and all edits.
///
/// ```
/// use septet::{SegmentOptions, repair};
/// // In UCS-2 one edit saves a segment; in GSM-7 four save two.
/// let text = format!("{}’’’\u{200b}", "a".repeat(131));
/// let repairs = repair::repairs(&text, SegmentOptions::new());
/// let offered: Vec<_> = repairs.iter().map(|r| (r.segments_after(), r.edits().len())).collect();
/// assert_eq!(offered, [(1, 4), (2, 1)]);
/// ```
#[must_use]
pub fn repairs(text: &str, options: SegmentOptions<'_>) -> Vec<Repair> {
    repairs_within(text, core::slice::from_ref(&(0..text.len())), options)
}

/// Returns the sets of edits that lower a text's segments and lie within some ranges of it, in bytes,
/// sorted and apart from each other. What is not sorted may be passed over. See [`repairs`].
///
/// A character outside GSM-7 that may not be edited keeps the text in UCS-2. A base and its marks are
/// replaced together only where all of them may be edited.
///
/// ```
/// use septet::{SegmentOptions, repair};
/// let text = format!("{}\u{200b}’", "ж".repeat(70));
/// let range = 140..143; // not the last character
/// let repairs = repair::repairs_within(&text, &[range.clone()], SegmentOptions::new());
/// assert!(repairs.is_empty()); // 71 code units are left
/// ```
#[must_use]
pub fn repairs_within(
    text: &str,
    editable: &[Range<usize>],
    options: SegmentOptions<'_>,
) -> Vec<Repair> {
    let message = Message::with_options(text, options);
    let before = message.segment_count();
    if before == 1 {
        return Vec::new();
    }
    let survey = Survey::of(text, editable);
    let sets = edits::sets(text, &survey, options, message.segments().is_ok());
    let counted = sets
        .iter()
        .map(|picks| Repair::counted(text, &survey, picks, options, before));
    let mut offered: Vec<Repair> = counted
        .filter(|repair| repair.segments_after < before)
        .collect();
    offered.sort_by_key(Repair::key);
    // A set is beaten where no more segments take no more: only a gentler one goes on.
    let mut gentlest = (usize::MAX, usize::MAX);
    offered.retain(|repair| {
        let price = (repair.unsafe_edits, repair.edits.len());
        let better = price < gentlest;
        if better {
            gentlest = price;
        }
        better
    });
    offered
}

/// Returns the edits that bring a text into GSM-7 at the least loss, whether or not they save a
/// segment; none where it is in GSM-7 or cannot be.
///
/// National tables are not thought of: it is the default alphabet that the text is brought into. The
/// options are for the counts.
///
/// ```
/// use septet::{SegmentOptions, repair};
/// let repair = repair::to_gsm7("naïve “façade”", SegmentOptions::new()).unwrap();
/// assert_eq!(repair.apply("naïve “façade”"), "naive \"facade\"");
/// assert_eq!((repair.edits().len(), repair.unsafe_edits()), (4, 2));
/// assert_eq!(repair::to_gsm7("привет", SegmentOptions::new()), None);
/// ```
#[must_use]
pub fn to_gsm7(text: &str, options: SegmentOptions<'_>) -> Option<Repair> {
    to_gsm7_within(text, core::slice::from_ref(&(0..text.len())), options)
}

/// Returns the edits within some ranges of a text, in bytes, sorted and apart from each other, that
/// bring it into GSM-7 at the least loss. See [`to_gsm7`].
///
/// ```
/// use septet::{SegmentOptions, repair};
/// let quoted = 0..3;
/// assert!(repair::to_gsm7_within("’’", &[quoted.clone()], SegmentOptions::new()).is_none());
/// assert!(repair::to_gsm7_within("’a", &[quoted], SegmentOptions::new()).is_some());
/// ```
#[must_use]
pub fn to_gsm7_within(
    text: &str,
    editable: &[Range<usize>],
    options: SegmentOptions<'_>,
) -> Option<Repair> {
    let survey = Survey::of(text, editable);
    if survey.blocked || survey.sites.is_empty() {
        return None;
    }
    let picks = edits::least_loss(&survey);
    let before = Message::with_options(text, options).segment_count();
    Some(Repair::counted(text, &survey, &picks, options, before))
}

/// National tables with which a text needs fewer segments. See [`national_alternatives`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub struct NationalAlternative {
    alphabet: Alphabet,
    segments: usize,
    units: usize,
}

impl NationalAlternative {
    /// Returns the tables that the text would be sent with.
    #[must_use]
    pub const fn alphabet(self) -> Alphabet {
        self.alphabet
    }

    /// Returns what to allow so that the tables are used.
    #[must_use]
    pub const fn tables(self) -> NationalTables {
        let mut tables = NationalTables::NONE;
        if let Some(language) = self.alphabet.locking() {
            tables = tables.allow_locking(language);
        }
        if let Some(language) = self.alphabet.single_shift() {
            tables = tables.allow_single_shift(language);
        }
        tables
    }

    /// Returns the segments of the text with these tables.
    #[must_use]
    pub const fn segments(self) -> usize {
        self.segments
    }

    /// Returns the septets of the text with these tables.
    #[must_use]
    pub const fn units(self) -> usize {
        self.units
    }
}

/// Writes `with the Turkish single shift table: 1 segment`.
///
/// ```
/// use septet::{SegmentOptions, repair};
/// let text = "Doğrulama kodunuzu kimseyle paylaşmayın. ".repeat(3);
/// let alternatives = repair::national_alternatives(&text, SegmentOptions::new());
/// assert_eq!(alternatives[0].to_string(), "with the Turkish locking shift table: 1 segment");
/// ```
impl fmt::Display for NationalAlternative {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = |before: &str, language: NationalLanguage, kind: &str| {
            let mut name = language.name().chars();
            let first = name.next().map(|first| first.to_ascii_uppercase());
            let rest = name.as_str();
            write!(f, "{before}{}{rest} {kind}", first.unwrap_or_default())
        };
        match (self.alphabet.locking(), self.alphabet.single_shift()) {
            (Some(locking), Some(single)) => {
                table("with the ", locking, "locking")?;
                table(" and the ", single, "single shift tables")?;
            }
            (Some(locking), None) => table("with the ", locking, "locking shift table")?,
            (None, Some(single)) => table("with the ", single, "single shift table")?,
            (None, None) => f.write_str("with the default alphabet")?,
        }
        let plural = if self.segments == 1 { "" } else { "s" };
        write!(f, ": {} segment{plural}", self.segments)
    }
}

/// Returns the national tables that would lower a text's segments, best first: each table that does
/// so beside those that the options allow, and the cheapest pair where it needs fewer segments than
/// any of them.
///
/// Best is as in [`Message::with_options`]: the fewest segments, then the smallest header, then the
/// fewest units. Whether phones read the tables is another question.
///
/// ```
/// use septet::{NationalLanguage, SegmentOptions, repair};
/// let text = "Doğrulama kodunuzu kimseyle paylaşmayın. ".repeat(3); // UCS-2: 2 segments
/// let alternatives = repair::national_alternatives(&text, SegmentOptions::new());
/// let best = alternatives[0];
/// assert_eq!((best.alphabet().locking(), best.segments()), (Some(NationalLanguage::Turkish), 1));
/// let single = alternatives[1];
/// assert_eq!((single.alphabet().single_shift(), single.segments()), (Some(NationalLanguage::Turkish), 1));
/// ```
#[must_use]
pub fn national_alternatives(text: &str, options: SegmentOptions<'_>) -> Vec<NationalAlternative> {
    let before = Message::with_options(text, options).segment_count();
    let allowed = options.get_national_tables();
    let with = |tables: NationalTables, below: usize| {
        let message = Message::with_options(text, options.national_tables(tables));
        let alphabet = message.alphabet()?;
        (message.segment_count() < below).then(|| NationalAlternative {
            alphabet,
            segments: message.segment_count(),
            units: message.units(),
        })
    };
    let mut found = Vec::new();
    if before == 1 {
        return found;
    }
    for language in NationalLanguage::ALL {
        found.extend(with(allowed.allow_locking(language), before));
        found.extend(with(allowed.allow_single_shift(language), before));
    }
    let fewest = found.iter().map(|found| found.segments).min();
    found.extend(with(NationalTables::ALL, fewest.unwrap_or(before)));
    let identifier =
        |table: Option<NationalLanguage>| table.map_or(0, NationalLanguage::identifier);
    let key = |found: &NationalAlternative| {
        let alphabet = found.alphabet;
        (
            found.segments,
            alphabet.shift_elements(),
            found.units,
            identifier(alphabet.locking()),
            identifier(alphabet.single_shift()),
        )
    };
    found.sort_by_key(key);
    found.dedup();
    found
}

#[cfg(feature = "serde")]
mod data {
    use core::ops::Range;

    use super::{Edit, Loss, Replacement, Span};

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct EditData<'a> {
        range: Range<usize>,
        replacement: &'a str,
        loss: Loss,
        saves: isize,
    }

    impl serde::Serialize for Edit {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let data = EditData {
                range: self.range(),
                replacement: self.replacement(),
                loss: self.loss(),
                saves: self.saves,
            };
            data.serialize(serializer)
        }
    }

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct SpanData<'a> {
        range: Range<usize>,
        replacements: &'a [Replacement],
    }

    impl serde::Serialize for Span {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let data = SpanData {
                range: self.range(),
                replacements: &self.replacements,
            };
            data.serialize(serializer)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_sorted_and_has_a_character_once() {
        for rows in [
            table::TYPOGRAPHIC,
            table::LETTERS,
            table::SYMBOLS,
            table::HOMOGLYPHS,
        ] {
            assert!(rows.is_sorted_by(|one, next| one.0 < next.0));
        }
        for ranges in [
            table::INVISIBLE,
            table::SHAPING,
            table::ACCENTS,
            table::SAME_READING,
        ] {
            assert!(ranges.iter().all(|range| range.0 <= range.1));
            assert!(ranges.is_sorted_by(|one, next| one.1 < next.0));
        }
    }

    #[test]
    fn no_row_says_what_decompositions_say_at_the_same_loss() {
        let listed = [
            (table::TYPOGRAPHIC, Loss::Typographic),
            (table::LETTERS, Loss::AccentDropped),
            (table::SYMBOLS, Loss::Symbol),
            (table::HOMOGLYPHS, Loss::Homoglyph),
        ];
        for (rows, loss) in listed {
            for (character, text) in rows {
                let computed = by_decomposition(*character);
                let same = computed.is_some_and(|found| found.text == *text && found.loss == loss);
                assert!(!same, "U+{:04X}", u32::from(*character));
            }
        }
    }
}
