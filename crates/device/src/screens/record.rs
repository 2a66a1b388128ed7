//! What every record's page begins with: its name, where its work is, what waits for somebody, and what
//! this person may write.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::id::{DocumentId, RowId};
use halyard_domain::kind::{Decider, Kind};
use halyard_domain::reading::{FieldPath, Reading};
use halyard_domain::record::{Record, Withdrawal};
use halyard_domain::records::{Common, Employee, schema};
use halyard_domain::rights::{Access, Refusal, Writer, may_add, may_edit};
use halyard_domain::rules::Attention;
use halyard_domain::schema::{FieldSchema, Shape};
use halyard_domain::time::Instant;
use halyard_domain::value::Scalar;
use serde::Serialize;

use crate::device::Device;
use crate::error::DeviceError;
use crate::past::{Dispute, Rival};
use crate::screens::ScreenError;
use crate::screens::named_rows::{NamedRow, Placed, RowNames};
use crate::screens::names::{Linked, Names};
use crate::sync_names::Standing;

/// A record as it stands, or stood at a moment, with what a page of it begins with.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecordHead {
    /// The record.
    pub document: DocumentId,
    /// Its kind.
    pub kind: Kind,
    /// Its number or name, or the provisional label.
    pub label: String,
    /// What it is about.
    pub title: String,
    /// Its heads: what a text box is opened at.
    pub heads: Vec<String>,
    /// The moment it is shown at; absent for now.
    pub at: Option<Instant>,
    /// Where its newest own work is.
    pub standing: Standing,
    /// Who made it.
    pub author: Option<Linked>,
    /// Set when it was made by mistake.
    pub withdrawn: Option<WithdrawalView>,
    /// Of a duplicate: the record that stays.
    pub merged_into: Option<Linked>,
    /// What is a duplicate of it, at once or by way of others: nothing else leads there.
    pub duplicates: Vec<Linked>,
    /// What waits for a decision, each with both sides.
    pub conflicts: Vec<ConflictView>,
    /// What somebody should look at.
    pub attention: Vec<AttentionItem>,
    /// Wishes for fields that others write.
    pub proposals: Vec<ProposalView>,
    /// What this person may write here; nothing while a past moment is shown.
    pub rights: RecordRights,
}

/// Why something no longer counts.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct WithdrawalView {
    /// Who took it back.
    pub by: Linked,
    /// When.
    pub at: Instant,
    /// Why.
    pub why: String,
}

/// A place where several values stand until somebody decides.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConflictView {
    /// Where.
    pub path: FieldPath,
    /// Who decides.
    pub decider: Decider,
    /// Whether this person may.
    pub may_decide: bool,
    /// The values, the one everybody sees last.
    pub sides: Vec<ConflictSide>,
}

/// One of several values, and who wrote it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConflictSide {
    /// The value.
    pub value: Scalar,
    /// What the value names, when it is a record or a list of them.
    pub links: Vec<Linked>,
    /// The row it names, when it is one.
    pub rows: Vec<NamedRow>,
    /// Who wrote it; absent when the record does not tell.
    pub by: Option<Linked>,
    /// What their position is, where it is known.
    pub position: Option<String>,
    /// On which device.
    pub device: Option<String>,
    /// When, by that device's clock, Unix milliseconds.
    pub made_ms: Option<i64>,
    /// When the office got it, Unix milliseconds by the relay's clock.
    pub arrived_ms: Option<i64>,
}

/// Something to look at, and who does.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct AttentionItem {
    /// What.
    pub item: Attention,
    /// Who looks at it.
    pub owner: Decider,
    /// The people it speaks of.
    pub people: Vec<Linked>,
}

/// A wish for a field that others write.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ProposalView {
    /// The proposal's row.
    pub row: RowId,
    /// The field, as a field path prints it.
    pub path: String,
    /// The value wanted there.
    pub value: Scalar,
    /// What the value names.
    pub links: Vec<Linked>,
    /// The value that stands there now; of a text, the text.
    pub stands: Scalar,
    /// What that one names.
    pub stands_links: Vec<Linked>,
    /// The rows that both name.
    pub rows: Vec<NamedRow>,
    /// Why.
    pub why: Option<String>,
    /// Who wishes it.
    pub by: Option<Linked>,
    /// When.
    pub at: Option<Instant>,
    /// What an owner of the field answered; absent while nobody has.
    pub decision: Option<DecisionView>,
    /// Whether this person may answer.
    pub may_decide: bool,
}

