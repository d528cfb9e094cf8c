package partner

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"kontor/internal/access"
	"kontor/internal/audit"
	"kontor/internal/fault"
	"kontor/internal/money"
	"kontor/internal/sqlite"
)

// Service answers questions from the organization's price books and keeps them.
type Service struct {
	db      *sqlite.DB
	journal audit.Recorder
}

// NewService wires a service; it opens nothing.
func NewService(db *sqlite.DB, journal audit.Recorder) *Service {
	return &Service{db: db, journal: journal}
}

// Desk is everything that a question can choose from.
type Desk struct {
	Books    []Book
	Schedule Schedule
	Shipped  Schedule // the steps that came with Kontor, to go back to
	Terms    Terms
	Last     *Question // what the person asked last; nil at first
	CanEdit  bool
	Today    Date
}

// Desk returns what the organization has. Requires access.UseSimulator.
func (s *Service) Desk(ctx context.Context) (Desk, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return Desk{}, err
	}
	d := Desk{CanEdit: actor.Can(access.EditPrices), Today: DateOf(s.db.Now())}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if d.Books, err = readBooks(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		if d.Schedule, err = readSchedule(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		if d.Shipped, err = readSchedule(ctx, q, ""); err != nil {
			return err
		}
		if d.Terms, err = readTerms(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		text, err := readQuestion(ctx, q, actor.AccountID, actor.OrganizationID)
		if err != nil || text == "" {
			return err
		}
		last := Question{}
		if json.Unmarshal([]byte(text), &last) == nil { // a question of an older Kontor is not worth an error
			d.Last = &last
		}
		return nil
	})
	return d, err
}

// Answer is a result with what surrounds it on the page.
type Answer struct {
	Input      Input
	Book       Book
	Result     Result
	Curve      []Point
	Inversions []Inversion
}

// Answer simulates a question and remembers it as the person's last one. Requires access.UseSimulator.
func (s *Service) Answer(ctx context.Context, q Question) (Answer, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return Answer{}, err
	}
	a, err := s.answer(ctx, actor, q)
	if err != nil {
		return Answer{}, err
	}
	text, err := json.Marshal(q)
	if err != nil {
		return Answer{}, err
	}
	return a, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return writeQuestion(ctx, tx, actor.AccountID, actor.OrganizationID, string(text))
	})
}

func (s *Service) answer(ctx context.Context, actor access.Actor, q Question) (a Answer, err error) {
	if a.Input, a.Book, err = s.input(ctx, actor, q); err != nil {
		return Answer{}, err
	}
	if a.Result, err = Simulate(a.Input); err != nil {
		return Answer{}, err
	}
	if a.Curve, err = Curve(a.Input); err != nil {
		return Answer{}, err
	}
	a.Inversions, err = Inversions(a.Input)
	return a, err
}

// input resolves a question against one snapshot of the organization's data.
func (s *Service) input(ctx context.Context, actor access.Actor, q Question) (in Input, book Book, err error) {
	err = s.db.View(ctx, func(db sqlite.Queryer) error {
		if book, err = readBook(ctx, db, actor.OrganizationID, q.Book); err != nil {
			return err
		}
		schedule, err := readSchedule(ctx, db, actor.OrganizationID)
		if err != nil {
			return err
		}
		terms, err := readTerms(ctx, db, actor.OrganizationID)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(book.Lines, func(l Line) bool { return l.ID == q.Line })
		if i < 0 {
			var c fault.Check
			c.Refuse("product", "not_a_choice")
			return c.Err()
		}
		in, err = q.parse(book.Lines[i], schedule, terms)
		return err
	})
	return in, book, err
}

// Table is a what-if grid with its rows named.
type Table struct {
	Scenarios  []Scenario
	Quantities []int64
	Rows       [][]Cell
	Current    int // the row of the question itself
}

// What the rows of a Table differ in.
const (
	ByRate = "rate" // partner rates
	ByMode = "mode" // volume and graduated steps
)

// Table computes a what-if grid around a question: its columns as Columns picks them, or 1 to upTo.
// Requires access.UseSimulator.
func (s *Service) Table(ctx context.Context, q Question, by string, upTo int) (Table, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return Table{}, err
	}
	in, _, err := s.input(ctx, actor, q)
	if err != nil {
		return Table{}, err
	}
	t := Table{Scenarios: scenarios(in, by)}
	t.Current = slices.Index(t.Scenarios, Scenario{in.Rate, in.Schedule.Mode})
	if upTo <= 0 {
		if t.Quantities, err = Columns(in); err != nil {
			return Table{}, err
		}
	}
	for n := 1; n <= min(upTo, MaxGridQuantity); n++ {
		t.Quantities = append(t.Quantities, int64(n))
	}
	t.Rows, err = Grid(in, t.Scenarios, t.Quantities)
	return t, err
}

