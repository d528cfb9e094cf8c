package payment

import (
	"kontor/internal/host/bridge"
)

// ProfileView is a payment means. Nothing in it is a secret.
type ProfileView struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Brand    string `json:"brand"`
	Label    string `json:"label"`
	Holder   string `json:"holder"`
	Last4    string `json:"last4"`
	Ends     string `json:"ends"` // "2026-11"; "" for never
	LastDay  string `json:"lastDay"`
	Over     bool   `json:"over"` // it can no longer pay
	Masked   string `json:"masked"`
	Default  bool   `json:"default"`
	Renewals int    `json:"renewals"`
	Version  int    `json:"version"`
}

// OfferView is a kind of means and why it is not offered.
type OfferView struct {
	Kind    string `json:"kind"`
	Refusal string `json:"refusal"`
}

// OverviewView is what the page of payments shows at once.
type OverviewView struct {
	Currency    string        `json:"currency"`
	Balance     bridge.Money  `json:"balance"`
	Today       string        `json:"today"`
	Profiles    []ProfileView `json:"profiles"`
	Offers      []OfferView   `json:"offers"`
	DefaultOver bool          `json:"defaultOver"`
}

// ProfileInput is a profile as typed.
type ProfileInput struct {
	Kind       string `json:"kind"`
	Brand      string `json:"brand"`
	Label      string `json:"label"`
	Holder     string `json:"holder"`
	Last4      string `json:"last4"`
	Ends       string `json:"ends"`
	IBAN       string `json:"iban"`
	BIC        string `json:"bic"`
	Email      string `json:"email"`
	Mobile     string `json:"mobile"`
	Default    bool   `json:"default"`
	KeepTarget bool   `json:"keepTarget"` // leaves the sealed number or address as it is
	Version    int    `json:"version"`
}

func (in ProfileInput) fields() Fields {
	return Fields{
		Brand: Brand(in.Brand), Label: in.Label, Holder: in.Holder, Last4: in.Last4, Ends: in.Ends,
		IBAN: in.IBAN, BIC: in.BIC, Email: in.Email, Mobile: in.Mobile,
	}
}

// RenewalView is a product that renews.
type RenewalView struct {
	ID        string       `json:"id"`
	Product   string       `json:"product"`
	ExpiresOn string       `json:"expiresOn"`
	Amount    bridge.Money `json:"amount"`
	Months    int          `json:"months"`
	Automatic bool         `json:"automatic"`
	ProfileID string       `json:"profileId"` // "" follows the default
	Planned   bool         `json:"planned"`   // to be moved to the prepaid account, in the Manager
	Version   int          `json:"version"`
}

// CoverView is a coming renewal and whether it is covered.
type CoverView struct {
	RenewalID string       `json:"renewalId"`
	Product   string       `json:"product"`
	ChargedOn string       `json:"chargedOn"`
	ExpiresOn string       `json:"expiresOn"`
	Amount    bridge.Money `json:"amount"`
	ProfileID string       `json:"profileId"`
	Kind      string       `json:"kind"`
	Brand     string       `json:"brand"`
	Last4     string       `json:"last4"`
	Status    string       `json:"status"`
	Weight    int          `json:"weight"` // 3 not covered, 2 needs an eye, 1 reminder, 0 fine
	Missing   bridge.Money `json:"missing"`
	Left      bridge.Money `json:"left"`
	Planned   bool         `json:"planned"` // to be moved to the prepaid account, in the Manager
}

// CoverReportView is the cover check of the next days.
type CoverReportView struct {
	Days       int            `json:"days"`
	Covers     []CoverView    `json:"covers"`
	NotCovered int            `json:"notCovered"`
	Hoped      int            `json:"hoped"`     // covered only if expected money arrives
	Total      []bridge.Money `json:"total"`     // of all, one figure for each currency
	Uncovered  []bridge.Money `json:"uncovered"` // likewise, of what is not covered
	Beyond     int            `json:"beyond"`    // so many stay uncovered whatever the prepaid account holds
	Movable    []string       `json:"movable"`
	TopUp      bridge.Money   `json:"topUp"` // if the expected money arrives
	Sure       bridge.Money   `json:"sure"`  // without it
	Unpriced   UnpricedView   `json:"unpriced"`
}

// UnpricedView is what ends within the same days on a known day, and of which nobody has noted a price: it stands in no sum.
type UnpricedView struct {
	Count  int    `json:"count"` // that were read lately
	Stale  int    `json:"stale"` // that were read too long ago
	First  string `json:"first"` // the name of the first to end
	Ends   string `json:"ends"`  // its day
	ReadAt string `json:"readAt"`
}

// FileInput is how a file shall be called.
type FileInput struct {
	Title string `json:"title"` // of the dialog
	Name  string `json:"name"`  // proposed
}

func overviewView(o Overview) OverviewView {
	v := OverviewView{
		Currency: string(o.Currency), Balance: bridge.MoneyOf(o.Balance), Today: o.Today.String(), DefaultOver: o.DefaultOver,
		Profiles: []ProfileView{}, Offers: []OfferView{},
	}
	for _, p := range o.Profiles {
		view := ProfileView{
			ID: p.ID, Kind: string(p.Kind), Brand: string(p.Brand), Label: p.Label, Holder: p.Holder, Last4: p.Last4, Ends: p.Ends.String(),
			Over: p.Ends.Over(o.Today), Masked: p.Masked, Default: p.Default, Renewals: p.Renewals, Version: p.Version,
		}
		if p.Ends != 0 {
			view.LastDay = p.Ends.LastDay().String()
		}
		v.Profiles = append(v.Profiles, view)
	}
	for _, offer := range o.Offers {
		v.Offers = append(v.Offers, OfferView{string(offer.Kind), offer.Refusal})
	}
	return v
}

func renewalView(r Renewal) RenewalView {
	return RenewalView{
		r.ID, r.Product, r.ExpiresOn.String(), bridge.MoneyOf(r.Amount), r.Months, r.Automatic, r.ProfileID, r.Planned, r.Version,
	}
}

func coverReportView(r Report, u Unpriced) CoverReportView {
	v := CoverReportView{
		Days: CoverDays, Covers: []CoverView{}, NotCovered: r.NotCovered, Total: bridge.MoneysOf(r.Total), Uncovered: bridge.MoneysOf(r.Uncovered),
		Movable: r.Movable, TopUp: bridge.MoneyOf(r.TopUp), Sure: bridge.MoneyOf(r.Sure), Beyond: r.Beyond, Hoped: r.Hoped,
		Unpriced: UnpricedView{u.Count, u.Stale, u.First, u.Ends.String(), bridge.Moment(u.At)},
	}
	for _, c := range r.Covers {
		v.Covers = append(v.Covers, CoverView{
			RenewalID: c.Renewal.ID, Product: c.Renewal.Product, ChargedOn: c.ChargedOn.String(), ExpiresOn: c.ExpiresOn.String(),
			Amount: bridge.MoneyOf(c.Due), ProfileID: c.Profile.ID, Kind: string(c.Profile.Kind),
			Brand: string(c.Profile.Brand), Last4: c.Profile.Last4, Status: string(c.Status), Weight: c.Status.Weight(),
			Missing: bridge.MoneyOf(c.Missing), Left: bridge.MoneyOf(c.Left), Planned: c.Renewal.Planned && c.Profile.Kind != Prepaid,
		})
	}
	return v
}
