//! Repairs: what may be written for a character, and the fewest edits that lower a count, against
//! every set of edits there is.

#![cfg(feature = "alloc")]

#[path = "support/cases.rs"]
mod cases;

use core::ops::Range;
use std::collections::BTreeMap;

use cases::cases;
use proptest::prelude::*;
use septet::repair::{
    Loss, Repair, Replacement, national_alternatives, repairs, repairs_within, replacements, spans,
    to_gsm7, to_gsm7_within,
};
use septet::{
    Alphabet, Concatenation, Cut, Encoding, Message, NationalLanguage, NationalTables,
    SegmentOptions,
};

fn is_gsm7(text: &str) -> bool {
    let held = |character| Alphabet::DEFAULT.encode(character).is_some();
    text.chars().all(held)
}

fn options() -> SegmentOptions<'static> {
    SegmentOptions::new()
}

/// The repairs within ranges given by their ends.
fn within(text: &str, ends: &[(usize, usize)]) -> Vec<Repair> {
    repairs_within(text, &ranges(ends), options())
}

fn ranges(ends: &[(usize, usize)]) -> Vec<Range<usize>> {
    ends.iter().map(|(start, end)| *start..*end).collect()
}

/// Segments after, unsafe edits, edits.
fn offered(text: &str) -> Vec<(usize, usize, usize)> {
    repairs(text, options()).iter().map(key).collect()
}

fn key(repair: &Repair) -> (usize, usize, usize) {
    let edits = repair.edits().len();
    (repair.segments_after(), repair.unsafe_edits(), edits)
}

fn first(character: char) -> Option<(String, Loss)> {
    let first = replacements(character).into_iter().next();
    first.map(|first| (first.text().to_owned(), first.loss()))
}

#[test]
fn every_replacement_of_every_character_is_gsm7_and_ranked() {
    for character in '\0'..=char::MAX {
        let found = replacements(character);
        if Alphabet::DEFAULT.encode(character).is_some() {
            assert_eq!(found, [], "{character:?}");
        }
        for replacement in &found {
            assert!(is_gsm7(replacement.text()), "{character:?}");
            assert!(replacement.is_gsm7(), "{character:?}");
        }
        let losses: Vec<Loss> = found.iter().map(Replacement::loss).collect();
        assert!(losses.is_sorted(), "{character:?} {losses:?}");
        let mut texts: Vec<&str> = found.iter().map(Replacement::text).collect();
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), found.len(), "{character:?}");
    }
}

#[test]
fn a_span_of_one_character_offers_that_characters_replacements() {
    for character in '\0'..=char::MAX {
        let text = character.to_string();
        let found: Vec<_> = spans(&text).collect();
        assert_eq!(found.is_empty(), is_gsm7(&text), "{character:?}");
        let Some(span) = found.first() else { continue };
        assert_eq!(span.range(), 0..text.len());
        let of_span = span.replacements().iter();
        let gsm7: Vec<_> = of_span.filter(|found| found.is_gsm7()).cloned().collect();
        assert_eq!(gsm7, replacements(character), "{character:?}");
    }
}

#[test]
fn losses_have_names_and_an_order() {
    let names: Vec<&str> = Loss::ALL.iter().map(|loss| loss.name()).collect();
    let all = [
        "invisible",
        "composed",
        "typographic",
        "compatibility",
        "shaping",
        "accent-dropped",
        "symbol",
        "homoglyph",
    ];
    assert_eq!(names, all);
    assert!(Loss::ALL.is_sorted());
    let safe = Loss::ALL.iter().filter(|loss| loss.is_safe()).count();
    assert!(Loss::ALL.iter().take(safe).all(|loss| loss.is_safe()));
    assert_eq!((safe, Loss::Symbol.to_string().as_str()), (4, "symbol"));
}

