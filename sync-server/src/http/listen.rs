//! The socket devices connect to, plain or TLS, and how it closes.
//!
//! Slow strangers are bounded here: a connection must finish its TLS handshake and its request head
//! in ten seconds. Upgrades to WebSocket work on both.
//!
//! Not here: what a request means (see [`super::app`]).

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::RustlsAcceptor;

use super::first_byte::TlsOnly;
use crate::certificate::Certificate;

/// How long a connection may take until its request head is complete.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// Answers requests on `listener` until `handle` is told to stop, and returns when the last one is
/// answered.
///
/// # Errors
/// When the listener stops working.
pub async fn serve(
    listener: TcpListener,
    certificate: Option<Certificate>,
    app: Router,
    handle: Handle<SocketAddr>,
) -> io::Result<()> {
    let mut server = axum_server::from_tcp(listener)?.handle(handle);
    server.http_builder().http1().header_read_timeout(HEAD_TIME);
    let server = server.acceptor(NoDelayAcceptor::new());
    match certificate {
        None => server.serve(app.into_make_service()).await,
        Some(certificate) => {
            let tls = RustlsAcceptor::new(certificate.config())
                .handshake_timeout(HEAD_TIME)
                .acceptor(TlsOnly(NoDelayAcceptor::new()));
            server.acceptor(tls).serve(app.into_make_service()).await
        }
    }
}
