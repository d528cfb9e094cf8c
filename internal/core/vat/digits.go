package vat

// number is what digits are worth.
func number(digits string) (n int) {
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}

func isDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// weighted is a check by which the weighted sum of all digits is a multiple of a number.
func weighted(modulus int, weights ...int) func(string) bool {
	return func(digits string) bool {
		sum := 0
		for i, w := range weights {
			sum += w * int(digits[i]-'0')
		}
		return sum%modulus == 0
	}
}

// luhn is the check of ISO/IEC 7812.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// iso11 is ISO 7064, modulo 11, 10.
func iso11(digits string) bool {
	p := 10
	for _, r := range digits[:len(digits)-1] {
		s := (int(r-'0') + p) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return (p+int(digits[len(digits)-1]-'0'))%10 == 1
}

// austrian is the check of the eight digits behind the U.
func austrian(d string) bool {
	sum := 4
	for i := range 7 {
		n := int(d[i] - '0')
		if i%2 == 1 {
			n = n*2/10 + n*2%10
		}
		sum += n
	}
	return (10-sum%10)%10 == int(d[7]-'0')
}

// french checks the two characters before the SIREN where both are digits; the other key has no published rule that holds
// for all.
func french(b string) bool {
	if !isDigits(b[:2]) {
		return true
	}
	return (12+3*(number(b[2:])%97))%97 == number(b[:2])
}

// greek sums the digits up with the powers of two.
func greek(b string) bool {
	sum := 0
	for i := range 8 {
		sum += int(b[i]-'0') << (8 - i)
	}
	return sum%11%10 == int(b[8]-'0')
}

// portuguese is the check modulo 11 in which 10 is written 0.
func portuguese(b string) bool {
	sum := 0
	for i := range 8 {
		sum += int(b[i]-'0') * (9 - i)
	}
	return (11-sum%11)%11%10 == int(b[8]-'0')
}
