package money_test

import (
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/dev/cents"
)

func TestParseAmount(t *testing.T) {
	for _, c := range []struct {
		text  string
		minor int64
		err   error
	}{
		{"0", 0, nil},
		{"5", 500, nil},
		{"0.5", 50, nil},
		{"208.32", 20832, nil},
		{"-0.01", -1, nil},
		{"-0", 0, nil},
		{"007", 700, nil},
		{"92233720368547758.07", math.MaxInt64, nil},
		{"92233720368547758.08", 0, money.ErrTooLarge},
		{"1000000000000000000", 0, money.ErrTooLarge},
		{"99999999999999999999999999999999999999999", 0, money.ErrTooLarge},
		{"1.234", 0, money.ErrTooManyDigits},
		{"1.100", 0, money.ErrTooManyDigits},
		{"", 0, money.ErrNotNumber},
		{"-", 0, money.ErrNotNumber},
		{"+1", 0, money.ErrNotNumber},
		{"--1", 0, money.ErrNotNumber},
		{" 1", 0, money.ErrNotNumber},
		{"1 ", 0, money.ErrNotNumber},
		{"1,5", 0, money.ErrNotNumber},
		{"1'000", 0, money.ErrNotNumber},
		{"1.", 0, money.ErrNotNumber},
		{".5", 0, money.ErrNotNumber},
		{"1.2.3", 0, money.ErrNotNumber},
		{"1e3", 0, money.ErrNotNumber},
		{"0x10", 0, money.ErrNotNumber},
		{"NaN", 0, money.ErrNotNumber},
		{"Inf", 0, money.ErrNotNumber},
		{"٣", 0, money.ErrNotNumber},
		{"1_000", 0, money.ErrNotNumber},
		{"zwanzig", 0, money.ErrNotNumber},
	} {
		got, err := money.ParseAmount(c.text, money.CHF)
		if !errors.Is(err, c.err) || cents.Of(got) != c.minor {
			t.Errorf("ParseAmount(%q) = %v, %v; want %d, %v", c.text, got, err, c.minor, c.err)
		}
	}
	if _, err := money.ParseAmount("1", "GBP"); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("an amount in an unknown currency: %v", err)
	}
}

func TestAmountArithmetic(t *testing.T) {
	chf := func(n int64) money.Amount { return cents.Amount(n, money.CHF) }
	for _, c := range []struct {
		name string
		do   func() (money.Amount, error)
		want money.Amount
		err  error
	}{
		{"add", func() (money.Amount, error) { return chf(1).Add(chf(2)) }, chf(3), nil},
		{"sub below zero", func() (money.Amount, error) { return chf(1).Sub(chf(2)) }, chf(-1), nil},
		{"add to nothing", func() (money.Amount, error) { return money.Amount{}.Add(chf(2)) }, chf(2), nil},
		{"add nothing", func() (money.Amount, error) { return chf(2).Add(money.Amount{}) }, chf(2), nil},
		{"francs and euros", func() (money.Amount, error) { return chf(1).Add(cents.Amount(1, money.EUR)) }, money.Amount{}, money.ErrMismatch},
		{"euros from francs", func() (money.Amount, error) { return chf(1).Sub(cents.Amount(1, money.EUR)) }, money.Amount{}, money.ErrMismatch},
		{"add overflows", func() (money.Amount, error) { return chf(math.MaxInt64).Add(chf(1)) }, money.Amount{}, money.ErrTooLarge},
		{"add underflows", func() (money.Amount, error) { return chf(-math.MaxInt64).Add(chf(-1)) }, money.Amount{}, money.ErrTooLarge},
		{"sub overflows", func() (money.Amount, error) { return chf(1).Sub(chf(-math.MaxInt64)) }, money.Amount{}, money.ErrTooLarge},
		{"sub underflows", func() (money.Amount, error) { return chf(-math.MaxInt64).Sub(chf(1)) }, money.Amount{}, money.ErrTooLarge},
	} {
		got, err := c.do()
		if got != c.want || !errors.Is(err, c.err) {
			t.Errorf("%s: %v, %v; want %v, %v", c.name, got, err, c.want, c.err)
		}
	}
	for _, c := range []struct{ a, b, want int64 }{{1, 2, -1}, {2, 1, 1}, {2, 2, 0}, {-1, 0, -1}} {
		if got, err := chf(c.a).Cmp(chf(c.b)); err != nil || int64(got) != c.want {
			t.Errorf("Cmp(%d, %d) = %d, %v", c.a, c.b, got, err)
		}
		if sign := chf(c.a - c.b).Sign(); int64(sign) != c.want {
			t.Errorf("Sign(%d) = %d", c.a-c.b, sign)
		}
	}
	if _, err := chf(1).Cmp(cents.Amount(1, money.EUR)); !errors.Is(err, money.ErrMismatch) {
		t.Errorf("Cmp of two currencies: %v", err)
	}
}

