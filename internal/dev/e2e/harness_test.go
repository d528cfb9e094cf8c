//go:build e2e

package e2e

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
)

// The harness has to see what it is there to catch.

func TestHarnessSeesConsoleErrors(t *testing.T) {
	t.Parallel()
	w := Start(t)
	w.ExpectConsole("this one is expected")
	w.Script(nil, `
		console.error("this one is expected")
		console.error("an error")
		console.log("no ERROR at all")
		Promise.reject(new Error("a rejection"))
		setTimeout(() => { throw new Error("an exception") })`)
	want := []string{"an error", "a rejection", "an exception"}
	w.until("the console", func() error {
		return poll(0, func() error {
			got := strings.Join(w.consoleErrors(), "\n")
			for _, text := range want {
				if !strings.Contains(got, text) {
					return &driverError{"not reported", text}
				}
			}
			return nil
		})
	})
	if got := w.consoleErrors(); len(got) != len(want) {
		t.Errorf("reported %q, want the %d that nobody expects", got, len(want))
	}
	w.allowed = append(w.allowed, want...)
}

func TestHarnessSeesConnections(t *testing.T) {
	t.Parallel()
	w := Start(t, WatchNetwork())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	address := l.Addr().String()
	// all else is blocked by the page's policy
	w.Script(nil, `document.head.append(Object.assign(document.createElement("link"), { rel: "preconnect", href: "http://" + arguments[0] }))`, address)
	w.until("the connection", func() error {
		found := w.Connections()
		if !slices.ContainsFunc(found, func(s string) bool { return strings.Contains(s, "→ "+address) }) {
			return fmt.Errorf("saw %q, want one to %s", found, address)
		}
		return nil
	})
}

func TestHarnessFindsAndFills(t *testing.T) {
	t.Parallel()
	w := Start(t)
	w.Script(nil, `
		document.body.innerHTML = '<main><h1>A form</h1><label for="q">Quantity</label><input id="q">' +
			'<label>Name <input id="n" value="old"></label><label for="d">Day</label><input type="date" id="d">' +
			'<label for="c">Currency</label><select id="c"><option>CHF</option><option>EUR</option></select>' +
			'<label for="f">Logo</label><input type="file" id="f"><button>Save</button><button hidden>Hidden</button>' +
			'<div role="dialog" aria-label="Sure?"><button>Save</button></div><p id="out" role="status"></p></main>'
		document.querySelector("main > button").onclick = () => {
			const at = (id) => document.getElementById(id)
			at("out").textContent = [at("q").value, at("n").value, at("d").value, at("c").value, at("f").files[0]?.name].join(" ")
		}`)
	w.Heading("A form").Visible()
	w.Field("Quantity").Fill("12")
	w.Field("Quantity").Fill("35")
	w.Field("Name").Fill("Hôtel Trè Larici")
	w.Field("Day").Fill("2026-11-20")
	w.Field("Currency").Choose("EUR")
	w.Field("Logo").Upload("/proc/self/comm")
	w.Button("Save").Nth(1).Click()
	w.Find("status", "").See("35 Hôtel Trè Larici 2026-11-20 EUR comm")
	w.Button("Hidden").Gone()
	w.Dialog("Sure?").Find("button", "Save").Visible()
	if n := w.Button("Save").Count(); n != 2 {
		t.Errorf("%d buttons, want 2", n)
	}
	w.Field("Quantity").Fill("")
	w.Field("Quantity").Holds("")
	w.Field("Quantity").Focused()
	w.Press("Shift+Tab")
	w.Press("Tab")
	w.Press("7")
	w.Field("Quantity").Holds("7")
	w.Resize(800, 600)
}

func TestHarnessSeesWhatIsNotAccessible(t *testing.T) {
	t.Parallel()
	w := Start(t, Zoom(2))
	w.Axe()
	w.Script(nil, `document.querySelector("main").insertAdjacentHTML("beforeend", '<button></button>')`)
	found, err := w.violations()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(found, func(v violation) bool { return v.ID == "button-name" }) {
		t.Errorf("axe found %v, want the button without a name", found)
	}
	var width int
	if w.Script(&width, `return innerWidth`); width != 640 {
		t.Errorf("the page is %d wide at 200 %%, want 640", width)
	}
}
