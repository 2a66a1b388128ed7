-- One row per record: what pulls and pushes ask without loading it.
CREATE TABLE document (
    workspace_id   BLOB    NOT NULL REFERENCES workspace (workspace_id),
    document_id    BLOB    NOT NULL,
    kind           TEXT    NOT NULL,
    generation     INTEGER NOT NULL,
    version        INTEGER NOT NULL,            -- counts merges; a judgement holds for one version
    heads          BLOB    NOT NULL,            -- 32 bytes each, sorted
    max_op         INTEGER NOT NULL,
    changes        INTEGER NOT NULL,
    first_position INTEGER NOT NULL,
    last_position  INTEGER NOT NULL,
    number         TEXT,                        -- the human number, for kinds that have one
    open_work      INTEGER,                     -- planned start in Unix seconds while it is open work
    row_failure    TEXT,                        -- why its office rows could not be written
    PRIMARY KEY (workspace_id, document_id)
) STRICT, WITHOUT ROWID;

-- What changed after a cursor.
CREATE INDEX document_by_change ON document (workspace_id, last_position);
-- First sync and listing of one kind, in the order of ids.
CREATE INDEX document_by_kind ON document (workspace_id, kind, document_id);
-- First sync of open work by planned date.
CREATE INDEX document_by_open_work ON document (workspace_id, open_work, document_id) WHERE open_work IS NOT NULL;
-- Records whose office rows IT has to look at.
CREATE INDEX document_with_row_failure ON document (workspace_id, document_id) WHERE row_failure IS NOT NULL;

-- The record's content: a cache made from its changes.
CREATE TABLE document_state (
    workspace_id BLOB NOT NULL REFERENCES workspace (workspace_id),
    document_id  BLOB NOT NULL,
    snapshot     BLOB NOT NULL,                 -- the document saved without compression
    reading      BLOB NOT NULL,                 -- what it says, in CBOR
    PRIMARY KEY (workspace_id, document_id)
) STRICT;

-- The version the office tables were made with. They are derived, made by code and rebuilt.
CREATE TABLE office_version (
    version TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The office tables there are, so that an older version's can be dropped.
CREATE TABLE office_table (
    name TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;
