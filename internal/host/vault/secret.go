package vault

import (
	"fmt"
	"io"
	"log/slog"
)

// hidden is all that a Secret ever prints.
const hidden = "***"

// Secret is a value that no format verb, logger or JSON encoder shows. Whoever needs the bytes converts it.
type Secret []byte

// String hides the value.
func (Secret) String() string { return hidden }

// GoString hides the value from %#v.
func (Secret) GoString() string { return hidden }

// Format hides the value from every verb; %x and %d would otherwise print the bytes.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalJSON hides the value.
func (Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText hides the value.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue hides the value.
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
