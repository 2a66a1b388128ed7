//! The database key and the header file that keeps it.
//!
//! The key is 32 random bytes that never change. The header, a small JSON file beside the database,
//! holds it sealed: Argon2id makes a key of the passphrase, XChaCha20-Poly1305 seals with it. A PIN is too
//! short for that alone, so a secret of the system's keyring goes into Argon2id beside it: whoever has
//! only the disk can try no PIN at all. Demo and test data has the key in the open, and the file says so.
//!
//! A checksum over the header tells a damaged file from a wrong passphrase, which the seal alone
//! cannot.

use std::fs;
use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::engine::DatabaseKey;
use crate::private::write_whole;

/// What the seal is bound to, so that it opens nothing else.
const CONTEXT: &[u8] = b"halyard device database key v1";
/// The newest header this app reads. Each protection is written with the version that brought it.
const VERSION: u32 = 2;
/// 64 MiB, three passes: about a quarter of a second on a tablet.
const COST: Cost = Cost { memory_kib: 64 * 1024, passes: 3, lanes: 1 };
/// A header that asks for more was not written by us.
const MOST_MEMORY_KIB: u32 = 1024 * 1024;
const MOST_PASSES: u32 = 64;
const DEMO_WARNING: &str = "DEMO DATA: this key is not protected, whoever reads this file reads the data";

/// How the key is to be had.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub enum Unlock {
    /// By a passphrase.
    Passphrase(String),
    /// By a PIN together with a secret of the system's keyring. Neither opens anything alone.
    Pin {
        /// What the person types.
        pin: String,
        /// What the keyring keeps.
        secret: KeyringSecret,
    },
    /// From a file marked as demo. Never for real data.
    DemoKeyFile,
}

/// A secret that the system's keyring keeps for one profile.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct KeyringSecret {
    /// The name it is kept under, which the header repeats: two profiles never share one.
    pub entry: String,
    /// The secret.
    pub bytes: [u8; 32],
}

/// What has to be asked for before the key can be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guard {
    /// A passphrase.
    Passphrase,
    /// A PIN, and the secret that the keyring keeps under this name.
    Pin {
        /// The name.
        entry: String,
    },
    /// Nothing: demo data.
    Nothing,
}

impl std::fmt::Debug for Unlock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Passphrase(_) => "Passphrase(…)",
            Self::Pin { .. } => "Pin(…)",
            Self::DemoKeyFile => "DemoKeyFile",
        })
    }
}

impl std::fmt::Debug for KeyringSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyringSecret").field("entry", &self.entry).finish_non_exhaustive()
    }
}

impl KeyringSecret {
    /// A new secret under a new name.
    ///
    /// # Errors
    /// When the system gives no random bytes.
    pub fn new() -> Result<Self, KeyError> {
        Ok(Self { entry: hex::encode(random::<16>()?), bytes: random()? })
    }
}

/// The key could not be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The passphrase or PIN does not open the header.
    #[error("the passphrase or PIN is wrong")]
    WrongPassphrase,
    /// The header was cut, overwritten or edited. Without a copy of it the data cannot be read.
    #[error("the key file is damaged")]
    Damaged,
    /// A newer app wrote the header.
    #[error("the key file has version {0}, which this app does not know")]
    UnknownVersion(u32),
    /// The data is protected by a passphrase.
    #[error("the data is protected by a passphrase")]
    NeedsPassphrase,
    /// The data is protected by a PIN and a secret of the keyring.
    #[error("the data is protected by a PIN")]
    NeedsPin,
    /// The data is demo data, which has no passphrase.
    #[error("the data is demo data and has no passphrase")]
    IsDemo,
    /// The header could not be read or written.
    #[error("the key file could not be read or written")]
    File(#[from] std::io::Error),
    /// The system gave no random bytes, or not enough memory to stretch the passphrase.
    #[error("the key could not be made: {0}")]
    Making(String),
}

