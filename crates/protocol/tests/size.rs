//! What travels when nothing has changed stays small, whatever the number of documents.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, DocumentId, EpochId, WorkspaceId};
use halyard_domain::kind::Kind;
use halyard_protocol::body;
use halyard_protocol::cursor::{Cursor, CursorKey};
use halyard_protocol::hash::{Position, RightsVersion, RunningHash};
use halyard_protocol::http_signature::{CONTENT_DIGEST, SIGNATURE, SIGNATURE_INPUT, sign};
use halyard_protocol::pull::{Me, PullAnswer, PullRequest};
use halyard_protocol::schema::Schema;
use halyard_protocol::time::UnixMs;
use halyard_protocol::version::{CBOR, PROTOCOL_HEADER, WORKSPACE_HEADER};

#[test]
fn an_idle_pull_is_one_kilobyte_of_http() {
    let (workspace, device) = (WorkspaceId::made_by_rule("w"), DeviceId::made_by_rule("d"));
    let epoch = EpochId::made_by_rule("e");
    let now = UnixMs(1_700_000_000_000);
    // A relay in its fifth year: a million changes, a hundred changes of rights.
    let position = Position(1_000_000);
    let cursor = Cursor::first(epoch, position, RunningHash([7; 32]), RightsVersion(100)).into_log();
    let sealed = CursorKey::new([1; 32]).seal(workspace, device, &cursor).unwrap();
    let schema: Schema = Kind::ALL.iter().map(|kind| (*kind, 1)).collect();

    let request = PullRequest {
        cursor: Some(sealed.clone()),
        schema: Some(schema.id().unwrap()),
        ..PullRequest::default()
    };
    let (request, _) = body::write(&request).unwrap();
    let headers = sign(
        &SigningKey::from_bytes(&[1; 32]),
        device,
        now,
        ("POST", "/v1/sync/pull", None),
        Some(workspace),
        &request,
    );
    let sent = [
        "POST /v1/sync/pull HTTP/1.1".to_owned(),
        "host: relay.example.com:8443".to_owned(),
        "accept: */*".to_owned(),
        format!("content-type: {CBOR}"),
        format!("content-length: {}", request.len()),
        format!("{PROTOCOL_HEADER}: 1"),
        format!("{WORKSPACE_HEADER}: {workspace}"),
        format!("{CONTENT_DIGEST}: {}", headers.content_digest),
        format!("{SIGNATURE_INPUT}: {}", headers.signature_input),
        format!("{SIGNATURE}: {}", headers.signature),
        String::new(),
    ];
    let answer = PullAnswer {
        epoch,
        entries: Vec::new(),
        cursor: sealed,
        complete: true,
        position,
        watermark: position,
        me: Me {
            employee: DocumentId::made_by_rule("e"),
            roles: vec![DocumentId::made_by_rule("r")],
            teams: vec![DocumentId::made_by_rule("t")],
            rights: RightsVersion(100),
            schema: Schema::default(),
        },
        chain: None,
        now,
    };
    let (answer, _) = body::write(&answer).unwrap();
    let answered = [
        "HTTP/1.1 200 OK".to_owned(),
        format!("content-type: {CBOR}"),
        format!("content-length: {}", answer.len()),
        format!("{PROTOCOL_HEADER}: 1"),
        "date: Tue, 14 Nov 2023 22:13:20 GMT".to_owned(),
        String::new(),
    ];
    let lines: usize = sent.iter().chain(&answered).map(|line| line.len() + 2).sum();
    let total = lines + request.len() + answer.len();
    assert!(total <= 1_000, "{total} bytes: headers {lines}, bodies {} + {}", request.len(), answer.len());
}
