package payment

import (
	"context"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Renewals, orders and the ledger are one book: a period of a product is paid once, and what paid it is noted with it.

// RenewalPaid says of a product that one more period of it was paid.
type RenewalPaid struct {
	ID        string `json:"id"`
	Version   int    `json:"version"`
	On        string `json:"on"`        // the day on which it was paid; "" is today
	Amount    string `json:"amount"`    // what was charged, VAT included; "" is the amount of the renewal
	ProfileID string `json:"profileId"` // what paid; "" is the means that it is kept with
	OrderID   string `json:"orderId"`   // the order or invoice, noted as paid, that it was paid with: nothing more is booked
}

// renewed is a period of a product that was paid.
type renewed struct {
	id, renewalID     string
	expiredOn, runsTo day.Day
	paidOn            day.Day
	amount            money.Amount
	paidBy            string
	orderID           string
	entry             int64
	madeAt            time.Time
	undoneAt          time.Time
}

// Renew notes that products were renewed: each expires one period later, and what the prepaid account paid is booked in
// its ledger in the same transaction. All are noted or none. Returns what to name to UndoRenewed.
// Errors: Invalid at "on", "amount", "profileId"; Conflict/fault.ChangedMeanwhile, balance_short, order_open, order_linked.
func (s *Service) Renew(ctx context.Context, list []RenewalPaid) ([]string, error) {
	ids := make([]string, 0, len(list))
	err := s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		for _, paid := range list {
			id, err := s.renew(ctx, tx, actor.OrganizationID, paid)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	return ids, err
}

func (s *Service) renew(ctx context.Context, tx *sqlite.Tx, organizationID string, paid RenewalPaid) (string, error) {
	r, err := renewal(ctx, tx, organizationID, paid.ID)
	if err != nil {
		return "", err
	}
	if err := fault.SameVersion(r.Version, paid.Version); err != nil {
		return "", err
	}
	var c fault.Check
	done := renewed{id: tx.NewID(), renewalID: r.ID, paidOn: s.today(ctx), amount: r.Amount, orderID: paid.OrderID}
	if paid.On != "" {
		if done.paidOn, err = day.Parse(paid.On); err != nil {
			c.Refuse("on", "not_a_date")
		} else if done.paidOn > s.today(ctx) {
			c.Refuse("on", "date_in_future")
		}
	}
	if paid.Amount != "" {
		done.amount = input.Amount(&c, "amount", paid.Amount, r.Amount.Currency(), MaxAmount)
	}
	means, err := s.means(ctx, tx, organizationID, r, paid.ProfileID)
	if fault.CodeOf(err) == fault.NotFound {
		c.Refuse("profileId", "not_a_choice")
	} else if err != nil {
		return "", err
	}
	if err := c.Err(); err != nil {
		return "", err
	}
	switch done.paidBy = means.Name(); {
	case paid.OrderID != "":
		done.amount, done.paidBy, err = s.o.PrepaidAccount.LinkOrder(ctx, tx, paid.OrderID, r.ID, done.id)
	case means.Kind == Prepaid:
		done.entry, err = s.o.PrepaidAccount.PayRenewal(ctx, tx, done.id, r.Product, done.amount, done.paidOn)
	}
	if err != nil {
		return "", err
	}
	return done.id, s.runOn(ctx, tx, organizationID, r, done)
}

// means is what pays a renewal: the profile that was named, its own, or the default.
func (s *Service) means(ctx context.Context, q sqlite.Queryer, organizationID string, r Renewal, named string) (Profile, error) {
	if named == "" {
		named = r.ProfileID
	}
	if named != "" {
		return profile(ctx, q, organizationID, named)
	}
	return standard(ctx, q, organizationID)
}

// runOn lets a product run one period longer and keeps what paid that.
func (s *Service) runOn(ctx context.Context, tx *sqlite.Tx, organizationID string, r Renewal, done renewed) error {
	before := r.describe()
	done.expiredOn, done.runsTo, done.madeAt = r.ExpiresOn, r.expires(1), tx.Now
	r.ExpiresOn = done.runsTo
	if err := updateRenewal(ctx, tx, r); err != nil {
		return err
	}
	if err := insertRenewed(ctx, tx, organizationID, done); err != nil {
		return err
	}
	return s.recordRenewal(ctx, tx, audit.ItemChanged, r, before, r.describe()+" · "+done.amount.String()+" · "+done.paidBy)
}

// UndoRenewed takes back what Renew noted: the products end when they did before, and what the ledger booked is taken
// back there. All or none. Errors: Conflict/renewed_since where a product's end was changed meanwhile.
func (s *Service) UndoRenewed(ctx context.Context, ids []string) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		for i := len(ids) - 1; i >= 0; i-- { // the latest first, if one product was renewed twice
			done, err := renewedOf(ctx, tx, actor.OrganizationID, ids[i])
			if err != nil {
				return err
			}
			if err := s.undoRenewed(ctx, tx, actor.OrganizationID, done, true); err != nil {
				return err
			}
			if done.entry != 0 {
				err = s.o.PrepaidAccount.TakeBackRenewal(ctx, tx, done.entry)
			} else if done.orderID != "" {
				err = s.o.PrepaidAccount.UnlinkOrder(ctx, tx, done.orderID)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// undoRenewed takes a period back. Where its end was changed meanwhile it is refused if strict; else the product stays as
// it is, and only the payment is noted as taken back.
func (s *Service) undoRenewed(ctx context.Context, tx *sqlite.Tx, organizationID string, done renewed, strict bool) error {
	if !done.undoneAt.IsZero() {
		return nil
	}
	r, err := renewal(ctx, tx, organizationID, done.renewalID)
	if err != nil {
		return err
	}
	if r.ExpiresOn == done.runsTo {
		before := r.describe()
		r.ExpiresOn = done.expiredOn
		if err := updateRenewal(ctx, tx, r); err != nil {
			return err
		}
		if err := s.recordRenewal(ctx, tx, audit.ItemChanged, r, before, r.describe()); err != nil {
			return err
		}
	} else if strict {
		return fault.New(fault.Conflict, "renewed_since").With("product", r.Product)
	}
	return markUndone(ctx, tx, done.id)
}

// What follows serves the prepaid account, in its transaction. It asks for no permission: whoever calls it has.

// RenewedByOrder notes that a product was renewed with an order, and returns what to name to Unrenewed; "" if there is
// no such product any more.
func (s *Service) RenewedByOrder(ctx context.Context, tx *sqlite.Tx, renewalID, orderID, number string, amount money.Amount, on day.Day) (string, error) {
	organizationID := access.From(ctx).OrganizationID
	r, err := renewal(ctx, tx, organizationID, renewalID)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	done := renewed{id: tx.NewID(), renewalID: r.ID, paidOn: on, amount: amount, paidBy: number, orderID: orderID}
	return done.id, s.runOn(ctx, tx, organizationID, r, done)
}

// Unrenewed takes a renewal back whose payment was taken back.
func (s *Service) Unrenewed(ctx context.Context, tx *sqlite.Tx, renewedID string) error {
	organizationID := access.From(ctx).OrganizationID
	done, err := renewedOf(ctx, tx, organizationID, renewedID)
	if fault.CodeOf(err) == fault.NotFound { // the product is gone, and what was noted of it
		return nil
	}
	if err != nil {
		return err
	}
	return s.undoRenewed(ctx, tx, organizationID, done, false)
}

func insertRenewed(ctx context.Context, tx *sqlite.Tx, organizationID string, d renewed) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO payment_renewed
		(id, organization_id, renewal_id, expired_on, runs_to, paid_on, amount, currency, paid_by, order_id, entry, made_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, ''), nullif(?, 0), ?)`,
		d.id, organizationID, d.renewalID, d.expiredOn, d.runsTo, d.paidOn, d.amount, d.amount.Currency(), d.paidBy, d.orderID, d.entry, sqlite.Millis(d.madeAt))
	return err
}

func renewedOf(ctx context.Context, q sqlite.Queryer, organizationID, id string) (renewed, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (d renewed, err error) {
		var made, undone int64
		err = r.Scan(&d.id, &d.renewalID, &d.expiredOn, &d.runsTo, &d.paidOn, &d.amount, money.CurrencyColumn(&d.amount), &d.paidBy, &d.orderID, &d.entry, &made, &undone)
		d.madeAt, d.undoneAt = sqlite.Time(made), sqlite.Time(undone)
		return d, err
	}, `SELECT id, renewal_id, expired_on, runs_to, paid_on, amount, currency, paid_by, coalesce(order_id, ''), coalesce(entry, 0), made_at,
		coalesce(undone_at, 0) FROM payment_renewed WHERE organization_id = ? AND id = ?`, organizationID, id)
}

func markUndone(ctx context.Context, tx *sqlite.Tx, id string) error {
	_, err := tx.ExecContext(ctx, `UPDATE payment_renewed SET undone_at = ? WHERE id = ?`, sqlite.Millis(tx.Now), id)
	return err
}
