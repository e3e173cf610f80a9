//! What stands in a template: text, placeholders and control tags, none of them evaluated.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;

use super::syntax::Syntax;

mod delimited;
mod fluent;
mod message;
mod near;
mod percent;
mod spell;
mod tags;

/// A template, read but not evaluated: a flat tape of [`Piece`]s.
///
/// ```
/// use septet::template::{Syntax, Template};
/// let template = Template::parse("${org.name}: your code is ${code}", Syntax::DollarBrace)?;
/// assert_eq!(template.names(), ["org.name", "code"]);
/// assert_eq!(template.placeholders().map(|it| it.span()).collect::<Vec<_>>(), [0..11, 26..33]);
/// # Ok::<_, septet::template::MalformedTemplate>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Template<'a> {
    source: &'a str,
    syntax: Syntax,
    pieces: Vec<Piece<'a>>,
    names: Vec<&'a str>,
}

impl<'a> Template<'a> {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// The first fault. [`parse_lossy`](Self::parse_lossy) finds all of them.
    ///
    /// ```
    /// use septet::template::{MalformedReason, Syntax, Template};
    /// let fault = Template::parse("Your code is ${code", Syntax::DollarBrace).unwrap_err();
    /// assert_eq!((fault.reason(), fault.span()), (MalformedReason::Unclosed, 13..19));
    /// ```
    pub fn parse(source: &'a str, syntax: Syntax) -> Result<Self, MalformedTemplate> {
        let (template, faults) = Self::parse_lossy(source, syntax);
        match faults.first() {
            None => Ok(template),
            Some(fault) => Err(*fault),
        }
    }

    /// Reads a template and says all that is wrong with it, in order of place.
    ///
    /// What is malformed stays in the template as text, tags without their counterpart too. A branch
    /// of ICU MessageFormat that only lacks its arm `other` stays a branch.
    ///
    /// ```
    /// use septet::template::{Syntax, Template};
    /// let (template, faults) = Template::parse_lossy("${} and ${code", Syntax::DollarBrace);
    /// assert_eq!(faults.iter().map(|fault| fault.reason().name()).collect::<Vec<_>>(), ["empty-name", "unclosed"]);
    /// assert_eq!(template.pieces().len(), 1);
    /// ```
    #[must_use]
    pub fn parse_lossy(source: &'a str, syntax: Syntax) -> (Self, Vec<MalformedTemplate>) {
        let mut tape = Tape::new(source, syntax);
        match syntax {
            Syntax::DoubleBrace => tags::parse(&mut tape),
            Syntax::Brace => message::parse(&mut tape),
            Syntax::Fluent => fluent::parse(&mut tape),
            Syntax::Printf | Syntax::PercentParen => percent::parse(&mut tape),
            Syntax::None => {}
            _ => delimited::parse(&mut tape),
        }
        tape.finish()
    }

    /// Returns the text that was read.
    #[must_use]
    pub const fn source(&self) -> &'a str {
        self.source
    }

    /// Returns the syntax it was read in.
    #[must_use]
    pub const fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// Returns the pieces. Their spans are contiguous, from 0 to the length of the source; only a
    /// [`Control`] may be empty. Every start has its end, properly nested.
    ///
    /// ```
    /// use septet::template::{Piece, Syntax, Template};
    /// let template = Template::parse("{{#if name}}Hi {{name}}{{/if}}", Syntax::DoubleBrace)?;
    /// assert_eq!(template.pieces().iter().map(Piece::span).collect::<Vec<_>>(), [0..12, 12..15, 15..23, 23..30]);
    /// # Ok::<_, septet::template::MalformedTemplate>(())
    /// ```
    #[must_use]
    pub fn pieces(&self) -> &[Piece<'a>] {
        &self.pieces
    }

    /// Returns the placeholders in order, repeated ones as often as they stand there.
    ///
    /// ```
    /// use septet::template::{Syntax, Template};
    /// let template = Template::parse("%{a} %{b} %{a}", Syntax::PercentBrace)?;
    /// assert_eq!(template.placeholders().map(|it| it.index()).collect::<Vec<_>>(), [0, 1, 0]);
    /// # Ok::<_, septet::template::MalformedTemplate>(())
    /// ```
    pub fn placeholders(&self) -> impl Iterator<Item = Placeholder<'a>> + Clone {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(placeholder) => Some(*placeholder),
            _ => None,
        })
    }

    /// Returns the names of the placeholders, each once, in order of first use.
    ///
    /// What a control tag asks for without writing it is not among them.
    #[must_use]
    pub fn names(&self) -> &[&'a str] {
        &self.names
    }

    /// Finds text that looks like a placeholder and is none in this syntax.
    ///
    /// Spellings of other syntaxes and slips in this one: `{code}`, `$code`, `${code`, `{{code}}`,
    /// `<code>` and so on, where the name is an identifier, maybe with dots, and this syntax can
    /// write it. Text behind an escape is meant and not looked at, but for ICU's quotation behind a
    /// letter: `l'{org}` begins one, to everybody's surprise, and is to be `l''{org}`.
    ///
    /// ```
    /// use septet::template::{Syntax, Template};
    /// let template = Template::parse("Your {code}", Syntax::DollarBrace)?;
    /// let near = &template.near_misses()[0];
    /// assert_eq!((near.span(), near.name(), near.spelling()), (5..11, "code", "${code}"));
    /// # Ok::<_, septet::template::MalformedTemplate>(())
    /// ```
    #[must_use]
    pub fn near_misses(&self) -> Vec<NearMiss<'a>> {
        near::misses(self)
    }
}

