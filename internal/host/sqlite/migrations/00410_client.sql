-- +goose Up
-- A client of a partner. What was asked and what was granted are kept whole (products as JSON); what lists need of them
-- stands in columns of its own.
CREATE TABLE client (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  name            TEXT NOT NULL CHECK (name <> ''),
  name_key        TEXT NOT NULL,                          -- folded, for comparison
  place           TEXT NOT NULL,
  number          TEXT NOT NULL,                          -- of the client's organization at Infomaniak; '' is not known
  state           TEXT NOT NULL CHECK (state IN ('pending', 'active', 'refused', 'withdrawn', 'ended')),
  since           INTEGER NOT NULL,                       -- when the state was reached
  asked_access    TEXT NOT NULL CHECK (asked_access IN ('limited', 'full')),
  asked_wallet    INTEGER NOT NULL CHECK (asked_wallet IN (0, 1)),
  asked_products  TEXT NOT NULL,
  asked_at        INTEGER NOT NULL,
  granted_access  TEXT NOT NULL DEFAULT '' CHECK (granted_access IN ('', 'limited', 'full')),
  granted_wallet  INTEGER NOT NULL DEFAULT 0 CHECK (granted_wallet IN (0, 1)),
  granted_products TEXT NOT NULL DEFAULT '[]',
  granted_on      TEXT NOT NULL DEFAULT '',               -- day; '' if nothing was granted
  paid_since      TEXT NOT NULL DEFAULT '',               -- day since when the same side pays
  difference      TEXT NOT NULL DEFAULT '' CHECK (difference IN ('', 'same', 'less', 'more', 'both')),
  missing         INTEGER NOT NULL DEFAULT 0,             -- rights on products that were asked and not granted
  search          TEXT NOT NULL,                          -- folded words to look through
  version         INTEGER NOT NULL DEFAULT 1,
  created_at      INTEGER NOT NULL,
  CHECK (asked_access = 'full' OR asked_wallet = 0),      -- the wallet comes with full access only
  CHECK (granted_access = 'full' OR granted_wallet = 0),
  CHECK (state <> 'active' OR granted_access <> '')
) STRICT;
CREATE INDEX client_by_organization ON client(organization_id, state);
CREATE UNIQUE INDEX client_under_management ON client(organization_id, name_key) WHERE state IN ('pending', 'active');

-- The collaborators who may see a client. Whoever leaves the organization or is no member any more loses it.
CREATE TABLE client_collaborator (
  client_id       TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  organization_id TEXT NOT NULL,
  account_id      TEXT NOT NULL,
  PRIMARY KEY (client_id, account_id),
  FOREIGN KEY (organization_id, account_id) REFERENCES member(organization_id, account_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX client_collaborator_by_account ON client_collaborator(organization_id, account_id);

-- What became of a client, one row per change. The account is no reference: the row outlives the person.
CREATE TABLE client_change (
  client_id  TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('asked', 'granted', 'refused', 'withdrawn', 'ended', 'allowed')),
  access     TEXT NOT NULL DEFAULT '',
  wallet     INTEGER NOT NULL DEFAULT 0,
  products   INTEGER NOT NULL DEFAULT 0,                  -- how many; of 'allowed': how many collaborators
  PRIMARY KEY (client_id, number)
) STRICT, WITHOUT ROWID;
