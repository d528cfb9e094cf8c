package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kontor/app"
)

// organization lists the person's organizations, takes the one that is shown along in a file, and brings one in.
func (c *command) organization() *cobra.Command {
	out := ""
	cmd := &cobra.Command{Use: "organization", Short: c.book.T("organization_title"), Args: none, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	list := c.personal(&cobra.Command{Use: "list", Short: c.book.T("shell_cli_organization_list"), Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		return c.as(cmd.Context(), func(t *app.Terminal) error {
			all, err := t.Organizations()
			if err != nil {
				return err
			}
			items := [][]any{}
			for _, m := range all {
				items = append(items, []any{m.Organization.ID, m.Organization.Name, string(m.Role)})
			}
			return c.list([]column{
				{key: "id", heading: "ID"},
				{key: "name", heading: c.book.T("organization_name")},
				{key: "role", heading: c.book.T("organization_role"), say: c.said("organization_role_")},
			}, items)
		})
	}})
	export := c.within(&cobra.Command{Use: "export --out FILE", Short: c.book.T("shell_cli_organization_export"), Args: none, RunE: func(cmd *cobra.Command, _ []string) error {
		if out == "" {
			return missing("--out")
		}
		return c.as(cmd.Context(), func(t *app.Terminal) error { return c.take(cmd, t, out) })
	}})
	export.Flags().StringVar(&out, "out", "", c.book.T("shell_cli_organization_out"))
	bring := c.personal(&cobra.Command{Use: "import FILE", Short: c.book.T("shell_cli_organization_import"), Args: one, RunE: func(cmd *cobra.Command, args []string) error {
		return c.as(cmd.Context(), func(t *app.Terminal) error { return c.bring(cmd, t, args[0]) })
	}})
	bring.Flags().BoolVar(&c.yes, "yes", false, c.book.T("shell_cli_organization_yes"))
	cmd.AddCommand(list, export, bring)
	return cmd
}

// take asks for the password once more, as the window does, and for the passphrase.
func (c *command) take(cmd *cobra.Command, t *app.Terminal, out string) error {
	password, err := c.ask("shell_cli_password")
	if err != nil {
		return err
	}
	passphrase, err := c.ask("settings_backup_passphrase")
	if err != nil {
		return err
	}
	again := passphrase
	if !c.stdin {
		if again, err = c.ask("settings_backup_again"); err != nil {
			return err
		}
	}
	t.Into(out)
	job, err := t.Moving().Take(password, passphrase, again, "", "")
	if err != nil {
		return err
	}
	if err := t.Await(cmd.Context(), job); err != nil {
		return err
	}
	v, err := t.Moving().Taken(job.ID)
	if err != nil {
		return err
	}
	return c.print([]row{{"file", v.Name}, {"secrets_left_behind", v.Behind}})
}

// bring shows what is in a file, and with --yes brings it in.
func (c *command) bring(cmd *cobra.Command, t *app.Terminal, path string) error {
	passphrase, err := c.ask("organization_bring_passphrase")
	if err != nil {
		return err
	}
	job, err := t.Moving().Open(path, passphrase)
	if err != nil {
		return err
	}
	if err := t.Await(cmd.Context(), job); err != nil {
		return err
	}
	v, err := t.Moving().Opened(job.ID)
	if err != nil {
		return err
	}
	rows := []row{{"name", v.Name}, {"at", v.At}, {"here", v.Here}, {"alike", v.Alike}}
	for _, one := range v.Counts {
		rows = append(rows, row{one.Kind, one.Count})
	}
	if err := c.print(rows); err != nil {
		return err
	}
	if !c.yes {
		fmt.Fprintln(c.err, c.book.T("shell_cli_organization_agree"))
		return t.Moving().Forget()
	}
	if job, err = t.Moving().Bring(); err != nil {
		return err
	}
	return t.Await(cmd.Context(), job)
}
