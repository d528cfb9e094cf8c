package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/app"
	"kontor/internal/area/activity"
	"kontor/internal/area/mirror"
	"kontor/internal/dev/fakemaniak"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/backup"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// kept are the tables of what was read or is to be written, each with the sheet of the kit that has it, or why none does.
var kept = map[string]string{
	"mirror_connection": "infomaniak_person", "mirror_profile": "infomaniak_person", "mirror_row": "infomaniak", "mirror_event": "infomaniak_events",
	"mirror_edit": "infomaniak_edits", "mirror_snapshot": "infomaniak_zones", "mirror_snapshot_record": "infomaniak_zones",
	"mirror_link": "infomaniak_links", "mirror_mark": "infomaniak_links", "mirror_invited": "infomaniak_links", "mirror_drive": "infomaniak_links",
	"mirror_half":    "- what a reading that did not end has brought",
	"mirror_cursor":  "- where such a reading goes on",
	"mirror_area":    "- when an area was read last",
	"mirror_scope":   "- what the token may, which is not kept on",
	"mirror_request": "- the requests of seven days, without contents",
	"mirror_lookup":  "- the public lists of languages, countries and time zones",
	"mirror_zone":    "- which zones a domain has", "mirror_zone_wish": "- which domains are kept daily",
	"mirror_avatar": "- pictures of edits on their way",
}

// The token is in no file of the workspace, no log and nothing that the window is given, also when something goes wrong; what
// was read is in the kit, and in no table after it was erased.
func TestTheTokenIsNowhere(t *testing.T) {
	fake := fakemaniak.Start(t, fakemaniak.Alone(), canary)
	dir := t.TempDir()
	var log bytes.Buffer
	s := opened(t, dir)
	begin(t, s, false)
	s.app.Shutdown()
	a := app.New(app.Options{Workspace: dir, Version: "test", Browser: &browser{}, Log: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})), Infomaniak: fake.URL})
	t.Cleanup(a.Shutdown)
	say := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	say(a.Open(t.Context()))
	a.Startup(testkit.Deaf, &testkit.Dialogs{})
	say(app.BeginAs(a, crashEmail, false))
	w, edits := testkit.Bound[*mirror.Window](a), testkit.Bound[*mirror.EditWindow](a)
	seen := []any{}
	show := func(v any, err error) { say(err); seen = append(seen, v) }
	v := check(t, a, canary)
	show(v, nil)
	_, err := w.Connect(mirror.ConnectInput{Check: v.ID, Choices: []mirror.ChoiceInput{{Account: "1001", Choice: "look"}}})
	say(err)
	idle := func() bool { s, err := w.State(); return err == nil && s.State == "idle" && s.LastCompleteAt != "" }
	until(t, "everything is read", idle)
	say(w.Opened("drives", "1001"))
	until(t, "the drive is known", func() bool { v, err := w.Drives(); return err == nil && len(v.Drives) == 1 })
	_, err = w.SetDrive("301", true)
	say(err)
	until(t, "its activity is read", func() bool { v, err := w.Drives(); return err == nil && v.Drives[0].Events == 40 })
	_, err = edits.Mine()
	say(err)
	say(edits.Change([]mirror.FieldChange{{Field: "first_name", Value: mirror.ValueInput{Text: "Elena Maria"}, Read: mirror.ValueInput{Text: "Elena"}}}))
	say(edits.Invite(mirror.InvitationInput{Account: "1001", Email: "luca@ponteri.example", FirstName: "Luca", LastName: "Ponteri", Locale: "it_IT", Role: "normal"}))
	until(t, "the edits are read back", func() bool {
		list, err := edits.Edits()
		return err == nil && len(list) == 2 && list[0].State == "confirmed" && list[1].State == "confirmed"
	})
	// Everything fails, and says the token back.
	fake.Break(fakemaniak.Fault{Do: fakemaniak.Says(500, `{"result":"error","error":{"code":"`+canary+`","description":"Bearer `+canary+`"}}`)})
	_, _ = w.Refresh()
	until(t, "it has failed", idle)
	job, err := w.Probe()
	say(err)
	until(t, "the report is there", func() bool {
		j, err := testkit.Bound[*bridge.JobWindow](a).Get(job.ID)
		return err == nil && j.State != "running"
	})
	show(w.ProbeReport(job.ID))
	show(w.State())
	show(w.Requests())
	show(edits.Edits())
	show(w.Organizations())
	text, err := json.Marshal(seen)
	say(err)
	if bytes.Contains(text, []byte(canary)) {
		t.Errorf("the window is given the token: %s", text)
	}
	sheets := app.MirrorSheets(a)
	tables, err := sqlite.All(t.Context(), app.DB(a).Reader(), sqlite.Value[string], `SELECT name FROM sqlite_master WHERE type = 'table'
		AND name LIKE 'mirror\_%' ESCAPE '\' AND name NOT LIKE 'mirror\_event\_text%' ESCAPE '\'`)
	say(err)
	for _, table := range tables {
		where, known := kept[table]
		rows := count(t, a, table)
		switch {
		case !known:
			t.Errorf("%s is neither in the kit nor known not to be", table)
		case !strings.HasPrefix(where, "-") && rows > 0 && len(sheets[where]) < 2:
			t.Errorf("%s has %d rows, and %s of the kit none", table, rows, where)
		}
	}
	for name, want := range map[string]string{"infomaniak_person": "Elena Maria", "infomaniak": "ponteri.example", "infomaniak_events": "Offerta", "infomaniak_links": "luca@"} {
		if text := fmt.Sprint(sheets[name]); !strings.Contains(text, want) || strings.Contains(fmt.Sprint(sheets), canary) || strings.Contains(fmt.Sprint(sheets), "secret-") {
			t.Errorf("%s: %s", name, text)
		}
	}
	exported(t, a, dir)
	backedUp(t, services{app: a})
	show(testkit.Bound[*backup.Window](a).Get())
	if text, err = json.Marshal(seen); err != nil || bytes.Contains(text, []byte(canary)) {
		t.Errorf("%v: the list of backups has the token: %s", err, text)
	}
	nowhere(t, dir, &log)
	fake.Mend()
	_, err = w.Disconnect(mirror.DisconnectInput{Password: crashPassword, Erase: true})
	say(err)
	for _, table := range tables {
		if n := count(t, a, table); n > 0 && table != "mirror_lookup" {
			t.Errorf("%s still has %d rows", table, n)
		}
	}
	a.Shutdown()
	nowhere(t, dir, &log)
}

