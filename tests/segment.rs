//! Where messages end and segments begin: the edges, by hand.

mod support;

use core::ops::Range;
use septet::{
    Concatenation, Cut, Encoding, HeaderElements, InformationElement, Message, NationalLanguage,
    NationalTables, Reason, ReceivedUserData, SegmentOptions, Segments, UserData, capacity,
};
use support::naive;

/// Asserts how many units each segment has, and everything that follows from it.
#[track_caller]
fn assert_segments(
    text: &str,
    options: SegmentOptions<'_>,
    encoding: Encoding,
    expected: &[usize],
) {
    let message = Message::with_options(text, options);
    assert_eq!(message.encoding(), encoding);
    assert_eq!(message.text(), text);
    assert_eq!(message.units(), expected.iter().sum::<usize>());
    assert_eq!(message.segment_count(), expected.len());
    let segments = message.segments().expect("at most 255 segments");
    let units: Vec<usize> = segments.clone().map(|segment| segment.units()).collect();
    assert_eq!(units, expected);
    let joined: String = segments.clone().map(|segment| segment.text()).collect();
    assert_eq!(joined, text);
    let mut start = 0;
    for (index, segment) in segments.enumerate() {
        let range = segment.range();
        assert_eq!(range.start, start);
        assert_eq!(&text[range.clone()], segment.text());
        start = range.end;
        assert_eq!(usize::from(segment.sequence()), index + 1);
        assert_eq!(usize::from(segment.total()), expected.len());
        assert_eq!(segment.encoding(), encoding);
        assert_eq!(
            segment.free_units(),
            message.segment_capacity() - segment.units()
        );
        assert_eq!(segment.header_octets(), message.header_octets());
        let wanted = match expected.len() {
            1 => Concatenation::None,
            _ => options.get_concatenation(encoding),
        };
        assert_eq!(segment.concatenation(), wanted);
    }
    let last = expected.last().expect("at least one segment");
    assert_eq!(message.free_units(), message.segment_capacity() - last);
}

#[track_caller]
fn assert_gsm7(text: &str, expected: &[usize]) {
    assert_segments(text, SegmentOptions::new(), Encoding::Gsm7, expected);
}

#[track_caller]
fn assert_ucs2(text: &str, expected: &[usize]) {
    assert_segments(text, SegmentOptions::new(), Encoding::Ucs2, expected);
}

// ---------------------------------------------------------------------------------------------------- edges

#[test]
fn an_empty_text_is_one_empty_segment_of_gsm7() {
    for cut in [Cut::Scalar, Cut::Grapheme, Cut::Word] {
        let options = SegmentOptions::new().cut(cut);
        assert_segments("", options, Encoding::Gsm7, &[0]);
    }
    let message = Message::new("");
    assert_eq!(message.free_units(), 160);
    assert!(message.forced_by().is_none());
    let mut segments = message.segments().expect("one segment");
    let segment = segments.next().expect("one segment");
    assert_eq!(segment.text(), "");
    assert_eq!(segment.range(), Range { start: 0, end: 0 });
    assert!(segments.next().is_none());
}

#[test]
fn one_segment_holds_160_septets() {
    assert_gsm7(&"a".repeat(159), &[159]);
    assert_gsm7(&"a".repeat(160), &[160]);
    assert_gsm7(&"a".repeat(161), &[153, 8]);
}

#[test]
fn each_of_several_segments_holds_153_septets() {
    assert_gsm7(&"a".repeat(306), &[153, 153]);
    assert_gsm7(&"a".repeat(307), &[153, 153, 1]);
    assert_gsm7(&"a".repeat(459), &[153, 153, 153]);
    assert_gsm7(&"a".repeat(460), &[153, 153, 153, 1]);
}

#[test]
fn one_segment_holds_70_code_units() {
    assert_ucs2(&"ж".repeat(70), &[70]);
    assert_ucs2(&"ж".repeat(71), &[67, 4]);
}

#[test]
fn each_of_several_segments_holds_67_code_units() {
    assert_ucs2(&"ж".repeat(134), &[67, 67]);
    assert_ucs2(&"ж".repeat(135), &[67, 67, 1]);
}

