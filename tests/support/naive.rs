//! A slow and obvious reading of the specification, to compare the library with.
//!
//! It knows nothing of the library: tables come from `tests/data/gsm7-tables.tsv` at run time, languages are their
//! identifiers (0 is none), results are owned. Where the specification states a choice, the sentence stands beside the code.

use core::ops::Range;
use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

pub(crate) const ESCAPE: u8 = 0x1B;

/// Language identifiers of TS 23.040 §9.2.3.24.15: the index is the identifier, as the TSV spells the name.
pub(crate) const LANGUAGES: [&str; 14] = [
    "default",
    "turkish",
    "spanish",
    "portuguese",
    "bengali",
    "gujarati",
    "hindi",
    "kannada",
    "malayalam",
    "oriya",
    "punjabi",
    "tamil",
    "telugu",
    "urdu",
];

/// Spanish has a single shift table and no locking one.
pub(crate) const SPANISH: u8 = 2;

// ---------------------------------------------------------------------------------------------------- tables

/// One row of the TSV.
#[derive(Clone, Debug)]
pub(crate) struct Cell {
    /// `basic/default`, `extension/default`, `locking/turkish`, `single/turkish` ...
    pub(crate) table: String,
    pub(crate) code: u8,
    /// None: unassigned, or ESC.
    pub(crate) character: Option<char>,
}

/// Every row of the TSV, in its order.
pub(crate) fn cells() -> Vec<Cell> {
    include_str!("../data/gsm7-tables.tsv")
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let character = columns[2].strip_prefix("U+").map(|hex| {
                char::from_u32(u32::from_str_radix(hex, 16).expect("hexadecimal code point"))
                    .expect("a scalar value")
            });
            Cell {
                table: columns[0].to_string(),
                code: u8::from_str_radix(columns[1], 16).expect("hexadecimal code"),
                character,
            }
        })
        .collect()
}

/// A table read from the TSV, in both directions; the lower code wins where a character stands twice.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) characters: Vec<Option<char>>,
    pub(crate) codes: HashMap<char, u8>,
}

static TABLES: LazyLock<HashMap<String, Table>> = LazyLock::new(|| {
    let mut tables: HashMap<String, Table> = HashMap::new();
    for cell in cells() {
        let table = tables.entry(cell.table).or_insert_with(|| Table {
            characters: vec![None; 128],
            codes: HashMap::new(),
        });
        table.characters[usize::from(cell.code)] = cell.character;
        if let Some(character) = cell.character {
            let lowest = table.codes.entry(character).or_insert(cell.code);
            *lowest = (*lowest).min(cell.code);
        }
    }
    tables
});

/// The table that is in force for septets without ESC.
pub(crate) fn locking_table(language: u8) -> &'static Table {
    // "a locking IE with 2 means the basic alphabet"
    match language {
        0 | SPANISH => &TABLES["basic/default"],
        _ => &TABLES[&format!("locking/{}", LANGUAGES[usize::from(language)])],
    }
}

/// The table that is in force for the septet after ESC.
pub(crate) fn single_table(language: u8) -> &'static Table {
    match language {
        0 => &TABLES["extension/default"],
        _ => &TABLES[&format!("single/{}", LANGUAGES[usize::from(language)])],
    }
}

/// Which tables are in force: language identifiers, 0 is the default. `Ord` is the order of decision 6: locking first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    pub(crate) locking: u8,
    pub(crate) single: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    Basic(u8),
    Shifted(u8),
}

impl Pair {
    pub(crate) const DEFAULT: Pair = Pair {
        locking: 0,
        single: 0,
    };

    /// Every pair there is: 13 locking tables (the basic one included) and 14 single shift tables.
    pub(crate) fn every() -> Vec<Pair> {
        let mut pairs = Vec::new();
        for locking in (0..14).filter(|&language| language != SPANISH) {
            for single in 0..14 {
                pairs.push(Pair { locking, single });
            }
        }
        pairs
    }

    /// "Encoder preference: basic/locking table first, then extension/single shift"
    pub(crate) fn encode(self, character: char) -> Option<Code> {
        let locking = locking_table(self.locking).codes.get(&character);
        let single = single_table(self.single).codes.get(&character);
        match (locking, single) {
            (Some(&code), _) => Some(Code::Basic(code)),
            (None, Some(&code)) => Some(Code::Shifted(code)),
            (None, None) => None,
        }
    }

