package transfer

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
)

// paid answers for one order and one domain.
type paid []Booking

func (l paid) PaidFor(_ context.Context, order, domain string) ([]Booking, error) {
	if order != "20655" || domain != "tre-larici.com" {
		return nil, fmt.Errorf("asked for %s, %s", order, domain)
	}
	return l, nil
}

func TestARestartIsNotInTheLedger(t *testing.T) {
	begun := time.Date(2026, 11, 10, 14, 2, 0, 0, time.UTC)
	at := func(hours int) Booking {
		return Booking{Entry: int64(hours + 100), At: begun.Add(time.Duration(hours) * time.Hour), Amount: cents.Amount(1490, money.CHF)}
	}
	running := []Attempt{{Number: 1, Started: begun}}
	restarted := []Attempt{{Number: 2, Started: begun.Add(50 * time.Hour)}, {Number: 1, Started: begun, Ended: begun.Add(time.Hour), Outcome: Failed}}
	for _, c := range []struct {
		name         string
		attempts     []Attempt
		ledger       paid
		first, again string
	}{
		{"paid once", restarted, paid{at(0)}, "100", ""},
		{"paid late", restarted, paid{at(60)}, "160", ""},
		{"in two parts", restarted, paid{at(0), at(1)}, "100 101", ""},
		{"paid again", restarted, paid{at(0), at(51)}, "100", "151"},
		{"nothing", restarted, nil, "", ""},
		{"while the first runs", running, paid{at(0), at(51)}, "100 151", ""},
	} {
		d := Detail{Transfer: Transfer{Domain: "tre-larici.com", Order: "20655"}, Attempts: c.attempts}
		got, err := d.booked(t.Context(), c.ledger)
		if err != nil {
			t.Fatal(err)
		}
		entries := func(list []Booking) string {
			var s []string
			for _, one := range list {
				s = append(s, fmt.Sprint(one.Entry))
			}
			return strings.Join(s, " ")
		}
		if entries(got.First) != c.first || entries(got.Again) != c.again {
			t.Errorf("%s: first %q, again %q", c.name, entries(got.First), entries(got.Again))
		}
	}
}
