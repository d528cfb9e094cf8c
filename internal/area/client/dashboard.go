package client

import (
	"cmp"
	"context"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// PriceList knows the prices and terms of the organization that the window shows, as they hold on a day.
type PriceList interface {
	Prices(ctx context.Context, on day.Day) (Prices, error)
}

// PrepaidAccount is the organization's, where cashback arrives.
type PrepaidAccount interface {
	// ExpectCashback notes a cashback, so that the forecast counts with it, and returns its id.
	ExpectCashback(ctx context.Context, tx *sqlite.Tx, organizationID, cause string, amount money.Amount, due day.Day) (id string, err error)
	ForgetCashback(ctx context.Context, tx *sqlite.Tx, organizationID, id string) error
	// Receipts tells of each cashback that has come which entry it became.
	Receipts(ctx context.Context, q sqlite.Queryer, organizationID string, each func(id string, entry int64, on day.Day, came money.Amount)) error
	// Receive credits a cashback with the amount that came, in a transaction of its own.
	Receive(ctx context.Context, id, amount string) error
}

// Dashboard is a client as one sees it from inside: what may be done there, and what was recorded for it.
type Dashboard struct {
	Client
	Denied map[Action]string // why an action is not open; "" means it is
	Orders []Order           // newest first
	Months []Month           // cashback
	Books  []pricing.Book    // what an order may be of
}

// Open opens the dashboard of an active client. Everything in it is limited to what the client has granted.
func (s *Service) Open(ctx context.Context, id string) (Dashboard, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return Dashboard{}, err
	}
	d := Dashboard{Denied: map[Action]string{}}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if d.Client, err = s.inside(ctx, q, actor, id); err != nil {
			return err
		}
		if !actor.Can(access.Accounting) { // what others earn is the business of the accounting
			return nil
		}
		d.Orders, err = s.orders(ctx, q, actor.OrganizationID, id)
		return err
	})
	if err != nil {
		return Dashboard{}, err
	}
	for _, action := range Actions() {
		d.Denied[action] = Denied(actor, d.Granted, action)
	}
	if d.Months, err = Months(d.Orders, s.clock.Today(ctx)); err != nil {
		return Dashboard{}, err
	}
	today := s.clock.Today(ctx)
	prices, err := s.prices.Prices(ctx, today)
	d.Books = prices.current(today)
	return d, err
}

// inside is a client whose dashboard can be opened.
func (s *Service) inside(ctx context.Context, q sqlite.Queryer, actor access.Actor, id string) (Client, error) {
	c, err := one(ctx, q, actor, id)
	if err == nil && c.State != Active {
		err = fault.New(fault.Conflict, ReasonState)
	}
	return c, err
}

// orders are those of a client, or with id "" of all, with what became of their cashback.
func (s *Service) orders(ctx context.Context, q sqlite.Queryer, organizationID, id string) ([]Order, error) {
	list, err := orders(ctx, q, organizationID, id)
	if err != nil || !slices.ContainsFunc(list, func(o Order) bool { return o.expectedID != "" }) {
		return list, err
	}
	receipts := map[string]Receipt{}
	err = s.account.Receipts(ctx, q, organizationID, func(id string, entry int64, on day.Day, came money.Amount) {
		receipts[id] = Receipt{entry, on, came}
	})
	for i := range list {
		list[i].Receipt = receipts[list[i].expectedID]
	}
	return list, err
}

// Price computes what an order would cost in a client and what it would bring, and records nothing.
func (s *Service) Price(ctx context.Context, id string, n NewOrder) (Order, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return Order{}, err
	}
	today := s.clock.Today(ctx)
	prices, err := s.prices.Prices(ctx, n.day(today))
	if err != nil {
		return Order{}, err
	}
	_, of, err := s.termsOf(ctx, s.db.Reader(), actor, id)
	if err != nil {
		return Order{}, err
	}
	return n.order(prices, of, today, true)
}

