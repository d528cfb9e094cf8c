-- +goose Up
-- More can become of a client: its name is put right, an invitation is made, a signed reply is taken over.
CREATE TABLE client_change_new (
  client_id  TEXT NOT NULL REFERENCES client(id) ON DELETE CASCADE,
  number     INTEGER NOT NULL,
  at         INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('asked', 'granted', 'refused', 'withdrawn', 'ended', 'allowed',
    'corrected', 'invited', 'signed', 'signed_refusal')),
  access     TEXT NOT NULL DEFAULT '',
  wallet     INTEGER NOT NULL DEFAULT 0,
  products   INTEGER NOT NULL DEFAULT 0,                  -- how many; of 'allowed': how many collaborators
  PRIMARY KEY (client_id, number)
) STRICT, WITHOUT ROWID;
INSERT INTO client_change_new (client_id, number, at, account_id, kind, access, wallet, products)
  SELECT client_id, number, at, account_id, kind, access, wallet, products FROM client_change;
DROP TABLE client_change;
ALTER TABLE client_change_new RENAME TO client_change;
