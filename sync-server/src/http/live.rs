//! `GET /v1/sync/live`: a socket that says «something is new», and nothing else.
//!
//! Losing a hint costs a device nothing but time, so hints are not kept: whoever is slow gets the
//! newest. The first one comes at once, so that nothing falls between a device's last pull and its
//! connection.
//!
//! A device hears only of what its pull would bring: what others do beyond its sight is silence.
//!
//! A revoked device is found out when it is told of that and otherwise within two seconds;
//! the last message is then the relay's signed word, and the socket closes.

use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message, WebSocket, close_code};
use axum::response::Response;
use halyard_protocol::cbor;
use halyard_protocol::enrol::Standing;
use halyard_protocol::live::LiveMessage;
use halyard_protocol::problem::{ErrorCode, Problem};
use tokio::sync::watch;
use tokio::time::{Interval, MissedTickBehavior, interval};

use super::app::App;
use super::incoming::Incoming;
use super::refusal::{self, Refusal};
use super::sessions::Session;
use crate::relay::{Caller, Hint};

/// How often a device's standing is looked up while nothing happens.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// At most this often when much happens.
const LOOK_AGAIN_AFTER: Duration = Duration::from_millis(500);
/// The least time between two hints to one device: however many people write at once, a device is
/// not sent to fetch news more than twice a second.
const HINT_EVERY: Duration = Duration::from_millis(500);
/// How often a silent socket is asked whether it lives.
const PING_EVERY: Duration = Duration::from_secs(30);
/// A socket silent for this long is dead.
const SILENCE: Duration = Duration::from_secs(75);
/// How long a message may take to leave.
const SEND_TIME: Duration = Duration::from_secs(10);
/// Devices have nothing to say here; this is for control frames.
const MESSAGE_BYTES: usize = 256;
/// When a device that found no room should come again.
const COME_AGAIN_S: u32 = 30;

/// Answers the upgrade.
pub(super) async fn live(app: App, caller: Caller, mut incoming: Incoming) -> Result<Response, Refusal> {
    let upgrade = incoming.upgrade().await?;
    if app.stopping.is_cancelled() {
        return Err(Problem::retry_after(ErrorCode::Busy, 1).into());
    }
    let session = app
        .sessions
        .begin(caller.workspace, caller.device)
        .ok_or_else(|| Problem::retry_after(ErrorCode::TooManyRequests, COME_AGAIN_S))?;
    let upgrade = upgrade.max_message_size(MESSAGE_BYTES).max_frame_size(MESSAGE_BYTES);
    Ok(upgrade.on_upgrade(move |socket| run(app, caller, session, socket)))
}

/// Why a live connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The device went away, or its network did.
    Gone,
    /// The relay stops.
    Stopping,
    /// The device opened a newer connection.
    Replaced,
    /// The device is revoked.
    Revoked,
    /// The device said something; there is nothing to say here.
    Spoke,
    /// The relay could not go on.
    Failed,
}

async fn run(app: App, caller: Caller, session: Session, mut socket: WebSocket) {
    let began = Instant::now();
    tracing::info!(device.id = %caller.device, "live connection opened");
    let mut live = Live {
        hints: app.relay.live(&caller),
        app,
        caller,
        heard: Instant::now(),
        looked: None,
        quiet_until: tokio::time::Instant::now(),
    };
    let end = match live.first_hint(&mut socket).await {
        Ok(()) => live.until_it_ends(&session, &mut socket).await,
        Err(end) => end,
    };
    live.say_why(end, &mut socket).await;
    tracing::info!(device.id = %caller.device, ?end, elapsed_s = began.elapsed().as_secs(), "live connection closed");
}

struct Live {
    app: App,
    caller: Caller,
    hints: watch::Receiver<Hint>,
    /// When the device was last heard of.
    heard: Instant,
    /// When its standing was last looked up.
    looked: Option<Instant>,
    /// Before this no further hint is sent.
    quiet_until: tokio::time::Instant,
}

impl Live {
    /// Where the log is now: the device compares it with its cursor.
    async fn first_hint(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        self.hints.mark_unchanged();
        let workspace = self.app.relay.workspace(self.caller.workspace).await.map_err(|error| {
            refusal::of(error);
            End::Failed
        })?;
        send(socket, &LiveMessage::Hint { epoch: workspace.epoch, position: workspace.head }).await
    }

