package mirror

import (
	"context"
	"slices"
	"sync"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

const (
	secretFor       = 10 * time.Minute // an application password that nobody takes is forgotten
	nowOrNot        = 2 * time.Minute  // nobody would be there to see one that comes later
	maxPasswordName = 128
)

// secrets are the application passwords that came and were not taken yet. They are in memory alone.
type secrets struct {
	mu  sync.Mutex
	all map[string]keptSecret
}

type keptSecret struct {
	name, secret string
	until        time.Time
}

func (s *secrets) put(id, name, secret string, until time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil {
		s.all = map[string]keptSecret{}
	}
	s.all[id] = keptSecret{name, secret, until}
}

func (s *secrets) has(id string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.all[id]
	if ok && !now.Before(k.until) {
		delete(s.all, id)
		return false
	}
	return ok
}

func (s *secrets) take(id string, now time.Time) (keptSecret, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.all[id]
	delete(s.all, id)
	return k, ok && now.Before(k.until)
}

func (s *secrets) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all = nil
}

// Passwords asks for the application passwords; where that fails, Stand says why, and the edits are there all the same.
func (e *Edits) Passwords(ctx context.Context) (PasswordsView, error) {
	actor, err := e.connected(ctx)
	if err != nil {
		return PasswordsView{}, err
	}
	v := PasswordsView{List: []PasswordView{}, Edits: []EditView{}, Stand: StandView{Kind: "stale", Reason: "offline"}}
	remote, err := e.connections.Remote(ctx, actor.AccountID)
	if err == nil {
		var list []Password
		if list, err = remote.Passwords(ctx); err == nil {
			v.Stand = StandView{Kind: "synced", Since: bridge.Moment(e.db.Now())}
			for _, p := range list {
				v.List = append(v.List, PasswordView{ID: p.ID, Name: p.Name, LastUsedAt: bridge.Moment(p.LastUsed)})
			}
		}
	}
	if err != nil {
		v.Stand = standOf(err)
	}
	all, err := e.List(ctx)
	for _, x := range all {
		if x.Kind == kindPassword && (!isOver(x.State) || x.Secret || x.Reason == "secret_lost") {
			v.Edits = append(v.Edits, x)
		}
	}
	return v, err
}

// MakePassword notes that an application password shall be made, now or not at all. It returns the id of the edit.
func (e *Edits) MakePassword(ctx context.Context, name, password string) (string, error) {
	actor, err := e.connected(ctx)
	if err != nil {
		return "", err
	}
	var c fault.Check
	name = input.Line(&c, "name", name, maxPasswordName, true)
	if err := c.Err(); err != nil {
		return "", err
	}
	if err := e.reauth.Reauthenticate(ctx, password); err != nil {
		return "", err
	}
	id := ""
	err = e.change(ctx, func(tx *sqlite.Tx) error {
		id = tx.NewID()
		return e.note(ctx, tx, edit{
			id: id, account: actor.AccountID, kind: kindPassword, act: actAdd, resource: kindPassword, slot: kindPassword + "/" + id,
			mine: value{Known: true, Text: name}, once: true, giveUpAt: tx.Now.Add(nowOrNot),
		})
	})
	return id, err
}

// TakeSecret hands an application password over, once. Error: NotFound.
func (e *Edits) TakeSecret(ctx context.Context, id string) (SecretView, error) {
	actor, err := e.owner(ctx)
	if err != nil {
		return SecretView{}, err
	}
	if _, err := editByID(ctx, e.db.Reader(), actor.AccountID, id); err != nil {
		return SecretView{}, err
	}
	k, ok := e.secrets.take(id, e.db.Now())
	if !ok {
		return SecretView{}, fault.New(fault.NotFound, "")
	}
	e.changed()
	return SecretView{Name: k.name, Secret: k.secret}, nil
}

func readPasswords(ctx context.Context, b *batch) error {
	list, err := b.remote.Passwords(ctx)
	if err != nil {
		return err
	}
	for _, x := range b.edits {
		if x.state == editWaiting { // what is there before: a new one is none of these
			x.base = value{Known: true, Users: []string{}}
			for _, p := range list {
				x.base.Users = append(x.base.Users, p.ID)
			}
			x.theirs = value{}
			continue
		}
		x.theirs = value{}
		for _, p := range list {
			if p.ID == x.object || x.object == "" && p.Name == x.mine.Text && !slices.Contains(x.base.Users, p.ID) {
				x.theirs, x.object = value{Known: true, Text: p.Name}, p.ID
				break
			}
		}
	}
	return nil
}

func judgePassword(x *edit) stands {
	if x.state != editWaiting && x.theirs.Known {
		return standsAlready
	}
	return standsAsBefore
}

func sendPassword(ctx context.Context, e *Edits, b *batch, list []*edit) error {
	x := list[0]
	id, secret, err := b.remote.AddPassword(ctx, x.mine.Text)
	if err == nil {
		x.object = id
		e.secrets.put(x.id, x.mine.Text, secret, e.db.Now().Add(secretFor))
	}
	return err
}
