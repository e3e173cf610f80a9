//! Sets of translations: what is wrong with them, and what of a change is checked.

#![cfg(feature = "alloc")]

use septet::template::{
    Catalogue, CatalogueReport, CharacterSet, Count, Lint, Profile, Rules, Syntax, TextReport,
    Update, Values, Verdict,
};

fn rules() -> Rules<'static> {
    Rules::new()
        .syntax(Syntax::DollarBrace)
        .values(Values::new().with("code", CharacterSet::DIGITS.exactly(6)))
}

fn key(text: &str) -> septet::template::LanguageKey {
    text.parse().expect("a language")
}

/// The key of the text, `set` for what is about the set.
fn found(report: &CatalogueReport) -> Vec<(Option<String>, Lint, String)> {
    let all = report.all_findings();
    let key =
        |text: Option<&TextReport>| text.map_or(Some("set"), TextReport::key).map(str::to_owned);
    all.map(|(text, finding)| (key(text), finding.lint(), finding.to_string()))
        .collect()
}

#[test]
fn keys_that_are_no_language_or_repeated_are_errors_of_the_set() {
    let catalogue = Catalogue::new("${code}")
        .with_translation("english", "${code}")
        .with_translation("pt_BR", "${code}")
        .with_translation("pt-br", "${code}")
        .with_translation("fr", "${code}");
    let report = rules().check_catalogue(&catalogue);
    let keys = found(&report);
    assert_eq!(keys.len(), 2);
    assert_eq!(
        (keys[0].0.as_deref(), keys[0].1),
        (Some("set"), Lint::TranslationKey)
    );
    assert!(
        keys[0]
            .2
            .starts_with("the key `english` is not a language: "),
        "{}",
        keys[0].2
    );
    assert_eq!(
        keys[1].2,
        "the key `pt-br` names a language that is there already; keep one"
    );
    assert_eq!(report.texts().len(), 5);
}

#[test]
fn a_translation_with_other_placeholders_is_told_apart_from_one_with_the_same() {
    let known = rules().allow(Lint::UnboundedPlaceholder);
    let catalogue = Catalogue::new("${org.name}: ${code}")
        .with_translation("es", "${org.name}: ${codigo}")
        .with_translation("de", "${code} ${org.name}");
    assert_eq!(
        found(&known.check_catalogue(&catalogue)),
        [(
            Some("es".to_owned()),
            Lint::PlaceholderMismatch,
            "`es` has other placeholders: the base text also has `code`; the base text has no `codigo`"
                .to_owned()
        )]
    );
}

#[test]
fn a_language_that_is_expected_is_missed_unless_something_is_selected_for_it() {
    let catalogue = Catalogue::new("${code}").with_translation("pt_BR", "${code}");
    let rules = ["fr", "pt-BR", "pt", "en"]
        .into_iter()
        .fold(rules().base_language(key("en")), |rules, language| {
            rules.expect_language(key(language))
        });
    assert_eq!(
        found(&rules.check_catalogue(&catalogue)),
        [(
            Some("set".to_owned()),
            Lint::MissingTranslation,
            "there is no translation for `fr`".to_owned()
        )]
    );
}

#[test]
fn a_language_that_is_meant_to_be_ucs2_hears_nothing_of_what_forces_it() {
    let catalogue = Catalogue::new("${code}")
        .with_translation("tr", "Kodunuz şu: ${code}")
        .with_translation("az-Latn", "Kodunuz şu: ${code}");
    let lints = |rules: Rules<'_>| {
        let report = rules.check_catalogue(&catalogue);
        let all = report.all_findings();
        all.map(|(text, finding)| {
            let key = text.and_then(TextReport::key);
            (key.map(str::to_owned), finding.lint())
        })
        .collect::<Vec<_>>()
    };
    let forces = |key: &str| (Some(key.to_owned()), Lint::ForcesUcs2);
    assert_eq!(lints(rules()), [forces("tr"), forces("az-Latn")]);
    assert_eq!(lints(rules().expect_ucs2_in(key("az"))), [forces("tr")]);
    assert_eq!(lints(rules().expect_ucs2()), []);
}

fn verdicts(report: &CatalogueReport) -> Vec<(Option<&str>, Verdict, bool)> {
    let texts = report.texts();
    texts
        .map(|text| (text.key(), text.verdict(), text.report().is_some()))
        .collect()
}

