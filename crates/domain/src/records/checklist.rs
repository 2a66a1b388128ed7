//! A checklist: чек-лист. What must be looked at on every visit of a card that names it.

use crate::id::Ref;
use crate::record::{Choice, LongText, Record, Row, Rows};
use crate::records::DirectoryEntry;
use rust_decimal::Decimal;

/// A checklist: чек-лист.
#[derive(Debug, Clone, PartialEq, Record)]
#[record(kind = Checklist, section = Service, version = 1, made_by = [Office])]
pub struct Checklist {
    /// What it is called.
    pub name: Option<String>,
    /// The sort of equipment it is for.
    pub category: Option<Ref<DirectoryEntry>>,
    /// What to look at.
    pub items: Rows<ChecklistItem>,
    /// How to go through it.
    pub notes: LongText,
    /// True when new cards no longer offer it.
    pub retired: Option<bool>,
}

/// One thing to look at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Row)]
pub struct ChecklistItem {
    /// Its place in the list; equal places go by birth.
    pub position: Option<i64>,
    /// The question.
    pub text: Option<String>,
    /// True when a visit cannot be completed without an answer.
    pub required: Option<bool>,
    /// What an answer is.
    pub answer_kind: Option<AnswerKind>,
    /// The answers to choose from.
    pub choices: Vec<String>,
    /// The unit of a number.
    pub unit: Option<Ref<DirectoryEntry>>,
    /// The smallest number that is all right.
    pub minimum: Option<Decimal>,
    /// The largest number that is all right.
    pub maximum: Option<Decimal>,
}

/// What an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Choice)]
pub enum AnswerKind {
    /// `yes`, `no` or `n/a`.
    YesNo,
    /// A decimal number.
    Number,
    /// A line.
    Line,
    /// One of the choices.
    OneOf,
    /// A photo: the hash of one of the visit's.
    Photo,
}
