//! Which text a language gets, and what an update makes of the texts: in tables, and held against a
//! naive reading.

#![cfg(feature = "alloc")]

#[path = "support/cases.rs"]
mod cases;

use core::hash::BuildHasher;
use std::collections::HashSet;
use std::hash::RandomState;

use cases::cases;
use proptest::prelude::*;
use proptest::sample::select;
use septet::template::{
    Catalogue, ChangeKind, KeyProblemKind, LANGUAGE_ALIASES, LanguageKey, LanguageKeyFault,
    PRODUCT_LANGUAGES, SelectedBy, Update,
};

#[track_caller]
fn key(key: &str) -> LanguageKey {
    key.parse().unwrap_or_else(|error| panic!("{key}: {error}"))
}

fn set(text: &str, translations: &[(&str, &str)]) -> Catalogue {
    let translations = translations.iter();
    translations.fold(Catalogue::new(text), |set, (key, text)| {
        set.with_translation(*key, *text)
    })
}

fn parts(catalogue: &Catalogue) -> (&str, Vec<(&str, &str)>) {
    (catalogue.text(), catalogue.translations().collect())
}

// ---------------------------------------------------------------------------------------------------- keys

#[test]
fn a_key_is_read_into_its_subtags() {
    for (text, language, script, region) in [
        ("es", "es", None, None),
        ("fil", "fil", None, None),
        ("nl-NL", "nl", None, Some("NL")),
        ("nl_NL", "nl", None, Some("NL")),
        ("NL-nl", "NL", None, Some("nl")),
        ("es-419", "es", None, Some("419")),
        ("zh-Hant", "zh", Some("Hant"), None),
        ("zh_hant_tw", "zh", Some("hant"), Some("tw")),
        ("yue-Hant_HK", "yue", Some("Hant"), Some("HK")),
        ("yue-Hant-001", "yue", Some("Hant"), Some("001")),
    ] {
        let key = key(text);
        assert_eq!(key.as_str(), text);
        assert_eq!(key.to_string(), text);
        assert_eq!(
            (key.language(), key.script(), key.region()),
            (language, script, region),
            "{text}"
        );
    }
}

#[test]
fn a_key_that_is_none_says_where_and_why() {
    use LanguageKeyFault::{Excess, Language, Region, Subtag};
    for (text, at, fault) in [
        ("", 0, Language),
        ("e", 0, Language),
        ("english", 0, Language),
        ("-es", 0, Language),
        ("e1", 0, Language),
        ("é", 0, Language),
        (" es", 0, Language),
        ("es ", 0, Language),
        ("еs", 0, Language), // a Cyrillic е
        ("419", 0, Language),
        ("nl-", 3, Subtag),
        ("nl--NL", 3, Subtag),
        ("nl-N", 3, Subtag),
        ("nl-NLD", 3, Subtag),
        ("nl-42", 3, Subtag),
        ("nl-ÑL", 3, Subtag),
        ("de-1996", 3, Subtag),
        ("pt-Brazil", 3, Subtag),
        ("en.UTF-8", 0, Language),
        ("zh-Hant-", 8, Region),
        ("zh-Hant-Hans", 8, Region),
        ("fil-Latn-Philippines", 9, Region),
        ("zh-TW-Hant", 6, Excess),
        ("nl_NL_", 6, Excess),
        ("zh-Hant-TW-x-private", 11, Excess),
    ] {
        let error = text.parse::<LanguageKey>().unwrap_err();
        assert_eq!((error.at(), error.fault()), (at, fault), "{text}");
    }
}

#[test]
fn a_key_error_is_a_line_for_people() {
    for (text, message) in [
        (
            "english",
            "not a language of two or three letters at byte 0",
        ),
        (
            "pt-Brazil",
            "neither a script of four letters nor a region of two letters or three digits at byte 3",
        ),
        (
            "zh-Hant-Hans",
            "not a region of two letters or three digits at byte 8",
        ),
        (
            "zh-TW-Hant",
            "more than a language, a script and a region at byte 6",
        ),
    ] {
        let error = text.parse::<LanguageKey>().unwrap_err();
        assert_eq!(error.to_string(), message);
    }
}

