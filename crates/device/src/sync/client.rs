//! One signed request and its answer.

use std::sync::Arc;
use std::time::Duration;

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, WorkspaceId};
use halyard_protocol::body::{self, Encoding};
use halyard_protocol::cbor;
use halyard_protocol::http_signature::{self, CONTENT_DIGEST, SIGNATURE, SIGNATURE_INPUT};
use halyard_protocol::limits::ANSWER_BYTES;
use halyard_protocol::pin::Pin;
use halyard_protocol::problem::Problem;
use halyard_protocol::time::UnixMs;
use halyard_protocol::version::{CBOR, PROBLEM, PROTOCOL, PROTOCOL_HEADER, WORKSPACE_HEADER};
use reqwest::header::{CONTENT_ENCODING, CONTENT_TYPE};
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sync::trust::{self, Distrust};

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(10);
/// How long an answer may take as a whole; a page over a weak signal is slow and still worth having.
const ANSWER: Duration = Duration::from_secs(120);

/// A call to the relay failed. Nothing is lost: what was not answered is sent again.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No connection, or it broke.
    #[error("the relay cannot be reached")]
    Unreachable(#[source] reqwest::Error),
    /// What answers is not taken for our relay. Nothing was sent.
    #[error("what answers is not our relay")]
    Distrusted(#[from] Distrust),
    /// Plain HTTP is spoken where the address says `https`. Nothing was sent.
    #[error("no TLS is spoken at this address")]
    NotTls,
    /// TLS does not work on this machine.
    #[error("TLS cannot be spoken")]
    Tls(#[source] rustls::Error),
    /// The relay said no, and why.
    #[error(transparent)]
    Problem(Box<Problem>),
    /// Something answered, and it is no relay.
    #[error("what answers at this address is no Halyard relay (status {status})")]
    NotARelay {
        /// The HTTP status.
        status: u16,
    },
    /// The answer cannot be read.
    #[error("the relay's answer cannot be read")]
    Garbled(#[source] body::ReadError),
    /// The request could not be written.
    #[error("the request could not be written")]
    Unwritable(#[source] body::WriteError),
}

/// Who signs requests, and where they go.
#[derive(Clone)]
pub(crate) struct Client {
    http: reqwest::Client,
    tls: Arc<ClientConfig>,
    base: String,
    key: SigningKey,
    device: DeviceId,
    workspace: Option<WorkspaceId>,
}

impl Client {
    /// A client of the relay at `base` (`https://host:port`), recognised by `pin` or else by the system.
    pub(crate) fn new(
        base: &str,
        pin: Option<Pin>,
        key: SigningKey,
        device: DeviceId,
        workspace: Option<WorkspaceId>,
    ) -> Result<Self, CallError> {
        let tls = trust::tls(pin).map_err(CallError::Tls)?;
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(ClientConfig::clone(&tls))
            // A signed request is for our relay and for nobody it might point to.
            .redirect(Policy::none())
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .build()
            .map_err(CallError::Unreachable)?;
        Ok(Self { http, tls, base: base.trim_end_matches('/').to_owned(), key, device, workspace })
    }

    /// `POST`s a body made at `now` by the relay's clock, as far as this device knows it.
    pub(crate) async fn post<Q: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        request: &Q,
        now: UnixMs,
    ) -> Result<A, CallError> {
        let (bytes, encoding) = body::write(request).map_err(CallError::Unwritable)?;
        let mut builder = self.posted(path, now, &bytes).header(CONTENT_TYPE, CBOR);
        if let Some(encoding) = encoding.header() {
            builder = builder.header(CONTENT_ENCODING, encoding);
        }
        answer(builder.body(bytes).send().await).await
    }

    /// `GET`s what is at `path`, with the part of the address after the question mark, at `now` by the relay's
    /// clock as far as this device knows it.
    pub(crate) async fn get<A: DeserializeOwned>(
        &self,
        path: &str,
        query: Option<&str>,
        now: UnixMs,
    ) -> Result<A, CallError> {
        let after = query.map(|query| format!("?{query}")).unwrap_or_default();
        let mut builder = self.http.get(format!("{}{path}{after}", self.base));
        for (name, value) in self.signed_headers(("GET", path, query), now, &[]) {
            builder = builder.header(name, value);
        }
        answer(builder.header(reqwest::header::ACCEPT_ENCODING, "zstd").send().await).await
    }

    /// The headers of a signed request, for a socket that upgrades.
    pub(crate) fn headers(
        &self,
        method: &str,
        path: &str,
        now: UnixMs,
        body: &[u8],
    ) -> Vec<(&'static str, String)> {
        self.signed_headers((method, path, None), now, body)
    }

    fn signed_headers(
        &self,
        target: (&str, &str, Option<&str>),
        now: UnixMs,
        body: &[u8],
    ) -> Vec<(&'static str, String)> {
        let signed = http_signature::sign(&self.key, self.device, now, target, self.workspace, body);
        let mut headers = vec![
            (PROTOCOL_HEADER, PROTOCOL.to_string()),
            (CONTENT_DIGEST, signed.content_digest),
            (SIGNATURE_INPUT, signed.signature_input),
            (SIGNATURE, signed.signature),
        ];
        headers.extend(self.workspace.map(|workspace| (WORKSPACE_HEADER, workspace.to_string())));
        headers
    }

    /// How TLS is spoken with the relay, for a socket of its own.
    pub(crate) fn tls(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.tls)
    }

    /// Where the relay is.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    fn posted(&self, path: &str, now: UnixMs, body: &[u8]) -> reqwest::RequestBuilder {
        let mut builder = self.http.post(format!("{}{path}", self.base));
        for (name, value) in self.headers("POST", path, now, body) {
            builder = builder.header(name, value);
        }
        builder.header(reqwest::header::ACCEPT_ENCODING, "zstd")
    }
}

/// What kept a request from an answer.
fn unreached(error: reqwest::Error) -> CallError {
    let tls = trust::tls_error(&error);
    match tls.map(|tls| (trust::distrust_in(tls), tls)) {
        Some((Some(distrust), _)) => distrust.into(),
        // Plain HTTP read as TLS: the first byte of `HTTP/1.1` is no kind of record.
        Some((None, rustls::Error::InvalidMessage(_))) => CallError::NotTls,
        Some((None, _)) | None => CallError::Unreachable(error),
    }
}

async fn answer<A: DeserializeOwned>(sent: reqwest::Result<reqwest::Response>) -> Result<A, CallError> {
    let response = sent.map_err(unreached)?;
    let status = response.status();
    let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let (media, encoding) = (header(CONTENT_TYPE), header(CONTENT_ENCODING));
    let speaks = response.headers().contains_key(PROTOCOL_HEADER);
    let encoding = Encoding::from_header(encoding.as_deref());
    let not_a_relay = || CallError::NotARelay { status: status.as_u16() };
    if !matches!(media.as_deref(), Some(CBOR | PROBLEM)) {
        return Err(not_a_relay());
    }
    let bytes = whole(response).await?;
    match (media.as_deref(), encoding) {
        (Some(CBOR), Some(encoding)) if status.is_success() && speaks => {
            body::read(&bytes, encoding, ANSWER_BYTES).map_err(CallError::Garbled)
        }
        (Some(PROBLEM), Some(encoding)) => {
            let problem: Problem = match encoding {
                Encoding::Identity => cbor::decode(&bytes, ANSWER_BYTES).map_err(|_| not_a_relay())?,
                Encoding::Zstd => body::read(&bytes, encoding, ANSWER_BYTES).map_err(CallError::Garbled)?,
            };
            Err(CallError::Problem(Box::new(problem)))
        }
        _ => Err(not_a_relay()),
    }
}

/// The body, as far as an answer may be long: whoever answers may be anybody.
async fn whole(mut response: reqwest::Response) -> Result<Vec<u8>, CallError> {
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(CallError::Unreachable)? {
        if bytes.len() + piece.len() > ANSWER_BYTES {
            return Err(CallError::Garbled(body::ReadError::TooLarge { most: ANSWER_BYTES }));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    /// What a device makes of an answer of this media type that goes on for longer than any answer may.
    async fn endless(media: &str) -> CallError {
        let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", server.local_addr().unwrap());
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {media}\r\n{PROTOCOL_HEADER}: {PROTOCOL}\r\ncontent-length: {}\r\n\r\n",
            1_u64 << 40
        );
        let answering = tokio::spawn(async move {
            let (mut socket, _) = server.accept().await.unwrap();
            let mut request = [0; 1024];
            let mut open =
                socket.read(&mut request).await.is_ok() && socket.write_all(head.as_bytes()).await.is_ok();
            let piece = vec![0; 1 << 20];
            for _ in 0..=ANSWER_BYTES / piece.len() {
                open = open && socket.write_all(&piece).await.is_ok();
            }
        });
        let device = DeviceId::made_by_rule("tablet");
        let client = Client::new(&base, None, SigningKey::from_bytes(&[2; 32]), device, None).unwrap();
        let answer: Result<String, _> = client.get("/v1/review", None, UnixMs(0)).await;
        answering.abort();
        answer.unwrap_err()
    }

    #[tokio::test]
    async fn an_answer_without_an_end_is_not_waited_for() {
        assert!(matches!(endless("text/html").await, CallError::NotARelay { status: 200 }));
        let cut = endless(CBOR).await;
        assert!(
            matches!(cut, CallError::Garbled(body::ReadError::TooLarge { most: ANSWER_BYTES })),
            "{cut:?}"
        );
    }
}