func TestAmountForms(t *testing.T) {
	for minor, want := range map[int64]string{
		0: "0.00", 5: "0.05", 20830: "208.30", -1: "-0.01", -123456: "-1234.56",
		math.MaxInt64: "92233720368547758.07", -math.MaxInt64: "-92233720368547758.07",
	} {
		a := cents.Amount(minor, money.EUR)
		if a.Decimal() != want || a.String() != "EUR "+want {
			t.Errorf("%d: %q, %q", minor, a.Decimal(), a)
		}
		if v, err := a.Value(); err != nil || v != minor {
			t.Errorf("Value of %v = %v, %v", a, v, err)
		}
	}
	text, err := json.Marshal(cents.Amount(-5, money.CHF))
	if err != nil || string(text) != `{"amount":"-0.05","currency":"CHF"}` {
		t.Errorf("%s, %v", text, err)
	}
	var back money.Amount
	if err := json.Unmarshal(text, &back); err != nil || back != cents.Amount(-5, money.CHF) {
		t.Errorf("%v, %v", back, err)
	}
	for _, bad := range []string{`5`, `{"amount":5,"currency":"CHF"}`, `{"amount":"5","currency":"USD"}`, `{"amount":"1e2","currency":"CHF"}`, `{}`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s was read as %v", bad, back)
		}
	}
}

func TestCurrency(t *testing.T) {
	for _, bad := range []any{"chf", "", "GBP", "CHF ", 7, nil, []byte("CHF")} {
		var c money.Currency
		if err := c.Scan(bad); !errors.Is(err, money.ErrCurrency) {
			t.Errorf("Scan(%v): %v", bad, err)
		}
	}
	for _, want := range money.Currencies() {
		var c money.Currency
		if err := c.Scan(string(want)); err != nil || c != want {
			t.Errorf("Scan(%s): %v, %v", want, c, err)
		}
		if err := c.UnmarshalText([]byte(want)); err != nil || c != want {
			t.Errorf("UnmarshalText(%s): %v, %v", want, c, err)
		}
	}
}

func TestRate(t *testing.T) {
	for _, c := range []struct {
		text, want string
		err        error
	}{
		{"20", "20", nil},
		{"12.5", "12.5", nil},
		{"12.50", "12.5", nil},
		{"0", "0", nil},
		{"0.0001", "0.0001", nil},
		{"100", "100", nil},
		{"100.0000", "100", nil},
		{"020", "20", nil},
		{"100.0001", "0", money.ErrTooLarge},
		{"120", "0", money.ErrTooLarge},
		{"1000000000000", "0", money.ErrTooLarge},
		{"-1", "0", money.ErrNegative},
		{"1.23456", "0", money.ErrTooManyDigits},
		{"20%", "0", money.ErrNotNumber},
		{"-", "0", money.ErrNotNumber},
		{"-x", "0", money.ErrNotNumber},
		{"", "0", money.ErrNotNumber},
	} {
		r, err := money.ParseRate(c.text)
		if r.String() != c.want || !errors.Is(err, c.err) {
			t.Errorf("ParseRate(%q) = %v, %v; want %v, %v", c.text, r, err, c.want, c.err)
		}
		var scanned money.Rate
		if err := scanned.Scan(c.text); !errors.Is(err, c.err) || scanned != r {
			t.Errorf("Scan(%q) = %v, %v", c.text, scanned, err)
		}
	}
	if err := new(money.Rate).Scan(20.0); !errors.Is(err, money.ErrNotNumber) {
		t.Errorf("a REAL column was read as a rate: %v", err)
	}
	twenty := money.Percent(20)
	if twenty.Rest() != 800_000 || twenty.Part() != 200_000 || money.Percent(0).Rest() != money.One || money.Percent(200) != money.Percent(100) {
		t.Error("factors", twenty.Rest(), twenty.Part())
	}
	if twenty.Cmp(money.Percent(21)) != -1 || twenty.Cmp(twenty) != 0 || twenty.Cmp(money.Rate{}) != 1 || !(money.Rate{}).IsZero() || twenty.IsZero() {
		t.Error("Cmp")
	}
	text, err := json.Marshal(twenty)
	if err != nil || string(text) != `"20"` {
		t.Errorf("%s, %v", text, err)
	}
	if v, err := twenty.Value(); v != "20" || err != nil {
		t.Errorf("Value: %v, %v", v, err)
	}
}

func TestParseWhole(t *testing.T) {
	for _, c := range []struct {
		text string
		want int64
		err  error
	}{
		{"35", 35, nil},
		{"0", 0, nil},
		{"1000000", 1_000_000, nil},
		{"1000001", 0, money.ErrTooLarge},
		{"1000000000000", 0, money.ErrTooLarge},
		{"-1", 0, money.ErrNegative},
		{"3.5", 0, money.ErrTooManyDigits},
		{"many", 0, money.ErrNotNumber},
		{"", 0, money.ErrNotNumber},
		{"10^12", 0, money.ErrNotNumber},
	} {
		if got, err := money.ParseWhole(c.text, 1_000_000); got != c.want || !errors.Is(err, c.err) {
			t.Errorf("ParseWhole(%q) = %d, %v", c.text, got, err)
		}
	}
}

