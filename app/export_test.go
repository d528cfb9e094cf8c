package app

import (
	"context"
	"maps"

	"kontor/internal/area/session"
	"kontor/internal/core/access"
	"kontor/internal/flow/leaving"
	"kontor/internal/host/sqlite"
)

// Panic is a bound method that panics.
func Panic(a *App) error {
	return do(a, "test.Panic", func(context.Context, *workspace) error { panic("on purpose") })
}

// DB is the database of the workspace that is open.
func DB(a *App) *sqlite.DB { return a.workspace.db }

// BeginAs signs the account of an address in on this window; "" signs out. A bound session is as a provider opens it.
func BeginAs(a *App, email string, bound bool) error {
	return do(a, "test.BeginAs", func(ctx context.Context, h *workspace) error {
		if access.From(ctx).AccountID != "" {
			if err := h.sessions.SignOut(ctx); err != nil {
				return err
			}
		}
		if email == "" {
			return nil
		}
		id, err := h.profiles.IDByEmail(ctx, email)
		if err != nil {
			return err
		}
		if err := h.sessions.Begin(ctx, id, session.ByPassword, false); err != nil || !bound {
			return err
		}
		actor, err := h.sessions.Actor(ctx)
		if err != nil {
			return err
		}
		return h.db.Write(ctx, func(tx *sqlite.Tx) error {
			_, err := tx.Exec("UPDATE session SET bound_to = organization_id WHERE id = ?", actor.SessionID)
			return err
		})
	})
}

// SetPasswords gives every account of the workspace the same password.
func SetPasswords(a *App, password string) error {
	return do(a, "test.SetPasswords", func(ctx context.Context, h *workspace) error {
		ids, err := sqlite.All(ctx, h.db.Reader(), sqlite.Value[string], "SELECT id FROM account")
		if err != nil {
			return err
		}
		return h.db.Write(ctx, func(tx *sqlite.Tx) error {
			for _, id := range ids {
				if err := h.sessions.SetPassword(ctx, tx, id, password); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// Acting is who is signed in on this window.
func Acting(a *App) access.Actor {
	actor, _ := a.workspace.sessions.Actor(context.Background())
	return actor
}

// Keep puts a secret into the vault of the workspace that is open; Kept reads it.
func Keep(a *App, secret string) error {
	return do(a, "test.Keep", func(ctx context.Context, h *workspace) error {
		return h.db.Write(ctx, func(tx *sqlite.Tx) error { return h.vault.Put(ctx, tx, "mail_server", "", "test", []byte(secret)) })
	})
}

func Kept(a *App) (string, error) {
	return call(a, "test.Kept", func(ctx context.Context, h *workspace) (string, error) {
		secret, err := h.vault.Get(ctx, "mail_server", "", "test")
		return string(secret), err
	})
}

// KitSheets are the sheets of the kit of whoever is signed in, of every area that has been told of Infomaniak.
func KitSheets(a *App) map[string][][]string {
	all := map[string][][]string{}
	_ = do(a, "test.KitSheets", func(ctx context.Context, h *workspace) error {
		for _, area := range []leaving.Area{h.journal, h.sessions, h.notices, h.mail, h.expiry, h.settings, h.mirror, h.organizations, h.profiles} {
			sheets, err := area.Sheets(ctx, h.db.Reader(), access.From(ctx).AccountID)
			if err != nil {
				return err
			}
			maps.Copy(all, sheets)
		}
		return nil
	})
	return all
}

// MirrorSheets are the sheets of the kit about Infomaniak, of whoever is signed in.
func MirrorSheets(a *App) (sheets map[string][][]string) {
	_ = do(a, "test.MirrorSheets", func(ctx context.Context, h *workspace) (err error) {
		sheets, err = h.mirror.Sheets(ctx, h.db.Reader(), access.From(ctx).AccountID)
		return err
	})
	return sheets
}
