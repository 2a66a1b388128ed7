//! Where the device stands with its relay, and who it is.

use halyard_domain::id::{DeviceId, DocumentId, IncarnationId, WorkspaceId};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::StoreError;
use crate::types::{Identity, SecretKey, SyncState, SyncStateChange};

pub(crate) fn state(db: &Connection) -> Result<SyncState, StoreError> {
    let state = db
        .prepare_cached(
            "SELECT cursor, epoch, me, clock_offset_ms, last_full_sync_ms, last_offer_ms, watermark, wiped_ms
             FROM sync_state",
        )?
        .query_row([], |row| {
            Ok(SyncState {
                cursor: row.get(0)?,
                epoch: row.get(1)?,
                me: row.get(2)?,
                clock_offset_ms: row.get(3)?,
                last_full_sync_ms: row.get(4)?,
                last_offer_ms: row.get(5)?,
                watermark: row.get::<_, i64>(6)?.try_into().unwrap_or(0),
                wiped_ms: row.get(7)?,
            })
        })?;
    Ok(state)
}

pub(crate) fn change(db: &Connection, change: &SyncStateChange) -> Result<(), StoreError> {
    let watermark = change.watermark.map(i64::try_from).transpose();
    let watermark = watermark.map_err(|_| StoreError::Garbled("position"))?;
    db.prepare_cached(
        "UPDATE sync_state
         SET cursor = ifnull(?1, cursor),
             epoch = ifnull(?2, epoch),
             me = ifnull(?3, me),
             clock_offset_ms = ifnull(?4, clock_offset_ms),
             last_full_sync_ms = ifnull(?5, last_full_sync_ms),
             last_offer_ms = ifnull(?6, last_offer_ms),
             watermark = ifnull(?7, watermark),
             wiped_ms = CASE WHEN wiped_ms > ifnull(last_full_sync_ms, 0) THEN wiped_ms ELSE ifnull(?8, wiped_ms) END",
    )?
    .execute(params![
        change.cursor,
        change.epoch,
        change.me,
        change.clock_offset_ms,
        change.last_full_sync_ms,
        change.last_offer_ms,
        watermark,
        change.wiped_ms
    ])?;
    Ok(())
}

/// Forgets the cursor: the next pull is a first sync.
pub(crate) fn forget_cursor(db: &Connection) -> Result<(), StoreError> {
    db.execute("UPDATE sync_state SET cursor = NULL", [])?;
    Ok(())
}

pub(crate) fn identity(db: &Connection) -> Result<Option<Identity>, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT workspace, organisation, relay_url, relay_key, device, device_key, employee, incarnation,
                    relay_pin
             FROM identity",
        )?
        .query_row([], |row| {
            let blobs: [Vec<u8>; 6] =
                [row.get(0)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?];
            let pin: Option<Vec<u8>> = row.get(8)?;
            Ok((blobs, row.get::<_, String>(1)?, row.get::<_, String>(2)?, pin))
        })
        .optional()?;
    let Some((blobs, organisation, relay_url, pin)) = found else { return Ok(None) };
    let [workspace, relay_key, device, device_key, employee, incarnation] = blobs;
    let garbled = |_| StoreError::Garbled("identity");
    let key = |bytes: Vec<u8>| bytes.try_into().map_err(|_| StoreError::Garbled("identity"));
    Ok(Some(Identity {
        workspace: WorkspaceId::from_slice(&workspace).map_err(garbled)?,
        organisation,
        relay_url,
        relay_pin: pin.map(|pin| pin.try_into().map_err(|_| StoreError::Garbled("identity"))).transpose()?,
        relay_key: key(relay_key)?,
        device: DeviceId::from_slice(&device).map_err(garbled)?,
        device_key: SecretKey(key(device_key)?),
        employee: DocumentId::from_slice(&employee).map_err(garbled)?,
        incarnation: IncarnationId::from_slice(&incarnation).map_err(garbled)?,
    }))
}

/// Keeps who the device is; also after a new incarnation or a moved relay.
pub(crate) fn set_identity(db: &Connection, identity: &Identity) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT OR REPLACE INTO identity
             (one, workspace, organisation, relay_url, relay_key, device, device_key, employee, incarnation,
              relay_pin)
         VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        identity.workspace.as_bytes().as_slice(),
        identity.organisation,
        identity.relay_url,
        identity.relay_key.as_slice(),
        identity.device.as_bytes().as_slice(),
        identity.device_key.0.as_slice(),
        identity.employee.as_bytes().as_slice(),
        identity.incarnation.as_bytes().as_slice(),
        identity.relay_pin.as_ref().map(<[u8; 20]>::as_slice)
    ])?;
    db.execute("DELETE FROM enrolling", [])?;
    Ok(())
}
