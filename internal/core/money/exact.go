package money

import (
	"math"
	"math/bits"
)

// Exact is a decimal number that has not been rounded: 128 bits and a count of decimals. Arithmetic on it never loses
// a digit; what would not fit any more is remembered and reported by Round, so that calculations can be chained.
type Exact struct {
	hi, lo   uint64
	decimals uint8
	neg      bool
	over     bool
}

const maxDecimals = 36

var overflown = Exact{over: true}

// Times multiplies by a whole number.
func (e Exact) Times(n uint64) Exact {
	h1, lo := bits.Mul64(e.lo, n)
	h2, mid := bits.Mul64(e.hi, n)
	hi, carry := bits.Add64(h1, mid, 0)
	if e.over || h2 != 0 || carry != 0 {
		return overflown
	}
	e.hi, e.lo = hi, lo
	return e
}

// By multiplies by a factor.
func (e Exact) By(f Factor) Exact {
	p := e.Times(uint64(f))
	if p.over || e.decimals+factorDigits > maxDecimals {
		return overflown
	}
	p.decimals = e.decimals + factorDigits
	return p
}

// Less subtracts another number.
func (e Exact) Less(o Exact) Exact {
	o.neg = !o.neg
	return e.Plus(o)
}

// Plus adds another number.
func (e Exact) Plus(o Exact) Exact {
	e, o = e.widen(o.decimals), o.widen(e.decimals)
	if e.over || o.over {
		return overflown
	}
	if e.neg == o.neg {
		lo, carry := bits.Add64(e.lo, o.lo, 0)
		hi, carry := bits.Add64(e.hi, o.hi, carry)
		if carry != 0 {
			return overflown
		}
		e.hi, e.lo = hi, lo
		return e
	}
	if e.hi < o.hi || (e.hi == o.hi && e.lo < o.lo) {
		e, o = o, e
	}
	lo, borrow := bits.Sub64(e.lo, o.lo, 0)
	e.hi, _ = bits.Sub64(e.hi, o.hi, borrow)
	e.lo = lo
	return e
}

// widen gives the number at least that many decimals.
func (e Exact) widen(decimals uint8) Exact {
	for e.decimals < decimals && !e.over {
		d := e.decimals
		if e = e.Times(10); !e.over {
			e.decimals = d + 1
		}
	}
	return e
}

// IsZero tells whether the number is nothing.
func (e Exact) IsZero() bool { return e.hi|e.lo == 0 && !e.over }

// Sign is -1, 0 or +1.
func (e Exact) Sign() int {
	switch {
	case e.IsZero():
		return 0
	case e.neg:
		return -1
	}
	return 1
}

// Round is the one rounding rule: half away from zero to the currency's smallest unit. Error: ErrTooLarge.
func (e Exact) Round(c Currency) (Amount, error) {
	e = e.widen(uint8(c.Decimals())) //nolint:gosec // 0 to 4
	e = e.shorten(c.Decimals())
	if e.over || e.hi != 0 || e.lo > math.MaxInt64 {
		return Amount{}, ErrTooLarge
	}
	minor := int64(e.lo) //nolint:gosec // checked above
	if e.neg {
		minor = -minor
	}
	return Of(minor, c), nil
}

// shorten rounds to at most that many decimals, half away from zero. The first digit that goes decides alone.
func (e Exact) shorten(decimals int) Exact {
	drop := int(e.decimals) - decimals
	if drop <= 0 || e.over {
		return e
	}
	e.decimals = uint8(decimals) //nolint:gosec // smaller than it was
	for drop > 19 {
		e, _ = e.over64(1e18)
		drop -= 18
	}
	var last uint64
	if drop > 1 {
		e, _ = e.over64(tens[drop-1])
	}
	if e, last = e.over64(10); last >= 5 {
		var carry uint64
		e.lo, carry = bits.Add64(e.lo, 1, 0)
		e.hi += carry
	}
	return e
}

// over64 divides by d and returns quotient and remainder; decimals and sign stay.
func (e Exact) over64(d uint64) (Exact, uint64) {
	var r uint64
	if e.hi == 0 {
		e.lo, r = e.lo/d, e.lo%d
		return e, r
	}
	e.hi, r = e.hi/d, e.hi%d
	e.lo, r = bits.Div64(r, e.lo, d)
	return e, r
}

// Per divides by a whole number and rounds to that many decimals, half away from zero; exact tells whether nothing was
// lost. It is for showing what one piece comes to, never for a step of a calculation. n must not be 0.
func (e Exact) Per(n uint64, decimals int) (each Exact, exact bool) {
	e = e.widen(uint8(decimals + 1)) //nolint:gosec // a few
	if e.over {
		return overflown, false
	}
	// One digit more than asked for decides, whatever follows it.
	drop := int(e.decimals) - decimals - 1
	exact = true
	for drop > 0 {
		step := min(drop, 18)
		var r uint64
		e, r = e.over64(tens[step])
		exact = exact && r == 0
		drop -= step
	}
	e, r := e.over64(n)
	exact = exact && r == 0
	e, last := e.over64(10)
	if last >= 5 {
		var carry uint64
		e.lo, carry = bits.Add64(e.lo, 1, 0)
		e.hi += carry
	}
	e.decimals = uint8(decimals) //nolint:gosec // a few
	return e, exact && last == 0
}

// Text is the shortest decimal text that keeps every digit and shows at least that many decimals.
func (e Exact) Text(least int) string {
	var buf [44]byte
	return string(e.append(buf[:0], least))
}

// Fixed is the number with exactly that many decimals, rounded half away from zero.
func (e Exact) Fixed(decimals int) string {
	var buf [44]byte
	return string(e.shorten(decimals).append(buf[:0], decimals))
}

// append writes the digits from the last to the first and leaves zeros at the end away, down to least decimals.
func (e Exact) append(out []byte, least int) []byte {
	if e.over {
		return append(out, '?')
	}
	if e.neg && !e.IsZero() {
		out = append(out, '-')
	}
	var digits [64]byte
	i, decimals := len(digits), int(e.decimals)
	for e.hi != 0 { // 18 digits at a time: 64 bits divide faster than 128
		var r uint64
		e, r = e.over64(1e18)
		for range 18 {
			i--
			digits[i] = byte('0' + r%10) //nolint:gosec // a digit
			r /= 10
		}
	}
	for n := e.lo; n != 0; n /= 10 {
		i--
		digits[i] = byte('0' + n%10) //nolint:gosec // a digit
	}
	for len(digits)-i <= decimals { // at least one digit before the point
		i--
		digits[i] = '0'
	}
	point, end := len(digits)-decimals, len(digits)
	for end-point > least && digits[end-1] == '0' {
		end--
	}
	out = append(out, digits[i:point]...)
	if end > point || least > 0 {
		out = append(append(out, '.'), digits[point:end]...)
	}
	for range least - (end - point) {
		out = append(out, '0')
	}
	return out
}

// tens are the powers of ten that 64 bits hold.
var tens = func() (t [20]uint64) {
	t[0] = 1
	for i := 1; i < len(t); i++ {
		t[i] = t[i-1] * 10
	}
	return t
}()
