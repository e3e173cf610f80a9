//! Who may receive a code, and who may not.

#![cfg(feature = "phone")]

use proptest::prelude::*;
use septet::phone::{
    Channels, Classification, CountryControl, CountryList, Coverage, EligibilityPolicy,
    NumberPrefix, Service, Validity, classify,
};
use septet::telephony::{
    Channel, Currency, Date, Eligibility, ExtensionFault, NumberFault, NumberKind, Price, Purpose,
    PurposeSet, Refusal, Region, RegionSet, Scope,
};

#[path = "support/cases.rs"]
mod support;

use support::cases;

const CHANNELS: [Channel; 2] = [Channel::Sms, Channel::Voice];

fn of(number: &str) -> Classification {
    classify(number, None)
}

fn by_default(number: &Classification, channel: Channel) -> Eligibility {
    EligibilityPolicy::new().eligibility(number, channel, Purpose::SignIn)
}

fn reason(number: &str, channel: Channel) -> &'static str {
    let answer = by_default(&of(number), channel);
    answer.refusal().map_or("accepted", Refusal::name)
}

/// A number of each kind that a plan can give.
const KINDS: [(NumberKind, &str); 12] = [
    (NumberKind::Mobile, "+4915123456789"),
    (NumberKind::FixedLine, "+4930123456"),
    (NumberKind::FixedLineOrMobile, "+16502530000"),
    (NumberKind::TollFree, "+18002530000"),
    (NumberKind::PremiumRate, "+19002530000"),
    (NumberKind::SharedCost, "+33810123456"),
    (NumberKind::Voip, "+445600123456"),
    (NumberKind::PersonalNumber, "+447000123456"),
    (NumberKind::Pager, "+447640123456"),
    (NumberKind::Uan, "+443001234567"),
    (NumberKind::Voicemail, "+41860446681800"),
    (NumberKind::ShortCode, "24365"),
];

#[test]
fn every_row_of_the_table_is_as_the_guide_says() {
    let policy = EligibilityPolicy::new();
    for (kind, number) in KINDS {
        let number = classify(number, Some(Region::US));
        assert_eq!(number.kind(), kind);
        for (purpose, channel) in purposes_and_channels() {
            let accepted = match kind {
                NumberKind::Mobile | NumberKind::FixedLineOrMobile => true,
                NumberKind::FixedLine => channel == Channel::Voice,
                _ => false,
            };
            let expected = if accepted {
                Eligibility::Accept
            } else {
                Eligibility::Reject(Refusal::Kind(kind))
            };
            let answer = policy.eligibility(&number, channel, purpose);
            assert_eq!(answer, expected, "{kind} by {channel} for {purpose}");
        }
    }
}

fn purposes_and_channels() -> impl Iterator<Item = (Purpose, Channel)> {
    let purposes = Purpose::ALL.iter();
    purposes.flat_map(|purpose| CHANNELS.map(|channel| (*purpose, channel)))
}

#[test]
fn voip_and_personal_numbers_are_taken_for_the_purposes_that_are_named_and_nothing_else_is() {
    for &allowed in Purpose::ALL {
        let named = PurposeSet::NONE.with(allowed);
        let voip = EligibilityPolicy::new().voip(named);
        let personal = EligibilityPolicy::new().personal_numbers(named);
        for (kind, number) in KINDS {
            let number = classify(number, Some(Region::US));
            for (purpose, channel) in purposes_and_channels() {
                let default = EligibilityPolicy::new().eligibility(&number, channel, purpose);
                for (policy, of) in [
                    (&voip, NumberKind::Voip),
                    (&personal, NumberKind::PersonalNumber),
                ] {
                    let expected = if kind == of && purpose == allowed {
                        Eligibility::Accept
                    } else {
                        default
                    };
                    assert_eq!(policy.eligibility(&number, channel, purpose), expected);
                }
            }
        }
    }
}

