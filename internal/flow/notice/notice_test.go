package notice_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/profile"
	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/flow/notice"
	"kontor/internal/host/mail"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
)

// screen is a desktop that remembers, or refuses.
type screen struct {
	shown chan string
	err   error
}

func (s *screen) Notify(title, text string) error {
	s.shown <- title + "|" + text
	return s.err
}

type world struct {
	*notice.Service
	t      *testing.T
	db     *sqlite.DB
	mail   *mail.Service
	screen *screen
	boss   context.Context
	log    *strings.Builder
}

func open(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, db: testkit.NewDB(t, nil), screen: &screen{shown: make(chan string, 10)}, log: &strings.Builder{}}
	testkit.Seed(t, w.db)
	w.boss = testkit.As(t, access.LegalRepresentative)
	w.mail = mail.NewService(mail.Options{DB: w.db, Journal: &testkit.Journal{}})
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		t.Fatal(err)
	}
	w.Service = notice.NewService(notice.Options{
		DB: w.db, People: profile.NewDirectory(w.db, nil), Readers: settings.NewStore(w.db), Mail: w.mail, Desktop: w.screen, Zone: zone, Log: slog.New(slog.NewTextHandler(w.log, nil)),
	})
	return w
}

func (w *world) setUpMail() {
	testkit.Exec(w.t, w.db, `INSERT INTO mail_server (one, host, port, security, username, from_address)
		VALUES (1, 'mail.ponteri.example', 587, 'starttls', '', 'kontor@ponteri.example')`)
}

func (w *world) owe(kind session.NoticeKind, d session.Device) error {
	return w.db.Write(w.t.Context(), func(tx *sqlite.Tx) error { return w.Owe(w.t.Context(), tx, "account-1", kind, d) })
}

var (
	studio = session.Device{Name: "studio", System: "Debian GNU/Linux 12", Version: "0.1.0", Address: "192.168.1.24"}
	kinds  = []session.NoticeKind{session.NoticeSuccess, session.NoticeFailure, session.NoticeLocked}
)

func TestWithoutAMailServerTheDesktopAndTheWindowTell(t *testing.T) {
	w := open(t)
	if err := w.owe(session.NoticeFailure, studio); err != nil {
		t.Fatal(err)
	}
	select {
	case got := <-w.screen.shown:
		if got != "Kontor: failed sign-in to your account in Kontor|20 Nov 2026, 13:00:00 (UTC+01:00) · studio" {
			t.Errorf("the desktop shows %q", got)
		}
	case <-time.After(testkit.Patience(5 * time.Second)):
		t.Fatal("the desktop shows nothing")
	}
	list, err := w.List(w.boss)
	if err != nil || len(list) != 1 || list[0].Kind != session.NoticeFailure || list[0].Address != studio.Address || list[0].LetterID != "" {
		t.Fatalf("%+v, %v", list, err)
	}
	groups, err := w.Unseen(w.boss)
	if err != nil || len(groups) != 1 || groups[0].Count != 1 {
		t.Errorf("unseen %+v, %v", groups, err)
	}
	if err := w.Seen(w.boss, list[0].At); err != nil {
		t.Fatal(err)
	}
	if groups, err = w.Unseen(w.boss); err != nil || len(groups) != 0 {
		t.Errorf("after looking: %+v, %v", groups, err)
	}
}

// A desktop that shows nothing is told of in the log; the notice stands in the window all the same.
func TestADesktopThatShowsNothing(t *testing.T) {
	w := open(t)
	w.screen.err = errors.New("no notification service")
	if err := w.owe(session.NoticeLocked, studio); err != nil {
		t.Fatal(err)
	}
	<-w.screen.shown
	if groups, err := w.Unseen(w.boss); err != nil || len(groups) != 1 || groups[0].Kind != session.NoticeLocked {
		t.Errorf("%+v, %v", groups, err)
	}
}