    pub(crate) fn septets(self, text: &str) -> Option<Vec<u8>> {
        let mut septets = Vec::new();
        for character in text.chars() {
            match self.encode(character)? {
                Code::Basic(code) => septets.push(code),
                Code::Shifted(code) => septets.extend([ESCAPE, code]),
            }
        }
        Some(septets)
    }

    /// Section 2 of the wire format, rules 3, 4 and 8.
    pub(crate) fn decode(self, septets: &[u8]) -> String {
        let base = |code: u8| locking_table(self.locking).characters[usize::from(code)];
        let shifted = |code: u8| single_table(self.single).characters[usize::from(code)];
        let mut text = String::new();
        let mut rest = septets;
        while let [first, tail @ ..] = rest {
            rest = tail;
            if *first != ESCAPE {
                text.push(base(*first).unwrap_or(' '));
                continue;
            }
            let [second, tail @ ..] = rest else {
                text.push(' ');
                break;
            };
            rest = tail;
            text.push(match *second {
                ESCAPE => ' ',
                code => shifted(code).or(base(code)).unwrap_or(' '),
            });
        }
        text
    }

    /// Octets of the shift elements.
    fn header_octets(self) -> usize {
        3 * usize::from(self.single != 0) + 3 * usize::from(self.locking != 0)
    }
}

// ---------------------------------------------------------------------------------------------------- options

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Concatenation {
    None,
    Bits8,
    Bits16,
}

impl Concatenation {
    fn octets(self) -> usize {
        match self {
            Concatenation::None => 0,
            Concatenation::Bits8 => 5,
            Concatenation::Bits16 => 6,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    Scalar,
    Grapheme,
    Word,
}

#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) gsm7: Concatenation,
    pub(crate) ucs2: Concatenation,
    pub(crate) cut: Cut,
    /// Identifiers of the languages whose tables are allowed.
    pub(crate) allowed_locking: Vec<u8>,
    pub(crate) allowed_single: Vec<u8>,
    /// Identifier and data of the caller's elements.
    pub(crate) elements: Vec<(u8, Vec<u8>)>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            gsm7: Concatenation::Bits8,
            ucs2: Concatenation::Bits8,
            cut: Cut::Scalar,
            allowed_locking: Vec::new(),
            allowed_single: Vec::new(),
            elements: Vec::new(),
        }
    }
}

impl Options {
    /// The pairs that may be used, the default one among them.
    pub(crate) fn pairs(&self) -> Vec<Pair> {
        Pair::every()
            .into_iter()
            .filter(|pair| pair.locking == 0 || self.allowed_locking.contains(&pair.locking))
            .filter(|pair| pair.single == 0 || self.allowed_single.contains(&pair.single))
            .collect()
    }

    /// Whether the default alphabet or any allowed table has the character.
    pub(crate) fn has(&self, character: char) -> bool {
        let locking = |&language: &u8| locking_table(language).codes.contains_key(&character);
        let single = |&language: &u8| single_table(language).codes.contains_key(&character);
        Pair::DEFAULT.encode(character).is_some()
            || self.allowed_locking.iter().any(locking)
            || self.allowed_single.iter().any(single)
    }
}

// ---------------------------------------------------------------------------------------------------- capacity

/// "H = 0 without IEs, else H = 1 + sum(2 + IEDL)"
pub(crate) fn header_octets(element_octets: usize) -> usize {
    if element_octets == 0 {
        0
    } else {
        1 + element_octets
    }
}

/// "septets = 160 - ceil(8H/7)"
pub(crate) fn septet_capacity(header: usize) -> usize {
    160 - (8 * header).div_ceil(7)
}

/// "UCS-2 units = floor((140 - H)/2)"
pub(crate) fn code_unit_capacity(header: usize) -> usize {
    (140 - header) / 2
}

// ---------------------------------------------------------------------------------------------------- cuts

/// What a text is made of, whatever it is encoded as.
#[derive(Clone, Debug)]
pub(crate) struct Anatomy {
    /// The byte offset at which each scalar starts.
    pub(crate) starts: Vec<usize>,
    /// The byte offset behind the text.
    pub(crate) end: usize,
    /// Starts of the extended grapheme clusters, and the end.
    pub(crate) clusters: Vec<usize>,
    /// Word boundaries of UAX #29, start and end included.
    pub(crate) words: Vec<usize>,
    pub(crate) urls: Vec<Range<usize>>,
}

