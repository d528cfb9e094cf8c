package client

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/host/audit"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// ImportLimits are what a file of clients may bring.
var ImportLimits = input.Limits{Bytes: 4 << 20, Rows: 10_000, Columns: 100, Cell: 4096}

// Reasons for which a row is left out, besides those of its fields.
const (
	anotherRow = "other_row"  // another row of the same client cannot be read
	notTheSame = "not_unique" // two clients may not have one name
)

// ImportOptions say how a file of clients is read.
type ImportOptions struct {
	Mapping *input.Mapping   // nil: as the headings suggest
	Unnamed Unnamed          // what is asked where the file names no access
	Decided map[int]Decision // about the doubles, by the line where they begin; the others are skipped
	Preview bool             // change nothing, and tell what would be done
}

// Decision is what becomes of a client of the file that seems to be kept already.
type Decision string

// The decisions.
const (
	Skip   Decision = "skip"
	Renew  Decision = "update" // what the file says goes over what is kept; contacts are added
	AddToo Decision = "add"    // it is another client of the same name
)

// Unnamed is what is asked of a client of which the file says neither which access nor which products.
type Unnamed string

// The choices. Nothing is asked by default: the client is in the address book only.
const (
	OnlyList   Unnamed = ""
	LeaveOut   Unnamed = "leave_out"
	AskFull    Unnamed = "full"
	AskPayment Unnamed = "full_wallet" // full access with the client's payment means
)

// Imported is what an import did.
type Imported struct {
	Added    int
	Replaced int
	Doubles  []Double         // clients of the file that are kept already
	Rejected []input.Rejected // rows that were left out
	First    []New            // the first clients that were added, as they were read
	Table    input.Table
	fresh    map[string]bool // ids of those that were added
}

// Double is a client of a file that a client under management seems to be: by number, VAT number, name and place, or name.
type Double struct {
	Line     int // where it begins in the file
	ID       string
	Existing Details
	File     New
	Decided  Decision
}

// OutlineImport looks at a file of clients before it is imported: what its columns mean. Requires access.AddClient.
func (s *Service) OutlineImport(ctx context.Context, data []byte, m *input.Mapping) (input.Outline, error) {
	if _, err := access.Require(ctx, access.AddClient); err != nil {
		return input.Outline{}, err
	}
	rows, err := export.Read(data, ImportLimits)
	if err != nil {
		return input.Outline{}, err
	}
	return input.NewOutline(rows, importSchema(), m)
}

// Import records that the clients of a file (text or a workbook, see export.Read) are asked for access: a row for each, or
// one for each product under limited access and each contact, the name in all of them. Two clients of one name are told
// apart by place, number or VAT number. A client comes in whole or not at all: where one of its rows cannot be read, all
// of them are left out. One that seems to be kept already is left alone, unless the person decided otherwise.
// Requires access.AddClient.
// Errors: Invalid, see input.Open; Invalid unnamed:not_a_choice.
func (s *Service) Import(ctx context.Context, data []byte, o ImportOptions) (Imported, error) {
	actor, err := access.Require(ctx, access.AddClient)
	if err != nil {
		return Imported{}, err
	}
	if !slices.Contains([]Unnamed{OnlyList, LeaveOut, AskFull, AskPayment}, o.Unnamed) {
		var c fault.Check
		c.Refuse("unnamed", "not_a_choice")
		return Imported{}, c.Err()
	}
	rows, err := export.Read(data, ImportLimits)
	if err != nil {
		return Imported{}, err
	}
	file, err := input.Open(rows, importSchema(), o.Mapping)
	if err != nil {
		return Imported{}, err
	}
	if !o.Preview {
		if _, err := s.db.Keep(ctx, sqlite.BeforeImport); err != nil {
			return Imported{}, err
		}
	}
	done := Imported{Doubles: []Double{}, Rejected: []input.Rejected{}, First: []New{}, Table: file.Table(), fresh: map[string]bool{}}
	found := readClients(file, o.Unnamed, &done)
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		for _, n := range found {
			if err := s.bring(ctx, tx, actor, n, o.Decided, &done); err != nil {
				return err
			}
		}
		if o.Preview {
			return errPreview
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataImported, Product: audit.Client, ObjectID: actor.OrganizationID, New: strconv.Itoa(done.Added + done.Replaced),
		})
	})
	if err != nil && !errors.Is(err, errPreview) {
		return Imported{}, err
	}
	return done, nil
}

// errPreview takes back what a preview has written.
var errPreview = errors.New("client: only a preview")

