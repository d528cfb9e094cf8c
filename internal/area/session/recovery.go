package session

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// RecoveryCodes is how many codes a person gets at a time.
const RecoveryCodes = 10

// codeBytes of randomness in a code: 80 bits need no slow hash.
const codeBytes = 10

// alphabet has no letter that is easily taken for a digit.
var alphabet = base32.NewEncoding("ABCDEFGHJKMNPQRSTVWXYZ0123456789").WithPadding(base32.NoPadding)

// newCodes makes a set of recovery codes, each as four groups of four.
func newCodes() []string {
	codes := make([]string, RecoveryCodes)
	for i := range codes {
		b := make([]byte, codeBytes)
		_, _ = rand.Read(b) // never fails, see crypto/rand
		text := alphabet.EncodeToString(b)
		codes[i] = strings.Join([]string{text[:4], text[4:8], text[8:12], text[12:]}, "-")
	}
	return codes
}

// hashCode is the form in which a code is kept and compared: however it was typed, bound to its account.
func hashCode(accountID, code string) []byte {
	code = strings.Map(func(r rune) rune {
		switch {
		case r == 'O' || r == 'o':
			return '0'
		case r == 'I' || r == 'i' || r == 'L' || r == 'l':
			return '1'
		case r >= 'a' && r <= 'z':
			return r - 'a' + 'A'
		case r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
			return r
		}
		return -1
	}, code)
	sum := sha256.Sum256([]byte(accountID + "\x00" + code))
	return sum[:]
}
