//! Where settings come from, in the order in which later ones win.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;

use figment::error::Kind;
use figment::providers::{Env, Format as _, Serialized, Toml};
use figment::{Figment, Source};
use halyard_protocol::join::RelayAddress;
use serde::Serialize;

use super::origin::{Origin, origins};
use super::{Config, ConfigError, LogFormat, Tls, expected};

/// Where a packaged relay keeps its settings.
const SYSTEM_FILE: &str = "/etc/halyard/relay.toml";
/// What every variable of the relay begins with.
const PREFIX: &str = "HALYARD_";
/// What the device program on the same machine is set by.
const OF_DEVICES: [&str; 2] = ["HALYARD_PASSPHRASE", "HALYARD_PROFILE"];
/// Names the settings file; it is not a setting itself.
pub const FILE_VARIABLE: &str = "HALYARD_CONFIG";

/// Values given as flags, the last word. A command takes those that mean something to it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Flags {
    /// Taken by every command.
    #[serde(flatten)]
    pub common: Common,
    /// How devices reach the relay.
    #[serde(flatten)]
    pub reach: Reach,
    /// What only the first start reads.
    #[serde(flatten)]
    pub first_start: FirstStart,
}

/// Flags of every command.
#[derive(Debug, Clone, Default, Serialize, clap::Args)]
pub struct Common {
    /// Settings file (default: $HALYARD_CONFIG, else /etc/halyard/relay.toml where it exists)
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Data folder of the relay
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<PathBuf>,
    /// Log lines for people or for a collector
    #[arg(long, global = true, value_name = "FORMAT")]
    #[serde(skip)]
    pub log_format: Option<LogFormat>,
}

/// Flags of commands that devices are to reach the relay by.
#[derive(Debug, Clone, Default, Serialize, clap::Args)]
pub struct Reach {
    /// Address and port devices connect to
    #[arg(long, value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
    /// Address invitations name, such as `https://relay.example:7420`
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<RelayAddress>,
}

