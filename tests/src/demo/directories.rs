//! The directories of the demo company: units, works, causes, sources, regions, skills…

use halyard_domain::id::{DocumentId, Ref, RowId};
use halyard_domain::kind::Kind;
use halyard_domain::records::{AnswerKind, Checklist, ChecklistItem, Directory, DirectoryEntry};
use halyard_domain::time::Instant;
use rust_decimal::Decimal;

use super::dice::Dice;
use super::places::REGIONS;
use super::record::{DemoRecord, History, Pen, document_id, row_id};
use super::trades::{Answer, Cause, TRADES, Trade, Unit};

/// Every directory entry, found by what it means.
pub(super) struct Directories {
    pub(super) regions: Vec<DocumentId>,
    pub(super) sources: Vec<DocumentId>,
    pub(super) recipients: Vec<DocumentId>,
    pub(super) industry: DocumentId,
    pub(super) industries: Vec<DocumentId>,
    pub(super) size: DocumentId,
    pub(super) sizes: Vec<DocumentId>,
    units: Vec<DocumentId>,
    causes: Vec<DocumentId>,
    categories: Vec<DocumentId>,
    skills: Vec<DocumentId>,
    works: Vec<Vec<DocumentId>>,
    checklists: Vec<DocumentId>,
    items: Vec<Vec<RowId>>,
    pub(super) records: Vec<DemoRecord>,
}

/// Where contacts come from.
const SOURCES: &[(&str, &str)] = &[
    ("Сайт", "Website"),
    ("Дзвінок клієнта", "Customer's call"),
    ("Розсилка", "Mailing"),
    ("Виставка", "Exhibition"),
    ("Рекомендація", "Recommendation"),
    ("Холодний дзвінок", "Cold call"),
];

const RECIPIENTS: &[(&str, &str)] = &[
    ("Керівник", "Director"),
    ("Бухгалтер", "Accountant"),
    ("Головний інженер", "Chief engineer"),
    ("Завідувач господарства", "Facility manager"),
    ("Закупівлі", "Purchasing"),
];

const INDUSTRIES: &[(&str, &str)] = &[
    ("Харчова промисловість", "Food industry"),
    ("Роздрібна торгівля", "Retail"),
    ("Охорона здоров'я", "Health care"),
    ("Освіта", "Education"),
    ("Житлове господарство", "Housing"),
    ("Аграрний сектор", "Agriculture"),
    ("Логістика", "Logistics"),
    ("Готелі та ресторани", "Hotels and restaurants"),
];

const SIZES: &[(&str, &str)] = &[("Малий", "Small"), ("Середній", "Medium"), ("Великий", "Large")];

const EXPENSES: &[(&str, &str)] = &[
    ("Пальне", "Fuel"),
    ("Проживання", "Lodging"),
    ("Добові", "Daily allowance"),
    ("Матеріали", "Materials"),
    ("Паркування", "Parking"),
];

/// Why people pause, decline, do not finish or cancel.
const REASONS: &[(&str, &str)] = &[
    ("Немає деталі", "No part"),
    ("Замовник відсутній", "Customer absent"),
    ("Немає доступу", "No access"),
    ("Повітряна тривога", "Air raid alert"),
    ("Немає електрики", "No electricity"),
    ("Перенесено на прохання замовника", "Moved at the customer's request"),
    ("Потрібен інший фахівець", "Another specialist needed"),
    ("Небезпечні умови", "Unsafe conditions"),
];

