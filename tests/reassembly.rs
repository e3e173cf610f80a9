//! Joining segments: every order, duplicates, references used again, limits, and bad senders.

#![cfg(feature = "alloc")]

use septet::{
    Assembled, Concatenation, Cut, DataCoding, Deviation, GivenUp, Message, NationalTables,
    NotText, Outcome, Reassembler, ReassemblyLimits, ReceivedUserData, Sar, SegmentOptions,
    StrictError, UserData,
};

fn reassembler() -> Reassembler<&'static str> {
    Reassembler::new(ReassemblyLimits::new())
}

fn sent(text: &str, options: SegmentOptions<'_>, reference: u16) -> Vec<UserData> {
    let segments = Message::with_options(text, options).segments().unwrap();
    segments
        .map(|segment| UserData::encode(&segment, reference).unwrap())
        .collect()
}

#[track_caller]
fn complete(outcome: Outcome) -> Assembled {
    match outcome {
        Outcome::Complete(message) => message,
        other => panic!("not complete: {other:?}"),
    }
}

/// A segment of UCS-2 with an 8-bit reference.
fn octets(reference: u8, total: u8, sequence: u8, text: &[u8]) -> Vec<u8> {
    let mut octets = vec![5, 0x00, 3, reference, total, sequence];
    octets.extend(text);
    octets
}

fn ucs2(octets: &[u8]) -> ReceivedUserData<'_> {
    ReceivedUserData::packed(DataCoding::new(0x08), true, octets.len() as u8, octets)
}

#[test]
fn segments_may_come_in_any_order() {
    let text = "Grüße 👋 ".repeat(30);
    let sent = sent(&text, SegmentOptions::new(), 7);
    assert_eq!(sent.len(), 5);
    for first in 0..5 {
        let mut reassembler = reassembler();
        for step in 0..4 {
            let next = ReceivedUserData::from(&sent[(first + step * 2) % 5]);
            assert!(matches!(
                reassembler.push("a", next, 0).outcome,
                Outcome::Stored
            ));
        }
        let last = ReceivedUserData::from(&sent[(first + 8) % 5]);
        let message = complete(reassembler.push("a", last, 0).outcome);
        assert_eq!(message.decode().unwrap().text(), text);
        assert_eq!(message.segments().len(), 5);
        assert_eq!(
            (reassembler.pending_sets(), reassembler.pending_octets()),
            (0, 0)
        );
    }
}

#[test]
fn a_message_of_one_segment_is_complete_at_once() {
    let sent = sent("Hello", SegmentOptions::new(), 7);
    let arrival = reassembler().push("a", ReceivedUserData::from(&sent[0]), 0);
    assert_eq!(complete(arrival.outcome).decode().unwrap().text(), "Hello");
    let of_one = octets(7, 1, 1, b"\0A");
    let message = complete(reassembler().push("a", ucs2(&of_one), 0).outcome);
    assert_eq!(message.decode().unwrap().text(), "A");
    assert_eq!(message.concatenation().unwrap().total(), 1);
}

#[test]
fn an_impossible_place_makes_a_message_of_one_segment() {
    let beyond = octets(7, 2, 3, b"\0A");
    let message = complete(reassembler().push("a", ucs2(&beyond), 0).outcome);
    let decoded = message.decode().unwrap();
    assert_eq!(decoded.text(), "A");
    assert!(decoded.forgiven().contains(Deviation::IgnoredElement));
}

#[test]
fn a_segment_that_comes_twice_is_a_duplicate() {
    let mut reassembler = reassembler();
    let first = octets(7, 2, 1, b"\0A");
    assert!(matches!(
        reassembler.push("a", ucs2(&first), 0).outcome,
        Outcome::Stored
    ));
    let again = reassembler.push("a", ucs2(&first), 0);
    assert!(matches!(again.outcome, Outcome::Duplicate));
    assert!(again.given_up.is_empty());
    let message = complete(
        reassembler
            .push("a", ucs2(&octets(7, 2, 2, b"\0B")), 0)
            .outcome,
    );
    assert_eq!(message.decode().unwrap().text(), "AB");
}

