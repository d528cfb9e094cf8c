package mail_test

import (
	"bytes"
	"crypto/x509"
	"encoding/pem"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
	"github.com/jhillyerd/enmime/v2"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/dev/testkit/mailserver"
	"kontor/internal/host/audit"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

var (
	later      = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted, come back later"}
	noSuchUser = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user here"}
)

func certificateOf(t *testing.T, s *mailserver.Server) *x509.Certificate {
	t.Helper()
	text, err := os.ReadFile(s.CA)
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(text)
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAMessageArrivesInEveryWay(t *testing.T) {
	for name, o := range map[string]mailserver.Options{
		"STARTTLS":              {User: "elena", Password: secret},
		"TLS":                   {Security: mailserver.TLS, User: "elena", Password: secret},
		"plain to this machine": {Security: mailserver.Plain, User: "elena", Password: secret},
		"without signing in":    {},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPost(t, o)
			m := notice()
			file := bytes.Repeat([]byte("{\"signed\": \"ü\"}\r\n.\r\n"), 500)
			m.Attachments = []mail.Attachment{{Name: "Einladung für Zürich.kontor", Type: "application/json", Data: file}}
			id := p.queue(m)
			if l := p.letter(id); l.State != mail.Waiting || l.Files != 1 {
				t.Errorf("queued: %+v", l)
			}
			p.pass()
			if l := p.letter(id); l.State != mail.Sent || l.Tries != 1 || l.Reason != "" || l.Files != 0 {
				t.Errorf("sent: %+v", l)
			}
			got := p.server.Messages()
			if len(got) != 1 {
				t.Fatalf("%d messages", len(got))
			}
			read, err := enmime.ReadEnvelope(bytes.NewReader(got[0]))
			if err != nil {
				t.Fatal(err)
			}
			if read.GetHeader("Subject") != m.Subject || read.Text != strings.ReplaceAll(m.Text, "\n", "\r\n") && read.Text != m.Text {
				t.Errorf("subject %q, text %q", read.GetHeader("Subject"), read.Text)
			}
			if want := "<" + id + "@ponteri.example>"; read.GetHeader("Message-Id") != want {
				t.Errorf("Message-ID %q, want %q", read.GetHeader("Message-Id"), want)
			}
			if len(read.Attachments) != 1 || read.Attachments[0].FileName != m.Attachments[0].Name || !bytes.Equal(read.Attachments[0].Content, file) {
				t.Errorf("the attachment did not arrive as it was: %v", read.Attachments)
			}
			host, _ := os.Hostname()
			if head, _, _ := bytes.Cut(got[0], []byte("\r\n\r\n")); regexp.MustCompile(`\b` + regexp.QuoteMeta(host) + `\b`).Match(head) {
				t.Errorf("the message tells the name of this computer, %s", host)
			}
			last := p.journal.Entries[len(p.journal.Entries)-1]
			if last.Action != audit.AutomaticEmailSent || last.ObjectID != id || last.AccountID != "account-1" {
				t.Errorf("journal: %+v", last)
			}
		})
	}
}

func TestNoConnectionWithoutAReason(t *testing.T) {
	p := newPost(t, mailserver.Options{})
	p.pass()
	if n := p.server.Connections(); n != 0 {
		t.Errorf("%d connections with an empty queue", n)
	}
	p.Start()
	p.Wake()
	p.sent(p.queue(notice())) // so that whatever the loop did before is done
	p.Wake()
	p.Stop()
	if n := p.server.Connections(); n != 1 {
		t.Errorf("%d connections for one message", n)
	}
}

// sent waits until the loop has sent a message.
func (p *post) sent(id string) {
	p.t.Helper()
	for until := time.Now().Add(10 * time.Second); p.letter(id).State != mail.Sent; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			p.t.Fatalf("%+v", p.letter(id))
		}
	}
}

func TestTheLoopSendsAtOnce(t *testing.T) {
	p := newPost(t, mailserver.Options{})
	p.Start()
	defer p.Stop()
	p.sent(p.queue(notice()))
}

