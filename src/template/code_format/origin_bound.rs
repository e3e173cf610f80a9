//! The last line that binds a code to a site.

use alloc::string::String;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Range;

use super::{LINE_BREAKS, WHITE_SPACE, last_line, push_line_break};

/// Whose reading of the origin-bound line: they differ in what follows the code.
///
/// ```
/// use septet::template::code_format::{Dialect, OriginBoundCode};
/// let text = "@example.com #747723 %ecommerce.example";
/// let embedded = |dialect| Ok(OriginBoundCode::parse(text, dialect)?.embedded_hosts().count());
/// assert_eq!((embedded(Dialect::Wicg)?, embedded(Dialect::Apple)?), (0, 1));
/// # Ok::<_, septet::template::code_format::OriginBoundError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Dialect {
    /// The WICG report "Origin-bound one-time codes delivered via SMS" as it stands: at most one
    /// embedded host, behind `@`.
    #[default]
    Wicg,
    /// Apple's domain-bound codes: any number of embedded hosts, each behind `%` as the report had
    /// it until March 2021, or behind `@`. Written with `%`, as Apple's page has it.
    Apple,
}

/// An origin-bound one-time code: the last line of a message, which says for which site its code
/// is.
///
/// | last line | host | code | embedded host |
/// |---|---|---|---|
/// | `@example.com #747723` | `example.com` | `747723` | |
/// | `@example.com #747723 @pay.example` | `example.com` | `747723` | `pay.example` |
///
/// One space, and no other white space, stands between the parts; nothing stands before the first.
/// A part is any text without space, tab, line break and form feed, so that a placeholder such as
/// `${code}` may take the place of the code; one with a space in it, `{{ code }}`, has to be filled
/// in first. What follows and is no embedded host is ignored. CRLF and CR are line breaks as LF is,
/// and only the last line counts: a message that ends in a line break has none.
///
/// Without such a line phones guess, and offer a code to every site. Chrome's WebOTP wants the
/// line, a run as [`consent_code`](super::consent_code) finds it in the text before it, and at most 140 characters in
/// all (web.dev on the WebOTP API):
///
/// ```
/// use septet::template::code_format::{Dialect, OriginBoundCode, consent_code};
/// let text = "747723 is your ExampleCo code.\n\n@example.com #747723";
/// let bound = OriginBoundCode::parse(text, Dialect::Wicg)?;
/// assert_eq!((bound.host(), bound.code()), ("example.com", "747723"));
/// assert_eq!(bound.code_range(), 46..52);
/// assert!(consent_code(bound.explanatory_text()).is_some() && text.chars().count() <= 140);
/// # Ok::<_, septet::template::code_format::OriginBoundError>(())
/// ```
#[derive(Clone, Copy)]
#[doc(alias("domain-bound", "WebOTP", "AutoFill"))]
pub struct OriginBoundCode<'a> {
    text: &'a str,
    /// Where the last line starts; it ends where the text does.
    line: usize,
    parts: Parts,
}

/// Lengths in bytes. A sigil stands before host and code, a space between them.
#[derive(Clone, Copy)]
struct Parts {
    host: usize,
    code: usize,
    /// Of all embedded hosts, each with the space and the sigil before it.
    embedded: usize,
}

impl<'a> OriginBoundCode<'a> {
    /// Reads the last line of a text. No other line is looked at, unless to say what is wrong.
    ///
    /// # Errors
    ///
    /// Where the last line is not of this form. [`OriginBoundError::is_near_miss`] tells a line
    /// that went wrong from a text that was never meant to have one.
    ///
    /// ```
    /// use septet::template::code_format::{Dialect, OriginBoundCode, OriginBoundProblem};
    /// let error = OriginBoundCode::parse("@example.com  #747723", Dialect::Wicg).unwrap_err();
    /// assert_eq!((error.problem(), error.at()), (OriginBoundProblem::NotOneSpace, 13));
    /// ```
    pub fn parse(text: &'a str, dialect: Dialect) -> Result<Self, OriginBoundError> {
        let (line, last) = last_line(text);
        match Parts::of(last, dialect) {
            Ok(parts) => Ok(Self { text, line, parts }),
            Err((problem, at)) => Err(OriginBoundError::new(text, problem, line + at)),
        }
    }

