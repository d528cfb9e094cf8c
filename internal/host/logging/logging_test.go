package logging

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// corpus: a text, and the part of it that must not be written.
var corpus = []struct{ text, secret string }{
	{"mail to elena@ponteri.example was refused", "elena@ponteri.example"},
	{"<elena.b+x@ponteri.example>", "elena.b+x@ponteri.example"},
	{"user=élena@pontéri.example;", "élena@pontéri.example"},
	{"Authorization: Bearer abc.DEF-123_456", "abc.DEF-123_456"},
	{"authorization: bearer  AbCdEf123456==", "AbCdEf123456"},
	{"Basic dXNlcjpwYXNz", "dXNlcjpwYXNz"},
	{"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "eyJzdWIiOiIxIn0"},
	{"GET /cb?code=4%2F0AX4&state=7", "4%2F0AX4"},
	{"https://x.example/?a=1&access_token=xyz123", "xyz123"},
	{`{"password":"hunter2","n":1}`, "hunter2"},
	{`{"apiKey": "k-123"}`, "k-123"},
	{"passphrase: correct-horse", "correct-horse"},
	{"client_secret='s3 cr3t'", "s3 cr3t"},
	{"pay to CH93 0076 2011 6238 5295 7 was refused", "0076 2011 6238 5295 7"},
	{"CH9300762011623852957", "CH9300762011623852957"},
	{"iban it60 x054 2811 1010 0000 0123 456", "0542 8111"},
	{"DE89-3704-0044-0532-0130-00.", "3704-0044"},
	{"card 4111 1111 1111 1111 declined", "4111 1111"},
	{"4111111111111111", "4111111111111111"},
	{"378282246310005", "378282246310005"},
	{"5555-5555-5555-4444", "5555-5555"},
	{"x=4222222222222", "4222222222222"},
}

func TestSecretsInTextsAreHidden(t *testing.T) {
	for _, c := range corpus {
		if got := Redact(c.text); strings.Contains(got, c.secret) || !strings.Contains(got, hidden) {
			t.Errorf("%q is written as %q", c.text, got)
		}
	}
}

func TestOrdinaryTextsStay(t *testing.T) {
	for _, text := range []string{
		"", "workspace opened", "system.State", "invalid passphrase:wrong_password again:not_the_same", "took 12ms",
		"/home/elena/.local/share/kontor/kontor.db", "0192f3a4-5b6c-7d8e-9f01-23456789abcd", "20261120T120000.000",
		"sqlite: database is locked (5)", "1764158400000 is no card number", "a@b", "schema 20 is newer than 10",
		"35 web hostings: CHF 208.32", "exit status: 1", "v2.16.0-20260101",
	} {
		if got := Redact(text); got != text {
			t.Errorf("%q is written as %q", text, got)
		}
	}
}

func TestSecretNames(t *testing.T) {
	for _, name := range []string{
		"password", "Password", "new_password", "passwordHash", "passphrase", "token", "tokens", "access_token",
		"accessToken", "X-Auth-Token", "secret", "clientSecret", "authorization", "code", "recovery_codes", "iban", "card",
		"cardNumber", "cvv", "apiKey", "api_key", "private-key", "session_id", "cookies", "PIN", "epp_code",
	} {
		if !secretName(name) {
			t.Errorf("%s is no secret", name)
		}
	}
	for _, name := range []string{"name", "error", "took", "path", "key", "id", "object_id", "shipping", "opinion", "discard", "span", "encode"} {
		if secretName(name) {
			t.Errorf("%s is a secret", name)
		}
	}
}

type holder struct{ Mail string }

// Whatever way a secret takes into the log, it does not come out.
func TestNoWayIntoTheLog(t *testing.T) {
	const mail, word = "elena@ponteri.example", "plain-Secret-77"
	var out bytes.Buffer
	log := New(&out, slog.LevelDebug)
	log.Info("sent to " + mail)
	log.Info("x", "to", mail, "password", word, "card", 4111111111111111, "n", int64(4111111111111111))
	log.Info("x", "error", fmt.Errorf("send: %w", errors.New("550 "+mail)), "holder", holder{mail}, "list", []string{mail}, "bytes", []byte("ok"))
	log.Info("x", slog.Group("authorization", "scheme", "x", "value", word), slog.Group("a", slog.Group("b", "token", word, "to", mail)))
	log.With("secret", word, "from", mail).WithGroup("credentials").Info("x", "anything", word)
	log.Debug("x", "map", map[string]string{"to": mail}, "pointer", &holder{mail}, "took", time.Second, "ok", true)
	for line := range strings.Lines(out.String()) {
		if strings.Contains(line, mail) || strings.Contains(line, word) || strings.Contains(line, "41111111") {
			t.Errorf("written: %s", line)
		}
		var fields map[string]any
		if err := json.Unmarshal([]byte(line), &fields); err != nil || fields["time"] == nil || fields["level"] == nil {
			t.Errorf("%v: %s", err, line)
		}
	}
	if n := strings.Count(out.String(), "\n"); n != 6 {
		t.Errorf("%d lines", n)
	}
}

func FuzzRedact(f *testing.F) {
	for _, c := range corpus {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range corpus[:1] {
			if strings.Contains(Redact(s+" "+c.text+" "), c.secret) {
				t.Fatalf("%q lets it through", s)
			}
		}
	})
}

func TestFilesAreOwnerOnlyAndLimited(t *testing.T) {
	workspace := filepath.Join(t.TempDir(), "workspace")
	log, closer, err := Open(workspace, slog.LevelInfo)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("\x01", 10<<10) // six bytes each in the file
	for range 2*MaxMegabytes*17 + 17 {     // a little more than two files
		log.Info(line)
	}
	if err := closer.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(workspace, folder, "kontor*.log"))
	if err != nil || len(files) < 3 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > MaxMegabytes<<20 {
			t.Errorf("%s: %d bytes", f, info.Size())
		}
		if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v", f, info.Mode())
		}
	}
	info, err := os.Stat(filepath.Join(workspace, folder))
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
		t.Errorf("folder: %v, %v", info.Mode(), err)
	}
}
