package client_test

import (
	"slices"
	"testing"

	"kontor/internal/area/client"
	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/day"
	"kontor/internal/dev/testkit"
	"kontor/internal/host/manager"
)

// What Kontor notes of a client is to be done in the Reseller Space, until an answer shows that it was.
func TestRequestsAndEndsAreToBeDoneInTheManager(t *testing.T) {
	r := newRig(t)
	tasks := manager.New(r.db, r.journal)
	r.Service = client.NewService(client.Options{
		DB: r.db, Journal: r.journal, Reauth: testkit.Reauthenticator("right"), Members: organization.NewDirectory(r.db),
		Secrets: testkit.Vault{}, Names: called("Studio Ponteri SA"), Post: &box{},
		Prices: list{}, Account: &account{}, Tasks: tasks, Clock: day.Clock{Now: r.db.Now},
	})
	open := func() []manager.Kind {
		t.Helper()
		list, err := tasks.List(as(t, access.LegalRepresentative))
		if err != nil {
			t.Fatal(err)
		}
		kinds := []manager.Kind{}
		for _, task := range list {
			if task.Params["client"] != "Fiduciaria Rezzoni" {
				t.Errorf("%+v", task)
			}
			kinds = append(kinds, task.Kind)
		}
		return kinds
	}
	id := r.ask(t, "Fiduciaria Rezzoni", limited(site(true, false)))
	if got := open(); !slices.Equal(got, []manager.Kind{manager.ClientRights}) {
		t.Fatalf("after a request: %v", got)
	}
	if err := r.Answer(r.legal, id, r.get(t, id).Version, limited(site(true, false)), today); err != nil {
		t.Fatal(err)
	}
	if got := open(); len(got) != 0 {
		t.Errorf("after the answer: %v", got)
	}
	if err := r.Stop(r.legal, id, r.get(t, id).Version, "right"); err != nil {
		t.Fatal(err)
	}
	if got := open(); !slices.Equal(got, []manager.Kind{manager.ClientEnds}) {
		t.Errorf("after the end: %v", got)
	}
}