// exported puts everything that the window and the kit can be asked for into a folder, as it stands there before it is sealed.
func exported(t *testing.T, a *app.App, dir string) {
	t.Helper()
	a.Startup(testkit.Deaf, &testkit.Dialogs{Folder: dir})
	journal, jobs := testkit.Bound[*activity.Window](a), testkit.Bound[*bridge.JobWindow](a)
	for _, format := range []string{"csv", "jsonl"} {
		job, err := journal.Export(activity.SearchInput{Scope: "own"}, activity.ExportInput{Format: format, Language: "en"})
		if v, err := journal.ExportResult(done(t, jobs, job, err)); err != nil || v.Count == 0 {
			t.Errorf("%+v, %v", v, err)
		}
	}
	if name, err := testkit.Bound[*mirror.Window](a).SaveEvents(mirror.EventsInput{}, bridge.Target{Name: "events.csv", Locale: "en"}); err != nil || name == "" {
		t.Error(name, err)
	}
	for name, rows := range app.KitSheets(a) {
		if err := os.WriteFile(filepath.Join(dir, name+".txt"), fmt.Append(nil, rows), 0o600); err != nil {
			t.Error(err)
		}
	}
}

func count(t *testing.T, a *app.App, table string) int {
	t.Helper()
	n, err := sqlite.One(context.Background(), app.DB(a).Reader(), sqlite.Value[int], "SELECT count(*) FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// nowhere looks for the token in every file of a folder, and in the log.
func nowhere(t *testing.T, dir string, log *bytes.Buffer) {
	t.Helper()
	if bytes.Contains(log.Bytes(), []byte(canary)) {
		t.Error("the token is in the log")
	}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path) //nolint:gosec // our own test data
		if bytes.Contains(data, []byte(canary)) {
			t.Errorf("the token is in %s", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
