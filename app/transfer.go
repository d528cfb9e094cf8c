package app

import (
	"context"
	"encoding/base64"
	"io"
	"path/filepath"
	"time"

	"kontor/internal/host/bridge"

	"kontor/internal/area/transfer"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/waiting"
	wording "kontor/internal/core/words"
	"kontor/internal/host/export"
)

// TransferService follows domain transfers.
type TransferService struct{ app *App }

// List returns the transfers of a stage ("" all, "failed", "open", "done") that hold every word of search.
func (s *TransferService) List(show, search string) (TransferListView, error) {
	return call(s.app, "transfer.List", func(ctx context.Context, h *workspace) (TransferListView, error) {
		l, err := h.transfers.List(ctx, transfer.Filter{Stages: stagesOf(show), Search: search})
		if err != nil {
			return TransferListView{}, err
		}
		return transferListView(l), nil
	})
}

// Get returns everything about one transfer.
func (s *TransferService) Get(id string) (TransferView, error) {
	return call(s.app, "transfer.Get", func(ctx context.Context, h *workspace) (TransferView, error) {
		return transferDetail(ctx, h, id)
	})
}

// TransferInput is a request as typed; days as 2026-11-20, Started as 2026-11-20T13:02:00Z.
type TransferInput struct {
	Domain     string `json:"domain"`
	Holder     string `json:"holder"`
	Registrar  string `json:"registrar"`
	Order      string `json:"order"`
	Fee        string `json:"fee"`
	Code       string `json:"code"`
	Started    string `json:"started"`
	Registered string `json:"registered"`
	Moved      string `json:"moved"`
	Expires    string `json:"expires"`
}

// Add records a request and returns its id.
func (s *TransferService) Add(in TransferInput) (string, error) {
	return call(s.app, "transfer.Add", func(ctx context.Context, h *workspace) (string, error) {
		currency, err := h.transfers.Currency(ctx)
		if err != nil {
			return "", err
		}
		var c fault.Check
		n := transfer.New{
			Domain: in.Domain, Holder: in.Holder, Registrar: in.Registrar, Order: in.Order, Code: in.Code,
			Facts: factsOf(&c, in), Started: typedMoment(&c, "started", in.Started),
		}
		if in.Fee != "" {
			fee, err := money.ParseAmount(in.Fee, currency)
			if err != nil {
				money.Refuse(&c, "fee", err, currency.Decimals(), "")
			}
			n.Fee = &fee
		}
		if c.Err() != nil { // what is typed well is judged too, so that the person sees everything at once
			c.Merge("", n.Validate(time.Now()))
			return "", c.Err()
		}
		return h.transfers.Add(ctx, n)
	})
}

// TransferFactsInput changes what is known of a request.
type TransferFactsInput struct {
	Version    int    `json:"version"`
	Holder     string `json:"holder"`
	Registrar  string `json:"registrar"`
	Order      string `json:"order"`
	Registered string `json:"registered"`
	Moved      string `json:"moved"`
	Expires    string `json:"expires"`
	RestartBy  string `json:"restartBy"` // 2026-11-28T15:04:00Z; "" if there is no limit
}

// Update changes what is known of a request.
func (s *TransferService) Update(id string, in TransferFactsInput) (TransferView, error) {
	return s.change("transfer.Update", id, func(ctx context.Context, h *workspace) error {
		var c fault.Check
		facts := factsOf(&c, TransferInput{Registered: in.Registered, Moved: in.Moved, Expires: in.Expires})
		by := typedMoment(&c, "restartBy", in.RestartBy)
		if err := c.Err(); err != nil {
			return err
		}
		return h.transfers.Update(ctx, id, in.Version, transfer.Update{
			Holder: &in.Holder, Registrar: &in.Registrar, Order: &in.Order, Facts: &facts, RestartBy: &by,
		})
	})
}

// change is call for an act on one transfer, answering with what it then is.
func (s *TransferService) change(name, id string, act func(context.Context, *workspace) error) (TransferView, error) {
	return call(s.app, name, func(ctx context.Context, h *workspace) (TransferView, error) {
		if err := act(ctx, h); err != nil {
			return TransferView{}, err
		}
		return transferDetail(ctx, h, id)
	})
}

