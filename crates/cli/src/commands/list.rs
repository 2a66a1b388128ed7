//! `halyard list`: records of a kind, filtered, sorted, page by page.

use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use halyard_device::domain::kind::Kind;
use halyard_device::tables::columns::Meaning;
use halyard_device::tables::list::{Cursor, Filter, ListPage, ListQuery, Page, Search, Show};
use halyard_device::tables::search::Depth;
use halyard_device::tables::sql::SqlValue;
use halyard_device::tables::tables::tables_of;
use serde_json::{Map, Value, json};

use super::{Done, print_json};
use crate::args::List;
use crate::context::Context;
use crate::failure::Failure;
use crate::parse::{condition, kind, shown, shown_columns, sort_key};
use crate::table::Table;
use crate::words::{Counted, Lang, Tell, Usage, counted, headings, list_column};

pub(super) fn run(context: &Context, args: &List, out: &mut impl Write) -> Done {
    let mut query = query(context, args)?;
    look_deeper(context, &mut query)?;
    if args.count {
        return count(context, &query, out);
    }
    if context.json {
        let page = context.device.list(&query)?;
        let next = page.next.as_ref().map(mark);
        return print_json(&as_json(&query, &page, next.as_deref()), out);
    }
    shown_page(context, query, out)
}

/// A page as a table. Where each moment was entered is asked for beside it.
fn shown_page(context: &Context, mut query: ListQuery, out: &mut impl Write) -> Done {
    let lang = context.lang;
    let columns = query.columns.clone();
    let walls: Vec<Option<usize>> = columns.iter().map(|column| wall(&mut query, column)).collect();
    let page = context.device.list(&query)?;
    if page.rows.is_empty() {
        return Ok(writeln!(out, "{}", Tell::Nothing.say(lang))?);
    }
    let renderer = context.renderer();
    let mut table = Table::new(columns.iter().map(|column| list_column(column, lang)));
    for row in &page.rows {
        let cells = columns.iter().zip(&row.cells).zip(&walls).map(|((column, value), wall)| {
            renderer.cell(query.kind, column, value, wall.and_then(|at| row.cells.get(at)))
        });
        table.row(cells.collect::<Result<Vec<_>, _>>()?);
    }
    table.write(out)?;
    let shown = counted(lang, Counted::Record, u64::try_from(page.rows.len()).unwrap_or(u64::MAX));
    writeln!(out, "{}", Tell::Shown { shown: &shown }.say(lang))?;
    if let Some(cursor) = page.next.as_ref().map(mark) {
        writeln!(out, "{}", Tell::More { cursor: &cursor }.say(lang))?;
    }
    Ok(())
}

/// Asks for the offset a moment was entered at, and says in which cell it comes.
fn wall(query: &mut ListQuery, column: &str) -> Option<usize> {
    let (main, offset) = (&tables_of(query.kind).main, format!("{column}_offset"));
    let is_moment = main.column(column)?.meaning == Meaning::Instant;
    main.column(&offset).filter(|_| is_moment)?;
    query.columns.push(offset);
    Some(query.columns.len() - 1)
}

/// Says which columns a list has.
pub(super) fn columns(args: &List, lang: Lang, json: bool, out: &mut impl Write) -> Done {
    let kind = kind(&args.kind, lang)?;
    let all = tables_of(kind)
        .main
        .columns
        .iter()
        .filter(|column| !matches!(column.meaning, Meaning::Key | Meaning::Rank));
    let all: Vec<(&str, String)> =
        all.map(|column| (column.name.as_str(), list_column(&column.name, lang))).collect();
    if json {
        let all: Vec<Value> =
            all.iter().map(|(name, words)| json!({ "column": name, "means": words })).collect();
        return print_json(&all, out);
    }
    let mut table = Table::new([headings::COLUMN, headings::MEANING].map(|head| head.in_lang(lang)));
    all.iter().for_each(|(name, words)| table.row([name, words.as_str()]));
    Ok(table.write(out)?)
}