#[test]
fn what_was_saved_before_is_left_alone_until_it_changes() {
    let long = "${code} ".to_owned() + &"a".repeat(170);
    let saved = Catalogue::new(long.clone())
        .with_translation("es", long.clone())
        .with_translation("fr", long.clone());
    let rules = rules().budget(1);
    let changed = long.replace('a', "b");
    let update = Update::new()
        .translation("ES", changed.clone())
        .translation("de", long.clone())
        .removal("fr");
    let (set, report) = rules.check_update(&saved, &update);
    assert_eq!(
        (set.get("es"), set.get("fr")),
        (Some(changed.as_str()), None)
    );
    assert_eq!(
        verdicts(&report),
        [
            (None, Verdict::UnchangedLegacy, false),
            (Some("es"), Verdict::Changed, true),
            (Some("de"), Verdict::New, true),
        ]
    );
    assert_eq!(report.unchecked(), 1);
    let lints: Vec<_> = found(&report)
        .into_iter()
        .map(|(key, lint, _)| (key, lint))
        .collect();
    assert_eq!(
        lints,
        [
            (Some("es".to_owned()), Lint::OverBudget),
            (Some("de".to_owned()), Lint::OverBudget)
        ]
    );
    // Both encodings are held to it, and a changed text may well be in order now.
    let (_, report) = rules.check_update(&saved, &Update::new().text("${code}"));
    assert_eq!(verdicts(&report)[0], (None, Verdict::Changed, true));
    assert!(found(&report).is_empty());
}

#[test]
fn a_full_replacement_keeps_nothing_and_still_knows_what_is_unchanged() {
    let saved = Catalogue::new("${code}")
        .with_translation("es", "a ${code}")
        .with_translation("fr", "b ${code}");
    let body = Update::new().text("${code}").translation("es", "c ${code}");
    let (set, report) = rules()
        .check_replacement(&saved, &body)
        .expect("it has a text");
    assert_eq!((set.get("es"), set.get("fr")), (Some("c ${code}"), None));
    assert_eq!(
        verdicts(&report),
        [
            (None, Verdict::UnchangedLegacy, false),
            (Some("es"), Verdict::Changed, true)
        ]
    );
    assert!(rules().check_replacement(&saved, &Update::new()).is_none());
}

#[test]
fn a_base_text_that_loses_a_placeholder_is_held_against_its_old_translations() {
    let saved = Catalogue::new("${code}").with_translation("es", "${code}");
    let (_, report) = rules().check_update(&saved, &Update::new().text("no code"));
    assert_eq!(
        found(&report),
        [(
            Some("set".to_owned()),
            Lint::PlaceholderMismatch,
            "`es` has other placeholders: the base text has no `code`".to_owned()
        )]
    );
    // Where neither changed, nothing is said.
    let old = Catalogue::new("no code").with_translation("es", "${code}");
    assert!(found(&rules().check_change(&old, &old)).is_empty());
}

#[test]
fn the_matrix_has_a_cell_for_each_text_and_no_other() {
    let one = Catalogue::new("${code}").with_translation("ru", "ж".repeat(71));
    let two = Catalogue::new("a".repeat(161)).with_translation("pt_BR", "${code}");
    let matrix = rules().check_all([("one", &one), ("two", &two)]);
    let names: Vec<_> = matrix.templates().map(|(name, _)| name).collect();
    assert_eq!(names, ["one", "two"]);
    assert_eq!(
        matrix.languages().collect::<Vec<_>>(),
        [None, Some("ru"), Some("pt_BR")]
    );
    let worst = |template, language| {
        let costs = matrix.costs(template, language)?;
        Some((costs.best().segments(), costs.worst().segments()))
    };
    let exact = |segments| Some((Count::Exact(segments), Count::Exact(segments)));
    assert_eq!(worst("one", None), exact(1));
    assert_eq!(worst("two", None), exact(2));
    assert_eq!(worst("one", Some("RU")), exact(2));
    assert_eq!(worst("two", Some("ru")), None);
    assert_eq!(worst("two", Some("pt-br")), exact(1));
    assert_eq!(worst("three", None), None);
}

