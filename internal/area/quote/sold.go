package quote

import (
	"context"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// Sold is what the recipient of an accepted quote took: the accepted scenario, as its figures were kept.
type Sold struct {
	Quote      string // id
	Number     string
	Recipient  Recipient
	Language   string
	Currency   money.Currency
	Scenario   int // from 1
	AcceptedAt time.Time
	AcceptedBy string // "" is not known
	VAT        pricing.VATKind
	Lines      []SoldLine
}

// SoldLine is a line of it, in one billing period and before VAT.
type SoldLine struct {
	Position    int  // in the quote, from 1; a discount on the whole has none
	Kind        Kind // "discount" for what is taken off the whole
	Product     string
	Name        string
	Description string
	Quantity    string // decimal
	Unit        Unit   // of an own line
	Months      int    // billing period; 0 is once
	Biller      Biller // who invoices the client
	Public      money.Amount
	Charged     money.Amount // by Infomaniak; none of an own line
	Offer       money.Amount // what the client pays
	Earned      money.Amount // none where the cost is not known
	VATRate     money.Rate   // on what the partner invoices
	Infomaniak  pricing.Party
}

// Discounted is the kind of what is taken off the whole, so that the lines of a group come to what the quote says.
const Discounted Kind = "discount"

// Sold reads an accepted quote of an organization; with lines of another price list it says what the same would come to
// by that. It asks for no permission: its caller has. Errors: NotFound; Conflict quote_state unless it is accepted;
// what Compute refuses where the other list cannot price it.
func (s *Service) Sold(ctx context.Context, q sqlite.Queryer, organizationID, id string, other []pricing.Line) (Sold, error) {
	found, err := sqlite.One(ctx, q, scanHead, "SELECT "+columns+" FROM quote q JOIN quote_frozen f ON f.quote_id = q.id WHERE q.organization_id = ? AND q.id = ?",
		organizationID, id)
	if err != nil {
		return Sold{}, err
	}
	if found.State != Accepted {
		return Sold{}, fault.New(fault.Conflict, ReasonState)
	}
	if other == nil {
		if found.Basis, found.Answer, err = thaw(found.text); err != nil {
			return Sold{}, err
		}
		return found.sold(found.Answer.Scenarios[found.Accepted-1])
	}
	if found.Basis, err = thawBasis(found.text); err != nil {
		return Sold{}, err
	}
	found.Basis = repriced(found.Basis, byName(other))
	if err := found.Basis.Validate(); err != nil {
		return Sold{}, err
	}
	r, err := found.Basis.scenario(found.Accepted - 1) // the others were not accepted, and take as long
	if err != nil {
		return Sold{}, err
	}
	return found.sold(r)
}

func (q Quote) sold(r Result) (Sold, error) {
	b := q.Basis
	sold := Sold{
		Quote: q.ID, Number: q.Number(), Recipient: q.Recipient, Language: q.Language, Currency: b.Book.Currency, Scenario: q.Accepted,
		AcceptedAt: q.AnsweredAt, AcceptedBy: q.AnsweredBy, VAT: b.VAT.Kind,
	}
	for i, l := range b.Lines {
		if l.Kind == Text {
			continue
		}
		from := r.Lines[i]
		line := SoldLine{
			Position: i + 1, Kind: Listed, Product: l.Article.Product, Name: l.Article.Name, Description: l.Description,
			Quantity: b.Scenarios[q.Accepted-1].Items[i].Pieces(), Unit: l.Unit, Months: l.Months, Biller: from.By,
			Offer: from.Offer, Earned: from.Earned, Infomaniak: r.Payer,
		}
		if line.Biller == "" { // rules version 1
			if line.Biller = Infomaniak; r.Payer == pricing.Partner {
				line.Biller = Partner
			}
		}
		if l.listed() {
			line.Public, line.Charged = from.Public.Rounded, from.Charged
		} else {
			line.Kind, line.Infomaniak = Own, ""
		}
		if line.Biller == Partner && b.VAT.added() {
			line.VATRate = b.VAT.of(l.Class)
		}
		sold.Lines = append(sold.Lines, line)
	}
	off, err := b.takenOff(r)
	sold.Lines = append(sold.Lines, off...)
	return sold, err
}

// takenOff are the discounts on the whole, one for each group and rate.
func (b Basis) takenOff(r Result) ([]SoldLine, error) {
	list := []SoldLine{}
	if b.Discount == nil {
		return list, nil
	}
	for _, g := range r.Groups {
		if g.By != Partner {
			continue
		}
		parts := g.VAT
		if len(parts) == 0 {
			parts = []VATSum{{Net: g.Net}}
		}
		for _, v := range parts {
			s := summing{currency: b.Book.Currency}
			off := v.Net
			for _, j := range g.Lines {
				if len(g.VAT) == 0 || b.Lines[j].Class == v.Class {
					s.sub(&off, r.Lines[j].Offer)
				}
			}
			if s.err != nil {
				return nil, s.err
			}
			list = append(list, SoldLine{
				Kind: Discounted, Name: b.Discount.Rate.String(), Quantity: "1", Months: g.Months, Biller: Partner, Offer: off, Earned: off, VATRate: v.Rate,
			})
		}
	}
	return list, nil
}

// Accepted lists the accepted quotes of an organization without their lines, newest first. It asks for no permission: its
// caller has.
func (s *Service) Accepted(ctx context.Context, q sqlite.Queryer, organizationID string) ([]Sold, error) {
	return sqlite.All(ctx, q, func(r sqlite.Row) (o Sold, err error) {
		var given string
		var year, serial, revision int
		var answered int64
		err = r.Scan(&o.Quote, &given, &year, &serial, &revision, &o.Recipient.ClientID, &o.Recipient.Name, &o.Language, &o.Currency, &o.Scenario, &answered, &o.AcceptedBy)
		o.Number, o.AcceptedAt = number(given, year, serial, revision), sqlite.Time(answered)
		return o, err
	}, `SELECT id, number, year, serial, revision, client_id, recipient, language, currency, accepted, answered_at, answered_by
		FROM quote WHERE organization_id = ? AND state = 'accepted' ORDER BY answered_at DESC, id`, organizationID)
}
