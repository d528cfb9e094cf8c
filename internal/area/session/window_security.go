package session

import (
	"context"

	"kontor/internal/host/bridge"
)

// SecurityWindow is what the page may call of the devices that are connected to the account, and of how it is protected.
type SecurityWindow struct{ room bridge.Room[*Service] }

// NewSecurityWindow wires a SecurityWindow.
func NewSecurityWindow(room bridge.Room[*Service]) *SecurityWindow { return &SecurityWindow{room} }

// Devices lists the sessions of the person who is signed in.
func (w *SecurityWindow) Devices() (DevicesView, error) {
	return bridge.Call(w.room, "security.Devices", func(ctx context.Context, s *Service) (DevicesView, error) {
		d, err := s.Devices(ctx)
		v := DevicesView{Alive: []DeviceView{}, Ended: []DeviceView{}}
		for _, one := range d.Alive {
			view := deviceView(one.Session, one.Highlights, one.ID == d.Current)
			view.Silenced, view.Place = one.Silenced, PlaceView{one.Place.Name, one.Place.Coordinates()}
			v.Alive = append(v.Alive, view)
		}
		for _, one := range d.Ended {
			v.Ended = append(v.Ended, deviceView(one, nil, false))
		}
		return v, err
	})
}

// End ends another session.
func (w *SecurityWindow) End(id string) error {
	return bridge.Do(w.room, "security.End", func(ctx context.Context, s *Service) error { return s.End(ctx, id) })
}

// EndOthers ends the chosen sessions, all or none, but never this window's, and says how many.
func (w *SecurityWindow) EndOthers(chosen []string) (int, error) {
	return bridge.Call(w.room, "security.EndOthers", func(ctx context.Context, s *Service) (int, error) {
		return s.EndOthers(ctx, chosen)
	})
}

// Describe keeps what the person says of a session.
func (w *SecurityWindow) Describe(id string, in Said) error {
	return bridge.Do(w.room, "security.Describe", func(ctx context.Context, s *Service) error {
		return s.Describe(ctx, id, in)
	})
}

// Silence stops, or brings back, one rule's highlight for the device of a session.
func (w *SecurityWindow) Silence(id, rule string, on bool) error {
	return bridge.Do(w.room, "security.Silence", func(ctx context.Context, s *Service) error {
		return s.Silence(ctx, id, rule, on)
	})
}

// Protection returns the security settings.
func (w *SecurityWindow) Protection() (ProtectionView, error) {
	return bridge.Call(w.room, "security.Protection", func(ctx context.Context, s *Service) (ProtectionView, error) {
		p, err := s.Protection(ctx)
		return ProtectionView{
			Policy: p.Policy, Chosen: p.Chosen, CodesLeft: p.CodesLeft, CodesMade: p.CodesMade,
			HasPassword: p.HasPassword, MinLock: MinLockAfter, MaxLock: MaxLockAfter,
		}, err
	})
}

// SetPolicy changes the security settings.
func (w *SecurityWindow) SetPolicy(in Policy) error {
	return bridge.Do(w.room, "security.SetPolicy", func(ctx context.Context, s *Service) error {
		return s.SetPolicy(ctx, in)
	})
}

// Advice looks back over the person's own history.
func (w *SecurityWindow) Advice() (AdviceView, error) {
	return bridge.Call(w.room, "security.Advice", func(ctx context.Context, s *Service) (AdviceView, error) {
		a, err := s.Advise(ctx)
		v := AdviceView{
			Days: a.Days, Failures: a.Failures, Successes: a.Successes, FailureMails: a.FailureMails, AllMails: a.AllMails,
			Thresholds: []Threshold{}, Attempts: []AttemptView{},
		}
		v.Thresholds = append(v.Thresholds, a.Thresholds...)
		for _, t := range a.Attempts {
			v.Attempts = append(v.Attempts, AttemptView{
				At: bridge.Moment(t.At), OK: t.OK, Method: string(t.Method), Device: t.Device, Address: t.Address,
			})
		}
		return v, err
	})
}

// ChangePassword sets a new password and ends all other sessions unless they are kept.
func (w *SecurityWindow) ChangePassword(current, next string, keepOthers bool) error {
	return bridge.Do(w.room, "security.ChangePassword", func(ctx context.Context, s *Service) error {
		return s.ChangePassword(ctx, current, next, keepOthers)
	})
}

// RenewCodes makes a new set of recovery codes, which are shown this once.
func (w *SecurityWindow) RenewCodes(password string) (RecoveryCodesView, error) {
	return bridge.Call(w.room, "security.RenewCodes", func(ctx context.Context, s *Service) (RecoveryCodesView, error) {
		codes, err := s.RenewCodes(ctx, password)
		if codes == nil {
			codes = []string{}
		}
		return RecoveryCodesView{Codes: codes}, err
	})
}

// Recover is the secure form: a recovery code opens a locked or forgotten account and sets a new password.
func (w *SecurityWindow) Recover(email, code, next string) error {
	return bridge.Do(w.room, "security.Recover", func(ctx context.Context, s *Service) error {
		return s.Recover(ctx, email, code, next)
	})
}

// Unlock opens the locked account of a member of the organization that the window shows.
func (w *SecurityWindow) Unlock(accountID string) error {
	return bridge.Do(w.room, "security.Unlock", func(ctx context.Context, s *Service) error {
		return s.Unlock(ctx, accountID)
	})
}
