//! The live connection: hints, the end of a revoked device, and how the relay stops.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails by panicking"
)]

mod support;

use std::time::{Duration, Instant};

use futures_util::{SinkExt as _, StreamExt as _};
use halyard_protocol::cbor;
use halyard_protocol::live::LiveMessage;
use halyard_protocol::signed::Signed as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use support::{Place, RunningRelay, Tablet, now};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Longer than anything here may take.
const DEADLINE: Duration = Duration::from_secs(20);

async fn connect(tablet: &Tablet, relay: &RunningRelay) -> Result<Socket, Error> {
    let path = "/v1/sync/live";
    let mut request = format!("{}{path}", relay.url.replace("http://", "ws://")).into_client_request()?;
    let signed = tablet.headers(now(), "GET", path, b"");
    let workspace = tablet.workspace.unwrap().to_string();
    for (name, value) in [
        ("halyard-protocol", "1"),
        ("halyard-workspace", &workspace),
        ("content-digest", &signed.content_digest),
        ("signature-input", &signed.signature_input),
        ("signature", &signed.signature),
    ] {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    connect_async(request).await.map(|(socket, _)| socket)
}

/// The next thing said that is not a ping, before the deadline.
async fn next(socket: &mut Socket) -> Option<Message> {
    let waiting = async {
        loop {
            match socket.next().await {
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(message)) => return Some(message),
                Some(Err(_)) | None => return None,
            }
        }
    };
    tokio::time::timeout(DEADLINE, waiting)
        .await
        .expect("the relay says something or closes before the deadline")
}

async fn next_said(socket: &mut Socket) -> LiveMessage {
    match next(socket).await {
        Some(Message::Binary(bytes)) => cbor::decode(&bytes, 4096).unwrap(),
        other => panic!("a message, not {other:?}"),
    }
}

async fn closed_with(socket: &mut Socket) -> Option<CloseCode> {
    loop {
        match next(socket).await {
            Some(Message::Close(frame)) => return frame.map(|frame| frame.code),
            Some(_) => {}
            None => return None,
        }
    }
}

#[tokio::test]
async fn a_connection_begins_with_where_the_log_is_and_hears_when_it_grows() {
    let place = Place::new();
    let relay = place.serve();
    let tablet = Tablet::joined(&place, &relay, "Іван", "technician").await;

    let mut socket = connect(&tablet, &relay).await.unwrap();
    let LiveMessage::Hint { position: first, epoch } = next_said(&mut socket).await else { panic!("a hint") };
    let another = Tablet::joined(&place, &relay, "Степан", "technician").await;
    assert_eq!(another.workspace, tablet.workspace);

    let LiveMessage::Hint { position, epoch: same } = next_said(&mut socket).await else { panic!("a hint") };
    assert!(position > first, "{position:?} after {first:?}");
    assert_eq!(same, epoch);
}

#[tokio::test]
async fn however_much_is_written_a_device_is_sent_to_fetch_twice_a_second_at_most_and_for_the_last_too() {
    let place = Place::new();
    let relay = place.serve();
    let tablet = Tablet::joined(&place, &relay, "Іван", "technician").await;
    let mut socket = connect(&tablet, &relay).await.unwrap();
    let LiveMessage::Hint { position: first, .. } = next_said(&mut socket).await else { panic!("a hint") };

    let began = Instant::now();
    for number in 0..12 {
        place.json(&["invite", "--new", &format!("Коваль Номер{number}"), "--role", "technician"]);
    }
    let (mut hints, end) = (0, place.json(&["verify"])["verified"]["position"].as_u64().unwrap());
    loop {
        let LiveMessage::Hint { position, .. } = next_said(&mut socket).await else { panic!("a hint") };
        assert!(position > first);
        hints += 1;
        if position.0 == end {
            break;
        }
    }
    let most = 2 + began.elapsed().as_millis() / 500;
    assert!(hints <= most, "{hints} hints, at most {most}");
}

#[tokio::test]
async fn a_device_revoked_while_it_listens_hears_it_in_the_relays_own_words_and_is_closed() {
    let place = Place::new();
    let relay = place.serve();
    let tablet = Tablet::joined(&place, &relay, "Іван", "technician").await;
    let mut socket = connect(&tablet, &relay).await.unwrap();
    next_said(&mut socket).await;

    let began = Instant::now();
    place.json(&["devices", "revoke", &tablet.device.to_string()]);
    let revocation = loop {
        match next_said(&mut socket).await {
            LiveMessage::Revoked(revocation) => break revocation,
            LiveMessage::Hint { .. } => {}
        }
    };
    assert_eq!(revocation.device, tablet.device);
    assert!(revocation.verify(&tablet.relay.unwrap()).is_ok());
    assert_eq!(closed_with(&mut socket).await, Some(CloseCode::Policy));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    assert!(connect(&tablet, &relay).await.is_err(), "and it cannot come back");
}

#[tokio::test]
async fn a_newer_connection_of_a_device_ends_the_older_one() {
    let place = Place::new();
    let relay = place.serve();
    let tablet = Tablet::joined(&place, &relay, "Іван", "technician").await;
    let mut older = connect(&tablet, &relay).await.unwrap();
    next_said(&mut older).await;

    let mut newer = connect(&tablet, &relay).await.unwrap();
    next_said(&mut newer).await;
    assert_eq!(closed_with(&mut older).await, Some(CloseCode::Normal));
}

#[tokio::test]
async fn a_device_has_nothing_to_say_on_it() {
    let place = Place::new();
    let relay = place.serve();
    let tablet = Tablet::joined(&place, &relay, "Іван", "technician").await;
    let mut socket = connect(&tablet, &relay).await.unwrap();
    next_said(&mut socket).await;

    socket.send(Message::Binary(vec![1, 2, 3].into())).await.unwrap();
    assert_eq!(closed_with(&mut socket).await, Some(CloseCode::Unsupported));
}

#[tokio::test]
async fn a_relay_with_no_room_for_more_connections_says_when_to_come_again() {
    let place = Place::new();
    std::fs::write(place.path().join("relay.toml"), "[limits]\nlive_connections = 1\n").unwrap();
    let relay = place.serve_with(&["--config", "relay.toml"]);
    let first = Tablet::joined(&place, &relay, "Іван", "technician").await;
    let second = Tablet::joined(&place, &relay, "Степан", "technician").await;
    let mut only = connect(&first, &relay).await.unwrap();
    next_said(&mut only).await;

    match connect(&second, &relay).await {
        Err(Error::Http(response)) => {
            assert_eq!(response.status(), 429);
            assert!(response.headers().contains_key("retry-after"));
        }
        other => panic!("a refusal, not {other:?}"),
    }
}

#[tokio::test]
async fn a_relay_told_to_stop_closes_live_connections_for_a_restart_and_ends_well() {
    let place = Place::new();
    let mut relay = place.serve();
    let tablet = Tablet::joined(&place, &relay, "Іван", "technician").await;
    let mut socket = connect(&tablet, &relay).await.unwrap();
    next_said(&mut socket).await;

    let began = Instant::now();
    relay.terminate();
    assert_eq!(closed_with(&mut socket).await, Some(CloseCode::Restart));
    let code = tokio::task::spawn_blocking(move || relay.ended()).await.unwrap();
    assert_eq!(code, Some(0));
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
}
