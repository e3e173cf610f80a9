//! What an error says: what, where, and what to do. And what `Debug` keeps to itself.

#![cfg(feature = "alloc")]

use septet::{
    Concatenation, DataCoding, Encoding, HeaderElements, InformationElement, InvalidHeaderElements,
    Message, NationalLanguage, NationalTables, Reassembler, ReassemblyLimits, ReceivedUserData,
    SegmentOptions, UserData, UserDataHeader,
};

#[track_caller]
fn assert_says(error: impl core::error::Error, message: &str) {
    assert_eq!(error.to_string(), message);
}

#[test]
fn an_unknown_language_is_met_with_the_known_ones() {
    let error = "german".parse::<NationalLanguage>().unwrap_err();
    assert_says(
        error,
        "not a language with national shift tables; there are turkish, spanish, portuguese, \
         bengali, gujarati, hindi, kannada, malayalam, oriya, punjabi, tamil, telugu and urdu",
    );
}

#[test]
fn a_refused_encoding_names_the_character_and_the_byte() {
    let plain = SegmentOptions::new();
    let error = Message::try_with_encoding("it’s", plain, Encoding::Gsm7).unwrap_err();
    assert_says(error, "U+2019 at byte 2 is in no table that may be used");
    assert!(!error.is_in_some_table());
}

#[test]
fn a_refused_combination_names_where_the_furthest_pair_gives_up() {
    let options = SegmentOptions::new().national_tables(NationalTables::ALL);
    // Hindi letters are in a locking table, in place of the basic one, which has the Delta.
    let error = Message::try_with_encoding("हिन Δ", options, Encoding::Gsm7).unwrap_err();
    assert!(error.is_in_some_table());
    assert_eq!(error.character(), 'Δ');
    assert_says(
        error,
        "U+0394 at byte 10 is in a table that cannot be used together with what the text before \
         it needs",
    );
}

#[test]
fn too_many_segments_are_counted() {
    let text = "ж".repeat(67 * 255 + 1);
    let error = Message::new(&text).segments().unwrap_err();
    assert_says(
        error,
        "the text needs 256 segments; a message has at most 255",
    );
}

#[test]
fn header_elements_are_refused_with_a_reason() {
    fn element(identifier: u8, data: &[u8]) -> Result<HeaderElements, InvalidHeaderElements> {
        HeaderElements::new(&[InformationElement::new(identifier, data)])
    }
    for identifier in [0x00, 0x08, 0x24, 0x25] {
        let message = format!("element {identifier:02X} is written by septet itself; leave it out");
        assert_says(element(identifier, &[]).unwrap_err(), &message);
    }
    assert_eq!(element(0x70, &[0; 121]).unwrap().octets(), 123);
    for (length, octets) in [(122, 124), (256, 258), (1000, 1002)] {
        assert_says(
            element(0x70, &vec![0; length]).unwrap_err(),
            &format!(
                "the elements take up {octets} octets with their identifiers and lengths; at most \
                 123 leave room for text"
            ),
        );
    }
}

#[test]
fn a_reference_that_does_not_fit_is_named() {
    let text = "a".repeat(161);
    let segment = Message::new(&text).segments().unwrap().next().unwrap();
    let message =
        "reference number 256 does not fit 8 bits; take one up to 255 or a 16-bit reference";
    assert_says(UserData::encode(&segment, 256).unwrap_err(), message);
    assert_says(
        UserData::encode_unpacked(&segment, 256).unwrap_err(),
        message,
    );
    assert_says(
        UserData::encode_for_sar(&segment, 256).unwrap_err(),
        message,
    );
    let wide = SegmentOptions::new().concatenation(Concatenation::Bits16);
    let segment = Message::with_options(&text, wide)
        .segments()
        .unwrap()
        .next()
        .unwrap();
    assert!(UserData::encode(&segment, 256).is_ok());
    // Found with the first text, not with the first long one.
    let single = Message::new("a").segments().unwrap().next().unwrap();
    assert_says(UserData::encode(&single, 256).unwrap_err(), message);
    let none = SegmentOptions::new().concatenation(Concatenation::None);
    let single = Message::with_options("a", none)
        .segments()
        .unwrap()
        .next()
        .unwrap();
    assert!(UserData::encode(&single, 256).is_ok());
}

