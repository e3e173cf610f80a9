//! Every lint fires where it should, and is quiet on a near miss.

#![cfg(feature = "alloc")]

use septet::template::{
    CharacterSet, Detail, Finding, Lint, Profile, Rules, Severity, Syntax, ValueSet, Values,
};
use septet::{Concatenation, Cut, Encoding, SegmentOptions};
use std::collections::BTreeSet;

fn code() -> Values {
    Values::new().with("code", CharacterSet::DIGITS.exactly(6))
}

fn rules() -> Rules<'static> {
    Rules::new().syntax(Syntax::DollarBrace).values(code())
}

fn a(times: usize) -> String {
    "a".repeat(times)
}

fn found(rules: &Rules<'_>, text: &str) -> Vec<Lint> {
    rules.check(text).findings().map(Finding::lint).collect()
}

/// What a lint says of a text, at which place.
#[track_caller]
fn said(rules: &Rules<'_>, text: &str, lint: Lint) -> Vec<(String, String)> {
    let report = rules.check(text);
    let findings = report.findings().filter(|finding| finding.lint() == lint);
    findings
        .map(|finding| (text[finding.span()].to_owned(), finding.to_string()))
        .collect()
}

/// A lint, rules, a text in which it is found and one in which it is not.
struct Case(Lint, Rules<'static>, String, String);

fn cases() -> Vec<Case> {
    let case = |lint, rules: Rules<'static>, fires: &str, quiet: &str| {
        Case(lint, rules, fires.to_owned(), quiet.to_owned())
    };
    let name = |set: ValueSet| rules().values(code().with("name", set));
    let profile = |profile: Profile| Rules::new().profile(profile).values(code());
    vec![
        case(
            Lint::OverBudget,
            rules().budget(1),
            &(a(155) + "${code}"),
            &(a(154) + "${code}"),
        ),
        case(
            Lint::MissingPlaceholder,
            rules().require("code"),
            "Your code",
            "Your ${code}",
        ),
        case(
            Lint::MalformedPlaceholder,
            rules(),
            "Your ${code",
            "Your ${code}",
        ),
        case(
            Lint::MisspeltPlaceholder,
            rules(),
            "Your {code}",
            "Your {coat} is ready",
        ),
        case(
            Lint::ProfileLimit,
            profile(Profile::COGNITO),
            &(a(135) + "{####}"),
            &(a(134) + "{####}"),
        ),
        case(
            Lint::AmbiguousSyntax,
            Rules::new(),
            "${a} {{b}}",
            "${a} ${b}",
        ),
        case(Lint::ForcesUcs2, rules(), "It’s ${code}", "It's ${code}"),
        case(
            Lint::ForcesUcs2,
            rules(),
            "It’s ${code}",
            "Ваш код: ${code}",
        ),
        case(
            Lint::ForcesUcs2,
            rules(),
            "It’s ${code}",
            "Your code 👋 ${code}",
        ),
        case(Lint::NearlyCheaper, rules(), &a(165), &a(166)),
        case(
            Lint::InvisibleCharacter,
            rules(),
            "Your\u{200b} code",
            "می\u{200c}شود",
        ),
        case(Lint::NotNormalised, rules(), "Cafe\u{301}", "Café"),
        case(
            Lint::UnboundedPlaceholder,
            rules(),
            "Hi ${name}",
            "Hi ${code}",
        ),
        case(
            Lint::PlaceholderMayForceUcs2,
            name(CharacterSet::BMP.up_to(5)),
            &(a(70) + "${name}"),
            &(a(60) + "${name}"),
        ),
        case(
            Lint::UnknownPlaceholder,
            rules().know("code"),
            "${cod}",
            "${code}",
        ),
        case(
            Lint::OriginBoundLine,
            rules(),
            "Code ${code}\n@example.com  #${code}",
            "Code ${code}\n@example.com #${code}",
        ),
        case(
            Lint::RetrieverHash,
            rules().retriever_hash("FA+9qCX9VSu"),
            "Code ${code} FA+9qCX9VSU",
            "Code ${code} FA+9qCX9VSu",
        ),
        case(
            Lint::UserConsentCode,
            rules().code("code"),
            "G${code}x42 ok",
            "G-${code} ok",
        ),
        case(
            Lint::FormatConflict,
            rules(),
            "Code ${code}\n@example.com #${code}\nFA+9qCX9VSu",
            "Code ${code}\nFA+9qCX9VSu",
        ),
        case(
            Lint::FormatConflict,
            rules(),
            "\u{200b}\u{200b}Code ${code} FA+9qCX9VSu",
            "<#>Code ${code} FA+9qCX9VSu",
        ),
        case(
            Lint::MissingBrand,
            rules().brand("Example"),
            "Code ${code}",
            "EXAMPLE code ${code}",
        ),
        case(
            Lint::MissingExpiry,
            profile(Profile::US_10DLC),
            "Code {{code}}",
            "Code {{code}}, for 10 minutes",
        ),
        case(
            Lint::MissingSignature,
            profile(Profile::CHINA),
            "您的验证码",
            "【Example】您的验证码",
        ),
        case(
            Lint::Link,
            profile(Profile::TURKIYE),
            "Kod: https://example.com",
            "Kod: example com",
        ),
        case(
            Lint::MissingFixedText,
            profile(Profile::INDIA_DLT),
            "{#numeric#}.",
            "Code {#numeric#}.",
        ),
        case(Lint::ExtensionCharacter, rules(), "[Example]", "(Example)"),
        case(
            Lint::Homoglyph,
            rules(),
            "C\u{43e}de ${code}",
            "код ${code}",
        ),
        case(
            Lint::LineEnding,
            rules(),
            &(a(158) + "\r\n\r\n"),
            &(a(156) + "\r\n\r\n"),
        ),
        case(
            Lint::ValueSplit,
            rules(),
            &(a(150) + "${code}" + &a(10)),
            &(a(153) + "${code}" + &a(10)),
        ),
        case(
            Lint::UrlSplit,
            rules(),
            &(a(140) + " https://example.com/b"),
            &(a(132) + " https://example.com " + &a(30)),
        ),
        case(
            Lint::GraphemeSplit,
            rules(),
            &("ж".repeat(65) + "👨‍👩‍👧" + "жжж"),
            &("ж".repeat(59) + "👨‍👩‍👧" + "жжж"),
        ),
        case(
            Lint::AdjacentPlaceholders,
            profile(Profile::INDIA_DLT),
            "Code {#numeric#} {#numeric#}",
            "Code {#numeric#} or {#numeric#}",
        ),
        case(
            Lint::OverLongVariable,
            Rules::new().profile(Profile::INDIA_DLT).values(
                Values::new()
                    .with("url", CharacterSet::GSM7.up_to(31))
                    .with("cbn", CharacterSet::GSM7.up_to(30)),
            ),
            "Call {#url#}",
            "Call {#cbn#}",
        ),
        case(
            Lint::UntypedVariable,
            profile(Profile::INDIA_DLT),
            "Code {#var#}",
            "Code {#numeric#}",
        ),
    ]
}

