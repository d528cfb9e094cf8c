package notice

import (
	"fmt"
	"strings"
	"time"

	"kontor/internal/core/words"
)

// wording is a notice in the words of whom it is for.
type wording struct {
	*words.Book
	zone *time.Location
}

func (w wording) subject(n Notice) string { return words.Of(w.Book, "session_told_subject_", n.Kind) }

// letter is the text of a mail: what happened, when, on which device, and what to do.
func (w wording) letter(name string, n Notice) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n%s\n\n", w.T("session_told_hello", "name", name), words.Of(w.Book, "session_told_said_", n.Kind))
	for _, line := range [][2]string{
		{w.T("session_told_when"), w.Exact(n.At.In(w.zone))},
		{w.T("session_told_computer"), n.Device},
		{w.T("session_told_system"), n.System},
		{w.T("session_told_address"), n.Address},
	} {
		if line[1] == "" {
			line[1] = w.T("session_told_unknown")
		}
		fmt.Fprintf(&b, "%s: %s\n", line[0], line[1])
	}
	fmt.Fprintf(&b, "\n%s\n\n-- \n%s\n", words.Of(w.Book, "session_told_advice_", n.Kind), w.T("session_told_foot"))
	return b.String()
}

// short is the text of a notification on the desktop.
func (w wording) short(n Notice) string {
	device := n.Device
	if device == "" {
		device = w.T("session_told_unknown")
	}
	return w.Exact(n.At.In(w.zone)) + " · " + device
}
