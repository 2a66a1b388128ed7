//! Finding records by words.
//!
//! Texts are normalised by the function that device and office share, so both find the same. A word
//! of a query matches the beginning of a word; every word must match. Digits of phones and codes are
//! found however they are written. When nothing begins so, [`Depth::Inner`] looks inside the words of
//! names, numbers and codes; long texts are found by the beginnings of their words only, which keeps
//! the index a third of the size.
//!
//! In SQLite the indexes are contentless FTS5 tables beside `search_document`; in PostgreSQL they are
//! expressions over its columns. On a device a record's slot there follows from its place in its own table, so
//! what is found leads to the row and the row to what is found without a look between.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::normalize::normalize_searched;
use halyard_domain::reading::Reading;
use halyard_domain::records::schema;
use halyard_domain::schema::{Shape, root_key};
use halyard_domain::value::{Scalar, ScalarType};
use serde::{Deserialize, Serialize};

use crate::ddl::quoted;
use crate::rows::{RecordRows, list_items};
use crate::sql::{Dialect, Leading, SqlRow, SqlValue, Statement, Target};
use crate::write::key_condition;

/// So many records are named at a time.
pub const MOST_NAMED: usize = 1_000;
/// So many records of a kind are looked at from either end when words of any kind of record are looked for.
pub const LOOKED_AT: u32 = 50;

/// The words that find a record, normalised.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SearchWords {
    /// What people call it.
    pub label: String,
    /// What it is about.
    pub title: String,
    /// Every word of it, long texts included.
    pub words: String,
    /// Numbers without what people write between digits.
    pub digits: String,
    /// The words that are searched inside: names, numbers, codes.
    pub inner: String,
}

/// How deep a search looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Depth {
    /// The beginnings of words.
    Words,
    /// Inside words, three letters or more.
    Inner,
}

/// A found record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Hit {
    /// Its kind.
    pub kind: Kind,
    /// The record.
    pub document: DocumentId,
    /// What people call it.
    pub label: String,
    /// What it is about.
    pub title: String,
}

/// Tables that search has beside those of the kinds.
pub(crate) fn table_names(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Sqlite => &["search_document", "search_words", "search_inner"],
        Dialect::Postgres => &["search_document"],
    }
}

/// SQLite's index of words for a depth.
pub(crate) fn index(depth: Depth) -> &'static str {
    match depth {
        Depth::Words => "search_words",
        Depth::Inner => "search_inner",
    }
}

/// The first and the last slot of a kind: what is found of one kind stands together in the indexes.
pub(crate) fn slots(kind: Kind) -> (i64, i64) {
    let place = (1..).zip(Kind::ALL).find(|(_, one)| **one == kind).map_or(0, |(place, _)| place);
    (place << SLOT_BITS, ((place + 1) << SLOT_BITS) - 1)
}

/// A kind has so many bits of slots.
const SLOT_BITS: u32 = 40;

/// The statements that make the search tables.
pub(crate) fn create(dialect: Dialect, leading: Leading) -> Vec<String> {
    let office = leading == Leading::Office;
    let key = if office { "workspace_id, id" } else { "id" };
    match dialect {
        Dialect::Sqlite => {
            let lead = if office { "    workspace_id BLOB NOT NULL,\n" } else { "" };
            let table = format!(
                "CREATE TABLE search_document (\n    slot INTEGER PRIMARY KEY,\n{lead}    id BLOB NOT NULL,\n    \
                 kind TEXT NOT NULL,\n    label TEXT NOT NULL,\n    title TEXT NOT NULL,\n    digest INTEGER NOT NULL,\n    UNIQUE ({key})\n) STRICT"
            );
            // Words are normal already: what is left of ASCII but letters and digits are the blanks between them.
            // Where in a text a word stands is never asked; without it there is room for every beginning up to ten
            // letters, which is one seek then: else all that begin so are merged anew for each question.
            let words = "CREATE VIRTUAL TABLE search_words USING fts5(words, content='', contentless_delete=1, \
                         detail=none, prefix='1 2 3 4 5 6 7 8 9 10', tokenize='ascii')";
            let inner = "CREATE VIRTUAL TABLE search_inner USING fts5(words, content='', \
                         contentless_delete=1, tokenize='trigram')";
            vec![table, words.to_owned(), inner.to_owned()]
        }
        Dialect::Postgres => {
            let lead = if office { "    workspace_id UUID NOT NULL,\n" } else { "" };
            let table = format!(
                "CREATE TABLE search_document (\n{lead}    id UUID NOT NULL,\n    kind TEXT COLLATE \"C\" NOT NULL,\n    \
                 label TEXT NOT NULL,\n    title TEXT NOT NULL,\n    words TEXT NOT NULL,\n    digits TEXT NOT NULL,\n    \
                 inner_words TEXT NOT NULL,\n    PRIMARY KEY ({key})\n)"
            );
            let index = format!(
                "-- Serves: finding records by the beginnings of words.\n\
                 CREATE INDEX search_document_by_words ON search_document USING gin ({POSTGRES_WORDS})"
            );
            vec![table, index]
        }
    }
}

