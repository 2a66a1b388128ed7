//! The relay's own certificate authority, and the certificates it issues to the relay.
//!
//! It exists for one relay only: whoever shows a certificate of this authority holds the relay's
//! database. Devices pin its key, so it lives as long as the database; what the relay shows on the wire is
//! made anew at every start and is never stored.
//!
//! Surprising: certificates begin in 1970 and last years. A device finds out by the relay's answer that its
//! clock is wrong, so a wrong clock must not keep it from asking; and a stolen certificate key would have
//! been stolen together with the authority's.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _};
use halyard_protocol::pin::Pin;
use halyard_protocol::time::UnixMs;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData as _, date_time_ymd,
};

use crate::storage::KeptAuthority;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// How long a certificate lasts from the day it is issued.
const LASTS_MS: i64 = 5 * 365 * DAY_MS;
/// With less than this left a new one is issued.
const RENEW_MS: i64 = 3 * 365 * DAY_MS;
/// The first year of every certificate, and the last of the authority's own.
const YEARS: (i32, i32) = (1970, 2100);

/// A certificate authority of one relay.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Vec<u8>,
    pin: Pin,
}

/// A certificate for the relay.
pub struct Issued {
    /// DER of the certificate and then of its authority's.
    pub chain: Vec<Vec<u8>>,
    /// Its private key, PKCS #8.
    pub private_key: Vec<u8>,
    /// The names it holds for.
    pub names: BTreeSet<String>,
    /// Until when.
    pub until: UnixMs,
}

/// A certificate could not be made. The names are wrong, or what is stored is no key.
#[derive(Debug, thiserror::Error)]
#[error("could not make the relay's certificate")]
pub struct AuthorityError(#[from] rcgen::Error);

impl Authority {
    /// A new authority, as it is to be kept.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn make() -> Result<KeptAuthority, AuthorityError> {
        let key = KeyPair::generate()?;
        let certificate = params(&key).self_signed(&key)?.der().to_vec();
        Ok(KeptAuthority { private_key: key.serialize_der(), certificate })
    }

    /// The authority that was kept.
    ///
    /// # Errors
    /// When what was kept is no key.
    pub fn of(kept: KeptAuthority) -> Result<Self, AuthorityError> {
        let key = KeyPair::try_from(kept.private_key)?;
        let pin = Pin::of_key(&key.subject_public_key_info());
        Ok(Self { issuer: Issuer::new(params(&key), key), certificate: kept.certificate, pin })
    }

    /// What devices pin.
    #[must_use]
    pub fn pin(&self) -> Pin {
        self.pin
    }

    /// A certificate for `names` (host names and addresses), issued at `now`.
    ///
    /// # Errors
    /// When a name can be in no certificate.
    pub fn issue(&self, names: BTreeSet<String>, now: UnixMs) -> Result<Issued, AuthorityError> {
        let until = now.plus_ms(LASTS_MS);
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(names.iter().cloned().collect::<Vec<_>>())?;
        params.distinguished_name.remove(DnType::CommonName);
        params.distinguished_name.push(DnType::CommonName, "Halyard relay");
        params.not_before = date_time_ymd(YEARS.0, 1, 1);
        let (year, month, day) = day(until);
        params.not_after = date_time_ymd(year, month, day);
        params.use_authority_key_identifier_extension = true;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        let certificate = params.signed_by(&key, &self.issuer)?;
        Ok(Issued {
            chain: vec![certificate.der().to_vec(), self.certificate.clone()],
            private_key: key.serialize_der(),
            names,
            until,
        })
    }
}

impl Issued {
    /// Whether a new one is needed: the relay has other names now, or this one ends before long.
    #[must_use]
    pub fn is_due(&self, names: &BTreeSet<String>, now: UnixMs) -> bool {
        self.names != *names || self.until.ms_since(now) < RENEW_MS
    }
}

/// The same for the same key, because certificates name their issuer by it.
fn params(key: &KeyPair) -> CertificateParams {
    let pin = Pin::of_key(&key.subject_public_key_info()).to_string();
    let mut params = CertificateParams::default();
    params.distinguished_name.remove(DnType::CommonName);
    params.distinguished_name.push(DnType::CommonName, format!("Halyard relay authority {pin}"));
    params.not_before = date_time_ymd(YEARS.0, 1, 1);
    params.not_after = date_time_ymd(YEARS.1, 1, 1);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// Year, month and day of a moment, not beyond the years a certificate of ours can have.
fn day(at: UnixMs) -> (i32, u8, u8) {
    let date = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    let [month, day] = [date.month(), date.day()].map(|part| u8::try_from(part).unwrap_or(1));
    (date.year().clamp(YEARS.0, YEARS.1), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPRING_2026: UnixMs = UnixMs(1_772_434_800_000);

    fn names(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn a_certificate_is_renewed_long_before_it_ends_and_when_the_relays_names_change() {
        let authority = Authority::of(Authority::make().unwrap()).unwrap();
        let here = names(&["localhost", "192.168.1.5"]);
        let issued = authority.issue(here.clone(), SPRING_2026).unwrap();
        let after_years = |years: i64| SPRING_2026.plus_ms(years * 365 * DAY_MS + 1);

        assert!(!issued.is_due(&here, SPRING_2026));
        assert!(!issued.is_due(&here, after_years(1)));
        assert!(issued.is_due(&here, after_years(2)), "three years are left");
        assert!(issued.is_due(&here, after_years(6)), "it has expired");
        assert!(issued.is_due(&names(&["localhost", "192.168.1.6"]), SPRING_2026), "the address changed");
    }

    #[test]
    fn what_devices_pin_outlives_every_start() {
        let kept = Authority::make().unwrap();
        let (one, other) = (Authority::of(kept.clone()).unwrap(), Authority::of(kept).unwrap());
        assert_eq!(one.pin(), other.pin());
        let [first, second] =
            [one, other].map(|authority| authority.issue(names(&["localhost"]), SPRING_2026).unwrap());
        assert_eq!(first.chain[1], second.chain[1]);
        assert_ne!(first.private_key, second.private_key);
    }

    #[test]
    fn what_was_kept_and_is_no_key_is_refused() {
        assert!(
            Authority::of(KeptAuthority { private_key: vec![1, 2, 3], certificate: Vec::new() }).is_err()
        );
    }
}
