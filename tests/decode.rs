//! Received octets: every data coding scheme, and each thing that is forgiven, with its near miss.

#![cfg(feature = "alloc")]

use septet::{
    Alphabet, Coding, Content, DataCoding, Deviation, MessageClass, NationalLanguage, NotText,
    ReceivedUserData, StrictError, UserDataHeader,
};

/// GSM-7 without header.
fn septets<'a>(length: u8, octets: &'a [u8]) -> ReceivedUserData<'a> {
    ReceivedUserData::packed(DataCoding::new(0x00), false, length, octets)
}

/// GSM-7 behind a header.
fn with_header<'a>(length: u8, octets: &'a [u8]) -> ReceivedUserData<'a> {
    ReceivedUserData::packed(DataCoding::new(0x00), true, length, octets)
}

fn ucs2<'a>(length: u8, octets: &'a [u8]) -> ReceivedUserData<'a> {
    ReceivedUserData::packed(DataCoding::new(0x08), false, length, octets)
}

#[track_caller]
fn assert_reads(received: ReceivedUserData<'_>, text: &str, forgiven: &[Deviation]) {
    let decoded = received.decode().expect("it is text");
    assert_eq!(decoded.text(), text);
    assert_eq!(decoded.forgiven().iter().collect::<Vec<_>>(), forgiven);
    let Ok(Content::Text(characters)) = received.content() else {
        panic!("it is text")
    };
    assert_eq!(characters.collect::<String>(), text, "without allocation");
    match (received.decode_strict(), forgiven) {
        (Ok(strict), []) => assert_eq!(strict, text),
        (Err(StrictError::Deviation(deviation)), [_, ..]) => {
            assert!(forgiven.contains(&deviation.deviation()));
        }
        (strict, _) => panic!("strict reading: {strict:?}"),
    }
}

#[test]
fn every_data_coding_scheme_is_read_by_its_group() {
    for value in 0..=u8::MAX {
        let scheme = DataCoding::new(value);
        let (coding, class, compressed, reserved) = naive_scheme(value);
        assert_eq!(scheme.coding(), coding, "{value:#04x}");
        assert_eq!(scheme.class(), class, "{value:#04x}");
        assert_eq!(scheme.is_compressed(), compressed, "{value:#04x}");
        assert_eq!(scheme.is_reserved(), reserved, "{value:#04x}");
    }
}

/// The table of TS 23.038 §4 written out bit by bit.
fn naive_scheme(value: u8) -> (Coding, Option<MessageClass>, bool, bool) {
    let bit = |n: u32| value >> n & 1 == 1;
    let classes = [
        MessageClass::Class0,
        MessageClass::Class1,
        MessageClass::Class2,
        MessageClass::Class3,
    ];
    let class = classes[usize::from(value & 3)];
    match (bit(7), bit(6), bit(5), bit(4)) {
        (false, _, compressed, with_class) => {
            let (coding, reserved) = match (bit(3), bit(2)) {
                (false, false) => (Coding::Gsm7, false),
                (false, true) => (Coding::Data, false),
                (true, false) => (Coding::Ucs2, false),
                (true, true) => (Coding::Gsm7, true),
            };
            (coding, with_class.then_some(class), compressed, reserved)
        }
        (true, false, ..) => (Coding::Gsm7, None, false, true),
        (true, true, false, _) => (Coding::Gsm7, None, false, bit(2)),
        (true, true, true, false) => (Coding::Ucs2, None, false, bit(2)),
        (true, true, true, true) => (
            if bit(2) { Coding::Data } else { Coding::Gsm7 },
            Some(class),
            false,
            bit(3),
        ),
    }
}

#[test]
fn every_scheme_of_the_unpacked_form_is_read_or_refused() {
    for value in 0..=u8::MAX {
        let received = ReceivedUserData::unpacked(value, false, &[0x00, 0x41]);
        match value {
            0x00 | 0xC0..=0xDF | 0xF0..=0xF3 | 0xF8..=0xFB => {
                assert_eq!(
                    received.unwrap().decode().unwrap().text(),
                    "@A",
                    "{value:#04x}"
                );
            }
            0x08 => assert_eq!(received.unwrap().decode().unwrap().text(), "A"),
            0x02 | 0x04 | 0xF4..=0xF7 | 0xFC..=0xFF => {
                let content = received.unwrap().content();
                assert!(
                    matches!(content, Ok(Content::Data([0x00, 0x41]))),
                    "{value:#04x}"
                );
            }
            _ => assert_eq!(received.unwrap_err().data_coding(), value),
        }
    }
}

