//! What does a text cost? `cargo run --example count -- "Your code is 482913 👋"`

use septet::Message;

fn main() {
    let argument = std::env::args().nth(1);
    let text = argument.as_deref().unwrap_or("Your code is 482913 👋");
    let sms = Message::new(text);
    println!(
        "{}, units: {}, segments: {}",
        sms.encoding(),
        sms.units(),
        sms.segment_count()
    );
    println!("{} units are free in the last one", sms.free_units());
    for blame in sms.unmappables() {
        println!(
            "{:?} at byte {} is not in GSM-7",
            blame.character(),
            blame.at()
        );
    }
}
