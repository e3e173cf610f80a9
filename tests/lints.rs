//! Every lint fires where it should, and is quiet on a near miss.

#![cfg(feature = "alloc")]

use septet::template::{
    CharacterSet, Detail, Finding, Lint, Profile, Rules, Severity, Syntax, ValueSet, Values,
};
use septet::{Cut, Encoding, SegmentOptions};
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
            "Your ${coat",
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
                    .with("url", CharacterSet::GSM7.up_to(41))
                    .with("cbn", CharacterSet::GSM7.up_to(40)),
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

/// Asserts what a lint says of a text, and where.
#[track_caller]
fn assert_said(rules: &Rules<'_>, text: &str, lint: Lint, expected: &[(&str, &str)]) {
    let said = said(rules, text, lint);
    let said: Vec<_> = said
        .iter()
        .map(|(at, what)| (at.as_str(), what.as_str()))
        .collect();
    assert_eq!(said, expected);
}

#[test]
fn findings_point_at_the_place_and_say_what_to_do() {
    let text = a(155) + "${code}";
    assert_said(
        &rules().budget(1),
        &text,
        Lint::OverBudget,
        &[(
            &text,
            "2 segments in GSM-7 at worst, the budget is 1; 1 septet to go from the end for one segment less",
        )],
    );
    assert_said(
        &rules().require("pin"),
        "Hi",
        Lint::MissingPlaceholder,
        &[("Hi", "the placeholder `pin` is missing")],
    );
    assert_said(
        &rules(),
        "Hi ${coat",
        Lint::MalformedPlaceholder,
        &[(
            "${coat",
            "what opens at byte 3 is not closed; write a placeholder as ${code}",
        )],
    );
    assert_said(
        &rules(),
        "Hi {code} and $code",
        Lint::MisspeltPlaceholder,
        &[
            (
                "{code}",
                "this is no placeholder here and is sent as it stands; write `${code}`",
            ),
            (
                "$code",
                "this is no placeholder here and is sent as it stands; write `${code}`",
            ),
        ],
    );
    assert_said(
        &rules().know("code"),
        "${cod} ${firstName}",
        Lint::UnknownPlaceholder,
        &[
            (
                "${cod}",
                "the placeholder `cod` is not known; is `code` meant?",
            ),
            ("${firstName}", "the placeholder `firstName` is not known"),
        ],
    );
    assert_said(
        &rules(),
        "Hi ${name}, ${name}",
        Lint::UnboundedPlaceholder,
        &[(
            "${name}",
            "nothing is declared of the placeholder `name`, so that the worst case is unknown",
        )],
    );
    let unlimited = Rules::new().syntax(Syntax::DoubleBrace);
    assert_said(
        &unlimited,
        "{{#each l}}a{{/each}}",
        Lint::UnboundedPlaceholder,
        &[(
            "{{#each l}}",
            "the loop has no limit that can be counted, so that the worst case is unknown",
        )],
    );
    assert_said(
        &rules(),
        "naïve — ok",
        Lint::ForcesUcs2,
        &[
            (
                "ï",
                "`ï` U+00EF makes the message UCS-2; `i` would not, but is not the same (accent-dropped)",
            ),
            ("—", "U+2014 makes the message UCS-2; write `-`"),
        ],
    );
    assert_said(
        &rules(),
        "a\u{200b}b",
        Lint::InvisibleCharacter,
        &[("\u{200b}", "U+200B is not seen, and takes room; remove it")],
    );
    assert_said(
        &rules(),
        "Cafe\u{301}",
        Lint::NotNormalised,
        &[(
            "e\u{301}",
            "U+0301 is a mark of its own, where one character would do; write `é`",
        )],
    );
    assert_said(
        &rules(),
        &a(162),
        Lint::NearlyCheaper,
        &[(
            "",
            "2 septets less at the end would make it 1 of 2 segments",
        )],
    );
    let any = rules().values(code().with("n", CharacterSet::ANY.up_to(5)));
    assert_said(
        &any,
        &(a(70) + "${n}"),
        Lint::PlaceholderMayForceUcs2,
        &[(
            "${n}",
            "a value of `n` can make the message UCS-2: 2 segments at worst, 1 in GSM-7",
        )],
    );
    assert_said(
        &rules(),
        "Hi [you] ]",
        Lint::ExtensionCharacter,
        &[
            ("[", "U+005B takes two septets"),
            ("]", "U+005D takes two septets"),
        ],
    );
    assert_said(
        &rules(),
        "C\u{43e}de",
        Lint::Homoglyph,
        &[(
            "\u{43e}",
            "`\u{43e}` U+043E is of another script than its word; is `o` meant?",
        )],
    );
    assert_said(
        &rules(),
        &(a(158) + "\r\n\r\n"),
        Lint::LineEnding,
        &[(
            "\r\n",
            "2 line ends of CR LF; with LF alone a segment less is needed",
        )],
    );
    assert_said(
        &rules(),
        &(a(150) + "${code}" + &a(10)),
        Lint::ValueSplit,
        &[(
            "${code}",
            "the value of `code` can stand across the end of a segment in GSM-7",
        )],
    );
    let link = a(140) + " https://example.com/b";
    assert_said(
        &rules(),
        &link,
        Lint::UrlSplit,
        &[(
            "https://example.com/b",
            "the link can stand across the end of a segment in GSM-7",
        )],
    );
    assert_said(
        &rules().brand("Example"),
        "Hi",
        Lint::MissingBrand,
        &[("Hi", "the brand `Example` is not named")],
    );
    let dlt = Rules::new().profile(Profile::INDIA_DLT).values(
        Values::new()
            .with("url", CharacterSet::GSM7.up_to(41))
            .with("var", CharacterSet::GSM7.up_to(31)),
    );
    assert_said(
        &dlt,
        "See {#url#} {#var#}",
        Lint::OverLongVariable,
        &[
            ("{#url#}", "`url` can be 41 characters long, 40 are allowed"),
            ("{#var#}", "`var` can be 31 characters long, 30 are allowed"),
        ],
    );
    assert_said(
        &dlt,
        "See {#url#} {#var#}",
        Lint::AdjacentPlaceholders,
        &[(
            "{#var#}",
            "no fixed text stands before the placeholder `var`",
        )],
    );
    let detected = Rules::new();
    assert_said(
        &detected,
        "${a} {{b}}",
        Lint::AmbiguousSyntax,
        &[(
            "",
            "the placeholder at byte 5 is of another syntax than those before it (dollar-brace, \
         double-brace); say which one is meant",
        )],
    );
}