/// Shows lengths and the syntax, no text.
impl fmt::Debug for Template<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template")
            .field("source_bytes", &self.source.len())
            .field("syntax", &self.syntax)
            .field("pieces", &self.pieces.len())
            .field("names", &self.names.len())
            .finish_non_exhaustive()
    }
}

/// A piece of a template. See [`Template::pieces`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Piece<'a> {
    /// Text.
    Literal(Literal<'a>),
    /// What a value stands in for.
    Placeholder(Placeholder<'a>),
    /// What decides whether and how often other pieces are rendered, and renders nothing itself.
    Control(Control),
}

impl Piece<'_> {
    /// Returns where the piece stands, in bytes of the source.
    ///
    /// ```
    /// use septet::template::{Syntax, Template};
    /// let template = Template::parse("50%% off", Syntax::Printf)?;
    /// assert_eq!(template.pieces()[1].span(), 2..4);
    /// # Ok::<_, septet::template::MalformedTemplate>(())
    /// ```
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        match self {
            Self::Literal(literal) => literal.span(),
            Self::Placeholder(placeholder) => placeholder.span(),
            Self::Control(control) => control.span(),
        }
    }
}

/// Text of a template: as much as stands between other pieces and escapes.
///
/// ```
/// use septet::template::{Piece, Syntax, Template};
/// let template = Template::parse("50%% off", Syntax::Printf)?;
/// let texts = template.pieces().iter().map(|piece| match piece {
///     Piece::Literal(literal) => literal.text(),
///     _ => unreachable!(),
/// });
/// assert!(texts.eq(["50", "%", " off"]));
/// # Ok::<_, septet::template::MalformedTemplate>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Literal<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    /// Written by means of an escape, so that it is text on purpose.
    escaped: bool,
}

impl<'a> Literal<'a> {
    /// Returns where the text stands, with its escapes, in bytes of the source.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the text as it is rendered, without its escapes: a slice of the source.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }
}

/// Shows places and lengths, no text.
impl fmt::Debug for Literal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Literal")
            .field("span", &self.span())
            .field("text_bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

/// A placeholder in a template. See [`Template::placeholders`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Placeholder<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    index: usize,
}

impl<'a> Placeholder<'a> {
    /// Returns where the placeholder stands, with its delimiters, in bytes of the source.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns its name as spelled, without white space, filters and formats; or its position, where
    /// the syntax knows positions only.
    ///
    /// ```
    /// use septet::template::{Syntax, Template};
    /// let name = |source, syntax| Template::parse(source, syntax).unwrap().names()[0].to_owned();
    /// assert_eq!(name("{{ .User.Name | upper }}", Syntax::DoubleBrace), "User.Name");
    /// assert_eq!(name("{0,number,integer}", Syntax::Brace), "0");
    /// assert_eq!(name("%@", Syntax::Printf), "1");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// Returns the index of the name in [`Template::names`].
    #[must_use]
    pub const fn index(&self) -> usize {
        self.index
    }
}

/// Shows the place, no name.
impl fmt::Debug for Placeholder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Placeholder")
            .field("span", &self.span())
            .field("index", &self.index)
            .finish_non_exhaustive()
    }
}

/// A control tag, or a part of one.
///
/// A tag that does two things is two controls, the second of them empty: `{% else %}` of a loop ends
/// the loop and starts a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Control {
    start: usize,
    end: usize,
    kind: ControlKind,
}

