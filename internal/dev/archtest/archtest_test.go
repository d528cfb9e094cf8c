package archtest

import (
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestTheProjectKeepsItsLayout(t *testing.T) {
	project := os.DirFS("../../..")
	if _, err := fs.Stat(project, "go.mod"); err != nil {
		t.Fatal(err)
	}
	breaches, err := Check(project)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range breaches {
		t.Error(b)
	}
}

func TestReasonsForLongFilesAreStillNeeded(t *testing.T) {
	for name := range longer {
		text, err := os.ReadFile("../../../" + name)
		if err != nil {
			t.Error(err)
		} else if n := strings.Count(string(text), "\n"); n <= maxLines {
			t.Errorf("%s has %d lines: it needs no exception any more", name, n)
		}
	}
}

// sound is a project without a breach; each case below adds one thing to it.
var sound = fstest.MapFS{
	"main.go":                    {Data: []byte("package main\nimport (\n\"kontor/app\"\n\"kontor/internal/host/window\"\n)\n")},
	"app/partner.go":             {Data: []byte("package app\nimport \"kontor/internal/area/partner\"\nvar s = \"Update now\"\n")},
	"internal/core/money/m.go":   {Data: []byte("package money\nimport (\n\"database/sql/driver\"\n\"github.com/shopspring/decimal\"\n)\n")},
	"internal/host/window/w.go":  {Data: []byte("package window\nimport \"github.com/wailsapp/wails/v2\"\n")},
	"internal/host/sqlite/s.go":  {Data: []byte("package sqlite\nimport (\n\"database/sql\"\n\"modernc.org/sqlite\"\n)\nvar db *sql.DB\n")},
	"internal/area/partner/p.go": {Data: []byte("package partner\nimport (\n\"database/sql\"\n\"kontor/internal/core/money\"\n)\nvar n sql.NullInt64\n")},
	"internal/area/partner/p_test.go": {Data: []byte("package partner\nimport \"kontor/internal/area/payment\"\n" +
		"var f float64\n")},
	"internal/host/sqlite/migrations/00001_a.sql":  {Data: []byte("CREATE TABLE price_book (id TEXT);\nCREATE TABLE organization (id TEXT);\nCREATE VIRTUAL TABLE client_key USING fts5(x);\n")},
	"internal/area/partner/store.go":               {Data: []byte("package partner\nconst q = `SELECT id FROM price_book b, price_book c`\nconst prose = \"from organization to organization\"\n")},
	"internal/flow/leaving/l.go":                   {Data: []byte("package leaving\nimport \"kontor/internal/area/profile\"\n")},
	"internal/host/picture/p.go":                   {Data: []byte("package picture\nvar f float64\n")},
	"frontend/src/areas/partner/Page.svelte":       {},
	"frontend/messages/en/partner.json":            {},
	"frontend/messages/de/partner.json":            {},
	"frontend/messages/de/ui.json":                 {},
	"frontend/src/lib/ui/Field.svelte":             {},
	"frontend/messages/same/partner.txt":           {},
	"frontend/wailsjs/go/app/Long.js":              {Data: []byte(strings.Repeat("\n", 1000))},
	"frontend/node_modules/x/y.ts":                 {Data: []byte(strings.Repeat("\n", 1000))},
	"internal/area/partner/long_test.go":           {Data: []byte("package partner\n" + strings.Repeat("\n", 1000))},
	"internal/area/partner/testdata/rules/long.md": {Data: []byte(strings.Repeat("\n", 1000))},
}

func TestEveryRuleBites(t *testing.T) {
	for _, test := range []struct{ name, file, text, want string }{
		{"nothing", "internal/area/branding/b.go", "package branding\n", ""},
		{"area imports area", "internal/area/client/c.go", "package client\nimport \"kontor/internal/area/partner\"\n", "the area client imports the area partner"},
		{"area imports app", "internal/area/client/c.go", "package client\nimport \"kontor/app\"\n", "layers lean down only"},
		{"area imports vault", "internal/area/client/c.go", "package client\nimport \"kontor/internal/host/vault\"\n", "handed in"},
		{"area reckons with pixels", "internal/area/branding/b.go", "package branding\nimport \"kontor/internal/host/picture\"\n", ""},
		{"area imports the store of pictures", "internal/area/branding/b.go", "package branding\nimport \"kontor/internal/host/picture/store\"\n", "handed in"},
		{"app imports window", "app/x.go", "package app\nimport \"kontor/internal/host/window\"\n", "only main opens it"},
		{"area imports Wails", "internal/area/client/c.go", "package client\nimport \"github.com/wailsapp/wails/v2/pkg/runtime\"\n", "know the shell"},
		{"app imports Wails", "app/x.go", "package app\nimport \"github.com/wailsapp/wails/v2/pkg/runtime\"\n", "know the shell"},
		{"foundation imports area", "internal/core/money/x.go", "package money\nimport \"kontor/internal/area/partner\"\n", "layers lean down only"},
		{"area imports act", "internal/area/profile/x.go", "package profile\nimport \"kontor/internal/flow/leaving\"\n", "layers lean down only"},
		{"decimal outside money", "internal/area/partner/x.go", "package partner\nimport \"github.com/shopspring/decimal\"\n", "only internal/core/money does"},
		{"Argon2 past its limit", "internal/host/vault/x.go", "package vault\nimport \"golang.org/x/crypto/argon2\"\n", "it lets two run at a time"},
		{"driver outside sqlite", "internal/area/partner/x.go", "package partner\nimport _ \"modernc.org/sqlite\"\n", "only internal/host/sqlite opens"},
		{"database outside sqlite", "internal/area/partner/x.go", "package partner\nimport \"database/sql\"\nvar db, _ = sql.Open(\"\", \"\")\n", "line 3: sql.Open outside internal/host/sqlite"},
		{"text checked by itself", "internal/area/partner/x.go", "package partner\nimport \"unicode\"\nvar f = unicode.IsControl\n", "line 3: unicode.IsControl outside internal/core/text"},
		{"a goroutine of its own", "internal/host/mail/x.go", "package mail\nfunc f() {\n go g()\n}\n", "line 3: a goroutine begun past internal/host/beside"},
		{"a goroutine of a group", "internal/host/mail/x.go", "package mail\nfunc f() {\n all.Go(func() {})\n}\n", "line 3: a goroutine begun past internal/host/beside"},
		{"a goroutine beside", "internal/host/mail/x.go", "package mail\nfunc f() { beside.Go(nil, \"mail\", g) }\n", ""},
		{"SQL in app", "app/x.go", "package app\nconst q = `\n  SELECT id FROM client`\n", "line 2: SQL in app"},
		{"database/sql in app", "app/x.go", "package app\nimport \"database/sql\"\nvar n sql.NullInt64\n", "app imports database/sql"},
		{"a table of another area", "internal/area/branding/x.go", "package branding\nconst q = `\nSELECT currency FROM organization WHERE id = ?`\n", "line 2: branding names the table organization of organization in SQL"},
		{"a table of another area, joined", "internal/area/branding/x.go", "package branding\nconst q = `... JOIN price_book b ON true`\n", "the table price_book of partner"},
		{"a table of another area, second in a list", "internal/host/mail/x.go", "package mail\nconst q = `SELECT 1 FROM mail_server s, organization`\n", "the table organization of organization"},
		{"a table of another area, written", "internal/flow/leaving/x.go", "package leaving\nconst q = `DELETE FROM client_key`\n", "the table client_key of client"},
		{"a table of another area, changed", "internal/area/branding/x.go", "package branding\nconst q = `UPDATE organization SET name = ?`\n", "the table organization"},
		{"an index of another area, filled", "internal/area/branding/x.go", "package branding\nconst q = `INSERT INTO client_key VALUES (1)`\n", "the table client_key of client"},
		{"a table of nobody", "internal/host/sqlite/migrations/00002_b.sql", "CREATE TABLE orphan (id TEXT);", "nobody owns the table orphan"},
		{"float beside money", "internal/area/payment/x.go", "package payment\nfunc f(x float64) {}\n", "line 2: a float in payment"},
		{"a day of this computer", "internal/area/client/x.go", "package client\nvar z = time.Local\n", "line 2: time.Local"},
		{"a day of this computer by the way", "internal/flow/backup/x.go", "package backup\nvar d = t.Local().Format(time.DateOnly)\n", "line 2: a moment in the computer's zone"},
		{"a day of this computer from the command line", "app/kontor-cli/x.go", "package main\nvar d = time.Now().AddDate(0, 0, 30).Format(time.DateOnly)\n", "line 2: the date of a moment of the computer"},
		{"a day in UTC", "internal/flow/notice/x.go", "package notice\nvar d = day.Of(now, time.UTC)\n", "line 2: day.Of in UTC"},
		{"a date in UTC", "internal/core/pricing/x.go", "package pricing\nvar d = now.UTC().Format(time.DateOnly)\n", "line 2: the date of a moment in UTC"},
		{"a clock in UTC", "internal/area/branding/x.go", "package branding\nvar m = now.UTC().Format(\"2006-01-02 15:04 UTC\")\n", "line 2: the date of a moment in UTC"},
		{"a moment in UTC", "internal/area/client/x.go", "package client\nvar m = now.UTC().Format(time.RFC3339)\n", ""},
		{"an integer of an amount", "app/x.go", "package app\nvar n = a.Minor() + b.Minor()\n", "line 2: .Minor() makes an integer of an amount"},
		{"an integer by the way of the table", "internal/area/client/x.go", "package client\nvar n, _ = a.Value()\n", "line 2: .Value() makes an integer of an amount"},
		{"a number by the way of the text", "internal/flow/sample/x.go", "package sample\nvar n, _ = strconv.ParseInt(strings.ReplaceAll(a.Decimal(), \".\", \"\"), 10, 64)\n", "line 2: strconv.ParseInt makes a number of an amount"},
		{"a table of its own", "internal/area/client/x.go", "package client\nvar w = csv.NewWriter(out)\n", "line 2: csv.NewWriter lets text become a formula"},
		{"an amount in a column of figures", "internal/area/client/x.go", "package client\nvar f = export.NumberField(\"Net\", func(o Order) string { return o.Net.Decimal() })\n", "line 2: export.NumberField writes an amount"},
		{"SQL that adds currencies", "internal/area/client/x.go", "package client\nconst q = `SELECT client_id, sum(net)\n FROM client_order GROUP BY client_id`\n", "line 2: SQL adds up"},
		{"SQL that keeps currencies apart", "internal/area/client/x.go", "package client\nconst q = `SELECT currency, sum(net) FROM client_order GROUP BY client_id, currency`\n", ""},
		{"SQL that asks for one currency", "internal/area/client/x.go", "package client\nconst q = `SELECT sum(net) FROM client_order WHERE currency = ?`\n", ""},
		{"integers as test data", "internal/area/client/x.go", "package client\nimport \"kontor/internal/dev/cents\"\n", "for tests and builds only"},
		{"long Go file", "internal/area/client/x.go", "package client\n" + strings.Repeat("\n", 400), "401 lines"},
		{"long page", "frontend/src/areas/partner/Long.svelte", strings.Repeat("\n", 401), "401 lines"},
		{"the outside world imports an act", "internal/host/mail/x.go", "package mail\nimport \"kontor/internal/flow/notice\"\n", "mail lies in host and imports notice, which lies above it in flow"},
		{"test code in the program", "internal/area/client/x.go", "package client\nimport \"kontor/internal/dev/testkit\"\n", "for tests and builds only"},
		{"page without words", "frontend/src/areas/client/Page.svelte", "", "client.json is missing"},
		{"message files beside the book", "internal/area/client/x.go", "package client\nimport \"kontor/frontend/messages\"\n", "internal/core/words says"},
		{"the book of words", "internal/core/words/x.go", "package words\nimport \"kontor/frontend/messages\"\n", ""},
		{"words of nobody", "frontend/messages/en/partners.json", "{}", "neither an area nor a folder of the front end is called partners"},
	} {
		t.Run(test.name, func(t *testing.T) {
			project := maps.Clone(sound)
			project[test.file] = &fstest.MapFile{Data: []byte(test.text)}
			breaches, err := Check(project)
			if err != nil {
				t.Fatal(err)
			}
			found := strings.Join(breaches, "\n")
			if test.want == "" && found != "" || !strings.Contains(found, test.want) {
				t.Errorf("found %q, want %q", found, test.want)
			}
		})
	}
}
