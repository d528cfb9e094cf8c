// Package export writes rows to files that leave the program. It knows nothing of what they mean; it promises that a
// spreadsheet opens them right: separators of the reader's language, numbers that stay numbers, and text that is never
// taken for a formula.
package export

import (
	"bufio"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
	"kontor/internal/core/text"
	"kontor/internal/core/words"
)

// Cell is one value of a row.
type Cell struct {
	text     string
	number   bool
	currency money.Currency // of an amount; "" for all else
	moment   time.Time      // what a clock on the wall shows, in UTC; zero for what is no day and no moment
}

// Text is a cell of words. What a spreadsheet would take for a formula is written so that it stays text.
func Text(s string) Cell { return Cell{text: s} }

// Number is a cell of decimal text as package money writes it ("-1234.50"). Text that is no such number becomes Text.
func Number(decimal string) Cell { return Cell{text: decimal, number: isDecimal(decimal)} }

// Day is a cell with a day, which every spreadsheet reads in this form; no day is an empty cell.
func Day(d day.Day) Cell {
	if d == 0 {
		return Cell{}
	}
	return Cell{text: d.String(), moment: d.Time()}
}

// Minute is a cell with a moment on the clock of a zone, to the minute; the zero time is an empty cell.
func Minute(at time.Time, zone *time.Location) Cell { return moment(at, zone, "2006-01-02 15:04") }

// Second is a cell as Minute makes it, to the second.
func Second(at time.Time, zone *time.Location) Cell { return moment(at, zone, time.DateTime) }

func moment(at time.Time, zone *time.Location, layout string) Cell {
	if at.IsZero() {
		return Cell{}
	}
	text := at.In(zone).Format(layout)
	shown, _ := time.Parse(layout, text)
	return Cell{text: text, moment: shown}
}

// Format is how spreadsheets read CSV. All of them need the byte order mark: without it Excel reads UTF-8 wrong.
type Format struct {
	Separator byte   // between cells
	Decimal   string // the decimal mark
}

// For returns the format of a region's spreadsheets. In Switzerland that is a semicolon and a point.
func For(l words.Locale) Format { return Format{Separator: l.Separator(), Decimal: l.Marks().Decimal} }

// csvFile writes rows one by one; the first error stays and Flush returns it.
type csvFile struct {
	out    *bufio.Writer
	format Format
	err    error
}

// rows takes rows of cells and writes them as the kind of file that it is. Nobody outside gets hold of one: a File puts
// every cell below its heading.
type rows interface {
	Row(cells ...Cell)
	Flush() error
}

func newCSV(w io.Writer, f Format) *csvFile {
	c := &csvFile{out: bufio.NewWriter(w), format: f}
	c.write("\ufeff")
	return c
}

// Row writes one row and ends it as RFC 4180 says.
func (c *csvFile) Row(cells ...Cell) {
	for i, cell := range cells {
		if i > 0 {
			c.write(string(c.format.Separator))
		}
		c.write(c.form(cell))
	}
	c.write("\r\n")
}

// Flush writes what is left. Call it once, at the end.
func (c *csvFile) Flush() error {
	if c.err == nil {
		c.err = c.out.Flush()
	}
	return c.err
}

func (c *csvFile) write(s string) {
	if c.err == nil {
		_, c.err = c.out.WriteString(s)
	}
}

func (c *csvFile) form(cell Cell) string {
	s := cell.text
	if cell.number {
		return strings.Replace(s, ".", c.format.Decimal, 1)
	}
	s = strings.ReplaceAll(s, "\x00", "")
	if isFormula(s) {
		s = "'" + s
	}
	// Both separators, so that a file that is read in the wrong language keeps its columns.
	if strings.ContainsAny(s, ",;\t\"\r\n") || s != strings.TrimSpace(s) {
		s = `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

// isFormula tells whether a spreadsheet could take the text for a formula: by its first character, also the full-width
// form and behind blanks, which some programs strip.
func isFormula(s string) bool {
	for _, r := range text.Bare(s) {
		return strings.ContainsRune("=+-@＝＋－＠", r)
	}
	return false
}

func isDecimal(s string) bool {
	whole, fraction, point := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return digits(whole) && (!point || digits(fraction))
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// Save puts a whole file at path or none: it is written beside it and then takes its place. It has the permissions of the
// file whose place it takes, or those that the person's files have.
func Save(path string, write func(w io.Writer) error) (err error) {
	// The system takes from 0666 what the person's files are not to have.
	f, err := os.OpenFile(filepath.Join(filepath.Dir(path), ".kontor-"+rand.Text()), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666) //nolint:gosec // it is the person's own file
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if old, err := os.Stat(path); err == nil {
		_ = f.Chmod(old.Mode().Perm()) // some systems have none
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}
