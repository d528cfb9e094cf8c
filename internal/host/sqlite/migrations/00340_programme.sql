-- +goose Up
-- Swiss VAT by day, oldest first: [{"from": "2024-01-01", "rate": "8.1", "source": "…"}]. What an organization saved as
-- the one rate until now is its rate since the last change by law.
CREATE TABLE partner_vat (
  organization_id TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  rates           TEXT NOT NULL CHECK (json_valid(rates)),
  version         INTEGER NOT NULL DEFAULT 1,
  updated_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO partner_vat (organization_id, rates, updated_at)
  SELECT organization_id, json_array(
    json_object('from', '2018-01-01', 'rate', '7.7', 'source', 'MWSTG/LTVA/LIVA, art. 25'),
    json_object('from', '2024-01-01', 'rate', vat, 'source', '')), updated_at
  FROM partner_terms WHERE vat <> '8.1';
ALTER TABLE partner_terms DROP COLUMN vat;

-- What the programme asks for and what a payout costs; an organization without a row has the published figures.
CREATE TABLE partner_programme (
  organization_id TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  volume_chf      INTEGER NOT NULL CHECK (volume_chf >= 0),
  volume_eur      INTEGER NOT NULL CHECK (volume_eur >= 0),
  fee_chf         INTEGER NOT NULL CHECK (fee_chf >= 0),
  fee_eur         INTEGER NOT NULL CHECK (fee_eur >= 0),
  payout_days     INTEGER NOT NULL CHECK (payout_days BETWEEN 0 AND 180),
  version         INTEGER NOT NULL DEFAULT 1,
  updated_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE price_book ADD COLUMN author TEXT NOT NULL DEFAULT '';
UPDATE price_book SET author = coalesce((SELECT trim(first_name || ' ' || last_name) FROM account WHERE id = author_id), '');