#[test]
fn spelling_does_not_count_in_a_comparison() {
    let hasher = RandomState::new();
    for (one, other) in [
        ("nl_NL", "nl-NL"),
        ("nl_NL", "NL-nl"),
        ("ZH_HANT_tw", "zh-Hant-TW"),
    ] {
        let (one, other) = (key(one), key(other));
        assert_eq!(one, other);
        assert!(one.cmp(&other).is_eq());
        assert_eq!(hasher.hash_one(one), hasher.hash_one(other));
    }
    for (one, other) in [
        ("nl", "nl-NL"),
        ("in", "id"),
        ("zh-TW", "zh-Hant-TW"),
        ("fi", "fil"),
    ] {
        assert_ne!(key(one), key(other));
    }
}

#[test]
fn aliases_are_another_comparison() {
    for (one, other, same) in [
        ("in", "id", true),
        ("IN_id", "id-ID", true),
        ("in-ID", "id", false),
        ("iw-IL", "he-IL", true),
        ("no", "nb", true),
        ("no-NO", "nb_NO", true),
        ("nn", "nb", false),
        ("nl", "nl-NL", true),
        ("nl-BE", "nl", false),
        ("PT", "pt_br", true),
        ("pt-PT", "pt", false),
        ("pt-PT", "pt-BR", false),
        ("pt-Latn", "pt-BR", false),
        ("es", "es", true),
        // Not `in` and a letter.
        ("inh", "idh", false),
    ] {
        assert_eq!(key(one).same_language_as(key(other)), same, "{one} {other}");
        assert_eq!(key(other).same_language_as(key(one)), same, "{other} {one}");
    }
}

#[test]
fn every_alias_leads_to_a_key_that_stands_for_itself() {
    for (met, meant) in LANGUAGE_ALIASES {
        assert_eq!(key(met).canonical(), key(meant));
        assert_eq!(key(meant).canonical(), key(meant));
    }
}

#[test]
fn the_product_languages_are_27_and_known_by_their_aliases() {
    let distinct: HashSet<_> = PRODUCT_LANGUAGES.iter().map(|text| key(text)).collect();
    assert_eq!(distinct.len(), 27);
    assert!(PRODUCT_LANGUAGES.is_sorted());
    for language in PRODUCT_LANGUAGES {
        assert!(key(language).is_product_language(), "{language}");
        let respelled = language.to_uppercase().replace('-', "_");
        assert!(key(&respelled).is_product_language(), "{respelled}");
    }
    for (text, is) in [
        ("in", true),
        ("nl", true),
        ("pt", true),
        ("no", true),
        ("iw", false),
        ("he", false),
        ("zh", false),
        ("zh-Hant", false),
        ("en-US", false),
        ("pt-PT", false),
        ("nl-BE", false),
    ] {
        assert_eq!(key(text).is_product_language(), is, "{text}");
    }
}

// ---------------------------------------------------------------------------------------------------- selection

#[test]
fn a_language_gets_its_own_text_or_that_of_its_language_part_or_the_base() {
    use SelectedBy::{Alias, Base, Exact, LanguagePart};
    let all = [
        "english", "es", "nl_NL", "zh-Hant", "zh", "id", "pt-BR", "nb", "fr-CA", "es_MX",
    ];
    for (wanted, by, found) in [
        ("es", Exact, "es"),
        ("ES", Exact, "es"),
        ("es-MX", Exact, "es_MX"),
        ("es-419", LanguagePart, "es"),
        ("nl_NL", Exact, "nl_NL"),
        ("NL-nl", Exact, "nl_NL"),
        ("nl-NL", Exact, "nl_NL"),
        ("nl", Alias, "nl_NL"),
        ("nl-BE", Base, ""),
        ("zh-Hant", Exact, "zh-Hant"),
        ("zh-Hant-TW", LanguagePart, "zh-Hant"),
        ("zh-Hans-CN", LanguagePart, "zh"),
        ("zh-TW", LanguagePart, "zh"),
        ("id", Exact, "id"),
        ("in", Alias, "id"),
        ("in_ID", Alias, "id"),
        ("id-ID", LanguagePart, "id"),
        ("pt", Alias, "pt-BR"),
        ("pt-BR", Exact, "pt-BR"),
        ("pt-PT", Base, ""),
        ("no", Alias, "nb"),
        ("no-NO", Alias, "nb"),
        ("nn", Base, ""),
        ("fr", Base, ""),
        ("fr-FR", Base, ""),
        ("en", Base, ""),
        ("uk", Base, ""),
    ] {
        let translations: Vec<_> = all.iter().map(|key| (*key, *key)).collect();
        let catalogue = set("", &translations);
        let selected = catalogue.select(key(wanted));
        assert_eq!((selected.by(), selected.text()), (by, found), "{wanted}");
        let expected = (by != Base).then_some(found);
        assert_eq!(selected.key(), expected, "{wanted}");
    }
}

