package transfer

import (
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/bridge"
)

// Input is a request as typed; days as 2026-11-20, Started as 2026-11-20T13:02:00Z.
type Input struct {
	Domain     string `json:"domain"`
	Holder     string `json:"holder"`
	Registrar  string `json:"registrar"`
	Order      string `json:"order"`
	Fee        string `json:"fee"` // in the organization's currency; "" is not known
	Code       string `json:"code"`
	Started    string `json:"started"`
	Registered string `json:"registered"`
	Moved      string `json:"moved"`
	Expires    string `json:"expires"`
	Pending    bool   `json:"pending"` // it is still to be asked for in the Manager
}

// read makes a request of what was typed. What is typed well is judged too, so that the person sees everything at once.
func (in Input) read(currency money.Currency, now time.Time, today day.Day) (New, error) {
	var c fault.Check
	n := New{
		Domain: in.Domain, Holder: in.Holder, Registrar: in.Registrar, Order: in.Order, Code: in.Code,
		Facts: readFacts(&c, in.Registered, in.Moved, in.Expires), Started: readMoment(&c, "started", in.Started), Pending: in.Pending,
	}
	if in.Fee != "" {
		fee, err := money.ParseAmount(in.Fee, currency)
		if err != nil {
			money.Refuse(&c, "fee", err, currency.Decimals(), "")
		}
		n.Fee = &fee
	}
	if c.Err() != nil {
		c.Merge("", n.Validate(now, today))
	}
	return n, c.Err()
}

// FactsInput changes what is known of a request.
type FactsInput struct {
	Version    int    `json:"version"`
	Holder     string `json:"holder"`
	Registrar  string `json:"registrar"`
	Order      string `json:"order"`
	Registered string `json:"registered"`
	Moved      string `json:"moved"`
	Expires    string `json:"expires"`
	RestartBy  string `json:"restartBy"` // 2026-11-28T15:04:00Z; "" if there is no limit
}

func (in FactsInput) read() (Update, error) {
	var c fault.Check
	facts := readFacts(&c, in.Registered, in.Moved, in.Expires)
	by := readMoment(&c, "restartBy", in.RestartBy)
	return Update{Holder: &in.Holder, Registrar: &in.Registrar, Order: &in.Order, Facts: &facts, RestartBy: &by}, c.Err()
}

// FailureInput is how an attempt ended.
type FailureInput struct {
	Data  string `json:"data"`  // the message, text or an e-mail file, in base64; "" if there is none
	Cause string `json:"cause"` // instead of what the message says; "" leaves it to the diagnosis
	Ended string `json:"ended"` // 2026-11-19T15:04:00Z; "" takes the message's, or now
}

func (in FailureInput) read() (f Failure, err error) {
	var c fault.Check
	f.Cause, f.At = Cause(in.Cause), readMoment(&c, "ended", in.Ended)
	if err := c.Err(); err != nil || in.Data == "" {
		return f, err
	}
	f.Message, err = upload("message", in.Data, MaxMessage)
	return f, err
}

// Target is how a file of a transfer is to be saved.
type Target struct {
	Title    string `json:"title"`    // of the dialog
	Name     string `json:"name"`     // of the file, without its ending
	Language string `json:"language"` // tag of who reads it
}

// upload reads a file that the window has sent; what cannot be read is refused at the field.
func upload(field, data string, most int) ([]byte, error) {
	raw, err := bridge.File(data, most)
	if err == nil {
		return raw, nil
	}
	var c fault.Check
	if fault.ReasonOf(err) == "file_too_large" {
		refuseSize(&c, field, most)
	} else {
		c.Refuse(field, "not_text")
	}
	return nil, c.Err()
}

func readFacts(c *fault.Check, registered, moved, expires string) Facts {
	read := func(name, text string) day.Day {
		if text == "" {
			return 0
		}
		d, err := day.Parse(text)
		if err != nil {
			c.Refuse(name, "not_a_date")
		}
		return d
	}
	return Facts{Registered: read("registered", registered), Moved: read("moved", moved), Expires: read("expires", expires)}
}

func readMoment(c *fault.Check, name, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		c.Refuse(name, "not_a_date")
	}
	return t
}
