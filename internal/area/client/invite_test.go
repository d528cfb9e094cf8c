package client_test

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"testing"
	"time"

	"kontor/internal/area/client"
	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

type called string

func (c called) CurrentName(context.Context) (string, error) { return string(c), nil }

// box is a post box.
type box struct {
	sent     []client.Mail
	file     []byte
	recalled []string
}

func (b *box) Send(_ context.Context, _ *sqlite.Tx, organizationID string, m client.Mail, _ string, file []byte) (string, error) {
	if organizationID != "org-1" {
		return "", fault.New(fault.Invalid, "")
	}
	b.sent, b.file = append(b.sent, m), file
	return fmt.Sprintf("mail-%d", len(b.sent)), nil
}

func (b *box) Recall(_ context.Context, _ *sqlite.Tx, id string) error {
	b.recalled = append(b.recalled, id)
	return nil
}

func (b *box) IsSetUp(context.Context, sqlite.Queryer) (bool, error) { return true, nil }

func (b *box) State(context.Context, sqlite.Queryer, string) (string, error) { return "waiting", nil }

// replyTo answers an invitation with what it asks, under another organization's name.
func replyTo(t *testing.T, invitation []byte) client.Reply {
	t.Helper()
	l, err := client.OpenSigned(invitation)
	if err != nil {
		t.Fatal(err)
	}
	return client.Reply{
		To: l.Invitation.ID, Digest: l.Digest, From: client.Side{ID: "org-9", Name: "Rezzoni"}, Granted: l.Invitation.Asked, MadeAt: made,
	}
}

// program is one of two programs that exchange letters.
type program struct {
	rig
	clock *testkit.Clock
	post  *box
}

// newProgram is the workspace of an organization of that name, whose id is the test's.
func newProgram(t *testing.T, id, name string) program {
	t.Helper()
	h := program{clock: testkit.NewClock(), post: &box{}}
	h.db = testkit.NewDB(t, h.clock)
	testkit.Exec(t, h.db, "INSERT INTO organization (id, name, currency, created_at, updated_at) VALUES (?, ?, 'CHF', 0, 0)", id, name)
	h.journal = &testkit.Journal{}
	h.Service = client.NewService(client.Options{
		DB: h.db, Journal: h.journal, Reauth: testkit.Reauthenticator("right"), Members: organization.NewDirectory(h.db), Secrets: testkit.Vault{}, Names: called(name), Post: h.post, Clock: day.Clock{Now: h.db.Now},
	})
	h.legal = access.With(t.Context(), access.Actor{AccountID: "a", OrganizationID: id, Role: access.LegalRepresentative})
	return h
}

func (h program) invite(t *testing.T, id string) []byte {
	t.Helper()
	file, err := h.Invite(h.legal, id, h.get(t, id).Version)
	must(t, err)
	return file
}

func refused(t *testing.T, what string, err error, reason string) {
	t.Helper()
	if fault.ReasonOf(err) != reason {
		t.Errorf("%s: %v, want %s", what, err, reason)
	}
}

func TestAnInvitationGoesAndComesBackWithLess(t *testing.T) {
	partner, guest := newProgram(t, "org-1", "Studio Ponteri SA"), newProgram(t, "org-9", "Fiduciaria Rezzoni SA")
	id := partner.ask(t, "Rezzoni", limited(site(true, true)))
	file := partner.invite(t, id)
	own := partner.get(t, id).OwnFingerprint

	asked, err := guest.LookAtInvitation(guest.legal, file)
	must(t, err)
	if asked.From.Name != "Studio Ponteri SA" || asked.Client != "Rezzoni" || asked.Fingerprint != own || own == "" || asked.Seen {
		t.Errorf("%+v, own %q", asked, own)
	}
	grant := limited(site(true, false))
	reply, err := guest.Reply(guest.legal, file, &grant)
	must(t, err)

	shown, err := partner.LookAtReply(partner.legal, reply)
	must(t, err)
	signed, err := client.OpenSigned(reply)
	must(t, err)
	theirs := client.Fingerprint(signed.Key)
	if shown.Client.ID != id || shown.From.Name != "Fiduciaria Rezzoni SA" || shown.Fingerprint != theirs || shown.OtherKey {
		t.Errorf("%+v", shown)
	}
	if d := partner.get(t, id); d.State != client.Pending || d.Granted.Access != "" {
		t.Errorf("looking at a reply has changed the client: %+v", d)
	}
	taken, err := partner.TakeReply(partner.legal, reply)
	must(t, err)
	d := partner.get(t, id)
	if taken != id || d.State != client.Active || d.Difference != client.Less || d.Missing != 1 || d.GrantedBy != client.BySignature ||
		d.Client.Fingerprint() != theirs || d.History[0].Kind != "signed" || d.Invitation.ID != "" || d.GrantedOn != today {
		t.Errorf("%+v", d)
	}
	if p, err := guest.Partners(guest.legal); err != nil || len(p) != 1 || p[0].Partner.ID != "org-1" || p[0].Refused || p[0].Fingerprint() != own {
		t.Errorf("%+v, %v", p, err)
	}
	if again, err := guest.ReplyAgain(guest.legal, asked.ID); err != nil || string(again) != string(reply) {
		t.Errorf("the reply once more: %v", err)
	}

	_, err = partner.TakeReply(partner.legal, reply)
	refused(t, "the same reply again", err, client.ReasonAnswered)
	_, err = guest.LookAtInvitation(guest.legal, file)
	refused(t, "the same invitation again", err, client.ReasonAnswered)
	_, err = guest.Reply(guest.legal, file, nil)
	refused(t, "another answer", err, client.ReasonAnswered)
	must(t, partner.Answer(partner.legal, id, d.Version, client.Rights{Access: client.Full}, today))
	if d := partner.get(t, id); d.GrantedBy != client.ByHand {
		t.Errorf("recorded by hand after a reply: %s", d.GrantedBy)
	}
}