#[test]
fn what_is_no_valid_number_is_refused_with_its_fault() {
    for (number, region, validity) in [
        ("+1 650 253", None, Validity::Invalid(NumberFault::TooShort)),
        (
            "253 0000",
            Some(Region::US),
            Validity::Invalid(NumberFault::TooShort),
        ),
        (
            "+1 650 253 00000",
            None,
            Validity::Invalid(NumberFault::TooLong),
        ),
        (
            "+44 7700 900123",
            None,
            Validity::Invalid(NumberFault::Unassigned),
        ),
        (
            "+46 70 123 45",
            None,
            Validity::Invalid(NumberFault::Unassigned),
        ),
        (
            "+800 1234 567",
            None,
            Validity::Invalid(NumberFault::TooShort),
        ),
        (
            "+49 30 1234567890123456",
            None,
            Validity::Unparseable(NumberFault::TooLong),
        ),
        (
            "+999 12345",
            None,
            Validity::Unparseable(NumberFault::UnknownCallingCode),
        ),
        (
            "650 253 0000",
            None,
            Validity::Unparseable(NumberFault::NoCountry),
        ),
        (
            "650 253 0000",
            Some(Region::AQ),
            Validity::Unparseable(NumberFault::NoCountry),
        ),
        (
            "hello",
            None,
            Validity::Unparseable(NumberFault::NotANumber),
        ),
        (
            "",
            Some(Region::US),
            Validity::Unparseable(NumberFault::NotANumber),
        ),
        (
            "+",
            Some(Region::US),
            Validity::Unparseable(NumberFault::NotANumber),
        ),
        (
            "+1 650 253 0000, +1 650 253 0001",
            None,
            Validity::Unparseable(NumberFault::NotANumber),
        ),
        (
            "tel:253-0000;phone-context=+1-650",
            None,
            Validity::Unparseable(NumberFault::NotANumber),
        ),
        (
            "tel:253-0000;PHONE-context=",
            None,
            Validity::Unparseable(NumberFault::NotANumber),
        ),
    ] {
        let classified = classify(number, region);
        assert_eq!(classified.validity(), validity, "{number}");
        assert_eq!(classified.kind(), NumberKind::Unknown, "{number}");
        assert_eq!((classified.e164(), classified.region()), (None, None));
        for channel in CHANNELS {
            let refusal = by_default(&classified, channel).refusal();
            assert_eq!(refusal, validity.fault().map(Refusal::Number), "{number}");
        }
    }
}

#[test]
fn more_than_fifteen_digits_are_no_number_even_where_the_plan_has_them() {
    // Germany's plan holds fixed lines of up to fifteen digits behind its calling code.
    for (digits, validity) in [
        (11, Validity::Valid),
        (12, Validity::Invalid(NumberFault::TooLong)),
    ] {
        let number = format!("+4930{}", "1".repeat(digits));
        assert_eq!(of(&number).validity(), validity, "{digits} digits");
    }
}

#[test]
fn short_codes_need_a_region_and_nothing_around_their_digits() {
    for (number, region, kind) in [
        ("911", Some(Region::US), NumberKind::ShortCode),
        ("24365", Some(Region::US), NumberKind::ShortCode),
        ("243 654", Some(Region::US), NumberKind::ShortCode),
        ("24", Some(Region::US), NumberKind::Unknown),
        ("2436543", Some(Region::US), NumberKind::Unknown),
        ("24365", None, NumberKind::Unknown),
        ("+24365", Some(Region::US), NumberKind::Unknown),
        ("*24365", Some(Region::US), NumberKind::Unknown),
        // What follows the comma is an extension.
        ("2345,67", Some(Region::US), NumberKind::Unknown),
        // Five digits are a whole number on the Falklands.
        ("51234", Some(Region::FK), NumberKind::Mobile),
    ] {
        assert_eq!(classify(number, region).kind(), kind, "{number}");
    }
}

