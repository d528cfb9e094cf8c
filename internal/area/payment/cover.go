package payment

import (
	"cmp"
	"slices"

	"kontor/internal/core/day"
	"kontor/internal/core/money"
)

// CoverDays is how many days ahead the cover check looks.
const CoverDays = 60

// Status says whether a renewal is covered.
type Status string

// The statuses, worst first. "No default" is not among them: the database does not allow it.
const (
	Overdue     Status = "overdue"      // the product has expired
	CardExpired Status = "card_expired" // the card ends before the charge
	NotOffered  Status = "not_offered"  // the means cannot pay in the organization's currency
	Short       Status = "short"        // the prepaid account will not hold enough
	ByTransfer  Status = "by_transfer"  // a bank transfer cannot pay automatically (faq/1385: pro-forma invoice first)
	TooLate     Status = "too_late"     // by hand, and too late to switch automatic renewal on
	Hoped       Status = "hoped"        // covered only if expected money arrives in time
	ByHand      Status = "by_hand"      // to be paid by hand, in good time
	Covered     Status = "covered"
)

// weights order the statuses: 3 is not covered, 2 needs an eye, 1 is a reminder, 0 is fine.
var weights = map[Status]int{
	Overdue: 3, CardExpired: 3, NotOffered: 3, Short: 3, ByTransfer: 3, TooLate: 2, Hoped: 2, ByHand: 1, Covered: 0,
}

// NotCovered is the weight from which a renewal is not covered.
const NotCovered = 3

// Weight is 3 for what is not covered, 2 for what needs an eye, 1 for a reminder, 0 for what is fine.
func (s Status) Weight() int { return weights[s] }

// Credit is money that is expected on the prepaid account.
type Credit struct {
	On     day.Day
	Amount money.Amount
	Cause  string
}

// Situation is everything that the cover check looks at.
type Situation struct {
	Today    day.Day
	Currency money.Currency
	Balance  money.Amount // of the prepaid account
	Expected []Credit
	Profiles []Profile
	Renewals []Renewal
	Towards  map[string]money.Amount // what of a renewal is paid already, by an open order
}

// Cover is one coming renewal and what was found.
type Cover struct {
	Renewal   *Renewal
	Profile   *Profile
	ChargedOn day.Day // never before today: what should have been charged is charged next. Overdue: the day of the end
	ExpiresOn day.Day
	Nth       int          // 0 is the next renewal, 1 the one after it
	Due       money.Amount // what is still to be paid: the renewal's amount less what an order has paid of it
	Status    Status
	Missing   money.Amount // Short, Hoped: what the prepaid account lacks
	Left      money.Amount // Covered by the prepaid account: what it still holds afterwards
}

// Report is the result of the cover check.
type Report struct {
	Covers     []Cover // worst first, then by date
	NotCovered int
	Hoped      int            // covered only if expected money arrives
	Total      []money.Amount // of all of them, one figure for each currency
	Uncovered  []money.Amount // of those that are not covered, likewise
	Movable    []string       // renewals that the prepaid account could pay instead of their means
	TopUp      money.Amount   // what the account lacks if it pays its own and those, in the organization's currency
	Sure       money.Amount   // the same without the money that is only expected
	Beyond     int            // how many stay uncovered then: what is overdue, or due in another currency
}