// bring keeps one client of a file.
func (s *Service) bring(ctx context.Context, tx *sqlite.Tx, actor access.Actor, n imported, decided map[int]Decision, done *Imported) error {
	line := n.records[0].Line
	existing, err := s.sameAs(ctx, tx, actor, n, done.fresh)
	if err != nil {
		return err
	}
	decision := decided[line]
	if existing.ID != "" {
		if decision != Renew && decision != AddToo {
			decision = Skip
		}
		done.Doubles = append(done.Doubles, Double{Line: line, ID: existing.ID, Existing: existing.Details, File: n.New, Decided: decision})
		if decision == Skip {
			return nil
		}
	}
	if existing.ID == "" || decision == AddToo {
		if done.Added++; len(done.First) < input.MaxSample {
			done.First = append(done.First, n.New)
		}
		c, kind := n.New.client(tx.NewID(), tx.Now)
		done.fresh[c.ID] = true
		return s.take(ctx, tx, actor, c, kind, nil, n)
	}
	done.Replaced++
	kind := "corrected"
	if n.Rights.Access != "" && !n.unnamed {
		kind, existing.Asked, existing.AskedAt = "asked", n.Rights, tx.Now
		if existing.State == Listed {
			existing.State, existing.Since = Pending, tx.Now
		}
		if err := s.closeInvitation(ctx, tx, existing.ID, "replaced"); err != nil {
			return err
		}
	}
	have, err := dossier(ctx, tx, &existing)
	if err != nil {
		return err
	}
	existing.Details.over(n.Details)
	return s.take(ctx, tx, actor, existing, kind, have.Contacts, n)
}

// take writes a client of a file with its addresses and the contacts that it does not have yet.
func (s *Service) take(ctx context.Context, tx *sqlite.Tx, actor access.Actor, c Client, kind string, have []Contact, n imported) error {
	if err := s.put(ctx, tx, actor, kind, c); err != nil {
		return err
	}
	fresh := newContacts(have, n.contacts)
	for _, p := range fresh[:min(len(fresh), MaxContacts-len(have))] {
		p.ID = tx.NewID()
		if err := writeContact(ctx, tx, c.ID, p); err != nil {
			return err
		}
	}
	return writeAddresses(ctx, tx, c.ID, c.Record)
}

// sameAs is the client under management that a client of a file seems to be; without an id there is none.
func (s *Service) sameAs(ctx context.Context, tx *sqlite.Tx, actor access.Actor, n imported, fresh map[string]bool) (Client, error) {
	for _, by := range []struct{ column, value string }{{"number", n.Number}, {"vat_number", n.Record.VATNumber}} {
		if by.value == "" {
			continue
		}
		found, err := sqlite.All(ctx, tx, scan, "SELECT "+columns+" FROM client c WHERE c.organization_id = ? AND c."+by.column+
			" = ? AND c.state IN ('pending', 'active') LIMIT 1", actor.OrganizationID, by.value)
		if err != nil || len(found) > 0 && !fresh[found[0].ID] {
			return append(found, Client{})[0], err
		}
	}
	same, err := namesakes(ctx, tx, actor, n.Name, "")
	same = slices.DeleteFunc(same, func(c Client) bool { return fresh[c.ID] }) // of this file: told apart already
	if err != nil || len(same) == 0 {
		return Client{}, err
	}
	for _, c := range same {
		if text.Fold(c.Place) == text.Fold(n.Place) {
			return c, nil
		}
	}
	return same[0], nil
}

// over puts what another one says over it; what that leaves out stays.
func (d *Details) over(o Details) {
	put := func(to *string, from string) {
		if from != "" {
			*to = from
		}
	}
	put(&d.Place, o.Place)
	put(&d.Number, o.Number)
	r := &d.Record
	put(&r.LegalName, o.Record.LegalName)
	put(&r.Website, o.Record.Website)
	put(&r.Language, o.Record.Language)
	put(&r.Country, o.Record.Country)
	put((*string)(&r.Currency), string(o.Record.Currency))
	put(&r.VATNumber, o.Record.VATNumber)
	put(&r.Invoice.Addressee, o.Record.Invoice.Addressee)
	put(&r.Invoice.Street, o.Record.Invoice.Street)
	put(&r.Invoice.Extra, o.Record.Invoice.Extra)
	put(&r.Invoice.Postcode, o.Record.Invoice.Postcode)
	put(&r.Invoice.Place, o.Record.Invoice.Place)
	put(&r.Invoice.Country, o.Record.Invoice.Country)
	if len(o.Record.Tags) > 0 {
		var c fault.Check
		r.Tags = append(slices.Clone(r.Tags), o.Record.Tags...)
		r.tidyTags(&c)
	}
}
