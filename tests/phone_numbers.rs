//! Numbers from the world's plans: what each is, and who of them may receive a code.
//!
//! The table, `data/numbers.tsv`, says where each answer comes from. `phone_reference.py` compares it,
//! and thousands of other numbers, with another implementation.

#![cfg(feature = "phone")]

use std::collections::{BTreeMap, BTreeSet};

use septet::phone::{Classification, EligibilityPolicy, classify};
use septet::telephony::{Channel, E164, Purpose, PurposeSet, Region};

const TABLE: &str = include_str!("data/numbers.tsv");

const COLUMNS: &str =
    "input\thint\tvalidity\tkind\tregion\te164\textension\tsms\tvoice\treason\tsource";

const KINDS: [&str; 13] = [
    "mobile",
    "fixed-line",
    "fixed-line-or-mobile",
    "toll-free",
    "premium-rate",
    "shared-cost",
    "voip",
    "personal-number",
    "pager",
    "uan",
    "voicemail",
    "short-code",
    "unknown",
];

/// The calling codes whose free and premium prefixes the project's facts list.
const FREE_AND_PREMIUM: [&str; 30] = [
    "1", "7", "27", "31", "33", "34", "39", "41", "44", "46", "48", "49", "52", "55", "61", "62",
    "65", "81", "82", "86", "90", "91", "92", "353", "370", "371", "372", "966", "971", "972",
];

/// The countries and territories that share `+1`.
const NORTH_AMERICA: [&str; 25] = [
    "AG", "AI", "AS", "BB", "BM", "BS", "CA", "DM", "DO", "GD", "GU", "JM", "KN", "KY", "LC", "MP",
    "MS", "PR", "SX", "TC", "TT", "US", "VC", "VG", "VI",
];

/// The networks that have a calling code and no country.
const GLOBAL: [&str; 9] = [
    "800", "808", "870", "878", "881", "882", "883", "888", "979",
];

struct Row {
    line: usize,
    input: String,
    hint: Option<Region>,
    /// The cells as they are written, `validity` to `reason`.
    expected: [&'static str; 8],
    source: &'static str,
}

impl Row {
    fn classification(&self) -> Classification {
        classify(&self.input, self.hint)
    }

    fn kind(&self) -> &'static str {
        self.expected[1]
    }

    fn region(&self) -> Option<&'static str> {
        Some(self.expected[2]).filter(|region| *region != "-")
    }

    /// Whether the number is one of a calling code: `+`, the code, the rest.
    fn has_calling_code(&self, code: &str) -> bool {
        let digits = self.expected[3].strip_prefix('+');
        digits.is_some_and(|digits| digits.starts_with(code))
    }
}

fn rows() -> Vec<Row> {
    let mut lines = TABLE
        .lines()
        .zip(1..)
        .filter(|(text, _)| !text.starts_with('#'));
    assert_eq!(lines.next().map(|(header, _)| header), Some(COLUMNS));
    lines
        .map(|(text, line)| {
            let cells: Vec<&str> = text.split('\t').collect();
            let &[input, hint, ref expected @ .., source] = &*cells else {
                panic!("line {line}: too few cells");
            };
            Row {
                line,
                input: unescaped(input),
                hint: (hint != "-").then(|| hint.parse().expect("a region")),
                expected: expected
                    .try_into()
                    .unwrap_or_else(|_| panic!("line {line}: {} cells", cells.len())),
                source,
            }
        })
        .collect()
}

/// `\t`, `\n`, `\\`, and `\u{200e}` for a character by its number.
fn unescaped(cell: &str) -> String {
    let mut text = String::new();
    let mut rest = cell;
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        let mut characters = escape.chars();
        match characters.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('\\') => text.push('\\'),
            Some('u') => {
                let (number, behind) = escape[2..].split_once('}').expect("a closing brace");
                let number = u32::from_str_radix(number, 16).expect("a number");
                text.push(char::from_u32(number).expect("a character"));
                rest = behind;
                continue;
            }
            _ => panic!("an escape that is not known: {cell}"),
        }
        rest = characters.as_str();
    }
    text + rest
}

