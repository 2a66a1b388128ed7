//! Which certificate the relay shows, if any.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{ConfigError, refuse};
use crate::certificate::is_name;

/// How devices recognise the relay on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// Whether TLS is spoken where no certificate is given.
    pub mode: TlsMode,
    /// A given certificate, PEM, followed by those that lead to its authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cert: Option<PathBuf>,
    /// The private key of the given certificate, PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PathBuf>,
    /// Further names and addresses the relay's own certificate is to hold for.
    pub names: Vec<String>,
}

/// Whether TLS is spoken where no certificate is given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TlsMode {
    /// With the relay's own certificate, except where only this machine can connect.
    #[default]
    Auto,
    /// With the relay's own certificate, everywhere.
    Own,
    /// Not at all: something in front of the relay speaks it.
    Off,
}

/// What the relay speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption<'a> {
    /// Plain HTTP.
    Plain,
    /// TLS with a certificate of the relay's own authority.
    Own,
    /// TLS with a given certificate.
    Given {
        /// The certificate.
        cert: &'a Path,
        /// Its private key.
        key: &'a Path,
    },
}

impl Tls {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        match (&self.cert, &self.key) {
            (None, None) => {}
            (Some(_), None) => return refuse("tls.key", "must be set together with tls.cert"),
            (None, Some(_)) => return refuse("tls.cert", "must be set together with tls.key"),
            (Some(_), Some(_)) if self.mode != TlsMode::Auto => {
                return refuse("tls.mode", "must be left out where tls.cert gives a certificate");
            }
            (Some(cert), Some(key)) => {
                readable("tls.cert", cert)?;
                readable("tls.key", key)?;
            }
        }
        match self.names.iter().find(|name| !is_name(name)) {
            Some(name) => {
                refuse("tls.names", format!("holds {name:?}, which is neither a name nor an address"))
            }
            None => Ok(()),
        }
    }

    /// What is spoken on an address.
    pub(super) fn encryption(&self, listen: IpAddr) -> Encryption<'_> {
        match (self.mode, &self.cert, &self.key) {
            (TlsMode::Off, ..) => Encryption::Plain,
            (TlsMode::Own, ..) => Encryption::Own,
            (TlsMode::Auto, Some(cert), Some(key)) => Encryption::Given { cert, key },
            (TlsMode::Auto, ..) if listen.is_loopback() => Encryption::Plain,
            (TlsMode::Auto, ..) => Encryption::Own,
        }
    }
}

fn readable(key: &'static str, path: &Path) -> Result<(), ConfigError> {
    match std::fs::File::open(path) {
        Ok(_) => Ok(()),
        Err(error) => refuse(key, format!("names {}, which cannot be read: {error}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    #[test]
    fn plain_http_beyond_this_machine_is_spoken_only_when_asked_for() {
        let given = || Tls { cert: Some("c.pem".into()), key: Some("k.pem".into()), ..Tls::default() };
        let mode = |mode| Tls { mode, ..Tls::default() };
        let pair = Encryption::Given { cert: Path::new("c.pem"), key: Path::new("k.pem") };
        for here in ["127.0.0.1:7420", "[::1]:7420"] {
            check(here, &Tls::default(), Encryption::Plain, false);
            check(here, &mode(TlsMode::Own), Encryption::Own, false);
            check(here, &mode(TlsMode::Off), Encryption::Plain, false);
            check(here, &given(), pair, false);
        }
        for everywhere in ["0.0.0.0:7420", "192.168.1.5:7420", "[::]:7420"] {
            check(everywhere, &Tls::default(), Encryption::Own, false);
            check(everywhere, &mode(TlsMode::Own), Encryption::Own, false);
            check(everywhere, &mode(TlsMode::Off), Encryption::Plain, true);
            check(everywhere, &given(), pair, false);
        }
    }

    #[track_caller]
    fn check(listen: &str, tls: &Tls, expected: Encryption<'_>, open: bool) {
        let config = Config { listen: listen.parse().unwrap(), tls: tls.clone(), ..Config::default() };
        assert_eq!(config.encryption(), expected, "{listen} {tls:?}");
        assert_eq!(config.is_open_to_listeners(), open, "{listen} {tls:?}");
    }
}
