//! The lints: one table is the only place where they are declared.

use core::fmt;
use core::str::FromStr;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[expect(
    clippy::exhaustive_enums,
    reason = "what stops a change, what should be looked at, what is good to know"
)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Should be looked at.
    Warning,
    /// Should not be sent.
    Error,
}

impl Severity {
    /// Returns the name that data and the command line use: `note`, `warning` or `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What is said about a lint.
struct Entry {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    summary: &'static str,
    why: &'static str,
    example: &'static str,
    remedy: &'static str,
}

macro_rules! lints {
    ($(
        $code:ident $lint:ident $name:literal $severity:ident
        summary $summary:literal
        why $why:literal
        example $example:literal
        remedy $remedy:literal
    )+) => {
        /// A rule that a template can break.
        ///
        /// Codes and names are stable; a lint that is retired keeps its code.
        ///
        /// ```
        /// use septet::template::{Lint, Severity};
        /// let lint = Lint::ForcesUcs2;
        /// assert_eq!((lint.code(), lint.name(), lint.severity()), ("SMS101", "forces-ucs2", Severity::Warning));
        /// assert_eq!("forces-ucs2".parse(), Ok(lint));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Lint {
            $(#[doc = $summary] $lint,)+
        }

        impl Lint {
            /// All lints, in the order of their codes.
            pub const ALL: &[Self] = &[$(Self::$lint,)+];

            const fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$lint => &Entry {
                        code: stringify!($code),
                        name: $name,
                        severity: Severity::$severity,
                        summary: $summary,
                        why: $why,
                        example: $example,
                        remedy: $remedy,
                    },)+
                }
            }
        }
    };
}

