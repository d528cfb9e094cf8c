package main

import (
	"strings"

	"github.com/spf13/cobra"

	"kontor/app"
	"kontor/internal/core/fault"
	"kontor/internal/host/replica"
)

// replica tells how the second computer's place stands, sends what has changed there, and takes over from there.
func (c *command) replica() *cobra.Command {
	status := c.personal(&cobra.Command{Use: "status", Short: c.book.T("shell_cli_replica_status"), Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		return c.as(cmd.Context(), func(t *app.Terminal) error { return c.standing(t) })
	}})
	push := c.personal(&cobra.Command{Use: "push", Short: c.book.T("shell_cli_replica_push"), Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		return c.as(cmd.Context(), func(t *app.Terminal) error {
			v, err := t.Send()
			if err != nil {
				return err
			}
			if v.State == "off" {
				return fault.New(fault.NotFound, replica.ReasonEmpty)
			}
			return c.print([]row{{"place", v.Place.Address}, {"last", v.Last}, {"bytes", v.Size}})
		})
	}})
	where := replica.Where{}
	take := &cobra.Command{Use: "take PLACE", Short: c.book.T("shell_cli_replica_take"), Args: one, RunE: func(cmd *cobra.Command, args []string) error {
		where.Address = args[0]
		return c.takeOver(cmd, where)
	}}
	take.Flags().StringVar(&where.User, "user", "", c.book.T("shell_cli_replica_user"))
	take.Flags().StringVar(&where.Fingerprint, "fingerprint", "", c.book.T("shell_cli_replica_fingerprint"))
	take.Flags().BoolVar(&c.stdin, "passphrase-stdin", false, c.book.T("shell_cli_replica_stdin"))
	take.Flags().BoolVar(&c.yes, "yes", false, c.book.T("shell_cli_yes"))
	return group("replica", c.book.T("shell_cli_replica"), status, push, take)
}

// standing says how the place stands, and which computers have written there: the place is asked.
func (c *command) standing(t *app.Terminal) error {
	v, err := t.Replica().Get()
	if err != nil {
		return err
	}
	all, err := t.Replica().Computers()
	if err != nil {
		return err
	}
	writes, known := "", []string{}
	for _, one := range all {
		if one.Writes {
			writes = one.Name
		}
		known = append(known, one.Name+" "+one.At)
	}
	return c.print([]row{
		{"on", v.State != "off"}, {"place", v.Place.Address}, {"last", v.Last}, {"bytes", v.Size}, {"writes", writes}, {"computers", strings.Join(known, ", ")},
	})
}

// takeOver shows what taking over changes, and with --yes does it.
func (c *command) takeOver(cmd *cobra.Command, where replica.Where) error {
	a, err := c.app()
	if err != nil {
		return err
	}
	if where.Remote() && where.User != "" {
		if where.Password, err = c.ask("shell_replica_password"); err != nil {
			return err
		}
	}
	passphrase, err := c.ask("shell_replica_passphrase")
	if err != nil {
		return err
	}
	return a.Take(cmd.Context(), where, passphrase, silent, c.agree)
}
