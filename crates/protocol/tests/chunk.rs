//! The reader of change chunks: everything Automerge writes is read, everything else is refused in time.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "helpers of tests fail by panicking"
)]

use std::time::Instant;

use halyard_protocol::actor::ActorId;
use halyard_protocol::chunk::{ChunkError, parse};
use halyard_protocol::envelope::Chunk;
use halyard_protocol::hash::ChangeHash;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

/// One line of `fixtures/changes.txt`.
struct Fixture {
    name: &'static str,
    hash: ChangeHash,
    seq: u64,
    start_op: u64,
    operations: u64,
    dependencies: usize,
    bytes: Vec<u8>,
}

fn fixtures() -> Vec<Fixture> {
    let lines = include_str!("fixtures/changes.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let parts: Vec<&'static str> = line.split(' ').collect();
            Fixture {
                name: parts[0],
                hash: parts[1].parse().unwrap(),
                seq: parts[2].parse().unwrap(),
                start_op: parts[3].parse().unwrap(),
                operations: parts[4].parse().unwrap(),
                dependencies: parts[5].parse().unwrap(),
                bytes: hex::decode(parts[6]).unwrap(),
            }
        })
        .collect()
}

fn fixture(name: &str) -> Fixture {
    fixtures().into_iter().find(|fixture| fixture.name == name).unwrap()
}

fn refused(name: &str) -> Vec<u8> {
    let line = include_str!("fixtures/refused.txt").lines().find(|line| line.split(' ').next() == Some(name));
    hex::decode(line.unwrap().split(' ').nth(1).unwrap()).unwrap()
}

fn leb(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push(u8::try_from(number & 0x7f).unwrap() | 0x80);
        number >>= 7;
    }
    bytes.push(u8::try_from(number).unwrap());
    bytes
}

/// A run header: signed LEB128 of a positive count.
fn run(count: u64) -> Vec<u8> {
    let mut bytes = leb(count);
    if bytes.last().is_some_and(|last| last & 0x40 != 0) {
        *bytes.last_mut().unwrap() |= 0x80;
        bytes.push(0);
    }
    bytes
}

/// A chunk of this content with a right length and checksum, as any attacker can make it.
fn sealed(chunk_type: u8, content: &[u8]) -> Vec<u8> {
    let hashed = [vec![chunk_type], leb(content.len() as u64), content.to_vec()].concat();
    let checksum = Sha256::digest(&hashed)[..4].to_vec();
    [vec![0x85, 0x6f, 0x4a, 0x83], checksum, hashed].concat()
}

/// The content of a chunk: everything after its length.
fn content(bytes: &[u8]) -> &[u8] {
    let length_bytes = bytes[9..].iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    &bytes[9 + length_bytes..]
}

/// A column: its specification and its data.
type Column = (u64, Vec<u8>);

/// Parts of the content of a change, put together by [`change`].
#[derive(Clone)]
struct Parts {
    deps: Vec<[u8; 32]>,
    actor: Vec<u8>,
    seq: u64,
    start_op: u64,
    message: Vec<u8>,
    others: Vec<Vec<u8>>,
    columns: Vec<Column>,
    extra: Vec<u8>,
}

fn change(parts: &Parts) -> Vec<u8> {
    let mut content = leb(parts.deps.len() as u64);
    content.extend(parts.deps.concat());
    content.extend([leb(parts.actor.len() as u64), parts.actor.clone()].concat());
    content.extend([leb(parts.seq), leb(parts.start_op), vec![0]].concat());
    content.extend([leb(parts.message.len() as u64), parts.message.clone()].concat());
    content.extend(leb(parts.others.len() as u64));
    for other in &parts.others {
        content.extend([leb(other.len() as u64), other.clone()].concat());
    }
    content.extend(leb(parts.columns.len() as u64));
    for (specification, data) in &parts.columns {
        content.extend([leb(*specification), leb(data.len() as u64)].concat());
    }
    content.extend(parts.columns.iter().flat_map(|(_, data)| data.clone()));
    content.extend(&parts.extra);
    sealed(1, &content)
}

