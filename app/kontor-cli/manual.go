//go:build manual

package main

import (
	"context"
	"os"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"kontor/internal/core/words"
)

// init makes the program write its own manual pages instead, into the folder of the second argument: a build for packing.
func init() {
	if len(os.Args) != 3 || os.Args[1] != "manual" {
		return
	}
	seconds, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64)
	if err != nil {
		seconds = 0
	}
	at := time.Unix(seconds, 0).UTC()
	c := &command{out: os.Stdout, err: os.Stderr, in: os.Stdin, getenv: os.Getenv, locale: words.In("en", ""), book: words.For(words.In("en", ""))}
	root := c.root()
	root.SetContext(context.Background())
	all(root, func(cmd *cobra.Command) { cmd.DisableAutoGenTag = true })
	if err := doc.GenManTree(root, &doc.GenManHeader{Section: "1", Source: "Kontor", Manual: "User Commands", Date: &at}, os.Args[2]); err != nil {
		panic(err)
	}
	os.Exit(0)
}

func all(cmd *cobra.Command, do func(*cobra.Command)) {
	do(cmd)
	for _, c := range cmd.Commands() {
		all(c, do)
	}
}
