package client_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"kontor/internal/area/client"
	"kontor/internal/core/fault"
)

var (
	partnerKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
	clientKey  = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, ed25519.SeedSize))
	made       = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
)

func anInvitation() client.Invitation {
	return client.Invitation{
		ID: strings.Repeat("0f", 16), From: client.Side{ID: "org-1", Name: "Studio Ponteri SA"}, Client: "Fiduciaria Rezzoni",
		Asked: limited(site(true, true)), MadeAt: made, ExpiresAt: made.Add(client.ValidFor),
	}
}

func aReply() client.Reply {
	return client.Reply{
		To: strings.Repeat("0f", 16), Digest: "d", From: client.Side{ID: "org-9", Name: "Rezzoni"}, Granted: limited(site(true, false)), MadeAt: made,
	}
}

func sealed(t testing.TB, l interface {
	Seal(key ed25519.PrivateKey) ([]byte, error)
}, key ed25519.PrivateKey,
) []byte {
	t.Helper()
	file, err := l.Seal(key)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestASignedMessageArrivesAsItWasSent(t *testing.T) {
	in := anInvitation()
	l, err := client.OpenSigned(sealed(t, in, partnerKey))
	if err != nil || !reflect.DeepEqual(*l.Invitation, in) || !l.Key.Equal(partnerKey.Public()) || l.Reply != nil {
		t.Errorf("%+v, %v", l, err)
	}
	for _, r := range []client.Reply{aReply(), {To: in.ID, Digest: "d", From: in.From, Refused: true, MadeAt: made}} {
		if l, err := client.OpenSigned(sealed(t, r, clientKey)); err != nil || !reflect.DeepEqual(*l.Reply, r) || l.Invitation != nil {
			t.Errorf("%+v, %v", l.Reply, err)
		}
	}
}

// The files of testdata were signed by the first Kontor that could. What it wrote is written alike, and is opened, for good.
func TestWhatWasSignedBeforeStaysGood(t *testing.T) {
	full := anInvitation()
	full.Asked = client.Rights{Access: client.Full}
	for name, now := range map[string][]byte{
		"invitation": sealed(t, anInvitation(), partnerKey), "full": sealed(t, full, partnerKey), "reply": sealed(t, aReply(), clientKey),
	} {
		file, err := os.ReadFile("testdata/" + name + ".kontor")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.OpenSigned(file); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.Equal(file, now) {
			t.Errorf("%s: %s, it was %s", name, now, file)
		}
	}
}

func TestWhiteSpaceMayChangeOnTheWay(t *testing.T) {
	file := sealed(t, anInvitation(), partnerKey)
	var flat bytes.Buffer
	if err := json.Compact(&flat, file); err != nil {
		t.Fatal(err)
	}
	want, _ := client.OpenSigned(file)
	for name, changed := range map[string][]byte{"flat": flat.Bytes(), "CRLF": bytes.ReplaceAll(file, []byte("\n"), []byte("\r\n"))} {
		if l, err := client.OpenSigned(changed); err != nil || l.Digest != want.Digest {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestALetterThatCannotStandIsRefusedWithItsReason(t *testing.T) {
	good := string(sealed(t, anInvitation(), partnerKey))
	other := sealed(t, aReply(), clientKey)
	var foreign struct{ Key, Signature string }
	if err := json.Unmarshal(other, &foreign); err != nil {
		t.Fatal(err)
	}
	long := anInvitation()
	long.ExpiresAt = long.ExpiresAt.Add(time.Second)
	untidy := anInvitation()
	untidy.Client = "Fiduciaria  Rezzoni"
	nothing := anInvitation()
	nothing.Asked = limited()
	wallet := anInvitation()
	wallet.Asked.Wallet = true
	for name, test := range map[string]struct{ file, want string }{
		"nothing":             {"", client.ReasonUnknownMessage},
		"another JSON":        {`{"format":"something","version":1}`, client.ReasonUnknownMessage},
		"not JSON":            {"Dear client,", client.ReasonUnknownMessage},
		"half":                {good[:len(good)/2], client.ReasonUnknownMessage},
		"two":                 {good + good, client.ReasonUnknownMessage},
		"far too long":        {good + strings.Repeat(" ", client.MaxSigned), client.ReasonUnknownMessage},
		"newer":               {strings.Replace(good, `"version": 1`, `"version": 2`, 1), client.ReasonNewerMessage},
		"a right more":        {strings.Replace(good, `"limited"`, `"full"`, 1), client.ReasonTampered},
		"another name":        {strings.Replace(good, "Studio Ponteri SA", "Studio Ponteri AG", 1), client.ReasonTampered},
		"a later end":         {strings.Replace(good, "2026-12-20", "2027-12-20", 1), client.ReasonTampered},
		"something added":     {strings.Replace(good, `"client":`, `"note": "x", "client":`, 1), client.ReasonUnknownMessage},
		"a name twice":        {strings.Replace(good, `"client":`, `"client": "x", "client":`, 1), ""}, // what is shown is what was signed
		"passed as a reply":   {strings.Replace(good, "kontor/invitation", "kontor/reply", 1), client.ReasonUnknownMessage},
		"another signature":   {swap(good, "signature", foreign.Signature), client.ReasonTampered},
		"another key":         {swap(good, "key", foreign.Key), client.ReasonTampered},
		"no key":              {swap(good, "key", ""), client.ReasonTampered},
		"signed, too long":    {string(sealed(t, long, partnerKey)), client.ReasonUnknownMessage},
		"signed, untidy":      {string(sealed(t, untidy, partnerKey)), client.ReasonUnknownMessage},
		"signed, no product":  {string(sealed(t, nothing, partnerKey)), client.ReasonUnknownMessage},
		"signed, with wallet": {string(sealed(t, wallet, partnerKey)), client.ReasonUnknownMessage},
	} {
		if _, err := client.OpenSigned([]byte(test.file)); fault.ReasonOf(err) != test.want || (err == nil) != (test.want == "") {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}

// swap puts another text in the place of a field's.
func swap(file, field, text string) string {
	before, rest, _ := strings.Cut(file, `"`+field+`": "`)
	_, after, _ := strings.Cut(rest, `"`)
	return before + `"` + field + `": "` + text + `"` + after
}

func TestFingerprintsAreShortAndTellKeysApart(t *testing.T) {
	a, b := client.Fingerprint(partnerKey.Public().(ed25519.PublicKey)), client.Fingerprint(clientKey.Public().(ed25519.PublicKey))
	if a == b || len(strings.Fields(a)) != 8 || len(a) != 39 || client.Fingerprint(nil) != "" {
		t.Errorf("%q %q", a, b)
	}
}

// Whatever is opened is exactly what the key in it has signed; and no bytes make it panic.
func FuzzOpen(f *testing.F) {
	f.Add(sealed(f, anInvitation(), partnerKey))
	f.Add(sealed(f, aReply(), clientKey))
	f.Add([]byte(`{"format":"kontor/reply","version":1,"body":{},"key":"","signature":""}`))
	first := map[string]bool{}
	for _, l := range []interface {
		Seal(key ed25519.PrivateKey) ([]byte, error)
	}{anInvitation(), aReply()} {
		opened, err := client.OpenSigned(sealed(f, l, partnerKey))
		if err != nil {
			f.Fatal(err)
		}
		first[opened.Digest] = true
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		l, err := client.OpenSigned(file)
		if err != nil {
			if fault.CodeOf(err) != fault.Invalid {
				t.Fatalf("%v", err)
			}
			return
		}
		if !first[l.Digest] {
			t.Fatalf("a letter that nobody signed was opened: %q", file)
		}
	})
}
