package mirror

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
)

func (e *Edits) may(ctx context.Context) error {
	if _, err := access.Require(ctx, access.OwnAccount); err != nil {
		return err
	}
	return fault.New(fault.Conflict, ReasonNotConnected)
}

// Mine is empty while nothing is connected.
func (e *Edits) Mine(ctx context.Context) (MineView, error) {
	_, err := access.Require(ctx, access.OwnAccount)
	return MineView{Fields: []FieldView{}, Emails: []AddressView{}, Phones: []AddressView{}}, err
}

// Choices is not connected yet.
func (e *Edits) Choices(ctx context.Context) (ChoicesView, error) { return ChoicesView{}, e.may(ctx) }

// List is empty while nothing is connected.
func (e *Edits) List(ctx context.Context) ([]EditView, error) {
	_, err := access.Require(ctx, access.OwnAccount)
	return []EditView{}, err
}

// Invitations is not connected yet.
func (e *Edits) Invitations(ctx context.Context, account string) ([]InvitationView, error) {
	return []InvitationView{}, e.may(ctx)
}

// Passwords is not connected yet.
func (e *Edits) Passwords(ctx context.Context) (PasswordsView, error) {
	return PasswordsView{}, e.may(ctx)
}

// MakePassword is not connected yet.
func (e *Edits) MakePassword(ctx context.Context, name, password string) (string, error) {
	return "", e.may(ctx)
}

// TakeSecret is not connected yet.
func (e *Edits) TakeSecret(ctx context.Context, id string) (SecretView, error) {
	return SecretView{}, e.may(ctx)
}

// Zones is empty while nothing is connected.
func (e *Edits) Zones(ctx context.Context) (ZonesView, error) {
	_, err := access.Require(ctx, access.OwnAccount)
	return ZonesView{Zones: []ZoneView{}}, err
}

// Keep is not connected yet.
func (e *Edits) Keep(ctx context.Context, zone string, progress func(done, total int64)) (int, error) {
	return 0, e.may(ctx)
}

// Snapshots is not connected yet.
func (e *Edits) Snapshots(ctx context.Context, zone string) ([]SnapshotView, error) {
	return []SnapshotView{}, e.may(ctx)
}

// Records is not connected yet.
func (e *Edits) Records(ctx context.Context, snapshot string) (SnapshotRecords, error) {
	return SnapshotRecords{}, e.may(ctx)
}

// Compare is not connected yet.
func (e *Edits) Compare(ctx context.Context, one, other string) (ComparisonView, error) {
	return ComparisonView{}, e.may(ctx)
}

// ZoneFile is not connected yet.
func (e *Edits) ZoneFile(ctx context.Context, snapshot string) ([]byte, error) {
	return nil, e.may(ctx)
}

// PutBack is not connected yet.
func (e *Edits) PutBack(ctx context.Context, snapshot string, keys []string) (int, error) {
	return 0, e.may(ctx)
}

// Change is not connected yet.
func (e *Edits) Change(ctx context.Context, changes []FieldChange) error { return e.may(ctx) }

// SetPicture is not connected yet.
func (e *Edits) SetPicture(ctx context.Context, file []byte) error { return e.may(ctx) }

// RemovePicture is not connected yet.
func (e *Edits) RemovePicture(ctx context.Context) error { return e.may(ctx) }

// RemoveEmail is not connected yet.
func (e *Edits) RemoveEmail(ctx context.Context, id string) error { return e.may(ctx) }

// RemovePhone is not connected yet.
func (e *Edits) RemovePhone(ctx context.Context, id string) error { return e.may(ctx) }

// Withdraw is not connected yet.
func (e *Edits) Withdraw(ctx context.Context, id string) error { return e.may(ctx) }

// Again is not connected yet.
func (e *Edits) Again(ctx context.Context, id string) error { return e.may(ctx) }

// Look is not connected yet.
func (e *Edits) Look(ctx context.Context, id string) error { return e.may(ctx) }

// KeepMine is not connected yet.
func (e *Edits) KeepMine(ctx context.Context, id string) error { return e.may(ctx) }

// TakeTheirs is not connected yet.
func (e *Edits) TakeTheirs(ctx context.Context, id string) error { return e.may(ctx) }

// Invite is not connected yet.
func (e *Edits) Invite(ctx context.Context, in InvitationInput) error { return e.may(ctx) }

// ChangeTeam is not connected yet.
func (e *Edits) ChangeTeam(ctx context.Context, in TeamChange) error { return e.may(ctx) }

// SetDaily is not connected yet.
func (e *Edits) SetDaily(ctx context.Context, on bool) error { return e.may(ctx) }

// ChangeRecord is not connected yet.
func (e *Edits) ChangeRecord(ctx context.Context, in RecordChange) error { return e.may(ctx) }

// mayKeep is not connected yet.
func (e *Edits) mayKeep(ctx context.Context) error { return e.may(ctx) }

// tellExport is not connected yet.
func (e *Edits) tellExport(ctx context.Context, snapshot string) error { return e.may(ctx) }
