package activity

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	book "kontor/internal/core/words"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/audit"
)

const foreign = "\ufeffDatum;Benutzer;Dienst;Aktion;Objekt;Ergebnis\r\n" +
	"20.11.2025 17:48:00;Matteo Ferri;kdrive;item_deleted;rechnungen/1182.pdf;ok\r\n" +
	"20.11.2025 17:48:00;Matteo Ferri;kdrive;item_deleted;rechnungen/1182.pdf;ok\r\n" + // twice in one second
	"2025-11-19T09:00:00Z;Hans Muster;domain;Element geändert;\"a; \"\"b\"\"\r\nc\";failed\r\n" +
	"31.02.2025 10:00;Matteo Ferri;kdrive;item_deleted;x;ok\r\n" +
	"20.11.2027 10:00;Matteo Ferri;kdrive;item_deleted;x;ok\r\n" +
	"20.11.2025 10:00;;teapot;item_deleted;x;ok\r\n" +
	"20.11.2025 10:00;;kdrive;deleted;x;ok\r\n" + // a group is no type: kept as it is written
	"20.11.2025 10:00;;kdrive;item_deleted;x;perhaps\r\n" +
	"20.11.2025 10:00;;kdrive;item_deleted;\"x\"y;ok\r\n" +
	"20.11.2025 10:00;;kdrive;item_deleted\r\n" // no result and no object: fine

func foreignMapping(t *testing.T) Mapping {
	t.Helper()
	return Mapping{
		Columns: map[Field]string{
			FieldMoment: "Datum", FieldAccount: "Benutzer", FieldProduct: "Dienst", FieldAction: "Aktion", FieldObject: "Objekt", FieldResult: "Ergebnis",
		},
		Zone: zone(t, "Europe/Zurich"),
	}
}

