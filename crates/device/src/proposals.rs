//! Wishes for fields that others write: making one, and answering it.

use halyard_domain::id::RowId;
use halyard_domain::intent::Intent;
use halyard_domain::reading::{FieldPath, Reading, RowReading};
use halyard_domain::record::typed;
use halyard_domain::records::values::{Decision, ProposedValue};
use halyard_domain::records::{Common, Proposal, schema};
use halyard_domain::schema::Shape;
use halyard_domain::value::Scalar;

use crate::device::Device;
use crate::error::DeviceError;
use crate::views::RecordView;

impl Device {
    /// The intent that proposes a value for a place.
    ///
    /// # Errors
    /// When the device is not enrolled.
    pub fn propose(&self, path: &FieldPath, value: Scalar, why: &str) -> Result<Intent, DeviceError> {
        let proposal = Proposal {
            path: Some(path.to_string()),
            value: Some(ProposedValue { value }),
            why: Some(why.to_owned()),
            decision: None,
        };
        self.add(&Common::PROPOSALS, &proposal)
    }

    /// The intents that answer a proposal: accepting writes the value and the answer together. `None` when
    /// there is no such proposal or this version cannot read it.
    ///
    /// # Errors
    /// When the device is not enrolled.
    pub fn answer_proposal(
        &self,
        record: &RecordView,
        proposal: RowId,
        accepted: bool,
        answer: &str,
    ) -> Result<Option<Vec<Intent>>, DeviceError> {
        let field = Common::PROPOSALS.name;
        let Some(row) = record.reading.row(field, proposal) else { return Ok(None) };
        let mut intents = Vec::new();
        if accepted {
            let path = row.value("path").as_text().and_then(|text| text.parse().ok());
            let Some((path, wanted)) = path.zip(typed::<ProposedValue>(row.value("value"))) else {
                return Ok(None);
            };
            intents.extend(self.accepted(record, row, path, wanted.value)?);
        }
        let (by, at) = (self.employee()?, self.surroundings.now());
        let decision = Decision { accepted, by, at, answer: answer.to_owned() };
        intents.push(Common::PROPOSALS.correct(proposal, "decision", &decision));
        Ok(Some(intents))
    }

    /// What accepting writes. A text was proposed over the one its author read: what others wrote since
    /// stays beside it. A further wish of the same author takes the place of the one that was accepted
    /// before. Nothing when the text stands there already, typed in by somebody.
    fn accepted(
        &self,
        record: &RecordView,
        proposal: &RowReading,
        path: FieldPath,
        value: Scalar,
    ) -> Result<Option<Intent>, DeviceError> {
        let shape = schema(record.kind).field(&path.field).map(|field| &field.shape);
        if !matches!(shape, Some(Shape::Text)) {
            return Ok(Some(Intent::Set { path, value }));
        }
        let (new_text, field) = (value.as_text().unwrap_or_default().to_owned(), path.field);
        if record.reading.text(&field) == new_text {
            return Ok(None);
        }
        if let Some(base_text) = accepted_before(&record.reading, proposal, &field) {
            // Without heads: what stands there now is compared with the text that was accepted.
            return Ok(Some(Intent::EditText { field, base_heads: Vec::new(), base_text, new_text }));
        }
        let document = record.document;
        let failed = |source| DeviceError::Document { document, source };
        let (_, opened) = self.opened(document)?.ok_or(DeviceError::NoSuchRecord(document))?;
        let row = FieldPath::row(Common::PROPOSALS.name, proposal.id);
        let base = opened.heads_before_row(&row).map_err(failed)?.unwrap_or_else(|| opened.heads());
        let base_text = opened.reading_at(&base).map_err(failed)?.text(&field).to_owned();
        let base_heads = base.iter().map(ToString::to_string).collect();
        Ok(Some(Intent::EditText { field, base_heads, base_text, new_text }))
    }
}

/// The text for `field` that was accepted last of whoever made `proposal`.
fn accepted_before(record: &Reading, proposal: &RowReading, field: &str) -> Option<String> {
    let proposals = Common::read(record).proposals;
    let author = proposals.0.iter().find(|row| row.id == proposal.id)?.by?;
    let others = proposals.standing().filter(|row| row.id != proposal.id && row.by == Some(author));
    let accepted = others.filter_map(|row| {
        let decision = row.value.decision.as_ref().filter(|decision| decision.accepted)?;
        (row.value.path.as_deref() == Some(field)).then_some((decision.at, row.value.value.as_ref()?))
    });
    let (_, last) = accepted.max_by_key(|(at, _)| *at)?;
    last.value.as_text().map(ToOwned::to_owned)
}
