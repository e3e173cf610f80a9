//! What other crates get wrong, each with an input that shows it, beside the right answer. A test
//! fails when the crate is mended: then its row goes from `RIVALS.md`.

use rusmpp_core::pdus::owned::SubmitSm;
use rusmpp_extra::concatenation::owned::SubmitSmMultipartExt;
use septet::{
    Coding, DataCoding, Encoding, Message, NationalTables, Reason, ReceivedUserData,
    SegmentOptions, UnpackedUserData, UserData,
};
use septet_peers::{Body, Form, Peer, SEPTET, peer};
use smpp_codec::encoding::{MessageBody, gsm_7bit_decode, gsm_7bit_encode, process_body};
use smpp_codec::splitter::{EncodingType, MessageSplitter, SplitMode};
use sms_pdu::gsm_encoding::GsmMessageData;
use sms_pdu::pdu::{DataCodingScheme, MessageEncoding};
use sms_splitter::SplitSms;
use sms_splitter::splitter_options::SplitterOptions;

/// The segments of a text as septet makes them for SMPP.
fn unpacked(text: &str) -> Vec<UnpackedUserData> {
    let segments = Message::new(text).segments().expect("at most 255 segments");
    segments
        .map(|segment| UserData::encode_unpacked(&segment, 0).expect("0 fits"))
        .collect()
}

fn segments(peer: &Peer, text: &str) -> Vec<Vec<u8>> {
    let segments = peer.segments.expect("it splits");
    segments(text).expect("it splits this text")
}

fn count(peer: &Peer, text: &str) -> usize {
    let count = peer.count.expect("it counts");
    count(text).expect("it counts this text")
}

/// What a crate reads in septets, in the form it knows.
fn read(peer: &Peer, septets: &[u8]) -> Option<String> {
    (peer.decode)(&Body::of_septets(peer.reads[0], septets))
}

fn panics(call: impl FnOnce() + std::panic::UnwindSafe) -> bool {
    std::panic::catch_unwind(call).is_err()
}

#[test]
fn sms_pdu_splits_the_escape_pair_of_a_euro_sign() {
    let text = "a".repeat(152) + "€" + &"b".repeat(20);
    let second = &segments(peer("sms-pdu"), &text)[1];
    // Behind header and fill bit: the euro's second septet, which reads as a letter of its own.
    assert_eq!(second[6] >> 1, b'e');
    let second = &unpacked(&text)[1];
    assert_eq!(second.as_octets()[6..8], [0x1B, b'e']);
}

#[test]
fn sms_pdu_counts_153_euro_signs_as_2_segments() {
    let text = "€".repeat(153);
    assert_eq!(count(peer("sms-pdu"), &text), 2);
    let segments = Message::new(&text).segments().unwrap();
    let units: Vec<_> = segments.map(|segment| segment.units()).collect();
    assert_eq!(units, [152, 152, 2]);
}

#[test]
fn two_crates_split_the_surrogate_pair_of_an_emoji() {
    let text = "ж".repeat(66) + "👋" + &"ж".repeat(10);
    for name in ["sms-pdu", "smpp-codec"] {
        let second = &segments(peer(name), &text)[1];
        assert_eq!(second[6..8], [0xDC, 0x4B], "{name}: half a pair");
    }
    assert_eq!(
        unpacked(&text)[1].as_octets()[6..10],
        [0xD8, 0x3D, 0xDC, 0x4B]
    );
}

#[test]
fn two_crates_count_100_emoji_as_3_segments() {
    let text = "👋".repeat(100);
    for name in ["sms-pdu", "smpp-codec"] {
        assert_eq!(count(peer(name), &text), 3, "{name}");
    }
    // 33 pairs fill 66 of 67 code units.
    assert_eq!(Message::new(&text).segment_count(), 4);
}

