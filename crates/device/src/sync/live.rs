//! Staying in step: the driver in the background, with the live socket and a timer.
//!
//! The socket brings hints and never data; a lost one costs only time, because the timer asks too. An
//! edit wakes the driver through a [`Waker`]. When the task is dropped or told to stop, nothing is lost:
//! the next start goes on from the store.

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use halyard_protocol::cbor;
use halyard_protocol::driver::{Input, Status};
use halyard_protocol::live::LiveMessage;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::{HeaderName, HeaderValue};
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream};

use crate::device::Device;
use crate::sync::SyncError;
use crate::sync::session::Session;

/// The path of the live socket.
const PATH: &str = "/v1/sync/live";
/// Largest message of the socket, in bytes.
const MESSAGE_BYTES: usize = 4096;
/// The longest wait between two looks at the clock, so that one that was set back is noticed.
const LONGEST_NAP_MS: i64 = 60_000;
/// How long the socket may take to open: a network that swallows the answer must not hold up what is unsent.
const OPENING: Duration = Duration::from_secs(20);
/// How long the socket may say nothing. The relay pings every 30 seconds, so two pings are missing: the network
/// went away without a word, and no hint would come any more.
const SILENCE: Duration = Duration::from_secs(75);

/// Why the background sync is woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Something was saved.
    Edited,
    /// The person asked for it.
    Asked,
    /// The system says the network is back.
    NetworkReturned,
    /// The app ends.
    Stop,
}

/// Wakes the background sync.
#[derive(Debug, Clone)]
pub struct Waker(mpsc::Sender<Told>);

impl Waker {
    /// Tells the background sync. When so much waits already that there is no room, one more word would
    /// change nothing.
    pub fn tell(&self, told: Told) {
        if self.0.try_send(told).is_err() {
            tracing::debug!(?told, "the background sync has enough to do or has ended");
        }
    }
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// What the background sync is woken by.
enum Woken {
    Told(Option<Told>),
    Hint(Option<LiveMessage>),
    Time,
}

impl Device {
    /// A waker for [`Device::stay_in_step`] and what it listens to.
    #[must_use]
    pub fn waker() -> (Waker, mpsc::Receiver<Told>) {
        let (sender, receiver) = mpsc::channel(16);
        (Waker(sender), receiver)
    }

    /// Syncs in the background until it is told to stop, showing how it goes to `status`.
    ///
    /// # Errors
    /// When the device itself fails: what the network does is waited out. [`SyncError::Revoked`] when the office
    /// removed this device and nothing made here waits for another try; the records are off it before that.
    pub async fn stay_in_step(
        self: Arc<Self>,
        mut told: mpsc::Receiver<Told>,
        status: watch::Sender<Option<Status>>,
    ) -> Result<(), SyncError> {
        let mut session = Session::shown_by(&self, status.clone()).await?;
        let mut socket: Option<Socket> = None;
        let mut wake_at = None;
        let mut input = Some(Input::Started);
        loop {
            if let Some(input) = input.take() {
                let rested = session.handle(input).await?;
                wake_at = rested.wake_at.or(wake_at);
                if let Some(shown) = rested.status {
                    status.send_replace(Some(shown));
                }
                if session.is_over() {
                    return Err(self.revoked().await?);
                }
                if rested.open_live {
                    socket = session.open_live(OPENING).await;
                    if socket.is_none() {
                        let rested = session.handle(Input::LiveClosed).await?;
                        wake_at = rested.wake_at.or(wake_at);
                    }
                }
            }
            let now = self.surroundings.now_ms();
            let nap = wake_at.map_or(LONGEST_NAP_MS, |at| at.0.saturating_sub(now)).clamp(0, LONGEST_NAP_MS);
            let woken = tokio::select! {
                word = told.recv() => Woken::Told(word),
                hint = next_hint(&mut socket, SILENCE) => Woken::Hint(hint),
                () = rest(nap) => Woken::Time,
            };
            input = match woken {
                Woken::Told(None | Some(Told::Stop)) => {
                    close(socket).await;
                    return Ok(());
                }
                Woken::Told(Some(Told::Edited)) => Some(Input::Edited),
                Woken::Told(Some(Told::Asked)) => Some(Input::Asked),
                Woken::Told(Some(Told::NetworkReturned)) => Some(Input::NetworkReturned),
                Woken::Hint(Some(LiveMessage::Hint { epoch, position })) => {
                    Some(Input::Hint { epoch, position })
                }
                Woken::Hint(Some(LiveMessage::Revoked(revocation))) => Some(Input::Revoked(revocation)),
                Woken::Hint(None) => {
                    socket = None;
                    Some(Input::LiveClosed)
                }
                Woken::Time => Some(Input::Tick),
            };
        }
    }
}

impl Session {
    /// Opens the live socket; `None` when that does not work now.
    async fn open_live(&self, within: Duration) -> Option<Socket> {
        let base = self.client.base().replacen("http", "ws", 1);
        let mut request = format!("{base}{PATH}").into_client_request().ok()?;
        for (name, value) in self.client.headers("GET", PATH, self.relay_now(), &[]) {
            request.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?);
        }
        let tls = Connector::Rustls(self.client.tls());
        let opening = tokio_tungstenite::connect_async_tls_with_config(request, None, false, Some(tls));
        match tokio::time::timeout(within, opening).await {
            Ok(Ok((socket, _))) => Some(socket),
            Ok(Err(error)) => {
                tracing::debug!(%error, "the live socket cannot be opened");
                None
            }
            Err(_) => {
                tracing::debug!("nobody answers to the opening of the live socket");
                None
            }
        }
    }
}

