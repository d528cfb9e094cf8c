package branding

import (
	"context"
	"image"
	"path"
	"slices"
	"strings"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/manager"
	"kontor/internal/host/picture"
	"kontor/internal/host/sqlite"
)

// Files keeps the bytes of pictures under their SHA-256.
type Files interface {
	Put(data []byte) (sum string, err error)
	Get(sum string) ([]byte, error)
	Sweep(keep []string, now time.Time, grace time.Duration) (removed int, err error)
}

// Names tells the name of the actor's current organization.
type Names interface {
	CurrentName(ctx context.Context) (string, error)
}

// grace is how long a file may lie without a row: longer than any upload takes from its file to its commit.
const grace = time.Minute

// Service prepares the look of the actor's current organization, for those who may edit it.
type Service struct {
	db      *sqlite.DB
	journal audit.Recorder
	files   Files
	names   Names
	clock   day.Clock
	tasks   Tasks
	studies *studies
}

// Tasks keeps what is still to do in the Manager.
type Tasks interface {
	Note(ctx context.Context, tx *sqlite.Tx, t manager.Task) (string, error)
	Withdraw(ctx context.Context, tx *sqlite.Tx, kind manager.Kind, ref string) error
}

// NewService wires a service; it opens nothing.
func NewService(db *sqlite.DB, journal audit.Recorder, files Files, names Names, tasks Tasks, clock day.Clock) *Service {
	return &Service{db: db, journal: journal, files: files, names: names, tasks: tasks, clock: clock, studies: newStudies(files)}
}

// Tidy removes picture files that nothing refers to.
func (s *Service) Tidy(ctx context.Context) error {
	keep, err := sums(ctx, s.db.Reader())
	if err != nil {
		return err
	}
	_, err = s.files.Sweep(keep, time.Now(), grace)
	return err
}

// Bring puts a picture file into a place and shows it. Where the other place forbids that, it is refused with the rule,
// or, if makeRoom is true, the other place gives way first.
func (s *Service) Bring(ctx context.Context, step int, slot Slot, name string, data []byte, makeRoom bool) error {
	if _, err := access.Require(ctx, access.EditOrganization); err != nil {
		return err
	}
	if slot != Square && slot != Rectangular {
		return fault.New(fault.Invalid, "not_a_choice")
	}
	p, err := picture.Open(ctx, data)
	if err != nil {
		return err
	}
	if picture.ShapeOf(p.Pixels).Blank {
		return fault.New(fault.Invalid, ReasonBlank)
	}
	brought := Picture{Slot: slot, Name: tidyName(name), Drawn: p.Format == picture.SVG, Brought: picture.Sum(data)}
	if brought.Drawn {
		if data, err = picture.EncodePNG(p.Pixels); err != nil {
			return err
		}
	}
	if brought.SHA256, err = s.files.Put(data); err != nil {
		return err
	}
	return s.change(ctx, step, func(tx *sqlite.Tx, l Look, organization string) (Look, audit.Entry, error) {
		brought.ID, brought.CreatedAt = tx.NewID(), tx.Now
		brought.OriginID = brought.ID
		if makeRoom {
			l = l.MakingRoom(slot)
		}
		l, err := l.WithPicture(slot, brought.ID)
		if err != nil {
			return l, audit.Entry{}, err
		}
		return l, audit.Entry{Action: audit.ItemAdded, ObjectName: string(slot), New: brought.SHA256},
			insertPicture(ctx, tx, organization, brought)
	})
}

// tidyName keeps of a path what a person would call the file.
func tidyName(name string) string {
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if runes := []rune(name); len(runes) > 120 {
		name = string(runes[:120])
	}
	if name == "." || name == "/" || name == "" {
		return "logo"
	}
	return name
}

// Show fills the square with the initials, or with the logo that is kept aside.
func (s *Service) Show(ctx context.Context, step int, content Content, makeRoom bool) error {
	if _, err := access.Require(ctx, access.EditOrganization); err != nil {
		return err
	}
	return s.change(ctx, step, func(_ *sqlite.Tx, l Look, _ string) (Look, audit.Entry, error) {
		entry := audit.Entry{Action: audit.ItemChanged, ObjectName: string(Square), Old: string(l.Square), New: string(content)}
		switch content {
		case Initials:
			return l.WithInitials(), entry, nil
		case Logo:
			if makeRoom && l.SquareID != "" {
				l = l.MakingRoom(Square)
			}
			l, err := l.WithSquareLogo()
			return l, entry, err
		}
		return l, entry, fault.New(fault.Invalid, "not_a_choice")
	})
}

// Remove takes the picture out of a place.
func (s *Service) Remove(ctx context.Context, step int, slot Slot) error {
	if _, err := access.Require(ctx, access.EditOrganization); err != nil {
		return err
	}
	return s.change(ctx, step, func(_ *sqlite.Tx, l Look, _ string) (Look, audit.Entry, error) {
		l, err := l.Without(slot)
		return l, audit.Entry{Action: audit.ItemDeleted, ObjectName: string(slot)}, err
	})
}

