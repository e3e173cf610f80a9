//! What is wrong where, what does it cost, and what is to be done? For people.

use core::fmt::Write as _;
use core::ops::Range;
use std::collections::{BTreeSet, HashMap};

use septet::template::{Costs, Lint};
use unicode_segmentation::UnicodeSegmentation;

use unicode_width::UnicodeWidthStr;

use crate::inspect::counted;
use crate::output::Look;
use crate::results::{CountryPrice, FileEdit, FileResult, Found, Results, TextResult};
use crate::rule::Rule;
use crate::snippet::{Mark, Notice, render_all};
use crate::terminal::{is_hidden, seen, wrapped};

/// Things of one kind that are written one by one in a line.
const LISTED: usize = 4;

pub(super) fn write(results: &Results, look: Look) -> Vec<u8> {
    let mut out = String::new();
    for file in &results.files {
        for block in blocks(file) {
            out += &block.draw(file, look);
            out += "\n\n";
        }
    }
    changes(results, look, &mut out);
    totals(results, look, &mut out);
    out.into_bytes()
}

/// Findings that are told together.
#[derive(Default)]
struct Block<'a> {
    findings: Vec<Member<'a>>,
}

struct Member<'a> {
    found: &'a Found,
    /// The character that it is about, if it is about one.
    character: Option<&'a str>,
}

/// What may hold findings about the same text together: the edits that mend them, told by where the
/// first begins and the last ends and how many there are. Those that nothing mends are together too.
type Bond = Option<(usize, usize, usize)>;

fn blocks(file: &FileResult) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut bound: HashMap<(usize, Bond), usize> = HashMap::new();
    for found in &file.findings {
        let text = file.text_of(found);
        let character = text.and_then(|text| character(text, found));
        let bond = found.mends.first().and_then(|mend| {
            let (first, last) = (mend.edits.first()?, mend.edits.last()?);
            Some((first.span.start, last.span.end, mend.edits.len()))
        });
        let number = match found.text {
            Some(text) => *bound.entry((text, bond)).or_insert(blocks.len()),
            None => blocks.len(),
        };
        if number == blocks.len() {
            blocks.push(Block::default());
        }
        if let Some(block) = blocks.get_mut(number) {
            block.findings.push(Member { found, character });
        }
    }
    blocks
}

/// The character, or what is read as one, that a finding is about: as the text has it, whatever
/// escape the file writes it with. Nothing where it is about more.
fn character<'a>(text: &'a TextResult, found: &Found) -> Option<&'a str> {
    /// Longer clusters are no character that anybody would know by its name.
    const MAX_CHARACTERS: usize = 16;
    let decoded = &text.text.decoded;
    let (mut start, mut end) = (0, decoded.text().len());
    while start < end {
        let middle = start + (end - start) / 2;
        if decoded.source(middle..middle).start < found.span.start {
            start = middle + 1;
        } else {
            end = middle;
        }
    }
    let rest = decoded.text().get(start..)?;
    let ends = rest.char_indices().take(MAX_CHARACTERS);
    let mut ends = ends.map(|(at, character)| at + character.len_utf8());
    let end = ends.find(|end| decoded.source(start..start + end) == found.span)?;
    let characters = rest.get(..end)?;
    (characters.graphemes(true).count() == 1).then_some(characters)
}

/// A place that a caret stands under.
struct Place {
    span: Range<usize>,
    /// Rules other than that of the title which the label says as much of as there is to say.
    rules: Vec<Rule>,
    words: Option<String>,
}

impl Place {
    fn label(&self, width: usize) -> Option<String> {
        /// Columns before a label: the line's number, a little of the text, and the caret.
        const BEFORE: usize = 9;
        let rules = self.rules.iter().map(|rule| rule.name());
        let rules = rules.collect::<Vec<_>>().join(", ");
        let label = match &self.words {
            Some(words) if rules.is_empty() => Some(words.clone()),
            Some(words) => Some(format!("{rules}: {words}")),
            None => None,
        };
        // Of two rules, with the character's name behind them, there may be too much.
        label
            .filter(|label| UnicodeWidthStr::width(label.as_str()) + BEFORE <= width)
            .or_else(|| (!rules.is_empty()).then_some(rules))
    }
}

impl<'a> Block<'a> {
    fn draw(&self, file: &FileResult, look: Look) -> String {
        // The gravest; of several the first.
        let backwards = self.findings.iter().rev().map(|member| member.found);
        let Some(main) = backwards.max_by_key(|found| found.severity) else {
            return String::new();
        };
        let text = file.text_of(main);
        let mut places = self.places(main, text, look.width);
        if places.is_empty() {
            // Carets under all of a text would say nothing.
            let words = file.source.get(main.span.clone()).unwrap_or_default();
            let first = words.chars().next().map_or(0, char::len_utf8);
            places.push(Place {
                span: main.span.start..main.span.start + first,
                rules: Vec::new(),
                words: respelled(main, main),
            });
        }
        let labels: Vec<_> = places.iter().map(|place| place.label(look.width)).collect();
        let mut marks = places.iter().zip(&labels).map(|(place, label)| Mark {
            span: place.span.clone(),
            label: label.as_deref(),
        });
        let first = marks.next();

        let (title, mut notes) = self.messages(main, places.first());
        let origin = text.and_then(|text| text.text.origin.as_ref());
        let origin = origin.map(|(path, line)| ("from".to_owned(), format!("{path}:{line}")));
        let cost = cost(main, text).map(|cost| ("cost".to_owned(), cost));
        let who = respelled(main, main);
        let is_beside = who.is_some() && places.first().is_some_and(|place| place.words == who);
        let respellings = self.findings.iter().filter(|_| !is_beside);
        let respellings = respellings.filter_map(|member| member.found.respelling.clone());
        let respellings: Vec<_> = respellings.collect();
        let help = help(main, &respellings).into_iter();
        let help = help.map(|help| ("help".to_owned(), help));
        notes.extend(origin.into_iter().chain(cost).chain(help));
        let notes: Vec<_> = notes
            .iter()
            .map(|(kind, note)| (kind.as_str(), note.clone()))
            .collect();

        let rule = format!("{} {}", main.rule.code(), main.rule.name());
        let notice = Notice {
            severity: main.severity,
            rule: Some(&rule),
            title: &title,
            path: if file.path == "-" {
                "stdin"
            } else {
                &file.path
            },
            source: &file.source,
            lines: &file.lines,
            span: first
                .as_ref()
                .map_or(main.span.clone(), |mark| mark.span.clone()),
            label: first.and_then(|mark| mark.label),
            notes: &notes,
        };
        let subject = text.map(subject).unwrap_or_default();
        render_all(&notice, &marks.collect::<Vec<_>>(), &subject, look)
    }