    async fn until_it_ends(&mut self, session: &Session, socket: &mut WebSocket) -> End {
        let (mut look, mut ping) = (every(LOOK_EVERY), every(PING_EVERY));
        loop {
            let went_on = tokio::select! {
                () = self.app.stopping.clone().cancelled_owned() => return End::Stopping,
                () = session.replaced() => return End::Replaced,
                heard = socket.recv() => self.hear(heard.as_ref()),
                changed = next_hint(&mut self.hints, self.quiet_until) => match changed {
                    Ok(()) => self.pass_on(socket).await,
                    Err(_) => return End::Stopping,
                },
                _ = look.tick() => self.look(Duration::ZERO).await,
                _ = ping.tick() => self.ping(socket).await,
            };
            if let Err(end) = went_on {
                return end;
            }
        }
    }

    fn hear(&mut self, heard: Option<&Result<Message, axum::Error>>) -> Result<(), End> {
        match heard {
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {
                self.heard = Instant::now();
                Ok(())
            }
            Some(Ok(Message::Text(_) | Message::Binary(_))) => Err(End::Spoke),
            Some(Ok(Message::Close(_)) | Err(_)) | None => Err(End::Gone),
        }
    }

    async fn pass_on(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        self.look(LOOK_AGAIN_AFTER).await?;
        let Hint { epoch, position } = *self.hints.borrow_and_update();
        match epoch {
            Some(epoch) => {
                self.quiet_until = tokio::time::Instant::now() + HINT_EVERY;
                send(socket, &LiveMessage::Hint { epoch, position }).await
            }
            None => Ok(()),
        }
    }

    /// Whether the device may still listen, unless that was looked up less than `ago` ago.
    async fn look(&mut self, ago: Duration) -> Result<(), End> {
        if self.looked.is_some_and(|looked| looked.elapsed() < ago) {
            return Ok(());
        }
        self.looked = Some(Instant::now());
        match self.app.relay.device(self.caller.workspace, self.caller.device).await {
            Ok(Some(device)) if device.standing == Standing::Active => Ok(()),
            Ok(_) => Err(End::Revoked),
            Err(error) => {
                refusal::of(error);
                Err(End::Failed)
            }
        }
    }

    async fn ping(&mut self, socket: &mut WebSocket) -> Result<(), End> {
        if self.heard.elapsed() > SILENCE {
            return Err(End::Gone);
        }
        send_message(socket, Message::Ping(axum::body::Bytes::new())).await
    }

    async fn say_why(&self, end: End, socket: &mut WebSocket) {
        if end == End::Revoked {
            let problem = self.app.revoked(self.caller.workspace, self.caller.device).await;
            if let Some(revocation) = problem.revocation
                && send(socket, &LiveMessage::Revoked(revocation)).await.is_err()
            {
                tracing::debug!(device.id = %self.caller.device, "the device left before it heard that it is revoked");
            }
        }
        let (code, reason) = match end {
            End::Gone => return,
            End::Stopping => (close_code::RESTART, "the relay is stopping"),
            End::Replaced => (close_code::NORMAL, "the device opened a newer connection"),
            End::Revoked => (close_code::POLICY, "the device is revoked"),
            End::Spoke => (close_code::UNSUPPORTED, "nothing is to be said here"),
            End::Failed => (close_code::ERROR, "the relay could not go on"),
        };
        let close = Message::Close(Some(CloseFrame { code, reason: reason.into() }));
        if send_message(socket, close).await.is_err() {
            tracing::debug!(device.id = %self.caller.device, "the device left before the socket was closed");
        }
    }
}

/// The next news, not before `quiet_until`. What comes meanwhile is one hint.
async fn next_hint(
    hints: &mut watch::Receiver<Hint>,
    quiet_until: tokio::time::Instant,
) -> Result<(), watch::error::RecvError> {
    tokio::time::sleep_until(quiet_until).await;
    hints.changed().await
}

fn every(period: Duration) -> Interval {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

async fn send(socket: &mut WebSocket, message: &LiveMessage) -> Result<(), End> {
    let bytes = cbor::encode(message).map_err(|error| {
        tracing::error!(%error, "a live message could not be written");
        End::Failed
    })?;
    send_message(socket, Message::Binary(bytes.into())).await
}

/// A device that does not take its messages would otherwise hold the connection for ever.
async fn send_message(socket: &mut WebSocket, message: Message) -> Result<(), End> {
    match tokio::time::timeout(SEND_TIME, socket.send(message)).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(End::Gone),
    }
}