#[test]
fn what_is_written_for_a_character() {
    use Loss::*;
    let rows: &[(&str, &str, Loss)] = &[
        (
            "\u{200b}\u{2060}\u{feff}\u{ad}\u{34f}\0\u{1b}\u{7f}\u{9f}",
            "",
            Invisible,
        ),
        ("\u{212b}", "Å", Composed),
        ("\u{2126}", "Ω", Composed),
        ("\u{212a}", "K", Composed),
        ("\u{37e}", ";", Composed),
        ("‘’‚′`´ʼ", "'", Typographic),
        ("“”„«»", "\"", Typographic),
        ("‐‑–—−", "-", Typographic),
        ("…", "...", Typographic),
        ("\t\u{a0}\u{2009}\u{202f}\u{3000}", " ", Typographic),
        ("\u{2028}\u{85}", "\n", Typographic),
        // GSM-7 means Greek capitals to be written with their Latin twins.
        ("Α", "A", Typographic),
        ("Χ", "X", Typographic),
        ("∆", "Δ", Typographic),
        ("Ａ𝐀𝔸", "A", Compatibility),
        ("ﬁ", "fi", Compatibility),
        ("Ⅳ", "IV", Compatibility),
        ("ĳ", "ij", Compatibility),
        ("⑴", "(1)", Compatibility),
        ("\u{200d}\u{200c}\u{200e}\u{2066}\u{fe0f}", "", Shaping),
        ("ç", "c", AccentDropped),
        ("Ł", "L", AccentDropped),
        ("đ", "d", AccentDropped),
        ("ı", "i", AccentDropped),
        ("œ", "oe", AccentDropped),
        ("þ", "th", AccentDropped),
        ("ấ", "a", AccentDropped),
        // As much of it as GSM-7 has.
        ("ǜ", "ü", AccentDropped),
        ("ǿ", "ø", AccentDropped),
        ("Ά", "A", AccentDropped),
        ("\u{301}", "", AccentDropped),
        ("ǆ", "dz", AccentDropped),
        ("©", "(c)", Symbol),
        ("™", "TM", Symbol),
        ("½", "1/2", Symbol),
        ("•", "-", Symbol),
        ("→", "->", Symbol),
        ("≥", ">=", Symbol),
        ("≠", "!=", Symbol),
        // Not what they say, though their decomposition is a plain digit.
        ("²₂①", "2", Symbol),
        ("\u{430}", "a", Homoglyph),
        ("\u{3bf}", "o", Homoglyph),
        ("\u{451}", "e", Homoglyph),
        ("\u{3cc}", "o", Homoglyph),
    ];
    for (characters, text, loss) in rows {
        for character in characters.chars() {
            let text = match character {
                '①' => "1",
                _ => text,
            };
            assert_eq!(
                first(character),
                Some((text.to_owned(), *loss)),
                "{character:?}"
            );
        }
    }
}

#[test]
fn nothing_is_written_for_what_has_no_stand_in() {
    // The overlay would make an equals sign of ≢; a spacing accent is nothing without its mark.
    for character in "жщ漢가😀👋אع≢≮¨\u{338}".chars() {
        assert_eq!(first(character), None, "{character:?}");
    }
}