const POSTGRES_WORDS: &str = "to_tsvector('simple'::regconfig, words || ' ' || digits)";

/// The words of a record.
pub(crate) fn words_of(reading: &Reading, label: &str, title: &str) -> SearchWords {
    let mut lines = label.to_owned();
    let mut texts = String::new();
    for field in schema(reading.kind).fields.iter().filter(|field| field.name != root_key::PROPOSALS) {
        match field.shape {
            Shape::Scalar(scalar) => add_line(&mut lines, scalar, reading.value(field.name)),
            Shape::Text => add(&mut texts, reading.text(field.name)),
            Shape::Rows { columns } | Shape::Events { columns, .. } => {
                for row in reading.rows(field.name).iter().filter(|row| !row.is_withdrawn()) {
                    for column in columns {
                        add_line(&mut lines, column.scalar, row.value(column.name));
                    }
                }
            }
        }
    }
    let (lines, texts) = (normalize_searched(&lines), normalize_searched(&texts));
    SearchWords {
        label: label.to_owned(),
        title: title.to_owned(),
        inner: join(&lines.words, &lines.digits),
        words: join(&lines.words, &texts.words),
        digits: join(&lines.digits, &texts.digits),
    }
}

/// Only what people type is searched: lines and lists of lines, not ids, choices and groups.
fn add_line(out: &mut String, scalar: ScalarType, value: &Scalar) {
    match (scalar, value) {
        // Ids of rows are stored as lines.
        (ScalarType::Line, Scalar::Text(text)) if text.parse::<DocumentId>().is_err() => add(out, text),
        (ScalarType::List(ScalarType::Line), list) => {
            list_items(list).iter().for_each(|item| add_line(out, ScalarType::Line, item));
        }
        _ => {}
    }
}

/// One line apart, so that digits of two phones never join.
fn add(out: &mut String, text: &str) {
    out.push('\n');
    out.push_str(text);
}

