//! `septet decode`: what do octets say?

use std::path::PathBuf;

use septet::{
    Assembled, ConcatenationElement, Content, DataCoding, Forgiven, GivenUp, Incomplete, NotText,
    Outcome, Reassembler, ReassemblyLimits, ReceivedUserData,
};
use serde_json::value::RawValue;

use crate::bulk::{self, Place, Results};
use crate::output::{self, Color, Format, FormatOption, Look};
use crate::source::{self, Source};
use crate::terminal::rows;
use crate::{Failure, Status, json};

/// Read user data: octets of segments to their text, and segments to messages.
///
/// JSON Lines in: objects with "dcs" and "udl" (numbers: TP-DCS and TP-UDL), "udhi" (true where the
/// octets start with a header), "user_data" (hexadecimal) and, for --join, "from" (any JSON value that
/// tells senders apart).
///
/// JSON Lines out: {"text", "concat", "forgiven"}, one object a line, in input order. 8-bit data gives
/// "text" null and "data"; a line that cannot be read, compressed text among them, gives
/// {"error": ...} in its place, and the exit status is 2.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Files of JSON Lines; `-` is standard input, as is no file at all
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Join the segments of concatenated messages (parts, of a multipart SMS)
    ///
    /// A message stands at the place of the segment that completes it; its "concat" has no sequence.
    /// What is incomplete at the end gives {"error", "concat"}, and the exit status is 2.
    #[arg(long)]
    join: bool,

    /// What the input is
    #[arg(long, value_enum, default_value = "jsonl")]
    input: Input,

    /// Where results go and how: jsonl (the default) or human, with =PATH into a file; repeatable
    #[arg(long, value_name = "FORMAT[=PATH]")]
    format: Vec<FormatOption>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Input {
    /// Each line is a segment in JSON.
    Jsonl,
}

/// Octets of incomplete messages that are kept while joining.
const MAX_OCTETS: usize = 1 << 30;

pub(crate) fn run(args: Args) -> Result<Status, Failure> {
    let Input::Jsonl = args.input;
    let files = if args.files.is_empty() {
        vec![PathBuf::from("-")]
    } else {
        args.files
    };
    let sources: Vec<_> = files.into_iter().map(Source::path).collect();
    let mut outputs = output::open(&args.format, Format::Jsonl, Color::Never, &sources)?;
    let looks: Vec<_> = outputs
        .iter()
        .map(|output| (output.format, output.look))
        .collect();
    if !args.join {
        return Ok(bulk::parallel(
            &sources,
            &mut outputs,
            |place, line, results| {
                let result = Segment::read(line).and_then(|segment| segment.decode());
                emit(place, result, &looks, results);
            },
        ));
    }
    let limits = ReassemblyLimits::new()
        .lifetime_ms(u64::MAX)
        .remember_ms(u64::MAX)
        .max_octets(MAX_OCTETS);
    let mut reassembler = Reassembler::new(limits);
    Ok(bulk::sequential(
        &sources,
        &mut outputs,
        |place, line, results| {
            let Some(line) = line else {
                for incomplete in reassembler.drain() {
                    give_up(&incomplete, &looks, results);
                }
                return;
            };
            let segment = match Segment::read(line) {
                Ok(segment) => segment,
                Err(complaint) => return emit(place, Err(complaint), &looks, results),
            };
            if segment.data_coding.is_compressed() {
                return emit(place, segment.decode(), &looks, results);
            }
            let arrival = reassembler.push(segment.from.clone(), segment.received(), 0);
            for incomplete in &arrival.given_up {
                give_up(incomplete, &looks, results);
            }
            if let Outcome::Complete(message) = arrival.outcome {
                emit(place, joined(&message), &looks, results);
            }
        },
    ))
}

/// A line of the input.
struct Segment {
    data_coding: DataCoding,
    has_header: bool,
    length: u8,
    octets: Vec<u8>,
    /// Tells senders apart, as JSON.
    from: String,
}

impl Segment {
    fn read(line: &[u8]) -> Result<Self, String> {
        #[derive(serde::Deserialize)]
        struct Object<'a> {
            #[serde(borrow, default, deserialize_with = "json::any")]
            dcs: Option<&'a RawValue>,
            #[serde(borrow, default, deserialize_with = "json::any")]
            udhi: Option<&'a RawValue>,
            #[serde(borrow, default, deserialize_with = "json::any")]
            udl: Option<&'a RawValue>,
            #[serde(borrow, default, deserialize_with = "json::any")]
            user_data: Option<&'a RawValue>,
            #[serde(borrow, default, deserialize_with = "json::any")]
            from: Option<&'a RawValue>,
        }

