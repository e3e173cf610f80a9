//! In which form does a phone find the code in a message? Origin-bound lines, SMS Retriever hashes and runs for SMS User
//! Consent, read and written.

#![cfg(feature = "alloc")]

#[path = "support/cases.rs"]
mod cases;

use cases::cases;
use proptest::prelude::*;
use septet::template::code_format::{
    Dialect, Origin, OriginBoundCode, OriginBoundError, OriginBoundLineError, OriginBoundPart,
    OriginBoundProblem, RetrieverError, RetrieverLimit, RetrieverMessage, RetrieverPrefix,
    RetrieverWriteError, consent_code,
};

const DIALECTS: [Dialect; 2] = [Dialect::Wicg, Dialect::Apple];
const HASH: &str = "FA+9qCX9VSu";

/// Host, code and embedded hosts.
type Parts<'a> = (&'a str, &'a str, Vec<&'a str>);

fn parts(text: &str, dialect: Dialect) -> Option<Parts<'_>> {
    let bound = OriginBoundCode::parse(text, dialect).ok()?;
    let embedded = bound.embedded_hosts().map(|embedded| embedded.host());
    Some((bound.host(), bound.code(), embedded.collect()))
}

#[track_caller]
fn refused(text: &str) -> OriginBoundError {
    let [wicg, apple] =
        DIALECTS.map(|dialect| OriginBoundCode::parse(text, dialect).expect_err("no such line"));
    assert_eq!(wicg, apple);
    wicg
}

fn origin(text: &str) -> Origin<'_> {
    Origin::parse(text).expect("an origin")
}

#[test]
fn each_documented_line_reads_as_documented() {
    for dialect in DIALECTS {
        let read = |text| parts(text, dialect);
        let plain = Some(("example.com", "747723", vec![]));
        let embedded = Some(("example.com", "747723", vec!["ecommerce.example"]));
        assert_eq!(read("@example.com #747723"), plain);
        assert_eq!(read("@example.com #747723 @ecommerce.example"), embedded);
        let percent = if dialect == Dialect::Apple {
            embedded.clone()
        } else {
            plain
        };
        assert_eq!(read("@example.com #747723 %ecommerce.example"), percent);
        assert_eq!(
            read("@example.com #747723 @ecommerce.example $future"),
            embedded
        );
        assert_eq!(read("something @example.com #747723"), None);
        assert_eq!(read("#747723 @ecommerce.example @example.com"), None);
        assert_eq!(read("@example.com code #747723"), None);
        assert_eq!(read("@example.com  #747723"), None);
        assert_eq!(read("@example.com #747723\n"), None);
        assert_eq!(
            read(
                "747723 is your ExampleCo authentication code.\n\n@example.com #747723 @ecommerce.example"
            ),
            embedded
        );
    }
}

#[test]
fn what_is_wrong_is_named_with_its_byte() {
    use OriginBoundProblem::*;
    for (text, problem, at, near_miss) in [
        ("", NoText, 0, false),
        ("\n", LineBreakAtEnd, 0, false),
        ("\r\n\n\r", LineBreakAtEnd, 0, false),
        ("@example.com #747723\n", LineBreakAtEnd, 20, true),
        ("@example.com #747723\r", LineBreakAtEnd, 20, true),
        ("é @example.com #747723\r\n\r\n", LineBreakAtEnd, 23, true),
        ("Your code is 747723.\n", LineBreakAtEnd, 20, false),
        ("Hi\n@example.com #747723\n\n  ", NotLast, 23, true),
        ("@example.com #747723\r\nReply STOP", NotLast, 20, true),
        ("@a #1\n@b #2\nReply STOP", NotLast, 11, true),
        ("Your code is 747723.", NoHostSigil, 0, false),
        ("Mail me@example.com, ticket #5", NoHostSigil, 0, false),
        (" @example.com #747723", NoHostSigil, 0, true),
        ("something @example.com #747723", NoHostSigil, 0, true),
        (
            "#747723 @ecommerce.example @example.com",
            NoHostSigil,
            0,
            true,
        ),
        ("Hi\nexample.com #747723", NoHostSigil, 3, false),
        ("Hi\n@ #747723", EmptyHost, 4, false),
        ("@", EmptyHost, 1, false),
        ("@example.com", NoCode, 12, true),
        ("@example.com ", NoCode, 12, true),
        ("@example.com\u{a0}#747723", NoCode, 21, true),
        ("@example.com#747723", NoCode, 19, true),
        ("@example.com  #747723", NotOneSpace, 13, true),
        ("@example.com \t#747723", NotOneSpace, 13, true),
        ("@example.com\t#747723", NotOneSpace, 12, true),
        ("@example.com\u{c}#747723", NotOneSpace, 12, true),
        ("@example.com code #747723", NoCodeSigil, 13, true),
        ("@example.com 747723", NoCodeSigil, 13, true),
        ("é\n@example.com #", EmptyCode, 17, true),
        ("@example.com # 747723", EmptyCode, 14, true),
        // Nothing is an origin-bound line in the last line, so that earlier ones are not looked at.
        ("@example.com #747723\n@example.org", NoCode, 33, true),
    ] {
        let error = refused(text);
        assert_eq!(
            (error.problem(), error.at(), error.is_near_miss()),
            (problem, at, near_miss),
            "{text:?}"
        );
        assert!(text.is_char_boundary(at), "{text:?}");
        let said = error.to_string();
        assert!(said.starts_with(&format!("byte {at}: ")), "{said}");
        assert!(!said.contains("747723"), "{said}");
    }
}

