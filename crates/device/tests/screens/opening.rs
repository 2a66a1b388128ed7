//! Forms that are opened and looked through: nothing of them is saved.

use halyard_device::screens::ScreenError;
use halyard_device::screens::form::{FormChecked, FormToCheck, FormToOpen, FormView, check_form, open_form};
use halyard_domain::id::DocumentId;
use halyard_domain::kind::Kind;
use halyard_domain::saving::Why;
use halyard_domain::written::Miswritten;
use serde_json::{Value, json};

use crate::world::World;

fn fresh(world: &World, kind: Kind, from: Option<DocumentId>) -> FormView {
    open_form(&world.app, &FormToOpen { kind, document: None, from }).unwrap()
}

fn check(world: &World, kind: Kind, document: DocumentId, writes: Value) -> Result<FormChecked, ScreenError> {
    let writes = serde_json::from_value(writes).unwrap();
    check_form(&world.app, &FormToCheck { kind, document, seen: Vec::new(), writes })
}

#[test]
fn a_new_record_begins_with_what_the_one_it_is_made_from_says() {
    let world = World::new();
    let visit = fresh(&world, Kind::Visit, Some(world.card));
    assert_eq!(visit.values["card"], json!(world.card));
    assert_eq!(visit.values["customer"], json!(world.customer));
    assert_eq!(visit.values["equipment"], json!(world.equipment));
    assert!(visit.links.iter().any(|link| link.document == world.customer && !link.title.is_empty()));

    let complaint = fresh(&world, Kind::Complaint, Some(world.visit));
    assert_eq!(complaint.values["visit"], json!(world.visit));
    assert_eq!(complaint.values["card"], json!(world.card));
    // A customer who is made beside another is not recommended by them.
    assert!(fresh(&world, Kind::Customer, Some(world.customer)).values.is_empty());
}

#[test]
fn a_record_is_opened_with_its_values_in_the_shape_a_form_gives_them_back_in() {
    let world = World::new();
    let asked = FormToOpen { kind: Kind::ServiceCard, document: Some(world.card), from: None };
    let card = open_form(&world.app, &asked).unwrap();
    let works = &card.rows["planned_works"];
    assert_eq!(works[0].columns["volume"], json!("2"));
    assert!(card.links.iter().any(|link| link.document == world.flushing));
    let head = card.head.unwrap();
    assert!(!head.heads.is_empty());
    let same = json!({ "set": card.values });
    assert!(check(&world, Kind::ServiceCard, world.card, same).unwrap().objections.is_empty());

    let asked = FormToOpen { kind: Kind::Customer, document: Some(world.card), from: None };
    assert_eq!(
        open_form(&world.app, &asked).unwrap_err(),
        ScreenError::AnotherKind { document: world.card, kind: Kind::ServiceCard }
    );
}

#[test]
fn what_is_wrong_is_said_at_its_place_and_nothing_is_saved() {
    let world = World::new();
    let form = fresh(&world, Kind::Customer, None);
    let row = world.device().new_row();
    let writes = json!({
        "set": { "name": "Криниця", "registry_code": "14360571" },
        "add": [{ "field": "contacts", "row": row, "columns": { "phones": ["12"] } }],
    });
    let found = check(&world, Kind::Customer, form.document, writes).unwrap().objections;
    let told: Vec<String> = found.iter().map(|one| one.path.to_string()).collect();
    assert_eq!(told, ["registry_code".to_owned(), format!("contacts/{row}/phones")]);
    assert_eq!(found[0].why, Why::Miswritten(Miswritten::ControlDigit));
    assert_eq!(world.device().kind_of(form.document).unwrap(), None);
}

#[test]
fn records_that_may_be_the_same_are_named_before_a_second_is_made() {
    let world = World::new();
    let form = fresh(&world, Kind::Customer, None);
    let device = world.device();
    let reading = device.show(world.customer).unwrap().reading;
    let name = reading.value("name").as_text().unwrap().to_uppercase();
    let alike = |set: Value| {
        let found = check(&world, Kind::Customer, form.document, json!({ "set": set })).unwrap().alike;
        found.into_iter().map(|one| one.document).collect::<Vec<_>>()
    };
    assert_eq!(alike(json!({ "name": name })), [world.customer]);
    assert_eq!(alike(json!({ "name": "Інша назва" })), []);
    // Of a record that is there nobody asks whether it is there.
    let found = check(&world, Kind::Customer, world.customer, json!({ "set": { "name": name } })).unwrap();
    assert!(found.alike.is_empty());
}
