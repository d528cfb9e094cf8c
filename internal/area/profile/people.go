package profile

import (
	"context"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

// Directory tells the other areas what people are called, and finds who wants to sign in. It asks for no permission:
// whom it names stands on a list that the person may see, or nobody is signed in yet.
type Directory struct {
	db      *sqlite.DB
	members Members
}

// Members knows who belongs to an organization.
type Members interface {
	MemberIDs(ctx context.Context, q sqlite.Queryer, organizationID string) ([]string, error)
}

// NewDirectory wires a directory.
func NewDirectory(db *sqlite.DB, members Members) Directory { return Directory{db, members} }

// Names returns the names of accounts by id; an account that is gone has none.
func (d Directory) Names(ctx context.Context, ids []string) (map[string]string, error) {
	names := map[string]string{}
	list, err := d.byIDs(ctx, ids)
	for _, a := range list {
		names[a.ID] = a.Name()
	}
	return names, err
}

// People tells of accounts by id; one that is gone is not in it.
func (d Directory) People(ctx context.Context, ids []string) (map[string]access.Person, error) {
	people := map[string]access.Person{}
	list, err := d.byIDs(ctx, ids)
	for _, a := range list {
		people[a.ID] = access.Person{
			AccountID: a.ID, FirstName: a.FirstName, LastName: a.LastName, LoginEmail: a.LoginEmail, Avatar: a.Avatar,
		}
	}
	return people, err
}

// LoginEmail is the login e-mail of an account.
func (d Directory) LoginEmail(ctx context.Context, q sqlite.Queryer, id string) (string, error) {
	return sqlite.One(ctx, q, sqlite.Value[string], "SELECT login_email FROM account WHERE id = ?", id)
}

// EmailKey is the form in which an account's login e-mail is compared.
func (d Directory) EmailKey(ctx context.Context, q sqlite.Queryer, id string) (string, error) {
	return sqlite.One(ctx, q, sqlite.Value[string], "SELECT email_key FROM account WHERE id = ?", id)
}

// Find returns the ids of the members of an organization whose whole name, one of its words or login e-mail begins
// like what was typed; case and accents do not matter.
func (d Directory) Find(ctx context.Context, organizationID, typed string) ([]string, error) {
	members, err := d.of(ctx, organizationID)
	if err != nil {
		return nil, err
	}
	ids := []string{}
	wanted := text.Fold(typed)
	for _, a := range members {
		name := text.Fold(a.Name())
		if wanted != "" && (strings.HasPrefix(name, wanted) || strings.Contains(name, " "+wanted) ||
			strings.HasPrefix(text.Fold(a.LoginEmail), wanted) || strings.ContainsFunc(wanted, text.Dense) && strings.Contains(name, wanted)) {
			ids = append(ids, a.ID)
		}
	}
	return ids, nil
}

// IDByEmail finds the account of a login e-mail, however it is written; "" if there is none. For signing in only.
func (d Directory) IDByEmail(ctx context.Context, address string) (string, error) {
	key, err := input.MailKey(address)
	if err != nil {
		return "", nil // no address, so nobody's
	}
	id, err := idByKey(ctx, d.db.Reader(), key)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	return id, err
}

// Account returns an account to whoever has something to tell its person.
func (d Directory) Account(ctx context.Context, q sqlite.Queryer, id string) (Account, error) {
	return byID(ctx, q, id)
}

// Any tells whether the workspace has an account at all.
func (d Directory) Any(ctx context.Context) (bool, error) {
	n, err := sqlite.One(ctx, d.db.Reader(), sqlite.Value[int], "SELECT EXISTS (SELECT 1 FROM account)")
	return n == 1, err
}

// Recognise returns the member of an organization whose id, login e-mail or whole name this is; "" if it is nobody's, or
// more than one person's.
func (d Directory) Recognise(ctx context.Context, organizationID, typed string) (string, error) {
	members, err := d.of(ctx, organizationID)
	if err != nil {
		return "", err
	}
	id := ""
	for _, a := range members {
		if a.ID != typed && text.Fold(a.LoginEmail) != text.Fold(typed) && text.Fold(a.Name()) != text.Fold(typed) {
			continue
		}
		if id != "" {
			return "", nil
		}
		id = a.ID
	}
	return id, nil
}

func (d Directory) byIDs(ctx context.Context, ids []string) ([]Account, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return sqlite.All(ctx, d.db.Reader(), scan, "SELECT "+columns+" FROM account WHERE id IN (?"+
		strings.Repeat(", ?", len(ids)-1)+")", args...)
}

func (d Directory) of(ctx context.Context, organizationID string) ([]Account, error) {
	ids, err := d.members.MemberIDs(ctx, d.db.Reader(), organizationID)
	if err != nil {
		return nil, err
	}
	return d.byIDs(ctx, ids)
}
