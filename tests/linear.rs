//! No text is worse than linear. These inputs make a careless splitter quadratic; here they only have to come to their end
//! in a debug build, where a quadratic splitter would not within any patience. Times are measured elsewhere.

use septet::{Cut, Encoding, Message, SegmentOptions};

const CUTS: [Cut; 3] = [Cut::Scalar, Cut::Grapheme, Cut::Word];

/// A piece to repeat, the encoding it makes, and the units it costs.
const INPUTS: [(&str, Encoding, usize); 11] = [
    // One regional indicator after another: which of them pair up is known only from the first of them.
    ("\u{1f1e9}", Encoding::Ucs2, 2),
    // One cluster, however long.
    ("\u{301}", Encoding::Ucs2, 1),
    ("€", Encoding::Gsm7, 2),
    // One word, and all of it a scheme that never becomes a URL.
    ("a", Encoding::Gsm7, 1),
    ("ж", Encoding::Ucs2, 1),
    // One URL.
    ("a://", Encoding::Gsm7, 4),
    // A URL a piece.
    ("a:// ", Encoding::Gsm7, 5),
    // One number.
    ("1.1.1.1.", Encoding::Gsm7, 8),
    // One cluster of emoji.
    ("👩\u{200d}", Encoding::Ucs2, 3),
    // A cluster a piece.
    ("👨\u{200d}👩\u{200d}👧\u{200d}👦", Encoding::Ucs2, 11),
    ("\r\n", Encoding::Gsm7, 2),
];

fn repeated(piece: &str, octets: usize) -> String {
    piece.repeat(octets / piece.len())
}

#[test]
fn long_runs_are_counted_in_linear_time() {
    for (piece, encoding, units) in INPUTS {
        let text = repeated(piece, 192 * 1024);
        for cut in CUTS {
            let message = Message::with_options(&text, SegmentOptions::new().cut(cut));
            assert_eq!(message.encoding(), encoding, "{piece:?} {cut:?}");
            let all = text.len() / piece.len() * units;
            assert_eq!(message.units(), all, "{piece:?} {cut:?}");
            let least = all.div_ceil(message.segment_capacity());
            assert!(message.segment_count() >= least, "{piece:?} {cut:?}");
            assert!(message.segments().is_err(), "{piece:?} {cut:?}");
        }
    }
}

#[test]
fn the_longest_messages_are_cut_in_linear_time() {
    for (piece, encoding, units) in INPUTS {
        // As many pieces as 240 segments hold at worst, a piece less one unit lost at the end of each.
        let capacity = match encoding {
            Encoding::Gsm7 => 153,
            Encoding::Ucs2 => 67,
        };
        let text = piece.repeat(240 * (capacity - units + 1) / units);
        for cut in CUTS {
            let message = Message::with_options(&text, SegmentOptions::new().cut(cut));
            let segments = message.segments().expect("at most 255 segments");
            assert!(segments.len() > 200, "{piece:?} {cut:?}");
            let mut joined = String::with_capacity(text.len());
            joined.extend(segments.map(|segment| segment.text()));
            assert!(joined == text, "{piece:?} {cut:?}");
        }
    }
}

#[cfg(feature = "alloc")]
mod templates {
    use super::repeated;
    use septet::template::{CharacterSet, Profile, Rules, Syntax, Values};

    /// What makes many pieces, many names, many findings, many fixes.
    const PIECES: [&str; 19] = [
        "${",
        "${name}",
        "{{",
        "{{#if a}}",
        "{{#each a}}",
        "{name}",
        "’",
        "\u{200b}",
        "e\u{301}",
        "ж’",
        "https://a",
        "www. ",
        "www.a ${name} ",
        "\r\n",
        "@a #b\n",
        "ß€[",
        "👨\u{200d}👩",
        "{#var#}",
        "%1$s",
    ];

    #[test]
    fn long_texts_are_checked_to_their_end() {
        let values = Values::new()
            .with("code", CharacterSet::DIGITS.exactly(6))
            .with("name", CharacterSet::ANY.up_to(20))
            .with_repeats(2);
        for syntax in [
            Syntax::DollarBrace,
            Syntax::DoubleBrace,
            Syntax::Brace,
            Syntax::Dlt,
        ] {
            let rules = Rules::new()
                .syntax(syntax)
                .profile(Profile::OKTA)
                .values(values.clone())
                .know("name")
                .code("code")
                .origin_bound_host("example.com")
                .retriever_hash("FA+9qCX9VSu");
            for piece in PIECES {
                let text = repeated(piece, 48 * 1024);
                let report = rules.check(&text);
                assert!(report.findings().len() > 1, "{piece:?}");
            }
        }
    }

    #[test]
    fn as_many_placeholders_as_there_are_pieces_are_checked_to_their_end() {
        let text: String = (0..4_000).map(|n| format!("${{a{n}}}{{a{n}}}")).collect();
        let rules = Rules::new()
            .profile(Profile::INDIA_DLT)
            .syntax(Syntax::DollarBrace);
        let report = rules.check(&text);
        // Undeclared and misspelt, each of them.
        assert!(report.findings().len() >= 2 * 4_000);
    }
}
