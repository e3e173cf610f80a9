//! `septet phone`: what is this number, and may it receive a code?

mod human;

use core::fmt::Display;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::borrow::Cow;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use septet::phone::{
    Classification, CountryControl, CountryList, Coverage, EligibilityPolicy, NumberPrefix,
    Service, classify,
};
use septet::telephony::{
    Channel, Date, E164, Eligibility, NumberKind, Price, Purpose, PurposeSet, Refusal, Region,
    RegionSet, Scope,
};
use serde_json::value::RawValue;

use self::human::Layout;
use crate::bulk::Results;
use crate::output::{self, Color, Format, FormatOption};
use crate::source::{self, Source};
use crate::{Failure, Status, bulk, coverage, is_like_number, json};

/// Say what phone numbers are, and whether they may receive a code.
///
/// The numbers are arguments, lines of a file, or lines of standard input, where blank lines are left
/// out. A number that is refused, or that cannot be read as one, is a result: the exit status is 0.
///
/// JSON Lines in (--input jsonl): a JSON string, or an object with "number" and optionally "region",
/// which wins over --region, and "id", which comes back. JSON Lines out (--format jsonl): one object a
/// line, in input order, with "validity", "kind", "region", "e164", "extension", "sms" and "voice"
/// (accept or reject); "reason" and Okta's "code" where one is refused, of the message before
/// the call; "monitor" where it is watched; "scope" with --home; "sms_price" (a segment), "voice_price"
/// (a call) and "price_date" with --coverage. A line that cannot be read gives {"error": ...} in its
/// place; the rest is done, and the exit status is 2.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Numbers; `-` is standard input, as is no number at all; one that starts with `-` goes behind `--`
    #[arg(value_name = "NUMBER")]
    numbers: Vec<OsString>,

    /// Read the numbers from a file
    #[arg(long, value_name = "PATH", conflicts_with = "numbers")]
    file: Option<PathBuf>,

    /// What the input is: numbers as they are written, or JSON Lines
    #[arg(long, value_enum, default_value = "text")]
    input: Input,

    /// Where results go and how: human or jsonl, with =PATH into a file; repeatable
    ///
    /// By default human, or jsonl where --input is jsonl.
    #[arg(long, value_name = "FORMAT[=PATH]")]
    format: Vec<FormatOption>,

    /// The region of numbers that are written without a calling code, such as US
    #[arg(long)]
    region: Option<Region>,

    /// Regions that are at home, with commas between them
    #[arg(long, value_name = "REGION,...", value_delimiter = ',')]
    home: Vec<Region>,

    /// Refuse numbers that are not at home
    #[arg(long, requires = "home")]
    domestic_only: bool,

    /// What the code is for
    #[arg(long, default_value = Purpose::SignIn.name(), value_parser = purposes())]
    purpose: Purpose,

    /// Take VoIP numbers
    #[arg(long)]
    voip: bool,

    /// Take personal numbers, which may cost as much as premium lines
    #[arg(long)]
    personal_numbers: bool,

    /// Refuse numbers of all regions but these
    #[arg(
        long,
        value_name = "REGION,...",
        value_delimiter = ',',
        conflicts_with = "block"
    )]
    allow: Vec<Region>,

    /// Refuse numbers of these regions
    #[arg(long, value_name = "REGION,...", value_delimiter = ',')]
    block: Vec<Region>,

    /// Mark numbers of these regions as to be watched, where they are accepted
    #[arg(long, value_name = "REGION,...", value_delimiter = ',')]
    monitor: Vec<Region>,

    /// A number, or what numbers begin with, that no list of regions refuses or marks: + and digits;
    /// repeatable
    #[arg(long, value_name = "PREFIX")]
    safe: Vec<NumberPrefix>,

    /// Channels and prices of regions: a table in CSV or TOML
    ///
    /// CSV has the columns region, channels (sms, voice, both or none), segment and call (prices),
    /// currency and date, in any order. TOML has a table for each region: [regions] US = { channels =
    /// "both", segment = "0.0079", call = "0.014" }, and currency and date at the top or in a region.
    /// What the table does not say is not known, and refuses nothing.
    #[arg(long, value_name = "PATH")]
    coverage: Option<PathBuf>,

    /// When to colour; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Input {
    /// Each line is a number.
    Text,
    /// Each line is a number in JSON.
    Jsonl,
}

