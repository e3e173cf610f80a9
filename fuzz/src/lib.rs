//! What is fuzzed. The targets feed these functions; `tests/replay.rs` feeds them the corpus on any
//! toolchain. Each takes bytes and panics where septet breaks a promise.

use septet::phone::{EligibilityPolicy, classify};
use septet::sender::{OriginatingAddress, SenderId, SenderPool};
use septet::telephony::{Channel, Purpose, Region, SenderKind};
use septet::template::{CharacterSet, Costs, Rules, Syntax, Template, ValueSet, Values};
use septet::{
    Alphabet, Concatenation, Content, Cut, DataCoding, Encoding, HeaderElements,
    InformationElement, Message, NationalTables, Outcome, Reassembler, ReassemblyLimits,
    ReceivedUserData, SegmentOptions, StrictError, UserData, UserDataHeader,
};

/// Takes any bytes, and panics where septet breaks a promise.
pub type Target = fn(&[u8]);

/// Every target, by the name of its binary and of its corpus.
pub const TARGETS: [(&str, Target); 7] = [
    ("message", message),
    ("template", template),
    ("decode", decode),
    ("header", header),
    ("reassembly", reassembly),
    ("phone", phone),
    ("sender", sender),
];

/// A text under some options, all the way to octets and back.
pub fn message(data: &[u8]) {
    let [flags, filler, rest @ ..] = data else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let filler = [0xAA; 121]
        .get(..usize::from(filler % 128))
        .unwrap_or(&[0xAA; 121])
        .to_vec();
    let elements = HeaderElements::new(&[InformationElement::new(0x70, &filler)])
        .expect("an element of at most 123 octets");
    let concatenations = [
        Concatenation::Bits8,
        Concatenation::Bits16,
        Concatenation::None,
    ];
    let cuts = [Cut::Scalar, Cut::Grapheme, Cut::Word];
    let mut options = SegmentOptions::new()
        .concatenation(concatenations[usize::from(flags & 3) % 3])
        .cut(cuts[usize::from(flags >> 2 & 3) % 3]);
    if flags & 0x10 != 0 {
        options = options.national_tables(NationalTables::ALL);
    }
    if flags & 0x20 != 0 {
        options = options.header_elements(&elements);
    }
    let message = if flags & 0x40 == 0 {
        Message::with_options(&text, options)
    } else {
        Message::try_with_encoding(&text, options, Encoding::Ucs2).expect("UCS-2 takes any text")
    };
    check_message(&text, message, options);
}

fn check_message(text: &str, message: Message<'_>, options: SegmentOptions<'_>) {
    let cost = |character: char| match message.alphabet() {
        Some(alphabet) => alphabet
            .encode(character)
            .expect("the alphabet holds the text")
            .count(),
        None => character.len_utf16(),
    };
    assert_eq!(message.units(), text.chars().map(cost).sum::<usize>());
    let blame = text
        .char_indices()
        .find(|(_, c)| Alphabet::DEFAULT.encode(*c).is_none());
    if options.get_national_tables().is_empty() && message.encoding() == Encoding::Ucs2 {
        assert_eq!(message.forced_by().map(|b| (b.at(), b.character())), blame);
    }
    let fewest = fewest_segments(text, message.units(), &cost, options, message);
    match options.get_cut() {
        Cut::Scalar | Cut::Word => assert_eq!(message.segment_count(), fewest),
        Cut::Grapheme => assert!(message.segment_count() >= fewest),
    }
    let Ok(segments) = message.segments() else {
        assert!(message.segment_count() > 255);
        return;
    };
    assert_eq!(segments.len(), message.segment_count());
    let mut reassembler = Reassembler::new(ReassemblyLimits::new());
    let mut end = 0;
    let mut read = String::new();
    for segment in segments {
        assert_eq!(segment.range().start, end);
        assert_eq!(&text[segment.range()], segment.text());
        assert_eq!(
            segment.units(),
            segment.text().chars().map(cost).sum::<usize>()
        );
        assert!(segment.units() <= message.segment_capacity());
        assert!(!segment.text().is_empty() || text.is_empty());
        end = segment.range().end;
        let user_data = UserData::encode(&segment, 7).expect("7 fits 8 bits");
        let received = ReceivedUserData::from(&user_data);
        assert_eq!(received.decode_strict().as_deref(), Ok(segment.text()));
        let unpacked = UserData::encode_unpacked(&segment, 7).expect("7 fits 8 bits");
        let octets = unpacked.as_octets();
        let again =
            ReceivedUserData::unpacked(unpacked.data_coding(), unpacked.has_header(), octets)
                .expect("0 or 8");
        assert_eq!(again.decode_strict().as_deref(), Ok(segment.text()));
        if let Outcome::Complete(whole) = reassembler.push(0, received, 0).outcome {
            read.push_str(whole.decode().expect("it is text").text());
        }
    }
    assert_eq!(end, text.len());
    assert_eq!(read, text);
    assert_eq!(reassembler.pending_sets(), 0);
}

