package app

import (
	"context"
	"encoding/base64"
	"io"
	"path/filepath"

	"kontor/internal/host/bridge"

	"kontor/internal/area/client"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/export"
	"kontor/internal/host/mail"
	"kontor/internal/host/sqlite"
)

// ClientLetterView is a signed file that was opened: an invitation of a partner, or the reply of a client.
type ClientLetterView struct {
	Kind        string     `json:"kind"` // invitation, reply
	From        string     `json:"from"`
	Fingerprint string     `json:"fingerprint"`
	Seen        bool       `json:"seen"`     // the sender is known from before
	OtherKey    bool       `json:"otherKey"` // and signed with another key then
	Client      string     `json:"client"`   // as the partner calls it
	Asked       RightsView `json:"asked"`
	Granted     RightsView `json:"granted"` // of a reply
	Refused     bool       `json:"refused"`
	MadeAt      string     `json:"madeAt"`
	ExpiresAt   string     `json:"expiresAt"` // of an invitation
}

// ClientPartnerView is a partner whose invitation the organization has answered.
type ClientPartnerView struct {
	ID          string     `json:"id"` // of the invitation
	Name        string     `json:"name"`
	Fingerprint string     `json:"fingerprint"`
	Refused     bool       `json:"refused"`
	Granted     RightsView `json:"granted"`
	At          string     `json:"at"`
}

// LetterTarget is how a letter is to be saved.
type LetterTarget struct {
	Title string `json:"title"` // of the dialog
	Name  string `json:"name"`  // of the file, without its ending
}

// SaveInvitation asks where to and writes the invitation of a client. It returns the file's name; "" if none was chosen.
func (s *ClientService) SaveInvitation(id string, version int, to LetterTarget) (string, error) {
	return s.saveLetter("client.SaveInvitation", access.AddClient, to, func(ctx context.Context, h *workspace) ([]byte, error) {
		return h.clients.Invite(ctx, id, version)
	})
}

// SendInvitation puts the invitation of a client into the queue of e-mails, in the words given.
func (s *ClientService) SendInvitation(id string, version int, to, subject, text string) (ClientView, error) {
	return s.change("client.SendInvitation", id, func(ctx context.Context, h *workspace) error {
		return h.clients.InviteByMail(ctx, id, version, client.Mail{To: to, Subject: subject, Text: text})
	})
}

// OpenLetter checks a signed file (base64) and shows what is in it; nothing is recorded yet.
func (s *ClientService) OpenLetter(file string) (ClientLetterView, error) {
	return call(s.app, "client.OpenLetter", func(ctx context.Context, h *workspace) (ClientLetterView, error) {
		data, err := letterBytes(file)
		if err != nil {
			return ClientLetterView{}, err
		}
		if l, err := client.Open(data); err != nil {
			return ClientLetterView{}, err
		} else if l.Reply != nil {
			r, err := h.clients.LookAtReply(ctx, data)
			if err != nil {
				return ClientLetterView{}, err
			}
			return ClientLetterView{
				Kind: "reply", From: r.From.Name, Fingerprint: r.Fingerprint, Seen: r.Client.Signer != "", OtherKey: r.OtherKey,
				Client: r.Client.Name, Asked: rightsView(r.Client.Asked), Granted: rightsView(r.Granted), Refused: r.Refused, MadeAt: moment(r.MadeAt),
			}, nil
		}
		a, err := h.clients.LookAtInvitation(ctx, data)
		return ClientLetterView{
			Kind: "invitation", From: a.From.Name, Fingerprint: a.Fingerprint, Seen: a.Seen, OtherKey: a.OtherKey, Client: a.Client,
			Asked: rightsView(a.Asked), Granted: rightsView(client.Rights{}), MadeAt: moment(a.MadeAt), ExpiresAt: moment(a.ExpiresAt),
		}, err
	})
}