#[test]
fn the_profile_of_okta_holds_its_rules_apart() {
    let values = Values::new()
        .with("code", CharacterSet::DIGITS.exactly(6))
        .with("org.name", CharacterSet::GSM7_BASIC.up_to(30));
    let okta = |profile: Profile| Rules::new().profile(profile).values(values.clone());
    let limits = |rules: &Rules<'_>, text: &str| {
        let report = rules.check(text);
        let broken = report
            .findings()
            .filter(|finding| finding.lint() == Lint::ProfileLimit);
        broken
            .map(|finding| finding.to_string())
            .collect::<Vec<_>>()
    };
    let text = |characters: usize| "${code}".to_owned() + &"a".repeat(characters - 7);
    assert!(limits(&okta(Profile::OKTA), &text(159)).is_empty());
    assert_eq!(
        limits(&okta(Profile::OKTA), &text(160)),
        ["1 to 159 characters of the template are taken (limit `console`); there are 160"]
    );
    // The code is a character shorter than its placeholder.
    assert_eq!(limits(&okta(Profile::OKTA), &text(162)).len(), 3);
    let api = okta(Profile::OKTA.without_limit("console"));
    assert!(limits(&api, &text(161)).is_empty());
    // The rendered limit is of the longest values, not of the template as it is written.
    let named = "${org.name}: ${code}".to_owned() + &"a".repeat(123);
    assert_eq!(
        limits(&okta(Profile::OKTA), &named),
        ["1 to 160 characters of the message are taken (limit `rendered`); there are 161"]
    );
    // A code in every text.
    let missing = okta(Profile::OKTA)
        .check_catalogue(&Catalogue::new("${code}").with_translation("es", "nada"));
    let lints: Vec<_> = found(&missing)
        .into_iter()
        .map(|(key, lint, _)| (key, lint))
        .collect();
    assert_eq!(lints, [(Some("es".to_owned()), Lint::MissingPlaceholder),]);
    assert_eq!(okta(Profile::OKTA).check_name(&"n".repeat(50)).len(), 0);
    assert_eq!(okta(Profile::OKTA).check_name("").len(), 1);
}

#[test]
fn every_profile_has_a_name_a_source_and_a_date() {
    assert!(Profile::ALL.len() >= 9);
    for profile in Profile::ALL {
        assert_eq!(
            Profile::named(profile.name()).map(Profile::name),
            Some(profile.name())
        );
        assert!(!profile.source().is_empty());
        let date = profile.date();
        assert!(date.len() == 10 && date.starts_with("20"), "{date}");
    }
    assert!(Profile::named("none").is_none());
    let toll_free = Rules::new()
        .profile(Profile::TOLL_FREE)
        .syntax(Syntax::None);
    let report = toll_free.check(&"a".repeat(305));
    assert_eq!(report.costs().worst().segments(), Count::Exact(3)); // 152 each
}

#[test]
fn a_translation_in_another_syntax_is_misspelt_not_another_template() {
    let catalogue = Catalogue::new("Your code is ${code}")
        .with_translation("es", "Su codigo es {code}")
        .with_translation("fr", "Code {{code}}");
    let values = Values::new().with("code", CharacterSet::DIGITS.exactly(6));
    // Nothing says which syntax it is: it is that of the base text.
    let report = Rules::new()
        .values(values)
        .require("code")
        .check_catalogue(&catalogue);
    let lints: Vec<_> = found(&report)
        .into_iter()
        .map(|(key, lint, _)| (key, lint))
        .collect();
    let misspelt = |key: &str| (Some(key.to_owned()), Lint::MisspeltPlaceholder);
    assert_eq!(lints, [misspelt("es"), misspelt("fr")]);
}

#[test]
fn what_was_wrong_with_the_set_before_stops_no_change() {
    let saved = Catalogue::new("${code}").with_translation("english", "${code}");
    let rules = rules().expect_language(key("fr"));
    assert_eq!(rules.check_catalogue(&saved).findings().len(), 2);
    let (_, report) = rules.check_update(&saved, &Update::new().text("a ${code}"));
    assert_eq!(found(&report), []);
    let worse = Update::new().translation("german", "${code}");
    assert_eq!(rules.check_update(&saved, &worse).1.findings().len(), 1);
}

#[test]
fn templates_of_one_name_keep_their_own_costs() {
    let (one, two) = (Catalogue::new("a"), Catalogue::new("b".repeat(161)));
    let matrix = rules().check_all([("x", &one), ("x", &two)]);
    let worst: Vec<_> = matrix
        .templates()
        .filter_map(|(_, report)| report.costs(None))
        .map(|costs| costs.worst().segments())
        .collect();
    assert_eq!(worst, [Count::Exact(1), Count::Exact(2)]);
}
