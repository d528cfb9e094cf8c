package quote

import (
	"context"
	"encoding/base64"

	"kontor/internal/host/bridge"
)

// Paper is a paper of a quote with its file: "pdf" for the recipient, "internal" for the partner alone.
func (w *Window) Paper(id, kind, locale string) (PaperView, error) {
	return bridge.Call(w.room, "quote.Paper", func(ctx context.Context, s *Service) (PaperView, error) {
		v, data, err := s.Paper(ctx, id, kind, locale)
		v.Data = base64.StdEncoding.EncodeToString(data)
		return v, err
	})
}

// SetPaper changes what stands on a draft around its lines.
func (w *Window) SetPaper(id string, version int, own Wording) (QuoteView, error) {
	return w.step("quote.SetPaper", id, func(ctx context.Context, s *Service) error { return s.SetPaper(ctx, id, version, own) })
}

// Printed notes that a paper was printed.
func (w *Window) Printed(id string) error {
	return bridge.Do(w.room, "quote.Printed", func(ctx context.Context, s *Service) error { return s.Printed(ctx, id) })
}

// Draft is the letter that would go with a quote ("offer"), or ask after it ("reminder").
func (w *Window) Draft(id, kind, locale string) (Mail, error) {
	return bridge.Call(w.room, "quote.Draft", func(ctx context.Context, s *Service) (Mail, error) { return s.Draft(ctx, id, kind, locale) })
}

// SendByMail puts the letter with the paper into the queue of e-mails.
func (w *Window) SendByMail(id string, version int, kind string, m Mail, locale string) (QuoteView, error) {
	return w.step("quote.SendByMail", id, func(ctx context.Context, s *Service) error { return s.SendByMail(ctx, id, version, kind, m, locale) })
}

// OpenMail opens the letter in the person's own mail program.
func (w *Window) OpenMail(m Mail) error {
	return bridge.Do(w.room, "quote.OpenMail", func(ctx context.Context, s *Service) error { return s.OpenMail(ctx, m) })
}
