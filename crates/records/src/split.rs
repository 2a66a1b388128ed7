//! Cutting one edit into changes that the relay takes.
//!
//! A change holds at most so many operations and bytes, so that no change can hold the relay up. Rows
//! and values are cut between each other; a long text is cut between its letters, in runs of changes
//! whose first carries the intent of the whole run. What cannot be cut, a single value that is too
//! long, is refused before anything is written.

use std::collections::BTreeMap;
use std::str::Chars;

use halyard_domain::intent::Intent;
use halyard_domain::reading::FieldPath;
use halyard_domain::value::Scalar;

use crate::error::EditError;
use crate::text;

/// Most operations in one change.
pub(crate) const CHANGE_OPERATIONS: usize = 2_000;
/// Most operations in one run of changes, and in the changes that make a record. An envelope holds a
/// little more.
pub(crate) const RUN_OPERATIONS: usize = 18_000;
/// Longest value, in bytes.
pub(crate) const SCALAR_BYTES: usize = 64 * 1024;
/// Longest text, in letters.
pub(crate) const TEXT_LETTERS: usize = 250_000;
/// Most bytes of values in one change; keys and operations take a quarter of a change's size.
const VALUE_BYTES: usize = 128 * 1024;
/// Below this a text is compared letter by letter, which is best for merging and costs its square.
const LETTERS_COMPARED: usize = 1_000;

/// What becomes one change.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) steps: Vec<Step>,
    /// What the person meant; empty in a change that goes on with the text of the one before.
    pub(crate) intents: Vec<Intent>,
    operations: usize,
    bytes: usize,
}

/// One thing done in a change.
#[derive(Debug)]
pub(crate) enum Step {
    /// A value or a row.
    Write(Intent),
    /// A text compared letter by letter.
    Retype { field: String, to: String },
    /// A part of a text, counted in letters.
    Splice { field: String, at: usize, delete: usize, insert: String },
}

/// Cuts intents that one change would hold. `stored` tells how the text of a field is stored.
///
/// # Errors
/// When a value, a row or a text is too long for any change.
pub(crate) fn batches(
    stored: impl Fn(&str) -> Result<String, EditError>,
    intents: &[Intent],
) -> Result<Vec<Batch>, EditError> {
    let mut batches: Vec<Batch> = Vec::new();
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for intent in intents {
        if let Intent::EditText { field, base_text, new_text, .. } = intent {
            let present = match texts.remove(field.as_str()) {
                Some(present) => present,
                None => stored(field)?,
            };
            let merged = text::merge(base_text, &text::shown(present.clone()), new_text)?;
            let to = text::restored(&present, &merged);
            add_text(&mut batches, intent, &present, &to)?;
            texts.insert(field, to);
            continue;
        }
        add(&mut batches, size(intent)?, Step::Write(intent.clone()), intent);
    }
    Ok(batches)
}

/// Puts a step into the last batch when it still goes in, or into a new one.
fn add(batches: &mut Vec<Batch>, (operations, bytes): (usize, usize), step: Step, intent: &Intent) {
    let has_room = |batch: &Batch| {
        // A run of text is not gone on with: its later changes carry no intents of their own.
        !batch.intents.is_empty()
            && batch.operations + operations <= CHANGE_OPERATIONS
            && batch.bytes + bytes <= VALUE_BYTES
    };
    let mut batch = batches.pop_if(|last| has_room(last)).unwrap_or_default();
    batch.operations += operations;
    batch.bytes += bytes;
    batch.steps.push(step);
    batch.intents.push(intent.clone());
    batches.push(batch);
}

/// Operations and bytes of a value or a row.
fn size(intent: &Intent) -> Result<(usize, usize), EditError> {
    let long = |scalar: &Scalar| scalar.as_text().map_or(0, str::len);
    match intent {
        Intent::Set { path, value } => {
            let bytes = long(value);
            if bytes > SCALAR_BYTES { Err(EditError::TooLong(path.clone())) } else { Ok((1, bytes)) }
        }
        Intent::AddRow { field, row, columns } => {
            let mut bytes = 0;
            for (name, value) in columns {
                bytes += long(value);
                if long(value) > SCALAR_BYTES || bytes > VALUE_BYTES {
                    return Err(EditError::TooLong(FieldPath::column(field, *row, name)));
                }
            }
            Ok((1 + columns.len(), bytes))
        }
        Intent::EditText { .. } => Ok((0, 0)),
    }
}

fn add_text(batches: &mut Vec<Batch>, intent: &Intent, present: &str, to: &str) -> Result<(), EditError> {
    let Intent::EditText { field, .. } = intent else { return Ok(()) };
    if to.chars().count() > TEXT_LETTERS {
        return Err(EditError::TooLong(FieldPath::root(field)));
    }
    let (same, from_middle, to_middle) = text::middles(present, to);
    let letters = from_middle.chars().count() + to_middle.chars().count();
    if letters <= LETTERS_COMPARED {
        add(batches, (letters, 0), Step::Retype { field: field.clone(), to: to.to_owned() }, intent);
        return Ok(());
    }
    let splices = text::splices(same, from_middle, to_middle, CHANGE_OPERATIONS);
    Runs { field, intent, written: String::new(), letters: 0, left: present.chars() }.cut(batches, splices);
    Ok(())
}

/// The changes of one long text while they are cut.
struct Runs<'a> {
    field: &'a str,
    intent: &'a Intent,
    /// The text up to where the changes cut so far reach, and its letters.
    written: String,
    letters: usize,
    /// What follows it.
    left: Chars<'a>,
}

impl Runs<'_> {
    fn cut(mut self, batches: &mut Vec<Batch>, splices: Vec<text::Splice>) {
        let (mut head, mut in_run) = (batches.len(), 0);
        let mut begun = self.present();
        for splice in splices {
            let operations = splice.delete + splice.insert.chars().count();
            if in_run + operations > RUN_OPERATIONS {
                begun = self.end(batches, head, begun);
                (head, in_run) = (batches.len(), 0);
            }
            in_run += operations;
            self.follow(&splice);
            let is_begun = batches.len() > head;
            let fits = |last: &Batch| is_begun && last.operations + operations <= CHANGE_OPERATIONS;
            let mut batch = batches.pop_if(|last| fits(last)).unwrap_or_default();
            batch.operations += operations;
            let text::Splice { at, delete, insert } = splice;
            batch.steps.push(Step::Splice { field: self.field.to_owned(), at, delete, insert });
            batches.push(batch);
        }
        self.end(batches, head, begun);
    }

    fn follow(&mut self, splice: &text::Splice) {
        let same = splice.at.saturating_sub(self.letters);
        self.written.extend(self.left.by_ref().take(same));
        self.left.by_ref().take(splice.delete).for_each(drop);
        self.written.push_str(&splice.insert);
        self.letters = splice.at + splice.insert.chars().count();
    }

    fn present(&self) -> String {
        format!("{}{}", self.written, self.left.as_str())
    }

    /// Gives the first change of a run the intent of all of it; the text behind the run.
    fn end(&self, batches: &mut [Batch], head: usize, begun: String) -> String {
        let reached = self.present();
        let base_heads = match self.intent {
            Intent::EditText { base_heads, .. } => base_heads.clone(),
            Intent::Set { .. } | Intent::AddRow { .. } => Vec::new(),
        };
        if let Some(batch) = batches.get_mut(head) {
            batch.intents.push(Intent::EditText {
                field: self.field.to_owned(),
                base_heads,
                base_text: text::shown(begun),
                new_text: text::shown(reached.clone()),
            });
        }
        reached
    }
}
