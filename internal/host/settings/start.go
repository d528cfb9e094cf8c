// Package settings is what can be chosen: where the workspace lies (by argument or environment, at the start) and what
// a person or the workspace prefers (kept in its database).
package settings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/adrg/xdg"

	"kontor/internal/host/ownfile"
)

// WorkspaceVariable names the environment variable with the folder of the workspace. An argument wins over it.
const WorkspaceVariable = "KONTOR_WORKSPACE"

// Usage is what --help prints.
const Usage = `Kontor: a companion for people who have an account with Infomaniak.

  kontor [--workspace DIR] [FILE]

  FILE             a backup (.kontor-backup), an organization (.kontor-organization)
                   or a signed message (.kontor), to be opened in the window
  --workspace DIR  keep everything in this folder (also: ` + WorkspaceVariable + `)
  --version        print the version and end
  --help           print this and end
`

// Start is what the program was asked to do.
type Start struct {
	Workspace string // absolute
	File      string // absolute, one of the program's own, see ownfile.Locate; "" for none
	Version   bool
	Help      bool
}

// ParseStart reads the arguments (without the program's name). A file of the program's own may be among them, as its path or
// its file: URL; nothing of it is read. Anything else is an error, and nothing in it is acted upon: desktops hand over
// addresses and file names.
func ParseStart(args []string, getenv func(string) string) (Start, error) {
	var s Start
	given := false
	for i := 0; i < len(args); i++ {
		name, value, has := strings.Cut(args[i], "=")
		switch {
		case args[i] == "--help" || args[i] == "-h":
			s.Help = true
		case args[i] == "--version":
			s.Version = true
		case name == "--workspace":
			if !has {
				if i++; i < len(args) {
					value = args[i]
				}
			}
			if given {
				return Start{}, errors.New("--workspace is given twice")
			}
			if value == "" || strings.HasPrefix(value, "-") {
				return Start{}, errors.New("--workspace needs a folder")
			}
			s.Workspace, given = value, true
		case strings.HasPrefix(args[i], "-"):
			return Start{}, fmt.Errorf("unknown argument %.40q", args[i])
		default:
			file, err := ownfile.Locate(args[i])
			if err != nil {
				return Start{}, fmt.Errorf("unknown argument: %w", err)
			}
			if s.File != "" {
				return Start{}, errors.New("more than one file is given")
			}
			s.File = file
		}
	}
	if s.Workspace == "" {
		s.Workspace = getenv(WorkspaceVariable)
	}
	if s.Workspace == "" {
		s.Workspace = filepath.Join(xdg.DataHome, "kontor")
	}
	if strings.ContainsRune(s.Workspace, 0) {
		return Start{}, errors.New("the folder of the workspace has no valid name")
	}
	dir, err := filepath.Abs(s.Workspace)
	if err != nil {
		return Start{}, err
	}
	s.Workspace = dir
	return s, nil
}

// MakeWorkspace creates the folder, for its owner alone. One that exists is taken as it is, if it is a folder.
func MakeWorkspace(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("the workspace %s cannot be created: %w", dir, err)
	}
	return nil
}

// RuntimeDirs are the folders, the best first, in which the locks and sockets of a person's own may lie. The first does not
// outlive the session where the system has such a one; the last is beside the data, where nothing else can be had. All are
// short but that one: a socket's path is limited.
func RuntimeDirs(workspace string) []string {
	own := fmt.Sprintf("kontor-%d", os.Getuid())
	dirs := []string{}
	if dir := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			dirs = append(dirs, filepath.Join(dir, "kontor"), filepath.Join(dir, own))
		}
	}
	return append(dirs, filepath.Join(os.TempDir(), own), filepath.Join(workspace, "run"))
}

// OwnDir creates the folder and makes sure that it is nobody else's: others may write to the system's folder for
// temporary files.
func OwnDir(dir string) error {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	if !info.IsDir() || !owned(info) {
		return fmt.Errorf("%s belongs to somebody else", dir)
	}
	return nil
}
