-- By how many milliseconds the device's clock was ahead of the relay's at its last contact; less than nothing when it
-- was behind, 0 for less than a minute.
ALTER TABLE device ADD COLUMN clock_ahead_ms INTEGER NOT NULL DEFAULT 0;
