//! `septet`: what texts cost as SMS, on the command line.

mod allow;
mod baseline;
mod bulk;
#[cfg(test)]
#[path = "../../../tests/support/cases.rs"]
mod cases;
mod check;
mod completions;
mod config;
mod coverage;
mod decode;
mod explain;
mod fix;
mod formats;
mod init;
mod inspect;
mod json;
mod judge;
mod lines;
mod locale;
mod market;
mod matrix;
mod nearest;
mod output;
mod phone;
mod project;
mod report;
mod results;
mod revision;
mod rule;
mod scope;
mod snippet;
mod source;
mod terminal;
mod text;
mod write;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand};

use crate::terminal::seen;

/// Know exactly what a text costs as an SMS before it is sent.
///
/// Results go to standard output, complaints to standard error. The exit status is 0 when all went
/// well, 1 for findings and 2 for wrong usage, unreadable input and failed output.
#[derive(Parser)]
#[command(name = "septet", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Check(check::Args),
    Fix(fix::Args),
    Matrix(matrix::Args),
    Init(init::Args),
    Explain(explain::Args),
    Inspect(inspect::Args),
    Decode(decode::Args),
    Phone(phone::Args),
    Completions(completions::Args),
}

/// How a command ended without a failure that stopped it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Clean,
    /// Something was found that is at or above what was asked to fail on.
    Findings,
    /// Some of the input could not be read; the rest was done.
    Incomplete,
}

/// What stopped a command, in words for the person who called it.
struct Failure(String);

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// Says it on standard error. Nobody may be there to read it, which is no second failure.
    fn complain(&self) {
        let _ = writeln!(io::stderr(), "septet: {}", self.0);
    }
}

/// A complaint about arguments that does not repeat what may be a text or a number: a text may hold a
/// code.
fn without_text(mut error: clap::Error) -> clap::Error {
    let string = |kind| match error.get(kind) {
        Some(ContextValue::String(string)) => Some(string.clone()),
        _ => None,
    };
    let value = string(ContextKind::InvalidValue);
    let command = string(ContextKind::InvalidSubcommand).filter(|command| !is_option(command));
    // Behind an option's name stands its value.
    let argument = string(ContextKind::InvalidArg).filter(|argument| {
        (!is_option(argument) || is_like_number(argument))
            && error.get(ContextKind::InvalidValue).is_none()
    });
    let hidden = || ContextValue::String("…".to_owned());
    if value.is_some_and(|value| is_like_number(&value)) {
        error.insert(ContextKind::InvalidValue, hidden());
    }
    if command.is_some() {
        error.insert(ContextKind::InvalidSubcommand, hidden());
    }
    if let Some(argument) = argument {
        let advice = if argument.starts_with('-') {
            "a text or number that begins with `-` goes behind `--`"
        } else {
            "a text of several words needs quotes around it"
        };
        let advice = vec![advice.into()];
        error.insert(ContextKind::InvalidArg, hidden());
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(advice));
    }
    error
}

/// Whether an argument has the form of an option, and not that of a text or number behind a `-`.
fn is_option(argument: &str) -> bool {
    let name = argument.trim_start_matches('-');
    name.len() < argument.len() && name.starts_with(char::is_alphabetic)
}

/// Whether an argument may be a phone number, or hold one, or the beginning of one.
fn is_like_number(value: &str) -> bool {
    value.starts_with('+') || value.chars().filter(|digit| digit.is_numeric()).count() > 2
}

/// What each thread of the pool has for its stack, in bytes. The parsers of files call themselves, and
/// compiled without optimisation the usual two megabytes are not enough for the depth that they allow.
const STACK: usize = 8 << 20;

fn main() -> ExitCode {
    // It fails if there is a pool already, and there is none yet.
    let _ = rayon::ThreadPoolBuilder::new()
        .stack_size(STACK)
        .build_global();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) if error.use_stderr() => {
            // It quotes arguments, which may hold anything.
            let message = without_text(error).render().to_string();
            let lines = message.lines().map(seen);
            let _ = writeln!(io::stderr(), "{}", lines.collect::<Vec<_>>().join("\n"));
            return ExitCode::from(2);
        }
        Err(help) => {
            let _ = help.print();
            return ExitCode::SUCCESS;
        }
    };
    let result = match cli.command {
        Command::Check(args) => check::run(args),
        Command::Fix(args) => fix::run(args),
        Command::Matrix(args) => matrix::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Inspect(args) => inspect::run(args),
        Command::Decode(args) => decode::run(args),
        Command::Phone(args) => phone::run(args),
        Command::Completions(args) => completions::run(args, Cli::command()),
        Command::Init(args) => init::run(&args),
    };
    match result {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Findings) => ExitCode::from(1),
        Ok(Status::Incomplete) => ExitCode::from(2),
        Err(failure) => {
            failure.complain();
            ExitCode::from(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_text_or_a_number_is_not_taken_for_an_option() {
        for option in ["-x", "--region", "--no-such-option"] {
            assert!(is_option(option), "{option}");
        }
        for other in [
            "",
            "-",
            "--",
            "text",
            "+1650",
            "-1",
            "-16502530000",
            "--+1650",
            "-１",
        ] {
            assert!(!is_option(other), "{other}");
        }
        for number in ["+1", "650", "US,650", "１６５０", "(6) 5 0"] {
            assert!(is_like_number(number), "{number}");
        }
        for other in ["", "9", "16", "US,UK", "jsnl"] {
            assert!(!is_like_number(other), "{other}");
        }
    }
}
