//! How do people read it?

use core::fmt::Write as _;
use core::sync::atomic::Ordering;

use septet::telephony::{Eligibility, Refusal, Scope};
use unicode_width::UnicodeWidthStr;

use super::{Answer, Counts, word};
use crate::inspect::counted;
use crate::output::Look;
use crate::terminal::{visible, wrapped};

/// What the columns behind that of the numbers are called, and how wide they are.
const KIND: (&str, usize) = ("KIND", 20);
const REGION: (&str, usize) = ("REGION", 6);
const HOME: (&str, usize) = ("HOME", 4);
const SMS: (&str, usize) = ("SMS", 6);
const VOICE: (&str, usize) = ("VOICE", 6);

/// Columns between columns.
const GAP: usize = 2;

/// How wide the column of the numbers is: at least, else there is no table, and at most.
const NUMBER: core::ops::RangeInclusive<usize> = 12..=24;

/// How wide the names are of what is said of one number.
const NAME: usize = 6;

/// How results are laid out. Nothing of it depends on the numbers, which come one after the other.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    look: Look,
    form: Form,
    /// Whether it is told what is at home.
    has_home: bool,
}

#[derive(Clone, Copy)]
enum Form {
    /// A row a number, with the width of the column of numbers.
    Table(usize),
    /// A block a number, where a table has no room.
    Blocks,
    /// There is one number, with all that is known of it.
    One,
}

impl Layout {
    pub(super) fn new(look: Look, is_detailed: bool, has_home: bool) -> Self {
        let layout = Self {
            look,
            form: Form::One,
            has_home,
        };
        let others: usize = layout.columns().iter().map(|(_, width)| GAP + width).sum();
        let room = look.width.saturating_sub(others);
        let form = match room {
            _ if is_detailed => Form::One,
            _ if room < *NUMBER.start() => Form::Blocks,
            _ => Form::Table(room.min(*NUMBER.end())),
        };
        Self { form, ..layout }
    }

    /// The columns behind that of the numbers.
    fn columns(self) -> Vec<(&'static str, usize)> {
        let home = self.has_home.then_some(HOME);
        let columns = [Some(KIND), Some(REGION), home, Some(SMS), Some(VOICE)];
        columns.into_iter().flatten().collect()
    }

