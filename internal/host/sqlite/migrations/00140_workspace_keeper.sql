-- +goose Up
-- Who keeps the workspace: what belongs to everybody in it (mail server, secrets, copies). The first account does; where
-- there are accounts already, the oldest.
ALTER TABLE account ADD COLUMN keeper INTEGER NOT NULL DEFAULT 0 CHECK (keeper IN (0, 1));
UPDATE account SET keeper = 1 WHERE id = (SELECT id FROM account ORDER BY created_at, id LIMIT 1);

-- A workspace with people in it is never without a keeper.
-- +goose StatementBegin
CREATE TRIGGER account_first_keeps AFTER INSERT ON account
WHEN NEW.keeper = 0 AND NOT EXISTS (SELECT 1 FROM account WHERE keeper = 1)
BEGIN
  UPDATE account SET keeper = 1 WHERE id = NEW.id;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER account_keeper_stays_update BEFORE UPDATE OF keeper ON account
WHEN OLD.keeper = 1 AND NEW.keeper = 0 AND NOT EXISTS (SELECT 1 FROM account WHERE keeper = 1 AND id <> OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'last keeper of the workspace');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER account_keeper_stays_delete BEFORE DELETE ON account
WHEN OLD.keeper = 1 AND NOT EXISTS (SELECT 1 FROM account WHERE keeper = 1 AND id <> OLD.id)
  AND EXISTS (SELECT 1 FROM account WHERE id <> OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'last keeper of the workspace');
END;
-- +goose StatementEnd