#[test]
fn an_alias_counts_in_both_directions_and_after_what_is_documented() {
    let by = |keys: &[&str], wanted: &str| {
        let translations: Vec<_> = keys.iter().map(|key| (*key, *key)).collect();
        let catalogue = set("base", &translations);
        let selected = catalogue.select(key(wanted));
        (selected.by(), selected.text().to_owned())
    };
    let expected = |by: SelectedBy, text: &str| (by, text.to_owned());
    assert_eq!(by(&["in"], "id"), expected(SelectedBy::Alias, "in"));
    assert_eq!(by(&["in"], "id-ID"), expected(SelectedBy::Alias, "in"));
    assert_eq!(
        by(&["nl"], "nl-NL"),
        expected(SelectedBy::LanguagePart, "nl")
    );
    assert_eq!(
        by(&["pt"], "pt-PT"),
        expected(SelectedBy::LanguagePart, "pt")
    );
    assert_eq!(
        by(&["id-ID", "in"], "in-ID"),
        expected(SelectedBy::LanguagePart, "in")
    );
    assert_eq!(by(&["in", "id"], "id"), expected(SelectedBy::Exact, "id"));
    assert_eq!(by(&[], "id"), expected(SelectedBy::Base, "base"));
}

#[test]
fn the_first_of_two_alike_counts() {
    let catalogue = set("", &[("nl_NL", "first"), ("nl-NL", "second")]);
    assert_eq!(catalogue.select(key("nl-NL")).text(), "first");
    assert_eq!(catalogue.get("nl-NL"), Some("first"));
}

// ---------------------------------------------------------------------------------------------------- what was read

#[test]
fn nothing_given_is_lost_and_every_doubt_is_listed() {
    let given = [
        ("english", "a"),
        ("nl_NL", "b"),
        ("English", "c"),
        ("", "d"),
        ("nl-nl", "e"),
        ("es", ""),
        ("NL-NL", "g"),
    ];
    let catalogue = set("base", &given);
    assert!(catalogue.translations().eq(given));
    assert_eq!(catalogue.get("ENGLISH"), Some("a"));
    let problems: Vec<_> = catalogue
        .problems()
        .map(|problem| {
            let first = match problem.kind() {
                KeyProblemKind::Unreadable(error) => Err(error.at()),
                KeyProblemKind::Repeated { first, .. } => Ok(first),
                kind => panic!("{kind}"),
            };
            (problem.index(), problem.key(), first)
        })
        .collect();
    assert_eq!(
        problems,
        [
            (0, "english", Err(0)),
            (2, "English", Err(0)),
            (2, "English", Ok(0)),
            (3, "", Err(0)),
            (4, "nl-nl", Ok(1)),
            (6, "NL-NL", Ok(1)),
        ]
    );
    assert_eq!(set("", &[("nl", ""), ("nl-NL", "")]).problems().count(), 0);
}

#[test]
fn debug_shows_no_text() {
    let catalogue = set("secret", &[("es", "secret")]);
    let update = Update::new().text("secret").translation("es", "secret");
    let other = set("secret2", &[]);
    for shown in [
        format!("{catalogue:?}"),
        format!("{update:?}"),
        format!("{:?}", catalogue.select(key("es"))),
        format!("{:?}", catalogue.changes(&other).collect::<Vec<_>>()),
    ] {
        assert!(!shown.contains("secret"), "{shown}");
        assert!(
            shown.contains('6') || shown.contains("translations"),
            "{shown}"
        );
    }
}

