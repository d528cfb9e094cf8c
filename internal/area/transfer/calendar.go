package transfer

import (
	"fmt"
	"time"

	ics "github.com/arran4/golang-ical"

	"kontor/internal/core/words"
)

// Calendar writes deadlines as an iCalendar file in the words of its reader. Entries keep
// their identity, so that importing a later file moves them instead of doubling them.
func Calendar(t Transfer, deadlines []Deadline, reader words.Locale, now time.Time) string {
	book := words.For(reader)
	cal := ics.NewCalendarFor("Kontor")
	cal.SetProductId("-//Kontor//Kontor//EN")
	cal.SetMethod(ics.MethodPublish)
	for _, d := range deadlines {
		title := words.Of(book, "transfer_calendar_", d.Kind, "domain", Display(t.Domain))
		e := cal.AddEvent(fmt.Sprintf("%s.%s@kontor", t.ID, d.Kind))
		e.SetDtStampTime(now.UTC())
		e.SetSummary(title)
		e.SetTimeTransparency(ics.TransparencyTransparent)
		if d.At.IsZero() {
			e.SetAllDayStartAt(d.Day.Time())
			e.SetAllDayEndAt((d.Day + 1).Time())
		} else {
			e.SetStartAt(d.At.UTC())
			e.SetEndAt(d.At.UTC())
		}
		alarm := e.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetTrigger("-P1D")
		alarm.SetProperty(ics.ComponentPropertyDescription, title)
	}
	return cal.Serialize(ics.WithNewLineWindows)
}