#[test]
fn sar_is_refused_where_a_header_is_needed() {
    let message =
        "the segment needs a header for its elements or national tables; encode it with one";
    let elements = HeaderElements::new(&[InformationElement::new(0x70, &[])]).unwrap();
    let options = SegmentOptions::new().header_elements(&elements);
    let segment = Message::with_options("a", options)
        .segments()
        .unwrap()
        .next()
        .unwrap();
    assert_says(UserData::encode_for_sar(&segment, 1).unwrap_err(), message);
    let options = SegmentOptions::new().national_tables(NationalTables::ALL);
    let turkish = Message::try_with_encoding("ğ", options, Encoding::Gsm7).unwrap();
    let segment = turkish.segments().unwrap().next().unwrap();
    assert_says(UserData::encode_for_sar(&segment, 1).unwrap_err(), message);
}

#[test]
fn a_header_that_is_none_says_what_is_missing() {
    let read = |octets: &'static [u8]| UserDataHeader::read(octets).unwrap_err();
    assert_says(read(&[]), "the header takes 1 octets, but only 0 are there");
    assert_says(
        read(&[5, 0, 3]),
        "the header takes 6 octets, but only 3 are there",
    );
    assert_says(
        read(&[4, 0x70, 0, 0x71, 9]),
        "the element at octet 3 does not end where the header ends, behind octet 4",
    );
    let data = [0; 138];
    let error =
        UserDataHeader::write([InformationElement::new(1, &data)], &mut [0; 500]).unwrap_err();
    assert_says(
        error,
        "the header takes 141 octets, but there is room for 140",
    );
}

#[test]
fn debug_shows_no_text_no_octets_and_no_sender() {
    let text = "Ihr Geheimcode ist 482913 ’".repeat(9);
    let message = Message::new(&text);
    let segments = message.segments().unwrap();
    let segment = segments.clone().next().unwrap();
    let user_data = UserData::encode(&segment, 7).unwrap();
    let received = ReceivedUserData::from(&user_data);
    let mut reassembler = Reassembler::new(ReassemblyLimits::new());
    let arrival = reassembler.push("sender-202-555-0143", received, 0);
    let secret_data = [0xA5, 0xCA];
    let elements = HeaderElements::new(&[InformationElement::new(0x70, &secret_data)]).unwrap();
    let mut out = [0; 140];
    let header = UserDataHeader::write(&elements, &mut out).unwrap();
    let shown = [
        format!("{elements:?} {:?} {header:?}", elements.iter()),
        format!("{message:?}"),
        format!("{segments:?}"),
        format!("{segment:?}"),
        format!("{user_data:?}"),
        format!("{:?}", UserData::encode_unpacked(&segment, 7).unwrap()),
        format!("{received:?}"),
        format!("{:?}", received.content().unwrap()),
        format!("{:?}", received.decode().unwrap()),
        format!("{arrival:?} {reassembler:?}"),
        format!("{:?}", reassembler.drain()),
        format!("{:?}", message.unmappables()),
        format!(
            "{:?}",
            ReceivedUserData::packed(DataCoding::new(4), false, 6, b"482913").content()
        ),
        format!(
            "{:?}",
            ReceivedUserData::packed(DataCoding::new(4), false, 6, b"482913")
        ),
    ];
    for shown in shown {
        for secret in [
            "482913",
            "Geheim",
            "555",
            "49, 68",
            "52, 56, 50",
            "165",
            "202",
        ] {
            assert!(!shown.contains(secret), "{secret} in {shown}");
        }
    }
}

