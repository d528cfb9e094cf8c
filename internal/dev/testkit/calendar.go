package testkit

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
)

// CalendarEvent is what another program reads of an event.
type CalendarEvent struct {
	Start, End time.Time
	Summary    string
	Alarms     int
}

// ReadCalendar reads the events of a calendar file by what they are known by, with a library that has nothing to do with
// the one that wrote it. Lines have to end, and to be folded, as RFC 5545 says.
func ReadCalendar(t testing.TB, file []byte) map[string]CalendarEvent {
	t.Helper()
	for line := range strings.SplitSeq(string(file), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line that is not folded, or not ended by CR and LF: %q", line)
		}
	}
	in := ical.NewDecoder(bytes.NewReader(file))
	calendar, err := in.Decode()
	if err != nil {
		t.Fatalf("%v in\n%s", err, file)
	}
	if err := ical.NewEncoder(&bytes.Buffer{}).Encode(calendar); err != nil { // it looks at what has to be there, and how often
		t.Errorf("%v in\n%s", err, file)
	}
	events := map[string]CalendarEvent{}
	for _, e := range calendar.Events() {
		uid, err := e.Props.Text(ical.PropUID)
		if _, twice := events[uid]; twice || uid == "" || err != nil {
			t.Errorf("an event is known by %q, %v", uid, err)
		}
		read := CalendarEvent{}
		if read.Start, err = e.DateTimeStart(time.UTC); err == nil {
			read.End, err = e.DateTimeEnd(time.UTC)
		}
		if err != nil || read.End.Before(read.Start) {
			t.Errorf("%s: from %v to %v, %v", uid, read.Start, read.End, err)
		}
		if read.Summary, err = e.Props.Text(ical.PropSummary); err != nil || read.Summary == "" {
			t.Errorf("%s: %q, %v", uid, read.Summary, err)
		}
		for _, part := range e.Children {
			if part.Name == ical.CompAlarm {
				read.Alarms++
			}
		}
		events[uid] = read
	}
	return events
}
