//! Whether a request is taken, before anything it says is believed.
//!
//! In this order, each check cheaper than what it guards: protocol version, workspace, media type and
//! compression, form of the signature, the device's key, the signature itself, the clock, the
//! device's standing, the size, the digest of the body. Only then is the body decompressed and read.
//!
//! An unknown device, one of another company and a wrong signature are answered alike. The relay's
//! time is told only to a device whose signature fits.

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use halyard_domain::id::{DeviceId, WorkspaceId};
use halyard_protocol::body::Encoding;
use halyard_protocol::enrol::{EnrolRequest, Standing};
use halyard_protocol::http_signature::{self as signature, Claim, Refused};
use halyard_protocol::keys::PublicKey;
use halyard_protocol::problem::{ErrorCode, Problem};
use halyard_protocol::version::{CBOR, PROTOCOL_HEADER, SPOKEN, WORKSPACE_HEADER};

use super::app::App;
use super::gate::{self, Room};
use super::incoming::{self, Incoming};
use super::refusal::{self, Refusal};
use super::route::{ForDevice, ForNewDevice, Route, Rule, Who};
use crate::relay::Caller;

/// Answers a request to `route`.
pub(super) async fn answer(app: App, route: &Route, request: Request) -> Result<Response, Refusal> {
    let (parts, body) = request.into_parts();
    let mut arrived = Arrived { parts, body: Some(body), most: route.most_bytes };
    let answered = match &route.rule {
        Rule::Anybody(open) => Ok(open(app).await),
        Rule::NewDevice(answer) => for_new_device(app, &mut arrived, answer).await,
        Rule::Device(who, answer) => for_device(app, &mut arrived, *who, answer).await,
    };
    if answered.is_err() {
        arrived.discard_body().await;
    }
    answered
}

/// A request of which nothing is proven yet.
struct Arrived {
    parts: Parts,
    body: Option<Body>,
    most: usize,
}

async fn for_device(
    app: App,
    arrived: &mut Arrived,
    who: Who,
    answer: &ForDevice,
) -> Result<Response, Refusal> {
    let encoding = arrived.form()?;
    let workspace = arrived.workspace()?.ok_or_else(|| refusal::because(ErrorCode::WorkspaceUnknown))?;
    let claim = arrived.claim()?;
    let caller = signer(&app, workspace, &claim).await?;
    standing(&app, &caller, who).await?;
    let (body, room) = arrived.read_body(&app).await?;
    let path_params = incoming::path_params(&mut arrived.parts).await;
    let parts = std::mem::replace(&mut arrived.parts, Request::new(()).into_parts().0);
    answer(app, caller, Incoming { parts, path_params, body, encoding, room }).await
}

/// The key is in the body, so the body is read first; it is small.
async fn for_new_device(app: App, arrived: &mut Arrived, answer: &ForNewDevice) -> Result<Response, Refusal> {
    let encoding = arrived.form()?;
    if let Some(workspace) = arrived.workspace()? {
        app.relay.workspace(workspace).await.map_err(refusal::of)?;
    }
    let claim = arrived.claim()?;
    let (body, mut room) = arrived.read_body(&app).await?;
    let request: EnrolRequest = incoming::decode(body, encoding, arrived.most, &mut room).await?;
    if claim.device != request.device {
        return Err(refusal::because(ErrorCode::SignatureWrong));
    }
    verify(&app, &claim, &request.key)?;
    answer(app, request).await
}

impl Arrived {
    /// What the headers promise: a version and a form this relay takes.
    fn form(&self) -> Result<Encoding, Refusal> {
        let headers = &self.parts.headers;
        if SPOKEN.spoken(text(headers, PROTOCOL_HEADER)).is_none() {
            return Err(Problem::protocol_not_spoken().into());
        }
        if self.parts.method == Method::POST && text(headers, CONTENT_TYPE.as_str()) != Some(CBOR) {
            return Err(refusal::because(ErrorCode::MediaType));
        }
        let encoding = headers.get(CONTENT_ENCODING).map(|value| value.to_str().unwrap_or("not text"));
        Encoding::from_header(encoding).ok_or_else(|| refusal::because(ErrorCode::ContentEncoding))
    }