func TestWhatAnotherProgramWroteComesIn(t *testing.T) {
	clock := testkit.NewClock()
	db := testkit.NewDB(t, clock)
	s := New(db, staff, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	enter(t, ctx, db, s, renamed)

	o, err := s.Inspect(ctx, foreign, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := foreignMapping(t).Columns
	if fmt.Sprint(o.Suggested.Columns) != fmt.Sprint(want) || len(o.Samples) != MaxSamples || o.Samples[2][4] != "a; \"b\" c" {
		t.Errorf("outline %+v", o)
	}

	dry, err := s.Preview(ctx, "log.csv", foreign, foreignMapping(t), nil)
	if err != nil || dry.Added != 6 || dry.Duplicates != 0 || dry.Rejected != 4 || dry.ID != "" || len(dry.Samples) != 6 {
		t.Fatalf("%+v, %v", dry, err)
	}
	if r := verified(t, s); r.Checked != 1 {
		t.Fatalf("the preview left %d entries", r.Checked)
	}

	var told [][2]int64
	done, err := s.Import(ctx, "log.csv", foreign, foreignMapping(t), func(done, total int64) { told = append(told, [2]int64{done, total}) })
	if err != nil || done.Added != 6 || done.Rejected != 4 || done.Rows != 10 || len(told) == 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	rejected, err := s.Rejected(ctx, done.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, a := range rejected {
		got = append(got, fmt.Sprintf("%d %s %s %s", a.Line, a.Field, a.Reason, a.Raw))
	}
	wantRejected := []string{
		"6 moment not_a_date 31.02.2025 10:00;Matteo Ferri;kdrive;item_deleted;x;ok",
		"7 moment date_in_future 20.11.2027 10:00;Matteo Ferri;kdrive;item_deleted;x;ok",
		"10 result unknown_word 20.11.2025 10:00;;kdrive;item_deleted;x;perhaps",
		`11  not_a_row 20.11.2025 10:00;;kdrive;item_deleted;"x"y;ok`,
	}
	if !slices.Equal(got, wantRejected) {
		t.Errorf("kept aside:\n%s", strings.Join(got, "\n"))
	}
	if a, err := s.Rejected(as(t, "account-1", "org-2", access.Administrator), done.ID); err != nil || len(a) != 0 {
		t.Error("another organization sees them:", a, err)
	}

	p, err := s.Page(ctx, Search{Scope: Organization, Query: read("source:imported")}, 0, 0, 0)
	if err != nil || len(p.Entries) != 6 {
		t.Fatal(p, err)
	}
	names, err := s.Names(ctx, []string{p.Entries[5].AccountID})
	last := p.Entries[5]
	if err != nil || last.ImportID != done.ID || !last.At.Equal(time.Date(2025, 11, 19, 9, 0, 0, 0, time.UTC)) ||
		last.Action != audit.ItemChanged || last.Result != audit.Failed || last.SessionID != "" ||
		!isStranger(last.AccountID) || names[last.AccountID] != "Hans Muster" {
		t.Errorf("%+v, %v, %v", last, names, err)
	}
	if e := p.Entries[0]; !e.At.Equal(time.Date(2025, 11, 20, 16, 48, 0, 0, time.UTC)) || e.AccountID != "account-2" {
		t.Errorf("%+v", e)
	}
	if own, err := s.Page(ctx, Search{Scope: Organization, Query: read("source:own")}, 0, 0, 0); err != nil || len(own.Entries) != 2 {
		t.Errorf("own: %+v, %v", own.Entries, err) // the first, and that something was imported
	}
	if r := verified(t, s); !r.OK() || r.Checked != 8 {
		t.Errorf("%+v", r)
	}

	again, err := s.Import(ctx, "log.csv", foreign, foreignMapping(t), nil)
	if err != nil || again.Added != 0 || again.Duplicates != 6 {
		t.Errorf("a second time: %+v, %v", again, err)
	}
}

func TestAnImportThatIsStoppedLeavesNothing(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, staff, nil)
	ctx, cancel := context.WithCancel(as(t, "account-1", "org-1", access.Administrator))
	var b bytes.Buffer
	b.WriteString("moment,action,product\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "%d,item_added,drive\n", 1_700_000_000+i)
	}
	m := Mapping{Columns: map[Field]string{FieldMoment: "moment", FieldAction: "action", FieldProduct: "product"}}
	_, err := s.Import(ctx, "x.csv", b.String(), m, func(done, _ int64) {
		if done == 3000 {
			cancel()
		}
	})
	if fault.CodeOf(err) != fault.Canceled {
		t.Fatal(err)
	}
	if r := verified(t, s); r.Checked != 0 || !r.OK() {
		t.Errorf("%+v", r)
	}
	if n, err := s.Import(as(t, "account-1", "org-1", access.Administrator), "x.csv", b.String(), m, nil); err != nil || n.Added != 5000 {
		t.Errorf("%+v, %v", n, err)
	}
}

// A large file takes a while in each of its four steps: each tells how far it is, and ends when it is asked to.
func TestEveryStepOfAnImportTellsHowFarItIsAndCanBeStopped(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, staff, nil)
	var rows, lines bytes.Buffer
	rows.WriteString("moment,action,product\n")
	for i := range 2100 {
		fmt.Fprintf(&rows, "%d,item_added,drive\n", 1_700_000_000+i)
		fmt.Fprintf(&lines, "{\"moment\":%d,\"action\":\"item_added\",\"product\":\"drive\"}\n", 1_700_000_000+i)
	}
	m := Mapping{Columns: map[Field]string{FieldMoment: "moment", FieldAction: "action", FieldProduct: "product"}}
	type progress = func(done, total int64)
	for form, data := range map[string]string{
		"rows": rows.String(), "lines": lines.String(),
	} {
		for step, run := range map[string]func(context.Context, progress) error{
			"look":    func(ctx context.Context, p progress) error { _, err := s.Inspect(ctx, data, p); return err },
			"survey":  func(ctx context.Context, p progress) error { _, err := s.Survey(ctx, data, m, p); return err },
			"preview": func(ctx context.Context, p progress) error { _, err := s.Preview(ctx, "x", data, m, p); return err },
			"import":  func(ctx context.Context, p progress) error { _, err := s.Import(ctx, "x", data, m, p); return err },
		} {
			if step == "import" && form != "rows" {
				continue // each import of the same rows would find them there
			}
			ctx := as(t, "account-1", "org-1", access.Administrator)
			told := [][2]int64{}
			whole := func(done, total int64) { told = append(told, [2]int64{done, total}) }
			if step != "import" {
				if err := run(ctx, whole); err != nil {
					t.Fatal(form, step, err)
				}
			} else if err := func() error { _, err := s.Preview(ctx, "x", data, m, whole); return err }(); err != nil {
				t.Fatal(form, step, err) // an import has the steps of its preview, and leaves something
			}
			if len(told) < 2 && !(form == "rows" && step == "look") { // which reads the beginning only
				t.Errorf("%s, %s: told %v", form, step, told)
			}
			for i, at := range told {
				if at[0] < 0 || at[0] > at[1] {
					t.Errorf("%s, %s: %d of %d", form, step, at[0], at[1])
				}
				if i == len(told)-1 || i != 0 && i != len(told)/2 { // what is asked for at the end has ended
					continue
				}
				ctx, cancel := context.WithCancel(ctx)
				n := 0
				err := run(ctx, func(int64, int64) {
					if n++; n == i+1 {
						cancel()
					}
				})
				cancel()
				if fault.CodeOf(err) != fault.Canceled || n != i+1 {
					t.Errorf("%s, %s, stopped at %d of %d: went on to %d, %v", form, step, i+1, len(told), n, err)
				}
			}
		}
	}
	if r := verified(t, s); r.Checked != 0 || !r.OK() {
		t.Errorf("%+v", r)
	}
}

func TestAnExportComesBackAsItWas(t *testing.T) {
	clock := testkit.NewClock()
	from := New(testkit.NewDB(t, clock), staff, nil)
	entries := year(clock, 400)
	for i := range entries {
		entries[i].PersonID = ""
		if entries[i].Product == audit.Account {
			entries[i].Product = audit.KSuite // the values of accounts are sealed when they come in
		}
	}
	load(t, from.db, from, entries)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	search := Search{Scope: Organization, Zone: zone(t, "Europe/Zurich")}

	lines, table := bytes.Buffer{}, bytes.Buffer{}
	counts := map[string]int64{}
	n, err := from.write(ctx, &lines, search, formLines, nil, nil)
	if err != nil || n < 150 {
		t.Fatal(n, err)
	}
	counts["lines"] = n
	if counts["table"], err = from.write(ctx, &table, search, formCSV, book.For(book.Locale{Language: "de"}), nil); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"lines": lines.Bytes(), "table": table.Bytes()} {
		db := testkit.NewDB(t, clock)
		to := New(db, staff, nil)
		n := counts[name]
		o, err := to.Inspect(ctx, string(data), nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(o.Suggested.Columns) != len(Fields()) {
			t.Errorf("%s: suggested %v", name, o.Suggested)
		}
		m := o.Suggested
		done, err := to.Import(ctx, name, string(data), m, nil)
		if err != nil || int64(done.Added) != n || done.Rejected != 0 {
			t.Fatalf("%s: %+v, %v", name, done, err)
		}
		was, is := all(t, from, ctx, search), all(t, to, ctx, Search{Scope: Organization, Query: read("source:imported")})
		if !slices.Equal(was, is) {
			t.Errorf("%s: came back different", name)
		}
		// Into the journal that it came from, nothing is new.
		same, err := from.Import(ctx, name, string(data), m, nil)
		if err != nil || same.Added != 0 || int64(same.Duplicates) != n {
			t.Errorf("%s: into its own journal: %+v, %v", name, same, err)
		}
	}
}

func all(t *testing.T, s *Service, ctx context.Context, search Search) []string {
	t.Helper()
	p, err := s.Page(ctx, search, 0, 0, MaxPage)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{}
	for _, e := range p.Entries {
		if e.Action != audit.DataExported && e.Action != audit.DataImported {
			list = append(list, fmt.Sprint(e.At, e.AccountID, e.Product, e.Action, e.Result, e.ObjectID, e.ObjectName, e.Old, e.New))
		}
	}
	slices.Sort(list)
	return list
}

func TestImportedValuesOfAnAccountAreItsOwn(t *testing.T) {
	db := testkit.NewDB(t, nil)
	s := New(db, staff, nil)
	data := []byte("moment,action,product,account,old,new\n1700000000,email_changed,account,Matteo Ferri,zwingli@a.example,b@b.example\n")
	ctx := as(t, "account-1", "org-1", access.Administrator)
	o, err := s.Inspect(ctx, string(data), nil)
	if err != nil {
		t.Fatal(err)
	}
	for want := range 2 {
		done, err := s.Import(ctx, "x", string(data), o.Suggested, nil)
		if err != nil || done.Duplicates != want {
			t.Fatalf("%+v, %v", done, err)
		}
	}
	for account, want := range map[string]string{"account-1": "", "account-2": "zwingli@a.example"} {
		p, err := s.Page(as(t, account, "org-1", access.Administrator), Search{Scope: Organization, Query: read("source:imported")}, 0, 0, 0)
		if err != nil || len(p.Entries) != 1 || p.Entries[0].Old != want {
			t.Errorf("%s: %+v, %v", account, p.Entries, err)
		}
	}
}

func TestAFileThatCannotBeReadIsRefused(t *testing.T) {
	s := New(testkit.NewDB(t, nil), staff, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	for text, reason := range map[string]string{
		"": "file_empty", " \n\n": "file_empty", "{not json": "file_unreadable",
		strings.Repeat("moment;", 10_000) + "\n" + strings.Repeat("x;", 10_000): input.FileTooWide,
	} {
		if _, err := s.Inspect(ctx, text, nil); fault.ReasonOf(err) != reason {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	for name, m := range map[string]Mapping{
		"moment":    {Columns: map[Field]string{FieldAction: "b"}, Fixed: map[Field]string{FieldProduct: "drive"}},
		"product":   {Columns: map[Field]string{FieldMoment: "a", FieldAction: "b"}},
		"action":    {Columns: map[Field]string{FieldMoment: "a"}, Fixed: map[Field]string{FieldProduct: "drive"}},
		"object":    {Columns: map[Field]string{FieldMoment: "a", FieldAction: "b", FieldObject: "gone"}, Fixed: map[Field]string{FieldProduct: "drive"}},
		"invention": {Columns: map[Field]string{FieldMoment: "a", FieldAction: "b", "invention": "a"}, Fixed: map[Field]string{FieldProduct: "drive"}},
	} {
		_, err := s.Import(ctx, "x", "a,b\n", m, nil)
		if fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), name+":") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A log in a workbook is read like the same log as text: days that the workbook counts, texts of several lines, rows that
// are missing between others; and it is named by the rows of the workbook.
func TestALogInAWorkbook(t *testing.T) {
	book := excelize.NewFile()
	at := time.Date(2024, 11, 28, 9, 30, 0, 0, time.UTC)
	for cell, value := range map[string]any{
		"A1": "Audit log of Pontax", "A3": "timestamp", "B3": "action", "C3": "actor", "D3": "note",
		"A4": at, "B4": "team.add_member", "C4": "rezzoni; the \"second\"", "D4": "one\ntwo",
		"A7": at.Add(time.Hour), "B7": "team.remove_member", "C7": "sonja",
		"A8": "no day at all", "B8": "team.add_member", "C8": "sonja",
	} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := book.Write(&file); err != nil {
		t.Fatal(err)
	}
	sh, err := openSheet(file.String(), func(int) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	take := Mapping{Source: "Pontax", Columns: suggest(sh.columns)}.taker(sh.columns, time.Now())
	got := []string{}
	err = sh.each(func(rec *record, _ int) error {
		again := sh.again(rec.raw, rec.line, rec.part)
		d, _, reason := take.draft(&again)
		got = append(got, fmt.Sprintf("%d %s %s %q %s", again.line, d.At.UTC().Format(time.DateTime), d.Action, again.value(sh.columns[3]), reason))
		return nil
	})
	want := []string{
		"4 2024-11-28 09:30:00 team.add_member \"one\\ntwo\" ", "7 2024-11-28 10:30:00 team.remove_member \"\" ",
		"8 0001-01-01 00:00:00  \"\" not_a_date",
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	for name, data := range map[string]string{"nothing but its beginning": "PK\x03\x04", "cut off": file.String()[:file.Len()/2]} {
		if _, err := openSheet(data, func(int) error { return nil }); fault.ReasonOf(err) != "file_unreadable" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzSheet(f *testing.F) {
	for _, s := range []string{foreign, "{\"a\":1,\"b\":[2]}\n{}\n{", "a,b\n\"", "a|b\n1|2", "\xff\xfe", "[{\"a\":1},\n{\"events\":[{\"b\":2},{}]},{", "{\"a\":\"\\u0000\"}", "a\tb\n\n\n1\t2"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sh, err := openSheet(string(data), func(int) error { return nil })
		if err != nil {
			if fault.CodeOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		m := Mapping{Source: "x", Columns: suggest(sh.columns)}
		for _, c := range m.Columns {
			if !slices.Contains(sh.names(), c) {
				t.Fatalf("suggested a column that is not there: %q", c)
			}
		}
		line := 0
		take := m.taker(sh.columns, time.Now())
		err = sh.each(func(rec *record, _ int) error {
			if rec.line < line || rec.line == 0 {
				t.Fatalf("line %d after %d", rec.line, line)
			}
			line = rec.line
			d, _, reason := take.draft(rec)
			if reason == "" && (d.At.Year() < 1980 || d.Action == "" || d.Product == "") {
				t.Fatalf("%+v", d)
			}
			again := sh.again(rec.raw, rec.line, rec.part)
			if same, _, why := take.draft(&again); fmt.Sprint(same) != fmt.Sprint(d) || why != reason {
				t.Fatalf("read again: %+v %s, not %+v %s", same, why, d, reason)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// A file is recognised, row by row, where the journal has few entries around its moments and where it has thousands.
func TestWhatIsThereIsRecognisedHoweverManyEntriesLieAround(t *testing.T) {
	for name, around := range map[string]int{"few": 10, "thousands": 3 * dense} {
		t.Run(name, func(t *testing.T) {
			clock := testkit.NewClock()
			db := testkit.NewDB(t, clock)
			s := New(db, staff, nil)
			ctx := as(t, "account-1", "org-1", access.Administrator)
			start := clock.Now().AddDate(0, -1, 0)
			var entries []Entry
			for i := range around {
				entries = append(entries, Entry{
					At: start.Add(time.Duration(i) * time.Millisecond), OrganizationID: "org-2", Product: audit.Drive, Action: audit.ItemAdded,
				})
			}
			load(t, db, s, entries)
			var file bytes.Buffer
			file.WriteString("moment,product,action,object\n")
			for i := range 2 * ahead {
				at := start.Add(time.Duration(i/3*around/ahead) * time.Millisecond)
				fmt.Fprintf(&file, "%s,drive,item_added,row %d\n", at.Format(time.RFC3339Nano), i)
			}
			o, err := s.Inspect(ctx, file.String(), nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []int{0, 2 * ahead} {
				done, err := s.Import(ctx, "x", file.String(), o.Suggested, nil)
				if err != nil || done.Duplicates != want || done.Added != 2*ahead-want {
					t.Fatalf("%+v, %v, want %d duplicates", done, err, want)
				}
			}
			if r := verified(t, s); !r.OK() {
				t.Errorf("%+v", r)
			}
		})
	}
}

// A file may have titles above its headings, another encoding, and days with the month first; what looks like a card
// number is kept nowhere, not even aside.
func TestFilesOfOtherHabits(t *testing.T) {
	s := New(testkit.NewDB(t, nil), staff, nil)
	ctx := as(t, "account-1", "org-1", access.Administrator)
	text := "sep=;\nAudit export\n\nMoment;Action;Product;Object\n3/4/2025 10:00;item_deleted;kdrive;Büro\n12/31/2025 10:00;item_deleted;kdrive;x\n" +
		"1/2/2025 10:00;item_deleted;kdrive;4111 1111 1111 1111\n1/2/2025 10:00;item_deleted;kdrive;\u202aa\u202cb\n"
	for name, data := range map[string][]byte{"UTF-8": []byte("\ufeff" + text), "UTF-16": utf16le(text)} {
		o, err := s.Inspect(ctx, string(data), nil)
		if err != nil || len(o.Columns) != 4 || o.Suggested.Columns[FieldAction] != "Action" {
			t.Fatalf("%s: %+v, %v", name, o, err)
		}
		done, err := s.Preview(ctx, "log.csv", string(data), o.Suggested, nil)
		if err != nil || done.Added != 3 || done.Rejected != 1 || done.FirstRejected[0].Reason != "looks_like_card" || done.FirstRejected[0].Raw != "" {
			t.Fatalf("%s: %+v, %v", name, done, err)
		}
		got := []string{}
		for _, e := range done.Samples {
			got = append(got, e.At.Format(time.DateOnly)+" "+e.ObjectName)
		}
		if fmt.Sprint(got) != "[2025-01-02 ab 2025-03-04 Büro 2025-12-31 x]" {
			t.Errorf("%s: %v", name, got)
		}
	}
	text = "moment;action\n3/4/2025;x\n"
	m := Mapping{Source: "x", Columns: map[Field]string{FieldMoment: "moment", FieldAction: "action"}}
	if got, err := s.Survey(ctx, text, m, nil); err != nil || got.Question == nil || got.Question.Choices[1].Value != "2025-03-04" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := s.Preview(ctx, "x", text, m, nil); fault.CodeOf(err) != fault.Invalid || !strings.Contains(err.Error(), "order:") {
		t.Errorf("nobody was asked: %v", err)
	}
	m.Order = "mdy"
	if got, err := s.Preview(ctx, "x", text, m, nil); err != nil || got.Samples[0].At.Month() != time.March {
		t.Errorf("%+v, %v", got, err)
	}
}

func utf16le(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return out
}
