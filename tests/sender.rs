//! Sender IDs: what is one, where it may be used, its octets both ways, and the pool's promises.

#[path = "support/cases.rs"]
mod cases;

use std::collections::{BTreeMap, BTreeSet};

use cases::cases;
use proptest::prelude::*;
use septet::sender::{
    InvalidAddress, OriginatingAddress, SenderDemand, SenderFault, SenderId, SenderPool,
    SenderVerdict, TypeOfNumber, rules,
};
use septet::telephony::{Date, E164, Region, SenderKind};
use septet::{Content, DataCoding, ReceivedUserData};

#[track_caller]
fn sender(written: &str) -> SenderId {
    written.parse().expect("a sender ID")
}

// ------------------------------------------------------------------------------------------------ forms

/// The kind by the table of the documentation, read from the whole string at once.
fn kind_naively(written: &str) -> Option<SenderKind> {
    let all = |allowed: &str| written.chars().all(|character| allowed.contains(character));
    const DIGITS: &str = "0123456789";
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let length = written.chars().count();
    if let Some(number) = written.strip_prefix('+') {
        let is_number = number.chars().all(|c| DIGITS.contains(c))
            && (2..=15).contains(&number.len())
            && !number.starts_with('0');
        let toll_free = ["1800", "1833", "1844", "1855", "1866", "1877", "1888"];
        let is_toll_free =
            number.len() == 11 && toll_free.iter().any(|code| number.starts_with(code));
        return is_number.then_some(if is_toll_free {
            SenderKind::TollFree
        } else {
            SenderKind::LongCode
        });
    }
    if all(DIGITS) {
        return (3..=8).contains(&length).then_some(SenderKind::ShortCode);
    }
    let is_name = (1..=11).contains(&length)
        && all(&(DIGITS.to_owned() + LETTERS + " "))
        && written.contains(|character| LETTERS.contains(character))
        && written.trim_matches(' ') == written;
    is_name.then_some(SenderKind::Alphanumeric)
}

#[track_caller]
fn assert_read_as_naively(written: &str) {
    match (written.parse::<SenderId>(), kind_naively(written)) {
        (Ok(read), Some(kind)) => {
            assert_eq!(read.kind(), kind, "{written:?}");
            assert_eq!(read.as_str(), written);
            let number = written.parse::<E164>().ok();
            assert_eq!(read.e164(), number);
            let is_number = matches!(kind, SenderKind::LongCode | SenderKind::TollFree);
            assert_eq!(number.is_some(), is_number);
        }
        (Err(error), None) => {
            assert!(error.at() <= written.len(), "{written:?}");
            assert!(written.is_char_boundary(error.at()), "{written:?}");
        }
        (read, kind) => panic!("{written:?} is read as {read:?}, and is {kind:?}"),
    }
}

#[test]
fn every_length_of_every_kind_is_read_up_to_its_limit() {
    for length in 0..=40 {
        for unit in [
            "a", "Z", "7", "0", "1", " ", "é", "+", "a1", "1 ", "18", "x ",
        ] {
            let written: String = unit.chars().cycle().take(length).collect();
            assert_read_as_naively(&written);
            assert_read_as_naively(&format!("+{written}"));
            assert_read_as_naively(&format!("+1800{written}"));
            assert_read_as_naively(&format!("A{written}"));
        }
    }
}

#[test]
fn every_ascii_character_at_every_position_is_read_as_the_table_says() {
    for length in 1..=13 {
        for base in ["b", "5"] {
            for position in 0..length {
                for character in '\0'..='\u{7f}' {
                    let mut written = base.repeat(length);
                    written.replace_range(position..=position, &character.to_string());
                    assert_read_as_naively(&written);
                }
            }
        }
    }
}

#[test]
fn toll_free_are_seven_codes_of_ten_digits_behind_plus_one() {
    let toll_free: Vec<_> = (0..1000)
        .filter(|code| sender(&format!("+1{code:03}5550123")).kind() == SenderKind::TollFree)
        .collect();
    assert_eq!(toll_free, [800, 833, 844, 855, 866, 877, 888]);
    for written in [
        "+1800555012",
        "+180055501234",
        "+80012345678",
        "+448001111111",
        "+1180055501",
    ] {
        assert_eq!(sender(written).kind(), SenderKind::LongCode, "{written}");
    }
}

