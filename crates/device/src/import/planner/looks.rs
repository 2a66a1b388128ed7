//! Looks at the rows of a file until another look would change nothing.
//!
//! A row that names nobody may have its customer further down, and what a row above speaks of may be
//! something else now that the whole file is known. So every row is looked at again, those that are taken
//! too, against all that stands by then: the last look finds what a second import of the file will find, and
//! neither makes anything. Each row makes a record once at most and fills only what is empty, so it ends.
//!
//! Between two looks at all rows only those are looked at again that name something learnt since: in a chain,
//! where each row says who the next one is, every look finds one more, and there may be as many as rows.
//!
//! What says more goes first, so that the order of a file decides little: customers by their code and then by
//! a name with its legal form, people by their whole name and only then by initials. People come last of all,
//! when every row that has a customer has found it.

use super::super::preview::PlannedLine;
use super::super::refusal::{Reason, Refusal, RefusedRow};
use super::super::row::{ImportRow, Part};
use super::super::table::TableRow;
use super::Planner;
use super::apply::Done;
use super::keys::Watching;
use super::rows::vagueness;

/// So many looks a row is looked at on average, and no more: a file made by people needs three, a chain of all
/// its rows two more. One made to need more is only imported less well.
const MOST_LOOKS: usize = 32;

/// A row of the file and what became of it so far.
struct Looked<'a> {
    row: ImportRow,
    written: &'a TableRow,
    found: Result<Taken, Refusal>,
}

/// A row that is taken.
struct Taken {
    customer: usize,
    done: Vec<Done>,
}

impl Planner<'_> {
    /// Takes the rows it can and refuses the others.
    pub(super) fn take_all(&mut self, rows: Vec<(ImportRow, &TableRow)>) {
        let unowned = || Err(Refusal::of_row(Reason::NoCustomer));
        let looked = rows.into_iter().map(|(row, written)| Looked { row, written, found: unowned() });
        let mut rows: Vec<Looked<'_>> = looked.collect();
        rows.sort_by_key(|one| match (one.row.code(), &one.row.name) {
            (Some(_), _) => 0,
            (None, Some(name)) if name.has_form() => 1,
            (None, _) => 2,
        });
        let watching = Watching::of(rows.iter().map(|one| &one.row));
        self.look_until_quiet(&mut rows, &watching, Self::look);
        rows.sort_by_key(|one| one.row.values.get(&Part::Contact).map(vagueness));
        // Nobody is found by a person: there is nothing to watch for.
        self.look_until_quiet(&mut rows, &Watching::default(), Self::look_at_person);
        for one in rows {
            self.tell(one);
        }
    }

    fn look_until_quiet(
        &mut self,
        rows: &mut [Looked<'_>],
        watching: &Watching,
        look: impl Fn(&mut Self, &mut Looked<'_>) -> bool,
    ) {
        let all: Vec<usize> = (0..rows.len()).collect();
        let mut next = all.clone();
        let mut left = rows.len().saturating_mul(MOST_LOOKS);
        while let Some(still) = left.checked_sub(next.len()) {
            left = still;
            let mut changed = false;
            for at in &next {
                changed |= rows.get_mut(*at).is_some_and(|row| look(self, row));
            }
            if !changed && next.len() == all.len() {
                return;
            }
            next = watching.concerned(&std::mem::take(&mut self.learnt));
            if next.is_empty() {
                next.clone_from(&all);
            }
        }
    }

    /// Takes a row whole but for its person, or leaves everything as it was. True when that changed
    /// something.
    fn look(&mut self, one: &mut Looked<'_>) -> bool {
        match self.matched(&one.row) {
            Ok(found) => {
                let (customer, done) = self.apply(&one.row, &found);
                one.take(customer, done)
            }
            Err(refusal) => {
                // What was taken stays taken, though the rest of the file makes it doubtful.
                if let Err(before) = &mut one.found {
                    *before = refusal;
                }
                false
            }
        }
    }

    /// Takes the person of a row that is taken. True when that changed something.
    fn look_at_person(&mut self, one: &mut Looked<'_>) -> bool {
        let Ok(customer) = one.found.as_ref().map(|taken| taken.customer) else { return false };
        let told = self.row_of(&one.row, customer, Part::Contact);
        told.is_some_and(|(_, done)| one.take(customer, vec![done]))
    }

    fn tell(&mut self, one: Looked<'_>) {
        match one.found {
            Ok(mut taken) => {
                taken.done.sort_by_key(|done| done.part.part);
                let mut parts = Vec::new();
                for done in taken.done {
                    parts.push(done.part);
                    self.preview.differs.extend(done.differs);
                }
                self.preview.left_out.extend(one.row.left_out);
                self.preview.lines.push(PlannedLine { line: one.row.line, parts });
            }
            Err(refusal) => self.preview.refused.push(RefusedRow::new(one.written, vec![refusal])),
        }
    }
}

impl Looked<'_> {
    /// Notes what a look did; of a look that changed nothing only the first is told. True when this one
    /// changed something.
    fn take(&mut self, customer: usize, done: Vec<Done>) -> bool {
        let changed = done.iter().any(Done::changes);
        if self.found.is_err() {
            self.found = Ok(Taken { customer, done: Vec::new() });
        }
        let Ok(taken) = &mut self.found else { return changed };
        taken.customer = customer;
        for one in done {
            if one.changes() || taken.done.iter().all(|before| before.part.part != one.part.part) {
                taken.done.push(one);
            }
        }
        changed
    }
}