#[test]
fn the_length_tells_a_trailing_at_sign_from_spare_bits() {
    let octets = [0x31, 0xD9, 0x8C, 0x56, 0xB3, 0xDD, 0x00];
    assert_reads(septets(7, &octets), "1234567", &[]);
    assert_reads(septets(8, &octets), "1234567@", &[]);
}

#[test]
fn spare_bits_behind_the_last_septet_are_not_looked_at() {
    assert_reads(
        septets(7, &[0x31, 0xD9, 0x8C, 0x56, 0xB3, 0xDD, 0x1A]),
        "1234567",
        &[],
    );
}

#[test]
fn octets_behind_the_length_are_not_looked_at() {
    assert_reads(septets(1, &[0x41, 0xFF, 0xFF]), "A", &[]);
    assert_reads(ucs2(2, &[0x00, 0x41, 0xD8]), "A", &[]);
}

#[test]
fn an_unassigned_code_is_a_space() {
    // 0x5C of the Bengali locking table, as which some phones send a space.
    let octets = [0x03, 0x25, 0x01, 0x04, 0b1110_0000, 0b0000_0010];
    assert_reads(with_header(6, &octets), " ", &[Deviation::UnassignedCode]);
    let bengali = Alphabet::new(Some(NationalLanguage::Bengali), None);
    assert_reads(septets(1, &[0x20]).with_alphabet(bengali), " ", &[]);
}

#[test]
fn an_octet_that_is_no_septet_is_a_space() {
    let received = ReceivedUserData::unpacked(0, false, &[0x41, 0xC1]).unwrap();
    assert_reads(received, "A ", &[Deviation::UnassignedCode]);
}

#[test]
fn an_unknown_escape_shows_the_base_letter() {
    for (code, text) in [
        (0x61, "a"),
        (0x00, "@"),
        (0x7F, "à"),
        (0x0D, "\r"),
        (0x1B, " "),
    ] {
        let received = ReceivedUserData::unpacked(0, false, &[0x1B, code])
            .unwrap()
            .decode();
        assert_eq!(received.as_ref().unwrap().text(), text, "1B {code:02X}");
        assert!(
            received
                .unwrap()
                .forgiven()
                .contains(Deviation::UnknownEscape)
        );
    }
    assert_reads(septets(2, &[0x9B, 0x32]), "€", &[]);
}

#[test]
fn two_escapes_use_up_both_septets() {
    let received = ReceivedUserData::unpacked(0, false, &[0x1B, 0x1B, 0x65]).unwrap();
    assert_reads(received, " e", &[Deviation::UnknownEscape]);
}

#[test]
fn an_unknown_escape_under_a_locking_table_shows_its_letter() {
    let turkish = Alphabet::new(Some(NationalLanguage::Turkish), None);
    let octets = [0x1B, 0x0C];
    let received = ReceivedUserData::unpacked(0, false, &octets)
        .unwrap()
        .with_alphabet(turkish);
    assert_reads(received, "ğ", &[Deviation::UnknownEscape]);
}

#[test]
fn a_trailing_escape_is_a_space() {
    assert_reads(septets(1, &[0x1B]), " ", &[Deviation::TrailingEscape]);
}

#[test]
fn fill_bits_may_be_anything() {
    let hello = [
        0x05, 0x00, 0x03, 0xA5, 0x02, 0x01, 0x90, 0x65, 0x36, 0xFB, 0x0D,
    ];
    assert_reads(with_header(12, &hello), "Hello", &[]);
    let mut filled = hello;
    filled[6] |= 1;
    assert_reads(with_header(12, &filled), "Hello", &[Deviation::FillBits]);
}

#[test]
fn a_header_that_is_not_filled_is_skipped_and_says_nothing() {
    // A concatenation element that claims one octet too many.
    let octets = [
        0x05, 0x00, 0x04, 0xA5, 0x02, 0x01, 0x90, 0x65, 0x36, 0xFB, 0x0D,
    ];
    let received = with_header(12, &octets);
    assert_reads(received, "Hello", &[Deviation::MalformedHeader]);
    assert_eq!((received.concatenation(), received.header()), (None, None));
}