/// What may be written, and what it loses.
type Written = (&'static str, Loss);

/// The ranges of a text's spans, and what is written for each.
fn spelled(text: &str) -> Vec<(Range<usize>, Vec<Written>)> {
    let spans: Vec<_> = spans(text).collect();
    let spelled = spans.into_iter().map(|span| {
        let found = span.replacements().iter();
        // Leaked, so that a test can compare with literals.
        let found = found.map(|found| (&*found.text().to_owned().leak(), found.loss()));
        (span.range(), found.collect())
    });
    spelled.collect()
}

#[test]
fn a_base_and_its_marks_are_one_span() {
    use Loss::*;
    let rows: [(&str, Range<usize>, &[Written]); 14] = [
        ("e\u{301}", 0..3, &[("é", Composed)]),
        ("c\u{327}", 0..3, &[("ç", Composed), ("c", AccentDropped)]),
        ("C\u{327}", 0..3, &[("Ç", Composed)]),
        (
            "u\u{308}\u{300}",
            0..5,
            &[("ǜ", Composed), ("ü", AccentDropped)],
        ),
        // What is left of the inner mark lets the outer one compose.
        (
            "e\u{323}\u{301}",
            0..5,
            &[("ẹ\u{301}", Composed), ("é", AccentDropped)],
        ),
        ("x\u{301}", 0..3, &[("x", AccentDropped)]),
        ("ж\u{301}", 0..4, &[("ж", AccentDropped)]),
        ("и\u{306}", 0..4, &[("й", Composed)]),
        ("Ａ\u{308}", 0..5, &[("Ä", Compatibility)]),
        ("\u{1112}\u{1161}\u{11ab}", 0..9, &[("한", Composed)]),
        ("=\u{338}", 0..3, &[("≠", Composed), ("!=", Symbol)]),
        ("<\u{338}", 0..3, &[("≮", Composed)]),
        ("+\u{338}", 0..3, &[]),
        ("\u{301}\u{302}", 0..4, &[("", AccentDropped)]),
    ];
    for (text, range, replacements) in rows {
        assert_eq!(spelled(text), [(range.clone(), replacements.to_vec())]);
        // With something before and behind that is none of its business.
        let wrapped = format!("aé{text}a");
        let range = range.start + 3..range.end + 3;
        if !text.starts_with('\u{301}') {
            assert_eq!(spelled(&wrapped), [(range, replacements.to_vec())]);
        }
    }
}

#[test]
fn what_composes_only_in_code_units_is_shorter() {
    // A compatibility ideograph beyond U+FFFF and the one it is equivalent to.
    assert_eq!(spelled("\u{2f81a}"), [(0..4, vec![("冬", Loss::Composed)])]);
    let text = "ж".repeat(69) + "\u{2f81a}";
    assert_eq!(offered(&text), [(1, 0, 1)]);
}

#[test]
fn the_place_of_an_invisible_character_can_matter() {
    let text = format!("\u{200b}{}{}ж\u{200b}", "ж".repeat(64), "😀".repeat(34));
    assert_eq!(Message::new(&text).segment_count(), 3);
    let repairs = repairs(&text, options());
    assert_eq!(repairs.len(), 1);
    assert_eq!(key(&repairs[0]), (2, 0, 1));
    assert_eq!(repairs[0].edits()[0].range().end, text.len());
    // Without the first: as few units, but a pair is at the edge.
    let without_first = text.trim_start_matches('\u{200b}');
    assert_eq!(Message::new(without_first).units(), 134);
    assert_eq!(Message::new(without_first).segment_count(), 3);
}

#[test]
fn the_place_reached_counts_before_the_units() {
    // Composed, the first syllable saves two units, and leaves two pairs at the edges of segments.
    let syllable = "\u{1112}\u{1161}\u{11ab}";
    let text = format!(
        "{syllable}{}😀{}😀\u{200b}{}",
        "ж".repeat(65),
        "ж".repeat(64),
        "ж".repeat(65)
    );
    let message = Message::new(&text);
    assert_eq!((message.units(), message.segment_count()), (202, 4));
    let composed = text.replace(syllable, "한");
    let message = Message::new(&composed);
    assert_eq!((message.units(), message.segment_count()), (200, 4));
    assert_eq!(offered(&text), [(3, 0, 1)]);
}

#[test]
fn what_can_be_cut_between_can_be_better_than_a_pair_of_as_many_units() {
    let text = "ж".repeat(66) + "🅪" + &"ж".repeat(66);
    let message = Message::new(&text);
    assert_eq!((message.units(), message.segment_count()), (134, 3));
    let repairs = repairs(&text, options());
    assert_eq!(repairs.iter().map(key).collect::<Vec<_>>(), [(2, 1, 1)]);
    assert_eq!(repairs[0].edits()[0].saves(), 0);
}

#[test]
fn an_ellipsis_gets_longer() {
    for (letters, after) in [(157, 1), (158, 2)] {
        let text = "a".repeat(letters) + "…";
        assert_eq!(Message::new(&text).segment_count(), 3);
        assert_eq!(offered(&text), [(after, 0, 1)], "{letters}");
    }
}

#[test]
fn a_text_that_cannot_leave_ucs2_can_get_shorter() {
    let text = "ж".repeat(70) + "\u{200b}";
    assert_eq!(Message::new(&text).segment_count(), 2);
    let repairs = repairs(&text, options());
    assert_eq!(repairs.iter().map(key).collect::<Vec<_>>(), [(1, 0, 1)]);
    assert_eq!(repairs[0].encoding_after(), Encoding::Ucs2);
    assert_eq!(repairs[0].edits()[0].saves(), 1);
    assert_eq!(to_gsm7(&text, options()), None);
}

#[test]
fn one_edit_saves_one_segment_and_four_save_two() {
    let text = "a".repeat(131) + "’’’\u{200b}";
    assert_eq!(Message::new(&text).segment_count(), 3);
    assert_eq!(offered(&text), [(1, 0, 4), (2, 0, 1)]);
}

#[test]
fn spelled_out_halves_save_nothing() {
    let text = "½".repeat(71);
    assert_eq!(Message::new(&text).segment_count(), 2);
    assert_eq!(offered(&text), []);
    assert_eq!(
        to_gsm7(&text, options()).map(|all| key(&all)),
        Some((2, 71, 71))
    );
}

#[test]
fn a_text_of_one_segment_needs_no_repair() {
    assert_eq!(offered("“Hi”"), []);
    assert_eq!(offered(""), []);
    assert_eq!(to_gsm7("Hi", options()), None);
}

#[test]
fn a_decomposed_text_is_composed() {
    // 71 code units; "é" is in GSM-7, "ж" is not.
    let text = "ж".repeat(69) + "e\u{301}";
    assert_eq!(offered(&text), [(1, 0, 1)]);
    let repaired = repairs(&text, options())[0].apply(&text);
    assert!(repaired.ends_with("жé"));
    let text = "a".repeat(150) + "e\u{301}";
    assert_eq!(offered(&text), [(1, 0, 1)]);
}

#[test]
fn an_unsafe_edit_is_taken_only_where_no_safe_ones_do() {
    // Of the joiner and the two spaces one has to go; the joiner alone would do, and so would a space.
    let joiner = "ж".repeat(68) + "\u{200d}\u{200b}\u{200b}";
    assert_eq!(offered(&joiner), [(1, 0, 1)]);
    let two_joiners = "ж".repeat(69) + "\u{200d}\u{200d}\u{200b}";
    assert_eq!(offered(&two_joiners), [(1, 1, 2)]);
}

#[test]
fn only_editable_ranges_are_edited() {
    let text = "’".repeat(2) + &"a".repeat(70);
    assert_eq!(within(&text, &[(0, text.len())]).len(), 1);
    assert_eq!(within(&text, &[(0, 3), (3, 6)]).len(), 1);
    // The other one would keep the text in UCS-2.
    assert_eq!(within(&text, &[(0, 3)]), []);
    assert_eq!(within(&text, &[(0, 4)]), []);
    assert_eq!(within(&text, &[]), []);
    let both = ranges(&[(0, 3), (3, 6)]);
    assert!(to_gsm7_within(&text, &both, options()).is_some());
    let not_all = ranges(&[(1, 6)]);
    assert!(to_gsm7_within(&text, &not_all, options()).is_none());
}

#[test]
fn a_cluster_that_may_be_edited_in_part_is_not_composed() {
    let text = "ж".repeat(69) + "e\u{301}";
    let at = text.len() - 3;
    // The letter alone: nothing to do. The mark alone: it can go.
    assert_eq!(within(&text, &[(at, at + 1)]), []);
    let repairs = within(&text, &[(at + 1, at + 3)]);
    assert_eq!(repairs.iter().map(key).collect::<Vec<_>>(), [(1, 1, 1)]);
    assert_eq!(repairs[0].edits()[0].range(), at + 1..at + 3);
}

#[test]
fn ranges_that_make_no_sense_are_harmless() {
    let text = "ж’".repeat(40);
    let ends = [(5, 3), (1, 2), (900, 1000), (0, usize::MAX), (4, 4)];
    for repair in within(&text, &ends) {
        let _ = repair.apply("another text");
    }
    assert_eq!(to_gsm7_within(&text, &ranges(&ends), options()), None);
}

#[test]
fn a_repair_of_another_text_does_not_panic() {
    let repair = to_gsm7("a’b’", options()).unwrap();
    assert_eq!(repair.apply("a’b’"), "a'b'");
    let _ = (repair.apply(""), repair.apply("😀😀😀"), repair.apply("aa"));
}

#[test]
fn the_least_loss_reaches_gsm7() {
    let text = "It’s ½ e\u{301} … façade";
    let repair = to_gsm7(text, options()).unwrap();
    let repaired = repair.apply(text);
    assert_eq!(repaired, "It's 1/2 é ... facade");
    assert_eq!((repair.edits().len(), repair.unsafe_edits()), (5, 2));
    assert_eq!((repair.segments_before(), repair.segments_after()), (1, 1));
    assert_eq!(repair.encoding_after(), Encoding::Gsm7);
    assert_eq!(repair.units_after(), repaired.chars().count());
}

#[test]
fn beyond_the_limit_all_safe_edits_and_all_edits_are_offered() {
    // 71 × 141 prices.
    let text = "ж".repeat(130) + &"\u{200d}\u{200b}".repeat(70);
    assert_eq!(Message::new(&text).segment_count(), 5);
    assert_eq!(offered(&text), [(2, 70, 140), (3, 0, 70)]);
    // At 31 × 61 it is exact.
    let text = "ж".repeat(130) + &"\u{200d}\u{200b}".repeat(30);
    assert_eq!(offered(&text), [(2, 26, 56)]);
    // A text that cannot be sent is not searched.
    let text = ("ж".repeat(66) + "\u{200b}").repeat(256) + "\u{200b}";
    assert_eq!(offered(&text), [(253, 0, 257)]);
}

#[test]
fn many_safe_edits_are_within_the_limit() {
    let text = "ж\u{200b}".repeat(2000);
    let counts: Vec<_> = repairs(&text, options()).iter().map(key).collect();
    assert_eq!(Message::new(&text).segment_count(), 60);
    let fewest = |segments: usize| 4000 - segments * 67;
    let all: Vec<_> = (30..60)
        .map(|segments| (segments, 0, fewest(segments)))
        .collect();
    assert_eq!(counts, all);
}

/// Every set of edits, every choice of replacements: for each count the least price, and of these
/// the ones that no lower count beats.
fn by_brute_force(
    text: &str,
    editable: &[Range<usize>],
    options: SegmentOptions<'_>,
) -> Vec<(usize, usize, usize)> {
    let spans: Vec<_> = spans(text)
        .filter(|span| !span.replacements().is_empty())
        .filter(|span| {
            let holds = |range: &Range<usize>| {
                range.start <= span.range().start && span.range().end <= range.end
            };
            editable.iter().any(holds)
        })
        .collect();
    assert!(spans.len() <= 6);
    let before = Message::with_options(text, options).segment_count();
    let mut least: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut choice = vec![0; spans.len()];
    loop {
        let mut edited = String::new();
        let (mut at, mut price) = (0, (0, 0));
        for (span, chosen) in spans.iter().zip(&choice) {
            edited.push_str(&text[at..span.range().start]);
            at = span.range().end;
            if *chosen == 0 {
                edited.push_str(&text[span.range()]);
                continue;
            }
            let replacement = &span.replacements()[chosen - 1];
            edited.push_str(replacement.text());
            price.0 += usize::from(!replacement.is_safe());
            price.1 += 1;
        }
        edited.push_str(&text[at..]);
        let segments = Message::with_options(&edited, options).segment_count();
        if segments < before {
            let least = least.entry(segments).or_insert(price);
            *least = price.min(*least);
        }
        // The next choice, counted as a number whose digits are the spans.
        let next = choice.iter().zip(&spans);
        let Some(next) = next.enumerate().find_map(|(digit, (chosen, span))| {
            (*chosen < span.replacements().len()).then_some(digit)
        }) else {
            break;
        };
        choice[next] += 1;
        choice[..next].fill(0);
    }
    let mut gentlest = (usize::MAX, usize::MAX);
    let mut kept = Vec::new();
    for (segments, price) in least {
        if price < gentlest {
            gentlest = price;
            kept.push((segments, price.0, price.1));
        }
    }
    kept
}

/// What can be repaired, in many ways.
const REPAIRABLE: [&str; 17] = [
    "’",
    "…",
    "\u{200b}",
    "\u{200d}",
    "½",
    "ç",
    "e\u{301}",
    "c\u{327}",
    "e\u{323}\u{301}",
    "x\u{301}\u{302}",
    "ж\u{301}",
    "𝐀",
    // Two units either way, but one can be cut between.
    "🅪",
    "\u{2f81a}",
    "\u{1112}\u{1161}\u{11ab}",
    "Ⅷ",
    "ﷲ",
];

/// A text whose code units or septets come close to a capacity, with up to six places to repair.
fn close_texts() -> impl Strategy<Value = String> {
    let filler = prop::sample::select(vec!["a", "a", "a", "ж", "😀", "€", "éa", "😀ж", "€a"]);
    let part = (0..REPAIRABLE.len(), filler.clone(), 0..4_usize);
    let target = prop::sample::select(vec![70, 134, 160, 201, 268, 306]);
    (
        prop::collection::vec(part, 1..=6),
        filler,
        target,
        0..12_usize,
        0..7_usize,
    )
        .prop_map(|(parts, filler, target, beyond, place)| {
            let parts: Vec<String> = parts
                .iter()
                .map(|(which, filler, count)| filler.repeat(*count) + REPAIRABLE[*which])
                .collect();
            let used = parts.concat().encode_utf16().count();
            let left = (target + beyond).saturating_sub(used + 3);
            let fill = filler.repeat(left / filler.encode_utf16().count());
            let place = place.min(parts.len());
            parts[..place].concat() + &fill + &parts[place..].concat()
        })
}

fn any_concatenation() -> impl Strategy<Value = Concatenation> {
    prop::sample::select(vec![
        Concatenation::Bits8,
        Concatenation::Bits16,
        Concatenation::None,
    ])
}

fn any_options() -> impl Strategy<Value = SegmentOptions<'static>> {
    let cut = prop::sample::select(vec![Cut::Scalar, Cut::Grapheme, Cut::Word]);
    let tables = prop::sample::select(vec![NationalTables::NONE, NationalTables::ALL]);
    (any_concatenation(), any_concatenation(), cut, tables).prop_map(|(gsm7, ucs2, cut, tables)| {
        SegmentOptions::new()
            .concatenation_for(Encoding::Gsm7, gsm7)
            .concatenation_for(Encoding::Ucs2, ucs2)
            .cut(cut)
            .national_tables(tables)
    })
}

