//! Results as data, and what may be read back: with the same checks as the constructors make.

#![cfg(feature = "serde")]

use septet::{
    Concatenation, Cut, DataCoding, Encoding, HeaderElements, InformationElement, Message,
    NationalLanguage, NationalTables, ReceivedUserData, SegmentOptions, UserData, UserDataHeader,
};
use serde_json::{from_value, json, to_value};

#[test]
fn a_message_is_its_counts_without_its_text() {
    let message = Message::new("Grüße 👋");
    let blame = json!({"character": "👋", "at": 8, "in-some-table": false});
    assert_eq!(
        to_value(message).unwrap(),
        json!({
            "encoding": "ucs2", "alphabet": null, "units": 8, "segment-count": 1,
            "segment-capacity": 70, "header-octets": 0, "free-units": 62,
            "reason": {"unmappable": blame}, "forced-by": blame,
        })
    );
    let tables = NationalTables::NONE.allow(NationalLanguage::Turkish);
    let text = "Doğrulama kodunuzu kimseyle paylaşmayın. ".repeat(3);
    let message = Message::with_options(&text, SegmentOptions::new().national_tables(tables));
    let data = to_value(message).unwrap();
    assert_eq!(
        data["alphabet"],
        json!({"locking": "turkish", "single-shift": null})
    );
    assert_eq!(data["reason"], json!("national-tables"));
}

#[test]
fn a_segment_is_its_text_and_place() {
    let text = "a".repeat(161);
    let last = Message::new(&text).segments().unwrap().last().unwrap();
    assert_eq!(
        to_value(last).unwrap(),
        json!({
            "text": "aaaaaaaa", "range": {"start": 153, "end": 161},
            "units": 8, "free-units": 145, "sequence": 2, "total": 2,
        })
    );
}

#[test]
fn options_come_back_as_they_were() {
    let options = SegmentOptions::new()
        .concatenation(Concatenation::Bits16)
        .concatenation_for(Encoding::Ucs2, Concatenation::None)
        .cut(Cut::Grapheme)
        .national_tables(NationalTables::NONE.allow_single_shift(NationalLanguage::Spanish));
    let data = to_value(options).unwrap();
    assert_eq!(
        data,
        json!({
            "concatenation": {"gsm7": "bits16", "ucs2": "none"}, "cut": "grapheme",
            "national-tables": {"locking": [], "single-shift": ["spanish"]},
            "header-elements": null,
        })
    );
    assert_eq!(from_value::<SegmentOptions>(data).unwrap(), options);
    assert_eq!(
        from_value::<SegmentOptions>(json!({})).unwrap(),
        SegmentOptions::new()
    );
}

#[test]
fn options_that_mean_nothing_are_refused() {
    let spanish = json!({"national-tables": {"locking": ["spanish"]}});
    assert_refused::<SegmentOptions>(spanish, "spanish has no locking table");
    assert_refused::<SegmentOptions>(json!({"cuts": "word"}), "unknown field `cuts`");
    let elements = json!({"header-elements": [{"identifier": 5, "data": ""}]});
    assert_refused::<SegmentOptions>(elements, "read them as HeaderElements");
}

#[test]
fn header_elements_come_back_as_they_were() {
    let ports = InformationElement::ports_16_bit(2948, 9200);
    let elements = [InformationElement::new(
        InformationElement::PORTS_16_BIT,
        &ports,
    )];
    let elements = HeaderElements::new(&elements).unwrap();
    let data = to_value(&elements).unwrap();
    assert_eq!(data, json!([{"identifier": 5, "data": "0b8423f0"}]));
    assert_eq!(from_value::<HeaderElements>(data).unwrap(), elements);
    let options = SegmentOptions::new().header_elements(&elements);
    assert_eq!(
        to_value(options).unwrap()["header-elements"][0]["identifier"],
        5
    );
}

#[test]
fn header_elements_are_checked_when_they_are_read() {
    let shift = json!([{"identifier": 0x24, "data": "01"}]);
    assert_refused::<HeaderElements>(shift, "element 24 is written by septet itself");
    let long = json!([{"identifier": 1, "data": "00".repeat(122)}]);
    assert_refused::<HeaderElements>(long, "124 octets");
    let odd = json!([{"identifier": 1, "data": "000"}]);
    assert_refused::<HeaderElements>(odd, "an odd number of hexadecimal digits");
    let letters = json!([{"identifier": 1, "data": "000g"}]);
    assert_refused::<HeaderElements>(letters, "not two hexadecimal digits at byte 2");
}