func TestGreylistingIsWaitedFor(t *testing.T) {
	p := newPost(t, mailserver.Options{Recipient: func(n int, _ string) error {
		if n < 4 {
			return later
		}
		return nil
	}})
	id := p.queue(notice())
	for n, wait := range []time.Duration{time.Minute, 2 * time.Minute, 4 * time.Minute} {
		p.pass()
		l := p.letter(id)
		if l.State != mail.Waiting || l.Tries != n+1 || l.Reason != mail.ReasonLater || !strings.Contains(l.Detail, "451") {
			t.Fatalf("attempt %d: %+v", n+1, l)
		}
		if got := l.NextAt.Sub(p.clock.Now()); got != wait {
			t.Errorf("after attempt %d it waits %v, want %v", n+1, got, wait)
		}
		p.clock.Advance(wait - time.Second)
		p.pass()
		if p.letter(id).Tries != n+1 {
			t.Error("tried before its time")
		}
		p.clock.Advance(time.Second)
	}
	p.pass()
	if l := p.letter(id); l.State != mail.Sent || p.server.Taken() != 1 {
		t.Errorf("%+v, taken %d times", l, p.server.Taken())
	}
}

func TestWhatIsRefusedForGoodIsNotTriedAgain(t *testing.T) {
	p := newPost(t, mailserver.Options{Recipient: func(_ int, to string) error {
		if strings.HasPrefix(to, "nobody") {
			return noSuchUser
		}
		return nil
	}, Message: func(_ int, message []byte) error {
		if bytes.Contains(message, []byte("Subject: Spam")) {
			return &smtp.SMTPError{Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "No"}
		}
		return nil
	}})
	nobody, spam, good := notice(), notice(), notice()
	nobody.To, spam.Subject = "nobody@ponteri.example", "Spam"
	ids := []string{p.queue(nobody), p.queue(spam), p.queue(good)}
	p.pass()
	p.clock.Advance(48 * time.Hour)
	p.pass()
	for i, want := range []struct {
		state  mail.State
		reason string
	}{{mail.Failed, mail.ReasonTo}, {mail.Failed, mail.ReasonRefused}, {mail.Sent, ""}} {
		if l := p.letter(ids[i]); l.State != want.state || l.Reason != want.reason || l.Tries != 1 {
			t.Errorf("message %d: %+v", i, l)
		}
	}
	if n := p.server.Connections(); n != 1 {
		t.Errorf("%d connections for three messages at once", n)
	}
}

// Nobody can know whether a server has taken what it got if its answer does not come: a person decides, once.
func TestTheAnswerThatDidNotCome(t *testing.T) {
	p := newPost(t, mailserver.Options{Drop: func(n int) bool { return n == 1 }})
	id := p.queue(notice())
	for range 3 {
		p.pass()
		p.clock.Advance(24 * time.Hour)
	}
	if l := p.letter(id); l.State != mail.Uncertain || l.Reason != mail.ReasonNoReply || len(p.server.Messages()) != 1 {
		t.Fatalf("%+v, handed over %d times", l, len(p.server.Messages()))
	}
	if err := p.Retry(p.boss, id); err != nil {
		t.Fatal(err)
	}
	p.pass()
	got := p.server.Messages()
	if l := p.letter(id); l.State != mail.Sent || len(got) != 2 {
		t.Fatalf("%+v, handed over %d times", l, len(got))
	}
	if a, b := header(t, got[0], "Message-Id"), header(t, got[1], "Message-Id"); a != b || a == "" {
		t.Errorf("Message-ID %q, then %q: a reader cannot tell the copy", a, b)
	}
	if err := p.Retry(p.boss, id); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("a sent message was sent again: %v", err)
	}
}

func header(t *testing.T, message []byte, name string) string {
	t.Helper()
	read, err := enmime.ReadEnvelope(bytes.NewReader(message))
	if err != nil {
		t.Fatal(err)
	}
	return read.GetHeader(name)
}

