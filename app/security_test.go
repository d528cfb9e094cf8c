package app_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/dev/testkit"
)

func TestSessionsAsAFile(t *testing.T) {
	s := opened(t, t.TempDir())
	security := testkit.Bound[*session.SecurityWindow](s.app)
	var asked testkit.Dialogs
	path := filepath.Join(t.TempDir(), "out.csv")
	asked = testkit.Dialogs{Path: path}
	s.app.Startup(testkit.Deaf, &asked)
	if _, err := security.Export("de"); fault.CodeOf(err) != fault.Unauthenticated || len(asked.Saved) != 0 {
		t.Errorf("nobody is signed in: %v, asked %v", err, asked)
	}
	begin(t, s, false)
	devices, err := security.Devices()
	if err != nil || len(devices.Alive) != 1 {
		t.Fatalf("%+v, %v", devices, err)
	}
	if err := security.Describe(devices.Alive[0].ID, session.Said{OwnName: "=Empfang", Note: "am Eingang; links"}); err != nil {
		t.Fatal(err)
	}
	if name, err := security.Export("de"); err != nil || name != "out.csv" || !regexp.MustCompile(`^kontor-sitzungen-\d{4}-\d\d-\d\d\.csv$`).MatchString(asked.Saved[0].Name) {
		t.Fatal(name, err, asked)
	}
	data, err := os.ReadFile(path) //nolint:gosec // chosen above
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\r\n"), "\r\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "\ufeffGerät;Eigener Name;") {
		t.Errorf("%q", lines)
	}
	row := regexp.MustCompile(`;'=Empfang;"am Eingang; links";.*;test;.*;mit Passwort;\d{4}-\d\d-\d\d \d\d:\d\d:\d\d;[^;]+;;$`)
	if !row.MatchString(lines[1]) {
		t.Errorf("%q", lines[1])
	}
}
