-- +goose Up
-- Whom an invitation is for: an account that was there when it was made, which accepts it while signed in; else whoever
-- makes one with the address and the code. Of the code only its hash is kept. An invitation that is older than this has
-- neither: whoever made it makes a code for it.
ALTER TABLE invitation ADD COLUMN account_id TEXT REFERENCES account(id) ON DELETE CASCADE;
ALTER TABLE invitation ADD COLUMN code_hash BLOB;
ALTER TABLE invitation ADD COLUMN tries INTEGER NOT NULL DEFAULT 0;      -- wrong codes since the code was made
ALTER TABLE invitation ADD COLUMN expires_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE invitation ADD COLUMN letter_id TEXT NOT NULL DEFAULT '';    -- in the mail queue
CREATE INDEX invitation_by_account ON invitation(account_id);

-- When a member said herself that she belongs to the organization; NULL where she was never asked. Whoever founded one or
-- made her account for it was: an older member is taken to have accepted the first organization that she belongs to.
ALTER TABLE member ADD COLUMN accepted_at INTEGER;
UPDATE member SET accepted_at = joined_at WHERE role = 'legal_representative'
  OR joined_at = (SELECT min(joined_at) FROM member first WHERE first.account_id = member.account_id);