#[test]
fn what_is_no_sender_is_told_by_fault_and_byte() {
    for (written, fault, at) in [
        ("", SenderFault::Empty, 0),
        ("My-Shop", SenderFault::Character, 2),
        ("Café", SenderFault::Character, 3),
        ("Ａcme", SenderFault::Character, 0),
        ("Acme\n", SenderFault::Character, 4),
        ("Acme\u{a0}Co", SenderFault::Character, 4),
        ("١٢٣٤٥", SenderFault::Character, 0),
        (" Acme", SenderFault::OuterSpace, 0),
        ("Acme ", SenderFault::OuterSpace, 4),
        (" ", SenderFault::OuterSpace, 0),
        ("Acme and Sons", SenderFault::TooLong, 11),
        ("Acme and Co ", SenderFault::TooLong, 11),
        ("12 34", SenderFault::NoLetter, 2),
        ("12", SenderFault::Digits, 2),
        ("447911123456", SenderFault::Digits, 8),
        ("+", SenderFault::Number, 1),
        ("+44 7911123456", SenderFault::Number, 3),
        ("+0447911123456", SenderFault::Number, 1),
        ("+Acme", SenderFault::Number, 1),
    ] {
        let error = written.parse::<SenderId>().unwrap_err();
        assert_eq!((error.fault(), error.at()), (fault, at), "{written:?}");
    }
}

#[test]
fn a_megabyte_is_refused_at_its_limit() {
    for (unit, at) in [("a", 11), ("1", 8), (" ", 0), ("+1", 2), ("é", 0)] {
        let error = unit.repeat(1 << 20).parse::<SenderId>().unwrap_err();
        assert_eq!(error.at(), at);
    }
    let error = format!("+{}", "1".repeat(1 << 20)).parse::<SenderId>();
    assert_eq!(error.unwrap_err().at(), 16);
}

#[test]
fn debug_shows_kind_and_length_only() {
    for (written, shown) in [
        ("Acme Co", "SenderId(alphanumeric, 7 characters)"),
        ("24365", "SenderId(short-code, 5 digits)"),
        ("+16505550123", "SenderId(long-code, 11 digits)"),
        ("+18005550123", "SenderId(toll-free, 11 digits)"),
    ] {
        let read = sender(written);
        assert_eq!(format!("{read:?}"), shown);
        let address = format!("{:?}", OriginatingAddress::encode(&read));
        let characters = format!("{:?}", OriginatingAddress::encode(&read).characters());
        let pool = format!("{:?}", SenderPool::new(&[read]));
        for shown in [address, characters, pool] {
            assert!(!shown.contains(written.trim_start_matches('+')), "{shown}");
        }
    }
    assert!(size_of::<SenderId>() <= 24);
}

proptest! {
    #![proptest_config(cases(2048))]

    #[test]
    fn any_text_is_read_as_the_table_says(written in "\\PC{0,13}|[+]?[0-9 ]{0,17}|[A-Za-z0-9 ]{0,13}|(?s).{0,6}") {
        assert_read_as_naively(&written);
    }
}

// ------------------------------------------------------------------------------------------ destinations

fn answer(verdict: SenderVerdict) -> (&'static str, Option<SenderDemand>) {
    let name = match verdict {
        SenderVerdict::Accepted => "accepted",
        SenderVerdict::NeedsRegistration(_) => "needs registration",
        SenderVerdict::Refused(_) => "refused",
    };
    (name, verdict.rule().map(|rule| rule.demand()))
}

#[test]
fn every_region_answers_for_every_kind_as_the_facts_say() {
    const REGISTRATION: &str = "IN SG TR SA AE EG JO KW QA KZ BY RU KE LK TH ID PH AU AT FI IE ES";
    let name = sender("Example");
    let code = sender("24365");
    let toll_free = sender("+18335550123");
    for region in Region::all() {
        let of = |sender: &SenderId| answer(sender.verdict(region));
        let expected = if ["US", "CA", "PR", "CN"].contains(&region.code()) {
            ("refused", Some(SenderDemand::NotSupported))
        } else if REGISTRATION.split(' ').any(|code| code == region.code()) {
            ("needs registration", Some(SenderDemand::Registration))
        } else {
            ("accepted", None)
        };
        assert_eq!(of(&name), expected, "{region}");
        assert_eq!(of(&code), ("needs registration", Some(SenderDemand::Lease)));
        // A campaign is for numbers of ten digits, and no other number can have one.
        let is_us = region == Region::US;
        for (number, in_us) in [
            (sender("+16505550123"), "needs registration"),
            (sender("+447911123456"), "refused"),
            (sender("+1650555012"), "refused"),
            (sender("+165055501234"), "refused"),
        ] {
            let expected = if is_us {
                (in_us, Some(SenderDemand::Campaign))
            } else {
                ("accepted", None)
            };
            assert_eq!(of(&number), expected, "{region}");
        }
        let expected = match region {
            Region::US | Region::CA | Region::PR | Region::VI | Region::GU | Region::AS => {
                ("needs registration", Some(SenderDemand::Verification))
            }
            _ => ("refused", Some(SenderDemand::NotSupported)),
        };
        assert_eq!(of(&toll_free), expected, "{region}");
    }
}

