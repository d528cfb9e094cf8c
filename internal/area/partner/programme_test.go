package partner

import (
	"context"
	"strings"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/core/pricing"
	"kontor/internal/dev/cents"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/sqlite"
)

func TestTheSwissRateIsThatOfTheDay(t *testing.T) {
	s, journal, _ := newService(t)
	rates := pricing.ShippedVATRates()
	for on, want := range map[day.Day]string{day.Date(2010, 1, 1): "7.7", day.Date(2018, 1, 1): "7.7", day.Date(2023, 12, 31): "7.7", day.Date(2024, 1, 1): "8.1", day.Date(2030, 1, 1): "8.1"} {
		if got := rates.On(on).Rate.String(); got != want {
			t.Errorf("on %s: %s %%, want %s", on, got, want)
		}
	}
	q := asked()
	q.VAT = "swiss"
	before, err := s.Explain(legal(t), q)
	if err != nil || before.Input.VAT.Rate.String() != "8.1" {
		t.Fatalf("%+v, %v", before.Input.VAT, err)
	}
	drafts := []VATDraft{{"2024-01-01", "8.1", "law"}, {"2026-11-20", "8.8", "law"}, {"2027-01-01", "9", "bill"}}
	if err := s.SaveVATRates(legal(t), drafts, 0); err != nil {
		t.Fatal(err)
	}
	if after, err := s.Explain(legal(t), q); err != nil || after.Input.VAT.Rate.String() != "8.8" {
		t.Errorf("%+v, %v", after.Input.VAT, err)
	}
	if err := s.SaveVATRates(legal(t), drafts, 0); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("saved over what somebody else has saved: %v", err)
	}
	if err := s.SaveVATRates(legal(t), drafts[:2], 1); err != nil {
		t.Error(err)
	}
	if desk, err := s.Desk(legal(t)); err != nil || len(desk.VAT) != 2 || desk.VATOf != 2 || len(journal.Entries) != 2 {
		t.Errorf("%+v of version %d, %v", desk.VAT, desk.VATOf, err)
	}
	if err := s.SaveVATRates(testkit.As(t, access.Collaborator), drafts, 2); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a collaborator: %v", err)
	}
	for name, c := range map[string]struct {
		drafts []VATDraft
		want   string
	}{
		"none":          {nil, "rates:required"},
		"not rising":    {[]VATDraft{{"2024-01-01", "8", "x"}, {"2024-01-01", "9", "x"}}, "rates.1.from:day_not_rising"},
		"no day":        {[]VATDraft{{"soon", "8", "x"}}, "rates.0.from:not_a_date"},
		"no rate":       {[]VATDraft{{"2024-01-01", "", "x"}}, "rates.0.rate:required"},
		"above 100 %":   {[]VATDraft{{"2024-01-01", "101", "x"}}, "rates.0.rate:number_too_large"},
		"no source":     {[]VATDraft{{"2024-01-01", "8", " "}}, "rates.0.source:required"},
		"far too many":  {make([]VATDraft, pricing.MaxVATRates+1), "rates:too_many"},
		"not a percent": {[]VATDraft{{"2024-01-01", "x", "x"}}, "rates.0.rate:not_a_number"},
	} {
		if err := s.SaveVATRates(legal(t), c.drafts, 2); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestTheProgrammesFigures(t *testing.T) {
	s, journal, _ := newService(t)
	if p, err := s.Programme(legal(t)); err != nil || p != pricing.ShippedProgramme() || p.Volume(money.CHF).String() != "CHF 2000.00" || p.Volume(money.EUR).String() != "EUR 1800.00" {
		t.Errorf("%+v, %v", p, err)
	}
	d := ProgrammeDraft{VolumeCHF: "2500", VolumeEUR: "0", FeeCHF: "1.50", FeeEUR: "", PayoutDays: "45"}
	if err := s.SaveProgramme(legal(t), d); err != nil {
		t.Fatal(err)
	}
	p, err := s.Programme(legal(t))
	if err != nil || p.Volume(money.CHF).String() != "CHF 2500.00" || p.Volume(money.EUR).Sign() != 0 || p.Fee(money.CHF).String() != "CHF 1.50" ||
		p.Fee(money.EUR).String() != "EUR 0.00" || p.PayoutDays != 45 || p.Version != 1 || len(journal.Entries) != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	if err := s.SaveProgramme(legal(t), d); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("saved over what somebody else has saved: %v", err)
	}
	for want, d := range map[string]ProgrammeDraft{
		"volumeChf:not_a_number": {VolumeCHF: "much"}, "feeEur:number_too_small": {FeeEUR: "-1"}, "feeChf:number_too_large": {FeeCHF: "1001"},
		"payoutDays:number_too_large": {PayoutDays: "181"}, "volumeEur:too_many_digits": {VolumeEUR: "1.999"},
	} {
		d.Version = 1
		if err := s.SaveProgramme(legal(t), d); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	if err := s.SaveProgramme(testkit.As(t, access.Collaborator), d); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a collaborator: %v", err)
	}
}

