package input

import "strings"

// lengthQR is how many digits the reference of a Swiss payment slip has.
const lengthQR = 27

// IsReference tells whether a text is a payment reference that proves itself by check digits: a creditor reference
// (ISO 11649, "RF18 5390 0754 7034") or the 27 digits of a Swiss payment slip. Such a text may look like a card number by
// chance and is none.
func IsReference(typed string) bool {
	s := compact(typed)
	if strings.HasPrefix(s, "RF") {
		return len(s) >= 5 && len(s) <= 25 && isDigits(s[2:4]) && isAlphanumeric(s[4:]) && mod97(s[4:]+s[:4]) == 1
	}
	return len(s) == lengthQR && isDigits(s) && mod10(s[:lengthQR-1]) == s[lengthQR-1] && strings.Trim(s, "0") != ""
}

// mod10 is the check digit of Swiss payment slips: modulo 10, recursive.
func mod10(digits string) byte {
	carry := [10]int{0, 9, 4, 6, 8, 2, 7, 1, 3, 5}
	at := 0
	for i := range len(digits) {
		at = carry[(at+int(digits[i]-'0'))%10]
	}
	return byte('0' + (10-at)%10) //nolint:gosec // one digit
}
