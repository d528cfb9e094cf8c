package input

import (
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/text"
)

// Question is what a file leaves open, once for the whole of it: its marks have two meanings and nothing in it tells which.
type Question struct {
	About   string     `json:"about"`   // figures or days
	Line    int        `json:"line"`    // of the example
	Text    string     `json:"text"`    // the example as it stands there
	Choices [2]Reading `json:"choices"` // what it may mean
	Count   int        `json:"count"`   // how many cells it is about
}

// Reading is one meaning: the answer to give, and what the example is then.
type Reading struct {
	Answer string `json:"answer"` // "." or "," is the decimal mark; "dmy" or "mdy" the order of days
	Value  string `json:"value"`  // decimal text, or a day as 2026-11-20
}

// Figures reads the figures of a file, whose region nobody knows. What was added decides together: where one cell can be
// read with a decimal comma only and none with a point only, a comma it is in all of them.
type Figures struct {
	decimal  string // as answered
	only     [2]int // how many can be read with this mark alone: point, comma
	question *Question
}

// NewFigures begins with the decimal mark that the person answered; "" leaves it to what the file tells by itself.
func NewFigures(decimal string) *Figures { return &Figures{decimal: decimal} }

// Add takes note of a cell.
func (f *Figures) Add(line int, c Cell, u Unit) {
	if c.Exact {
		return
	}
	sign, digits, refusal := bare(c.Text, u)
	if refusal != nil {
		return
	}
	point, okPoint := everyone[0].read(digits)
	comma, okComma := everyone[1].read(digits)
	switch {
	case okPoint && okComma && point != comma:
		if f.question == nil {
			f.question = &Question{About: "figures", Line: line, Text: c.Text, Choices: [2]Reading{{".", sign + point}, {",", sign + comma}}}
		}
		f.question.Count++
	case okPoint && !okComma: // 12.5, and 1,234,567: what groups is not what divides
		f.only[0]++
	case okComma && !okPoint:
		f.only[1]++
	}
}

// mark is the decimal mark that was answered or that the cells tell, or "".
func (f *Figures) mark() string {
	switch {
	case f.decimal == "." || f.decimal == ",":
		return f.decimal
	case f.only[0] > 0 && f.only[1] == 0:
		return "."
	case f.only[1] > 0 && f.only[0] == 0:
		return ","
	}
	return ""
}

// Question is what has to be asked before the figures can be read, or nil.
func (f *Figures) Question() *Question {
	if f.mark() != "" {
		return nil
	}
	return f.question
}

// Read reads a cell as Figure does. More than 15 significant digits come of a spreadsheet's binary numbers and are rounded
// to 15, as it shows them.
func (f *Figures) Read(c Cell, u Unit) (string, *Refusal) {
	if c.Exact {
		figure, share := strings.CutSuffix(c.Text, " %")
		if share && !u.Percent {
			return "", refuse("not_a_number")
		}
		return significant(figure), nil
	}
	sign, digits, refusal := bare(c.Text, u)
	if refusal != nil {
		return "", refusal
	}
	if mark := f.mark(); mark != "" {
		m := everyone[0]
		if mark == "," {
			m = everyone[1]
		}
		if n, ok := m.read(digits); ok {
			return significant(sign + n), nil
		}
	}
	switch found := readings(digits); len(found) {
	case 0:
		return "", refuse("not_a_number")
	case 1:
		return significant(sign + found[0]), nil
	default:
		return "", refuse("number_ambiguous", "first", sign+found[0], "second", sign+found[1])
	}
}

// precision is how many significant digits a spreadsheet shows.
const precision = 15

// significant rounds decimal text that has more significant digits than a spreadsheet shows, half away from zero. Digits
// before the point are never lost.
func significant(decimal string) string {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(decimal, "-"), ".")
	seen := len(strings.TrimLeft(whole+fraction, "0"))
	drop := min(seen-precision, len(fraction))
	if drop <= 0 {
		return decimal
	}
	rounded := []byte(whole + fraction[:len(fraction)-drop])
	if fraction[len(fraction)-drop] >= '5' {
		i := len(rounded) - 1
		for ; i >= 0 && rounded[i] == '9'; i-- {
			rounded[i] = '0'
		}
		if i >= 0 {
			rounded[i]++
		} else {
			rounded = append([]byte{'1'}, rounded...)
		}
	}
	point := len(rounded) - (len(fraction) - drop)
	out := string(rounded[:point])
	if tail := strings.TrimRight(string(rounded[point:]), "0"); tail != "" {
		out += "." + tail
	}
	if strings.HasPrefix(decimal, "-") {
		return "-" + out
	}
	return out
}