impl Control {
    /// Returns where the tag stands, in bytes of the source.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns what it does.
    #[must_use]
    pub const fn kind(&self) -> ControlKind {
        self.kind
    }
}

/// What a control tag does.
///
/// ```
/// use septet::template::{ControlKind, Piece, Syntax, Template};
/// let kinds = |source, syntax| {
///     let template = Template::parse(source, syntax).unwrap();
///     let controls = template.pieces().iter().filter_map(|piece| match piece {
///         Piece::Control(control) => Some(control.kind()),
///         _ => None,
///     });
///     controls.collect::<Vec<_>>()
/// };
/// use ControlKind::{BranchEnd, BranchStart, NextArm};
/// assert_eq!(
///     kinds("{n, plural, one {# item} other {# items}}", Syntax::Brace),
///     [BranchStart, NextArm, BranchEnd { exhaustive: true }],
/// );
/// assert_eq!(
///     kinds("Hi{% if name %} {{ name }}{% endif %}", Syntax::DoubleBrace),
///     [BranchStart, BranchEnd { exhaustive: false }],
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ControlKind {
    /// A branch begins, and its first arm.
    BranchStart,
    /// An arm ends and the next one begins.
    NextArm,
    /// The last arm ends, and the branch.
    BranchEnd {
        /// Whether some arm is always taken: there is an `else`, or ICU's `other`.
        exhaustive: bool,
    },
    /// What is repeated begins, from no time at all to without end.
    LoopStart,
    /// What is repeated ends.
    LoopEnd,
    /// Nothing that is rendered: a comment, an assignment, a tag that changes no text, white space
    /// that a tag removes.
    Silent,
}

/// A fault in a template: what, and where.
///
/// ```
/// use septet::template::{Syntax, Template};
/// let fault = Template::parse("100 % sure", Syntax::Printf).unwrap_err();
/// assert_eq!(
///     fault.to_string(),
///     "the per cent sign at byte 4 begins no conversion; write %% for the sign itself"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MalformedTemplate {
    start: usize,
    end: usize,
    syntax: Syntax,
    reason: MalformedReason,
}

impl MalformedTemplate {
    /// Returns where the fault is, in bytes of the source.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns what the fault is.
    #[must_use]
    pub const fn reason(&self) -> MalformedReason {
        self.reason
    }

    /// Returns the syntax in which it is one.
    #[must_use]
    pub const fn syntax(&self) -> Syntax {
        self.syntax
    }
}

impl fmt::Display for MalformedTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use MalformedReason as Reason;
        let (at, syntax) = (self.start, self.syntax);
        let example = syntax.example();
        match self.reason {
            Reason::Unclosed => write!(
                f,
                "what opens at byte {at} is not closed; write a placeholder as {example}"
            ),
            Reason::EmptyName => write!(
                f,
                "the placeholder at byte {at} has no name; write it as {example}"
            ),
            Reason::BadName => write!(
                f,
                "what the placeholder at byte {at} holds is not a name; write it as {example}"
            ),
            Reason::UnknownConversion => write!(
                f,
                "the per cent sign at byte {at} begins no conversion; write %% for the sign itself"
            ),
            Reason::TooManyArguments => write!(
                f,
                "the conversion at byte {at} is for an argument beyond the {}th; shorten the template",
                percent::MOST_ARGUMENTS
            ),
            Reason::UnclosedBlock => write!(
                f,
                "the block that starts at byte {at} does not end; close it inside what it stands in"
            ),
            Reason::UnbalancedTag => write!(
                f,
                "the tag at byte {at} belongs to no open block; open one before it or remove it"
            ),
            Reason::MissingOther => write!(
                f,
                "the choice at byte {at} has no arm for all other values; add other {{...}}"
            ),
            Reason::BadArm => write!(
                f,
                "no arm of a choice begins at byte {at}; write arms as one {{...}} other {{...}}"
            ),
            Reason::UnclosedQuote => write!(
                f,
                "the apostrophe at byte {at} begins a quotation that does not end; write '' for the \
                 apostrophe itself"
            ),
            Reason::DoubledBrace => write!(
                f,
                "the doubled brace at byte {at} is no escape; write '{{' for the brace itself, or \
                 check the template as double-brace"
            ),
            Reason::StrayBrace => write!(
                f,
                "the brace at byte {at} closes nothing; write {{ \"}}\" }} for the brace itself"
            ),
            Reason::Evaluated => write!(
                f,
                "the sequence at byte {at} is evaluated before the template is stored; double its \
                 first character"
            ),
            Reason::Unsupported => write!(
                f,
                "what the tag at byte {at} renders cannot be known without evaluating it; pass the \
                 result as a placeholder, {example}"
            ),
        }
    }
}

