package settings

import (
	"context"
	"fmt"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/words"
	"kontor/internal/host/sqlite"
)

// Name is the name of a preference.
type Name string

// The preferences.
const (
	Language Name = "language"
	Region   Name = "region" // whose figures, days and spreadsheets are written
	Theme    Name = "theme"
	Sidebar  Name = "sidebar"
	Zoom     Name = "zoom" // of everything in the window, in per cent

	// Painted is what the theme came to the last time: the next window has to have its colour before the page can ask
	// the system what "system" means.
	Painted Name = "painted"
)

// System is the value that follows the operating system.
const System = "system"

// choices lists what a preference may be; the first is what it is until somebody chooses.
var choices = map[Name][]string{
	Language: {System, "it", "es", "fr", "de", "en"},
	Region:   append([]string{System}, words.Regions...),
	Theme:    {System, "light", "dark", "contrast"},
	Sidebar:  {"open", "collapsed"},
	Zoom:     {"100", "50", "67", "75", "80", "90", "110", "125", "150", "175", "200", "250", "300"},
	Painted:  {"light", "dark", "contrast"},
}

// Names lists the preferences that there are.
func Names() []Name { return []Name{Language, Region, Theme, Sidebar, Zoom, Painted} }

// First is what a preference is until somebody chooses.
func First(name Name) string { return choices[name][0] }

// Workspace stands in for an account where nobody is signed in: the preferences of the workspace itself.
const Workspace = ""

// Store keeps preferences in the table setting.
type Store struct{ db *sqlite.DB }

// NewStore wires a Store.
func NewStore(db *sqlite.DB) *Store { return &Store{db} }

// Get returns an account's preference; where it has none, the workspace's; where that has none, the first choice.
func (s *Store) Get(ctx context.Context, account string, name Name) (string, error) {
	values := choices[name]
	if values == nil {
		return "", fault.New(fault.NotFound, "")
	}
	value, err := sqlite.One(ctx, s.db.Reader(), sqlite.Value[string],
		"SELECT value FROM setting WHERE account_id IN (?, '') AND name = ? ORDER BY account_id DESC LIMIT 1", account, string(name))
	if fault.CodeOf(err) == fault.NotFound || err == nil && !slices.Contains(values, value) {
		return values[0], nil // a value of a newer program counts as none
	}
	return value, err
}

// Set keeps a preference in the caller's transaction. A value that is not offered is refused at the field of that
// name.
func (s *Store) Set(ctx context.Context, tx *sqlite.Tx, account string, name Name, value string) error {
	var c fault.Check
	if !slices.Contains(choices[name], value) {
		c.Refuse(string(name), "not_a_choice")
		return c.Err()
	}
	return put(ctx, tx, account, string(name), value)
}

// Text returns what an area keeps for an account under a key of its own; "" where it keeps nothing.
func (s *Store) Text(ctx context.Context, q sqlite.Queryer, account, key string) (string, error) {
	text, err := sqlite.One(ctx, q, sqlite.Value[string], "SELECT value FROM setting WHERE account_id = ? AND name = ?", account, key)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	return text, err
}

// SetText keeps a text of an area for an account, in the caller's transaction. The key must not be the name of a
// preference: those are set with Set, which knows what they may be.
func (s *Store) SetText(ctx context.Context, tx *sqlite.Tx, account, key, text string) error {
	if choices[Name(key)] != nil {
		return fmt.Errorf("settings: %s is a preference", key)
	}
	return put(ctx, tx, account, key, text)
}

func put(ctx context.Context, tx *sqlite.Tx, account, name, value string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO setting (account_id, name, value) VALUES (?, ?, ?)
		ON CONFLICT (account_id, name) DO UPDATE SET value = excluded.value`, account, name, value)
	return err
}

// Save keeps a preference of whoever is signed in, and of the workspace: that is how the next start looks before
// anybody has signed in. No right is needed for one's own preferences, and no journal entry: they change nothing.
func (s *Store) Save(ctx context.Context, name Name, value string) error {
	account := access.From(ctx).AccountID
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if account != Workspace {
			if err := s.Set(ctx, tx, account, name, value); err != nil {
				return err
			}
		}
		return s.Set(ctx, tx, Workspace, name, value)
	})
}

// FirstTheme is what the window is painted in before anybody has signed in: what was chosen for the workspace, or what
// the system's choice came to the last time. A nil Store, where no workspace is open, gives the first choice.
func (s *Store) FirstTheme(ctx context.Context) (string, error) {
	theme, err := s.chosen(ctx, Theme)
	if theme != System {
		return theme, err
	}
	return s.chosen(ctx, Painted)
}

// chosen is the workspace's own preference; the first choice where it cannot be read.
func (s *Store) chosen(ctx context.Context, name Name) (string, error) {
	if s == nil {
		return First(name), nil
	}
	value, err := s.Get(ctx, Workspace, name)
	if err != nil {
		return First(name), err
	}
	return value, nil
}

// All returns every preference of whoever is signed in.
func (s *Store) All(ctx context.Context) (map[Name]string, error) {
	all := map[Name]string{}
	for _, name := range Names() {
		value, err := s.Get(ctx, access.From(ctx).AccountID, name)
		if err != nil {
			return nil, err
		}
		all[name] = value
	}
	return all, nil
}
