package payment

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/core/money"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// place is where the vault keeps what belongs to a profile, and under which names.
const (
	place       = "payment_profile"
	fieldTarget = "target"
	fieldBIC    = "bic"
)

// Vault keeps secrets beside the transaction that writes the rest.
type Vault interface {
	Put(ctx context.Context, tx *sqlite.Tx, place, row, field string, secret []byte) error
	Get(ctx context.Context, place, row, field string) ([]byte, error)
	Delete(ctx context.Context, tx *sqlite.Tx, place, row, field string) error
}

// PrepaidAccount is the prepaid account, as far as payments look at it.
type PrepaidAccount interface {
	Balance(ctx context.Context, q sqlite.Queryer, organizationID string) (money.Amount, error)
	Expected(ctx context.Context, q sqlite.Queryer, organizationID string, until day.Day) ([]Credit, error)
	// Towards tells of each product that an open order renews what of it is paid, or on its way by transfer.
	Towards(ctx context.Context, q sqlite.Queryer, organizationID string) (map[string]money.Amount, error)
	// PayRenewal books what a renewal took and returns the number of the entry; TakeBackRenewal books the reverse.
	PayRenewal(ctx context.Context, tx *sqlite.Tx, renewedID, product string, amount money.Amount, on day.Day) (int64, error)
	TakeBackRenewal(ctx context.Context, tx *sqlite.Tx, entry int64) error
	// LinkOrder notes that an order which is paid renewed a product, and returns what it cost and its number.
	LinkOrder(ctx context.Context, tx *sqlite.Tx, orderID, renewalID, renewedID string) (money.Amount, string, error)
	UnlinkOrder(ctx context.Context, tx *sqlite.Tx, orderID string) error
}

// Organizations knows in which currency an organization is invoiced.
type Organizations interface {
	Currency(ctx context.Context, q sqlite.Queryer, organizationID string) (money.Currency, error)
}

// Options are what the service works with.
type Options struct {
	Journal        audit.Recorder
	Vault          Vault
	Reauth         access.Reauthenticator
	PrepaidAccount PrepaidAccount
	Tasks          Tasks
	Organizations  Organizations
	Clock          day.Clock
	// Unpriced are the ends of the organization in which the person acts within so many days that are known without a price;
	// nil: nothing is known but what is noted here.
	Unpriced func(ctx context.Context, days int) (Unpriced, error)
}

// Service is the payment profiles and renewals of the organization that the actor works in. Everybody who may see the
// accounting may use it, nobody else.
type Service struct {
	db *sqlite.DB
	o  Options
}

// NewService wires the service and opens nothing.
func NewService(db *sqlite.DB, o Options) *Service {
	return &Service{db, o}
}

func (s *Service) today(ctx context.Context) day.Day { return s.o.Clock.Today(ctx) }

// Overview is what the page of payments shows at once.
type Overview struct {
	Currency money.Currency
	Balance  money.Amount
	Today    day.Day
	Profiles []Profile // the prepaid account, then by age
	Offers   []Offer
	// DefaultOver tells that the default can no longer pay: the person has to name its successor.
	DefaultOver bool
}

// Overview returns the profiles and what else can be added.
func (s *Service) Overview(ctx context.Context) (Overview, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Overview{}, err
	}
	o := Overview{Today: s.today(ctx)}
	err = s.db.View(ctx, func(q sqlite.Queryer) error {
		if o.Currency, err = s.o.Organizations.Currency(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		if o.Balance, err = s.o.PrepaidAccount.Balance(ctx, q, actor.OrganizationID); err != nil {
			return err
		}
		o.Profiles, err = profiles(ctx, q, actor.OrganizationID)
		return err
	})
	o.Offers = Offers(o.Currency)
	for _, p := range o.Profiles {
		o.DefaultOver = o.DefaultOver || p.Default && p.Ends.Over(o.Today)
	}
	return o, err
}

// Add saves a profile that there is, as the default if it is that at Infomaniak. Returns its id.
func (s *Service) Add(ctx context.Context, n New) (string, error) {
	var id string
	err := s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		currency, err := s.o.Organizations.Currency(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		var c fault.Check
		switch {
		case n.Kind == Prepaid || !offered(currency, n.Kind):
			c.Refuse("kind", "not_a_choice")
		case n.Kind.refusal(currency) != "":
			c.Refuse("kind", n.Kind.refusal(currency))
		}
		d := n.Fields.check(&c, n.Kind, false, s.today(ctx))
		if err := c.Err(); err != nil {
			return err
		}
		id = tx.NewID()
		d.profile.ID = id
		if err := insertProfile(ctx, tx, actor.OrganizationID, d.profile); err != nil {
			return err
		}
		if err := s.seal(ctx, tx, id, d); err != nil {
			return err
		}
		if n.Default {
			if err := setDefault(ctx, tx, actor.OrganizationID, id); err != nil {
				return err
			}
		}
		return s.record(ctx, tx, audit.ItemAdded, d.profile, "", "")
	})
	return id, err
}

