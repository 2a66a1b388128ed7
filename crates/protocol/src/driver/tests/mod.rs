//! A scripted relay and a device with a store that does nothing by itself.

mod offers;
mod refusals;
mod rounds;

use std::collections::VecDeque;

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, WorkspaceId};

use super::*;
use crate::certificate::Revocation;
use crate::keys::{PublicKey, Signature};
use crate::problem::{ErrorCode, Problem};
use crate::signed::Signed;

const HOUR: i64 = 60 * 60_000;

fn first_epoch() -> EpochId {
    EpochId::made_by_rule("first")
}

fn second_epoch() -> EpochId {
    EpochId::made_by_rule("second")
}

fn relay_key() -> SigningKey {
    SigningKey::from_bytes(&[8; 32])
}

fn identity() -> Identity {
    Identity {
        workspace: WorkspaceId::made_by_rule("w"),
        device: DeviceId::made_by_rule("d"),
        relay: PublicKey::of(&relay_key()),
    }
}

/// A device with its store and a relay that follows a script; time stands still unless told.
struct World {
    driver: Driver,
    now: UnixMs,
    pending: Pending,
    /// Answers for the next requests; after them the relay answers as a healthy one.
    script: VecDeque<Input>,
    epoch: EpochId,
    position: Position,
    /// What the device asked for and was told to do, in order.
    told: Vec<String>,
    wake_at: Option<UnixMs>,
    state: Option<State>,
}

impl World {
    fn new(standing: Standing) -> Self {
        Self::remembering(Remembered {
            standing,
            epoch: Some(first_epoch()),
            clock_offset_ms: 0,
            last_full: Some(UnixMs(1_699_990_000_000)),
            last_offer: Some(UnixMs(1_700_000_000_000)),
        })
    }

    fn remembering(remembered: Remembered) -> Self {
        Self {
            driver: Driver::new(identity(), Settings::default(), &remembered),
            now: UnixMs(1_700_000_000_000),
            pending: Pending::default(),
            script: VecDeque::new(),
            epoch: first_epoch(),
            position: Position(10),
            told: Vec::new(),
            wake_at: None,
            state: None,
        }
    }

    fn answering(mut self, answers: impl IntoIterator<Item = Input>) -> Self {
        self.script.extend(answers);
        self
    }

    fn with_unsent(mut self) -> Self {
        self.pending.unsent = true;
        self
    }

    /// What a healthy relay answers, stored by a healthy device.
    fn healthy(&mut self, request: &Request) -> Input {
        let epoch = self.epoch;
        Input::Done(match request {
            Request::EnrolmentStatus => Done::Standing(Standing::Active),
            Request::Push => {
                self.pending.unsent = false;
                self.pending.handover = false;
                Done::Pushed { epoch, chain_holds: true, advanced: true }
            }
            Request::Pull => page(epoch, self.position, true),
            Request::OfferDigests => Done::Offered { epoch, differing: Vec::new() },
            Request::OfferLists { buckets } => Done::Listed { epoch, buckets: buckets.clone() },
            Request::Fetch => {
                self.pending.fetch = false;
                Done::Fetched { epoch, advanced: true, incident: false }
            }
        })
    }

    /// Gives an input and lets requests be answered until none is under way.
    fn give(&mut self, input: Input) -> &mut Self {
        let mut inputs = VecDeque::from([input]);
        let mut steps = 0;
        while let Some(input) = inputs.pop_front() {
            steps += 1;
            assert!(steps < 1_000, "the driver does not come to rest: {:?}", self.told);
            let context = Context { now: self.now, jitter: Jitter::from_random(500), pending: self.pending };
            for output in self.driver.handle(input, &context) {
                if let Some(answer) = self.carry_out(output) {
                    inputs.push_back(answer);
                }
            }
        }
        self
    }

    fn carry_out(&mut self, output: Output) -> Option<Input> {
        match output {
            Output::Send(request) => {
                self.told.push(match &request {
                    Request::OfferLists { buckets } => format!("offer {} lists", buckets.len()),
                    other => format!("{other:?}"),
                });
                let scripted = self.script.pop_front();
                Some(scripted.unwrap_or_else(|| self.healthy(&request)))
            }
            Output::SleepUntil(at) => {
                self.wake_at = Some(at);
                None
            }
            Output::Show(status) => {
                self.state = Some(status.state);
                None
            }
            Output::RememberClockOffset(offset) => {
                self.told.push(format!("offset {offset}"));
                None
            }
            other @ (Output::OpenLive
            | Output::BeginIncarnation
            | Output::OfferDone
            | Output::AdoptCursor
            | Output::Purge) => {
                self.told.push(format!("{other:?}"));
                None
            }
        }
    }

    /// Lets the time asked for come.
    fn sleep(&mut self) -> &mut Self {
        self.now = self.wake_at.take().expect("the driver sleeps");
        self.give(Input::Tick)
    }

    /// What was told since the last time, without the live socket.
    #[track_caller]
    fn check(&mut self, expected: &[&str]) -> &mut Self {
        let told = std::mem::take(&mut self.told);
        let told: Vec<_> = told.into_iter().filter(|told| told != "OpenLive").collect();
        assert_eq!(told, expected);
        self
    }

    #[track_caller]
    fn check_state(&mut self, expected: &State) -> &mut Self {
        assert_eq!(self.state.as_ref(), Some(expected));
        self
    }

    #[track_caller]
    fn check_trouble(&mut self, expected: &Trouble) -> &mut Self {
        assert!(
            matches!(&self.state, Some(State::Waiting { trouble, .. }) if trouble == expected),
            "{:?}",
            self.state
        );
        self
    }

    fn wait_ms(&self) -> i64 {
        self.wake_at.expect("the driver sleeps").ms_since(self.now)
    }
}

fn page(epoch: EpochId, position: Position, complete: bool) -> Done {
    Done::Pulled { epoch, position, complete, chain_holds: true }
}

fn problem(problem: Problem) -> Input {
    Input::Failed(Failure::Problem(Box::new(problem)))
}

fn unreachable() -> Input {
    Input::Failed(Failure::Unreachable)
}

fn revocation(key: &SigningKey, device: DeviceId) -> Revocation {
    let mut revocation = Revocation {
        v: 1,
        workspace: identity().workspace,
        device,
        since: UnixMs(5),
        signature: Signature::missing(),
    };
    revocation.sign(key).unwrap();
    revocation
}

fn revoked() -> Input {
    problem(Problem::device_revoked(revocation(&relay_key(), identity().device)))
}