    /// Where there is something to point at, in order, but that of the main finding is the first.
    fn places(&self, main: &Found, text: Option<&TextResult>, width: usize) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        let mut about: Option<&str> = None;
        let mut is_one = true;
        for Member { found, character } in &self.findings {
            if character.is_none() && text.is_some_and(|text| is_whole(text, found)) {
                continue;
            }
            let asked = proposal(found).filter(|asked| asked.len() <= room_beside(width));
            let asked = asked.filter(|_| asks(found.rule) && found.rule != main.rule);
            if let Some(this) = character.or(asked) {
                is_one &= about.is_none_or(|about| about == this);
                about = Some(this);
            }
            let is_named = found.rule != main.rule
                && (is_of_character(found.rule) && character.is_some() || asked.is_some());
            let words = respelled(found, main)
                .or_else(|| character.map(|character| named(character, width)))
                .or_else(|| asked.map(str::to_owned));
            places.push(Place {
                span: found.span.clone(),
                rules: is_named.then_some(found.rule).into_iter().collect(),
                words,
            });
        }
        places.sort_by_key(|place| (place.span.start, place.span.end));
        places.dedup_by(|this, kept| {
            let is_same = this.span == kept.span;
            if is_same {
                this.rules.retain(|rule| !kept.rules.contains(rule));
                kept.rules.append(&mut this.rules);
                kept.words = kept.words.take().or(this.words.take());
            }
            is_same
        });
        // Of several characters each would take two rows.
        if !is_one {
            let who = respelled(main, main);
            for place in &mut places {
                place.words.take_if(|words| Some(&*words) != who.as_ref());
            }
        }
        let first = places.iter().position(|place| place.span == main.span);
        if let Some(until) = first.and_then(|first| places.get_mut(..=first)) {
            until.rotate_right(1);
        }
        if let Some((first, others)) = places.split_first_mut() {
            for other in others {
                // The others are told in lines of their own.
                other.rules.retain(|rule| first.rules.contains(rule));
            }
        }
        places
    }

    /// What is said of each rule, with how often it is meant: of that of the main finding, and of the
    /// others. `first` is the place whose label is always shown.
    fn messages(&self, main: &'a Found, first: Option<&Place>) -> (String, Vec<(String, String)>) {
        let is_mended = !main.mends.is_empty();
        // Where edits are listed, they say as much.
        let point = |found: &'a Found| match proposal(found) {
            _ if is_mended => "",
            proposed if is_of_character(found.rule) => proposed.unwrap_or_default(),
            _ => found.message.as_str(),
        };
        let mut told: Vec<(&Found, usize)> = vec![(main, 0)];
        let mut numbers = HashMap::from([((main.rule, point(main)), 0)]);
        for Member { found, .. } in &self.findings {
            let number = *numbers
                .entry((found.rule, point(found)))
                .or_insert(told.len());
            match told.get_mut(number) {
                Some((_, count)) => *count += 1,
                None => told.push((found, 1)),
            }
        }
        let is_shown = |found: &'a Found| {
            first.is_some_and(|first| {
                let asked = proposal(found);
                first.rules.contains(&found.rule)
                    && (point(found).is_empty()
                        || found.span == first.span
                        || asked.is_some() && asked == first.words.as_deref())
            })
        };
        let words = |(found, count): (&Found, usize)| {
            let is_short = is_of_character(found.rule) || is_over_budget(found);
            let fact = found.message.split_once("; ").map(|(fact, _)| fact);
            let fact = fact.filter(|_| is_mended && is_short);
            let fact = fact.unwrap_or(&found.message);
            match count {
                1 => fact.to_owned(),
                count => format!("{fact} (and {} more)", count - 1),
            }
        };
        let mut told = told.into_iter();
        let title = told.next().map(words).unwrap_or_default();
        let mut others: Vec<_> = told.filter(|(found, _)| !is_shown(found)).collect();
        others.sort_by_key(|(found, _)| core::cmp::Reverse(found.severity));
        let (listed, rest) = others.split_at(others.len().min(LISTED));
        let mut notes: Vec<_> = listed
            .iter()
            .map(|(found, count)| {
                let (code, name) = (found.rule.code(), found.rule.name());
                let kind = format!("{}[{code} {name}]", found.severity);
                (kind, words((found, *count)))
            })
            .collect();
        if !rest.is_empty() {
            let count = rest.iter().map(|(_, count)| count).sum();
            let names: BTreeSet<_> = rest.iter().map(|(found, _)| found.rule).collect();
            let names: Vec<_> = names.into_iter().map(Rule::name).collect();
            let more = counted(count, "more finding");
            notes.push(("also".to_owned(), format!("{more} of {}", names.join(", "))));
        }
        (title, notes)
    }
}

fn is_over_budget(found: &Found) -> bool {
    found.rule == Rule::Template(Lint::OverBudget)
}

/// Whether a caret under the character and the name of the rule say what there is to say.
fn is_of_character(rule: Rule) -> bool {
    let Rule::Template(lint) = rule else {
        return false;
    };
    matches!(
        lint,
        Lint::ForcesUcs2
            | Lint::InvisibleCharacter
            | Lint::NotNormalised
            | Lint::Homoglyph
            | Lint::ExtensionCharacter
    )
}

/// Whether what is proposed says enough beside a caret: `is ... meant?`.
fn asks(rule: Rule) -> bool {
    let lints = [Lint::UnknownPlaceholder, Lint::UnboundedPlaceholder];
    lints.map(Rule::Template).contains(&rule)
}

