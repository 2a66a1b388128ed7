//! What each command takes.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct Enrol {
    /// The link of the invitation: address, pin and code in one.
    #[arg(value_name = "LINK", required_unless_present_all = ["relay", "code"], conflicts_with_all = ["relay", "code", "pin"])]
    pub(crate) link: Option<String>,
    /// The relay's address.
    #[arg(long, value_name = "URL", requires = "code")]
    pub(crate) relay: Option<String>,
    /// The enrolment code.
    #[arg(long, requires = "relay")]
    pub(crate) code: Option<String>,
    /// The pin of the relay, as your IT specialist's screen shows it.
    #[arg(long)]
    pub(crate) pin: Option<String>,
    /// What this device is to be called in the office.
    ///
    /// Asked for after the link is read: whoever pastes a link without quotation marks loses what stands
    /// behind it, and has to be told of the link.
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Keep the data without a passphrase. For demonstrations and tests only.
    #[arg(long)]
    pub(crate) demo_key: bool,
}

#[derive(Debug, Args)]
pub(crate) struct List {
    /// The kind: visit, service-card, customer…
    pub(crate) kind: String,
    /// The columns to show.
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub(crate) columns: Vec<String>,
    /// A condition; several must all hold.
    #[arg(long = "where", value_name = "CONDITION")]
    pub(crate) conditions: Vec<String>,
    /// The columns to sort by; - in front turns the order round.
    #[arg(long, value_delimiter = ',', value_name = "A,-B", allow_hyphen_values = true)]
    pub(crate) sort: Vec<String>,
    /// How many rows at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) limit: u32,
    /// Go on after this page mark.
    #[arg(long, value_name = "CURSOR")]
    pub(crate) after: Option<String>,
    /// Words to be found in the record or in its customer, object or card.
    #[arg(long, value_name = "WORDS")]
    pub(crate) search: Option<String>,
    /// Only say how many there are.
    #[arg(long)]
    pub(crate) count: bool,
    /// Show withdrawn records and duplicates too.
    #[arg(long)]
    pub(crate) all: bool,
    /// Say which columns there are.
    #[arg(long)]
    pub(crate) help_columns: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Record {
    /// The record: its number, id, name, or words that only it has.
    pub(crate) record: String,
}

#[derive(Debug, Args)]
pub(crate) struct New {
    /// The kind: visit, service-card, customer…
    pub(crate) kind: String,
    #[command(flatten)]
    pub(crate) changes: Changes,
}

#[derive(Debug, Args)]
pub(crate) struct Edit {
    /// The record: its number, id, name, or words that only it has.
    pub(crate) record: String,
    #[command(flatten)]
    pub(crate) changes: Changes,
    /// A row to mark as made by mistake (works/2), or `record` for the whole record.
    #[arg(long, value_name = "FIELD/ROW")]
    pub(crate) withdraw: Vec<String>,
    /// An answer to a question of the visit's checklist, by its number: 2=yes.
    #[arg(long, value_name = "N=ANSWER")]
    pub(crate) answer: Vec<String>,
    /// Bring a withdrawn record or a duplicate back.
    #[arg(long, conflicts_with = "withdraw")]
    pub(crate) restore: bool,
    /// Why something is withdrawn.
    #[arg(long)]
    pub(crate) why: Option<String>,
}

/// What is written into a record.
#[derive(Debug, Args)]
pub(crate) struct Changes {
    /// Values: priority=urgent, works/2/volume=3.
    #[arg(value_name = "FIELD=VALUE")]
    pub(crate) values: Vec<String>,
    /// A row to add.
    #[arg(long, num_args = 2, value_names = ["FIELD", "COLUMN=VALUE,…"])]
    pub(crate) add: Vec<String>,
    /// A long text: TEXT itself, @FILE, or @- for the standard input.
    #[arg(long, value_name = "FIELD=TEXT")]
    pub(crate) text: Vec<String>,
    /// Something that happened: what=arrived,at=2026-03-02 09:00.
    #[arg(long, value_name = "what=…")]
    pub(crate) event: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Decide {
    /// The record.
    pub(crate) record: String,
    /// The field in conflict: priority, works/2/volume.
    pub(crate) field: String,
    /// The value that is to stand.
    #[arg(required_unless_present = "take", conflicts_with = "take")]
    pub(crate) value: Option<String>,
    /// Take the value with this number, as `halyard show` numbers them.
    #[arg(long, value_name = "N")]
    pub(crate) take: Option<usize>,
}

#[derive(Debug, Args)]
pub(crate) struct Propose {
    /// The record.
    pub(crate) record: String,
    /// The field and the value wanted there.
    #[arg(value_name = "FIELD=VALUE")]
    pub(crate) value: String,
    /// Why.
    #[arg(long)]
    pub(crate) why: String,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("verdict").required(true).args(["accept", "decline"]))]
pub(crate) struct Answer {
    /// The record.
    pub(crate) record: String,
    /// The proposal: its number in `halyard show`, or its id.
    pub(crate) proposal: String,
    /// Take the proposed value.
    #[arg(long)]
    pub(crate) accept: bool,
    /// Leave the value as it is.
    #[arg(long)]
    pub(crate) decline: bool,
    /// What to answer.
    #[arg(long, default_value = "")]
    pub(crate) say: String,
}

#[derive(Debug, Args)]
pub(crate) struct History {
    /// The record.
    pub(crate) record: String,
    /// Show the record as it was at this time instead.
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Search {
    /// What to look for.
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// How many at most.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) limit: u32,
}

#[derive(Debug, Args)]
pub(crate) struct Sync {
    /// Stay in step until Ctrl+C.
    #[arg(long)]
    pub(crate) watch: bool,
}

#[derive(Debug, Args)]
pub(crate) struct NotAccepted {
    #[command(subcommand)]
    pub(crate) command: Option<NotAcceptedCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum NotAcceptedCommand {
    /// List it; this is what happens without a word.
    List,
    /// Show what was entered and why it was not accepted.
    Show {
        /// Its number in the list, or the beginning of its id.
        which: String,
    },
    /// Take it off the list after you have read it. It stays in the database.
    PutAway {
        /// Its number in the list, or the beginning of its id.
        which: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Photo {
    #[command(subcommand)]
    pub(crate) command: PhotoCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PhotoCommand {
    /// Keep a photo: JPEG, PNG or WebP.
    Add {
        /// The record.
        record: String,
        /// The file.
        file: PathBuf,
        /// What it shows.
        #[arg(long)]
        caption: Option<String>,
        /// before, after or other.
        #[arg(long)]
        moment: Option<String>,
    },
    /// Save a photo of a record into a new file.
    Save {
        /// The record.
        record: String,
        /// The photo: its number in `halyard show`, or its id.
        #[arg(value_name = "N")]
        number: String,
        /// The file to make.
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Review {
    #[command(subcommand)]
    pub(crate) command: Option<ReviewCommand>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ReviewCommand {
    /// List what waits; this is what happens without a word.
    List,
    /// Show what was entered, by whom, and why it waits.
    Show {
        /// The beginning of its envelope in the list.
        #[arg(value_name = "ENVELOPE")]
        work: String,
    },
    /// Merge it as its author wrote it.
    Accept {
        /// The beginning of its envelope in the list.
        #[arg(value_name = "ENVELOPE")]
        work: String,
    },
    /// Leave it unmerged, with an answer for its author.
    Decline {
        /// The beginning of its envelope in the list.
        #[arg(value_name = "ENVELOPE")]
        work: String,
        /// What the author reads.
        #[arg(long, value_name = "TEXT")]
        answer: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The file, or `undo` to take the last import back.
    pub(crate) file: PathBuf,
    /// Only show what would be done; this is what happens without a word.
    #[arg(long, conflicts_with = "apply")]
    pub(crate) preview: bool,
    /// Do it.
    #[arg(long)]
    pub(crate) apply: bool,
    /// Of an Excel file, the sheet to read; else the first that is not empty.
    #[arg(long, value_name = "NAME")]
    pub(crate) sheet: Option<String>,
    /// Where refused rows go; else beside the file, with `-refused` in the name.
    #[arg(long, value_name = "FILE")]
    pub(crate) refused: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Profile {
    /// Set a damaged database aside, rescue the unsent work and begin a fresh one.
    #[arg(long)]
    pub(crate) repair: bool,
    /// From now on look for the relay at this address.
    #[arg(long, value_name = "URL", conflicts_with = "repair")]
    pub(crate) relay: Option<String>,
    /// From now on recognise the relay by this pin.
    #[arg(long, conflicts_with = "repair")]
    pub(crate) pin: Option<String>,
    /// From now on trust the authorities of this system instead of a pin.
    #[arg(long, conflicts_with_all = ["repair", "pin"])]
    pub(crate) no_pin: bool,
}
