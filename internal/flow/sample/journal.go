package sample

import (
	"context"
	"fmt"
	"math"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// entries is how many the journal holds when the story has been told.
const entries = 5000

// habit is something that people do, how often compared with the rest, and how it may end.
type habit struct {
	weight  int
	action  audit.Action
	product audit.Product
	objects []string
	failsIn int // one in so many fails; 0 never
}

var files = []string{
	"Offerta Hotel Tre Larici.pdf", "Rechnung 2026-0187.pdf", "invoice 2026-0312.pdf", "Logo quadrato v3.png", "contratto.docx",
	"Fotos Fassade.zip", "budget 2027.xlsx", "menu d'automne.indd", "Protokoll Vorstand.odt", "brochure ES.pdf",
}

var sites = []string{"tre-larici.com", "ponteri.example", "corte-solari.ch", "montebruno.it", "caffe-aurora.ch", "atelier-vuilleumier.ch"}

var mailboxes = []string{"info", "prenotazioni", "rechnung", "contact", "hola"}

var habits = []habit{
	{300, audit.LoginOK, audit.Session, nil, 0},
	{140, audit.LoginOKByCookie, audit.Session, nil, 0},
	{24, audit.LoginAttempt, audit.Session, nil, 1},
	{260, audit.ItemAdded, audit.Drive, files, 60},
	{220, audit.ItemChanged, audit.Drive, files, 0},
	{60, audit.ItemDeleted, audit.Drive, files, 0},
	{90, audit.WebmailUsed, audit.EmailHosting, mailboxes, 0},
	{40, audit.ItemAdded, audit.EmailHosting, mailboxes, 20},
	{36, audit.ServerChanged, audit.WebHosting, sites, 12},
	{12, audit.ServerAdded, audit.WebHosting, sites, 0},
	{30, audit.OrderHandled, audit.Domain, sites, 15},
	{34, audit.InvoiceGenerated, audit.Payment, []string{"2026-0187", "2026-0312", "2026-0341", "2026-0402"}, 0},
	{10, audit.FundsTransferred, audit.Prepaid, nil, 8},
	{10, audit.ItemLocked, audit.Domain, sites, 0},
	{8, audit.ItemUnlocked, audit.Domain, sites, 0},
	{26, audit.AutomaticEmailSent, audit.EmailHosting, mailboxes, 30},
	{5, audit.PasswordChanged, audit.Account, nil, 0},
	{3, audit.AdminRoleGiven, audit.Organization, nil, 0},
	{6, audit.ItemChanged, audit.Branding, []string{"Logo quadrato v3.png"}, 0},
	{9, audit.ItemChanged, audit.SwissBackup, []string{"NAS studio", "NAS hotel"}, 9},
}

// journal invents a year of work: days of unequal length, quiet weekends, a summer break, one week without any entry.
func journal(ctx context.Context, s *story) error {
	var total int
	for _, h := range habits {
		total += h.weight
	}
	days := s.days()
	list := make([]activity.Entry, 0, entries)
	for d, count := range days {
		for range count {
			h := s.draw(total)
			p := s.people[s.lot.IntN(len(s.people))]
			e := activity.Entry{
				At:        s.today.AddDate(0, 0, d-len(days)).Add(s.hour()),
				AccountID: p.account.ID, OrganizationID: p.member[s.lot.IntN(len(p.member))],
				Action: h.action, Product: h.product, Result: audit.OK,
			}
			if h.failsIn > 0 && s.lot.IntN(h.failsIn) == 0 {
				e.Result = audit.Failed
			}
			if len(h.objects) > 0 {
				e.ObjectName = h.objects[s.lot.IntN(len(h.objects))]
				e.ObjectID = fmt.Sprintf("%s-%d", h.product, s.lot.IntN(900)+100)
			}
			list = append(list, e)
		}
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.journal.Load(ctx, tx, list) })
}

func (s *story) draw(total int) habit {
	n := s.lot.IntN(total)
	for _, h := range habits {
		if n -= h.weight; n < 0 {
			return h
		}
	}
	return habits[0]
}

// days spreads the entries over the year that ended yesterday.
func (s *story) days() []int {
	const year = 364
	weights := make([]float64, year)
	var sum float64
	for d := range weights {
		date := s.today.AddDate(0, 0, d-year)
		w := 0.6 + s.lot.Float64()
		switch date.Weekday() {
		case time.Saturday:
			w *= 0.25
		case time.Sunday:
			w *= 0.12
		}
		if date.Month() == time.August && date.Day() <= 14 {
			w *= 0.15
		}
		if d >= 140 && d < 147 { // the computer was switched off: a gap, not a row of zeros
			w = 0
		}
		weights[d], sum = w, sum+w
	}
	counts, given := make([]int, year), 0
	var carry float64
	for d, w := range weights {
		carry += w / sum * entries
		counts[d] = int(math.Floor(carry)) - given
		given += counts[d]
	}
	counts[year-1] += entries - given
	return counts
}

// hour draws a moment of a working day, with a few late ones.
func (s *story) hour() time.Duration {
	minute := 7*60 + s.lot.IntN(11*60)
	if s.lot.IntN(25) == 0 {
		minute = s.lot.IntN(24 * 60)
	}
	return time.Duration(minute)*time.Minute + time.Duration(s.lot.IntN(60_000))*time.Millisecond
}
