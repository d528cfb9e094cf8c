-- +goose Up
-- Whether an account wishes its zones to be read once a day; no row: not.
CREATE TABLE mirror_zone_wish (
  account_id TEXT PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
  daily      INTEGER NOT NULL CHECK (daily IN (0, 1))
) STRICT;

-- A zone that was asked for, and what came of it.
CREATE TABLE mirror_zone (
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  zone       TEXT NOT NULL,                      -- ASCII, lower case, no dot at the end
  domain     TEXT NOT NULL,
  verdict    TEXT NOT NULL,                      -- synced, scope, absent, unreadable, maintenance, stale
  scope      TEXT NOT NULL DEFAULT '',
  checked_at INTEGER NOT NULL,                   -- last asked
  read_at    INTEGER NOT NULL DEFAULT 0,         -- last read as a whole
  PRIMARY KEY (account_id, zone)
) STRICT, WITHOUT ROWID;

-- A zone as it was from taken_at to seen_at at least: readings that are equal are one snapshot.
CREATE TABLE mirror_snapshot (
  id         TEXT PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  zone       TEXT NOT NULL,
  taken_at   INTEGER NOT NULL,
  seen_at    INTEGER NOT NULL,
  why        TEXT NOT NULL CHECK (why IN ('asked', 'daily', 'before_change', 'after_change')),
  digest     TEXT NOT NULL,                      -- of its records, whatever their order and their ids
  changes    INTEGER NOT NULL                    -- records that differ from the snapshot before; -1: there is none
) STRICT;
CREATE INDEX mirror_snapshot_by_zone ON mirror_snapshot(account_id, zone, seen_at);

CREATE TABLE mirror_snapshot_record (
  snapshot_id TEXT NOT NULL REFERENCES mirror_snapshot(id) ON DELETE CASCADE,
  n           INTEGER NOT NULL,
  remote_id   TEXT NOT NULL,
  source      TEXT NOT NULL,
  type        TEXT NOT NULL,
  target      TEXT NOT NULL,
  ttl         INTEGER NOT NULL,
  PRIMARY KEY (snapshot_id, n)
) STRICT, WITHOUT ROWID;