/// Greedy, one character at a time: the fewest, since a character costs 1 or 2.
fn fewest_segments(
    text: &str,
    units: usize,
    cost: &dyn Fn(char) -> usize,
    options: SegmentOptions<'_>,
    message: Message<'_>,
) -> usize {
    let elements = options
        .get_header_elements()
        .map_or(0, HeaderElements::octets);
    let shifts = message.alphabet().map_or(0, |alphabet| {
        3 * (usize::from(alphabet.locking().is_some())
            + usize::from(alphabet.single_shift().is_some()))
    });
    let concatenation = match options.get_concatenation(message.encoding()) {
        Concatenation::None => 0,
        Concatenation::Bits8 => 5,
        Concatenation::Bits16 => 6,
    };
    let capacity = |elements: usize| {
        let header = if elements == 0 { 0 } else { elements + 1 };
        match message.encoding() {
            Encoding::Gsm7 => (140 - header) * 8 / 7,
            Encoding::Ucs2 => (140 - header) / 2,
        }
    };
    if units <= capacity(elements + shifts) {
        return 1;
    }
    let capacity = capacity(elements + shifts + concatenation);
    let mut used = 0;
    let mut segments = 1;
    for character in text.chars() {
        if used + cost(character) > capacity {
            segments += 1;
            used = 0;
        }
        used += cost(character);
    }
    segments
}

/// Octets of any kind, read in every way.
pub fn decode(data: &[u8]) {
    let [data_coding, flags, length, octets @ ..] = data else {
        return;
    };
    let has_header = flags & 1 != 0;
    let packed =
        ReceivedUserData::packed(DataCoding::new(*data_coding), has_header, *length, octets);
    check_received(&packed);
    if let Ok(unpacked) = ReceivedUserData::unpacked(*data_coding, has_header, octets) {
        check_received(&unpacked);
    }
}

fn check_received(received: &ReceivedUserData<'_>) {
    let _ = (
        received.header(),
        received.concatenation(),
        received.alphabet(),
    );
    assert!(!format!("{received:?}").is_empty());
    match received.content() {
        Err(error) => {
            assert!(error.data_coding().is_compressed());
            assert!(received.decode().is_err());
        }
        Ok(Content::Data(_)) => assert!(received.decode().is_err()),
        Ok(Content::Text(mut characters)) => {
            let text: String = characters.by_ref().collect();
            assert_eq!(characters.next(), None);
            let decoded = received.decode().expect("it is text");
            assert_eq!(decoded.text(), text);
            assert_eq!(decoded.forgiven(), characters.forgiven());
            match received.decode_strict() {
                Ok(strict) => {
                    assert_eq!(strict, text);
                    assert!(decoded.forgiven().is_empty());
                }
                Err(StrictError::Deviation(deviation)) => {
                    assert!(decoded.forgiven().contains(deviation.deviation()));
                }
                Err(error) => panic!("{error}"),
            }
            check_sent_again(&text);
        }
    }
}

