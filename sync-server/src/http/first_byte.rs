//! A word to whoever speaks plain HTTP where TLS is spoken.
//!
//! Without it a mistyped `http://` ends in a broken connection, which nobody understands. What such a
//! request says is not read: it has travelled in the clear and may have been changed.

use std::io;
use std::pin::Pin;
use std::time::Duration;

use axum_server::accept::{Accept, NoDelayAcceptor};
use halyard_protocol::cbor;
use halyard_protocol::problem::{ErrorCode, Problem};
use halyard_protocol::version::{PROBLEM, PROTOCOL, PROTOCOL_HEADER};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The first byte of every TLS connection: a handshake record.
const HANDSHAKE: u8 = 22;
/// How long a stranger may take for the first byte, and for the end after the answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much of the request is taken before it is cut off.
const REQUEST_BYTES: u64 = 1 << 20;

/// Lets TLS through, answers plain HTTP.
#[derive(Debug, Clone, Copy)]
pub(super) struct TlsOnly(pub(super) NoDelayAcceptor);

impl<S: Send + 'static> Accept<TcpStream, S> for TlsOnly {
    type Stream = TcpStream;
    type Service = S;
    type Future = Pin<Box<dyn Future<Output = io::Result<(TcpStream, S)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let ready = self.0.accept(stream, service);
        Box::pin(async move {
            let (stream, service) = ready.await?;
            let mut first = [0];
            match tokio::time::timeout(PATIENCE, stream.peek(&mut first)).await {
                Ok(Ok(1)) if first == [HANDSHAKE] => return Ok((stream, service)),
                Ok(Ok(0)) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Ok(Ok(_)) => {}
                Ok(Err(error)) => return Err(error),
                Err(_) => return Err(io::ErrorKind::TimedOut.into()),
            }
            match tokio::time::timeout(PATIENCE, answer(stream)).await {
                Ok(answered) => answered?,
                Err(_) => return Err(io::ErrorKind::TimedOut.into()),
            }
            Err(io::Error::new(io::ErrorKind::InvalidData, "plain HTTP where TLS is spoken"))
        })
    }
}

/// Answers, then takes what still comes: closing on unread bytes would throw the answer away.
async fn answer(mut stream: TcpStream) -> io::Result<()> {
    let problem = Problem::new(ErrorCode::TlsNeeded);
    let body = cbor::encode(&problem).map_err(io::Error::other)?;
    let head = format!(
        "HTTP/1.1 {} TLS Needed\r\ncontent-type: {PROBLEM}\r\n{PROTOCOL_HEADER}: {PROTOCOL}\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n",
        problem.status,
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(&body).await?;
    stream.shutdown().await?;
    tokio::io::copy(&mut stream.take(REQUEST_BYTES), &mut tokio::io::sink()).await?;
    Ok(())
}
