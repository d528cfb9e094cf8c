-- +goose Up
-- The mail server through which this workspace sends; no row: none is set up and no connection is made. The password
-- is in the vault. What went wrong with the server itself stands here, so that a full queue asks it once, not once for
-- each message.
CREATE TABLE mail_server (
  one          INTEGER PRIMARY KEY CHECK (one = 1),
  host         TEXT NOT NULL,
  port         INTEGER NOT NULL CHECK (port BETWEEN 1 AND 65535),
  security     TEXT NOT NULL CHECK (security IN ('starttls', 'tls', 'plain')),
  username     TEXT NOT NULL,                    -- '': no authentication
  from_address TEXT NOT NULL,
  failures     INTEGER NOT NULL DEFAULT 0,       -- of the connection, since the last that worked
  next_at      INTEGER NOT NULL DEFAULT 0,       -- not before this
  reason       TEXT NOT NULL DEFAULT '',         -- '' while all is well
  detail       TEXT NOT NULL DEFAULT '',
  since        INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The queue. A message is given to the server at most once: 'sending' is on disk before its first byte leaves, and
-- nothing but the server's own refusal, or a person, makes it 'waiting' again.
CREATE TABLE mail_message (
  id              TEXT PRIMARY KEY,
  account_id      TEXT REFERENCES account(id) ON DELETE CASCADE,      -- whom it concerns, or who sends it
  organization_id TEXT REFERENCES organization(id) ON DELETE CASCADE, -- in whose name; NULL: in nobody's but the person's
  product         TEXT NOT NULL,                 -- of the journal
  message_id      TEXT NOT NULL UNIQUE,          -- of the header: the same at every attempt
  recipient       TEXT NOT NULL,
  subject         TEXT NOT NULL,
  body            TEXT NOT NULL,                 -- '' once it is sent or withdrawn
  queued_at       INTEGER NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'uncertain', 'failed', 'withdrawn')),
  changed_at      INTEGER NOT NULL,
  tries           INTEGER NOT NULL DEFAULT 0,
  next_at         INTEGER NOT NULL,
  give_up_at      INTEGER NOT NULL,
  claim           TEXT NOT NULL DEFAULT '',      -- whose attempt it is
  claim_until     INTEGER NOT NULL DEFAULT 0,
  reason          TEXT NOT NULL DEFAULT '',
  detail          TEXT NOT NULL DEFAULT '',
  CHECK (account_id IS NOT NULL OR organization_id IS NOT NULL),
  CHECK (state <> 'sending' OR claim <> '')
) STRICT;
CREATE INDEX mail_message_due ON mail_message(state, next_at);
CREATE INDEX mail_message_by_account ON mail_message(account_id);
CREATE INDEX mail_message_by_organization ON mail_message(organization_id);

CREATE TABLE mail_attachment (
  mail_id TEXT NOT NULL REFERENCES mail_message(id) ON DELETE CASCADE,
  n       INTEGER NOT NULL,
  name    TEXT NOT NULL,
  type    TEXT NOT NULL,
  data    BLOB NOT NULL,
  PRIMARY KEY (mail_id, n)
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER mail_message_moves BEFORE UPDATE OF state ON mail_message
WHEN OLD.state <> NEW.state AND NOT (
  OLD.state = 'waiting'   AND NEW.state IN ('sending', 'uncertain', 'failed', 'withdrawn') OR
  OLD.state = 'sending'   AND NEW.state IN ('sent', 'waiting', 'failed', 'uncertain') OR
  OLD.state = 'uncertain' AND NEW.state IN ('sent', 'waiting', 'failed', 'withdrawn') OR
  OLD.state = 'failed'    AND NEW.state IN ('waiting', 'withdrawn'))
BEGIN SELECT RAISE(ABORT, 'a message does not move that way'); END;
-- +goose StatementEnd
