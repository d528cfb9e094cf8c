package input

import (
	"testing"

	"kontor/internal/core/fault"
)

func TestWebsite(t *testing.T) {
	for typed, want := range map[string]string{
		"": "", "tre-larici.example": "https://tre-larici.example", " https://www.tre-larici.example/ ": "https://www.tre-larici.example",
		"http://tre-larici.example/a?b=c": "http://tre-larici.example/a?b=c", "bücher.example": "https://b%C3%BCcher.example",
	} {
		var c fault.Check
		if got := Website(&c, "website", typed, false); got != want || c.Err() != nil {
			t.Errorf("%q: %q, want %q, %v", typed, got, want, c.Err())
		}
	}
	for _, typed := range []string{
		"javascript:alert(1)", "ftp://tre-larici.example", "https://a@b.example", "hello", "https://", "file:///etc/passwd", "4111 1111 1111 1111", "https://x",
	} {
		var c fault.Check
		if got := Website(&c, "website", typed, false); got != "" || c.Err() == nil {
			t.Errorf("%q: %q is taken", typed, got)
		}
	}
}