#[test]
fn a_header_beyond_the_octets_leaves_no_text() {
    for octets in [&[0x06, 0x00, 0x03][..], &[0xFF], &[]] {
        let length = octets.len() as u8;
        let unpacked = ReceivedUserData::unpacked(0, true, octets).unwrap();
        assert_reads(unpacked, "", &[Deviation::MalformedHeader]);
        let eight_bit = ReceivedUserData::packed(DataCoding::new(0x08), true, length, octets);
        assert_reads(eight_bit, "", &[Deviation::MalformedHeader]);
    }
}

#[test]
fn a_length_below_the_header_is_malformed() {
    let octets = [0x05, 0x00, 0x03, 0xA5, 0x02, 0x01, 0x90];
    let received = with_header(6, &octets);
    assert_reads(received, "", &[Deviation::MalformedHeader]);
    assert_eq!(received.concatenation(), None);
    assert_reads(with_header(7, &octets), "", &[]);
}

#[test]
fn an_element_without_effect_is_forgiven() {
    let rows: [(&str, &[u8]); 8] = [
        ("a sequence number of 0", &[5, 0x00, 3, 0xA5, 2, 0]),
        (
            "a sequence number beyond the total",
            &[5, 0x00, 3, 0xA5, 2, 3],
        ),
        ("a total of 0", &[5, 0x00, 3, 0xA5, 0, 0]),
        ("a concatenation of a wrong length", &[4, 0x00, 2, 0xA5, 2]),
        ("a reserved language", &[3, 0x24, 1, 14]),
        ("a shift of a wrong length", &[4, 0x25, 2, 1, 1]),
        ("ports of a wrong length", &[3, 0x05, 1, 9]),
        ("an element that comes twice", &[6, 0x24, 1, 1, 0x24, 1, 2]),
    ];
    for (what, octets) in rows {
        let received = ReceivedUserData::packed(DataCoding::new(0x08), true, 140, octets);
        assert!(
            received.forgiven().contains(Deviation::IgnoredElement),
            "{what}"
        );
        assert_eq!(received.concatenation(), None, "{what}");
    }
}

#[test]
fn an_element_that_is_not_known_is_skipped_and_forgives_nothing() {
    let octets = [0x03, 0x70, 0x01, 0x01, 0x40, 0xA6, 0x01];
    assert_reads(with_header(8, &octets), "Hi@", &[]);
}

#[test]
fn of_two_elements_the_last_counts() {
    let both = [12, 0x00, 3, 0xA5, 2, 1, 0x08, 4, 0x12, 0x34, 3, 2, 0];
    assert!(
        UserDataHeader::read(&both).is_err(),
        "one octet is left over"
    );
    let both = [11, 0x00, 3, 0xA5, 2, 1, 0x08, 4, 0x12, 0x34, 3, 2];
    let place = UserDataHeader::read(&both)
        .unwrap()
        .concatenation()
        .unwrap();
    assert_eq!((place.reference(), place.bits()), (0x1234, 16));
    assert_eq!((place.total(), place.sequence()), (3, 2));
    let shifts = [6, 0x25, 1, 1, 0x25, 1, 0];
    let alphabet = UserDataHeader::read(&shifts).unwrap().alphabet();
    assert_eq!(
        alphabet.locking(),
        None,
        "the second element says the basic table"
    );
}

#[test]
fn an_impossible_element_does_not_displace_one_before_it() {
    let both = [10, 0x00, 3, 0xA5, 2, 1, 0x00, 3, 0xA6, 2, 3];
    let place = UserDataHeader::read(&both)
        .unwrap()
        .concatenation()
        .unwrap();
    assert_eq!(place.reference(), 0xA5);
}

#[test]
fn a_spanish_locking_shift_is_the_basic_table() {
    let octets = [0x03, 0x25, 0x01, 0x02, 0x08, 0x00];
    assert_reads(with_header(6, &octets), "£", &[]);
}

#[test]
fn missing_octets_are_truncated() {
    assert_reads(
        septets(160, &[0xC8, 0x32, 0x9B]),
        "Hel",
        &[Deviation::Truncated],
    );
    assert_reads(ucs2(140, &[0x00, 0x41]), "A", &[Deviation::Truncated]);
}

#[test]
fn an_odd_octet_is_left_out() {
    assert_reads(ucs2(3, &[0x00, 0x41, 0x00]), "A", &[Deviation::OddOctet]);
}

