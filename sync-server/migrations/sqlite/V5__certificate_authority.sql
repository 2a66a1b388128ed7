-- The authority this relay made for itself, so that devices can recognise it on the wire. One row at most.
-- It is here and not in a file beside it, because devices pin its key: a backup without it would lock all
-- of them out.
CREATE TABLE certificate_authority (
    one         INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    private_key BLOB    NOT NULL,            -- PKCS #8
    certificate BLOB    NOT NULL             -- DER
) STRICT;
