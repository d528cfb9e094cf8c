package client_test

import (
	"slices"
	"strings"
	"testing"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/vat"
)

// Two clients may have one name once the person says so, and each is found by its own.
func TestTwoClientsMayHaveOneName(t *testing.T) {
	r := newRig(t)
	first := r.ask(t, "Panetteria Solari", client.Rights{Access: client.Full})
	twin := client.New{Details: client.Details{Name: "PANETTERIA SOLARI", Place: "Biasca"}}
	_, err := r.Ask(r.legal, twin, false)
	if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != "name" || f[0].Code != "another_client" || f[0].Params["place"] != "Lugano" {
		t.Fatalf("%v", err)
	}
	second, err := r.Ask(r.legal, twin, true)
	must(t, err)
	if list, n, err := r.List(r.legal, client.Filter{Search: "solari"}); err != nil || len(list) != 2 || n.Listed != 1 || n.Pending != 1 {
		t.Errorf("%+v %+v %v", list, n, err)
	}
	if d := r.get(t, second); d.State != client.Listed || d.Asked.Access != "" || d.History[0].Kind != "listed" {
		t.Errorf("%+v", d.Client)
	}
	if err := r.Answer(r.legal, second, 1, client.Rights{Access: client.Full}, today); fault.ReasonOf(err) != client.ReasonState {
		t.Errorf("an answer of whom nothing was asked: %v", err)
	}
	must(t, r.AskAgain(r.legal, second, 1, client.Rights{Access: client.Full}))
	if d := r.get(t, second); d.State != client.Pending || d.Asked.Access != client.Full {
		t.Errorf("%+v", d.Client)
	}
	must(t, r.Correct(r.legal, first, 1, client.Details{Name: "Panetteria Solari", Place: "Lugano"}, false)) // it had the name before
}

// The record is read, kept and refused field by field; the VAT follows the two countries, unless a person says otherwise.
func TestARecordIsKept(t *testing.T) {
	r := newRig(t)
	id := r.ask(t, "Tre Larici", client.Rights{Access: client.Full})
	rec := client.Record{
		LegalName: "Hotel Tre Larici AG", Language: "de", Country: "ch", Currency: "CHF", VATNumber: "che123456788mwst", Website: "tre-larici.example",
		Tags: []string{"Hotel", " hotel ", "Winter"}, Invoice: client.Address{Street: "Musterweg 4", Postcode: "7000", Place: "Chur"},
	}
	must(t, r.Correct(r.legal, id, 1, client.Details{Name: "Tre Larici", Place: "Chur", Record: rec}, false))
	d := r.get(t, id)
	if d.Record.VATNumber != "CHE-123.456.788 MWST" || d.Record.Website != "https://tre-larici.example" || len(d.Record.Tags) != 2 || d.Record.Country != "CH" ||
		d.Record.Invoice.Street != "Musterweg 4" || d.VAT.Treatment != vat.Domestic || d.VAT.Rate.Rate.String() != "8.1" {
		t.Errorf("%+v, %+v", d.Record, d.VAT)
	}
	if lines := d.Record.Invoice.Lines("CH", "IT"); !slices.Equal(lines, []string{"Musterweg 4", "CH-7000 Chur"}) {
		t.Errorf("%q", lines)
	}
	for field, change := range map[string]func(*client.Record){
		"vatNumber":      func(r *client.Record) { r.VATNumber = "CHE-123.456.789" },
		"language":       func(r *client.Record) { r.Language = "xx" },
		"currency":       func(r *client.Record) { r.Currency = "USD" },
		"vat":            func(r *client.Record) { r.VAT = "none" },
		"website":        func(r *client.Record) { r.Website = "javascript:alert(1)" },
		"invoice.street": func(r *client.Record) { r.Invoice.Street = "4111 1111 1111 1111" },
		"legalName":      func(r *client.Record) { r.LegalName = strings.Repeat("é", client.MaxName+1) },
		"country":        func(r *client.Record) { r.Country, r.VATNumber = "Switzerland", "" },
		"tags":           func(r *client.Record) { r.Tags = []string{"\u202e"} },
	} {
		bad := rec
		change(&bad)
		err := r.Correct(r.legal, id, 2, client.Details{Name: "Tre Larici", Record: bad}, false)
		if f := fault.FieldsOf(err); len(f) != 1 || f[0].Name != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if err := r.Correct(r.legal, id, 1, client.Details{Name: "X"}, false); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("an old version: %v", err)
	}
	rec.Country, rec.VATNumber = "DE", "DE136695976"
	must(t, r.Correct(r.legal, id, 2, client.Details{Name: "Tre Larici", Record: rec}, false))
	if d := r.get(t, id); d.VAT.Treatment != vat.Outside || d.VAT.Sentence != vat.SaysSwissToEU {
		t.Errorf("%+v", d.VAT)
	}
	rec.VAT = vat.Domestic
	must(t, r.Correct(r.legal, id, 3, client.Details{Name: "Tre Larici", Record: rec}, false))
	if d := r.get(t, id); d.VAT.Ground != vat.Chosen || d.VAT.Rate.Country != "CH" {
		t.Errorf("%+v", d.VAT)
	}
}

