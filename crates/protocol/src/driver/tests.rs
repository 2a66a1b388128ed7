use std::collections::VecDeque;

use ed25519_dalek::SigningKey;
use halyard_domain::id::{DeviceId, WorkspaceId};

use super::*;
use crate::certificate::Revocation;
use crate::keys::{PublicKey, Signature};
use crate::problem::{ErrorCode, Problem};
use crate::signed::Signed;
use crate::version::VersionRange;

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
            last_full: None,
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
                Done::Fetched { epoch, advanced: true }
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
    Done::Pulled { epoch, position, complete, chain_holds: true, incident: false }
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

#[test]
fn an_idle_device_asks_once_and_rests() {
    let mut world = World::new(Standing::Active);
    world.give(Input::Started).check(&["Pull"]).check_state(&State::Idle);
    world.sleep().check(&["Pull"]);
}

#[test]
fn unsent_work_goes_before_a_cursor_is_presented_also_between_pages() {
    let mut world = World::new(Standing::Active).with_unsent();
    world.give(Input::Started).check(&["Push", "Pull"]);

    // An edit is committed while the first page is being stored.
    let mut world = World::new(Standing::Active);
    let context =
        |world: &World| Context { now: world.now, jitter: Jitter::from_random(0), pending: world.pending };
    let first = context(&world);
    assert!(world.driver.handle(Input::Started, &first).contains(&Output::Send(Request::Pull)));
    world.pending.unsent = true;
    world.give(Input::Edited).check(&[]);
    world.give(Input::Done(page(first_epoch(), Position(20), false))).check(&["Push", "Pull"]);
}

#[test]
fn pages_are_pulled_until_there_are_no_more() {
    let more = || Input::Done(page(first_epoch(), Position(30), false));
    let mut world = World::new(Standing::Active).answering([more(), more(), more()]);
    world.give(Input::Started).check(&["Pull", "Pull", "Pull", "Pull"]);
    assert!(world.driver.last_full.is_some());
}

#[test]
fn an_edit_is_sent_at_once_and_does_not_put_off_the_next_pull() {
    let mut world = World::new(Standing::Active);
    world.give(Input::Started).check(&["Pull"]);
    let poll = world.wake_at.unwrap();
    for _ in 0..20 {
        world.now = world.now.plus_ms(10_000);
        world.pending.unsent = true;
        world.give(Input::Edited).check(&["Push"]);
        assert_eq!(world.wake_at, Some(poll));
    }
    world.now = poll;
    world.pending.unsent = true;
    world.give(Input::Edited).check(&["Push", "Pull"]);
}

#[test]
fn a_hint_is_followed_only_when_it_is_news() {
    let mut world = World::new(Standing::Active);
    world.give(Input::Started).check(&["Pull"]);
    world.give(Input::Hint { epoch: first_epoch(), position: Position(10) }).check(&[]);
    world.give(Input::Hint { epoch: first_epoch(), position: Position(11) }).check(&["Pull"]);
    world.give(Input::Hint { epoch: second_epoch(), position: Position(1) }).check(&["Pull"]);
}

#[test]
fn documents_whose_base_is_missing_are_fetched() {
    let mut world = World::new(Standing::Active);
    world.pending.fetch = true;
    world.give(Input::Started).check(&["Fetch", "Pull"]);
}

#[test]
fn an_unreachable_relay_is_tried_later_and_later_but_always() {
    let mut world = World::new(Standing::Active).answering(std::iter::repeat_with(unreachable).take(40));
    world.give(Input::Started).check_trouble(&Trouble::Unreachable);
    let mut waits = vec![world.wait_ms()];
    for _ in 0..39 {
        world.sleep();
        waits.push(world.wait_ms());
    }
    assert_eq!(waits[..4], [750, 1_500, 3_000, 6_000]);
    assert!(waits.iter().all(|wait| *wait <= 5 * 60_000), "{waits:?}");
    assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
    world.sleep().check_state(&State::Idle);
}

#[test]
fn a_returning_network_is_used_at_once_and_an_edit_hurries_patiently() {
    let mut world = World::new(Standing::Active).answering(std::iter::repeat_with(unreachable).take(12));
    world.give(Input::Started);
    for _ in 0..11 {
        world.sleep();
    }
    assert!(world.wait_ms() > 60_000);
    world.told.clear();
    world.now = world.now.plus_ms(1_000);
    world.pending.unsent = true;
    world.give(Input::Edited).check(&[]);
    assert_eq!(world.wait_ms(), 4_000);
    world.give(Input::NetworkReturned).check(&["Push", "Pull"]).check_state(&State::Idle);
}

