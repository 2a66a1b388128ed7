//! A page of fifty rows out of the journal of visits of a large company: opened, filtered, searched and
//! sorted, on the device's encrypted database; and the same journal in the real window.

use std::path::Path;
use std::time::Instant;

use anyhow::ensure;
use halyard_device::{Surroundings, ThisMachine};
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::value::Scalar;
use halyard_tables::list::{Direction, Filter, ListPage, ListQuery, Page, Search, Show, SortKey};
use halyard_tables::search::Depth;

use super::Bench;
use super::company::DEVICE;
use super::filled;
use super::report::{Figures, OURS, Outcome};
use super::samples::Samples;
use super::window;
use crate::demo::{Counts, Demo, Post, Size};
use crate::harness::TestDevice;

/// Rows of a page.
const ROWS: u32 = 50;
/// How every phone of the country begins, and a letter that no text is without.
const COMMON: [&str; 2] = ["380", "п"];
/// What the window tells of its journal.
const IN_THE_WINDOW: [&str; 5] =
    ["window_open_ms", "window_scroll_longest_ms", "window_filter_ms", "window_search_ms", "window_mb"];

pub(super) fn measure(bench: &mut Bench<'_>, rows: usize) -> anyhow::Result<Vec<(&'static str, Outcome)>> {
    let folder = bench.options.folder.join(format!("list_{rows}"));
    filled::join(bench, &folder, Post::Dispatcher)?;
    filled::fill(&folder, &Demo::of(filled::SEED, counts(rows), ThisMachine.now()), bench.say)?;
    let mut figures = asked(&folder, bench.options.samples)?;
    let profile = TestDevice::profile(&folder, DEVICE);
    let missed = window::add(bench, &mut figures, "journal", &profile, &IN_THE_WINDOW);
    Ok([(OURS, Outcome::Figures(figures))].into_iter().chain(missed).collect())
}

/// The other records of a company with so many visits.
fn counts(visits: usize) -> Counts {
    let large = Size::Large.counts();
    let share = |count: usize| (count * visits).div_ceil(large.visits);
    Counts {
        technicians: share(large.technicians),
        customers: share(large.customers),
        objects: share(large.objects),
        cards: share(large.cards),
        visits,
        complaints: share(large.complaints),
        ..large
    }
}

fn asked(folder: &Path, samples: usize) -> anyhow::Result<Figures> {
    let device = TestDevice::open(folder, DEVICE)?;
    let first = device.device.list(&journal())?;
    ensure!(!first.rows.is_empty(), "the journal is empty");
    let searched = searched(&device)?;
    Ok(vec![
        ("open_p99_ms", pages(&device, samples, &opened(&device, samples)?)?),
        ("filter_p99_ms", pages(&device, samples, &filtered(&device)?)?),
        ("search_p99_ms", pages(&device, samples, &searched)?),
        ("sort_p99_ms", pages(&device, samples, &sorted())?),
        ("count_p99_ms", counts_of(&device, &searched)?),
    ])
}

/// How long it takes until it is known how many rows there are: of all, and of each search.
fn counts_of(device: &TestDevice, searched: &[ListQuery]) -> anyhow::Result<f64> {
    let mut times = Samples::default();
    for query in searched.iter().chain([&journal()]) {
        let began = Instant::now();
        let count = device.device.count(query)?;
        times.add(began.elapsed());
        ensure!(count > 0, "nothing was counted by {query:?}");
    }
    Ok(times.percentile(99))
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

/// What a dispatcher asks for: a state, a customer, a length, two at once, and what few
/// visits are: overdue, of one specialist.
fn filtered(device: &TestDevice) -> anyhow::Result<Vec<ListQuery>> {
    let with = |filters: Vec<Filter>| ListQuery { filters, ..journal() };
    let state = |name: &str| Filter::State { states: vec![name.to_owned()] };
    let customer = Scalar::Text(some_customer(device)?.to_string());
    let of_customer = Filter::Equals { column: "customer".to_owned(), value: customer };
    let long =
        Filter::Between { column: "duration_minutes".to_owned(), from: Some(Scalar::Int(120)), to: None };
    let closed = state("closed");
    let overdue = Filter::overdue(Kind::Visit, ThisMachine.now());
    let mut queries = vec![
        with(vec![closed.clone()]),
        with(vec![Filter::Not { filter: Box::new(closed) }]),
        with(vec![of_customer.clone()]),
        with(vec![long.clone()]),
        with(vec![of_customer, long]),
        with(overdue.into_iter().collect()),
    ];
    let people = ListQuery { kind: Kind::Employee, columns: vec!["label".to_owned()], ..journal() };
    queries.extend(device.device.list(&people)?.rows.into_iter().map(|person| {
        let value = Scalar::Text(person.document.to_string());
        with(vec![Filter::Includes { field: "specialists".to_owned(), value }])
    }));
    finding(device, queries)
}

/// Words of customers' names (the beginning of one, one, all of them), how phones begin, and words that very many have:
/// the first of a card's title, and single letters.
fn searched(device: &TestDevice) -> anyhow::Result<Vec<ListQuery>> {
    let mut texts: Vec<String> = Vec::new();
    for name in texts_of(device, Kind::Customer, "label", 10)? {
        let Some(last) = name.split_whitespace().last() else { continue };
        texts.extend([last.chars().take(5).collect(), last.to_owned(), name.clone()]);
    }
    let common = texts_of(device, Kind::ServiceCard, "title", 3)?;
    let first = common.iter().filter_map(|title| title.split_whitespace().next());
    texts.extend(first.flat_map(|word| [word.to_owned(), word.chars().take(1).collect()]));
    texts.extend(COMMON.map(str::to_owned));
    let query = |text| ListQuery { search: Some(Search { text, depth: Depth::Words }), ..journal() };
    finding(device, texts.into_iter().map(query).collect())
}

/// Those of the questions that find something: a customer may have had no visit yet.
fn finding(device: &TestDevice, queries: Vec<ListQuery>) -> anyhow::Result<Vec<ListQuery>> {
    let mut finding = Vec::new();
    for query in queries {
        if !device.device.list(&query)?.rows.is_empty() {
            finding.push(query);
        }
    }
    ensure!(!finding.is_empty(), "no question finds anything");
    Ok(finding)
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

/// What the first records of a kind have in a column.
fn texts_of(device: &TestDevice, kind: Kind, column: &str, most: usize) -> anyhow::Result<Vec<String>> {
    let query = ListQuery { kind, columns: vec![column.to_owned()], ..journal() };
    let rows = device.device.list(&query)?.rows.into_iter().take(most);
    let cells = rows.filter_map(|row| row.cells.into_iter().next());
    Ok(cells.filter_map(|cell| cell.text().map(str::to_owned)).collect())
}
