package profile

import (
	"context"

	"kontor/internal/core/input"
	"kontor/internal/host/bridge"
)

// Window is what the page may call of the account of the person who is signed in.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// AccountView is the account of the person who is signed in.
type AccountView struct {
	ID            string `json:"id"`
	FirstName     string `json:"firstName"`
	LastName      string `json:"lastName"`
	LoginEmail    string `json:"loginEmail"`
	Language      string `json:"language"`
	TimeZone      string `json:"timeZone"` // "" is the computer's
	Country       string `json:"country"`
	Phone         string `json:"phone"`         // E.164
	PhoneShown    string `json:"phoneShown"`    // grouped as in its country, with the country code
	RecoveryShown string `json:"recoveryShown"` // the recovery phone likewise
	RecoveryPhone string `json:"recoveryPhone"`
	RecoveryEmail string `json:"recoveryEmail"`
	Avatar        string `json:"avatar"`         // id of the picture, "" for initials
	Previous      string `json:"previousAvatar"` // what was shown before
	Version       int64  `json:"version"`        // give it back with a change
	CreatedAt     string `json:"createdAt"`
}

// LoginEmailInput is a new login e-mail, typed twice, with the password of the account.
type LoginEmailInput struct {
	Version  int64  `json:"version"`
	Email    string `json:"email"`
	Again    string `json:"again"`
	Password string `json:"password"`
}

// Mine returns the account.
func (w *Window) Mine() (AccountView, error) {
	return bridge.Call(w.room, "profile.Mine", func(ctx context.Context, s *Service) (AccountView, error) {
		return viewOf(s.Mine(ctx))
	})
}

// Update changes the account; one that was changed elsewhere meanwhile is left alone and the fault says so.
func (w *Window) Update(in Update) (AccountView, error) {
	return bridge.Call(w.room, "profile.Update", func(ctx context.Context, s *Service) (AccountView, error) {
		return viewOf(s.Update(ctx, in))
	})
}

// ChangeLoginEmail gives the account another login e-mail.
func (w *Window) ChangeLoginEmail(in LoginEmailInput) (AccountView, error) {
	return bridge.Call(w.room, "profile.ChangeLoginEmail", func(ctx context.Context, s *Service) (AccountView, error) {
		return viewOf(s.ChangeLoginEmail(ctx, in.Version, in.Email, in.Again, in.Password))
	})
}

func viewOf(a Account, err error) (AccountView, error) {
	return AccountView{
		ID: a.ID, FirstName: a.FirstName, LastName: a.LastName, LoginEmail: a.LoginEmail, Language: a.Language,
		TimeZone: a.TimeZone, Country: a.Country, Phone: a.Phone,
		PhoneShown: input.ShowPhone(a.Phone), RecoveryShown: input.ShowPhone(a.RecoveryPhone),
		RecoveryPhone: a.RecoveryPhone, RecoveryEmail: a.RecoveryEmail,
		Avatar: a.Avatar, Previous: a.PreviousAvatar, Version: a.Version, CreatedAt: bridge.Moment(a.CreatedAt),
	}, err
}
