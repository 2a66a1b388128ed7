-- Refused work of others that waits at the relay for somebody with the right to review, as this device heard last.
CREATE TABLE to_review (
    number   INTEGER NOT NULL PRIMARY KEY,  -- in the order of the queue, oldest first
    envelope BLOB    NOT NULL
) STRICT;
