package client

import (
	"context"
	"maps"
	"slices"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
	"kontor/internal/core/vat"
	"kontor/internal/host/bridge"
)

// DetailsInput is who a client is, as typed and as shown.
type DetailsInput struct {
	Name      string   `json:"name"`
	Place     string   `json:"place"`
	Number    string   `json:"number"`
	LegalName string   `json:"legalName"`
	Website   string   `json:"website"`
	Language  string   `json:"language"`
	Country   string   `json:"country"`
	Currency  string   `json:"currency"`
	VATNumber string   `json:"vatNumber"`
	Private   bool     `json:"private"`
	VAT       string   `json:"vat"` // "" (as the countries suggest), domestic, destination, reverse_charge, outside
	Tags      []string `json:"tags"`
	Invoice   Address  `json:"invoice"`
	Delivery  Address  `json:"delivery"`
	Known     bool     `json:"known"` // another client may have the name
}

func (in DetailsInput) details() Details {
	return Details{Name: in.Name, Place: in.Place, Number: in.Number, Record: Record{
		LegalName: in.LegalName, Website: in.Website, Language: in.Language, Country: in.Country, Currency: money.Currency(in.Currency),
		VATNumber: in.VATNumber, Private: in.Private, VAT: vat.Treatment(in.VAT), Tags: in.Tags, Invoice: in.Invoice, Delivery: in.Delivery,
	}}
}

func (d Details) input() DetailsInput {
	r := d.Record
	return DetailsInput{
		Name: d.Name, Place: d.Place, Number: d.Number, LegalName: r.LegalName, Website: r.Website, Language: r.Language, Country: r.Country,
		Currency: string(r.Currency), VATNumber: r.VATNumber, Private: r.Private, VAT: string(r.VAT), Tags: append([]string{}, r.Tags...),
		Invoice: r.Invoice, Delivery: r.Delivery,
	}
}

// Input is a new client as typed: Rights.access "" asks nothing of it.
type Input struct {
	DetailsInput
	Rights Rights `json:"rights"`
}

// ContactView is a contact as it is shown.
type ContactView struct {
	Contact
	PhoneText string `json:"phoneText"` // as people read it
}

// NoteView is a note about a client.
type NoteView struct {
	ID        string `json:"id"`
	At        string `json:"at"`
	Person    string `json:"person"` // "" if the account is gone
	Own       bool   `json:"own"`    // the person may change it
	Text      string `json:"text"`
	ChangedAt string `json:"changedAt"` // "" if it is as it was written
	Version   int    `json:"version"`
}

// VATView is how VAT is dealt with, and why.
type VATView struct {
	Treatment string `json:"treatment"` // domestic, destination, reverse_charge, outside; "" is not known
	Country   string `json:"country"`   // whose rate is charged; "" where none is
	Rate      string `json:"rate"`      // percent
	Source    string `json:"source"`    // the law
	Checked   string `json:"checked"`   // when the rate was last compared
	Ground    string `json:"ground"`    // see vat.Ground
	Sentence  string `json:"sentence"`  // see vat.Sentence; "" where an invoice needs none
}

// RecordView is a client's record.
type RecordView struct {
	Details     DetailsInput     `json:"details"`
	VAT         VATView          `json:"vat"`
	Contacts    []ContactView    `json:"contacts"`
	PaymentDays int              `json:"paymentDays"` // 0 is as usual
	Conditions  []ConditionInput `json:"conditions"`
	Notes       []NoteView       `json:"notes"`
}

// ViewVAT shows a suggestion.
func ViewVAT(s vat.Suggestion) VATView {
	v := VATView{Treatment: string(s.Treatment), Ground: string(s.Ground), Sentence: string(s.Sentence), Country: s.Rate.Country, Source: s.Rate.Source}
	if s.Rate.Country != "" {
		v.Rate, v.Checked = s.Rate.Rate.String(), s.Rate.Checked.String()
	}
	return v
}

func (d Detail) record(actor access.Actor) RecordView {
	v := RecordView{
		Details: d.Details.input(), VAT: ViewVAT(d.VAT), PaymentDays: d.Conditions.PaymentDays,
		Contacts: []ContactView{}, Conditions: d.Conditions.inputs(), Notes: []NoteView{},
	}
	for _, p := range d.Contacts {
		v.Contacts = append(v.Contacts, ContactView{p, input.ShowPhone(p.Phone)})
	}
	for _, n := range d.Notes {
		one := NoteView{
			ID: n.ID, At: bridge.Moment(n.At), Person: d.People[n.AccountID], Text: n.Text, Version: n.Version,
			Own: n.AccountID == actor.AccountID || actor.Can(access.ManageClients),
		}
		if !n.ChangedAt.IsZero() {
			one.ChangedAt = bridge.Moment(n.ChangedAt)
		}
		v.Notes = append(v.Notes, one)
	}
	return v
}

// inputs are the conditions as a form shows them.
func (k Conditions) inputs() []ConditionInput {
	list := []ConditionInput{}
	for _, one := range k.Categories {
		in := ConditionInput{Category: one.Category}
		if one.Partner != nil {
			in.Partner = one.Partner.String()
		}
		if one.Discount != nil {
			in.Discount = one.Discount.String()
		}
		if one.Own != nil {
			in.Own, in.Currency = one.Own.Decimal(), string(one.Own.Currency())
		}
		list = append(list, in)
	}
	return list
}

