//! `septet completions`: what does a shell need, to complete commands and options?

use clap::Command;
use clap_complete::{Shell, generate};

use crate::output::{self, Color, Format};
use crate::{Failure, Status};

/// Write a script that completes commands and options in a shell
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The shell that is to read it
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  source <(septet completions bash)
  septet completions fish > ~/.config/fish/completions/septet.fish";

pub(crate) fn run(args: Args, command: Command) -> Result<Status, Failure> {
    let script = script(args.shell, command);
    for mut output in output::open(&[], Format::Human, Color::Never, &[])? {
        output.write(&script);
        output.flush();
        if output.has_failed() {
            return Ok(Status::Incomplete);
        }
    }
    Ok(Status::Clean)
}

fn script(shell: Shell, mut command: Command) -> Vec<u8> {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    generate(shell, &mut command, name, &mut script);
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    use clap::{CommandFactory, ValueEnum};

    #[test]
    fn each_shell_is_told_of_each_command_and_option() {
        for shell in Shell::value_variants() {
            let command = crate::Cli::command();
            let script = String::from_utf8(script(*shell, command.clone())).unwrap();
            for subcommand in command.get_subcommands() {
                assert!(
                    script.contains(subcommand.get_name()),
                    "{shell} {subcommand}"
                );
                let options = subcommand
                    .get_arguments()
                    .filter_map(|option| option.get_long());
                for option in options {
                    assert!(script.contains(option), "{shell} {subcommand} {option}");
                }
            }
        }
    }
}
