//! What every request may use, and the router made of the route table.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use halyard_domain::id::{DeviceId, WorkspaceId};
use halyard_protocol::problem::{ErrorCode, Problem};
use halyard_protocol::time::UnixMs;
use tokio_util::sync::CancellationToken;
use tower_http::catch_panic::CatchPanicLayer;
use tracing::Instrument as _;

use super::gate::Gate;
use super::refusal::{self, Refusal};
use super::route::Route;
use super::sessions::Sessions;
use super::tries::{EnrolTries, TooManyTries};
use super::{admit, answer, routes};
use crate::config::Limits;
use crate::relay::Relay;

/// A running relay as its routes see it.
#[derive(Clone)]
pub struct App {
    pub(super) relay: Arc<Relay>,
    pub(super) gate: Gate,
    pub(super) sessions: Sessions,
    pub(super) stopping: CancellationToken,
    limits: Arc<Limits>,
    tries: Arc<Mutex<EnrolTries>>,
}

impl App {
    /// The routes' view of `relay`. When `stopping` is cancelled the relay says it is not ready and
    /// closes its live connections.
    #[must_use]
    pub fn new(relay: Arc<Relay>, limits: Limits, stopping: CancellationToken) -> Self {
        Self {
            relay,
            gate: Gate::of_mib(limits.bodies_mib),
            sessions: Sessions::new(limits.live_connections),
            stopping,
            tries: Arc::new(Mutex::new(EnrolTries::new(limits.enrol_tries_per_minute, Instant::now()))),
            limits: Arc::new(limits),
        }
    }

    /// Every route, and an answer for what is none.
    pub fn router(&self) -> Router {
        let mut router = Router::new();
        for route in routes::all() {
            let path = route.path;
            router = router.route(path, self.method_router(route));
        }
        router
            .fallback(|| async { answer::problem(&Problem::new(ErrorCode::UnknownOrForbidden)) })
            .method_not_allowed_fallback(|| async {
                answer::problem(&Problem::new(ErrorCode::MethodNotAllowed))
            })
            .layer(CatchPanicLayer::custom(panicked))
    }

    /// The live connections, to wait for when stopping.
    #[must_use]
    pub fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// The relay's time.
    pub(super) fn now(&self) -> UnixMs {
        self.relay.now()
    }

    /// Counts a try of an enrolment code.
    pub(super) fn count_try(&self, code: &str) -> Result<(), TooManyTries> {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).count(code, Instant::now())
    }

    /// The relay's signed word that a device is revoked.
    pub(super) async fn revoked(&self, workspace: WorkspaceId, device: DeviceId) -> Refusal {
        match self.relay.revocation(workspace, device).await {
            Ok(Some(revocation)) => Problem::device_revoked(revocation).into(),
            Ok(None) => refusal::because(ErrorCode::DeviceNotActive),
            Err(error) => refusal::of(error),
        }
    }

    fn method_router(&self, route: Route) -> MethodRouter {
        let app = self.clone();
        let method = MethodFilter::try_from(route.method.clone()).unwrap_or(MethodFilter::GET);
        let route = Arc::new(route);
        on(method, move |request: Request| {
            let (app, route) = (app.clone(), Arc::clone(&route));
            async move { app.answer(&route, request).await }
        })
    }

    async fn answer(self, route: &Route, request: Request) -> Response {
        let device = admit::claimed_device(request.headers());
        let span = tracing::debug_span!(
            "request",
            http.method = %route.method,
            http.route = route.path,
            device.id = device.map(tracing::field::display),
        );
        let limit = self.limits.request_time();
        let answering = async move {
            let began = Instant::now();
            let answered = match tokio::time::timeout(limit, admit::answer(self, route, request)).await {
                Ok(answered) => answered,
                Err(_) => Err(Problem::retry_after(ErrorCode::Busy, COME_AGAIN_S).into()),
            };
            let response = answered.unwrap_or_else(|problem| refuse(&problem));
            let elapsed_ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
            tracing::debug!(http.status = response.status().as_u16(), elapsed_ms, "answered");
            response
        };
        answering.instrument(span).await
    }
}

/// When a device whose request took too long should come again.
const COME_AGAIN_S: u32 = 15;

fn refuse(problem: &Problem) -> Response {
    tracing::debug!(code = %problem.code, detail = problem.detail.as_deref(), "refused");
    answer::problem(problem)
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the panic over")]
fn panicked(panic: Box<dyn std::any::Any + Send + 'static>) -> Response {
    let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
    let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
    tracing::error!(panic = %said, "a request ended in a panic; others are not affected");
    answer::problem(&Problem::new(ErrorCode::Internal))
}