impl Directories {
    /// Makes every entry.
    pub(super) fn make(seed: u64, by: DocumentId, at: Instant) -> Self {
        let mut maker = Maker { seed, by, at, records: Vec::new() };
        let units: Vec<_> =
            Unit::ALL.iter().map(|(_, name, en)| maker.entry(Directory::Unit, name, en, |_| {})).collect();
        let regions =
            REGIONS.iter().map(|r| maker.entry(Directory::Region, r.name, r.name_en, |_| {})).collect();
        let category = |t: &&Trade, maker: &mut Maker| {
            maker.entry(Directory::EquipmentCategory, t.category, t.category_en, |_| {})
        };
        let categories: Vec<_> = TRADES.iter().map(|trade| category(trade, &mut maker)).collect();
        let skills =
            TRADES.iter().map(|t| maker.entry(Directory::Skill, t.skill, t.skill_en, |_| {})).collect();
        let works = TRADES.iter().map(|trade| maker.works(trade, &units)).collect();
        let causes =
            Cause::ALL.iter().map(|(_, name, en)| maker.entry(Directory::Cause, name, en, |_| {})).collect();
        let sources = maker.entries(Directory::Source, SOURCES);
        let recipients = maker.entries(Directory::RecipientCategory, RECIPIENTS);
        maker.entries(Directory::ExpenseCategory, EXPENSES);
        maker.entries(Directory::Reason, REASONS);
        let (industry, industries) = maker.classes("Галузь", "Industry", INDUSTRIES);
        let (size, sizes) = maker.classes("Розмір", "Size", SIZES);
        let made: Vec<_> = TRADES
            .iter()
            .zip(&categories)
            .enumerate()
            .map(|(index, (trade, category))| maker.checklist(index, trade, *category, &units))
            .collect();
        let (checklists, items) = made.into_iter().unzip();
        let records = maker.records;
        Self {
            regions,
            sources,
            recipients,
            industry,
            industries,
            size,
            sizes,
            units,
            causes,
            categories,
            skills,
            works,
            checklists,
            items,
            records,
        }
    }

    pub(super) fn unit(&self, unit: Unit) -> Option<Ref<DirectoryEntry>> {
        let at = Unit::ALL.iter().position(|(one, ..)| *one == unit);
        at.and_then(|at| self.units.get(at)).map(|id| Ref::to(*id))
    }

    pub(super) fn cause(&self, cause: Cause) -> Option<Ref<DirectoryEntry>> {
        let at = Cause::ALL.iter().position(|(one, ..)| *one == cause);
        at.and_then(|at| self.causes.get(at)).map(|id| Ref::to(*id))
    }

    pub(super) fn category(&self, trade: usize) -> Option<Ref<DirectoryEntry>> {
        self.categories.get(trade).map(|id| Ref::to(*id))
    }

    pub(super) fn skill(&self, trade: usize) -> Option<Ref<DirectoryEntry>> {
        self.skills.get(trade).map(|id| Ref::to(*id))
    }

    pub(super) fn region(&self, region: usize) -> Option<Ref<DirectoryEntry>> {
        self.regions.get(region).map(|id| Ref::to(*id))
    }

    pub(super) fn work(&self, trade: usize, work: usize) -> Option<Ref<DirectoryEntry>> {
        self.works.get(trade).and_then(|works| works.get(work)).map(|id| Ref::to(*id))
    }

    pub(super) fn checklist(&self, trade: usize) -> Option<Ref<Checklist>> {
        self.checklists.get(trade).map(|id| Ref::to(*id))
    }

    /// The items of a trade's checklist.
    pub(super) fn items(&self, trade: usize) -> &[RowId] {
        self.items.get(trade).map_or(&[], Vec::as_slice)
    }
}

/// One of the reasons people give.
pub(super) fn reason(dice: &mut Dice) -> String {
    dice.pick(REASONS).0.to_owned()
}

struct Maker {
    seed: u64,
    by: DocumentId,
    at: Instant,
    records: Vec<DemoRecord>,
}

