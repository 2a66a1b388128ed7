//! New epochs, hand-over and daily comparison.

use super::*;

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
    let incident = Done::Fetched { epoch: first_epoch(), advanced: true, incident: true };
    let mut world = World::new(Standing::Active).answering([Input::Done(incident)]);
    world.pending.fetch = true;
    world.give(Input::Started).check(&["Fetch", "Fetch", "Pull", "OfferDigests", "OfferDone"]);
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
    // A page, the last page, and the word that both have arrived.
    world.give(Input::Started).check(&["Pull", "Pull", "Pull"]);
    world.now = world.now.plus_ms(HOUR);
    world.give(Input::Tick).check(&["Pull"]);
}