    /// Returns the host behind the first `@`, as written.
    #[must_use]
    pub fn host(&self) -> &'a str {
        self.at(self.host_range())
    }

    /// Returns the code, without the `#`.
    #[must_use]
    pub fn code(&self) -> &'a str {
        self.at(self.code_range())
    }

    /// Returns the embedded hosts: those of the frames that may take the code.
    ///
    /// ```
    /// use septet::template::code_format::{Dialect, OriginBoundCode};
    /// let text = "@example.com #747723 %pay.example %bank.example";
    /// let bound = OriginBoundCode::parse(text, Dialect::Apple)?;
    /// let hosts: Vec<_> = bound.embedded_hosts().map(|embedded| embedded.host()).collect();
    /// assert_eq!(hosts, ["pay.example", "bank.example"]);
    /// # Ok::<_, septet::template::code_format::OriginBoundError>(())
    /// ```
    #[must_use]
    pub fn embedded_hosts(&self) -> EmbeddedHosts<'a> {
        let start = self.code_range().end;
        EmbeddedHosts {
            rest: self.at(start..start + self.parts.embedded),
            at: start,
        }
    }

    /// Returns the text before the last line, with the line break that ends it: what people read.
    ///
    /// ```
    /// use septet::template::code_format::{Dialect, OriginBoundCode};
    /// let bound = OriginBoundCode::parse("Hello\n@example.com #1", Dialect::Wicg)?;
    /// assert_eq!(bound.explanatory_text(), "Hello\n");
    /// # Ok::<_, septet::template::code_format::OriginBoundError>(())
    /// ```
    #[must_use]
    pub fn explanatory_text(&self) -> &'a str {
        self.at(0..self.line)
    }

    /// Returns where the line stands, in bytes of the text: from its `@` to the end of the text.
    #[must_use]
    pub const fn line_range(&self) -> Range<usize> {
        self.line..self.text.len()
    }

    /// Returns where the host stands, in bytes of the text, without its `@`.
    #[must_use]
    pub const fn host_range(&self) -> Range<usize> {
        let start = self.line + 1;
        start..start + self.parts.host
    }

    /// Returns where the code stands, in bytes of the text, without its `#`.
    #[must_use]
    pub const fn code_range(&self) -> Range<usize> {
        let start = self.host_range().end + 2;
        start..start + self.parts.code
    }

    /// Returns where the rest that has no meaning stands, in bytes of the text: from behind the
    /// last part to the end, empty where nothing is ignored.
    ///
    /// ```
    /// use septet::template::code_format::{Dialect, OriginBoundCode};
    /// let text = "@example.com #747723 %pay.example";
    /// assert_eq!(&text[OriginBoundCode::parse(text, Dialect::Wicg)?.ignored_range()], " %pay.example");
    /// # Ok::<_, septet::template::code_format::OriginBoundError>(())
    /// ```
    #[must_use]
    pub const fn ignored_range(&self) -> Range<usize> {
        self.code_range().end + self.parts.embedded..self.text.len()
    }

    /// Says whether a browser may offer the code to a page, by the hosts alone.
    ///
    /// `frames` are the frames from the one in the top page down to the one that asks, and empty
    /// where the top page itself asks. A top page needs the host and no embedded host. A frame
    /// needs the host for the top page, an embedded host for itself, and either for each frame
    /// between.
    ///
    /// Hosts are the same where they are spelled the same but for the case of ASCII letters: an
    /// internationalised one is not converted. Scheme and port need no look, since a code is always
    /// for `https` without a port.
    ///
    /// ```
    /// use septet::template::code_format::{Dialect, Origin, OriginBoundCode};
    /// let shop = Origin::parse("https://example.com")?;
    /// let pay = Origin::parse("https://pay.example")?;
    /// let bound = OriginBoundCode::parse("@example.com #747723 @pay.example", Dialect::Wicg)?;
    /// assert!(bound.matches(shop, &[pay]));
    /// assert!(!bound.matches(shop, &[]));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn matches(&self, top: Origin<'_>, frames: &[Origin<'_>]) -> bool {
        self.matches_by(top, frames, |host, origin| {
            host.eq_ignore_ascii_case(origin.host)
        })
    }

    /// Says whether a browser may offer the code to a page, where hosts of one site count as the
    /// same.
    ///
    /// Two hosts are of one site where `registrable_domain` gives the same answer for both; it gets
    /// a host in lower-case ASCII letters. It takes the list of public suffixes to know (`com`,
    /// `co.uk`, `github.io`), which this crate does not have: the last two labels are not the
    /// answer. Where the hosts are not the same, browsers should show them to the user.
    ///
    /// ```
    /// use septet::template::code_format::{Dialect, Origin, OriginBoundCode};
    /// fn registrable_domain(host: &str) -> Option<&str> {
    ///     host.strip_prefix("login.").or(Some(host)) // in earnest: ask the public suffix list
    /// }
    /// let bound = OriginBoundCode::parse("@example.com #747723", Dialect::Wicg)?;
    /// let page = Origin::parse("https://login.example.com")?;
    /// assert!(bound.matches_site(page, &[], registrable_domain));
    /// assert!(!bound.matches(page, &[]));
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn matches_site(
        &self,
        top: Origin<'_>,
        frames: &[Origin<'_>],
        registrable_domain: impl Fn(&str) -> Option<&str>,
    ) -> bool {
        self.matches_by(top, frames, |host, origin| {
            if host.eq_ignore_ascii_case(origin.host) {
                return true;
            }
            // What is no host is of no site, whatever the caller makes of it.
            if host_fault(host).is_some() {
                return false;
            }
            let (host, other) = (host.to_ascii_lowercase(), origin.host.to_ascii_lowercase());
            let site = registrable_domain(&host);
            site.is_some() && site == registrable_domain(&other)
        })
    }

    fn matches_by(
        &self,
        top: Origin<'_>,
        frames: &[Origin<'_>],
        same: impl Fn(&str, Origin<'_>) -> bool,
    ) -> bool {
        if !same(self.host(), top) {
            return false;
        }
        let Some((asking, between)) = frames.split_last() else {
            return self.parts.embedded == 0;
        };
        let embeds = |frame: Origin<'_>| {
            let mut hosts = self.embedded_hosts();
            hosts.any(|embedded| same(embedded.host(), frame))
        };
        let passes = |frame: &Origin<'_>| same(self.host(), *frame) || embeds(*frame);
        embeds(*asking) && between.iter().all(passes)
    }

    /// Writes the last line.
    ///
    /// # Errors
    ///
    /// Where a part is empty or holds a character that it cannot hold: the code white space, a host
    /// what no host holds (so that a URL or a port is caught, which no page would ever match).
    /// Where the dialect has no room for so many embedded hosts.
    ///
    /// ```
    /// use septet::template::code_format::{Dialect, OriginBoundCode};
    /// let line = OriginBoundCode::line("example.com", "747723", &["pay.example"], Dialect::Wicg)?;
    /// assert_eq!(line, "@example.com #747723 @pay.example");
    /// assert!(OriginBoundCode::line("https://example.com", "747723", &[], Dialect::Wicg).is_err());
    /// # Ok::<_, septet::template::code_format::OriginBoundLineError>(())
    /// ```
    pub fn line(
        host: &str,
        code: &str,
        embedded_hosts: &[&str],
        dialect: Dialect,
    ) -> Result<String, OriginBoundLineError> {
        let mut line = String::new();
        push_line(&mut line, host, code, embedded_hosts, dialect)?;
        Ok(line)
    }

    /// Writes the last line behind a text, on a line of its own.
    ///
    /// One LF goes between, unless the text is empty or ends in a line break. The text is not
    /// changed otherwise: for a blank line between, as the report's examples have it, end the text
    /// in two line breaks.
    ///
    /// # Errors
    ///
    /// As for [`line`](Self::line), and where the text ends in such a line already, line breaks
    /// behind it or not.
    ///
    /// ```
    /// use septet::template::code_format::{Dialect, OriginBoundCode};
    /// let text = OriginBoundCode::append("Your code is ${code}.", "example.com", "${code}", &[], Dialect::Wicg)?;
    /// assert_eq!(text, "Your code is ${code}.\n@example.com #${code}");
    /// # Ok::<_, septet::template::code_format::OriginBoundLineError>(())
    /// ```
    pub fn append(
        text: &str,
        host: &str,
        code: &str,
        embedded_hosts: &[&str],
        dialect: Dialect,
    ) -> Result<String, OriginBoundLineError> {
        if let Ok(present) = OriginBoundCode::parse(text.trim_end_matches(LINE_BREAKS), dialect) {
            return Err(OriginBoundLineError::AlreadyThere { at: present.line });
        }
        let mut bound = String::from(text);
        push_line_break(&mut bound);
        push_line(&mut bound, host, code, embedded_hosts, dialect)?;
        Ok(bound)
    }

    fn at(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }
}

/// Shows lengths, no text.
impl fmt::Debug for OriginBoundCode<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OriginBoundCode")
            .field("line", &self.line_range())
            .field("host_bytes", &self.parts.host)
            .field("code_bytes", &self.parts.code)
            .field("embedded_hosts", &self.embedded_hosts().count())
            .finish_non_exhaustive()
    }
}