#[test]
fn a_wide_reference_takes_a_unit_of_every_segment() {
    let options = SegmentOptions::new().concatenation(Concatenation::Bits16);
    let gsm7 = |text: &str, expected: &[usize]| {
        assert_segments(text, options, Encoding::Gsm7, expected);
    };
    gsm7(&"a".repeat(160), &[160]);
    gsm7(&"a".repeat(161), &[152, 9]);
    gsm7(&"a".repeat(304), &[152, 152]);
    gsm7(&"a".repeat(305), &[152, 152, 1]);
    let ucs2 = |text: &str, expected: &[usize]| {
        assert_segments(text, options, Encoding::Ucs2, expected);
    };
    ucs2(&"ж".repeat(70), &[70]);
    ucs2(&"ж".repeat(71), &[66, 5]);
    ucs2(&"ж".repeat(132), &[66, 66]);
    ucs2(&"ж".repeat(133), &[66, 66, 1]);
}

#[test]
fn escape_pair_is_never_split() {
    assert_gsm7(&"€".repeat(80), &[160]);
    assert_gsm7(&"€".repeat(81), &[152, 10]);
    assert_gsm7(&"€".repeat(153), &[152, 152, 2]);
    // The pair would take septets 160 and 161 of a single segment, then 153 and 154 of the first of two.
    assert_gsm7(&format!("{}€", "a".repeat(158)), &[160]);
    assert_gsm7(&format!("{}€", "a".repeat(159)), &[153, 8]);
    assert_gsm7(
        &format!("{}€{}", "a".repeat(152), "a".repeat(10)),
        &[152, 12],
    );
    assert_gsm7(
        &format!("{}€{}", "a".repeat(151), "a".repeat(10)),
        &[153, 10],
    );
}

#[test]
fn surrogate_pair_is_never_split() {
    assert_ucs2(&"😀".repeat(35), &[70]);
    assert_ucs2(&"😀".repeat(36), &[66, 6]);
    let sandwich = format!("{}😀{}", "ж".repeat(66), "ж".repeat(66));
    assert_ucs2(&sandwich, &[66, 67, 1]);
    assert_ucs2(&format!("{}😀", "ж".repeat(68)), &[70]);
    assert_ucs2(&format!("{}😀", "ж".repeat(69)), &[67, 4]);
}

#[test]
fn one_character_changes_every_segment() {
    let text = format!("{}’", "a".repeat(160));
    assert_ucs2(&text, &[67, 67, 27]);
    let forced_by = Message::new(&text).forced_by().expect("forced");
    assert_eq!((forced_by.character(), forced_by.at()), ('’', 160));
}

// ---------------------------------------------------------------------------------------------------- 255

#[test]
fn at_most_255_segments_are_yielded() {
    let rows: [(&str, Concatenation, usize); 6] = [
        ("a", Concatenation::Bits8, 39_015),
        ("ж", Concatenation::Bits8, 17_085),
        ("a", Concatenation::Bits16, 38_760),
        ("ж", Concatenation::Bits16, 16_830),
        ("a", Concatenation::None, 255 * 160),
        ("ж", Concatenation::None, 255 * 70),
    ];
    for cut in [Cut::Scalar, Cut::Grapheme, Cut::Word] {
        for (character, concatenation, units) in rows {
            let options = SegmentOptions::new().concatenation(concatenation).cut(cut);
            let most = character.repeat(units);
            let message = Message::with_options(&most, options);
            assert_eq!(message.segment_count(), 255);
            assert_eq!(message.free_units(), 0);
            let segments = message.segments().expect("255 segments");
            assert_eq!(segments.len(), 255);
            let last = segments.last().expect("a last segment");
            assert_eq!((last.sequence(), last.total()), (255, 255));
            assert_eq!(last.range().end, most.len());

            let more = character.repeat(units + 1);
            let message = Message::with_options(&more, options);
            assert_eq!(message.segment_count(), 256);
            assert_eq!(message.units(), units + 1);
            let error = message.segments().expect_err("256 segments");
            assert_eq!(error.needed(), 256);
        }
    }
}

#[test]
fn counting_goes_on_beyond_255_segments() {
    let message_text = "a".repeat(153 * 1000);
    let message = Message::new(&message_text);
    assert_eq!(message.segment_count(), 1000);
    assert_eq!(message.segments().expect_err("too many").needed(), 1000);
}

// ---------------------------------------------------------------------------------------------------- concatenation

