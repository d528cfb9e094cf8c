package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"kontor/app"
	"kontor/internal/core/fault"
	"kontor/internal/core/words"
)

// command is one start of the program.
type command struct {
	out, err io.Writer
	in       io.Reader
	getenv   func(string) string
	args     []string
	locale   words.Locale
	book     *words.Book

	workspace string
	format    string
	json      bool
	language  string
	stdin     bool // passphrases come from there
	yes       bool
	acts      string // id or name of the organization in which it acts; "" for the one that the session shows
	email     string // of whoever signs in for this command alone
	lines     *bufio.Reader
}

func (c *command) root() *cobra.Command {
	tells := false
	root := &cobra.Command{
		Use: "kontor-cli", Short: c.book.T("shell_cli_root"), Long: c.book.T("shell_cli_root") + "\n\n" + c.book.T("shell_cli_codes"),
		SilenceErrors: true, SilenceUsage: true, Args: none,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if tells {
				_, err := fmt.Fprintln(c.out, "kontor-cli", version)
				return err
			}
			return cmd.Help()
		},
		PersistentPreRunE: func(*cobra.Command, []string) error {
			if c.language != "" {
				c.book = words.For(words.Parse(c.language))
			}
			if c.json {
				c.format = "json"
			}
			switch c.format {
			case "table", "json", "csv":
				return nil
			}
			return noValue("--format", c.format)
		},
	}
	root.SetOut(c.out)
	root.SetErr(c.err)
	c.speak(root)
	root.Flags().BoolVar(&tells, "version", false, c.book.T("shell_cli_version"))
	flags := root.PersistentFlags()
	flags.StringVar(&c.workspace, "workspace", "", c.book.T("shell_cli_workspace"))
	flags.StringVar(&c.format, "format", "table", c.book.T("shell_cli_format"))
	flags.BoolVar(&c.json, "json", false, c.book.T("shell_cli_json"))
	flags.StringVar(&c.language, "lang", "", c.book.T("shell_cli_lang"))
	backup := &cobra.Command{Use: "backup FILE", Short: c.book.T("shell_cli_backup"), Args: one, RunE: c.backup}
	restore := &cobra.Command{Use: "restore FILE", Short: c.book.T("shell_cli_restore"), Args: one, RunE: c.restore}
	verify := &cobra.Command{Use: "verify [FILE]", Short: c.book.T("shell_cli_verify"), Args: most, RunE: c.verify}
	for _, asks := range []*cobra.Command{backup, restore, verify} {
		asks.Flags().BoolVar(&c.stdin, "passphrase-stdin", false, c.book.T("shell_cli_passphrase_stdin"))
	}
	restore.Flags().BoolVar(&c.yes, "yes", false, c.book.T("shell_cli_yes"))
	root.AddCommand(backup, restore, verify, &cobra.Command{Use: "doctor", Short: c.book.T("shell_cli_doctor"), Args: none, RunE: c.doctor})
	root.AddCommand(c.signing()...)
	root.AddCommand(c.simulation(), c.quotes(), c.clients(), c.ends(), c.journal(), c.exports(), c.kit(), c.organization(), c.replica())
	return root
}

// ask takes a passphrase, never from an argument or a variable, which others on the computer can read.
func (c *command) ask(key string) (string, error) {
	if file, ok := c.in.(*os.File); ok && !c.stdin {
		if !term.IsTerminal(int(file.Fd())) { //nolint:gosec // a descriptor is small
			return "", missing("--passphrase-stdin")
		}
		fmt.Fprintf(c.err, "%s: ", c.book.T(key))
		text, err := term.ReadPassword(int(file.Fd())) //nolint:gosec // a descriptor is small
		fmt.Fprintln(c.err)
		return string(text), err
	}
	if c.lines == nil {
		c.lines = bufio.NewReader(c.in)
	}
	line, err := c.lines.ReadString('\n')
	if errors.Is(err, io.EOF) && line != "" {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}

func silent(int64, int64) {}

func (c *command) backup(cmd *cobra.Command, args []string) error {
	a, err := c.app()
	if err != nil {
		return err
	}
	passphrase, err := c.ask("settings_backup_passphrase")
	if err != nil {
		return err
	}
	if !c.stdin {
		again, err := c.ask("settings_backup_again")
		if err != nil {
			return err
		}
		if again != passphrase {
			return fault.New(fault.Invalid, "").At("again", "not_the_same")
		}
	}
	made, err := a.Backup(cmd.Context(), args[0], passphrase, silent)
	if err != nil {
		return err
	}
	return c.print([]row{{"path", made.Path}, {"at", made.At}, {"bytes", made.Size}})
}

func (c *command) restore(cmd *cobra.Command, args []string) error {
	a, err := c.app()
	if err != nil {
		return err
	}
	passphrase, err := c.ask("shell_backup_passphrase")
	if err != nil {
		return err
	}
	return a.Restore(cmd.Context(), args[0], passphrase, silent, c.agree)
}

// agree shows what putting something in place changes, and says whether the person has agreed.
func (c *command) agree(v app.BackupView) bool {
	rows := []row{{"at", v.At}, {"program", v.Program}, {"secrets", v.Secrets}}
	for _, d := range v.Differences {
		rows = append(rows, row{d.Kind, d.Then})
	}
	if err := c.print(rows); err != nil {
		return false
	}
	if !c.yes {
		fmt.Fprintln(c.err, c.book.T("shell_cli_agree"))
	}
	return c.yes
}

func (c *command) verify(cmd *cobra.Command, args []string) error {
	a, err := c.app()
	if err != nil {
		return err
	}
	if len(args) == 0 {
		h, err := a.Verify(cmd.Context())
		if err != nil {
			return err
		}
		if err := c.print([]row{{"database", h.Database}, {"journal", h.Journal}, {"entries", h.Entries}, {"broken", h.Broken}}); err != nil {
			return err
		}
		if !h.OK() {
			return errUnsound
		}
		return nil
	}
	passphrase, err := c.ask("shell_backup_passphrase")
	if err != nil {
		return err
	}
	m, err := a.VerifyBackup(cmd.Context(), args[0], passphrase)
	if err != nil {
		return err
	}
	return c.print([]row{{"at", m.At}, {"program", m.Program}, {"schema", m.Schema}, {"pictures", m.Pictures()}})
}

func (c *command) doctor(cmd *cobra.Command, _ []string) error {
	a, err := c.app()
	if err != nil {
		return err
	}
	h, err := a.Verify(cmd.Context())
	if err != nil {
		return err
	}
	text, err := json.Marshal(h)
	if err != nil {
		return err
	}
	d := json.NewDecoder(strings.NewReader(string(text)))
	rows := []row{}
	for d.More() { // in the order of the fields
		key, err := d.Token()
		if err != nil {
			return err
		}
		name, ok := key.(string)
		if !ok {
			continue
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		rows = append(rows, row{name, value})
	}
	if err := c.print(rows); err != nil {
		return err
	}
	if !h.OK() {
		return errUnsound
	}
	return nil
}
