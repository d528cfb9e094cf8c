package activity

import (
	"context"
	"strings"
	"sync"

	"github.com/google/uuid"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
)

// upload is a file between the steps of an import.
type upload struct {
	id, name string
	parts    strings.Builder
	size     int    // as announced
	imported string // the import that it became
	mapping  Mapping
}

// text is the file as far as it came.
func (u *upload) text() string { return u.parts.String() }

// uploads keeps the last file of each person.
type uploads struct {
	mu sync.Mutex
	by map[string]*upload
}

func (u *uploads) open(ctx context.Context, name string, size int) string {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.by == nil {
		u.by = map[string]*upload{}
	}
	up := &upload{id: uuid.NewString(), name: name, size: size}
	up.parts.Grow(size)
	u.by[access.From(ctx).AccountID] = up
	return up.id
}

func (u *uploads) add(ctx context.Context, id string, part []byte) error {
	up, err := u.find(ctx, id)
	if err != nil {
		return err
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if up.parts.Len()+len(part) > up.size {
		return fault.New(fault.Invalid, "")
	}
	up.parts.Write(part)
	return nil
}

func (u *uploads) find(ctx context.Context, id string) (*upload, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	up, ok := u.by[access.From(ctx).AccountID]
	if !ok || up.id != id {
		return nil, fault.New(fault.NotFound, "")
	}
	return up, nil
}

// done notes what the file became. It stays at hand until the person is done with it, for the rows that were set aside.
func (u *uploads) done(ctx context.Context, id, imported string, m Mapping) {
	if up, err := u.find(ctx, id); err == nil {
		u.mu.Lock()
		defer u.mu.Unlock()
		up.imported, up.mapping = imported, m
	}
}

// of is the file that became an import, if it is still at hand.
func (u *uploads) of(ctx context.Context, imported string) *upload {
	u.mu.Lock()
	defer u.mu.Unlock()
	if up := u.by[access.From(ctx).AccountID]; up != nil && up.imported == imported && imported != "" {
		return up
	}
	return nil
}

func (u *uploads) drop(ctx context.Context) {
	u.mu.Lock()
	defer u.mu.Unlock()
	delete(u.by, access.From(ctx).AccountID)
}

// wholeRejected lists the rows that an import could not take: whole, from the file, while that is at hand.
func (s *Service) wholeRejected(ctx context.Context, importID string) ([]Rejected, error) {
	list, err := s.Rejected(ctx, importID)
	if up := s.uploads.of(ctx, importID); err == nil && up != nil {
		got, err := s.read(ctx, up.text(), up.mapping, func(int64, int64) {})
		if err == nil {
			return got.aside, nil
		}
	}
	return list, err
}
