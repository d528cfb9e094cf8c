// Package letter lays out the papers that a company sends: its letterhead and logo above, the address where the window of
// an envelope shows it, a table by parts, sums by part, terms, and a place to sign. It promises that a paper is what its
// parts say and nothing else: figures come written, and none is added up here.
package letter

import (
	"image/color"
	"time"
)

// Head is the letterhead: what stands on every letter of a company.
type Head struct {
	Name   string
	Lines  []string // right of the logo
	Sender string   // in one line, small, above the address
	Footer string   // in one line, in the footer of every page
	Logo   Logo
	Right  bool        // the window of the envelope is on the right, as in Switzerland
	Accent color.NRGBA // of rules and titles
}

// Logo is a picture in PNG; without one the name stands in its place.
type Logo struct {
	PNG           []byte
	Width, Height int // pixels
}

// Letter is a paper with a table by parts.
type Letter struct {
	Language string // BCP 47
	At       time.Time
	Head     Head
	Address  []string    // of the recipient; the last lines may be smaller, see Small
	Small    []string    // below the address, such as a VAT number
	Facts    [][2]string // right of the address: number, dates, contact
	Title    string
	Subject  string
	Running  string // at the head of every later page, right of the title
	Opening  []string
	Code     Code
	Offers   []Offer
	Terms    Terms
	Closing  []string // greeting and name; the second is strong
	Accept   Accept
	PageOf   func(n, of int) string // "page 1 of 2"
	Unset    string                 // said at the end where a character is written by its number
}

// Code is a QR code, with what it says in words beside it; none where it has no text.
type Code struct {
	Text string
	Says [][2]string
}

// Offer is a table by parts with its sums. A letter has one, or several to choose from.
type Offer struct {
	Title   string // "" where there is one only
	Lead    string
	Columns [5]string // item, quantity, price of one, discount, amount
	Bare    bool      // without the column for discounts
	Parts   []Part
	Summary Summary
	First   Figure
	Notes   []string
}

// Part is what is due at one time.
type Part struct {
	Title string
	Rows  []Row
	Sums  []Sum
}

// Row is a line of a part. A row without an amount is words alone.
type Row struct{ Item, Detail, Quantity, Price, Discount, Amount string }

// Sum is a sum below a part.
type Sum struct{ Name, Amount string }

// Summary is a table of the parts with what is added to each.
type Summary struct {
	Title   string
	Columns []string // the first is empty
	Rows    [][]string
}

// Figure is one that stands out.
type Figure struct{ Name, Detail, Amount string }

// Terms are texts with their names.
type Terms struct {
	Title string
	List  [][2]string
}

// Accept is the place to sign; none where it has no title.
type Accept struct {
	Title, Text string
	Choices     []string // to tick one of
	Fields      [3]string
}
