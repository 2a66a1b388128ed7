//! Where settings come from, in the order in which later ones win.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use figment::providers::{Env, Format as _, Serialized, Toml};
use figment::{Figment, Source};
use halyard_protocol::join::RelayAddress;
use serde::Serialize;

use super::origin::{Origin, origins};
use super::{Config, ConfigError, LogFormat, Tls};

/// Where a packaged relay keeps its settings.
const SYSTEM_FILE: &str = "/etc/halyard/relay.toml";
/// What every variable of the relay begins with.
const PREFIX: &str = "HALYARD_";
/// What the device program on the same machine is set by.
const OF_DEVICES: [&str; 2] = ["HALYARD_PASSPHRASE", "HALYARD_PROFILE"];
/// Names the settings file; it is not a setting itself.
pub const FILE_VARIABLE: &str = "HALYARD_CONFIG";

/// Values given as flags, the last word. They hold for every command.
#[derive(Debug, Clone, Default, Serialize, clap::Args)]
pub struct Flags {
    /// Settings file (default: $HALYARD_CONFIG, else /etc/halyard/relay.toml where it exists)
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Data folder of the relay
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// Address and port devices connect to
    #[arg(long, global = true, value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// Address invitations name, such as `https://relay.example:7420`
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<RelayAddress>,
    /// Name of the company's shared data, given at the first start
    #[arg(long, global = true, value_name = "NAME")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
    /// Name of the first administrator, for the first start
    #[arg(long, global = true, value_name = "\"SURNAME GIVEN PATRONYMIC\"")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub administrator: Option<String>,
    /// Say at the first start that the people of this company are invented
    #[arg(long, global = true)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
    /// Log lines for people or for a collector
    #[arg(long, global = true, value_name = "FORMAT")]
    #[serde(skip)]
    pub log_format: Option<LogFormat>,
}

/// The settings, and what was noticed while reading them.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The effective settings.
    pub config: Config,
    /// The file they came from, when one was read.
    pub file: Option<PathBuf>,
    /// Where each setting with a value came from, by its key with dots.
    pub origins: BTreeMap<String, Origin>,
    /// `HALYARD_*` variables that are settings of no program.
    pub unknown_variables: Vec<String>,
}

/// Reads every source and checks the result.
///
/// # Errors
/// When a source cannot be read, holds an unknown key, or a value cannot work.
pub fn load(flags: &Flags) -> Result<Loaded, ConfigError> {
    let file = settings_file(flags)?;
    let known = known_keys();
    let mut figment = Figment::from(Serialized::defaults(Config::default()));
    if let Some(path) = &file {
        figment = figment.merge(Toml::file_exact(path));
    }
    figment = figment.merge(environment(known.clone())).merge(Serialized::defaults(flags));
    if let Some(format) = flags.log_format {
        figment = figment.merge(Serialized::default("log.format", format));
    }
    let mut config: Config = figment.extract().map_err(|error| ConfigError::Source(sentence(&error)))?;
    resolve_paths(&figment, &mut config);
    config.check()?;
    let origins = origins(&figment, &known);
    Ok(Loaded { config, file, origins, unknown_variables: unknown_variables(&known) })
}

/// A file that was named must exist; the system's file only counts where it does.
fn settings_file(flags: &Flags) -> Result<Option<PathBuf>, ConfigError> {
    let named = flags.config.clone().or_else(|| std::env::var_os(FILE_VARIABLE).map(PathBuf::from));
    match named {
        Some(path) if path.is_file() => Ok(Some(path)),
        Some(path) => Err(ConfigError::NoFile(path)),
        None => Ok(Some(PathBuf::from(SYSTEM_FILE)).filter(|path| path.is_file())),
    }
}

/// Every key with its dots, so that `HALYARD_LIMITS__BODIES_MIB` is `limits.bodies_mib`.
fn known_keys() -> Vec<String> {
    let tls = Tls { cert: Some(PathBuf::new()), key: Some(PathBuf::new()), ..Tls::default() };
    let every = Config { tls, ..Config::default() };
    let mut keys = vec!["address".to_owned()];
    if let Ok(serde_json::Value::Object(tables)) = serde_json::to_value(&every) {
        for (key, value) in tables {
            match value {
                serde_json::Value::Object(inner) => keys.extend(inner.keys().map(|k| format!("{key}.{k}"))),
                _ => keys.push(key),
            }
        }
    }
    keys
}

fn environment(known: Vec<String>) -> Env {
    Env::prefixed(PREFIX)
        .filter(move |key| known.iter().any(|known| *known == dotted(key.as_str())))
        .split("__")
}

fn dotted(name: &str) -> String {
    name.to_ascii_lowercase().replace("__", ".")
}

/// The variable that sets a key.
pub(super) fn variable_of(key: &str) -> String {
    format!("{PREFIX}{}", key.to_ascii_uppercase().replace('.', "__"))
}

