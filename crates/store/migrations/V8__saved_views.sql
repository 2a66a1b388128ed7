-- How somebody likes to see a journal: a view under a name of their own.
CREATE TABLE saved_view (
    id       BLOB    NOT NULL PRIMARY KEY,
    employee BLOB    NOT NULL,              -- whose it is: a device may change hands
    journal  TEXT    NOT NULL,              -- the kind of record it lists
    name     TEXT    NOT NULL,
    place    INTEGER NOT NULL,              -- its place in the menu
    body     TEXT    NOT NULL               -- JSON, the screens' own: conditions, order, groups, columns
) STRICT, WITHOUT ROWID;
-- Serves the menu of a journal.
CREATE INDEX saved_view_menu ON saved_view (employee, journal, place);
