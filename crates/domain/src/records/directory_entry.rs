//! An entry of an editable directory: запис довідника. A work kind, a unit, a cause, a region…

use crate::id::Ref;
use crate::record::{Choice, Record};
use rust_decimal::Decimal;

/// An entry of a directory: запис довідника.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = DirectoryEntry, section = Administration, version = 1, made_by = [Office])]
pub struct DirectoryEntry {
    /// Which directory it belongs to.
    pub directory: Option<Directory>,
    /// What it is called.
    pub name: Option<String>,
    /// In English, when it ships with Halyard or the company wants it.
    pub name_en: Option<String>,
    /// In Russian, likewise.
    pub name_ru: Option<String>,
    /// A short code, for lists and imports.
    pub code: Option<String>,
    /// The entry it stands under: of a class, its classifier; of a district, its region.
    pub parent: Option<Ref<DirectoryEntry>>,
    /// Of a work kind: the unit its volume is usually counted in.
    pub unit: Option<Ref<DirectoryEntry>>,
    /// Of a work kind: the hours one unit usually takes.
    pub hours_per_unit: Option<Decimal>,
    /// Its place in the list; equal places go by name.
    pub position: Option<i64>,
    /// True when it is no longer offered; records that name it keep it.
    pub retired: Option<bool>,
}

/// The directories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum Directory {
    /// Види робіт.
    WorkKind,
    /// Одиниці виміру.
    Unit,
    /// Причини рекламацій.
    Cause,
    /// Джерела контактів.
    Source,
    /// Види обладнання.
    EquipmentCategory,
    /// Категорії отримувачів.
    RecipientCategory,
    /// Категорії накладних витрат.
    ExpenseCategory,
    /// Класифікатори контрагентів.
    Classifier,
    /// Класи класифікаторів.
    Class,
    /// Регіони.
    Region,
    /// Навички.
    Skill,
    /// Причини пауз, відмов і скасувань.
    Reason,
}
