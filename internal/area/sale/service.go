package sale

import (
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/find"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Quotes are the accepted ones, as orders are made of them.
type Quotes interface {
	// Sold reads an accepted quote; with lines of another price list it says what the same comes to by that.
	// Errors: NotFound, Conflict unless it is accepted, Invalid where the other list cannot price it.
	Sold(ctx context.Context, q sqlite.Queryer, organizationID, quoteID string, other []pricing.Line) (Sale, error)
	// Accepted lists the accepted quotes, newest first.
	Accepted(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Sale, error)
}

// PriceLists are those of the organization, the newest first.
type PriceLists interface {
	Books(ctx context.Context) ([]pricing.Book, error)
}

// Reader is whom a letter is for.
type Reader struct {
	Language string
	Name     string
	Email    string
}

// Readers knows how a client is written to. Errors: NotFound.
type Readers interface {
	Reader(ctx context.Context, clientID string) (Reader, error)
}

// Post hands e-mails to the queue. Errors: Conflict where no mail server is set up.
type Post interface {
	Send(ctx context.Context, tx *sqlite.Tx, organizationID, to, subject, text string) error
}

// Names knows what the organization that the actor works in is called.
type Names interface {
	CurrentName(ctx context.Context) (string, error)
}

// Options are what a service needs from elsewhere.
type Options struct {
	DB      *sqlite.DB
	Journal audit.Recorder
	Quotes  Quotes
	Prices  PriceLists
	Readers Readers
	Names   Names
	Post    Post
	Orders  Orders // nil where none are noted
	Clock   day.Clock
}

// Orders are those that were noted for clients without a quote.
type Orders interface {
	Noted(ctx context.Context, q sqlite.Queryer, organizationID, number string) (bool, error)
}

// Service keeps the orders of the organization that the window shows. Everything requires access.Accounting: what others
// earn is the business of the accounting.
type Service struct{ o Options }

// NewService wires a service; it opens nothing.
func NewService(o Options) *Service { return &Service{o} }

// List are all orders, newest first.
func (s *Service) List(ctx context.Context) ([]Sale, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	var list []Sale
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) (err error) {
		list, err = sales(ctx, q, actor.OrganizationID)
		return err
	})
	return list, err
}

// Filter says which orders are shown.
type Filter struct {
	Client string `json:"client"` // id; "" is all
	Search string `json:"search"`
	Only   string `json:"only"` // an order that comes first wherever it is; "" is none
	Limit  int    `json:"limit"`
}

// MaxRows is how many rows a page of lines has at most.
const MaxRows = 20_000

// MaxShown is how many orders a page has at most.
const MaxShown = 200

// Page are some orders, the newest first.
type Page struct {
	Sales     []Sale
	Found     int
	Unordered []Sale         // accepted quotes of which no order was made, without their lines
	More      []money.Amount // charged beyond what was expected, by all orders of the client or of the organization
}

// Page reads the newest orders that a filter lets through.
func (s *Service) Page(ctx context.Context, f Filter) (p Page, err error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return p, err
	}
	today := s.o.Clock.Today(ctx)
	search := find.Ask(f.Search, 0)
	other := func(of Sale) bool { return f.Client != "" && of.ClientID != f.Client }
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		all, err := heads(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(of Sale) bool {
			return other(of) || !search.Empty() && !search.Fits(of.Number, of.QuoteNumber, of.Client)
		})
		if i := slices.IndexFunc(all, func(of Sale) bool { return of.ID == f.Only }); i > 0 {
			first := all[i]
			all = slices.Insert(slices.Delete(all, i, i+1), 0, first)
		}
		p.Found = len(all)
		p.Sales = all[:min(len(all), max(1, min(f.Limit, MaxShown)))]
		if err := fillSome(ctx, q, p.Sales); err != nil {
			return err
		}
		p.More, err = beyond(ctx, q, actor.OrganizationID, f.Client, today)
		return err
	})
	if err != nil {
		return p, err
	}
	p.Unordered, err = s.Unordered(ctx)
	p.Unordered = slices.DeleteFunc(p.Unordered, other)
	return p, err
}

