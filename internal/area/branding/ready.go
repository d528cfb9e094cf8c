package branding

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/picture"
	"kontor/internal/host/sqlite"
)

// File is a file that is ready to be handed to the Manager.
type File struct {
	Name          string
	Slot          Slot
	Density       int // 1 or 2
	Width, Height int
	SHA256        string
	Data          []byte
}

// MaxDrawnHeight bounds what a window may ask for.
const MaxDrawnHeight = 1024

// Drawing is a picture at a height as a PNG, for the window. Members see what their organization shows; the draft, and
// what was before it, is seen by those who may edit it.
func (s *Service) Drawing(ctx context.Context, id string, height int) ([]byte, error) {
	actor, err := access.Require(ctx, access.ViewOrganization)
	if err != nil {
		return nil, err
	}
	if height < 1 || height > MaxDrawnHeight {
		return nil, fault.New(fault.NotFound, "")
	}
	p, err := readPicture(ctx, s.db.Reader(), actor.OrganizationID, id)
	if err != nil {
		return nil, err
	}
	if !actor.Can(access.EditOrganization) {
		set, err := readLook(ctx, s.db.Reader(), actor.OrganizationID, stageSet)
		if err != nil {
			return nil, err
		}
		if id != set.look.Shown(Square) && id != set.look.Shown(Rectangular) {
			return nil, fault.New(fault.NotFound, "")
		}
	}
	return s.studies.png(ctx, p.Slot, p.SHA256, height)
}

// Shown is what the current organization shows to its members.
func (s *Service) Shown(ctx context.Context) (Look, error) {
	actor, err := access.Require(ctx, access.ViewOrganization)
	if err != nil {
		return Look{}, err
	}
	set, err := readLook(ctx, s.db.Reader(), actor.OrganizationID, stageSet)
	return set.look, err
}

// Ready makes the files of the draft: each logo that is shown, at 1× and 2×, as PNG of pixels alone.
func (s *Service) Ready(ctx context.Context) ([]File, error) {
	if _, err := access.Require(ctx, access.EditOrganization); err != nil {
		return nil, err
	}
	st, err := s.State(ctx)
	if err != nil {
		return nil, err
	}
	return s.ready(ctx, st)
}

func (s *Service) ready(ctx context.Context, st State) ([]File, error) {
	files := []File{}
	for _, slot := range []Slot{Square, Rectangular} {
		id := st.Draft.Shown(slot)
		if id == "" {
			continue
		}
		study, err := s.studies.of(ctx, slot, sumOf(st.plain(), id))
		if err != nil {
			return nil, err
		}
		for density := 1; density <= 2; density++ {
			f, err := readyFile(study.master, slot, density, st.Limits)
			if err != nil {
				return nil, err
			}
			f.Name = fmt.Sprintf("%s-%s-%dx.png", slug(st.Name), slot, density)
			files = append(files, f)
		}
	}
	return files, nil
}

// ReadyFile is one of the ready files, by its name.
func (s *Service) ReadyFile(ctx context.Context, name string) ([]byte, error) {
	files, err := s.Ready(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if f.Name == name {
			return f.Data, nil
		}
	}
	return nil, fault.New(fault.NotFound, "")
}

func readyFile(m *image.NRGBA, slot Slot, density int, l Limits) (File, error) {
	out := fitted(m, density*l.height(slot))
	data, err := picture.EncodePNG(out)
	return File{
		Slot: slot, Density: density, Width: out.Rect.Dx(), Height: out.Rect.Dy(), SHA256: picture.Sum(data), Data: data,
	}, err
}

func (st State) plain() []Picture {
	list := make([]Picture, len(st.Pictures))
	for i, p := range st.Pictures {
		list[i] = p.Picture
	}
	return list
}

// slug is a name as it stands in file names: letters and digits of ASCII, joined by hyphens.
func slug(name string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(name)) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		default:
			if s := b.String(); s != "" && !strings.HasSuffix(s, "-") {
				b.WriteByte('-')
			}
		}
	}
	if s := strings.Trim(b.String(), "-"); s != "" {
		return s[:min(len(s), 60)]
	}
	return "logo"
}

// Exported notes that files left the workspace.
func (s *Service) Exported(ctx context.Context, what string) error {
	return s.db.WriteAs(ctx, access.EditOrganization, func(tx *sqlite.Tx, actor access.Actor) error {
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.DataExported, Product: audit.Branding, ObjectID: actor.OrganizationID, ObjectName: what,
		})
	})
}

// Match says what a file is, compared with the newest approval.
type Match string

// The answers of Compare.
const (
	MatchSource  Match = "source"  // the picture that was approved
	MatchBrought Match = "brought" // the file as it was brought; what was approved is a repaired one
	MatchReady   Match = "ready"   // one of its ready files
	MatchNothing Match = "nothing" // neither: it has changed since
)

// Compare tells whether a file, say one that was downloaded from the Manager, is what was approved.
func (s *Service) Compare(ctx context.Context, data []byte) (Match, string, error) {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return "", "", err
	}
	if len(data) > picture.MaxBytes {
		return "", "", picture.Heavy(false)
	}
	a, err := lastApproval(ctx, s.db.Reader(), actor.OrganizationID)
	if err != nil {
		return "", "", err
	}
	sum := picture.Sum(data)
	if sum == a.SquareSum || sum == a.Rectangular {
		return MatchSource, "", nil
	}
	for name, ready := range a.Ready {
		if ready == sum {
			return MatchReady, name, nil
		}
	}
	if slices.Contains(a.Brought, sum) {
		return MatchBrought, "", nil
	}
	return MatchNothing, "", nil
}
