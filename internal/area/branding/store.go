package branding

import (
	"context"
	"encoding/json"

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
			UNION SELECT rectangular_id FROM branding_look WHERE organization_id = ?1 AND rectangular_id IS NOT NULL)
		DELETE FROM branding_picture WHERE organization_id = ?1 AND id NOT IN (SELECT id FROM used)
			AND id NOT IN (SELECT origin_id FROM branding_picture WHERE id IN (SELECT id FROM used))`, organization)
	return err
}

func insertPicture(ctx context.Context, tx *sqlite.Tx, organization string, p Picture) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO branding_picture (id, organization_id, slot, origin_id, repair, name, drawn, sha256, created_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.ID, organization, p.Slot, p.OriginID, p.Repair, p.Name, p.Drawn, p.SHA256, sqlite.Millis(p.CreatedAt))
	return err
}

// readPicture finds a picture of the organization; those of others do not exist.
func readPicture(ctx context.Context, q sqlite.Queryer, organization, id string) (Picture, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (Picture, error) {
		var p Picture
		var at int64
		err := r.Scan(&p.ID, &p.Slot, &p.OriginID, &p.Repair, &p.Name, &p.Drawn, &p.SHA256, &at)
		p.CreatedAt = sqlite.Time(at)
		return p, err
	}, `SELECT id, slot, origin_id, repair, name, drawn, sha256, created_at FROM branding_picture
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
	_, err = tx.ExecContext(ctx, `INSERT INTO branding_approval (id, organization_id, square, square_sha256, rectangular_sha256, ready, name,
		approved_by, approved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		a.ID, organization, a.Square, a.SquareSum, a.Rectangular, string(ready), a.Name, a.ApprovedBy, sqlite.Millis(a.ApprovedAt))
	return err
}

// lastApproval is the newest one; fault.NotFound if there is none.
func lastApproval(ctx context.Context, q sqlite.Queryer, organization string) (Approval, error) {
	return sqlite.One(ctx, q, func(r sqlite.Row) (Approval, error) {
		var a Approval
		var ready string
		var at int64
		if err := r.Scan(&a.ID, &a.Square, &a.SquareSum, &a.Rectangular, &ready, &a.Name, &a.ApprovedBy, &at); err != nil {
			return a, err
		}
		a.ApprovedAt = sqlite.Time(at)
		return a, json.Unmarshal([]byte(ready), &a.Ready)
	}, `SELECT id, square, square_sha256, rectangular_sha256, ready, name, approved_by, approved_at FROM branding_approval
		WHERE organization_id = ? ORDER BY approved_at DESC, id DESC LIMIT 1`, organization)
}
