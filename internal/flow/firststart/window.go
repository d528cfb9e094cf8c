package firststart

import (
	"context"

	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/host/bridge"
)

// Window is what the page may call to begin.
type Window struct{ room bridge.Room[*Service] }

// NewWindow wires a Window.
func NewWindow(room bridge.Room[*Service]) *Window { return &Window{room} }

// BeginInput is what a person enters to create an account, and its organization or to join one.
type BeginInput struct {
	FirstName        string `json:"firstName"`
	LastName         string `json:"lastName"`
	LoginEmail       string `json:"loginEmail"`
	Language         string `json:"language"`
	OrganizationName string `json:"organizationName"`
	Invited          bool   `json:"invited"` // joins the organization that asked the address in; organizationName is not looked at
	InvitationCode   string `json:"invitationCode"`
	Country          string `json:"country"`
	Password         string `json:"password"`
	Stay             bool   `json:"stay"`
}

// RecoveryCodesView is a set of recovery codes for the secure form.
type RecoveryCodesView struct {
	Codes []string `json:"codes"`
}

// Begin creates an account and its organization, signs in and returns the recovery codes, which are shown this once.
func (w *Window) Begin(in BeginInput) (RecoveryCodesView, error) {
	return bridge.Call(w.room, "firststart.Begin", func(ctx context.Context, s *Service) (RecoveryCodesView, error) {
		codes, err := s.Begin(ctx, Request{
			Account:      profile.New{FirstName: in.FirstName, LastName: in.LastName, LoginEmail: in.LoginEmail, Language: in.Language},
			Organization: organization.New{Name: in.OrganizationName, Country: in.Country},
			Invited:      in.Invited,
			Code:         in.InvitationCode,
			Password:     in.Password,
			Stay:         in.Stay,
		})
		return RecoveryCodesView{Codes: codes}, err
	})
}