// Reply asks where to, answers an invitation (base64) with rights, or refuses it, and writes the signed reply. It
// returns the file's name; "" if none was chosen, and then nothing was answered.
func (s *ClientService) Reply(file string, refuse bool, in RightsView, to LetterTarget) (string, error) {
	return s.saveLetter("client.Reply", access.AuthorizePartner, to, func(ctx context.Context, h *workspace) ([]byte, error) {
		data, err := letterBytes(file)
		if err != nil {
			return nil, err
		}
		if refuse {
			return h.clients.Reply(ctx, data, nil)
		}
		grant := rightsOf(in)
		return h.clients.Reply(ctx, data, &grant)
	})
}

// SaveReply writes a reply once more that was given before.
func (s *ClientService) SaveReply(invitation string, to LetterTarget) (string, error) {
	return s.saveLetter("client.SaveReply", access.AuthorizePartner, to, func(ctx context.Context, h *workspace) ([]byte, error) {
		return h.clients.ReplyAgain(ctx, invitation)
	})
}

// TakeReply records what a signed reply (base64) says and returns the client's id.
func (s *ClientService) TakeReply(file string) (string, error) {
	return call(s.app, "client.TakeReply", func(ctx context.Context, h *workspace) (string, error) {
		data, err := letterBytes(file)
		if err != nil {
			return "", err
		}
		return h.clients.TakeReply(ctx, data)
	})
}

// Partners lists the partners whose invitations the organization has answered.
func (s *ClientService) Partners() ([]ClientPartnerView, error) {
	return call(s.app, "client.Partners", func(ctx context.Context, h *workspace) ([]ClientPartnerView, error) {
		list, err := h.clients.Partners(ctx)
		views := []ClientPartnerView{}
		for _, p := range list {
			views = append(views, ClientPartnerView{
				ID: p.InvitationID, Name: p.Partner.Name, Fingerprint: p.Fingerprint(), Refused: p.Refused,
				Granted: rightsView(p.Granted), At: moment(p.AnsweredAt),
			})
		}
		return views, err
	})
}

// saveLetter asks where to, has the letter made and writes it.
func (s *ClientService) saveLetter(name string, may access.Capability, to LetterTarget, letter func(context.Context, *workspace) ([]byte, error)) (string, error) {
	if err := do(s.app, name, func(ctx context.Context, _ *workspace) error {
		_, err := access.Require(ctx, may) // before a dialog opens that would lead nowhere
		return err
	}); err != nil {
		return "", err
	}
	path, err := s.app.shell.AskSave(bridge.SaveDialog{Title: to.Title, Name: to.Name + "." + client.FileEnding, Filter: "Kontor", Ending: client.FileEnding})
	if err != nil || path == "" {
		return "", err
	}
	return call(s.app, name, func(ctx context.Context, h *workspace) (string, error) {
		data, err := letter(ctx, h)
		if err != nil {
			return "", err
		}
		err = export.Save(path, func(w io.Writer) error {
			_, err := w.Write(data)
			return err
		})
		if err != nil {
			return "", fault.Wrap(err, fault.Unavailable, "not_written")
		}
		return filepath.Base(path), nil
	})
}

func letterBytes(text string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, client.ReasonUnknownLetter)
	}
	return data, nil
}

// clientPost hands invitations to the queue of e-mails.
type clientPost struct{ mail *mail.Service }

func (p clientPost) Send(ctx context.Context, tx *sqlite.Tx, organizationID string, m client.Mail, name string, file []byte) (string, error) {
	return p.mail.Queue(ctx, tx, mail.Message{
		To: m.To, Subject: m.Subject, Text: m.Text, OrganizationID: organizationID, Product: audit.Client,
		Attachments: []mail.Attachment{{Name: name, Type: "application/json", Data: file}},
	})
}

func (p clientPost) Recall(ctx context.Context, tx *sqlite.Tx, id string) error {
	return p.mail.Recall(ctx, tx, id)
}

func (p clientPost) State(ctx context.Context, q sqlite.Queryer, id string) (string, error) {
	l, err := p.mail.Letter(ctx, q, id)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	return string(l.State), err
}