fn join(left: &str, right: &str) -> String {
    [left, right].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The statements that replace a record's search words.
pub(crate) fn replace(target: Target, rows: &RecordRows) -> Vec<Statement> {
    let (leading, search) = (target.scope.leading(), &rows.search);
    let mut params = target.key_of(rows.document);
    params.extend([rows.kind.name(), &search.label, &search.title].map(SqlValue::clean_text));
    match target.dialect {
        Dialect::Sqlite => {
            params.push(digest(rows));
            let document = upsert_document(target, rows.kind, &["kind", "label", "title", "digest"]);
            let words = join(&search.words, &search.digits);
            vec![
                Statement { sql: document, params },
                into_index(leading, "search_words", target, rows.document, &words),
                into_index(leading, "search_inner", target, rows.document, &search.inner),
            ]
        }
        Dialect::Postgres => {
            let texts = [&search.words, &search.digits, &search.inner];
            params.extend(texts.map(|text| SqlValue::clean_text(text)));
            let columns = ["kind", "label", "title", "words", "digits", "inner_words"];
            vec![Statement { sql: upsert_document(target, rows.kind, &columns), params }]
        }
    }
}

/// The query for the digest of what is found of a record; none where its words themselves are kept.
pub(crate) fn known(target: Target, document: DocumentId) -> Option<Statement> {
    let condition = key_condition(target.dialect, target.scope.leading(), "id", 1);
    match target.dialect {
        Dialect::Sqlite => Some(Statement {
            sql: Cow::Owned(format!("SELECT digest FROM search_document WHERE {condition}")),
            params: target.key_of(document),
        }),
        Dialect::Postgres => None,
    }
}

/// A digest of everything that is found of a record: SQLite's word indexes cannot say what they hold. Two
/// builds of this program may make different ones, which costs a rewrite.
pub(crate) fn digest(rows: &RecordRows) -> SqlValue {
    let mut hasher = DefaultHasher::new();
    (rows.kind.name(), &rows.search).hash(&mut hasher);
    SqlValue::Int(hasher.finish().cast_signed())
}

fn upsert_document(target: Target, kind: Kind, columns: &[&str]) -> Cow<'static, str> {
    let leading = target.scope.leading().columns();
    let key = leading.iter().copied().chain(["id"]).collect::<Vec<_>>().join(", ");
    let set: Vec<String> = columns.iter().map(|column| format!("{column} = excluded.{column}")).collect();
    let count = leading.len() + 1 + columns.len();
    let values = target.dialect.placeholders(1, count);
    let (slot, value) = match target.dialect {
        Dialect::Sqlite => ("slot, ", format!("({}), ", slot(target.scope.leading(), kind))),
        Dialect::Postgres => ("", String::new()),
    };
    Cow::Owned(format!(
        "INSERT INTO search_document ({slot}{key}, {}) VALUES ({value}{values}) ON CONFLICT ({key}) DO UPDATE SET {}",
        columns.join(", "),
        set.join(", ")
    ))
}

/// The query for the slot of a new record, whose id is the first parameter on a device: its row is there already.
fn slot(leading: Leading, kind: Kind) -> String {
    let (first, last) = slots(kind);
    match leading {
        Leading::Device => format!("SELECT {first} + slot FROM {} WHERE id = ?1", quoted(kind.name())),
        Leading::Office => format!(
            "SELECT COALESCE(MAX(slot) + 1, {first}) FROM search_document WHERE slot BETWEEN {first} AND {last}"
        ),
    }
}

fn into_index(leading: Leading, table: &str, target: Target, document: DocumentId, words: &str) -> Statement {
    let condition = key_condition(Dialect::Sqlite, leading, "id", 2);
    let mut params = vec![SqlValue::clean_text(words)];
    params.extend(target.key_of(document));
    Statement {
        sql: Cow::Owned(format!(
            "INSERT OR REPLACE INTO {table} (rowid, words) SELECT slot, ?1 FROM search_document WHERE {condition}"
        )),
        params,
    }
}

/// The statements that remove a record's search words.
pub(crate) fn delete(target: Target, document: DocumentId) -> Vec<Statement> {
    let condition = key_condition(target.dialect, target.scope.leading(), "id", 1);
    let indexes = match target.dialect {
        Dialect::Sqlite => ["search_words", "search_inner"].as_slice(),
        Dialect::Postgres => &[],
    };
    let from_index = indexes.iter().map(|table| {
        format!("DELETE FROM {table} WHERE rowid = (SELECT slot FROM search_document WHERE {condition})")
    });
    from_index
        .chain([format!("DELETE FROM search_document WHERE {condition}")])
        .map(|sql| Statement { sql: Cow::Owned(sql), params: target.key_of(document) })
        .collect()
}

