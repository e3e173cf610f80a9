//! `septet inspect`: what does a text come to?

use core::fmt::Write as _;
use std::borrow::Cow;
use std::ffi::OsString;
use std::path::PathBuf;

use clap::ValueEnum;
use septet::{
    Alphabet, Concatenation, Cut, Encoding, Message, NationalLanguage, NationalTables, Reason,
    Segment, SegmentOptions, Segments, UserData,
};
use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::value::RawValue;
use unicode_width::UnicodeWidthStr;

use crate::output::{self, Color, Format, FormatOption, Look};
use crate::source::{self, Source};
use crate::terminal::{rows, visible, wrapped};
use crate::{Failure, Status, bulk, json};

/// Show what a text comes to: encoding, units, segments, and the characters to blame.
///
/// The text is the argument, a file, or standard input. GSM-7 counts septets, 160 to a message or 153
/// to a segment of several (parts, of a multipart SMS); UCS-2, known as Unicode, counts 16-bit code
/// units, 70 or 67.
///
/// JSON Lines in (--input jsonl): a JSON string, or an object with "text" and optionally "id", which
/// comes back. JSON Lines out (--format jsonl): one object a line, in input order, with "encoding",
/// "locking", "single", "units", "segment_count", "free", "segments" and "forced_by". A line that
/// cannot be read gives {"error": ...} in its place; the rest is done, and the exit status is 2. A
/// text over 255 segments is a result, with "segments" null and "too_many" true.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// The text; `-` is standard input, as is no text at all; one that starts with `-` goes behind `--`
    #[arg(value_name = "TEXT")]
    text: Option<OsString>,

    /// Read the text from a file
    #[arg(long, value_name = "PATH", conflicts_with = "text")]
    file: Option<PathBuf>,

    /// What the input is: one text, or JSON Lines
    #[arg(long, value_enum, default_value = "text")]
    input: Input,

    /// Where results go and how: human or jsonl, with =PATH into a file; repeatable
    ///
    /// By default human, or jsonl where --input is jsonl.
    #[arg(long, value_name = "FORMAT[=PATH]")]
    format: Vec<FormatOption>,

    /// Width of the concatenation reference in bits, or none for independent messages
    #[arg(long, value_enum, default_value = "8")]
    reference: Reference,

    /// The same for UCS-2, where a network treats it differently
    #[arg(long, value_enum)]
    ucs2_reference: Option<Reference>,

    /// Where a long text may be cut
    #[arg(long, value_enum, default_value = "scalar")]
    cut: CutOption,

    /// National language tables that may be used: none, all, or names such as turkish,spanish
    #[arg(long, value_name = "TABLES", default_value = "none", value_parser = national_tables)]
    national: NationalTables,

    /// Show the octets of each segment as well
    #[arg(long)]
    octets: bool,

    /// Reference number in the octets of a message of several segments
    #[arg(long, value_name = "N", default_value_t = 0)]
    reference_number: u16,

    /// When to colour; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Input {
    /// All of it is one text.
    Text,
    /// Each line is a text in JSON.
    Jsonl,
}

/// How segments of one message are joined.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reference {
    #[value(name = "8")]
    Bits8,
    #[value(name = "16")]
    Bits16,
    None,
}

