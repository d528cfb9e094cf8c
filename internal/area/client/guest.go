package client

import (
	"context"
	"slices"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Asked is an invitation as the organization that it asks sees it.
type Asked struct {
	Invitation
	Fingerprint string
	Seen        bool // the partner is known from an answer before
	OtherKey    bool // and signed with another key then
}

// LookAtInvitation checks an invitation of a partner and shows what it asks. Only a legal representative may answer for
// the organization (faq/2669). Errors: Invalid or Conflict with a reason of signed messages.
func (s *Service) LookAtInvitation(ctx context.Context, file []byte) (Asked, error) {
	actor, err := access.Require(ctx, access.AuthorizePartner)
	if err != nil {
		return Asked{}, err
	}
	var a Asked
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		l, err := asks(file, actor.OrganizationID, s.db.Now())
		if err != nil {
			return err
		}
		known, err := partners(ctx, q, actor.OrganizationID)
		if err != nil {
			return err
		}
		a = Asked{Invitation: *l.Invitation, Fingerprint: Fingerprint(l.Key)}
		for _, p := range known {
			if p.InvitationID == a.ID {
				return fault.New(fault.Conflict, ReasonAnswered)
			}
		}
		for _, p := range slices.Backward(known) { // the newest comes first and has the last word
			if p.Partner.ID == a.From.ID {
				a.Seen, a.OtherKey = true, p.key != keyText(l.Key)
			}
		}
		return nil
	})
	return a, err
}

// asks opens a file that should be an invitation of somebody else which still holds.
func asks(file []byte, organizationID string, now time.Time) (SignedMessage, error) {
	l, err := OpenSigned(file)
	if err != nil {
		return l, err
	}
	if l.Invitation == nil || l.Invitation.From.ID == organizationID {
		return l, fault.New(fault.Invalid, ReasonOwn)
	}
	if now.After(l.Invitation.ExpiresAt) {
		return l, fault.New(fault.Conflict, ReasonExpired)
	}
	return l, nil
}

// MayReply refuses whoever may not answer partners.
func (s *Service) MayReply(ctx context.Context) error {
	_, err := access.Require(ctx, access.AuthorizePartner)
	return err
}

// Reply answers an invitation with what the organization grants, or with nil with a refusal, and returns the signed file
// for the partner. An invitation is answered once.
func (s *Service) Reply(ctx context.Context, file []byte, grant *Rights) ([]byte, error) {
	actor, err := access.Require(ctx, access.AuthorizePartner)
	if err != nil {
		return nil, err
	}
	var granted Rights
	if grant != nil {
		granted = *grant
		if err := granted.Validate(); err != nil {
			return nil, err
		}
	}
	var reply []byte
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		l, err := asks(file, actor.OrganizationID, tx.Now)
		if err != nil {
			return err
		}
		from, key, err := s.signer(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		r := Reply{To: l.Invitation.ID, Digest: l.Digest, From: from, Refused: grant == nil, Granted: granted, MadeAt: tx.Now.Truncate(time.Second)}
		if reply, err = r.Seal(key); err != nil {
			return err
		}
		p := Partner{
			InvitationID: r.To, Partner: l.Invitation.From, Refused: r.Refused, Granted: granted, AnsweredAt: tx.Now,
			key: keyText(l.Key), reply: reply,
		}
		if err := writePartner(ctx, tx, actor.OrganizationID, p); sqlite.IsUnique(err) {
			return fault.New(fault.Conflict, ReasonAnswered)
		} else if err != nil {
			return err
		}
		if err := s.toGrant(ctx, tx, p); err != nil {
			return err
		}
		what := "refused"
		if grant != nil {
			what = string(granted.Access)
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemAdded, Product: audit.Client, ObjectID: p.InvitationID, ObjectName: p.Partner.Name, New: what,
		})
	})
	return reply, err
}

// Partner is a partner whose invitation the organization has answered.
type Partner struct {
	InvitationID string
	Partner      Side
	Refused      bool
	Granted      Rights
	AnsweredAt   time.Time
	key          string
	reply        []byte
}

// Fingerprint is that of the key which signed the invitation.
func (p Partner) Fingerprint() string { return fingerprintOf(p.key) }

// Partners lists the answers that the organization has given, newest first. Whoever may not answer sees none.
func (s *Service) Partners(ctx context.Context) ([]Partner, error) {
	actor, err := access.Require(ctx, access.ViewClients)
	if err != nil || !actor.Can(access.AuthorizePartner) {
		return nil, err
	}
	return partners(ctx, s.db.Reader(), actor.OrganizationID)
}

// ReplyAgain returns the reply that was given to an invitation, to be handed over once more.
func (s *Service) ReplyAgain(ctx context.Context, invitationID string) ([]byte, error) {
	actor, err := access.Require(ctx, access.AuthorizePartner)
	if err != nil {
		return nil, err
	}
	list, err := partners(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		if p.InvitationID == invitationID {
			return p.reply, nil
		}
	}
	return nil, fault.New(fault.NotFound, "")
}