#[test]
fn any_line_break_starts_the_last_line() {
    for line_break in ["\n", "\r", "\r\n", "\n\n", "\r\r\n", "\n\r"] {
        let text = format!("Hello é{line_break}@example.com #747723");
        let bound = OriginBoundCode::parse(&text, Dialect::Wicg).unwrap();
        assert_eq!(bound.line_range(), 8 + line_break.len()..text.len());
        assert_eq!(bound.explanatory_text(), format!("Hello é{line_break}"));
    }
    // Neither of these is a line break.
    for other in ["\u{b}", "\u{c}", "\u{85}", "\u{2028}"] {
        refused(&format!("Hello{other}@example.com #747723"));
    }
}

#[test]
fn a_bad_third_field_is_ignored() {
    for (rest, wicg, apple) in [
        ("", 0, 0),
        (" ", 0, 0),
        ("  @a", 0, 0),
        ("\t@a", 0, 0),
        ("\u{c}@a", 0, 0),
        (" @", 0, 0),
        (" %", 0, 0),
        (" @ @a", 0, 0),
        (" $a @b", 0, 0),
        (" a", 0, 0),
        (" @a", 3, 3),
        (" %a", 0, 3),
        (" @a @b", 3, 6),
        (" %a @b %c", 0, 9),
        (" @a %b", 3, 6),
        (" @a  @b", 3, 3),
        (" @a\t@b", 3, 3),
        (" @a $x @b", 3, 3),
        (" @a @", 3, 3),
    ] {
        for (dialect, bytes) in [(Dialect::Wicg, wicg), (Dialect::Apple, apple)] {
            let text = format!("é\n@example.com #747723{rest}");
            let bound = OriginBoundCode::parse(&text, dialect).unwrap();
            assert_eq!(bound.code(), "747723");
            assert_eq!(
                &text[bound.ignored_range()],
                &rest[bytes..],
                "{rest:?} {dialect:?}"
            );
            assert_eq!(bound.embedded_hosts().count(), bytes / 3);
        }
    }
}

#[test]
fn every_part_says_where_it_stands() {
    let text = "Grüße\r\n@exämple.com #${code} %a.example @b.example rest";
    let bound = OriginBoundCode::parse(text, Dialect::Apple).unwrap();
    assert_eq!(&text[bound.host_range()], "exämple.com");
    assert_eq!(&text[bound.code_range()], "${code}");
    assert_eq!(bound.code(), "${code}");
    let embedded: Vec<_> = bound
        .embedded_hosts()
        .map(|embedded| (embedded.sigil(), &text[embedded.range()]))
        .collect();
    assert_eq!(embedded, [('%', "a.example"), ('@', "b.example")]);
    assert_eq!(&text[bound.ignored_range()], " rest");
    assert!(text[bound.line_range()].starts_with("@exämple.com #"));
}

#[test]
fn sigils_may_be_part_of_a_part() {
    assert_eq!(
        parts("@@a#b #%@c#d @%e @f", Dialect::Apple),
        Some(("@a#b", "%@c#d", vec!["%e", "f"]))
    );
}

#[test]
fn only_the_right_page_matches() {
    let read = |text| OriginBoundCode::parse(text, Dialect::Apple).unwrap();
    let plain = read("@Example.com #747723");
    let [top, other, frame] = [
        "https://example.com",
        "https://example.org",
        "https://ECOMMERCE.example",
    ]
    .map(origin);
    assert!(plain.matches(top, &[]));
    assert!(!plain.matches(other, &[]));
    assert!(!plain.matches(origin("www.example.com"), &[]));
    assert!(!plain.matches(origin("notexample.com"), &[]));
    // A frame needs to be named, be it of the same origin.
    assert!(!plain.matches(top, &[top]));
    assert!(!plain.matches(top, &[frame]));

    let embedded = read("@example.com #747723 @ecommerce.example");
    assert!(embedded.matches(top, &[frame]));
    assert!(!embedded.matches(top, &[]));
    assert!(!embedded.matches(frame, &[]));
    assert!(!embedded.matches(frame, &[top]));
    assert!(!embedded.matches(other, &[frame]));
    assert!(!embedded.matches(top, &[other]));
}

