-- An app profile of one employee on one machine.
CREATE TABLE device (
    workspace_id    BLOB    NOT NULL REFERENCES workspace (workspace_id),
    device_id       BLOB    NOT NULL,
    employee_id     BLOB    NOT NULL,
    public_key      BLOB    NOT NULL,
    standing        TEXT    NOT NULL,           -- active, revoked
    label           TEXT    NOT NULL,
    enrolled_ms     INTEGER NOT NULL,
    revoked_ms      INTEGER,
    seen_ms         INTEGER,
    cursor_position INTEGER NOT NULL,           -- of the newest cursor it has presented, in this epoch
    given_position  INTEGER NOT NULL,           -- of the newest cursor it was given, in this epoch
    PRIMARY KEY (workspace_id, device_id)
) STRICT, WITHOUT ROWID;

-- A request names only its device.
CREATE UNIQUE INDEX device_by_id ON device (device_id);

-- An invitation.
CREATE TABLE enrolment_code (
    workspace_id BLOB    NOT NULL REFERENCES workspace (workspace_id),
    selector     TEXT    NOT NULL,              -- the first two characters: finds the row, counts its tries
    salt         BLOB    NOT NULL,
    code_hash    BLOB    NOT NULL,
    employee_id  BLOB    NOT NULL,
    made_ms      INTEGER NOT NULL,
    expires_ms   INTEGER NOT NULL,
    tries_left   INTEGER NOT NULL,
    used_by      BLOB,
    PRIMARY KEY (workspace_id, selector, made_ms)
) STRICT, WITHOUT ROWID;

-- Which roles an employee holds, in log positions.
CREATE TABLE account_role (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    employee_id   BLOB    NOT NULL,
    role_id       BLOB    NOT NULL,
    from_position INTEGER NOT NULL,
    to_position   INTEGER,
    PRIMARY KEY (workspace_id, employee_id, role_id, from_position)
) STRICT, WITHOUT ROWID;

-- Who holds a role that was changed.
CREATE INDEX account_role_by_role ON account_role (workspace_id, role_id) WHERE to_position IS NULL;

-- The union of an employee's roles, and the team, as judged at any position.
CREATE TABLE account_access (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    employee_id   BLOB    NOT NULL,
    from_position INTEGER NOT NULL,
    to_position   INTEGER,
    dismissed     INTEGER NOT NULL,
    team_id       BLOB,
    access        BLOB    NOT NULL,             -- CBOR
    PRIMARY KEY (workspace_id, employee_id, from_position)
) STRICT, WITHOUT ROWID;

-- Who was in a team.
CREATE INDEX account_access_of_team ON account_access (workspace_id, team_id) WHERE team_id IS NOT NULL;
-- Everybody's present rights, for recomputing who sees a document.
CREATE INDEX account_access_present ON account_access (workspace_id, employee_id) WHERE to_position IS NULL;
