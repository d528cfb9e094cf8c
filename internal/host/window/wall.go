package window

import (
	"encoding/json"
	"strings"
)

// ownEvents begin the names of the events that the page may send: those of closing.go.
const ownEvents = "window:"

// mayPass tells whether a message of the page may reach Wails. The page calls bound methods and sends a few events of
// its own; all else that Wails' runtime could do for a script (open addresses in the browser, read the clipboard, move or
// end the window, end the program with a "fatal" line in the log) is not for it. Wails reads a message as here: by its
// first letters, and the rest as JSON.
func mayPass(message string) bool {
	switch {
	case message == "DomReady" || message == "runtime:ready":
		return true
	case strings.HasPrefix(message, "EX"): // stops listening
		return true
	case strings.HasPrefix(message, "EE"):
		return strings.HasPrefix(nameIn(message[2:]), ownEvents)
	case strings.HasPrefix(message, "C"):
		name := nameIn(message[1:])
		return name != "" && !strings.HasPrefix(name, ":") // Wails' own begin with :wails:
	}
	return false
}

// nameIn is the name in a call or an event; "" if there is none. The fields are those of Wails' own types, so that what
// stands there twice, or in another case, is read alike.
func nameIn(text string) string {
	var named struct {
		Name string `json:"name"`
	}
	if json.Unmarshal([]byte(text), &named) != nil {
		return ""
	}
	return named.Name
}
