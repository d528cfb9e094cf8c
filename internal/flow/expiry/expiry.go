// Package expiry is the overview of what ends when: domains, products, cards, tokens and what a person typed, over all of
// her organizations, with who pays it and what is known of the price. It promises that a date is never made up, that a
// price that nobody noted is "not known" and stands in no sum, and that what was read at Infomaniak says how old it is.
package expiry

import (
	"context"
	"log/slog"
	"time"

	"kontor/internal/area/payment"
	"kontor/internal/area/transfer"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Kind is what ends.
type Kind string

// The kinds. Those that a person can type are Typable.
const (
	Domain      Kind = "domain"
	Product     Kind = "product"
	Card        Kind = "card"
	Invitation  Kind = "invitation"
	Token       Kind = "token"
	Certificate Kind = "certificate"
	Other       Kind = "other"
)

// Typable lists the kinds that a person can type an end of.
func Typable() []Kind { return []Kind{Domain, Product, Certificate, Token, Other} }

// Pays says whether an end is paid for.
type Pays string

// The answers. Nothing: there is nothing to pay, as of a card.
const (
	Paid     Pays = "paid"   // as far as known
	Unpaid   Pays = "unpaid" // nothing pays it
	Unclear  Pays = "unclear"
	ByClient Pays = "client" // the client pays for itself
	Nothing  Pays = "nothing"
)

// Source says where an end is known from.
type Source string

// The sources.
const (
	Typed    Source = "typed"    // in this overview
	Noted    Source = "noted"    // a renewal
	Means    Source = "means"    // a payment profile
	Moving   Source = "moving"   // a transfer
	Read     Source = "read"     // at Infomaniak
	Reckoned Source = "reckoned" // by Infomaniak's rule, from what was read
)

// Entry is one end. Its Key stays the same when its date is corrected.
type Entry struct {
	Key          string
	Kind         Kind
	Name         string
	Service      string // of a product at Infomaniak, in its own word
	Place        string // id of the organization here, or "@" and that of the one at Infomaniak
	Organization string // what it is called
	Ends         day.Day
	Noted        day.Day // what a renewal says where Infomaniak tells another day; 0 where they agree
	Note         string

	Pays   Pays
	Status payment.Status // of the cover check; "" where no renewal is noted
	Means  string         // what pays, as it is called in every language
	Paying int            // of a card: how many renewals it pays
	Price  money.Amount   // the zero Amount: not known

	Source  Source
	At      time.Time // when it was read; zero for what is kept here
	Stale   bool      // it was read too long ago, or nothing newer can be read: it counts in no warning
	Renewal string    // id, where one is noted
	Record  string    // id of the record here that it comes from
	Version int       // of a typed date
	Route   string    // where it is dealt with; "" for nowhere else
}

// Place is an organization here into which the person may look.
type Place struct {
	ID       string
	Name     string
	Currency money.Currency
	In       context.Context //nolint:containedctx // in which the person acts there; it lives as long as the call
}

// Places lists the organizations of whoever acts.
type Places func(ctx context.Context) ([]Place, error)

// Payments tells of an organization's renewals and means.
type Payments interface {
	Ahead(ctx context.Context) (payment.Ahead, error)
	AddRenewalIn(ctx context.Context, tx *sqlite.Tx, f payment.RenewalFields) (string, error)
}

// Domains tells of an organization's transfers.
type Domains interface {
	Transfers(ctx context.Context) ([]transfer.Entry, error)
}

// There is an end that Infomaniak has told.
type There struct {
	Kind     Kind
	ID       string // of the product, domain or invitation there
	Name     string
	Service  string
	Account  string // id of the organization there
	Called   string // its name
	LinkedID string // the organization here that it is linked to
	ClientID string // the client here that it is linked to
	Ends     day.Day
	At       time.Time
	Stale    bool
	Reckoned bool // by Infomaniak's rule, from what was read
}

// Mirror tells what was read at Infomaniak. Whoever has no connection gets nothing.
type Mirror func(ctx context.Context) ([]There, error)

// Payers tells which clients pay for themselves, by id.
type Payers func(ctx context.Context) (map[string]bool, error)

// Settings keeps small texts for a person.
type Settings interface {
	Text(ctx context.Context, q sqlite.Queryer, account, key string) (string, error)
	SetText(ctx context.Context, tx *sqlite.Tx, account, key, text string) error
}

// Teller passes a message on to a person: by e-mail where a mail server is set up, else on the desktop.
type Teller interface {
	Tell(ctx context.Context, tx *sqlite.Tx, accountID string, say func(*words.Book) (subject, letter, short string)) error
}

// Options wire a Service.
type Options struct {
	DB       *sqlite.DB
	Journal  audit.Recorder
	Places   Places
	Payments Payments
	Domains  Domains
	Mirror   Mirror // nil: nothing can be read at Infomaniak
	Payers   Payers // nil: nothing is known of clients
	Settings Settings
	Teller   Teller                                             // nil: nobody is told
	Me       func(ctx context.Context) (context.Context, error) // in which whoever is signed in acts, for what runs by itself
	Clock    day.Clock
	Log      *slog.Logger
}

// Service answers what ends when.
type Service struct {
	o    Options
	loop loop
}

// NewService wires a service; it opens nothing.
func NewService(o Options) *Service {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return &Service{o: o}
}