func TestARefusalComesBack(t *testing.T) {
	partner, guest := newProgram(t, "org-1", "Ponteri"), newProgram(t, "org-9", "Rezzoni")
	id := partner.ask(t, "Rezzoni", client.Rights{Access: client.Full, Wallet: true})
	reply, err := guest.Reply(guest.legal, partner.invite(t, id), nil)
	must(t, err)
	_, err = partner.TakeReply(partner.legal, reply)
	must(t, err)
	if d := partner.get(t, id); d.State != client.Refused || d.History[0].Kind != "signed_refusal" {
		t.Errorf("%+v", d)
	}
}

func TestARefusalOfMoreLeavesWhatWasGranted(t *testing.T) {
	partner, guest := newProgram(t, "org-1", "Ponteri"), newProgram(t, "org-9", "Rezzoni")
	id := partner.ask(t, "Rezzoni", limited(site(true, false)))
	must(t, partner.Answer(partner.legal, id, 1, limited(site(true, false)), today))
	must(t, partner.AskAgain(partner.legal, id, 2, client.Rights{Access: client.Full}))
	reply, err := guest.Reply(guest.legal, partner.invite(t, id), nil)
	must(t, err)
	_, err = partner.TakeReply(partner.legal, reply)
	must(t, err)
	if d := partner.get(t, id); d.State != client.Active || d.Granted.Access != client.Limited {
		t.Errorf("%+v", d)
	}
}

func TestAnInvitationIsGivenAgainUntilItWouldNotHold(t *testing.T) {
	partner := newProgram(t, "org-1", "Ponteri")
	id := partner.ask(t, "Rezzoni", client.Rights{Access: client.Full})
	first := partner.invite(t, id)
	partner.clock.Advance(client.ValidFor - 8*24*time.Hour)
	if string(partner.invite(t, id)) != string(first) {
		t.Error("another invitation although the first holds")
	}
	partner.clock.Advance(2 * 24 * time.Hour)
	second := partner.invite(t, id)
	if string(second) == string(first) {
		t.Error("the same invitation although it is about to expire")
	}
	_, err := partner.TakeReply(partner.legal, sealed(t, replyTo(t, first), clientKey))
	refused(t, "a reply to the first", err, client.ReasonReplaced)
	_, err = partner.TakeReply(partner.legal, sealed(t, replyTo(t, second), clientKey))
	must(t, err)
}

func TestLettersThatComeWrong(t *testing.T) {
	partner, guest := newProgram(t, "org-1", "Ponteri"), newProgram(t, "org-9", "Rezzoni")
	id := partner.ask(t, "Rezzoni", client.Rights{Access: client.Full})
	file := partner.invite(t, id)
	reply := replyTo(t, file)
	take := func(r client.Reply) error {
		_, err := partner.TakeReply(partner.legal, sealed(t, r, clientKey))
		return err
	}

	_, err := partner.LookAtInvitation(partner.legal, file)
	refused(t, "one's own invitation", err, client.ReasonOwn)
	_, err = partner.TakeReply(partner.legal, file)
	refused(t, "an invitation for a reply", err, client.ReasonOwn)
	own := reply
	own.From.ID = "org-1"
	refused(t, "one's own reply", take(own), client.ReasonOwn)
	stranger := reply
	stranger.To = "ffffffffffffffffffffffffffffffff"
	refused(t, "to nothing", take(stranger), client.ReasonStranger)
	bent := reply
	bent.Digest = "0" + bent.Digest[1:]
	if bent.Digest == reply.Digest {
		bent.Digest = "1" + bent.Digest[1:]
	}
	refused(t, "to another question", take(bent), client.ReasonStranger)
	elsewhere := access.With(t.Context(), access.Actor{AccountID: "a", OrganizationID: "org-2", Role: access.LegalRepresentative})
	_, err = partner.TakeReply(elsewhere, sealed(t, reply, clientKey))
	refused(t, "in another organization", err, client.ReasonStranger)

	must(t, partner.AskAgain(partner.legal, id, 1, limited(site(true, false))))
	refused(t, "after something else was asked", take(reply), client.ReasonReplaced)
	next := replyTo(t, partner.invite(t, id))
	must(t, partner.Withdraw(partner.legal, id, 2))
	refused(t, "after the request was withdrawn", take(next), client.ReasonWithdrawn)

	late := partner.ask(t, "Solari", client.Rights{Access: client.Full})
	file = partner.invite(t, late)
	partner.clock.Advance(client.ValidFor + time.Second)
	guest.clock.Advance(client.ValidFor + time.Second)
	_, err = guest.LookAtInvitation(guest.legal, file)
	refused(t, "opened too late", err, client.ReasonExpired)
	_, err = guest.Reply(guest.legal, file, nil)
	refused(t, "answered too late", err, client.ReasonExpired)
	refused(t, "a reply too late", take(replyTo(t, file)), client.ReasonReplyExpired)
}

