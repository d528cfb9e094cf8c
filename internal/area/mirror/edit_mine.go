package mirror

import (
	"context"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// lookupAge is how old the lists to choose from may be.
const lookupAge = 30 * 24 * time.Hour

// Mine is the person at Infomaniak, as last read.
func (e *Edits) Mine(ctx context.Context) (MineView, error) {
	v := MineView{
		Stand: local, AddressesStand: local, Fields: []FieldView{}, Emails: []AddressView{}, Phones: []AddressView{}, Picture: PictureView{Edit: noEdit()},
	}
	actor, err := e.owner(ctx)
	if err != nil {
		return v, err
	}
	err = e.db.View(ctx, func(q sqlite.Queryer) error {
		var err error
		account := actor.AccountID
		v.Connected = e.connections.Connected(ctx, q, account) == nil
		if v.Stand, err = e.connections.Stand(ctx, q, account, "profile"); err != nil {
			return err
		}
		if v.AddressesStand, err = e.connections.Stand(ctx, q, account, "addresses"); err != nil {
			return err
		}
		person, _, err := e.connections.Person(ctx, q, account)
		if fault.CodeOf(err) == fault.NotFound {
			return nil
		}
		if err != nil {
			return err
		}
		latest, err := e.latest(ctx, account)
		if err != nil {
			return err
		}
		v.Login = person.Email
		for _, f := range personFields {
			v.Fields = append(v.Fields, FieldView{Field: f.name, Value: f.read(person).view(), Edit: latest(kindProfile + "/" + f.name)})
		}
		if v.Picture, err = pictureOf(ctx, q, account, person); err != nil {
			return err
		}
		v.Picture.Edit = latest(kindAvatar)
		emails, phones, _, err := e.connections.Addresses(ctx, q, account)
		for _, a := range emails {
			v.Emails = append(v.Emails, a.view(a.Text == person.Email && !a.Request, latest(addressSlot(kindEmail, a))))
		}
		for _, a := range phones {
			v.Phones = append(v.Phones, a.view(false, latest(addressSlot(kindPhone, a))))
		}
		return err
	})
	if v.Connected {
		e.Wake() // the person looks at what may be on its way
	}
	return v, err
}

// latest finds the newest edit of a slot: one that is not over, or was confirmed.
func (e *Edits) latest(ctx context.Context, account string) (func(slot string) EditView, error) {
	list, names, err := e.all(ctx, account)
	bySlot := map[string]EditView{}
	for i := range list {
		x := &list[i]
		if _, has := bySlot[x.slot]; !has && x.state != editWithdrawn {
			bySlot[x.slot] = e.view(x, names)
		}
	}
	return func(slot string) EditView {
		if v, ok := bySlot[slot]; ok {
			return v
		}
		return noEdit()
	}, err
}

func addressSlot(kind string, a Address) string {
	if a.Request {
		kind += "_request"
	}
	return kind + "/" + a.ID
}

func (a Address) view(login bool, x EditView) AddressView {
	return AddressView{ID: a.key(), Text: a.Text, Type: a.Type, Checked: a.Checked, Reminder: a.Reminder, Pending: a.Request, Login: login, Edit: x}
}

// key names an address to the page: ids of addresses and of those that were only asked for are two series.
func (a Address) key() string {
	if a.Request {
		return "request-" + a.ID
	}
	return a.ID
}

// RemoveEmail notes that an address shall go; not that of the sign-in.
func (e *Edits) RemoveEmail(ctx context.Context, id string) error {
	return e.removeAddress(ctx, kindEmail, id)
}

// RemovePhone notes that a phone number shall go.
func (e *Edits) RemovePhone(ctx context.Context, id string) error {
	return e.removeAddress(ctx, kindPhone, id)
}

func (e *Edits) removeAddress(ctx context.Context, kind, key string) error {
	actor, err := e.connected(ctx)
	if err != nil {
		return err
	}
	return e.change(ctx, func(tx *sqlite.Tx) error {
		list, phones, at, err := e.connections.Addresses(ctx, tx, actor.AccountID)
		if err != nil {
			return err
		}
		if kind == kindPhone {
			list = phones
		}
		for _, a := range list {
			if a.key() != key {
				continue
			}
			person, _, err := e.connections.Person(ctx, tx, actor.AccountID)
			if err != nil {
				return err
			}
			if kind == kindEmail && !a.Request && a.Text == person.Email {
				return fault.New(fault.Conflict, "mirror_login_email")
			}
			slot := addressSlot(kind, a)
			return e.note(ctx, tx, edit{
				account: actor.AccountID, kind: kind, act: actRemove, resource: slot, slot: slot, object: a.ID,
				base: value{Known: true, Text: a.Text, On: a.Request}, baseAt: at,
			})
		}
		return fault.New(fault.NotFound, "")
	})
}

// lists are what is chosen from.
var lists = []string{"language", "country", "timezone"}

// Choices are the lists to choose from. They are asked for where they are missing or too old; what is kept remains where
// that fails, and only where nothing is kept is that an error: Unavailable/ReasonOffline.
func (e *Edits) Choices(ctx context.Context) (ChoicesView, error) {
	v := ChoicesView{Languages: []ChoiceView{}, Countries: []ChoiceView{}, Timezones: []ChoiceView{}}
	actor, err := e.connected(ctx)
	if err != nil {
		return v, err
	}
	for _, list := range lists {
		readAt, err := lookupRead(ctx, e.db.Reader(), list)
		if err != nil {
			return v, err
		}
		if e.db.Now().Sub(readAt) < lookupAge {
			continue
		}
		if err := e.readLookup(ctx, actor.AccountID, list); err != nil && readAt.IsZero() {
			return v, fault.Wrap(err, fault.Unavailable, ReasonOffline)
		}
	}
	for list, into := range map[string]*[]ChoiceView{"language": &v.Languages, "country": &v.Countries, "timezone": &v.Timezones} {
		found, err := sqlite.All(ctx, e.db.Reader(), func(r sqlite.Row) (c ChoiceView, err error) { return c, r.Scan(&c.ID, &c.Code, &c.Name) },
			"SELECT id, code, name FROM mirror_lookup WHERE list = ? ORDER BY name, id", list)
		if err != nil {
			return v, err
		}
		*into = found
	}
	oldest, err := sqlite.One(ctx, e.db.Reader(), sqlite.Value[int64], "SELECT coalesce(min(read_at), 0) FROM mirror_lookup")
	v.ReadAt = bridge.Moment(sqlite.Time(oldest))
	return v, err
}

func (e *Edits) readLookup(ctx context.Context, account, list string) error {
	remote, err := e.connections.Remote(ctx, account)
	if err != nil {
		return err
	}
	choices, err := remote.Lookup(ctx, list)
	if err != nil || len(choices) == 0 {
		return err
	}
	return e.db.Write(ctx, func(tx *sqlite.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM mirror_lookup WHERE list = ?", list); err != nil {
			return err
		}
		for _, c := range choices {
			if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO mirror_lookup (list, id, code, name, read_at) VALUES (?, ?, ?, ?, ?)",
				list, c.ID, c.Code, c.Name, sqlite.Millis(tx.Now)); err != nil {
				return err
			}
		}
		return nil
	})
}

// lookupRead is when a list was read; zero if never.
func lookupRead(ctx context.Context, q sqlite.Queryer, list string) (time.Time, error) {
	ms, err := sqlite.One(ctx, q, sqlite.Value[int64], "SELECT coalesce(min(read_at), 0) FROM mirror_lookup WHERE list = ?", list)
	return sqlite.Time(ms), err
}

// choiceOf is one entry of a list. Error: NotFound.
func choiceOf(ctx context.Context, q sqlite.Queryer, list string, id int64) (Choice, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (c Choice, err error) { return c, r.Scan(&c.ID, &c.Code, &c.Name) },
		"SELECT id, code, name FROM mirror_lookup WHERE list = ? AND id = ?", list, id)
}