impl Parts {
    /// The error is what is wrong and where in the line, in bytes.
    fn of(line: &str, dialect: Dialect) -> Result<Self, (OriginBoundProblem, usize)> {
        use OriginBoundProblem::{
            EmptyCode, EmptyHost, NoCode, NoCodeSigil, NoHostSigil, NotOneSpace,
        };
        let rest = line.strip_prefix('@').ok_or((NoHostSigil, 0))?;
        let (host, rest) = token(rest);
        if host.is_empty() {
            return Err((EmptyHost, 1));
        }
        let behind_host = 1 + host.len();
        let rest = match rest.strip_prefix(' ') {
            Some("") => return Err((NoCode, behind_host)),
            Some(rest) => rest,
            None if rest.is_empty() => return Err((NoCode, behind_host)),
            None => return Err((NotOneSpace, behind_host)),
        };
        let rest = match rest.strip_prefix('#') {
            Some(rest) => rest,
            None if rest.starts_with(WHITE_SPACE) => {
                return Err((NotOneSpace, behind_host + 1));
            }
            None => return Err((NoCodeSigil, behind_host + 1)),
        };
        let (code, mut rest) = token(rest);
        if code.is_empty() {
            return Err((EmptyCode, behind_host + 2));
        }
        let most = match dialect {
            Dialect::Wicg => 1,
            Dialect::Apple => usize::MAX,
        };
        let mut embedded = 0;
        for _ in 0..most {
            let Some((field, behind)) = embedded_host(rest, dialect) else {
                break;
            };
            embedded += field;
            rest = behind;
        }
        Ok(Self {
            host: host.len(),
            code: code.len(),
            embedded,
        })
    }
}

