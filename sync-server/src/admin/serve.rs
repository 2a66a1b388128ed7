//! Running the relay until it is told to stop.
//!
//! It starts in the order in which things can be refused, and says it is ready only when a device
//! could connect. It stops in the order devices notice: first it is not ready (a balancer sends
//! nobody), then live connections close with «restart», then requests under way end, and the
//! database closes last. All of it takes less than 25 seconds.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use tokio_util::sync::CancellationToken;

use super::failure::{Failure, FailureCode, chain};
use super::folder::DataFolder;
use super::output::Output;
#[cfg(unix)]
use super::reach::Listening;
use super::start::{self, NotOpened};
use super::workspace;
use crate::certificate::{self, Certificate, CertificateError, OwnCertificate};
use crate::config::{Config, Encryption};
use crate::http::{App, listen};
use crate::relay::Relay;

/// How long live connections may take to hear that the relay stops.
const GOODBYE_TIME: Duration = Duration::from_secs(3);

/// How often the relay looks whether its own certificate still holds for where it is.
const RENEW_EVERY: Duration = Duration::from_secs(60 * 60);

/// Runs the relay.
pub(super) async fn run(config: &Config, output: Output) -> Result<(), Failure> {
    allow_many_connections();
    let given = given_certificate(config).await?;
    let folder = DataFolder::open_or_create(&config.data)?;
    let listener = listener(config.listen)?;
    let address = listener.local_addr().unwrap_or(config.listen);
    let relay = start::open(&folder).map_err(|error| match error {
        NotOpened::InUse => start::already_running(&folder),
        NotOpened::Failed(failure) => failure,
    })?;
    let relay = Arc::new(relay);
    workspace::open_or_create(&relay, config).await?;
    let own = own_certificate(&relay, config, address).await?;
    let certificate = given.or_else(|| own.as_ref().map(OwnCertificate::certificate));

    let stopping = CancellationToken::new();
    let app = App::new(Arc::clone(&relay), config.limits.clone(), stopping.clone());
    let commands = open_door(&folder, &relay, config, address);
    let renewing = own.map(|own| tokio::spawn(renew(own, Arc::clone(&relay), config.clone(), address)));
    let handle = Handle::new();
    let serving = tokio::spawn(listen::serve(listener, certificate, app.router(), handle.clone()));
    announce(config, &handle, output).await;

    let told = wait_for_the_end(serving).await;
    stopping.cancel();
    if tokio::time::timeout(GOODBYE_TIME, app.sessions().all_ended()).await.is_err() {
        tracing::warn!("some live connections did not close in time");
    }
    if let Told::Signal(serving) = told {
        handle.graceful_shutdown(Some(config.limits.drain_time()));
        report_end(serving.await);
    }
    for task in [commands, renewing].into_iter().flatten() {
        task.abort();
    }
    tracing::info!("the relay has stopped");
    Ok(())
}

/// Every device keeps a connection open, and systems begin with room for a thousand files.
#[cfg(unix)]
fn allow_many_connections() {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(files) => tracing::debug!(files, "files and connections that may be open at once"),
        Err(error) => tracing::warn!(%error, "the number of open connections could not be raised"),
    }
}

#[cfg(not(unix))]
fn allow_many_connections() {}

type Serving = tokio::task::JoinHandle<io::Result<()>>;

/// What ended the relay.
enum Told {
    /// Somebody asked for it.
    Signal(Serving),
    /// The listener stopped working.
    ListenerEnded,
}

async fn wait_for_the_end(mut serving: Serving) -> Told {
    tokio::select! {
        signal = signalled() => {
            tracing::info!(signal, "asked to stop");
            Told::Signal(serving)
        }
        ended = &mut serving => {
            report_end(ended);
            Told::ListenerEnded
        }
    }
}

fn report_end(ended: Result<io::Result<()>, tokio::task::JoinError>) {
    match ended {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%error, "the relay no longer accepts connections"),
        Err(panic) => tracing::error!(%panic, "accepting connections ended in a panic"),
    }
}

#[cfg(unix)]
async fn signalled() -> &'static str {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) =
        (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::error!("signals cannot be received; the relay can only be killed");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => "SIGTERM",
        _ = interrupt.recv() => "SIGINT",
    }
}

#[cfg(not(unix))]
async fn signalled() -> &'static str {
    match tokio::signal::ctrl_c().await {
        Ok(()) => "Ctrl-C",
        Err(error) => {
            tracing::error!(%error, "Ctrl-C cannot be received; the relay can only be ended from outside");
            std::future::pending().await
        }
    }
}

async fn given_certificate(config: &Config) -> Result<Option<Certificate>, Failure> {
    let Encryption::Given { cert, key } = config.encryption() else { return Ok(None) };
    let certificate = Certificate::read(cert, key).await;
    certificate.map(Some).map_err(|error| certificate_failed(config, &error))
}

