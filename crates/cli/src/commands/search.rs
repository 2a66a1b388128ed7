//! `halyard search`: records of any kind, by words.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use halyard_device::domain::id::DocumentId;
use halyard_device::domain::kind::Kind;
use halyard_device::tables::search::Hit;
use serde_json::{Value, json};

use super::{Done, print_json};
use crate::args::Search;
use crate::context::Context;
use crate::failure::Failure;
use crate::table::Table;
use crate::words::{Tell, Worded, headings};

pub(super) fn run(context: &Context, args: &Search, out: &mut impl Write) -> Done {
    let hits = context.device.search(&args.words.join(" "), args.limit)?;
    let standing = standing(context, &hits)?;
    if context.json {
        let hits: Vec<Value> =
            hits.iter().map(|hit| as_json(hit, standing.contains(&hit.document))).collect();
        return print_json(&hits, out);
    }
    let lang = context.lang;
    if hits.is_empty() {
        return Ok(writeln!(out, "{}", Tell::Nothing.say(lang))?);
    }
    let heads = [headings::KIND, headings::LABEL, headings::TITLE, headings::ID];
    let mut table = Table::new(heads.map(|head| head.in_lang(lang)));
    for hit in hits {
        let title = if hit.title == hit.label { "" } else { &hit.title };
        let mark = if standing.contains(&hit.document) {
            String::new()
        } else {
            format!(" [{}]", headings::COUNTS_NO_MORE.in_lang(lang))
        };
        let label = format!("{}{mark}", hit.label);
        table.row([hit.kind.say(lang), &label, title, &hit.document.to_string()]);
    }
    Ok(table.write(out)?)
}

/// Those of the hits that were neither withdrawn nor called duplicates.
fn standing(context: &Context, hits: &[Hit]) -> Result<BTreeSet<DocumentId>, Failure> {
    let mut kinds: BTreeMap<Kind, Vec<DocumentId>> = BTreeMap::new();
    for hit in hits {
        kinds.entry(hit.kind).or_default().push(hit.document);
    }
    let mut standing = BTreeSet::new();
    for (kind, ids) in kinds {
        standing.extend(context.device.that_count(kind, &ids)?);
    }
    Ok(standing)
}

fn as_json(hit: &Hit, stands: bool) -> Value {
    json!({
        "kind": hit.kind,
        "document": hit.document,
        "label": hit.label,
        "title": hit.title,
        "stands": stands,
    })
}