#[derive(Serialize, Deserialize)]
struct Header {
    version: u32,
    protection: Protection,
    /// SHA-256 of the protection's JSON.
    checksum: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Protection {
    Passphrase(Sealed),
    Pin {
        entry: String,
        #[serde(flatten)]
        sealed: Sealed,
    },
    Demo {
        warning: String,
        key: String,
    },
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    cost: Cost,
    salt: String,
    nonce: String,
    sealed_key: String,
}

impl Protection {
    /// The version that brought it: an older app still reads what it knows.
    const fn version(&self) -> u32 {
        match self {
            Self::Passphrase(_) | Self::Demo { .. } => 1,
            Self::Pin { .. } => 2,
        }
    }
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// Reads the key, or makes one when there is no header.
pub(crate) fn obtain(header: &Path, unlock: &Unlock) -> Result<DatabaseKey, KeyError> {
    if header.try_exists()? { read(header, unlock) } else { make(header, unlock, COST) }
}

/// What protects the key of a header; `None` when there is no header.
pub(crate) fn guard(header: &Path) -> Result<Option<Guard>, KeyError> {
    if !header.try_exists()? {
        return Ok(None);
    }
    Ok(Some(match protection(header)? {
        Protection::Passphrase(_) => Guard::Passphrase,
        Protection::Pin { entry, .. } => Guard::Pin { entry },
        Protection::Demo { .. } => Guard::Nothing,
    }))
}

fn make(path: &Path, unlock: &Unlock, cost: Cost) -> Result<DatabaseKey, KeyError> {
    let key = DatabaseKey(random()?);
    let protection = match unlock {
        Unlock::Passphrase(passphrase) => Protection::Passphrase(seal(&key, passphrase, None, cost)?),
        Unlock::Pin { pin, secret } => Protection::Pin {
            entry: secret.entry.clone(),
            sealed: seal(&key, pin, Some(&secret.bytes), cost)?,
        },
        Unlock::DemoKeyFile => Protection::Demo { warning: DEMO_WARNING.to_owned(), key: hex::encode(key.0) },
    };
    let header = Header { version: protection.version(), checksum: checksum(&protection)?, protection };
    let text = serde_json::to_vec_pretty(&header).map_err(|error| KeyError::Making(error.to_string()))?;
    write_whole(path, &text)?;
    Ok(key)
}

fn read(path: &Path, unlock: &Unlock) -> Result<DatabaseKey, KeyError> {
    match (protection(path)?, unlock) {
        (Protection::Passphrase(sealed), Unlock::Passphrase(passphrase)) => unseal(&sealed, passphrase, None),
        (Protection::Pin { sealed, .. }, Unlock::Pin { pin, secret }) => {
            unseal(&sealed, pin, Some(&secret.bytes))
        }
        (Protection::Demo { key, .. }, Unlock::DemoKeyFile) => Ok(DatabaseKey(bytes(&key)?)),
        (Protection::Passphrase(_), Unlock::DemoKeyFile | Unlock::Pin { .. }) => {
            Err(KeyError::NeedsPassphrase)
        }
        (Protection::Pin { .. }, Unlock::Passphrase(_) | Unlock::DemoKeyFile) => Err(KeyError::NeedsPin),
        (Protection::Demo { .. }, Unlock::Passphrase(_) | Unlock::Pin { .. }) => Err(KeyError::IsDemo),
    }
}

fn protection(path: &Path) -> Result<Protection, KeyError> {
    let text = Zeroizing::new(fs::read(path)?);
    let header: Header = match serde_json::from_slice(&text) {
        Ok(header) => header,
        Err(_) => return Err(newer_version(&text).map_or(KeyError::Damaged, KeyError::UnknownVersion)),
    };
    if header.version > VERSION {
        return Err(KeyError::UnknownVersion(header.version));
    }
    if header.version != header.protection.version() || header.checksum != checksum(&header.protection)? {
        return Err(KeyError::Damaged);
    }
    Ok(header.protection)
}

/// The version of a header whose rest this app cannot read.
fn newer_version(text: &[u8]) -> Option<u32> {
    #[derive(Deserialize)]
    struct Versioned {
        version: u32,
    }
    serde_json::from_slice::<Versioned>(text).ok().map(|header| header.version).filter(|one| *one > VERSION)
}

fn seal(key: &DatabaseKey, typed: &str, pepper: Option<&[u8; 32]>, cost: Cost) -> Result<Sealed, KeyError> {
    let (salt, nonce): ([u8; 16], [u8; 24]) = (random()?, random()?);
    let wrap = stretch(typed, pepper, cost, &salt)?;
    let sealed = XChaCha20Poly1305::new(wrap.as_ref().into())
        .encrypt(XNonce::from_slice(&nonce), Payload { msg: &key.0, aad: CONTEXT })
        .map_err(|_| KeyError::Making("sealing failed".to_owned()))?;
    Ok(Sealed { cost, salt: hex::encode(salt), nonce: hex::encode(nonce), sealed_key: hex::encode(sealed) })
}

fn unseal(sealed: &Sealed, typed: &str, pepper: Option<&[u8; 32]>) -> Result<DatabaseKey, KeyError> {
    let Sealed { cost, salt, nonce, sealed_key } = sealed;
    if cost.memory_kib > MOST_MEMORY_KIB || cost.passes > MOST_PASSES {
        return Err(KeyError::Damaged);
    }
    let (salt, nonce) = (bytes::<16>(salt)?, bytes::<24>(nonce)?);
    let sealed_key = hex::decode(sealed_key).map_err(|_| KeyError::Damaged)?;
    let wrap = stretch(typed, pepper, *cost, &salt)?;
    let opened = XChaCha20Poly1305::new(wrap.as_ref().into())
        .decrypt(XNonce::from_slice(&nonce), Payload { msg: &sealed_key, aad: CONTEXT })
        .map(Zeroizing::new)
        .map_err(|_| KeyError::WrongPassphrase)?;
    opened.as_slice().try_into().map(DatabaseKey).map_err(|_| KeyError::Damaged)
}

/// Makes the wrapping key. `pepper` is Argon2id's own secret input, of which the header tells nothing.
fn stretch(
    typed: &str,
    pepper: Option<&[u8; 32]>,
    cost: Cost,
    salt: &[u8; 16],
) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let making = |error: argon2::Error| KeyError::Making(error.to_string());
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(making)?;
    let (kind, version) = (Algorithm::Argon2id, Version::V0x13);
    let argon = match pepper {
        Some(pepper) => Argon2::new_with_secret(pepper, kind, version, params).map_err(making)?,
        None => Argon2::new(kind, version, params),
    };
    let mut wrap = Zeroizing::new([0; 32]);
    argon.hash_password_into(typed.as_bytes(), salt, wrap.as_mut()).map_err(making)?;
    Ok(wrap)
}

fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| KeyError::Making(error.to_string()))?;
    Ok(bytes)
}

