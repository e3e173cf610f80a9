//! Where is a long text cut? `cargo run --example split -- "$(cat letter.txt)"`

use septet::{Cut, Message, SegmentOptions, TooManySegments};

fn main() -> Result<(), TooManySegments> {
    let argument = std::env::args().nth(1);
    let text = argument.unwrap_or_else(|| "We cut this between words. ".repeat(8));
    let options = SegmentOptions::new().cut(Cut::Word);
    for segment in Message::with_options(&text, options).segments()? {
        println!(
            "{} of {}, {} units, {} free: {}",
            segment.sequence(),
            segment.total(),
            segment.units(),
            segment.free_units(),
            segment.text(),
        );
    }
    Ok(())
}