#[test]
fn rusmpp_extra_refuses_an_emoji() {
    let rusmpp_extra = peer("rusmpp-extra");
    assert_eq!((rusmpp_extra.encode)(Form::Ucs2, "👋"), None);
    assert_eq!(rusmpp_extra.count.map(|count| count("👋")), Some(None));
    let octets = [0xD8, 0x3D, 0xDC, 0x4B];
    assert_eq!((SEPTET.encode)(Form::Ucs2, "👋"), Some(octets.to_vec()));
}

#[test]
fn sms_splitter_with_shift_tables_sends_spaces_in_place_of_an_emoji() {
    let splitter = SplitSms::new(SplitterOptions::new(true, false));
    let split = splitter.split(String::from("Hi 👋"));
    assert_eq!(split.character_set, "GSM");
    assert_eq!(split.parts[0].content, "Hi  ");
    let options = SegmentOptions::new().national_tables(NationalTables::ALL);
    let sms = Message::with_options("Hi 👋", options);
    assert_eq!(sms.encoding(), Encoding::Ucs2);
    assert_eq!(sms.segments().unwrap().next().unwrap().text(), "Hi 👋");
}

#[test]
fn sms_splitter_leaves_no_room_for_the_header_that_names_a_shift_table() {
    let text = "a".repeat(158) + "ğ";
    let splitter = SplitSms::new(SplitterOptions::new(true, false));
    let split = splitter.split(text.clone());
    assert_eq!(
        (split.character_set.as_str(), split.parts.len()),
        ("GSM", 1)
    );
    let options = SegmentOptions::new().national_tables(NationalTables::ALL);
    let sms = Message::with_options(&text, options);
    // The header takes 5 septets of the 160, and the text 159 with either Turkish table at least.
    assert_eq!((sms.encoding(), sms.segment_count()), (Encoding::Gsm7, 2));
}

#[test]
fn sms_splitter_with_shift_tables_calls_gsm_what_no_pair_of_tables_holds() {
    // Only the Portuguese locking table has the one, and it has lost the other.
    let splitter = SplitSms::new(SplitterOptions::new(true, false));
    assert_eq!(splitter.split(String::from("∞Ø")).character_set, "GSM");
    let options = SegmentOptions::new().national_tables(NationalTables::ALL);
    let sms = Message::with_options("∞Ø", options);
    assert_eq!(sms.encoding(), Encoding::Ucs2);
    assert_eq!(sms.reason(), Reason::NoSinglePair);
}

#[test]
fn sms_splitter_with_shift_tables_counts_two_septets_for_a_greek_capital() {
    // It is in the default alphabet; the Portuguese single shift table is no reason to leave that.
    let text = "Φ".repeat(100);
    let splitter = SplitSms::new(SplitterOptions::new(true, false));
    let split = splitter.split(text.clone());
    assert_eq!((split.bytes, split.parts.len()), (200, 2));
    let options = SegmentOptions::new().national_tables(NationalTables::ALL);
    let sms = Message::with_options(&text, options);
    assert_eq!((sms.units(), sms.segment_count()), (100, 1));
}

#[test]
fn rusmpp_extra_counts_160_letters_as_2_segments_or_puts_161_septets_in_one() {
    let full = "a".repeat(160);
    assert_eq!(
        SubmitSm::default().multipart(&full).build().unwrap().len(),
        2
    );
    assert_eq!(Message::new(&full).segment_count(), 1);
    // Told to fill 160, it takes the header's 6 octets for 6 septets; they are 7.
    let long = "a".repeat(161);
    let parts = SubmitSm::default()
        .multipart(&long)
        .max_short_message_size(160)
        .build()
        .unwrap();
    let first = parts[0].short_message().len();
    assert_eq!(first - 6 + 7, 161);
    assert_eq!(unpacked(&long)[0].as_octets().len() - 6 + 7, 160);
}

#[test]
fn smpp_codec_sends_a_backtick_as_a_section_sign() {
    // 0x5F is the section sign on every phone.
    assert_eq!(gsm_7bit_encode("`"), Ok(vec![0x5F]));
    assert_eq!(Message::new("`").encoding(), Encoding::Ucs2);
}

