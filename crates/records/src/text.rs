//! Merging a text that was edited from a state this document no longer knows.

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc};

use crate::error::EditError;

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
        transaction.splice_text(&text, 0, 0, base)?;
        Ok(text)
    })?;
    let mut theirs = ours.fork().with_actor(ActorId::from([2]));
    write(&mut theirs, |transaction| transaction.update_text(&text, present))?;
    write(&mut ours, |transaction| transaction.update_text(&text, new))?;
    ours.merge(&mut theirs)?;
    Ok(ours.text(&text)?)
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
}
