//! Where each setting came from: the first thing IT asks when a value is not the expected one.

use std::any::type_name;
use std::collections::BTreeMap;
use std::fmt;

use figment::{Figment, Metadata, Source};
use serde::Serialize;

use super::Config;
use super::sources::variable_of;

/// Which source had the last word about a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// Nobody said anything else.
    Default,
    /// The settings file.
    File,
    /// A variable of the environment.
    Environment,
    /// A flag of this command.
    Flag,
}

impl Origin {
    fn of(noted: &Metadata) -> Self {
        match &noted.source {
            Some(Source::File(_)) => Self::File,
            _ if noted.name.contains("environment") => Self::Environment,
            _ if noted.name == type_name::<Config>() => Self::Default,
            _ => Self::Flag,
        }
    }
}

/// The origin of every key that has a value.
pub(super) fn origins(figment: &Figment, keys: &[String]) -> BTreeMap<String, Origin> {
    let noted = keys.iter().filter_map(|key| Some((key.clone(), Origin::of(figment.find_metadata(key)?))));
    noted.collect()
}

/// Settings as TOML, behind each value where it came from.
pub struct Annotated<'a> {
    /// The settings as TOML.
    pub toml: &'a str,
    /// Where they came from.
    pub origins: &'a BTreeMap<String, Origin>,
}

impl fmt::Display for Annotated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = String::new();
        for (number, line) in self.toml.trim_end().lines().enumerate() {
            if number > 0 {
                writeln!(f)?;
            }
            write!(f, "{line}")?;
            if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                table = format!("{name}.");
            }
            let key = line.split_once(" = ").map(|(key, _)| format!("{table}{key}"));
            let Some((key, origin)) = key.and_then(|key| self.origins.get(&key).map(|origin| (key, origin)))
            else {
                continue;
            };
            match origin {
                Origin::Default => write!(f, "  # default")?,
                Origin::File => write!(f, "  # file")?,
                Origin::Environment => write!(f, "  # environment: {}", variable_of(&key))?,
                Origin::Flag => write!(f, "  # flag")?,
            }
        }
        Ok(())
    }
}