#[test]
fn values_that_cannot_be_say_why() {
    use septet::template::{CharacterSet, ValueSet};
    let error = CharacterSet::given("").unwrap_err();
    assert_says(error, "a set of characters needs at least one");
    let error = CharacterSet::DIGITS.between(8, 6).unwrap_err();
    assert_says(
        error,
        "the least length is 8, which is more than the greatest, 6",
    );
    let error = ValueSet::list([""; 0]).unwrap_err();
    assert_says(
        error,
        "a list of values needs at least one; the empty value is one",
    );
}

#[test]
fn a_headroom_that_cannot_be_told_says_why() {
    use septet::template::{CharacterSet, Syntax, Template, ValueSet, Values};
    let template = Template::parse("${a} ${b} ${c}", Syntax::DollarBrace).expect("well-formed");
    let values = Values::new()
        .with("a", CharacterSet::DIGITS.exactly(6))
        .with("b", ValueSet::list(["x"]).expect("not empty"));
    let bounds = template.bounds(&values).expect("scalar cuts");
    assert_says(
        bounds.headroom("d").unwrap_err(),
        "the template has no placeholder of this name",
    );
    assert_says(
        bounds.headroom("b").unwrap_err(),
        "the placeholder has a list of values; ask for the count of each value",
    );
    assert_says(
        bounds.count_by_value("a").err().expect("no list"),
        "the placeholder has no list of values; ask for its headroom",
    );
    assert_says(
        bounds.headroom("a").unwrap_err(),
        "a placeholder is not declared or a loop has no limit, so that the worst is unknown",
    );
}

#[test]
fn bounds_that_whole_clusters_make_inexact_name_the_placeholder() {
    use septet::Cut;
    use septet::template::{CharacterSet, Syntax, Template, Values};
    let clusters = SegmentOptions::new().cut(Cut::Grapheme);
    let error = |source: &str, values: &Values| {
        let template = Template::parse(source, Syntax::DoubleBrace).expect("well-formed");
        template.bounds_with_options(values, clusters).unwrap_err()
    };
    let digits = Values::new().with("n", CharacterSet::DIGITS.exactly(1));
    assert_says(
        error("Hi {{n}}", &Values::new()),
        "with whole clusters the bounds are not exact: the placeholder `n` at byte 3 is not declared; \
         count with scalar cuts for a lower bound",
    );
    assert_says(
        error(
            "Hi {{n}}",
            &Values::new().with("n", CharacterSet::ANY.up_to(1)),
        ),
        "with whole clusters the bounds are not exact: the placeholder `n` at byte 3 has values with \
         line breaks or characters outside GSM-7; count with scalar cuts for a lower bound",
    );
    assert_says(
        error("{{n}}\u{20e3}", &digits),
        "with whole clusters the bounds are not exact: the placeholder `n` at byte 0 joins with the \
         text beside it; count with scalar cuts for a lower bound",
    );
    assert_says(
        error("{{#if n}}a{{/if}}", &digits),
        "with whole clusters the bounds are not exact: there is a branch or loop at byte 0; count \
         with scalar cuts for a lower bound",
    );
    let long = "a".to_owned() + &"\u{301}".repeat(70);
    assert_says(
        error(&long, &digits),
        "with whole clusters the bounds are not exact: the cluster at byte 0 exceeds a segment; count \
         with scalar cuts for a lower bound",
    );
}

#[test]
fn an_unknown_lint_is_met_with_how_they_look() {
    let error = "SMS1".parse::<septet::template::Lint>().unwrap_err();
    assert_says(
        error,
        "not a lint; codes are such as `SMS101`, names such as `forces-ucs2`",
    );
}

#[test]
fn what_is_no_sender_id_is_told_by_its_byte() {
    for (written, message) in [
        (
            "",
            "nothing at byte 0; write a name, a short code, or `+` and a number",
        ),
        (
            "My-Shop",
            "a character that is not taken here at byte 2; write letters A to Z, digits and spaces, or \
             `+` and a number",
        ),
        (
            "Acme ",
            "a space in front or behind at byte 4; leave it out",
        ),
        (
            "Acme and Sons",
            "a character too many at byte 11; a name has at most 11, a number begins with `+`",
        ),
        (
            "12 34",
            "a space between digits only at byte 2; write a letter, or the digits of a short code \
             alone",
        ),
        (
            "447911123456",
            "too few or too many digits at byte 8; a short code has 3 to 8, a number in full begins \
             with `+`",
        ),
        (
            "+44 7911123456",
            "no number in full at byte 3; write `+`, the calling code and the rest, 2 to 15 digits in \
             all and nothing between them",
        ),
    ] {
        let error = written.parse::<septet::sender::SenderId>().unwrap_err();
        assert_says(error, message);
    }
}

