-- +goose Up
-- Price books, degressive steps and a partner's terms. A row without an organization came with Kontor: everybody reads
-- it, nobody changes it; what an organization saves is its own. Prices and percentages are decimal text.
CREATE TABLE price_book (
  id              TEXT PRIMARY KEY,
  organization_id TEXT REFERENCES organization(id) ON DELETE CASCADE,
  name            TEXT NOT NULL DEFAULT '',
  currency        TEXT NOT NULL CHECK (currency IN ('CHF', 'EUR')),
  valid_from      TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  valid_until     TEXT CHECK (valid_until IS NULL OR valid_until >= valid_from),
  source          TEXT NOT NULL,
  author_id       TEXT,
  version         INTEGER NOT NULL DEFAULT 1,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX price_book_by_organization ON price_book(organization_id, currency, valid_from);

CREATE TABLE price_line (
  id         TEXT PRIMARY KEY,
  book_id    TEXT NOT NULL REFERENCES price_book(id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  product    TEXT NOT NULL DEFAULT '',
  name       TEXT NOT NULL DEFAULT '' CHECK (product <> '' OR length(trim(name)) > 0),
  price      TEXT NOT NULL CHECK (price GLOB '[0-9]*' AND price NOT GLOB '*[^0-9.]*'),
  per        TEXT NOT NULL CHECK (per IN ('month', 'year')),
  degressive INTEGER NOT NULL CHECK (degressive IN (0, 1)),
  origin     TEXT NOT NULL CHECK (origin IN ('published', 'thirdparty', 'own', 'assumption')),
  source     TEXT NOT NULL DEFAULT '',
  UNIQUE (book_id, position),
  UNIQUE (book_id, product, name)
) STRICT;

-- Steps are never changed: what an organization saves last applies, what was saved before stays for what it computed.
CREATE TABLE schedule (
  id              TEXT PRIMARY KEY,
  organization_id TEXT REFERENCES organization(id) ON DELETE CASCADE,
  mode            TEXT NOT NULL CHECK (mode IN ('volume', 'graduated')),
  valid_from      TEXT NOT NULL CHECK (valid_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  source          TEXT NOT NULL DEFAULT '',
  author_id       TEXT,
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX schedule_by_organization ON schedule(organization_id, created_at);

CREATE TABLE tier (
  schedule_id   TEXT NOT NULL REFERENCES schedule(id) ON DELETE CASCADE,
  from_quantity INTEGER NOT NULL CHECK (from_quantity BETWEEN 1 AND 1000000),
  percent       TEXT NOT NULL CHECK (percent GLOB '[0-9]*' AND percent NOT GLOB '*[^0-9.]*'),
  origin        TEXT NOT NULL CHECK (origin IN ('published', 'thirdparty', 'own', 'assumption')),
  source        TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (schedule_id, from_quantity)
) STRICT, WITHOUT ROWID;

CREATE TABLE partner_terms (
  organization_id TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  rate            TEXT NOT NULL,
  ceiling         TEXT NOT NULL,
  base            TEXT NOT NULL CHECK (base IN ('after', 'before')),
  vat             TEXT NOT NULL,
  country_vat     TEXT NOT NULL,
  version         INTEGER NOT NULL DEFAULT 1,
  updated_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What ships: the two prices implied by the published example, a press price of .ch domains, and steps of which only
-- "35 hostings: 25 %" is published. The day is the one on which the pages were read.
INSERT INTO price_book (id, currency, valid_from, source, created_at, updated_at) VALUES
  ('shipped-chf', 'CHF', '2026-08-18', 'https://www.infomaniak.com/en/support/faq/2672/partnership-recurring-discounts-and-cashback', 0, 0),
  ('shipped-eur', 'EUR', '2026-08-18', 'https://www.infomaniak.com/en/support/faq/2672/partnership-recurring-discounts-and-cashback', 0, 0);
INSERT INTO price_line (id, book_id, position, product, price, per, degressive, origin, source) VALUES
  ('shipped-chf-web', 'shipped-chf', 1, 'web_hosting', '9.92', 'month', 1, 'published', '347.20 / 35 (faq/2672)'),
  ('shipped-chf-ch', 'shipped-chf', 2, 'domain_ch', '10.65', 'year', 0, 'thirdparty', 'https://www.bazonline.ch/wer-eine-website-will-muss-mehr-bezahlen-814342765309'),
  ('shipped-eur-web', 'shipped-eur', 1, 'web_hosting', '5.75', 'month', 1, 'published', '201.25 / 35 (faq/2672)');
INSERT INTO schedule (id, mode, valid_from, source, created_at) VALUES
  ('shipped', 'volume', '2026-08-18', 'https://www.infomaniak.com/en/support/faq/2672/partnership-recurring-discounts-and-cashback', 0);
INSERT INTO tier (schedule_id, from_quantity, percent, origin, source) VALUES
  ('shipped', 5, '5', 'assumption', ''),
  ('shipped', 10, '10', 'assumption', ''),
  ('shipped', 15, '15', 'assumption', ''),
  ('shipped', 20, '20', 'assumption', ''),
  ('shipped', 30, '25', 'assumption', '35 → 25 % (faq/2672)');
