//! Forms: making and editing records, steps of complaints, photos, imports, wishes.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use halyard_device::actions::complaints::{CardStep, ComplaintStep, take_card_step, take_complaint_step};
use halyard_device::actions::deciding::{
    ConflictToDecide, Wish, WishToAnswer, answer_proposal, decide_conflict, propose,
};
use halyard_device::actions::files::{PhotoAsked, PhotoToAdd, add_photo, photo};
use halyard_device::actions::importing::{
    FileToImport, FileTrouble, ImportToUndo, import_file, imports, look_at_import, refused_of_import,
    undo_import,
};
use halyard_device::actions::records::{
    RecordToEdit, RecordToMake, RecordsToEdit, Writes, create_record, edit_record, edit_records,
};
use halyard_device::import::columns::Column;
use halyard_device::import::table::{MAX_CELL, MAX_ROW_CELLS, ReadAs, Separator};
use halyard_device::screens::ScreenError;
use halyard_device::screens::complaint::complaint_page;
use halyard_device::screens::photos::PhotoState;
use halyard_device::screens::status::{Nothing, sync_status};
use halyard_device::screens::visit::PageOf;
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::records::{CardAct, ComplaintAct};
use halyard_domain::rules::Missing;
use halyard_domain::saving::Why;
use halyard_domain::value::Scalar;
use serde_json::{Value, json};

use crate::seen::heads;
use crate::visit::{objection, page};
use crate::world::{World, window};

fn writes(set: &Value) -> Writes {
    serde_json::from_value(json!({ "set": set })).unwrap()
}

