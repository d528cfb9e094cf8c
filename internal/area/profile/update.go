package profile

import (
	"context"
	"slices"
	"strings"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// Update changes some fields of an account; nil leaves one as it is. Version is that of the account as it was read: if
// somebody changed it since, nothing is written.
type Update struct {
	Version       int64   `json:"version"`
	FirstName     *string `json:"firstName"`
	LastName      *string `json:"lastName"`
	Language      *string `json:"language"`
	TimeZone      *string `json:"timeZone"` // IANA; "" is the computer's
	Country       *string `json:"country"`  // ISO 3166-1; "" is not said
	Phone         *string `json:"phone"`    // as typed; kept as E.164
	RecoveryPhone *string `json:"recoveryPhone"`
	RecoveryEmail *string `json:"recoveryEmail"` // must differ from the login e-mail (faq/2193)
}

// apply returns the account with the changes, or what is refused of them.
func (u Update) apply(a Account) (Account, error) {
	var c fault.Check
	if u.FirstName != nil {
		a.FirstName = input.Name(&c, "firstName", *u.FirstName, MaxName, true)
	}
	if u.LastName != nil {
		a.LastName = input.Name(&c, "lastName", *u.LastName, MaxName, false)
	}
	if u.Language != nil {
		if a.Language = *u.Language; !slices.Contains(Languages, a.Language) {
			c.Refuse("language", "not_a_choice")
		}
	}
	if u.TimeZone != nil {
		a.TimeZone = *u.TimeZone
		checkZone(&c, a.TimeZone)
	}
	if u.Country != nil {
		a.Country = strings.ToUpper(strings.TrimSpace(*u.Country))
		checkCountry(&c, a.Country)
	}
	if u.Phone != nil {
		a.Phone = input.Phone(&c, "phone", *u.Phone, a.Country)
	}
	if u.RecoveryPhone != nil {
		a.RecoveryPhone = input.Phone(&c, "recoveryPhone", *u.RecoveryPhone, a.Country)
	}
	if u.RecoveryEmail != nil {
		a.RecoveryEmail = input.Email(&c, "recoveryEmail", *u.RecoveryEmail, false)
		checkRecovery(&c, "recoveryEmail", a.RecoveryEmail, a.LoginEmail)
	}
	return a, c.Err()
}

func checkRecovery(c *fault.Check, field, recovery, login string) {
	if recovery == "" {
		return
	}
	key, err := input.MailKey(recovery)
	if loginKey, other := input.MailKey(login); err == nil && other == nil && key == loginKey {
		c.Refuse(field, "same_as_login_email")
	}
}

// Update changes the account of the person who is signed in.
// Errors: Invalid with fields; Conflict/fault.ChangedMeanwhile if it was changed elsewhere meanwhile.
func (s *Service) Update(ctx context.Context, u Update) (Account, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return Account{}, err
	}
	return s.change(ctx, actor.AccountID, u.Version, u.apply)
}

// change writes what f makes of an account, if it is still the version that the person saw.
func (s *Service) change(ctx context.Context, id string, version int64, f func(Account) (Account, error)) (Account, error) {
	var changed Account
	err := s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := byID(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(old.Version, version); err != nil {
			return err
		}
		if changed, err = f(old); err != nil || changed == old {
			return err
		}
		changed.Version++
		if err := update(ctx, tx, changed); err != nil {
			return err
		}
		return s.record(ctx, tx, old, changed)
	})
	return changed, err
}

// record tells the journal: a change of name by its own action, everything else together.
func (s *Service) record(ctx context.Context, tx *sqlite.Tx, old, now Account) error {
	e := audit.Entry{Action: audit.ItemChanged, Product: audit.Account, ObjectID: now.ID, PersonID: now.ID}
	e.Old, e.New = differences(old, now)
	if old.Name() != now.Name() {
		e.Action = audit.UserNameChanged
	}
	return s.journal.Record(ctx, tx, e)
}

// differences lists the fields that differ, one a line, before and after.
func differences(old, now Account) (before, after string) {
	var b, a []string
	for _, f := range []struct{ name, old, now string }{
		{"name", old.Name(), now.Name()},
		{"language", old.Language, now.Language},
		{"time_zone", old.TimeZone, now.TimeZone},
		{"country", old.Country, now.Country},
		{"phone", old.Phone, now.Phone},
		{"recovery_phone", old.RecoveryPhone, now.RecoveryPhone},
		{"recovery_email", old.RecoveryEmail, now.RecoveryEmail},
		{"login_email", old.LoginEmail, now.LoginEmail},
		{"avatar", old.Avatar, now.Avatar},
	} {
		if f.old != f.now {
			b, a = append(b, f.name+": "+f.old), append(a, f.name+": "+f.now)
		}
	}
	return strings.Join(b, "\n"), strings.Join(a, "\n")
}

// ChangeLoginEmail gives the account another login e-mail: typed twice, not the recovery e-mail, nobody else's, and with
// the password of the account (faq/2193).
func (s *Service) ChangeLoginEmail(ctx context.Context, version int64, email, again, password string) (Account, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return Account{}, err
	}
	var c fault.Check
	email, key, refusal := input.ParseEmail(email)
	if refusal != nil {
		c.Refuse("loginEmail", refusal.Code)
	} else if second, err := input.MailKey(again); err != nil || second != key {
		c.Refuse("loginEmailAgain", "not_the_same")
	}
	old, err := byID(ctx, s.db.Reader(), actor.AccountID)
	if err != nil {
		return Account{}, err
	}
	if recovery, err := input.MailKey(old.RecoveryEmail); err == nil && recovery == key {
		c.Refuse("loginEmail", "same_as_recovery_email")
	}
	if err := c.Err(); err != nil {
		return Account{}, err
	}
	if err := s.reauth.Reauthenticate(ctx, password); err != nil {
		return Account{}, err
	}
	changed := old
	changed.LoginEmail, changed.Version = email, version+1
	return changed, s.db.Write(ctx, func(tx *sqlite.Tx) error {
		old, err := byID(ctx, tx, actor.AccountID)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(old.Version, version); err != nil {
			return err
		}
		if err := updateEmail(ctx, tx, changed, key); err != nil {
			if sqlite.IsUnique(err) {
				c.Refuse("loginEmail", "not_unique")
				return c.Err()
			}
			return err
		}
		before, after := differences(old, changed)
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.EmailChanged, Product: audit.Account, ObjectID: changed.ID, PersonID: changed.ID, Old: before, New: after,
		})
	})
}
