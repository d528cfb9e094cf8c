package activity

import (
	"testing"

	"kontor/internal/dev/testkit"
)

// How an organization had files read says what it imported from where: it goes with the organization.
func TestTheMappingsOfAnOrganizationGoWithIt(t *testing.T) {
	db := testkit.NewDB(t, testkit.NewClock())
	testkit.Seed(t, db)
	for _, organization := range []string{"org-1", "org-2"} {
		testkit.Exec(t, db, "INSERT INTO journal_mapping (organization, source, mapping, used_at) VALUES (?, 'github', '{}', 1)", organization)
	}
	testkit.Exec(t, db, "DELETE FROM organization WHERE id = 'org-1'")
	if n := testkit.Count(t, db, "SELECT count(*) FROM journal_mapping WHERE organization = 'org-1'"); n != 0 {
		t.Errorf("%d are left", n)
	}
	if n := testkit.Count(t, db, "SELECT count(*) FROM journal_mapping WHERE organization = 'org-2'"); n != 1 {
		t.Errorf("of another one %d are left", n)
	}
}