#[test]
fn lengths_are_demanded_of_names_in_turkey_and_of_short_codes_in_the_united_states() {
    for length in 1..=11 {
        let name = sender(&"a".repeat(length));
        assert_eq!(
            name.verdict(Region::TR).is_refused(),
            length < 3,
            "{length}"
        );
        assert!(!name.verdict(Region::SG).is_refused());
    }
    for length in 3..=8 {
        let code = sender(&"2".repeat(length));
        let fits = length == 5 || length == 6;
        assert_eq!(code.verdict(Region::US).is_refused(), !fits, "{length}");
        assert!(!code.verdict(Region::DE).is_refused());
    }
    let rule = sender("AB").verdict(Region::TR).rule().unwrap();
    let (least, most) = (3, 11);
    assert_eq!(rule.demand(), SenderDemand::Length { least, most });
}

#[test]
fn rules_have_a_source_a_day_and_their_place() {
    let day = |written: &str| written.parse::<Date>().expect("a day");
    let mut seen = BTreeSet::new();
    let mut last = Some(Region::AC);
    for rule in rules() {
        assert!(rule.source().len() > 10);
        assert!(day("2023-01-01") < rule.stated() && rule.stated() < day("2027-01-01"));
        assert!(rule.since().is_none_or(|since| since <= rule.stated()));
        assert!(seen.insert(rule.to_string()), "twice: {rule}");
        // Those without a region stand last; the others by rising code.
        let in_order = match (last, rule.region()) {
            (None, Some(_)) => false,
            (Some(last), Some(region)) => last <= region,
            (_, None) => true,
        };
        assert!(in_order, "{rule}");
        last = rule.region();
    }
    assert_eq!(last, None);
    let singapore = rules()
        .find(|rule| rule.region() == Some(Region::SG))
        .unwrap();
    assert_eq!(singapore.since(), Some(day("2023-01-31")));
}

#[test]
fn rules_are_told_in_words() {
    let told: Vec<_> = rules()
        .filter(|rule| {
            rule.region()
                .is_none_or(|region| region == Region::US || region == Region::TR)
        })
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "TR, alphanumeric: length 3 to 11",
            "TR, alphanumeric: must be registered",
            "US, alphanumeric: not supported",
            "US, short-code: length 5 to 6",
            "US, short-code: must be leased in this very country",
            "US, long-code: needs a registered brand and campaign (10DLC), since 2021-06-01",
            "US, toll-free: must be verified, since 2022-09-30",
            "any other region, short-code: must be leased in this very country",
            "any other region, toll-free: not supported",
        ]
    );
}

// ------------------------------------------------------------------------------------------------ octets

/// Bits of octets, the lowest first, as TS 23.038 §6.1.2.1 and TS 23.040 §9.1.2.3 count them.
fn bits(octets: &[u8]) -> Vec<bool> {
    let bits = octets
        .iter()
        .flat_map(|octet| (0..8).map(move |bit| octet >> bit & 1 == 1));
    bits.collect()
}

fn number_of(bits: &[bool]) -> u8 {
    bits.iter()
        .rev()
        .fold(0, |number, bit| number << 1 | u8::from(*bit))
}

/// The field of a sender, put together bit by bit.
fn field_naively(sender: &SenderId) -> Vec<u8> {
    let (type_of_address, width, codes): (u8, u8, Vec<u8>) = match sender.kind() {
        SenderKind::Alphanumeric => (0xD0, 7, sender.as_str().bytes().collect()),
        kind => {
            let digits = sender.as_str().bytes().filter(u8::is_ascii_digit);
            let type_of_address = if kind == SenderKind::ShortCode {
                0x81
            } else {
                0x91
            };
            (
                type_of_address,
                4,
                digits.map(|digit| digit - b'0').collect(),
            )
        }
    };
    let mut bits: Vec<bool> = codes
        .iter()
        .flat_map(|code| (0..width).map(move |bit| code >> bit & 1 == 1))
        .collect();
    let mut semi_octets = 0;
    while semi_octets * 4 < bits.len() {
        semi_octets += 1;
    }
    while !bits.len().is_multiple_of(8) {
        bits.push(width == 4);
    }
    let mut field = vec![semi_octets as u8, type_of_address];
    field.extend(bits.chunks(8).map(number_of));
    field
}