#[test]
fn frames_between_must_be_named_too() {
    let [top, a, b, other] = ["example.com", "a.example", "b.example", "example.org"].map(origin);
    let one = OriginBoundCode::parse("@example.com #1 @a.example", Dialect::Wicg).unwrap();
    assert!(one.matches(top, &[a, a]));
    assert!(one.matches(top, &[top, a]));
    assert!(!one.matches(top, &[other, a]));
    assert!(!one.matches(top, &[a, top])); // the one that asks is last
    assert!(!one.matches(top, &[b, a]));
    let two =
        OriginBoundCode::parse("@example.com #1 @a.example @b.example", Dialect::Apple).unwrap();
    assert!(two.matches(top, &[b, a]));
    assert!(two.matches(top, &[b]));
    assert!(!two.matches(top, &[]));
}

/// Knows one public suffix with two labels.
fn registrable_domain(host: &str) -> Option<&str> {
    assert_eq!(host, host.to_ascii_lowercase());
    let labels = 2 + usize::from(host.ends_with(".co.example"));
    let start = host.rmatch_indices('.').nth(labels - 1);
    host.get(start.map_or(0, |(dot, _)| dot + 1)..)
        .filter(|domain| domain.split('.').count() == labels)
}

#[test]
fn hosts_of_one_site_match_where_the_caller_says_so() {
    let matches = |text, top, frames: &[&str]| {
        let frames: Vec<_> = frames.iter().map(|frame| origin(frame)).collect();
        let bound = OriginBoundCode::parse(text, Dialect::Wicg).unwrap();
        bound.matches_site(origin(top), &frames, registrable_domain)
    };
    assert!(matches("@example.com #1", "https://example.com", &[]));
    assert!(matches("@example.com #1", "https://Login.Example.com", &[]));
    assert!(matches("@Login.example.com #1", "https://example.com", &[]));
    assert!(!matches("@a.co.example #1", "https://b.co.example", &[]));
    assert!(matches("@a.co.example #1", "https://x.a.co.example", &[]));
    // No domain, no site; but a host is the same as itself.
    assert!(!matches("@localhost #1", "https://other", &[]));
    assert!(matches("@localhost #1", "https://localhost", &[]));
    let text = "@example.com #1 @pay.example";
    assert!(matches(text, "a.example.com", &["b.pay.example"]));
    assert!(matches(
        text,
        "a.example.com",
        &["x.example.com", "b.pay.example"]
    ));
    assert!(!matches(
        text,
        "a.example.com",
        &["b.example.net", "b.pay.example"]
    ));
    assert!(!matches(text, "a.example.com", &[]));
    // What is no host has no site.
    assert!(!matches("@x/login.example.com #1", "example.com", &[]));
    assert!(!matches("@example.com:443 #1", "example.com", &[]));
}

#[test]
fn an_origin_is_a_scheme_and_a_host() {
    for (text, host) in [
        ("https://example.com", "example.com"),
        ("HTTPS://example.com", "example.com"),
        ("exämple.com", "exämple.com"),
        ("https", "https"),
        ("é", "é"),
        ("https://[2001:db8::1]", "[2001:db8::1]"),
        ("192.0.2.1", "192.0.2.1"),
    ] {
        assert_eq!(origin(text).host(), host);
    }
    for (text, at) in [
        ("", 0),
        ("https://", 8),
        ("http://example.com", 4),
        ("https://example.com/", 19),
        ("https://example.com:443", 19),
        ("https://user@example.com", 12),
        ("https://exa mple.com", 11),
        ("https://[2001:db8::1]:443", 8),
        ("[]", 1),
        ("[::x]", 3),
        ("exam\u{0}ple", 4),
        ("100%", 3),
    ] {
        let error = Origin::parse(text).unwrap_err();
        assert_eq!(error.at(), at, "{text:?}");
        assert!(error.to_string().ends_with(&format!("at byte {at}")));
    }
}

