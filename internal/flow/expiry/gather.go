package expiry

import (
	"cmp"
	"context"
	"slices"

	"kontor/internal/area/payment"
	"kontor/internal/area/transfer"
	"kontor/internal/core/access"
	"kontor/internal/core/input"
	"kontor/internal/core/text"
	"kontor/internal/core/waiting"
)

// everything gathers all ends that the person may see, soonest first. An organization that does not show her its
// accounting contributes what she may see there. Requires access.OwnProfile.
func (s *Service) everything(ctx context.Context) ([]Entry, []Place, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return nil, nil, err
	}
	places, err := s.o.Places(ctx)
	if err != nil {
		return nil, nil, err
	}
	list := []Entry{}
	for _, p := range places {
		for _, from := range []func(Place) ([]Entry, error){s.payable, s.moving} {
			more, err := from(p)
			if waiting.Visible(err) != nil {
				return nil, nil, err
			}
			list = append(list, more...)
		}
	}
	if actor.Can(access.OwnAccount) { // whoever a provider has signed in reaches the organization alone
		dates, err := s.dates(ctx, s.o.DB.Reader(), actor.AccountID, places)
		if err != nil {
			return nil, nil, err
		}
		made, err := links(ctx, s.o.DB.Reader(), actor.AccountID)
		if err != nil {
			return nil, nil, err
		}
		list = joined(append(list, dates...), made)
		if list, err = s.withMirror(ctx, list, places, made); err != nil {
			return nil, nil, err
		}
	}
	slices.SortFunc(list, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Ends, b.Ends), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key))
	})
	return list, places, nil
}

// payable are the renewals of an organization and the cards that end.
func (s *Service) payable(p Place) ([]Entry, error) {
	ahead, err := s.o.Payments.Ahead(p.In)
	list := make([]Entry, 0, len(ahead.Covers)+len(ahead.Profiles))
	for _, c := range ahead.Covers {
		e := Entry{
			Key: "renewal/" + c.Renewal.ID, Kind: Product, Name: c.Renewal.Product, Place: p.ID, Organization: p.Name,
			Ends: c.Renewal.ExpiresOn, Pays: paysOf(c.Status), Status: c.Status, Means: c.Profile.Sign(), Price: c.Renewal.Amount,
			Source: Noted, Renewal: c.Renewal.ID, Record: c.Renewal.ID, Route: "/payment/renewals/products",
		}
		if _, refusal := input.ParseDomain(e.Name); refusal == nil {
			e.Kind = Domain
		}
		list = append(list, e)
	}
	for _, profile := range ahead.Profiles {
		if profile.Ends == 0 {
			continue
		}
		list = append(list, Entry{
			Key: "card/" + profile.ID, Kind: Card, Name: profile.Sign(), Place: p.ID, Organization: p.Name, Ends: profile.Ends.LastDay(), Pays: Nothing,
			Paying: profile.Renewals, Source: Means, Record: profile.ID, Route: "/payment",
		})
	}
	return list, err
}

// paysOf is what the cover check says in fewer words.
func paysOf(s payment.Status) Pays {
	switch {
	case s == payment.Covered:
		return Paid
	case s.Weight() >= payment.NotCovered:
		return Unpaid
	}
	return Unclear
}

// moving are the domains that are on their way to Infomaniak, or did not arrive: they end where they are.
func (s *Service) moving(p Place) ([]Entry, error) {
	transfers, err := s.o.Domains.Transfers(p.In)
	list := []Entry{}
	for _, t := range transfers {
		if t.Facts.Expires == 0 || t.Stage == transfer.Done { // after that it is another day
			continue
		}
		list = append(list, Entry{
			Key: "transfer/" + t.ID, Kind: Domain, Name: transfer.Display(t.Domain), Place: p.ID, Organization: p.Name, Ends: t.Facts.Expires,
			Pays: Unclear, Source: Moving, Record: t.ID, Route: "/transfer/" + t.ID,
		})
	}
	return list, err
}

