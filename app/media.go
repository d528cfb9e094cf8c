package app

import (
	"bytes"
	"context"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/picture"
)

// mediaPrefix is where the window finds pictures: /media/<area>/<id>/<pixels>.
const mediaPrefix = "/media/"

var mediaPath = regexp.MustCompile(`^/media/([a-z]{1,32})/([0-9A-Za-z-]{1,64})/([0-9]{1,4})$`)

// media are the areas that hand out pictures. Each judges for itself what the actor may see; what comes back is a
// picture that Kontor encoded, never a file as somebody brought it.
var media = map[string]func(ctx context.Context, h *workspace, id string, pixels int) ([]byte, error){
	"branding": func(ctx context.Context, h *workspace, id string, pixels int) ([]byte, error) {
		return h.branding.Drawing(ctx, id, pixels)
	},
	"profile": func(ctx context.Context, h *workspace, id string, pixels int) ([]byte, error) {
		return h.profiles.Drawing(ctx, id, pixels)
	},
}

// Media answers what the window asks of /media/ and hands everything else on.
func (a *App) Media(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, mediaPrefix) {
			next.ServeHTTP(w, r)
			return
		}
		header := w.Header()
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Content-Security-Policy", "default-src 'none'")
		header.Set("Cache-Control", "no-store") // nothing stays behind in the web view when a person has left
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			header.Set("Allow", "GET, HEAD")
			http.Error(w, "", http.StatusMethodNotAllowed)
			return
		}
		data, err := a.picture(r.URL.Path)
		if err != nil {
			http.Error(w, "", mediaStatus(err))
			return
		}
		format, _ := picture.Sniff(data)
		header.Set("Content-Type", "image/"+string(format))
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
	})
}

func (a *App) picture(path string) ([]byte, error) {
	found := mediaPath.FindStringSubmatch(path)
	if found == nil {
		return nil, fault.New(fault.NotFound, "")
	}
	draw, ok := media[found[1]]
	if !ok {
		return nil, fault.New(fault.NotFound, "")
	}
	pixels, err := strconv.Atoi(found[3])
	if err != nil {
		return nil, fault.New(fault.NotFound, "")
	}
	return call(a, "media."+found[1], func(ctx context.Context, h *workspace) ([]byte, error) {
		return draw(ctx, h, found[2], pixels)
	})
}

// mediaStatus tells little: what a person may not see is not there.
func mediaStatus(err error) int {
	switch fault.CodeOf(err) {
	case fault.NotFound, fault.Forbidden, fault.Unauthenticated:
		return http.StatusNotFound
	case fault.Unavailable, fault.Canceled, fault.Locked:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}