func TestAnotherKeyIsTold(t *testing.T) {
	partner, guest := newProgram(t, "org-1", "Ponteri"), newProgram(t, "org-9", "Rezzoni")
	id := partner.ask(t, "Rezzoni", client.Rights{Access: client.Full})
	_, err := partner.TakeReply(partner.legal, sealed(t, replyTo(t, partner.invite(t, id)), clientKey))
	must(t, err)
	must(t, partner.AskAgain(partner.legal, id, partner.get(t, id).Version, client.Rights{Access: client.Full, Wallet: true}))
	r := replyTo(t, partner.invite(t, id))
	for key, other := range map[*ed25519.PrivateKey]bool{&clientKey: false, &partnerKey: true} {
		if shown, err := partner.LookAtReply(partner.legal, sealed(t, r, *key)); err != nil || shown.OtherKey != other {
			t.Errorf("%+v, %v", shown, err)
		}
	}

	in := anInvitation()
	_, err = guest.Reply(guest.legal, sealed(t, in, partnerKey), nil)
	must(t, err)
	in.ID = "ffffffffffffffffffffffffffffffff"
	for key, other := range map[*ed25519.PrivateKey]bool{&partnerKey: false, &clientKey: true} {
		if a, err := guest.LookAtInvitation(guest.legal, sealed(t, in, *key)); err != nil || !a.Seen || a.OtherKey != other {
			t.Errorf("%+v, %v", a, err)
		}
	}
}

func TestAnInvitationGoesByMail(t *testing.T) {
	partner := newProgram(t, "org-1", "Ponteri")
	id := partner.ask(t, "Rezzoni", client.Rights{Access: client.Full})
	m := client.Mail{To: "info@rezzoni.example", Subject: "Richiesta", Text: "Gentile cliente"}
	must(t, partner.InviteByMail(partner.legal, id, 1, m))
	if len(partner.post.sent) != 1 || partner.post.sent[0] != m {
		t.Errorf("%+v", partner.post.sent)
	}
	if string(partner.invite(t, id)) != string(partner.post.file) {
		t.Error("what was saved is not what was sent")
	}
	d := partner.get(t, id)
	if i := d.Invitation; i.MailedTo != m.To || i.MailState != "waiting" || !i.ExpiresAt.Equal(made.Add(client.ValidFor)) {
		t.Errorf("%+v", i)
	}
	if d.History[0].Kind != "invited" {
		t.Errorf("%+v", d.History)
	}
}

// An e-mail of an invitation that holds no longer must not leave, however the invitation came to its end.
func TestAnInvitationThatEndsTakesItsMailAlong(t *testing.T) {
	m := client.Mail{To: "info@rezzoni.example", Subject: "Richiesta", Text: "Gentile cliente"}
	for name, end := range map[string]func(h program, id string, version int) error{
		"withdrawn": func(h program, id string, version int) error { return h.Withdraw(h.legal, id, version) },
		"refused":   func(h program, id string, version int) error { return h.Refuse(h.legal, id, version) },
		"replaced": func(h program, id string, version int) error {
			return h.AskAgain(h.legal, id, version, client.Rights{Access: client.Full, Wallet: true})
		},
		"sent again": func(h program, id string, version int) error { return h.InviteByMail(h.legal, id, version, m) },
	} {
		partner := newProgram(t, "org-1", "Ponteri")
		id := partner.ask(t, "Rezzoni", client.Rights{Access: client.Full})
		must(t, partner.InviteByMail(partner.legal, id, 1, m))
		must(t, end(partner, id, partner.get(t, id).Version))
		if len(partner.post.recalled) != 1 || partner.post.recalled[0] != "mail-1" {
			t.Errorf("%s: recalled %v", name, partner.post.recalled)
		}
	}
	byHand := newProgram(t, "org-1", "Ponteri")
	id := byHand.ask(t, "Rezzoni", client.Rights{Access: client.Full})
	byHand.invite(t, id)
	must(t, byHand.Withdraw(byHand.legal, id, byHand.get(t, id).Version))
	if len(byHand.post.recalled) != 0 {
		t.Errorf("recalled %v of an invitation that was saved as a file", byHand.post.recalled)
	}
}
