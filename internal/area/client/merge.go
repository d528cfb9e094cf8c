package client

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/text"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// ReasonSameOrder is why two clients cannot be merged: both have an order of one number, and one of them has to go first.
const ReasonSameOrder = "merge_same_order"

// Follower is an area that keeps things of clients under their ids.
type Follower interface {
	// OfClient counts them.
	OfClient(ctx context.Context, q sqlite.Queryer, organizationID, clientID string) (int, error)
	// FollowClient hands them over to another client.
	FollowClient(ctx context.Context, tx *sqlite.Tx, organizationID, from, to string) error
}

// Merge tells what becomes of two clients that are one.
type Merge struct {
	Keep, Gone Client
	Filled     []string       // fields that the one that stays takes from the other
	Lost       []Unlike       // fields in which the other says something else, which goes
	Moved      map[string]int // contacts, notes, orders, invitations, quotes … that come over
	TakesOver  bool           // the one that stays had no collaboration, and takes that of the other
	SameOrders []string       // numbers of orders that both have: nothing can be merged before one of them goes
}

// Unlike is a field in which two clients differ.
type Unlike struct{ Field, Keep, Gone string }

// PreviewMerge tells what Merge would do. Requires access.ManageClients.
func (s *Service) PreviewMerge(ctx context.Context, keep, gone string) (Merge, error) {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return Merge{}, err
	}
	var m Merge
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		m, _, _, err = s.pair(ctx, q, actor, keep, gone)
		return err
	})
	return m, err
}

// Merge makes one client of two: what the one that goes has comes over, and of what both say the one that stays is right.
// It cannot be undone. Requires access.ManageClients. Errors: Conflict/fault.ChangedMeanwhile; Conflict/ReasonSameOrder.
func (s *Service) Merge(ctx context.Context, keep string, keepVersion int, gone string, goneVersion int) error {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		m, mine, theirs, err := s.pair(ctx, tx, actor, keep, gone)
		if err == nil {
			err = cmp.Or(fault.SameVersion(m.Keep.Version, keepVersion), fault.SameVersion(m.Gone.Version, goneVersion))
		}
		if err == nil && len(m.SameOrders) > 0 {
			err = fault.New(fault.Conflict, ReasonSameOrder).With("number", m.SameOrders[0])
		}
		if err != nil {
			return err
		}
		if err := s.carry(ctx, tx, actor, &m, mine, theirs); err != nil {
			return err
		}
		if err := s.put(ctx, tx, actor, "merged", m.Keep); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Client, ObjectID: m.Keep.ID, ObjectName: m.Keep.Name, Old: m.Gone.summary(), New: "merged",
		})
	})
}

// pair reads both sides and compares them.
func (s *Service) pair(ctx context.Context, q sqlite.Queryer, actor access.Actor, keep, gone string) (m Merge, mine, theirs Dossier, err error) {
	if keep == gone {
		return m, mine, theirs, fault.New(fault.NotFound, "")
	}
	for _, side := range []struct {
		id   string
		to   *Client
		file *Dossier
	}{{keep, &m.Keep, &mine}, {gone, &m.Gone, &theirs}} {
		if *side.to, err = one(ctx, q, actor, side.id); err != nil {
			return m, mine, theirs, err
		}
		if *side.file, err = dossier(ctx, q, side.to); err != nil {
			return m, mine, theirs, err
		}
	}
	m.compare(mine, theirs)
	return m, mine, theirs, s.countMoved(ctx, q, actor, &m, mine, theirs)
}