#[test]
fn without_concatenation_a_long_text_becomes_independent_messages() {
    let options = SegmentOptions::new().concatenation(Concatenation::None);
    assert_segments(&"a".repeat(161), options, Encoding::Gsm7, &[160, 1]);
    assert_segments(&"ж".repeat(141), options, Encoding::Ucs2, &[70, 70, 1]);
    assert_segments(&"€".repeat(81), options, Encoding::Gsm7, &[160, 2]);
}

#[test]
fn concatenation_is_set_for_each_encoding() {
    let options = SegmentOptions::new()
        .concatenation(Concatenation::Bits16)
        .concatenation_for(Encoding::Ucs2, Concatenation::None);
    assert_eq!(
        options.get_concatenation(Encoding::Gsm7),
        Concatenation::Bits16
    );
    assert_eq!(
        options.get_concatenation(Encoding::Ucs2),
        Concatenation::None
    );
    assert_segments(&"a".repeat(161), options, Encoding::Gsm7, &[152, 9]);
    assert_segments(&"ж".repeat(71), options, Encoding::Ucs2, &[70, 1]);

    let other = SegmentOptions::new().concatenation_for(Encoding::Gsm7, Concatenation::None);
    assert_segments(&"a".repeat(161), other, Encoding::Gsm7, &[160, 1]);
    assert_segments(&"ж".repeat(71), other, Encoding::Ucs2, &[67, 4]);
}

#[test]
fn eight_bit_references_and_scalar_cuts_are_the_default() {
    let options = SegmentOptions::new();
    assert_eq!(options, SegmentOptions::default());
    assert_eq!(options.get_cut(), Cut::Scalar);
    assert_eq!(options.get_national_tables(), NationalTables::NONE);
    assert!(options.get_header_elements().is_none());
    for encoding in [Encoding::Gsm7, Encoding::Ucs2] {
        assert_eq!(options.get_concatenation(encoding), Concatenation::Bits8);
    }
}

// ---------------------------------------------------------------------------------------------------- header elements

#[track_caller]
fn elements(elements: &[(u8, &[u8])]) -> HeaderElements {
    let elements: Vec<InformationElement<'_>> = elements
        .iter()
        .map(|&(identifier, data)| InformationElement::new(identifier, data))
        .collect();
    HeaderElements::new(&elements).expect("elements that a caller may give")
}

#[test]
fn elements_that_the_crate_writes_itself_are_refused() {
    for (identifier, data) in [
        (0x00, &[1, 1, 1][..]),
        (0x08, &[0, 1, 1, 1]),
        (0x24, &[1]),
        (0x25, &[1]),
    ] {
        let own = InformationElement::new(identifier, data);
        let other = InformationElement::new(0x70, &[]);
        assert!(HeaderElements::new(&[own]).is_err(), "{identifier:02X}");
        assert!(
            HeaderElements::new(&[other, own]).is_err(),
            "{identifier:02X}"
        );
    }
    for identifier in (0x00..=0xFF).filter(|id| ![0x00, 0x08, 0x24, 0x25].contains(id)) {
        let element = InformationElement::new(identifier, &[1]);
        assert!(HeaderElements::new(&[element]).is_ok(), "{identifier:02X}");
    }
}

#[test]
fn at_most_123_octets_of_elements_are_accepted() {
    let data = [0xAA; 255];
    let one = |length: usize| InformationElement::new(0x70, &data[..length]);
    assert_eq!(
        HeaderElements::new(&[one(121)]).ok().map(|it| it.octets()),
        Some(123)
    );
    assert!(HeaderElements::new(&[one(122)]).is_err());
    assert!(HeaderElements::new(&[one(255)]).is_err());
    assert_eq!(
        HeaderElements::new(&[one(60), one(59)])
            .ok()
            .map(|it| it.octets()),
        Some(123)
    );
    assert!(HeaderElements::new(&[one(60), one(60)]).is_err());
    let empty = [one(0); 62];
    assert!(HeaderElements::new(&empty).is_err());
    assert_eq!(
        HeaderElements::new(&empty[..61]).ok().map(|it| it.octets()),
        Some(122)
    );
}