impl core::error::Error for MalformedTemplate {}

/// What is wrong with a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum MalformedReason {
    /// A placeholder, tag, comment or choice that is not closed.
    Unclosed,
    /// A placeholder without a name.
    EmptyName,
    /// A placeholder that holds something else than a name.
    BadName,
    /// A per cent sign with something else than a conversion behind it.
    UnknownConversion,
    /// A conversion for an argument beyond those that can be named.
    TooManyArguments,
    /// A block whose end is missing, or comes after the end of what it stands in.
    UnclosedBlock,
    /// A tag that ends or continues a block where none of its kind is open.
    UnbalancedTag,
    /// A choice of ICU MessageFormat without the arm `other`.
    MissingOther,
    /// Something in a choice of ICU MessageFormat that is not an arm, or no arm at all.
    BadArm,
    /// A quotation of ICU MessageFormat without end.
    UnclosedQuote,
    /// `{{` or `}}` where that is no escape.
    DoubledBrace,
    /// A brace that closes nothing where that is not text.
    StrayBrace,
    /// What HCL would evaluate.
    Evaluated,
    /// A call, an operator, a partial, a tag: nobody can know what it renders without evaluating it.
    Unsupported,
}

impl MalformedReason {
    /// Returns the name that data uses, in kebab case.
    ///
    /// ```
    /// assert_eq!(septet::template::MalformedReason::BadName.name(), "bad-name");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unclosed => "unclosed",
            Self::EmptyName => "empty-name",
            Self::BadName => "bad-name",
            Self::UnknownConversion => "unknown-conversion",
            Self::TooManyArguments => "too-many-arguments",
            Self::UnclosedBlock => "unclosed-block",
            Self::UnbalancedTag => "unbalanced-tag",
            Self::MissingOther => "missing-other",
            Self::BadArm => "bad-arm",
            Self::UnclosedQuote => "unclosed-quote",
            Self::DoubledBrace => "doubled-brace",
            Self::StrayBrace => "stray-brace",
            Self::Evaluated => "evaluated",
            Self::Unsupported => "unsupported",
        }
    }
}

/// Text that looks like a placeholder and is none. See [`Template::near_misses`].
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct NearMiss<'a> {
    start: usize,
    end: usize,
    name: &'a str,
    spelling: String,
}

impl<'a> NearMiss<'a> {
    /// Returns where it stands, in bytes of the source.
    #[must_use]
    pub const fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Returns the name that was probably meant.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// Returns how the template's syntax writes a placeholder of that name.
    #[must_use]
    pub fn spelling(&self) -> &str {
        &self.spelling
    }
}

/// Shows the place, no name.
impl fmt::Debug for NearMiss<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NearMiss")
            .field("span", &self.span())
            .finish_non_exhaustive()
    }
}

/// The pieces as they are found. What no piece was made of becomes text.
struct Tape<'a> {
    source: &'a str,
    syntax: Syntax,
    pieces: Vec<Piece<'a>>,
    names: Vec<&'a str>,
    indices: BTreeMap<&'a str, usize>,
    faults: Vec<MalformedTemplate>,
    /// The end of the last piece: from here to the next one it is text.
    pending: usize,
}

impl<'a> Tape<'a> {
    const fn new(source: &'a str, syntax: Syntax) -> Self {
        Self {
            source,
            syntax,
            pieces: Vec::new(),
            names: Vec::new(),
            indices: BTreeMap::new(),
            faults: Vec::new(),
            pending: 0,
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.source.as_bytes().get(at).copied()
    }

    fn rest(&self, at: usize) -> &'a str {
        slice(self.source, at..self.source.len())
    }

    /// Finds the next of some ASCII characters, at `at` or behind it.
    fn find(&self, at: usize, bytes: &[u8]) -> Option<usize> {
        let rest = self.source.as_bytes().get(at..)?;
        Some(at + rest.iter().position(|byte| bytes.contains(byte))?)
    }

    /// Makes text of what is pending before `at`.
    fn flush(&mut self, at: usize) {
        if at > self.pending {
            self.text(at, slice(self.source, self.pending..at), false);
        }
    }

    fn text(&mut self, end: usize, text: &'a str, escaped: bool) {
        self.pieces.push(Piece::Literal(Literal {
            start: self.pending,
            end,
            text,
            escaped,
        }));
        self.pending = end;
    }

