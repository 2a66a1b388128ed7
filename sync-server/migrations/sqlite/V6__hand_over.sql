-- 1 from the beginning of a new life of the log until IT has confirmed devices and roles: nothing is given out.
ALTER TABLE workspace ADD COLUMN handing_over INTEGER NOT NULL DEFAULT 0;
-- The life of the log before this one; absent in the first.
ALTER TABLE workspace ADD COLUMN former_epoch BLOB;
-- Where that life ended as far as this database holds it.
ALTER TABLE workspace ADD COLUMN former_head INTEGER NOT NULL DEFAULT 0;

-- 1 for an envelope a device handed over: others of its chain may be lost for good.
ALTER TABLE envelope ADD COLUMN handed_over INTEGER NOT NULL DEFAULT 0;

-- Control entries of earlier lives of the log that were handed back and carried out.
CREATE TABLE adopted_control (
    workspace_id BLOB NOT NULL REFERENCES workspace (workspace_id),
    control_hash BLOB NOT NULL,
    PRIMARY KEY (workspace_id, control_hash)    -- makes handing back twice harmless
) STRICT, WITHOUT ROWID;