#[test]
fn elements_read_back_as_given() {
    let elements = elements(&[(0x05, &[0x0B, 0x84, 0x23, 0xF0]), (0x70, &[]), (0xE0, &[7])]);
    let back: Vec<(u8, Vec<u8>)> = elements
        .iter()
        .map(|element| (element.identifier(), element.data().to_vec()))
        .collect();
    assert_eq!(
        back,
        [
            (0x05, vec![0x0B, 0x84, 0x23, 0xF0]),
            (0x70, vec![]),
            (0xE0, vec![7])
        ]
    );
    assert_eq!(elements.octets(), 6 + 2 + 3);
}

#[test]
fn ports_are_written_destination_first() {
    assert_eq!(InformationElement::PORTS_8_BIT, 0x04);
    assert_eq!(InformationElement::PORTS_16_BIT, 0x05);
    assert_eq!(InformationElement::ports_8_bit(0xF0, 0x10), [0xF0, 0x10]);
    assert_eq!(
        InformationElement::ports_16_bit(0x0B84, 0x23F0),
        [0x0B, 0x84, 0x23, 0xF0]
    );
}

#[test]
fn no_elements_cost_nothing() {
    let none = HeaderElements::new(&[]).expect("no elements");
    assert_eq!(none.octets(), 0);
    let options = SegmentOptions::new().header_elements(&none);
    assert_segments(&"a".repeat(160), options, Encoding::Gsm7, &[160]);
    assert_segments(&"a".repeat(161), options, Encoding::Gsm7, &[153, 8]);
    assert_eq!(Message::with_options("a", options).header_octets(), 0);
}

// ---------------------------------------------------------------------------------------------------- capacities

#[test]
fn capacities_follow_from_the_header_whatever_its_length() {
    assert_eq!(capacity::OCTETS, 140);
    assert_eq!(capacity::MAX_SEGMENTS, 255);
    for header in 0..=140 {
        assert_eq!(capacity::octets(header), 140 - header);
        assert_eq!(capacity::septets(header), naive::septet_capacity(header));
        assert_eq!(
            capacity::code_units(header),
            naive::code_unit_capacity(header)
        );
        let septets = (8 * header).div_ceil(7);
        assert_eq!(capacity::header_septets(header), septets);
        assert_eq!(capacity::fill_bits(header), 7 * septets - 8 * header);
    }
}

/// Which national tables a row of the reference's section 6 uses.
#[derive(Clone, Copy, Debug)]
enum Shifts {
    None,
    One,
    Both,
}