fn purposes() -> impl TypedValueParser<Value = Purpose> {
    PossibleValuesParser::new(Purpose::ALL.iter().map(|purpose| purpose.name()))
        .try_map(|name| name.parse::<Purpose>())
}

/// What numbers are held to.
struct Settings {
    region: Option<Region>,
    home: Option<RegionSet>,
    purpose: Purpose,
    policy: EligibilityPolicy,
    /// The table, where there is one: the policy has it too, but does not give it back.
    coverage: Option<Coverage>,
}

impl Settings {
    fn new(args: &Args) -> Result<Self, Failure> {
        let regions = |list: &[Region]| list.iter().copied().collect::<RegionSet>();
        let home = (!args.home.is_empty()).then(|| regions(&args.home));
        let purposes = |taken: bool| {
            if taken {
                PurposeSet::NONE.with(args.purpose)
            } else {
                PurposeSet::NONE
            }
        };
        let list = if args.allow.is_empty() {
            CountryList::AllowAllBut(regions(&args.block))
        } else {
            CountryList::AllowOnly(regions(&args.allow))
        };
        let countries = CountryControl::new(list).monitor(regions(&args.monitor));
        let safe = args.safe.iter().copied();
        let mut policy = EligibilityPolicy::new()
            .voip(purposes(args.voip))
            .personal_numbers(purposes(args.personal_numbers))
            .countries(safe.fold(countries, CountryControl::safe));
        if let Some(home) = home.filter(|_| args.domestic_only) {
            policy = policy.domestic_only(home);
        }
        let coverage = args.coverage.as_deref().map(coverage::read).transpose()?;
        if let Some(coverage) = &coverage {
            policy = policy.coverage(coverage.clone());
        }
        Ok(Self {
            region: args.region,
            home,
            purpose: args.purpose,
            policy,
            coverage,
        })
    }

    fn answer(&self, number: &str, region: Option<Region>) -> Answer {
        let classification = classify(number, region.or(self.region));
        let may = |channel| {
            self.policy
                .eligibility(&classification, channel, self.purpose)
        };
        let region = classification.region();
        Answer {
            sms: may(Channel::Sms),
            voice: may(Channel::Voice),
            scope: self.home.map(|home| Scope::of(region, home)),
            cost: self.coverage.as_ref().map(|coverage| {
                let price = |channel| coverage.price(region?, channel);
                Cost {
                    sms: price(Channel::Sms),
                    voice: price(Channel::Voice),
                    date: region
                        .and_then(|region| coverage.service(region))
                        .and_then(Service::date),
                }
            }),
            classification,
        }
    }
}

/// What is said of a number.
struct Answer {
    classification: Classification,
    sms: Eligibility,
    voice: Eligibility,
    /// Where it is told what is at home.
    scope: Option<Scope>,
    /// Where there is a table.
    cost: Option<Cost>,
}

/// What the table says of a number's region.
#[derive(Clone, Copy)]
struct Cost {
    /// For a segment.
    sms: Option<Price>,
    /// For a call.
    voice: Option<Price>,
    date: Option<Date>,
}

impl Answer {
    fn is_monitored(&self) -> bool {
        [self.sms, self.voice].contains(&Eligibility::Monitor)
    }
}

/// `accept` or `reject`.
const fn word(answer: Eligibility) -> &'static str {
    if answer.is_accepted() {
        "accept"
    } else {
        "reject"
    }
}