// withMirror adds what was read at Infomaniak. What is kept here of the same thing becomes one entry with it: the day is
// Infomaniak's while it is fresh, the price and who pays it are those that are noted here.
func (s *Service) withMirror(ctx context.Context, list []Entry, places []Place, made map[string]string) ([]Entry, error) {
	if s.o.Mirror == nil {
		return list, nil
	}
	read, err := s.o.Mirror(ctx)
	if err != nil || len(read) == 0 {
		return list, err
	}
	payers, err := s.payers(ctx)
	if err != nil {
		return nil, err
	}
	here := newIndex(list)
	names := map[string]string{}
	for _, p := range places {
		names[p.ID] = p.Name
	}
	for _, t := range read {
		if t.Ends == 0 {
			continue
		}
		e := t.entry(names)
		if payers[t.ClientID] {
			e.Pays = ByClient
		}
		if at, ok := here.find(e, made[e.Key]); ok {
			list[at] = list[at].readAs(e, made[e.Key] != "")
			continue
		}
		list = append(list, e)
	}
	return list, nil
}

func (s *Service) payers(ctx context.Context) (map[string]bool, error) {
	if s.o.Payers == nil {
		return map[string]bool{}, nil
	}
	payers, err := s.o.Payers(ctx)
	return payers, waiting.Visible(err)
}

func (t There) entry(names map[string]string) Entry {
	e := Entry{
		Key: string(t.Kind) + "/" + t.ID, Kind: t.Kind, Name: t.Name, Service: t.Service, Place: "@" + t.Account, Organization: t.Called, Ends: t.Ends,
		Pays: Unclear, Source: Read, At: t.At, Stale: t.Stale, Record: t.ID,
	}
	if name, mine := names[t.LinkedID]; mine {
		e.Place, e.Organization = t.LinkedID, name
	}
	if t.Kind == Invitation || t.Kind == Token {
		e.Pays = Nothing
	}
	if t.Reckoned {
		e.Source = Reckoned
	}
	return e
}

// readAs is an entry that is kept here, as Infomaniak tells of it. linked: the renewal was made of what was read, and the
// entry goes on under that key; else under its own.
func (e Entry) readAs(r Entry, linked bool) Entry {
	if linked {
		e.Key = r.Key
	}
	if e.Renewal == "" {
		e.Pays = r.Pays
	}
	if e.Kind != Domain {
		e.Kind = r.Kind
	}
	e.Service, e.At, e.Stale, e.Source = r.Service, r.At, r.Stale, r.Source
	switch {
	case e.Ends == r.Ends:
	case r.Stale: // what was read long ago corrects nothing
		e.At, e.Stale, e.Source = Entry{}.At, false, Noted
	default:
		e.Noted, e.Ends = e.Ends, r.Ends
	}
	return e
}

// index finds what is kept here by its renewal, or by organization and name where that is one thing alone.
type index struct {
	renewals map[string]int
	names    map[string]int // -1: several are called so
	taken    map[int]bool
}

func newIndex(list []Entry) index {
	x := index{map[string]int{}, map[string]int{}, map[int]bool{}}
	for i, e := range list {
		if e.Renewal != "" {
			x.renewals[e.Renewal] = i
		}
		if e.Kind == Card {
			continue
		}
		name := e.called()
		was, known := x.names[name]
		switch {
		case !known, was >= 0 && e.Renewal != "" && list[was].Renewal == "": // a renewal says more than a transfer or a typed date
			x.names[name] = i
		case was >= 0 && e.Renewal == "" && list[was].Renewal != "":
		default:
			x.names[name] = -1
		}
	}
	return x
}

// called is where an entry is and its name, as registries write it where it is a domain.
func (e Entry) called() string {
	if name, refusal := input.ParseDomain(e.Name); refusal == nil {
		return e.Place + " " + name
	}
	return e.Place + " " + text.Fold(e.Name)
}

// find is where what was read stands already. Each entry is found once.
func (x index) find(e Entry, renewal string) (int, bool) {
	at, ok := x.renewals[renewal]
	if !ok || renewal == "" || x.taken[at] {
		if at, ok = x.names[e.called()]; !ok || at < 0 || x.taken[at] {
			return 0, false
		}
	}
	x.taken[at] = true
	return at, true
}
