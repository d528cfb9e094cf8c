package session

import (
	"context"
	"slices"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Limits of what a person says of a session, in characters.
const (
	MaxOwnName = 64
	MaxNote    = 500
)

// Devices is what is connected to the account, and what was.
type Devices struct {
	Current string // id of this window's session
	Alive   []Seen
	Ended   []Session // newest first
}

// Seen is a living session with what is unusual about it.
type Seen struct {
	Session
	Place      Place // of its network; without a name if the person has given none
	Highlights []Highlight
	Silenced   []string // rules that are not shown for its device
}

// Devices lists the sessions of the person who is signed in, this window's first.
func (s *Service) Devices(ctx context.Context) (Devices, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return Devices{}, err
	}
	d := Devices{Current: actor.SessionID, Alive: []Seen{}}
	zone := s.clock.Location(ctx)
	return d, s.db.View(ctx, func(q sqlite.Queryer) error {
		alive, err := list(ctx, q, actor.AccountID, false)
		if err != nil {
			return err
		}
		if d.Ended, err = list(ctx, q, actor.AccountID, true); err != nil {
			return err
		}
		quiet, err := silenced(ctx, q, actor.AccountID)
		if err != nil {
			return err
		}
		places, err := placesOf(ctx, q, actor.AccountID)
		if err != nil {
			return err
		}
		c := custom{append(append([]Session{}, alive...), d.Ended...), quiet, places, zone, s.db.Now()}
		for _, one := range alive {
			seen := Seen{
				Session: one, Place: places[networkOf(one.Device.Address)], Highlights: c.highlights(one), Silenced: c.silenced(one.Device),
			}
			if one.ID == actor.SessionID {
				d.Alive = append([]Seen{seen}, d.Alive...)
				continue
			}
			d.Alive = append(d.Alive, seen)
		}
		return nil
	})
}

// All returns every session of the person, ended or not.
func (s *Service) All(ctx context.Context) ([]Session, error) {
	d, err := s.Devices(ctx)
	if err != nil {
		return nil, err
	}
	all := []Session{}
	for _, one := range d.Alive {
		all = append(all, one.Session)
	}
	return append(all, d.Ended...), nil
}

// Exported notes that so many sessions left the workspace in a file.
func (s *Service) Exported(ctx context.Context, count int) error {
	if _, err := access.Require(ctx, access.OwnProfile); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Session, ObjectName: "sessions", New: strconv.Itoa(count),
		})
	})
}

// End ends another session of the person: its secret is dead at once. This window's own is ended by SignOut only.
func (s *Service) End(ctx context.Context, id string) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	if id == actor.SessionID {
		return fault.New(fault.Conflict, "own_session")
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if _, err := s.own(ctx, tx, actor, id); err != nil {
			return err
		}
		return s.endOne(ctx, tx, actor.AccountID, id, EndedByOther)
	})
}

// EndOthers ends the sessions of the person that were chosen, all or none, and says how many lived until then. This
// window's own is none of them.
func (s *Service) EndOthers(ctx context.Context, chosen []string) (int, error) {
	d, err := s.Devices(ctx)
	if err != nil {
		return 0, err
	}
	n := 0
	return n, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for _, one := range d.Alive {
			if one.ID == d.Current || !slices.Contains(chosen, one.ID) {
				continue
			}
			if err := s.endOne(ctx, tx, one.AccountID, one.ID, EndedByOther); err != nil {
				return err
			}
			n++
		}
		return nil
	})
}

// endOthers ends every living session of an account but one.
func (s *Service) endOthers(ctx context.Context, tx *sqlite.Tx, accountID, but string, by EndedBy) error {
	alive, err := list(ctx, tx, accountID, false)
	if err != nil {
		return err
	}
	for _, one := range alive {
		if one.ID == but {
			continue
		}
		if err := s.endOne(ctx, tx, accountID, one.ID, by); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) endOne(ctx context.Context, tx *sqlite.Tx, accountID, id string, by EndedBy) error {
	if err := end(ctx, tx, id, by); err != nil {
		return err
	}
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: audit.SessionEnded, Product: audit.Session, ObjectID: id, New: string(by), AccountID: accountID,
	})
}

// Said is what a person says of a session and of where its network is.
type Said struct {
	OwnName     string `json:"ownName"`
	Note        string `json:"note"`
	Place       string `json:"place"`
	Coordinates string `json:"coordinates"` // in degrees, as maps give them to copy; may be left out
}

// Describe keeps what the person says of a session. The place is that of its network, for every session there.
func (s *Service) Describe(ctx context.Context, id string, said Said) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	var c fault.Check
	ownName := input.Line(&c, "ownName", said.OwnName, MaxOwnName, false)
	note := input.LongText(&c, "note", said.Note, MaxNote, false)
	where := newPlace(&c, said.Place, said.Coordinates)
	if err := c.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := s.own(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if err := describe(ctx, tx, id, ownName, note); err != nil {
			return err
		}
		if network := networkOf(old.Device.Address); network != "" {
			if err := putPlace(ctx, tx, actor.AccountID, network, where); err != nil {
				return err
			}
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Session, ObjectID: id, PersonID: actor.AccountID, Old: old.OwnName, New: ownName,
		})
	})
}

// Silence stops, or brings back, one rule's highlight for the device of a session.
func (s *Service) Silence(ctx context.Context, id, rule string, on bool) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	if !isRule(rule) {
		return fault.New(fault.NotFound, "")
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		one, err := s.own(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if err := setSilence(ctx, tx, actor.AccountID, silence{one.Device.Key(), rule}, on); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Session, ObjectID: id, New: rule + "=" + strconv.FormatBool(!on),
		})
	})
}

// own returns a session of the actor; somebody else's is not found.
func (s *Service) own(ctx context.Context, q sqlite.Queryer, actor access.Actor, id string) (Session, error) {
	one, _, err := withHash(ctx, q, id)
	if err == nil && one.AccountID != actor.AccountID {
		return Session{}, fault.New(fault.NotFound, "")
	}
	return one, err
}
