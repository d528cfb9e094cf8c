package sample

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/core/access"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// How many entries the journal holds when the story has been told: what Kontor itself saw, and what a file brought in.
const (
	entries = 4300
	foreign = 900
)

// habit is something that people do, how often compared with the rest, and how it may end.
type habit struct {
	weight  int
	action  audit.Action
	product audit.Product
	objects []string
	failsIn int // one in so many fails; 0 never
}

var sites = []string{"tre-larici.com", "ponteri.example", "corte-solari.ch", "montebruno.it", "caffe-aurora.ch", "atelier-vuilleumier.ch"}

var customers = []string{"Corte Solari", "Caffè Aurora", "Atelier Vuilleumier", "Garage Bernasca", "Panificio Lucerna", "Studio Legale Riva"}

var renewals = []string{"Web hosting, 35 sites", "kSuite Pro", "isole-verbano.ch", "Swiss Backup 2 TB", "Newsletter"}

// habits are acts that Kontor sees: each is one of its own areas.
var habits = []habit{
	{300, audit.LoginOK, audit.Session, nil, 0},
	{140, audit.LoginOKByCookie, audit.Session, nil, 0},
	{24, audit.LoginAttempt, audit.Session, nil, 1},
	{90, audit.SessionEnded, audit.Session, nil, 0},
	{60, audit.ItemAdded, audit.Client, customers, 0},
	{170, audit.ItemChanged, audit.Client, customers, 60},
	{14, audit.ItemDeleted, audit.Client, customers, 0},
	{70, audit.ItemAdded, audit.Payment, renewals, 0},
	{150, audit.ItemChanged, audit.Payment, renewals, 0},
	{18, audit.ItemDeleted, audit.Payment, renewals, 0},
	{12, audit.DataImported, audit.Payment, nil, 9},
	{34, audit.OrderHandled, audit.Prepaid, []string{"20614", "20588", "20431", "20402"}, 0},
	{30, audit.FundsTransferred, audit.Prepaid, []string{"top_up", "cashback", "payment"}, 8},
	{36, audit.ItemAdded, audit.Domain, sites, 0},
	{90, audit.ItemChanged, audit.Domain, sites, 12},
	{26, audit.OrderHandled, audit.Domain, sites, 15},
	{40, audit.ItemChanged, audit.Branding, []string{"square", "rectangular", "draft"}, 0},
	{16, audit.DataExported, audit.Branding, []string{"sheet", "logo"}, 0},
	{70, audit.DataExported, audit.Partner, []string{"kSuite Pro", "Web hosting"}, 0},
	{12, audit.ItemChanged, audit.Partner, []string{"schedule"}, 0},
	{26, audit.AutomaticEmailSent, audit.Session, []string{"mail"}, 30},
	{60, audit.LinkOpened, audit.Workspace, []string{"https://manager.infomaniak.com"}, 0},
	{20, audit.SettingsChanged, audit.Workspace, []string{"mail_server"}, 0},
	{40, audit.ItemChanged, audit.Account, nil, 0},
	{5, audit.PasswordChanged, audit.Account, nil, 0},
	{3, audit.AdminRoleGiven, audit.Organization, nil, 0},
}

var files = []string{
	"Offerta Hotel Tre Larici.pdf", "Rechnung 2026-0187.pdf", "invoice 2026-0312.pdf", "Logo quadrato v3.png", "contratto.docx",
	"Fotos Fassade.zip", "budget 2027.xlsx", "menu d'automne.indd", "Protokoll Vorstand.odt", "brochure ES.pdf",
}

var mailboxes = []string{"info", "prenotazioni", "rechnung", "contact", "hola"}

// elsewhere are acts that Kontor does not see. A file tells of them, and its entries stay marked as imported.
var elsewhere = []habit{
	{260, audit.ItemAdded, audit.Drive, files, 60},
	{220, audit.ItemChanged, audit.Drive, files, 0},
	{60, audit.ItemDeleted, audit.Drive, files, 0},
	{90, audit.WebmailUsed, audit.EmailHosting, mailboxes, 0},
	{36, audit.ServerChanged, audit.WebHosting, sites, 12},
	{34, audit.InvoiceGenerated, audit.Payment, []string{"2026-0187", "2026-0312", "2026-0341", "2026-0402"}, 0},
	{9, audit.ItemChanged, audit.SwissBackup, []string{"NAS studio", "NAS hotel"}, 9},
}