#[test]
fn the_formats_of_codes_are_checked_against_what_is_expected() {
    let bound = rules().origin_bound_host("example.com");
    let line = |text: &str| said(&bound, text, Lint::OriginBoundLine);
    assert!(line("Code ${code}\n@example.com #${code}").is_empty());
    assert!(line("Code ${code}\n@EXAMPLE.com #${code}").is_empty());
    let other = line("Code ${code}\n@example.org #${code}");
    assert_eq!(
        other[0],
        (
            "example.org".to_owned(),
            "the origin-bound line names another host than `example.com`".to_owned()
        )
    );
    for text in [
        "Code ${code}",
        "Code ${code}\n@example.com #${code}\n",
        "Code @example.com #${code}",
    ] {
        assert_eq!(line(text).len(), 1, "{text}");
    }
    // Without one expected, only what looks like one is held to the grammar.
    assert!(said(&rules(), "Code ${code}", Lint::OriginBoundLine).is_empty());
    assert!(
        said(
            &rules(),
            "Mail me@example.com, order #5",
            Lint::OriginBoundLine
        )
        .is_empty()
    );

    let app = rules().retriever_hash("FA+9qCX9VSu");
    let long = a(125) + " ${code} FA+9qCX9VSu";
    assert_said(
        &app,
        &long,
        Lint::RetrieverHash,
        &[(&long, "the text has 144 bytes; at most 140 are read")],
    );
    let both = app.clone().origin_bound_host("example.com");
    assert_said(
        &both,
        "Hi",
        Lint::FormatConflict,
        &[(
            "Hi",
            "the app's hash and the origin-bound line both have to be last",
        )],
    );
    assert_said(
        &rules(),
        "\u{200b}\u{200b}Hi FA+9qCX9VSu",
        Lint::FormatConflict,
        &[(
            "\u{200b}\u{200b}",
            "the prefix U+200B U+200B makes the message UCS-2; write `<#>`",
        )],
    );

    let code = |set: ValueSet| {
        Rules::new()
            .syntax(Syntax::DollarBrace)
            .code("code")
            .values(Values::new().with("code", set))
    };
    let list = |value: &str| ValueSet::list([value]).expect("not empty");
    let found = |set: ValueSet| said(&code(set), "Code ${code}.", Lint::UserConsentCode).is_empty();
    assert!(found(CharacterSet::DIGITS.exactly(4)) && found(CharacterSet::DIGITS.exactly(10)));
    assert!(!found(CharacterSet::DIGITS.exactly(3)) && !found(CharacterSet::DIGITS.exactly(11)));
    assert!(found(list("a1b2")) && !found(list("123 456")) && !found(list("abcdef")));
}

