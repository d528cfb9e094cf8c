package transfer

import (
	"context"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// Vault keeps authorization codes sealed.
type Vault interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
	Delete(ctx context.Context, tx *sqlite.Tx, place, row, field string) error
}

// The place of an authorization code in the vault; the row is the transfer.
const (
	place = "transfer"
	field = "code"
)

// Filter narrows a list: Show is "" (all), failed, open or done; Search holds words to be found.
type Filter struct{ Show, Search string }

// shows are the stages of each filter; none is all of them.
var shows = map[string][]Stage{
	"":       nil,
	"failed": {Failed},
	"open":   {Requested, CodeChecked, Confirmed, AtRegistry},
	"done":   {Done},
}

// List is what a filter found, and how many transfers of each kind there are without it.
type List struct {
	Entries                 []Entry
	All, Failed, Open, Done int
}

// List returns the transfers of the organization: what failed first, then what is under way, then what is done.
func (s *Service) List(ctx context.Context, f Filter) (List, error) {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return List{}, err
	}
	stages, known := shows[f.Show]
	if !known {
		var c fault.Check
		c.Refuse("show", "not_a_choice")
		return List{}, c.Err()
	}
	var l List
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if l.Entries, err = entries(ctx, q, actor, stages, f.Search); err != nil {
			return err
		}
		counts, err := stageCounts(ctx, q, actor)
		l.count(counts)
		return err
	})
	return l, err
}

func (l *List) count(counts map[Stage]int) {
	for stage, n := range counts {
		l.All += n
		switch {
		case stage == Failed:
			l.Failed += n
		case stage.Open():
			l.Open += n
		default:
			l.Done += n
		}
	}
}

// Detail is everything about one transfer.
type Detail struct {
	Transfer  Transfer
	Attempts  []Attempt // newest first
	Message   *Message  // of the newest failed attempt; nil if there is none
	Diagnosis Diagnosis // of that message
	Checks    []Check
	Blockers  []Question
	Deadlines []Deadline
	Extension ExtensionFacts
	Expiry    Expiry // if it were transferred today
	Currency  money.Currency
	CodeDays  int
	Account   Account

	Colleagues []Colleague // every collaborator, for whoever says who works on it
}

// Paid is what the transfer has cost, however many attempts it took; nil if that is not known.
func (d Detail) Paid() *money.Amount {
	if len(d.Attempts) == 0 {
		return nil
	}
	return d.Attempts[len(d.Attempts)-1].Fee // the rest is nothing: the table refuses anything else
}

// NextFee is what one more attempt costs: nothing, in the currency of the first one.
func (d Detail) NextFee() money.Amount {
	if paid := d.Paid(); paid != nil {
		return money.Zero(paid.Currency())
	}
	return money.Zero(d.Currency)
}

// Get returns one transfer of the organization, with what the prepaid account paid for it.
func (s *Service) Get(ctx context.Context, id string) (Detail, error) {
	d, err := s.get(ctx, id)
	if err != nil {
		return Detail{}, err
	}
	if d.Colleagues, err = s.colleagues(ctx, id); err != nil {
		return Detail{}, err
	}
	d.Account, err = d.booked(ctx, s.account)
	return d, err
}

func (s *Service) get(ctx context.Context, id string) (Detail, error) {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return Detail{}, err
	}
	var d Detail
	err = s.db.View(ctx, func(q sqlite.Queryer) (err error) {
		d, err = s.detail(ctx, q, actor, id)
		return err
	})
	return d, err
}

func (s *Service) detail(ctx context.Context, q sqlite.Queryer, actor access.Actor, id string) (Detail, error) {
	situation, list, err := s.situation(ctx, q, actor, id)
	if err != nil {
		return Detail{}, err
	}
	t := situation.Transfer
	d := Detail{
		Transfer: t, Attempts: list, Checks: []Check{}, Blockers: []Question{}, CodeDays: situation.CodeDays,
		Diagnosis: Diagnosis{Findings: []Finding{}, Codes: []int{}, Names: []string{}},
		Deadlines: Deadlines(situation, s.db.Now()), Extension: FactsOf(t.Domain),
		Expiry: NewExpiry(t.Domain, t.Facts.Expires, situation.Today),
	}
	if d.Currency, err = s.organizations.Currency(ctx, q, actor.OrganizationID); err != nil {
		return Detail{}, err
	}
	if t.Stage != Failed {
		return d, nil
	}
	d.Checks = Preflight(situation)
	d.Blockers = Blockers(d.Checks)
	m, err := messageOf(ctx, q, id, situation.Last.Number)
	if fault.CodeOf(err) == fault.NotFound {
		return d, nil
	}
	d.Message, d.Diagnosis = &m, Diagnose(m.Words()).Against(situation.Excluded(situation.Last.Ended))
	return d, err
}

