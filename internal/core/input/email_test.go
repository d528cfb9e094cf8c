package input

import (
	"strings"
	"testing"
)

func TestTwoSpellingsOfOneMailbox(t *testing.T) {
	for _, pair := range [][2]string{
		{"Elena@Ponteri.example", "elena@ponteri.example"},
		{" elena@ponteri.example ", "elena@ponteri.example"},
		{"info@zürich.example", "INFO@xn--zrich-kva.example"},
	} {
		a, errA := MailKey(pair[0])
		b, errB := MailKey(pair[1])
		if errA != nil || errB != nil || a != b {
			t.Errorf("%q → %q (%v), %q → %q (%v)", pair[0], a, errA, pair[1], b, errB)
		}
	}
}

func TestWhatIsNoAddress(t *testing.T) {
	for _, text := range []string{
		"", "elena", "@ponteri.example", "elena@", "elena@localhost", "a b@c.example", "Elena <elena@ponteri.example>",
		"elena@ponteri.example, anna@ponteri.example", "elena@[127.0.0.1]", "elena@1.2.3.4", "elena@my–domain.de", strings.Repeat("a", 65) + "@x.example", "elena@i❤.ws", "elena@pon\nteri.example", "elena@-x.example",
		strings.Repeat("a", 250) + "@x.example",
	} {
		if key, err := MailKey(text); err == nil {
			t.Errorf("%q was taken as %q", text, key)
		}
	}
}

func FuzzKey(f *testing.F) {
	for _, seed := range []string{"elena@ponteri.example", "É@ü.example", "\"a b\"@c.example", "a@b@c.example", "a@\x00.example"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		key, err := MailKey(text)
		if err != nil {
			return
		}
		again, err := MailKey(key)
		if err != nil || again != key {
			t.Errorf("%q → %q → %q (%v): not stable", text, key, again, err)
		}
	})
}
