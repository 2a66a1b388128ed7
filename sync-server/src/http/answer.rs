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

/// Writes the answer to a question that carries nothing but its address: nobody may keep what was made for
/// one device. An answer to a `POST` may not be kept anyway, and idle devices count its bytes.
pub(super) async fn unkept<T: Serialize + Send + 'static>(value: T) -> Result<Response, Refusal> {
    body(value).await.map(keep_nowhere)
}

/// A problem as it is answered.
pub(super) fn problem(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let bytes = cbor::encode(problem).unwrap_or_else(|error| {
        tracing::error!(%error, code = %problem.code, "a problem could not be written");
        Vec::new()
    });
    let mut response = keep_nowhere(response(status, PROBLEM, Encoding::Identity, bytes));
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
    headers.insert(PROTOCOL_HEADER, HeaderValue::from(PROTOCOL));
    if let Some(name) = encoding.header() {
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    response
}

fn keep_nowhere(mut response: Response) -> Response {
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_cache_might_keep_says_that_it_may_not() {
        let forbidden = |response: &Response| {
            response.headers().get(CACHE_CONTROL).is_some_and(|value| value == "no-store")
        };

        assert!(forbidden(&unkept(1).await.unwrap()));
        assert!(forbidden(&problem(&Problem::new(ErrorCode::Internal))));
        assert!(!forbidden(&body(1).await.unwrap()), "nobody keeps the answer to a POST");
    }
}
