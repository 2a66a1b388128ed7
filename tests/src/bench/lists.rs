//! A page of fifty rows out of the journal of visits of a large company: opened, filtered, searched and
//! sorted, on the device's encrypted database.
//!
//! The records are written into the database as a first sync writes them, without a relay: making and
//! merging a hundred thousand visits over a network would measure nothing more here.

use std::time::Instant;

use anyhow::ensure;
use halyard_device::{Surroundings, ThisMachine};
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::value::Scalar;
use halyard_records::{Document, Editor};
use halyard_store::{DocumentCommit, PageCommit};
use halyard_tables::list::{Direction, Filter, ListPage, ListQuery, Page, Search, Show, SortKey};
use halyard_tables::rows::rows_of;
use halyard_tables::search::Depth;

use super::Bench;
use super::company::DEVICE;
use super::report::{Figures, OURS, Outcome};
use super::samples::Samples;
use crate::demo::{Counts, Demo, DemoRecord, Size};
use crate::harness::TestDevice;

/// Rows of a page.
const ROWS: u32 = 50;
/// Records in one transaction.
const PART: usize = 500;

pub(super) fn measure(bench: &mut Bench<'_>, rows: usize) -> anyhow::Result<Vec<(&'static str, Outcome)>> {
    let folder = bench.options.folder.join(format!("list_{rows}"));
    std::fs::create_dir_all(&folder)?;
    fill(&folder, rows, bench.say)?;
    let device = TestDevice::open(&folder, DEVICE)?;
    let samples = bench.options.samples;
    let first = device.device.list(&journal())?;
    ensure!(!first.rows.is_empty(), "the journal is empty");
    let figures: Figures = vec![
        ("open_p99_ms", pages(&device, samples, &opened(&device, samples)?)?),
        ("filter_p99_ms", pages(&device, samples, &filtered(&device)?)?),
        ("search_p99_ms", pages(&device, samples, &searched(&device)?)?),
        ("sort_p99_ms", pages(&device, samples, &sorted())?),
    ];
    Ok(vec![(OURS, Outcome::Figures(figures))])
}

/// Asks the questions in turn and tells the time of the slowest but one in a hundred.
fn pages(device: &TestDevice, samples: usize, queries: &[ListQuery]) -> anyhow::Result<f64> {
    let mut times = Samples::default();
    for query in queries.iter().cycle().take(samples.max(queries.len())) {
        let began = Instant::now();
        let page = device.device.list(query)?;
        times.add(began.elapsed());
        ensure!(!page.rows.is_empty(), "nothing was found by {query:?}");
    }
    Ok(times.percentile(99))
}

fn journal() -> ListQuery {
    ListQuery {
        kind: Kind::Visit,
        columns: ["label", "state", "title", "window_start", "customer", "equipment", "duration_minutes"]
            .map(str::to_owned)
            .to_vec(),
        filters: Vec::new(),
        sort: Vec::new(),
        page: Page { after: None, limit: ROWS },
        search: None,
        show: Show::Standing,
    }
}

/// The first page and those a person scrolls to.
fn opened(device: &TestDevice, most: usize) -> anyhow::Result<Vec<ListQuery>> {
    let mut queries = vec![journal()];
    while queries.len() < most.min(100) {
        let last = queries.last().cloned().unwrap_or_else(journal);
        let ListPage { next: Some(after), .. } = device.device.list(&last)? else { break };
        queries.push(ListQuery { page: Page { after: Some(after), limit: ROWS }, ..last });
    }
    Ok(queries)
}

/// What a dispatcher asks for: a state, a customer, a length, a part of a title, and two at once.
fn filtered(device: &TestDevice) -> anyhow::Result<Vec<ListQuery>> {
    let with = |filters: Vec<Filter>| ListQuery { filters, ..journal() };
    let state = |name: &str| Filter::State { states: vec![name.to_owned()] };
    let customer = Scalar::Text(some_customer(device)?.to_string());
    let of_customer = Filter::Equals { column: "customer".to_owned(), value: customer };
    let long =
        Filter::Between { column: "duration_minutes".to_owned(), from: Some(Scalar::Int(120)), to: None };
    let closed = state("closed");
    Ok(vec![
        with(vec![closed.clone()]),
        with(vec![Filter::Not { filter: Box::new(closed) }]),
        with(vec![of_customer.clone()]),
        with(vec![long.clone()]),
        with(vec![of_customer, long]),
    ])
}