fn hex(written: &str) -> Vec<u8> {
    let digits: Vec<_> = written
        .chars()
        .filter_map(|digit| digit.to_digit(16))
        .collect();
    digits
        .chunks(2)
        .map(|pair| (pair[0] * 16 + pair[1]) as u8)
        .collect()
}

/// Octets that others have sent or published, worked out by hand where they are short.
const KNOWN: &[(&str, TypeOfNumber, &str, Option<&str>)] = &[
    (
        "0D D0 E474D81C0EBB01",
        TypeOfNumber::Alphanumeric,
        "diafaan",
        Some("diafaan"),
    ),
    (
        "0D D0 F334FC1CA69701",
        TypeOfNumber::Alphanumeric,
        "sipgate",
        Some("sipgate"),
    ),
    (
        "0D D0 CEF4FACD0ECF01",
        TypeOfNumber::Alphanumeric,
        "Nikolas",
        Some("Nikolas"),
    ),
    (
        "0D D0 4F78D92D9C0E01",
        TypeOfNumber::Alphanumeric,
        "OpenBSC",
        Some("OpenBSC"),
    ),
    // The same by an encoder that counts whole octets.
    (
        "0E D0 4F78D92D9C0E01",
        TypeOfNumber::Alphanumeric,
        "OpenBSC",
        Some("OpenBSC"),
    ),
    (
        "10 D0 C3B0FC5D9F97D96C",
        TypeOfNumber::Alphanumeric,
        "Carousell",
        Some("Carousell"),
    ),
    // The longest: 77 bits.
    (
        "14 D0 C4F23C7D760390EF7619",
        TypeOfNumber::Alphanumeric,
        "Design@Home",
        None,
    ),
    ("06 D0 B11B0C", TypeOfNumber::Alphanumeric, "170", None),
    (
        "0B 91 1604895626F9",
        TypeOfNumber::International,
        "61409865629",
        Some("+61409865629"),
    ),
    (
        "0F 91 1032547698BADCFE",
        TypeOfNumber::International,
        "0123456789*#abc",
        None,
    ),
    ("03 81 00F7", TypeOfNumber::Unknown, "007", Some("007")),
    (
        "05 81 4263F5",
        TypeOfNumber::Unknown,
        "24365",
        Some("24365"),
    ),
    (
        "05 E1 4263F5",
        TypeOfNumber::Abbreviated,
        "24365",
        Some("24365"),
    ),
    (
        "05 B0 4263F5",
        TypeOfNumber::NetworkSpecific,
        "24365",
        Some("24365"),
    ),
    ("05 A1 4263F5", TypeOfNumber::National, "24365", None),
    ("05 C8 4263F5", TypeOfNumber::Subscriber, "24365", None),
    ("05 F1 4263F5", TypeOfNumber::Reserved, "24365", None),
    ("05 81 B11032", TypeOfNumber::Unknown, "1#012", None),
    // A sender that counts the filler as a digit.
    (
        "0C 91 1604895626F9",
        TypeOfNumber::International,
        "61409865629",
        Some("+61409865629"),
    ),
    ("00 00", TypeOfNumber::Unknown, "", None),
    ("00 D0", TypeOfNumber::Alphanumeric, "", None),
    ("01 21 F9", TypeOfNumber::National, "9", None),
];

#[test]
fn octets_of_others_are_read() {
    for (octets, type_of_number, characters, sender_id) in KNOWN {
        let octets = hex(octets);
        let followed = [&*octets, &[0xFF, 0x00, 0x91]].concat();
        let address = OriginatingAddress::decode(&followed).expect("an address");
        assert_eq!(address.as_octets(), octets);
        assert_eq!(address.type_of_number(), *type_of_number, "{characters}");
        assert_eq!(address.numbering_plan(), octets[1] & 0xF);
        assert_eq!(address.semi_octets(), octets[0]);
        assert_eq!(address.characters().collect::<String>(), *characters);
        assert_eq!(address.sender_id(), sender_id.map(sender), "{characters}");
    }
}