func TestPrice(t *testing.T) {
	for _, c := range []struct {
		text, want string
		err        error
	}{
		{"9.92", "9.92", nil},
		{"5.5", "5.50", nil},
		{"7", "7.00", nil},
		{"0.000001", "0.000001", nil},
		{"0", "0.00", nil},
		{"1.250000", "1.25", nil},
		{money.MaxPrice, money.MaxPrice, nil},
		{"1000000", "0.00", money.ErrTooLarge},
		{"-9.92", "0.00", money.ErrNegative},
		{"9.9200000", "0.00", money.ErrTooManyDigits},
		{"CHF 9.92", "0.00", money.ErrNotNumber},
	} {
		p, err := money.ParsePrice(c.text, money.CHF)
		if !errors.Is(err, c.err) || (err == nil && p.Decimal() != c.want) {
			t.Errorf("ParsePrice(%q) = %v, %v; want %v, %v", c.text, p, err, c.want, c.err)
		}
		if v, _ := p.Value(); err == nil && v != c.want {
			t.Errorf("Value(%q) = %v", c.text, v)
		}
	}
	if _, err := money.ParsePrice("1", "USD"); !errors.Is(err, money.ErrCurrency) {
		t.Errorf("dollars: %v", err)
	}
	p, _ := money.ParsePrice("5.75", money.EUR)
	if p.String() != "EUR 5.75" || p.Currency() != money.EUR {
		t.Error(p)
	}
}

// Text from outside is bounded before it becomes a number: neither an exponent nor a megabyte of digits costs anything.
func TestHostileNumbersCostNothing(t *testing.T) {
	digits := strings.Repeat("9", 1<<20)
	start := time.Now()
	for _, text := range []string{
		"1e1000000", "1E1000000", "1e-1000000", "1e9223372036854775807", digits, "-" + digits, "0." + digits, digits + "." + digits,
		digits + "e" + digits, strings.Repeat("0", 1<<20) + "1.001001001",
	} {
		if a, err := money.ParseAmount(text, money.CHF); err == nil {
			t.Errorf("%.20q is an amount: %v", text, a)
		}
		if r, err := money.ParseRate(text); err == nil {
			t.Errorf("%.20q is a rate: %v", text, r)
		}
		if p, err := money.ParsePrice(text, money.CHF); err == nil {
			t.Errorf("%.20q is a price: %v", text, p)
		}
		if n, err := money.ParseWhole(text, math.MaxInt64); err == nil {
			t.Errorf("%.20q is a whole number: %d", text, n)
		}
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("refusing them took %v", took)
	}
}

func TestRefuse(t *testing.T) {
	for err, want := range map[error]string{
		money.ErrNotNumber: "f:not_a_number", money.ErrTooManyDigits: "f:too_many_digits", money.ErrTooLarge: "f:number_too_large",
		money.ErrNegative: "f:number_too_small", money.ErrCurrency: "f:not_a_choice",
	} {
		var c fault.Check
		money.Refuse(&c, "f", err, 4, "100")
		if got := c.Err(); got == nil || !strings.Contains(got.Error(), want) {
			t.Errorf("%v: %v, want %s", err, got, want)
		}
	}
	var c fault.Check
	if money.Refuse(&c, "f", nil, 4, "100"); c.Err() != nil {
		t.Error("nil was refused")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"208.32", "-1", "0.000001", "1e3", "99999999999999999999", "1.", "", "020", "100.0001"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want, isNumber := new(big.Rat).SetString(text)
		if a, err := money.ParseAmount(text, money.CHF); err == nil {
			back, err := money.ParseAmount(a.Decimal(), money.CHF)
			if err != nil || back != a || !isNumber || want.Cmp(big.NewRat(cents.Of(a), 100)) != 0 {
				t.Errorf("amount %q → %v → %v, %v", text, a, back, err)
			}
		}
		if r, err := money.ParseRate(text); err == nil {
			back, err := money.ParseRate(r.String())
			if err != nil || back != r || r.Cmp(money.Percent(100)) > 0 || want.Cmp(mustRat(r.String())) != 0 {
				t.Errorf("rate %q → %v → %v, %v", text, r, back, err)
			}
		}
		if p, err := money.ParsePrice(text, money.EUR); err == nil {
			back, err := money.ParsePrice(p.Decimal(), money.EUR)
			if err != nil || back != p || want.Cmp(mustRat(p.Decimal())) != 0 {
				t.Errorf("price %q → %v → %v, %v", text, p, back, err)
			}
		}
	})
}

func mustRat(text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		panic(text)
	}
	return r
}