/// Words of a customer's name: the beginning of one, one, and two.
fn searched(device: &TestDevice) -> anyhow::Result<Vec<ListQuery>> {
    let name = customer_names(device)?;
    let mut queries = Vec::new();
    for name in name {
        let words: Vec<&str> = name.split_whitespace().collect();
        let Some(last) = words.last() else { continue };
        let beginning: String = last.chars().take(5).collect();
        for text in [beginning, (*last).to_owned(), name.clone()] {
            queries.push(ListQuery { search: Some(Search { text, depth: Depth::Words }), ..journal() });
        }
    }
    Ok(queries)
}

/// By every column of the journal, both ways.
fn sorted() -> Vec<ListQuery> {
    let columns = ["label", "state", "title", "window_start", "customer", "duration_minutes"];
    let both = [Direction::Ascending, Direction::Descending];
    let keys = columns.iter().flat_map(|column| both.map(|direction| SortKey::new(column, direction)));
    keys.map(|key| ListQuery { sort: vec![key], ..journal() }).collect()
}

fn customers(device: &TestDevice) -> anyhow::Result<ListPage> {
    let query = ListQuery { kind: Kind::Customer, columns: vec!["label".to_owned()], ..journal() };
    Ok(device.device.list(&query)?)
}

fn some_customer(device: &TestDevice) -> anyhow::Result<DocumentId> {
    let mut customers = customers(device)?.rows;
    ensure!(!customers.is_empty(), "there are no customers");
    Ok(customers.swap_remove(customers.len() / 2).document)
}

fn customer_names(device: &TestDevice) -> anyhow::Result<Vec<String>> {
    let cells = customers(device)?.rows.into_iter().take(10).filter_map(|row| row.cells.into_iter().next());
    Ok(cells.filter_map(|cell| cell.text().map(str::to_owned)).collect())
}

/// Writes a company with so many visits into the device's database.
fn fill(folder: &std::path::Path, rows: usize, say: &mut dyn FnMut(&str)) -> anyhow::Result<()> {
    let large = Size::Large.counts();
    let share = |count: usize| (count * rows).div_ceil(large.visits);
    let counts = Counts {
        technicians: share(large.technicians),
        customers: share(large.customers),
        objects: share(large.objects),
        cards: share(large.cards),
        visits: rows,
        complaints: share(large.complaints),
        ..large
    };
    let demo = Demo::of(1, counts, ThisMachine.now());
    let store = TestDevice::store(folder, DEVICE)?;
    let (total, mut done) = (demo.total(), 0);
    let mut part = Vec::with_capacity(PART);
    for record in demo.records() {
        part.push(commit(&record)?);
        if part.len() == PART {
            done += PART;
            store
                .commit_page(PageCommit { documents: std::mem::take(&mut part), ..PageCommit::default() })?;
            if done % (PART * 20) == 0 {
                say(&format!("  {done} of {total} records written"));
            }
        }
    }
    Ok(store.commit_page(PageCommit { documents: part, ..PageCommit::default() })?)
}

/// The record as a first sync brings it.
fn commit(record: &DemoRecord) -> anyhow::Result<DocumentCommit> {
    let mut document = Document::born(record.kind)?;
    let mut fresh = || *record.document.as_bytes();
    let actor = *record.author.as_bytes();
    let time = record.at.unix_seconds();
    document.edit_at_birth(&mut Editor { actor, fresh_actor: &mut fresh, time }, &record.births)?;
    for edit in &record.later {
        let intents = edit.intents_at(&document.heads());
        let (actor, time) = (*edit.author.as_bytes(), edit.at.unix_seconds());
        document.edit(&mut Editor { actor, fresh_actor: &mut fresh, time }, &intents)?;
    }
    Ok(DocumentCommit {
        document: record.document,
        kind: record.kind,
        generation: 0,
        expected_heads: None,
        base: Some(document.snapshot()?),
        changes: Vec::new(),
        heads: document.heads(),
        position: Some(1),
        rows: Some(rows_of(record.document, &document.reading()?)),
    })
}
