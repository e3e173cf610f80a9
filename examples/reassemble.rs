//! Joins segments that come in the wrong order, one of them twice.

use septet::{Message, Outcome, Reassembler, ReassemblyLimits, ReceivedUserData, UserData};

fn main() -> Result<(), Box<dyn core::error::Error>> {
    let text = "Grüße aus dem Süden 👋 ".repeat(8);
    let segments: Vec<_> = Message::new(&text).segments()?.collect();
    let sent: Vec<_> = segments
        .iter()
        .map(|s| UserData::encode(s, 7))
        .collect::<Result<_, _>>()?;

    let mut reassembler = Reassembler::new(ReassemblyLimits::new());
    for (now_ms, arrived) in [2, 0, 2, 1].into_iter().enumerate() {
        let received = ReceivedUserData::from(&sent[arrived]);
        let arrival = reassembler.push("sender", received, now_ms as u64);
        match arrival.outcome {
            Outcome::Stored => println!("segment {} waits", arrived + 1),
            Outcome::Duplicate => println!("segment {} is there already", arrived + 1),
            Outcome::Complete(message) => {
                let decoded = message.decode()?;
                assert_eq!(decoded.text(), text);
                println!("complete: {}", decoded.text());
            }
        }
    }
    Ok(())
}