#[test]
fn lines_are_written_for_the_dialect() {
    let line = |embedded: &[&str], dialect| {
        OriginBoundCode::line("example.com", "747723", embedded, dialect)
    };
    for dialect in DIALECTS {
        assert_eq!(line(&[], dialect).unwrap(), "@example.com #747723");
    }
    assert_eq!(
        line(&["a.example"], Dialect::Wicg).unwrap(),
        "@example.com #747723 @a.example"
    );
    assert_eq!(
        line(&["a.example", "b.example"], Dialect::Apple).unwrap(),
        "@example.com #747723 %a.example %b.example"
    );
    assert!(matches!(
        line(&["a.example", "b.example"], Dialect::Wicg),
        Err(OriginBoundLineError::TooManyEmbeddedHosts { given: 2, .. })
    ));
}

#[test]
fn no_part_is_written_that_cannot_be_read() {
    use OriginBoundPart::{Code, EmbeddedHost, Host};
    let ok = "example.com";
    for (host, code, embedded, part, at) in [
        ("", "1", ok, Host, None),
        (ok, "", ok, Code, None),
        (ok, "1", "", EmbeddedHost, None),
        ("exa mple.com", "1", ok, Host, Some(3)),
        ("https://example.com", "1", ok, Host, Some(5)),
        ("example.com:8443", "1", ok, Host, Some(11)),
        ("example.com/login", "1", ok, Host, Some(11)),
        (ok, "482 913", ok, Code, Some(3)),
        (ok, "482\t913", ok, Code, Some(3)),
        (ok, "é\u{c}1", ok, Code, Some(2)),
        (ok, "482913\r", ok, Code, Some(6)),
        (ok, "\n482913", ok, Code, Some(0)),
        (ok, "1", "a\nb", EmbeddedHost, Some(1)),
        (ok, "1", "@a", EmbeddedHost, Some(0)),
    ] {
        for dialect in DIALECTS {
            let error = OriginBoundCode::line(host, code, &[embedded], dialect).unwrap_err();
            match error {
                OriginBoundLineError::Empty { part: found, .. } => {
                    assert_eq!((found, None), (part, at));
                }
                OriginBoundLineError::Forbidden {
                    part: found,
                    at: found_at,
                    ..
                } => assert_eq!((found, Some(found_at)), (part, at)),
                _ => panic!("{error}"),
            }
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("482") && !shown.contains("913"), "{shown}");
        }
    }
}

#[test]
fn a_line_is_appended_behind_one_line_break() {
    let append =
        |text| OriginBoundCode::append(text, "example.com", "${code}", &[], Dialect::Wicg).unwrap();
    let line = "@example.com #${code}";
    assert_eq!(append(""), line);
    assert_eq!(append("Hello"), format!("Hello\n{line}"));
    assert_eq!(append("Hello "), format!("Hello \n{line}"));
    for text in ["Hello\n", "Hello\r\n", "Hello\r", "Hello\n\n", "\n"] {
        assert_eq!(append(text), format!("{text}{line}"));
    }
    // Not the last line, and so none.
    let text = "@example.com #1\nReply STOP";
    assert_eq!(append(text), format!("{text}\n{line}"));
}

#[test]
fn a_second_line_is_not_appended() {
    for (text, at) in [
        ("@example.com #1", 0),
        ("Hi\n@example.com #1", 3),
        ("Hi\r\n@example.com #1\r\n\r\n", 4),
    ] {
        let error =
            OriginBoundCode::append(text, "example.com", "2", &[], Dialect::Apple).unwrap_err();
        assert!(
            matches!(error, OriginBoundLineError::AlreadyThere { at: found, .. } if found == at)
        );
    }
    let error = OriginBoundCode::append("Hi", "example.com", "", &[], Dialect::Wicg).unwrap_err();
    assert!(matches!(error, OriginBoundLineError::Empty { .. }));
}

#[test]
fn retriever_messages_of_both_editions_are_read() {
    for (text, prefix) in [
        ("Your ExampleApp code is: 123ABC78\n\nFA+9qCX9VSu", None),
        ("Your ExampleApp code is: 123ABC78 FA+9qCX9VSu\n", None),
        (
            "<#> Your ExampleApp code is: 123ABC78\nFA+9qCX9VSu",
            Some(RetrieverPrefix::NumberSign),
        ),
        (
            "\u{200b}\u{200b}Your ExampleApp code is: 123ABC78\tFA+9qCX9VSu",
            Some(RetrieverPrefix::ZeroWidthSpaces),
        ),
        ("\u{200b}Your code is: 123ABC78\r\nFA+9qCX9VSu", None),
        (" <#> Your code is: 123ABC78 FA+9qCX9VSu", None),
        ("1 FA+9qCX9VSu", None),
    ] {
        let message = RetrieverMessage::parse(text, RetrieverLimit::Utf8).expect(text);
        assert_eq!(message.hash(), HASH, "{text:?}");
        assert_eq!(&text[message.hash_range()], HASH, "{text:?}");
        assert_eq!(message.prefix(), prefix, "{text:?}");
    }
}

