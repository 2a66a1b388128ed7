//! The people or the places of a record while rows of the file are put among them.
//!
//! A customer may have as many as the file has rows, and each row looks for its own among them: so each is spelled for
//! comparing once, and found by what it says.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use halyard_domain::id::RowId;
use halyard_domain::value::{FieldValue, Scalar};

use super::draft::Slots;
use super::names::fold;

/// The columns of a person's name.
pub(super) const NAME: [&str; 3] = ["surname", "given_name", "patronymic"];
/// The columns that tell one address from another.
const PLACE: [&str; 4] = ["address_kind", "street", "settlement", "label"];

/// The parts of a person's name, as they are compared.
pub(super) type FoldedName = [Option<String>; 3];

/// A row of a draft.
#[derive(Debug)]
pub(super) struct DraftRow {
    pub(super) id: RowId,
    pub(super) is_new: bool,
    pub(super) slots: Slots,
    /// Of a person, the name.
    pub(super) name: FoldedName,
}

/// Something that rows are found by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Word {
    /// A value of a column, or an item of its list.
    Of(String, String),
    /// Purpose, street, town and label of an address.
    Place([Option<String>; 4]),
}

/// The rows of a field.
#[derive(Debug, Default)]
pub(super) struct DraftRows {
    rows: Vec<DraftRow>,
    by_id: HashMap<RowId, usize>,
    by_word: HashMap<Word, BTreeSet<usize>>,
}

impl DraftRows {
    /// Adds a row and gives its place.
    pub(super) fn add(&mut self, id: RowId, is_new: bool, slots: Slots) -> usize {
        let at = self.rows.len();
        self.rows.push(DraftRow { id, is_new, slots, name: FoldedName::default() });
        self.by_id.insert(id, at);
        self.learn(at);
        at
    }

    /// Makes a row findable by what it says by now; it never says less than before.
    pub(super) fn learn(&mut self, at: usize) {
        let Some(row) = self.rows.get_mut(at) else { return };
        row.name = NAME.map(|field| row.slots.text(field).map(fold));
        let place = Word::Place(PLACE.map(|field| row.slots.text(field).map(fold)));
        let said = row.slots.all().flat_map(|(field, value)| words(field, value));
        for word in said.chain([place]) {
            self.by_word.entry(word).or_default().insert(at);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &DraftRow> {
        self.rows.iter()
    }

    pub(super) fn get_mut(&mut self, at: usize) -> Option<&mut DraftRow> {
        self.rows.get_mut(at)
    }

    pub(super) fn by_id(&self, id: RowId) -> Option<&DraftRow> {
        self.by_id.get(&id).and_then(|at| self.rows.get(*at))
    }

    /// The first row that says a word and fits.
    pub(super) fn first(&self, word: &Word, fits: impl Fn(&DraftRow) -> bool) -> Option<usize> {
        let found = self.by_word.get(word).into_iter().flatten().copied();
        found.into_iter().find(|at| self.rows.get(*at).is_some_and(&fits))
    }

    /// The first row that fits, of those that say all of these words.
    pub(super) fn first_of_all(&self, all: &[Word], fits: impl Fn(&DraftRow) -> bool) -> Option<usize> {
        let rarest = all.iter().min_by_key(|word| self.by_word.get(word).map_or(0, BTreeSet::len))?;
        self.first(rarest, fits)
    }
}

/// The words that values are found by.
pub(super) fn words_of(values: &BTreeMap<&'static str, Scalar>, fields: &[&str]) -> Vec<Word> {
    let found = fields.iter().filter_map(|field| Some((*field, values.get(field)?)));
    found.flat_map(|(field, value)| words(field, value)).collect()
}

/// The word that an address is found by.
pub(super) fn place_of(values: &BTreeMap<&'static str, Scalar>) -> Word {
    Word::Place(PLACE.map(|field| values.get(field).and_then(Scalar::as_text).map(fold)))
}

fn words(field: &str, value: &Scalar) -> Vec<Word> {
    let word = |text: String| Word::Of(field.to_owned(), text);
    match (Vec::<String>::from_scalar(value), value.as_text()) {
        (Ok(items), _) => items.into_iter().map(word).collect(),
        (Err(_), Some(text)) => vec![word(fold(text))],
        (Err(_), None) => vec![word(format!("{value:?}"))],
    }
}
