//! Arguments of ICU MessageFormat, and of those who write `{name}` too.

use alloc::vec::Vec;

use super::{ControlKind, MalformedReason, Tape, name_length, slice};

pub(super) fn parse(tape: &mut Tape<'_>) {
    let mut reader = Reader {
        tape,
        choices: Vec::new(),
        arms: Vec::new(),
        quotes_end: true,
    };
    let mut at = 0;
    while at < reader.tape.source.len() {
        at = match reader.choices.last().map(|choice| choice.state) {
            None => reader.text(at, Inside::Message),
            Some(State::Arm { plural }) => reader.text(at, Inside::Arm { plural }),
            Some(State::Selectors) => reader.selector(at),
            Some(State::Broken { depth }) => reader.broken(at, depth),
        };
    }
    while !reader.choices.is_empty() {
        reader.give_up(Some(MalformedReason::Unclosed));
    }
}

struct Reader<'t, 'a> {
    tape: &'t mut Tape<'a>,
    choices: Vec<Choice<'a>>,
    /// The controls of all open choices, so that they can be taken back.
    arms: Vec<usize>,
    /// Whether a quotation that begins may still find its end.
    quotes_end: bool,
}

/// A `plural`, `select` or `selectordinal` that is open.
struct Choice<'a> {
    name: &'a str,
    plural: bool,
    /// `{count, plural,`.
    start: usize,
    head_end: usize,
    /// The end of the last arm, or the start.
    between: usize,
    state: State,
    has_other: bool,
    first_arm: usize,
}

#[derive(Clone, Copy)]
enum State {
    Selectors,
    Arm {
        plural: bool,
    },
    /// Something was no arm: all is text up to its end.
    Broken {
        depth: usize,
    },
}

#[derive(Clone, Copy)]
enum Inside {
    Message,
    Arm { plural: bool },
}

