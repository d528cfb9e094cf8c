package app

import (
	"context"
	"io"
	"slices"
	"strconv"
	"time"

	"kontor/internal/area/transfer"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/host/export"
)

// TransferRowView is a transfer in a list.
type TransferRowView struct {
	ID        string `json:"id"`
	Domain    string `json:"domain"`
	Holder    string `json:"holder"`
	Registrar string `json:"registrar"`
	Stage     string `json:"stage"`
	Since     string `json:"since"`
	Asked     bool   `json:"asked"` // the person has not said yet what came of it in the Manager
	Attempts  int    `json:"attempts"`
	Cause     string `json:"cause"` // why it failed; "" if it did not or nobody knows
	Expires   string `json:"expires"`
}

// TransferListView is what a filter found, and how many there are without it.
type TransferListView struct {
	Rows   []TransferRowView `json:"rows"`
	All    int               `json:"all"`
	Failed int               `json:"failed"`
	Open   int               `json:"open"`
	Done   int               `json:"done"`
}

// TransferSourceView is where something is written down.
type TransferSourceView struct {
	Title      string `json:"title"`
	Link       string `json:"link"`
	Guide      string `json:"guide"`
	Infomaniak bool   `json:"infomaniak"`
}

// FindingView is a cause that a message speaks for.
type FindingView struct {
	Cause      string             `json:"cause"`
	Confidence int                `json:"confidence"`
	Hand       string             `json:"hand"`
	Evidence   []string           `json:"evidence"`
	RuledOut   string             `json:"ruledOut"`
	Source     TransferSourceView `json:"source"`
}

// TransferMessageView is a failure message.
type TransferMessageView struct {
	Subject string `json:"subject"`
	From    string `json:"from"`
	Sent    string `json:"sent"`
	Body    string `json:"body"`
}

// ReadingView is what a message means.
type ReadingView struct {
	Message  TransferMessageView `json:"message"`
	Findings []FindingView       `json:"findings"`
	Codes    []string            `json:"codes"` // EPP result codes with their texts
	Until    string              `json:"until"`
	Other    []string            `json:"other"`
}

// TransferAttemptView is a line of the ledger. Fee and Currency are empty if the fee is not known.
type TransferAttemptView struct {
	Number   int    `json:"number"`
	Started  string `json:"started"`
	Ended    string `json:"ended"`
	Outcome  string `json:"outcome"`
	Cause    string `json:"cause"`
	EPP      string `json:"epp"`
	Fee      string `json:"fee"`
	Currency string `json:"currency"`
}

// TransferCheckView is a question of the preflight with its answer.
type TransferCheckView struct {
	Question string `json:"question"`
	Verdict  string `json:"verdict"`
	Note     string `json:"note"`
	Day      string `json:"day"`
	At       string `json:"at"`
	Count    int    `json:"count"`
	Mine     bool   `json:"mine"` // the person answers it
}

// TransferDeadlineView is a moment, or a day where At is empty.
type TransferDeadlineView struct {
	Kind string `json:"kind"`
	At   string `json:"at"`
	Day  string `json:"day"`
}

// TransferView is everything about one transfer.
type TransferView struct {
	Row          TransferRowView        `json:"row"`
	Version      int                    `json:"version"`
	Order        string                 `json:"order"`
	Registered   string                 `json:"registered"`
	Moved        string                 `json:"moved"`
	RestartBy    string                 `json:"restartBy"`
	CodeKept     string                 `json:"codeKept"`
	CodeUsed     int                    `json:"codeUsed"`
	CodeDays     int                    `json:"codeDays"`
	Records      string                 `json:"records"`
	Next         []string               `json:"next"` // stages that may be recorded now
	Ledger       []TransferAttemptView  `json:"ledger"`
	Paid         string                 `json:"paid"`
	Currency     string                 `json:"currency"`
	HasMessage   bool                   `json:"hasMessage"`
	Message      TransferMessageView    `json:"message"`
	Findings     []FindingView          `json:"findings"`
	Checks       []TransferCheckView    `json:"checks"`
	Blockers     []string               `json:"blockers"`
	Deadlines    []TransferDeadlineView `json:"deadlines"`
	Extension    string                 `json:"extension"`
	Renewal      string                 `json:"renewal"`
	Notes        []string               `json:"notes"`
	NewExpiry    string                 `json:"newExpiry"`
	StrictExpiry string                 `json:"strictExpiry"` // if 365 days are counted instead of a year, and it differs
	Account      TransferAccountView    `json:"account"`
}