#[test]
fn every_header_of_the_reference_has_its_capacities() {
    use Concatenation::{Bits8, Bits16};
    const ALONE: Concatenation = Concatenation::None;
    let ports_8 = elements(&[(0x04, &InformationElement::ports_8_bit(1, 2))]);
    let ports_16 = elements(&[(0x05, &InformationElement::ports_16_bit(1, 2))]);
    // header octets, header septets, fill bits, septets, octets, code units: section 6, row by row
    type Row<'a> = (
        Option<&'a HeaderElements>,
        Concatenation,
        Shifts,
        [usize; 6],
    );
    let rows: [Row<'_>; 15] = [
        (None, ALONE, Shifts::None, [0, 0, 0, 160, 140, 70]),
        (None, Bits8, Shifts::None, [6, 7, 1, 153, 134, 67]),
        (None, Bits16, Shifts::None, [7, 8, 0, 152, 133, 66]),
        (None, ALONE, Shifts::One, [4, 5, 3, 155, 136, 68]),
        (None, ALONE, Shifts::Both, [7, 8, 0, 152, 133, 66]),
        (None, Bits8, Shifts::One, [9, 11, 5, 149, 131, 65]),
        (None, Bits8, Shifts::Both, [12, 14, 2, 146, 128, 64]),
        (None, Bits16, Shifts::One, [10, 12, 4, 148, 130, 65]),
        (None, Bits16, Shifts::Both, [13, 15, 1, 145, 127, 63]),
        (
            Some(&ports_16),
            ALONE,
            Shifts::None,
            [7, 8, 0, 152, 133, 66],
        ),
        (
            Some(&ports_16),
            Bits8,
            Shifts::None,
            [12, 14, 2, 146, 128, 64],
        ),
        (
            Some(&ports_16),
            Bits16,
            Shifts::None,
            [13, 15, 1, 145, 127, 63],
        ),
        (Some(&ports_8), ALONE, Shifts::None, [5, 6, 2, 154, 135, 67]),
        (
            Some(&ports_8),
            Bits8,
            Shifts::None,
            [10, 12, 4, 148, 130, 65],
        ),
        (
            Some(&ports_8),
            Bits16,
            Shifts::None,
            [11, 13, 3, 147, 129, 64],
        ),
    ];
    for (elements, concatenation, shifts, expected) in rows {
        let [
            header,
            header_septets,
            fill_bits,
            septets,
            octets,
            code_units,
        ] = expected;
        assert_eq!(capacity::header_septets(header), header_septets);
        assert_eq!(capacity::fill_bits(header), fill_bits);
        assert_eq!(capacity::septets(header), septets);
        assert_eq!(capacity::octets(header), octets);
        assert_eq!(capacity::code_units(header), code_units);

        // A Bengali letter needs the Bengali locking table, a Hindi digit the Hindi single shift: together, both elements.
        let (prefix, prefix_septets, tables) = match shifts {
            Shifts::None => ("", 0, NationalTables::NONE),
            Shifts::One => (
                "অ",
                1,
                NationalTables::NONE.allow_locking(NationalLanguage::Bengali),
            ),
            Shifts::Both => (
                "অ१",
                3,
                NationalTables::NONE
                    .allow_locking(NationalLanguage::Bengali)
                    .allow_single_shift(NationalLanguage::Hindi),
            ),
        };
        let mut options = SegmentOptions::new()
            .concatenation(concatenation)
            .national_tables(tables);
        if let Some(elements) = elements {
            options = options.header_elements(elements);
        }
        let segments = match concatenation {
            ALONE => 1,
            Bits8 | Bits16 => 3,
        };
        let full = format!(
            "{prefix}{}",
            "a".repeat(septets * segments - prefix_septets)
        );
        let message = Message::with_options(&full, options);
        assert_eq!(message.encoding(), Encoding::Gsm7, "{expected:?}");
        assert_eq!(message.header_octets(), header, "{expected:?}");
        assert_eq!(message.segment_capacity(), septets, "{expected:?}");
        assert_eq!(message.segment_count(), segments, "{expected:?}");
        assert_eq!(message.free_units(), 0, "{expected:?}");
        let over = format!("{full}a");
        let message = Message::with_options(&over, options);
        assert_eq!(message.segment_count(), segments + 1, "{expected:?}");

        if matches!(shifts, Shifts::None) {
            let full = "ж".repeat(code_units * segments);
            let message = Message::with_options(&full, options);
            assert_eq!(message.header_octets(), header, "{expected:?}");
            assert_eq!(message.segment_capacity(), code_units, "{expected:?}");
            assert_eq!(message.segment_count(), segments, "{expected:?}");
            let over = format!("{full}ж");
            let message = Message::with_options(&over, options);
            assert_eq!(message.segment_count(), segments + 1, "{expected:?}");
        }
    }
}

#[test]
fn the_longest_header_still_leaves_room_for_a_pair() {
    let longest = elements(&[(0x70, &[0; 121])]);
    let options = SegmentOptions::new().header_elements(&longest);
    assert_segments("€€€€€€€€€", options, Encoding::Gsm7, &[18]);
    assert_segments("€€€€€€€€€a", options, Encoding::Gsm7, &[12, 7]);
    let options = options.concatenation(Concatenation::Bits16);
    assert_segments("жжжж😀😀", options, Encoding::Ucs2, &[8]);
    assert_segments("жжжж😀😀ж", options, Encoding::Ucs2, &[4, 5]);
    // 1 + 123 + 6 + 3 + 3 octets of header leave 4 septets.
    let both = options.national_tables(
        NationalTables::NONE
            .allow_locking(NationalLanguage::Bengali)
            .allow_single_shift(NationalLanguage::Hindi),
    );
    let text = "অ११अ१";
    let message = Message::try_with_encoding("অ११অঅ११অ", both, Encoding::Gsm7);
    let message = message.expect("one pair holds all");
    assert_eq!(message.header_octets(), 136);
    assert_eq!(message.segment_capacity(), 4);
    let units: Vec<usize> = message
        .segments()
        .expect("few segments")
        .map(|segment| segment.units())
        .collect();
    assert_eq!(units, [3, 4, 4, 1]);
    // The Hindi letter is in no allowed table.
    let error = Message::try_with_encoding(text, both, Encoding::Gsm7).expect_err("अ");
    assert_eq!((error.character(), error.at()), ('अ', 9));
}

