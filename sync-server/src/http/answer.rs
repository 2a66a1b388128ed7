//! Answers: CBOR bodies and problems, both with the protocol's version.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use halyard_protocol::body::{self as wire, Encoding};
use halyard_protocol::cbor;
use halyard_protocol::problem::{ErrorCode, Problem};
use halyard_protocol::version::{CBOR, PROBLEM, PROTOCOL, PROTOCOL_HEADER};
use serde::Serialize;

use super::refusal::{self, Refusal};

/// Writes an answer away from the threads that serve sockets: a page of a megabyte takes
/// milliseconds to compress.
pub(super) async fn body<T: Serialize + Send + 'static>(value: T) -> Result<Response, Refusal> {
    let written = tokio::task::spawn_blocking(move || wire::write(&value)).await;
    match written {
        Ok(Ok((bytes, encoding))) => Ok(response(StatusCode::OK, CBOR, encoding, bytes)),
        Ok(Err(error)) => Err(fault("writing an answer", &error)),
        Err(panic) => Err(fault("writing an answer", &panic)),
    }
}

/// A problem as it is answered.
pub(super) fn problem(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let bytes = cbor::encode(problem).unwrap_or_else(|error| {
        tracing::error!(%error, code = %problem.code, "a problem could not be written");
        Vec::new()
    });
    let mut response = response(status, PROBLEM, Encoding::Identity, bytes);
    if let Some(seconds) = problem.retry_after_s {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// A mistake of the relay: logged with its cause here, and answered without it.
pub(super) fn fault(doing: &str, error: &(dyn std::error::Error + 'static)) -> Refusal {
    tracing::error!(error = %crate::admin::failure::chain(error), "failed while {doing}");
    refusal::because(ErrorCode::Internal)
}

fn response(status: StatusCode, media_type: &'static str, encoding: Encoding, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
    // Every answer is made for one device.
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(PROTOCOL_HEADER, HeaderValue::from(PROTOCOL));
    if let Some(name) = encoding.header() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    response
}
