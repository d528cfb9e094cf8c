package app_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/app"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/sample"
	"kontor/internal/host/bridge"
	"kontor/internal/host/sqlite"
)

// whoFile is the table: a line for each bound method, with a letter for whoever may call it and a dash for whoever may
// not. What stands in no line may be called by nobody: add the line of a new method by hand. KONTOR_WHO=write writes down
// what is so now, to be read and not to be believed.
const whoFile = "testdata/who.txt"

// whoHead explains the letters, in the order of the columns.
const whoHead = `# Who may call what: n nobody, e external user, c collaborator, a administrator, l legal representative,
# k keeper of the workspace (and external user elsewhere), s somebody of another organization (its legal representative),
# o whoever a provider has signed in (the legal representative, in that organization alone). What takes an id that only
# its maker knows (of a job, of a file that was handed in) answers everybody else that it is not found.
`

// caller is somebody of the sample.
type caller struct {
	letter byte
	name   string
	email  string
	role   access.Role
	bound  bool
}

var callers = []caller{
	{'n', "nobody", "", "", false},
	{'e', "an external user", "marisol.de-la-fuente@ponteri.example", access.External, false},
	{'c', "a collaborator", "claire.vuilleumier@ponteri.example", access.Collaborator, false},
	{'a', "an administrator", "luca.ponteri@ponteri.example", access.Administrator, false},
	{'l', "a legal representative", sample.Email, access.LegalRepresentative, false},
	{'k', "the keeper of the workspace", "asa.lindqvist@ponteri.example", access.External, false},
	{'s', "somebody of another organization", "giovanni.bianchi@ponteri.example", access.LegalRepresentative, false},
	{'o', "whoever a provider has signed in", sample.Email, access.LegalRepresentative, true},
}

// apart are bound methods that open another workspace.
var apart = map[string]bool{"app.SystemService.LeaveSample": true, "app.SystemService.ExploreSample": true}

// bench is a workspace with the people of the sample, that is put back as it was as often as needed.
type bench struct {
	t        *testing.T
	template []byte
	app      *app.App
	names    []string
	services map[string]reflect.Value
	methods  map[string]reflect.Method
	p        prober
	now      time.Time
}

func newBench(t *testing.T) *bench {
	b := &bench{t: t, now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), p: prober{names: map[string][]string{}, mistakes: map[string]error{}}}
	dir := t.TempDir()
	if err := sample.Build(t.Context(), dir, b.now, "en"); err != nil {
		t.Fatal(err)
	}
	b.read(dir)
	b.open()
	if err := app.SetPasswords(b.app, sample.Password); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		"UPDATE account SET keeper = 1 WHERE email_key = 'asa.lindqvist@ponteri.example'",
		"UPDATE account SET keeper = 0 WHERE email_key = '" + sample.Email + "'",
		"INSERT INTO transfer_collaborator SELECT t.id, t.organization_id, m.account_id FROM transfer t JOIN member m USING (organization_id) WHERE m.role = 'collaborator' LIMIT 1",
	} {
		testkit.Exec(t, app.DB(b.app), query)
	}
	path := app.DB(b.app).Path()
	b.app.Shutdown()
	b.read(filepath.Dir(path))
	b.open()
	return b
}

func (b *bench) read(dir string) {
	b.t.Helper()
	var err error
	if b.template, err = os.ReadFile(filepath.Join(dir, "kontor.db")); err != nil { //nolint:gosec // our own test data
		b.t.Fatal(err)
	}
}

// open opens a fresh copy.
func (b *bench) open() {
	b.t.Helper()
	if b.app != nil {
		b.app.Shutdown()
	}
	dir := b.t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "kontor.db"), b.template, 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.app = app.New(app.Options{
		Workspace: dir, Version: "test", Now: func() time.Time { return b.now }, Browser: &browser{},
		Log:    slog.New(slog.DiscardHandler),
		Issuer: func(string) string { return "http://127.0.0.1:1" },
	})
	b.t.Cleanup(b.app.Shutdown)
	if err := b.app.Open(b.t.Context()); err != nil {
		b.t.Fatal(err)
	}
	b.app.Startup(testkit.Deaf, &testkit.Dialogs{})
	b.names, b.services, b.methods = nil, map[string]reflect.Value{}, map[string]reflect.Method{}
	for _, service := range b.app.Services() {
		v := reflect.ValueOf(service)
		for i := range v.NumMethod() {
			name := filepath.Base(v.Type().Elem().PkgPath()) + "." + v.Type().Elem().Name() + "." + v.Type().Method(i).Name
			b.services[name], b.methods[name] = v, v.Type().Method(i)
			if !apart[name] {
				b.names = append(b.names, name)
			}
		}
	}
	// What leads away from what the others need comes last, and what ends a membership at the very end.
	slices.SortFunc(b.names, func(x, y string) int {
		away := func(name string) int {
			method := b.methods[name].Name
			switch {
			case method == "Leave" || method == "Delete" || method == "SignOut":
				return 2
			case leading.MatchString(method):
				return 1
			}
			return 0
		}
		if d := away(x) - away(y); d != 0 {
			return d
		}
		return strings.Compare(x, y)
	})
}

