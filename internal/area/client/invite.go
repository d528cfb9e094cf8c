package client

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"slices"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/ownfile"
	"kontor/internal/host/sqlite"
)

// Secrets keeps the private half of the key with which an organization signs.
type Secrets interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
}

// Names knows what the organization that the window shows is called.
type Names interface {
	CurrentName(ctx context.Context) (string, error)
}

// Post sends an invitation by e-mail.
type Post interface {
	Send(ctx context.Context, tx *sqlite.Tx, organizationID string, m Mail, name string, file []byte) (id string, err error)
	// IsSetUp tells whether messages can leave.
	IsSetUp(ctx context.Context, q sqlite.Queryer) (bool, error)
	// Recall stops a message that has not left yet.
	Recall(ctx context.Context, tx *sqlite.Tx, id string) error
	// State is how far a message has come: waiting, sending, sent, failed, uncertain, withdrawn; "" is not known.
	State(ctx context.Context, q sqlite.Queryer, id string) (string, error)
}

// Mail is a message in the words of whoever reads it.
type Mail struct{ To, Subject, Text string }

// FileEnding is how the names of signed messages end.
const FileEnding = string(ownfile.Signed)

// Sent is the invitation that is open at a client.
type Sent struct {
	ID        string
	Digest    string
	MadeAt    time.Time
	ExpiresAt time.Time
	MailID    string
	MailedTo  string
	MailState string
	state     string
	clientID  string
	file      []byte
}

// MayInvite refuses whoever may not invite clients.
func (s *Service) MayInvite(ctx context.Context) error {
	_, err := access.Require(ctx, access.AddClient)
	return err
}

// Invite makes the file that asks a client for what is asked of it. The one that is open is given again as long as it
// asks the same and has a while to go. Only a legal representative may (faq/2668).
func (s *Service) Invite(ctx context.Context, id string, version int) ([]byte, error) {
	return s.invite(ctx, id, version, func(*sqlite.Tx, *Sent) error { return nil })
}

// InviteByMail makes the file as Invite does and puts it into the queue of e-mails.
func (s *Service) InviteByMail(ctx context.Context, id string, version int, m Mail) error {
	_, err := s.invite(ctx, id, version, func(tx *sqlite.Tx, sent *Sent) (err error) {
		if err := s.recall(ctx, tx, sent.MailID); err != nil {
			return err
		}
		sent.MailedTo = m.To
		sent.MailID, err = s.post.Send(ctx, tx, access.From(ctx).OrganizationID, m, "invitation."+FileEnding, sent.file)
		return err
	})
	return err
}

// fresh is how long an invitation must still hold to be given again.
const fresh = 7 * 24 * time.Hour

func (s *Service) invite(ctx context.Context, id string, version int, hand func(*sqlite.Tx, *Sent) error) ([]byte, error) {
	actor, err := access.Require(ctx, access.AddClient)
	if err != nil {
		return nil, err
	}
	var file []byte
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		c, err := changeable(ctx, tx, actor, id, version)
		if err == nil && c.State == Listed { // nothing was asked of it
			err = fault.New(fault.Conflict, ReasonState)
		}
		if err != nil {
			return err
		}
		sent, err := openInvitation(ctx, tx, id)
		if err != nil && fault.CodeOf(err) != fault.NotFound {
			return err
		}
		if err != nil || sent.ExpiresAt.Sub(tx.Now) < fresh {
			if sent, err = s.draw(ctx, tx, actor.OrganizationID, c); err != nil {
				return err
			}
		}
		if err := hand(tx, &sent); err != nil {
			return err
		}
		if err := writeInvitation(ctx, tx, actor.OrganizationID, sent); err != nil {
			return err
		}
		file = sent.file
		ch := Change{AccountID: actor.AccountID, Kind: "invited", Access: c.Asked.Access, Wallet: c.Asked.Wallet, Count: len(c.Asked.Products)}
		if err := addChange(ctx, tx, c.ID, ch); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Client, ObjectID: c.ID, ObjectName: c.Name, New: "invited",
		})
	})
	return file, err
}

// closeInvitation ends the open invitation of a client, if there is one; an e-mail of it that still waits is not sent.
func (s *Service) closeInvitation(ctx context.Context, tx *sqlite.Tx, clientID, state string) error {
	sent, err := openInvitation(ctx, tx, clientID)
	if fault.CodeOf(err) == fault.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	if err := s.recall(ctx, tx, sent.MailID); err != nil {
		return err
	}
	return closeInvitation(ctx, tx, clientID, state)
}

func (s *Service) recall(ctx context.Context, tx *sqlite.Tx, mailID string) error {
	if mailID == "" {
		return nil
	}
	return s.post.Recall(ctx, tx, mailID)
}

// draw makes a new invitation; the one before it, if any, holds no longer.
func (s *Service) draw(ctx context.Context, tx *sqlite.Tx, organizationID string, c Client) (Sent, error) {
	if err := s.closeInvitation(ctx, tx, c.ID, "replaced"); err != nil {
		return Sent{}, err
	}
	from, key, err := s.signer(ctx, tx, organizationID)
	if err != nil {
		return Sent{}, err
	}
	nonce := make([]byte, 16)
	_, _ = rand.Read(nonce) // never fails
	now := tx.Now.Truncate(time.Second)
	sent := Sent{ID: hex.EncodeToString(nonce), MadeAt: now, ExpiresAt: now.Add(ValidFor), state: "open", clientID: c.ID}
	i := Invitation{ID: sent.ID, From: from, Client: c.Name, Asked: c.Asked, MadeAt: sent.MadeAt, ExpiresAt: sent.ExpiresAt}
	if sent.file, err = i.Seal(key); err != nil {
		return Sent{}, err
	}
	l, err := OpenSigned(sent.file) // what leaves is what the other side will be able to read
	sent.Digest = l.Digest
	return sent, err
}

