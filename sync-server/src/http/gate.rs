//! How much memory request bodies may take together, and reading them within it.
//!
//! A body takes its room, in steps of a kibibyte, before it is read and gives it back when the
//! request is answered. A thousand tablets that come back at once wait for room a little and are
//! then told to come again; none of them makes the relay grow.
//!
//! Surprising: a refused request's body is still read, and thrown away. A server that answers and
//! closes while the client is sending makes the client's system drop the answer, and a device with
//! a wrong clock would never learn the relay's time.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use futures_util::StreamExt as _;
use halyard_protocol::problem::{ErrorCode, Problem};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::refusal::Refusal;

/// How long a request waits for room.
const PATIENCE: Duration = Duration::from_secs(10);
/// When a device that found no room should come again.
const COME_AGAIN_S: u32 = 15;
/// Every body takes at least this much: the request around it takes memory too.
const LEAST_KIB: u32 = 4;
const KIB: usize = 1024;
/// A refused body is read at least this far.
pub(super) const LEAST_DRAINED: usize = 64 * KIB;
/// Bodies decompressed at once.
const DECOMPRESSING_AT_ONCE: usize = 8;

/// The room there is.
#[derive(Debug, Clone)]
pub(super) struct Gate {
    kib: Arc<Semaphore>,
    decompressing: Arc<Semaphore>,
}

/// Room taken, until dropped.
#[derive(Debug)]
pub(super) struct Room {
    gate: Gate,
    taken: Vec<OwnedSemaphorePermit>,
}

impl Gate {
    /// A gate to so many mebibytes.
    pub(super) fn of_mib(mib: u32) -> Self {
        let kib = usize::try_from(mib).unwrap_or(usize::MAX).saturating_mul(KIB).min(Semaphore::MAX_PERMITS);
        Self {
            kib: Arc::new(Semaphore::new(kib)),
            decompressing: Arc::new(Semaphore::new(DECOMPRESSING_AT_ONCE)),
        }
    }

    /// Takes room for a body of `bytes`.
    pub(super) async fn enter(&self, bytes: usize) -> Result<Room, Refusal> {
        let mut room = Room { gate: self.clone(), taken: Vec::new() };
        room.grow(bytes).await?;
        Ok(room)
    }
}

impl Room {
    /// Takes room for `bytes` more.
    pub(super) async fn grow(&mut self, bytes: usize) -> Result<(), Refusal> {
        let kib = u32::try_from(bytes.div_ceil(KIB)).unwrap_or(u32::MAX).max(LEAST_KIB);
        self.taken.push(patiently(Arc::clone(&self.gate.kib).acquire_many_owned(kib)).await?);
        Ok(())
    }

    /// Waits for a turn: what comes out of a compressed body is only counted once it is out.
    pub(super) async fn turn_to_decompress(&self) -> Result<OwnedSemaphorePermit, Refusal> {
        patiently(Arc::clone(&self.gate.decompressing).acquire_owned()).await
    }
}

async fn patiently<T, E>(waiting: impl Future<Output = Result<T, E>>) -> Result<T, Refusal> {
    match tokio::time::timeout(PATIENCE, waiting).await {
        Ok(Ok(permit)) => Ok(permit),
        Ok(Err(_)) | Err(_) => Err(Problem::retry_after(ErrorCode::Busy, COME_AGAIN_S).into()),
    }
}

/// Reads a body of at most `most` bytes.
pub(super) async fn read(body: Body, most: usize) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut stream = body.into_data_stream();
    while let Some(piece) = stream.next().await {
        let piece = piece
            .map_err(|_| Problem::new(ErrorCode::BodyNotReadable).with_detail("the body was cut off"))?;
        if bytes.len() + piece.len() > most {
            drain_stream(stream, most).await;
            return Err(Problem::body_too_large(u64::try_from(most).unwrap_or(u64::MAX)).into());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Reads a refused body and throws it away, up to `most` bytes.
pub(super) async fn drain(body: Body, most: usize) {
    drain_stream(body.into_data_stream(), most).await;
}

async fn drain_stream(mut stream: axum::body::BodyDataStream, most: usize) {
    let mut seen = 0_usize;
    while let Some(Ok(piece)) = stream.next().await {
        seen = seen.saturating_add(piece.len());
        if seen > most {
            return;
        }
    }
}
