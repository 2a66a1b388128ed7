//! The words of the `sync-server` command.
//!
//! Only shapes and help texts: what a command does is in the module of its name.

use clap::{Args, Parser, Subcommand};

use crate::config::{Common, FirstStart, Flags, Reach};

/// The relay of Halyard: takes in the work of devices and keeps the office database.
#[derive(Debug, Parser)]
#[command(
    name = "sync-server",
    version,
    max_term_width = 100,
    after_help = "Settings come from the file named by --config, then HALYARD_* in the environment, then flags.\n\
                  Try `sync-server check-config` to see what is in effect.\n\
                  Exit codes: 0 done, 1 not done (the reason is printed), 2 not understood."
)]
pub struct Cli {
    /// Where settings come from.
    #[command(flatten)]
    pub common: Common,
    /// Print one JSON value instead of text for people
    #[arg(long, global = true)]
    pub json: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// Every setting given as a flag.
    #[must_use]
    pub fn flags(&self) -> Flags {
        let (reach, first_start) = match &self.command {
            Command::Serve { reach, first_start } | Command::CheckConfig { reach, first_start } => {
                (reach.clone(), first_start.clone())
            }
            Command::Migrate { first_start } => (Reach::default(), first_start.clone()),
            Command::Invite(invite) => (invite.reach.clone(), FirstStart::default()),
            Command::Devices { .. }
            | Command::Review { .. }
            | Command::People { .. }
            | Command::RebuildOffice
            | Command::Verify
            | Command::Restored { .. }
            | Command::BackupVerified { .. }
            | Command::MergeWorker => (Reach::default(), FirstStart::default()),
        };
        Flags { common: self.common.clone(), reach, first_start }
    }
}

/// What the relay's program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the relay until it is told to stop (Ctrl-C or SIGTERM)
    #[command(
        after_help = "Makes the data folder and the database at the first start, and brings an older database up to \
                      date.\nExample: sync-server serve --data /var/lib/halyard --workspace \"Teplo Service\""
    )]
    Serve {
        /// How devices reach it.
        #[command(flatten)]
        reach: Reach,
        /// What the first start makes.
        #[command(flatten)]
        first_start: FirstStart,
    },
    /// Show the settings in effect, and say what is wrong with them
    #[command(after_help = "Example: HALYARD_LISTEN=0.0.0.0:7420 sync-server check-config")]
    CheckConfig {
        /// How devices reach it.
        #[command(flatten)]
        reach: Reach,
        /// What the first start makes.
        #[command(flatten)]
        first_start: FirstStart,
    },
    /// Make the database, or bring an older one up to date, without starting the relay
    #[command(after_help = "The relay must be stopped. `serve` does the same by itself.\n\
                      Example: sync-server migrate --data /var/lib/halyard --workspace \"Teplo Service\"")]
    Migrate {
        /// What is made where there is none.
        #[command(flatten)]
        first_start: FirstStart,
    },
    /// Make a code with which an employee's device joins
    #[command(after_help = "The code works once, for ten minutes.\n\
                      Examples:\n  sync-server invite --new \"Коваль Іван Петрович\" --role technician\n  \
                      sync-server invite \"Коваль Іван\"")]
    Invite(Invite),
    /// See the devices that joined, or remove one
    #[command(after_help = "Example: sync-server devices list")]
    Devices {
        /// What to do with devices.
        #[command(subcommand)]
        command: DevicesCommand,
    },
    /// See and decide what devices sent and the relay set aside
    #[command(after_help = "Example: sync-server review list")]
    Review {
        /// What to do with the queue.
        #[command(subcommand)]
        command: ReviewCommand,
    },
    /// See who works here, give roles, or end somebody's rights
    #[command(after_help = "Example: sync-server people list")]
    People {
        /// What to do with people.
        #[command(subcommand)]
        command: PeopleCommand,
    },
    /// Make the office tables again from the records
    #[command(after_help = "Records are not touched. Use it when `verify` says the office tables differ.\n\
                      Example: sync-server rebuild-office")]
    RebuildOffice,
    /// Check that every record loads and the office tables agree with the records
    #[command(
        after_help = "Changes nothing. Ends with 1 when something is wrong.\nExample: sync-server verify --json"
    )]
    Verify,
    /// Going back to a backup: begin, look at people and devices, confirm
    #[command(after_help = "Example: sync-server restored status")]
    Restored {
        /// Which step.
        #[command(subcommand)]
        command: RestoredCommand,
    },
    /// Say that a backup was restored elsewhere and `verify` found it whole
    #[command(
        after_help = "`verify` prints both values for the restored copy. Devices then keep other people's work for \
                      another 35 days and no longer.\n\
                      Example: sync-server backup-verified 48211 9f2c41d7…"
    )]
    BackupVerified {
        /// Where the log of the backup ends
        position: u64,
        /// The hash of its log: 64 hexadecimal digits
        hash: String,
    },
    /// Merges one device's changes in a process of its own; the relay starts it
    #[command(hide = true)]
    MergeWorker,
}

/// Who is invited.
#[derive(Debug, Args)]
pub struct Invite {
    /// An employee already known: the id, or whole words of the name that fit nobody else
    #[arg(required_unless_present = "new", conflicts_with = "new")]
    pub employee: Option<String>,
    /// A new employee: surname, given name and, where there is one, patronymic
    #[arg(long, value_name = "\"SURNAME GIVEN PATRONYMIC\"", requires = "role")]
    pub new: Option<String>,
    /// The new employee's role, such as technician, dispatcher or administrator
    #[arg(long, requires = "new", conflicts_with = "employee")]
    pub role: Option<String>,
    /// What the invitation says of the way to the relay.
    #[command(flatten)]
    pub reach: Reach,
}