#[test]
fn what_stands_beside_a_number_or_in_place_of_its_digits_is_refused() {
    for (number, channel, expected) in [
        ("call +1 650 253 0000", Channel::Sms, "surplus"),
        ("*+1 650 253 0000", Channel::Sms, "surplus"),
        ("+1 650 253 0000 x1/x2", Channel::Voice, "surplus"),
        ("+1 650 253 0000;isub=12", Channel::Sms, "surplus"),
        ("+16502530000;6502530001", Channel::Voice, "surplus"),
        ("+1 650 253 0000, 650253000", Channel::Voice, "surplus"),
        ("+1 650 253 0000,,12", Channel::Voice, "accepted"),
        // The parser drops the code of a carrier.
        ("+5590229773906800", Channel::Voice, "surplus"),
        ("+86121173915650979", Channel::Voice, "surplus"),
        ("+44 (0) 7400 123456", Channel::Sms, "accepted"),
        ("+54 11 15 2345 6789", Channel::Sms, "accepted"),
        ("+1 650 GOO GLES", Channel::Sms, "letters"),
        ("+1 650 GOO GLES", Channel::Voice, "letters"),
        ("+1 800 FLOWERS", Channel::Sms, "toll-free"),
        ("+1 650 253 0000x", Channel::Sms, "letters"),
        ("+1 650 253 0000 ext. 12", Channel::Sms, "extension"),
        ("+1 650 253 0000 ext. 12", Channel::Voice, "accepted"),
        ("+49 30 123456 ext. 12", Channel::Voice, "accepted"),
        (
            "+49 30 123456 ext. 123456789012345",
            Channel::Voice,
            "accepted",
        ),
        (
            "+49 30 123456 ext. 1234567890123456",
            Channel::Voice,
            "extension-too-long",
        ),
        ("\u{202a}+1 650 253 0000\u{202c}", Channel::Sms, "accepted"),
        ("tel:+1-650-253-0000", Channel::Sms, "accepted"),
        ("＋１ ６５０ ２５３ ００００", Channel::Sms, "accepted"),
        ("+١ ٦٥٠ ٢٥٣ ٠٠٠٠", Channel::Sms, "accepted"),
    ] {
        assert_eq!(reason(number, channel), expected, "{number}");
    }
}

#[test]
fn global_networks_are_refused_whatever_their_kind_and_the_policy() {
    let lenient = EligibilityPolicy::new()
        .voip(PurposeSet::ALL)
        .personal_numbers(PurposeSet::ALL);
    for (number, kind, refusal) in [
        (
            "+80012345678",
            NumberKind::TollFree,
            Refusal::Kind(NumberKind::TollFree),
        ),
        (
            "+80812345678",
            NumberKind::SharedCost,
            Refusal::Kind(NumberKind::SharedCost),
        ),
        ("+870773111632", NumberKind::Mobile, Refusal::GlobalNetwork),
        ("+878101234567890", NumberKind::Voip, Refusal::GlobalNetwork),
        ("+881612345678", NumberKind::Mobile, Refusal::GlobalNetwork),
        ("+8823421234", NumberKind::Mobile, Refusal::GlobalNetwork),
        ("+883510012345678", NumberKind::Voip, Refusal::GlobalNetwork),
        (
            "+88812345678901",
            NumberKind::Uan,
            Refusal::Kind(NumberKind::Uan),
        ),
        (
            "+979123456789",
            NumberKind::PremiumRate,
            Refusal::Kind(NumberKind::PremiumRate),
        ),
    ] {
        let number_read = of(number);
        assert_eq!(
            (number_read.kind(), number_read.region()),
            (kind, None),
            "{number}"
        );
        assert!(number_read.is_global_network());
        for channel in CHANNELS {
            let answer = lenient.eligibility(&number_read, channel, Purpose::SignIn);
            assert_eq!(answer, Eligibility::Reject(refusal), "{number}");
        }
    }
}

