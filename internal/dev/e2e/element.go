//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// frame is how long one picture stays on the screen.
const frame = time.Second / 60

// Element says what to look for; every step looks anew, so an element outlives any redrawing of the page.
type Element struct {
	w      *Window
	within *Element
	role   string
	name   string
	nth    int // 0: there has to be exactly one
}

// Find looks for a role and a whole accessible name; an empty name matches all.
func (w *Window) Find(role, name string) *Element { return &Element{w: w, role: role, name: name} }

// Find looks inside this element.
func (e *Element) Find(role, name string) *Element {
	return &Element{w: e.w, within: e, role: role, name: name}
}

// Button finds a button.
func (w *Window) Button(name string) *Element { return w.Find("button", name) }

// Link finds a link.
func (w *Window) Link(name string) *Element { return w.Find("link", name) }

// Field finds whatever a person fills in or chooses from under that label.
func (w *Window) Field(label string) *Element { return w.Find("field", label) }

// Heading finds a heading of any level.
func (w *Window) Heading(name string) *Element { return w.Find("heading", name) }

// Dialog finds a dialog, an alert dialog included.
func (w *Window) Dialog(name string) *Element { return w.Find("dialog", name) }

// Nth takes the nth (from 1) of several in the order of the page.
func (e *Element) Nth(n int) *Element { c := *e; c.nth = n; return &c }

func (e *Element) String() string {
	s := e.role
	if e.name != "" {
		s += fmt.Sprintf(" %q", e.name)
	}
	if e.nth > 0 {
		s += fmt.Sprintf(" no. %d", e.nth)
	}
	if e.within != nil {
		s += " in " + e.within.String()
	}
	return s
}

// candidates narrows the page down to elements of a role that could have the name; the engine decides which do.
const candidates = `
const [role, name, within] = arguments
const implicit = {
	button: "button, summary, input[type=button], input[type=submit], input[type=reset]",
	link: "a[href]", heading: "h1, h2, h3, h4, h5, h6", img: "img, svg", list: "ul, ol", listitem: "li",
	table: "table", row: "tr", cell: "td", columnheader: "th", rowheader: "th[scope=row]", dialog: "dialog",
	checkbox: "input[type=checkbox]", radio: "input[type=radio]", option: "option", combobox: "select",
	textbox: "input:not([type]), input[type=text], input[type=email], input[type=tel], input[type=url], textarea",
	searchbox: "input[type=search]", spinbutton: "input[type=number]", slider: "input[type=range]",
	navigation: "nav", main: "main", banner: "header", complementary: "aside", region: "section", form: "form",
	group: "fieldset, details", separator: "hr", progressbar: "progress", status: "output", article: "article",
	figure: "figure",
	field: "input:not([type=hidden]), textarea, select, [contenteditable]",
}[role]
const explicit = {
	field: ["textbox", "combobox", "searchbox", "spinbutton", "slider", "switch", "checkbox", "radio", "listbox", "radiogroup"],
	dialog: ["dialog", "alertdialog"],
}[role] ?? [role]
const squeeze = (s) => (s ?? "").replace(/\s+/g, " ").trim()
const selector = [...explicit.map((r) => '[role~="' + r + '"]'), ...(implicit ? [implicit] : [])].join(",")
const text = (el) => squeeze([
	el.textContent, el.getAttribute("aria-label"), el.title, el.alt, el.placeholder, el.value,
	...(el.getAttribute("aria-labelledby") ?? "").split(/\s+/).map((id) => id && document.getElementById(id)?.textContent),
	...[...(el.labels ?? [])].map((l) => l.textContent),
	...[...el.querySelectorAll("[aria-label], [alt], [title]")].map((c) => [c.getAttribute("aria-label"), c.alt, c.title].join(" ")),
	el.querySelector(":scope > caption, :scope > legend, :scope > figcaption")?.textContent,
].join(" "))
const words = squeeze(name).split(" ")
return [...(within ?? document).querySelectorAll(selector)].filter((el) => {
	const own = el.getAttribute("role")
	if (own && !explicit.includes(own) && role !== "field") return false
	if (el.closest("[aria-hidden=true], [inert]")) return false
	if (el.type !== "file" && !el.checkVisibility({ visibilityProperty: true })) return false
	const all = text(el)
	return words.every((word) => all.includes(word))
})`

