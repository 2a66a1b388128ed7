//! A device's calls over loopback HTTP, so that the screens run in a browser: for tests and nothing else.
//!
//! `POST /call/{name}` takes and gives JSON; a failure is its [`ScreenError`] with status 422. `GET /events`
//! is a stream of server-sent events. `POST /network` with `{"on": false}` takes the device offline, as a
//! basement does: nothing of the device knows but its sync. Everything else is the built screens.
//!
//! It listens on the loopback only and asks for no secret: whoever may open a port on this machine is the
//! person at the device.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path as FilePath;
use std::sync::Arc;

use anyhow::Context;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::routing::{get, post};
use axum::{Json, Router};
use futures_util::Stream;
use futures_util::stream::unfold;
use halyard_device::life::{Life, LifeEvents, calls};
use halyard_device::screens::ScreenError;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tower_http::services::{ServeDir, ServeFile};

/// Photos and files to import come through here.
const LARGEST_QUESTION: usize = 96 << 20;

/// A served device.
#[derive(Debug)]
pub struct Bridge {
    address: SocketAddr,
    life: Arc<Life>,
    server: JoinHandle<std::io::Result<()>>,
}

/// Whether the device is connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Network {
    on: bool,
}

impl Bridge {
    /// Serves a profile on a port of the loopback (0 for a free one), with the screens built into `screens`.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn serve(life: Arc<Life>, port: u16, screens: &FilePath) -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.context("opening the bridge")?;
        let address = listener.local_addr()?;
        let routes = routes(Arc::clone(&life), screens);
        let server = tokio::spawn(async move { axum::serve(listener, routes).await });
        Ok(Self { address, life, server })
    }

    /// Where it is.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The profile behind it.
    #[must_use]
    pub fn life(&self) -> &Arc<Life> {
        &self.life
    }
}

impl Drop for Bridge {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn routes(life: Arc<Life>, screens: &FilePath) -> Router {
    // Addresses of screens are paths the screens know themselves.
    let files = ServeDir::new(screens).fallback(ServeFile::new(screens.join("index.html")));
    Router::new()
        .route("/call/{name}", post(call))
        .route("/events", get(events))
        .route("/network", get(network).post(switch))
        .layer(DefaultBodyLimit::max(LARGEST_QUESTION))
        .with_state(life)
        .fallback_service(files)
}

async fn call(
    State(life): State<Arc<Life>>,
    Path(name): Path<String>,
    Json(question): Json<Value>,
) -> Result<Json<Value>, (StatusCode, Json<ScreenError>)> {
    let answer = calls::call(&life, &name, question).await;
    answer.map(Json).map_err(|error| (StatusCode::UNPROCESSABLE_ENTITY, Json(error)))
}

async fn events(State(life): State<Arc<Life>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    Sse::new(unfold(life.events(), next)).keep_alive(KeepAlive::default())
}

async fn next(mut events: LifeEvents) -> Option<(Result<Event, Infallible>, LifeEvents)> {
    let event = events.next().await?;
    // Plain data becomes JSON; a browser is told of a comment otherwise.
    let event = Event::default().json_data(&event).unwrap_or_else(|_| Event::default().comment("unwritable"));
    Some((Ok(event), events))
}

async fn network(State(life): State<Arc<Life>>) -> Json<Network> {
    Json(Network { on: is_connected(&life) })
}

async fn switch(State(life): State<Arc<Life>>, Json(wanted): Json<Network>) -> Json<Network> {
    life.set_online(wanted.on).await;
    Json(Network { on: is_connected(&life) })
}

fn is_connected(life: &Life) -> bool {
    life.app().is_ok_and(|app| app.is_connected())
}
