-- By which key the device recognises its relay on the wire. Absent where the system's authorities decide.
ALTER TABLE identity ADD COLUMN relay_pin BLOB;
