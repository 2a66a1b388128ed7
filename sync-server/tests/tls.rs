//! The relay with a given certificate, and with one of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails by panicking"
)]

mod support;

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use halyard_protocol::join::JoinLink;
use halyard_protocol::pin::Pin;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::server::ParsedCertificate;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use support::Place;

/// What the relay answers to `/livez` when `trusted` is the only certificate trusted.
fn livez(address: &str, trusted: CertificateDer<'static>) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    let config = builder.with_root_certificates(roots).with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut stream = StreamOwned::new(connection, TcpStream::connect(address)?);
    stream.write_all(b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}

#[test]
fn devices_that_trust_the_certificate_are_answered_and_others_do_not_ask() {
    let place = Place::new();
    let own = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let another = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    std::fs::write(place.path().join("relay.pem"), own.cert.pem()).unwrap();
    std::fs::write(place.path().join("relay.key"), own.signing_key.serialize_pem()).unwrap();
    let settings = "[tls]\ncert = \"relay.pem\"\nkey = \"relay.key\"\n";
    std::fs::write(place.path().join("relay.toml"), settings).unwrap();

    let relay = place.serve_with(&["--config", "relay.toml"]);
    let address = relay.url.strip_prefix("https://").expect("it says that it speaks TLS");
    let answer = livez(address, own.cert.der().clone()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(livez(address, another.cert.der().clone()).is_err());
}

#[test]
fn an_invitation_says_where_the_relay_is_and_how_its_own_certificate_is_recognised() {
    let place = Place::new();
    std::fs::write(place.path().join("relay.toml"), "[tls]\nmode = \"own\"\n").unwrap();
    let relay = place.serve_with(&["--config", "relay.toml"]);
    let address = relay.url.strip_prefix("https://").expect("it says that it speaks TLS");

    let kept: Vec<u8> = place
        .database()
        .query_row("SELECT certificate FROM certificate_authority", [], |row| row.get(0))
        .unwrap();
    let answer = livez(address, CertificateDer::from(kept.clone())).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    let invited = &place.json(&["invite", "--new", "Коваль Іван", "--role", "technician"])["invited"];
    let link: JoinLink = invited["link"].as_str().unwrap().parse().unwrap();
    let shown = ParsedCertificate::try_from(&CertificateDer::from(kept)).unwrap().subject_public_key_info();
    assert_eq!(link.pin, Some(Pin::of_key(&shown)));
    assert_eq!(invited["pin"], link.pin.unwrap().to_string());
    assert_eq!(invited["code"], link.code.to_string());
    assert_eq!(invited["relay"], link.relay.as_str());
    assert_eq!(link.relay.as_str(), relay.url);
}
