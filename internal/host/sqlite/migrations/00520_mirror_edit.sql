-- +goose Up
-- What a person changes at Infomaniak: sent once, read back. 'sending' is on disk before the first byte that may change
-- anything leaves. Nothing but a reading that shows the old value, an answer that says that nothing was done, or a person
-- makes an edit 'waiting' again; one that must not be made twice (once) never, after its bytes may have left.
CREATE TABLE mirror_edit (
  id             TEXT PRIMARY KEY,
  account_id     TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  kind           TEXT NOT NULL CHECK (kind IN ('profile', 'avatar', 'email', 'phone', 'invitation', 'team', 'team_users', 'application_password', 'record')),
  act            TEXT NOT NULL CHECK (act IN ('set', 'add', 'remove')),
  field          TEXT NOT NULL DEFAULT '',       -- of the profile
  resource       TEXT NOT NULL,                  -- one of these at a time is under way
  slot           TEXT NOT NULL,                  -- the newest edit of a slot replaces one that waits
  remote_account TEXT NOT NULL DEFAULT '',       -- organization at Infomaniak
  object         TEXT NOT NULL DEFAULT '',       -- id at Infomaniak
  zone           TEXT NOT NULL DEFAULT '',
  base           TEXT NOT NULL DEFAULT '{}',     -- what stood there when the person decided
  mine           TEXT NOT NULL DEFAULT '{}',
  theirs         TEXT NOT NULL DEFAULT '{}',     -- as read last
  base_at        INTEGER NOT NULL DEFAULT 0,
  theirs_at      INTEGER NOT NULL DEFAULT 0,
  data           BLOB,                           -- a picture, until it is confirmed
  once           INTEGER NOT NULL CHECK (once IN (0, 1)),
  state          TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'requested', 'confirmed', 'refused', 'differs', 'conflict', 'uncertain', 'withdrawn')),
  sends          INTEGER NOT NULL DEFAULT 0,     -- attempts whose bytes may have left
  tries          INTEGER NOT NULL DEFAULT 0,     -- attempts in a row that did not leave
  looks          INTEGER NOT NULL DEFAULT 0,     -- readings since it was sent
  created_at     INTEGER NOT NULL,
  changed_at     INTEGER NOT NULL,
  sent_at        INTEGER NOT NULL DEFAULT 0,
  next_at        INTEGER NOT NULL DEFAULT 0,     -- 0: only a person moves it on
  give_up_at     INTEGER NOT NULL DEFAULT 0,     -- 0: it waits for as long as it takes
  claim          TEXT NOT NULL DEFAULT '',       -- whose attempt it is
  claim_until    INTEGER NOT NULL DEFAULT 0,
  reason         TEXT NOT NULL DEFAULT '',
  scope          TEXT NOT NULL DEFAULT '',
  detail         TEXT NOT NULL DEFAULT '',       -- Infomaniak's own words
  refusals       TEXT NOT NULL DEFAULT '[]',
  request_id     TEXT NOT NULL DEFAULT '',
  CHECK (state <> 'sending' OR claim <> '' AND sends > 0),
  CHECK (once = 0 OR sends <= 1)
) STRICT;
CREATE INDEX mirror_edit_by_account ON mirror_edit(account_id, state);
CREATE INDEX mirror_edit_due ON mirror_edit(state, next_at);

-- +goose StatementBegin
CREATE TRIGGER mirror_edit_moves BEFORE UPDATE OF state ON mirror_edit
WHEN OLD.state <> NEW.state AND NOT (
  OLD.state = 'waiting'   AND NEW.state IN ('sending', 'confirmed', 'refused', 'conflict', 'uncertain', 'withdrawn') OR
  OLD.state = 'sending'   AND NEW.state IN ('requested', 'refused', 'uncertain') OR
  OLD.state = 'sending'   AND NEW.state IN ('waiting', 'withdrawn') AND NEW.sends < OLD.sends OR
  OLD.state = 'requested' AND NEW.state IN ('confirmed', 'differs', 'withdrawn') OR
  OLD.state = 'uncertain' AND NEW.state IN ('confirmed', 'conflict', 'withdrawn') OR
  OLD.state = 'uncertain' AND NEW.state = 'waiting' AND OLD.once = 0 OR
  OLD.state IN ('refused', 'differs') AND NEW.state IN ('confirmed', 'withdrawn') OR
  OLD.state IN ('refused', 'differs') AND NEW.state = 'waiting' AND OLD.once = 0 OR
  OLD.state = 'conflict'  AND NEW.state IN ('waiting', 'confirmed', 'withdrawn'))
BEGIN SELECT RAISE(ABORT, 'an edit does not move that way'); END;
-- +goose StatementEnd

-- Languages, countries and time zones as Infomaniak lists them; the same for everybody.
CREATE TABLE mirror_lookup (
  list    TEXT NOT NULL CHECK (list IN ('language', 'country', 'timezone')),
  id      INTEGER NOT NULL,
  code    TEXT NOT NULL,
  name    TEXT NOT NULL,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (list, id)
) STRICT, WITHOUT ROWID;

-- Invitations that were made here, without the links that would accept them.
CREATE TABLE mirror_invited (
  edit_id        TEXT PRIMARY KEY,               -- of the edit that made it, which may be forgotten
  account_id     TEXT NOT NULL REFERENCES account(id) ON DELETE CASCADE,
  remote_account TEXT NOT NULL,
  remote_id      TEXT NOT NULL,                  -- '' while it is not known
  email          TEXT NOT NULL,
  name           TEXT NOT NULL,
  role           TEXT NOT NULL,
  status         TEXT NOT NULL,                  -- Infomaniak's own word; '' until read
  sent_at        INTEGER NOT NULL,
  expires_at     INTEGER NOT NULL,
  read_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX mirror_invited_by_account ON mirror_invited(account_id, remote_account);

-- The avatar at Infomaniak, fetched when a new one was read back.
CREATE TABLE mirror_avatar (
  account_id TEXT PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
  address    TEXT NOT NULL,
  data       BLOB NOT NULL
) STRICT;
