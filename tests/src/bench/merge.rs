//! How fast the relay merges what one device pushes, one envelope with one change after the other.
//!
//! Signed requests over HTTP to the real relay process, each answered with a receipt after the disk has
//! it; beside it the same changes merged in memory without anything around, and the same bytes written to
//! an SQLite table and the disk without being merged.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, ensure};
use ed25519_dalek::SigningKey;
use halyard_device::{Surroundings, ThisMachine};
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::records::Visit;
use halyard_protocol::actor::{ActorId, ActorPrefix};
use halyard_protocol::body::{self, Encoding};
use halyard_protocol::envelope::{Chunk, Envelope};
use halyard_protocol::hash::{EnvelopeHash, Generation};
use halyard_protocol::http_signature::{self, CONTENT_DIGEST, SIGNATURE, SIGNATURE_INPUT};
use halyard_protocol::keys::{PublicKey, Signature};
use halyard_protocol::limits::ANSWER_BYTES;
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::receipt::Outcome as Receipted;
use halyard_protocol::time::UnixMs;
use halyard_protocol::version::{CBOR, OBJECT_VERSION, PROTOCOL, PROTOCOL_HEADER, WORKSPACE_HEADER};
use halyard_records::{Document, Editor};
use halyard_store::Identity;
use rusqlite::Connection;
use rustls::{ClientConfig, RootCertStore};

use super::Bench;
use super::company::{DEVICE, ORGANISATION, Pair, visits};
use super::report::{OURS, Outcome};
use super::samples::Samples;
use super::scenario::EDITED;
use crate::harness::{RelayFolder, TestDevice};

/// The path of a push.
const PATH: &str = "/v1/sync/push";

/// One change to be merged.
struct Work {
    /// The document before it.
    before: Vec<u8>,
    /// The change in its signed envelope.
    envelope: Envelope,
}

pub(super) fn measure(bench: &mut Bench<'_>) -> anyhow::Result<Vec<(&'static str, Outcome)>> {
    let company = bench.company(EDITED.min(bench.options.most_records))?;
    let pair = company.in_step(&bench.runtime)?.copy_to(company.folder.join("measured"))?;
    let visits = visits(&TestDevice::open(&pair.device(), DEVICE)?, 500)?;
    let (identity, work) = prepare(&pair, &visits, bench.options.samples)?;
    let relay = RelayFolder::without_tls(&pair.relay(), ORGANISATION)?;
    let running = relay.start()?;
    let pushed = bench.runtime.block_on(push(&relay.url(), &identity, &work))?;
    drop(running);
    Ok(vec![
        (OURS, told(&pushed)),
        ("bare_merge", told(&merge(&work)?)),
        ("bare_sqlite", told(&insert(&pair.device(), &work)?)),
    ])
}

fn told(samples: &Samples) -> Outcome {
    Outcome::Figures(vec![("per_s", samples.per_second()), ("p99_ms", samples.percentile(99))])
}

/// Makes and signs the changes beforehand, by the device that is enrolled.
fn prepare(pair: &Pair, visits: &[DocumentId], wanted: usize) -> anyhow::Result<(Identity, Vec<Work>)> {
    let store = TestDevice::store(&pair.device(), DEVICE)?;
    let identity = store.identity()?.context("the device is enrolled")?;
    let key = SigningKey::from_bytes(&identity.device_key.0);
    let mut random = [0; 8];
    ThisMachine.fill_random(&mut random);
    let actor = ActorId::new(ActorPrefix::of(&PublicKey::of(&key)), random).0;
    let mut work: Vec<Work> = Vec::with_capacity(wanted);
    let mut end: Option<(u64, EnvelopeHash)> = None;
    let mut open = Vec::new();
    for visit in visits {
        let stored = store.document(*visit)?.context("a visit that is listed is there")?;
        open.push((*visit, Document::load(&stored.base, stored.tail.iter().map(Vec::as_slice))?));
    }
    for turn in 0..wanted {
        let (visit, document) = open.get_mut(turn % visits.len()).context("there are visits")?;
        let before = document.snapshot()?;
        let made = document.edit(
            &mut Editor { actor, fresh_actor: &mut || actor, time: ThisMachine.now_ms() / 1000 },
            &[Visit::DURATION_MINUTES.set(&(10_000 + i64::try_from(turn)?))] as &[Intent],
        )?;
        let mut envelope = Envelope {
            v: OBJECT_VERSION,
            workspace: identity.workspace,
            document: *visit,
            generation: Generation(0),
            kind: document.kind().into(),
            employee: identity.employee,
            device: identity.device,
            incarnation: identity.incarnation,
            sequence: end.map_or(1, |(sequence, _)| sequence + 1),
            previous: end.map(|(_, hash)| hash),
            time: UnixMs(ThisMachine.now_ms()),
            replaces: Vec::new(),
            changes: made.into_iter().map(|change| Chunk(change.chunk)).collect(),
            signature: Signature::missing(),
        };
        ensure!(envelope.changes.len() == 1, "an edit made {} changes", envelope.changes.len());
        end = Some((envelope.sequence, envelope.sign(&key)?));
        work.push(Work { before, envelope });
    }
    Ok((identity, work))
}