#[test]
fn smpp_codec_reads_a_section_sign_as_a_backtick_and_refuses_to_send_it() {
    assert_eq!(gsm_7bit_decode(&[0x5F]), "`");
    assert!(gsm_7bit_encode("§").is_err());
    assert_eq!(read(&SEPTET, &[0x5F]).as_deref(), Some("§"));
    assert_eq!((SEPTET.encode)(Form::Unpacked, "§"), Some(vec![0x5F]));
}

#[test]
fn smpp_codec_numbers_262_segments_as_6() {
    let text = "a".repeat(40_000);
    let sent = segments(peer("smpp-codec"), &text);
    assert_eq!(sent.len(), 262);
    assert_eq!(sent[0][4], 6, "the total in the header");
    assert_eq!(sent[255][5], 0, "the number of the 256th");
    assert_eq!(Message::new(&text).segments().unwrap_err().needed(), 262);
}

#[test]
fn sms_pdu_numbers_262_segments_as_6_or_panics() {
    let text = "a".repeat(40_000);
    if cfg!(debug_assertions) {
        assert!(panics(|| drop(GsmMessageData::encode_message(&text))));
    } else {
        assert_eq!(segments(peer("sms-pdu"), &text)[0][4], 6);
    }
    assert_eq!(Message::new(&text).segments().unwrap_err().needed(), 262);
}

#[test]
fn sms_splitter_hands_out_262_segments_that_no_header_can_number() {
    let text = "a".repeat(40_000);
    assert_eq!(segments(peer("sms_splitter"), &text).len(), 262);
    assert_eq!(Message::new(&text).segments().unwrap_err().needed(), 262);
}

#[test]
fn gsm7_reads_an_at_sign_that_was_not_sent() {
    assert_eq!(read(peer("gsm7"), b"1234567").as_deref(), Some("1234567@"));
    assert_eq!(read(&SEPTET, b"1234567").as_deref(), Some("1234567"));
}

#[test]
fn sms_pdu_reads_an_at_sign_behind_its_own_last_segment() {
    let sent = GsmMessageData::encode_message(&"a".repeat(161));
    let read = sent[1].decode_message().unwrap().text;
    assert_eq!(read, "aaaaaaaa@");
    let (length, octets) = (sent[1].user_data_len, &sent[1].bytes);
    let received = ReceivedUserData::packed(DataCoding::new(0), true, length, octets);
    assert_eq!(received.decode().unwrap().text(), "aaaaaaaa");
}

#[test]
fn sms_pdu_misreads_a_segment_with_a_16_bit_reference() {
    // The known octets of "Hello" behind 06 08 04 12 34 02 01: no fill bits.
    let octets = [
        0x06, 0x08, 0x04, 0x12, 0x34, 0x02, 0x01, 0xC8, 0x32, 0x9B, 0xFD, 0x06,
    ];
    let message = GsmMessageData {
        encoding: MessageEncoding::Gsm7Bit,
        udh: true,
        bytes: octets.to_vec(),
        user_data_len: 13,
    };
    let text = message.decode_message().map(|message| message.text).ok();
    assert_eq!(text.as_deref(), Some("ello@"));
    let received = ReceivedUserData::packed(DataCoding::new(0), true, 13, &octets);
    assert_eq!(received.decode().unwrap().text(), "Hello");
}

#[test]
fn gsm7_sets_the_spare_bit_behind_the_last_septet() {
    // TS 23.038 §6.1.2.1.1 has zeros there.
    assert_eq!((peer("gsm7").encode)(Form::Packed, "a"), Some(vec![0xE1]));
    assert_eq!((SEPTET.encode)(Form::Packed, "a"), Some(vec![0x61]));
}

#[test]
fn three_crates_send_the_control_character_escape() {
    // A lone escape turns whatever follows it into another character: here a euro sign.
    for name in ["gsm7", "tpdu"] {
        let octets = (peer(name).encode)(Form::Packed, "\u{1B}e");
        let euro = (SEPTET.encode)(Form::Packed, "€");
        assert_eq!(octets, euro, "{name}");
    }
    assert_eq!(gsm_7bit_encode("\u{1B}e"), gsm_7bit_encode("€"));
    assert_eq!(Message::new("\u{1B}e").encoding(), Encoding::Ucs2);
}