/// What holds of every repair, whatever the options.
#[track_caller]
fn check(text: &str, options: SegmentOptions<'_>, repair: &Repair) {
    let repaired = repair.apply(text);
    let after = Message::with_options(&repaired, options);
    let before = Message::with_options(text, options);
    assert_eq!(repair.segments_before(), before.segment_count());
    assert_eq!(repair.segments_after(), after.segment_count());
    assert_eq!(repair.encoding_after(), after.encoding());
    assert_eq!(repair.units_after(), after.units());
    let edits = repair.edits();
    assert!(!edits.is_empty());
    assert!(edits.is_sorted_by(|one, next| one.range().end <= next.range().start));
    let unsafe_edits = edits.iter().filter(|edit| !edit.is_safe()).count();
    assert_eq!(repair.unsafe_edits(), unsafe_edits);
    assert_eq!(repair.is_safe(), unsafe_edits == 0);
    let shorter: isize = edits.iter().map(|edit| edit.saves()).sum();
    let units = |text: &str| text.encode_utf16().count().cast_signed();
    assert_eq!(units(text) - units(&repaired), shorter);
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn the_search_finds_what_brute_force_finds(
        text in close_texts(),
        gsm7 in any_concatenation(),
        ucs2 in any_concatenation(),
        word in any::<bool>(),
    ) {
        let options = SegmentOptions::new()
            .concatenation_for(Encoding::Gsm7, gsm7)
            .concatenation_for(Encoding::Ucs2, ucs2)
            .cut(if word { Cut::Word } else { Cut::Scalar });
        let found: Vec<_> = repairs(&text, options).iter().map(key).collect();
        let all = ranges(&[(0, text.len())]);
        prop_assert_eq!(found, by_brute_force(&text, &all, options));
    }

    #[test]
    fn the_search_keeps_to_what_is_editable(text in close_texts(), at in any::<prop::sample::Index>()) {
        let spans: Vec<_> = spans(&text).map(|span| span.range().start).collect();
        // Ends before some span.
        let end = if spans.is_empty() { text.len() } else { spans[at.index(spans.len())] };
        let editable = [0..end / 2, end / 2..end];
        let found = repairs_within(&text, &editable, options());
        prop_assert_eq!(
            found.iter().map(key).collect::<Vec<_>>(),
            by_brute_force_in_parts(&text, &editable)
        );
        for repair in &found {
            check(&text, options(), repair);
            for edit in repair.edits() {
                prop_assert!(edit.range().end <= end);
            }
        }
    }

    #[test]
    fn every_repair_keeps_its_promise(text in close_texts(), options in any_options()) {
        let found = repairs(&text, options);
        for repair in &found {
            check(&text, options, repair);
            prop_assert!(repair.segments_after() < repair.segments_before());
        }
        // Dearer sets reach lower counts, or there would be no point in them.
        prop_assert!(found.is_sorted_by(|one, next| key(one) < key(next)));
        let price = |repair: &Repair| (repair.unsafe_edits(), repair.edits().len());
        prop_assert!(found.is_sorted_by(|one, next| price(one) > price(next)));
        if let Some(repair) = to_gsm7(&text, options) {
            check(&text, options, &repair);
            prop_assert!(is_gsm7(&repair.apply(&text)));
        }
    }

    #[test]
    fn a_repaired_text_has_no_better_repair(text in close_texts()) {
        let found = repairs(&text, options());
        if let Some(best) = found.first() {
            prop_assert_eq!(repairs(&best.apply(&text), options()), []);
        }
        if let Some(best) = found.iter().find(|repair| repair.is_safe()) {
            let repaired = best.apply(&text);
            for further in repairs(&repaired, options()) {
                prop_assert!(!further.is_safe());
            }
        }
        if let Some(all) = to_gsm7(&text, options()) {
            prop_assert_eq!(to_gsm7(&all.apply(&text), options()), None);
        }
    }

}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn any_text_can_be_asked_for(
        text in ".{0,200}",
        options in any_options(),
        cuts in prop::collection::vec(0..900_usize, 0..8),
    ) {
        let ranges: Vec<_> = cuts.chunks_exact(2).map(|cut| cut[0]..cut[1]).collect();
        for found in [repairs(&text, options), repairs_within(&text, &ranges, options)] {
            for repair in &found {
                check(&text, options, repair);
            }
        }
        let mut end = 0;
        let mut left = String::new();
        for span in spans(&text) {
            prop_assert!(span.range().start >= end);
            left.push_str(&text[end..span.range().start]);
            end = span.range().end;
            prop_assert!(!is_gsm7(&text[span.range()]));
        }
        left.push_str(&text[end..]);
        prop_assert!(is_gsm7(&left));
        let reachable = spans(&text).all(|span| span.replacements().iter().any(Replacement::is_gsm7));
        let gsm7 = to_gsm7(&text, options);
        prop_assert_eq!(gsm7.is_some(), reachable && !is_gsm7(&text));
        let before = Message::with_options(&text, options).segment_count();
        for found in national_alternatives(&text, options) {
            let with = options.national_tables(found.tables());
            prop_assert!(found.segments() < before);
            prop_assert_eq!(Message::with_options(&text, with).segment_count(), found.segments());
        }
    }
}

