package app

import (
	"context"
	"time"

	"kontor/internal/area/profile"
)

// ProfileService shows and changes the account of the person who is signed in.
type ProfileService struct{ app *App }

// ProfileView is the account of the person who is signed in.
type ProfileView struct {
	ID            string `json:"id"`
	FirstName     string `json:"firstName"`
	LastName      string `json:"lastName"`
	LoginEmail    string `json:"loginEmail"`
	Language      string `json:"language"`
	Locale        string `json:"locale"`   // "" follows the language
	TimeZone      string `json:"timeZone"` // "" is the computer's
	Country       string `json:"country"`
	Phone         string `json:"phone"` // E.164
	RecoveryPhone string `json:"recoveryPhone"`
	RecoveryEmail string `json:"recoveryEmail"`
	Avatar        string `json:"avatar"`         // id of the picture, "" for initials
	Previous      string `json:"previousAvatar"` // what was shown before
	Version       int64  `json:"version"`        // give it back with a change
	CreatedAt     string `json:"createdAt"`
}

// ProfileInput changes the fields that are not null. Version is that of the view that was shown.
type ProfileInput struct {
	Version       int64   `json:"version"`
	FirstName     *string `json:"firstName"`
	LastName      *string `json:"lastName"`
	Language      *string `json:"language"`
	Locale        *string `json:"locale"`
	TimeZone      *string `json:"timeZone"`
	Country       *string `json:"country"`
	Phone         *string `json:"phone"`
	RecoveryPhone *string `json:"recoveryPhone"`
	RecoveryEmail *string `json:"recoveryEmail"`
}

// LoginEmailInput is a new login e-mail, typed twice, with the password of the account.
type LoginEmailInput struct {
	Version  int64  `json:"version"`
	Email    string `json:"email"`
	Again    string `json:"again"`
	Password string `json:"password"`
}

// Mine returns the account.
func (s *ProfileService) Mine() (ProfileView, error) {
	return call(s.app, "profile.Mine", func(ctx context.Context, h *workspace) (ProfileView, error) {
		a, err := h.profiles.Mine(ctx)
		return profileView(a), err
	})
}

// Update changes the account; one that was changed elsewhere meanwhile is left alone and the fault says so.
func (s *ProfileService) Update(in ProfileInput) (ProfileView, error) {
	return call(s.app, "profile.Update", func(ctx context.Context, h *workspace) (ProfileView, error) {
		a, err := h.profiles.Update(ctx, profile.Update{
			Version: in.Version, FirstName: in.FirstName, LastName: in.LastName, Language: in.Language, Locale: in.Locale,
			TimeZone: in.TimeZone, Country: in.Country, Phone: in.Phone, RecoveryPhone: in.RecoveryPhone, RecoveryEmail: in.RecoveryEmail,
		})
		return profileView(a), err
	})
}

// ChangeLoginEmail gives the account another login e-mail.
func (s *ProfileService) ChangeLoginEmail(in LoginEmailInput) (ProfileView, error) {
	return call(s.app, "profile.ChangeLoginEmail", func(ctx context.Context, h *workspace) (ProfileView, error) {
		a, err := h.profiles.ChangeLoginEmail(ctx, in.Version, in.Email, in.Again, in.Password)
		return profileView(a), err
	})
}

// Locales lists the forms of numbers and dates that can be chosen.
func (s *ProfileService) Locales() []string { return profile.Locales }

func profileView(a profile.Account) ProfileView {
	return ProfileView{
		ID: a.ID, FirstName: a.FirstName, LastName: a.LastName, LoginEmail: a.LoginEmail, Language: a.Language,
		Locale: a.Locale, TimeZone: a.TimeZone, Country: a.Country, Phone: a.Phone,
		RecoveryPhone: a.RecoveryPhone, RecoveryEmail: a.RecoveryEmail,
		Avatar: a.Avatar, Previous: a.PreviousAvatar, Version: a.Version, CreatedAt: moment(a.CreatedAt),
	}
}

// moment is the form in which a time crosses to the window: RFC 3339 in UTC, "" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