// journal invents a year of work: days of unequal length, quiet weekends, a summer break, one week without any entry.
func journal(ctx context.Context, s *story) error {
	list := make([]activity.Entry, 0, entries)
	days := s.days(entries)
	for d, count := range days {
		for range count {
			h := s.draw(habits)
			p := s.people[s.random.IntN(len(s.people))]
			e := activity.Entry{
				At:        s.today.AddDate(0, 0, d-len(days)).Add(s.hour()),
				AccountID: p.account.ID, OrganizationID: p.member[s.random.IntN(len(p.member))],
				Action: h.action, Product: h.product, Result: s.result(h),
			}
			if len(h.objects) > 0 {
				e.ObjectName = h.objects[s.random.IntN(len(h.objects))]
				e.ObjectID = fmt.Sprintf("%s-%d", h.product, s.random.IntN(900)+100)
			}
			list = append(list, e)
		}
	}
	if err := s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.journal.Load(ctx, tx, list) }); err != nil {
		return err
	}
	return bringLog(ctx, s)
}

// bringLog imports the log of another program into the studio's journal, as Elena would: some of its names are members.
func bringLog(ctx context.Context, s *story) error {
	var file bytes.Buffer
	w := csv.NewWriter(&file)
	columns := []activity.Field{
		activity.FieldMoment, activity.FieldAccount, activity.FieldProduct, activity.FieldAction, activity.FieldObject, activity.FieldResult,
	}
	m := activity.Mapping{Columns: map[activity.Field]string{}}
	head := []string{}
	for _, c := range columns {
		m.Columns[c] = string(c)
		head = append(head, string(c))
	}
	if err := w.Write(head); err != nil {
		return err
	}
	days := s.days(foreign)
	for d, count := range days {
		for range count {
			h := s.draw(elsewhere)
			who := []string{s.people[0].account.LoginEmail, s.people[1].account.LoginEmail, s.people[2].account.LoginEmail, "Ditta Esterna Sagl"}[s.random.IntN(4)]
			at := s.today.AddDate(0, 0, d-len(days)).Add(s.hour())
			if err := w.Write([]string{
				at.Format(time.RFC3339Nano), who, string(h.product), string(h.action), h.objects[s.random.IntN(len(h.objects))], string(s.result(h)),
			}); err != nil {
				return err
			}
		}
	}
	w.Flush()
	began := s.clock
	s.clock = s.today.AddDate(0, 0, -1).Add(17 * time.Hour)
	defer func() { s.clock = began }()
	elena := access.With(ctx, access.Actor{AccountID: s.people[0].account.ID, OrganizationID: s.orgs[0].ID, Role: access.LegalRepresentative})
	_, err := s.journal.Import(elena, "log-2026.csv", file.String(), m, nil)
	return err
}

func (s *story) result(h habit) audit.Result {
	if h.failsIn > 0 && s.random.IntN(h.failsIn) == 0 {
		return audit.Failed
	}
	return audit.OK
}

func (s *story) draw(list []habit) habit {
	var total int
	for _, h := range list {
		total += h.weight
	}
	n := s.random.IntN(total)
	for _, h := range list {
		if n -= h.weight; n < 0 {
			return h
		}
	}
	return list[0]
}

// days spreads so many entries over the year that ended yesterday.
func (s *story) days(entries int) []int {
	const year = 364
	weights := make([]float64, year)
	var sum float64
	for d := range weights {
		date := s.today.AddDate(0, 0, d-year)
		w := 0.6 + s.random.Float64()
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
		carry += w / sum * float64(entries)
		counts[d] = int(math.Floor(carry)) - given
		given += counts[d]
	}
	counts[year-1] += entries - given
	return counts
}

// hour draws a moment of a working day, with a few late ones.
func (s *story) hour() time.Duration {
	minute := 7*60 + s.random.IntN(11*60)
	if s.random.IntN(25) == 0 {
		minute = s.random.IntN(24 * 60)
	}
	return time.Duration(minute)*time.Minute + time.Duration(s.random.IntN(60_000))*time.Millisecond
}