impl Anatomy {
    pub(crate) fn of(text: &str) -> Anatomy {
        let starts = |indices: Vec<(usize, &str)>| {
            let mut offsets: Vec<usize> = indices.into_iter().map(|(at, _)| at).collect();
            offsets.push(text.len());
            offsets
        };
        Anatomy {
            starts: text.char_indices().map(|(at, _)| at).collect(),
            end: text.len(),
            clusters: starts(text.grapheme_indices(true).collect()),
            words: starts(text.split_word_bound_indices().collect()),
            urls: urls(text),
        }
    }
}

/// "A URL runs from scheme:// ([A-Za-z][A-Za-z0-9+.-]*) to Unicode white space": leftmost, not overlapping.
pub(crate) fn urls(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, first) in text.char_indices() {
        let inside_the_last = found.last().is_some_and(|url| start < url.end);
        if inside_the_last || !first.is_ascii_alphabetic() {
            continue;
        }
        let scheme: String = text[start..]
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
            .collect();
        if text[start + scheme.len()..].starts_with("://") {
            let length = text[start..]
                .find(char::is_whitespace)
                .unwrap_or(text.len() - start);
            found.push(start..start + length);
        }
    }
    found
}

/// The byte offset that a segment reaches when it takes scalars from `start` until it is full.
fn greedy_end(anatomy: &Anatomy, units: &[usize], capacity: usize, start: usize) -> usize {
    let mut used = 0;
    for (&at, &cost) in anatomy.starts.iter().zip(units) {
        if at < start {
            continue;
        }
        if used + cost > capacity {
            return at;
        }
        used += cost;
    }
    anatomy.end
}

/// "By scalar, greedy"
pub(crate) fn scalar_cuts(
    anatomy: &Anatomy,
    units: &[usize],
    capacity: usize,
) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut start = 0;
    while start < anatomy.end {
        let end = greedy_end(anatomy, units, capacity, start);
        assert!(end > start, "a capacity of {capacity} holds no scalar");
        segments.push(start..end);
        start = end;
    }
    segments
}

