package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"kontor/internal/core/money"
	"kontor/internal/host/bridge"
	"kontor/internal/host/export"
)

// row is a name that stays the same in every language and version, and its value.
type row struct {
	name  string
	value any
}

func (r row) text() string {
	b, err := json.Marshal(r.value)
	if err != nil {
		return fmt.Sprint(r.value)
	}
	var s string
	if json.Unmarshal(b, &s) == nil {
		return s
	}
	return string(b)
}

// print writes what is known of one thing in the form that was asked for.
func (c *command) print(rows []row) error {
	if c.format == "table" {
		w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
		for _, r := range rows {
			fmt.Fprintf(w, "%s\t%s\n", r.name, plain(r.text()))
		}
		return w.Flush()
	}
	columns, values := []column{}, []any{}
	for _, r := range rows {
		columns, values = append(columns, column{key: r.name, heading: r.name}), append(values, r.value)
	}
	return c.list(columns, [][]any{values})
}

// column is one of a list.
type column struct {
	key     string              // in JSON: the same in every language and version
	heading string              // in the reader's language
	is      part                // what stands in it
	say     func(string) string // a code in the reader's words, in a table; nil: as it is
}

// part is what stands in a column.
type part int

const (
	other        part = iota
	figures           // decimal text, a number in a CSV file
	amounts           // of type amount; a list with some has a column for currencies and one for organizations
	currencies        // in which the amounts of the row are
	organization      // whose amounts they are
)

// amount is money of a view. In JSON it is its decimal text; "" is none.
type amount bridge.Money

// MarshalJSON writes the decimal text.
func (a amount) MarshalJSON() ([]byte, error) { return json.Marshal(a.Amount) }

// list writes things of a kind in the form that was asked for: a table for people, CSV for spreadsheets, JSON for programs.
func (c *command) list(columns []column, items [][]any) error {
	switch c.format {
	case "json":
		list := make([]map[string]any, 0, len(items))
		for _, values := range items {
			item := map[string]any{}
			for i, k := range columns {
				item[k.key] = values[i]
			}
			list = append(list, item)
		}
		e := json.NewEncoder(c.out)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{"version": 1, "items": list})
	case "csv":
		fields := []export.Field[[]any]{}
		for i, k := range columns {
			of := func(values []any) string { return k.shown(values[i]) }
			switch k.is {
			case figures:
				fields = append(fields, export.NumberField(k.heading, of))
			case amounts:
				fields = append(fields, export.AmountField(k.heading, func(values []any) money.Amount {
					v, _ := values[i].(amount)
					if v.Amount == "" {
						return money.Amount{}
					}
					return money.Must(money.ParseAmount(v.Amount, money.Currency(v.Currency))) // as a view says it
				}))
			case currencies:
				fields = append(fields, export.CurrencyField(k.heading, func(values []any) money.Currency { return money.Currency(of(values)) }))
			case organization:
				fields = append(fields, export.OrganizationField(k.heading, of))
			default:
				fields = append(fields, export.TextField(k.heading, of))
			}
		}
		return export.WriteCSV(c.out, export.For(c.book.Locale), nil, items, fields...)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	heads := []string{}
	for _, k := range columns {
		heads = append(heads, k.heading)
	}
	fmt.Fprintln(w, strings.Join(heads, "\t"))
	for _, values := range items {
		cells := []string{}
		for i, k := range columns {
			text := k.shown(values[i])
			if k.is == figures || k.is == amounts {
				text = c.book.Number(text)
			}
			cells = append(cells, plain(text))
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	return w.Flush()
}

func (k column) shown(value any) string {
	text := row{k.key, value}.text()
	if k.say != nil && text != "" {
		return k.say(text)
	}
	return text
}

// plain keeps what a person typed from steering the terminal or the columns.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, text)
}

// said writes a code in the reader's words.
func (c *command) said(prefix string) func(string) string {
	return func(code string) string {
		if text, ok := c.book.Lookup(prefix + code); ok {
			return text
		}
		return code
	}
}