#[test]
fn octets_come_back_as_they_were() {
    for text in ["Hello", "Привет", &"a".repeat(161), &"👋".repeat(36), ""] {
        for segment in Message::new(text).segments().unwrap() {
            let user_data = UserData::encode(&segment, 7).unwrap();
            let data = to_value(user_data).unwrap();
            assert_eq!(from_value::<UserData>(data).unwrap(), user_data);
        }
    }
    let segment = Message::new("Hello").segments().unwrap().next().unwrap();
    assert_eq!(
        to_value(UserData::encode(&segment, 0).unwrap()).unwrap(),
        json!({"octets": "c8329bfd06", "length": 5, "data-coding": 0, "has-header": false})
    );
    assert_eq!(
        to_value(UserData::encode_for_sar(&segment, 0).unwrap()).unwrap(),
        json!({"octets": "48656c6c6f", "data-coding": 0, "has-header": false, "sar": null})
    );
}

#[test]
fn octets_that_do_not_hang_together_are_refused() {
    let octets = |octets: &str, length: u8, coding: u8, header: bool| json!({"octets": octets, "length": length, "data-coding": coding, "has-header": header});
    assert_refused::<UserData>(octets("c832", 5, 0, false), "takes 5 octets");
    assert_refused::<UserData>(octets(&"00".repeat(141), 141, 8, false), "at most 140");
    assert_refused::<UserData>(octets(&"00".repeat(141), 161, 0, false), "at most 140");
    assert_refused::<UserData>(octets("050003", 3, 8, true), "the header takes 6 octets");
    assert_refused::<UserData>(octets("030003a5", 4, 0, true), "does not end where");
    assert_refused::<UserData>(octets("03700101", 4, 0, true), "longer than the length");
}

#[test]
fn what_was_read_is_data_too() {
    let octets = [0x05, 0x00, 0x03, 0xA5, 0x02, 0x01, 0xC1];
    let received = ReceivedUserData::packed(DataCoding::new(0), true, 8, &octets);
    assert_eq!(
        to_value(received.decode().unwrap()).unwrap(),
        json!({"text": "¿", "forgiven": ["fill-bits"]})
    );
    let header = UserDataHeader::read(&octets).unwrap();
    assert_eq!(
        to_value(header.concatenation()).unwrap(),
        json!({"reference": 0xA5, "bits": 8, "total": 2, "sequence": 1})
    );
}

#[test]
fn a_report_has_costs_findings_and_fixes() {
    use septet::template::{Lint, Rules, Severity, Syntax};
    let text = "It’s a long text, just so that its 71 code units do not fit one message";
    let report = Rules::new().syntax(Syntax::None).check(text);
    let cost = |segments: usize, encoding: &str, units: usize| {
        json!({
            "segments": {"exact": segments}, "encoding": encoding, "units": units,
        })
    };
    let costs = |cost: serde_json::Value| json!({"best": cost, "typical": cost, "worst": cost});
    let before = costs(cost(2, "ucs2", 71));
    let after = costs(cost(1, "gsm7", 71));
    let data = to_value(&report).unwrap();
    assert_eq!(data["costs"], before);
    assert_eq!(
        data["findings"][0],
        json!({
            "code": "SMS101", "lint": "forces-ucs2", "severity": "warning",
            "span": {"start": 2, "end": 5},
            "message": "U+2019 makes the message UCS-2; write `'`",
            "replacement": "'",
            "fixes": [0],
        })
    );
    let fix = &data["fixes"][0];
    assert_eq!((&fix["before"], &fix["after"]), (&before, &after));
    assert_eq!(fix["edits"][0]["range"], json!({"start": 2, "end": 5}));
    assert_eq!(fix["edits"][0]["replacement"], json!("'"));
    assert_eq!(to_value(Lint::ForcesUcs2).unwrap(), json!("forces-ucs2"));
    assert_eq!(
        from_value::<Lint>(json!("SMS101")).unwrap(),
        Lint::ForcesUcs2
    );
    assert_eq!(
        from_value::<Severity>(json!("note")).unwrap(),
        Severity::Note
    );
    assert_refused::<Lint>(json!("SMS999"), "not a lint");
}

#[test]
fn a_matrix_has_a_row_for_each_language() {
    use septet::template::{Catalogue, Rules, Syntax};
    let one = Catalogue::new("a").with_translation("ru", "ж");
    let two = Catalogue::new("b");
    let matrix = Rules::new()
        .syntax(Syntax::None)
        .check_all([("one", &one), ("two", &two)]);
    let data = to_value(&matrix).unwrap();
    assert_eq!(data["templates"], json!(["one", "two"]));
    assert_eq!(data["languages"][0]["language"], json!(null));
    assert_eq!(data["languages"][1]["language"], json!("ru"));
    assert_eq!(
        data["languages"][1]["costs"][0]["worst"]["segments"],
        json!({"exact": 1})
    );
    assert_eq!(data["languages"][1]["costs"][1], json!(null));
}

#[track_caller]
fn assert_refused<T: serde::de::DeserializeOwned + core::fmt::Debug>(
    data: serde_json::Value,
    message: &str,
) {
    let error = from_value::<T>(data).unwrap_err().to_string();
    assert!(error.contains(message), "{error}");
}
