package app

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"kontor/internal/area/activity"
	"kontor/internal/core/fault"
	"kontor/internal/flow/backup"
	keeping "kontor/internal/flow/replica"
	"kontor/internal/host/archive"
	"kontor/internal/host/bridge"
	"kontor/internal/host/disk"
	"kontor/internal/host/machine"
	"kontor/internal/host/replica"
	"kontor/internal/host/sqlite"
	"kontor/internal/host/vault"
)

// source is the replica from which a workspace is put in place.
type source struct {
	line  *replica.Line
	o     replica.Options
	where replica.Where
	found replica.Found
	from  replica.Ref // what was opened
}

// ReplicaView is what is in a replica.
type ReplicaView struct {
	Computer string        `json:"computer"` // which writes
	Since    string        `json:"since"`    // RFC 3339: since when, by its clock
	Here     bool          `json:"here"`     // it is this one
	Closed   bool          `json:"closed"`   // it has sent everything, and Kontor is closed there
	Versions []VersionView `json:"versions"` // the line first, from its newest on; then what others sent on their own
}

// VersionView is a state that can be put in place.
type VersionView struct {
	ID       string `json:"id"`
	At       string `json:"at"` // RFC 3339: it is of this moment
	Computer string `json:"computer"`
	Branch   bool   `json:"branch"` // another computer went on from an earlier one
}

func (a *App) replicaOf(h *workspace) *keeping.Service {
	return keeping.New(keeping.Options{
		DB: h.db, Vault: h.vault, Journal: h.journal, Settings: h.settings, Dir: h.path, Pictures: filepath.Join(h.path, picturesFolder),
		Program: a.options.Version, Machine: disk.Self(a.options.Version).Machine, Computer: machine.Name(), Log: a.log,
		Changed: func() { a.shell.EmitBeside(keeping.Changed) },
	})
}

// FindReplica looks at a place for a replica, with the passphrase that it was sealed with, or, where the address is empty,
// at the one that the open workspace is sent to. Nothing is changed. Requires what OpenBackup does.
func (s *SystemService) FindReplica(place keeping.PlaceView, passphrase string) (ReplicaView, error) {
	if _, err := s.mayRestore(); err != nil {
		return ReplicaView{}, err
	}
	return bridge.Outside(s.app.shell, "system.FindReplica", func(ctx context.Context) (ReplicaView, error) {
		from, err := s.app.reach(ctx, place.Where(), passphrase)
		if err == nil {
			from.found, err = from.line.Find(ctx)
		}
		if err != nil {
			return ReplicaView{}, err
		}
		s.app.restore.reached(from)
		head := from.found.Head
		known, err := from.line.State()
		v := ReplicaView{
			Computer: head.Computer, Since: bridge.Moment(head.At), Here: known.Path == head.Path, Closed: from.found.Closed, Versions: []VersionView{},
		}
		for _, one := range sparse(from.found.Versions) {
			v.Versions = append(v.Versions, VersionView{ID: one.Path + "/" + one.Name, At: bridge.Moment(one.At), Computer: one.Computer, Branch: one.Branch})
		}
		return v, err
	})
}

// reach reaches for a replica.
func (a *App) reach(ctx context.Context, w replica.Where, passphrase string) (*source, error) {
	if w.Address == "" {
		from := &source{}
		err := do(a, "system.FindReplica", func(ctx context.Context, h *workspace) (err error) {
			from.line, from.where, from.o, err = h.replica.Line(ctx)
			return err
		})
		return from, err
	}
	p, err := w.At(a.options.Version)
	if err != nil {
		return nil, err
	}
	o := replica.Options{
		Place: p, Dir: a.options.Workspace, Machine: disk.Self(a.options.Version).Machine, Computer: machine.Name(), Program: a.options.Version,
		Now: a.options.Now,
	}
	if o.Key, err = replica.ReadKey(ctx, p, passphrase); err != nil {
		return nil, err
	}
	return &source{line: replica.New(o), o: o, where: w.Met(p)}, nil
}