lints! {
    SMS001 OverBudget "over-budget" Error
        summary "The message can need more segments than its budget."
        why "Each segment is paid for. The count is the greatest over all values that the placeholders can take, not that of one sample."
        example "`Your ${org.name} code is ${code}. Do not share it.` with a name of up to 30 characters of any kind needs two segments, for a budget of one."
        remedy "Write what the finding proposes, shorten the text, or declare tighter values. `units_to_go` says how much has to go from the end."
    SMS002 MissingPlaceholder "missing-placeholder" Error
        summary "A placeholder that every text must have is not there."
        why "A message without its code lets nobody in. It is usually lost in a translation."
        example "`Su código de verificación` where `${code}` is required."
        remedy "Put the placeholder back."
    SMS003 MalformedPlaceholder "malformed-placeholder" Error
        summary "What looks like a placeholder or control tag cannot be read."
        why "The sender would fail on it, or send it as it stands."
        example "`Your code is ${code` without the closing brace."
        remedy "Complete it, or escape it as the syntax demands."
    SMS004 MisspeltPlaceholder "misspelt-placeholder" Error
        summary "A known placeholder is written in another syntax."
        why "It is sent as it stands: the reader sees `{code}` and no code."
        example "`{code}` or `$code` where the syntax is `${code}`."
        remedy "Write it in the syntax of the template, as the finding says."
    SMS005 TranslationKey "translation-key" Error
        summary "The key of a translation is not a language, or names one that is there already."
        why "A key that nothing selects hides its translation; of two for one language, one is never sent."
        example "`english`, or `pt_BR` beside `pt-br`."
        remedy "Use a two-letter language with an optional script and region: `pt-BR`."
    SMS006 ProfileLimit "profile-limit" Error
        summary "The text breaks a hard limit of the profile."
        why "The service refuses it, sends its own text in its place, or sends nothing."
        example "A text of 170 characters for a service that takes 161."
        remedy "Shorten it to the limit that the finding names."
    SMS007 AmbiguousSyntax "ambiguous-syntax" Error
        summary "The text holds placeholders of more than one syntax, and none was chosen."
        why "What is a placeholder and what is sent as it stands cannot be told."
        example "`${name}, your code is {{code}}`"
        remedy "Say which syntax the template has."
    SMS101 ForcesUcs2 "forces-ucs2" Warning
        summary "A character makes the message UCS-2, and without it a segment less or GSM-7 would do."
        why "One such character cuts the room of a message from 160 septets to 70 code units, of each of several segments from 153 to 67."
        example "`It’s` with a curly apostrophe."
        remedy "Write what the finding proposes (`'`), leave it out, or say that the locale is meant to be UCS-2."
    SMS102 NearlyCheaper "nearly-cheaper" Warning
        summary "A few units less would save a segment."
        why "The last segment is paid in full for a handful of characters."
        example "A text of 163 septets: three too many for one message."
        remedy "Shorten the text by the units named, from the end."
    SMS103 InvisibleCharacter "invisible-character" Warning
        summary "A character that cannot be seen makes the message UCS-2 or takes room."
        why "It came with a copy from a web page or a document; nobody misses it, and everybody pays for it."
        example "A zero width space (U+200B) behind a link."
        remedy "Remove it."
    SMS104 NotNormalised "not-normalised" Warning
        summary "A letter and its accent are written as two characters where one exists."
        why "The pair makes the message UCS-2 where the composed letter may be in GSM-7, and takes two code units instead of one."
        example "`e` with U+0301 in place of `é`."
        remedy "Compose it (normalisation form C)."
    SMS105 UnboundedPlaceholder "unbounded-placeholder" Warning
        summary "A placeholder's values are not declared, or a loop has no limit, so that the worst case is unknown."
        why "A value of any length and any script may stand there."
        example "`Hello ${name}` where nothing is said of `name`."
        remedy "Declare its characters and its greatest length, or a list of values."
    SMS106 PlaceholderMayForceUcs2 "placeholder-may-force-ucs2" Warning
        summary "A value can make the message UCS-2 and so need more segments."
        why "The text is GSM-7; a single letter of a name turns all of it into UCS-2."
        example "`${org.name}` declared with any characters: `Zażółć` doubles the bill."
        remedy "Restrict the values to GSM-7, replace characters before sending, or leave room."
    SMS107 UnknownPlaceholder "unknown-placeholder" Warning
        summary "A placeholder is not among those that the sender fills in."
        why "It is sent as it stands, or empty."
        example "`${user.firstName}` where only `${code}` and `${org.name}` exist."
        remedy "Use a known one; the finding names the nearest."
    SMS108 PlaceholderMismatch "placeholder-mismatch" Warning
        summary "A translation has other placeholders than the base text."
        why "Something is missing in one language, or was renamed by the translator."
        example "`${code}` in English, `${codigo}` in Spanish."
        remedy "Use the placeholders of the base text."
    SMS109 MissingTranslation "missing-translation" Warning
        summary "There is no translation for a language that is expected."
        why "Its readers get the base text."
        example "`fr` is expected, `en` and `de` are there."
        remedy "Translate it, or take the language off the list."
    SMS110 OriginBoundLine "origin-bound-line" Warning
        summary "The last line is not the origin-bound line that is expected, or only looks like one."
        why "Browsers and phones bind the code to a site by the last line, and only if it is exactly so; a line feed behind it is enough to break it."
        example "`@example.com  #${code}` with two spaces."
        remedy "End the text with `@host #code`, one space, nothing behind."
    SMS111 RetrieverHash "retriever-hash" Warning
        summary "The message does not end with the app's hash, or is too long to be retrieved."
        why "Android's SMS Retriever hands a message to the app whose 11-character hash ends it, up to 140 bytes."
        example "`Your code is ${code}` where an app waits for it."
        remedy "Put the hash behind the text, on its own."
    SMS112 UserConsentCode "user-consent-code" Warning
        summary "The code is not a run of 4 to 10 letters and digits with a digit."
        why "Android's User Consent and WebOTP do not find it."
        example "`${code}` with the value `123 456`, or `G-${code}-x`."
        remedy "Let the code stand on its own, without spaces or hyphens inside."
    SMS113 FormatConflict "format-conflict" Warning
        summary "Two formats for codes exclude each other."
        why "Both want the end of the text, or one makes the message UCS-2."
        example "A Retriever hash behind an origin-bound line; or the old U+200B prefix in a GSM-7 text."
        remedy "Choose one of them for each message, or `<#>` in place of U+200B."
    SMS114 MissingBrand "missing-brand" Warning
        summary "The text does not name the brand."
        why "Carriers filter such messages and registries refuse them; readers cannot tell them from fraud."
        example "`Your code is ${code}`"
        remedy "Name the brand in the fixed text."
    SMS115 MissingExpiry "missing-expiry" Warning
        summary "The text does not say how long the code is valid."
        why "The profile asks for it."
        example "`Example: your code is ${code}`"
        remedy "Add it: `It expires in 10 minutes.` A number or a placeholder for the time is looked for, since words differ by language."
    SMS116 MissingSignature "missing-signature" Warning
        summary "The text neither begins nor ends with a signature in brackets."
        why "Chinese carriers refuse a text without its registered signature."
        example "`您的验证码是${code}`"
        remedy "Put the signature in front: `【Example】`."
    SMS117 Link "link" Warning
        summary "The text holds a link, or a line that may be taken for one, where the profile advises against it."
        why "The country's carriers may block or mask messages with links."
        example "`https://example.com`, or an origin-bound `@example.com` line."
        remedy "Leave it out."
    SMS118 MissingFixedText "missing-fixed-text" Warning
        summary "The text consists of placeholders only."
        why "The registry of the profile's country demands fixed text that names the sender."
        example "`{#var#}`"
        remedy "Write the fixed part out."
    SMS201 ExtensionCharacter "extension-character" Note
        summary "A character of the extension table takes two septets."
        why "`^ { } \\ [ ~ ] |` and `€` are sent behind an escape."
        example "`[Example]`"
        remedy "`(Example)` takes two septets less."
    SMS202 Homoglyph "homoglyph" Note
        summary "A letter of another script stands in a Latin word."
        why "It looks the same, makes the message UCS-2 and is a sign of a slip of the keyboard, or of fraud."
        example "`Cоde` with a Cyrillic `о`."
        remedy "Write the Latin letter."
    SMS203 LineEnding "line-ending" Note
        summary "Line ends of two characters cost a segment."
        why "CR LF takes two units where LF takes one and shows the same."
        example "A text of 161 septets, three of them carriage returns."
        remedy "Write line feeds."
    SMS204 ValueSplit "value-split" Note
        summary "The end of a segment can fall within a value."
        why "Segments that arrive late or apart show half a code."
        example "A code behind 150 characters, in a text of two segments."
        remedy "Move the placeholder towards the start, or cut between words."
    SMS205 UrlSplit "url-split" Note
        summary "The end of a segment can fall within a link."
        why "Phones that do not join segments cannot follow it."
        example "A link across the 153rd septet."
        remedy "Move the link, shorten it, or cut between words."
    SMS206 GraphemeSplit "grapheme-split" Note
        summary "The end of a segment can fall within what is read as one character."
        why "Phones that show segments apart show broken emoji and stray accents."
        example "A family emoji across the 67th code unit."
        remedy "Cut between grapheme clusters."
    SMS207 AdjacentPlaceholders "adjacent-placeholders" Note
        summary "Two placeholders stand side by side."
        why "The registry of the profile's country refuses variables without fixed text between them."
        example "`{#var#}{#var#}`"
        remedy "Put words between them, or join them into one."
    SMS208 OverLongVariable "over-long-variable" Note
        summary "A placeholder's values can be longer than the profile allows."
        why "A message whose value exceeds the registered length is dropped."
        example "A name of up to 60 characters in a variable of 30."
        remedy "Declare and enforce a shorter length, or use several variables."
    SMS209 UntypedVariable "untyped-variable" Note
        summary "A variable does not say what kind of value it holds."
        why "Templates registered in India since 2026-01-14 need typed variables."
        example "`{#var#}`"
        remedy "`{#numeric#}` for a code; `{#alphanumeric#}`, `{#url#}`, `{#cbn#}`, `{#email#}` for others."
}

