package app

import (
	"context"
	"strconv"

	"kontor/internal/area/client"
	"kontor/internal/area/partner"
	"kontor/internal/area/quote"
	"kontor/internal/core/day"
	"kontor/internal/core/pricing"
	"kontor/internal/host/sqlite"
)

// VATRateView is the Swiss VAT rate from a day on.
type VATRateView struct {
	From   string `json:"from"`
	Rate   string `json:"rate"`
	Source string `json:"source"`
}

// ProgrammeView is what the partner programme asks for, and what becomes of cashback; also as typed.
type ProgrammeView struct {
	VolumeCHF  string `json:"volumeChf"`
	VolumeEUR  string `json:"volumeEur"`
	FeeCHF     string `json:"feeChf"`
	FeeEUR     string `json:"feeEur"`
	PayoutDays string `json:"payoutDays"`
	Version    int64  `json:"version"`
	Published  bool   `json:"published"` // the volumes are those that Infomaniak publishes
}

// VolumeView is the managed volume of a year in one currency, against what the programme asks for.
type VolumeView struct {
	Currency string `json:"currency"`
	Needed   string `json:"needed"`
	Orders   string `json:"orders"`
	Ordering int    `json:"ordering"`
	Quotes   string `json:"quotes"`
	Quoted   int    `json:"quoted"`
	Managed  string `json:"managed"`
	Missing  string `json:"missing"`
	Reached  bool   `json:"reached"`
	Part     int    `json:"part"` // of what is needed, in percent, at most 100
}

// SaveVATRates keeps the Swiss VAT rates; version is the one that the person saw.
func (s *PartnerService) SaveVATRates(rates []VATRateView, version int64) error {
	return do(s.app, "partner.SaveVATRates", func(ctx context.Context, h *workspace) error {
		drafts := []partner.VATDraft{}
		for _, r := range rates {
			drafts = append(drafts, partner.VATDraft(r))
		}
		return h.partner.SaveVATRates(ctx, drafts, version)
	})
}

// Programme returns the figures of the partner programme.
func (s *PartnerService) Programme() (ProgrammeView, error) {
	return call(s.app, "partner.Programme", func(ctx context.Context, h *workspace) (ProgrammeView, error) {
		p, err := h.partner.Programme(ctx)
		if err != nil {
			return ProgrammeView{}, err
		}
		return programmeView(p), nil
	})
}

func programmeView(p pricing.Programme) ProgrammeView {
	shipped := pricing.ShippedProgramme()
	v := ProgrammeView{
		VolumeCHF: p.VolumeCHF.Decimal(), VolumeEUR: p.VolumeEUR.Decimal(), FeeCHF: p.FeeCHF.Decimal(), FeeEUR: p.FeeEUR.Decimal(),
		PayoutDays: strconv.Itoa(p.PayoutDays), Version: p.Version,
		Published: p.VolumeCHF == shipped.VolumeCHF && p.VolumeEUR == shipped.VolumeEUR,
	}
	return v
}

// SaveProgramme keeps the figures of the partner programme.
func (s *PartnerService) SaveProgramme(in ProgrammeView) error {
	return do(s.app, "partner.SaveProgramme", func(ctx context.Context, h *workspace) error {
		return h.partner.SaveProgramme(ctx, partner.ProgrammeDraft{
			VolumeCHF: in.VolumeCHF, VolumeEUR: in.VolumeEUR, FeeCHF: in.FeeCHF, FeeEUR: in.FeeEUR, PayoutDays: in.PayoutDays, Version: in.Version,
		})
	})
}

// Eligibility returns the managed volume of a year, each currency for itself.
func (s *PartnerService) Eligibility() ([]VolumeView, error) {
	return call(s.app, "partner.Eligibility", func(ctx context.Context, h *workspace) ([]VolumeView, error) {
		volumes, err := h.partner.Eligibility(ctx, orderVolume{h.clients}, quoteVolume{h.quotes})
		views := []VolumeView{}
		for _, v := range volumes {
			views = append(views, VolumeView{
				Currency: string(v.Needed.Currency()), Needed: v.Needed.Decimal(), Orders: v.Orders.Decimal(), Ordering: v.Ordering,
				Quotes: v.Quotes.Decimal(), Quoted: v.Quoted, Managed: v.Managed.Decimal(), Missing: v.Missing.Decimal(),
				Reached: v.Missing.Sign() == 0, Part: v.Part(),
			})
		}
		return views, err
	})
}

// orderVolume shows the orders of clients to the partner.
type orderVolume struct{ clients *client.Service }

func (o orderVolume) ChargedSince(ctx context.Context, q sqlite.Queryer, organizationID string, from day.Day) ([]partner.Charge, error) {
	list, err := o.clients.ChargedSince(ctx, q, organizationID, from)
	return charges(list, func(c client.Charge) partner.Charge { return partner.Charge(c) }), err
}

func (o orderVolume) Active(ctx context.Context, q sqlite.Queryer, organizationID string) ([]string, error) {
	return o.clients.Active(ctx, q, organizationID)
}

// quoteVolume shows accepted quotes to the partner.
type quoteVolume struct{ quotes *quote.Service }

func (o quoteVolume) AcceptedSince(ctx context.Context, q sqlite.Queryer, organizationID string, from day.Day) ([]partner.Charge, error) {
	list, err := o.quotes.AcceptedSince(ctx, q, organizationID, from)
	return charges(list, func(c quote.Charge) partner.Charge { return partner.Charge(c) }), err
}

func charges[T any](list []T, as func(T) partner.Charge) []partner.Charge {
	out := make([]partner.Charge, 0, len(list))
	for _, c := range list {
		out = append(out, as(c))
	}
	return out
}