/// "keeps an extended grapheme cluster whole when it fits a segment; one that does not fills from the current position
/// by scalars"
pub(crate) fn grapheme_cuts(
    anatomy: &Anatomy,
    units: &[usize],
    capacity: usize,
) -> Vec<Range<usize>> {
    let costs: HashMap<usize, usize> = anatomy
        .starts
        .iter()
        .copied()
        .zip(units.iter().copied())
        .collect();
    let scalars_of = |cluster: &[usize]| -> Vec<usize> {
        anatomy
            .starts
            .iter()
            .copied()
            .filter(|&at| at >= cluster[0] && at < cluster[1])
            .collect()
    };
    let mut boundaries = vec![0];
    let mut used = 0;
    for cluster in anatomy.clusters.windows(2) {
        let scalars = scalars_of(cluster);
        let whole: usize = scalars.iter().map(|at| costs[at]).sum();
        if whole <= capacity {
            if used + whole > capacity {
                boundaries.push(cluster[0]);
                used = 0;
            }
            used += whole;
        } else {
            for at in scalars {
                if used + costs[&at] > capacity {
                    boundaries.push(at);
                    used = 0;
                }
                used += costs[&at];
            }
        }
    }
    boundaries.push(anatomy.end);
    boundaries.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

/// How many segments the text needs from each scalar on, at best, by dynamic programming over every possible cut; the last
/// entry is 0, for the empty rest.
pub(crate) fn fewest_segments(units: &[usize], capacity: usize) -> Vec<usize> {
    let mut fewest = vec![0; units.len() + 1];
    for first in (0..units.len()).rev() {
        let mut best = usize::MAX;
        let mut used = 0;
        for last in first..units.len() {
            used += units[last];
            if used > capacity {
                break;
            }
            best = best.min(1 + fewest[last + 1]);
        }
        fewest[first] = best;
    }
    fewest
}

/// Decision 4, `Cut::Word`.
pub(crate) fn word_cuts(anatomy: &Anatomy, units: &[usize], capacity: usize) -> Vec<Range<usize>> {
    let fewest = fewest_segments(units, capacity);
    // "let R(j) be the least offset from which the rest fits j segments"
    let least_offset = |segments: usize| -> usize {
        let first = fewest
            .iter()
            .position(|&needed| needed <= segments)
            .expect("the empty rest fits no segment at all");
        anatomy.starts.get(first).copied().unwrap_or(anatomy.end)
    };
    let inside_url = |at: usize| {
        anatomy
            .urls
            .iter()
            .any(|url| url.start < at && at < url.end)
    };
    let url_edge = |at: usize| {
        anatomy
            .urls
            .iter()
            .any(|url| url.start == at || url.end == at)
    };
    let cluster_boundary = |at: usize| anatomy.clusters.contains(&at);
    let word_boundary =
        |at: usize| anatomy.words.contains(&at) && cluster_boundary(at) && !inside_url(at);

    let mut segments = Vec::new();
    let mut start = 0;
    let mut left = fewest[0];
    while left > 0 {
        left -= 1;
        let scalar_cut = greedy_end(anatomy, units, capacity, start);
        let end = if scalar_cut == anatomy.end {
            scalar_cut
        } else {
            let least = least_offset(left);
            let candidates: Vec<usize> = anatomy
                .starts
                .iter()
                .copied()
                .filter(|&at| at > start && at >= least && at <= scalar_cut)
                .collect();
            let last = |wanted: &dyn Fn(usize) -> bool| {
                candidates.iter().copied().rev().find(|&at| wanted(at))
            };
            last(&|at| word_boundary(at) || url_edge(at))
                .or(last(&cluster_boundary))
                .unwrap_or(scalar_cut)
        };
        segments.push(start..end);
        start = end;
    }
    assert_eq!(start, anatomy.end, "word cuts reach the end of the text");
    segments
}

/// The segments of a text, of which one holds `alone` units where the whole fits it, else `capacity`.
pub(crate) fn cuts(
    anatomy: &Anatomy,
    units: &[usize],
    alone: usize,
    capacity: usize,
    cut: Cut,
) -> Vec<Range<usize>> {
    // "A message that fits without a concatenation header has none."
    if units.iter().sum::<usize>() <= alone {
        return vec![Range {
            start: 0,
            end: anatomy.end,
        }];
    }
    match cut {
        Cut::Scalar => scalar_cuts(anatomy, units, capacity),
        Cut::Grapheme => grapheme_cuts(anatomy, units, capacity),
        Cut::Word => word_cuts(anatomy, units, capacity),
    }
}

// ---------------------------------------------------------------------------------------------------- the choice

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Gsm7(Pair),
    Ucs2,
}

/// Everything that is known of a message before a reference number is given.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) encoding: Encoding,
    /// What each scalar costs.
    pub(crate) scalar_units: Vec<usize>,
    pub(crate) segments: Vec<Range<usize>>,
    /// Units of each segment.
    pub(crate) segment_units: Vec<usize>,
    /// Units that a segment holds.
    pub(crate) capacity: usize,
    /// Octets of each segment's header, its length octet included.
    pub(crate) header_octets: usize,
    /// The concatenation element of each segment.
    pub(crate) concatenation: Concatenation,
    /// The caller's elements.
    pub(crate) elements: Vec<(u8, Vec<u8>)>,
}

impl Plan {
    pub(crate) fn units(&self) -> usize {
        self.scalar_units.iter().sum()
    }
}

fn plan_as(
    text: &str,
    anatomy: &Anatomy,
    options: &Options,
    encoding: Encoding,
    cut: Cut,
) -> Option<Plan> {
    let mut scalar_units = Vec::new();
    for character in text.chars() {
        scalar_units.push(match encoding {
            Encoding::Gsm7(pair) => match pair.encode(character)? {
                Code::Basic(_) => 1,
                Code::Shifted(_) => 2,
            },
            Encoding::Ucs2 if u32::from(character) > 0xFFFF => 2,
            Encoding::Ucs2 => 1,
        });
    }
    let own: usize = options
        .elements
        .iter()
        .map(|(_, data)| 2 + data.len())
        .sum();
    let (shifts, wanted) = match encoding {
        Encoding::Gsm7(pair) => (pair.header_octets(), options.gsm7),
        Encoding::Ucs2 => (0, options.ucs2),
    };
    let capacity_of = |header: usize| match encoding {
        Encoding::Gsm7(_) => septet_capacity(header),
        Encoding::Ucs2 => code_unit_capacity(header),
    };
    let alone_header = header_octets(own + shifts);
    let many_header = header_octets(own + wanted.octets() + shifts);
    let alone = capacity_of(alone_header);
    let many = capacity_of(many_header);
    let segments = cuts(anatomy, &scalar_units, alone, many, cut);
    let single = segments.len() == 1;
    let segment_units = segments
        .iter()
        .map(|range| {
            anatomy
                .starts
                .iter()
                .zip(&scalar_units)
                .filter(|(at, _)| range.contains(*at))
                .map(|(_, units)| units)
                .sum()
        })
        .collect();
    Some(Plan {
        encoding,
        scalar_units,
        segments,
        segment_units,
        capacity: if single { alone } else { many },
        header_octets: if single { alone_header } else { many_header },
        concatenation: if single { Concatenation::None } else { wanted },
        elements: options.elements.clone(),
    })
}

