//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// driver is a W3C WebDriver session with WebKitWebDriver.
type driver struct {
	base string // http://127.0.0.1:PORT/session/ID
	http http.Client
}

// driverError is what the driver answers when it cannot do something, e.g. "element click intercepted".
type driverError struct{ Code, Message string }

func (e *driverError) Error() string { return e.Code + ": " + e.Message }

// connect opens a session, retrying until the driver and the program both listen, for as long as the program runs.
func connect(port int, running func() bool) (*driver, error) {
	d := &driver{base: fmt.Sprintf("http://127.0.0.1:%d/session", port), http: http.Client{Timeout: 30 * time.Second}}
	var session struct {
		ID string `json:"sessionId"`
	}
	for until := time.Now().Add(2 * Patience); ; {
		err := d.do(http.MethodPost, "", map[string]any{"capabilities": map[string]any{}}, &session)
		if err == nil {
			d.base += "/" + session.ID
			return d, nil
		}
		if !running() || time.Now().After(until) {
			return nil, fmt.Errorf("no automation session: %w", err)
		}
		time.Sleep(30 * time.Millisecond)
	}
}

// do sends one command and decodes the "value" of the answer into out, if that is not nil.
func (d *driver) do(method, path string, body, out any) error {
	if body == nil && method == http.MethodPost {
		body = struct{}{}
	}
	var payload bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&payload).Encode(body); err != nil {
			return err
		}
	}
	req, err := http.NewRequest(method, d.base+path, &payload)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	res, err := d.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return fmt.Errorf("%s %s: %s: %w", method, path, res.Status, err)
	}
	if res.StatusCode != http.StatusOK {
		var e struct{ Error, Message string }
		_ = json.Unmarshal(answer.Value, &e)
		return &driverError{Code: e.Error, Message: e.Message}
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer.Value, out)
}

func (d *driver) get(path string, out any) error { return d.do(http.MethodGet, path, nil, out) }
func (d *driver) post(path string, body, out any) error {
	return d.do(http.MethodPost, path, body, out)
}

// script runs the body of a function in the page; its arguments are in `arguments`, its result goes to out.
func (d *driver) script(out any, body string, args ...any) error {
	return d.execute("/execute/sync", out, body, args)
}

// asyncScript does the same for a function that calls its last argument with the result.
func (d *driver) asyncScript(out any, body string, args ...any) error {
	return d.execute("/execute/async", out, body, args)
}

func (d *driver) execute(path string, out any, body string, args []any) error {
	if args == nil {
		args = []any{}
	}
	return d.post(path, map[string]any{"script": body, "args": args}, out)
}

// node is the driver's reference to an element of the page.
type node struct {
	ID string `json:"element-6066-11e4-a52e-4f735466cecf"`
}

func (n node) path(command string) string { return "/element/" + n.ID + "/" + command }

// keyCodes are the characters that WebDriver uses for keys without one.
var keyCodes = map[string]string{
	"Backspace": "\uE003", "Tab": "\uE004", "Enter": "\uE007", "Shift": "\uE008", "Control": "\uE009",
	"Alt": "\uE00A", "Escape": "\uE00C", "Space": " ", "PageUp": "\uE00E", "PageDown": "\uE00F",
	"End": "\uE010", "Home": "\uE011", "ArrowLeft": "\uE012", "ArrowUp": "\uE013", "ArrowRight": "\uE014",
	"ArrowDown": "\uE015", "Insert": "\uE016", "Delete": "\uE017", "Meta": "\uE03D",
	"F1": "\uE031", "F2": "\uE032", "F3": "\uE033", "F4": "\uE034", "F5": "\uE035", "F6": "\uE036",
	"F7": "\uE037", "F8": "\uE038", "F9": "\uE039", "F10": "\uE03A", "F11": "\uE03B", "F12": "\uE03C",
}

// press holds the keys down in order and lets them go in reverse.
func (d *driver) press(keys []string) error {
	var actions []map[string]any
	for _, k := range keys {
		actions = append(actions, map[string]any{"type": "keyDown", "value": k})
	}
	for i := len(keys) - 1; i >= 0; i-- {
		actions = append(actions, map[string]any{"type": "keyUp", "value": keys[i]})
	}
	return d.post("/actions", map[string]any{"actions": []any{
		map[string]any{"type": "key", "id": "keyboard", "actions": actions},
	}}, nil)
}

// drag presses the pointer at one point, moves it to another and lets it go; in pixels of the page.
func (d *driver) drag(fromX, fromY, toX, toY int) error {
	move := func(x, y, took int) map[string]any {
		return map[string]any{"type": "pointerMove", "x": x, "y": y, "duration": took, "origin": "viewport"}
	}
	return d.post("/actions", map[string]any{"actions": []any{map[string]any{
		"type": "pointer", "id": "mouse", "parameters": map[string]any{"pointerType": "mouse"},
		"actions": []any{
			move(fromX, fromY, 0),
			map[string]any{"type": "pointerDown", "button": 0},
			move((fromX+toX)/2, (fromY+toY)/2, 50), move(toX, toY, 50),
			map[string]any{"type": "pointerUp", "button": 0},
		},
	}}}, nil)
}