/// What is to be done, where a message says so.
fn proposal(found: &Found) -> Option<&str> {
    let (_, proposal) = found.message.split_once("; ")?;
    Some(proposal)
}

/// Who writes what the title proposes.
fn respelled(found: &Found, main: &Found) -> Option<String> {
    main.respelling.as_ref()?;
    let edit = found.respelling.as_ref()?;
    Some(doer(core::slice::from_ref(edit), " --unsafe"))
}

/// Whether a finding is about all of a text.
fn is_whole(text: &TextResult, found: &Found) -> bool {
    let decoded = &text.text.decoded;
    let inside = decoded.source(0..decoded.text().len());
    [&text.text.literal, &inside].contains(&&found.span)
}

/// A text by its key and locale.
fn subject(text: &TextResult) -> String {
    match &text.locale {
        Some(locale) if text.key.is_empty() => format!("[{locale}]"),
        Some(locale) => format!("{} [{locale}]", text.key),
        None => text.key.clone(),
    }
}

/// Columns that a label leaves beside a caret for a name: not those of the longest name of a rule, of
/// a character and its number, and of a little of the text.
fn room_beside(width: usize) -> usize {
    width.saturating_sub(45)
}

/// A character as it is seen, its number and its name, unless that is long; of several the numbers.
fn named(characters: &str, width: usize) -> String {
    let number = |character: char| format!("U+{:04X}", u32::from(character));
    let mut all = characters.chars();
    match (all.next(), all.next()) {
        (Some(character), None) => {
            let mut words = Vec::new();
            if !is_hidden(character) && !character.is_whitespace() {
                words.push(character.to_string());
            }
            words.push(number(character));
            let name = unicode_names2::name(character).map(|name| name.to_string());
            words.extend(name.filter(|name| name.len() <= room_beside(width)));
            words.join(" ")
        }
        _ => {
            let numbers: Vec<_> = characters.chars().map(number).collect();
            numbers.join(" ")
        }
    }
}

/// What a text costs, and what it would if it were mended.
fn cost(found: &Found, text: Option<&TextResult>) -> Option<String> {
    let now = text.and_then(|text| text.costs);
    let mended = found.mends.first().map(|mend| mend.after);
    let money = text.and_then(|text| money(&text.prices, now, mended));
    match (found.saving(), money) {
        (Some(saving), Some(money)) => Some(format!("{saving}; {money}")),
        (None, Some(money)) if is_over_budget(found) => Some(money),
        (saving, _) => saving,
    }
}

/// What a message comes to at worst in each country, before and after: `FR: 0.145 → 0.0725 EUR`.
fn money(prices: &[CountryPrice], before: Option<Costs>, after: Option<Costs>) -> Option<String> {
    let segments = |costs: Option<Costs>| costs?.worst().segments().get();
    let before = segments(before)?;
    let after = segments(after).filter(|after| *after != before);
    let listed = prices.iter().take(LISTED).map(|price| {
        let after = after.map(|after| format!(" → {}", price.amount(after)));
        let (country, currency) = (price.region, price.price.currency());
        let (before, after) = (price.amount(before), after.unwrap_or_default());
        format!("{country}: {before}{after} {currency}")
    });
    let listed = listed.collect::<Vec<_>>().join(", ");
    let more = match prices.len().saturating_sub(LISTED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    (!listed.is_empty()).then(|| format!("{listed}{more}"))
}

/// What is to be done, and whether `septet fix` does it.
fn help(found: &Found, respellings: &[FileEdit]) -> Vec<String> {
    let best = found.mends.first();
    let others = found
        .mends
        .iter()
        .filter(|_| best.is_some_and(|best| !best.safe));
    let safe = others.into_iter().find(|mend| mend.safe);
    let mends = best.into_iter().chain(safe).map(|mend| match mend.safe {
        true => sentence(&mend.edits, ""),
        false => sentence(&mend.edits, " --unsafe") + ", and it will not read quite the same",
    });
    let respelling = (!respellings.is_empty()).then(|| sentence(respellings, " --unsafe"));
    let is_undeclared = found.rule == Rule::Template(Lint::UnboundedPlaceholder);
    let declaration = is_undeclared.then(|| {
        "say what it holds in [values] of septet.toml, as in `code = { characters = \"digits\", length = \
         6 }`"
            .to_owned()
    });
    mends.chain(respelling).chain(declaration).collect()
}

fn sentence(edits: &[FileEdit], option: &str) -> String {
    format!("{}; {}", in_words(edits), doer(edits, option))
}

fn doer(edits: &[FileEdit], option: &str) -> String {
    if edits.iter().all(|edit| edit.written.is_some()) {
        format!("`septet fix{option}` does this")
    } else {
        "this is not written in a way that `septet fix` can edit".to_owned()
    }
}

/// Edits in words, each once: what is to be written for what.
fn in_words(edits: &[FileEdit]) -> String {
    let mut kinds: Vec<((&str, &str), usize)> = Vec::new();
    let mut more = 0;
    for edit in edits {
        let kind = (edit.before.as_str(), edit.after.as_str());
        let known = kinds.iter().position(|(known, _)| *known == kind);
        if let Some((_, count)) = known.and_then(|known| kinds.get_mut(known)) {
            *count += 1;
        } else if kinds.len() < LISTED {
            kinds.push((kind, 1));
        } else {
            more += 1;
        }
    }
    let mut last = "";
    let clauses = kinds.iter().map(|((before, after), count)| {
        let (verb, what) = match (*before, *after) {
            (before, "") => ("remove ", quoted(before)),
            ("", after) => ("insert ", quoted(after)),
            (before, after) => (
                "write ",
                format!("{} for {}", quoted(after), quoted(before)),
            ),
        };
        let is_same = core::mem::replace(&mut last, verb) == verb;
        let what = if is_same {
            what
        } else {
            verb.to_owned() + &what
        };
        match count {
            1 => what,
            2 => format!("{what} twice"),
            count => format!("{what} {count} times"),
        }
    });
    let clauses = clauses.collect::<Vec<_>>().join(", ");
    match more {
        0 => clauses,
        more => format!("{clauses} and {}", counted(more, "more edit")),
    }
}

/// What is seen between backticks, what is not by its number.
fn quoted(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.next()) {
        (Some(character), None) if is_hidden(character) => {
            format!("U+{:04X}", u32::from(character))
        }
        _ => format!("`{text}`"),
    }
}

