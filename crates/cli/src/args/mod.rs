//! The command line: what can be typed, and what `--help` says about it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::words::Lang;

mod options;

pub(crate) use options::{
    Answer, Changes, Decide, Edit, Enrol, History, Import, List, New, NotAccepted, NotAcceptedCommand, Photo,
    PhotoCommand, Profile, Propose, Record, Review, ReviewCommand, Search, Sync,
};

/// Halyard on one device, from a terminal.
///
/// Everything works without a connection: what you enter is saved on this device and goes to the office
/// with the next `halyard sync`.
#[derive(Debug, Parser)]
#[command(name = "halyard", version, max_term_width = 100, subcommand_required = true)]
#[command(
    after_help = "Examples:\n  halyard list visit --where state=dispatched\n  halyard show SC-2026-00012\n  halyard edit V-2026-00034 --event what=arrived\n\nNames of kinds and fields are taken in English, Ukrainian and Russian.\n\nEnvironment:\n  HALYARD_PROFILE     the profile folder\n  HALYARD_PASSPHRASE  the passphrase of the profile, for scripts. Other programs of the same user can read\n                      it there: set it for the one command, not for the whole session.\n\nExit codes: 0 done, 1 refused or failed, 2 a mistake in the command."
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
        after_help = "Examples:\n  halyard enrol \"halyard://join?relay=…&pin=…&code=…\" --name \"Olena's tablet\"\n  halyard enrol --relay https://relay.example.com --code 7K3M-9QPX --name \"Olena's tablet\"\n\nThe passphrase is asked for, or taken from HALYARD_PASSPHRASE. It protects the data on this device\nand nobody can restore it."
    )]
    Enrol(Enrol),
    /// List records of a kind: filter, sort, search, page.
    #[command(
        after_help = "Examples:\n  halyard list visit --where state=dispatched,accepted --where 'window>=2026-03-02' --sort window\n  halyard list service-card --columns label,customer,percent --where customer.name~bakery\n  halyard list complaint --count\n\nConditions: overdue (visits, complaints), field=value, field=a,b (choices), field= (empty), field!=value, field~part, field>=value,\nfield<=value; link.field=… about the linked record, rows.column=… about some row."
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
        after_help = "Examples:\n  halyard edit SC-2026-00012 priority=urgent\n  halyard edit V-2026-00034 --event what=work_started --event 'what=paused,reason=no part,at=2026-03-02 11:00'\n  halyard edit V-2026-00034 --add works 'work_kind=Replacement,volume=2,5,hours=1'\n  halyard edit V-2026-00034 works/1/volume=3\n  halyard edit V-2026-00034 --withdraw works/2 --why 'entered twice'\n  halyard edit V-2026-00034 --text findings=@- < findings.txt\n  halyard edit V-2026-00034 --answer 2=yes --answer 3=4,5\n\nAn empty value (field=) clears the field. `--withdraw record` marks the whole record as made by mistake,\n`--restore` brings it back. `merged_into=RECORD` says that a record is a duplicate of another."
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
    /// Look through work that waits for a decision of the office, and decide. Needs a connection.
    #[command(
        after_help = "Examples:\n  halyard review\n  halyard review show 9f2c41d7\n  halyard review accept 9f2c41d7\n  halyard review decline 9f2c41d7 --answer 'this customer is here already'\n\nFor those whose role may review. A decision is signed by this device and holds; its author reads it with\nthe next sync."
    )]
    Review(Review),
    /// Keep a photo with a visit, a complaint or an object, or save one into a file.
    #[command(
        after_help = "Examples:\n  halyard photo add V-2026-00034 before.jpg --caption 'the valve' --moment before\n  halyard photo save V-2026-00034 1 copy.jpg\n\nPhotos stay encrypted on this device. `halyard show` numbers them; `halyard edit … --withdraw photos/1` takes\none out."
    )]
    Photo(Photo),
    /// Bring your own data: customers, contact persons and equipment from CSV or Excel.
    #[command(
        after_help = "Examples:\n  halyard import customers.csv\n  halyard import customers.csv --apply --refused mend.csv\n  halyard import undo\n\nWithout --apply nothing is changed. Refused rows go with their reasons into a file that can be mended\nand imported again. A file called `undo` is named ./undo."
    )]
    Import(Import),
    /// Say what you may see and do.
    #[command(after_help = "Example:\n  halyard rights")]
    Rights,
    /// Say whose profile this is and where it lives; mend a damaged database; follow a relay that moved.
    #[command(
        after_help = "Examples:\n  halyard profile\n  halyard profile --repair\n  halyard profile --relay https://new.example.com --no-pin"
    )]
    Profile(Profile),
}