/// A list made under the key `l`, then `count` nulls inserted into it: every column is a few runs.
fn inserts(count: u64) -> Parts {
    let key_counters = match count {
        3 => vec![0, 1, 0x7d, 0, 2, 1],
        _ => [vec![0, 1, 0x7e, 0, 2], run(count - 2), vec![1]].concat(),
    };
    Parts {
        deps: Vec::new(),
        actor: [vec![4; 15], vec![1]].concat(),
        seq: 1,
        start_op: 1,
        message: Vec::new(),
        others: Vec::new(),
        columns: vec![
            (0x01, [vec![0, 1], run(count), vec![0]].concat()),
            (0x02, [vec![0, 1], run(count), vec![1]].concat()),
            (0x11, [vec![0, 2], run(count - 1), vec![0]].concat()),
            (0x13, key_counters),
            (0x15, [vec![0x7f, 1, b'l', 0], leb(count)].concat()),
            (0x34, [vec![1], leb(count)].concat()),
            (0x42, [vec![0x7f, 2], run(count), vec![1]].concat()),
            (0x56, [run(count + 1), vec![0]].concat()),
            (0x70, [run(count + 1), vec![0]].concat()),
        ],
        extra: Vec::new(),
    }
}

#[track_caller]
fn check(bytes: &[u8], expected: ChunkError) {
    assert_eq!(parse(bytes).map(|header| header.op_count), Err(expected));
}

#[test]
fn every_change_automerge_wrote_is_read() {
    for fixture in fixtures().into_iter().filter(|fixture| fixture.operations <= 2_000) {
        let header = parse(&fixture.bytes).unwrap_or_else(|error| panic!("{}: {error}", fixture.name));
        assert_eq!(header.hash, fixture.hash, "{}", fixture.name);
        assert_eq!((header.seq, header.start_op), (fixture.seq, fixture.start_op), "{}", fixture.name);
        assert_eq!(header.op_count, fixture.operations, "{}", fixture.name);
        assert_eq!(header.deps.len(), fixture.dependencies, "{}", fixture.name);
        assert_eq!(Chunk(fixture.bytes).hash(), fixture.hash, "{}", fixture.name);
    }
    let row = parse(&fixture("row").bytes).unwrap();
    assert_eq!(row.actor, ActorId([vec![1; 15], vec![1]].concat().try_into().unwrap()));
    assert_eq!(row.last_op(), 15);
    assert_eq!(parse(&fixture("empty").bytes).unwrap().last_op(), 126);
}

#[test]
fn the_bytes_built_here_are_those_automerge_writes() {
    assert_eq!(change(&inserts(3)), fixture("three_inserts").bytes);
}

#[test]
fn other_chunks_than_plain_changes_are_refused() {
    check(&refused("deflated"), ChunkError::Type(2));
    check(&refused("document"), ChunkError::Type(0));
    check(&refused("document_plain"), ChunkError::Type(0));
    let row = fixture("row").bytes;
    for chunk_type in [3, 4, 0x81, 255] {
        check(&sealed(chunk_type, content(&row)), ChunkError::Type(chunk_type));
    }
}

#[test]
fn a_hundred_bytes_that_would_become_two_million_operations_are_refused_at_once() {
    let bomb = change(&inserts(2_000_000));
    assert!(bomb.len() < 120, "{} bytes", bomb.len());
    check(&bomb, ChunkError::TooManyOperations);
    for count in [1_999, 1 << 40, (1 << 62) + 1] {
        let started = Instant::now();
        assert_eq!(parse(&change(&inserts(count))).is_ok(), count == 1_999);
        assert!(started.elapsed().as_millis() < 500, "{count} took {:?}", started.elapsed());
    }
}