/// What can be done with people.
#[derive(Debug, Subcommand)]
pub enum PeopleCommand {
    /// Every employee with the roles held
    #[command(after_help = "Example: sync-server people list --json")]
    List,
    /// Give an employee exactly these roles; also takes a dismissed employee back
    #[command(after_help = "Acts at once. Devices learn of it at their next contact.\n\
                      Example: sync-server people roles \"Коваль Іван\" --role technician --role dispatcher")]
    Roles {
        /// The employee: the id, or whole words of the name that fit nobody else
        employee: String,
        /// A role such as technician, dispatcher or administrator; can be given several times
        #[arg(long, value_name = "ROLE", required = true)]
        role: Vec<String>,
        /// Also when no administrator is left then
        #[arg(long)]
        yes: bool,
    },
    /// End an employee's rights: what their devices still send waits for a decision
    #[command(after_help = "Acts at once. The record and everything the employee did stay.\n\
                      Example: sync-server people dismiss \"Коваль Іван\"")]
    Dismiss {
        /// The employee: the id, or whole words of the name that fit nobody else
        employee: String,
        /// Also when no administrator is left then
        #[arg(long)]
        yes: bool,
    },
}

/// What can be done with devices.
#[derive(Debug, Subcommand)]
pub enum DevicesCommand {
    /// Every device with its employee, standing and last contact
    #[command(after_help = "Example: sync-server devices list --json")]
    List,
    /// Remove a device: it can hand over its unsent work for review, and nothing else
    #[command(after_help = "Acts at once, also on devices that are connected now.\n\
                      Example: sync-server devices revoke 0192d3c1-7a4e-7c55-9a1f-0b6f3d2e4c11")]
    Revoke {
        /// The device's id, as in `devices list`; its first four letters or more are enough
        device: String,
        /// Also when it is the last device of an administrator
        #[arg(long)]
        yes: bool,
    },
}

/// The steps of going back to a backup.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum RestoredCommand {
    /// Say that the database in the data folder came from a backup, before the relay is started on it
    #[command(
        after_help = "From then on devices hand over what the backup lacks, and get nothing until `restored confirm`.\n\
                      Example: sync-server restored begin"
    )]
    Begin,
    /// Show whether hand-over goes on, every device, and who holds which roles
    #[command(after_help = "Example: sync-server restored status")]
    Status,
    /// Say that devices and roles are right: the relay gives out again
    #[command(after_help = "Example: sync-server restored confirm")]
    Confirm {
        /// Also when no administrator's device is left to hand anything back
        #[arg(long)]
        yes: bool,
    },
}

/// What can be done with the review queue.
#[derive(Debug, Subcommand)]
pub enum ReviewCommand {
    /// Everything that waits for a decision, oldest first
    #[command(after_help = "Example: sync-server review list")]
    List,
    /// Everything about one piece of work: who, when, why it waits, each value now and as it would be
    #[command(after_help = "Example: sync-server review show 9f2c41d7")]
    Show {
        /// The work, as named in `review list`; its first four letters or more are enough
        work: String,
    },
    /// Take the work in, in the name of an employee
    #[command(after_help = "Example: sync-server review accept 9f2c41d7 --by \"Бондар Олена\"")]
    Accept(Decision),
    /// Leave the work out, with an answer its author will read
    #[command(after_help = "Nothing is deleted: the author keeps the text, and the queue keeps the work.\n\
                      Example: sync-server review decline 9f2c41d7 --by \"Бондар Олена\" --answer \"Візит скасовано\"")]
    Decline {
        /// Which work, and who decided.
        #[command(flatten)]
        decision: Decision,
        /// What the author reads
        #[arg(long, value_name = "TEXT")]
        answer: String,
    },
}

/// A decision about one piece of work.
#[derive(Debug, Args)]
pub struct Decision {
    /// The work, as named in `review list`; its first four letters or more are enough
    pub work: String,
    /// The employee who decided: the id, or whole words of the name that fit nobody else
    #[arg(long, value_name = "EMPLOYEE")]
    pub by: String,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    /// The paths of the commands whose help names a setting.
    fn naming(setting: &str) -> Vec<String> {
        fn walk(command: &clap::Command, path: &str, setting: &str, found: &mut Vec<String>) {
            if command.get_arguments().any(|one| one.get_id() == setting && !one.is_hide_set()) {
                found.push(path.to_owned());
            }
            for below in command.get_subcommands() {
                walk(below, format!("{path} {}", below.get_name()).trim(), setting, found);
            }
        }
        let mut command = Cli::command();
        command.build();
        let mut found = Vec::new();
        walk(&command, "", setting, &mut found);
        found
    }

    #[test]
    fn a_setting_is_offered_only_by_commands_that_read_it() {
        for first_start in ["workspace", "administrator", "demo"] {
            assert_eq!(naming(first_start), ["serve", "check-config", "migrate"], "{first_start}");
        }
        for reach in ["listen", "address"] {
            assert_eq!(naming(reach), ["serve", "check-config", "invite"], "{reach}");
        }
        assert!(naming("data").contains(&"people roles".to_owned()), "the data folder is named everywhere");
    }
}
