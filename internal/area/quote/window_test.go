package quote

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/bridge"
)

// The whole way of a quote through the window's calls.
func TestAQuotesWay(t *testing.T) {
	w := newWorld(t)
	path := filepath.Join(t.TempDir(), "devis.pdf")
	asked := &testkit.Dialogs{Path: path}
	q := NewWindow(bridge.To(testkit.Shell(t, legal(t), asked), func() *Service { return w.Service }))
	form := Form{
		Name: "Hôtel Trè Larici", Language: "fr", ValidUntil: "2099-12-31", VAT: "swiss", Exclusions: []string{"setup"},
		Lines:     []LineForm{{Product: "web_hosting", Months: 1, Operation: "order", Managed: true}},
		Scenarios: []ScenarioForm{{Access: "full", Means: "client", Orders: "partner", Rate: "20", Quantities: []string{"35"}}},
	}
	if _, err := q.Save("", 0, form); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("valid for a lifetime: %v", err)
	}
	form.ValidUntil = "2026-12-20"
	answer, err := q.Preview(form)
	if err != nil || answer.Scenarios[0].Groups[0].Net.Amount != "260.40" || answer.Scenarios[0].Groups[0].Earned.Amount != "52.08" || len(answer.Scenarios[0].Lines[0].Steps) < 5 {
		t.Fatalf("%+v, %v", answer, err)
	}
	id, err := q.Save("", 0, form)
	must(t, err)
	if _, err := q.Export(id, "docx", "it-CH"); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("another format: %v", err)
	}
	if _, err := q.Export("nowhere", "pdf", "it-CH"); fault.CodeOf(err) != fault.NotFound || len(asked.Saved) != 0 {
		t.Errorf("a dialog for no quote: %v", err)
	}
	before := len(w.journal.Entries)
	name, err := q.Export(id, "pdf", "it-CH")
	data, readErr := os.ReadFile(path) //nolint:gosec // chosen above
	if err != nil || readErr != nil || name != "devis.pdf" || !bytes.HasPrefix(data, []byte("%PDF-")) || len(w.journal.Entries) != before+1 {
		t.Errorf("%q, %v, %v", name, err, readErr)
	}
	if d := asked.Saved[0]; d.Name != "Devis-2026-0001-Hôtel-Trè-Larici.pdf" || d.Title != "Esporta" {
		t.Errorf("%+v", d)
	}
	sent, err := q.Send(id, 1, nil)
	if err != nil || sent.State != "sent" || sent.Number == "" {
		t.Fatalf("%+v, %v", sent, err)
	}
	proof, err := q.Recompute(id)
	if err != nil || !proof.Same {
		t.Errorf("%+v, %v", proof, err)
	}
	cash, err := q.Cash(id, FlowForm{Every: 3}, Pair{With: -1})
	if err != nil || len(cash.Years) != 1 || len(cash.Breakeven) != 0 || cash.Years[0].Payouts != 4 {
		t.Errorf("%+v, %v", cash, err)
	}
	if _, err := q.Cash(id, FlowForm{}, Pair{With: 1}); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("compared with nothing: %v", err)
	}
	revised, err := q.Revise(id)
	must(t, err)
	must(t, q.Discard(revised, 1))
	if taken, err := q.Accept(id, sent.Version, Acceptance{Scenario: 1}); err != nil || taken.State != "accepted" || taken.Accepted != 1 {
		t.Errorf("%+v, %v", taken, err)
	}
	if _, err := q.Decline(id, sent.Version+1); fault.ReasonOf(err) != "quote_state" {
		t.Errorf("declined after all: %v", err)
	}
	page, err := q.List(Filter{Show: "accepted", Search: "lari", Sort: "offer", Limit: 10})
	if err != nil || page.Found != 1 || page.Entries[0].Offer.Amount != "3124.80" || page.All != 1 {
		t.Errorf("%+v, %v", page, err)
	}
	clients, err := q.Clients()
	if err != nil || len(clients) != 2 {
		t.Errorf("%v, %v", clients, err)
	}
	// What crosses to the window has no null in it.
	for _, v := range []any{sent, answer, page, cash, clients} {
		text, err := json.Marshal(v)
		if err != nil || strings.Contains(string(text), "null") {
			t.Errorf("%s, %v", text, err)
		}
	}
}
