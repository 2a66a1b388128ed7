//! Search over everything on the device.
//!
//! A customer, a person, a piece of equipment is found by its own words. Work is found too by the words of
//! whom and what it is for: somebody who types a street means the visits there. Every kind has its room,
//! so that the many visits of a customer do not hide the customer. What was made by mistake, and duplicates,
//! are found when nothing else is: nobody who types a name means those, and whoever does can still open them.
//! Whoever types a whole number means that one record, and finds it first, whether it counts or not.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::records::{Visit, schema};
use halyard_domain::time::Instant;
use halyard_domain::value::Scalar;
use halyard_tables::list::{Filter, ListQuery, ListRow, Search, Show};
use halyard_tables::search::{Depth, Hit};
use halyard_tables::sql::SqlValue;
use halyard_tables::tables::column;
use serde::{Deserialize, Serialize};

use crate::app::App;
use crate::device::Device;
use crate::error::DeviceError;
use crate::screens::ScreenError;
use crate::screens::lines::{instant, named};
use crate::screens::names::{Linked, Names};

/// So many are found by their own words before every kind is given its room.
const LOOKED_AT: u32 = 200;
/// So many at most, when all of a kind that were looked at no longer count.
const LOOKED_THROUGH: u32 = 12_800;
/// The most of a kind when nobody says.
const USUAL: u32 = 20;
/// The field of the kinds that have a number.
const NUMBER: &str = Visit::NUMBER.name;

/// Asks for records by words.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WordsAsked {
    /// What the person typed.
    pub text: String,
    /// How many of one kind at most.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub of_a_kind: Option<u32>,
}

/// A found record, with what tells it from others of its kind.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Found {
    /// The record.
    pub link: Linked,
    /// For whom it is, of objects and work.
    pub customer: Option<Linked>,
    /// On what, of work.
    pub equipment: Option<Linked>,
    /// When a visit is planned, when a complaint came.
    pub at: Option<Instant>,
    /// Whether it no longer counts: made by mistake, or a duplicate of another.
    pub withdrawn: bool,
}

/// A kind that is found by the words of whom and what it names, and the columns a line of it shows.
struct Through {
    kind: Kind,
    columns: &'static [&'static str],
}

/// In the order they are shown, after what is found by its own words alone.
const THROUGH: [Through; 4] = [
    Through { kind: Kind::Equipment, columns: &["customer"] },
    Through { kind: Kind::ServiceCard, columns: &["customer", "equipment"] },
    Through { kind: Kind::Visit, columns: &["customer", "equipment", "window_start", "window_start_offset"] },
    Through {
        kind: Kind::Complaint,
        columns: &["customer", "equipment", "received_at", "received_at_offset"],
    },
];

/// Records in which the words are found, or in those they are for: the beginnings of words, or what stands
/// inside them when no record of any kind has a word that begins so. Records that no longer count are found
/// when no other is, and by their number.
///
/// # Errors
/// When the device cannot be read.
pub fn search(app: &App, asked: &WordsAsked) -> Result<Vec<Found>, ScreenError> {
    let numbered = by_number(app.device(), &asked.text)?;
    let mut found = by_words(app, asked)?;
    found.retain(|one| numbered.iter().all(|first| first.link.document != one.link.document));
    Ok(numbered.into_iter().chain(found).collect())
}

/// The work that has exactly this number.
fn by_number(device: &Device, text: &str) -> Result<Vec<Found>, DeviceError> {
    let mut found = Vec::new();
    for through in THROUGH.iter().filter(|through| schema(through.kind).field(NUMBER).is_some()) {
        let value = Scalar::Text(text.trim().to_owned());
        let query = ListQuery {
            filters: vec![Filter::Equals { column: column::LABEL.to_owned(), value }],
            show: Show::Everything,
            ..ListQuery::of(through.kind, through.columns, USUAL)
        };
        let rows = device.list(&query)?.rows;
        let documents: Vec<DocumentId> = rows.iter().map(|row| row.document).collect();
        let counting = device.that_count(through.kind, &documents)?;
        let names = Names::of(device, rows.iter().flat_map(named))?;
        found.extend(
            rows.iter()
                .map(|row| Found { withdrawn: !counting.contains(&row.document), ..line(row, &names) }),
        );
    }
    Ok(found)
}

