package mail

import (
	"context"

	"kontor/internal/core/fault"
	"kontor/internal/host/bridge"
)

// Changed is the event after which the window asks for the server and the queue again.
const Changed = "mail:changed"

// Window sets up the server through which mail is sent, and shows the queue.
type Window struct{ room bridge.Room[*Service] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// ServerInput is the server as a person enters it. An empty password keeps the one that is kept.
type ServerInput struct {
	Host     string `json:"host"`
	Port     int    `json:"port"`
	Security string `json:"security"` // starttls, tls, plain
	User     string `json:"user"`
	Password string `json:"password"`
	From     string `json:"from"`
}

// View is the server, without its password, and how it does. The words of reason are reason_<reason> or
// field_<reason>.
type View struct {
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

// MessageView is one message of the queue.
type MessageView struct {
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
func (w *Window) State() (View, error) {
	return bridge.Call(w.room, "mail.State", view)
}

// Set names the server.
func (w *Window) Set(in ServerInput) (View, error) {
	return bridge.Call(w.room, "mail.Set", func(ctx context.Context, s *Service) (View, error) {
		if err := s.SetSettings(ctx, in.settings(), in.Password); err != nil {
			return View{}, err
		}
		return view(ctx, s)
	})
}

// Remove forgets the server and its password.
func (w *Window) Remove() (View, error) {
	return bridge.Call(w.room, "mail.Remove", func(ctx context.Context, s *Service) (View, error) {
		if err := s.Remove(ctx); err != nil {
			return View{}, err
		}
		return view(ctx, s)
	})
}

// Test starts to send a message to the person who is signed in through a server that need not be saved. Its fault names
// the field at which it failed.
func (w *Window) Test(in ServerInput, subject, text string) (bridge.JobView, error) {
	return bridge.Call(w.room, "mail.Test", func(ctx context.Context, s *Service) (bridge.JobView, error) {
		m, err := s.toMyself(ctx, subject, text)
		if err != nil {
			return bridge.JobView{}, err
		}
		return bridge.Start(ctx, w.room.Shell().Jobs, "mail.Test", func(ctx context.Context, _ func(done, total int64)) (struct{}, error) {
			err := s.Test(ctx, in.settings(), in.Password, m)
			if ctx.Err() != nil {
				err = fault.Wrap(ctx.Err(), fault.Canceled, "")
			}
			return struct{}{}, err
		}), nil
	})
}

// Letters lists what is in the queue, and what went out lately.
func (w *Window) Letters() ([]MessageView, error) {
	return bridge.Call(w.room, "mail.Letters", func(ctx context.Context, s *Service) ([]MessageView, error) {
		list, err := s.Letters(ctx)
		views := []MessageView{}
		for _, l := range list {
			views = append(views, MessageView{
				ID: l.ID, To: l.To, Subject: l.Subject, Files: l.Files, State: string(l.State), QueuedAt: bridge.Moment(l.QueuedAt),
				ChangedAt: bridge.Moment(l.ChangedAt), Tries: l.Tries, NextAt: bridge.Moment(l.NextAt), GiveUpAt: bridge.Moment(l.GiveUpAt),
				Reason: l.Reason, Detail: l.Detail,
			})
		}
		return views, err
	})
}

// Retry sends a message again that failed or is uncertain, or at once if it waits.
func (w *Window) Retry(id string) error {
	return bridge.Do(w.room, "mail.Retry", func(ctx context.Context, s *Service) error { return s.Retry(ctx, id) })
}

// Withdraw takes a message out of the queue.
func (w *Window) Withdraw(id string) error {
	return bridge.Do(w.room, "mail.Withdraw", func(ctx context.Context, s *Service) error { return s.Withdraw(ctx, id) })
}

func (in ServerInput) settings() Settings {
	return Settings{Host: in.Host, Port: in.Port, Security: Security(in.Security), User: in.User, From: in.From}
}

func view(ctx context.Context, s *Service) (View, error) {
	st, err := s.Status(ctx)
	return View{
		On: st.On, Host: st.Settings.Host, Port: st.Settings.Port, Security: string(st.Settings.Security), User: st.Settings.User,
		HasPassword: st.HasPassword, From: st.Settings.From, Reason: st.Reason, Detail: st.Detail, Since: bridge.Moment(st.Since),
		NextAt: bridge.Moment(st.NextAt), MayEdit: st.MayEdit,
	}, err
}