#[test]
fn what_is_no_retriever_message_is_told() {
    let refused = |text| RetrieverMessage::parse(text, RetrieverLimit::Utf8).unwrap_err();
    for (text, at) in [
        ("", 0),
        ("\n\n", 0),
        ("Your code is 123456", 13),
        ("1 FA+9qCX9VS", 2),
        ("1 FA+9qCX9VSuu", 2),
        ("1 FA-9qCX9VSu", 2),
        ("1 FA_9qCX9VSu", 2),
        ("1 FA+9qCX9VSu=", 2),
        ("1 FA+9qCX9VSu.", 2),
        ("é FA+9qCX9Vé", 3),
        ("code:FA+9qCX9VSu", 0),
        ("1\u{a0}FA+9qCX9VSu", 0),
        ("<#>FA+9qCX9VSu", 0),
        ("\u{200b}\u{200b}FA+9qCX9VSu", 0),
        ("1 FA+9qCX9VSu\n@example.com #1", 27),
    ] {
        let error = refused(text);
        assert!(
            matches!(error, RetrieverError::NoHash { at: found, .. } if found == at),
            "{text:?}: {error}"
        );
    }
    for text in [
        "FA+9qCX9VSu",
        " FA+9qCX9VSu",
        "<#> FA+9qCX9VSu",
        "\u{200b}\u{200b}\nFA+9qCX9VSu",
    ] {
        assert_eq!(refused(text), RetrieverError::HashAlone, "{text:?}");
    }
    assert!(matches!(
        refused("<#> 1 FA+9qCX9VSu\n"),
        RetrieverError::WhiteSpaceAtEnd { at: 17, .. }
    ));
}

#[test]
fn a_hash_may_have_any_character_of_base64() {
    for hash in ["+/+/+/+/+/+", "AZaz09/+BYb", "information", "12345678901"] {
        let text = RetrieverMessage::write("Code 1", hash, None, RetrieverLimit::Utf8).unwrap();
        let message = RetrieverMessage::parse(&text, RetrieverLimit::Utf8).unwrap();
        assert_eq!(message.hash(), hash);
    }
}

#[test]
fn the_limit_is_140_bytes_as_the_caller_counts_them() {
    use RetrieverLimit::{Octets, Unlimited, Utf8};
    let text = |letter: &str, count| letter.repeat(count) + " " + HASH;
    for (letter, most, limit, bytes) in [
        ("a", 128, Utf8, 141),
        ("é", 64, Utf8, 142),
        ("a", 148, Octets, 141),
        ("é", 148, Octets, 141),
        ("ж", 58, Octets, 142),
    ] {
        let fits = text(letter, most);
        assert!(
            RetrieverMessage::parse(&fits, limit).is_ok(),
            "{letter} {limit:?}"
        );
        let long = text(letter, most + 1);
        let error = RetrieverMessage::parse(&long, limit).unwrap_err();
        assert!(
            matches!(error, RetrieverError::TooLong { bytes: found, .. } if found == bytes),
            "{letter} {limit:?} {error}"
        );
        assert!(RetrieverMessage::parse(&long, Unlimited).is_ok());
        let body = letter.repeat(most + 1);
        let error = RetrieverMessage::write(&body, HASH, None, limit).unwrap_err();
        assert!(
            matches!(error, RetrieverWriteError::TooLong { bytes: found, .. } if found == bytes)
        );
        assert!(RetrieverMessage::write(&letter.repeat(most), HASH, None, limit).is_ok());
    }
}

#[test]
fn retriever_messages_are_written_for_both_editions() {
    let write = |text, prefix| RetrieverMessage::write(text, HASH, prefix, RetrieverLimit::Utf8);
    let sign = Some(RetrieverPrefix::NumberSign);
    let spaces = Some(RetrieverPrefix::ZeroWidthSpaces);
    assert_eq!(
        write("Code ${code}", None).unwrap(),
        "Code ${code}\nFA+9qCX9VSu"
    );
    assert_eq!(write("Code 1\r\n", None).unwrap(), "Code 1\r\nFA+9qCX9VSu");
    assert_eq!(write("Code 1", sign).unwrap(), "<#> Code 1\nFA+9qCX9VSu");
    assert_eq!(
        write("<#> Code 1", sign).unwrap(),
        "<#> Code 1\nFA+9qCX9VSu"
    );
    assert_eq!(
        write("Code 1", spaces).unwrap(),
        "\u{200b}\u{200b}Code 1\nFA+9qCX9VSu"
    );
    // A word of eleven letters is not the hash.
    assert_eq!(
        write("1 is for your information", None).unwrap(),
        "1 is for your information\nFA+9qCX9VSu"
    );
}

