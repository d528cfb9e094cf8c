package payment

import (
	"context"
	"strconv"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Renewals lists the organization's products by date.
func (s *Service) Renewals(ctx context.Context) ([]Renewal, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return nil, err
	}
	return renewals(ctx, s.db.Reader(), actor.OrganizationID)
}

// AddRenewal keeps one more product. Returns its id.
func (s *Service) AddRenewal(ctx context.Context, f RenewalFields) (id string, err error) {
	err = s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, _ access.Actor) error {
		id, err = s.AddRenewalIn(ctx, tx, f)
		return err
	})
	return id, err
}

// AddRenewalIn is AddRenewal in the caller's transaction. Requires access.Accounting.
func (s *Service) AddRenewalIn(ctx context.Context, tx *sqlite.Tx, f RenewalFields) (string, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return "", err
	}
	r, err := s.read(ctx, tx, actor.OrganizationID, f, Renewal{})
	if err != nil {
		return "", err
	}
	r.ID = tx.NewID()
	if err := insertRenewal(ctx, tx, actor.OrganizationID, r); err != nil {
		return "", err
	}
	return r.ID, s.recordRenewal(ctx, tx, audit.ItemAdded, r, "", r.Amount.String())
}

// UpdateRenewal changes a product. Errors: Conflict/fault.ChangedMeanwhile.
func (s *Service) UpdateRenewal(ctx context.Context, id string, version int, f RenewalFields) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		before, err := renewal(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(before.Version, version); err != nil {
			return err
		}
		r, err := s.read(ctx, tx, actor.OrganizationID, f, before)
		if err != nil {
			return err
		}
		if err := updateRenewal(ctx, tx, r); err != nil {
			return err
		}
		return s.recordRenewal(ctx, tx, audit.ItemChanged, r, before.describe(), r.describe())
	})
}

// describe is a renewal in one line, for the journal.
func (r Renewal) describe() string {
	how := "by hand"
	if r.Automatic {
		how = "automatic"
	}
	return r.ExpiresOn.String() + " · " + r.Amount.String() + " · " + strconv.Itoa(r.Months) + " · " + how
}

// read checks the fields against the organization that they are for.
func (s *Service) read(ctx context.Context, q sqlite.Queryer, organizationID string, f RenewalFields, before Renewal) (Renewal, error) {
	currency, err := s.o.Organizations.Currency(ctx, q, organizationID)
	if err != nil {
		return Renewal{}, err
	}
	if f.ProfileID != "" {
		if _, err := profile(ctx, q, organizationID, f.ProfileID); err != nil {
			var c fault.Check
			c.Refuse("profileId", "not_a_choice")
			return Renewal{}, c.Err()
		}
	}
	return f.check(before, currency, s.today(ctx))
}

// RemoveRenewal forgets a product.
func (s *Service) RemoveRenewal(ctx context.Context, id string) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		r, err := renewal(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		if err := deleteRenewal(ctx, tx, id); err != nil {
			return err
		}
		return s.recordRenewal(ctx, tx, audit.ItemDeleted, r, r.describe(), "")
	})
}

// PlanPrepaid plans that the prepaid account pays these renewals. Their means stay what they are until the person has
// changed them in the Manager and says so; that they will not closes the task, and takes the plan back.
func (s *Service) PlanPrepaid(ctx context.Context, ids []string) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		list := make([]Renewal, 0, len(ids))
		for _, id := range ids {
			r, err := renewal(ctx, tx, actor.OrganizationID, id)
			if err != nil {
				return err
			}
			if err := s.plan(ctx, tx, r, true); err != nil {
				return err
			}
			list = append(list, r)
		}
		return s.notePlan(ctx, tx, list)
	})
}

func (s *Service) plan(ctx context.Context, tx *sqlite.Tx, r Renewal, planned bool) error {
	old, changed := "", "prepaid planned"
	if !planned {
		old, changed = changed, old
	}
	r.Planned = planned
	if err := updateRenewal(ctx, tx, r); err != nil {
		return err
	}
	return s.recordRenewal(ctx, tx, audit.ItemChanged, r, old, changed)
}

// Cover checks the renewals of the next 60 days against their means.
func (s *Service) Cover(ctx context.Context) (Report, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Report{}, err
	}
	var situation Situation
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		situation, err = s.situation(ctx, q, actor.OrganizationID)
		return err
	})
	if err != nil {
		return Report{}, err
	}
	return situation.Check()
}

// Charges lists what the prepaid account of an organization will be asked to pay until that day, for its forecast. It
// asks for no permission: whoever calls it has.
func (s *Service) Charges(ctx context.Context, q sqlite.Queryer, organizationID string, until day.Day) ([]Charge, error) {
	situation, err := s.situation(ctx, q, organizationID)
	if err != nil {
		return nil, err
	}
	return situation.PrepaidCharges(until), nil
}

func (s *Service) situation(ctx context.Context, q sqlite.Queryer, organizationID string) (Situation, error) {
	t := Situation{Today: s.today(ctx)}
	var err error
	if t.Currency, err = s.o.Organizations.Currency(ctx, q, organizationID); err != nil {
		return t, err
	}
	if t.Balance, err = s.o.PrepaidAccount.Balance(ctx, q, organizationID); err != nil {
		return t, err
	}
	if t.Expected, err = s.o.PrepaidAccount.Expected(ctx, q, organizationID, t.Today+CoverDays); err != nil {
		return t, err
	}
	if t.Profiles, err = profiles(ctx, q, organizationID); err != nil {
		return t, err
	}
	if t.Towards, err = s.o.PrepaidAccount.Towards(ctx, q, organizationID); err != nil {
		return t, err
	}
	t.Renewals, err = renewals(ctx, q, organizationID)
	return t, err
}

func (s *Service) recordRenewal(ctx context.Context, tx *sqlite.Tx, a audit.Action, r Renewal, old, changed string) error {
	return s.o.Journal.Record(ctx, tx, audit.Entry{
		Action: a, Product: audit.Payment, ObjectID: r.ID, ObjectName: r.Product, Old: old, New: changed,
	})
}