// Days reads the days of a file. With dots the day always comes first; with strokes and hyphens it may be the month, and
// what was added decides together.
type Days struct {
	order    string
	only     [2]int // how many can be read with the day first alone, with the month first alone
	question *Question
}

// NewDays begins with the order that the person answered; "" leaves it to what the file tells by itself.
func NewDays(order string) *Days { return &Days{order: order} }

// The orders of a day.
const (
	DayFirst   = "dmy"
	MonthFirst = "mdy"
)

// Add takes note of a cell; a time behind the day does not matter.
func (d *Days) Add(line int, c Cell) {
	if c.Exact {
		return
	}
	first, second := dayIn(c.Text, DayFirst), dayIn(c.Text, MonthFirst)
	switch {
	case first == "" && second == "":
	case first == second:
		if i := strings.IndexByte(c.Text, '.'); i > 0 && i < 4 { // who writes 3.4.2026 has the day first everywhere
			d.only[0]++
		}
	case second == "":
		d.only[0]++
	case first == "":
		d.only[1]++
	default:
		if d.question == nil {
			d.question = &Question{About: "days", Line: line, Text: c.Text, Choices: [2]Reading{{DayFirst, first}, {MonthFirst, second}}}
		}
		d.question.Count++
	}
}

// Order is the order that was answered or that the cells tell, or "".
func (d *Days) Order() string {
	switch {
	case d.order == DayFirst || d.order == MonthFirst:
		return d.order
	case d.only[0] > 0 && d.only[1] == 0:
		return DayFirst
	case d.only[1] > 0 && d.only[0] == 0:
		return MonthFirst
	}
	return ""
}

// Question is what has to be asked before the days can be read, or nil.
func (d *Days) Question() *Question {
	if d.Order() != "" {
		return nil
	}
	return d.question
}

// Read reads a day. Refusals: required, not_a_date, date_ambiguous (first, second).
func (d *Days) Read(c Cell) (day.Day, *Refusal) {
	typed := text.Bare(c.Text)
	if typed == "" {
		return 0, refuse("required")
	}
	first, second := dayIn(typed, DayFirst), dayIn(typed, MonthFirst)
	switch order := d.Order(); {
	case first == "" && second == "":
		return 0, refuse("not_a_date")
	case second == "" || first != "" && order == DayFirst:
	case first == "" || order == MonthFirst:
		first = second
	case first != second:
		return 0, refuse("date_ambiguous", "first", first, "second", second)
	}
	found, err := day.Parse(first)
	if y := found.Time().Year(); err != nil || y < firstYear || y > lastYear {
		return 0, refuse("not_a_date")
	}
	return found, nil
}

// layouts are how a day is written, by order; years have four digits.
var layouts = map[string][]string{
	DayFirst:   {"2006-1-2", "2006/1/2", "2006.1.2", "2.1.2006", "2. 1. 2006", "2/1/2006", "2-1-2006"},
	MonthFirst: {"2006-1-2", "2006/1/2", "2006.1.2", "2.1.2006", "2. 1. 2006", "1/2/2006", "1-2-2006"},
}

// dayIn is the day of a text in an order, as 2026-11-20, or "".
func dayIn(typed, order string) string {
	typed = strings.TrimSpace(typed)
	if i := strings.IndexAny(typed, "T,"); i > 0 {
		typed = typed[:i]
	} else if i := strings.LastIndexByte(typed, ' '); i > 0 && strings.ContainsRune(typed[i:], ':') {
		typed = strings.TrimSpace(typed[:i])
	}
	for _, layout := range layouts[order] {
		if t, err := time.Parse(layout, typed); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	return ""
}
