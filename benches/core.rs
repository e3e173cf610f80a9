//! Count, segment, encode, decode, reassemble: `cargo bench`, or `cargo test --benches` to run each once.

mod corpus;

use core::hint::black_box;

use corpus::Sample;
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use septet::{
    Content, Cut, Message, Outcome, Reassembler, ReassemblyLimits, ReceivedUserData, Segment,
    UserData,
};

fn count(criterion: &mut Criterion) {
    each(criterion, "count", |sample, run| {
        let message = Message::with_options(&sample.text, sample.options);
        assert_eq!(message.encoding(), sample.encoding, "{}", sample.name);
        assert_eq!(message.units(), sample.units, "{}", sample.name);
        assert_eq!(message.segment_count(), sample.segments, "{}", sample.name);
        run.iter(|| Message::with_options(black_box(&sample.text), sample.options).segment_count());
    });
}

fn segment(criterion: &mut Criterion) {
    for (name, cut) in [
        ("scalar", Cut::Scalar),
        ("grapheme", Cut::Grapheme),
        ("word", Cut::Word),
    ] {
        each(criterion, &format!("segment-{name}"), |sample, run| {
            let message = Message::with_options(&sample.text, sample.options.cut(cut));
            let segments = message.segments().expect("at most 255 segments");
            let whole: String = segments.clone().map(|segment| segment.text()).collect();
            assert_eq!(whole, sample.text, "{}", sample.name);
            run.iter(|| {
                black_box(segments.clone())
                    .map(|segment| segment.units())
                    .sum::<usize>()
            });
        });
    }
}

fn encode(criterion: &mut Criterion) {
    each(criterion, "encode", |sample, run| {
        let segment = first_segment(sample);
        let user_data = UserData::encode(&segment, 7).expect("7 fits");
        let decoded = ReceivedUserData::from(&user_data).decode_strict();
        assert_eq!(decoded.as_deref(), Ok(segment.text()), "{}", sample.name);
        run.iter(|| UserData::encode(black_box(&segment), 7));
    });
}

fn decode(criterion: &mut Criterion) {
    each(criterion, "decode", |sample, run| {
        let segment = first_segment(sample);
        let user_data = UserData::encode(&segment, 7).expect("7 fits");
        let decoded = ReceivedUserData::from(&user_data)
            .decode()
            .expect("it is text");
        assert_eq!(decoded.text(), segment.text(), "{}", sample.name);
        run.iter(|| ReceivedUserData::from(black_box(&user_data)).decode());
    });
    each(criterion, "decode-characters", |sample, run| {
        let segment = first_segment(sample);
        let user_data = UserData::encode(&segment, 7).expect("7 fits");
        let read = |user_data| match ReceivedUserData::from(user_data).content() {
            Ok(Content::Text(characters)) => characters.map(u64::from).sum::<u64>(),
            _ => 0,
        };
        let sum: u64 = segment.text().chars().map(u64::from).sum();
        assert_eq!(read(&user_data), sum, "{}", sample.name);
        run.iter(|| read(black_box(&user_data)));
    });
}

fn reassemble(criterion: &mut Criterion) {
    each(criterion, "reassemble", |sample, run| {
        let message = Message::with_options(&sample.text, sample.options);
        let segments = message.segments().expect("at most 255 segments");
        let mut sent: Vec<_> = segments
            .map(|segment| UserData::encode(&segment, 7).expect("7 fits"))
            .collect();
        sent.reverse();
        let join = |mut reassembler: Reassembler<u8>| {
            let mut text = String::new();
            for user_data in &sent {
                let arrival = reassembler.push(0, ReceivedUserData::from(user_data), 0);
                if let Outcome::Complete(message) = arrival.outcome {
                    text = message.decode().expect("it is text").into_text();
                }
            }
            text
        };
        let empty = || Reassembler::new(ReassemblyLimits::new());
        assert_eq!(join(empty()), sample.text, "{}", sample.name);
        run.iter_batched(empty, join, BatchSize::SmallInput);
    });
}

fn first_segment(sample: &Sample) -> Segment<'_> {
    let message = Message::with_options(&sample.text, sample.options);
    let mut segments = message.segments().expect("at most 255 segments");
    segments.next().expect("a message has a segment")
}

/// Runs an operation over all samples; what has more than 255 segments is only counted.
fn each(
    criterion: &mut Criterion,
    operation: &str,
    mut with: impl FnMut(&Sample, &mut criterion::Bencher<'_>),
) {
    let mut group = criterion.benchmark_group(operation);
    for sample in corpus::samples() {
        if operation != "count" && sample.segments > 255 {
            continue;
        }
        group.throughput(Throughput::Bytes(sample.text.len() as u64));
        group.bench_function(sample.name, |bencher| with(&sample, bencher));
    }
}

criterion_group!(benches, count, segment, encode, decode, reassemble);
criterion_main!(benches);