/// What the library answers, in the words of the table.
fn answer(number: &Classification) -> [String; 8] {
    let or_none = |cell: Option<&str>| cell.unwrap_or("-").to_owned();
    [
        number.validity().name().to_owned(),
        number.kind().to_string(),
        or_none(number.region().map(Region::code)),
        or_none(number.e164().as_ref().map(E164::as_str)),
        or_none(number.extension()),
        by_default(number, Channel::Sms),
        by_default(number, Channel::Voice),
        or_none(number.validity().fault().map(|fault| fault.name())),
    ]
}

/// `accept` or `reject`, which the default policy says for every purpose alike.
fn by_default(number: &Classification, channel: Channel) -> String {
    let policy = EligibilityPolicy::new();
    let answers = Purpose::ALL.iter().map(|&purpose| {
        if policy.eligibility(number, channel, purpose).is_accepted() {
            "accept"
        } else {
            "reject"
        }
    });
    let distinct: BTreeSet<_> = answers.collect();
    distinct.into_iter().collect::<Vec<_>>().join(" or ")
}

#[test]
fn every_number_is_what_its_plan_says_and_gets_a_code_or_none_by_the_table() {
    let mut disagreements = String::new();
    for row in rows() {
        let answer = answer(&row.classification());
        let columns = COLUMNS.split('\t').skip(2);
        for ((column, expected), answered) in columns.zip(row.expected).zip(answer) {
            if expected != answered {
                disagreements += &format!(
                    "{:>5}  {:<11} {expected:<22} {answered:<22} {:?} ({})\n",
                    row.line, column, row.input, row.source
                );
            }
        }
    }
    assert!(
        disagreements.is_empty(),
        "\n line  column      expected               answered               input\n{disagreements}"
    );
}

#[test]
fn no_free_or_premium_number_ever_gets_a_code() {
    // The most that a policy can take.
    let open = EligibilityPolicy::new()
        .voip(PurposeSet::ALL)
        .personal_numbers(PurposeSet::ALL);
    let policies = [EligibilityPolicy::new(), open];
    let mut numbers = 0;
    for row in rows() {
        if !matches!(row.kind(), "toll-free" | "premium-rate") {
            continue;
        }
        numbers += 1;
        let number = row.classification();
        for policy in &policies {
            for channel in [Channel::Sms, Channel::Voice] {
                for &purpose in Purpose::ALL {
                    assert!(
                        !policy.eligibility(&number, channel, purpose).is_accepted(),
                        "line {}: {channel} for {purpose}",
                        row.line
                    );
                }
            }
        }
    }
    assert!(numbers >= 100, "{numbers} numbers");
}

#[test]
fn the_table_holds_every_kind_and_most_of_the_world() {
    let rows = rows();
    assert!(rows.len() >= 300, "{} rows", rows.len());

    let mut seen = BTreeMap::new();
    for row in &rows {
        let before = seen.insert((&row.input, row.hint), row.line);
        assert_eq!(before, None, "line {} says it again", row.line);
        assert!(!row.source.is_empty(), "line {} has no source", row.line);
    }

    let kinds: BTreeSet<_> = rows.iter().map(Row::kind).collect();
    assert_eq!(kinds, BTreeSet::from(KINDS));

    let regions: BTreeSet<_> = rows.iter().filter_map(Row::region).collect();
    assert!(regions.len() >= 60, "{} regions", regions.len());
    for region in NORTH_AMERICA {
        assert!(regions.contains(region), "{region}");
    }

    let has = |kind: &str, code: &str| {
        let mut rows = rows.iter();
        rows.any(|row| row.kind() == kind && row.has_calling_code(code))
    };
    for code in FREE_AND_PREMIUM {
        assert!(has("toll-free", code), "no free number of +{code}");
        assert!(has("premium-rate", code), "no premium number of +{code}");
    }
    for code in GLOBAL {
        let of_it = |row: &Row| row.region().is_none() && row.has_calling_code(code);
        assert!(rows.iter().any(of_it), "no number of +{code}");
    }
}
