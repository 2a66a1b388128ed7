//! Bytes made to hurt, and workers that die.

use std::path::{Path, PathBuf};
use std::time::Duration;

use halyard_domain::kind::Kind;
use halyard_domain::records::{Customer, Priority, ServiceCard};
use halyard_protocol::envelope::Chunk;
use halyard_protocol::reason::{Malformation, Reason};
use halyard_protocol::receipt::{Outcome, Receipt};
use halyard_sync_server::merge::pool::WorkerCommand;
use sha2::{Digest, Sha256};

use super::world::{World, outcomes};

/// A number as change chunks write it.
fn leb128(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(number & 0x7f).unwrap();
        number >>= 7;
        if number == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn read_leb128(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return number;
        }
        shift += 7;
    }
}

/// A chunk with its length and checksum put right, as any attacker does.
fn sealed(body: &[u8]) -> Chunk {
    let mut hashed = vec![1];
    hashed.extend(leb128(u64::try_from(body.len()).unwrap()));
    hashed.extend(body);
    let checksum = Sha256::digest(&hashed);
    Chunk([&[0x85, 0x6f, 0x4a, 0x83], &checksum[..4], &hashed].concat())
}

/// What follows the length.
fn body(chunk: &Chunk) -> &[u8] {
    let mut at = 9;
    read_leb128(&chunk.0, &mut at);
    &chunk.0[at..]
}

/// The same change with another number and another first operation.
fn altered(chunk: &Chunk, seq: impl Fn(u64) -> u64, start_op: impl Fn(u64) -> u64) -> Chunk {
    let body = body(chunk);
    let mut at = 0;
    let deps = usize::try_from(read_leb128(body, &mut at)).unwrap();
    at += deps * 32;
    let actor = usize::try_from(read_leb128(body, &mut at)).unwrap();
    at += actor;
    let head = &body[..at];
    let seq = seq(read_leb128(body, &mut at));
    let start_op = start_op(read_leb128(body, &mut at));
    sealed(&[head, &leb128(seq), &leb128(start_op), &body[at..]].concat())
}

#[tokio::test]
async fn numbers_that_would_break_every_later_edit_are_malformed() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;
    let whole = office.documents[&site.card].clone();
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    let honest = office.outbox.pop().unwrap().changes.remove(0);
    let end = office.try_push(Vec::new()).await.unwrap().chain.unwrap();
    (office.sequence, office.previous) = (end.sequence, Some(end.hash));

    let near_the_end = altered(&honest, |seq| seq, |_| 4_294_967_294);
    let leaping = altered(&honest, |seq| seq, |start| start + 1_000_100);
    let skipping = altered(&honest, |seq| seq + 4, |start| start);
    for change in [near_the_end, leaping, skipping] {
        let envelope = office.seal(site.card, Kind::ServiceCard, vec![change]);
        office.outbox.push(envelope);
    }
    let receipts = office.push().await;

    let reasons: Vec<_> = receipts.into_iter().map(|receipt| receipt.reason).collect();
    let expected = [Malformation::StartOp, Malformation::StartOp, Malformation::Sequence];
    assert_eq!(reasons, expected.map(|what| Some(Reason::Malformed(what))));
    office.documents.insert(site.card, whole);
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::Low)]);
    office.push_well().await;
}

#[tokio::test]
async fn a_reused_number_of_an_actor_is_refused_and_the_record_lives_on() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
    let first = office.outbox[0].changes[0].clone();
    office.push_well().await;

    // As a database restored from a copy would: the same actor, the same number, other work.
    let mut other = body(&first).to_vec();
    let last = other.len() - 1;
    other[last] ^= 1;
    let twin = sealed(&other);
    let envelope = office.seal(site.card, Kind::ServiceCard, vec![twin]);
    office.outbox.push(envelope);
    let receipts = office.push().await;

    assert_eq!(outcomes(&receipts), [Outcome::Malformed]);
    office.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::Low)]);
    office.push_well().await;
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

/// A stream of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