impl From<Reference> for Concatenation {
    fn from(reference: Reference) -> Self {
        match reference {
            Reference::Bits8 => Self::Bits8,
            Reference::Bits16 => Self::Bits16,
            Reference::None => Self::None,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum CutOption {
    /// Between any two scalar values: the fewest segments.
    Scalar,
    /// Between grapheme clusters: no flag, emoji or accent is cut in two.
    Grapheme,
    /// Between words, where that needs no more segments.
    Word,
}

impl From<CutOption> for Cut {
    fn from(cut: CutOption) -> Self {
        match cut {
            CutOption::Scalar => Self::Scalar,
            CutOption::Grapheme => Self::Grapheme,
            CutOption::Word => Self::Word,
        }
    }
}

/// `none`, `all`, or names with commas between them.
pub(crate) fn national_tables(names: &str) -> Result<NationalTables, septet::UnknownLanguage> {
    match names {
        "none" => Ok(NationalTables::NONE),
        "all" => Ok(NationalTables::ALL),
        _ => names
            .split(',')
            .try_fold(NationalTables::NONE, |tables, name| {
                Ok(tables.allow(name.trim().parse::<NationalLanguage>()?))
            }),
    }
}

/// How texts are inspected.
#[derive(Clone, Copy)]
struct Settings {
    options: SegmentOptions<'static>,
    /// The reference number, where octets are wanted.
    octets: Option<u16>,
}

pub(crate) fn run(args: Args) -> Result<Status, Failure> {
    let ucs2_reference = args.ucs2_reference.unwrap_or(args.reference);
    let widths = [args.reference, ucs2_reference];
    if widths.contains(&Reference::Bits8) && args.reference_number > u16::from(u8::MAX) {
        return Err(Failure::new(format!(
            "--reference-number {} does not fit 8 bits; take one up to 255, or --reference 16",
            args.reference_number
        )));
    }
    let settings = Settings {
        options: SegmentOptions::new()
            .concatenation(args.reference.into())
            .concatenation_for(Encoding::Ucs2, ucs2_reference.into())
            .cut(args.cut.into())
            .national_tables(args.national),
        octets: args.octets.then_some(args.reference_number),
    };
    let source = match (args.text, args.file) {
        (Some(text), _) if text != "-" => Source::Argument(text),
        (_, Some(path)) => Source::path(path),
        _ => Source::Standard,
    };
    match args.input {
        Input::Text => {
            let text = source.text()?;
            let message = Message::with_options(&text, settings.options);
            let from_argument = matches!(source, Source::Argument(_));
            let sources = [source];
            let outputs = output::open(&args.format, Format::Human, args.color, &sources)?;
            let mut status = Status::Clean;
            for mut output in outputs {
                let mut out = Vec::new();
                match output.format {
                    Format::Human => {
                        let mut shown = human(&message, settings, output.look);
                        if !from_argument && text.ends_with('\n') {
                            shown.push_str("\nThe line feed at the end is counted too.\n");
                        }
                        out.extend(shown.into_bytes());
                    }
                    Format::Jsonl => json::line(
                        &Report {
                            id: None,
                            message,
                            settings,
                        },
                        &mut out,
                    ),
                }
                output.write(&out);
                output.flush();
                if output.has_failed() {
                    status = Status::Incomplete;
                }
            }
            Ok(status)
        }
        Input::Jsonl => {
            let sources = [source];
            let mut outputs = output::open(&args.format, Format::Jsonl, args.color, &sources)?;
            let looks: Vec<_> = outputs
                .iter()
                .map(|output| (output.format, output.look))
                .collect();
            Ok(bulk::parallel(
                &sources,
                &mut outputs,
                |place, line, results| {
                    let read = read_line(line);
                    results.failed |= read.is_err();
                    for ((format, look), out) in looks.iter().zip(&mut results.outputs) {
                        match &read {
                            Ok((id, text)) => {
                                let message = Message::with_options(text, settings.options);
                                match format {
                                    Format::Human => {
                                        out.extend(human(&message, settings, *look).into_bytes());
                                        out.push(b'\n');
                                    }
                                    Format::Jsonl => {
                                        json::line(
                                            &Report {
                                                id: *id,
                                                message,
                                                settings,
                                            },
                                            out,
                                        );
                                    }
                                }
                            }
                            Err(complaint) => {
                                let error = format!("{place}: {complaint}");
                                let line = json::ErrorLine { error: &error };
                                format.write_error(&line, &error, out);
                            }
                        }
                    }
                },
            ))
        }
    }
}

/// A line's id, if any, and its text.
type Line<'a> = (Option<&'a RawValue>, Cow<'a, str>);

fn read_line(line: &[u8]) -> Result<Line<'_>, String> {
    #[derive(serde::Deserialize)]
    struct Object<'a> {
        #[serde(borrow, default, deserialize_with = "json::any")]
        text: Option<&'a RawValue>,
        #[serde(borrow, default, deserialize_with = "json::any")]
        id: Option<&'a RawValue>,
    }

    let line = source::line_text(line)?;
    match line.trim_ascii_start().as_bytes().first() {
        Some(b'"') => json::bare_string(line).map(|text| (None, text)),
        Some(b'{') => {
            let object: Object<'_> =
                serde_json::from_str(line).map_err(|error| json::complaint(&error))?;
            json::check("id", object.id)?;
            Ok((object.id, json::string("text", object.text)?))
        }
        _ => Err("neither a JSON string nor an object with `text`".to_owned()),
    }
}

/// One result, as JSON.
struct Report<'a> {
    id: Option<&'a RawValue>,
    message: Message<'a>,
    settings: Settings,
}

