package expiry

import (
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/words"
	"kontor/internal/host/bridge"
)

// EntryView is one end.
type EntryView struct {
	Key          string       `json:"key"`
	Kind         string       `json:"kind"` // domain, product, card, invitation, token, certificate, other
	Name         string       `json:"name"`
	Service      string       `json:"service"` // of a product at Infomaniak, in its own word
	Place        string       `json:"place"`
	Organization string       `json:"organization"`
	Ends         string       `json:"ends"`  // 2027-01-15
	Days         int          `json:"days"`  // from today; below 0: it has ended
	Noted        string       `json:"noted"` // the day that is noted here where Infomaniak tells another
	Note         string       `json:"note"`
	Pays         string       `json:"pays"`   // paid, unpaid, unclear, client, nothing
	Status       string       `json:"status"` // of the cover check; "" where no renewal is noted
	Means        string       `json:"means"`
	Paying       int          `json:"paying"` // of a card: how many renewals it pays
	Price        bridge.Money `json:"price"`  // none: not known
	Source       string       `json:"source"` // typed, noted, means, moving, read, reckoned
	At           string       `json:"at"`     // when it was read at Infomaniak
	Stale        bool         `json:"stale"`
	Renewable    bool         `json:"renewable"` // it can be made a renewal
	Date         string       `json:"date"`      // id, of what was typed here
	Version      int          `json:"version"`
	Route        string       `json:"route"`
}

// WeekView counts the ends of a week by who pays.
type WeekView struct {
	From    string `json:"from"` // its Monday
	Paid    int    `json:"paid"`
	Unpaid  int    `json:"unpaid"`
	Unclear int    `json:"unclear"`
	Nothing int    `json:"nothing"`
}

// GroupView is an organization of which there are entries.
type GroupView struct {
	Place string `json:"place"`
	Name  string `json:"name"`
}

// PlaceView is an organization of the person here.
type PlaceView struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Currency string `json:"currency"`
}

// ListView is what a query found.
type ListView struct {
	Today   string         `json:"today"`
	Rows    []EntryView    `json:"rows"`
	Total   int            `json:"total"`
	Place   int            `json:"place"` // of the entry that was asked for; -1 if it is not among them
	All     int            `json:"all"`
	Groups  []GroupView    `json:"groups"`
	Places  []PlaceView    `json:"places"`
	Weeks   []WeekView     `json:"weeks"`
	Known   int            `json:"known"`
	Unknown int            `json:"unknown"`
	Sum     []bridge.Money `json:"sum"`  // of the known prices, one figure for each currency
	Open    []bridge.Money `json:"open"` // of those that nothing pays
	Stale   int            `json:"stale"`
	Oldest  string         `json:"oldest"` // the oldest reading; "" where nothing was read
}

// QueryInput says which entries are shown.
type QueryInput struct {
	Text   string `json:"text"`
	Place  string `json:"place"`
	Kind   string `json:"kind"`
	From   string `json:"from"` // a day, or ""
	Until  string `json:"until"`
	Sort   string `json:"sort"` // ends, name, price
	Down   bool   `json:"down"`
	Offset int    `json:"offset"`
	Limit  int    `json:"limit"`
	Of     string `json:"of"` // the key of an entry whose place is asked for, or ""
}

// FileInput is how a file shall be called, and in whose words.
type FileInput struct {
	Title  string `json:"title"` // of the dialog
	Name   string `json:"name"`  // proposed
	Format string `json:"format"`
	Locale string `json:"locale"`
}

func (f FileInput) reader() words.Locale { return words.Parse(f.Locale) }

func (in QueryInput) query() (Query, error) {
	var c fault.Check
	q := Query{
		Text: in.Text, Place: in.Place, Kind: Kind(in.Kind), Sort: in.Sort, Down: in.Down, Offset: in.Offset, Limit: in.Limit, Of: in.Of,
		From: input.Day(&c, "from", in.From, false), Until: input.Day(&c, "until", in.Until, false),
	}
	return q, c.Err()
}

func (l List) view() ListView {
	v := ListView{
		Today: l.Today.String(), Rows: []EntryView{}, Total: l.Total, Place: l.Place, All: l.All, Groups: []GroupView{}, Places: []PlaceView{}, Weeks: []WeekView{},
		Known: l.Known, Unknown: l.Unknown, Sum: bridge.MoneysOf(l.Sum), Open: bridge.MoneysOf(l.Open), Stale: l.Stale, Oldest: bridge.Moment(l.Oldest),
	}
	for _, e := range l.Rows {
		v.Rows = append(v.Rows, e.view(l.Today))
	}
	for _, g := range l.Groups {
		v.Groups = append(v.Groups, GroupView(g))
	}
	for _, p := range l.Places {
		v.Places = append(v.Places, PlaceView{p.ID, p.Name, string(p.Currency)})
	}
	for _, w := range l.Weeks {
		v.Weeks = append(v.Weeks, WeekView{w.From.String(), w.Paid, w.Unpaid, w.Unclear, w.Nothing})
	}
	return v
}

func (e Entry) view(today day.Day) EntryView {
	v := EntryView{
		Key: e.Key, Kind: string(e.Kind), Name: e.Name, Service: e.Service, Place: e.Place, Organization: e.Organization, Ends: e.Ends.String(),
		Days: int(e.Ends - today), Noted: e.Noted.String(), Note: e.Note, Pays: string(e.Pays), Status: string(e.Status), Means: e.Means, Paying: e.Paying,
		Price: bridge.MoneyOf(e.Price), Source: string(e.Source), At: bridge.Moment(e.At), Stale: e.Stale,
		Renewable: e.Renewal == "" && e.Pays != Nothing, Version: e.Version, Route: e.Route,
	}
	if e.Source == Typed {
		v.Date = e.Record
	}
	return v
}
