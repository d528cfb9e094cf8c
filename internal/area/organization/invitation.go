package organization

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Limits of the code of an invitation: 80 random bits, for so long, for so many wrong tries.
const (
	CodeLife  = 7 * 24 * time.Hour
	CodeTries = 10
	codeBytes = 10
)

// Reasons of refused invitations.
const (
	ReasonNotInvited = "not_invited" // no invitation of this person's stands, or its time is over
)

// alphabet has no letter that is easily taken for a digit.
var alphabet = base32.NewEncoding("ABCDEFGHJKMNPQRSTVWXYZ0123456789").WithPadding(base32.NoPadding)

// newCode makes a code, as four groups of four.
func newCode() string {
	b := make([]byte, codeBytes)
	_, _ = rand.Read(b) // never fails, see crypto/rand
	text := alphabet.EncodeToString(b)
	return strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:]}, "-")
}

// hashCode is the form in which a code is kept and compared: however it was typed, bound to its invitation.
func hashCode(organizationID, emailKey, code string) []byte {
	code = strings.NewReplacer("O", "0", "I", "1", "L", "1").Replace(strings.ToUpper(code))
	code = strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, code)
	sum := sha256.Sum256([]byte(organizationID + "\x00" + emailKey + "\x00" + code))
	return sum[:]
}

// Invitation is somebody who was asked in and has not accepted yet: she has no right, and sees nothing.
type Invitation struct {
	Email      string
	Role       access.Role
	Accounting bool
	InvitedAt  time.Time
	ExpiresAt  time.Time // the code's, zero of one that has none
	AccountID  string    // the account that may accept it; "" for whoever makes one with the code

	organizationID string
	emailKey       string
	codeHash       []byte
	tries          int
	letterID       string
}

// stands tells whether the code of an invitation may still be used.
func (i Invitation) stands(now time.Time) bool {
	return len(i.codeHash) > 0 && i.tries < CodeTries && now.Before(i.ExpiresAt)
}

// Asking is whom to ask in.
type Asking struct {
	Email      string
	Role       access.Role
	Accounting bool
	Mail       bool         // send it by e-mail, through the server that is set up
	Locale     words.Locale // of the e-mail
}

// Asked is an invitation that was made.
type Asked struct {
	Name      string // of the account that is asked; "" if nobody here has the address
	Code      string // for whoever makes an account; shown this once, only its hash is kept
	ExpiresAt time.Time
	Mailed    bool
}

// Invite asks a person in by e-mail. An account on this computer is asked, and accepts while it is signed in; anybody
// else makes an account with the address and the code. An invitation of the same address takes the place of an older
// one. Only an existing member can be made legal representative, by SetRole.
// Errors: Invalid with fields; Conflict/mail_not_set_up.
func (s *Service) Invite(ctx context.Context, a Asking) (asked Asked, err error) {
	actor, err := access.Require(ctx, access.ManageMembers)
	if err != nil {
		return asked, err
	}
	var c fault.Check
	email, key, refusal := input.ParseEmail(a.Email)
	if refusal != nil {
		c.Refuse("email", "not_an_email")
	}
	if a.Role != access.Administrator && a.Role != access.Collaborator && a.Role != access.External {
		c.Refuse("role", "not_a_choice")
	}
	if err := c.Err(); err != nil {
		return asked, err
	}
	i := Invitation{
		Email: email, Role: a.Role, Accounting: a.Accounting && a.Role == access.Collaborator, organizationID: actor.OrganizationID, emailKey: key,
	}
	if i.AccountID, err = s.accounts.IDByEmail(ctx, email); err != nil {
		return asked, err
	}
	if i.AccountID != "" {
		if asked.Name, err = s.nameOf(ctx, i.AccountID); err != nil {
			return asked, err
		}
	}
	return asked, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if i.AccountID != "" {
			_, err := membership(ctx, tx, i.AccountID, actor.OrganizationID)
			if err == nil {
				c.Refuse("email", "already_member")
				return c.Err()
			}
			if fault.CodeOf(err) != fault.NotFound {
				return err
			}
		} else {
			asked.Code = newCode()
			i.codeHash = hashCode(actor.OrganizationID, key, asked.Code)
		}
		i.InvitedAt, i.ExpiresAt = tx.Now, tx.Now.Add(CodeLife)
		asked.ExpiresAt = i.ExpiresAt
		if err := s.recall(ctx, tx, actor.OrganizationID, key); err != nil {
			return err
		}
		if a.Mail {
			if i.letterID, err = s.write(ctx, tx, i, asked.Code, a.Locale); err != nil {
				return err
			}
			asked.Mailed = true
		}
		if err := putInvitation(ctx, tx, actor.AccountID, i); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemAdded, Product: audit.Organization, ObjectID: i.AccountID, ObjectName: "invitation", New: describeRole(i.Role, i.Accounting),
		})
	})
}