#[test]
fn regions_that_share_a_calling_code_are_told_apart() {
    for (home, number, region) in [
        (Region::US, "+1 876 210 1234", Region::JM),
        (Region::US, "+1 416 555 0123", Region::CA),
        (Region::US, "+1 787 234 5678", Region::PR),
        (Region::US, "+1 809 234 5678", Region::DO),
        (Region::RU, "+7 701 123 4567", Region::KZ),
        (Region::IT, "+39 06 69812345", Region::VA),
        (Region::NO, "+47 79 12 34 56", Region::SJ),
        (Region::FI, "+358 18 12345", Region::AX),
        (Region::AU, "+61 8 9162 1234", Region::CC),
        (Region::AU, "+61 8 9164 1234", Region::CX),
        (Region::GB, "+44 1481 256789", Region::GG),
        (Region::GB, "+44 1624 756789", Region::IM),
        (Region::GB, "+44 1534 456789", Region::JE),
        (Region::RE, "+262 269 61 12 34", Region::YT),
        (Region::GP, "+590 590 27 12 34", Region::BL),
        (Region::CW, "+599 715 1234", Region::BQ),
        (Region::SH, "+290 8123", Region::TA),
    ] {
        let number = of(number);
        assert_eq!(number.region(), Some(region));
        assert_eq!(
            Scope::of(number.region(), RegionSet::of(&[home])),
            Scope::International
        );
        let both = RegionSet::of(&[home, region]);
        assert_eq!(Scope::of(number.region(), both), Scope::Domestic);

        let policy = EligibilityPolicy::new().domestic_only(RegionSet::of(&[home]));
        let answer = policy.eligibility(&number, Channel::Voice, Purpose::SignIn);
        assert_eq!(
            answer,
            Eligibility::Reject(Refusal::International),
            "{region}"
        );
        let policy = EligibilityPolicy::new().domestic_only(both);
        let answer = policy.eligibility(&number, Channel::Voice, Purpose::SignIn);
        assert_eq!(answer, Eligibility::Accept, "{region}");
    }
    assert_eq!(
        Scope::of(of("+80012345678").region(), RegionSet::of(&[Region::US])),
        Scope::Unknown
    );
}

#[test]
fn no_number_of_the_united_states_or_canada_is_called_mobile() {
    let mut regions = [0; 2];
    for area in 200..1000 {
        for rest in [2_000_000, 2_345_678, 5_550_100, 7_777_777, 9_999_999] {
            let number = of(&format!("+1{area}{rest}"));
            match number.region() {
                Some(Region::US) => regions[0] += 1,
                Some(Region::CA) => regions[1] += 1,
                _ => continue,
            }
            let kind = number.kind();
            assert!(
                !matches!(kind, NumberKind::Mobile | NumberKind::FixedLine),
                "{area}"
            );
        }
    }
    assert!(regions.into_iter().all(|count| count > 100), "{regions:?}");
}

/// What a policy says of a number of the United Kingdom.
fn british(policy: EligibilityPolicy) -> Eligibility {
    policy.eligibility(&of("+44 7400 123456"), Channel::Sms, Purpose::SignIn)
}