/// Takes a space, a sigil of the dialect and a host: how many bytes, and what follows.
fn embedded_host(rest: &str, dialect: Dialect) -> Option<(usize, &str)> {
    let sigils: &[char] = match dialect {
        Dialect::Wicg => &['@'],
        Dialect::Apple => &['@', '%'],
    };
    let (host, behind) = token(rest.strip_prefix(' ')?.strip_prefix(sigils)?);
    (!host.is_empty()).then(|| (2 + host.len(), behind))
}

/// An embedded host of an [`OriginBoundCode`].
///
/// ```
/// use septet::template::code_format::{Dialect, OriginBoundCode};
/// let bound = OriginBoundCode::parse("@example.com #1 %pay.example", Dialect::Apple)?;
/// let embedded = bound.embedded_hosts().next().unwrap();
/// assert_eq!((embedded.host(), embedded.sigil(), embedded.range()), ("pay.example", '%', 17..28));
/// # Ok::<_, septet::template::code_format::OriginBoundError>(())
/// ```
#[derive(Clone, Copy)]
pub struct EmbeddedHost<'a> {
    host: &'a str,
    sigil: char,
    at: usize,
}

impl<'a> EmbeddedHost<'a> {
    /// Returns the host as written, without its sigil.
    #[must_use]
    pub const fn host(self) -> &'a str {
        self.host
    }

    /// Returns the sigil before the host: `@`, or `%` as Apple writes it.
    #[must_use]
    pub const fn sigil(self) -> char {
        self.sigil
    }

    /// Returns where the host stands, in bytes of the text, without its sigil.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.at..self.at + self.host.len()
    }
}

/// Shows sigil and place, no text.
impl fmt::Debug for EmbeddedHost<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmbeddedHost")
            .field("sigil", &self.sigil)
            .field("range", &self.range())
            .finish_non_exhaustive()
    }
}

