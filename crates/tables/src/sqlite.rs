//! Runs statements on `rusqlite`, for the device and the embedded office database alike.

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use crate::derived::Session;
use crate::sql::{SqlRow, SqlValue, Statement};

impl Session for Connection {
    type Error = rusqlite::Error;

    fn execute(&self, statement: &Statement) -> rusqlite::Result<()> {
        execute(self, statement).map(|_| ())
    }

    fn query(&self, statement: &Statement) -> rusqlite::Result<Vec<SqlRow>> {
        query(self, statement)
    }
}

impl ToSql for SqlValue {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Bool(yes) => ToSqlOutput::Owned(Value::Integer(i64::from(*yes))),
            Self::Int(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Uuid(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

/// Runs a statement that answers nothing.
///
/// # Errors
/// What SQLite says.
pub fn execute(connection: &Connection, statement: &Statement) -> rusqlite::Result<usize> {
    connection.prepare_cached(&statement.sql)?.execute(params_from_iter(&statement.params))
}

/// Runs a query and reads every row. SQLite keeps yes and no as 1 and 0, and so they come back.
///
/// # Errors
/// What SQLite says, or when a column holds what no derived table has.
pub fn query(connection: &Connection, statement: &Statement) -> rusqlite::Result<Vec<SqlRow>> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let width = prepared.column_count();
    let mut rows = prepared.query(params_from_iter(&statement.params))?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push((0..width).map(|index| value(row.get_ref(index)?, index)).collect::<Result<_, _>>()?);
    }
    Ok(out)
}

fn value(value: ValueRef<'_>, index: usize) -> rusqlite::Result<SqlValue> {
    let wrong = |kind| rusqlite::Error::InvalidColumnType(index, "a derived column".to_owned(), kind);
    match value {
        ValueRef::Null => Ok(SqlValue::Null),
        ValueRef::Integer(number) => Ok(SqlValue::Int(number)),
        ValueRef::Text(text) => Ok(SqlValue::Text(String::from_utf8_lossy(text).into_owned())),
        ValueRef::Blob(bytes) => {
            bytes.try_into().map(SqlValue::Uuid).map_err(|_| wrong(rusqlite::types::Type::Blob))
        }
        ValueRef::Real(_) => Err(wrong(rusqlite::types::Type::Real)),
    }
}