// sparse leaves out of a list what nobody looks for: the newest ten of a computer's path are in it, then the last of each
// hour for two days, and the last of each day.
func sparse(all []replica.Version) []replica.Version {
	path, n, hour := "", 0, ""
	newest := time.Time{}
	return slices.DeleteFunc(slices.Clone(all), func(v replica.Version) bool {
		if v.Path != path {
			path, n, hour, newest = v.Path, 0, "", v.At
		}
		n++
		grain := time.Hour
		if newest.Sub(v.At) > 48*time.Hour {
			grain = 24 * time.Hour
		}
		is := fmt.Sprint(grain, v.At.Truncate(grain).Unix())
		again := is == hour
		hour = is
		return again && n > 10
	})
}

// OpenReplica opens one of the states that FindReplica found beside the workspace, as OpenBackup does with a file; what
// follows is the same. Once it is put in place this computer is the one that writes.
func (s *SystemService) OpenReplica(version string) (BackupView, error) {
	password, err := s.mayRestore()
	if err != nil {
		return BackupView{}, err
	}
	a := s.app
	from := a.restore.found()
	if from == nil {
		return BackupView{}, fault.New(fault.NotFound, "")
	}
	at := slices.IndexFunc(from.found.Versions, func(v replica.Version) bool { return v.Path+"/"+v.Name == version })
	if at < 0 {
		return BackupView{}, fault.New(fault.NotFound, "")
	}
	from.from = from.found.Versions[at].Ref
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	return s.openBeside(ctx, cancel, password, func(progress func(done, total int64)) (*unpacked, error) { return a.fetch(ctx, from, progress) })
}

// fetch puts a version together in a folder beside the workspace and checks everything in it.
func (a *App) fetch(ctx context.Context, from *source, progress func(done, total int64)) (_ *unpacked, err error) {
	u, err := a.beside(from.where.Address)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			u.forget()
		}
	}()
	got, err := from.line.Fetch(ctx, from.from, u.dir, progress)
	if err != nil {
		return nil, err
	}
	u.source = from
	u.manifest = archive.Manifest{Program: got.Program, Schema: got.Schema, Workspace: got.Workspace, At: got.At, Computer: got.Computer}
	u.opens = vault.Portable{Key: got.Opens.Key, File: got.Opens.File}
	return u, u.manifest.Sound(ctx, u.database())
}

// claim makes this computer the one that writes, from what was opened on, and returns what is to be done once that is in
// place. Error: Conflict/replica.ReasonTaken if another was quicker; then nothing was changed.
func (u *unpacked) claim(ctx context.Context) (func() error, error) {
	if u.source == nil {
		return func() error { return nil }, nil
	}
	now, err := u.source.line.Current(ctx)
	if err == nil && now.Path != u.source.found.Head.Path {
		err = fault.New(fault.Conflict, replica.ReasonTaken)
	}
	if err != nil {
		return nil, err
	}
	exclusive, err := replica.Probe(ctx, u.source.o.Place)
	if err != nil {
		return nil, err
	}
	h, err := u.source.line.Take(ctx, u.manifest.Workspace, u.source.from)
	if err != nil {
		return nil, err
	}
	return func() error {
		o := u.source.o
		o.Workspace = u.manifest.Workspace
		return replica.New(o).Begin(h, exclusive)
	}, nil
}

// adopt makes the workspace, which was put in place and opened, send to where it came from.
func (a *App) adopt(ctx context.Context, u *unpacked) error {
	if u.source == nil {
		return nil
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.workspace == nil || a.workspace.way.look != nil {
		return nil
	}
	return a.workspace.replica.Adopt(ctx, u.source.where, u.source.o.Key)
}

// restored tells the journal of a workspace what it is.
func (u *unpacked) restored(ctx context.Context, tx *sqlite.Tx, db *sqlite.DB) error {
	journal := activity.New(db, nil, nil)
	name := fmt.Sprintf("%s, %s", u.name, u.manifest.At.UTC().Format(time.RFC3339))
	if u.source != nil {
		return keeping.Restored(ctx, tx, journal, fmt.Sprintf("%s, %s", name, u.manifest.Computer))
	}
	return backup.Restored(ctx, tx, journal, name)
}
