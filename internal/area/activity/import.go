package activity

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/sqlite"
)

// Rejected is a row that an import could not take.
type Rejected struct {
	Line   int
	Field  Field  // "" if the row as a whole cannot be read
	Reason string // a field code
	Raw    string
}

// Imported is what an import did, or would do.
type Imported struct {
	ID            string // "" for a preview
	Added         int
	Duplicates    int
	Rejected      int
	LeftOut       int // because the person does not want them
	Rows          int
	FirstRejected []Rejected
	Samples       []Entry // the first that are new
}

// MaxRejected is how many rows that were not taken a report names; all of them are kept.
const MaxRejected = 200

// Preview tells what Import would do, and changes nothing.
func (s *Service) Preview(ctx context.Context, name, data string, m Mapping, progress func(done, total int64)) (Imported, error) {
	return s.bring(ctx, name, data, m, true, progress)
}

// Import adds the rows of a file as imported entries: all of them, or none if it is stopped or fails. A row that the
// journal has already is left out, as often as the journal has it; a row that cannot be read is kept aside. The mapping is
// remembered for the next file of that kind.
func (s *Service) Import(ctx context.Context, name, data string, m Mapping, progress func(done, total int64)) (Imported, error) {
	return s.bring(ctx, name, data, m, false, progress)
}

// undo ends the transaction of a preview.
var undo = fault.New(fault.Canceled, "")

func (s *Service) bring(ctx context.Context, name, data string, m Mapping, dry bool, progress func(done, total int64)) (Imported, error) {
	actor, err := access.Require(ctx, access.ViewJournal)
	if err != nil {
		return Imported{}, err
	}
	if progress == nil {
		progress = func(int64, int64) {}
	}
	got, err := s.read(ctx, data, m, progress)
	if err != nil {
		return Imported{}, err
	}
	accounts, err := s.recognise(ctx, actor.OrganizationID, got.actors)
	if err != nil {
		return Imported{}, err
	}
	if !dry {
		if _, err := s.db.Keep(ctx, sqlite.BeforeImport); err != nil {
			return Imported{}, err
		}
	}
	out := Imported{
		Rows: len(got.taken) + len(got.aside) + got.leftOut, Rejected: len(got.aside), LeftOut: got.leftOut,
		FirstRejected: got.aside[:min(len(got.aside), MaxRejected)],
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		i := importer{ctx: context.WithoutCancel(ctx), stopped: ctx.Err, tx: tx, service: s, actor: actor, accounts: accounts, out: &out, dry: dry}
		if err := i.run(cut(name, MaxName), got, progress); err != nil {
			return err
		}
		if dry {
			return undo
		}
		return s.remember(ctx, tx, actor.OrganizationID, m)
	})
	switch {
	case ctx.Err() != nil && err != nil:
		return Imported{}, fault.Wrap(ctx.Err(), fault.Canceled, "")
	case dry && errors.Is(err, undo):
		out.ID, err = "", nil
	}
	return out, err
}

// readFile is a file under a mapping. Of the rows to take only the places are kept, in the order of their moments: each is
// read anew when its turn comes, so that a large file takes little more memory than its text.
type readFile struct {
	sheet   *sheet
	taker   *taker
	taken   []spot
	aside   []Rejected
	leftOut int
	actors  map[string]bool
}

// spot is where a row stands, with its moment.
type spot struct {
	at         int64 // milliseconds
	line, part int32
	raw        string
}

// maxKept is how many different words of a kind an import may keep as they are written: the journal remembers each for good.
const maxKept = 2000

// read looks through the file: once to learn the order of its days, once more for its rows.
func (s *Service) read(ctx context.Context, data string, m Mapping, progress func(done, total int64)) (*readFile, error) {
	watch := func(done int) error {
		if ctx.Err() != nil {
			return fault.Wrap(ctx.Err(), fault.Canceled, "")
		}
		progress(int64(done), int64(len(data)))
		return nil
	}
	sh, err := openSheet(data, watch)
	if err != nil {
		return nil, err
	}
	if err := m.check(sh.names()); err != nil {
		return nil, err
	}
	got := &readFile{sheet: sh, taker: m.taker(sh.columns, s.db.Now()), aside: []Rejected{}, actors: map[string]bool{}}
	if err := got.order(watch); err != nil {
		return nil, err
	}
	if got.taker.moments.Question() != nil {
		var c fault.Check
		c.Refuse("order", "required")
		return nil, c.Err()
	}
	kept, n := map[Field]map[string]bool{FieldProduct: {}, FieldAction: {}}, 0
	err = sh.each(func(rec *record, done int) error {
		if n++; n > MaxRows {
			return fault.New(fault.Invalid, "too_many_rows").With("max", strconv.Itoa(MaxRows))
		}
		if n%1000 == 0 {
			if err := watch(done); err != nil {
				return err
			}
		}
		d, field, reason := got.taker.draft(rec)
		switch {
		case reason == leftOut:
			got.leftOut++
		case reason != "":
			raw := rec.raw
			if input.HasCard(raw) { // not kept here either
				raw = ""
			}
			got.aside = append(got.aside, Rejected{Line: rec.line, Field: field, Reason: reason, Raw: raw})
		default:
			got.taken = append(got.taken, spot{d.At.UnixMilli(), int32(rec.line), int32(rec.part), rec.raw}) //nolint:gosec // a file has fewer lines
			got.actors[d.actor] = true
			kept[FieldProduct][string(d.Product)], kept[FieldAction][string(d.Action)] = true, true
			for _, f := range wordFields {
				if len(kept[f]) > maxKept {
					return tooMany(f)
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(got.taken, func(a, b spot) int { return cmp.Compare(a.at, b.at) })
	return got, err
}

func tooMany(f Field) error {
	var c fault.Check
	c.Refuse(string(f), "too_many_words", "max", strconv.Itoa(maxKept))
	return c.Err()
}

// order adds the moments of all rows, unless the person said how their days are written.
func (f *readFile) order(watch func(done int) error) error {
	if f.taker.Order != "" {
		return nil
	}
	n := 0
	return f.sheet.each(func(rec *record, done int) error {
		if n++; n%1000 == 0 {
			if err := watch(done); err != nil {
				return err
			}
		}
		if rec.fault == "" {
			f.taker.moments.Add(rec.line, f.taker.cell(rec, FieldMoment))
		}
		return nil
	})
}

// draft reads a row anew.
func (f *readFile) draft(p spot) draft {
	rec := f.sheet.again(p.raw, int(p.line), int(p.part))
	d, _, _ := f.taker.draft(&rec)
	return d
}

// recognise finds the accounts of the people whom a file names by id, login e-mail or name.
func (s *Service) recognise(ctx context.Context, organizationID string, actors map[string]bool) (map[string]string, error) {
	accounts := map[string]string{}
	for actor := range actors {
		if accounts[actor] = ""; actor == "" || s.people == nil {
			continue
		}
		id, err := s.people.Recognise(ctx, organizationID, actor)
		if err != nil {
			return nil, err
		}
		accounts[actor] = id
	}
	return accounts, nil
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