// as signs somebody in.
func (b *bench) as(c caller) {
	b.t.Helper()
	if err := app.BeginAs(b.app, c.email, c.bound); err != nil {
		b.t.Fatalf("%s: %v", c.name, err)
	}
	if !b.is(c) {
		b.t.Fatalf("%s acts as %+v", c.name, app.Acting(b.app))
	}
}

// is tells whether somebody still acts as when signed in.
func (b *bench) is(c caller) bool {
	actor := app.Acting(b.app)
	return actor.Role == c.role && actor.Bound == c.bound && actor.Keeper == (c.letter == 'k') && (actor.AccountID == "") == (c.email == "")
}

// right are values without which a call is refused before anybody's right is looked at.
var right = map[string]string{"scope": "organization", "upTo": "2026-11-20T12:00:00Z", "until": "2026-12-24", "space": "1073741824"}

// set puts the right values where they belong.
func set(v reflect.Value, name string) {
	switch v.Kind() {
	case reflect.String:
		if value, ok := right[name]; ok {
			v.SetString(value)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			set(v.Field(i), field)
		}
	default:
	}
}

// call calls a method with arguments as the page would have them, and returns what it answers; of a job, how it ended.
func (b *bench) call(name string) (answer any, err error, took bool) {
	none := -1
	service, method := b.services[name], b.methods[name]
	args := b.p.args(service, method, 0, &none, "")
	params := b.p.params(service.Type().Elem(), method.Name)
	for i, arg := range args {
		if i < len(params) {
			set(arg, params[i])
		}
	}
	out := invoke(service.MethodByName(method.Name), args)
	if len(out) == 0 {
		return nil, nil, false
	}
	if last := out[len(out)-1]; last.Type() == reflect.TypeFor[error]() {
		err, _ = last.Interface().(error)
	}
	answer = out[0].Interface()
	job, running := answer.(bridge.JobView)
	for jobs := testkit.Bound[*bridge.JobWindow](b.app); running && err == nil && job.ID != "" && job.State == "running"; {
		time.Sleep(time.Millisecond)
		if job, err = jobs.Get(job.ID); err == nil {
			continue
		}
		if app.Acting(b.app).AccountID == "" { // nobody has no work, so its end cannot be asked for
			err = fault.New(fault.Unauthenticated, "")
		}
		return nil, err, true
	}
	if job.Fault != "" {
		var f fault.Error
		if json.Unmarshal([]byte(job.Fault), &f) != nil || f.Code == "" {
			b.t.Fatalf("%s: %s", name, job.Fault)
		}
		err = &f
	}
	return answer, err, true
}

// refused tells whether it was a person's right that was missing.
func refused(err error) bool {
	code := fault.CodeOf(err)
	return code == fault.Unauthenticated || code == fault.Forbidden
}

