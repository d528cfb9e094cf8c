-- +goose Up
-- The means that pay. There is no column for a card number or its check value: a card is its brand, its last four
-- digits and the month in which it ends. Account numbers and addresses lie sealed in the vault; masked is what may be
-- shown of them.
CREATE TABLE payment_profile (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  kind            TEXT NOT NULL CHECK (kind IN ('card', 'postfinance', 'twint', 'paypal', 'ebill', 'bank', 'prepaid')),
  brand           TEXT NOT NULL DEFAULT '' CHECK (brand IN ('', 'visa', 'mastercard')),
  label           TEXT NOT NULL DEFAULT '',
  holder          TEXT NOT NULL DEFAULT '',
  last4           TEXT NOT NULL DEFAULT '' CHECK (last4 = '' OR last4 GLOB '[0-9][0-9][0-9][0-9]'),
  ends            INTEGER CHECK (ends BETWEEN 200001 AND 999912 AND ends % 100 BETWEEN 1 AND 12), -- 202611: end of November 2026
  masked          TEXT NOT NULL DEFAULT '',
  version         INTEGER NOT NULL DEFAULT 1,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  UNIQUE (organization_id, id),
  CHECK ((kind = 'card') = (brand <> '')),
  CHECK ((kind IN ('card', 'postfinance')) = (last4 <> '' AND ends IS NOT NULL)),
  CHECK ((kind IN ('twint', 'paypal', 'ebill', 'bank')) = (masked <> ''))
) STRICT;
CREATE UNIQUE INDEX payment_profile_one_prepaid ON payment_profile(organization_id) WHERE kind = 'prepaid';

-- Exactly one default: the primary key forbids a second, the triggers below forbid none. A flag on the profile would
-- have to pass through "none" or "two" on the way from one default to the next; a pointer moves in one statement.
CREATE TABLE payment_default (
  organization_id TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  profile_id      TEXT NOT NULL,
  FOREIGN KEY (organization_id, profile_id) REFERENCES payment_profile(organization_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- +goose StatementBegin
CREATE TRIGGER payment_default_begins AFTER INSERT ON organization BEGIN
  INSERT INTO payment_profile (id, organization_id, kind, created_at, updated_at)
  VALUES ('prepaid-' || NEW.id, NEW.id, 'prepaid', NEW.created_at, NEW.created_at);
  INSERT INTO payment_default (organization_id, profile_id) VALUES (NEW.id, 'prepaid-' || NEW.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_default_stays BEFORE DELETE ON payment_default
WHEN EXISTS (SELECT 1 FROM organization WHERE id = OLD.organization_id) BEGIN
  SELECT RAISE(ABORT, 'payment_default: an organization has exactly one default');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_default_keeps_its_organization BEFORE UPDATE OF organization_id ON payment_default BEGIN
  SELECT RAISE(ABORT, 'payment_default: an organization has exactly one default');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_profile_stays BEFORE DELETE ON payment_profile
WHEN EXISTS (SELECT 1 FROM organization WHERE id = OLD.organization_id)
  AND (OLD.kind = 'prepaid' OR EXISTS (SELECT 1 FROM payment_default WHERE profile_id = OLD.id)) BEGIN
  SELECT RAISE(ABORT, 'payment_profile: the default and the prepaid account cannot be removed');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER payment_profile_keeps_its_kind BEFORE UPDATE OF id, organization_id, kind ON payment_profile BEGIN
  SELECT RAISE(ABORT, 'payment_profile: id, organization and kind do not change');
END;
-- +goose StatementEnd

INSERT INTO payment_profile (id, organization_id, kind, created_at, updated_at)
SELECT 'prepaid-' || id, id, 'prepaid', created_at, created_at FROM organization;
INSERT INTO payment_default (organization_id, profile_id) SELECT id, 'prepaid-' || id FROM organization;

-- Products and when they renew. profile_id NULL: the organization's default pays.
CREATE TABLE payment_renewal (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  product         TEXT NOT NULL CHECK (length(product) > 0),
  expires_on      TEXT NOT NULL CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  amount          INTEGER NOT NULL CHECK (amount > 0),
  currency        TEXT NOT NULL CHECK (currency IN ('CHF', 'EUR')),
  months          INTEGER NOT NULL CHECK (months BETWEEN 1 AND 120),
  automatic       INTEGER NOT NULL CHECK (automatic IN (0, 1)),
  profile_id      TEXT,
  version         INTEGER NOT NULL DEFAULT 1,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  FOREIGN KEY (organization_id, profile_id) REFERENCES payment_profile(organization_id, id) DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX payment_renewal_by_date ON payment_renewal(organization_id, expires_on, id);
CREATE INDEX payment_renewal_by_profile ON payment_renewal(profile_id) WHERE profile_id IS NOT NULL;