/// How many of the numbers there were, which may be counted on several cores.
#[derive(Default)]
struct Counts {
    numbers: AtomicUsize,
    sms: AtomicUsize,
    voice: AtomicUsize,
    unread: AtomicUsize,
}

impl Counts {
    /// Counts an answer, or a line that could not be read.
    fn add(&self, answer: Option<&Answer>) {
        let add = |count: &AtomicUsize, is_one| {
            count.fetch_add(usize::from(is_one), Ordering::Relaxed);
        };
        let has = |may: fn(&Answer) -> Eligibility| {
            answer.is_some_and(|answer| may(answer).is_accepted())
        };
        add(&self.numbers, answer.is_some());
        add(&self.unread, answer.is_none());
        add(&self.sms, has(|answer| answer.sms));
        add(&self.voice, has(|answer| answer.voice));
    }
}

/// Refuses a path that may be a number in the wrong place, without repeating it.
fn check_path(option: &str, path: Option<&Path>) -> Result<(), Failure> {
    let Some(path) = path.filter(|path| !path.exists()) else {
        return Ok(());
    };
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    if extension.contains(char::is_alphabetic) || !is_like_number(&path.to_string_lossy()) {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{option}: there is no such file; a number is an argument of its own"
    )))
}

pub(crate) fn run(args: Args) -> Result<Status, Failure> {
    check_path("--file", args.file.as_deref())?;
    check_path("--coverage", args.coverage.as_deref())?;
    let settings = Settings::new(&args)?;
    let arguments = match &*args.numbers {
        [only] if only == "-" => Vec::new(),
        numbers if numbers.iter().any(|number| number == "-") => {
            return Err(Failure::new(
                "`-` stands alone: numbers come from arguments or from standard input",
            ));
        }
        _ => args.numbers,
    };
    let sources = if arguments.is_empty() {
        vec![args.file.map_or(Source::Standard, Source::path)]
    } else {
        Vec::new()
    };
    let default = match args.input {
        Input::Text => Format::Human,
        Input::Jsonl => Format::Jsonl,
    };
    // Nothing that is read may be written over.
    let table = args.coverage.map(Source::path);
    let inputs: Vec<_> = sources.into_iter().chain(table).collect();
    let mut outputs = output::open(&args.format, default, args.color, &inputs)?;
    let (sources, _) = inputs.split_at(usize::from(arguments.is_empty()));
    let is_detailed = arguments.len() == 1;
    let layouts: Vec<_> = outputs
        .iter()
        .map(|output| {
            let layout = || Layout::new(output.look, is_detailed, settings.home.is_some());
            (output.format == Format::Human).then(layout)
        })
        .collect();
    for (output, layout) in outputs.iter_mut().zip(&layouts) {
        output.write(layout.map_or(String::new(), Layout::heading).as_bytes());
    }

    septet::phone::prepare();
    let counts = Counts::default();
    let work = |place: &dyn Display, line: &[u8], results: &mut Results| {
        let read = match args.input {
            Input::Text => read_text(line),
            Input::Jsonl => read_json(line),
        };
        let answer = read.map(|line| (settings.answer(&line.number, line.region), line));
        let answer = answer.map_err(|complaint| format!("{place}: {complaint}"));
        counts.add(answer.as_ref().ok().map(|(answer, _)| answer));
        results.failed |= answer.is_err();
        for (layout, out) in layouts.iter().zip(&mut results.outputs) {
            match (&answer, layout) {
                (Ok((answer, line)), Some(layout)) => {
                    out.extend(layout.number(&line.number, answer).into_bytes());
                }
                (Ok((answer, line)), None) => json::line(&Report::new(line.id, answer), out),
                (Err(error), Some(layout)) => out.extend(layout.error(error).into_bytes()),
                (Err(error), None) => json::line(&json::ErrorLine { error }, out),
            }
        }
    };
    let mut status = if arguments.is_empty() {
        bulk::parallel(sources, &mut outputs, |place, line, results| {
            let bare = line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(line);
            if args.input == Input::Jsonl || !bare.trim_ascii().is_empty() {
                work(&place, line, results);
            }
        })
    } else {
        let mut results = Results::new(outputs.len());
        for (at, argument) in arguments.iter().enumerate() {
            let place = format!("argument {}", at + 1);
            work(&place, argument.as_encoded_bytes(), &mut results);
        }
        bulk::write(results, &mut outputs)
    };
    for (output, layout) in outputs.iter_mut().zip(&layouts) {
        output.write(
            layout
                .map_or(String::new(), |layout| layout.summary(&counts))
                .as_bytes(),
        );
        output.flush();
        if output.has_failed() {
            status = Status::Incomplete;
        }
    }
    Ok(status)
}