#[test]
fn other_content_at_a_taken_place_begins_a_new_message() {
    let mut reassembler = reassembler();
    let _ = reassembler.push("a", ucs2(&octets(7, 2, 1, b"\0A")), 0);
    let arrival = reassembler.push("a", ucs2(&octets(7, 2, 1, b"\0X")), 0);
    assert!(matches!(arrival.outcome, Outcome::Stored));
    let [old] = &arrival.given_up[..] else {
        panic!("one set is given up")
    };
    assert_eq!(
        (old.cause(), *old.sender()),
        (GivenUp::ReferenceReused, "a")
    );
    assert_eq!(old.segments()[0].decode().unwrap().text(), "A");
    let message = complete(
        reassembler
            .push("a", ucs2(&octets(7, 2, 2, b"\0Y")), 0)
            .outcome,
    );
    assert_eq!(message.decode().unwrap().text(), "XY");
}

#[test]
fn senders_references_widths_and_totals_are_kept_apart() {
    let wide = [6, 0x08, 4, 0, 7, 2, 1, 0, b'W'];
    let mut reassembler = reassembler();
    for received in [
        reassembler.push("a", ucs2(&octets(7, 2, 1, b"\0A")), 0),
        reassembler.push("b", ucs2(&octets(7, 2, 1, b"\0B")), 0),
        reassembler.push("a", ucs2(&octets(8, 2, 1, b"\0C")), 0),
        reassembler.push("a", ucs2(&octets(7, 3, 1, b"\0D")), 0),
        reassembler.push("a", ucs2(&wide), 0),
    ] {
        assert!(matches!(received.outcome, Outcome::Stored));
        assert!(received.given_up.is_empty());
    }
    assert_eq!(reassembler.pending_sets(), 5);
    let message = complete(
        reassembler
            .push("b", ucs2(&octets(7, 2, 2, b"\0Z")), 0)
            .outcome,
    );
    assert_eq!(message.decode().unwrap().text(), "BZ");
}

#[test]
fn a_set_expires_from_its_first_segment_on() {
    let mut reassembler = Reassembler::new(ReassemblyLimits::new().lifetime_ms(100));
    let _ = reassembler.push("a", ucs2(&octets(7, 3, 1, b"\0A")), 1000);
    let _ = reassembler.push("a", ucs2(&octets(7, 3, 2, b"\0B")), 1099);
    assert!(reassembler.expire(1099).is_empty());
    let expired = reassembler.expire(1100);
    let [set] = &expired[..] else {
        panic!("one set expires")
    };
    assert_eq!(set.cause(), GivenUp::Expired);
    assert_eq!(set.segments().len(), 2);
    assert_eq!(reassembler.pending_octets(), 0);
}

#[test]
fn a_segment_for_an_expired_set_begins_a_new_one() {
    let mut reassembler = Reassembler::new(ReassemblyLimits::new().lifetime_ms(100));
    let _ = reassembler.push("a", ucs2(&octets(7, 2, 1, b"\0A")), 0);
    let arrival = reassembler.push("a", ucs2(&octets(7, 2, 2, b"\0Z")), 100);
    assert!(matches!(arrival.outcome, Outcome::Stored));
    assert_eq!(arrival.given_up[0].cause(), GivenUp::Expired);
    let message = complete(
        reassembler
            .push("a", ucs2(&octets(7, 2, 1, b"\0Y")), 101)
            .outcome,
    );
    assert_eq!(message.decode().unwrap().text(), "YZ");
}

#[test]
fn a_clock_that_goes_back_expires_nothing() {
    let mut reassembler = Reassembler::new(ReassemblyLimits::new().lifetime_ms(100));
    let _ = reassembler.push("a", ucs2(&octets(7, 2, 1, b"\0A")), 1000);
    assert!(reassembler.expire(0).is_empty());
    let message = complete(
        reassembler
            .push("a", ucs2(&octets(7, 2, 2, b"\0B")), 1)
            .outcome,
    );
    assert_eq!(message.decode().unwrap().text(), "AB");
}