// ---------------------------------------------------------------------------------------------------- updates

#[test]
fn an_update_changes_what_it_names() {
    let saved = set("base", &[("es", "a"), ("nl_NL", "b"), ("english", "c")]);
    let table: [(&str, Update, Catalogue); 12] = [
        ("nothing", Update::new(), saved.clone()),
        (
            "the base text",
            Update::new().text("new"),
            set("new", &[("es", "a"), ("nl_NL", "b"), ("english", "c")]),
        ),
        (
            "an empty base text is one",
            Update::new().text(""),
            set("", &[("es", "a"), ("nl_NL", "b"), ("english", "c")]),
        ),
        (
            "an added key goes to the end",
            Update::new().translation("fr", "d"),
            set(
                "base",
                &[("es", "a"), ("nl_NL", "b"), ("english", "c"), ("fr", "d")],
            ),
        ),
        (
            "a replaced key keeps place and spelling",
            Update::new().translation("NL-nl", "d"),
            set("base", &[("es", "a"), ("nl_NL", "d"), ("english", "c")]),
        ),
        (
            "a removal",
            Update::new().removal("ES"),
            set("base", &[("nl_NL", "b"), ("english", "c")]),
        ),
        (
            "an empty text removes",
            Update::new().translation("nl-NL", ""),
            set("base", &[("es", "a"), ("english", "c")]),
        ),
        (
            "an unreadable key can be removed",
            Update::new().removal("English"),
            set("base", &[("es", "a"), ("nl_NL", "b")]),
        ),
        (
            "a key that is not there can be removed",
            Update::new().removal("fr").translation("de", ""),
            saved.clone(),
        ),
        (
            "an alias is another key",
            Update::new().removal("nl"),
            saved.clone(),
        ),
        (
            "the last of several counts",
            Update::new()
                .translation("es", "x")
                .removal("fr")
                .translation("ES", "y")
                .translation("fr", "z"),
            set(
                "base",
                &[("es", "y"), ("nl_NL", "b"), ("english", "c"), ("fr", "z")],
            ),
        ),
        (
            "added and removed in one",
            Update::new().translation("fr", "x").removal("FR"),
            saved.clone(),
        ),
    ];
    for (what, update, expected) in table {
        assert_eq!(parts(&saved.updated(&update)), parts(&expected), "{what}");
    }
}

#[test]
fn an_update_reaches_every_entry_of_a_key() {
    let saved = set("", &[("nl_NL", "a"), ("es", "b"), ("nl-NL", "c")]);
    let replaced = saved.updated(&Update::new().translation("nl-nl", "d"));
    assert_eq!(
        parts(&replaced).1,
        [("nl_NL", "d"), ("es", "b"), ("nl-NL", "d")]
    );
    let removed = saved.updated(&Update::new().removal("nl-nl"));
    assert_eq!(parts(&removed).1, [("es", "b")]);
}

#[test]
fn a_replacement_keeps_nothing() {
    let body = Update::new()
        .text("new")
        .translation("es", "x")
        .translation("fr", "")
        .removal("de");
    let replaced = Catalogue::replaced(&body).unwrap();
    assert_eq!(parts(&replaced), ("new", vec![("es", "x")]));
    assert_eq!(
        Catalogue::replaced(&Update::new().translation("es", "x")),
        None
    );
}

#[test]
fn changes_name_what_a_checker_has_to_look_at() {
    use ChangeKind::{Added, Changed, Removed, Unchanged};
    let before = set(
        "base",
        &[("de", "a"), ("nl_NL", "b"), ("es", "c"), ("english", "d")],
    );
    let after = set(
        "new",
        &[("fr", "x"), ("NL-nl", "b"), ("es", "y"), ("English", "d")],
    );
    let changes: Vec<_> = before
        .changes(&after)
        .map(|change| (change.key(), change.kind(), change.before(), change.after()))
        .collect();
    assert_eq!(
        changes,
        [
            (None, Changed, Some("base"), Some("new")),
            (Some("fr"), Added, None, Some("x")),
            (Some("NL-nl"), Unchanged, Some("b"), Some("b")),
            (Some("es"), Changed, Some("c"), Some("y")),
            (Some("English"), Unchanged, Some("d"), Some("d")),
            (Some("de"), Removed, Some("a"), None),
        ]
    );
    let new: Vec<_> = before
        .changes(&after)
        .filter(|change| change.is_new())
        .map(|change| change.key())
        .collect();
    assert_eq!(new, [None, Some("fr"), Some("es")]);
}

