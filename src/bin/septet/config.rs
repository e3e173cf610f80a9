//! `septet.toml`: which files hold texts, and what these are held to.

mod pattern;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use septet::template::{LanguageKey, Rules, Severity};

pub(crate) use pattern::{FilePatterns, KeyPattern};

use crate::Failure;
use crate::formats::Format;
use crate::results::Price;
use crate::rule::SourceLint;

/// The name of a configuration.
pub(crate) const FILE_NAME: &str = "septet.toml";

/// What texts are held to, and where they are.
pub(crate) struct Config {
    /// Paths of the configuration, of the baseline and of reports are relative to this folder: the
    /// one that holds the configuration, or the working directory without one.
    pub(crate) root: PathBuf,
    /// The configuration itself, where there is one.
    pub(crate) path: Option<PathBuf>,
    /// Empty where nothing is configured: then texts are looked for.
    pub(crate) sources: Vec<Source>,
    pub(crate) base_locale: Option<LanguageKey>,
    /// Relative to the root.
    pub(crate) baseline: Option<PathBuf>,
}

/// Files that hold texts.
#[derive(Clone)]
pub(crate) struct Source {
    pub(crate) files: FilePatterns,
    /// By the extension unless set.
    pub(crate) format: Option<Format>,
    /// Which keys hold texts; empty is all.
    pub(crate) keys: Vec<KeyPattern>,
    /// The locale of all texts that say nothing of their own.
    pub(crate) locale: Option<String>,
}

impl Config {
    /// What holds without a configuration.
    pub(crate) fn none(root: PathBuf) -> Self {
        Self {
            root,
            path: None,
            sources: Vec::new(),
            base_locale: "en".parse().ok(),
            baseline: None,
        }
    }

    /// Looks for a configuration in a folder and upwards, to the root of the repository at most (the
    /// folder that holds `.git`), else to the root of the file system.
    pub(crate) fn find(_from: &Path) -> Option<PathBuf> {
        None
    }

    /// Reads a configuration. A mistake in it is told with its line and a caret, all of them at once.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        Err(Failure::new(format!("{}: not yet", path.display())))
    }

    /// What a text is held to. Rules that are the same are made once.
    pub(crate) fn rules(
        &self,
        _path: &str,
        _key: &str,
        _locale: Option<&str>,
    ) -> Arc<Rules<'static>> {
        Arc::new(Rules::new())
    }

    /// How much a finding about a file weighs; `None` where it is silenced.
    pub(crate) fn severity_of(&self, lint: SourceLint, _path: &str) -> Option<Severity> {
        Some(crate::rule::Rule::Source(lint).severity())
    }

    /// What a segment costs where a locale is spoken: one entry a country that has a price.
    pub(crate) fn prices(&self, _locale: Option<&str>) -> Vec<Price> {
        Vec::new()
    }
}
