package quote

import (
	"context"
	"strings"
	"testing"

	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

// Whatever leaves the program spends its number: no later quote has it, also when the draft is gone.
func TestANumberThatLeftIsSpent(t *testing.T) {
	for name, leave := range map[string]func(w *world, q Quote) error{
		"saved":    func(w *world, q Quote) error { return w.Exported(legal(t), q.ID, fileOffer) },
		"internal": func(w *world, q Quote) error { return w.Exported(legal(t), q.ID, fileInternal) },
		"printed":  func(w *world, q Quote) error { return w.Printed(legal(t), q.ID) },
		"mailed": func(w *world, q Quote) error {
			err := w.SendByMail(legal(t), q.ID, q.Version, "offer", Mail{To: "a@b.example", Subject: "x", Text: "y"}, "de-CH")
			w.post.states["mail-0"] = "withdrawn"
			return err
		},
		"nothing": func(*world, Quote) error { return nil },
	} {
		w := newWorld(t)
		q := w.save(t, published())
		must(t, leave(w, q))
		must(t, w.Discard(legal(t), q.ID, w.get(t, q.ID).Version))
		next, want := w.save(t, published()), "2026-0002"
		if name == "nothing" {
			want = "2026-0001" // it never left: there is no gap
		}
		if next.Number() != want {
			t.Errorf("%s, then deleted: the next quote is %s, want %s", name, next.Number(), want)
		}
	}
}

// The pattern counts from now on; quotes keep the number that they have.
func TestAPatternCountsFromNowOn(t *testing.T) {
	w := newWorld(t)
	first := w.save(t, published())
	w.sender = letterhead{pattern: "AN-{yy}.{serial:3} CH"}
	second := w.save(t, published())
	if a, b := w.get(t, first.ID).Number(), second.Number(); a != "2026-0001" || b != "AN-26.002 CH" {
		t.Errorf("%s, %s", a, b)
	}
	p, err := w.List(legal(t), Filter{Sort: "number", Limit: 10})
	must(t, err)
	if len(p.Entries) != 2 || p.Entries[1].Number != "AN-26.002 CH" {
		t.Errorf("%+v", p.Entries)
	}
	must(t, w.Send(legal(t), second.ID, second.Version))
	revised, err := w.Revise(legal(t), second.ID)
	must(t, err)
	if got := w.get(t, revised).Number(); got != "AN-26.002 CH/2" {
		t.Errorf("revised: %s", got)
	}
}

// A quote is sent when the server has its letter, and not before; until then nothing of it changes.
func TestAQuoteIsSentWhenItsLetterWasHandedOver(t *testing.T) {
	w := newWorld(t)
	q := w.save(t, published())
	letter, err := w.Service.Draft(legal(t), q.ID, "offer", "it-CH")
	must(t, err)
	if !strings.Contains(letter.Subject, "2026-0001") || !strings.Contains(letter.Text, "Elena Bernasconi") {
		t.Errorf("%+v", letter)
	}
	send := func(to string, version int) error {
		letter.To = to
		return w.SendByMail(legal(t), q.ID, version, "offer", letter, "it-CH")
	}
	if err := send("nobody", q.Version); fault.CodeOf(err) != fault.Invalid {
		t.Errorf("to nobody: %v", err)
	}
	must(t, send("a@b.example", q.Version))
	if now := w.get(t, q.ID); now.State != Draft || len(w.post.files) != 1 || !strings.HasSuffix(w.post.files[0], ".pdf") || strings.Contains(w.post.files[0], "INTERN") {
		t.Errorf("%s, %v", now.State, w.post.files)
	}
	for name, act := range map[string]error{
		"changed": func() error { _, err := w.Save(legal(t), q.ID, q.Version, published()); return err }(),
		"deleted": w.Discard(legal(t), q.ID, q.Version), "sent again": send("a@b.example", q.Version), "worded": w.SetPaper(legal(t), q.ID, q.Version, Wording{Language: "de"}),
	} {
		if fault.ReasonOf(act) != ReasonMail {
			t.Errorf("%s while the letter waits: %v", name, act)
		}
	}
	w.post.states["mail-0"] = "sent"
	err = w.db.Write(t.Context(), func(tx *sqlite.Tx) error { return w.Handed(context.Background(), tx, "mail-0", tx.Now) })
	must(t, err)
	if now := w.get(t, q.ID); now.State != Sent || now.SentAt.IsZero() {
		t.Errorf("handed over: %s", now.State)
	}
	v, _, err := w.Paper(legal(t), q.ID, fileOffer, "it-CH")
	must(t, err)
	if len(v.Letters) != 1 || v.Letters[0].State != "sent" || v.Letters[0].To != "a@b.example" || v.Letters[0].Text != letter.Text || v.Draft {
		t.Errorf("%+v", v.Letters)
	}
	reminder, err := w.Service.Draft(legal(t), q.ID, "reminder", "it-CH")
	must(t, err)
	reminder.To = "a@b.example"
	must(t, w.SendByMail(legal(t), q.ID, w.get(t, q.ID).Version, "reminder", reminder, "it-CH"))
	must(t, w.OpenMail(legal(t), reminder))
	if len(w.post.opened) != 1 || !strings.HasPrefix(w.post.opened[0], "mailto:a@b.example?") || strings.Contains(w.post.opened[0], "+") || strings.Contains(w.post.opened[0], " ") {
		t.Errorf("%q", w.post.opened)
	}
}

// Without a server nothing is queued, and the quote stays a draft; a letter that failed leaves it a draft that can change.
func TestALetterThatDidNotLeave(t *testing.T) {
	w := newWorld(t)
	q := w.save(t, published())
	m := Mail{To: "a@b.example", Subject: "x", Text: "y"}
	w.post.set = false
	if err := w.SendByMail(legal(t), q.ID, q.Version, "offer", m, "de"); fault.CodeOf(err) != fault.Conflict {
		t.Errorf("without a server: %v", err)
	}
	w.post.set = true
	must(t, w.SendByMail(legal(t), q.ID, q.Version, "offer", m, "de"))
	w.post.states["mail-0"] = "failed"
	must(t, w.SetPaper(legal(t), q.ID, q.Version, Wording{Language: "fr", Subject: "Nouveau"}))
	now := w.get(t, q.ID)
	v, _, err := w.Paper(legal(t), q.ID, fileOffer, "it-CH")
	must(t, err)
	if now.State != Draft || now.Language != "fr" || v.Texts.Subject != "Nouveau" || v.Texts.Closing != "Meilleures salutations" {
		t.Errorf("%s, %+v", now.State, v.Texts)
	}
}

// What went out stays as it went out, whatever becomes of the letterhead.
func TestAPaperThatWentOutStays(t *testing.T) {
	w := newWorld(t)
	q := w.save(t, published())
	must(t, w.SetPaper(legal(t), q.ID, q.Version, Wording{Language: "de", Subject: "Umzug", Address: "Hotel Tre Larici AG\nMusterweg 4\n7000 Chur"}))
	must(t, w.Send(legal(t), q.ID, w.get(t, q.ID).Version))
	_, before, err := w.Paper(legal(t), q.ID, fileOffer, "it-CH")
	must(t, err)
	w.sender = moved{}
	v, after, err := w.Paper(legal(t), q.ID, fileOffer, "it-CH")
	must(t, err)
	if string(before) != string(after) || v.Draft {
		t.Error("a quote that went out has another paper now")
	}
	if text := testkit.ReadPDF(t, after).Text(); !strings.Contains(text, "7000 Chur") || !strings.Contains(text, "Umzug") {
		t.Error(text)
	}
	if err := w.SetPaper(legal(t), q.ID, w.get(t, q.ID).Version, Wording{Language: "de"}); fault.ReasonOf(err) != ReasonState {
		t.Errorf("worded after it went out: %v", err)
	}
	again, err := w.Duplicate(legal(t), q.ID)
	must(t, err)
	v, _, err = w.Paper(legal(t), again, fileOffer, "it-CH")
	must(t, err)
	if v.Texts.Subject != "Umzug" || !v.Draft {
		t.Errorf("a copy has %+v", v.Texts)
	}
}

// moved is the sender at another place.
type moved struct{ letterhead }

func (moved) Letterhead(context.Context, string) (Letterhead, error) {
	return Letterhead{Name: "Ponteri Nuova SA", Accent: "#000000", Texts: map[string]string{}}, nil
}

// What is to be looked at before a paper goes out.
func TestChecksBeforeItGoesOut(t *testing.T) {
	w := newWorld(t)
	bad := func(q Quote) string {
		v, _, err := w.Paper(legal(t), q.ID, fileOffer, "it-CH")
		must(t, err)
		list := []string{}
		for _, c := range v.Checks {
			if !c.Good {
				list = append(list, c.Code)
			}
		}
		return strings.Join(list, " ")
	}
	f := published()
	f.Exclusions = []string{"domains", "vat", "setup"}
	q := w.save(t, f)
	if got := bad(q); got != "logo address excluded" {
		t.Errorf("to look at: %s", got)
	}
	must(t, w.SetPaper(legal(t), q.ID, q.Version, Wording{Language: "de", Address: "Hotel\n7000 Chur"}))
	w.sender = moved{}
	if got := bad(w.get(t, q.ID)); got != "logo sender tax excluded" {
		t.Errorf("to look at: %s", got)
	}
}
