package app

import (
	"context"

	"kontor/internal/host/bridge"

	"kontor/internal/area/payment"
)

// PaymentService keeps payment profiles and renewals.
type PaymentService struct{ app *App }

// PaymentProfileView is a payment means. Nothing in it is a secret.
type PaymentProfileView struct {
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

// PaymentView is what the page of payments shows at once.
type PaymentView struct {
	Currency    string               `json:"currency"`
	Balance     string               `json:"balance"`
	Today       string               `json:"today"`
	Profiles    []PaymentProfileView `json:"profiles"`
	Offers      []OfferView          `json:"offers"`
	DefaultOver bool                 `json:"defaultOver"`
}

// PaymentProfileInput is a profile as typed.
type PaymentProfileInput struct {
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

func (in PaymentProfileInput) fields() payment.Fields {
	return payment.Fields{
		Brand: payment.Brand(in.Brand), Label: in.Label, Holder: in.Holder, Last4: in.Last4, Ends: in.Ends,
		IBAN: in.IBAN, BIC: in.BIC, Email: in.Email, Mobile: in.Mobile,
	}
}

// RevealedView is what the vault holds of a profile.
type RevealedView struct {
	Target string `json:"target"`
	BIC    string `json:"bic"`
}

// RenewalView is a product that renews.
type RenewalView struct {
	ID        string `json:"id"`
	Product   string `json:"product"`
	ExpiresOn string `json:"expiresOn"`
	Amount    string `json:"amount"`
	Currency  string `json:"currency"`
	Months    int    `json:"months"`
	Automatic bool   `json:"automatic"`
	ProfileID string `json:"profileId"` // "" follows the default
	Version   int    `json:"version"`
}

// RenewalInput is a product as typed.
type RenewalInput struct {
	Product   string `json:"product"`
	ExpiresOn string `json:"expiresOn"`
	Amount    string `json:"amount"`
	Months    string `json:"months"`
	Automatic bool   `json:"automatic"`
	ProfileID string `json:"profileId"`
}

// CoverView is a coming renewal and whether it is covered.
type CoverView struct {
	RenewalID string `json:"renewalId"`
	Product   string `json:"product"`
	ChargedOn string `json:"chargedOn"`
	ExpiresOn string `json:"expiresOn"`
	Amount    string `json:"amount"`
	Currency  string `json:"currency"`
	ProfileID string `json:"profileId"`
	Kind      string `json:"kind"`
	Brand     string `json:"brand"`
	Last4     string `json:"last4"`
	Status    string `json:"status"`
	Weight    int    `json:"weight"` // 3 not covered, 2 needs an eye, 1 reminder, 0 fine
	Missing   string `json:"missing"`
	Left      string `json:"left"`
}

// CoverReportView is the cover check of the next days.
type CoverReportView struct {
	Days       int         `json:"days"`
	Covers     []CoverView `json:"covers"`
	NotCovered int         `json:"notCovered"`
	Total      string      `json:"total"`
	Uncovered  string      `json:"uncovered"`
	Movable    []string    `json:"movable"`
	TopUp      string      `json:"topUp"`
}

// ImportedView is what an import did.
type ImportedView struct {
	Added int `json:"added"`
	Known int `json:"known"`
}

// FileInput is how a file shall be called.
type FileInput struct {
	Title string `json:"title"` // of the dialog
	Name  string `json:"name"`  // proposed
}

// Overview returns the profiles and what else can be added.
func (s *PaymentService) Overview() (PaymentView, error) {
	return call(s.app, "payment.Overview", func(ctx context.Context, h *workspace) (PaymentView, error) {
		o, err := h.payments.Overview(ctx)
		if err != nil {
			return PaymentView{}, err
		}
		return paymentView(o), nil
	})
}

// Add saves a new profile and returns its id.
func (s *PaymentService) Add(in PaymentProfileInput) (string, error) {
	return call(s.app, "payment.Add", func(ctx context.Context, h *workspace) (string, error) {
		return h.payments.Add(ctx, payment.New{Kind: payment.Kind(in.Kind), Default: in.Default, Fields: in.fields()})
	})
}

// Update changes a profile.
func (s *PaymentService) Update(id string, in PaymentProfileInput) error {
	return do(s.app, "payment.Update", func(ctx context.Context, h *workspace) error {
		return h.payments.Update(ctx, id, payment.Update{Version: in.Version, Fields: in.fields(), KeepTarget: in.KeepTarget})
	})
}

// Remove deletes a profile; successor becomes the default if it was.
func (s *PaymentService) Remove(id, successor string) error {
	return do(s.app, "payment.Remove", func(ctx context.Context, h *workspace) error { return h.payments.Remove(ctx, id, successor) })
}

// SetDefault chooses the profile that pays what names no other.
func (s *PaymentService) SetDefault(id string) error {
	return do(s.app, "payment.SetDefault", func(ctx context.Context, h *workspace) error { return h.payments.SetDefault(ctx, id) })
}

// Reveal shows what the vault holds of a profile to a person who gives the password.
func (s *PaymentService) Reveal(id, password string) (RevealedView, error) {
	return call(s.app, "payment.Reveal", func(ctx context.Context, h *workspace) (RevealedView, error) {
		r, err := h.payments.Reveal(ctx, id, password)
		return RevealedView{r.Target, r.BIC}, err
	})
}

// Renewals lists the products by date.
func (s *PaymentService) Renewals() ([]RenewalView, error) {
	return call(s.app, "payment.Renewals", func(ctx context.Context, h *workspace) ([]RenewalView, error) {
		list, err := h.payments.Renewals(ctx)
		if err != nil {
			return nil, err
		}
		views := make([]RenewalView, 0, len(list))
		for _, r := range list {
			views = append(views, RenewalView{
				r.ID, r.Product, r.ExpiresOn.String(), r.Amount.Decimal(), string(r.Amount.Currency()), r.Months, r.Automatic, r.ProfileID, r.Version,
			})
		}
		return views, nil
	})
}

// AddRenewal keeps one more product and returns its id.
func (s *PaymentService) AddRenewal(in RenewalInput) (string, error) {
	return call(s.app, "payment.AddRenewal", func(ctx context.Context, h *workspace) (string, error) {
		return h.payments.AddRenewal(ctx, payment.RenewalFields(in))
	})
}

// UpdateRenewal changes a product.
func (s *PaymentService) UpdateRenewal(id string, version int, in RenewalInput) error {
	return do(s.app, "payment.UpdateRenewal", func(ctx context.Context, h *workspace) error {
		return h.payments.UpdateRenewal(ctx, id, version, payment.RenewalFields(in))
	})
}

// Renewed notes that a product was renewed by hand.
func (s *PaymentService) Renewed(id string, version int) error {
	return do(s.app, "payment.Renewed", func(ctx context.Context, h *workspace) error { return h.payments.Renewed(ctx, id, version) })
}

// RemoveRenewal forgets a product.
func (s *PaymentService) RemoveRenewal(id string) error {
	return do(s.app, "payment.RemoveRenewal", func(ctx context.Context, h *workspace) error { return h.payments.RemoveRenewal(ctx, id) })
}

// PayFromPrepaid lets the prepaid account pay these renewals from now on.
func (s *PaymentService) PayFromPrepaid(ids []string) error {
	return do(s.app, "payment.PayFromPrepaid", func(ctx context.Context, h *workspace) error { return h.payments.PayFromPrepaid(ctx, ids) })
}

// Cover checks the renewals of the next 60 days against their means.
func (s *PaymentService) Cover() (CoverReportView, error) {
	return call(s.app, "payment.Cover", func(ctx context.Context, h *workspace) (CoverReportView, error) {
		r, err := h.payments.Cover(ctx)
		if err != nil {
			return CoverReportView{}, err
		}
		return coverReportView(r), nil
	})
}

// Import reads renewals from a CSV file.
func (s *PaymentService) Import(data []byte) (ImportedView, error) {
	return call(s.app, "payment.Import", func(ctx context.Context, h *workspace) (ImportedView, error) {
		done, err := h.payments.Import(ctx, data)
		return ImportedView(done), err
	})
}

// SaveTemplate writes an example of the file that Import reads and returns its name; "" if none was chosen.
func (s *PaymentService) SaveTemplate(in FileInput) (string, error) {
	path, err := s.app.shell.AskSave(bridge.SaveDialog{Title: in.Title, Name: in.Name, Filter: "CSV", Ending: "csv"})
	if err != nil || path == "" {
		return "", err
	}
	return call(s.app, "payment.SaveTemplate", func(context.Context, *workspace) (string, error) {
		return bridge.Write(path, []byte(payment.Template))
	})
}

// SaveCalendar writes the coming charges as a calendar file and returns its name; "" if none was chosen.
func (s *PaymentService) SaveCalendar(in FileInput) (string, error) {
	if _, err := s.Overview(); err != nil { // refused before anybody is asked for a file
		return "", err
	}
	path, err := s.app.shell.AskSave(bridge.SaveDialog{Title: in.Title, Name: in.Name, Filter: "iCalendar", Ending: "ics"})
	if err != nil || path == "" {
		return "", err
	}
	return call(s.app, "payment.SaveCalendar", func(ctx context.Context, h *workspace) (string, error) {
		data, err := h.payments.Calendar(ctx)
		if err != nil {
			return "", err
		}
		return bridge.Write(path, data)
	})
}

func paymentView(o payment.Overview) PaymentView {
	v := PaymentView{
		Currency: string(o.Currency), Balance: o.Balance.Decimal(), Today: o.Today.String(), DefaultOver: o.DefaultOver,
		Profiles: []PaymentProfileView{}, Offers: []OfferView{},
	}
	for _, p := range o.Profiles {
		view := PaymentProfileView{
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

func coverReportView(r payment.Report) CoverReportView {
	v := CoverReportView{
		Days: payment.Window, Covers: []CoverView{}, NotCovered: r.NotCovered, Total: r.Total.Decimal(), Uncovered: r.Uncovered.Decimal(),
		Movable: r.Movable, TopUp: r.TopUp.Decimal(),
	}
	for _, c := range r.Covers {
		v.Covers = append(v.Covers, CoverView{
			RenewalID: c.Renewal.ID, Product: c.Renewal.Product, ChargedOn: c.ChargedOn.String(), ExpiresOn: c.ExpiresOn.String(),
			Amount: c.Renewal.Amount.Decimal(), Currency: string(c.Renewal.Amount.Currency()), ProfileID: c.Profile.ID, Kind: string(c.Profile.Kind),
			Brand: string(c.Profile.Brand), Last4: c.Profile.Last4, Status: string(c.Status), Weight: c.Status.Weight(),
			Missing: amount(c.Missing), Left: amount(c.Left),
		})
	}
	return v
}
