//! Properties of every text, against the naive oracle of `tests/support/naive.rs`.
//!
//! The number of cases is small enough for a debug build; `PROPTEST_CASES` raises it.

#![cfg(feature = "alloc")]

#[path = "support/cases.rs"]
mod cases;

mod support;

use cases::cases;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use septet::{
    Alphabet, Concatenation, Content, DataCoding, Encoding, HeaderElements, InformationElement,
    Message, Outcome, Reassembler, ReassemblyLimits, ReceivedUserData, SegmentOptions, UserData,
    UserDataHeader,
};
use std::collections::BTreeSet;
use support::naive::{self, Cut, Options, Pair, Plan};

// ---------------------------------------------------------------------------------------------------- texts

/// Pieces that the default alphabet holds.
const GSM: &[&str] = &[
    "a",
    "b ",
    "the ",
    "quick ",
    "Grüße, ",
    "don't ",
    "@",
    "Ω",
    "a_b",
    "É",
    "\n",
    "\r\n",
    "\r",
    " ",
    ". ",
    "1,234.56 ",
    "1.1.1.1",
    "2024-05-06 12:30",
    "+49 170 1234567",
    "€",
    "^",
    "{x}",
    "[",
    "]",
    "\\",
    "|",
    "~",
    "\u{c}",
    "€€€€€",
    "https://example.com/a?b=c&d=e ",
    "http://x.y\n",
    "a://",
    "1http://q ",
    "foo_ftp://h/ ",
    "+git+ssh://r ",
    "://",
    "x:/ /",
    "a1:b://c ",
    "h-t.t+p://[::1]/~€ ",
];

/// Pieces that force UCS-2, and such as break badly.
const UNICODE: &[&str] = &[
    "ж",
    "привет ",
    "中",
    "文字。",
    "カタカナ",
    "한국어 ",
    "\u{1100}\u{1161}\u{11a8}",
    "😀",
    "👍\u{1f3fd}",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "❤\u{fe0f}",
    "1\u{fe0f}\u{20e3}",
    "🇩🇪",
    "\u{1f1e9}",
    "\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}",
    "e\u{301}",
    "\u{301}",
    "\u{301}\u{308}",
    "\u{feff}",
    "\u{1b}",
    "\t",
    "\u{a0}",
    "`",
    "ç",
    "\u{200d}",
    "\u{200b}",
    "\u{ad}",
    "\0",
    "क\u{94d}षि",
    "ক\u{9cd}ষ",
    "กำ",
    "\u{600}",
    "\u{d4e}",
    "“q” ",
    "שלום\"ה",
    "\u{2028}",
    "\u{3000}",
    "\u{85}",
    "https://пример.рф/путь?😀=e\u{301} ",
    "x://\u{301}\u{600}\u{3000}",
    "\u{600}http://x\u{301} ",
    "a://bcde\u{202f}fgh",
    "x://yz\u{600}\u{3000}жж",
    "𝒳",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10000}",
    "\u{10ffff}",
];

/// One character many times.
const RUNS: &[&str] = &["a", "€", "1.", "a ", "a://", "\r\n"];
const UNICODE_RUNS: &[&str] = &[
    "a://b\u{202f}c",
    "ж",
    "😀",
    "\u{301}",
    "\u{1f1e9}",
    "👩\u{200d}",
    "e\u{301}",
    "\u{200d}",
    "中",
];

/// Pieces put together, with a run of letters in front that brings what follows to a boundary.
fn text_of(
    pieces: BoxedStrategy<String>,
    runs: &'static [&'static str],
    most: usize,
) -> BoxedStrategy<String> {
    let run = (select(runs), 1..60_usize).prop_map(|(piece, times)| piece.repeat(times));
    let piece = prop_oneof![14 => pieces, 1 => run];
    let padding = prop_oneof![
        4 => Just(0_usize),
        2 => 0..30_usize,
        1 => 55..75_usize,
        1 => 140..165_usize,
        1 => 290..310_usize,
    ];
    (padding, prop::collection::vec(piece, 0..most))
        .prop_map(|(padding, pieces)| "x".repeat(padding) + &pieces.concat())
        .boxed()
}

fn owned(pieces: &'static [&'static str]) -> BoxedStrategy<String> {
    select(pieces).prop_map(str::to_string).boxed()
}

fn gsm_text() -> BoxedStrategy<String> {
    text_of(owned(GSM), RUNS, 40)
}

fn any_text() -> BoxedStrategy<String> {
    let anything = any::<char>().prop_map(String::from);
    let pieces = prop_oneof![6 => owned(UNICODE), 5 => owned(GSM), 1 => anything].boxed();
    prop_oneof![
        3 => gsm_text(),
        5 => text_of(pieces.clone(), UNICODE_RUNS, 40),
        2 => text_of(pieces, RUNS, 12),
    ]
    .boxed()
}