// The place of the signing key in the vault.
const (
	keyPlace = "client_key"
	keyField = "private"
)

// signer is the organization as signed messages name it, with its key; the key is made when it is needed first.
func (s *Service) signer(ctx context.Context, tx *sqlite.Tx, organizationID string) (Side, ed25519.PrivateKey, error) {
	name, err := s.names.CurrentName(ctx)
	if err != nil {
		return Side{}, nil, err
	}
	from := Side{ID: organizationID, Name: name}
	seed, err := s.secrets.Get(ctx, keyPlace, organizationID, keyField)
	if err == nil && len(seed) == ed25519.SeedSize {
		return from, ed25519.NewKeyFromSeed(seed), nil
	}
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return Side{}, nil, err
	}
	public, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		return Side{}, nil, err
	}
	if err := s.secrets.Put(ctx, tx, keyPlace, organizationID, keyField, key.Seed()); err != nil {
		return Side{}, nil, err
	}
	return from, key, writeKey(ctx, tx, organizationID, public)
}

// ownFingerprint is that of an organization's key; "" as long as it has signed nothing.
func ownFingerprint(ctx context.Context, q sqlite.Queryer, organizationID string) (string, error) {
	key, err := keyOf(ctx, q, organizationID)
	if fault.CodeOf(err) == fault.NotFound {
		return "", nil
	}
	return Fingerprint(key), err
}

// Returned is a reply that came back, beside the client that it belongs to.
type Returned struct {
	Reply
	Client      Client
	Fingerprint string
	OtherKey    bool // the client's answers were signed with another key before
	key         ed25519.PublicKey
}

// LookAtReply checks a reply and shows it; nothing is recorded yet. Errors: Invalid or Conflict with a reason of signed messages.
func (s *Service) LookAtReply(ctx context.Context, file []byte) (Returned, error) {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return Returned{}, err
	}
	var r Returned
	err = s.db.View(ctx, func(q sqlite.Queryer) (err error) {
		r, err = s.returned(ctx, q, actor, file, s.db.Now())
		return err
	})
	return r, err
}

// TakeReply records what a signed reply says and returns the client's id.
func (s *Service) TakeReply(ctx context.Context, file []byte) (string, error) {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return "", err
	}
	var id string
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error {
		r, err := s.returned(ctx, tx, actor, file, tx.Now)
		if err != nil {
			return err
		}
		c := r.Client
		id = c.ID
		c.Signer = keyText(r.key)
		kind := "signed"
		if r.Refused {
			kind = "signed_refusal"
			if c.State == Pending {
				c.State, c.Since = Refused, tx.Now
			}
		} else {
			c.grant(tx.Now, r.Granted, min(s.clock.Of(ctx, r.MadeAt), s.clock.Of(ctx, tx.Now)), BySignature)
		}
		if err := s.closeInvitation(ctx, tx, c.ID, "answered"); err != nil {
			return err
		}
		return s.save(ctx, tx, actor, audit.ItemChanged, kind, c)
	})
	return id, err
}

// returned finds the client that a reply belongs to and refuses what is not the first answer to an open question.
func (s *Service) returned(ctx context.Context, q sqlite.Queryer, actor access.Actor, file []byte, now time.Time) (Returned, error) {
	l, err := OpenSigned(file)
	if err != nil {
		return Returned{}, err
	}
	if l.Reply == nil {
		return Returned{}, fault.New(fault.Invalid, ReasonOwn)
	}
	r := Returned{Reply: *l.Reply, Fingerprint: Fingerprint(l.Key), key: l.Key}
	if r.From.ID == actor.OrganizationID {
		return r, fault.New(fault.Invalid, ReasonOwn)
	}
	sent, err := invitation(ctx, q, actor.OrganizationID, r.To)
	if fault.CodeOf(err) == fault.NotFound || err == nil && sent.Digest != r.Digest {
		return r, fault.New(fault.Invalid, ReasonStranger)
	}
	if err != nil {
		return r, err
	}
	reasons := map[string]string{"answered": ReasonAnswered, "replaced": ReasonReplaced, "withdrawn": ReasonWithdrawn}
	if reason, closed := reasons[sent.state]; closed {
		return r, fault.New(fault.Conflict, reason)
	}
	if now.After(sent.ExpiresAt) {
		return r, fault.New(fault.Conflict, ReasonReplyExpired)
	}
	if r.Client, err = one(ctx, q, actor, sent.clientID); err != nil {
		return r, err
	}
	if !slices.Contains([]State{Pending, Active}, r.Client.State) {
		return r, fault.New(fault.Conflict, ReasonWithdrawn)
	}
	r.OtherKey = r.Client.Signer != "" && r.Client.Signer != keyText(l.Key)
	return r, nil
}
