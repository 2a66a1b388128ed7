//! What commands ask of a relay, and what they get.
//!
//! The same question is answered by the running relay through the admin socket, and by the command
//! itself when no relay runs; its answer is what `--json` prints. Fields are only ever added.

use serde::{Deserialize, Serialize};

/// What a command asks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// A code for an employee's device.
    Invite(Invited),
    /// All devices.
    Devices,
    /// Remove a device.
    Revoke {
        /// Its id or its first four letters or more.
        device: String,
        /// Also when it is the last of an administrator.
        sure: bool,
    },
    /// Everything that waits for a decision.
    Review,
    /// One piece of work that waits, with everything it would change.
    ShowWork {
        /// Its hash or its first four letters or more.
        work: String,
    },
    /// Decide about one piece of work.
    Decide {
        /// Its hash or its first four letters or more.
        work: String,
        /// The employee who decides.
        by: String,
        /// What was decided.
        verdict: Verdict,
    },
    /// Everybody and their roles.
    People,
    /// Give somebody exactly these roles.
    GiveRoles {
        /// The employee, by id or part of the name.
        employee: String,
        /// The roles by name.
        roles: Vec<String>,
        /// Also when no administrator is left then.
        sure: bool,
    },
    /// End somebody's rights.
    Dismiss {
        /// The employee, by id or part of the name.
        employee: String,
        /// Also when no administrator is left then.
        sure: bool,
    },
    /// Make the office tables again.
    RebuildOffice,
    /// Check everything stored.
    Verify,
    /// A step of going back to a backup.
    Restored(RestoredStep),
    /// A backup was restored elsewhere and found whole.
    BackupVerified {
        /// Where its log ends.
        position: u64,
        /// The hash of its log, in hexadecimal.
        hash: String,
    },
}

/// The steps of going back to a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RestoredStep {
    /// The database came from a backup.
    Begin,
    /// Only look.
    Status,
    /// Devices and roles are right.
    Confirm {
        /// Also when no administrator's device is left to hand anything back.
        sure: bool,
    },
}

/// Who gets a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Invited {
    /// Somebody already known, by id or part of the name.
    Known(String),
    /// Somebody who starts now.
    New {
        /// Surname, given name and perhaps patronymic.
        name: String,
        /// The role by name.
        role: String,
    },
}

/// What is decided about a piece of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Merge it.
    Accept,
    /// Leave it out; its author reads the answer.
    Decline {
        /// The answer.
        answer: String,
    },
}

/// What a command gets, and what has to be known beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The answer.
    #[serde(flatten)]
    pub answer: Answer,
    /// Present while a restored relay takes in what devices hand over, and gives nothing out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand_over: Option<HandOver>,
}

/// A hand-over under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// Active devices of administrators: they bring back what was decided about people and devices.
    pub administrators_devices: usize,
}

/// The answer itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// A code was made.
    Invited(Invitation),
    /// All devices.
    Devices(Vec<DeviceLine>),
    /// A device was removed.
    Revoked(DeviceLine),
    /// What waits, oldest first.
    Review(Vec<WorkLine>),
    /// One piece of work that waits.
    Work(Box<WorkDetails>),
    /// What became of it.
    Decided(Vec<DecidedLine>),
    /// Everybody and their roles.
    People(Vec<PersonLine>),
    /// What somebody may do was changed.
    PersonChanged(PersonLine),
    /// The office tables were made again.
    Rebuilt(Rebuilt),
    /// Everything stored was checked.
    Verified(Verified),
    /// How far going back to a backup is.
    Restored(Restored),
    /// Up to where the log is in a verified backup now.
    Watermark(u64),
}

/// A code and for whom it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// What the person types.
    pub code: String,
    /// Where the device finds the relay; absent where only a proxy's address would do and none is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relay: Option<String>,
    /// Whether that is where the relay runs or where it would.
    #[serde(default)]
    pub address_of: AddressOf,
    /// The address by the settings of the command, where the running relay has another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settings_say: Option<String>,
    /// How the device recognises the relay; absent where the relay itself speaks plain HTTP.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    /// Address, pin and code in one. A given certificate is left to the device's system: no pin in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Until when, in UTC.
    pub expires: String,
    /// The employee's record.
    pub employee: String,
    /// The employee's name.
    pub name: String,
    /// The workspace the device will belong to.
    pub workspace: String,
    /// The name of the organisation.
    pub organisation: String,
    /// The relay's public key, in hexadecimal.
    pub relay_key: String,
}