#[test]
fn what_is_cut_between_words_or_clusters_is_not_said_to_be_split() {
    let with = |cut| rules().options(SegmentOptions::new().cut(cut));
    let text = a(150) + "${code} and more text";
    assert!(found(&with(Cut::Scalar), &text).contains(&Lint::ValueSplit));
    assert!(!found(&with(Cut::Word), &text).contains(&Lint::ValueSplit));
    let family = "ж".repeat(65) + "👨‍👩‍👧" + "жжж";
    assert!(found(&with(Cut::Scalar), &family).contains(&Lint::GraphemeSplit));
    assert!(!found(&with(Cut::Grapheme), &family).contains(&Lint::GraphemeSplit));
}

#[test]
fn with_whole_clusters_that_join_with_values_only_the_lower_bound_is_claimed() {
    let rules = Rules::new()
        .syntax(Syntax::DollarBrace)
        .options(SegmentOptions::new().cut(Cut::Grapheme))
        .values(Values::new().with("n", CharacterSet::ANY.up_to(5)));
    let costs = rules.check("Hi ${n}").costs();
    assert_eq!(costs.best().segments().to_string(), "at least 1");
    assert_eq!(costs.typical().segments().to_string(), "1");
    assert_eq!(costs.worst().segments().to_string(), "unknown");
}

#[test]
fn details_carry_the_numbers_behind_the_sentence() {
    let report = rules().budget(1).check(&a(161));
    let finding = report
        .findings()
        .find(|finding| finding.lint() == Lint::OverBudget);
    let Some(Detail::Budget {
        budget,
        costs,
        units_to_go,
        ..
    }) = finding.map(Finding::detail)
    else {
        panic!("over budget");
    };
    assert_eq!((*budget, *units_to_go), (1, Some(1)));
    assert_eq!(
        (costs.worst().encoding(), costs.worst().units()),
        (Some(Encoding::Gsm7), Some(161))
    );
}

#[test]
fn debug_shows_no_text_of_a_message() {
    let report = rules()
        .brand("brand")
        .check("s3cret’s \u{200b} ${code} ${s3cret");
    let shown = format!("{report:?} {:?}", rules());
    assert!(
        !shown.contains("s3cret’s") && !shown.contains("s3cret "),
        "{shown}"
    );
}

fn lists(values: &[&str]) -> ValueSet {
    ValueSet::list(values.iter().copied()).expect("not empty")
}

