//! How devices recognise the relay on the wire: the certificate it shows and the pin of it.
//!
//! A relay shows either a certificate it was given, or one of its own [`Authority`], which it makes at the
//! first start and keeps in its database. Its own certificate is issued anew at every start and, while the
//! relay runs, whenever the machine's addresses change or the end comes nearer.
//!
//! Not here: who may connect, which is decided by signatures of requests (see [`crate::http`]).

mod authority;
mod names;

use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use axum_server::tls_rustls::RustlsConfig;
use halyard_protocol::join::RelayAddress;
use halyard_protocol::pin::Pin;
use halyard_protocol::time::UnixMs;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::server::ParsedCertificate;

pub use self::authority::{Authority, AuthorityError, Issued};
pub(crate) use self::names::is_name;
use crate::config::{Config, Encryption};
use crate::storage::StorageError;

/// Why a certificate cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// A file cannot be read, is not PEM, or the two do not belong together.
    #[error("the files of the certificate")]
    Files(#[source] io::Error),
    /// The relay's own could not be made.
    #[error(transparent)]
    Own(#[from] AuthorityError),
    /// The authority could not be kept or read.
    #[error("the relay's certificate authority")]
    Storage(#[from] StorageError),
}

/// A certificate ready to be shown; a clone shows the same, also after it was renewed.
#[derive(Debug, Clone)]
pub struct Certificate(RustlsConfig);

/// The relay's own certificate, which it renews itself.
pub struct OwnCertificate {
    authority: Authority,
    shown: Certificate,
    issued: Mutex<Issued>,
}

impl Certificate {
    /// Reads the certificate and its key.
    ///
    /// # Errors
    /// When a file cannot be read, is not PEM, or the two do not belong together.
    pub async fn read(certificate: &Path, key: &Path) -> Result<Self, CertificateError> {
        install_crypto();
        let config = RustlsConfig::from_pem_file(certificate, key).await;
        config.map(Self).map_err(CertificateError::Files)
    }

    /// What the listener shows.
    pub(crate) fn config(&self) -> RustlsConfig {
        self.0.clone()
    }
}

impl OwnCertificate {
    /// A certificate of `authority` for a relay with these names.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn issue(
        authority: Authority,
        names: BTreeSet<String>,
        now: UnixMs,
    ) -> Result<Self, CertificateError> {
        install_crypto();
        let issued = authority.issue(names, now)?;
        let config = RustlsConfig::from_der(issued.chain.clone(), issued.private_key.clone()).await;
        let shown = Certificate(config.map_err(CertificateError::Files)?);
        Ok(Self { authority, shown, issued: Mutex::new(issued) })
    }

    /// What is shown, now and after every renewal.
    #[must_use]
    pub fn certificate(&self) -> Certificate {
        self.shown.clone()
    }

    /// Shows a new certificate where one is due, and says whether it was. Connections that are open go on.
    ///
    /// # Errors
    /// When it cannot be made; the old one is shown until it can.
    pub async fn renew_if_due(&self, names: BTreeSet<String>, now: UnixMs) -> Result<bool, CertificateError> {
        if !self.issued.lock().unwrap_or_else(PoisonError::into_inner).is_due(&names, now) {
            return Ok(false);
        }
        let issued = self.authority.issue(names, now)?;
        let reloaded = self.shown.0.reload_from_der(issued.chain.clone(), issued.private_key.clone());
        reloaded.await.map_err(CertificateError::Files)?;
        *self.issued.lock().unwrap_or_else(PoisonError::into_inner) = issued;
        Ok(true)
    }
}

/// The names the relay's own certificate is to hold for, as it listens now.
#[must_use]
pub fn names(config: &Config, listen: SocketAddr) -> BTreeSet<String> {
    let set = config.address.iter().map(|address| address.host().to_owned());
    names::of(listen, set.chain(config.tls.names.iter().cloned()))
}

/// Where devices are told to look for the relay; none when only a proxy's address would do and none is set.
#[must_use]
pub fn address(config: &Config, listen: SocketAddr) -> Option<RelayAddress> {
    if config.address.is_some() {
        return config.address.clone();
    }
    let at = SocketAddr::new(names::usual(listen), listen.port());
    let scheme = if config.encryption() == Encryption::Plain { "http" } else { "https" };
    format!("{scheme}://{at}").parse().ok()
}

/// The pin of a given certificate: of the last one in its file, which is nearest to its authority.
///
/// # Errors
/// When the file cannot be read or holds no certificate.
pub fn pin_of(certificate: &Path) -> Result<Pin, CertificateError> {
    let wrong = |error: &dyn std::error::Error| CertificateError::Files(io::Error::other(error.to_string()));
    let all: Vec<_> = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect)
        .map_err(|error| wrong(&error))?;
    let last = all.last().ok_or_else(|| wrong(&io::Error::other("no certificate in the file")))?;
    let last = ParsedCertificate::try_from(last).map_err(|error| wrong(&error))?;
    Ok(Pin::of_key(&last.subject_public_key_info()))
}

/// Names the one cryptography provider; with two in the build rustls would refuse to choose.
fn install_crypto() {
    if rustls::crypto::ring::default_provider().install_default().is_err() {
        tracing::debug!("a cryptography provider was already installed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Tls, TlsMode};

    #[test]
    fn devices_are_told_an_address_where_they_can_speak_tls() {
        check("192.0.2.7:7420", TlsMode::Auto, None, Some("https://192.0.2.7:7420"));
        check("127.0.0.1:7420", TlsMode::Auto, None, Some("http://127.0.0.1:7420"));
        check("127.0.0.1:7420", TlsMode::Own, None, Some("https://127.0.0.1:7420"));
        check("192.0.2.7:7420", TlsMode::Off, None, None);
        let proxy = Some("https://relay.example");
        check("192.0.2.7:7420", TlsMode::Off, proxy, proxy);
        check("127.0.0.1:7420", TlsMode::Auto, proxy, proxy);
    }

    #[track_caller]
    fn check(listen: &str, mode: TlsMode, set: Option<&str>, told: Option<&str>) {
        let listen = listen.parse().unwrap();
        let address = set.map(|set| set.parse().unwrap());
        let tls = Tls { mode, ..Tls::default() };
        let config = Config { listen, address, tls, ..Config::default() };
        assert_eq!(super::address(&config, listen).as_ref().map(RelayAddress::as_str), told);
    }
}