#[test]
fn a_lone_surrogate_is_a_replacement_character() {
    let lone = Deviation::LoneSurrogate;
    assert_reads(ucs2(4, &[0xD8, 0x3D, 0x00, 0x41]), "\u{FFFD}A", &[lone]);
    assert_reads(ucs2(4, &[0xDC, 0x4B, 0x00, 0x41]), "\u{FFFD}A", &[lone]);
    assert_reads(ucs2(2, &[0xD8, 0x3D]), "\u{FFFD}", &[lone]);
    assert_reads(
        ucs2(6, &[0xD8, 0x3D, 0xD8, 0x3D, 0xDC, 0x4B]),
        "\u{FFFD}👋",
        &[lone],
    );
    assert_reads(ucs2(4, &[0xD8, 0x3D, 0xDC, 0x4B]), "👋", &[]);
}

#[test]
fn a_byte_order_mark_is_kept() {
    assert_reads(ucs2(4, &[0xFE, 0xFF, 0x00, 0x41]), "\u{FEFF}A", &[]);
}

#[test]
fn a_reserved_coding_is_read_as_the_default_alphabet() {
    for value in [0x80, 0xBF, 0x0C, 0x4F] {
        let received = ReceivedUserData::packed(DataCoding::new(value), false, 1, &[0x41]);
        assert_reads(received, "A", &[Deviation::ReservedCoding]);
    }
}

#[test]
fn several_things_are_forgiven_in_the_order_of_their_names() {
    let octets = [0x03, 0x24, 0x01, 0x0E, 0x1F, 0x1B];
    let received = ReceivedUserData::packed(DataCoding::new(0x80), true, 9, &octets);
    let names: Vec<_> = received
        .decode()
        .unwrap()
        .forgiven()
        .iter()
        .map(Deviation::name)
        .collect();
    assert_eq!(
        names,
        [
            "fill-bits",
            "ignored-element",
            "truncated",
            "reserved-coding"
        ]
    );
}

#[test]
fn data_and_compressed_text_are_no_text() {
    let data =
        ReceivedUserData::packed(DataCoding::new(0xF5), true, 6, &[3, 0x70, 1, 1, 0xCA, 0xFE]);
    assert!(matches!(data.content(), Ok(Content::Data([0xCA, 0xFE]))));
    assert_eq!(data.decode(), Err(NotText::Data));
    for value in [0x20, 0x28, 0x3F, 0x60] {
        let compressed = ReceivedUserData::packed(DataCoding::new(value), false, 2, &[1, 2]);
        assert_eq!(compressed.decode(), Err(NotText::Compressed));
        assert_eq!(
            compressed.content().unwrap_err().data_coding().value(),
            value
        );
    }
}

#[test]
fn a_strict_reading_names_the_first_deviation_and_its_octet() {
    let octets = [0x00, 0x41, 0xDC, 0x4B, 0x00];
    let Err(StrictError::Deviation(deviation)) = ucs2(5, &octets).decode_strict() else {
        panic!("two deviations");
    };
    assert_eq!(
        (deviation.deviation(), deviation.at()),
        (Deviation::LoneSurrogate, 2)
    );
    let unpacked = [0x03, 0x70, 0x01, 0x01, 0x41, 0x1B];
    let received = ReceivedUserData::unpacked(0, true, &unpacked).unwrap();
    assert_eq!(
        received.decode_strict().unwrap_err().to_string(),
        "trailing-escape at octet 5: the text ends in an escape"
    );
}

#[test]
fn folding_and_asking_one_by_one_give_the_same() {
    // Every length and every header, so that eight septets start an octet at any place or at none.
    for header in 0..12_u8 {
        for septets in 0..40_u8 {
            let mut octets: Vec<u8> = (0..60_u8)
                .map(|at| at.wrapping_mul(37).wrapping_add(septets))
                .collect();
            octets[0] = header;
            let length = 14 + septets;
            for has_header in [false, true] {
                let received =
                    ReceivedUserData::packed(DataCoding::new(0), has_header, length, &octets);
                let Ok(Content::Text(mut characters)) = received.content() else {
                    panic!("text")
                };
                let folded = characters
                    .clone()
                    .fold(String::new(), |text, c| format!("{text}{c}"));
                let one_by_one: String = core::iter::from_fn(|| characters.next()).collect();
                assert_eq!(folded, one_by_one);
                let decoded = received.decode().unwrap();
                assert_eq!(decoded.text(), one_by_one);
                assert_eq!(decoded.forgiven(), characters.forgiven());
                let strict = received.decode_strict().err();
                let first = characters.first_deviation().map(StrictError::Deviation);
                assert_eq!(strict, first);
            }
        }
    }
}
