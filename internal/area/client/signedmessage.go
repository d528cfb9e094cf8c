package client

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
)

// A signed message is a file that two Kontors exchange: an invitation of the partner, a reply of the client. It is JSON;
// what is signed is not the text of the file but its content written anew in one canonical way, so white space and line
// ends may change on the way and nothing else may. Whatever is shown of a message is what was signed.

// Limits of signed messages.
const (
	MaxSigned     = 256 << 10 // bytes
	MaxID         = 64        // of an organization
	ValidFor      = 30 * 24 * time.Hour
	signedVersion = 1
)

// Reasons why a signed message is refused.
const (
	ReasonUnknownMessage = "letter_unknown"   // no signed message, or one against the rules
	ReasonNewerMessage   = "letter_newer"     // of a newer Kontor
	ReasonTampered       = "letter_tampered"  // the signature does not fit the content
	ReasonExpired        = "letter_expired"   // too old, said to the client
	ReasonReplyExpired   = "reply_expired"    // the same, said to the partner who receives the answer
	ReasonAnswered       = "letter_answered"  // answered, or taken over, before
	ReasonReplaced       = "letter_replaced"  // something else has been asked meanwhile
	ReasonWithdrawn      = "letter_withdrawn" // the request was withdrawn, or the collaboration has ended
	ReasonStranger       = "letter_stranger"  // a reply to something that this organization never asked
	ReasonOwn            = "letter_own"       // one's own message, which the other side has to open
)

// Side is an organization as a signed message names it.
type Side struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Invitation is what a partner asks of a client.
type Invitation struct {
	ID        string // drawn by lot, used once
	From      Side
	Client    string // as the partner calls it
	Asked     Rights
	MadeAt    time.Time
	ExpiresAt time.Time
}

// Reply is what a client answers to one invitation.
type Reply struct {
	To      string // the invitation's id
	Digest  string // of the invitation's content: the answer is to this question and no other
	From    Side
	Refused bool
	Granted Rights // unless it refused
	MadeAt  time.Time
}

// SignedMessage is an invitation or a reply, with who signed it.
type SignedMessage struct {
	Invitation *Invitation
	Reply      *Reply
	Key        ed25519.PublicKey
	Digest     string // of the content
}

// Fingerprint is a key in a form that two persons can compare by telephone.
func Fingerprint(key ed25519.PublicKey) string {
	if len(key) == 0 {
		return ""
	}
	sum := sha256.Sum256(key)
	text := strings.ToUpper(hex.EncodeToString(sum[:16]))
	groups := []string{}
	for ; text != ""; text = text[4:] {
		groups = append(groups, text[:4])
	}
	return strings.Join(groups, " ")
}

// The forms of signed messages in a file. The order of the fields is the canonical one.
const (
	invitationFormat = "kontor/invitation"
	replyFormat      = "kontor/reply"
)

type envelope struct {
	Format    string          `json:"format"`
	Version   int             `json:"version"`
	Body      json.RawMessage `json:"body"`
	Key       []byte          `json:"key"`
	Signature []byte          `json:"signature"`
}

type invitationBody struct {
	ID        string `json:"id"`
	From      Side   `json:"from"`
	Client    string `json:"client"`
	Asked     Rights `json:"asked"`
	MadeAt    string `json:"madeAt"`
	ExpiresAt string `json:"expiresAt"`
}

type replyBody struct {
	To      string  `json:"to"`
	Digest  string  `json:"digest"`
	From    Side    `json:"from"`
	Refused bool    `json:"refused"`
	Granted *Rights `json:"granted,omitempty"`
	MadeAt  string  `json:"madeAt"`
}

// Seal signs an invitation and returns the file.
func (i Invitation) Seal(key ed25519.PrivateKey) ([]byte, error) {
	return seal(invitationFormat, invitationBody{i.ID, i.From, i.Client, i.Asked, stamp(i.MadeAt), stamp(i.ExpiresAt)}, key)
}

