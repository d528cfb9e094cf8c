// Package vat knows what value added tax is due between a supplier and a customer: the rates of Switzerland and of the
// European Union by country and day, each with the law that sets it and the day on which it was compared; how a number is
// written that the tax office gives; and which treatment the two countries suggest. A suggestion is an assumption that a
// person can overrule: what the supply is, or whether somebody is registered, is not known here.
package vat

import (
	_ "embed"
	"encoding/csv"
	"slices"
	"strings"
	"sync"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
)

// Class is the kind of a rate. A country can have several reduced ones.
type Class string

// The classes.
const (
	Standard     Class = "standard"
	Reduced      Class = "reduced"
	SuperReduced Class = "super_reduced" // below the least that the European Union allows in general
	Lodging      Class = "lodging"       // where it is a rate by itself
)

// Rate is one rate of a country from a day on.
type Rate struct {
	Country string // ISO 3166-1 alpha-2; Liechtenstein has those of Switzerland and Monaco those of France
	Class   Class
	Rate    money.Rate
	From    day.Day // the rates begin in 2015; one that is older is given from then
	Until   day.Day // last day; zero as long as no end is known
	Source  string  // the law
	Checked day.Day // when it was last compared with what is published
}

// holdsOn tells whether the rate is in force on a day.
func (r Rate) holdsOn(on day.Day) bool { return r.From <= on && (r.Until == 0 || on <= r.Until) }

//go:embed rates.csv
var file string

var table = sync.OnceValue(func() []Rate {
	rows, err := read(file)
	if err != nil {
		panic(err) // the file is part of the program, and a test reads it
	}
	return rows
})

// read reads the file of rates. A standard rate, and one that is alone in its class, holds until the next of the class.
func read(text string) ([]Rate, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = ';'
	records, err := reader.ReadAll()
	if err != nil {
		return nil, err
	}
	var rates []Rate
	for _, r := range records[1:] {
		one := Rate{Country: r[0], Class: Class(r[1]), Source: r[5]}
		if one.Rate, err = money.ParseRate(r[2]); err != nil {
			return nil, err
		}
		for _, d := range []struct {
			text string
			to   *day.Day
		}{{r[3], &one.From}, {r[4], &one.Until}, {r[6], &one.Checked}} {
			if d.text == "" {
				continue
			}
			if *d.to, err = day.Parse(d.text); err != nil {
				return nil, err
			}
		}
		rates = append(rates, one)
	}
	for i := range rates {
		if rates[i].Class == Reduced && rates[i].Country != "CH" {
			continue
		}
		for _, next := range rates {
			if next.Country == rates[i].Country && next.Class == rates[i].Class && next.From > rates[i].From &&
				(rates[i].Until == 0 || next.From <= rates[i].Until) {
				rates[i].Until = next.From - 1
			}
		}
	}
	return rates, nil
}

// On are the rates of a country on a day: the standard one first, then from the highest to the lowest. There are none
// where none are known.
func On(country string, on day.Day) []Rate {
	country = territory(country)
	var list []Rate
	for _, r := range table() {
		if r.Country == country && r.holdsOn(on) {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(a, b Rate) int {
		if (a.Class == Standard) != (b.Class == Standard) {
			return map[bool]int{true: -1, false: 1}[a.Class == Standard]
		}
		return b.Rate.Cmp(a.Rate)
	})
	return list
}

// StandardOn is the standard rate of a country on a day, and whether it is known.
func StandardOn(country string, on day.Day) (Rate, bool) {
	if list := On(country, on); len(list) > 0 {
		return list[0], true
	}
	return Rate{}, false
}

// territory is the country whose VAT applies in another one.
func territory(country string) string {
	switch country {
	case "LI":
		return "CH"
	case "MC":
		return "FR"
	case "EL":
		return "GR"
	}
	return country
}

// union are the member states of the European Union.
var union = []string{
	"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL",
	"PT", "RO", "SE", "SI", "SK",
}

// InUnion tells whether the VAT of the European Union applies in a country.
func InUnion(country string) bool { return slices.Contains(union, territory(country)) }