async fn push(url: &str, identity: &Identity, work: &[Work]) -> anyhow::Result<Samples> {
    let http = reqwest::Client::builder().tls_backend_preconfigured(no_tls()?).build()?;
    let key = SigningKey::from_bytes(&identity.device_key.0);
    let mut times = Samples::default();
    for one in work {
        let request = PushRequest { envelopes: vec![one.envelope.clone()], ..PushRequest::default() };
        let (bytes, encoding) = body::write(&request)?;
        let began = Instant::now();
        let now = UnixMs(ThisMachine.now_ms());
        let workspace = Some(identity.workspace);
        let signed =
            http_signature::sign(&key, identity.device, now, ("POST", PATH, None), workspace, &bytes);
        let mut asking = http
            .post(format!("{url}{PATH}"))
            .header(PROTOCOL_HEADER, PROTOCOL.to_string())
            .header(WORKSPACE_HEADER, identity.workspace.to_string())
            .header(CONTENT_DIGEST, signed.content_digest)
            .header(SIGNATURE_INPUT, signed.signature_input)
            .header(SIGNATURE, signed.signature)
            .header("content-type", CBOR);
        if let Some(encoding) = encoding.header() {
            asking = asking.header("content-encoding", encoding);
        }
        let answer = asking.body(bytes).send().await?.error_for_status()?;
        let encoding = answer.headers().get("content-encoding").and_then(|value| value.to_str().ok());
        let encoding = Encoding::from_header(encoding).context("an encoding nobody asked for")?;
        let answer: PushAnswer = body::read(&answer.bytes().await?, encoding, ANSWER_BYTES)?;
        times.add(began.elapsed());
        let outcomes: Vec<Receipted> = answer.receipts.iter().map(|receipt| receipt.outcome).collect();
        ensure!(outcomes == [Receipted::Accepted], "the relay answered {outcomes:?}");
    }
    Ok(times)
}

/// The relay of a measurement speaks plain HTTP: nobody's certificate is taken.
fn no_tls() -> anyhow::Result<ClientConfig> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(versions.with_root_certificates(RootCertStore::empty()).with_no_client_auth())
}

/// Loads the document, applies the change and saves it, in memory.
fn merge(work: &[Work]) -> anyhow::Result<Samples> {
    let mut times = Samples::default();
    for one in work {
        let began = Instant::now();
        let mut document = Document::load(&one.before, [])?;
        document.apply(one.envelope.changes.iter().map(|chunk| chunk.0.as_slice()))?;
        let saved = document.snapshot()?;
        times.add(began.elapsed());
        ensure!(saved.len() > one.before.len(), "a merge added nothing");
    }
    Ok(times)
}

/// Writes the change into a table and waits for the disk.
fn insert(folder: &Path, work: &[Work]) -> anyhow::Result<Samples> {
    let database = Connection::open(folder.join("bare.db"))?;
    database.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         CREATE TABLE change (number INTEGER NOT NULL PRIMARY KEY, bytes BLOB NOT NULL) STRICT;",
    )?;
    let mut statement = database.prepare("INSERT INTO change (bytes) VALUES (?1)")?;
    let mut times = Samples::default();
    for chunk in work.iter().flat_map(|one| &one.envelope.changes) {
        let began = Instant::now();
        statement.execute([&chunk.0])?;
        times.add(began.elapsed());
    }
    Ok(times)
}