// Answer keeps what the person found out about a question of the preflight.
func (s *TransferService) Answer(id, question string, fine bool) (TransferView, error) {
	return s.change("transfer.Answer", id, func(ctx context.Context, h *workspace) error {
		return h.transfers.Answer(ctx, id, transfer.Question(question), fine)
	})
}

// NoteRecords keeps the DNS records as they are before the transfer.
func (s *TransferService) NoteRecords(id, records string) (TransferView, error) {
	return s.change("transfer.NoteRecords", id, func(ctx context.Context, h *workspace) error {
		return h.transfers.NoteRecords(ctx, id, records)
	})
}

// SetCode seals an authorization code.
func (s *TransferService) SetCode(id, code string) (TransferView, error) {
	return s.change("transfer.SetCode", id, func(ctx context.Context, h *workspace) error {
		return h.transfers.SetCode(ctx, id, code)
	})
}

// RevealCode returns the authorization code after the password was given; the journal tells of it.
func (s *TransferService) RevealCode(id, password string) (string, error) {
	return call(s.app, "transfer.RevealCode", func(ctx context.Context, h *workspace) (string, error) {
		return h.transfers.RevealCode(ctx, id, password)
	})
}

// SetCodeDays sets after how many days a code raises a doubt.
func (s *TransferService) SetCodeDays(id string, days int) (TransferView, error) {
	return s.change("transfer.SetCodeDays", id, func(ctx context.Context, h *workspace) error {
		return h.transfers.SetCodeDays(ctx, days)
	})
}

// Advance records how far the request has come, by the person's word.
func (s *TransferService) Advance(id, stage string) (TransferView, error) {
	return s.change("transfer.Advance", id, func(ctx context.Context, h *workspace) error {
		return h.transfers.Advance(ctx, id, transfer.Stage(stage))
	})
}

// Restart begins the next attempt of the same request, without a new fee.
func (s *TransferService) Restart(id string, inSpite bool) (TransferView, error) {
	return s.change("transfer.Restart", id, func(ctx context.Context, h *workspace) error {
		return h.transfers.Restart(ctx, id, inSpite)
	})
}

// Read says what a message means, for a transfer or (id "") for none, and keeps nothing. Data is the text or the e-mail
// file in base64.
func (s *TransferService) Read(id, data string) (ReadingView, error) {
	return call(s.app, "transfer.Read", func(ctx context.Context, h *workspace) (ReadingView, error) {
		raw, err := unwrap("message", data)
		if err != nil {
			return ReadingView{}, err
		}
		r, err := h.transfers.Read(ctx, id, raw)
		if err != nil {
			return ReadingView{}, err
		}
		return readingView(r), nil
	})
}

// FailureInput is how an attempt ended; Data as for Read, "" if there is no message.
type FailureInput struct {
	Data  string `json:"data"`
	Cause string `json:"cause"` // instead of what the message says; "" leaves it to the diagnosis
	Ended string `json:"ended"` // 2026-11-19T15:04:00Z; "" takes the message's, or now
}

// Fail records that the attempt has failed; on one that has, it replaces the message or the cause.
func (s *TransferService) Fail(id string, in FailureInput) (TransferView, error) {
	return s.change("transfer.Fail", id, func(ctx context.Context, h *workspace) error {
		f := transfer.Failure{Cause: transfer.Cause(in.Cause)}
		var c fault.Check
		f.At = typedMoment(&c, "ended", in.Ended)
		err := c.Err()
		if err == nil && in.Data != "" {
			f.Message, err = unwrap("message", in.Data)
		}
		if err != nil {
			return err
		}
		d, err := h.transfers.Get(ctx, id)
		if err != nil {
			return err
		}
		if d.Transfer.Stage == transfer.Failed {
			return h.transfers.Explain(ctx, id, f)
		}
		return h.transfers.Fail(ctx, id, f)
	})
}

// Remove deletes a request with its ledger, its messages and its code.
func (s *TransferService) Remove(id string) error {
	return do(s.app, "transfer.Remove", func(ctx context.Context, h *workspace) error {
		return h.transfers.Remove(ctx, id)
	})
}

// Preview reads a list of two columns, in base64, and keeps nothing. Codes do not come back.
func (s *TransferService) Preview(data string) (BulkView, error) {
	return call(s.app, "transfer.Preview", func(ctx context.Context, h *workspace) (BulkView, error) {
		raw, err := unwrap("list", data)
		if err != nil {
			return BulkView{}, err
		}
		rows, err := h.transfers.Preview(ctx, raw)
		if err != nil {
			return BulkView{}, err
		}
		return bulkView(rows), nil
	})
}