#[test]
fn a_clock_that_was_set_back_does_not_put_off_the_next_try_for_years() {
    let mut world = World::new(Standing::Active);
    world.give(Input::Started).check(&["Pull"]);
    world.now = world.now.plus_ms(-365 * 24 * HOUR);
    world.give(Input::Tick).check(&["Pull", "OfferDigests", "OfferDone"]);
}

#[test]
fn an_early_tick_only_sleeps_on() {
    let mut world = World::new(Standing::Active);
    world.give(Input::Started).check(&["Pull"]);
    let at = world.wake_at.take();
    world.now = world.now.plus_ms(1_000);
    world.give(Input::Tick).check(&[]);
    assert_eq!(world.wake_at, at);
}

#[test]
fn a_wrong_clock_is_remembered_and_the_request_repeated() {
    let year = 365 * 24 * HOUR;
    let relay_now = UnixMs(1_700_000_000_000).plus_ms(year);
    let mut world = World::new(Standing::Active).answering([problem(Problem::clock_skew(relay_now))]);
    world.give(Input::Started).check(&["Pull", &format!("offset {year}"), "Pull"]);
    world.check_state(&State::Idle);
    assert_eq!(world.driver.clock_offset_ms(), year);
}

#[test]
fn clocks_that_cannot_be_brought_together_are_not_tried_for_ever() {
    let skew = |ms: i64| problem(Problem::clock_skew(UnixMs(1_700_000_000_000).plus_ms(ms)));
    let mut world = World::new(Standing::Active).answering([skew(HOUR), skew(2 * HOUR)]);
    world.give(Input::Started).check(&["Pull", "offset 3600000", "Pull"]).check_trouble(&Trouble::Clock);
    // The same offset again says that the clock is not the reason.
    let mut world = World::new(Standing::Active).answering([skew(0)]);
    world.give(Input::Started).check(&["Pull"]).check_trouble(&Trouble::Clock);
}

#[test]
fn once_a_day_everything_is_compared() {
    let mut world = World::new(Standing::Active);
    world.give(Input::Started).check(&["Pull"]);
    world.now = world.now.plus_ms(24 * HOUR);
    world.give(Input::Tick).check(&["Pull", "OfferDigests", "OfferDone"]);
    world.now = world.now.plus_ms(HOUR);
    world.give(Input::Tick).check(&["Pull"]);
}

#[test]
fn what_the_offer_asks_for_is_sent_and_fetched_before_it_is_done() {
    let differing = (0..40).collect();
    let mut world = World::new(Standing::Active).answering([
        Input::Done(page(first_epoch(), Position(10), true)),
        Input::Done(Done::Offered { epoch: first_epoch(), differing }),
    ]);
    world.now = world.now.plus_ms(25 * HOUR);
    world.give(Input::Started);
    world.check(&["Pull", "OfferDigests", "offer 32 lists", "offer 8 lists", "OfferDone"]);
}

#[test]
fn an_incident_asks_for_an_offer() {
    let incident = Done::Pulled {
        epoch: first_epoch(),
        position: Position(10),
        complete: true,
        chain_holds: true,
        incident: true,
    };
    let mut world = World::new(Standing::Active).answering([Input::Done(incident)]);
    world.give(Input::Started).check(&["Pull", "OfferDigests", "OfferDone"]);
}

#[test]
fn hand_over_follows_the_lists_and_precedes_the_cursor() {
    let mut world = World::new(Standing::Active).answering([
        problem(Problem::new_epoch(second_epoch())),
        Input::Done(Done::Offered { epoch: second_epoch(), differing: vec![3] }),
    ]);
    world.epoch = second_epoch();
    world.give(Input::Started);
    world.check(&["Pull", "OfferDigests", "offer 1 lists", "OfferDone", "AdoptCursor", "Pull"]);
    world.check_state(&State::Idle);
    assert_eq!(world.driver.epoch, Some(second_epoch()));
}

