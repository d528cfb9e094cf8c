package profile

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"image"
	"slices"
	"sync"
	"time"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/picture"
)

const (
	// AvatarSide is the largest side of a picture that is kept, in pixels: that of 210 on a dense screen, and some more.
	AvatarSide = 512
	// draftSide is the longer side of what the window shows while a person chooses the part.
	draftSide   = 2560
	jpegQuality = 92
)

// ReasonNoDraft says that the picture that was being prepared is gone: another one took its place.
const ReasonNoDraft = "no_draft"

// Draft is a picture that a person brought along and has not kept yet.
type Draft struct {
	ID            string
	Width, Height int // upright
	Turn          picture.Turn
	Removed       []picture.Metadata // what the file carried besides pixels, and the kept picture will not
	Animated      bool               // only the first frame is taken
	Profile       picture.Profile
}

// Cut says which part of a draft becomes the picture.
type Cut struct {
	Degrees int          // turned clockwise first: 0, 90, 180 or 270
	Square  picture.Rect // in pixels of the turned draft
}

// draft is the one picture that is being prepared. It stays in memory: what a camera wrote into the file is never kept.
type draft struct {
	mu      sync.Mutex
	id      string
	account string
	file    []byte
	preview []byte
}

func (d *draft) set(id, account string, file, preview []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.id, d.account, d.file, d.preview = id, account, file, preview
}

// get returns the person's draft; the files are nil if there is none of that id.
func (d *draft) get(id, account string) (file, preview []byte) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id == "" || d.id != id || d.account != account {
		return nil, nil
	}
	return d.file, d.preview
}

func (d *draft) drop(account string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.account == account {
		d.id, d.account, d.file, d.preview = "", "", nil, nil
	}
}

// Bring prepares a picture file of the person who is signed in. It takes the place of one that was prepared before.
func (s *Service) Bring(ctx context.Context, file []byte) (Draft, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return Draft{}, err
	}
	p, err := picture.Photo(ctx, file)
	if err != nil {
		return Draft{}, err
	}
	d := Draft{ID: rand.Text(), Turn: p.Turn, Removed: p.Metadata, Animated: p.Animated, Profile: p.Profile}
	d.Width, d.Height = p.Size()
	shown := p.Pixels
	if longer := max(d.Width, d.Height); longer > draftSide {
		shown = picture.Scale(shown, picture.Whole(shown), max(1, d.Width*draftSide/longer), max(1, d.Height*draftSide/longer))
	}
	preview, err := encodeFor(p.Format, shown)
	if err != nil {
		return Draft{}, err
	}
	s.draft.set(d.ID, actor.AccountID, file, preview)
	return d, nil
}

// encodeFor keeps photographs as JPEG; what has sharp edges or transparency stays without loss.
func encodeFor(source picture.Format, m *image.NRGBA) ([]byte, error) {
	if (source == picture.JPEG || source == picture.WebP || source == picture.AVIF) && m.Opaque() {
		return picture.EncodeJPEG(m, jpegQuality)
	}
	return picture.EncodePNG(m)
}

// Discard forgets the draft of the person who is signed in.
func (s *Service) Discard(ctx context.Context) error {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err == nil {
		s.draft.drop(actor.AccountID)
	}
	return err
}

// SetAvatar makes a part of the draft the picture of the person who is signed in. It is never larger than the part that
// was chosen, and it carries pixels only.
func (s *Service) SetAvatar(ctx context.Context, version int64, draftID string, cut Cut) (Account, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return Account{}, err
	}
	source, _ := s.draft.get(draftID, actor.AccountID)
	if source == nil {
		return Account{}, fault.New(fault.NotFound, ReasonNoDraft)
	}
	data, err := cutOut(ctx, source, cut)
	if err != nil {
		return Account{}, err
	}
	changed, err := s.changeAvatar(ctx, actor.AccountID, version, func(a Account) (Account, error) {
		// Within the transaction: see Sweep.
		sum, err := s.files.Put(data)
		if err == nil && sum != a.Avatar {
			a.Avatar, a.PreviousAvatar = sum, a.Avatar
		}
		return a, err
	})
	if err == nil {
		s.draft.drop(actor.AccountID)
	}
	return changed, err
}

