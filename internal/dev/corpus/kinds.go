package main

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/area/transfer"
	"kontor/internal/core/fault"
	"kontor/internal/core/input"
	"kontor/internal/host/export"
)

// kinds are all that are tried, in the order in which they are reported.
var kinds = slices.Concat(pictures, drawings, tables, logs, mails)

// ending makes a kind take files by the end of their names.
func ending(list ...string) func(name string, head []byte) bool {
	return func(name string, _ []byte) bool { return slices.Contains(list, filepath.Ext(name)) }
}

// Tables: what the imports of prices, renewals and domains read.
var tables = []kind{{
	name:  "tables",
	takes: ending(".csv", ".tsv", ".txt", ".xlsx", ".xlsm"),
	run: func(data []byte) error {
		rows, err := export.Read(data, input.Limits{Bytes: 64 << 20, Rows: 100_000, Columns: 200, Cell: 1 << 16})
		if err != nil {
			return err
		}
		return writeBack(rows)
	},
}}

// Logs: what the journal takes in. Columns that nobody mapped are a refusal; rows that are set aside are not.
var logs = []kind{{
	name:  "logs",
	takes: ending(".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson", ".log", ".xlsx"),
	run: func(data []byte) error {
		taken, aside, err := activity.Trial(string(data), time.Now())
		if err == nil && taken == 0 && aside > 0 {
			return fault.New(fault.Invalid, "every row set aside")
		}
		return err
	},
}}

// Mails: what a failed transfer's message comes in.
var mails = []kind{{
	name: "mails",
	takes: func(name string, head []byte) bool {
		return ending(".eml", ".mbox", ".msg", ".email")(name, head) || filepath.Ext(name) == "" && bytes.Contains(head, []byte(":"))
	},
	run: func(data []byte) error {
		m, err := transfer.ReadMessage(data[:min(len(data), transfer.MaxMessage)])
		if err == nil && m.Subject == "" && looksRaw(m.Body) {
			return difference("shown as raw source")
		}
		return err
	},
}}

// looksRaw tells whether a text still begins with the header of an e-mail.
func looksRaw(body string) bool {
	head := body[:min(len(body), 2000)]
	for _, name := range []string{"\nReceived: ", "\nMIME-Version: ", "\nContent-Transfer-Encoding: "} {
		if strings.Contains("\n"+head, name) {
			return true
		}
	}
	return false
}
