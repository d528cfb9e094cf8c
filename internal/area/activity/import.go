package activity

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Rejected is a row that an import could not take.
type Rejected struct {
	Line   int
	Field  Field  // "" if the row as a whole cannot be read
	Reason string // a field code
	Raw    string
}

// Outline is what a file looks like before it is imported.
type Outline struct {
	Columns   []string
	Suggested map[Field]string
	Samples   [][]string // the first rows

	Questions []input.Question // about the column of moments, if it is known: whether the day or the month comes first
}

// MaxSamples is how many rows an outline or a preview shows.
const MaxSamples = 8

// Inspect reads the columns of a file and guesses what they mean.
func (s *Service) Inspect(ctx context.Context, data []byte) (Outline, error) {
	if _, err := access.Require(ctx, access.ViewJournal); err != nil {
		return Outline{}, err
	}
	sh, err := openSheet(data)
	if err != nil {
		return Outline{}, err
	}
	o := Outline{Columns: sh.columns, Suggested: suggest(sh.columns), Samples: [][]string{}}
	enough := fault.New(fault.Canceled, "")
	err = sh.each(func(rec record) error {
		if rec.fault == "" {
			o.Samples = append(o.Samples, slices.Clone(rec.cells))
		}
		if len(o.Samples) == MaxSamples {
			return enough
		}
		return nil
	})
	if err != nil && !errors.Is(err, enough) {
		return Outline{}, err
	}
	if column := slices.Index(sh.columns, o.Suggested[FieldMoment]); column >= 0 {
		days, err := sh.days("", column)
		if err != nil {
			return Outline{}, err
		}
		if q := days.Question(); q != nil {
			o.Questions = []input.Question{*q}
		}
	}
	return o, nil
}

// Imported is what an import did, or would do.
type Imported struct {
	ID            string // "" for a preview
	Added         int
	Duplicates    int
	Rejected      int
	Rows          int
	FirstRejected []Rejected
	Samples       []Entry // the first that are new
}

// MaxRejected is how many rows that were not taken a report names; all of them are kept.
const MaxRejected = 200

// Preview tells what Import would do, and changes nothing.
func (s *Service) Preview(ctx context.Context, name string, data []byte, m Mapping, progress func(done, total int64)) (Imported, error) {
	return s.bring(ctx, name, data, m, true, progress)
}

// Import adds the rows of a file as imported entries: all of them, or none if it is stopped or fails. A row that the
// journal has already is left out, as often as the journal has it; a row that cannot be read is kept aside.
func (s *Service) Import(ctx context.Context, name string, data []byte, m Mapping, progress func(done, total int64)) (Imported, error) {
	return s.bring(ctx, name, data, m, false, progress)
}

// undo ends the transaction of a preview.
var undo = fault.New(fault.Canceled, "")

func (s *Service) bring(ctx context.Context, name string, data []byte, m Mapping, dry bool, progress func(done, total int64)) (Imported, error) {
	actor, err := access.Require(ctx, access.ViewJournal)
	if err != nil {
		return Imported{}, err
	}
	if progress == nil {
		progress = func(int64, int64) {}
	}
	drafts, rejected, err := s.read(ctx, data, m, progress)
	if err != nil {
		return Imported{}, err
	}
	accounts, err := s.recognise(ctx, actor.OrganizationID, drafts)
	if err != nil {
		return Imported{}, err
	}
	if !dry {
		if _, err := s.db.Keep(ctx, sqlite.BeforeImport); err != nil {
			return Imported{}, err
		}
	}
	out := Imported{Rows: len(drafts) + len(rejected), Rejected: len(rejected), FirstRejected: rejected[:min(len(rejected), MaxRejected)]}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		i := importer{ctx: context.WithoutCancel(ctx), stopped: ctx.Err, tx: tx, service: s, actor: actor, accounts: accounts, out: &out, dry: dry}
		if err := i.run(cut(name, MaxName), drafts, rejected, progress); err != nil {
			return err
		}
		if dry {
			return undo
		}
		return nil
	})
	switch {
	case ctx.Err() != nil && err != nil:
		return Imported{}, fault.Wrap(ctx.Err(), fault.Canceled, "")
	case dry && errors.Is(err, undo):
		out.ID, err = "", nil
	}
	return out, err
}

