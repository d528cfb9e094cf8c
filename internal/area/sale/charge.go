package sale

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/export"
	"kontor/internal/host/sqlite"
)

// Charged is what Infomaniak charged for a period, as typed.
type Charged struct {
	Line      string `json:"line"`
	Period    string `json:"period"` // its first day
	On        string `json:"on"`
	Amount    string `json:"amount"` // before VAT; "" takes what was noted back
	Reference string `json:"reference"`
}

// Charge notes what was really charged for a period of a line, in place of what was noted before.
func (s *Service) Charge(ctx context.Context, id string, in Charged) error {
	return s.change(ctx, id, audit.ItemChanged, func(tx *sqlite.Tx, of Sale) (before, after string, err error) {
		l, err := of.line(in.Line)
		if err != nil {
			return "", "", err
		}
		var c fault.Check
		period := typedDay(&c, "period", in.Period)
		if c.Err() == nil && (l.Expected == nil || !slices.ContainsFunc(l.Due(period, period), func(p Period) bool { return p.From == period })) {
			c.Refuse("period", "not_a_choice")
		}
		if was := l.charge(period); was != nil {
			before = was.Amount.String()
		}
		if strings.TrimSpace(in.Amount) == "" {
			if err := c.Err(); err != nil {
				return "", "", err
			}
			return before, "", uncharge(ctx, tx, l.ID, period)
		}
		charge, err := in.read(&c, of.Currency, s.o.Clock.Of(ctx, tx.Now))
		if err != nil {
			return "", "", err
		}
		charge.ID, charge.Period, charge.KnownFrom = tx.NewID(), period, Typed
		return before, charge.Amount.String(), writeCharge(ctx, tx, l.ID, charge)
	})
}

func (in Charged) read(c *fault.Check, currency money.Currency, today day.Day) (Charge, error) {
	charge := Charge{
		On: typedDay(c, "on", in.On), Amount: input.Amount(c, "amount", in.Amount, currency, MaxCharge),
		Reference: input.Line(c, "reference", in.Reference, MaxReference, false),
	}
	if charge.On > today {
		c.Refuse("on", "date_in_future")
	}
	return charge, c.Err()
}

// Limits of a file of charges.
const (
	MaxImport     = 4 << 20 // bytes
	MaxImportRows = 10_000
)

var importLimits = input.Limits{Bytes: MaxImport, Rows: MaxImportRows, Columns: 100, Cell: 4096}

// columns finds a column by its heading: as the window calls it in any language, or as others do.
var columns = sync.OnceValue(func() map[string]string {
	return words.Names(map[string]string{
		"number": "sale_number", "product": "sale_product", "on": "sale_charged_on", "period": "sale_period", "amount": "sale_charged",
		"currency": "sale_currency", "reference": "sale_reference",
	}, map[string][]string{
		"number": {"Order", "Bestellung", "Commande", "Ordine", "Pedido"}, "on": {"Date", "Datum", "Data", "Fecha"},
		"amount": {"Amount", "Betrag", "Montant", "Importo", "Importe"}, "reference": {"Invoice", "Rechnung", "Facture", "Fattura", "Factura"},
	})
})

func importSchema() input.Schema {
	return input.Schema{
		{Name: "number", Required: true},
		{Name: "product"},
		{Name: "on", Required: true, Holds: input.Dates},
		{Name: "period", Holds: input.Dates},
		{Name: "amount", Required: true, Holds: input.Numbers},
		{Name: "currency"},
		{Name: "reference"},
	}.Titled(columns())
}

// Brought is what an import of charges did, or would do.
type Brought struct {
	Added    int              `json:"added"`
	Changed  int              `json:"changed"` // periods that had another charge
	Rejected []input.Rejected `json:"rejected"`
}

// OutlineImport looks at a file of charges before it is imported.
func (s *Service) OutlineImport(ctx context.Context, data []byte, m *input.Mapping) (input.Outline, error) {
	if _, err := access.Require(ctx, access.Accounting); err != nil {
		return input.Outline{}, err
	}
	rows, err := export.Read(data, importLimits)
	if err != nil {
		return input.Outline{}, err
	}
	return input.NewOutline(rows, importSchema(), m)
}

var errPreview = errors.New("sale: only a preview")

// Import takes charges from a file: each row finds its order by number, its line by product where the order has several,
// its period by its first day or else by the day of the charge. Rows that find none are given back.
func (s *Service) Import(ctx context.Context, data []byte, m *input.Mapping, preview bool) (Brought, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Brought{}, err
	}
	rows, err := export.Read(data, importLimits)
	if err != nil {
		return Brought{}, err
	}
	done := Brought{Rejected: []input.Rejected{}}
	err = s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		file, err := input.Open(rows, importSchema(), m)
		if err != nil {
			return err
		}
		list, err := sales(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		today := s.o.Clock.Of(ctx, tx.Now)
		for record := range file.Records {
			line, charge, err := imported(record, list, today)
			if err != nil {
				done.Rejected = append(done.Rejected, record.Reject(fault.FieldsOf(err)[0]))
				continue
			}
			charge.ID = tx.NewID()
			if line.charge(charge.Period) != nil {
				done.Changed++
			} else {
				done.Added++
			}
			if err := writeCharge(ctx, tx, line.ID, charge); err != nil {
				return err
			}
		}
		if preview {
			return errPreview
		}
		return s.o.Journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataImported, Product: audit.Partner, ObjectID: actor.OrganizationID, New: strconv.Itoa(done.Added + done.Changed),
		})
	})
	if errors.Is(err, errPreview) {
		err = nil
	}
	return done, err
}

// imported finds where a row belongs.
func imported(r input.Record, list []Sale, today day.Day) (Line, Charge, error) {
	var c fault.Check
	if r.Fault != "" {
		c.Refuse("number", r.Fault)
	}
	number := text.Fold(r.Text("number"))
	i := slices.IndexFunc(list, func(s Sale) bool { return number != "" && text.Fold(s.Number) == number })
	if i < 0 {
		c.Refuse("number", "order_unknown")
		return Line{}, Charge{}, c.Err()
	}
	of := list[i]
	if currency := strings.ToUpper(r.Text("currency")); currency != "" && money.Currency(currency) != of.Currency {
		c.Refuse("currency", "sale_currency")
	}
	charge, err := Charged{On: r.Day(&c, "on"), Amount: r.Figure(&c, "amount"), Reference: r.Text("reference")}.read(&c, of.Currency, today)
	if err != nil {
		return Line{}, charge, err
	}
	charge.KnownFrom = Imported
	product := text.Fold(r.Text("product"))
	var found []Line
	for _, l := range of.Lines {
		if l.Expected != nil && (product == "" || text.Fold(l.Name) == product || text.Fold(l.Product) == product) {
			found = append(found, l)
		}
	}
	if len(found) != 1 {
		c.Refuse("product", "product_unknown")
		return Line{}, charge, c.Err()
	}
	at := charge.On
	if r.Has("period") && r.Text("period") != "" {
		at = typedDay(&c, "period", r.Day(&c, "period"))
	}
	due := found[0].Due(0, at)
	if err := c.Err(); err != nil || len(due) == 0 {
		c.Refuse("period", "before_beginning")
		return found[0], charge, c.Err()
	}
	charge.Period = due[len(due)-1].From
	return found[0], charge, nil
}
