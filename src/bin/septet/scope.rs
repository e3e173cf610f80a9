//! What `check`, `fix` and `matrix` have in common: which files, held to what.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::Failure;
use crate::config::{Config, FILE_NAME};
use crate::project::{self, File, Plan, Planned};
use crate::source::Source;
use crate::terminal::visible_path;

/// Texts from which on a progress bar is worth its place.
const MANY: usize = 5_000;

/// Which files are looked at.
#[derive(clap::Args)]
pub(crate) struct Scope {
    /// Files and folders; by default all that the configuration names
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The configuration, in place of the septet.toml that is found
    ///
    /// It is looked for in the working directory and upwards to the root of the repository; where there
    /// is none, in the same way from the first PATH.
    #[arg(long, value_name = "PATH")]
    pub(crate) config: Option<PathBuf>,
}

/// What was read.
pub(crate) struct Tree {
    pub(crate) config: Config,
    pub(crate) plan: Vec<Planned>,
    /// In the order of the plan, without those that could not be read.
    pub(crate) files: Vec<File>,
    /// What could not be read, in words.
    pub(crate) complaints: Vec<String>,
    pub(crate) assumptions: Vec<String>,
}

impl Scope {
    /// Finds the configuration, and what is without one.
    pub(crate) fn configuration(&self) -> Result<Config, Failure> {
        let here = std::env::current_dir()
            .map_err(|error| Failure::new(format!("the working directory: {error}")))?;
        let path = self.config.clone().or_else(|| {
            let first = self.paths.first().map(|path| here.join(path));
            let folder = first.and_then(|path| match path.is_dir() {
                true => Some(path),
                false => Some(path.parent()?.to_owned()),
            });
            Config::find(&here).or_else(|| Config::find(&folder?.canonicalize().ok()?))
        });
        match path {
            Some(path) => Config::read(Path::new(&project::relative(&here, &path))),
            None => Ok(Config::none(here)),
        }
    }

    /// Reads all files.
    pub(crate) fn read(&self) -> Result<Tree, Failure> {
        let config = self.configuration()?;
        let plan = Plan::new(&config, &self.paths);
        let (files, mut complaints) = project::read(&config, &plan.files);
        complaints.splice(0..0, plan.complaints);
        if files
            .iter()
            .all(|file| file.texts.is_empty() && file.faults.is_empty())
            && complaints.is_empty()
        {
            complaints.push(nothing(&config));
        }
        Ok(Tree {
            config,
            plan: plan.files,
            files,
            complaints,
            assumptions: plan.assumptions,
        })
    }
}

fn nothing(config: &Config) -> String {
    match &config.path {
        Some(path) if !config.sources.is_empty() => format!(
            "no text was found: the sources of {} match no file here that holds one",
            visible_path(path)
        ),
        _ => format!(
            "no text was found; name files, or name sources in {FILE_NAME} (`septet init` writes one)"
        ),
    }
}

impl Tree {
    /// Says on standard error what could not be read, and whether anything could not.
    pub(crate) fn complain(&self) -> bool {
        for complaint in &self.complaints {
            Failure::new(complaint.clone()).complain();
        }
        !self.complaints.is_empty()
    }

    /// The files that were read, which no output may overwrite, and the configuration.
    pub(crate) fn inputs(&self) -> Vec<Source> {
        let paths = self.files.iter().filter_map(|file| file.disk.clone());
        let paths = paths.chain(self.config.path.clone());
        paths.map(Source::File).collect()
    }

    /// A bar on the terminal for long work; nothing elsewhere.
    pub(crate) fn progress(&self) -> ProgressBar {
        let texts: usize = self.files.iter().map(|file| file.texts.len()).sum();
        if texts < MANY {
            return ProgressBar::hidden();
        }
        // It is drawn on a terminal only.
        let bar = ProgressBar::with_draw_target(
            u64::try_from(texts).ok(),
            ProgressDrawTarget::stderr_with_hz(4),
        );
        let style = ProgressStyle::with_template("{wide_bar} {pos} of {len} texts");
        style.map_or(bar.clone(), |style| bar.with_style(style))
    }
}