/// The embedded hosts of an [`OriginBoundCode`], in order. See [`OriginBoundCode::embedded_hosts`].
#[derive(Clone)]
pub struct EmbeddedHosts<'a> {
    /// Nothing but embedded hosts, each with its space and sigil.
    rest: &'a str,
    at: usize,
}

impl<'a> Iterator for EmbeddedHosts<'a> {
    type Item = EmbeddedHost<'a>;

    fn next(&mut self) -> Option<EmbeddedHost<'a>> {
        let mut field = self.rest.strip_prefix(' ')?.chars();
        let sigil = field.next()?;
        let (host, rest) = token(field.as_str());
        let at = self.at + 2;
        self.rest = rest;
        self.at = at + host.len();
        Some(EmbeddedHost { host, sigil, at })
    }
}

impl FusedIterator for EmbeddedHosts<'_> {}

/// Shows places, no text.
impl fmt::Debug for EmbeddedHosts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The last line of a text is no origin-bound code: why, and where.
///
/// ```
/// use septet::template::code_format::{Dialect, OriginBoundCode};
/// let error = OriginBoundCode::parse("@example.com #747723\n", Dialect::Wicg).unwrap_err();
/// assert_eq!(error.at(), 20);
/// assert_eq!(
///     error.to_string(),
///     "byte 20: a line break ends the text, so that its last line is empty; leave it out"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[error("byte {at}: {}", problem.explanation())]
pub struct OriginBoundError {
    problem: OriginBoundProblem,
    at: usize,
    near_miss: bool,
}

impl OriginBoundError {
    /// Looks beyond the last line for what was probably meant.
    fn new(text: &str, problem: OriginBoundProblem, at: usize) -> Self {
        let (problem, at) = match problem {
            OriginBoundProblem::NoHostSigil if text.is_empty() => (OriginBoundProblem::NoText, 0),
            OriginBoundProblem::NoHostSigil => {
                let kept = text.trim_end_matches(LINE_BREAKS).len();
                if kept < text.len() {
                    (OriginBoundProblem::LineBreakAtEnd, kept)
                } else if let Some(end) = end_of_earlier_line(text) {
                    (OriginBoundProblem::NotLast, end)
                } else {
                    (problem, at)
                }
            }
            _ => (problem, at),
        };
        let near_miss = problem == OriginBoundProblem::NotLast || {
            let (_, line) = last_line(text.trim_end_matches(WHITE_SPACE));
            let has = |sigil| {
                let mut tokens = line.split(WHITE_SPACE);
                tokens.any(|token| token.len() > 1 && token.starts_with(sigil))
            };
            has('@') && (line.starts_with('@') || has('#'))
        };
        Self {
            problem,
            at,
            near_miss,
        }
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn problem(self) -> OriginBoundProblem {
        self.problem
    }

    /// Returns where the line goes wrong, in bytes of the text.
    #[must_use]
    pub const fn at(self) -> usize {
        self.at
    }

    /// Says whether such a line was probably meant: where one stands before other lines, or the
    /// last line that is not blank starts with `@`, or has a word that starts with `@` and one that
    /// starts with `#`.
    ///
    /// ```
    /// use septet::template::code_format::{Dialect, OriginBoundCode};
    /// let near = |text| OriginBoundCode::parse(text, Dialect::Wicg).unwrap_err().is_near_miss();
    /// assert!(near("Your code: @example.com #747723"));
    /// assert!(!near("Your code is 747723."));
    /// ```
    #[must_use]
    pub const fn is_near_miss(self) -> bool {
        self.near_miss
    }
}

/// Why a last line is no origin-bound code. See [`OriginBoundError`].
///
/// ```
/// use septet::template::code_format::{Dialect, OriginBoundCode, OriginBoundProblem};
/// let problem = |text| OriginBoundCode::parse(text, Dialect::Wicg).unwrap_err().problem();
/// assert_eq!(problem("@example.com #"), OriginBoundProblem::EmptyCode);
/// assert_eq!(problem("@example.com #747723\nReply STOP to opt out"), OriginBoundProblem::NotLast);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum OriginBoundProblem {
    /// There is no text.
    NoText,
    /// The text ends in a line break, so that its last line is empty; the place is the first of the
    /// line breaks at the end.
    LineBreakAtEnd,
    /// Other lines follow an origin-bound one; the place is where that one ends.
    NotLast,
    /// The last line does not start with `@`.
    NoHostSigil,
    /// No host follows the first `@`.
    EmptyHost,
    /// The line ends behind the host.
    NoCode,
    /// What stands between host and code is not exactly one space.
    NotOneSpace,
    /// The part behind the host does not start with `#`.
    NoCodeSigil,
    /// No code follows the `#`.
    EmptyCode,
}

