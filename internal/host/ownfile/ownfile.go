// Package ownfile knows the program's own files by the ends of their names, as a desktop hands one over at a double click.
package ownfile

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf8"

	"kontor/internal/core/text"
)

// Kind is what a file holds; its text is how the names of such files end, without the dot.
type Kind string

// The kinds.
const (
	Backup       Kind = "kontor-backup"       // a whole workspace
	Organization Kind = "kontor-organization" // one organization
	Signed       Kind = "kontor"              // an invitation, or the reply to one
)

// Kinds are all of them.
var Kinds = []Kind{Backup, Organization, Signed}

// MaxPath is how many bytes the path of a file may have.
const MaxPath = 4096

// Of is the kind of a file by its name alone, in large or small letters; "" for a file that is none of the program's.
func Of(path string) Kind {
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
	for _, kind := range Kinds {
		if ending == string(kind) {
			return kind
		}
	}
	return ""
}

// Locate reads a path, relative to the working directory or not, or a file: URL, and gives the absolute path of one of the
// program's files. Error: it is not one that may be opened, in words that do not repeat more than the beginning of it.
func Locate(argument string) (string, error) {
	if len(argument) > 3*MaxPath { // each byte of a URL may be written as three
		return "", fmt.Errorf("the path of the file is too long: %.40q", argument)
	}
	path := argument
	if strings.HasPrefix(strings.ToLower(argument), "file:") {
		var err error
		if path, err = fromURL(argument, runtime.GOOS); err != nil {
			return "", err
		}
	}
	if path == "" || !printable(path) {
		return "", fmt.Errorf("not the name of a file: %.40q", path)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return path, Check(path)
}

// Check tells whether an absolute path leads to one of the program's files: a regular file that is there, and no link to one.
func Check(path string) error {
	switch {
	case len(path) > MaxPath:
		return fmt.Errorf("the path of the file is too long: %.40q", path)
	case !printable(path) || !filepath.IsAbs(path):
		return fmt.Errorf("not the path of a file: %.40q", path)
	case Of(path) == "":
		return fmt.Errorf("not a file of Kontor: %.40q", filepath.Base(path))
	}
	info, err := os.Lstat(path)
	if err != nil {
		return fmt.Errorf("the file %.40q cannot be read", filepath.Base(path))
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%.40q is a folder, a link or a device, not a file", filepath.Base(path))
	}
	return nil
}

// Read gives the content of one of the program's files; false where it has more than limit bytes.
func Read(path string, limit int) (data []byte, whole bool, err error) {
	if err := Check(path); err != nil { // before it is opened: a pipe would keep us waiting
		return nil, false, err
	}
	file, err := os.Open(path) //nolint:gosec // the person opened it from the desktop
	if err != nil {
		return nil, false, err
	}
	defer func() { _ = file.Close() }()
	data, err = io.ReadAll(io.LimitReader(file, int64(limit)+1))
	return data, len(data) <= limit, err
}

// printable tells whether a path can be shown, sent as a line, and told to the page as it is.
func printable(name string) bool {
	return utf8.ValidString(name) && !text.HasControl(name)
}

// fromURL decodes a file: URL of this computer. Whatever else a URL may carry is refused.
func fromURL(address, system string) (string, error) {
	refused := fmt.Errorf("not the address of a file on this computer: %.40q", address)
	u, err := url.Parse(address)
	if err != nil {
		return "", refused
	}
	plain := u.Opaque == "" && u.User == nil && u.RawQuery == "" && !u.ForceQuery && !strings.Contains(address, "#")
	here := u.Host == "" || strings.EqualFold(u.Host, "localhost")
	hidden := strings.Contains(strings.ToLower(address), "%2f") || strings.Contains(strings.ToLower(address), "%5c") && system == "windows"
	if !plain || !here || hidden || !strings.HasPrefix(u.Path, "/") {
		return "", refused
	}
	if system != "windows" {
		return u.Path, nil
	}
	path := u.Path[1:] // "/C:/…"
	if len(path) < 3 || path[1] != ':' || path[2] != '/' {
		return "", refused
	}
	return strings.ReplaceAll(path, "/", `\`), nil
}