// ---------------------------------------------------------------------------------------------------- cuts by cluster

fn graphemes() -> SegmentOptions<'static> {
    SegmentOptions::new().cut(Cut::Grapheme)
}

#[test]
fn a_cluster_is_kept_whole_when_it_fits() {
    let flag = "🇮🇹";
    let text = format!("{}{flag}bbb", "a".repeat(65));
    assert_segments(&text, SegmentOptions::new(), Encoding::Ucs2, &[67, 5]);
    assert_segments(&text, graphemes(), Encoding::Ucs2, &[65, 7]);
    let accent = format!("{}e\u{301}bbb", "a".repeat(66));
    assert_segments(&accent, SegmentOptions::new(), Encoding::Ucs2, &[67, 4]);
    assert_segments(&accent, graphemes(), Encoding::Ucs2, &[66, 5]);
}

#[test]
fn carriage_return_and_line_feed_are_one_cluster() {
    let text = format!("{}\r\n{}", "a".repeat(152), "a".repeat(10));
    assert_segments(&text, SegmentOptions::new(), Encoding::Gsm7, &[153, 11]);
    assert_segments(&text, graphemes(), Encoding::Gsm7, &[152, 12]);
}

#[test]
fn a_cluster_that_fits_no_segment_is_filled_in_from_where_it_stands() {
    let monster = format!("ж{}", "\u{301}".repeat(70));
    let text = format!("ab{monster}cd");
    assert_segments(&text, graphemes(), Encoding::Ucs2, &[67, 8]);
    // 67 code units are the most that fit whole.
    let largest = format!("ж{}", "\u{301}".repeat(66));
    let text = format!("ab{largest}cd");
    assert_segments(&text, graphemes(), Encoding::Ucs2, &[2, 67, 2]);
}

#[test]
fn clusters_may_need_more_segments_than_scalars() {
    let text = "🇮🇹".repeat(33);
    assert_segments(&text, SegmentOptions::new(), Encoding::Ucs2, &[66, 66]);
    assert_segments(&text, graphemes(), Encoding::Ucs2, &[64, 64, 4]);
}

#[test]
fn a_family_joined_by_joiners_is_one_cluster() {
    let text = format!("ab{}", "👨\u{200d}👩\u{200d}👧\u{200d}👦".repeat(7));
    assert_segments(&text, SegmentOptions::new(), Encoding::Ucs2, &[66, 13]);
    assert_segments(&text, graphemes(), Encoding::Ucs2, &[57, 22]);
}

// ---------------------------------------------------------------------------------------------------- cuts by word

/// Asserts the texts of the segments under word cuts, behind a header of so many octets of elements.
#[track_caller]
fn assert_words(element_octets: usize, expected: &[&str]) {
    let data = vec![0; element_octets - 2];
    let elements = elements(&[(0x70, &data)]);
    let options = SegmentOptions::new()
        .cut(Cut::Word)
        .header_elements(&elements);
    let text = expected.concat();
    let message = Message::with_options(&text, options);
    let segments: Vec<&str> = message
        .segments()
        .expect("few segments")
        .map(|segment| segment.text())
        .collect();
    assert_eq!(segments, expected);
    let scalar = Message::with_options(&text, options.cut(Cut::Scalar));
    assert_eq!(
        message.segment_count(),
        scalar.segment_count(),
        "word cuts need no more segments"
    );
}

#[test]
fn words_are_kept_whole_when_that_costs_no_segment() {
    // 112 octets of elements: 118 of header with the reference, 25 septets a segment.
    assert_words(112, &["one two three four five ", "six seven"]);
    assert_words(112, &["one two three four five ", "sixteen seventeen"]);
}

#[test]
fn a_word_is_cut_rather_than_a_segment_added() {
    assert_words(
        112,
        &["one two three four five s", "ixteen seventeen eighteen"],
    );
    assert_words(112, &["abcdefghijklmnopqrstuvwxy", "zabcdef"]);
}

#[test]
fn a_number_with_separators_is_kept_whole() {
    assert_words(112, &["the total comes to ", "1,234,567.89 euro"]);
}

#[test]
fn a_url_is_kept_whole_when_that_costs_no_segment() {
    assert_words(112, &["see it there: ", "http://a.bc/de/fg?h=i ok"]);
}

