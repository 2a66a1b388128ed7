//! The calls about the profile itself: possible also while it is closed, when there is no app to ask.
//!
//! Listed once like the calls of the screens ([`crate::calls`]), and reached the same way.

use std::error::Error as _;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::joining::{InvitedBy, invitation};
use super::{Life, LifeError, Protection, Rescue, Stage};
use crate::calls;
use crate::screens::status::Nothing;
use crate::screens::{ScreenError, StorageTrouble};
use crate::sync::Told;

/// Hands the list of calls to `$make!`. Each line: the name, the question, the answer, the function.
#[macro_export]
macro_rules! with_life_calls {
    ($make:ident) => {
        $make! {
            life stage($crate::screens::status::Nothing) -> $crate::life::Stage = $crate::life::calls::stage;
            life try_again($crate::screens::status::Nothing) -> $crate::screens::status::Nothing
                = $crate::life::calls::try_again;
            life join($crate::life::calls::FirstStart) -> $crate::screens::status::Nothing
                = $crate::life::calls::join;
            life unlock($crate::life::calls::Typed) -> $crate::screens::status::Nothing
                = $crate::life::calls::unlock;
            life lock($crate::screens::status::Nothing) -> $crate::screens::status::Nothing
                = $crate::life::calls::lock;
            life touch($crate::screens::status::Nothing) -> $crate::screens::status::Nothing
                = $crate::life::calls::touch;
            life network_returned($crate::screens::status::Nothing) -> $crate::screens::status::Nothing
                = $crate::life::calls::network_returned;
            life rescue($crate::screens::status::Nothing) -> ::std::option::Option<$crate::life::Rescue>
                = $crate::life::calls::rescue;
            life rescue_read($crate::screens::status::Nothing) -> $crate::screens::status::Nothing
                = $crate::life::calls::rescue_read;
        }
    };
}

/// What a person brings to the first start.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FirstStart {
    /// How the invitation was brought.
    pub by: InvitedBy,
    /// The relay's pin, once the person has compared what a refusal showed with the administrator's screen; it
    /// counts where the invitation itself brings none.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub compared_pin: Option<String>,
    /// What this device is to be called: «планшет ПЛ-07».
    pub device_name: String,
    /// What the data is to be protected by; looked at only where nothing protects it yet.
    pub protect: ProtectBy,
}

/// What a person wants the data protected by.
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ProtectBy {
    /// A PIN, together with the keyring of the system.
    Pin(String),
    /// A passphrase alone.
    Passphrase(String),
}

/// What was typed to open the profile: the PIN or the passphrase.
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Typed {
    /// The PIN or the passphrase.
    pub secret: String,
}

impl std::fmt::Debug for ProtectBy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Pin(_) => "Pin(…)",
            Self::Passphrase(_) => "Passphrase(…)",
        })
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Typed(…)")
    }
}

impl From<ProtectBy> for Protection {
    fn from(wanted: ProtectBy) -> Self {
        match wanted {
            ProtectBy::Pin(pin) => Self::Pin(pin),
            ProtectBy::Passphrase(passphrase) => Self::Passphrase(passphrase),
        }
    }
}

/// Where the profile is in its life.
///
/// # Errors
/// Only when the program is ending.
pub async fn stage(life: &Arc<Life>, _: Nothing) -> Result<Stage, ScreenError> {
    Ok(life.blocking(|life| Ok(life.stage())).await?)
}

/// Tries anew to open what could not be opened.
///
/// # Errors
/// As [`Life::begin`].
pub async fn try_again(life: &Arc<Life>, _: Nothing) -> Result<Nothing, ScreenError> {
    life.begin().await?;
    Ok(Nothing {})
}

/// Joins a company.
///
/// # Errors
/// When what was entered is no invitation, and as [`Life::join`].
pub async fn join(life: &Arc<Life>, asked: FirstStart) -> Result<Nothing, ScreenError> {
    let name = asked.device_name.trim();
    if name.is_empty() {
        return Err(ScreenError::Required { field: "device_name".to_owned() });
    }
    let invitation = invitation(&asked.by, asked.compared_pin.as_deref())
        .map_err(|what| ScreenError::WrongInvitation { what })?;
    life.join(&invitation, name, asked.protect.into()).await?;
    Ok(Nothing {})
}

/// Opens the profile.
///
/// # Errors
/// As [`Life::unlock`].
pub async fn unlock(life: &Arc<Life>, asked: Typed) -> Result<Nothing, ScreenError> {
    life.unlock(asked.secret).await?;
    Ok(Nothing {})
}

/// Locks the profile.
///
/// # Errors
/// None so far.
pub async fn lock(life: &Arc<Life>, _: Nothing) -> Result<Nothing, ScreenError> {
    life.lock().await;
    Ok(Nothing {})
}

/// The person did something.
///
/// # Errors
/// None so far.
pub async fn touch(life: &Arc<Life>, _: Nothing) -> Result<Nothing, ScreenError> {
    life.touch();
    Ok(Nothing {})
}

/// The network is back: the sync need not wait for its next try.
///
/// # Errors
/// None so far.
pub async fn network_returned(life: &Arc<Life>, _: Nothing) -> Result<Nothing, ScreenError> {
    life.tell(Told::NetworkReturned);
    Ok(Nothing {})
}

/// What became of a damaged database, until somebody has read it.
///
/// # Errors
/// None so far.
pub async fn rescue(life: &Arc<Life>, _: Nothing) -> Result<Option<Rescue>, ScreenError> {
    Ok(life.rescue())
}

/// Somebody has read what became of the damaged database.
///
/// # Errors
/// None so far.
pub async fn rescue_read(life: &Arc<Life>, _: Nothing) -> Result<Nothing, ScreenError> {
    life.rescue_read();
    Ok(Nothing {})
}

macro_rules! dispatch {
    ($(life $name:ident($question:ty) -> $answer:ty = $function:path;)*) => {
        /// Answers any call by its name, JSON in and out: one of the profile, or one of the app on it.
        ///
        /// # Errors
        /// When there is no such call, the question cannot be read, the profile is not open, or as the call
        /// itself.
        pub async fn call(life: &Arc<Life>, name: &str, question: Value) -> Result<Value, ScreenError> {
            match name {
                $(stringify!($name) => calls::written(&$function(life, calls::read(question)?).await?),)*
                _ => calls::call(&life.app()?, name, question).await,
            }
        }
    };
}

with_life_calls!(dispatch);

impl From<LifeError> for ScreenError {
    fn from(error: LifeError) -> Self {
        match error {
            LifeError::NotNow => Self::NotNow,
            LifeError::TooShort { least } => Self::TooShort { least },
            LifeError::Wrong => Self::WrongSecret,
            LifeError::Wait { wait_ms } => Self::TooManyTries { wait_ms },
            LifeError::Keyring(error) => {
                tracing::error!(%error, source = ?error.source(), "the keyring does not help to open the profile");
                Self::NoKeyring
            }
            LifeError::Join(error) => error.into(),
            LifeError::Device(error) => error.into(),
            LifeError::Open(error) => {
                tracing::error!(%error, source = ?error.source(), "the profile could not be opened");
                Self::ProfileClosed
            }
            LifeError::File(error) => {
                tracing::error!(%error, "a file of the profile failed a screen");
                Self::Storage { trouble: StorageTrouble::of_file(&error) }
            }
        }
    }
}