/// Texts that were there before the change and cost something else now.
fn changes(results: &Results, look: Look, out: &mut String) {
    let mut lines = Vec::new();
    for file in &results.files {
        for text in &file.texts {
            if let Some((change, is_dearer)) = change(text) {
                let change = painted(look, if is_dearer { "31" } else { "32" }, &seen(&change));
                let (path, subject) = (seen(&file.path), seen(&subject(text)));
                lines.push(format!("  {path} {subject}: {change}"));
            }
        }
    }
    if !lines.is_empty() {
        let heading = painted(look, "1", "Costs that changed");
        let _ = writeln!(out, "{heading}\n{}\n", lines.join("\n"));
    }
}

/// What a text cost and costs now, and whether that is more.
fn change(text: &TextResult) -> Option<(String, bool)> {
    let (before, now) = (text.before?, text.costs?);
    let counts = [
        ("", before.worst(), now.worst()),
        (" with typical values", before.typical(), now.typical()),
        (" at best", before.best(), now.best()),
    ];
    let counts = counts.map(|(when, before, now)| (when, before.segments(), now.segments()));
    let (when, old, new) = counts.into_iter().find(|(_, old, new)| old != new)?;
    let plural = if new.get() == Some(1) { "" } else { "s" };
    let money = money(&text.prices, Some(before), Some(now)).filter(|_| when.is_empty());
    let money = money.map(|money| format!("; {money}")).unwrap_or_default();
    let is_dearer = new.get().unwrap_or(usize::MAX) > old.get().unwrap_or(usize::MAX);
    Some((
        format!("{old} → {new} segment{plural}{when}{money}"),
        is_dearer,
    ))
}

fn totals(results: &Results, look: Look, out: &mut String) {
    let totals = &results.totals;
    let found = [
        (totals.errors, "error", "31"),
        (totals.warnings, "warning", "33"),
        (totals.notes, "note", "32"),
    ];
    let found = found.into_iter().filter(|(count, ..)| *count > 0);
    let found = found.map(|(count, what, paint)| (counted(count, what), paint));
    let found: Vec<_> = found.collect();
    let mut line = format!(
        "{} in {}: ",
        counted(totals.texts, "text"),
        counted(totals.files, "file")
    );
    if found.is_empty() {
        line += "nothing found";
    } else {
        let words: Vec<_> = found.iter().map(|(words, _)| words.as_str()).collect();
        line += &words.join(", ");
    }
    if totals.segments > 0 {
        let _ = write!(line, "; {} at worst", counted(totals.segments, "segment"));
        if totals.unknown > 0 {
            line += " where that is known";
        }
    }
    if totals.segments_mended < totals.segments {
        let _ = write!(
            line,
            ", {} with the safe repairs (septet fix --write)",
            totals.segments_mended
        );
    }
    line = wrapped(&line, 0, look.width);
    for (words, paint) in &found {
        line = line.replacen(words.as_str(), &painted(look, paint, words), 1);
    }
    let _ = writeln!(out, "{line}");

    let unknown = counted(totals.unknown, "text");
    let baseline = counted(totals.held_by_baseline, "text");
    let revision = counted(totals.held_by_revision, "text");
    let allowed = counted(totals.allowed, "finding");
    let further = [
        (
            totals.unknown,
            format!("{unknown} not counted: the worst case is not known"),
        ),
        (
            totals.held_by_baseline,
            format!("{baseline} not checked: held back by the baseline"),
        ),
        (
            totals.held_by_revision,
            format!("{revision} not checked: as in the revision"),
        ),
        (totals.allowed, format!("{allowed} allowed by comments")),
    ];
    let further = further.into_iter().filter(|(count, _)| *count > 0);
    let further = further.map(|(_, words)| words);
    for words in further.chain(results.assumptions.iter().map(|words| seen(words))) {
        let _ = writeln!(
            out,
            "{}",
            painted(look, "2", &wrapped(&words, 0, look.width))
        );
    }
}

