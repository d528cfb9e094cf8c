package input

import (
	"github.com/nyaruka/phonenumbers"

	"kontor/internal/core/fault"
	"kontor/internal/core/text"
)

// Phone reads a phone number as people write it, in their country or with "+" and a country code, and gives it as
// E.164 ("+41791231806"). Region is an ISO 3166 code; "" knows no country. Empty stays empty.
func Phone(c *fault.Check, field, typed, region string) string {
	typed = text.Bare(typed)
	if typed == "" {
		return ""
	}
	number, err := phonenumbers.Parse(typed, region)
	if err == nil && phonenumbers.IsValidNumber(number) {
		return phonenumbers.Format(number, phonenumbers.E164)
	}
	Refuse(c, field, typed, refuse("not_a_phone"))
	return ""
}

// ShowPhone writes a number in E.164 as people read it: "+41791231806" is "+41 79 123 18 06". What is none stays as it is.
func ShowPhone(e164 string) string {
	number, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return e164
	}
	return phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
}