impl Lint {
    /// Returns the stable code, such as `SMS001`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.entry().code
    }

    /// Returns the stable name, such as `over-budget`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.entry().name
    }

    /// Returns how much a finding weighs unless the caller says otherwise.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.entry().severity
    }

    /// Returns what is wrong, in one sentence.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        self.entry().summary
    }

    /// Returns why it matters.
    #[must_use]
    pub const fn why(self) -> &'static str {
        self.entry().why
    }

    /// Returns a text, or a case, in which it is found.
    #[must_use]
    pub const fn example(self) -> &'static str {
        self.entry().example
    }

    /// Returns what to do.
    #[must_use]
    pub const fn remedy(self) -> &'static str {
        self.entry().remedy
    }
}

/// Writes the name.
impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Reads a name or a code.
impl FromStr for Lint {
    type Err = UnknownLint;

    fn from_str(text: &str) -> Result<Self, UnknownLint> {
        let mut lints = Self::ALL.iter().copied();
        lints
            .find(|lint| lint.name() == text || lint.code() == text)
            .ok_or(UnknownLint(()))
    }
}

/// A text is neither the code nor the name of a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not a lint; codes are such as `SMS101`, names such as `forces-ucs2`")]
pub struct UnknownLint(());

#[cfg(feature = "serde")]
impl serde::Serialize for Lint {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Lint {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = alloc::string::String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
