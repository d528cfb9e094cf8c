package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kontor/internal/core/words"
)

// misuse is a command that was not understood, and the words that say why. It is an errUsage.
type misuse struct{ say func(book *words.Book) string }

func (m misuse) Error() string        { return m.say(words.For(words.In("en", ""))) }
func (m misuse) Is(target error) bool { return target == errUsage }

func missing(name string) error {
	return misuse{func(b *words.Book) string { return b.T("shell_cli_missing", "name", name) }}
}

func noValue(name, value string) error {
	return misuse{func(b *words.Book) string { return b.T("shell_cli_no_value", "name", name, "value", value) }}
}

func tooMuch(name string) error {
	return misuse{func(b *words.Book) string { return b.T("shell_cli_too_much", "name", name) }}
}

// none refuses whatever stands behind a command; where it is the name of no command, it says which one may be meant.
func none(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if !cmd.HasSubCommands() {
		return tooMuch(args[0])
	}
	alike := cmd.SuggestionsFor(args[0])
	return misuse{func(b *words.Book) string {
		if len(alike) > 0 {
			return b.T("shell_cli_unknown_meant", "name", args[0], "meant", alike[0])
		}
		return b.T("shell_cli_unknown", "name", args[0])
	}}
}

func one(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		what := strings.Fields(cmd.Use)[1]
		return misuse{func(b *words.Book) string { return b.T("shell_cli_missing", "name", placed(b, what)) }}
	}
	return most(cmd, args)
}

func most(_ *cobra.Command, args []string) error {
	if len(args) > 1 {
		return tooMuch(args[1])
	}
	return nil
}

// flagged is what the library has against an option.
func flagged(_ *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var wrong *pflag.InvalidValueError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return misuse{func(b *words.Book) string { return b.T("shell_cli_no_option", "name", name) }}
	case errors.As(err, &bare):
		return missing("--" + bare.GetFlag().Name)
	case errors.As(err, &wrong):
		return noValue("--"+wrong.GetFlag().Name, wrong.GetValue())
	}
	return misuse{func(b *words.Book) string { return b.T("shell_cli_not_understood") }}
}

// speak lets the library say in the reader's language how a command is used. Its own help, version and completion commands
// are English and give way to these.
func (c *command) speak(root *cobra.Command) {
	root.CompletionOptions.DisableDefaultCmd = true
	root.PersistentFlags().BoolP("help", "h", false, c.book.T("shell_cli_help"))
	root.SetFlagErrorFunc(flagged)
	root.SetUsageFunc(func(cmd *cobra.Command) error { return c.usage(cmd.OutOrStdout(), cmd) })
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		said := cmd.Long
		if said == "" {
			said = cmd.Short
		}
		fmt.Fprintf(c.out, "%s\n\n", said)
		_ = c.usage(c.out, cmd)
	})
	root.SetHelpCommand(&cobra.Command{
		Use: "help [COMMAND]", Short: c.book.T("shell_cli_help_command"), RunE: func(_ *cobra.Command, args []string) error {
			cmd, left, err := root.Find(args)
			if err == nil {
				err = none(cmd, left)
			}
			if err != nil {
				return err
			}
			return cmd.Help()
		},
	})
	root.AddCommand(&cobra.Command{
		Use: "completion SHELL", Short: c.book.T("shell_cli_completion"), Args: one, ValidArgs: []string{"bash", "zsh", "fish", "powershell"},
		RunE: func(_ *cobra.Command, args []string) error {
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(c.out, true)
			case "zsh":
				return root.GenZshCompletion(c.out)
			case "fish":
				return root.GenFishCompletion(c.out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(c.out)
			}
			return noValue("SHELL", args[0])
		},
	})
}

// placeholder is a word in a line of usage that stands for what the person gives.
var placeholder = regexp.MustCompile(`\b[A-Z]+\b`)

// usage writes how a command is called, what it holds, and its options.
func (c *command) usage(to io.Writer, cmd *cobra.Command) error {
	var b bytes.Buffer
	line := strings.TrimSuffix(cmd.UseLine(), " [flags]")
	if cmd.HasAvailableSubCommands() {
		line = cmd.CommandPath() + " COMMAND"
	}
	fmt.Fprintf(&b, "%s\n  %s\n", c.book.T("shell_cli_usage"), placed(c.book, line))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", c.book.T("shell_cli_commands"))
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		for _, sub := range cmd.Commands() {
			if sub.IsAvailableCommand() || sub.Name() == "help" {
				fmt.Fprintf(w, "  %s\t%s\n", sub.Name(), sub.Short)
			}
		}
		_ = w.Flush() // into memory
	}
	for _, part := range []struct {
		heading string
		flags   *pflag.FlagSet
	}{{c.book.T("shell_cli_options"), cmd.LocalFlags()}, {c.book.T("shell_cli_options_all"), cmd.InheritedFlags()}} {
		if part.flags.HasAvailableFlags() {
			fmt.Fprintf(&b, "\n%s\n", part.heading)
			c.options(&b, part.flags)
		}
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", placed(c.book, c.book.T("shell_cli_more", "command", cmd.CommandPath()+" COMMAND --help")))
	}
	_, err := b.WriteTo(to)
	return err
}

// placed writes the placeholders of a line in the reader's language.
func placed(book *words.Book, line string) string {
	said := map[string]string{
		"COMMAND": book.T("shell_cli_place_command"), "FILE": book.T("shell_cli_place_file"), "PLACE": book.T("shell_cli_place_place"),
		"WORDS": book.T("shell_cli_place_words"), "ADDRESS": book.T("shell_cli_place_address"), "NAME": book.T("shell_cli_place_name"),
	}
	return placeholder.ReplaceAllStringFunc(line, func(word string) string {
		if is := said[word]; is != "" {
			return is
		}
		return word
	})
}

func (c *command) options(to io.Writer, flags *pflag.FlagSet) {
	w := tabwriter.NewWriter(to, 0, 0, 2, ' ', 0)
	flags.VisitAll(func(f *pflag.Flag) {
		name, said := "--"+f.Name, f.Usage
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		switch f.Value.Type() {
		case "bool":
		case "int":
			name += " " + placed(c.book, "N")
		default:
			name += " …"
		}
		if f.DefValue != "" && f.DefValue != "false" {
			said += " " + c.book.T("shell_cli_default", "value", f.DefValue)
		}
		fmt.Fprintf(w, "  %s\t%s\n", name, said)
	})
	_ = w.Flush() // whoever reads it sees what is missing
}
