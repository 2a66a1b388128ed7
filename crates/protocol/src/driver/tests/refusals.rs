//! What the driver makes of problems.

use super::*;
use crate::version::VersionRange;

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
    let usual = Settings::default().poll_ms;
    assert!(
        waits.iter().all(|wait| *wait <= usual),
        "a relay that is back is found within a minute: {waits:?}"
    );
    assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]), "{waits:?}");
    world.sleep().check_state(&State::Idle);
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
fn a_broken_chain_begins_a_new_incarnation_and_sends_again_at_once() {
    let broken = Done::Pushed { epoch: first_epoch(), chain_holds: false, advanced: false };
    let mut world = World::new(Standing::Active).with_unsent().answering([Input::Done(broken)]);
    world.give(Input::Started).check(&["Push", "BeginIncarnation", "Push", "Pull"]);

    let mut world =
        World::new(Standing::Active).with_unsent().answering([problem(Problem::chain_broken(None))]);
    world.give(Input::Started).check(&["Push", "BeginIncarnation", "Push", "Pull"]);

    // Also when nothing seemed unsent: what the relay lost is unsent again.
    let forked =
        Done::Pulled { epoch: first_epoch(), position: Position(10), complete: true, chain_holds: false };
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
    assert!(world.driver.is_over());
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
fn work_that_was_deferred_is_sent_again_after_the_purge_until_the_relay_has_it() {
    let mut world = World::new(Standing::Active).answering([revoked()]);
    world.pending.deferred = true;
    world.give(Input::Started).check(&["Pull", "Purge"]).check_state(&State::Revoked);
    assert!(!world.driver.is_over());
    world.sleep().check(&[]);

    // Its time has come, and nobody answers: that is no end either.
    world.pending = Pending { unsent: true, ..Pending::default() };
    world.script.push_back(unreachable());
    world.sleep().check(&["Push"]).check_state(&State::Revoked);
    assert!(!world.driver.is_over());
    world.sleep().check(&["Push"]).check_state(&State::Revoked);
    assert!(world.driver.is_over());
    world.give(Input::LiveClosed).give(Input::Tick).check(&[]);
    assert!(world.driver.is_over());
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
        (Input::Failed(Failure::Forged), Trouble::Forged),
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