fn query(context: &Context, args: &List) -> Result<ListQuery, Failure> {
    let kind = kind(&args.kind, context.lang)?;
    let columns: Vec<String> = if args.columns.is_empty() {
        usual_columns(kind).iter().map(|name| (*name).to_owned()).collect()
    } else {
        args.columns.iter().flat_map(|name| shown_columns(kind, name)).collect()
    };
    let reader = context.reader();
    let filters = args.conditions.iter().map(|text| condition(kind, text, reader));
    let mut filters: Vec<Filter> = filters.collect::<Result<_, _>>()?;
    let show = if args.all { Show::Everything } else { shown(&mut filters) };
    Ok(ListQuery {
        kind,
        columns,
        filters,
        sort: args.sort.iter().map(|name| sort_key(kind, name)).collect(),
        page: Page { after: after(args, context.lang)?, limit: args.limit },
        search: args.search.clone().map(|text| Search { text, depth: Depth::Words }),
        show,
    })
}

/// When no word begins so, inner parts of words are looked for, as `halyard search` does.
fn look_deeper(context: &Context, query: &mut ListQuery) -> Result<(), Failure> {
    let found = query.search.is_none() || context.device.count(query)? > 0;
    if let Some(search) = query.search.as_mut().filter(|_| !found) {
        search.depth = Depth::Inner;
    }
    Ok(())
}

fn count(context: &Context, query: &ListQuery, out: &mut impl Write) -> Done {
    let count = context.device.count(query)?;
    if context.json {
        return print_json(&json!({ "count": count }), out);
    }
    Ok(writeln!(out, "{}", counted(context.lang, Counted::Record, count))?)
}

/// What a list shows unless other columns are asked for.
const fn usual_columns(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Visit => {
            &["label", "state", "window_start", "window_end", "customer", "specialists", "percent"]
        }
        Kind::ServiceCard => {
            &["label", "state", "priority", "customer", "title", "responsible", "percent", "next_visit_start"]
        }
        Kind::Complaint => &["label", "state", "severity", "customer", "received_at", "responsible", "title"],
        Kind::Customer => &["label", "registry_code", "phones", "status", "responsible", "open_complaints"],
        Kind::Equipment => &["label", "model", "serial", "customer", "warranty_until"],
        Kind::Employee => &["label", "position", "phones", "team"],
        Kind::DirectoryEntry => &["label", "directory", "code", "parent"],
        Kind::Team => &["label", "leader"],
        Kind::Checklist => &["label", "category"],
        Kind::Role => &["label", "name_en"],
        Kind::Company => &["label", "registry_code", "phones"],
    }
}

fn as_json(query: &ListQuery, page: &ListPage, next: Option<&str>) -> Value {
    let rows = page.rows.iter().map(|row| {
        let cells = query.columns.iter().zip(&row.cells);
        let mut object: Map<String, Value> =
            cells.map(|(column, value)| (column.clone(), bare(query.kind, column, value))).collect();
        object.insert("id".to_owned(), Value::String(row.document.to_string()));
        Value::Object(object)
    });
    json!({ "kind": query.kind, "rows": rows.collect::<Vec<_>>(), "next": next })
}

/// A cell as programs want it: ids as text, lists as arrays, yes and no as such.
pub(super) fn bare(kind: Kind, column: &str, value: &SqlValue) -> Value {
    let meaning = tables_of(kind).main.column(column).map(|one| one.meaning);
    match (value, meaning) {
        (SqlValue::Null, _) => Value::Null,
        (SqlValue::Bool(yes), _) => json!(yes),
        (SqlValue::Int(number), Some(Meaning::Bool)) => json!(*number != 0),
        (SqlValue::Int(number), _) => json!(number),
        (SqlValue::Text(text), Some(Meaning::Json)) => {
            serde_json::from_str(text).unwrap_or_else(|_| json!(text))
        }
        (SqlValue::Text(text), _) => json!(text),
        (SqlValue::Uuid(_), _) => json!(value.document().map(|id| id.to_string())),
    }
}

/// Where a page ended, as a word that survives a shell.
fn mark(cursor: &Cursor) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(cursor).unwrap_or_default())
}

fn after(args: &List, lang: Lang) -> Result<Option<Cursor>, Failure> {
    let Some(text) = &args.after else { return Ok(None) };
    let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok();
    let cursor = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    cursor.map(Some).ok_or_else(|| Failure::usage(&Usage::BadCursor, lang))
}