func TestContactsConditionsAndNotes(t *testing.T) {
	r := newRig(t)
	id := r.ask(t, "Tre Larici", client.Rights{Access: client.Full})
	must(t, r.SaveContact(r.legal, id, 1, client.Contact{Name: "Seraina", Email: "s@tre-larici.example", Phone: "+41 81 252 00 00", Roles: []client.Role{client.ForQuotes}}))
	for field, p := range map[string]client.Contact{
		"name": {}, "email": {Name: "A", Email: "no"}, "phone": {Name: "A", Phone: "1"}, "roles": {Name: "A", Roles: []client.Role{"boss"}},
		"salutation": {Name: "A", Salutation: "4111 1111 1111 1111"},
	} {
		if f := fault.FieldsOf(r.SaveContact(r.legal, id, 2, p)); len(f) != 1 || f[0].Name != field {
			t.Errorf("%s: %v", field, f)
		}
	}
	kept := r.get(t, id).Contacts[0]
	kept.Name = "Seraina Muster"
	must(t, r.SaveContact(r.legal, id, 2, kept))
	if d := r.get(t, id); len(d.Contacts) != 1 || d.Contacts[0].Name != "Seraina Muster" || d.Contacts[0].Phone != "+41812520000" || d.History[0].Kind != "contact" {
		t.Errorf("%+v", d.Contacts)
	}
	if err := r.SaveContact(r.legal, id, 2, kept); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Error(err)
	}
	must(t, r.RemoveContact(r.legal, id, 3, kept.ID))

	must(t, r.SaveConditions(r.legal, id, 4, "45", []client.ConditionInput{{Category: "hosting", Discount: "10", Partner: "20"}, {Category: "work", Own: "120", Currency: "CHF"}}))
	if k := r.get(t, id).Conditions; k.PaymentDays != 45 || len(k.Categories) != 2 || k.Categories[0].Discount.String() != "10" || k.Categories[1].Own.String() != "CHF 120.00" {
		t.Errorf("%+v", k)
	}
	for field, k := range map[string]client.ConditionInput{
		"categories.0.category": {Category: "boats", Discount: "1"}, "categories.0.own": {Category: "work", Discount: "1", Own: "2", Currency: "CHF"},
		"categories.0.discount": {Category: "work", Discount: "101"}, "categories.0.currency": {Category: "work", Own: "1", Currency: "USD"},
	} {
		if f := fault.FieldsOf(r.SaveConditions(r.legal, id, 5, "0", []client.ConditionInput{k})); len(f) != 1 || f[0].Name != field {
			t.Errorf("%s: %v", field, f)
		}
	}

	must(t, r.Allow(r.legal, id, []string{string(access.Collaborator)}))
	hers := as(t, access.Collaborator)
	must(t, r.AddNote(hers, id, "Season closes on 30 November.\n"))
	must(t, r.AddNote(r.legal, id, "Mine"))
	list := r.get(t, id).Notes
	mine, theirs := list[0], list[1]
	if mine.Text != "Mine" {
		mine, theirs = theirs, mine
	}
	if err := r.ChangeNote(hers, id, mine.ID, 1, "No"); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("another one's note: %v", err)
	}
	must(t, r.ChangeNote(r.legal, id, theirs.ID, 1, "Changed"))
	if err := r.ChangeNote(hers, id, theirs.ID, 1, "Late"); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Error(err)
	}
	if f := fault.FieldsOf(r.AddNote(hers, id, "4111 1111 1111 1111")); len(f) != 1 || f[0].Code != "looks_like_card" {
		t.Errorf("%v", f)
	}
	must(t, r.RemoveNote(hers, id, theirs.ID))
}