// compare fills what the one that stays lacks from the other, field by field.
func (m *Merge) compare(mine, theirs Dossier) {
	k, g := &m.Keep.Details, m.Gone.Details
	take := func(field string, to *string, from string) {
		switch {
		case from == "" || text.Fold(*to) == text.Fold(from):
		case *to == "":
			*to = from
			m.Filled = append(m.Filled, field)
		default:
			m.Lost = append(m.Lost, Unlike{field, *to, from})
		}
	}
	name := k.Name
	take("name", &name, g.Name)
	take("place", &k.Place, g.Place)
	take("number", &k.Number, g.Number)
	take("legalName", &k.Record.LegalName, g.Record.LegalName)
	take("website", &k.Record.Website, g.Record.Website)
	take("language", &k.Record.Language, g.Record.Language)
	take("country", &k.Record.Country, g.Record.Country)
	take("currency", (*string)(&k.Record.Currency), string(g.Record.Currency))
	take("vatNumber", &k.Record.VATNumber, g.Record.VATNumber)
	take("vat", (*string)(&k.Record.VAT), string(g.Record.VAT))
	for _, a := range []struct {
		field string
		to    *Address
		from  Address
	}{{"invoice", &k.Record.Invoice, g.Record.Invoice}, {"delivery", &k.Record.Delivery, g.Record.Delivery}} {
		switch {
		case a.from.IsZero() || *a.to == a.from:
		case a.to.IsZero():
			*a.to = a.from
			m.Filled = append(m.Filled, a.field)
		default:
			m.Lost = append(m.Lost, Unlike{a.field, strings.Join(a.to.Lines("", ""), ", "), strings.Join(a.from.Lines("", ""), ", ")})
		}
	}
	var c fault.Check
	k.Record.Tags = append(slices.Clone(k.Record.Tags), g.Record.Tags...)
	k.Record.tidyTags(&c)
	k.Record.Tags = k.Record.Tags[:min(len(k.Record.Tags), MaxTags)]
	if theirs.Conditions.PaymentDays > 0 && mine.Conditions.PaymentDays == 0 {
		m.Filled = append(m.Filled, "paymentDays")
	}
	if m.Keep.State == Listed && m.Gone.State != Listed {
		m.TakesOver = true
		from := m.Gone
		m.Keep.State, m.Keep.Since, m.Keep.Asked, m.Keep.AskedAt, m.Keep.Granted = from.State, from.Since, from.Asked, from.AskedAt, from.Granted
		m.Keep.GrantedOn, m.Keep.GrantedBy, m.Keep.Signer, m.Keep.PaidSince = from.GrantedOn, from.GrantedBy, from.Signer, from.PaidSince
	}
}

func (s *Service) countMoved(ctx context.Context, q sqlite.Queryer, actor access.Actor, m *Merge, mine, theirs Dossier) error {
	m.Moved = map[string]int{"contacts": len(newContacts(mine.Contacts, theirs.Contacts))}
	for name, table := range map[string]string{"notes": "client_note", "orders": "client_order", "invitations": "client_invitation"} {
		n, err := sqlite.One(ctx, q, sqlite.Value[int], "SELECT count(*) FROM "+table+" WHERE client_id = ?", m.Gone.ID)
		if err != nil {
			return err
		}
		m.Moved[name] = n
	}
	for name, f := range s.followers {
		n, err := f.OfClient(ctx, q, actor.OrganizationID, m.Gone.ID)
		if err != nil {
			return err
		}
		m.Moved[name] += n
	}
	var err error
	m.SameOrders, err = sqlite.All(ctx, q, sqlite.Value[string], `SELECT a.number FROM client_order a JOIN client_order b ON b.number = a.number
		WHERE a.client_id = ? AND b.client_id = ? ORDER BY a.number`, m.Keep.ID, m.Gone.ID)
	return err
}

// newContacts are those of the one that goes whom the other does not have.
func newContacts(mine, theirs []Contact) []Contact {
	return slices.DeleteFunc(slices.Clone(theirs), func(p Contact) bool {
		return slices.ContainsFunc(mine, func(o Contact) bool {
			return text.Fold(o.Name) == text.Fold(p.Name) && text.Fold(o.Email) == text.Fold(p.Email) && o.Phone == p.Phone
		})
	})
}

