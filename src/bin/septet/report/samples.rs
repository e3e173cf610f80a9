//! Results for the tests of reports, with all in them that a report has to survive.

use core::ops::Range;
use std::sync::Arc;

use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::{collection, sample};
use septet::telephony::Price;
use septet::template::{CharacterSet, Fix, Rules, Severity, Syntax, Values, Verdict};

use crate::lines::Lines;
use crate::results::{
    CountryPrice, FileEdit, FileResult, Found, Held, Mend, Results, TextResult, Totals,
};
use crate::rule::{Rule, SourceLint};
use crate::text::{Decoded, Text};

pub(super) use crate::cases::cases;

/// Strings that mean something to one report or another.
pub(super) const HOSTILE: [&str; 16] = [
    "a|b`c``d`|",
    "</script><img src=x onerror=alert(1)>&amp;",
    "]]><!--",
    "100%0A%25",
    "::error file=x,line=1::y",
    "cr\rlf\ncrlf\r\n::warning::z",
    "\0nul\u{7}bell\u{1b}[31mred",
    "right\u{202E}to left\u{2066}",
    "\u{301}lone mark",
    "*b* _i_ ~s~ [l](http://x.example) ![p](q) <http://x.example>",
    "@octocat #1 :smile: a@b.example www.x.example http://x.example",
    "back\\slash\\|pipe\\",
    "=1+1,\"q\"'",
    "{0} {{x}} ${code} [t](1)",
    "\u{FFFE}\u{FFFF}\u{85}\u{2028}\u{10FFFF}",
    "",
];

/// Any string, with much in it that means something.
pub(super) fn names() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        (0..=0xFF_u8).prop_map(|byte| char::from(byte).to_string()),
    ];
    collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

/// What is about to be in a file.
pub(super) struct Sample<'a> {
    pub(super) key: &'a str,
    pub(super) locale: Option<&'a str>,
    pub(super) text: &'a str,
}

/// How a finding is told from all others: its message holds this.
pub(super) fn marker(number: usize) -> String {
    format!("«{number}»")
}

/// How often each of the markers stands in a report.
pub(super) fn counts(report: &str, findings: usize) -> Vec<usize> {
    let count = |number| report.matches(&marker(number)).count();
    (0..findings).map(count).collect()
}

pub(super) fn findings(results: &Results) -> usize {
    results.files.iter().map(|file| file.findings.len()).sum()
}

pub(super) fn price(region: &str, currency: &str, micros: u64) -> CountryPrice {
    CountryPrice {
        region: region.parse().unwrap(),
        price: Price::from_micros(micros, currency.parse().unwrap()),
    }
}

/// Results without a file.
pub(super) fn nothing() -> Results {
    of(Vec::new())
}

/// Some of everything, under hostile names.
pub(super) fn hostile() -> Results {
    let fancy =
        "It’s “your” code – ${code} – for \u{202E}b: keep it, we’ll never ask you for it, ${who}";
    let mut files: Vec<_> = HOSTILE
        .iter()
        .enumerate()
        .map(|(number, name)| {
            let next = HOSTILE[(number + 1) % HOSTILE.len()];
            let text = format!("{name} {fancy}");
            let samples = [
                Sample {
                    key: name,
                    locale: Some(next),
                    text: &text,
                },
                Sample {
                    key: name,
                    locale: None,
                    text: "Your code is ${code}",
                },
                Sample {
                    key: next,
                    locale: Some("fr"),
                    text: fancy,
                },
            ];
            let mut file = file(&format!("a folder/ü#?{name}:%41.json"), &samples);
            file.findings.insert(0, about_file(name));
            file.texts[1].held = Some(Held::Baseline);
            file.texts[1].costs = None;
            file.texts[2].prices = vec![price("FR", "EUR", 75_900)];
            file.texts[2].before = check("Code: ${code}", 0).0.costs;
            file
        })
        .collect();
    let mut standard = file(
        "-",
        &[Sample {
            key: "from elsewhere",
            locale: Some("de"),
            text: fancy,
        }],
    );
    standard.texts[0].text.origin = Some(("../src/\u{202E} x.c".to_owned(), 7));
    standard.texts[0].text.id = Some("{ \"a\" : 1e2 }".to_owned());
    let behind = standard.source.len();
    standard.findings.push(Found {
        span: behind..behind,
        rule: Rule::Source(SourceLint::UnusedAllow),
        severity: Severity::Warning,
        ..about_file("nothing is excused")
    });
    files.push(standard);
    of(files)
}

/// So many findings of a severity, in one text.
pub(super) fn many(number: usize, severity: Severity) -> Results {
    let sample = Sample {
        key: "key",
        locale: None,
        text: "Your code is ${code}",
    };
    let mut file = file("many.json", &[sample]);
    file.findings = (0..number)
        .map(|_| Found {
            severity,
            text: Some(0),
            ..about_file("one of many")
        })
        .collect();
    of(vec![file])
}