// read turns the file into drafts in the order of their moments, and rows to keep aside.
func (s *Service) read(ctx context.Context, data []byte, m Mapping, progress func(done, total int64)) ([]draft, []Rejected, error) {
	sh, err := openSheet(data)
	if err != nil {
		return nil, nil, err
	}
	if err := m.check(sh.columns); err != nil {
		return nil, nil, err
	}
	at := map[Field]int{}
	for field, column := range m.Columns {
		if column != "" {
			at[field] = slices.Index(sh.columns, column)
		}
	}
	if m.Order, err = sh.order(m.Order, at[FieldMoment]); err != nil {
		return nil, nil, err
	}
	drafts, rejected := []draft{}, []Rejected{}
	now := s.db.Now()
	err = sh.each(func(rec record) error {
		n := len(drafts) + len(rejected)
		if n >= MaxRows {
			return fault.New(fault.Invalid, "too_many_rows").With("max", strconv.Itoa(MaxRows))
		}
		if n%1000 == 0 {
			if ctx.Err() != nil {
				return fault.Wrap(ctx.Err(), fault.Canceled, "")
			}
			progress(0, int64(n))
		}
		d, field, reason := m.draft(rec, at, now)
		if reason != "" {
			raw := rec.raw
			if input.HasCard(raw) { // not kept here either
				raw = ""
			}
			rejected = append(rejected, Rejected{Line: rec.line, Field: field, Reason: reason, Raw: raw})
		} else {
			drafts = append(drafts, d)
		}
		return nil
	})
	slices.SortStableFunc(drafts, func(a, b draft) int { return a.At.Compare(b.At) })
	return drafts, rejected, err
}

// recognise finds the accounts of the people whom a file names by id, login e-mail or name.
func (s *Service) recognise(ctx context.Context, organizationID string, drafts []draft) (map[string]string, error) {
	accounts := map[string]string{"": ""}
	for _, d := range drafts {
		if _, ok := accounts[d.actor]; ok {
			continue
		}
		accounts[d.actor] = ""
		if s.people == nil {
			continue
		}
		id, err := s.people.Recognise(ctx, organizationID, d.actor)
		if err != nil {
			return nil, err
		}
		accounts[d.actor] = id
	}
	return accounts, nil
}

// importer adds drafts in one transaction. Its statements do not listen to the context one by one, which would cost more
// than they do; stopped is asked now and then.
type importer struct {
	ctx      context.Context
	stopped  func() error
	dry      bool
	tx       *sqlite.Tx
	service  *Service
	actor    access.Actor
	accounts map[string]string // by what the file calls them; "" for strangers
	out      *Imported
}

func (i *importer) run(name string, drafts []draft, rejected []Rejected, progress func(done, total int64)) error {
	i.out.ID = i.tx.NewID()
	no, err := sqlite.One(i.ctx, i.tx, sqlite.Value[int64],
		"INSERT INTO journal_import (id, organization, name, at) VALUES (?, ?, ?, ?) RETURNING no",
		i.out.ID, i.actor.OrganizationID, name, sqlite.Millis(i.tx.Now))
	if err != nil {
		return err
	}
	if err := i.saveRejected(no, rejected); err != nil {
		return err
	}
	w, err := i.service.writer(i.ctx, i.tx)
	if err != nil {
		return err
	}
	defer func() { _ = w.close() }()
	w.importNo[i.out.ID] = no
	if err := i.add(w, drafts, progress); err != nil {
		return err
	}
	if err := w.finish(i.ctx); err != nil {
		return err
	}
	return i.service.Record(i.ctx, i.tx, audit.Entry{
		Action: audit.DataImported, Product: audit.Workspace, ObjectID: i.out.ID, ObjectName: name,
		New: strconv.Itoa(i.out.Added),
	})
}

