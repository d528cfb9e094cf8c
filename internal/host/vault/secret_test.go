package vault

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestSecretIsNeverPrinted(t *testing.T) {
	secret := Secret(canary)
	holder := struct{ S Secret }{secret}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%c", "%U", "%T %v"} {
		args := []any{secret}
		if strings.HasPrefix(verb, "%T") {
			args = []any{secret, secret}
		}
		fmt.Fprintf(&out, verb, args...)
		args[len(args)-1] = holder
		fmt.Fprintf(&out, verb, args...)
	}
	fmt.Fprintln(&out, secret, holder, &holder, []Secret{secret}, map[string]Secret{"s": secret}, keyOf(t, canary))
	for _, h := range []slog.Handler{slog.NewJSONHandler(&out, nil), slog.NewTextHandler(&out, nil)} {
		slog.New(h).Info("x", "secret", secret, "holder", holder)
	}
	text, err := json.Marshal(map[string]any{"s": secret, "h": holder})
	if err != nil {
		t.Fatal(err)
	}
	out.Write(text)
	for _, form := range []string{canary, fmt.Sprintf("%x", canary), fmt.Sprintf("%X", canary), fmt.Sprintf("%d", []byte(canary))} {
		if strings.Contains(out.String(), form) {
			t.Errorf("printed as %q in:\n%s", form, out.String())
		}
	}
	if n := strings.Count(out.String(), hidden); n < 20 {
		t.Errorf("only %d places were hidden", n)
	}
}

// keyOf makes a key whose bytes begin with the text.
func keyOf(t *testing.T, text string) Key {
	t.Helper()
	k, err := KeyFrom([]byte((text + strings.Repeat(".", keySize))[:keySize]))
	if err != nil {
		t.Fatal(err)
	}
	return k
}
