//! Whether a crate gives the right answer. `Ok(false)`: it does not do this. An error holds its answer.

use septet::{Message, UserData};

use crate::corpus::{Sample, first};
use crate::{Peer, Septets};

/// Texts that fill a message to the last unit: GSM-7 and UCS-2.
#[must_use]
pub fn full_segments() -> [(&'static str, String); 2] {
    [
        (
            "gsm7-160",
            first(
                "Your parcel is out for delivery today between 2 and 4. ",
                160,
            ),
        ),
        ("ucs2-70", first("Ваш код подтверждения отправлен. ", 70)),
    ]
}

/// The number of segments of a text.
pub fn count(peer: &Peer, sample: &Sample) -> Result<bool, String> {
    if peer.name == "sms-pdu" && sample.segments > 255 {
        // It panics or wraps its numbers; see `tests/rivals.rs`.
        return Err("wraps".to_owned());
    }
    let Some(count) = (peer.count)(&sample.text) else {
        return if peer.splits {
            Err("refused".to_owned())
        } else {
            Ok(false)
        };
    };
    if count == sample.segments {
        Ok(true)
    } else {
        Err(format!("{count} segments"))
    }
}

/// The octets of a text that fits one message.
pub fn encode(peer: &Peer, text: &str) -> Result<bool, String> {
    let segment = Message::new(text)
        .segments()
        .map_err(|error| error.to_string())?
        .next();
    let segment = segment.ok_or("no segment")?;
    let packed = UserData::encode(&segment, 0).map_err(|error| error.to_string())?;
    let unpacked = UserData::encode_unpacked(&segment, 0).map_err(|error| error.to_string())?;
    let expected = if peer.unpacked {
        unpacked.as_octets()
    } else {
        packed.as_octets()
    };
    match (peer.encode)(text) {
        None => Ok(false),
        Some(octets) if octets == expected => Ok(true),
        Some(octets) => Err(format!("{} octets that differ", octets.len())),
    }
}

/// The text of so many septets.
pub fn decode(peer: &Peer, septets: &Septets, text: &str) -> Result<bool, String> {
    match (peer.decode)(septets) {
        None => Ok(false),
        Some(decoded) if decoded == text => Ok(true),
        Some(decoded) => Err(format!("a text of {} characters", decoded.chars().count())),
    }
}