func TestAWrongPasswordIsNotTriedOverAndOver(t *testing.T) {
	o := mailserver.Options{User: "elena", Password: secret}
	p := newPost(t, o)
	if err := p.SetSettings(p.boss, p.settings(o), "wrong"); err != nil {
		t.Fatal(err)
	}
	ids := []string{p.queue(notice()), p.queue(notice())}
	for range 59 {
		p.pass()
		p.clock.Advance(time.Minute)
	}
	if n := p.server.Connections(); n != 1 {
		t.Errorf("asked %d times within an hour", n)
	}
	if st, err := p.Status(p.boss); err != nil || st.Reason != mail.ReasonAuth || !strings.Contains(st.Detail, "535") || st.Since.IsZero() {
		t.Errorf("%+v, %v", st, err)
	}
	if err := p.SetSettings(p.boss, p.settings(o), secret); err != nil {
		t.Fatal(err)
	}
	p.pass()
	for _, id := range ids {
		if l := p.letter(id); l.State != mail.Sent {
			t.Errorf("with the right password: %+v", l)
		}
	}
	if st, err := p.Status(p.boss); err != nil || st.Reason != "" {
		t.Errorf("%+v, %v", st, err)
	}
}

func TestAServerThatIsAwayIsAskedLessAndLessOften(t *testing.T) {
	p := newPost(t, mailserver.Options{})
	away := p.settings(mailserver.Options{})
	away.Port = 1
	if err := p.SetSettings(p.boss, away, ""); err != nil {
		t.Fatal(err)
	}
	id := p.queue(notice())
	for i, want := range []time.Duration{1, 2, 4, 8, 16, 32, 60, 60} {
		p.pass()
		st, err := p.Status(p.boss)
		if err != nil || st.Reason != mail.ReasonNoAnswer {
			t.Fatalf("%+v, %v", st, err)
		}
		wait := st.NextAt.Sub(p.clock.Now())
		if wait != want*time.Minute {
			t.Errorf("after failure %d it waits %v, want %v min", i+1, wait, want)
		}
		p.clock.Advance(wait)
	}
	if l := p.letter(id); l.State != mail.Waiting || l.Tries != 0 {
		t.Errorf("a message was tried without a connection: %+v", l)
	}
	p.clock.Advance(mail.GiveUpAfter)
	p.pass()
	if l := p.letter(id); l.State != mail.Failed || l.Reason != mail.ReasonNoAnswer || l.Detail == "" {
		t.Errorf("given up: %+v, want the reason", l)
	}
	if err := p.SetSettings(p.boss, p.settings(mailserver.Options{}), ""); err != nil {
		t.Fatal(err)
	}
	if err := p.Retry(p.boss, id); err != nil {
		t.Fatal(err)
	}
	p.pass()
	if l := p.letter(id); l.State != mail.Sent {
		t.Errorf("once a person asks: %+v", l)
	}
}

func TestWhatIsWithdrawnIsNotSent(t *testing.T) {
	p := newPost(t, mailserver.Options{})
	id := p.queue(notice())
	if err := p.Withdraw(p.boss, id); err != nil {
		t.Fatal(err)
	}
	p.pass()
	if l := p.letter(id); l.State != mail.Withdrawn || p.server.Connections() != 0 {
		t.Errorf("%+v, %d connections", l, p.server.Connections())
	}
	if err := p.Retry(p.boss, id); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("retry: %v", err)
	}
}

func TestWhatIsRecalledIsNotSent(t *testing.T) {
	p := newPost(t, mailserver.Options{})
	recall := func(id string) {
		t.Helper()
		if err := p.db.Write(p.boss, func(tx *sqlite.Tx) error { return p.Recall(p.boss, tx, id) }); err != nil {
			t.Fatal(err)
		}
	}
	sent := p.queue(notice())
	p.pass()
	waits := p.queue(notice())
	recall(waits)
	recall(sent)
	recall("nowhere")
	p.pass()
	if l := p.letter(waits); l.State != mail.Withdrawn || l.Files != 0 {
		t.Errorf("what waited: %+v", l)
	}
	if l := p.letter(sent); l.State != mail.Sent {
		t.Errorf("what was sent: %+v", l)
	}
}

