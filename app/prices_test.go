package app_test

import (
	"encoding/base64"
	"testing"
	"time"

	"kontor/internal/area/partner"
	"kontor/internal/area/quote"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/bridge"
)

// What prices, quotes and clients know of each other goes through app.
func TestPricesQuotesAndClientsKnowOfEachOther(t *testing.T) {
	s := opened(t, t.TempDir())
	p, q := testkit.Bound[*partner.Window](s.app), testkit.Bound[*quote.Window](s.app)
	if _, err := p.Desk(); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a desk for nobody: %v", err)
	}
	if _, err := q.List(quote.Filter{Sort: "number", Limit: 10}); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a list for nobody: %v", err)
	}
	begin(t, s, false)
	if _, err := q.Save("", 0, quote.Form{
		Name: "Hôtel Trè Larici", Language: "fr", ValidUntil: time.Now().AddDate(0, 0, 30).Format(time.DateOnly), VAT: "swiss",
		Lines:     []quote.LineForm{{Product: "web_hosting", Months: 1, Operation: "order", Managed: true}},
		Scenarios: []quote.ScenarioForm{{Access: "full", Means: "client", Orders: "partner", Rate: "20", Quantities: []string{"35"}}},
	}); err != nil {
		t.Fatal(err)
	}
	list := base64.StdEncoding.EncodeToString([]byte("product;price;per;degressive\nweb_hosting;11.00;month;yes\n"))
	preview, err := p.PreviewList(partner.ListInput{Upload: bridge.Upload{Data: list}, Currency: "CHF"})
	if err != nil || preview.Open != 1 || preview.Quotes != 1 || preview.Least.Amount != "340.20" {
		t.Errorf("what a list does to quotes: %+v, %v", preview, err)
	}
	if volumes, err := p.Eligibility(); err != nil || len(volumes) != 2 || volumes[0].Managed.Amount != "0.00" {
		t.Errorf("%+v, %v", volumes, err)
	}
	if clients, err := q.Clients(); err != nil || clients == nil {
		t.Errorf("%v, %v", clients, err)
	}
	if _, err := s.home.Board(); err != nil {
		t.Error(err)
	}
}
