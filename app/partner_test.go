package app_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/dev/testkit"

	"kontor/app"
	"kontor/internal/core/fault"
)

// bound is a service as the window has it.
func bound[T any](t *testing.T, s services) (found T) {
	t.Helper()
	for _, service := range s.app.Services() {
		if found, ok := service.(T); ok {
			return found
		}
	}
	t.Fatalf("no %T is bound", found)
	return found
}

func question() app.QuestionInput {
	return app.QuestionInput{
		Book: "shipped-chf", Line: "shipped-chf-web", Quantity: "35", Rate: "20", Months: 1, Access: "full", Means: "partner",
		Orders: "partner", Managed: true, Operation: "order", VAT: "excluded",
	}
}

// chosen answers every dialog with a path.
func TestThePartnersDay(t *testing.T) {
	s := opened(t, t.TempDir())
	p := bound[*app.PartnerService](t, s)
	if _, err := p.Desk(); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a desk for nobody: %v", err)
	}
	begin(t, s, false)
	desk, err := p.Desk()
	if err != nil || len(desk.Books) != 2 || len(desk.Schedule.Tiers) != 5 || desk.Terms.Rate != "20" || !desk.CanEdit || desk.Asked {
		t.Fatalf("%+v, %v", desk, err)
	}
	a, err := p.Simulate(question())
	if err != nil || a.Charged != "208.32" || a.Preferential.Each != "5.952" || a.Reduction != "40" || a.Currency != "CHF" {
		t.Fatalf("%+v, %v", a, err)
	}
	table, err := p.Table(question(), "rate", 0)
	if err != nil || table.Rows[table.Current].Cells[9].Total != "208.32" {
		t.Errorf("%+v, %v", table, err)
	}
	id, err := p.SaveBook(app.PriceBookInput{
		ID: "shipped-chf", Name: "Own", Currency: "CHF", ValidFrom: "2026-11-01", Source: "offer", Lines: []app.PriceLineView{
			{Product: "web_hosting", Price: "10", Per: "month", Degressive: true, Origin: "own", Source: "offer"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.SaveSchedule(app.ScheduleInput{
		ID: "shipped", Mode: "volume", ValidFrom: "2026-11-01", Tiers: []app.TierView{{From: "35", Percent: "25", Origin: "published"}},
	}); err != nil {
		t.Error(err)
	}
	if err := p.SaveTerms(app.TermsInput{Rate: "35", Ceiling: "35", Base: "after", Country: "21"}); err != nil {
		t.Error(err)
	}
	desk, err = p.Desk()
	if err != nil || desk.Books[0].ID != id || len(desk.Schedule.Tiers) != 1 || desk.Terms.Rate != "35" || !desk.Asked || desk.Last.Quantity != "35" {
		t.Errorf("%+v, %v", desk, err)
	}
	if err := p.DeleteBook(id); err != nil {
		t.Error(err)
	}
	// What crosses to the window has no null in it.
	for _, v := range []any{desk, a, table} {
		text, err := json.Marshal(v)
		if err != nil || strings.Contains(string(text), "null") {
			t.Errorf("%s, %v", text, err)
		}
	}
}

func sheet(steps int) app.SheetInput {
	in := app.SheetInput{
		Language: "it", Title: "Esporta", Name: "simulazione.csv", Lead: []string{"35 × Hosting web"},
		Head: []string{"Passo", "Calcolo", "Esatto", "Arrotondato", "Valuta", "Regola"},
	}
	for range steps {
		in.Steps = append(in.Steps, app.StepText{Step: "=passo", Calculation: "35 × 9,92", Rule: "frase"})
	}
	return in
}

func TestExportCSV(t *testing.T) {
	s := opened(t, t.TempDir())
	p := bound[*app.PartnerService](t, s)
	begin(t, s, false)
	if _, err := p.ExportCSV(question(), sheet(4)); fault.ReasonOf(err) != "no_dialog" {
		t.Errorf("exported without a window: %v", err)
	}
	var asked testkit.Dialogs
	path := filepath.Join(t.TempDir(), "out.csv")
	asked = testkit.Dialogs{Path: path}
	s.app.Startup(testkit.Deaf, &asked)
	bad := question()
	bad.Quantity = "0"
	if _, err := p.ExportCSV(bad, sheet(4)); fault.CodeOf(err) != fault.Invalid || len(asked.Saved) != 0 {
		t.Errorf("a dialog for a refused question: %v, %v", err, asked)
	}
	name, err := p.ExportCSV(question(), sheet(4))
	if err != nil || name != "out.csv" || asked.Saved[0].Name != "simulazione.csv" {
		t.Fatal(name, err, asked)
	}
	data, err := os.ReadFile(path) //nolint:gosec // chosen above
	want := "\ufeff35 × Hosting web\r\nPasso;Calcolo;Esatto;Arrotondato;Valuta;Regola\r\n" +
		"'=passo;\"35 × 9,92\";347,20;347,20;CHF;L1 frase\r\n'=passo;\"35 × 9,92\";277,76;277,76;CHF;D1 frase\r\n" +
		"'=passo;\"35 × 9,92\";208,32;208,32;CHF;A1 frase\r\n'=passo;\"35 × 9,92\";0,00;208,32;CHF;R1 frase\r\n"
	if err != nil || string(data) != want {
		t.Errorf("%v\n%s", err, data)
	}
	if _, err := p.ExportCSV(question(), sheet(3)); fault.ReasonOf(err) != "not_written" {
		t.Errorf("steps without words: %v", err)
	}
	asked = testkit.Dialogs{}
	s.app.Startup(testkit.Deaf, &asked)
	if name, err := p.ExportCSV(question(), sheet(4)); name != "" || err != nil {
		t.Errorf("thought better of it: %q, %v", name, err)
	}
	asked = testkit.Dialogs{Err: errors.New("no display")}
	s.app.Startup(testkit.Deaf, &asked)
	if _, err := p.ExportCSV(question(), sheet(4)); fault.ReasonOf(err) != "no_dialog" {
		t.Errorf("a dialog that failed: %v", err)
	}
}
