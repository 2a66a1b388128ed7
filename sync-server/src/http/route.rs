//! What a route is: a path, who may call it, and what answers.
//!
//! The answering function lives inside the rule, so a route without a rule cannot be written down.

use std::sync::Arc;

use axum::http::Method;
use axum::response::Response;
use futures_util::future::BoxFuture;
use halyard_protocol::enrol::{EnrolRequest, Standing};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::answer;
use super::app::App;
use super::incoming::Incoming;
use super::refusal::Refusal;
use crate::relay::Caller;

/// One line of the route table.
#[derive(Clone)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, with names in braces.
    pub path: &'static str,
    /// The largest body after decompression; the same holds for it as it travels.
    pub most_bytes: usize,
    /// Who may call it.
    pub rule: Rule,
}

/// Who may call a route, with what answers them.
#[derive(Clone)]
pub enum Rule {
    /// Everybody, unsigned: says nothing about the company.
    Anybody(Open),
    /// Whoever holds the key the body brings.
    NewDevice(ForNewDevice),
    /// A known device of one of these standings.
    Device(Who, ForDevice),
}

/// Which known devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Also one that waits for IT to confirm it.
    Enrolled,
    /// A confirmed one.
    Active,
    /// A confirmed one, and a revoked one that hands over its unsent work.
    ActiveOrRevoked,
}

/// Answers everybody.
pub type Open = Arc<dyn Fn(App) -> BoxFuture<'static, Response> + Send + Sync>;
/// Answers a device that wants to join.
pub type ForNewDevice =
    Arc<dyn Fn(App, EnrolRequest) -> BoxFuture<'static, Result<Response, Refusal>> + Send + Sync>;
/// Answers a known device.
pub type ForDevice =
    Arc<dyn Fn(App, Caller, Incoming) -> BoxFuture<'static, Result<Response, Refusal>> + Send + Sync>;

impl Who {
    /// Whether a device of this standing may call.
    #[must_use]
    pub fn admits(self, standing: Standing) -> bool {
        match (self, standing) {
            (_, Standing::Active) => true,
            (Self::Enrolled, Standing::Accepted) | (Self::ActiveOrRevoked, Standing::Revoked) => true,
            (Self::Active | Self::ActiveOrRevoked, Standing::Accepted)
            | (Self::Active | Self::Enrolled, Standing::Revoked) => false,
        }
    }
}

impl Route {
    /// A route everybody may ask, such as whether the relay lives.
    pub(super) fn open<F, Fut>(path: &'static str, answer: F) -> Self
    where
        F: Fn(App) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Response> + Send + 'static,
    {
        let answer: Open = Arc::new(move |app| Box::pin(answer(app)));
        Self { method: Method::GET, path, most_bytes: 0, rule: Rule::Anybody(answer) }
    }

    /// A route for a device nobody knows yet.
    pub(super) fn new_device<A, F, Fut>(path: &'static str, most_bytes: usize, answer: F) -> Self
    where
        A: Serialize + Send + 'static,
        F: Fn(App, EnrolRequest) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<A, Refusal>> + Send + 'static,
    {
        let answer: ForNewDevice = Arc::new(move |app, request| {
            let answering = answer(app, request);
            Box::pin(async move { answer::body(answering.await?).await })
        });
        Self { method: Method::POST, path, most_bytes, rule: Rule::NewDevice(answer) }
    }

    /// A route that takes a body from a known device.
    pub(super) fn post<Q, A, F, Fut>(path: &'static str, who: Who, most_bytes: usize, answer: F) -> Self
    where
        Q: DeserializeOwned + Send + 'static,
        A: Serialize + Send + 'static,
        F: Fn(App, Caller, Q) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<A, Refusal>> + Send + 'static,
    {
        let answer: ForDevice = Arc::new(move |app, caller, mut incoming| {
            let answer = answer.clone();
            Box::pin(async move {
                let question = incoming.read::<Q>(most_bytes).await?;
                answer::body(answer(app, caller, question).await?).await
            })
        });
        Self { method: Method::POST, path, most_bytes, rule: Rule::Device(who, answer) }
    }

    /// A route that takes a body about something named in the path.
    pub(super) fn post_about<Q, A, F, Fut>(path: &'static str, who: Who, most_bytes: usize, answer: F) -> Self
    where
        Q: DeserializeOwned + Send + 'static,
        A: Serialize + Send + 'static,
        F: Fn(App, Caller, String, Q) -> Fut + Clone + Send + Sync + 'static,
        Fut: Future<Output = Result<A, Refusal>> + Send + 'static,
    {
        let answer: ForDevice = Arc::new(move |app, caller, mut incoming| {
            let answer = answer.clone();
            Box::pin(async move {
                let about = incoming.named_in_path()?;
                let question = incoming.read::<Q>(most_bytes).await?;
                answer::body(answer(app, caller, about, question).await?).await
            })
        });
        Self { method: Method::POST, path, most_bytes, rule: Rule::Device(who, answer) }
    }

    /// A route without a body.
    pub(super) fn get<A, F, Fut>(path: &'static str, who: Who, answer: F) -> Self
    where
        A: Serialize + Send + 'static,
        F: Fn(App, Caller, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<A, Refusal>> + Send + 'static,
    {
        let answer: ForDevice = Arc::new(move |app, caller, incoming| {
            let answering = answer(app, caller, incoming);
            Box::pin(async move { answer::unkept(answering.await?).await })
        });
        Self { method: Method::GET, path, most_bytes: 0, rule: Rule::Device(who, answer) }
    }

    /// A route that becomes a WebSocket.
    pub(super) fn socket<F, Fut>(path: &'static str, who: Who, answer: F) -> Self
    where
        F: Fn(App, Caller, Incoming) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<Response, Refusal>> + Send + 'static,
    {
        let answer: ForDevice =
            Arc::new(move |app, caller, incoming| Box::pin(answer(app, caller, incoming)));
        Self { method: Method::GET, path, most_bytes: 0, rule: Rule::Device(who, answer) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_admitted_with_which_standing() {
        check(Who::Enrolled, [Standing::Accepted, Standing::Active]);
        check(Who::Active, [Standing::Active]);
        check(Who::ActiveOrRevoked, [Standing::Active, Standing::Revoked]);
    }

    fn check<const N: usize>(who: Who, expected: [Standing; N]) {
        for standing in [Standing::Accepted, Standing::Active, Standing::Revoked] {
            assert_eq!(who.admits(standing), expected.contains(&standing), "{who:?} {standing:?}");
        }
    }
}
