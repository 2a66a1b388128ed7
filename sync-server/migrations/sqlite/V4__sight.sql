-- Who is among a record's own people or teams, in log positions.
CREATE TABLE audience (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    document_id   BLOB    NOT NULL,
    who           BLOB    NOT NULL,             -- an employee, or a team when is_team is 1
    is_team       INTEGER NOT NULL,
    from_position INTEGER NOT NULL,
    to_position   INTEGER,
    PRIMARY KEY (workspace_id, document_id, who, is_team, from_position)
) STRICT, WITHOUT ROWID;

-- The records of one person or team, when their rights change.
CREATE INDEX audience_of ON audience (workspace_id, who, is_team) WHERE to_position IS NULL;

-- Where records point, in log positions.
CREATE TABLE link (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    document_id   BLOB    NOT NULL,
    field         TEXT    NOT NULL,
    target_id     BLOB    NOT NULL,
    carries       INTEGER NOT NULL,             -- 1 when its writer saw the target or holds the office group
    from_position INTEGER NOT NULL,
    to_position   INTEGER,
    PRIMARY KEY (workspace_id, document_id, field, target_id, from_position)
) STRICT, WITHOUT ROWID;

-- What points at a record.
CREATE INDEX link_to ON link (workspace_id, target_id) WHERE to_position IS NULL;

-- Who sees which record beside reach "all" and what everybody sees, own and carried, in log positions.
CREATE TABLE sight (
    workspace_id  BLOB    NOT NULL REFERENCES workspace (workspace_id),
    employee_id   BLOB    NOT NULL,
    document_id   BLOB    NOT NULL,
    from_position INTEGER NOT NULL,
    to_position   INTEGER,
    PRIMARY KEY (workspace_id, employee_id, document_id, from_position)   -- serves pulls and pushes
) STRICT, WITHOUT ROWID;

-- Who sees a record now, when its people or links change.
CREATE INDEX sight_of_document ON sight (workspace_id, document_id) WHERE to_position IS NULL;
-- What a person gained after a cursor.
CREATE INDEX sight_gained ON sight (workspace_id, employee_id, from_position);
-- What a person lost after a cursor.
CREATE INDEX sight_lost ON sight (workspace_id, employee_id, to_position) WHERE to_position IS NOT NULL;
