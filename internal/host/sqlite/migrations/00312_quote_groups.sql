-- +goose Up
-- Lines of a quote can be the partner's own; what they are is kept for searches.
ALTER TABLE quote_line ADD COLUMN kind TEXT NOT NULL DEFAULT 'listed' CHECK (kind IN ('listed', 'own'));
ALTER TABLE quote_line ADD COLUMN category TEXT NOT NULL DEFAULT '';

-- What a list shows of a quote is twelve months, before VAT: once, by the month and by the year have no other sum. Until
-- now it was the first invoices of all lines, which added a month to a year.
UPDATE quote SET (offer, earned) = (
  SELECT CAST(replace(json_extract(f.text, '$.answer.scenarios[' || (max(quote.accepted, 1) - 1) || '].year.offer.amount'), '.', '') AS INTEGER),
         CAST(replace(json_extract(f.text, '$.answer.scenarios[' || (max(quote.accepted, 1) - 1) || '].year.earned.amount'), '.', '') AS INTEGER)
  FROM quote_frozen f WHERE f.quote_id = quote.id)
WHERE EXISTS (SELECT 1 FROM quote_frozen f WHERE f.quote_id = quote.id);