    /// Which company the request is for, if it says so.
    fn workspace(&self) -> Result<Option<WorkspaceId>, Refusal> {
        let named = text(&self.parts.headers, WORKSPACE_HEADER).map(str::parse).transpose();
        named.map_err(|_| refusal::because(ErrorCode::WorkspaceUnknown))
    }

    /// Who says to have signed what.
    fn claim(&self) -> Result<Claim, Refusal> {
        let headers = &self.parts.headers;
        let missing = || refusal::because(ErrorCode::SignatureMissing);
        let (Some(input), Some(value), Some(digest)) = (
            text(headers, signature::SIGNATURE_INPUT),
            text(headers, signature::SIGNATURE),
            text(headers, signature::CONTENT_DIGEST),
        ) else {
            return Err(missing());
        };
        let uri = &self.parts.uri;
        let signed = signature::Request {
            method: self.parts.method.as_str(),
            path: uri.path(),
            query: uri.query(),
            workspace: text(headers, WORKSPACE_HEADER),
            content_digest: digest,
        };
        signature::read(&signed, input, value).map_err(refused)
    }

    async fn read_body(&mut self, app: &App) -> Result<(Vec<u8>, Room), Refusal> {
        let length =
            text(&self.parts.headers, CONTENT_LENGTH.as_str()).and_then(|length| length.parse().ok());
        let expected = length.unwrap_or(self.most);
        if expected > self.most {
            return Err(Problem::body_too_large(u64::try_from(self.most).unwrap_or(u64::MAX)).into());
        }
        let room = app.gate.enter(expected).await?;
        let body = match self.body.take() {
            Some(body) => gate::read(body, self.most).await?,
            None => Vec::new(),
        };
        let digest = text(&self.parts.headers, signature::CONTENT_DIGEST).unwrap_or_default();
        if !signature::digest_matches(digest, &body) {
            return Err(refusal::because(ErrorCode::DigestWrong));
        }
        Ok((body, room))
    }

    async fn discard_body(&mut self) {
        if let Some(body) = self.body.take() {
            gate::drain(body, self.most.max(gate::LEAST_DRAINED)).await;
        }
    }
}

/// The device whose signature this is.
async fn signer(app: &App, workspace: WorkspaceId, claim: &Claim) -> Result<Caller, Refusal> {
    match app.relay.device(workspace, claim.device).await.map_err(refusal::of)? {
        Some(device) => {
            verify(app, claim, &device.key)?;
            Ok(Caller { workspace, device: device.id, employee: device.employee, standing: device.standing })
        }
        None => {
            // A device that came to another company's relay must learn that, to ask IT for the right address.
            app.relay.workspace(workspace).await.map_err(refusal::of)?;
            Err(refusal::because(ErrorCode::SignatureWrong))
        }
    }
}

fn verify(app: &App, claim: &Claim, key: &PublicKey) -> Result<(), Refusal> {
    claim.verify(key, app.now()).map_err(refused)
}

fn refused(why: Refused) -> Refusal {
    match why {
        Refused::Missing => refusal::because(ErrorCode::SignatureMissing),
        Refused::Wrong => refusal::because(ErrorCode::SignatureWrong),
        Refused::Skewed { now } => Problem::clock_skew(now).into(),
    }
}

async fn standing(app: &App, caller: &Caller, who: Who) -> Result<(), Refusal> {
    if who.admits(caller.standing) {
        return Ok(());
    }
    match caller.standing {
        Standing::Revoked => Err(app.revoked(caller.workspace, caller.device).await),
        Standing::Accepted | Standing::Active => Err(refusal::because(ErrorCode::DeviceNotActive)),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// For the log: which device a request says it is from.
pub(super) fn claimed_device(headers: &HeaderMap) -> Option<DeviceId> {
    let input = signature::parse_signature_input(text(headers, signature::SIGNATURE_INPUT)?)?;
    input.keyid.parse().ok()
}
