//! septet and the peers that answer right, on the same texts: `cargo bench`. What answers wrong is
//! named and not timed.

use core::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use septet_peers::right::{self, Answer};
use septet_peers::{PEERS, Peer, SEPTET, corpus, count_with_turkish_tables};

/// The crates that answer right; the others are named.
fn right_ones(name: &str, answer: impl Fn(&Peer) -> Answer) -> Vec<&'static Peer> {
    let mut right = Vec::new();
    for peer in [&SEPTET].into_iter().chain(&PEERS) {
        match answer(peer) {
            Answer::Right => right.push(peer),
            Answer::NotOffered => {}
            Answer::Wrong(why) => println!("{name}/{}: wrong, not timed: {why}", peer.name),
        }
    }
    right
}

fn count(criterion: &mut Criterion) {
    for sample in corpus::samples() {
        let name = format!("count/{}", sample.name);
        let right = right_ones(&name, |peer| right::count(peer, &sample));
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(sample.text.len() as u64));
        for peer in right {
            let count = peer.count.expect("it has counted");
            group.bench_function(peer.name, |bencher| {
                bencher.iter(|| count(black_box(&sample.text)));
            });
        }
    }
}

fn count_with_tables(criterion: &mut Criterion) {
    let sample = corpus::turkish();
    assert_eq!(count_with_turkish_tables(&sample.text), sample.segments);
    let mut group = criterion.benchmark_group(format!("count/{}", sample.name));
    group.throughput(Throughput::Bytes(sample.text.len() as u64));
    group.bench_function(SEPTET.name, |bencher| {
        bencher.iter(|| count_with_turkish_tables(black_box(&sample.text)));
    });
}

fn encode(criterion: &mut Criterion) {
    for full in right::full_segments() {
        let name = format!("encode/{}", full.name);
        let right = right_ones(&name, |peer| right::encode(peer, &full));
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(full.text.len() as u64));
        for peer in right {
            group.bench_function(peer.name, |bencher| {
                bencher.iter(|| (peer.encode)(full.form, black_box(&full.text)));
            });
        }
    }
}

fn decode(criterion: &mut Criterion) {
    for full in right::full_segments() {
        let name = format!("decode/{}", full.name);
        let right = right_ones(&name, |peer| right::decode(peer, &full));
        let body = full.body();
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Bytes(body.octets.len() as u64));
        for peer in right {
            group.bench_function(peer.name, |bencher| {
                bencher.iter(|| (peer.decode)(black_box(&body)));
            });
        }
    }
}

criterion_group!(benches, count, count_with_tables, encode, decode);
criterion_main!(benches);
