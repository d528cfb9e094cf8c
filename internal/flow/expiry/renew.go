package expiry

import (
	"context"
	"slices"

	"kontor/internal/area/payment"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// NewRenewal is what a person says of an end to make it a renewal; the name and the day are the end's.
type NewRenewal struct {
	Place     string `json:"place"` // id of the organization here that pays
	Amount    string `json:"amount"`
	Months    string `json:"months"`
	Automatic bool   `json:"automatic"`
}

// Renew makes a renewal of an end that has none: the person says the price, which nobody else knows. Returns the renewal's
// id. Errors: NotFound for an end that there is not, or that has a renewal, or nothing to pay; Invalid for fields that
// cannot stand; Forbidden in an organization whose accounting she may not see. Requires access.OwnAccount.
func (s *Service) Renew(ctx context.Context, key string, n NewRenewal) (string, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return "", err
	}
	all, places, err := s.everything(ctx)
	if err != nil {
		return "", err
	}
	i := slices.IndexFunc(all, func(e Entry) bool { return e.Key == key })
	if i < 0 || all[i].Renewal != "" || all[i].Pays == Nothing {
		return "", fault.New(fault.NotFound, "")
	}
	at := slices.IndexFunc(places, func(p Place) bool { return p.ID == n.Place })
	if at < 0 {
		return "", fault.New(fault.Invalid, "").At("place", "not_a_choice")
	}
	there := places[at].In
	fields := payment.RenewalFields{
		Product: all[i].Name, ExpiresOn: all[i].Ends.String(), Amount: n.Amount, Months: n.Months, Automatic: n.Automatic,
	}
	var id string
	err = s.o.DB.Write(there, func(tx *sqlite.Tx) error {
		if id, err = s.o.Payments.AddRenewalIn(there, tx, fields); err != nil {
			return err
		}
		_, err := tx.ExecContext(there, `INSERT INTO expiry_renewal (account_id, entry, renewal_id, made_at) VALUES (?, ?, ?, ?)
			ON CONFLICT DO UPDATE SET renewal_id = excluded.renewal_id, made_at = excluded.made_at`, actor.AccountID, key, id, sqlite.Millis(tx.Now))
		return err
	})
	return id, err
}

// links are the renewals that were made of ends, by the key of the end.
func links(ctx context.Context, q sqlite.Queryer, accountID string) (map[string]string, error) {
	type link struct{ entry, renewal string }
	list, err := sqlite.All(ctx, q, func(r sqlite.Row) (l link, err error) {
		return l, r.Scan(&l.entry, &l.renewal)
	}, "SELECT entry, renewal_id FROM expiry_renewal WHERE account_id = ?", accountID)
	made := map[string]string{}
	for _, l := range list {
		made[l.entry] = l.renewal
	}
	return made, err
}

// joined lets the renewal that was made of a typed end, or of a transfer, take its place under its key: a calendar knows it
// by that.
func joined(list []Entry, made map[string]string) []Entry {
	of := map[string]Entry{} // by renewal
	for _, e := range list {
		if id := made[e.Key]; id != "" {
			of[id] = e
		}
	}
	if len(of) == 0 {
		return list
	}
	renewals := map[string]bool{}
	for i := range list {
		e := &list[i]
		if from, ok := of[e.Renewal]; ok && e.Renewal != "" {
			renewals[from.Key] = true
			e.Key, e.Note = from.Key, from.Note
		}
	}
	return slices.DeleteFunc(list, func(e Entry) bool { return e.Renewal == "" && renewals[e.Key] })
}