#[tokio::test]
async fn no_mutated_change_ends_the_relay_or_spoils_a_record() {
    let world = World::new().await;
    let mut attacker = world.tablet_of("Бондар", "dispatcher").await;
    let mut honest = world.tablet_of("Ткач", "dispatcher").await;
    let site = attacker.make_card();
    attacker.push_well().await;
    honest.pull().await;
    let mut dice = Dice(20_260_302);
    let mut refused = 0;

    for round in 0..12 {
        let whole = attacker.documents[&site.customer].clone();
        attacker.edit(site.customer, &[Customer::NAME.set(&format!("Клієнт {round}"))]);
        let envelope = attacker.outbox.pop().unwrap();
        attacker.sequence -= 1;
        attacker.previous = envelope.previous;
        attacker.documents.insert(site.customer, whole);
        let mut batch = Vec::new();
        for _ in 0..25 {
            let mut bytes = body(&envelope.changes[0]).to_vec();
            for _ in 0..=dice.below(3) {
                let at = dice.below(bytes.len());
                bytes[at] = u8::try_from(dice.below(256)).unwrap();
            }
            batch.push(attacker.seal(site.customer, Kind::Customer, vec![sealed(&bytes)]));
        }
        let answer = attacker.try_push(batch).await.unwrap();
        assert_eq!(answer.receipts.len(), 25);
        refused += answer.receipts.iter().filter(|one| one.outcome != Outcome::Accepted).count();
        honest.edit(site.card, &[ServiceCard::SUBJECT.set(&format!("Котел {round}"))]);
        honest.push_well().await;
    }

    assert!(refused > 200, "only {refused} of 300 refused");
    let mut fresh = world.tablet(world.administrator).await;
    fresh.pull().await;
    assert_eq!(fresh.reading(site.card).value("subject").as_text(), Some("Котел 11"));
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

/// The merge workers of this test's relay.
fn workers() -> Vec<u32> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc").unwrap().flatten() {
        let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
            continue;
        };
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = stat.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
        let arguments = std::fs::read_to_string(entry.path().join("cmdline")).unwrap_or_default();
        let mine = parent == Some(&std::process::id().to_string());
        if mine && arguments.contains("merge-worker") && !stat.contains(") Z ") {
            found.push(pid);
        }
    }
    found
}

#[tokio::test]
async fn a_worker_that_is_killed_costs_nobody_an_answer() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let site = office.make_card();
    office.push_well().await;

    for priority in [Priority::High, Priority::Low] {
        for pid in workers().into_iter().take(1) {
            let killed = std::process::Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap();
            assert!(killed.success());
        }
        office.edit(site.card, &[ServiceCard::PRIORITY.set(&priority)]);
        office.push_well().await;
    }
    assert_eq!(workers().len(), 2, "one at work and one in reserve");
}

/// What becomes of two envelopes when this program stands in for the workers.
async fn merged_by(program: &str, argument: Option<&str>, longest: Duration) -> Vec<Receipt> {
    let world = World::new().await;
    let (device, employee, key) = {
        let office = world.tablet_of("Бондар", "dispatcher").await;
        (office.device, office.employee, office.key)
    };
    let arguments = argument.into_iter().map(str::to_owned).collect();
    let world = world.restarted_with(WorkerCommand { program: PathBuf::from(program), arguments, longest });
    let mut office = super::world::Tablet::blank(&world, employee);
    (office.device, office.key) = (device, key);
    let customer = office.make(Kind::Customer, &[Customer::NAME.set(&"Оболонь".to_owned())]);
    office.edit(customer, &[Customer::NAME.set(&"Поділ".to_owned())]);
    office.push().await
}

#[tokio::test]
async fn an_envelope_that_kills_every_worker_is_malformed_and_the_others_are_not() {
    // A program that says back what it hears is no worker.
    let receipts = merged_by("/bin/cat", None, Duration::from_secs(60)).await;

    assert_eq!(outcomes(&receipts), [Outcome::Malformed, Outcome::Deferred]);
    assert_eq!(receipts[0].reason, Some(Reason::Malformed(Malformation::Worker)));
}

#[tokio::test]
async fn what_a_busy_machine_had_no_time_for_is_sent_again() {
    let receipts = merged_by("/bin/sleep", Some("3600"), Duration::from_millis(50)).await;

    assert_eq!(outcomes(&receipts), [Outcome::Deferred, Outcome::Deferred]);
    assert_eq!(receipts[0].reason, Some(Reason::RelayBusy));
}

#[tokio::test]
async fn a_worker_has_no_files_no_core_and_a_gigabyte_at_most() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let _site = office.make_card();
    office.push_well().await;

    let working = workers().into_iter().filter(|pid| limit(*pid, "Max open files") == "3").count();

    assert!(working >= 1, "the one at work has given everything away");
    for pid in workers().into_iter().filter(|pid| limit(*pid, "Max open files") == "3") {
        assert_eq!(limit(pid, "Max address space"), (1_u64 << 30).to_string());
        assert_eq!(limit(pid, "Max core file size"), "0");
        assert_eq!(limit(pid, "Max file size"), "0");
        assert_ne!(limit(pid, "Max cpu time"), "unlimited");
        let environment = std::fs::read(Path::new("/proc").join(pid.to_string()).join("environ")).unwrap();
        assert!(environment.is_empty(), "nothing of the relay's surroundings is told to it");
    }
}

/// The soft limit of a process, as the kernel has it.
fn limit(pid: u32, name: &str) -> String {
    let limits = std::fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("limits")).unwrap();
    let line = limits.lines().find(|line| line.starts_with(name)).unwrap();
    line[name.len()..].split_whitespace().next().unwrap().to_owned()
}
