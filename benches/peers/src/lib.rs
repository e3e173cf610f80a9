//! Other crates that count, encode or decode SMS text, behind one face.
//!
//! Each function takes the way that the crate's own documentation shows, or a quicker one where there
//! is one. What a crate needs an owned text for, the copy is part of its time, as it is for its users.

use std::io::Cursor;

use gsm7::{Gsm7Reader, Gsm7Writer};
use rusmpp_extra::concatenation::owned::{Concatenation, Concatenator};
use rusmpp_extra::encoding::gsm7bit::Gsm7BitUnpacked;
use rusmpp_extra::encoding::ucs2::Ucs2;
use septet::{
    DataCoding, Message, NationalLanguage, NationalTables, ReceivedUserData, SegmentOptions,
    UserData,
};
use smpp_codec::encoding::{decode_16bit, encode_16bit, gsm_7bit_decode, gsm_7bit_encode};
use smpp_codec::splitter::{EncodingType, MessageSplitter, SplitMode};
use sms_pdu::gsm_encoding::GsmMessageData;
use sms_pdu::pdu::MessageEncoding;
use sms_splitter::SplitSms;
use sms_splitter::splitter_options::SplitterOptions;

pub mod corpus;
pub mod right;

/// How the octets of a text stand. GSM-7 has two ways, and a crate that only knows one is compared in
/// that one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Septets, eight in seven octets.
    Packed,
    /// Septets, one in an octet.
    Unpacked,
    /// UTF-16BE.
    Ucs2,
}

impl Form {
    pub const ALL: [Self; 3] = [Self::Packed, Self::Unpacked, Self::Ucs2];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Packed => "packed",
            Self::Unpacked => "unpacked",
            Self::Ucs2 => "ucs2",
        }
    }
}

/// The octets of one message without a header.
pub struct Body {
    pub form: Form,
    pub octets: Vec<u8>,
    /// Septets, or octets under UCS-2: what TP-UDL says.
    pub length: u8,
}

impl Body {
    /// Septets, given one an octet.
    ///
    /// # Panics
    ///
    /// Where there are more than 255, or the form is UCS-2.
    #[must_use]
    pub fn of_septets(form: Form, septets: &[u8]) -> Self {
        let octets = match form {
            Form::Packed => {
                let mut packed = vec![0; (septets.len() * 7).div_ceil(8)];
                for (at, septet) in septets.iter().enumerate() {
                    for bit in 0..7 {
                        let to = at * 7 + bit;
                        packed[to / 8] |= (septet >> bit & 1) << (to % 8);
                    }
                }
                packed
            }
            Form::Unpacked => septets.to_vec(),
            Form::Ucs2 => panic!("septets are not UCS-2"),
        };
        let length = u8::try_from(septets.len()).expect("at most 255 septets");
        Self {
            form,
            octets,
            length,
        }
    }
}

/// A text's segments; `None` where it is refused.
pub type Split = fn(&str) -> Option<Vec<Vec<u8>>>;

/// One crate. `None` instead of a function: it does not do this at all. `None` from a function: it
/// refuses, or does not know the form.
pub struct Peer {
    pub name: &'static str,
    /// How many segments, by the quickest way there is.
    pub count: Option<fn(&str) -> Option<usize>>,
    /// The segments, as octets with their headers where the crate writes any.
    pub segments: Option<Split>,
    pub writes: &'static [Form],
    /// The octets of a text that fits one message.
    pub encode: fn(Form, &str) -> Option<Vec<u8>>,
    pub reads: &'static [Form],
    /// The text of one message.
    pub decode: fn(&Body) -> Option<String>,
}

pub static SEPTET: Peer = Peer {
    name: "septet",
    count: Some(|text| Some(Message::new(text).segment_count())),
    segments: Some(|text| {
        let segments = Message::new(text).segments().ok()?;
        segments
            .map(|segment| Some(UserData::encode(&segment, 0).ok()?.as_octets().to_vec()))
            .collect()
    }),
    writes: &Form::ALL,
    encode: |form, text| {
        let segment = Message::new(text).segments().ok()?.next()?;
        // The copy is for the face's sake: septet itself needs no allocation here.
        match form {
            Form::Packed | Form::Ucs2 => {
                Some(UserData::encode(&segment, 0).ok()?.as_octets().to_vec())
            }
            Form::Unpacked => Some(
                UserData::encode_unpacked(&segment, 0)
                    .ok()?
                    .as_octets()
                    .to_vec(),
            ),
        }
    },
    reads: &Form::ALL,
    decode: |body| {
        let received = match body.form {
            Form::Packed => {
                ReceivedUserData::packed(DataCoding::new(0), false, body.length, &body.octets)
            }
            Form::Unpacked => ReceivedUserData::unpacked(0, false, &body.octets).ok()?,
            Form::Ucs2 => ReceivedUserData::unpacked(8, false, &body.octets).ok()?,
        };
        Some(received.decode().ok()?.into_text())
    },
};