impl<'a> Reader<'_, 'a> {
    /// Reads text up to the next special character, and that.
    fn text(&mut self, at: usize, inside: Inside) -> usize {
        let specials: &[u8] = match inside {
            Inside::Message => b"{'}",
            Inside::Arm { plural: false } => b"{}'",
            Inside::Arm { plural: true } => b"{}'#",
        };
        let Some(place) = self.tape.find(at, specials) else {
            return self.tape.source.len();
        };
        match (self.tape.byte(place), inside) {
            (Some(b'{'), _) => self.argument(place),
            (Some(b'\''), _) => {
                self.apostrophe(place, matches!(inside, Inside::Arm { plural: true }))
            }
            (Some(b'}'), Inside::Message) => {
                if self.tape.byte(place + 1) == Some(b'}') {
                    self.tape
                        .fault(place..place + 2, MalformedReason::DoubledBrace);
                    return place + 2;
                }
                place + 1
            }
            (Some(b'}'), Inside::Arm { .. }) => {
                self.tape.flush(place);
                if let Some(choice) = self.choices.last_mut() {
                    choice.between = place;
                    choice.state = State::Selectors;
                }
                place + 1
            }
            _ => {
                if let Some(choice) = self.choices.last() {
                    self.tape.placeholder(place..place + 1, choice.name);
                }
                place + 1
            }
        }
    }

    /// ICU's rule since 4.8: `ApostropheMode.DOUBLE_OPTIONAL`.
    fn apostrophe(&mut self, at: usize, plural: bool) -> usize {
        let quotes = match self.tape.byte(at + 1) {
            Some(b'\'') => {
                let one = slice(self.tape.source, at..at + 1);
                self.tape.escape(at..at + 2, one);
                return at + 2;
            }
            Some(b'{' | b'}') => true,
            Some(b'#') => plural,
            _ => false,
        };
        if !quotes {
            return at + 1;
        }
        let Some(end) = self.quotation_end(at + 1) else {
            self.tape.fault(at..at + 1, MalformedReason::UnclosedQuote);
            return at + 1;
        };
        // A doubled apostrophe inside is one, so the text comes in as many parts.
        let mut from = at + 1;
        self.tape.flush(at);
        while let Some(place) = self.tape.find(from, b"'").filter(|place| *place < end) {
            let part = slice(self.tape.source, from..place + 1);
            self.tape.text(place + 2, part, true);
            from = place + 2;
        }
        if from < end {
            let part = slice(self.tape.source, from..end);
            self.tape.text(end + 1, part, true);
        } else {
            // What the quotation ended with was an apostrophe: only the quote is left.
            self.tape.removed(end..end + 1);
        }
        end + 1
    }

    /// Finds the apostrophe that is not doubled.
    fn quotation_end(&mut self, from: usize) -> Option<usize> {
        let mut at = from;
        while self.quotes_end {
            match self.tape.find(at, b"'") {
                Some(place) if self.tape.byte(place + 1) == Some(b'\'') => at = place + 2,
                Some(place) => return Some(place),
                None => self.quotes_end = false,
            }
        }
        None
    }

    fn argument(&mut self, at: usize) -> usize {
        let rest = self.tape.rest(at);
        if rest.starts_with("{{") {
            let end = rest
                .get(2..)
                .and_then(|inner| inner.find(['{', '}', '\n']))
                .map(|end| end + 2)
                .filter(|end| slice(rest, *end..rest.len()).starts_with("}}"));
            let end = at + end.map_or(2, |end| end + 2);
            self.tape.fault(at..end, MalformedReason::DoubledBrace);
            return end;
        }
        match read(rest) {
            Found::Argument(name, length) => {
                self.tape.placeholder(at..at + length, name);
                at + length
            }
            Found::Fault(reason, length) => {
                self.tape.fault(at..at + length, reason);
                at + length
            }
            Found::Choice {
                name,
                plural,
                length,
            } => {
                self.tape.flush(at);
                self.choices.push(Choice {
                    name,
                    plural,
                    start: at,
                    head_end: at + length,
                    between: at,
                    state: State::Selectors,
                    has_other: false,
                    first_arm: self.arms.len(),
                });
                at + length
            }
        }
    }

    /// Reads what stands between two arms: the next selector, or the end of the choice.
    fn selector(&mut self, at: usize) -> usize {
        let rest = self.tape.rest(at);
        let mut trimmed = rest.trim_start();
        let Some(choice) = self.choices.last_mut() else {
            return at;
        };
        let is_first = self.arms.len() == choice.first_arm;
        let place = at + (rest.len() - trimmed.len());
        if trimmed.starts_with('}') {
            let (start, head_end, between) = (choice.start, choice.head_end, choice.between);
            let (exhaustive, first_arm) = (choice.has_other, choice.first_arm);
            if is_first {
                self.give_up(None);
                self.tape.fault(start..place + 1, MalformedReason::BadArm);
                return place + 1;
            }
            self.tape
                .control(between..place + 1, ControlKind::BranchEnd { exhaustive });
            self.choices.pop();
            self.arms.truncate(first_arm);
            if !exhaustive {
                self.tape
                    .fault(start..head_end, MalformedReason::MissingOther);
            }
            return place + 1;
        }
        if is_first
            && choice.plural
            && let Some(offset) = trimmed.strip_prefix("offset:")
        {
            let offset = offset.trim_start();
            trimmed = offset
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .trim_start();
        }
        if trimmed.is_empty() {
            return self.tape.source.len();
        }
        let sigil = usize::from(choice.plural && trimmed.starts_with('='));
        let value = slice(trimmed, sigil..trimmed.len());
        let length = value
            .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
            .unwrap_or(value.len());
        let behind = slice(value, length..value.len()).trim_start();
        if length == 0 || !behind.starts_with('{') {
            let place = self.tape.source.len() - trimmed.len();
            let length = sigil + length;
            let length = match trimmed.chars().next() {
                Some(first) if length == 0 => first.len_utf8(),
                _ => length,
            };
            choice.state = State::Broken { depth: 0 };
            self.tape
                .fault(place..place + length, MalformedReason::BadArm);
            return place;
        }
        choice.has_other |= sigil == 0 && slice(value, 0..length) == "other";
        choice.state = State::Arm {
            plural: choice.plural,
        };
        let end = self.tape.source.len() - behind.len() + 1;
        let kind = if is_first {
            ControlKind::BranchStart
        } else {
            ControlKind::NextArm
        };
        let arm = self.tape.control(choice.between..end, kind);
        self.arms.push(arm);
        end
    }

    fn broken(&mut self, at: usize, depth: usize) -> usize {
        let Some(place) = self.tape.find(at, b"{}") else {
            return self.tape.source.len();
        };
        let opens = self.tape.byte(place) == Some(b'{');
        let depth = match (opens, depth) {
            (true, _) => Some(depth + 1),
            (false, _) => depth.checked_sub(1),
        };
        match (depth, self.choices.last_mut()) {
            (Some(depth), Some(choice)) => choice.state = State::Broken { depth },
            _ => self.give_up(None),
        }
        place + 1
    }

    /// Makes text of the innermost choice. Where it is broken its fault is told already.
    fn give_up(&mut self, reason: Option<MalformedReason>) {
        let Some(choice) = self.choices.pop() else {
            return;
        };
        for arm in self.arms.drain(choice.first_arm..) {
            self.tape.demote(arm);
        }
        if let (Some(reason), State::Selectors | State::Arm { .. }) = (reason, choice.state) {
            self.tape.fault(choice.start..choice.head_end, reason);
        }
    }
}