#[test]
fn the_list_decides_then_what_is_monitored_and_what_is_safe_wins() {
    let gb = RegionSet::of(&[Region::GB]);
    let home = [None, Some(gb), Some(RegionSet::of(&[Region::US]))];
    let blocked = Eligibility::Reject(Refusal::Country);
    let abroad = Eligibility::Reject(Refusal::International);
    for listed in [RegionSet::EMPTY, gb] {
        for monitored in [RegionSet::EMPTY, gb] {
            for safe in [
                None,
                Some("+447400123456"),
                Some("+447400123"),
                Some("+447401"),
            ] {
                for (allow_list, home) in home.iter().flat_map(|home| [(false, home), (true, home)])
                {
                    let list = if allow_list {
                        CountryList::AllowOnly(listed)
                    } else {
                        CountryList::AllowAllBut(listed)
                    };
                    let mut countries = CountryControl::new(list).monitor(monitored);
                    if let Some(prefix) = safe {
                        countries = countries.safe(prefix.parse().unwrap());
                    }
                    let mut policy = EligibilityPolicy::new().countries(countries);
                    if let Some(home) = home {
                        policy = policy.domestic_only(*home);
                    }
                    let is_safe = matches!(safe, Some("+447400123456" | "+447400123"));
                    let is_abroad = home.is_some_and(|home| !home.contains(Region::GB));
                    let expected = if is_safe {
                        Eligibility::Accept
                    } else if is_abroad {
                        abroad
                    } else if allow_list == listed.is_empty() {
                        blocked
                    } else if monitored.is_empty() {
                        Eligibility::Accept
                    } else {
                        Eligibility::Monitor
                    };
                    assert_eq!(british(policy.clone()), expected, "{policy:?}");
                }
            }
        }
    }
    assert_eq!(british(EligibilityPolicy::default()), Eligibility::Accept);
}

#[test]
fn nothing_makes_a_toll_free_or_premium_number_safe() {
    for number in ["+18002530000", "+19002530000", "+80012345678"] {
        let number_read = of(number);
        let countries = CountryControl::default().safe(number.parse().unwrap());
        let policy = EligibilityPolicy::new()
            .voip(PurposeSet::ALL)
            .personal_numbers(PurposeSet::ALL)
            .countries(countries);
        for (purpose, channel) in purposes_and_channels() {
            assert!(
                !policy
                    .eligibility(&number_read, channel, purpose)
                    .is_accepted()
            );
        }
    }
}

#[test]
fn what_is_safe_is_no_global_network_and_no_channel_that_is_not_there() {
    let countries = CountryControl::default()
        .safe("+8816".parse().unwrap())
        .safe("+447400123456".parse().unwrap());
    let coverage = Coverage::new().with(Region::GB, Service::new(Channels::Voice));
    let policy = EligibilityPolicy::new()
        .countries(countries)
        .coverage(coverage);
    let number = of("+881612345678");
    let answer = policy.eligibility(&number, Channel::Sms, Purpose::SignIn);
    assert_eq!(answer, Eligibility::Reject(Refusal::GlobalNetwork));
    assert_eq!(british(policy), Eligibility::Reject(Refusal::Unavailable));
}

#[test]
fn what_a_table_does_not_say_is_not_known() {
    let usd = Currency::new("USD").unwrap();
    let date = Date::new(2026, 10, 1).unwrap();
    let segment = Price::from_micros(7_900, usd);
    let coverage = Coverage::new()
        .with(
            Region::US,
            Service::new(Channels::Both)
                .with_segment_price(segment)
                .with_date(date),
        )
        .with(Region::GB, Service::new(Channels::Sms))
        .with(
            Region::DE,
            Service::new(Channels::Voice).with_call_price(Price::from_micros(14_000, usd)),
        )
        .with(Region::CU, Service::new(Channels::None));
    for (region, sms, voice) in [
        (Region::US, Some(true), Some(true)),
        (Region::GB, Some(true), Some(false)),
        (Region::DE, Some(false), Some(true)),
        (Region::CU, Some(false), Some(false)),
        (Region::FR, None, None),
    ] {
        assert_eq!(coverage.takes(region, Channel::Sms), sms, "{region}");
        assert_eq!(coverage.takes(region, Channel::Voice), voice, "{region}");
    }
    assert_eq!(coverage.price(Region::US, Channel::Sms), Some(segment));
    assert_eq!(coverage.price(Region::US, Channel::Voice), None);
    assert_eq!(coverage.price(Region::FR, Channel::Sms), None);
    assert_eq!(coverage.service(Region::US).unwrap().date(), Some(date));
    assert_eq!(coverage.iter().count(), 4);

    let policy = EligibilityPolicy::new().coverage(coverage);
    let answer = |number, channel| policy.eligibility(&of(number), channel, Purpose::SignIn);
    let unavailable = Eligibility::Reject(Refusal::Unavailable);
    assert_eq!(answer("+16502530000", Channel::Voice), Eligibility::Accept);
    assert_eq!(answer("+447400123456", Channel::Voice), unavailable);
    assert_eq!(answer("+4915123456789", Channel::Sms), unavailable);
    assert_eq!(answer("+33612345678", Channel::Sms), Eligibility::Accept);
}