#[test]
fn changes_of_a_key_that_is_there_twice_go_by_its_order() {
    let twice = set("", &[("nl_NL", "a"), ("nl-NL", "b")]);
    let once = set("", &[("nl-NL", "a")]);
    let kinds = |before: &Catalogue, after: &Catalogue| -> Vec<_> {
        let changes = before.changes(after).skip(1);
        changes.map(|change| change.kind()).collect()
    };
    assert_eq!(kinds(&twice, &twice), [ChangeKind::Unchanged; 2]);
    assert_eq!(
        kinds(&twice, &once),
        [ChangeKind::Unchanged, ChangeKind::Removed]
    );
    assert_eq!(
        kinds(&once, &twice),
        [ChangeKind::Unchanged, ChangeKind::Added]
    );
}

#[test]
fn many_translations_are_no_trouble() {
    let mut many = Catalogue::new("");
    let mut update = Update::new();
    for number in 0..20_000 {
        many = many.with_translation(format!("k{}", number / 2), "a");
        update = update.translation(format!("K{number}"), "b");
    }
    assert_eq!(many.problems().count(), 30_000);
    let updated = many.updated(&update);
    assert_eq!(updated.translations().len(), 30_000);
    assert_eq!(many.changes(&updated).count(), 30_001);
}

// ---------------------------------------------------------------------------------------------------- properties

/// Keys of which some are spelled differently and some are none.
fn keys() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec![
            "es",
            "ES",
            "nl",
            "nl-NL",
            "nl_NL",
            "NL_nl",
            "pt",
            "pt-BR",
            "in",
            "id",
            "in-ID",
            "zh-Hant",
            "zh-Hant-TW",
            "zh",
            "zh_TW",
            "english",
            "English",
            "",
            "-",
            "é",
            "É",
        ])
        .prop_map(str::to_owned),
        "[a-cA-C]{2}([-_][a-bA-B]{2})?",
        any::<String>(),
    ]
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-c]{1,2}", any::<String>()]
}

fn catalogues() -> impl Strategy<Value = Catalogue> {
    let translations = prop::collection::vec((keys(), texts()), 0..8);
    (texts(), translations).prop_map(|(text, translations)| {
        let translations = translations.into_iter();
        translations.fold(Catalogue::new(text), |set, (key, text)| {
            set.with_translation(key, text)
        })
    })
}

fn updates() -> impl Strategy<Value = Update> {
    let translations = prop::collection::vec((keys(), prop::option::of(texts())), 0..8);
    (prop::option::of(texts()), translations).prop_map(|(text, translations)| {
        let update = text.into_iter().fold(Update::new(), Update::text);
        let translations = translations.into_iter();
        translations.fold(update, |update, (key, text)| match text {
            Some(text) => update.translation(key, text),
            None => update.removal(key),
        })
    })
}

fn folded(key: &str) -> String {
    key.to_ascii_lowercase().replace('_', "-")
}