fn checksum(protection: &Protection) -> Result<String, KeyError> {
    let text = serde_json::to_vec(protection).map_err(|error| KeyError::Making(error.to_string()))?;
    Ok(hex::encode(Sha256::digest(Zeroizing::new(text).as_slice())))
}

fn bytes<const N: usize>(text: &str) -> Result<[u8; N], KeyError> {
    hex::decode(text).ok().and_then(|bytes| bytes.try_into().ok()).ok_or(KeyError::Damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Enough to show that the passphrase matters, little enough for a debug build.
    const CHEAP: Cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };

    fn passphrase(text: &str) -> Unlock {
        Unlock::Passphrase(text.to_owned())
    }

    fn made(unlock: &Unlock) -> (tempfile::TempDir, std::path::PathBuf, DatabaseKey) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("device.key");
        let key = make(&path, unlock, CHEAP).unwrap();
        (folder, path, key)
    }

    #[test]
    fn the_passphrase_gives_the_same_key_again_and_another_one_none() {
        let (_folder, path, key) = made(&passphrase("довга фраза для ключа"));
        assert!(obtain(&path, &passphrase("довга фраза для ключа")).unwrap() == key);
        assert!(matches!(read(&path, &passphrase("довга фраза")), Err(KeyError::WrongPassphrase)));
        let header = fs::read_to_string(&path).unwrap();
        assert!(!header.contains(&hex::encode(key.0)));
    }

    #[test]
    fn any_change_of_the_header_is_damage_and_not_a_wrong_passphrase() {
        let unlock = passphrase("довга фраза для ключа");
        let (_folder, path, _) = made(&unlock);
        let whole = fs::read(&path).unwrap();
        let sealed = whole.windows(10).position(|part| part == b"sealed_key").unwrap() + 14;
        let mut flipped = whole.clone();
        flipped[sealed] = if flipped[sealed] == b'0' { b'1' } else { b'0' };
        for damaged in [flipped.as_slice(), &whole[..whole.len() / 2], b""] {
            fs::write(&path, damaged).unwrap();
            assert!(matches!(read(&path, &unlock), Err(KeyError::Damaged)));
        }
    }

    #[test]
    fn a_header_of_a_newer_app_is_named_as_such() {
        let (_folder, path, _) = made(&Unlock::DemoKeyFile);
        fs::write(&path, br#"{"version": 3, "protection": {"smart_card": {}}, "checksum": ""}"#).unwrap();
        assert!(matches!(read(&path, &Unlock::DemoKeyFile), Err(KeyError::UnknownVersion(3))));
        assert!(matches!(guard(&path), Err(KeyError::UnknownVersion(3))));
    }

    #[test]
    fn demo_keys_say_so_and_are_no_way_around_a_passphrase() {
        let (_folder, path, key) = made(&Unlock::DemoKeyFile);
        assert!(fs::read_to_string(&path).unwrap().contains("DEMO DATA"));
        assert!(read(&path, &Unlock::DemoKeyFile).unwrap() == key);
        assert!(matches!(read(&path, &passphrase("x")), Err(KeyError::IsDemo)));
        let (_folder, path, _) = made(&passphrase("довга фраза для ключа"));
        assert!(matches!(read(&path, &Unlock::DemoKeyFile), Err(KeyError::NeedsPassphrase)));
    }

    #[test]
    fn a_pin_opens_only_together_with_the_secret_of_the_keyring() {
        let pin =
            |pin: &str, secret: &KeyringSecret| Unlock::Pin { pin: pin.to_owned(), secret: secret.clone() };
        let secret = KeyringSecret::new().unwrap();
        let (_folder, path, key) = made(&pin("4071", &secret));

        assert!(read(&path, &pin("4071", &secret)).unwrap() == key);
        let other = KeyringSecret { entry: secret.entry.clone(), bytes: [7; 32] };
        for wrong in [pin("4072", &secret), pin("4071", &other)] {
            assert!(matches!(read(&path, &wrong), Err(KeyError::WrongPassphrase)));
        }
        for without in [passphrase("4071"), Unlock::DemoKeyFile] {
            assert!(matches!(read(&path, &without), Err(KeyError::NeedsPin)));
        }
        assert!(!fs::read_to_string(&path).unwrap().contains(&hex::encode(secret.bytes)));
    }

    #[test]
    fn a_header_says_what_has_to_be_asked_for() {
        let secret = KeyringSecret::new().unwrap();
        let entry = secret.entry.clone();
        let check = |unlock: &Unlock, version: &str, expected: Guard| {
            let (_folder, path, _) = made(unlock);
            assert_eq!(guard(&path).unwrap(), Some(expected));
            // An older app goes on reading what it always could.
            assert!(fs::read_to_string(&path).unwrap().contains(version));
        };
        check(&passphrase("довга фраза для ключа"), "\"version\": 1", Guard::Passphrase);
        check(&Unlock::DemoKeyFile, "\"version\": 1", Guard::Nothing);
        check(&Unlock::Pin { pin: "4071".to_owned(), secret }, "\"version\": 2", Guard::Pin { entry });
        assert_eq!(guard(Path::new("no such folder/device.key")).unwrap(), None);
    }

    #[test]
    fn two_headers_never_share_a_key() {
        assert!(made(&Unlock::DemoKeyFile).2 != made(&Unlock::DemoKeyFile).2);
    }

    #[test]
    fn secrets_do_not_print() {
        assert_eq!(format!("{:?}", passphrase("таємно")), "Passphrase(…)");
        let secret = KeyringSecret { entry: "a".to_owned(), bytes: [7; 32] };
        assert_eq!(format!("{secret:?}"), "KeyringSecret { entry: \"a\", .. }");
        assert_eq!(format!("{:?}", Unlock::Pin { pin: "4071".to_owned(), secret }), "Pin(…)");
    }
}
