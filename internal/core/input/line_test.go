package input

import (
	"strings"
	"testing"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
)

func TestLine(t *testing.T) {
	for _, tt := range []struct{ text, want, refused string }{
		{"  My \t mail ", "My mail", ""},
		{"", "", "invalid f:required"},
		{" \n ", "", "invalid f:required"},
		{"12345678", "12345678", ""},
		{"äöü45678", "äöü45678", ""},
		{"123456789", "", "invalid f:too_long"},
		{"4111 1111 1111 1111", "", "invalid f:looks_like_card"},
		{"a\x00b", "", "invalid f:not_text"},
		{"a\xffb", "", "invalid f:not_text"},
		{"a\u202eb", "", "invalid f:turns_direction"},
		{"Libreria\u200b", "Libreria", ""},
		{"👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", "👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧", ""},
		{"\u202a4111 1111\u200b 1111 1111\u202c", "", "invalid f:turns_direction"},
		{"4111 1111\u200b 1111 1111", "", "invalid f:looks_like_card"},
	} {
		var c fault.Check
		got := Line(&c, "f", tt.text, 8, true)
		if refused := told(c.Err()); got != tt.want || refused != tt.refused {
			t.Errorf("%q: %q, %s; want %q, %s", tt.text, got, refused, tt.want, tt.refused)
		}
	}
	var c fault.Check
	if Line(&c, "f", "", 8, false); c.Err() != nil {
		t.Error("an empty line is refused where none is needed")
	}
}

func TestName(t *testing.T) {
	for text, want := range map[string]string{"Anna": "", "東京": "", "": "invalid f:required", "❤️": "invalid f:no_letters", "...": "invalid f:no_letters", "\u3164": "invalid f:required", "3": ""} {
		var c fault.Check
		if Name(&c, "f", text, 8, true); told(c.Err()) != want {
			t.Errorf("%+q: %s, want %s", text, told(c.Err()), want)
		}
	}
}

func TestLongText(t *testing.T) {
	var c fault.Check
	if got := LongText(&c, "f", "  a \r\n\r\n  b\tc  \n", 20, true); got != "a\n\n  b\tc" || c.Err() != nil {
		t.Errorf("%q, %v", got, c.Err())
	}
}

func TestCode(t *testing.T) {
	for text, want := range map[string]string{" \u202aAb-1\u200b\n": "Ab-1", "a b": "", "ab\u00adc": "abc", "": "", "123456789": ""} {
		var c fault.Check
		if got := Code(&c, "f", text, 8, true); got != want || (got == "") != (c.Err() != nil) {
			t.Errorf("%+q: %q, %v", text, got, c.Err())
		}
	}
}

func TestPhone(t *testing.T) {
	for text, want := range map[string]string{"\u202a+41 79 123 45 67\u202c": "+41791234567", "079 123 45 67": "+41791234567", "": "", "12": ""} {
		var c fault.Check
		if got := Phone(&c, "f", text, "CH"); got != want || (c.Err() != nil) != (text == "12") {
			t.Errorf("%+q: %q, %v", text, got, c.Err())
		}
	}
}

func TestDomain(t *testing.T) {
	for text, want := range map[string]string{
		"Ponteri.ch": "ponteri.ch", "zürich.ch.": "xn--zrich-kva.ch", "straße.de": "xn--strae-oqa.de", "\u200bponteri.ch": "ponteri.ch", "日本・語.jp": "xn--bdk@", "col·la.cat": "xn--colla-@",
		"": "required", "my–domain.de": "domain_dash", "i❤.ws": "not_a_domain", "1.2.3.4": "not_a_domain", "localhost": "not_a_domain", "a b.ch": "not_a_domain", "-x.ch": "not_a_domain",
		"ab--c.ch": "not_a_domain", "©.de": "not_a_domain", "x²y.de": "x2y.de", "a·b.cat": "not_a_domain", "نامه\u200cای.com": "xn--@", "xn--i-7iq.ws": "not_a_domain", "a_b.ch": "not_a_domain",
	} {
		got, refusal := ParseDomain(text)
		if refusal != nil {
			got = refusal.Code
		}
		if prefix, ok := strings.CutSuffix(want, "@"); got != want && !(ok && strings.HasPrefix(got, "xn--")) {
			t.Errorf("%q: %s, want %s%s", text, got, prefix, "")
		}
	}
}

func TestAmount(t *testing.T) {
	for text, want := range map[string]string{
		"12.40": "", "0.01": "", "100.00": "", "": "invalid f:required", "x": "invalid f:not_a_number", "0": "invalid f:number_too_small",
		"-1": "invalid f:number_too_small", "100.01": "invalid f:number_too_large", "1.005": "invalid f:too_many_digits", "12,40": "invalid f:not_a_number",
	} {
		var c fault.Check
		if Amount(&c, "f", text, money.CHF, "100"); told(c.Err()) != want {
			t.Errorf("%q: %s, want %s", text, told(c.Err()), want)
		}
	}
}

func told(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