/// The plan under GSM-7 with the pair that decision 6 takes, if any pair holds the whole text.
pub(crate) fn gsm7_plan(text: &str, options: &Options) -> Option<Plan> {
    let anatomy = Anatomy::of(text);
    // Word cuts need exactly as many segments as scalar cuts, which are quicker to count.
    let counted = match options.cut {
        Cut::Grapheme => Cut::Grapheme,
        Cut::Scalar | Cut::Word => Cut::Scalar,
    };
    let best = options
        .pairs()
        .into_iter()
        .filter_map(|pair| {
            let plan = plan_as(text, &anatomy, options, Encoding::Gsm7(pair), counted)?;
            // "fewest segments ..., then the smallest header, then fewest units, then the lowest language identifiers,
            // locking first, none = 0"
            Some((plan.segments.len(), plan.header_octets, plan.units(), pair))
        })
        .min()?;
    plan_as(text, &anatomy, options, Encoding::Gsm7(best.3), options.cut)
}

pub(crate) fn ucs2_plan(text: &str, options: &Options) -> Plan {
    plan_as(
        text,
        &Anatomy::of(text),
        options,
        Encoding::Ucs2,
        options.cut,
    )
    .expect("UCS-2 holds every scalar")
}

/// Decision 1.
pub(crate) fn plan(text: &str, options: &Options) -> Plan {
    let default_holds_all = text
        .chars()
        .all(|character| Pair::DEFAULT.encode(character).is_some());
    let ucs2 = ucs2_plan(text, options);
    match gsm7_plan(text, options) {
        Some(gsm7) if default_holds_all || gsm7.segments.len() < ucs2.segments.len() => gsm7,
        _ => ucs2,
    }
}

/// "the first scalar outside the default alphabet and every allowed table"
pub(crate) fn first_unmappable(text: &str, options: &Options) -> Option<(usize, char)> {
    text.char_indices().find(|&(_, c)| !options.has(c))
}

// ---------------------------------------------------------------------------------------------------- octets

/// A stream of bits, the least significant bit of each number first.
#[derive(Clone, Debug, Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn push(&mut self, number: u8, width: usize) {
        for bit in 0..width {
            self.0.push(number >> bit & 1 == 1);
        }
    }

    fn groups(&self, width: usize) -> Vec<u8> {
        self.0
            .chunks(width)
            .map(|chunk| {
                chunk
                    .iter()
                    .enumerate()
                    .map(|(bit, &set)| u8::from(set) << bit)
                    .sum()
            })
            .collect()
    }
}

/// A user data header, its length octet included; empty where there is no element. "Elements are written in one order: the
/// caller's, concatenation, single shift, locking shift."
pub(crate) fn header(
    elements: &[(u8, Vec<u8>)],
    concatenation: Concatenation,
    (reference, total, sequence): (u16, u8, u8),
    pair: Pair,
) -> Vec<u8> {
    let mut all: Vec<(u8, Vec<u8>)> = elements.to_vec();
    let [high, low] = reference.to_be_bytes();
    match concatenation {
        Concatenation::None => {}
        Concatenation::Bits8 => all.push((0x00, vec![low, total, sequence])),
        Concatenation::Bits16 => all.push((0x08, vec![high, low, total, sequence])),
    }
    if pair.single != 0 {
        all.push((0x24, vec![pair.single]));
    }
    if pair.locking != 0 {
        all.push((0x25, vec![pair.locking]));
    }
    let mut octets = Vec::new();
    for (identifier, data) in &all {
        octets.push(*identifier);
        octets.push(u8::try_from(data.len()).expect("a short element"));
        octets.extend(data);
    }
    if !all.is_empty() {
        octets.insert(0, u8::try_from(octets.len()).expect("a short header"));
    }
    octets
}