// situation gathers what a preflight looks at, with the whole ledger.
func (s *Service) situation(ctx context.Context, q sqlite.Queryer, actor access.Actor, id string) (Situation, []Attempt, error) {
	t, err := byID(ctx, q, actor, id)
	if err != nil {
		return Situation{}, nil, err
	}
	list, err := attempts(ctx, q, id)
	if err != nil || len(list) == 0 {
		return Situation{}, nil, err
	}
	situation := Situation{Transfer: t, Last: list[0], Today: s.clock.Today(ctx), Zone: s.clock.Location(ctx)}
	if situation.Answers, err = answers(ctx, q, id); err != nil {
		return Situation{}, nil, err
	}
	situation.CodeDays, err = codeDays(ctx, q, actor.OrganizationID)
	return situation, list, err
}

// Currency is the one in which the organization pays.
func (s *Service) Currency(ctx context.Context) (money.Currency, error) {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return "", err
	}
	return s.organizations.Currency(ctx, s.db.Reader(), actor.OrganizationID)
}

// Add records a request that was made in the Manager or is still to be made there, with its first attempt. It returns the id.
func (s *Service) Add(ctx context.Context, n New) (string, error) {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return "", err
	}
	if err := n.Validate(s.db.Now(), s.clock.Today(ctx)); err != nil {
		return "", err
	}
	var id string
	err = s.db.Write(ctx, func(tx *sqlite.Tx) (err error) {
		id, err = s.add(ctx, tx, actor, n)
		return err
	})
	return id, err
}

func (s *Service) add(ctx context.Context, tx *sqlite.Tx, actor access.Actor, n New) (string, error) {
	t := Transfer{
		ID: tx.NewID(), Domain: n.Domain, Holder: n.Holder, Registrar: n.Registrar, Order: n.Order,
		Stage: Requested, Since: n.Started, Facts: n.Facts, Created: tx.Now,
	}
	if n.Code != "" {
		t.Code.EnteredAt = tx.Now
	}
	if err := insert(ctx, tx, actor.OrganizationID, t); sqlite.IsUnique(err) {
		var c fault.Check
		c.Refuse("domain", "already_here")
		return "", c.Err()
	} else if err != nil {
		return "", err
	}
	if !actor.Can(access.ManageAllDomains) {
		if err := allow(ctx, tx, t.ID, actor.OrganizationID, actor.AccountID); err != nil {
			return "", err
		}
	}
	currency, err := s.organizations.Currency(ctx, tx, actor.OrganizationID)
	if err != nil {
		return "", err
	}
	if err := insertAttempt(ctx, tx, t.ID, Attempt{Number: 1, Started: n.Started, Fee: n.Fee}, currency); err != nil {
		return "", err
	}
	if n.Code != "" {
		if err := s.vault.Put(ctx, tx, place, t.ID, field, []byte(n.Code)); err != nil {
			return "", err
		}
	}
	if n.Pending {
		if err := s.note(ctx, tx, manager.TransferDomain, t); err != nil {
			return "", err
		}
	}
	return t.ID, s.record(ctx, tx, audit.ItemAdded, t, "", string(t.Stage))
}

func (s *Service) record(ctx context.Context, tx *sqlite.Tx, a audit.Action, t Transfer, before, after string) error {
	return s.journal.Record(ctx, tx, audit.Entry{
		Action: a, Product: audit.Domain, ObjectID: t.ID, ObjectName: t.Domain, Old: before, New: after,
	})
}

// change is the frame of every act on one transfer: permission, the row as it is now, the act, the row as it is then,
// one journal entry.
func (s *Service) change(ctx context.Context, id string, do act) error {
	return s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.changeIn(ctx, tx, id, do) })
}

