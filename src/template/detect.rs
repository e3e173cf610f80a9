//! Which way does a text write its placeholders?

use core::fmt;

use super::parse::matched_at;
use super::syntax::Syntax;

impl Syntax {
    /// Finds the syntax in which a text writes its placeholders, or `None` where it has none.
    ///
    /// At each place the longest placeholder wins: `$${x}` is not taken for `${x}`, nor `{{x}}` for
    /// `{x}`. Control tags count as placeholders do. [`Colon`](Self::Colon) and
    /// [`Printf`](Self::Printf) look too much like prose and are never found.
    ///
    /// # Errors
    ///
    /// Where different places have different winners.
    ///
    /// ```
    /// use septet::template::Syntax;
    /// assert_eq!(Syntax::detect("Your code is {{ code }}"), Ok(Some(Syntax::DoubleBrace)));
    /// assert_eq!(Syntax::detect("At 12:30, 5 % off"), Ok(None));
    /// let both = Syntax::detect("${org}: {code}").unwrap_err();
    /// assert!(both.candidates().eq([Syntax::DollarBrace, Syntax::Brace]));
    /// ```
    pub fn detect(text: &str) -> Result<Option<Self>, AmbiguousSyntax> {
        let mut seen = Seen::default();
        // A user name belongs to `{####}` where there is one; else it is a name like any other.
        let mut user_name = None;
        let mut at = 0;
        while let Some(offset) = text
            .as_bytes()
            .get(at..)
            .and_then(|rest| rest.iter().position(|byte| b"${%@".contains(byte)))
        {
            at += offset;
            let Some((syntax, end)) = matched_at(text, at) else {
                at += 1;
                continue;
            };
            if syntax == Self::Brace && text.get(at..end) == Some("{username}") {
                user_name.get_or_insert(at);
            } else {
                seen.insert(syntax, at);
            }
            at = end;
        }
        if let (Some(at), false) = (user_name, seen.has(Self::Hashes)) {
            seen.insert(Self::Brace, at);
        }
        seen.verdict()
    }
}

/// Placeholders of more than one syntax stand in a text. See [`Syntax::detect`].
///
/// ```
/// let error = septet::template::Syntax::detect("${org}: {code}").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the placeholder at byte 8 is of another syntax than those before it (dollar-brace, brace); \
///      say which one is meant"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AmbiguousSyntax {
    candidates: Candidates,
    at: usize,
}

impl AmbiguousSyntax {
    /// Returns the syntaxes of which there are placeholders, at least two, in order of declaration.
    pub fn candidates(self) -> impl Iterator<Item = Syntax> + Clone {
        self.candidates.iter()
    }

    /// Returns the offset of the first placeholder of another syntax than the first one's, in bytes
    /// of the text.
    #[must_use]
    pub const fn at(self) -> usize {
        self.at
    }
}

impl fmt::Display for AmbiguousSyntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the placeholder at byte {} is of another syntax than those before it (",
            self.at
        )?;
        for (nth, candidate) in self.candidates().enumerate() {
            let comma = if nth == 0 { "" } else { ", " };
            write!(f, "{comma}{candidate}")?;
        }
        f.write_str("); say which one is meant")
    }
}

impl core::error::Error for AmbiguousSyntax {}

/// A set of syntaxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Candidates(u16);

impl Candidates {
    const fn bit(syntax: Syntax) -> u16 {
        1 << syntax as u16
    }

    const fn has(self, syntax: Syntax) -> bool {
        self.0 & Self::bit(syntax) != 0
    }

    fn iter(self) -> impl Iterator<Item = Syntax> + Clone {
        Syntax::ALL
            .iter()
            .copied()
            .filter(move |syntax| self.has(*syntax))
    }
}

/// What was seen of a text: which syntaxes, and where each came first.
#[derive(Default)]
struct Seen {
    candidates: Candidates,
    /// The least place and its syntax, and the least place of any other syntax.
    first: Option<(usize, Syntax)>,
    other: Option<usize>,
}

impl Seen {
    const fn has(&self, syntax: Syntax) -> bool {
        self.candidates.has(syntax)
    }

    fn insert(&mut self, syntax: Syntax, at: usize) {
        self.candidates.0 |= Candidates::bit(syntax);
        match self.first {
            None => self.first = Some((at, syntax)),
            Some((first, of)) if of != syntax => {
                let other = self
                    .other
                    .map_or(at.max(first), |other| other.min(at.max(first)));
                self.other = Some(other);
                if at < first {
                    self.first = Some((at, syntax));
                }
            }
            Some(_) => {}
        }
    }

    fn verdict(self) -> Result<Option<Syntax>, AmbiguousSyntax> {
        match (self.first, self.other) {
            (_, Some(at)) => Err(AmbiguousSyntax {
                candidates: self.candidates,
                at,
            }),
            (first, None) => Ok(first.map(|(_, syntax)| syntax)),
        }
    }
}