/// TP-UDL and TP-UD of septets behind a header: "7-bit text starts on a septet boundary counted from the first octet".
pub(crate) fn pack(header: &[u8], septets: &[u8]) -> (usize, Vec<u8>) {
    let mut bits = Bits::default();
    for &octet in header {
        bits.push(octet, 8);
    }
    while bits.0.len() % 7 != 0 {
        bits.push(0, 1);
    }
    for &septet in septets {
        bits.push(septet, 7);
    }
    (bits.0.len() / 7, bits.groups(8))
}

/// The septets of the text behind a header of `header` octets: never more than TP-UDL says, nor than the octets hold.
pub(crate) fn unpack(header: usize, length: usize, octets: &[u8]) -> Vec<u8> {
    let mut bits = Bits::default();
    for &octet in octets {
        bits.push(octet, 8);
    }
    bits.0.truncate(bits.0.len() / 7 * 7);
    let septets = bits.groups(7);
    let septets = &septets[..septets.len().min(length)];
    septets
        .get((8 * header).div_ceil(7)..)
        .unwrap_or_default()
        .to_vec()
}

pub(crate) fn utf16_be(text: &str) -> Vec<u8> {
    let mut octets = Vec::new();
    for character in text.chars() {
        let scalar = u32::from(character);
        if scalar <= 0xFFFF {
            octets.extend(&scalar.to_be_bytes()[2..]);
        } else {
            let above = scalar - 0x1_0000;
            octets.extend(&(0xD800 + (above >> 10)).to_be_bytes()[2..]);
            octets.extend(&(0xDC00 + (above & 0x3FF)).to_be_bytes()[2..]);
        }
    }
    octets
}

/// "Odd final octet: ignore it"; lone surrogates become U+FFFD.
pub(crate) fn read_utf16_be(octets: &[u8]) -> String {
    let units = octets
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// What goes into one segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Octets {
    /// TP-UDL.
    pub(crate) length: usize,
    /// TP-UD, header included.
    pub(crate) packed: Vec<u8>,
    /// The form of SMPP: the header, then one septet an octet or UTF-16 BE.
    pub(crate) unpacked: Vec<u8>,
    pub(crate) has_header: bool,
}

pub(crate) fn octets(text: &str, plan: &Plan, index: usize, reference: u16) -> Octets {
    let piece = &text[plan.segments[index].clone()];
    let number = |value: usize| u8::try_from(value).expect("at most 255 segments");
    let numbers = (reference, number(plan.segments.len()), number(index + 1));
    let pair = match plan.encoding {
        Encoding::Gsm7(pair) => pair,
        Encoding::Ucs2 => Pair::DEFAULT,
    };
    let header = header(&plan.elements, plan.concatenation, numbers, pair);
    assert_eq!(header.len(), plan.header_octets, "{plan:?}");
    let has_header = !header.is_empty();
    match plan.encoding {
        Encoding::Gsm7(pair) => {
            let septets = pair.septets(piece).expect("the plan holds the text");
            let (length, packed) = pack(&header, &septets);
            Octets {
                length,
                packed,
                unpacked: [header, septets].concat(),
                has_header,
            }
        }
        Encoding::Ucs2 => {
            let all = [header, utf16_be(piece)].concat();
            Octets {
                length: all.len(),
                packed: all.clone(),
                unpacked: all,
                has_header,
            }
        }
    }
}

// ---------------------------------------------------------------------------------------------------- reading a header

/// What a receiver takes from user data that starts with a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReadHeader {
    /// Octets to skip before the text, the length octet included.
    pub(crate) octets: usize,
    /// None: the elements do not fill the header exactly, or it is cut short: the whole contents are ignored.
    pub(crate) elements: Option<Vec<(u8, Vec<u8>)>>,
}

