// Package fault holds the one error that leaves a service: a stable code for the window to translate, the fields it
// concerns, and a hidden cause that only the log sees. Every other error is "internal" to whoever asks.
package fault

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// Code says what kind of thing went wrong. The window has words for each of them in every language.
type Code string

// The codes. A reason may narrow one down; nothing may be added that a person could not act upon.
const (
	Invalid         Code = "invalid"         // the input was refused; Fields say where
	NotFound        Code = "not_found"       // there is no such thing, or the actor may not know of it
	Forbidden       Code = "forbidden"       // the actor may see it but not do this
	Unauthenticated Code = "unauthenticated" // nobody is signed in, or the session has ended
	Conflict        Code = "conflict"        // somebody else changed it first, or a rule of state forbids it
	Locked          Code = "locked"          // the account or the workspace is locked
	Unavailable     Code = "unavailable"     // something outside (keyring, mail server, disk) did not answer
	Canceled        Code = "canceled"        // the person stopped it, or its time ran out
	Internal        Code = "internal"        // our mistake; the log has the cause
)

// ChangedMeanwhile is the reason of every Conflict over a version: what is to be changed is not any more what was read.
// Nothing was overwritten. The window offers to show the new state around what was typed.
const ChangedMeanwhile = "changed_meanwhile"

// Changed is that Conflict.
func Changed() *Error { return New(Conflict, ChangedMeanwhile) }

// SameVersion refuses to change what was read in one version and is stored in another.
// Errors: Conflict/ChangedMeanwhile.
func SameVersion[V comparable](stored, read V) error {
	if stored != read {
		return Changed()
	}
	return nil
}

// Params fill the places in a translated text, by name. Values are shown as text, never as markup.
type Params map[string]string

// Field is one refused input: its name as the window knows it, and the code of the text that explains the refusal.
type Field struct {
	Name   string `json:"name"`
	Code   string `json:"code"`
	Params Params `json:"params,omitempty"`
}

// Error is the public form. Its text goes to the log; the window gets the JSON form, which leaves the cause out.
type Error struct {
	Code   Code    `json:"code"`
	Reason string  `json:"reason,omitempty"` // narrows Code down, e.g. "schema_newer"; a message key in the window
	Params Params  `json:"params,omitempty"`
	Fields []Field `json:"fields,omitempty"`
	cause  error
}

// New makes an error of a code with an optional reason.
func New(code Code, reason string) *Error { return &Error{Code: code, Reason: reason} }

// Wrap makes an error that hides cause from the window and keeps it for the log and for errors.Is.
func Wrap(cause error, code Code, reason string) *Error {
	return &Error{Code: code, Reason: reason, cause: cause}
}

// With returns the error with one more parameter for its text.
func (e *Error) With(name, value string) *Error {
	if e.Params == nil {
		e.Params = Params{}
	}
	e.Params[name] = value
	return e
}

// At returns the error with one more refused field.
func (e *Error) At(field, code string) *Error {
	e.Fields = append(e.Fields, Field{Name: field, Code: code})
	return e
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(string(e.Code))
	if e.Reason != "" {
		fmt.Fprintf(&b, " (%s)", e.Reason)
	}
	for _, f := range e.Fields {
		fmt.Fprintf(&b, " %s:%s", f.Name, f.Code)
	}
	if e.cause != nil {
		fmt.Fprintf(&b, ": %v", e.cause)
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.cause }

// CodeOf returns the code of the first Error in err's chain, Internal for any other error, "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Internal
}

// ReasonOf returns the reason of the first Error in err's chain, or "".
func ReasonOf(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Reason
	}
	return ""
}

// FieldsOf returns the refused fields of the first Error in err's chain.
func FieldsOf(err error) []Field {
	var e *Error
	if errors.As(err, &e) {
		return e.Fields
	}
	return nil
}

// JSON is what crosses to the window: the public form of err, and nothing of its cause.
func JSON(err error) string {
	public := &Error{Code: Internal}
	errors.As(err, &public)
	text, marshalErr := json.Marshal(public)
	if marshalErr != nil { // strings and maps of strings always marshal
		return `{"code":"internal"}`
	}
	return string(text)
}

// Check gathers the refusals of one input, so that a person sees all of them at once.
type Check struct{ fields []Field }

// Refuse notes that a field was refused. Params come as name, value pairs. The first refusal of a field stands: what
// could not be read needs no second reason.
func (c *Check) Refuse(name, code string, params ...string) {
	f := Field{Name: name, Code: code}
	for i := 0; i+1 < len(params); i += 2 {
		if f.Params == nil {
			f.Params = Params{}
		}
		f.Params[params[i]] = params[i+1]
	}
	c.add(f)
}

func (c *Check) add(f Field) {
	for _, refused := range c.fields {
		if refused.Name == f.Name {
			return
		}
	}
	c.fields = append(c.fields, f)
}

// Merge takes over the refusals of another check or error, with their names put behind prefix ("tiers.2.").
func (c *Check) Merge(prefix string, err error) {
	var e *Error
	if !errors.As(err, &e) {
		return
	}
	for _, f := range e.Fields {
		f.Name = prefix + f.Name
		c.add(f)
	}
}

// Err is nil when nothing was refused, else one Invalid error with every refusal.
func (c *Check) Err() error {
	if len(c.fields) == 0 {
		return nil
	}
	return &Error{Code: Invalid, Fields: c.fields}
}
