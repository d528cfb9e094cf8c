package mail_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"

	"kontor/internal/area/profile"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/dev/testkit/mailserver"
	"kontor/internal/host/audit"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

const secret = "correct horse battery"

func TestMain(m *testing.M) {
	keyring.MockInit()
	if path := os.Getenv(crashPath); path != "" {
		crashChild(path)
	}
	m.Run()
}

// post is a mail service on a database of its own, with the server that it sends through.
type post struct {
	*mail.Service
	t       *testing.T
	db      *sqlite.DB
	clock   *testkit.Clock
	journal *testkit.Journal
	server  *mailserver.Server
	boss    context.Context
}

// newPost sets up a server and a service that knows it. The loop does not run: a test passes by itself.
func newPost(t *testing.T, o mailserver.Options) *post {
	t.Helper()
	p := &post{t: t, clock: testkit.NewClock(), journal: &testkit.Journal{}, server: mailserver.Start(t, o)}
	p.db = testkit.NewDB(t, p.clock)
	testkit.Seed(t, p.db)
	p.boss = testkit.Keeper(t)
	v := vault.Open(p.db, t.TempDir(), vault.Options{})
	t.Cleanup(v.Close)
	p.Service = mail.NewService(mail.Options{DB: p.db, Journal: p.journal, Vault: v, Accounts: profile.NewDirectory(p.db, nil), Roots: p.server.Roots})
	if err := p.SetSettings(p.boss, p.settings(o), o.Password); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *post) settings(o mailserver.Options) mail.Settings {
	security := map[mailserver.Security]mail.Security{mailserver.STARTTLS: mail.STARTTLS, mailserver.TLS: mail.TLS, mailserver.Plain: mail.Plain}
	return mail.Settings{
		Host: "127.0.0.1", Port: p.server.Port, Security: security[o.Security], User: o.User, From: "kontor@ponteri.example",
	}
}

