//! `septet check`: texts of files held to what is configured.

use std::collections::HashSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use septet::template::{Lint, Severity};

use crate::baseline::Baseline;
use crate::config::Config;
use crate::inspect::counted;
use crate::judge::{Before, OldTexts, is_base, judge};
use crate::output::{self, Color, FormatOption};
use crate::project::{self, Plan};
use crate::report::{self, ReportFormat};
use crate::results::{Results, TextResult};
use crate::rule::{Rule, SourceLint};
use crate::scope::{Scope, Tree};
use crate::source::Source;
use crate::terminal::{seen, visible_path};
use crate::{Failure, Status, revision};

/// The baseline where none is named.
const BASELINE: &str = "septet-baseline.json";

/// Check the SMS templates in files: what they cost at worst, and what is wrong with them.
///
/// Reads JSON (template objects, i18n files, string catalogues), YAML, HCL, .properties, Fluent, CSV,
/// plain text, and by regular expressions anything else, as septet.toml says; without one, files that
/// look like catalogues of messages are taken.
///
/// The exit status is 0 when nothing at or above --fail-on was found, 1 when something was, and 2 for
/// wrong usage or configuration and for files that could not be read.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    scope: Scope,

    /// What the input is: files, or JSON Lines of {"text", "id"?, "locale"?, "file"?, "line"?} from
    /// standard input or PATH
    #[arg(long, value_enum, default_value = "files")]
    input: Input,

    /// Where reports go and how, with =PATH into a file; repeatable
    ///
    /// human, concise, json, jsonl, sarif, github, gitlab, junit, markdown. By default human, or jsonl
    /// where --input is jsonl.
    #[arg(long, value_name = "FORMAT[=PATH]")]
    format: Vec<FormatOption<ReportFormat>>,

    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value = "error")]
    fail_on: FailOn,

    /// Texts that were there before they were checked, left alone until they change
    ///
    /// By default the one that the configuration names, or septet-baseline.json beside it.
    #[arg(long, value_name = "PATH")]
    baseline: Option<PathBuf>,

    /// Put all texts in which something is found into the baseline; no report is written
    #[arg(long, conflicts_with_all = ["paths", "prune_baseline", "since"])]
    write_baseline: bool,

    /// Take texts out of the baseline that are gone or have changed, then check
    #[arg(long, conflicts_with = "paths")]
    prune_baseline: bool,

    /// Check only texts that differ from this revision of git, and say what changed
    ///
    /// The revision itself is compared: for what a branch changes, give the commit that it left from, as
    /// `git merge-base origin/main HEAD` tells it.
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// When to colour; NO_COLOR is honoured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  septet check                                    everything that septet.toml names
  septet check locales/ --fail-on warning         a folder, strictly
  septet check --since \"$(git merge-base origin/main HEAD)\" --format github
                                                  what a branch changes, as annotations
  septet check --format human --format sarif=septet.sarif --format junit=septet.xml
                                                  several reports in one run
  septet check --write-baseline                   accept what is there today
  export-texts | septet check --input jsonl       texts from somewhere else";

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Input {
    /// Files of the formats that are known.
    Files,
    /// A text a line, in JSON.
    Jsonl,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Error,
    Warning,
    Note,
    /// Findings do not change the exit status.
    Never,
}

