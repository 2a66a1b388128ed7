//! What the person who runs the relay may set, read once at the start.
//!
//! Later sources win: the defaults below, the TOML file, `HALYARD_*` in the environment, flags. A
//! key nobody knows is refused, and every message names the key and where its value came from, so a
//! spelling mistake never runs as a default. Paths in the file are relative to the file.
//!
//! No value here is a secret: keys and codes live in the data folder and the database, and the TLS
//! key is named by its path. Printing the whole of it is therefore safe.
//!
//! Surprising: an unknown `HALYARD_*` variable is not refused but reported, because programs of the same
//! prefix may be set on the same machine. Those of the device program are known and passed over.

use std::net::{Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use halyard_protocol::join::RelayAddress;
use serde::{Deserialize, Serialize};

mod expected;
mod origin;
mod sources;
mod tls;

pub use origin::{Annotated, Origin};
pub use sources::{Common, FILE_VARIABLE, FirstStart, Flags, Loaded, Reach, load};
pub use tls::{Encryption, Tls, TlsMode};

/// The port of a relay that was not told another.
const DEFAULT_PORT: u16 = 7420;

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The folder of the database, the relay's key and the admin socket. One relay per folder.
    pub data: PathBuf,
    /// Where devices connect to.
    pub listen: SocketAddr,
    /// The address invitations name, where it is not the one the relay listens on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<RelayAddress>,
    /// The name of the company's shared data, given when the folder is first used.
    pub workspace: String,
    /// The name of the first administrator, whose record is made with the shared data.
    pub administrator: String,
    /// Whether the shared data is of invented people; devices then show that it is a demonstration.
    pub demo: bool,
    /// How devices recognise the relay on the wire.
    pub tls: Tls,
    /// What is written about the running relay.
    pub log: Log,
    /// What one device or stranger may cost.
    pub limits: Limits,
}

/// How the relay writes its log to standard error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// Lines for people or one JSON object a line for a collector.
    pub format: LogFormat,
    /// Which lines, in the words of `tracing`: `info`, or `warn,halyard_sync_server::http=debug`.
    pub filter: String,
}

/// For whom log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One readable line an event.
    Text,
    /// One JSON object an event.
    Json,
}

/// Bounds on what the relay spends. IT raises them for a large company, never to mend a fault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Bytes of request bodies held in memory at once, of all devices together.
    pub bodies_mib: u32,
    /// How long one request may take from its first byte to its answer.
    pub request_seconds: u64,
    /// Open live connections of all devices together.
    pub live_connections: usize,
    /// Enrolment tries of everybody together, each minute.
    pub enrol_tries_per_minute: u32,
    /// How long requests under way may still take after the relay was told to stop.
    pub drain_seconds: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data: PathBuf::from("halyard-data"),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, DEFAULT_PORT)),
            address: None,
            workspace: "Halyard".to_owned(),
            administrator: "Administrator IT".to_owned(),
            demo: false,
            tls: Tls::default(),
            log: Log { format: LogFormat::Text, filter: "info,refinery_core=warn".to_owned() },
            limits: Limits {
                bodies_mib: 256,
                request_seconds: 60,
                live_connections: 2_000,
                enrol_tries_per_minute: 60,
                drain_seconds: 15,
            },
        }
    }
}

impl Limits {
    /// How long one request may take.
    #[must_use]
    pub fn request_time(&self) -> Duration {
        Duration::from_secs(self.request_seconds)
    }

    /// How long the relay waits for requests under way when it stops.
    #[must_use]
    pub fn drain_time(&self) -> Duration {
        Duration::from_secs(self.drain_seconds)
    }
}

/// Settings the relay will not start with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConfigError {
    /// The named file is not there or cannot be read.
    #[error("the settings file {0} cannot be read")]
    NoFile(PathBuf),
    /// A source holds something that is not a setting, or not of its form.
    #[error("{0}")]
    Source(String),
    /// A value has the right form but cannot work.
    #[error("the setting `{key}` {problem}")]
    Value {
        /// The key, as written in the file.
        key: &'static str,
        /// What is wrong with its value.
        problem: String,
    },
}

impl Config {
    /// Whether every value can work, as far as it can be told without starting.
    fn check(&self) -> Result<(), ConfigError> {
        let name = self.workspace.trim();
        if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
            return refuse("workspace", "must be a name of 1 to 100 characters on one line");
        }
        if self.administrator.split_whitespace().count() < 2 {
            return refuse("administrator", "must be a surname and a given name, and may have a patronymic");
        }
        if let Err(error) = self.log.filter.parse::<tracing_subscriber::EnvFilter>() {
            return refuse("log.filter", format!("is not understood: {error}"));
        }
        self.tls.check()?;
        self.limits.check()
    }

    /// What the relay speaks.
    #[must_use]
    pub fn encryption(&self) -> Encryption<'_> {
        self.tls.encryption(self.listen.ip())
    }

    /// Whether what devices send can be read on the way: plain HTTP beyond this machine.
    #[must_use]
    pub fn is_open_to_listeners(&self) -> bool {
        self.encryption() == Encryption::Plain && !self.listen.ip().is_loopback()
    }
}

impl Limits {
    /// Every limit: its key, its value, and between what it must lie.
    fn ranged(&self) -> [(&'static str, u64, RangeInclusive<u64>); 5] {
        let live_connections = u64::try_from(self.live_connections).unwrap_or(u64::MAX);
        [
            ("limits.bodies_mib", self.bodies_mib.into(), 64..=16_384),
            ("limits.request_seconds", self.request_seconds, 5..=600),
            ("limits.live_connections", live_connections, 1..=100_000),
            ("limits.enrol_tries_per_minute", self.enrol_tries_per_minute.into(), 1..=10_000),
            ("limits.drain_seconds", self.drain_seconds, 1..=20),
        ]
    }

    fn check(&self) -> Result<(), ConfigError> {
        match self.ranged().into_iter().find(|(_, value, range)| !range.contains(value)) {
            Some((key, value, range)) => {
                refuse(key, format!("is {value}, but must be between {} and {}", range.start(), range.end()))
            }
            None => Ok(()),
        }
    }
}

fn refuse(key: &'static str, problem: impl Into<String>) -> Result<(), ConfigError> {
    Err(ConfigError::Value { key, problem: problem.into() })
}
