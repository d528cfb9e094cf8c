package input

import (
	"fmt"
	"strings"
	"testing"

	"kontor/internal/core/fault"
)

// The examples are those of the IBAN registry and of the banks' own pages.
func TestParseIBAN(t *testing.T) {
	for _, tt := range []struct{ text, want, code string }{
		{"CH93 0076 2011 6238 5295 7", "CH·· ···· ···· ···· ·295 7", ""},
		{"ch9300762011623852957", "CH·· ···· ···· ···· ·295 7", ""},
		{"DE89 3704 0044 0532 0130 00", "DE·· ···· ···· ···· ··30 00", ""},
		{"FR14 2004 1010 0505 0001 3M02 606", "FR·· ···· ···· ···· ···· ···2 606", ""},
		{"IT60 X054 2811 1010 0000 0123 456", "IT·· ···· ···· ···· ···· ···3 456", ""},
		{"ES91 2100 0418 4502 0005 1332", "ES·· ···· ···· ···· ···· 1332", ""},
		{"GB29 NWBK 6016 1331 9268 19", "GB·· ···· ···· ···· ··68 19", ""},
		{"NO93 8601 1117 947", "NO·· ···· ···7 947", ""},
		{"LI21 0881 0000 2324 013A A", "LI·· ···· ···· ···· ·13A A", ""},
		{"MT84 MALT 0110 0001 2345 MTLC AST0 01S", "MT·· ···· ···· ···· ···· ···· ···0 01S", ""},
		{"", "", "required"},
		{"  ", "", "required"},
		{"CH93 0076 2011 6238 5295 8", "", "iban_check_digits"},
		{"CH93 0076 2011 6283 5295 7", "", "iban_check_digits"}, // two digits changed places
		{"CH93 0076 2011 6238 5295", "", "iban_length"},
		{"CH93 0076 2011 6238 5295 70", "", "iban_length"},
		{"US64 SVBK US6S 3300 9586 79", "", "iban_country"},
		{"CH00 0076 2011 6238 5295 7", "", "iban_check_digits"},
		{"9300762011623852957", "", "not_an_iban"},
		{"CH93-0076-2011-6238-5295-7", "", "not_an_iban"},
		{"CHÄ3 0076", "", "not_an_iban"},
	} {
		got, refusal := ParseIBAN(tt.text)
		if code(refusal) != tt.code || got.Masked() != tt.want {
			t.Errorf("ParseIBAN(%q) = %v, %q; want %q, %q", tt.text, got, code(refusal), tt.want, tt.code)
		}
	}
}

// Each single wrong character and each swap of neighbours is caught: that is what the check digits promise.
func TestIBANCatchesSlips(t *testing.T) {
	const good = "CH9300762011623852957"
	for i := 4; i < len(good); i++ {
		for d := byte('0'); d <= '9'; d++ {
			bad := good[:i] + string(d) + good[i+1:]
			if _, refusal := ParseIBAN(bad); (refusal == nil) != (bad == good) {
				t.Errorf("%s passes", bad)
			}
		}
		if i+1 < len(good) && good[i] != good[i+1] {
			bad := good[:i] + string(good[i+1]) + string(good[i]) + good[i+2:]
			if _, refusal := ParseIBAN(bad); refusal == nil {
				t.Errorf("%s passes", bad)
			}
		}
	}
}

func TestParseBIC(t *testing.T) {
	for text, want := range map[string]string{"POFICHBEXXX": "POFICHBEXXX", "ubswchzh80a": "UBSWCHZH80A", " DEUTDEFF ": "DEUTDEFF", "": ""} {
		if got, refusal := ParseBIC(text); refusal != nil || got != want {
			t.Errorf("ParseBIC(%q) = %q, %v", text, got, refusal)
		}
	}
	for _, text := range []string{"POFICHB", "POFICHBEX", "POFICHBEXXXX", "P0FICHBE", "POFI12BE", "POFICHB-"} {
		if _, refusal := ParseBIC(text); code(refusal) != "not_a_bic" {
			t.Errorf("ParseBIC(%q) passes", text)
		}
	}
}

