// Package desktop shows notifications of the operating system.
package desktop

import (
	"strings"

	"github.com/gen2brain/beeep"
)

// Desktop is the real one. It opens nothing before the first notification.
type Desktop struct{}

// Notify shows a notification. Some systems read markup in it, so it is given none. The error says that nobody showed
// it: whoever has something to tell must have another way.
func (Desktop) Notify(title, text string) error {
	beeep.AppName = "Kontor"
	plain := strings.NewReplacer("<", "‹", ">", "›", "&", "+")
	return beeep.Notify(plain.Replace(title), plain.Replace(text), "dialog-information")
}