/// As [`by_brute_force`], where no range ends inside of a cluster; else what the search offers has
/// only to be no worse than editing whole spans.
fn by_brute_force_in_parts(text: &str, editable: &[Range<usize>]) -> Vec<(usize, usize, usize)> {
    let cut = spans(text).any(|span| {
        let range = span.range();
        editable
            .iter()
            .any(|editable| range.contains(&editable.end) && range.start < editable.end)
    });
    if cut {
        repairs_within(text, editable, options())
            .iter()
            .map(key)
            .collect()
    } else {
        by_brute_force(text, editable, options())
    }
}

#[test]
fn a_national_table_can_lower_the_count() {
    let text = "ş".repeat(80);
    assert_eq!(Message::new(&text).segment_count(), 2);
    let found = national_alternatives(&text, options());
    let alphabets: Vec<_> = found
        .iter()
        .map(|found| (found.alphabet().locking(), found.alphabet().single_shift()))
        .collect();
    // A single shift needs 160 septets of 155, behind its header.
    assert_eq!(alphabets, [(Some(NationalLanguage::Turkish), None)]);
    assert_eq!((found[0].segments(), found[0].units()), (1, 80));
    let with = options().national_tables(found[0].tables());
    assert_eq!(Message::with_options(&text, with).segment_count(), 1);
    // It is not one where it is allowed already.
    assert_eq!(national_alternatives(&text, with), []);
}