#[test]
fn a_form_gives_values_as_json_and_the_record_has_them_in_canonical_form() {
    let world = World::new();
    let form = json!({
        "set": { "name": "  Насос ", "phones": ["+380441112233"], "status": "prospect" },
        "add": [{ "field": "contacts", "columns": { "surname": "Мороз", "phones": [], "position": "" } }],
    });
    let writes = serde_json::from_value(form).unwrap();
    let asked = RecordToMake { kind: Kind::Customer, document: None, writes, form: None };
    let done = create_record(&world.app, &asked).unwrap();
    let made = done.records[0].document;
    let reading = world.device().show(made).unwrap().reading;
    assert_eq!(reading.value("name").as_text(), Some("Насос"));
    assert_eq!(reading.value("phones").as_text(), Some(r#"["+380441112233"]"#));
    let contact = &reading.rows("contacts")[0];
    assert_eq!(contact.value("surname").as_text(), Some("Мороз"));
    assert!(contact.value("position").is_null());

    let asked = RecordToEdit {
        document: made,
        seen: Vec::new(),
        writes: self::writes(&json!({ "status": null })),
        form: None,
    };
    edit_record(&world.app, &asked).unwrap();
    assert!(world.device().show(made).unwrap().reading.value("status").is_null());
}

#[test]
fn a_value_its_field_cannot_hold_is_refused_with_its_place() {
    let world = World::new();
    let refused = |set: Value| {
        let asked =
            RecordToEdit { document: world.visit, seen: Vec::new(), writes: writes(&set), form: None };
        match edit_record(&world.app, &asked).unwrap_err() {
            ScreenError::WrongValue { path, .. } => path,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(json!({ "duration_minutes": "довго" })), "duration_minutes");
    assert_eq!(refused(json!({ "nothing_like_it": 1 })), "nothing_like_it");
    assert_eq!(refused(json!({ "works": [] })), "works");
}

#[test]
fn a_form_sent_twice_makes_one_record() {
    let world = World::new();
    let document = Some(world.device().new_id());
    let asked = RecordToMake {
        kind: Kind::Equipment,
        document,
        writes: writes(&json!({ "name": "Чилер" })),
        form: None,
    };
    create_record(&world.app, &asked).unwrap();
    assert!(create_record(&world.app, &asked).unwrap().records.is_empty());
}

#[test]
fn several_records_get_the_same_value_or_none_does() {
    let world = World::new();
    let other = world.planned_visit(window(3, 9, 10));
    let set = writes(&json!({ "pinned": true })).set;
    let asked = RecordsToEdit { documents: vec![world.visit, other], set, form: None };
    edit_records(&world.app, &asked).unwrap();
    assert!(page(&world).is_pinned);
    let missing = world.device().new_id();
    let set = writes(&json!({ "pinned": false })).set;
    let asked = RecordsToEdit { documents: vec![world.visit, missing], set, form: None };
    let error = edit_records(&world.app, &asked).unwrap_err();
    assert_eq!(error, ScreenError::NoSuchRecord { document: missing });
    assert!(page(&world).is_pinned);
}

fn file(world: &World) -> DocumentId {
    let set = json!({ "complaint_kind": "failure", "severity": "major", "equipment": world.equipment });
    let asked = RecordToMake { kind: Kind::Complaint, document: None, writes: writes(&set), form: None };
    create_record(&world.app, &asked).unwrap().records[0].document
}

#[test]
fn complaints_on_one_object_are_told_while_they_are_open_or_recent() {
    let world = World::new();
    let alike = |complaint| -> BTreeSet<DocumentId> {
        world.device().alike(complaint).unwrap().into_iter().map(|one| one.document).collect()
    };
    let first = file(&world);
    assert!(alike(first).is_empty());
    let second = file(&world);
    assert_eq!(alike(second), BTreeSet::from([first]));
    world.minutes_pass(15 * 24 * 60);
    let third = file(&world);
    assert_eq!(alike(third), BTreeSet::from([first, second]), "still open, however old");
    for complaint in [first, second, third] {
        let reason = Some("повтор".to_owned());
        let act = ComplaintAct::Rejected;
        let asked = ComplaintStep { complaint, act, reason, mark: None, comment: None, form: None };
        take_complaint_step(&world.app, &asked).unwrap();
    }
    world.minutes_pass(15 * 24 * 60);
    assert!(alike(file(&world)).is_empty());
}

#[test]
fn a_complaint_is_closed_only_with_cause_action_and_the_customers_word() {
    let world = World::new();
    let complaint = file(&world);
    let step = |act| {
        let asked = ComplaintStep { complaint, act, reason: None, mark: None, comment: None, form: None };
        take_complaint_step(&world.app, &asked)
    };
    step(ComplaintAct::Answered).unwrap();
    let missing = vec![Missing::Cause, Missing::FinishedCorrectiveAction, Missing::CustomersAnswer];
    assert_eq!(objection(&step(ComplaintAct::Closed).unwrap_err()), Why::NotClosable { missing });
    assert!(matches!(step(ComplaintAct::CustomerAnswered), Err(ScreenError::Required { .. })));
    let seen = complaint_page(&world.app, &PageOf::now(complaint)).unwrap();
    assert!(!seen.steps.contains(&ComplaintAct::Closed));
    let refused = step(ComplaintAct::Accepted).unwrap_err();
    assert!(matches!(objection(&refused), Why::ComplaintStep { .. }));
}

#[test]
fn a_card_goes_into_force_and_not_out_of_order() {
    let world = World::new();
    let step = |act| {
        let reason = Some("на прохання контрагента".to_owned());
        take_card_step(&world.app, &CardStep { card: world.card, act, reason, next_card: None, form: None })
    };
    assert!(matches!(objection(&step(CardAct::Closed).unwrap_err()), Why::CardStep { .. }));
    step(CardAct::Activated).unwrap();
    step(CardAct::Suspended).unwrap();
}

#[test]
fn a_photo_is_kept_encrypted_and_comes_back_by_its_name() {
    let world = World::new();
    let asked = PhotoToAdd {
        document: world.visit,
        content: STANDARD.encode(b"a picture of a boiler"),
        media_type: "image/jpeg".to_owned(),
        thumbnail: Some(STANDARD.encode(b"small")),
        caption: Some("Тиск до робіт".to_owned()),
        moment: None,
    };
    add_photo(&world.app, &asked).unwrap();
    let kept = &page(&world).photos[0];
    let sha256 = kept.sha256.clone().unwrap();
    assert_eq!((kept.caption.as_deref(), kept.bytes), (Some("Тиск до робіт"), Some(21)));
    assert_eq!(kept.state, PhotoState::OnDevice);
    assert_eq!(sync_status(&world.app, &Nothing {}).unwrap().photos_only_here, 1);

    let whole = photo(&world.app, &PhotoAsked { sha256: sha256.clone(), small: false }).unwrap().unwrap();
    assert_eq!(STANDARD.decode(whole.content).unwrap(), b"a picture of a boiler");
    assert_eq!(whole.state, PhotoState::OnDevice);
    let small = photo(&world.app, &PhotoAsked { sha256, small: true }).unwrap().unwrap();
    assert_eq!(STANDARD.decode(small.content).unwrap(), b"small");
    let unknown = PhotoAsked { sha256: "0".repeat(64), small: false };
    assert!(photo(&world.app, &unknown).unwrap().is_none());
}

#[test]
fn a_file_is_looked_at_imported_and_taken_back() {
    let world = World::new();
    let content = STANDARD.encode("Назва;ЄДРПОУ\nТОВ «Агро-Полісся»;32855961\nТОВ «Помилка»;123\n");
    let asked = FileToImport { name: "клієнти.csv".to_owned(), content, read_as: None };
    let look = look_at_import(&world.app, &asked).unwrap();
    assert_eq!((look.preview.customers.made, look.preview.refused.len()), (1, 1));
    assert_eq!((look.rows, look.records, look.refusal), (2, 1, None));
    assert_eq!(look.separator, Some(Separator::Semicolon));
    let holds: Vec<_> = look.columns.iter().map(|one| (one.holds, one.example.as_str())).collect();
    let expected = [(Column::Name, "ТОВ «Агро-Полісся»"), (Column::RegistryCode, "32855961")];
    assert_eq!(holds, expected.map(|(column, example)| (Some(column), example)));
    assert_eq!(refused_of_import(&world.app, &asked).unwrap(), look.preview.refused);
    // Whoever says that nothing of it is to be taken takes nothing, and still sees the table.
    let said = ReadAs { columns: Some(vec![None, None]), ..ReadAs::default() };
    let none = FileToImport { read_as: Some(said), ..asked.clone() };
    assert_eq!(look_at_import(&world.app, &none).unwrap().records, 0);
    assert!(world.device().find("32855961", &[Kind::Customer]).unwrap().is_empty());

    import_file(&world.app, &asked).unwrap();
    let listed = imports(&world.app, &Nothing {}).unwrap();
    assert_eq!((listed[0].file.as_str(), listed[0].made, listed[0].is_undone), ("клієнти.csv", 1, false));
    assert_eq!(world.device().find("32855961", &[Kind::Customer]).unwrap().len(), 1);
    let undone =
        undo_import(&world.app, &ImportToUndo { name: None, why: "не той файл".to_owned(), form: None })
            .unwrap();
    assert_eq!((undone.withdrawn, undone.left), (1, 0));
    let error = undo_import(&world.app, &ImportToUndo { name: None, why: "ще раз".to_owned(), form: None })
        .unwrap_err();
    assert_eq!(error, ScreenError::NothingToUndo);
    let text = FileToImport { name: "лист.docx".to_owned(), content: String::new(), read_as: None };
    let error = look_at_import(&world.app, &text).unwrap_err();
    assert_eq!(error, ScreenError::File { trouble: FileTrouble::UnknownFormat });
}

#[test]
fn no_cell_of_a_file_is_sent_to_the_page_longer_than_a_table_shows() {
    let world = World::new();
    let text = |signs: usize| "ї".repeat(signs);
    let [long, usual] = [text(1_000_000), text(30_000)];
    let rows = format!("Назва;ЄДРПОУ;{usual}\nЯсен;32855961;{usual}\nТерен;1;{usual}\nКлен;;{long}\n");
    let file = |text: String| FileToImport {
        name: "клієнти.csv".to_owned(),
        content: STANDARD.encode(text),
        read_as: None,
    };
    let asked = file(rows);
    let look = look_at_import(&world.app, &asked).unwrap();
    assert_eq!((look.counts.lines, look.counts.refused), (1, 2));
    let sent = serde_json::to_string(&look).unwrap();
    assert!(sent.len() < 10_000, "{} bytes", sent.len());
    assert!(sent.contains("їїї…"), "{sent}");

    let refused = refused_of_import(&world.app, &asked).unwrap();
    let last = |at: usize| refused[at].cells.last().unwrap();
    assert_eq!(last(0), &usual, "a file of the refused rows has what stood there");
    assert!(last(1).len() < 1_000 && last(1).ends_with('…'), "{} bytes", last(1).len());
    assert_eq!(import_file(&world.app, &asked).unwrap().records, 1);

    // What stands behind the last cell a row may have is not sent at all.
    let wide = format!("Назва;ЄДРПОУ\nЯсен;;{}x\n", ";".repeat(100_000));
    let look = look_at_import(&world.app, &file(wide)).unwrap();
    assert_eq!(look.preview.refused.first().map(|row| row.cells.len()), Some(MAX_ROW_CELLS));

    // One cell is the whole file.
    let error = look_at_import(&world.app, &file(long)).unwrap_err();
    let trouble = FileTrouble::LongHeading { column: 1, most: MAX_CELL };
    assert_eq!(error, ScreenError::File { trouble });
}

#[test]
fn a_wish_is_taken_with_its_value() {
    let world = World::new();
    let wanted = window(5, 9, 11);
    let asked = Wish {
        document: world.visit,
        path: FieldPath::root("window"),
        value: json!(wanted.to_string()),
        why: "замовник просить".to_owned(),
    };
    propose(&world.app, &asked).unwrap();
    let mut head = page(&world).head;
    let (proposal, seen) = (head.proposals.remove(0), heads(&head));
    assert_eq!(proposal.why.as_deref(), Some("замовник просить"));
    let answer = WishToAnswer {
        document: world.visit,
        row: proposal.row,
        seen,
        accept: true,
        answer: None,
        form: None,
    };
    answer_proposal(&world.app, &answer).unwrap();
    let seen = page(&world);
    assert_eq!(seen.window, Some(wanted));
    assert!(seen.head.proposals[0].decision.as_ref().unwrap().accepted);

    // The answer was read by whoever wished it: another one is refused.
    let again = answer_proposal(&world.app, &WishToAnswer { accept: false, ..answer }).unwrap_err();
    assert!(matches!(again, ScreenError::AlreadyDecided { accepted: true, .. }), "{again:?}");
    assert_eq!(page(&world).window, Some(wanted));
}

#[test]
fn a_second_wish_of_one_author_takes_the_place_of_the_first() {
    for order in [[0, 1], [1, 0]] {
        let world = World::new();
        for text in ["Замінити насос", "Замінити насос і клапан"] {
            let asked = Wish {
                document: world.visit,
                path: FieldPath::root("findings"),
                value: json!(text),
                why: "не маю права".to_owned(),
            };
            propose(&world.app, &asked).unwrap();
        }
        for which in order {
            let head = page(&world).head;
            let (row, seen) = (head.proposals[which].row, heads(&head));
            let answer =
                WishToAnswer { document: world.visit, row, seen, accept: true, answer: None, form: None };
            world.minutes_pass(1);
            answer_proposal(&world.app, &answer).unwrap();
        }
        let texts = ["Замінити насос", "Замінити насос і клапан"];
        assert_eq!(page(&world).findings, texts[order[1]]);
    }
}

#[test]
fn of_a_workbook_the_sheet_that_is_asked_for_is_read_and_the_others_are_named() {
    let world = World::new();
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, customer) in [("Титул", "Не клієнт"), ("Клієнти", "ТОВ «Агро-Полісся»")]
    {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        sheet.write(0, 0, "Назва").unwrap();
        sheet.write(1, 0, customer).unwrap();
    }
    let content = STANDARD.encode(book.save_to_buffer().unwrap());
    let file = |sheet: Option<&str>| FileToImport {
        name: "клієнти.xlsx".to_owned(),
        content: content.clone(),
        read_as: Some(ReadAs { sheet: sheet.map(ToOwned::to_owned), ..ReadAs::default() }),
    };
    let look = look_at_import(&world.app, &file(None)).unwrap();
    assert_eq!((look.sheet.as_deref(), look.other_sheets), (Some("Титул"), vec!["Клієнти".to_owned()]));
    let look = look_at_import(&world.app, &file(Some("Клієнти"))).unwrap();
    assert_eq!((look.sheet.as_deref(), look.other_sheets), (Some("Клієнти"), vec!["Титул".to_owned()]));
    import_file(&world.app, &file(Some("Клієнти"))).unwrap();
    assert_eq!(world.device().find("Агро-Полісся", &[Kind::Customer]).unwrap().len(), 1);
    assert!(world.device().find("Не клієнт", &[Kind::Customer]).unwrap().is_empty());
    let gone = look_at_import(&world.app, &file(Some("Клієнти-2"))).unwrap_err();
    assert_eq!(gone, ScreenError::File { trouble: FileTrouble::NoSuchSheet });
}

#[test]
fn there_is_nothing_to_decide_where_nobody_disagrees() {
    let world = World::new();
    let path = FieldPath::root("window");
    let asked =
        ConflictToDecide { document: world.visit, path: path.clone(), seen: Vec::new(), value: Scalar::Null };
    assert_eq!(decide_conflict(&world.app, &asked).unwrap_err(), ScreenError::NotInConflict { path });
}
