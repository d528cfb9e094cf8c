//go:build e2e

package e2e_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kontor/internal/dev/e2e"
)

// portrait is a photograph as a telephone writes it: lying on its side, with the place and the camera in it.
func portrait(t *testing.T, width, height int) string {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, height, width)) // on its side
	for y := range width {
		for x := range height {
			c := color.RGBA{201, 211, 208, 255}
			if dx, dy := x-height*2/5, y-width/2; dx*dx+dy*dy < width*width/9 {
				c = color.RGBA{219, 166, 135, 255}
			} else if x > height*3/4 {
				c = color.RGBA{47, 95, 99, 255}
			}
			m.SetRGBA(x, width-1-y, c)
		}
	}
	var file bytes.Buffer
	if err := jpeg.Encode(&file, m, nil); err != nil {
		t.Fatal(err)
	}
	le := binary.LittleEndian
	entry := func(tag, kind uint16, count, value uint32) []byte {
		b := le.AppendUint16(le.AppendUint16(nil, tag), kind)
		return le.AppendUint32(le.AppendUint32(b, count), value)
	}
	degrees := func(d, m, s uint32) (b []byte) {
		for _, v := range []uint32{d, 1, m, 1, s, 1} {
			b = le.AppendUint32(b, v)
		}
		return b
	}
	// Offsets: 8 + 2 + 3 × 12 + 4 = 50 is the maker, 58 the place with 4 entries, 112 and 136 its figures.
	exif := bytes.Join([][]byte{
		[]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00\x03\x00"),
		entry(0x010f, 2, 7, 50), entry(0x0112, 3, 1, 6), entry(0x8825, 4, 1, 58),
		{0, 0, 0, 0},
		[]byte("Pontax\x00\x00\x04\x00"),
		entry(1, 2, 2, 'N'), entry(2, 5, 3, 112), entry(3, 2, 2, 'E'), entry(4, 5, 3, 136),
		{0, 0, 0, 0},
		degrees(46, 9, 36), degrees(8, 47, 24),
	}, nil)
	data := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	data = append(append(data, exif...), file.Bytes()[2:]...)
	path := filepath.Join(t.TempDir(), "portrait.jpg")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// openProfile goes to the profile by the menu of the guides.
func openProfile(w *e2e.Window) {
	w.Button("Elena Bianchi: profile, language, theme, sign out").Click()
	w.Find("menuitem", "Manage my profile").Click()
	w.Heading("Elena Bianchi").Visible()
}

// shown is how many pictures of people the top bar shows.
func shown(w *e2e.Window) (n int) {
	w.Script(&n, `return [...document.querySelectorAll(".top-me img")].filter((i) => i.complete && i.naturalWidth > 0).length`)
	return n
}

func TestProfileNameAndPersonalData(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	openProfile(w)
	w.Axe()
	w.Screenshot("profile-light")

	w.Button("Change first and last name in Kontor").Click()
	name := w.Dialog("First and last name in Kontor")
	name.Find("field", "First name").Fill("")
	w.Press("Enter")
	w.See("Please fill this in.")
	name.Find("field", "First name").Fill("Elena Maria")
	w.Press("Enter")
	name.Gone()
	w.Heading("Elena Maria Bianchi").Visible()
	w.Button("Elena Maria Bianchi: profile, language, theme, sign out").Visible()

	w.Button("Edit").Click()
	data := w.Dialog("Personal data")
	data.Find("field", "Phone · optional").Fill("091 820")
	data.Find("field", "Recovery e-mail at Infomaniak · optional").Fill("ELENA@ponteri.example")
	data.Find("button", "Save").Click()
	w.See("This is not a phone number.")
	w.See("This is the sign-in e-mail of Kontor.")
	data.Find("field", "Phone · optional").Holds("091 820")
	w.Axe()
	w.Screenshot("profile-personal-refused-light")
	// The country was given when the account was made, as the computer's.
	data.Find("field", "Country").Fill("Switz")
	w.Find("option", "Switzerland").Click()
	data.Find("field", "Phone · optional").Fill("091 820 18 06")
	data.Find("field", "Time zone").Fill("Tokyo")
	w.Find("option", "Asia/Tokyo").Click()
	data.Find("field", "Recovery e-mail at Infomaniak · optional").Fill("elena@home.example")
	data.Find("button", "Save").Click()
	data.Gone()
	w.See("+41 91 820 18 06")
	w.See("Asia/Tokyo")
	w.See("elena@home.example")

	w.Button("Change Kontor’s sign-in e-mail").Click()
	email := w.Dialog("Change Kontor’s sign-in e-mail")
	email.Find("field", "New sign-in e-mail").Fill("elena@home.example")
	email.Find("field", "The same once more").Fill("elena@hone.example")
	email.Find("field", "Your password of Kontor").Fill(password)
	email.Find("button", "Change Kontor’s sign-in e-mail").Click()
	w.See("The two entries differ.")
	w.See("This is the recovery e-mail.")
	email.Find("field", "New sign-in e-mail").Fill("elena@studio.example")
	email.Find("field", "The same once more").Fill("elena@studio.example")
	email.Find("button", "Change Kontor’s sign-in e-mail").Click()
	email.Gone()
	w.See("You sign in to Kontor with elena@studio.example now.")
}

