package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kontor/internal/dev/testkit"

	"kontor/app"
	"kontor/internal/core/fault"
)

// The whole way of a quote through the window's calls.
func TestAQuotesWay(t *testing.T) {
	s := opened(t, t.TempDir())
	q := bound[*app.QuoteService](t, s)
	if _, err := q.List(app.QuoteFilter{Sort: "number", Limit: 10}); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a list for nobody: %v", err)
	}
	begin(t, s, false)
	form := app.QuoteForm{
		Name: "Hôtel Trè Larici", Language: "fr", ValidUntil: "2099-12-31", VAT: "swiss", Exclusions: []string{"setup"},
		Lines:     []app.QuoteLineForm{{Product: "web_hosting", Months: 1, Operation: "order", Managed: true}},
		Scenarios: []app.QuoteScenarioForm{{Access: "full", Means: "client", Orders: "partner", Rate: "20", Quantities: []string{"35"}}},
	}
	if _, err := q.Save("", 0, form); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("valid for a lifetime: %v", err)
	}
	form.ValidUntil = time.Now().AddDate(0, 0, 30).Format("2006-01-02")
	answer, err := q.Preview(form)
	if err != nil || answer.Scenarios[0].Start.Offer != "260.40" || answer.Scenarios[0].Start.Gain != "52.08" || len(answer.Scenarios[0].Lines[0].Steps) < 5 {
		t.Fatalf("%+v, %v", answer, err)
	}
	id, err := q.Save("", 0, form)
	if err != nil {
		t.Fatal(err)
	}
	var asked testkit.Dialogs
	path := filepath.Join(t.TempDir(), "devis.pdf")
	asked = testkit.Dialogs{Path: path}
	s.app.Startup(testkit.Deaf, &asked)
	if _, err := q.Export(id, app.QuoteSheet{Format: "docx"}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("another format: %v", err)
	}
	if _, err := q.Export("nowhere", app.QuoteSheet{Format: "pdf"}); fault.CodeOf(err) != fault.NotFound || len(asked.Saved) != 0 {
		t.Errorf("a dialog for no quote: %v", err)
	}
	name, err := q.Export(id, app.QuoteSheet{Format: "pdf", Language: "fr", Name: "devis.pdf"})
	data, readErr := os.ReadFile(path) //nolint:gosec // chosen above
	if err != nil || readErr != nil || name != "devis.pdf" || !bytes.HasPrefix(data, []byte("%PDF-")) {
		t.Errorf("%q, %v, %v", name, err, readErr)
	}
	sent, err := q.Send(id, 1)
	if err != nil || sent.State != "sent" || sent.Number == "" {
		t.Fatalf("%+v, %v", sent, err)
	}
	proof, err := q.Recompute(id)
	if err != nil || !proof.Same {
		t.Errorf("%+v, %v", proof, err)
	}
	revised, err := q.Revise(id)
	if err != nil {
		t.Fatal(err)
	}
	if err := q.Discard(revised, 1); err != nil {
		t.Error(err)
	}
	if taken, err := q.Accept(id, sent.Version, 1); err != nil || taken.State != "accepted" || taken.Accepted != 1 {
		t.Errorf("%+v, %v", taken, err)
	}
	if _, err := q.Decline(id, sent.Version+1); fault.ReasonOf(err) != "quote_state" {
		t.Errorf("declined after all: %v", err)
	}
	page, err := q.List(app.QuoteFilter{Show: "accepted", Search: "lari", Sort: "offer", Limit: 10})
	if err != nil || page.Found != 1 || page.Entries[0].Offer != "260.40" || page.All != 1 {
		t.Errorf("%+v, %v", page, err)
	}
	if clients, err := q.Clients(); err != nil || clients == nil {
		t.Errorf("%v, %v", clients, err)
	}
}