/// An answer to a proposal.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct DecisionView {
    /// Whether the value was taken.
    pub accepted: bool,
    /// Who decided.
    pub by: Linked,
    /// When.
    pub at: Instant,
    /// What was answered.
    pub answer: String,
}

/// What this person may write in a record.
#[derive(Debug, Clone, Default, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct RecordRights {
    /// False before the first sync: everything is offered then, and the office judges.
    pub known: bool,
    /// The fields that may be edited, or added to.
    pub fields: Vec<String>,
    /// Why each other field may not.
    pub refusals: BTreeMap<String, Refusal>,
}

/// A record that was opened for a screen.
pub(crate) struct Subject {
    pub(crate) document: DocumentId,
    pub(crate) reading: Reading,
    pub(crate) heads: Vec<String>,
    pub(crate) standing: Standing,
    pub(crate) at: Option<Instant>,
}

impl Subject {
    /// Opens a record of a kind, as it is or was at a moment.
    pub(crate) fn open(
        device: &Device,
        document: DocumentId,
        kind: Option<Kind>,
        at: Option<Instant>,
    ) -> Result<Self, ScreenError> {
        let view = device.show(document)?;
        if kind.is_some_and(|kind| kind != view.kind) {
            return Err(ScreenError::AnotherKind { document, kind: view.kind });
        }
        let reading = match at {
            None => view.reading,
            Some(at) => {
                device.show_at(document, at.unix_seconds())?.ok_or(ScreenError::NotMadeYet { document })?
            }
        };
        Ok(Self { document, reading, heads: view.heads, standing: view.standing, at })
    }

    pub(crate) fn kind(&self) -> Kind {
        self.reading.kind
    }