/// Flags of commands that make the company's shared data where there is none yet.
#[derive(Debug, Clone, Default, Serialize, clap::Args)]
pub struct FirstStart {
    /// Name of the company's shared data, given at the first start
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
    /// Name of the first administrator, for the first start
    #[arg(long, value_name = "\"SURNAME GIVEN PATRONYMIC\"")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub administrator: Option<String>,
    /// Say at the first start that the people of this company are invented
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub demo: bool,
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
    if let Some(format) = flags.common.log_format {
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
    let named = flags.common.config.clone().or_else(|| std::env::var_os(FILE_VARIABLE).map(PathBuf::from));
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

/// What was wrong, at which key, from which source, and what belongs there.
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
        Kind::UnknownField(field, known) => {
            // The path already ends with the unknown field.
            let key = if key.ends_with(field.as_str()) { key } else { field.clone() };
            format!("`{key}`{place} is not a setting; known are {}", known.join(", "))
        }
        kind if key.is_empty() => {
            format!("the settings{place} cannot be read: {}", kind.to_string().trim_end())
        }
        Kind::InvalidType(found, _) | Kind::InvalidValue(found, _) => {
            format!(
                "the setting `{key}`{place} must be {}, but is {}",
                expected::at(&key),
                expected::found(found)
            )
        }
        Kind::UnknownVariant(found, known) => {
            let known: Vec<String> = known.iter().map(|one| format!("\"{one}\"")).collect();
            format!("the setting `{key}`{place} must be {}, but is \"{found}\"", known.join(" or "))
        }
        Kind::Message(_)
        | Kind::InvalidLength(..)
        | Kind::MissingField(_)
        | Kind::DuplicateField(_)
        | Kind::ISizeOutOfRange(_)
        | Kind::USizeOutOfRange(_)
        | Kind::Unsupported(_)
        | Kind::UnsupportedKey(..) => format!("the setting `{key}`{place} must be {}", expected::at(&key)),
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
        let file = "data = \"kept\"\nworkspace = \"From the file\"\n[limits]\ndrain_seconds = 3\n";
        let workspace = Some("From the flag".to_owned());
        let flags = Flags {
            first_start: FirstStart { workspace, ..FirstStart::default() },
            ..of_file(written(&place, file))
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
        told("lisetn = \"127.0.0.1:1\"", "`lisetn`");
        told("listen = \"here\"", "`listen`");
        told("workspace = \" \"", "`workspace`");
        told("administrator = \"Коваль\"", "`administrator`");
        told("[limits]\ndrain_seconds = 60", "`limits.drain_seconds`");
        told("[limits]\ndrain_second = 5", "`limits.drain_second`");
        told("[log]\nfilter = \"halyard=loud\"", "`log.filter`");
        told("[log]\nformat = \"xml\"", "`log.format`");
        told("[tls]\ncert = \"missing.pem\"\nkey = \"missing.key\"", "`tls.cert`");
        told("[tls]\ncert = \"only.pem\"", "`tls.key`");
        told("[tls]\nkey = \"only.key\"", "`tls.cert`");
        told("[tls]\nmode = \"perhaps\"", "`tls.mode`");
        told("[tls]\nmode = \"own\"\ncert = \"a\"\nkey = \"b\"", "`tls.mode`");
        told("[tls]\nnames = [\"https://relay\"]", "`tls.names`");
        told("address = \"relay.example\"", "`address`");
        told("address = \"http://relay.example\"", "`address`");
    }

    #[test]
    fn a_settings_file_that_was_named_must_be_there() {
        let missing = PathBuf::from("/nowhere/relay.toml");
        assert_eq!(load(&of_file(missing.clone())).unwrap_err(), ConfigError::NoFile(missing));
    }

    #[test]
    fn a_value_of_a_wrong_kind_is_told_in_the_words_of_an_administrator() {
        let whole = "must be a whole number from 1 to 20, but is";
        told(
            "[limits]\ndrain_seconds = \"soon\"",
            &format!("`limits.drain_seconds` {whole} the text \"soon\""),
        );
        told("[limits]\ndrain_seconds = -3", &format!("`limits.drain_seconds` {whole} -3"));
        told("[limits]\ndrain_seconds = 1.5", &format!("`limits.drain_seconds` {whole} 1.5"));
        told("[limits]\ndrain_seconds = true", &format!("`limits.drain_seconds` {whole} true"));
        let most = "must be a whole number from 64 to 16384, but is 99999999999";
        told("[limits]\nbodies_mib = 99999999999", most);
        told("limits = 5", "`limits` must be a group of settings, begun by a line [limits], but is 5");
        told("demo = \"yes\"", "`demo` must be true or false, but is the text \"yes\"");
        told("workspace = 2026", "`workspace` must be text in quotation marks, but is 2026");
        told("data = []", "`data` must be text in quotation marks, but is a list");
        told("listen = 7420", "`listen` must be an address and a port such as \"0.0.0.0:7420\", but is 7420");
        told("listen = \"here\"", "`listen` must be an address and a port such as \"0.0.0.0:7420\"");
        told("address = \"relay\"", "`address` must be an address such as \"https://relay.example:7420\"");
        told(
            "[tls]\nnames = \"relay\"",
            "`tls.names` must be a list such as [\"one\", \"two\"], but is the text",
        );
        told("[tls]\nmode = 1", "`tls.mode` must be \"auto\" or \"own\" or \"off\", but is 1");
        told("[tls]\nmode = \"on\"", "`tls.mode` must be \"auto\" or \"own\" or \"off\", but is \"on\"");
        told("[log]\nformat = {}", "`log.format` must be \"text\" or \"json\", but is a group of settings");
    }

    #[test]
    fn no_message_speaks_of_types() {
        for key in known_keys() {
            for value in ["\"x y\"", "-5", "1.5", "true", "[1]", "{ a = 1 }", "99999999999999"] {
                let file = match key.split_once('.') {
                    Some((group, key)) => format!("[{group}]\n{key} = {value}"),
                    None => format!("{key} = {value}"),
                };
                let place = tempfile::tempdir().unwrap();
                let Err(error) = load(&of_file(written(&place, &file))) else { continue };
                let said = error.to_string().replace(&place.path().display().to_string(), "");
                let words = said.split(|letter: char| !letter.is_alphanumeric());
                let of_types =
                    ["u64", "u32", "usize", "i64", "string", "bool", "boolean", "sequence", "map", "variant"];
                let found: Vec<&str> = words.filter(|word| of_types.contains(word)).collect();
                assert_eq!(found, Vec::<&str>::new(), "{said}");
            }
        }
    }

    #[track_caller]
    fn told(file: &str, expected: &str) {
        let place = tempfile::tempdir().unwrap();
        let path = written(&place, file);
        let from = format!(" in {}", path.display());
        let said = load(&of_file(path)).unwrap_err().to_string().replace(&from, "");
        assert!(said.contains(expected), "{said}");
    }

    fn of_file(path: PathBuf) -> Flags {
        Flags { common: Common { config: Some(path), ..Common::default() }, ..Flags::default() }
    }

    fn written(place: &tempfile::TempDir, text: &str) -> PathBuf {
        let path = place.path().join("relay.toml");
        std::fs::write(&path, text).unwrap();
        path
    }
}
