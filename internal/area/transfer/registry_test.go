package transfer

import (
	"context"
	"slices"
	"testing"
	"time"

	"kontor/internal/core/fault"
)

// What Infomaniak tells stands beside the stage; whoever has no connection, or may see none, is told nothing and is not
// kept from the transfer.
func TestTheRegistrysWordsStandBeside(t *testing.T) {
	at := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s := &Service{registry: func(context.Context) (map[string]There, error) {
		return map[string]There{"ponteri.ch": {Words: []string{"pendingTransfer"}, At: at, Stale: true}}, nil
	}}
	there, err := s.there(t.Context(), "ponteri.ch")
	if v := there.view(); err != nil || !slices.Equal(v.Words, []string{"pendingTransfer"}) || v.At != "2026-11-20T12:00:00Z" || !v.Stale {
		t.Errorf("%+v, %v", v, err)
	}
	other, err := s.there(t.Context(), "other.ch")
	if v := other.view(); err != nil || v.Words == nil || len(v.Words) != 0 || v.At != "" {
		t.Errorf("%+v, %v", v, err)
	}
	for _, registry := range []Register{nil, func(context.Context) (map[string]There, error) { return nil, fault.New(fault.Forbidden, "") }} {
		if there, err := (&Service{registry: registry}).there(t.Context(), "ponteri.ch"); err != nil || !there.At.IsZero() {
			t.Errorf("%+v, %v", there, err)
		}
	}
}
