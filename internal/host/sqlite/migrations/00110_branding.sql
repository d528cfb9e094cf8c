-- +goose Up
-- A picture that was brought along, or what a repair made of one. The bytes lie in a file named after sha256.
CREATE TABLE branding_picture (
  id              TEXT PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  slot            TEXT NOT NULL CHECK (slot IN ('square', 'rectangular')),
  origin_id       TEXT NOT NULL,                 -- the picture as it was brought; itself if it is that
  repair          TEXT NOT NULL DEFAULT '',      -- what made it of the one before; '' if it was brought
  name            TEXT NOT NULL,                 -- as the file was called
  drawn           INTEGER NOT NULL CHECK (drawn IN (0, 1)), -- drawn from an SVG
  sha256          TEXT NOT NULL CHECK (length(sha256) = 64),
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX branding_picture_by_organization ON branding_picture(organization_id);

-- What an organization shows. 'set' is what stands in the Manager; 'draft' is a pile of steps, the highest one counts.
-- The rules of the service stand here too: a square logo stands alone, and a logo that is shown exists.
CREATE TABLE branding_look (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  stage           TEXT NOT NULL CHECK (stage IN ('set', 'draft')),
  step            INTEGER NOT NULL CHECK (step >= 0),
  square          TEXT NOT NULL CHECK (square IN ('initials', 'logo')),
  square_id       TEXT REFERENCES branding_picture(id), -- kept aside while the initials are shown
  rectangular_id  TEXT REFERENCES branding_picture(id),
  created_at      INTEGER NOT NULL,
  PRIMARY KEY (organization_id, stage, step),
  CHECK (stage = 'draft' OR step = 0),
  CHECK (square = 'initials' OR (square_id IS NOT NULL AND rectangular_id IS NULL))
) STRICT, WITHOUT ROWID;

-- What the service accepts is not published: these are the person's assumptions.
CREATE TABLE branding_limits (
  organization_id    TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  max_kilobytes      INTEGER NOT NULL,
  square_side        INTEGER NOT NULL,
  rectangular_height INTEGER NOT NULL,
  min_ratio          INTEGER NOT NULL,
  max_ratio          INTEGER NOT NULL
) STRICT;

-- A sign-off sheet that was made, and exactly what it shows.
CREATE TABLE branding_approval (
  id                 TEXT PRIMARY KEY,
  organization_id    TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  square             TEXT NOT NULL CHECK (square IN ('initials', 'logo')),
  square_sha256      TEXT NOT NULL,              -- '' where no such logo is shown
  rectangular_sha256 TEXT NOT NULL,
  ready              TEXT NOT NULL,              -- the ready files' hashes by name, JSON
  name               TEXT NOT NULL,              -- of the organization, as it stood beside the logo
  approved_by        TEXT NOT NULL,
  approved_at        INTEGER NOT NULL
) STRICT;
CREATE INDEX branding_approval_by_organization ON branding_approval(organization_id, approved_at);
