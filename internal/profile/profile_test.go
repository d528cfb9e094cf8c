package profile_test

import (
	"strings"
	"testing"

	"kontor/internal/profile"
)

func TestTwoSpellingsOfOneMailbox(t *testing.T) {
	for _, pair := range [][2]string{
		{"Elena@Ponteri.example", "elena@ponteri.example"},
		{" elena@ponteri.example ", "elena@ponteri.example"},
		{"info@zürich.example", "INFO@xn--zrich-kva.example"},
	} {
		a, errA := profile.EmailKey(pair[0])
		b, errB := profile.EmailKey(pair[1])
		if errA != nil || errB != nil || a != b {
			t.Errorf("%q → %q (%v), %q → %q (%v)", pair[0], a, errA, pair[1], b, errB)
		}
	}
}

func TestWhatIsNoAddress(t *testing.T) {
	for _, text := range []string{
		"", "elena", "@ponteri.example", "elena@", "elena@localhost", "a b@c.example", "Elena <elena@ponteri.example>",
		"elena@ponteri.example, anna@ponteri.example", "elena@[127.0.0.1]", "elena@pon\nteri.example", "elena@-x.example",
		strings.Repeat("a", 250) + "@x.example",
	} {
		if key, err := profile.EmailKey(text); err == nil {
			t.Errorf("%q was taken as %q", text, key)
		}
	}
}

func TestNamesAreTidiedAndLimited(t *testing.T) {
	n := profile.New{FirstName: "  Anna \u00a0 Maria ", LastName: strings.Repeat("Ł", profile.MaxName), LoginEmail: "a@b.example", Language: "de"}
	if err := n.Validate(); err != nil {
		t.Fatal(err)
	}
	if n.FirstName != "Anna Maria" {
		t.Errorf("first name %q", n.FirstName)
	}
	n.LastName += "Ł"
	if err := n.Validate(); err == nil || err.Error() != "invalid lastName:too_long" {
		t.Errorf("129 characters: %v", err)
	}
	n.LastName = "x\u0007y"
	if err := n.Validate(); err == nil || err.Error() != "invalid lastName:not_text" {
		t.Errorf("control character: %v", err)
	}
}

func FuzzEmailKey(f *testing.F) {
	for _, seed := range []string{"elena@ponteri.example", "É@ü.example", "\"a b\"@c.example", "a@b@c.example", "a@\x00.example"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key, err := profile.EmailKey(text)
		if err != nil {
			return
		}
		again, err := profile.EmailKey(key)
		if err != nil || again != key {
			t.Errorf("%q → %q → %q (%v): not stable", text, key, again, err)
		}
	})
}
