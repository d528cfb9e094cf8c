package app

import (
	"context"
	"strings"

	"kontor/internal/area/organization"
	"kontor/internal/area/quote"
	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

// quoteSender is the organization as its papers show it.
type quoteSender struct{ h *workspace }

// NumberPattern implements quote.Sender.
func (s quoteSender) NumberPattern(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error) {
	return s.h.organizations.NumberPattern(ctx, q, organizationID)
}

// Letterhead implements quote.Sender.
func (s quoteSender) Letterhead(ctx context.Context, language string) (quote.Letterhead, error) {
	l, o, err := s.h.organizations.Letterhead(ctx)
	if err != nil {
		return quote.Letterhead{}, err
	}
	w := words.For(words.In(language, ""))
	place := strings.TrimSpace(o.Postcode + " " + o.Place)
	tax := l.TaxNumber
	head := quote.Letterhead{
		Name: o.Name, Sender: joined(", ", o.Name, o.Street, place), Right: l.Window == organization.WindowRight, Accent: l.Accent, Contact: l.Contact, IBAN: l.IBAN,
		Address: o.Street != "" && place != "", Tax: tax != "", Texts: map[string]string{},
		Footer: strings.TrimSpace(joined(" · ", o.Name, tax, l.Bank, prefixed("IBAN ", l.IBAN)) + "\n" + l.Footer),
	}
	for _, line := range []string{
		joined(" · ", o.Name, l.Extra, o.Street, place), joined(" · ", prefixed(w.T("quote_paper_phone")+" ", input.ShowPhone(l.Phone)), l.Email, l.Web), tax,
	} {
		if line != "" {
			head.Lines = append(head.Lines, line)
		}
	}
	for _, kind := range organization.TextKinds {
		head.Texts[string(kind)] = l.Text(language, kind)
	}
	logo, err := s.h.branding.OnPaper(ctx)
	head.Logo, head.Width, head.Height = logo.Data, logo.Width, logo.Height
	return head, err
}

func joined(between string, parts ...string) string {
	list := []string{}
	for _, p := range parts {
		if p != "" {
			list = append(list, p)
		}
	}
	return strings.Join(list, between)
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

// quotePost hands quotes to the queue of e-mails.
type quotePost struct{ *mail.Service }

// Send implements quote.Post.
func (p quotePost) Send(ctx context.Context, tx *sqlite.Tx, organizationID string, m quote.Mail, name string, file []byte) (string, error) {
	return p.Queue(ctx, tx, mail.Message{
		To: m.To, Subject: m.Subject, Text: m.Text, OrganizationID: organizationID, Product: audit.Partner,
		Attachments: []mail.Attachment{{Name: name, Type: "application/pdf", Data: file}},
	})
}

// State implements quote.Post.
func (p quotePost) State(ctx context.Context, q sqlite.Queryer, id string) (string, error) {
	return clientPost(p).State(ctx, q, id)
}
