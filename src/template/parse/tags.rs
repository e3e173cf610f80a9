//! Tags between double braces, `{%` and `%}`: Mustache, Handlebars, Go, Jinja, Liquid.
//!
//! One reader for all of them, since a text does not say which one renders it and they rarely mean
//! different things by the same tag.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ops::Range;

use super::{ControlKind, MalformedReason, Piece, Tape, slice};

pub(super) fn parse(tape: &mut Tape<'_>) {
    let mut reader = Reader {
        tape,
        blocks: Vec::new(),
        open: BTreeMap::new(),
        controls: Vec::new(),
        missing: Vec::new(),
    };
    let mut at = 0;
    while let Some(place) = reader.tape.find(at, b"{\\") {
        at = reader.special(place);
    }
    while let Some(block) = reader.blocks.pop() {
        reader.give_up(&block);
    }
}

/// Whose tags these are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    /// `{{#if}}`: Mustache and Handlebars.
    Section,
    /// `{{if}}`: Go.
    Action,
    /// `{% if %}`: Jinja, Liquid, Django.
    Statement,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Branch {
        /// Whether the arm for all other cases has begun.
        has_else: bool,
        /// Whether these are the arms for a loop that is not entered.
        of_loop: bool,
    },
    Loop,
    /// Liquid's `case`, before its first `when`.
    Case,
    /// Renders what is in it.
    Transparent,
    /// Renders nobody knows what; the fault is told.
    Opaque,
}

impl Kind {
    const BRANCH: Self = Self::Branch {
        has_else: false,
        of_loop: false,
    };
}

/// A block that is open.
struct Block<'a> {
    family: Family,
    name: &'a str,
    kind: Kind,
    span: Range<usize>,
    /// How many controls stood before its own.
    first_control: usize,
}

