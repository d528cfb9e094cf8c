// Package payment keeps the means that pay an organization's orders and renewals, the products that renew, and checks
// whether each coming renewal is covered. It promises that exactly one profile is the default at all times, that no card
// number is ever kept, and that account numbers and addresses lie in the vault and are shown masked.
package payment

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/core/money"
)

// Limits of what a person types.
const (
	MaxLabel   = 64
	MaxHolder  = 96
	MaxProduct = 128
	MaxMonths  = 120
	maxText    = 512 // IBAN, address, number as typed
	cardYears  = 20  // no card is issued for longer
)

// MaxAmount is the largest amount of one renewal, in whatever currency.
const MaxAmount = "1000000"

// Kind is a kind of payment means.
type Kind string

// The means that Infomaniak lets an organization save (faq/2315), the bank account that a transfer comes from, and the
// prepaid account, which every organization has.
const (
	Card        Kind = "card"
	PostFinance Kind = "postfinance"
	Twint       Kind = "twint"
	PayPal      Kind = "paypal"
	EBill       Kind = "ebill"
	Bank        Kind = "bank"
	Prepaid     Kind = "prepaid"
)

// Brand is the scheme of a card.
type Brand string

// The brands that can be saved.
const (
	Visa       Brand = "visa"
	Mastercard Brand = "mastercard"
)

// Offer is a kind of means, and why an organization cannot have it.
type Offer struct {
	Kind    Kind
	Refusal string // "" where it is offered; else a reason that the window explains
}

// NeedsCHF is why PostFinance, TWINT and eBill are not offered to an organization that is invoiced in euros.
const NeedsCHF = "needs_chf"

// Offers lists every kind that can be added by hand. What the currency rules out stands there with its reason.
func Offers(c money.Currency) []Offer {
	list := []Offer{}
	for _, k := range []Kind{Card, PostFinance, Twint, PayPal, EBill, Bank} {
		list = append(list, Offer{k, k.refusal(c)})
	}
	return list
}

func (k Kind) refusal(c money.Currency) string {
	if (k == PostFinance || k == Twint || k == EBill) && c != money.CHF {
		return NeedsCHF
	}
	return ""
}

// Month is the month in which a card ends: 202611 is the end of November 2026. 0 is never.
type Month int

// ParseMonth reads "2026-11".
func ParseMonth(text string) (Month, error) {
	first, err := day.Parse(text + "-01")
	if err != nil {
		return 0, err
	}
	return monthOf(first), nil
}

func monthOf(d day.Day) Month {
	y, m, _ := d.Time().Date()
	return Month(y*100 + int(m))
}

// LastDay is the last day on which a card that ends in this month can pay.
func (m Month) LastDay() day.Day { return day.Date(int(m)/100, time.Month(m%100), 1).EndOfMonth() }

// Over tells whether a card that ends in this month can no longer pay on that day.
func (m Month) Over(on day.Day) bool { return m != 0 && m.LastDay() < on }

// String is the month as 2026-11; "" for never.
func (m Month) String() string {
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", int(m)/100, int(m)%100)
}

// Profile is one means of an organization.
type Profile struct {
	ID       string
	Kind     Kind
	Brand    Brand
	Label    string
	Holder   string
	Last4    string
	Ends     Month
	Masked   string // of the account number, address or mobile number
	Default  bool
	Renewals int // how many products it pays, those that follow the default included
	Version  int
}

// Name is a short name that tells profiles apart and names nobody: "visa 4417".
func (p Profile) Name() string {
	name := string(p.Kind)
	if p.Kind == Card {
		name = string(p.Brand)
	}
	return strings.TrimSpace(name + " " + p.Last4)
}

// Fields are what a person fills in. Which of them count depends on the kind; the others must be empty.
type Fields struct {
	Brand  Brand
	Label  string
	Holder string
	Last4  string
	Ends   string // "2026-11"
	IBAN   string
	BIC    string
	Email  string
	Mobile string
}

// New is a profile to be added.
type New struct {
	Kind    Kind
	Default bool
	Fields
}

// Update changes a profile. KeepTarget leaves the sealed account number or address as it is.
type Update struct {
	Version int
	Fields
	KeepTarget bool
}

// details is what Fields come to once they are checked.
type details struct {
	profile     Profile
	target, bic string // sealed, never stored in clear
}

// check reads the fields of one kind and refuses what cannot stand. today is the date where the person is.
func (f Fields) check(c *fault.Check, k Kind, keepTarget bool, today day.Day) details {
	d := details{profile: Profile{Kind: k}}
	d.profile.Label = input.Line(c, "label", f.Label, MaxLabel, false)
	d.profile.Holder = input.Line(c, "holder", f.Holder, MaxHolder, k == Card || k == Bank)
	switch k {
	case Card:
		if f.Brand != Visa && f.Brand != Mastercard {
			c.Refuse("brand", "not_a_choice")
		}
		d.profile.Brand = f.Brand
		f.checkCard(c, &d.profile, today)
	case PostFinance:
		f.checkCard(c, &d.profile, today)
	case Bank, PayPal, EBill, Twint:
		if !keepTarget {
			f.checkTarget(c, k, &d)
		}
	}
	return d
}

func (f Fields) checkCard(c *fault.Check, p *Profile, today day.Day) {
	p.Last4 = strings.TrimSpace(f.Last4)
	switch {
	case p.Last4 == "":
		c.Refuse("last4", "required")
	case input.HasCard(p.Last4):
		c.Refuse("last4", "looks_like_card")
	case len(p.Last4) != 4 || strings.Trim(p.Last4, "0123456789") != "":
		c.Refuse("last4", "not_four_digits")
	}
	ends, err := ParseMonth(f.Ends)
	switch {
	case f.Ends == "":
		c.Refuse("ends", "required")
	case err != nil:
		c.Refuse("ends", "not_a_date")
	case ends.Over(today):
		c.Refuse("ends", "date_in_past")
	case ends > monthOf(today.AddMonths(12*cardYears)):
		c.Refuse("ends", "date_too_far", "years", strconv.Itoa(cardYears))
	}
	p.Ends = ends
}

func (f Fields) checkTarget(c *fault.Check, k Kind, d *details) {
	switch k {
	case Bank:
		iban, refusal := input.ParseIBAN(short(f.IBAN))
		input.Refuse(c, "iban", f.IBAN, refusal)
		var bicRefusal *input.Refusal
		d.bic, bicRefusal = input.ParseBIC(short(f.BIC))
		input.Refuse(c, "bic", f.BIC, bicRefusal)
		d.target, d.profile.Masked = iban.Reveal(), iban.Masked()
	case PayPal, EBill:
		email, refusal := input.ParseMailbox(short(f.Email))
		input.Refuse(c, "email", f.Email, refusal)
		d.target, d.profile.Masked = email.Reveal(), email.Masked()
	case Twint:
		mobile, refusal := input.ParseMobile(short(f.Mobile))
		input.Refuse(c, "mobile", f.Mobile, refusal)
		d.target, d.profile.Masked = mobile.Reveal(), mobile.Masked()
	}
}

// short cuts what is far too long to be anything; the parser then refuses it.
func short(text string) string { return text[:min(len(text), maxText)] }
