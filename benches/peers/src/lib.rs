//! Other crates that count, encode or decode SMS text, behind one face.
//!
//! Each function takes the way that the crate's own documentation shows, or a quicker one where there
//! is one. `None` means that the crate does not do it, or refuses the text.

use std::io::Cursor;
use std::panic::catch_unwind;

use gsm7::{Gsm7Reader, Gsm7Writer};
use rusmpp_extra::concatenation::owned::{Concatenation, Concatenator};
use rusmpp_extra::encoding::gsm7bit::Gsm7BitUnpacked;
use rusmpp_extra::encoding::ucs2::Ucs2;
use septet::{DataCoding, Message, ReceivedUserData, UserData};
use smpp_codec::encoding::{gsm_7bit_decode, gsm_7bit_encode};
use smpp_codec::splitter::{EncodingType, MessageSplitter, SplitMode};
use sms_pdu::gsm_encoding::GsmMessageData;
use sms_pdu::pdu::MessageEncoding;
use sms_splitter::SplitSms;

pub mod corpus;
pub mod right;

/// One crate.
pub struct Peer {
    pub name: &'static str,
    /// Segments of a text, as texts or octets; `None` where it does not split.
    pub segments: fn(&str) -> Option<Vec<Vec<u8>>>,
    /// How many segments, by the quickest way there is.
    pub count: fn(&str) -> Option<usize>,
    /// The octets of a text that fits one message: packed septets, or septets one an octet, or UTF-16.
    pub encode: fn(&str) -> Option<Vec<u8>>,
    /// The text of so many septets, packed or one an octet as the crate takes them.
    pub decode: fn(&Septets) -> Option<String>,
    /// Whether its septets stand one in an octet.
    pub unpacked: bool,
    /// Whether it splits texts at all.
    pub splits: bool,
}

/// Septets in both forms.
pub struct Septets {
    pub packed: Vec<u8>,
    pub unpacked: Vec<u8>,
}

impl Septets {
    /// Packs septets given one an octet.
    pub fn new(unpacked: &[u8]) -> Self {
        let mut packed = vec![0; (unpacked.len() * 7).div_ceil(8)];
        for (at, septet) in unpacked.iter().enumerate() {
            for bit in 0..7 {
                let to = at * 7 + bit;
                packed[to / 8] |= (septet >> bit & 1) << (to % 8);
            }
        }
        Self {
            packed,
            unpacked: unpacked.to_vec(),
        }
    }

    /// The septets of a text that fits one message in GSM-7.
    ///
    /// # Panics
    ///
    /// Where it does not.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let segment = Message::new(text)
            .segments()
            .expect("one segment")
            .next()
            .expect("one");
        let unpacked = UserData::encode_unpacked(&segment, 0).expect("0 fits");
        assert!(
            !unpacked.has_header() && unpacked.data_coding() == 0,
            "one message in GSM-7"
        );
        Self::new(unpacked.as_octets())
    }
}

pub static SEPTET: Peer = Peer {
    name: "septet",
    segments: |text| {
        let segments = Message::new(text).segments().ok()?;
        segments
            .map(|segment| Some(segment.text().as_bytes().to_vec()))
            .collect()
    },
    count: |text| Some(Message::new(text).segment_count()),
    encode: |text| {
        let segment = Message::new(text).segments().ok()?.next()?;
        Some(UserData::encode(&segment, 0).ok()?.as_octets().to_vec())
    },
    decode: |septets| {
        let length = u8::try_from(septets.unpacked.len()).ok()?;
        let received = ReceivedUserData::packed(DataCoding::new(0), false, length, &septets.packed);
        Some(received.decode().ok()?.into_text())
    },
    unpacked: false,
    splits: true,
};

