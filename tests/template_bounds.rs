//! Bounds of templates: the known answers, and brute force over all values.

#![cfg(feature = "alloc")]

#[path = "support/cases.rs"]
mod cases;

use septet::template::{
    Bounds, CharacterSet, Count, Extreme, NoHeadroom, Syntax, Template, ValueSet, Values,
};
use septet::{Cut, Encoding, Message, SegmentOptions};

fn list<const N: usize>(values: [&str; N]) -> ValueSet {
    ValueSet::list(values).expect("not empty")
}

fn a(times: usize) -> String {
    "a".repeat(times)
}

fn zh(times: usize) -> String {
    "ж".repeat(times)
}

fn values<const N: usize>(sets: [(&str, ValueSet); N]) -> Values {
    sets.into_iter()
        .fold(Values::new(), |values, (name, set)| values.with(name, set))
}

/// Parses with `{{x}}`, computes, and hands the bounds to a test.
#[track_caller]
fn with_bounds(template: &str, values: &Values, test: impl FnOnce(&Bounds<'_>)) {
    with_options(template, values, SegmentOptions::new(), test);
}

#[track_caller]
fn with_options(
    template: &str,
    values: &Values,
    options: SegmentOptions<'static>,
    test: impl FnOnce(&Bounds<'_>),
) {
    let template = Template::parse(template, Syntax::DoubleBrace).expect("well-formed");
    test(
        &template
            .bounds_with_options(values, options)
            .expect("neutral values"),
    );
}

/// An exact count, shown by its witness.
#[track_caller]
fn reached(extreme: Extreme<'_>, options: SegmentOptions<'static>) -> (usize, usize) {
    let witness = extreme.witness().expect("a witness").to_string();
    let message = Message::with_options(&witness, options);
    assert_eq!(extreme.segments(), Count::Exact(message.segment_count()));
    assert_eq!(extreme.encoding(), Some(message.encoding()));
    assert_eq!(extreme.units(), Some(message.units()));
    (message.segment_count(), message.units())
}

#[track_caller]
fn worst(template: &str, values: &Values) -> (usize, usize) {
    let mut result = (0, 0);
    with_bounds(template, values, |bounds| {
        result = reached(bounds.worst(), SegmentOptions::new());
    });
    result
}

#[track_caller]
fn best(template: &str, values: &Values) -> (usize, usize) {
    let mut result = (0, 0);
    with_bounds(template, values, |bounds| {
        result = reached(bounds.best(), SegmentOptions::new());
    });
    result
}

#[test]
fn a_longer_value_can_need_fewer_segments() {
    let template = a(152) + "{{x}}" + &a(152);
    let x = values([("x", list([&"€".repeat(77), &a(155)]))]);
    assert_eq!(worst(&template, &x), (4, 458));
    assert_eq!(best(&template, &x), (3, 459));

    let template = zh(66) + "{{x}}" + &zh(66);
    let x = values([("x", list([&"😀".repeat(34), &zh(69)]))]);
    assert_eq!(worst(&template, &x), (4, 200));
    assert_eq!(best(&template, &x), (3, 201));
}

#[test]
fn where_the_layout_ties_the_units_decide() {
    let x = values([("x", list(["€aaaaaa", &a(9)]))]);
    assert_eq!(worst(&(a(152) + "{{x}}"), &x).0, 2);
    assert_eq!(best(&(a(152) + "{{x}}"), &x).0, 1);
}

#[test]
fn which_of_two_values_is_longer_depends_on_what_follows() {
    let of = |pair: [&str; 2], template: &str, value: &str| {
        let x = values([("x", list([value]))]);
        assert!(pair.contains(&value));
        worst(template, &x).0
    };
    let pair = ["€a", "a€"];
    let behind_151 = a(151) + "{{x}}" + &a(152);
    assert_eq!(of(pair, &behind_151, "€a"), 2);
    assert_eq!(of(pair, &behind_151, "a€"), 3);
    let behind_152 = a(152) + "{{x}}" + &a(151);
    assert_eq!(of(pair, &behind_152, "€a"), 3);
    assert_eq!(of(pair, &behind_152, "a€"), 2);
    let both = values([("x", list(pair))]);
    assert_eq!(worst(&behind_151, &both).0, 3);
    assert_eq!(best(&behind_151, &both).0, 2);
}

#[test]
fn a_repeated_placeholder_has_the_same_value_each_time() {
    let template = a(152) + "{{x}}" + &a(148) + "{{x}}" + &a(152);
    let x = values([("x", list(["€a", "a€"]))]);
    assert_eq!(worst(&template, &x).0, 3);

    let template = a(151) + "{{x}}" + &a(149) + "{{x}}" + &a(150);
    let x = values([("x", list(["€€", "a€a"]))]);
    assert_eq!(worst(&template, &x).0, 3);
}

#[test]
fn the_longest_value_need_not_be_the_one_that_forces_ucs2() {
    let x = values([("x", list([&zh(2), &a(150)]))]);
    assert_eq!(worst("Hi {{x}}", &x).0, 1);

    let x = values([("x", list(["ж", &a(200)]))]);
    with_bounds("{{x}}", &x, |bounds| {
        let options = SegmentOptions::new();
        assert_eq!(bounds.best().encoding(), Some(Encoding::Ucs2));
        assert_eq!(reached(bounds.best(), options).0, 1);
        assert_eq!(bounds.worst().encoding(), Some(Encoding::Gsm7));
        assert_eq!(reached(bounds.worst(), options).0, 2);
    });
}

#[test]
fn the_placeholder_that_forces_ucs2_most_cheaply_is_found() {
    let short = || CharacterSet::BMP.up_to(5);
    let xy = values([("x", short()), ("y", short())]);
    with_bounds(&(a(69) + "{{x}}{{y}}{{x}}"), &xy, |bounds| {
        let least = bounds.best_in(Encoding::Ucs2).expect("possible");
        assert_eq!(reached(least, SegmentOptions::new()).0, 1);
        let witness = least.witness().expect("a witness");
        assert_eq!(witness.value("x").as_deref(), Some(""));
    });

    let template = a(66) + "{{j}}" + &a(64) + "{{j}}{{i}}" + &a(66);
    let ij = values([("j", list(["", "😀"])), ("i", list(["", &zh(5)]))]);
    with_bounds(&template, &ij, |bounds| {
        let least = bounds.best_in(Encoding::Ucs2).expect("possible");
        assert_eq!(reached(least, SegmentOptions::new()), (3, 201));
        assert_eq!(
            least.witness().and_then(|w| w.value("j")).as_deref(),
            Some("")
        );
    });
}

#[test]
fn the_character_that_forces_ucs2_stands_where_it_leaves_no_gap() {
    let pair = || CharacterSet::given("a😀").expect("two").exactly(2);
    let x = values([("x", pair())]);
    // An emoji first would not fit the 67th unit: "a😀" fills two segments to the end.
    with_bounds(&(a(66) + "{{x}}" + &a(65)), &x, |bounds| {
        let least = bounds.best_in(Encoding::Ucs2).expect("possible");
        assert_eq!(reached(least, SegmentOptions::new()), (2, 134));
        assert_eq!(
            least.witness().and_then(|w| w.value("x")).as_deref(),
            Some("a😀")
        );
    });
    // The same value at two places: first in it would leave a gap at one, last at the other.
    let three = CharacterSet::given("a😀").expect("two").exactly(3);
    let x = values([("x", three)]);
    with_bounds(
        &(a(66) + "{{x}}" + &a(62) + "{{x}}" + &a(65)),
        &x,
        |bounds| {
            let least = bounds.best_in(Encoding::Ucs2).expect("possible");
            assert_eq!(reached(least, SegmentOptions::new()), (3, 201));
        },
    );
}

#[test]
fn pairs_leave_gaps_in_the_worst_case_too() {
    let n = values([("n", CharacterSet::ANY.exactly(34))]);
    assert_eq!(worst(&("{{n}}".to_owned() + &a(66)), &n), (3, 134));
}

#[test]
fn cliffs_are_where_a_longer_value_costs_more() {
    let cliffs = |template: &str, most: u16| {
        let n = values([("n", CharacterSet::ANY.up_to(most))]);
        let mut found = Vec::new();
        with_bounds(template, &n, |bounds| {
            let headroom = bounds.headroom("n").expect("characters");
            found = headroom
                .cliffs()
                .map(|cliff| (cliff.length(), cliff.before(), cliff.segments()))
                .collect();
            for length in 1..=most {
                let before = headroom.segments(length - 1).expect("declared");
                let here = headroom.segments(length).expect("declared");
                let found = found.contains(&(length, before, here));
                assert_eq!(found, here > before, "{length}");
            }
        });
        found
    };
    assert_eq!(cliffs(&(a(100) + "{{n}}"), 30), [(1, 1, 2), (18, 2, 3)]);
    assert_eq!(cliffs(&(a(140) + "{{n}}"), 1), [(1, 1, 3)]);
    let n = values([("n", CharacterSet::ANY.up_to(30))]);
    with_bounds(&(a(100) + "{{n}}"), &n, |bounds| {
        let headroom = bounds.headroom("n").expect("characters");
        assert_eq!(headroom.within_in(Encoding::Gsm7, 1), Some(30));
        assert_eq!(headroom.within(1), Some(0));
        assert_eq!(headroom.within(0), None);
    });
}

#[test]
fn word_cuts_have_the_bounds_of_scalar_cuts() {
    let words = SegmentOptions::new().cut(Cut::Word);
    let x = values([("x", list([&"€".repeat(77), &a(155)]))]);
    with_options(&(a(152) + "{{x}}" + &a(152)), &x, words, |bounds| {
        assert_eq!(reached(bounds.worst(), words).0, 4);
    });
}

#[test]
fn with_whole_clusters_values_that_join_are_refused_and_named() {
    let clusters = SegmentOptions::new().cut(Cut::Grapheme);
    let rows = [
        (zh(64) + "🇩{{x}}🇪" + &zh(64), list(["", "1"])),
        (zh(66) + "e{{x}}" + &zh(66), list(["a", "\u{301}"])),
        (
            zh(65) + "{{x}}\u{fe0f}\u{20e3}" + &zh(65),
            CharacterSet::DIGITS.exactly(1),
        ),
        (a(152) + "{{x}}\n" + &a(152), list(["\r", "b"])),
        ("{{x}}".to_owned(), CharacterSet::ANY.up_to(3)),
    ];
    for (template, set) in rows {
        let x = values([("x", set)]);
        let template = Template::parse(&template, Syntax::DoubleBrace).expect("well-formed");
        let error = template.bounds_with_options(&x, clusters).unwrap_err();
        assert_eq!(error.placeholder(), Some("x"));
        assert_eq!(&template.source()[error.span()], "{{x}}");
    }
}

#[test]
fn with_whole_clusters_neutral_values_are_counted_exactly() {
    let clusters = SegmentOptions::new().cut(Cut::Grapheme);
    let x = values([("x", CharacterSet::DIGITS.up_to(3))]);
    let template = zh(60) + "{{x}} 👨‍👩‍👧‍👦 " + &zh(60);
    with_options(&template, &x, clusters, |bounds| {
        let worst = reached(bounds.worst(), clusters).0;
        let counted = (0..=3).map(|digits| {
            let text = template.replace("{{x}}", &"0".repeat(digits));
            Message::with_options(&text, clusters).segment_count()
        });
        assert_eq!(Some(worst), counted.max());
    });
}

#[test]
fn what_is_not_declared_has_no_bound_from_above() {
    let code = values([("code", CharacterSet::DIGITS.exactly(6))]);
    with_bounds("Hi {{name}}, {{code}}", &code, |bounds| {
        assert_eq!(bounds.worst().segments(), Count::Unknown);
        assert!(bounds.worst().witness().is_none());
        assert_eq!(bounds.best().segments(), Count::AtLeast(1));
        assert_eq!(bounds.typical().segments(), Count::Exact(1));
        assert_eq!(bounds.typical().units(), Some(3 + 12 + 2 + 6));
        assert_eq!(bounds.headroom("code").unwrap_err(), NoHeadroom::Unbounded);
        assert_eq!(bounds.headroom("name").unwrap_err(), NoHeadroom::Unbounded);
        assert_eq!(
            bounds.headroom("other").unwrap_err(),
            NoHeadroom::UnknownPlaceholder
        );
    });
    // An encoding that the literals rule out stays ruled out.
    with_bounds("ж {{name}}", &Values::new(), |bounds| {
        assert!(bounds.worst_in(Encoding::Gsm7).is_none());
        let worst = bounds.worst_in(Encoding::Ucs2).expect("possible");
        assert_eq!(worst.segments(), Count::Unknown);
    });
}

#[test]
fn a_loop_without_limit_has_no_bound_from_above() {
    let template = "{{#each l}}ab{{/each}}c";
    with_bounds(template, &Values::new(), |bounds| {
        assert_eq!(bounds.worst().segments(), Count::Unknown);
        assert_eq!(bounds.best().segments(), Count::AtLeast(1));
    });
    with_bounds(template, &Values::new().with_repeats(80), |bounds| {
        assert_eq!(bounds.worst().segments(), Count::AtMost(2)); // 161 septets
        let witness = bounds
            .worst()
            .witness()
            .expect("of those turns")
            .to_string();
        assert_eq!(witness, "ab".repeat(80) + "c");
    });
    with_bounds(template, &Values::new().with_repeats(0), |bounds| {
        assert_eq!(bounds.worst().segments(), Count::AtMost(1));
    });
    // Loops in loops in loops are given up, not walked for years.
    let nested = "{{#each l}}".repeat(6) + "ab" + &"{{/each}}".repeat(6);
    with_bounds(&nested, &Values::new().with_repeats(u32::MAX), |bounds| {
        assert_eq!(bounds.worst().segments(), Count::Unknown);
    });
}

#[test]
fn typical_values_are_the_declared_ones() {
    let names = values([
        ("name", CharacterSet::ANY.up_to(30).typical("Zoë")),
        ("city", list(["Oslo", "Zürich"])),
        ("code", CharacterSet::DIGITS.exactly(6)),
        (
            "word",
            CharacterSet::given("ж")
                .expect("one")
                .between(2, 4)
                .expect("in order"),
        ),
    ]);
    with_bounds("{{name}}|{{city}}|{{code}}|{{word}}", &names, |bounds| {
        let witness = bounds.typical().witness().expect("always");
        assert_eq!(witness.to_string(), "Zoë|Oslo|000000|жжжж");
        assert_eq!(bounds.typical().encoding(), Some(Encoding::Ucs2));
    });
}

/// Lists that no one value of which is longest wherever it stands.
fn undecided(values: usize) -> ValueSet {
    let value = |n: usize| "a".repeat(n) + "€" + &"a".repeat(values - n);
    ValueSet::list((0..values).map(value)).expect("not empty")
}

#[test]
fn too_many_combinations_give_a_bound_that_does_not_claim_to_be_exact() {
    let template = |names: usize| -> String {
        let text = (0..names).map(|n| format!("{{{{x{n}}}}}{}{{{{x{n}}}}}{}", a(n * 7), a(40)));
        text.collect()
    };
    let declare = |names: usize, of: usize| {
        (0..names).fold(Values::new(), |values, n| {
            values.with(&format!("x{n}"), undecided(of))
        })
    };
    // 16³ = 4,096 are tried.
    with_bounds(&template(3), &declare(3, 16), |bounds| {
        assert!(bounds.worst().segments().is_exact());
    });
    // 20⁶ are not. Whatever is claimed holds for values at random.
    let values = declare(6, 20);
    with_bounds(&template(6), &values, |bounds| {
        let worst = bounds.worst();
        match worst.segments() {
            Count::Exact(_) => assert!(worst.witness().is_some()),
            Count::AtMost(_) => assert!(worst.witness().is_none()),
            other => panic!("{other}"),
        }
        let (best, worst) = (bounds.best().segments().get(), worst.segments().get());
        for seed in 0..500_usize {
            let mut text = template(6);
            for n in 0..6 {
                let name = format!("x{n}");
                let set = values.get(&name).expect("declared");
                let value = set
                    .values()
                    .nth((seed * 7 + n * seed) % 20)
                    .expect("20 of them");
                text = text.replace(&format!("{{{{{name}}}}}"), value);
            }
            let count = Some(Message::new(&text).segment_count());
            assert!(best <= count && count <= worst);
        }
    });
}

#[test]
fn of_a_choice_the_dearest_and_the_cheapest_arm_count() {
    let source = "{n, plural, one {# item} other {# items and €}}, {n}";
    let template = Template::parse(source, Syntax::Brace).expect("well-formed");
    let n = values([("n", CharacterSet::DIGITS.between(1, 3).expect("in order"))]);
    let bounds = template.bounds(&n).expect("scalar cuts");
    // Which arm goes with which number is not known.
    assert_eq!(bounds.best().segments(), Count::AtLeast(1));
    assert_eq!(bounds.best().units(), Some(1 + 5 + 2 + 1));
    assert_eq!(bounds.worst().segments(), Count::AtMost(1));
    assert_eq!(bounds.worst().units(), Some(3 + 12 + 1 + 2 + 3));
    let witness = bounds.worst().witness().expect("of those arms");
    assert_eq!(witness.to_string(), "000 items and €, 000");
    // One arm is always taken, unless there is none for all others.
    let branch = Template::parse("{{#if n}}ab{{/if}}", Syntax::DoubleBrace).expect("well-formed");
    assert_eq!(
        branch.bounds(&n).expect("scalar cuts").best().units(),
        Some(0)
    );
}

#[test]
fn escapes_are_counted_as_what_they_become() {
    let rows = [
        ("100 %% of %s", Syntax::Printf, "100 % of "),
        ("it''s '{'{x}'}'", Syntax::Brace, "it's {}"),
        (r"\{{no}} {{x}}", Syntax::DoubleBrace, "{{no}} "),
        ("%%{ $${x}", Syntax::DollarDollarBrace, "%{ "),
    ];
    for (source, syntax, expected) in rows {
        let template = Template::parse(source, syntax).expect("well-formed");
        let name = template.names()[0];
        let empty = Values::new().with(name, list([""]));
        let bounds = template.bounds(&empty).expect("scalar cuts");
        let witness = bounds.worst().witness().expect("known");
        assert_eq!(witness.to_string(), expected);
        assert_eq!(bounds.worst().units(), Some(Message::new(expected).units()));
    }
}

#[test]
fn clusters_go_across_comments_and_escapes() {
    let clusters = SegmentOptions::new().cut(Cut::Grapheme);
    let row = |source: &str, syntax| {
        let template = Template::parse(source, syntax).expect("well-formed");
        let none = Values::new();
        let bounds = template
            .bounds_with_options(&none, clusters)
            .expect("no placeholders");
        reached(bounds.worst(), clusters).0
    };
    let split = zh(66) + "e{{! c }}\u{301}" + &zh(66);
    assert_eq!(row(&split, Syntax::DoubleBrace), 3);
    let escaped = a(69) + "%%’";
    assert_eq!(row(&escaped, Syntax::PercentBrace), 2);
}

#[test]
fn values_that_agree_nowhere_are_not_called_exact() {
    // 2¹³ combinations are more than are tried. Each place on its own would say one segment more than
    // any value of x gives, which is the same at both places.
    let pair = || list(["€a", "a€"]);
    let names: Vec<String> = (0..12).map(|n| format!("y{n}")).collect();
    let declared = names.iter().fold(values([("x", pair())]), |values, name| {
        values.with(name, pair())
    });
    let tail: String = names
        .iter()
        .map(|name| format!("{{{{{name}}}}}{{{{{name}}}}}"))
        .collect();
    let mut inexact = 0;
    for padding in [0, 76, 77, 78, 79, 80, 81, 82, 83] {
        let source = a(152) + "{{x}}" + &a(148) + "{{x}}" + &a(152) + &a(padding) + &tail;
        with_bounds(&source, &declared, |bounds| {
            // Where the pairs of the tail fall the other way round decides at most one unit each.
            let most = ["€a", "a€"].map(|x| {
                let plain = source.replace("{{x}}", x);
                let ends = ["€a", "a€"].map(|y| {
                    let text = names.iter().fold(plain.clone(), |text, name| {
                        text.replace(&format!("{{{{{name}}}}}"), y)
                    });
                    Message::new(&text).segment_count()
                });
                ends[0].max(ends[1])
            });
            let known = most[0].max(most[1]);
            match bounds.worst().segments() {
                Count::Exact(worst) => {
                    assert!(worst >= known);
                    assert_eq!(reached(bounds.worst(), SegmentOptions::new()).0, worst);
                }
                Count::AtMost(worst) => {
                    inexact += 1;
                    assert!(worst >= known && bounds.worst().witness().is_none());
                }
                other => panic!("{other}"),
            }
        });
    }
    assert!(inexact > 0, "some bound is not reached");
}

#[test]
fn the_longest_message_may_be_the_one_in_gsm7() {
    let lists = values([
        ("n", CharacterSet::DIGITS.up_to(2)),
        ("y", list(["ж", &a(200)])),
    ]);
    with_bounds("{{n}}{{y}}", &lists, |bounds| {
        let headroom = bounds.headroom("n").expect("characters");
        assert_eq!((headroom.segments(0), headroom.within(1)), (Some(2), None));
    });
}

#[test]
fn indias_variables_are_each_another_one() {
    let lists = Values::new().with("var", list(["€a", "a€"]));
    let source = a(152) + "{#var#}" + &a(148) + "{#var#}" + &a(152);
    let template = Template::parse(&source, Syntax::Dlt).expect("well-formed");
    let bounds = template.bounds(&lists).expect("scalar cuts");
    // With one value at both places it would be 3.
    assert_eq!(reached(bounds.worst(), SegmentOptions::new()).0, 4);
}

#[test]
fn a_bound_is_not_linear_in_the_lengths_declared() {
    // 65,535 characters at each of 20,000 places, and a megabyte of them.
    let template = "{{x}} and {{y}} ".repeat(10_000);
    let xy = values([
        ("x", CharacterSet::ANY.up_to(u16::MAX)),
        ("y", CharacterSet::GSM7.exactly(u16::MAX)),
    ]);
    with_bounds(&template, &xy, |bounds| {
        let units = bounds.worst().units().expect("known");
        assert_eq!(units, 10_000 * (3 * 65_535 + 6));
        assert!(bounds.headroom("x").is_ok());
        // Over a gigabyte: it is not written out to be counted.
        assert_eq!(bounds.typical().segments(), Count::Unknown);
        assert!(bounds.typical().witness().is_none());
        let worst = bounds.worst().witness().expect("known");
        assert_eq!(worst.bytes(), 10_000 * (4 * 65_535 + 65_535 + 6));
    });
}

#[test]
fn nothing_shows_the_texts_of_templates_and_values() {
    let secret = values([("x", list(["s3cret"]).typical("s3cret"))]);
    with_bounds("s3cret {{x}}", &secret, |bounds| {
        let shown = format!(
            "{bounds:?} {:?} {:?} {secret:?}",
            bounds.worst(),
            bounds.worst().witness()
        );
        assert!(!shown.contains("s3cret"), "{shown}");
    });
}

mod brute_force {
    //! All values of small sets, counted one by one.

    use super::cases::cases;
    use proptest::collection::vec;
    use proptest::prelude::*;
    use septet::template::{
        Bounds, CharacterSet, Count, Extreme, Syntax, Template, ValueSet, Values,
    };
    use septet::{
        Concatenation, Encoding, HeaderElements, InformationElement, Message, NationalLanguage,
        NationalTables, SegmentOptions,
    };

    /// A set, as declared and as all its values. Of the sets with many characters some stand for all,
    /// as a unit test shows.
    #[derive(Clone, Debug)]
    struct Set {
        declared: ValueSet,
        all: Vec<String>,
        /// Of characters, not a list.
        lengths: Option<(u16, u16)>,
    }

    fn of_characters(characters: &str, set: CharacterSet, least: u16, most: u16) -> Set {
        let mut all = Vec::new();
        let mut of_length = vec![String::new()];
        for length in 0..=most {
            if length >= least {
                all.extend(of_length.iter().cloned());
            }
            of_length = of_length
                .iter()
                .flat_map(|value| {
                    characters
                        .chars()
                        .map(move |c| value.clone() + &c.to_string())
                })
                .collect();
        }
        Set {
            declared: set.between(least, most).expect("in order"),
            all,
            lengths: Some((least, most)),
        }
    }

    fn character_set() -> impl Strategy<Value = Set> {
        let sets = prop_oneof![
            Just(("0", CharacterSet::DIGITS)),
            Just(("x", CharacterSet::ASCII_ALPHANUMERIC)),
            Just(("x", CharacterSet::GSM7_BASIC)),
            Just(("x€", CharacterSet::GSM7)),
            Just(("x€ж", CharacterSet::BMP)),
            Just(("x€ж😀", CharacterSet::ANY)),
            proptest::sample::select(vec![
                "a", "€", "ж", "😀", "a😀", "€😀", "aж", "€ж", "a€", "ж😀", "ığ"
            ])
            .prop_map(|given| (given, CharacterSet::given(given).expect("not empty"))),
        ];
        (sets, 0_u16..3, 0_u16..3).prop_map(|((characters, set), least, more)| {
            let most = (least + more).min(if characters.chars().count() > 2 { 2 } else { 3 });
            of_characters(characters, set, least.min(most), most)
        })
    }

    fn text(most: usize) -> impl Strategy<Value = String> {
        let character = proptest::sample::select(vec!['a', 'a', 'a', '€', 'ж', '😀', 'ğ']);
        let plain = proptest::sample::select(vec!['a', 'a', 'a', '€']);
        prop_oneof![
            2 => vec(plain, 0..most).prop_map(String::from_iter),
            1 => vec(character, 0..most).prop_map(String::from_iter),
        ]
    }

    fn list() -> impl Strategy<Value = Set> {
        vec(text(6), 1..5).prop_map(|values| Set {
            declared: ValueSet::list(values.clone()).expect("not empty"),
            all: values,
            lengths: None,
        })
    }

    fn set() -> impl Strategy<Value = Set> {
        prop_oneof![character_set(), list()]
    }

    #[derive(Clone, Debug)]
    enum Part {
        Text(String),
        Value(usize),
        Branch(Vec<Vec<Part>>, bool),
        Loop(Vec<Part>),
    }

    const NAMES: [&str; 3] = ["x", "y", "z"];

    fn parts(longest: usize) -> impl Strategy<Value = Vec<Part>> {
        let part = prop_oneof![
            text(longest).prop_map(Part::Text),
            (0_usize..NAMES.len()).prop_map(Part::Value),
        ];
        vec(part, 0..7)
    }

    fn branching() -> impl Strategy<Value = Vec<Part>> {
        let part = prop_oneof![
            text(6).prop_map(Part::Text),
            (0_usize..NAMES.len()).prop_map(Part::Value),
        ];
        let part = part.prop_recursive(2, 8, 3, |inner| {
            prop_oneof![
                (vec(vec(inner.clone(), 0..3), 1..3), any::<bool>())
                    .prop_map(|(arms, exhaustive)| Part::Branch(arms, exhaustive)),
                vec(inner, 0..3).prop_map(Part::Loop),
            ]
        });
        vec(part, 0..4)
    }

    fn source(parts: &[Part]) -> String {
        let one = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Value(name) => format!("{{{{{}}}}}", NAMES[*name]),
            Part::Branch(arms, exhaustive) => {
                let arms: Vec<String> = arms.iter().map(|arm| source(arm)).collect();
                let mut arms = arms.join("{{else if b}}");
                if *exhaustive {
                    arms += "{{else}}";
                }
                format!("{{{{#if b}}}}{arms}{{{{/if}}}}")
            }
            Part::Loop(body) => format!("{{{{#each l}}}}{}{{{{/each}}}}", source(body)),
        };
        parts.iter().map(one).collect()
    }

    /// Every text that the parts can become with these values: each arm, up to `repeats` turns.
    fn renderings(parts: &[Part], values: &[&str], repeats: u32, out: &mut Vec<String>) {
        for part in parts {
            let mut next = Vec::new();
            match part {
                Part::Text(text) => next.push(text.clone()),
                Part::Value(name) => next.push(values[*name].to_owned()),
                Part::Branch(arms, exhaustive) => {
                    for arm in arms {
                        let mut texts = vec![String::new()];
                        renderings(arm, values, repeats, &mut texts);
                        next.extend(texts);
                    }
                    // `{{else}}` without anything behind it is nothing, as is no arm at all.
                    let _ = exhaustive;
                    next.push(String::new());
                }
                Part::Loop(body) => {
                    let mut turns = vec![String::new()];
                    next.push(String::new());
                    for _ in 0..repeats {
                        renderings(body, values, repeats, &mut turns);
                        next.extend(turns.iter().cloned());
                    }
                }
            }
            next.sort();
            next.dedup();
            *out = out
                .iter()
                .flat_map(|text| next.iter().map(move |next| text.clone() + next))
                .collect();
        }
    }

    fn options(elements: Option<&HeaderElements>, bits16: bool) -> SegmentOptions<'_> {
        let options = SegmentOptions::new().concatenation(if bits16 {
            Concatenation::Bits16
        } else {
            Concatenation::Bits8
        });
        match elements {
            Some(elements) => options.header_elements(elements),
            None => options,
        }
    }

    /// Header elements that leave few units, so that small texts meet many boundaries.
    fn small(octets: usize) -> HeaderElements {
        let data = vec![0; octets];
        let element = InformationElement::new(0x70, &data);
        HeaderElements::new(&[element]).expect("not too many octets")
    }

    type Range = Option<(usize, usize)>;

    fn widen(range: &mut Range, count: usize) {
        *range = Some(range.map_or((count, count), |(least, most)| {
            (least.min(count), most.max(count))
        }));
    }

    /// Least and greatest counts: of GSM-7, of UCS-2, of all.
    fn count_all(
        parts: &[Part],
        sets: &[Set],
        repeats: u32,
        options: SegmentOptions<'_>,
    ) -> [Range; 3] {
        let mut ranges = [None; 3];
        for x in &sets[0].all {
            for y in &sets[1].all {
                for z in &sets[2].all {
                    let mut texts = vec![String::new()];
                    renderings(parts, &[x, y, z], repeats, &mut texts);
                    for text in texts {
                        let message = Message::with_options(&text, options);
                        widen(
                            &mut ranges[message.encoding() as usize],
                            message.segment_count(),
                        );
                        widen(&mut ranges[2], message.segment_count());
                    }
                }
            }
        }
        ranges
    }

    fn used(parts: &[Part], name: usize) -> bool {
        parts.iter().any(|part| match part {
            Part::Text(_) => false,
            Part::Value(used) => *used == name,
            Part::Branch(arms, _) => arms.iter().any(|arm| used(arm, name)),
            Part::Loop(body) => used(body, name),
        })
    }

    /// A set that is not used has one value, so that no time is lost with it.
    fn reduced(parts: &[Part], sets: Vec<Set>) -> Vec<Set> {
        let mut sets = sets;
        for (name, set) in sets.iter_mut().enumerate() {
            if !used(parts, name) {
                set.all.truncate(1);
            }
        }
        sets
    }

    fn declared(sets: &[Set]) -> Values {
        NAMES
            .iter()
            .zip(sets)
            .fold(Values::new(), |values, (name, set)| {
                values.with(name, set.declared.clone())
            })
    }

    fn shown(extreme: Extreme<'_>, options: SegmentOptions<'_>) -> Result<usize, TestCaseError> {
        let text = extreme.witness().expect("a witness").to_string();
        let message = Message::with_options(&text, options);
        prop_assert_eq!(Some(message.segment_count()), extreme.segments().get());
        prop_assert_eq!(Some(message.encoding()), extreme.encoding());
        prop_assert_eq!(Some(message.units()), extreme.units());
        prop_assert_eq!(Some(message.free_units()), extreme.free_units());
        Ok(message.segment_count())
    }

    fn check(
        bounds: &Bounds<'_>,
        expected: [Range; 3],
        options: SegmentOptions<'_>,
    ) -> Result<(), TestCaseError> {
        for encoding in [Encoding::Gsm7, Encoding::Ucs2] {
            let found = match (bounds.best_in(encoding), bounds.worst_in(encoding)) {
                (Some(best), Some(worst)) => Some((shown(best, options)?, shown(worst, options)?)),
                (None, None) => None,
                _ => panic!("an encoding is possible or not"),
            };
            prop_assert_eq!(found, expected[encoding as usize]);
        }
        let overall = (
            shown(bounds.best(), options)?,
            shown(bounds.worst(), options)?,
        );
        prop_assert_eq!(Some(overall), expected[2]);
        Ok(())
    }

    proptest! {
        #![proptest_config(cases(512))]

        #[test]
        fn bounds_are_those_of_all_values(
            parts in parts(14), sets in [set(), set(), set()], octets in 100_usize..120, bits16: bool,
        ) {
            let sets = reduced(&parts, sets.into());
            prop_assume!(sets.iter().map(|set| set.all.len()).product::<usize>() < 3_000);
            let elements = small(octets);
            let options = options(Some(&elements), bits16);
            let values = declared(&sets);
            let source = source(&parts);
            let template = Template::parse(&source, Syntax::DoubleBrace).expect("well-formed");
            let bounds = template.bounds_with_options(&values, options).expect("scalar cuts");
            check(&bounds, count_all(&parts, &sets, 0, options), options)?;
            prop_assert!(bounds.best().segments().is_exact());
            prop_assert!(bounds.worst().segments().is_exact());
        }

        #[test]
        fn lists_have_the_bounds_of_all_values_at_real_capacities(
            mut parts in parts(60), sets in [list(), list(), list()], stretch in 1_usize..5,
        ) {
            for part in &mut parts {
                if let Part::Text(text) = part {
                    *text = text.repeat(stretch);
                }
            }
            let sets = reduced(&parts, sets.into());
            let options = options(None, false);
            let values = declared(&sets);
            let source = source(&parts);
            let template = Template::parse(&source, Syntax::DoubleBrace).expect("well-formed");
            let bounds = template.bounds_with_options(&values, options).expect("scalar cuts");
            check(&bounds, count_all(&parts, &sets, 0, options), options)?;
        }

        #[test]
        fn headroom_is_where_one_more_character_needs_more(
            mut parts in parts(14), place in 0_usize..7, first in character_set(), sets in [set(), set()], octets in 100_usize..120,
        ) {
            parts.insert(place.min(parts.len()), Part::Value(0));
            let [second, third] = sets;
            let sets = reduced(&parts, vec![first, second, third]);
            prop_assume!(sets.iter().map(|set| set.all.len()).product::<usize>() < 3_000);
            let elements = small(octets);
            let options = options(Some(&elements), false);
            let values = declared(&sets);
            let source = source(&parts);
            let template = Template::parse(&source, Syntax::DoubleBrace).expect("well-formed");
            let bounds = template.bounds_with_options(&values, options).expect("scalar cuts");
            let headroom = bounds.headroom("x").expect("characters");
            let (least, most) = sets[0].lengths.expect("characters");
            let at = |length: u16| {
                let mut sets = sets.clone();
                sets[0].all.retain(|value| value.chars().count() == usize::from(length));
                count_all(&parts, &sets, 0, options).map(|range| range.map(|(_, most)| most))
            };
            let counts: Vec<_> = (least..=most).map(|length| (length, at(length))).collect();
            for (length, [.., all]) in &counts {
                prop_assert_eq!(headroom.segments(*length), *all);
            }
            for segments in 0..6 {
                let fits = |which: usize| {
                    let fits = counts.iter().rfind(|(_, of)| of[which].is_some_and(|count| count <= segments));
                    fits.map(|(length, _)| *length)
                };
                prop_assert_eq!(headroom.within(segments), fits(2));
                prop_assert_eq!(headroom.within_in(Encoding::Gsm7, segments), fits(0));
                prop_assert_eq!(headroom.within_in(Encoding::Ucs2, segments), fits(1));
            }
            let cliffs: Vec<_> = headroom.cliffs().map(|c| (c.length(), c.before(), c.segments())).collect();
            let rises = counts.windows(2).filter(|pair| pair[1].1[2] > pair[0].1[2]);
            let rises: Vec<_> = rises
                .map(|pair| (pair[1].0, pair[0].1[2].unwrap_or(0), pair[1].1[2].unwrap_or(0)))
                .collect();
            prop_assert_eq!(cliffs, rises);
        }

        #[test]
        fn each_listed_value_has_its_own_worst(
            mut parts in parts(14), place in 0_usize..7, first in list(), sets in [set(), set()], octets in 100_usize..120,
        ) {
            parts.insert(place.min(parts.len()), Part::Value(0));
            let [second, third] = sets;
            let sets = reduced(&parts, vec![first, second, third]);
            prop_assume!(sets.iter().map(|set| set.all.len()).product::<usize>() < 1_000);
            let elements = small(octets);
            let options = options(Some(&elements), false);
            let values = declared(&sets);
            let source = source(&parts);
            let template = Template::parse(&source, Syntax::DoubleBrace).expect("well-formed");
            let bounds = template.bounds_with_options(&values, options).expect("scalar cuts");
            for (value, segments) in bounds.count_by_value("x").expect("a list") {
                let mut sets = sets.clone();
                sets[0].all = vec![value.to_owned()];
                let expected = count_all(&parts, &sets, 0, options)[2].map(|(_, most)| most);
                prop_assert_eq!(Some(segments), expected);
            }
        }

        #[test]
        fn arms_and_turns_are_bounded_as_if_they_were_free(
            parts in branching(), sets in [set(), set(), set()], octets in 100_usize..120, repeats in 0_u32..3,
        ) {
            let sets = reduced(&parts, sets.into());
            prop_assume!(sets.iter().map(|set| set.all.len()).product::<usize>() < 60);
            let elements = small(octets);
            let options = options(Some(&elements), false);
            let values = declared(&sets).with_repeats(repeats);
            let source = source(&parts);
            let template = Template::parse(&source, Syntax::DoubleBrace).expect("well-formed");
            let bounds = template.bounds_with_options(&values, options).expect("scalar cuts");
            let control = parts.iter().any(|part| matches!(part, Part::Branch(..) | Part::Loop(_)));
            prop_assert_eq!(bounds.worst().segments().is_exact(), !control);
            let mut expected = count_all(&parts, &sets, repeats, options);
            // In a loop a value may change from turn to turn, which the brute force does not try.
            if source.contains("#each") {
                for (encoding, range) in [(Encoding::Gsm7, expected[0]), (Encoding::Ucs2, expected[1])] {
                    if let Some((least, most)) = range {
                        let best = bounds.best_in(encoding).and_then(|best| best.segments().get());
                        let worst = bounds.worst_in(encoding).and_then(|worst| worst.segments().get());
                        prop_assert!(best.is_some_and(|best| best <= least));
                        prop_assert!(worst.is_some_and(|worst| worst >= most));
                    }
                }
                expected = [None; 3];
            }
            if expected[2].is_some() {
                check(&bounds, expected, options)?;
            }
        }

        #[test]
        fn with_national_tables_the_best_is_exact_and_the_worst_an_upper_bound(
            parts in parts(14), sets in [set(), set(), set()], octets in 90_usize..110, all: bool,
        ) {
            let sets = reduced(&parts, sets.into());
            prop_assume!(sets.iter().map(|set| set.all.len()).product::<usize>() < 100);
            let elements = small(octets);
            let tables = if all {
                NationalTables::ALL
            } else {
                NationalTables::NONE.allow_single_shift(NationalLanguage::Turkish)
            };
            let options = options(Some(&elements), false).national_tables(tables);
            let values = declared(&sets);
            let source = source(&parts);
            let template = Template::parse(&source, Syntax::DoubleBrace).expect("well-formed");
            let bounds = template.bounds_with_options(&values, options).expect("scalar cuts");
            let (least, most) = count_all(&parts, &sets, 0, options)[2].expect("some values");
            prop_assert_eq!(bounds.best().segments(), Count::Exact(least));
            let text = bounds.best().witness().expect("a witness").to_string();
            prop_assert_eq!(Message::with_options(&text, options).segment_count(), least);
            let Count::AtMost(worst) = bounds.worst().segments() else { panic!("never exact") };
            prop_assert!(worst >= most);
        }
    }
}
