package app

import (
	"context"
	"slices"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
	"kontor/internal/host/bridge"
)

// ClientProductView is one product under limited access and the rights on it.
type ClientProductView struct {
	Name       string `json:"name"`
	Family     string `json:"family"`
	Technical  bool   `json:"technical"`
	Statistics bool   `json:"statistics"`
}

// RightsView is what one side asks or grants; Access is "" as long as nothing was granted.
type RightsView struct {
	Access   string              `json:"access"` // limited, full
	Wallet   bool                `json:"wallet"`
	Products []ClientProductView `json:"products"`
}

// ClientInput is a request to a client as typed.
type ClientInput struct {
	Name   string     `json:"name"`
	Place  string     `json:"place"`
	Number string     `json:"number"`
	Rights RightsView `json:"rights"`
}

// ClientEntryView is a client in a list.
type ClientEntryView struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Place      string `json:"place"`
	State      string `json:"state"` // pending, active, refused, withdrawn, ended
	Since      string `json:"since"`
	Asked      string `json:"asked"`
	Granted    string `json:"granted"`
	Payer      string `json:"payer"`      // client, partner, "" without an answer
	Difference string `json:"difference"` // same, less, more, both, "" without an answer
	Missing    int    `json:"missing"`    // rights on products
	Products   int    `json:"products"`   // under limited access
}

// ClientListView is a list of clients, and how many there are of each kind in all.
type ClientListView struct {
	Clients []ClientEntryView `json:"clients"`
	Active  int               `json:"active"`
	Pending int               `json:"pending"`
	Less    int               `json:"less"`
	Past    int               `json:"past"`
}

// ClientDoorsView are clients that can be entered.
type ClientDoorsView struct {
	Clients []ClientDoorView `json:"clients"`
	All     int              `json:"all"`
}

// ClientDoorView is a client that can be entered.
type ClientDoorView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ClientChangeView is a line of a client's history.
type ClientChangeView struct {
	At     string `json:"at"`
	Person string `json:"person"` // "" if the account is gone
	Kind   string `json:"kind"`   // asked, granted, refused, withdrawn, ended, allowed, corrected, invited, signed, signed_refusal
	Access string `json:"access"`
	Wallet bool   `json:"wallet"`
	Count  int    `json:"count"` // products; of "allowed" collaborators
}

// ClientCollaboratorView is a collaborator, and whether she may see the client.
type ClientCollaboratorView struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
	Allowed   bool   `json:"allowed"`
}

// ClientInvitationView is the invitation that a client may answer; without an id there is none.
type ClientInvitationView struct {
	ID        string `json:"id"`
	MadeAt    string `json:"madeAt"`
	ExpiresAt string `json:"expiresAt"`
	MailedTo  string `json:"mailedTo"`
	MailState string `json:"mailState"` // waiting, sending, sent, failed, uncertain, withdrawn, "" if not mailed
}

// ClientLooseView is what a collaboration leaves open if it is stopped now.
type ClientLooseView struct {
	Quotes   int            `json:"quotes"`
	Cashback int            `json:"cashback"` // how many are still expected
	Sums     []bridge.Money `json:"sums"`     // of those, one for each currency
}

func looseView(l client.Loose) ClientLooseView {
	return ClientLooseView{Quotes: l.Quotes, Cashback: len(l.Cashback), Sums: bridge.MoneysOf(l.Sums)}
}

// ClientView is everything about one client.
type ClientView struct {
	ID            string                   `json:"id"`
	Name          string                   `json:"name"`
	Place         string                   `json:"place"`
	Number        string                   `json:"number"`
	State         string                   `json:"state"`
	Since         string                   `json:"since"`
	Asked         RightsView               `json:"asked"`
	AskedAt       string                   `json:"askedAt"`
	Granted       RightsView               `json:"granted"`
	GrantedOn     string                   `json:"grantedOn"`   // 2026-11-20
	GrantedBy     string                   `json:"grantedBy"`   // hand, signed, "" without an answer
	Signer        string                   `json:"signer"`      // fingerprint of the key that signed the last reply; "" if none did
	Fingerprint   string                   `json:"fingerprint"` // of the organization's own key; "" before its first letter
	Invitation    ClientInvitationView     `json:"invitation"`
	MailReady     bool                     `json:"mailReady"`
	Payer         string                   `json:"payer"`
	PaidSince     string                   `json:"paidSince"` // 2026-11-20
	Difference    string                   `json:"difference"`
	Missing       int                      `json:"missing"`
	Version       int                      `json:"version"` // give it back with a change
	History       []ClientChangeView       `json:"history"`
	Collaborators []ClientCollaboratorView `json:"collaborators"`
}

