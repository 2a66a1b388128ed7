//! A proxy on the loopback that counts the bytes between a device and its relay, the same for every
//! system: what TCP carried, HTTP headers and frames of sockets included.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, AtomicU64, Ordering};
use std::thread;

use anyhow::Context;

/// Passes bytes on, and counts them.
#[derive(Debug)]
pub(super) struct Proxy {
    port: u16,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    upstream: AtomicU16,
    up: AtomicU64,
    down: AtomicU64,
}

/// Bytes counted so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bytes {
    /// From the device.
    pub(super) up: u64,
    /// To the device.
    pub(super) down: u64,
}

impl Proxy {
    /// A proxy on a free port of the loopback that leads nowhere yet. It lives as long as the program.
    ///
    /// # Errors
    /// When there is no free port.
    pub(super) fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("looking for a free port")?;
        let port = listener.local_addr()?.port();
        let shared = Arc::new(Shared::default());
        let counted = Arc::clone(&shared);
        thread::Builder::new().name("proxy".to_owned()).spawn(move || {
            for device in listener.incoming().flatten() {
                // A device that comes while nothing is behind the proxy is turned away like by a closed port.
                drop(connect(device, &counted));
            }
        })?;
        Ok(Self { port, shared })
    }

    /// Leads new connections to this port of the loopback.
    pub(super) fn lead_to(&self, port: u16) {
        self.shared.upstream.store(port, Ordering::SeqCst);
    }

    /// The port devices connect to.
    #[must_use]
    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// What was carried since the start.
    #[must_use]
    pub(super) fn bytes(&self) -> Bytes {
        Bytes { up: self.shared.up.load(Ordering::SeqCst), down: self.shared.down.load(Ordering::SeqCst) }
    }
}

fn connect(device: TcpStream, shared: &Arc<Shared>) -> std::io::Result<()> {
    let office = TcpStream::connect((Ipv4Addr::LOCALHOST, shared.upstream.load(Ordering::SeqCst)))?;
    device.set_nodelay(true)?;
    office.set_nodelay(true)?;
    carry(device.try_clone()?, office.try_clone()?, Arc::clone(shared), |shared| &shared.up)?;
    carry(office, device, Arc::clone(shared), |shared| &shared.down)
}

fn carry(
    mut from: TcpStream,
    mut to: TcpStream,
    shared: Arc<Shared>,
    counter: fn(&Shared) -> &AtomicU64,
) -> std::io::Result<()> {
    thread::Builder::new().name("proxy".to_owned()).spawn(move || {
        let mut buffer = [0; 64 * 1024];
        while let Ok(length) = from.read(&mut buffer) {
            let Some(bytes) = buffer.get(..length).filter(|bytes| !bytes.is_empty()) else { break };
            // Counted first: whoever has received the bytes must find them counted.
            counter(&shared).fetch_add(bytes.len() as u64, Ordering::SeqCst);
            if to.write_all(bytes).is_err() {
                break;
            }
        }
        // The other side may have closed already.
        drop(to.shutdown(Shutdown::Write));
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_through_is_counted_each_way() {
        let office = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let proxy = Proxy::start().unwrap();
        proxy.lead_to(office.local_addr().unwrap().port());
        let mut device = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port())).unwrap();

        device.write_all(b"seven b").unwrap();
        device.shutdown(Shutdown::Write).unwrap();
        let (mut relay, _) = office.accept().unwrap();
        let mut asked = String::new();
        relay.read_to_string(&mut asked).unwrap();
        relay.write_all(b"ten bytes!").unwrap();
        drop(relay);
        let mut answered = String::new();
        device.read_to_string(&mut answered).unwrap();

        assert_eq!((asked.as_str(), answered.as_str()), ("seven b", "ten bytes!"));
        assert_eq!(proxy.bytes(), Bytes { up: 7, down: 10 });
    }

    #[test]
    fn a_proxy_that_leads_nowhere_closes() {
        let proxy = Proxy::start().unwrap();
        let mut device = TcpStream::connect((Ipv4Addr::LOCALHOST, proxy.port())).unwrap();

        assert!(matches!(device.read(&mut [0; 8]), Ok(0) | Err(_)));
    }
}
