//! Records for the tests of this crate, made by intents as people make them.

use crate::id::{DocumentId, Ref, RowId};
use crate::intent::Intent;
use crate::kind::Kind;
use crate::reading::{Alternative, Cell, FieldReading, OperationId, Reading};
use crate::record::Authored;
use crate::time::Instant;
use crate::value::{FieldValue, Scalar};

use carried_out::carry_out;

#[path = "../../testkit/src/sample/carried_out.rs"]
mod carried_out;

/// The id of somebody or something, from its name.
pub(crate) fn id(name: &str) -> DocumentId {
    DocumentId::made_by_rule(&format!("sample/{name}"))
}

/// A link to somebody or something, by its name.
pub(crate) fn link<T>(name: &str) -> Ref<T> {
    Ref::to(id(name))
}

/// The id of a row, from its name.
pub(crate) fn row(name: &str) -> RowId {
    RowId::made_by_rule(&format!("sample/{name}"))
}

/// A time on 2 March 2026 in Kyiv: `"09:30"`.
pub(crate) fn at(clock: &str) -> Instant {
    format!("2026-03-02T{clock}:00+02:00").parse().unwrap()
}

/// Somebody's act at a time.
pub(crate) fn by(name: &str, clock: &str) -> Authored {
    Authored { by: link(name), at: at(clock) }
}

/// A record in the making.
pub(crate) struct Sample {
    pub(crate) reading: Reading,
    counter: u64,
}

impl Sample {
    pub(crate) fn of(kind: Kind) -> Self {
        Self { reading: crate::rights::unborn(kind), counter: 0 }
    }

    fn next(&mut self) -> OperationId {
        self.counter += 1;
        OperationId { counter: self.counter, actor: "00".to_owned() }
    }

    /// Carries out an intent.
    pub(crate) fn with(mut self, intent: Intent) -> Self {
        let born = self.next();
        carry_out(&mut self.reading, born, intent);
        self
    }

    /// Lets people write different values to a root field at the same time; the last one wins.
    pub(crate) fn at_once<T: FieldValue>(mut self, field: &str, values: &[T]) -> Self {
        let mut alternatives = Vec::new();
        for value in values {
            let by = self.next();
            alternatives.push(Alternative { value: value.to_scalar(), by });
        }
        let value = alternatives.last().map_or(Scalar::Null, |one| one.value.clone());
        self.reading.fields.insert(field.to_owned(), FieldReading::Cell(Cell { value, alternatives }));
        self
    }
}