// ledger stands for the orders of clients and for accepted quotes.
type ledger struct {
	Quotes
	active  []string
	charges []Charge
	asked   *day.Day
}

func (l ledger) Active(context.Context, sqlite.Queryer, string) ([]string, error) {
	return l.active, nil
}

func (l ledger) ChargedSince(_ context.Context, _ sqlite.Queryer, _ string, from day.Day) ([]Charge, error) {
	*l.asked = from
	return l.charges, nil
}

func (l ledger) AcceptedSince(_ context.Context, _ sqlite.Queryer, _ string, from day.Day) ([]Charge, error) {
	*l.asked = from
	return l.charges, nil
}

// What counts as managed, and what does not: no client twice, nobody who is not managed, no francs among euros.
func TestEligibility(t *testing.T) {
	s, _, _ := newService(t)
	chf, eur := func(minor int64) money.Amount { return cents.Amount(minor, money.CHF) }, func(minor int64) money.Amount { return cents.Amount(minor, money.EUR) }
	var since [2]day.Day
	orders := ledger{nil, []string{"a", "b", "c"}, []Charge{{"a", chf(100_000)}, {"a", chf(20_000)}, {"gone", chf(900_000)}, {"b", eur(180_000)}}, &since[0]}
	quotes := ledger{nil, nil, []Charge{{"a", chf(500_000)}, {"b", chf(79_999)}, {"", chf(1)}, {"gone", chf(1)}, {"c", eur(1)}}, &since[1]}
	s.clients, s.quotes = orders, quotes
	got, err := s.Eligibility(legal(t))
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	want := Volume{Needed: chf(200_000), Orders: chf(120_000), Ordering: 1, Quotes: chf(79_999), Quoted: 1, Managed: chf(199_999), Missing: chf(1)}
	if got[0] != want || got[0].Part() != 99 {
		t.Errorf("%+v, %d %%", got[0], got[0].Part())
	}
	want = Volume{Needed: eur(180_000), Orders: eur(180_000), Ordering: 1, Quotes: eur(1), Quoted: 1, Managed: eur(180_001), Missing: eur(0)}
	if got[1] != want || got[1].Part() != 100 {
		t.Errorf("%+v, %d %%", got[1], got[1].Part())
	}
	if from := since[0].String(); from != "2025-11-21" || since[1] != since[0] {
		t.Errorf("counted from %v", since)
	}
	if _, err := s.Eligibility(testkit.As(t, access.Collaborator)); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a collaborator, who sees some clients only: %v", err)
	}
}

func TestAListEnds(t *testing.T) {
	s, _, _ := newService(t)
	d := bookDraft()
	d.ValidUntil, d.Author = "2026-11-20", " Elena  Ponteri "
	id, err := s.SaveBook(legal(t), d)
	if err != nil {
		t.Fatal(err)
	}
	inForce := func() string {
		t.Helper()
		b, _, err := s.InForce(legal(t), money.CHF)
		if err != nil {
			t.Fatal(err)
		}
		return b.ID
	}
	if got := inForce(); got != id {
		t.Errorf("on its last day %s is in force", got)
	}
	desk, err := s.Desk(legal(t))
	if err != nil || desk.Books[0].Author != "Elena Ponteri" || desk.Books[0].ValidUntil.String() != "2026-11-20" {
		t.Fatalf("%+v, %v", desk.Books[0], err)
	}
	d.ID, d.Version, d.ValidUntil = id, 1, "2026-11-19"
	if _, err := s.SaveBook(legal(t), d); err != nil {
		t.Fatal(err)
	}
	if got := inForce(); got != "shipped-chf" {
		t.Errorf("after its last day %s is in force", got)
	}
	if a, err := s.Age(legal(t)); err != nil || a.Book.ID != "shipped-chf" || a.Ended {
		t.Errorf("%+v, %v", a, err)
	}
	d.Version, d.ValidUntil = 2, "2026-10-31"
	if _, err := s.SaveBook(legal(t), d); err == nil || !strings.Contains(err.Error(), "validUntil:ends_before_start") {
		t.Errorf("it ends before it begins: %v", err)
	}
}
