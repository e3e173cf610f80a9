//! What other crates get wrong, each with an input that shows it, beside the right answer. A test
//! fails when the crate is mended: then its row goes from the README.

use septet::{DataCoding, Encoding, Message, ReceivedUserData, UnpackedUserData, UserData};
use septet_peers::{Peer, SEPTET, Septets, panics, peer};
use smpp_codec::encoding::{gsm_7bit_decode, gsm_7bit_encode};
use smpp_codec::splitter::{EncodingType, MessageSplitter, SplitMode};
use sms_pdu::gsm_encoding::GsmMessageData;
use sms_pdu::pdu::MessageEncoding;
use sms_splitter::SplitSms;

/// The segments of a text as septet makes them for SMPP.
fn unpacked(text: &str) -> Vec<UnpackedUserData> {
    let segments = Message::new(text).segments().expect("at most 255 segments");
    segments
        .map(|segment| UserData::encode_unpacked(&segment, 0).expect("0 fits"))
        .collect()
}

fn segments(peer: &Peer, text: &str) -> Vec<Vec<u8>> {
    (peer.segments)(text).expect("it splits this text")
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
    assert_eq!((peer("sms-pdu").count)(&text), Some(2));
    let units: Vec<_> = Message::new(&text)
        .segments()
        .unwrap()
        .map(|s| s.units())
        .collect();
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
fn rusmpp_extra_refuses_an_emoji() {
    assert_eq!((peer("rusmpp-extra").encode)("👋"), None);
    assert_eq!((SEPTET.encode)("👋"), Some(vec![0xD8, 0x3D, 0xDC, 0x4B]));
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
    assert_eq!(
        (SEPTET.decode)(&Septets::new(&[0x5F])).as_deref(),
        Some("§")
    );
    assert_eq!(Message::new("§").encoding(), Encoding::Gsm7);
}

#[test]
fn smpp_codec_numbers_262_segments_as_6() {
    let text = "a".repeat(40_000);
    let sent = segments(peer("smpp-codec"), &text);
    assert_eq!(sent.len(), 262);
    assert_eq!(sent[0][4], 6, "the total in the header");
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
fn gsm7_reads_an_at_sign_that_was_not_sent() {
    let septets = Septets::new(b"1234567");
    assert_eq!((peer("gsm7").decode)(&septets).as_deref(), Some("1234567@"));
    assert_eq!((SEPTET.decode)(&septets).as_deref(), Some("1234567"));
}

#[test]
fn three_crates_send_the_control_character_escape() {
    // A lone escape turns whatever follows it into another character.
    assert_eq!(
        (peer("gsm7").encode)("\u{1B}e").map(|octets| octets[0] & 0x7F),
        Some(0x1B)
    );
    assert_eq!(
        (peer("tpdu").encode)("\u{1B}e").map(|octets| octets[0] & 0x7F),
        Some(0x1B)
    );
    assert_eq!(
        (peer("smpp-codec").encode)("\u{1B}e"),
        Some(vec![0x1B, b'e'])
    );
    assert_eq!(
        (peer("smpp-codec").decode)(&Septets::new(&[0x1B, b'e'])).as_deref(),
        Some("€")
    );
    assert_eq!(Message::new("\u{1B}e").encoding(), Encoding::Ucs2);
}

#[test]
fn an_escape_before_an_unknown_code_loses_the_letter_or_the_text() {
    let septets = Septets::new(&[b'o', 0x1B, b'k']);
    assert_eq!(
        (peer("gsm7").decode)(&septets),
        None,
        "the whole text is refused"
    );
    assert_eq!((peer("smpp-codec").decode)(&septets).as_deref(), Some("o?"));
    // The standard has the letter shown that a phone without the table would show.
    assert_eq!((SEPTET.decode)(&septets).as_deref(), Some("ok"));
}

#[test]
fn sms_pdu_reads_two_escapes_and_a_letter_as_a_euro_sign() {
    let septets = Septets::new(&[0x1B, 0x1B, b'e']);
    assert_eq!((peer("sms-pdu").decode)(&septets).as_deref(), Some("€"));
    assert_eq!((SEPTET.decode)(&septets).as_deref(), Some(" e"));
}

#[test]
fn a_page_break_is_lost() {
    let septets = Septets::new(&[0x1B, 0x0A]);
    assert_eq!((peer("sms-pdu").decode)(&septets).as_deref(), Some("\n"));
    assert_eq!((peer("smpp-codec").decode)(&septets).as_deref(), Some("?"));
    assert_eq!((SEPTET.decode)(&septets).as_deref(), Some("\u{C}"));
}

#[test]
fn three_crates_send_a_form_feed_as_ucs_2() {
    for name in ["sms-pdu", "rusmpp-extra", "smpp-codec"] {
        assert_eq!(
            (peer(name).encode)("\u{C}"),
            Some(vec![0x00, 0x0C]),
            "{name}"
        );
    }
    assert_eq!(Message::new("\u{C}").encoding(), Encoding::Gsm7);
}

#[test]
fn sms_splitter_hands_out_segments_that_no_header_can_number() {
    let parts = SplitSms::default().split("a".repeat(40_000)).parts;
    assert_eq!(parts.len(), 262);
    assert_eq!(
        Message::new(&"a".repeat(40_000))
            .segments()
            .unwrap_err()
            .needed(),
        262
    );
}

#[test]
fn sms_pdu_misreads_a_segment_with_a_16_bit_reference() {
    // The known octets of "Hello" behind 06 08 04 12 34 02 01: no fill bits.
    let octets = [
        0x06, 0x08, 0x04, 0x12, 0x34, 0x02, 0x01, 0xC8, 0x32, 0x9B, 0xFD, 0x06,
    ]
    .to_vec();
    let message = GsmMessageData {
        encoding: MessageEncoding::Gsm7Bit,
        udh: true,
        bytes: octets.clone(),
        user_data_len: 13,
    };
    let text = message.decode_message().map(|message| message.text).ok();
    assert_eq!(text.as_deref(), Some("ello@"));
    let received = ReceivedUserData::packed(DataCoding::new(0), true, 13, &octets);
    assert_eq!(received.decode().unwrap().text(), "Hello");
}

#[test]
fn smpp_codec_fills_254_octets_where_the_smsc_writes_the_header() {
    let text = "a".repeat(255);
    let (sent, _) =
        MessageSplitter::split(text.clone(), EncodingType::Gsm7Bit, SplitMode::Sar).unwrap();
    assert_eq!(sent[0].len(), 254, "more septets than any segment holds");
    let segment = Message::new(&text).segments().unwrap().next().unwrap();
    assert_eq!(
        UserData::encode_for_sar(&segment, 0)
            .unwrap()
            .as_octets()
            .len(),
        153
    );
}
