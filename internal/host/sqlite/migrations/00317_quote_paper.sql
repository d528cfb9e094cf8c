-- +goose Up
-- The number as it was given, without the revision; '' is year and serial as they stand.
ALTER TABLE quote ADD COLUMN number TEXT NOT NULL DEFAULT '';

-- The last serial of a year that has left the program: none up to it is given again, also when its quote is deleted.
CREATE TABLE quote_serial (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  year            INTEGER NOT NULL,
  last            INTEGER NOT NULL CHECK (last > 0),
  PRIMARY KEY (organization_id, year)
) STRICT, WITHOUT ROWID;

-- Quotes that were sent before numbers were kept have left.
INSERT INTO quote_serial (organization_id, year, last)
  SELECT organization_id, year, max(serial) FROM quote WHERE state <> 'draft' GROUP BY organization_id, year;

-- What stands on a quote around its lines: own texts as JSON, and, from the moment at which it left, all of it.
CREATE TABLE quote_paper (
  quote_id TEXT PRIMARY KEY REFERENCES quote(id) ON DELETE CASCADE,
  own      TEXT NOT NULL,
  frozen   TEXT NOT NULL DEFAULT ''
) STRICT;

-- Letters by which a quote went out, or by which somebody asked after it. How far one has come is the mail's.
CREATE TABLE quote_letter (
  mail_id   TEXT PRIMARY KEY,
  quote_id  TEXT NOT NULL REFERENCES quote(id) ON DELETE CASCADE,
  kind      TEXT NOT NULL CHECK (kind IN ('offer', 'reminder')),
  recipient TEXT NOT NULL,
  subject   TEXT NOT NULL,
  text      TEXT NOT NULL,
  file      TEXT NOT NULL,                                -- name of the PDF that went with it; '' is none
  made_by   TEXT NOT NULL,
  made_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX quote_letter_by_quote ON quote_letter(quote_id, made_at);