// Ask keeps a new client, and what is asked of it if anything is, and returns its id.
func (w *Window) Ask(in Input) (string, error) {
	return bridge.Call(w.room, "client.Ask", func(ctx context.Context, s *Service) (string, error) {
		return s.Ask(ctx, New{Details: in.details(), Rights: in.Rights}, in.Known)
	})
}

// Correct keeps who a client is.
func (w *Window) Correct(id string, version int, in DetailsInput) (View, error) {
	return w.change("client.Correct", id, func(ctx context.Context, s *Service) error {
		return s.Correct(ctx, id, version, in.details(), in.Known)
	})
}

// SaveContact keeps a contact of a client, new (id "") or not.
func (w *Window) SaveContact(id string, version int, in Contact) (View, error) {
	return w.change("client.SaveContact", id, func(ctx context.Context, s *Service) error { return s.SaveContact(ctx, id, version, in) })
}

// RemoveContact removes a contact of a client.
func (w *Window) RemoveContact(id string, version int, contact string) (View, error) {
	return w.change("client.RemoveContact", id, func(ctx context.Context, s *Service) error { return s.RemoveContact(ctx, id, version, contact) })
}

// SaveConditions keeps what a client is offered otherwise than others; days 0 is as usual.
func (w *Window) SaveConditions(id string, version, days int, list []ConditionInput) (View, error) {
	return w.change("client.SaveConditions", id, func(ctx context.Context, s *Service) error {
		return s.SaveConditions(ctx, id, version, strconv.Itoa(days), list)
	})
}

// MergeView is what becomes of two clients that are one.
type MergeView struct {
	Keep        NameView      `json:"keep"`
	Gone        NameView      `json:"gone"`
	KeepVersion int           `json:"keepVersion"`
	GoneVersion int           `json:"goneVersion"`
	Filled      []string      `json:"filled"` // fields
	Lost        []UnlikeView  `json:"lost"`
	Moved       []CountedView `json:"moved"`
	TakesOver   bool          `json:"takesOver"` // the collaboration of the one that goes
	Dropped     bool          `json:"dropped"`   // the collaboration of the one that goes ends with it
	SameOrders  []string      `json:"sameOrders"`
}

// UnlikeView is a field in which two clients differ.
type UnlikeView struct {
	Field string `json:"field"`
	Keep  string `json:"keep"`
	Gone  string `json:"gone"`
}

// CountedView is how many of something come over.
type CountedView struct {
	What  string `json:"what"` // contacts, notes, orders, invitations, quotes
	Count int    `json:"count"`
}

// SuspicionView are clients that may be one.
type SuspicionView struct {
	By      string      `json:"by"` // name, vatNumber, number, email
	Clients []EntryView `json:"clients"`
}

// PreviewMerge tells what a merge would do.
func (w *Window) PreviewMerge(keep, gone string) (MergeView, error) {
	return bridge.Call(w.room, "client.PreviewMerge", func(ctx context.Context, s *Service) (MergeView, error) {
		m, err := s.PreviewMerge(ctx, keep, gone)
		return m.view(), err
	})
}

// Merge makes one client of two.
func (w *Window) Merge(keep string, keepVersion int, gone string, goneVersion int) (View, error) {
	return w.change("client.Merge", keep, func(ctx context.Context, s *Service) error { return s.Merge(ctx, keep, keepVersion, gone, goneVersion) })
}

// Doubles finds clients that may be one.
func (w *Window) Doubles() ([]SuspicionView, error) {
	return bridge.Call(w.room, "client.Doubles", func(ctx context.Context, s *Service) ([]SuspicionView, error) {
		list, err := s.Doubles(ctx)
		views := []SuspicionView{}
		for _, d := range list {
			views = append(views, SuspicionView{d.By, listView(d.Clients, Counts{}).Clients})
		}
		return views, err
	})
}

func (m Merge) view() MergeView {
	v := MergeView{
		Keep: NameView{m.Keep.ID, m.Keep.Name}, Gone: NameView{m.Gone.ID, m.Gone.Name}, KeepVersion: m.Keep.Version, GoneVersion: m.Gone.Version,
		Filled: append([]string{}, m.Filled...), Lost: []UnlikeView{}, Moved: []CountedView{}, TakesOver: m.TakesOver,
		Dropped: !m.TakesOver && m.Gone.State != Listed, SameOrders: append([]string{}, m.SameOrders...),
	}
	for _, u := range m.Lost {
		v.Lost = append(v.Lost, UnlikeView(u))
	}
	for _, what := range slices.Sorted(maps.Keys(m.Moved)) {
		if m.Moved[what] > 0 {
			v.Moved = append(v.Moved, CountedView{what, m.Moved[what]})
		}
	}
	return v
}

// AddNote writes a note about a client.
func (w *Window) AddNote(id, text string) (View, error) {
	return w.change("client.AddNote", id, func(ctx context.Context, s *Service) error { return s.AddNote(ctx, id, text) })
}

// ChangeNote changes the text of a note.
func (w *Window) ChangeNote(id, note string, version int, text string) (View, error) {
	return w.change("client.ChangeNote", id, func(ctx context.Context, s *Service) error { return s.ChangeNote(ctx, id, note, version, text) })
}

// RemoveNote removes a note.
func (w *Window) RemoveNote(id, note string) (View, error) {
	return w.change("client.RemoveNote", id, func(ctx context.Context, s *Service) error { return s.RemoveNote(ctx, id, note) })
}
