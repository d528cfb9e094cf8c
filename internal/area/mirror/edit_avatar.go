package mirror

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"

	"kontor/internal/core/fault"
	"kontor/internal/host/picture"
	"kontor/internal/host/sqlite"
)

// avatarSide is the side of the square that is sent, in pixels; smaller pictures are not enlarged. Infomaniak takes no
// square below minAvatarSide.
const (
	avatarSide    = 512
	minAvatarSide = 16
)

// squareOf is the middle of a picture as a PNG that carries nothing but pixels.
func squareOf(ctx context.Context, file []byte) ([]byte, error) {
	p, err := picture.Photo(ctx, file)
	if err != nil {
		return nil, err
	}
	width, height := p.Size()
	square := picture.Square(width, height, picture.Rect{})
	if square.W < minAvatarSide {
		return nil, fault.New(fault.Invalid, "").At("picture", "picture_too_small")
	}
	side := min(avatarSide, int(square.W))
	return picture.EncodePNG(picture.Scale(p.Pixels, square, side, side))
}

// SetPicture notes a new avatar.
func (e *Edits) SetPicture(ctx context.Context, file []byte) error {
	if _, err := e.connected(ctx); err != nil {
		return err
	}
	png, err := squareOf(ctx, file)
	if err != nil {
		return err
	}
	return e.changePicture(ctx, edit{act: actSet, data: png, mine: value{Known: true, Text: picture.Sum(png)}})
}

// RemovePicture notes that the avatar shall go.
func (e *Edits) RemovePicture(ctx context.Context) error {
	return e.changePicture(ctx, edit{act: actRemove})
}

func (e *Edits) changePicture(ctx context.Context, x edit) error {
	actor, err := e.connected(ctx)
	if err != nil {
		return err
	}
	return e.change(ctx, func(tx *sqlite.Tx) error {
		person, at, err := e.connections.Person(ctx, tx, actor.AccountID)
		if fault.CodeOf(err) == fault.NotFound {
			return fault.New(fault.Conflict, ReasonNotRead)
		}
		if err != nil {
			return err
		}
		x.account, x.kind, x.resource, x.slot = actor.AccountID, kindAvatar, kindAvatar, kindAvatar
		x.base, x.baseAt = addressOf(person), at
		if x.act == actRemove && x.base.Text == "" {
			return e.supersede(ctx, tx, x)
		}
		return e.note(ctx, tx, x)
	})
}

func addressOf(p Person) value { return value{Known: p.AvatarKnown, Text: p.Avatar} }

// readAvatar reads the address of the avatar, and the picture at it when that shall prove that a new one is there.
func readAvatar(ctx context.Context, b *batch) error {
	p, err := b.remote.Profile(ctx)
	if err != nil {
		return err
	}
	b.person = &p
	for _, x := range b.edits {
		x.theirs = addressOf(p)
		if x.state == editWaiting || x.act != actSet || p.Avatar == "" || p.Avatar == x.base.Text || b.picture != nil {
			continue
		}
		file, err := b.remote.Picture(ctx, p.Avatar)
		if err != nil {
			continue // the address has changed, and what is there cannot be looked at: not yet confirmed
		}
		if file == nil { // it lies with another host, with which Kontor does not talk: the changed address has to do
			file = x.data
		}
		if _, err := picture.Decode(ctx, file); err == nil {
			b.picture = file
		}
	}
	for _, x := range b.edits {
		x.theirs.On = b.picture != nil
	}
	return nil
}

func judgeAvatar(x *edit) stands {
	same := x.theirs.Text == x.base.Text
	switch {
	case x.act == actRemove && x.theirs.Text == "":
		return standsAlready
	case x.state == editWaiting && !same && bare(x.theirs.Text) != bare(x.base.Text):
		return standsOther
	case x.state == editWaiting:
		x.base.Text = x.theirs.Text // the same picture; its address may carry what changes by itself
		return standsAsBefore
	case x.act == actSet && !same && x.theirs.On:
		return standsAlready
	}
	return standsAsBefore
}

// bare is an address without what follows its path.
func bare(address string) string {
	address, _, _ = strings.Cut(address, "?")
	return address
}

func sendAvatar(ctx context.Context, _ *Edits, b *batch, list []*edit) error {
	if x := list[0]; x.act == actSet {
		return b.remote.SetAvatar(ctx, x.data)
	}
	return b.remote.RemoveAvatar(ctx)
}

// keepPicture keeps the avatar that was fetched, and forgets one whose address is no longer that of the person.
func keepPicture(ctx context.Context, tx *sqlite.Tx, account, address string, file []byte) error {
	if file == nil {
		_, err := tx.ExecContext(ctx, "DELETE FROM mirror_avatar WHERE account_id = ? AND address <> ?", account, address)
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO mirror_avatar (account_id, address, data) VALUES (?, ?, ?)", account, address, file)
	return err
}

// pictureOf is the avatar of a person as it was fetched last.
func pictureOf(ctx context.Context, q sqlite.Queryer, account string, p Person) (PictureView, error) {
	v := PictureView{Has: p.Avatar != "", Edit: noEdit()}
	file, err := sqlite.One(ctx, q, sqlite.Value[[]byte], "SELECT data FROM mirror_avatar WHERE account_id = ? AND address = ?", account, p.Avatar)
	if err != nil || p.Avatar == "" {
		return v, notFoundIsNil(err)
	}
	format, _ := picture.Sniff(file)
	v.Data, v.Type = base64.StdEncoding.EncodeToString(file), "image/"+string(format)
	return v, nil
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
