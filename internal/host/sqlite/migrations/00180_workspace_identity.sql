-- +goose Up
-- What this workspace is called among others: its backups carry the same id, wherever they go.
CREATE TABLE workspace_identity (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  id   TEXT NOT NULL CHECK (length(id) = 32)
) STRICT;

INSERT INTO workspace_identity (only, id) VALUES (1, lower(hex(randomblob(16))));
