package partner

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/host/bridge"
)

// Window is what the page may call of prices: it simulates them and keeps what they are computed from.
type Window struct{ room bridge.Room[*Service] }

// NewWindow is the window side of the service that the room leads to.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// Desk returns the price lists, steps, terms, rules, and what the person asked last.
func (w *Window) Desk() (DeskView, error) {
	return bridge.Call(w.room, "partner.Desk", func(ctx context.Context, s *Service) (DeskView, error) {
		d, err := s.Desk(ctx)
		if err != nil {
			return DeskView{}, err
		}
		age, err := s.Age(ctx)
		if err != nil {
			return DeskView{}, err
		}
		if age.Stale, err = s.asksAge(ctx, age); err != nil {
			return DeskView{}, err
		}
		return deskView(d, age), nil
	})
}

// Simulate answers a question with every step, and with the table around it.
func (w *Window) Simulate(q Question, around Around) (SimulationView, error) {
	return bridge.Call(w.room, "partner.Simulate", func(ctx context.Context, s *Service) (SimulationView, error) {
		a, t, err := s.Simulate(ctx, q, around)
		if err != nil {
			return SimulationView{}, err
		}
		return SimulationView{answerView(a), tableView(t)}, nil
	})
}

// Remember keeps a question as the person's last one, to go on from.
func (w *Window) Remember(q Question) error {
	return bridge.Do(w.room, "partner.Remember", func(ctx context.Context, s *Service) error { return s.Remember(ctx, q) })
}

// SaveBook keeps a price list and returns its id; one that came with Kontor becomes a list of one's own.
func (w *Window) SaveBook(d BookDraft) (string, error) {
	return bridge.Call(w.room, "partner.SaveBook", func(ctx context.Context, s *Service) (string, error) { return s.SaveBook(ctx, d) })
}

// DeleteBook removes a list of one's own.
func (w *Window) DeleteBook(id string) error {
	return bridge.Do(w.room, "partner.DeleteBook", func(ctx context.Context, s *Service) error { return s.DeleteBook(ctx, id) })
}

// ListInput is a file of prices (CSV or XLSX) in a currency, and how it is to be read.
type ListInput struct {
	bridge.Upload
	Currency string `json:"currency"`
}

// OutlineList tells what a file of prices looks like: its columns, what they are taken for, what has to be asked.
func (w *Window) OutlineList(in ListInput) (input.Outline, error) {
	return bridge.Call(w.room, "partner.OutlineList", func(ctx context.Context, s *Service) (input.Outline, error) {
		file, err := in.File(ListLimits.Bytes)
		if err != nil {
			return input.Outline{}, err
		}
		return s.OutlineList(ctx, file, money.Currency(in.Currency), in.Chosen())
	})
}

// PreviewList reads a file as a price list and tells what it would change. Nothing is kept: SaveBook takes the lines over.
func (w *Window) PreviewList(in ListInput) (PreviewView, error) {
	return bridge.Call(w.room, "partner.PreviewList", func(ctx context.Context, s *Service) (PreviewView, error) {
		file, err := in.File(ListLimits.Bytes)
		if err != nil {
			return PreviewView{}, err
		}
		p, err := s.PreviewList(ctx, file, money.Currency(in.Currency), in.Chosen())
		if err != nil {
			return PreviewView{}, err
		}
		return previewView(p), nil
	})
}

// SaveRejected writes the rows that cannot be taken over, see bridge.SaveRejected.
func (w *Window) SaveRejected(in ListInput, to bridge.Target) (string, error) {
	return bridge.SaveRejected(w.room, "partner.SaveRejected", to, func(ctx context.Context, s *Service) (bridge.Rejects, error) {
		file, err := in.File(ListLimits.Bytes)
		if err != nil {
			return bridge.Rejects{}, err
		}
		p, err := s.PreviewList(ctx, file, money.Currency(in.Currency), in.Chosen())
		return bridge.Rejects{Table: p.Table, Rows: p.Rejected}, err
	})
}

// SaveExample writes an example of a price list to import, see bridge.SaveExample.
func (w *Window) SaveExample(to bridge.Target) (string, error) {
	return bridge.SaveExample(w.room, "partner.SaveExample", to, listExample)
}