#[test]
fn what_would_not_be_a_retriever_message_is_not_written() {
    let write = |text, hash| RetrieverMessage::write(text, hash, None, RetrieverLimit::Utf8);
    for hash in [
        "",
        "FA+9qCX9VS",
        "FA+9qCX9VSuu",
        "FA-9qCX9VSu",
        "FA 9qCX9VSu",
        "ééééé1",
    ] {
        assert_eq!(
            write("Code 1", hash),
            Err(RetrieverWriteError::InvalidHash),
            "{hash:?}"
        );
    }
    for text in ["", " \n", "<#> ", "\u{200b}\u{200b}"] {
        assert_eq!(
            write(text, HASH),
            Err(RetrieverWriteError::NoText),
            "{text:?}"
        );
    }
    assert!(matches!(
        write("Code 1 FA+9qCX9VSu\n", HASH),
        Err(RetrieverWriteError::AlreadyThere { at: 7, .. })
    ));
    assert!(matches!(
        write("Code 1\n@example.com #1\n", HASH),
        Err(RetrieverWriteError::OriginBound { at: 7, .. })
    ));
}

#[test]
fn the_first_run_of_four_to_ten_with_a_digit_is_taken() {
    for (text, run) in [
        ("Your code is 747723.", Some("747723")),
        ("747723 is your code", Some("747723")),
        ("G-747723", Some("747723")),
        ("验证码123456，请勿泄露", Some("123456")),
        ("é1234é", Some("1234")),
        ("abc1", Some("abc1")),
        ("1234567890", Some("1234567890")),
        ("Code 12 or 1234 or 5678", Some("1234")),
        ("12345678901 then 4321", Some("4321")),
        ("12345678901", None),
        ("123 456", None),
        ("123-456", None),
        ("12\u{200b}34", None),
        ("123", None),
        ("code", None),
        ("Your code is", None),
        ("${code}", None),
        ("١٢٣٤٥٦", None),
        ("", None),
    ] {
        let found = consent_code(text).map(|range| &text[range]);
        assert_eq!(found, run, "{text:?}");
    }
}

#[test]
fn one_text_can_be_right_for_every_reader_of_the_web() {
    let text = "747723 is your ExampleCo code.\n\n@example.com #747723";
    let bound = OriginBoundCode::parse(text, Dialect::Wicg).unwrap();
    let run = consent_code(bound.explanatory_text()).unwrap();
    assert_eq!(&text[run], bound.code());
}

#[test]
fn long_texts_come_to_their_end() {
    // A quadratic reader would not, in a debug build.
    const BYTES: usize = 192 * 1024;
    for piece in [
        "@",
        "#",
        " ",
        "\n",
        "\r\n",
        "@a",
        "@a ",
        "@a #",
        "@a #1",
        " @a",
        "@a #1 @b ",
        "@a\n",
        "@a #1\n",
        "@a #1\nx\n",
        "1",
        "a1 ",
        "123 ",
        "é",
        HASH,
        " FA+9qCX9VSu",
        "<#>",
        "\u{200b}",
    ] {
        let text = piece.repeat(BYTES / piece.len());
        for dialect in DIALECTS {
            if let Err(error) = OriginBoundCode::parse(&text, dialect) {
                assert!(error.at() <= text.len(), "{piece:?}");
            }
        }
        for limit in [RetrieverLimit::Utf8, RetrieverLimit::Octets] {
            assert!(RetrieverMessage::parse(&text, limit).is_err(), "{piece:?}");
        }
        let run = consent_code(&text);
        assert!(run.is_none_or(|run| run.len() <= 10), "{piece:?}");
    }
    let megabyte = "@".repeat(1 << 20);
    let error = refused(&megabyte);
    assert_eq!(
        (error.problem(), error.at()),
        (OriginBoundProblem::NoCode, megabyte.len())
    );
    let many = "@a #1".to_owned() + &" @b".repeat(BYTES / 3);
    let bound = OriginBoundCode::parse(&many, Dialect::Apple).unwrap();
    assert_eq!(bound.embedded_hosts().count(), BYTES / 3);
    assert!(bound.matches(origin("a"), &[origin("b")]));
}