// Seal signs a reply and returns the file.
func (r Reply) Seal(key ed25519.PrivateKey) ([]byte, error) {
	body := replyBody{To: r.To, Digest: r.Digest, From: r.From, Refused: r.Refused, MadeAt: stamp(r.MadeAt)}
	if !r.Refused {
		body.Granted = &r.Granted
	}
	return seal(replyFormat, body, key)
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func seal(format string, body any, key ed25519.PrivateKey) ([]byte, error) {
	content, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	file, err := json.MarshalIndent(envelope{
		Format: format, Version: signedVersion, Body: content, Key: key.Public().(ed25519.PublicKey), //nolint:forcetypeassert // it is one
		Signature: ed25519.Sign(key, signed(format, content)),
	}, "", "  ")
	return append(file, '\n'), err
}

// signed is what a signature covers: the kind of message too, so that one kind never passes for another.
func signed(format string, content []byte) []byte {
	return append([]byte(format+" 1\n"), content...)
}

// OpenSigned reads a signed message and checks its signature; whether it comes in time, and to the right place, the service knows.
// Errors: Invalid with one of the reasons above.
func OpenSigned(file []byte) (SignedMessage, error) {
	if len(file) > MaxSigned {
		return SignedMessage{}, fault.New(fault.Invalid, ReasonUnknownMessage)
	}
	var kind struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(file, &kind); err != nil || kind.Format != invitationFormat && kind.Format != replyFormat || kind.Version < 1 {
		return SignedMessage{}, fault.New(fault.Invalid, ReasonUnknownMessage)
	}
	if kind.Version > signedVersion {
		return SignedMessage{}, fault.New(fault.Invalid, ReasonNewerMessage)
	}
	var e envelope
	if err := strictly(file, &e); err != nil {
		return SignedMessage{}, fault.Wrap(err, fault.Invalid, ReasonUnknownMessage)
	}
	l := SignedMessage{Key: e.Key}
	var content any
	var read func() error
	switch e.Format {
	case invitationFormat:
		body := &invitationBody{}
		content, read = body, func() (err error) { l.Invitation, err = body.message(); return err }
	case replyFormat:
		body := &replyBody{}
		content, read = body, func() (err error) { l.Reply, err = body.message(); return err }
	}
	if err := strictly(e.Body, content); err != nil {
		return SignedMessage{}, fault.Wrap(err, fault.Invalid, ReasonUnknownMessage)
	}
	canonical, err := json.Marshal(content)
	if err != nil {
		return SignedMessage{}, err
	}
	if len(e.Key) != ed25519.PublicKeySize || !ed25519.Verify(e.Key, signed(e.Format, canonical), e.Signature) {
		return SignedMessage{}, fault.New(fault.Invalid, ReasonTampered)
	}
	if err := read(); err != nil {
		return SignedMessage{}, fault.Wrap(err, fault.Invalid, ReasonUnknownMessage)
	}
	sum := sha256.Sum256(canonical)
	l.Digest = hex.EncodeToString(sum[:])
	return l, nil
}

// strictly reads exactly one JSON value without unknown fields.
func strictly(data []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the message")
	}
	return nil
}

var errRules = errors.New("signed, but against the rules")

func (b *invitationBody) message() (*Invitation, error) {
	i := &Invitation{ID: b.ID, From: b.From, Client: b.Client}
	var err error
	if i.Asked, err = b.Asked.asSigned(); err != nil {
		return nil, err
	}
	if i.MadeAt, err = moment(b.MadeAt); err != nil {
		return nil, err
	}
	if i.ExpiresAt, err = moment(b.ExpiresAt); err != nil {
		return nil, err
	}
	if !isID(i.ID) || !i.From.sound() || !sound(i.Client) || i.ExpiresAt.Sub(i.MadeAt) > ValidFor {
		return nil, errRules
	}
	return i, nil
}

func (b *replyBody) message() (*Reply, error) {
	r := &Reply{To: b.To, Digest: b.Digest, From: b.From, Refused: b.Refused}
	if b.Refused != (b.Granted == nil) || !isID(r.To) || !r.From.sound() {
		return nil, errRules
	}
	var err error
	if b.Granted != nil {
		if r.Granted, err = b.Granted.asSigned(); err != nil {
			return nil, err
		}
	}
	r.MadeAt, err = moment(b.MadeAt)
	return r, err
}

// asSigned refuses rights that would have to be tidied: what is shown is what was signed.
func (r Rights) asSigned() (Rights, error) {
	tidy := Rights{Access: r.Access, Wallet: r.Wallet, Products: slices.Clone(r.Products)}
	if err := tidy.Validate(); err != nil {
		return tidy, err
	}
	if tidy.Wallet != r.Wallet || !slices.Equal(tidy.Products, r.Products) {
		return tidy, errRules
	}
	return tidy, nil
}

func moment(text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, text)
	if err == nil && stamp(t) != text {
		return t, errRules
	}
	return t, err
}

func (s Side) sound() bool {
	foreign := func(r rune) bool { return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') }
	return s.ID != "" && len(s.ID) <= MaxID && !strings.ContainsFunc(s.ID, foreign) && sound(s.Name)
}

// sound tells whether a name could have been typed here.
func sound(name string) bool {
	var c fault.Check
	return input.Line(&c, "name", name, MaxName, true) == name && c.Err() == nil
}

// isID tells whether a text is the id of an invitation: 32 hexadecimal digits.
func isID(text string) bool {
	id, err := hex.DecodeString(text)
	return err == nil && len(id) == 16
}
