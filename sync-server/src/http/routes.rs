//! The route table: every call of the protocol that exists, with who may make it.
//!
//! Nothing is reachable that is not in [`all`], and nothing can be in it without a rule.

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use halyard_protocol::enrol::{EnrolAnswer, EnrolRequest};
use halyard_protocol::fetch::{FetchAnswer, FetchRequest};
use halyard_protocol::limits::{PUSH_BYTES, REQUEST_BYTES};
use halyard_protocol::offer::{OfferAnswer, OfferRequest};
use halyard_protocol::problem::{ErrorCode, Problem};
use halyard_protocol::pull::{PullAnswer, PullRequest};
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::review::{Decision, DecisionAnswer, ReviewList};

use super::app::App;
use super::incoming::Incoming;
use super::live::live;
use super::refusal::{self, Refusal};
use super::route::{Route, Who};
use crate::admin::failure::chain;
use crate::relay::Caller;

/// A stranger's request is read before its signature can be checked, so it is small.
const ENROL_BYTES: usize = 16 << 10;

/// Every route there is.
#[must_use]
pub fn all() -> Vec<Route> {
    vec![
        Route::open("/livez", livez),
        Route::open("/readyz", readyz),
        Route::new_device("/v1/enrol", ENROL_BYTES, enrol),
        Route::get("/v1/enrol/{device}", Who::Enrolled, enrolment),
        Route::post("/v1/sync/push", Who::ActiveOrRevoked, PUSH_BYTES, push),
        Route::post("/v1/sync/pull", Who::Active, REQUEST_BYTES, pull),
        Route::post("/v1/sync/offer", Who::Active, REQUEST_BYTES, offer),
        Route::post("/v1/sync/fetch", Who::Active, REQUEST_BYTES, fetch),
        Route::socket("/v1/sync/live", Who::Active, live),
        Route::get("/v1/review", Who::Active, review),
        Route::post_about("/v1/review/{envelope}", Who::Active, REQUEST_BYTES, decide),
    ]
}

/// The program runs and answers.
async fn livez(_app: App) -> Response {
    "alive\n".into_response()
}

/// The relay would take a device's work now.
async fn readyz(app: App) -> Response {
    if app.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    match app.relay.ready().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            // Said as an error once, by the storage that stopped; balancers ask every second.
            tracing::debug!(error = %chain(&error), "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not take work\n").into_response()
        }
    }
}

async fn enrol(app: App, request: EnrolRequest) -> Result<EnrolAnswer, Refusal> {
    app.count_try(request.code.as_str()).map_err(|refused| {
        let seconds = u32::try_from(refused.retry_after.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
        Problem::retry_after(ErrorCode::TooManyTries, seconds)
    })?;
    let device = request.device;
    let answer = app.relay.enrol(request).await.map_err(refusal::of_enrolment)?;
    tracing::info!(device.id = %device, employee.id = %answer.employee, standing = ?answer.standing, "a device joined");
    Ok(answer)
}

async fn enrolment(app: App, caller: Caller, incoming: Incoming) -> Result<EnrolAnswer, Refusal> {
    if incoming.named_in_path()?.parse() != Ok(caller.device) {
        return Err(refusal::because(ErrorCode::UnknownOrForbidden));
    }
    app.relay.enrolment(caller).await.map_err(refusal::of)
}

async fn push(app: App, caller: Caller, request: PushRequest) -> Result<PushAnswer, Refusal> {
    app.relay.push(caller, request).await.map_err(refusal::of)
}

async fn pull(app: App, caller: Caller, request: PullRequest) -> Result<PullAnswer, Refusal> {
    app.relay.pull(caller, request).await.map_err(refusal::of)
}

async fn offer(app: App, caller: Caller, request: OfferRequest) -> Result<OfferAnswer, Refusal> {
    app.relay.offer(caller, request).await.map_err(refusal::of)
}

async fn fetch(app: App, caller: Caller, request: FetchRequest) -> Result<FetchAnswer, Refusal> {
    app.relay.fetch(caller, request).await.map_err(refusal::of)
}

async fn review(app: App, caller: Caller, incoming: Incoming) -> Result<ReviewList, Refusal> {
    if let Some(named) = incoming.query("decided") {
        let named = named.parse().map_err(|_| refusal::because(ErrorCode::UnknownOrForbidden))?;
        return app.relay.decided(caller, named).await.map_err(refusal::of);
    }
    let after = incoming.query("after").map(str::parse).transpose();
    let after = after.map_err(|_| refusal::because(ErrorCode::UnknownOrForbidden))?;
    app.relay.review(caller, after).await.map_err(refusal::of)
}

async fn decide(
    app: App,
    caller: Caller,
    envelope: String,
    decision: Decision,
) -> Result<DecisionAnswer, Refusal> {
    if envelope.parse() != Ok(decision.envelope) {
        return Err(refusal::because(ErrorCode::UnknownOrForbidden));
    }
    app.relay.decide(caller, decision).await.map_err(refusal::of_decision)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::route::Rule;

    #[test]
    fn every_route_says_who_may_call_it() {
        let lines: Vec<String> = all().iter().map(line).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        GET /livez 0 anybody
        GET /readyz 0 anybody
        POST /v1/enrol 16384 whoever holds the key
        GET /v1/enrol/{device} 0 Enrolled
        POST /v1/sync/push 16777216 ActiveOrRevoked
        POST /v1/sync/pull 4194304 Active
        POST /v1/sync/offer 4194304 Active
        POST /v1/sync/fetch 4194304 Active
        GET /v1/sync/live 0 Active
        GET /v1/review 0 Active
        POST /v1/review/{envelope} 4194304 Active
        ");
    }

    fn line(route: &Route) -> String {
        let rule = match &route.rule {
            Rule::Anybody(_) => "anybody".to_owned(),
            Rule::NewDevice(_) => "whoever holds the key".to_owned(),
            Rule::Device(who, _) => format!("{who:?}"),
        };
        format!("{} {} {} {}", route.method, route.path, route.most_bytes, rule)
    }
}
