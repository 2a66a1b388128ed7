//! Records that two people wrote at once, and whether this employee may decide about them.

use std::collections::{BTreeMap, BTreeSet};

use halyard_domain::hash::ChangeHash;
use halyard_domain::id::DocumentId;
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::Reading;
use halyard_domain::rights::{Access, Writer, judge_intents};
use halyard_domain::value::Scalar;
use halyard_tables::list::{Filter, ListQuery};
use halyard_tables::tables::column;

use crate::device::Device;
use crate::error::DeviceError;

/// So many of a kind are looked through at most.
const MOST: u32 = 1_000;

/// What was found out about records in dispute, so that only what changed is opened again.
#[derive(Debug, Default)]
pub(crate) struct Judged {
    /// With which rights.
    access: Option<Access>,
    /// Whether the employee may decide, and at which heads of the record that was so.
    records: BTreeMap<DocumentId, (Vec<ChangeHash>, bool)>,
}

impl Device {
    /// Records with a conflict that this employee's rights decide.
    pub(crate) fn to_decide(
        &self,
        employee: DocumentId,
        judged: &mut Judged,
    ) -> Result<BTreeSet<DocumentId>, DeviceError> {
        let Some(access) = self.access()? else { return Ok(BTreeSet::new()) };
        let mut before = std::mem::take(judged);
        if before.access.as_ref() != Some(&access) {
            before.records.clear();
        }
        for &kind in Kind::ALL {
            let disputed = Filter::Between {
                column: column::CONFLICTS.to_owned(),
                from: Some(Scalar::Int(1)),
                to: None,
            };
            let query = ListQuery { filters: vec![disputed], ..ListQuery::of(kind, &[column::ID], MOST) };
            for row in self.list(&query)?.rows {
                let Some(stored) = self.store.document(row.document)? else { continue };
                let known = before.records.remove(&row.document).filter(|(heads, _)| *heads == stored.heads);
                let decides = match known {
                    Some((_, decides)) => Some(decides),
                    None => self.reading_of(row.document)?.map(|one| decides(&one, employee, &access)),
                };
                judged.records.extend(decides.map(|decides| (row.document, (stored.heads, decides))));
            }
        }
        judged.access = Some(access);
        Ok(judged
            .records
            .iter()
            .filter(|(_, (_, decides))| *decides)
            .map(|(document, _)| *document)
            .collect())
    }
}

/// Whether somebody may decide a conflict of a record.
fn decides(reading: &Reading, employee: DocumentId, access: &Access) -> bool {
    let writer = Writer::of(reading, employee, access, true);
    reading.conflicts().iter().any(|conflict| {
        let value = conflict.alternatives.last().map_or(Scalar::Null, |one| one.value.clone());
        let intent = Intent::Set { path: conflict.path.clone(), value };
        judge_intents(&writer, reading, &[intent]).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use halyard_domain::records::Customer;
    use halyard_domain::rights::shipped_roles;
    use halyard_protocol::cbor;
    use halyard_protocol::hash::RightsVersion;
    use halyard_protocol::pull::Me;
    use halyard_protocol::schema::Schema;
    use halyard_store::{PageCommit, SyncStateChange};

    use super::*;
    use crate::edit::RecordEdit;
    use crate::sync::bench;

    /// A customer whose name two people wrote at once.
    fn disputed(device: &Device, name: &str) -> DocumentId {
        let named = |name: &str| vec![Customer::NAME.set(&name.to_owned())];
        let document = device.create(Kind::Customer, named(name)).unwrap();
        let seen = device.store.document(document).unwrap().unwrap().heads;
        device.edit(document, named("Ясен")).unwrap();
        let late = RecordEdit::editing(document, Kind::Customer, named("Терен"));
        device.save(&[RecordEdit { seen, ..late }]).unwrap();
        document
    }

    #[test]
    fn a_record_in_dispute_is_opened_when_it_changed_and_one_that_cannot_be_is_left_out() {
        let folder = tempfile::tempdir().unwrap();
        let device = bench::device(folder.path());
        let [known, damaged] = ["Мак", "Клен"].map(|name| disputed(&device, name));
        let me = Me {
            employee: device.employee().unwrap(),
            roles: shipped_roles().iter().map(|role| role.id).collect(),
            teams: Vec::new(),
            rights: RightsVersion::default(),
            schema: Schema::default(),
        };
        let me = SyncStateChange { me: Some(cbor::encode(&me).unwrap()), ..SyncStateChange::default() };
        device.store.commit_page(PageCommit { state: me, ..PageCommit::default() }).unwrap();
        let damage = |document: DocumentId| {
            let sql = "UPDATE document_change SET chunk = x'00' WHERE document = ?1";
            bench::beside(folder.path()).execute(sql, [document.as_bytes().as_slice()]).unwrap();
        };
        damage(damaged);

        let employee = device.employee().unwrap();
        let mut judged = Judged::default();
        let mut to_decide = || device.to_decide(employee, &mut judged).unwrap();
        assert_eq!(to_decide(), BTreeSet::from([known]));
        // Nobody looks into what has not changed.
        damage(known);
        assert_eq!(to_decide(), BTreeSet::from([known]));
    }
}
