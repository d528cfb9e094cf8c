-- +goose Up
-- +goose StatementBegin
-- How an organization had files read is its own, and goes with it.
CREATE TRIGGER journal_mapping_goes AFTER DELETE ON organization BEGIN
  DELETE FROM journal_mapping WHERE organization = old.id;
END;
-- +goose StatementEnd
DELETE FROM journal_mapping WHERE organization NOT IN (SELECT id FROM organization);