#[test]
fn what_must_be_handed_over_goes_before_the_new_cursor() {
    let mut world = World::new(Standing::Active);
    world.epoch = second_epoch();
    world.script.push_back(problem(Problem::new_epoch(second_epoch())));
    // The answer to the lists is stored: documents to hand over and to fetch are known.
    let context =
        |world: &World| Context { now: world.now, jitter: Jitter::from_random(0), pending: world.pending };
    world.script.push_back(Input::Done(Done::Offered { epoch: second_epoch(), differing: vec![3] }));
    world.give(Input::Started).check(&[
        "Pull",
        "OfferDigests",
        "offer 1 lists",
        "OfferDone",
        "AdoptCursor",
        "Pull",
    ]);

    let mut world = World::new(Standing::Active);
    world.epoch = second_epoch();
    let now = context(&world);
    drop(world.driver.handle(Input::Started, &now));
    drop(world.driver.handle(problem(Problem::new_epoch(second_epoch())), &now));
    drop(world.driver.handle(Input::Done(Done::Offered { epoch: second_epoch(), differing: vec![3] }), &now));
    world.pending = Pending { handover: true, fetch: true, ..Pending::default() };
    world.give(Input::Done(Done::Listed { epoch: second_epoch(), buckets: vec![3] }));
    world.check(&["Push", "Fetch", "OfferDone", "AdoptCursor", "Pull"]);
}

#[test]
fn a_new_epoch_shows_in_any_answer() {
    let mut world = World::new(Standing::Active).with_unsent();
    world.epoch = second_epoch();
    world.give(Input::Edited);
    world.check(&["Push", "OfferDigests", "OfferDone", "AdoptCursor", "Pull"]);
}

#[test]
fn a_log_that_begins_anew_between_the_two_phases_is_compared_again() {
    let mut world = World::new(Standing::Active).answering([
        problem(Problem::new_epoch(second_epoch())),
        Input::Done(Done::Offered { epoch: second_epoch(), differing: vec![3] }),
        Input::Done(Done::Listed { epoch: EpochId::made_by_rule("third"), buckets: vec![3] }),
    ]);
    world.epoch = EpochId::made_by_rule("third");
    world.give(Input::Started);
    world.check(&[
        "Pull",
        "OfferDigests",
        "offer 1 lists",
        "OfferDigests",
        "OfferDone",
        "AdoptCursor",
        "Pull",
    ]);
    assert_eq!(world.driver.epoch, Some(EpochId::made_by_rule("third")));
}

#[test]
fn a_restored_relay_gets_its_hand_over_and_is_then_waited_for() {
    let restoring = || problem(Problem::handing_over(second_epoch(), 30));
    let mut world = World::new(Standing::Active).answering([restoring()]);
    world.epoch = second_epoch();
    world.give(Input::Started);
    world.check(&["Pull", "OfferDigests", "OfferDone", "AdoptCursor", "Pull"]);

    let mut world = World::new(Standing::Active).answering([
        restoring(),
        Input::Done(Done::Offered { epoch: second_epoch(), differing: Vec::new() }),
        restoring(),
        restoring(),
    ]);
    world.epoch = second_epoch();
    world.give(Input::Started).check(&["Pull", "OfferDigests", "OfferDone", "AdoptCursor", "Pull"]);
    world.check_trouble(&Trouble::RelayUnable(ErrorCode::HandingOver));
    assert_eq!(world.wait_ms(), 30_000, "as long as the relay asked");
    world.sleep().check(&["Pull"]);
    world.sleep().check(&["Pull"]).check_state(&State::Idle);
}

#[test]
fn a_relay_that_never_accepts_a_cursor_is_not_asked_in_a_circle() {
    let refuse = || problem(Problem::new(ErrorCode::CursorNotValid));
    let offered = || Input::Done(Done::Offered { epoch: first_epoch(), differing: Vec::new() });
    let mut world = World::new(Standing::Active).answering((0..20).flat_map(|_| [refuse(), offered()]));
    world.give(Input::Started).check_trouble(&Trouble::NoProgress);
    assert!(world.told.len() < 20, "{:?}", world.told);
}

#[test]
fn first_sync_needs_no_offer() {
    let mut world = World::remembering(Remembered {
        standing: Standing::Active,
        epoch: None,
        clock_offset_ms: 0,
        last_full: None,
        last_offer: None,
    })
    .answering([Input::Done(page(first_epoch(), Position(9), false))]);
    world.give(Input::Started).check(&["Pull", "Pull"]);
    world.now = world.now.plus_ms(HOUR);
    world.give(Input::Tick).check(&["Pull"]);
}

