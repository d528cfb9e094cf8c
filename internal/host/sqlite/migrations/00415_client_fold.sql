-- +goose Up
-- ß is ss, ø is o, ł is l now when people search. Where that makes two clients under management the same, the second keeps
-- the key that it has.
UPDATE OR IGNORE client SET name_key = kontor_fold(name);
UPDATE client SET search = kontor_fold(name || char(10) || place || char(10) || number || char(10)
  || coalesce((SELECT group_concat(json_extract(value, '$.name'), char(10)) FROM json_each(asked_products)), '') || char(10)
  || coalesce((SELECT group_concat(json_extract(value, '$.name'), char(10)) FROM json_each(granted_products)), ''));
