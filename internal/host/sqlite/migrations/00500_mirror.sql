-- +goose Up
-- Connections to Infomaniak: one for each account of Kontor that made one; a token is a person, not the workspace. The
-- token is in the vault. A frozen connection has none, and keeps what was read.
CREATE TABLE mirror_connection (
  account_id       TEXT PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
  remote_user      TEXT NOT NULL,                -- id of the person at Infomaniak
  remote_name      TEXT NOT NULL,
  remote_email     TEXT NOT NULL,
  state            TEXT NOT NULL CHECK (state IN ('off', 'idle', 'pulling', 'waiting', 'paused')),
  reason           TEXT NOT NULL DEFAULT '',
  next_at          INTEGER NOT NULL DEFAULT 0,   -- of waiting: not before
  connected_at     INTEGER NOT NULL,
  token_at         INTEGER NOT NULL,             -- when the token was entered here
  used_at          INTEGER NOT NULL,             -- the last call that the token was accepted for
  frozen_at        INTEGER NOT NULL DEFAULT 0,
  last_complete_at INTEGER NOT NULL DEFAULT 0,   -- when a pull came to its end last
  asked_at         INTEGER NOT NULL DEFAULT 0,   -- the person wished everything to be read
  told_at          INTEGER NOT NULL DEFAULT 0,   -- the last pull that the journal was told of
  generation       INTEGER NOT NULL DEFAULT 0,   -- the last that was given out
  background       INTEGER NOT NULL DEFAULT 0 CHECK (background IN (0, 1)),
  CHECK ((state = 'off') = (frozen_at > 0))
) STRICT;

-- What Infomaniak answered when an area was asked for last, and how old what is kept of it is. remote_account is '' for
-- what is asked once for all organizations, and a drive's id for the activity of a drive.
CREATE TABLE mirror_area (
  account_id     TEXT NOT NULL REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  area           TEXT NOT NULL,
  remote_account TEXT NOT NULL,
  verdict        TEXT NOT NULL CHECK (verdict IN ('waiting', 'synced', 'incomplete', 'scope', 'absent', 'unreadable', 'maintenance', 'stale', 'paused')),
  scopes         TEXT NOT NULL DEFAULT '',       -- that are needed, with spaces between
  http           INTEGER NOT NULL DEFAULT 0,
  code           TEXT NOT NULL DEFAULT '',
  request_id     TEXT NOT NULL DEFAULT '',
  reason         TEXT NOT NULL DEFAULT '',
  checked_at     INTEGER NOT NULL DEFAULT 0,     -- last asked, whatever the answer
  read_at        INTEGER NOT NULL DEFAULT 0,     -- last read as a whole
  next_at        INTEGER NOT NULL DEFAULT 0,     -- not before, whoever asks
  opened_at      INTEGER NOT NULL DEFAULT 0,     -- a page showed it last
  seen           INTEGER NOT NULL DEFAULT 0,     -- of the last walk
  total          INTEGER NOT NULL DEFAULT -1,
  unreadable     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, area, remote_account)
) STRICT, WITHOUT ROWID;

-- A walk through the pages of an area that is under way. Each page is one transaction with where it goes on.
CREATE TABLE mirror_cursor (
  account_id     TEXT NOT NULL REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  area           TEXT NOT NULL,
  remote_account TEXT NOT NULL,
  remote_user    TEXT NOT NULL,                  -- whose token it was begun with
  generation     INTEGER NOT NULL,
  cursor         TEXT NOT NULL,                  -- of the next page
  pages          INTEGER NOT NULL,
  seen           INTEGER NOT NULL,               -- rows with an id of their own
  total          INTEGER NOT NULL,               -- that Infomaniak told; -1: none
  unreadable     INTEGER NOT NULL,
  started_at     INTEGER NOT NULL,
  moved_at       INTEGER NOT NULL,
  PRIMARY KEY (account_id, area, remote_account)
) STRICT, WITHOUT ROWID;

-- What was read, as a whole: organizations, services, products, domains, members, teams, invitations, sessions, devices,
-- drives.
CREATE TABLE mirror_row (
  account_id     TEXT NOT NULL REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  area           TEXT NOT NULL,
  remote_account TEXT NOT NULL,                  -- of the walk
  remote_id      TEXT NOT NULL,
  name           TEXT NOT NULL,
  ends_on        TEXT NOT NULL DEFAULT '',       -- a day in Zurich
  fields         TEXT NOT NULL,                  -- JSON
  first_at       INTEGER NOT NULL,
  gone_at        INTEGER NOT NULL DEFAULT 0,     -- no longer there since
  PRIMARY KEY (account_id, area, remote_account, remote_id)
) STRICT, WITHOUT ROWID;

