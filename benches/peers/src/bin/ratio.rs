//! One table: septet against the quickest peer that answers right, in turn, in one run.
//!
//! Ratios are what holds on a machine that others use too.

use core::hint::black_box;
use std::time::{Duration, Instant};

use septet_peers::right::{self, Answer};
use septet_peers::{PEERS, Peer, SEPTET, corpus, count_with_turkish_tables};

/// A crate, and the call that is timed.
type Call<'a> = (&'static str, Box<dyn Fn() + 'a>);

const ROUNDS: usize = 21;
/// How long a crate's turn lasts, where a single call is not longer.
const TURN: Duration = Duration::from_millis(10);

/// How long so many calls take.
fn time(call: &dyn Fn(), calls: u32) -> Duration {
    let start = Instant::now();
    for _ in 0..calls {
        call();
    }
    start.elapsed()
}

/// Calls that fill a turn. Finding out warms up as well.
fn calls_in_a_turn(call: &dyn Fn()) -> u32 {
    let mut calls = 1;
    while time(call, calls) < TURN {
        calls *= 2;
    }
    calls
}

/// Nanoseconds a call, the median of rounds in which the crates take turns.
fn medians(calls: &[Call<'_>]) -> Vec<(&'static str, f64)> {
    let mut timed: Vec<_> = calls
        .iter()
        .map(|(name, call)| (*name, call, calls_in_a_turn(call), Vec::new()))
        .collect();
    for _ in 0..ROUNDS {
        for (_, call, calls, times) in &mut timed {
            times.push(time(call, *calls).as_nanos() as f64 / f64::from(*calls));
        }
    }
    let median = |(name, _, _, mut times): (&'static str, _, _, Vec<f64>)| {
        times.sort_by(f64::total_cmp);
        (name, times[times.len() / 2])
    };
    timed.into_iter().map(median).collect()
}

/// Times the crates whose answer is right, septet first, and prints a row.
fn row<'a>(
    operation: &str,
    text: &str,
    answer: impl Fn(&Peer) -> Answer,
    call: impl Fn(&'static Peer) -> Box<dyn Fn() + 'a>,
) {
    let calls: Vec<Call<'_>> = [&SEPTET]
        .into_iter()
        .chain(&PEERS)
        .filter(|peer| answer(peer) == Answer::Right)
        .map(|peer| (peer.name, call(peer)))
        .collect();
    let medians = medians(&calls);
    let (ours, peers) = medians.split_first().expect("septet comes first");
    let quickest = peers.iter().min_by(|one, other| one.1.total_cmp(&other.1));
    match quickest {
        Some((name, time)) => println!(
            "| {operation} | {text} | {:.0} | {name}, {time:.0} | {:.1} |",
            ours.1,
            time / ours.1
        ),
        None => println!("| {operation} | {text} | {:.0} | none is right | |", ours.1),
    }
}

fn main() {
    println!("| operation | text | septet, ns | quickest right peer, ns | times |");
    println!("|---|---|---|---|---|");
    for sample in &corpus::samples() {
        row(
            "count",
            sample.name,
            |peer| right::count(peer, sample),
            |peer| {
                let count = peer.count.expect("it has counted");
                Box::new(move || {
                    black_box(count(black_box(&sample.text)));
                })
            },
        );
    }
    let turkish = corpus::turkish();
    assert_eq!(count_with_turkish_tables(&turkish.text), turkish.segments);
    let count: Call<'_> = (
        SEPTET.name,
        Box::new(|| {
            black_box(count_with_turkish_tables(black_box(&turkish.text)));
        }),
    );
    for (_, time) in medians(&[count]) {
        println!("| count | {} | {time:.0} | none does it | |", turkish.name);
    }
    for full in &right::full_segments() {
        row(
            "encode",
            full.name,
            |peer| right::encode(peer, full),
            |peer| {
                Box::new(|| {
                    black_box((peer.encode)(full.form, black_box(&full.text)));
                })
            },
        );
    }
    for full in &right::full_segments() {
        let body = full.body();
        row(
            "decode",
            full.name,
            |peer| right::decode(peer, full),
            |peer| {
                Box::new(|| {
                    black_box((peer.decode)(black_box(&body)));
                })
            },
        );
    }
}
