//! Connections with their key and pragmas.

use std::path::Path;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::error::StoreError;
use crate::private;

/// The raw key of the database file.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub(crate) struct DatabaseKey(pub(crate) [u8; 32]);

/// How long a statement waits for another process, a backup say, to let go of the file.
const BUSY: Duration = Duration::from_secs(5);

// The writer moves the log into the database itself: SQLite would keep to itself that the disk failed under it.
const WRITER_PRAGMAS: &str = "PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA foreign_keys = ON;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -32768;
PRAGMA wal_autocheckpoint = 0;
PRAGMA journal_size_limit = 67108864;";

const READER_CACHE: &str = "PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -16384;";

/// SQLite then reads a file that is shorter than its first page says, and the part of a schema it understands.
const LENIENT: &str = "PRAGMA writable_schema = ON;";

/// The read-write connection of the database, which is created when missing.
pub(super) fn writer(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    // What SQLite puts beside it takes its mode.
    private::prepare(path).map_err(StoreError::File)?;
    let connection = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    connection.execute_batch(WRITER_PRAGMAS)?;
    Ok(connection)
}

/// The only connection to a file beside which there is no room left. What connections share in a file,
/// it keeps in memory, and it writes nothing, not even at its end.
pub(super) fn alone(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    let connection = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE;")?;
    connection.execute_batch(READER_CACHE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    Ok(connection)
}

/// A connection that can only read.
pub(crate) fn open_read_only(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    reading(keyed(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?)
}

fn reading(connection: Connection) -> Result<Connection, StoreError> {
    connection.execute_batch(READER_CACHE)?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    Ok(connection)
}

/// A connection that reads what a damaged file still has: one that was cut short, or whose schema is not all
/// understood.
pub(crate) fn open_damaged(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    let connection = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // The size of the cache asks for the schema already.
    connection.execute_batch(LENIENT)?;
    reading(connection)
}

/// The numbers of the pages that the schema stands in, in the file itself and not in its log. An error when one
/// of them does not open.
pub(super) fn schema_pages(path: &Path, key: &DatabaseKey) -> Result<Vec<u32>, StoreError> {
    let uri = format!("file:{}?immutable=1", escaped(path));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let connection = keyed(Path::new(&uri), key, flags)?;
    // The file may be shorter than its first page says while the log holds the rest.
    connection.execute_batch(LENIENT)?;
    let mut statement =
        connection.prepare("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema' ORDER BY pageno")?;
    let pages = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(pages)
}

/// A path as an address has it: every sign that could mean something there by its bytes.
fn escaped(path: &Path) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.".contains(&byte);
    let sign =
        |byte: &u8| if is_plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") };
    path.as_os_str().as_encoded_bytes().iter().map(sign).collect()
}

/// A file of its own beside the database, written once and complete in itself.
pub(crate) fn open_new(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreError> {
    private::prepare(path).map_err(StoreError::File)?;
    let connection = keyed(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
    connection.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;")?;
    Ok(connection)
}

/// The key is given raw: it is random already, so SQLCipher need not stretch it.
fn keyed(path: &Path, key: &DatabaseKey, flags: OpenFlags) -> Result<Connection, StoreError> {
    // Each connection is used by one thread at a time.
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let mut pragma = format!("x'{}'", hex::encode(key.0));
    let keyed = connection.pragma_update(None, "key", &pragma);
    pragma.zeroize();
    keyed?;
    // It would write to the standard error; what it says comes back as an error anyway.
    connection.execute_batch("PRAGMA cipher_log = off;")?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}
