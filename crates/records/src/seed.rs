//! The first change of every document.
//!
//! Two devices that create the same container under one key hide each other's contents, so every
//! container a kind has is born by a *seed*: one constant change per kind and schema version, equal
//! bytes everywhere. Making it twice is making it once. The bytes are kept in `seeds.txt`, one line
//! each, and are never regenerated: a later Automerge may encode differently, and then the old bytes
//! must still be the seed.

use std::collections::HashMap;
use std::sync::OnceLock;

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT};
use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::schema;
use halyard_domain::schema::{Shape, root_key};

/// The kept seeds: `kind version hash bytes`, hexadecimal.
const KEPT: &str = include_str!("../seeds.txt");

/// One kept seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seed {
    /// The kind it makes.
    pub kind: Kind,
    /// The schema version whose containers it brings.
    pub version: u32,
    /// Its identity.
    pub hash: ChangeHash,
    /// The raw change.
    pub bytes: Vec<u8>,
}

struct Seeds {
    by_kind: HashMap<Kind, Vec<Seed>>,
    kind_of: HashMap<ChangeHash, Kind>,
}

fn seeds() -> &'static Seeds {
    static SEEDS: OnceLock<Seeds> = OnceLock::new();
    SEEDS.get_or_init(|| {
        let mut seeds = Seeds { by_kind: HashMap::new(), kind_of: HashMap::new() };
        for seed in KEPT.lines().filter_map(parse_line) {
            seeds.kind_of.insert(seed.hash, seed.kind);
            seeds.by_kind.entry(seed.kind).or_default().push(seed);
        }
        seeds
    })
}

fn parse_line(line: &str) -> Option<Seed> {
    let mut parts = line.split_whitespace();
    let kind = Kind::from_name(parts.next()?)?;
    let version = parts.next()?.parse().ok()?;
    let hash = parts.next()?.parse().ok()?;
    let hex = parts.next()?;
    let bytes = (0..hex.len())
        .step_by(2)
        .map(|at| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect::<Option<Vec<u8>>>()?;
    Some(Seed { kind, version, hash, bytes })
}

/// The seeds of a kind, first version first.
#[must_use]
pub fn seeds_of(kind: Kind) -> &'static [Seed] {
    seeds().by_kind.get(&kind).map_or(&[], Vec::as_slice)
}

/// The kind a change makes, when it is a seed.
#[must_use]
pub fn kind_of_seed(hash: ChangeHash) -> Option<Kind> {
    seeds().kind_of.get(&hash).copied()
}

/// Builds the seed of a kind and schema version with this Automerge. Only for writing a missing line
/// of `seeds.txt`, and for the test that the kept bytes bring exactly the declared containers.
///
/// # Errors
/// Never in practice: the containers are put into an empty document.
pub fn build(kind: Kind, version: u32) -> Result<Seed, automerge::AutomergeError> {
    let actor = DocumentId::made_by_rule(&format!("seed/{}/{version}", kind.name()));
    let mut document = Automerge::new().with_actor(ActorId::from(*actor.as_bytes()));
    let mut transaction = document.transaction();
    if version == 1 {
        transaction.put(ROOT, root_key::KIND, kind.name())?;
    }
    for field in schema(kind).fields.iter().filter(|field| field.since == version) {
        match field.shape {
            Shape::Scalar(_) => {}
            Shape::Text => drop(transaction.put_object(ROOT, field.name, ObjType::Text)?),
            Shape::Rows { .. } | Shape::Events { .. } => {
                drop(transaction.put_object(ROOT, field.name, ObjType::Map)?);
            }
        }
    }
    let (hash, _) = transaction.commit_with(CommitOptions::default().with_time(0));
    let change = hash.and_then(|hash| automerge::ReadDoc::get_change_by_hash(&document, &hash));
    let change = change.ok_or(automerge::AutomergeError::Fail)?;
    Ok(Seed { kind, version, hash: ChangeHash(change.hash().0), bytes: change.raw_bytes().to_vec() })
}

/// The lines missing from `seeds.txt` for the kinds and versions declared now.
///
/// # Errors
/// As [`build`].
pub fn missing_lines() -> Result<Vec<String>, automerge::AutomergeError> {
    let mut lines = Vec::new();
    for &kind in Kind::ALL {
        for version in 1..=schema(kind).version {
            if seeds_of(kind).iter().any(|seed| seed.version == version) {
                continue;
            }
            let seed = build(kind, version)?;
            let hex: String = seed.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            lines.push(format!("{} {version} {} {hex}", kind.name(), seed.hash));
        }
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_declared_container_has_its_kept_seed() {
        assert_eq!(missing_lines().unwrap(), Vec::<String>::new(), "run: cargo xtask codegen");
        for &kind in Kind::ALL {
            for seed in seeds_of(kind) {
                assert_eq!(*seed, build(kind, seed.version).unwrap(), "{kind} {}", seed.version);
            }
        }
    }

    #[test]
    fn a_seed_tells_the_kind_of_its_document() {
        for &kind in Kind::ALL {
            assert_eq!(kind_of_seed(seeds_of(kind)[0].hash), Some(kind));
        }
        assert_eq!(kind_of_seed(ChangeHash([0; 32])), None);
    }
}
