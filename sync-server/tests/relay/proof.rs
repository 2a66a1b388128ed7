//! What is stored is whole, and what is not is found.

use halyard_domain::kind::Kind;
use halyard_domain::records::{Customer, Priority, ServiceCard};
use halyard_protocol::hash::Position;
use halyard_sync_server::relay::Finding;

use super::world::{Site, World};

async fn world_with_a_card() -> (World, Site) {
    let world = World::new().await;
    let site = {
        let mut office = world.tablet_of("Бондар", "dispatcher").await;
        let mut technician = world.tablet_of("Коваль", "technician").await;
        let site = office.make_card();
        office.make_visit(site, &[technician.employee]);
        office.push_well().await;
        technician.pull().await;
        technician.edit(site.card, &[ServiceCard::PRIORITY.set(&Priority::High)]);
        technician.push().await;
        site
    };
    (world, site)
}

/// Damages one thing behind the relay's back and looks for the finding.
async fn check(sql: &str, expected: impl Fn(Site) -> Finding) {
    let (world, site) = world_with_a_card().await;
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
    let changed = world.database().execute(sql, [site.card.as_bytes()]).unwrap();
    assert_eq!(changed, 1, "{sql}");

    let found = world.relay.verify(world.workspace).await.unwrap();

    let expected = expected(site);
    let same = |finding: &Finding| std::mem::discriminant(finding) == std::mem::discriminant(&expected);
    assert!(found.findings.iter().any(same), "{:?} lack {expected:?}", found.findings);
}

/// An SQL expression with the byte at a place of `column` flipped.
fn flipped(column: &str, at: u32) -> String {
    format!(
        "CAST(substr({column}, 1, {at}) AS BLOB) || CAST(x'5a' AS BLOB) || CAST(substr({column}, {at} + 2) AS BLOB)"
    )
}

#[tokio::test]
async fn a_flipped_byte_of_a_change_is_found() {
    let sql = format!(
        "UPDATE change SET bytes = CAST({} AS BLOB) WHERE document_id = ?1 AND place = 2",
        flipped("bytes", 60)
    );
    check(&sql, |site| Finding::Change { document: site.card, hash: String::new() }).await;
}

#[tokio::test]
async fn a_flipped_byte_of_a_snapshot_is_found() {
    let sql = format!(
        "UPDATE document_state SET snapshot = CAST({} AS BLOB) WHERE document_id = ?1",
        flipped("snapshot", 80)
    );
    check(&sql, |site| Finding::Snapshot(site.card)).await;
}

#[tokio::test]
async fn another_content_of_a_document_is_found() {
    let sql = "UPDATE document_state
               SET reading = (SELECT reading FROM document_state AS other WHERE other.document_id <> ?1 LIMIT 1)
               WHERE document_id = ?1";
    check(sql, |site| Finding::Content(site.card)).await;
}

#[tokio::test]
async fn other_heads_of_a_document_are_found() {
    check("UPDATE document SET heads = zeroblob(32) WHERE document_id = ?1", |site| {
        Finding::Heads(site.card)
    })
    .await;
}

#[tokio::test]
async fn a_flipped_byte_of_an_envelope_is_found() {
    let sql = format!(
        "UPDATE envelope SET header = CAST({} AS BLOB)
         WHERE envelope_hash = (SELECT envelope_hash FROM change WHERE document_id = ?1 AND place = 1)",
        "replace(hex(header), '0', '0')"
    );
    // Hexadecimal text in the place of the bytes cannot be read at all, which is an error and no finding.
    let (world, site) = world_with_a_card().await;
    world.database().execute(&sql, [site.card.as_bytes()]).unwrap();
    assert!(world.relay.verify(world.workspace).await.is_err());
    let sql = "UPDATE envelope
               SET receipt = (SELECT receipt FROM envelope AS other WHERE other.document_id <> ?1 LIMIT 1)
               WHERE document_id = ?1 AND outcome = 'quarantined'";
    check(sql, |_| Finding::Envelope(halyard_protocol::hash::EnvelopeHash([0; 32]))).await;
}

#[tokio::test]
async fn a_lost_tail_a_gap_and_another_entry_of_the_log_are_found() {
    let tail = "DELETE FROM log
                WHERE position = (SELECT MAX(position) FROM log) AND ?1 IS NOT NULL";
    check(tail, |_| Finding::Gap(Position(0))).await;
    check("DELETE FROM log WHERE position = 3 AND ?1 IS NOT NULL", |_| Finding::Gap(Position(3))).await;
    check("UPDATE log SET identity = zeroblob(32) WHERE position = 4 AND ?1 IS NOT NULL", |_| {
        Finding::RunningHash(Position(4))
    })
    .await;
}

#[tokio::test]
async fn damage_that_no_record_shows_is_found() {
    let (world, _) = world_with_a_card().await;
    world.spoil_index("complaint_by_state_received_at_id");
    let found = world.relay.verify(world.workspace).await.unwrap();
    assert!(found.findings.iter().all(|finding| matches!(finding, Finding::File(_))), "{:?}", found.findings);
    assert!(!found.findings.is_empty());
}

#[tokio::test]
async fn an_office_row_somebody_changed_is_found_and_rebuilt() {
    let sql = "UPDATE service_card SET subject = 'змінено' WHERE id = ?1";
    check(sql, |_| Finding::OfficeRow(String::new())).await;

    let (world, site) = world_with_a_card().await;
    world.database().execute(sql, [site.card.as_bytes()]).unwrap();
    let report = world.relay.rebuild_office(world.workspace).await.unwrap();
    assert_eq!(report.failures, []);
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

#[tokio::test]
async fn a_fault_in_the_office_rows_holds_nothing_up_and_a_rebuild_mends_it() {
    let world = World::new().await;
    let mut office = world.tablet_of("Бондар", "dispatcher").await;
    let mut other = world.tablet_of("Ткач", "dispatcher").await;
    other.pull().await;
    let fault = "CREATE TRIGGER fault BEFORE INSERT ON customer BEGIN SELECT RAISE(ABORT, 'a fault'); END";
    world.database().execute_batch(fault).unwrap();

    let customer = office.make(Kind::Customer, &[Customer::NAME.set(&"Оболонь".to_owned())]);
    office.push_well().await;
    other.pull().await;
    assert_eq!(other.reading(customer), office.reading(customer));
    let report = world.relay.office_report(world.workspace).await.unwrap();
    assert_eq!(report.failures.iter().map(|(document, _)| *document).collect::<Vec<_>>(), [customer]);
    let found = world.relay.verify(world.workspace).await.unwrap();
    assert!(
        found
            .findings
            .iter()
            .any(|one| matches!(one, Finding::OfficeFailure(document, _) if *document == customer))
    );

    world.database().execute_batch("DROP TRIGGER fault").unwrap();
    let report = world.relay.rebuild_office(world.workspace).await.unwrap();
    assert_eq!(report.failures, []);
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}

#[tokio::test]
async fn everything_answered_is_there_after_the_relay_was_started_anew() {
    let (world, site) = world_with_a_card().await;
    let head = world.relay.workspace(world.workspace).await.unwrap().head;

    let world = world.restarted();

    assert_eq!(world.relay.workspace(world.workspace).await.unwrap().head, head);
    let mut office = world.tablet_of("Ткач", "dispatcher").await;
    office.pull().await;
    assert_eq!(office.number(site.card).as_deref(), Some("SC-2026-00001"));
    world.all_is_well(&world.relay.verify(world.workspace).await.unwrap());
}
