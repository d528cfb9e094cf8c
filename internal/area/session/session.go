// Package session is who is signed in on this window, and how that was proved. It promises that a password is kept as
// an Argon2id hash only, that an unknown and a known address are answered alike, and that a session which has ended
// is dead at its next call.
package session

import (
	"crypto/rand"
	"crypto/sha256"
	"strconv"
	"time"
	"unicode/utf8"

	"kontor/internal/core/fault"
	"kontor/internal/core/strength"
	"kontor/internal/core/stretch"
)

// Limits of a password, in characters. The floor is that of NIST SP 800-63B, 5.1.1.2; the ceiling keeps hashing quick.
const (
	MinPassword = 8
	MaxPassword = 256
)

// Method is how a session began.
type Method string

// The methods of signing in.
const (
	ByPassword Method = "password"
	BySSO      Method = "sso"
	ByStaying  Method = "stayed"
)

// Device is what is known of the computer on which a session runs.
type Device struct {
	Name    string // the computer's name
	System  string // operating system
	Version string // Kontor's version
	Address string // in the local network; "" if it has none
}

// Key tells devices apart: the computer and its system, whatever the address and the version.
func (d Device) Key() string { return d.Name + "\x1f" + d.System }

// Session is one sign-in on one device.
type Session struct {
	ID             string
	AccountID      string
	OrganizationID string // the one that its window shows; "" if the person belongs to none
	BoundTo        string // the one organization that it reaches, where its provider has opened it; "" reaches all of the person's
	Method         Method
	Stay           bool   // signed in again at the next start
	Seat           string // whose window it was, see Options.Claims; "" if not known
	Device         Device // as it was last active
	FirstAddress   string // where the session began; "" if that is not known
	FirstSeen      time.Time
	LastActive     time.Time
	EndedAt        time.Time // zero while it lives
	EndedBy        EndedBy
	OwnName, Note  string // what the person calls it and says of it
}

// EndedBy says how a session came to its end.
type EndedBy string

// The ends of a session; "" while it lives, and of one that ended by nobody's act: Kontor was closed.
const (
	EndedBySelf     EndedBy = "self"     // signed out on its own window
	EndedByOther    EndedBy = "other"    // ended from another window
	EndedByPassword EndedBy = "password" // the password was changed
	EndedByRecovery EndedBy = "recovery" // the account was recovered with a code
)

// Ending is how the session came to its end, "closed" where that was nobody's act; "" while it lives.
func (s Session) Ending() EndedBy {
	if !s.EndedAt.IsZero() && s.EndedBy == "" {
		return "closed"
	}
	return s.EndedBy
}

// HashParams are the Argon2id parameters of new password hashes; each hash carries its own.
// They are above the floor that OWASP gives (19 MiB, 2 passes).
var HashParams = stretch.Params{Memory: 64 << 10, Iterations: 3, Parallelism: 2, SaltLength: 16, KeyLength: 32}

// Strength is an estimate of how long a password withstands guessing.
type Strength struct {
	Score      int     // 0 (guessed at once) to 4 (very hard)
	CrackYears float64 // at ten thousand guesses a second
}

// Years is CrackYears as a whole number, "0" for less than one; a thousand million at most.
func (s Strength) Years() string {
	return strconv.FormatInt(int64(min(s.CrackYears, 1e9)), 10)
}

// Estimate judges a password, knowing what an attacker would try first: the person's own names and address.
func Estimate(password string, known ...string) Strength {
	if utf8.RuneCountInString(password) > 64 { // beyond this the estimate takes long and says nothing more
		password = string([]rune(password)[:64])
	}
	e := strength.Of(password, known...)
	return Strength{Score: e.Score, CrackYears: e.Seconds / (365.25 * 24 * 3600)}
}

// CheckPassword refuses, at the named field, a password that is too short, too long or among the first to be guessed.
func CheckPassword(c *fault.Check, field, password string, known ...string) {
	n := utf8.RuneCountInString(password)
	switch {
	case n == 0:
		c.Refuse(field, "required")
	case n < MinPassword:
		c.Refuse(field, "too_short", "min", strconv.Itoa(MinPassword))
	case n > MaxPassword:
		c.Refuse(field, "too_long", "max", strconv.Itoa(MaxPassword))
	case Estimate(password, known...).Score == 0:
		c.Refuse(field, "too_guessable")
	}
}

func newSecret() (secret, hash []byte) {
	secret = make([]byte, 32)
	_, _ = rand.Read(secret) // never fails, see crypto/rand
	return secret, hashSecret(secret)
}

func hashSecret(secret []byte) []byte {
	sum := sha256.Sum256(secret)
	return sum[:]
}