#[test]
fn every_length_is_written_as_the_bits_say_and_read_back() {
    let alphabet: Vec<char> = ('A'..='Z')
        .chain('a'..='z')
        .chain('0'..='9')
        .chain([' '])
        .collect();
    let mut counts = BTreeMap::new();
    for length in 1..=11 {
        for character in &alphabet {
            for position in 0..length {
                let mut name = vec!['x'; length];
                name[position] = *character;
                let name: String = name.into_iter().collect();
                let Ok(name) = name.parse::<SenderId>() else {
                    assert!(length == 1 || name.trim() != name || !name.contains('x'));
                    continue;
                };
                if name.kind() == SenderKind::Alphanumeric {
                    counts.insert(length, assert_round_trip(&name));
                }
            }
        }
    }
    let counts: Vec<_> = counts.into_values().collect();
    assert_eq!(counts, [2, 4, 6, 7, 9, 11, 13, 14, 16, 18, 20]);
    for digit in '0'..='9' {
        for length in 3..=8 {
            let code = sender(&digit.to_string().repeat(length));
            assert_eq!(usize::from(assert_round_trip(&code)), length);
        }
        for length in 2..=15 {
            let number = format!("+1{}", digit.to_string().repeat(length - 1));
            assert_eq!(usize::from(assert_round_trip(&sender(&number))), length);
        }
    }
}

/// Returns the length that is written.
#[track_caller]
fn assert_round_trip(sender: &SenderId) -> u8 {
    let address = OriginatingAddress::encode(sender);
    assert_eq!(address.as_octets(), field_naively(sender));
    let read = OriginatingAddress::decode(address.as_octets());
    assert_eq!(read, Ok(address));
    assert_eq!(address.sender_id(), Some(*sender));
    let written = sender.as_str().trim_start_matches('+');
    assert_eq!(address.characters().collect::<String>(), written);
    address.semi_octets()
}

#[test]
fn every_type_and_plan_is_read() {
    for type_of_address in 0..=u8::MAX {
        let address = OriginatingAddress::decode(&[5, type_of_address, 0x21, 0x43, 0xF5]);
        let address = address.expect("an address");
        let type_of_number = [
            TypeOfNumber::Unknown,
            TypeOfNumber::International,
            TypeOfNumber::National,
            TypeOfNumber::NetworkSpecific,
            TypeOfNumber::Subscriber,
            TypeOfNumber::Alphanumeric,
            TypeOfNumber::Abbreviated,
            TypeOfNumber::Reserved,
        ][usize::from(type_of_address / 16 % 8)];
        assert_eq!(address.type_of_number(), type_of_number);
        let plan = type_of_address % 16;
        assert_eq!(address.numbering_plan(), plan);
        let characters: String = address.characters().collect();
        if type_of_number == TypeOfNumber::Alphanumeric {
            assert_eq!(characters, as_user_data(&[0x21, 0x43, 0xF5], 2));
        } else {
            assert_eq!(characters, "12345");
        }
        let expected = match type_of_number {
            TypeOfNumber::International if plan <= 1 => Some("+12345"),
            TypeOfNumber::Unknown | TypeOfNumber::NetworkSpecific | TypeOfNumber::Abbreviated => {
                Some("12345")
            }
            _ => None,
        };
        assert_eq!(
            address.sender_id(),
            expected.map(sender),
            "{type_of_address:02X}"
        );
    }
}

#[test]
fn every_semi_octet_is_read_and_a_filler_ends_the_digits() {
    const SHOWN: [&str; 16] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#", "a", "b", "c", "",
    ];
    for octet in 0..=u8::MAX {
        let (first, second) = (usize::from(octet % 16), usize::from(octet / 16));
        for length in 0..=4 {
            let address =
                OriginatingAddress::decode(&[length, 0x81, octet, 0x21]).expect("an address");
            let mut digits = vec![first, second, 1, 2];
            digits.truncate(usize::from(length));
            let shown = digits
                .iter()
                .take_while(|digit| **digit != 15)
                .map(|digit| SHOWN[*digit]);
            assert_eq!(
                address.characters().collect::<String>(),
                shown.collect::<String>()
            );
        }
    }
}

/// What a reader of user data makes of the same septets.
fn as_user_data(octets: &[u8], septets: u8) -> String {
    let received = ReceivedUserData::packed(DataCoding::new(0), false, septets, octets);
    match received.content() {
        Ok(Content::Text(characters)) => characters.collect(),
        other => panic!("{other:?} is no text"),
    }
}

