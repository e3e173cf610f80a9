//! The README's example prints what the README says.

use std::fs;
use std::path::Path;

use septet::{Message, TooManySegments, UserData};

/// A fenced block of the README that holds what was printed.
#[track_caller]
fn assert_printed(printed: &str) {
    let readme = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.expect("the README can be read");
    assert!(
        readme.contains(&format!("```text\n{printed}```")),
        "{printed}"
    );
}

#[cfg(feature = "alloc")]
#[test]
fn the_check_of_a_template_prints_what_the_readme_says() {
    use septet::template::{CharacterSet, Rules, Syntax, Values};

    let values = Values::new()
        .with("code", CharacterSet::DIGITS.exactly(6))
        .with("org", CharacterSet::GSM7.up_to(30));
    let rules = Rules::new()
        .syntax(Syntax::DollarBrace)
        .values(values)
        .budget(1);
    let report = rules.check("${org}: it’s ${code}. Don’t share it, not even with us.");
    let mut printed = String::new();
    for finding in report.findings() {
        let (severity, lint) = (finding.severity(), finding.lint());
        printed += &format!("{severity} {lint}: {finding}\n");
    }
    for fix in report.fixes() {
        let (before, after) = (fix.before().worst(), fix.after().worst());
        printed += &format!(
            "{} edits, all safe: {}; {} segments become {}\n",
            fix.edits().len(),
            fix.is_safe(),
            before.segments(),
            after.segments()
        );
    }
    assert_printed(&printed);
}

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
    assert_printed(&printed);
    Ok(())
}
