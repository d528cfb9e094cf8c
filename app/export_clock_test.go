package app_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/activity"
	"kontor/internal/area/branding"
	"kontor/internal/area/client"
	"kontor/internal/area/partner"
	"kontor/internal/area/prepaid"
	"kontor/internal/area/profile"
	"kontor/internal/area/quote"
	"kontor/internal/area/session"
	"kontor/internal/area/transfer"
	"kontor/internal/core/day"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/firststart"
	"kontor/internal/host/bridge"
)

var (
	seventeenth = regexp.MustCompile(`(?i)2026-11-17|\b17 nov|17[./]11[./]2026`)
	sixteenth   = regexp.MustCompile(`(?i)2026-11-16|\b16 nov|16[./]11[./]2026`)
)

// At half past midnight in Zurich it is the 17th in every file and in every name of a file, though it is the 16th in UTC.
func TestEveryFileIsOfTheDayOfThePerson(t *testing.T) {
	dir := t.TempDir()
	at := time.Date(2026, 11, 16, 23, 30, 0, 0, time.UTC)
	a := app.New(app.Options{Workspace: t.TempDir(), Version: "test", Now: func() time.Time { return at }})
	t.Cleanup(a.Shutdown)
	must(t, a.Open(t.Context()))
	a.Startup(testkit.Deaf, &testkit.Dialogs{Folder: dir})
	s := services{app: a}
	_, err := testkit.Bound[*firststart.Window](s.app).Begin(firststart.BeginInput{
		FirstName: "Elena", LastName: "Bernasconi", LoginEmail: "elena@ponteri.example", Language: "it",
		OrganizationName: "Studio Ponteri SA", Country: "CH", Password: "correct horse battery",
	})
	must(t, err)
	own := testkit.Bound[*profile.Window](s.app)
	mine, err := own.Mine()
	must(t, err)
	zurich := "Europe/Zurich"
	_, err = own.Update(profile.Update{Version: mine.Version, TimeZone: &zurich})
	must(t, err)
	for name, write := range exportsOf(t, s) {
		file, err := write()
		if err != nil || file == "" {
			t.Errorf("%s: %q, %v", name, file, err)
			continue
		}
		data, err := os.ReadFile(filepath.Join(dir, file)) //nolint:gosec // our own test data
		must(t, err)
		text := string(data)
		if bytes.HasPrefix(data, []byte("%PDF-")) {
			text = testkit.ReadPDF(t, data).Text()
		}
		if text = file + "\n" + text; sixteenth.MatchString(text) || !seventeenth.MatchString(text) {
			t.Errorf("%s is not of the 17th: %s", name, text)
		}
	}
}

// exportsOf are the files that hold a moment or a day, each with something of now in it. They give the name of the file.
func exportsOf(t *testing.T, s services) map[string]func() (string, error) {
	t.Helper()
	clients, transfers, account, quotes := testkit.Bound[*client.Window](s.app), testkit.Bound[*transfer.Window](s.app), testkit.Bound[*prepaid.Window](s.app), testkit.Bound[*quote.Window](s.app)
	_, err := clients.Ask(client.Input{DetailsInput: client.DetailsInput{Name: "Fiduciaria Rezzoni"}, Rights: client.Rights{Access: client.Full}})
	must(t, err)
	moved, err := transfers.Add(transfer.Input{Domain: "rezzoni.ch", Holder: "Fiduciaria Rezzoni"})
	must(t, err)
	credited, err := account.TopUp(prepaid.NewTopUp{Amount: "100", Means: "card"})
	must(t, err)
	must(t, account.Receive(credited, "100", ""))
	offer, err := quotes.Save("", 0, quote.Form{
		Name: "Hôtel Trè Larici", Language: "fr", ValidUntil: day.Date(2026, 12, 24).String(), VAT: "swiss",
		Lines:     []quote.LineForm{{Product: "web_hosting", Months: 1, Operation: "order", Managed: true}},
		Scenarios: []quote.ScenarioForm{{Access: "full", Means: "client", Orders: "partner", Rate: "20", Quantities: []string{"35"}}},
	})
	must(t, err)
	_, err = quotes.Send(offer, 1, nil)
	must(t, err)
	desk, err := testkit.Bound[*partner.Window](s.app).Desk()
	must(t, err)
	files := map[string]func() (string, error){
		"clients": func() (string, error) {
			return clients.Export("", client.ExportInput{Target: client.Target{Name: "clients"}, Language: "it", Kind: "csv", What: "rights"})
		},
		"sign-off sheet": func() (string, error) { return testkit.Bound[*branding.Window](s.app).SaveSheet("it", "") },
		"devices":        func() (string, error) { return testkit.Bound[*session.SecurityWindow](s.app).Export("it") },
		"attempts": func() (string, error) {
			return transfers.SaveLedger(moved, transfer.Target{Name: "attempts", Language: "it"})
		},
		"quote":       func() (string, error) { return quotes.Export(offer, "pdf", "it-CH") },
		"inner quote": func() (string, error) { return quotes.Export(offer, "internal", "it-CH") },
		"simulation": func() (string, error) {
			return testkit.Bound[*partner.Window](s.app).ExportCSV(partner.Question{
				Book: desk.Books[0].ID, Line: desk.Books[0].Lines[0].ID, Quantity: "35", Rate: "20", Months: 1, Access: "full", Means: "client",
				Orders: "partner", Managed: true, Operation: "order", VAT: "swiss",
			}, "it-CH")
		},
	}
	for _, format := range []string{"pdf", "csv"} {
		files["statement "+format] = func() (string, error) { return account.SaveStatement("2026-11-01", "2026-11-30", format, "it-CH") }
	}
	for _, format := range []string{"csv", "jsonl"} {
		files["journal "+format] = func() (string, error) {
			w := testkit.Bound[*activity.Window](s.app)
			job, err := w.Export(activity.SearchInput{Scope: "organization"}, activity.ExportInput{Format: format, Language: "it"})
			v, err := w.ExportResult(done(t, testkit.Bound[*bridge.JobWindow](s.app), job, err))
			return strings.TrimSpace(v.Name), err
		}
	}
	return files
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