// Withdraw takes an invitation back, and its letter if that has not gone out.
func (s *Service) Withdraw(ctx context.Context, email string) error {
	actor, err := access.Require(ctx, access.ManageMembers)
	if err != nil {
		return err
	}
	key, err := input.MailKey(email)
	if err != nil {
		return fault.New(fault.NotFound, "")
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := s.recall(ctx, tx, actor.OrganizationID, key); err != nil {
			return err
		}
		if err := deleteInvitation(ctx, tx, actor.OrganizationID, key); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{Action: audit.ItemDeleted, Product: audit.Organization, ObjectName: "invitation"})
	})
}

// recall takes the letter of an invitation out of the queue.
func (s *Service) recall(ctx context.Context, tx *sqlite.Tx, organizationID, emailKey string) error {
	i, err := invitationOf(ctx, tx, organizationID, emailKey)
	if fault.CodeOf(err) == fault.NotFound || err == nil && i.letterID == "" {
		return nil
	}
	if err != nil {
		return err
	}
	if s.post == nil {
		return nil
	}
	return s.post.Recall(ctx, tx, i.letterID)
}

// Offer is an invitation as the person who is asked sees it.
type Offer struct {
	OrganizationID string
	Name           string
	Role           access.Role
	InvitedBy      string // "" if that account is gone
	InvitedAt      time.Time
}

// Offers are the invitations of the person who is signed in. Requires access.OwnAccount.
func (s *Service) Offers(ctx context.Context) ([]Offer, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return nil, err
	}
	type row struct {
		Offer
		by string
	}
	list, err := sqlite.All(ctx, s.db.Reader(), func(r sqlite.Row) (o row, err error) {
		var at int64
		err = r.Scan(&o.OrganizationID, &o.Name, &o.Role, &o.by, &at)
		o.InvitedAt = sqlite.Time(at)
		return o, err
	}, `SELECT i.organization_id, o.name, i.role, i.invited_by, i.invited_at FROM invitation i
		JOIN organization o ON o.id = i.organization_id WHERE i.account_id = ? AND i.expires_at > ? ORDER BY i.invited_at, o.id`,
		actor.AccountID, sqlite.Millis(s.db.Now()))
	offers := make([]Offer, len(list))
	for n, one := range list {
		offers[n] = one.Offer
		if offers[n].InvitedBy, err = s.nameOf(ctx, one.by); err != nil {
			return nil, err
		}
	}
	return offers, err
}

// nameOf is what a person is called; "" if the account is gone.
func (s *Service) nameOf(ctx context.Context, accountID string) (string, error) {
	people, err := s.accounts.People(ctx, []string{accountID})
	p := people[accountID]
	return strings.TrimSpace(p.FirstName + " " + p.LastName), err
}

// Answer accepts or declines an invitation of the person who is signed in. Requires access.OwnAccount.
// Errors: NotFound/ReasonNotInvited.
func (s *Service) Answer(ctx context.Context, organizationID string, accept bool) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		list, err := invitationsFor(ctx, tx, actor.AccountID)
		if err != nil {
			return err
		}
		for _, i := range list {
			if i.organizationID == organizationID && tx.Now.Before(i.ExpiresAt) {
				return s.settle(ctx, tx, i, actor.AccountID, accept)
			}
		}
		return fault.New(fault.NotFound, ReasonNotInvited)
	})
}

// Redeem accepts the invitations of the person's own address for which she has the code. Requires access.OwnAccount.
// Errors: Invalid at "code".
func (s *Service) Redeem(ctx context.Context, code string) error {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return err
	}
	key, err := s.accounts.EmailKey(ctx, s.db.Reader(), actor.AccountID)
	if err != nil {
		return err
	}
	if err := s.try(ctx, key, code, "code"); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.claim(ctx, tx, actor.AccountID, key, code, "code") })
}

