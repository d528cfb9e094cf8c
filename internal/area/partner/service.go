package partner

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Service answers questions from the organization's price books and keeps them.
type Service struct {
	db            *sqlite.DB
	journal       audit.Recorder
	clients       Clients
	quotes        Quotes
	organizations Organizations
	drafts        Drafts
	clock         day.Clock
}

// Drafts keeps a text for an account under a key, to go on from another time; "" where it keeps nothing.
type Drafts interface {
	Text(ctx context.Context, q sqlite.Queryer, account, key string) (string, error)
	SetText(ctx context.Context, tx *sqlite.Tx, account, key, text string) error
}

// lastQuestion is the key under which the last question in an organization is kept.
func lastQuestion(organizationID string) string { return "partner_question_" + organizationID }

// Organizations knows what an organization is called, and in which currency it is invoiced.
type Organizations interface {
	Name(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error)
	Currency(ctx context.Context, q sqlite.Queryer, organizationID string) (money.Currency, error)
}

// Options are what a service works with. Clients and Quotes may be nil where nobody asks for the managed volume, the
// effect of a list, or what waits; Drafts where nobody opens the simulator.
type Options struct {
	DB            *sqlite.DB
	Journal       audit.Recorder
	Clients       Clients
	Quotes        Quotes
	Organizations Organizations
	Drafts        Drafts
	Clock         day.Clock
}

// NewService wires a service; it opens nothing.
func NewService(o Options) *Service {
	return &Service{db: o.DB, journal: o.Journal, clients: o.Clients, quotes: o.Quotes, organizations: o.Organizations, drafts: o.Drafts, clock: o.Clock}
}

// today is the day on which prices are asked for.
func (s *Service) today(ctx context.Context) day.Day { return s.clock.Today(ctx) }

// Desk is everything that a question can choose from.
type Desk struct {
	pricing.Tariff
	Books    []pricing.Book
	Shipped  pricing.Schedule   // the steps that came with Kontor, to go back to
	Coming   []pricing.Schedule // steps of the organization's own that begin later
	VAT      pricing.VATRates
	VATOf    int64     // version of the rates
	Last     *Question // what the person asked last; nil at first
	CanEdit  bool
	Today    day.Day
	Own      Conditions
	Products []OwnProduct
	Current  map[string]string // id of the list that is offered first, by currency; in the organization's own under ""
}

// Desk returns what the organization has. Requires access.UseSimulator.
func (s *Service) Desk(ctx context.Context) (Desk, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return Desk{}, err
	}
	d := Desk{CanEdit: actor.Can(access.EditPrices), Today: s.today(ctx)}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if d.Books, err = readBooks(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		if d.Tariff, err = readTariff(ctx, q, actor.OrganizationID, d.Today); err != nil {
			return err
		}
		if d.Shipped, err = readSchedule(ctx, q, "", d.Today); err != nil {
			return err
		}
		if d.Coming, err = readComing(ctx, q, actor.OrganizationID, d.Today); err != nil {
			return err
		}
		if d.VAT, d.VATOf, err = readVATRates(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		if d.Own, err = readConditions(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		if d.Products, err = readOwn(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		own, err := s.organizations.Currency(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		d.Current = map[string]string{}
		for _, currency := range append(money.Currencies(), own) {
			if b, ok := offered(d.Books, currency, d.Today); ok {
				d.Current[string(currency)] = b.ID
				d.Current[""] = b.ID // the organization's own comes last
			}
		}
		text, err := s.drafts.Text(ctx, q, actor.AccountID, lastQuestion(actor.OrganizationID))
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

// label is the product as the journal names it.
func label(l pricing.Line) string {
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
	if b.ID == "" {
		if _, err := s.db.Keep(ctx, sqlite.BeforeImport); err != nil {
			return "", err
		}
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
			if entry.Old = bookText(old); old.Shipped {
				b.ID = ""
			} else {
				entry.Action = audit.ItemChanged
			}
		}
		if id, err = writeBook(ctx, tx, actor.OrganizationID, actor.AccountID, b); err != nil {
			return err
		}
		entry.ObjectID, entry.ObjectName, entry.New = id, b.Name, bookText(b)
		return s.journal.Record(ctx, tx, entry)
	})
	return id, err
}

// bookText is a list in one line for the journal.
func bookText(b pricing.Book) string {
	text := b.ValidFrom.String()
	for i, l := range b.Lines {
		if i == 5 {
			return text + " …"
		}
		text += "; " + label(l) + " " + l.Price.String()
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
			Action: audit.ItemDeleted, Product: audit.Partner, ObjectID: id, ObjectName: b.Name, Old: bookText(b),
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
		old, err := readSchedule(ctx, tx, actor.OrganizationID, s.clock.Of(ctx, tx.Now))
		if err != nil {
			return err
		}
		if err := fault.SameVersion(old.ID, next.ID); err != nil {
			return err
		}
		if !old.Shipped && next.ValidFrom < old.ValidFrom {
			var c fault.Check
			c.Refuse("validFrom", "before_current", "day", old.ValidFrom.String())
			return c.Err()
		}
		id, err := writeSchedule(ctx, tx, actor.OrganizationID, actor.AccountID, next)
		if err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Partner, ObjectID: id, ObjectName: "schedule", Old: scheduleText(old), New: scheduleText(next),
		})
	})
}

// scheduleText is a schedule in one line for the journal.
func scheduleText(s pricing.Schedule) string {
	text := string(s.Mode)
	for _, t := range s.Tiers {
		text += "; " + strconv.FormatInt(t.From, 10) + ": " + t.Percent.String() + " %"
	}
	return text
}

// SaveTerms keeps the partner's own rate, the ceiling, the base of the cashback and the VAT rate of another country.
// Requires access.EditPrices. Errors: Invalid; Conflict if somebody else changed them.
func (s *Service) SaveTerms(ctx context.Context, d TermsDraft) error {
	return replace(ctx, s, "terms", d.parse, readTerms, writeTerms, termsText)
}

// replace puts an organization's new figures in the place of its old ones; the journal has both, as text, under that name.
func replace[T any](ctx context.Context, s *Service, name string, parse func() (T, error),
	read func(context.Context, sqlite.Queryer, string) (T, error), write func(context.Context, *sqlite.Tx, string, T) error, text func(T) string,
) error {
	actor, err := access.Require(ctx, access.EditPrices)
	if err != nil {
		return err
	}
	next, err := parse()
	if err != nil {
		return err
	}
	organization := actor.OrganizationID
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := read(ctx, tx, organization)
		if err != nil {
			return err
		}
		if err := write(ctx, tx, organization, next); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Partner, ObjectID: organization, ObjectName: name, Old: text(old), New: text(next),
		})
	})
}

func termsText(t pricing.Terms) string {
	text := fmt.Sprintf("%s %% (≤ %s %%), cashback %s, VAT %s %%", t.Rate, t.Ceiling, t.Base, t.Country)
	if t.Floor != nil {
		text += fmt.Sprintf(", margin ≥ %s %%", t.Floor)
	}
	return text
}
