//go:build e2e

package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
	"kontor/internal/dev/fakemaniak"
)

// canary is the token: wherever it is found but in the keyring and in the header of a request, it has leaked.
const canary = "kontor-canary-7Qx19"

// connect pastes the token, looks at the verdict, takes what is suggested for the organization, and waits until all is read.
func connect(w *e2e.Window) {
	w.Script(nil, `location.hash = "#/settings/infomaniak"`)
	w.Field("Paste it here").Fill(canary)
	w.Button("Check the token").Click()
	w.See("can be read")
	w.Gone("Synced")
	w.Button("Choose organizations").Click()
	w.Button("Take: Studio Ponteri SA").Click()
	w.Button("Connect and read").Click()
	w.Button("Read now").Visible()
	w.Until("everything is read", func() bool {
		var state struct{ State, LastCompleteAt string }
		w.Call(&state, "mirror.Window.State")
		return state.State == "idle" && state.LastCompleteAt != ""
	})
}

// From a token that is pasted to one that is forgotten: what is read is shown with its age, what is changed counts only when
// it is read back, and nothing of the token lies anywhere.
func TestInfomaniakIsConnectedEditedAndGivenUp(t *testing.T) {
	t.Parallel()
	fake := fakemaniak.New(fakemaniak.Alone(), canary)
	w := e2e.Start(t, e2e.Infomaniak(t, fake))
	begin(w)
	if n := len(fake.Requests()); n != 0 {
		t.Errorf("%d requests before anything was asked for", n)
	}
	connect(w)
	w.Axe()
	w.Screenshot("infomaniak-connected-light")

	w.Link("Profile").Click()
	w.Button("Edit at Infomaniak: First name").Click()
	w.Field("First name").Fill("Elena Maria")
	w.Button("Send to Infomaniak").Click()
	w.See("Elena Maria")
	w.See("confirmed")
	w.Axe()
	w.Screenshot("infomaniak-profile-light")
	if sent := fake.Writes(); len(sent) != 1 || sent[0].Body != `{"email":"elena@ponteri.example","firstname":"Elena Maria"}` {
		t.Errorf("sent %+v", sent)
	}

	w.Button("Take over: Country").Click()
	w.Button("Take over: Country").Gone()
	w.Button("Take over: First name").Visible() // nothing flows by itself

	// Somebody else has changed the same field since it was read.
	fake.Edit(func(s *fakemaniak.State) { s.Profile["last_name"] = "Bernasconi-Rossi" })
	w.Button("Edit at Infomaniak: Last name").Click()
	w.Field("Last name").Fill("Bianchi")
	w.Button("Send to Infomaniak").Click()
	w.See("changed on both sides")
	w.Button("Compare: Last name").Click()
	both := w.Dialog("Last name: changed on both sides")
	both.See("Bernasconi-Rossi")
	w.Axe()
	w.Screenshot("infomaniak-conflict-light")
	both.Find("button", "Take theirs, Bernasconi-Rossi").Click()
	both.Gone()

	w.Script(nil, `location.hash = "#/session/security"`)
	w.Find("switch", "Mail after a sign-in").Click()
	w.See("confirmed")
	w.Axe()

	w.Link("Home").Click()
	w.See("what happened at Infomaniak after")
	w.Gone("which Kontor does not read")
	w.Link("Domains").Click()
	w.See("pendingTransfer clientTransferProhibited")

	for _, hit := range traces(t, w, canary) {
		if !strings.HasPrefix(hit, "the keyring") {
			t.Error(hit)
		}
	}
	w.Script(nil, `location.hash = "#/settings/infomaniak"`)
	w.Find("switch", "Read the activity of Ponteri").Click()
	w.Link("Activity").Click()
	w.Find("radio", "kDrive at Infomaniak").Click()
	w.See("40 shown; 40 kept of these drives")
	w.Axe()
	w.Screenshot("infomaniak-activity-light")
	w.Press("Control+k")
	w.Field(box).Fill("offerta 000017")
	w.Until("the event is what Enter opens", func() (chosen bool) { // and not one of the first letters, which was answered before
		w.Script(&chosen, `const one = document.querySelector("[role=option][aria-selected=true]")
			return one?.parentElement.getAttribute("aria-label") === "kDrive at Infomaniak" && one.innerText.includes("Offerta 000017")`)
		if !chosen {
			w.Press("Tab")
		}
		return chosen
	})
	w.Press("Enter")
	w.Until("the row of the event is marked and has the focus", func() bool {
		var there bool
		w.Script(&there, `const row = document.activeElement; return row.matches("main tr.is-selected") && row.innerText.includes("Offerta 000017")`)
		return there
	})
	w.Resize(800, 600)
	w.Axe()
	w.Screenshot("infomaniak-activity-narrow")

	w.Script(nil, `location.hash = "#/settings/infomaniak"`)
	w.Button("Disconnect").Click()
	out := w.Dialog("Disconnect from Infomaniak?")
	out.Find("radio", "").Nth(2).Click() // its name goes on to what would be erased
	out.Find("field", "Your password in Kontor").Fill(password)
	w.Axe()
	out.Find("button", "Disconnect").Click()
	out.Gone()
	w.Field("Paste it here").Visible()
	before := len(fake.Requests())
	w.Link("Profile").Click()
	w.Gone("Bernasconi-Rossi")
	if n := len(fake.Requests()); n != before || fake.Overrun() > 0 {
		t.Errorf("%d requests after disconnecting, %d too many", n-before, fake.Overrun())
	}
	hits := slices.DeleteFunc(traces(t, w, canary, "Bernasconi-Rossi", "tre-larici.example"), func(hit string) bool {
		// the day's copy of the workspace is made while this goes on, if the machine is slow; it holds what was there, but no token
		return strings.Contains(hit, "/copies/") && !strings.Contains(hit, canary)
	})
	if len(hits) > 0 {
		t.Error(hits)
	}
}

