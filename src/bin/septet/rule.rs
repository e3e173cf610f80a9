//! What can be found: the lints of templates, and what is wrong with the files that hold them.

use core::fmt;
use core::str::FromStr;

use septet::template::{Lint, Severity};

/// A rule that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Rule {
    Template(Lint),
    Source(SourceLint),
}

/// A rule about a file that holds templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum SourceLint {
    UnreadableSource,
    UnusedAllow,
    MalformedAllow,
}

struct Entry {
    code: &'static str,
    name: &'static str,
    severity: Severity,
    summary: &'static str,
    why: &'static str,
    example: &'static str,
    remedy: &'static str,
}

impl SourceLint {
    pub(crate) const ALL: [Self; 3] = [
        Self::UnreadableSource,
        Self::UnusedAllow,
        Self::MalformedAllow,
    ];

    const fn entry(self) -> &'static Entry {
        match self {
            Self::UnreadableSource => &Entry {
                code: "SMS901",
                name: "unreadable-source",
                severity: Severity::Error,
                summary: "A file, or a part of it, cannot be read.",
                why: "The texts in it were not checked; nothing is known of what they cost.",
                example: "A missing comma in a JSON file.",
                remedy: "Mend what the caret points at, or take the file out of the sources.",
            },
            Self::UnusedAllow => &Entry {
                code: "SMS902",
                name: "unused-allow",
                severity: Severity::Warning,
                summary: "A comment allows what is not found.",
                why: "What it excused is gone; left in place it would hide the next one.",
                example: "`# septet: allow forces-ucs2 -- the name has an accent` before a text in GSM-7.",
                remedy: "Remove the comment, or the lint from it.",
            },
            Self::MalformedAllow => &Entry {
                code: "SMS903",
                name: "malformed-allow",
                severity: Severity::Error,
                summary: "A comment that should allow something has no reason, or names no lint.",
                why: "Nothing is allowed by it; a reader in a year needs the reason.",
                example: "`# septet: allow forces-ucs2`",
                remedy: "Write `septet: allow LINT, LINT -- REASON`.",
            },
        }
    }
}

impl Rule {
    /// All rules, in the order of their codes.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let template = Lint::ALL.iter().copied().map(Self::Template);
        template.chain(SourceLint::ALL.into_iter().map(Self::Source))
    }

    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Template(lint) => lint.code(),
            Self::Source(lint) => lint.entry().code,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Template(lint) => lint.name(),
            Self::Source(lint) => lint.entry().name,
        }
    }

    /// How much a finding weighs unless the configuration says otherwise.
    pub(crate) const fn severity(self) -> Severity {
        match self {
            Self::Template(lint) => lint.severity(),
            Self::Source(lint) => lint.entry().severity,
        }
    }

    pub(crate) const fn summary(self) -> &'static str {
        match self {
            Self::Template(lint) => lint.summary(),
            Self::Source(lint) => lint.entry().summary,
        }
    }

    pub(crate) const fn why(self) -> &'static str {
        match self {
            Self::Template(lint) => lint.why(),
            Self::Source(lint) => lint.entry().why,
        }
    }

    pub(crate) const fn example(self) -> &'static str {
        match self {
            Self::Template(lint) => lint.example(),
            Self::Source(lint) => lint.entry().example,
        }
    }

    pub(crate) const fn remedy(self) -> &'static str {
        match self {
            Self::Template(lint) => lint.remedy(),
            Self::Source(lint) => lint.entry().remedy,
        }
    }
}

/// Writes the name.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Reads a name or a code.
impl FromStr for Rule {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::all()
            .find(|rule| rule.name() == text || rule.code().eq_ignore_ascii_case(text))
            .ok_or_else(|| {
                let nearest = crate::nearest::nearest(text, Self::all().map(Self::name));
                let nearest = nearest.map(|name| format!("; is `{name}` meant?"));
                format!("no lint `{text}`{}", nearest.unwrap_or_default())
            })
    }
}
