-- What a person was told at once: visits given and moved, what the sync needed a person for.
CREATE TABLE notice (
    number  INTEGER NOT NULL PRIMARY KEY,  -- in the order they were told
    body    TEXT    NOT NULL,              -- JSON, the device library's own
    told_ms INTEGER NOT NULL,              -- by this device's clock, Unix milliseconds
    seen    INTEGER NOT NULL               -- 1 once somebody has looked at the list, 0 before
) STRICT;