enum Found<'a> {
    Argument(&'a str, usize),
    Choice {
        name: &'a str,
        plural: bool,
        length: usize,
    },
    Fault(MalformedReason, usize),
}

/// Reads what stands at a brace: an argument, or all of a choice before its first arm.
fn read(rest: &str) -> Found<'_> {
    let inner = slice(rest, 1..rest.len());
    let trimmed = inner.trim_start();
    let name = slice(trimmed, 0..name_length(trimmed));
    let behind = slice(trimmed, name.len()..trimmed.len());
    let named = if name.is_empty() {
        1
    } else {
        rest.len() - behind.len()
    };
    let behind = behind.trim_start();
    if !name.is_empty()
        && let Some(kind) = behind.strip_prefix(',')
        && let Some((plural, arms)) = choice(kind.trim_start())
    {
        return match arms.trim_start().strip_prefix(',') {
            Some(arms) => Found::Choice {
                name,
                plural,
                length: rest.len() - arms.len(),
            },
            None => Found::Fault(MalformedReason::BadArm, rest.len() - arms.len()),
        };
    }
    // Formats hold no braces here: where one opens, something was not closed.
    let end = inner.find(['{', '}']).unwrap_or(inner.len());
    if !slice(inner, end..inner.len()).starts_with('}') {
        return Found::Fault(MalformedReason::Unclosed, named);
    }
    let length = end + 2;
    let behind = slice(rest, rest.len() - behind.len()..length - 1);
    let is_fault = match behind.as_bytes().first() {
        _ if name.is_empty() && slice(inner, 0..end).trim().is_empty() => {
            Some(MalformedReason::EmptyName)
        }
        _ if name.is_empty() => Some(MalformedReason::BadName),
        None | Some(b':' | b'!') => None,
        Some(b',') => format_fault(slice(behind, 1..behind.len()).trim_start()),
        Some(_) => Some(MalformedReason::BadName),
    };
    match is_fault {
        None => Found::Argument(name, length),
        Some(reason) => Found::Fault(reason, length),
    }
}

/// Says whether it is a plural, and what follows the word.
fn choice(text: &str) -> Option<(bool, &str)> {
    let word = text
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let plural = match slice(text, 0..word) {
        "plural" | "selectordinal" => true,
        "select" => false,
        _ => return None,
    };
    Some((plural, slice(text, word..text.len())))
}

/// Looks at `number, #.##`, or at .NET's `-8:N2`.
fn format_fault(format: &str) -> Option<MalformedReason> {
    let (word, is_last) = match format.find([',', ':']) {
        Some(end) => (slice(format, 0..end).trim_end(), false),
        None => (format.trim_end(), true),
    };
    let width = word.strip_prefix('-').unwrap_or(word);
    if !width.is_empty() && width.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match word {
        "number" | "date" | "time" | "spellout" | "ordinal" | "duration" | "list" => None,
        // Its texts are in it, and each is a message of its own.
        "choice" => Some(MalformedReason::Unsupported),
        _ if is_last && word.is_empty() => Some(MalformedReason::BadName),
        _ => Some(MalformedReason::BadName),
    }
}

/// Finds an argument or the head of a choice at the start of a text, and how long it is.
pub(super) fn matched(rest: &str) -> Option<usize> {
    match read(rest) {
        Found::Argument(_, length) | Found::Choice { length, .. } => Some(length),
        Found::Fault(..) => None,
    }
}
