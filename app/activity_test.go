package app_test

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/bridge"
)

// done waits for a job and fails the test unless it is done.
func done(t *testing.T, jobs *bridge.JobWindow, v bridge.JobView, err error) string {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); err == nil && v.State == "running" && time.Now().Before(deadline); {
		time.Sleep(5 * time.Millisecond)
		v, err = jobs.Get(v.ID)
	}
	if err != nil || v.State != "done" {
		t.Fatalf("%+v, %v", v, err)
	}
	return v.ID
}

func TestTheJournalInTheWindow(t *testing.T) {
	s := opened(t, t.TempDir())
	a, jobs := testkit.Bound[*activity.Window](s.app), testkit.Bound[*bridge.JobWindow](s.app)
	if _, err := a.Page(activity.SearchInput{Scope: "own"}, "", 0, 0); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("a journal for nobody: %v", err)
	}
	begin(t, s, false)
	in := activity.SearchInput{Scope: "own"}
	first, err := a.Page(in, "", 0, 1)
	if err != nil || len(first.Entries) != 1 || first.Next == "" || first.Entries[0].Account != "Elena Bernasconi" {
		t.Fatalf("%+v, %v", first, err)
	}
	in.Bound = first.Bound
	rest, err := a.Page(in, first.Next, 0, 100)
	if err != nil || len(rest.Entries) == 0 || rest.Next != "" {
		t.Fatalf("%+v, %v", rest, err)
	}
	n := int64(1 + len(rest.Entries))
	if c, err := a.Count(in); err != nil || c.Matching.N != n || c.Total.N != n || c.Total.More {
		t.Errorf("%+v, %v", c, err)
	}
	if days, err := a.Days(in, "", 7); err != nil || len(days) != 7 || days[6].Count != n || days[6].Gap {
		t.Errorf("%+v, %v", days, err)
	}
	if actors, err := a.Actors("own"); err != nil || len(actors) != 1 || actors[0].Name != "Elena Bernasconi" {
		t.Errorf("%+v, %v", actors, err)
	}
	for query, problem := range map[string]string{"foo:bar": "unknown_filter", "actor:nobody": "unknown_person", "since:31.31.2026": "not_a_date"} {
		if p, err := a.Page(activity.SearchInput{Scope: "own", Query: query}, "", 0, 0); err != nil || len(p.Entries) != 0 || p.Query.Terms[0].Problem != problem {
			t.Errorf("%s: %+v, %v", query, p, err)
		}
	}
	if p, err := a.Page(activity.SearchInput{Scope: "own", Query: `-prodotto:kdrive "a b" -`, Locale: "it"}, "", 0, 0); err != nil {
		t.Error(err)
	} else if q := p.Query; q.Text != `-product:drive "a b"` || len(q.Terms) != 2 || !q.Terms[0].Not || !q.Terms[1].Exact {
		t.Errorf("%+v", q)
	}
	if c := a.Catalogue(); len(c.Products) != 23 || len(c.Actions) < 44 || len(c.Fields) != 9 {
		t.Errorf("%+v", c)
	}
	id, err := a.Save(activity.SearchInput{Scope: "own", Query: "product:account"}, "Products")
	if err != nil {
		t.Fatal(err)
	}
	if list, err := a.Saved("own", "en"); err != nil || len(list) != 1 || list[0].Query != "product:account" || list[0].New.N != 1 {
		t.Errorf("%+v, %v", list, err) // that it was saved is new
	}
	if err := a.Seen(id); err != nil {
		t.Error(err)
	}
	if err := a.Unsave(id); err != nil {
		t.Error(err)
	}
	job, err := a.Verify()
	if r, err := a.VerifyResult(done(t, jobs, job, err)); err != nil || !r.OK || r.Checked < n || r.Breaks == nil {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestTheJournalLeavesAndComesBack(t *testing.T) {
	dir := t.TempDir()
	s := opened(t, dir)
	a, jobs := testkit.Bound[*activity.Window](s.app), testkit.Bound[*bridge.JobWindow](s.app)
	begin(t, s, false)
	in := activity.SearchInput{Scope: "organization", Query: "product:organization action:added"}
	for format, want := range map[string]string{
		"csv": "\ufeffOra locale;Momento;Persona;Prodotto;Azione;", "jsonl": `{"local_time":"`, "xlsx": "PK",
	} {
		path := filepath.Join(dir, "out."+format)
		asked := testkit.Dialogs{Path: path}
		s.app.Startup(testkit.Deaf, &asked)
		job, err := a.Export(in, activity.ExportInput{Format: format, Language: "it"})
		if v, err := a.ExportResult(done(t, jobs, job, err)); err != nil || v.Count != 1 || v.Name != "out."+format {
			t.Errorf("%s: %+v, %v", format, v, err)
		}
		data, err := os.ReadFile(path)
		if err != nil || !strings.HasPrefix(string(data), want) {
			t.Errorf("%s: %.80q, %v", format, data, err)
		}
		if format == "csv" && !strings.Contains(string(data), ";Organizzazione;elemento aggiunto;") {
			t.Errorf("the window's words are missing: %s", data)
		}
		if format == "jsonl" && !strings.Contains(string(data), `"action":"item_added"`) {
			t.Errorf("programs read ids: %s", data)
		}
	}
	asked := testkit.Dialogs{}
	s.app.Startup(testkit.Deaf, &asked)
	if job, err := a.Export(in, activity.ExportInput{Format: "csv"}); err != nil || job.ID != "" {
		t.Errorf("an export that nobody wanted: %+v, %v", job, err)
	}
	if _, err := a.Export(in, activity.ExportInput{Format: "exe"}); fault.CodeOf(err) != fault.Invalid {
		t.Error("a format that is none:", err)
	}

	data, err := os.ReadFile(filepath.Join(dir, "out.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var line map[string]any
	if err := json.Unmarshal(data, &line); err != nil {
		t.Fatal(err)
	}
	line["moment"], line["object"] = "2025-01-02T03:04:05Z", "from elsewhere"
	foreign, err := json.Marshal(line)
	if err != nil {
		t.Fatal(err)
	}
	foreign = append(append(foreign, '\n'), "broken\n"...)
	upload, err := a.OpenImport("../log.jsonl", len(foreign))
	if err != nil || a.AddImport(upload, base64.StdEncoding.EncodeToString(foreign[:30])) != nil || a.AddImport(upload, base64.StdEncoding.EncodeToString(foreign[30:])) != nil {
		t.Fatal(err)
	}
	if err := a.AddImport(upload, "YQ=="); fault.CodeOf(err) != fault.Invalid {
		t.Error("more than was announced:", err)
	}
	job, err := a.LookImport(upload)
	o, err := a.OutlineResult(done(t, jobs, job, err))
	if err != nil || o.Suggested.Columns["moment"] != "moment" || o.Known {
		t.Fatalf("%+v, %v", o, err)
	}
	m := o.Suggested
	job, err = a.SurveyImport(upload, m)
	if v, err := a.SurveyResult(done(t, jobs, job, err)); err != nil || v.Rows != 2 || len(v.Choices) != 3 || len(v.Questions) != 0 {
		t.Errorf("%+v, %v", v, err)
	}
	job, err = a.PreviewImport(upload, m)
	if r, err := a.ImportResult(done(t, jobs, job, err)); err != nil || r.ID != "" || r.Added != 1 || r.Rejected != 1 || r.FirstRejected[0].Line != 2 {
		t.Errorf("%+v, %v", r, err)
	}
	job, err = a.RunImport(upload, m)
	r, err := a.ImportResult(done(t, jobs, job, err))
	if err != nil || r.ID == "" || r.Added != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	if err := a.DropImport(); err != nil {
		t.Error(err)
	}
	if _, err := a.RunImport(upload, m); fault.CodeOf(err) != fault.NotFound {
		t.Error("a file stays after it was dropped:", err)
	}
	p, err := a.Page(activity.SearchInput{Scope: "organization", Query: `"from elsewhere" source:imported`}, "", 0, 0)
	if err != nil || len(p.Entries) != 1 || !p.Entries[0].Imported || p.Entries[0].At != "2025-01-02T03:04:05.000Z" {
		t.Errorf("%+v, %v", p, err)
	}
	path := filepath.Join(dir, "aside.csv")
	asked = testkit.Dialogs{Path: path}
	s.app.Startup(testkit.Deaf, &asked)
	if name, err := a.SaveRejected(r.ID, "de"); err != nil || name != "aside.csv" {
		t.Error(name, err)
	}
	if data, err := os.ReadFile(path); err != nil || !strings.Contains(string(data), "2;;not_a_row;broken") {
		t.Errorf("%q, %v", data, err)
	}
}
