-- Imports that were done. Each is noted in the transaction that did it, so that it can be taken back.
CREATE TABLE import (
    number         INTEGER NOT NULL PRIMARY KEY,  -- the order they were done in, whatever the clock said
    file           TEXT    NOT NULL,              -- what the file was called
    done_s         INTEGER NOT NULL,              -- when: Unix seconds, and the local offset
    offset_minutes INTEGER NOT NULL,
    undone         INTEGER NOT NULL,
    made           INTEGER NOT NULL,              -- how many records it made
    completed      INTEGER NOT NULL,              -- how many records that were there it wrote in
    records        TEXT    NOT NULL               -- JSON, the device's own: its changes of every record
) STRICT;
