-- +goose Up
-- How many events of a drive there are, and from when to when, without looking at each.
CREATE INDEX mirror_event_drive ON mirror_event(account_id, drive, at);