#[test]
fn a_code_that_phones_do_not_find_says_why() {
    let why = |set: ValueSet, text: &str| {
        let values = Values::new().with("code", set);
        let rules = Rules::new()
            .syntax(Syntax::DollarBrace)
            .code("code")
            .values(values);
        let said = said(&rules, text, Lint::UserConsentCode);
        said.first()
            .map(|(_, what)| what.clone())
            .unwrap_or_default()
    };
    let digits = || CharacterSet::DIGITS.exactly(6);
    assert_eq!(why(digits(), "Code G-${code}."), "");
    assert_eq!(
        why(digits(), "Code G-${code}x"),
        "letters or digits touch `code`, so that phones do not find the code"
    );
    assert_eq!(
        why(digits(), "Since 2024: ${code}"),
        "phones take a run before `code` for the code"
    );
    let shape = "a value of `code` need not be 4 to 10 ASCII letters and digits, so that phones may not find it";
    let given = CharacterSet::given("1 -")
        .expect("three")
        .exactly(6)
        .typical("111111");
    assert_eq!(why(given, "Code ${code}"), shape);
    assert_eq!(why(CharacterSet::DIGITS.exactly(3), "Code ${code}"), shape);
    assert_eq!(why(lists(&["123 456"]), "Code ${code}"), shape);
    let no_digit = "a value of `code` may hold no digit, and phones look for a run with one";
    assert_eq!(
        why(CharacterSet::ASCII_ALPHANUMERIC.exactly(6), "Code ${code}"),
        no_digit
    );
    assert_eq!(why(lists(&["a1b2", "abcd"]), "Code ${code}"), no_digit);
    // Nothing has to be declared to see what stands beside it, nor named where only one is required.
    let webotp = Rules::new()
        .syntax(Syntax::DollarBrace)
        .profile(Profile::WEB_OTP)
        .require("code");
    let glued = "Code 12x${code}x.\n\n@example.com #${code}";
    assert!(found(&webotp, glued).contains(&Lint::UserConsentCode));
}

#[test]
fn the_origin_bound_line_carries_the_code() {
    let rules = rules()
        .code("code")
        .origin_bound_host("https://example.com");
    let line = |text: &str| said(&rules, text, Lint::OriginBoundLine);
    assert_eq!(line("Code ${code}\n@example.com #${code}"), []);
    assert_eq!(
        line("Code ${code}\n@example.com #123456"),
        [(
            "123456".to_owned(),
            "the origin-bound line carries something else than `code` as its code".to_owned()
        )]
    );
}

#[test]
fn behind_the_invisible_prefix_an_invisible_character_is_one_like_any_other() {
    let text = "\u{200b}\u{200b}Hi\u{200b} FA+9qCX9VSu";
    let report = rules().check(text);
    let invisible = report
        .findings()
        .filter(|finding| finding.lint() == Lint::InvisibleCharacter);
    let starts = invisible.map(|finding| finding.span().start);
    assert_eq!(starts.collect::<Vec<_>>(), [8]);
}

#[test]
fn a_signature_holds_something_and_not_the_code() {
    let china = Rules::new()
        .profile(Profile::CHINA)
        .syntax(Syntax::DollarBrace)
        .values(code());
    let signed = |text: &str| !found(&china, text).contains(&Lint::MissingSignature);
    assert!(signed("【例】验证码${code}") && signed("验证码${code}【例】"));
    assert!(
        !signed("【】验证码${code}")
            && !signed("【验证码是${code}】给他人")
            && !signed("验证码${code}")
    );
}

#[test]
fn a_link_is_one_by_its_scheme_its_www_or_its_path() {
    let turkey = Rules::new()
        .profile(Profile::TURKIYE)
        .syntax(Syntax::DollarBrace)
        .values(code());
    let links = |text: &str| -> Vec<String> {
        said(&turkey, text, Lint::Link)
            .into_iter()
            .map(|(at, _)| at)
            .collect()
    };
    assert_eq!(
        links("See https://a.b/${code}, or WWW.x.com."),
        ["https://a.b/${code}", "WWW.x.com"]
    );
    assert_eq!(
        links("bit.ly/abc (example.com/x)"),
        ["bit.ly/abc", "example.com/x"]
    );
    assert_eq!(links("Awww. and/or 1.5/2 e.g./i.e. a.b"), [""; 0]);
    let line = "Kod\n@www.example.com #${code}";
    assert_eq!(links(line), ["@www.example.com #${code}"]);
}