// Import records a request for every good row of a list and returns how many.
func (s *TransferService) Import(data string) (int, error) {
	return call(s.app, "transfer.Import", func(ctx context.Context, h *workspace) (int, error) {
		raw, err := unwrap("list", data)
		if err != nil {
			return 0, err
		}
		return h.transfers.Import(ctx, raw)
	})
}

// SaveCalendar asks where to and writes the deadlines as an iCalendar file. It returns the file's name, "" if the person
// thought better of it.
func (s *TransferService) SaveCalendar(id, language, title string) (string, error) {
	type file struct{ name, text string }
	f, err := call(s.app, "transfer.SaveCalendar", func(ctx context.Context, h *workspace) (f file, err error) {
		f.name, f.text, err = h.transfers.Calendar(ctx, id, wording.Parse(language))
		return f, err
	})
	if err != nil {
		return "", err
	}
	return s.save(bridge.SaveDialog{Title: title, Name: f.name, Filter: "iCalendar", Ending: "ics"}, func(w io.Writer) error {
		_, err := io.WriteString(w, f.text)
		return err
	})
}

// LedgerInput holds the words of an exported ledger.
type LedgerInput struct {
	Title    string   `json:"title"`
	Language string   `json:"language"`
	Heads    []string `json:"heads"`   // number, started, ended, reason, currency, fee
	Reasons  []string `json:"reasons"` // of each attempt, newest first
}

// SaveLedger asks where to and writes the attempts as CSV. It returns the file's name, as SaveCalendar does.
func (s *TransferService) SaveLedger(id string, in LedgerInput) (string, error) {
	d, err := call(s.app, "transfer.SaveLedger", func(ctx context.Context, h *workspace) (transfer.Detail, error) {
		return h.transfers.Get(ctx, id)
	})
	if err != nil {
		return "", err
	}
	if len(in.Reasons) != len(d.Attempts) {
		return "", fault.New(fault.Conflict, "")
	}
	name := d.Transfer.Domain + ".csv"
	return s.save(bridge.SaveDialog{Title: in.Title, Name: name, Filter: "CSV", Ending: "csv"}, func(w io.Writer) error {
		return writeLedger(w, d, in)
	})
}

// save asks for a path and writes the file; it runs outside of call, because a dialog may stay open for long.
func (s *TransferService) save(dialog bridge.SaveDialog, write func(io.Writer) error) (string, error) {
	path, err := s.app.shell.AskSave(dialog)
	if err != nil || path == "" {
		return "", err
	}
	if err := export.Save(path, write); err != nil {
		return "", fault.Wrap(err, fault.Unavailable, "not_written")
	}
	return filepath.Base(path), nil
}

func unwrap(field, data string) ([]byte, error) {
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		var c fault.Check
		c.Refuse(field, "not_text")
		return nil, c.Err()
	}
	return raw, nil
}

func factsOf(c *fault.Check, in TransferInput) transfer.Facts {
	read := func(name, text string) day.Day {
		if text == "" {
			return 0
		}
		d, err := day.Parse(text)
		if err != nil {
			c.Refuse(name, "not_a_date")
		}
		return d
	}
	return transfer.Facts{
		Registered: read("registered", in.Registered), Moved: read("moved", in.Moved), Expires: read("expires", in.Expires),
	}
}

func typedMoment(c *fault.Check, name, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		c.Refuse(name, "not_a_date")
	}
	return t
}

// waitingTransfers is the share of the transfers in what waits.
func waitingTransfers(s *transfer.Service) waiting.Source {
	return func(ctx context.Context) ([]waiting.Line, error) {
		list, err := s.Waiting(ctx)
		if err != nil {
			return nil, err
		}
		lines := []waiting.Line{}
		for _, e := range list {
			l := waiting.Line{
				Area: "transfer", Kind: "transfer_failed", Urgency: waiting.Failed, At: e.Since, Route: "/transfer/" + e.ID,
				Params: map[string]string{"domain": transfer.Display(e.Domain), "cause": string(e.Cause)},
			}
			if e.Stage != transfer.Failed {
				l.Kind, l.Urgency = "transfer_asked", waiting.Answer
			}
			lines = append(lines, l)
		}
		return lines, nil
	}
}
