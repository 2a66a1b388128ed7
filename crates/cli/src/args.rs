//! The command line: what can be typed, and what `--help` says about it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::words::Lang;

/// Halyard on one device, from a terminal.
///
/// Everything works without a connection: what you enter is saved on this device and goes to the office
/// with the next `halyard sync`.
#[derive(Debug, Parser)]
#[command(name = "halyard", version, max_term_width = 100, subcommand_required = true)]
#[command(
    after_help = "Examples:\n  halyard list visit --where state=dispatched\n  halyard show SC-2026-00012\n  halyard edit V-2026-00034 --event what=arrived\n\nExit codes: 0 done, 1 refused or failed, 2 a mistake in the command."
)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) common: Common,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// The profile folder; else HALYARD_PROFILE, else the data folder of your system.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) profile: Option<PathBuf>,
    /// The language of the output; else LC_ALL or LANG decides.
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<Lang>,
    /// Answer in JSON, for programs.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make this device known to the office, with the address and code your IT specialist gave you.
    #[command(
        after_help = "Example:\n  halyard enrol --relay https://relay.example.com --code 7K3M-9QPX --name \"Olena's tablet\"\n\nThe passphrase is asked for, or taken from HALYARD_PASSPHRASE. It protects the data on this device\nand nobody can restore it."
    )]
    Enrol(Enrol),
    /// List records of a kind: filter, sort, search, page.
    #[command(
        after_help = "Examples:\n  halyard list visit --where state=dispatched,accepted --where 'window>=2026-03-02' --sort window\n  halyard list service-card --columns label,customer,percent --where customer.name~bakery\n  halyard list complaint --count\n\nConditions: field=value, field=a,b (choices), field= (empty), field!=value, field~part, field>=value,\nfield<=value; link.field=… about the linked record, rows.column=… about some row."
    )]
    List(List),
    /// Show one record with everything it says.
    #[command(
        after_help = "Example:\n  halyard show V-2026-00034\n\nA record is named by its number, its id, its name, or words that only it has."
    )]
    Show(Record),
    /// Make a record.
    #[command(
        after_help = "Examples:\n  halyard new customer name='Bakery «Soniakh»' registry_code=14360570 'phones=067 123 45 67'\n  halyard new visit card=SC-2026-00012 'window=2026-03-02 09:00-11:30' specialists='Bondar;Koval'"
    )]
    New(New),
    /// Change a record: values, rows, texts, events.
    #[command(
        after_help = "Examples:\n  halyard edit SC-2026-00012 priority=urgent\n  halyard edit V-2026-00034 --event what=work_started --event 'what=paused,reason=no part,at=2026-03-02 11:00'\n  halyard edit V-2026-00034 --add works 'work_kind=Replacement,volume=2,5,hours=1'\n  halyard edit V-2026-00034 works/1/volume=3\n  halyard edit V-2026-00034 --withdraw works/2 --why 'entered twice'\n  halyard edit V-2026-00034 --text findings=@- < findings.txt\n\nAn empty value (field=) clears the field. `--withdraw record` marks the whole record as made by mistake."
    )]
    Edit(Edit),
    /// Decide which of several values written at the same time stands.
    #[command(
        after_help = "Examples:\n  halyard decide SC-2026-00012 priority --take 1\n  halyard decide SC-2026-00012 priority high"
    )]
    Decide(Decide),
    /// Propose a value for a field that others write.
    #[command(
        after_help = "Example:\n  halyard propose V-2026-00034 'window=2026-03-03 09:00-11:30' --why 'the customer asked for it'"
    )]
    Propose(Propose),
    /// Accept or decline a proposal.
    #[command(
        after_help = "Example:\n  halyard answer V-2026-00034 1 --accept\n\n`halyard show` numbers the proposals."
    )]
    Answer(Answer),
    /// Tell everything that happened to a record, or show it as it was.
    #[command(
        after_help = "Examples:\n  halyard history SC-2026-00012\n  halyard history SC-2026-00012 --at '2026-03-02 12:00'"
    )]
    History(History),
    /// Find records of any kind by words, numbers, phones.
    #[command(after_help = "Example:\n  halyard search bakery 067 123")]
    Search(Search),
    /// Send what was entered here and fetch what is new.
    #[command(after_help = "Examples:\n  halyard sync\n  halyard sync --watch")]
    Sync(Sync),
    /// Say what waits, what was refused and when this device was last in step.
    #[command(after_help = "Example:\n  halyard status --json")]
    Status,
    /// Look at work the office did not accept.
    #[command(
        after_help = "Examples:\n  halyard not-accepted\n  halyard not-accepted show 1\n  halyard not-accepted put-away 1"
    )]
    NotAccepted(NotAccepted),
    /// Bring your own data: customers, contact persons and equipment from CSV or Excel.
    #[command(
        after_help = "Examples:\n  halyard import customers.csv\n  halyard import customers.csv --apply --refused mend.csv\n  halyard import undo\n\nWithout --apply nothing is changed. Refused rows go with their reasons into a file that can be mended\nand imported again. A file called `undo` is named ./undo."
    )]
    Import(Import),
    /// Say what you may see and do.
    #[command(after_help = "Example:\n  halyard rights")]
    Rights,
    /// Say whose profile this is and where it lives; mend a damaged database.
    #[command(after_help = "Examples:\n  halyard profile\n  halyard profile --repair")]
    Profile(Profile),
}

#[derive(Debug, Args)]
pub(crate) struct Enrol {
    /// The relay's address.
    #[arg(long, value_name = "URL")]
    pub(crate) relay: String,
    /// The enrolment code.
    #[arg(long)]
    pub(crate) code: String,
    /// What this device is to be called in the office.
    #[arg(long)]
    pub(crate) name: String,
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
pub(crate) struct Import {
    /// The file, or `undo` to take the last import back.
    pub(crate) file: PathBuf,
    /// Only show what would be done; this is what happens without a word.
    #[arg(long, conflicts_with = "apply")]
    pub(crate) preview: bool,
    /// Do it.
    #[arg(long)]
    pub(crate) apply: bool,
    /// Where refused rows go; else beside the file, with `-refused` in the name.
    #[arg(long, value_name = "FILE")]
    pub(crate) refused: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct Profile {
    /// Set a damaged database aside, rescue the unsent work and begin a fresh one.
    #[arg(long)]
    pub(crate) repair: bool,
}
