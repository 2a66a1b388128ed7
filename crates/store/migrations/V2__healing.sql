-- What the relay said about people and devices, kept by administrators' devices to hand back to a restored relay.
CREATE TABLE control_entry (
    hash  BLOB NOT NULL PRIMARY KEY,
    bytes BLOB NOT NULL                       -- CBOR of the signed entry
) STRICT, WITHOUT ROWID;

-- When each verified-backup watermark was first heard of, by the relay's clock.
CREATE TABLE watermark (
    position INTEGER NOT NULL PRIMARY KEY,
    heard_ms INTEGER NOT NULL
) STRICT;

-- Serves letting go of what lies below a watermark.
CREATE INDEX other_envelope_position ON other_envelope (position);
