//go:build e2e

package e2e_test

import (
	"testing"

	"kontor/internal/dev/e2e"
)

// rooms are the tabs of pages that hold tables of their own.
var rooms = []struct{ name, route, sign string }{
	{"orders", "#/payment/prepaid/orders", "tbody tr"},
	{"payouts", "#/payment/prepaid/payouts", "[role=tabpanel]"},
	{"expected", "#/payment/prepaid/expected", "[role=tabpanel]"},
	{"cover", "#/payment/renewals/cover", "[role=tabpanel]"},
	{"activities", "#/activity/organization", "tbody tr"},
}

// goTo opens a page and waits until it shows what it is for.
func goTo(w *e2e.Window, name, route, sign string) {
	w.Script(nil, `location.hash = arguments[0]`, route)
	w.Until(name, func() bool {
		var there bool
		w.Script(&there, `return document.querySelector("main " + arguments[0]) !== null && document.querySelector("main .skeleton") === null`, sign)
		return there
	})
}

// fitsWell says what is wider than its place on the page that is open, which words are cut, and which buttons at the end of a
// row cannot be hit because something lies on them: another element, or a scroll bar that comes when the pointer does.
func fitsWell(t *testing.T, w *e2e.Window, name, dress string) {
	t.Helper()
	var wrong []string
	w.Script(&wrong, `
		const wrong = []
		const main = document.querySelector("main")
		if (document.documentElement.scrollWidth > innerWidth) wrong.push("wider than the window")
		if (main.scrollWidth > main.clientWidth + 1) wrong.push("the page is wider than its place: " + main.scrollWidth + " of " + main.clientWidth)
		const head = main.querySelector(".page-head"), lead = head.querySelector(":scope > p")
		if (lead && lead.getBoundingClientRect().top < head.querySelector(".titles").getBoundingClientRect().bottom - 1) wrong.push("the sentence stands beside the title")
		for (const one of [head, ...main.querySelectorAll(".zone-head")]) {
			const says = one.querySelector(":scope > p"), acts = one.querySelector(":scope > .actions, :scope > .acts")
			if (says && acts && acts.getBoundingClientRect().bottom <= says.getBoundingClientRect().top + 1 && acts.getBoundingClientRect().top >= one.querySelector("h1, h2").getBoundingClientRect().bottom - 1) wrong.push("the acts stand between “" + one.querySelector("h1, h2").textContent + "” and its sentence")
		}
		for (const one of main.querySelectorAll(".zone-head")) if (one.querySelector(":scope > p").getBoundingClientRect().top < one.querySelector("h2").getBoundingClientRect().bottom - 1) wrong.push("the sentence stands beside “" + one.querySelector("h2").textContent + "”")
		for (const one of main.querySelectorAll(".tile .value, .tile .note")) if (one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1) wrong.push("“" + one.textContent.trim().slice(0, 40) + "” is wider than its tile")
		const title = head.querySelector("h1")
		if (title.getBoundingClientRect().height > 2.5 * parseFloat(getComputedStyle(title).lineHeight)) wrong.push("the title is broken into more than two lines")
		const called = (one) => (one.getAttribute("aria-label") || one.textContent || one.className).trim().replace(/\s+/g, " ").slice(0, 50)
		const held = (one, panel) => { for (let at = one.parentElement; at && at !== panel; at = at.parentElement) if (getComputedStyle(at).overflowX !== "visible") return true; return false }
		for (const panel of main.querySelectorAll(".panel")) {
			const right = panel.getBoundingClientRect().right
			for (const one of panel.querySelectorAll("*")) {
				const box = one.getBoundingClientRect()
				if (box.width < 1 || box.height < 1 || one.closest("svg:not(.icon), .sr, [popover]")) continue
				if (box.right - right > 1 && !held(one, panel)) {
					wrong.push("“" + called(one) + "” is " + Math.round(box.right - right) + " px wider than its panel, " + (panel.querySelector("h2")?.textContent ?? ""))
					break
				}
			}
		}
		for (const one of main.querySelectorAll("button, .badge, .chip, h1, h2, th")) {
			const style = getComputedStyle(one)
			if (one.closest(".sr") || !one.getClientRects().length || style.textOverflow === "ellipsis" || one.closest(".cut") || one.getAttribute("role") === "combobox") continue
			if (one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1 && style.overflowX !== "visible") wrong.push("“" + called(one) + "” is cut")
		}
		const bar = 9
		for (const button of main.querySelectorAll("table td.act button, table td.act a")) {
			if (!button.getClientRects().length || button.disabled) continue
			button.scrollIntoView({ block: "center", inline: "end" })
			const box = button.getBoundingClientRect()
			const hit = document.elementFromPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2)
			if (!hit || !button.contains(hit)) { wrong.push("“" + called(button) + "” cannot be hit: " + (hit ? hit.tagName + "." + hit.className : "nothing") + " lies there"); break }
			let covered = ""
			for (let at = button.parentElement; at && at !== document.body; at = at.parentElement) {
				const style = getComputedStyle(at), place = at.getBoundingClientRect()
				const scrolls = (overflow) => overflow === "auto" || overflow === "scroll"
				if (scrolls(style.overflowY) && at.scrollHeight > at.clientHeight + 1 && at.offsetWidth - at.clientWidth < 4 && place.right - box.right < bar) covered = "the scroll bar at the right of " + (at.className || at.tagName)
				if (scrolls(style.overflowX) && at.scrollWidth > at.clientWidth + 1 && at.offsetHeight - at.clientHeight < 4 && place.bottom - box.bottom < bar && place.bottom - box.bottom > -box.height) covered = "the scroll bar below " + (at.className || at.tagName)
			}
			if (covered) { wrong.push("“" + called(button) + "” lies under " + covered); break }
		}
		main.scrollTop = 0
		return wrong`)
	for _, one := range wrong {
		t.Errorf("%s, %s: %s", name, dress, one)
	}
}

// Every page fits a narrow window and an ordinary one, in the languages with the longest words; German is dressed above.
func TestEveryPageFits(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	explore(w)
	for _, language := range []string{"it", "de"} {
		w.Call(nil, "settings.Window.Set", "language", language)
		w.Reload()
		w.Until("the window in "+language, func() (there bool) {
			w.Script(&there, `return document.documentElement.lang.startsWith(arguments[0]) && document.querySelector("main h1") !== null`, language)
			return there
		})
		for _, size := range []struct {
			name          string
			width, height int
		}{{"1280", 1280, 800}, {"1000", 1000, 700}, {"800", 800, 600}} {
			w.Resize(size.width, size.height)
			for _, p := range append(pages, rooms...) {
				goTo(w, p.name, p.route, p.sign)
				fitsWell(t, w, p.name, language+"-"+size.name)
			}
		}
	}
}