    fn paint(self, code: &str, text: &str) -> String {
        if self.look.color {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }

    /// `accept` in green or `reject` in red.
    fn word(self, answer: Eligibility) -> String {
        let color = if answer.is_accepted() { "32" } else { "31" };
        self.paint(color, word(answer))
    }

    /// The first row of a table.
    pub(super) fn heading(self) -> String {
        let Form::Table(width) = self.form else {
            return String::new();
        };
        let mut row = padded("NUMBER", width);
        for (name, width) in self.columns() {
            row += &" ".repeat(GAP);
            row += &padded(name, width);
        }
        format!("{}\n", self.paint("1", row.trim_end()))
    }

    /// A number, and what is said of it.
    pub(super) fn number(self, given: &str, answer: &Answer) -> String {
        match self.form {
            Form::Table(width) => self.row(given, answer, width),
            Form::Blocks => self.block(given, answer) + "\n",
            Form::One => self.block(given, answer),
        }
    }

    fn row(self, given: &str, answer: &Answer, width: usize) -> String {
        let number = &answer.classification;
        // One that is written in full is shown as the world dials it, if that leaves out nothing.
        let is_whole = given.trim().starts_with('+')
            && number.extension().is_none()
            && !number.has_letters()
            && !number.has_surplus();
        let e164 = number.e164().filter(|_| is_whole);
        let given = e164.as_ref().map_or(given, |e164| e164.as_str());
        let region = number.region().map_or("-", |region| region.code());
        let mut cells = vec![
            padded(&shown(given, width), width),
            padded(number.kind().name(), KIND.1),
            padded(region, REGION.1),
        ];
        if let Some(scope) = answer.scope {
            let home = match scope {
                Scope::Domestic => "yes",
                Scope::International => "no",
                Scope::Unknown => "-",
            };
            cells.push(padded(home, HOME.1));
        }
        // Both words are as wide as their columns.
        cells.extend([self.word(answer.sms), self.word(answer.voice)]);
        let mut out = cells.join(&" ".repeat(GAP));
        out.push('\n');
        for note in notes(answer) {
            const INDENT: usize = 4;
            let note = wrapped(&note, INDENT, self.look.width);
            let _ = writeln!(out, "{:INDENT$}{note}", "");
        }
        out
    }

    fn block(self, given: &str, answer: &Answer) -> String {
        let number = &answer.classification;
        let mut out = format!("{}\n", self.paint("1", &shown(given, self.look.width)));
        let mut tell = |name: &str, words: &str, first: Option<Eligibility>| {
            let words = wrapped(words, 2 + NAME + GAP, self.look.width);
            let words = match first {
                Some(first) => words.replacen(word(first), &self.word(first), 1),
                None => words,
            };
            let _ = writeln!(out, "  {name:NAME$}{:GAP$}{words}", "");
        };
        let mut kind = number.kind().name().to_owned();
        if !number.is_valid() {
            kind += &format!(" ({})", number.validity().name());
        }
        tell("kind", &kind, None);
        if let Some(region) = number.region() {
            let scope = answer.scope.map(|scope| format!(", {}", scope.name()));
            tell(
                "region",
                &format!("{region}{}", scope.unwrap_or_default()),
                None,
            );
        }
        if let Some(e164) = number.e164() {
            tell("E.164", e164.as_str(), None);
        }
        if let Some(extension) = number.extension() {
            tell("ext.", extension, None);
        }
        let channels = [
            (
                "SMS",
                answer.sms,
                answer.cost.and_then(|cost| cost.sms),
                "a segment",
            ),
            (
                "voice",
                answer.voice,
                answer.cost.and_then(|cost| cost.voice),
                "a call",
            ),
        ];
        for (channel, may, price, unit) in channels {
            let mut words = word(may).to_owned();
            if let Some(refusal) = may.refusal() {
                words += &format!(": {}", why(refusal));
            } else if let Some(price) = price {
                words += &format!(", {price} {unit}");
            }
            if may == Eligibility::Monitor {
                words += "; to be watched";
            }
            tell(channel, &words, Some(may));
        }
        if let Some(date) = answer.cost.and_then(|cost| cost.date) {
            tell("as of", &date.to_string(), None);
        }
        out
    }

    /// What stands in place of a result.
    pub(super) fn error(self, error: &str) -> String {
        format!("{}\n", wrapped(error, 0, self.look.width))
    }

    /// What it comes to, where there are several.
    pub(super) fn summary(self, counts: &Counts) -> String {
        let [numbers, sms, voice, unread] =
            [&counts.numbers, &counts.sms, &counts.voice, &counts.unread]
                .map(|count| count.load(Ordering::Relaxed));
        if numbers + unread < 2 {
            return String::new();
        }
        let unread = match unread {
            0 => String::new(),
            unread => format!("; {} could not be read", counted(unread, "line")),
        };
        let words = format!(
            "{}: {sms} may receive SMS, {voice} a call{unread}",
            counted(numbers, "number")
        );
        format!("\n{}\n", wrapped(&words, 0, self.look.width))
    }
}

/// What is said below a row: why not, what is to be watched, what it costs.
fn notes(answer: &Answer) -> Vec<String> {
    let mut notes = Vec::new();
    match (answer.sms.refusal(), answer.voice.refusal()) {
        (Some(sms), Some(voice)) if sms == voice => notes.push(why(sms)),
        (sms, voice) => {
            let channels = [("SMS", sms), ("voice", voice)];
            let refused = channels
                .into_iter()
                .filter_map(|(channel, refusal)| Some(format!("{channel}: {}", why(refusal?))));
            notes.extend(refused);
        }
    }
    if answer.is_monitored() {
        notes.push("to be watched".to_owned());
    }
    if let Some(cost) = answer.cost {
        let prices = [
            (answer.sms, cost.sms, "a segment"),
            (answer.voice, cost.voice, "a call"),
        ];
        let prices = prices.into_iter().filter(|(may, ..)| may.is_accepted());
        let prices = prices.filter_map(|(_, price, unit)| Some(format!("{} {unit}", price?)));
        let prices: Vec<_> = prices.collect();
        if !prices.is_empty() {
            let date = cost.date.map(|date| format!(", as of {date}"));
            notes.push(prices.join(", ") + &date.unwrap_or_default());
        }
    }
    notes
}

/// Why not, with the error code of Okta's API.
fn why(refusal: Refusal) -> String {
    let code = refusal.vendor_code().map(|code| format!(" ({code})"));
    format!("{refusal}{}", code.unwrap_or_default())
}

/// A text as it may be shown, cut to a width.
fn shown(text: &str, width: usize) -> String {
    let mut shown = String::new();
    let mut columns = 0;
    let mut cut = 0;
    for character in text.trim().chars() {
        let piece = visible(character);
        // Until it is known to be cut, there may be no room for the mark.
        if columns + piece.width() <= width.saturating_sub(1) {
            cut = shown.len() + piece.len();
        }
        columns += piece.width();
        if columns > width {
            shown.truncate(cut);
            shown.push('…');
            return shown;
        }
        shown += &piece;
    }
    if shown.is_empty() {
        "(nothing)".clone_into(&mut shown);
    }
    shown
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use septet::phone::{EligibilityPolicy, classify};
    use septet::telephony::{Channel, Purpose, Region, RegionSet};

    use super::*;
    use crate::cases::cases;
    use crate::terminal::is_hidden;

    fn answer(number: &str) -> Answer {
        let classification = classify(number, Some(Region::US));
        let policy = EligibilityPolicy::new();
        let may = |channel| policy.eligibility(&classification, channel, Purpose::SignIn);
        Answer {
            sms: may(Channel::Sms),
            voice: may(Channel::Voice),
            scope: Some(Scope::of(classification.region(), RegionSet::EMPTY)),
            cost: None,
            classification,
        }
    }

    fn layout(width: usize) -> Layout {
        Layout::new(
            Look {
                color: false,
                width,
            },
            false,
            true,
        )
    }

    #[test]
    fn a_text_is_cut_where_it_does_not_fit_and_nowhere_else() {
        for (text, width, expected) in [
            ("12345", 5, "12345"),
            ("123456", 5, "1234…"),
            (" 12345\r\n", 5, "12345"),
            ("電話番号", 8, "電話番号"),
            ("電話番号", 7, "電話番…"),
            ("電話番号", 6, "電話…"),
            ("\u{202E}1", 8, "…"),
            ("\u{202E}1", 12, "⟨U+202E⟩1"),
            ("1\u{7}2", 8, "1…"),
            ("", 12, "(nothing)"),
            (" \n ", 12, "(nothing)"),
        ] {
            assert_eq!(shown(text, width), expected, "{text:?}");
        }
    }

    #[test]
    fn where_a_table_has_no_room_each_number_is_a_block() {
        let narrow = layout(60);
        assert_eq!(narrow.heading(), "");
        let block = narrow.number("+1 800 555 1234", &answer("+1 800 555 1234"));
        assert!(
            block.starts_with("+1 800 555 1234\n  kind    toll-free\n"),
            "{block}"
        );
        assert!(block.ends_with("\n\n"));
        let wide = layout(80);
        let row = wide.number("+1 800 555 1234", &answer("+1 800 555 1234"));
        assert!(row.starts_with("+18005551234 "), "{row}");
        assert!(wide.heading().starts_with("NUMBER "));
    }

    #[test]
    fn a_number_is_shown_as_given_where_its_e164_leaves_something_out() {
        for given in [
            "+1 650 253 0000 x12",
            "+1 800 FLOWERS",
            "+1 650 253 0000 *1",
        ] {
            let row = layout(80).number(given, &answer(given));
            assert!(row.starts_with(given), "{row}");
        }
    }

    proptest! {
        #![proptest_config(cases(512))]

        #[test]
        fn no_line_is_too_wide_and_none_is_obeyed(given in ".{0,40}", width in 40..130_usize) {
            let answer = answer(&given);
            for is_detailed in [false, true] {
                let look = Look { color: false, width };
                let layout = Layout::new(look, is_detailed, true);
                let drawn = layout.heading() + &layout.number(&given, &answer);
                for line in drawn.lines() {
                    prop_assert!(line.width() <= width, "{line}");
                    prop_assert!(!line.contains(is_hidden), "{line}");
                }
            }
        }
    }
}