// BulkRowView is a row of a list.
type BulkRowView struct {
	Line   int    `json:"line"`
	Typed  string `json:"typed"`
	Domain string `json:"domain"`
	Reason string `json:"reason"`
	First  int    `json:"first"`
}

// BulkView is a list of two columns, without its codes.
type BulkView struct {
	Good  []BulkRowView `json:"good"`
	Aside []BulkRowView `json:"aside"`
}

func stagesOf(show string) []transfer.Stage {
	switch show {
	case "failed":
		return []transfer.Stage{transfer.Failed}
	case "done":
		return []transfer.Stage{transfer.Done}
	case "open":
		return []transfer.Stage{transfer.Requested, transfer.CodeChecked, transfer.Confirmed, transfer.AtRegistry}
	}
	return nil
}

func transferListView(l transfer.List) TransferListView {
	v := TransferListView{Rows: []TransferRowView{}}
	for _, e := range l.Entries {
		v.Rows = append(v.Rows, transferRowView(e))
	}
	for stage, n := range l.Counts {
		v.All += n
		switch stage {
		case transfer.Failed:
			v.Failed += n
		case transfer.Done:
			v.Done += n
		default:
			v.Open += n
		}
	}
	return v
}

func transferRowView(e transfer.Entry) TransferRowView {
	return TransferRowView{
		ID: e.ID, Domain: transfer.Display(e.Domain), Holder: e.Holder, Registrar: e.Registrar, Stage: string(e.Stage),
		Since: moment(e.Since), Asked: e.Asked, Attempts: e.Attempts, Cause: string(e.Cause), Expires: dayText(e.Facts.Expires),
	}
}

func transferDetail(ctx context.Context, h *workspace, id string) (TransferView, error) {
	d, err := h.transfers.Get(ctx, id)
	if err != nil {
		return TransferView{}, err
	}
	v := transferView(d)
	v.Account, err = accountOf(ctx, h, d)
	return v, err
}

func transferView(d transfer.Detail) TransferView {
	t := d.Transfer
	v := TransferView{
		Row:     transferRowView(transfer.Entry{Transfer: t, Attempts: len(d.Attempts), Cause: d.Attempts[0].Cause}),
		Version: t.Version, Order: t.Order, Registered: dayText(t.Facts.Registered), Moved: dayText(t.Facts.Moved),
		RestartBy: moment(t.RestartBy), CodeKept: moment(t.Code.Kept), CodeUsed: t.Code.Used, CodeDays: d.CodeDays,
		Records: t.Records, Next: texts(t.Stage.Next()), Ledger: []TransferAttemptView{}, Currency: string(d.Currency),
		Findings: findingViews(d.Diagnosis), Checks: []TransferCheckView{}, Blockers: texts(d.Blockers), Deadlines: []TransferDeadlineView{},
		Extension: d.Extension.Extension, Renewal: string(d.Extension.Renewal), Notes: d.Extension.Notes,
		NewExpiry: dayText(d.Expiry.Day),
	}
	if d.Expiry.Strict != d.Expiry.Day {
		v.StrictExpiry = dayText(d.Expiry.Strict)
	}
	if d.Message != nil {
		v.HasMessage, v.Message = true, messageView(*d.Message)
	}
	v.Paid, v.Currency = amountText(d.Paid(), v.Currency)
	for _, a := range d.Attempts {
		line := TransferAttemptView{
			Number: a.Number, Started: moment(a.Started), Ended: moment(a.Ended), Outcome: string(a.Outcome), Cause: string(a.Cause),
		}
		if a.EPP != 0 {
			line.EPP = strconv.Itoa(a.EPP)
		}
		line.Fee, line.Currency = amountText(a.Fee, v.Currency)
		v.Ledger = append(v.Ledger, line)
	}
	for _, c := range d.Checks {
		v.Checks = append(v.Checks, TransferCheckView{
			Question: string(c.Question), Verdict: string(c.Verdict), Note: c.Note, Day: dayText(c.Day), At: moment(c.At),
			Count: c.Count, Mine: slices.Contains(transfer.Asked(), c.Question),
		})
	}
	for _, l := range d.Deadlines {
		v.Deadlines = append(v.Deadlines, TransferDeadlineView{Kind: string(l.Kind), At: moment(l.At), Day: dayText(l.Day)})
	}
	return v
}

