package transfer

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
)

// Window is what the page may call of the transfers.
type Window struct{ room bridge.Room[*Service] }

// NewWindow is the window side of whatever service the room leads to.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// List returns the transfers of a kind ("" all, "failed", "open", "done") that hold every word of search.
func (w *Window) List(show, search string) (ListView, error) {
	return bridge.Call(w.room, "transfer.List", func(ctx context.Context, s *Service) (ListView, error) {
		l, err := s.List(ctx, Filter{Show: show, Search: search})
		return l.view(), err
	})
}

// Get returns everything about one transfer.
func (w *Window) Get(id string) (View, error) {
	return w.change("transfer.Get", id, func(context.Context, *Service) error { return nil })
}

// Add records a request and returns its id.
func (w *Window) Add(in Input) (string, error) {
	return bridge.Call(w.room, "transfer.Add", func(ctx context.Context, s *Service) (string, error) {
		currency, err := s.Currency(ctx)
		if err != nil {
			return "", err
		}
		n, err := in.read(currency, s.db.Now(), s.clock.Today(ctx))
		if err != nil {
			return "", err
		}
		return s.Add(ctx, n)
	})
}

// Update changes what is known of a request.
func (w *Window) Update(id string, in FactsInput) (View, error) {
	return w.change("transfer.Update", id, func(ctx context.Context, s *Service) error {
		u, err := in.read()
		if err != nil {
			return err
		}
		return s.Update(ctx, id, in.Version, u)
	})
}

// change is a call for an act on one transfer, answering with what it then is.
func (w *Window) change(name, id string, act func(context.Context, *Service) error) (View, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (View, error) {
		if err := act(ctx, s); err != nil {
			return View{}, err
		}
		d, err := s.Get(ctx, id)
		if err != nil {
			return View{}, err
		}
		v := d.view()
		there, err := s.there(ctx, d.Transfer.Domain)
		v.There = there.view()
		return v, err
	})
}

// Answer keeps what the person found out about a question of the preflight.
func (w *Window) Answer(id, question string, fine bool) (View, error) {
	return w.change("transfer.Answer", id, func(ctx context.Context, s *Service) error {
		return s.Answer(ctx, id, Question(question), fine)
	})
}

// NoteRecords keeps the DNS records as they are before the transfer.
func (w *Window) NoteRecords(id, records string) (View, error) {
	return w.change("transfer.NoteRecords", id, func(ctx context.Context, s *Service) error {
		return s.NoteRecords(ctx, id, records)
	})
}

// SetCode seals an authorization code.
func (w *Window) SetCode(id, code string) (View, error) {
	return w.change("transfer.SetCode", id, func(ctx context.Context, s *Service) error {
		return s.SetCode(ctx, id, code)
	})
}

// RevealCode returns the authorization code after the password was given; the journal tells of it.
func (w *Window) RevealCode(id, password string) (string, error) {
	return bridge.Call(w.room, "transfer.RevealCode", func(ctx context.Context, s *Service) (string, error) {
		return s.RevealCode(ctx, id, password)
	})
}

// Allow says which collaborators work on a transfer.
func (w *Window) Allow(id string, accounts []string) (View, error) {
	return w.change("transfer.Allow", id, func(ctx context.Context, s *Service) error { return s.Allow(ctx, id, accounts) })
}

// SetCodeDays sets after how many days a code raises a doubt.
func (w *Window) SetCodeDays(id string, days int) (View, error) {
	return w.change("transfer.SetCodeDays", id, func(ctx context.Context, s *Service) error {
		if _, err := access.Require(ctx, access.ManageAllDomains); err != nil {
			return err
		}
		if _, err := s.get(ctx, id); err != nil { // before the rule is kept: it is answered with that transfer
			return err
		}
		return s.SetCodeDays(ctx, days)
	})
}

// Advance records how far the request has come, by the person's word.
func (w *Window) Advance(id, stage string) (View, error) {
	return w.change("transfer.Advance", id, func(ctx context.Context, s *Service) error {
		return s.Advance(ctx, id, Stage(stage))
	})
}

// NoteRestart notes that the person is about to restart a failed transfer in the Manager; it stays failed until the task
// is closed as done.
func (w *Window) NoteRestart(id string, inSpite bool) (View, error) {
	return w.change("transfer.NoteRestart", id, func(ctx context.Context, s *Service) error {
		return s.NoteRestart(ctx, id, inSpite)
	})
}