#[test]
fn every_pair_of_septets_is_read_as_user_data_is() {
    for first in 0..128_u16 {
        for second in 0..128 {
            let [low, high] = (first | second << 7).to_le_bytes();
            for (semi_octets, septets) in [(2, 1), (4, 2)] {
                let address = OriginatingAddress::decode(&[semi_octets, 0xD0, low, high]);
                let characters: String = address.expect("an address").characters().collect();
                assert_eq!(
                    characters,
                    as_user_data(&[low, high], septets),
                    "{first:02X} {second:02X}"
                );
            }
        }
    }
    let address = OriginatingAddress::decode(&[4, 0xD0, 0x9B, 0x32]).expect("an address");
    assert_eq!(address.characters().collect::<String>(), "€");
}

#[test]
fn only_an_eighth_septet_of_zeros_is_left_out() {
    // Eight septets of 7 octets, the last of them every code.
    for last in 0..128_u64 {
        let septets = (0..7).fold(last << 49, |bits, place| bits | 0x61 << (7 * place));
        let octets = [&[14, 0xD0], &septets.to_le_bytes()[..7]].concat();
        let address = OriginatingAddress::decode(&octets).expect("an address");
        let expected = if last == 0 { 7 } else { 8 };
        assert_eq!(
            address.characters().collect::<String>(),
            as_user_data(&octets[2..], expected)
        );
    }
    // Of every other count zeros are `@`.
    for semi_octets in (0..=20).filter(|semi_octets| *semi_octets != 14) {
        let mut octets = [0; 12];
        octets[..2].copy_from_slice(&[semi_octets, 0xD0]);
        let address = OriginatingAddress::decode(&octets).expect("an address");
        assert_eq!(
            address.characters().collect::<String>(),
            "@".repeat(usize::from(semi_octets) * 4 / 7)
        );
    }
}

#[test]
fn what_stands_behind_the_units_is_not_looked_at() {
    for (octets, characters) in [
        ("0D D0 E474D81C0EBBFF", "diafaan"),
        ("0B 91 160489562609", "61409865629"),
        ("0B 11 1604895626A9", "61409865629"),
    ] {
        let address = OriginatingAddress::decode(&hex(octets)).expect("an address");
        assert_eq!(address.characters().collect::<String>(), characters);
        assert!(address.sender_id().is_some());
    }
}

#[test]
fn names_that_look_like_numbers_are_no_senders() {
    // `+4479` and `12345` in septets.
    for text in ["+4479", "12345", "Caf\u{5}", "a-b", " ab"] {
        let bits = text
            .bytes()
            .rev()
            .fold(0_u64, |bits, septet| bits << 7 | u64::from(septet));
        let semi_octets = (text.len() * 7).div_ceil(4);
        let mut octets = vec![semi_octets as u8, 0xD0];
        octets.extend(&bits.to_le_bytes()[..semi_octets.div_ceil(2)]);
        let address = OriginatingAddress::decode(&octets).expect("an address");
        assert_eq!(address.sender_id(), None, "{text}");
        assert_eq!(address.characters().count(), text.len());
    }
}

#[test]
fn every_length_octet_is_met_with_what_is_needed() {
    let octets = [0x91; 40];
    for semi_octets in 0..=u8::MAX {
        for given in 0..=octets.len() {
            let mut octets = octets;
            octets[0] = semi_octets;
            let needed = 2 + usize::from(semi_octets).div_ceil(2);
            let expected = if given < 2 {
                Err(InvalidAddress::Truncated { needed: 2, given })
            } else if semi_octets > 20 {
                Err(InvalidAddress::TooLong { semi_octets })
            } else if given < needed {
                Err(InvalidAddress::Truncated { needed, given })
            } else {
                Ok(needed)
            };
            let read = OriginatingAddress::decode(&octets[..given]);
            assert_eq!(read.map(|address| address.as_octets().len()), expected);
        }
    }
}

