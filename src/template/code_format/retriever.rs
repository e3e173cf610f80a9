//! What Android looks for in a message: the app's hash, and a run that is a code.

use alloc::string::String;
use core::fmt;
use core::ops::Range;

use super::{Dialect, OriginBoundCode, WHITE_SPACE, push_line_break};
use crate::capacity;
use crate::encoding::Encoding;
use crate::message::Message;

/// A message for Android's SMS Retriever: a text that ends in the hash of the app that may read it.
///
/// The hash has eleven characters of `A` to `Z`, `a` to `z`, `0` to `9`, `+` and `/`, and stands
/// behind white space. Any word of eleven letters has that shape too, "information" for one, so
/// that only whoever knows the app's hash can tell: compare [`hash`](Self::hash) with it.
///
/// Google's page, "Perform SMS Verification on a Server", asks for at most 140 bytes, a code in
/// whatever form, and the hash. Its older edition asked in addition for [a prefix](RetrieverPrefix)
/// and for the hash at the very end, so that a message for it cannot end in an origin-bound line.
/// The current one says no more of the place of the hash than that the message includes it; here it
/// is looked for at the end, where its example has it.
///
/// ```
/// use septet::template::code_format::{RetrieverLimit, RetrieverMessage, RetrieverPrefix};
/// let text = "<#> Your ExampleApp code is: 123ABC78\nFA+9qCX9VSu";
/// let message = RetrieverMessage::parse(text, RetrieverLimit::Utf8)?;
/// assert_eq!((message.hash(), message.hash_range()), ("FA+9qCX9VSu", 38..49));
/// assert_eq!(message.prefix(), Some(RetrieverPrefix::NumberSign));
/// # Ok::<_, septet::template::code_format::RetrieverError>(())
/// ```
#[derive(Clone, Copy)]
#[doc(alias("app hash", "SMS Retriever API"))]
pub struct RetrieverMessage<'a> {
    text: &'a str,
    /// Where the hash starts.
    hash: usize,
    prefix: Option<RetrieverPrefix>,
}

impl<'a> RetrieverMessage<'a> {
    /// The most bytes of a message: 140.
    pub const MAX_BYTES: usize = capacity::OCTETS;

    /// The characters of a hash: 11.
    pub const HASH_CHARACTERS: usize = 11;

    /// Reads a text.
    ///
    /// # Errors
    ///
    /// Where its last word is no hash or has nothing before it, where it is too long, and where it
    /// has the older edition's prefix and white space behind the hash.
    ///
    /// ```
    /// use septet::template::code_format::{RetrieverError, RetrieverLimit, RetrieverMessage};
    /// let error = RetrieverMessage::parse("Your code is 123456", RetrieverLimit::Utf8).unwrap_err();
    /// assert!(matches!(error, RetrieverError::NoHash { at: 13, .. }));
    /// ```
    pub fn parse(text: &'a str, limit: RetrieverLimit) -> Result<Self, RetrieverError> {
        let trimmed = text.trim_end_matches(WHITE_SPACE);
        let hash = trimmed.rfind(WHITE_SPACE).map_or(0, |before| before + 1);
        let (before, word) = trimmed.split_at_checked(hash).unwrap_or_default();
        if !is_retriever_hash(word) {
            return Err(RetrieverError::NoHash { at: hash });
        }
        let prefix = RetrieverPrefix::of(text);
        let before = match prefix {
            Some(prefix) => before.strip_prefix(prefix.as_str()).unwrap_or(before),
            None => before,
        };
        if before.trim_matches(WHITE_SPACE).is_empty() {
            return Err(RetrieverError::HashAlone);
        }
        if prefix.is_some() && trimmed.len() < text.len() {
            return Err(RetrieverError::WhiteSpaceAtEnd { at: trimmed.len() });
        }
        match limit.excess(text) {
            Some(bytes) => Err(RetrieverError::TooLong { bytes }),
            None => Ok(Self { text, hash, prefix }),
        }
    }