// all gives the elements that match, in the order of the page.
func (e *Element) all() ([]node, error) {
	var within any
	if e.within != nil {
		n, err := e.within.one()
		if err != nil {
			return nil, err
		}
		within = n
	}
	var nodes []node
	if err := e.w.driver.script(&nodes, candidates, e.role, e.name, within); err != nil || e.name == "" {
		return nodes, err
	}
	var named []node
	for _, n := range nodes {
		var label string
		if err := e.w.driver.get(n.path("computedlabel"), &label); err != nil {
			return nil, err
		}
		if squeeze(label) == squeeze(e.name) || squeeze(label) == squeeze(e.name+" "+e.w.valueInLabel(n)) {
			named = append(named, n)
		}
	}
	return named, nil
}

// valueInLabel is the value of a field that stands inside its label: WebKit counts it as part of the name.
func (w *Window) valueInLabel(n node) (value string) {
	_ = w.driver.script(&value, `return arguments[0].closest("label") && arguments[0].value || ""`, n)
	return value
}

func (e *Element) one() (node, error) {
	nodes, err := e.all()
	switch {
	case err != nil:
		return node{}, err
	case e.nth > 0 && len(nodes) >= e.nth:
		return nodes[e.nth-1], nil
	case e.nth == 0 && len(nodes) == 1:
		return nodes[0], nil
	case e.nth == 0 && len(nodes) > 1:
		return node{}, fmt.Errorf("%d match: use Nth or look inside something", len(nodes))
	}
	return node{}, errors.New("none matches")
}

// step finds the element and does something with it, again and again until that succeeds.
func (e *Element) step(verb string, do func(n node) error) {
	e.w.t.Helper()
	e.w.until(verb+" "+e.String(), func() error {
		n, err := e.one()
		if err != nil {
			return err
		}
		return do(n)
	})
}

// Click clicks it, as soon as it is in reach, enabled and at rest.
func (e *Element) Click() {
	e.w.t.Helper()
	e.step("click", func(n node) error {
		if err := errors.Join(e.enabled(n), e.atRest(n)); err != nil {
			return err
		}
		return e.w.driver.post(n.path("click"), nil, nil)
	})
}

func (e *Element) enabled(n node) error {
	var off bool
	err := e.w.driver.script(&off, `return arguments[0].matches(":disabled, [aria-disabled=true]")`, n)
	if err == nil && off {
		return errors.New("it is disabled")
	}
	return err
}

// atRest refuses what another picture shows at another place: a click would hit whatever comes there instead.
func (e *Element) atRest(n node) error {
	place := func() (at [4]float64, err error) {
		err = e.w.driver.script(&at, `
			const { x, y, width, height } = arguments[0].getBoundingClientRect()
			return [x, y, width, height]`, n)
		return at, err
	}
	was, err := place()
	if err != nil {
		return err
	}
	time.Sleep(frame)
	if is, err := place(); err != nil || is != was {
		return errors.Join(err, errors.New("it is moving"))
	}
	return nil
}

// Fill replaces what the field holds, key by key. Dates and sliders, which have no text of their own, are set at once.
func (e *Element) Fill(text string) {
	e.w.t.Helper()
	e.step("fill", func(n node) error {
		if err := e.enabled(n); err != nil {
			return err
		}
		var typed bool
		err := e.w.driver.script(&typed, `
			const [el, text] = arguments
			el.focus()
			if (["date", "time", "month", "range", "color"].includes(el.type)) {
				el.value = text
				for (const name of ["input", "change"]) el.dispatchEvent(new Event(name, { bubbles: true }))
				return false
			}
			if (el.select) el.select()
			else getSelection().selectAllChildren(el)
			return true`, n, text)
		if err != nil || !typed {
			return err
		}
		if text == "" {
			return e.w.driver.press([]string{keyCodes["Delete"]})
		}
		return e.w.driver.post(n.path("value"), map[string]string{"text": text}, nil)
	})
}

// Paste replaces what the field holds at once, as from the clipboard: nothing between the old and the new text is ever
// there to be answered.
func (e *Element) Paste(text string) {
	e.w.t.Helper()
	e.step("paste into", func(n node) error {
		var done bool
		err := e.w.driver.script(&done, `
			const [el, text] = arguments
			el.focus()
			el.select()
			return document.execCommand(text === "" ? "delete" : "insertText", false, text)`, n, text)
		if err == nil && !done {
			return errors.New("it takes no text")
		}
		return err
	})
}

