//! When the driver asks, and that it comes to rest.

use super::*;

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
    assert_eq!(world.driver.last_full, Some(world.now));
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
fn a_returning_network_is_used_at_once_and_an_edit_hurries_patiently() {
    let mut world = World::new(Standing::Active).answering(std::iter::repeat_with(unreachable).take(12));
    world.give(Input::Started);
    for _ in 0..11 {
        world.sleep();
    }
    assert!(world.wait_ms() > 40_000);
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
    assert_eq!(waits.last(), Some(&45_000));
    world.now = world.now.plus_ms(60_000);
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
    assert!(wait > 40_000);
    world.give(Input::LiveClosed);
    assert_eq!(world.wait_ms(), wait);
}

#[test]
fn a_socket_that_closed_is_opened_again_soon_though_the_relay_answers_sooner() {
    let mut world = World::new(Standing::Active);
    world.give(Input::Started);
    world.script.push_back(unreachable());
    world.give(Input::Asked);
    // The pull and the socket end with the relay, one a moment after the other; so do their waits.
    let answers = world.wait_ms();
    world.now = world.now.plus_ms(20);
    world.give(Input::LiveClosed);
    assert_eq!(world.wait_ms(), answers - 20);
    world.told.clear();
    world.sleep();
    assert_eq!(world.told, ["Pull"]);
    assert_eq!(world.wait_ms(), 20);
    world.sleep();
    assert_eq!(world.told, ["Pull", "Pull", "OpenLive"]);
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

mod liveness {
    use super::*;
    use proptest::prelude::*;

    fn any_problem() -> impl Strategy<Value = Input> {
        (prop::sample::select(ErrorCode::ALL.to_vec()), any::<bool>()).prop_map(|(code, second)| {
            let epoch = if second { second_epoch() } else { first_epoch() };
            let now = Some(UnixMs(1_700_000_000_000 + i64::from(second) * HOUR));
            problem(Problem { epoch: Some(epoch), now, ..Problem::new(code) })
        })
    }

    fn any_answer() -> impl Strategy<Value = Option<Input>> {
        prop_oneof![
            4 => Just(None),
            1 => any_problem().prop_map(Some),
            1 => Just(Some(unreachable())),
            1 => Just(Some(Input::Failed(Failure::NotARelay))),
        ]
    }

    fn any_news() -> impl Strategy<Value = Input> {
        prop_oneof![
            Just(Input::Tick),
            Just(Input::Edited),
            Just(Input::Asked),
            Just(Input::NetworkReturned),
            Just(Input::LiveClosed),
            (0_u64..40).prop_map(|at| Input::Hint { epoch: first_epoch(), position: Position(at) }),
            Just(Input::Hint { epoch: second_epoch(), position: Position(1) }),
        ]
    }

    proptest! {
        /// Whatever happens in whatever order, the driver either waits for an answer or for a time that
        /// comes, has one request under way at most, and never asks for a purge nobody signed.
        #[test]
        fn whatever_happens_the_driver_goes_on(
            steps in prop::collection::vec((any_news(), any_answer(), -HOUR..3 * HOUR, any::<[bool; 3]>()), 1..60),
            jitter in any::<u16>(),
        ) {
            let mut world = World::new(Standing::Active);
            let mut under_way: Option<Request> = None;
            let mut wake_at = None;
            let steps = std::iter::once((Input::Started, None, 0, [false; 3])).chain(steps);
            for (news, answer, later, [unsent, fetch, answers]) in steps {
                world.now = world.now.plus_ms(later);
                world.pending = Pending { unsent, fetch, ..Pending::default() };
                let input = match under_way.take() {
                    Some(request) if answers => answer.unwrap_or_else(|| world.healthy(&request)),
                    kept => {
                        under_way = kept;
                        news
                    }
                };
                let context = Context { now: world.now, jitter: Jitter::from_random(jitter), pending: world.pending };
                for output in world.driver.handle(input, &context) {
                    match output {
                        Output::Send(request) => {
                            prop_assert_eq!(under_way.replace(request), None);
                            wake_at = None;
                        }
                        Output::SleepUntil(at) => wake_at = Some(at),
                        Output::Purge => prop_assert!(false, "purged without a word"),
                        Output::OpenLive
                        | Output::RememberClockOffset(_)
                        | Output::BeginIncarnation
                        | Output::OfferDone
                        | Output::AdoptCursor
                        | Output::Show(_) => {}
                    }
                }
                let waits = wake_at.is_some_and(|at| at.ms_since(world.now) <= 2 * HOUR + 60 * HOUR);
                prop_assert!(under_way.is_some() || waits, "nothing will wake the driver");
            }
            // With faults off it comes to rest in sync.
            world.pending = Pending::default();
            if let Some(request) = under_way {
                let answer = world.healthy(&request);
                world.give(answer);
            }
            world.give(Input::NetworkReturned).check_state(&State::Idle);
        }
    }
}
