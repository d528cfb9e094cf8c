package sso_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"maps"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// signer makes the tokens of the hostile provider.
type signer struct {
	t   *testing.T
	key *rsa.PrivateKey
}

func newSigner(t *testing.T) *signer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return &signer{t, key}
}

func (s *signer) keys() string {
	text, err := json.Marshal(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: s.key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
	if err != nil {
		s.t.Fatal(err)
	}
	return string(text)
}

func (s *signer) claims(h *hostile, nonce string, more map[string]any) []byte {
	claims := map[string]any{
		"iss": h.URL, "aud": client, "sub": "id1", "nonce": nonce, "email": "elena@ponteri.example",
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Hour).Unix(),
	}
	maps.Copy(claims, more)
	text, err := json.Marshal(claims)
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

func (s *signer) sign(key jose.SigningKey, payload []byte) string {
	j, err := jose.NewSigner(key, (&jose.SignerOptions{}).WithHeader("kid", "k"))
	if err != nil {
		s.t.Fatal(err)
	}
	signed, err := j.Sign(payload)
	if err != nil {
		s.t.Fatal(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		s.t.Fatal(err)
	}
	return text
}

func (s *signer) token(h *hostile, more map[string]any) func(string) string {
	return func(nonce string) string {
		return s.sign(jose.SigningKey{Algorithm: jose.RS256, Key: s.key}, s.claims(h, nonce, more))
	}
}

// symmetric signs with the public key as if it were a shared secret.
func (s *signer) symmetric(h *hostile) func(string) string {
	return func(nonce string) string {
		return s.sign(jose.SigningKey{Algorithm: jose.HS256, Key: []byte(s.keys())}, s.claims(h, nonce, nil))
	}
}

func (s *signer) none(h *hostile) func(string) string {
	return func(nonce string) string {
		b := base64.RawURLEncoding
		return b.EncodeToString([]byte(`{"alg":"none"}`)) + "." + b.EncodeToString(s.claims(h, nonce, nil)) + "."
	}
}