// Two windows of one person: what the other one saved is shown, and nothing that was typed here is lost.
func TestProfileChangedElsewhere(t *testing.T) {
	t.Parallel()
	shared := t.TempDir()
	mine := e2e.NewDesktop(t).Start(e2e.Args("--workspace=" + shared))
	begin(mine)
	other := e2e.NewDesktop(t).Start(e2e.Args("--workspace=" + shared))
	signIn(other, password)
	other.Heading("Home").Visible()

	openProfile(mine)
	mine.Button("Change first and last name in Kontor").Click()
	dialog := mine.Dialog("First and last name in Kontor")
	dialog.Find("field", "First name").Fill("Elena Maria")

	openProfile(other)
	other.Button("Change first and last name in Kontor").Click()
	other.Dialog("First and last name in Kontor").Find("field", "First name").Fill("Helena")
	other.Dialog("First and last name in Kontor").Find("field", "Last name").Fill("Brunori")
	other.Press("Enter")
	other.Heading("Helena Brunori").Visible()

	dialog.Find("button", "Save").Click()
	mine.See("What you typed stays.")
	dialog.Find("button", "Show the new state").Click()
	dialog.Find("field", "First name").Holds("Elena Maria")
	dialog.Find("field", "Last name").Holds("Brunori")
	mine.See("Saved in another window: Helena")
	mine.Axe()
	mine.Screenshot("profile-conflict-light")
	dialog.Find("button", "Save").Click()
	mine.Heading("Elena Maria Brunori").Visible()
}

func TestAvatarByMouse(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	openProfile(w)
	w.Button("Change the profile picture").Click()
	dialog := w.Dialog("Profile picture in Kontor")
	dialog.Find("field", "Choose a picture").Upload(portrait(t, 300, 400))
	dialog.Find("heading", "Quality of the part").Visible()
	w.See("1.4 times the recommended")
	w.See("GPS position")
	w.See("46.16")
	w.See("Pontax")
	w.See("turned by 90°")
	w.Axe()
	w.Screenshot("profile-avatar-light")
	w.Script(nil, `
		const mask = document.querySelector(".cropper .se"), box = mask.getBoundingClientRect()
		const at = (type, dx, dy) => mask.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1,
			clientX: box.x + 7 + dx, clientY: box.y + 7 + dy }))
		HTMLElement.prototype.setPointerCapture = () => {}
		at("pointerdown", 0, 0); at("pointermove", -110, -110); at("pointerup", -110, -110)`)
	w.See("enlarged ×")
	dialog.Find("button", "Turn by 90°").Click()
	w.Screenshot("profile-avatar-turned-light")
	dialog.Find("button", "Save").Click()
	dialog.Gone()
	w.See("Picture saved in Kontor")
	w.Until("the picture in the top bar", func() bool { return shown(w) == 1 })
	w.Axe()
	w.Screenshot("profile-with-picture-light")
	w.Link("Organization").Click()
	w.Find("tab", "Members in Kontor 1").Click()
	w.Until("the picture among the members", func() bool {
		var n int
		w.Script(&n, `return [...document.querySelectorAll("table img")].filter((i) => i.naturalWidth > 0).length`)
		return n == 1
	})

	w.Link("Profile").Click()
	w.Button("Change the profile picture").Click()
	dialog.Find("button", "Remove the picture").Click()
	w.See("Picture removed in Kontor, the initials are back")
	w.Until("the initials in the top bar", func() bool { return shown(w) == 0 })
	w.Script(nil, `[...document.querySelectorAll("button")].filter((b) => b.textContent.trim() === "Undo").at(-1).click()`)
	w.Until("the picture again", func() bool { return shown(w) == 1 })
}