/// A finding in a file with a name, about a text with a key and a locale.
pub(super) fn named(path: &str, key: &str, locale: Option<&str>, message: &str) -> Results {
    let text = "Your code is ${code}";
    let mut file = file(path, &[Sample { key, locale, text }]);
    file.findings = vec![Found {
        text: Some(0),
        ..about_file(message)
    }];
    of(vec![file])
}

fn about_file(message: &str) -> Found {
    Found {
        rule: Rule::Source(SourceLint::UnreadableSource),
        severity: Severity::Error,
        span: 0..1,
        text: None,
        message: message.to_owned(),
        mends: Vec::new(),
        respelling: None,
    }
}

/// Results with their totals, the findings marked.
fn of(mut files: Vec<FileResult>) -> Results {
    let mut totals = Totals {
        files: files.len(),
        allowed: 2,
        ..Totals::default()
    };
    let findings = files.iter_mut().flat_map(|file| &mut file.findings);
    for (number, found) in findings.enumerate() {
        found.message += &format!(" {}", marker(number));
        match found.severity {
            Severity::Error => totals.errors += 1,
            Severity::Warning => totals.warnings += 1,
            Severity::Note => totals.notes += 1,
        }
    }
    for text in files.iter().flat_map(|file| &file.texts) {
        totals.texts += 1;
        totals.held_by_baseline += usize::from(text.held == Some(Held::Baseline));
        match text.costs.map(|costs| costs.worst().segments().get()) {
            Some(Some(segments)) => totals.segments += segments,
            Some(None) => totals.unknown += 1,
            None => {}
        }
    }
    totals.segments_mended = totals.segments;
    Results {
        files,
        totals,
        assumptions: vec!["`${…}` is taken for the syntax of placeholders".to_owned()],
    }
}

/// A file with a text a line, between quotation marks, that is held to one segment.
pub(super) fn file(path: &str, samples: &[Sample<'_>]) -> FileResult {
    let mut source = String::new();
    let mut texts = Vec::new();
    let mut findings = Vec::new();
    for sample in samples {
        let start = source.len();
        source += &format!("\"{}\"\n", sample.text);
        let (mut text, found) = check(sample.text, start + 1);
        let mut decoded = Decoded::default();
        decoded.verbatim(&source, start + 1..source.len() - 2);
        findings.extend(found.into_iter().map(|found| Found {
            text: Some(texts.len()),
            ..found
        }));
        text.key = sample.key.to_owned();
        text.locale = sample.locale.map(str::to_owned);
        text.text.decoded = decoded;
        text.text.literal = start..source.len() - 1;
        texts.push(text);
    }
    FileResult {
        path: path.to_owned(),
        name: path.to_owned(),
        lines: Lines::of(&source),
        source,
        texts,
        findings,
    }
}

/// A text that begins at a byte of its file, and what the library finds in it.
fn check(text: &str, at: usize) -> (TextResult, Vec<Found>) {
    let rules = Rules::new()
        .syntax(Syntax::DollarBrace)
        .values(Values::new().with("code", CharacterSet::DIGITS.exactly(6)))
        .budget(1);
    let report = rules.check(text);
    let place = |span: Range<usize>| at + span.start..at + span.end;
    let mend = |fix: &Fix| Mend {
        edits: fix
            .edits()
            .iter()
            .map(|edit| FileEdit {
                span: place(edit.range()),
                before: text[edit.range()].to_owned(),
                after: edit.replacement().to_owned(),
                written: Some(edit.replacement().to_owned()),
            })
            .collect(),
        safe: fix.is_safe(),
        before: fix.before(),
        after: fix.after(),
    };
    let mends: Vec<_> = report
        .fixes()
        .map(|fix| (fix, Arc::new(mend(fix))))
        .collect();
    let findings = report.findings().map(|finding| Found {
        rule: Rule::Template(finding.lint()),
        severity: finding.severity(),
        span: place(finding.span()),
        text: None,
        message: finding.to_string(),
        mends: report
            .fixes_of(finding)
            .filter_map(|of| mends.iter().find(|(fix, _)| core::ptr::eq(*fix, of)))
            .map(|(_, mend)| Arc::clone(mend))
            .collect(),
        respelling: None,
    });
    let findings = findings.collect();
    let result = TextResult {
        key: String::new(),
        locale: None,
        text: Text {
            path: Vec::new(),
            locale: None,
            is_base: false,
            decoded: Decoded::default(),
            literal: 0..0,
            encode: |text| Some(text.to_owned()),
            origin: None,
            id: None,
        },
        verdict: Verdict::New,
        held: None,
        costs: Some(report.costs()),
        budget: Some(1),
        before: None,
        prices: Vec::new(),
        mends: mends.iter().map(|(_, mend)| Arc::clone(mend)).collect(),
        group: String::new(),
    };
    (result, findings)
}