func offered(c money.Currency, k Kind) bool {
	for _, o := range Offers(c) {
		if o.Kind == k {
			return true
		}
	}
	return false
}

// seal gives the vault what must not stand in a table.
func (s *Service) seal(ctx context.Context, tx *sqlite.Tx, id string, d details) error {
	if d.target == "" {
		return nil
	}
	if err := s.o.Vault.Put(ctx, tx, place, id, fieldTarget, []byte(d.target)); err != nil {
		return err
	}
	if d.bic == "" {
		return s.o.Vault.Delete(ctx, tx, place, id, fieldBIC)
	}
	return s.o.Vault.Put(ctx, tx, place, id, fieldBIC, []byte(d.bic))
}

// Update changes a profile; its kind stays. Errors: Conflict/fault.ChangedMeanwhile.
func (s *Service) Update(ctx context.Context, id string, u Update) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		p, err := profile(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(p.Version, u.Version); err != nil {
			return err
		}
		if p.Kind == Prepaid {
			return fault.New(fault.Conflict, "prepaid_stays")
		}
		var c fault.Check
		d := u.Fields.check(&c, p.Kind, u.KeepTarget, s.today(ctx))
		if err := c.Err(); err != nil {
			return err
		}
		d.profile.ID = id
		if u.KeepTarget {
			d.profile.Masked = p.Masked
		}
		if err := updateProfile(ctx, tx, d.profile); err != nil {
			return err
		}
		if err := s.seal(ctx, tx, id, d); err != nil {
			return err
		}
		return s.record(ctx, tx, audit.ItemChanged, d.profile, p.Name(), d.profile.Name())
	})
}

// Remove notes that a profile is to be removed in the Manager. Until the person says that it was, it stays and goes on
// paying what it pays; then it goes, with what the vault holds of it, and its products follow the default. Of the default
// the successor is noted as well: the prepaid account if none is named.
func (s *Service) Remove(ctx context.Context, id, successor string) error {
	return s.db.WriteAs(ctx, access.Accounting, func(tx *sqlite.Tx, actor access.Actor) error {
		p, err := profile(ctx, tx, actor.OrganizationID, id)
		if err != nil {
			return err
		}
		if p.Kind == Prepaid {
			return fault.New(fault.Conflict, "prepaid_stays")
		}
		if p.Default {
			if successor == id {
				return fault.New(fault.Invalid, "").At("successor", "not_a_choice")
			}
			if successor == "" {
				if successor, err = prepaidID(ctx, tx, actor.OrganizationID); err != nil {
					return err
				}
			}
			if err := s.choose(ctx, tx, actor.OrganizationID, successor); err != nil {
				return err
			}
		} else if err := s.forgetChoice(ctx, tx, actor.OrganizationID, id); err != nil {
			return err
		}
		_, err = s.o.Tasks.Note(ctx, tx, manager.Task{Kind: manager.MethodRemoved, Ref: id, Params: map[string]string{"method": p.Sign()}})
		return err
	})
}

// forgetChoice takes back the note that a profile is to be the default, if there is one.
func (s *Service) forgetChoice(ctx context.Context, tx *sqlite.Tx, organizationID, id string) error {
	chosen, err := s.o.Tasks.Find(ctx, tx, manager.DefaultMethod, organizationID)
	if err != nil || chosen.Params["is"] != id {
		return ignoreMissing(err)
	}
	return s.o.Tasks.Withdraw(ctx, tx, manager.DefaultMethod, organizationID)
}

// erase removes a profile that is gone at Infomaniak. What was noted as the next default counts from then on, the prepaid
// account if nothing was.
func (s *Service) erase(ctx context.Context, tx *sqlite.Tx, organizationID, id string) error {
	p, err := profile(ctx, tx, organizationID, id)
	if err != nil {
		return err
	}
	if p.Default {
		if err := s.succeed(ctx, tx, organizationID); err != nil {
			return err
		}
	}
	for _, field := range []string{fieldTarget, fieldBIC} {
		if err := s.o.Vault.Delete(ctx, tx, place, id, field); err != nil {
			return err
		}
	}
	if err := deleteProfile(ctx, tx, organizationID, id); err != nil {
		return err
	}
	return s.record(ctx, tx, audit.ItemDeleted, p, "", "")
}

func (s *Service) succeed(ctx context.Context, tx *sqlite.Tx, organizationID string) error {
	chosen, err := s.o.Tasks.Find(ctx, tx, manager.DefaultMethod, organizationID)
	if err == nil {
		if err = s.o.Tasks.Withdraw(ctx, tx, manager.DefaultMethod, organizationID); err == nil {
			err = s.makeDefault(ctx, tx, organizationID, chosen.Params["is"])
		}
	}
	if fault.CodeOf(err) != fault.NotFound {
		return err
	}
	prepaid, err := prepaidID(ctx, tx, organizationID)
	if err != nil {
		return err
	}
	return s.makeDefault(ctx, tx, organizationID, prepaid)
}