impl OriginBoundProblem {
    const fn explanation(self) -> &'static str {
        match self {
            Self::NoText => "there is no text; its last line should be `@host #code`",
            Self::LineBreakAtEnd => {
                "a line break ends the text, so that its last line is empty; leave it out"
            }
            Self::NotLast => "text follows the line `@host #code`; make it the last line",
            Self::NoHostSigil => {
                "the last line does not start with `@`; give `@host #code` a line of its own"
            }
            Self::EmptyHost => "no host follows the `@`; write it without a space between",
            Self::NoCode => "the line ends behind the host; go on with one space, `#` and the code",
            Self::NotOneSpace => "host and code are not one space apart; write `@host #code`",
            Self::NoCodeSigil => "what follows the host is no `#` and code; write `@host #code`",
            Self::EmptyCode => "no code follows the `#`; write it without a space between",
        }
    }
}

/// A part of an origin-bound line. See [`OriginBoundLineError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(clippy::exhaustive_enums, reason = "the line has these parts")]
pub enum OriginBoundPart {
    /// The host behind the first `@`.
    Host,
    /// The code.
    Code,
    /// An embedded host.
    EmbeddedHost,
}

impl fmt::Display for OriginBoundPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Host => "host",
            Self::Code => "code",
            Self::EmbeddedHost => "embedded host",
        })
    }
}

/// An origin-bound line that cannot be written. Shows no part of it.
///
/// ```
/// use septet::template::code_format::{Dialect, OriginBoundCode};
/// let error = OriginBoundCode::line("example.com", "747 723", &[], Dialect::Wicg).unwrap_err();
/// assert_eq!(error.to_string(), "the code has a character at its byte 3 that it cannot hold; leave it out");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum OriginBoundLineError {
    /// A part is empty.
    #[error("the {part} is empty; give one")]
    #[non_exhaustive]
    Empty {
        /// Which part.
        part: OriginBoundPart,
    },
    /// A part holds a character that it cannot hold.
    #[error("the {part} has a character at its byte {at} that it cannot hold; leave it out")]
    #[non_exhaustive]
    Forbidden {
        /// Which part.
        part: OriginBoundPart,
        /// Where in the part, in bytes.
        at: usize,
    },
    /// The WICG report has room for one embedded host.
    #[error("{given} embedded hosts are given, but the dialect has room for one")]
    #[non_exhaustive]
    TooManyEmbeddedHosts {
        /// How many are given.
        given: usize,
    },
    /// The text ends in an origin-bound line already.
    #[error("the text ends in an origin-bound line already, from byte {at}; take that out first")]
    #[non_exhaustive]
    AlreadyThere {
        /// Where that line starts, in bytes of the text.
        at: usize,
    },
}

fn push_line(
    out: &mut String,
    host: &str,
    code: &str,
    embedded_hosts: &[&str],
    dialect: Dialect,
) -> Result<(), OriginBoundLineError> {
    let check = |part, value: &str, fault: Option<usize>| match fault {
        _ if value.is_empty() => Err(OriginBoundLineError::Empty { part }),
        Some(at) => Err(OriginBoundLineError::Forbidden { part, at }),
        None => Ok(()),
    };
    check(OriginBoundPart::Host, host, host_fault(host))?;
    check(OriginBoundPart::Code, code, code.find(WHITE_SPACE))?;
    for host in embedded_hosts {
        check(OriginBoundPart::EmbeddedHost, host, host_fault(host))?;
    }
    let sigil = match dialect {
        Dialect::Wicg if embedded_hosts.len() > 1 => {
            return Err(OriginBoundLineError::TooManyEmbeddedHosts {
                given: embedded_hosts.len(),
            });
        }
        Dialect::Wicg => " @",
        Dialect::Apple => " %",
    };
    out.extend(["@", host, " #", code]);
    out.extend(embedded_hosts.iter().flat_map(|host| [sigil, host]));
    Ok(())
}