/// Whose address an invitation names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressOf {
    /// That of the relay which runs, whatever it was started with.
    #[default]
    RunningRelay,
    /// That of the settings: no relay runs.
    Settings,
}

/// A device as IT sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceLine {
    /// Its id.
    pub device: String,
    /// What the machine calls itself.
    pub label: String,
    /// What the device showed when it joined, of the relay's key and its own: six digits.
    pub fingerprint: String,
    /// The employee's record.
    pub employee: String,
    /// The employee's name, when the record can be read.
    pub name: String,
    /// `accepted`, `active` or `revoked`.
    pub standing: String,
    /// When it joined, in UTC.
    pub enrolled: String,
    /// When it last asked for news, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<String>,
    /// How many milliseconds its clock was ahead of the relay's when it last asked for news: `180000` is three
    /// minutes ahead, `-180000` three minutes behind, `0` less than a minute. Absent before it first asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_ahead_ms: Option<i64>,
    /// When it was removed, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<String>,
    /// How many records its employee may see and the device has not confirmed having: written by others, or
    /// come into sight, since it last asked. It confirms what an answer brought when it asks again.
    pub behind: u64,
}

/// An employee as IT sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// The employee's record.
    pub employee: String,
    /// The employee's name.
    pub name: String,
    /// The roles held.
    pub roles: Vec<String>,
    /// True when the employee was dismissed: no rights, whatever the roles.
    pub dismissed: bool,
    /// True when the record was made by mistake, or is a duplicate of another. Roles it holds are rights all
    /// the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
}

/// One piece of work that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkLine {
    /// Its hash.
    pub work: String,
    /// When it arrived, in UTC.
    pub arrived: String,
    /// Who wrote it.
    pub employee: String,
    /// The author's name, when the record can be read.
    pub name: String,
    /// The device it came from.
    pub device: String,
    /// The kind of the record.
    pub kind: String,
    /// The record.
    pub document: String,
    /// `quarantined` or `stale`.
    pub outcome: String,
    /// Why it waits.
    pub reason: String,
    /// The field that was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// How many pieces of work wait behind it.
    pub blocked: u64,
}

/// One place that work would change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeLine {
    /// The field, or a column of a row: `works/ROW/volume`.
    pub field: String,
    /// What stands there: none, one, or several in conflict.
    pub now: Vec<String>,
    /// What would stand there.
    pub wanted: Vec<String>,
}

/// One piece of work that waits, with everything about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkDetails {
    /// What the list says.
    #[serde(flatten)]
    pub line: WorkLine,
    /// When it was signed, by the clock of its device, in UTC.
    pub written: String,
    /// The pieces of work that wait behind it.
    pub behind: Vec<String>,
    /// What it would change, were it merged now; absent where that cannot be said: it was made on an older
    /// generation of the record, or on work that is not here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<Vec<ChangeLine>>,
}

/// What became of a piece of work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedLine {
    /// Its hash.
    pub work: String,
    /// `accepted`, `quarantined` and so on.
    pub outcome: String,
    /// Why, where there is a reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The office tables after they were made again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rebuilt {
    /// Records whose rows are written.
    pub records: u64,
    /// Records whose rows could not be written.
    pub failures: Vec<Fault>,
}

/// What a check of everything stored found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    /// Records made anew from their changes.
    pub documents: u64,
    /// Changes whose bytes were compared with their hash.
    pub changes: u64,
    /// Pieces of work whose signatures were checked.
    pub envelopes: u64,
    /// Log entries that follow each other.
    pub entries: u64,
    /// Where the log ends.
    pub position: u64,
    /// The hash of the log, in hexadecimal.
    pub hash: String,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

/// How far going back to a backup is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// True while devices hand over and get nothing.
    pub handing_over: bool,
    /// Records whose number was lost and that got another just now.
    pub numbered: u64,
    /// Every device.
    pub devices: Vec<DeviceLine>,
    /// Everybody with the roles they hold.
    pub people: Vec<PersonLine>,
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where: a record or a place in the log.
    pub place: String,
    /// What.
    pub problem: String,
}
