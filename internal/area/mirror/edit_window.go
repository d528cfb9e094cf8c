package mirror

import (
	"context"

	"kontor/internal/host/bridge"
	"kontor/internal/host/picture"
)

// EditsChanged is the event after which the page asks for edits, and what they concern, again.
const EditsChanged = "mirror:edits"

// EditWindow is what the page may call to change something at Infomaniak. Every change is an edit: noted on this computer,
// sent once, read back.
type EditWindow struct{ room bridge.Room[*Edits] }

// NewEditWindow leads the page to the edits of the workspace that is open.
func NewEditWindow(room bridge.Room[*Edits]) *EditWindow { return &EditWindow{room} }

// Mine is the person at Infomaniak, as last read, with the edits on their way. It asks nothing of the network.
func (w *EditWindow) Mine() (MineView, error) {
	return bridge.Call(w.room, "mirror.Mine", func(ctx context.Context, e *Edits) (MineView, error) { return e.Mine(ctx) })
}

// Choices are the languages, countries and time zones to choose from. They are asked of Infomaniak if those that are
// kept are older than 30 days; the old ones remain where that fails.
func (w *EditWindow) Choices() (ChoicesView, error) {
	return bridge.Call(w.room, "mirror.Choices", func(ctx context.Context, e *Edits) (ChoicesView, error) { return e.Choices(ctx) })
}

// Change notes edits of fields of the profile, all or none. What Infomaniak would refuse for certain is refused at its
// field at once.
func (w *EditWindow) Change(changes []FieldChange) error {
	return bridge.Do(w.room, "mirror.Change", func(ctx context.Context, e *Edits) error { return e.Change(ctx, changes) })
}

// SetPicture notes a new avatar. The file, as base64 text, is cropped to a square and stripped of everything but its
// pixels before anything leaves.
func (w *EditWindow) SetPicture(data string) error {
	return bridge.Do(w.room, "mirror.SetPicture", func(ctx context.Context, e *Edits) error {
		file, err := picture.FromText(data)
		if err != nil {
			return err
		}
		return e.SetPicture(ctx, file)
	})
}

// RemovePicture notes that the avatar shall go.
func (w *EditWindow) RemovePicture() error {
	return bridge.Do(w.room, "mirror.RemovePicture", func(ctx context.Context, e *Edits) error { return e.RemovePicture(ctx) })
}

// RemoveEmail notes that an address shall go; not that of the sign-in.
func (w *EditWindow) RemoveEmail(id string) error {
	return bridge.Do(w.room, "mirror.RemoveEmail", func(ctx context.Context, e *Edits) error { return e.RemoveEmail(ctx, id) })
}

// RemovePhone notes that a phone number shall go.
func (w *EditWindow) RemovePhone(id string) error {
	return bridge.Do(w.room, "mirror.RemovePhone", func(ctx context.Context, e *Edits) error { return e.RemovePhone(ctx, id) })
}

// Edits lists what is on its way, newest first, and what came to its end in the last 30 days.
func (w *EditWindow) Edits() ([]EditView, error) {
	return bridge.Call(w.room, "mirror.Edits", func(ctx context.Context, e *Edits) ([]EditView, error) { return e.List(ctx) })
}

// Withdraw takes an edit back that waits, was refused, differs or is in conflict; of one that is uncertain it says that
// the person no longer cares. What Infomaniak has accepted cannot be taken back this way.
func (w *EditWindow) Withdraw(id string) error {
	return bridge.Do(w.room, "mirror.Withdraw", func(ctx context.Context, e *Edits) error { return e.Withdraw(ctx, id) })
}

// Again sends an edit once more that was refused or differs, or at once if it waits. An uncertain invitation or
// application password becomes a new edit: the person knows that it may arrive twice.
func (w *EditWindow) Again(id string) error {
	return bridge.Do(w.room, "mirror.Again", func(ctx context.Context, e *Edits) error { return e.Again(ctx, id) })
}

// Look reads back at once what is requested or uncertain.
func (w *EditWindow) Look(id string) error {
	return bridge.Do(w.room, "mirror.Look", func(ctx context.Context, e *Edits) error { return e.Look(ctx, id) })
}

// KeepMine ends a conflict: the person's own value is sent after all.
func (w *EditWindow) KeepMine(id string) error {
	return bridge.Do(w.room, "mirror.KeepMine", func(ctx context.Context, e *Edits) error { return e.KeepMine(ctx, id) })
}

// TakeTheirs ends a conflict, or a difference: what is at Infomaniak stands.
func (w *EditWindow) TakeTheirs(id string) error {
	return bridge.Do(w.room, "mirror.TakeTheirs", func(ctx context.Context, e *Edits) error { return e.TakeTheirs(ctx, id) })
}

// Invite notes an invitation into an organization at Infomaniak. Conflict/already_invited if one for the address is on
// its way or open and the person has not said that this is meant.
func (w *EditWindow) Invite(in InvitationInput) error {
	return bridge.Do(w.room, "mirror.Invite", func(ctx context.Context, e *Edits) error { return e.Invite(ctx, in) })
}

// Invitations lists those that were made here for an organization at Infomaniak, newest first.
func (w *EditWindow) Invitations(account string) ([]InvitationView, error) {
	return bridge.Call(w.room, "mirror.Invitations", func(ctx context.Context, e *Edits) ([]InvitationView, error) {
		return e.Invitations(ctx, account)
	})
}

// ChangeTeam notes that a team is made, renamed, or gets other members.
func (w *EditWindow) ChangeTeam(in TeamChange) error {
	return bridge.Do(w.room, "mirror.ChangeTeam", func(ctx context.Context, e *Edits) error { return e.ChangeTeam(ctx, in) })
}

// Passwords are the application passwords at Infomaniak. They are asked for: they change at each use.
func (w *EditWindow) Passwords() (PasswordsView, error) {
	return bridge.Call(w.room, "mirror.Passwords", func(ctx context.Context, e *Edits) (PasswordsView, error) { return e.Passwords(ctx) })
}

// MakePassword asks Infomaniak for an application password, now or not at all, after the person's password in Kontor was
// given. It answers with the id of the edit; TakeSecret shows what came.
func (w *EditWindow) MakePassword(name, password string) (string, error) {
	return bridge.Call(w.room, "mirror.MakePassword", func(ctx context.Context, e *Edits) (string, error) {
		return e.MakePassword(ctx, name, password)
	})
}

// TakeSecret hands an application password over, once: it is written nowhere and forgotten at once.
func (w *EditWindow) TakeSecret(id string) (SecretView, error) {
	return bridge.Call(w.room, "mirror.TakeSecret", func(ctx context.Context, e *Edits) (SecretView, error) { return e.TakeSecret(ctx, id) })
}
