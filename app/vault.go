package app

import (
	"context"

	"kontor/internal/host/vault"
)

// VaultChanged is the event after which the window asks VaultService.State again.
const VaultChanged = "vault:changed"

// VaultService tells how secrets are kept, and takes the passphrase where there is no keyring. It asks nobody to be
// signed in: a locked vault may hold what signs the person in.
type VaultService struct{ app *App }

// VaultView is how the workspace keeps secrets.
type VaultView struct {
	Mode     string `json:"mode"`     // probing, keyring, passphrase, locked, memory
	Reason   string `json:"reason"`   // in mode memory: the key of the text that says why; else ""
	Held     int    `json:"held"`     // secrets that end with this run
	Stranded bool   `json:"stranded"` // in mode memory: there are sealed secrets that cannot be opened now
	Shortest int    `json:"shortest"` // characters that a passphrase needs
}

// State answers at once, even while the keyring is still being asked.
func (s *VaultService) State() (VaultView, error) {
	return call(s.app, "vault.State", vaultView)
}

// UsePassphrase seals secrets with a key in a file under a passphrase from now on.
func (s *VaultService) UsePassphrase(passphrase, again string) (VaultView, error) {
	return call(s.app, "vault.UsePassphrase", func(ctx context.Context, h *workspace) (VaultView, error) {
		if err := h.vault.UsePassphrase(ctx, passphrase, again); err != nil {
			return VaultView{}, err
		}
		return vaultView(ctx, h)
	})
}

// Unlock opens the key file with its passphrase.
func (s *VaultService) Unlock(passphrase string) (VaultView, error) {
	return call(s.app, "vault.Unlock", func(ctx context.Context, h *workspace) (VaultView, error) {
		if err := h.vault.Unlock(ctx, passphrase); err != nil {
			return VaultView{}, err
		}
		return vaultView(ctx, h)
	})
}

// Retry asks the keyring again.
func (s *VaultService) Retry() (VaultView, error) {
	return call(s.app, "vault.Retry", func(ctx context.Context, h *workspace) (VaultView, error) {
		if err := h.vault.Retry(ctx); err != nil {
			return VaultView{}, err
		}
		return vaultView(ctx, h)
	})
}

// StartOver gives up sealed secrets whose key is lost. The window asks first.
func (s *VaultService) StartOver() (VaultView, error) {
	return call(s.app, "vault.StartOver", func(ctx context.Context, h *workspace) (VaultView, error) {
		if err := h.vault.StartOver(ctx); err != nil {
			return VaultView{}, err
		}
		return vaultView(ctx, h)
	})
}

func vaultView(ctx context.Context, h *workspace) (VaultView, error) {
	s, err := h.vault.State(ctx)
	if err != nil {
		return VaultView{}, err
	}
	return VaultView{
		Mode: string(s.Mode), Reason: s.Why, Held: s.Held, Stranded: s.Stranded, Shortest: vault.MinPassphrase,
	}, nil
}