/// The rules of an update one after another, each over all there is.
fn updated(saved: &Catalogue, update: &Update) -> (String, Vec<(String, String)>) {
    let mut entries: Vec<(String, Option<String>)> = Vec::new();
    for (key, text) in update.translations() {
        entries.retain(|(known, _)| folded(known) != folded(key));
        let text = text.filter(|text| !text.is_empty()).map(str::to_owned);
        entries.push((key.to_owned(), text));
    }
    let mut result: Vec<(String, String)> = saved
        .translations()
        .map(|(key, text)| (key.to_owned(), text.to_owned()))
        .collect();
    for (key, text) in entries {
        let known = result
            .iter()
            .any(|(known, _)| folded(known) == folded(&key));
        match text {
            None => result.retain(|(known, _)| folded(known) != folded(&key)),
            Some(text) if known => {
                for (known, slot) in &mut result {
                    if folded(known) == folded(&key) {
                        slot.clone_from(&text);
                    }
                }
            }
            Some(text) => result.push((key, text)),
        }
    }
    let text = update.get_text().unwrap_or(saved.text()).to_owned();
    (text, result)
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_string_is_a_key_or_an_error_within_it(text in any::<String>()) {
        match text.parse::<LanguageKey>() {
            Ok(key) => prop_assert_eq!(key.as_str(), text),
            Err(error) => prop_assert!(text.is_char_boundary(error.at())),
        }
    }

    #[test]
    fn keys_are_read_as_their_grammar_says(
        text in "[a-zA-Z]{1,4}([-_][a-zA-Z]{1,5})?([-_]([a-zA-Z]{1,3}|[0-9]{2,4}))?",
    ) {
        let subtags: Vec<_> = text.split(['-', '_']).collect();
        let letters = |subtag: &str| subtag.chars().all(|letter| letter.is_ascii_alphabetic());
        let script = |subtag: &str| subtag.len() == 4 && letters(subtag);
        let region = |subtag: &str| match letters(subtag) {
            true => subtag.len() == 2,
            false => subtag.len() == 3,
        };
        let expected = (2..=3).contains(&subtags[0].len()) && match subtags[1..] {
            [] => true,
            [one] => script(one) || region(one),
            [one, two] => script(one) && region(two),
            _ => false,
        };
        prop_assert_eq!(text.parse::<LanguageKey>().is_ok(), expected);
    }

    #[test]
    fn keys_are_ordered_and_hashed_as_they_are_compared(one in keys(), other in keys()) {
        if let (Ok(a), Ok(b)) = (one.parse::<LanguageKey>(), other.parse::<LanguageKey>()) {
            prop_assert_eq!(a == b, folded(&one) == folded(&other));
            prop_assert_eq!(a.cmp(&b), folded(&one).cmp(&folded(&other)));
            let hasher = RandomState::new();
            prop_assert!(a != b || hasher.hash_one(a) == hasher.hash_one(b));
        }
    }

    #[test]
    fn a_selected_text_is_one_of_the_set(catalogue in catalogues(), wanted in keys()) {
        if let Ok(wanted) = wanted.parse::<LanguageKey>() {
            let selected = catalogue.select(wanted);
            match selected.key() {
                None => {
                    prop_assert_eq!(selected.by(), SelectedBy::Base);
                    prop_assert_eq!(selected.text(), catalogue.text());
                }
                Some(key) => {
                    prop_assert_eq!(catalogue.get(key), Some(selected.text()));
                    let found = key.parse::<LanguageKey>().unwrap();
                    prop_assert_eq!(selected.by() == SelectedBy::Exact, found == wanted);
                    prop_assert_eq!(
                        found.canonical().language().to_lowercase(),
                        wanted.canonical().language().to_lowercase()
                    );
                }
            }
        }
    }

    #[test]
    fn an_update_is_its_rules_one_by_one(saved in catalogues(), update in updates()) {
        let (text, translations) = updated(&saved, &update);
        let result = saved.updated(&update);
        prop_assert_eq!(result.text(), text);
        let result: Vec<_> = result
            .translations()
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .collect();
        prop_assert_eq!(result, translations);
    }

    #[test]
    fn an_update_made_twice_is_made_once(saved in catalogues(), update in updates()) {
        let once = saved.updated(&update);
        prop_assert_eq!(once.updated(&update), once);
    }

    #[test]
    fn changes_tell_both_sets_whole(before in catalogues(), after in catalogues()) {
        let changes: Vec<_> = before.changes(&after).collect();
        let afterwards: Vec<_> = changes.iter().skip(1).filter_map(|change| {
            Some((change.key()?, change.after()?))
        }).collect();
        prop_assert_eq!(afterwards, after.translations().collect::<Vec<_>>());
        let mut texts: Vec<_> = changes.iter().skip(1).filter_map(|change| {
            Some((folded(change.key()?), change.before()?))
        }).collect();
        let mut expected: Vec<_> = before
            .translations()
            .map(|(key, text)| (folded(key), text))
            .collect();
        texts.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(texts, expected);
        prop_assert!(before.changes(&before).all(|change| change.kind() == ChangeKind::Unchanged));
    }
}
