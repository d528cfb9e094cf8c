package mirror

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the days of Infomaniak end in Zurich, also on computers that do not know where that is

	"kontor/internal/core/day"
)

// zurich is where the days of Infomaniak begin and end: an end date is midnight there, which is the day before in UTC.
var zurich = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Zurich")
	if err != nil {
		panic(err) // it is part of the program
	}
	return zone
}()

// endOf is the day that a moment of Infomaniak stands for; no day for none.
func endOf(t time.Time) day.Day {
	if t.IsZero() || t.Unix() <= 0 {
		return 0
	}
	return day.Of(t, zurich)
}

// The areas of what is read.
const (
	areaProfile       = "profile"
	areaOrganizations = "organizations"
	areaServices      = "services"
	areaProducts      = "products"
	areaDomains       = "domains"
	areaMembers       = "members"
	areaTeams         = "teams"
	areaDrives        = "drives"
	areaEvents        = "activities"
	areaSessions      = "sessions" // rows of the profile, not asked by themselves
	areaDevices       = "devices"
)

// row is one row of a list as it is kept.
type row struct {
	id, name string
	ends     day.Day
	fields   any
}

// sheet is one page of rows as they are kept.
type sheet struct {
	rows       []row
	events     []Event
	ahead      int // events of this page that are kept already, and how many of them were new
	fresh      int
	unreadable int
	total      int
	next       string
	last       bool
}

// resource is how an area is asked.
type resource struct {
	area  string
	scope string        // that its success proves
	every time.Duration // it is not asked again before, unless the person wishes it
	open  bool          // per organization, only where it is linked or was opened
	fetch func(ctx context.Context, r Reader, of, cursor string, from time.Time) (sheet, error)
}

// resources are in the order in which they are asked; the profile comes before them all.
var resources = []resource{
	{areaOrganizations, "accounts", 10 * time.Minute, false, func(ctx context.Context, r Reader, _, _ string, _ time.Time) (sheet, error) {
		p, err := r.Accounts(ctx)
		return sheetOf(p, true, func(a Account) row { return row{id: a.ID, name: a.Name, fields: a} }), err
	}},
	{areaProducts, "", time.Hour, false, func(ctx context.Context, r Reader, _, cursor string, _ time.Time) (sheet, error) {
		p, err := r.Products(ctx, pageOf(cursor))
		return paged(cursor, sheetOf(p, false, func(p Product) row { return row{p.ID, p.Name, endOfProduct(p), p} })), err
	}},
	{areaDomains, "domain:read", time.Hour, false, func(ctx context.Context, r Reader, _, cursor string, _ time.Time) (sheet, error) {
		p, err := r.RemoteDomains(ctx, pageOf(cursor))
		return paged(cursor, sheetOf(p, false, func(d Domain) row { return row{d.Name, d.Name, endOf(d.Ends), d} })), err
	}},
	{areaServices, "accounts", time.Hour, true, func(ctx context.Context, r Reader, of, _ string, _ time.Time) (sheet, error) {
		p, err := r.Services(ctx, of)
		return sheetOf(p, true, func(c ServiceCount) row { return row{id: c.ID, name: c.Name, fields: c} }), err
	}},
	{areaMembers, "accounts", time.Hour, true, func(ctx context.Context, r Reader, of, cursor string, _ time.Time) (sheet, error) {
		p, err := r.Members(ctx, of, pageOf(cursor))
		return paged(cursor, sheetOf(p, false, func(m Member) row { return row{id: m.ID, name: m.Name, fields: m} })), err
	}},
	{areaTeams, "accounts", time.Hour, true, func(ctx context.Context, r Reader, of, _ string, _ time.Time) (sheet, error) {
		p, err := r.RemoteTeams(ctx, of)
		return sheetOf(p, true, func(t RemoteTeam) row { return row{id: t.ID, name: t.Name, fields: t} }), err
	}},
	{areaDrives, "drive", 6 * time.Hour, true, func(ctx context.Context, r Reader, of, _ string, _ time.Time) (sheet, error) {
		p, err := r.Drives(ctx, of)
		return sheetOf(p, true, func(d Drive) row { d.Account = of; return row{id: d.ID, name: d.Name, fields: d} }), err
	}},
	{areaEvents, "drive", 10 * time.Minute, true, func(ctx context.Context, r Reader, of, cursor string, from time.Time) (sheet, error) {
		p, err := r.Events(ctx, of, from, cursor)
		return sheet{events: p.Rows, unreadable: p.Unreadable, total: -1, next: p.Next, last: p.Last || p.Next == ""}, err
	}},
}

func resourceOf(area string) (resource, bool) {
	for _, r := range resources {
		if r.area == area {
			return r, true
		}
	}
	return resource{}, false
}

// endOfProduct is the end that can be believed: the lists of products give a domain's first contract, not its end.
func endOfProduct(p Product) day.Day {
	if p.Service == "domain" {
		return 0
	}
	return endOf(p.Ends)
}

func sheetOf[T any](p Page[T], last bool, keep func(T) row) sheet {
	s := sheet{unreadable: p.Unreadable, total: p.Total, last: last || p.Last}
	if last {
		s.total = -1
	}
	for _, one := range p.Rows {
		if r := keep(one); r.id == "" {
			s.unreadable++
		} else {
			s.rows = append(s.rows, r)
		}
	}
	return s
}

// pageOf is the number of the page that a cursor stands for.
func pageOf(cursor string) int {
	n, _ := strconv.Atoi(cursor)
	return max(n, 1)
}

func paged(cursor string, s sheet) sheet {
	s.next = strconv.Itoa(pageOf(cursor) + 1)
	return s
}

// rowsOfSessions gives sign-ins an id: what does not change while one lasts. Those that are alike are counted.
func rowsOfSessions(list []SignIn) []row {
	rows, seen := []row{}, map[string]int{}
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b SignIn) int { return b.LastActive.Compare(a.LastActive) })
	for _, s := range sorted {
		sum := sha256.Sum256([]byte(strings.Join([]string{s.Browser, s.Device, s.UserAgent, s.Address, s.Location}, "\x1f")))
		id := hex.EncodeToString(sum[:8])
		if seen[id]++; seen[id] > 1 {
			id += "-" + strconv.Itoa(seen[id])
		}
		rows = append(rows, row{id: id, name: s.Browser, fields: s})
	}
	return rows
}

func rowsOfDevices(list []Device) []row {
	rows := []row{}
	for _, d := range list {
		if d.ID != "" {
			rows = append(rows, row{id: d.ID, name: d.Name, fields: d})
		}
	}
	return rows
}
