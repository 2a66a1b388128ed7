//! Forms that were left: there until they are sent, and sent once.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use halyard_device::actions::files::{DraftOfForm, FormAsked, draft, drafts, drop_draft, keep_draft};
use halyard_device::actions::importing::{FileToImport, import_file};
use halyard_device::actions::visit_facts::{WorkToAdd, add_work};
use halyard_device::calls;
use halyard_device::life::{InvitedBy, invitation};
use halyard_device::screens::status::Nothing;
use halyard_device::sync::SyncError;
use serde_json::{Value, json};

use crate::visit::{flushing, page};
use crate::world::World;

const FORM: &str = "sheet of a visit";

fn keep(world: &World) {
    keep_draft(&world.app, &DraftOfForm { form: FORM.to_owned(), body: json!({ "note": "гуде" }) }).unwrap();
}

fn is_kept(world: &World) -> bool {
    draft(&world.app, &FormAsked { form: FORM.to_owned() }).unwrap().is_some()
}

#[test]
fn a_form_that_was_left_is_there_until_it_is_given_up() {
    let world = World::new();
    keep(&world);
    let kept = drafts(&world.app, &Nothing {}).unwrap();
    assert_eq!((kept.len(), &kept[0].body), (1, &json!({ "note": "гуде" })));
    drop_draft(&world.app, &FormAsked { form: FORM.to_owned() }).unwrap();
    assert!(!is_kept(&world));
}

/// Every call that answers a form, with a question that is answered; in this order.
fn answering(world: &World) -> Vec<(&'static str, Value)> {
    let visit = world.visit;
    add_work(&world.app, &WorkToAdd { visit, work: flushing(world, "1"), form: None }).unwrap();
    let row = page(world).works[0].rows[0].row;
    let work = |volume: &str| {
        json!({
            "work_kind": world.flushing, "unit": world.piece, "volume": volume,
            "period": null, "hours": "1", "who": null, "note": null,
        })
    };
    let complaint = world.device().new_id();
    let filed = json!({ "complaint_kind": "failure", "severity": "major", "equipment": world.equipment });
    let filed = json!({ "kind": "complaint", "document": complaint, "writes": { "set": filed } });
    let view = json!({ "id": world.device().new_id(), "name": "Ранок", "body": {} });
    vec![
        ("add_work", json!({ "visit": visit, "work": work("1") })),
        ("correct_work", json!({ "visit": visit, "seen": [], "row": row, "work": work("2") })),
        ("withdraw_row", json!({ "document": visit, "field": "works", "row": row, "why": "помилка" })),
        ("take_visit_step", json!({ "visit": visit, "act": "travel_started" })),
        ("create_record", filed.clone()),
        // Sent by a window that did not hear of it: it is there already.
        ("create_record", filed),
        ("take_complaint_step", json!({ "complaint": complaint, "act": "rejected", "reason": "повтор" })),
        ("take_card_step", json!({ "card": world.card, "act": "activated" })),
        ("edit_record", json!({ "document": visit, "seen": [], "writes": { "set": { "pinned": true } } })),
        ("edit_records", json!({ "documents": [visit], "set": { "pinned": false } })),
        ("keep_view", json!({ "kind": "visit", "view": view })),
    ]
}

async fn ask(world: &World, call: &str, mut question: Value) -> Result<Value, Box<dyn std::error::Error>> {
    question["form"] = json!(FORM);
    Ok(calls::call(&world.app, call, question).await?)
}

#[tokio::test]
async fn a_form_that_was_sent_is_no_draft_any_more_whatever_it_asked() {
    let world = World::new();
    for (call, question) in answering(&world) {
        keep(&world);
        ask(&world, call, question).await.unwrap();
        assert!(!is_kept(&world), "{call}");
    }
}

#[tokio::test]
async fn what_was_done_is_said_to_be_done_though_its_draft_cannot_be_forgotten() {
    let world = World::new();
    let csv = STANDARD.encode("Назва\nПекарня\n");
    import_file(&world.app, &FileToImport { name: "a.csv".to_owned(), content: csv, read_as: None }).unwrap();
    keep(&world);
    let stays = "CREATE TRIGGER stays BEFORE DELETE ON draft BEGIN SELECT RAISE(ABORT, 'no'); END";
    world.database().execute_batch(stays).unwrap();

    ask(&world, "undo_import", json!({ "why": "не той файл" })).await.unwrap();

    assert!(is_kept(&world));
    world.database().execute_batch("DROP TRIGGER stays").unwrap();
}

#[tokio::test]
async fn an_answered_wish_is_no_draft_any_more() {
    let world = World::new();
    let path = json!({ "field": "findings" });
    let wish = json!({ "document": world.visit, "path": path, "value": "Гуде", "why": "не маю права" });
    calls::call(&world.app, "propose", wish).await.unwrap();
    let head = page(&world).head;
    keep(&world);
    let row = head.proposals[0].row;
    let answer =
        json!({ "document": world.visit, "row": row, "seen": head.heads, "accept": false, "answer": "ні" });
    ask(&world, "answer_proposal", answer).await.unwrap();
    assert!(!is_kept(&world));
}

#[tokio::test]
async fn a_form_that_was_refused_is_a_draft_still() {
    let world = World::new();
    keep(&world);
    let step = json!({ "visit": world.visit, "act": "completed" });
    ask(&world, "take_visit_step", step).await.unwrap_err();
    assert!(is_kept(&world));
}

#[tokio::test]
async fn a_profile_belongs_to_one_person_and_so_do_its_drafts() {
    let world = World::new();
    keep(&world);
    let (relay, code) = ("http://127.0.0.1:9".to_owned(), "7K3M-9QPX".to_owned());
    let for_another = invitation(&InvitedBy::Hand { relay, code }, None).unwrap();
    let refused = world.app.device().enrol(&for_another, "Планшет").await;
    assert!(matches!(refused, Err(SyncError::AlreadyEnrolled)), "{refused:?}");
    assert_eq!(world.device().employee().unwrap(), world.me);
    assert!(is_kept(&world));
}
