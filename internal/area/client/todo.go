package client

import (
	"context"

	"kontor/internal/host/manager"
	"kontor/internal/host/sqlite"
)

// Tasks keeps what only the Manager can do until the person says that it was done.
type Tasks interface {
	Note(ctx context.Context, tx *sqlite.Tx, t manager.Task) (string, error)
	Withdraw(ctx context.Context, tx *sqlite.Tx, kind manager.Kind, ref string) error
}

// toDo notes what a change of a client means in the Reseller Space, where Kontor can do nothing: a request is to be made
// there, its end too. An answer shows that it was made.
func (s *Service) toDo(ctx context.Context, tx *sqlite.Tx, kind string, c Client) error {
	if s.tasks == nil {
		return nil
	}
	noted := map[string]manager.Kind{"asked": manager.ClientRights, "withdrawn": manager.ClientEnds, "ended": manager.ClientEnds}
	over := map[string]bool{"granted": true, "signed": true, "refused": true, "signed_refusal": true, "withdrawn": true, "ended": true}
	if over[kind] {
		if err := s.tasks.Withdraw(ctx, tx, manager.ClientRights, c.ID); err != nil {
			return err
		}
	}
	if noted[kind] == "" {
		return nil
	}
	_, err := s.tasks.Note(ctx, tx, manager.Task{Kind: noted[kind], Ref: c.ID, Params: map[string]string{"client": c.Name}})
	return err
}

// toGrant notes that what an answer grants a partner is still to be set in the Manager.
func (s *Service) toGrant(ctx context.Context, tx *sqlite.Tx, p Partner) error {
	if s.tasks == nil || p.Refused {
		return nil
	}
	_, err := s.tasks.Note(ctx, tx, manager.Task{Kind: manager.PartnerRights, Ref: p.InvitationID, Params: map[string]string{"partner": p.Partner.Name}})
	return err
}
