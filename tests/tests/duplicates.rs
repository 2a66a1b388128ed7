//! Records that people apart merged into one another: none vanishes, and every device and the office say the same.
#![expect(clippy::unwrap_used, reason = "a test ends where a promise is broken")]

use std::path::Path;

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::intent::Intent;
use halyard_domain::kind::Kind;
use halyard_domain::reading::FieldPath;
use halyard_domain::records::{Complaint, Customer};
use halyard_domain::schema::root_key;
use halyard_domain::value::Scalar;
use halyard_tables::list::{ListQuery, Show};
use halyard_tables::sql::SqlValue;
use halyard_tests::harness::{Office, RelayFolder, TestDevice};

/// Of a customer: what it is a duplicate of, and how many complaints of it are open.
type Said = (DocumentId, Option<DocumentId>, i64);

fn on_device(device: &TestDevice) -> Vec<Said> {
    let columns = ["merged_into", "open_complaints"];
    let query = ListQuery { show: Show::Everything, ..ListQuery::of(Kind::Customer, &columns, 50) };
    let rows = device.device.list(&query).unwrap().rows.into_iter();
    let cell = |cell: Option<&SqlValue>| cell.unwrap().clone();
    let mut found: Vec<Said> = rows
        .map(|row| (row.document, cell(row.cells.first()).document(), cell(row.cells.get(1)).int().unwrap()))
        .collect();
    found.sort_unstable();
    found
}

/// The same in the office database, as a report reads it.
fn in_office(data: &Path) -> Vec<[String; 3]> {
    let office = Office::in_folder(data).unwrap();
    let rows = office.rows("SELECT id, merged_into, open_complaints FROM customer ORDER BY id", &[]).unwrap();
    rows.into_iter().map(|row| row.try_into().unwrap()).collect()
}

fn as_report(said: &[Said]) -> Vec<[String; 3]> {
    let id = |id: DocumentId| id.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let row = |&(document, into, complaints): &Said| {
        [id(document), into.map(id).unwrap_or_default(), complaints.to_string()]
    };
    said.iter().map(row).collect()
}

fn merge(device: &TestDevice, duplicate: DocumentId, into: DocumentId) {
    let value = Scalar::Text(into.to_string());
    let set = Intent::Set { path: FieldPath::root(root_key::MERGED_INTO), value };
    device.device.edit(duplicate, vec![set]).unwrap();
}

fn standing(device: &TestDevice) -> Vec<DocumentId> {
    let page = device.device.list(&ListQuery::of(Kind::Customer, &[], 50)).unwrap();
    page.rows.into_iter().map(|row| row.document).collect()
}

async fn settle(devices: &[&TestDevice]) {
    for _ in 0..2 {
        for device in devices {
            device.sync().await.unwrap();
        }
    }
}

#[tokio::test]
async fn of_customers_merged_into_one_another_apart_one_stays_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let address = RelayFolder::without_tls(&folder.path().join("relay"), "Тепло Сервіс").unwrap();
    let _relay = address.start().unwrap();
    let open = |name| TestDevice::open(folder.path(), name).unwrap();
    let (first, second, third) = (open("first"), open("second"), open("third"));
    first.enrol(&address, "Бондар Олена Ігорівна", "dispatcher").await.unwrap();
    second.enrol(&address, "Мельник Оксана Василівна", "dispatcher").await.unwrap();
    let mut customers = ["Липки 7", "Липки-7", "Липки, 7"]
        .map(|name| first.device.create(Kind::Customer, vec![Customer::NAME.set(&name.to_owned())]).unwrap());
    customers.sort_unstable();
    let [a, b, c] = customers;
    for customer in customers {
        let about = vec![Complaint::CUSTOMER.set(&Ref::to(customer))];
        first.device.create(Kind::Complaint, about).unwrap();
    }
    settle(&[&first, &second]).await;

    merge(&first, a, b);
    merge(&first, b, c);
    merge(&second, c, a);
    settle(&[&first, &second]).await;
    third.enrol(&address, "Шевчук Тарас Михайлович", "dispatcher").await.unwrap();
    settle(&[&third]).await;

    // b leads to a by way of c, whose complaint counts for it too.
    let expected = [(a, None, 3), (b, Some(c), 1), (c, Some(a), 2)];
    for device in [&first, &second, &third] {
        assert_eq!(on_device(device), expected, "{}", device.name);
        assert_eq!(standing(device), [a], "{}", device.name);
    }
    assert_eq!(in_office(address.data()), as_report(&expected));

    // One that was no duplicate after all comes back, and takes with it what was merged into it.
    let reading = second.device.show(c).unwrap().reading;
    let edits = second.device.restoring(c, &reading).unwrap();
    second.device.save(&edits).unwrap();
    settle(&[&second, &first, &third]).await;
    let expected = [(a, None, 1), (b, Some(c), 1), (c, None, 2)];
    for device in [&first, &second, &third] {
        assert_eq!(on_device(device), expected, "{}", device.name);
    }
    assert_eq!(in_office(address.data()), as_report(&expected));
}
