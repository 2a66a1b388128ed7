-- Who this device is going to be, from the moment it shows a code until the relay's answer is kept: if the
-- answer is lost on the way, the same code still belongs to the same key.
CREATE TABLE enrolling (
    one        INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    code       TEXT    NOT NULL,
    device     BLOB    NOT NULL,
    device_key BLOB    NOT NULL              -- the Ed25519 secret; the file is encrypted
) STRICT;