/// Texts in the letters of one locking table and of one single shift table, and some that no pair holds.
fn text_in(locking: u8, single: u8, most: usize) -> BoxedStrategy<String> {
    let letters = |table: &naive::Table| -> Vec<char> {
        table.characters.iter().flatten().copied().collect()
    };
    let own = letters(naive::locking_table(locking));
    let other = letters(naive::single_table(single));
    let common: Vec<char> = "abc xyz019.,".chars().collect();
    let piece = prop_oneof![
        10 => select(own).prop_map(String::from),
        2 => select(other).prop_map(String::from),
        4 => select(common).prop_map(String::from),
    ];
    let stranger = select(vec![
        "", "", "", "", "", "", "", "", "A", "é", "ж", "\u{301}", "^^^^^",
    ]);
    (prop::collection::vec(piece, 0..most), stranger)
        .prop_map(|(pieces, stranger)| pieces.concat() + stranger)
        .boxed()
}

fn national_text(most: usize) -> BoxedStrategy<String> {
    (1..14_u8, 1..14_u8)
        .prop_flat_map(move |(locking, single)| text_in(locking, single, most))
        .boxed()
}

// ---------------------------------------------------------------------------------------------------- options

fn concatenation() -> impl Strategy<Value = naive::Concatenation> {
    select(vec![
        naive::Concatenation::Bits8,
        naive::Concatenation::Bits16,
        naive::Concatenation::None,
    ])
}

fn any_cut() -> impl Strategy<Value = Cut> {
    select(vec![Cut::Scalar, Cut::Grapheme, Cut::Word])
}

fn data(length: impl Strategy<Value = usize>) -> impl Strategy<Value = Vec<u8>> {
    length.prop_flat_map(|length| prop::collection::vec(any::<u8>(), length))
}

/// Nothing, something, or nearly all of the 123 octets there are: little room makes many boundaries.
fn elements() -> impl Strategy<Value = Vec<(u8, Vec<u8>)>> {
    let identifier = || select(vec![0x05_u8, 0x70, 0x71, 0x7F, 0xE0, 0x20]);
    let one = |length: core::ops::Range<usize>| {
        (identifier(), data(length)).prop_map(|(identifier, data)| match identifier {
            // Ports have four octets.
            0x05 => (0x70, data),
            _ => (identifier, data),
        })
    };
    prop_oneof![
        3 => Just(Vec::new()),
        1 => Just(vec![(0x05, vec![0x0B, 0x84, 0x23, 0xF0])]),
        1 => one(0..40).prop_map(|element| vec![element]),
        5 => one(85..122).prop_map(|element| vec![element]),
        1 => prop::collection::vec(one(0..10), 0..10),
    ]
}

/// Which languages are allowed: none, a few, or all of them.
fn allowed() -> BoxedStrategy<(Vec<u8>, Vec<u8>)> {
    let some = || {
        prop::collection::vec(1..14_u8, 0..3).prop_map(|mut languages| {
            languages.sort_unstable();
            languages.dedup();
            languages
        })
    };
    prop_oneof![
        5 => Just((Vec::new(), Vec::new())),
        2 => (some(), some()),
    ]
    .boxed()
}

fn every_language() -> Vec<u8> {
    (1..14).collect()
}

prop_compose! {
    fn options()(
        gsm7 in concatenation(),
        ucs2 in concatenation(),
        cut in any_cut(),
        (allowed_locking, allowed_single) in allowed(),
        elements in elements(),
    ) -> Options {
        Options { gsm7, ucs2, cut, allowed_locking, allowed_single, elements }
    }
}

/// A text of two languages under options that allow their tables, and perhaps others.
fn national_case() -> BoxedStrategy<(String, Options)> {
    (1..14_u8, 1..14_u8, options())
        .prop_flat_map(|(locking, single, mut options)| {
            options.allowed_locking.push(locking);
            options.allowed_single.push(single);
            (text_in(locking, single, 240), Just(options))
        })
        .boxed()
}

/// A text so long that little room makes more than 255 segments of it.
fn long_case() -> BoxedStrategy<(String, Options)> {
    let length = prop_oneof![1 => 900..1_400_usize, 1 => 2_500..3_200_usize];
    let elements = data(110..122_usize).prop_map(|data| vec![(0x70, data)]);
    (
        select(vec!["a", "ж", "€", "😀"]),
        length,
        elements,
        options(),
    )
        .prop_map(|(piece, length, elements, options)| {
            let options = Options {
                elements,
                ..options
            };
            (piece.repeat(length), options)
        })
        .boxed()
}