#[derive(Clone, Copy)]
enum Tag<'a> {
    Placeholder(&'a str),
    Text(&'a str),
    Silent,
    Open(Family, &'a str, Kind),
    Else {
        family: Option<Family>,
        conditional: bool,
    },
    When,
    Close(Family, &'a str),
    /// All is text up to the end of this name.
    Verbatim(&'a str),
    /// All is silent up to the end of this name.
    Comment(&'a str),
}

/// A tag as it stands in the source.
struct Found<'a> {
    length: usize,
    /// Whether it removes the white space before it and behind it.
    trims: (bool, bool),
    tag: Tag<'a>,
}

struct Fault<'a> {
    length: usize,
    reason: MalformedReason,
    /// The block it would have opened.
    opens: Option<(Family, &'a str)>,
}

struct Reader<'t, 'a> {
    tape: &'t mut Tape<'a>,
    blocks: Vec<Block<'a>>,
    /// How many blocks of a name are open.
    open: BTreeMap<(Family, &'a str), usize>,
    /// The controls of all open blocks, so that they can be taken back.
    controls: Vec<usize>,
    /// What was looked for to the end of the text in vain, and need not be again.
    missing: Vec<&'static str>,
}

impl<'a> Reader<'_, 'a> {
    /// Reads what stands at a brace or a backslash; returns where to go on.
    fn special(&mut self, at: usize) -> usize {
        let rest = self.tape.rest(at);
        if rest.starts_with("\\\\{{") {
            self.tape.escape(at..at + 2, slice(rest, 0..1));
            return at + 2;
        }
        if rest.starts_with("\\{{") {
            // As in Handlebars: text up to the next tag and its own backslashes.
            let inner = slice(rest, 3..rest.len());
            let run = slice(inner, 0..inner.find("{{").unwrap_or(inner.len()));
            let is_last = run.len() == inner.len();
            let run = match run.strip_suffix('\\') {
                Some(run) if !is_last => run.strip_suffix('\\').unwrap_or(run),
                _ => run,
            };
            let end = at + 3 + run.len();
            self.tape.escape(at..end, slice(rest, 1..3 + run.len()));
            return end;
        }
        if !(rest.starts_with("{{") || rest.starts_with("{%") || rest.starts_with("{#")) {
            return at + 1;
        }
        if let Some((length, trims)) = self.comment(rest) {
            let Some(length) = length else {
                self.tape.fault(at..at + 2, MalformedReason::Unclosed);
                return at + 2;
            };
            let span = at..at + length;
            let is_line = rest.starts_with("{{!");
            return self.piece(span, trims, is_line, |reader, span| {
                reader.tape.control(span, ControlKind::Silent);
            });
        }
        match read(rest) {
            Ok(found) => self.tag(at, rest, &found),
            Err(fault) => {
                self.tape.fault(at..at + fault.length, fault.reason);
                if let Some((family, name)) = fault.opens {
                    self.enter(family, name, Kind::Opaque, at..at + fault.length);
                }
                at + fault.length
            }
        }
    }

    /// Reads a comment: its length, or none where it has no end.
    fn comment(&mut self, rest: &'a str) -> Option<(Option<usize>, (bool, bool))> {
        let (before, inner) = opening(rest);
        let start = rest.len() - inner.len();
        if rest.starts_with("{#") {
            return Some(self.comment_end(rest, start, "#}", "", before));
        }
        if !rest.starts_with("{{") || rest.starts_with("{{{") {
            return None;
        }
        if inner.starts_with("!--") {
            return Some(self.comment_end(rest, start + 3, "--", "}}", before));
        }
        if inner.starts_with('!') {
            return Some(self.comment_end(rest, start, "}}", "", before));
        }
        if inner.trim_start().starts_with("/*") {
            let start = rest.len() - inner.trim_start().len();
            return Some(self.comment_end(rest, start + 2, "*/", "}}", before));
        }
        None
    }

    /// Finds the end of a comment, and the end of its tag directly behind it.
    fn comment_end(
        &mut self,
        rest: &str,
        from: usize,
        end: &'static str,
        close: &str,
        before: bool,
    ) -> (Option<usize>, (bool, bool)) {
        if self.missing.contains(&end) {
            return (None, (before, false));
        }
        let mut at = from;
        while let Some(place) = slice(rest, at..rest.len()).find(end) {
            let behind = slice(rest, at + place + end.len()..rest.len());
            let trimmed = behind.trim_start();
            let (trims, tail) = match trimmed.strip_prefix(['-', '~']) {
                Some(tail) if !close.is_empty() && tail.starts_with(close) => (true, tail),
                _ => (false, trimmed),
            };
            if close.is_empty() {
                let sign = if end == "#}" { '-' } else { '~' };
                let trims = slice(rest, from..at + place).ends_with(sign);
                return (Some(at + place + end.len()), (before, trims));
            }
            if tail.starts_with(close) {
                let length = rest.len() - tail.len() + close.len();
                return (Some(length), (before, trims));
            }
            at += place + end.len();
        }
        self.missing.push(end);
        (None, (before, false))
    }

    fn tag(&mut self, at: usize, rest: &'a str, found: &Found<'a>) -> usize {
        let span = at..at + found.length;
        let is_section = rest.starts_with("{{");
        match found.tag {
            Tag::Placeholder(name) => self.piece(span, found.trims, false, |reader, span| {
                reader.tape.placeholder(span, name);
            }),
            Tag::Text(text) => self.piece(span, found.trims, false, |reader, span| {
                reader.tape.escape(span, text);
            }),
            Tag::Silent => self.piece(span, found.trims, false, |reader, span| {
                reader.tape.control(span, ControlKind::Silent);
            }),
            Tag::Open(family, name, kind) => {
                let is_line = family == Family::Section;
                self.piece(span, found.trims, is_line, |reader, span| {
                    reader.start(family, name, kind, span);
                })
            }
            Tag::Else {
                family,
                conditional,
            } => self.next_arm(span, found.trims, family, conditional),
            Tag::When => self.when(span, found.trims),
            Tag::Close(family, name) => {
                if !self.reach(family, name) {
                    self.tape
                        .fault(span.clone(), MalformedReason::UnbalancedTag);
                    return span.end;
                }
                let Some(block) = self.leave() else {
                    return span.end;
                };
                self.controls.truncate(block.first_control);
                let kind = match block.kind {
                    Kind::Branch { has_else, of_loop } => ControlKind::BranchEnd {
                        exhaustive: has_else && !of_loop,
                    },
                    Kind::Loop => ControlKind::LoopEnd,
                    Kind::Case => ControlKind::BranchEnd { exhaustive: false },
                    Kind::Transparent => ControlKind::Silent,
                    Kind::Opaque => return span.end,
                };
                let is_line = is_section && family == Family::Section;
                self.piece(span, found.trims, is_line, |reader, span| {
                    reader.tape.control(span, kind);
                })
            }
            Tag::Verbatim(name) | Tag::Comment(name) => {
                let is_text = matches!(found.tag, Tag::Verbatim(_));
                let Some((inner, end, trims)) = self.end_of(name, span.end) else {
                    self.tape
                        .fault(span.clone(), MalformedReason::UnclosedBlock);
                    return span.end;
                };
                if !is_text {
                    let trims = (found.trims.0, trims.1);
                    return self.piece(at..end, trims, false, |reader, span| {
                        reader.tape.control(span, ControlKind::Silent);
                    });
                }
                let from = self.piece(span, found.trims, false, |reader, span| {
                    reader.tape.control(span, ControlKind::Silent);
                });
                let text = slice(self.tape.source, from..inner.max(from));
                let kept = if trims.0 { trim_end(text) } else { text };
                self.tape.escape(from..from + kept.len(), kept);
                self.piece(inner.max(from)..end, trims, false, |reader, span| {
                    reader.tape.control(span, ControlKind::Silent);
                })
            }
        }
    }

    /// Finds `{% endraw %}` or its like: where it starts and ends, and what it trims.
    fn end_of(&mut self, name: &str, from: usize) -> Option<(usize, usize, (bool, bool))> {
        let key = RAW.into_iter().find(|raw| *raw == name)?;
        if self.missing.contains(&key) {
            return None;
        }
        let mut at = from;
        while let Some(place) = self.tape.rest(at).find("{%") {
            let start = at + place;
            let rest = self.tape.rest(start);
            let (before, inner) = opening(rest);
            let ended = inner
                .trim_start()
                .strip_prefix("end")
                .and_then(|tag| tag.strip_prefix(name))
                .map(str::trim_start);
            if let Some(tail) = ended {
                let after = tail.starts_with(['-', '+', '~']);
                let tail = tail.strip_prefix(['-', '+', '~']).unwrap_or(tail);
                if let Some(tail) = tail.strip_prefix("%}") {
                    return Some((start, self.tape.source.len() - tail.len(), (before, after)));
                }
            }
            at = start + 2;
        }
        self.missing.push(key);
        None
    }

    /// Adds a tag and the white space that goes with it; returns where to go on.
    fn piece(
        &mut self,
        span: Range<usize>,
        trims: (bool, bool),
        is_line: bool,
        add: impl FnOnce(&mut Self, Range<usize>),
    ) -> usize {
        let removed = self.removed(&span, trims, is_line);
        self.tape.removed(removed.start..span.start);
        add(self, span.clone());
        self.tape.removed(span.end..removed.end);
        removed.end
    }

    /// Returns from where to where a tag removes what is there, itself included.
    fn removed(&self, span: &Range<usize>, trims: (bool, bool), is_line: bool) -> Range<usize> {
        let pending = self.tape.pending.min(span.start);
        let before = slice(self.tape.source, pending..span.start);
        let behind = self.tape.rest(span.end);
        let mut removed = span.clone();
        if trims.0 {
            removed.start = pending + trim_end(before).len();
        }
        if trims.1 {
            removed.end = self.tape.source.len() - trim_start(behind).len();
        }
        if !is_line || trims.0 || trims.1 {
            return removed;
        }
        let start = pending + before.trim_end_matches([' ', '\t']).len();
        let tail = behind.trim_start_matches([' ', '\t']);
        let ended = tail
            .strip_prefix("\r\n")
            .or_else(|| tail.strip_prefix('\n'));
        let is_first = start == 0 || self.tape.byte(start - 1) == Some(b'\n');
        match ended.or(tail.is_empty().then_some(tail)) {
            Some(next) if is_first => start..self.tape.source.len() - next.len(),
            _ => removed,
        }
    }

    fn start(&mut self, family: Family, name: &'a str, kind: Kind, span: Range<usize>) {
        self.enter(family, name, kind, span.clone());
        let control = match kind {
            Kind::Branch { .. } | Kind::Case => ControlKind::BranchStart,
            Kind::Loop => ControlKind::LoopStart,
            Kind::Transparent | Kind::Opaque => ControlKind::Silent,
        };
        let control = self.tape.control(span, control);
        self.controls.push(control);
    }

    fn enter(&mut self, family: Family, name: &'a str, kind: Kind, span: Range<usize>) {
        *self.open.entry((family, name)).or_default() += 1;
        self.blocks.push(Block {
            family,
            name,
            kind,
            span,
            first_control: self.controls.len(),
        });
    }

    fn leave(&mut self) -> Option<Block<'a>> {
        let block = self.blocks.pop()?;
        if let Some(count) = self.open.get_mut(&(block.family, block.name)) {
            *count -= 1;
        }
        Some(block)
    }

    /// Makes the innermost block the one of a name, if any of that name is open. Those in between end
    /// too late.
    fn reach(&mut self, family: Family, name: &'a str) -> bool {
        if self
            .open
            .get(&(family, name))
            .is_none_or(|count| *count == 0)
        {
            return false;
        }
        while let Some(block) = self.blocks.last()
            && (block.family, block.name) != (family, name)
        {
            if let Some(block) = self.leave() {
                self.give_up(&block);
            }
        }
        true
    }

    /// Makes text of a block's tags.
    fn give_up(&mut self, block: &Block<'a>) {
        for control in self.controls.drain(block.first_control..) {
            self.tape.demote(control);
        }
        if block.kind != Kind::Opaque {
            self.tape
                .fault(block.span.clone(), MalformedReason::UnclosedBlock);
        }
    }

    fn next_arm(
        &mut self,
        span: Range<usize>,
        trims: (bool, bool),
        family: Option<Family>,
        conditional: bool,
    ) -> usize {
        let block = self.blocks.last_mut().filter(|block| match family {
            Some(family) => block.family == family,
            None => block.family != Family::Statement,
        });
        let is_line = family != Some(Family::Statement)
            && block
                .as_ref()
                .is_some_and(|block| block.family == Family::Section);
        let kind = block.as_ref().map(|block| block.kind);
        let of_loop = kind == Some(Kind::Loop);
        let next = match kind {
            Some(Kind::Branch {
                has_else: false,
                of_loop,
            }) => Kind::Branch {
                has_else: !conditional,
                of_loop,
            },
            Some(Kind::Loop) => Kind::Branch {
                has_else: !conditional,
                of_loop: true,
            },
            Some(Kind::Opaque) => return span.end,
            _ => {
                self.tape
                    .fault(span.clone(), MalformedReason::UnbalancedTag);
                return span.end;
            }
        };
        if let Some(block) = block {
            block.kind = next;
        }
        self.piece(span, trims, is_line, |reader, span| {
            let end = span.end;
            let first = if of_loop {
                ControlKind::LoopEnd
            } else {
                ControlKind::NextArm
            };
            let first = reader.tape.control(span, first);
            reader.controls.push(first);
            if of_loop {
                let second = reader.tape.control(end..end, ControlKind::BranchStart);
                reader.controls.push(second);
            }
        })
    }

    /// Liquid's `when`. What stands between `case` and the first one is not rendered, and is taken for
    /// a slip where it is more than white space.
    fn when(&mut self, span: Range<usize>, trims: (bool, bool)) -> usize {
        let pending = slice(self.tape.source, self.tape.pending..span.start);
        let since = self.controls.last().map_or(0, |control| control + 1);
        let is_first = |tape: &Tape<'_>| {
            let mut pieces = tape.pieces.iter().skip(since);
            trim_start(pending).is_empty() && pieces.all(is_silent)
        };
        let kind = match self.blocks.last_mut() {
            Some(block) if block.kind == Kind::Case => {
                block.kind = Kind::BRANCH;
                is_first(self.tape).then_some(ControlKind::Silent)
            }
            Some(block) if block.kind == Kind::BRANCH && block.name == "case" => {
                Some(ControlKind::NextArm)
            }
            Some(block) if block.kind == Kind::Opaque => return span.end,
            _ => None,
        };
        let Some(kind) = kind else {
            self.tape
                .fault(span.clone(), MalformedReason::UnbalancedTag);
            return span.end;
        };
        let trims = (trims.0 || kind == ControlKind::Silent, trims.1);
        self.piece(span, trims, false, |reader, span| {
            let control = reader.tape.control(span, kind);
            reader.controls.push(control);
        })
    }
}

const fn is_silent(piece: &Piece<'_>) -> bool {
    matches!(piece, Piece::Control(control) if matches!(control.kind, ControlKind::Silent))
}

/// Blocks of `{% %}` that hold no tags.
const RAW: [&str; 3] = ["raw", "verbatim", "comment"];

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_whitespace())
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_ascii_whitespace())
}