/// What a query becomes for one index, or `None` when nothing of it can be searched for so.
///
/// Either every word is found as typed, or every word that is not a number is, and the numbers are
/// found by their digits: «Іваненко 067 123-45-67» finds `+380671234567`. Normalised words are letters
/// and digits only, so nothing a person types is read as an operator.
pub(crate) fn expression(dialect: Dialect, depth: Depth, query: &str) -> Option<String> {
    let normal = normalize_searched(query);
    let words: Vec<&str> = normal.words.split_whitespace().collect();
    let digits: Vec<&str> = normal.digits.split_whitespace().collect();
    let letters = words.iter().copied().filter(|word| !word.chars().all(char::is_numeric));
    let term = |word: &str| term(dialect, depth, word);
    let as_typed: Vec<String> = words.iter().copied().filter_map(term).collect();
    let mut by_digits: Vec<String> = letters.filter_map(term).collect();
    by_digits.extend(digits.iter().copied().filter_map(term));
    let (and, or) = match (dialect, depth) {
        (Dialect::Sqlite, _) => (" AND ", " OR "),
        (Dialect::Postgres, Depth::Words) => (" & ", " | "),
        // One pattern a word, all of them needed: digits are among the words.
        (Dialect::Postgres, Depth::Inner) => return (!as_typed.is_empty()).then(|| as_typed.join(" ")),
    };
    let mut either = vec![as_typed];
    if !digits.is_empty() {
        either.push(by_digits);
    }
    either.retain(|terms| !terms.is_empty());
    let either: Vec<String> = either.iter().map(|terms| format!("({})", terms.join(and))).collect();
    (!either.is_empty()).then(|| either.join(or))
}

/// One word of a query; words too short to be looked for inside others are left out.
fn term(dialect: Dialect, depth: Depth, word: &str) -> Option<String> {
    let long = word.chars().count() >= 3;
    match (dialect, depth) {
        (Dialect::Sqlite, Depth::Words) => Some(format!("\"{word}\" *")),
        (Dialect::Postgres, Depth::Words) => Some(format!("'{word}':*")),
        (Dialect::Sqlite, Depth::Inner) => long.then(|| format!("\"{word}\"")),
        (Dialect::Postgres, Depth::Inner) => long.then(|| format!("%{word}%")),
    }
}

/// A condition on `search_document` that holds for what an expression finds; its parameter is the
/// expression, at the place of `placeholder`.
pub(crate) fn condition(dialect: Dialect, depth: Depth, placeholder: &str) -> String {
    match (dialect, depth) {
        (Dialect::Sqlite, _) => {
            let index = index(depth);
            format!("slot IN (SELECT rowid FROM {index} WHERE {index} MATCH {placeholder})")
        }
        (Dialect::Postgres, Depth::Words) => {
            format!("{POSTGRES_WORDS} @@ to_tsquery('simple'::regconfig, {placeholder})")
        }
        (Dialect::Postgres, Depth::Inner) => {
            format!("inner_words LIKE ALL (string_to_array({placeholder}, ' '))")
        }
    }
}

/// The statement that finds records of some kinds, to be put in order by [`best`]; `None` when the query has
/// no words.
///
/// In SQLite a word that half of all records have costs no more than one that a few have: of each kind only
/// the first and the last that came to this database are looked at, so many as are wanted and never fewer
/// than [`LOOKED_AT`]. A first sync brings the newest first and later ones come last, so what is passed over
/// is old. Where that is all of a kind, all of it is found.
#[must_use]
pub fn find(target: Target, depth: Depth, query: &str, kinds: &[Kind], limit: u32) -> Option<Statement> {
    let expression = expression(target.dialect, depth, query)?;
    let (columns, leading) = ("kind, id, label, title", target.scope.leading());
    let wanted = if target.dialect == Dialect::Sqlite { limit.max(LOOKED_AT) } else { limit };
    let mut params = vec![SqlValue::Text(expression), SqlValue::Int(i64::from(wanted))];
    let workspace = match leading {
        Leading::Device => String::new(),
        Leading::Office => format!("workspace_id = {} AND ", target.dialect.placeholder(3)),
    };
    params.extend(target.scope.key());
    let sql = match target.dialect {
        Dialect::Sqlite => {
            let index = index(depth);
            let ends = kinds.iter().flat_map(|kind| ["", " DESC"].map(|direction| (slots(*kind), direction)));
            let ends = ends.map(|((first, last), direction)| {
                format!(
                    "SELECT * FROM (SELECT {columns} FROM {index} CROSS JOIN search_document ON slot = {index}.rowid \
                     WHERE {workspace}{index} MATCH ?1 AND {index}.rowid BETWEEN {first} AND {last} \
                     ORDER BY {index}.rowid{direction} LIMIT ?2)"
                )
            });
            ends.collect::<Vec<_>>().join(" UNION ")
        }
        Dialect::Postgres => {
            let condition = condition(target.dialect, depth, "$1");
            let names: Vec<String> = kinds.iter().map(|kind| format!("'{}'", kind.name())).collect();
            format!(
                "SELECT {columns} FROM search_document WHERE {workspace}kind IN ({}) AND {condition} \
                 ORDER BY id DESC LIMIT $2",
                names.join(", ")
            )
        }
    };
    (!kinds.is_empty()).then_some(Statement { sql: Cow::Owned(sql), params })
}

