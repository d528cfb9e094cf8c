package quote

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/core/vat"
)

// Choice is a client under management, to choose from.
type Choice struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Place  string `json:"place"`
	Access string `json:"access"` // as granted: full, limited, or "" as long as there is no answer
	Means  string `json:"means"`  // who pays what the partner orders for it: client, partner
}

// Clients knows the clients that the actor may see; others are not there.
type Clients interface {
	Clients(ctx context.Context) ([]Choice, error)
	// Client is the record of one of them. Errors: NotFound.
	Client(ctx context.Context, id string) (Client, error)
}

// Client is the record of a client as a quote takes it: an assumption that the author can overrule on the quote.
type Client struct {
	ID        string
	Name      string         // as it stands on documents
	Number    string         // of its organization at Infomaniak; "" is not known
	Language  string         // of its documents; "" is not known
	Country   string         // ISO 3166-1 alpha-2; "" is not known
	Currency  money.Currency // "" is not known
	VATNumber string
	VAT       vat.Suggestion // today; its treatment is vat.Unknown where the two countries do not tell
	Address   []string       // lines of the invoice address, the name first
	Contacts  []Contact
	Terms     Conditions
}

// Contact is a person or a desk at a client.
type Contact struct {
	Name       string
	Salutation string
	Roles      []string // quotes, invoices, technical, contract
	Email      string
	Phone      string // E.164
}

// Conditions are what the client is offered otherwise than others.
type Conditions struct {
	Categories  map[string]Condition // by category of products
	PaymentDays int                  // 0 is as usual
}

// Condition is what holds for one category. Nil is as usual.
type Condition struct {
	Partner  *money.Rate  // what the partner gets on it
	Discount *money.Rate  // what the client gets on the public price
	Own      *money.Price // what the client pays for one instead; never beside Discount
}

// For is the contact that one turns to in a role: one who has it, else the first; the zero Contact where there is none.
func (c Client) For(role string) Contact {
	for _, p := range c.Contacts {
		for _, r := range p.Roles {
			if r == role {
				return p
			}
		}
	}
	if len(c.Contacts) > 0 {
		return c.Contacts[0]
	}
	return Contact{}
}

// VATKind is how a quote deals with VAT under the treatment that the record gives, "" where none is known.
func (c Client) VATKind() pricing.VATKind {
	switch c.VAT.Treatment {
	case vat.Domestic, vat.Destination:
		if c.VAT.Rate.Country == "CH" {
			return pricing.SwissVAT
		}
		return pricing.CountryVAT
	case vat.ReverseCharge:
		return pricing.ReverseCharge
	case vat.Outside:
		return pricing.NoVAT
	case vat.Unknown:
	}
	return ""
}

// Client is the record of a client that the actor may see. Requires access.WriteQuotes. Errors: NotFound.
func (s *Service) Client(ctx context.Context, id string) (Client, error) {
	if _, err := access.Require(ctx, access.WriteQuotes); err != nil {
		return Client{}, err
	}
	return s.clients.Client(ctx, id)
}

// ClientView is what the editor of a quote takes from a client's record. Whatever is "" is not known.
type ClientView struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Language    string   `json:"language"`
	Currency    string   `json:"currency"`
	Country     string   `json:"country"`
	VAT         string   `json:"vat"`         // excluded, swiss, country, reverse_charge
	VATRate     string   `json:"vatRate"`     // percent, of the country whose VAT is charged
	VATGround   string   `json:"vatGround"`   // see vat.Ground
	VATSentence string   `json:"vatSentence"` // see vat.Sentence
	Address     []string `json:"address"`
	Contact     string   `json:"contact"` // for quotes
	PaymentDays int      `json:"paymentDays"`
}

func (c Client) view() ClientView {
	v := ClientView{
		ID: c.ID, Name: c.Name, Language: c.Language, Currency: string(c.Currency), Country: c.Country, VAT: string(c.VATKind()),
		VATGround: string(c.VAT.Ground), VATSentence: string(c.VAT.Sentence), Address: append([]string{}, c.Address...), Contact: c.For("quotes").Name,
		PaymentDays: c.Terms.PaymentDays,
	}
	if c.VAT.Rate.Country != "" {
		v.VATRate = c.VAT.Rate.Rate.String()
	}
	return v
}