fn painted(look: Look, code: &str, words: &str) -> String {
    if look.color {
        format!("\u{1b}[{code}m{words}\u{1b}[0m")
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use std::sync::Arc;

    use proptest::prelude::*;
    use septet::template::{CharacterSet, Report, Rules, Severity, Syntax, Values, Verdict};
    use unicode_width::UnicodeWidthStr;

    use super::super::samples::price;
    use crate::lines::Lines;
    use crate::results::{Mend, Totals};
    use crate::text::{Decoded, Text};

    const PLAIN: Look = Look {
        color: false,
        width: 80,
    };

    /// A file with texts that stand in it between quotation marks, held to one segment.
    fn file(path: &str, source: &str, texts: &[(&str, Option<&str>, &str)]) -> FileResult {
        let mut file = FileResult {
            path: path.to_owned(),
            name: path.to_owned(),
            source: source.to_owned(),
            lines: Lines::of(source),
            texts: Vec::new(),
            findings: Vec::new(),
        };
        for (key, locale, text) in texts {
            let start = source.find(&format!("\"{text}\"")).unwrap() + 1;
            let mut decoded = Decoded::default();
            let mut at = start;
            for character in text.chars() {
                let end = at + character.len_utf8();
                decoded.verbatim(source, at..end);
                at = end;
            }
            add(&mut file, key, *locale, decoded, start - 1..at + 1);
        }
        file
    }

    /// What a text costs, and what the library says of it.
    fn report(text: &str) -> (Costs, Report) {
        let values = Values::new().with("code", CharacterSet::DIGITS.exactly(6));
        let rules = Rules::new()
            .syntax(Syntax::DollarBrace)
            .values(values)
            .budget(1);
        let report = rules.check(text);
        (report.costs(), report)
    }

    /// Adds a text and what is found in it.
    fn add(
        file: &mut FileResult,
        key: &str,
        locale: Option<&str>,
        decoded: Decoded,
        literal: Range<usize>,
    ) {
        let (costs, report) = report(decoded.text());
        let all = 0..decoded.text().len();
        let place = |span: Range<usize>| {
            if span == all {
                literal.clone()
            } else {
                decoded.source(span)
            }
        };
        for finding in report.findings() {
            let mends = report.fixes_of(finding).map(|fix| {
                Arc::new(Mend {
                    edits: fix
                        .edits()
                        .iter()
                        .map(|edit| FileEdit {
                            span: place(edit.range()),
                            before: decoded.text()[edit.range()].to_owned(),
                            after: edit.replacement().to_owned(),
                            written: Some(edit.replacement().to_owned()),
                        })
                        .collect(),
                    safe: fix.is_safe(),
                    before: fix.before(),
                    after: fix.after(),
                })
            });
            file.findings.push(Found {
                rule: Rule::Template(finding.lint()),
                severity: finding.severity(),
                span: place(finding.span()),
                text: Some(file.texts.len()),
                message: finding.to_string(),
                mends: mends.collect(),
                respelling: None,
            });
        }
        let text = Text {
            path: Vec::new(),
            locale: None,
            is_base: false,
            decoded,
            literal,
            encode: |text| Some(text.to_owned()),
            origin: None,
            id: None,
        };
        file.texts.push(TextResult {
            key: key.to_owned(),
            locale: locale.map(str::to_owned),
            group: String::new(),
            text,
            verdict: Verdict::New,
            held: None,
            costs: Some(costs),
            budget: Some(1),
            before: None,
            prices: Vec::new(),
            mends: Vec::new(),
        });
    }

    fn results(files: Vec<FileResult>) -> Results {
        let mut totals = Totals {
            files: files.len(),
            ..Totals::default()
        };
        for found in files.iter().flat_map(|file| &file.findings) {
            match found.severity {
                Severity::Error => totals.errors += 1,
                Severity::Warning => totals.warnings += 1,
                Severity::Note => totals.notes += 1,
            }
        }
        for text in files.iter().flat_map(|file| &file.texts) {
            totals.texts += 1;
            let segments = text.costs.and_then(|costs| costs.worst().segments().get());
            totals.segments += segments.unwrap_or_default();
            totals.unknown += usize::from(segments.is_none());
        }
        totals.segments_mended = totals.segments;
        Results {
            files,
            totals,
            assumptions: Vec::new(),
        }
    }

    fn written(results: &Results) -> String {
        String::from_utf8(write(results, PLAIN)).unwrap()
    }

    const FRENCH: &str =
        "C’est votre code : ${code}. Ne le partagez pas, même avec l’équipe. Merci";

    #[test]
    fn the_findings_about_a_text_are_one_block_with_what_it_costs_and_what_to_do() {
        let source = format!("{{\n  \"signIn\": \"{FRENCH}\"\n}}\n");
        let mut file = file("fr.json", &source, &[("sms.signIn", Some("fr"), FRENCH)]);
        file.texts[0].prices = vec![price("FR", "EUR", 72_500), price("CH", "CHF", 1_000_000)];
        let expected = r#"
error[SMS001 over-budget]: 2 segments in UCS-2 at worst, the budget is 1
 --> fr.json:2:15 sms.signIn [fr]
2 | "signIn": "C’est votre code : ${code}. Ne le partagez pas, même avec l’équi…
  |             ^ forces-ucs2                                   ^         ^
  = cost: 2 segments at worst, 1 if this changes; FR: 0.145 → 0.0725 EUR, CH:
          2.00 → 1.00 CHF
  = help: write `'` for `’` twice, `e` for `ê`; `septet fix --unsafe` does this,
          and it will not read quite the same

1 text in 1 file: 1 error, 3 warnings; 2 segments at worst
"#;
        assert_eq!(written(&results(vec![file])), expected.trim_start());
    }

    #[test]
    fn the_gravest_finding_is_the_title() {
        let source = format!("\"{FRENCH}\"\n");
        let mut file = file("fr.json", &source, &[("a", None, FRENCH)]);
        for (found, severity) in file.findings.iter_mut().zip([
            Severity::Note,
            Severity::Error,
            Severity::Error,
            Severity::Error,
        ]) {
            found.severity = severity;
        }
        let written = written(&results(vec![file]));
        let title = "error[SMS101 forces-ucs2]: U+2019 makes the message UCS-2 (and 2 more)\n";
        assert!(written.starts_with(title), "{written}");
        assert!(
            written.contains("\n  = note[SMS001 over-budget]: 2 segments in UCS-2 at worst, "),
            "{written}"
        );
    }

    #[test]
    fn a_character_that_is_the_whole_text_and_found_twice_has_one_caret_and_its_name() {
        let mut file = file("a.json", "\"’\"", &[("a", None, "’")]);
        let both = ["SMS101", "SMS202"].map(|rule| found(rule, 1..4, Some(0), "it is so"));
        file.findings = both.into();
        let expected = "
warning[SMS101 forces-ucs2]: it is so
 --> a.json:1:2 a
1 | \"’\"
  |  ^ homoglyph: ’ U+2019 RIGHT SINGLE QUOTATION MARK

1 text in 1 file: 1 warning, 1 note; 1 segment at worst
";
        assert_eq!(written(&results(vec![file])), expected.trim_start());
    }

    /// A finding that was not made by the library.
    fn found(rule: &str, span: Range<usize>, text: Option<usize>, message: &str) -> Found {
        let rule: Rule = rule.parse().unwrap();
        Found {
            rule,
            severity: rule.severity(),
            span,
            text,
            message: message.to_owned(),
            mends: Vec::new(),
            respelling: None,
        }
    }

    #[test]
    fn what_carets_say_of_several_characters_is_counted() {
        let source = r#"{ "a": "[1] {2} [3]" }"#;
        let mut file = file("a.json", source, &[("a", None, "[1] {2} [3]")]);
        file.findings = ['[', ']', '{', '}', '[', ']']
            .into_iter()
            .scan(8, |at, character| {
                *at += source[*at..].find(character)?;
                let message = format!("U+{:04X} takes two septets", u32::from(character));
                Some(found(
                    "extension-character",
                    *at..*at + 1,
                    Some(0),
                    &message,
                ))
            })
            .collect();
        let expected = r#"
note[SMS201 extension-character]: U+005B takes two septets (and 5 more)
 --> a.json:1:9 a
1 | { "a": "[1] {2} [3]" }
  |         ^ ^ ^ ^ ^ ^

1 text in 1 file: 6 notes; 1 segment at worst
"#;
        assert_eq!(written(&results(vec![file])), expected.trim_start());
    }

    #[test]
    fn what_no_edit_mends_is_together_and_what_is_about_no_text_stands_alone() {
        let source = "{ \"a\": \"${b} ${c}\", }";
        let mut file = file("a.json", source, &[("a", Some("de"), "${b} ${c}")]);
        file.findings = vec![
            found("SMS107", 8..12, Some(0), "the placeholder `b` is not known"),
            found(
                "SMS107",
                13..17,
                Some(0),
                "the placeholder `c` is not known",
            ),
            found("SMS109", 7..18, Some(0), "there is no translation for `fr`"),
            found("SMS109", 7..18, Some(0), "there is no translation for `it`"),
            found("SMS901", 18..19, None, "a comma too many"),
        ];
        let expected = r#"
warning[SMS107 unknown-placeholder]: the placeholder `b` is not known
 --> a.json:1:9 a [de]
1 | { "a": "${b} ${c}", }
  |         ^^^^ ^^^^
  = warning[SMS107 unknown-placeholder]: the placeholder `c` is not known
  = warning[SMS109 missing-translation]: there is no translation for `fr`
  = warning[SMS109 missing-translation]: there is no translation for `it`

error[SMS901 unreadable-source]: a comma too many
 --> a.json:1:19
1 | { "a": "${b} ${c}", }
  |                   ^

1 text in 1 file: 1 error, 4 warnings
1 text not counted: the worst case is not known
"#;
        assert_eq!(written(&results(vec![file])), expected.trim_start());
    }

    #[test]
    fn a_lost_placeholder_is_one_block_with_a_caret_under_what_is_there_in_its_place() {
        let source = r#"{ "a": "{codice} e {x}" }"#;
        let mut file = file("it.json", source, &[("a", Some("it"), "{codice} e {x}")]);
        let asked = "nothing is declared of the placeholder `codice`; is `code` meant?";
        file.findings = vec![
            found(
                "SMS002",
                7..23,
                Some(0),
                "the placeholder `code` is missing",
            ),
            found("SMS108", 7..23, Some(0), "the base text has no `codice`"),
            found("SMS105", 8..16, Some(0), asked),
        ];
        let expected = r#"
error[SMS002 missing-placeholder]: the placeholder `code` is missing
 --> it.json:1:9 a [it]
1 | { "a": "{codice} e {x}" }
  |         ^^^^^^^^ unbounded-placeholder: is `code` meant?
  = warning[SMS108 placeholder-mismatch]: the base text has no `codice`

1 text in 1 file: 1 error, 2 warnings
1 text not counted: the worst case is not known
"#;
        let drawn = |file| {
            let mut results = results(vec![file]);
            results.totals.segments = 0;
            results.totals.unknown = 1;
            written(&results)
        };
        assert_eq!(drawn(file), expected.trim_start());
    }

    #[test]
    fn who_writes_a_placeholder_as_it_should_be_is_told_beside_it() {
        let source = r#"{ "a": "%{code} €" }"#;
        let mut file = file("a.json", source, &[("a", None, "%{code} €")]);
        let written_so = |written: Option<&str>| {
            Some(FileEdit {
                span: 8..15,
                before: "%{code}".to_owned(),
                after: "${code}".to_owned(),
                written: written.map(str::to_owned),
            })
        };
        let misspelt = found("SMS004", 8..15, Some(0), "it is sent so; write `${code}`");
        file.findings = vec![
            Found {
                respelling: written_so(Some("${code}")),
                ..misspelt
            },
            found("SMS201", 16..19, Some(0), "U+20AC takes two septets"),
        ];
        let expected = r#"
error[SMS004 misspelt-placeholder]: it is sent so; write `${code}`
 --> a.json:1:9 a
1 | { "a": "%{code} €" }
  |         ^^^^^^^ ^ € U+20AC EURO SIGN
  |         |
  |         `septet fix --unsafe` does this
  = note[SMS201 extension-character]: U+20AC takes two septets

1 text in 1 file: 1 error, 1 note; 1 segment at worst
"#;
        assert_eq!(written(&results(vec![file])), expected.trim_start());
    }

    #[test]
    fn of_many_findings_that_no_edit_mends_the_gravest_are_told() {
        let mut file = file("a.json", "\"a\"", &[("a", None, "a")]);
        let codes = [
            "SMS201", "SMS109", "SMS109", "SMS104", "SMS108", "SMS002", "SMS001", "SMS106",
        ];
        let numbered = codes.iter().enumerate();
        let all = numbered.map(|(at, code)| found(code, 0..3, Some(0), &format!("it is so {at}")));
        file.findings = all.collect();
        let expected = r#"
error[SMS002 missing-placeholder]: it is so 5
 --> a.json:1:1 a
1 | "a"
  | ^
  = error[SMS001 over-budget]: it is so 6
  = warning[SMS109 missing-translation]: it is so 1
  = warning[SMS109 missing-translation]: it is so 2
  = warning[SMS104 not-normalised]: it is so 3
  = also: 3 more findings of placeholder-may-force-ucs2, placeholder-mismatch,
          extension-character

1 text in 1 file: 2 errors, 5 warnings, 1 note; 1 segment at worst
"#;
        assert_eq!(written(&results(vec![file])), expected.trim_start());
    }

    #[test]
    fn a_character_that_two_rules_name_is_told_within_the_width() {
        const WORDS: &str = "’’ ąę";
        let source = format!("\"{WORDS}\"");
        let mut file = file("a.json", &source, &[("a", None, WORDS)]);
        let names = ["over-budget", "extension-character", "homoglyph"];
        let rules = names.map(|name| Rule::all().find(|rule| rule.name() == name).unwrap());
        let at = 1 + "’’ ".len();
        let spans = [0..source.len(), at..at + "ą".len(), at..at + "ą".len()];
        let findings = rules.iter().zip(spans);
        file.findings = findings
            .map(|(rule, span)| found(rule.code(), span, Some(0), "it is so"))
            .collect();
        let drawn = write(&results(vec![file]), Look { width: 80, ..PLAIN });
        let drawn = String::from_utf8(drawn).unwrap();
        assert!(
            drawn.contains("^ extension-character, homoglyph"),
            "{drawn}"
        );
        let is_within = |row: &str| UnicodeWidthStr::width(row) <= 80;
        assert!(drawn.lines().all(is_within), "{drawn}");
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn the_name_of_each_rule_is_told(
            chosen in proptest::collection::vec((0_usize..40, 0_usize..10, 0_usize..5), 1..12),
            is_mended: bool,
            width in 80_usize..=120,
        ) {
            const WORDS: &str = "’’ ąę 👍👎€ ${code}. It is not to be shared with anybody at all. Ok?";
            let source = format!("\"{WORDS}\"");
            let mut file = file("a.json", &source, &[("a", None, WORDS)]);
            let mends = file.findings.iter().find(|found| !found.mends.is_empty());
            let mends = mends.map(|found| found.mends.clone()).unwrap_or_default();
            let rules: Vec<_> = Rule::all().collect();
            let mut characters: Vec<_> = WORDS
                .char_indices()
                .map(|(at, character)| 1 + at..1 + at + character.len_utf8())
                .collect();
            characters.truncate(9);
            characters.push(0..source.len());
            let messages = ["it is so", "it is so; is `a` meant?", "it is not; remove it"];
            let mut findings: Vec<_> = chosen
                .iter()
                .map(|(rule, place, message)| Found {
                    mends: if is_mended { mends.clone() } else { Vec::new() },
                    ..found(
                        rules[rule % rules.len()].code(),
                        characters[*place].clone(),
                        Some(0),
                        messages[message % messages.len()],
                    )
                })
                .collect();
            findings.sort_by_key(|found| found.span.start);
            file.findings = findings;
            let drawn = write(&results(vec![file]), Look { width, ..PLAIN });
            let drawn = String::from_utf8(drawn).unwrap();
            prop_assert_eq!(drawn.matches("--> ").count(), 1, "{}", drawn);
            for (rule, ..) in chosen {
                prop_assert!(drawn.contains(rules[rule % rules.len()].name()), "{}", drawn);
            }
            for row in drawn.lines() {
                prop_assert!(UnicodeWidthStr::width(row) <= width, "{}", drawn);
            }
        }
    }

    #[test]
    fn an_escape_is_named_by_what_it_means_and_a_text_by_where_it_is_from() {
        let escaped = r"Your code\u200b is ${code}. It\u2019s not to be shared with anybody at all, ever. Thanks!";
        let source = format!(r#"{{"text": "{escaped}"}}"#);
        let start = 10;
        let mut decoded = Decoded::default();
        let mut at = start;
        for (part, escape) in escaped.split("\\u").enumerate().map(|(number, part)| {
            if number == 0 {
                (part, None)
            } else {
                (&part[4..], Some(&part[..4]))
            }
        }) {
            if let Some(digits) = escape {
                let character = u32::from_str_radix(digits, 16)
                    .ok()
                    .and_then(char::from_u32);
                decoded.escape(character.unwrap(), at..at + 6);
                at += 6;
            }
            decoded.verbatim(&source, at..at + part.len());
            at += part.len();
        }
        let mut file = FileResult {
            path: "-".to_owned(),
            name: "-".to_owned(),
            lines: Lines::of(&source),
            source,
            texts: Vec::new(),
            findings: Vec::new(),
        };
        add(&mut file, "", None, decoded, start - 1..at + 1);
        file.texts[0].text.origin = Some(("sms/app.rb".to_owned(), 12));
        let expected = r#"
error[SMS001 over-budget]: 2 segments in UCS-2 at worst, the budget is 1
 --> stdin:1:20
1 | {"text": "Your code\u200b is ${code}. It\u2019s not to be shared with anybo…
  |                    ^^^^^^               ^^^^^^
  |                    |
  |                    invisible-character
  = warning[SMS101 forces-ucs2]: U+2019 makes the message UCS-2
  = from: sms/app.rb:12
  = cost: 2 segments at worst, 1 if this changes
  = help: remove U+200B, write `'` for `’`; `septet fix` does this

1 text in 1 file: 1 error, 2 warnings; 2 segments at worst
"#;
        assert_eq!(written(&results(vec![file])), expected.trim_start());
    }

    #[test]
    fn edits_are_told_each_once_with_who_makes_them() {
        let edit = |before: &str, after: &str, can_be_written: bool| FileEdit {
            span: 0..0,
            before: before.to_owned(),
            after: after.to_owned(),
            written: can_be_written.then(|| after.to_owned()),
        };
        let costs = report("a").0;
        let mend = |edits: &[FileEdit], safe| {
            Arc::new(Mend {
                edits: edits.to_vec(),
                safe,
                before: costs,
                after: costs,
            })
        };
        let helped = |mends: &[&Arc<Mend>], respelling: Option<FileEdit>| {
            let found = Found {
                mends: mends.iter().map(|mend| Arc::clone(mend)).collect(),
                ..found("SMS101", 0..0, None, "")
            };
            help(&found, respelling.as_slice())
        };
        let safe = mend(&[edit("’", "'", true), edit("\u{200B}", "", true)], true);
        let kinds = ["“", "’", "’", "’", "”", "…", "–", "—"].map(|before| edit(before, "-", true));
        let several = mend(&kinds, false);
        let inserted = mend(&[edit("", "e\u{301}", false)], true);
        let neither = mend(&[edit("e\u{301}", "e", true), edit("a", "b", false)], false);
        let misspelt = edit("{code}", "${code}", true);
        let expected = [
            "write `'` for `’`, remove U+200B; `septet fix` does this",
            "write `-` for `“`, `-` for `’` 3 times, `-` for `”`, `-` for `…` and 2 more edits; \
             `septet fix --unsafe` does this, and it will not read quite the same",
            "insert `e\u{301}`; this is not written in a way that `septet fix` can edit",
            "write `e` for `e\u{301}`, `b` for `a`; this is not written in a way that `septet fix` can \
             edit, and it will not read quite the same",
            "write `${code}` for `{code}`; `septet fix --unsafe` does this",
        ];
        assert_eq!(helped(&[&safe, &several], None), [expected[0]]);
        // A safe one is told behind an unsafe one that saves more.
        let both = helped(&[&several, &neither, &safe], None);
        assert_eq!(both, [expected[1], expected[0]]);
        assert_eq!(helped(&[&inserted], None), [expected[2]]);
        assert_eq!(helped(&[&neither], None), [expected[3]]);
        assert_eq!(helped(&[], Some(misspelt)), [expected[4]]);
        assert!(helped(&[], None).is_empty());
    }

    #[test]
    fn prices_are_told_of_some_countries_and_only_where_the_worst_is_known() {
        let prices: Vec<_> = (0..6).map(|number| price("FR", "EUR", number)).collect();
        let (dear, cheap) = (report(FRENCH).0, report("a").0);
        let unknown = report("${who}").0;
        let expected = "FR: 0.00 EUR, FR: 0.000002 EUR, FR: 0.000004 EUR, FR: 0.000006 EUR and 2 \
                        more";
        assert_eq!(money(&prices, Some(dear), None).as_deref(), Some(expected));
        let some = &prices[1..2];
        let told = |before, after| money(some, Some(before), Some(after));
        assert_eq!(
            told(dear, cheap).as_deref(),
            Some("FR: 0.000002 → 0.000001 EUR")
        );
        assert_eq!(told(cheap, cheap).as_deref(), Some("FR: 0.000001 EUR"));
        assert_eq!(told(cheap, unknown).as_deref(), Some("FR: 0.000001 EUR"));
        assert_eq!(told(unknown, cheap), None);
        assert_eq!(money(&[], Some(dear), Some(cheap)), None);
    }

    #[test]
    fn costs_that_changed_are_listed_and_others_are_not() {
        let source = "\"a\" \"b\" \"c\" \"d\"";
        let keys = ["a", "b", "c", "d"].map(|key| (key, Some("fr"), key));
        let mut file = file("fr.json", source, &keys);
        let [dear, cheap] = [report(FRENCH).0, report("a").0];
        let unknown = report("${who}").0;
        let changes = [(cheap, dear), (dear, cheap), (dear, dear), (dear, unknown)];
        for (text, (before, now)) in file.texts.iter_mut().zip(changes) {
            text.before = Some(before);
            text.costs = Some(now);
        }
        file.texts[0].prices = vec![price("FR", "EUR", 70_000)];
        let expected = "\
Costs that changed
  fr.json a [fr]: 1 → 2 segments; FR: 0.07 → 0.14 EUR
  fr.json b [fr]: 2 → 1 segment
  fr.json d [fr]: 2 → unknown segments

4 texts in 1 file: nothing found; 5 segments at worst where that is known
1 text not counted: the worst case is not known
";
        assert_eq!(written(&results(vec![file])), expected);
    }

    #[test]
    fn totals_are_one_line_and_one_for_each_thing_that_was_left_out() {
        let mut results = results(Vec::new());
        results.totals = Totals {
            files: 1,
            texts: 1,
            segments: 1,
            segments_mended: 1,
            ..Totals::default()
        };
        let line = "1 text in 1 file: nothing found; 1 segment at worst\n";
        assert_eq!(written(&results), line);
        results.totals = Totals {
            files: 12,
            texts: 34,
            held_by_baseline: 6,
            held_by_revision: 1,
            errors: 3,
            warnings: 1,
            notes: 2,
            allowed: 1,
            over_budget: 3,
            mendable: 4,
            segments: 41,
            segments_mended: 36,
            unknown: 2,
        };
        results
            .assumptions
            .push("placeholders are \u{202E}`${name}`".to_owned());
        let lines = "\
34 texts in 12 files: 3 errors, 1 warning, 2 notes; 41 segments at worst where
    that is known, 36 with the safe repairs (septet fix --write)
2 texts not counted: the worst case is not known
6 texts not checked: held back by the baseline
1 text not checked: as in the revision
1 finding allowed by comments
placeholders are ⟨U+202E⟩`${name}`
";
        assert_eq!(written(&results), lines);
        let look = Look {
            color: true,
            ..PLAIN
        };
        let colored = String::from_utf8(write(&results, look)).unwrap();
        assert!(colored.contains(" \u{1b}[31m3 errors\u{1b}[0m, \u{1b}[33m1 warning\u{1b}[0m"));
        assert!(colored.contains("\n\u{1b}[2m1 finding allowed by comments\u{1b}[0m\n"));
    }

    #[test]
    fn nothing_hidden_in_the_input_comes_out_as_itself() {
        let hidden: String = (0..=0x10FFFF)
            .filter_map(char::from_u32)
            .filter(|at| is_hidden(*at))
            .collect();
        let source = format!("\"{FRENCH}\" // {hidden}\n");
        let mut file = file(&hidden, &source, &[(&hidden, Some(&hidden), FRENCH)]);
        file.texts[0].text.origin = Some((hidden.clone(), 1));
        file.texts[0].before = Some(report("a").0);
        for found in &mut file.findings {
            found.message = hidden.clone();
            let mends = found.mends.iter_mut().filter_map(Arc::get_mut);
            for edit in mends.flat_map(|mend| &mut mend.edits) {
                edit.before += &hidden;
                edit.after += &hidden;
            }
        }
        let at = source.len() - 1 - hidden.len();
        file.findings
            .push(found("SMS901", at..source.len() - 1, None, &hidden));
        let mut results = results(vec![file]);
        results.assumptions.push(hidden);
        let written = written(&results);
        let leak = written.chars().find(|at| is_hidden(*at) && *at != '\n');
        assert_eq!(leak, None);
    }
}
