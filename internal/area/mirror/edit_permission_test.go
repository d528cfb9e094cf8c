package mirror_test

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/host/sqlite"
)

// Whatever the page may ask of edits is the connection's owner's alone: nobody else, and no session that a provider opened.
func TestEditsAreTheOwnersAlone(t *testing.T) {
	// Called by the program, in transactions of others that have asked.
	unasked := []string{"Start", "Stop", "Wake", "Pass", "Resume", "Drop", "OnTheWay"}
	d := newDesk(t)
	edits := reflect.ValueOf(d.Edits)
	for who, want := range map[string]struct {
		ctx  context.Context
		code fault.Code
	}{
		"nobody":                         {t.Context(), fault.Unauthenticated},
		"whoever a provider let in here": {access.With(t.Context(), access.Actor{AccountID: "account-1", OrganizationID: "org-1", Role: access.Administrator, Bound: true}), fault.Forbidden},
	} {
		for i := range edits.NumMethod() {
			name := edits.Type().Method(i).Name
			if slices.Contains(unasked, name) {
				continue
			}
			method := edits.Method(i)
			args := []reflect.Value{reflect.ValueOf(want.ctx)}
			for n := 1; n < method.Type().NumIn(); n++ {
				args = append(args, reflect.Zero(method.Type().In(n)))
			}
			out := method.Call(args)
			err, _ := out[len(out)-1].Interface().(error)
			if fault.CodeOf(err) != want.code {
				t.Errorf("%s, %s: %v", who, name, err)
			}
		}
	}
	if asked := d.there.asked(); len(asked) != 0 {
		t.Errorf("asked %v", asked)
	}
}

// The end of a connection takes back what has not left, or leaves nothing of it in any byte.
func TestTheEndOfAConnection(t *testing.T) {
	d := newDesk(t)
	d.say(d.rename("Zq unlikely name"))
	d.keep()
	sent, unsent, err := d.OnTheWay(d.ctx, d.db.Reader(), "account-1")
	if err != nil || sent != 0 || unsent != 1 {
		t.Error(sent, unsent, err)
	}
	drop := func(erase bool) {
		d.say(d.db.Write(d.ctx, func(tx *sqlite.Tx) error { return d.Drop(d.ctx, tx, "account-1", erase) }))
	}
	drop(false)
	if x := d.edits()[0]; x.State != "withdrawn" || x.Reason != "disconnected" {
		t.Errorf("%+v", x)
	}
	drop(true)
	d.say(d.db.Rewrite(d.ctx))
	d.nowhere("Zq unlikely name")
	if s, err := d.Snapshots(d.ctx, zone); err != nil || len(s) != 0 {
		t.Error(s, err)
	}
}