#[test]
fn a_url_edge_is_a_place_to_cut_where_no_word_ends() {
    // The underscore joins the scheme to the word before it: only the URL's own edge stands between them.
    assert_words(112, &["aaaaaaaa_aaaaaaaa_", "http://a.bc/de/fg"]);
}

#[test]
fn the_end_of_a_url_is_a_place_to_cut_where_no_word_ends() {
    // A narrow no-break space is white space, but joins words (UAX #29, ExtendNumLet). 11 code units a segment.
    assert_words(112, &["a://bcdef", "\u{202f}ghijk"]);
}

#[test]
fn a_url_that_fits_no_segment_is_cut_at_a_cluster_boundary() {
    assert_words(112, &["http://example.com/abcdef", "ghijklmnopqrstuvwxyz"]);
}

#[test]
fn independent_messages_are_cut_at_words_too() {
    let text = format!("{} hello there", "a".repeat(153));
    let options = SegmentOptions::new()
        .cut(Cut::Word)
        .concatenation(Concatenation::None);
    assert_segments(&text, options, Encoding::Gsm7, &[160, 5]);
    let text = format!("{} hello there", "a".repeat(150));
    assert_segments(&text, options, Encoding::Gsm7, &[157, 5]);
}

// ---------------------------------------------------------------------------------------------------- demanded encodings

#[test]
fn ucs2_can_be_demanded_of_any_text() {
    let text = "a".repeat(71);
    let message = Message::try_with_encoding(&text, SegmentOptions::new(), Encoding::Ucs2)
        .expect("UCS-2 holds every text");
    assert_eq!(message.encoding(), Encoding::Ucs2);
    assert_eq!(message.units(), 71);
    assert_eq!(message.segment_count(), 2);
    assert_eq!(message.alphabet(), None);
    assert!(matches!(message.reason(), Reason::Demanded));
}

#[test]
fn gsm7_demanded_of_a_foreign_text_names_the_first_foreign_scalar() {
    let error = Message::try_with_encoding("naïve — ok", SegmentOptions::new(), Encoding::Gsm7)
        .expect_err("not in the alphabet");
    assert_eq!((error.character(), error.at()), ('ï', 2));
    assert!(!error.is_in_some_table());
}

#[test]
fn gsm7_demanded_where_no_single_pair_holds_all_is_refused() {
    let tables = NationalTables::NONE
        .allow_locking(NationalLanguage::Bengali)
        .allow_locking(NationalLanguage::Tamil);
    let options = SegmentOptions::new().national_tables(tables);
    let text = "অஅ";
    let error = Message::try_with_encoding(text, options, Encoding::Gsm7)
        .expect_err("two locking tables at once");
    assert!(error.is_in_some_table());
    let message = Message::with_options(text, options);
    assert_eq!(message.encoding(), Encoding::Ucs2);
    assert!(message.forced_by().is_none());
    assert_eq!(message.unmappables().count(), 0);
    assert!(matches!(message.reason(), Reason::NoSinglePair));
}

#[test]
fn national_tables_that_save_no_segment_are_not_used() {
    let options = SegmentOptions::new().national_tables(NationalTables::ALL);
    let message = Message::with_options("ğ", options);
    assert_eq!(message.encoding(), Encoding::Ucs2);
    assert!(message.forced_by().is_none());
    assert!(matches!(message.reason(), Reason::NotCheaper));
    let text = "ğ".repeat(71);
    let message = Message::with_options(&text, options);
    assert_eq!(message.encoding(), Encoding::Gsm7);
    assert!(matches!(message.reason(), Reason::NationalTables));
    let alphabet = message.alphabet().expect("GSM-7");
    assert_eq!(alphabet.locking(), Some(NationalLanguage::Turkish));
    assert_eq!(alphabet.single_shift(), None);
    assert_eq!((message.units(), message.free_units()), (71, 84));
}

#[test]
fn national_tables_can_be_cheaper_even_where_the_default_alphabet_holds_all() {
    // The caret is one septet in the Portuguese locking table, two in the default extension table.
    let text = "^".repeat(150);
    assert_gsm7(&text, &[152, 148]);
    let options = SegmentOptions::new()
        .national_tables(NationalTables::NONE.allow(NationalLanguage::Portuguese));
    let message = Message::with_options(&text, options);
    assert_eq!(message.segment_count(), 1);
    assert_eq!(message.units(), 150);
    let alphabet = message.alphabet().expect("GSM-7");
    assert_eq!(alphabet.locking(), Some(NationalLanguage::Portuguese));
    assert_eq!(alphabet.single_shift(), None);
    // Where it saves no segment the smaller header wins.
    let message = Message::with_options("^^", options);
    assert_eq!(message.alphabet(), Some(septet::Alphabet::DEFAULT));
}

