-- +goose Up
-- A domain may be named by several organizations: nothing proves whose it is, and whoever named it first must not keep
-- the others from naming theirs.
CREATE TABLE sso_domain_named (
  domain          TEXT NOT NULL,
  organization_id TEXT NOT NULL REFERENCES sso_provider(organization_id) ON DELETE CASCADE,
  PRIMARY KEY (domain, organization_id)
) STRICT, WITHOUT ROWID;
INSERT INTO sso_domain_named SELECT domain, organization_id FROM sso_domain;
DROP TABLE sso_domain;
ALTER TABLE sso_domain_named RENAME TO sso_domain;
CREATE INDEX sso_domain_by_organization ON sso_domain(organization_id);

-- Through whose provider an identity was linked: where several name the person's domain, it is led there. '' from before.
ALTER TABLE sso_link ADD COLUMN organization_id TEXT NOT NULL DEFAULT '';