#[derive(serde::Serialize)]
struct ReportFields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    encoding: &'static str,
    locking: Option<&'static str>,
    single: Option<&'static str>,
    units: usize,
    segment_count: usize,
    free: usize,
    segments: Option<SegmentList<'a>>,
    forced_by: Option<ForcedBy>,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    too_many: bool,
}

#[derive(serde::Serialize)]
struct ForcedBy {
    at: usize,
    char: char,
    name: Option<String>,
}

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let message = &self.message;
        let table = |table: fn(Alphabet) -> Option<NationalLanguage>| {
            message
                .alphabet()
                .and_then(table)
                .map(NationalLanguage::name)
        };
        let segments = message.segments().ok();
        let fields = ReportFields {
            id: self.id,
            encoding: message.encoding().name(),
            locking: table(Alphabet::locking),
            single: table(Alphabet::single_shift),
            units: message.units(),
            segment_count: message.segment_count(),
            free: message.free_units(),
            too_many: segments.is_none(),
            segments: segments.map(|segments| SegmentList {
                segments,
                octets: self.settings.octets,
            }),
            forced_by: message.forced_by().map(|blame| ForcedBy {
                at: blame.at(),
                char: blame.character(),
                name: name(blame.character()),
            }),
        };
        fields.serialize(serializer)
    }
}

/// The Unicode name, which controls and unassigned code points do not have.
fn name(character: char) -> Option<String> {
    unicode_names2::name(character).map(|name| name.to_string())
}

struct SegmentList<'a> {
    segments: Segments<'a>,
    octets: Option<u16>,
}

impl Serialize for SegmentList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        struct Fields<'a> {
            text: &'a str,
            units: usize,
            #[serde(flatten, skip_serializing_if = "Option::is_none")]
            octets: Option<Octets>,
        }
        let mut list = serializer.serialize_seq(Some(self.segments.len()))?;
        for segment in self.segments.clone() {
            let octets = self
                .octets
                .and_then(|reference| Octets::of(&segment, reference));
            let (text, units) = (segment.text(), segment.units());
            list.serialize_element(&Fields {
                text,
                units,
                octets,
            })?;
        }
        list.end()
    }
}

#[derive(serde::Serialize)]
struct Octets {
    dcs: u8,
    udl: u8,
    udhi: bool,
    user_data: String,
}

impl Octets {
    /// Nothing where the reference number does not fit, which is said before any text is read.
    fn of(segment: &Segment<'_>, reference: u16) -> Option<Self> {
        let user_data = UserData::encode(segment, reference).ok()?;
        Some(Self {
            dcs: user_data.data_coding().value(),
            udl: user_data.length(),
            udhi: user_data.has_header(),
            user_data: json::hex_digits(user_data.as_octets()),
        })
    }
}

/// Characters to blame that are listed one by one.
const LISTED: usize = 12;

