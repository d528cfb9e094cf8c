package mail

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"slices"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
)

// Whatever a message says, its headers are those of Kontor and no others: what passes Validate cannot add one.
func FuzzHeadersCannotBeInjected(f *testing.F) {
	f.Add("elena@ponteri.example", "Hello\r\nBcc: all@ponteri.example", "Text", "a.txt", "text/plain")
	f.Add("elena@ponteri.example\nBcc: all@ponteri.example", "Grüezi", ".\r\n.\r\nQUIT", "a\r\nX: y.txt", "text/plain\r\nX: y")
	f.Add("elena@zürich.example", "=?utf-8?q?=0D=0ABcc:_x@y.example?=", "--", "a\";name=\"b", "text/plain; charset=utf-8")
	f.Add("\"a b\"@c.example", "\u2028Bcc: x", "\x00", "日本語.pdf", "application/pdf")
	f.Add("elena@ponteri.example", strings.Repeat("lang ", 49), "ü", strings.Repeat("n", 128), "a/b")
	f.Fuzz(func(t *testing.T, to, subject, text, name, kind string) {
		m := Message{To: to, Subject: subject, Text: text, Attachments: []Attachment{{name, kind, []byte(text)}}, Product: audit.Session}
		if m.Validate() != nil {
			return
		}
		raw, err := compose("kontor@ponteri.example", "id@ponteri.example", time.Unix(0, 0), m)
		if err != nil {
			t.Fatalf("%+v passed Validate and cannot be written: %v", m, err)
		}
		read, err := mail.ReadMessage(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		for header, values := range read.Header {
			if !slices.Contains(ours, header) || len(values) != 1 {
				t.Errorf("header %s: %q", header, values)
			}
		}
		if list, err := read.Header.AddressList("To"); err != nil || len(list) != 1 || list[0].Address != m.To {
			t.Errorf("To is %v (%v), want %s only", list, err, m.To)
		}
		if got, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject")); err != nil || blanks(got) != blanks(m.Subject) {
			t.Errorf("subject %q (%v), want %q", got, err, m.Subject)
		}
		partHeaders(t, read)
	})
}

var (
	ours = []string{
		"From", "To", "Subject", "Date", "Message-Id", "Mime-Version", "Content-Type", "Auto-Submitted",
	}
	oursInParts = []string{"Content-Type", "Content-Transfer-Encoding", "Content-Disposition"}
)

// blanks are folded on the way; everything else arrives as it was.
func blanks(text string) string { return strings.Join(strings.Fields(text), " ") }

func partHeaders(t *testing.T, read *mail.Message) {
	_, params, err := mime.ParseMediaType(read.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	parts, n := multipart.NewReader(read.Body, params["boundary"]), 0
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		n++
		for header, values := range part.Header {
			if !slices.Contains(oursInParts, header) || len(values) != 1 {
				t.Errorf("part %d, header %s: %q", n, header, values)
			}
		}
	}
	if n != 2 {
		t.Errorf("%d parts, want the text and one file", n)
	}
}

func TestMessagesThatAreRefused(t *testing.T) {
	good := Message{To: "elena@ponteri.example", Subject: "Hello", Text: "Text", Attachments: []Attachment{{"a.txt", "text/plain", nil}}}
	for field, changes := range map[string][]func(*Message){
		"to": {
			func(m *Message) { m.To = "" },
			func(m *Message) { m.To = "a@b.example, c@d.example" },
			func(m *Message) { m.To = "a@b.example>\r\nRCPT TO:<c@d.example" },
		},
		"subject": {
			func(m *Message) { m.Subject = "a\nb" },
			func(m *Message) { m.Subject = " " },
			func(m *Message) { m.Subject = strings.Repeat("x", MaxSubject+1) },
			func(m *Message) { m.Subject = "\xff" },
		},
		"text": {
			func(m *Message) { m.Text = "" },
			func(m *Message) { m.Text = "\x1b[31m" },
			func(m *Message) { m.Text = strings.Repeat("x", MaxText+1) },
		},
		"attachments": {
			func(m *Message) { m.Attachments[0].Name = "../a.txt" },
			func(m *Message) { m.Attachments[0].Name = "" },
			func(m *Message) { m.Attachments[0].Type = "text" },
			func(m *Message) { m.Attachments[0].Data = make([]byte, MaxAttachments+1) },
		},
	} {
		for i, change := range changes {
			m := good
			m.Attachments = slices.Clone(good.Attachments)
			change(&m)
			var e *fault.Error
			if err := m.Validate(); !errors.As(err, &e) || len(e.Fields) != 1 || e.Fields[0].Name != field {
				t.Errorf("%s %d: %v", field, i, err)
			}
		}
	}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
}

func TestPausesGrowAndEnd(t *testing.T) {
	for n := 1; n < 200; n++ {
		if p := pause(n); p < pause(n-1) || p > longestPause {
			t.Errorf("pause %d is %v", n, p)
		}
	}
	if lease <= sendPatience+dialPatience {
		t.Error("a claim ends while its program may still speak to the server")
	}
}
