// Package disk tells on what kind of disk a folder lies, and holds a workspace for one window: a file in the folder itself
// says who has it open, so that a second session and a second computer notice. It is a courtesy between programs that ask;
// what a disk promises about its locks is not relied upon.
package disk

import (
	"os"
	"path/filepath"
	"strings"
)

// Place is what a folder lies on. The zero Place is an ordinary disk of this computer.
type Place struct {
	Remote   string // the kind of network disk, e.g. "nfs"; "" if it is this computer's own
	ReadOnly bool   // nothing can be written to the folder
	Synced   string // the program that keeps the folder the same elsewhere, e.g. "Dropbox"; "" if none is known to
}

// At looks at a folder. What the system does not tell counts as an ordinary disk.
func At(dir string) Place {
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	p := Place{Synced: syncedBy(dir)}
	p.Remote, p.ReadOnly = system(dir)
	return p
}

// Files and folders by which programs mark what they keep the same elsewhere, at the top of it.
var marks = []struct {
	pattern string
	file    bool // a folder of that name means something else: ~/.dropbox holds Dropbox's own settings
	by      string
}{
	{".dropbox", true, "Dropbox"},
	{".dropbox.cache", false, "Dropbox"},
	{".stfolder", false, "Syncthing"},
	{".sync_*.db", true, "Nextcloud"},
	{"._sync_*.db", true, "Nextcloud"},
	{".nextcloudsync.log", true, "Nextcloud"},
	{".owncloudsync.log", true, "ownCloud"},
	{".SynologyWorkingDirectory", false, "Synology Drive"},
}

// Names that programs give to the folder that they keep; what follows may number it or name its owner.
var names = []struct{ name, by string }{
	{"Dropbox", "Dropbox"},
	{"OneDrive", "OneDrive"},
	{"kDrive", "kDrive"},
	{"iCloudDrive", "iCloud Drive"},
	{"iCloud Drive", "iCloud Drive"},
	{"Mobile Documents", "iCloud Drive"},
	{"Nextcloud", "Nextcloud"},
	{"Google Drive", "Google Drive"},
	{"GoogleDrive", "Google Drive"},
	{"pCloudDrive", "pCloud"},
}

func syncedBy(dir string) string {
	for _, name := range []string{"OneDrive", "OneDriveConsumer", "OneDriveCommercial"} {
		if top := os.Getenv(name); top != "" && below(dir, top) {
			return "OneDrive"
		}
	}
	for {
		for _, m := range marks {
			found, _ := filepath.Glob(filepath.Join(escaped(dir), m.pattern)) // the patterns are well formed
			for _, path := range found {
				if info, err := os.Stat(path); err == nil && info.IsDir() != m.file {
					return m.by
				}
			}
		}
		base := filepath.Base(dir)
		for _, n := range names {
			rest, ok := strings.CutPrefix(base, n.name)
			if ok && (rest == "" || strings.HasPrefix(rest, " ") || strings.HasPrefix(rest, "-")) {
				return n.by
			}
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

func below(dir, top string) bool {
	rest, err := filepath.Rel(top, dir)
	return err == nil && rest != ".." && !strings.HasPrefix(rest, ".."+string(filepath.Separator))
}

func escaped(dir string) string {
	return strings.NewReplacer(`[`, `\[`, `*`, `\*`, `?`, `\?`).Replace(dir)
}
