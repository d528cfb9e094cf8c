-- +goose Up
-- A person's picture, by the SHA-256 of its file; '' shows the initials. The one before it is kept to be brought back.
ALTER TABLE account ADD COLUMN avatar TEXT NOT NULL DEFAULT '' CHECK (avatar = '' OR length(avatar) = 64);
ALTER TABLE account ADD COLUMN previous_avatar TEXT NOT NULL DEFAULT '' CHECK (previous_avatar = '' OR length(previous_avatar) = 64);
CREATE INDEX account_by_avatar ON account(avatar) WHERE avatar <> '';
