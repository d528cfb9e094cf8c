//go:build e2e

package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kontor/internal/core/words"
	"kontor/internal/dev/e2e"
	"kontor/internal/dev/wordcheck"
	"kontor/internal/host/link"
)

// The one table of the doors is the page's own, frontend/src/lib/link/pages.ts.
var (
	doorArea = regexp.MustCompile(`(?ms)^  (\w+): \{(?:([^\n]*)\},|\n(.*?)^  \},)$`)
	doorPath = regexp.MustCompile(`(?s)(?:'(\w*)'|(\w+)): \[(.*?)\]`)
	doorPage = regexp.MustCompile(`^\s*\{ page: '(\w+)'`)
)

// doors are the nearest page of Infomaniak for each of ours, as "area/room"; "" where the table names it otherwise.
func doors(t *testing.T) map[string]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "frontend", "src", "lib", "link", "pages.ts"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "export const DOORS")
	table, _, _ = strings.Cut(table, "\n};")
	found := map[string]string{}
	for _, area := range doorArea.FindAllStringSubmatch(table, -1) {
		for _, room := range doorPath.FindAllStringSubmatch(area[2]+area[3], -1) {
			page := ""
			if m := doorPage.FindStringSubmatch(room[3]); m != nil {
				page = m[1]
			}
			found[area[1]+"/"+room[1]+room[2]] = page
		}
	}
	if len(found) < 9 {
		t.Fatalf("the table of the doors has changed its form: %v", found)
	}
	return found
}

// further are the pages that no test dresses.
var further = []struct{ name, route, sign string }{
	{"expiry", "#/expiry", ".page-head"},
	{"orders-of-quotes", "#/sale", ".page-head"},
	{"safety", "#/settings/safety", ".page-head"},
	{"infomaniak", "#/settings/infomaniak", ".page-head"},
}

// Whatever page one opens, in whatever language: it says who decides, makes none of the old claims, and leads to
// Infomaniak's page of the same thing.
func TestEveryPageSaysWhatIsSo(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	known, table := link.IDs(), doors(t)
	for _, language := range words.Languages {
		w.Call(nil, "settings.Window.Set", "language", language)
		w.Reload()
		w.Until("the window in "+language, func() (there bool) {
			w.Script(&there, `return document.documentElement.lang.startsWith(arguments[0]) && document.querySelector("main h1") !== null`, language)
			return there
		})
		for _, p := range slices.Concat(pages, further) {
			w.Script(nil, `location.hash = arguments[0]`, p.route)
			w.Until(p.name, func() (there bool) {
				w.Script(&there, `return document.querySelector("main " + arguments[0]) !== null && document.querySelector("main .skeleton") === null`, p.sign)
				return there
			})
			var page struct {
				Text, Doors string
				Badge       bool
			}
			w.Script(&page, `
				const main = document.querySelector("main")
				return {
					text: main.innerText + "\n" + document.title,
					doors: main.querySelector("[data-doors]")?.dataset.doors ?? "",
					badge: main.querySelector(".authority, .zone") !== null,
				}`)
			if !page.Badge {
				t.Errorf("%s: %s does not say who decides", language, p.name)
			}
			for _, claim := range wordcheck.Overclaims(language, page.Text) {
				t.Errorf("%s: %s claims %q", language, p.name, claim)
			}
			area, room, _ := strings.Cut(strings.TrimPrefix(p.route, "#/"), "/")
			want, listed := table[area+"/"+room]
			if !listed {
				want, listed = table[area+"/"]
			}
			leads := strings.Fields(page.Doors)
			if listed != (len(leads) > 0) || want != "" && leads[0] != want {
				t.Errorf("%s: %s leads to %q, want %q first", language, p.name, leads, want)
			}
			for _, id := range leads {
				if !slices.Contains(known, link.ID(id)) {
					t.Errorf("%s: %s leads to %q, which nobody can open", language, p.name, id)
				}
			}
		}
	}
}