#[test]
fn every_scalar_outside_every_allowed_table_is_listed() {
    let text = "aжbğc😀ж";
    let all = |options| -> Vec<(usize, char)> {
        Message::with_options(text, options)
            .unmappables()
            .map(|it| (it.at(), it.character()))
            .collect()
    };
    assert_eq!(
        all(SegmentOptions::new()),
        [(1, 'ж'), (4, 'ğ'), (7, '😀'), (11, 'ж')]
    );
    let turkish = NationalTables::NONE.allow(NationalLanguage::Turkish);
    assert_eq!(
        all(SegmentOptions::new().national_tables(turkish)),
        [(1, 'ж'), (7, '😀'), (11, 'ж')]
    );
}

// ---------------------------------------------------------------------------------------------------- the iterator

#[test]
fn the_iterator_knows_its_length() {
    let text = "a".repeat(500);
    let mut segments = Message::new(&text).segments().expect("few segments");
    for left in [4, 3, 2, 1] {
        assert_eq!(segments.len(), left);
        assert_eq!(segments.size_hint(), (left, Some(left)));
        assert!(segments.next().is_some());
    }
    assert_eq!(segments.len(), 0);
    assert_eq!(segments.size_hint(), (0, Some(0)));
}

#[test]
fn the_iterator_stays_at_its_end() {
    fn fused<I: core::iter::FusedIterator>(iterator: I) -> I {
        iterator
    }
    for text in ["", "a", &"a".repeat(161)] {
        let mut segments = fused(Message::new(text).segments().expect("few segments"));
        while segments.next().is_some() {}
        assert!(segments.next().is_none());
        assert!(segments.next().is_none());
        assert_eq!(segments.len(), 0);
    }
}

#[test]
fn a_clone_of_the_iterator_goes_its_own_way() {
    for cut in [Cut::Scalar, Cut::Grapheme, Cut::Word] {
        let text = "one two three ".repeat(40);
        let options = SegmentOptions::new().cut(cut);
        let mut segments = Message::with_options(&text, options)
            .segments()
            .expect("few segments");
        segments.next();
        let copy = segments.clone();
        let rest: Vec<_> = segments.by_ref().map(|segment| segment.range()).collect();
        assert!(rest.len() > 1);
        assert!(segments.next().is_none());
        let again: Vec<_> = copy.map(|segment| segment.range()).collect();
        assert_eq!(rest, again);
    }
}

#[test]
fn segments_borrow_the_text_and_not_the_message() {
    fn segments_of(text: &str) -> Segments<'_> {
        let message = Message::new(text);
        message.segments().expect("few segments")
    }
    fn second_of(text: &str) -> &str {
        let mut segments = segments_of(text);
        segments.next();
        segments.next().expect("a second segment").text()
    }
    let text = "a".repeat(160) + "bcd";
    assert_eq!(second_of(&text), "aaaaaaabcd");
}

#[test]
fn options_without_header_elements_live_for_ever() {
    fn forever() -> SegmentOptions<'static> {
        SegmentOptions::new().cut(Cut::Word)
    }
    let text = String::from("hello");
    let message = Message::with_options(&text, forever());
    assert_eq!(message.options(), forever());
}

#[test]
fn an_empty_text_behind_header_elements_is_whole() {
    for length in 0..=121 {
        let data = vec![0xAA; length];
        let elements = HeaderElements::new(&[InformationElement::new(0x70, &data)]).unwrap();
        let options = SegmentOptions::new().header_elements(&elements);
        let segment = Message::with_options("", options)
            .segments()
            .unwrap()
            .next()
            .unwrap();
        let user_data = UserData::encode(&segment, 0).unwrap();
        let septets = usize::from(user_data.length());
        assert_eq!(
            user_data.as_octets().len(),
            (septets * 7).div_ceil(8),
            "{length} octets"
        );
        let received = ReceivedUserData::from(&user_data);
        assert!(
            received.forgiven().is_empty(),
            "{length} octets: {received:?}"
        );
    }
}