/// A message as people read it.
fn human(message: &Message<'_>, settings: Settings, look: Look) -> String {
    let paint = |code: &str, text: &str| {
        if look.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    };
    let unit = match message.encoding() {
        Encoding::Gsm7 => "septet",
        Encoding::Ucs2 => "code unit",
    };
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = writeln!(
        out,
        "{}: {}, {}, {} free{}",
        paint("1", &message.encoding().to_string()),
        counted(message.units(), unit),
        paint("1", &counted(message.segment_count(), "segment")),
        message.free_units(),
        if message.segment_count() > 1 {
            " in the last"
        } else {
            ""
        },
    );
    let _ = writeln!(out, "{}", wrapped(&why(message), 0, look.width));
    match message.segments() {
        Ok(segments) => {
            for segment in segments {
                out.push('\n');
                draw(&segment, unit, settings, look, &mut out);
            }
        }
        Err(error) => {
            let _ = writeln!(out, "\n{error}: it cannot be sent as one");
        }
    }
    let mut unmappables = message.unmappables();
    let listed: Vec<_> = unmappables.by_ref().take(LISTED).collect();
    if !listed.is_empty() {
        let _ = writeln!(out, "\n{}", paint("1", "Forced to UCS-2 by"));
        for blame in &listed {
            let character = blame.character();
            let before = message.text().get(..blame.at()).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .chars()
                .count()
                + 1;
            let shown = visible(character);
            let place = format!(
                "U+{:04X} {} at line {line}, column {column} (byte {})",
                u32::from(character),
                name(character).as_deref().unwrap_or("(no name)"),
                blame.at(),
            );
            let start = 3 + shown.width();
            let place = wrapped(&place, start, look.width);
            let _ = writeln!(out, "  {} {place}", paint("31", &shown));
        }
        match unmappables.count() {
            0 => {}
            more => {
                let _ = writeln!(out, "  and {more} more");
            }
        }
    }
    out
}

/// Why it is this encoding, in a sentence.
fn why(message: &Message<'_>) -> String {
    match message.reason() {
        Reason::DefaultAlphabet => "The default alphabet holds every character.".to_owned(),
        Reason::NationalTables => {
            let alphabet = message.alphabet().unwrap_or_default();
            let tables = [
                ("locking", alphabet.locking()),
                ("single shift", alphabet.single_shift()),
            ];
            let tables = tables.iter().filter_map(|(kind, language)| {
                language.map(|language| {
                    let (first, rest) = language.name().split_at(1);
                    format!("the {}{rest} {kind} table", first.to_uppercase())
                })
            });
            let tables: Vec<_> = tables.collect();
            format!("Cheapest with {}.", tables.join(" and "))
        }
        Reason::Unmappable(_) => "GSM-7 does not hold every character.".to_owned(),
        Reason::NoSinglePair => {
            "Every character is in some allowed table, but no pair of tables holds all.".to_owned()
        }
        Reason::NotCheaper => {
            "National tables hold every character, but save no segment.".to_owned()
        }
        _ => "As demanded.".to_owned(),
    }
}

/// A number with its noun.
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// Draws a segment as a numbered box.
fn draw(segment: &Segment<'_>, unit: &str, settings: Settings, look: Look, out: &mut String) {
    let inner = look.width - 4;
    let left = format!("{} of {}", segment.sequence(), segment.total());
    let right = format!(
        "{}, {} free",
        counted(segment.units(), unit),
        segment.free_units()
    );
    let rule = |length: usize| "─".repeat(length);
    let middle = (look.width - 6).saturating_sub(left.len() + right.len());
    let _ = writeln!(out, "┌ {left} {} {right} ┐", rule(middle));
    for (row, columns) in rows(segment.text(), inner) {
        let _ = writeln!(
            out,
            "│ {row}{} │",
            " ".repeat(inner.saturating_sub(columns))
        );
    }
    let _ = writeln!(out, "└{}┘", rule(look.width - 2));
    if let Some(octets) = settings
        .octets
        .and_then(|reference| Octets::of(segment, reference))
    {
        let _ = writeln!(
            out,
            "  dcs 0x{:02x}, udl {}, udhi {}",
            octets.dcs,
            octets.udl,
            u8::from(octets.udhi)
        );
        let (header, rest) = octets.user_data.split_at(2 * segment.header_octets());
        for (label, digits) in [("header", header), ("octets", rest)] {
            for (at, row) in digits.as_bytes().chunks((inner - 8) / 2 * 2).enumerate() {
                let label = if at == 0 { label } else { "" };
                let _ = writeln!(out, "  {label:6}  {}", String::from_utf8_lossy(row));
            }
        }
    }
}