    /// What this person may write here.
    pub(crate) fn pen<'a>(&'a self, device: &Device) -> Result<Pen<'a>, DeviceError> {
        let (employee, access) = (device.employee()?, device.access()?);
        Ok(Pen { reading: &self.reading, employee, access, makes: false })
    }

    /// What every page begins with.
    pub(crate) fn head(&self, device: &Device) -> Result<RecordHead, ScreenError> {
        let common = Common::read(&self.reading);
        let items = device.attention(&self.reading)?;
        let disputes = if self.at.is_none() { device.disputes(self.document)? } else { Vec::new() };
        // What else there was at a past moment is not asked: the record is taken at its word.
        let (merged_into, duplicates) = match self.at {
            None => (
                device.duplicate_of(self.document, &self.reading)?,
                device.duplicates_of(self.kind(), self.document)?,
            ),
            Some(_) => (common.merged_into, Vec::new()),
        };
        let named = self.named(&common, &items, &disputes).into_iter().chain(duplicates.iter().copied());
        let names = Names::of(device, named)?;
        let pen = self.pen(device)?;
        let rows = RowNames::of(device, Some(&self.reading));
        let rivals = disputes.iter().flat_map(|dispute| &dispute.rivals);
        let authors = rivals.filter_map(|rival| rival.written.as_ref()?.employee);
        let positions = positions_of(device, authors)?;
        let conflict = |one: &Dispute| self.conflict(one, &names, &positions, &rows, &pen);
        let own = names.link(self.document);
        Ok(RecordHead {
            document: self.document,
            kind: self.kind(),
            label: own.label,
            title: own.title,
            heads: self.heads.clone(),
            at: self.at,
            standing: self.standing,
            author: names.linked(common.author),
            withdrawn: common.withdrawn.as_ref().map(|one| withdrawal_view(one, &names)),
            merged_into: merged_into.map(|id| names.link(id)),
            duplicates: duplicates.into_iter().map(|id| names.link(id)).collect(),
            conflicts: disputes.iter().map(conflict).collect::<Result<_, _>>()?,
            attention: items.into_iter().map(|item| attention_item(item, &names)).collect(),
            proposals: self.proposals(&common, &names, &rows, &pen)?,
            rights: if self.at.is_none() { pen.rights() } else { RecordRights::default() },
        })
    }

    fn named(&self, common: &Common, items: &[Attention], disputes: &[Dispute]) -> Vec<DocumentId> {
        let mut named = vec![self.document];
        named.extend(common.author.map(|author| author.id()));
        named.extend(common.merged_into);
        named.extend(common.withdrawn.as_ref().map(|one| one.by));
        for row in &common.proposals.0 {
            named.extend(row.by.map(|by| by.id()));
            named.extend(row.value.decision.as_ref().map(|decision| decision.by));
            named.extend(row.value.value.iter().flat_map(|wanted| ids_in(&wanted.value)));
            named.extend(row.value.path.iter().flat_map(|path| ids_in(&standing_at(&self.reading, path))));
        }
        for rival in disputes.iter().flat_map(|dispute| &dispute.rivals) {
            named.extend(rival.written.as_ref().and_then(|line| line.employee));
            named.extend(ids_in(&rival.value));
        }
        named.extend(items.iter().flat_map(Attention::people));
        named
    }

    fn conflict(
        &self,
        dispute: &Dispute,
        names: &Names,
        positions: &BTreeMap<DocumentId, String>,
        rows: &RowNames<'_>,
        pen: &Pen<'_>,
    ) -> Result<ConflictView, DeviceError> {
        let field = schema(self.kind()).field(&dispute.path.field);
        let side = |rival: &Rival| {
            let value = Placed::at(&dispute.path, &rival.value);
            let by = rival.written.as_ref().and_then(|line| line.employee);
            Ok(ConflictSide {
                links: value.records().into_iter().map(|id| names.link(id)).collect(),
                rows: rows.all(&[value])?,
                value: rival.value.clone(),
                by: by.map(|id| names.link(id)),
                position: by.and_then(|id| positions.get(&id)).cloned(),
                device: rival.written.as_ref().and_then(|line| line.device).map(|device| device.to_string()),
                made_ms: rival.written.as_ref().map(|line| line.entry.time.saturating_mul(1000)),
                arrived_ms: rival.written.as_ref().and_then(|line| line.arrived_ms),
            })
        };
        Ok(ConflictView {
            decider: field.map_or(Decider::Reviewer, |field| field.decider),
            may_decide: pen.may_edit(&dispute.path).is_ok(),
            sides: dispute.rivals.iter().map(side).collect::<Result<_, DeviceError>>()?,
            path: dispute.path.clone(),
        })
    }

    fn proposals(
        &self,
        common: &Common,
        names: &Names,
        rows: &RowNames<'_>,
        pen: &Pen<'_>,
    ) -> Result<Vec<ProposalView>, DeviceError> {
        let mut views = Vec::new();
        for row in common.proposals.standing() {
            let (Some(path), Some(wanted)) = (row.value.path.clone(), row.value.value.clone()) else {
                continue;
            };
            let decision_path = FieldPath::column(Common::PROPOSALS.name, row.id, "decision");
            let stands = standing_at(&self.reading, &path);
            let place = path.parse().unwrap_or_else(|_| FieldPath::root(&path));
            let [wish, standing] = [&wanted.value, &stands].map(|value| Placed::at(&place, value));
            let linked = |value: &Placed<'_>| value.records().into_iter().map(|id| names.link(id)).collect();
            views.push(ProposalView {
                row: row.id,
                links: linked(&wish),
                stands_links: linked(&standing),
                rows: rows.all(&[wish, standing])?,
                value: wanted.value,
                stands,
                why: row.value.why.clone(),
                by: names.linked(row.by),
                at: row.at,
                may_decide: row.value.decision.is_none() && pen.may_edit(&decision_path).is_ok(),
                decision: row.value.decision.as_ref().map(|decision| DecisionView {
                    accepted: decision.accepted,
                    by: names.link(decision.by),
                    at: decision.at,
                    answer: decision.answer.clone(),
                }),
                path,
            });
        }
        Ok(views)
    }
}

