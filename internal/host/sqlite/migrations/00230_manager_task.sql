-- +goose Up
-- What was noted here and only Infomaniak's Manager can do. A task belongs to an organization, or to a person alone.
-- A closed one stays for a while, so that it can be shown and taken back.
CREATE TABLE manager_task (
  id              TEXT PRIMARY KEY,
  organization_id TEXT REFERENCES organization(id) ON DELETE CASCADE,
  owner_id        TEXT REFERENCES account(id) ON DELETE CASCADE,
  kind            TEXT NOT NULL,
  ref             TEXT NOT NULL,                  -- id of the record that it is about; with the kind, one open task
  params          TEXT NOT NULL CHECK (json_valid(params)),
  noted_at        INTEGER NOT NULL,
  outcome         TEXT NOT NULL DEFAULT 'open' CHECK (outcome IN ('open', 'done', 'dropped')),
  closed_at       INTEGER,
  CHECK ((organization_id IS NULL) <> (owner_id IS NULL)),
  CHECK ((outcome = 'open') = (closed_at IS NULL))
) STRICT;
CREATE UNIQUE INDEX manager_task_open ON manager_task(coalesce(organization_id, owner_id), kind, ref) WHERE outcome = 'open';
CREATE INDEX manager_task_by_place ON manager_task(coalesce(organization_id, owner_id), noted_at);