func (p *post) queue(m mail.Message) (id string) {
	p.t.Helper()
	err := p.db.Write(p.t.Context(), func(tx *sqlite.Tx) (err error) {
		id, err = p.Queue(p.t.Context(), tx, m)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return id
}

func (p *post) pass() {
	p.t.Helper()
	if _, err := p.Pass(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
}

func (p *post) letter(id string) mail.Letter {
	p.t.Helper()
	l, err := p.Letter(p.t.Context(), p.db.Reader(), id)
	if err != nil {
		p.t.Fatal(err)
	}
	return l
}

func notice() mail.Message {
	return mail.Message{
		To: "elena@ponteri.example", Subject: "Anmeldung bei Kontor – Zürich", Text: "Guten Tag\n\nEs wurde angemeldet.\n",
		AccountID: "account-1", Product: audit.Session,
	}
}

func TestSettingsThatCannotWork(t *testing.T) {
	good := mail.Settings{Host: "mail.ponteri.example", Port: 587, Security: mail.STARTTLS, User: "elena", From: "elena@ponteri.example"}
	for _, test := range []struct {
		name        string
		change      func(*mail.Settings)
		field, code string
	}{
		{"none", func(*mail.Settings) {}, "", ""},
		{"IPv6", func(s *mail.Settings) { s.Host = "2001:db8::25" }, "", ""},
		{"umlaut", func(s *mail.Settings) { s.Host = "mail.zürich.example" }, "", ""},
		{"no user", func(s *mail.Settings) { s.User = "" }, "", ""},
		{"plain to this computer", func(s *mail.Settings) { s.Host, s.Security = "localhost", mail.Plain }, "", ""},
		{"plain to IPv6 loopback", func(s *mail.Settings) { s.Host, s.Security = "::1", mail.Plain }, "", ""},
		{"no host", func(s *mail.Settings) { s.Host = " " }, "host", "required"},
		{"address as host", func(s *mail.Settings) { s.Host = "https://mail.ponteri.example" }, "host", "not_a_host"},
		{"host with a port", func(s *mail.Settings) { s.Host = "mail.ponteri.example:25" }, "host", "not_a_host"},
		{"host with a line end", func(s *mail.Settings) { s.Host = "mail\r\n.example" }, "host", "not_a_host"},
		{"no port", func(s *mail.Settings) { s.Port = 0 }, "port", "number_too_small"},
		{"high port", func(s *mail.Settings) { s.Port = 65536 }, "port", "number_too_large"},
		{"plain elsewhere", func(s *mail.Settings) { s.Security = mail.Plain }, "security", "plain_beyond_loopback"},
		{"plain, looks like here", func(s *mail.Settings) { s.Security, s.Host = mail.Plain, "localhost.ponteri.example" }, "security", "plain_beyond_loopback"},
		{"some security", func(s *mail.Settings) { s.Security = "ssl" }, "security", "not_a_choice"},
		{"user with a line end", func(s *mail.Settings) { s.User = "elena\nRCPT" }, "user", "not_text"},
		{"no sender", func(s *mail.Settings) { s.From = "" }, "from", "required"},
		{"sender with a name", func(s *mail.Settings) { s.From = "Elena <elena@ponteri.example>" }, "from", "not_an_email"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := good
			test.change(&s)
			wantField(t, s.Validate(), test.field, test.code)
		})
	}
}

// wantField fails unless err refuses exactly that field in that way; with field "" err must be nil.
func wantField(t *testing.T, err error, field, code string) {
	t.Helper()
	if field == "" {
		if err != nil {
			t.Errorf("%v, want nothing refused", err)
		}
		return
	}
	var f *fault.Error
	if !errors.As(err, &f) || len(f.Fields) != 1 || f.Fields[0].Name != field || f.Fields[0].Code != code {
		t.Errorf("%v, want %s: %s", err, field, code)
	}
}

func TestOnlyWhoKeepsTheWorkspaceChangesTheServer(t *testing.T) {
	p := newPost(t, mailserver.Options{})
	for _, role := range access.Roles() {
		ctx := testkit.As(t, role)
		for name, err := range map[string]error{
			"set": p.SetSettings(ctx, p.settings(mailserver.Options{}), ""), "remove": p.Remove(ctx),
			"test": p.Test(ctx, p.settings(mailserver.Options{}), "", notice()),
		} {
			if fault.CodeOf(err) != fault.Forbidden {
				t.Errorf("%s, %s: %v, want forbidden", role, name, err)
			}
		}
		if st, err := p.Status(ctx); err != nil || st != (mail.Status{On: true, Settings: mail.Settings{Port: 587, Security: mail.STARTTLS}}) {
			t.Errorf("%s: %+v, %v", role, st, err)
		}
	}
	if _, err := p.Status(t.Context()); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
	if n := p.server.Connections(); n != 0 {
		t.Errorf("%d connections for nothing", n)
	}
}

// The password is kept, never shown, and never given to a server for which it was not entered.
func TestThePasswordGoesNowhereElse(t *testing.T) {
	o := mailserver.Options{User: "elena", Password: secret}
	p := newPost(t, o)
	s := p.settings(o)
	if err := p.SetSettings(p.boss, s, ""); err != nil {
		t.Errorf("keeping it: %v", err)
	}
	sender := s
	sender.From = "office@ponteri.example"
	if err := p.SetSettings(p.boss, sender, ""); err != nil {
		t.Errorf("another sender, same server: %v", err)
	}
	for name, change := range map[string]func(*mail.Settings){
		"host": func(s *mail.Settings) { s.Host = "localhost" }, "port": func(s *mail.Settings) { s.Port++ },
		"security": func(s *mail.Settings) { s.Security = mail.TLS }, "user": func(s *mail.Settings) { s.User = "other" },
	} {
		other := s
		change(&other)
		wantField(t, p.SetSettings(p.boss, other, ""), "password", "required")
		if err := p.Test(p.boss, other, "", notice()); err == nil {
			t.Errorf("%s: tested with the password of another server", name)
		}
	}
	if n := p.server.Connections(); n != 0 {
		t.Errorf("%d connections: the password may have been sent", n)
	}
	wantField(t, p.SetSettings(p.boss, s, "a\r\nb"), "password", "not_text")
	for _, e := range p.journal.Entries {
		if strings.Contains(e.Old+e.New+e.ObjectName, secret) {
			t.Errorf("the journal holds the password: %+v", e)
		}
	}
	if len(p.journal.Entries) != 3 {
		t.Errorf("%d entries, want one for each change", len(p.journal.Entries))
	}
	if err := p.Remove(p.boss); err != nil {
		t.Fatal(err)
	}
	if st, err := p.Status(p.boss); err != nil || st.On || st.HasPassword {
		t.Errorf("after removing: %+v, %v", st, err)
	}
	err := p.db.Write(t.Context(), func(tx *sqlite.Tx) error {
		_, err := p.Queue(t.Context(), tx, notice())
		return err
	})
	if fault.ReasonOf(err) != mail.ReasonNotSetUp {
		t.Errorf("queued without a server: %v", err)
	}
}

func TestATestMessageSaysWhereItFailed(t *testing.T) {
	o := mailserver.Options{User: "elena", Password: secret, Recipient: func(_ int, to string) error {
		if strings.HasPrefix(to, "nobody@") {
			return noSuchUser
		}
		return nil
	}}
	p := newPost(t, o)
	plain := mailserver.Start(t, mailserver.Options{Security: mailserver.Plain})
	foreign := mailserver.Start(t, mailserver.Options{})
	misnamed := mailserver.Start(t, mailserver.Options{Names: []string{"other.example"}})
	p.server.Roots.AddCert(certificateOf(t, misnamed))
	nobody := mail.Message{To: "nobody@ponteri.example", Subject: "Test", Text: "Test", AccountID: "account-1"}
	for _, test := range []struct {
		name        string
		change      func(*mail.Settings)
		password    string
		message     mail.Message
		field, code string
	}{
		{"right", func(*mail.Settings) {}, secret, notice(), "", ""},
		{"right, with the password that is kept", func(*mail.Settings) {}, "", notice(), "", ""},
		{"wrong password", func(*mail.Settings) {}, "wrong", notice(), "password", mail.ReasonAuth},
		{"no such host", func(s *mail.Settings) { s.Host = "no-such-host.invalid" }, secret, notice(), "host", mail.ReasonHost},
		{"nobody there", func(s *mail.Settings) { s.Port = 1 }, secret, notice(), "port", mail.ReasonNoAnswer},
		{"certificate of somebody else", func(s *mail.Settings) { s.Port = foreign.Port }, secret, notice(), "host", mail.ReasonCertificate},
		{"certificate for another name", func(s *mail.Settings) { s.Port = misnamed.Port }, secret, notice(), "host", mail.ReasonCertificate},
		{"no STARTTLS", func(s *mail.Settings) { s.Port = plain.Port }, secret, notice(), "security", mail.ReasonNoSTARTTLS},
		{"TLS where none is", func(s *mail.Settings) { s.Security = mail.TLS }, secret, notice(), "security", mail.ReasonTLS},
		{"no way to sign in", func(s *mail.Settings) { s.Port, s.Security = plain.Port, mail.Plain }, secret, notice(), "user", mail.ReasonNoAuth},
		{"no such recipient", func(*mail.Settings) {}, secret, nobody, "to", mail.ReasonTo},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := p.settings(o)
			test.change(&s)
			wantField(t, p.Test(p.boss, s, test.password, test.message), test.field, test.code)
		})
	}
}