/// Steps over `{{`, `{%` or `{#` and the sign that removes white space.
fn opening(rest: &str) -> (bool, &str) {
    let inner = slice(rest, 2..rest.len());
    match inner.as_bytes().first() {
        Some(b'-' | b'~') if !inner.starts_with("--") => (true, slice(inner, 1..inner.len())),
        // Jinja's sign to keep it.
        Some(b'+') if !rest.starts_with("{{") => (false, slice(inner, 1..inner.len())),
        _ => (false, inner),
    }
}

/// Reads a tag that is no comment.
fn read(rest: &str) -> Result<Found<'_>, Fault<'_>> {
    if rest.starts_with("{{{") {
        let inner = slice(rest, 3..rest.len());
        let fault = |length, reason| Fault {
            length,
            reason,
            opens: None,
        };
        let Some((end, plain)) = close_of(inner, "}}}") else {
            return Err(fault(3, MalformedReason::Unclosed));
        };
        return match expression(slice(inner, 0..end).trim()) {
            Ok(tag) => Ok(Found {
                length: 3 + end + 3,
                trims: (false, false),
                tag,
            }),
            Err(reason) => Err(fault(3 + plain + 3, reason)),
        };
    }
    let (before, inner) = opening(rest);
    let start = rest.len() - inner.len();
    let is_statement = rest.starts_with("{%");
    let close = if is_statement { "%}" } else { "}}" };
    let Some((end, plain)) = close_of(inner, close) else {
        return Err(Fault {
            length: 2,
            reason: MalformedReason::Unclosed,
            opens: None,
        });
    };
    let content = slice(inner, 0..end);
    let (after, content) = match content.as_bytes().last() {
        Some(b'-' | b'~') => (true, slice(content, 0..content.len() - 1)),
        Some(b'+') if is_statement => (false, slice(content, 0..content.len() - 1)),
        _ => (false, content),
    };
    let content = content.trim();
    let tag = if is_statement {
        statement(content)
    } else {
        action(content)
    };
    match tag {
        Ok(tag) => Ok(Found {
            length: start + end + 2,
            trims: (before, after),
            tag,
        }),
        Err((reason, opens)) => Err(Fault {
            length: start + plain + 2,
            reason,
            opens,
        }),
    }
}

