//! The `sync-server` command: running the relay, and everything IT does with it from a terminal.
//!
//! The database has one writer, so a command that needs it asks the running relay through a socket
//! in the data folder, and opens the database itself when no relay runs. Both ways the same code
//! answers the same [`question::Question`].
//!
//! Text for people says what happened, what is safe and what to do next; `--json` says the same to
//! programs. Exit codes: 0 done, 1 not done, 2 not understood.

mod administrators;
mod answering;
pub mod cli;
pub mod failure;
mod folder;
mod logging;
mod names;
mod output;
mod people;
mod picture;
pub mod question;
mod reach;
mod restored;
mod review_command;
mod serve;
#[cfg(unix)]
mod socket;
mod start;
mod table;
mod text;
mod workspace;

use std::process::ExitCode;

use clap::Parser as _;

use self::cli::{
    Cli, Command, Decision, DevicesCommand, Invite, PeopleCommand, RestoredCommand, ReviewCommand,
};
use self::failure::{Failure, FailureCode};
use self::folder::DataFolder;
use self::output::Output;
use self::question::{Answer, Invitation, Invited, Question, RestoredStep, Told, Verdict};
use self::reach::Listening;
use self::start::NotOpened;
use crate::certificate;
use crate::config::{self, Annotated, Config, ConfigError, Loaded};

/// Does what the command line asks.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let output = if cli.json { Output::Json } else { Output::Text };
    // The worker locks itself in before anything else, so it reads no settings.
    if matches!(cli.command, Command::MergeWorker) {
        return crate::merge::worker::run();
    }
    match with_settings(&cli, output) {
        Ok(code) => code,
        Err(failure) => {
            output.failure(&failure);
            failure.exit_code()
        }
    }
}

fn with_settings(cli: &Cli, output: Output) -> Result<ExitCode, Failure> {
    let loaded = config::load(&cli.flags()).map_err(|error| wrong_settings(&error))?;
    let config = &loaded.config;
    logging::start(config, matches!(cli.command, Command::Serve { .. }));
    for variable in &loaded.unknown_variables {
        tracing::warn!(variable, "this variable is not a setting of the relay and was not used");
    }
    match &cli.command {
        Command::CheckConfig { .. } => check_config(&loaded, output),
        Command::Serve { .. } => block_on(serve::run(config, output)),
        Command::Migrate { .. } => block_on(migrate(config, output)),
        Command::Invite(invite) => ask(config, output, Question::Invite(invited(invite))),
        Command::Devices { command: DevicesCommand::List } => ask(config, output, Question::Devices),
        Command::Devices { command: DevicesCommand::Revoke { device, yes } } => {
            ask(config, output, Question::Revoke { device: device.clone(), sure: *yes })
        }
        Command::People { command: PeopleCommand::List } => ask(config, output, Question::People),
        Command::People { command: PeopleCommand::Roles { employee, role, yes } } => {
            let (employee, roles) = (employee.clone(), role.clone());
            ask(config, output, Question::GiveRoles { employee, roles, sure: *yes })
        }
        Command::People { command: PeopleCommand::Dismiss { employee, yes } } => {
            ask(config, output, Question::Dismiss { employee: employee.clone(), sure: *yes })
        }
        Command::Review { command: ReviewCommand::List } => ask(config, output, Question::Review),
        Command::Review { command: ReviewCommand::Show { work } } => {
            ask(config, output, Question::ShowWork { work: work.clone() })
        }
        Command::Review { command: ReviewCommand::Accept(decision) } => ask(config, output, accept(decision)),
        Command::Review { command: ReviewCommand::Decline { decision, answer } } => {
            ask(config, output, decline(decision, answer))
        }
        Command::RebuildOffice => ask(config, output, Question::RebuildOffice),
        Command::Verify => ask(config, output, Question::Verify),
        Command::Restored { command } => ask(config, output, Question::Restored(step(*command))),
        Command::BackupVerified { position, hash } => {
            ask(config, output, Question::BackupVerified { position: *position, hash: hash.clone() })
        }
        Command::MergeWorker => Ok(crate::merge::worker::run()),
    }
}

fn invited(invite: &Invite) -> Invited {
    match (&invite.new, &invite.role) {
        (Some(name), Some(role)) => Invited::New { name: name.clone(), role: role.clone() },
        _ => Invited::Known(invite.employee.clone().unwrap_or_default()),
    }
}

fn step(command: RestoredCommand) -> RestoredStep {
    match command {
        RestoredCommand::Begin => RestoredStep::Begin,
        RestoredCommand::Status => RestoredStep::Status,
        RestoredCommand::Confirm { yes } => RestoredStep::Confirm { sure: yes },
    }
}

fn accept(decision: &Decision) -> Question {
    Question::Decide { work: decision.work.clone(), by: decision.by.clone(), verdict: Verdict::Accept }
}