func findingViews(d transfer.Diagnosis) []FindingView {
	list := []FindingView{}
	for _, f := range d.Findings {
		source := f.Cause.Source()
		list = append(list, FindingView{
			Cause: string(f.Cause), Confidence: f.Confidence, Hand: string(f.Cause.Hand()), Evidence: f.Evidence, RuledOut: f.RuledOut,
			Source: TransferSourceView{Title: source.Title, Link: source.Link, Guide: source.Guide, Infomaniak: source.Infomaniak},
		})
	}
	return list
}

func readingView(r transfer.Reading) ReadingView {
	v := ReadingView{
		Message: messageView(r.Message), Findings: findingViews(r.Diagnosis), Codes: []string{}, Until: moment(r.Until), Other: []string{},
	}
	for _, code := range r.Diagnosis.Codes {
		v.Codes = append(v.Codes, strconv.Itoa(code)+" "+transfer.ResultText(code))
	}
	for _, name := range r.Other {
		v.Other = append(v.Other, transfer.Display(name))
	}
	return v
}

func messageView(m transfer.Message) TransferMessageView {
	return TransferMessageView{Subject: m.Subject, From: m.From, Sent: moment(m.Sent), Body: m.Body}
}

func bulkView(rows []transfer.Row) BulkView {
	v := BulkView{Good: []BulkRowView{}, Aside: []BulkRowView{}}
	for _, r := range rows {
		row := BulkRowView{Line: r.Line, Typed: r.Typed, Domain: transfer.Display(r.Domain), Reason: r.Reason, First: r.First}
		if r.Good() {
			v.Good = append(v.Good, row)
		} else {
			v.Aside = append(v.Aside, row)
		}
	}
	return v
}

// writeLedger writes the attempts, newest first: the words are the window's, every figure is Go's.
func writeLedger(w io.Writer, d transfer.Detail, in LedgerInput) error {
	c := export.NewCSV(w, export.For(in.Language))
	heads := []export.Cell{}
	for _, h := range in.Heads {
		heads = append(heads, export.Text(h))
	}
	c.Row(heads...)
	for i, a := range d.Attempts {
		fee, currency := amountText(a.Fee, string(d.Currency))
		c.Row(export.Number(strconv.Itoa(a.Number)), export.Text(localStamp(a.Started)), export.Text(localStamp(a.Ended)),
			export.Text(in.Reasons[i]), export.Text(currency), export.Number(fee))
	}
	return c.Flush()
}

func amountText(a *money.Amount, currency string) (amount, of string) {
	if a == nil {
		return "", currency
	}
	return a.Decimal(), string(a.Currency())
}

func localStamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format("2006-01-02 15:04")
}

func dayText(d day.Day) string {
	if d == 0 {
		return ""
	}
	return d.String()
}

func texts[T ~string](list []T) []string {
	out := []string{}
	for _, t := range list {
		out = append(out, string(t))
	}
	return out
}