        let line = source::line_text(line)?;
        if !line.trim_ascii_start().starts_with('{') {
            return Err("not a JSON object".to_owned());
        }
        let object: Object<'_> =
            serde_json::from_str(line).map_err(|error| json::complaint(&error))?;
        Ok(Self {
            data_coding: DataCoding::new(json::octet("dcs", object.dcs)?),
            has_header: json::boolean("udhi", object.udhi)?,
            length: json::octet("udl", object.udl)?,
            octets: json::hex("user_data", object.user_data)?,
            from: json::canonical("from", object.from)?,
        })
    }

    fn received(&self) -> ReceivedUserData<'_> {
        ReceivedUserData::packed(self.data_coding, self.has_header, self.length, &self.octets)
    }

    fn decode(&self) -> Result<Report, String> {
        let received = self.received();
        let concat = received.concatenation().map(Concat::of_segment);
        match received.content().map_err(|error| error.to_string())? {
            Content::Text(mut characters) => {
                let text = characters.by_ref().collect();
                Ok(Report::text(text, concat, characters.forgiven()))
            }
            Content::Data(data) => Ok(Report::data(data, concat, received.forgiven())),
        }
    }
}

fn joined(message: &Assembled) -> Result<Report, String> {
    let concat = message.concatenation().map(Concat::of_message);
    match (message.decode(), message.data()) {
        (Ok(decoded), _) => {
            let forgiven = decoded.forgiven();
            Ok(Report::text(decoded.into_text(), concat, forgiven))
        }
        (Err(_), Some(data)) => Ok(Report::data(&data, concat, message.forgiven())),
        (Err(NotText::Data), None) => Err("some segments hold text and some 8-bit data".to_owned()),
        (Err(error), None) => Err(error.to_string()),
    }
}

/// One result, as JSON.
#[derive(serde::Serialize)]
struct Report {
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<String>,
    concat: Option<Concat>,
    forgiven: Vec<&'static str>,
}

impl Report {
    fn text(text: String, concat: Option<Concat>, forgiven: Forgiven) -> Self {
        Self {
            text: Some(text),
            data: None,
            concat,
            forgiven: names(forgiven),
        }
    }

    fn data(data: &[u8], concat: Option<Concat>, forgiven: Forgiven) -> Self {
        let data = Some(json::hex_digits(data));
        Self {
            text: None,
            data,
            concat,
            forgiven: names(forgiven),
        }
    }
}

fn names(forgiven: Forgiven) -> Vec<&'static str> {
    forgiven.iter().map(|deviation| deviation.name()).collect()
}

#[derive(Clone, Copy, serde::Serialize)]
struct Concat {
    reference: u16,
    bits: u8,
    total: u8,
    sequence: Option<u8>,
}

impl Concat {
    fn of_segment(place: ConcatenationElement) -> Self {
        Self {
            sequence: Some(place.sequence()),
            ..Self::of_message(place)
        }
    }

    fn of_message(place: ConcatenationElement) -> Self {
        let (reference, bits, total) = (place.reference(), place.bits(), place.total());
        Self {
            reference,
            bits,
            total,
            sequence: None,
        }
    }
}

/// Writes a result, or what is wrong with its line.
fn emit(
    place: Place<'_>,
    result: Result<Report, String>,
    looks: &[(Format, Look)],
    results: &mut Results,
) {
    let result = result.map_err(|complaint| format!("{place}: {complaint}"));
    results.failed |= result.is_err();
    for ((format, look), out) in looks.iter().zip(&mut results.outputs) {
        match (&result, format) {
            (Ok(report), Format::Jsonl) => json::line(report, out),
            (Ok(report), Format::Human) => out.extend(human(report, *look).into_bytes()),
            (Err(error), _) => format.write_error(&json::ErrorLine { error }, error, out),
        }
    }
}

/// Writes what is known of a message that will not be complete.
fn give_up(incomplete: &Incomplete<String>, looks: &[(Format, Look)], results: &mut Results) {
    #[derive(serde::Serialize)]
    struct IncompleteLine<'a> {
        error: &'a str,
        concat: Option<Concat>,
    }

    results.failed = true;
    let concat = incomplete.concatenation().map(Concat::of_message);
    let came = incomplete.segments().len();
    let total = concat.map_or(1, |concat| concat.total);
    let cause = match incomplete.cause() {
        GivenUp::ReferenceReused => "; its reference was used again",
        GivenUp::Evicted => "; it made room for others",
        _ => "",
    };
    let error = format!("incomplete: {came} of {total} segments came{cause}");
    for ((format, _), out) in looks.iter().zip(&mut results.outputs) {
        format.write_error(
            &IncompleteLine {
                error: &error,
                concat,
            },
            &error,
            out,
        );
    }
}

/// A result as people read it.
fn human(report: &Report, look: Look) -> String {
    let mut out = String::new();
    if let Some(concat) = report.concat {
        let sequence = concat
            .sequence
            .map_or("joined".to_owned(), |number| number.to_string());
        out += &format!(
            "[{sequence} of {}, reference {}] ",
            concat.total, concat.reference
        );
    }
    match (&report.text, &report.data) {
        (Some(text), _) => {
            if report.concat.is_some() {
                out.push('\n');
            }
            for (row, _) in rows(text, look.width) {
                out += &row;
                out.push('\n');
            }
        }
        (None, data) => out += &format!("data {}\n", data.as_deref().unwrap_or_default()),
    }
    if !report.forgiven.is_empty() {
        out += &format!("(forgiven: {})\n", report.forgiven.join(", "));
    }
    out.push('\n');
    out
}
