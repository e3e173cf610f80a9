//! The core without an operating system: a text to its octets and back, and a sender, in the memory given.

#![no_std]

use core::panic::PanicInfo;

use septet::sender::{OriginatingAddress, SenderId, SenderPool};
use septet::telephony::Region;
use septet::{Content, Cut, Message, NationalTables, ReceivedUserData, SegmentOptions, UserData};

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

/// Encodes a text by every cut, reads it back, and returns the characters that came out the same.
#[unsafe(no_mangle)]
pub extern "C" fn septet_round_trip(seed: u32) -> usize {
    let text = match seed % 3 {
        0 => "Your code is 482913",
        1 => "Doğrulama kodunuz 482913",
        _ => "Ваш код 482913 👋",
    };
    let mut same = 0;
    for cut in [Cut::Scalar, Cut::Grapheme, Cut::Word] {
        let options = SegmentOptions::new()
            .cut(cut)
            .national_tables(NationalTables::ALL);
        let Ok(segments) = Message::with_options(text, options).segments() else {
            return 0;
        };
        for segment in segments {
            let Ok(user_data) = UserData::encode(&segment, 7) else {
                return 0;
            };
            let Ok(Content::Text(characters)) = ReceivedUserData::from(&user_data).content() else {
                return 0;
            };
            same += characters
                .zip(segment.text().chars())
                .filter(|(read, sent)| read == sent)
                .count();
        }
    }
    same
}

/// Picks a sender for a destination, writes its address and reads it back; returns the octets it has.
#[unsafe(no_mangle)]
pub extern "C" fn septet_sender(attempt: u32) -> usize {
    let (Ok(name), Ok(number)) = ("Example".parse(), "+16505550123".parse()) else {
        return 0;
    };
    let senders: [SenderId; 2] = [name, number];
    let Some(sender) = SenderPool::new(&senders).next(Region::FR, attempt, &[]) else {
        return 0;
    };
    let address = OriginatingAddress::encode(&sender);
    match OriginatingAddress::decode(address.as_octets()) {
        Ok(read) if read.sender_id() == Some(sender) => read.as_octets().len(),
        _ => 0,
    }
}
