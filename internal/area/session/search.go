package session

import (
	"cmp"
	"context"

	"kontor/internal/core/find"
	"kontor/internal/host/bridge"
)

// Search finds the person's sessions in Kontor by what they are called, by their computer, address, place and note.
func (s *Service) Search(ctx context.Context, question find.Question) (find.Found, error) {
	type one struct {
		Session
		page, place string
	}
	d, err := s.Devices(ctx)
	list := []one{}
	for _, alive := range d.Alive {
		list = append(list, one{alive.Session, "/session", alive.Place.Name})
	}
	for _, ended := range d.Ended {
		list = append(list, one{ended, "/session/history", ""})
	}
	return find.Among(question, list, func(o one) []string {
		return []string{o.title(), o.Device.Name, o.Device.System, o.Device.Address, o.place, o.Note}
	}, func(o one) find.Hit {
		h := find.Hit{ID: o.ID, Title: o.title(), Route: find.Row(o.page, o.ID), Params: map[string]string{"system": o.Device.System, "place": o.place}}
		if !o.EndedAt.IsZero() {
			h.Params["ended"] = bridge.Moment(o.EndedAt)
		}
		return h
	}), err
}

// title is the person's own name for it, else the computer's.
func (s Session) title() string { return cmp.Or(s.OwnName, s.Device.Name, s.Device.System) }
