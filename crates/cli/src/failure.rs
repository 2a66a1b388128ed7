//! Why a command ended without doing what was asked.
//!
//! A mistake in the command is told apart from a refusal: the exit code is 2 for the first and 1 for the
//! second, so scripts can tell them apart too.

use std::error::Error;
use std::io;

use halyard_device::import::table::TableError;
use halyard_device::store::StoreError;
use halyard_device::store::profile::{Damaged, OpenError};
use halyard_device::sync::SyncError;
use halyard_device::{DeviceError, ImportError};
use serde_json::json;

use crate::words::{self, Lang, Say, Usage};

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A use case of the device.
    Device(Box<DeviceError>),
    /// A session with the relay.
    Sync(Box<SyncError>),
    /// Opening the profile.
    Open(Box<OpenError>),
    /// Reading a file as a table.
    Table(Box<TableError>),
    /// Importing or taking back.
    Import(Box<ImportError>),
    /// Said already, with a stable code.
    Refused { code: &'static str, sentence: String },
    /// A mistake in the command.
    Usage(String),
    /// Nobody reads the output any more, or it cannot be written.
    Output(io::Error),
}

macro_rules! failures {
    ($($variant:ident: $error:ty;)+) => {$(
        impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                Self::$variant(Box::new(error))
            }
        }
    )+};
}

failures! {
    Device: DeviceError;
    Sync: SyncError;
    Open: OpenError;
    Table: TableError;
    Import: ImportError;
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        DeviceError::from(error).into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// A refusal that is no error of the device.
    pub(crate) fn refused(code: &'static str, said: &Say<'_>, lang: Lang) -> Self {
        Self::Refused { code, sentence: said.say(lang) }
    }

    /// A profile whose database is damaged, emptied or gone.
    pub(crate) fn damaged(damaged: &Damaged, lang: Lang) -> Self {
        if damaged.is_lost() {
            Self::refused("database_lost", &Say::DatabaseLost, lang)
        } else {
            Self::refused("database_damaged", &Say::DatabaseDamaged, lang)
        }
    }

    /// A mistake in the command.
    pub(crate) fn usage(said: &Usage<'_>, lang: Lang) -> Self {
        Self::Usage(said.say(lang))
    }

    /// The exit code: 2 for a mistake in the command, 1 for everything else.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::Device(error) if matches!(**error, DeviceError::List(_)) => 2,
            Self::Device(_)
            | Self::Sync(_)
            | Self::Open(_)
            | Self::Table(_)
            | Self::Import(_)
            | Self::Refused { .. }
            | Self::Output(_) => 1,
        }
    }

    /// True when the reader of the output went away: that is no failure.
    pub(crate) fn is_quiet(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    /// What happened, what is safe, what to do next.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::Device(error) => words::device(error, lang),
            Self::Sync(error) => words::sync(error, lang),
            Self::Open(error) => words::open(error, lang),
            Self::Table(error) => words::table(error, lang),
            Self::Import(error) => words::import(error, lang),
            Self::Refused { sentence, .. } | Self::Usage(sentence) => sentence.clone(),
            Self::Output(_) => Say::OutputUnwritable.say(lang),
        }
    }

    /// For programs: a stable code, the sentence, and the chain of causes in English.
    pub(crate) fn json(&self, lang: Lang) -> serde_json::Value {
        json!({ "error": { "code": self.code(), "message": self.sentence(lang), "causes": self.causes() } })
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Device(_) => "device",
            Self::Sync(_) => "sync",
            Self::Open(_) => "profile",
            Self::Table(_) => "file",
            Self::Import(_) => "import",
            Self::Refused { code, .. } => code,
            Self::Usage(_) => "usage",
            Self::Output(_) => "output",
        }
    }

    fn causes(&self) -> Vec<String> {
        let first: &(dyn Error + 'static) = match self {
            Self::Device(error) => error.as_ref(),
            Self::Sync(error) => error.as_ref(),
            Self::Open(error) => error.as_ref(),
            Self::Table(error) => error.as_ref(),
            Self::Import(error) => error.as_ref(),
            Self::Output(error) => error,
            Self::Refused { .. } | Self::Usage(_) => return Vec::new(),
        };
        let mut causes = vec![first.to_string()];
        let mut next = first.source();
        while let Some(cause) = next {
            causes.push(cause.to_string());
            next = cause.source();
        }
        causes
    }
}
