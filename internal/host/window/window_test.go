package window

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/wailsapp/wails/v2/pkg/options"
)

func TestEveryAnswerCarriesThePolicy(t *testing.T) {
	for _, status := range []int{200, 404, 500} {
		rec := httptest.NewRecorder()
		secure(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) })).
			ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/", nil))
		h := rec.Header()
		for _, must := range []string{"default-src 'self'", "script-src 'self';", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "connect-src 'self';"} {
			if !strings.Contains(h.Get("Content-Security-Policy"), must) {
				t.Errorf("%d: no %s in %q", status, must, h.Get("Content-Security-Policy"))
			}
		}
		for _, never := range []string{"unsafe-eval", "http:", "https:", "*", "script-src 'self' 'unsafe-inline'"} {
			if strings.Contains(h.Get("Content-Security-Policy"), never) {
				t.Errorf("%d: %s in the policy", status, never)
			}
		}
		if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("%d: %v", status, h)
		}
	}
}

// The colours behind the page are those of the page, in each theme.
func TestBackgroundIsThatOfThePage(t *testing.T) {
	css, err := os.ReadFile("../../../frontend/src/lib/design/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`--bg:\s*#([0-9a-f]{6})`).FindAllStringSubmatch(string(css), -1)
	if len(found) < 3 {
		t.Fatalf("%d backgrounds in tokens.css", len(found))
	}
	for i, theme := range []string{"light", "dark", "contrast"} {
		c := background(theme)
		if got := fmt.Sprintf("%02x%02x%02x", c.R, c.G, c.B); got != found[i][1] || c.A != 255 {
			t.Errorf("%s: #%s; want #%s", theme, got, found[i][1])
		}
	}
}

func TestConfiguration(t *testing.T) {
	c := configure(Options{Title: "Kontor", Log: slog.New(slog.DiscardHandler), Error: func(error) string { return `{"code":"x"}` }})
	if c.OnStartup != nil || c.OnShutdown != nil {
		t.Error("generating bindings opens something")
	}
	if got, ok := c.ErrorFormatter(errors.New("x")).(string); !ok || got != `{"code":"x"}` {
		t.Errorf("an error reaches the page as %T", got)
	}
	if c.Debug.OpenInspectorOnStartup || c.SingleInstanceLock != nil || c.EnableFraudulentWebsiteDetection || c.BindingsAllowedOrigins != "" {
		t.Error("something is on that must be off")
	}
	if c.WindowStartState != options.Normal || c.Width != defaultWidth || c.MinWidth != MinWidth {
		t.Errorf("%dx%d", c.Width, c.Height)
	}
}

func TestWailsLogsNoArguments(t *testing.T) {
	var out bytes.Buffer
	l := wailsLog{slog.New(slog.NewTextHandler(&out, nil))}
	l.Error(`process message error: C{"name":"session.Window.SignIn","args":["elena","plain-Secret-77"]} -> boom`)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("Fatal returns, and Wails ends the program")
			}
		}()
		l.Fatal(`json: unsupported value: NaN plain-Secret-77`)
	}()
	l.Debug("plain-Secret-77")
	if strings.Contains(out.String(), "Secret-77") || strings.Count(out.String(), "\n") != 2 {
		t.Error(out.String())
	}
}
