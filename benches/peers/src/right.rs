//! Whether a crate gives the right answer, found before anything is timed.

use std::panic::catch_unwind;

use crate::corpus::{Sample, first};
use crate::{Body, Form, Peer, SEPTET};

/// What a crate made of a text.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    Right,
    /// It does not do this.
    NotOffered,
    /// What it gave instead.
    Wrong(String),
}

/// One message, filled to the last unit.
pub struct Full {
    pub name: &'static str,
    pub form: Form,
    pub text: String,
}

#[must_use]
pub fn full_segments() -> [Full; 3] {
    let ascii = "Your parcel is out for delivery today between 2 and 4. ";
    let full = |name, form, text| Full { name, form, text };
    [
        full("gsm7-160-packed", Form::Packed, first(ascii, 160)),
        full("gsm7-160-unpacked", Form::Unpacked, first(ascii, 160)),
        full(
            "ucs2-70",
            Form::Ucs2,
            first("Ваш код подтверждения отправлен. ", 70),
        ),
    ]
}

impl Full {
    /// The octets, written here and not by any crate, for ASCII letters and UCS-2 alone.
    ///
    /// # Panics
    ///
    /// Where a GSM-7 text has other characters than those that are coded as in ASCII.
    #[must_use]
    pub fn body(&self) -> Body {
        let same = |byte: &u8| byte.is_ascii_alphanumeric() || b" .".contains(byte);
        match self.form {
            Form::Packed | Form::Unpacked => {
                assert!(self.text.as_bytes().iter().all(same), "coded as in ASCII");
                Body::of_septets(self.form, self.text.as_bytes())
            }
            Form::Ucs2 => {
                let units = self.text.encode_utf16();
                let octets: Vec<_> = units.flat_map(u16::to_be_bytes).collect();
                let length = u8::try_from(octets.len()).expect("at most 140 octets");
                Body {
                    form: Form::Ucs2,
                    octets,
                    length,
                }
            }
        }
    }
}

/// The number of segments of a text.
#[must_use]
pub fn count(peer: &Peer, sample: &Sample) -> Answer {
    let Some(count) = peer.count else {
        return Answer::NotOffered;
    };
    // Built without overflow checks, what panics here may well answer right.
    let answer = match catch_unwind(|| count(&sample.text)) {
        Err(_) => Answer::Wrong("it panics".to_owned()),
        // No header numbers more: to refuse is not wrong, only no count.
        Ok(None) if sample.segments > 255 => Answer::NotOffered,
        Ok(None) => Answer::Wrong("it refuses the text".to_owned()),
        Ok(Some(count)) if count == sample.segments => Answer::Right,
        Ok(Some(count)) => {
            Answer::Wrong(format!("{count} segments instead of {}", sample.segments))
        }
    };
    ours_is_right(peer, answer)
}

/// The octets of a text that fills one message.
#[must_use]
pub fn encode(peer: &Peer, full: &Full) -> Answer {
    if !peer.writes.contains(&full.form) {
        return Answer::NotOffered;
    }
    let answer = match (peer.encode)(full.form, &full.text) {
        None => Answer::Wrong("it refuses the text".to_owned()),
        Some(octets) if octets == full.body().octets => Answer::Right,
        Some(octets) => Answer::Wrong(format!("{} octets that differ", octets.len())),
    };
    ours_is_right(peer, answer)
}

/// The text of a full message.
#[must_use]
pub fn decode(peer: &Peer, full: &Full) -> Answer {
    if !peer.reads.contains(&full.form) {
        return Answer::NotOffered;
    }
    let answer = match (peer.decode)(&full.body()) {
        None => Answer::Wrong("it refuses the octets".to_owned()),
        Some(text) if text == full.text => Answer::Right,
        Some(text) => Answer::Wrong(format!("a text of {} characters", text.chars().count())),
    };
    ours_is_right(peer, answer)
}

fn ours_is_right(peer: &Peer, answer: Answer) -> Answer {
    let ours = peer.name == SEPTET.name;
    assert!(!ours || answer == Answer::Right, "septet: {answer:?}");
    answer
}
