package client

import (
	"kontor/internal/core/access"
)

// Act is something that a person of the partner does in a client.
type Act string

// The acts in a client (faq/2669, faq/2671, faq/2679).
const (
	Technical  Act = "technical"    // look after the products
	Statistics Act = "statistics"   // see their statistics
	TheirHouse Act = "organization" // the client's organization
	OrderFor   Act = "order"        // order and renew for the client
	Invoices   Act = "invoices"     // see the invoices of what is ordered for it
	Reinvoice  Act = "reinvoice"    // invoice the products on to the client
	Record     Act = "record"       // keep its orders and the cashback here
)

// Acts lists every act in the order in which a person reads them.
func Acts() []Act {
	return []Act{Technical, Statistics, TheirHouse, OrderFor, Invoices, Reinvoice, Record}
}

// Why an act is not open to a person.
const (
	NotGranted    = "not_granted"    // on no product
	NeedsFull     = "needs_full"     // limited access does not hold it
	LiesElsewhere = "lies_elsewhere" // invoices are seen where the means lie that pay
	NeedsRole     = "needs_role"     // the accounting of the partner organization
)

// Bar tells why a person may not do something in a client that has granted these rights; "" means nothing is in the way.
func Bar(actor access.Actor, granted Rights, act Act) string {
	full := granted.Access == Full
	switch act {
	case Technical, Statistics:
		for _, p := range granted.Products {
			if act == Technical && p.Technical || act == Statistics && p.Statistics {
				return ""
			}
		}
		if !full {
			return NotGranted
		}
	case TheirHouse:
		if !full {
			return NeedsFull
		}
	case OrderFor, Reinvoice, Invoices:
		switch {
		case !full:
			return NeedsFull
		case !actor.Can(access.Accounting):
			return NeedsRole
		case act == Invoices && granted.Pays() == "client":
			return LiesElsewhere
		}
	case Record:
		if !actor.Can(access.Accounting) {
			return NeedsRole
		}
	}
	return ""
}
