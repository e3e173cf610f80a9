//! septet and the peers that answer right, on the same texts: `cargo bench`. What answers wrong is
//! named and not timed.

use core::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use septet_peers::{PEERS, Peer, SEPTET, Septets, corpus, right};

fn count(criterion: &mut Criterion) {
    for sample in corpus::samples() {
        let mut group = criterion.benchmark_group(format!("count/{}", sample.name));
        group.throughput(Throughput::Bytes(sample.text.len() as u64));
        for peer in [&SEPTET].into_iter().chain(&PEERS) {
            match right::count(peer, &sample) {
                Ok(true) => {
                    group.bench_function(peer.name, |bencher| {
                        bencher.iter(|| (peer.count)(black_box(&sample.text)));
                    });
                }
                Ok(false) => {}
                Err(answer) => wrong("count", sample.name, peer, &answer),
            }
        }
    }
}

fn encode(criterion: &mut Criterion) {
    for (name, text) in right::full_segments() {
        let mut group = criterion.benchmark_group(format!("encode/{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        for peer in [&SEPTET].into_iter().chain(&PEERS) {
            match right::encode(peer, &text) {
                Ok(true) => {
                    group.bench_function(peer.name, |bencher| {
                        bencher.iter(|| (peer.encode)(black_box(&text)));
                    });
                }
                Ok(false) => {}
                Err(answer) => wrong("encode", name, peer, &answer),
            }
        }
    }
}

fn decode(criterion: &mut Criterion) {
    let (name, text) = &right::full_segments()[0];
    let septets = Septets::of(text);
    let mut group = criterion.benchmark_group(format!("decode/{name}"));
    group.throughput(Throughput::Bytes(septets.packed.len() as u64));
    for peer in [&SEPTET].into_iter().chain(&PEERS) {
        match right::decode(peer, &septets, text) {
            Ok(true) => {
                group.bench_function(peer.name, |bencher| {
                    bencher.iter(|| (peer.decode)(black_box(&septets)));
                });
            }
            Ok(false) => {}
            Err(answer) => wrong("decode", name, peer, &answer),
        }
    }
}

fn wrong(operation: &str, sample: &str, peer: &Peer, answer: &str) {
    println!(
        "{operation}/{sample}/{}: wrong, not timed: {answer}",
        peer.name
    );
}

criterion_group!(benches, count, encode, decode);
criterion_main!(benches);