func clientListView(list []client.Entry, n client.Counts) ClientListView {
	v := ClientListView{Clients: []ClientEntryView{}, Active: n.Active, Pending: n.Pending, Less: n.Less, Past: n.Past}
	for _, e := range list {
		v.Clients = append(v.Clients, ClientEntryView{
			ID: e.ID, Name: e.Name, Place: e.Place, State: string(e.State), Since: moment(e.Since), Asked: string(e.Asked),
			Granted: string(e.Granted), Payer: payer(client.Rights{Access: e.Granted, Wallet: e.Wallet}),
			Difference: string(e.Difference), Missing: e.Missing, Products: e.Products,
		})
	}
	return v
}

func payer(granted client.Rights) string {
	if granted.Access == "" {
		return ""
	}
	return granted.Pays()
}

func rightsView(r client.Rights) RightsView {
	v := RightsView{Access: string(r.Access), Wallet: r.Wallet, Products: []ClientProductView{}}
	for _, p := range r.Products {
		v.Products = append(v.Products, ClientProductView(p))
	}
	return v
}

func clientDetail(ctx context.Context, h *workspace, id string) (ClientView, error) {
	d, err := h.clients.Get(ctx, id)
	if err != nil {
		return ClientView{}, err
	}
	v := ClientView{
		ID: d.ID, Name: d.Name, Place: d.Place, Number: d.Number, State: string(d.State), Since: moment(d.Since),
		Asked: rightsView(d.Asked), AskedAt: moment(d.AskedAt), Granted: rightsView(d.Granted), GrantedOn: dayText(d.GrantedOn),
		Payer: payer(d.Granted), PaidSince: dayText(d.PaidSince), Difference: string(d.Difference), Missing: d.Missing,
		Version: d.Version, History: []ClientChangeView{}, GrantedBy: string(d.GrantedBy), Signer: d.Client.Fingerprint(),
		Invitation: ClientInvitationView{
			ID: d.Invitation.ID, MadeAt: moment(d.Invitation.MadeAt), ExpiresAt: moment(d.Invitation.ExpiresAt),
			MailedTo: d.Invitation.MailedTo, MailState: d.Invitation.MailState,
		},
	}
	if v.Fingerprint, err = h.clients.Fingerprint(ctx); err != nil {
		return v, err
	}
	if v.MailReady, err = h.mail.IsSetUp(ctx, h.db.Reader()); err != nil {
		return v, err
	}
	ids := make([]string, len(d.History))
	for i, c := range d.History {
		ids[i] = c.AccountID
	}
	names, err := h.profiles.Names(ctx, ids)
	if err != nil {
		return v, err
	}
	for _, c := range d.History {
		v.History = append(v.History, ClientChangeView{
			At: moment(c.At), Person: names[c.AccountID], Kind: c.Kind, Access: string(c.Access), Wallet: c.Wallet, Count: c.Count,
		})
	}
	v.Collaborators, err = collaboratorsOf(ctx, h, d.Collaborators)
	return v, err
}

// collaboratorsOf lists the organization's collaborators for those who say what they may see; nobody for the others.
func collaboratorsOf(ctx context.Context, h *workspace, allowed []string) ([]ClientCollaboratorView, error) {
	list := []ClientCollaboratorView{}
	if !access.From(ctx).Can(access.ManageClients) {
		return list, nil
	}
	members, _, err := h.organizations.Members(ctx)
	for _, m := range members {
		if m.Role == access.Collaborator {
			list = append(list, ClientCollaboratorView{
				AccountID: m.AccountID, Name: m.FirstName + " " + m.LastName, Allowed: slices.Contains(allowed, m.AccountID),
			})
		}
	}
	return list, err
}