fn any_case() -> BoxedStrategy<(String, Options)> {
    prop_oneof![
        12 => (gsm_text(), options()),
        24 => (any_text(), options()),
        10 => national_case(),
        1 => long_case(),
    ]
    .boxed()
}

/// Texts and options under which the text makes no more than 255 segments.
fn sendable() -> BoxedStrategy<(String, Options)> {
    any_case()
        .prop_filter("more than 255 segments", |(text, options)| {
            naive::plan(text, options).segments.len() <= 255
        })
        .boxed()
}

// ---------------------------------------------------------------------------------------------------- helpers

fn with_message<T>(text: &str, options: &Options, then: impl FnOnce(Message<'_>) -> T) -> T {
    let elements = support::header_elements(&options.elements);
    then(Message::with_options(
        text,
        support::segment_options(options, &elements),
    ))
}

fn encoding(plan: &Plan) -> Encoding {
    match plan.encoding {
        naive::Encoding::Gsm7(_) => Encoding::Gsm7,
        naive::Encoding::Ucs2 => Encoding::Ucs2,
    }
}

/// A reference number that fits the width that the plan uses.
fn fitting(plan: &Plan, reference: u16) -> u16 {
    match plan.concatenation {
        naive::Concatenation::Bits16 => reference,
        naive::Concatenation::Bits8 | naive::Concatenation::None => reference & 0xFF,
    }
}

// ---------------------------------------------------------------------------------------------------- segments

proptest! {
    #![proptest_config(cases(160))]

    #[test]
    fn segments_concatenate_to_the_text_and_none_exceeds_its_capacity(
        (text, options) in any_case(),
    ) {
        with_message(&text, &options, |message| {
            let Ok(segments) = message.segments() else {
                prop_assert!(message.segment_count() > 255);
                return Ok(());
            };
            let mut joined = String::new();
            let total = message.segment_count();
            for (index, segment) in segments.enumerate() {
                prop_assert_eq!(segment.range().start, joined.len());
                prop_assert_eq!(&text[segment.range()], segment.text());
                joined.push_str(segment.text());
                prop_assert_eq!(segment.range().end, joined.len());
                prop_assert!(segment.units() <= message.segment_capacity());
                prop_assert_eq!(segment.units() + segment.free_units(), message.segment_capacity());
                prop_assert_eq!(usize::from(segment.sequence()), index + 1);
                prop_assert_eq!(usize::from(segment.total()), total);
                prop_assert_eq!(segment.header_octets(), message.header_octets());
                prop_assert_eq!(segment.encoding(), message.encoding());
                prop_assert_eq!(segment.alphabet(), message.alphabet());
                prop_assert!(total == 1 || !segment.text().is_empty());
            }
            prop_assert_eq!(joined, &*text);
            Ok(())
        })?;
    }

    #[test]
    fn the_count_is_what_the_segments_are(
        (text, options) in any_case(),
    ) {
        let plan = naive::plan(&text, &options);
        with_message(&text, &options, |message| {
            prop_assert_eq!(message.segment_count(), plan.segments.len());
            match message.segments() {
                Ok(segments) => {
                    prop_assert!(plan.segments.len() <= 255);
                    prop_assert_eq!(segments.len(), message.segment_count());
                    prop_assert_eq!(segments.count(), message.segment_count());
                }
                Err(error) => {
                    prop_assert!(plan.segments.len() > 255);
                    prop_assert_eq!(error.needed(), plan.segments.len());
                }
            }
            Ok(())
        })?;
    }

    #[test]
    fn scalar_and_word_cuts_need_the_fewest_segments_there_can_be(
        (text, options) in any_case(),
        word in any::<bool>(),
    ) {
        let cut = if word { Cut::Word } else { Cut::Scalar };
        let options = Options { cut, ..options };
        let plan = naive::plan(&text, &options);
        let fewest = if plan.segments.len() == 1 {
            1
        } else {
            naive::fewest_segments(&plan.scalar_units, plan.capacity)[0]
        };
        with_message(&text, &options, |message| {
            prop_assert_eq!(message.segment_count(), fewest);
            if let Ok(segments) = message.segments() {
                prop_assert_eq!(segments.count(), fewest);
            }
            Ok(())
        })?;
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_cut_falls_where_the_naive_cutter_cuts(
        (text, options) in any_case(),
    ) {
        let plan = naive::plan(&text, &options);
        with_message(&text, &options, |message| {
            prop_assert_eq!(message.segment_count(), plan.segments.len());
            prop_assert_eq!(message.segment_capacity(), plan.capacity);
            // Beyond 255 segments there is no last one that word cuts would yield.
            if options.cut != Cut::Word || plan.segments.len() <= 255 {
                let last = plan.segment_units.last().expect("at least one segment");
                prop_assert_eq!(message.free_units(), plan.capacity - last);
            }
            if let Ok(segments) = message.segments() {
                let found: Vec<_> = segments.clone().map(|segment| segment.range()).collect();
                prop_assert_eq!(found, plan.segments);
                let found: Vec<_> = segments.clone().map(|segment| segment.units()).collect();
                prop_assert_eq!(found, plan.segment_units);
                let expected = support::concatenation(plan.concatenation);
                for segment in segments {
                    prop_assert_eq!(segment.concatenation(), expected);
                }
            }
            Ok(())
        })?;
    }
}

// ---------------------------------------------------------------------------------------------------- encodings

fn assert_choice(text: &str, options: &Options) -> Result<(), TestCaseError> {
    let plan = naive::plan(text, options);
    with_message(text, options, |message| {
        prop_assert_eq!(message.encoding(), encoding(&plan));
        prop_assert_eq!(message.units(), plan.units());
        prop_assert_eq!(message.segment_count(), plan.segments.len());
        prop_assert_eq!(message.header_octets(), plan.header_octets);
        match plan.encoding {
            naive::Encoding::Gsm7(pair) => {
                prop_assert_eq!(message.alphabet(), Some(support::alphabet(pair)));
                prop_assert!(message.forced_by().is_none());
            }
            naive::Encoding::Ucs2 => {
                prop_assert_eq!(message.alphabet(), None);
                let found = message.forced_by().map(|it| (it.at(), it.character()));
                prop_assert_eq!(found, naive::first_unmappable(text, options));
            }
        }
        let found: Vec<_> = message
            .unmappables()
            .map(|it| (it.at(), it.character()))
            .collect();
        let expected: Vec<_> = text
            .char_indices()
            .filter(|&(_, character)| !options.has(character))
            .collect();
        prop_assert_eq!(found, expected);
        Ok(())
    })
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn encoding_units_and_what_forces_it_are_the_naive_choice((text, options) in any_case()) {
        assert_choice(&text, &options)?;
    }

    #[test]
    fn a_demanded_encoding_is_given_or_refused((text, options) in any_case()) {
        let elements = support::header_elements(&options.elements);
        let ours = support::segment_options(&options, &elements);
        let gsm7 = Message::try_with_encoding(&text, ours, Encoding::Gsm7);
        match naive::gsm7_plan(&text, &options) {
            Some(plan) => {
                let message = gsm7.expect("a pair holds the whole text");
                prop_assert_eq!(message.encoding(), Encoding::Gsm7);
                prop_assert_eq!(message.alphabet().map(support::pair), match plan.encoding {
                    naive::Encoding::Gsm7(pair) => Some(pair),
                    naive::Encoding::Ucs2 => None,
                });
                prop_assert_eq!(message.units(), plan.units());
                prop_assert_eq!(message.segment_count(), plan.segments.len());
            }
            None => {
                let error = gsm7.expect_err("no pair holds the whole text");
                if let Some(first) = naive::first_unmappable(&text, &options) {
                    prop_assert_eq!((error.at(), error.character()), first);
                    prop_assert!(!error.is_in_some_table());
                } else {
                    prop_assert!(text[error.at()..].starts_with(error.character()));
                    prop_assert!(error.is_in_some_table());
                }
            }
        }
        let message = Message::try_with_encoding(&text, ours, Encoding::Ucs2)
            .expect("UCS-2 holds every text");
        let plan = naive::ucs2_plan(&text, &options);
        prop_assert_eq!(message.encoding(), Encoding::Ucs2);
        prop_assert_eq!(message.units(), text.encode_utf16().count());
        prop_assert_eq!(message.units(), plan.units());
        prop_assert_eq!(message.segment_count(), plan.segments.len());
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn the_national_choice_is_the_best_of_all_pairs(
        text in prop_oneof![4 => national_text(120), 1 => text_of(owned(GSM), &["^", "€"], 12)],
        options in options(),
        locking in prop_oneof![3 => Just(every_language()), 1 => prop::collection::vec(1..14_u8, 0..8)],
        single in prop_oneof![3 => Just(every_language()), 1 => prop::collection::vec(1..14_u8, 0..8)],
    ) {
        let options = Options { allowed_locking: locking, allowed_single: single, ..options };
        assert_choice(&text, &options)?;
    }
}

// ---------------------------------------------------------------------------------------------------- octets

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn octets_are_those_of_the_naive_bit_stream(
        (text, options) in sendable(),
        reference in any::<u16>(),
    ) {
        let plan = naive::plan(&text, &options);
        let reference = fitting(&plan, reference);
        with_message(&text, &options, |message| {
            for (index, segment) in message.segments().expect("sendable").enumerate() {
                let expected = naive::octets(&text, &plan, index, reference);
                let packed = UserData::encode(&segment, reference).expect("it fits");
                prop_assert_eq!(support::hex(packed.as_octets()), support::hex(&expected.packed));
                prop_assert_eq!(usize::from(packed.length()), expected.length);
                prop_assert_eq!(packed.has_header(), expected.has_header);
                prop_assert!(packed.as_octets().len() <= 140);
                let (dcs, smpp) = match encoding(&plan) {
                    Encoding::Gsm7 => (0x00, 0),
                    Encoding::Ucs2 => (0x08, 8),
                };
                prop_assert_eq!(packed.data_coding().value(), dcs);

                let unpacked = UserData::encode_unpacked(&segment, reference).expect("it fits");
                prop_assert_eq!(
                    support::hex(unpacked.as_octets()),
                    support::hex(&expected.unpacked)
                );
                prop_assert!(unpacked.as_octets().len() <= 160);
                prop_assert_eq!(unpacked.data_coding(), smpp);
                prop_assert_eq!(unpacked.has_header(), expected.has_header);
                let esm_class = if expected.has_header { 0x40 } else { 0 };
                prop_assert_eq!(unpacked.esm_class(), esm_class);
                prop_assert!(unpacked.sar().is_none());
            }
            Ok(())
        })?;
    }

    #[test]
    fn values_of_sar_replace_a_header_that_holds_nothing_else(
        (text, options) in sendable(),
        reference in any::<u16>(),
    ) {
        let plan = naive::plan(&text, &options);
        let reference = fitting(&plan, reference);
        let shifted = matches!(plan.encoding, naive::Encoding::Gsm7(pair) if pair != Pair::DEFAULT);
        let concatenated = plan.concatenation != naive::Concatenation::None;
        with_message(&text, &options, |message| {
            for (index, segment) in message.segments().expect("sendable").enumerate() {
                let found = UserData::encode_for_sar(&segment, reference);
                if shifted || !options.elements.is_empty() {
                    prop_assert!(found.is_err());
                    continue;
                }
                let found = found.expect("nothing but concatenation is in the header");
                let expected = naive::octets(&text, &plan, index, reference);
                let text_octets = &expected.unpacked[plan.header_octets..];
                prop_assert_eq!(support::hex(found.as_octets()), support::hex(text_octets));
                prop_assert!(!found.has_header());
                prop_assert_eq!(found.esm_class(), 0);
                let sar = found.sar().map(|it| (it.reference(), it.total(), it.sequence()));
                let numbers = (reference, segment.total(), segment.sequence());
                prop_assert_eq!(sar, concatenated.then_some(numbers));
            }
            Ok(())
        })?;
    }

    #[test]
    fn a_decoded_segment_is_the_encoded_one(
        (text, options) in sendable(),
        reference in any::<u16>(),
    ) {
        let plan = naive::plan(&text, &options);
        let reference = fitting(&plan, reference);
        with_message(&text, &options, |message| {
            for segment in message.segments().expect("sendable") {
                let packed = UserData::encode(&segment, reference).expect("it fits");
                let unpacked = UserData::encode_unpacked(&segment, reference).expect("it fits");
                let received = [
                    ReceivedUserData::from(&packed),
                    ReceivedUserData::packed(
                        packed.data_coding(),
                        packed.has_header(),
                        packed.length(),
                        packed.as_octets(),
                    ),
                    ReceivedUserData::unpacked(
                        unpacked.data_coding(),
                        unpacked.has_header(),
                        unpacked.as_octets(),
                    )
                    .expect("0 or 8"),
                ];
                for received in received {
                    let decoded = received.decode().expect("a text");
                    prop_assert_eq!(decoded.text(), segment.text());
                    let forgiven: Vec<_> = decoded.forgiven().iter().collect();
                    prop_assert!(forgiven.is_empty(), "{:?}", forgiven);
                    let strict = received.decode_strict().expect("nothing to forgive");
                    prop_assert_eq!(&*strict, segment.text());
                    let Ok(Content::Text(characters)) = received.content() else {
                        return Err(TestCaseError::fail("content is text"));
                    };
                    prop_assert_eq!(&*characters.collect::<String>(), segment.text());
                    let numbers = received.concatenation().map(|it| {
                        (it.bits(), it.reference(), it.total(), it.sequence())
                    });
                    let bits = match plan.concatenation {
                        naive::Concatenation::None => None,
                        naive::Concatenation::Bits8 => Some(8),
                        naive::Concatenation::Bits16 => Some(16),
                    };
                    let expected = bits.map(|bits| {
                        (bits, reference, segment.total(), segment.sequence())
                    });
                    prop_assert_eq!(numbers, expected);
                }
            }
            Ok(())
        })?;
    }
}

#[test]
fn a_byte_order_mark_and_a_lone_escape_come_back_as_they_went() {
    for text in [
        "\u{feff}",
        "\u{feff}hello",
        "hello\u{feff}",
        "\u{1b}",
        "\u{1b}\u{1b}",
        "a\u{1b}",
        "\u{fffe}",
        "@@@@@@@@",
        "1234567@",
        "1234567\r",
        "\0",
    ] {
        for cut in [Cut::Scalar, Cut::Grapheme, Cut::Word] {
            let options = SegmentOptions::new().cut(support::cut(cut));
            let message = Message::with_options(text, options);
            let mut segments = message.segments().expect("one segment");
            let segment = segments.next().expect("one segment");
            let user_data = UserData::encode(&segment, 0).expect("no reference is needed");
            let received = ReceivedUserData::from(&user_data);
            assert_eq!(received.decode().expect("a text").text(), text);
            assert_eq!(received.decode_strict().expect("clean"), text);
            assert!(segments.next().is_none());
        }
    }
}

// ---------------------------------------------------------------------------------------------------- reassembly

/// An order of the numbers below `total`, with some of them again.
fn order(total: usize, seed: &[Index]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..total).collect();
    for (at, index) in seed.iter().enumerate() {
        let at = at % total;
        order.swap(at, index.index(total));
    }
    for index in seed.iter().take(seed.len() / 3) {
        let again = order[index.index(order.len())];
        order.insert(index.index(order.len() + 1), again);
    }
    order
}

/// Gives the segments to a reassembler in this order and returns the text of the whole.
fn reassemble(segments: &[ReceivedUserData<'_>], order: &[usize]) -> Result<String, TestCaseError> {
    let mut reassembler = Reassembler::new(ReassemblyLimits::new());
    let mut seen = BTreeSet::new();
    for &index in order {
        let arrival = reassembler.push("sender", segments[index], 0);
        prop_assert!(arrival.given_up.is_empty());
        let new = seen.insert(index);
        match arrival.outcome {
            Outcome::Complete(assembled) => {
                prop_assert_eq!(seen.len(), segments.len());
                prop_assert_eq!(reassembler.pending_sets(), 0);
                prop_assert_eq!(reassembler.pending_octets(), 0);
                prop_assert_eq!(assembled.segments().len(), segments.len());
                let decoded = assembled.decode().expect("a text");
                return Ok(decoded.into_text());
            }
            Outcome::Stored => prop_assert!(new),
            Outcome::Duplicate => prop_assert!(!new),
        }
        prop_assert!(seen.len() < segments.len());
        prop_assert_eq!(reassembler.pending_sets(), 1);
    }
    Err(TestCaseError::fail("never complete"))
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn segments_in_any_order_with_duplicates_give_the_text_back(
        (text, options) in sendable(),
        reference in any::<u16>(),
        seed in prop::collection::vec(any::<Index>(), 0..60),
    ) {
        let plan = naive::plan(&text, &options);
        let reference = fitting(&plan, reference);
        with_message(&text, &options, |message| {
            let encoded: Vec<UserData> = message
                .segments()
                .expect("sendable")
                .map(|segment| UserData::encode(&segment, reference).expect("it fits"))
                .collect();
            let received: Vec<_> = encoded.iter().map(ReceivedUserData::from).collect();
            if plan.concatenation == naive::Concatenation::None {
                let mut joined = String::new();
                for segment in received {
                    joined += &reassemble(&[segment], &[0])?;
                }
                prop_assert_eq!(joined, &*text);
            } else {
                let joined = reassemble(&received, &order(received.len(), &seed))?;
                prop_assert_eq!(joined, &*text);
            }
            Ok(())
        })?;
    }

    /// Foreign senders do split surrogate pairs, and some split escape pairs.
    #[test]
    fn pairs_that_a_foreign_sender_split_are_joined_again(
        text in any_text(),
        seed in prop::collection::vec(any::<Index>(), 1..40),
        wide in any::<bool>(),
    ) {
        let options = Options::default();
        let (coding, unit_octets, all) = match naive::plan(&text, &options).encoding {
            naive::Encoding::Gsm7(pair) => (0x00, 1, pair.septets(&text).expect("GSM-7")),
            naive::Encoding::Ucs2 => (0x08, 2, naive::utf16_be(&text)),
        };
        let mut pieces: Vec<&[u8]> = Vec::new();
        let mut rest = all.as_slice();
        let most = if coding == 0 { 152 } else { 132 };
        while !rest.is_empty() || pieces.len() < 2 {
            let wanted = seed[pieces.len() % seed.len()].index(most / unit_octets) + 1;
            let (piece, tail) = rest.split_at(rest.len().min(wanted * unit_octets));
            pieces.push(piece);
            rest = tail;
            prop_assume!(pieces.len() <= 255);
        }
        let total = u8::try_from(pieces.len()).expect("at most 255");
        let concatenation = if wide {
            naive::Concatenation::Bits16
        } else {
            naive::Concatenation::Bits8
        };
        let octets: Vec<(usize, Vec<u8>)> = pieces
            .iter()
            .zip(1..)
            .map(|(piece, sequence)| {
                let header = naive::header(&[], concatenation, (7, total, sequence), Pair::DEFAULT);
                if coding == 0 {
                    naive::pack(&header, piece)
                } else {
                    let all = [&header, *piece].concat();
                    (all.len(), all)
                }
            })
            .collect();
        let received: Vec<_> = octets
            .iter()
            .map(|(length, octets)| {
                let length = u8::try_from(*length).expect("it fits a message");
                ReceivedUserData::packed(DataCoding::new(coding), true, length, octets)
            })
            .collect();
        let joined = reassemble(&received, &order(received.len(), &seed))?;
        prop_assert_eq!(joined, text);
    }
}

// ---------------------------------------------------------------------------------------------------- foreign octets

/// Elements of a header as the air may bring them: right, wrong, reserved, unknown, repeated.
fn foreign_elements() -> impl Strategy<Value = Vec<(u8, Vec<u8>)>> {
    let identifier = select(vec![0x00_u8, 0x08, 0x24, 0x25, 0x04, 0x05, 0x70, 0xFF]);
    let small = prop_oneof![4 => 0..15_u8, 1 => any::<u8>()];
    let right = |identifier: u8| match identifier {
        0x00 => 3_usize,
        0x04 => 2,
        0x05 | 0x08 => 4,
        0x24 | 0x25 => 1,
        _ => 2,
    };
    let element = (identifier, prop::collection::vec(small, 6), 0..12_usize).prop_map(
        move |(identifier, mut data, length)| {
            data.truncate(if length < 6 {
                length
            } else {
                right(identifier)
            });
            (identifier, data)
        },
    );
    prop::collection::vec(element, 0..6)
}

prop_compose! {
    /// A data coding, whether there is a header, TP-UDL and octets: sound or not.
    fn foreign_user_data()(
        dcs in prop_oneof![3 => Just(0x00_u8), 2 => Just(0x08), 3 => any::<u8>()],
        has_header in any::<bool>(),
        elements in foreign_elements(),
        spoil in prop_oneof![4 => Just(None), 1 => any::<u8>().prop_map(Some)],
        body in prop::collection::vec(
            prop_oneof![4 => any::<u8>(), 1 => Just(0x1B_u8), 1 => Just(0xD8_u8)],
            0..150,
        ),
        exact in any::<bool>(),
        length in any::<u8>(),
    ) -> (u8, bool, u8, Vec<u8>) {
        let mut octets = Vec::new();
        if has_header && !elements.is_empty() {
            for (identifier, data) in &elements {
                octets.push(*identifier);
                octets.push(u8::try_from(data.len()).expect("short"));
                octets.extend(data);
            }
            let all = u8::try_from(octets.len()).expect("short");
            octets.insert(0, spoil.unwrap_or(all));
        }
        octets.extend(body);
        let length = if exact {
            let units = match naive::data_coding(dcs).0 {
                naive::Coding::Gsm7 => octets.len() * 8 / 7,
                naive::Coding::Data | naive::Coding::Ucs2 => octets.len(),
            };
            u8::try_from(units.min(160)).expect("at most 160")
        } else {
            length
        };
        (dcs, has_header, length, octets)
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn foreign_octets_are_read_as_the_naive_receiver_reads_them(
        (dcs, has_header, length, octets) in foreign_user_data(),
    ) {
        let received =
            ReceivedUserData::packed(DataCoding::new(dcs), has_header, length, &octets);
        let (coding, _, compressed) = naive::data_coding(dcs);
        let decoded = received.decode();
        let strict = received.decode_strict();
        if compressed || coding == naive::Coding::Data {
            prop_assert!(decoded.is_err());
            prop_assert!(strict.is_err());
            return Ok(());
        }
        let decoded = decoded.expect("a text");
        let expected = naive::read_packed(coding, has_header, length, &octets);
        prop_assert_eq!(Some(decoded.text()), expected.as_deref());
        // What is strictly sound is what needed no forgiveness.
        prop_assert_eq!(decoded.forgiven(), received.decode().expect("a text").forgiven());
        prop_assert_eq!(strict.is_ok(), decoded.forgiven().is_empty());
        if let Ok(strict) = strict {
            prop_assert_eq!(&*strict, decoded.text());
        }
        let Ok(Content::Text(characters)) = received.content() else {
            return Err(TestCaseError::fail("content is text"));
        };
        let mut characters = characters;
        let collected: String = characters.by_ref().collect();
        prop_assert_eq!(&*collected, decoded.text());
        prop_assert_eq!(characters.next(), None);
    }

    #[test]
    fn foreign_headers_are_read_as_the_naive_receiver_reads_them(
        (dcs, _, _, octets) in foreign_user_data(),
        body in prop::collection::vec(any::<u8>(), 0..8),
    ) {
        let octets = [octets, body].concat();
        let expected = naive::read_header(&octets);
        let found = UserDataHeader::read(&octets);
        let Some(elements) = &expected.elements else {
            prop_assert!(found.is_err());
            return Ok(());
        };
        let found = found.expect("whole and filled exactly");
        prop_assert_eq!(found.as_octets(), &octets[..expected.octets]);
        let read: Vec<(u8, Vec<u8>)> = found
            .elements()
            .map(|element| (element.identifier(), element.data().to_vec()))
            .collect();
        prop_assert_eq!(&read, elements);
        prop_assert_eq!(support::pair(found.alphabet()), expected.pair());
        let concatenation = found.concatenation().map(|it| {
            (it.bits(), it.reference(), it.total(), it.sequence())
        });
        prop_assert_eq!(concatenation, expected.concatenation());

        let mut room = [0; 256];
        let written = UserDataHeader::write(found.elements(), &mut room).expect("room");
        prop_assert_eq!(written.as_octets(), found.as_octets());
        let mut narrow = vec![0; expected.octets.saturating_sub(1)];
        prop_assert!(UserDataHeader::write(found.elements(), &mut narrow).is_err());
        let _ = dcs;
    }

    #[test]
    fn elements_are_accepted_by_their_identifiers_and_their_length(
        given in prop::collection::vec((any::<u8>(), data(0..70_usize)), 0..5),
    ) {
        let elements: Vec<InformationElement<'_>> = given
            .iter()
            .map(|(identifier, data)| InformationElement::new(*identifier, data))
            .collect();
        let octets: usize = given.iter().map(|(_, data)| 2 + data.len()).sum();
        let own = given.iter().any(|(identifier, _)| matches!(identifier, 0x00 | 0x08 | 0x24 | 0x25));
        match HeaderElements::new(&elements) {
            Ok(accepted) => {
                prop_assert!(!own && octets <= 123);
                prop_assert_eq!(accepted.octets(), octets);
                let back: Vec<(u8, Vec<u8>)> = accepted
                    .iter()
                    .map(|element| (element.identifier(), element.data().to_vec()))
                    .collect();
                prop_assert_eq!(back, given);
            }
            Err(_) => prop_assert!(own || octets > 123),
        }
    }

    #[test]
    fn a_reference_number_must_fit_its_width(reference in any::<u16>(), wide in any::<bool>()) {
        let concatenation = if wide { Concatenation::Bits16 } else { Concatenation::Bits8 };
        let text = "a".repeat(161);
        let message =
            Message::with_options(&text, SegmentOptions::new().concatenation(concatenation));
        for segment in message.segments().expect("two segments") {
            let fits = wide || reference <= 0xFF;
            prop_assert_eq!(UserData::encode(&segment, reference).is_ok(), fits);
            prop_assert_eq!(UserData::encode_unpacked(&segment, reference).is_ok(), fits);
        }
    }
}

proptest! {
    #![proptest_config(cases(12))]

    #[test]
    fn no_octets_make_the_decoder_panic(
        octets in prop::collection::vec(any::<u8>(), 0..200),
        length in any::<u8>(),
        has_header in any::<bool>(),
        locking in 0..14_u8,
        single in 0..14_u8,
    ) {
        let alphabet = Alphabet::new(support::language(locking), support::language(single));
        let mut texts = 0;
        for value in 0..=0xFF {
            let packed =
                ReceivedUserData::packed(DataCoding::new(value), has_header, length, &octets)
                    .with_alphabet(alphabet);
            texts += usize::from(packed.decode().is_ok());
            let _ = (packed.header(), packed.concatenation(), packed.forgiven());
            let _ = packed.decode_strict();
            if let Ok(Content::Text(characters)) = packed.content() {
                prop_assert!(characters.count() <= 255);
            }
            let unpacked = ReceivedUserData::unpacked(value, has_header, &octets);
            if let Ok(unpacked) = unpacked {
                texts += usize::from(unpacked.with_alphabet(alphabet).decode().is_ok());
                let _ = unpacked.decode_strict();
            }
        }
        // Every data coding that is no text is compressed or 8-bit data.
        let expected = (0..=0xFF)
            .filter(|&value| {
                let (coding, _, compressed) = naive::data_coding(value);
                !compressed && coding != naive::Coding::Data
            })
            .count();
        prop_assert!(texts >= expected);
        let _ = UserDataHeader::read(&octets);
    }
}
