//! Every route with everything that can be wrong with a request, made from the route table itself.
//!
//! A new route is in the matrix the moment it exists; what it must answer follows from its rule.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test fails by panicking"
)]

mod support;

use halyard_domain::id::WorkspaceId;
use halyard_protocol::problem::{ErrorCode, Problem};
use halyard_protocol::pull::{PullAnswer, PullRequest};
use halyard_protocol::push::{PushAnswer, PushRequest};
use halyard_protocol::receipt::Outcome;
use halyard_protocol::signed::Signed as _;
use halyard_protocol::time::UnixMs;
use halyard_sync_server::http::route::{Route, Rule, Who};
use halyard_sync_server::http::routes;

use support::{Place, RunningRelay, Sent, Tablet, answer, now};

/// What is wrong with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wrong {
    OtherProtocol,
    NoProtocol,
    OtherCompany,
    NoCompany,
    Unsigned,
    SignedByAnother,
    SignedOverAnotherBody,
    ClockBehind,
    ClockAhead,
    UnknownDevice,
    Revoked,
    TooLarge,
    TooLargeUnpacked,
    Garbage,
    GarbageUnpacked,
    OtherMediaType,
    OtherCompression,
}

const EVERYTHING: [Wrong; 17] = [
    Wrong::OtherProtocol,
    Wrong::NoProtocol,
    Wrong::OtherCompany,
    Wrong::NoCompany,
    Wrong::Unsigned,
    Wrong::SignedByAnother,
    Wrong::SignedOverAnotherBody,
    Wrong::ClockBehind,
    Wrong::ClockAhead,
    Wrong::UnknownDevice,
    Wrong::Revoked,
    Wrong::TooLarge,
    Wrong::TooLargeUnpacked,
    Wrong::Garbage,
    Wrong::GarbageUnpacked,
    Wrong::OtherMediaType,
    Wrong::OtherCompression,
];

/// What must be answered.
#[derive(Debug, PartialEq, Eq)]
enum Expected {
    Refused(ErrorCode),
    /// The request is nothing to that route, or is not one.
    Answered,
}

/// The model: what a rule means for a request with this wrong.
fn expected(route: &Route, wrong: Wrong) -> Expected {
    use Expected::{Answered, Refused};
    let (is_post, who) = match &route.rule {
        Rule::Anybody(_) => return Answered,
        Rule::NewDevice(_) => (true, None),
        Rule::Device(who, _) => (route.method == "POST", Some(*who)),
    };
    match wrong {
        Wrong::OtherProtocol | Wrong::NoProtocol => Refused(ErrorCode::ProtocolNotSpoken),
        Wrong::OtherCompany => Refused(ErrorCode::WorkspaceUnknown),
        Wrong::NoCompany if who.is_some() => Refused(ErrorCode::WorkspaceUnknown),
        Wrong::Unsigned => Refused(ErrorCode::SignatureMissing),
        Wrong::SignedByAnother => Refused(ErrorCode::SignatureWrong),
        Wrong::UnknownDevice if who.is_some() => Refused(ErrorCode::SignatureWrong),
        Wrong::ClockBehind | Wrong::ClockAhead => Refused(ErrorCode::ClockSkew),
        Wrong::Revoked if matches!(who, Some(Who::Enrolled | Who::Active)) => {
            Refused(ErrorCode::DeviceRevoked)
        }
        Wrong::TooLarge | Wrong::TooLargeUnpacked => Refused(ErrorCode::BodyTooLarge),
        Wrong::SignedOverAnotherBody if is_post => Refused(ErrorCode::DigestWrong),
        Wrong::Garbage | Wrong::GarbageUnpacked if is_post => Refused(ErrorCode::BodyNotReadable),
        // A route without a body takes none of any size.
        Wrong::SignedOverAnotherBody | Wrong::Garbage | Wrong::GarbageUnpacked => {
            Refused(ErrorCode::BodyTooLarge)
        }
        Wrong::OtherMediaType if is_post => Refused(ErrorCode::MediaType),
        Wrong::OtherCompression => Refused(ErrorCode::ContentEncoding),
        Wrong::NoCompany | Wrong::UnknownDevice | Wrong::Revoked | Wrong::OtherMediaType => Answered,
    }
}