    /// Returns the hash.
    #[must_use]
    pub fn hash(&self) -> &'a str {
        self.text.get(self.hash_range()).unwrap_or_default()
    }

    /// Returns where the hash stands, in bytes of the text.
    #[must_use]
    pub const fn hash_range(&self) -> Range<usize> {
        self.hash..self.hash + Self::HASH_CHARACTERS
    }

    /// Returns the prefix of the older edition, where the text starts with one.
    #[must_use]
    pub const fn prefix(&self) -> Option<RetrieverPrefix> {
        self.prefix
    }

    /// Writes a message: the prefix, where one is asked for and not there already, the text, and
    /// the hash on a line of its own.
    ///
    /// # Errors
    ///
    /// Where the hash has not its eleven characters; where there is no text, or it ends in the hash
    /// or in an origin-bound line already; where the whole is too long.
    ///
    /// ```
    /// use septet::template::code_format::{RetrieverLimit, RetrieverMessage, RetrieverPrefix};
    /// let text = "Your code is ${code}.";
    /// let prefix = Some(RetrieverPrefix::NumberSign);
    /// let message = RetrieverMessage::write(text, "FA+9qCX9VSu", prefix, RetrieverLimit::Unlimited)?;
    /// assert_eq!(message, "<#> Your code is ${code}.\nFA+9qCX9VSu");
    /// # Ok::<_, septet::template::code_format::RetrieverWriteError>(())
    /// ```
    pub fn write(
        text: &str,
        hash: &str,
        prefix: Option<RetrieverPrefix>,
        limit: RetrieverLimit,
    ) -> Result<String, RetrieverWriteError> {
        if !is_retriever_hash(hash) {
            return Err(RetrieverWriteError::InvalidHash);
        }
        let trimmed = text.trim_end_matches(WHITE_SPACE);
        let body = match RetrieverPrefix::of(trimmed) {
            Some(prefix) => trimmed.strip_prefix(prefix.as_str()).unwrap_or(trimmed),
            None => trimmed,
        };
        if body.trim_start_matches(WHITE_SPACE).is_empty() {
            return Err(RetrieverWriteError::NoText);
        }
        if trimmed.rsplit(WHITE_SPACE).next() == Some(hash) {
            return Err(RetrieverWriteError::AlreadyThere {
                at: trimmed.len() - hash.len(),
            });
        }
        if let Ok(bound) = OriginBoundCode::parse(trimmed, Dialect::Wicg) {
            return Err(RetrieverWriteError::OriginBound {
                at: bound.line_range().start,
            });
        }
        let mut message = String::new();
        if let Some(prefix) = prefix.filter(|prefix| !text.starts_with(prefix.as_str())) {
            message.push_str(prefix.as_str());
            if prefix == RetrieverPrefix::NumberSign {
                message.push(' ');
            }
        }
        message.push_str(text);
        push_line_break(&mut message);
        message.push_str(hash);
        match limit.excess(&message) {
            Some(bytes) => Err(RetrieverWriteError::TooLong { bytes }),
            None => Ok(message),
        }
    }
}

/// Shows lengths and places, no text.
impl fmt::Debug for RetrieverMessage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RetrieverMessage")
            .field("text_bytes", &self.text.len())
            .field("hash_range", &self.hash_range())
            .field("prefix", &self.prefix)
            .finish_non_exhaustive()
    }
}

/// What the older edition of the SMS Retriever wants a message to start with.
///
/// ```
/// use septet::Message;
/// use septet::template::code_format::RetrieverPrefix;
/// let segments = |prefix: RetrieverPrefix| Message::new(&(prefix.as_str().to_owned() + &"a".repeat(100))).segment_count();
/// assert_eq!(segments(RetrieverPrefix::NumberSign), 1);
/// assert_eq!(segments(RetrieverPrefix::ZeroWidthSpaces), 2); // UCS-2
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(clippy::exhaustive_enums, reason = "the older edition had these two")]
pub enum RetrieverPrefix {
    /// `<#>`.
    NumberSign,
    /// Two of U+200B, which nobody sees and which make the whole message UCS-2.
    ZeroWidthSpaces,
}

impl RetrieverPrefix {
    /// Returns the characters of the prefix.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NumberSign => "<#>",
            Self::ZeroWidthSpaces => "\u{200b}\u{200b}",
        }
    }

    fn of(text: &str) -> Option<Self> {
        let mut prefixes = [Self::NumberSign, Self::ZeroWidthSpaces].into_iter();
        prefixes.find(|prefix| text.starts_with(prefix.as_str()))
    }
}

/// How the 140 bytes of an SMS Retriever message are counted: Google's page does not say of which
/// encoding they are.
///
/// ```
/// use septet::template::code_format::{RetrieverLimit, RetrieverMessage};
/// let text = "a".repeat(133) + " FA+9qCX9VSu"; // 145 letters
/// assert!(RetrieverMessage::parse(&text, RetrieverLimit::Utf8).is_err());
/// assert!(RetrieverMessage::parse(&text, RetrieverLimit::Octets).is_ok()); // 127 octets
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum RetrieverLimit {
    /// In UTF-8: the stricter count of a GSM-7 text, the laxer of a UCS-2 text that is mostly
    /// ASCII.
    #[default]
    Utf8,
    /// On the wire: what one segment holds, 160 septets or 70 code units.
    Octets,
    /// Not at all: the text is a template, and the message that it becomes has another length.
    Unlimited,
}

impl RetrieverLimit {
    /// Returns the bytes of a text that has too many.
    fn excess(self, text: &str) -> Option<usize> {
        let bytes = match self {
            Self::Utf8 => text.len(),
            Self::Octets => {
                let message = Message::new(text);
                match message.encoding() {
                    Encoding::Gsm7 => (message.units() * 7).div_ceil(8),
                    Encoding::Ucs2 => message.units() * 2,
                }
            }
            Self::Unlimited => 0,
        };
        (bytes > RetrieverMessage::MAX_BYTES).then_some(bytes)
    }
}

