-- +goose Up
-- The words of quotes are kept folded as everywhere else, the signs of scripts without blanks each by itself.
UPDATE quote SET recipient_key = kontor_fold(recipient);
DELETE FROM quote_search;
INSERT INTO quote_search (rowid, words)
  SELECT q.seq, kontor_index(printf('%d-%04d', q.year, q.serial) || CASE WHEN q.revision > 1 THEN '/' || q.revision ELSE '' END
    || char(10) || q.recipient || char(10) || q.note || char(10)
    || coalesce((SELECT group_concat(replace(l.product, '_', ' ') || char(10) || l.name, char(10)) FROM quote_line l
      WHERE l.quote_id = q.id AND l.scenario = 1), ''))
  FROM quote q;