// TryCode refuses a wrong code of an address at the field "invitationCode", before anything is made with it, and counts
// it: an address that nobody asked in is answered alike.
func (s *Service) TryCode(ctx context.Context, email, code string) error {
	key, err := input.MailKey(email)
	if err != nil {
		return fault.New(fault.Invalid, "").At("invitationCode", "wrong_invitation_code")
	}
	return s.try(ctx, key, code, "invitationCode")
}

func (s *Service) try(ctx context.Context, key, code, field string) error {
	found := false
	err := s.db.Write(ctx, func(tx *sqlite.Tx) error {
		list, err := invitationsTo(ctx, tx, key)
		if err != nil {
			return err
		}
		for _, i := range list {
			found = found || i.opens(tx.Now, code)
		}
		if found {
			return nil
		}
		_, err = tx.ExecContext(ctx, "UPDATE invitation SET tries = tries + 1 WHERE email_key = ? AND code_hash IS NOT NULL", key)
		return err
	})
	if err == nil && !found {
		err = fault.New(fault.Invalid, "").At(field, "wrong_invitation_code")
	}
	return err
}

// opens tells whether the code is that of an invitation whose time is not over.
func (i Invitation) opens(now time.Time, code string) bool {
	return i.stands(now) && subtle.ConstantTimeCompare(i.codeHash, hashCode(i.organizationID, i.emailKey, code)) == 1
}

// Claim makes a new account a member of the organization whose code it has, in the caller's transaction. The address alone
// claims nothing. Errors: Invalid at "invitationCode".
func (s *Service) Claim(ctx context.Context, tx *sqlite.Tx, accountID, email, code string) error {
	key, err := input.MailKey(email)
	if err != nil {
		return err
	}
	return s.claim(ctx, tx, accountID, key, code, "invitationCode")
}

func (s *Service) claim(ctx context.Context, tx *sqlite.Tx, accountID, key, code, field string) error {
	list, err := invitationsTo(ctx, tx, key)
	if err != nil {
		return err
	}
	for _, i := range list {
		if i.opens(tx.Now, code) {
			return s.settle(ctx, tx, i, accountID, true)
		}
	}
	return fault.New(fault.Invalid, "").At(field, "wrong_invitation_code")
}

// settle ends an invitation, with a member more if it was accepted.
func (s *Service) settle(ctx context.Context, tx *sqlite.Tx, i Invitation, accountID string, accept bool) error {
	if err := deleteInvitation(ctx, tx, i.organizationID, i.emailKey); err != nil {
		return err
	}
	e := audit.Entry{
		Action: audit.ItemDeleted, Product: audit.Organization, ObjectID: accountID, ObjectName: "invitation", New: "declined",
		AccountID: accountID, OrganizationID: i.organizationID,
	}
	if accept {
		e.Action, e.ObjectName, e.New = audit.ItemAdded, "", describeRole(i.Role, i.Accounting)
		err := insertMember(ctx, tx, i.organizationID, accountID, i.Role, i.Accounting)
		if sqlite.IsUnique(err) { // belongs to it already
			return fault.New(fault.Conflict, "already_member")
		}
		if err != nil {
			return err
		}
	}
	return s.journal.Record(ctx, tx, e)
}

// write queues the letter of an invitation.
func (s *Service) write(ctx context.Context, tx *sqlite.Tx, i Invitation, code string, reader words.Locale) (string, error) {
	if s.post == nil {
		return "", fault.New(fault.Conflict, "mail_not_set_up")
	}
	b := words.For(reader)
	name, err := s.Name(ctx, tx, i.organizationID)
	if err != nil {
		return "", err
	}
	text := b.T("organization_letter_account", "organization", name)
	if code != "" {
		text = b.T("organization_letter_code", "organization", name, "email", i.Email, "code", code, "days", int(CodeLife.Hours()/24))
	}
	return s.post.Send(ctx, tx, Letter{
		To: i.Email, Subject: b.T("organization_letter_subject", "organization", name), Text: text, OrganizationID: i.organizationID,
	})
}
