//! `septet`: what texts cost as SMS, on the command line.

mod bulk;
mod decode;
mod inspect;
mod json;
mod output;
mod source;
mod terminal;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Know exactly what a text costs as an SMS before it is sent.
///
/// Results go to standard output, complaints to standard error. The exit status is 0 when all went
/// well, 1 for findings (no command reports any yet) and 2 for wrong usage, unreadable input and
/// failed output.
#[derive(Parser)]
#[command(name = "septet", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Inspect(inspect::Args),
    Decode(decode::Args),
}

/// How a command ended without a failure that stopped it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    Clean,
    /// Some of the input could not be read; the rest was done.
    Incomplete,
}

/// What stopped a command, in words for the person who called it.
struct Failure(String);

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Inspect(args) => inspect::run(args),
        Command::Decode(args) => decode::run(args),
    };
    match result {
        Ok(Status::Clean) => ExitCode::SUCCESS,
        Ok(Status::Incomplete) => ExitCode::from(2),
        Err(Failure(message)) => {
            eprintln!("septet: {message}");
            ExitCode::from(2)
        }
    }
}
