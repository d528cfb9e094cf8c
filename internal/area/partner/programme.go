package partner

import (
	"context"
	"fmt"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// SaveVATRates keeps the Swiss VAT rates, each from its day on. Requires access.EditPrices. Errors: Invalid; Conflict if
// somebody else changed them.
func (s *Service) SaveVATRates(ctx context.Context, drafts []VATDraft, version int64) error {
	parse := func() (pricing.VATRates, error) { return parseVATRates(drafts) }
	read := func(ctx context.Context, q sqlite.Queryer, organization string) (pricing.VATRates, error) {
		rates, _, err := readVATRates(ctx, q, organization)
		return rates, err
	}
	write := func(ctx context.Context, tx *sqlite.Tx, organization string, rates pricing.VATRates) error {
		return writeVATRates(ctx, tx, organization, rates, version)
	}
	return replace(ctx, s, "vat", parse, read, write, ratesText)
}

func ratesText(rates pricing.VATRates) (text string) {
	for i, r := range rates {
		if i > 0 {
			text += "; "
		}
		text += r.From.String() + ": " + r.Rate.String() + " %"
	}
	return text
}

// Programme returns the figures of the partner programme. Requires access.UseSimulator.
func (s *Service) Programme(ctx context.Context) (pricing.Programme, error) {
	actor, err := access.Require(ctx, access.UseSimulator)
	if err != nil {
		return pricing.Programme{}, err
	}
	return readProgramme(ctx, s.db.Reader(), actor.OrganizationID)
}

// SaveProgramme keeps the figures of the partner programme. Requires access.EditPrices. Errors: Invalid; Conflict if
// somebody else changed them.
func (s *Service) SaveProgramme(ctx context.Context, d ProgrammeDraft) error {
	return replace(ctx, s, "programme", d.parse, readProgramme, writeProgramme, programmeText)
}

func programmeText(p pricing.Programme) string {
	return fmt.Sprintf("≥ %s, ≥ %s; %s, %s, %d d", p.VolumeCHF, p.VolumeEUR, p.FeeCHF, p.FeeEUR, p.PayoutDays)
}

// Charge is what Infomaniak charges a client in a year, to whomever: a sum of orders, or of one quote.
type Charge struct {
	ClientID string
	Amount   money.Amount // before VAT
}

// Clients knows what active clients were charged.
type Clients interface {
	ChargedSince(ctx context.Context, q sqlite.Queryer, organizationID string, from day.Day) ([]Charge, error)
	// Active are the ids of the clients under management.
	Active(ctx context.Context, q sqlite.Queryer, organizationID string) ([]string, error)
}

// Volume is the managed volume of a year in one currency, against what the programme asks for.
type Volume struct {
	Needed   money.Amount
	Orders   money.Amount // recorded in the last twelve months
	Ordering int          // clients that they are of
	Quotes   money.Amount // a year of the accepted quotes of clients without any order in this currency
	Quoted   int          // clients that they are for
	Managed  money.Amount // both together
	Missing  money.Amount // zero when it is reached
}

// Part is how much of what is needed is managed, in whole percent, at most 100.
func (v Volume) Part() int {
	part, err := v.Managed.Percent(v.Needed)
	if err != nil { // nothing is needed
		return 100
	}
	return min(part, 100)
}

// Eligibility adds up the volume that is managed in a year, each currency for itself. A client counts with the orders
// that were recorded in the last twelve months, and only where there is none with the quotes that it accepted in them:
// an order that came of a quote counts once. Requires access.ManageClients.
func (s *Service) Eligibility(ctx context.Context) ([]Volume, error) {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return nil, err
	}
	from := s.clock.Today(ctx).AddMonths(-12) + 1
	var volumes []Volume
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		programme, err := readProgramme(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		active, err := s.clients.Active(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		charged, err := s.clients.ChargedSince(ctx, q, actor.OrganizationID, from)
		if err != nil {
			return err
		}
		quoted, err := s.quotes.AcceptedSince(ctx, q, actor.OrganizationID, from)
		if err != nil {
			return err
		}
		for _, c := range money.Currencies() {
			v, err := volumeOf(programme.Volume(c), active, charged, quoted)
			if err != nil {
				return err
			}
			volumes = append(volumes, v)
		}
		return nil
	})
	return volumes, err
}

// volumeOf adds up what is in the currency of what is needed.
func volumeOf(needed money.Amount, active []string, charged, quoted []Charge) (Volume, error) {
	none := money.Zero(needed.Currency())
	v := Volume{Needed: needed, Orders: none, Quotes: none, Missing: none}
	managed, ordering, expecting := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, id := range active {
		managed[id] = true
	}
	var err error
	for _, c := range charged {
		if c.Amount.Currency() != needed.Currency() || !managed[c.ClientID] {
			continue
		}
		ordering[c.ClientID] = true
		if v.Orders, err = v.Orders.Add(c.Amount); err != nil {
			return v, err
		}
	}
	for _, c := range quoted {
		if c.Amount.Currency() != needed.Currency() || !managed[c.ClientID] || ordering[c.ClientID] {
			continue
		}
		expecting[c.ClientID] = true
		if v.Quotes, err = v.Quotes.Add(c.Amount); err != nil {
			return v, err
		}
	}
	v.Ordering, v.Quoted = len(ordering), len(expecting)
	if v.Managed, err = v.Orders.Add(v.Quotes); err != nil {
		return v, err
	}
	left, err := needed.Sub(v.Managed)
	if err == nil && left.Sign() > 0 {
		v.Missing = left
	}
	return v, err
}
