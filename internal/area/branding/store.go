package branding

import (
	"context"
	"encoding/json"
	"image/color"
	"strings"
	"time"

	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// The two stages of a look.
const (
	stageSet   = "set"
	stageDraft = "draft"
)

// steps is how many steps of a draft are kept to be taken back.
const steps = 50

type stepped struct {
	step int
	look Look
}

// noted is what was set before the person noted that the draft is, and when that was.
type noted struct {
	before Look
	at     time.Time
}

func scanLook(r sqlite.Row) (stepped, error) {
	var s stepped
	err := r.Scan(&s.step, &s.look.Square, &s.look.SquareID, &s.look.RectangularID)
	return s, err
}

// readLook is the highest step of a stage; Plain at step -1 where there is none.
func readLook(ctx context.Context, q sqlite.Queryer, organization, stage string) (stepped, error) {
	s, err := sqlite.One(ctx, q, scanLook, `SELECT step, square, coalesce(square_id, ''), coalesce(rectangular_id, '')
		FROM branding_look WHERE organization_id = ? AND stage = ? ORDER BY step DESC LIMIT 1`, organization, stage)
	if fault.CodeOf(err) == fault.NotFound {
		return stepped{-1, Plain()}, nil
	}
	return s, err
}

func writeLook(ctx context.Context, tx *sqlite.Tx, organization, stage string, step int, l Look) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO branding_look (organization_id, stage, step, square, square_id, rectangular_id, created_at)
		VALUES (?, ?, ?, ?, nullif(?, ''), nullif(?, ''), ?)
		ON CONFLICT (organization_id, stage, step) DO UPDATE SET square = excluded.square, square_id = excluded.square_id,
			rectangular_id = excluded.rectangular_id, created_at = excluded.created_at`,
		organization, stage, step, l.Square, l.SquareID, l.RectangularID, sqlite.Millis(tx.Now))
	return err
}

func dropStep(ctx context.Context, tx *sqlite.Tx, organization string, step int) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM branding_look WHERE organization_id = ? AND stage = 'draft' AND step = ?`, organization, step)
	return err
}

// countSteps is how many steps the draft has.
func countSteps(ctx context.Context, q sqlite.Queryer, organization string) (int, error) {
	return sqlite.One(ctx, q, sqlite.Value[int],
		`SELECT count(*) FROM branding_look WHERE organization_id = ? AND stage = 'draft'`, organization)
}

// prune forgets steps that are too old, and pictures that no step needs, neither as they are nor as they were brought.
func prune(ctx context.Context, tx *sqlite.Tx, organization string, step int) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM branding_look WHERE organization_id = ? AND stage = 'draft' AND step <= ?`,
		organization, step-steps); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `
		WITH used(id) AS (
			SELECT square_id FROM branding_look WHERE organization_id = ?1 AND square_id IS NOT NULL
			UNION SELECT rectangular_id FROM branding_look WHERE organization_id = ?1 AND rectangular_id IS NOT NULL
			UNION SELECT square_id FROM branding_set_before WHERE organization_id = ?1 AND square_id IS NOT NULL
			UNION SELECT rectangular_id FROM branding_set_before WHERE organization_id = ?1 AND rectangular_id IS NOT NULL)
		DELETE FROM branding_picture WHERE organization_id = ?1 AND id NOT IN (SELECT id FROM used)
			AND id NOT IN (SELECT origin_id FROM branding_picture WHERE id IN (SELECT id FROM used))`, organization)
	return err
}

func insertPicture(ctx context.Context, tx *sqlite.Tx, organization string, p Picture) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO branding_picture (id, organization_id, slot, origin_id, repairs, name, drawn, sha256, brought_sha256, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, organization, p.Slot, p.OriginID, joined(p.Repairs), p.Name, p.Drawn, p.SHA256, p.Brought, sqlite.Millis(p.CreatedAt))
	return err
}

func joined(repairs []Repair) string {
	list := make([]string, len(repairs))
	for i, r := range repairs {
		list[i] = string(r)
	}
	return strings.Join(list, ",")
}

func parted(text string) []Repair {
	list := []Repair{}
	for one := range strings.SplitSeq(text, ",") {
		if one != "" {
			list = append(list, Repair(one))
		}
	}
	return list
}

// readPicture finds a picture of the organization; those of others do not exist.
func readPicture(ctx context.Context, q sqlite.Queryer, organization, id string) (Picture, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (Picture, error) {
		var p Picture
		var at int64
		var repairs string
		err := r.Scan(&p.ID, &p.Slot, &p.OriginID, &repairs, &p.Name, &p.Drawn, &p.SHA256, &p.Brought, &at)
		p.CreatedAt, p.Repairs = sqlite.Time(at), parted(repairs)
		return p, err
	}, `SELECT id, slot, origin_id, repairs, name, drawn, sha256, brought_sha256, created_at FROM branding_picture
		WHERE organization_id = ? AND id = ?`, organization, id)
}

// sums are the names of all files that are in use, in every organization.
func sums(ctx context.Context, q sqlite.Queryer) ([]string, error) {
	return sqlite.All(ctx, q, sqlite.Value[string], `SELECT DISTINCT sha256 FROM branding_picture`)
}

func readLimits(ctx context.Context, q sqlite.Queryer, organization string) (Limits, error) {
	l, err := sqlite.One(ctx, q, func(r sqlite.Row) (Limits, error) {
		var l Limits
		err := r.Scan(&l.MaxKilobytes, &l.SquareSide, &l.RectangularHeight, &l.MinRatio, &l.MaxRatio)
		return l, err
	}, `SELECT max_kilobytes, square_side, rectangular_height, min_ratio, max_ratio FROM branding_limits WHERE organization_id = ?`, organization)
	if fault.CodeOf(err) == fault.NotFound {
		return DefaultLimits(), nil
	}
	return l, err
}

func writeLimits(ctx context.Context, tx *sqlite.Tx, organization string, l Limits) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO branding_limits (organization_id, max_kilobytes, square_side, rectangular_height, min_ratio, max_ratio)
		VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (organization_id) DO UPDATE SET max_kilobytes = excluded.max_kilobytes, square_side = excluded.square_side,
			rectangular_height = excluded.rectangular_height, min_ratio = excluded.min_ratio, max_ratio = excluded.max_ratio`,
		organization, l.MaxKilobytes, l.SquareSide, l.RectangularHeight, l.MinRatio, l.MaxRatio)
	return err
}

