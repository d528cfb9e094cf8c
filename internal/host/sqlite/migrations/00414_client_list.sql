-- +goose Up
-- What a list of thousands needs at hand: the order of the names, and how many products there are without reading them.
ALTER TABLE client ADD COLUMN products INTEGER NOT NULL DEFAULT 0;
UPDATE client SET products = json_array_length(CASE WHEN granted_access = '' THEN asked_products ELSE granted_products END);
CREATE INDEX client_by_name ON client(organization_id, name_key, id);
DROP INDEX client_by_organization;
CREATE INDEX client_by_state ON client(organization_id, state, difference);
