//! What the fixes of a template promise, they keep.

#![cfg(feature = "alloc")]

#[path = "support/cases.rs"]
mod cases;

use cases::cases;
use proptest::collection::vec;
use proptest::prelude::*;
use septet::SegmentOptions;
use septet::repair::repairs;
use septet::template::{
    CharacterSet, Costs, Count, Fix, Report, Rules, Syntax, Template, ValueSet, Values,
};

fn a(times: usize) -> String {
    "a".repeat(times)
}

fn rules(values: Values) -> Rules<'static> {
    Rules::new().syntax(Syntax::DollarBrace).values(values)
}

fn any_name(most: u16) -> Values {
    Values::new().with("n", CharacterSet::ANY.up_to(most))
}

/// Worst counts before and after, and the number of edits.
fn offered(report: &Report) -> Vec<(Count, Count, usize)> {
    let fixes = report.fixes();
    fixes
        .map(|fix| {
            let worst = |costs: Costs| costs.worst().segments();
            (worst(fix.before()), worst(fix.after()), fix.edits().len())
        })
        .collect()
}

#[test]
fn a_dearer_worst_is_not_offered_for_a_cheaper_typical() {
    // Three dots for one character: with three emoji the message no longer fits.
    let report = rules(any_name(3)).check(&(a(63) + "…${n}"));
    assert_eq!(offered(&report), []);
    // Without a value that forces UCS-2 they are.
    let gsm7 = Values::new().with("n", CharacterSet::GSM7.up_to(7));
    let report = rules(gsm7).check(&(a(63) + "…${n}"));
    assert_eq!(offered(&report), [(Count::Exact(2), Count::Exact(1), 1)]);
}

#[test]
fn where_a_value_can_force_ucs2_a_fix_still_lowers_the_typical() {
    let report = rules(any_name(4)).check(&(a(70) + "’${n}"));
    let fix = report.fixes().next().expect("a fix");
    assert!(fix.lowers_typical() && fix.lowers_best() && !fix.lowers_worst());
    assert_eq!(
        fix.after().worst().segments(),
        fix.before().worst().segments()
    );
}

#[test]
fn a_fix_that_would_quote_a_placeholder_is_not_offered() {
    let text = a(60) + "‘{n}’ ${n} too long for one message";
    let values = Values::new().with("n", CharacterSet::GSM7.up_to(3));
    let brace = Rules::new().syntax(Syntax::Brace).values(values);
    let report = brace.check(&text);
    for fix in report.fixes() {
        let fixed = fix.apply(&text);
        let template = Template::parse(&fixed, Syntax::Brace).expect("well-formed");
        assert_eq!(template.placeholders().count(), 2, "{fixed}");
    }
}

#[test]
fn a_literal_in_a_loop_is_edited_once() {
    let text = "{{#each l}}It’s {{/each}}";
    let rules = Rules::new()
        .syntax(Syntax::DoubleBrace)
        .values(Values::new().with_repeats(20));
    let report = rules.check(text);
    let fix = report.fixes().next().expect("a fix");
    assert_eq!(
        (fix.edits().len(), fix.apply(text).as_str()),
        (1, "{{#each l}}It's {{/each}}")
    );
}

#[test]
fn a_literal_in_a_loop_can_be_mended_for_the_worst_alone() {
    let text = "{{#each l}}ж\u{200b}{{/each}}";
    let rules = Rules::new()
        .syntax(Syntax::DoubleBrace)
        .values(Values::new().with_repeats(36));
    let report = rules.check(text);
    assert_eq!(offered(&report), [(Count::AtMost(2), Count::AtMost(1), 1)]);
}

#[test]
fn without_placeholders_the_fixes_are_the_repairs_of_the_text() {
    for text in [
        "\u{200b}".to_owned() + &"ж".repeat(64) + &"😀".repeat(34) + "ж\u{200b}",
        a(157) + "…",
        a(158) + "…",
        "ж".repeat(70) + "\u{200b}",
        a(131) + "’’’\u{200b}",
        "½".repeat(71),
    ] {
        let report = rules(Values::new()).check(&text);
        let fixes: Vec<_> = report
            .fixes()
            .map(|fix| (fix.after().worst().segments().get(), fix.apply(&text)))
            .collect();
        let repairs: Vec<_> = repairs(&text, SegmentOptions::new())
            .iter()
            .map(|repair| (Some(repair.segments_after()), repair.apply(&text)))
            .collect();
        assert_eq!(fixes, repairs);
    }
}