func TestAPersonSeesWhatConcernsHer(t *testing.T) {
	p := newPost(t, mailserver.Options{})
	testkit.Exec(t, p.db, `INSERT INTO account (id, first_name, last_name, login_email, email_key, language, created_at, updated_at)
		VALUES ('account-2', 'Luca', 'Rossi', 'luca@ponteri.example', 'luca@ponteri.example', 'it', 0, 0)`)
	mine, his, ours := notice(), notice(), notice()
	his.AccountID = "account-2"
	ours.AccountID, ours.OrganizationID = "account-2", "org-1"
	p.queue(mine)
	hisID, oursID := p.queue(his), p.queue(ours)
	for role, want := range map[access.Role]int{access.LegalRepresentative: 2, access.Administrator: 2, access.Collaborator: 1, access.External: 1} {
		list, err := p.Letters(testkit.As(t, role))
		if err != nil || len(list) != want {
			t.Errorf("%s sees %d, want %d: %v", role, len(list), want, err)
		}
		if err := p.Withdraw(testkit.As(t, role), hisID); fault.CodeOf(err) != fault.NotFound {
			t.Errorf("%s withdrew another person's message: %v", role, err)
		}
	}
	if err := p.Withdraw(testkit.As(t, access.Collaborator), oursID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("a collaborator withdrew the organization's message: %v", err)
	}
	testkit.Exec(t, p.db, "DELETE FROM account WHERE id = 'account-2'")
	if _, err := p.Letter(t.Context(), p.db.Reader(), hisID); fault.CodeOf(err) != fault.NotFound {
		t.Errorf("the message outlives the person: %v", err)
	}
}

// Many windows on one workspace empty one queue; each message goes out once.
func TestManyWindowsSendEachMessageOnce(t *testing.T) {
	p := newPost(t, mailserver.Options{})
	const messages, windows = 30, 4
	for range messages {
		p.queue(notice())
	}
	var wg sync.WaitGroup
	for range windows {
		other := mail.NewService(mail.Options{DB: p.db, Journal: audit.Recorder(quiet{}), Vault: nil, Roots: p.server.Roots})
		wg.Go(func() {
			if _, err := other.Pass(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := p.server.Taken(); n != messages {
		t.Errorf("taken %d times, want %d", n, messages)
	}
}

// A copy of the workspace does not know what was sent after it was made.
func TestARestoredQueueIsNotSentByItself(t *testing.T) {
	p := newPost(t, mailserver.Options{})
	id := p.queue(notice())
	if err := mail.Doubt(t.Context(), p.db); err != nil {
		t.Fatal(err)
	}
	p.pass()
	if l := p.letter(id); l.State != mail.Uncertain || l.Reason != mail.ReasonRestored || p.server.Connections() != 0 {
		t.Errorf("%+v, %d connections", l, p.server.Connections())
	}
}

func TestLeavingTakesLettersAndTheOwnServer(t *testing.T) {
	o := mailserver.Options{User: "Elena@Ponteri.example", Password: secret}
	p := newPost(t, o)
	toHer := notice()
	toHer.AccountID, toHer.OrganizationID = "", "org-1"
	others := toHer
	others.To = "luca@ponteri.example"
	p.queue(notice())
	p.queue(toHer)
	kept := p.queue(others)
	goes, _, err := p.Holds(t.Context(), p.db.Reader(), "account-1")
	if err != nil || goes["letters"] != 2 {
		t.Errorf("holds %v, %v", goes, err)
	}
	sheets, err := p.Sheets(t.Context(), p.db.Reader(), "account-1")
	if err != nil || len(sheets["letters"]) != 3 {
		t.Errorf("sheets %v, %v", sheets, err)
	}
	if err := p.db.Write(t.Context(), func(tx *sqlite.Tx) error { return p.Erase(testkit.Keeper(t), tx, "account-1") }); err != nil {
		t.Fatal(err)
	}
	st, err := p.Status(p.boss)
	if err != nil || st.On {
		t.Errorf("the server that sends as her is still there: %+v, %v", st, err)
	}
	list, err := p.Letters(p.boss)
	if err != nil || len(list) != 1 || list[0].ID != kept {
		t.Errorf("left: %+v, %v", list, err)
	}
}
