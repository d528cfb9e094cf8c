package app_test

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/internal/area/activity"
	"kontor/internal/area/organization"
	"kontor/internal/area/payment"
	"kontor/internal/area/quote"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/moving"
	"kontor/internal/flow/sample"
	"kontor/internal/host/archive"
	"kontor/internal/host/sqlite"
)

// studio is a workspace with everything of the sample in it, in which Elena is signed in.
func studio(t *testing.T) (s services, dir string) {
	t.Helper()
	dir = t.TempDir()
	if err := sample.Build(t.Context(), dir, time.Now(), "en"); err != nil {
		t.Fatal(err)
	}
	a := app.New(app.Options{Workspace: dir, Version: "test", Browser: &browser{}, Log: slog.New(slog.DiscardHandler)})
	t.Cleanup(a.Shutdown)
	if err := a.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := app.SetPasswords(a, sample.Password); err != nil {
		t.Fatal(err)
	}
	if err := app.BeginAs(a, sample.Email, false); err != nil {
		t.Fatal(err)
	}
	return services{app: a}, dir
}

// taken takes the organization that the window shows into a file.
func taken(t *testing.T, s services, password string) (path string) {
	t.Helper()
	d := &testkit.Dialogs{Folder: t.TempDir()}
	s.app.Startup(testkit.Deaf, d)
	w := testkit.Bound[*moving.Window](s.app)
	job, err := w.Take(password, passphrase, passphrase, "", "")
	if err != nil {
		t.Fatal(err)
	}
	if job = ended(t, s, job); job.State != "done" {
		t.Fatalf("%+v", job)
	}
	if v, err := w.Taken(job.ID); err != nil || v.Behind != 0 {
		t.Errorf("%+v, %v", v, err)
	}
	return filepath.Join(d.Folder, d.Saved[0].Name)
}

// opening opens such a file beside the workspace.
func opening(t *testing.T, s services, path string) (moving.View, string) {
	t.Helper()
	w := testkit.Bound[*moving.Window](s.app)
	job, err := w.Open(path, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	if job = ended(t, s, job); job.State != "done" {
		return moving.View{}, job.Fault
	}
	v, err := w.Opened(job.ID)
	if err != nil {
		t.Fatal(err)
	}
	return v, ""
}

// bringing brings in what was opened.
func bringing(t *testing.T, s services) string {
	t.Helper()
	job, err := testkit.Bound[*moving.Window](s.app).Bring()
	if err != nil {
		t.Fatal(err)
	}
	return ended(t, s, job).Fault
}

// below are the tables that have no organization of their own, with the one that they hang on: written down here, so that
// what is carried is not compared with its own plan.
var below = map[string][3]string{
	"client_address": {"client_id", "client", "id"}, "client_change": {"client_id", "client", "id"}, "client_condition": {"client_id", "client", "id"},
	"client_contact": {"client_id", "client", "id"}, "client_note": {"client_id", "client", "id"},
	"price_line": {"book_id", "price_book", "id"}, "tier": {"schedule_id", "schedule", "id"},
	"quote_frozen": {"quote_id", "quote", "id"}, "quote_letter": {"quote_id", "quote", "id"}, "quote_line": {"quote_id", "quote", "id"}, "quote_paper": {"quote_id", "quote", "id"},
	"sale_line": {"sale_id", "sale", "id"}, "sale_charge": {"line_id", "sale_line", "id"}, "sale_invoiced": {"line_id", "sale_line", "id"},
	"transfer_answer": {"transfer_id", "transfer", "id"}, "transfer_attempt": {"transfer_id", "transfer", "id"}, "transfer_message": {"transfer_id", "transfer", "id"},
}

// behind are the tables that have an organization and stay where they are, each for its reason.
var behind = []string{
	"member", "invitation", "client_collaborator", "transfer_collaborator", // people of the workspace
	"session", "session_lock", "sso_provider", "sso_domain", "sso_link", // how they sign in
	"home_answer", "expiry_date", "expiry_renewal", "mirror_link", "journal_search", // what they keep for themselves
	"mail_message", "mail_attachment", // would be sent twice
}

// content is every row of an organization, by table.
func content(t *testing.T, db *sqlite.DB, organizationID string) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	tables, err := sqlite.All(t.Context(), db.Reader(), sqlite.Value[string], `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.name = 'organization_id'`)
	if err != nil {
		t.Fatal(err)
	}
	read := func(table, where string) {
		rows, err := db.Reader().QueryContext(t.Context(), `SELECT * FROM "`+table+`" WHERE `+where, organizationID)
		if err != nil {
			t.Fatal(table, err)
		}
		defer func() { _ = rows.Close() }()
		columns, _ := rows.Columns()
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			text := ""
			for i, c := range columns {
				if table != "quote" || c != "seq" { // only counts rows
					text += fmt.Sprintf("%s=%#v ", c, values[i])
				}
			}
			all[table] = append(all[table], text)
		}
		slices.Sort(all[table])
	}
	read("organization", "id = ?")
	for _, table := range tables {
		if !slices.Contains(behind, table) {
			read(table, "organization_id = ?")
		}
	}
	for table, up := range below {
		where := up[0] + " IN (SELECT " + up[2] + " FROM " + up[1] + " WHERE organization_id = ?)"
		if at, deeper := below[up[1]]; deeper {
			where = fmt.Sprintf("%s IN (SELECT %s FROM %s WHERE %s IN (SELECT %s FROM %s WHERE organization_id = ?))", up[0], up[2], up[1], at[0], at[2], at[1])
		}
		read(table, where)
	}
	return all
}

