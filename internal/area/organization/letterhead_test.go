package organization_test

import (
	"strings"
	"testing"

	"kontor/internal/area/organization"
	"kontor/internal/core/access"
	"kontor/internal/core/fault"
	"kontor/internal/core/numbering"
	"kontor/internal/dev/testkit"
)

func TestTheLetterhead(t *testing.T) {
	db, journal := testkit.NewDB(t, nil), &testkit.Journal{}
	testkit.Seed(t, db)
	s := organization.NewService(db, journal, nil, nil)
	ctx := testkit.As(t, access.LegalRepresentative)
	l, o, err := s.Letterhead(ctx)
	if err != nil || l.Version != 0 || l.Pattern != numbering.Usual || l.Window != organization.WindowRight || o.Country != "CH" {
		t.Fatalf("as long as nobody set one: %+v, %s, %v", l, o.Country, err)
	}
	if text := l.Text("de", "payment"); text != "30 Tage netto." {
		t.Errorf("the program's own text: %q", text)
	}
	l.Phone, l.Email, l.IBAN, l.Accent, l.Window = "091 555 01 42", "studio@ponteri.example", "ch9300762011623852957", "#0B4D66", organization.WindowLeft
	l.TaxNumber, l.Pattern = "CHE-123.456.788 MWST", "AN-{year}-{serial:5}"
	l.Texts = []organization.StandardText{{Language: "de", Kind: "payment", Text: "10 Tage netto."}, {Language: "it", Kind: "payment", Text: "30 giorni netti."}, {Language: "xx", Kind: "payment", Text: "x"}}
	saved, err := s.SetLetterhead(ctx, l)
	if err != nil {
		t.Fatal(err)
	}
	if saved.Version != 1 || saved.Phone == "091 555 01 42" || saved.IBAN != "CH93 0076 2011 6238 5295 7" || saved.Accent != "#0b4d66" {
		t.Errorf("%+v", saved)
	}
	again, _, err := s.Letterhead(ctx)
	if err != nil || again.Text("de", "payment") != "10 Tage netto." || len(again.Texts) != 1 { // what is the program's own is not kept
		t.Errorf("%+v, %v", again.Texts, err)
	}
	if pattern, err := s.NumberPattern(ctx, db.Reader(), o.ID); err != nil || pattern != "AN-{year}-{serial:5}" {
		t.Errorf("%s, %v", pattern, err)
	}
	entry := journal.Entries[len(journal.Entries)-1]
	if !strings.Contains(entry.New, "AN-{year}") || strings.Contains(entry.New, "0076 2011") {
		t.Errorf("the journal has %q", entry.New)
	}
	before := len(journal.Entries)
	if _, err := s.SetLetterhead(ctx, again); err != nil || len(journal.Entries) != before {
		t.Errorf("saved as it was: %v, %d entries more", err, len(journal.Entries)-before)
	}
	if _, err := s.SetLetterhead(ctx, l); fault.ReasonOf(err) != fault.ChangedMeanwhile {
		t.Errorf("changed meanwhile: %v", err)
	}
	for field, change := range map[string]func(*organization.Letterhead){
		"iban": func(l *organization.Letterhead) { l.IBAN = "CH00 0000 0000 0000 0000 0" }, "email": func(l *organization.Letterhead) { l.Email = "nobody" },
		"pattern": func(l *organization.Letterhead) { l.Pattern = "{year}" }, "window": func(l *organization.Letterhead) { l.Window = "above" },
		"taxNumber": func(l *organization.Letterhead) { l.TaxNumber = "CHE-123.456.789 MWST" }, "accent": func(l *organization.Letterhead) { l.Accent = "petrol" }, "phone": func(l *organization.Letterhead) { l.Phone = "12" },
	} {
		wrong := again
		change(&wrong)
		if _, err := s.SetLetterhead(ctx, wrong); err == nil || !strings.HasPrefix(err.Error(), "invalid "+field+":") {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := s.SetLetterhead(testkit.As(t, access.Collaborator), again); fault.CodeOf(err) != fault.Forbidden {
		t.Errorf("a collaborator: %v", err)
	}
	if _, _, err := s.Letterhead(testkit.As(t, access.Collaborator)); err != nil {
		t.Errorf("a collaborator who reads it for a quote: %v", err)
	}
}