/// What was read can be sent, and comes back.
fn check_sent_again(text: &str) {
    let message = Message::new(text);
    for segment in message
        .segments()
        .expect("a segment holds at most 255 characters")
    {
        let user_data = UserData::encode(&segment, 0).expect("0 fits");
        let read = ReceivedUserData::from(&user_data).decode_strict();
        assert_eq!(read.as_deref(), Ok(segment.text()));
    }
}

/// A header that reads well is written again as it was.
pub fn header(data: &[u8]) {
    let Ok(header) = UserDataHeader::read(data) else {
        return;
    };
    let _ = (header.concatenation(), header.alphabet(), header.ports());
    let mut out = [0; 300];
    match UserDataHeader::write(header.elements(), &mut out) {
        Ok(written) => assert_eq!(written.as_octets(), header.as_octets()),
        Err(error) => {
            assert!(header.as_octets().len() > 140);
            assert_eq!(error.needed(), header.as_octets().len());
        }
    }
}

/// Segments of a few senders in any order, with time going any way, in little memory.
pub fn reassembly(data: &[u8]) {
    let [limit, steps @ ..] = data else { return };
    let bound = usize::from(*limit) * 16;
    let limits = ReassemblyLimits::new().lifetime_ms(100).max_octets(bound);
    let mut reassembler = Reassembler::new(limits);
    let (mut pushed, mut seen) = (0, 0);
    for step in steps.chunks(6) {
        let [time, sender, kind, reference, place, content] = *step else {
            break;
        };
        let now_ms = u64::from(time);
        if kind == 0xFF {
            seen += reassembler
                .expire(now_ms)
                .iter()
                .map(|set| set.segments().len())
                .sum::<usize>();
            continue;
        }
        let (total, sequence) = (place >> 4, place & 0xF);
        let octets = [
            5,
            0,
            3,
            reference & 3,
            total,
            sequence,
            content,
            0xD8,
            0x3D,
            content,
        ];
        let wide = [
            6,
            8,
            4,
            0,
            reference & 3,
            total,
            sequence,
            content,
            0xDC,
            0x4B,
        ];
        let octets = if kind & 0x40 == 0 { octets } else { wide };
        let coding = DataCoding::new([0x00, 0x04, 0x08, 0x20][usize::from(kind & 3)]);
        let received = ReceivedUserData::packed(coding, true, 10, &octets);
        pushed += 1;
        let arrival = reassembler.push(sender & 1, received, now_ms);
        for set in &arrival.given_up {
            seen += set.segments().len();
        }
        match arrival.outcome {
            Outcome::Complete(message) => {
                seen += message.segments().len();
                let _ = message.decode();
            }
            Outcome::Duplicate => seen += 1,
            Outcome::Stored => {}
        }
        let largest = 15 * (10 + ReassemblyLimits::SEGMENT_OVERHEAD);
        assert!(reassembler.pending_octets() <= bound.max(largest));
    }
    seen += reassembler
        .drain()
        .iter()
        .map(|set| set.segments().len())
        .sum::<usize>();
    assert_eq!(pushed, seen, "every segment comes out again");
    assert_eq!(
        (reassembler.pending_sets(), reassembler.pending_octets()),
        (0, 0)
    );
}

/// A text under every syntax: its pieces tile it, its bounds hold for what they are witnessed by and
/// for typical values, its fixes give what they promise.
pub fn template(data: &[u8]) {
    let [syntax, flags, rest @ ..] = data else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let syntax = Syntax::ALL[usize::from(*syntax) % Syntax::ALL.len()];
    let _ = Syntax::detect(&text);
    let (template, faults) = Template::parse_lossy(&text, syntax);
    let mut end = 0;
    for piece in template.pieces() {
        assert_eq!(piece.span().start, end);
        end = piece.span().end;
    }
    assert_eq!(end, text.len());
    assert_eq!(Template::parse(&text, syntax).is_ok(), faults.is_empty());
    for near in template.near_misses() {
        assert!(text.get(near.span()).is_some());
    }
    let sets = [
        CharacterSet::DIGITS.exactly(6),
        CharacterSet::GSM7.up_to(30),
        CharacterSet::ANY.up_to(u16::from(*flags)),
        ValueSet::list(["", "€", "ж", "👋👋", "abc"]).expect("not empty"),
    ];
    let mut values = Values::new().with_repeats(u32::from(flags & 3));
    for (name, set) in template.names().iter().zip(sets.iter().cycle()) {
        values = values.with(name, set.clone());
    }
    check_bounds(&template, &values);
    let rules = Rules::new()
        .syntax(syntax)
        .values(values.clone())
        .code("code")
        .origin_bound_host("example.com")
        .retriever_hash("FA+9qCX9VSu")
        .suggest_tables(NationalTables::ALL);
    let report = rules.check(&text);
    for finding in report.findings() {
        assert!(text.get(finding.span()).is_some(), "{finding}");
    }
    for fix in report.fixes() {
        let fixed = fix.apply(&text);
        let (template, _) = Template::parse_lossy(&fixed, syntax);
        let bounds = template.bounds(&values).expect("scalar cuts");
        assert_eq!(Costs::of(&bounds), fix.after());
    }
}