fn unknown_variables(known: &[String]) -> Vec<String> {
    let mut unknown: Vec<String> = std::env::vars_os()
        .filter_map(|(name, _)| name.into_string().ok())
        .filter(|name| name != FILE_VARIABLE && !OF_DEVICES.contains(&name.as_str()))
        .filter(|name| name.strip_prefix(PREFIX).is_some_and(|key| !known.contains(&dotted(key))))
        .collect();
    unknown.sort();
    unknown
}

/// What was wrong, at which key, from which source: the words of the configuration library, shortened.
fn sentence(error: &figment::Error) -> String {
    let place = match error.metadata.as_ref() {
        Some(metadata) => match &metadata.source {
            Some(Source::File(path)) => format!(" in {}", path.display()),
            _ if metadata.name.starts_with('`') => format!(" from {}", variable_of(&error.path.join("."))),
            _ => format!(" in {}", metadata.name),
        },
        None => String::new(),
    };
    let key = error.path.join(".");
    match &error.kind {
        figment::error::Kind::UnknownField(field, known) => {
            // The path already ends with the unknown field.
            let key = if key.ends_with(field.as_str()) { key } else { field.clone() };
            format!("`{key}`{place} is not a setting; known are {}", known.join(", "))
        }
        kind if key.is_empty() => {
            format!("the settings{place} cannot be read: {}", kind.to_string().trim_end())
        }
        kind => format!("the setting `{key}`{place} cannot be used: {kind}"),
    }
}

fn resolve_paths(figment: &Figment, config: &mut Config) {
    let resolve = |key: &str, path: &mut PathBuf| {
        if let Some(Source::File(file)) = figment.find_metadata(key).and_then(|m| m.source.as_ref())
            && let Some(folder) = file.parent()
        {
            *path = folder.join(&*path);
        }
    };
    resolve("data", &mut config.data);
    for (key, path) in [("tls.cert", &mut config.tls.cert), ("tls.key", &mut config.tls.key)] {
        if let Some(path) = path {
            resolve(key, path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_beats_the_file_and_the_file_beats_the_default() {
        let place = tempfile::tempdir().unwrap();
        let flags = Flags {
            config: Some(written(
                &place,
                "data = \"kept\"\nworkspace = \"From the file\"\n[limits]\ndrain_seconds = 3\n",
            )),
            workspace: Some("From the flag".to_owned()),
            ..Flags::default()
        };

        let config = load(&flags).unwrap().config;
        assert_eq!(config.workspace, "From the flag");
        assert_eq!(config.limits.drain_seconds, 3);
        assert_eq!(config.limits.request_seconds, Config::default().limits.request_seconds);
        assert_eq!(config.data, place.path().join("kept"), "a path in the file is relative to the file");
        let origins = load(&flags).unwrap().origins;
        let from = |key: &str| origins.get(key).copied();
        assert_eq!(from("workspace"), Some(Origin::Flag));
        assert_eq!([from("data"), from("limits.drain_seconds")], [Some(Origin::File); 2]);
        assert_eq!([from("listen"), from("limits.request_seconds")], [Some(Origin::Default); 2]);
        assert_eq!([from("address"), from("tls.cert")], [None; 2], "what is not set came from nowhere");
    }

    #[test]
    fn what_cannot_work_is_refused_with_its_key() {
        check("lisetn = \"127.0.0.1:1\"", "`lisetn`");
        check("listen = \"here\"", "`listen`");
        check("workspace = \" \"", "`workspace`");
        check("administrator = \"Коваль\"", "`administrator`");
        check("[limits]\ndrain_seconds = 60", "`limits.drain_seconds`");
        check("[limits]\ndrain_second = 5", "`limits.drain_second`");
        check("[log]\nfilter = \"halyard=loud\"", "`log.filter`");
        check("[log]\nformat = \"xml\"", "`log.format`");
        check("[tls]\ncert = \"missing.pem\"\nkey = \"missing.key\"", "`tls.cert`");
        check("[tls]\ncert = \"only.pem\"", "`tls.key`");
        check("[tls]\nkey = \"only.key\"", "`tls.cert`");
        check("[tls]\nmode = \"perhaps\"", "`tls.mode`");
        check("[tls]\nmode = \"own\"\ncert = \"a\"\nkey = \"b\"", "`tls.mode`");
        check("[tls]\nnames = [\"https://relay\"]", "`tls.names`");
        check("address = \"relay.example\"", "`address`");
        check("address = \"http://relay.example\"", "`address`");
    }

    #[test]
    fn a_settings_file_that_was_named_must_be_there() {
        let missing = PathBuf::from("/nowhere/relay.toml");
        let flags = Flags { config: Some(missing.clone()), ..Flags::default() };
        assert_eq!(load(&flags).unwrap_err(), ConfigError::NoFile(missing));
    }

    #[track_caller]
    fn check(file: &str, named: &str) {
        let place = tempfile::tempdir().unwrap();
        let flags = Flags { config: Some(written(&place, file)), ..Flags::default() };
        let said = load(&flags).unwrap_err().to_string();
        assert!(said.contains(named), "{said}");
    }

    fn written(place: &tempfile::TempDir, text: &str) -> PathBuf {
        let path = place.path().join("relay.toml");
        std::fs::write(&path, text).unwrap();
        path
    }
}