func cutOut(ctx context.Context, file []byte, cut Cut) ([]byte, error) {
	p, err := picture.Photo(ctx, file)
	if err != nil {
		return nil, err
	}
	turned := picture.Rotated(p.Pixels, cut.Degrees)
	square := picture.Square(turned.Rect.Dx(), turned.Rect.Dy(), cut.Square)
	side := max(1, min(AvatarSide, int(square.W)))
	return encodeFor(p.Format, picture.Scale(turned, square, side, side))
}

// RemoveAvatar shows the initials again. The picture can be brought back.
func (s *Service) RemoveAvatar(ctx context.Context, version int64) (Account, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return Account{}, err
	}
	return s.changeAvatar(ctx, actor.AccountID, version, func(a Account) (Account, error) {
		if a.Avatar != "" {
			a.Avatar, a.PreviousAvatar = "", a.Avatar
		}
		return a, nil
	})
}

// UndoAvatar shows what was shown before; a second time shows again what was shown first.
func (s *Service) UndoAvatar(ctx context.Context, version int64) (Account, error) {
	actor, err := access.Require(ctx, access.OwnAccount)
	if err != nil {
		return Account{}, err
	}
	return s.changeAvatar(ctx, actor.AccountID, version, func(a Account) (Account, error) {
		a.Avatar, a.PreviousAvatar = a.PreviousAvatar, a.Avatar
		return a, nil
	})
}

func (s *Service) changeAvatar(ctx context.Context, id string, version int64, f func(Account) (Account, error)) (Account, error) {
	began := time.Now()
	changed, err := s.change(ctx, id, version, f)
	if err == nil {
		_ = s.Sweep(ctx, began) // a file too many does no harm, and is found again the next time
	}
	return changed, err
}

// Tidy removes picture files that no account refers to, as a crash may leave them.
func (s *Service) Tidy(ctx context.Context) error { return s.Sweep(ctx, time.Now().Add(-time.Minute)) }

// Sweep removes the files that no account refers to and that were there before a moment. Files are put within the
// transaction that refers to them, and there is one writer: a younger file is another window's, on its way.
func (s *Service) Sweep(ctx context.Context, before time.Time) error {
	keep, err := avatars(ctx, s.db.Reader())
	if err != nil {
		return err
	}
	now := time.Now()
	_, err = s.files.Sweep(keep, now, now.Sub(before))
	return err
}

// Drawing returns a picture for the window, at most so many pixels a side: a draft of one's own, or what a person in the
// organization that is shown is shown with.
func (s *Service) Drawing(ctx context.Context, id string, pixels int) ([]byte, error) {
	actor, err := access.Require(ctx, access.OwnProfile)
	if err != nil {
		return nil, err
	}
	if _, preview := s.draft.get(id, actor.AccountID); preview != nil {
		return preview, nil
	}
	if raw, err := hex.DecodeString(id); err != nil || len(raw) == 0 || pixels < 1 {
		return nil, fault.New(fault.NotFound, "")
	}
	seen, err := s.visible(ctx, actor, id)
	if err != nil {
		return nil, err
	}
	if !seen {
		return nil, fault.New(fault.NotFound, "")
	}
	data, err := s.files.Get(id)
	if err != nil {
		return nil, err
	}
	p, err := picture.Decode(ctx, data)
	if err != nil {
		return nil, err
	}
	if side, _ := p.Size(); side <= pixels {
		return data, nil
	}
	return picture.EncodeFastPNG(picture.Scale(p.Pixels, picture.Whole(p.Pixels), pixels, pixels))
}

// visible tells whether a picture is the actor's own, or that of somebody in the organization that is shown.
func (s *Service) visible(ctx context.Context, actor access.Actor, sum string) (bool, error) {
	mine, err := ownPicture(ctx, s.db.Reader(), sum, actor.AccountID)
	if err != nil || mine || !actor.Can(access.ViewOrganization) {
		return mine, err
	}
	shown, err := owners(ctx, s.db.Reader(), sum)
	if err != nil || len(shown) == 0 {
		return false, err
	}
	members, err := s.members.MemberIDs(ctx, s.db.Reader(), actor.OrganizationID)
	return slices.ContainsFunc(shown, func(id string) bool { return slices.Contains(members, id) }), err
}
