package payment

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// Limits of a file of renewals.
const (
	MaxImport     = 4 << 20 // bytes
	MaxImportRows = 10_000
	maxProblems   = 50 // more would help nobody
)

// Imported is what an import did.
type Imported struct {
	Added int `json:"added"`
	Known int `json:"known"` // rows that stood in the workspace before

	Rejected []input.Rejected `json:"rejected"` // rows that were left out, as the person chose
	First    []RenewalView    `json:"first"`    // the first rows that were taken, as they were read
}

// columns finds a column by its heading: as the window calls it in any language, or as others do.
var columns = sync.OnceValue(func() map[string]string {
	return words.Names(map[string]string{
		"product": "payment_product", "expiresOn": "payment_expires", "amount": "payment_amount", "months": "payment_months",
		"automatic": "payment_automatic", "currency": "prepaid_currency", "profileId": "payment_means",
	}, map[string][]string{"profileId": {"Paid by", "Paid with"}, "expiresOn": {"Expires on", "Expiry", "Échéance", "Ablauf", "Scadenza", "Vencimiento", "Caducidad"}})
})

var yes = map[string]bool{"1": true, "x": true, "yes": true, "true": true, "oui": true, "ja": true, "si": true}

// Template is an example of the file that Import reads.
const Template = "\uFEFFproduct;expires;amount;currency;months;automatic;payment method\r\nMail service, 12 addresses;2027-01-15;216.00;CHF;12;yes;default\r\n"

// importSchema are the columns of a file of renewals.
func importSchema(currency money.Currency) input.Schema {
	return input.Schema{
		{Name: "product", Required: true},
		{Name: "expiresOn", Required: true, Holds: input.Dates},
		{Name: "amount", Required: true, Holds: input.Numbers, Unit: input.Unit{Currency: currency}},
		{Name: "months", Required: true},
		{Name: "automatic"},
		{Name: "currency"},
		{Name: "profileId"},
	}.Titled(columns())
}

// ImportOptions say how a file is read.
type ImportOptions struct {
	Mapping  *input.Mapping // nil: as the headings suggest
	LeaveOut bool           // take what can be taken and give the other rows back; else all rows are taken or none
	Preview  bool           // change nothing, and tell what would be done
}

// OutlineImport looks at a file of renewals before it is imported: what its columns mean, and what has to be asked.
func (s *Service) OutlineImport(ctx context.Context, data []byte, m *input.Mapping) (input.Outline, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return input.Outline{}, err
	}
	currency, err := s.o.Organizations.Currency(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil {
		return input.Outline{}, err
	}
	rows, err := export.Read(data, importLimits)
	if err != nil {
		return input.Outline{}, err
	}
	return input.NewOutline(rows, importSchema(currency), m)
}

// Import reads renewals from a file: text or a workbook, see export.Read, with headings in one of the five languages or
// the mapping that the person gave. Unless they chose to leave rows out it takes all of them or none, and says for every
// row what is wrong with it. A product that is kept with the same date is skipped.
func (s *Service) Import(ctx context.Context, data []byte, o ImportOptions) (Imported, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Imported{}, err
	}
	rows, err := export.Read(data, importLimits)
	if err != nil {
		return Imported{}, err
	}
	if !o.Preview {
		if _, err := s.db.Keep(ctx, sqlite.BeforeImport); err != nil {
			return Imported{}, err
		}
	}
	done := Imported{Rejected: []input.Rejected{}, First: []RenewalView{}}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		currency, err := s.o.Organizations.Currency(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		file, err := input.Open(rows, importSchema(currency), o.Mapping)
		if err != nil {
			return err
		}
		means, err := profiles(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		var c fault.Check
		problems := 0
		for record := range file.Records {
			fields, err := importedFields(record, means)
			r, wrong := fields.check(Renewal{}, currency, s.today(ctx))
			var all fault.Check
			all.Merge("", err)
			all.Merge("", wrong)
			if err := all.Err(); err != nil {
				if problems++; problems <= maxProblems {
					c.Merge(strconv.Itoa(record.Line)+".", err)
				}
				done.Rejected = append(done.Rejected, record.Reject(fault.FieldsOf(err)[0]))
				continue
			}
			known, err := hasRenewal(ctx, tx, actor.OrganizationID, r)
			if err != nil {
				return err
			}
			if known {
				done.Known++
				continue
			}
			r.ID = tx.NewID()
			if err := insertRenewal(ctx, tx, actor.OrganizationID, r); err != nil {
				return err
			}
			done.Added++
			if len(done.First) < input.MaxSample {
				done.First = append(done.First, renewalView(r))
			}
		}
		if err := c.Err(); err != nil && !o.LeaveOut {
			return err
		}
		if o.Preview {
			return errPreview
		}
		return s.o.Journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataImported, Product: audit.Payment, ObjectID: actor.OrganizationID, New: strconv.Itoa(done.Added),
		})
	})
	if err != nil && !errors.Is(err, errPreview) {
		return Imported{}, err
	}
	return done, nil
}

// errPreview takes back what a preview has written.
var errPreview = errors.New("payment: only a preview")

var importLimits = input.Limits{Bytes: MaxImport, Rows: MaxImportRows, Columns: 100, Cell: 4096}

// importedFields are the fields of a row as a form has them.
func importedFields(r input.Record, means []Profile) (RenewalFields, error) {
	var c fault.Check
	if r.Fault != "" {
		c.Refuse("product", r.Fault)
	}
	f := RenewalFields{
		Product: r.Text("product"), ExpiresOn: r.Day(&c, "expiresOn"), Amount: r.Figure(&c, "amount"), Months: r.Text("months"),
		Automatic: yes[text.Fold(r.Text("automatic"))], Currency: strings.ToUpper(r.Text("currency")),
	}
	var known bool
	if f.ProfileID, known = named(means, r.Text("profileId")); !known {
		c.Refuse("profileId", "means_unknown")
	}
	return f, c.Err()
}

// named finds the profile that a file calls by its name ("Visa 4417", "prepaid account"), its label or its last digits.
// Nothing, and "default", is the default. Not known: no profile, or more than one.
func named(means []Profile, name string) (id string, known bool) {
	want := text.Fold(name)
	if want == "" || meansNames()[want] == "default" {
		return "", true
	}
	found := map[string]bool{}
	for _, p := range means {
		for _, called := range []string{p.Sign(), p.Name(), p.Label, p.Last4, p.Masked} {
			if called != "" && text.Fold(called) == want {
				id, found[p.ID] = p.ID, true
			}
		}
		if p.Kind == Prepaid && meansNames()[want] == "prepaid" {
			id, found[p.ID] = p.ID, true
		}
	}
	return id, len(found) == 1
}

// meansNames are what the default and the prepaid account are called in any language.
var meansNames = sync.OnceValue(func() map[string]string {
	return words.Names(map[string]string{"default": "payment_default", "prepaid": "payment_kind_prepaid"}, map[string][]string{"prepaid": {"Prepaid"}})
})