/// The origin of a page: `https` and a host, without a port.
///
/// Any other origin can have no origin-bound code.
///
/// ```
/// use septet::template::code_format::Origin;
/// assert_eq!(Origin::parse("https://example.com")?.host(), "example.com");
/// assert_eq!(Origin::parse("example.com")?, Origin::parse("https://EXAMPLE.com")?);
/// # Ok::<_, septet::template::code_format::InvalidOrigin>(())
/// ```
#[derive(Clone, Copy)]
pub struct Origin<'a> {
    host: &'a str,
}

impl<'a> Origin<'a> {
    /// Reads an origin as browsers write it, or a host alone.
    ///
    /// # Errors
    ///
    /// Where it has another scheme, a port (443 too, which browsers leave out), a path (a slash
    /// too) or a user, or no host. The host is not checked further.
    ///
    /// ```
    /// use septet::template::code_format::Origin;
    /// assert_eq!(Origin::parse("https://example.com:8443").unwrap_err().at(), 19);
    /// assert!(Origin::parse("http://example.com").is_err());
    /// ```
    pub fn parse(origin: &'a str) -> Result<Self, InvalidOrigin> {
        const SCHEME: &str = "https://";
        let (start, host) = match origin.split_at_checked(SCHEME.len()) {
            Some((scheme, host)) if scheme.eq_ignore_ascii_case(SCHEME) => (SCHEME.len(), host),
            _ => (0, origin),
        };
        match host_fault(host) {
            None if !host.is_empty() => Ok(Self { host }),
            fault => Err(InvalidOrigin {
                at: start + fault.unwrap_or_default(),
            }),
        }
    }

    /// Returns the host as written.
    #[must_use]
    pub const fn host(self) -> &'a str {
        self.host
    }
}

/// Hosts are the same whatever the case of their ASCII letters.
impl PartialEq for Origin<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.host.eq_ignore_ascii_case(other.host)
    }
}

impl Eq for Origin<'_> {}

/// Shows the length of the host, not the host.
impl fmt::Debug for Origin<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Origin")
            .field("host_bytes", &self.host.len())
            .finish_non_exhaustive()
    }
}

/// No origin that can have an origin-bound code. See [`Origin::parse`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "an origin is `https://` and a host, without port, path and user; this goes wrong at byte {at}"
)]
pub struct InvalidOrigin {
    at: usize,
}

impl InvalidOrigin {
    /// Returns where it goes wrong, in bytes.
    #[must_use]
    pub const fn at(self) -> usize {
        self.at
    }
}

/// Takes what stands before the first white space; the rest begins with it.
fn token(text: &str) -> (&str, &str) {
    let end = text.find(WHITE_SPACE).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Where the last line that is an origin-bound code ends. Embedded hosts decide nothing here.
fn end_of_earlier_line(text: &str) -> Option<usize> {
    let mut end = text.len();
    for line in text.rsplit(LINE_BREAKS) {
        if Parts::of(line, Dialect::Wicg).is_ok() {
            return Some(end);
        }
        end = end.saturating_sub(line.len() + 1);
    }
    None
}

/// Where a host has a character that none has: what the URL Standard calls a forbidden domain code
/// point. An IPv6 address stands in brackets.
fn host_fault(host: &str) -> Option<usize> {
    let address = host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'));
    if let Some(address) = address {
        if address.is_empty() {
            return Some(1);
        }
        let belongs = |c: char| c.is_ascii_hexdigit() || matches!(c, ':' | '.');
        return address.find(|c| !belongs(c)).map(|at| 1 + at);
    }
    host.find(|c: char| c <= ' ' || "#%/:<>?@[\\]^|\u{7f}".contains(c))
}

#[cfg(feature = "serde")]
mod data {
    use alloc::vec::Vec;
    use core::ops::Range;

    use super::{EmbeddedHost, OriginBoundCode};

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Bound {
        line: Range<usize>,
        host: Range<usize>,
        code: Range<usize>,
        embedded_hosts: Vec<Range<usize>>,
        ignored: Range<usize>,
    }

    /// Writes where the parts stand, not the parts.
    impl serde::Serialize for OriginBoundCode<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let bound = Bound {
                line: self.line_range(),
                host: self.host_range(),
                code: self.code_range(),
                embedded_hosts: self.embedded_hosts().map(EmbeddedHost::range).collect(),
                ignored: self.ignored_range(),
            };
            bound.serialize(serializer)
        }
    }
}