fn by_words(app: &App, asked: &WordsAsked) -> Result<Vec<Found>, ScreenError> {
    let most = asked.of_a_kind.unwrap_or(USUAL).min(LOOKED_AT);
    for show in [Show::Standing, Show::Everything] {
        for depth in [Depth::Words, Depth::Inner] {
            let found = Looking { device: app.device(), show, depth, text: &asked.text, most }.found()?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
    }
    Ok(Vec::new())
}

/// One look for words: where, how deep, and among what.
struct Looking<'a> {
    device: &'a Device,
    show: Show,
    depth: Depth,
    text: &'a str,
    /// The most of a kind.
    most: u32,
}

impl Looking<'_> {
    fn found(&self) -> Result<Vec<Found>, DeviceError> {
        let mut found = self.by_their_own()?;
        for through in &THROUGH {
            let search = Some(Search { text: self.text.to_owned(), depth: self.depth });
            let query = ListQuery {
                search,
                show: self.show,
                ..ListQuery::of(through.kind, through.columns, self.most)
            };
            let rows = self.device.list(&query)?.rows;
            let names = Names::of(self.device, rows.iter().flat_map(named))?;
            found.extend(rows.iter().map(|row| line(row, &names)));
        }
        // Everything is asked for when nothing that counts was found.
        for one in &mut found {
            one.withdrawn = self.show == Show::Everything;
        }
        Ok(found)
    }

    /// What is found by its own words alone, best first.
    fn by_their_own(&self) -> Result<Vec<Found>, DeviceError> {
        let mut of_a_kind = BTreeMap::new();
        let mut hits = self.hits()?;
        hits.retain(|hit| {
            let count: &mut u32 = of_a_kind.entry(hit.kind).or_default();
            *count += 1;
            *count <= self.most
        });
        let names = Names::of(self.device, hits.iter().map(|hit| hit.document))?;
        let found = hits.iter().map(|hit| names.link(hit.document));
        Ok(found
            .map(|link| Found { link, customer: None, equipment: None, at: None, withdrawn: false })
            .collect())
    }

    /// Those of what has the words that are asked for: further ones are looked at while no record of a kind
    /// counts of those that were.
    fn hits(&self) -> Result<Vec<Hit>, DeviceError> {
        let by_others = |kind: &Kind| THROUGH.iter().any(|through| through.kind == *kind);
        let own: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| !by_others(kind)).collect();
        let mut limit = LOOKED_AT;
        loop {
            let mut hits = self.device.search_at(self.depth, self.text, &own, limit)?;
            if self.show == Show::Everything {
                return Ok(hits);
            }
            let is_all = u32::try_from(hits.len()).is_ok_and(|count| count < limit);
            let kinds: BTreeSet<Kind> = hits.iter().map(|hit| hit.kind).collect();
            let counting = that_count(self.device, &hits)?;
            hits.retain(|hit| counting.contains(&hit.document));
            let standing: BTreeSet<Kind> = hits.iter().map(|hit| hit.kind).collect();
            if is_all || kinds == standing || limit >= LOOKED_THROUGH {
                return Ok(hits);
            }
            limit *= 4;
        }
    }
}

/// Those that count of what was found.
fn that_count(device: &Device, hits: &[Hit]) -> Result<BTreeSet<DocumentId>, DeviceError> {
    let mut of_kinds: BTreeMap<Kind, Vec<DocumentId>> = BTreeMap::new();
    for hit in hits {
        of_kinds.entry(hit.kind).or_default().push(hit.document);
    }
    let mut counting = BTreeSet::new();
    for (kind, documents) in of_kinds {
        counting.extend(device.that_count(kind, &documents)?);
    }
    Ok(counting)
}

/// The rows of a list with these words: the beginnings of words, or what stands inside them when nothing
/// begins so.
pub(crate) fn rows_with(device: &Device, query: &ListQuery, text: &str) -> Result<Vec<ListRow>, DeviceError> {
    for depth in [Depth::Words, Depth::Inner] {
        let search = Some(Search { text: text.to_owned(), depth });
        let rows = device.list(&ListQuery { search, ..query.clone() })?.rows;
        if !rows.is_empty() {
            return Ok(rows);
        }
    }
    Ok(Vec::new())
}

fn line(row: &ListRow, names: &Names) -> Found {
    let link = |at: usize| row.cells.get(at).and_then(SqlValue::document).map(|id| names.link(id));
    Found {
        link: names.link(row.document),
        customer: link(0),
        equipment: link(1),
        at: row.cells.get(2).zip(row.cells.get(3)).and_then(|(seconds, offset)| instant(seconds, offset)),
        withdrawn: false,
    }
}