// Repair repairs the picture in a place. The picture before it is kept, for Undo and for the view of before and after.
func (s *Service) Repair(ctx context.Context, step int, slot Slot, repair Repair) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	draft, err := readDraft(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil {
		return err
	}
	id := draft.look.in(slot)
	if id == "" {
		return fault.New(fault.Conflict, ReasonNoLogo)
	}
	before, err := readPicture(ctx, s.db.Reader(), actor.OrganizationID, id)
	if err != nil {
		return err
	}
	after, err := s.repaired(ctx, before, repair, actor.OrganizationID)
	if err != nil {
		return err
	}
	return s.change(ctx, step, func(tx *sqlite.Tx, l Look, organization string) (Look, audit.Entry, error) {
		if err := fault.SameVersion(l.in(slot), before.ID); err != nil {
			return l, audit.Entry{}, err
		}
		after.ID, after.CreatedAt = tx.NewID(), tx.Now
		entry := audit.Entry{Action: audit.ItemChanged, ObjectName: string(slot), Old: before.SHA256, New: after.SHA256}
		return l.replaced(slot, after.ID), entry, insertPicture(ctx, tx, organization, after)
	})
}

// repaired makes the file of a repaired picture.
func (s *Service) repaired(ctx context.Context, p Picture, repair Repair, organization string) (Picture, error) {
	limits, err := readLimits(ctx, s.db.Reader(), organization)
	if err != nil {
		return p, err
	}
	data, err := s.files.Get(p.SHA256)
	if err != nil {
		return p, err
	}
	decoded, err := picture.Decode(ctx, data)
	if err != nil {
		return p, err
	}
	var m *image.NRGBA
	if m, err = apply(repair, p.Slot, decoded.Pixels, limits); err != nil {
		return p, err
	}
	if data, err = picture.EncodePNG(m); err != nil {
		return p, err
	}
	sum, err := s.files.Put(data)
	if err == nil && sum == p.SHA256 {
		err = fault.New(fault.Conflict, ReasonNoChange)
	}
	p.Repairs, p.SHA256 = append(slices.Clip(p.Repairs), repair), sum
	return p, err
}

// Revert makes the draft what is set, as one more step that can be taken back.
func (s *Service) Revert(ctx context.Context, step int) error {
	if _, err := access.Require(ctx, access.EditOrganization); err != nil {
		return err
	}
	return s.change(ctx, step, func(tx *sqlite.Tx, _ Look, organization string) (Look, audit.Entry, error) {
		set, err := readLook(ctx, tx, organization, stageSet)
		return set.look, audit.Entry{Action: audit.ItemChanged, ObjectName: "draft", New: stageSet}, err
	})
}

// change makes a step of the draft. It is the only way in which a draft changes, and it refuses what is not valid.
func (s *Service) change(ctx context.Context, step int, f func(tx *sqlite.Tx, l Look, organization string) (Look, audit.Entry, error)) error {
	organization := access.From(ctx).OrganizationID
	return s.write(ctx, func(tx *sqlite.Tx) error {
		draft, err := readDraft(ctx, tx, organization)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(draft.step, step); err != nil {
			return err
		}
		if draft.step < 0 { // the first step back leads to where the draft began
			draft.step++
			if err := writeLook(ctx, tx, organization, stageDraft, draft.step, draft.look); err != nil {
				return err
			}
		}
		next, entry, err := f(tx, draft.look, organization)
		if err != nil {
			return err
		}
		if next == draft.look {
			return nil
		}
		if !next.Valid() {
			return fault.New(fault.Internal, "")
		}
		if err := writeLook(ctx, tx, organization, stageDraft, draft.step+1, next); err != nil {
			return err
		}
		if err := prune(ctx, tx, organization, draft.step+1); err != nil {
			return err
		}
		if err := s.tasks.Withdraw(ctx, tx, manager.SetBranding, organization); err != nil { // it was about another look
			return err
		}
		entry.Product, entry.ObjectID = audit.Branding, organization
		return s.journal.Record(ctx, tx, entry)
	})
}

// write runs a transaction and tidies up the files behind it.
func (s *Service) write(ctx context.Context, fn func(tx *sqlite.Tx) error) error {
	err := s.db.Write(ctx, fn)
	if err != nil {
		return err
	}
	_ = s.Tidy(ctx) // a file too many does no harm, and is found again the next time
	return nil
}

// Undo takes the last step of the draft back.
func (s *Service) Undo(ctx context.Context, step int) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	return s.write(ctx, func(tx *sqlite.Tx) error {
		draft, err := readDraft(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		count, err := countSteps(ctx, tx, actor.OrganizationID)
		if err != nil {
			return err
		}
		if err := fault.SameVersion(draft.step, step); err != nil {
			return err
		}
		if count < 2 {
			return fault.New(fault.Conflict, ReasonNothing)
		}
		if err := dropStep(ctx, tx, actor.OrganizationID, draft.step); err != nil {
			return err
		}
		if err := prune(ctx, tx, actor.OrganizationID, draft.step-1); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.ItemChanged, Product: audit.Branding, ObjectID: actor.OrganizationID, ObjectName: "draft", New: "undo",
		})
	})
}