#[test]
fn a_pair_of_tables_is_named_where_it_needs_fewer_segments_than_any_alone() {
    // Turkish has ş, the Portuguese single shift table has ã; no single table has both.
    let text = "şã".repeat(40);
    let found = national_alternatives(&text, options());
    assert_eq!(found.len(), 1);
    let alphabet = found[0].alphabet();
    assert_eq!(
        (found[0].segments(), alphabet.locking().is_some()),
        (1, true)
    );
    assert!(alphabet.single_shift().is_some());
    let with = options().national_tables(found[0].tables());
    let message = Message::with_options(&text, with);
    assert_eq!(
        (message.segment_count(), message.alphabet()),
        (1, Some(alphabet))
    );
}

#[test]
fn no_national_table_helps_a_text_that_is_cheap_or_beyond_them() {
    assert_eq!(national_alternatives("ş", options()), []);
    assert_eq!(national_alternatives(&"😀".repeat(80), options()), []);
    assert_eq!(national_alternatives(&"a".repeat(500), options()), []);
}

#[test]
fn no_debug_shows_the_text() {
    let text = "S\u{301}’".repeat(40);
    let repair = to_gsm7(&text, options()).unwrap();
    let span = spans(&text).next().unwrap();
    let shown = format!(
        "{repair:?} {span:?} {:?} {:?} {:?}",
        repair.edits()[0],
        span.replacements(),
        spans(&text)
    );
    for secret in ["\"", "'", "Ś", "S\u{301}", "\\u", "’"] {
        assert!(!shown.contains(secret), "{secret:?} in {shown}");
    }
    assert!(shown.contains("0..3") && shown.contains("AccentDropped"));
}

