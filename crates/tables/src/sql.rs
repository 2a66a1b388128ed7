//! A statement before it meets a database: text with placeholders, and values.
//!
//! Values reach SQL only as bound parameters; the text is made from schema names alone.

use std::borrow::Cow;

use halyard_domain::id::{DocumentId, WorkspaceId};
use serde::{Deserialize, Serialize};

/// The SQL spoken by a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dialect {
    /// SQLite with `STRICT` tables: devices and the embedded office database.
    Sqlite,
    /// PostgreSQL 15 and later.
    Postgres,
}

/// Whether a database holds one company or many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leading {
    /// A device: one company, no leading column.
    Device,
    /// An office: `workspace_id` leads every table, key and query.
    Office,
}

/// Whose rows a statement touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The only company on a device.
    Device,
    /// One company of an office database.
    Office(WorkspaceId),
}

/// A dialect and whose rows: what every statement maker needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The SQL spoken.
    pub dialect: Dialect,
    /// Whose rows.
    pub scope: Scope,
}

/// A value on its way to or from a database.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum SqlValue {
    /// Nothing.
    Null,
    /// Yes or no; SQLite keeps 1 or 0.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text.
    Text(String),
    /// A UUID; SQLite keeps its sixteen bytes.
    Uuid([u8; 16]),
}

/// A row of an answer, in the order of the columns asked for.
pub type SqlRow = Vec<SqlValue>;

/// SQL text with its bound values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The text: `?1` placeholders for SQLite, `$1` for PostgreSQL.
    pub sql: Cow<'static, str>,
    /// The values, in the order of the placeholders.
    pub params: Vec<SqlValue>,
}

impl Scope {
    /// The kind of leading this scope needs.
    #[must_use]
    pub fn leading(self) -> Leading {
        match self {
            Self::Device => Leading::Device,
            Self::Office(_) => Leading::Office,
        }
    }

    /// The values that lead every key: none on a device.
    #[must_use]
    pub fn key(self) -> Vec<SqlValue> {
        match self {
            Self::Device => Vec::new(),
            Self::Office(workspace) => vec![SqlValue::Uuid(*workspace.as_bytes())],
        }
    }
}

impl Target {
    /// A device's database.
    pub const DEVICE: Target = Target { dialect: Dialect::Sqlite, scope: Scope::Device };

    /// One company of an office database.
    #[must_use]
    pub fn office(dialect: Dialect, workspace: WorkspaceId) -> Self {
        Self { dialect, scope: Scope::Office(workspace) }
    }

    /// The key of a document's rows.
    #[must_use]
    pub fn key_of(self, document: DocumentId) -> Vec<SqlValue> {
        let mut key = self.scope.key();
        key.push(SqlValue::from(document));
        key
    }
}

impl Dialect {
    /// The placeholder of parameter `index`, counted from one.
    #[must_use]
    pub fn placeholder(self, index: usize) -> String {
        match self {
            Self::Sqlite => format!("?{index}"),
            Self::Postgres => format!("${index}"),
        }
    }

    /// `count` placeholders from parameter `first` on, separated by commas.
    #[must_use]
    pub fn placeholders(self, first: usize, count: usize) -> String {
        (first..first + count).map(|index| self.placeholder(index)).collect::<Vec<_>>().join(", ")
    }
}

impl Leading {
    /// The columns that lead every key.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Device => &[],
            Self::Office => &["workspace_id"],
        }
    }
}

impl SqlValue {
    /// The record this value names.
    #[must_use]
    pub fn document(&self) -> Option<DocumentId> {
        match self {
            Self::Uuid(bytes) => DocumentId::from_slice(bytes).ok(),
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Text(_) => None,
        }
    }

    /// The number, when it is one.
    #[must_use]
    pub fn int(&self) -> Option<i64> {
        match self {
            Self::Int(number) => Some(*number),
            Self::Null | Self::Bool(_) | Self::Text(_) | Self::Uuid(_) => None,
        }
    }

    /// The text, when it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Null | Self::Bool(_) | Self::Int(_) | Self::Uuid(_) => None,
        }
    }

    /// True when nothing is there.
    #[must_use]
    pub fn is_null(&self) -> bool {
        *self == Self::Null
    }

    /// Text as both dialects can hold it: PostgreSQL refuses the zero character.
    #[must_use]
    pub fn clean_text(text: &str) -> Self {
        Self::Text(if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text.to_owned() })
    }
}

impl From<DocumentId> for SqlValue {
    fn from(document: DocumentId) -> Self {
        Self::Uuid(*document.as_bytes())
    }
}

impl<T: Into<SqlValue>> From<Option<T>> for SqlValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
impl From<i64> for SqlValue {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
impl From<bool> for SqlValue {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}
