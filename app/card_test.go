package app_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// away are bound methods that this test leaves alone, each with the reason.
var away = map[string]string{
	"SystemService.LeaveSample": "it closes the workspace", "SystemService.ExploreSample": "it opens another", "Window.SignOut": "it ends the session",
}

// leading are the methods that lead away from what the others need; they come last.
var leading = regexp.MustCompile(`^(Create|Begin|SignIn|SwitchTo|Switch|Delete|Remove|End|Stop|Leave|Withdraw|Discard|Cancel|Clear|Forget)`)

// What the window may send into any text field, of any method, is kept in no column of the workspace where it holds a card
// number or a sign that turns the direction of a text. Each text of each argument has its turn, while the others are
// filled from what the window has shown: dialogs are prefilled in the same way.
func TestNoFieldKeepsACardNumber(t *testing.T) {
	s := start(t, t.TempDir())
	if err := s.app.Open(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.app.Startup(testkit.Deaf, &testkit.Dialogs{Folder: t.TempDir()})
	if err := s.system.ExploreSample(); err != nil {
		t.Fatal(err)
	}
	path := s.system.State().Workspace
	p := prober{names: map[string][]string{}, mistakes: map[string]error{}}
	services := s.app.Services()
	for range 2 { // the second time with what the first has shown
		for _, service := range services {
			p.harvest(reflect.ValueOf(service))
		}
	}
	calls, accepted, fields, seen := 0, 0, 0, map[uintptr]int{}
	probes := []string{"x 4111 1111 1111 1111", "4111\u200b1111\u00a01111.\u20601111", "no card\u202e"}
	every := 1
	if testing.Short() { // beside the race detector, where each call takes ten times as long
		probes, every = probes[:1], 16
	}
	for _, service := range slices.Concat(services, services) {
		v := reflect.ValueOf(service)
		seen[v.Pointer()]++
		p.harvest(v) // versions may have risen
		for i := range v.NumMethod() {
			method := v.Type().Method(i)
			at := v.Type().Elem().Name() + "." + method.Name
			if away[at] != "" || method.Type.NumIn() < 2 || leading.MatchString(method.Name) != (seen[v.Pointer()] == 2) {
				continue
			}
			leaves := 0
			for n := 1; n < method.Type.NumIn(); n++ {
				leaves += texts(method.Type.In(n), 0)
			}
			for leaf := range leaves {
				if fields++; fields%every != 0 {
					continue
				}
				for _, probe := range probes {
					p.call(v, method, leaf, probe, 0)
					calls++
				}
				if p.call(v, method, leaf, "Prova 7", 0) {
					accepted++
				}
			}
		}
	}
	t.Logf("%d calls for %d texts; %d of them take another text as it is", calls, fields, accepted)
	if fields < 200 || every == 1 && accepted < fields/12 {
		t.Errorf("%d texts were tried, and only %d of them take one: the test has lost its way", fields, accepted)
	}
	for _, method := range slices.Sorted(maps.Keys(p.mistakes)) {
		t.Errorf("%s: %.200v", method, p.mistakes[method])
	}
	s.app.Shutdown()
	scan(t, path)
}

// scan looks through every column of every table.
func scan(t *testing.T, path string) {
	t.Helper()
	if !strings.HasSuffix(path, ".db") {
		path = filepath.Join(path, "kontor.db")
	}
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	tables, err := sqlite.All(t.Context(), db.Reader(), sqlite.Value[string], "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_data' ESCAPE '\\'")
	if err != nil {
		t.Fatal(err)
	}
	columns := 0
	for _, table := range tables {
		names, err := sqlite.All(t.Context(), db.Reader(), sqlite.Value[string], "SELECT name FROM pragma_table_info(?)", table)
		if err != nil {
			t.Fatal(err)
		}
		for _, column := range names {
			columns++
			found, err := sqlite.All(t.Context(), db.Reader(), sqlite.Value[string], fmt.Sprintf(
				`SELECT substr(CAST(%[1]q AS TEXT), 1, 4000) FROM %[2]q WHERE typeof(%[1]q) IN ('text', 'blob')
				AND (CAST(%[1]q AS TEXT) LIKE '%%1111%%1111%%' OR instr(CAST(%[1]q AS TEXT), char(8238)) > 0)`, column, table))
			if err != nil {
				continue // a virtual table that is not read like this
			}
			for _, text := range found {
				// A hash or a sealed value holds any three bytes by chance, those of the sign among them: it is no text.
				turned := utf8.ValidString(text) && strings.ContainsRune(text, 0x202e)
				if turned || strings.Contains(notDigit.ReplaceAllString(text, ""), "4111111111111111") {
					t.Errorf("%s.%s keeps %.200q", table, column, text)
				}
			}
		}
	}
	if len(tables) < 30 || columns < 200 {
		t.Errorf("%d tables with %d columns were looked at", len(tables), columns)
	}
}

var notDigit = regexp.MustCompile(`[^0-9a-zA-Z]`)

// texts counts the texts in a type.
func texts(v reflect.Type, depth int) (n int) {
	switch v.Kind() {
	case reflect.String:
		return 1
	case reflect.Pointer, reflect.Slice:
		if depth < 4 {
			return texts(v.Elem(), depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			n += texts(v.Field(i).Type, depth+1)
		}
	default:
	}
	return n
}

// prober fills arguments and calls.
type prober struct {
	objects []map[string]any // that the window has been shown, the newest first
	names   map[string][]string
	// mistakes are the methods that answered what no person can act upon, with what they said.
	mistakes map[string]error
	at       string // the service that is asked
}

// of names the service that showed an object.
const of = "\x00of"

// most is how many shown objects are remembered.
const most = 3000

// reading are the names of methods that show something.
var reading = regexp.MustCompile(`^(List|Overview|Current|Own|Detail|Entries|Page|Desk|Members|Profile|Sessions|State|Get|Read|Show|Open|Quotes?|Transfers?|Clients?|Renewals|Books?|Recent|Load|All|Waiting|Saved|Search|Look|Account|Settings|Draft|Orders|History|Dashboard|Terms|Prices)`)

// harvest calls what needs no argument, and what shows something, and remembers the objects that come back.
func (p *prober) harvest(service reflect.Value) {
	p.at = service.Type().Elem().PkgPath()
	for i := range service.NumMethod() {
		method := service.Type().Method(i)
		name := service.Type().Elem().Name() + "." + method.Name
		if away[name] != "" || method.Type.NumOut() != 2 || method.Type.NumIn() > 1 && !reading.MatchString(method.Name) {
			continue
		}
		none := -1
		p.remember(invoke(service.Method(i), p.args(service, method, 0, &none, "")))
	}
}

func (p *prober) remember(out []reflect.Value) {
	if len(out) < 2 || !out[len(out)-1].IsNil() {
		return
	}
	data, err := json.Marshal(out[0].Interface())
	if err != nil {
		return
	}
	var value any
	if json.Unmarshal(data, &value) == nil {
		p.collect(value)
	}
}

func (p *prober) collect(value any) {
	switch v := value.(type) {
	case []any:
		for _, one := range v[:min(len(v), 3)] {
			p.collect(one)
		}
	case map[string]any:
		v[of] = p.at
		p.objects = append([]map[string]any{v}, p.objects[:min(len(p.objects), most)]...)
		for _, key := range slices.Sorted(maps.Keys(v)) { // in an order that is the same each time
			p.collect(v[key])
		}
	}
}

// call fills every argument, puts the probe into one text, and tells whether it was taken.
func (p *prober) call(service reflect.Value, method reflect.Method, leaf int, probe string, try int) bool {
	args := p.args(service, method, try, &leaf, probe)
	if leaf >= 0 {
		return false
	}
	out := invoke(service.MethodByName(method.Name), args)
	if out == nil {
		return false
	}
	p.remember(out)
	err, refused := out[len(out)-1].Interface().(error)
	if refused && fault.CodeOf(err) == fault.Internal {
		p.mistakes[service.Type().Elem().String()+"."+method.Name] = err
	}
	return out[len(out)-1].Type() == reflect.TypeFor[error]() && !refused
}

// args fills the arguments and puts the probe into the leaf-th text of all.
func (p *prober) args(service reflect.Value, method reflect.Method, try int, leaf *int, probe string) []reflect.Value {
	p.at = service.Type().Elem().PkgPath()
	params := p.params(service.Type().Elem(), method.Name)
	args, chosen := []reflect.Value{}, map[string]any(nil)
	for n := 1; n < method.Type.NumIn(); n++ {
		v := reflect.New(method.Type.In(n)).Elem()
		name := ""
		if n-1 < len(params) {
			name = params[n-1]
		}
		if v.Kind() == reflect.Struct {
			if best := p.like(v.Type(), try); best != nil {
				chosen = best
				data, _ := json.Marshal(best)
				_ = json.Unmarshal(data, v.Addr().Interface()) // what fits
			}
		}
		p.fill(v, name, chosen, 0)
		args = append(args, v)
	}
	place(args, leaf, probe)
	return args
}

// like is a shown object that has most of a type's fields.
func (p *prober) like(v reflect.Type, try int) map[string]any {
	type scored struct {
		object map[string]any
		score  int
	}
	list := []scored{}
	for _, o := range p.objects {
		score := 0
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Field(i).Tag.Get("json"), ",")
			if _, there := o[name]; there {
				score++
			}
		}
		if score > 0 {
			list = append(list, scored{o, score})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return b.score - a.score })
	if try < len(list) {
		return list[try].object
	}
	return nil
}

