package access_test

import (
	"testing"

	"kontor/internal/core/access"
	"kontor/internal/core/fault"
)

// The whole table: every capability × every role. A capability without a row here fails.
func TestEveryRoleAgainstEveryCapability(t *testing.T) {
	const legal, admin, collaborator, external = access.LegalRepresentative, access.Administrator, access.Collaborator, access.External
	want := map[access.Capability][]access.Role{
		access.OwnProfile:         {legal, admin, collaborator, external},
		access.OwnAccount:         {legal, admin, collaborator, external},
		access.KeepWorkspace:      {},
		access.UseSimulator:       {legal, admin, collaborator},
		access.EditPrices:         {legal, admin},
		access.ViewOrganization:   {legal, admin, collaborator, external},
		access.EditOrganization:   {legal, admin},
		access.ManageMembers:      {legal, admin},
		access.GrantLegal:         {legal},
		access.DeleteOrganization: {legal, admin},
		access.ExportOrganization: {legal, admin},
		access.ViewJournal:        {legal, admin},
		access.UnlockMembers:      {legal, admin},
		access.Accounting:         {legal, admin},
		access.AddClient:          {legal},
		access.AuthorizePartner:   {legal},
		access.ViewClients:        {legal, admin, collaborator},
		access.ManageClients:      {legal, admin},
		access.ManageDomains:      {legal, admin, collaborator},
		access.ManageAllDomains:   {legal, admin},
		access.ManageMail:         {legal, admin},
		access.WriteQuotes:        {legal, admin, collaborator},
		access.ManageQuotes:       {legal, admin},
	}
	for _, role := range access.Roles() {
		actor := access.Actor{AccountID: "a", OrganizationID: "o", Role: role}
		allowed := map[access.Capability]bool{}
		for _, c := range actor.Capabilities() {
			if _, known := want[c]; !known {
				t.Errorf("capability %s has no row in this table", c)
			}
			allowed[c] = true
		}
		for c, roles := range want {
			expect := false
			for _, r := range roles {
				expect = expect || r == role
			}
			if allowed[c] != expect || actor.Can(c) != expect {
				t.Errorf("%s, %s: allowed %v, want %v", role, c, allowed[c], expect)
			}
		}
	}
}

func TestAccountingCanBeGrantedToACollaboratorOnly(t *testing.T) {
	grants := []access.Capability{access.Accounting, access.DeleteOrganization}
	for _, role := range access.Roles() {
		actor := access.Actor{AccountID: "a", Role: role, Grants: grants}
		if got, want := actor.Can(access.Accounting), role != access.External; got != want {
			t.Errorf("%s with the grant: %v, want %v", role, got, want)
		}
	}
	collaborator := access.Actor{AccountID: "a", Role: access.Collaborator, Grants: grants}
	if collaborator.Can(access.DeleteOrganization) {
		t.Error("only accounting may be granted one by one")
	}
}

// The whole workspace is nobody's by a role, and what a provider opens is its organization alone.
func TestNoRoleReachesBeyondItsOrganization(t *testing.T) {
	for _, role := range access.Roles() {
		keeper := access.Actor{AccountID: "a", OrganizationID: "o", Role: role, Keeper: true}
		if !keeper.Can(access.KeepWorkspace) {
			t.Errorf("%s who keeps the workspace may not", role)
		}
		bound := keeper
		bound.Bound = true
		for _, c := range []access.Capability{access.OwnAccount, access.KeepWorkspace} {
			if _, err := access.Require(access.With(t.Context(), bound), c); fault.ReasonOf(err) != access.ReasonBound {
				t.Errorf("%s through a provider, %s: %v", role, c, err)
			}
		}
		if !bound.Can(access.OwnProfile) || bound.Can(access.Accounting) != keeper.Can(access.Accounting) {
			t.Errorf("%s through a provider lacks what the organization gives", role)
		}
	}
}

func TestRequireFailsClosed(t *testing.T) {
	if _, err := access.Require(t.Context(), access.OwnProfile); fault.CodeOf(err) != fault.Unauthenticated {
		t.Errorf("nobody: %v", err)
	}
	stranger := access.With(t.Context(), access.Actor{AccountID: "a", Role: "owner"})
	if _, err := access.Require(stranger, access.Accounting); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("unknown role: %v", err)
	}
	if (access.Actor{Role: access.LegalRepresentative}).Can(access.OwnProfile) {
		t.Error("an actor without an account may do nothing")
	}
	if access.From(access.With(t.Context(), access.Actor{AccountID: "a", Role: access.Administrator})).Can("no_such_thing") {
		t.Error("an unknown capability is held by nobody")
	}
}