// Two clients that are one: what the one that goes has comes over, nothing of the one that stays is lost.
func TestTwoClientsBecomeOne(t *testing.T) {
	r := newRig(t)
	keep, err := r.Ask(r.legal, client.New{Details: client.Details{Name: "Larici", Record: client.Record{Language: "de"}}}, false)
	must(t, err)
	gone := r.ask(t, "Tre Larici", client.Rights{Access: client.Full, Wallet: true})
	must(t, r.Correct(r.legal, gone, 1, client.Details{Name: "Tre Larici", Place: "Chur", Record: client.Record{Language: "it", Currency: "CHF", Invoice: client.Address{Street: "Musterweg 4"}}}, false))
	must(t, r.Answer(r.legal, gone, 2, client.Rights{Access: client.Full, Wallet: true}, today))
	must(t, r.SaveContact(r.legal, gone, 3, client.Contact{Name: "Seraina"}))
	must(t, r.AddNote(r.legal, gone, "A note"))
	must(t, r.RecordOrder(r.legal, gone, hostings("client")))
	must(t, r.SaveConditions(r.legal, gone, 4, "45", []client.ConditionInput{{Category: "hosting", Discount: "10"}}))
	m, err := r.PreviewMerge(r.legal, keep, gone)
	must(t, err)
	if !slices.Equal(m.Filled, []string{"place", "currency", "invoice", "paymentDays"}) || len(m.Lost) != 2 || m.Lost[1].Field != "language" || !m.TakesOver ||
		m.Moved["contacts"] != 1 || m.Moved["notes"] != 1 || m.Moved["orders"] != 1 {
		t.Errorf("%+v", m)
	}
	if err := r.Merge(r.legal, keep, 1, gone, 1); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Error(err)
	}
	must(t, r.Merge(r.legal, keep, 1, gone, 5))
	d := r.get(t, keep)
	if d.State != client.Active || !d.Granted.Wallet || d.Name != "Larici" || d.Place != "Chur" || d.Record.Language != "de" || d.Record.Invoice.Street != "Musterweg 4" ||
		len(d.Contacts) != 1 || len(d.Notes) != 1 || d.Conditions.PaymentDays != 45 || len(d.Conditions.Categories) != 1 || d.History[0].Kind != "merged" {
		t.Errorf("%+v %+v", d.Client, d.Dossier)
	}
	if room, err := r.Open(r.legal, keep); err != nil || len(room.Orders) != 1 {
		t.Errorf("%+v, %v", room.Orders, err)
	}
	if _, err := r.Get(r.legal, gone); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("it is still there: %v", err)
	}
}

func TestDoublesAreFound(t *testing.T) {
	r := newRig(t)
	for _, d := range []client.Details{
		{Name: "A", Number: "77"},
		{Name: "B", Number: "77"},
		{Name: "C"},
		{Name: "c"},
		{Name: "D", Record: client.Record{VATNumber: "DE136695976"}},
		{Name: "E", Record: client.Record{VATNumber: "DE 136695976"}},
		{Name: "F"},
	} {
		_, err := r.Ask(r.legal, client.New{Details: d}, true)
		must(t, err)
	}
	list, err := r.Doubles(r.legal)
	must(t, err)
	by := []string{}
	for _, s := range list {
		by = append(by, s.By)
	}
	if !slices.Equal(by, []string{"vatNumber", "number", "name"}) {
		t.Errorf("%+v", list)
	}
}
