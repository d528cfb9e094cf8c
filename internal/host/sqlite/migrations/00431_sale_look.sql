-- +goose Up
-- What the pages of orders add up is read from the indexes alone.
DROP INDEX sale_line_by_sale;
CREATE INDEX sale_line_by_sale ON sale_line(sale_id, position, id, expected, ended_on);
CREATE INDEX sale_charge_by_line ON sale_charge(line_id, period, charged_on, amount, reference);
