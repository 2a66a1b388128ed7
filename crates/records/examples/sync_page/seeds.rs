//! The kept seeds: what a client compiles in.

use std::fmt::Write as _;

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_records::seed::seeds_of;

pub(crate) fn section() -> String {
    let mut text = String::from("```\n");
    for seed in Kind::ALL.iter().flat_map(|kind| seeds_of(*kind)) {
        let actor = DocumentId::made_by_rule(&format!("seed/{}/{}", seed.kind.name(), seed.version));
        let bytes: String = seed.bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let actor = actor.uuid().simple();
        let _ = writeln!(
            text,
            "kind {} · schema version {} · {} bytes",
            seed.kind.name(),
            seed.version,
            seed.bytes.len()
        );
        let _ = writeln!(text, "actor {actor}\nhash  {}\nbytes {bytes}\n", seed.hash);
    }
    text.truncate(text.trim_end().len());
    text + "\n```\n"
}
