package window

import "os/exec"

// Say shows a message in a dialog of the system and waits until it was read. It is for when there is no window.
func Say(title, text string) {
	_ = exec.Command("/usr/bin/osascript", "-e", "on run argv", "-e", //nolint:noctx // it lasts until the person has read it
		"display alert (item 1 of argv) message (item 2 of argv) as critical", "-e", "end run", title, text).Run()
}
