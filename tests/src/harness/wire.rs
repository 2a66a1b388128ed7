//! A wire between devices and their relay that stops where a test says.
//!
//! It carries HTTP/1.1 requests and answers and understands just enough of them to know where a request
//! ends and its answer begins. It stops at a place in a message, never at a time, and stands there until
//! the test goes on or cuts it. Meanwhile the test does what it likes: kills the relay, kills the device,
//! lets a person write on. So a kill in the middle of a push is in the middle of that push every time.
//!
//! It can be unplugged as a whole, as a basement does it. Not carried: TLS, bodies without a length.

use std::collections::VecDeque;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, ensure};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::relay::RelayFolder;

/// The call that sends work.
pub const PUSH: &str = "/v1/sync/push";
/// The call that takes news.
pub const PULL: &str = "/v1/sync/pull";

/// Longest head of a request or an answer.
const HEAD_BYTES: usize = 64 * 1024;
/// The answer after which a socket speaks.
const SWITCHING_PROTOCOLS: u16 = 101;
/// Most header lines of a head.
const HEAD_LINES: usize = 64;

/// Where the wire stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The relay has got so many hundredths of the request.
    InRequest(usize),
    /// The relay has got the whole request; whether it has answered is not known.
    AfterRequest,
    /// The relay has answered, so what it took in is on its disk; the device has got so many hundredths of
    /// the answer. Refusals do not count: a device whose clock is off asks twice.
    InAnswer(usize),
}

/// A wire, and the address its devices know.
#[derive(Debug)]
pub struct Wire {
    port: u16,
    stops: Arc<Mutex<VecDeque<Stop>>>,
    plugged: watch::Sender<bool>,
    carrying: JoinHandle<()>,
}

/// A stop that was ordered.
#[derive(Debug)]
struct Stop {
    path: &'static str,
    place: Place,
    reached: oneshot::Sender<Halted>,
}

/// A stop that is still ahead.
#[derive(Debug)]
pub struct Ahead(oneshot::Receiver<Halted>);

/// The wire stands still. Dropping this cuts it.
#[derive(Debug)]
pub struct Halted(oneshot::Sender<()>);

impl Wire {
    /// A wire to the relay of `folder`, whether it runs or not.
    ///
    /// # Errors
    /// When there is no free port.
    pub async fn to(folder: &RelayFolder) -> anyhow::Result<Self> {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.context("looking for a free port")?;
        let port = listener.local_addr()?.port();
        let stops: Arc<Mutex<VecDeque<Stop>>> = Arc::default();
        let (relay, ordered) = (folder.port(), Arc::clone(&stops));
        let (plugged, is_plugged) = watch::channel(true);
        let carrying = tokio::spawn(async move {
            while let Ok((device, _)) = listener.accept().await {
                let (ordered, mut plugged) = (Arc::clone(&ordered), is_plugged.clone());
                tokio::spawn(async move {
                    // A broken connection is what the device notices, as in life.
                    tokio::select! {
                        biased;
                        _ = plugged.wait_for(|plugged| !plugged) => {}
                        _ = carry(device, relay, &ordered) => {}
                    }
                });
            }
        });
        Ok(Self { port, stops, plugged, carrying })
    }

    /// Breaks every connection, and every new one until [`Wire::plug_in`].
    pub fn unplug(&self) {
        self.plugged.send_replace(false);
    }

    /// Carries again.
    pub fn plug_in(&self) {
        self.plugged.send_replace(true);
    }

    /// Where devices find the relay through this wire.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Orders a stop at `place` of the next request to `path` that no earlier order waits for.
    pub fn stop(&self, path: &'static str, place: Place) -> Ahead {
        let (reached, ahead) = oneshot::channel();
        let mut stops = self.stops.lock().unwrap_or_else(PoisonError::into_inner);
        stops.push_back(Stop { path, place, reached });
        Ahead(ahead)
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.carrying.abort();
    }
}

impl Ahead {
    /// Waits until the wire stands there.
    ///
    /// # Errors
    /// When the wire is gone, or the connection broke before.
    pub async fn reached(self) -> anyhow::Result<Halted> {
        self.0.await.context("the wire never came to this place")
    }
}

impl Halted {
    /// Lets the message go on.
    pub fn go_on(self) {
        // The connection may have broken meanwhile; then there is nothing to let go on.
        self.0.send(()).ok();
    }

    /// Cuts the connection; the rest of the message never arrives.
    pub fn cut(self) {}
}