// carry moves everything of the one that goes, and removes it.
func (s *Service) carry(ctx context.Context, tx *sqlite.Tx, actor access.Actor, m *Merge, mine, theirs Dossier) error {
	fresh := newContacts(mine.Contacts, theirs.Contacts)
	if len(mine.Contacts)+len(fresh) > MaxContacts {
		return fault.New(fault.Conflict, "too_many_contacts").With("max", strconv.Itoa(MaxContacts))
	}
	if !m.TakesOver { // one client has one open invitation
		if err := s.closeInvitation(ctx, tx, m.Gone.ID, "replaced"); err != nil {
			return err
		}
	}
	keep, gone := m.Keep.ID, m.Gone.ID
	for _, p := range fresh {
		p.ID = tx.NewID()
		if err := writeContact(ctx, tx, keep, p); err != nil {
			return err
		}
	}
	all := mine.Conditions
	all.PaymentDays = cmp.Or(all.PaymentDays, theirs.Conditions.PaymentDays)
	for _, k := range theirs.Conditions.Categories {
		if !slices.ContainsFunc(all.Categories, func(o Condition) bool { return o.Category == k.Category }) {
			all.Categories = append(all.Categories, k)
		}
	}
	if err := writeConditions(ctx, tx, keep, all); err != nil {
		return err
	}
	if err := writeAddresses(ctx, tx, keep, m.Keep.Record); err != nil {
		return err
	}
	for _, table := range []string{"client_note", "client_order", "client_invitation"} {
		if _, err := tx.ExecContext(ctx, "UPDATE "+table+" SET client_id = ? WHERE client_id = ?", keep, gone); err != nil {
			return err
		}
	}
	if err := joinHistories(ctx, tx, keep, gone); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(s.followers)) {
		if err := s.followers[name].FollowClient(ctx, tx, actor.OrganizationID, gone, keep); err != nil {
			return err
		}
	}
	if s.tasks != nil {
		for _, kind := range []manager.Kind{manager.ClientRights, manager.ClientEnds} {
			if err := s.tasks.Withdraw(ctx, tx, kind, gone); err != nil {
				return err
			}
		}
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM client WHERE id = ?", gone)
	return err
}

// joinHistories puts the lines of both into the order of their moments.
func joinHistories(ctx context.Context, tx *sqlite.Tx, keep, gone string) error {
	mine, err := history(ctx, tx, keep)
	if err != nil {
		return err
	}
	theirs, err := history(ctx, tx, gone)
	if err != nil {
		return err
	}
	all := append(mine, theirs...)
	slices.SortStableFunc(all, func(a, b Change) int { return a.At.Compare(b.At) })
	if _, err := tx.ExecContext(ctx, "DELETE FROM client_change WHERE client_id IN (?, ?)", keep, gone); err != nil {
		return err
	}
	for i, c := range all {
		if _, err := tx.ExecContext(ctx, `INSERT INTO client_change (client_id, number, at, account_id, kind, access, wallet, products)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, keep, i+1, sqlite.Millis(c.At), c.AccountID, c.Kind, c.Access, c.Wallet, c.Count); err != nil {
			return err
		}
	}
	return nil
}

// Suspicion is a group of clients that may be one.
type Suspicion struct {
	By      string // name, vatNumber, number, email
	Clients []Entry
}

// MaxSuspicions is how many groups Doubles gives at once.
const MaxSuspicions = 200

// Doubles finds clients that may be one: the same name, VAT number, organization number or e-mail address of a contact.
// Requires access.ManageClients.
func (s *Service) Doubles(ctx context.Context) ([]Suspicion, error) {
	actor, err := access.Require(ctx, access.ManageClients)
	if err != nil {
		return nil, err
	}
	list := []Suspicion{}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		all, err := entries(ctx, q, actor, Filter{})
		if err != nil {
			return err
		}
		byID := map[string]Entry{}
		for _, e := range all {
			byID[e.ID] = e
		}
		seen := map[string]bool{}
		for _, by := range []struct{ name, sql string }{
			{"vatNumber", "SELECT c.vat_number, c.id FROM client c WHERE c.organization_id = ? AND c.vat_number <> ''"},
			{"number", "SELECT c.number, c.id FROM client c WHERE c.organization_id = ? AND c.number <> ''"},
			{"name", "SELECT c.name_key, c.id FROM client c WHERE c.organization_id = ?"},
			{"email", "SELECT DISTINCT p.email_key, c.id FROM client_contact p JOIN client c ON c.id = p.client_id WHERE c.organization_id = ? AND p.email_key <> ''"},
		} {
			groups := map[string][]Entry{}
			_, err := sqlite.All(ctx, q, func(r sqlite.Row) (_ struct{}, err error) {
				var key, id string
				err = r.Scan(&key, &id)
				if e, there := byID[id]; there {
					groups[key] = append(groups[key], e)
				}
				return struct{}{}, err
			}, by.sql, actor.OrganizationID)
			if err != nil {
				return err
			}
			for _, key := range slices.Sorted(maps.Keys(groups)) {
				group := groups[key]
				ids := make([]string, 0, len(group))
				for _, e := range group {
					ids = append(ids, e.ID)
				}
				slices.Sort(ids)
				if mark := strings.Join(ids, " "); len(group) > 1 && !seen[mark] && len(list) < MaxSuspicions {
					seen[mark] = true
					list = append(list, Suspicion{by.name, group})
				}
			}
		}
		return nil
	})
	return list, err
}