pub static PEERS: [Peer; 6] = [
    Peer {
        name: "sms_splitter",
        // Without the texts of the parts, which a count does not need.
        count: Some(|text| {
            let splitter = SplitSms::new(SplitterOptions::new(false, true));
            Some(splitter.split(String::from(text)).parts.len())
        }),
        segments: Some(|text| {
            let parts = SplitSms::default().split(String::from(text)).parts;
            Some(
                parts
                    .into_iter()
                    .map(|part| part.content.into_bytes())
                    .collect(),
            )
        }),
        writes: &[],
        encode: |_, _| None,
        reads: &[],
        decode: |_| None,
    },
    Peer {
        name: "sms-pdu",
        count: Some(|text| Some(GsmMessageData::encode_message(text).len())),
        segments: Some(|text| {
            let parts = GsmMessageData::encode_message(text);
            Some(parts.into_iter().map(|part| part.bytes).collect())
        }),
        writes: &[Form::Packed, Form::Ucs2],
        encode: |_, text| {
            GsmMessageData::encode_message(text)
                .pop()
                .map(|part| part.bytes)
        },
        reads: &[Form::Packed, Form::Ucs2],
        decode: |body| {
            let message = GsmMessageData {
                encoding: match body.form {
                    Form::Packed => MessageEncoding::Gsm7Bit,
                    Form::Ucs2 => MessageEncoding::Ucs2,
                    Form::Unpacked => return None,
                },
                udh: false,
                // It wants to own them.
                bytes: body.octets.clone(),
                user_data_len: body.length,
            };
            message.decode_message().ok().map(|message| message.text)
        },
    },
    Peer {
        name: "tpdu",
        count: None,
        segments: None,
        writes: &[Form::Packed, Form::Ucs2],
        encode: |form, text| match form {
            Form::Packed => tpdu::pack_gsm7(text).ok().map(|(octets, _)| octets),
            Form::Ucs2 => {
                let builder = tpdu::SmsSubmit::builder().dcs(0x08).ucs2_text(text);
                builder.build().ok().map(|submit| submit.tp_user_data_raw)
            }
            Form::Unpacked => None,
        },
        reads: &[Form::Packed],
        decode: |body| tpdu::unpack_gsm7(&body.octets, usize::from(body.length)).ok(),
    },
    Peer {
        name: "gsm7",
        count: None,
        segments: None,
        writes: &[Form::Packed],
        encode: |_, text| {
            let mut writer = Gsm7Writer::new(Vec::with_capacity(140));
            writer.write_str(text).ok()?;
            writer.into_writer().ok()
        },
        reads: &[Form::Packed],
        // There is nowhere to say how many septets there are.
        decode: |body| {
            let reader = Gsm7Reader::new(Cursor::new(&body.octets));
            reader.collect::<Result<String, _>>().ok()
        },
    },
    Peer {
        name: "rusmpp-extra",
        count: Some(|text| rusmpp_segments(text).map(|segments| segments.len())),
        segments: Some(rusmpp_segments),
        writes: &[Form::Unpacked, Form::Ucs2],
        encode: |form, text| match form {
            Form::Unpacked => Gsm7BitUnpacked::new().encode_to_vec(text).ok(),
            Form::Ucs2 => Ucs2::new().encode_to_vec(text).ok(),
            Form::Packed => None,
        },
        reads: &[],
        decode: |_| None,
    },
    Peer {
        name: "smpp-codec",
        count: Some(|text| smpp_codec_segments(text).map(|segments| segments.len())),
        segments: Some(smpp_codec_segments),
        writes: &[Form::Unpacked, Form::Ucs2],
        encode: |form, text| match form {
            Form::Unpacked => gsm_7bit_encode(text).ok(),
            Form::Ucs2 => Some(encode_16bit(text)),
            Form::Packed => None,
        },
        reads: &[Form::Unpacked, Form::Ucs2],
        decode: |body| match body.form {
            Form::Unpacked => Some(gsm_7bit_decode(&body.octets)),
            Form::Ucs2 => Some(decode_16bit(&body.octets)),
            Form::Packed => None,
        },
    },
];

/// The segments of a text for which the Turkish tables are allowed. A function of its own, since no
/// peer can be asked the same.
#[must_use]
pub fn count_with_turkish_tables(text: &str) -> usize {
    let tables = NationalTables::NONE.allow(NationalLanguage::Turkish);
    Message::with_options(text, SegmentOptions::new().national_tables(tables)).segment_count()
}

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

/// The crate's own default would take 140 septets for a full message. 160, and a header of 7 septets,
/// give it the right room; its headers are left out, since it takes the header's size for both.
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

/// The crate leaves the choice of the encoding to its user: GSM-7 where it takes the text.
fn smpp_codec_segments(text: &str) -> Option<Vec<Vec<u8>>> {
    let split = |encoding| MessageSplitter::split(text.to_owned(), encoding, SplitMode::Udh);
    let split = split(EncodingType::Gsm7Bit).or_else(|_| split(EncodingType::Ucs2));
    split.ok().map(|(segments, _)| segments)
}