func TestParseMailbox(t *testing.T) {
	for text, want := range map[string]string{
		"elena@ponteri.example":         "e···@p···.example",
		" Elena.B+pay@Mail.Ponteri.ch ": "E···@m···.ch",
		"büro@zürich.ch":                "b···@z···.ch",
	} {
		if got, refusal := ParseMailbox(text); refusal != nil || got.Masked() != want {
			t.Errorf("ParseMailbox(%q) = %v, %v; want %s", text, got, refusal, want)
		}
	}
	for _, text := range []string{
		"elena", "@ponteri.ch", "elena@", "elena@ponteri", "elena@ponteri.ch.", "Elena <elena@ponteri.ch>", "a b@ponteri.ch",
		`"a b"@ponteri.ch`, "elena@[127.0.0.1]", "elena@127.0.0.1", "elena@-x.ch", "elena@a..ch", "elena@ponteri.ch, b@c.ch",
		strings.Repeat("a", 65) + "@ponteri.ch", "a@" + strings.Repeat("b.", 130) + "ch", "elena@ponteri.ch\nBcc: x@y.ch", "\xff@ponteri.ch",
	} {
		if got, refusal := ParseMailbox(text); code(refusal) != "not_an_email" {
			t.Errorf("ParseMailbox(%q) = %v passes", text, got.Reveal())
		}
	}
}

func TestParseMobile(t *testing.T) {
	for text, want := range map[string]string{
		"079 123 18 06": "+41 ·· ··· 18 06", "+41791231806": "+41 ·· ··· 18 06", "+393331234567": "+39 ··· ··· 4567",
	} {
		if got, refusal := ParseMobile(text); refusal != nil || got.Masked() != want {
			t.Errorf("ParseMobile(%q) = %v, %v; want %s", text, got, refusal, want)
		}
	}
	for text, want := range map[string]string{"": "required", "12": "not_a_phone", "044 668 18 00": "not_a_mobile", "x": "not_a_phone", "079 123 18 06 ext 5": "not_a_phone"} {
		if _, refusal := ParseMobile(text); code(refusal) != want {
			t.Errorf("ParseMobile(%q): %q, want %q", text, code(refusal), want)
		}
	}
}

// No way of printing shows more than the mask.
func TestPrintsOnlyTheMask(t *testing.T) {
	i, _ := ParseIBAN("CH93 0076 2011 6238 5295 7")
	e, _ := ParseMailbox("elena@ponteri.example")
	m, _ := ParseMobile("+41 79 123 18 06")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		text := fmt.Sprintf(strings.Repeat(verb+" ", 3), i, e, m)
		for _, secret := range []string{"00762011", "0076 2011", "lena", "onteri", "1231", fmt.Sprintf("%x", "00762011"), fmt.Sprintf("%x", "lena")} {
			if strings.Contains(text, secret) {
				t.Errorf("%s shows %s: %s", verb, secret, text)
			}
		}
	}
}

func TestRefuseNamesACard(t *testing.T) {
	var c fault.Check
	const card = "4111 1111 1111 1111"
	_, refusal := ParseIBAN(card)
	Refuse(&c, "iban", card, refusal)
	if got := c.Err().Error(); got != "invalid iban:looks_like_card" {
		t.Error(got)
	}
	Refuse(&c, "iban", "CH93 0076 2011 6238 5295 7", nil) // may pass Luhn by chance: an IBAN is an IBAN
}

func FuzzParseIBAN(f *testing.F) {
	f.Add("CH93 0076 2011 6238 5295 7")
	f.Fuzz(func(t *testing.T, text string) {
		i, refusal := ParseIBAN(text)
		if refusal != nil {
			return
		}
		if again, refusal := ParseIBAN(i.Reveal()); refusal != nil || again != i {
			t.Errorf("%q does not survive being read again", text)
		}
		if strings.Contains(i.Masked(), i.text[4:8]) {
			t.Errorf("mask %s shows the bank", i.Masked())
		}
	})
}

func FuzzParseMailbox(f *testing.F) {
	f.Add("elena@ponteri.example")
	f.Fuzz(func(t *testing.T, text string) {
		e, refusal := ParseMailbox(text)
		if refusal == nil && (strings.ContainsAny(e.Reveal(), " \r\n<>,\"") || strings.Count(e.Reveal(), "@") != 1) {
			t.Errorf("%q passes as %q", text, e.Reveal())
		}
	})
}

func code(r *Refusal) string {
	if r == nil {
		return ""
	}
	return r.Code
}
