package app_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/jpeg"
	"net/http"
	"testing"

	"kontor/internal/area/organization"
	"kontor/internal/area/profile"
	"kontor/internal/dev/testkit"
)

func TestAnAvatarFromItsFileToTheWindow(t *testing.T) {
	s := opened(t, t.TempDir())
	begin(t, s, false)
	avatars, profiles := testkit.Bound[*profile.AvatarWindow](s.app), testkit.Bound[*profile.Window](s.app)
	var file bytes.Buffer
	if err := jpeg.Encode(&file, image.NewGray(image.Rect(0, 0, 600, 400)), nil); err != nil {
		t.Fatal(err)
	}
	draft, err := avatars.Bring(base64.StdEncoding.EncodeToString(file.Bytes()))
	if err != nil || draft.Width != 600 || draft.Height != 400 || draft.Advised != 210 || draft.Largest != 512 || draft.Removed == nil {
		t.Fatalf("%+v, %v", draft, err)
	}
	if w := ask(s, "GET", "/media/profile/"+draft.ID+"/2"); w.Code != http.StatusOK || w.Header().Get("Content-Type") != "image/jpeg" {
		t.Errorf("draft: %d %s", w.Code, w.Header().Get("Content-Type"))
	}
	mine, err := profiles.Mine()
	if err != nil {
		t.Fatal(err)
	}
	mine, err = avatars.Set(profile.AvatarInput{Version: mine.Version, Draft: draft.ID, X: 100, Y: 0, Side: 300})
	if err != nil || mine.Avatar == "" || mine.Previous != "" {
		t.Fatalf("%+v, %v", mine, err)
	}
	current, err := s.frame.Current()
	if err != nil || current.Avatar != mine.Avatar {
		t.Errorf("the frame shows %q, %v", current.Avatar, err)
	}
	members, err := testkit.Bound[*organization.Window](s.app).Members()
	if err != nil || len(members.Members) != 1 || members.Members[0].Avatar != mine.Avatar {
		t.Errorf("members %+v, %v", members, err)
	}
	place := "/media/profile/" + mine.Avatar + "/64"
	w := ask(s, "GET", place)
	if m, kind, err := image.Decode(w.Body); err != nil || m.Bounds() != image.Rect(0, 0, 64, 64) || w.Header().Get("Content-Type") != "image/"+kind {
		t.Errorf("%s, %s, %v", kind, w.Header().Get("Content-Type"), err)
	}
	if mine, err = avatars.Remove(mine.Version); err != nil || mine.Avatar != "" {
		t.Errorf("removed: %+v, %v", mine, err)
	}
	if mine, err = avatars.Undo(mine.Version); err != nil || mine.Avatar == "" {
		t.Errorf("undone: %+v, %v", mine, err)
	}
	if err := s.session.SignOut(); err != nil {
		t.Fatal(err)
	}
	if w := ask(s, "GET", place); w.Code != http.StatusNotFound {
		t.Errorf("after signing out: %d", w.Code)
	}
}
