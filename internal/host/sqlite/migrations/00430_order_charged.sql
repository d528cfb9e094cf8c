-- +goose Up
-- What Infomaniak really charged for an order that was noted by hand, before VAT; NULL is not known.
ALTER TABLE client_order ADD COLUMN charged INTEGER;