/// Those that need a set of translations have their cases in `tests/translations.rs`.
const OF_SETS: [Lint; 3] = [
    Lint::TranslationKey,
    Lint::PlaceholderMismatch,
    Lint::MissingTranslation,
];

#[test]
fn every_lint_fires_and_is_quiet_on_a_near_miss() {
    let mut seen = BTreeSet::from(OF_SETS);
    for Case(lint, rules, fires, quiet) in cases() {
        assert!(found(&rules, &fires).contains(&lint), "{lint} on {fires:?}");
        assert!(
            !found(&rules, &quiet).contains(&lint),
            "{lint} on {quiet:?}"
        );
        seen.insert(lint);
    }
    assert!(seen.iter().eq(Lint::ALL), "a lint without a case");
}

#[test]
fn lints_have_codes_in_order_names_of_their_own_and_all_that_is_to_be_said() {
    let mut names = BTreeSet::new();
    assert!(Lint::ALL.is_sorted_by_key(|lint| lint.code()));
    for lint in Lint::ALL {
        assert_eq!(lint.code().parse(), Ok(*lint));
        assert_eq!(lint.name().parse(), Ok(*lint));
        assert!(names.insert(lint.code()) && names.insert(lint.name()));
        let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(lint.name().chars().all(kebab), "{lint}");
        let hundred = match lint.severity() {
            Severity::Error => "SMS0",
            Severity::Warning => "SMS1",
            Severity::Note => "SMS2",
        };
        assert!(lint.code().starts_with(hundred) && lint.code().len() == 6);
        for text in [lint.summary(), lint.why(), lint.example(), lint.remedy()] {
            assert!(!text.is_empty() && !text.starts_with(' '), "{lint}");
        }
        assert!(lint.summary().ends_with('.'), "{lint}");
    }
    assert!("SMS999".parse::<Lint>().is_err());
}

#[test]
fn severities_are_the_callers_to_set() {
    let text = a(161);
    let strict = rules().severity(Lint::NearlyCheaper, Severity::Error);
    let report = strict.check(&text);
    assert_eq!(
        report.findings().map(Finding::severity).collect::<Vec<_>>(),
        [Severity::Error]
    );
    assert!(found(&rules().allow(Lint::NearlyCheaper), &text).is_empty());
}