#[test]
fn two_crates_lose_the_letter_or_the_text_at_an_escape_before_an_unknown_code() {
    let septets = [b'o', 0x1B, b'k'];
    assert_eq!(read(peer("gsm7"), &septets), None, "the text is refused");
    assert_eq!(read(peer("smpp-codec"), &septets).as_deref(), Some("o?"));
    // The standard has the letter shown that a phone without the table would show.
    assert_eq!(read(&SEPTET, &septets).as_deref(), Some("ok"));
}

#[test]
fn sms_pdu_reads_two_escapes_and_a_letter_as_a_euro_sign() {
    let septets = [0x1B, 0x1B, b'e'];
    assert_eq!(read(peer("sms-pdu"), &septets).as_deref(), Some("€"));
    assert_eq!(read(&SEPTET, &septets).as_deref(), Some(" e"));
}

#[test]
fn gsm7_refuses_a_text_that_ends_in_an_escape() {
    let septets = [b'o', b'k', 0x1B];
    assert_eq!(read(peer("gsm7"), &septets), None);
    assert_eq!(read(&SEPTET, &septets).as_deref(), Some("ok "));
}

#[test]
fn two_crates_lose_a_page_break() {
    let septets = [0x1B, 0x0A];
    assert_eq!(read(peer("sms-pdu"), &septets).as_deref(), Some("\n"));
    assert_eq!(read(peer("smpp-codec"), &septets).as_deref(), Some("?"));
    assert_eq!(read(&SEPTET, &septets).as_deref(), Some("\u{C}"));
}

#[test]
fn three_crates_count_a_text_with_a_form_feed_as_ucs_2() {
    let text = "a".repeat(158) + "\u{C}";
    for name in ["sms-pdu", "rusmpp-extra", "smpp-codec"] {
        assert_eq!(count(peer(name), &text), 3, "{name}");
    }
    assert_eq!(Message::new(&text).encoding(), Encoding::Gsm7);
    assert_eq!(Message::new(&text).segment_count(), 1);
}

#[test]
fn smpp_codec_fills_254_octets_where_the_smsc_writes_the_header() {
    let text = "a".repeat(255);
    let split = MessageSplitter::split(text.clone(), EncodingType::Gsm7Bit, SplitMode::Sar);
    let (sent, _) = split.unwrap();
    assert_eq!(sent[0].len(), 254, "more septets than any segment holds");
    let segment = Message::new(&text).segments().unwrap().next().unwrap();
    let ours = UserData::encode_for_sar(&segment, 0).unwrap();
    assert_eq!(ours.as_octets().len(), 153);
}

#[test]
fn two_crates_take_the_data_coding_of_a_text_for_data() {
    // 0xF0: GSM-7, to be shown at once (TS 23.038 §4).
    assert_eq!(
        DataCodingScheme::from(0xF0).encoding(),
        MessageEncoding::EightBit
    );
    assert_eq!(DataCoding::new(0xF0).coding(), Coding::Gsm7);
    // 0xE0: UCS-2, with a message waiting.
    assert_eq!(
        process_body(&[0, b'a'], 0xE0, false),
        MessageBody::Binary(vec![0, b'a'])
    );
    assert_eq!(DataCoding::new(0xE0).coding(), Coding::Ucs2);
}

#[test]
fn sms_pdu_takes_ucs_2_that_is_to_be_deleted_for_gsm_7() {
    // 0x48: as 0x08, and the message is deleted once it is read (TS 23.038 §4).
    assert_eq!(
        DataCodingScheme::from(0x48).encoding(),
        MessageEncoding::Gsm7Bit
    );
    assert_eq!(DataCoding::new(0x48).coding(), Coding::Ucs2);
}
