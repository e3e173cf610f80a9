//! The README's example prints what the README says.

use std::fs;
use std::path::Path;

use septet::{Message, TooManySegments, UserData};

#[test]
fn the_eight_lines_print_what_the_readme_says() -> Result<(), TooManySegments> {
    let sms = Message::new("Your code is 482913 👋");
    let (encoding, units, segments) = (sms.encoding(), sms.units(), sms.segment_count());
    let mut printed = format!("{encoding}, units: {units}, segments: {segments}\n");
    for blame in sms.unmappables() {
        printed += &format!(
            "{} at byte {} forces UCS-2\n",
            blame.character(),
            blame.at()
        );
    }
    for segment in sms.segments()? {
        let user_data = UserData::encode(&segment, 7).expect("7 fits 8 bits");
        printed += &format!("octets: {}\n", user_data.as_octets().len());
    }
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.expect("the README can be read");
    assert!(
        readme.contains(&format!("```text\n{printed}```")),
        "{printed}"
    );
    Ok(())
}
