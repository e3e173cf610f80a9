//! One table: septet against the quickest peer that answers right, in turn, in one run.
//!
//! Ratios are what holds on a machine that others use too.

use core::hint::black_box;
use std::time::{Duration, Instant};

use septet_peers::{PEERS, Peer, SEPTET, Septets, corpus, right};

/// A crate, and the call that is timed.
type Call<'a> = (&'static str, Box<dyn Fn() + 'a>);

const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_millis(20);

/// Nanoseconds a call, the median of rounds that take turns.
fn medians(calls: &[Call<'_>]) -> Vec<(&'static str, f64)> {
    let mut times = vec![Vec::new(); calls.len()];
    for _ in 0..ROUNDS {
        for ((_, call), times) in calls.iter().zip(&mut times) {
            let mut batch = 1_u32;
            let nanoseconds = loop {
                let start = Instant::now();
                for _ in 0..batch {
                    call();
                }
                let elapsed = start.elapsed();
                if elapsed >= ROUND {
                    break elapsed.as_nanos() as f64 / f64::from(batch);
                }
                batch *= 2;
            };
            times.push(nanoseconds);
        }
    }
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    calls
        .iter()
        .zip(&mut times)
        .map(|((name, _), times)| (*name, median(times)))
        .collect()
}

fn row(operation: &str, sample: &str, calls: Vec<Call<'_>>) {
    let medians = medians(&calls);
    let (ours, peers) = medians.split_first().expect("septet comes first");
    let quickest = peers.iter().min_by(|one, other| one.1.total_cmp(&other.1));
    match quickest {
        Some((name, time)) => println!(
            "| {operation} | {sample} | {:.0} | {name}, {time:.0} | {:.1} |",
            ours.1,
            time / ours.1
        ),
        None => println!(
            "| {operation} | {sample} | {:.0} | none is right | |",
            ours.1
        ),
    }
}

fn main() {
    println!("| operation | text | septet, ns | quickest right peer, ns | times |");
    println!("|---|---|---|---|---|");
    let all = || [&SEPTET].into_iter().chain(&PEERS);
    for sample in &corpus::samples() {
        let right = all().filter(|peer| right::count(peer, sample) == Ok(true));
        let call = |peer: &'static Peer| -> Call<'_> {
            (
                peer.name,
                Box::new(|| {
                    black_box((peer.count)(black_box(&sample.text)));
                }),
            )
        };
        row("count", sample.name, right.map(call).collect());
    }
    for (name, text) in &right::full_segments() {
        let right = all().filter(|peer| right::encode(peer, text) == Ok(true));
        let call = |peer: &'static Peer| -> Call<'_> {
            (
                peer.name,
                Box::new(|| {
                    black_box((peer.encode)(black_box(text)));
                }),
            )
        };
        row("encode", name, right.map(call).collect());
    }
    let (name, text) = &right::full_segments()[0];
    let septets = Septets::of(text);
    let right = all().filter(|peer| right::decode(peer, &septets, text) == Ok(true));
    let call = |peer: &'static Peer| -> Call<'_> {
        (
            peer.name,
            Box::new(|| {
                black_box((peer.decode)(black_box(&septets)));
            }),
        )
    };
    row("decode", name, right.map(call).collect());
}
