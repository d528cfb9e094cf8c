package branding

import (
	"context"
	"image/color"
	"slices"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/audit"
	"kontor/internal/host/sqlite"
)

// SetGround says which colour a ground of the previews really has, as #rrggbb; "" goes back to Kontor's approximation.
func (s *Service) SetGround(ctx context.Context, t Theme, p Place, text string) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	if !slices.Contains(Themes(), t) || !slices.Contains(Places(), p) {
		return fault.New(fault.Invalid, "not_a_choice")
	}
	var c color.NRGBA
	if text != "" {
		if c, err = ParseHex(text); err != nil {
			return err
		}
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if text == "" {
			err = dropGround(ctx, tx, actor.OrganizationID, t, p)
		} else {
			err = writeGround(ctx, tx, actor.OrganizationID, t, p, c)
		}
		if err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Branding, ObjectID: actor.OrganizationID, ObjectName: "ground", New: text,
		})
	})
}

// SetLimits changes what is assumed about the service.
func (s *Service) SetLimits(ctx context.Context, l Limits) error {
	actor, err := access.Require(ctx, access.EditOrganization)
	if err != nil {
		return err
	}
	if err := l.Validate(); err != nil {
		return err
	}
	return s.db.Write(ctx, func(tx *sqlite.Tx) error {
		if err := writeLimits(ctx, tx, actor.OrganizationID, l); err != nil {
			return err
		}
		return s.journal.Record(ctx, tx, audit.Entry{
			Action: audit.SettingsChanged, Product: audit.Branding, ObjectID: actor.OrganizationID,
		})
	})
}