#[test]
fn refusals_have_the_vendors_codes_where_the_vendor_refuses_the_same() {
    for (refusal, code) in [
        (Refusal::Number(NumberFault::Unassigned), Some("E0000098")),
        (Refusal::Kind(NumberKind::TollFree), Some("E0000098")),
        (Refusal::Kind(NumberKind::PremiumRate), Some("E0000098")),
        (Refusal::Kind(NumberKind::Voip), None),
        (Refusal::Kind(NumberKind::FixedLine), None),
        (Refusal::Country, Some("E0000099")),
        (Refusal::International, Some("E0000099")),
        (
            Refusal::Extension(ExtensionFault::TooLong),
            Some("E0000121"),
        ),
    ] {
        assert_eq!(refusal.vendor_code(), code, "{refusal}");
    }
}

#[test]
fn debug_shows_no_digit_of_a_number() {
    let number = of("+44 7400 123456 ext. 98765");
    let shown = format!("{number:?}");
    assert_eq!(
        shown,
        "Classification { validity: Valid, kind: Mobile, region: Some(GB), e164: Some(E164(12 digits)), \
         extension_digits: Some(5), letters: false, surplus: false, .. }"
    );
    let prefix: NumberPrefix = "+447400".parse().unwrap();
    let policy = EligibilityPolicy::new().countries(CountryControl::default().safe(prefix));
    assert!(format!("{policy:?}").contains("NumberPrefix(6 digits)"));
}

