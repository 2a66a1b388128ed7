//! `cargo xtask`: the commands a person or the CI gives to this repository.
//!
//! Each command lives in a module of its own, says first what it is going to do, and ends with 0 when
//! everything held, 1 when something failed and 130 when it was stopped. Product code never depends on
//! this package, and this package depends on no crate of the product, so it compiles in seconds even
//! while the rest does not compile.

mod bench;
mod codegen;
mod demo_data;
mod display;
mod node_packages;
mod process;
mod programs;
mod run;
mod say;
mod screens;
mod system_packages;
mod test;
mod tidy;
mod tools;
mod window;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::process::{Runner, Stopped};
use crate::workspace::Workspace;

/// The commands of the Halyard repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_version_flag = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Bench(bench::Options),
    Codegen(codegen::Options),
    DemoData(demo_data::Options),
    Run(run::Options),
    Screens(screens::Options),
    Test(test::Options),
    Tidy(tidy::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match perform(&arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<Stopped>() => {
            say::problem(format_args!("{error}"));
            ExitCode::from(process::STOPPED_EXIT_CODE)
        }
        Err(error) => {
            say::problem(format_args!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn perform(command: &Command) -> anyhow::Result<()> {
    let runner = Runner::listening()?;
    let workspace = Workspace::around_current_folder()?;
    match command {
        Command::Bench(options) => bench::run(&runner, &workspace, options),
        Command::Codegen(options) => codegen::run(&runner, &workspace, options),
        Command::DemoData(options) => demo_data::run(&runner, &workspace, options),
        Command::Run(options) => run::run(&runner, &workspace, options),
        Command::Screens(options) => screens::run(&runner, &workspace, options),
        Command::Test(options) => test::run(&runner, &workspace, options),
        Command::Tidy(options) => tidy::run(&workspace, options),
    }
}