#[test]
fn a_broken_chain_begins_a_new_incarnation_and_sends_again_at_once() {
    let broken = Done::Pushed { epoch: first_epoch(), chain_holds: false, advanced: false };
    let mut world = World::new(Standing::Active).with_unsent().answering([Input::Done(broken)]);
    world.give(Input::Started).check(&["Push", "BeginIncarnation", "Push", "Pull"]);

    let mut world =
        World::new(Standing::Active).with_unsent().answering([problem(Problem::chain_broken(None))]);
    world.give(Input::Started).check(&["Push", "BeginIncarnation", "Push", "Pull"]);

    // Also when nothing seemed unsent: what the relay lost is unsent again.
    let forked = Done::Pulled {
        epoch: first_epoch(),
        position: Position(10),
        complete: true,
        chain_holds: false,
        incident: false,
    };
    let mut world = World::new(Standing::Active).answering([Input::Done(forked)]);
    world.give(Input::Started).check(&["Pull", "BeginIncarnation", "Push"]);
}

#[test]
fn a_chain_that_never_holds_is_not_tried_in_a_circle() {
    let broken = || problem(Problem::chain_broken(None));
    let mut world =
        World::new(Standing::Active).with_unsent().answering(std::iter::repeat_with(broken).take(20));
    world.give(Input::Started).check_trouble(&Trouble::NoProgress);
    assert!(world.told.len() < 12, "{:?}", world.told);
}

#[test]
fn pushes_that_move_nothing_are_not_repeated_in_a_circle() {
    let stuck = || Input::Done(Done::Pushed { epoch: first_epoch(), chain_holds: true, advanced: false });
    let mut world =
        World::new(Standing::Active).with_unsent().answering(std::iter::repeat_with(stuck).take(20));
    world.give(Input::Started).check_trouble(&Trouble::NoProgress);
    assert!(world.told.len() < 8, "{:?}", world.told);
}

#[test]
fn a_revoked_device_sends_what_is_unsent_and_only_then_purges() {
    let mut world = World::new(Standing::Active).answering([revoked()]);
    world.pending.blobs = true;
    world.give(Input::Started).check(&["Pull"]).check_state(&State::Revoked);
    world.pending.unsent = true;
    world.sleep().check(&["Push"]);
    world.pending.blobs = false;
    world.sleep().check(&["Purge"]);
    world.give(Input::Asked).give(Input::NetworkReturned).check(&[]);
}

#[test]
fn work_that_a_revoked_device_cannot_send_is_never_purged() {
    let refuse = || revoked();
    let mut world =
        World::new(Standing::Active).with_unsent().answering(std::iter::repeat_with(refuse).take(6));
    world.give(Input::Started).check(&["Push", "Push"]);
    world.check_trouble(&Trouble::RelayUnable(ErrorCode::DeviceRevoked));
    for _ in 0..4 {
        world.sleep().check(&["Push"]);
    }
    world.sleep().check(&["Push", "Purge"]);
}

#[test]
fn only_the_relays_signed_word_about_this_device_is_believed() {
    let stranger = SigningKey::from_bytes(&[9; 32]);
    let words = [
        Problem::device_revoked(revocation(&stranger, identity().device)),
        Problem::device_revoked(revocation(&relay_key(), DeviceId::made_by_rule("other"))),
        Problem::new(ErrorCode::DeviceRevoked),
    ];
    for word in words {
        let mut world = World::new(Standing::Active).answering([problem(word)]);
        world.give(Input::Started).check(&["Pull"]).check_trouble(&Trouble::OtherRelay);
    }
    let mut world = World::new(Standing::Active);
    world.give(Input::Revoked(revocation(&stranger, identity().device)));
    world.check(&[]).check_trouble(&Trouble::OtherRelay);
    let mut world = World::new(Standing::Active);
    world.give(Input::Revoked(revocation(&relay_key(), identity().device))).check(&["Purge"]);
    // The enrolment status is not signed.
    let mut world =
        World::new(Standing::Accepted).answering([Input::Done(Done::Standing(Standing::Revoked))]);
    world.give(Input::Started).check(&["EnrolmentStatus", "Pull"]);
}

#[test]
fn a_device_waits_for_it_to_confirm_and_then_begins() {
    let accepted = || Input::Done(Done::Standing(Standing::Accepted));
    let mut world = World::new(Standing::Accepted).answering([accepted(), accepted()]);
    world.give(Input::Started).check(&["EnrolmentStatus"]).check_state(&State::AwaitingConfirmation);
    world.pending.unsent = true;
    world.give(Input::Edited).check(&[]);
    world.sleep().check(&["EnrolmentStatus"]);
    world.sleep().check(&["EnrolmentStatus", "Push", "Pull"]);
}

