-- Records that ended the app when they arrived: what comes is opened before it is stored, so it is counted here.
CREATE TABLE arrival_death (
    document       BLOB    NOT NULL PRIMARY KEY,
    deaths         INTEGER NOT NULL,        -- how often the app died meanwhile
    tried_position INTEGER,                 -- the newest place in the log that was tried since the first
    tried_deaths   INTEGER                  -- how many there had been then
) STRICT, WITHOUT ROWID;