/// Finds the end of a tag outside of quotes, and the end that a reader without quotes would find. Both
/// before another tag opens.
///
/// Each quote either swaps two of the four states or leaves the state alone, so of all searches that
/// pass a byte no two are in the same state, but for those that begin there: time stays linear.
fn close_of(inner: &str, close: &str) -> Option<(usize, usize)> {
    let bytes = inner.as_bytes();
    let at = |at: usize| slice(inner, at..inner.len());
    let mut quote = None;
    let mut plain = None;
    let mut index = 0;
    while let Some(byte) = bytes.get(index) {
        match (byte, quote) {
            (b'\\', _) if matches!(bytes.get(index + 1), Some(b'"' | b'\'' | b'\\')) => index += 1,
            (b'"' | b'\'' | b'`', None) => quote = Some(byte),
            (_, Some(open)) if open == byte => quote = None,
            (b'}' | b'%', _) if plain.is_none() && at(index).starts_with(close) => {
                plain = Some(index);
                if quote.is_none() {
                    return Some((index, index));
                }
            }
            (b'}' | b'%', None) if at(index).starts_with(close) => {
                return Some((index, plain.unwrap_or(index)));
            }
            (b'{', None) if matches!(bytes.get(index + 1), Some(b'{' | b'%')) => break,
            _ => {}
        }
        index += 1;
    }
    // A quotation that does not end: an apostrophe, more likely.
    let plain = plain?;
    let opens = slice(inner, 0..plain).find("{{");
    opens.is_none().then_some((plain, plain))
}

