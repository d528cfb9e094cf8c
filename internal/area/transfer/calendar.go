package transfer

import (
	"fmt"
	"time"

	ics "github.com/arran4/golang-ical"
)

// titles of the calendar's entries. They are here and not in the window's texts because they leave with the file.
//
//nolint:misspell // four of the languages are not English
var titles = map[string]map[DeadlineKind]string{
	"en": {
		RestartUntil: "Last moment to restart the transfer of %s", SixtyDaysOver: "%s can be transferred from today (60 days are over)",
		RenewBefore: "%s expires", CodeOutdated: "The authorization code of %s is getting old",
		RegistryUntil: "The registry should have answered about %s",
	},
	"it": {
		RestartUntil: "Ultimo momento per riavviare il trasferimento di %s", SixtyDaysOver: "Da oggi %s può essere trasferito (60 giorni trascorsi)",
		RenewBefore: "%s scade", CodeOutdated: "Il codice di autorizzazione di %s sta invecchiando",
		RegistryUntil: "Il registro dovrebbe aver risposto per %s",
	},
	"fr": {
		RestartUntil: "Dernier moment pour relancer le transfert de %s", SixtyDaysOver: "%s peut être transféré dès aujourd’hui (60 jours écoulés)",
		RenewBefore: "%s arrive à échéance", CodeOutdated: "Le code d’autorisation de %s vieillit",
		RegistryUntil: "Le registre devrait avoir répondu pour %s",
	},
	"de": {
		RestartUntil: "Letzter Moment, um die Übertragung von %s neu zu starten", SixtyDaysOver: "%s kann ab heute übertragen werden (60 Tage sind um)",
		RenewBefore: "%s läuft ab", CodeOutdated: "Der Autorisierungscode von %s wird alt",
		RegistryUntil: "Die Registry sollte zu %s geantwortet haben",
	},
	"es": {
		RestartUntil: "Último momento para reiniciar la transferencia de %s", SixtyDaysOver: "%s puede transferirse desde hoy (han pasado 60 días)",
		RenewBefore: "%s caduca", CodeOutdated: "El código de autorización de %s envejece",
		RegistryUntil: "El registro debería haber respondido sobre %s",
	},
}

// Calendar writes deadlines as an iCalendar file in one of the five languages (English for any other). Entries keep
// their identity, so that importing a later file moves them instead of doubling them.
func Calendar(t Transfer, deadlines []Deadline, locale string, now time.Time) string {
	words, ok := titles[locale]
	if !ok {
		words = titles["en"]
	}
	cal := ics.NewCalendarFor("Kontor")
	cal.SetProductId("-//Kontor//Kontor//EN")
	cal.SetMethod(ics.MethodPublish)
	for _, d := range deadlines {
		title := fmt.Sprintf(words[d.Kind], Display(t.Domain))
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
	return cal.Serialize()
}
