package main

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"github.com/zalando/go-keyring"

	"kontor/app"
	"kontor/internal/area/session"
	"kontor/internal/core/fault"
	"kontor/internal/host/beside"
)

// kept is the name under which the keyring of the system lists the sessions of the command line, by workspace.
const kept = "Kontor command line"

// keyringPatience is how long the keyring may take: it may wait for a person for ever.
const keyringPatience = 4 * time.Second

// errNoKeyring is a session that cannot be kept.
var errNoKeyring = errors.New("no keyring")

func (c *command) signing() []*cobra.Command {
	login := &cobra.Command{Use: "login --email ADDRESS", Short: c.book.T("shell_cli_login", "hours", session.TicketHours), Args: none, RunE: c.login}
	login.Flags().StringVar(&c.email, "email", "", c.book.T("shell_cli_email"))
	login.Flags().BoolVar(&c.stdin, "password-stdin", false, c.book.T("shell_cli_password_stdin"))
	return []*cobra.Command{login, {Use: "logout", Short: c.book.T("shell_cli_logout"), Args: none, RunE: c.logout}}
}

// personal lets a command act as a person: with the session of login, or signed in for this command alone.
func (c *command) personal(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().StringVar(&c.email, "email", "", c.book.T("shell_cli_email_once"))
	cmd.Flags().BoolVar(&c.stdin, "password-stdin", false, c.book.T("shell_cli_password_stdin"))
	return cmd
}

// within lets a command act in another organization of the person than the one that her session shows.
func (c *command) within(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().StringVar(&c.acts, "organization", "", c.book.T("shell_cli_organization"))
	return c.personal(cmd)
}

// acting runs something in the organization that was named, or in the one that the session shows.
func (c *command) acting(t *app.Terminal, act func(*app.Terminal) error) error {
	if c.acts != "" {
		if err := t.ActIn(c.acts); err != nil {
			return err
		}
	}
	return act(t)
}

func (c *command) login(cmd *cobra.Command, _ []string) error {
	if c.email == "" {
		return missing("--email")
	}
	return c.open(cmd.Context(), func(t *app.Terminal) error {
		_ = c.takeUp(cmd.Context(), t) // signing in ends the session that was kept, if there is one
		if err := c.signIn(cmd.Context(), t); err != nil {
			return err
		}
		ticket, err := t.Ticket()
		if err != nil {
			return err
		}
		id, err := t.Workspace(cmd.Context())
		if err != nil {
			return err
		}
		if err := patiently(func() error { return keyring.Set(kept, id, base64.StdEncoding.EncodeToString(ticket)) }); err != nil {
			return errors.Join(fmt.Errorf("%w: %w", errNoKeyring, err), t.SignOut())
		}
		fmt.Fprintln(c.err, c.book.T("shell_cli_signed_in", "hours", session.TicketHours))
		return nil
	})
}

func (c *command) logout(cmd *cobra.Command, _ []string) error {
	return c.open(cmd.Context(), func(t *app.Terminal) error {
		id, err := t.Workspace(cmd.Context())
		if err != nil {
			return err
		}
		if c.takeUp(cmd.Context(), t) == nil { // one that has ended needs no end
			err = t.SignOut()
		}
		if forgotten := patiently(func() error { return keyring.Delete(kept, id) }); !errors.Is(forgotten, keyring.ErrNotFound) {
			err = errors.Join(err, forgotten)
		}
		return err
	})
}

// open runs something in the workspace.
func (c *command) open(ctx context.Context, act func(*app.Terminal) error) error {
	t, err := c.app()
	if err != nil {
		return err
	}
	if err := t.Open(ctx); err != nil {
		return err
	}
	defer t.Close()
	return act(t)
}

// as runs something in the workspace as the person who is signed in.
func (c *command) as(ctx context.Context, act func(*app.Terminal) error) error {
	return c.open(ctx, func(t *app.Terminal) error {
		if c.email == "" {
			if err := c.takeUp(ctx, t); err != nil {
				return err
			}
			return c.acting(t, act)
		}
		if err := c.signIn(ctx, t); err != nil {
			return err
		}
		return errors.Join(c.acting(t, act), t.SignOut())
	})
}

func (c *command) signIn(ctx context.Context, t *app.Terminal) error {
	password, err := c.ask("shell_cli_password")
	if err != nil {
		return err
	}
	return t.SignIn(ctx, c.email, password)
}

func (c *command) takeUp(ctx context.Context, t *app.Terminal) error {
	id, err := t.Workspace(ctx)
	if err != nil {
		return err
	}
	text := ""
	err = patiently(func() (err error) {
		text, err = keyring.Get(kept, id)
		return err
	})
	if errors.Is(err, keyring.ErrNotFound) {
		return fault.New(fault.Unauthenticated, "cli_sign_in")
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errNoKeyring, err)
	}
	ticket, err := base64.StdEncoding.DecodeString(text)
	if err == nil {
		err = t.TakeUp(ctx, ticket)
	}
	if err != nil {
		return fault.Wrap(err, fault.Unauthenticated, "cli_sign_in")
	}
	return nil
}

// patiently asks the keyring, but not for ever.
func patiently(ask func() error) error {
	answer := make(chan error, 1)
	beside.Go(nil, "keyring", func() { answer <- beside.Try(ask) })
	select {
	case err := <-answer:
		return err
	case <-time.After(keyringPatience):
		return errors.New("it does not answer")
	}
}