/// What was found, in the order people want it: records that are called so before records that only speak of
/// it; among either the kinds take turns, each with its newest first.
#[must_use]
pub fn best(mut hits: Vec<Hit>, depth: Depth, query: &str, limit: u32) -> Vec<Hit> {
    let asked = normalize_searched(query).words;
    let is_called_so = |hit: &Hit| {
        let called = normalize_searched(&format!("{}\n{}", hit.label, hit.title)).words;
        asked.split_whitespace().all(|word| {
            called.split_whitespace().any(|name| match depth {
                Depth::Words => name.starts_with(word),
                Depth::Inner => name.contains(word),
            })
        })
    };
    hits.sort_by_key(|hit| Reverse(hit.document));
    let mut turns: BTreeMap<(bool, Kind), usize> = BTreeMap::new();
    let mut in_turn: Vec<_> = hits
        .into_iter()
        .map(|hit| {
            let (only_speaks, kind) = (!is_called_so(&hit), hit.kind);
            let turn = turns.entry((only_speaks, kind)).or_default();
            *turn += 1;
            ((only_speaks, *turn, kind), hit)
        })
        .collect();
    in_turn.sort_by_key(|(place, _)| *place);
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    in_turn.into_iter().map(|(_, hit)| hit).take(most).collect()
}

/// The statement that names records by their ids, whatever their kinds; at most a thousand of them.
#[must_use]
pub fn named(target: Target, documents: &[DocumentId]) -> Statement {
    let (condition, params) = are(target, documents);
    let sql = format!("SELECT kind, id, label, title FROM search_document WHERE {condition}");
    Statement { sql: Cow::Owned(sql), params }
}

/// The statement that gives the English and the Russian name of directory entries and roles by their ids;
/// at most a thousand of them. Other records have one name.
#[must_use]
pub fn translated(target: Target, documents: &[DocumentId]) -> Statement {
    let (condition, params) = are(target, documents);
    let from = |table: &str| format!("SELECT id, name_en, name_ru FROM {table} WHERE {condition}");
    let sql = [Kind::DirectoryEntry, Kind::Role].map(|kind| from(kind.name())).join(" UNION ALL ");
    Statement { sql: Cow::Owned(sql), params }
}

/// The condition that a row is of one of these records, and its parameters.
fn are(target: Target, documents: &[DocumentId]) -> (String, Vec<SqlValue>) {
    let mut params = target.scope.key();
    let workspace = match target.scope.leading() {
        Leading::Device => String::new(),
        Leading::Office => format!("workspace_id = {} AND ", target.dialect.placeholder(1)),
    };
    let named: Vec<DocumentId> = documents.iter().copied().take(MOST_NAMED).collect();
    let ids = target.dialect.placeholders(params.len() + 1, named.len());
    params.extend(named.into_iter().map(SqlValue::from));
    (format!("{workspace}id IN ({ids})"), params)
}

/// Reads a row of [`find`]'s or [`named`]'s answer; `None` for a kind of a newer version.
#[must_use]
pub fn hit(row: &SqlRow) -> Option<Hit> {
    let [kind, id, label, title] = row.as_slice() else { return None };
    Some(Hit {
        kind: Kind::from_name(kind.text()?)?,
        document: id.document()?,
        label: label.text()?.to_owned(),
        title: title.text()?.to_owned(),
    })
}