#[test]
fn what_only_people_can_mend_is_tried_slowly_and_said() {
    let versions = VersionRange { from: 2, to: 3 };
    let spoken = Problem { versions: Some(versions), ..Problem::new(ErrorCode::ProtocolNotSpoken) };
    let cases = [
        (problem(spoken), Trouble::Protocol(Some(versions))),
        (problem(Problem::new(ErrorCode::WorkspaceUnknown)), Trouble::OtherRelay),
        (Input::Failed(Failure::OtherRelay), Trouble::OtherRelay),
        (problem(Problem::new(ErrorCode::SignatureWrong)), Trouble::NotRecognised),
    ];
    for (answer, trouble) in cases {
        let mut world = World::new(Standing::Active).answering([answer]);
        world.give(Input::Started).check_trouble(&trouble);
        assert_eq!(world.wait_ms(), HOUR);
        world.pending.unsent = true;
        world.give(Input::Edited);
        assert_eq!(world.wait_ms(), HOUR, "an edit does not hurry what it cannot help");
        world.sleep().check_state(&State::Idle);
    }
}

#[test]
fn every_problem_ends_in_another_try() {
    for code in ErrorCode::ALL {
        let mut world = World::new(Standing::Active).answering([problem(Problem::new(code.clone()))]);
        world.give(Input::Started);
        for _ in 0..3 {
            if world.wake_at.is_some() {
                world.sleep();
            }
        }
        world.check_state(&State::Idle);
    }
    for failure in [Failure::NotARelay, Failure::DeviceFull, Failure::Unreachable] {
        let mut world = World::new(Standing::Active).answering([Input::Failed(failure)]);
        world.give(Input::Started).sleep().check_state(&State::Idle);
    }
}

#[test]
fn a_relay_that_asks_to_wait_is_not_hurried() {
    let mut world =
        World::new(Standing::Active).answering([problem(Problem::retry_after(ErrorCode::Busy, 90))]);
    world.give(Input::Started).check_trouble(&Trouble::RelayUnable(ErrorCode::Busy));
    world.pending.unsent = true;
    world.give(Input::Edited);
    assert_eq!(world.wait_ms(), 90_000);
}

#[test]
fn a_live_socket_is_opened_once_and_again_later_and_later() {
    let mut world = World::new(Standing::Active);
    world.give(Input::Started);
    assert_eq!(world.told, ["Pull", "OpenLive"]);
    assert!(world.wait_ms() >= 10 * 60_000, "hints replace the quick timer");
    let mut waits = Vec::new();
    for _ in 0..12 {
        world.told.clear();
        world.give(Input::LiveClosed);
        waits.push(world.wait_ms());
        world.sleep();
        assert_eq!(world.told, ["Pull", "OpenLive"], "what it may have missed is asked for");
    }
    assert_eq!(waits[..3], [750, 1_500, 3_000]);
    assert_eq!(waits.last(), Some(&225_000));
    world.now = world.now.plus_ms(5 * 60_000);
    world.give(Input::LiveClosed);
    assert_eq!(world.wait_ms(), 750, "a socket that held is opened again at once");
}

#[test]
fn a_socket_that_closes_while_the_relay_is_unreachable_hurries_nothing() {
    let mut world = World::new(Standing::Active);
    world.give(Input::Started);
    world.script.extend(std::iter::repeat_with(unreachable).take(9));
    world.give(Input::Asked);
    for _ in 0..8 {
        world.sleep();
    }
    let wait = world.wait_ms();
    assert!(wait > 60_000);
    world.give(Input::LiveClosed);
    assert_eq!(world.wait_ms(), wait);
}

#[test]
fn one_request_is_under_way_at_a_time() {
    let mut world = World::new(Standing::Active);
    let context = Context {
        now: world.now,
        jitter: Jitter::from_random(0),
        pending: Pending { unsent: true, ..world.pending },
    };
    let sends =
        |outputs: Vec<Output>| outputs.into_iter().filter(|output| matches!(output, Output::Send(_))).count();
    assert_eq!(sends(world.driver.handle(Input::Started, &context)), 1);
    for input in [
        Input::Started,
        Input::Edited,
        Input::Asked,
        Input::Tick,
        Input::NetworkReturned,
        Input::LiveClosed,
        Input::Hint { epoch: second_epoch(), position: Position(99) },
    ] {
        assert_eq!(sends(world.driver.handle(input, &context)), 0);
    }
}
