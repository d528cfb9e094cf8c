package typed

import (
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
		{"123456789", "123456789", "invalid f:too_long"},
		{"4111 1111 1111 1111", "4111 1111 1111 1111", "invalid f:looks_like_card"},
		{"a\x00b", "a\x00b", "invalid f:not_text"},
		{"a\xffb", "a\xffb", "invalid f:not_text"},
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

func TestAmount(t *testing.T) {
	for text, want := range map[string]string{
		"12.40": "", "0.01": "", "100.00": "", "": "invalid f:required", "x": "invalid f:not_a_number", "0": "invalid f:number_too_small",
		"-1": "invalid f:number_too_small", "100.01": "invalid f:number_too_large", "1.005": "invalid f:too_many_digits", "12,40": "invalid f:not_a_number",
	} {
		var c fault.Check
		if Amount(&c, "f", text, money.CHF, 10_000); told(c.Err()) != want {
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