// scenarios are the rows around a question: round rates and its own, or both modes at its own rate.
func scenarios(in Input, by string) []Scenario {
	if by == ByMode {
		return []Scenario{{in.Rate, Volume}, {in.Rate, Graduated}}
	}
	list := []Scenario{{in.Rate, in.Schedule.Mode}}
	for _, p := range []uint8{0, 10, 20, 30, 35} {
		s := Scenario{money.Percent(p), in.Schedule.Mode}
		if s.Rate.Cmp(in.Ceiling) <= 0 && s.Rate != in.Rate {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b Scenario) int { return a.Rate.Cmp(b.Rate) })
	return list
}

// Export returns a simulation for a file and tells the journal. Requires access.UseSimulator.
func (s *Service) Export(ctx context.Context, q Question) (Answer, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return Answer{}, err
	}
	a, err := s.answer(ctx, actor, q)
	if err != nil {
		return Answer{}, err
	}
	return a, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Partner, ObjectID: a.Book.ID, ObjectName: a.Input.Line.label(),
			New: fmt.Sprintf("%d × %s", a.Input.Quantity, a.Input.Line.Price),
		})
	})
}

func (l Line) label() string {
	if l.Name != "" {
		return l.Name
	}
	return l.Product
}

// SaveBook keeps a price list. One that came with Kontor stays as it is: saving it makes a list of the organization's
// own. Returns the id. Requires access.EditPrices. Errors: Invalid, Conflict if somebody else changed the list.
func (s *Service) SaveBook(ctx context.Context, d BookDraft) (string, error) {
	actor, err := access.Require(ctx, access.EditPrices)
	if err != nil {
		return "", err
	}
	b, err := d.parse()
	if err != nil {
		return "", err
	}
	id := ""
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		entry := audit.Entry{Action: audit.ItemAdded, Product: audit.Partner}
		if b.ID != "" {
			old, err := readBook(ctx, tx, actor.OrganizationID, b.ID)
			if err != nil {
				return err
			}
			if old.Currency != b.Currency {
				var c fault.Check
				c.Refuse("currency", "other_currency", "currency", string(old.Currency))
				return c.Err()
			}
			if entry.Old = old.summary(); old.Shipped {
				b.ID = ""
			} else {
				entry.Action = audit.ItemChanged
			}
		}
		if id, err = writeBook(ctx, tx, actor.OrganizationID, actor.AccountID, b); err != nil {
			return err
		}
		entry.ObjectID, entry.ObjectName, entry.New = id, b.Name, b.summary()
		return s.journal.Record(ctx, tx, entry)
	})
	return id, err
}

// summary is a list in one line for the journal.
func (b Book) summary() string {
	text := string(b.ValidFrom)
	for i, l := range b.Lines {
		if i == 5 {
			return text + " …"
		}
		text += "; " + l.label() + " " + l.Price.String()
	}
	return text
}

// DeleteBook removes a list of the organization's own. Requires access.EditPrices.
func (s *Service) DeleteBook(ctx context.Context, id string) error {
	actor, err := access.Require(ctx, access.EditPrices)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		b, err := readBook(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		if b.Shipped {
			return fault.New(fault.Conflict, "shipped_stays")
		}
		if err := deleteBook(ctx, tx, actor.OrganizationID, id); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemDeleted, Product: audit.Partner, ObjectID: id, ObjectName: b.Name, Old: b.summary(),
		})
	})
}

// SaveSchedule makes these steps the ones that apply. Requires access.EditPrices. Errors: Invalid; Conflict if other
// steps apply by now than the person saw.
func (s *Service) SaveSchedule(ctx context.Context, d ScheduleDraft) error {
	actor, err := access.Require(ctx, access.EditPrices)
	if err != nil {
		return err
	}
	next, err := d.parse()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := readSchedule(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		if old.ID != next.ID {
			return fault.New(fault.Conflict, "changed_meanwhile")
		}
		id, err := writeSchedule(ctx, tx, actor.OrganizationID, actor.AccountID, next)
		if err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Partner, ObjectID: id, ObjectName: "schedule", Old: old.summary(), New: next.summary(),
		})
	})
}

// summary is a schedule in one line for the journal.
func (s Schedule) summary() string {
	text := string(s.Mode)
	for _, t := range s.Tiers {
		text += "; " + strconv.FormatInt(t.From, 10) + ": " + t.Percent.String() + " %"
	}
	return text
}

// SaveTerms keeps the partner's own rate, the ceiling, the base of the cashback and the VAT rates.
// Requires access.EditPrices. Errors: Invalid; Conflict if somebody else changed them.
func (s *Service) SaveTerms(ctx context.Context, d TermsDraft) error {
	actor, err := access.Require(ctx, access.EditPrices)
	if err != nil {
		return err
	}
	next, err := d.parse()
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := readTerms(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		if err := writeTerms(ctx, tx, actor.OrganizationID, next); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Partner, ObjectID: actor.OrganizationID, ObjectName: "terms",
			Old: old.summary(), New: next.summary(),
		})
	})
}

func (t Terms) summary() string {
	return fmt.Sprintf("%s %% (≤ %s %%), cashback %s, VAT %s %% / %s %%", t.Rate, t.Ceiling, t.Base, t.VAT, t.Country)
}
