//! Whom a device takes for its relay on the wire.
//!
//! With a pin: who shows a certificate of the pinned authority, or the pinned key itself; what the system
//! trusts does not count. Without one: whom the system trusts. A certificate that an authority answers for
//! must hold for the relay's name and for today; who proves to hold the pinned key itself is the relay under
//! any name and on any day. The decision falls in the handshake, before a request is written.
//!
//! A device that refuses says which pin it was shown, so that two people can compare.

use std::error::Error as StdError;
use std::io;
use std::sync::Arc;

use halyard_protocol::pin::Pin;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error as TlsError, OtherError, RootCertStore,
    SignatureScheme,
};
use rustls_platform_verifier::Verifier;

/// Why a device does not take what answers for its relay. Nothing was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Distrust {
    /// There is no pin, and the system does not know the authority of the certificate.
    #[error("the system does not know who issued the certificate with the pin {shown}")]
    NotKnown {
        /// The pin of what was shown.
        shown: Pin,
    },
    /// Another key than the pinned one: another relay, or one that was set up anew.
    #[error("a certificate with the pin {shown} instead of the pinned one")]
    OtherKey {
        /// The pin of what was shown.
        shown: Pin,
    },
    /// The authority is right, and the certificate is for another name or address.
    #[error("the certificate is for another name")]
    OtherName,
    /// The authority is right, and the certificate has ended or not begun: the clock of one side is wrong,
    /// or the certificate was not renewed.
    #[error("the certificate is not valid today")]
    OtherTime,
    /// What was shown is no certificate.
    #[error("what was shown is no certificate")]
    Garbled,
}

/// How TLS is spoken with a relay.
///
/// # Errors
/// When the cryptography lacks what TLS needs.
pub(crate) fn tls(pin: Option<Pin>) -> Result<Arc<ClientConfig>, TlsError> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let system = match pin {
        Some(_) => None,
        None => match Verifier::new(Arc::clone(&provider)) {
            Ok(system) => Some(system),
            Err(error) => {
                tracing::warn!(%error, "the system names no authorities it trusts");
                None
            }
        },
    };
    let verifier = RelayVerifier { pin, system, provider: Arc::clone(&provider) };
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(Arc::new(config))
}

/// What the handshake failed for, somewhere among the causes of an error.
pub(crate) fn tls_error<'a>(error: &'a (dyn StdError + 'static)) -> Option<&'a TlsError> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(found) = error.downcast_ref::<TlsError>() {
            return Some(found);
        }
        // What an I/O error was made of is not among its sources.
        cause = match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        };
    }
    None
}

/// The verdict of this module inside a failed handshake.
pub(crate) fn distrust_in(error: &TlsError) -> Option<Distrust> {
    match error {
        TlsError::InvalidCertificate(CertificateError::Other(OtherError(inner))) => {
            inner.downcast_ref().copied()
        }
        _ => None,
    }
}

#[derive(Debug)]
struct RelayVerifier {
    pin: Option<Pin>,
    system: Option<Verifier>,
    provider: Arc<CryptoProvider>,
}

/// What a relay shows in a handshake.
struct Shown<'a> {
    own: &'a CertificateDer<'a>,
    /// Those that lead to the authority, which is last.
    others: &'a [CertificateDer<'a>],
    name: &'a ServerName<'a>,
    ocsp: &'a [u8],
    now: UnixTime,
}

impl RelayVerifier {
    fn verify(&self, shown: &Shown<'_>) -> Result<(), Distrust> {
        match (self.pin, &self.system) {
            (Some(pin), _) => self.verify_pinned(pin, shown),
            (None, Some(system)) => {
                let Shown { own, others, name, ocsp, now } = *shown;
                let verified = system.verify_server_cert(own, others, name, ocsp, now);
                verified.map(drop).map_err(|error| unfit(&error).unwrap_or_else(|| shown.not_known()))
            }
            (None, None) => Err(shown.not_known()),
        }
    }

    fn verify_pinned(&self, pin: Pin, shown: &Shown<'_>) -> Result<(), Distrust> {
        if pin_of(shown.own)? == pin {
            // The key itself is pinned, and the handshake proves that it is held: no name adds to that.
            return Ok(());
        }
        let mut authority = None;
        for other in shown.others {
            if pin_of(other)? == pin {
                authority = Some(other);
            }
        }
        let other_key = || shown.pin().map_or(Distrust::Garbled, |shown| Distrust::OtherKey { shown });
        let Some(authority) = authority else { return Err(other_key()) };
        let mut roots = RootCertStore::empty();
        roots.add(authority.clone().into_owned()).map_err(|_| Distrust::Garbled)?;
        let verifier =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(&self.provider))
                .build()
                .map_err(|_| Distrust::Garbled)?;
        let Shown { own, others, name, ocsp, now } = *shown;
        let verified = verifier.verify_server_cert(own, others, name, ocsp, now);
        // Anybody can show a pinned authority's certificate; only it could have issued the relay's.
        verified.map(drop).map_err(|error| unfit(&error).unwrap_or_else(other_key))
    }
}

impl Shown<'_> {
    fn pin(&self) -> Result<Pin, Distrust> {
        pin_of(self.others.last().unwrap_or(self.own))
    }

    fn not_known(&self) -> Distrust {
        self.pin().map_or(Distrust::Garbled, |shown| Distrust::NotKnown { shown })
    }
}

fn pin_of(certificate: &CertificateDer<'_>) -> Result<Pin, Distrust> {
    let parsed = ParsedCertificate::try_from(certificate).map_err(|_| Distrust::Garbled)?;
    Ok(Pin::of_key(&parsed.subject_public_key_info()))
}

/// A certificate of the right authority that does not fit; none when its authority was not accepted.
fn unfit(error: &TlsError) -> Option<Distrust> {
    let TlsError::InvalidCertificate(error) = error else { return None };
    match error {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            Some(Distrust::OtherName)
        }
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => Some(Distrust::OtherTime),
        _ => None,
    }
}

impl ServerCertVerifier for RelayVerifier {
    fn verify_server_cert(
        &self,
        own: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        match self.verify(&Shown { own, others, name, ocsp, now }) {
            Ok(()) => Ok(ServerCertVerified::assertion()),
            Err(distrust) => Err(CertificateError::Other(OtherError(Arc::new(distrust))).into()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