#[test]
fn debug_shows_no_text() {
    let text = format!("<#> Secretly\n@host.example #482913 @frame.example\n1 {HASH}");
    let (line, _) = text.rsplit_once('\n').unwrap();
    let bound = OriginBoundCode::parse(line, Dialect::Wicg).unwrap();
    let retriever = RetrieverMessage::parse(&text, RetrieverLimit::Utf8).unwrap();
    let shown = format!(
        "{bound:?} {:?} {:?} {retriever:?} {:?} {:?}",
        bound.embedded_hosts(),
        bound.embedded_hosts().next(),
        origin("host.example"),
        OriginBoundCode::append(line, "host.example", "482913", &[], Dialect::Wicg),
    );
    for secret in ["482913", "Secretly", "host.example", "frame", HASH] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("code_bytes: 6"), "{shown}");
    assert!(shown.contains("NumberSign"), "{shown}");
}

#[cfg(feature = "serde")]
#[test]
fn data_says_where_the_parts_stand_and_no_text() {
    let bound = OriginBoundCode::parse("Hi\n@a.example #1 @b.example x", Dialect::Wicg).unwrap();
    assert_eq!(
        serde_json::to_value(bound).unwrap(),
        serde_json::json!({
            "line": { "start": 3, "end": 29 },
            "host": { "start": 4, "end": 13 },
            "code": { "start": 15, "end": 16 },
            "embedded-hosts": [{ "start": 18, "end": 27 }],
            "ignored": { "start": 27, "end": 29 },
        })
    );
    let error = OriginBoundCode::parse("@a.example  #1", Dialect::Wicg).unwrap_err();
    assert_eq!(
        serde_json::to_value(error).unwrap(),
        serde_json::json!({ "problem": "not-one-space", "at": 11, "near-miss": true })
    );
    let text = "<#> 1 FA+9qCX9VSu";
    let message = RetrieverMessage::parse(text, RetrieverLimit::Octets).unwrap();
    assert_eq!(
        serde_json::to_value(message).unwrap(),
        serde_json::json!({ "hash": { "start": 6, "end": 17 }, "prefix": "number-sign" })
    );
    assert_eq!(
        serde_json::from_str::<Dialect>("\"apple\"").unwrap(),
        Dialect::Apple
    );
}