fn decline(decision: &Decision, answer: &str) -> Question {
    let verdict = Verdict::Decline { answer: answer.to_owned() };
    Question::Decide { work: decision.work.clone(), by: decision.by.clone(), verdict }
}

fn check_config(loaded: &Loaded, output: Output) -> Result<ExitCode, Failure> {
    let Loaded { config, file, origins, unknown_variables } = loaded;
    let toml = toml::to_string(config).map_err(|error| Failure::internal("writing the settings", &error))?;
    let from = match file {
        Some(file) => format!("# Settings file: {}", file.display()),
        None => "# No settings file.".to_owned(),
    };
    let settings = Annotated { toml: &toml, origins };
    let text = format!("{from}\n# These settings are in effect and can work.\n\n{settings}");
    let value = serde_json::json!({
        "file": file,
        "settings": config,
        "origins": origins,
        "unknown_variables": unknown_variables,
    });
    output.line(&text, &value);
    Ok(ExitCode::SUCCESS)
}

async fn migrate(config: &Config, output: Output) -> Result<(), Failure> {
    let folder = DataFolder::open_or_create(&config.data)?;
    let relay = start::open(&folder).map_err(|error| match error {
        NotOpened::Failed(failure) => failure,
        NotOpened::InUse => Failure::new(
            FailureCode::AlreadyRunning,
            format!("Another program is using the data folder {}.", config.data.display()),
            "That program goes on undisturbed. A relay brings its database up to date when it starts.",
            "If you have installed a newer relay, stop the running one and start the new one.",
        ),
    })?;
    let workspace = workspace::open_or_create(&relay, config).await?;
    let path = folder.database();
    output.line(
        &format!("The database {} is up to date, for «{}».", path.display(), workspace.name),
        &serde_json::json!({ "migrated": { "database": path, "workspace": workspace.id, "name": workspace.name } }),
    );
    Ok(())
}

/// Asks the relay: the running one, or the one this process opens for the question.
fn ask(config: &Config, output: Output, question: Question) -> Result<ExitCode, Failure> {
    let folder = DataFolder::open(&config.data)?;
    let told = runtime()?.block_on(ask_in(&folder, config, question))?;
    output.line(&text::of(&told), &told);
    if let (Output::Text, Answer::Invited(Invitation { link: Some(link), .. })) = (output, &told.answer) {
        output.picture(link);
    }
    Ok(if found_faults(&told.answer) { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

async fn ask_in(folder: &DataFolder, config: &Config, question: Question) -> Result<Told, Failure> {
    match start::open_as_it_is(folder) {
        Ok(relay) => answering::answer(&relay, config, Listening::BySettings(config.listen), question).await,
        Err(NotOpened::InUse) => {
            let mut told = ask_the_running_relay(folder, &question)?;
            if let Answer::Invited(invitation) = &mut told.answer {
                let here = certificate::address(config, config.listen).map(|address| address.to_string());
                invitation.settings_say = here.filter(|here| Some(here) != invitation.relay.as_ref());
            }
            Ok(told)
        }
        Err(NotOpened::Failed(failure)) => Err(failure),
    }
}

#[cfg(unix)]
fn ask_the_running_relay(folder: &DataFolder, question: &Question) -> Result<Told, Failure> {
    socket::ask(&folder.admin_socket(), question)
}

#[cfg(not(unix))]
fn ask_the_running_relay(folder: &DataFolder, _question: &Question) -> Result<Told, Failure> {
    Err(Failure::new(
        FailureCode::AlreadyRunning,
        format!("The relay is running on {}.", folder.path().display()),
        "It goes on undisturbed, and nothing was changed.",
        "On this system commands need the relay stopped: stop it, run the command, start it again.",
    ))
}

/// A check that found something did its work, and still must not look like success to a script.
fn found_faults(answer: &Answer) -> bool {
    match answer {
        Answer::Verified(report) => !report.faults.is_empty(),
        Answer::Rebuilt(report) => !report.failures.is_empty(),
        Answer::Invited(_)
        | Answer::Devices(_)
        | Answer::Revoked(_)
        | Answer::People(_)
        | Answer::PersonChanged(_)
        | Answer::Review(_)
        | Answer::Work(_)
        | Answer::Decided(_)
        | Answer::Restored(_)
        | Answer::Watermark(_) => false,
    }
}

fn block_on(work: impl Future<Output = Result<(), Failure>>) -> Result<ExitCode, Failure> {
    runtime()?.block_on(work).map(|()| ExitCode::SUCCESS)
}

fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    let started = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    started.map_err(|error| Failure::internal("starting its threads", &error))
}

fn wrong_settings(error: &ConfigError) -> Failure {
    Failure::new(
        FailureCode::Settings,
        format!("The settings cannot work: {error}."),
        "Nothing was started or changed.",
        "Mend the setting and try again; `sync-server check-config` shows what is in effect.",
    )
}