// A record is changed as a zone is: read and kept first, sent once, read back; and put back from the snapshot.
func TestADNSRecordIsChangedAndPutBack(t *testing.T) {
	t.Parallel()
	fake := fakemaniak.New(fakemaniak.Alone(), canary)
	w := e2e.Start(t, e2e.Infomaniak(t, fake), e2e.Env("GTK_THEME=Adwaita:dark"))
	begin(w)
	connect(w)
	w.Script(nil, `location.hash = "#/transfer"`)
	w.Link("DNS kept: ponteri.example").Click()
	w.Heading("ponteri.example").Visible()
	w.Button("Read and keep the zone").Click()
	w.See("192.0.2.10")
	w.Button("Edit at Infomaniak: @ A").Click()
	edit := w.Dialog("Record in ponteri.example")
	edit.Find("field", "Value").Fill("192.0.2.77")
	edit.Find("button", "Send to Infomaniak").Click()
	edit.Gone()
	w.See("confirmed")
	w.See("after a change")
	w.Axe()
	w.Screenshot("infomaniak-dns-dark")
	targets := func() (list []string) {
		fake.Edit(func(s *fakemaniak.State) {
			for _, one := range s.Zones["ponteri.example"] {
				if text, ok := one["target"].(string); ok {
					list = append(list, text)
				}
			}
		})
		return list
	}
	if !slices.Contains(targets(), "192.0.2.77") || len(fake.Writes()) != 1 {
		t.Errorf("%v after %v", targets(), fake.Writes())
	}
	w.Script(nil, `[...document.querySelectorAll("button")].find((one) => one.getAttribute("aria-label")?.startsWith("Compare the snapshot of")).click()`)
	both := w.Dialog("Compare")
	both.Find("checkbox", "").Click()
	w.Axe()
	both.Find("button", "Ask to put one back").Click()
	both.Gone()
	w.Until("it is put back", func() bool { return slices.Contains(targets(), "192.0.2.10") && len(fake.Writes()) == 2 })
	w.Resize(800, 600)
	w.Axe()
	w.Link("Among the domains").Click()
	w.See("What your token reads of them")
}