/// The report's algorithm, word by word: over characters, with a position.
fn naive(text: &str) -> Option<(String, String, Option<String>)> {
    fn marked(line: &[char], position: &mut usize, marker: char) -> Option<String> {
        if line.get(*position) != Some(&marker) {
            return None;
        }
        *position += 1;
        let rest = line[*position..].iter();
        let token: String = rest.take_while(|c| !c.is_ascii_whitespace()).collect();
        *position += token.chars().count();
        (!token.is_empty()).then_some(token)
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let line: Vec<char> = text.split('\n').next_back()?.chars().collect();
    let mut position = 0;
    let host = marked(&line, &mut position, '@')?;
    if line.get(position) != Some(&' ') {
        return None;
    }
    position += 1;
    let code = marked(&line, &mut position, '#')?;
    let mut embedded = None;
    if line.get(position) == Some(&' ') {
        position += 1;
        embedded = marked(&line, &mut position, '@');
    }
    Some((host, code, embedded))
}

/// Texts of few characters, so that they come close to a line often.
fn close() -> impl Strategy<Value = String> {
    "([@#%a1é \t\n\r\u{c}]{0,4}[\n\r])?@[a@é]{0,2}[ \t]{0,2}#?[1#é]{0,2}[ @%a\n\t]{0,8}"
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn the_reading_is_that_of_the_report(text in prop_oneof![close(), any::<String>()]) {
        let read = OriginBoundCode::parse(&text, Dialect::Wicg).ok().map(|bound| {
            let embedded = bound.embedded_hosts().next().map(|embedded| embedded.host().to_owned());
            (bound.host().to_owned(), bound.code().to_owned(), embedded)
        });
        prop_assert_eq!(read, naive(&text));
    }

    #[test]
    fn nothing_panics_and_every_place_is_in_the_text(text in prop_oneof![
        close(),
        any::<String>(),
        "(<#>|\u{200b}\u{200b})?[ 1é\n]{0,3}[A-Z+/]{10,12}[ \n]?",
    ]) {
        for dialect in DIALECTS {
            match OriginBoundCode::parse(&text, dialect) {
                Ok(bound) => {
                    prop_assert_eq!(&text[bound.host_range()], bound.host());
                    prop_assert_eq!(&text[bound.code_range()], bound.code());
                    for embedded in bound.embedded_hosts() {
                        prop_assert_eq!(&text[embedded.range()], embedded.host());
                        prop_assert!(text[..embedded.range().start].ends_with(embedded.sigil()));
                    }
                    let line = &text[bound.line_range()];
                    prop_assert!(!line.contains(['\n', '\r']));
                    prop_assert_eq!(bound.explanatory_text().to_owned() + line, text.as_str());
                    prop_assert!(text.is_char_boundary(bound.ignored_range().start));
                    prop_assert_eq!(bound.ignored_range().end, text.len());
                    // The dialects differ in what follows the code.
                    let other = OriginBoundCode::parse(&text, Dialect::Wicg).unwrap();
                    prop_assert_eq!((other.host(), other.code()), (bound.host(), bound.code()));
                }
                Err(error) => prop_assert!(text.is_char_boundary(error.at())),
            }
        }
        for limit in [RetrieverLimit::Utf8, RetrieverLimit::Octets, RetrieverLimit::Unlimited] {
            match RetrieverMessage::parse(&text, limit) {
                Ok(message) => prop_assert_eq!(&text[message.hash_range()], message.hash()),
                Err(RetrieverError::NoHash { at, .. } | RetrieverError::WhiteSpaceAtEnd { at, .. }) => {
                    prop_assert!(text.is_char_boundary(at));
                }
                Err(_) => {}
            }
        }
        if let Some(run) = consent_code(&text) {
            let run = &text[run];
            prop_assert!((4..=10).contains(&run.len()), "{}", run);
            prop_assert!(run.chars().all(|c| c.is_ascii_alphanumeric()), "{}", run);
        }
        if let Ok(origin) = Origin::parse(&text) {
            prop_assert!(text.ends_with(origin.host()));
        }
    }

    #[test]
    fn what_is_written_reads_the_same(
        text in any::<String>(),
        host in "[a-zé0-9.-]{1,12}",
        code in "[^\t\n\u{c}\r ]{1,12}",
        embedded in prop::collection::vec("[a-zé0-9.-]{1,12}", 0..4),
        apple in any::<bool>(),
    ) {
        let dialect = if apple { Dialect::Apple } else { Dialect::Wicg };
        let hosts: Vec<&str> = embedded.iter().map(String::as_str).collect();
        let line = OriginBoundCode::line(&host, &code, &hosts, dialect);
        prop_assert_eq!(line.is_err(), !apple && hosts.len() > 1);
        let Ok(line) = line else { return Ok(()) };
        let written = (host.as_str(), code.as_str(), hosts.clone());
        prop_assert_eq!(parts(&line, dialect), Some(written.clone()));
        match OriginBoundCode::append(&text, &host, &code, &hosts, dialect) {
            Ok(whole) => {
                prop_assert_eq!(parts(&whole, dialect), Some(written));
                prop_assert!(whole.starts_with(&text));
                prop_assert!(whole.ends_with(&line));
                let again = OriginBoundCode::append(&whole, &host, &code, &hosts, dialect);
                prop_assert!(
                    matches!(again, Err(OriginBoundLineError::AlreadyThere { .. })),
                    "{:?}", again
                );
            }
            Err(error) => {
                prop_assert!(
                    matches!(error, OriginBoundLineError::AlreadyThere { .. }),
                    "{}", error
                );
            }
        }
    }

    #[test]
    fn a_written_retriever_message_is_one(
        text in prop_oneof![any::<String>(), "[a-z0-9 \n]{0,150}"],
        hash in "[A-Za-z0-9+/]{11}",
        prefix in prop_oneof![
            Just(None),
            Just(Some(RetrieverPrefix::NumberSign)),
            Just(Some(RetrieverPrefix::ZeroWidthSpaces)),
        ],
        octets in any::<bool>(),
    ) {
        let limit = if octets { RetrieverLimit::Octets } else { RetrieverLimit::Utf8 };
        if let Ok(written) = RetrieverMessage::write(&text, &hash, prefix, limit) {
            let message = RetrieverMessage::parse(&written, limit);
            let message = message.map_err(|error| TestCaseError::fail(error.to_string()))?;
            prop_assert_eq!(message.hash(), hash);
            prop_assert!(prefix.is_none() || message.prefix() == prefix);
            prop_assert!(written.contains(&text));
        }
    }

    #[test]
    fn a_run_is_what_a_search_of_every_range_finds(text in "[a1é -]{0,24}") {
        let alphanumeric = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_alphanumeric);
        let run = (0..text.len()).find_map(|start| {
            (start + 4..=start + 10).map(|end| start..end).find(|range| {
                range.clone().all(alphanumeric)
                    && !alphanumeric(range.end)
                    && (range.start == 0 || !alphanumeric(range.start - 1))
                    && text.as_bytes()[range.clone()].contains(&b'1')
            })
        });
        prop_assert_eq!(consent_code(&text), run);
    }
}