async fn own_certificate(
    relay: &Relay,
    config: &Config,
    listen: SocketAddr,
) -> Result<Option<OwnCertificate>, Failure> {
    if config.encryption() != Encryption::Own {
        return Ok(None);
    }
    let failed = |error| certificate_failed(config, &error);
    let authority = relay.authority().await.map_err(failed)?;
    tracing::info!(pin = %authority.pin(), "devices recognise this relay by its own certificate authority");
    let own = OwnCertificate::issue(authority, certificate::names(config, listen), relay.now()).await;
    own.map(Some).map_err(failed)
}

/// A relay runs for years and its machine moves from network to network.
async fn renew(own: OwnCertificate, relay: Arc<Relay>, config: Config, listen: SocketAddr) {
    let mut ticks = tokio::time::interval(RENEW_EVERY);
    loop {
        ticks.tick().await;
        match own.renew_if_due(certificate::names(&config, listen), relay.now()).await {
            Ok(true) => tracing::info!("the relay shows a new certificate"),
            Ok(false) => {}
            Err(error) => {
                tracing::error!(error = %chain(&error), "the relay's certificate could not be renewed");
            }
        }
    }
}

/// Why the relay cannot show a certificate.
pub(super) fn certificate_failed(config: &Config, error: &CertificateError) -> Failure {
    let (happened, next) = match config.encryption() {
        Encryption::Given { cert, key } => (
            format!(
                "The certificate {} with the key {} cannot be used: {}.",
                cert.display(),
                key.display(),
                chain(error)
            ),
            "Both must be PEM files, the certificate followed by those that lead to its authority, and the key must \
             be the certificate's own and without a password.",
        ),
        Encryption::Own | Encryption::Plain => (
            format!("The relay's own certificate could not be made: {}.", chain(error)),
            "Check `tls.names` and `address`, and run `sync-server verify`.",
        ),
    };
    Failure::new(FailureCode::Certificate, happened, "Nothing was changed.", next)
}

fn listener(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).map_err(|error| {
        let next = match error.kind() {
            io::ErrorKind::AddrInUse => format!(
                "Another program listens there, perhaps this relay already (`ss -ltnp 'sport = :{}'` names it). End \
                 it, or set another port with `listen` or --listen.",
                address.port()
            ),
            io::ErrorKind::PermissionDenied => {
                "Ports below 1024 need a right of their own. Set another port with `listen` or --listen.".to_owned()
            }
            io::ErrorKind::AddrNotAvailable => {
                "This machine does not have that address. Set `listen` to one it has, or to 0.0.0.0 for all.".to_owned()
            }
            _ => "Set another address with `listen` or --listen.".to_owned(),
        };
        let happened = format!("The relay cannot listen on {address}: {error}.");
        Failure::new(FailureCode::Address, happened, "Nothing was changed.", next)
    })
}

/// Opens the door for commands. Without it the relay still serves devices, so it is only said.
#[cfg(unix)]
fn open_door(
    folder: &DataFolder,
    relay: &Arc<Relay>,
    config: &Config,
    listen: SocketAddr,
) -> Option<tokio::task::JoinHandle<()>> {
    let path = folder.admin_socket();
    match super::socket::AdminSocket::bind(&path) {
        Ok(socket) => {
            let (relay, config) = (Arc::clone(relay), Arc::new(config.clone()));
            let answering =
                socket.serve(move |question| {
                    let (relay, config) = (Arc::clone(&relay), Arc::clone(&config));
                    async move {
                        super::answering::answer(&relay, &config, Listening::Now(listen), question).await
                    }
                });
            Some(tokio::spawn(answering))
        }
        Err(error) => {
            tracing::error!(
                error = %chain(&error),
                socket = %path.display(),
                "commands cannot reach this relay; they work when it is stopped"
            );
            None
        }
    }
}

#[cfg(not(unix))]
fn open_door(
    _folder: &DataFolder,
    _relay: &Arc<Relay>,
    _config: &Config,
    _listen: SocketAddr,
) -> Option<tokio::task::JoinHandle<()>> {
    None
}

async fn announce(config: &Config, handle: &Handle<SocketAddr>, output: Output) {
    let Some(address) = handle.listening().await else { return };
    let scheme = if config.encryption() == Encryption::Plain { "http" } else { "https" };
    if config.is_open_to_listeners() {
        tracing::warn!(
            "the relay speaks without encryption: whoever is on the network can read everything. Leave out \
             tls.mode, or listen on 127.0.0.1 behind a proxy that speaks TLS"
        );
    }
    tracing::info!(listen.address = %address, listen.scheme = scheme, "the relay is ready");
    output.line(
        &format!("The relay is ready at {scheme}://{address}"),
        &serde_json::json!({ "ready": { "url": format!("{scheme}://{address}") } }),
    );
}