#[cfg(feature = "serde")]
#[test]
fn a_policy_is_read_back_as_it_was_written_and_nonsense_is_refused() {
    let policy = EligibilityPolicy::new()
        .voip(PurposeSet::NONE.with(Purpose::SignIn))
        .domestic_only(RegionSet::of(&[Region::US, Region::CA]))
        .countries(
            CountryControl::new(CountryList::AllowOnly(RegionSet::of(&[Region::US])))
                .monitor(RegionSet::of(&[Region::CA]))
                .safe("+1650253".parse().unwrap()),
        )
        .coverage(
            Coverage::new().with(
                Region::US,
                Service::new(Channels::Both)
                    .with_segment_price(Price::from_micros(7_900, Currency::new("USD").unwrap()))
                    .with_date(Date::new(2026, 10, 1).unwrap()),
            ),
        );
    let written = serde_json::to_value(&policy).unwrap();
    let expected = serde_json::json!({
        "voip": ["sign-in"],
        "personal-numbers": [],
        "domestic-only": ["CA", "US"],
        "countries": {
            "list": { "allow-only": ["US"] },
            "monitor": ["CA"],
            "safe": ["+1650253"],
        },
        "coverage": {
            "US": {
                "channels": "both",
                "segment": { "micros": 7900, "currency": "USD" },
                "call": null,
                "date": "2026-10-01",
            },
        },
    });
    assert_eq!(written, expected);
    assert_eq!(
        serde_json::from_value::<EligibilityPolicy>(written).unwrap(),
        policy
    );
    let read = |json| serde_json::from_str::<EligibilityPolicy>(json);
    assert_eq!(read("{}").unwrap(), EligibilityPolicy::new());
    for nonsense in [
        r#"{"voice": []}"#,
        r#"{"voip": ["fun"]}"#,
        r#"{"domestic-only": ["UK"]}"#,
        r#"{"countries": {"list": {"allow-only": ["US"], "allow-all-but": ["US"]}}}"#,
        r#"{"countries": {"safe": ["650253"]}}"#,
        r#"{"countries": {"safe": [16502530000]}}"#,
        r#"{"countries": {"safe": [1650253.5]}}"#,
        r#"{"countries": {"safe": "+16502530000"}}"#,
        r#"{"countries": {"safe": 16502530000}}"#,
        r#"{"countries": {"safe": [["+1650253"]]}}"#,
        r#"{"coverage": {"UK": {"channels": "both"}}}"#,
        r#"{"coverage": {"GB": {"channels": "both", "segment": {"micros": -1, "currency": "GBP"}}}}"#,
        r#"{"coverage": {"GB": {"channels": "both", "segment": {"micros": 1, "currency": "gbp"}}}}"#,
    ] {
        let error = read(nonsense).unwrap_err().to_string();
        assert!(!error.contains("650253"), "{error}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn a_classification_is_written_with_null_for_what_there_is_not() {
    let written = |number| serde_json::to_value(of(number)).unwrap();
    assert_eq!(
        written("+49 30 123456 ext. 12"),
        serde_json::json!({
            "validity": "valid", "fault": null, "kind": "fixed-line", "region": "DE",
            "e164": "+4930123456", "extension": "12", "letters": false, "surplus": false,
        })
    );
    assert_eq!(
        written("hello"),
        serde_json::json!({
            "validity": "unparseable", "fault": "not-a-number", "kind": "unknown", "region": null,
            "e164": null, "extension": null, "letters": false, "surplus": false,
        })
    );
}

/// What people and attackers write: digits of several scripts, what stands between them, letters.
fn inputs() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[0-9]{1,8}",
        1 => "[０-９٠-٩०-९]{1,6}",
        1 => Just("+".to_owned()),
        2 => "[-x ().\\[\\]/~*#;,:\u{ad}\u{200b}\u{2060}\u{3000}‐－]{1,3}",
        1 => "(?:ext|x|;ext=|tel:|;isub=|;phone-context=|доб|anexo|int|ｅｘｔ)",
        1 => "[a-zA-Zéß]{1,4}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn regions() -> impl Strategy<Value = Option<Region>> {
    let all: Vec<_> = Region::all().collect();
    prop::option::of(prop::sample::select(all))
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn whatever_is_given_has_an_answer_that_hangs_together(input in inputs(), region in regions()) {
        let number = classify(&input, region);
        prop_assert_eq!(number.is_valid(), number.e164().is_some());
        prop_assert_eq!(number.is_valid(), number.validity().fault().is_none());
        prop_assert!(number.is_valid() || number.region().is_none());
        let nameless = matches!(number.kind(), NumberKind::Unknown | NumberKind::ShortCode);
        prop_assert_eq!(number.is_valid(), !nameless);
        prop_assert_eq!(classify(&input, region), number.clone());
        for channel in CHANNELS {
            if by_default(&number, channel).is_accepted() {
                prop_assert!(!number.has_letters() && !number.has_surplus());
                prop_assert!(number.region().is_some());
                let e164 = number.e164().unwrap();
                prop_assert!(e164.digits().len() >= 5);
                let again = classify(e164.as_str(), None);
                prop_assert_eq!((again.e164(), again.kind()), (number.e164(), number.kind()));
            }
        }
    }
}

#[test]
fn a_megabyte_is_too_long_for_a_number_and_never_read() {
    for unit in ["9", "+", "1-", " ", "x", "９", ";phone-context=", "\u{0}"] {
        let input = unit.repeat(1_000_000 / unit.len());
        let number = classify(&input, Some(Region::US));
        assert_eq!(
            number.validity(),
            Validity::Unparseable(NumberFault::TooLong)
        );
    }
    let longest = format!("{:>250}", "+16502530000");
    assert!(of(&longest).is_valid());
    assert!(!of(&format!(" {longest}")).is_valid());
}
