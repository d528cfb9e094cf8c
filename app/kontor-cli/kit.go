package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kontor/internal/core/fault"
	"kontor/internal/flow/leaving"
	"kontor/internal/host/archive"
)

// kit reads what somebody took along who left: it lists what is in it, and with --out writes it into a new folder.
func (c *command) kit() *cobra.Command {
	out := ""
	cmd := &cobra.Command{Use: "kit FILE", Short: c.book.T("shell_cli_kit"), Args: one, RunE: func(_ *cobra.Command, args []string) error {
		data, err := os.ReadFile(args[0])
		if err != nil {
			return fault.Wrap(err, fault.Unavailable, archive.ReasonGone)
		}
		passphrase, err := c.ask("settings_backup_passphrase")
		if err != nil {
			return err
		}
		list, files, err := leaving.Read(data, passphrase)
		if err != nil {
			return err
		}
		items := [][]any{}
		for _, e := range list {
			items = append(items, []any{e.Name, e.Bytes})
			if out == "" {
				continue
			}
			if err := write(filepath.Join(out, e.Name), files[e.Name]); err != nil {
				return err
			}
		}
		return c.list([]column{{key: "name", heading: c.book.T("shell_backup_file")}, {key: "bytes", heading: "Bytes", is: figures}}, items)
	}}
	cmd.Flags().BoolVar(&c.stdin, "passphrase-stdin", false, c.book.T("shell_cli_passphrase_stdin"))
	cmd.Flags().StringVar(&out, "out", "", c.book.T("shell_cli_kit_out"))
	return cmd
}

// write makes a file for its owner alone; one that is there stays.
func write(path string, data []byte) error {
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "not_written")
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) //nolint:gosec // where the person says
	if errors.Is(err, fs.ErrExist) {
		return fault.Wrap(err, fault.Conflict, "not_written")
	}
	if err == nil {
		_, err = f.Write(data)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "not_written")
	}
	return nil
}