/// Carries one connection until either side ends it.
async fn carry(mut device: TcpStream, relay: u16, stops: &Mutex<VecDeque<Stop>>) -> anyhow::Result<()> {
    let mut to_relay = TcpStream::connect((Ipv4Addr::LOCALHOST, relay)).await?;
    while let Some(request) = Message::read(&mut device, request_head).await? {
        match ordered(stops, &request.path, |place| !matches!(place, Place::InAnswer(_))) {
            Some(Stop { place: Place::InRequest(hundredths), reached, .. }) => {
                request.pass(&mut to_relay, hundredths, reached).await?;
            }
            Some(stop) => {
                to_relay.write_all(&request.bytes).await?;
                stand(stop.reached).await?;
            }
            None => to_relay.write_all(&request.bytes).await?,
        }
        let answer = Message::read(&mut to_relay, answer_head).await?.context("the relay did not answer")?;
        let stop =
            ordered(stops, &request.path, |place| answer.is_well && matches!(place, Place::InAnswer(_)));
        let upgraded = answer.upgrades;
        match stop {
            Some(Stop { place: Place::InAnswer(hundredths), reached, .. }) => {
                answer.pass(&mut device, hundredths, reached).await?;
            }
            Some(_) | None => device.write_all(&answer.bytes).await?,
        }
        if upgraded {
            tokio::io::copy_bidirectional(&mut device, &mut to_relay).await?;
            return Ok(());
        }
    }
    Ok(())
}

/// The oldest order for `path`, if it is for such a place.
fn ordered(stops: &Mutex<VecDeque<Stop>>, path: &str, is_here: impl Fn(Place) -> bool) -> Option<Stop> {
    let mut stops = stops.lock().unwrap_or_else(PoisonError::into_inner);
    let at = stops.iter().position(|stop| stop.path == path)?;
    if is_here(stops.get(at)?.place) { stops.remove(at) } else { None }
}

/// Stands still until the test decides. An error is a cut.
async fn stand(reached: oneshot::Sender<Halted>) -> anyhow::Result<()> {
    let (go_on, decision) = oneshot::channel();
    reached.send(Halted(go_on)).ok().context("nobody waits at this place")?;
    decision.await.context("cut")
}

/// A whole request or answer.
struct Message {
    /// Of a request; empty of an answer.
    path: String,
    /// Of an answer: no refusal.
    is_well: bool,
    /// Of an answer: no more requests come, but what the socket says.
    upgrades: bool,
    bytes: Vec<u8>,
}

/// What a head says: the path of a request, whether an answer is a good one or ends the talk in requests,
/// and how long the body is.
struct Head {
    path: String,
    is_well: bool,
    upgrades: bool,
    head_bytes: usize,
    body_bytes: usize,
}

impl Message {
    /// The next message; `None` when the sender has ended in good order.
    async fn read(
        from: &mut TcpStream,
        head: fn(&[u8]) -> anyhow::Result<Option<Head>>,
    ) -> anyhow::Result<Option<Self>> {
        let mut bytes = Vec::new();
        loop {
            if let Some(head) = head(&bytes)? {
                let whole = if head.upgrades { bytes.len() } else { head.head_bytes + head.body_bytes };
                let rest = whole.checked_sub(bytes.len()).context("two messages at once")?;
                let mut body = vec![0; rest];
                from.read_exact(&mut body).await?;
                bytes.extend(body);
                let Head { path, is_well, upgrades, .. } = head;
                return Ok(Some(Self { path, is_well, upgrades, bytes }));
            }
            ensure!(bytes.len() <= HEAD_BYTES, "a head without an end");
            if from.read_buf(&mut bytes).await? == 0 {
                ensure!(bytes.is_empty(), "a connection that ended in a head");
                return Ok(None);
            }
        }
    }

    /// Passes so many hundredths on, stands, and passes the rest on.
    async fn pass(
        &self,
        to: &mut TcpStream,
        hundredths: usize,
        reached: oneshot::Sender<Halted>,
    ) -> anyhow::Result<()> {
        let (first, rest) = self.bytes.split_at(self.bytes.len() * hundredths.min(100) / 100);
        to.write_all(first).await?;
        to.flush().await?;
        stand(reached).await?;
        Ok(to.write_all(rest).await?)
    }
}

fn request_head(bytes: &[u8]) -> anyhow::Result<Option<Head>> {
    let mut lines = [httparse::EMPTY_HEADER; HEAD_LINES];
    let mut request = httparse::Request::new(&mut lines);
    let httparse::Status::Complete(head_bytes) = request.parse(bytes)? else { return Ok(None) };
    let path = request.path.unwrap_or_default().to_owned();
    let body_bytes = body_bytes(request.headers)?;
    Ok(Some(Head { path, is_well: false, upgrades: false, head_bytes, body_bytes }))
}

fn answer_head(bytes: &[u8]) -> anyhow::Result<Option<Head>> {
    let mut lines = [httparse::EMPTY_HEADER; HEAD_LINES];
    let mut answer = httparse::Response::new(&mut lines);
    let httparse::Status::Complete(head_bytes) = answer.parse(bytes)? else { return Ok(None) };
    let is_well = answer.code.is_some_and(|code| (200..300).contains(&code));
    let upgrades = answer.code == Some(SWITCHING_PROTOCOLS);
    let body_bytes = body_bytes(answer.headers)?;
    Ok(Some(Head { path: String::new(), is_well, upgrades, head_bytes, body_bytes }))
}

fn body_bytes(lines: &[httparse::Header<'_>]) -> anyhow::Result<usize> {
    let named = |name: &str| lines.iter().find(|line| line.name.eq_ignore_ascii_case(name));
    ensure!(named("transfer-encoding").is_none(), "a body without a length");
    let Some(length) = named("content-length") else { return Ok(0) };
    Ok(std::str::from_utf8(length.value)?.parse()?)
}