// Check looks at each renewal that is charged within the window. It is a pure function. Error: a sum that is too large.
func (s Situation) Check() (Report, error) {
	covers := s.upcoming(s.Today + CoverDays)
	if err := s.drain(covers); err != nil {
		return Report{}, err
	}
	slices.SortFunc(covers, func(a, b Cover) int {
		return cmp.Or(cmp.Compare(b.Status.Weight(), a.Status.Weight()), cmp.Compare(a.ChargedOn, b.ChargedOn),
			money.Order(b.Renewal.Amount, a.Renewal.Amount), cmp.Compare(a.Renewal.Product, b.Renewal.Product),
			cmp.Compare(a.Renewal.ID, b.Renewal.ID))
	})
	r := Report{Covers: covers, Movable: []string{}}
	movable := map[string]bool{}
	var total, uncovered money.Sums
	for _, c := range covers {
		total.Add(c.Due)
		planned := c.Renewal.Planned && c.Profile.Kind != Prepaid
		if planned {
			movable[c.Renewal.ID] = true
		}
		if c.Status == Hoped {
			r.Hoped++
		}
		if c.Status.Weight() < NotCovered {
			continue
		}
		r.NotCovered++
		uncovered.Add(c.Due)
		switch {
		case c.Status == Overdue || c.Renewal.Amount.Currency() != s.Currency:
			r.Beyond++
		case planned:
		case c.Profile.Kind != Prepaid && !movable[c.Renewal.ID]:
			movable[c.Renewal.ID] = true
			r.Movable = append(r.Movable, c.Renewal.ID)
		}
	}
	var err error
	if r.Total, err = total.All(); err != nil {
		return r, err
	}
	if r.Uncovered, err = uncovered.All(); err != nil {
		return r, err
	}
	if r.TopUp, err = s.needed(movable); err != nil {
		return r, err
	}
	s.Expected = nil
	r.Sure, err = s.needed(movable)
	return r, err
}

// upcoming lists every charge until that day in order of date, each judged by its means alone.
func (s Situation) upcoming(until day.Day) []Cover {
	means := s.byID()
	list := make([]Cover, 0, len(s.Renewals))
	for i := range s.Renewals {
		r := &s.Renewals[i]
		for n := 0; r.ChargedOn(n) <= until; n++ {
			c := s.cover(r, means(r), n)
			list = append(list, c)
			if c.Status == Overdue { // what follows depends on whether it is renewed at all
				break
			}
		}
	}
	slices.SortFunc(list, func(a, b Cover) int {
		return cmp.Or(cmp.Compare(a.ChargedOn, b.ChargedOn), cmp.Compare(a.Renewal.ID, b.Renewal.ID))
	})
	return list
}

// byID finds the means of a renewal: its own, or the default.
func (s Situation) byID() func(*Renewal) *Profile {
	profiles := make(map[string]*Profile, len(s.Profiles))
	standard := &Profile{}
	for i := range s.Profiles {
		p := &s.Profiles[i]
		profiles[p.ID] = p
		if p.Default {
			standard = p
		}
	}
	return func(r *Renewal) *Profile {
		if p, ok := profiles[r.ProfileID]; ok {
			return p
		}
		return standard
	}
}

// cover is the n-th coming charge of a renewal, judged by its means alone.
func (s Situation) cover(r *Renewal, means *Profile, n int) Cover {
	c := Cover{Renewal: r, Profile: means, ChargedOn: max(r.ChargedOn(n), s.Today), ExpiresOn: r.expires(n), Nth: n, Due: r.Amount}
	if n == 0 {
		c.Due = s.due(r)
	}
	c.Status = s.judge(c)
	if c.Status == Overdue {
		c.ChargedOn = c.ExpiresOn // nothing is charged any more; this is since when
	}
	return c
}

// due is what is still to be paid of the next renewal.
func (s Situation) due(r *Renewal) money.Amount {
	left, err := r.Amount.Sub(s.Towards[r.ID])
	if err != nil { // nothing was paid, or in another currency, which pays nothing of it
		return r.Amount
	}
	if left.Sign() < 0 {
		return money.Zero(r.Amount.Currency())
	}
	return left
}