func TestAvatarByKeyboardInTheDarkInGerman(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	w.Link("Settings").Click()
	w.Find("radio", "Dark").Click()
	openProfile(w)
	w.Button("Elena Bianchi: profile, language, theme, sign out").Click()
	w.Find("menuitemcheckbox", "Deutsch").Click()
	w.See("Persönliche Daten")
	w.Axe()
	w.Screenshot("profile-dark-de")
	w.Button("Profilbild ändern").Focus()
	w.Press("Enter")
	dialog := w.Dialog("Profilbild in Kontor")
	w.Axe()
	w.Screenshot("profile-avatar-choose-dark-de")
	dialog.Find("field", "Bild wählen").Upload(portrait(t, 240, 320))
	w.See("gut, das 1.1-Fache des Empfohlenen")
	dialog.Find("application", "").Focus()
	for range 10 {
		w.Press("+")
	}
	w.Press("ArrowUp")
	w.Press("r")
	w.See("vergrössert ×")
	for range 10 {
		w.Press("+")
	}
	w.See("zu klein")
	w.Axe()
	w.Screenshot("profile-avatar-dark-de")
	w.Resize(800, 600)
	w.Axe()
	w.Screenshot("profile-avatar-dark-de-800x600")
	dialog.Find("button", "Speichern").Focus()
	w.Press("Enter")
	dialog.Gone()
	w.Until("the picture in the top bar", func() bool { return shown(w) == 1 })
}

func TestDeletingTheAccount(t *testing.T) {
	t.Parallel()
	w := e2e.Start(t)
	begin(w)
	openProfile(w)
	w.Button("Change the profile picture").Click()
	w.Dialog("Profile picture in Kontor").Find("field", "Choose a picture").Upload(portrait(t, 300, 400))
	w.Dialog("Profile picture in Kontor").Find("button", "Save").Click()
	w.Until("the picture in the top bar", func() bool { return shown(w) == 1 })
	if failure := w.Call(nil, "payment.Window.Add", map[string]any{"kind": "paypal", "email": "geheim@bianchi.example"}); failure != "" {
		t.Fatal(failure) // the first secret: from now on the keyring holds a key
	}
	personal := []string{"Bianchi", "elena@ponteri.example"}
	pictures := func() (n int) {
		_ = filepath.WalkDir(w.Home, func(path string, entry os.DirEntry, err error) error {
			if err == nil && entry.Type().IsRegular() && strings.Contains(path, "/pictures/") {
				n++
			}
			return nil
		})
		return n
	}
	before := strings.Join(traces(t, w, append(personal, "service = Kontor")...), "\n")
	for _, place := range []string{"kontor.db", "the page", "the keyring"} {
		if !strings.Contains(before, place) {
			t.Errorf("nothing is found in %s before: the search proves nothing\n%s", place, before)
		}
	}
	if pictures() != 1 {
		t.Errorf("%d pictures before", pictures())
	}
	w.Button("Delete your account").Click()
	w.Dialog("Delete your account").Find("button", "Only in Kontor").Click()
	dialog := w.Dialog("Delete the account of Elena Bianchi in Kontor?")
	w.See("Yours is its only account.")
	w.See("10 recovery codes")
	w.See("Your Infomaniak account, its mail, calendars and address books stay.")
	dialog.Find("button", "Go on").Gone()
	w.Axe()
	w.Screenshot("profile-delete-blocked-light")
	dialog.Find("button", "Delete the organization in Kontor").Click()

	organization := w.Dialog("Delete Studio Ponteri SA in Kontor?")
	organization.Find("field", "Type its name: Studio Ponteri SA").Fill("Studio Ponteri SA")
	organization.Find("field", "Your password of Kontor").Fill(password)
	organization.Find("button", "Delete the organization in Kontor").Click()
	organization.Gone()

	w.Link("Profile").Click()
	w.See("You belong to no organization in Kontor.")
	w.Button("Delete your account").Click()
	w.Dialog("Delete your account").Find("button", "Only in Kontor").Click()
	dialog.Find("field", "Passphrase of the file").Fill("short")
	dialog.Find("button", "Save the kit").Click()
	w.See("At least 12 characters.")
	w.Axe()
	w.Screenshot("profile-delete-light")
	dialog.Find("button", "Go on").Click()
	dialog.Find("field", "Your password of Kontor").Fill("wrong")
	dialog.Find("button", "Delete the account in Kontor").Click()
	w.See("This password is wrong.")
	w.Axe()
	w.Screenshot("profile-delete-password-light")
	dialog.Find("field", "Your password of Kontor").Fill(password)
	dialog.Find("button", "Delete the account in Kontor").Click()
	w.Heading("How do you want to begin?").Visible()
	w.Gone("Sign in") // nobody is left who could
	if left := traces(t, w, personal...); len(left) != 0 || pictures() != 0 {
		t.Errorf("left behind: %v, %d pictures", left, pictures())
	}
}