fn word(text: &str) -> &str {
    let end = text
        .find(|c: char| c.is_whitespace() || c == '}' || c == '%')
        .unwrap_or(text.len());
    slice(text, 0..end)
}

/// What is wrong, and which block would have been opened.
type Refusal<'a> = (MalformedReason, Option<(Family, &'a str)>);

/// Reads what stands between double braces.
fn action(content: &str) -> Result<Tag<'_>, Refusal<'_>> {
    let sigil = content.chars().next();
    let inner = content.get(1..).unwrap_or_default().trim();
    let first = word(inner);
    let arguments = slice(inner, first.len()..inner.len()).trim();
    match sigil {
        Some('#') => return section(first, arguments),
        Some('^') if inner.is_empty() => {
            return Ok(Tag::Else {
                family: Some(Family::Section),
                conditional: false,
            });
        }
        Some('^') => {
            let kind = Kind::BRANCH;
            return section(first, arguments).map(|_| Tag::Open(Family::Section, first, kind));
        }
        Some('/') => return Ok(Tag::Close(Family::Section, first)),
        Some('&') => return expression(inner).map_err(|reason| (reason, None)),
        Some('>' | '=') => return Err((MalformedReason::Unsupported, None)),
        _ => {}
    }
    let first = word(content);
    let arguments = slice(content, first.len()..content.len()).trim();
    let kind = match first {
        "else" if arguments.is_empty() => {
            return Ok(Tag::Else {
                family: None,
                conditional: false,
            });
        }
        "else" => {
            return match word(arguments) {
                "if" | "with" | "unless" => Ok(Tag::Else {
                    family: None,
                    conditional: true,
                }),
                _ => Err((MalformedReason::Unsupported, None)),
            };
        }
        "end" if arguments.is_empty() => return Ok(Tag::Close(Family::Action, "")),
        "if" | "with" if !arguments.is_empty() => Kind::BRANCH,
        "range" if !arguments.is_empty() => Kind::Loop,
        "define" | "block" if !arguments.is_empty() => {
            return Err((MalformedReason::Unsupported, Some((Family::Action, ""))));
        }
        _ if content.starts_with('$') && arguments.starts_with([':', '=', ',']) => {
            return Ok(Tag::Silent);
        }
        _ => return expression(content).map_err(|reason| (reason, None)),
    };
    Ok(Tag::Open(Family::Action, "", kind))
}