// act changes a transfer and says what the journal tells of it.
type act = func(tx *sqlite.Tx, t *Transfer) (audit.Entry, error)

// changeIn is change as a part of something larger.
func (s *Service) changeIn(ctx context.Context, tx *sqlite.Tx, id string, do act) error {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return err
	}
	t, err := byID(ctx, tx, actor, id)
	if err != nil {
		return err
	}
	e, err := do(tx, &t)
	if err != nil {
		return err
	}
	if err := update(ctx, tx, t); err != nil {
		return err
	}
	e.Product, e.ObjectID, e.ObjectName = audit.Domain, t.ID, t.Domain
	if e.Action == "" {
		e.Action = audit.ItemChanged
	}
	return s.journal.Record(ctx, tx, e)
}

// Update changes what is known of a request; version is the one that the person saw.
func (s *Service) Update(ctx context.Context, id string, version int, u Update) error {
	return s.change(ctx, id, func(_ *sqlite.Tx, t *Transfer) (audit.Entry, error) {
		if err := u.Validate(s.clock.Today(ctx)); err != nil {
			return audit.Entry{}, err
		}
		t.Version = version
		for _, f := range []struct{ to, from *string }{{&t.Holder, u.Holder}, {&t.Registrar, u.Registrar}, {&t.Order, u.Order}} {
			if f.from != nil {
				*f.to = *f.from
			}
		}
		if u.Facts != nil {
			t.Facts = *u.Facts
		}
		if u.RestartBy != nil {
			t.RestartBy = *u.RestartBy
		}
		return audit.Entry{New: "facts"}, nil
	})
}

// Answer keeps what the person found out about a question.
func (s *Service) Answer(ctx context.Context, id string, question Question, fine bool) error {
	return s.change(ctx, id, func(tx *sqlite.Tx, _ *Transfer) (audit.Entry, error) {
		known := false
		for _, q := range Asked() {
			known = known || q == question
		}
		if !known {
			return audit.Entry{}, fault.New(fault.NotFound, "")
		}
		return audit.Entry{New: string(question) + "=" + strconv.FormatBool(fine)}, putAnswer(ctx, tx, id, question, fine)
	})
}

// NoteRecords keeps the DNS records as they are before the transfer, in the person's own form.
func (s *Service) NoteRecords(ctx context.Context, id, records string) error {
	return s.change(ctx, id, func(_ *sqlite.Tx, t *Transfer) (audit.Entry, error) {
		records = tidy(records)
		if len(records) > MaxRecords {
			var c fault.Check
			c.Refuse("records", "too_long", "max", strconv.Itoa(MaxRecords))
			return audit.Entry{}, c.Err()
		}
		before := countRecords(t.Records)
		t.Records = records
		return audit.Entry{Old: strconv.Itoa(before), New: strconv.Itoa(countRecords(records))}, nil
	})
}

// SetCodeDays sets after how many days a code raises a doubt, for the organization.
func (s *Service) SetCodeDays(ctx context.Context, days int) error {
	actor, err := access.Require(ctx, access.ManageAllDomains)
	if err != nil {
		return err
	}
	var c fault.Check
	switch {
	case days < 1:
		c.Refuse("codeDays", "number_too_small", "min", "1")
	case days > year:
		c.Refuse("codeDays", "number_too_large", "max", strconv.Itoa(year))
	}
	if err := c.Err(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		before, err := codeDays(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		if err := putCodeDays(ctx, tx, actor.OrganizationID, days); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Domain, Old: strconv.Itoa(before), New: strconv.Itoa(days),
		})
	})
}

// Remove deletes a request with its ledger, its messages and its code.
func (s *Service) Remove(ctx context.Context, id string) error {
	actor, err := access.Require(ctx, access.ManageDomains)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		t, err := byID(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		if err := s.vault.Delete(ctx, tx, place, id, field); err != nil {
			return err
		}
		if err := s.withdraw(ctx, tx, id, TaskKinds()...); err != nil {
			return err
		}
		if err := remove(ctx, tx, id); err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemDeleted, t, string(t.Stage), "")
	})
}