    /// Adds what renders as a part of itself.
    fn escape(&mut self, span: Range<usize>, text: &'a str) {
        self.flush(span.start);
        self.text(span.end, text, true);
    }

    fn placeholder(&mut self, span: Range<usize>, name: &'a str) {
        self.flush(span.start);
        let index = *self.indices.entry(name).or_insert(self.names.len());
        if index == self.names.len() {
            self.names.push(name);
        }
        self.pieces.push(Piece::Placeholder(Placeholder {
            start: span.start,
            end: span.end,
            name,
            index,
        }));
        self.pending = span.end;
    }

    /// Returns which piece it became, for [`demote`](Self::demote).
    fn control(&mut self, span: Range<usize>, kind: ControlKind) -> usize {
        self.flush(span.start);
        self.pieces.push(Piece::Control(Control {
            start: span.start,
            end: span.end,
            kind,
        }));
        self.pending = span.end;
        self.pieces.len() - 1
    }

    /// Adds white space that is removed, if there is any.
    fn removed(&mut self, span: Range<usize>) {
        if !span.is_empty() {
            self.control(span, ControlKind::Silent);
        }
    }

    /// Turns a piece into text, since its counterpart is missing.
    fn demote(&mut self, index: usize) {
        if let Some(piece) = self.pieces.get_mut(index) {
            let span = piece.span();
            *piece = Piece::Literal(Literal {
                start: span.start,
                end: span.end,
                text: slice(self.source, span),
                escaped: false,
            });
        }
    }

    fn fault(&mut self, span: Range<usize>, reason: MalformedReason) {
        self.faults.push(MalformedTemplate {
            start: span.start,
            end: span.end,
            syntax: self.syntax,
            reason,
        });
    }

    fn finish(mut self) -> (Template<'a>, Vec<MalformedTemplate>) {
        self.flush(self.source.len());
        let mut pieces: Vec<Piece<'a>> = Vec::with_capacity(self.pieces.len());
        for piece in self.pieces {
            match (pieces.last_mut(), piece) {
                (_, Piece::Literal(next)) if next.start == next.end => {}
                (Some(Piece::Literal(last)), Piece::Literal(next))
                    if !last.escaped && !next.escaped =>
                {
                    last.end = next.end;
                    last.text = slice(self.source, last.span());
                }
                _ => pieces.push(piece),
            }
        }
        // Blocks that do not end are found at the end.
        self.faults.sort_by_key(|fault| (fault.start, fault.end));
        let template = Template {
            source: self.source,
            syntax: self.syntax,
            pieces,
            names: self.names,
        };
        (template, self.faults)
    }
}

fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// Says whether a text is a name: an identifier, maybe with dots, hyphens and subscripts, or a number.
fn is_name(text: &str) -> bool {
    !text.is_empty() && name_length(text) == text.len()
}

/// Returns how many bytes of a text are a name, from its start.
fn name_length(text: &str) -> usize {
    if !text.starts_with(|first: char| first.is_alphanumeric() || first == '_') {
        return 0;
    }
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']');
    let run = text.find(|c| !is_part(c)).unwrap_or(text.len());
    // A dot or hyphen at the end, or two dots, belong to a sentence.
    let run = slice(text, 0..run);
    let run = slice(run, 0..run.find("..").unwrap_or(run.len()));
    run.trim_end_matches(['.', '-', '[']).len()
}

/// Finds the longest well-formed placeholder at a place, of those syntaxes that can be told apart from
/// prose.
pub(super) fn matched_at(text: &str, at: usize) -> Option<(Syntax, usize)> {
    let rest = slice(text, at..text.len());
    let of = |syntax, length: Option<usize>| length.map(|length| (syntax, at + length));
    match rest.as_bytes().first()? {
        b'$' | b'@' => {
            delimited::matched(rest).and_then(|(syntax, length)| of(syntax, Some(length)))
        }
        b'%' => of(Syntax::PercentParen, percent::matched(rest)).or_else(|| {
            delimited::matched(rest).and_then(|(syntax, length)| of(syntax, Some(length)))
        }),
        b'{' => of(Syntax::DoubleBrace, tags::matched(rest))
            .or_else(|| {
                delimited::matched(rest).and_then(|(syntax, length)| of(syntax, Some(length)))
            })
            .or_else(|| of(Syntax::Fluent, fluent::matched(rest)))
            .or_else(|| of(Syntax::Brace, message::matched(rest))),
        _ => None,
    }
}