func insertApproval(ctx context.Context, tx *sqlite.Tx, organization string, a Approval) error {
	ready, err := json.Marshal(a.Ready)
	if err != nil {
		return err
	}
	brought, err := json.Marshal(a.Brought)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO branding_approval (id, organization_id, person, approved_on, digest, square, square_sha256,
		rectangular_sha256, ready, brought, name, approved_by, approved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, organization, a.Person, a.On, a.Digest, a.Square, a.SquareSum, a.Rectangular, string(ready), string(brought), a.Name,
		a.RecordedBy, sqlite.Millis(a.RecordedAt))
	return err
}

// lastApproval is the newest one; fault.NotFound if there is none.
func lastApproval(ctx context.Context, q sqlite.Queryer, organization string) (Approval, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (Approval, error) {
		var a Approval
		var ready, brought string
		var at int64
		if err := r.Scan(&a.ID, &a.Person, &a.On, &a.Digest, &a.Square, &a.SquareSum, &a.Rectangular, &ready, &brought, &a.Name,
			&a.RecordedBy, &at); err != nil {
			return a, err
		}
		a.RecordedAt = sqlite.Time(at)
		if err := json.Unmarshal([]byte(brought), &a.Brought); err != nil {
			return a, err
		}
		return a, json.Unmarshal([]byte(ready), &a.Ready)
	}, `SELECT id, person, approved_on, digest, square, square_sha256, rectangular_sha256, ready, brought, name, approved_by, approved_at
		FROM branding_approval WHERE organization_id = ? AND person <> '' ORDER BY approved_at DESC, id DESC LIMIT 1`, organization)
}

// keepSet remembers what was set before it was noted that something else is.
func keepSet(ctx context.Context, tx *sqlite.Tx, organization string, before Look) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO branding_set_before (organization_id, square, square_id, rectangular_id, noted_at)
		VALUES (?, ?, nullif(?, ''), nullif(?, ''), ?)
		ON CONFLICT (organization_id) DO UPDATE SET square = excluded.square, square_id = excluded.square_id,
			rectangular_id = excluded.rectangular_id, noted_at = excluded.noted_at`,
		organization, before.Square, before.SquareID, before.RectangularID, sqlite.Millis(tx.Now))
	return err
}

// setBefore is what keepSet remembered, and when; fault.NotFound if there is nothing.
func setBefore(ctx context.Context, q sqlite.Queryer, organization string) (noted, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (noted, error) {
		var n noted
		var at int64
		err := r.Scan(&n.before.Square, &n.before.SquareID, &n.before.RectangularID, &at)
		n.at = sqlite.Time(at)
		return n, err
	}, `SELECT square, coalesce(square_id, ''), coalesce(rectangular_id, ''), noted_at FROM branding_set_before
		WHERE organization_id = ?`, organization)
}

func forgetSetBefore(ctx context.Context, tx *sqlite.Tx, organization string) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM branding_set_before WHERE organization_id = ?", organization)
	return err
}

func readGrounds(ctx context.Context, q sqlite.Queryer, organization string) (Grounds, error) {
	type row struct {
		theme Theme
		place Place
		color color.NRGBA
	}
	rows, err := sqlite.All(ctx, q, func(r sqlite.Row) (row, error) {
		var one row
		var text string
		err := r.Scan(&one.theme, &one.place, &text)
		if err == nil {
			one.color, err = ParseHex(text)
		}
		return one, err
	}, "SELECT theme, place, color FROM branding_ground WHERE organization_id = ?", organization)
	var g Grounds
	for _, one := range rows {
		g = g.With(one.theme, one.place, one.color)
	}
	return g, err
}

func writeGround(ctx context.Context, tx *sqlite.Tx, organization string, t Theme, p Place, c color.NRGBA) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO branding_ground (organization_id, theme, place, color) VALUES (?, ?, ?, ?)
		ON CONFLICT (organization_id, theme, place) DO UPDATE SET color = excluded.color`, organization, t, p, Hex(c))
	return err
}

func dropGround(ctx context.Context, tx *sqlite.Tx, organization string, t Theme, p Place) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM branding_ground WHERE organization_id = ? AND theme = ? AND place = ?", organization, t, p)
	return err
}
