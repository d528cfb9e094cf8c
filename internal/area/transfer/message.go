package transfer

import (
	"bytes"
	"net/mail"
	"strconv"
	"strings"
	"time"

	"github.com/jhillyerd/enmime/v2"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
)

// Message is a failure message in words: an e-mail without its wrapping, or a text that was pasted.
type Message struct {
	Subject string
	From    string
	Sent    time.Time // zero if it does not say
	Body    string
}

// Words are what a diagnosis reads.
func (m Message) Words() string { return strings.TrimSpace(m.Subject + "\n" + m.Body) }

// mailHead recognises an e-mail file: it begins with header lines, one of which every e-mail has.
var mailHead = lazily(`(?i)\A(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)*?(?:from|received|return-path|mime-version|delivered-to):`)

// mboxLine is what a mailbox file puts before every e-mail.
var mboxLine = lazily(`\A>?From [^\r\n]*\r?\n`)

// reader turns e-mails into words. It asks for the words only: what is attached is never unpacked.
var reader = enmime.NewParser(enmime.SkipMalformedParts(true), enmime.SetReadPartErrorPolicy(func(*enmime.Part, error) bool { return true }))

// ReadMessage reads an e-mail file or plain text in UTF-8, UTF-16 with its mark, or Windows-1252.
// What is empty, too large or no text is refused at the field "message".
func ReadMessage(data []byte) (Message, error) {
	var c fault.Check
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		c.Refuse("message", "required")
	case len(data) > MaxMessage:
		refuseSize(&c, "message", MaxMessage)
	}
	if err := c.Err(); err != nil {
		return Message{}, err
	}
	words, ok := input.Decode(data)
	mail := mboxLine().ReplaceAll(data, nil)
	if mailHead().Match(mail) || ok && mailHead().MatchString(words) {
		if m, ok := readMail(mail); ok {
			return m, nil
		}
	}
	if !ok || strings.TrimSpace(words) == "" {
		c.Refuse("message", "not_text")
		return Message{}, c.Err()
	}
	return Message{Body: tidy(words)}, nil
}

func readMail(data []byte) (Message, bool) {
	e, err := reader.ReadEnvelope(bytes.NewReader(data))
	if err != nil || strings.TrimSpace(e.Text) == "" && e.GetHeader("Subject") == "" {
		return Message{}, false
	}
	m := Message{Subject: short(e.GetHeader("Subject")), From: short(e.GetHeader("From")), Body: tidy(e.Text)}
	if sent, err := mail.ParseDate(e.GetHeader("Date")); err == nil && sent.Year() > 1990 && sent.Year() < 2200 {
		m.Sent = sent.UTC()
	}
	return m, true
}

// tidy takes away what only the wrapping needed: line ends of other systems, and rows of empty lines.
func tidy(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(emptyLines().ReplaceAllString(s, "\n\n"))
}

var emptyLines = lazily(`\n[ \t]*\n(?:[ \t]*\n)+`)

func short(s string) string {
	return text.Cut(text.OneLine(s), 300)
}

// refuseSize refuses a file of more than most bytes.
func refuseSize(c *fault.Check, field string, most int) {
	c.Refuse(field, "file_too_large", "max", strconv.Itoa(most>>20)+" MiB")
}
