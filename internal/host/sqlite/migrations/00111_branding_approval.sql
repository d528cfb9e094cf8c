-- +goose Up
-- An approval is somebody's word on a day. Rows without a person were written when a sheet was saved: nobody had approved.
ALTER TABLE branding_approval ADD COLUMN person TEXT NOT NULL DEFAULT '';
ALTER TABLE branding_approval ADD COLUMN approved_on TEXT NOT NULL DEFAULT ''; -- the day
ALTER TABLE branding_approval ADD COLUMN digest TEXT NOT NULL DEFAULT '';      -- of the look that was approved
ALTER TABLE branding_approval ADD COLUMN brought TEXT NOT NULL DEFAULT '[]';   -- the hashes of the files it was made of, JSON

-- Every repair since the picture was brought, in order, by commas; and the hash of the file as it was brought, which
-- for an SVG is not the one of the picture that was drawn from it.
ALTER TABLE branding_picture ADD COLUMN repairs TEXT NOT NULL DEFAULT '';
ALTER TABLE branding_picture ADD COLUMN brought_sha256 TEXT NOT NULL DEFAULT '';
UPDATE branding_picture SET repairs = repair;
UPDATE branding_picture SET brought_sha256 = coalesce(
  (SELECT origin.sha256 FROM branding_picture AS origin WHERE origin.id = branding_picture.origin_id), sha256);

-- What stood in the Manager before the person said that the draft does now, so that it can be taken back.
CREATE TABLE branding_set_before (
  organization_id TEXT PRIMARY KEY REFERENCES organization(id) ON DELETE CASCADE,
  square          TEXT NOT NULL CHECK (square IN ('initials', 'logo')),
  square_id       TEXT REFERENCES branding_picture(id),
  rectangular_id  TEXT REFERENCES branding_picture(id),
  noted_at        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The colour of a ground of the previews where the person knows better than Kontor.
CREATE TABLE branding_ground (
  organization_id TEXT NOT NULL REFERENCES organization(id) ON DELETE CASCADE,
  theme           TEXT NOT NULL CHECK (theme IN ('light', 'dark', 'contrast')),
  place           TEXT NOT NULL CHECK (place IN ('sidebar', 'header')),
  color           TEXT NOT NULL CHECK (color GLOB '#[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'),
  PRIMARY KEY (organization_id, theme, place)
) STRICT, WITHOUT ROWID;
