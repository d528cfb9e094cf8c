package app

import (
	"context"

	"kontor/internal/host/bridge"

	"kontor/internal/core/fault"
	"kontor/internal/core/waiting"
	"kontor/internal/host/audit"
	"kontor/internal/host/mail"
)

// MailChanged is the event after which the window asks MailService again.
const MailChanged = "mail:changed"

// MailService sets up the server through which mail is sent, and shows the queue.
type MailService struct{ app *App }

// MailServerInput is the server as a person enters it. An empty password keeps the one that is kept.
type MailServerInput struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	Security string `json:"security"` // starttls, tls, plain
	User     string `json:"user"`
	Password string `json:"password"`
	From     string `json:"from"`
}

// MailView is the server, without its password, and how it does. The words of reason are reason_<reason> or
// field_<reason>.
type MailView struct {
	On          bool   `json:"on"`
	Host        string `json:"host"`
	Port        int    `json:"port"`
	Security    string `json:"security"`
	User        string `json:"user"`
	HasPassword bool   `json:"hasPassword"`
	From        string `json:"from"`
	Reason      string `json:"reason"` // "" while all is well
	Detail      string `json:"detail"` // the server's own words
	Since       string `json:"since"`
	NextAt      string `json:"nextAt"`
	MayEdit     bool   `json:"mayEdit"`
}

// LetterView is one message of the queue.
type LetterView struct {
	ID        string `json:"id"`
	To        string `json:"to"`
	Subject   string `json:"subject"`
	Files     int    `json:"files"`
	State     string `json:"state"` // waiting, sending, sent, uncertain, failed, withdrawn
	QueuedAt  string `json:"queuedAt"`
	ChangedAt string `json:"changedAt"`
	Tries     int    `json:"tries"`
	NextAt    string `json:"nextAt"`
	GiveUpAt  string `json:"giveUpAt"`
	Reason    string `json:"reason"`
	Detail    string `json:"detail"`
}

// State tells which server is set up.
func (s *MailService) State() (MailView, error) {
	return call(s.app, "mail.State", mailView)
}

// Set names the server.
func (s *MailService) Set(in MailServerInput) (MailView, error) {
	return call(s.app, "mail.Set", func(ctx context.Context, h *workspace) (MailView, error) {
		if err := h.mail.SetSettings(ctx, in.settings(), in.Password); err != nil {
			return MailView{}, err
		}
		return mailView(ctx, h)
	})
}

// Remove forgets the server and its password.
func (s *MailService) Remove() (MailView, error) {
	return call(s.app, "mail.Remove", func(ctx context.Context, h *workspace) (MailView, error) {
		if err := h.mail.Remove(ctx); err != nil {
			return MailView{}, err
		}
		return mailView(ctx, h)
	})
}

// Test starts to send a message to the person who is signed in through a server that need not be saved. Its fault names
// the field at which it failed.
func (s *MailService) Test(in MailServerInput, subject, text string) (bridge.JobView, error) {
	return call(s.app, "mail.Test", func(ctx context.Context, h *workspace) (bridge.JobView, error) {
		account, err := h.profiles.Mine(ctx)
		if err != nil {
			return bridge.JobView{}, err
		}
		m := mail.Message{To: account.LoginEmail, Subject: subject, Text: text, AccountID: account.ID, Product: audit.Workspace}
		return bridge.Start(ctx, s.app.shell.Jobs, "mail.Test", func(ctx context.Context, _ func(done, total int64)) (struct{}, error) {
			err := h.mail.Test(ctx, in.settings(), in.Password, m)
			if ctx.Err() != nil {
				err = fault.Wrap(ctx.Err(), fault.Canceled, "")
			}
			return struct{}{}, err
		}), nil
	})
}

// Letters lists what is in the queue, and what went out lately.
func (s *MailService) Letters() ([]LetterView, error) {
	return call(s.app, "mail.Letters", func(ctx context.Context, h *workspace) ([]LetterView, error) {
		list, err := h.mail.Letters(ctx)
		views := []LetterView{}
		for _, l := range list {
			views = append(views, LetterView{
				ID: l.ID, To: l.To, Subject: l.Subject, Files: l.Files, State: string(l.State), QueuedAt: moment(l.QueuedAt),
				ChangedAt: moment(l.ChangedAt), Tries: l.Tries, NextAt: moment(l.NextAt), GiveUpAt: moment(l.GiveUpAt),
				Reason: l.Reason, Detail: l.Detail,
			})
		}
		return views, err
	})
}

// Retry sends a message again that failed or is uncertain, or at once if it waits.
func (s *MailService) Retry(id string) error {
	return do(s.app, "mail.Retry", func(ctx context.Context, h *workspace) error { return h.mail.Retry(ctx, id) })
}

// Withdraw takes a message out of the queue.
func (s *MailService) Withdraw(id string) error {
	return do(s.app, "mail.Withdraw", func(ctx context.Context, h *workspace) error { return h.mail.Withdraw(ctx, id) })
}

func (in MailServerInput) settings() mail.Settings {
	return mail.Settings{Host: in.Host, Port: in.Port, Security: mail.Security(in.Security), User: in.User, From: in.From}
}

func mailView(ctx context.Context, h *workspace) (MailView, error) {
	st, err := h.mail.Status(ctx)
	return MailView{
		On: st.On, Host: st.Settings.Host, Port: st.Settings.Port, Security: string(st.Settings.Security), User: st.Settings.User,
		HasPassword: st.HasPassword, From: st.Settings.From, Reason: st.Reason, Detail: st.Detail, Since: moment(st.Since),
		NextAt: moment(st.NextAt), MayEdit: st.MayEdit,
	}, err
}

// waitingMail is the share of the mail in what waits: messages that only a person can decide about.
func waitingMail(m *mail.Service) waiting.Source {
	return func(ctx context.Context) ([]waiting.Line, error) {
		letters, err := m.Letters(ctx)
		if err != nil {
			return nil, err
		}
		lines := []waiting.Line{}
		for _, l := range letters {
			if l.State == mail.Failed || l.State == mail.Uncertain {
				lines = append(lines, waiting.Line{
					Area: "settings", Kind: "mail_" + string(l.State), Urgency: waiting.Failed, At: l.ChangedAt, Route: "/settings/mail",
					Params: map[string]string{"to": l.To, "subject": l.Subject},
				})
			}
		}
		return lines, nil
	}
}
