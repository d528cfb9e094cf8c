package client

import (
	"kontor/internal/core/access"
	"kontor/internal/core/pricing"
)

// Action is something that a person of the partner does in a client.
type Action string

// The actions in a client (faq/2669, faq/2671, faq/2679).
const (
	Technical         Action = "technical"    // look after the products
	Statistics        Action = "statistics"   // see their statistics
	TheirOrganization Action = "organization" // the client's organization
	OrderFor          Action = "order"        // order and renew for the client
	Invoices          Action = "invoices"     // see the invoices of what is ordered for it
	Reinvoice         Action = "reinvoice"    // invoice the products on to the client
	KeepOrders        Action = "record"       // keep its orders and the cashback here
)

// Actions lists every action in the order in which a person reads them.
func Actions() []Action {
	return []Action{Technical, Statistics, TheirOrganization, OrderFor, Invoices, Reinvoice, KeepOrders}
}

// Why an action is not open to a person.
const (
	NotGranted    = "not_granted"    // on no product
	NeedsFull     = "needs_full"     // limited access does not hold it
	LiesElsewhere = "lies_elsewhere" // invoices are seen where the means lie that pay
	NeedsRole     = "needs_role"     // the accounting of the partner organization
)

// Denied tells why a person may not do something in a client that has granted these rights; "" means nothing is in the way.
func Denied(actor access.Actor, granted Rights, action Action) string {
	full := granted.Access == Full
	switch action {
	case Technical, Statistics:
		for _, p := range granted.Products {
			if action == Technical && p.Technical || action == Statistics && p.Statistics {
				return ""
			}
		}
		if !full {
			return NotGranted
		}
	case TheirOrganization:
		if !full {
			return NeedsFull
		}
	case OrderFor, Reinvoice, Invoices:
		switch {
		case !full:
			return NeedsFull
		case !actor.Can(access.Accounting):
			return NeedsRole
		case action == Invoices && granted.Pays() == pricing.Client:
			return LiesElsewhere
		}
	case KeepOrders:
		if !actor.Can(access.Accounting) {
			return NeedsRole
		}
	}
	return ""
}