// Every table that hangs on an organization is either compared here or stays behind for a reason.
func TestEveryTableOfAnOrganizationIsThoughtOf(t *testing.T) {
	db := testkit.NewDB(t, nil)
	hanging, err := sqlite.All(t.Context(), db.Reader(), sqlite.Value[string], `WITH RECURSIVE hangs(name) AS (SELECT 'organization' UNION
		SELECT m.name FROM sqlite_schema m, pragma_foreign_key_list(m.name) k, hangs h WHERE m.type = 'table' AND k."table" = h.name)
		SELECT h.name FROM hangs h WHERE NOT EXISTS (SELECT 1 FROM pragma_table_info(h.name) c WHERE c.name = 'organization_id') AND h.name <> 'organization'`)
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range hanging {
		if _, compared := below[table]; !compared && !slices.Contains(behind, table) {
			t.Errorf("%s: does it go with an organization, or does it stay?", table)
		}
	}
}

func database(t *testing.T, dir string) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "kontor.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// An organization goes on in another workspace, with everything that is its own and nobody but whoever brought it.
func TestAnOrganizationMovesToAnotherWorkspace(t *testing.T) {
	keyring.MockInit()
	// Beside the race detector the sample takes a minute: a workspace that has just begun tries the way, the sample the tables.
	whole, password := !testing.Short(), sample.Password
	var from services
	dir := t.TempDir()
	if whole {
		from, dir = studio(t)
	} else {
		from, password = opened(t, dir), "correct horse battery"
		begin(t, from, false)
	}
	id := testkit.Bound[*organization.Window](from.app)
	was, err := id.Current()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := testkit.Bound[*moving.Window](from.app).Take("wrong", passphrase, passphrase, "", ""); fault.FieldsOf(err) == nil {
		t.Errorf("taken out without the password: %v", err)
	}
	if _, err := testkit.Bound[*payment.Window](from.app).Add(payment.ProfileInput{Kind: "bank", Label: "Banca", Holder: "Studio", IBAN: "CH93 0076 2011 6238 5295 7"}); err != nil {
		t.Fatal(err)
	}
	file := taken(t, from, password)
	profiles, err := testkit.Bound[*payment.Window](from.app).Overview()
	if err != nil {
		t.Fatal(err)
	}
	before := content(t, database(t, dir), was.ID)

	elsewhere := t.TempDir()
	to := opened(t, elsewhere)
	begin(t, to, false)
	to.app.Startup(testkit.Deaf, &testkit.Dialogs{})
	forgedIsRefused(t, to, elsewhere, file)
	to.app.Startup(testkit.Deaf, &testkit.Dialogs{})
	v, refused := opening(t, to, file)
	if refused != "" || v.Name != was.Name || v.Here || len(v.Alike) != 1 {
		t.Fatalf("%+v %s", v, refused)
	}
	for _, c := range v.Counts {
		if whole && c.Count == 0 {
			t.Errorf("none of %s: the sample does not try it", c.Kind)
		}
	}
	if refused := bringing(t, to); refused != "" {
		t.Fatal(refused)
	}
	db := database(t, elsewhere)
	after := content(t, db, was.ID)
	for table, rows := range before {
		if !slices.Equal(rows, after[table]) {
			t.Errorf("%s: %d rows became %d", table, len(rows), len(after[table]))
		}
	}
	if whole && len(before) < 30 {
		t.Errorf("only %d tables were tried", len(before))
	}
	is, err := testkit.Bound[*organization.Window](to.app).Current()
	if err != nil || is.ID != was.ID || is.Role != "legal_representative" {
		t.Errorf("%+v, %v", is, err)
	}
	if n := testkit.Count(t, db, "SELECT count(*) FROM member WHERE organization_id = ?", was.ID); n != 1 {
		t.Errorf("%d members", n)
	}
	if found, err := testkit.Bound[*quote.Window](to.app).List(quote.Filter{Search: "hosting", Sort: "number", Limit: 50}); err != nil || whole && len(found.Entries) == 0 {
		t.Errorf("no quote is found by its words: %v", err)
	}
	journal := testkit.Bound[*activity.Window](to.app)
	own, err := journal.Page(activity.SearchInput{Scope: "own"}, "", 0, 200)
	if err != nil || slices.ContainsFunc(own.Entries, func(e activity.EntryView) bool { return e.Imported }) {
		t.Errorf("what was done elsewhere counts as one’s own: %v", err)
	}
	for _, p := range profiles.Profiles {
		if p.Label != "Banca" {
			continue
		}
		if shown, err := testkit.Bound[*payment.Window](to.app).Reveal(p.ID, "correct horse battery"); err != nil || !strings.HasSuffix(strings.ReplaceAll(shown.Target, " ", ""), "5295"+"7") {
			t.Errorf("%+v, %v", shown, err)
		}
	}

	again, refused := opening(t, to, file)
	if refused != "" || !again.Here {
		t.Errorf("%+v %s", again, refused)
	}
	if refused := bringing(t, to); !strings.Contains(refused, moving.ReasonHere) {
		t.Errorf("twice: %s", refused)
	}
	to.app.Shutdown()
	from.app.Shutdown()
	for _, one := range []string{dir, elsewhere} {
		if left, _ := filepath.Glob(filepath.Join(one, ".backup-*")); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

// forgedIsRefused: whoever forges such a file gets nothing into another organization, and puts no secret where it has none.
func forgedIsRefused(t *testing.T, to services, elsewhere, file string) {
	t.Helper()
	victim, err := testkit.Bound[*organization.Window](to.app).Current()
	if err != nil {
		t.Fatal(err)
	}
	db := database(t, elsewhere)
	before := content(t, db, victim.ID)
	statements := func(all ...string) func(string, *archive.Manifest) []map[string]any {
		return func(dir string, _ *archive.Manifest) []map[string]any {
			raw, err := sql.Open("sqlite", filepath.Join(dir, archive.Database)) // without its keys
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = raw.Close() }()
			for _, one := range all {
				if _, err := raw.ExecContext(t.Context(), strings.ReplaceAll(one, "$victim", victim.ID)); err != nil {
					t.Fatal(one, err)
				}
			}
			return nil
		}
	}
	const client = `INSERT INTO client (id, organization_id, name, name_key, place, number, state, since, asked_access, asked_wallet, asked_products, asked_at, search, created_at)
		VALUES ('c', (SELECT id FROM organization), 'C', 'c', '', '', 'pending', 1, 'limited', 0, '[]', 1, 'c', 1)`
	for name, forged := range map[string]struct {
		change func(dir string, m *archive.Manifest) (secrets []map[string]any)
		reason string
	}{
		"two organizations": {
			statements("INSERT INTO organization (id, name, currency, country, created_at, updated_at) VALUES ('forged', 'Forged', 'CHF', 'CH', 1, 1)"), moving.ReasonBroken,
		},
		"none": {statements("DROP TRIGGER prepaid_empty_before_organization_goes", "DELETE FROM organization"), moving.ReasonBroken},
		"a key into another one": {
			statements("DROP TRIGGER payment_default_keeps_its_organization", "UPDATE payment_default SET profile_id = 'prepaid-$victim'"), moving.ReasonBroken,
		},
		"a row of another one": {
			statements(client, `INSERT INTO client_order (id, client_id, organization_id, number, ordered_on, period_to, product, name, operation, orders, quantity,
				currency, public, rate, degressive, net, vat, payer, gain_kind, gain) VALUES ('o', 'c', '$victim', '1', '', '', '', '', 'order', 'client', 1,
				'CHF', 1, '', '', 1, 1, '', 'not_covered', 0)`), moving.ReasonBroken,
		},
		"without a table": {statements("ALTER TABLE client RENAME TO clients"), moving.ReasonBroken},
		"what the schema forbids": {
			statements("DROP TRIGGER prepaid_one_currency", "PRAGMA ignore_check_constraints = ON", "UPDATE organization SET country = 'Switzerland', currency = 'XYZ'",
				"UPDATE payment_profile SET masked = 'x'", "DROP TRIGGER payment_default_begins"), moving.ReasonBroken,
		},
		"a secret of another one": {func(string, *archive.Manifest) []map[string]any {
			return []map[string]any{{"place": "payment_profile", "row": "prepaid-" + victim.ID, "field": "target", "value": []byte("CH93")}}
		}, moving.ReasonBroken},
		"a secret of the workspace": {func(string, *archive.Manifest) []map[string]any {
			return []map[string]any{{"place": "mail_server", "row": "", "field": "password", "value": []byte("x")}}
		}, moving.ReasonBroken},
	} {
		if testing.Short() && name != "a key into another one" && name != "a secret of another one" {
			continue // each takes its seconds beside the race detector
		}
		_, refused := opening(t, to, repacked(t, file, forged.change))
		if refused == "" {
			refused = bringing(t, to)
		}
		if refused == "" || !strings.Contains(refused, forged.reason) {
			t.Errorf("%s: %q", name, refused)
		}
	}
	if after := content(t, db, victim.ID); !maps.EqualFunc(before, after, slices.Equal) || testkit.Count(t, db, "SELECT count(*) FROM organization") != 1 {
		t.Error("something came in")
	}
	if _, refused := opening(t, to, backedUp(t, to)); !strings.Contains(refused, archive.ReasonWhole) {
		t.Errorf("a backup of a workspace: %s", refused)
	}
	if _, err := testkit.Bound[*app.SystemService](to.app).OpenBackup(file, passphrase); fault.ReasonOf(err) != archive.ReasonOrganization {
		t.Errorf("an organization in the place of a workspace: %v", err)
	}
}

// repacked is such a file after somebody has changed what is in it.
func repacked(t *testing.T, path string, change func(dir string, m *archive.Manifest) (secrets []map[string]any)) string {
	t.Helper()
	dir := t.TempDir()
	m, _, err := archive.Open(t.Context(), path, passphrase, dir, func(int64, int64) {})
	if err != nil {
		t.Fatal(err)
	}
	secrets, err := json.Marshal(change(dir, &m))
	if err != nil {
		t.Fatal(err)
	}
	m.Files = nil
	out := filepath.Join(t.TempDir(), "changed."+moving.Ending)
	if _, err := archive.Create(t.Context(), out, passphrase, m, []archive.Source{
		{Name: archive.Database, Path: filepath.Join(dir, archive.Database)},
		{Name: archive.Secrets, Data: secrets},
		{Name: archive.Journal, Path: filepath.Join(dir, archive.Journal)},
	}, func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
	return out
}
