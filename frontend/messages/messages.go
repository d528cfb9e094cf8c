// Package messages carries the texts of Kontor into the program: those of the window too. Read
// them through package words.
package messages

import "embed"

// Files holds <locale>/<area>.json.
//
//go:embed en it es fr de
var Files embed.FS
