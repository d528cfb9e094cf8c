package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"kontor/internal/core/fault"
)

// Reasons of the faults that Open returns. Each leaves the file as it was found.
const (
	ReasonNewer   = "schema_newer"      // the file was written by a newer Kontor
	ReasonDamaged = "workspace_damaged" // the file is no whole SQLite database
	ReasonBusy    = "workspace_busy"    // another program holds the migration lock or the file for too long
	ReasonFull    = "disk_full"         // the change could not be kept; nothing of it was
	ReasonNoWrite = "read_only"         // the file or its folder cannot be written
	ReasonDisk    = "disk_failed"       // the disk, or the way to it, refused to read or write
	ReasonEmpty   = "workspace_empty"   // the file is there and holds nothing
	ReasonFolder  = "workspace_folder"  // there is a folder where the file belongs
	ReasonLook    = "look_only"         // the database was opened to be looked at
	// ReasonReplaced: while it was open, another file came into its place, or none is there any more. Of Write and Close.
	ReasonReplaced = "workspace_replaced"
	// ReasonNotUpdated: its schema could not be brought up to date. A copy from before was made.
	ReasonNotUpdated = "workspace_not_updated"
)

// IsUnique tells whether err is a broken UNIQUE or PRIMARY KEY constraint.
func IsUnique(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) &&
		(e.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || e.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
}

// isConstraint tells whether the schema refused what was written.
func isConstraint(err error) bool {
	var e *driver.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_CONSTRAINT
}

// classify gives the faults of the file and the disk their public form; every other error stays as it is.
func classify(err error) error {
	if err == nil || fault.CodeOf(err) != fault.Internal {
		return err
	}
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return fault.Wrap(err, fault.Canceled, "")
	}
	switch {
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return fault.Wrap(err, fault.Unavailable, ReasonNoWrite)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.Wrap(err, fault.Unavailable, ReasonFull)
	case errors.Is(err, syscall.EIO):
		return fault.Wrap(err, fault.Unavailable, ReasonDisk)
	}
	var e *driver.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CONSTRAINT:
		if refusal := guarded(err); refusal != nil {
			return refusal
		}
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fault.Wrap(err, fault.Unavailable, ReasonDamaged)
	case sqlite3.SQLITE_FULL:
		return fault.Wrap(err, fault.Unavailable, ReasonFull)
	case sqlite3.SQLITE_IOERR: // a write that fails, a file that cannot be made durable
		return fault.Wrap(err, fault.Unavailable, ReasonDisk)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fault.Wrap(err, fault.Unavailable, ReasonNoWrite)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Wrap(err, fault.Unavailable, ReasonBusy)
	case sqlite3.SQLITE_INTERRUPT:
		return fault.Wrap(err, fault.Canceled, "")
	}
	return fmt.Errorf("sqlite: %w", err)
}
