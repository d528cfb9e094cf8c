package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"kontor/internal/core/fault"
	"kontor/internal/core/words"
	"kontor/internal/host/replica"
)

// inLanguage runs the program as somebody who reads that language does.
func inLanguage(language string, args ...string) (code int, out, messages string) {
	var o, e bytes.Buffer
	c := &command{out: &o, err: &e, in: strings.NewReader(""), getenv: func(string) string { return "" }, locale: words.In(language, ""), args: args}
	code = c.run(context.Background())
	return code, o.String(), e.String()
}

// Every page of help is in the reader's language, what the library would say in English, too.
func TestTheHelpSpeaksTheReadersLanguage(t *testing.T) {
	paths := [][]string{}
	var walk func(cmd *cobra.Command, path []string)
	walk = func(cmd *cobra.Command, path []string) {
		paths = append(paths, path)
		for _, sub := range cmd.Commands() {
			walk(sub, append(append([]string{}, path...), sub.Name()))
		}
	}
	c := &command{book: words.For(words.In("en", ""))}
	walk(c.root(), nil)
	if len(paths) < 25 {
		t.Fatal(paths)
	}
	english := []string{"Usage:", "Available", "Flags", "Global", "Use \"", "help for", "Help about", "string", "default", "shell_cli_"}
	for _, language := range words.Languages {
		book := words.For(words.In(language, ""))
		for _, path := range paths {
			code, out, messages := inLanguage(language, append(append([]string{}, path...), "--help")...)
			if code != exitDone || messages != "" || !strings.Contains(out, book.T("shell_cli_usage")) || !strings.Contains(out, book.T("shell_cli_help")) {
				t.Errorf("%s %v: %d\n%s%s", language, path, code, out, messages)
			}
			for _, word := range english {
				if language != "en" && strings.Contains(out, word) {
					t.Errorf("%s %v says %q:\n%s", language, path, word, out)
				}
			}
			if _, same, _ := inLanguage(language, append([]string{"help"}, path...)...); same != out {
				t.Errorf("%s help %v is something else:\n%s", language, path, same)
			}
		}
	}
	if _, out, _ := inLanguage("de", "backup", "--help"); !strings.Contains(out, "kontor-cli backup DATEI") || !strings.Contains(out, "--format …") {
		t.Error(out)
	}
	if code, out, _ := inLanguage("fr", "--version"); code != exitDone || strings.TrimSpace(out) != "kontor-cli "+version {
		t.Error(code, out)
	}
}

// Whatever is not understood ends with the same code, and says why in the reader's language.
func TestWhatIsNotUnderstoodIsSaid(t *testing.T) {
	for _, step := range []struct {
		args []string
		says string
	}{
		{[]string{"simulat"}, "«simulate»"},
		{[]string{"quote", "lsit"}, "«lsit»"},
		{[]string{"zzz"}, "«zzz»"},
		{[]string{"help", "zzz"}, "«zzz»"},
		{[]string{"backup"}, "DATEI fehlt"},
		{[]string{"backup", "a", "b"}, "«b»"},
		{[]string{"doctor", "a"}, "«a»"},
		{[]string{"verify", "a", "b"}, "«b»"},
		{[]string{"--nothing"}, "Option --nothing"},
		{[]string{"-x"}, "Option -x"},
		{[]string{"doctor", "--format"}, "--format fehlt"},
		{[]string{"doctor", "--format", "xml"}, "«xml»"},
		{[]string{"simulate", "--months", "many"}, "«many»"},
		{[]string{"doctor", "--workspace", "-x"}, "«-x»"},
		{[]string{"completion", "csh"}, "«csh»"},
		{[]string{"quote", "export", "id"}, "--out fehlt"},
		{[]string{"login"}, "--email fehlt"},
	} {
		code, out, messages := inLanguage("de", step.args...)
		if code != exitUsage || out != "" || !strings.Contains(messages, step.says) || !strings.Contains(messages, "--help sagt") {
			t.Errorf("%v: %d %s%s", step.args, code, out, messages)
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if code, out, messages := inLanguage("it", "completion", shell); code != exitDone || !strings.Contains(out, "kontor-cli") || messages != "" {
			t.Errorf("%s: %d %s", shell, code, messages)
		}
	}
}

// The codes are those of the help, whatever a fault is wrapped in.
func TestHowItEndsIsTold(t *testing.T) {
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for _, one := range []struct {
		ctx  context.Context //nolint:containedctx // of this case
		err  error
		code int
	}{
		{t.Context(), nil, 0},
		{t.Context(), errors.New("whatever"), 1},
		{t.Context(), fault.New(fault.Conflict, "organization_there"), 1},
		{t.Context(), missing("--out"), 2},
		{t.Context(), fault.New(fault.Unauthenticated, "cli_sign_in"), 3},
		{t.Context(), fault.New(fault.Forbidden, ""), 3},
		{t.Context(), fault.New(fault.Invalid, "kit_not_one"), 3},
		{t.Context(), fault.New(fault.Forbidden, replica.ReasonRefused), 3},
		{t.Context(), fault.New(fault.NotFound, replica.ReasonEmpty), 4},
		{t.Context(), fault.New(fault.Locked, ""), 5},
		{t.Context(), errNoKeyring, 5},
		{t.Context(), fault.New(fault.Conflict, "workspace_in_use"), 5},
		{t.Context(), fault.New(fault.Conflict, replica.ReasonNewer), 5},
		{t.Context(), errUnsound, 6},
		{t.Context(), fault.New(fault.Conflict, "backup_newer"), 6},
		{t.Context(), fault.New(fault.Conflict, replica.ReasonDamaged), 6},
		{t.Context(), fault.New(fault.Unavailable, replica.ReasonAway), 7},
		{stopped, fault.New(fault.Canceled, ""), 130},
	} {
		if code := codeOf(one.ctx, one.err); code != one.code {
			t.Errorf("%v: %d", one.err, code)
		}
		if one.err != nil {
			if code := codeOf(one.ctx, fmt.Errorf("within: %w", one.err)); code != one.code {
				t.Errorf("%v within another: %d", one.err, code)
			}
		}
		if said := fmt.Sprintf(" %d ", one.code); !strings.Contains(words.For(words.In("en", "")).T("shell_cli_codes"), said) {
			t.Errorf("the help does not name%s", said)
		}
	}
}
