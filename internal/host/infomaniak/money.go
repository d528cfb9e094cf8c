package infomaniak

import (
	"context"
	"time"
)

// What is in this file rests on routes that Infomaniak does not document. They are asked only where a person has switched
// them on, and they fail closed: where the pages do not add up there is no figure.

// Invoice is a document of an organization. Amount is as it was written, "64.6"; whoever uses it parses it as money.
type Invoice struct {
	ID, Type, Status, Amount, Currency string
	CreatedAt                          time.Time
}

// Invoices are the invoices of an organization.
func (c *Client) Invoices(ctx context.Context, account, at string) (Page[Invoice], error) {
	return numbered(ctx, c, get("/2/invoicing/account/{account}/invoices", account), at, func(o object) (Invoice, bool) {
		i := Invoice{o.id("id"), o.text("type"), o.text("status"), o.text("amount_incl_tax"), o.text("currency"), o.moment("created_at")}
		return i, i.ID != "" && i.Amount != "" && i.Currency != ""
	})
}

// Booking is a line of the history of the prepaid account; Amount is signed.
type Booking struct {
	ID, Amount, Currency, Status string // Status: payed, pending
	CreatedAt                    time.Time
}

// Bookings are the history of the prepaid account of an organization. Its pages lie: only a complete walk says something.
func (c *Client) Bookings(ctx context.Context, account, at string) (Page[Booking], error) {
	return numbered(ctx, c, get("/1/invoicing/{account}/payment/prepay/history", account), at, func(o object) (Booking, bool) {
		b := Booking{o.id("id"), o.text("amount"), o.text("currency"), o.text("status"), o.moment("created_at")}
		return b, b.ID != "" && b.Amount != "" && b.Currency != ""
	})
}
