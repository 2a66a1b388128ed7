-- What a device keeps beside its documents and nobody else has: files, and forms not sent yet.

-- A photo, a signature, a paper. Its bytes lie encrypted in the folder beside the database.
CREATE TABLE blob (
    hash       BLOB    NOT NULL PRIMARY KEY,  -- SHA-256 of the content: its name everywhere
    document   BLOB    NOT NULL,              -- the record it was added to
    bytes      INTEGER NOT NULL,
    media_type TEXT    NOT NULL,
    state      TEXT    NOT NULL,              -- on_device until the office has it
    kept_ms    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Serves the files of a record.
CREATE INDEX blob_document ON blob (document);

-- A form that was left: what was typed is there when it is opened again.
CREATE TABLE draft (
    form     TEXT    NOT NULL PRIMARY KEY,    -- which form of which record, as the screens name it
    body     TEXT    NOT NULL,                -- JSON, the screens' own
    saved_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
