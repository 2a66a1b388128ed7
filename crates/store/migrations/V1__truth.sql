-- What the device must never lose. Derived tables are made by code and dropped freely; these are not.

-- Who this device is. One row.
CREATE TABLE identity (
    one          INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    workspace    BLOB    NOT NULL,
    organisation TEXT    NOT NULL,
    relay_url    TEXT    NOT NULL,
    relay_key    BLOB    NOT NULL,
    device       BLOB    NOT NULL,
    device_key   BLOB    NOT NULL,            -- the Ed25519 secret; the file is encrypted
    employee     BLOB    NOT NULL,
    incarnation  BLOB    NOT NULL
) STRICT;

-- A document's content: a snapshot and the raw changes that came after it.
CREATE TABLE document (
    id            BLOB    NOT NULL PRIMARY KEY,
    kind          TEXT    NOT NULL,
    generation    INTEGER NOT NULL,
    heads         BLOB    NOT NULL,           -- 32 bytes each, sorted
    position      INTEGER NOT NULL,           -- of the newest accepted change known; 0 before the first
    archived      INTEGER NOT NULL DEFAULT 0,
    parsing       INTEGER NOT NULL DEFAULT 0, -- how often the app died while it parsed this document
    set_aside     TEXT,                       -- why it is not opened any more
    -- Last, so that reading the others does not walk through it. Empty until the first fold.
    base          BLOB    NOT NULL
) STRICT;
-- Serves finding what ended the app.
CREATE INDEX document_trouble ON document (id) WHERE parsing > 0 OR set_aside IS NOT NULL;

CREATE TABLE document_change (
    document BLOB    NOT NULL REFERENCES document (id) ON DELETE CASCADE,
    place    INTEGER NOT NULL,                -- in the order they came
    hash     BLOB    NOT NULL,
    chunk    BLOB    NOT NULL,
    PRIMARY KEY (document, place),            -- serves loading a document, in order
    UNIQUE (document, hash)                   -- makes a second delivery harmless
) STRICT, WITHOUT ROWID;

-- Every change made here, until long after its receipt: what was meant, and what stood there before.
CREATE TABLE own_change (
    number     INTEGER NOT NULL PRIMARY KEY,  -- the order they were made in
    document   BLOB    NOT NULL,
    kind       TEXT    NOT NULL,
    generation INTEGER NOT NULL,
    hash       BLOB    NOT NULL,
    chunk      BLOB    NOT NULL,
    owners     TEXT    NOT NULL,              -- ownership groups; 'birth' for the change that makes a record
    intents    TEXT    NOT NULL,              -- JSON
    before     TEXT    NOT NULL,              -- JSON: the values that stood where the intents wrote
    made_ms    INTEGER NOT NULL,
    envelope   BLOB                           -- the envelope that carries it; absent while unsent
) STRICT;
-- Serves taking unsent work in order.
CREATE INDEX own_change_unsent ON own_change (number) WHERE envelope IS NULL;
-- Serves the changes of an envelope and of a document.
CREATE INDEX own_change_envelope ON own_change (envelope) WHERE envelope IS NOT NULL;
CREATE INDEX own_change_document ON own_change (document);

-- Every envelope signed here, with the newest receipt.
CREATE TABLE own_envelope (
    hash         BLOB    NOT NULL PRIMARY KEY,
    document     BLOB    NOT NULL,
    incarnation  BLOB    NOT NULL,
    sequence     INTEGER NOT NULL,
    bytes        BLOB    NOT NULL,            -- as signed, with its chunks
    outcome      TEXT,                        -- absent until the first receipt
    receipt      BLOB,
    position     INTEGER,
    named        INTEGER NOT NULL DEFAULT 0,  -- a later envelope says that it replaces this one
    acknowledged INTEGER NOT NULL DEFAULT 0   -- a person has seen the refusal
) STRICT, WITHOUT ROWID;
-- Serves sending in order, and finding the end of the chain.
CREATE UNIQUE INDEX own_envelope_chain ON own_envelope (incarnation, sequence);
-- Serves the outbox and the list of what was not accepted.
CREATE INDEX own_envelope_outcome ON own_envelope (outcome, acknowledged);
CREATE INDEX own_envelope_document ON own_envelope (document);

-- Other people's envelopes with their receipts, so that a restored relay can be healed.
CREATE TABLE other_envelope (
    hash     BLOB    NOT NULL PRIMARY KEY,
    document BLOB    NOT NULL,
    position INTEGER NOT NULL,
    header   BLOB    NOT NULL,                -- CBOR of the header with its stamp
    whole    INTEGER NOT NULL                 -- 1 when the header is an envelope with its chunks
) STRICT, WITHOUT ROWID;
CREATE INDEX other_envelope_document ON other_envelope (document, position);

-- Where the device stands with its relay. One row.
CREATE TABLE sync_state (
    one               INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    cursor            BLOB,
    epoch             BLOB,
    me                BLOB,                   -- CBOR of who the relay says we are
    clock_offset_ms   INTEGER NOT NULL DEFAULT 0,
    last_full_sync_ms INTEGER,
    last_offer_ms     INTEGER,
    watermark         INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO sync_state (one) VALUES (1);