impl FailOn {
    fn least(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

pub(crate) fn run(args: Args) -> Result<Status, Failure> {
    let tree = match args.input {
        Input::Files => args.scope.read()?,
        Input::Jsonl => json_lines(&args.scope)?,
    };
    let incomplete = tree.complain();
    let make = args.write_baseline || args.prune_baseline;
    let baseline_path = baseline_path(&tree.config, args.baseline.as_deref(), make);
    let mut inputs = tree.inputs();
    inputs.extend(baseline_path.clone().map(Source::File));
    if incomplete && (args.write_baseline || args.prune_baseline) {
        return Err(Failure::new(
            "the baseline stays as it is, since not everything could be read",
        ));
    }
    if args.write_baseline {
        return write_baseline(tree, &baseline_path.unwrap_or_default());
    }
    let default = match args.input {
        Input::Files => ReportFormat::Human,
        Input::Jsonl => ReportFormat::Jsonl,
    };
    let before = before(&args, &tree, baseline_path.as_deref())?;
    let mut outputs = output::open(&args.format, default, args.color, &inputs)?;
    let results = results(tree, &before);
    for output in &mut outputs {
        output.write(&report::write(output.format, &results, output.look));
        output.flush();
    }
    let found = results.files.iter().flat_map(|file| &file.findings);
    let least = args.fail_on.least();
    let fails = least.is_some_and(|least| found.clone().any(|found| found.severity >= least));
    let unread = Rule::Source(SourceLint::UnreadableSource);
    // A line of JSON Lines that cannot be read is bad input, not a finding.
    let bad_line = args.input == Input::Jsonl && found.clone().any(|found| found.rule == unread);
    Ok(
        if incomplete || bad_line || outputs.iter().any(|output| output.has_failed()) {
            Status::Incomplete
        } else if fails {
            Status::Findings
        } else {
            Status::Clean
        },
    )
}

/// Judges all texts, with a bar on the terminal where there are many.
pub(crate) fn results(mut tree: Tree, before: &Before) -> Results {
    let bar = tree.progress();
    let files = core::mem::take(&mut tree.files);
    let mut results = judge(&tree.config, files, before, &|done| {
        bar.set_position(done as u64);
    });
    bar.finish_and_clear();
    results.assumptions = tree.assumptions;
    results
}

fn json_lines(scope: &Scope) -> Result<Tree, Failure> {
    let config = Scope {
        paths: Vec::new(),
        config: scope.config.clone(),
    }
    .configuration()?;
    let plan = project::json_lines(&config, &scope.paths);
    let (files, complaints) = project::read(&config, &plan);
    Ok(Tree {
        config,
        plan,
        files,
        complaints,
        assumptions: Vec::new(),
    })
}

/// The baseline: as named, else as configured, else the usual one where it is there or is to be made.
fn baseline_path(config: &Config, named: Option<&Path>, make: bool) -> Option<PathBuf> {
    let in_root = |path: &Path| match config.root.as_path() {
        root if root == Path::new(".") => path.to_owned(),
        root => root.join(path),
    };
    let configured = || config.baseline.as_deref().map(in_root);
    let usual = || Some(in_root(Path::new(BASELINE))).filter(|path| make || path.exists());
    named.map(Path::to_owned).or_else(configured).or_else(usual)
}

fn before(args: &Args, tree: &Tree, baseline: Option<&Path>) -> Result<Before, Failure> {
    let mut before = Before {
        is_partial: args.scope.paths.iter().any(|path| path.is_file()),
        ..Before::default()
    };
    if let Some(path) = baseline {
        let mut baseline = Baseline::read(path)?;
        if args.prune_baseline {
            let identities = tree.files.iter().flat_map(|file| {
                let texts = file.texts.iter();
                texts.map(|keyed| keyed.identity(&file.name))
            });
            // Of what stands in a file that cannot be read in full nothing is known.
            let faulty = tree.files.iter().filter(|file| !file.faults.is_empty());
            let faulty: HashSet<_> = faulty.map(|file| &*file.name).collect();
            let (pruned, taken) = baseline.pruned(identities, &|path| faulty.contains(path));
            baseline = pruned;
            if taken > 0 {
                baseline.write(path)?;
            }
            let _ = writeln!(
                io::stderr(),
                "septet: {} taken out of {}, {} left",
                counted(taken, "text"),
                visible_path(path),
                baseline.len()
            );
        }
        before.baseline = Some(baseline);
    }
    if let Some(revision) = &args.since {
        let config = &tree.config;
        // Only what lies in its folder is looked for in the revision.
        let mut files = tree.files.iter();
        if let Some(outside) = files.find(|file| file.name.starts_with("../")) {
            return Err(Failure::new(format!(
                "{} lies outside of {}, where nothing is compared with a revision; run septet from \
                 a folder that holds it",
                seen(&outside.shown),
                visible_path(&config.root)
            )));
        }
        let is_wanted = |path: &str| Plan::is_read(config, path);
        let old = revision::files(&config.root, revision, &is_wanted)?;
        let files = old.into_iter().filter_map(|old| {
            let planned = Plan::of_name(config, old.path)?;
            Some(planned.file(config, old.bytes))
        });
        before.revision = Some(OldTexts::of(files.collect()));
    }
    Ok(before)
}

/// What the baseline holds back.
pub(crate) fn held(config: &Config, named: Option<&Path>) -> Result<Before, Failure> {
    let path = baseline_path(config, named, false);
    Ok(Before {
        baseline: path.as_deref().map(Baseline::read).transpose()?,
        ..Before::default()
    })
}

fn write_baseline(tree: Tree, path: &Path) -> Result<Status, Failure> {
    let base = tree.config.base_locale;
    let results = results(tree, &Before::default());
    // Where a translation differs from its base text, both are left alone: the base text alone would
    // be taken for one that moved away from the translation.
    let mismatch = Rule::Template(Lint::PlaceholderMismatch);
    let mut differing = HashSet::new();
    for file in &results.files {
        let found = file.findings.iter().filter(|found| found.rule == mismatch);
        let texts = found.filter_map(|found| file.texts.get(found.text?));
        differing.extend(texts.map(|text| (&text.group, &text.key)));
    }
    let is_differing_base = |text: &TextResult| {
        is_base(&text.text, text.locale.as_deref(), base)
            && differing.contains(&(&text.group, &text.key))
    };
    let texts = results.files.iter().flat_map(|file| {
        let found: HashSet<_> = file
            .findings
            .iter()
            .filter_map(|found| found.text)
            .collect();
        let texts = file.texts.iter().enumerate();
        let texts = texts.filter(move |(at, text)| found.contains(at) || is_differing_base(text));
        texts.map(|(_, text)| text.identity(&file.name))
    });
    let baseline = Baseline::of(texts);
    baseline.write(path)?;
    let _ = writeln!(
        io::stderr(),
        "septet: {} in {}, left alone until changed",
        counted(baseline.len(), "text"),
        visible_path(path)
    );
    Ok(Status::Clean)
}