struct World {
    place: Place,
    relay: RunningRelay,
    tablet: Tablet,
    revoked: Tablet,
}

impl World {
    async fn new() -> Self {
        let place = Place::new();
        let relay = place.serve_with(&[]);
        let tablet = Tablet::joined(&place, &relay, "Іван", "technician").await;
        let revoked = Tablet::joined(&place, &relay, "Степан", "technician").await;
        place.json(&["devices", "revoke", &revoked.device.to_string()]);
        Self { place, relay, tablet, revoked }
    }

    /// A request to `route` with nothing wrong but what is asked for.
    fn request(&self, route: &Route, wrong: Wrong) -> Sent {
        let mut by = match wrong {
            Wrong::Revoked => self.revoked.clone(),
            Wrong::UnknownDevice => Tablet { workspace: self.tablet.workspace, ..Tablet::new("nobody") },
            _ => self.tablet.clone(),
        };
        match wrong {
            Wrong::OtherCompany => by.workspace = Some(WorkspaceId::made_by_rule("another company")),
            Wrong::NoCompany => by.workspace = None,
            _ => {}
        }
        let path = path(route, &by);
        let mut sent =
            if route.method == "POST" { Sent::post(&path, body(route, &by)) } else { Sent::get(&path) };
        match wrong {
            Wrong::TooLarge => sent.body = vec![0; route.most_bytes + 1],
            Wrong::TooLargeUnpacked => {
                sent.body = zstd::bulk::compress(&vec![0; route.most_bytes + (1 << 20)], 3).unwrap();
                sent.encoding = Some("zstd");
            }
            Wrong::Garbage => sent.body = vec![0xff; 64],
            Wrong::GarbageUnpacked => {
                sent.body = b"this is no zstd".to_vec();
                sent.encoding = Some("zstd");
            }
            Wrong::OtherCompression => sent.encoding = Some("gzip"),
            Wrong::OtherMediaType => sent.media_type = Some("application/json"),
            Wrong::OtherProtocol => sent.protocol = Some("999"),
            Wrong::NoProtocol => sent.protocol = None,
            _ => {}
        }
        self.signed(sent, &by, wrong)
    }

    fn signed(&self, sent: Sent, by: &Tablet, wrong: Wrong) -> Sent {
        let created = match wrong {
            Wrong::ClockBehind => UnixMs(now().0 - 365 * 86_400_000),
            Wrong::ClockAhead => UnixMs(now().0 + 300_000),
            _ => now(),
        };
        match wrong {
            Wrong::Unsigned => Sent { workspace: by.workspace, ..sent },
            Wrong::SignedByAnother => {
                let another = Tablet { key: self.revoked.key.clone(), ..by.clone() };
                sent.signed(&another, created)
            }
            Wrong::SignedOverAnotherBody => {
                let sent = sent.signed(by, created);
                Sent { body: b"another body".to_vec(), ..sent }
            }
            _ => sent.signed(by, created),
        }
    }
}

fn path(route: &Route, by: &Tablet) -> String {
    route.path.replace("{device}", &by.device.to_string()).replace("{envelope}", &"0".repeat(64))
}

/// A body the route can read: an empty map asks for the least. A code nobody gave is a body too.
fn body(route: &Route, by: &Tablet) -> Vec<u8> {
    match &route.rule {
        Rule::NewDevice(_) => halyard_protocol::cbor::encode(&by.enrolment("00000000")).unwrap(),
        Rule::Anybody(_) | Rule::Device(..) => {
            halyard_protocol::cbor::encode(&serde_json::json!({})).unwrap()
        }
    }
}

/// A refusal that only says the request was understood and leads nowhere.
fn was_understood(refused: &ErrorCode) -> bool {
    matches!(refused, ErrorCode::CodeWrong | ErrorCode::UnknownOrForbidden | ErrorCode::BodyNotReadable)
}

