package profile

import (
	"context"

	"kontor/internal/core/access"
	"kontor/internal/host/bridge"
)

// KeeperWindow is what the page may call of who keeps the workspace.
type KeeperWindow struct{ room bridge.Room[*Service] }

// NewKeeperWindow wires a KeeperWindow.
func NewKeeperWindow(room bridge.Room[*Service]) *KeeperWindow { return &KeeperWindow{room} }

// KeeperView is a person who keeps the workspace, or could.
type KeeperView struct {
	AccountID  string `json:"accountId"`
	Name       string `json:"name"`
	LoginEmail string `json:"loginEmail"`
	Avatar     string `json:"avatar"`
}

// KeepersView is who keeps the workspace, and who else could.
type KeepersView struct {
	Now    []KeeperView `json:"now"`
	Others []KeeperView `json:"others"`
}

// List lists who keeps the workspace.
func (w *KeeperWindow) List() (KeepersView, error) {
	return bridge.Call(w.room, "keeper.List", func(ctx context.Context, s *Service) (KeepersView, error) {
		k, err := s.Keepers(ctx)
		return KeepersView{Now: keeperViews(k.Now), Others: keeperViews(k.Others)}, err
	})
}

// Set lets a person keep the workspace, or no longer, after the password was given.
func (w *KeeperWindow) Set(accountID string, keeps bool, password string) error {
	return bridge.Do(w.room, "keeper.Set", func(ctx context.Context, s *Service) error {
		return s.SetKeeper(ctx, accountID, keeps, password)
	})
}

func keeperViews(list []access.Person) []KeeperView {
	views := make([]KeeperView, 0, len(list))
	for _, p := range list {
		views = append(views, KeeperView{AccountID: p.AccountID, Name: p.FirstName + " " + p.LastName, LoginEmail: p.LoginEmail, Avatar: p.Avatar})
	}
	return views
}