// Read says what a message means, for a transfer or (id "") for none, and keeps nothing. Data is the text or the e-mail
// file in base64.
func (w *Window) Read(id, data string) (ReadingView, error) {
	return bridge.Call(w.room, "transfer.Read", func(ctx context.Context, s *Service) (ReadingView, error) {
		raw, err := upload("message", data, MaxMessage)
		if err != nil {
			return ReadingView{}, err
		}
		r, err := s.Read(ctx, id, raw)
		return r.view(), err
	})
}

// Fail records that the attempt has failed; on one that has, it replaces the message or the cause.
func (w *Window) Fail(id string, in FailureInput) (View, error) {
	return w.change("transfer.Fail", id, func(ctx context.Context, s *Service) error {
		f, err := in.read()
		if err != nil {
			return err
		}
		return s.Fail(ctx, id, f)
	})
}

// Remove deletes a request with its ledger, its messages and its code.
func (w *Window) Remove(id string) error {
	return bridge.Do(w.room, "transfer.Remove", func(ctx context.Context, s *Service) error { return s.Remove(ctx, id) })
}

// OutlineList tells what a list looks like: its columns and what they are taken for. Codes do not come back.
func (w *Window) OutlineList(in bridge.Upload) (input.Outline, error) {
	return list(w, "transfer.OutlineList", in, (*Service).Outline)
}

// Preview reads a list of domains and codes and keeps nothing. Codes do not come back.
func (w *Window) Preview(in bridge.Upload) (BulkView, error) {
	rows, err := list(w, "transfer.Preview", in, (*Service).Preview)
	return bulkView(rows), err
}

// Import records a request for every good row of a list and returns how many.
func (w *Window) Import(in bridge.Upload) (int, error) {
	return list(w, "transfer.Import", in, (*Service).Import)
}

// SaveRejected writes the rows of a list that are set aside, see bridge.SaveRejected.
func (w *Window) SaveRejected(in bridge.Upload, to bridge.Target) (string, error) {
	return bridge.SaveRejected(w.room, "transfer.SaveRejected", to, func(ctx context.Context, s *Service) (found bridge.Rejects, err error) {
		raw, err := upload("list", in.Data, MaxList)
		if err != nil {
			return found, err
		}
		rows, err := s.Preview(ctx, raw, in.Chosen())
		if err != nil {
			return found, err
		}
		return rejects(raw, in.Chosen(), rows, words.For(words.Parse(to.Locale)))
	})
}

// list is a call for an act on a bulk list.
func list[T any](w *Window, name string, in bridge.Upload, act func(*Service, context.Context, []byte, *input.Mapping) (T, error)) (T, error) {
	return bridge.Call(w.room, name, func(ctx context.Context, s *Service) (T, error) {
		raw, err := upload("list", in.Data, MaxList)
		if err != nil {
			var none T
			return none, err
		}
		return act(s, ctx, raw, in.Chosen())
	})
}

// SaveCalendar asks where to and writes the deadlines as an iCalendar file. It returns the file's name, "" if the person
// thought better of it.
func (w *Window) SaveCalendar(id string, to Target) (string, error) {
	dialog := bridge.SaveDialog{Title: to.Title, Name: to.Name + ".ics", Filter: "iCalendar", Ending: "ics"}
	return bridge.Save(w.room, "transfer.SaveCalendar", dialog, func(ctx context.Context, s *Service) ([]byte, error) {
		file, err := s.Calendar(ctx, id, words.Parse(to.Language))
		return []byte(file), err
	})
}

// SaveLedger asks where to and writes the attempts as CSV. It returns the file's name, as SaveCalendar does.
func (w *Window) SaveLedger(id string, to Target) (string, error) {
	dialog := bridge.SaveDialog{Title: to.Title, Name: to.Name + ".csv", Filter: "CSV", Ending: "csv"}
	return bridge.Save(w.room, "transfer.SaveLedger", dialog, func(ctx context.Context, s *Service) ([]byte, error) {
		d, err := s.Get(ctx, id)
		if err != nil {
			return nil, err
		}
		owner, err := s.organizations.Name(ctx, s.db.Reader(), access.From(ctx).OrganizationID)
		if err != nil {
			return nil, err
		}
		return ledger(d, owner, words.Parse(to.Language), s.clock.Location(ctx))
	})
}