#[test]
fn beyond_the_bound_the_oldest_sets_are_handed_back() {
    let each = ReassemblyLimits::SEGMENT_OVERHEAD + 2;
    let mut reassembler = Reassembler::new(ReassemblyLimits::new().max_octets(3 * each));
    for reference in 0..3 {
        let arrival = reassembler.push("a", ucs2(&octets(reference, 3, 1, b"\0A")), 0);
        assert!(arrival.given_up.is_empty());
    }
    assert_eq!(reassembler.pending_octets(), 3 * each);
    // The oldest set is the one that the segment belongs to: the next one goes.
    let arrival = reassembler.push("a", ucs2(&octets(0, 3, 2, b"\0B")), 0);
    let given_up: Vec<_> = arrival
        .given_up
        .iter()
        .map(|set| set.concatenation().unwrap())
        .collect();
    assert_eq!(
        given_up
            .iter()
            .map(|place| place.reference())
            .collect::<Vec<_>>(),
        [1]
    );
    assert_eq!(arrival.given_up[0].cause(), GivenUp::Evicted);
    assert_eq!(reassembler.pending_octets(), 3 * each);
}

#[test]
fn a_set_larger_than_the_bound_is_kept_while_it_is_filled() {
    let mut reassembler = Reassembler::new(ReassemblyLimits::new().max_octets(1));
    let _ = reassembler.push("a", ucs2(&octets(7, 2, 1, b"\0A")), 0);
    let message = complete(
        reassembler
            .push("a", ucs2(&octets(7, 2, 2, b"\0B")), 0)
            .outcome,
    );
    assert_eq!(message.decode().unwrap().text(), "AB");
}

#[test]
fn what_is_left_at_the_end_is_handed_back_oldest_first() {
    let mut reassembler = reassembler();
    for (sender, reference) in [("z", 3), ("a", 9), ("m", 1)] {
        let _ = reassembler.push(sender, ucs2(&octets(reference, 2, 2, b"\0A")), 0);
    }
    let left = reassembler.drain();
    assert_eq!(
        left.iter().map(|set| *set.sender()).collect::<Vec<_>>(),
        ["z", "a", "m"]
    );
    assert!(left.iter().all(|set| set.cause() == GivenUp::Drained));
    assert!(reassembler.drain().is_empty());
}

#[test]
fn a_surrogate_pair_that_was_cut_is_whole_again() {
    let mut reassembler = reassembler();
    let _ = reassembler.push("a", ucs2(&octets(7, 2, 2, &[0xDC, 0x4B])), 0);
    let message = complete(
        reassembler
            .push("a", ucs2(&octets(7, 2, 1, &[0x00, 0x41, 0xD8, 0x3D])), 0)
            .outcome,
    );
    let decoded = message.decode().unwrap();
    assert_eq!(decoded.text(), "A👋");
    assert!(decoded.forgiven().is_empty());
}

#[test]
fn a_code_unit_that_was_cut_is_whole_again() {
    let mut reassembler = reassembler();
    let _ = reassembler.push("a", ucs2(&octets(7, 2, 1, &[0x00, 0x41, 0x04])), 0);
    let message = complete(
        reassembler
            .push("a", ucs2(&octets(7, 2, 2, &[0x16])), 0)
            .outcome,
    );
    let decoded = message.decode().unwrap();
    assert_eq!(decoded.text(), "AЖ");
    assert!(decoded.forgiven().contains(Deviation::OddOctet));
    let Err(StrictError::Deviation(deviation)) = message.decode_strict() else {
        panic!("half a code unit")
    };
    assert_eq!(
        (deviation.deviation(), deviation.at()),
        (Deviation::OddOctet, 2)
    );
}

#[test]
fn an_escape_that_was_cut_off_is_carried_over() {
    let first = [5, 0x00, 3, 7, 2, 1, 0x41, 0x1B];
    let second = [5, 0x00, 3, 7, 2, 2, 0x65, 0x1B];
    let mut reassembler = reassembler();
    let part = |octets| ReceivedUserData::unpacked(0, true, octets).unwrap();
    let _ = reassembler.push("a", part(&first), 0);
    let message = complete(reassembler.push("a", part(&second), 0).outcome);
    let decoded = message.decode().unwrap();
    assert_eq!(decoded.text(), "A€ ");
    let forgiven: Vec<_> = decoded.forgiven().iter().collect();
    assert_eq!(
        forgiven,
        [Deviation::TrailingEscape, Deviation::SplitEscape]
    );
    let alone: String = message
        .segments()
        .iter()
        .map(|s| s.decode().unwrap().into_text())
        .collect();
    assert_eq!(alone, "A e ");
}