// Unordered are the accepted quotes of which no order was made yet.
func (s *Service) Unordered(ctx context.Context) ([]Sale, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	var list []Sale
	err = s.o.DB.View(ctx, func(q sqlite.Queryer) error {
		accepted, err := s.o.Quotes.Accepted(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		ids, err := quotesMade(ctx, q, actor.OrganizationID)
		made := map[string]bool{}
		for _, id := range ids {
			made[id] = true
		}
		for _, one := range accepted {
			if !made[one.QuoteID] {
				list = append(list, one)
			}
		}
		return err
	})
	return list, err
}

// Order is what has to be known to make an order of an accepted quote.
type Order struct {
	Number    string `json:"number"`    // at Infomaniak; "" is not known yet
	OrderedOn string `json:"orderedOn"` // day
	StartsOn  string `json:"startsOn"`  // when the first periods begin; "" is the day of the order
}

// Make makes an order of an accepted quote and returns its id. Errors: Conflict sale_made if there is one.
func (s *Service) Make(ctx context.Context, quoteID string, in Order) (string, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return "", err
	}
	var made Sale
	err = s.o.DB.Write(ctx, func(tx *sqlite.Tx) (err error) {
		if made, err = s.o.Quotes.Sold(ctx, tx, actor.OrganizationID, quoteID, nil); err != nil {
			return err
		}
		if err := in.fill(&made, s.o.Clock.Of(ctx, tx.Now)); err != nil {
			return err
		}
		if err := s.unused(ctx, tx, actor.OrganizationID, made.Number); err != nil {
			return err
		}
		made.ID, made.Created = tx.NewID(), tx.Now
		for i := range made.Lines {
			made.Lines[i].ID = tx.NewID()
		}
		if err := insert(ctx, tx, actor.OrganizationID, made); sqlite.IsUnique(err) {
			return fault.New(fault.Conflict, "sale_made")
		} else if err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemAdded, made, "", made.QuoteNumber)
	})
	return made.ID, err
}

// unused refuses a number that another order has: a charge that is imported finds its order by it.
func (s *Service) unused(ctx context.Context, tx *sqlite.Tx, organizationID, number string) error {
	if number == "" {
		return nil
	}
	taken, err := s.Numbered(ctx, tx, organizationID, number)
	if err == nil && !taken && s.o.Orders != nil {
		taken, err = s.o.Orders.Noted(ctx, tx, organizationID, number)
	}
	if err != nil || !taken {
		return err
	}
	var c fault.Check
	c.Refuse("number", "not_unique")
	return c.Err()
}

func (in Order) fill(made *Sale, today day.Day) error {
	var c fault.Check
	made.Number = input.Line(&c, "number", in.Number, MaxNumber, false)
	made.OrderedOn = typedDay(&c, "orderedOn", in.OrderedOn)
	starts := made.OrderedOn
	if in.StartsOn != "" {
		starts = typedDay(&c, "startsOn", in.StartsOn)
	}
	if made.OrderedOn > today {
		c.Refuse("orderedOn", "date_in_future")
	}
	for i := range made.Lines {
		made.Lines[i].StartsOn = starts
	}
	return c.Err()
}

func typedDay(c *fault.Check, field, text string) day.Day {
	d, err := day.Parse(text)
	if err != nil {
		c.Refuse(field, "not_a_date")
	}
	return d
}

// Remove deletes an order with its charges; the quote stays accepted, and an order can be made of it again.
func (s *Service) Remove(ctx context.Context, id string) error {
	return s.change(ctx, id, audit.ItemDeleted, func(tx *sqlite.Tx, of Sale) (string, string, error) {
		return of.QuoteNumber, "", remove(ctx, tx, of.ID)
	})
}

// Stop notes that a line ends with a day; "" lets it run on.
func (s *Service) Stop(ctx context.Context, id, lineID, on string) error {
	return s.change(ctx, id, audit.ItemChanged, func(tx *sqlite.Tx, of Sale) (string, string, error) {
		l, err := of.line(lineID)
		if err != nil {
			return "", "", err
		}
		var ends day.Day
		if on != "" {
			var c fault.Check
			if ends = typedDay(&c, "on", on); c.Err() == nil && ends < l.StartsOn {
				c.Refuse("on", "before_beginning")
			}
			if err := c.Err(); err != nil {
				return "", "", err
			}
		}
		return l.EndedOn.String(), ends.String(), stop(ctx, tx, l.ID, ends)
	})
}

func (s Sale) line(id string) (Line, error) {
	if i := slices.IndexFunc(s.Lines, func(l Line) bool { return l.ID == id }); i >= 0 {
		return s.Lines[i], nil
	}
	return Line{}, fault.New(fault.NotFound, "")
}

// change is the frame of every act on one order.
func (s *Service) change(ctx context.Context, id string, a audit.Action, do func(*sqlite.Tx, Sale) (before, after string, err error)) error {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return err
	}
	return s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		of, err := one(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		before, after, err := do(tx, of)
		if err != nil {
			return err
		}
		return s.record(ctx, tx, a, of, before, after)
	})
}

func (s *Service) record(ctx context.Context, tx *sqlite.Tx, a audit.Action, of Sale, before, after string) error {
	name := of.Client
	if of.Number != "" {
		name += ", " + of.Number
	}
	return s.o.Journal.Record(ctx, tx, audit.Entry{
		Action: a, Product: audit.Partner, ObjectID: of.QuoteID, ObjectName: name, Old: before, New: after,
	})
}
