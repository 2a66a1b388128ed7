-- A company whose records this relay keeps.
CREATE TABLE workspace (
    workspace_id   BLOB    NOT NULL PRIMARY KEY,
    name           TEXT    NOT NULL,
    demo           INTEGER NOT NULL,
    epoch          BLOB    NOT NULL,
    signing_key    BLOB    NOT NULL,            -- Ed25519 seed of the relay for this workspace
    cursor_key     BLOB    NOT NULL,            -- authenticates cursors
    incarnation    BLOB    NOT NULL,            -- the relay's life as an author
    relay_sequence INTEGER NOT NULL,            -- of the relay's own newest envelope
    relay_previous BLOB,                        -- its hash; absent before the first
    head           INTEGER NOT NULL,            -- position of the newest log entry, no gaps below
    running_hash   BLOB    NOT NULL,            -- of the log up to the head
    log_start      BLOB    NOT NULL,            -- the hash of the log when it was empty
    rights_version INTEGER NOT NULL,            -- position of the newest change of anybody's rights
    watermark      INTEGER NOT NULL,            -- receipts up to here are in a verified backup
    created_ms     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The newest number given of a kind and year.
CREATE TABLE number_series (
    workspace_id BLOB    NOT NULL REFERENCES workspace (workspace_id),
    kind         TEXT    NOT NULL,
    year         INTEGER NOT NULL,
    newest       INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, kind, year)
) STRICT, WITHOUT ROWID;

-- One row per position of the log. Append-only.
CREATE TABLE log (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    position      INTEGER NOT NULL,             -- starts at 1, no gaps
    what          TEXT    NOT NULL,             -- envelope, receipt, control
    identity      BLOB    NOT NULL,             -- the hash of what stands here
    document_id   BLOB,                         -- absent for control entries
    device_id     BLOB,                         -- of a receipt: the device that is told
    content       BLOB,                         -- the signed receipt or control entry
    heads         BLOB,                         -- of the document after this envelope
    running_hash  BLOB    NOT NULL,             -- of the log up to this entry
    arrived_ms    INTEGER NOT NULL,
    PRIMARY KEY (workspace_id, position)        -- serves pull, cursor checks and verify
) STRICT, WITHOUT ROWID;

-- What was accepted for one document, and its heads at any position.
CREATE INDEX log_by_document ON log (workspace_id, document_id, position) WHERE what = 'envelope';
-- Decisions a device has to be told.
CREATE INDEX log_for_device ON log (workspace_id, device_id, position) WHERE what = 'receipt';
-- Entries about people and devices, for administrators.
CREATE INDEX log_of_controls ON log (workspace_id, position) WHERE what = 'control';

-- One row per envelope ever answered, whatever the outcome: the answer is never forgotten.
CREATE TABLE envelope (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    envelope_hash BLOB    NOT NULL,
    device_id     BLOB    NOT NULL,
    incarnation   BLOB    NOT NULL,
    sequence      INTEGER NOT NULL,
    document_id   BLOB    NOT NULL,
    employee_id   BLOB    NOT NULL,
    header        BLOB    NOT NULL,             -- as signed, hashes in the place of changes
    outcome       TEXT    NOT NULL,
    receipt       BLOB    NOT NULL,             -- as signed by the relay
    position      INTEGER,                      -- in the log, when it was merged
    arrived_ms    INTEGER NOT NULL,
    undecided     INTEGER NOT NULL,             -- 1 while it waits in the review queue
    replaced_by   BLOB,                         -- the envelope that brings its intents again
    behind        BLOB,                         -- of a blocked one: the quarantined envelope it waits for
    PRIMARY KEY (workspace_id, envelope_hash)   -- serves idempotent pushes
) STRICT, WITHOUT ROWID;

-- Repeats of a sequence.
CREATE UNIQUE INDEX envelope_chain ON envelope (workspace_id, device_id, incarnation, sequence);
-- The review queue, oldest first.
CREATE INDEX envelope_undecided ON envelope (workspace_id, arrived_ms) WHERE undecided = 1;
-- A device's work that is stored and not merged, for offers.
CREATE INDEX envelope_unmerged ON envelope (workspace_id, device_id)
WHERE outcome IN ('quarantined', 'blocked', 'stale') AND replaced_by IS NULL;
-- What waits behind an envelope in quarantine.
CREATE INDEX envelope_behind ON envelope (workspace_id, behind) WHERE behind IS NOT NULL;
-- The envelopes of a document with their signed headers, for snapshots and pulls.
CREATE INDEX envelope_by_document ON envelope (workspace_id, document_id, position) WHERE position IS NOT NULL;

-- The last envelope of each device's newest incarnation.
CREATE TABLE chain_end (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    device_id     BLOB    NOT NULL,
    incarnation   BLOB    NOT NULL,
    sequence      INTEGER NOT NULL,
    envelope_hash BLOB    NOT NULL,
    PRIMARY KEY (workspace_id, device_id)
) STRICT, WITHOUT ROWID;

-- One row per merged Automerge change. Append-only: these are the truth, snapshots a cache.
CREATE TABLE change (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    document_id   BLOB    NOT NULL,
    hash          BLOB    NOT NULL,             -- unique within its document only
    place         INTEGER NOT NULL,             -- order of merging within the document, starts at 1
    envelope_hash BLOB    NOT NULL,             -- the envelope that brought it
    position      INTEGER NOT NULL,             -- of that envelope in the log
    actor         BLOB    NOT NULL,
    seq           INTEGER NOT NULL,
    bytes         BLOB    NOT NULL,
    PRIMARY KEY (workspace_id, document_id, hash)   -- serves known dependencies and repeats
) STRICT;

-- Loading a document from its truth, and everything after a position.
CREATE UNIQUE INDEX change_in_order ON change (workspace_id, document_id, place);
-- What a pull brings of a document.
CREATE INDEX change_after ON change (workspace_id, document_id, position);
-- The next sequence number of an actor.
CREATE UNIQUE INDEX change_by_actor ON change (workspace_id, document_id, actor, seq);
-- The chunks of one envelope.
CREATE INDEX change_by_envelope ON change (workspace_id, envelope_hash, place);

-- Changes that are stored and not merged: of quarantined, blocked, stale, deferred envelopes.
CREATE TABLE held_change (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    envelope_hash BLOB    NOT NULL,
    place         INTEGER NOT NULL,
    document_id   BLOB    NOT NULL,
    hash          BLOB    NOT NULL,
    bytes         BLOB    NOT NULL,
    PRIMARY KEY (workspace_id, envelope_hash, place)
) STRICT;

-- Whether a missing dependency lies in an envelope that was not merged.
CREATE INDEX held_change_by_hash ON held_change (workspace_id, document_id, hash);