pub(crate) fn read_header(user_data: &[u8]) -> ReadHeader {
    let Some((&length, behind)) = user_data.split_first() else {
        return ReadHeader {
            octets: 0,
            elements: None,
        };
    };
    let octets = 1 + usize::from(length);
    let Some(mut rest) = behind.get(..usize::from(length)) else {
        return ReadHeader {
            octets,
            elements: None,
        };
    };
    let mut elements = Vec::new();
    while !rest.is_empty() {
        let whole = match rest {
            [identifier, size, data @ ..] => data
                .get(..usize::from(*size))
                .map(|data| (*identifier, data)),
            _ => None,
        };
        let Some((identifier, data)) = whole else {
            return ReadHeader {
                octets,
                elements: None,
            };
        };
        elements.push((identifier, data.to_vec()));
        rest = &rest[2 + data.len()..];
    }
    ReadHeader {
        octets,
        elements: Some(elements),
    }
}

impl ReadHeader {
    /// The last element of one of these identifiers and lengths whose data is acceptable: "the last one counts", "an IE with
    /// a wrong IEDL for its type is ignored".
    fn last(&self, wanted: &dyn Fn(u8, &[u8]) -> bool) -> Option<(u8, Vec<u8>)> {
        self.elements
            .iter()
            .flatten()
            .rev()
            .find(|(identifier, data)| wanted(*identifier, data))
            .cloned()
    }

    /// "Reserved values: ignore that IE, use the default table."
    pub(crate) fn pair(&self) -> Pair {
        let language = |identifier: u8| {
            self.last(&|found, data| {
                found == identifier && data.len() == 1 && usize::from(data[0]) < LANGUAGES.len()
            })
            .map_or(0, |(_, data)| data[0])
        };
        let locking = language(0x25);
        Pair {
            locking: if locking == SPANISH { 0 } else { locking },
            single: language(0x24),
        }
    }

    /// Bits, reference, total, sequence. "Accept a concat IE only if total >= 1 and 1 <= seq <= total; otherwise ignore that
    /// IE"
    pub(crate) fn concatenation(&self) -> Option<(u8, u16, u8, u8)> {
        let (identifier, data) = self.last(&|identifier, data| {
            let right_length = match identifier {
                0x00 => data.len() == 3,
                0x08 => data.len() == 4,
                _ => false,
            };
            right_length && {
                let total = data[data.len() - 2];
                let sequence = data[data.len() - 1];
                1 <= sequence && sequence <= total
            }
        })?;
        Some(match (identifier, data.as_slice()) {
            (0x00, &[reference, total, sequence]) => (8, u16::from(reference), total, sequence),
            (_, &[high, low, total, sequence]) => {
                (16, u16::from_be_bytes([high, low]), total, sequence)
            }
            _ => unreachable!("lengths were checked"),
        })
    }
}

// ---------------------------------------------------------------------------------------------------- data coding

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    Gsm7,
    Data,
    Ucs2,
}

/// TP-DCS: coding, class, compressed. Section 9 of the wire format.
pub(crate) fn data_coding(octet: u8) -> (Coding, Option<u8>, bool) {
    let class = octet & 0b11;
    match octet >> 4 {
        0b0000..=0b0111 => {
            let coding = match octet >> 2 & 0b11 {
                0b01 => Coding::Data,
                0b10 => Coding::Ucs2,
                // "Any reserved coding is read as the default alphabet"
                _ => Coding::Gsm7,
            };
            let has_class = octet & 0x10 != 0;
            (coding, has_class.then_some(class), octet & 0x20 != 0)
        }
        0b1000..=0b1101 => (Coding::Gsm7, None, false),
        0b1110 => (Coding::Ucs2, None, false),
        _ => {
            let coding = if octet & 0b100 == 0 {
                Coding::Gsm7
            } else {
                Coding::Data
            };
            (coding, Some(class), false)
        }
    }
}

/// The text that a lenient receiver shows for octets that came in packed form, with or without a header.
pub(crate) fn read_packed(
    coding: Coding,
    has_header: bool,
    length: u8,
    octets: &[u8],
) -> Option<String> {
    let length = usize::from(length);
    let present = match coding {
        Coding::Gsm7 => (7 * length).div_ceil(8),
        Coding::Data | Coding::Ucs2 => length,
    };
    let octets = &octets[..octets.len().min(present)];
    let header = if has_header {
        read_header(octets)
    } else {
        ReadHeader::default()
    };
    match coding {
        Coding::Data => None,
        Coding::Ucs2 => Some(read_utf16_be(
            octets.get(header.octets..).unwrap_or_default(),
        )),
        Coding::Gsm7 => Some(header.pair().decode(&unpack(header.octets, length, octets))),
    }
}