#[test]
fn the_bomb_may_hide_in_no_column() {
    for at in 0..9 {
        let mut parts = inserts(100);
        parts.columns[at].1.clone_from(&inserts(1 << 40).columns[at].1);
        assert!(parse(&change(&parts)).is_err(), "column {:#x}", parts.columns[at].0);
    }
    // Predecessors: one operation that overwrites 2⁴⁰ others, all told in a few bytes.
    let mut parts = inserts(100);
    parts.columns[8].1 = [run(100), vec![0], vec![0x7f], leb(1 << 40)].concat();
    parts.columns.push((0x71, [run(1 << 40), vec![0]].concat()));
    parts.columns.push((0x73, [run(1 << 40), vec![0]].concat()));
    check(&change(&parts), ChunkError::TooMuch);
    // Values: lengths whose sum passes every integer.
    let mut parts = inserts(100);
    parts.columns[7].1 = [run(101), leb(!0xf | 7)].concat();
    check(&change(&parts), ChunkError::TooMuch);
}

#[test]
fn two_thousand_operations_are_the_most() {
    assert_eq!(parse(&fixture("ops_2000").bytes).unwrap().op_count, 2_000);
    check(&fixture("ops_2001").bytes, ChunkError::TooManyOperations);
}

#[test]
fn no_change_is_longer_than_the_cap() {
    check(&vec![0; 256 * 1024 + 1], ChunkError::TooLong);
}

#[test]
fn a_header_that_no_app_writes_is_refused() {
    let good = Parts { deps: vec![[1; 32], [2; 32]], others: vec![vec![9; 16]], ..inserts(3) };
    assert!(parse(&change(&good)).is_ok());
    let with = |alter: &dyn Fn(&mut Parts)| {
        let mut parts = good.clone();
        alter(&mut parts);
        change(&parts)
    };
    check(&with(&|parts| parts.deps = vec![[1; 32]; 2]), ChunkError::Dependency);
    check(&with(&|parts| parts.deps = (0..65).map(|n| [n; 32]).collect()), ChunkError::TooMuch);
    check(&refused("seventy_heads"), ChunkError::TooMuch);
    check(&with(&|parts| parts.actor = vec![4; 15]), ChunkError::Actor);
    check(&with(&|parts| parts.actor = vec![4; 4096]), ChunkError::Actor);
    check(&with(&|parts| parts.others = vec![vec![9; 16]; 2]), ChunkError::Actor);
    check(&with(&|parts| parts.others = vec![parts.actor.clone()]), ChunkError::Actor);
    check(&with(&|parts| parts.others = vec![vec![]]), ChunkError::Actor);
    check(&with(&|parts| parts.seq = 0), ChunkError::Number);
    check(&with(&|parts| parts.start_op = 0), ChunkError::Number);
    check(&with(&|parts| parts.start_op = 1 << 32), ChunkError::Number);
    check(&with(&|parts| parts.message = vec![b'm'; 1025]), ChunkError::TooMuch);
    check(&with(&|parts| parts.message = vec![0xff]), ChunkError::Text);
    check(&with(&|parts| parts.extra = vec![1, 0]), ChunkError::Trailing);
}

#[test]
fn columns_that_no_app_writes_are_refused() {
    let with = |alter: &dyn Fn(&mut Vec<Column>)| {
        let mut parts = inserts(3);
        alter(&mut parts.columns);
        change(&parts)
    };
    check(&with(&|columns| columns[0].0 |= 0b1000), ChunkError::Columns);
    check(&with(&|columns| columns.swap(0, 1)), ChunkError::Columns);
    check(&with(&|columns| columns.insert(0, (0x01, Vec::new()))), ChunkError::Columns);
    check(&with(&|columns| columns.push((0xf7, vec![1]))), ChunkError::Columns);
    check(&with(&|columns| columns[0].1[3] = 1), ChunkError::Actor);
    check(&with(&|columns| columns[6].1[1] = 8), ChunkError::Column);
    check(&with(&|columns| columns[6].1 = vec![0, 4]), ChunkError::Column);
    check(&with(&|columns| columns[7].1 = vec![4, 10]), ChunkError::Column);
    check(&with(&|columns| columns[7].1 = vec![4, 0x13]), ChunkError::Truncated);
    check(&with(&|columns| columns.insert(8, (0x57, vec![1]))), ChunkError::Column);
    check(&with(&|columns| columns[8].1 = vec![4, 1]), ChunkError::Column);
    check(&with(&|columns| columns[5].1 = vec![1, 2]), ChunkError::Column);
    check(&with(&|columns| columns[3].1 = vec![0, 1, 0x7d, 0, 2, 0x7c]), ChunkError::Number);
    check(&with(&|columns| columns[4].1 = vec![0x7f, 1, 0xff, 0, 3]), ChunkError::Text);
    check(&with(&|columns| columns[0].1 = vec![0, 1, 0, 0, 3, 0]), ChunkError::Column);
}

