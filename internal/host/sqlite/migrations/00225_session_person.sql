-- +goose Up
-- Who had the window, at the operating system: several may share a workspace, each with a window of their own. '' is not
-- known: the session is older than this.
ALTER TABLE session ADD COLUMN person TEXT NOT NULL DEFAULT '';