proptest! {
    #![proptest_config(cases(4096))]

    #[test]
    fn any_octets_are_read_or_refused(octets in prop::collection::vec(any::<u8>(), 0..20), length in 0..=20_u8, short in any::<bool>()) {
        let mut octets = octets;
        if let Some(first) = octets.first_mut().filter(|_| short) {
            *first = length;
        }
        if let Ok(address) = OriginatingAddress::decode(&octets) {
            let field = address.as_octets();
            prop_assert!(octets.starts_with(field));
            prop_assert_eq!(OriginatingAddress::decode(field), Ok(address));
            let characters: String = address.characters().collect();
            prop_assert!(characters.chars().count() <= 20);
            if let Some(sender) = address.sender_id() {
                prop_assert_eq!(sender.as_str().trim_start_matches('+'), &*characters);
                let again = OriginatingAddress::encode(&sender);
                prop_assert_eq!(again.sender_id(), Some(sender));
            }
            // The first unit, from its bits.
            let bits = bits(&field[2..]);
            if address.type_of_number() != TypeOfNumber::Alphanumeric && field[0] > 0 {
                let digit = number_of(&bits[..4]);
                let first = "0123456789*#abc".chars().nth(usize::from(digit));
                prop_assert_eq!(characters.chars().next(), first);
            }
        }
    }

    #[test]
    fn any_sender_is_written_as_the_bits_say_and_read_back(written in "[A-Za-z0-9 ]{1,11}|[0-9]{3,8}|[+][1-9][0-9]{1,14}") {
        if let Ok(sender) = written.parse::<SenderId>() {
            assert_round_trip(&sender);
        }
    }
}

// -------------------------------------------------------------------------------------------------- pool

fn any_sender() -> impl Strategy<Value = SenderId> {
    prop::sample::select(vec![
        "Example",
        "Example2",
        "AB",
        "24365",
        "243",
        "+16505550123",
        "+447911123456",
        "+18005550123",
    ])
    .prop_map(|written| sender(written))
}

fn any_region() -> impl Strategy<Value = Region> {
    prop::sample::select(vec![
        Region::US,
        Region::CA,
        Region::TR,
        Region::FR,
        Region::CN,
    ])
}

/// What the destination takes, in the order of the pool.
fn taken(senders: &[SenderId], codes_of: Option<Region>, destination: Region) -> Vec<SenderId> {
    let mut taken = senders.to_vec();
    taken.retain(|sender| !sender.verdict(destination).is_refused());
    if codes_of != Some(destination) {
        taken.retain(|sender| sender.kind() != SenderKind::ShortCode);
    }
    taken
}

proptest! {
    #![proptest_config(cases(4096))]

    #[test]
    fn the_pool_keeps_its_promises(
        senders in prop::collection::vec(any_sender(), 0..8),
        failed in prop::collection::vec(any_sender(), 0..6),
        codes_of in prop::option::of(any_region()),
        destination in any_region(),
        attempt in prop_oneof![0..20_u32, any::<u32>()],
    ) {
        let mut pool = SenderPool::new(&senders);
        if let Some(region) = codes_of {
            pool = pool.short_codes_of(region);
        }
        let taken = taken(&senders, codes_of, destination);
        let next = pool.next(destination, attempt, &failed);
        // There is one unless the destination takes none, and it is one of those it takes.
        prop_assert_eq!(next.is_some(), !taken.is_empty());
        prop_assert!(next.is_none_or(|next| taken.contains(&next)));
        // One that failed is given only when all have.
        let all_failed = taken.iter().all(|sender| failed.contains(sender));
        prop_assert!(next.is_none_or(|next| all_failed == failed.contains(&next)));
        // The same question has the same answer, whatever the order of those that failed.
        let turned: Vec<_> = failed.iter().rev().copied().collect();
        prop_assert_eq!(pool.next(destination, attempt, &turned), next);
        // The preferred one is first.
        prop_assert_eq!(pool.next(destination, 0, &[]), taken.first().copied());
        let left = taken.iter().find(|sender| all_failed || !failed.contains(sender));
        prop_assert_eq!(pool.next(destination, 0, &failed), left.copied());
        // Over as many attempts as there are senders, each has its turn, those left out excepted.
        let count = taken.len() as u32;
        let start = attempt.min(u32::MAX - count);
        let mut turns: Vec<_> = (start..start + count)
            .filter_map(|attempt| pool.next(destination, attempt, &failed))
            .collect();
        let mut expected = taken.clone();
        expected.retain(|sender| all_failed || !failed.contains(sender));
        for sender in &expected {
            prop_assert!(turns.contains(sender));
        }
        if failed.is_empty() || all_failed {
            turns.sort();
            expected.sort();
            prop_assert_eq!(turns, expected);
        }
    }

    #[test]
    fn retries_that_tell_what_failed_try_every_sender_once(
        senders in prop::collection::vec(any_sender(), 0..8),
        destination in any_region(),
    ) {
        let pool = SenderPool::new(&senders);
        let mut failed = Vec::new();
        let wanted: BTreeSet<_> = taken(&senders, None, destination).into_iter().collect();
        for attempt in 0..wanted.len() as u32 {
            let next = pool.next(destination, attempt, &failed).expect("some are left");
            prop_assert!(!failed.contains(&next));
            failed.push(next);
        }
        prop_assert_eq!(failed.into_iter().collect::<BTreeSet<_>>(), wanted);
    }
}

