//! The relay dies in the middle of a push, at a place that is known.
//!
//! The first technician's work travels in two pushes. The first is answered: its work is receipted. The
//! second holds what was written while the first was on its way; the relay takes it in, and is killed
//! before a byte of its answer arrives. So one part is known to have arrived, and the other has arrived
//! and is not known to have.

use std::sync::Arc;

use anyhow::{Context, ensure};
use halyard_device::sync::SyncError;

use super::acts;
use super::scene::{Cast, Scene};
use crate::harness::{Office, PUSH, Place, Relay, Wire};

/// What lay where when the relay was killed.
#[derive(Debug)]
pub struct Cut {
    /// Changes of the first technician that this sync had brought a receipt for.
    pub receipted: u64,
    /// Changes without a receipt.
    pub unreceipted: u64,
    /// The unreceipted words as they already stood in the office database.
    pub in_the_office: String,
    /// Why the sync ended.
    pub error: SyncError,
}

/// The first technician comes back to the network and syncs; the relay is killed in the second push and
/// started again.
///
/// # Errors
/// When the sync does not go as told above.
pub(super) async fn relay_dies(
    relay: Relay,
    wire: &Wire,
    cast: &Cast,
    scene: &Scene,
    say: &mut dyn FnMut(&str),
) -> anyhow::Result<(Relay, Cut)> {
    let device = &cast.first.device;
    let unsent = || anyhow::Ok(device.status()?.unsent);
    let first_push = wire.stop(PUSH, Place::InAnswer(0));
    let second_push = wire.stop(PUSH, Place::InAnswer(0));

    say("The first technician is back in the network and starts to sync.");
    let syncing = Arc::clone(device);
    let syncing = tokio::spawn(async move { syncing.sync().await });
    let halted = first_push.reached().await?;
    say("While the work is on its way, the technician writes a recommendation.");
    acts::technician_recommends(cast, scene)?;
    let all = unsent()?;
    halted.go_on();

    let halted = second_push.reached().await?;
    let unreceipted = unsent()?;
    let office = Office::in_folder(relay.folder().data())?;
    let rows = office.rows("SELECT recommendations FROM visit WHERE id = ?1", &[scene.visit.as_bytes()])?;
    let folder = relay.kill()?;
    halted.cut();
    say("The relay took the second push in and was killed with -9 before its answer arrived.");
    let Err(error) = syncing.await.context("the sync task")? else {
        anyhow::bail!("the sync ended well without its answer")
    };
    ensure!(unsent()? == unreceipted, "a receipt arrived after the cut");
    let receipted = all.saturating_sub(unreceipted);
    say(&format!(
        "The sync was cut: {error}. Changes with a receipt: {receipted}. Without, to be sent again: {unreceipted}."
    ));
    say("The relay starts again on the same folder.");
    let in_the_office = rows.concat().concat();
    Ok((folder.start()?, Cut { receipted, unreceipted, in_the_office, error }))
}
