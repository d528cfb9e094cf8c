-- +goose Up
-- A request to bring a domain to Infomaniak. Days are text (2026-11-20), '' where they are not known.
CREATE TABLE transfer (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  domain          TEXT NOT NULL CHECK (domain <> '' AND domain = lower(domain)), -- in ASCII
  holder          TEXT NOT NULL,
  registrar       TEXT NOT NULL,
  order_no        TEXT NOT NULL,
  stage           TEXT NOT NULL CHECK (stage IN ('requested', 'code_checked', 'confirmed', 'at_registry', 'done', 'failed')),
  since           INTEGER NOT NULL,
  asked           INTEGER NOT NULL CHECK (asked IN (0, 1)), -- the step in the Manager waits for the person's word
  registered_on   TEXT NOT NULL DEFAULT '',
  moved_on        TEXT NOT NULL DEFAULT '',
  expires_on      TEXT NOT NULL DEFAULT '',
  restart_by      INTEGER NOT NULL DEFAULT 0,
  code_at         INTEGER NOT NULL DEFAULT 0,               -- when the sealed code was entered; 0: there is none
  code_used       INTEGER NOT NULL DEFAULT 0,               -- the attempt that it was used in
  records         TEXT NOT NULL DEFAULT '',
  version         INTEGER NOT NULL DEFAULT 1,
  created_at      INTEGER NOT NULL,
  CHECK (stage <> 'done' OR code_at = 0)                    -- a code does not outlive its use
) STRICT;
CREATE UNIQUE INDEX transfer_open ON transfer(organization_id, domain) WHERE stage <> 'done';
CREATE INDEX transfer_by_organization ON transfer(organization_id, stage, since);

-- The ledger of a request: what was tried, why it failed, what it cost. Only the first attempt can cost anything.
CREATE TABLE transfer_attempt (
  transfer_id TEXT NOT NULL REFERENCES transfer(id) ON DELETE CASCADE,
  number      INTEGER NOT NULL CHECK (number > 0),
  started_at  INTEGER NOT NULL,
  ended_at    INTEGER NOT NULL DEFAULT 0,
  outcome     TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'done', 'failed')),
  cause       TEXT NOT NULL DEFAULT '',
  epp         INTEGER NOT NULL DEFAULT 0,
  fee         INTEGER CHECK (fee >= 0),                     -- minor units; NULL: not known
  currency    TEXT NOT NULL,
  PRIMARY KEY (transfer_id, number),
  CHECK (number = 1 OR fee = 0),
  CHECK ((outcome = '') = (ended_at = 0)),
  CHECK (outcome = 'failed' OR (cause = '' AND epp = 0))
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER transfer_attempt_stays BEFORE UPDATE ON transfer_attempt
WHEN NEW.number <> OLD.number OR NEW.started_at <> OLD.started_at OR NEW.fee IS NOT OLD.fee OR NEW.currency <> OLD.currency
  OR (OLD.outcome <> '' AND (NEW.outcome <> OLD.outcome OR NEW.ended_at <> OLD.ended_at))
BEGIN SELECT RAISE(ABORT, 'an attempt is not rewritten'); END;
-- +goose StatementEnd

-- The message from which a cause was read, as it was pasted or dropped.
CREATE TABLE transfer_message (
  transfer_id TEXT NOT NULL,
  number      INTEGER NOT NULL,
  subject     TEXT NOT NULL,
  sender      TEXT NOT NULL,
  sent_at     INTEGER NOT NULL,
  body        TEXT NOT NULL,
  PRIMARY KEY (transfer_id, number),
  FOREIGN KEY (transfer_id, number) REFERENCES transfer_attempt(transfer_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- What the person found out before a restart.
CREATE TABLE transfer_answer (
  transfer_id TEXT NOT NULL REFERENCES transfer(id) ON DELETE CASCADE,
  question    TEXT NOT NULL,
  fine        INTEGER NOT NULL CHECK (fine IN (0, 1)),
  at          INTEGER NOT NULL,
  PRIMARY KEY (transfer_id, question)
) STRICT, WITHOUT ROWID;

-- What no source states and an organization may therefore set.
CREATE TABLE transfer_rule (
  organization_id TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  code_days       INTEGER NOT NULL CHECK (code_days BETWEEN 1 AND 365)
) STRICT, WITHOUT ROWID;

-- However a request goes, also with its whole organization: its sealed code goes along.
-- +goose StatementBegin
CREATE TRIGGER transfer_code_goes AFTER DELETE ON transfer
BEGIN DELETE FROM sealed WHERE place = 'transfer' AND row = OLD.id; END;
-- +goose StatementEnd
