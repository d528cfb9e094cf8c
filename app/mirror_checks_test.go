package app_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/area/activity"
	"kontor/internal/area/mirror"
	"kontor/internal/core/fault"
	"kontor/internal/dev/fakemaniak"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/expiry"
	"kontor/internal/flow/sample"
	"kontor/internal/flow/search"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// An answer that says "string" where a list belongs costs its own area, whichever that is: what was read of it stays, as old
// as it is, and all others are read to their end. One drive under maintenance costs that drive, and is left alone for ten
// minutes.
func TestWhatCannotBeReadCostsItsAreaAlone(t *testing.T) {
	state := fakemaniak.Alone()
	second := maps.Clone(state.Drives[0])
	second["id"], second["product_id"], second["name"] = 302, 302, "Redazione"
	state.Drives = append(state.Drives, second)
	state.Events["302"] = 7
	fake := fakemaniak.Start(t, state, canary)
	a, ahead := beside(t, fake)
	w := testkit.Bound[*mirror.Window](a)
	say := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	stateOf := func() mirror.StateView {
		t.Helper()
		s, err := w.State()
		say(err)
		return s
	}
	routes := map[string]string{
		"profile": "/2/profile", "organizations": "/1/accounts", "products": "/1/products", "domains": "/2/domains", "services": "/1/accounts/1001/services",
		"members": "/2/accounts/1001/users", "teams": "/1/accounts/1001/teams", "drives": "/2/drive", "activities": "/3/drive/301/", "other drive": "/3/drive/302/",
	}
	now := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	fake.Clock(now)
	// later lets time go by, asks for everything, and waits until all was asked for but what is left alone.
	later := func(d time.Duration, but string) map[string]mirror.AreaView {
		t.Helper()
		ahead.Add(int64(d))
		asked := now().UTC().Format(time.RFC3339)
		_, err := w.Refresh()
		say(err)
		areas := map[string]mirror.AreaView{}
		until(t, "all is read", func() bool {
			s := stateOf()
			for _, one := range s.Areas {
				if one.Area == "activities" && one.Account == "302" {
					one.Area = "other drive"
				}
				areas[one.Area] = one
			}
			for area := range routes {
				if area != but && areas[area].CheckedAt < asked {
					return false
				}
			}
			return s.State == "idle"
		})
		return areas
	}
	// A token without any scope: each area says which one it needs, after one request, and nothing can be kept.
	fake.Token("without")
	without := check(t, a, "without")
	if one := without.Areas[0]; one.Area != "profile" || one.Verdict != "scope" || !slices.Equal(one.Scopes, []string{"user_info"}) || without.ID != "" {
		t.Errorf("%+v", without)
	}
	times := map[string]int{}
	for _, r := range fake.Requests() {
		if times[r.Path]++; times[r.Path] > 1 {
			t.Errorf("%s was asked for again", r)
		}
	}
	_, err := w.Connect(mirror.ConnectInput{Check: check(t, a, canary).ID})
	say(err)
	until(t, "the first is read", func() bool { s := stateOf(); return s.State == "idle" && s.LastCompleteAt != "" })
	for _, area := range []string{"services", "members", "teams", "drives"} {
		say(w.Opened(area, "1001"))
	}
	until(t, "the drives are known", func() bool { v, err := w.Drives(); return err == nil && len(v.Drives) == 2 })
	for _, drive := range []string{"301", "302"} {
		_, err := w.SetDrive(drive, true)
		say(err)
	}
	was := later(2*time.Minute, "")
	for area := range routes {
		if one := was[area]; one.Verdict != "synced" || one.Rows == 0 {
			t.Fatalf("%s: %+v", area, one)
		}
	}
	for _, broken := range [][]string{{"organizations", "domains", "members", "activities"}, {"profile", "products", "services", "teams", "drives", "other drive"}} {
		for _, area := range broken {
			f := fakemaniak.Fault{Method: "GET", Path: routes[area], Do: fakemaniak.Says(200, `{"result":"success","data":"string"}`)}
			if area == "profile" {
				f.Do = fakemaniak.Says(200, `{"result":"error","error":{"code":"unexpected_error"}}`)
			}
			if area == "organizations" { // the others that begin with its path are asked after it
				f.Times = 1
			}
			fake.Break(f)
		}
		is := later(2*time.Hour, "")
		for area := range routes {
			one, before := is[area], was[area]
			if one.CheckedAt <= before.CheckedAt || one.Rows != before.Rows {
				t.Errorf("%s was not asked, or lost something: %+v before, %+v after", area, before, one)
			}
			if slices.Contains(broken, area) != (one.Verdict == "unreadable") || (one.Verdict == "unreadable") != (one.Stand.Since == before.Stand.Since) {
				t.Errorf("%s, while %v cannot be read: %+v", area, broken, one)
			}
		}
		mine, err := testkit.Bound[*mirror.EditWindow](a).Mine()
		if err != nil || len(mine.Fields) != 8 || mine.Fields[0].Value.Text != "Elena" {
			t.Errorf("the person, while %v cannot be read: %+v, %v", broken, mine.Fields, err)
		}
		fake.Mend()
		was = later(2*time.Hour, "")
	}
	fake.Break(fakemaniak.Fault{Path: "/3/drive/302/", Do: fakemaniak.Says(503, `{"result":"error","error":{"code":"drive_is_in_maintenance_error","description":"Drive is in maintenance"}}`)})
	asked := func() (n int) {
		for _, r := range fake.Requests() {
			if strings.HasPrefix(r.Path, "/3/drive/302/") {
				n++
			}
		}
		return n
	}
	before := asked()
	is := later(2*time.Hour, "")
	drives, err := w.Drives()
	if err != nil || drives.Drives[0].Stand.Kind != "synced" || drives.Drives[1].Stand.Kind != "maintenance" || drives.Drives[1].Events != 7 || asked() != before+1 {
		t.Errorf("%+v, %v, asked %d times", drives.Drives, err, asked()-before)
	}
	for area := range routes {
		if one := is[area]; (one.Verdict == "synced") == (area == "other drive") || one.CheckedAt <= was[area].CheckedAt {
			t.Errorf("%s beside a drive under maintenance: %+v", area, one)
		}
	}
	for range 3 { // whatever a person does
		say(w.Opened("activities", "302"))
		later(3*time.Minute, "other drive")
	}
	if asked() != before+1 {
		t.Errorf("asked again %d times within nine minutes", asked()-before-1)
	}
	fake.Mend()
	later(2*time.Minute, "")
	if drives, err = w.Drives(); err != nil || drives.Drives[1].Stand.Kind != "synced" || asked() != before+2 {
		t.Errorf("%+v, %v, asked %d times", drives.Drives, err, asked()-before)
	}
}

