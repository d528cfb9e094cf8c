-- +goose Up
-- A window that is locked: its session lives, and opens nothing until whoever began it has proved it again.
CREATE TABLE session_lock (
  session_id TEXT PRIMARY KEY REFERENCES session(id) ON DELETE CASCADE,
  locked_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When a person's window locks itself. Who is not here has chosen nothing.
CREATE TABLE session_lock_rule (
  account_id  TEXT PRIMARY KEY REFERENCES account(id) ON DELETE CASCADE,
  minutes     INTEGER NOT NULL CHECK (minutes IN (0, 1, 5, 15, 30, 60)), -- without a touch; 0 never
  with_screen INTEGER NOT NULL CHECK (with_screen IN (0, 1))             -- when the screen locks, and when the computer goes to sleep
) STRICT, WITHOUT ROWID;
