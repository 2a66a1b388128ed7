//! The people of the demo company, their teams, and the company itself.

use halyard_domain::id::{DocumentId, Ref};
use halyard_domain::kind::Kind;
use halyard_domain::records::values::{Shift, WorkingHours};
use halyard_domain::records::{
    Address, AddressKind, BankAccount, Company, DirectoryEntry, Employee, Signatory, Team,
};
use rust_decimal::Decimal;

use super::dice::Dice;
use super::identifiers;
use super::names::FullName;
use super::places::REGIONS;
use super::plan::Plan;
use super::record::{DemoRecord, History, Pen, document_id, row_id};
use super::size::Counts;
use super::trades::TRADES;
use halyard_domain::time::Instant;

/// What a person does. The roles of the accounts are called alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Post {
    /// Keeps roles and directories.
    Administrator,
    /// Plans, reviews and answers complaints.
    Dispatcher,
    /// Travels and works.
    Technician,
}

/// An employee of the demo company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The employee's record.
    pub document: DocumentId,
    /// What the person does.
    pub post: Post,
    /// Surname, given name, patronymic.
    pub full_name: String,
    pub(super) name: FullName,
    pub(super) team: usize,
    pub(super) region: usize,
    /// The trades a technician knows.
    pub(super) trades: Vec<usize>,
}

/// Technicians of one team.
const TEAM_SIZE: usize = 10;

impl Post {
    /// The name of the shipped role.
    #[must_use]
    pub const fn role(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Dispatcher => "dispatcher",
            Self::Technician => "technician",
        }
    }
}

/// Everybody: technicians first, then dispatchers, then administrators.
pub(super) fn people(seed: u64, counts: Counts, at: Instant) -> Vec<Person> {
    let posts = [
        (Post::Technician, counts.technicians),
        (Post::Dispatcher, counts.dispatchers),
        (Post::Administrator, counts.administrators),
    ];
    let teams = field_teams(counts);
    let every = posts.into_iter().flat_map(|(post, count)| (0..count).map(move |index| (post, index)));
    every
        .enumerate()
        .map(|(at_all, (post, index))| {
            let mut dice = Dice::of(seed, "person", at_all);
            let document = document_id(&mut dice, at);
            let name = FullName::draw(&mut dice, if post == Post::Technician { 7 } else { 70 });
            let full_name = format!("{} {} {}", name.surname, name.given_name, name.patronymic);
            let (team, trades) = match post {
                Post::Technician => (index / TEAM_SIZE, trades_of(index)),
                Post::Dispatcher | Post::Administrator => (teams, Vec::new()),
            };
            Person { document, post, full_name, name, team, region: index % REGIONS.len(), trades }
        })
        .collect()
}

/// Three trades each, so that any three technicians together know them all.
fn trades_of(technician: usize) -> Vec<usize> {
    (0..3).map(|step| (technician + step * 3) % TRADES.len()).collect()
}

/// How many teams of technicians there are; the office team comes after them.
pub(super) fn field_teams(counts: Counts) -> usize {
    counts.technicians.div_ceil(TEAM_SIZE)
}

/// The ids of the teams, the office's last.
pub(super) fn team_ids(seed: u64, counts: Counts, at: Instant) -> Vec<DocumentId> {
    (0..=field_teams(counts)).map(|team| document_id(&mut Dice::of(seed, "team", team), at)).collect()
}

/// The company.
pub(super) fn company(plan: &Plan) -> DemoRecord {
    let mut dice = Dice::of(plan.seed, "company", 0);
    let id = document_id(&mut dice, plan.founded);
    let mut pen = Pen::new(plan.administrator(), plan.founded);
    let code = identifiers::company_code(9_999_000);
    pen.line(&Company::NAME, "Ладосервіс");
    pen.line(&Company::LEGAL_NAME, "Товариство з обмеженою відповідальністю «Ладосервіс»");
    pen.line(&Company::REGISTRY_CODE, code.clone());
    pen.line(&Company::VAT_NUMBER, identifiers::vat_number(&code));
    pen.set(&Company::VAT_PERCENT, &Decimal::from(20));
    pen.set(&Company::PHONES, &vec!["+380740000001".to_owned()]);
    pen.set(&Company::EMAILS, &vec!["office@ladoservis.example".to_owned()]);
    pen.line(&Company::WEBSITE, "https://ladoservis.example");
    let account = BankAccount {
        iban: Some(identifiers::iban(0)),
        bank: Some("АТ «Демобанк»".to_owned()),
        currency: Some("UAH".to_owned()),
        main: Some(true),
    };
    pen.add(&Company::ACCOUNTS, row_id(&mut dice, plan.founded), &account);
    if let Some(town) = REGIONS.first().and_then(|region| region.towns.first()) {
        let spot = town.spot(&mut dice);
        let address = Address {
            address_kind: Some(AddressKind::Legal),
            region: plan.directories.region(0),
            postal_code: Some(spot.postal_code),
            settlement: Some(town.name.to_owned()),
            street: Some(spot.street),
            coordinates: Some(spot.coordinates),
            ..Address::default()
        };
        pen.add(&Company::ADDRESSES, row_id(&mut dice, plan.founded), &address);
    }
    let director = plan.people.last();
    let signatory = Signatory {
        employee: director.map(|person| Ref::to(person.document)),
        name: director.map(|person| person.name.short()),
        position: director.map(|person| person.name.word(("Директор", "Директорка")).to_owned()),
        basis: Some("на підставі Статуту".to_owned()),
    };
    pen.add(&Company::SIGNATORIES, row_id(&mut dice, plan.founded), &signatory);
    History::of(id, Kind::Company, pen).born()
}