fn counts(costs: Costs) -> [Option<usize>; 3] {
    [costs.worst(), costs.typical(), costs.best()].map(|cost| cost.segments().get())
}

#[track_caller]
fn check(fix: &Fix, source: &str, values: &Values) -> Result<(), TestCaseError> {
    let fixed = fix.apply(source);
    let template = Template::parse(&fixed, Syntax::DollarBrace).expect("well-formed");
    let bounds = template.bounds(values).expect("scalar cuts");
    prop_assert_eq!(Costs::of(&bounds), fix.after());
    let (before, after) = (counts(fix.before()), counts(fix.after()));
    prop_assert!(
        after
            .iter()
            .zip(&before)
            .all(|(after, before)| after <= before)
    );
    prop_assert!(after != before);
    let lowers = [fix.lowers_worst(), fix.lowers_typical(), fix.lowers_best()];
    let lower = [0, 1, 2].map(|which| after[which] < before[which]);
    prop_assert_eq!(lowers, lower);
    Ok(())
}

fn source() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => proptest::sample::select(vec!["’", "“", "…", "\u{200b}", "e\u{301}", "ç", "½", "–", "©", "\u{a0}"])
            .prop_map(str::to_owned),
        1 => proptest::sample::select(vec!["ж", "😀"]).prop_map(str::to_owned),
        4 => (1_usize..90).prop_map(a),
        2 => proptest::sample::select(vec!["${n}", "${m}"]).prop_map(str::to_owned),
    ];
    vec(part, 1..9).prop_map(|parts| parts.concat())
}

fn set() -> impl Strategy<Value = ValueSet> {
    prop_oneof![
        (0_u16..40).prop_map(|most| CharacterSet::GSM7.up_to(most)),
        (0_u16..40).prop_map(|most| CharacterSet::ANY.up_to(most)),
        Just(ValueSet::list(["Ana", "Łukasz", "👋"]).expect("not empty")),
    ]
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn each_fix_gives_the_costs_it_promised_and_raises_none(source in source(), n in set(), m in set()) {
        let values = Values::new().with("n", n).with("m", m);
        let report = rules(values.clone()).check(&source);
        for fix in report.fixes() {
            check(fix, &source, &values)?;
        }
        let fixes: Vec<&Fix> = report.fixes().collect();
        let price = |fix: &Fix| (fix.edits().iter().filter(|edit| !edit.is_safe()).count(), fix.edits().len());
        for (number, fix) in fixes.iter().enumerate() {
            for other in &fixes[..number] {
                let (this, other) = ((counts(fix.after()), price(fix)), (counts(other.after()), price(other)));
                let no_dearer = other.0.iter().zip(&this.0).all(|(other, this)| other <= this);
                let no_more = other.1.0 <= this.1.0 && other.1.1 <= this.1.1;
                prop_assert!(!(no_dearer && no_more), "beaten by one before it");
            }
        }
    }

    #[test]
    fn no_text_makes_a_check_panic(
        parts in vec(proptest::sample::select(vec![
            "${", "}", "code", "{{", "}}", "{", "#each", "/each", "#if x", "/if", "%", "s", "%1$s", "@@", ":x", "'",
            "’", "\u{200b}", "@example.com #1", "\n", "\r\n", "https://", "www.", " ", "👨‍👩‍👧", "e\u{301}", "[", "€",
            "x, plural, other {", "【", "】", "<#>", "FA+9qCX9VSu", "{####}", "{#var#}", "a", "ж", "\u{b}",
        ]), 0..40),
        syntax in proptest::sample::select(Syntax::ALL.to_vec()),
        detect: bool, okta: bool, long in 0_usize..200,
    ) {
        let text = parts.concat() + &a(long);
        let mut rules = Rules::new().code("code").brand("b").origin_bound_host("example.com").retriever_hash("FA+9qCX9VSu");
        if !detect {
            rules = rules.syntax(syntax);
        }
        if okta {
            rules = rules.values(Values::new().with("code", CharacterSet::DIGITS.exactly(6)).with_repeats(3));
        }
        for profile in septet::template::Profile::ALL {
            let report = rules.clone().profile(profile.clone()).check(&text);
            for finding in report.findings() {
                let span = finding.span();
                prop_assert!(text.get(span).is_some(), "{finding}");
                prop_assert!(!finding.to_string().is_empty());
                prop_assert!(report.fixes_of(finding).count() <= report.fixes().len());
            }
        }
    }
}
