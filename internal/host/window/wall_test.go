package window

import "testing"

func TestThePageReachesBoundMethodsAndNothingElse(t *testing.T) {
	for _, message := range []string{
		"DomReady", "runtime:ready", "EXjob", `EE{"name":"window:forms","data":[1]}`,
		`C{"name":"session.Window.SignIn","args":["a","b",false],"callbackID":"x"}`,
	} {
		if !mayPass(message) {
			t.Errorf("%s is kept back", message)
		}
	}
	for _, message := range []string{
		"", "B", "BO:https://evil.example", "LFgone", "LEa line", "LS1", "Q", "S", "H", "WT:x", "Ws:1:1", "drag", "resize:n-resize",
		"wails:showInspector", "DD:1:2:/etc/passwd", `c{"id":0,"args":[]}`, "C", "C{}", "C{", "C[]", `C{"name":""}`,
		`C{"name":":wails:ClipboardGetText","args":[]}`, `C{"name":"\u003awails:ClipboardGetText","args":[]}`,
		`C{"name":"session.Window.SignOut","args":[],"name":":wails:ClipboardGetText"}`,
		`C{"name":"session.Window.SignOut","args":[],"NAME":":wails:ClipboardGetText"}`,
		`C{"name":"session.Window.SignOut"} trailing`,
		"EE", "EE{}", `EE{"name":"job","data":[]}`, `EE{"name":"session:locked"}`, "domready", "eXjob",
	} {
		if mayPass(message) {
			t.Errorf("%s passes", message)
		}
	}
}
