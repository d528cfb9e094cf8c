-- +goose Up
-- A client is a record now: who it is on paper, how one reaches it, what it is offered. What existed keeps its name, its
-- place and its number, and the rest empty. Two clients may have one name: they sit in two towns.
DROP INDEX client_under_management;
ALTER TABLE client ADD COLUMN legal_name TEXT NOT NULL DEFAULT '';   -- '' is as name
ALTER TABLE client ADD COLUMN website TEXT NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN language TEXT NOT NULL DEFAULT '' CHECK (language IN ('', 'it', 'es', 'fr', 'de', 'en')); -- of its documents
ALTER TABLE client ADD COLUMN country TEXT NOT NULL DEFAULT '';      -- ISO 3166-1 alpha-2
ALTER TABLE client ADD COLUMN currency TEXT NOT NULL DEFAULT '' CHECK (currency IN ('', 'CHF', 'EUR'));
ALTER TABLE client ADD COLUMN vat_number TEXT NOT NULL DEFAULT '';
ALTER TABLE client ADD COLUMN private INTEGER NOT NULL DEFAULT 0 CHECK (private IN (0, 1)); -- a person, no business
ALTER TABLE client ADD COLUMN vat TEXT NOT NULL DEFAULT '' CHECK (vat IN ('', 'domestic', 'destination', 'reverse_charge', 'outside')); -- '' is as the countries suggest
ALTER TABLE client ADD COLUMN payment_days INTEGER NOT NULL DEFAULT 0 CHECK (payment_days BETWEEN 0 AND 365); -- 0 is as usual
ALTER TABLE client ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE client ADD COLUMN unasked INTEGER NOT NULL DEFAULT 0 CHECK (unasked IN (0, 1)); -- in the address book only: of it nothing was asked
CREATE INDEX client_by_vat_number ON client(organization_id, vat_number) WHERE vat_number <> '';

CREATE TABLE client_address (
  client_id TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('invoice', 'delivery')),
  addressee TEXT NOT NULL,                                -- a second line below the name
  street    TEXT NOT NULL,
  extra     TEXT NOT NULL,                                -- a post box, a floor
  postcode  TEXT NOT NULL,
  place     TEXT NOT NULL,
  country   TEXT NOT NULL,                                -- '' is the client's
  PRIMARY KEY (client_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE client_contact (
  id         TEXT PRIMARY KEY,
  client_id  TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  salutation TEXT NOT NULL,
  roles      TEXT NOT NULL,                               -- JSON list
  email      TEXT NOT NULL,
  email_key  TEXT NOT NULL,                               -- the form in which two spellings are equal
  phone      TEXT NOT NULL                                -- E.164
) STRICT;
CREATE INDEX client_contact_by_client ON client_contact(client_id, position);
CREATE INDEX client_contact_by_email ON client_contact(email_key) WHERE email_key <> '';

-- What a client is offered otherwise than others, by category of products. NULL is as usual.
CREATE TABLE client_condition (
  client_id TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  category  TEXT NOT NULL,
  partner   TEXT,                                         -- the partner's rate, percent
  discount  TEXT,                                         -- for the client, percent
  own       TEXT,                                         -- what the client pays for one
  currency  TEXT NOT NULL DEFAULT '',                     -- of own
  PRIMARY KEY (client_id, category),
  CHECK (discount IS NULL OR own IS NULL),
  CHECK ((own IS NULL) = (currency = ''))
) STRICT, WITHOUT ROWID;

-- Notes stay in Kontor. The account is no reference: the note outlives the person.
CREATE TABLE client_note (
  id         TEXT PRIMARY KEY,
  client_id  TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  at         INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  text       TEXT NOT NULL CHECK (text <> ''),
  changed_at INTEGER NOT NULL DEFAULT 0,
  version    INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX client_note_by_client ON client_note(client_id, at);

CREATE TABLE client_change_new (
  client_id  TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('asked', 'granted', 'refused', 'withdrawn', 'ended', 'allowed',
    'corrected', 'invited', 'signed', 'signed_refusal', 'listed', 'contact', 'conditions', 'merged')),
  access     TEXT NOT NULL DEFAULT '',
  wallet     INTEGER NOT NULL DEFAULT 0,
  products   INTEGER NOT NULL DEFAULT 0,                  -- how many; of 'allowed': how many collaborators
  PRIMARY KEY (client_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO client_change_new (client_id, number, at, account_id, kind, access, wallet, products)
  SELECT client_id, number, at, account_id, kind, access, wallet, products FROM client_change;
DROP TABLE client_change;
ALTER TABLE client_change_new RENAME TO client_change;
