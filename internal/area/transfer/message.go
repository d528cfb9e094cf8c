package transfer

import (
	"bytes"
	"mime"
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

// mailHead recognises an e-mail file: it begins with header lines, one of which every e-mail, or every part of one, has.
var mailHead = lazily(`(?i)\A(?:[!-9;-~]+:[^\r\n]*\r?\n(?:[ \t]+[^\r\n]*\r?\n)*)*?(?:from|received|return-path|mime-version|delivered-to|message-id|content-type|content-transfer-encoding):`)

// maxNested is how deep messages within messages are read.
const maxNested = 4

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
	mail := bytes.TrimLeft(mboxLine().ReplaceAll(data, nil), " \t\r\n")
	if mailHead().Match(mail) || ok && mailHead().MatchString(words) {
		if m, ok := readMail(mail, 0); ok {
			return m, nil
		}
	}
	if !ok || strings.TrimSpace(words) == "" {
		c.Refuse("message", "not_text")
		return Message{}, c.Err()
	}
	return Message{Body: tidy(words)}, nil
}

// readMail reads an e-mail; depth is how many messages it lies in. What is forwarded as a message of its own, and what a
// mail server reports of a delivery, follow its words.
func readMail(data []byte, depth int) (Message, bool) {
	e, err := reader.ReadEnvelope(bytes.NewReader(data))
	if err != nil || e.Root == nil {
		return brokenMail(data)
	}
	m := Message{Subject: short(e.GetHeader("Subject")), From: short(e.GetHeader("From"))}
	if sent, err := mail.ParseDate(e.GetHeader("Date")); err == nil && sent.Year() > 1990 && sent.Year() < 2200 {
		m.Sent = sent.UTC()
	}
	words := []string{e.Text}
	for _, part := range e.Root.DepthMatchAll(func(p *enmime.Part) bool { return p != e.Root }) {
		switch {
		case part.ContentType == "message/delivery-status", part.ContentType == "" && part.FirstChild == nil: // text is what has no kind
			if said := string(part.Content); !strings.Contains(e.Text, said) {
				words = append(words, said)
			}
		case strings.HasPrefix(part.ContentType, "message/") || strings.HasSuffix(strings.ToLower(part.FileName), ".eml"):
			if inner, ok := forwarded(part.Content, depth); ok {
				words = append(words, inner)
			}
		}
	}
	if strings.HasPrefix(e.Root.ContentType, "message/") && e.Text == "" {
		if inner, ok := forwarded(e.Root.Content, depth); ok {
			words = append(words, inner)
		}
	}
	m.Body = tidy(strings.Join(words, "\n\n"))
	if m.Body == "" && m.Subject == "" {
		return brokenMail(data)
	}
	return m, true
}

// forwarded is a message within another as words, with the lines of its header that a person looks for.
func forwarded(data []byte, depth int) (string, bool) {
	if depth == maxNested {
		return "", false
	}
	inner, ok := readMail(data, depth+1)
	if !ok {
		return "", false
	}
	var head []string
	for _, line := range [][2]string{{"From", inner.From}, {"Subject", inner.Subject}} {
		if line[1] != "" {
			head = append(head, line[0]+": "+line[1])
		}
	}
	if !inner.Sent.IsZero() {
		head = append(head, "Date: "+inner.Sent.Format(time.RFC1123))
	}
	return strings.Join(head, "\n") + "\n\n" + inner.Body, inner.Body+inner.Subject != ""
}

// brokenMail reads an e-mail whose parts cannot be told apart: its header is left out, and all else shown as it is.
func brokenMail(data []byte) (Message, bool) {
	text, ok := input.Decode(data)
	if !ok {
		return Message{}, false
	}
	head, body, _ := strings.Cut(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n")
	m := Message{Body: tidy(body)}
	last := (*string)(nil)
	for line := range strings.SplitSeq(head, "\n") {
		name, value, _ := strings.Cut(line, ":")
		switch {
		case last != nil && strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t"):
			if last != nil {
				*last += " " + strings.TrimSpace(line)
			}
			continue
		case strings.EqualFold(name, "subject"):
			last = &m.Subject
		case strings.EqualFold(name, "from"):
			last = &m.From
		default:
			last = nil
			continue
		}
		*last = strings.TrimSpace(value)
	}
	m.Subject, m.From = decodedWords(m.Subject), decodedWords(m.From)
	return m, m.Subject+m.Body != ""
}

func decodedWords(s string) string {
	if plain, err := new(mime.WordDecoder).DecodeHeader(s); err == nil {
		s = plain
	}
	return short(s)
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
