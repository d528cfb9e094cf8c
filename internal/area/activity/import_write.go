package activity

import (
	"context"
	"strconv"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

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

func (i *importer) run(name string, got *readFile, progress func(done, total int64)) error {
	i.out.ID = i.tx.NewID()
	no, err := sqlite.One(i.ctx, i.tx, sqlite.Value[int64],
		"INSERT INTO journal_import (id, organization, name, at, source) VALUES (?, ?, ?, ?, ?) RETURNING no",
		i.out.ID, i.actor.OrganizationID, name, sqlite.Millis(i.tx.Now), cut(text.OneLine(got.taker.Source), MaxName))
	if err != nil {
		return err
	}
	if err := i.saveRejected(no, got.aside); err != nil {
		return err
	}
	w, err := i.service.writer(i.ctx, i.tx)
	if err != nil {
		return err
	}
	defer func() { _ = w.close() }()
	w.importNo[i.out.ID] = no
	if err := i.add(w, got, progress); err != nil {
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

func (i *importer) add(w *writer, got *readFile, progress func(done, total int64)) error {
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
	for n, p := range got.taken {
		if n%1000 == 0 {
			if err := i.stopped(); err != nil {
				return fault.Wrap(err, fault.Canceled, "")
			}
			progress(int64(n), int64(len(got.taken)))
		}
		one := got.draft(p)
		d := &one
		if n == 0 || p.at != got.taken[n-1].at {
			first := firstID(d.At)
			var last int64
			if there, last, err = near.at(i.ctx, i.tx, got.taken[n:]); err != nil {
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

// keptAside is how many bytes of rows that were set aside the workspace keeps; of further ones the beginning. While the file
// is at hand all of them can be saved whole.
const (
	keptAside  = 64 << 20
	beginAside = 2000
)

func (i *importer) saveRejected(no int64, rejected []Rejected) error {
	kept := 0
	for _, a := range rejected {
		raw := a.Raw
		if kept += len(raw); kept > keptAside || len(raw) > maxRow {
			raw = cut(raw[:min(len(raw), beginAside)], beginAside)
		}
		if _, err := i.tx.ExecContext(i.ctx, "INSERT OR IGNORE INTO journal_aside (import, line, field, reason, raw) VALUES (?, ?, ?, ?, ?)",
			no, a.Line, a.Field, a.Reason, raw); err != nil {
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
