package session

import (
	"context"
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/host/sqlite"
)

// MaxPlace is the limit of a place's name, in characters.
const MaxPlace = 64

// Place is where a network is, as the person says.
type Place struct {
	Name                string
	Located             bool // latitude and longitude are known
	Latitude, Longitude float64
}

// Coordinates writes them as maps do, e.g. "46.00370, 8.95110"; "" if they are not known.
func (p Place) Coordinates() string {
	if !p.Located {
		return ""
	}
	return strconv.FormatFloat(p.Latitude, 'f', 5, 64) + ", " + strconv.FormatFloat(p.Longitude, 'f', 5, 64)
}

// coordinates are two numbers in degrees as maps give them to copy, with or without signs and points of the compass.
var coordinates = regexp.MustCompile(`^([+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?)\s*°?\s*([NS]?)\s*[,;\s]\s*([+-]?[0-9]{1,3}(?:\.[0-9]{1,15})?)\s*°?\s*([EW]?)$`)

// newPlace reads a place as it was typed; no name is no place.
func newPlace(c *fault.Check, name, typed string) Place {
	typed = strings.ToUpper(text.Bare(typed))
	p := Place{Name: input.Line(c, "place", name, MaxPlace, typed != "")}
	if typed == "" {
		return p
	}
	parts := coordinates.FindStringSubmatch(typed)
	if parts == nil {
		c.Refuse("coordinates", "not_coordinates")
		return p
	}
	p.Latitude, _ = strconv.ParseFloat(parts[1], 64) // the expression lets numbers through only
	p.Longitude, _ = strconv.ParseFloat(parts[3], 64)
	if parts[2] == "S" {
		p.Latitude = -p.Latitude
	}
	if parts[4] == "W" {
		p.Longitude = -p.Longitude
	}
	if p.Located = math.Abs(p.Latitude) <= 90 && math.Abs(p.Longitude) <= 180; !p.Located {
		c.Refuse("coordinates", "not_coordinates")
	}
	return p
}

// kilometres is the way between two places over the surface of the earth.
func kilometres(a, b Place) float64 {
	const radius = 6371
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	sin2 := func(x float64) float64 { return math.Sin(x/2) * math.Sin(x/2) }
	h := sin2(rad(b.Latitude-a.Latitude)) +
		math.Cos(rad(a.Latitude))*math.Cos(rad(b.Latitude))*sin2(rad(b.Longitude-a.Longitude))
	return 2 * radius * math.Asin(math.Sqrt(min(1, h)))
}

const (
	fastest   = 1000 // km/h: what is faster no airliner carries
	neighbour = 100  // km: what is nearer may be one place under two networks
)

// journey is a way between two sign-ins that nobody makes.
type journey struct {
	from, to Place
	km       int
	took     time.Duration
}

// travelled finds the shortest impossible journey to the beginning of a session from where the person was before. Only
// places with coordinates count, and only moments of which the network is known.
func travelled(one Session, history []Session, places map[string]Place) (j journey, impossible bool) {
	to, ok := places[networkOf(one.FirstAddress)]
	if !ok || !to.Located || one.FirstAddress == "" {
		return j, false
	}
	for _, other := range history {
		if other.ID == one.ID || !other.FirstSeen.Before(one.FirstSeen) {
			continue
		}
		at, address := other.LastActive, other.Device.Address
		if at.After(one.FirstSeen) {
			at, address = other.FirstSeen, other.FirstAddress
		}
		from, ok := places[networkOf(address)]
		if !ok || !from.Located {
			continue
		}
		km, took := kilometres(from, to), one.FirstSeen.Sub(at)
		if km > neighbour && km > fastest*took.Hours() && (!impossible || took < j.took) {
			j, impossible = journey{from, to, int(math.Round(km)), took}, true
		}
	}
	return j, impossible
}

func placesOf(ctx context.Context, q sqlite.Queryer, accountID string) (map[string]Place, error) {
	type located struct {
		network string
		place   Place
	}
	rows, err := sqlite.All(ctx, q, func(r sqlite.Row) (l located, err error) {
		return l, r.Scan(&l.network, &l.place.Name, &l.place.Located, &l.place.Latitude, &l.place.Longitude)
	}, `SELECT network, name, latitude IS NOT NULL, coalesce(latitude, 0.0), coalesce(longitude, 0.0) FROM session_place WHERE account_id = ?`, accountID)
	places := map[string]Place{}
	for _, l := range rows {
		places[l.network] = l.place
	}
	return places, err
}

func putPlace(ctx context.Context, tx *sqlite.Tx, accountID, network string, p Place) error {
	if p.Name == "" {
		_, err := tx.ExecContext(ctx, "DELETE FROM session_place WHERE account_id = ? AND network = ?", accountID, network)
		return err
	}
	var latitude, longitude any
	if p.Located {
		latitude, longitude = p.Latitude, p.Longitude
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO session_place (account_id, network, name, latitude, longitude) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (account_id, network) DO UPDATE SET name = excluded.name, latitude = excluded.latitude, longitude = excluded.longitude`,
		accountID, network, p.Name, latitude, longitude)
	return err
}
