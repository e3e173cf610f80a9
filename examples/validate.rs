//! Are all our templates within their budget? The function below `main` can be pasted into a crate
//! as a test: `cargo test` then fails on the translation that costs a second segment, and says which
//! character is to blame and what to write.

use septet::template::{Catalogue, CharacterSet, Rules, Severity, Syntax, Values};

fn main() {
    templates_stay_within_one_segment();
    println!("all templates are within one segment");
}

// In a crate of your own: #[test]
fn templates_stay_within_one_segment() {
    let values = Values::new()
        .with("code", CharacterSet::DIGITS.exactly(6))
        .with("org", CharacterSet::GSM7.up_to(20));
    let rules = Rules::new()
        .syntax(Syntax::DollarBrace)
        .values(values)
        .require("code")
        .budget(1);
    let sign_in = Catalogue::new("${org}: your code is ${code}. It expires in 10 minutes.")
        .with_translation("de", "${org}: Ihr Code lautet ${code}. Er gilt 10 Minuten.")
        .with_translation("es", "${org}: su código es ${code}. Válido 10 min.")
        .with_translation("ja", "${org}: 認証コードは${code}です。10分間有効です。");
    let reset = Catalogue::new("${org}: ${code} resets your password.")
        .with_translation("fr", "${org} : ${code} pour changer de mot de passe.");
    let matrix = rules.check_all([("sign-in", &sign_in), ("reset", &reset)]);
    let mut errors = 0;
    for (template, report) in matrix.templates() {
        for (text, finding) in report.all_findings() {
            let language = text.map_or("all", |text| text.key().unwrap_or("base"));
            eprintln!("{template}, {language}: {}: {finding}", finding.severity());
            errors += usize::from(finding.severity() == Severity::Error);
        }
        for text in report.texts() {
            if let Some(fix) = text.report().and_then(|report| report.fixes().next()) {
                eprintln!("  write: {}", fix.apply(text.text()));
            }
        }
    }
    assert_eq!(errors, 0);
}
