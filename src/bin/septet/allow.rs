//! Comments that allow what would be found: `septet: allow forces-ucs2, link -- the reason`.

use core::ops::Range;
use std::collections::HashMap;

use crate::lines::Lines;
use crate::rule::{Rule, SourceLint};
use crate::text::{Comment, Fault, Text};

/// What a comment allows, and where.
pub(crate) struct Allow {
    /// Bytes of the file.
    at: Range<usize>,
    /// With whether something was found that it allows.
    rules: Vec<(Rule, bool)>,
    /// Which of the file's texts it is about.
    text: Option<usize>,
}

/// The comments of a file that allow something, and those that are meant to and cannot be read.
pub(crate) struct Allows {
    allows: Vec<Allow>,
    /// The numbers of those that are about a text.
    of_text: HashMap<usize, Vec<usize>>,
    pub(crate) malformed: Vec<Fault>,
}

impl Allows {
    /// Ties comments to texts, which are in the order of the file: a comment behind a text in its line
    /// is about that one, any other about the next.
    pub(crate) fn of(comments: &[Comment], texts: &[&Text], source: &str, lines: &Lines) -> Self {
        let mut found = Self {
            allows: Vec::new(),
            of_text: HashMap::new(),
            malformed: Vec::new(),
        };
        for comment in comments {
            let rules = match rules(&comment.text) {
                None => continue,
                Some(Ok(rules)) => rules,
                Some(Err(message)) => {
                    found.malformed.push(Fault {
                        at: comment.at.clone(),
                        message,
                    });
                    continue;
                }
            };
            let next = texts.partition_point(|text| text.literal.start < comment.at.start);
            let line = |at: usize| lines.place(source, at).0;
            let behind = next.checked_sub(1).filter(|before| {
                texts
                    .get(*before)
                    .is_some_and(|text| line(text.literal.end) == line(comment.at.start))
            });
            let text = behind.or((next < texts.len()).then_some(next));
            if let Some(text) = text {
                let of_text = found.of_text.entry(text).or_default();
                of_text.push(found.allows.len());
            }
            found.allows.push(Allow {
                at: comment.at.clone(),
                rules: rules.into_iter().map(|rule| (rule, false)).collect(),
                text,
            });
        }
        found
    }

    /// Whether a finding about a text is allowed. It counts as use.
    pub(crate) fn take(&mut self, text: usize, rule: Rule) -> bool {
        let mut allowed = false;
        for number in self.of_text.get(&text).into_iter().flatten() {
            let rules = self.allows.get_mut(*number).map(|allow| &mut allow.rules);
            for (allowed_rule, used) in rules.into_iter().flatten() {
                if *allowed_rule == rule {
                    *used = true;
                    allowed = true;
                }
            }
        }
        allowed
    }

    /// What was allowed and not found, of texts that were checked.
    pub(crate) fn unused(&self, is_checked: impl Fn(usize) -> bool) -> Vec<Fault> {
        let about_checked = |allow: &&Allow| allow.text.is_none_or(&is_checked);
        let unused = self.allows.iter().filter(about_checked).flat_map(|allow| {
            let unused = allow.rules.iter().filter(|(_, used)| !used);
            unused.map(|(rule, _)| Fault {
                at: allow.at.clone(),
                message: format!("`{rule}` is allowed here and not found; remove it"),
            })
        });
        unused.collect()
    }
}

/// The rules that a comment allows; `None` where it is any other comment.
fn rules(comment: &str) -> Option<Result<Vec<Rule>, String>> {
    let comment = comment.trim_start_matches(|character: char| {
        character.is_whitespace() || matches!(character, '#' | '/' | '*' | '!' | '-' | ';')
    });
    let rest = comment.strip_prefix("septet:")?.trim();
    let how = "write `septet: allow LINT -- REASON`";
    let Some(rest) = rest
        .strip_prefix("allow")
        .filter(|rest| !rest.starts_with('-'))
    else {
        return Some(Err(format!("this is no comment that septet knows; {how}")));
    };
    let (names, reason) = rest.split_once("--").unwrap_or((rest, ""));
    if reason.trim().is_empty() {
        return Some(Err(format!("a reason is missing; {how}")));
    }
    if names.trim().is_empty() {
        return Some(Err(format!("no lint is named; {how}")));
    }
    let rules = names.split(',').map(|name| match name.trim().parse()? {
        rule @ Rule::Template(_) => Ok(rule),
        rule @ Rule::Source(
            SourceLint::UnreadableSource | SourceLint::UnusedAllow | SourceLint::MalformedAllow,
        ) => Err(format!(
            "`{rule}` cannot be allowed here; set it in septet.toml"
        )),
    });
    Some(rules.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_allows_lints_with_a_reason() {
        let read = |comment| rules(comment).map(|rules| rules.map(|rules| rules.len()));
        assert_eq!(read("a comment"), None);
        assert_eq!(read("about septet: allow"), None);
        assert_eq!(read(" septet: allow link -- ours"), Some(Ok(1)));
        assert_eq!(read("* septet:allow link, SMS101 -- ours"), Some(Ok(2)));
        for broken in [
            "septet: allow link",
            "septet: allow link --",
            "septet: allow -- why",
            "septet: allow lnik -- why",
            "septet: allow unused-allow -- why",
            "septet: forbid link -- why",
            "septet: allow-link -- why",
        ] {
            assert!(matches!(read(broken), Some(Err(_))), "{broken}");
        }
    }
}