// An agency with everything opened takes some eighty requests: never more than 60 in any minute by the count of the other
// side, and what a person changes meanwhile is the next request. The clock stands still but for a second at each request.
func TestAnAgencyIsReadWithinTheLimit(t *testing.T) {
	fake := fakemaniak.Start(t, fakemaniak.Agency(), canary)
	var passed atomic.Int64
	begun := time.Now()
	now := func() time.Time { return begun.Add(time.Duration(passed.Load())) }
	fake.Clock(now)
	fake.Break(fakemaniak.Fault{Do: fakemaniak.Before(func() { passed.Add(int64(time.Second)) })})
	a := besideClock(t, fake, now)
	w, edits := testkit.Bound[*mirror.Window](a), testkit.Bound[*mirror.EditWindow](a)
	_, err := w.Connect(mirror.ConnectInput{Check: check(t, a, canary).ID})
	if err != nil {
		t.Fatal(err)
	}
	until(t, "the first is read", func() bool { s, err := w.State(); return err == nil && s.State == "idle" && s.LastCompleteAt != "" })
	mine, err := edits.Mine()
	if err != nil {
		t.Fatal(err)
	}
	passed.Add(int64(2 * time.Hour))
	fake.Forget()
	asked := now().UTC().Format(time.RFC3339)
	areas := []string{"services", "members", "teams", "drives"}
	for n := range 17 {
		for _, area := range areas {
			if err := w.Opened(area, fmt.Sprint(2001+n)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := w.Refresh(); err != nil {
		t.Fatal(err)
	}
	until(t, "the minute is used up", func() bool { return len(fake.Requests()) == 55 && queued("mirrorReader.") })
	if err := edits.Change([]mirror.FieldChange{{Field: "first_name", Value: mirror.ValueInput{Text: "Reto Andrea"}, Read: mirror.ValueInput{Text: mine.Fields[0].Value.Text}}}); err != nil {
		t.Fatal(err)
	}
	until(t, "the change waits for its turn", func() bool { return queued("mirrorEditor.Profile") })
	if n := len(fake.Requests()); n != 55 {
		t.Fatalf("%d requests within a minute", n)
	}
	passed.Add(int64(5 * time.Second)) // a minute after the first of them: there is one place
	until(t, "there is one more", func() bool { return len(fake.Requests()) > 55 })
	if r := fake.Requests()[55]; r.String() != "GET /2/profile" {
		t.Errorf("%s went before the change", r)
	}
	passed.Add(int64(time.Minute)) // the rest has room
	until(t, "everything is read", func() bool {
		s, err := w.State()
		read := 0
		for _, one := range s.Areas {
			if slices.Contains(areas, one.Area) && one.CheckedAt >= asked {
				read++
			}
		}
		return err == nil && read == 17*len(areas) && s.State == "idle" && len(fake.Writes()) > 0
	})
	if n := len(fake.Requests()); n < 75 {
		t.Errorf("%d requests are no whole agency", n)
	}
}

// there are names that only Infomaniak has told: of domains, products, teams, files, addresses, devices and sessions.
var there = []string{
	"tre-larici.example", "bald.example", "Without end", "Redazione", "Offerta 000", "private@home.example", "+41915550142", "Telefono di Elena", "198.51.100.3",
}

// shownToNobodyElse looks at everything that the window is given without being told which one: whoever connected sees each of
// the names somewhere, and another account of this computer, though of the same organization, none of them anywhere.
func shownToNobodyElse(t *testing.T, a *app.App) {
	t.Helper()
	all := shownEverywhere(t, a)
	for _, name := range there {
		if !strings.Contains(all, name) {
			t.Errorf("%q is shown nowhere, so that looking for it proves nothing", name)
		}
	}
	if err := app.BeginAs(a, "luca.ponteri@ponteri.example", false); err != nil {
		t.Fatal(err)
	}
	all = shownEverywhere(t, a)
	for _, name := range there {
		if at := strings.Index(all, name); at >= 0 {
			t.Errorf("another account sees %q: …%s…", name, all[max(at-300, 0):min(at+100, len(all))])
		}
	}
	if s, err := testkit.Bound[*mirror.Window](a).State(); err != nil || s.Here || len(s.Areas) > 0 || s.Token.Has || s.Person.RemoteID != "" || s.LastCompleteAt != "" {
		t.Errorf("another account sees %+v, %v", s, err)
	}
	if _, err := testkit.Bound[*mirror.Window](a).Refresh(); fault.ReasonOf(err) != mirror.ReasonNotConnected {
		t.Errorf("another account reads: %v", err)
	}
	if err := app.BeginAs(a, sample.Email, false); err != nil {
		t.Fatal(err)
	}
}

// theJournalHolds verifies the whole journal.
func theJournalHolds(t *testing.T, a *app.App) {
	t.Helper()
	journal := testkit.Bound[*activity.Window](a)
	job, err := journal.Verify()
	r, failed := journal.VerifyResult(done(t, testkit.Bound[*bridge.JobWindow](a), job, err))
	if failed != nil || !r.OK || r.Checked == 0 {
		t.Errorf("%+v, %v", r, failed)
	}
}

// ownRecords is everything that stands in the tables of organizations, people, clients and quotes, by table.
func ownRecords(t *testing.T, a *app.App) map[string]string {
	t.Helper()
	q, all := app.DB(a).Reader(), map[string]string{}
	tables, err := sqlite.All(t.Context(), q, sqlite.Value[string], `SELECT name FROM sqlite_master WHERE type = 'table' AND
		(name IN ('member', 'account') OR name GLOB 'organization*' OR name GLOB 'client*' OR name GLOB 'quote*')`)
	if err != nil || len(tables) < 6 {
		t.Fatal(tables, err)
	}
	for _, table := range tables {
		columns, err := sqlite.All(t.Context(), q, sqlite.Value[string], "SELECT 'quote(\"' || name || '\")' FROM pragma_table_info('"+table+"')")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := sqlite.All(t.Context(), q, sqlite.Value[string], "SELECT "+strings.Join(columns, " || ',' || ")+" FROM \""+table+"\" ORDER BY 1")
		if err != nil {
			t.Fatal(table, err)
		}
		all[table] = strings.Join(rows, "\n")
	}
	return all
}

// acts are bound methods without arguments that do something.
var acts = []string{
	"SignOut", "Lock", "Bring", "DropImport", "GoOn", "Make", "Probe", "Refresh", "Remove", "RemovePicture", "Retry", "SendNow", "TakeSetBack", "Verify", "DryRun",
	"StartAnew", "LookInBackup", "LeaveBackup", "OpenAnyway", "OpenToLook", "LookForUpdate", "LeaveSample", "ExploreSample", "Leave",
}

// shownEverywhere is all that whoever is signed in is given by methods that ask for nothing, by lists, by the search, in the
// journal, in files and in the kit, as JSON.
func shownEverywhere(t *testing.T, a *app.App) string {
	t.Helper()
	var all strings.Builder
	put := func(v any) {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(data)
		all.WriteByte('\n')
	}
	asked := 0
	for _, service := range a.Services() {
		v := reflect.ValueOf(service)
		for i := range v.NumMethod() {
			m := v.Type().Method(i)
			if m.Type.NumIn() != 1 || m.Type.NumOut() != 2 || slices.Contains(acts, m.Name) {
				continue
			}
			asked++
			put(v.Method(i).Call(nil)[0].Interface())
		}
	}
	if asked < 30 {
		t.Errorf("only %d methods were asked", asked)
	}
	w, edits := testkit.Bound[*mirror.Window](a), testkit.Bound[*mirror.EditWindow](a)
	members, _ := w.Members("1001")
	put(members)
	teams, _ := w.Teams("1001")
	put(teams)
	events, _ := w.Events(mirror.EventsInput{})
	put(events)
	invited, _ := edits.Invitations("1001")
	put(invited)
	ends, _ := testkit.Bound[*expiry.Window](a).List(expiry.QueryInput{Limit: 200})
	put(ends)
	journal := testkit.Bound[*activity.Window](a)
	for _, scope := range []string{"own", "organization"} {
		page, _ := journal.Page(activity.SearchInput{Scope: scope}, "", 0, 200)
		put(page.Entries)
	}
	for _, name := range there {
		found, _ := testkit.Bound[*search.Window](a).Search(name, nil, 20)
		put(found.Groups)
		page, _ := journal.Page(activity.SearchInput{Scope: "own", Query: name}, "", 0, 50)
		put(page.Entries)
	}
	d := &testkit.Dialogs{Folder: t.TempDir()}
	a.Startup(testkit.Deaf, d)
	_, _ = testkit.Bound[*expiry.Window](a).SaveCalendar(expiry.QueryInput{}, expiry.FileInput{Name: "ends.ics", Locale: "en"})
	_, _ = testkit.Bound[*expiry.Window](a).SaveSheet(expiry.QueryInput{}, expiry.FileInput{Name: "ends.csv", Locale: "en"})
	files, err := os.ReadDir(d.Folder)
	if err != nil || len(files) == 0 {
		t.Errorf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		data, err := os.ReadFile(filepath.Join(d.Folder, f.Name()))
		if err != nil {
			t.Error(err)
		}
		all.Write(data)
	}
	put(app.KitSheets(a))
	return all.String()
}

// queued tells whether the request of a caller waits for its place within the limit.
func queued(caller string) bool {
	stacks := make([]byte, 4<<20)
	for one := range strings.SplitSeq(string(stacks[:runtime.Stack(stacks, true)]), "\n\n") {
		head, _, _ := strings.Cut(one, "\n")
		if strings.Contains(head, "[select") && strings.Contains(one, "(*Limit).wait") && strings.Contains(one, caller) {
			return true
		}
	}
	return false
}