// usual are values that fields of these names take.
var usual = []struct {
	name  *regexp.Regexp
	value string
}{
	{regexp.MustCompile(`(?i)email|^to$|^address$`), "prova@ponteri.example"},
	{regexp.MustCompile(`(?i)password`), "correct horse battery"},
	{regexp.MustCompile(`(?i)currency`), "CHF"},
	{regexp.MustCompile(`(?i)country`), "CH"},
	{regexp.MustCompile(`(?i)language`), "it"},
	{regexp.MustCompile(`(?i)amount|price|fee|total`), "5.00"},
	{regexp.MustCompile(`(?i)quantity|months|count|number`), "3"},
	{regexp.MustCompile(`(?i)(On|date|from|until|day|expires|since|registered|moved)$`), "2026-11-15"},
	{regexp.MustCompile(`(?i)tenant|^client$`), "11111111-2222-4333-8444-555555555555"},
	{regexp.MustCompile(`(?i)coordinates|show|sort|search|scope`), ""},
	{regexp.MustCompile(`(?i)name|label|note|holder|title|place|street|product|source|reason`), "Prova"},
	{regexp.MustCompile(`(?i)domain`), "prova-uno.ch"},
	{regexp.MustCompile(`(?i)format`), "csv"},
}

func (p *prober) fill(v reflect.Value, name string, chosen map[string]any, depth int) {
	switch v.Kind() {
	case reflect.String:
		if v.String() == "" {
			v.SetString(p.value(name, chosen))
		}
	case reflect.Int, reflect.Int64:
		if n, ok := chosen[name].(float64); ok && v.Int() == 0 {
			v.SetInt(int64(n))
		} else if v.Int() == 0 {
			v.SetInt(1)
		}
	case reflect.Slice:
		if depth < 4 && v.Len() == 0 && v.Type().Elem().Kind() == reflect.Struct {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			p.fill(v.Index(0), name, chosen, depth+1)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			p.fill(v.Field(i), field, chosen, depth+1)
		}
	default: // what is a pointer may be left out
	}
}

