//go:build e2e

package e2e_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"

	"kontor/internal/dev/e2e"
)

// The system's own dialog is opened by Go; the file has to pass the same limits as one that is dropped.
func TestAPictureFromTheSystemsDialog(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	openProfile(w)
	w.Button("Change the profile picture").Click()
	dialog := w.Dialog("Profile picture in Kontor")
	dialog.Find("button", "Choose a picture").Click()
	heavy := filepath.Join(t.TempDir(), "heavy.png")
	if err := os.WriteFile(heavy, make([]byte, 11<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	w.ChooseFile("Profile picture in Kontor", heavy)
	w.See("The file is larger than 10 MB.")
	dialog.Find("button", "Choose a picture").Click()
	w.ChooseFile("Profile picture in Kontor", portrait(t, 300, 400))
	dialog.Find("heading", "Quality of the part").Visible()
	w.See("GPS position")
	dialog.Find("button", "Choose another picture").Click()
	w.ChooseFile("Choose another picture", logoFile(t, "square.png", 240, 240))
	w.See("1.1 times the recommended")
	dialog.Find("button", "Save").Click()
	dialog.Gone()
	w.Until("the picture in the top bar", func() bool { return shown(w) == 1 })

	w.Link("Branding").Click()
	w.Button("Customize the rectangular logo").Click()
	w.Dialog("Customize the rectangular logo").Find("button", "Choose a picture").Click()
	w.ChooseFile("Choose a picture", logoFile(t, "from-dialog.png", 900, 240))
	w.See("from-dialog.png")
}

// give hands a picture to an element as a drop or a paste does.
func give(t *testing.T, w *e2e.Window, how, selector, path string) {
	t.Helper()
	data, err := os.ReadFile(path) //nolint:gosec // our own temporary file
	if err != nil {
		t.Fatal(err)
	}
	w.Script(nil, `
		const [how, selector, text, name] = arguments
		const given = new DataTransfer()
		given.items.add(new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], name, { type: "image/png" }))
		const event = how === "drop"
			? new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: given })
			: new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: given })
		document.querySelector(selector).dispatchEvent(event)`,
		how, selector, base64.StdEncoding.EncodeToString(data), filepath.Base(path))
}

func TestPicturesDroppedAndPasted(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	openProfile(w)
	give(t, w, "drop", "main .face", logoFile(t, "dropped.png", 300, 300))
	dialog := w.Dialog("Profile picture in Kontor")
	w.See("1.4 times the recommended")
	give(t, w, "paste", "[role=dialog] h2", logoFile(t, "pasted.png", 240, 240))
	w.See("1.1 times the recommended")
	dialog.Find("button", "Save").Click()
	dialog.Gone()
	w.Until("the picture in the top bar", func() bool { return shown(w) == 1 })

	w.Link("Branding").Click()
	w.Button("Customize the rectangular logo").Click()
	w.Dialog("Customize the rectangular logo").Visible()
	give(t, w, "drop", "[role=dialog] .drop", logoFile(t, "dropped.png", 900, 240))
	w.See("dropped.png")
	w.Dialog("Customize the rectangular logo").Gone()
	w.Button("Customize the rectangular logo").Click()
	w.Dialog("Customize the rectangular logo").Visible()
	give(t, w, "paste", "[role=dialog] h2", logoFile(t, "pasted.png", 900, 240))
	w.See("pasted.png")
}