/// The next message of the socket; `None` when it closed, or when nothing came for as long as `silence`. Waits
/// for ever without a socket.
async fn next_hint(socket: &mut Option<Socket>, silence: Duration) -> Option<LiveMessage> {
    let Some(open) = socket else { return std::future::pending().await };
    while let Ok(Some(Ok(message))) = tokio::time::timeout(silence, open.next()).await {
        if let Message::Binary(bytes) = message {
            return cbor::decode(&bytes, MESSAGE_BYTES).ok();
        }
    }
    None
}

async fn close(socket: Option<Socket>) {
    if let Some(mut socket) = socket
        && let Err(error) = socket.close(None).await
    {
        tracing::debug!(%error, "the live socket closed by itself");
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the reconnect timer")]
async fn rest(ms: i64) {
    tokio::time::sleep(Duration::from_millis(u64::try_from(ms).unwrap_or(0))).await;
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use halyard_protocol::driver::State;

    use super::*;
    use crate::sync::bench;

    /// A device whose relay takes the connection and never says a word.
    async fn unanswered(folder: &Path) -> (Arc<Device>, tokio::net::TcpListener) {
        let device = Arc::new(bench::device(folder));
        let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", mute.local_addr().unwrap()).parse().unwrap();
        device.move_relay(&address, None).unwrap();
        (device, mute)
    }

    #[tokio::test]
    async fn a_live_socket_that_nobody_answers_to_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let (device, _mute) = unanswered(folder.path()).await;
        let session = Session::open(&device).await.unwrap();

        let opening = session.open_live(Duration::from_millis(50));
        let given_up = tokio::time::timeout(Duration::from_secs(30), opening).await;

        assert!(given_up.expect("the sync goes on").is_none());
    }

    #[tokio::test]
    async fn a_live_socket_over_which_nothing_comes_counts_as_closed() {
        let relay = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = relay.local_addr().unwrap();
        let (device, relay) =
            tokio::join!(tokio_tungstenite::connect_async(format!("ws://{address}/")), async {
                tokio_tungstenite::accept_async(relay.accept().await.unwrap().0).await.unwrap()
            },);
        let mut socket = Some(device.unwrap().0);

        let silence = next_hint(&mut socket, Duration::from_millis(50));
        let closed = tokio::time::timeout(Duration::from_secs(30), silence).await;

        assert!(closed.expect("the silence has an end").is_none());
        drop(relay);
    }

    #[tokio::test]
    async fn what_goes_on_is_shown_before_it_is_over() {
        let folder = tempfile::tempdir().unwrap();
        let (device, _mute) = unanswered(folder.path()).await;
        let (_waker, told) = Device::waker();
        let (status, mut shown) = watch::channel(None);
        let staying = tokio::spawn(device.stay_in_step(told, status));

        let works = |status: &Option<Status>| {
            status.as_ref().is_some_and(|one| matches!(one.state, State::Working(_)))
        };
        let heard = tokio::time::timeout(Duration::from_secs(30), shown.wait_for(works)).await;

        assert!(heard.is_ok_and(|heard| heard.is_ok()));
        staying.abort();
    }
}
