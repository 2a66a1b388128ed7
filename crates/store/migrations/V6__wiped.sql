-- When everything of the office was taken off this device because the office removed it, by the relay's clock.
ALTER TABLE sync_state ADD COLUMN wiped_ms INTEGER;