#[test]
fn each_segment_is_read_with_its_own_tables() {
    let turkish = [11, 0x00, 3, 7, 2, 1, 0x25, 1, 1, 0x24, 1, 1, 0x0C];
    let plain = [5, 0x00, 3, 7, 2, 2, 0x0C];
    let mut reassembler = reassembler();
    let _ = reassembler.push(
        "a",
        ReceivedUserData::unpacked(0, true, &turkish).unwrap(),
        0,
    );
    let last = ReceivedUserData::unpacked(0, true, &plain).unwrap();
    let message = complete(reassembler.push("a", last, 0).outcome);
    assert_eq!(message.decode().unwrap().text(), "ğø");
}

#[test]
fn data_is_joined_and_is_no_text() {
    let data = |sequence, last| [5, 0x00, 3, 7, 2, sequence, 0xCA, last];
    let coding = DataCoding::new(0x04);
    let mut reassembler = reassembler();
    let (first, second) = (data(1, 1), data(2, 2));
    let _ = reassembler.push("a", ReceivedUserData::packed(coding, true, 8, &first), 0);
    let last = ReceivedUserData::packed(coding, true, 8, &second);
    let message = complete(reassembler.push("a", last, 0).outcome);
    assert_eq!(message.data(), Some(vec![0xCA, 1, 0xCA, 2]));
    assert_eq!(message.decode(), Err(NotText::Data));
}

#[test]
fn every_way_to_send_comes_back() {
    let text = "Doğrulama kodunuz 482913 👋, e\u{301}tape [2] ".repeat(9);
    for cut in [Cut::Scalar, Cut::Grapheme, Cut::Word] {
        for concatenation in [Concatenation::Bits8, Concatenation::Bits16] {
            let options = SegmentOptions::new()
                .cut(cut)
                .concatenation(concatenation)
                .national_tables(NationalTables::ALL);
            let mut reassembler = reassembler();
            let mut read = None;
            for user_data in sent(&text, options, 200).iter().rev() {
                let arrival = reassembler.push("a", ReceivedUserData::from(user_data), 0);
                if let Outcome::Complete(message) = arrival.outcome {
                    read = Some(message.decode().unwrap().into_text());
                }
            }
            assert_eq!(read.as_deref(), Some(text.as_str()));
        }
    }
}

#[test]
fn segments_with_sar_parameters_are_joined_too() {
    let text = "Grüße 👋 ".repeat(30);
    let segments = Message::new(&text).segments().unwrap();
    let sent: Vec<_> = segments
        .map(|s| UserData::encode_for_sar(&s, 7).unwrap())
        .collect();
    let mut reassembler = reassembler();
    let mut read = None;
    for unpacked in sent.iter().rev() {
        let sar = unpacked.sar().unwrap();
        let received =
            ReceivedUserData::unpacked(unpacked.data_coding(), false, unpacked.as_octets());
        let received = received.unwrap().with_sar(sar);
        assert_eq!(
            received.concatenation(),
            ReceivedUserData::from(unpacked).concatenation()
        );
        if let Outcome::Complete(message) = reassembler.push("a", received, 0).outcome {
            read = Some(message.decode_strict().unwrap());
        }
    }
    assert_eq!(read.as_deref(), Some(text.as_str()));
}

#[test]
fn a_header_counts_before_sar_parameters() {
    let sar = Sar::new(1, 9, 9).unwrap();
    let first = octets(7, 2, 1, b"\0A");
    assert_eq!(
        ucs2(&first).with_sar(sar).concatenation().unwrap().total(),
        2
    );
    assert_eq!(
        (Sar::new(1, 0, 0), Sar::new(1, 2, 0), Sar::new(1, 2, 3)),
        (None, None, None)
    );
}

#[test]
fn what_is_incomplete_is_read_as_far_as_it_goes() {
    let mut reassembler = reassembler();
    // A surrogate pair over segments 1 and 2; segment 3 is missing.
    let _ = reassembler.push("a", ucs2(&octets(7, 4, 2, &[0xDC, 0x4B])), 0);
    let _ = reassembler.push("a", ucs2(&octets(7, 4, 1, &[0xD8, 0x3D])), 0);
    let _ = reassembler.push("a", ucs2(&octets(7, 4, 4, b"\0B")), 0);
    let left = reassembler.drain();
    assert_eq!(left[0].decode().unwrap().text(), "👋B");
}

