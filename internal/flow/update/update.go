// Package update tells a person, who asked, whether there is a newer version of the program, and keeps its file where the person
// wants it. Which version was told last is noted in the workspace: an older state than that is not believed. How a place is
// asked, and what is believed of it, is internal/host/update's.
package update

import (
	"context"
	"runtime"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/settings"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/update"
)

// seenKey is where the workspace notes the newest version of which it was ever told.
const seenKey = "update.seen"

// Options say what a Service works on.
type Options struct {
	DB       *sqlite.DB
	Settings *settings.Store
	Place    update.Place
	Program  string // the version that runs
}

// Service looks for newer versions. It does nothing by itself.
type Service struct{ o Options }

// New wires a Service.
func New(o Options) *Service { return &Service{o} }

// packages names this system, as published files do, and gives the endings of what is installed here, the likelier first.
func packages() (system string, endings []string) {
	endings = []string{".deb", ".rpm", ".tar.gz"}
	switch runtime.GOOS {
	case "windows":
		endings = []string{"-setup.exe"}
	case "darwin":
		endings = []string{".dmg"}
	}
	return runtime.GOOS + "/" + runtime.GOARCH, endings
}

// Look asks for the newest version, and gives its file for this system; one without a name if none is published. Requires
// access.OwnProfile. Errors: those of update.Place.Look.
func (s *Service) Look(ctx context.Context) (found update.Found, file update.File, err error) {
	if _, err := access.Require(ctx, access.OwnProfile); err != nil {
		return found, file, err
	}
	seen, err := s.o.Settings.Text(ctx, s.o.DB.Reader(), settings.Workspace, seenKey)
	if err != nil {
		return found, file, err
	}
	if found, err = s.o.Place.Look(ctx, s.o.Program, seen); err != nil {
		return found, file, err
	}
	system, endings := packages()
	file, _ = found.For(system, endings...)
	if found.Version == seen {
		return found, file, nil
	}
	return found, file, s.o.DB.Write(ctx, func(tx *sqlite.Tx) error {
		return s.o.Settings.SetText(ctx, tx, settings.Workspace, seenKey, found.Version)
	})
}

// Newer is the file of a newer version for this system. Errors: as Look; NotFound if there is none.
func (s *Service) Newer(ctx context.Context) (update.File, error) {
	found, file, err := s.Look(ctx)
	if err == nil && (!found.Newer || file.Name == "") {
		err = fault.New(fault.NotFound, "")
	}
	return file, err
}

// Save fetches a file that Newer has named and keeps it at to, if it is what was signed; progress is told in bytes. Requires
// access.OwnProfile. Errors: those of update.Place.Save.
func (s *Service) Save(ctx context.Context, file update.File, to string, progress func(done, total int64)) error {
	if _, err := access.Require(ctx, access.OwnProfile); err != nil {
		return err
	}
	return s.o.Place.Save(ctx, file, to, progress)
}
