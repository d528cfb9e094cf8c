package payment

import (
	"context"

	"kontor/internal/host/bridge"
)

// Window is what the page may call of the payments.
type Window struct{ room bridge.Room[*Service] }

// NewWindow is the window side of whatever service the room leads to.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// Overview returns the profiles and what else can be added.
func (w *Window) Overview() (OverviewView, error) {
	return bridge.Call(w.room, "payment.Overview", func(ctx context.Context, s *Service) (OverviewView, error) {
		o, err := s.Overview(ctx)
		if err != nil {
			return OverviewView{}, err
		}
		return overviewView(o), nil
	})
}

// Add saves a new profile and returns its id.
func (w *Window) Add(in ProfileInput) (string, error) {
	return bridge.Call(w.room, "payment.Add", func(ctx context.Context, s *Service) (string, error) {
		return s.Add(ctx, New{Kind: Kind(in.Kind), Default: in.Default, Fields: in.fields()})
	})
}

// Update changes a profile.
func (w *Window) Update(id string, in ProfileInput) error {
	return bridge.Do(w.room, "payment.Update", func(ctx context.Context, s *Service) error {
		return s.Update(ctx, id, Update{Version: in.Version, Fields: in.fields(), KeepTarget: in.KeepTarget})
	})
}

// Remove deletes a profile; successor becomes the default if it was.
func (w *Window) Remove(id, successor string) error {
	return bridge.Do(w.room, "payment.Remove", func(ctx context.Context, s *Service) error { return s.Remove(ctx, id, successor) })
}

// SetDefault notes which profile is to pay what names no other; it counts once it was chosen in the Manager.
func (w *Window) SetDefault(id string) error {
	return bridge.Do(w.room, "payment.SetDefault", func(ctx context.Context, s *Service) error { return s.SetDefault(ctx, id) })
}

// Reveal shows what the vault holds of a profile to a person who gives the password.
func (w *Window) Reveal(id, password string) (Revealed, error) {
	return bridge.Call(w.room, "payment.Reveal", func(ctx context.Context, s *Service) (Revealed, error) {
		return s.Reveal(ctx, id, password)
	})
}

// Renewals lists the products by date.
func (w *Window) Renewals() ([]RenewalView, error) {
	return bridge.Call(w.room, "payment.Renewals", func(ctx context.Context, s *Service) ([]RenewalView, error) {
		list, err := s.Renewals(ctx)
		if err != nil {
			return nil, err
		}
		views := make([]RenewalView, 0, len(list))
		for _, r := range list {
			views = append(views, renewalView(r))
		}
		return views, nil
	})
}

// AddRenewal keeps one more product and returns its id.
func (w *Window) AddRenewal(in RenewalFields) (string, error) {
	return bridge.Call(w.room, "payment.AddRenewal", func(ctx context.Context, s *Service) (string, error) {
		return s.AddRenewal(ctx, in)
	})
}

// UpdateRenewal changes a product.
func (w *Window) UpdateRenewal(id string, version int, in RenewalFields) error {
	return bridge.Do(w.room, "payment.UpdateRenewal", func(ctx context.Context, s *Service) error {
		return s.UpdateRenewal(ctx, id, version, in)
	})
}

// Renew notes that products were renewed and what paid; it returns what to name to UndoRenewed.
func (w *Window) Renew(list []RenewalPaid) ([]string, error) {
	return bridge.Call(w.room, "payment.Renew", func(ctx context.Context, s *Service) ([]string, error) { return s.Renew(ctx, list) })
}

// UndoRenewed takes renewals back, and what they booked.
func (w *Window) UndoRenewed(ids []string) error {
	return bridge.Do(w.room, "payment.UndoRenewed", func(ctx context.Context, s *Service) error { return s.UndoRenewed(ctx, ids) })
}

// RemoveRenewal forgets a product.
func (w *Window) RemoveRenewal(id string) error {
	return bridge.Do(w.room, "payment.RemoveRenewal", func(ctx context.Context, s *Service) error { return s.RemoveRenewal(ctx, id) })
}

// PlanPrepaid plans that the prepaid account pays these renewals.
func (w *Window) PlanPrepaid(ids []string) error {
	return bridge.Do(w.room, "payment.PlanPrepaid", func(ctx context.Context, s *Service) error { return s.PlanPrepaid(ctx, ids) })
}

// Cover checks the renewals of the next 60 days against their means.
func (w *Window) Cover() (CoverReportView, error) {
	return bridge.Call(w.room, "payment.Cover", func(ctx context.Context, s *Service) (CoverReportView, error) {
		r, err := s.Cover(ctx)
		if err != nil {
			return CoverReportView{}, err
		}
		u := Unpriced{}
		if s.o.Unpriced != nil {
			u, err = s.o.Unpriced(ctx, CoverDays)
		}
		return coverReportView(r, u), err
	})
}

// SaveTemplate writes an example of the file that Import reads and returns its name; "" if none was chosen.
func (w *Window) SaveTemplate(in FileInput) (string, error) {
	d := bridge.SaveDialog{Title: in.Title, Name: in.Name, Filter: "CSV", Ending: "csv"}
	return bridge.Save(w.room, "payment.SaveTemplate", d, func(context.Context, *Service) ([]byte, error) {
		return []byte(Template), nil
	})
}

// SaveCalendar writes the coming charges as a calendar file and returns its name; "" if none was chosen.
func (w *Window) SaveCalendar(in FileInput) (string, error) {
	d := bridge.SaveDialog{Title: in.Title, Name: in.Name, Filter: "iCalendar", Ending: "ics"}
	return bridge.Export(w.room, "payment.SaveCalendar", d, func(ctx context.Context, s *Service) ([]byte, error) {
		return s.Calendar(ctx)
	}, func(ctx context.Context, s *Service) error { return s.Exported(ctx, "ics") })
}