// SaveSchedule makes these steps the ones that apply from their day on.
func (w *Window) SaveSchedule(d ScheduleDraft) error {
	return bridge.Do(w.room, "partner.SaveSchedule", func(ctx context.Context, s *Service) error { return s.SaveSchedule(ctx, d) })
}

// SaveRates keeps the partner's rates by category; version is the one that the person saw.
func (w *Window) SaveRates(rates []CategoryRate, version int64) error {
	return bridge.Do(w.room, "partner.SaveRates", func(ctx context.Context, s *Service) error { return s.SaveRates(ctx, rates, version) })
}

// SaveProductSteps keeps the degressive tables of single products; version is the one that the person saw.
func (w *Window) SaveProductSteps(list []ProductSteps, version int64) error {
	return bridge.Do(w.room, "partner.SaveProductSteps", func(ctx context.Context, s *Service) error { return s.SaveProductSteps(ctx, list, version) })
}

// SaveOwnProduct keeps a product or service of one's own and returns its id.
func (w *Window) SaveOwnProduct(p OwnProduct) (string, error) {
	return bridge.Call(w.room, "partner.SaveOwnProduct", func(ctx context.Context, s *Service) (string, error) { return s.SaveOwnProduct(ctx, p) })
}

// DeleteOwnProduct removes a product or service of one's own.
func (w *Window) DeleteOwnProduct(id string, version int64) error {
	return bridge.Do(w.room, "partner.DeleteOwnProduct", func(ctx context.Context, s *Service) error { return s.DeleteOwnProduct(ctx, id, version) })
}

// SaveTerms keeps the partner's rate, its ceiling, the base of the cashback and the VAT rate of another country.
func (w *Window) SaveTerms(d TermsDraft) error {
	return bridge.Do(w.room, "partner.SaveTerms", func(ctx context.Context, s *Service) error { return s.SaveTerms(ctx, d) })
}

// SaveVATRates keeps the Swiss VAT rates; version is the one that the person saw.
func (w *Window) SaveVATRates(rates []VATDraft, version int64) error {
	return bridge.Do(w.room, "partner.SaveVATRates", func(ctx context.Context, s *Service) error { return s.SaveVATRates(ctx, rates, version) })
}

// Programme returns the figures of the partner programme.
func (w *Window) Programme() (ProgrammeView, error) {
	return bridge.Call(w.room, "partner.Programme", func(ctx context.Context, s *Service) (ProgrammeView, error) {
		p, err := s.Programme(ctx)
		if err != nil {
			return ProgrammeView{}, err
		}
		return programmeView(p), nil
	})
}

// SaveProgramme keeps the figures of the partner programme.
func (w *Window) SaveProgramme(d ProgrammeDraft) error {
	return bridge.Do(w.room, "partner.SaveProgramme", func(ctx context.Context, s *Service) error { return s.SaveProgramme(ctx, d) })
}

// Eligibility returns the managed volume of a year, each currency for itself.
func (w *Window) Eligibility() ([]VolumeView, error) {
	return bridge.Call(w.room, "partner.Eligibility", func(ctx context.Context, s *Service) ([]VolumeView, error) {
		volumes, err := s.Eligibility(ctx)
		return volumeViews(volumes), err
	})
}

// ExportCSV writes a simulation to a file that the person chooses and returns its name; "" if none was chosen. The words
// and figures are those of a locale ("it-CH").
func (w *Window) ExportCSV(q Question, locale string) (string, error) {
	var file simulationFile
	d, err := bridge.Call(w.room, "partner.Explain", func(ctx context.Context, s *Service) (bridge.SaveDialog, error) {
		a, err := s.Explain(ctx, q) // refused before anybody is asked for a file
		if err != nil {
			return bridge.SaveDialog{}, err
		}
		owner, err := s.organizations.Name(ctx, s.db.Reader(), access.From(ctx).OrganizationID)
		file = newSimulationFile(a, owner, locale, s.today(ctx))
		return file.dialog(), err
	})
	if err != nil {
		return "", err
	}
	return bridge.Export(w.room, "partner.ExportCSV", d,
		func(context.Context, *Service) ([]byte, error) { return file.csv() },
		func(ctx context.Context, s *Service) error { return s.Exported(ctx, file.answer) })
}
