package transfer

import (
	"slices"
	"strconv"

	"kontor/internal/host/bridge"
)

// RowView is a transfer in a list.
type RowView struct {
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

// ListView is what a filter found, and how many there are without it.
type ListView struct {
	Rows   []RowView `json:"rows"`
	All    int       `json:"all"`
	Failed int       `json:"failed"`
	Open   int       `json:"open"`
	Done   int       `json:"done"`
}

// SourceView is where something is written down.
type SourceView struct {
	Title      string `json:"title"`
	Link       string `json:"link"`
	Guide      string `json:"guide"`
	Infomaniak bool   `json:"infomaniak"`
}

// FindingView is a cause that a message speaks for.
type FindingView struct {
	Cause      string     `json:"cause"`
	Confidence int        `json:"confidence"`
	Hand       string     `json:"hand"`
	Evidence   []string   `json:"evidence"`
	RuledOut   string     `json:"ruledOut"`
	Source     SourceView `json:"source"`
}

// MessageView is a failure message.
type MessageView struct {
	Subject string `json:"subject"`
	From    string `json:"from"`
	Sent    string `json:"sent"`
	Body    string `json:"body"`
}

// ReadingView is what a message means.
type ReadingView struct {
	Message  MessageView   `json:"message"`
	Findings []FindingView `json:"findings"`
	Codes    []string      `json:"codes"` // EPP result codes with their texts
	Until    string        `json:"until"`
	Other    []string      `json:"other"`
	Domain   string        `json:"domain"`  // what the message is about, where it was read for no transfer in particular
	Follows  RowView       `json:"follows"` // the transfer of it; no id if there is none
}

// AttemptView is a line of the ledger.
type AttemptView struct {
	Number  int          `json:"number"`
	Started string       `json:"started"`
	Ended   string       `json:"ended"`
	Outcome string       `json:"outcome"`
	Cause   string       `json:"cause"`
	EPP     string       `json:"epp"`
	Fee     bridge.Money `json:"fee"` // none if it is not known
}

// CheckView is a question of the preflight with its answer.
type CheckView struct {
	Question string `json:"question"`
	Verdict  string `json:"verdict"`
	Note     string `json:"note"`
	Day      string `json:"day"`
	At       string `json:"at"`
	Count    int    `json:"count"`
	Mine     bool   `json:"mine"` // the person answers it
}

// DeadlineView is a moment, or a day where At is empty.
type DeadlineView struct {
	Kind string `json:"kind"`
	At   string `json:"at"`
	Day  string `json:"day"`
}

// View is everything about one transfer.
type View struct {
	Row          RowView        `json:"row"`
	Version      int            `json:"version"`
	Order        string         `json:"order"`
	Registered   string         `json:"registered"`
	Moved        string         `json:"moved"`
	RestartBy    string         `json:"restartBy"`
	CodeKept     string         `json:"codeKept"`
	CodeUsed     int            `json:"codeUsed"`
	CodeDays     int            `json:"codeDays"`
	Records      string         `json:"records"`
	Next         []string       `json:"next"` // stages that may be recorded now
	Ledger       []AttemptView  `json:"ledger"`
	Paid         bridge.Money   `json:"paid"`    // none if it is not known
	NextFee      bridge.Money   `json:"nextFee"` // of the next attempt, which costs nothing
	HasMessage   bool           `json:"hasMessage"`
	Message      MessageView    `json:"message"`
	Findings     []FindingView  `json:"findings"`
	Checks       []CheckView    `json:"checks"`
	Blockers     []string       `json:"blockers"`
	Deadlines    []DeadlineView `json:"deadlines"`
	Extension    string         `json:"extension"`
	Renewal      string         `json:"renewal"`
	Codeless     bool           `json:"codeless"` // the extension has no authorization code
	Notes        []NoteView     `json:"notes"`
	NewExpiry    string         `json:"newExpiry"`
	StrictExpiry string         `json:"strictExpiry"` // if 365 days are counted instead of a year, and it differs
	Account      AccountView    `json:"account"`
	Colleagues   []Colleague    `json:"colleagues"` // for whoever says who works on it
	There        ThereView      `json:"there"`      // what Infomaniak tells of the domain
}

// NoteView is something particular about an extension.
type NoteView struct {
	Code   string     `json:"code"`
	Source SourceView `json:"source"`
}

// BookingView is a payment in the prepaid account's ledger.
type BookingView struct {
	Entry  int64        `json:"entry"`
	At     string       `json:"at"`
	Amount bridge.Money `json:"amount"`
}

// AccountView is what the prepaid account paid for a transfer.
type AccountView struct {
	Known bool          `json:"known"` // the person may see the account
	First []BookingView `json:"first"`
	Again []BookingView `json:"again"` // after an attempt had failed: a restart costs nothing, so this is a mistake
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
	Good     []BulkRowView `json:"good"`
	Rejected []BulkRowView `json:"rejected"`
}

func (l List) view() ListView {
	v := ListView{Rows: []RowView{}, All: l.All, Failed: l.Failed, Open: l.Open, Done: l.Done}
	for _, e := range l.Entries {
		v.Rows = append(v.Rows, e.view())
	}
	return v
}

func (e Entry) view() RowView {
	return RowView{
		ID: e.ID, Domain: Display(e.Domain), Holder: e.Holder, Registrar: e.Registrar, Stage: string(e.Stage),
		Since: bridge.Moment(e.Since), Asked: e.Asked, Attempts: e.Attempts, Cause: string(e.Cause), Expires: e.Facts.Expires.String(),
	}
}

func (d Detail) view() View {
	t := d.Transfer
	v := View{
		Row:     Entry{Transfer: t, Attempts: len(d.Attempts), Cause: d.Attempts[0].Cause}.view(),
		Version: t.Version, Order: t.Order, Registered: t.Facts.Registered.String(), Moved: t.Facts.Moved.String(),
		RestartBy: bridge.Moment(t.RestartBy), CodeKept: bridge.Moment(t.Code.EnteredAt), CodeUsed: t.Code.Used, CodeDays: d.CodeDays,
		Records: t.Records, Next: texts(t.Stage.Next()), Ledger: []AttemptView{}, NextFee: bridge.MoneyOf(d.NextFee()),
		Findings: d.Diagnosis.views(), Checks: []CheckView{}, Blockers: texts(d.Blockers), Deadlines: []DeadlineView{},
		Extension: d.Extension.Extension, Renewal: string(d.Extension.Renewal), Codeless: d.Extension.Codeless, Notes: []NoteView{},
		NewExpiry: d.Expiry.Day.String(), Account: d.Account.view(),
		Colleagues: append([]Colleague{}, d.Colleagues...),
	}
	if d.Expiry.Strict != d.Expiry.Day {
		v.StrictExpiry = d.Expiry.Strict.String()
	}
	if d.Message != nil {
		v.HasMessage, v.Message = true, d.Message.view()
	}
	if paid := d.Paid(); paid != nil {
		v.Paid = bridge.MoneyOf(*paid)
	}
	for _, n := range d.Extension.Notes {
		v.Notes = append(v.Notes, NoteView{n.Code, SourceView(n.Source)})
	}
	for _, a := range d.Attempts {
		v.Ledger = append(v.Ledger, a.view())
	}
	for _, c := range d.Checks {
		v.Checks = append(v.Checks, CheckView{
			Question: string(c.Question), Verdict: string(c.Verdict), Note: c.Note, Day: c.Day.String(), At: bridge.Moment(c.At),
			Count: c.Count, Mine: slices.Contains(Asked(), c.Question),
		})
	}
	for _, l := range d.Deadlines {
		v.Deadlines = append(v.Deadlines, DeadlineView{Kind: string(l.Kind), At: bridge.Moment(l.At), Day: l.Day.String()})
	}
	return v
}

func (a Attempt) view() AttemptView {
	v := AttemptView{
		Number: a.Number, Started: bridge.Moment(a.Started), Ended: bridge.Moment(a.Ended), Outcome: string(a.Outcome), Cause: string(a.Cause),
	}
	if a.EPP != 0 {
		v.EPP = strconv.Itoa(a.EPP)
	}
	if a.Fee != nil {
		v.Fee = bridge.MoneyOf(*a.Fee)
	}
	return v
}

func (a Account) view() AccountView {
	v := AccountView{Known: a.Known, First: []BookingView{}, Again: []BookingView{}}
	for _, b := range a.First {
		v.First = append(v.First, BookingView{b.Entry, bridge.Moment(b.At), bridge.MoneyOf(b.Amount)})
	}
	for _, b := range a.Again {
		v.Again = append(v.Again, BookingView{b.Entry, bridge.Moment(b.At), bridge.MoneyOf(b.Amount)})
	}
	return v
}

func (d Diagnosis) views() []FindingView {
	list := []FindingView{}
	for _, f := range d.Findings {
		list = append(list, FindingView{
			Cause: string(f.Cause), Confidence: f.Confidence, Hand: string(f.Cause.Hand()), Evidence: f.Evidence, RuledOut: f.RuledOut,
			Source: SourceView(f.Cause.Source()),
		})
	}
	return list
}

func (r Reading) view() ReadingView {
	v := ReadingView{
		Message: r.Message.view(), Findings: r.Diagnosis.views(), Codes: []string{}, Until: bridge.Moment(r.Until), Other: []string{},
	}
	for _, code := range r.Diagnosis.Codes {
		v.Codes = append(v.Codes, strconv.Itoa(code)+" "+ResultText(code))
	}
	if v.Domain = Display(r.Domain); r.Follows != nil {
		v.Follows = r.Follows.view()
	}
	for _, name := range r.Other {
		v.Other = append(v.Other, Display(name))
	}
	return v
}

func (m Message) view() MessageView {
	return MessageView{Subject: m.Subject, From: m.From, Sent: bridge.Moment(m.Sent), Body: m.Body}
}

func bulkView(rows []Row) BulkView {
	v := BulkView{Good: []BulkRowView{}, Rejected: []BulkRowView{}}
	for _, r := range rows {
		row := BulkRowView{Line: r.Line, Typed: r.Typed, Domain: Display(r.Domain), Reason: r.Reason, First: r.First}
		if r.Good() {
			v.Good = append(v.Good, row)
		} else {
			v.Rejected = append(v.Rejected, row)
		}
	}
	return v
}

func texts[T ~string](list []T) []string {
	out := []string{}
	for _, t := range list {
		out = append(out, string(t))
	}
	return out
}