func (s Situation) judge(c Cover) Status {
	switch {
	case c.ExpiresOn < s.Today:
		return Overdue
	case c.Due.Sign() == 0:
		return Covered
	case c.Profile.Ends.Over(c.ChargedOn):
		return CardExpired
	case c.Profile.Kind.refusal(s.Currency) != "" || c.Renewal.Amount.Currency() != s.Currency:
		return NotOffered
	case c.Renewal.Automatic && c.Profile.Kind == Bank:
		return ByTransfer
	case !c.Renewal.Automatic && c.ExpiresOn < s.Today+AutoRenewLeadDays:
		return TooLate
	case !c.Renewal.Automatic:
		return ByHand
	}
	return Covered
}

// drain lets the prepaid account pay its renewals in order of date. What one renewal lacks does not make the next look
// better: the missing parts add up to what has to be topped up. Money that is only expected counts on the day after its
// date, and a renewal that needs it says so; once its own day is over it counts no more.
func (s Situation) drain(covers []Cover) (err error) {
	sure, hoped, none := s.Balance, s.Balance, money.Zero(s.Currency)
	expected := slices.SortedFunc(slices.Values(s.Expected), func(a, b Credit) int { return cmp.Compare(a.On, b.On) })
	for len(expected) > 0 && expected[0].On < s.Today {
		expected = expected[1:]
	}
	for i := range covers {
		c := &covers[i]
		if c.Profile.Kind != Prepaid || c.Status == Overdue || c.Status == NotOffered {
			continue
		}
		for len(expected) > 0 && expected[0].On < c.ChargedOn {
			if expected[0].Amount.Currency() == s.Currency { // nothing else can be credited to this account
				if hoped, err = hoped.Add(expected[0].Amount); err != nil {
					return err
				}
			}
			expected = expected[1:]
		}
		if sure, err = sure.Sub(c.Due); err != nil {
			return err
		}
		if hoped, err = hoped.Sub(c.Due); err != nil {
			return err
		}
		switch {
		case hoped.Sign() < 0:
			c.Status, c.Missing = Short, hoped.Neg()
			if sure, err = sure.Sub(hoped); err != nil {
				return err
			}
			hoped = none
		case sure.Sign() < 0:
			c.Missing = sure.Neg()
			if c.Status == Covered {
				c.Status = Hoped
			}
		default:
			c.Left = sure
		}
	}
	return nil
}

// needed is what the prepaid account lacks if it pays its own renewals and the movable ones.
func (s Situation) needed(movable map[string]bool) (money.Amount, error) {
	covers, err := s.moved(movable)
	if err != nil {
		return money.Amount{}, err
	}
	var sum money.Sums
	for _, c := range covers {
		if c.Status == Short {
			sum.Add(c.Missing)
		}
	}
	return sum.In(s.Currency)
}

// moved is the cover check as it would be if the prepaid account paid these renewals.
func (s Situation) moved(movable map[string]bool) ([]Cover, error) {
	prepaid := Profile{}
	for _, p := range s.Profiles {
		if p.Kind == Prepaid {
			prepaid = p
		}
	}
	again := s
	again.Renewals = slices.Clone(s.Renewals)
	for i := range again.Renewals {
		if movable[again.Renewals[i].ID] {
			again.Renewals[i].ProfileID = prepaid.ID
		}
	}
	covers := again.upcoming(s.Today + CoverDays)
	return covers, again.drain(covers)
}

// Charge is one coming payment, for the forecast of the prepaid account.
type Charge struct {
	On      day.Day
	Amount  money.Amount
	Product string
}

// PrepaidCharges lists what the prepaid account will be asked to pay until that day, in order of date. What is planned
// to be moved to it counts: it is better to have the money too early.
func (s Situation) PrepaidCharges(until day.Day) []Charge {
	list := []Charge{}
	for _, c := range s.upcoming(until) {
		own := c.Profile.Kind == Prepaid || c.Renewal.Planned && c.Renewal.Amount.Currency() == s.Currency
		if own && c.Status != Overdue && c.Due.Sign() > 0 && (c.Status != NotOffered || c.Renewal.Planned) {
			list = append(list, Charge{c.ChargedOn, c.Due, c.Renewal.Product})
		}
	}
	return list
}
