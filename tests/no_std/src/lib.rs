//! The core without an operating system: a text to its octets and back, in the memory given.

#![no_std]

use core::panic::PanicInfo;

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