#[test]
fn octets_that_are_no_address_are_counted() {
    use septet::sender::OriginatingAddress;
    assert_says(
        OriginatingAddress::decode(&[21, 0x91, 0x44]).unwrap_err(),
        "an address of 21 semi-octets; there are at most 20, and the first octet counts digits, not \
         octets",
    );
    assert_says(
        OriginatingAddress::decode(&[11, 0x91, 0x44]).unwrap_err(),
        "the address has 8 octets, and 3 are given; give the field from its length on",
    );
}

#[test]
fn what_is_no_region_currency_price_date_or_number_is_met_with_how_they_look() {
    use septet::telephony::{Currency, Date, E164, Price, Region};
    assert_says(
        "UK".parse::<Region>().unwrap_err(),
        "no region of ISO 3166; write two letters, such as US, or GB for the United Kingdom",
    );
    assert_says(
        "usd".parse::<Currency>().unwrap_err(),
        "no currency of ISO 4217; write three capital letters, such as USD",
    );
    let usd: Currency = "USD".parse().unwrap();
    assert_says(
        Price::parse("0,79", usd).unwrap_err(),
        "no amount of up to 6 decimals; write digits with a point, such as 0.0079",
    );
    let most = Price::from_micros(u64::MAX, usd);
    assert_says(
        most.checked_add(most).unwrap_err(),
        "the sum does not fit 64 bits of millionths",
    );
    assert_says(
        "2026-02-29".parse::<Date>().unwrap_err(),
        "no day of the calendar; write it as YYYY-MM-DD",
    );
    assert_says(
        "+44 7911 123456".parse::<E164>().unwrap_err(),
        "no number in full at byte 3; write `+`, the calling code and the rest, 2 to 15 digits in all \
         and nothing between them",
    );
}

#[cfg(feature = "phone")]
#[test]
fn refusals_are_told_in_words_without_the_number() {
    use septet::phone::{Channels, EligibilityPolicy, NumberPrefix, classify};
    use septet::telephony::{Channel, Purpose};
    assert_says(
        "650253".parse::<NumberPrefix>().unwrap_err(),
        "no number or prefix of numbers; write `+` and 2 to 15 digits, calling code first",
    );
    assert_says(
        "phone".parse::<Channels>().unwrap_err(),
        "no channels; write sms, voice, both or none",
    );
    let policy = EligibilityPolicy::new();
    for (number, words) in [
        (
            "+1 650 253",
            "too few digits for a number; is the area code missing?",
        ),
        ("+1 650 253 00000", "too long for a number"),
        (
            "+1 123 456 7890",
            "in no range that is known to be given out",
        ),
        (
            "650 253 0000",
            "no country: write it with + and the calling code, or give a region",
        ),
        ("+999 12345", "no country has this calling code"),
        ("hello", "not the form of a number"),
        (
            "+1 800 253 0000",
            "a toll-free number, which never gets a code",
        ),
        (
            "+49 30 123456",
            "a fixed line, which takes calls and no messages",
        ),
        (
            "+881 612345678",
            "a satellite or global network, which has no country",
        ),
        ("+1 650 GOO GLES", "written with letters; write the digits"),
        (
            "call +1 650 253 0000",
            "something beside one number; give the number alone",
        ),
        (
            "+1 650 253 0000 x1",
            "an extension, which no message can be sent to; call it, or leave it out",
        ),
    ] {
        let answer = policy.eligibility(&classify(number, None), Channel::Sms, Purpose::SignIn);
        assert_eq!(answer.refusal().unwrap().to_string(), words, "{number}");
    }
}
