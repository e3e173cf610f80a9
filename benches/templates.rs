//! Bounds of a template and checks of texts: `cargo bench --bench templates`, or `cargo test --benches`
//! to run each once.

use core::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use septet::template::{Catalogue, CharacterSet, Count, Profile, Rules, Syntax, Template, Values};

/// 160 characters with three placeholders.
const TEMPLATE: &str = "Hi ${name}, your ${org.name} verification code is ${code}. It expires in ten \
                        minutes. Do not share it with anyone, we will never ask for it by phone or by mail.";

/// One message in 20 languages, the base text in English.
const TRANSLATIONS: [(&str, &str); 19] = [
    (
        "cs",
        "${org.name}: váš ověřovací kód je ${code}. Nikomu ho nesdělujte.",
    ),
    (
        "da",
        "${org.name}: din bekræftelseskode er ${code}. Del den ikke med nogen.",
    ),
    (
        "de",
        "${org.name}: Ihr Bestätigungscode lautet ${code}. Geben Sie ihn nicht weiter.",
    ),
    (
        "el",
        "${org.name}: ο κωδικός επαλήθευσης είναι ${code}. Μην τον κοινοποιήσετε.",
    ),
    (
        "es",
        "${org.name}: su código de verificación es ${code}. No lo comparta.",
    ),
    (
        "fi",
        "${org.name}: vahvistuskoodisi on ${code}. Älä jaa sitä kenellekään.",
    ),
    (
        "fr",
        "${org.name} : votre code de vérification est ${code}. Ne le communiquez à personne.",
    ),
    (
        "hi",
        "${org.name}: आपका सत्यापन कोड ${code} है। इसे किसी से साझा न करें।",
    ),
    (
        "hu",
        "${org.name}: az ellenőrző kódja ${code}. Ne ossza meg senkivel.",
    ),
    (
        "it",
        "${org.name}: il codice di verifica è ${code}. Non condividerlo.",
    ),
    (
        "ja",
        "${org.name}: 認証コードは${code}です。他人に教えないでください。",
    ),
    (
        "ko",
        "${org.name}: 인증 코드는 ${code}입니다. 다른 사람과 공유하지 마세요.",
    ),
    (
        "nl-NL",
        "${org.name}: uw verificatiecode is ${code}. Deel deze met niemand.",
    ),
    (
        "pl",
        "${org.name}: twój kod weryfikacyjny to ${code}. Nikomu go nie podawaj.",
    ),
    (
        "pt-BR",
        "${org.name}: seu código de verificação é ${code}. Não o compartilhe.",
    ),
    (
        "ru",
        "${org.name}: ваш код подтверждения ${code}. Никому его не сообщайте.",
    ),
    (
        "sv",
        "${org.name}: din verifieringskod är ${code}. Dela den inte med någon.",
    ),
    (
        "tr",
        "${org.name}: doğrulama kodunuz ${code}. Kimseyle paylaşmayın.",
    ),
    ("zh-CN", "${org.name}：您的验证码是${code}，请勿告诉他人。"),
];

fn values() -> Values {
    Values::new()
        .with("code", CharacterSet::DIGITS.exactly(6))
        .with("org.name", CharacterSet::GSM7.up_to(30))
        .with("name", CharacterSet::ANY.up_to(20))
}

fn bounds(criterion: &mut Criterion) {
    assert_eq!(TEMPLATE.chars().count(), 160);
    let template = Template::parse(TEMPLATE, Syntax::DollarBrace).expect("well-formed");
    let values = values();
    let counts = || {
        let bounds = black_box(&template).bounds(&values).expect("scalar cuts");
        (bounds.best().segments(), bounds.worst().segments())
    };
    assert_eq!(counts(), (Count::Exact(1), Count::Exact(4)));
    criterion.bench_function("bounds", |bencher| bencher.iter(counts));
    criterion.bench_function("parse", |bencher| {
        bencher.iter(|| Template::parse(black_box(TEMPLATE), Syntax::DollarBrace));
    });
    let bounds = template.bounds(&values).expect("scalar cuts");
    let headroom = bounds.headroom("org.name").expect("characters");
    // 135 + 6 + 2 × 20 code units beside it, of 3 × 67.
    assert_eq!(headroom.within(3), Some(20));
    criterion.bench_function("headroom", |bencher| {
        bencher.iter(|| black_box(&headroom).within(3));
    });
}

fn check(criterion: &mut Criterion) {
    let rules = Rules::new()
        .profile(Profile::OKTA)
        .know("name")
        .values(values());
    let english = "${org.name}: your verification code is ${code}. Don’t share it with anyone.";
    let catalogue = TRANSLATIONS
        .into_iter()
        .fold(Catalogue::new(english), |catalogue, (key, text)| {
            catalogue.with_translation(key, text)
        });
    let over_budget = |rules: &Rules<'_>| {
        let report = rules.check_catalogue(black_box(&catalogue));
        let over = report
            .texts()
            .filter_map(|text| text.report())
            .filter(|report| report.costs().worst().segments() != Count::Exact(1));
        (report.texts().len(), over.count())
    };
    assert_eq!(over_budget(&rules), (20, 10));
    criterion.bench_function("check-20-languages", |bencher| {
        bencher.iter(|| over_budget(&rules));
    });
    let findings = |text: &str| rules.check(black_box(text)).findings().len();
    // Over budget, by a curly apostrophe.
    assert_eq!(findings(english), 2);
    criterion.bench_function("check-one-text", |bencher| {
        bencher.iter(|| findings(english))
    });
}

criterion_group!(benches, bounds, check);
criterion_main!(benches);