// value is what a text of this name is filled with: what the same object shows, what is usual, or what another shows.
func (p *prober) value(name string, chosen map[string]any) string {
	if text, ok := chosen[name].(string); ok && text != "" {
		return text
	}
	for _, u := range usual {
		if u.name.MatchString(name) {
			return u.value
		}
	}
	for _, near := range []bool{true, false} {
		for _, o := range p.objects {
			if text, ok := o[name].(string); ok && text != "" && (o[of] == p.at) == near {
				return text
			}
		}
	}
	return ""
}

// place puts the probe into the leaf-th text.
func place(args []reflect.Value, leaf *int, probe string) bool {
	for _, v := range args {
		switch v.Kind() {
		case reflect.String:
			if *leaf == 0 {
				v.SetString(probe)
				*leaf--
				return true
			}
			*leaf--
		case reflect.Pointer:
			one := reflect.New(v.Type().Elem())
			if !v.IsNil() {
				one = v.Elem().Addr()
			}
			if place([]reflect.Value{one.Elem()}, leaf, probe) {
				v.Set(one)
				return true
			}
		case reflect.Slice:
			list := reflect.MakeSlice(v.Type(), 1, 1)
			if v.Len() > 0 {
				list = v
			}
			if texts(v.Type(), 0) > 0 && place([]reflect.Value{list.Index(0)}, leaf, probe) {
				v.Set(list)
				return true
			}
		case reflect.Struct:
			fields := []reflect.Value{}
			for i := range v.NumField() {
				fields = append(fields, v.Field(i))
			}
			if place(fields, leaf, probe) {
				return true
			}
		default:
		}
	}
	return false
}

// invoke calls and gives up after a while: a method may wait for somebody who is not there.
func invoke(f reflect.Value, args []reflect.Value) []reflect.Value {
	done := make(chan []reflect.Value, 1)
	go func() {
		defer func() {
			if recover() != nil {
				done <- nil
			}
		}()
		done <- f.Call(args)
	}()
	select {
	case out := <-done:
		return out
	case <-time.After(testkit.Patience(10 * time.Second)):
		return nil
	}
}

// params are the names of a method's parameters, from its source.
func (p *prober) params(receiver reflect.Type, method string) []string {
	dir := filepath.Join("..", strings.TrimPrefix(receiver.PkgPath(), "kontor/"))
	key := dir + " " + receiver.Name() + "."
	if _, read := p.names[key]; !read {
		p.names[key] = []string{}
		files, _ := filepath.Glob(dir + "/*.go")
		for _, file := range files {
			parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
			if err != nil {
				continue
			}
			for _, d := range parsed.Decls {
				f, ok := d.(*ast.FuncDecl)
				if !ok || f.Recv == nil {
					continue
				}
				star, ok := f.Recv.List[0].Type.(*ast.StarExpr)
				if !ok || fmt.Sprint(star.X) != receiver.Name() {
					continue
				}
				list := []string{}
				for _, field := range f.Type.Params.List {
					for _, name := range field.Names {
						list = append(list, name.Name)
					}
				}
				p.names[key+f.Name.Name] = list
			}
		}
	}
	return p.names[key+method]
}
