package partner

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Answer is a result with what surrounds it on the page.
type Answer struct {
	Input      pricing.Input
	Book       pricing.Book
	Result     pricing.Result
	Curve      []pricing.Point
	Inversions []pricing.Inversion
}

// Simulate answers a question, with the table around it, from one snapshot of what the organization has. Nothing is
// remembered of it. Requires access.UseSimulator.
func (s *Service) Simulate(ctx context.Context, q Question, around Around) (Answer, Table, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return Answer{}, Table{}, err
	}
	a, err := s.answer(ctx, actor, q)
	if err != nil {
		return Answer{}, Table{}, err
	}
	t, err := tableOf(a.Input, around)
	return a, t, err
}

// Remember keeps a question that can be answered as the person's last one, to go on from. Requires access.UseSimulator.
func (s *Service) Remember(ctx context.Context, q Question) error {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return err
	}
	if _, _, err := s.input(ctx, actor, q); err != nil {
		return err
	}
	text, err := json.Marshal(q)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.drafts.SetText(ctx, tx, actor.AccountID, lastQuestion(actor.OrganizationID), string(text))
	})
}

func (s *Service) answer(ctx context.Context, actor access.Actor, q Question) (a Answer, err error) {
	if a.Input, a.Book, err = s.input(ctx, actor, q); err != nil {
		return Answer{}, err
	}
	if a.Result, err = pricing.Simulate(a.Input); err != nil {
		return Answer{}, err
	}
	if a.Curve, err = pricing.Curve(a.Input); err != nil {
		return Answer{}, err
	}
	a.Inversions, err = pricing.Inversions(a.Input)
	return a, err
}

// input resolves a question against one snapshot of the organization's data.
func (s *Service) input(ctx context.Context, actor access.Actor, q Question) (in pricing.Input, book pricing.Book, err error) {
	err = s.db.View(ctx, func(db sqlite.Queryer) error {
		if book, err = readBook(ctx, db, actor.OrganizationID, q.Book); err != nil {
			return err
		}
		tariff, err := readTariff(ctx, db, actor.OrganizationID, s.today(ctx))
		if err != nil {
			return err
		}
		rates, _, err := readVATRates(ctx, db, actor.OrganizationID)
		if err != nil {
			return err
		}
		line, err := book.Line(q.Line)
		if err != nil {
			return err
		}
		in, err = q.parse(line, tariff, rates.On(s.today(ctx)).Rate)
		return err
	})
	return in, book, err
}

// Table is a what-if grid with its rows named.
type Table struct {
	Scenarios  []pricing.Scenario
	Quantities []int64
	Rows       [][]pricing.Cell
	Current    int // the row of the question itself
}

// What the rows of a Table differ in.
const (
	ByRate = "rate" // partner rates
	ByMode = "mode" // volume and graduated steps
)

// Around says which table a question stands in: what its rows differ in, and how many quantities its columns have;
// 0 is the quantities that matter.
type Around struct {
	By   string `json:"by"`
	UpTo int    `json:"upTo"`
}

// tableOf computes the what-if table around a question.
func tableOf(in pricing.Input, around Around) (t Table, err error) {
	t = Table{Scenarios: scenarios(in, around.By)}
	t.Current = slices.Index(t.Scenarios, pricing.Scenario{Rate: in.Rate, Mode: in.Schedule.Mode})
	if around.UpTo <= 0 {
		if t.Quantities, err = pricing.Columns(in); err != nil {
			return Table{}, err
		}
	}
	for n := 1; n <= min(around.UpTo, pricing.MaxGridQuantity); n++ {
		t.Quantities = append(t.Quantities, int64(n))
	}
	t.Rows, err = pricing.Grid(in, t.Scenarios, t.Quantities)
	return t, err
}

// scenarios are the rows around a question: round rates and its own, or both modes at its own rate.
func scenarios(in pricing.Input, by string) []pricing.Scenario {
	if by == ByMode {
		return []pricing.Scenario{{Rate: in.Rate, Mode: pricing.Volume}, {Rate: in.Rate, Mode: pricing.Graduated}}
	}
	list := []pricing.Scenario{{Rate: in.Rate, Mode: in.Schedule.Mode}}
	for _, p := range []uint8{0, 10, 20, 30, 35} {
		s := pricing.Scenario{Rate: money.Percent(p), Mode: in.Schedule.Mode}
		if s.Rate.Cmp(in.Ceiling) <= 0 && s.Rate != in.Rate {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b pricing.Scenario) int { return a.Rate.Cmp(b.Rate) })
	return list
}

// Explain answers a question for a file. Requires access.UseSimulator.
func (s *Service) Explain(ctx context.Context, q Question) (Answer, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return Answer{}, err
	}
	return s.answer(ctx, actor, q)
}

// Exported tells the journal that an answer goes into a file. Requires access.UseSimulator.
func (s *Service) Exported(ctx context.Context, a Answer) error {
	if _, err := access.Require(ctx, access.UseSimulator); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Partner, ObjectID: a.Book.ID, ObjectName: label(a.Input.Line),
			New: fmt.Sprintf("%d × %s", a.Input.Quantity, a.Input.Line.Price),
		})
	})
}
