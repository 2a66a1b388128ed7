//! Texts as they are stored, and compared: merging one that was edited from a state this document no
//! longer knows, and the way from one to another in pieces.
//!
//! A text that is not empty is stored with a line break behind its last line, which no reader sees. So
//! what two people write at once into an empty field comes out as two lines, on every replica.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc};

use similar::{DiffTag, TextDiff};

use crate::error::EditError;

/// Comparing costs up to the product of the words on both sides; above this one text takes the other's
/// place whole.
const WORDS_COMPARED: usize = 4_000_000;

/// A text as it is stored.
pub(crate) fn stored(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

/// A stored text as people read it.
pub(crate) fn shown(mut stored: String) -> String {
    if stored.ends_with('\n') {
        stored.pop();
    }
    stored
}

/// What a stored text becomes when it is to be read as `to`; itself when it is read so already.
pub(crate) fn restored(present: &str, to: &str) -> String {
    let same = present.strip_suffix('\n').unwrap_or(present) == to;
    if same { present.to_owned() } else { stored(to) }
}

/// `base → new` carried over to `present`: both sides' words are kept, also where they overlap.
///
/// The merge is Automerge's own, on a scratch document that has `base` as its common past.
pub(crate) fn merge(base: &str, present: &str, new: &str) -> Result<String, EditError> {
    if present == base || present == new {
        return Ok(new.to_owned());
    }
    let mut ours = Automerge::new().with_actor(ActorId::from([1]));
    let text = write(&mut ours, |transaction| {
        let text = transaction.put_object(ROOT, "text", ObjType::Text)?;
        transaction.splice_text(&text, 0, 0, &stored(base))?;
        Ok(text)
    })?;
    let mut theirs = ours.fork().with_actor(ActorId::from([2]));
    write(&mut theirs, |transaction| transaction.update_text(&text, stored(present)))?;
    write(&mut ours, |transaction| transaction.update_text(&text, stored(new)))?;
    ours.merge(&mut theirs)?;
    Ok(shown(ours.text(&text)?))
}

fn write<T>(
    document: &mut Automerge,
    work: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> Result<T, automerge::AutomergeError>,
) -> Result<T, EditError> {
    let mut transaction = document.transaction();
    let done = work(&mut transaction)?;
    transaction.commit();
    Ok(done)
}

/// A part of a text to be written anew, counted in letters of the text as it stands by then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Splice {
    pub(crate) at: usize,
    pub(crate) delete: usize,
    pub(crate) insert: String,
}

/// Where two texts differ: the letters they begin with alike, and what is left of each without its like
/// end.
pub(crate) fn middles<'a>(from: &'a str, to: &'a str) -> (usize, &'a str, &'a str) {
    let (mut begin, mut begin_bytes) = (0, 0);
    for (a, b) in from.chars().zip(to.chars()) {
        if a != b {
            break;
        }
        begin += 1;
        begin_bytes += a.len_utf8();
    }
    let (from, to) = (from.split_at(begin_bytes).1, to.split_at(begin_bytes).1);
    let alike = from.chars().rev().zip(to.chars().rev()).take_while(|(a, b)| a == b);
    let end_bytes: usize = alike.map(|(a, _)| a.len_utf8()).sum();
    (begin, from.split_at(from.len() - end_bytes).0, to.split_at(to.len() - end_bytes).0)
}

/// The way from one middle to another, word by word, in pieces of at most `most` letters. The first
/// letter stands at `at`.
pub(crate) fn splices(at: usize, from: &str, to: &str, most: usize) -> Vec<Splice> {
    let mut found = Vec::new();
    let mut at = at;
    let mut replace = |at: &mut usize, old: &str, new: &str| {
        let mut left = old.chars().count();
        while left > 0 {
            let delete = left.min(most);
            found.push(Splice { at: *at, delete, insert: String::new() });
            left -= delete;
        }
        let new: Vec<char> = new.chars().collect();
        for piece in new.chunks(most) {
            found.push(Splice { at: *at, delete: 0, insert: piece.iter().collect() });
            *at += piece.len();
        }
    };
    let words = |text: &str| text.split_whitespace().count().max(1);
    if words(from).saturating_mul(words(to)) > WORDS_COMPARED {
        replace(&mut at, from, to);
        return found;
    }
    let diff = TextDiff::from_words(from, to);
    for op in diff.ops() {
        let (old, new) =
            (joined(diff.old_slices(), op.old_range()), joined(diff.new_slices(), op.new_range()));
        match op.tag() {
            DiffTag::Equal => at += old.chars().count(),
            DiffTag::Delete | DiffTag::Insert | DiffTag::Replace => replace(&mut at, &old, &new),
        }
    }
    found
}

fn joined(slices: &[&str], range: std::ops::Range<usize>) -> String {
    slices.get(range).unwrap_or_default().concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_keep_their_words() {
        let merged = merge("Тече насос.", "Тече насос. Замінено.", "Тече насос ГВП.").unwrap();
        assert_eq!(merged, "Тече насос ГВП. Замінено.");
    }

    #[test]
    fn an_edit_nobody_met_is_taken_as_it_is() {
        assert_eq!(merge("a", "a", "b").unwrap(), "b");
        assert_eq!(merge("a", "b", "b").unwrap(), "b");
    }

    #[test]
    fn two_texts_for_an_empty_field_are_two_lines() {
        let merged = merge("", "Тече насос.", "Фільтр забитий.").unwrap();
        assert!(["Тече насос.\nФільтр забитий.", "Фільтр забитий.\nТече насос."].contains(&merged.as_str()));
    }

    #[track_caller]
    fn check_splices(from: &str, to: &str, most: usize) {
        let (at, from_middle, to_middle) = middles(from, to);
        let mut text: Vec<char> = from.chars().collect();
        for splice in splices(at, from_middle, to_middle, most) {
            assert!(splice.delete + splice.insert.chars().count() <= most, "{splice:?}");
            text.splice(splice.at..splice.at + splice.delete, splice.insert.chars());
        }
        assert_eq!(text.into_iter().collect::<String>(), to);
    }

    #[test]
    fn the_pieces_of_a_change_lead_from_one_text_to_the_other() {
        let poem = "Реве та стогне Дніпр широкий, сердитий вітер завива. ".repeat(20);
        check_splices("", &poem, 7);
        check_splices(&poem, "", 7);
        check_splices(&poem, &poem.replace("вітер", "🌬️ вітрисько"), 3);
        check_splices("один два три", "два три чотири", 100);
        check_splices("те саме", "те саме", 1);
    }
}