// SetDefault notes that a profile is to be the one that pays what names no other. The one before goes on counting until
// that was done in the Manager; choosing it again takes the note back. Errors: Conflict/profile_over for a card that has
// ended, Conflict/needs_chf for a means that the currency rules out.
func (s *Service) SetDefault(ctx context.Context, id string) error {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.choose(ctx, tx, actor.OrganizationID, id) })
}

func (s *Service) choose(ctx context.Context, tx *sqlite.Tx, organizationID, id string) error {
	p, err := s.mayPay(ctx, tx, organizationID, id)
	if err != nil {
		return err
	}
	if err := s.o.Tasks.Withdraw(ctx, tx, manager.MethodRemoved, id); err != nil { // what is to pay is not to go
		return err
	}
	if p.Default {
		return s.o.Tasks.Withdraw(ctx, tx, manager.DefaultMethod, organizationID)
	}
	before, err := standard(ctx, tx, organizationID)
	if err != nil {
		return err
	}
	return s.noteDefault(ctx, tx, organizationID, p, before.ID)
}

// mayPay is a profile that can be the default: the one that is, or one that could pay from now on.
func (s *Service) mayPay(ctx context.Context, tx *sqlite.Tx, organizationID, id string) (Profile, error) {
	p, err := profile(ctx, tx, organizationID, id)
	if err != nil || p.Default {
		return p, err
	}
	currency, err := s.o.Organizations.Currency(ctx, tx, organizationID)
	switch {
	case err != nil:
	case p.Ends.Over(s.today(ctx)):
		err = fault.New(fault.Conflict, "profile_over")
	case p.Kind.refusal(currency) != "":
		err = fault.New(fault.Conflict, p.Kind.refusal(currency))
	}
	return p, err
}

func (s *Service) makeDefault(ctx context.Context, tx *sqlite.Tx, organizationID, id string) error {
	p, err := profile(ctx, tx, organizationID, id)
	if err != nil || p.Default {
		return err
	}
	if err := setDefault(ctx, tx, organizationID, id); err != nil {
		return err
	}
	return s.record(ctx, tx, audit.SettingsChanged, p, "", "default")
}

// Revealed is what the vault holds of a profile.
type Revealed struct {
	Target string `json:"target"`
	BIC    string `json:"bic"`
}

// Reveal shows an account number or address to a person who gives the password again, and the journal says so.
func (s *Service) Reveal(ctx context.Context, id, password string) (Revealed, error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return Revealed{}, err
	}
	p, err := profile(ctx, s.db.Reader(), actor.OrganizationID, id)
	if err != nil {
		return Revealed{}, err
	}
	if p.Masked == "" {
		return Revealed{}, fault.New(fault.NotFound, "")
	}
	if err := s.o.Reauth.Reauthenticate(ctx, password); err != nil {
		return Revealed{}, err
	}
	target, err := s.o.Vault.Get(ctx, place, id, fieldTarget)
	if err != nil {
		return Revealed{}, err
	}
	bic, err := s.o.Vault.Get(ctx, place, id, fieldBIC)
	if err != nil && fault.CodeOf(err) != fault.NotFound {
		return Revealed{}, err
	}
	err = s.db.Write(ctx, func(tx *sqlite.Tx) error { return s.record(ctx, tx, audit.SecretRevealed, p, "", "") })
	if err != nil { // nothing is shown that the journal does not tell of
		return Revealed{}, err
	}
	return Revealed{string(target), string(bic)}, nil
}

// Payee is the bank account or PayPal address of a profile, for a payout to it. The caller has asked for the password
// and shows nothing of it. Error: NotFound for a profile that money cannot be sent to.
func (s *Service) Payee(ctx context.Context, id string) (kind Kind, target string, err error) {
	actor, err := access.Require(ctx, access.Accounting)
	if err != nil {
		return "", "", err
	}
	p, err := profile(ctx, s.db.Reader(), actor.OrganizationID, id)
	if err != nil {
		return "", "", err
	}
	if p.Kind != Bank && p.Kind != PayPal {
		return "", "", fault.New(fault.NotFound, "")
	}
	secret, err := s.o.Vault.Get(ctx, place, id, fieldTarget)
	return p.Kind, string(secret), err
}

func (s *Service) record(ctx context.Context, tx *sqlite.Tx, a audit.Action, p Profile, old, changed string) error {
	return s.o.Journal.Record(ctx, tx, audit.Entry{
		Action: a, Product: audit.Payment, ObjectID: p.ID, ObjectName: p.Name(), Old: old, New: changed,
	})
}