#[test]
fn ports_and_octets_are_kept() {
    let octets = [
        0x0B, 0x05, 4, 0x0B, 0x84, 0x23, 0xF0, 0x00, 3, 7, 2, 1, 0xCA, 0xFE,
    ];
    let received = ReceivedUserData::packed(DataCoding::new(0x04), true, 14, &octets);
    let mut reassembler = reassembler();
    let _ = reassembler.push("a", received, 0);
    let left = reassembler.drain();
    let segment = &left[0].segments()[0];
    assert_eq!(segment.ports().map(|ports| ports.destination()), Some(2948));
    assert_eq!(segment.octets(), [0xCA, 0xFE]);
    assert_eq!(left[0].decode(), Err(NotText::Data));
}

#[test]
fn a_set_whose_lifetime_was_over_is_not_called_evicted() {
    let each = ReassemblyLimits::SEGMENT_OVERHEAD + 2;
    let limits = ReassemblyLimits::new().lifetime_ms(10).max_octets(each);
    let mut reassembler = Reassembler::new(limits);
    let _ = reassembler.push("a", ucs2(&octets(1, 2, 1, b"\0A")), 0);
    let arrival = reassembler.push("a", ucs2(&octets(2, 2, 1, b"\0A")), 1000);
    assert_eq!(arrival.given_up[0].cause(), GivenUp::Expired);
}

#[test]
fn a_segment_that_comes_again_after_its_message_does_not_wait_for_the_next_one() {
    let mut reassembler = reassembler();
    let part = |sequence, text: &[u8]| octets(5, 2, sequence, text);
    let _ = reassembler.push("a", ucs2(&part(1, b"\0A")), 0);
    let _ = complete(reassembler.push("a", ucs2(&part(2, b"\0A")), 0).outcome);
    let again = reassembler.push("a", ucs2(&part(2, b"\0A")), 1000);
    assert!(matches!(again.outcome, Outcome::Duplicate));
    assert_eq!(
        (reassembler.pending_sets(), reassembler.pending_octets()),
        (0, 0)
    );
    // Another message with the same reference: not one half of the old one.
    let arrival = reassembler.push("a", ucs2(&part(1, b"\0B")), 2000);
    assert!(matches!(arrival.outcome, Outcome::Stored));
    assert!(
        arrival.given_up.is_empty(),
        "the old message was handed out"
    );
    let message = complete(reassembler.push("a", ucs2(&part(2, b"\0B")), 2000).outcome);
    assert_eq!(message.decode().unwrap().text(), "BB");
    assert!(reassembler.drain().is_empty());
}

#[test]
fn a_complete_message_is_remembered_as_long_as_asked() {
    for (remember_ms, later, known) in [(0, 0, false), (100, 99, true), (100, 100, false)] {
        let limits = ReassemblyLimits::new().remember_ms(remember_ms);
        let mut reassembler = Reassembler::new(limits);
        let _ = reassembler.push("a", ucs2(&octets(5, 2, 1, b"\0A")), 0);
        let _ = complete(
            reassembler
                .push("a", ucs2(&octets(5, 2, 2, b"\0A")), 0)
                .outcome,
        );
        let kept = format!("{reassembler:?}").contains(" sets: 1,");
        assert_eq!(kept, remember_ms > 0, "{reassembler:?}");
        let again = reassembler.push("a", ucs2(&octets(5, 2, 2, b"\0A")), later);
        assert_eq!(
            matches!(again.outcome, Outcome::Duplicate),
            known,
            "{remember_ms} {later}"
        );
        assert!(again.given_up.is_empty());
    }
}

#[test]
fn what_is_complete_is_forgotten_before_anything_is_given_up() {
    let each = ReassemblyLimits::SEGMENT_OVERHEAD + 2;
    let mut reassembler = Reassembler::new(ReassemblyLimits::new().max_octets(3 * each));
    let _ = reassembler.push("a", ucs2(&octets(1, 3, 1, b"\0A")), 0);
    let _ = reassembler.push("a", ucs2(&octets(5, 2, 1, b"\0A")), 0);
    let _ = complete(
        reassembler
            .push("a", ucs2(&octets(5, 2, 2, b"\0A")), 0)
            .outcome,
    );
    let arrival = reassembler.push("a", ucs2(&octets(1, 3, 2, b"\0A")), 0);
    assert!(arrival.given_up.is_empty());
    let arrival = reassembler.push("a", ucs2(&octets(1, 3, 3, b"\0A")), 0);
    assert!(matches!(arrival.outcome, Outcome::Complete(_)));
}