/// A line of the input.
struct Line<'a> {
    id: Option<&'a RawValue>,
    number: Cow<'a, str>,
    region: Option<Region>,
}

fn read_text(line: &[u8]) -> Result<Line<'_>, String> {
    let number = core::str::from_utf8(line)
        .map_err(|error| format!("invalid UTF-8 at byte {}", error.valid_up_to()))?;
    Ok(Line {
        id: None,
        number: Cow::Borrowed(number.trim_start_matches('\u{FEFF}')),
        region: None,
    })
}

fn read_json(line: &[u8]) -> Result<Line<'_>, String> {
    #[derive(serde::Deserialize)]
    struct Object<'a> {
        #[serde(borrow, default, deserialize_with = "json::any")]
        number: Option<&'a RawValue>,
        #[serde(borrow, default)]
        region: Option<&'a RawValue>,
        #[serde(borrow, default, deserialize_with = "json::any")]
        id: Option<&'a RawValue>,
    }

    let line = source::line_text(line)?;
    match line.trim_ascii_start().as_bytes().first() {
        Some(b'"') => Ok(Line {
            id: None,
            number: json::bare_string(line)?,
            region: None,
        }),
        Some(b'{') => {
            let object: Object<'_> =
                serde_json::from_str(line).map_err(|error| json::complaint(&error))?;
            json::check("id", object.id)?;
            let number = json::string("number", object.number)?;
            let region = match object.region {
                Some(region) => Some(json::string("region", Some(region))?.parse::<Region>()),
                None => None,
            };
            Ok(Line {
                id: object.id,
                number,
                region: region
                    .transpose()
                    .map_err(|error| format!("`region`: {error}"))?,
            })
        }
        _ => Err("neither a JSON string nor an object with `number`".to_owned()),
    }
}

/// One result, as JSON.
#[derive(serde::Serialize)]
struct Report<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a RawValue>,
    validity: &'static str,
    kind: NumberKind,
    region: Option<Region>,
    e164: Option<E164>,
    extension: Option<&'a str>,
    sms: &'static str,
    voice: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Refusal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'static str>,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    monitor: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<Scope>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_price: Option<Option<Price>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice_price: Option<Option<Price>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    price_date: Option<Option<Date>>,
}

impl<'a> Report<'a> {
    fn new(id: Option<&'a RawValue>, answer: &'a Answer) -> Self {
        let number = &answer.classification;
        let reason = answer.sms.refusal().or(answer.voice.refusal());
        Self {
            id,
            validity: number.validity().name(),
            kind: number.kind(),
            region: number.region(),
            e164: number.e164(),
            extension: number.extension(),
            sms: word(answer.sms),
            voice: word(answer.voice),
            reason,
            code: reason.and_then(Refusal::vendor_code),
            monitor: answer.is_monitored(),
            scope: answer.scope,
            sms_price: answer.cost.map(|cost| cost.sms),
            voice_price: answer.cost.map(|cost| cost.voice),
            price_date: answer.cost.map(|cost| cost.date),
        }
    }
}
