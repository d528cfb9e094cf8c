package client

import (
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/host/bridge"
)

// EntryView is a client in a list.
type EntryView struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Place      string `json:"place"`
	State      string `json:"state"` // listed, pending, active, refused, withdrawn, ended
	Since      string `json:"since"`
	Asked      string `json:"asked"`
	Granted    string `json:"granted"`
	Payer      string `json:"payer"`      // client, partner, "" without an answer
	Difference string `json:"difference"` // same, less, more, both, "" without an answer
	Missing    int    `json:"missing"`    // rights on products
	Products   int    `json:"products"`   // under limited access
}

// ListView is a list of clients, and how many there are of each kind in all.
type ListView struct {
	Clients []EntryView `json:"clients"`
	Active  int         `json:"active"`
	Pending int         `json:"pending"`
	Listed  int         `json:"listed"`
	Less    int         `json:"less"`
	Past    int         `json:"past"`
}

// ShortlistView are clients whose dashboards can be opened.
type ShortlistView struct {
	Clients []NameView `json:"clients"`
	All     int        `json:"all"`
}

// NameView is a client by its name.
type NameView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// ChangeView is a line of a client's history.
type ChangeView struct {
	At     string `json:"at"`
	Person string `json:"person"` // "" if the account is gone
	Kind   string `json:"kind"`   // asked, granted, refused, withdrawn, ended, allowed, corrected, invited, signed, signed_refusal
	Access string `json:"access"`
	Wallet bool   `json:"wallet"`
	Count  int    `json:"count"` // products; of "allowed" collaborators
}

// CollaboratorView is a collaborator, and whether she may see the client.
type CollaboratorView struct {
	AccountID string `json:"accountId"`
	Name      string `json:"name"`
	Allowed   bool   `json:"allowed"`
}

// InvitationView is the invitation that a client may answer; without an id there is none.
type InvitationView struct {
	ID        string `json:"id"`
	MadeAt    string `json:"madeAt"`
	ExpiresAt string `json:"expiresAt"`
	MailedTo  string `json:"mailedTo"`
	MailState string `json:"mailState"` // waiting, sending, sent, failed, uncertain, withdrawn, "" if not mailed
}

// OpenItemsView is what a collaboration leaves open if it is stopped now.
type OpenItemsView struct {
	Quotes   int            `json:"quotes"`
	Cashback int            `json:"cashback"` // how many are still expected
	Sums     []bridge.Money `json:"sums"`     // of those, one for each currency
}

// View is everything about one client.
type View struct {
	ID            string             `json:"id"`
	Name          string             `json:"name"`
	Place         string             `json:"place"`
	Number        string             `json:"number"`
	State         string             `json:"state"`
	Since         string             `json:"since"`
	Asked         Rights             `json:"asked"`
	AskedAt       string             `json:"askedAt"`
	Granted       Rights             `json:"granted"`
	GrantedOn     string             `json:"grantedOn"`   // 2026-11-20
	GrantedBy     string             `json:"grantedBy"`   // hand, signed, "" without an answer
	Signer        string             `json:"signer"`      // fingerprint of the key that signed the last reply; "" if none did
	Fingerprint   string             `json:"fingerprint"` // of the organization's own key; "" before it has signed anything
	Invitation    InvitationView     `json:"invitation"`
	MailReady     bool               `json:"mailReady"`
	Payer         string             `json:"payer"`
	PaidSince     string             `json:"paidSince"` // 2026-11-20
	Difference    string             `json:"difference"`
	Missing       int                `json:"missing"`
	Version       int                `json:"version"` // give it back with a change
	History       []ChangeView       `json:"history"`
	Collaborators []CollaboratorView `json:"collaborators"`
	Record        RecordView         `json:"record"`
}

// SignedView is a signed file that was opened: an invitation of a partner, or the reply of a client.
type SignedView struct {
	Kind        string `json:"kind"` // invitation, reply
	From        string `json:"from"`
	Fingerprint string `json:"fingerprint"`
	Seen        bool   `json:"seen"`     // the sender is known from before
	OtherKey    bool   `json:"otherKey"` // and signed with another key then
	Client      string `json:"client"`   // as the partner calls it
	Asked       Rights `json:"asked"`
	Granted     Rights `json:"granted"` // of a reply
	Refused     bool   `json:"refused"`
	MadeAt      string `json:"madeAt"`
	ExpiresAt   string `json:"expiresAt"` // of an invitation
}

