package manager

import (
	"kontor/internal/core/access"
	"kontor/internal/host/audit"
	"kontor/internal/host/link"
)

// Kind says what is to be done. Its words are the window's messages todo_<kind> (a line: "Top-up, CHF 150.00", filled
// by Params) and, where the usual "I have done it" does not fit, todo_<kind>_done.
type Kind string

// The kinds. An area that notes a new act adds it here, with its row in the table below.
const (
	TopUp          Kind = "top_up"          // credit the prepaid account
	Payout         Kind = "payout"          // ask for the balance to be paid out
	CoverPlan      Kind = "cover_plan"      // let the prepaid account pay renewals
	DefaultMethod  Kind = "default_method"  // another payment method by default
	MethodRemoved  Kind = "method_removed"  // remove a payment method
	PayOrder       Kind = "pay_order"       // pay an order with another method, or from the balance
	OrderAgain     Kind = "order_again"     // order once more
	CancelOrder    Kind = "cancel_order"    // cancel an order
	RestartDomain  Kind = "restart_domain"  // restart a failed transfer
	TransferDomain Kind = "transfer_domain" // ask for a transfer
	ClientRights   Kind = "client_rights"   // ask a client for rights, as a partner
	ClientEnds     Kind = "client_ends"     // take back such a request, or stop the collaboration
	PartnerRights  Kind = "partner_rights"  // grant a partner rights, as a client
	SetBranding    Kind = "set_branding"    // upload the logo
)

// rule is what belongs to a kind.
type rule struct {
	page    link.ID           // where it is done
	may     access.Capability // who sees and closes it
	product audit.Product
	final   bool // Task.Final
}

var rules = map[Kind]rule{
	TopUp:          {page: link.PaymentMethods, may: access.Accounting, product: audit.Prepaid},
	Payout:         {page: link.PaymentMethods, may: access.Accounting, product: audit.Prepaid},
	CoverPlan:      {page: link.Renewals, may: access.Accounting, product: audit.Payment},
	DefaultMethod:  {page: link.PaymentMethods, may: access.Accounting, product: audit.Payment},
	MethodRemoved:  {page: link.PaymentMethods, may: access.Accounting, product: audit.Payment, final: true},
	PayOrder:       {page: link.Invoices, may: access.Accounting, product: audit.Payment},
	OrderAgain:     {page: link.Home, may: access.Accounting, product: audit.Payment},
	CancelOrder:    {page: link.Invoices, may: access.Accounting, product: audit.Payment},
	RestartDomain:  {page: link.Domains, may: access.ManageDomains, product: audit.Domain},
	TransferDomain: {page: link.Domains, may: access.ManageDomains, product: audit.Domain},
	ClientRights:   {page: link.Home, may: access.ManageClients, product: audit.Client}, // the Reseller Space: its address is not known
	ClientEnds:     {page: link.Home, may: access.ManageClients, product: audit.Client},
	PartnerRights:  {page: link.Home, may: access.AuthorizePartner, product: audit.Client},
	SetBranding:    {page: link.Home, may: access.EditOrganization, product: audit.Branding},
}