#[test]
fn a_change_cut_anywhere_is_refused() {
    for fixture in fixtures() {
        for at in 0..fixture.bytes.len() {
            assert!(parse(&fixture.bytes[..at]).is_err(), "{} cut at {at}", fixture.name);
        }
        // Also with length and checksum made right again.
        let content = content(&fixture.bytes);
        for at in 0..content.len() {
            assert!(parse(&sealed(1, &content[..at])).is_err(), "{} cut at {at} and sealed", fixture.name);
        }
    }
}

#[test]
fn a_change_with_any_byte_altered_is_refused() {
    for fixture in fixtures() {
        for at in 0..fixture.bytes.len() {
            for flip in [1, 0x80, 0xff] {
                let mut bytes = fixture.bytes.clone();
                bytes[at] ^= flip;
                assert!(parse(&bytes).is_err(), "{} byte {at}", fixture.name);
            }
        }
    }
}

#[test]
fn bytes_after_the_end_are_refused() {
    for fixture in fixtures() {
        let longer = [fixture.bytes.clone(), vec![0]].concat();
        assert!(parse(&longer).is_err(), "{}", fixture.name);
        let sealed = sealed(1, &[content(&fixture.bytes), &[0]].concat());
        assert!(parse(&sealed).is_err(), "{}", fixture.name);
    }
}

/// What was accepted holds no more than came in, and no more than the caps.
fn check_bounds(bytes: &[u8]) -> Result<(), TestCaseError> {
    let started = Instant::now();
    if let Ok(header) = parse(bytes) {
        prop_assert!(header.op_count <= 2_000);
        prop_assert!(header.deps.len() * 32 + header.other_actors.len() * 17 <= bytes.len());
        prop_assert!(header.last_op() < (1 << 32) + 2_000);
    }
    prop_assert!(started.elapsed().as_millis() < 500, "took {:?}", started.elapsed());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_mutation_sealed_again_neither_panics_nor_passes_a_cap(
        which in any::<prop::sample::Index>(),
        mutations in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..5),
    ) {
        let fixtures = fixtures();
        let mut content = content(&which.get(&fixtures).bytes).to_vec();
        for (at, byte, how) in mutations {
            let at = at.index(content.len());
            match how {
                0 => content[at] = byte,
                1 => content[at] ^= 1 << (byte & 7),
                2 => content.insert(at, byte),
                _ => drop(content.splice(at..at, [0xff; 9])),
            }
        }
        check_bounds(&sealed(1, &content))?;
    }

    #[test]
    fn any_bytes_neither_panic_nor_pass_a_cap(content in prop::collection::vec(any::<u8>(), 0..300)) {
        check_bounds(&content)?;
        check_bounds(&sealed(1, &content))?;
    }

    #[test]
    fn any_runs_in_any_column_neither_panic_nor_pass_a_cap(
        column in 0_usize..9,
        data in prop::collection::vec(prop_oneof![any::<u8>(), Just(0), Just(0x7f), Just(0xff)], 0..40),
    ) {
        let mut parts = inserts(3);
        parts.columns[column].1 = data;
        check_bounds(&change(&parts))?;
    }
}