-- The same of walks that did not come to their end. It is shown only as long as nothing was read as a whole.
CREATE TABLE mirror_half (
  account_id     TEXT NOT NULL REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  area           TEXT NOT NULL,
  remote_account TEXT NOT NULL,
  remote_id      TEXT NOT NULL,
  generation     INTEGER NOT NULL,
  name           TEXT NOT NULL,
  ends_on        TEXT NOT NULL DEFAULT '',
  fields         TEXT NOT NULL,
  PRIMARY KEY (account_id, area, remote_account, remote_id)
) STRICT, WITHOUT ROWID;

-- The person there.
CREATE TABLE mirror_profile (
  account_id   TEXT PRIMARY KEY REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  person       TEXT NOT NULL,                    -- JSON
  emails       TEXT NOT NULL DEFAULT '[]',
  phones       TEXT NOT NULL DEFAULT '[]',
  two_step     TEXT NOT NULL DEFAULT '{}',
  read_at      INTEGER NOT NULL,
  addresses_at INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What an organization at Infomaniak is here. Nothing chooses by itself.
CREATE TABLE mirror_link (
  account_id      TEXT NOT NULL REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  remote_account  TEXT NOT NULL,
  choice          TEXT NOT NULL CHECK (choice IN ('link', 'client', 'look', 'ignore')),
  organization_id TEXT REFERENCES organization(id) ON DELETE SET NULL,
  client_id       TEXT REFERENCES client(id) ON DELETE SET NULL,
  decided_at      INTEGER NOT NULL,
  PRIMARY KEY (account_id, remote_account),
  CHECK (organization_id IS NULL OR choice = 'link'),
  CHECK (client_id IS NULL OR choice = 'client')
) STRICT, WITHOUT ROWID;
CREATE INDEX mirror_link_by_organization ON mirror_link(organization_id);
CREATE INDEX mirror_link_by_client ON mirror_link(client_id);

-- What the person noted about a sign-in at Infomaniak.
CREATE TABLE mirror_mark (
  account_id TEXT NOT NULL REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  session    TEXT NOT NULL,
  mark       TEXT NOT NULL CHECK (mark IN ('to_end', 'mine')),
  marked_at  INTEGER NOT NULL,
  PRIMARY KEY (account_id, session)
) STRICT, WITHOUT ROWID;

-- Scopes that answers have proven or asked for.
CREATE TABLE mirror_scope (
  account_id TEXT NOT NULL REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  scope      TEXT NOT NULL,
  proven_at  INTEGER NOT NULL DEFAULT 0,
  asked_at   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, scope)
) STRICT, WITHOUT ROWID;

-- Requests of the last week: the route without values, never a token. The limit of the next start counts on it.
CREATE TABLE mirror_request (
  id         INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  method     TEXT NOT NULL,
  route      TEXT NOT NULL,
  status     INTEGER NOT NULL,
  millis     INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  outcome    TEXT NOT NULL
) STRICT;
CREATE INDEX mirror_request_at ON mirror_request(at);
CREATE INDEX mirror_request_by_account ON mirror_request(account_id, at);

-- Drives whose activity is read.
CREATE TABLE mirror_drive (
  account_id TEXT NOT NULL REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  drive      TEXT NOT NULL,
  PRIMARY KEY (account_id, drive)
) STRICT, WITHOUT ROWID;

-- Events of drives. They are no part of the journal, which cannot forget.
CREATE TABLE mirror_event (
  id         INTEGER PRIMARY KEY,
  account_id TEXT NOT NULL REFERENCES mirror_connection(account_id) ON DELETE CASCADE,
  drive      TEXT NOT NULL,
  remote_id  TEXT NOT NULL,
  at         INTEGER NOT NULL,
  action     TEXT NOT NULL,
  actor      TEXT NOT NULL,
  path       TEXT NOT NULL,
  before     TEXT NOT NULL,                      -- its former path
  file       TEXT NOT NULL,
  source     TEXT NOT NULL,
  place      TEXT NOT NULL,                      -- address of the network
  UNIQUE (account_id, drive, remote_id)
) STRICT;
CREATE INDEX mirror_event_at ON mirror_event(account_id, at, id);

CREATE VIRTUAL TABLE mirror_event_text USING fts5(words, content='', contentless_delete=1, prefix='2 3',
  detail=none, tokenize="unicode61 remove_diacritics 2");