func (i *importer) add(w *writer, drafts []draft, progress func(done, total int64)) error {
	organization, err := w.values.number(i.ctx, kindOrganization, i.actor.OrganizationID)
	if err != nil {
		return err
	}
	account, err := w.values.number(i.ctx, kindProduct, string(audit.Account))
	if err != nil {
		return err
	}
	near := existing{top: w.top, organization: organization, account: account}
	var there map[string]int // entries of the moment at hand that the journal had before
	for n := range drafts {
		d := &drafts[n]
		if n%1000 == 0 {
			if err := i.stopped(); err != nil {
				return fault.Wrap(err, fault.Canceled, "")
			}
			progress(int64(n), int64(len(drafts)))
		}
		if n == 0 || !d.At.Equal(drafts[n-1].At) {
			first := firstID(d.At)
			var last int64
			if there, last, err = near.at(i.ctx, i.tx, drafts[n:]); err != nil {
				return err
			}
			w.occupied(max(first, 1), last)
		}
		if err := i.complete(d); err != nil {
			return err
		}
		r, err := w.number(i.ctx, &d.Entry)
		if err != nil {
			return err
		}
		if print := fingerprint(r, &d.Entry, account); there[print] > 0 {
			there[print]--
			i.out.Duplicates++
			continue
		}
		if !i.dry {
			if err := w.add(i.ctx, &d.Entry); err != nil {
				return err
			}
		}
		if i.out.Added++; len(i.out.Samples) < MaxSamples {
			i.out.Samples = append(i.out.Samples, d.Entry)
		}
	}
	return nil
}

// complete puts the organization, the person and the import into a draft.
func (i *importer) complete(d *draft) error {
	d.OrganizationID, d.ImportID = i.actor.OrganizationID, i.out.ID
	if err := complete(&d.Entry); err != nil {
		return err
	}
	d.AccountID = i.accounts[d.actor]
	if d.AccountID != "" || d.actor == "" {
		if d.Product == audit.Account && (d.Old != "" || d.New != "") {
			d.PersonID = d.AccountID // what was changed in one's account is one's own
		}
		return nil
	}
	id, err := sqlite.One(i.ctx, i.tx, sqlite.Value[string], `INSERT INTO journal_stranger (id, name) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET name = name RETURNING id`, strangerPrefix+i.tx.NewID(), cut(d.actor, MaxName))
	i.accounts[d.actor], d.AccountID = id, id
	return err
}

func (i *importer) saveRejected(no int64, rejected []Rejected) error {
	for _, a := range rejected {
		if _, err := i.tx.ExecContext(i.ctx, "INSERT OR IGNORE INTO journal_aside (import, line, field, reason, raw) VALUES (?, ?, ?, ?, ?)",
			no, a.Line, a.Field, a.Reason, a.Raw); err != nil {
			return err
		}
	}
	return nil
}

// fingerprint is what makes two entries of one moment the same. The values of an account do not count: they are sealed,
// and never look the same.
func fingerprint(r row, e *Entry, account int64) string {
	parts := []string{
		strconv.FormatInt(r.account, 10), strconv.FormatInt(r.product, 10), strconv.FormatInt(r.action, 10),
		strconv.FormatInt(r.result, 10), e.ObjectID, e.ObjectName, "", "",
	}
	if r.person == 0 && r.product != account {
		parts[6], parts[7] = e.Old, e.New
	}
	return strings.Join(parts, "\x00")
}

// Rejected lists the rows that an import of the person's organization could not take.
func (s *Service) Rejected(ctx context.Context, importID string) ([]Rejected, error) {
	actor, err := access.Require(ctx, access.ViewJournal)
	if err != nil {
		return nil, err
	}
	return sqlite.All(ctx, s.db.Reader(), func(r sqlite.Row) (a Rejected, err error) {
		err = r.Scan(&a.Line, &a.Field, &a.Reason, &a.Raw)
		return a, err
	}, `SELECT line, field, reason, raw FROM journal_aside WHERE import =
		(SELECT no FROM journal_import WHERE id = ? AND organization = ?) ORDER BY line`, importID, actor.OrganizationID)
}

// strangerPrefix marks the ids of people whom only an import knows.
const strangerPrefix = "stranger-"

func isStranger(id string) bool { return strings.HasPrefix(id, strangerPrefix) }

func strangers(ctx context.Context, q sqlite.Queryer) (map[string]string, error) {
	names := map[string]string{}
	type stranger struct{ id, name string }
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (x stranger, err error) {
		err = r.Scan(&x.id, &x.name)
		return x, err
	}, "SELECT id, name FROM journal_stranger")
	for _, x := range list {
		names[x.id] = x.name
	}
	return names, err
}