/// A text is no message for the SMS Retriever.
///
/// ```
/// use septet::template::code_format::{RetrieverLimit, RetrieverMessage};
/// let error = RetrieverMessage::parse("Your code is 123456", RetrieverLimit::Utf8).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the last word, at byte 13, is no hash; end the text in the app's 11 characters"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum RetrieverError {
    /// The last word has not the form of a hash.
    #[error("the last word, at byte {at}, is no hash; end the text in the app's 11 characters")]
    #[non_exhaustive]
    NoHash {
        /// Where the last word starts, in bytes of the text.
        at: usize,
    },
    /// Nothing stands before the hash, so that there is no code.
    #[error("nothing stands before the hash; the code must")]
    HashAlone,
    /// White space follows the hash, which the older edition does not allow.
    #[error("white space follows the hash at byte {at}; a text that starts so ends in the hash")]
    #[non_exhaustive]
    WhiteSpaceAtEnd {
        /// Where the hash ends, in bytes of the text.
        at: usize,
    },
    /// The text has more than 140 bytes.
    #[error(
        "the text has {bytes} bytes; at most {} are read",
        RetrieverMessage::MAX_BYTES
    )]
    #[non_exhaustive]
    TooLong {
        /// Its bytes, as the [`RetrieverLimit`] counts them.
        bytes: usize,
    },
}

/// A message for the SMS Retriever that cannot be written.
///
/// ```
/// use septet::template::code_format::{RetrieverLimit, RetrieverMessage};
/// let error = RetrieverMessage::write("Your code is 1", "short", None, RetrieverLimit::Utf8).unwrap_err();
/// assert_eq!(error.to_string(), "a hash has 11 characters of A-Z, a-z, 0-9, + and /; give the app's");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum RetrieverWriteError {
    /// The hash has not its eleven characters.
    #[error("a hash has 11 characters of A-Z, a-z, 0-9, + and /; give the app's")]
    InvalidHash,
    /// There is no text for the hash to follow.
    #[error("there is no text; give one that holds the code")]
    NoText,
    /// The text ends in the hash already.
    #[error("the text ends in the hash already, at byte {at}")]
    #[non_exhaustive]
    AlreadyThere {
        /// Where the hash starts, in bytes of the text.
        at: usize,
    },
    /// The text ends in an origin-bound line, which would no longer be the last one.
    #[error("the text ends in an origin-bound line, from byte {at}, which must stay the last line")]
    #[non_exhaustive]
    OriginBound {
        /// Where that line starts, in bytes of the text.
        at: usize,
    },
    /// The message has more than 140 bytes.
    #[error(
        "the message has {bytes} bytes; at most {} are read",
        RetrieverMessage::MAX_BYTES
    )]
    #[non_exhaustive]
    TooLong {
        /// Its bytes, as the [`RetrieverLimit`] counts them.
        bytes: usize,
    },
}

fn is_retriever_hash(word: &str) -> bool {
    let belongs = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    word.len() == RetrieverMessage::HASH_CHARACTERS && word.bytes().all(belongs)
}

/// Returns where the code that Android's SMS User Consent looks for stands, in bytes of the text:
/// the first run of 4 to 10 ASCII letters and digits that has a digit and no other letter or digit
/// of ASCII beside it.
///
/// Android asks the user whether an app may read the message only where there is one, the sender is
/// not among the contacts, and at most five minutes have gone by since the app began to wait
/// (Google's pages on the SMS User Consent API). A code in groups, `123 456`, does not qualify. Nor
/// is the first run always the code: a year before it is taken for one.
///
/// ```
/// use septet::template::code_format::consent_code;
/// assert_eq!(consent_code("Your code is A1B2C3."), Some(13..19));
/// assert_eq!(consent_code("Your code is 123 456."), None);
/// ```
#[must_use]
#[doc(alias = "SMS User Consent API")]
pub fn consent_code(text: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for run in text.as_bytes().split(|byte| !byte.is_ascii_alphanumeric()) {
        let end = start + run.len();
        if (4..=10).contains(&run.len()) && run.iter().any(u8::is_ascii_digit) {
            return Some(start..end);
        }
        start = end + 1;
    }
    None
}

#[cfg(feature = "serde")]
mod data {
    use core::ops::Range;

    use super::{RetrieverMessage, RetrieverPrefix};

    #[derive(serde::Serialize)]
    #[serde(rename_all = "kebab-case")]
    struct Retriever {
        hash: Range<usize>,
        prefix: Option<RetrieverPrefix>,
    }

    /// Writes where the hash stands and the kind of prefix, not the text.
    impl serde::Serialize for RetrieverMessage<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let retriever = Retriever {
                hash: self.hash_range(),
                prefix: self.prefix(),
            };
            retriever.serialize(serializer)
        }
    }
}
