package profile_test

import (
	"strings"
	"testing"

	"kontor/internal/area/profile"
)

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