func TestWithAMailServerAMailTellsInThePersonsLanguage(t *testing.T) {
	for language, want := range map[string][]string{
		"en": {"Hello Elena,", "Debian GNU/Linux 12", "192.168.1.24", "studio", "20 Nov 2026, 06:00:00 (UTC-06:00)", "Sessions, Kontor’s sign-in"},
		"de": {"Guten Tag Elena", "Adresse im Netz: 192.168.1.24", "20. Nov. 2026, 06:00:00", "Anmeldung in Kontor"},
		"fr": {"Bonjour Elena", "Ordinateur: studio", "20 nov. 2026", "Connexion à Kontor"},
		"it": {"Ciao Elena", "Indirizzo nella rete: 192.168.1.24", "Accesso a Kontor"},
		"es": {"Hola, Elena", "Dirección en la red: 192.168.1.24", "Acceso a Kontor"},
	} {
		t.Run(language, func(t *testing.T) {
			w := open(t)
			w.setUpMail()
			testkit.Exec(t, w.db, "UPDATE account SET language = ?, time_zone = 'America/Costa_Rica'", language)
			for _, kind := range kinds {
				if err := w.owe(kind, studio); err != nil {
					t.Fatal(err)
				}
			}
			letters, err := w.mail.Letters(w.boss)
			if err != nil || len(letters) != len(kinds) || letters[0].To != "elena@ponteri.example" {
				t.Fatalf("%+v, %v", letters, err)
			}
			texts, err := sqlite.All(t.Context(), w.db.Reader(), sqlite.Value[string], "SELECT body FROM mail_message")
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(texts)
			if len(slices.Compact(texts)) != len(kinds) {
				t.Error("two kinds say the same")
			}
			for _, text := range texts {
				for _, part := range want {
					if !strings.Contains(text, part) {
						t.Errorf("%q is missing in\n%s", part, text)
					}
				}
				if strings.Contains(text, "://") || strings.Contains(text, "%!") {
					t.Errorf("a link, or a hole, in\n%s", text)
				}
			}
			if len(w.screen.shown) != 0 {
				t.Error("the desktop tells as well")
			}
			if groups, err := w.Unseen(w.boss); err != nil || len(groups) != 0 {
				t.Errorf("Home waits for what a mail tells: %+v, %v", groups, err)
			}
		})
	}
}

// Whatever a computer or a person is called, signing in works and the notice stands in the window.
func TestANoticeKeepsNobodyOut(t *testing.T) {
	w := open(t)
	w.setUpMail()
	testkit.Exec(t, w.db, "UPDATE account SET login_email = 'no address', first_name = ?", "A\r\nBcc: all@ponteri.example")
	odd := session.Device{Name: "a\r\nb\x1b[31m", System: "\xff\x00", Address: ""}
	if err := w.owe(session.NoticeSuccess, odd); err != nil {
		t.Fatal(err)
	}
	list, err := w.List(w.boss)
	if err != nil || len(list) != 1 || list[0].LetterID != "" || list[0].Device != "a b [31m" {
		t.Errorf("%+v, %v", list, err)
	}
	testkit.Exec(t, w.db, "UPDATE account SET login_email = 'elena@ponteri.example'")
	if err := w.owe(session.NoticeSuccess, odd); err != nil {
		t.Fatal(err)
	}
	if letters, err := w.mail.Letters(w.boss); err != nil || len(letters) != 1 {
		t.Errorf("%+v, %v", letters, err)
	}
}

func TestNoticesAreThePersonsOwn(t *testing.T) {
	w := open(t)
	testkit.Exec(t, w.db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
		VALUES ('account-2', 'Luca', 'Rossi', 'luca@ponteri.example', 'luca@ponteri.example', 'it', 0, 0)`)
	err := w.db.Write(t.Context(), func(tx *sqlite.Tx) error {
		return w.Owe(t.Context(), tx, "account-2", session.NoticeSuccess, studio)
	})
	if err != nil {
		t.Fatal(err)
	}
	luca := access.With(t.Context(), access.Actor{AccountID: "account-2", Role: access.External, OrganizationID: "org-1"})
	count := func() int {
		t.Helper()
		list, err := w.List(luca)
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	if list, err := w.List(w.boss); err != nil || len(list) != 0 || count() != 1 {
		t.Errorf("the legal representative sees %+v, %v; Luca %d", list, err, count())
	}
	if _, err := w.List(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
	goes, _, err := w.Holds(t.Context(), w.db.Reader(), "account-2")
	if err != nil || goes["notices"] != 1 {
		t.Errorf("%v, %v", goes, err)
	}
	sheets, err := w.Sheets(t.Context(), w.db.Reader(), "account-2")
	if err != nil || len(sheets["notices"]) != 2 {
		t.Errorf("%v, %v", sheets, err)
	}
	testkit.Exec(t, w.db, "DELETE FROM account WHERE id = 'account-2'")
	if n := count(); n != 0 {
		t.Errorf("%d outlive the account", n)
	}
}
