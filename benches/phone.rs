//! What a number takes to classify, warm and in a process that has not done so before: `cargo bench
//! --bench phone --features phone`, or `cargo test --benches` to run each once.

use core::hint::black_box;
use core::time::Duration;
use std::process::Command;
use std::time::Instant;
use std::{env, fs};

use criterion::{Criterion, criterion_group};
use septet::phone::{EligibilityPolicy, classify};
use septet::telephony::{Channel, NumberKind, Purpose, Region};

/// What is asked, and the answer. North American numbers outside the United States are the dearest:
/// the parser beneath tries the regions of +1 one by one.
const NUMBERS: [(&str, &str, Option<Region>, NumberKind); 8] = [
    ("us", "+16502530000", None, NumberKind::FixedLineOrMobile),
    ("gb", "+447400123456", None, NumberKind::Mobile),
    ("de", "+4915123456789", None, NumberKind::Mobile),
    ("in", "+919876543210", None, NumberKind::Mobile),
    (
        "us-as-written",
        "(650) 253-0000",
        Some(Region::US),
        NumberKind::FixedLineOrMobile,
    ),
    (
        "gb-as-written",
        "07400 123456",
        Some(Region::GB),
        NumberKind::Mobile,
    ),
    ("ca", "+14165550123", None, NumberKind::FixedLineOrMobile),
    ("jm", "+18762101234", None, NumberKind::Mobile),
];

/// Says to a child of this process that it is one.
const CHILD: &str = "SEPTET_BENCH_COLD";

fn warm(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("warm");
    for (name, number, region, kind) in NUMBERS {
        assert_eq!(classify(number, region).kind(), kind);
        group.bench_function(name, |bencher| {
            bencher.iter(|| classify(black_box(number), black_box(region)));
        });
    }
    let number = classify("+16502530000", None);
    let policy = EligibilityPolicy::new();
    assert!(
        policy
            .eligibility(&number, Channel::Sms, Purpose::SignIn)
            .is_accepted()
    );
    group.bench_function("eligibility", |bencher| {
        bencher.iter(|| policy.eligibility(black_box(&number), Channel::Sms, Purpose::SignIn));
    });
    let megabyte = "9".repeat(1_000_000);
    group.bench_function("megabyte", |bencher| {
        bencher.iter(|| classify(black_box(&megabyte), Some(Region::US)));
    });
    group.finish();
}

/// The first call of a process, by its own clock.
fn cold(criterion: &mut Criterion) {
    criterion
        .benchmark_group("cold")
        .sample_size(10)
        .bench_function("first-call", |bencher| {
            bencher.iter_custom(|iterations| (0..iterations).map(|_| first_call().0).sum());
        });
    let (_, before, after, all) = first_call();
    println!(
        "resident, kB: {before} before, {after} after the first call, {all} after every region's plan was used"
    );
}

/// Runs a child, and returns what it measured.
fn first_call() -> (Duration, u64, u64, u64) {
    let program = env::current_exe().expect("a bench knows where it is");
    let child = Command::new(program)
        .env(CHILD, "1")
        .output()
        .expect("it starts once more");
    let written = String::from_utf8(child.stdout).expect("it writes digits");
    let mut numbers = written
        .split_whitespace()
        .map(|number| number.parse().expect("a number"));
    let mut next = || numbers.next().expect("four numbers");
    (Duration::from_nanos(next()), next(), next(), next())
}

/// The child: the first call, and the memory that is resident.
fn child() {
    let before = resident();
    let start = Instant::now();
    let number = classify(black_box("+447400123456"), None);
    let took = start.elapsed();
    assert_eq!(
        (number.region(), number.kind()),
        (Some(Region::GB), NumberKind::Mobile)
    );
    let after = resident();
    for region in Region::all() {
        for number in ["2025550123", "0123456789", "7911123456", "9001234567"] {
            black_box(classify(number, Some(region)));
        }
    }
    println!("{} {before} {after} {}", took.as_nanos(), resident());
}

/// Kilobytes of this process that are in memory; 0 where there is no `/proc`.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse().ok())
        .unwrap_or_default()
}

criterion_group!(benches, warm, cold);

fn main() {
    if env::var_os(CHILD).is_some() {
        return child();
    }
    benches();
    Criterion::default().configure_from_args().final_summary();
}