impl Maker {
    fn entry(
        &mut self,
        directory: Directory,
        name: &str,
        name_en: &str,
        more: impl FnOnce(&mut Pen),
    ) -> DocumentId {
        let position = i64::try_from(self.records.len()).unwrap_or(0);
        let id = document_id(&mut Dice::of(self.seed, "directory", self.records.len()), self.at);
        let mut pen = Pen::new(self.by, self.at);
        pen.set(&DirectoryEntry::DIRECTORY, &directory);
        pen.line(&DirectoryEntry::NAME, name);
        if !name_en.is_empty() {
            pen.line(&DirectoryEntry::NAME_EN, name_en);
        }
        pen.set(&DirectoryEntry::POSITION, &position);
        more(&mut pen);
        self.records.push(History::of(id, Kind::DirectoryEntry, pen).born());
        id
    }

    fn entries(&mut self, directory: Directory, names: &[(&str, &str)]) -> Vec<DocumentId> {
        names.iter().map(|(name, en)| self.entry(directory, name, en, |_| {})).collect()
    }

    /// A classifier with its classes.
    fn classes(
        &mut self,
        name: &str,
        name_en: &str,
        names: &[(&str, &str)],
    ) -> (DocumentId, Vec<DocumentId>) {
        let classifier = self.entry(Directory::Classifier, name, name_en, |_| {});
        let parent = Ref::to(classifier);
        let classes = names.iter().map(|(name, en)| {
            self.entry(Directory::Class, name, en, |pen| pen.set(&DirectoryEntry::PARENT, &parent))
        });
        (classifier, classes.collect())
    }

    fn works(&mut self, trade: &Trade, units: &[DocumentId]) -> Vec<DocumentId> {
        let works = trade.works.iter().map(|work| {
            let unit = Unit::ALL.iter().position(|(one, ..)| *one == work.unit).and_then(|at| units.get(at));
            self.entry(Directory::WorkKind, work.name, "", |pen| {
                if let Some(unit) = unit {
                    pen.set(&DirectoryEntry::UNIT, &Ref::to(*unit));
                }
                pen.set(&DirectoryEntry::HOURS_PER_UNIT, &hours(work.minutes));
            })
        });
        works.collect()
    }

    fn checklist(
        &mut self,
        index: usize,
        trade: &Trade,
        category: DocumentId,
        units: &[DocumentId],
    ) -> (DocumentId, Vec<RowId>) {
        let mut dice = Dice::of(self.seed, "checklist", index);
        let id = document_id(&mut dice, self.at);
        let mut pen = Pen::new(self.by, self.at);
        pen.line(&Checklist::NAME, format!("Огляд: {}", trade.category.to_lowercase()));
        pen.set(&Checklist::CATEGORY, &Ref::to(category));
        let mut rows = Vec::with_capacity(trade.checks.len());
        for (position, check) in trade.checks.iter().enumerate() {
            let row = row_id(&mut dice, self.at);
            let mut item = ChecklistItem {
                position: i64::try_from(position).ok(),
                text: Some(check.text.to_owned()),
                required: Some(position < 3),
                ..ChecklistItem::default()
            };
            match check.answer {
                Answer::YesNo => item.answer_kind = Some(AnswerKind::YesNo),
                Answer::Number(unit, least, most) => {
                    item.answer_kind = Some(AnswerKind::Number);
                    let at = Unit::ALL.iter().position(|(one, ..)| *one == unit);
                    item.unit = at.and_then(|at| units.get(at)).map(|id| Ref::to(*id));
                    item.minimum = Some(Decimal::new(least, 1));
                    item.maximum = Some(Decimal::new(most, 1));
                }
                Answer::OneOf(choices) => {
                    item.answer_kind = Some(AnswerKind::OneOf);
                    item.choices = choices.iter().map(|&choice| choice.to_owned()).collect();
                }
            }
            pen.add(&Checklist::ITEMS, row, &item);
            rows.push(row);
        }
        self.records.push(History::of(id, Kind::Checklist, pen).born());
        (id, rows)
    }
}

/// Minutes as hours with two digits.
pub(super) fn hours(minutes: i64) -> Decimal {
    (Decimal::from(minutes) / Decimal::from(60)).round_dp(2)
}