#[test]
fn one_thing_is_said_once() {
    let of = |rules: &Rules<'_>, text: &str| found(rules, text);
    assert_eq!(
        of(&rules().require("code"), "Code ${ code }"),
        [Lint::MisspeltPlaceholder]
    );
    assert_eq!(of(&rules().budget(1), &a(163)), [Lint::OverBudget]);
    let undetected = Rules::new().require("code").budget(1);
    assert_eq!(of(&undetected, "${org} {{code}}"), [Lint::AmbiguousSyntax]);
    let dlt = Rules::new().profile(Profile::INDIA_DLT);
    assert_eq!(of(&dlt, "Code {#numeric#}"), [Lint::UnboundedPlaceholder]);
    // Silenced, it takes nothing with it.
    let misspelt = rules().require("code").allow(Lint::MisspeltPlaceholder);
    assert_eq!(of(&misspelt, "Code {code}")[0], Lint::MissingPlaceholder);
    // What is silenced leaves its fixes to nobody.
    let quiet = rules().allow(Lint::ForcesUcs2);
    let report = quiet.check(&("Hi ${x} Don’t ".to_owned() + &a(60)));
    let unbounded = report.findings().next().expect("x is not declared");
    assert_eq!(
        (unbounded.lint(), report.fixes_of(unbounded).count()),
        (Lint::UnboundedPlaceholder, 0)
    );
}

#[test]
fn a_character_without_replacement_is_blamed_where_it_costs_a_segment() {
    let short = "👋 Your code is ${code}";
    assert_eq!(found(&rules(), short), []);
    let long = short.to_owned() + &a(60);
    assert_said(
        &rules(),
        &long,
        Lint::ForcesUcs2,
        &[(
            "👋",
            "U+1F44B makes the message UCS-2; nothing in GSM-7 stands for it, leave it out",
        )],
    );
}

#[test]
fn a_name_declared_under_another_spelling_is_named() {
    let values = Values::new().with("kode", CharacterSet::DIGITS.exactly(6));
    let rules = Rules::new().syntax(Syntax::DollarBrace).values(values);
    assert_said(
        &rules,
        "${code}",
        Lint::UnboundedPlaceholder,
        &[(
            "${code}",
            "nothing is declared of the placeholder `code`, so that the worst case is unknown; is `kode` meant?",
        )],
    );
}

#[test]
fn a_loop_that_runs_too_often_to_count_is_said_to() {
    let values = code().with_repeats(u32::MAX);
    let rules = Rules::new().syntax(Syntax::DoubleBrace).values(values);
    assert_eq!(
        found(&rules, "{{#each l}}{{code}}{{/each}}"),
        [Lint::UnboundedPlaceholder]
    );
}

#[test]
fn a_value_up_to_the_end_of_a_segment_is_not_split() {
    // 147 + 6 = 153.
    let text = |before: usize| a(before) + "${code}" + &a(10);
    assert!(!found(&rules(), &text(147)).contains(&Lint::ValueSplit));
    assert!(found(&rules(), &text(148)).contains(&Lint::ValueSplit));
}

#[test]
fn a_branch_that_may_not_be_taken_counts_as_nothing_for_the_least_length() {
    use septet::template::{Limit, Measure};
    let profile = Profile::new("ours", "our own").with_limit(Limit::new(
        "length".into(),
        Measure::MessageCharacters,
        3,
        9,
    ));
    let rules = Rules::new()
        .syntax(Syntax::DoubleBrace)
        .profile(profile)
        .values(code());
    let broken = |text: &str| said(&rules, text, Lint::ProfileLimit).len();
    assert_eq!(broken("{{#if a}}long{{/if}}"), 1);
    assert_eq!(broken("{{#if a}}long{{else}}word{{/if}}"), 0);
    assert_eq!(broken("{{#if a}}longer{{else}}word{{/if}}{{code}}"), 1); // 12 at most
    let looped = rules.values(code().with_repeats(3));
    assert_eq!(
        said(&looped, "abc{{#each l}}ab{{/each}}", Lint::ProfileLimit).len(),
        0
    );
    assert_eq!(
        said(&looped, "abcd{{#each l}}ab{{/each}}", Lint::ProfileLimit).len(),
        1
    );
}

#[test]
fn a_loop_of_nothing_has_no_need_of_a_limit() {
    let rules = Rules::new().syntax(Syntax::DoubleBrace);
    let report = rules.check("{% for a in b %}{% endfor %}x");
    assert_eq!(report.findings().len(), 0);
    assert_eq!(report.costs().worst().segments().get(), Some(1));
}