#[test]
fn a_sender_may_change_between_attempts() {
    let senders = [
        sender("Example"),
        sender("+447911123456"),
        sender("+16505550123"),
    ];
    let pool = SenderPool::new(&senders);
    let picked: Vec<_> = (0..4)
        .map(|attempt| pool.next(Region::FR, attempt, &[]).unwrap())
        .collect();
    assert_eq!(picked, [senders[0], senders[1], senders[2], senders[0]]);
    assert_eq!(pool.next(Region::FR, 1, &[senders[0]]), Some(senders[1]));
    assert_eq!(pool.next(Region::FR, 2, &senders), Some(senders[2]));
    assert_eq!(pool.next(Region::FR, u32::MAX, &[]), Some(senders[0]));
}

#[test]
fn a_pool_without_a_sender_for_the_destination_gives_none() {
    assert_eq!(SenderPool::new(&[]).next(Region::FR, 0, &[]), None);
    let name = [sender("Example")];
    assert_eq!(SenderPool::new(&name).next(Region::US, 0, &[]), None);
    let code = [sender("24365")];
    let pool = SenderPool::new(&code);
    assert_eq!(pool.next(Region::US, 0, &[]), None);
    assert_eq!(
        pool.short_codes_of(Region::US).next(Region::US, 0, &[]),
        Some(code[0])
    );
    assert_eq!(
        pool.short_codes_of(Region::US).next(Region::CA, 0, &[]),
        None
    );
}

// ------------------------------------------------------------------------------------------------- serde

#[cfg(feature = "serde")]
#[test]
fn a_sender_is_its_string_and_is_read_back_with_its_checks() {
    use serde_json::{from_value, json, to_value};
    for written in ["Example", "24365", "+447911123456", "+18005550123"] {
        assert_eq!(to_value(sender(written)).unwrap(), json!(written));
        assert_eq!(
            from_value::<SenderId>(json!(written)).unwrap(),
            sender(written)
        );
    }
    let error = from_value::<SenderId>(json!("My-Shop")).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("a character that is not taken here at byte 2"),
        "{error}"
    );
    assert!(from_value::<SenderId>(json!(24365)).is_err());
    assert_eq!(
        to_value(sender("Example").verdict(Region::SG)).unwrap(),
        json!({"needs-registration": {
            "region": "SG", "kind": "alphanumeric", "demand": "registration", "since": "2023-01-31",
            "source": "SGNIC, SMS Sender ID Registry", "stated": "2026-07-01",
        }})
    );
    assert_eq!(
        to_value(sender("AB").verdict(Region::TR)).unwrap()["refused"]["demand"],
        json!({"length": {"least": 3, "most": 11}})
    );
    assert_eq!(
        to_value(sender("AB").verdict(Region::FR)).unwrap(),
        json!("accepted")
    );
}

#[test]
fn a_number_whose_digits_end_before_all_that_are_counted_is_no_sender() {
    // The eighth of eleven semi-octets is a filler.
    let broken = [11, 0x91, 0x44, 0x64, 0x22, 0xF3, 0x21, 0x43, 0x65];
    let address = OriginatingAddress::decode(&broken).unwrap();
    assert_eq!(address.characters().collect::<String>(), "4446223");
    assert_eq!(address.sender_id(), None);
    // Some count the filler behind an odd number of digits.
    let counted = [12, 0x91, 0x44, 0x97, 0x11, 0x21, 0x43, 0xF5];
    let address = OriginatingAddress::decode(&counted).unwrap();
    assert_eq!(address.sender_id().unwrap().as_str(), "+44791112345");
}

#[test]
fn a_number_in_full_is_a_sender_as_it_is() {
    for number in ["+16505550123", "+18005550123", "+12", "+447911123456789"] {
        let e164: septet::telephony::E164 = number.parse().unwrap();
        assert_eq!(SenderId::from(e164), sender(number));
    }
}