#[test]
fn long_texts_take_linear_time() {
    // In a debug build, where a quadratic search would not come to its end within any patience.
    let pieces = [
        "’",
        "e\u{301}",
        "\u{200b}",
        "a\u{200b}",
        "\u{200d}ж",
        "\u{301}",
        "ж",
        "漢",
        "😀",
        "𝐀",
        "ç",
        "½",
        "\u{1112}\u{1161}\u{11ab}",
        "ﷺ",
        "ç…e\u{323}\u{301}",
    ];
    for piece in pieces {
        let text = piece.repeat(96 * 1024 / piece.len());
        for cut in [Cut::Scalar, Cut::Grapheme] {
            let options = options().cut(cut);
            for repair in repairs(&text, options) {
                check(&text, options, &repair);
            }
        }
        let all = to_gsm7(&text, options());
        assert!(
            all.is_none_or(|all| is_gsm7(&all.apply(&text))),
            "{piece:?}"
        );
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_repair_is_data() {
    let text = format!("’{}", "a".repeat(100));
    let repair = &repairs(&text, options())[0];
    let data = serde_json::to_value(repair).unwrap();
    let expected = serde_json::json!({
        "edits": [{
            "range": {"start": 0, "end": 3},
            "replacement": "'",
            "loss": "typographic",
            "saves": 0,
        }],
        "unsafe-edits": 0,
        "segments-before": 2,
        "segments-after": 1,
        "encoding-after": "gsm7",
        "units-after": 101,
    });
    assert_eq!(data, expected);
    let span = serde_json::to_value(spans("…").next().unwrap()).unwrap();
    let expected = serde_json::json!({
        "range": {"start": 0, "end": 3},
        "replacements": [{"text": "...", "loss": "typographic"}],
    });
    assert_eq!(span, expected);
    for loss in Loss::ALL {
        assert_eq!(serde_json::to_value(loss).unwrap(), loss.name());
    }
}