fn section<'a>(name: &'a str, arguments: &str) -> Result<Tag<'a>, Refusal<'a>> {
    let kind = match (name, arguments.is_empty()) {
        ("if" | "unless" | "with", false) => Kind::BRANCH,
        ("each", false) => Kind::Loop,
        ("", true) => return Err((MalformedReason::EmptyName, None)),
        // Mustache. Whether it is a list only its value tells.
        (_, true) if path(name).is_some_and(|(_, rest)| rest.is_empty()) => Kind::Loop,
        (_, true) => return Err((MalformedReason::BadName, Some((Family::Section, name)))),
        // A helper of one's own.
        (_, false) => return Err((MalformedReason::Unsupported, Some((Family::Section, name)))),
    };
    Ok(Tag::Open(Family::Section, name, kind))
}

/// Reads what stands between `{%` and `%}`.
fn statement(content: &str) -> Result<Tag<'_>, Refusal<'_>> {
    let name = word(content);
    let arguments = slice(content, name.len()..content.len()).trim();
    let family = Family::Statement;
    let kind = match name {
        "" => return Err((MalformedReason::EmptyName, None)),
        "if" | "unless" | "ifequal" | "ifnotequal" | "ifchanged" => Kind::BRANCH,
        "case" => Kind::Case,
        "for" => Kind::Loop,
        "with" | "block" | "autoescape" | "localize" | "trans" | "blocktrans"
        | "blocktranslate" => {
            // Django's `trans` is a tag alone; Jinja's has an end.
            if name == "trans" && arguments.starts_with(['"', '\'']) {
                return Err((MalformedReason::Unsupported, None));
            }
            Kind::Transparent
        }
        "elif" | "elsif" | "elseif" => {
            return Ok(Tag::Else {
                family: Some(family),
                conditional: true,
            });
        }
        "else" | "empty" => {
            return Ok(Tag::Else {
                family: Some(family),
                conditional: false,
            });
        }
        "when" => return Ok(Tag::When),
        "raw" | "verbatim" => return Ok(Tag::Verbatim(name)),
        "comment" => return Ok(Tag::Comment(name)),
        "assign" => return Ok(Tag::Silent),
        "set" if arguments.contains('=') => return Ok(Tag::Silent),
        "break" | "continue" | "do" | "import" | "from" | "load" => return Ok(Tag::Silent),
        _ if name.starts_with('#') => return Ok(Tag::Silent),
        "set" | "capture" | "macro" | "call" | "filter" | "tablerow" | "spaceless" => {
            return Err((MalformedReason::Unsupported, Some((family, name))));
        }
        _ => {
            return match name.strip_prefix("end") {
                Some(name) if !name.is_empty() => Ok(Tag::Close(family, name)),
                _ => Err((MalformedReason::Unsupported, None)),
            };
        }
    };
    Ok(Tag::Open(family, name, kind))
}