/// A record that another one names, when it is here and can be opened: a link may dangle, and the page
/// then shows the rest.
pub(crate) fn typed_at<T: Record>(
    device: &Device,
    document: Option<DocumentId>,
) -> Result<Option<T>, DeviceError> {
    let Some(document) = document else { return Ok(None) };
    match device.opened(document) {
        Ok(Some((stored, opened))) if stored.kind == T::KIND => {
            Ok(Some(T::read(&crate::edit::read(&opened, document)?)))
        }
        Ok(_) => Ok(None),
        Err(error @ (DeviceError::SetAside(_) | DeviceError::Document { .. })) => {
            tracing::warn!(document.id = %document, %error, "left out of a page");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// The positions of people, of those who have one here.
fn positions_of(
    device: &Device,
    people: impl Iterator<Item = DocumentId>,
) -> Result<BTreeMap<DocumentId, String>, DeviceError> {
    let mut positions = BTreeMap::new();
    for person in people.collect::<BTreeSet<_>>() {
        let employee: Option<Employee> = typed_at(device, Some(person))?;
        positions.extend(employee.and_then(|employee| Some((person, employee.position?))));
    }
    Ok(positions)
}

/// Who would write to a record, with what rights.
pub(crate) struct Pen<'a> {
    reading: &'a Reading,
    employee: DocumentId,
    access: Option<Access>,
    /// Whether they would make the record.
    makes: bool,
}

impl<'a> Pen<'a> {
    /// The pen of whoever would make a record, which says nothing yet.
    pub(crate) fn maker(device: &Device, unborn: &'a Reading) -> Result<Self, DeviceError> {
        let (employee, access) = (device.employee()?, device.access()?);
        Ok(Self { reading: unborn, employee, access, makes: true })
    }

    /// The pen of whoever would correct a record that they made, while it says nothing yet.
    pub(crate) fn corrector(device: &Device, unborn: &'a Reading) -> Result<Self, DeviceError> {
        Ok(Self { makes: false, ..Self::maker(device, unborn)? })
    }

    /// Whoever holds the pen.
    pub(crate) fn employee(&self) -> DocumentId {
        self.employee
    }

    /// Whether a field, or a column of a row, may be edited; always before the rights are known.
    pub(crate) fn may_edit(&self, path: &FieldPath) -> Result<(), Refusal> {
        self.ask(|writer| may_edit(writer, self.reading, path))
    }

    /// Whether a row, or an event of this type, may be added.
    pub(crate) fn may_add(&self, field: &str, what: Option<&str>) -> Result<(), Refusal> {
        self.ask(|writer| may_add(writer, self.reading, field, what))
    }

    /// Whether anything may be done to a field.
    fn may(&self, field: &FieldSchema) -> Result<(), Refusal> {
        match &field.shape {
            Shape::Scalar(_) | Shape::Text => self.may_edit(&FieldPath::root(field.name)),
            Shape::Rows { .. } => self.may_add(field.name, None),
            Shape::Events { types, .. } => {
                let mut last = Ok(());
                for one in *types {
                    last = self.may_add(field.name, Some(one.name));
                    if last.is_ok() {
                        break;
                    }
                }
                last
            }
        }
    }

    /// The answer for every field.
    pub(crate) fn rights(&self) -> RecordRights {
        let mut rights = RecordRights { known: self.access.is_some(), ..RecordRights::default() };
        for field in schema(self.reading.kind).fields {
            match self.may(field) {
                Ok(()) => rights.fields.push(field.name.to_owned()),
                Err(refusal) => {
                    rights.refusals.insert(field.name.to_owned(), refusal);
                }
            }
        }
        rights
    }

    fn ask(&self, question: impl FnOnce(&Writer<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
        let Some(access) = &self.access else { return Ok(()) };
        if self.makes {
            return question(&Writer::maker(self.employee, access));
        }
        // What is on this device is in its person's sight.
        question(&Writer::of(self.reading, self.employee, access, true))
    }
}

/// The records that a value names: an id, or a list of ids.
pub(crate) fn ids_in(value: &Scalar) -> Vec<DocumentId> {
    let Some(text) = value.as_text() else { return Vec::new() };
    if let Ok(id) = text.parse() {
        return vec![id];
    }
    let items: Vec<String> = serde_json::from_str(text).unwrap_or_default();
    items.iter().filter_map(|item| item.parse().ok()).collect()
}

/// What stands in the place that a printed path names; nothing where this version knows no such place.
fn standing_at(reading: &Reading, path: &str) -> Scalar {
    let Ok(path) = path.parse::<FieldPath>() else { return Scalar::Null };
    match (path.row, &path.column) {
        (Some(row), Some(column)) => {
            reading.row(&path.field, row).map_or(Scalar::Null, |row| row.value(column).clone())
        }
        _ => match schema(reading.kind).field(&path.field).map(|field| &field.shape) {
            Some(Shape::Text) => Scalar::Text(reading.text(&path.field).to_owned()),
            _ => reading.value(&path.field).clone(),
        },
    }
}

fn withdrawal_view(one: &Withdrawal, names: &Names) -> WithdrawalView {
    WithdrawalView { by: names.link(one.by), at: one.at, why: one.why.clone() }
}

fn attention_item(item: Attention, names: &Names) -> AttentionItem {
    let people = item.people().into_iter().map(|id| names.link(id)).collect();
    AttentionItem { owner: item.owner(), people, item }
}
