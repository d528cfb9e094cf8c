package payment

import (
	"context"
	"strconv"
	"strings"

	ics "github.com/arran4/golang-ical"

	"kontor/internal/core/access"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Calendar returns the renewals of the next 60 days as a calendar file (RFC 5545): one whole-day event for each charge,
// with a reminder on the day before. A charge is known by its product and by how many come before it, not by its date:
// a calendar that takes a later file shows a corrected date in the place of the first.
func (s *Service) Calendar(ctx context.Context) ([]byte, error) {
	report, err := s.Cover(ctx)
	if err != nil {
		return nil, err
	}
	file := ics.NewCalendarFor("Kontor")
	file.SetProductId("-//Kontor//Renewals//EN")
	file.SetMethod(ics.MethodPublish)
	for _, c := range report.Covers {
		// Whoever renews a product moves all of its charges on: the n-th from the beginning stays the n-th.
		e := file.AddEvent(c.Renewal.ID + "-" + strconv.Itoa(c.Renewal.Terms+c.Nth) + "@kontor")
		e.SetDtStampTime(s.db.Now())
		e.SetAllDayStartAt(c.ChargedOn.Time())
		e.SetAllDayEndAt((c.ChargedOn + 1).Time())
		e.SetSummary(strings.Join([]string{c.Renewal.Product, c.Renewal.Amount.String(), c.Profile.Sign()}, " · "))
		e.SetTimeTransparency(ics.TransparencyTransparent)
		alarm := e.AddAlarm()
		alarm.SetAction(ics.ActionDisplay)
		alarm.SetDescription(c.Renewal.Product)
		alarm.SetTrigger("-P1D")
	}
	return []byte(file.Serialize(ics.WithNewLineWindows)), nil
}

// Exported tells the journal that renewals have left the program, in a file of that format.
func (s *Service) Exported(ctx context.Context, format string) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		return s.o.Journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Payment, ObjectID: actor.OrganizationID, New: format,
		})
	})
}

// Sign is the means as it is called in every language.
func (p Profile) Sign() string {
	switch p.Kind {
	case Card:
		return map[Brand]string{Visa: "Visa", Mastercard: "Mastercard"}[p.Brand] + " " + p.Last4
	case PostFinance:
		return "PostFinance " + p.Last4
	case Twint:
		return "TWINT"
	case PayPal:
		return "PayPal"
	case EBill:
		return "eBill"
	case Bank:
		return "IBAN"
	case Prepaid:
		return "Prepaid"
	}
	return ""
}