// PartnerView is a partner whose invitation the organization has answered.
type PartnerView struct {
	ID          string `json:"id"` // of the invitation
	Name        string `json:"name"`
	Fingerprint string `json:"fingerprint"`
	Refused     bool   `json:"refused"`
	Granted     Rights `json:"granted"`
	At          string `json:"at"`
}

func listView(list []Entry, n Counts) ListView {
	v := ListView{Clients: []EntryView{}, Active: n.Active, Pending: n.Pending, Listed: n.Listed, Less: n.Less, Past: n.Past}
	for _, e := range list {
		v.Clients = append(v.Clients, EntryView{
			ID: e.ID, Name: e.Name, Place: e.Place, State: string(e.State), Since: bridge.Moment(e.Since), Asked: string(e.Asked),
			Granted: string(e.Granted), Payer: Rights{Access: e.Granted, Wallet: e.Wallet}.payer(),
			Difference: string(e.Difference), Missing: e.Missing, Products: e.Products,
		})
	}
	return v
}

// payer is who pays under granted rights; "" without an answer.
func (r Rights) payer() string {
	if r.Access == "" {
		return ""
	}
	return string(r.Pays())
}

func (d Detail) view(actor access.Actor) View {
	v := View{
		ID: d.ID, Name: d.Name, Place: d.Place, Number: d.Number, State: string(d.State), Since: bridge.Moment(d.Since),
		Asked: d.Asked, AskedAt: bridge.Moment(d.AskedAt), Granted: d.Granted, GrantedOn: d.GrantedOn.String(),
		Payer: d.Granted.payer(), PaidSince: d.PaidSince.String(), Difference: string(d.Difference), Missing: d.Missing,
		Version: d.Version, GrantedBy: string(d.GrantedBy), Signer: d.Client.Fingerprint(), Fingerprint: d.OwnFingerprint, MailReady: d.MailReady,
		Invitation: InvitationView{
			ID: d.Invitation.ID, MadeAt: bridge.Moment(d.Invitation.MadeAt), ExpiresAt: bridge.Moment(d.Invitation.ExpiresAt),
			MailedTo: d.Invitation.MailedTo, MailState: d.Invitation.MailState,
		},
		History: []ChangeView{}, Collaborators: []CollaboratorView{}, Record: d.record(actor),
	}
	for _, c := range d.History {
		v.History = append(v.History, ChangeView{
			At: bridge.Moment(c.At), Person: d.People[c.AccountID], Kind: c.Kind, Access: string(c.Access), Wallet: c.Wallet, Count: c.Count,
		})
	}
	for _, one := range d.Choice {
		v.Collaborators = append(v.Collaborators, CollaboratorView{
			AccountID: one.AccountID, Name: one.Name, Allowed: slices.Contains(d.Collaborators, one.AccountID),
		})
	}
	return v
}

func (r Returned) view() SignedView {
	return SignedView{
		Kind: "reply", From: r.From.Name, Fingerprint: r.Fingerprint, Seen: r.Client.Signer != "", OtherKey: r.OtherKey,
		Client: r.Client.Name, Asked: r.Client.Asked, Granted: r.Granted, Refused: r.Refused, MadeAt: bridge.Moment(r.MadeAt),
	}
}

func (a Asked) view() SignedView {
	return SignedView{
		Kind: "invitation", From: a.From.Name, Fingerprint: a.Fingerprint, Seen: a.Seen, OtherKey: a.OtherKey, Client: a.Client,
		Asked: a.Asked, MadeAt: bridge.Moment(a.MadeAt), ExpiresAt: bridge.Moment(a.ExpiresAt),
	}
}

func (p Partner) view() PartnerView {
	return PartnerView{
		ID: p.InvitationID, Name: p.Partner.Name, Fingerprint: p.Fingerprint(), Refused: p.Refused,
		Granted: p.Granted, At: bridge.Moment(p.AnsweredAt),
	}
}
