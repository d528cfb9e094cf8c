-- +goose Up
-- The collaborators who work on a transfer: they see and change those alone. Whoever made a request is one of them; of
-- older ones nobody is, until an administrator says so. Whoever leaves the organization loses it.
CREATE TABLE transfer_collaborator (
  transfer_id     TEXT NOT NULL REFERENCES transfer(id) ON DELETE CASCADE,
  organization_id TEXT NOT NULL,
  account_id      TEXT NOT NULL,
  PRIMARY KEY (transfer_id, account_id),
  FOREIGN KEY (organization_id, account_id) REFERENCES member(organization_id, account_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX transfer_collaborator_by_account ON transfer_collaborator(organization_id, account_id);