// Type types into it without replacing what is there.
func (e *Element) Type(text string) {
	e.w.t.Helper()
	e.step("type into", func(n node) error {
		return e.w.driver.post(n.path("value"), map[string]string{"text": text}, nil)
	})
}

// Upload gives the file field a file.
func (e *Element) Upload(path string) { e.w.t.Helper(); e.Type(path) }

// Choose picks the option with that text from a select.
func (e *Element) Choose(option string) {
	e.w.t.Helper()
	e.step("choose "+option+" from", func(n node) error {
		var found bool
		err := e.w.driver.script(&found, `
			const [el, text] = arguments
			const option = [...el.options].find((o) => o.label.trim() === text)
			if (!option || option.disabled) return false
			el.focus()
			el.value = option.value
			for (const name of ["input", "change"]) el.dispatchEvent(new Event(name, { bubbles: true }))
			return true`, n, option)
		if err == nil && !found {
			return errors.New("no such option")
		}
		return err
	})
}

// Focus moves the keyboard there.
func (e *Element) Focus() {
	e.w.t.Helper()
	e.step("focus", func(n node) error { return e.w.driver.script(nil, `arguments[0].focus()`, n) })
}

// Visible waits until it is there and gives it back.
func (e *Element) Visible() *Element {
	e.w.t.Helper()
	e.step("see", func(node) error { return nil })
	return e
}

// Gone waits until none is there.
func (e *Element) Gone() {
	e.w.t.Helper()
	e.w.until("no "+e.String(), func() error {
		nodes, err := e.all()
		if err == nil && len(nodes) > 0 {
			return fmt.Errorf("%d are there", len(nodes))
		}
		return err
	})
}

// Count is the number of those that are there now.
func (e *Element) Count() int {
	e.w.t.Helper()
	nodes, err := e.all()
	if err != nil {
		e.w.t.Fatalf("count %s: %v", e, err)
	}
	return len(nodes)
}

// See waits until the text can be seen in it.
func (e *Element) See(text string) {
	e.w.t.Helper()
	e.expect("text", `return arguments[0].innerText`, func(got string) bool {
		return strings.Contains(squeeze(got), squeeze(text))
	}, text)
}

// Holds waits until the field's value is this.
func (e *Element) Holds(value string) {
	e.w.t.Helper()
	e.expect("value", `return arguments[0].value`, func(got string) bool { return got == value }, value)
}

// Has waits until the attribute has this value.
func (e *Element) Has(attribute, value string) {
	e.w.t.Helper()
	e.expect(attribute, fmt.Sprintf(`return arguments[0].getAttribute(%q) ?? ""`, attribute),
		func(got string) bool { return got == value }, value)
}

// Disabled waits until it cannot be used.
func (e *Element) Disabled() {
	e.w.t.Helper()
	e.expect("state", `return arguments[0].matches(":disabled, [aria-disabled=true]") ? "disabled" : "enabled"`,
		func(got string) bool { return got == "disabled" }, "disabled")
}

// Focused waits until it has the keyboard.
func (e *Element) Focused() {
	e.w.t.Helper()
	e.expect("focus", `return document.activeElement === arguments[0] ? "here" : document.activeElement?.outerHTML.slice(0, 200)`,
		func(got string) bool { return got == "here" }, "here")
}

func (e *Element) expect(what, script string, good func(string) bool, want string) {
	e.w.t.Helper()
	e.step("check "+what+" of", func(n node) error {
		var got string
		if err := e.w.driver.script(&got, script, n); err != nil {
			return err
		}
		if !good(got) {
			return fmt.Errorf("%s is %q, want %q", what, got, want)
		}
		return nil
	})
}

// Role and Label are what the engine tells assistive technology.
func (e *Element) Role() string { e.w.t.Helper(); return e.computed("computedrole") }

// Label is its accessible name.
func (e *Element) Label() string { e.w.t.Helper(); return e.computed("computedlabel") }

func (e *Element) computed(what string) (value string) {
	e.w.t.Helper()
	e.step("read "+what+" of", func(n node) error { return e.w.driver.get(n.path(what), &value) })
	return value
}