// changes counts the rows that were written since the workspace was opened.
func (b *bench) changes() (n int) {
	b.t.Helper()
	err := app.DB(b.app).Write(b.t.Context(), func(tx *sqlite.Tx) (err error) {
		n, err = sqlite.One(b.t.Context(), tx, sqlite.Value[int], "SELECT total_changes()")
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	return n
}

// Every bound method × everybody: who may not is refused and nothing is written; who may is not refused.
func TestWhoMayCallWhat(t *testing.T) {
	b := newBench(t)
	for range 2 {
		b.as(callers[4]) // whose workspace it is: arguments are what it shows
		for _, service := range b.app.Services() {
			b.p.harvest(reflect.ValueOf(service))
		}
	}
	b.open()
	if os.Getenv("KONTOR_WHO") == "write" {
		b.write()
		return
	}
	table := readWho(t)
	for _, name := range b.names {
		if table[name] == "" {
			t.Errorf("%s is not placed: say in %s who may call it", name, whoFile)
		}
	}
	for name := range table {
		if _, there := b.methods[name]; !there {
			t.Errorf("%s is placed and not bound", name)
		}
	}
	tried := 0
	for i, c := range callers {
		if testing.Short() && c.letter != 'n' && c.letter != 'c' { // beside the race detector
			continue
		}
		b.as(c)
		before := b.changes()
		for _, name := range b.names {
			if may := table[name]; len(may) != len(callers) || may[i] == c.letter { // or is not placed, which was said
				continue
			}
			tried++
			if _, err, took := b.call(name); !took || !refused(err) {
				t.Errorf("%s by %s: %v, want to be refused", name, c.name, err)
			}
			if after := b.changes(); after != before {
				t.Errorf("%s by %s was refused and has written %d rows", name, c.name, after-before)
				before = after
			}
		}
		if !b.is(c) {
			t.Errorf("%s acts as %+v after what was refused", c.name, app.Acting(b.app))
		}
	}
	for i, c := range callers {
		if testing.Short() {
			continue
		}
		b.open()
		b.as(c)
		for _, name := range b.names {
			may := table[name]
			if len(may) != len(callers) || may[i] != c.letter || i > 0 && may[0] == 'n' { // what is open to all is asked for once
				continue
			}
			tried++
			_, err, took := b.call(name)
			if !took {
				t.Errorf("%s by %s gave no answer", name, c.name)
			}
			if refused(err) && fault.ReasonOf(err) == "" {
				t.Errorf("%s by %s: %v, may according to the table", name, c.name, err)
			}
			if fault.CodeOf(err) == fault.Internal {
				t.Errorf("%s by %s: %v", name, c.name, err)
			}
			if !b.is(c) {
				b.open()
				b.as(c)
			}
		}
	}
	if tried < 1000 && !testing.Short() {
		t.Errorf("only %d calls", tried)
	}
	t.Logf("%d methods, %d calls", len(b.names), tried)
}

// Somebody of another organization, with the ids of this one in hand, reads and changes nothing of it.
func TestAStrangerReachesNothingOfAnOrganization(t *testing.T) {
	b := newBench(t)
	for range 2 {
		b.as(callers[4])
		for _, service := range b.app.Services() {
			b.p.harvest(reflect.ValueOf(service))
		}
	}
	organization := app.Acting(b.app).OrganizationID
	b.open()
	theirs := b.rows(organization)
	ids := map[string]bool{}
	for row := range theirs {
		if id, found := strings.CutPrefix(strings.SplitN(row, "\x1f", 3)[1], "id="); found && len(id) == 32 {
			ids[id] = true
		}
	}
	if len(theirs) < 100 || len(ids) < 50 {
		t.Fatalf("%d rows, %d ids of the organization", len(theirs), len(ids))
	}
	c := callers[6]
	b.as(c)
	for i, name := range b.names {
		if testing.Short() && i%8 != 0 {
			continue
		}
		answer, _, _ := b.call(name)
		text, _ := json.Marshal(answer)
		for id := range ids {
			if strings.Contains(string(text), id) {
				t.Errorf("%s tells of %s", name, id)
			}
		}
		if !b.is(c) {
			b.check(name, organization, theirs)
			b.open()
			b.as(c)
		}
	}
	b.check("one of them", organization, theirs)
}

func (b *bench) check(name, organization string, before map[string]bool) {
	b.t.Helper()
	after := b.rows(organization)
	for row := range before {
		if !after[row] {
			b.t.Errorf("%s has changed or removed %.200q", name, row)
		}
	}
}

// rows are the rows of an organization, each with its table.
func (b *bench) rows(organization string) map[string]bool {
	b.t.Helper()
	db, ctx := app.DB(b.app), b.t.Context()
	tables, err := sqlite.All(ctx, db.Reader(), sqlite.Value[string], `SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND c.name = 'organization_id' AND m.name NOT IN ('session', 'journal') ORDER BY m.name`)
	if err != nil {
		b.t.Fatal(err)
	}
	found := map[string]bool{}
	for _, table := range tables {
		columns, err := sqlite.All(ctx, db.Reader(), sqlite.Value[string], "SELECT name FROM pragma_table_info(?)", table)
		if err != nil {
			b.t.Fatal(err)
		}
		parts := make([]string, len(columns))
		for i, column := range columns {
			parts[i] = fmt.Sprintf(`'%s=' || coalesce(CAST("%s" AS TEXT), '')`, column, column)
		}
		list, err := sqlite.All(ctx, db.Reader(), sqlite.Value[string],
			fmt.Sprintf(`SELECT %s FROM "%s" WHERE organization_id = ?`, strings.Join(parts, " || char(31) || "), table), organization)
		if err != nil {
			b.t.Fatal(err)
		}
		for _, row := range list {
			found[table+"\x1f"+row] = true
		}
	}
	return found
}

func readWho(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(whoFile)
	if err != nil {
		t.Fatal(err)
	}
	table := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) == 2 && fields[0] != "#" {
			table[fields[0]] = fields[1]
		}
	}
	return table
}

// write writes down who may call what now.
func (b *bench) write() {
	may := map[string][]byte{}
	for i, c := range callers {
		b.open()
		b.as(c)
		for _, name := range b.names {
			if may[name] == nil {
				may[name] = []byte(strings.Repeat("-", len(callers)))
			}
			if _, err, _ := b.call(name); !refused(err) || fault.ReasonOf(err) != "" && fault.ReasonOf(err) != access.ReasonBound && fault.ReasonOf(err) != "session_ended" {
				may[name][i] = c.letter
			}
			if !b.is(c) {
				b.open()
				b.as(c)
			}
		}
	}
	var out strings.Builder
	out.WriteString(whoHead + "\n")
	for _, name := range slices.Sorted(maps.Keys(may)) {
		fmt.Fprintf(&out, "%-48s %s\n", name, may[name])
	}
	if err := os.WriteFile(whoFile, []byte(out.String()), 0o600); err != nil {
		b.t.Fatal(err)
	}
}