/// A team; the office is the last.
pub(super) fn team(plan: &Plan, index: usize) -> Option<DemoRecord> {
    let id = *plan.teams.get(index)?;
    let mut pen = Pen::new(plan.administrator(), plan.founded);
    let is_office = index + 1 == plan.teams.len();
    pen.line(&Team::NAME, if is_office { "Офіс".to_owned() } else { format!("Бригада {}", index + 1) });
    let leader = plan.people.iter().find(|person| person.team == index);
    if let Some(leader) = leader {
        pen.set(&Team::LEADER, &Ref::to(leader.document));
    }
    let notes = if is_office {
        "Планування, рекламації, документи."
    } else {
        "Виїзди за графіком і аварійні виклики."
    };
    pen.text(&Team::NOTES, notes);
    Some(History::of(id, Kind::Team, pen).born())
}

/// An employee.
pub(super) fn employee(plan: &Plan, index: usize) -> Option<DemoRecord> {
    let person = plan.people.get(index)?;
    let mut dice = Dice::of(plan.seed, "employee", index);
    let mut pen = Pen::new(plan.administrator(), plan.founded);
    pen.line(&Employee::SURNAME, person.name.surname);
    pen.line(&Employee::GIVEN_NAME, person.name.given_name);
    pen.line(&Employee::PATRONYMIC, person.name.patronymic);
    let position = match person.post {
        Post::Technician => *dice.pick(&[
            ("Сервісний інженер", "Сервісна інженерка"),
            ("Технік", "Технікиня"),
            ("Майстер", "Майстриня"),
        ]),
        Post::Dispatcher => ("Диспетчер", "Диспетчерка"),
        Post::Administrator => ("Адміністратор системи", "Адміністраторка системи"),
    };
    pen.line(&Employee::POSITION, person.name.word(position));
    pen.set(&Employee::PHONES, &vec![format!("+38079{:07}", 1_000 + index)]);
    pen.set(&Employee::EMAILS, &vec![format!("{}.{index}@ladoservis.example", person.post.role())]);
    if let Some(team) = plan.teams.get(person.team) {
        pen.set(&Employee::TEAM, &Ref::to(*team));
    }
    let leader = plan.people.iter().find(|other| other.team == person.team);
    if let Some(leader) = leader.filter(|leader| leader.document != person.document) {
        pen.set(&Employee::MANAGER, &Ref::to(leader.document));
    }
    let skills: Vec<Ref<DirectoryEntry>> =
        person.trades.iter().filter_map(|trade| plan.directories.skill(*trade)).collect();
    pen.set(&Employee::SKILLS, &skills);
    let regions: Vec<Ref<DirectoryEntry>> = plan.directories.region(person.region).into_iter().collect();
    pen.set(&Employee::REGIONS, &regions);
    pen.set(&Employee::WORKING_HOURS, &working_week(person.post));
    Some(History::of(person.document, Kind::Employee, pen).born())
}

/// Five days with an hour for lunch; technicians start earlier.
fn working_week(post: Post) -> WorkingHours {
    let (from, to) = match post {
        Post::Technician => (8 * 60, 17 * 60),
        Post::Dispatcher | Post::Administrator => (9 * 60, 18 * 60),
    };
    let day =
        vec![Shift { from_minute: from, to_minute: 13 * 60 }, Shift { from_minute: 14 * 60, to_minute: to }];
    WorkingHours {
        monday: day.clone(),
        tuesday: day.clone(),
        wednesday: day.clone(),
        thursday: day.clone(),
        friday: day,
        ..WorkingHours::default()
    }
}