// RecordOrder keeps an order or renewal of a client. Its cashback is expected in the prepaid account from then on.
func (s *Service) RecordOrder(ctx context.Context, id string, n NewOrder) error {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return err
	}
	if _, err := access.Require(ctx, access.Accounting); err != nil {
		return err
	}
	today := s.clock.Today(ctx)
	prices, err := s.prices.Prices(ctx, n.day(today))
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		c, of, err := s.termsOf(ctx, tx, actor, id)
		if err != nil {
			return err
		}
		o, err := n.order(prices, of, today, false)
		if err != nil {
			return err
		}
		if s.sales != nil {
			if taken, err := s.sales.Numbered(ctx, tx, actor.OrganizationID, o.Number); err != nil || taken {
				return cmp.Or(err, notUnique())
			}
		}
		o.ID = tx.NewID()
		if o.GainKind == pricing.Cashback {
			if o.expectedID, err = s.account.ExpectCashback(ctx, tx, actor.OrganizationID, o.cause(c.Name), o.Gain, o.DueOn); err != nil {
				return numbered(err)
			}
		}
		if err := writeOrder(ctx, tx, actor.OrganizationID, c.ID, o); err != nil {
			return numbered(err)
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemAdded, Product: audit.Client, ObjectID: c.ID, ObjectName: c.Name, New: o.Number + ": " + o.Gain.String(),
		})
	})
}

// termsOf is a client that can be opened, with what an order of it is computed by.
func (s *Service) termsOf(ctx context.Context, q sqlite.Queryer, actor access.Actor, id string) (Client, terms, error) {
	c, err := s.inside(ctx, q, actor, id)
	if err != nil {
		return c, terms{}, err
	}
	conditions, err := conditionsFor(ctx, q, actor.OrganizationID, id)
	return c, terms{c.Granted, conditions[id]}, err
}

// numbered says of what is there already that it is the number.
func numbered(err error) error {
	if !sqlite.IsUnique(err) {
		return err
	}
	return notUnique()
}

func notUnique() error {
	var c fault.Check
	c.Refuse("number", "not_unique")
	return c.Err()
}

// ForgetOrder removes an order that was recorded by mistake, and with it the cashback that was expected. One whose
// cashback has come stays: the ledger only grows.
func (s *Service) ForgetOrder(ctx context.Context, id, orderID string) error {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return err
	}
	if _, err := access.Require(ctx, access.Accounting); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		c, o, err := s.orderOf(ctx, tx, actor, id, orderID)
		if err != nil {
			return err
		}
		if o.Receipt.Entry != 0 {
			return fault.New(fault.Conflict, "credited_already")
		}
		if o.expectedID != "" {
			if err := s.account.ForgetCashback(ctx, tx, actor.OrganizationID, o.expectedID); err != nil && fault.CodeOf(err) != fault.NotFound {
				return err
			}
		}
		if err := deleteOrder(ctx, tx, o.ID); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemDeleted, Product: audit.Client, ObjectID: c.ID, ObjectName: c.Name, Old: o.Number + ": " + o.Gain.String(),
		})
	})
}

// Receive credits the cashback of an order to the prepaid account, with the amount that came.
func (s *Service) Receive(ctx context.Context, id, orderID, amount string) error {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil {
		return err
	}
	_, o, err := s.orderOf(ctx, s.db.Reader(), actor, id, orderID)
	if err != nil {
		return err
	}
	if o.Receipt.Entry != 0 || o.expectedID == "" {
		return fault.New(fault.Conflict, "credited_already")
	}
	return s.account.Receive(ctx, o.expectedID, amount)
}

// orderOf is an order of a client that the actor may see; the client may have ended meanwhile.
func (s *Service) orderOf(ctx context.Context, q sqlite.Queryer, actor access.Actor, id, orderID string) (Client, Order, error) {
	c, err := one(ctx, q, actor, id)
	if err != nil {
		return c, Order{}, err
	}
	list, err := s.orders(ctx, q, actor.OrganizationID, id)
	if err != nil {
		return c, Order{}, err
	}
	if i := slices.IndexFunc(list, func(o Order) bool { return o.ID == orderID }); i >= 0 {
		return c, list[i], nil
	}
	return c, Order{}, fault.New(fault.NotFound, "")
}
