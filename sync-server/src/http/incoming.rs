//! A request whose sender is known, with its body as it arrived.

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{FromRequestParts as _, RawPathParams};
use axum::http::request::Parts;
use halyard_protocol::body::{self as wire, Encoding, ReadError};
use halyard_protocol::problem::{ErrorCode, Problem};
use serde::de::DeserializeOwned;

use super::gate::Room;
use super::refusal::{self, Refusal};

/// Bodies up to this size are read where they are.
const QUICK_BYTES: usize = 16 << 10;

/// A request after its signature and digest were checked.
pub struct Incoming {
    pub(super) parts: Parts,
    pub(super) path_params: Vec<String>,
    pub(super) body: Vec<u8>,
    pub(super) encoding: Encoding,
    /// The room the body takes, given back when the request is done.
    pub(super) room: Room,
}

impl Incoming {
    /// The body as the value this route takes. There is one body, so this is asked once.
    pub(super) async fn read<Q>(&mut self, most: usize) -> Result<Q, Refusal>
    where
        Q: DeserializeOwned + Send + 'static,
    {
        decode(std::mem::take(&mut self.body), self.encoding, most, &mut self.room).await
    }

    /// What the path names, for a route that names one thing.
    pub(super) fn named_in_path(&self) -> Result<String, Refusal> {
        self.path_params.first().cloned().ok_or_else(|| refusal::because(ErrorCode::UnknownOrForbidden))
    }

    /// The value of `name` in the query.
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.parts.uri.query()?.split('&');
        pairs.filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The upgrade this request asks for.
    pub(super) async fn upgrade(&mut self) -> Result<WebSocketUpgrade, Refusal> {
        WebSocketUpgrade::from_request_parts(&mut self.parts, &()).await.map_err(|rejection| {
            Problem::new(ErrorCode::BodyNotReadable)
                .with_detail(format!("not a WebSocket upgrade: {rejection}"))
                .into()
        })
    }
}

/// The parts of the path a route names, in order.
pub(super) async fn path_params(parts: &mut Parts) -> Vec<String> {
    match RawPathParams::from_request_parts(parts, &()).await {
        Ok(params) => params.iter().map(|(_, value)| value.to_owned()).collect(),
        Err(_) => Vec::new(),
    }
}

/// Reads a body that was checked. Large ones are read away from the threads that serve sockets.
pub(super) async fn decode<Q>(
    body: Vec<u8>,
    encoding: Encoding,
    most: usize,
    room: &mut Room,
) -> Result<Q, Refusal>
where
    Q: DeserializeOwned + Send + 'static,
{
    let plain = match encoding {
        Encoding::Identity => body,
        Encoding::Zstd => {
            let _turn = room.turn_to_decompress().await?;
            let plain =
                blocking(move || wire::decompress(&body, most)).await?.map_err(|error| unreadable(&error))?;
            room.grow(plain.len()).await?;
            plain
        }
    };
    if plain.len() <= QUICK_BYTES {
        return wire::read(&plain, Encoding::Identity, most).map_err(|error| unreadable(&error));
    }
    blocking(move || wire::read(&plain, Encoding::Identity, most)).await?.map_err(|error| unreadable(&error))
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|panic| super::answer::fault("reading a body", &panic))
}

fn unreadable(error: &ReadError) -> Refusal {
    match error {
        ReadError::TooLarge { most } => {
            Problem::body_too_large(u64::try_from(*most).unwrap_or(u64::MAX)).into()
        }
        ReadError::Zstd(_) | ReadError::Cbor(_) => {
            Problem::new(ErrorCode::BodyNotReadable).with_detail(crate::admin::failure::chain(error)).into()
        }
    }
}