pub static PEERS: [Peer; 6] = [
    Peer {
        name: "sms_splitter",
        segments: |text| {
            let parts = SplitSms::default().split(String::from(text)).parts;
            Some(
                parts
                    .into_iter()
                    .map(|part| part.content.into_bytes())
                    .collect(),
            )
        },
        count: |text| Some(SplitSms::default().split(String::from(text)).parts.len()),
        encode: |_| None,
        decode: |_| None,
        unpacked: false,
        splits: true,
    },
    Peer {
        name: "sms-pdu",
        segments: |text| {
            let parts = GsmMessageData::encode_message(text);
            Some(parts.into_iter().map(|part| part.bytes).collect())
        },
        count: |text| Some(GsmMessageData::encode_message(text).len()),
        encode: |text| {
            GsmMessageData::encode_message(text)
                .pop()
                .map(|part| part.bytes)
        },
        decode: |septets| {
            let message = GsmMessageData {
                encoding: MessageEncoding::Gsm7Bit,
                udh: false,
                bytes: septets.packed.clone(),
                user_data_len: u8::try_from(septets.unpacked.len()).ok()?,
            };
            message.decode_message().ok().map(|message| message.text)
        },
        unpacked: false,
        splits: true,
    },
    Peer {
        name: "tpdu",
        segments: |_| None,
        count: |_| None,
        encode: |text| {
            if let Ok((octets, _)) = tpdu::pack_gsm7(text) {
                return Some(octets);
            }
            let submit = tpdu::SmsSubmit::builder()
                .dcs(0x08)
                .ucs2_text(text)
                .build()
                .ok()?;
            Some(submit.tp_user_data_raw)
        },
        decode: |septets| tpdu::unpack_gsm7(&septets.packed, septets.unpacked.len()).ok(),
        unpacked: false,
        splits: false,
    },
    Peer {
        name: "gsm7",
        segments: |_| None,
        count: |_| None,
        encode: |text| {
            let mut writer = Gsm7Writer::new(Vec::with_capacity(140));
            writer.write_str(text).ok()?;
            writer.into_writer().ok()
        },
        decode: |septets| {
            Gsm7Reader::new(Cursor::new(&septets.packed))
                .collect::<Result<String, _>>()
                .ok()
        },
        unpacked: false,
        splits: false,
    },
    Peer {
        name: "rusmpp-extra",
        segments: rusmpp_segments,
        count: |text| rusmpp_segments(text).map(|segments| segments.len()),
        encode: |text| match Gsm7BitUnpacked::new().encode_to_vec(text) {
            Ok(septets) => Some(septets),
            Err(_) => Ucs2::new().encode_to_vec(text).ok(),
        },
        decode: |_| None,
        unpacked: true,
        splits: true,
    },
    Peer {
        name: "smpp-codec",
        segments: smpp_codec_segments,
        count: |text| smpp_codec_segments(text).map(|segments| segments.len()),
        encode: |text| match gsm_7bit_encode(text) {
            Ok(septets) => Some(septets),
            Err(_) => Some(smpp_codec::encoding::encode_16bit(text)),
        },
        decode: |septets| Some(gsm_7bit_decode(&septets.unpacked)),
        unpacked: true,
        splits: true,
    },
];

/// A peer by its name.
///
/// # Panics
///
/// Where there is none.
#[must_use]
pub fn peer(name: &str) -> &'static Peer {
    PEERS
        .iter()
        .find(|peer| peer.name == name)
        .expect("a peer of that name")
}

/// The crate's own default of 140 octets would count unpacked septets as if they were octets; 160 and
/// a header of 7 septets give it the right capacities.
fn rusmpp_segments(text: &str) -> Option<Vec<Vec<u8>>> {
    let concatenation = match Gsm7BitUnpacked::new().concatenate(text, 160, 7) {
        Ok((concatenation, _)) => concatenation,
        Err(_) => Ucs2::new().concatenate(text, 140, 6).ok()?.0,
    };
    Some(match concatenation {
        Concatenation::Single(segment) => vec![segment],
        Concatenation::Concatenated(segments) => segments,
    })
}

fn smpp_codec_segments(text: &str) -> Option<Vec<Vec<u8>>> {
    let split = |encoding| MessageSplitter::split(text.to_owned(), encoding, SplitMode::Udh);
    let split = split(EncodingType::Gsm7Bit).or_else(|_| split(EncodingType::Ucs2));
    split.ok().map(|(segments, _)| segments)
}

/// Whether a call panics.
pub fn panics(call: impl FnOnce() + std::panic::UnwindSafe) -> bool {
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let panicked = catch_unwind(call).is_err();
    std::panic::set_hook(hook);
    panicked
}