#[tokio::test]
async fn every_route_refuses_everything_wrong_as_its_rule_says() {
    let world = World::new().await;
    let mut differing = Vec::new();
    for route in routes::all() {
        for wrong in EVERYTHING {
            let response = world.request(&route, wrong).send(&world.relay).await;
            let (status, expected) = (response.status(), expected(&route, wrong));
            let holds = match &expected {
                Expected::Answered if status.is_success() => true,
                Expected::Answered => was_understood(&problem(response).await.code),
                Expected::Refused(code) => {
                    let problem = problem(response).await;
                    problem.code == *code && says_what_is_needed(&problem, &world)
                }
            };
            if !holds {
                differing
                    .push(format!("{} {} {wrong:?}: {status}, not {expected:?}", route.method, route.path));
            }
        }
    }
    assert!(differing.is_empty(), "\n{}", differing.join("\n"));
    assert_eq!(world.relay.get("/livez").await.status(), 200, "the relay lives on");
    assert!(world.place.json(&["verify"])["verified"]["faults"].as_array().unwrap().is_empty());
}

/// What a device acts on is in the problem: the relay's time, its versions, its limit, its signed word.
fn says_what_is_needed(problem: &Problem, world: &World) -> bool {
    match &problem.code {
        ErrorCode::ClockSkew => problem.now.is_some_and(|at| now().ms_since(at).abs() < 60_000),
        ErrorCode::ProtocolNotSpoken => problem.versions.is_some_and(|versions| versions.contains(1)),
        ErrorCode::BodyTooLarge => problem.most.is_some(),
        ErrorCode::DeviceRevoked => problem.revocation.as_ref().is_some_and(|word| {
            word.device == world.revoked.device && word.verify(&world.revoked.relay.unwrap()).is_ok()
        }),
        _ => true,
    }
}

async fn problem(response: reqwest::Response) -> Problem {
    assert_eq!(response.headers()["content-type"], "application/problem+cbor");
    match answer::<serde_json::Value>(response).await {
        Err(problem) => problem,
        Ok(body) => panic!("a success was to be a problem: {body}"),
    }
}

#[tokio::test]
async fn an_unknown_device_and_a_wrong_signature_are_answered_byte_for_byte_alike() {
    let world = World::new().await;
    let pull = routes::all().into_iter().find(|route| route.path == "/v1/sync/pull").unwrap();
    let mut answers = Vec::new();
    for wrong in [Wrong::UnknownDevice, Wrong::SignedByAnother] {
        let response = world.request(&pull, wrong).send(&world.relay).await;
        answers.push((response.status(), response.bytes().await.unwrap()));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test]
async fn a_revoked_device_still_hands_over_its_work_and_gets_nothing_else() {
    let world = World::new().await;
    let work = world.revoked.new_customer("Кафе «Затишок»");
    let handed = PushRequest { envelopes: vec![work], ..PushRequest::default() };
    let answer: PushAnswer = world.revoked.post(&world.relay, "/v1/sync/push", &handed).await.unwrap();
    assert_eq!(answer.receipts[0].outcome, Outcome::Quarantined);

    let asked = PullRequest::default();
    let refused =
        world.revoked.post::<_, PullAnswer>(&world.relay, "/v1/sync/pull", &asked).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::DeviceRevoked);
}

#[tokio::test]
async fn guessing_codes_ends_before_the_database_is_asked_and_says_when_to_go_on() {
    let place = Place::new();
    std::fs::write(place.path().join("relay.toml"), "[limits]\nenrol_tries_per_minute = 3\n").unwrap();
    let relay = place.serve_with(&["--config", "relay.toml"]);
    let stranger = Tablet::new("stranger");
    for code in ["00000001", "00000002", "00000003"] {
        assert_eq!(stranger.enrol(&relay, code).await.unwrap_err().code, ErrorCode::CodeWrong);
    }
    let refused = stranger.enrol(&relay, "00000004").await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::TooManyTries);
    assert!(refused.retry_after_s.is_some_and(|seconds| (1..=61).contains(&seconds)));
}

#[tokio::test]
async fn what_is_no_route_is_a_problem_like_any_other() {
    let place = Place::new();
    let relay = place.serve();
    let nowhere = problem(relay.get("/v1/sync/everything").await).await;
    assert_eq!(nowhere.code, ErrorCode::UnknownOrForbidden);
    let method = problem(relay.get("/v1/sync/pull").await).await;
    assert_eq!(method.code, ErrorCode::MethodNotAllowed);
}