fn check_bounds(template: &Template<'_>, values: &Values) {
    let bounds = template.bounds(values).expect("scalar cuts");
    let (best, worst) = (bounds.best(), bounds.worst());
    for extreme in [best, worst] {
        // A long value in a long loop is nothing to write out.
        let Some(witness) = extreme
            .witness()
            .filter(|_| extreme.units() < Some(1 << 16))
        else {
            continue;
        };
        let witness = witness.to_string();
        let message = Message::new(&witness);
        assert_eq!(extreme.segments().get(), Some(message.segment_count()));
        assert_eq!(extreme.encoding(), Some(message.encoding()));
        assert_eq!(extreme.units(), Some(message.units()));
    }
    let (best, worst) = (best.segments().get(), worst.segments().get());
    assert!(worst.is_none() || best <= worst);
    for name in template.names() {
        let Ok(headroom) = bounds.headroom(name) else {
            continue;
        };
        if let Some(length) = headroom.within(2) {
            assert!(headroom.segments(length) <= Some(2));
            assert!(
                headroom
                    .segments(length.saturating_add(1))
                    .is_none_or(|next| next > 2 || length == u16::MAX)
            );
        }
    }
}

/// An input under a region: any answer, and only numbers that hold together are accepted.
pub fn phone(data: &[u8]) {
    let [first, second, rest @ ..] = data else {
        return;
    };
    let region = str::from_utf8(&[*first, *second])
        .ok()
        .and_then(Region::new);
    let input = String::from_utf8_lossy(rest);
    let number = classify(&input, region);
    assert_eq!(number.is_valid(), number.e164().is_some());
    let policy = EligibilityPolicy::new();
    for channel in [Channel::Sms, Channel::Voice] {
        let answer = policy.eligibility(&number, channel, Purpose::SignIn);
        if answer.is_accepted() {
            let e164 = number.e164().expect("what is accepted is a number");
            let again = classify(e164.as_str(), None);
            assert_eq!((again.e164(), again.kind()), (Some(e164), number.kind()));
            assert!(number.region().is_some() && !number.has_letters() && !number.has_surplus());
        }
    }
}

/// An address field and a sender ID.
pub fn sender(data: &[u8]) {
    if let Ok(address) = OriginatingAddress::decode(data) {
        assert!(data.starts_with(address.as_octets()));
        assert!(address.characters().count() <= 20);
        if let Some(sender) = address.sender_id() {
            let again = OriginatingAddress::encode(&sender).sender_id();
            assert_eq!(again, Some(sender));
        }
    }
    if let Ok(sender) = String::from_utf8_lossy(data).parse::<SenderId>() {
        let address = OriginatingAddress::encode(&sender);
        let read = OriginatingAddress::decode(address.as_octets()).expect("it was just written");
        assert_eq!(read.sender_id(), Some(sender));
        for region in Region::all() {
            let pool = [sender];
            let next = SenderPool::new(&pool).next(region, 0, &[sender]);
            let taken =
                !sender.verdict(region).is_refused() && sender.kind() != SenderKind::ShortCode;
            assert_eq!(next.is_some(), taken);
        }
    }
}
