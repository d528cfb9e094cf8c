package vault

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/host/bridge"
)

// Changed is the event after which the window asks for the state again.
const Changed = "vault:changed"

// Window tells how secrets are kept, and takes the passphrase where there is no keyring. To open what is there it asks
// nobody to be signed in: a locked vault may hold what signs the person in.
type Window struct{ room bridge.Room[*Vault] }

// NewWindow leads the page to the service of the workspace that is open.
func NewWindow(room bridge.Room[*Vault]) *Window { return &Window{room} }

// View is how the workspace keeps secrets.
type View struct {
	Mode     string `json:"mode"`     // probing, keyring, passphrase, locked, memory
	Reason   string `json:"reason"`   // in mode memory: the key of the text that says why; else ""
	Held     int    `json:"held"`     // secrets that end with this run
	Stranded bool   `json:"stranded"` // in mode memory: there are sealed secrets that cannot be opened now
	Losses   []Loss `json:"losses"`   // what they are, for whoever keeps the workspace
	Shortest int    `json:"shortest"` // characters that a passphrase needs
}

// State answers at once, even while the keyring is still being asked.
func (w *Window) State() (View, error) {
	return bridge.Call(w.room, "vault.State", view)
}

// UsePassphrase seals secrets with a key in a file under a passphrase from now on.
func (w *Window) UsePassphrase(passphrase, again string) (View, error) {
	return bridge.Call(w.room, "vault.UsePassphrase", func(ctx context.Context, s *Vault) (View, error) {
		if err := s.UsePassphrase(ctx, passphrase, again); err != nil {
			return View{}, err
		}
		return view(ctx, s)
	})
}

// Unlock opens the key file with its passphrase.
func (w *Window) Unlock(passphrase string) (View, error) {
	return bridge.Call(w.room, "vault.Unlock", func(ctx context.Context, s *Vault) (View, error) {
		if err := s.Unlock(ctx, passphrase); err != nil {
			return View{}, err
		}
		return view(ctx, s)
	})
}

// Retry asks the keyring again.
func (w *Window) Retry() (View, error) {
	return bridge.Call(w.room, "vault.Retry", func(ctx context.Context, s *Vault) (View, error) {
		if err := s.Retry(ctx); err != nil {
			return View{}, err
		}
		return view(ctx, s)
	})
}

// StartOver gives up sealed secrets whose key is lost, after the password was given. The window says which first.
func (w *Window) StartOver(password string) (View, error) {
	return bridge.Call(w.room, "vault.StartOver", func(ctx context.Context, s *Vault) (View, error) {
		if err := s.StartOver(ctx, password); err != nil {
			return View{}, err
		}
		return view(ctx, s)
	})
}

func view(ctx context.Context, v *Vault) (View, error) {
	s, err := v.State(ctx)
	if err != nil {
		return View{}, err
	}
	losses := []Loss{}
	if s.Stranded && access.From(ctx).Can(access.KeepWorkspace) {
		if losses, err = sealedOf(ctx, v.db.Reader()); err != nil {
			return View{}, err
		}
	}
	return View{
		Mode: string(s.Mode), Reason: s.Why, Held: s.Held, Stranded: s.Stranded, Losses: losses, Shortest: MinPassphrase,
	}, nil
}
