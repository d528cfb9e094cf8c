-- +goose Up
-- How many events of a drive are kept, so that nobody has to count them.
ALTER TABLE mirror_drive ADD COLUMN events INTEGER NOT NULL DEFAULT 0 CHECK (events >= 0);
UPDATE mirror_drive SET events = (SELECT count(*) FROM mirror_event e WHERE e.account_id = mirror_drive.account_id AND e.drive = mirror_drive.drive);
