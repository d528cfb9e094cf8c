package window

import "golang.org/x/sys/windows"

// Say shows a message in a dialog of the system and waits until it was read. It is for when there is no window.
func Say(title, text string) {
	head, err := windows.UTF16PtrFromString(title)
	if err != nil {
		return
	}
	if body, err := windows.UTF16PtrFromString(text); err == nil {
		_, _ = windows.MessageBox(0, body, head, windows.MB_ICONERROR|windows.MB_SETFOREGROUND)
	}
}