/// Reads a name and filters, or a string.
fn expression(content: &str) -> Result<Tag<'_>, MalformedReason> {
    let quote = content
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'));
    if let Some(quote) = quote {
        let text = content.get(1..).and_then(|text| text.strip_suffix(quote));
        return match text {
            Some(text) if !text.contains([quote, '\\']) => Ok(Tag::Text(text)),
            _ => Err(MalformedReason::Unsupported),
        };
    }
    if content.is_empty() {
        return Err(MalformedReason::EmptyName);
    }
    let Some((name, behind)) = path(content) else {
        return Err(MalformedReason::BadName);
    };
    let filters = behind.trim_start();
    let is_filtered = filters.starts_with('|') && !filters.starts_with("||");
    match filters.chars().next() {
        None => Ok(Tag::Placeholder(name)),
        Some(_) if is_filtered => Ok(Tag::Placeholder(name)),
        Some('(' | '+' | '*' | '/' | '=' | '<' | '>' | '|' | '&' | '?' | '~') => {
            Err(MalformedReason::Unsupported)
        }
        // `t name`: a helper and what it is given.
        Some(_) if behind.len() != filters.len() => Err(MalformedReason::Unsupported),
        Some(_) => Err(MalformedReason::BadName),
    }
}

/// Reads a name: identifiers with dots, slashes, hyphens and subscripts; Go's dot and Handlebars' `../`
/// and `@` before it. Returns it without Go's dot, and what is behind it.
fn path(text: &str) -> Option<(&str, &str)> {
    let rooted = text.strip_prefix("$.").or_else(|| text.strip_prefix('.'));
    let text = match rooted {
        Some(rest) if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') => rest,
        // The thing at hand itself, or a parent.
        Some(rest) if !rest.starts_with(['.', '/']) && text.starts_with('.') => {
            return Some((slice(text, 0..1), rest));
        }
        _ => text,
    };
    let inner = text.trim_start_matches("../");
    let inner = inner.strip_prefix(['@', '$']).unwrap_or(inner);
    let start = text.len() - inner.len();
    if !inner.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let mut end = start;
    let mut rest = inner;
    while let Some(c) = rest.chars().next() {
        let step = match c {
            '[' => rest.find(']').map_or(0, |close| close + 1),
            _ if c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/') => c.len_utf8(),
            _ => 0,
        };
        if step == 0 {
            break;
        }
        end += step;
        rest = slice(rest, step..rest.len());
    }
    let name = slice(text, 0..end);
    let is_one = !name.ends_with(['.', '/', '-']) && !slice(name, start..end).contains("..");
    is_one.then_some((name, rest))
}

/// Finds a tag at the start of a text, and how long it is.
pub(super) fn matched(rest: &str) -> Option<usize> {
    if !(rest.starts_with("{{") || rest.starts_with("{%")) {
        return None;
    }
    read(rest).ok().map(|found| found.length)
}
